"""What was not done, or not yet: plans, possibilities, denied deeds and denied tolls."""

from __future__ import annotations

from collections.abc import Sequence

from claimatlas.claims.clausedays import COMMA_OR_STOP
from claimatlas.claims.clauses import has_deed
from claimatlas.claims.counts import Figure
from claimatlas.mentions.document import Mentions, Word
from claimatlas.model import EventType


def is_planned(mentions: Mentions, first: int, last: int) -> bool:
    """Whether words of plan or threat stand in front of the clause's first deed ("vowed to bomb"), not behind it."""
    for word in mentions.words_of(first, last, "conditional", "event", "outcome"):
        if word.is_cue("conditional"):
            if _leaves_open(mentions, word):
                continue
            return True
        if word.get("event") is not None and word.get("event", "means") is None:
            return False
        if word.get("outcome") is not None:
            return False
    return False


_KNOWING = frozenset({
    "say", "determine", "confirm", "establish", "tell", "verify", "know", "specify", "clear", "known", "sure",
})  # fmt: skip
_KNOWING_GAP = 3
_IF_TRUE = frozenset({"confirmed", "verified", "true"})


def _leaves_open(mentions: Mentions, word: Word) -> bool:
    """Whether a word of plan only says that something is not known: "could not say who", "not clear if"."""
    norm = mentions.tokens[word.first].norm
    if norm == "if" and mentions.tokens[min(word.last, len(mentions.tokens) - 1)].norm in _IF_TRUE:
        return True  # "If confirmed, the attack on Halfaya would be one of the deadliest"
    if norm == "if":
        return mentions.tokens[word.first - 1].norm in _KNOWING
    behind = [token.norm for token in mentions.tokens[word.last : word.last + _KNOWING_GAP]]
    return norm == "could" and behind[:1] == ["not"] and not _KNOWING.isdisjoint(behind)


_NOT = frozenset({"not", "never", "without", "didn't", "hasn't", "haven't", "hadn't", "nor"})
_NOT_ONLY = frozenset({"only", "just", "merely", "simply"})
# "Had not been shelled", "not a single shell fell", "no Russian air strikes": so many words may stand in between.
_NOT_GAP = 3
_AUXILIARIES = frozenset({
    "been", "be", "yet", "even", "any", "a", "an", "single", "the", "carry", "out", "carried", "carrying", "conduct",
    "conducted", "conducting", "launch", "launched", "launching", "further", "new", "more", "fresh",
})  # fmt: skip


def without_undone(mentions: Mentions, deeds: Sequence[Word], first: int, last: int) -> list[Word]:
    """Words for deeds that a clause does not say were not done: "did not carry out strikes", "no shells fell".

    What is left of weapons alone then tells nothing: "jets flew over the town", "helicopters dropped leaflets".
    """
    if mentions.vocabulary.grammar.subject == "after" or not deeds:
        return list(deeds)
    told: list[Word] = []
    undone: list[Word] = []
    for word in deeds:
        # Behind "not carry out", "strikes" was not done either.
        goes_on = bool(undone) and word.first <= undone[-1].last + 1
        (undone if goes_on or _is_negated(mentions, word, first) else told).append(word)
    # … but a shell that "did not explode" fell all the same.
    idle = any(entry.type is not EventType.EXPLOSION for word in undone for entry in word.entries)
    idle = idle or any(not _is_sent_against(mentions, word, last) for word in mentions.words_of(first, last, "idle"))
    return [] if idle and all(word.get("event", "means") is not None for word in told) else told


_AGAINST_GAP = 6


def _is_sent_against(mentions: Mentions, word: Word, last: int) -> bool:
    """Whether what is sent somewhere attacks it: "sent six drones against the town"."""
    behind = mentions.tokens[word.last : min(last, word.last + _AGAINST_GAP)]
    return any(token.norm == "against" for token in behind)


def _is_negated(mentions: Mentions, deed: Word, first: int) -> bool:
    """Whether a deed is said not to have been done, or an aircraft not to have been there ("its jets were not")."""
    if deed.get("event", "means") is not None:
        behind = mentions.words.get(deed.last)
        absent = behind is not None and behind.is_cue("be") and behind.last < len(mentions.tokens)
        if behind is not None and absent and mentions.tokens[behind.last].norm in _NOT:
            return True
    for at in range(deed.first - 1, max(first, deed.first - 1 - _NOT_GAP) - 1, -1):
        norm, word = mentions.tokens[at].norm, mentions.words.get(at)
        negates = norm == "no" or norm in _NOT
        if not negates and norm not in _AUXILIARIES and (word is None or word.get("actor") is None):
            return False
        if COMMA_OR_STOP.search(mentions.between(at, at + 1)) is not None:
            return False
        if norm == "no":
            return deed.get("event", "noun") is not None or deed.get("event", "means") is not None
        if negates:
            return mentions.tokens[at + 1].norm not in _NOT_ONLY
    return False


def is_possible(mentions: Mentions, figure: Figure, first: int) -> bool:
    """Whether words right in front of a figure make it a mere possibility ("could kill", "possible civilian dead")."""
    words = mentions.words_of(max(0, first - _POSSIBLE_GAP), figure.first, "conditional")
    near = words[-1] if words else None
    if near is None or near.last <= max(first, figure.first - _POSSIBLE_GAP):
        return False
    # "He survived an assassination attempt; his bodyguard was killed" tells of no mere possibility.
    return ";" not in mentions.text[mentions.tokens[near.first].start : figure.start]


# "Could have killed as many as": so many words stand between a possibility and its figure.
_POSSIBLE_GAP = 5
# "ردا على مقتل ثلاثة من جنودها": words from the death to those who died.
_ANSWERED_GAP = 2


def is_answered_toll(mentions: Mentions, figure: Figure, first: int) -> bool:
    """Whether a death is only what was answered, where verbs come first: "قصفت … مواقع قسد ردا على مقتل جندي"."""
    if mentions.vocabulary.grammar.subject != "after":
        return False
    reply = next(iter(mentions.words_of(first, figure.first, "reply")), None)
    death = mentions.words.get(reply.last) if reply is not None else None
    return death is not None and death.get("outcome") is not None and figure.first - death.last <= _ANSWERED_GAP


# "نفت الأنباء التي تحدثت عن مقتل خمسة": words from a denial to the death it denies.
_TOLL_DENIED_GAP = 7
_CLAIMED = frozenset({"مزاعم", "انباء", "الانباء", "ادعاءات", "تقارير", "صحه", "روايه", "معلومات"})


def is_denied_toll(mentions: Mentions, figure: Figure, first: int) -> bool:
    """Whether a denial is of the deaths themselves, and of no deed: "نفت قسد الأنباء عن مقتل خمسة من عناصرها"."""
    if mentions.vocabulary.grammar.subject != "after":
        return False
    denials = [
        word
        for word in mentions.words_of(first, figure.first, "reporting")
        if word.get("reporting", "deny") is not None and not has_deed(mentions, first, word.first)
    ]
    if not denials:
        return False
    death = next(iter(mentions.words_of(denials[0].last, figure.first, "outcome")), None)
    if death is None:
        return False
    told = (at for at in range(denials[0].last, death.first) if mentions.tokens[at].norm in _CLAIMED)
    if death.first - max(told, default=denials[0].last) > _TOLL_DENIED_GAP:
        return False
    return not mentions.words_of(denials[0].last, death.first, "event", "responsible", "leave")
