"""Which figures of a clause are coordinated: "three soldiers of the army and two civilians", "رجل وطفلان"."""

from __future__ import annotations

import re

from claimatlas.claims.counts import BREAK, Figure
from claimatlas.claims.persons import is_aged
from claimatlas.mentions.document import Mentions
from claimatlas.model import Victims
from claimatlas.numbers import NumberKind

# "…, a field commander of the group in the area, and eight more".
_NAMED_GAP = 9
HARD_BREAK = re.compile(r"[;:!?\n؛؟]")


def are_joined(mentions: Mentions, left: Figure, right: Figure) -> bool:
    """Whether two figures are coordinated: nothing but "and", commas and small words stand between."""
    if _suffers_else(mentions, right):
        return False
    if left.named and right.additional and _follows_name(mentions, left, right):
        return True
    if left.named and right.named and is_aged(mentions, left.last, right.first):
        return True
    if _joined_past_side(mentions, left, right) or _joined_past_name(mentions, left, right):
        return True
    left_last = _past_age(mentions, left)
    if right.first - left_last > 3 or HARD_BREAK.search(mentions.text[left.end : right.start]) is not None:
        return False
    between = list(mentions.words_in(left_last, right.first))
    if len(between) > 1 and between[0].is_cue("join"):
        between = [word for word in between if not word.is_cue("partitive")]  # "the death of X and of his two sons"
    return all(word.is_cue("join", "other", "hedge", "include") for word in between)


def _past_age(mentions: Mentions, figure: Figure) -> int:
    """The index behind a person and the age: "a girl of nine", "a man aged 40"."""
    age = mentions.numbers.get(figure.last + 1)
    if not figure.article or age is None or age.kind is NumberKind.ARTICLE:
        return figure.last
    return figure.last + 2 if mentions.tokens[figure.last].norm in ("of", "aged") else figure.last


def _suffers_else(mentions: Mentions, figure: Figure) -> bool:
    """Whether a verb that nobody knows stands in front of a figure: "killing its driver and burning two others"."""
    at = figure.first - 1
    if mentions.vocabulary.grammar.subject == "after" or at in mentions.words or at in mentions.names:
        return False
    token = mentions.tokens[at]
    return token.norm.endswith("ing") and mentions.text[token.start].islower()


# "مقتل 3 عناصر من وحدات مكافحة الإرهاب و5 مدنيين", "of the Internal Security Forces (Asayish) and".
_SIDE_WORDS, _NAMED_SIDE_WORDS = 6, 10
_SHORT_NAME = re.compile(r"\([^()]{1,30}\)")


def _joined_past_side(mentions: Mentions, left: Figure, right: Figure) -> bool:
    """Whether only whose men the first are stands between two figures, where "and" is written in one with a word."""
    join = mentions.vocabulary.grammar.attached_join
    near = 0 < right.first - left.last <= (_SIDE_WORDS if join else _NAMED_SIDE_WORDS)
    if not join or not near:
        return near and not join and _tells_side(mentions, left, right)
    alone = mentions.tokens[right.first - 1].norm == join  # "و7"
    if not alone and not mentions.vocabulary.begins_with_join(mentions.tokens[right.first].norm):
        return False
    gap = mentions.text[left.end : mentions.tokens[right.first].start]
    if left.victims is not Victims.COMBATANTS or BREAK.search(gap) is not None:
        return False
    return not mentions.words_of(left.last, right.first, "event", "outcome", "reporting", "clause", "include")


_NAME_WORDS = 4


def _joined_past_name(mentions: Mentions, left: Figure, right: Figure) -> bool:
    """Whether only the name of the first stands between two persons: "الطفلة مريم العلي والشاب أحمد"."""
    if not left.named or not right.named or not 0 < right.first - left.last <= _NAME_WORDS:
        return False
    if not mentions.vocabulary.begins_with_join(mentions.tokens[right.first].norm):
        return False
    gap = mentions.text[left.end : mentions.tokens[right.first].start]
    names = mentions.words_in(left.last, right.first)
    return BREAK.search(gap) is None and all(word.is_cue("neutral") for word in names)


def _tells_side(mentions: Mentions, left: Figure, right: Figure) -> bool:
    """Whether "of the YPG and" and nothing else stands between two figures."""
    words = list(mentions.words_in(left.last, right.first))
    if not words or not words[-1].is_cue("join") or not words[0].is_cue("partitive"):
        return False
    gap = _SHORT_NAME.sub("", mentions.text[left.end : right.start])
    if right.first - left.last < _SIDE_LINKS or BREAK.search(gap) is not None:
        return False
    return all(
        (word.get("actor") is not None or word.is_cue("partitive", "join"))
        if (word := mentions.words.get(at)) is not None
        else mentions.text[mentions.tokens[at].start].isupper()
        for at in range(left.last, right.first)
    )


# "Of", the side, and "and".
_SIDE_LINKS = 3


def _follows_name(mentions: Mentions, person: Figure, others: Figure) -> bool:
    """Whether others are counted on top of a person named: "…, a field commander of the group, and eight more"."""
    between = list(mentions.words_in(person.last, others.first))
    if not between or others.first - person.last > _NAMED_GAP or not between[-1].is_cue("join"):
        return False
    return not any(word.get("outcome") or word.get("event") or word.get("reporting") for word in between)
