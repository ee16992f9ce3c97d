"""Names of forces that have changed hands, or that are an actor only through whoever belongs to them."""

from __future__ import annotations

import datetime as dt

from claimatlas.mentions.document import Mentions, Word
from claimatlas.model import Actor

# Until then "Internal Security Forces" were the Kurdish-led administration's police; since then the new government
# calls its own the same.
_NEW_GOVERNMENT = dt.date(2024, 12, 8)
# "Internal Security Forces (Asayish)", "… of the Autonomous Administration": another name of the same stands near.
_SAME_NAME_GAP = 6


def holders_of(mentions: Mentions, word: Word, actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Whose the "Internal Security Forces" of a report are: the SDF's, or those of the government since its change.

    Args:
        mentions: The report's mentions.
        word: The phrase.
        actors: Whose they were before the change.

    Returns:
        The government's where the report is younger than that and either names the SDF nowhere, or names them in the
        same sentence as somebody else ("Internal Security Forces clashed with the SDF").
    """
    if mentions.anchor is None or mentions.anchor < _NEW_GOVERNMENT:
        return actors
    others = [other for other in _named(mentions, actors) if other.first != word.first]
    sentence = next(s for s in mentions.sentences if s.first <= word.first < s.last)
    beside = [other for other in others if sentence.first <= other.first < sentence.last]
    if others and not any(_is_apart(mentions, word, other) for other in beside):
        return actors
    return (Actor.SYRIAN_GOVERNMENT,)


_FALLEN = frozenset({"assad", "assads", "bashar"})
_LOYAL = frozenset({"loyalist", "loyalists", "supporter", "supporters", "remnants", "holdouts"})
# "Loyal to the ousted president Bashar al-Assad".
_LOYAL_GAP = 6


def fights_for_fallen(mentions: Mentions, word: Word) -> bool:
    """Whether somebody fights for the Assads after their fall: "gunmen loyal to Assad", "pro-Assad fighters".

    Until then these were the government's own.
    """
    if mentions.anchor is None or mentions.anchor < _NEW_GOVERNMENT:
        return False
    norms = [token.norm.removesuffix("'s") for token in mentions.tokens[word.first : word.last]]
    if norms[-1] in _LOYAL:
        return True
    if _FALLEN.isdisjoint(norms):
        return False
    behind = mentions.tokens[word.last].norm if word.last < len(mentions.tokens) else ""
    before = [token.norm for token in mentions.tokens[max(0, word.first - _LOYAL_GAP) : word.first]]
    return norms[0] == "pro" or behind in _LOYAL or "loyal" in before


def _named(mentions: Mentions, actors: tuple[Actor, ...]) -> list[Word]:
    """The words of a report that name some actors for certain."""
    words = mentions.words_of(0, len(mentions.tokens), "actor")
    return [
        word
        for word in words
        if (entry := word.get("actor")) is not None and entry.actors == actors and "office" not in entry.flags
    ]


def _is_apart(mentions: Mentions, word: Word, other: Word) -> bool:
    """Whether two names in a sentence are those of two: not the second one's own, in brackets or behind "of"."""
    if not 0 <= other.first - word.last <= _SAME_NAME_GAP:
        return True
    tie = mentions.words.get(word.last)
    of = tie is not None and tie.is_cue("partitive", "holder")
    return not (of or "(" in mentions.between(word.last - 1, other.first))
