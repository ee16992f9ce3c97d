"""Deeds that powers tell of as their own without a word of whose they are: a coalition tells of its enemies' dead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claimatlas.claims.cast import ACTING, ActorRole, Role
from claimatlas.claims.counts import Figure
from claimatlas.claims.sourcenames import Speaker
from claimatlas.mentions.document import Mentions
from claimatlas.model import Actor, EventType, Outcome, Victims

_ANNOUNCERS = frozenset({Actor.US_LED_COALITION, Actor.ISRAEL, Actor.JORDAN, Actor.TURKEY})
_ENEMY_GAP = 4
_FLOWN_BEFORE = 80
_FOES = frozenset({Actor.ISIS, Actor.HTS_NUSRA, Actor.OPPOSITION})


def announced(
    mentions: Mentions, roles: Sequence[ActorRole], figures: Sequence[Figure], speaker: Speaker | None
) -> list[ActorRole]:
    """Who tells of a deed of its own without a word of whose it is; nobody where somebody else did it.

    Args:
        mentions: The report's mentions.
        roles: The clause's actors.
        figures: Its figures.
        speaker: Who speaks.
    """
    if any(role.role in ACTING for role in roles):
        return []
    return [*_announced_kills(mentions, roles, figures, speaker)] or [*_unintended(mentions, figures)]


_REGRETS = frozenset({"unintentionally", "inadvertently"})


def _unintended(mentions: Mentions, figures: Sequence[Figure]) -> Iterator[ActorRole]:
    """As in "it is assessed that two civilians were unintentionally killed": the power spoken of says so of itself."""
    if not mentions.vocabulary.grammar.cased_names or _REGRETS.isdisjoint(mentions.norms):
        return
    if not any(_REGRETS & {t.norm for t in mentions.tokens[f.first - 1 : f.last + 3]} for f in figures):
        return
    for word in reversed(mentions.words_of(0, figures[0].first, "actor")):
        entry = word.get("actor")
        if entry is not None and entry.name and entry.actors and _ANNOUNCERS.issuperset(entry.actors):
            yield ActorRole(word, entry.actors, entry.name, Role.OWNER)
            return


def _announced_kills(
    mentions: Mentions, roles: Sequence[ActorRole], figures: Sequence[Figure], speaker: Speaker | None
) -> Iterator[ActorRole]:
    """As in "أعلن التحالف الدولي مقتل قيادي في تنظيم داعش": a power of the air that tells of its enemies' dead."""
    behind = mentions.vocabulary.grammar.subject != "after"
    if speaker is None or not speaker.actors:
        return
    if not set(speaker.actors) <= (_ANNOUNCERS | {Actor.RUSSIA} if behind else _ANNOUNCERS):
        return
    if Actor.RUSSIA in speaker.actors and not _flew_before(mentions, figures):
        return  # it tells of whom its allies killed, too
    foes = _FOES | {Actor.SDF_YPG, Actor.SYRIAN_GOVERNMENT} if Actor.TURKEY in speaker.actors else _FOES
    foes = foes | {Actor.IRAN_ALLIES} if Actor.ISRAEL in speaker.actors else foes
    if behind and any(not set(role.actors) <= foes for role in roles if role.role is Role.VICTIM):
        return  # of the dead of its friends it tells, too
    alone = behind and not any(role.role is not Role.SPEAKER for role in roles) and _flew_before(mentions, figures)
    if behind and speaker.verb is not None and _admits(mentions, roles, figures, speaker):
        yield ActorRole(speaker.verb, speaker.actors, speaker.name, Role.AGENT)
        return
    known = behind and any(_names_foe(mentions, figure, speaker) for figure in figures)
    for figure in figures:
        if figure.victims is not Victims.COMBATANTS or Outcome.KILLED not in figure.outcomes:
            continue
        enemies = [
            role.word
            for role in roles
            if figure.first <= role.word.first <= figure.last + _ENEMY_GAP
            and (role.generic or not set(role.actors) & set(speaker.actors))
        ]
        word = mentions.words.get(speaker.first, enemies[0] if enemies else None)
        word = word or (mentions.words.get(figure.last - 1) if known else None)
        if word is not None and (enemies or alone or known):
            yield ActorRole(word, speaker.actors, speaker.name, Role.AGENT)
            return


_FOES_NAMES = frozenset({"qaeda", "qaida", "isis", "daesh", "i.s", "islamic", "isil"})
_FOES_OF_ISRAEL = frozenset({"hezbollah", "hamas", "irgc", "iranian", "jihad"})


def _names_foe(mentions: Mentions, figure: Figure, speaker: Speaker) -> bool:
    """Whether whom a figure counts is said to be of those whom a power hunts: "a senior al-Qaeda leader"."""
    names = _FOES_NAMES | _FOES_OF_ISRAEL if Actor.ISRAEL in speaker.actors else _FOES_NAMES
    return any(mentions.tokens[at].norm in names for at in range(figure.first, figure.last))


_COALITION, _STRIKE_REACH = "US-led coalition", 12


def _admits(mentions: Mentions, roles: Sequence[ActorRole], figures: Sequence[Figure], speaker: Speaker) -> bool:
    """Whether the coalition itself counts civilians killed from the air: "it said nine civilians died in a strike"."""
    killed = any(Outcome.KILLED in f.outcomes and f.victims is not Victims.COMBATANTS for f in figures)
    if speaker.name != _COALITION or not killed:
        return False
    if any(not set(role.actors) <= {*speaker.actors, Actor.ISIS} for role in roles):
        return False
    near = mentions.words_of(figures[0].first, min(len(mentions.tokens), figures[0].last + _STRIKE_REACH), "event")
    return any("flown" in word.entries.flags for word in near) or _flew_before(mentions, figures)


def retaliates(
    mentions: Mentions, figures: Sequence[Figure], speaker: Speaker | None, last: int
) -> Iterator[ActorRole]:
    """As in "the ministry said 184 of them were killed in retaliation": whoever tells so did it."""
    if speaker is None or speaker.verb is None or not speaker.actors:
        return
    killed = [figure for figure in figures if Outcome.KILLED in figure.outcomes]
    if killed and mentions.words_of(killed[0].first, last, "answers"):
        yield ActorRole(speaker.verb, speaker.actors, speaker.name, Role.AGENT)


def _flew_before(mentions: Mentions, figures: Sequence[Figure]) -> bool:
    """Whether the report has just told of aircraft or of strikes from the air."""
    near = figures[0].first if figures else 0
    behind = _ENEMY_GAP * 2 if mentions.vocabulary.grammar.subject == "before" else 0  # "… a leader in a drone strike"
    told = mentions.words_of(max(0, near - _FLOWN_BEFORE), min(len(mentions.tokens), near + behind), "event")
    return any(entry.type is EventType.AIRSTRIKE for word in told for entry in word.entries)
