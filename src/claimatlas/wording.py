"""Numbers and lists in sentences for people."""

from __future__ import annotations

from collections.abc import Iterable


def count_of(number: int, noun: str) -> str:
    """A number with its noun.

    >>> count_of(1, "incident"), count_of(8114, "incident")
    ('1 incident', '8,114 incidents')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def join_names(names: Iterable[str]) -> str:
    """Names as a list in a sentence.

    >>> join_names(["SOHR", "SANA", "medics"])
    'SOHR, SANA and medics'
    """
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
