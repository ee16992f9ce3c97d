"""Actors as subjects of verbs: what a verb behind or before an actor says of its part."""

from __future__ import annotations

from collections.abc import Iterator

from claimatlas.claims.cast import Role
from claimatlas.claims.speakers import BREAK, COMMA
from claimatlas.mentions.document import Mentions, Word
from claimatlas.model import Victims

# How far (in tokens) a doer stands from its verb.
_SUBJECT_GAP = 9


def belongs(mentions: Mentions, word: Word) -> bool:
    """Whether "of" is attached to an actor (لجيش), which then belongs to a noun in front, even past a comma."""
    of = mentions.vocabulary.grammar.attached_of
    if not of:
        return False
    # A quotation mark parts what is written in one: لـ"قسد".
    return mentions.tokens[word.first].norm.startswith(of) or mentions.tokens[max(0, word.first - 1)].norm == of


# What can tell the part of a subject; other words behind it are passed over.
_VERB_KEYS = frozenset({"that", "relative", "be", "suspect", "hedge", "outcome", "event", "claimant", "reporting"})
_USING = frozenset({"used", "uses", "using", "employed", "fielded"})


def verb_role(mentions: Mentions, word: Word, first: int, last: int, victims: set[int]) -> Role:
    """What the verb makes of an actor: the subject of "bombed" does it, the subject of "were killed" suffers it."""
    if mentions.vocabulary.grammar.subject == "after":
        return _verb_role_before(mentions, word, first, last, victims)
    left = mentions.words.get(word.first - 1) if word.first > first else None
    if left is not None and left.is_cue("leave"):
        return Role.VICTIM  # "leaving rebel fighters wounded"
    if _is_aimed_at(mentions, word, first, last):
        return Role.OTHER
    passive = spoken = False
    for index in _behind_subject(mentions, word.last, last):
        article = mentions.tokens[index].norm in mentions.vocabulary.grammar.articles
        if index in mentions.numbers and index not in mentions.dates and not article:
            if mentions.tokens[index - 1].norm in _SEIZED:
                continue  # "troops detained seven people and killed one"
            return Role.OTHER
        other = mentions.words.get(index)
        if other is None or other.first != index or other.entries.keys.isdisjoint(_VERB_KEYS):
            continue
        told = mentions.words.get(index - 1)
        if other.is_cue("that", "relative") and told is not None and told.get("event", "noun") is not None:
            return Role.OTHER  # "… rebels in battles that killed nine"
        outcome, event = other.get("outcome"), other.get("event")
        spoken = spoken or other.get("claimant") is not None
        if other.is_cue("be"):
            passive = True
        elif other.is_cue("suspect", "hedge") and mentions.tokens[other.last - 1].norm == "have":
            passive = False  # "is believed to have struck"
        elif outcome is not None and "bears" in outcome.flags:
            return Role.VICTIM
        elif outcome is not None and outcome.side == "right" and _tells_result(mentions, index, first, word):
            return Role.OTHER
        elif outcome is not None and outcome.side != "left":
            suffers = passive or (outcome.side == "either" and has_no_object(mentions, other, last))
            return Role.VICTIM if suffers else Role.AGENT
        elif outcome is not None:
            return Role.VICTIM
        elif other.get("event", "noun") is not None and _sets_about(mentions, word.last, index):
            return Role.AGENT
        elif event is not None and event.role == "verb" and _is_spoken_of(mentions, other, word.last):
            continue  # "has not commented on the bombing", "called the attack an act of terror"
        elif event is not None and event.role == "verb":
            if mentions.tokens[min(index + 1, last - 1)].norm == "under":
                return Role.TARGET  # "came under fire"
            goes_on = mentions.tokens[index].norm.endswith("ing")  # "were shelling"
            return Role.TARGET if passive and not goes_on else Role.AGENT
        elif other.get("reporting") is not None:
            return Role.OTHER if spoken else Role.SPEAKER  # "fighters near X, a monitor said"
        elif event is not None and event.role == "means" and _uses(mentions, word.last, index):
            return Role.AGENT
        elif event is not None and event.role == "noun" and passive:
            goes_on = mentions.tokens[index].norm.endswith("ing") and mentions.words.get(index - 1) is not None
            return Role.AGENT if goes_on and mentions.words[index - 1].is_cue("be") else Role.OTHER
    return Role.OTHER


# "Allied to the U.S.-backed Kurdish forces": words between "to" and a name.
_TO_GAP, _WHOSE_GAP = 4, 6
_TO = frozenset({"to", "for"})


def _is_aimed_at(mentions: Mentions, word: Word, first: int, last: int) -> bool:
    """Whether "to" stands in front of an actor, no subject then: "a town whose people belong to the sect of X killed".

    "A militia loyal to X" acts for X, but not where it is only said to hold the ground.
    """
    for at in range(word.first - 1, max(first, word.first - 1 - _TO_GAP), -1):
        before = mentions.words.get(at)
        norm = mentions.tokens[at].norm
        if norm in _TO:
            if word.last < last and mentions.tokens[word.last].norm.endswith("ing"):
                return False  # "led to rebels shelling the town"
            if before is None or not before.is_cue("holder"):
                return any(mentions.tokens[index].norm == "whose" for index in range(max(first, at - _WHOSE_GAP), at))
            near = range(max(first, before.first - _TO_GAP), before.first)
            return any(_holds_ground(mentions.words.get(index)) for index in near)
        if norm in mentions.vocabulary.grammar.articles:
            continue
        if before is None or not (before.get("actor") or before.is_cue("backed", "country")):
            return False
    return False


def _holds_ground(word: Word | None) -> bool:
    """Whether a word is one for holding ground, and not for belonging: "controlled", not "allied to"."""
    return word is not None and word.is_cue("holder") and word.last - word.first == 1


_SEIZED = frozenset({"detained", "arrested", "seized", "rounded", "captured"})
_SETTING_ABOUT = frozenset({
    "resumed", "renewed", "intensified", "escalated", "continued", "began", "started", "stepped", "led", "joined",
    "continue", "resume", "begin", "start",
})  # fmt: skip
# "Began an", "stepped up the deadly": so many words stand between the verb and the deed.
_ABOUT_GAP = 3


def _sets_about(mentions: Mentions, start: int, deed: int) -> bool:
    """Whether an actor begins or goes on with a deed that is told by a noun ("resumed the bombing of …")."""
    near = range(max(start, deed - _ABOUT_GAP), deed)
    return any(mentions.tokens[at].norm in _SETTING_ABOUT for at in near)


def _is_spoken_of(mentions: Mentions, deed: Word, start: int) -> bool:
    """Whether a word that may be a verb is a thing behind an article ("the bombing", "the deadly bombing")."""
    if deed.get("event", "noun") is None:
        return False
    determiners = {*mentions.vocabulary.grammar.definite, *mentions.vocabulary.grammar.articles}
    at = deed.first - 1
    if at > start and at not in mentions.words and mentions.tokens[at].norm not in determiners:
        at -= 1
    return at >= start and mentions.tokens[at].norm in determiners


def _uses(mentions: Mentions, start: int, weapon: int) -> bool:
    """Whether an actor is said to use a weapon ("used a guided missile")."""
    return any(mentions.tokens[at].norm in _USING for at in range(start, weapon))


# What the nouns behind these do is not told by the verb that follows ("a heavy blow to the so-called army, killing …").
_PREPOSITIONS = frozenset({"to", "into", "towards", "toward", "near", "inside", "upon"})


def _tells_result(mentions: Mentions, index: int, first: int, word: Word) -> bool:
    """Whether "killing" says what came of the verb before an actor: "struck a rebel group's offices killing six"."""
    if not mentions.tokens[index].norm.endswith("ing"):
        return False
    before = range(max(first, word.first - 3), word.first)
    if any(mentions.tokens[at].norm in _PREPOSITIONS for at in before) and not mentions.words_in(
        before.start, word.first
    ):
        return True
    return any(other.get("event", "verb") is not None for other in mentions.words_of(first, word.first, "event"))


def has_no_object(mentions: Mentions, outcome: Word, last: int) -> bool:
    """Whether "killed" says what befell the words in front of it: "fighters killed in a strike", not "killed two"."""
    if outcome.last >= last:
        return True
    behind = mentions.words.get(outcome.last)
    if any(at not in mentions.dates for at in mentions.numbers_in(outcome.last, outcome.last + 4)):
        return False  # "killed at least 10"
    return behind is not None and (behind.is_cue("by", "clause") or behind.get("place", "in") is not None)


def are_targets(mentions: Mentions, word: Word, last: int) -> bool:
    """As in "against what it said were Iranian targets near Damascus": the noun, and no verb with its object."""
    if word.last >= last or mentions.tokens[word.last].norm != "targets":
        return False
    behind = mentions.words.get(word.last + 1) if word.last + 1 < last else None
    ends = word.last + 1 >= last or mentions.between(word.last, word.last + 1) != " "
    return ends or (behind is not None and (behind.get("place", "in") is not None or behind.is_cue("join")))


def _behind_subject(mentions: Mentions, start: int, last: int) -> Iterator[int]:
    """The words in which a subject's verb is looked for, without what stands between brackets.

    Nor what it answers, between commas: "the army, in response to the shelling of A, fired on positions in B".
    """
    steps, inside = 0, False
    answers = (
        start < last
        and bool(mentions.words_of(start, start + 1, "reply"))
        and "," in mentions.between(start - 1, start)
    )
    for index in range(start, last):
        gap = mentions.between(index - 1, index)
        if answers and (index == start or "," not in gap):
            continue
        answers = False
        if inside and ")" in gap:
            inside = False
        elif inside or ("(" in gap and ")" not in gap):
            inside = True
            continue
        elif BREAK.search(gap) is not None:
            return
        steps += 1
        if steps > _SUBJECT_GAP:
            return
        yield index


def _verb_role_before(mentions: Mentions, word: Word, first: int, last: int, victims: set[int]) -> Role:
    """The same where the verb comes first ("قصفت قوات النظام"), or right behind its subject ("أن قوات النظام قصفت")."""
    passed = hit = False
    for index in range(word.first - 1, max(first - 1, word.first - 6), -1):
        if BREAK.search(mentions.between(index, index + 1)) is not None:
            break
        other = mentions.words.get(index)
        if other is None or other.first != index:
            continue
        if other.get("event", "verb") is not None:
            apart = other.last < word.first and word.first - 1 not in mentions.words and belongs(mentions, word)
            return Role.TARGET if passed or apart or hit else Role.AGENT
        outcome = other.get("outcome")
        if outcome is not None and "weak" in outcome.flags:
            return Role.VICTIM  # "خسرت قوات النظام 7 عناصر"
        if outcome is not None:
            killer = other.last >= word.first - 1 and any(at in victims for at in range(word.last, word.last + 3))
            return Role.AGENT if killer else Role.VICTIM
        if other.get("reporting") is not None:
            return Role.SPEAKER if not _acts_next(mentions, word, last) else Role.AGENT
        soldiers = other.get("victims")
        if soldiers is not None and soldiers.victims is Victims.COMBATANTS and other.last == word.first:
            verb = mentions.tokens[other.first - 1].norm
            hit = soldiers.count == 1 and verb.endswith("ت")  # "استهدفت زعيم داعش": the verb is another's
            continue  # "قيام جنود الجيش التركي"
        if other.is_cue("unit") and other.last == word.first:
            continue  # "توغلت قوة إسرائيلية"
        if other.get("actor") is None:
            break
        passed = passed or not mentions.vocabulary.begins_with_join(mentions.tokens[word.first].norm)
    return Role.AGENT if _acts_next(mentions, word, last) else Role.OTHER


# What may stand between a subject and its verb: "قوات النظام المتمركزة بالحواجز المحيطة استهدفت".
_PASSED = ("join", "be", "partitive", "backed", "neutral", "ignore_number", "unit")


def _acts_next(mentions: Mentions, word: Word, last: int) -> bool:
    """Whether a verb follows close behind an actor that stands in front of it, or a deed it sets about (باستهداف)."""
    index = word.last
    opener = mentions.words.get(word.first - 1)
    led = opener is not None and opener.is_cue("that")
    while index < min(last, word.last + 8):
        gap = mentions.between(index - 1, index)
        other = mentions.words.get(index)
        # A comma between a subject and its verb is no rule of grammar, but common: "إن قوات النظام، قصفت".
        verb = (led or index == word.last) and other is not None and other.get("event", "verb") is not None
        if BREAK.search(gap) is not None or (COMMA.search(gap) is not None and not verb):
            return False
        if other is None:
            index += 1
            continue
        event, outcome = other.get("event"), other.get("outcome")
        if mentions.tokens[index].norm in ("ان", "بان"):
            return False  # "أفاد مرصد تابع للمعارضة أن طائرة قصفت", but "قالت قسد إنها قصفت"
        if event is not None:
            token = mentions.tokens[index].norm
            if mentions.tokens[index - 1].norm == "في":
                return False  # "قواعد يستخدمها الإرهابيون في شن هجمات"
            # "قصف" is written alike as verb and as noun; right behind its subject it is the verb.
            acts = event.role == "verb" or (event.role == "noun" and index == word.last and len(token) == 3)
            return acts and not mentions.vocabulary.begins_with_join(token)
        if outcome is not None:  # "قسد تقتل"; an army that "قتل" has killed, and was not killed
            kills = outcome.side == "right" or mentions.tokens[index].norm == "قتل"
            return index == word.last and kills and "counted" not in outcome.flags
        passed = other.is_cue(*_PASSED) or (other.is_cue("earlier") and index == word.last)
        if other.get("actor") is None and other.get("place") is None and not passed:  # "قسد كانت قد استهدفت"
            return False
        index = other.last
    return False
