"""What a text tells of a number: the words, their bounds, and what they count."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class NumberKind(StrEnum):
    """What a number says."""

    COUNT = "count"
    ARTICLE = "article"
    YEAR = "year"
    DATE = "date"
    TIME = "time"
    AGE = "age"
    DURATION = "duration"
    DISTANCE = "distance"
    PERCENT = "percent"
    MONEY = "money"
    DESIGNATION = "designation"
    OTHER = "other"


class NumberMention(msgspec.Struct, frozen=True):
    """A number, its bounds, and where it stands.

    Attributes:
        start: Offset of the first character, its bounding words ("at least") included.
        end: Offset after the last.
        words: The characters.
        min: Lower bound, or None when open.
        max: Upper bound, or None when open.
        kind: What the number says; only `COUNT` and `ARTICLE` can count victims.
        core_start: Offset of the bare number ("12" in "at least 12").
        core_end: Offset after the bare number.
        additional: "another 12", "12 more", "12 others", 12 آخرين: comes on top of, or apart from, what was said.
        vague: "dozens", "several", عشرات: a word, not a figure.
    """

    start: int
    end: int
    words: str
    min: int | None
    max: int | None
    kind: NumberKind = NumberKind.COUNT
    core_start: int = 0
    core_end: int = 0
    additional: bool = False
    vague: bool = False
