"""The letters and words of place names, and the keys under which names are found in running text.

A key is near-exact: it undoes only what every reader overlooks, so that no other word is taken for a name.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# ---------------------------------------------------------------------------------------------
# Letters
# ---------------------------------------------------------------------------------------------

_APOSTROPHES = "'’‘`´ʿʾʼʻˈ′‛ʹ"
_TASHKEEL = "".join(chr(c) for c in (*range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0670, 0x0640))
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u00ad"
_ARABIC_LETTER_FORMS = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ة": "ه", "ى": "ي", "ؤ": "و", "ئ": "ي", "ی": "ي", "ې": "ي", "ک": "ك",
    "ڪ": "ك", "گ": "ك", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۀ": "ه", "پ": "ب", "چ": "ج", "ژ": "ز", "ڤ": "ف", "ڨ": "ق",
}  # fmt: skip
_ARABIC_DIGITS = dict(zip("٠١٢٣٤٥٦٧٨٩", "0123456789", strict=True))
_ARABIC_FOLD = str.maketrans(
    {**dict.fromkeys(_TASHKEEL + _INVISIBLE, None), **_ARABIC_LETTER_FORMS, **_ARABIC_DIGITS, "ء": None}
)
_LATIN_SPECIAL = {
    "ı": "i", "İ": "i", "ğ": "gh", "Ğ": "gh", "ş": "sh", "Ş": "sh", "ç": "ch", "Ç": "ch", "š": "sh", "Š": "sh",
    "ḫ": "kh", "Ḫ": "kh", "ẖ": "kh", "ḵ": "kh", "ġ": "gh", "Ġ": "gh", "ḏ": "dh", "Ḏ": "dh", "ṯ": "th", "Ṯ":
    "th", "ǧ": "j", "Ǧ": "j", "ž": "j", "č": "ch", "ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ":
    "oe", "ə": "e",
}  # fmt: skip
_LATIN_FOLD = str.maketrans({**_LATIN_SPECIAL, **dict.fromkeys(_APOSTROPHES + _INVISIBLE, None)})


_ARABIC_CHARACTER = re.compile(r"[\u0600-\u06ff\ufb50-\ufefc]")
_LATIN_CHARACTER = re.compile(r"[A-Za-z\u00aa-\u024f]")


def is_arabic(text: str) -> bool:
    """Whether a text is written mostly in Arabic script."""
    if text.isascii():
        return False
    arabic = len(_ARABIC_CHARACTER.findall(text))
    latin = len(_LATIN_CHARACTER.findall(text))
    return arabic > latin


def fold_arabic(text: str) -> str:
    """Arabic text without vowel signs, tatweel and marks, with one form for each letter."""
    if any("\ufb50" <= char <= "\ufefc" for char in text):
        text = unicodedata.normalize("NFKC", text)
    return text.translate(_ARABIC_FOLD)


def fold_latin(text: str) -> str:
    """Latin text in small letters, without accents and apostrophes; Turkish letters become digraphs."""
    text = text.translate(_LATIN_FOLD)
    if not text.isascii():
        text = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return text.lower()


# ---------------------------------------------------------------------------------------------
# Words
# ---------------------------------------------------------------------------------------------

ARTICLES = frozenset({
    "al", "el", "ul", "il", "l", "as", "ash", "es", "esh", "is", "ish", "us", "ush", "at", "et", "ut", "ath", "ad",
    "ed", "ud", "adh", "edh", "an", "en", "un", "ar", "er", "ur", "az", "ez", "uz", "all",
})  # fmt: skip
# Assimilated articles: the consonant must be repeated by the next word ("ash-Sham", not "as Bab").
_SUN = {
    **dict.fromkeys(("as", "es", "is", "us", "ash", "esh", "ish", "ush"), "s"),
    **dict.fromkeys(("at", "et", "ut", "ath"), "t"),
    **dict.fromkeys(("ad", "ed", "ud", "adh", "edh"), "d"),
    **dict.fromkeys(("an", "en", "un"), "n"),
    **dict.fromkeys(("ar", "er", "ur"), "r"),
    **dict.fromkeys(("az", "ez", "uz"), "z"),
}


def is_article(word: str, following: str | None) -> bool:
    """Whether a folded Latin word is the Arabic article in front of the following word."""
    if word not in ARTICLES or not following:
        return False
    return word not in _SUN or following.startswith(_SUN[word])


_LATIN_WORD = re.compile(r"[^\W\d_]+|\d+")


@lru_cache(maxsize=65536)
def _latin_words(text: str) -> tuple[str, ...]:
    words = _LATIN_WORD.findall(fold_latin(text))
    return tuple(w for w, following in zip(words, [*words[1:], ""], strict=False) if not is_article(w, following))


def latin_words(text: str) -> list[str]:
    """The folded words of a Latin name, articles left out."""
    return list(_latin_words(text))


_ARABIC_WORD = re.compile(r"[\u0621-\u064a\u066e-\u06d3]+|\d+")


# A ta marbuta ends its word, also where the blank behind it was forgotten: "معرةالنعمان".
_AFTER_TA_MARBUTA = re.compile(r"(?<=\u0629)(?=[\u0621-\u0628\u062a-\u064a])")


def arabic_words(text: str) -> list[str]:
    """The folded words of an Arabic name, with their articles."""
    return _ARABIC_WORD.findall(fold_arabic(_AFTER_TA_MARBUTA.sub(" ", text)))


def without_article(word: str) -> str:
    """An Arabic word without ال, if enough of it remains."""
    return word[2:] if word.startswith("ال") and len(word) >= 4 else word


# ---------------------------------------------------------------------------------------------
# Keys for names in running text: near-exact, so that no other word is taken for a name
# ---------------------------------------------------------------------------------------------

_LIGHT = [(re.compile(pattern), repl) for pattern, repl in (
    (r"ou|oo|o", "u"), (r"ee|ei|ey|ai|ay|e|y(?![aiu])", "i"), (r"(.)\1+", r"\1"), (r"(?:ah|ih|h)$", "a"),
    (r"aa+$", "a"), (r"i$", "i"),
)]  # fmt: skip


@lru_cache(maxsize=65536)
def light_key(word: str) -> str:
    """A folded Latin word without the differences every reader overlooks: ou/u, ei/ay, doubled letters, -ah."""
    if word.isdigit():
        return word
    key = word
    for pattern, repl in _LIGHT:
        key = pattern.sub(repl, key)
    return key[:-1] + "a" if len(key) > 3 and key.endswith("i") and word.endswith("e") else key


@lru_cache(maxsize=16_384)
def text_key(name: str) -> str:
    """The key under which a name is found in running text: its words' light keys, joined.

    Example: `text_key("Al-Sha'afa") == text_key("Shaafah")`.
    """
    if is_arabic(name):
        words = arabic_words(name)
        return "".join(words[:1] + [without_article(word) for word in words[1:]])
    return "".join(light_key(word) for word in latin_words(name))


# Words and persons' names that are also names of places: found in a text, they mean a place only if something beside
# them says so. Kept as the words people write; compared by their keys.
_COMMON_ENGLISH = """
    may march nine salam peace will mine mark man men many most more him her his he me we us our who what when
    where why how this that these those there here then than them they their said has had have hand al an in on at
    to as is it if or so no not now one two ten six son sun see sea say says day days week year years also after
    all any and are area base camp car cars city civilians coalition crossing dead down east west north south
    eastern western northern southern central field fire first five four front gas general group home house israel
    iran iraq turkey russia lebanon jordan late last local long main major media military mission monday tuesday
    wednesday thursday friday saturday sunday january february april june july august september october november
    december new news night note oil old people photo police post president press red report reports rest road
    royal russian security seven since sources state states strike strikes syria syrian syrians team the three
    time times today twitter under unit units university video view village war white women world wounded
    yesterday both but by did do each even every few for from get good great guard half ali ahmad ahmed mohammed
    mohamed muhammad mohammad mahmoud mahmud hassan hasan hussein hussain husein hussien ibrahim ismail khalil
    khaled khalid omar umar othman osman mustafa yusuf youssef yousef abdullah abdallah abd saleh salih salem
    salim salman sultan saeed saad sayed hamad hamed hamdan hamza haidar hadi jaber jamal jamil kamal karim latif
    majid mansour mansur mazen mousa musa nasser nasir qasim qassem rashid sami samir saud suleiman sulaiman tarek
    tariq walid yahya younes yunis zaid zain zakaria zeid abu umm ibn bin assad bashar maher putin trump obama
    erdogan baghdadi daesh isis isil jabhat nusra ahrar faylaq jaysh jaish tahrir sham hezbollah hizbollah kurdish
    arab arabic turkish iranian israeli badr fatah islam jihad nour nur noor shahid sabah sada wali mahdi abbas
    hashem hisham jalal jawad nabil nader rami riad riyad bakr bilal imad iman issa isa mariam maryam fatima zahra
    center centre north-east right left top high low big small open free rights human network office minister
    ministry army force forces air brigade division battalion regiment liwa
    """
_COMMON_ARABIC = """
    من في على الى عن مع هذا هذه ذلك التي الذي كان كانت قد لقد بعد قبل عند حيث كما كل بعض غير بين حتى ثم او اذا لم
    لن لا ما هو هي هم انه انها اليوم امس يوم صباح مساء ليل ليلا فجر قال قالت قتل قتلى جرح جرحى قصف غارة غارات
    طيران طائرات مدني مدنيين شهيد شهداء مدينة قرية بلدة حي ريف محيط منطقة شارع طريق دوار جسر سوق مدرسة مسجد جامع
    مشفى مستشفى السلام سلام النور نور الحرية الشهداء الجيش القوات النظام الثورة الوحدة الامل الفرقان الاسلام
    الدولة الحق الصباح الخير الزهراء الامن المدينة البلدة القرية الحي الريف السوق باب المركز الوسط الغربي الشرقي
    الشمالي الجنوبي الغربية الشرقية الشمالية الجنوبية الكبير الصغير الجديد الجديدة القديم القديمة الاول الثاني
    الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر علي احمد محمد محمود حسن حسين ابراهيم اسماعيل خليل خالد
    عمر عثمان مصطفى يوسف عبدالله عبد صالح سالم سليم سلمان سلطان سعيد سعد السيد حمد حامد حمدان حمزة حيدر هادي جابر
    جمال جميل كمال كريم لطيف ماجد منصور مازن موسى ناصر قاسم رشيد سامي سمير سعود سليمان طارق وليد يحيى يونس زيد زين
    زكريا بشار الاسد ماهر العراق تركيا روسيا ايران اسرائيل الاردن لبنان سوريا عباس هاشم جلال جواد نبيل رامي رياض
    بكر بلال عماد ايمان عيسى مريم فاطمة زهراء مهدي والي شهيدة طفل طفلة اطفال نساء امراة رجل عائلة منزل منازل سيارة
    دراجة عدد عدة وادي تل جبل عام شهر ساعة دقيقة وقت مرة مرات سبع ثلاث اربع خمس ست عشر مئة الف نفط غاز حقل مطار
    قاعدة معسكر حاجز نقطة مقر موقع مواقع الجبهة جبهة لواء فرقة كتيبة حركة احرار الشام
    """


@lru_cache(maxsize=1)
def _common_keys() -> frozenset[str]:
    return frozenset(text_key(word) for word in (_COMMON_ENGLISH + _COMMON_ARABIC).split())


def is_common_word(key: str) -> bool:
    """Whether the key of a name is also that of a common word or a person's name."""
    return key in _common_keys()
