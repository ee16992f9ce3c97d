"""The print layout of the project: map, legend, scale bar, what the marks mean, sources and date on one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from claimatlas.qgis.renderers import CASUALTY_SIZES
from claimatlas.qgis.xml import element, options, properties, rgba, symbol, symbol_layer
from claimatlas.records.palette import CASUALTY_CLASSES

# A4 landscape, in millimetres.
PAGE_WIDTH, PAGE_HEIGHT = 297, 210
MAP_LEFT, MAP_TOP, MAP_WIDTH, MAP_HEIGHT = 8, 24, 205, 178
SIDE_LEFT, SIDE_WIDTH = 216, 76

# QGIS's numbers for kinds of layout items.
_PAGE, _MAP, _LABEL, _LEGEND, _SHAPE, _SCALE_BAR = 65638, 65639, 65641, 65642, 65643, 65646

NAME = "Incidents, A4"


@dataclass(frozen=True, slots=True)
class Box:
    """Where an item lies on the page, in millimetres from its upper left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Extent:
    """A rectangle in the project's coordinates."""

    west: float
    south: float
    east: float
    north: float

    def shaped_like(self, width: float, height: float) -> Extent:
        """The smallest rectangle around this one with the proportions of a width and a height."""
        center_x, center_y = (self.west + self.east) / 2, (self.south + self.north) / 2
        half_height = max((self.north - self.south) / 2, (self.east - self.west) / 2 * height / width)
        half_width = half_height * width / height
        return Extent(center_x - half_width, center_y - half_height, center_x + half_width, center_y + half_height)

    @property
    def attributes(self) -> dict[str, object]:
        """The rectangle as attributes of an element."""
        return {"xmin": self.west, "ymin": self.south, "xmax": self.east, "ymax": self.north}


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A layer shown in the legend."""

    layer_id: str
    title: str


@dataclass(frozen=True, slots=True)
class Page:
    """What is printed.

    Attributes:
        title: The heading.
        subtitle: The line below it.
        notes: How to read the marks.
        sources: Whose reports these are.
        date: The day of the newest report.
        legend: The layers of the legend.
        extent: What the map shows.
    """

    title: str
    subtitle: str
    notes: str
    sources: str
    date: str
    legend: Sequence[LegendEntry]
    extent: Extent


def layout_element(page: Page) -> Element:
    """The layout as an element of the project."""
    # An expression between [% and %] would be run by QGIS; ours is the day of printing, those of reports are broken.
    date = f"{literal(page.date)} Printed [% format_date(now(), 'd MMMM yyyy') %]."
    items = [
        _label("notes", page.notes, Box(SIDE_LEFT, 128, SIDE_WIDTH, 30), 7),
        _label("sources", literal(page.sources), Box(SIDE_LEFT, 159, SIDE_WIDTH, 33), 7),
        _label("date", date, Box(SIDE_LEFT, 193, SIDE_WIDTH, 9), 7),
        _scale_bar(Box(MAP_LEFT + MAP_WIDTH - 82, MAP_TOP + MAP_HEIGHT - 14, 80, 12)),
        *_size_key(Box(SIDE_LEFT, 109, SIDE_WIDTH, 16)),
        _legend(page.legend, Box(SIDE_LEFT, MAP_TOP, SIDE_WIDTH, 100)),
        _label("subtitle", literal(page.subtitle), Box(MAP_LEFT, 15, 280, 7), 10),
        _label("title", literal(page.title), Box(MAP_LEFT, 5, 280, 10), 18),
        _map(page.extent, Box(MAP_LEFT, MAP_TOP, MAP_WIDTH, MAP_HEIGHT)),
    ]
    attributes = {"name": NAME, "units": "mm", "printResolution": 300, "worldFileMap": ""}
    return element("Layout", attributes, _pages(), *items, element("customproperties", None, options({})))


def literal(text: str) -> str:
    """A text in which QGIS finds no expression to run."""
    return text.replace("[%", "[ %")


def _pages() -> Element:
    paper = symbol_layer("SimpleFill", {"color": rgba("#ffffff"), "outline_style": "no", "style": "solid"})
    box = Box(0, 0, PAGE_WIDTH, PAGE_HEIGHT)
    attributes = _item_attributes(_PAGE, "page", box) | {"background": "true"}
    page = element("LayoutItem", attributes, symbol("fill", "", paper))
    return element("PageCollection", None, symbol("fill", "", paper), page, element("GuideCollection"))


def _item_attributes(kind: int, name: str, box: Box) -> dict[str, object]:
    # QGIS makes no item without an id of this form; ours are spelt from the name, so that they never change.
    unique = "{" + f"00000000-0000-4000-8000-{int.from_bytes(name.encode()[:6], 'big'):012x}" + "}"
    position = f"{box.left},{box.top},mm"
    return {
        "type": kind, "id": name, "uuid": unique, "templateUuid": unique, "position": position,
        "positionOnPage": position, "size": f"{box.width},{box.height},mm", "referencePoint": 0, "visibility": 1,
        "opacity": 1, "frame": "false", "background": "false", "itemRotation": 0, "blendMode": 0,
        "positionLock": "false", "excludeFromExports": 0, "groupUuid": "", "outlineWidthM": "0.2,mm",
        "frameJoinStyle": "miter", "zValue": {_PAGE: 0, _MAP: 1}.get(kind, 2),
    }  # fmt: skip


def _frame_parts() -> list[Element]:
    return [
        element("FrameColor", {"red": 150, "green": 150, "blue": 150, "alpha": 255}),
        element("BackgroundColor", {"red": 255, "green": 255, "blue": 255, "alpha": 255}),
        element("LayoutObject", None, element("dataDefinedProperties", None, properties({}))),
    ]


def _map(extent: Extent, box: Box) -> Element:
    fitted = extent.shaped_like(box.width, box.height)
    attributes = _item_attributes(_MAP, "map", box) | {
        "frame": "true", "background": "true", "followPreset": "false", "followPresetName": "", "mapRotation": 0,
        "drawCanvasItems": "true", "keepLayerSet": "false", "isTemporal": 0, "labelMargin": "0,mm", "mapFlags": 0,
    }  # fmt: skip
    layers = element("LayerSet")
    return element("LayoutItem", attributes, *_frame_parts(), element("Extent", fitted.attributes), layers)


def _label(name: str, text: str, box: Box, size: int) -> Element:
    attributes = _item_attributes(_LABEL, name, box) | {
        "labelText": text, "htmlState": 0, "halign": 1, "valign": 32, "marginX": 0, "marginY": 0,
    }  # fmt: skip
    font = element("LabelFont", {"description": _font(size), "style": ""})
    color = element("FontColor", {"red": 34, "green": 34, "blue": 34, "alpha": 255})
    return element("LayoutItem", attributes, *_frame_parts(), font, color)


def _legend(entries: Sequence[LegendEntry], box: Box) -> Element:
    attributes = _item_attributes(_LEGEND, "legend", box) | {
        "title": "Said to have done it", "map_uuid": _item_attributes(_MAP, "map", box)["uuid"], "resizeToContents": 1,
        "columnCount": 1, "splitLayer": 0, "equalColumnWidth": 0, "symbolWidth": 6, "symbolHeight": 3.6,
        "boxSpace": 1, "columnSpace": 2, "lineSpacing": 1, "fontColor": "#222222", "legendFilterByAtlas": 0,
        "titleAlignment": 1, "symbolAlignment": 1, "maxSymbolSize": 0, "minSymbolSize": 0, "wrapChar": "",
        "wmsLegendWidth": 50, "wmsLegendHeight": 25, "rasterBorder": 1, "rasterBorderWidth": 0,
        "rasterBorderColor": rgba("#000000"),
    }  # fmt: skip
    sizes = {"title": 10, "group": 9, "subgroup": 8, "symbol": 8, "symbolLabel": 8}
    styles = (
        element("style", {"name": name, "alignment": 1, "marginTop": 1.2, "marginLeft": 2, "indent": 0},
                element("styleFont", {"description": _font(size), "style": ""}))
        for name, size in sizes.items()
    )  # fmt: skip
    layers = map(_legend_layer, entries)
    tree = element("layer-tree-group", None, element("customproperties", None, options({})), *layers)
    return element("LayoutItem", attributes, *_frame_parts(), element("styles", None, *styles), tree)


def _size_key(box: Box) -> list[Element]:
    """Discs of the sizes that marks have, with their classes below."""
    classes = [name for name in CASUALTY_CLASSES if CASUALTY_SIZES[name] > CASUALTY_SIZES["unknown"]]
    step = box.width / len(classes)
    heading = "Size: highest claim of killed; smallest: none, or no figure"
    items = [_label("size", heading, Box(box.left, box.top, box.width, 4), 7)]
    for number, name in enumerate(classes):
        size = CASUALTY_SIZES[name]
        center = box.left + step * number + CASUALTY_SIZES[classes[-1]] / 2
        items.append(_disc(f"d{number}", Box(center - size / 2, box.top + 8.5 - size / 2, size, size)))
        items.append(_label(f"s{number}", name.replace("-", "–"), Box(center - 3, box.top + 12.5, step, 4), 7))
    return items


def _disc(name: str, box: Box) -> Element:
    gray: dict[str, str | float] = {
        "color": rgba("#cccccc"), "outline_color": rgba("#555555"), "outline_width": 0.2, "style": "solid",
    }  # fmt: skip
    attributes = _item_attributes(_SHAPE, name, box) | {"shapeType": 0, "cornerRadiusMeasure": "0,mm"}
    return element("LayoutItem", attributes, *_frame_parts(), symbol("fill", "", symbol_layer("SimpleFill", gray)))


def _legend_layer(entry: LegendEntry) -> Element:
    attributes = {"id": entry.layer_id, "name": entry.title, "checked": "Qt::Checked", "expanded": 1,
                  "legend_exp": "", "source": "", "providerKey": "ogr"}  # fmt: skip
    title = options({"cached_name": entry.title, "legend/title-label": entry.title})
    return element("layer-tree-layer", attributes, element("customproperties", None, title))


def _scale_bar(box: Box) -> Element:
    attributes = _item_attributes(_SCALE_BAR, "scale bar", box) | {
        "mapUuid": _item_attributes(_MAP, "map", box)["uuid"], "style": "Single Box", "unitType": "km",
        "unitLabel": "km", "numMapUnitsPerScaleBarUnit": 1, "numSegments": 2, "numSegmentsLeft": 0,
        "segmentSizeMode": 1, "minBarWidth": 30, "maxBarWidth": 70, "numUnitsPerSegment": 50,
        "segmentMillimeters": 20, "height": 1.6, "labelBarSpace": 1.2, "boxContentSpace": 1, "alignment": 0,
        "labelVerticalPlacement": 0, "labelHorizontalPlacement": 0, "numSubdivisions": 1, "subdivisionsHeight": 1.5,
        "outlineWidth": 0.2, "lineJoinStyle": "miter", "lineCapStyle": "square",
    }  # fmt: skip
    text = element("text-style", {"fontSize": 8, "fontSizeUnit": "Point", "fontWeight": 50,
                                  "textColor": rgba("#222222"), "textOpacity": 1})  # fmt: skip
    line: dict[str, str | float] = {"line_color": rgba("#222222"), "line_width": 0.2, "line_width_unit": "MM"}
    lines = (
        element(tag, None, symbol("line", "", symbol_layer("SimpleLine", line)))
        for tag in ("lineSymbol", "divisionLineSymbol", "subdivisionLineSymbol")
    )
    fills = [_bar_fill("fillSymbol1", "#222222"), _bar_fill("fillSymbol2", "#ffffff")]
    return element("LayoutItem", attributes, *_frame_parts(), text, *lines, *fills)


def _bar_fill(tag: str, color: str) -> Element:
    fill = symbol_layer("SimpleFill", {"color": rgba(color), "outline_style": "no", "style": "solid"})
    return element(tag, None, symbol("fill", "", fill))


def _font(size: int) -> str:
    return f"Sans Serif,{size},-1,5,50,0,0,0,0,0"
