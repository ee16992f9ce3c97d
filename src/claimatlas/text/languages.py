"""Which language a text, or each part of it, is written in."""

from __future__ import annotations

import re

from claimatlas.text.forms import ARABIC
from claimatlas.text.sentences import split_paragraphs

_ARABIC_LETTERS = re.compile(rf"[{ARABIC}]+")
_LATIN_LETTERS = re.compile(r"[A-Za-z\u00c0-\u024f]+")


def detect_language(text: str) -> str:
    """`ar` when more than a third of the letters are Arabic (addresses and handles are Latin anyway), else `en`."""
    if text.isascii():
        return "en"
    arabic = sum(map(len, _ARABIC_LETTERS.findall(text)))
    latin = sum(map(len, _LATIN_LETTERS.findall(text)))
    return "ar" if 2 * arabic > latin else "en"


def split_languages(text: str) -> list[tuple[int, int, str]]:
    """The stretches (start, end, language) of a text, cut at line ends; one stretch when it is all one language."""
    stretches: list[tuple[int, int, str]] = []
    for start, end in split_paragraphs(text):
        part = text[start:end]
        has_letters = _ARABIC_LETTERS.search(part) is not None or _LATIN_LETTERS.search(part) is not None
        lang = detect_language(part) if has_letters or not stretches else stretches[-1][2]
        if stretches and stretches[-1][2] == lang:
            stretches[-1] = (stretches[-1][0], end, lang)
        else:
            stretches.append((start, end, lang))
    return stretches
