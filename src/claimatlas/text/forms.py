"""Spelling, case and scripts: the form words are compared in, and where the words of a text stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, compress

# The letters of Arabic script that our languages use, as a set of characters in an expression.
ARABIC = "\u0621-\u063a\u0641-\u064a\u066e-\u06d3"
_FOLDED_ARABIC = str.maketrans("أإآٱىةؤئۀەگڤپچژ", "اااايهويههكفبجز")
_ARABIC_VARIANTS = [(chr(letter), chr(plain)) for letter, plain in _FOLDED_ARABIC.items()]
# Where letters with diacritics may be; texts in Arabic and plain Latin letters have none, and are folded at a fraction
# of the cost.
_OTHER_LETTERS = re.compile("[\u0080-\u05ff\u0700-\u1fff\u2070-\U0010ffff]")
_FOLDED_LATIN = str.maketrans("ıøđłħßæœ", "iodlhsao")
_WORD = re.compile(r"(\w+)")
# What words that begin with a digit come before in the order of characters, and all others behind.
_BEHIND_DIGITS = ":"


class _FoldTable(dict[int, str]):
    """Translation of single characters, worked out when a character is met for the first time."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if letter.isalpha() and not "\u0600" <= letter <= "\u06ff":
            base = unicodedata.normalize("NFD", letter)[0]
            letter = base.lower() if len(base.lower()) == 1 else base
        self[code] = letter
        return letter


_FOLD = _FoldTable(
    {code: chr(to) if isinstance(to, int) else to for code, to in (_FOLDED_ARABIC | _FOLDED_LATIN).items()}
)


def fold(text: str) -> str:
    """The form words are compared in: as long as the text, in lower case, without diacritics.

    Alef, ya, ta marbuta and hamza carriers lose their variants (أ إ آ → ا, ى ئ → ي, ة → ه, ؤ → و).
    Offsets in the result are offsets in the text.
    """
    if text.isascii():
        return text.lower()
    lower = text.lower()
    if len(lower) != len(text):  # "İ" is the one letter that grows
        lower = "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
    if _OTHER_LETTERS.search(lower) is not None:
        return lower.translate(_FOLD)
    for letter, plain in _ARABIC_VARIANTS:
        lower = lower.replace(letter, plain)
    return lower


def find_words(text: str, known: Container[str]) -> list[tuple[int, str]]:
    """Where those words of a text (letters, digits, underscores) start that are known or begin with a digit."""
    starts, words, figures = _split_words(text)
    found = sorted([*figures, *compress(range(len(words)), map(known.__contains__, words))])
    return [(starts[at], words[at]) for at in found]


@lru_cache(maxsize=2)
def _split_words(text: str) -> tuple[Sequence[int], Sequence[str], Sequence[int]]:
    """Where each word of a text starts, the words, and which of them begin with a digit.

    The last texts asked for are remembered: days and numbers are looked for in the same one.
    """
    pieces = _WORD.split(text)
    words = pieces[1::2]
    ends = list(accumulate(map(len, pieces)))
    return ends[:-1:2], words, [at for at, word in enumerate(words) if word < _BEHIND_DIGITS]


def alternatives(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first: "mar" must not win over "march"."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
