"""Days in running text: "on Tuesday (May 1)", "24 hours earlier", فجر اليوم الثلاثاء, 15 آب/أغسطس.

Finding and resolving are two steps. `find_dates` says what a text tells, `resolve` turns one telling
into days once there is a day to count from (the day of publication, or a dateline). Without such a day
a weekday stays unknown: no date is invented. Days are kept as wide as they were told.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from claimatlas.text import find_words, fold


class DateKind(StrEnum):
    """How a day is told."""

    ABSOLUTE = "absolute"  # names a day of a month
    WEEKDAY = "weekday"  # names a day of the week
    RELATIVE = "relative"  # counts from the day of writing
    VAGUE = "vague"  # a month, a year, "recently"
    FUTURE = "future"  # has not come yet
    HEADER = "header"  # a line of its own: when the page was made or seen
    DATELINE = "dateline"  # opens a report: place, day, dash


class DateMention(msgspec.Struct, frozen=True):
    """A telling of a day or of several days.

    Attributes:
        start: Offset of the first character.
        end: Offset after the last.
        words: The characters.
        kind: How it is told.
        year: Calendar year, when told.
        month: 1 to 12, when told.
        day: Day of the month, when told.
        last_day: Last day of a range within the month ("1-3 May").
        part: `early`, `mid` or `late` of a month or year; empty for all of it.
        weekday: 0 (Monday) to 6.
        back: Days before the anchor, nearest and furthest ("in the past week" is 0 and 7); negative for later.
        unit: `week`, `month` or `year` that `back` counts in, when it does not count days.
        swapped: Day and month may be the other way round (5/7/2018 in English).
        from_text: Counts from the event told before ("the next day"), not from the day of writing.
        start_day: First day, once resolved.
        end_day: Last day, once resolved.
    """

    start: int
    end: int
    words: str
    kind: DateKind
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_day: int | None = None
    part: str = ""
    weekday: int | None = None
    back: tuple[int, int] | None = None
    unit: str = ""
    swapped: bool = False
    from_text: bool = False
    start_day: dt.date | None = None
    end_day: dt.date | None = None

    @property
    def needs_anchor(self) -> bool:
        """Whether the day can only be known with a day to count from."""
        return self.year is None or (self.swapped and self.start_day != self.end_day)


Days = tuple[dt.date, dt.date]

# A day told without its year may lie this far after the day it is counted from: publication
# dates are a day or two off more often than reports tell of coming strikes.
_AHEAD = dt.timedelta(days=3)
# "Today, Saturday" in a report dated Friday was put out on Saturday: the named weekday nearest to the day is meant.
_WEEKDAY_AHEAD = 3
# A page's year may be off by as many as these.
_YEARS = (-2, -1, 0, 1, 2)
_RANK = {DateKind.ABSOLUTE: 0, DateKind.WEEKDAY: 1, DateKind.RELATIVE: 2, DateKind.FUTURE: 3, DateKind.VAGUE: 4}


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
    years = (anchor.year, anchor.year - 1, anchor.year - 2, anchor.year - 3, anchor.year - 4)
    for year in (anchor.year + 1, *years):  # the last one counts for 29 February
        days = _days(year, mention.month, day, last)
        if days is not None and days[0] <= anchor + _AHEAD:
            return _year_of_weekday(mention, anchor) or days
    return None


def _year_of_weekday(mention: DateMention, anchor: dt.date) -> Days | None:
    """The day nearest to the anchor that falls on the weekday told with it ("today, Sunday 21 May")."""
    fitting = _on_weekday(mention, (anchor.year + off for off in _YEARS))
    return min(fitting, key=lambda days: abs((days[0] - anchor).days), default=None)


def _on_weekday(mention: DateMention, years: Iterable[int]) -> list[Days]:
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


# --- Finding --------------------------------------------------------------------------------------------------


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_MONTHS_EN = {
    "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5,
    "june": 6, "jun": 6,
    "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sept": 9, "sep": 9, "october": 10, "oct": 10,
    "november": 11,
    "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip
_WEEKDAYS_EN = {
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6, "wensday": 2,
    "wednsday": 2,
}  # fmt: skip
_SHORT_WEEKDAYS_EN = {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip
_COUNTS_EN = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "a couple of": 2, "couple of": 2, "several": 4, "a few": 3, "few": 3,
}  # fmt: skip
_MONTH_EN = rf"(?:{_alternatives(_MONTHS_EN)})"
_COUNT_EN = rf"(?:{_alternatives(_COUNTS_EN)}|\d{{1,3}})"
_HOUR_EN = r"(?:dawn|morning|noon|midday|afternoon|evening|night|midnight|overnight)"
_PARTS_EN = {
    "early": "early", "beginning of": "early", "start of": "early", "the beginning of": "early",
    "the start of": "early", "mid": "mid",
    "middle of": "mid", "the middle of": "mid", "late": "late", "end of": "late", "the end of": "late",
}  # fmt: skip
_PART_EN = rf"(?:(?P<part>{_alternatives(_PARTS_EN)})[ -])"

_DATE_EN = re.compile(
    r"(?:(?<![\w/.-])|(?<=gmt))(?:(?P<iso_year>(?:19|20)\d\d)[-/.](?P<iso_month>\d{1,2})[-/.](?P<iso_day>\d{1,2})(?!\d)"
    r"|(?P<first>\d{1,2})[/.-](?P<second>\d{1,2})[/.-](?P<short_year>(?:19|20)\d\d|\d\d)(?![\d/])"
    r"|(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:[ ]?(?:[-–]|and|to|or)[ ]?(?P<last_day>\d{1,2})(?:st|nd|rd|th)?)?"
    rf"[ -](?:of[ ])?(?P<month>{_MONTH_EN})\b\.?(?:,?[ -](?P<year>(?:19|20)\d\d)\b)?"
    rf"|(?P<month3>{_MONTH_EN})[ ](?P<day3>\d\d)(?P<year3>20[012]\d)(?!\d)"  # feeds drop the comma
    rf"|(?P<month2>{_MONTH_EN})\b\.?[ -](?:the[ ])?(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:%]|[,.]\d{{3}}(?!\d)"
    rf"|[.]\d)"
    r"(?:[ ]?(?:[-–]|and|to|or)[ ]?(?P<last_day2>\d{1,2})(?:st|nd|rd|th)?(?!\d"
    r"|,\d{3}))?(?:,?[ ](?:of[ ])?(?P<year2>(?:19|20)\d\d)\b)?)"
)
_MONTH_OF_EN = re.compile(
    rf"(?<!\w)(?:(?P<lead>in|last|since|during|this|of|until|next|from|throughout"
    rf"|by)[ ])?(?:the[ ])?{_PART_EN}?(?P<month>{_MONTH_EN})\b\.?"
    r"(?:,?[ ](?:of[ ])?(?:the year[ ])?(?P<year>(?:19|20)\d\d)\b|[ ](?:of[ ])?(?P<which>last year"
    r"|this year)\b)?(?![ ]\d{1,2}(?![\d,]))"
)
_YEAR_EN = re.compile(
    rf"(?<!\w)(?:in|since|during|of|until|by|from|throughout|year)[ ](?:the[ ])?{_PART_EN}?(?P<year>(?:19"
    rf"|20)\d\d)\b(?![-/]|[,.]\d|[ ](?:people|civilians))"
    rf"|(?<!\w){_PART_EN.replace('part', 'part2')}(?P<year2>(?:19|20)\d\d)\b"
)
_WEEKDAY_EN = re.compile(
    rf"(?<!\w)(?:(?P<lead>last|this|next|past|previous|coming)[ ])?(?:(?P<full>{_alternatives(_WEEKDAYS_EN)})(?:'?s)?"
    rf"|(?P<short>{_alternatives(_SHORT_WEEKDAYS_EN)})(?=[.,]{{0,2}}[ ](?:\d{{1,2}}\b|{_MONTH_EN}\b)))(?!\w)"
)
_RELATIVE_EN = re.compile(
    r"(?<!\w)(?:(?P<today>today|tonight|this (?:morning|afternoon|evening)|earlier today|hours (?:ago|earlier)"
    r"|(?:in )?(?:the )?(?:past|last) (?:few )?hours)"
    r"|(?P<before_yesterday>(?:the )?day before yesterday)|(?P<yesterday>yesterday|last night|overnight)"
    r"|(?P<weekend>(?:over |at |on |during )?(?:the |this |last |past )weekend)"
    r"|(?:(?:in|over|during|within) )?(?:the )?(?:past|last|previous) (?:(?P<period_count>"
    + _COUNT_EN
    + r") )?(?P<period>hours|days|weeks|months|years)"
    r"|(?:in|over|during|within) (?:the )?(?:past|last) (?P<one_period>day|week|month|year)"
    r"|the past (?P<the_period>day|week|month|year)"
    r"|(?P<which>last|this|next|earlier this|late last|early last|earlier last) (?P<calendar>week|month|year)"
    r"|(?P<count>"
    + _COUNT_EN
    + r") (?P<unit>hours?|days?|weeks?|months?|years?)[ ](?P<direction>ago|earlier|before|previously|prior|later|after)"
    r"|(?P<day_before>the (?:day before|previous day|preceding day)|(?:the )?day earlier)|(?P<next_day>the (?:next"
    r"|following) day|the day after)"
    r"|(?P<recent>(?:in )?recent (?:days|weeks|months)|recently|(?:earlier|later) this (?:week|month|year)))(?!\w)"
)
_GAP_EN = re.compile(r"[ ,(\[/]{0,3}(?:-[ ]?)?(?:(?:on|of|the|at|in)[ ]){0,2}[ (]?")
_BEFORE_EN = re.compile(
    r"(?:(?:early|late|earlier|(?:at |from )?dawn(?: on)?|(?:at )?noon(?: on)?|midnight(?: on)?|(?:on "
    r"|in )?(?:the )?(?:early |late )?"
    r"(?:hours|morning|evening|night|afternoon) (?:of|on))[ ])(?:on[ ])?$"
)
_AFTER_EN = re.compile(
    r"(?:[ ](?:early|late|at))?[ ](?:dawn|morning|noon|midday|afternoon|evening|night|midnight)(?!\w)"
)

_MONTHS_AR = {
    "كانون الثاني": 1, "كانون ثاني": 1, "كانون 2": 1, "يناير": 1, "جانفي": 1, "شباط": 2, "فبراير": 2, "فيفري": 2,
    "اذار": 3, "مارس": 3,
    "نيسان": 4, "ابريل": 4, "افريل": 4, "ايار": 5, "مايو": 5, "ماي": 5, "حزيران": 6, "يونيو": 6, "يونيه": 6,
    "جوان": 6, "تموز": 7,
    "يوليو": 7, "يوليه": 7, "جويليه": 7, "اب": 8, "اغسطس": 8, "اوت": 8, "ايلول": 9, "سبتمبر": 9, "تشرين الاول": 10,
    "تشرين اول": 10,
    "تشرين 1": 10, "اكتوبر": 10, "تشرين الثاني": 11, "تشرين ثاني": 11, "تشرين 2": 11, "نوفمبر": 11, "كانون الاول": 12,
    "كانون اول": 12, "كانون 1": 12, "ديسمبر": 12,
}  # fmt: skip
_HIJRI_MONTHS = {
    "محرم": 1, "صفر": 2, "ربيع الاول": 3, "ربيع اول": 3, "ربيع الثاني": 4, "ربيع الاخر": 4, "جمادي الاولي": 5,
    "جمادي الاول": 5,
    "جمادي الاخره": 6, "جمادي الثانيه": 6, "جمادي الاخر": 6, "رجب": 7, "شعبان": 8, "رمضان": 9, "شوال": 10,
    "ذو القعده": 11, "ذي القعده": 11,
    "ذو الحجه": 12, "ذي الحجه": 12,
    "muharram": 1, "safar": 2, "rabi al-awwal": 3, "rabi' al-awwal": 3, "rabi i": 3, "rabi al-thani": 4,
    "rabi' al-thani": 4, "rabi ii": 4,
    "jumada al-awwal": 5, "jumada al-ula": 5, "jumada i": 5, "jumada al-thani": 6, "jumada al-akhira": 6,
    "jumada ii": 6, "rajab": 7,
    "shaaban": 8, "sha'ban": 8, "ramadan": 9, "shawwal": 10, "dhu al-qadah": 11, "dhu al-qi'dah": 11,
    "dhu al-hijja": 12, "dhu al-hijjah": 12,
}  # fmt: skip
_WEEKDAYS_AR = {
    "الاثنين": 0, "الاتنين": 0, "الثلاثاء": 1, "الثلاثا": 1, "التلاتا": 1, "الاربعاء": 2, "الاربعا": 2, "الخميس": 3,
    "الجمعه": 4, "السبت": 5,
    "الاحد": 6,
}  # fmt: skip
_ORDINALS_AR = {
    "الاول": 1, "الثاني": 2, "الثالث": 3, "الرابع": 4, "الخامس": 5, "السادس": 6, "السابع": 7, "الثامن": 8,
    "التاسع": 9, "العاشر": 10,
    "الحادي عشر": 11, "الثاني عشر": 12, "الثالث عشر": 13, "الرابع عشر": 14, "الخامس عشر": 15, "السادس عشر": 16,
    "السابع عشر": 17,
    "الثامن عشر": 18, "التاسع عشر": 19, "العشرين": 20, "العشرون": 20, "الثلاثين": 30, "الثلاثون": 30,
} | {
    f"{unit} والعشر{ending}": 20 + value
    for unit, value in (("الحادي", 1), ("الواحد", 1), ("الثاني", 2), ("الثالث", 3), ("الرابع", 4), ("الخامس", 5),
    ("السادس", 6),
                        ("السابع", 7), ("الثامن", 8), ("التاسع", 9))
    for ending in ("ين", "ون")
} | {"الحادي والثلاثين": 31, "الواحد والثلاثين": 31}  # fmt: skip
_COUNTS_AR = {
    "ثلاثه": 3, "ثلاث": 3, "اربعه": 4, "اربع": 4, "خمسه": 5, "خمس": 5, "سته": 6, "ست": 6, "سبعه": 7, "سبع": 7,
    "ثمانيه": 8, "ثماني": 8, "تسعه": 9,
    "تسع": 9, "عشره": 10, "عشر": 10, "عده": 4, "بضعه": 3,
}  # fmt: skip
_PARTS_AR = {
    "بدايه": "early", "بدايات": "early", "مطلع": "early", "اوايل": "early", "اول": "early", "منتصف": "mid",
    "اواسط": "mid", "نهايه": "late",
    "اواخر": "late", "اخر": "late", "ختام": "late", "النصف الاول من": "early", "النصف الثاني من": "late",
}  # fmt: skip
_UNITS_AR = {
    "ساعه": "hour", "ساعات": "hour", "ساعتين": "hour2", "يوم": "day", "ايام": "day", "يومين": "day2",
    "اسبوع": "week", "اسابيع": "week",
    "اسبوعين": "week2", "شهر": "month", "اشهر": "month", "شهور": "month", "شهرين": "month2", "عام": "year",
    "سنه": "year", "اعوام": "year",
    "سنوات": "year", "عامين": "year2", "سنتين": "year2",
}  # fmt: skip
_MONTH_AR = rf"(?:{_alternatives(_MONTHS_AR)})"
_TWO_MONTHS_AR = rf"{_MONTH_AR}(?:[ ]?[/\\(|-]{{1,2}}[ ]?{_MONTH_AR}[ ]?\)?)?"
_PAST_AR = r"(?:الماضي|الفايت|المنصرم|السابق|الاخير)(?:ه|ين)?"
_NOW_AR = r"(?:الجاري|الحالي)(?:ه)?"
_YEAR_AR = r"(?:[ ]?[,،/]?[ ]?(?:من[ ])?(?:ال?عام[ ]|ال?سنه[ ])?\(?(?P<{0}>(?:19|20)\d\d)(?!\d)\)?)"
_PART_AR = rf"(?:(?P<part>{_alternatives(_PARTS_AR)})[ ])"

_DATE_AR = re.compile(
    r"(?<![\w/.-])(?:(?P<iso_year>(?:19"
    r"|20)\d\d)[ ]?[-/.\\][ ]?(?P<iso_month>\d{1,2})[ ]?[-/.\\][ ]?(?P<iso_day>\d{1,2})(?!\d)"
    r"|(?P<first>\d{1,2})[ ]?[-/.\\][ ]?(?P<second>\d{1,2})[ ]?[-/.\\][ ]?(?P<short_year>(?:19|20)\d\d|\d\d)(?![\d/])"
    r"|(?P<only_day>\d{1,2})[/\\](?P<only_month>1[0-2]|0?[1-9])(?![\d/])"
    rf"|(?:(?:ال)?(?P<day>\d{{1,2}})[ ]?[-/]?"
    rf"|(?<!كانون )(?<!تشرين )(?<!ربيع )(?<!النصف )(?<!الاسبوع )(?<!الشهر )"
    rf"(?P<ordinal>{_alternatives(_ORDINALS_AR)}))"
    r"(?:[ ]?(?:-|و|و[ ]|حتي|الي)[ ]?(?:ال)?(?P<last_day>\d{1,2}))?[ ]?(?:من[ ])?(?:شهر[ ])?(?:"
    rf"(?P<month>{_TWO_MONTHS_AR})(?!\w)(?:{_YEAR_AR.format('year')}|[ ](?P<past>{_PAST_AR})|[ ]{_NOW_AR})?"
    rf"|(?:ال|هذا[ ]ال)?شهر[ ](?P<this_month>{_NOW_AR}|نفسه|ذاته)|الشهر[ ](?P<last_month>{_PAST_AR})))"
)
_MONTH_OF_AR = re.compile(
    rf"(?<!\w)[وفبل]?(?:(?P<lead>في|خلال|منذ|من|شهر|قبل"
    rf"|حتي)[ ])?(?:شهر[ ])?{_PART_AR}?(?P<lead2>شهر[ ])?(?P<month>{_TWO_MONTHS_AR})(?!\w)"
    rf"(?:{_YEAR_AR.format('year')}|[ ](?:من[ ])?(?P<past>العام الماضي|{_PAST_AR})"
    rf"|[ ](?P<now>{_NOW_AR}))?(?![ ]?\d{{1,2}}(?!\d))"
)
_YEAR_ONLY_AR = re.compile(rf"(?<!\w)[وفبل]?{_PART_AR}?(?:ال)?(?:عام|سنه)[ ]\(?(?P<year>(?:19|20)\d\d)(?!\d)")
_WEEKDAY_AR = re.compile(
    rf"(?<!\w)[وفلب]?(?:(?P<hour>ليله?|مساء|فجر|صباح|عصر|ظهر"
    rf"|ضحي)[ ])?(?:يوم[ ])?(?P<full>{_alternatives(_WEEKDAYS_AR)})(?!\w)"
    rf"(?:[ ](?:(?P<past>{_PAST_AR})|(?P<future>المقبل|القادم|التالي)|{_NOW_AR}))?"
)
_COUNT_AR = rf"(?:{_alternatives(_COUNTS_AR)}|\d{{1,3}})"
_UNIT_AR = rf"(?:{_alternatives(_UNITS_AR)})"
_RELATIVE_AR = re.compile(
    rf"(?<!\w)[وفل]?(?:(?P<before_yesterday>(?:يوم[ ])?(?:اول[ ](?:من[ ])?امس|امس[ ]الاول|قبل[ ]امس))"
    r"|(?P<yesterday>(?:يوم[ ])?(?:ليله[ ])?(?:امس|البارحه)|الليله[ ]الماضيه|الليله[ ]الفايته|ليل[ ]امس)"
    r"|(?P<today>(?:يوم[ ])?(?:هذا[ ])?(?:اليوم|النهار)(?![ ](?:الاول|الثاني|الثالث|الرابع|الخامس|السادس|السابع"
    r"|الثامن|التاسع|العاشر|الحادي|التالي|نفسه|ذاته|السابق|الذي))"
    r"|(?:قبل|منذ)[ ](?:قليل|ساعات|دقايق|وقت قصير|لحظات|ساعه|ساعتين)"
    r"|بعد[ ]منتصف[ ]الليله?|الليله|هذه الليله|صباحا|فجرا)"
    rf"|(?:(?:في|خلال)[ ])?(?:ال)?(?:(?P<period_count>\d{{1,3}})[ ])?ال?(?P<period>ساعات|ساعه|ايام|اسابيع|اشهر|سنوات"
    rf"|اعوام)[ ](?:(?:ال)?(?P<period_count2>{_COUNT_AR})[ ])?(?:القليله[ ])?{_PAST_AR}"
    rf"|(?:ال)(?P<calendar>اسبوع|شهر|عام|سنه)[ ](?:(?P<past>{_PAST_AR})|(?P<now>{_NOW_AR}))|هذا[ ]ال(?P<this>اسبوع"
    rf"|شهر|عام)"
    rf"|(?:قبل|منذ|قبيل)[ ](?:(?P<about>نحو|حوالي|قرابه"
    rf"|اكثر[ ]من)[ ])?(?:(?P<count>{_COUNT_AR})[ ])?(?P<unit>{_UNIT_AR})"
    rf"|بعد[ ](?:(?P<count_after>{_COUNT_AR})[ ])?(?P<unit_after>{_UNIT_AR})(?=[ ]من)"
    r"|(?P<day_before>(?:في[ ])?اليوم[ ]السابق|قبل[ ]ذلك[ ]بيوم)|(?P<next_day>(?:في[ ])?اليوم[ ]التالي)"
    r"|(?P<recent>موخرا|في الاونه الاخيره|(?:خلال )?الفتره الماضيه))(?!\w)"
)
_GAP_AR = re.compile(
    r"[ ,،()/\[]{0,3}(?:-[ ]?)?(?:(?:يوم|من|في|ل|الموافق|الموافق ل|المصادف|المصادف ل|بتاريخ|تاريخ|ب تاريخ|ليوم"
    r"|ليوم امس)[ ]?){0,3}[ (]?"
)
_BEFORE_AR = re.compile(
    r"(?<!\w)(?:[وفبل]?(?:ساعات[ ](?:ال)?\w+[ ](?:الاولي[ ])?(?:من[ ])?|وقت[ ](?:مبكر|متاخر|سابق)[ ](?:من[ ])?"
    r"|(?:بعد[ ]|قبل[ ]|قبيل[ ]|عند[ ]|حتي[ ])?"
    r"(?:منتصف[ ])?(?:فجر|صباح|صبيحه|ظهر|ظهيره|ضحي|عصر|مساء|امسيه|مغرب|عشاء|ليله?|غروب)[ ])(?:من[ ])?)(?:يوم[ ])?$"
    r"|(?<!\w)[وفبل]?(?:يوم|نهار)[ ]$"
)
_AFTER_AR = re.compile(r"[ ](?:صباحا|مساء|فجرا|ظهرا|ليلا|عصرا)(?!\w)")
_HIJRI = re.compile(
    rf"(?<![\w/])(?P<day>\d{{1,2}})[ ](?:من[ ]"
    rf"|of[ ])?(?:شهر[ ])?(?P<month>{_alternatives(_HIJRI_MONTHS)})(?!\w)[ ,]{{0,2}}(?:ل?عام[ ]"
    rf"|سنه[ ])?(?P<year>1[34]\d\d)(?!\d)(?:[ ]?(?:هجريه|هجري|ه|للهجره|ah|a\.h\.?|h)(?!\w))?"
    rf"|(?<!\w)(?P<month2>{_alternatives(_HIJRI_MONTHS)})[ ,]{{0,2}}(?:ل?عام[ ]"
    rf"|سنه[ ])?(?P<year2>1[34]\d\d)(?!\d)(?:[ ]?(?:هجريه|هجري|ه|للهجره|ah|a\.h\.?|h)(?!\w))?"
)


@dataclass(frozen=True)
class _Grammar:
    """The patterns of one language, most telling first, with the functions that read them."""

    patterns: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], DateMention | None], str], ...]
    triggers: dict[str, str]  # the words that a pattern cannot do without, and for which patterns (by their letter)
    gap: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]


def find_dates(text: str, lang: str, published: dt.date | None) -> list[DateMention]:
    """All tellings of days in a cleaned text, in order, resolved as far as they can be.

    Args:
        text: A cleaned text.
        lang: `en` or `ar`; dates in the other language are found too where its letters occur.
        published: Day of publication, or None.

    Returns:
        The tellings, with `start_day` and `end_day` where the days can be known (`resolve_dates`).
    """
    return resolve_dates(find_tellings(text, lang), published)


def resolve_dates(tellings: Sequence[DateMention], published: dt.date | None) -> list[DateMention]:
    """The tellings with their days: counted from `find_anchor`, "the next day" from the telling before it.

    Without an anchor, "Tuesday, May 1" is of the only year of which the text gives a full date and in which it fits.
    """
    anchor = find_anchor(tellings, published)
    resolved = list(_resolved(tellings, anchor))
    return resolved if anchor is not None else list(_of_told_years(resolved))


def _of_told_years(mentions: Sequence[DateMention]) -> Iterator[DateMention]:
    years = {m.year for m in mentions if m.year is not None and m.month is not None and m.day is not None}
    for mention in mentions:
        fitting = _on_weekday(mention, years) if mention.year is None else []
        if len(fitting) == 1:
            yield replace(mention, start_day=fitting[0][0], end_day=fitting[0][1])
        else:
            yield mention


def find_tellings(text: str, lang: str) -> list[DateMention]:
    """All tellings of days in a cleaned text, in order, not yet resolved."""
    folded = fold(text)
    mentions = _find_in(text, folded, _ARABIC if lang == "ar" else _ENGLISH)
    if lang == "ar" and _LATIN_LETTERS.search(folded) is not None and _LATIN_MONTH.search(folded) is not None:
        mentions = _without_overlaps([*mentions, *_find_in(text, folded, _ENGLISH_IN_ARABIC)])
    elif lang != "ar" and not text.isascii() and _ARABIC_LETTER.search(text) is not None:
        mentions = _without_overlaps([*mentions, *_find_in(text, folded, _ARABIC)])
    return [_placed(mention, text) for mention in mentions]


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


def _resolved(mentions: Iterable[DateMention], anchor: dt.date | None) -> Iterator[DateMention]:
    told: dt.date | None = None
    for mention in mentions:
        days = resolve(mention, told or anchor if mention.from_text else anchor)
        if days is None:
            yield mention
            continue
        if mention.kind in (DateKind.ABSOLUTE, DateKind.WEEKDAY, DateKind.RELATIVE):
            told = days[0]
        yield replace(mention, start_day=days[0], end_day=days[1])


def _find_in(text: str, folded: str, grammar: _Grammar) -> list[DateMention]:
    found: list[DateMention] = []
    windows = _windows(folded, grammar)
    for pattern, read, letter in grammar.patterns:
        for start, end in windows.get(letter, ()):
            found.extend(
                mention for match in pattern.finditer(folded, start, end) if (mention := read(match)) is not None
            )
    merged: list[DateMention] = []
    for mention in _without_overlaps(found):
        joined = _merge(merged[-1], mention, folded, grammar.gap) if merged else None
        if joined is not None:
            merged[-1] = joined
        else:
            merged.append(mention)
    return [_worded(mention, text, folded, grammar) for mention in merged]


# A telling of a day is no longer than this before and behind the word it cannot do without.
_REACH_BEFORE, _REACH_AFTER = 60, 70


def _windows(folded: str, grammar: _Grammar) -> dict[str, list[tuple[int, int]]]:
    """The stretches of a text in which each pattern can match: around its trigger words, cut at spaces."""
    windows: dict[str, list[tuple[int, int]]] = {}
    for at, word in zip(*find_words(folded), strict=True):
        letters = grammar.triggers.get(word)
        if letters is None:
            if not word[0].isdigit():
                continue
            letters = "y" if len(word) == 4 and word[:2] in ("19", "20") else ""
            after = at + len(word)
            if folded[after : after + 2].strip(" ")[:1] in ("-", "/", ".", "\\"):
                letters += "d"
        if not letters:
            continue
        start = max(0, at - _REACH_BEFORE)
        start = folded.rfind(" ", 0, start) + 1 if start else 0
        end = folded.find(" ", min(len(folded), at + len(word) + _REACH_AFTER))
        end = len(folded) if end < 0 else end
        for letter in letters:
            spans = windows.setdefault(letter, [])
            if spans and start <= spans[-1][1]:
                spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
            else:
                spans.append((start, end))
    return windows


def _triggers(groups: dict[str, Iterable[str]], prefixes: tuple[str, ...]) -> dict[str, str]:
    """Which patterns each word calls for; `groups` holds the words by the patterns' letters."""
    triggers: dict[str, str] = {}
    for letters, words in groups.items():
        for phrase in words:
            for prefix in prefixes:
                word = prefix + re.split(r"[ '-]", phrase)[0]
                triggers[word] = "".join(sorted(set(triggers.get(word, "") + letters)))
    return triggers


def _without_overlaps(mentions: list[DateMention]) -> list[DateMention]:
    """Of overlapping tellings the one that was found first (the more telling one), in text order."""
    kept: list[DateMention] = []
    for mention in mentions:
        if not any(mention.start < other.end and other.start < mention.end for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda mention: mention.start)


def _merge(first: DateMention, second: DateMention, folded: str, gap: re.Pattern[str]) -> DateMention | None:
    """Make one telling of "Tuesday" and "(May 1)"; None when they are two."""
    if second.start - first.end > 25 or gap.fullmatch(folded, first.end, second.start) is None:
        return None
    kinds = {first.kind, second.kind}
    start, end = first.start, second.end
    if kinds == {DateKind.WEEKDAY} and "-" in folded[first.end : second.start] + folded[first.end - 1 : first.end]:
        is_next = (second.weekday or 0) == ((first.weekday or 0) + 1) % 7
        return replace(first, last_day=1, start=start, end=end) if is_next else None
    if len(kinds) == 1 and kinds != {DateKind.RELATIVE}:
        return None
    main, other = sorted((first, second), key=lambda mention: _RANK[mention.kind])
    if other.weekday is not None and main.weekday is not None:
        return None
    if other.kind is DateKind.RELATIVE and (
        other.from_text or other.unit or other.back is None or abs(other.back[1]) > 2 or main.back is not None
    ):
        return None
    if other.kind is DateKind.VAGUE and (main.kind is not DateKind.WEEKDAY or other.unit != "week"):
        return None
    if main.kind is DateKind.ABSOLUTE and main.day is not None:
        weekday = main.weekday if main.weekday is not None else other.weekday
        back = other.back if not other.unit and not other.from_text else None
        return replace(main, weekday=weekday, back=main.back or back, start=start, end=end)
    if main.kind is DateKind.WEEKDAY and other.kind in (DateKind.RELATIVE, DateKind.VAGUE) and not other.from_text:
        return replace(main, back=other.back, unit=other.unit, start=start, end=end)
    return None


def _worded(mention: DateMention, text: str, folded: str, grammar: _Grammar) -> DateMention:
    """The telling with the time of day around it ("early", "night", فجر) in its words."""
    start, end = mention.start, mention.end
    line_start = text.rfind("\n", 0, start) + 1
    before = grammar.before.search(folded, max(line_start, start - 40), start)
    if before is not None:
        start = before.start()
    after = grammar.after.match(folded, end)
    if after is not None:
        end = after.end()
    return replace(mention, start=start, end=end, words=text[start:end])


_CLOCK_WORDS = re.compile(
    r"\d{1,2}:\d{2}(?::\d{2})?|\b(?:gmt|utc|am|pm|updated?|published|posted|last|on|at|modified|date|by)\b|تاريخ"
    r"|النشر|نشر|اخر|تحديث|الساعه|توقيت|ال(?:يوم)?|[صم]\b|\d+"
)
_DATELINE_END = re.compile(r"[ ]?\)?[ ]?(?:\([\w .]{2,20}\)[ ]?)?[-–—:][ ]?")
_MAX_HEADER_LETTERS = 14
"""A line with a date and fewer other letters than this is a page's date line, not a sentence."""


_MAX_HEADER_LINE = 240
"""A longer line has more on it than a date, a clock and the words beside them."""


def _letters_beside_clock(line: str) -> int:
    return sum(map(str.isalpha, _CLOCK_WORDS.sub("", fold(line))))


def _placed(mention: DateMention, text: str) -> DateMention:
    """The telling marked as a dateline or a page's date line where it is one."""
    if mention.kind is not DateKind.ABSOLUTE or mention.day is None:
        return mention
    line_start = text.rfind("\n", 0, mention.start) + 1
    line_end = text.find("\n", mention.end)
    line_end = len(text) if line_end < 0 else line_end
    before, after = text[line_start : mention.start], text[mention.end : line_end]
    if _DATELINE_END.match(after) is not None and len(after) > 30 and len(before) <= 40 and len(before.split()) <= 4:
        return replace(mention, kind=DateKind.DATELINE)
    short = len(before) + len(after) <= _MAX_HEADER_LINE
    if short and _letters_beside_clock(f"{before} {after}") < _MAX_HEADER_LETTERS:
        return replace(mention, kind=DateKind.HEADER)
    if mention.start == 0 and mention.year is not None and after[:1] == " " and after[1:2].isupper():
        return replace(mention, kind=DateKind.HEADER)
    if mention.year is not None and says_published(before):
        return replace(mention, kind=DateKind.HEADER)
    return mention


_SAYS_PUBLISHED = re.compile(r"(?:updated|published|publication|posted)(?: at| on)?[: ]+$", re.IGNORECASE)


def says_published(before: str) -> bool:
    """Whether the words in front of a day call it the report's own ("Last updated at …", "Date of publication …")."""
    return _SAYS_PUBLISHED.search(before) is not None


_LATIN_LETTERS = re.compile("[a-z]{3}")
_LATIN_MONTH = re.compile(rf"\b{_MONTH_EN}\b[. ,]+\d|\d[ ]{_MONTH_EN}\b")
_ARABIC_LETTER = re.compile("[\u0621-\u064a]")


def _mention(match: re.Match[str], kind: DateKind, **facts: object) -> DateMention:
    start, end = match.span()
    return DateMention(start, end, "", kind, **facts)  # type: ignore[arg-type]


def _number(words: str | None) -> int | None:
    return int(words) if words is not None else None


def _numeric_date(match: re.Match[str], *, day_first: bool) -> DateMention | None:
    """ISO dates and those with the year last; None for what is no date ("10.15.99")."""
    if match["iso_year"] is not None:
        year, month, day = int(match["iso_year"]), int(match["iso_month"]), int(match["iso_day"])
        if month > 12 >= day:
            month, day = day, month
        return _checked(_mention(match, DateKind.ABSOLUTE, year=year, month=month, day=day))
    first, second, year = int(match["first"]), int(match["second"]), int(match["short_year"])
    year += 2000 if year < 100 else 0
    if first > 12 or (day_first and second <= 12):
        return _checked(_mention(match, DateKind.ABSOLUTE, year=year, month=second, day=first))
    if second > 12:
        return _checked(_mention(match, DateKind.ABSOLUTE, year=year, month=first, day=second))
    return _checked(_mention(match, DateKind.ABSOLUTE, year=year, month=second, day=first, swapped=first != second))


def _checked(mention: DateMention) -> DateMention | None:
    """The telling, unless there is no such day."""
    day, month = 1 if mention.day is None else mention.day, 1 if mention.month is None else mention.month
    if not 1 <= day <= 31 or not 1 <= month <= 12:
        return None
    if mention.year is not None and not 1980 <= mention.year <= 2050:
        return None
    if mention.last_day is not None and not (mention.day or 0) < mention.last_day <= 31:
        return replace(mention, last_day=None)
    return mention


def _read_date_en(match: re.Match[str]) -> DateMention | None:
    if match["iso_year"] is not None or match["first"] is not None:
        return _numeric_date(match, day_first=False)
    suffix = "" if match["day"] is not None else "2" if match["day2"] is not None else "3"
    return _checked(
        _mention(
            match,
            DateKind.ABSOLUTE,
            month=_MONTHS_EN[match["month" + suffix]],
            day=int(match["day" + suffix]),
            last_day=_number(match["last_day" + suffix]) if suffix != "3" else None,
            year=_number(match["year" + suffix]),
        )
    )


def _read_month_en(match: re.Match[str]) -> DateMention | None:
    lead, part, year = match["lead"], match["part"], match["year"]
    if lead is None and part is None and year is None:
        return None
    if match["month"] in ("may", "mar") and year is None and lead in (None, "this", "by", "of", "next"):
        return None  # "this may", "of mar": words, not months
    back = 1 if match["which"] == "last year" else 0 if match["which"] == "this year" else None
    return _mention(
        match, DateKind.FUTURE if lead == "next" else DateKind.VAGUE,
        month=_MONTHS_EN[match["month"]], year=_number(year),
        part=_PARTS_EN.get(part or "", ""), back=None if back is None else (back, back),
    )  # fmt: skip


def _read_year(match: re.Match[str]) -> DateMention | None:
    groups = match.groupdict()
    part = groups.get("part") or groups.get("part2") or ""
    return _mention(
        match,
        DateKind.VAGUE,
        year=int(groups["year"] or groups["year2"]),
        part=_PARTS_EN.get(part) or _PARTS_AR.get(part, ""),
    )


def _read_weekday_en(match: re.Match[str]) -> DateMention:
    weekday = _WEEKDAYS_EN[match["full"]] if match["full"] is not None else _SHORT_WEEKDAYS_EN[match["short"]]
    if match["lead"] in ("next", "coming"):
        return _mention(match, DateKind.FUTURE, weekday=weekday)
    return _mention(
        match, DateKind.WEEKDAY, weekday=weekday, part="last" if match["lead"] in ("last", "past", "previous") else ""
    )


def _read_relative_en(match: re.Match[str]) -> DateMention | None:
    group = match.lastgroup
    simple = {"today": (0, 0), "yesterday": (1, 1), "before_yesterday": (2, 2)}
    for name, back in simple.items():
        if match[name] is not None:
            overnight = match[name] == "overnight"
            return _mention(match, DateKind.RELATIVE, back=(0, 1) if overnight else back)
    if match["day_before"] is not None or match["next_day"] is not None:
        back = (1, 1) if match["day_before"] is not None else (-1, -1)
        return _mention(match, DateKind.RELATIVE, back=back, from_text=True)
    if match["weekend"] is not None:
        return _mention(match, DateKind.RELATIVE, back=(0, 0), unit="weekend")
    if match["recent"] is not None:
        return None
    if match["period"] is not None:
        count = _COUNTS_EN.get(match["period_count"] or "several") or int(match["period_count"])
        return _period(match, match["period"].rstrip("s"), count)
    if match["one_period"] is not None or match["the_period"] is not None:
        return _period(match, match["one_period"] or match["the_period"], 1)
    if match["calendar"] is not None:
        which = match["which"]
        if which == "next":
            return _mention(match, DateKind.FUTURE, back=(-1, -1), unit=match["calendar"])
        back_one = 0 if "this" in which else 1
        part = "early" if which == "early last" else "late" if which == "late last" else ""
        return _mention(match, DateKind.VAGUE, back=(back_one, back_one), unit=match["calendar"], part=part)
    if group is None or match["unit"] is None:
        return None
    count = _COUNTS_EN.get(match["count"]) or int(match["count"])
    later = match["direction"] in ("later", "after")
    if later and match["direction"] == "after":
        return None  # "two days after the strike": the other event's day is not this one
    return _ago(match, match["unit"].rstrip("s"), count, later=later, from_text=match["direction"] != "ago")


def _period(match: re.Match[str], unit: str, count: int) -> DateMention:
    """Any day up to that long ago: "in the past two weeks"."""
    if unit == "hour":
        return _mention(match, DateKind.RELATIVE, back=(0, max(1, round(count / 24)) if count > 6 else 0))
    if unit in ("day", "week"):
        return _mention(match, DateKind.VAGUE, back=(0, count * (7 if unit == "week" else 1)))
    return _mention(match, DateKind.VAGUE, back=(0, count), unit=unit)


def _ago(match: re.Match[str], unit: str, count: int, *, later: bool = False, from_text: bool = False) -> DateMention:
    """A day for "two days ago", a week for "three weeks ago", a month or a year for months and years."""
    sign = -1 if later else 1
    if unit == "hour":
        days = sign * round(count / 24)
        return _mention(match, DateKind.RELATIVE, back=(days, days), from_text=from_text and days != 0)
    if unit == "day":
        return _mention(match, DateKind.RELATIVE, back=(sign * count, sign * count), from_text=from_text)
    if unit == "week":
        middle = sign * 7 * count
        return _mention(match, DateKind.VAGUE, back=(middle - 2, middle + 2), from_text=from_text)
    return _mention(match, DateKind.VAGUE, back=(sign * count, sign * count), unit=unit, from_text=from_text)


def _read_date_ar(match: re.Match[str]) -> DateMention | None:
    if match["iso_year"] is not None or match["first"] is not None:
        return _numeric_date(match, day_first=True)
    if match["only_day"] is not None:
        return _checked(_mention(match, DateKind.ABSOLUTE, day=int(match["only_day"]), month=int(match["only_month"])))
    day = int(match["day"]) if match["day"] is not None else _ORDINALS_AR[match["ordinal"]]
    if match["month"] is None:
        back = (0, 0) if match["this_month"] is not None else (1, 1)
        return _checked(_mention(match, DateKind.ABSOLUTE, day=day, back=back))
    return _checked(
        _mention(
            match,
            DateKind.ABSOLUTE,
            month=_month_ar(match["month"]),
            day=day,
            last_day=_number(match["last_day"]),
            year=_number(match["year"]),
        )
    )


def _month_ar(words: str) -> int:
    """The month of "شباط/فبراير": the first of the two names."""
    return next(value for name, value in _BY_LENGTH_AR if words.startswith(name))


_BY_LENGTH_AR = sorted(_MONTHS_AR.items(), key=lambda item: -len(item[0]))


def _read_month_ar(match: re.Match[str]) -> DateMention | None:
    told = match["year"] or match["past"] or match["now"]
    pair = any(sign in match["month"] for sign in "/\\(|-")
    lead = match["lead2"] or (
        match["lead"] if match["month"] not in ("اب", "ماي", "مارس") or match["lead"] == "شهر" else None
    )
    if told is None and match["part"] is None and lead is None and not pair:
        return None  # "اب" is a father before it is August
    back = (1, 1) if match["past"] == "العام الماضي" else None
    return _mention(
        match,
        DateKind.VAGUE,
        month=_month_ar(match["month"]),
        year=_number(match["year"]),
        part=_PARTS_AR.get(match["part"] or "", ""),
        back=back,
    )


def _read_weekday_ar(match: re.Match[str]) -> DateMention:
    weekday = _WEEKDAYS_AR[match["full"]]
    if match["future"] is not None:
        return _mention(match, DateKind.FUTURE, weekday=weekday)
    return _mention(match, DateKind.WEEKDAY, weekday=weekday, part="last" if match["past"] is not None else "")


def _read_relative_ar(match: re.Match[str]) -> DateMention | None:
    for name, back in {"today": (0, 0), "yesterday": (1, 1), "before_yesterday": (2, 2)}.items():
        if match[name] is not None:
            return _mention(match, DateKind.RELATIVE, back=back)
    if match["day_before"] is not None or match["next_day"] is not None:
        back = (1, 1) if match["day_before"] is not None else (-1, -1)
        return _mention(match, DateKind.RELATIVE, back=back, from_text=True)
    if match["recent"] is not None:
        return None
    if match["period"] is not None:
        words = match["period_count"] or match["period_count2"]
        count = 3 if words is None else _COUNTS_AR.get(words) or int(words)
        return _period(match, _UNITS_AR[match["period"]], count)
    if match["calendar"] is not None or match["this"] is not None:
        back_one = 1 if match["past"] is not None else 0
        return _mention(
            match, DateKind.VAGUE, back=(back_one, back_one), unit=_UNITS_AR[match["calendar"] or match["this"]]
        )
    after = match["unit_after"] is not None
    if after:
        return None  # "two days after": the other event's day is not this one
    unit = _UNITS_AR[match["unit"]]
    words = match["count"]
    count = 2 if unit.endswith("2") else 1 if words is None else _COUNTS_AR.get(words) or int(words)
    unit = unit.rstrip("2")
    return _ago(match, unit, count)


def _read_hijri(match: re.Match[str]) -> DateMention | None:
    """A day or month of the Islamic calendar (Umm al-Qura), as the Gregorian days it stands for."""
    from hijridate import Hijri

    month = _HIJRI_MONTHS[match["month"] or match["month2"]]
    year = int(match["year"] or match["year2"])
    try:
        first = Hijri(year, month, int(match["day"] or 1))
        last = first if match["day"] is not None else Hijri(year, month, first.month_length())
    except (ValueError, OverflowError):
        return None
    day, end = first.to_gregorian(), last.to_gregorian()
    if match["day"] is None:
        return (
            _mention(match, DateKind.VAGUE, year=day.year, month=day.month)
            if (end - day).days > 31
            else _hijri_month(match, day, end)
        )
    return _mention(match, DateKind.ABSOLUTE, year=day.year, month=day.month, day=day.day)


def _hijri_month(match: re.Match[str], first: dt.date, last: dt.date) -> DateMention:
    """A whole month of the Islamic calendar, which lies in two Gregorian ones: a range from its first day."""
    return _mention(
        match,
        DateKind.VAGUE,
        year=first.year,
        month=first.month,
        day=first.day,
        back=(0, (last - first).days),
        unit="span",
    )


# The patterns' letters: h Hijri, d day of a month, r relative, w weekday, m month, y year.
_LATIN_HIJRI = [name for name in _HIJRI_MONTHS if name.isascii()]
_TRIGGERS_EN = _triggers(
    {
        "dm": _MONTHS_EN, "w": [*_WEEKDAYS_EN, *(f"{day}s" for day in _WEEKDAYS_EN), *_SHORT_WEEKDAYS_EN],
        "h": _LATIN_HIJRI,
        "r": [
            "today", "tonight", "morning", "afternoon", "evening", "yesterday", "night", "overnight", "weekend",
            "hours", "hour",
            "day", "days", "week", "weeks", "month", "months", "year", "years",
        ],
    },
    ("",),
)  # fmt: skip
_TRIGGERS_AR = _triggers(
    {
        "dm": [*_MONTHS_AR, "شهر", "الشهر"], "w": _WEEKDAYS_AR,
        "h": [name for name in _HIJRI_MONTHS if not name.isascii()],
        "y": ["عام", "سنه", "العام", "السنه"],
        "r": [
            *_UNITS_AR, *(f"ال{unit}" for unit in _UNITS_AR), "امس", "البارحه", "الليله", "النهار", "قليل", "دقايق",
            "لحظات", "وقت",
            "صباحا", "فجرا", "منتصف", "موخرا", "الاونه", "الفتره",
        ],
    },
    ("", "و", "ف", "ب", "ل", "ك"),
)  # fmt: skip
_ENGLISH = _Grammar(
    (
        (_HIJRI, _read_hijri, "h"), (_DATE_EN, _read_date_en, "d"), (_RELATIVE_EN, _read_relative_en, "r"),
        (_WEEKDAY_EN, _read_weekday_en, "w"), (_MONTH_OF_EN, _read_month_en, "m"), (_YEAR_EN, _read_year, "y"),
    ),
    _TRIGGERS_EN, _GAP_EN, _BEFORE_EN, _AFTER_EN,
)  # fmt: skip
_ENGLISH_IN_ARABIC = _Grammar(((_DATE_EN, _read_date_en, "d"),), _TRIGGERS_EN, _GAP_EN, _BEFORE_EN, _AFTER_EN)
_ARABIC = _Grammar(
    (
        (_HIJRI, _read_hijri, "h"), (_DATE_AR, _read_date_ar, "d"), (_RELATIVE_AR, _read_relative_ar, "r"),
        (_WEEKDAY_AR, _read_weekday_ar, "w"), (_MONTH_OF_AR, _read_month_ar, "m"), (_YEAR_ONLY_AR, _read_year, "y"),
    ),
    _TRIGGERS_AR, _GAP_AR, _BEFORE_AR, _AFTER_AR,
)  # fmt: skip
