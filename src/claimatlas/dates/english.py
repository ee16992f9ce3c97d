"""The words and patterns by which English texts tell days."""

from __future__ import annotations

import re
from functools import partial

from claimatlas.dates.grammar import (
    Grammar,
    checked,
    find_triggers,
    make_mention,
    parse_number,
    read_ago,
    read_near_day,
    read_numeric_date,
    read_period,
    read_year,
)
from claimatlas.dates.hijri import HIJRI, HIJRI_MONTHS, read_hijri
from claimatlas.dates.tellings import DateKind, DateMention
from claimatlas.text.forms import alternatives

_MONTHS = {
    "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5, "june": 6,
    "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sept": 9, "sep": 9, "october": 10,
    "oct": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip
_WEEKDAYS = {
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6, "wensday": 2,
    "wednsday": 2,
}  # fmt: skip
_SHORT_WEEKDAYS = {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip
_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "a couple of": 2, "couple of": 2, "several": 4, "a few": 3,
    "few": 3,
}  # fmt: skip
MONTH = rf"(?:{alternatives(_MONTHS)})"
_COUNT = rf"(?:{alternatives(_COUNTS)}|\d{{1,3}})"
_PARTS = {
    "early": "early", "beginning of": "early", "start of": "early", "the beginning of": "early",
    "the start of": "early", "mid": "mid", "middle of": "mid", "the middle of": "mid", "late": "late",
    "end of": "late", "the end of": "late",
}  # fmt: skip
_PART = rf"(?:(?P<part>{alternatives(_PARTS)})[ -])"
# What a number behind a month counts where commas were lost: "In March 26 people were killed".
_COUNTED = (
    r"[ ](?:[a-z-]+[ ])?(?:people|persons|civilians|soldiers|fighters|rebels|militants|insurgents|jihadists|troops"
    r"|policemen|children|women|men|members|were[ ]killed|died)\b"
)
_WHICH = r"(?:,?[ ](?P<which{}>last year|this year)\b)?"
_DATE = re.compile(
    r"(?:(?<![\w/.-])|(?<=gmt))(?:(?P<iso_year>(?:19|20)\d\d)[-/.](?P<iso_month>\d{1,2})[-/.](?P<iso_day>\d{1,2})(?!\d)"
    r"|(?P<first>\d{1,2})[/.-](?P<second>\d{1,2})[/.-](?P<short_year>(?:19|20)\d\d|\d\d)(?![\d/])"
    r"|(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:[ ]?(?:[-–]|and|to|or)[ ]?(?P<last_day>\d{1,2})(?:st|nd|rd|th)?)?"
    rf"[ -](?:of[ ])?(?P<month>{MONTH})\b\.?(?:,?[ -](?P<year>(?:19|20)\d\d)\b)?{_WHICH.format('')}"
    rf"|(?P<month3>{MONTH})[ ](?P<day3>\d\d)(?P<year3>20[012]\d)(?!\d)"  # feeds drop the comma
    rf"|(?P<month2>{MONTH})\b\.?[ -](?:the[ ])?(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:%]|[,.]\d{{3}}(?!\d)"
    rf"|[.]\d)"
    r"(?:[ ]?(?:[-–]|and|to|or)[ ]?(?P<last_day2>\d{1,2})(?:st|nd|rd|th)?(?!\d"
    rf"|,\d{{3}}))?(?:,?[ ](?:of[ ])?(?P<year2>(?:19|20)\d\d)\b)?{_WHICH.format('2')})"
)
_MONTH_OF = re.compile(
    rf"(?<!\w)(?:(?P<lead>in|last|since|during|this|of|until|next|from|throughout"
    rf"|by)[ ])?(?:the[ ])?(?P<before>previous[ ])?{_PART}?(?P<month>{MONTH})\b\.?"
    r"(?:,?[ ](?:of[ ])?(?:the year[ ])?(?P<year>(?:19|20)\d\d)\b|,?[ ](?:of[ ])?(?P<which>last year"
    rf"|this year|that year|the same year)\b)?(?![ ]\d{{1,2}}(?![\d,])(?!(?<=\d){_COUNTED}))"
)
_YEAR = re.compile(
    rf"(?<!\w)(?:in|since|during|of|until|by|from|throughout|year)[ ](?:the[ ])?{_PART}?(?P<year>(?:19"
    rf"|20)\d\d)\b(?![-/]|[,.]\d|[ ](?:people|civilians))"
    rf"|(?<!\w){_PART.replace('part', 'part2')}(?P<year2>(?:19|20)\d\d)\b"
)
_WEEKDAY = re.compile(
    rf"(?<!\w)(?:(?P<lead>last|this|next|past|previous|coming)[ ])?(?:(?P<full>{alternatives(_WEEKDAYS)})(?:'?s)?"
    rf"|(?P<short>{alternatives(_SHORT_WEEKDAYS)})(?=[.,]{{0,2}}[ ](?:\d{{1,2}}\b|{MONTH}\b)))(?!\w)"
)
# "The night before", but not "the night before the truce".
_ENDS = r"(?!\w|[ ](?:the|a|an|his|her|their|its|it|they|he|she|talks|peace)\b)"
_TIME = r"(?:day|night|morning|afternoon|evening)"
_RELATIVE = re.compile(
    r"(?<!\w)(?:(?P<today>(?<![Hh]alab )(?<![Rr]ussia )today|tonight"
    r"|this (?:morning|afternoon|evening)|earlier today|hours ago|(?:in )?(?:the )?(?:past|last) (?:few )?hours)"
    r"|(?P<before_yesterday>(?:the )?day before yesterday)|(?P<yesterday>yesterday|last night|overnight)"
    r"|(?P<weekend>(?:over |at |on |during )?(?:the |this |last |past )weekend)"
    r"|(?:(?:in|over|during|within) )?(?:the )?(?:past|last|previous) (?:(?P<period_count>"
    + _COUNT
    + r") )?(?P<period>hours|days|weeks|months|years)"
    r"|(?:in|over|during|within) (?:the )?(?:past|last) (?P<one_period>day|week|month|year)(?!')"
    r"|the past (?P<the_period>day|week|month|year)"
    r"|(?P<which>last|this|next|earlier this|late last|early last|earlier last) (?P<calendar>week|month|year)"
    r"|(?P<count>"
    + _COUNT
    + r") (?P<unit>hours?|days?|weeks?|months?|years?)[ ](?P<direction>ago|earlier|before"
    + _ENDS
    + r"|previously|prior(?! to)|later|after)"
    rf"|(?P<day_before>the {_TIME} before{_ENDS}|the (?:previous|preceding) {_TIME}|(?:the )?day earlier)"
    rf"|(?P<next_day>the (?:next|following) {_TIME}|the day after{_ENDS})"
    rf"|(?P<same_day>(?:(?:later|earlier) )?(?:on )?(?:the same|that same|that) {_TIME}"
    rf"|(?:later|earlier) in the {_TIME}"
    r"|(?:minutes|hours) (?:later|earlier|afterwards))"
    r"|(?P<recent>(?:in )?recent (?:days|weeks|months)|recently|(?:earlier|later) this (?:week|month|year)))(?!\w)"
)
_GAP = re.compile(r"[ ,(\[/]{0,3}(?:-[ ]?)?(?:(?:on|of|the|at|in)[ ]){0,2}[ (]?")
_BEFORE = re.compile(
    r"(?<!\w)(?:(?:early|late|earlier|(?:at |from )?dawn(?: on)?|(?:at )?noon(?: on)?|midnight(?: on)?|(?:on "
    r"|in )?(?:the )?(?:early |late )?"
    r"(?:hours|morning|evening|night|afternoon) (?:of|on))[ ])(?:on[ ])?$"
)
_WEEK_DAYS = 7
_AFTER = re.compile(r"(?:[ ](?:early|late|at))?[ ](?:dawn|morning|noon|midday|afternoon|evening|night|midnight)(?!\w)")


def _read_date(match: re.Match[str]) -> DateMention | None:
    if match["iso_year"] is not None or match["first"] is not None:
        return read_numeric_date(match, day_first=False)
    suffix = "" if match["day"] is not None else "2" if match["day2"] is not None else "3"
    if suffix == "2" and match["year2"] is None and _counts_people(match):
        return None
    last_year = suffix != "3" and match["which" + suffix] == "last year"
    return checked(
        make_mention(
            match,
            DateKind.ABSOLUTE,
            month=_MONTHS[match["month" + suffix]],
            day=int(match["day" + suffix]),
            last_day=parse_number(match["last_day" + suffix]) if suffix != "3" else None,
            year=parse_number(match["year" + suffix]),
            back=(1, 1) if last_year else None,
            unit="year" if last_year else "",
        )
    )


_IN = re.compile(r"(?<!\w)in[ ]$")
_COUNTED_BEHIND = re.compile(_COUNTED)


def _counts_people(match: re.Match[str]) -> bool:
    """Whether the number behind a month counts people: "In March 26 people were killed" is of no 26th."""
    if _IN.search(match.string, max(0, match.start() - 4), match.start()) is None:
        return False
    return _COUNTED_BEHIND.match(match.string, match.end()) is not None


def _read_month(match: re.Match[str]) -> DateMention | None:
    lead, part, year = match["lead"], match["part"], match["year"]
    if lead is None and part is None and year is None and match["before"] is None and not _names_deed(match):
        return None
    if match["month"] in ("may", "mar") and year is None and lead in (None, "this", "by", "of", "next"):
        return None  # "this may", "of mar": words, not months
    back = 1 if match["which"] == "last year" else 0 if match["which"] == "this year" else None
    return make_mention(
        match, DateKind.FUTURE if lead == "next" else DateKind.VAGUE,
        month=_MONTHS[match["month"]], year=parse_number(year),
        part=_PARTS.get(part or "", ""), back=None if back is None else (back, back),
        from_text=match["before"] is not None or match["which"] in ("that year", "the same year"),
    )  # fmt: skip


_DEED_BEHIND = re.compile(
    r"(?:'s)?[ ](?:deadly[ ])?(?:air[ ]?strikes?|attacks?|strikes?|raids?|(?:suicide[ ])?bombings?|massacre|blast"
    r"|explosion|ambush)\b"
)
_ARTICLE = re.compile(r"(?<!\w)an?[ ]$")


def _names_deed(match: re.Match[str]) -> bool:
    """Whether a month alone tells when a deed was done ("the January attack"), and is no verb ("may attack")."""
    if _DEED_BEHIND.match(match.string, match.end()) is None:
        return False
    verb = match["month"] in ("may", "march", "mar")
    article = match[0].startswith("the ") or _ARTICLE.search(match.string, max(0, match.start() - 3), match.start())
    return not verb or bool(article)


def _read_weekday(match: re.Match[str]) -> DateMention:
    weekday = _WEEKDAYS[match["full"]] if match["full"] is not None else _SHORT_WEEKDAYS[match["short"]]
    if match["lead"] in ("next", "coming"):
        return make_mention(match, DateKind.FUTURE, weekday=weekday)
    return make_mention(
        match, DateKind.WEEKDAY, weekday=weekday, part="last" if match["lead"] in ("last", "past", "previous") else ""
    )


def _read_relative(match: re.Match[str]) -> DateMention | None:
    if match["yesterday"] == "overnight":
        return make_mention(match, DateKind.RELATIVE, back=(0, 1))
    near = read_near_day(match)
    if near is not None:
        return near
    if match["weekend"] is not None:
        return make_mention(match, DateKind.RELATIVE, back=(0, 0), unit="weekend")
    if match["period"] is not None:
        count = _COUNTS.get(match["period_count"] or "several") or int(match["period_count"])
        return read_period(match, match["period"].rstrip("s"), count)
    if match["one_period"] is not None or match["the_period"] is not None:
        return read_period(match, match["one_period"] or match["the_period"], 1)
    if match["calendar"] is not None:
        return _read_calendar(match, match["which"])
    if match["unit"] is None:
        return None  # "recently"
    count = _COUNTS.get(match["count"]) or int(match["count"])
    if match["direction"] == "after":  # "… two days after a raid on the town": the raid's day
        days = {"day": 1, "week": _WEEK_DAYS}.get(match["unit"].rstrip("s"))
        if days is None:
            return None
        back = (count * days, count * days)
        return make_mention(match, DateKind.RELATIVE, back=back, part="after", from_text=True)
    later, from_text = match["direction"] == "later", match["direction"] != "ago"
    return read_ago(match, match["unit"].rstrip("s"), count, later=later, from_text=from_text)


_MONTH_BEFORE = re.compile(rf"(?<!\w){MONTH}\b\.?,?[ ]$")


def _read_calendar(match: re.Match[str], which: str) -> DateMention | None:
    """A calendar week, month or year: "last week", "early last month", "this year"."""
    if which == "next":
        return make_mention(match, DateKind.FUTURE, back=(-1, -1), unit=match["calendar"])
    back = (0, 0) if "this" in which else (1, 1)
    if match["calendar"] == "year" and _MONTH_BEFORE.search(match.string, max(0, match.start() - 20), match.start()):
        return None  # "in March last year" says which March
    part = which.removesuffix(" last") if which in ("early last", "late last") else ""
    return make_mention(match, DateKind.VAGUE, back=back, unit=match["calendar"], part=part)


_TRIGGERS = find_triggers(
    {
        "dm": _MONTHS, "w": [*_WEEKDAYS, *(f"{day}s" for day in _WEEKDAYS), *_SHORT_WEEKDAYS],
        "h": [name for name in HIJRI_MONTHS if name.isascii()],
        "r": [
            "today", "tonight", "morning", "afternoon", "evening", "yesterday", "night", "overnight", "weekend",
            "hours", "hour", "minutes", "day", "days", "week", "weeks", "month", "months", "year", "years",
        ],
    },
    ("",),
)  # fmt: skip
ENGLISH = Grammar(
    (
        (HIJRI, read_hijri, "h"), (_DATE, _read_date, "d"), (_RELATIVE, _read_relative, "r"),
        (_WEEKDAY, _read_weekday, "w"), (_MONTH_OF, _read_month, "m"), (_YEAR, partial(read_year, parts=_PARTS), "y"),
    ),
    _TRIGGERS, _GAP, _BEFORE, _AFTER,
)  # fmt: skip
ENGLISH_IN_ARABIC = Grammar(((_DATE, _read_date, "d"),), _TRIGGERS, _GAP, _BEFORE, _AFTER)
