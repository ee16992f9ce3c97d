"""Whom "he", "the group", "the source" and "the extremists" mean: somebody a report has named before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from claimatlas.document import Mentions
from claimatlas.model import OUTLET, Actor, Report
from claimatlas.outlets import find_own_names, is_own_name, voices_of
from claimatlas.roles import ActorRole
from claimatlas.speakers import Speaker

_FORCES = re.compile("army|military|defen[cs]e", re.IGNORECASE)
_MONITORS = frozenset({"SOHR", "SNHR", "Airwars"})
_MILITANTS = frozenset({Actor.ISIS, Actor.HTS_NUSRA})
_GROUPS = _MILITANTS | {Actor.OPPOSITION, Actor.SDF_YPG, Actor.TURKISH_BACKED_OPPOSITION, Actor.IRAN_ALLIES}
# A name this near to "said" is whom it says it of; one further off may only be spoken about.
_MAX_GAP = 2


@dataclass(frozen=True)
class Claimant:
    """Who says what a clause says, once it is known whom "he" means.

    Attributes:
        name: The claimant; `outlet` when the report says it in its own voice.
        actors: Who that is, when it is an actor.
    """

    name: str
    actors: tuple[Actor, ...] = ()


@dataclass
class Discourse:
    """Whom a report has named so far; it grows from clause to clause.

    Attributes:
        report: The report.
        own_names: The claimants that the outlet itself is.
        own_actors: The actors that the outlet speaks for.
        first_monitor: The first monitor named anywhere: whom "a monitoring group said" in the lead means.
        last_speaker: Who spoke last.
        named: Who each claimant is; the one named last stands last.
        spellings: How each claimant was first spelt, by the name in small letters.
        last_group: The armed group named last, which claims responsibility as "the group".
        last_militants: The group named last that is called "the extremists".
    """

    report: Report
    own_names: frozenset[str]
    own_actors: tuple[Actor, ...]
    first_monitor: str | None = None
    last_speaker: Speaker | None = None
    named: dict[str, tuple[Actor, ...]] = field(default_factory=dict)
    spellings: dict[str, str] = field(default_factory=dict)
    last_group: ActorRole | None = None
    last_militants: ActorRole | None = None

    @classmethod
    def of(cls, mentions: Mentions) -> Discourse:
        """The beginning of a report: nobody is named but the outlet."""
        own_names = find_own_names(mentions.report)
        return cls(mentions.report, own_names, voices_of(own_names), _first_monitor(mentions))

    def resolve(self, speaker: Speaker | None, *, quoted: bool) -> Claimant:
        """Who a speaker is, with pronouns and "the group" put back to whoever they mean.

        Args:
            speaker: Who a clause says it has from; None when it does not say.
            quoted: The clause stands in somebody's own words.
        """
        last = self.last_speaker
        if speaker is None:
            if quoted and last is not None:
                return Claimant(last.name, last.actors)
            return Claimant(OUTLET, self.own_actors)
        if speaker.name:
            return self._resolve_name(speaker)
        if speaker.otherwise and (last is None or not last.actors):
            return self._resolve_force(speaker)
        if speaker.means == "activists":
            return Claimant(speaker.means)  # "an activist group": not whoever spoke last
        meant = self._meant(speaker)
        if meant is None:
            return Claimant(speaker.means if speaker.means == "monitor" else OUTLET)
        return Claimant(self._own_voice(meant.name), meant.actors)

    def name_militants(self, mentions: Mentions, role: ActorRole) -> ActorRole:
        """An actor, or the group named before where it is called "the extremists"."""
        if not role.generic or self.last_militants is None or role.word.first == 0:
            return role
        at = role.word.first - 1
        if at > 0 and mentions.tokens[at].norm.endswith("ing"):
            at -= 1  # "the attacking terrorists"
        if mentions.tokens[at].norm not in mentions.vocabulary.grammar.definite:
            return role
        return replace(role, actors=self.last_militants.actors, generic=False)

    def remember(self, actors: Sequence[ActorRole]) -> None:
        """Take note of a clause's actors, which the next one may call "the group"."""
        for role in actors:
            if set(role.actors) <= _MILITANTS and not role.generic:
                self.last_militants = role
            if set(role.actors) <= _GROUPS:
                self.last_group = role

    def _resolve_name(self, speaker: Speaker) -> Claimant:
        # "The Darb brigade" is the "Darb Brigade" of the headline.
        name = self.spellings.setdefault(speaker.name.casefold(), speaker.name)
        if not speaker.actors or speaker.verb is None or abs(speaker.verb.first - speaker.last) <= _MAX_GAP:
            self.last_speaker = replace(speaker, name=name)
        self.named.pop(name, None)
        self.named[name] = speaker.actors
        return Claimant(self._own_voice(name), speaker.actors)

    def _resolve_force(self, speaker: Speaker) -> Claimant:
        """The army that has spoken ("the military" is then the Turkish one), else whose army it is called here."""
        forces = [name for name, actors in self.named.items() if actors and _FORCES.search(name)]
        if forces:
            speaker = replace(speaker, name=forces[-1], actors=self.named[forces[-1]])
        else:
            speaker = replace(speaker, name=speaker.otherwise)
        self.last_speaker = speaker
        return Claimant(speaker.name, speaker.actors)

    def _meant(self, speaker: Speaker) -> Speaker | None:
        """Whom "it", "the group" or "the source" means: the last one named that can be called so."""
        if speaker.means == "monitor":
            named = [name for name in self.named if name in _MONITORS]
            name = named[-1] if named else self.first_monitor
            return Speaker(name, speaker.first, speaker.last) if name is not None else self.last_speaker
        if speaker.means in ("source", "official", "ministry"):
            said = [name for name in self.named if speaker.means in name.lower()]
            if said:
                return Speaker(said[-1], speaker.first, speaker.last, self.named[said[-1]])
        return self.last_speaker

    def _own_voice(self, name: str) -> str:
        return OUTLET if name in self.own_names or is_own_name(self.report, name) else name


def _first_monitor(mentions: Mentions) -> str | None:
    for word in mentions.words_of(0, len(mentions.tokens), "claimant"):
        claimant = word.get("claimant")
        if claimant is not None and "anaphor" not in claimant.flags and claimant.name in _MONITORS:
            return claimant.name
    return None
