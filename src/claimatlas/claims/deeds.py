"""Which kind of deed a clause tells, by its words for deeds and weapons and by who did it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from claimatlas.claims.cast import ACTING, ActorRole, Role
from claimatlas.claims.roles import STATES
from claimatlas.mentions.document import Mentions, Word
from claimatlas.model import Actor, EventType

_ROLE_WEIGHT = {"noun": 4, "means": 2, "verb": 3}
# Which type wins where words of two are as strong: gas is always gas, and a bomb that brings on a battle stays a bomb.
_RANK = (
    EventType.CHEMICAL, EventType.EXPLOSION, EventType.AIRSTRIKE, EventType.SHELLING, EventType.ABDUCTION,
    EventType.SHOOTING, EventType.CLASH, EventType.OTHER,
)  # fmt: skip


_GUNNERS = frozenset({
    Actor.SYRIAN_GOVERNMENT, Actor.RUSSIA, Actor.TURKEY, Actor.TURKISH_BACKED_OPPOSITION, Actor.OPPOSITION,
    Actor.HTS_NUSRA, Actor.SDF_YPG,
})  # fmt: skip
_WITH_AIRCRAFT = frozenset({Actor.SYRIAN_GOVERNMENT, Actor.RUSSIA, Actor.TURKEY})
# Whose raids are made on foot; and who else may make one so.
_ON_FOOT = frozenset({Actor.SDF_YPG, Actor.HTS_NUSRA, Actor.TURKISH_BACKED_OPPOSITION, Actor.OPPOSITION})
_RAIDERS = _ON_FOOT | {Actor.US_LED_COALITION, Actor.ISRAEL}
_ISRAEL = frozenset({Actor.ISRAEL})
_FLYING_POWERS = _ISRAEL | frozenset({Actor.US_LED_COALITION, Actor.RUSSIA, Actor.JORDAN, Actor.IRAQ})


class _Deed(msgspec.Struct):
    """What a clause's words say of its deed.

    Attributes:
        mentions: The report's mentions.
        words: The words for deeds and weapons.
        scores: The types they may mean, each with the weight of its strongest word.
        flags: What the vocabulary says of them besides.
        doers: Who is said to have done it.
    """

    mentions: Mentions
    words: Sequence[Word]
    scores: dict[EventType, int]
    flags: frozenset[str]
    doers: set[Actor]

    @property
    def is_only_flown(self) -> bool:
        """Whether nothing but words that aircraft may lend their meaning ("strike", "bombing") is told."""
        entries = (entry for word in self.words for entry in word.entries.deeds)
        return "flown" in self.flags and all("flown" in entry.flags for entry in entries)

    def is_by(self, actors: frozenset[Actor]) -> bool:
        """Whether there are doers, and all are of these."""
        return bool(self.doers) and self.doers <= actors


def find_type(mentions: Mentions, deeds: Sequence[Word], actors: Sequence[ActorRole]) -> tuple[EventType | None, int]:
    """Which kind of deed the words of a clause tell.

    Args:
        mentions: The report's mentions.
        deeds: The clause's words for deeds and weapons.
        actors: The actors it names, each with its part.

    Returns:
        The type, None when the words do not say, and how strongly they say it (from 0; `Statement.type_weight`).
    """
    deeds = [word for word in deeds if not _is_hit_arm(mentions, word)]
    inside = [*_deeds_inside(mentions, actors)]
    if not deeds and not inside:
        return None, 0
    doers = {actor for role in actors if role.role in ACTING for actor in role.actors}
    flags = frozenset[str]().union(*[word.entries.flags for word in deeds])
    deed = _Deed(mentions, deeds, _weigh((*deeds, *inside)), flags, doers)
    _drop_shots(deed)
    if EventType.CHEMICAL in deed.scores:
        return EventType.CHEMICAL, 5
    if EventType.SHELLING not in deed.scores and "downs" in flags and not _attacks(mentions, deeds):
        return EventType.OTHER, 3  # whatever brought an aircraft down, it was no strike of its own
    return _type_by_doer(deed) or _type_untold(deed) or _type_by_words(deed)


_ATTACKING = frozenset({"attacked", "struck", "hit", "targeted", "bombed"})


def _attacks(mentions: Mentions, deeds: Sequence[Word]) -> bool:
    """Whether aircraft attack, be some of them shot down as well: "five drones attacked the garrison"."""
    return any(
        word.get("event", "means") is not None
        and mentions.tokens[min(word.last, len(mentions.tokens) - 1)].norm in _ATTACKING
        for word in deeds
    )


_ARMS_HIT = frozenset(
    {"tank", "tanks", "artillery", "howitzer", "howitzers", "cannon", "cannons", "launcher", "launchers"}
)
_HITTING = frozenset({"struck", "hit", "targeted", "destroyed", "striking", "hitting", "targeting", "destroying"})


def _is_hit_arm(mentions: Mentions, word: Word) -> bool:
    """Whether a gun or a tank is what was struck, and struck nobody: "it struck tanks heading for the city"."""
    if mentions.tokens[word.last - 1].norm not in _ARMS_HIT or word.first == 0:
        return False
    return mentions.tokens[word.first - 1].norm in _HITTING


def _weigh(words: Sequence[Word]) -> dict[EventType, int]:
    """The types that words may mean, each with the weight of the strongest of them."""
    scores: dict[EventType, int] = {}
    for word in words:
        for entry in word.entries.deeds:
            assert entry.type is not None
            if "raid" in entry.flags:
                continue  # says so only where nothing in the whole report does
            weight = 1 if "weak" in entry.flags else _ROLE_WEIGHT.get(entry.role, 1)
            scores[entry.type] = max(scores.get(entry.type, 0), weight)
    return scores


def _drop_shots(deed: _Deed) -> None:
    """Leave out shooting and exploding where the words only say who came, or what the shells did."""
    mentions, words, scores = deed.mentions, deed.words, deed.scores
    if EventType.EXPLOSION in scores and EventType.SHOOTING in scores and _only_gunmen(mentions, words):
        # "Unknown gunmen targeted a car with a hand grenade".
        scores[EventType.EXPLOSION] = max(scores[EventType.EXPLOSION], scores.pop(EventType.SHOOTING))
    if scores.get(EventType.SHOOTING) == 1 and EventType.CLASH in scores:
        scores.pop(EventType.SHOOTING)  # "clashed with gunmen"
    fired = EventType.SHELLING in scores and _only_blasts(mentions, words)
    if EventType.EXPLOSION in scores and (fired or _bursts(words)):
        scores.pop(EventType.EXPLOSION)
    if scores.get(EventType.SHELLING, 0) > 1 and EventType.SHOOTING in scores and _only_gunmen(mentions, words):
        scores.pop(EventType.SHOOTING)  # "unknown gunmen fired a rocket at a checkpoint"
    if EventType.SHELLING in scores and EventType.SHOOTING in scores:
        shots = (word for word in words if any(entry.type is EventType.SHOOTING for entry in word.entries.deeds))
        if all(mentions.tokens[word.last - 1].norm in _FIRED for word in shots):
            scores.pop(EventType.SHOOTING)  # "rockets fired at the city"


def _type_by_doer(deed: _Deed) -> tuple[EventType, int] | None:
    """The type that follows from who did it, where the words leave that open."""
    mentions, words, scores = deed.mentions, deed.words, deed.scores
    if deed.is_by(_RAIDERS) and _raids(mentions, words) and scores.keys() <= {EventType.AIRSTRIKE}:
        by_men = _is_led_by_men(mentions, words)
        if by_men or (EventType.AIRSTRIKE not in scores and deed.is_by(_ON_FOOT)):
            return EventType.SHOOTING, 1  # a raid that kills without a fight (codebook, section 6)
    if deed.is_by(_FLYING_POWERS) and deed.is_only_flown:
        # Strikes of powers without ground forces in the war are flown, unless the words say otherwise.
        return EventType.AIRSTRIKE, 2
    if (
        not scores
        and deed.is_by(_WITH_AIRCRAFT)
        and "flown" in deed.flags
        and "aimed" not in deed.flags
        and (Actor.RUSSIA in deed.doers or not _raids(mentions, words))
    ):
        return EventType.AIRSTRIKE, 1  # "regime raids", "Turkish strikes"; one raid may be made on foot
    bombing = scores.get(EventType.EXPLOSION) == scores.get(EventType.SHELLING) == 1
    if bombing and deed.doers & STATES:
        return EventType.SHELLING, 1  # "the regime's bombing" is no planted bomb
    return None


def _type_untold(deed: _Deed) -> tuple[EventType | None, int] | None:
    """The type of a deed whose words tell none (codebook, section 6); no answer where they do."""
    if deed.scores:
        return None
    if deed.doers == _ISRAEL:
        return EventType.AIRSTRIKE, 1  # "the Israeli aggression"
    # Forces with guns who hit a place shell it.
    return (EventType.SHELLING, 1) if "aimed" in deed.flags and deed.is_by(_GUNNERS) else (None, 0)


def _type_by_words(deed: _Deed) -> tuple[EventType, int]:
    """The type the words tell most strongly; whoever only flies fires its missiles from the air."""
    mentions, words, scores = deed.mentions, deed.words, deed.scores
    if EventType.AIRSTRIKE in scores and not _is_told(words, EventType.SHELLING):
        scores.pop(EventType.SHELLING, None)  # "bombed from the air"
    by_israel = deed.doers == _ISRAEL and not _fires_guns(mentions, words)
    if by_israel and scores.get(EventType.SHELLING, 0) in (1, 2):
        return EventType.AIRSTRIKE, 2  # its missiles are flown in (codebook, section 6)
    if scores == {EventType.EXPLOSION: 1} and deed.is_by(_FLYING_POWERS):
        return EventType.AIRSTRIKE, 2  # "by the bombs of the coalition"
    if scores.keys() == {EventType.SHELLING} and deed.is_only_flown:
        return EventType.SHELLING, 1  # "bombing", with no word on the means, yields to any that has one
    if scores.keys() == {EventType.OTHER} and "aimed" in deed.flags and deed.is_by(_GUNNERS):
        return EventType.SHELLING, 1
    missiles = EventType.AIRSTRIKE in scores and scores.get(EventType.SHELLING, 0) > scores[EventType.AIRSTRIKE]
    if missiles and deed.is_by(_FLYING_POWERS) and not _fires_guns(mentions, words):
        return EventType.AIRSTRIKE, scores[EventType.SHELLING]  # "قصف بالصواريخ مصدره الطائرات المسيرة"
    best = max(sorted(scores, key=_RANK.index), key=scores.__getitem__)
    weight = scores[best]
    if best is not EventType.SHELLING:
        return best, weight
    if EventType.AIRSTRIKE in scores and weight <= scores[EventType.AIRSTRIKE] + 1:
        return EventType.AIRSTRIKE, scores[EventType.AIRSTRIKE]
    return (EventType.AIRSTRIKE if by_israel else EventType.SHELLING), weight


# The last words of "fired at", "opened fire".
_FIRED = frozenset({"at", "fire"})


def _bursts(deeds: Sequence[Word]) -> bool:
    """Whether what exploded was fired or dropped: "a rocket exploded at the gate", "two shells went off"."""
    fired = False
    for word in deeds:
        for entry in word.entries.deeds:
            if entry.type is EventType.EXPLOSION and (entry.role != "verb" or not fired):
                return False
            fired = fired or (entry.role == "means" and entry.type in (EventType.SHELLING, EventType.AIRSTRIKE))
    return fired


_BLASTS = frozenset({"blast", "blasts", "explosion", "explosions"})


def _only_blasts(mentions: Mentions, deeds: Sequence[Word]) -> bool:
    """Whether of exploding only a bare noun is told, be it a shell's: "explosions from rockets", not "a bomb blast"."""
    bursts = (word for word in deeds if any(entry.type is EventType.EXPLOSION for entry in word.entries.deeds))
    return all(word.last - word.first == 1 and mentions.tokens[word.first].norm in _BLASTS for word in bursts)


_GUNMEN = frozenset({"gunmen", "gunman", "assailants", "attackers", "men"})


def _only_gunmen(mentions: Mentions, deeds: Sequence[Word]) -> bool:
    """Whether nothing but a word for the doers speaks of shooting."""
    shooting = (word for word in deeds if any(entry.type is EventType.SHOOTING for entry in word.entries.deeds))
    return all(mentions.tokens[word.last - 1].norm in _GUNMEN for word in shooting)


def _raids(mentions: Mentions, deeds: Sequence[Word]) -> bool:
    """Whether one raid is told of, and not a series, which would be flown."""
    return any(mentions.tokens[word.last - 1].norm in ("raid", "raided") for word in deeds)


def _is_led_by_men(mentions: Mentions, deeds: Sequence[Word]) -> bool:
    """Whether a raid is one of men on the ground ("special forces raided", "a helicopter raid by commandos")."""
    near = range(max(0, deeds[0].first - _RAID_GAP), min(len(mentions.tokens), deeds[-1].last + _RAID_GAP))
    return any(mentions.tokens[at].norm in _RAIDING_MEN for at in near)


_RAIDING_MEN = frozenset({
    "special", "commandos", "commando", "ground", "landed", "landing", "heliborne", "operatives", "detained",
    "arrested", "detaining", "arresting",
})  # fmt: skip
_RAID_GAP = 12


def _is_told(deeds: Sequence[Word], kind: EventType) -> bool:
    """Whether words that mean nothing else tell a type."""
    return any(e.type is kind and "flown" not in e.flags for word in deeds for e in word.entries.deeds)


_GUNS = re.compile(r"artiller|mortar|tank|shell|مدفعي|دباب|هاون|قذيف|قذائف")


def _fires_guns(mentions: Mentions, deeds: Sequence[Word]) -> bool:
    """Whether the deeds' words speak of guns on the ground."""
    return any(_GUNS.search(mentions.tokens[at].norm) for word in deeds for at in range(word.first, word.last))


def _deeds_inside(mentions: Mentions, actors: Sequence[ActorRole]) -> Iterator[Word]:
    """The words for weapons inside actors' names ("the regime's air force")."""
    vocabulary = mentions.vocabulary
    for role in actors:
        if role.role not in (Role.AGENT, Role.ACCUSED) or role.word.last - role.word.first < 2:
            continue
        forms = [vocabulary.forms(mentions.tokens[at].norm) for at in range(role.word.first, role.word.last)]
        for at in range(1, len(forms)):
            match = vocabulary.match(forms, at)
            if match is not None and match[1].deeds:
                yield Word(role.word.first + at, role.word.first + at + match[0], match[1])
