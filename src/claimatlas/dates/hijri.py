"""Days and months of the Islamic calendar (Umm al-Qura), as the Gregorian days they stand for."""

from __future__ import annotations

import re

from claimatlas.dates.grammar import make_mention
from claimatlas.dates.tellings import DateKind, DateMention
from claimatlas.text.forms import alternatives

HIJRI_MONTHS = {
    "محرم": 1, "صفر": 2, "ربيع الاول": 3, "ربيع اول": 3, "ربيع الثاني": 4, "ربيع الاخر": 4, "جمادي الاولي": 5,
    "جمادي الاول": 5, "جمادي الاخره": 6, "جمادي الثانيه": 6, "جمادي الاخر": 6, "رجب": 7, "شعبان": 8, "رمضان": 9,
    "شوال": 10, "ذو القعده": 11, "ذي القعده": 11, "ذو الحجه": 12, "ذي الحجه": 12, "muharram": 1, "safar": 2,
    "rabi al-awwal": 3, "rabi' al-awwal": 3, "rabi i": 3, "rabi al-thani": 4, "rabi' al-thani": 4, "rabi ii": 4,
    "jumada al-awwal": 5, "jumada al-ula": 5, "jumada i": 5, "jumada al-thani": 6, "jumada al-akhira": 6,
    "jumada ii": 6, "rajab": 7, "shaaban": 8, "sha'ban": 8, "ramadan": 9, "shawwal": 10, "dhu al-qadah": 11,
    "dhu al-qi'dah": 11, "dhu al-hijja": 12, "dhu al-hijjah": 12,
}  # fmt: skip
HIJRI = re.compile(
    rf"(?<![\w/])(?P<day>\d{{1,2}})[ ](?:من[ ]"
    rf"|of[ ])?(?:شهر[ ])?(?P<month>{alternatives(HIJRI_MONTHS)})(?!\w)[ ,]{{0,2}}(?:ل?عام[ ]"
    rf"|سنه[ ])?(?P<year>1[34]\d\d)(?!\d)(?:[ ]?(?:هجريه|هجري|ه|للهجره|ah|a\.h\.?|h)(?!\w))?"
    rf"|(?<!\w)(?P<month2>{alternatives(HIJRI_MONTHS)})[ ,]{{0,2}}(?:ل?عام[ ]"
    rf"|سنه[ ])?(?P<year2>1[34]\d\d)(?!\d)(?:[ ]?(?:هجريه|هجري|ه|للهجره|ah|a\.h\.?|h)(?!\w))?"
)


def read_hijri(match: re.Match[str]) -> DateMention | None:
    """A day or month of the Islamic calendar (Umm al-Qura), as the Gregorian days it stands for."""
    from hijridate import Hijri

    month = HIJRI_MONTHS[match["month"] or match["month2"]]
    year = int(match["year"] or match["year2"])
    try:
        told = Hijri(year, month, int(match["day"] or 1))
        day = told.to_gregorian()
    except (ValueError, OverflowError):
        return None  # no such day, or outside the years the calendar's tables cover
    facts = {"year": day.year, "month": day.month, "day": day.day}
    if match["day"] is not None:
        return make_mention(match, DateKind.ABSOLUTE, **facts)
    # A whole month lies in two Gregorian ones: a span from its first day.
    return make_mention(match, DateKind.VAGUE, **facts, back=(0, told.month_length() - 1), unit="span")
