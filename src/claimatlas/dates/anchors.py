"""Which day the tellings of a text count from, and their days counted from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from claimatlas.dates.resolving import on_weekday, resolve
from claimatlas.dates.tellings import DateKind, DateMention


def resolve_dates(tellings: Sequence[DateMention], published: dt.date | None) -> list[DateMention]:
    """The tellings with their days: counted from `find_anchor`, "the next day" from the telling before it.

    Without an anchor, "Tuesday, May 1" is of the only year of which the text gives a full date and in which it fits.
    """
    anchor = find_anchor(tellings, published)
    resolved = list(_resolved(tellings, anchor))
    return resolved if anchor is not None else list(_of_told_years(resolved))


def _resolved(mentions: Iterable[DateMention], anchor: dt.date | None) -> Iterator[DateMention]:
    told: dt.date | None = None
    before: dt.date | None = None
    for mention in mentions:
        if mention.from_text and mention.month is not None and before is not None:
            mention = replace(mention, year=_year_told(mention, before))
        if mention.part == "after":
            yield mention  # what it counts from is told by the sentence
            continue
        days = resolve(mention, _counted_from(mention, told, anchor) if mention.from_text and mention.back else anchor)
        if days is None:
            yield mention
            continue
        if mention.kind in (DateKind.ABSOLUTE, DateKind.WEEKDAY, DateKind.RELATIVE):
            told = days[0]
        before = days[0]
        yield replace(mention, start_day=days[0], end_day=days[1])


def _year_told(mention: DateMention, before: dt.date) -> int:
    """The year of a month told from the day before it ("in 2013. In August of that year", "the previous May")."""
    earlier = "previous" in mention.words.lower() and dt.date(before.year, mention.month or 1, 1) > before.replace(
        day=1
    )
    return before.year - 1 if earlier else before.year


def _counted_from(mention: DateMention, told: dt.date | None, anchor: dt.date | None) -> dt.date | None:
    """The day told before; without one, "24 hours earlier" counts from the day of writing, "hours later" does not."""
    earlier = mention.back is not None and mention.back[0] > 0
    return told or (anchor if earlier else None)


def _of_told_years(mentions: Sequence[DateMention]) -> Iterator[DateMention]:
    years = {m.year for m in mentions if m.year is not None and m.month is not None and m.day is not None}
    for mention in mentions:
        fitting = on_weekday(mention, years) if mention.year is None else []
        if len(fitting) == 1:
            yield replace(mention, start_day=fitting[0][0], end_day=fitting[0][1])
        else:
            yield mention


def find_anchor(mentions: Iterable[DateMention], published: dt.date | None) -> dt.date | None:
    """The day that "yesterday" and "Tuesday" count from.

    A dateline in the text comes first, then a date line of the page that agrees with the metadata to
    within three days, then the metadata. A page's own clock alone is not believed: archived pages show
    the day they were fetched.
    """
    for mention in mentions:
        days = resolve(mention, published)
        if days is None or days[0] != days[1]:
            continue
        apart = None if published is None else abs((days[0] - published).days)
        if mention.kind is DateKind.DATELINE and (apart is None or apart <= 31):
            return days[0]
        if mention.kind is DateKind.HEADER and apart is not None and apart <= 3:
            return days[0]
        if mention.kind is DateKind.HEADER and apart is None and mention.year is not None and mention.start == 0:
            return days[0]
    return find_today(mentions, published) or published


def find_today(mentions: Iterable[DateMention], published: dt.date | None) -> dt.date | None:
    """The day a text calls "today", where it says which one ("today, Monday", "yesterday, 5 May"); None elsewhere.

    It outweighs the metadata: pages are dated a day or a year off more often than reports are.
    """
    for mention in mentions:
        told = mention.back in ((0, 0), (1, 1)) and not mention.unit
        if not told or mention.from_text or (mention.weekday is None and mention.month is None):
            continue
        days = resolve(mention, published)
        if days is not None and days[0] == days[1] and mention.back is not None:
            return days[0] + dt.timedelta(days=mention.back[0])
    return None
