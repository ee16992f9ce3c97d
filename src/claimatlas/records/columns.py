"""The columns of every table we write: their types, titles, meanings, allowed values and HXL tags.

One list serves all formats: the field types and domains of the GeoPackage, the aliases and value maps
of QGIS, the tag row of the CSV, the JSON schemas and the data dictionary in docs/formats.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from claimatlas.model import Precision
from claimatlas.records.labels import (
    ACTOR_LABELS,
    ATTRIBUTION_LABELS,
    CASUALTY_LABELS,
    EVENT_TYPE_LABELS,
    GRADING_LABELS,
    OUTCOME_LABELS,
    PRECISION_LABELS,
    STANCE_LABELS,
    VICTIM_LABELS,
)
from claimatlas.records.palette import CASUALTY_CLASSES


class Kind(StrEnum):
    """The type of a column."""

    TEXT = "text"
    INTEGER = "integer"
    REAL = "real"
    BOOLEAN = "boolean"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        name: Name in files: lower case, ASCII, at most 30 characters.
        kind: Type of its values; any value may be missing.
        title: What a person reads above it.
        meaning: One sentence for the data dictionary.
        values: Allowed values with their labels, where the set is closed.
        hxl: HXL hashtag and attributes, or an empty string.
    """

    name: str
    kind: Kind
    title: str
    meaning: str
    values: Mapping[str, str] | None = None
    hxl: str = ""


def _values(labels: Mapping[Any, str]) -> Mapping[str, str]:
    return MappingProxyType({str(value): label for value, label in labels.items()})


COARSE_PRECISIONS = (Precision.SUBDISTRICT, Precision.DISTRICT, Precision.GOVERNORATE, Precision.COUNTRY)
"""Precisions at which a point stands for an area, so that it is drawn hollow, with its radius."""

_ACTOR_NOTE = f"Ids, `;` between: {', '.join(f'`{actor}`' for actor in ACTOR_LABELS)}."
_OPEN = "Empty when no figure was given."

INCIDENT_COLUMNS: tuple[Column, ...] = (
    Column("incident_id", Kind.TEXT, "Incident", "Stable identifier.", hxl="#event+id"),
    Column("event_type", Kind.TEXT, "What happened", "Kind of event.", _values(EVENT_TYPE_LABELS), "#event+type"),
    Column("date_start", Kind.DATE, "First day", "First day of the event; empty when unknown.", hxl="#date+start"),
    Column("date_end", Kind.DATE, "Last day", "Last day of the event; the first day again when it is one day.",
           hxl="#date+end"),
    Column("date_text", Kind.TEXT, "Words for the date", "The words of the report the days were read from.",
           hxl="#description+date"),
    Column("place", Kind.TEXT, "Place", "Name of the place, as the report writes it.", hxl="#loc+name+i_en"),
    Column("place_ar", Kind.TEXT, "Place in Arabic", "Arabic name of the gazetteer's place.", hxl="#loc+name+i_ar"),
    Column("place_id", Kind.TEXT, "Place id", "Identifier of the gazetteer's place.", hxl="#loc+code+gazetteer"),
    Column("pcode", Kind.TEXT, "P-code", "OCHA P-code of the place, where there is one.", hxl="#loc+code+v_pcode"),
    Column("governorate", Kind.TEXT, "Governorate", "First-level area of the event.", hxl="#adm1+name+i_en"),
    Column("district", Kind.TEXT, "District", "Second-level area of the place.", hxl="#adm2+name+i_en"),
    Column("precision", Kind.TEXT, "Point stands for", "Kind of place the point stands for.",
           _values(PRECISION_LABELS), "#geo+precision"),
    Column("radius_m", Kind.INTEGER, "Uncertainty (m)", "Radius of the circle the event lies in, in metres.",
           hxl="#geo+radius+m"),
    Column("actors", Kind.TEXT, "Accused (ids)", f"Who is said to have done it. {_ACTOR_NOTE} Empty: nobody named.",
           hxl="#x_actor+accused+code+list"),
    Column("actor_label", Kind.TEXT, "Said to have done it", "The same in words.", hxl="#x_actor+accused+name"),
    Column("attribution", Kind.TEXT, "How attributed", "How the deed is laid to them.",
           _values(ATTRIBUTION_LABELS), "#status+attribution"),
    Column("killed_min", Kind.INTEGER, "Killed, lowest claim", f"Lowest total killed of any claimant. {_OPEN}",
           hxl="#affected+killed+min"),
    Column("killed_max", Kind.INTEGER, "Killed, highest claim", f"Highest total killed of any claimant. {_OPEN}",
           hxl="#affected+killed+max"),
    Column("civilians_killed_min", Kind.INTEGER, "Civilians killed, lowest", f"The same for civilians. {_OPEN}",
           hxl="#affected+killed+civilians+min"),
    Column("civilians_killed_max", Kind.INTEGER, "Civilians killed, highest", f"The same for civilians. {_OPEN}",
           hxl="#affected+killed+civilians+max"),
    Column("children_killed_min", Kind.INTEGER, "Children killed, at least", f"Lowest figure for children. {_OPEN}",
           hxl="#affected+killed+children+min"),
    Column("women_killed_min", Kind.INTEGER, "Women killed, at least", f"Lowest figure for women. {_OPEN}",
           hxl="#affected+killed+f+min"),
    Column("combatants_killed_min", Kind.INTEGER, "Combatants killed, at least",
           f"Lowest figure for combatants. {_OPEN}", hxl="#affected+killed+combatants+min"),
    Column("injured_min", Kind.INTEGER, "Injured, lowest claim", f"Lowest total injured. {_OPEN}",
           hxl="#affected+injured+min"),
    Column("injured_max", Kind.INTEGER, "Injured, highest claim", f"Highest total injured. {_OPEN}",
           hxl="#affected+injured+max"),
    Column("casualty_class", Kind.TEXT, "Death toll", "Class of `killed_max`, else of `killed_min`.",
           _values({name: CASUALTY_LABELS[name] for name in CASUALTY_CLASSES}), "#indicator+casualties+class"),
    Column("grading", Kind.TEXT, "How well attested", "Grading after Airwars.", _values(GRADING_LABELS),
           "#status+grade"),
    Column("grade_reason", Kind.TEXT, "Why so graded", "Why, in a sentence.", hxl="#description+grade"),
    Column("denied", Kind.BOOLEAN, "Denied by the accused", "True when an accused actor denies it.",
           hxl="#status+denied"),
    Column("n_claims", Kind.INTEGER, "Claims", "Number of claims.", hxl="#meta+claims+num"),
    Column("n_reports", Kind.INTEGER, "Reports", "Number of reports that tell it.", hxl="#meta+reports+num"),
    Column("claimants", Kind.TEXT, "Who says so", "Claimants, `;` between; `outlet` is the report's own voice.",
           hxl="#meta+source+name+list"),
    Column("report_ids", Kind.TEXT, "Reports (ids)", "Identifiers of the reports, `;` between.",
           hxl="#meta+source+id+list"),
    Column("headline", Kind.TEXT, "In a sentence", "One plain sentence on what is claimed.",
           hxl="#description+headline"),
    Column("color_actor", Kind.TEXT, "Colour by actor", "`#rrggbb` standing for the actors.", hxl="#x_color+actor"),
    Column("color_casualty", Kind.TEXT, "Colour by death toll", "`#rrggbb` standing for the casualty class.",
           hxl="#x_color+casualty"),
)  # fmt: skip

COORDINATE_COLUMNS: tuple[Column, ...] = (
    Column("lat", Kind.REAL, "Latitude", "Degrees north, WGS 84; empty when nobody can place it.", hxl="#geo+lat"),
    Column("lon", Kind.REAL, "Longitude", "Degrees east, WGS 84; empty when nobody can place it.", hxl="#geo+lon"),
)

CLAIM_COLUMNS: tuple[Column, ...] = (
    Column("claim_id", Kind.TEXT, "Claim", "Stable identifier.", hxl="#x_claim+id"),
    Column("incident_id", Kind.TEXT, "Incident", "The incident it is about.", hxl="#event+id"),
    Column("report_id", Kind.TEXT, "Report", "The report it stands in.", hxl="#meta+source+id"),
    Column("claimant", Kind.TEXT, "Who says so", "The claimant; `outlet` is the report's own voice.",
           hxl="#meta+source+name+claimant"),
    Column("actors", Kind.TEXT, "Accused (ids)", f"Whom the claimant names. {_ACTOR_NOTE}",
           hxl="#x_actor+accused+code+list"),
    Column("stance", Kind.TEXT, "Stance", "How the claimant stands to the deed.", _values(STANCE_LABELS),
           hxl="#status+stance"),
    Column("outcome", Kind.TEXT, "Outcome", "What befell the victims; empty for a statement about the deed.",
           _values(OUTCOME_LABELS), hxl="#x_claim+outcome"),
    Column("victims", Kind.TEXT, "Victims", "Whom it counts; empty for a statement about the deed.",
           _values(VICTIM_LABELS), hxl="#x_claim+victims"),
    Column("min", Kind.INTEGER, "At least", "Lower bound; empty when open.", hxl="#affected+min"),
    Column("max", Kind.INTEGER, "At most", "Upper bound; empty when open.", hxl="#affected+max"),
    Column("quote", Kind.TEXT, "In these words", "The exact words of the report.", hxl="#description+quote"),
    Column("start", Kind.INTEGER, "Quote from", "Offset of the quote's first character in the report's raw field.",
           hxl="#x_claim+start"),
    Column("end", Kind.INTEGER, "Quote to", "Offset after the quote's last character.", hxl="#x_claim+end"),
    Column("publisher", Kind.TEXT, "Publisher", "The outlet that published the report.",
           hxl="#meta+source+name+publisher"),
    Column("published", Kind.DATE, "Published", "Day of publication.", hxl="#date+published"),
    Column("url", Kind.TEXT, "Address", "Address of the report.", hxl="#meta+source+url"),
)  # fmt: skip

REPORT_COLUMNS: tuple[Column, ...] = (
    Column("report_id", Kind.TEXT, "Report", "Identifier, unique in the collection."),
    Column("lang", Kind.TEXT, "Language", "Language of most of its text.", _values({"en": "English", "ar": "Arabic"})),
    Column("publisher", Kind.TEXT, "Publisher", "The outlet."),
    Column("published", Kind.DATE, "Published", "Day of publication."),
    Column("title", Kind.TEXT, "Title", "The headline."),
    Column("url", Kind.TEXT, "Address", "Address of the report."),
    Column("source", Kind.TEXT, "File", "The file it was read from."),
    Column("sha256", Kind.TEXT, "Hash", "SHA-256 of all that extraction read."),
)

PLACE_COLUMNS: tuple[Column, ...] = (
    Column("place_id", Kind.TEXT, "Place", "Identifier in the gazetteer."),
    Column("kind", Kind.TEXT, "Kind of place", "City, town, village, neighbourhood, camp, …"),
    Column("name", Kind.TEXT, "Name", "Name in Latin script."),
    Column("name_ar", Kind.TEXT, "Name in Arabic", "Name in Arabic."),
    Column("governorate", Kind.TEXT, "Governorate", "First-level area holding it."),
    Column("district", Kind.TEXT, "District", "Second-level area holding it."),
    Column("subdistrict", Kind.TEXT, "Subdistrict", "Third-level area holding it."),
    Column("pcode", Kind.TEXT, "P-code", "OCHA P-code, where there is one."),
    Column("precision", Kind.TEXT, "Point stands for", "Kind of place the point stands for.",
           _values(PRECISION_LABELS)),
    Column("radius_m", Kind.INTEGER, "Uncertainty (m)", "Radius of the area drawn, in metres."),
    Column("source", Kind.TEXT, "Source", "Where the gazetteer has it from."),
)  # fmt: skip

TABLES: Mapping[str, tuple[Column, ...]] = MappingProxyType({
    "incidents": INCIDENT_COLUMNS,
    "claims": CLAIM_COLUMNS,
    "reports": REPORT_COLUMNS,
    "places": PLACE_COLUMNS,
})  # fmt: skip

_JSON_TYPES = {Kind.TEXT: "string", Kind.INTEGER: "integer", Kind.REAL: "number", Kind.BOOLEAN: "boolean",
               Kind.DATE: "string"}  # fmt: skip


def json_schema(table: str) -> dict[str, Any]:
    """The JSON schema (draft 2020-12) that our GeoJSON file of a table follows.

    Args:
        table: `incidents` or `claims`.
    """
    position = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
    point = {
        "type": "object",
        "properties": {"type": {"const": "Point"}, "coordinates": position},
        "required": ["type", "coordinates"],
        "additionalProperties": False,
    }
    columns = TABLES[table]
    feature = {
        "type": "object",
        "properties": {
            "type": {"const": "Feature"},
            "geometry": {"anyOf": [{"type": "null"}, point]},
            "properties": {
                "type": "object",
                "properties": {column.name: _property_schema(column) for column in columns},
                "required": [column.name for column in columns],
                "additionalProperties": False,
            },
        },
        "required": ["type", "geometry", "properties"],
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"claimatlas {table}",
        "type": "object",
        "properties": {
            "type": {"const": "FeatureCollection"},
            "name": {"const": table},
            "bbox": {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4},
            "features": {"type": "array", "items": feature},
        },
        "required": ["type", "name", "features"],
        "additionalProperties": False,
    }


def _property_schema(column: Column) -> dict[str, Any]:
    schema: dict[str, Any] = {"title": column.title, "description": column.meaning}
    if column.values is not None:
        return schema | {"enum": [*column.values, None]}
    schema["type"] = [_JSON_TYPES[column.kind], "null"]
    if column.kind is Kind.DATE:
        schema["format"] = "date"
    return schema
