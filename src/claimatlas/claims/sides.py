"""Clashes and their two sides: who fights, who is attacked, and who repels whom."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from claimatlas.claims.cast import ActorRole, Role
from claimatlas.mentions.document import Mentions, Word
from claimatlas.model import EventType

_TAKES = frozenset({
    "captured", "seized", "took", "retook", "recaptured", "drove", "expelled", "ousted", "overran", "stormed",
    "conquered", "pushed",
})  # fmt: skip
_TAKES_GAP = 5


def takes_ground(mentions: Mentions, word: Word, end: int) -> bool:
    """Whether who opens a clause takes ground: "ISIS captured the town", "the army, backed by jets, retook it"."""
    return any(
        mentions.tokens[at].norm in _TAKES and (at - word.last < _TAKES_GAP or "," in mentions.between(at - 1, at))
        for at in range(word.last, min(end, word.last + 2 * _TAKES_GAP))
    )


# "Beat back the rebels", "repelled dozens of militants".
_REPELLED_GAP = 3


def repelled(mentions: Mentions, roles: list[ActorRole], first: int, last: int) -> list[ActorRole]:
    """As in "the army repelled an attack by rebels": who holds an attack off is not its doer."""
    for word in mentions.words_of(first, last, "event"):
        if "repels" in word.entries.flags:
            before = mentions.words.get(word.first - 1) if word.first > first else None
            suffered = before is not None and before.is_cue("be")  # "the attack was repelled by the army"
            roles = [
                replace(role, role=Role.TARGET)
                if role.role is Role.AGENT and (role.word.last <= word.first) is not suffered
                else replace(role, role=Role.AGENT)
                if role.role in (Role.OTHER, Role.TARGET) and 0 <= role.word.first - word.last <= _REPELLED_GAP
                else role
                for role in roles
            ]
    return roles


# Words from "between" to the first side, and from it to the next ("… on the one hand and the factions of …").
_SIDES_APART = 9


def both_sides(mentions: Mentions, roles: list[ActorRole], first: int, last: int) -> list[ActorRole]:
    """As in "Clashes between A and B": both fight."""
    between = next(iter(mentions.words_of(first, last, "between")), None)
    if between is None or not any(
        entry.type is EventType.CLASH or word.last == between.first  # "shelling between A and B"
        for word in mentions.words_of(first, last, "event")
        for entry in word.entries
    ):
        return roles
    if _is_ended(mentions, between, first) or _has_attacker(roles, between):
        return roles
    if _attacks_behind(mentions, roles, between, last):
        return roles
    near, fighting = between.last, []
    for role in roles:
        if role.word.first > between.first and role.role in (Role.OTHER, Role.TARGET):
            if role.word.first - near <= _SIDES_APART:
                role = replace(role, role=Role.AGENT)
            near = max(near, role.word.last)
        fighting.append(role)
    return fighting


_ENDS = frozenset({"ease", "end", "ending", "halt", "stop", "reduce", "cease", "calm", "mediate", "prevent"})
_ENDS_GAP = 4


def _is_ended(mentions: Mentions, between: Word, first: int) -> bool:
    """Whether a fight is only spoken of as one to be ended ("deals to ease the fighting between A and B")."""
    return any(mentions.tokens[at].norm in _ENDS for at in range(max(first, between.first - _ENDS_GAP), between.first))


def _has_attacker(roles: Sequence[ActorRole], between: Word) -> bool:
    """Whether a clause tells before "between" who did it: "A killed 40 in the bloodiest clash yet between A and B"."""
    return any(role.role is Role.AGENT and not role.generic and role.word.last < between.first - 1 for role in roles)


def _attacks_behind(mentions: Mentions, roles: Sequence[ActorRole], between: Word, last: int) -> bool:
    """Whether a side is told behind "between A and B" to have attacked: "إثر هجوم للأخيرة على", "عقب تسلل للنظام"."""
    if mentions.vocabulary.grammar.subject != "after":
        return False
    sides = [role for role in roles if 0 <= role.word.first - between.last <= _SIDES_APART]
    known = {actor for role in sides for actor in role.actors}
    behind = (role for role in roles if role.role is Role.AGENT and role.word.first < last and role not in sides[:1])
    return any(
        set(role.actors) & known and mentions.words_of(sides[0].word.last, role.word.first, "event") for role in behind
    )


def opponents(mentions: Mentions, roles: list[ActorRole], first: int, last: int) -> list[ActorRole]:
    """As in "killed in clashes with B", where B fights, and "A clashed with B, killing 9", where A does the killing."""
    first_verbs = mentions.vocabulary.grammar.subject == "after"
    for clash in mentions.words_of(first, last, "event"):
        behind = mentions.words.get(clash.last)
        event = clash.get("event")
        if event is None or event.type is not EventType.CLASH or behind is None or behind.is_cue("join"):
            continue
        if not behind.is_cue("with") or _is_ended(mentions, behind, first):
            continue
        opener = next((role for role in roles if role.word.first - first <= OPENS), None)
        if opener is not None and takes_ground(mentions, opener.word, clash.first):
            continue  # "rebels seized the hill after clashes with the army"
        verb = clash.get("event", "verb") is not None
        if verb and not first_verbs and mentions.tokens[clash.first].norm == "clashed":
            verb = _one_side_kills(mentions, clash.last, last)
        if first_verbs and (verb or behind.is_cue("between")):
            continue
        roles = [
            _as_opponent(role, verb=verb) if 0 <= role.word.first - behind.last <= _OPPONENT_GAP else role
            for role in roles
        ]
    return roles


def _one_side_kills(mentions: Mentions, start: int, last: int) -> bool:
    """Whether who clashed is said to have done the killing ("…, killing nine"); else both sides fought.

    "A clashed with B, leaving 13 people dead on both sides".
    """
    norms = [mentions.tokens[at].norm for at in range(start, last)]
    pairs = [*pairwise(norms)]
    kills = "killing" in norms or any(verb == "killed" and before in _HAVE_OR_AND for before, verb in pairs)
    return kills and ("both", "sides") not in pairs


_HAVE_OR_AND = frozenset({"and", "have", "has", "had"})
# Words in front of who opens a clause.
OPENS = 3
# Words between "clashes with" and the name of the other side ("with fighters of the …").
_OPPONENT_GAP = 3


def _as_opponent(role: ActorRole, *, verb: bool) -> ActorRole:
    if verb:
        return replace(role, role=Role.TARGET) if role.role is Role.AGENT else role
    return replace(role, role=Role.AGENT) if role.role in (Role.OTHER, Role.TARGET) else role
