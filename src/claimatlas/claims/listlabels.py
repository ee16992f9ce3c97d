"""Labels and headings of lists, which say for the items under them when, where, by whom or by what.

A label is an item's first sentence that only says when and where ("1. June 9, 2017, near Raqqa, Syria"), a heading the
line above all items ("حصيلة الشهداء اليوم الأحد:").
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from claimatlas.claims.cast import ActorRole, PlaceRole, Role
from claimatlas.claims.clausedays import dates_of
from claimatlas.claims.placeroles import find_places
from claimatlas.claims.statements import Statement
from claimatlas.dates import DateKind, DateMention
from claimatlas.mentions.document import Mentions, Sentence, Zone
from claimatlas.mentions.lines import is_item

# The day stands at the head of the label, behind the item's number at most.
_HEAD_TOKENS = 2

# "By 30 November they had entered the city" says when something was over.
_BY = frozenset({"by", "until", "since", "before", "after"})


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
    if mentions.words_of(first, last, "event", "outcome") or mentions.tokens[first].norm in _BY:
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


class Heading(NamedTuple):
    """What the line above a list says of its items: the day, the deed (the statement that tells it) and who did it."""

    date: DateMention | None = None
    lead: Statement | None = None
    doers: tuple[ActorRole, ...] = ()


def find_heading(
    mentions: Mentions, sentence: Sentence, following: Sentence | None, told: Sequence[Statement]
) -> Heading | None:
    """The heading that a sentence is for the items of a list in the lines behind it; None for other sentences.

    Args:
        mentions: The report's mentions.
        sentence: The sentence.
        following: The one behind it.
        told: What the sentence tells.
    """
    if following is None or goes_on(mentions, following) or not _is_line_of_list(mentions, following):
        return None
    if _is_line_of_list(mentions, sentence):
        return Heading()  # a list without one
    line = mentions.text[sentence.start : sentence.end + 1].rstrip()
    if not line.endswith(":") and (told or line.endswith(".")):
        return None
    date = next((s.date for s in told if s.date is not None), None)
    if date is None:
        date, _ = dates_of(mentions, sentence.first, sentence.last, (), ())
    lead = next((s for s in reversed(told) if s.deeds and not s.marks & {"campaign", "denial"}), None)
    roles = (role for s in told if lead is not None and s.type is lead.type for role in s.actors)
    doers = tuple(role for role in roles if role.role in (Role.AGENT, Role.ACCUSED))
    return Heading(date, lead, doers) if date is not None or lead is not None else None


def continues_list(mentions: Mentions, sentence: Sentence) -> bool:
    """Whether a sentence is an item of a list, or goes on with one in its line."""
    return goes_on(mentions, sentence) or _is_line_of_list(mentions, sentence)


def _is_line_of_list(mentions: Mentions, sentence: Sentence) -> bool:
    return sentence.zone is not Zone.BOILERPLATE and is_item(mentions, sentence.start, sentence.end)


def headed(heading: Heading, statement: Statement) -> Statement:
    """What an item tells, with the day, the deed, the doer and the source of its list unless it says so itself."""
    lead = heading.lead
    marks = statement.marks | {"item", "apart"}
    statement = replace(statement, date=statement.date or heading.date, marks=marks)
    if lead is None:
        return statement
    if statement.type is None and not statement.deeds:
        statement = replace(statement, deeds=lead.deeds, means=lead.means, type=lead.type, type_weight=lead.type_weight)
    if statement.type is lead.type and not statement.agents:
        statement = replace(statement, actors=(*statement.actors, *heading.doers))
    if "sourced" not in statement.marks and "sourced" in lead.marks:
        sourced = statement.marks | {"sourced"}
        statement = replace(statement, claimant=lead.claimant, beside=lead.beside, marks=sourced)
    return statement
