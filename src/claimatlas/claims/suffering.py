"""Whom a deed hits, by the words around an actor: whose aircraft is brought down, whose houses and men are struck."""

from __future__ import annotations

from claimatlas.claims.speakers import BREAK, COMMA
from claimatlas.mentions.document import Mentions, Word
from claimatlas.model import EventType, Victims

# Words between a deed and the verb that it is the subject of ("قصف مدفعي عنيف لقوات النظام استهدف").
_DEED_GAP = 5
# … and between that verb and whose soldiers or houses it hits.
_STRUCK_GAP = 3
# "In", behind a victim and in front of his side.
AMONG = frozenset({"في", "ضمن", "لدي", "بصفوف"})


def is_hit(mentions: Mentions, owner: Word, first: int, last: int) -> bool:
    """Whether an aircraft or a gun is hit: "a Russian helicopter was shot down", "they downed a Syrian jet"."""
    means = mentions.words.get(owner.last) if owner.last < last else None
    if means is None or means.get("event", "means") is None or mentions.vocabulary.grammar.modifier != "before":
        return False
    behind = mentions.words.get(means.last) if means.last < last else None
    if behind is not None and behind.is_cue("have") and behind.last < last:
        behind = mentions.words.get(behind.last)
    if behind is not None and behind.is_cue("be"):
        deed = mentions.words.get(behind.last) if behind.last < last else None
        told = deed is not None and (deed.get("event", "verb") is not None or deed.get("outcome") is not None)
        return told and not mentions.tokens[behind.last].norm.endswith("ing")
    if behind is not None and "downs" in behind.entries.flags:
        return True
    at = owner.first - 1
    if at > first and mentions.tokens[at].norm in mentions.vocabulary.grammar.articles:
        at -= 1
    verb = mentions.words.get(at) if at >= first else None
    if verb is None or BREAK.search(mentions.between(at, at + 1)) is not None:
        return False
    downs = "downs" in verb.entries.flags
    return downs or (verb.is_cue("target") and verb.get("event", "verb") is not None)


_DOWNED_GAP = 9


def is_downed(mentions: Mentions, word: Word, first: int) -> bool:
    """As in "أسقطت الدفاعات التركية مروحية للنظام": whose aircraft was brought down."""
    means = mentions.words.get(word.first - 1) if word.first > first else None
    if mentions.vocabulary.grammar.subject != "after" or means is None or means.get("event", "means") is None:
        return False
    verbs = mentions.words_of(max(first, means.first - _DOWNED_GAP), means.first, "event")
    return any("downs" in verb.entries.flags and brings_down(mentions, verb) for verb in verbs)


# "أسقطت الدفاعات الجوية التركية مروحية": words between the verb and the aircraft, and from there to its bombs.
_FELLED_GAP, _BOMBS_GAP = 6, 4
_BOMBS = frozenset({"قنابل", "قنبله", "قنبلتين", "براميل", "صواريخ", "صاروخا", "صاروخين", "ذخائر"})


def brings_down(mentions: Mentions, verb: Word) -> bool:
    """Whether an aircraft stands behind "brought down", and no bombs behind that ("أسقطت طائرات حربية قنابل")."""
    for word in mentions.words_of(verb.last, min(len(mentions.tokens), verb.last + _FELLED_GAP), "event"):
        means = word.get("event", "means")
        if means is not None and means.type is EventType.AIRSTRIKE:
            reach = range(word.last, min(len(mentions.tokens), word.last + _BOMBS_GAP))
            return not any(mentions.tokens[at].norm in _BOMBS for at in reach)
    return False


def is_struck(mentions: Mentions, word: Word, first: int) -> bool:
    """As in "غارات استهدفت قوات النظام": the deed in front of a verb of aiming is its subject, and who follows is hit.

    The verb agrees with its subject: in "بعد قصف استهدفت قوات النظام" it is the forces that aim.
    """
    if mentions.vocabulary.grammar.subject != "after":
        return False
    at = word.first - 1
    while at > max(first, word.first - _STRUCK_GAP) and _may_be_hit(mentions, at):
        at -= 1  # "استهدف بيوت عناصر قسد"
    verb = mentions.words.get(at)
    aims = verb.get("event", "verb") if verb is not None else None
    if verb is None or aims is None or "aimed" not in aims.flags or COMMA.search(mentions.between(at, word.first)):
        return False
    for index in range(verb.first - 1, max(first - 1, verb.first - _DEED_GAP - 1), -1):
        if COMMA.search(mentions.between(index, index + 1)) or BREAK.search(mentions.between(index, index + 1)):
            return False
        deed = mentions.words.get(index)
        event = deed.get("event") if deed is not None else None
        if deed is not None and event is not None:
            noun, told = mentions.tokens[deed.first].norm, mentions.tokens[verb.first].norm
            return event.role != "verb" and noun.endswith(("ه", "ات")) == told.endswith("ت")
    return False


def _may_be_hit(mentions: Mentions, index: int) -> bool:
    """Whether a word between a verb and an actor can be what of the actor's is hit: soldiers, or something unknown."""
    word = mentions.words.get(index)
    return word is None or word.get("victims") is not None or word.is_cue("neutral", "unit")


# "A former member of": words between a victim and "in".
_FORMER_WORDS = 2


def is_side_of_victim(mentions: Mentions, word: Word, first: int, victims: set[int]) -> bool:
    """As in "اغتال مجهولون عنصرا سابقا في فصائل المعارضة", "مقتل عنصر قسد": whose man the victim was."""
    at = word.first - 1
    if at <= first or mentions.vocabulary.grammar.subject != "after":
        return False
    soldier = mentions.words.get(at)
    who = soldier.get("victims") if soldier is not None else None
    if at in victims and who is not None and who.victims is Victims.COMBATANTS:
        return mentions.between(at, at + 1) == " "
    if mentions.tokens[at].norm not in AMONG:
        return False
    for index in range(at - 1, max(first - 1, at - 2 - _FORMER_WORDS), -1):
        if index in victims:
            return True
        other = mentions.words.get(index)
        if other is not None and not other.is_cue("earlier", "neutral"):
            return False
    return False


_ITSELF = frozenset({"انها", "انهم", "انه", "بانها", "بانهم", "بانه"})


def is_hit_by_speaker(mentions: Mentions, means: Word, first: int) -> bool:
    """Whether a weapon is what somebody says to have hit: "قالت … إنها استهدفت راجمة للنظام"."""
    verb = mentions.words.get(means.first - 1)
    told = verb is not None and verb.get("event", "verb") is not None and verb.first > first
    return told and verb is not None and mentions.tokens[verb.first - 1].norm in _ITSELF
