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


def say_range(low: int | None, high: int | None) -> str:
    """A figure with its bounds.

    >>> say_range(3, 3), say_range(3, 5), say_range(16, None), say_range(None, 50), say_range(None, None)
    ('3', '3 to 5', 'at least 16', 'up to 50', 'no figure')
    """
    if low is None and high is None:
        return "no figure"
    if high is None:
        return f"at least {low}"
    if low is None:
        return f"up to {high}"
    return str(low) if low == high else f"{low} to {high}"
