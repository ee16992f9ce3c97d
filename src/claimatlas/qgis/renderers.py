"""The marks of incidents, claims and places in QGIS: colours, shapes, sizes, rings of uncertainty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from claimatlas.model import Actor, Grading, Outcome
from claimatlas.qgis.expressions import COARSE, KILLED
from claimatlas.qgis.xml import element, quoted, rgba, symbol, symbol_layer
from claimatlas.records.labels import (
    ACTOR_LABELS,
    CASUALTY_LABELS,
    GRADING_LABELS,
    NO_ACTOR_LABEL,
    OUTCOME_LABELS,
    SEVERAL_ACTORS_LABEL,
)
from claimatlas.records.palette import (
    ACTOR_COLORS,
    ACTOR_SHAPES,
    CASUALTY_CLASSES,
    CASUALTY_COLORS,
    CIRCLE,
    GRADING_COLORS,
    GRADING_SHAPES,
    NO_ACTOR_COLOR,
    SEVERAL_ACTORS_COLOR,
    Shape,
)

# Diameters in millimetres; areas grow about evenly from class to class, and the smallest can still be hit.
CASUALTY_SIZES: dict[str, float] = {
    "none": 2.4, "1-4": 3.0, "5-9": 3.8, "10-24": 4.8, "25-49": 6.0, "50+": 7.4, "unknown": 2.4,
}  # fmt: skip

OUTCOME_COLORS: dict[Outcome, str] = {
    Outcome.KILLED: "#440154",
    Outcome.INJURED: "#365c8d",
    Outcome.MISSING: "#1fa187",
    Outcome.CAPTURED: "#a0da39",
}
STATEMENT_COLOR = "#777777"
_CLASS_SIZES = ", ".join(f"{quoted(name)}, {size}" for name, size in CASUALTY_SIZES.items())
_SIZE = f'coalesce(map_get(map({_CLASS_SIZES}), "casualty_class"), {CASUALTY_SIZES["unknown"]})'


@dataclass(frozen=True, slots=True)
class Category:
    """One class of a categorised renderer: a value, its label and its symbol's layers."""

    value: str
    label: str
    layers: tuple[Element, ...]


def actor_categories() -> list[Category]:
    """A class for each actor, one for several and one for nobody; the value is the column `color_actor`."""
    single = [
        Category(ACTOR_COLORS[actor], label, incident_marker(ACTOR_COLORS[actor], ACTOR_SHAPES[actor]))
        for actor, label in ACTOR_LABELS.items()
    ]
    return [
        *single,
        Category(SEVERAL_ACTORS_COLOR, SEVERAL_ACTORS_LABEL, several_actors_marker()),
        Category(NO_ACTOR_COLOR, NO_ACTOR_LABEL, incident_marker(NO_ACTOR_COLOR, CIRCLE)),
    ]


def deaths_categories() -> list[Category]:
    """A class for each class of the death toll."""
    return [
        Category(name, CASUALTY_LABELS[name], incident_marker(CASUALTY_COLORS[name], CIRCLE))
        for name in CASUALTY_CLASSES
    ]


def grading_categories() -> list[Category]:
    """A class for each grading."""
    return [
        Category(grading, GRADING_LABELS[grading], incident_marker(GRADING_COLORS[grading], GRADING_SHAPES[grading]))
        for grading in Grading
    ]


def categorized(attribute: str, categories: Sequence[Category], *, size_legend: bool = True) -> Element:
    """A renderer with one symbol for each value of a column; the larger tolls are drawn first, below the others."""
    classes = (
        element("category", {"value": item.value, "label": item.label, "symbol": number, "render": "true"})
        for number, item in enumerate(categories)
    )
    symbols = (symbol("marker", str(number), *item.layers) for number, item in enumerate(categories))
    parts = [element("categories", None, *classes), element("symbols", None, *symbols)]
    if size_legend:
        parts += [_size_legend(), _largest_first()]
    attributes = {"type": "categorizedSymbol", "attr": attribute, "enableorderby": int(size_legend)}
    return element("renderer-v2", attributes, *parts)


def single_symbol(layers: Sequence[Element]) -> Element:
    """A renderer with one symbol for all incidents; the larger tolls are drawn first, below the others."""
    symbols = element("symbols", None, symbol("marker", "0", *layers))
    return element("renderer-v2", {"type": "singleSymbol", "enableorderby": 1}, symbols, _largest_first())


def stacked_renderer() -> Element:
    """One mark with a count where several incidents share a coordinate; nothing is moved apart."""
    count = symbol_layer(
        "FontMarker",
        {"font": "Sans Serif", "chr": "", "size": 3, "color": rgba("#ffffff"), "outline_width": 0},
        {"char": "@cluster_size"},
    )
    disc = symbol_layer(
        "SimpleMarker",
        {"name": "circle", "size": 5, "color": rgba(SEVERAL_ACTORS_COLOR), "outline_color": rgba("#ffffff")},
        {"size": "min(10, 4.5 + ln(@cluster_size))"},
    )
    # A millionth of a degree is the last digit we write: only equal coordinates are put together.
    attributes = {"type": "pointCluster", "tolerance": 0.000001, "toleranceUnit": "MapUnit"}
    embedded = categorized("color_actor", actor_categories(), size_legend=False)
    return element("renderer-v2", attributes, embedded, symbol("marker", "centerSymbol", disc, count))


def incident_marker(color: str, shape: Shape) -> tuple[Element, ...]:
    """The mark of an incident: sized by deaths, hollow with its radius where the point stands for an area."""
    values: dict[str, str | float] = {
        "name": shape.name, "angle": shape.angle, "color": rgba(color), "size": CASUALTY_SIZES["1-4"],
        "size_unit": "MM", "outline_color": rgba("#ffffff"), "outline_width": 0.3, "outline_width_unit": "MM",
        "outline_style": "solid",
    }  # fmt: skip
    fill = f"if({COARSE}, set_color_part({quoted(color)}, 'alpha', 25), {quoted(color)})"
    mark = symbol_layer("SimpleMarker", values, {"size": _SIZE, "fillColor": fill} | _outline(color))
    return uncertainty_ring(color), mark


def several_actors_marker() -> tuple[Element, ...]:
    """A disc in the colours of the first two actors, side by side."""
    colors = ", ".join(f"{quoted(actor)}, {quoted(ACTOR_COLORS[actor])}" for actor in Actor)
    values: dict[str, str | float] = {
        "name": "circle", "color": rgba(SEVERAL_ACTORS_COLOR), "size": CASUALTY_SIZES["1-4"], "size_unit": "MM",
        "outline_color": rgba("#ffffff"), "outline_width": 0.3, "outline_width_unit": "MM",
    }  # fmt: skip
    fill = f"set_color_part({quoted(SEVERAL_ACTORS_COLOR)}, 'alpha', 25)"
    disc = symbol_layer("SimpleMarker", values, {"size": _SIZE, "fillColor": fill} | _outline(SEVERAL_ACTORS_COLOR))
    halves = []
    for number, angle in enumerate((270, 90)):
        actor = f"map_get(map({colors}), array_get(string_to_array(\"actors\", ';'), {number}))"
        color = f"if({COARSE}, set_color_part({actor}, 'alpha', 90), {actor})"
        halves.append(
            symbol_layer(
                "SimpleMarker",
                values | {"name": "semi_circle", "angle": angle, "outline_style": "no", "size": 2.6},
                {"size": f"{_SIZE} - 0.4", "fillColor": color},
            )
        )
    return uncertainty_ring(SEVERAL_ACTORS_COLOR), disc, *halves


def uncertainty_ring(color: str) -> Element:
    """A ring of the true radius on the ground, drawn only where the point stands for an area.

    It is a line of its own and not a marker: labels keep clear of markers, and would of the whole area.
    """
    # In Mercator metres are longer by the secant of the latitude. Nobody needs a ring around the country.
    web_mercator = "transform($geometry, 'EPSG:4326', 'EPSG:3857')"
    circle = f'buffer({web_mercator}, "radius_m" / cos(radians($y)), 16)'
    ring = (
        f"CASE WHEN {COARSE} AND \"precision\" <> 'country'"
        f" THEN boundary(transform({circle}, 'EPSG:3857', 'EPSG:4326')) END"
    )
    line: dict[str, str | float] = {
        "line_color": rgba(color, 110), "line_width": 0.3, "line_width_unit": "MM", "line_style": "no",
    }  # fmt: skip
    # A legend has no feature, so there the line keeps the style "no".
    dashed = {"outlineStyle": "if(\"precision\" IS NULL, 'no', 'dash')"}
    values = {"SymbolType": "Line", "geometryModifier": ring, "units": "MapUnit"}
    made = symbol_layer("GeometryGenerator", values)
    made.append(symbol("line", "ring", symbol_layer("SimpleLine", line, dashed)))
    return made


def _outline(color: str) -> dict[str, str]:
    return {
        "outlineColor": f"if(\"attribution\" = 'contested', '#202020', if({COARSE}, {quoted(color)}, '#ffffff'))",
        "outlineWidth": f"if(\"attribution\" = 'contested' OR {COARSE}, 0.6, 0.3)",
        "outlineStyle": "if(\"attribution\" = 'contested', 'dash', 'solid')",
    }


def _size_legend() -> Element:
    mark = symbol_layer("SimpleMarker", {"name": "circle", "color": rgba("#dddddd"), "outline_color": rgba("#555555")})
    classes = (
        element("class", {"label": CASUALTY_LABELS[name], "size": CASUALTY_SIZES[name]})
        for name in CASUALTY_CLASSES if CASUALTY_SIZES[name] > CASUALTY_SIZES["none"]
    )  # fmt: skip
    attributes = {"type": "separated", "valign": "bottom", "title": "Size: highest claim of killed"}
    return element(
        "data-defined-size-legend", attributes, symbol("marker", "source", mark), element("classes", None, *classes)
    )


def _largest_first() -> Element:
    clause = element("orderByClause", {"asc": 0, "nullsFirst": 0}, text=f"coalesce({KILLED}, 0)")
    return element("orderby", None, clause)


def claim_renderer() -> Element:
    """Claims by outcome; a statement about the deed has none."""
    marks = [(outcome.value, OUTCOME_LABELS[outcome], color) for outcome, color in OUTCOME_COLORS.items()]
    categories = [
        Category(value, label, (_claim_mark(color),))
        for value, label, color in [*marks, ("", "Statement about the deed", STATEMENT_COLOR)]
    ]
    return categorized("outcome", categories, size_legend=False)


def _claim_mark(color: str) -> Element:
    return symbol_layer(
        "SimpleMarker",
        {"name": "diamond", "size": 2, "color": rgba(color), "outline_color": rgba("#ffffff"), "outline_width": 0.2},
        {"outlineColor": "if(\"stance\" = 'denies', '#d55e00', '#ffffff')"},
    )


def place_renderer() -> Element:
    """Circles of uncertainty, faint, so that they stay below the marks."""
    fill = symbol_layer(
        "SimpleFill",
        {"color": rgba("#777777", 12), "outline_color": rgba("#777777", 120), "outline_style": "dot",
         "outline_width": 0.2, "style": "solid"},
    )  # fmt: skip
    return element("renderer-v2", {"type": "singleSymbol"}, element("symbols", None, symbol("fill", "0", fill)))
