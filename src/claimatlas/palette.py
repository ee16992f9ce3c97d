"""Labels, colours and classes by which incidents are shown, the same in every output.

Colours start from the palettes of Okabe & Ito (2008) and Tol (2021), made for colour-blind readers. Fourteen
actors are more than colour alone can tell apart, so each has a shape too, the same on the map and in QGIS.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from claimatlas.model import Actor, EventType, Grading
from claimatlas.wording import join_names

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

ACTOR_COLORS: dict[Actor, str] = {
    Actor.US_LED_COALITION: "#0072b2",
    Actor.RUSSIA: "#d55e00",
    Actor.SYRIAN_GOVERNMENT: "#e69f00",
    Actor.TURKEY: "#cc79a7",
    Actor.TURKISH_BACKED_OPPOSITION: "#882255",
    Actor.OPPOSITION: "#009e73",
    Actor.HTS_NUSRA: "#117733",
    Actor.ISIS: "#332288",
    Actor.SDF_YPG: "#b8a800",
    Actor.ISRAEL: "#56b4e9",
    Actor.IRAN_ALLIES: "#999933",
    Actor.JORDAN: "#44aa99",
    Actor.IRAQ: "#aa4499",
    Actor.OTHER: "#777777",
}
NO_ACTOR_COLOR = "#aaaaaa"
SEVERAL_ACTORS_COLOR = "#444444"

CASUALTY_CLASSES: tuple[str, ...] = ("none", "1-4", "5-9", "10-24", "25-49", "50+", "unknown")
CASUALTY_COLORS: dict[str, str] = {
    "none": "#fde725",
    "1-4": "#a0da39",
    "5-9": "#4ac16d",
    "10-24": "#1fa187",
    "25-49": "#365c8d",
    "50+": "#440154",
    "unknown": "#aaaaaa",
}
"""Steps of the viridis scale, light to dark with the number of dead; grey where nobody says."""

GRADING_COLORS: dict[Grading, str] = {
    Grading.CONFIRMED: "#0072b2",
    Grading.FAIR: "#56b4e9",
    Grading.WEAK: "#e69f00",
    Grading.CONTESTED: "#cc79a7",
    Grading.DISCOUNTED: "#999999",
}
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


@dataclass(frozen=True, slots=True)
class Shape:
    """A marker of QGIS (a name that 3.22 already knows) and how far it is turned, in degrees."""

    name: str
    angle: int = 0


ACTOR_SHAPES: dict[Actor, Shape] = {
    Actor.US_LED_COALITION: Shape("square"),
    Actor.RUSSIA: Shape("equilateral_triangle"),
    Actor.SYRIAN_GOVERNMENT: Shape("circle"),
    Actor.TURKEY: Shape("diamond"),
    Actor.TURKISH_BACKED_OPPOSITION: Shape("equilateral_triangle", 180),
    Actor.OPPOSITION: Shape("pentagon"),
    Actor.HTS_NUSRA: Shape("hexagon"),
    Actor.ISIS: Shape("star"),
    Actor.SDF_YPG: Shape("semi_circle"),
    Actor.ISRAEL: Shape("asterisk_fill"),
    Actor.IRAN_ALLIES: Shape("cross_fill"),
    Actor.JORDAN: Shape("right_half_triangle"),
    Actor.IRAQ: Shape("left_half_triangle"),
    Actor.OTHER: Shape("square_with_corners"),
}
"""A shape for each actor: fourteen colours alone cannot be told apart."""

GRADING_SHAPES: dict[Grading, Shape] = {
    Grading.CONFIRMED: Shape("square"),
    Grading.FAIR: Shape("circle"),
    Grading.WEAK: Shape("equilateral_triangle"),
    Grading.CONTESTED: Shape("diamond"),
    Grading.DISCOUNTED: Shape("cross_fill"),
}
CIRCLE = Shape("circle")


def actor_label(actors: tuple[Actor, ...]) -> str:
    """The actors' common names, joined by "and"-less commas; `NO_ACTOR_LABEL` for nobody."""
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


def actor_color(actors: tuple[Actor, ...]) -> str:
    """The colour (`#rrggbb`) that stands for these actors together."""
    if not actors:
        return NO_ACTOR_COLOR
    return ACTOR_COLORS[actors[0]] if len(actors) == 1 else SEVERAL_ACTORS_COLOR


def casualty_class(killed_min: int | None, killed_max: int | None) -> str:
    """The class of the death toll: from the highest figure, else from the lowest, else "unknown"."""
    killed = killed_min if killed_max is None else killed_max
    if killed is None:
        return "unknown"
    for limit, name in ((0, "none"), (4, "1-4"), (9, "5-9"), (24, "10-24"), (49, "25-49")):
        if killed <= limit:
            return name
    return "50+"
