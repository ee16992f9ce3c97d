"""Which days one telling means, counted from a known day.

Calendar arithmetic only. Days are kept as wide as they were told, and what nobody can know is None.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable

from claimatlas.dates.tellings import DateKind, DateMention, Days

# A day told without its year may lie this far after the day it is counted from: publication
# dates are a day or two off more often than reports tell of coming strikes.
_AHEAD = dt.timedelta(days=3)
# "Today, Saturday" in a report dated Friday was put out on Saturday: the named weekday nearest to the day is meant.
_WEEKDAY_AHEAD = 3
# A day whose weekday does not fit is taken for a slip only where one that fits lies this near to the anchor.
_SLIP = dt.timedelta(days=7)
# A page's year may be off by as many as these.
_YEARS = (-2, -1, 0, 1, 2)


def resolve(mention: DateMention, anchor: dt.date | None) -> Days | None:
    """The first and last day that a telling means.

    Args:
        mention: What the text tells.
        anchor: The day to count from (publication, or a dateline); None when unknown.

    Returns:
        Both days, the same for a single day; None when nobody can know.
    """
    if mention.day is not None:
        return _resolve_day(mention, anchor)
    if mention.weekday is not None:
        return None if anchor is None else _resolve_weekday(mention, anchor)
    if mention.month is not None:
        return _resolve_month(mention, anchor)
    if mention.year is not None:
        return _part_of(dt.date(mention.year, 1, 1), dt.date(mention.year, 12, 31), mention.part)
    if anchor is None or mention.back is None:
        return None
    return _resolve_relative(mention.back, mention.unit, mention.part, anchor)


def _resolve_day(mention: DateMention, anchor: dt.date | None) -> Days | None:
    day, last = mention.day or 1, mention.last_day or mention.day or 1
    if mention.month is None:  # "the 18th of this month", "of last month"
        if anchor is None or mention.back is None:
            return None
        first, _ = _month_back(anchor, mention.back[0])
        return _days(first.year, first.month, day, last)
    slip = _slip(mention, anchor)
    if slip is not None:
        return slip
    if mention.year is not None:
        days = _days(mention.year, mention.month, day, last)
        if mention.unit == "span" and days is not None and mention.back is not None:
            return days[0], days[0] + dt.timedelta(days=mention.back[1])
        if not mention.swapped:
            return days
        other = _days(mention.year, day, mention.month, mention.month)
        return _nearer(days, other, anchor)
    if anchor is None:
        return None
    if mention.unit == "year" and mention.back is not None:  # "on 5 May last year"
        return _days(anchor.year - mention.back[0], mention.month, day, last)
    years = (anchor.year, anchor.year - 1, anchor.year - 2, anchor.year - 3, anchor.year - 4)
    for year in (anchor.year + 1, *years):  # the last one counts for 29 February
        days = _days(year, mention.month, day, last)
        if days is not None and days[0] <= anchor + _AHEAD:
            return _year_of_weekday(mention, anchor) or days
    return None


def _slip(mention: DateMention, anchor: dt.date | None) -> Days | None:
    """The day meant where a wrong month or year stands beside a weekday: the one near the anchor that both fit.

    "Wednesday, 8 January 2024" in a report of 8 January 2025, which is a Wednesday.
    """
    if anchor is None or mention.weekday is None or mention.day is None or mention.month is None:
        return None
    told = _days(mention.year or anchor.year, mention.month, mention.day, mention.day)
    if told is None or told[0].weekday() == mention.weekday:
        return None
    if mention.year is None and _year_of_weekday(mention, anchor) is not None:
        return None
    for first, _ in (_month_back(anchor, 0), _month_back(anchor, 1)):
        days = _days(first.year, first.month, mention.day, mention.last_day or mention.day)
        if days is not None and days[0].weekday() == mention.weekday and abs(days[0] - anchor) <= _SLIP:
            return days
    return None


def _year_of_weekday(mention: DateMention, anchor: dt.date) -> Days | None:
    """The day nearest to the anchor that falls on the weekday told with it ("today, Sunday 21 May")."""
    fitting = on_weekday(mention, (anchor.year + off for off in _YEARS))
    return min(fitting, key=lambda days: abs((days[0] - anchor).days), default=None)


def on_weekday(mention: DateMention, years: Iterable[int]) -> list[Days]:
    """The days that a day of a month, told with its weekday, is in those of several years in which both fit."""
    if mention.weekday is None or mention.day is None or mention.month is None:
        return []
    readings = (_days(year, mention.month, mention.day, mention.last_day or mention.day) for year in years)
    return [days for days in readings if days is not None and days[0].weekday() == mention.weekday]


def _nearer(days: Days | None, other: Days | None, anchor: dt.date | None) -> Days | None:
    """Of two readings of "5/7/2018" the one that is past and nearer; both, as a range, when nothing tells."""
    if days is None or other is None:
        return days or other
    if anchor is None:
        return min(days[0], other[0]), max(days[1], other[1])
    past = [reading for reading in (days, other) if reading[0] <= anchor + _AHEAD]
    return min(past or [days, other], key=lambda reading: abs((anchor - reading[0]).days))


def _resolve_weekday(mention: DateMention, anchor: dt.date) -> Days:
    weekday = mention.weekday or 0
    if mention.back is not None and not mention.unit:  # "yesterday, Friday": the named weekday nearest to it
        aim = anchor - dt.timedelta(days=mention.back[0])
        ahead = (weekday - aim.weekday()) % 7
        day = aim + dt.timedelta(days=ahead if ahead <= _WEEKDAY_AHEAD else ahead - 7)
    elif mention.kind is DateKind.FUTURE:
        day = anchor + dt.timedelta(days=(weekday - anchor.weekday()) % 7 or 7)
    else:
        day = anchor - dt.timedelta(days=(anchor.weekday() - weekday) % 7)
        if mention.part == "last" and day == anchor:
            day -= dt.timedelta(days=7)
        if mention.unit == "week" and mention.back is not None:  # "on Tuesday last week"
            monday = anchor - dt.timedelta(days=anchor.weekday() + 7 * mention.back[0])
            day = monday + dt.timedelta(days=weekday)
    last = day
    if mention.last_day is not None:  # the night between two weekdays
        last = day + dt.timedelta(days=1)
        if last > anchor:
            day, last = (day - dt.timedelta(days=7), last - dt.timedelta(days=7)) if day > anchor else (day, last)
    return day, last


def _resolve_month(mention: DateMention, anchor: dt.date | None) -> Days | None:
    month, year = mention.month or 1, mention.year
    if year is None:
        if anchor is None:
            return None
        year = anchor.year if dt.date(anchor.year, month, 1) <= anchor + _AHEAD else anchor.year - 1
        if mention.back is not None:  # "in May last year"
            year = anchor.year - mention.back[0]
    first = dt.date(year, month, 1)
    return _part_of(first, first.replace(day=calendar.monthrange(year, month)[1]), mention.part)


def _resolve_relative(back: tuple[int, int], unit: str, part: str, anchor: dt.date) -> Days:
    near, far = back
    if unit == "weekend":  # Friday to Sunday: both the country's weekend and the agencies'
        sunday = anchor - dt.timedelta(days=(anchor.weekday() - 6) % 7)
        if anchor.weekday() in (4, 5):
            sunday = anchor + dt.timedelta(days=6 - anchor.weekday())
        return sunday - dt.timedelta(days=2), min(sunday, anchor)
    if unit == "week":
        monday = anchor - dt.timedelta(days=anchor.weekday())
        last = monday - dt.timedelta(days=7 * near - 6)
        return monday - dt.timedelta(days=7 * far), min(last, anchor) if near == 0 else last
    if unit == "month":
        first, _ = _month_back(anchor, far)
        _, last = _month_back(anchor, near)
        return _part_of(first, min(last, anchor) if near == 0 else last, part)
    if unit == "year":
        last = dt.date(anchor.year - near, 12, 31)
        return _part_of(dt.date(anchor.year - far, 1, 1), min(last, anchor) if near == 0 and not part else last, part)
    return anchor - dt.timedelta(days=far), anchor - dt.timedelta(days=near)


def _days(year: int, month: int, day: int, last: int) -> Days | None:
    try:
        return dt.date(year, month, day), dt.date(year, month, max(day, last))
    except ValueError:
        return None


def _month_back(anchor: dt.date, months: int) -> Days:
    index = anchor.year * 12 + anchor.month - 1 - months
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, 1), dt.date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def _part_of(first: dt.date, last: dt.date, part: str) -> Days:
    """The early, middle or late third of a month or year."""
    if part not in ("early", "mid", "late"):
        return first, last
    third = ((last - first).days + 1) // 3
    if part == "early":
        return first, first + dt.timedelta(days=third - 1)
    if part == "mid":
        return first + dt.timedelta(days=third), last - dt.timedelta(days=third)
    return last - dt.timedelta(days=third), last
