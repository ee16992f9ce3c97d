"""What ties a place to a clause: the words around it that make it the scene, an origin, a home or a target."""

from __future__ import annotations

from typing import NamedTuple

from claimatlas.claims.headings import LABEL_HEAD, heads_line
from claimatlas.claims.speakers import BREAK
from claimatlas.mentions.document import Mentions, Word
from claimatlas.model import EventType

# "From the regime-held, predominantly Shia towns of …".
_ORIGIN_GAP = 8


class Tie(NamedTuple):
    """How the words around a name tie its clause to it (see `PlaceRole`)."""

    relation: str = ""
    event: bool = True
    weight: int = 0


# How strongly a preposition ("in X") ties a clause to a place, and the deed itself ("the X bombing") or a label.
TIED, _CALLED_AFTER = 2, 3
_TOLD = frozenset({"event", "outcome", "reporting"})
_TIES = _TOLD | {"place"}
# The preposition a name goes with stands less than this many words in front of it ("in the countryside around X").
_TIE_REACH = 7


def find_tie(mentions: Mentions, index: int, after: int, first: int, last: int) -> Tie:
    """How the words around a name (the tokens from `index` to `after`) tie its clause to it."""
    following = mentions.words.get(after) if after < last else None
    if following is not None and following.is_cue("based"):
        return Tie(event=False)
    before = mentions.words.get(index - 1) if index > first else None
    if before is not None and before.get("reporting") is not None:
        return Tie(event=False)  # "according to Damascus"
    if before is not None and before.is_cue("by") and before.first > first:
        verb = mentions.words.get(before.first - 1)
        if verb is not None and (verb.get("reporting") is not None or verb.is_cue("blamed")):
            return Tie(event=False)  # "accused by Damascus of shelling"
    if index - first <= LABEL_HEAD and heads_line(mentions, after, first, last):
        return Tie(weight=_CALLED_AFTER)  # "• Binnish: air strikes."
    deed = following is not None and following.get("event", "noun") is not None
    if deed and mentions.between(after - 1, after) in (" ", "'s "):
        return Tie(weight=_CALLED_AFTER)  # "the Aleppo bombing"
    relation = ""
    for at in range(index - 1, max(first - 1, index - _TIE_REACH), -1):
        if at + 1 < index and BREAK.search(mentions.between(at, at + 1)) is not None:
            break
        word = mentions.words.get(at)
        if word is None or word.entries.keys.isdisjoint(_TIES):
            continue
        kinds = word.entries.places
        if "from" in kinds:
            if _is_part_of(mentions, word, first) or _is_past_source(mentions, word, index):
                return Tie(relation, weight=TIED)
            return _tie_of_origin(mentions, word, first, relation)
        if "stationed" in kinds:
            away = _are_forces(mentions, word.first - 1)
            return Tie(relation, not away or _is_target_site(mentions, word, first), TIED)
        if "countryside" in kinds and not relation:
            relation = "countryside"
        if "in" in kinds:
            return _tie_by_preposition(mentions, word, after, first, last, relation)
        if not word.entries.keys.isdisjoint(_TOLD):
            break
    return Tie(relation, weight=TIED if not relation and _is_hit_itself(mentions, index, after, first, last) else 0)


# "Maaret al-Numan, a town in Idlib province, was hit": words between a name and what befell it.
_APPOSITION_REACH = 9


def _is_hit_itself(mentions: Mentions, index: int, after: int, first: int, last: int) -> bool:
    """Whether a place is what the clause says to have been hit: "Douma was bombed", "A, a town in B, was struck"."""
    if not mentions.vocabulary.grammar.cased_names or index - first > 1:
        return False
    for at in range(after, min(last, after + _APPOSITION_REACH)):
        word = mentions.words.get(at)
        if BREAK.search(mentions.between(at - 1, at)) is not None:
            return False  # "DARAA, Syria – A man was shot"
        if word is None or word.first != at:
            continue
        if word.is_cue("be"):
            deed = mentions.words.get(word.last)
            return deed is not None and deed.get("event", "verb") is not None
        if not word.entries.keys.isdisjoint(_TOLD) or word.get("victims") is not None:
            return False
    return False


def _is_past_source(mentions: Mentions, source: Word, index: int) -> bool:
    """Whether a name stands behind those who fired from somewhere: "قصف مصدره مناطق سيطرة قسد استهدف مدينة X"."""
    fired = mentions.tokens[source.first].norm.startswith(_SOURCE)
    return fired and bool(mentions.words_of(source.last, index, "actor"))


_SOURCE = "مصدر"
_PARTS = ("neighbourhood", "area", "countryside")
_PART_WORDS = 3


def _is_part_of(mentions: Mentions, of: Word, first: int) -> bool:
    """Whether "from" only says of which town a part is the scene ("في الحي الشمالي من بلدة X")."""
    if mentions.vocabulary.grammar.modifier != "after" or of.last - of.first < _MIN_OF_TOWN:
        return False
    near = mentions.words_of(max(first, of.first - _PART_WORDS), of.first, "place")
    return any(word.last == of.first and any(word.get("place", kind) for kind in _PARTS) for word in near)


# "Of the town": "from" alone is as often a way out.
_MIN_OF_TOWN = 2


def _tie_of_origin(mentions: Mentions, word: Word, first: int, relation: str) -> Tie:
    """The tie of a place that somebody comes from: no scene, but where people were taken from it."""
    taken = _are_taken(mentions, first, word.first)
    return Tie(relation, taken, TIED if taken else 0)


def _tie_by_preposition(mentions: Mentions, word: Word, after: int, first: int, last: int, relation: str) -> Tie:
    """The tie that "in", "near" or "of" makes, where it does not say whence somebody is, speaks or fires."""
    if word.is_cue("partitive") and _is_origin(mentions, word.first, first):
        return _tie_of_origin(mentions, word, first, relation)
    if mentions.words_of(max(first, word.first - 4), word.last, "born"):
        return Tie(relation, event=False)
    if _is_speakers_home(mentions, word, first, after, last):
        return Tie(relation)
    if _fires_from(mentions, word, first):
        return Tie(relation, event=False)
    text = mentions.text[mentions.tokens[word.first].start : mentions.tokens[word.last - 1].end].lower()
    cased = mentions.vocabulary.grammar.cased_names
    spatial = cased and not word.is_cue("target") and word.get("event") is None and len(text) > _MAX_PLAIN_LETTERS
    if text in _ROADS:
        return Tie(relation, weight=-1)  # a road's ends, told for want of anything nearer
    return Tie(relation or (text if spatial else ""), weight=TIED)


_ROADS = frozenset({
    "linking", "connecting", "joining", "links", "connects", "that links", "that connects", "which links",
    "which connects",
})  # fmt: skip
# Short prepositions ("in", "at", "on") say no more than that it was there, longer ones ("near") where beside it.
_MAX_PLAIN_LETTERS = 3


def _are_taken(mentions: Mentions, first: int, until: int) -> bool:
    """Whether people are abducted: then the place they are from is the scene."""
    types = (word.get("event") for word in mentions.words_of(first, until, "event"))
    return any(entry is not None and entry.type is EventType.ABDUCTION for entry in types)


def _is_origin(mentions: Mentions, of: int, first: int) -> bool:
    """Whether "the towns of X" is where somebody comes from or goes to ("evacuees from the besieged towns of X")."""
    noun = mentions.words.get(of - 1) if of > first else None
    if noun is None or noun.get("place") is None:
        return False
    for at in range(noun.first - 1, max(first - 1, noun.first - _ORIGIN_GAP), -1):
        word = mentions.words.get(at)
        if word is not None and word.get("place") is not None:
            return word.get("place", "from") is not None
        if word is not None and (word.get("event") is not None or word.get("outcome") is not None):
            return False
    return False


_FIRED = frozenset({"fired", "launched", "lobbed"})
_FIRED_GAP = 7


def _fires_from(mentions: Mentions, preposition: Word, first: int) -> bool:
    """Whether a place is where those stand who fired ("both rounds had been fired by insurgents in X")."""
    actor = mentions.words.get(preposition.first - 1) if preposition.first > first else None
    if actor is None or actor.get("actor") is None or mentions.vocabulary.grammar.subject == "after":
        return False
    if preposition.is_cue("target"):
        return False  # "launched by rebels on X"
    by = mentions.words_of(max(first, actor.first - 3), actor.first, "by")
    return bool(by) and any(
        mentions.tokens[at].norm in _FIRED for at in range(max(first, actor.first - _FIRED_GAP), actor.first)
    )


def _is_speakers_home(mentions: Mentions, preposition: Word, first: int, after: int, last: int) -> bool:
    """Whether a place is where those who speak are ("a medic at Kobani hospital said that …")."""
    if not mentions.words_of(max(first, preposition.first - 2), preposition.first, "claimant"):
        return False
    if mentions.vocabulary.grammar.subject == "after":  # the verb comes first there: "said a source in X that …"
        return bool(mentions.words_of(max(first, preposition.first - 4), preposition.first, "reporting"))
    return after < last and bool(mentions.words_of(after, min(last, after + 2), "reporting"))


def _are_forces(mentions: Mentions, index: int) -> bool:
    """Whether those who stand somewhere can have acted from there: not "his farmland, located in X"."""
    word = mentions.words.get(index)
    if word is not None:
        return word.get("place") is None
    return not mentions.vocabulary.grammar.cased_names or mentions.text[mentions.tokens[index].start].isupper()


def _is_target_site(mentions: Mentions, word: Word, first: int) -> bool:
    """Whether those stationed at a place are shot at there ("على مواقع قوات النظام المتمركزة في"), not from there."""
    aims = mentions.words_of(max(first, word.first - 6), word.first, "target")
    return any(aim.last not in mentions.dates for aim in aims)  # not "on Friday"
