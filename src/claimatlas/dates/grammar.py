"""What the grammars of days share: how patterns are made, and the readings that no language has to itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from msgspec.structs import replace

from claimatlas.dates.tellings import DateKind, DateMention


@dataclass(frozen=True)
class Grammar:
    """How one language tells days.

    Attributes:
        patterns: The patterns, most telling first, each with the function that reads its matches and its letter:
            h Hijri, d day of a month, r relative, w weekday, m month, y year.
        triggers: The words a pattern cannot do without, each with the letters of the patterns it calls for.
        gap: What may stand between two tellings of one day ("Tuesday" and "May 1").
        before: A time of day in front of a telling ("early on").
        after: A time of day behind it ("night").
    """

    patterns: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], DateMention | None], str], ...]
    triggers: dict[str, str]
    gap: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]


def find_triggers(groups: dict[str, Iterable[str]], prefixes: tuple[str, ...]) -> dict[str, str]:
    """Which patterns each word calls for; `groups` holds the words by the patterns' letters."""
    triggers: dict[str, str] = {}
    for letters, words in groups.items():
        for phrase in words:
            for prefix in prefixes:
                word = prefix + re.split(r"[ '-]", phrase)[0]
                triggers[word] = "".join(sorted(set(triggers.get(word, "") + letters)))
    return triggers


def make_mention(match: re.Match[str], kind: DateKind, **facts: object) -> DateMention:
    """The telling of a match; its words are filled in once the time of day beside it is found."""
    start, end = match.span()
    return DateMention(start, end, "", kind, **facts)  # type: ignore[arg-type]


def parse_number(words: str | None) -> int | None:
    """The number of a group of digits that need not be told."""
    return int(words) if words is not None else None


def read_numeric_date(match: re.Match[str], *, day_first: bool) -> DateMention | None:
    """ISO dates and those with the year last; None for what is no date ("10.15.99")."""
    if match["iso_year"] is not None:
        year, month, day = int(match["iso_year"]), int(match["iso_month"]), int(match["iso_day"])
        if month > 12 >= day:
            month, day = day, month
        return checked(make_mention(match, DateKind.ABSOLUTE, year=year, month=month, day=day))
    first, second, year = int(match["first"]), int(match["second"]), int(match["short_year"])
    year += 2000 if year < 100 else 0
    if first > 12 or (day_first and second <= 12):
        return checked(make_mention(match, DateKind.ABSOLUTE, year=year, month=second, day=first))
    if second > 12:
        return checked(make_mention(match, DateKind.ABSOLUTE, year=year, month=first, day=second))
    return checked(make_mention(match, DateKind.ABSOLUTE, year=year, month=second, day=first, swapped=first != second))


def checked(mention: DateMention) -> DateMention | None:
    """The telling, unless there is no such day."""
    day, month = 1 if mention.day is None else mention.day, 1 if mention.month is None else mention.month
    if not 1 <= day <= 31 or not 1 <= month <= 12:
        return None
    if mention.year is not None and not 1980 <= mention.year <= 2050:
        return None
    if mention.last_day is not None and not (mention.day or 0) < mention.last_day <= 31:
        return replace(mention, last_day=None)
    return mention


# Days back of the words whose pattern is named so.
_NEAR_DAYS = {"today": (0, 0), "yesterday": (1, 1), "before_yesterday": (2, 2)}
# … and of those that count from the event told before.
_TOLD_DAYS = {"same_day": (0, 0), "day_before": (1, 1), "next_day": (-1, -1)}


def read_near_day(match: re.Match[str]) -> DateMention | None:
    """Yesterday, from the day of writing, or "the next day", from the event told before; None for other words."""
    for name, back in _NEAR_DAYS.items():
        if match[name] is not None:
            return make_mention(match, DateKind.RELATIVE, back=back)
    for name, back in _TOLD_DAYS.items():
        if match[name] is not None:
            return make_mention(match, DateKind.RELATIVE, back=back, from_text=True)
    return None


def read_period(match: re.Match[str], unit: str, count: int) -> DateMention:
    """Any day up to that long ago: "in the past two weeks"."""
    if unit == "hour":
        return make_mention(match, DateKind.RELATIVE, back=(0, max(1, round(count / 24)) if count > 6 else 0))
    if unit in ("day", "week"):
        return make_mention(match, DateKind.VAGUE, back=(0, count * (7 if unit == "week" else 1)))
    return make_mention(match, DateKind.VAGUE, back=(0, count), unit=unit)


def read_ago(
    match: re.Match[str], unit: str, count: int, *, later: bool = False, from_text: bool = False
) -> DateMention:
    """A day for "two days ago", a week for "three weeks ago", a month or a year for months and years."""
    sign = -1 if later else 1
    if unit == "hour":
        days = sign * round(count / 24)
        return make_mention(match, DateKind.RELATIVE, back=(days, days), from_text=from_text)
    if unit == "day":
        return make_mention(match, DateKind.RELATIVE, back=(sign * count, sign * count), from_text=from_text)
    if unit == "week":
        middle = sign * 7 * count
        return make_mention(match, DateKind.VAGUE, back=(middle - 2, middle + 2), from_text=from_text)
    return make_mention(match, DateKind.VAGUE, back=(sign * count, sign * count), unit=unit, from_text=from_text)


def read_year(match: re.Match[str], parts: Mapping[str, str]) -> DateMention:
    """A whole year or a part of it ("late 2017"); `parts` holds the language's words for parts."""
    groups = match.groupdict()
    part = groups.get("part") or groups.get("part2") or ""
    return make_mention(match, DateKind.VAGUE, year=int(groups["year"] or groups["year2"]), part=parts.get(part, ""))
