"""Every file of an output folder but the map: each format is given the same finished records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from claimatlas.export.basemap import project_frame, write_basemap
from claimatlas.export.characters import writable, writable_record
from claimatlas.export.geojson import bounds, write_geojson
from claimatlas.export.gpkg import last_day, write_geopackage
from claimatlas.export.interchange import FORMATS, write_interchange
from claimatlas.export.spreadsheet import write_csv
from claimatlas.export.tables import Tables, make_tables
from claimatlas.files import write_bytes, write_text
from claimatlas.layers import Layers, load_layers
from claimatlas.model import Atlas, Issue
from claimatlas.qgis import BASEMAP_FILE, LAYERS_FILE, IncidentStyle, claim_qml, incident_qml, project_xml
from claimatlas.records.columns import CLAIM_COLUMNS, COORDINATE_COLUMNS, INCIDENT_COLUMNS, json_schema
from claimatlas.records.tables import Record

__all__ = ["FORMATS", "make_tables", "write_interchange", "write_layers"]


def write_layers(atlas: Atlas, folder: Path, layers: Layers | None = None) -> None:
    """Write the layers of a collection and all that goes with them.

    The folder can be moved as a whole; its files refer to each other by name.

    Args:
        atlas: The finished collection.
        folder: Where to write; it is made when it does not exist.
        layers: The basemap of the QGIS project; the one that travels with the program when None.

    Raises:
        OutputError: A file cannot be written.
    """
    tables = make_tables(atlas)
    write_geojson(tables["incidents"], INCIDENT_COLUMNS, "incidents", folder / "incidents.geojson")
    write_geojson(tables["claims"], CLAIM_COLUMNS, "claims", folder / "claims.geojson")
    write_styles(folder)
    summary = summarize(atlas, tables)
    write_geopackage(tables, folder / LAYERS_FILE, {key: summary[key] for key in ("counts", "versions")})
    write_project(tables, layers or load_layers(), folder)
    write_spreadsheet(tables, folder)
    write_issues(atlas.issues, folder / "issues.jsonl")
    write_summary(atlas, tables, folder / "summary.json")


def write_styles(folder: Path) -> None:
    """Write the styles beside the GeoJSON files, the alternatives into `styles/`, the schemas into `schemas/`."""
    write_text(folder / "incidents.qml", incident_qml())
    write_text(folder / "claims.qml", claim_qml())
    for style, name in ((IncidentStyle.DEATHS, "deaths"), (IncidentStyle.GRADING, "grading")):
        write_text(folder / "styles" / f"incidents-by-{name}.qml", incident_qml(style))
    for table in ("incidents", "claims"):
        schema = msgspec.json.format(msgspec.json.encode(json_schema(table)), indent=2)
        write_bytes(folder / "schemas" / f"{table}.schema.json", schema + b"\n")


def write_project(tables: Tables, layers: Layers, folder: Path) -> None:
    """Write the QGIS project and the basemap it shows.

    Args:
        tables: The records; `incidents.gpkg` with the same must lie in the folder.
        layers: The outlines of the basemap.
        folder: Where to write.

    Raises:
        OutputError: A file cannot be written.
    """
    basemap = write_basemap(layers, folder / BASEMAP_FILE)
    frame = project_frame(layers, bounds(tables["incidents"]))
    write_text(folder / "claimatlas.qgs", project_xml(tables, basemap, frame, last_day(tables["reports"])))


def write_spreadsheet(tables: Tables, folder: Path) -> None:
    """Write the incidents for a spreadsheet, and again those that a map cannot show."""
    columns = INCIDENT_COLUMNS + COORDINATE_COLUMNS
    unlocated = [record for record in tables["incidents"] if record["lat"] is None]
    write_csv(tables["incidents"], columns, folder / "incidents.csv", tags=True, for_excel=True)
    write_csv(unlocated, columns, folder / "incidents_unlocated.csv", tags=True, for_excel=True)


def write_issues(issues: Iterable[Issue], path: Path) -> None:
    """Write what was skipped, doubtful or contradictory, one JSON object a line.

    Args:
        issues: The issues.
        path: The file to be.

    Raises:
        OutputError: The file cannot be written.
    """
    encoder = msgspec.json.Encoder()
    records = (
        {
            "kind": issue.kind,
            "reason": issue.reason,
            "report_id": issue.report_id,
            "source": issue.source,
            "words": issue.words,
        }
        for issue in issues
    )
    write_bytes(path, b"".join(encoder.encode(writable_record(dict(record))) + b"\n" for record in records))


def write_summary(atlas: Atlas, tables: Tables, path: Path) -> None:
    """Write counts, versions and the inputs by hash; no clock, so that the same input gives the same bytes.

    Args:
        atlas: The collection.
        tables: Its records.
        path: The file to be.

    Raises:
        OutputError: The file cannot be written.
    """
    write_bytes(path, msgspec.json.format(msgspec.json.encode(summarize(atlas, tables)), indent=2) + b"\n")


def summarize(atlas: Atlas, tables: Tables) -> dict[str, Any]:
    """What `summary.json` says: counts, versions and the inputs by hash."""
    return {
        "counts": _counts(atlas, tables),
        "versions": {writable(name): writable(version) for name, version in sorted(atlas.versions.items())},
        "inputs": {writable(name): digest for name, digest in sorted(atlas.inputs.items())},
    }


def _counts(atlas: Atlas, tables: Tables) -> dict[str, Any]:
    incidents = tables["incidents"]
    located = sum(record["lat"] is not None for record in incidents)
    dated = sum(record["date_start"] is not None for record in incidents)
    days = sorted(str(record["date_start"]) for record in incidents if record["date_start"] is not None)
    actors = Counter(str(actor) for incident in atlas.incidents for actor in incident.actors or ("none",))
    return {
        "reports": len(atlas.reports),
        "incidents": len(incidents),
        "incidents_located": located,
        "incidents_unlocated": len(incidents) - located,
        "incidents_dated": dated,
        "incidents_undated": len(incidents) - dated,
        "first_day": days[0] if days else None,
        "last_day": days[-1] if days else None,
        "claims": len(tables["claims"]),
        "places": len(tables["places"]),
        "issues": len(atlas.issues),
        "by_actor": dict(sorted(actors.items())),
        **{f"by_{column}": _count_values(incidents, column)
           for column in ("event_type", "grading", "precision", "governorate", "casualty_class")},
        "issues_by_kind": dict(sorted(Counter(issue.kind for issue in atlas.issues).items())),
    }  # fmt: skip


def _count_values(records: Iterable[Record], column: str) -> dict[str, int]:
    values = Counter("unknown" if record[column] is None else str(record[column]) for record in records)
    return dict(sorted(values.items()))
