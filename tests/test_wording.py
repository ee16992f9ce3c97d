"""Sentences for people have the right noun for one and for many."""

from __future__ import annotations

import pytest

from claimatlas.records.wording import count_of, say_range


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 reports"), (1, "1 report"), (2, "2 reports"), (8114, "8,114 reports")]
)
def test_a_number_has_its_noun(number: int, words: str) -> None:
    assert count_of(number, "report") == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (3, 3, "3"), (3, 5, "3 to 5"), (16, None, "at least 16"), (None, 50, "up to 50"), (None, None, "no figure"),
        (0, 0, "0"),
    ],
)  # fmt: skip
def test_open_bounds_are_said_to_be_open(low: int | None, high: int | None, words: str) -> None:
    assert say_range(low, high) == words
