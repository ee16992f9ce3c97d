"""The words and patterns by which Arabic texts tell numbers, in the folded spelling of `claimatlas.text.fold`."""

from __future__ import annotations

import re

from claimatlas.numbers.grammar import DIGITS, Core, Grammar, read_digits
from claimatlas.text.forms import alternatives

_UNITS = {
    "واحد": 1, "واحده": 1, "اثنان": 2, "اثنين": 2, "اثنتان": 2, "اثنتين": 2, "ثلاث": 3, "ثلاثه": 3, "اربع": 4,
    "اربعه": 4, "خمس": 5, "خمسه": 5, "ست": 6, "سته": 6, "سبع": 7, "سبعه": 7, "ثمان": 8, "ثماني": 8, "ثمانيه": 8,
    "تسع": 9, "تسعه": 9, "عشر": 10, "عشره": 10,
}  # fmt: skip
_TEEN_UNITS = {
    "احد": 1, "احدي": 1, "اثنا": 2, "اثني": 2, "اثنتا": 2, "اثنتي": 2, "ثلاث": 3, "ثلاثه": 3, "اربع": 4, "اربعه": 4,
    "خمس": 5, "خمسه": 5, "ست": 6, "سته": 6, "سبع": 7, "سبعه": 7, "ثمان": 8, "ثماني": 8, "ثمانيه": 8, "تسع": 9,
    "تسعه": 9,
}  # fmt: skip
_TENS = {
    stem + ending: value
    for stem, value in (
        ("عشر", 20), ("ثلاث", 30), ("اربع", 40), ("خمس", 50), ("ست", 60), ("سبع", 70), ("ثمان", 80), ("تسع", 90),
    )
    for ending in ("ون", "ين")
}  # fmt: skip
_HUNDREDS = dict.fromkeys(("ميه", "مايه", "مءه"), 100) | {
    "ميتان": 200, "ميتين": 200, "مايتان": 200, "مايتين": 200, "ميتا": 200, "ميتي": 200, "مايتا": 200, "مايتي": 200,
} | {
    unit + hundred: value * 100
    for unit, value in (
        ("ثلاث", 3), ("اربع", 4), ("خمس", 5), ("ست", 6), ("سبع", 7), ("ثمان", 8), ("ثماني", 8), ("تسع", 9),
    )
    for hundred in ("ميه", "مايه")
}  # fmt: skip
_THOUSANDS = {"الف": 1000, "الاف": 1000, "الفان": 2000, "الفين": 2000, "الفا": 1000}
_TEEN = rf"(?:{alternatives(_TEEN_UNITS)})[ ]عشره?"
_BELOW_100 = (
    rf"(?:{_TEEN}|(?:{alternatives(_TEEN_UNITS | _UNITS)})[ ]و[ ]?(?:{alternatives(_TENS)})"
    rf"|(?:{alternatives(_TENS)})|(?:{alternatives(_UNITS)}))"
)
_BELOW_1000 = (
    rf"(?:(?:(?:(?:ثلاث|اربع|خمس|ست|سبع|ثمان|ثماني"
    rf"|تسع)[ ])?(?:{alternatives(_HUNDREDS)}))(?:[ ]و[ ]?{_BELOW_100})?|{_BELOW_100})"
)
_NUMBER = rf"(?:(?:{_BELOW_1000}[ ])?(?:{alternatives(_THOUSANDS)})(?:[ ]و[ ]?{_BELOW_1000})?|{_BELOW_1000})"
_VAGUE = {
    "عشرات": 20, "العشرات": 20, "ميات": 200, "الميات": 200, "مئات": 200, "الاف": 2000, "الالاف": 2000,
    "عشرات الالاف": 20_000, "ميات الالاف": 200_000, "بضعه": 3, "بضع": 3, "عده": 3, "العديد": None, "عدد": None,
    "عددا": None, "كثير": None, "الكثير": None,
}  # fmt: skip
_CORE = re.compile(
    rf"(?<![\w.$€£])(?:و(?!احده?(?![ ]عشر|\w))|ف|ب|ل|ك|وب|ول|فب)?(?:ال(?=(?:عشر|ثلاث|اربع|خمس|ست|سبع|ثمان|تسع)[وي]ن"
    rf"|مي|ماي))?(?P<core>(?P<vague>{alternatives(_VAGUE)})(?!\w)(?![ ]عشر)"
    rf"|(?!(?<=ه )واحده(?!\w))(?P<words>{_NUMBER})(?!\w))"  # but "عائلة واحدة"
    rf"|(?<![\d.,])(?P<digits>{DIGITS})(?:[ ]?(?P<scale>الاف|الف|مليون|ميه)(?!\w))?"
)
_BEFORE = re.compile(
    r"(?<!\w)(?:(?P<least>(?:ما|مما|بما|لما)? ?لا ?يقل(?:ون|ان)? عن|علي الاقل|بحد ادني|كحد ادني)"
    r"|(?P<more>[وفبلك]?(?:اكثر|ازيد|اكتر) من|[وفبلك]?ما ?يزيد (?:عن|علي)|ي?زيد عددهم (?:عن|علي)|فوق"
    r"|تجاوز(?:ت|وا)?(?: عددهم)?|يتجاوز(?: عددهم)?|يفوق)"
    r"|(?P<about>[وفبلك]{0,2}(?:نحو|حوالي|قرابه|زهاء|تقريبا|مايقارب|ما يقارب|مايقرب من|ما يقرب من|قدر عددهم ب"
    r"|بلغ عددهم|عددهم|قدر ب|بلغ|بلغت|يبلغ|الي|قدره))"
    r"|(?P<most>حتي|ما ?يصل(?: عددهم)? الي|(?:ما )?لا يتجاوز|(?:ما )?لا يزيد عن|لا ?اكثر من|بحد اقصي|كحد اقصي)"
    r"|(?P<less>[وفبلك]?اقل من)"
    r"|(?P<all>جميع|كل|من))[ ]*(?:[وفبلك]{0,2})$"
)
_AFTER = re.compile(
    r"[ ](?:\w+[ ]){0,2}?(?P<least>(?:علي الاقل|كحد ادني|بحد ادني|علي اقل تقدير|او اكثر|فاكثر))(?!\w)"
    r"|[ ](?P<additional>(?:اخر(?:ين|ون|ان|ي|يات|ا)?|اضافي(?:ين|ا|ه)?)(?!\w))"
)
_JOIN = re.compile(r"(?P<range>[ ]?[-–—][ ]?|[ ](?:الي|حتي|او)[ ]?)|(?P<between>[ ]و[ ]?)")
_SPAN_BEFORE = re.compile(r"(?:(?P<between>(?:ما )?بين)|(?P<source>من))[ ]+$")
_UNIT_AFTER = re.compile(
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
_NAMED_BEFORE = re.compile(
    r"(?<!\w)[وفبلك]?(?:القرار|قرار|الماده|ماده|رقم|اللواء|الفوج|الكتيبه|كتيبه|فوج|لواء|صفحه|نقطه|حاجز|محور"
    r"|الطريق الدولي|الطريق|طريق|اوتوستراد|السويداء|كوردستان|كردستان|فرانس|درعا|روسيا|"
    r"نموذج|طراز|نوع|عيار|الفرقه|فرقه|القطاع|ام|اس|فور|سرمدا|تل|منظومه|قناه|تلفزيون|مخيم|حي|الشيخ)[ ]?[\"']?$"
)
_MONTHS = (
    r"(?:كانون|تشرين|يناير|شباط|فبراير|اذار|مارس|نيسان|ابريل|ايار|مايو|حزيران|يونيو|تموز|يوليو|اب|اغسطس|ايلول|سبتمبر"
    r"|اكتوبر|نوفمبر|ديسمبر|محرم|صفر|ربيع|جمادي|رجب|شعبان|رمضان|شوال|ذو|ذي)"
)
_MONTH_AFTER = re.compile(rf"[ ](?:من )?(?:شهر )?{_MONTHS}(?![\w])|[ ]من (?:الشهر|هذا الشهر)")
_AGE_BEFORE = re.compile(r"(?:يبلغ|تبلغ|البالغ|البالغه|عمره|عمرها|بعمر|العمر|اعمارهم)(?: من(?: العمر)?| بين)?[ ]$")
# Behind so high a number what is counted stands in the singular: "2000 مدني", but "عام 2013 مدنيون".
_PEOPLE_AFTER = re.compile(
    r"(?<!عام \d{4})(?<!سنه \d{4})[ ](?:مدنيا?|شخصا?|قتيلا?|جريحا?|طفلا?|امراه|عنصرا?|مقاتلا?|مسلحا?|جنديا?|ضحيه"
    r"|شهيدا?|مصابا?|نازحا?|معتقلا?|حاله)(?!\w)"
)
_ORDINAL_BEFORE = re.compile(
    r"(?:الحادي|الحاديه|الثاني|الثانيه|الثالث|الرابع|الخامس|السادس|السابع|الثامن|التاسع)ه?[ ](?:و)?$"
)
_OCLOCK_BEFORE = re.compile(r"(?:الساعه|ساعه|بتمام)(?: ال\w+)?[ ]$")
_SCALES = {"الاف": 1000, "الف": 1000, "مليون": 1_000_000, "ميه": 100}
# Words written in one with those in front of them: "and", "by", "for", the article.
_OPENERS = frozenset(
    prefix + phrase.split()[0]
    for phrase in (*_UNITS, *_TEEN_UNITS, *_TENS, *_HUNDREDS, *_THOUSANDS, *_VAGUE)
    for prefix in ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "ال", "وال", "بال")
)


def _read_core(match: re.Match[str]) -> Core:
    if match["digits"] is not None:
        return read_digits(match, _SCALES.get(match["scale"] or "", 1))
    start, end = match.span("core")
    if match["vague"] is not None:
        return Core(start, end, None, low=_VAGUE[match["vague"]])
    return Core(start, end, _value_of(match["words"]))


def _value_of(words: str) -> int:
    """The value of number words: hundreds and below are gathered, and multiplied at each thousand."""
    total = group = 0
    tokens = words.split()
    for index, token in enumerate(tokens):
        bare = token[1:] if token.startswith("و") and token != "واحد" and token != "واحده" else token
        if not bare:
            continue
        if bare in _THOUSANDS:
            total, group = total + (group * 1000 if group else _THOUSANDS[bare]), 0
        elif bare in _HUNDREDS:
            unit = _UNITS.get(tokens[index - 1], 0) if index else 0
            group = group - unit + unit * 100 if unit and _HUNDREDS[bare] == 100 else group + _HUNDREDS[bare]
        else:
            group += _TENS.get(bare) or _UNITS.get(bare) or _TEEN_UNITS[bare]
    return total + group


ARABIC = Grammar(
    core=_CORE,
    read_core=_read_core,
    openers=_OPENERS,
    before=_BEFORE,
    after=_AFTER,
    join=_JOIN,
    span_before=_SPAN_BEFORE,
    unit_after=_UNIT_AFTER,
    named_before=_NAMED_BEFORE,
    month_after=_MONTH_AFTER,
    age_before=_AGE_BEFORE,
    people_after=_PEOPLE_AFTER,
    ordinal_before=_ORDINAL_BEFORE,
    oclock_before=_OCLOCK_BEFORE,
)
