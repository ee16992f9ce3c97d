"""How QGIS shows our layers: symbols, labels, titles, value maps, forms, map tips and time.

A style is a `.qml` document. It is written beside a GeoJSON file of the same name, which QGIS then shows with it,
into `layer_styles` of the GeoPackage, and as part of the project.

Expressions name our columns; text of reports that reaches HTML is escaped in the expression.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from xml.etree.ElementTree import Element

from claimatlas.columns import COARSE_PRECISIONS, TABLES, Column, Kind
from claimatlas.labels import (
    ACTOR_LABELS,
    CASUALTY_LABELS,
    GRADING_LABELS,
    NO_ACTOR_LABEL,
    OUTCOME_LABELS,
    SEVERAL_ACTORS_LABEL,
)
from claimatlas.model import Actor, Grading, Outcome
from claimatlas.palette import (
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
from claimatlas.qgis.xml import (
    QGIS_VERSION,
    OptionValue,
    document,
    element,
    option_list,
    options,
    properties,
    quoted,
    rgba,
    symbol,
    symbol_layer,
)


class IncidentStyle(StrEnum):
    """The ways incidents are shown; the value is the style's name in QGIS."""

    ACTORS = "Attributed actor"
    DEATHS = "Death toll"
    GRADING = "Grading"
    STACKED = "Stacked incidents"


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

CLAIMS_LAYER_ID = "claims_table"
"""The layer of claims in our project, where map tips look for it."""

_COARSE = '"precision" IN ({})'.format(", ".join(quoted(precision) for precision in COARSE_PRECISIONS))
_KILLED = 'coalesce("killed_max", "killed_min")'
_CLASS_SIZES = ", ".join(f"{quoted(name)}, {size}" for name, size in CASUALTY_SIZES.items())
_SIZE = f'coalesce(map_get(map({_CLASS_SIZES}), "casualty_class"), {CASUALTY_SIZES["unknown"]})'
_FIGURES = (
    "CASE"
    ' WHEN "killed_min" IS NULL AND "killed_max" IS NULL THEN \'no figure of killed\''
    " WHEN \"killed_max\" IS NULL THEN 'at least ' || \"killed_min\" || ' killed'"
    " WHEN \"killed_min\" IS NULL THEN 'up to ' || \"killed_max\" || ' killed'"
    ' WHEN "killed_min" = "killed_max" THEN "killed_min" || \' killed\''
    " ELSE \"killed_min\" || '–' || \"killed_max\" || ' killed'"
    " END"
)
_DAYS = (
    "CASE"
    " WHEN \"date_start\" IS NULL THEN 'date unknown'"
    ' WHEN "date_end" IS NULL OR "date_end" = "date_start" THEN format_date("date_start", \'d MMM yyyy\')'
    " ELSE format_date(\"date_start\", 'd MMM yyyy') || ' – ' || format_date(\"date_end\", 'd MMM yyyy')"
    " END"
)


@dataclass(frozen=True, slots=True)
class FormTab:
    """A page of the feature form."""

    title: str
    fields: tuple[str, ...]


INCIDENT_FORM: tuple[FormTab, ...] = (
    FormTab("What is said", ("headline", "event_type", "date_start", "date_end", "date_text", "actor_label",
                             "attribution", "denied")),
    FormTab("How many", ("killed_min", "killed_max", "civilians_killed_min", "civilians_killed_max",
                         "children_killed_min", "women_killed_min", "combatants_killed_min", "injured_min",
                         "injured_max", "casualty_class")),
    FormTab("Where", ("place", "place_ar", "governorate", "district", "precision", "radius_m", "place_id", "pcode")),
    FormTab("How it is known", ("grading", "grade_reason", "claimants", "n_claims", "n_reports", "report_ids",
                                "incident_id")),
)  # fmt: skip
CLAIM_FORM: tuple[FormTab, ...] = (
    FormTab("Claim", ("claimant", "stance", "actors", "outcome", "victims", "min", "max", "quote")),
    FormTab("Source", ("publisher", "published", "url", "report_id", "start", "end", "incident_id", "claim_id")),
)


def incident_qml(style: IncidentStyle = IncidentStyle.ACTORS) -> str:
    """The `.qml` of the incidents."""
    return qml([*incident_symbology(style), incident_labels(), *incident_settings()], labels=True)


def claim_qml() -> str:
    """The `.qml` of the claims."""
    return qml([claim_renderer(), *claim_settings()])


def report_qml() -> str:
    """The `.qml` of the table of reports, which has no geometry."""
    return qml(field_settings(TABLES["reports"]))


def place_qml() -> str:
    """The `.qml` of the places and their circles of uncertainty."""
    return qml([place_renderer(), place_labels(), *place_settings()], labels=True)


def qml(parts: Iterable[Element], *, labels: bool = False) -> str:
    """A whole `.qml` of the given parts."""
    categories = "LayerConfiguration|Symbology|Labeling|Fields|Forms|MapTips|AttributeTable|Temporal"
    attributes = {"version": QGIS_VERSION, "styleCategories": categories, "labelsEnabled": int(labels)}
    return document(element("qgis", attributes, *parts))


def incident_settings(relation: str | None = None) -> list[Element]:
    """Titles, value maps, form, map tip and time of an incidents layer.

    Args:
        relation: Id of the project's relation to the claims; with it the form shows them.
    """
    return [
        temporal("date_start", "date_end"),
        *field_settings(TABLES["incidents"], hidden=("color_actor", "color_casualty")),
        *form_settings(INCIDENT_FORM, relation),
        display_expression(f"{_DAYS} || ', ' || coalesce(\"place\", 'place unknown') || ': ' || {_FIGURES}"),
        map_tip(_incident_tip()),
    ]


def claim_settings() -> list[Element]:
    """Titles, value maps, form, map tip and time of a claims layer."""
    return [
        temporal("published", "published"),
        *field_settings(TABLES["claims"]),
        *form_settings(CLAIM_FORM, None),
        display_expression('"claimant" || \': \' || left("quote", 80)'),
        map_tip(_claim_tip()),
    ]


def place_settings() -> list[Element]:
    """Titles, value maps and map tip of a places layer."""
    tip = f"<b>{_shown('name')}</b> <span dir='rtl'>{_shown('name_ar')}</span>"
    return [
        *field_settings(TABLES["places"]),
        display_expression('"name"'),
        map_tip(f'{tip}<br>[% round("radius_m" / 1000.0, 1) %] km around'),
    ]


def incident_symbology(style: IncidentStyle) -> list[Element]:
    """The renderer of a style."""
    if style is IncidentStyle.DEATHS:
        return [categorized("casualty_class", deaths_categories())]
    if style is IncidentStyle.GRADING:
        return [categorized("grading", grading_categories())]
    if style is IncidentStyle.STACKED:
        return [stacked_renderer()]
    return [categorized("color_actor", actor_categories())]


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
    fill = f"if({_COARSE}, set_color_part({quoted(color)}, 'alpha', 25), {quoted(color)})"
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
        color = f"if({_COARSE}, set_color_part({actor}, 'alpha', 90), {actor})"
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
        f"CASE WHEN {_COARSE} AND \"precision\" <> 'country'"
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
        "outlineColor": f"if(\"attribution\" = 'contested', '#202020', if({_COARSE}, {quoted(color)}, '#ffffff'))",
        "outlineWidth": f"if(\"attribution\" = 'contested' OR {_COARSE}, 0.6, 0.3)",
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
    clause = element("orderByClause", {"asc": 0, "nullsFirst": 0}, text=f"coalesce({_KILLED}, 0)")
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


def incident_labels() -> Element:
    """Names for heavy tolls from afar; name, days and figures from near; areas are named by the basemap."""
    name = 'left(coalesce("place", "governorate"), 40)'
    near = f"concat({name}, '\\n', {_DAYS}, '\\n', {_FIGURES})"
    return rule_labels([
        LabelRule("Heavy tolls", name, 4_000_000, 300_000, f"{_KILLED} >= 10 AND NOT {_COARSE}", 8),
        LabelRule("Place, days and figures", near, 300_000, 0, f"NOT {_COARSE}", 8),
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


def temporal(start: str, end: str) -> Element:
    """Time from two date columns: from the first day's midnight up to the midnight after the last.

    Mode 4 reads the days by expressions. Mode 2 would read the columns themselves, but QGIS 3.22 then has SQLite
    compare '2018-03-01' with '2018-03-01T00:00:00' as texts, and every incident shows a step too early. Rows without a
    day show at no step; in mode 2 they would at each.
    """
    attributes = {"enabled": 1, "mode": 4, "limitMode": 0, "startField": start, "endField": end, "accumulate": 0,
                  "durationField": "", "durationUnit": "d", "fixedDuration": 0,
                  "startExpression": f'to_datetime("{start}")',
                  "endExpression": f"to_datetime(coalesce(\"{end}\", \"{start}\")) + to_interval('1 day')"}  # fmt: skip
    return element("temporal", attributes, element("fixedRange", None, element("start"), element("end")))


def field_settings(columns: Sequence[Column], hidden: Sequence[str] = ()) -> list[Element]:
    """How each column is titled and edited, in the form and in the attribute table."""
    fields = (
        element("field", {"name": column.name, "configurationFlags": "None"}, _edit_widget(column, hidden))
        for column in columns
    )
    aliases = (
        element("alias", {"field": column.name, "name": column.title, "index": number})
        for number, column in enumerate(columns)
    )
    shown = (
        element("column", {"type": "field", "name": column.name, "hidden": int(column.name in hidden), "width": -1})
        for column in columns
    )
    table = element("attributetableconfig", {"sortExpression": "", "sortOrder": 0}, element("columns", None, *shown))
    return [element("fieldConfiguration", None, *fields), element("aliases", None, *aliases), table]


_LONG_TEXTS = frozenset({"headline", "grade_reason", "quote", "claimants", "report_ids", "title"})


def _edit_widget(column: Column, hidden: Sequence[str]) -> Element:
    kind, settings = _widget(column)
    if column.name in hidden:
        kind, settings = "Hidden", {}
    return element("editWidget", {"type": kind}, element("config", None, options(settings)))


def _widget(column: Column) -> tuple[str, Mapping[str, OptionValue | Element]]:
    if column.values is not None:
        return "ValueMap", {"map": option_list([{label: value} for value, label in column.values.items()])}
    if column.kind is Kind.DATE:
        return "DateTime", {"display_format": "d MMM yyyy", "field_format": "yyyy-MM-dd", "field_iso_format": False,
                            "calendar_popup": True, "allow_null": True}  # fmt: skip
    if column.kind is Kind.INTEGER:
        return "Range", {"AllowNull": True, "Min": 0, "Max": 2147483647, "Step": 1, "Style": "SpinBox"}
    if column.kind is Kind.BOOLEAN:
        return "CheckBox", {"TextDisplayMethod": 0}
    if column.name == "url":
        return "ExternalResource", {"UseLink": True, "FullUrl": True, "FileWidget": True, "FileWidgetButton": False,
                                    "DocumentViewer": 0, "StorageMode": 0}  # fmt: skip
    return "TextEdit", {"IsMultiline": column.name in _LONG_TEXTS, "UseHtml": False}


def form_settings(tabs: Sequence[FormTab], relation: str | None) -> list[Element]:
    """A form with pages; with a relation the first page is the related claims."""
    pages = [_form_page(tab.title, [_form_field(name) for name in tab.fields]) for tab in tabs]
    if relation is not None:
        claims = element("attributeEditorRelation", {
            "relation": relation, "name": relation, "label": "Who says what", "showLabel": 0, "nmRelationId": "",
            "forceSuppressFormPopup": 0, "relationWidgetTypeId": "relation_editor",
        }, element("editor_configuration"))  # fmt: skip
        pages.insert(1, _form_page("Claims", [claims]))
    return [element("editorlayout", text="tablayout"), element("attributeEditorForm", None, *pages)]


def _form_page(title: str, children: Sequence[Element]) -> Element:
    attributes = {"name": title, "groupBox": 0, "showLabel": 1, "columnCount": 1, "visibilityExpressionEnabled": 0,
                  "visibilityExpression": ""}  # fmt: skip
    return element("attributeEditorContainer", attributes, *children)


def _form_field(name: str) -> Element:
    return element("attributeEditorField", {"name": name, "index": -1, "showLabel": 1})


def display_expression(expression: str) -> Element:
    """What names a feature in lists."""
    return element("previewExpression", text=expression)


def map_tip(html: str) -> Element:
    """The tip shown under the pointer."""
    return element("mapTip", text=html)


def _escape(expression: str) -> str:
    # QGIS has no function for this. The map's keys are applied in their sorted order: & comes first.
    return f"replace(coalesce({expression}, ''), map('&', '&amp;', '<', '&lt;', '>', '&gt;'))"


def _shown(column: str) -> str:
    return f"[% {_escape(_field(column))} %]"


def _field(column: str) -> str:
    return f'"{column}"'


def _incident_tip() -> str:
    published = "coalesce(', ' || format_date(\"published\", 'd MMM yyyy'), '')"
    claim = (
        f"'<li><b>' || {_escape(_field('claimant'))} || '</b> ' || {_escape(_field('stance'))}"
        f" || coalesce(' – ' || {_CLAIM_FIGURES}, '')"
        f" || '<br><q dir=\"auto\">' || {_escape(_field('quote'))} || '</q>'"
        f" || ' <i>' || {_escape(_field('publisher'))} || {published} || '</i></li>'"
    )
    # The layer has this id in the project, is called `claims` as a file, and `incidents — claims` when added from the
    # GeoPackage by hand. Without it the claimants must do.
    claims = f"'<li>' || {_escape(_field('claimants'))} || '</li>'"
    for layer in ("incidents — claims", "claims", CLAIMS_LAYER_ID):
        listed = (
            f"aggregate(layer:={quoted(layer)}, aggregate:='concatenate', expression:={claim}, "
            "filter:=\"incident_id\" = attribute(@parent, 'incident_id'), concatenator:='')"
        )
        claims = f"try({listed}, {claims})"
    where = _escape('coalesce("place", "governorate", \'place unknown\')')
    radius = f"if({_COARSE}, ' (somewhere within ' || round(\"radius_m\" / 1000.0) || ' km)', '')"
    return (
        f"<b><bdi>{_shown('headline')}</bdi></b>"
        f"<p>[% {_DAYS} %]<br>[% {where} || {radius} %] <span dir='rtl'>{_shown('place_ar')}</span><br>"
        f"[% {_FIGURES} %]<br>Said to have done it: {_shown('actor_label')}"
        "[% if(\"denied\", ' – denied by the accused', '') %]<br>"
        f"<i>{_shown('grading')}: {_shown('grade_reason')}</i></p>"
        f"<ul>[% {claims} %]</ul>"
    )


_CLAIM_FIGURES = (
    "CASE"
    ' WHEN "outcome" IS NULL THEN NULL'
    ' WHEN "min" IS NULL AND "max" IS NULL THEN "victims" || \' \' || "outcome"'
    ' WHEN "max" IS NULL THEN \'at least \' || "min" || \' \' || "victims" || \' \' || "outcome"'
    ' WHEN "min" IS NULL THEN \'up to \' || "max" || \' \' || "victims" || \' \' || "outcome"'
    ' WHEN "min" = "max" THEN "min" || \' \' || "victims" || \' \' || "outcome"'
    ' ELSE "min" || \'–\' || "max" || \' \' || "victims" || \' \' || "outcome"'
    " END"
)


def _claim_tip() -> str:
    return (
        f"<b>{_shown('claimant')}</b> [% \"stance\" %][% coalesce(' – ' || {_CLAIM_FIGURES}, '') %]"
        f"<p><q dir='auto'>{_shown('quote')}</q></p>"
        f"<i>{_shown('publisher')}[% coalesce(', ' || format_date(\"published\", 'd MMM yyyy'), '') %]</i>"
    )
