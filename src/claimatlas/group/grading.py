"""How well an incident is attested: gradings after Airwars, each with its reason in a sentence.

A source is whoever stands behind a figure or a statement. A named claimant (SOHR, SANA, the coalition) is one
source however many outlets pass it on; unnamed ones (local sources, medics, activists) and an outlet's own
voice count once per outlet; outlets that carry copies of one story count as one outlet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from claimatlas.model import OUTLET, Actor, Claim, Grading, Outcome, Report, ReportedIncident, Stance, Victims
from claimatlas.outlets import name_outlet
from claimatlas.records.labels import name_actors
from claimatlas.records.wording import join_names

# Words for claimants that are nobody in particular; the same word in two reports need not be the same person.
_UNNAMED = (
    "local", "source", "medic", "doctor", "hospital", "activist", "resident", "witness", "relative", "rescue",
    "official", "media", "report", "monitor", "survivor", "villager", "rebel", "commander", "journalist",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody who stands behind statements about an incident.

    Attributes:
        name: For a person to read.
        claims: What it says, revisions included, in order of publication.
        actors: Whom it accuses.
    """

    name: str
    claims: tuple[Claim, ...]
    actors: frozenset[Actor]


@dataclass(frozen=True, slots=True)
class Grade:
    """A grading with its reason, and whether an accused actor denies the deed."""

    grading: Grading
    reason: str
    denied: bool
    n_sources: int


def find_sources(
    tellings: Iterable[ReportedIncident], reports: Mapping[str, Report], stories: Mapping[str, int]
) -> list[Source]:
    """The independent sources behind the tellings of one incident.

    Args:
        tellings: The tellings, in order of publication.
        reports: The reports by id.
        stories: Number of the story that each report carries (`copies.find_copies`).

    Returns:
        The sources that assert or own the harm, in order of appearance; who only denies or doubts is none.
    """
    claims: dict[str, list[Claim]] = {}
    accused: dict[str, set[Actor]] = {}
    names: dict[str, str] = {}
    outlets: dict[int, str] = {}
    for telling in tellings:
        report = reports[telling.report_id]
        story = stories.get(report.id, -1)
        outlet = outlets.setdefault(story, name_outlet(report)) if story >= 0 else name_outlet(report)
        own = [claim for claim in telling.claims if claim.stance in (Stance.ASSERTS, Stance.OWNS)]
        named = [claim for claim in own if claim.claimant != OUTLET]
        # An outlet that quotes somebody repeats the harm; it is no further source of it.
        for claim in named or own:
            key, name = _identify(claim.claimant, outlet)
            names.setdefault(key, name)
            claims.setdefault(key, []).append(claim)
            accused.setdefault(key, set()).update(claim.actors)
        if not own:
            names.setdefault(outlet, outlet)
            claims.setdefault(outlet, [])
            accused.setdefault(outlet, set())
        speaker = outlet if not named else None
        if speaker is not None and not any(claim.actors for claim in own):
            accused[speaker].update(telling.actors)
    return [Source(names[key], tuple(claims[key]), frozenset(accused[key])) for key in claims]


# Names that outlets use for one and the same source.
_SAME_SOURCE: Mapping[str, str] = {
    "state media": "SANA",
    "state tv": "SANA",
    "state television": "SANA",
    "state news agency": "SANA",
    "syrian state media": "SANA",
    "syrian state tv": "SANA",
    "syrian state television": "SANA",
    "syrian state news agency": "SANA",
    "syrian civil defence": "White Helmets",
    "syrian civil defense": "White Helmets",
    "civil defence": "White Helmets",
    "civil defense": "White Helmets",
    "syrian observatory for human rights": "SOHR",
    "syrian network for human rights": "SNHR",
}


def _identify(claimant: str, outlet: str) -> tuple[str, str]:
    if claimant == OUTLET:
        return outlet, outlet
    known = _SAME_SOURCE.get(claimant.lower())
    if known is not None:
        return known, known
    if is_unnamed(claimant):
        return f"{outlet}\x1funnamed", f"{claimant} (in {outlet})"
    return claimant, claimant


def is_unnamed(claimant: str) -> bool:
    """Whether a claimant is nobody in particular ("local sources", "medics")."""
    lowered = claimant.lower()
    return claimant == OUTLET or (claimant == lowered and any(word in lowered for word in _UNNAMED))


def grade(
    tellings: Sequence[ReportedIncident],
    reports: Mapping[str, Report],
    stories: Mapping[str, int],
    actors: Iterable[Actor],
) -> Grade:
    """Grade an incident: confirmed, contested, discounted, fair or weak, the first that applies.

    Args:
        tellings: All tellings, in order of publication.
        reports: The reports by id.
        stories: Number of the story that each report carries.
        actors: Everybody accused.

    Returns:
        The grading; `denied` is set when somebody denies the deed of an accused actor.
    """
    sources = find_sources(tellings, reports, stories)
    claims = [claim for telling in tellings for claim in telling.claims]
    accused = frozenset(actors)
    denials = [claim for claim in claims if claim.stance is Stance.DENIES]
    denied = any(not claim.actors or accused & set(claim.actors) for claim in denials) and bool(accused)
    n_sources = max(1, len(sources))
    grading, reason = _choose(sources, claims)
    if denied:
        deniers = _join(dict.fromkeys(claim.claimant for claim in denials))
        reason = f"{reason} Denied by {deniers}."
    return Grade(grading, reason, denied, n_sources)


def _choose(sources: Sequence[Source], claims: Sequence[Claim]) -> tuple[Grading, str]:
    owners = [claim for claim in claims if claim.stance is Stance.OWNS and _counts_harm(claim)]
    if owners:
        owner = name_actors(owners[0].actors) if owners[0].actors else owners[0].claimant
        return Grading.CONFIRMED, f"The harm is accepted by {owner} in a statement of its own."
    rivals = _find_rivals(sources)
    if rivals is not None:
        one, other = rivals
        named = f"{_label(one)} ({one.name}), {_label(other)} ({other.name})"
        return Grading.CONTESTED, f"Independent sources name different actors: {named}."
    casualties = [claim for claim in claims if claim.outcome in (Outcome.KILLED, Outcome.INJURED) and _speaks(claim)]
    if casualties and all(claim.victims is Victims.COMBATANTS for claim in casualties):
        counting = sum(any(claim in source.claims for claim in casualties) for source in sources)
        who = "All sources that count victims say" if counting > 1 else "The only source of a count says"
        return Grading.DISCOUNTED, f"{who} that the victims were combatants."
    names = _join(dict.fromkeys(source.name for source in sources))
    if len(sources) >= 2:
        return Grading.FAIR, f"{len(sources)} independent sources: {names}."
    return Grading.WEAK, f"A single source: {names}." if names else "A single source."


def _label(source: Source) -> str:
    return name_actors(sorted(source.actors))


def _speaks(claim: Claim) -> bool:
    return claim.stance in (Stance.ASSERTS, Stance.OWNS)


def _counts_harm(claim: Claim) -> bool:
    # Owning a strike is not owning its harm: a statement without victims, or of dead fighters, confirms nothing.
    return claim.outcome in (Outcome.KILLED, Outcome.INJURED) and claim.victims is not Victims.COMBATANTS


def _find_rivals(sources: Sequence[Source]) -> tuple[Source, Source] | None:
    accusers = [source for source in sources if source.actors]
    for place, one in enumerate(accusers):
        for other in accusers[place + 1 :]:
            if not one.actors & other.actors:
                return one, other
    return None


def _join(names: Iterable[str]) -> str:
    listed = list(names)
    if len(listed) > MAX_NAMES:
        listed = [*listed[:MAX_NAMES], f"{len(listed) - MAX_NAMES} more"]
    return join_names(listed) if listed else ""


# A sentence that lists more sources than this is no longer read.
MAX_NAMES = 5
