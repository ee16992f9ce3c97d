"""What people read for the values of closed sets, the same in every output."""

from __future__ import annotations

from collections.abc import Sequence

from claimatlas.model import Actor, Attribution, EventType, Grading, Outcome, Precision, Stance, Victims
from claimatlas.records.wording import join_names

ACTOR_LABELS: dict[Actor, str] = {
    Actor.US_LED_COALITION: "US-led coalition",
    Actor.RUSSIA: "Russia",
    Actor.SYRIAN_GOVERNMENT: "Syrian government",
    Actor.TURKEY: "Turkey",
    Actor.TURKISH_BACKED_OPPOSITION: "Turkish-backed opposition",
    Actor.OPPOSITION: "Opposition groups",
    Actor.HTS_NUSRA: "HTS / Nusra Front",
    Actor.ISIS: "Islamic State",
    Actor.SDF_YPG: "SDF / YPG",
    Actor.ISRAEL: "Israel",
    Actor.IRAN_ALLIES: "Iran and allied militias",
    Actor.JORDAN: "Jordan",
    Actor.IRAQ: "Iraq",
    Actor.OTHER: "Other",
}
# In a sentence, where the label will not do.
_ACTOR_NAMES: dict[Actor, str] = {
    Actor.US_LED_COALITION: "the US-led coalition",
    Actor.SYRIAN_GOVERNMENT: "the Syrian government",
    Actor.TURKISH_BACKED_OPPOSITION: "the Turkish-backed opposition",
    Actor.OPPOSITION: "opposition groups",
    Actor.SDF_YPG: "the SDF / YPG",
    Actor.OTHER: "somebody else",
}
_PLURAL = frozenset({Actor.OPPOSITION, Actor.IRAN_ALLIES})
NO_ACTOR_LABEL = "Nobody named"
SEVERAL_ACTORS_LABEL = "Several actors"
GRADING_LABELS: dict[Grading, str] = {grading: grading.value.capitalize() for grading in Grading}
EVENT_TYPE_LABELS: dict[EventType, str] = {
    EventType.AIRSTRIKE: "Air strike",
    EventType.SHELLING: "Shelling",
    EventType.EXPLOSION: "Explosion",
    EventType.CHEMICAL: "Chemical attack",
    EventType.CLASH: "Clash",
    EventType.SHOOTING: "Shooting",
    EventType.ABDUCTION: "Abduction",
    EventType.OTHER: "Other violence",
}
ATTRIBUTION_LABELS: dict[Attribution, str] = {
    Attribution.REPORTED: "Reported by the outlet itself",
    Attribution.ACCUSED: "Accused by a source",
    Attribution.CLAIMED: "Claimed by the actor",
    Attribution.CONTESTED: "Contested: sources disagree, or the accused denies",
    Attribution.NONE: "Nobody named",
}
PRECISION_LABELS: dict[Precision, str] = {
    Precision.POINT: "Exact point",
    Precision.NEIGHBOURHOOD: "Neighbourhood",
    Precision.SETTLEMENT: "Town or village",
    Precision.SUBDISTRICT: "Subdistrict",
    Precision.DISTRICT: "District",
    Precision.GOVERNORATE: "Governorate or region",
    Precision.COUNTRY: "Country",
}
STANCE_LABELS: dict[Stance, str] = {
    Stance.ASSERTS: "Says so",
    Stance.DENIES: "Denies it",
    Stance.OWNS: "Says it was us",
    Stance.DOUBTS: "Doubts it",
}
CASUALTY_LABELS: dict[str, str] = {
    "none": "Nobody killed",
    "1-4": "1 to 4 killed",
    "5-9": "5 to 9 killed",
    "10-24": "10 to 24 killed",
    "25-49": "25 to 49 killed",
    "50+": "50 or more killed",
    "unknown": "No figure given",
}
OUTCOME_LABELS: dict[Outcome, str] = {outcome: outcome.value.capitalize() for outcome in Outcome}
VICTIM_LABELS: dict[Victims, str] = {victims: victims.value.capitalize() for victims in Victims}


def actor_label(actors: tuple[Actor, ...]) -> str:
    """The actors' common names, joined by commas; `NO_ACTOR_LABEL` for nobody."""
    return ", ".join(ACTOR_LABELS[actor] for actor in actors) or NO_ACTOR_LABEL


def name_actors(actors: Sequence[Actor]) -> str:
    """The actors in a sentence.

    >>> name_actors([Actor.RUSSIA, Actor.SYRIAN_GOVERNMENT])
    'Russia and the Syrian government'
    """
    return join_names(_ACTOR_NAMES.get(actor, ACTOR_LABELS[actor]) for actor in actors)


def takes_plural(actors: Sequence[Actor]) -> bool:
    """Whether these actors as the subject of a sentence take a verb in the plural."""
    return len(actors) > 1 or any(actor in _PLURAL for actor in actors)
