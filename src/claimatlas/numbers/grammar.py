"""What the grammars of numbers share: the words around a number, and how groups of digits are read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from claimatlas.text.forms import find_words

DIGITS = r"\d{1,3}(?:[,٬]\d{3})+(?!\d)|\d+(?:\.\d+)?"
"""A pattern for a group of digits, with or without commas between the thousands."""
# Longer rows of digits are codes; they would not fit a number either.
_MAX_DIGITS = 12


class Core(msgspec.Struct, frozen=True):
    """A bare number, before what stands around it is read.

    Attributes:
        start: Offset of the first character.
        end: Offset after the last.
        value: Its value; None for a vague word.
        low: What a vague word counts at least; None when it is no figure at all.
        article: It is "a" or "an".
        fraction: It is no whole number, or too long for one.
    """

    start: int
    end: int
    value: int | None
    low: int | None = None
    article: bool = False
    fraction: bool = False


@dataclass(frozen=True)
class Grammar:
    """How one language tells numbers. Patterns of what stands in front of a number end where it begins.

    Attributes:
        core: A bare number.
        read_core: Reads a match of `core`.
        openers: The words a number can begin with, besides digits: only there is `core` tried.
        before: Bounding words in front of a number ("at least"); the groups say which.
        after: Bounding words behind it ("or more").
        join: What stands between the two ends of a range ("to").
        span_before: What stands in front of a range ("between").
        unit_after: A unit behind a number, which then counts nobody; the groups are keys of `KIND_OF_UNIT`.
        named_before: A word that makes a number a name ("resolution", "brigade").
        month_after: A month behind a number, which then is a day.
        age_before: Words in front of an age ("aged").
        year_before: Words in front of a year; None where any number of four digits that can be one is.
        people_after: People, behind what would otherwise be a year ("2,000 civilians").
        family_before: Words that make people of one house of a number ("a family of").
        month_before: A month in front of a number, which then is a day.
        age_apart: A name in front of an age that commas set apart ("Ahmad, 34, ").
        ordinal_before: A word that a number word makes an ordinal of ("the second and", twentieth).
        oclock_before: A word in front of a clock time.
    """

    core: re.Pattern[str]
    read_core: Callable[[re.Match[str]], Core]
    openers: frozenset[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    join: re.Pattern[str]
    span_before: re.Pattern[str]
    unit_after: re.Pattern[str]
    named_before: re.Pattern[str]
    month_after: re.Pattern[str]
    age_before: re.Pattern[str]
    year_before: re.Pattern[str] | None = None
    people_after: re.Pattern[str] | None = None
    family_before: re.Pattern[str] | None = None
    month_before: re.Pattern[str] | None = None
    age_apart: re.Pattern[str] | None = None
    ordinal_before: re.Pattern[str] | None = None
    oclock_before: re.Pattern[str] | None = None

    def find_cores(self, folded: str) -> list[Core]:
        """The bare numbers of a folded text, in order."""
        cores: list[Core] = []
        end = 0
        for at, _ in find_words(folded, self.openers):
            match = self.core.match(folded, at) if at >= end else None
            if match is not None:
                cores.append(self.read_core(match))
                end = match.end()
        return cores


def read_digits(match: re.Match[str], scale: int) -> Core:
    """A group of digits (`digits`) times the number word behind it ("2.5 million")."""
    digits = match["digits"].replace(",", "").replace("٬", "")
    if len(digits) > _MAX_DIGITS:
        return Core(match.start("digits"), match.end(), 0, fraction=True)
    value = float(digits) * scale
    return Core(match.start("digits"), match.end(), int(value), fraction=value != int(value))
