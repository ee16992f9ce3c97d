"""The language of a text is told by its letters."""

from __future__ import annotations

import pytest

from claimatlas.text.languages import detect_language, split_languages


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Five were killed.", "en"),
        ("قتل خمسة.", "ar"),
        ("قتل خمسة في منبج pic.twitter.com/abc", "ar"),
        ("", "en"),
        ("12 34", "en"),
    ],
)
def test_language_is_told_by_letters(text: str, lang: str) -> None:
    assert detect_language(text) == lang


def test_mixed_documents_are_cut_at_lines() -> None:
    text = "Two were hurt.\nأصيب اثنان.\nقرب منبج.\nEnd of story."
    assert [lang for _, _, lang in split_languages(text)] == ["en", "ar", "en"]
