"""The words and patterns by which English texts tell numbers."""

from __future__ import annotations

import re

from claimatlas.numbers.grammar import DIGITS, Core, Grammar, read_digits
from claimatlas.text.forms import alternatives

_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}

# Lower bounds of vague words (codebook, section 4); None is no figure at all.
_VAGUE = {
    "several": 3, "a few": 3, "few": 3, "a handful of": 3, "handful": 3, "dozens": 24, "scores": 40, "tens": 20,
    "hundreds": 200, "thousands": 2000, "tens of thousands": 20_000, "hundreds of thousands": 200_000,
    "several dozen": 24, "a few dozen": 24, "several hundred": 200, "several thousand": 2000, "a few hundred": 200,
    "many": None, "a number of": None, "an unknown number of": None, "an unspecified number of": None,
    "an undisclosed number of": None, "numerous": None, "countless": None, "multiple": None, "various": None,
}  # fmt: skip
_FIXED = {
    "a dozen": 12, "dozen": 12, "half a dozen": 6, "half-a-dozen": 6, "a half dozen": 6, "a half-dozen": 6,
    "a couple of": 2, "a couple": 2, "a pair of": 2, "both": 2,
}  # fmt: skip
_WORD = rf"(?:{alternatives([*_UNITS, *_TENS])})"
_BELOW_10 = alternatives([word for word, value in _UNITS.items() if 0 < value < 10])
_BELOW_100 = rf"(?:(?:{alternatives(_TENS)})[ -](?:{_BELOW_10})(?!\w)|{_WORD})"
_SCALE = rf"(?:{alternatives(_SCALES)})"
_CORE = re.compile(
    rf"(?<![\w.$€£])(?:(?P<vague>(?<!as[ ])(?:{alternatives(_VAGUE)}))(?!\w)"
    rf"|(?P<dozens>(?:{_WORD}|\d+)[ -]dozen)(?!\w)|(?P<fixed>{alternatives(_FIXED)})(?!\w)"
    rf"|(?P<words>(?:(?:(?:an?|one)[ ])?{_SCALE}|{_BELOW_100}(?:[ -]{_SCALE})?)"
    rf"(?:(?<=hundred)(?:[ ]and)?[ -](?:{_BELOW_100}|thousand)|(?<=thousand"
    rf"|.hundred)(?:[ ]and)?[ -]{_BELOW_100}(?:[ ]hundred)?)*(?!\w))"
    rf"|(?P<digits>{DIGITS})(?:[ ](?P<scale>{_SCALE})(?!\w))?|(?P<article>an?(?![ ]family[ ]of)(?=[ ][a-z]"
    rf"|[ ]\d+-year)))"
)
_BEFORE = re.compile(
    r"(?<!\w)(?:(?P<least>at least|no fewer than|no less than|not less than|not fewer than|a minimum of|minimum of"
    r"|minimum)|(?P<more>more than|over|upwards of|in excess of|above|greater than|well over|exceeded|exceeding|exceeds"
    r"|surpassed)"
    r"|(?P<about>nearly|almost|about|around|some|roughly|approximately|an estimated|estimated|close to|circa"
    r"|approx\.?|nearing|a total of|total of|exactly|only|just)"
    r"|(?P<most>(?<!gone )(?<!went )(?<!rose )(?<!risen )up to"
    r"|as many as|as much as|as high as|at most|no more than|not more than|a maximum of|maximum of"
    r"|maximum)"
    r"|(?P<less>less than|fewer than|under|below)"
    r"|(?P<additional>another|a further|an additional|additional|further|(?:the )?other)"
    r"|(?P<all>all|the|these|those|of))[ ]+$"
)
_AFTER = re.compile(
    r"(?P<least>[ ]or more(?: than)?(?!\w)|\+|[ ]at least(?!\w)|[ ]and counting|[ ]at the least)"
    r"|(?P<additional>[ ](?:more|others?|additional|further)(?!\w)(?! than))"
)
_JOIN = re.compile(
    r"(?P<range>[ ]?(?:-|–|—)[ ]?|[ ](?:up )?to[ ]"
    r"(?:(?P<above>(?:well )?(?:over|more than|above)[ ])|(?:about|around|nearly|some)[ ])?"
    r"|[ ]or[ ])|(?P<between>[ ]and[ ])"
)
_SPAN_BEFORE = re.compile(r"(?:(?P<between>between)|(?P<source>from|in the range of|anywhere from))[ ]+$")
_FAMILY_BEFORE = re.compile(r"(?:a|one|another|same|the|his|her|its|whole|entire)?[ ]?\b(?:family|crew) of[ ]+$")

_UNIT_AFTER = re.compile(
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
_NAMED_BEFORE = re.compile(
    r"(?<!\w)(?:resolution|article|brigade|regiment|division|battalion|no\.?|number|page|route|highway|road|unit"
    r"|channel|building|checkpoint|"
    r"chapter|phase|version|kurdistan|france|russia|syria|al-?youm|sweida|suwayda|deir ?ez-?zor|group|block|line"
    r"|point|hill|level|top|astana|geneva|g)[ -]?$"
)
_YEAR_BEFORE = re.compile(
    r"(?:in|since|of|during|early|late|mid|until|by|from|between|year|before|after|end|january|february|march|april"
    r"|may|june|july|august|september|october|november|december|spring|summer|autumn|winter|fall|\d,|\d|[-–/])[ -]*$"
)
_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_MONTH_BEFORE = re.compile(rf"\b{_MONTHS}\.?[ ](?:the )?$")
_MONTH_AFTER = re.compile(rf"(?:st|nd|rd|th)?[ ,-]+(?:of )?{_MONTHS}\b")
_PEOPLE_AFTER = re.compile(
    r"[ ](?:people|civilians?|persons?|children|women|men|fighters|deaths|dead|killed|victims|others|militants"
    r"|soldiers|wounded|injured|casualties|bodies)\b"
)
_AGE_BEFORE = re.compile(  # "aged six and nine", but "aged six, and nine men"
    rf"\b(?:aged?|ages)[ ](?:between[ ]|from[ ])?(?:(?:\d{{1,2}}|{_BELOW_100})(?:,|[ ](?:and|to|or))[ ])*$"
)
_AGE_APART = re.compile(r"[A-Za-z\u00c0-\u024f'-]{2,},[ ]$")
_OPENERS = frozenset(
    re.split(r"[ -]", phrase)[0] for phrase in (*_UNITS, *_TENS, *_SCALES, *_VAGUE, *_FIXED, "a", "an")
)


def _read_core(match: re.Match[str]) -> Core:
    start, end = match.span()
    if match["vague"] is not None:
        return Core(start, end, None, low=_VAGUE[match["vague"]])
    if match["dozens"] is not None:
        count = match["dozens"].replace("-", " ").split()[0]
        return Core(start, end, 12 * (int(count) if count.isdigit() else (_UNITS | _TENS)[count]))
    if match["fixed"] is not None:
        return Core(start, end, _FIXED[match["fixed"]])
    if match["article"] is not None:
        return Core(start, end, 1, article=True)
    if match["digits"] is not None:
        return read_digits(match, _SCALES.get(match["scale"] or "", 1))
    return Core(start, end, _value_of(match["words"]))


def _value_of(words: str) -> int:
    """The value of number words: hundreds and below are gathered, and multiplied at each thousand."""
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


ENGLISH = Grammar(
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
    year_before=_YEAR_BEFORE,
    people_after=_PEOPLE_AFTER,
    family_before=_FAMILY_BEFORE,
    month_before=_MONTH_BEFORE,
    age_apart=_AGE_APART,
)
