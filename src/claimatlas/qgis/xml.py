"""The few kinds of XML that QGIS styles and projects are made of."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

DOCTYPE = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
QGIS_VERSION = "3.22.0"
"""The oldest QGIS whose XML this is; newer ones read it and convert what they changed."""

OptionValue = str | int | float | bool | None


def element(tag: str, attributes: Mapping[str, object] | None = None, *children: Element, text: str = "") -> Element:
    """An element with attributes (made strings), children and text."""
    made = ET.Element(tag, {name: str(value) for name, value in (attributes or {}).items()})
    made.text = text or None
    made.extend(children)
    return made


def options(values: Mapping[str, OptionValue | Element], name: str | None = None) -> Element:
    """A map in QGIS's `Option` form; an element among the values is a nested map or list."""
    attributes = {"type": "Map"} | ({} if name is None else {"name": name})
    return element("Option", attributes, *(_option(key, value) for key, value in values.items()))


def _option(name: str, value: OptionValue | Element) -> Element:
    if isinstance(value, Element):
        value.set("name", name)
        return value
    if value is None:
        return element("Option", {"name": name, "type": "invalid"})
    if isinstance(value, bool):
        return element("Option", {"name": name, "type": "bool", "value": "true" if value else "false"})
    kind = "int" if isinstance(value, int) else "double" if isinstance(value, float) else "QString"
    return element("Option", {"name": name, "type": kind, "value": value})


def option_list(items: Sequence[Mapping[str, OptionValue | Element]]) -> Element:
    """A list of maps in QGIS's `Option` form."""
    return element("Option", {"type": "List"}, *(options(item) for item in items))


def properties(expressions: Mapping[str, str]) -> Element:
    """Data-defined properties: for each property's name the expression that gives its value."""
    kinds = {
        name: options({"active": True, "expression": expression, "type": 3}) for name, expression in expressions.items()
    }
    return options({"name": "", "properties": options(kinds), "type": "collection"})


def symbol_layer(kind: str, values: Mapping[str, str | float], expressions: Mapping[str, str] | None = None) -> Element:
    """One layer of a symbol.

    Args:
        kind: QGIS's class name, such as `SimpleMarker`.
        values: Its fixed properties.
        expressions: Properties that depend on the feature.
    """
    data_defined = element("data_defined_properties", None, properties(expressions or {}))
    fixed = options({name: str(value) for name, value in values.items()})
    return element("layer", {"class": kind, "enabled": 1, "locked": 0, "pass": 0}, fixed, data_defined)


def symbol(kind: str, name: str, *layers: Element, opacity: float = 1) -> Element:
    """A symbol of kind `marker`, `line` or `fill`, its layers drawn in order."""
    attributes = {"type": kind, "name": name, "alpha": opacity, "clip_to_extent": 1, "force_rhr": 0}
    return element("symbol", attributes, *layers)


def rgba(color: str, alpha: int = 255) -> str:
    """`#rrggbb` as QGIS writes colours: red, green, blue and alpha, 0 to 255."""
    red, green, blue = (int(color[start : start + 2], 16) for start in (1, 3, 5))
    return f"{red},{green},{blue},{alpha}"


def quoted(text: str) -> str:
    """A text as a literal of a QGIS expression."""
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def document(root: Element) -> str:
    """The whole file: document type and tree, an element a line, so that a change shows as a line in a diff."""
    ET.indent(root, "")
    return DOCTYPE + ET.tostring(root, encoding="unicode") + "\n"
