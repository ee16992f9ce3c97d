"""How QGIS shows our layers: the styles of each table, put together from renderers, labels, forms, tips and time.

A style is a `.qml` document. It is written beside a GeoJSON file of the same name, which QGIS then shows with it,
into `layer_styles` of the GeoPackage, and as part of the project.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from xml.etree.ElementTree import Element

from claimatlas.qgis.expressions import DAYS, FIGURES, shown
from claimatlas.qgis.forms import CLAIM_FORM, INCIDENT_FORM, field_settings, form_settings
from claimatlas.qgis.labels import incident_labels, place_labels
from claimatlas.qgis.renderers import (
    actor_categories,
    categorized,
    claim_renderer,
    deaths_categories,
    grading_categories,
    place_renderer,
    stacked_renderer,
)
from claimatlas.qgis.tips import claim_tip, incident_tip
from claimatlas.qgis.xml import QGIS_VERSION, document, element
from claimatlas.records.columns import TABLES


class IncidentStyle(StrEnum):
    """The ways incidents are shown; the value is the style's name in QGIS."""

    ACTORS = "Attributed actor"
    DEATHS = "Death toll"
    GRADING = "Grading"
    STACKED = "Stacked incidents"


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
        display_expression(f"{DAYS} || ', ' || coalesce(\"place\", 'place unknown') || ': ' || {FIGURES}"),
        map_tip(incident_tip()),
    ]


def claim_settings() -> list[Element]:
    """Titles, value maps, form, map tip and time of a claims layer."""
    return [
        temporal("published", "published"),
        *field_settings(TABLES["claims"]),
        *form_settings(CLAIM_FORM, None),
        display_expression('"claimant" || \': \' || left("quote", 80)'),
        map_tip(claim_tip()),
    ]


def place_settings() -> list[Element]:
    """Titles, value maps and map tip of a places layer."""
    tip = f"<b>{shown('name')}</b> <span dir='rtl'>{shown('name_ar')}</span>"
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


def display_expression(expression: str) -> Element:
    """What names a feature in lists."""
    return element("previewExpression", text=expression)


def map_tip(html: str) -> Element:
    """The tip shown under the pointer."""
    return element("mapTip", text=html)
