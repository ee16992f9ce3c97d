"""How columns are titled and edited in QGIS: widgets, value maps, and forms with pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from claimatlas.qgis.xml import OptionValue, element, option_list, options
from claimatlas.records.columns import Column, Kind


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
