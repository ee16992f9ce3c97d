"""Sentences for people have the right noun for one and for many."""

from __future__ import annotations

import pytest

from claimatlas.wording import count_of


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 reports"), (1, "1 report"), (2, "2 reports"), (8114, "8,114 reports")]
)
def test_a_number_has_its_noun(number: int, words: str) -> None:
    assert count_of(number, "report") == words
