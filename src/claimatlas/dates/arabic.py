"""The words and patterns by which Arabic texts tell days, in the folded spelling of `claimatlas.text.fold`."""

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
    "كانون الثاني": 1, "كانون ثاني": 1, "كانون 2": 1, "يناير": 1, "جانفي": 1, "شباط": 2, "فبراير": 2, "فيفري": 2,
    "اذار": 3, "مارس": 3, "نيسان": 4, "ابريل": 4, "افريل": 4, "ايار": 5, "مايو": 5, "ماي": 5, "حزيران": 6, "يونيو": 6,
    "يونيه": 6, "جوان": 6, "تموز": 7, "يوليو": 7, "يوليه": 7, "جويليه": 7, "اب": 8, "اغسطس": 8, "اوت": 8, "ايلول": 9,
    "سبتمبر": 9, "تشرين الاول": 10, "تشرين اول": 10, "تشرين 1": 10, "اكتوبر": 10, "تشرين الثاني": 11,
    "تشرين ثاني": 11, "تشرين 2": 11, "نوفمبر": 11, "كانون الاول": 12, "كانون اول": 12, "كانون 1": 12, "ديسمبر": 12,
}  # fmt: skip
_WEEKDAYS = {
    "الاثنين": 0, "الاتنين": 0, "الثلاثاء": 1, "الثلاثا": 1, "التلاتا": 1, "الاربعاء": 2, "الاربعا": 2, "الخميس": 3,
    "الجمعه": 4, "السبت": 5, "الاحد": 6,
}  # fmt: skip
_ORDINALS = {
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
_COUNTS = {
    "ثلاثه": 3, "ثلاث": 3, "اربعه": 4, "اربع": 4, "خمسه": 5, "خمس": 5, "سته": 6, "ست": 6, "سبعه": 7, "سبع": 7,
    "ثمانيه": 8, "ثماني": 8, "تسعه": 9, "تسع": 9, "عشره": 10, "عشر": 10, "عده": 4, "بضعه": 3,
}  # fmt: skip
_PARTS = {
    "بدايه": "early", "بدايات": "early", "مطلع": "early", "اوايل": "early", "اول": "early", "منتصف": "mid",
    "اواسط": "mid", "نهايه": "late", "اواخر": "late", "اخر": "late", "ختام": "late", "النصف الاول من": "early",
    "النصف الثاني من": "late",
}  # fmt: skip
_UNITS = {
    "ساعه": "hour", "ساعات": "hour", "ساعتين": "hour2", "يوم": "day", "ايام": "day", "يومين": "day2", "اسبوع": "week",
    "اسابيع": "week", "اسبوعين": "week2", "شهر": "month", "اشهر": "month", "شهور": "month", "شهرين": "month2",
    "عام": "year", "سنه": "year", "اعوام": "year", "سنوات": "year", "عامين": "year2", "سنتين": "year2",
}  # fmt: skip
# Plurals that count nothing where no number stands in front of them.
_SEVERAL = frozenset({"ايام", "اسابيع", "اشهر", "شهور", "اعوام", "سنوات"})
_MONTH = rf"(?:{alternatives(_MONTHS)})"
_TWO_MONTHS = rf"{_MONTH}(?:[ ]?[/\\(|-]{{1,2}}[ ]?{_MONTH}[ ]?\)?)?"
_PAST = r"(?:الماضي|الفايت|المنصرم|السابق|الاخير)(?:ه|ين)?"
_NOW = r"(?:الجاري|الحالي)(?:ه)?"
_OF_YEAR = r"(?:[ ]?[,،/]?[ ]?(?:من[ ])?(?:ال?عام[ ]|ال?سنه[ ])?\(?(?P<{0}>(?:19|20)\d\d)(?!\d)\)?)"
_PART = rf"(?:(?P<part>{alternatives(_PARTS)})[ ])"
_DATE = re.compile(
    r"(?<![\w/.-])(?:(?P<iso_year>(?:19"
    r"|20)\d\d)[ ]?[-/.\\][ ]?(?P<iso_month>\d{1,2})[ ]?[-/.\\][ ]?(?P<iso_day>\d{1,2})(?!\d)"
    r"|(?P<first>\d{1,2})[ ]?[-/.\\][ ]?(?P<second>\d{1,2})[ ]?[-/.\\][ ]?(?P<short_year>(?:19|20)\d\d|\d\d)(?![\d/])"
    r"|(?P<only_day>\d{1,2})[/\\](?P<only_month>1[0-2]|0?[1-9])(?![\d/])"
    rf"|(?P<month_first>{_MONTH})[ ](?P<day_second>\d{{1,2}})[ ]?[,،][ ]?(?P<year_third>(?:19|20)\d\d)(?!\d)"
    rf"|(?:(?:ال)?(?P<day>\d{{1,2}})[ ]?[-/]?"
    rf"|(?<!كانون )(?<!تشرين )(?<!ربيع )(?<!النصف )(?<!الاسبوع )(?<!الشهر )"
    rf"(?P<ordinal>{alternatives(_ORDINALS)}))"
    r"(?:[ ]?(?:-|و|و[ ]|حتي|الي)[ ]?(?:ال)?(?P<last_day>\d{1,2}))?[ ]?(?:من[ ])?(?:شهر[ ])?(?:"
    rf"(?P<month>{_TWO_MONTHS})(?!\w)(?:{_OF_YEAR.format('year')}|[ ](?P<past>{_PAST})|[ ]{_NOW})?"
    rf"|(?:(?:ال|هذا[ ]ال)?شهر[ ])?(?P<this_month>{_NOW})"
    rf"|(?:ال)?شهر[ ](?P<that_month>نفسه|ذاته)|الشهر[ ](?P<last_month>{_PAST})))"
)
_MONTH_OF = re.compile(
    rf"(?<!\w)[وفبل]?(?:(?P<lead>في|خلال|منذ|من|شهر|قبل"
    rf"|حتي)[ ])?(?:شهر[ ])?{_PART}?(?P<lead2>شهر[ ])?(?P<month>{_TWO_MONTHS})(?!\w)"
    rf"(?:{_OF_YEAR.format('year')}|[ ](?:من[ ])?(?P<past>العام الماضي|{_PAST})"
    rf"|[ ](?P<now>{_NOW}))?(?![ ]?\d{{1,2}}(?!\d))"
)
_YEAR = re.compile(rf"(?<!\w)[وفبل]?{_PART}?(?:ال)?(?:عام|سنه)[ ]\(?(?P<year>(?:19|20)\d\d)(?!\d)")
_WEEKDAY = re.compile(
    rf"(?<!\w)[وفلب]?(?:(?P<hour>ليله?|مساء|فجر|صباح|عصر|ظهر"
    rf"|ضحي)[ ])?(?:يوم[ ])?(?P<full>{alternatives(_WEEKDAYS)})(?!\w)"
    rf"(?:[ ](?:(?P<past>{_PAST})|(?P<future>المقبل|القادم|التالي)|{_NOW}))?"
)
_COUNT = rf"(?:{alternatives(_COUNTS)}|\d{{1,3}})"
_UNIT = rf"(?:{alternatives(_UNITS)})"
_RELATIVE = re.compile(
    rf"(?<!\w)[وفل]?(?:(?P<before_yesterday>(?:يوم[ ])?(?:اول[ ](?:من[ ])?امس|امس[ ]الاول|قبل[ ]امس))"
    r"|(?P<yesterday>(?:يوم[ ])?(?:ليله[ ])?(?:ب?(?:ال)?امس|البارحه)|الليله[ ]الماضيه|الليله[ ]الفايته|ليل[ ]امس)"
    r"|(?P<today>(?:يوم[ ])?(?:هذا[ ])?(?:اليوم|النهار)(?![ ](?:الاول|الثاني|الثالث|الرابع|الخامس|السادس|السابع"
    r"|الثامن|التاسع|العاشر|الحادي|التالي|نفسه|ذاته|السابق|الذي))"
    r"|(?:قبل|منذ)[ ](?:قليل|ساعات|دقايق|وقت قصير|لحظات|ساعه|ساعتين)"
    r"|منذ[ ](?:ساعات[ ])?(?:الصباح|الفجر)|هذا[ ](?:الصباح|المساء)"
    r"|بعد[ ]منتصف[ ]الليله?|الليله|هذه الليله|صباحا|فجرا)"
    r"|(?:(?:في|خلال)[ ])?(?:ال[ ]?)?"
    rf"(?:(?P<period_count>\d{{1,3}})[ ])?(?:ال)?(?P<period>ساعات|ساعه|ايام|اسابيع|اشهر|سنوات"
    rf"|اعوام)[ ](?:(?:ال[ ]?)?(?P<period_count2>{_COUNT})[ ])?(?:القليله[ ])?{_PAST}"
    rf"|(?:ال)(?P<calendar>اسبوع|شهر|عام|سنه)[ ](?:(?P<past>{_PAST})|(?P<now>{_NOW}))|هذا[ ]ال(?P<this>اسبوع"
    rf"|شهر|عام)"
    rf"|(?:قبل|منذ|قبيل)[ ](?:(?P<about>نحو|حوالي|قرابه"
    rf"|اكثر[ ]من)[ ])?(?:(?P<count>{_COUNT})[ ])?(?P<unit>{_UNIT})"
    rf"|بعد[ ](?:(?P<count_after>{_COUNT})[ ])?(?P<unit_after>{_UNIT})(?=[ ]من)"
    r"|(?P<day_before>(?:في[ ])?(?:اليوم[ ]السابق|الليله[ ]السابقه)|(?:قبل[ ]ذلك|قبله|قبلها)[ ]بيوم(?:[ ]واحد)?)"
    r"|(?P<next_day>(?:في[ ])?(?:اليوم[ ]التالي|الليله[ ]التاليه)|(?:بعد[ ]ذلك|بعده|بعدها)[ ]بيوم(?:[ ]واحد)?)"
    r"|(?P<same_day>(?:في[ ])?(?:(?:ال)?يوم[ ](?:نفسه|ذاته|عينه)|نفس[ ](?:اليوم|الليله))"
    r"|(?:في[ ])?الليله[ ](?:نفسها|ذاتها)"
    r"|(?:بعد|عقب|قبل)[ ](?:ذلك[ ]ب)?(?:نحو[ ])?(?:دقايق|ساعات|ساعه|ساعتين|وقت[ ]قصير)(?:[ ](?:قليله|فقط))?"
    r"(?![ ](?:من|علي|عن))"
    r"|(?:بعدها|قبلها|بعده|قبله)[ ]ب(?:دقايق|ساعات|ساعه|ساعتين|وقت[ ]قصير))"
    rf"|(?:بعد|عقب)[ ](?:ذلك[ ]ب)?(?:نحو[ ])?(?:(?P<later_count>{_COUNT})[ ])?(?P<later_unit>ايام|يوم|يومين|اسبوع)"
    r"(?![ ](?:من|علي|عن|واحد[ ](?:من|علي)))"
    r"|(?P<recent>موخرا|في الاونه الاخيره|(?:خلال )?الفتره الماضيه))(?!\w)"
)
_GAP = re.compile(
    r"[ ,،()/\[]{0,3}(?:-[ ]?)?(?:(?:يوم|من|في|ل|الموافق|الموافق ل|المصادف|المصادف ل|بتاريخ|تاريخ|ب تاريخ|ليوم"
    r"|ليوم امس)[ ]?){0,3}[ (]?"
)
_BEFORE = re.compile(
    r"(?<!\w)(?:[وفبل]?(?:ساعات[ ](?:ال)?\w+[ ](?:الاولي[ ])?(?:من[ ])?|وقت[ ](?:مبكر|متاخر|سابق)[ ](?:من[ ])?"
    r"|(?:بعد[ ]|قبل[ ]|قبيل[ ]|عند[ ]|حتي[ ])?"
    r"(?:منتصف[ ])?(?:فجر|صباح|صبيحه|ظهر|ظهيره|ضحي|عصر|مساء|امسيه|مغرب|عشاء|ليله?|غروب)[ ])(?:من[ ])?)(?:يوم[ ])?$"
    r"|(?<!\w)[وفبل]?(?:يوم|نهار)[ ]$"
)
_AFTER = re.compile(r"[ ](?:صباحا|مساء|فجرا|ظهرا|ليلا|عصرا)(?!\w)")
_BY_LENGTH = sorted(_MONTHS.items(), key=lambda item: -len(item[0]))


def _read_date(match: re.Match[str]) -> DateMention | None:
    if match["iso_year"] is not None or match["first"] is not None:
        return read_numeric_date(match, day_first=True)
    if match["only_day"] is not None:
        return checked(
            make_mention(match, DateKind.ABSOLUTE, day=int(match["only_day"]), month=int(match["only_month"]))
        )
    if match["month_first"] is not None:  # "سبتمبر 2, 2023": a page's layout from English
        month, day, year = _month(match["month_first"]), int(match["day_second"]), int(match["year_third"])
        return checked(make_mention(match, DateKind.ABSOLUTE, month=month, day=day, year=year))
    day = int(match["day"]) if match["day"] is not None else _ORDINALS[match["ordinal"]]
    if match["month"] is None:
        back = (0, 0) if match["this_month"] is not None or match["that_month"] is not None else (1, 1)
        told_before = match["that_month"] is not None  # "… and on the 15th of the same month"
        return checked(make_mention(match, DateKind.ABSOLUTE, day=day, back=back, from_text=told_before))
    return checked(
        make_mention(
            match,
            DateKind.ABSOLUTE,
            month=_month(match["month"]),
            day=day,
            last_day=parse_number(match["last_day"]),
            year=parse_number(match["year"]),
        )
    )


def _month(words: str) -> int:
    """The month of "شباط/فبراير": the first of the two names."""
    return next(value for name, value in _BY_LENGTH if words.startswith(name))


def _read_month(match: re.Match[str]) -> DateMention | None:
    told = match["year"] or match["past"] or match["now"]
    pair = any(sign in match["month"] for sign in "/\\(|-")
    lead = match["lead2"] or (
        match["lead"] if match["month"] not in ("اب", "ماي", "مارس") or match["lead"] == "شهر" else None
    )
    if told is None and match["part"] is None and lead is None and not pair:
        return None  # "اب" is a father before it is August
    back = (1, 1) if match["past"] == "العام الماضي" else None
    return make_mention(
        match,
        DateKind.VAGUE,
        month=_month(match["month"]),
        year=parse_number(match["year"]),
        part=_PARTS.get(match["part"] or "", ""),
        back=back,
    )


def _read_weekday(match: re.Match[str]) -> DateMention:
    weekday = _WEEKDAYS[match["full"]]
    if match["future"] is not None:
        return make_mention(match, DateKind.FUTURE, weekday=weekday)
    return make_mention(match, DateKind.WEEKDAY, weekday=weekday, part="last" if match["past"] is not None else "")


def _read_relative(match: re.Match[str]) -> DateMention | None:
    near = read_near_day(match)
    if near is not None:
        return near
    if match["period"] is not None:
        words = match["period_count"] or match["period_count2"]
        count = 3 if words is None else _COUNTS.get(words) or int(words)
        return read_period(match, _UNITS[match["period"]], count)
    if match["calendar"] is not None or match["this"] is not None:
        back = (1, 1) if match["past"] is not None else (0, 0)
        return make_mention(match, DateKind.VAGUE, back=back, unit=_UNITS[match["calendar"] or match["this"]])
    later = match["later_unit"] is not None
    unit, words = match["later_unit"] or match["unit"], match["later_count"] or match["count"]
    if unit is None or (later and words is None and unit == "ايام"):
        return None  # "recently", "days later"; "two days after …": the other event's day is not this one
    unit = _UNITS[unit]
    if words is None and match["unit"] in _SEVERAL:
        return make_mention(match, DateKind.VAGUE)  # "days ago": nobody can know how many
    count = 2 if unit.endswith("2") else 1 if words is None else _COUNTS.get(words) or int(words)
    return read_ago(match, unit.rstrip("2"), count, later=later, from_text=later)


_TRIGGERS = find_triggers(
    {
        "dm": [*_MONTHS, "شهر", "الشهر"], "d": ["الجاري", "الحالي"], "w": _WEEKDAYS,
        "h": [name for name in HIJRI_MONTHS if not name.isascii()],
        "y": ["عام", "سنه", "العام", "السنه"],
        "r": [
            *_UNITS, *(f"ال{unit}" for unit in _UNITS), "امس", "الامس", "البارحه", "الليله", "النهار", "قليل", "دقايق",
            "لحظات", "وقت", "بيوم", "بساعات", "بساعه", "بدقايق",
            "صباحا", "فجرا", "الصباح", "الفجر", "المساء", "منتصف", "موخرا", "الاونه", "الفتره",
        ],
    },
    ("", "و", "ف", "ب", "ل", "ك"),
)  # fmt: skip
ARABIC = Grammar(
    (
        (HIJRI, read_hijri, "h"), (_DATE, _read_date, "d"), (_RELATIVE, _read_relative, "r"),
        (_WEEKDAY, _read_weekday, "w"), (_MONTH_OF, _read_month, "m"), (_YEAR, partial(read_year, parts=_PARTS), "y"),
    ),
    _TRIGGERS, _GAP, _BEFORE, _AFTER,
)  # fmt: skip
