"""One theory of how Arabic place names become Latin ones, and back.

A name is read into *sounds*: a string with one character per phoneme, in which every habit of
spelling that carries no sound of its own has been undone. Arabic script gives the consonants and the
long vowels; Latin script gives consonants, some of them ambiguous, and vowels of uncertain length.
`differ` aligns two such strings with the costs that the habits suggest: q for k is cheap, b for m is
not. A *skeleton* keeps only the consonants, by class, and serves as the key of the index.

What is undone when a name is read (docs/places.md has the table): articles and sun letters
(al-Shaafa, Ash Shaafa, Elshaafa), ʿayn and hamza however marked, doubled letters, ta marbuta
(-a, -ah, -eh, -at), digraphs (kh, gh, sh, th, dh), the French (ou, ch, dj), Turkish (ş, ç, ğ, c) and
Kurdish (x, ê, î, û) alphabets. Words such as "Upper", "Big" or "Eastern" and their Arabic
counterparts are set aside as qualifiers; "village", "city" or قرية as kinds.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# ---------------------------------------------------------------------------------------------
# Letters
# ---------------------------------------------------------------------------------------------

_APOSTROPHES = "'’‘`´ʿʾʼʻˈ′‛ʹ"
_TASHKEEL = "".join(chr(c) for c in (*range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0670, 0x0640))
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u00ad"
_ARABIC_LETTER_FORMS = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ة": "ه", "ى": "ي", "ؤ": "و", "ئ": "ي", "ی": "ي", "ې": "ي",
    "ک": "ك", "ڪ": "ك", "گ": "ك", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۀ": "ه", "پ": "ب", "چ": "ج", "ژ": "ز", "ڤ": "ف", "ڨ": "ق",
}  # fmt: skip
_ARABIC_FOLD = str.maketrans(
    {**dict.fromkeys(_TASHKEEL + _INVISIBLE, None), **_ARABIC_LETTER_FORMS, "ء": None}
)
_LATIN_SPECIAL = {"ı": "i", "İ": "i", "ğ": "gh", "Ğ": "gh", "ş": "sh", "Ş": "sh", "ç": "ch", "Ç": "ch", "š": "sh", "Š": "sh",
                  "ḫ": "kh", "Ḫ": "kh", "ẖ": "kh", "ḵ": "kh", "ġ": "gh", "Ġ": "gh", "ḏ": "dh", "Ḏ": "dh", "ṯ": "th", "Ṯ": "th",
                  "ǧ": "j", "Ǧ": "j", "ž": "j", "č": "ch", "ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ə": "e"}  # fmt: skip
_LATIN_FOLD = str.maketrans({**_LATIN_SPECIAL, **dict.fromkeys(_APOSTROPHES + _INVISIBLE, None)})


def is_arabic(text: str) -> bool:
    """Whether a text is written mostly in Arabic script."""
    arabic = sum(1 for char in text if "\u0600" <= char <= "\u06ff" or "\ufb50" <= char <= "\ufefc")
    latin = sum(1 for char in text if char.isalpha() and char < "\u0250")
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

ARTICLES = frozenset(
    "al el ul il l as ash es esh is ish us ush at et ut ath ad ed ud adh edh an en un ar er ur az ez uz all".split()
)
# Assimilated articles: the consonant must be repeated by the next word ("ash-Sham", not "as Bab").
_SUN = {"as": "s", "es": "s", "is": "s", "us": "s", "ash": "s", "esh": "s", "ish": "s", "ush": "s", "at": "t", "et": "t", "ut": "t",
        "ath": "t", "ad": "d", "ed": "d", "ud": "d", "adh": "d", "edh": "d", "an": "n", "en": "n", "un": "n", "ar": "r", "er": "r",
        "ur": "r", "az": "z", "ez": "z", "uz": "z"}  # fmt: skip


def is_article(word: str, following: str | None) -> bool:
    """Whether a folded Latin word is the Arabic article in front of the following word."""
    if word not in ARTICLES or not following:
        return False
    return word not in _SUN or following.startswith(_SUN[word])


_LATIN_WORD = re.compile(r"[^\W\d_]+|\d+")


def latin_words(text: str) -> list[str]:
    """The folded words of a Latin name, articles left out."""
    words = _LATIN_WORD.findall(fold_latin(text))
    return [w for w, following in zip(words, [*words[1:], None], strict=True) if not is_article(w, following)]


_ARABIC_WORD = re.compile(r"[\u0621-\u064a\u066e-\u06d3]+|\d+")


def arabic_words(text: str) -> list[str]:
    """The folded words of an Arabic name, with their articles."""
    return _ARABIC_WORD.findall(fold_arabic(text))


def without_article(word: str) -> str:
    """An Arabic word without ال, if enough of it remains."""
    return word[2:] if word.startswith("ال") and len(word) >= 4 else word


# ---------------------------------------------------------------------------------------------
# Keys for names in running text: near-exact, so that no other word is taken for a name
# ---------------------------------------------------------------------------------------------

_LIGHT = [(re.compile(pattern), repl) for pattern, repl in (
    (r"ou|oo|o", "u"), (r"ee|ei|ey|ai|ay|e|y(?![aiu])", "i"), (r"(.)\1+", r"\1"), (r"(?:ah|ih|h)$", "a"), (r"aa+$", "a"), (r"i$", "i"),
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


def text_key(name: str) -> str:
    """The key under which a name is found in running text: its words' light keys, joined.

    Example: `text_key("Al-Sha'afa") == text_key("Shaafah")`.
    """
    if is_arabic(name):
        words = arabic_words(name)
        return "".join(words[:1] + [without_article(word) for word in words[1:]])
    return "".join(light_key(word) for word in latin_words(name))
