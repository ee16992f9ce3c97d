"""Text read in the wrong encoding is repaired, and right text is left alone."""

from __future__ import annotations

import pytest

from claimatlas.text.cleaning import clean


@pytest.mark.parametrize("codec", ["latin-1", "cp1256", "cp437"])
def test_mojibake_of_arabic_is_repaired(codec: str) -> None:
    words = "الدفاع المدني السوري"
    assert clean(words.encode("utf-8").decode(codec)).text == words


def test_mojibake_twice_over_is_repaired() -> None:
    broken = "حلب".encode().decode("latin-1").encode().decode("latin-1")
    assert clean(broken).text == "حلب"


def test_cp1256_read_as_latin_is_repaired() -> None:
    words = "قتل خمسة مدنيين في قصف مدفعي"
    assert clean(words.encode("cp1256").decode("latin-1")).text == words


def test_accented_latin_is_left_alone() -> None:
    words = "Café Müller in Żagań, Ḥamāh"
    assert clean(words).text == words
