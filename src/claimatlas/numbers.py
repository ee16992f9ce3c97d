"""Numbers in running text: "at least 12", "half a dozen", "30 to 40", خمسة وعشرون, ما لا يقل عن 20.

Bounds are read as the codebook reads them (section 4): "at least 16" is 16 and open, "more than 30"
is 31 and open, "nearly 50" is 50, "up to 50" is open and 50, "dozens" is 24 and open. Numbers that
count nobody (years, ages, clock times, calibres, "T-72") are found too and say what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from claimatlas.text import find_words, fold


class NumberKind(StrEnum):
    """What a number says."""

    COUNT = "count"
    ARTICLE = "article"
    YEAR = "year"
    DATE = "date"
    TIME = "time"
    AGE = "age"
    DURATION = "duration"
    DISTANCE = "distance"
    PERCENT = "percent"
    MONEY = "money"
    DESIGNATION = "designation"
    OTHER = "other"


class NumberMention(msgspec.Struct, frozen=True):
    """A number, its bounds, and where it stands.

    Attributes:
        start: Offset of the first character, its bounding words ("at least") included.
        end: Offset after the last.
        words: The characters.
        min: Lower bound, or None when open.
        max: Upper bound, or None when open.
        kind: What the number says; only `COUNT` and `ARTICLE` can count victims.
        core_start: Offset of the bare number ("12" in "at least 12").
        core_end: Offset after the bare number.
        additional: "another 12", "12 more", "12 others", 12 آخرين: comes on top of, or apart from, what was said.
        vague: "dozens", "several", عشرات: a word, not a figure.
    """

    start: int
    end: int
    words: str
    min: int | None
    max: int | None
    kind: NumberKind = NumberKind.COUNT
    core_start: int = 0
    core_end: int = 0
    additional: bool = False
    vague: bool = False


class _Core(msgspec.Struct, frozen=True):
    """A bare number before its surroundings are read."""

    start: int
    end: int
    value: int | None
    low: int | None = None  # of vague words
    article: bool = False
    fraction: bool = False


_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fourty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}

# Lower bounds of vague words (codebook, section 4); None is no figure at all.
_VAGUE = {
    "several": 3, "a few": 3, "few": 3, "a handful of": 3, "handful": 3, "dozens": 24, "scores": 40, "tens": 20,
    "hundreds": 200,
    "thousands": 2000, "tens of thousands": 20_000, "hundreds of thousands": 200_000, "several dozen": 24,
    "a few dozen": 24,
    "several hundred": 200, "several thousand": 2000, "a few hundred": 200, "many": None, "a number of": None,
    "an unknown number of": None, "an unspecified number of": None, "an undisclosed number of": None,
    "numerous": None,
    "countless": None, "multiple": None, "various": None,
}  # fmt: skip
_FIXED = {
    "a dozen": 12, "dozen": 12, "half a dozen": 6, "half-a-dozen": 6, "a half dozen": 6, "a half-dozen": 6,
    "a couple of": 2, "a couple": 2, "a pair of": 2, "both": 2,
}  # fmt: skip


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_EN_WORD = rf"(?:{_alternatives([*_UNITS, *_TENS])})"
_EN_BELOW_10 = _alternatives([word for word, value in _UNITS.items() if 0 < value < 10])
_EN_BELOW_100 = rf"(?:(?:{_alternatives(_TENS)})[ -](?:{_EN_BELOW_10})(?!\w)|{_EN_WORD})"
_EN_SCALE = rf"(?:{_alternatives(_SCALES)})"
_DIGITS = r"\d{1,3}(?:[,٬]\d{3})+(?!\d)|\d+(?:\.\d+)?"
_EN_CORE = re.compile(
    rf"(?<![\w.$€£])(?:(?P<vague>(?<!as[ ])(?:{_alternatives(_VAGUE)}))(?!\w)"
    rf"|(?P<dozens>(?:{_EN_WORD}|\d+)[ -]dozen)(?!\w)|(?P<fixed>{_alternatives(_FIXED)})(?!\w)"
    rf"|(?P<words>(?:(?:(?:an?|one)[ ])?{_EN_SCALE}|{_EN_BELOW_100}(?:[ -]{_EN_SCALE})?)"
    rf"(?:(?<=hundred)(?:[ ]and)?[ -](?:{_EN_BELOW_100}|thousand)|(?<=thousand"
    rf"|.hundred)(?:[ ]and)?[ -]{_EN_BELOW_100}(?:[ ]hundred)?)*(?!\w))"
    rf"|(?P<digits>{_DIGITS})(?:[ ](?P<scale>{_EN_SCALE})(?!\w))?|(?P<article>an?(?![ ]family[ ]of)(?=[ ][a-z]"
    rf"|[ ]\d+-year)))"
)
_EN_BEFORE = re.compile(
    r"(?<!\w)(?:(?P<least>at least|no fewer than|no less than|not less than|not fewer than|a minimum of|minimum of"
    r"|minimum)|(?P<more>more than|over|upwards of|in excess of|above|greater than|well over|exceeded|exceeding|exceeds"
    r"|surpassed)"
    r"|(?P<about>nearly|almost|about|around|some|roughly|approximately|an estimated|estimated|close to|circa"
    r"|approx\.?|nearing|a total of|total of|exactly|only|just)"
    r"|(?P<most>up to|as many as|as much as|as high as|at most|no more than|not more than|a maximum of|maximum of"
    r"|maximum)"
    r"|(?P<less>less than|fewer than|under|below)"
    r"|(?P<additional>another|a further|an additional|additional|further|(?:the )?other)"
    r"|(?P<all>all|the|these|those|of))[ ]+$"
)
_EN_AFTER = re.compile(
    r"(?P<least>[ ]or more(?: than)?(?!\w)|\+|[ ]at least(?!\w)|[ ]and counting|[ ]at the least)"
    r"|(?P<additional>[ ](?:more|others?|additional|further)(?!\w)(?! than))"
)
_EN_JOIN = re.compile(
    r"(?P<range>[ ]?(?:-|–|—)[ ]?|[ ](?:up )?to[ ]"
    r"(?:(?P<above>(?:well )?(?:over|more than|above)[ ])|(?:about|around|nearly|some)[ ])?"
    r"|[ ]or[ ])|(?P<between>[ ]and[ ])"
)
_EN_SPAN_BEFORE = re.compile(r"(?:(?P<between>between)|(?P<source>from|in the range of|anywhere from))[ ]+$")
_EN_FAMILY = re.compile(r"(?:a|one|another|same|the|his|her|its|whole|entire)?[ ]?\b(?:family|crew) of[ ]+$")

_EN_UNIT_AFTER = re.compile(
    r"[ ]?-?(?:(?P<percent>%|per ?cent(?:age)?\b)"
    r"|(?P<age>[ ]?-?years?[ -]old\b|[ ]?-?months?[ -]old\b|[ ]?-?yrs?[ -]old\b|[ ]?-?year[ -]olds?\b|[ ]years of age)"
    r"|(?P<distance>[ ]?-?(?:km|kms|kilomet(?:er|re)s?|met(?:er|re)s?|miles?|mi|feet|foot|ft|yards?|hectares?|acres?"
    r"|square|sq|cm|inch(?:es)?)\b|m\b)"
    r"|(?P<calibre>[ ]?-?(?:mm|millimet(?:er|re)s?|kg|kilograms?|kilos?|tons?|tonnes?|pounds?|lbs?|lit(?:er|re)s?"
    r"|knots|mph|mhz|mb|gb)\b)"
    r"|(?P<duration>[ ]?-?(?:seconds?|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|months?|years?|decades?"
    r"|centur(?:y|ies))\b)"
    r"|(?P<time>[ ]?(?:a\.?m\b\.?|p\.?m\b\.?|gmt|utc|o'?clock|local time|hrs\b))"
    r"|(?P<money>[ ]?(?:dollars?|usd|euros?|liras?|syrian pounds|million dollars|billion dollars)\b)"
    r"|(?P<ordinal>(?:st|nd|rd|th)\b)|(?P<degrees>[ ]?(?:°|degrees))"
    r"|(?P<unit>[ ](?:(?:\w+[ ])?(?:regiment|brigade|division|battalion|corps|countries|nations)\b)))"
)
_EN_NAMED_BEFORE = re.compile(
    r"(?<!\w)(?:resolution|article|brigade|regiment|division|battalion|no\.?|number|page|route|highway|road|unit"
    r"|channel|building|checkpoint|"
    r"chapter|phase|version|kurdistan|france|russia|syria|al-?youm|sweida|suwayda|deir ?ez-?zor|group|block|line"
    r"|point|hill|level|top|astana|geneva|g)[ -]?$"
)
_YEAR_BEFORE = re.compile(
    r"(?:in|since|of|during|early|late|mid|until|by|from|between|year|before|after|end|january|february|march|april"
    r"|may|june|july|august|september|october|november|december|spring|summer|autumn|winter|fall|\d,|\d|[-–/])[ -]*$"
)
_MONTHS_EN = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_MONTH_BEFORE = re.compile(rf"\b{_MONTHS_EN}\.?[ ](?:the )?$")
_MONTH_AFTER = re.compile(rf"(?:st|nd|rd|th)?[ ,-]+(?:of )?{_MONTHS_EN}\b")
_PERSON_AFTER = re.compile(
    r"[ ](?:people|civilians?|persons?|children|women|men|fighters|deaths|dead|killed|victims|others|militants"
    r"|soldiers|wounded|injured|casualties|bodies)\b"
)
_AGE_BEFORE = re.compile(r"\b(?:aged?|ages)[ ](?:between[ ]|from[ ])?$")
_AGE_COMMAS = re.compile(r"[A-Za-z\u00c0-\u024f'-]{2,},[ ]$")

# Never counts, whatever stands around them: addresses, dates, times, designations, phone numbers.
_ADDRESS = re.compile(
    r"(?:https?://|www\.|pic\.twitter)\S+|[\w.+-]+@[\w.-]+|[a-z][\w-]*(?:\.[\w-]+)*\.(?:com|org|net)(?:/\S*)?"
)
_ADDRESS_SIGNS = ("://", "www.", "@", ".com", ".org", ".net", "pic.")
_MASKED = re.compile(
    r"(?P<date>\b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b|\b\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})\b|\b\d{1,2}/\d{1,2}\b)"
    r"|(?P<time>\b\d{1,2}:\d{2}(?::\d{2})?\b|\b\d{4}[ ]?(?:gmt|utc|hrs)\b|\b\d{1,2}[.]\d{2}[ ]?(?:am|pm|gmt)\b"
    r"|\b\d{1,2}[ ]?[ap]\.?m\b)"
    r"|(?P<designation>\b[a-z]{1,5}-?\d+(?:[a-z]{1,3})?\b(?!-year)|\b\d+[a-z]\d*\b|\[\d+\])"
    r"|(?P<other>\+\d[\d ()-]{6,}|\b\d{7,}\b|\b\d{2,4}[ -]\d{3}[ -]\d{3,4}\b|[$€£][ ]?\d[\d.,]*"
    r"|(?m:^)[ ]*\d{1,2}[.)][ ])"
)
# A short number with a word on either side, as most are, is none of these.
_UNMASKED = re.compile(r"(?<=[^\W\d_] )\d{1,3} (?![ap]\.?m)[^\W\d_]")
# How far in front of its first digit a masked number may begin ("pmr-7", "+ 963").
_MASK_REACH = 8
_DIGIT_RUN = re.compile(r"\d+")
_KIND_OF_MASK = {
    "date": NumberKind.DATE, "time": NumberKind.TIME,
    "designation": NumberKind.DESIGNATION, "other": NumberKind.OTHER,
}  # fmt: skip
_KIND_OF_UNIT = {
    "percent": NumberKind.PERCENT, "age": NumberKind.AGE, "distance": NumberKind.DISTANCE,
    "calibre": NumberKind.DESIGNATION,
    "duration": NumberKind.DURATION, "time": NumberKind.TIME, "money": NumberKind.MONEY, "ordinal": NumberKind.OTHER,
    "degrees": NumberKind.OTHER, "unit": NumberKind.DESIGNATION,
}  # fmt: skip

# --- Arabic. All patterns are matched on folded text (text.fold). -------------------------------------------------

_AR_UNITS = {
    "واحد": 1, "واحده": 1, "اثنان": 2, "اثنين": 2, "اثنتان": 2, "اثنتين": 2, "ثلاث": 3, "ثلاثه": 3, "اربع": 4,
    "اربعه": 4, "خمس": 5,
    "خمسه": 5, "ست": 6, "سته": 6, "سبع": 7, "سبعه": 7, "ثمان": 8, "ثماني": 8, "ثمانيه": 8, "تسع": 9, "تسعه": 9,
    "عشر": 10, "عشره": 10,
}  # fmt: skip
_AR_TEEN_UNITS = {
    "احد": 1, "احدي": 1, "اثنا": 2, "اثني": 2, "اثنتا": 2, "اثنتي": 2, "ثلاث": 3, "ثلاثه": 3, "اربع": 4, "اربعه": 4,
    "خمس": 5, "خمسه": 5,
    "ست": 6, "سته": 6, "سبع": 7, "سبعه": 7, "ثمان": 8, "ثماني": 8, "ثمانيه": 8, "تسع": 9, "تسعه": 9,
}  # fmt: skip
_AR_TENS = {
    stem + ending: value
    for stem, value in (
        ("عشر", 20),
        ("ثلاث", 30),
        ("اربع", 40),
        ("خمس", 50),
        ("ست", 60),
        ("سبع", 70),
        ("ثمان", 80),
        ("تسع", 90),
    )
    for ending in ("ون", "ين")
}
_AR_HUNDREDS = dict.fromkeys(("ميه", "مايه", "مءه"), 100) | {
    "ميتان": 200, "ميتين": 200, "مايتان": 200, "مايتين": 200, "ميتا": 200, "ميتي": 200, "مايتا": 200, "مايتي": 200,
} | {
    unit + hundred: value * 100
    for unit, value in (("ثلاث", 3), ("اربع", 4), ("خمس", 5), ("ست", 6), ("سبع", 7), ("ثمان", 8), ("ثماني", 8),
    ("تسع", 9))
    for hundred in ("ميه", "مايه")
}  # fmt: skip
_AR_THOUSANDS = {"الف": 1000, "الاف": 1000, "الفان": 2000, "الفين": 2000, "الفا": 1000}
_AR_TEEN = rf"(?:{_alternatives(_AR_TEEN_UNITS)})[ ]عشره?"
_AR_BELOW_100 = (
    rf"(?:{_AR_TEEN}|(?:{_alternatives(_AR_TEEN_UNITS | _AR_UNITS)})[ ]و[ ]?(?:{_alternatives(_AR_TENS)})"
    rf"|(?:{_alternatives(_AR_TENS)})|(?:{_alternatives(_AR_UNITS)}))"
)
_AR_BELOW_1000 = (
    rf"(?:(?:(?:(?:ثلاث|اربع|خمس|ست|سبع|ثمان|ثماني"
    rf"|تسع)[ ])?(?:{_alternatives(_AR_HUNDREDS)}))(?:[ ]و[ ]?{_AR_BELOW_100})?|{_AR_BELOW_100})"
)
_AR_NUMBER = (
    rf"(?:(?:{_AR_BELOW_1000}[ ])?(?:{_alternatives(_AR_THOUSANDS)})(?:[ ]و[ ]?{_AR_BELOW_1000})?|{_AR_BELOW_1000})"
)
_AR_VAGUE = {
    "عشرات": 20, "العشرات": 20, "ميات": 200, "الميات": 200, "مئات": 200, "الاف": 2000, "الالاف": 2000,
    "عشرات الالاف": 20_000,
    "ميات الالاف": 200_000, "بضعه": 3, "بضع": 3, "عده": 3, "العديد": None, "عدد": None, "عددا": None, "كثير": None,
    "الكثير": None,
}  # fmt: skip
_AR_CORE = re.compile(
    rf"(?<![\w.$€£])(?:و(?!احده?(?![ ]عشر|\w))|ف|ب|ل|ك|وب|ول|فب)?(?:ال(?=(?:عشر|ثلاث|اربع|خمس|ست|سبع|ثمان|تسع)[وي]ن"
    rf"|مي|ماي))?(?P<core>(?P<vague>{_alternatives(_AR_VAGUE)})(?!\w)(?![ ]عشر)"
    rf"|(?P<words>{_AR_NUMBER})(?!\w))"
    rf"|(?<![\d.,])(?P<digits>{_DIGITS})(?:[ ]?(?P<scale>الاف|الف|مليون|ميه)(?!\w))?"
)
_AR_BEFORE = re.compile(
    r"(?<!\w)(?:(?P<least>(?:ما|مما|بما|لما)? ?لا ?يقل(?:ون|ان)? عن|علي الاقل|بحد ادني|كحد ادني)"
    r"|(?P<more>[وفبلك]?(?:اكثر|ازيد|اكتر) من|[وفبلك]?ما ?يزيد (?:عن|علي)|ي?زيد عددهم (?:عن|علي)|فوق"
    r"|تجاوز(?:ت)?(?: عددهم)?|يتجاوز(?: عددهم)?|يفوق)"
    r"|(?P<about>[وفبلك]{0,2}(?:نحو|حوالي|قرابه|زهاء|تقريبا|مايقارب|ما يقارب|مايقرب من|ما يقرب من|قدر عددهم ب"
    r"|بلغ عددهم|عددهم|قدر ب|بلغ|بلغت|يبلغ|الي|قدره))"
    r"|(?P<most>حتي|ما ?يصل(?: عددهم)? الي|(?:ما )?لا يتجاوز|(?:ما )?لا يزيد عن|لا ?اكثر من|بحد اقصي|كحد اقصي)"
    r"|(?P<less>[وفبلك]?اقل من)"
    r"|(?P<all>جميع|كل|من))[ ]*(?:[وفبلك]{0,2})$"
)
_AR_AFTER = re.compile(
    r"[ ](?:\w+[ ]){0,2}?(?P<least>(?:علي الاقل|كحد ادني|بحد ادني|علي اقل تقدير|او اكثر|فاكثر))(?!\w)"
    r"|[ ](?P<additional>(?:اخر(?:ين|ون|ان|ي|يات|ا)?|اضافي(?:ين|ا|ه)?)(?!\w))"
)
_AR_JOIN = re.compile(r"(?P<range>[ ]?[-–—][ ]?|[ ](?:الي|حتي|او)[ ]?)|(?P<between>[ ]و[ ]?)")
_AR_SPAN_BEFORE = re.compile(r"(?:(?P<between>(?:ما )?بين)|(?P<source>من))[ ]+$")
_AR_UNIT_AFTER = re.compile(
    r"[ ]?(?:(?P<percent>%|بالميه|في الميه|بالمءه|بالمايه)"
    r"|(?P<age>(?:عاما?|سنه|سنوات|اعوام|ربيعا?)(?!\w)(?![ ](?:علي|من|مضت|متواصل)))"
    r"|(?P<distance>(?:كم|كيلو ?مترا?ت?|كيلو|متر(?:ا|ات)?|امتار|ميلا?|اميال|هكتارا?|دونما?|دونم(?:ات)?|مترمربع"
    r"|سم)(?!\w))"
    r"|(?P<calibre>(?:ملم|مم|ميلي ?متر|كغ|كيلو ?غرام(?:ا|ات)?|طنا?|اطنان|لترا?|رطلا?)(?!\w))"
    r"|(?P<duration>(?:ثانيه|ثواني|دقيقه|دقايق|ساعه|ساعات|يوما?|ايام|ليال(?:ي)?|اسبوعا?|اسابيع|شهرا?|اشهر|شهور|عقود"
    r"|عقدا)(?!\w))"
    r"|(?P<time>(?:صباحا|مساء|فجرا|ظهرا|ليلا|عصرا)(?!\w)|[صم](?!\w))"
    r"|(?P<money>(?:دولارا?|يورو|ليره|ليرات|الف ليره|مليون دولار)(?!\w)))"
)
_AR_NAMED_BEFORE = re.compile(
    r"(?<!\w)[وفبلك]?(?:القرار|قرار|الماده|ماده|رقم|اللواء|الفوج|الكتيبه|كتيبه|فوج|لواء|صفحه|نقطه|حاجز|محور"
    r"|الطريق الدولي|الطريق|طريق|اوتوستراد|السويداء|كوردستان|كردستان|فرانس|درعا|روسيا|"
    r"نموذج|طراز|نوع|عيار|الفرقه|فرقه|القطاع|ام|اس|فور|سرمدا|تل|منظومه|قناه|تلفزيون|مخيم|حي|الشيخ)[ ]?[\"']?$"
)
_AR_YEAR_BEFORE = re.compile(
    r"(?:عام|العام|سنه|السنه|منذ|موسم|في|من|[-/]|\d|،|,|اذار|مارس|نيسان|ابريل|ايار|مايو|حزيران|يونيو|تموز|يوليو|اب"
    r"|اغسطس|ايلول|سبتمبر|الاول|الثاني|اكتوبر|نوفمبر|ديسمبر|يناير|شباط|فبراير)[ ]*$"
)
_MONTHS_AR = (
    r"(?:كانون|تشرين|يناير|شباط|فبراير|اذار|مارس|نيسان|ابريل|ايار|مايو|حزيران|يونيو|تموز|يوليو|اب|اغسطس|ايلول|سبتمبر"
    r"|اكتوبر|نوفمبر|ديسمبر|محرم|صفر|ربيع|جمادي|رجب|شعبان|رمضان|شوال|ذو|ذي)"
)
_AR_MONTH_AFTER = re.compile(rf"[ ](?:من )?(?:شهر )?{_MONTHS_AR}(?![\w])|[ ]من (?:الشهر|هذا الشهر)")
_AR_AGE_BEFORE = re.compile(r"(?:يبلغ|تبلغ|البالغ|البالغه|عمره|عمرها|بعمر|العمر|اعمارهم)(?: من(?: العمر)?| بين)?[ ]$")
_AR_ORDINAL_BEFORE = re.compile(
    r"(?:الحادي|الحاديه|الثاني|الثانيه|الثالث|الرابع|الخامس|السادس|السابع|الثامن|التاسع)ه?[ ](?:و)?$"
)
_AR_OCLOCK = re.compile(r"(?:الساعه|ساعه|بتمام)(?: ال\w+)?[ ]$")


def find_numbers(text: str, lang: str) -> list[NumberMention]:
    """All numbers of a cleaned text, in order, without overlaps.

    Args:
        text: A cleaned text.
        lang: `en` or `ar`.

    Returns:
        Numbers with their bounds and kinds. "a number of" has neither bound; "both" is two.
    """
    folded = fold(text)
    masked = list(_find_masked(folded))
    grammar = _ARABIC if lang == "ar" else _ENGLISH
    covered = {at for start, end, _ in masked for at in range(start, end)}
    cores = [core for core in grammar.find_cores(folded) if core.start not in covered]
    mentions = [NumberMention(start, end, text[start:end], None, None, kind, start, end) for start, end, kind in masked]
    index = 0
    previous_end = 0
    while index < len(cores):
        following = cores[index + 1] if index + 1 < len(cores) else None
        mention, used = _read(text, folded, cores[index], following, grammar, previous_end)
        mentions.append(mention)
        previous_end = mention.end
        index += used
    return sorted(mentions, key=lambda mention: mention.start)


def _find_masked(folded: str) -> Iterator[tuple[int, int, NumberKind]]:
    """Numbers that count nobody, with what they are instead."""
    covered = 0
    if any(sign in folded for sign in _ADDRESS_SIGNS):
        addresses = [match.span() for match in _ADDRESS.finditer(folded)]
        yield from ((start, end, NumberKind.DESIGNATION) for start, end in addresses)
    for digits in _DIGIT_RUN.finditer(folded):
        if digits.start() < covered or _UNMASKED.match(folded, digits.start()) is not None:
            continue
        start = max(covered, digits.start() - _MASK_REACH)
        match = _MASKED.search(folded, start, min(len(folded), digits.end() + 24))
        while match is not None and match.end() <= digits.start():
            match = _MASKED.search(folded, match.end(), min(len(folded), digits.end() + 24))
        if match is None or match.start() > digits.start():
            continue
        covered = match.end()
        yield match.start(), match.end(), _KIND_OF_MASK[match.lastgroup or "other"]


@dataclass(frozen=True)
class _Grammar:
    """The words of one language that stand around numbers."""

    lang: str
    core: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    join: re.Pattern[str]
    span_before: re.Pattern[str]
    unit_after: re.Pattern[str]
    named_before: re.Pattern[str]
    year_before: re.Pattern[str]
    month_after: re.Pattern[str]
    age_before: re.Pattern[str]

    def find_cores(self, folded: str) -> list[_Core]:
        """The bare numbers: the pattern is tried only at words that numbers begin with."""
        read, openers = (_read_arabic_core, _AR_OPENERS) if self.lang == "ar" else (_read_english_core, _EN_OPENERS)
        cores: list[_Core] = []
        end = 0
        for at, word in zip(*find_words(folded), strict=True):
            if not (word in openers or word[0].isdigit()) or at < end:
                continue
            match = self.core.match(folded, at)
            if match is not None:
                cores.append(read(match))
                end = match.end()
        return cores


_EN_OPENERS = frozenset(
    re.split(r"[ -]", phrase)[0] for phrase in (*_UNITS, *_TENS, *_SCALES, *_VAGUE, *_FIXED, "a", "an")
)
_AR_OPENERS = frozenset(
    prefix + phrase.split()[0]
    for phrase in (*_AR_UNITS, *_AR_TEEN_UNITS, *_AR_TENS, *_AR_HUNDREDS, *_AR_THOUSANDS, *_AR_VAGUE)
    for prefix in ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "ال", "وال", "بال")
)


_ENGLISH = _Grammar(
    "en",
    _EN_CORE,
    _EN_BEFORE,
    _EN_AFTER,
    _EN_JOIN,
    _EN_SPAN_BEFORE,
    _EN_UNIT_AFTER,
    _EN_NAMED_BEFORE,
    _YEAR_BEFORE,
    _MONTH_AFTER,
    _AGE_BEFORE,
)
_ARABIC = _Grammar(
    "ar",
    _AR_CORE,
    _AR_BEFORE,
    _AR_AFTER,
    _AR_JOIN,
    _AR_SPAN_BEFORE,
    _AR_UNIT_AFTER,
    _AR_NAMED_BEFORE,
    _AR_YEAR_BEFORE,
    _AR_MONTH_AFTER,
    _AR_AGE_BEFORE,
)


def _read_english_core(match: re.Match[str]) -> _Core:
    start, end = match.span()
    if match["vague"] is not None:
        return _Core(start, end, None, low=_VAGUE[match["vague"]])
    if match["dozens"] is not None:
        count = match["dozens"].replace("-", " ").split()[0]
        return _Core(start, end, 12 * (int(count) if count.isdigit() else (_UNITS | _TENS)[count]))
    if match["fixed"] is not None:
        return _Core(start, end, _FIXED[match["fixed"]])
    if match["article"] is not None:
        return _Core(start, end, 1, article=True)
    if match["digits"] is not None:
        return _read_digits(match, _SCALES.get(match["scale"] or "", 1))
    return _Core(start, end, _words_value(match["words"]))


# Longer rows of digits are codes; they would not fit a number either.
_MAX_DIGITS = 12


def _read_digits(match: re.Match[str], scale: int) -> _Core:
    digits = match["digits"].replace(",", "").replace("٬", "")
    if len(digits) > _MAX_DIGITS:
        return _Core(match.start("digits"), match.end(), 0, fraction=True)
    value = float(digits) * scale
    return _Core(match.start("digits"), match.end(), int(value), fraction=value != int(value))


def _words_value(words: str) -> int:
    total = group = 0
    for word in re.findall(r"[a-z]+", words):
        if word in ("a", "an", "and"):
            continue
        if word in _SCALES:
            group = max(group, 1) * _SCALES[word]
            if _SCALES[word] > 100:
                total, group = total + group, 0
        else:
            group += _UNITS[word] if word in _UNITS else _TENS[word]
    return total + group


def _read_arabic_core(match: re.Match[str]) -> _Core:
    if match["digits"] is not None:
        return _read_digits(
            match, {"الاف": 1000, "الف": 1000, "مليون": 1_000_000, "ميه": 100}.get(match["scale"] or "", 1)
        )
    start, end = match.span("core")
    if match["vague"] is not None:
        return _Core(start, end, None, low=_AR_VAGUE[match["vague"]])
    return _Core(start, end, _arabic_value(match["words"]))


def _arabic_value(words: str) -> int:
    total = group = 0
    tokens = words.split()
    for index, token in enumerate(tokens):
        bare = token[1:] if token.startswith("و") and token != "واحد" and token != "واحده" else token
        if not bare:
            continue
        if bare in _AR_THOUSANDS:
            total, group = total + (group * 1000 if group else _AR_THOUSANDS[bare]), 0
        elif bare in _AR_HUNDREDS:
            unit = _AR_UNITS.get(tokens[index - 1], 0) if index else 0
            group = group - unit + unit * 100 if unit and _AR_HUNDREDS[bare] == 100 else group + _AR_HUNDREDS[bare]
        else:
            group += _AR_TENS.get(bare) or _AR_UNITS.get(bare) or _AR_TEEN_UNITS[bare]
    return total + group


def _read(
    text: str, folded: str, core: _Core, following: _Core | None, grammar: _Grammar, floor: int
) -> tuple[NumberMention, int]:
    """One number with what stands around it, and how many bare numbers that used up."""
    kind = _kind(folded, core, grammar)
    low: int | None
    high: int | None
    low, high = (core.low, None) if core.value is None else (core.value, core.value)
    start, end, used = core.start, core.end, 1
    additional = False
    if kind is NumberKind.COUNT and following is not None and core.value is not None:
        joined = _joined(folded, core, following, grammar)
        if joined is not None:
            start, end, used = min(start, joined), following.end, 2
            above = grammar.join.fullmatch(folded, core.end, following.start) if grammar.lang == "en" else None
            high = (following.value or 0) + (1 if above is not None and above["above"] is not None else 0)
            kind = _kind(folded, following, grammar)
            before = grammar.before.search(folded, max(floor, start - 30), start)
            start = before.start() if before is not None and before.lastgroup == "about" else start
            return NumberMention(start, end, text[start:end], low, high, kind, core.start, end), used
    before = grammar.before.search(folded, max(floor, start - 30), start)
    if before is not None and _starts_word(folded, before.start()) and before.lastgroup != "all":
        start = before.start()
        additional = before.lastgroup == "additional"
        low, high = _bounded(low, high, before.lastgroup or "", core)
        outer = grammar.before.search(folded, max(floor, start - 30), start)  # "at least another 12", "about at least"
        if additional and outer is not None and outer.lastgroup in ("least", "more", "about", "most", "less"):
            start = outer.start()
            low, high = _bounded(low, high, outer.lastgroup, core)
    after = grammar.after.match(folded, end)
    if after is not None:
        end = after.end()
        additional = additional or after["additional"] is not None
        if after["least"] is not None:
            high = None
    if grammar.lang == "en":
        reach = max(floor, start - 20)
        family = _EN_FAMILY.search(folded, reach, start) if folded.find(" of ", reach, start) >= 0 else None
        start = family.start() if family is not None else start
    return (
        NumberMention(
            start, end, text[start:end], low, high, kind, core.start, core.end, additional, core.value is None
        ),
        used,
    )


def _bounded(low: int | None, high: int | None, bound: str, core: _Core) -> tuple[int | None, int | None]:
    if core.value is None:
        return low, high
    if bound == "least":
        return core.value, None
    if bound == "more":
        return core.value + 1, None
    if bound == "most":
        return None, core.value
    if bound == "less":
        return None, core.value - 1
    return low, high


def _starts_word(folded: str, at: int) -> bool:
    return at == 0 or not folded[at - 1].isalnum()


def _joined(folded: str, core: _Core, following: _Core, grammar: _Grammar) -> int | None:
    """Where a range ("30 to 40", "between 30 and 40") begins, or None when there is none."""
    if (
        following.value is None
        or core.value is None
        or following.article
        or core.article
        or following.value <= core.value
    ):
        return None
    join = grammar.join.fullmatch(folded, core.end, following.start)
    if join is None:
        return None
    opener = grammar.span_before.search(folded, max(0, core.start - 20), core.start)
    if join["between"] is not None:
        return opener.start("between") if opener is not None and opener["between"] is not None else None
    return opener.start() if opener is not None else core.start


def _is_year(folded: str, core: _Core, head: str, grammar: _Grammar) -> bool:
    """Whether four digits are a year: words in front say so, nothing follows, and no people do."""
    if not 1900 <= (core.value or 0) <= 2035 or core.end - core.start != 4:
        return False
    if _PERSON_AFTER.match(folded, core.end) is not None:
        return False
    ends = core.end >= len(folded) or not folded[core.end].isspace()
    return ends or grammar.lang == "ar" or grammar.year_before.search(head) is not None


def _kind(folded: str, core: _Core, grammar: _Grammar) -> NumberKind:
    if core.fraction:
        return NumberKind.OTHER
    if core.article:
        return NumberKind.ARTICLE
    unit = grammar.unit_after.match(folded, core.end)
    if unit is not None and core.value is not None:
        return _KIND_OF_UNIT[unit.lastgroup or "ordinal"]
    head = folded[max(0, core.start - 24) : core.start]
    is_digits = folded[core.start].isdigit()
    if grammar.age_before.search(head) is not None:
        return NumberKind.AGE
    if grammar.month_after.match(folded, core.end) is not None and (core.value or 99) <= 31:
        return NumberKind.DATE
    if not is_digits:
        return (
            NumberKind.OTHER
            if grammar.lang == "ar" and _AR_ORDINAL_BEFORE.search(head) is not None
            else NumberKind.COUNT
        )
    if grammar.named_before.search(head) is not None:
        return NumberKind.DESIGNATION
    value = core.value or 0
    if _is_year(folded, core, head, grammar):
        return NumberKind.YEAR
    if grammar.lang == "ar":
        return NumberKind.TIME if _AR_OCLOCK.search(head) is not None else NumberKind.COUNT
    if _MONTH_BEFORE.search(head) is not None:
        return NumberKind.DATE
    if (
        _AGE_COMMAS.search(head) is not None
        and value < 100
        and folded[core.end : core.end + 1] in (",", ".", ")")
        and "," not in folded[core.start : core.end]
    ):
        return NumberKind.AGE
    return NumberKind.COUNT
