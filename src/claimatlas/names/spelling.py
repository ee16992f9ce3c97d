"""One theory of how Arabic place names become Latin ones, and back.

A name is read into *sounds*: a string with one character per phoneme, in which every habit of
spelling that carries no sound of its own has been undone. Arabic script gives the consonants and the
long vowels; Latin script gives consonants, some of them ambiguous, and vowels of uncertain length.
`sounds.align` compares two such strings with the costs that the habits suggest: q for k is cheap, b for m is
not. A *skeleton* keeps only the consonants, by class, and serves as the key of the index.

What is undone when a name is read (docs/places.md has the table): articles and sun letters
(al-Shaafa, Ash Shaafa, Elshaafa), ʿayn and hamza however marked, doubled letters, ta marbuta
(-a, -ah, -eh, -at), digraphs (kh, gh, sh, th, dh), the French (ou, ch, dj), Turkish (ş, ç, ğ, c) and
Kurdish (x, ê, î, û) alphabets. Words such as "Upper", "Big" or "Eastern" and their Arabic
counterparts are set aside as qualifiers; "village", "city" or قرية as kinds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import msgspec
from rapidfuzz.distance import OSA

from claimatlas.names.keys import arabic_words, fold_arabic, is_arabic, latin_words, without_article
from claimatlas.names.sounds import align, skeleton

# ---------------------------------------------------------------------------------------------
# Sounds: one character per phoneme, of the alphabet that `sounds` lists
# ---------------------------------------------------------------------------------------------

_ARABIC_SOUNDS = {
    "ا": "A", "ب": "b", "ت": "t", "ث": "T", "ج": "j", "ح": "h", "خ": "x", "د": "d", "ذ": "D", "ر": "r", "ز": "z",
    "س": "s", "ش": "S", "ص": "C", "ض": "1", "ط": "V", "ظ": "2", "ع": "E", "غ": "G", "ف": "f", "ق": "q", "ك": "k",
    "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "w", "ي": "y",
}  # fmt: skip
_DIGRAPHS = [(re.compile(pattern), repl) for pattern, repl in (
    (r"^z(?=[aeiou]?gh[aei]+r)", "s"), (r"sch|sh", "S"), (r"tch", "c"), (r"ch", "S"), (r"kh", "x"), (r"gh", "G"),
    (r"th", "T"), (r"dh", "D"),
    (r"dj", "j"), (r"ph", "f"), (r"ck", "k"), (r"p", "b"), (r"ou|oo", "u"), (r"aa+", "a7"),
    (r"(?:ay|ai|ey|ei)(?=[^aeiouy])", "ei"), (r"(?:aw|au|ow)(?=[^aeiouwy])", "o"), (r"ee|ie", "i"),
    (r"([^\d])\1+", r"\1"), (r"(?<=[aeiou])h$", ""), (r"yi|iy(?=[^aeou]|$)", "i"), (r"nb", "mb"),
)]  # fmt: skip
# Articles grown together with the word: "Elsus", "Ezzor", "Essafa".
_GLUED_SUN = re.compile(r"^[ae]((?:ss|dd|nn|rr|zz|tt)(?=[aeiouyh])|shsh)")
_GLUED_EL = re.compile(r"^el(?=[bcdfghjkmnpqrstvwxyz][a-z]{2,})")
# "Alwan" is a name, "Alsousa" an article and a name: both readings are kept.
_GLUED_DOUBTFUL = re.compile(
    r"^(?:al(?=[^aeiou][a-z]{2,})|el(?=[aeiou][a-z]{2,}))|(?<=^ab[uoi])l$|(?<=^abou)l$|(?<=^abd)[aeu]l$"
)

# Words that part namesakes, in every spelling: "Upper" and fawqani, "Big" and kabir, "Eastern" and sharqi …
_QUALIFIER_PATTERNS = {
    "U": r"upper|fa?[uow]*[qk]h?an[iey]+[ahe]*|f(?:aw|ou|o|u|ow|au)[qk]+[ahe]*",
    "L": r"lower|t[aeio]ht[aei]n[iey]+[ahe]*|t[aeio]ht[ae]h?",
    "B": r"big|great(?:er)?|large|k[aei]?b[ei]+r[ae]*h?|k[ou]+br[ae]h?",
    "K": r"small|little|lesser|minor|[sz][aeiou]?gh?[aei]+r[ae]*h?|s[ou]+gh?r[ae]h?",
    "E": r"east(?:ern?)?|(?:sh|ch|s)[ae]r[qgk]+[iey]+[ahe]*",
    "W": r"west(?:ern)?|gh?[ae]rb[iey]+[ahe]*",
    "N": r"north(?:e?rn)?|(?:sh|ch)[aeio]?m[ae]+l[iey]+[ahe]*",
    "S": r"south(?:ern)?|(?:j|dj)[aei]?n[ou]+b[iey]+[ahe]*|[qk][ieau]bl[iey]+[ahe]*",
    "M": r"middle|central|w[aeouis]+t[ae]n[iey]+[ahe]*|w[ou]st[ae]h?|awsat",
    "R": r"shamiy?[ae]h?|shamiyy?eh",
    "J": r"jaz[ie]+r[ae]h?|jaz[ie]+ri",
    "c": r"balad",
    "n": r"new|j[ae]?d[ei]+d[aeh]*",
    "o": r"old|[qk][ae]d[ei]+m[aeh]*|[ae]*t[ei]+[qk][aeh]*",
}
_QUALIFIER = re.compile("|".join(f"(?P<{letter}>{pattern})" for letter, pattern in _QUALIFIER_PATTERNS.items()))


@lru_cache(maxsize=65536)
def _latin_qualifier(word: str) -> str | None:
    """The letter of a folded Latin word that qualifies a name, or None."""
    word = _GLUED_EL.sub("", word)
    match = _QUALIFIER.fullmatch(word)
    return None if match is None else match.lastgroup


def _read_table(text: str) -> dict[str, str]:
    """What each word says, from lines of "meaning: words" that may go on in further lines; the meaning "-" is none."""
    table: dict[str, str] = {}
    meaning = ""
    for word in text.split():
        if word.endswith(":"):
            meaning = word[:-1].replace("-", "")
        else:
            table[word] = meaning
    return table


_ARABIC_QUALIFIERS = _read_table("""
    U: فوقاني فوقانيه فوقا فوقه
    L: تحتاني تحتانيه تحتا
    B: كبير كبيره كبري
    K: صغير صغيره صغري
    E: شرقي شرقيه
    W: غربي غربيه
    N: شمالي شماليه
    S: جنوبي جنوبيه قبلي قبليه
    M: وسطاني وسطانيه وسطي اوسط
    R: شاميه
    J: جزيره جزيري
    c: بلد مدينه
    s: ضاحيه
    n: جديد جديده
    o: قديم قديمه عتيق عتيقه
    """)

# Words that say what kind of place it is. "-" are words that add nothing.
LATIN_KINDS = _read_table("""
    -: village villages town towns city area areas region locality suburb suburbs municipality refugee refugees
        idp idps displaced military general national elementary primary secondary preparatory main grand the of
        for and syria syrian near front frontline axis qaryat qariyat qaryet qaryah qarya madinat madinet baldat
        mantiqat mintaqat mantaqat
        mantiqah mantiqa vicinity
    camp: camp camps mukhayyam mukhayam mokhayam mkhayam
    airbase: airbase airport airfield airstrip matar
    dam: dam sadd
    bridge: bridge bridges jisr jisir jesr jiser jisser jisreh
    crossing: crossing crossings maabar mabar maaber
    hospital: hospital hospitals clinic clinics mashfa mustashfa medical
    school: school schools madrasa madrasat madraset institute
    mosque: mosque mosques moque masjid jami jamia jame jamea
    church: church kanisa
    market: market markets souq souk suq sooq
    square: roundabout square dawar duwar dawwar duwwar saha sahat sahet junction intersection crossroads crossroad
    street: street streets sharia shari avenue alley
    road: road highway motorway tariq tareeq
    neighbourhood: neighborhood neighbourhood neighborhoods neighbourhoods neighborhod quarter hay hayy hai
        district districts hara harat haret masaken masakin
    checkpoint: checkpoint barrier hajez hajiz
    oil_field: field fields haql hakl oil oilfield gas
    factory: factory plant mill mills maamal silo silos warehouse warehouses depot depots refinery
    building: complex directorate office offices stadium association station police bank headquarter parliament
        courthouse garage cemetery graveyard hotel mall museum jamiat jamiet jamiyat jamiyet jameyt jamiyah jameyat
    prison: prison sijn
    farm: farm farms mazraat mazraa mazra mazrat mazraet mazraah mazari mazare
    university: university
    mountain: mountain mountains mount mt hill hills hilltop jabal jebel jabel jebal djebel gebel jbel
    castle: castle citadel fortress qalat qalaat kalat kalaat qala qalaa
    bakery: bakery oven furn forn
    park: park garden gardens hadiqa hadika hadiqat
    island: island jazirat hawija
    base: base barracks headquarters brigade regiment battalion
    subdistrict: subdistrict nahiyat nahiya nahiyah nahia nahiyeh
    governorate: province governorate muhafazat mukhafazat
    countryside: countryside reef rif
    desert: desert badia badiya badiyat badiyah
    valley: valley wadi
    river: river nahr
    station: mahattat
    lake: lake buhayrat
    """)
# Of these, the Arabic words in Latin letters say a kind only in front of a name ("Jabal Shaer").
_ARABIC_WORDS_FOR_KINDS = frozenset(
    _read_table("""
    -: badia badiya badiyah badiyat baldat buhayrat dawar dawwar djebel duwar duwwar forn furn gebel hadika hadiqa
        hadiqat hai hajez hajiz hakl haql hara harat haret hawija hay hayy jabal jabel jame jamea jameyat jameyt
        jami jamia jamiat jamiet jamiyah jamiyat jamiyet jazirat jbel jebal jebel jesr jiser jisir jisr jisreh
        jisser kalaat kalat kanisa maabar maaber maamal mabar madinat madinet madrasa madrasat madraset mahattat
        masaken masakin mashfa masjid matar mazare mazari mazra mazraa mazraah mazraat mazraet mazrat mkhayam
        mokhayam muhafazat mukhafazat mukhayam mukhayyam mustashfa nahr qala qalaa qalaat qalat qariyat qarya qaryah
        qaryat qaryet reef rif sadd saha sahat sahet shari sharia sijn sooq souk souq suq tareeq tariq wadi
    """)
)
ARABIC_KINDS = _read_table("""
    -: قريه قري بلده مدينه منطقه مناطق بلدات قريتي قريتا بلدتي بلدتا مدينتي مدينتا منطقتي منطقتا
        اطراف محيط محور محاور جبهه جبهات سما اجوا دواجن ابقار مياه ضخ وقود محروقات
        قرب بالقرب من في النازحين للنازحين نازحين لاجئين للاجئين
    subdistrict: ناحيه
    governorate: محافظه
    camp: مخيم مخيمات
    airbase: مطار
    dam: سد
    bridge: جسر
    crossing: معبر
    hospital: مشفي مستشفي مشافي نقطه مستوصف عياده عيادات
    school: مدرسه مدارس معهد ثانويه اعداديه ابتداييه
    mosque: جامع مسجد
    church: كنيسه
    market: سوق اسواق
    square: دوار ساحه تقاطع مفرق
    street: شارع
    road: طريق اوتستراد اوتوستراد
    neighbourhood: حي حيي حيا احياء حاره مساكن
    checkpoint: حاجز
    oil_field: حقل حقول
    factory: معمل مصنع معصره مطحنه محلج مصفاه صومعه صوامع مستودع مستودعات
    building: مجمع مركز مديريه ملعب مبني بناء جمعيه بنك مخفر منظومه مكتب شرطه مقر دائره فرع
        جميعه كراج كراجات كازيه مقبره فندق متحف مجلس نادي مول
    prison: سجن
    farm: مزرعه مزارع مدجنه مداجن حرش احراش
    university: جامعه
    mountain: جبل جبال تله تلال
    castle: قلعه
    bakery: فرن مخبز
    park: حديقه
    island: جزيره
    base: قاعده لواء فوج كتيبه ثكنه معسكر
    countryside: ريف
    desert: باديه صحراء
    valley: وادي
    river: نهر
    station: محطه
    lake: بحيره
    """)
# What stands behind a name whose kind stands in front ("حقل العمر النفطي") only tells the kind again.
_ARABIC_ADJECTIVES_OF_KINDS = frozenset(
    _read_table("""
    -: الدمشقي الحلبي الحمصي الشعبي العام الرئيسي النفطي النفطيه للنفط الغازي للغاز الدولي العسكري الزراعي الوطني
        الجامعي المركزي الجراحي الميداني التخصصي الحدودي الحدوديه النهري للنازحين النازحين للاجيين
        اللاجيين الابتداييه الاعداديه الثانويه
    """)
)
# "Jadid Bakkara" begins with its name: there "new" and "old" are letters like any other.
_QUALIFIERS_NOT_FIRST = frozenset("noMKRJcs")


class Reading(msgspec.Struct, frozen=True, gc=False):
    """A name as the matcher sees it.

    Attributes:
        sounds: Its phonemes, words joined, qualifiers left out.
        skeleton: Its consonants by class: the key of the index.
        qualifiers: Letters for what was set aside, sorted: `U` upper, `L` lower, `B` big, `K` small, `N E S W M`
            directions, `R J` right and left bank of the Euphrates (Shamiyah, Jazirah), `c s` a town proper (al-Balad)
            and its suburb (الضاحية), `n` new, `o` old, `p` a part of a longer name, others for a word in front ("Tal").
        kind: The kind of place a word of the name says it is ("camp", "hospital"), or an empty string.
        arabic: Whether it was read from Arabic script.
    """

    sounds: str
    skeleton: str
    qualifiers: str
    kind: str
    arabic: bool


@lru_cache(maxsize=65536)
def read_name(name: str) -> tuple[Reading, ...]:
    """The readings of a name, the likeliest first; empty when nothing pronounceable is in it.

    A name with a word that may or may not begin with a grown-together article ("Alwan") has two.
    """
    if is_arabic(name):
        return _read_arabic(name)
    return _read_latin(name)


# Words in front of a name that one source writes and another leaves out: "Tal Mardikh", "Mardikh". A second reading
# treats them as qualifiers.
_LATIN_PREFIXES = _read_table("""
    t: tal tel tell tall til tull telle taal
    x: khirbet khirbat khirbit kherbet kherbat khirba khirbah kherbit kharbet kharbat kharba xirbe xirbet kherbt
    j: jubb jub jeb jib jab joub jebb
    i: bir beer bi'r bier
    r: rasm rasim resm rasem
    h: sheikh shaykh shekh cheikh shikh sheik shaikh seykh
    w: hawi hawij hawijat hwijet
    z: zor zawr zur
    g: haj hajj hadj
    v: wadi
    """)
_ARABIC_PREFIXES = _read_table("""
    t: تل
    x: خربه خربت
    j: جب
    i: بير
    r: رسم
    h: شيخ
    w: حاوي
    z: زور
    g: حج حاج
    """)


def _without_prefix(words: list[str], qualifiers: str, table: dict[str, str]) -> tuple[list[str], str] | None:
    if len(words) < 2 or words[0] not in table or len("".join(words[1:])) < 4:
        return None
    return words[1:], "".join(sorted({*qualifiers, table[words[0]]}))


def _parts(words: list[str], qualifiers: str) -> list[tuple[list[str], str]]:
    """A long name without its first or its last word ("Um Adae Ajami"), which reports often leave out."""
    if len(words) < 3:
        return []
    more = "".join(sorted({*qualifiers, "p"}))
    return [(part, more) for part in (words[:-1], words[1:]) if len("".join(part)) >= 5]


def read_known_name(name: str) -> tuple[Reading, ...]:
    """The readings under which a name of the gazetteer is found: those of `read_name`, and its last word alone.

    Reports in Arabic often leave out what stands in front ("مطب البوراشد", "البوراشد").
    """
    readings = read_name(name)
    words = arabic_words(name) if is_arabic(name) else []
    if len(words) != 2 or not words[1].startswith("ال") or len(words[1]) < MIN_LAST_WORD or words[0] in ARABIC_KINDS:
        return readings
    return (
        *readings,
        *(
            msgspec.structs.replace(reading, qualifiers="p")
            for reading in read_name(words[1])[:1]
            if not reading.qualifiers
        ),
    )


# A shorter word with its article is common to too many names.
MIN_LAST_WORD = 8


def _read_arabic(name: str) -> tuple[Reading, ...]:
    # A word with the article is a name: "أم القرى" is no cluster of villages.
    kept, kind = _set_kind_aside(_apart(arabic_words(name)), ARABIC_KINDS, leading=True)
    while kind and len(kept) > 1 and kept[-1] in _ARABIC_ADJECTIVES_OF_KINDS:
        kept = kept[:-1]
    kept = [without_article(word) for word in kept]
    kept, qualifiers = _set_aside(kept, _ARABIC_QUALIFIERS.get)
    sounds = [arabic_sounds(word) for word in kept]
    if not any(sounds):
        return ()
    readings = [_reading(sounds, qualifiers, kind, arabic=True)]
    bare = _without_prefix(kept, qualifiers, _ARABIC_PREFIXES)
    parts = _parts(kept, qualifiers) if bare is None else [bare]
    readings += [_reading([arabic_sounds(word) for word in part], more, kind, arabic=True) for part, more in parts]
    return tuple(readings)


# Two words written as one: "النعمانالحامدية", "ابوالظهور".
_ARTICLE_INSIDE = re.compile(r"^(ال.{3,}?|(?!ال).{3,}?)(ال.{3,})$")


def _apart(words: list[str]) -> list[str]:
    return [part for word in words for part in _ARTICLE_INSIDE.sub(r"\1 \2", word).split()]


def _read_latin(name: str) -> tuple[Reading, ...]:
    words, kind = _set_kind_aside(latin_words(name), LATIN_KINDS, leading=_ARABIC_WORDS_FOR_KINDS)
    kept, qualifiers = _set_aside(words, _latin_qualifier)
    if not kept:
        return ()
    readings = [_reading([latin_sounds(word) for word in kept], qualifiers, kind, arabic=False)]
    stripped = [_GLUED_DOUBTFUL.sub("", word) for word in kept]
    if stripped != kept:
        readings.append(_reading([latin_sounds(word) for word in stripped], qualifiers, kind, arabic=False))
    bare = _without_prefix(kept, qualifiers, _LATIN_PREFIXES)
    parts = _parts(kept, qualifiers) if bare is None else [bare]
    readings += [_reading([latin_sounds(word) for word in part], more, kind, arabic=False) for part, more in parts]
    return tuple(readings)


def _set_kind_aside(
    words: list[str], table: dict[str, str], *, leading: bool | frozenset[str]
) -> tuple[list[str], str]:
    """(the other words, the kind). Arabic puts such words first ("Jabal X"), English mostly last ("X camp").

    Args:
        words: Folded words, articles left out.
        table: The kind that each word says.
        leading: Which words say a kind only in front of the name: True for all.
    """
    kept: list[str] = []
    kinds: list[str] = []
    for word in words:
        in_front_only = leading if isinstance(leading, bool) else word in leading
        if word not in table or (kept and in_front_only):
            kept.append(word)
        elif table[word]:
            kinds.append(table[word])
    return (kept, kinds[0] if kinds else "") if kept else (words, "")


def _set_aside(words: list[str], letter_of: Callable[[str], str | None]) -> tuple[list[str], str]:
    kept = []
    qualifiers = set()
    for i, word in enumerate(words):
        letter = letter_of(word)
        if letter is None or (i == 0 and letter in _QUALIFIERS_NOT_FIRST and word not in _ENGLISH_QUALIFIERS):
            kept.append(word)
        else:
            qualifiers.add(letter)
    # "Al-Sharqiya" alone is a name.
    return (kept, "".join(sorted(qualifiers))) if kept else (words, "")


def only_qualifies(name: str) -> bool:
    """Whether a name holds nothing but words that part namesakes: "Eastern", "al-Fawqani", "الشرقي"."""
    if is_arabic(name):
        return all(word.removeprefix("ال") in _ARABIC_QUALIFIERS for word in arabic_words(name))
    return all(_latin_qualifier(word) is not None for word in latin_words(name))


def without_generic(name: str) -> str:
    """An Arabic name without the words in front that say no more than "village of", "town of", "area of"."""
    if not is_arabic(name):
        return name
    words = name.split()
    while len(words) > 1 and ARABIC_KINDS.get(fold_arabic(words[0])) == "":
        words = words[1:]
    return " ".join(words)


def is_generic(name: str) -> bool:
    """Whether words only say what kind of thing it is ("refugee camp", "المشفى الوطني"), not what it is called."""
    if not is_arabic(name):
        return all(word in LATIN_KINDS or word in _GENERIC for word in latin_words(name))
    words = arabic_words(name)
    while len(words) > 1 and (words[-1] in _ARABIC_ADJECTIVES_OF_KINDS or words[-1] in _SAID_OF_EVERY_KIND):
        words = words[:-1]
    return all(without_article(word) in ARABIC_KINDS for word in words)


def kind_without_name(name: str) -> str:
    """The kind of a thing of which several words say no more than that ("المشفى الوطني"), or an empty string."""
    arabic = is_arabic(name)
    words = arabic_words(name) if arabic else latin_words(name)
    if len(words) >= 2 and not _OFFICES.isdisjoint(words):
        return "building"
    if len(words) < 2 or not is_generic(name):
        return ""
    table = ARABIC_KINDS if arabic else LATIN_KINDS
    return next((table[bare] for bare in map(without_article, words) if table.get(bare)), "")


# What stands beside these is what they are for ("مديرية الكهرباء"); each governorate has one of each, in its capital.
_OFFICES = frozenset({"مديريه", "directorate"})
_SAID_OF_EVERY_KIND = frozenset({"الكبير", "الحكومي", "العدلي", "الثقافي", "القديم", "الجديد"})


_GENERIC = frozenset({
    "a", "an", "bank", "banks", "site", "sites", "place", "house", "houses", "home", "warehouse", "building",
    "buildings", "center", "centre", "line", "poultry", "ice",
})  # fmt: skip


def bare_name(name: str) -> str:
    """A name without the words that say no more than "village of", "town of" or "quarter"."""
    words = name.split()
    if is_arabic(name):
        while len(words) > 1 and ARABIC_KINDS.get(fold_arabic(words[0])) in _KINDS_LEFT_OUT:
            words = words[1:]
        return " ".join(words)
    while len(words) > 1 and _is_left_out(words[-1].lower()):
        words = words[:-1]
    while len(words) > 2 and words[0].lower() in _SETTLEMENTS and words[1].lower() == "of":
        words = words[2:]
    return " ".join(words)


def _is_left_out(word: str) -> bool:
    return word in _SETTLEMENTS or LATIN_KINDS.get(word) == "neighbourhood"


_KINDS_LEFT_OUT = ("", "neighbourhood")
_SETTLEMENTS = frozenset({"village", "villages", "town", "towns", "city", "cities", "area"})


_TWICE = re.compile(r"(.{4,}?)\s*\1")
_GLUED_KIND = re.compile(rf"({'|'.join(sorted(ARABIC_KINDS, key=len, reverse=True))})(ال.{{3,}})")
# Shorter words are one letter away from too many others.
_MIN_KIND_WITH_SLIP = 4


def without_slips(name: str) -> list[str]:
    """What a name may have been meant to be, if it is nothing as it stands.

    It was written twice, its two words stand in the wrong order, the blank behind the word for its kind was left out,
    that word has a wrong letter, or the hill stands for the village on it.
    """
    twice = _TWICE.fullmatch(name.strip())
    if twice is not None:
        return [twice.group(1)]
    words = name.split()
    meant = [f"{words[1]} {words[0]}"] if len(words) == 2 else []
    if not words or not is_arabic(name):
        return meant
    first, rest = fold_arabic(words[0]), " ".join(words[1:])
    glued = _GLUED_KIND.fullmatch(first)
    if glued is not None:
        meant.append(f"{glued.group(1)} {glued.group(2)} {rest}".strip())
    if rest and first == _HILL:
        meant.append(f"تل {rest}")
    if rest and first not in ARABIC_KINDS:
        meant += [f"{kind} {rest}" for kind in _kinds_like(first)]
    return meant


# Letters that differ by their dots alone (inside a word), and those that one sound of English or of a dialect may be.
_TAKEN_FOR_ANOTHER = ("بتثني", "جحخ", "دذ", "رز", "سش", "صض", "طظ", "عغ", "فق", "قكغج", "سص", "تط", "دض", "ذظز", "هحا")
_OTHER_LETTERS = {
    letter: sorted({other for group in _TAKEN_FOR_ANOTHER if letter in group for other in group} - {letter})
    for letter in "".join(_TAKEN_FOR_ANOTHER)
}
# Of shorter names too many are one letter away from one another.
_MIN_LETTERS_WITH_SLIP = 5


def keys_with_another_letter(key: str) -> list[str]:
    """An Arabic text key with each letter in turn as one it is taken for, or changed with the next."""
    if len(key) < _MIN_LETTERS_WITH_SLIP:
        return []
    taken = [key[:i] + other + key[i + 1 :] for i, letter in enumerate(key) for other in _OTHER_LETTERS.get(letter, ())]
    misplaced = [key[:i] + key[i + 1] + key[i] + key[i + 2 :] for i in range(1, len(key) - 1) if key[i] != key[i + 1]]
    return taken + misplaced


def _kinds_like(word: str) -> list[str]:
    """The words for kinds that a folded Arabic word may be with one letter wrong, missing, too many or misplaced."""
    article = "ال" if word.startswith("ال") else ""
    bare = word.removeprefix(article)
    return [
        article + kind
        for kind in ARABIC_KINDS
        if len(kind) >= _MIN_KIND_WITH_SLIP and OSA.distance(bare, kind, score_cutoff=1) == 1
    ]


# "تلة" is the hill after which the village "تل …" is called.
_HILL = "تله"

_ENGLISH_QUALIFIERS = frozenset(["new", "old", "middle", "central", "small", "little", "lesser", "minor"])


def _reading(sounds: list[str], qualifiers: str, kind: str, *, arabic: bool) -> Reading:
    if not arabic:
        sounds = [*map(_construct, sounds[:-1]), sounds[-1]]
    return Reading("".join(sounds), "".join(map(skeleton, sounds)), qualifiers, kind, arabic)


def _construct(sounds: str) -> str:
    """The -t at the end of any word but the last ("Khirbet") is a ta marbuta, after two root letters a -t ("Beit")."""
    if len(sounds) < 5 or _CONSTRUCT_T.search(sounds) is None or len(skeleton(sounds)) < 3:
        return sounds
    return sounds[:-2] + "3"


@dataclass(frozen=True, slots=True)
class WordPart:
    """What one Latin word adds to a name: sounds, or a qualifier, or a kind."""

    sounds: str = ""
    skeleton: str = ""
    qualifier: str = ""
    kind: str = ""


@lru_cache(maxsize=65536)
def word_part(word: str) -> WordPart:
    """What a folded Latin word adds to a name when other words are beside it."""
    if word in LATIN_KINDS:
        return WordPart(kind=LATIN_KINDS[word])
    letter = _latin_qualifier(word)
    if letter is not None:
        return WordPart(qualifier=letter)
    sounds = latin_sounds(word)
    return WordPart(sounds, skeleton(sounds))


@lru_cache(maxsize=65536)
def arabic_sounds(word: str) -> str:
    """The phonemes of a folded Arabic word: consonants and long vowels."""
    if word.isdigit():
        return word
    if word.startswith("زغير"):  # how صغير ("small") is spoken, and often written
        word = "ص" + word[1:]
    # Before b an n is spoken m, and many write it so: "شنبل", "شمبل".
    sounds = "".join(_ARABIC_SOUNDS.get(char, "") for char in word).replace("nb", "Mb")
    # Ta marbuta and a final h are written for one another; after folding they are the same letter.
    if word.startswith("ا"):
        sounds = "5" + sounds[1:]
    if sounds.endswith("hh"):
        sounds = sounds[:-1]
    if len(sounds) > 2 and sounds[-1] == "h":
        return sounds[:-1] + ("3" if word.endswith("ه") else "4")
    return sounds


@lru_cache(maxsize=65536)
def latin_sounds(word: str) -> str:
    """The phonemes of a folded Latin word."""
    if word.isdigit():
        return word
    word = _GLUED_EL.sub("", word) if len(word) >= 5 else word
    word = _GLUED_SUN.sub(lambda match: match.group(1), word) if len(word) >= 5 else word
    for pattern, repl in _DIGRAPHS:
        word = pattern.sub(repl, word)
    return word


_CONSTRUCT_T = re.compile(r"[aei]t$")


def differ(reading: Reading, other: Reading) -> float:
    """How unlikely two readings are to be one name: 0 for usual spellings, about 3 for each letter unexplained."""
    return align(reading.sounds, reading.arabic, other.sounds, other.arabic)
