"""Colours, shapes and classes by which incidents are shown, the same in every output.

Colours start from the palettes of Okabe & Ito (2008) and Tol (2021), made for colour-blind readers. Fourteen
actors are more than colour alone can tell apart, so each has a shape too, the same on the map and in QGIS.
"""

from dataclasses import dataclass

from claimatlas.model import Actor, Grading

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
