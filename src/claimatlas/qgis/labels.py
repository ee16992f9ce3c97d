"""Labels of incidents and places: by rules, within ranges of scales, with a white halo."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from claimatlas.qgis.expressions import COARSE, DAYS, FIGURES, KILLED
from claimatlas.qgis.xml import element, properties, rgba


def incident_labels() -> Element:
    """Names for heavy tolls from afar; name, days and figures from near; areas are named by the basemap."""
    name = 'left(coalesce("place", "governorate"), 40)'
    near = f"concat({name}, '\\n', {DAYS}, '\\n', {FIGURES})"
    return rule_labels([
        LabelRule("Heavy tolls", name, 4_000_000, 300_000, f"{KILLED} >= 10 AND NOT {COARSE}", 8),
        LabelRule("Place, days and figures", near, 300_000, 0, f"NOT {COARSE}", 8),
        # Marks without a label keep other labels away as well.
        LabelRule("Room for every mark", "''", 0, 0, "", 8, drawn=False),
    ])  # fmt: skip


def place_labels() -> Element:
    """Names of places, from near."""
    return rule_labels([LabelRule("Names", '"name"', 1_000_000, 0, "", 7)], color="#555555", inside=True)


@dataclass(frozen=True, slots=True)
class LabelRule:
    """Labels within a range of scales: from 1:`smallest` (far) to 1:`largest` (near); 0 is no limit."""

    name: str
    expression: str
    smallest: int
    largest: int
    condition: str
    size: float
    drawn: bool = True


def rule_labels(rules: Iterable[LabelRule], *, color: str = "#222222", inside: bool = False) -> Element:
    """Labels by rules, with a white halo; `inside` puts them into a polygon instead of beside a point."""
    made = [_label_rule(number, rule, color, inside) for number, rule in enumerate(rules)]
    return element("labeling", {"type": "rule-based"}, element("rules", {"key": "labels"}, *made))


def _label_rule(number: int, rule: LabelRule, color: str, inside: bool) -> Element:
    buffer = element("text-buffer", {"bufferDraw": 1, "bufferSize": 0.8, "bufferSizeUnits": "MM",
                                     "bufferColor": rgba("#ffffff"), "bufferOpacity": 0.85, "bufferNoFill": 1,
                                     "bufferJoinStyle": 128})  # fmt: skip
    text = element(
        "text-style",
        {"isExpression": 1, "fieldName": rule.expression, "fontSize": rule.size, "fontSizeUnit": "Point",
         "fontWeight": 50, "textColor": rgba(color), "textOpacity": 1},
        buffer,
    )  # fmt: skip
    # 6 is the cartographer's order of positions around a point, 4 anywhere level within a polygon, clear of marks.
    # A name that does not fit its polygon is left out: it would be written over the marks there.
    placement = element("placement", {"placement": 4 if inside else 6, "dist": 0.8, "distUnits": "MM", "offsetType": 1,
                                      "priority": 3 if inside else 6, "fitInPolygonOnly": int(inside),
                                      "predefinedPositionOrder": "TR,TL,BR,BL,R,L,TSR,BSR"})  # fmt: skip
    settings = element(
        "settings",
        {"calloutType": "simple"},
        text,
        element("text-format", {"multilineAlign": 3}),
        placement,
        element("rendering", {"drawLabels": int(rule.drawn), "obstacle": int(not inside), "obstacleFactor": 2}),
        element("dd_properties", None, properties({})),
    )
    attributes = {"key": f"rule-{number}", "description": rule.name, "filter": rule.condition,
                  "scalemindenom": rule.largest, "scalemaxdenom": rule.smallest}  # fmt: skip
    return element("rule", {name: value for name, value in attributes.items() if value}, settings)
