"""Labels of a list's items: first sentences that only say when and where ("1. June 9, 2017, near Raqqa, Syria")."""

from __future__ import annotations

from typing import NamedTuple

from msgspec.structs import replace

from claimatlas.claims.placeroles import PlaceRole, find_places
from claimatlas.claims.statements import Statement
from claimatlas.dates import DateKind, DateMention
from claimatlas.mentions.document import Mentions, Sentence

# The day stands at the head of the label, behind the item's number at most.
_HEAD_TOKENS = 2


class Label(NamedTuple):
    """When and where what an item tells happened."""

    date: DateMention
    places: tuple[PlaceRole, ...]
    foreign: bool


def find_label(mentions: Mentions, sentence: Sentence) -> Label | None:
    """The label that a sentence is, which tells of no deed; None for other sentences."""
    first, last = sentence.first, sentence.last
    date = next(
        (mentions.dates[at] for at in range(first, min(last, first + _HEAD_TOKENS)) if at in mentions.dates), None
    )
    if date is None or date.kind is not DateKind.ABSOLUTE or date.start_day is None or date is mentions.anchor_words:
        return None
    if mentions.words_of(first, last, "event", "outcome"):
        return None
    places = tuple(place for place in find_places(mentions, first, last) if place.event)
    foreign = bool(mentions.words_of(first, last, "foreign"))
    return Label(date, places, foreign) if places or foreign else None


def goes_on(mentions: Mentions, sentence: Sentence) -> bool:
    """Whether a sentence stands in the line of the one before it."""
    return (
        "\n" not in mentions.text[mentions.tokens[sentence.first - 1].end : sentence.start] if sentence.first else True
    )


def under(label: Label, statement: Statement) -> Statement:
    """What a statement tells, when and where its item's label says unless it says so itself."""
    places = statement.places or (() if label.foreign else label.places)
    marks = statement.marks | ({"item", "foreign"} if label.foreign else {"item"})
    return replace(statement, date=statement.date or label.date, places=places, marks=marks)
