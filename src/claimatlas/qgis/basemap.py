"""How the outlines of `geo/` look below the incidents: quiet, and named only where there is room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from claimatlas.qgis.labels import LabelRule, rule_labels
from claimatlas.qgis.styles import qml
from claimatlas.qgis.xml import element, rgba, symbol, symbol_layer


@dataclass(frozen=True, slots=True)
class BasemapLayer:
    """A table of `basemap.gpkg`.

    Attributes:
        table: Its name, which is that of the layer in `geo/`.
        title: What the project calls it.
        geometry: QGIS's word for its geometry: Point, Line or Polygon.
        renderer: Class of the symbol's layer and its properties.
        labels: From which scale on names are written (1:n), and in which colour; None for no names.
    """

    table: str
    title: str
    geometry: str
    renderer: tuple[str, Mapping[str, str | float]]
    labels: tuple[int, str] | None = None


_WATER = "#9cc3dd"

BASEMAP_LAYERS: tuple[BasemapLayer, ...] = (
    BasemapLayer("neighbours", "Neighbours", "Point",
                 ("SimpleMarker", {"name": "circle", "size": 0, "color": rgba("#ffffff", 0), "outline_style": "no"}),
                 (12_000_000, "#a0a0a0")),
    BasemapLayer("outline", "Country", "Polygon",
                 ("SimpleFill", {"style": "no", "outline_color": rgba("#6b6b6b"), "outline_width": 0.5})),
    BasemapLayer("governorates", "Governorates", "Polygon",
                 ("SimpleFill", {"style": "solid", "color": rgba("#f7f4ee"), "outline_color": rgba("#b9b1a3"),
                                 "outline_width": 0.2}),
                 (5_000_000, "#9a917f")),
    BasemapLayer("lakes", "Lakes", "Polygon",
                 ("SimpleFill", {"style": "solid", "color": rgba(_WATER), "outline_style": "no"})),
    BasemapLayer("rivers", "Rivers", "Line", ("SimpleLine", {"line_color": rgba(_WATER), "line_width": 0.5})),
    BasemapLayer("roads", "Main roads", "Line", ("SimpleLine", {"line_color": rgba("#d9cbb0"), "line_width": 0.35})),
)  # fmt: skip
"""The tables of the basemap; those drawn last stand first in the project's tree."""

_SYMBOLS = {"Point": "marker", "Line": "line", "Polygon": "fill"}


def basemap_settings(layer: BasemapLayer) -> list[Element]:
    """Renderer and labels of a layer of the basemap."""
    kind, values = layer.renderer
    drawn = symbol(_SYMBOLS[layer.geometry], "0", symbol_layer(kind, values))
    settings = [element("renderer-v2", {"type": "singleSymbol"}, element("symbols", None, drawn))]
    if layer.labels is not None:
        smallest, color = layer.labels
        rule = LabelRule("Names", '"name"', smallest, 0, "", 8)
        settings.append(rule_labels([rule], color=color, inside=layer.geometry == "Polygon"))
    return settings


def basemap_qml(layer: BasemapLayer) -> str:
    """The `.qml` of a layer of the basemap."""
    return qml(basemap_settings(layer), labels=layer.labels is not None)
