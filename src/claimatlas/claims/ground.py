"""For whose ground an actor is only named: who holds a town or a prison, and the country something happened in."""

from __future__ import annotations

from claimatlas.claims.speakers import COMMA
from claimatlas.mentions.document import Mentions, Word
from claimatlas.model import Actor


def is_holder(mentions: Mentions, word: Word, first: int, last: int) -> bool:
    """As in "rebel-held", "held by rebels", "Russian-backed forces": who holds the ground or helps is no doer."""
    after = mentions.words.get(word.last) if word.last < last else None
    if after is not None and not after.is_cue("holder", "backed", "based"):
        after = None
    if after is not None and COMMA.search(mentions.between(word.last - 1, word.last)) is not None:
        after = None  # "the Russian air force, ally of the regime, …"
    if after is not None:
        if after.is_cue("backed") and mentions.vocabulary.grammar.subject == "after":
            return False  # "قوات التحالف مدعومة بطيران مروحي": who is helped acts
        # "Groups affiliated with it" act themselves.
        single = after.is_cue("holder", "backed") and after.last - after.first == 1
        helped = mentions.words.get(after.last)
        if single and helped is not None and helped.is_cue("by") and after.last < last:
            return False  # "units backed by the air force" act themselves
        return single or "-" in mentions.between(word.last - 1, word.last)
    index = word.first - 1
    steps = 0
    while index >= first and steps < 3:
        before = mentions.words.get(index)
        if before is None:
            steps += 1
            index -= 1
            continue
        keys = before.entries.keys
        if "holder" in keys or "backed" in keys:
            beside = index == word.first - 1 and before.last - before.first == 1
            return not (beside and "backed" in keys)  # "allied Russian warplanes": who is helped acts
        if "by" not in keys:
            return False
        index = before.first - 1
    return False


_PRISON_GAP = 4


def holds_prison(mentions: Mentions, word: Word, first: int, last: int) -> bool:
    """As in "قضى تحت التعذيب في سجون النظام": who holds the prison in which somebody is tortured does it."""
    if mentions.vocabulary.grammar.subject != "after":
        return False
    prisons = mentions.words_of(max(first, word.first - _PRISON_GAP), word.first, "holder")
    if not prisons:
        return False
    if not any("custody" in deed.entries.flags for deed in mentions.words_of(first, last, "event")):
        return False
    return any(not mentions.words_of(prison.last, word.first, "actor") for prison in prisons)


_HELD = frozenset({"village", "town", "neighbourhood", "area", "camp"})
_COUNTRIES = frozenset({Actor.RUSSIA, Actor.TURKEY, Actor.ISRAEL, Actor.JORDAN, Actor.IRAQ, Actor.US_LED_COALITION})


def is_at_home(mentions: Mentions, word: Word, first: int, last: int) -> bool:
    """As in "people from the rebel enclave", "crossing from Turkey": whose ground it is, or the country itself."""
    if mentions.vocabulary.grammar.modifier != "before":
        return False
    entry, behind = word.get("actor"), mentions.words.get(word.last) if word.last < last else None
    gap = mentions.between(word.last - 1, word.last) if word.last < last else ""
    if behind is not None and gap == " " and not behind.entries.places.isdisjoint(_HELD):
        return behind.get("event") is None and behind.get("actor") is None
    before = mentions.words.get(word.first - 1) if word.first > first else None
    place = before is not None and (before.get("place", "from") or before.get("place", "in"))
    if entry is None or not place or before is None or before.is_cue("target", "partitive", "by"):
        return False
    beside = behind is not None and (
        behind.get("event", "noun")
        or behind.get("event", "means")
        or behind.get("actor")
        or behind.is_cue("join", "holder")
    )
    alone = word.last - word.first == 1 and (gap != " " or not beside)
    return alone and bool(entry.actors) and set(entry.actors) <= _COUNTRIES
