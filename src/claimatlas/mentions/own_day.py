"""The day that a report calls its own, from which "yesterday" and "Tuesday" count."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from claimatlas.dates import DateKind, DateMention, find_today, resolve, resolve_dates, says_published
from claimatlas.mentions.lines import is_full
from claimatlas.vocabulary import TOKEN

# Fewer words in common are no repetition of the title ("Syria war").
MIN_TITLE_WORDS = 4
# Words like "Published", "Posted on", "AFP Sunday" in front of a report's own date.
_MAX_LABEL_WORDS = 4
# A date line this many days after the day of publication shows when the page was fetched; one as long before it
# belongs to another story. Time zones and slow feeds account for the days between.
_MAX_DAYS_AFTER, _MAX_DAYS_BEFORE = 3, 31
# A day of no year is of the run of events that the last full date belongs to if it follows that within so many days.
_SAME_RUN_DAYS = 90
# The report's own day stands among this many characters at the head of its body.
_HEAD_CHARS = 700
# … and a heading without a year ("Daily report, 22 June:") among so many.
_LABEL_CHARS = 60
_AGENCY = re.compile(r"\b(?:AFP|AP|Reuters|REUTERS|DPA|dpa|Xinhua|UPI|AA|SANA|Ahram Online)[ ,:|/–—-]{1,3}$")
_AGENCY_CHARS = 20
_SENTENCE_HEAD = re.compile(r"[ .\n]+[\"“]?[A-Z]")
_CLOCK = re.compile(r"^\W*\d{1,2}:\d{2}\s*(?:GMT|UTC)")


@dataclass(frozen=True)
class Page:
    """What a report's own day is looked for in.

    Attributes:
        text: Title and body, cleaned, as one text.
        title: The title in it; empty when there is none.
        body_start: Offset of the body.
        deeds: Where the words for deeds and what they cost begin, in order.
        published: Day of publication by the metadata, or None.
    """

    text: str
    title: str
    body_start: int
    deeds: Sequence[int]
    published: dt.date | None


@dataclass(frozen=True)
class OwnDay:
    """The day that a report's words count from.

    Attributes:
        day: The day; None when nobody can know.
        words: Where the report says it, apart from its sentences; None when it does not.
        dates: All the days it tells, counted from that day.
        earliest: A day it must be later than, when no day is known.
    """

    day: dt.date | None
    words: DateMention | None
    dates: list[DateMention]
    earliest: dt.date | None


def find_own_day(page: Page, tellings: Sequence[DateMention]) -> OwnDay:
    """The day a report calls its own, else the one it calls "today", else that of its publication.

    Args:
        page: The report's text.
        tellings: The days it tells, not yet resolved.
    """
    dates = resolve_dates(tellings, page.published)
    header = _find_header(page, dates)
    day = header.start_day if header is not None else find_today(tellings, page.published) or page.published
    if header is not None and day != page.published:
        dates = resolve_dates(tellings, day)
    if header is not None and _is_inside_sentence(page, header):
        header = None
    return OwnDay(day, header, dates, _earliest(dates) if day is None else None)


def _is_inside_sentence(page: Page, header: DateMention) -> bool:
    """Whether a deed is told in front of the day ("Regime forces shelled today, Friday 2 December 2022, …")."""
    if is_filed(page.text, header):
        return False
    told = page.body_start
    if page.title and page.text.startswith(page.title, told):
        told += len(page.title)  # the body repeats the title in front of the day
    return _any_between(page.deeds, max(told, page.text.rfind("\n", 0, header.start) + 1), header.start)


def _find_header(page: Page, dates: Sequence[DateMention]) -> DateMention | None:
    """The day that the report itself puts at its head, which outweighs the metadata.

    That is a dateline, a day that opens the body, or the day in a line that only names the report ("Summary of events,
    30 November 2022"), which tells of no deed (`deeds`: where words for one begin). A page's clock ("04:44 GMT
    29 September 2020") says when the page was seen, not when it was written. So does a day later than the publication.
    """
    last = page.body_start + _HEAD_CHARS
    heading = (date for date in dates if page.body_start <= date.start <= last and _is_full(page, date))
    return next((date for date in heading if _is_header(page, date)), None)


def _is_full(page: Page, date: DateMention) -> bool:
    """Whether a day has its year; that of a dateline or a heading ("Idlib, 5 July –") is the publication's, near it."""
    if date.year is not None:
        return True
    if page.published is None or date.start_day is None or not _is_near_publication(page, date, date.start_day):
        return False
    named = date.kind is DateKind.ABSOLUTE and date.start < page.body_start + _LABEL_CHARS
    return date.kind is DateKind.DATELINE or (named and _is_label(page.text, date, page.deeds))


def _is_header(page: Page, date: DateMention) -> bool:
    if date.start_day is None or date.start_day != date.end_day:
        return False
    opens = date.kind in (DateKind.ABSOLUTE, DateKind.WEEKDAY) and (
        _opens_body(page.text[page.body_start : date.start], page.title) or is_filed(page.text, date)
    )
    names_report = not opens and _is_label(page.text, date, page.deeds)
    if date.kind not in (DateKind.HEADER, DateKind.DATELINE) and not opens and not names_report:
        return False
    if (date.kind is DateKind.HEADER or names_report) and not _is_near_publication(page, date, date.start_day):
        return False
    line_start = page.text.rfind("\n", 0, date.start) + 1
    return _CLOCK.match(page.text, line_start) is None and _CLOCK.match(page.text[line_start : date.end]) is None


def _is_near_publication(page: Page, date: DateMention, day: dt.date) -> bool:
    if page.published is None:
        return True
    late = (day - page.published).days
    says_so = says_published(page.text[max(0, date.start - 30) : date.start])
    return -_MAX_DAYS_BEFORE <= late <= (_MAX_DAYS_BEFORE if says_so else _MAX_DAYS_AFTER)


def _is_label(text: str, date: DateMention, deeds: Sequence[int]) -> bool:
    """Whether a day stands in a line that only names the report: a heading, with no word for a deed."""
    if date.kind not in (DateKind.ABSOLUTE, DateKind.WEEKDAY):
        return False
    start, end = text.rfind("\n", 0, date.start) + 1, text.find("\n", date.end)
    end = end if end >= 0 else len(text)
    heads = text[date.end : end].strip() == ":"  # "Daily report, 22 June:"
    return (heads or not is_full(text[start:end])) and not _any_between(deeds, start, end)


def is_filed(text: str, date: DateMention) -> bool:
    """Whether an agency's name stands right in front of a full day and a sentence begins behind it.

    "… in the south of the country AFP Friday 10 Oct 2014 The Observatory said": the line under a sub-heading.
    """
    if date.day is None or date.year is None:
        return False
    before, after = text[max(0, date.start - _AGENCY_CHARS) : date.start], text[date.end : date.end + 3]
    return _AGENCY.search(before) is not None and _SENTENCE_HEAD.match(after) is not None


def _opens_body(before: str, title: str) -> bool:
    """Whether what stands in front of a day is no more than the title, a label and an agency's name."""
    words, title_words = TOKEN.findall(before), TOKEN.findall(title)
    if len(title_words) >= MIN_TITLE_WORDS and words[:MIN_TITLE_WORDS] == title_words[:MIN_TITLE_WORDS]:
        same = 0
        while same < min(len(words), len(title_words)) and words[same] == title_words[same]:
            same += 1
        return len(words) - same <= _MAX_LABEL_WORDS
    return len(words) <= _MAX_LABEL_WORDS and "." not in before and "," not in before


def _earliest(dates: Sequence[DateMention]) -> dt.date | None:
    """The latest past day the text names in full: what it reports cannot be much older than that.

    "November 2017" and "December 14" in one text of no known day make that 14 December 2017.
    """
    told = [date for date in dates if date.kind in (DateKind.ABSOLUTE, DateKind.VAGUE)]
    full = max((date.start_day for date in told if date.year is not None and date.start_day is not None), default=None)
    if full is None:
        return None
    yearless = [date for date in told if date.year is None and date.month is not None and date.day is not None]
    following = [day for day in (_next(date, full) for date in yearless) if (day - full).days <= _SAME_RUN_DAYS]
    return max([full, *following])


def _next(date: DateMention, after: dt.date) -> dt.date:
    """The first day from another on that a telling without a year can mean."""
    days = (resolve(msgspec.structs.replace(date, year=year), None) for year in (after.year, after.year + 1))
    return next((start for start, _ in filter(None, days) if start >= after), dt.date.max)


def _any_between(offsets: Sequence[int], start: int, end: int) -> bool:
    """Whether one of several ascending offsets lies in a stretch."""
    return bisect_left(offsets, start) < bisect_left(offsets, end)
