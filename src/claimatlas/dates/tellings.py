"""What a text tells of a day: the words, and the facts they give."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import msgspec


class DateKind(StrEnum):
    """How a day is told."""

    ABSOLUTE = "absolute"  # names a day of a month
    WEEKDAY = "weekday"  # names a day of the week
    RELATIVE = "relative"  # counts from the day of writing
    VAGUE = "vague"  # a month, a year, "recently"
    FUTURE = "future"  # has not come yet
    HEADER = "header"  # a line of its own: when the page was made or seen
    DATELINE = "dateline"  # opens a report: place, day, dash


class DateMention(msgspec.Struct, frozen=True):
    """A telling of a day or of several days.

    Attributes:
        start: Offset of the first character.
        end: Offset after the last.
        words: The characters.
        kind: How it is told.
        year: Calendar year, when told.
        month: 1 to 12, when told.
        day: Day of the month, when told.
        last_day: Last day of a range within the month ("1-3 May").
        part: `early`, `mid` or `late` of a month or year, empty for all of it; `last` weekday but one; `after` where
            "two days after" opens what happened on the earlier day.
        weekday: 0 (Monday) to 6.
        back: Days before the anchor, nearest and furthest ("in the past week" is 0 and 7); negative for later.
        unit: `week`, `weekend`, `month` or `year` that `back` counts in, when it does not count days; `span` when
            `back` holds how many days the telling goes on after its first.
        swapped: Day and month may be the other way round (5/7/2018 in English).
        from_text: Counts from the event told before ("the next day"), not from the day of writing.
        start_day: First day, once resolved.
        end_day: Last day, once resolved.
    """

    start: int
    end: int
    words: str
    kind: DateKind
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_day: int | None = None
    part: str = ""
    weekday: int | None = None
    back: tuple[int, int] | None = None
    unit: str = ""
    swapped: bool = False
    from_text: bool = False
    start_day: dt.date | None = None
    end_day: dt.date | None = None


Days = tuple[dt.date, dt.date]
