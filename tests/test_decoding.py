"""Bytes become text in the encodings of the region, and what was lost is counted."""

from __future__ import annotations

import random

import pytest

from claimatlas.text.decoding import decode, find_encoding


def test_a_few_broken_bytes_are_counted() -> None:
    decoded = decode(b"Two people died near Manbij. " * 20 + b"\xff\xfe!")
    assert decoded is not None
    text, lost = decoded
    assert text.startswith("Two people")
    assert lost == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256", "iso8859_6"])
def test_arabic_comes_back_from_its_encodings(encoding: str) -> None:
    text = "قتل ثلاثة مدنيين في قصف على بلدة هجين بريف دير الزور الشرقي مساء الأحد"
    assert decode(text.encode(encoding)) == (text, 0)


def test_what_a_page_declares_counts() -> None:
    page = '<html><head><meta charset="windows-1252"></head><body>Sa’ada — dépêche</body></html>'
    assert decode(page.encode("cp1252"), is_page=True) == (page, 0)


def test_what_is_no_text_is_none() -> None:
    assert decode(bytes(range(256)) * 20) is None


def test_a_character_cut_in_two_at_the_end_of_the_head_is_still_utf_8() -> None:
    assert find_encoding("قصف".encode()[:-1]) == "utf-8"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["Three people died near Idlib.", "قتل ثلاثة مدنيين في قصف على بلدة هجين"])
def test_utf_16_needs_no_mark(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, 0)


def test_one_curly_quote_of_windows_in_a_long_text_is_kept() -> None:
    text = "Shells hit the town and five people were wounded, a medic in the café of Bashar’s brother said. " * 3
    assert decode(text.encode("cp1252")) == (text, 0)


@pytest.mark.parametrize("seed", range(5))
def test_random_bytes_are_no_text(seed: int) -> None:
    assert decode(random.Random(seed).randbytes(4000)) is None
