"""Numbers in sentences for people."""

from __future__ import annotations


def count_of(number: int, noun: str) -> str:
    """A number with its noun.

    >>> count_of(1, "incident"), count_of(8114, "incident")
    ('1 incident', '8,114 incidents')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
