"""Whose the weapons were where no verb says it, and what a clause leaves open or tells only in passing."""

from __future__ import annotations

import re

from claimatlas.claims.speakers import BREAK as STOP
from claimatlas.mentions.document import Mentions, Word
from claimatlas.model import EventType

_PAUSE = re.compile(r"[.;:\n،,؛]")

# "… whether the blast was caused by Turkish drones", "Russian jets deployed in the region were not operating there".
_WHETHER_REACH, _NOT_REACH = 12, 7


def is_ruled_out(mentions: Mentions, word: Word, first: int, last: int) -> bool:
    """Whether a clause leaves open who did it, says of an actor's planes that they did nothing, or whom people fled."""
    if mentions.vocabulary.grammar.subject == "after":
        return _is_only_spoken_of(mentions, word, first)
    tokens = mentions.tokens
    if _whether(mentions, word, first) is not None:
        return not _is_one_of_two(mentions, word, first, last)  # "Syrian or Russian" is both (codebook, section 3)
    means = mentions.words.get(word.last) if word.last < last else None
    if means is None or means.get("event", "means") is None:
        return False
    for at in range(means.last, min(last, means.last + _NOT_REACH)):
        other = mentions.words.get(at)
        if other is not None and other.first == at and (other.get("event", "verb") or other.get("outcome")):
            return False
        if tokens[at].norm in ("not", "never") and at > first:
            return mentions.words.get(at - 1) is not None and mentions.words[at - 1].is_cue("be", "have")
    return False


# "الفارين من هجمات قوات النظام وروسيا", "في حال تعرضت المنطقة لهجوم من قبل النظام": so far behind are the actors,
# and the deeds.
_SPOKEN_GAP, _SPOKEN_WORDS = 10, 6


def _is_only_spoken_of(mentions: Mentions, word: Word, first: int) -> bool:
    """Whether an actor is only whom people fled from, or whose plans are told, where the verb comes first."""
    if not mentions.words_of(max(0, word.first - 2 * _SPOKEN_GAP), word.first, "spoken_of"):
        return False
    for at in range(word.first - 1, max(first - 1, word.first - _SPOKEN_GAP), -1):
        before = mentions.words.get(at)
        if before is not None and before.is_cue("spoken_of"):
            return True
        if _PAUSE.search(mentions.between(at, at + 1)) is not None:
            return False
        if before is not None and (before.get("outcome") or before.get("event", "verb") or before.is_cue("leave")):
            return False
    return False


def is_spoken_of(mentions: Mentions, deed: Word) -> bool:
    """Whether a deed is only what people fled from, planned or feared ("نازحين فروا من غارات الطيران الروسي")."""
    chained = True
    for at in range(deed.first - 1, max(-1, deed.first - 1 - _SPOKEN_WORDS), -1):
        before = mentions.words.get(at)
        if before is not None and before.is_cue("spoken_of"):
            return chained or before.is_cue("conditional")
        if _PAUSE.search(mentions.between(at, at + 1)) is not None:
            return False
        chained = chained and before is not None and before.get("event") is not None
    return False


_LEFT_OPEN = frozenset({"whether", "if"})
_OPEN = frozenset({"clear", "unclear", "known", "sure", "say", "determine", "confirm", "establish", "tell", "verify"})


def _whether(mentions: Mentions, word: Word, first: int) -> int | None:
    """Where the words in front of an actor leave open what follows: "whether", or the "if" of "not clear if"."""
    if _LEFT_OPEN.isdisjoint(mentions.norms):
        return None
    for at in range(max(first, word.first - _WHETHER_REACH), word.first):
        norm = mentions.tokens[at].norm
        if norm == "whether" or (norm == "if" and at > first and mentions.tokens[at - 1].norm in _OPEN):
            return at
    return None


def is_one_who_did_it(mentions: Mentions, word: Word, first: int, last: int) -> bool:
    """Whether an actor is one of two of whom a clause only leaves open which one did it.

    "… whether the raids were carried out by regime jets or their Russian allies"; "whether or not" names nobody.
    """
    whether = None if mentions.vocabulary.grammar.subject == "after" else _whether(mentions, word, first)
    if whether is None or mentions.tokens[whether + 1].norm == "or":
        return False
    if mentions.words_of(whether, last, "outcome") or not _is_one_of_two(mentions, word, first, last):
        return False
    return bool(mentions.words_of(whether, last, "blamed", "responsible", "by"))


def is_predicate(mentions: Mentions, word: Word, first: int, last: int) -> bool:
    """As in "the planes were Russian", "the jets are thought to be regime ones": whose the means were."""
    if mentions.vocabulary.grammar.subject == "after" or mentions.words_of(
        word.last, word.last + 1, "event", "victims"
    ):
        return False
    at, told = word.first - 1, False
    while (
        at > first and (other := mentions.words.get(at)) is not None and other.is_cue("be", "suspect", "hedge", "have")
    ):
        told = told or other.is_cue("be") or "be" in mentions.tokens[other.last - 1].norm
        at = other.first - 1
    means = mentions.words.get(at)
    return told and means is not None and means.get("event", "means") is not None


_ATTACKERS = frozenset({
    "attacker", "attackers", "bomber", "bombers", "perpetrator", "perpetrators", "assailant", "assailants", "gunman",
    "shooter", "culprit", "culprits", "assassin", "assassins",
})  # fmt: skip
_BELONGS = frozenset({"belonged", "belong", "belongs", "linked", "affiliated", "loyal", "member", "members", "part"})
# "The bomber was a former member of the", "the attackers belong to a cell of".
_ATTACKER_GAP = 9


def is_attackers_side(mentions: Mentions, word: Word, first: int) -> bool:
    """Whether an actor is whom those belonged to who did it.

    As in "the bomber was a member of ISIS", "said the attackers belonged to the group".
    """
    if mentions.vocabulary.grammar.subject == "after" or _ATTACKERS.isdisjoint(mentions.norms):
        return False
    belongs = False
    for at in range(word.first - 1, max(first, word.first - _ATTACKER_GAP) - 1, -1):
        token = mentions.tokens[at]
        if token.norm in _ATTACKERS:
            return belongs
        if token.norm in ("not", "no", "whether") or STOP.search(mentions.between(at, at + 1)) is not None:
            return False
        other = mentions.words.get(at)
        belongs = belongs or token.norm in _BELONGS or (other is not None and other.is_cue("be"))
        if other is not None and (other.get("outcome") or other.get("event") or other.get("reporting")):
            return False
    return False


# "In response to the fierce rebel", and a comma behind what was answered.
_ANSWER_GAP, _ANSWERED_GAP = 5, 8


def is_answered(mentions: Mentions, word: Word, first: int, last: int) -> bool:
    """Whether an actor's deed is only what was answered: "bombed A in response to the rebel offensive, killing six"."""
    if mentions.vocabulary.grammar.subject == "after":
        return False
    cues = mentions.words_of(max(first, word.first - _ANSWER_GAP), word.first, "before")
    if not cues or not any(cue.last - cue.first > 1 and cue.first > first for cue in cues):
        return False
    ends = range(word.last, min(last, word.last + _ANSWERED_GAP))
    return any("," in mentions.between(at, at + 1) for at in ends if at + 1 < last)


_FIRED = frozenset({"fired", "launched", "shot", "lobbed", "came", "coming", "originating", "fire"})


def is_whence(mentions: Mentions, word: Word, first: int) -> bool:
    """As in "rockets fired from rebel-held territory": who holds the ground that is fired from fires."""
    holder = mentions.words.get(word.last)
    if mentions.vocabulary.grammar.subject == "after":
        return _is_strike_from(mentions, word, first)
    at = word.first - 1
    if at > first and mentions.tokens[at].norm in mentions.vocabulary.grammar.articles:
        at -= 1
    if at <= first or mentions.tokens[at].norm not in ("from", "inside"):
        return False
    means = mentions.words.get(at - 1)
    fired = means is not None and (means.get("event", "means") or _is_fire(means))
    if fired and mentions.tokens[at].norm == "from":
        return holder is None or not holder.is_cue("holder")  # "planes from the coalition"
    if holder is None or not holder.is_cue("holder", "asset"):
        return False
    return any(mentions.tokens[back].norm in _FIRED for back in range(max(first, at - 2), at))


# "قصف إرهابي من قوات النظام": so many adjectives stand between the deed and "from".
_ADJECTIVES = 2
_TERRORIST = frozenset({"ارهابي", "ارهابيه"})


def _is_strike_from(mentions: Mentions, word: Word, first: int) -> bool:
    """Whether an actor stands behind "from" and a deed that is no fight, where the verb comes first."""
    at = word.first - 1
    if at <= first or mentions.tokens[at].norm != "من":
        return False
    for index in range(at - 1, max(first, at - 1 - _ADJECTIVES) - 1, -1):
        deed = mentions.words.get(index)
        describes = deed is None or mentions.tokens[index].norm in _TERRORIST
        if describes and index != at - 1 - _ADJECTIVES and mentions.between(index, index + 1) == " ":
            continue
        event = deed.get("event", "noun") if deed is not None else None
        fired = event is not None and event.type in (EventType.SHELLING, EventType.AIRSTRIKE)
        return fired and mentions.between(index, index + 1) == " "
    return False


def _is_fire(word: Word) -> bool:
    """Whether a word tells of fire, which comes from somebody: "gunfire from factions of the army"."""
    noun = word.get("event", "noun")
    return noun is not None and noun.type in (EventType.SHOOTING, EventType.SHELLING)


def _is_one_of_two(mentions: Mentions, word: Word, first: int, last: int) -> bool:
    """Whether an actor is one of two that are named to choose from ("whether regime or Russian jets did it")."""
    whether = _whether(mentions, word, first)
    if whether is not None and mentions.tokens[whether + 1].norm == "or":
        return False  # "whether or not the regime or its ally was responsible"
    near = range(max(first, word.first - _WHETHER_REACH), min(last, word.last + 3))
    return any(
        mentions.tokens[at].norm == "or"
        and mentions.words_of(max(first, at - 3), at, "actor")
        and mentions.words_of(at, min(last, at + 3), "actor")
        for at in near
    )
