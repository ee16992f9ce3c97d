"""The GeoPackage: our tables with types, domains, relations, styles and metadata inside.

GDAL writes the layers; what it has no words for is added with SQL. The rules are those of OGC 12-128r17 with its
extensions Schema, Metadata and Related Tables (18-000). What QGIS needs to find the styles was found by trial:

- `layer_styles` keeps empty strings, not NULL, in `f_table_catalog` and `f_table_schema`;
- its `f_geometry_column` is the layer's own;
- since one of our tables is registered as `attributes`, `layer_styles` has to be registered as well;
- one style of a layer, not more, is the default.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimatlas.errors import OutputError
from claimatlas.export.frames import circle_frame, plain_frame, point_frame
from claimatlas.files import replacing
from claimatlas.qgis.styles import IncidentStyle, claim_qml, incident_qml, place_qml, report_qml
from claimatlas.records.columns import COORDINATE_COLUMNS, TABLES, Column
from claimatlas.records.tables import Record, split_ids

if TYPE_CHECKING:
    import pandas

GEOMETRY = "geom"
GEOPACKAGE_VERSION = "1.3"
"""GDAL 3.6, which QGIS 3.22 and 3.28 bring, warns of anything newer."""

# A GeoPackage must say when it was changed last. The clock would make two equal runs differ, so it says the day
# the newest report came out, and this when no report is dated.
UNDATED = "2000-01-01"

_SCHEMA = "http://www.geopackage.org/spec121/#extension_schema"
_METADATA = "http://www.geopackage.org/spec121/#extension_metadata"
_RELATIONS = "http://www.opengis.net/doc/IS/gpkg-rte/1.0"

_DESCRIPTIONS = {
    "incidents": "One event a row, told by one or more reports; a point stands for a place of the given precision.",
    "claims": "One statement by one claimant a row, with the words it rests on; incident_id relates it to incidents.",
    "reports": "The reports that were read, without their texts.",
    "places": "The places that incidents were put at; each area is its circle of uncertainty.",
}


@dataclass(frozen=True, slots=True)
class StoredStyle:
    """A row of `layer_styles`."""

    table: str
    name: str
    qml: str
    default: bool
    description: str


@dataclass(frozen=True, slots=True)
class Relation:
    """Which rows of two tables belong together, as pairs of their `fid`."""

    base: str
    related: str
    kind: str
    pairs: tuple[tuple[int, int], ...]

    @property
    def mapping_table(self) -> str:
        """The table that holds the pairs."""
        return f"{self.base}_{self.related}"


def write_geopackage(tables: Mapping[str, Sequence[Record]], path: Path, about: Mapping[str, Any]) -> None:
    """Write all tables into one GeoPackage, the same bytes for the same records.

    Args:
        tables: Records of `incidents`, `claims`, `reports` and `places`.
        path: The file to be.
        about: What the file's metadata says of the collection (plain values).

    Raises:
        OutputError: The file cannot be written.
    """
    frames = {
        "incidents": point_frame(tables["incidents"], TABLES["incidents"]),
        "claims": point_frame(tables["claims"], TABLES["claims"]),
        "places": circle_frame(tables["places"], TABLES["places"] + COORDINATE_COLUMNS),
        "reports": plain_frame(tables["reports"], TABLES["reports"]),
    }
    moment = f"{last_day(tables['reports'])}T00:00:00.000Z"
    with replacing(path) as temporary, fixed_clock(moment):
        for name, frame in frames.items():
            write_table(frame, name, temporary)
        with closing(sqlite3.connect(temporary)) as database, database:
            _add_indexes(database)
            _add_domains(database)
            _add_relations(database, find_relations(tables))
            add_styles(database, stored_styles(), moment)
            _add_metadata(database, about, moment)
    # What a program that had the old file open noted for it (QGIS leaves such notes) would spoil the new one.
    for note in ("-wal", "-shm"):
        path.with_name(path.name + note).unlink(missing_ok=True)


def write_table(frame: pandas.DataFrame, name: str, path: Path) -> None:
    """Write a frame as a table of a GeoPackage, adding to what the file holds.

    Args:
        frame: A GeoDataFrame, or a plain frame for a table without geometry.
        name: Name of the table.
        path: The GeoPackage.

    Raises:
        OutputError: GDAL cannot write it.
    """
    import geopandas
    import pyogrio

    # Only Arrow keeps dates as DATE: GDAL's other way makes text of Python's dates.
    settings: dict[str, Any] = {"layer": name, "driver": "GPKG", "use_arrow": True, "append": False,
                                "dataset_options": {"VERSION": GEOPACKAGE_VERSION}}  # fmt: skip
    if isinstance(frame, geopandas.GeoDataFrame):
        kind = "Point" if not frame.geometry.geom_type.dropna().ne("Point").any() else None
        settings |= {} if kind is None else {"geometry_type": kind}
        frame = frame.rename_geometry(GEOMETRY)
    settings |= {"description": _DESCRIPTIONS[name]} if name in _DESCRIPTIONS else {}
    try:
        pyogrio.write_dataframe(frame, path, **settings)
    except pyogrio.errors.DataSourceError as error:
        raise OutputError(f"GDAL cannot write {path}: {error}. Free the path and run again.") from error


@contextmanager
def fixed_clock(moment: str) -> Iterator[None]:
    """Make GDAL stamp a GeoPackage with a given moment instead of the clock's."""
    import pyogrio

    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": moment})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})


def last_day(reports: Sequence[Record]) -> str:
    """The day the newest report came out, as ISO text; `UNDATED` when no report is dated."""
    return max((str(report["published"]) for report in reports if report["published"] is not None), default=UNDATED)


def find_relations(tables: Mapping[str, Sequence[Record]]) -> tuple[Relation, ...]:
    """Which claims, reports and places belong to which incidents."""
    incidents = tables["incidents"]
    incident_fids = _fids(incidents, "incident_id")
    report_fids = _fids(tables["reports"], "report_id")
    place_fids = _fids(tables["places"], "place_id")
    claims = tuple((incident_fids[claim["incident_id"]], fid) for fid, claim in enumerate(tables["claims"], start=1))
    reports = tuple(
        (fid, report_fids[report_id])
        for fid, incident in enumerate(incidents, start=1)
        for report_id in split_ids(incident["report_ids"], report_fids)
    )
    places = tuple(
        (fid, place_fids[incident["place_id"]])
        for fid, incident in enumerate(incidents, start=1)
        if incident["place_id"] in place_fids
    )
    return (
        Relation("incidents", "claims", "features", claims),
        Relation("incidents", "reports", "attributes", reports),
        Relation("incidents", "places", "features", places),
    )


def _fids(records: Sequence[Record], key: str) -> dict[Any, int]:
    # GDAL numbers rows from 1 in the order they are written.
    return {record[key]: fid for fid, record in enumerate(records, start=1)}


def _add_indexes(database: sqlite3.Connection) -> None:
    for table, column in (("incidents", "incident_id"), ("reports", "report_id"), ("places", "place_id")):
        database.execute(f"CREATE UNIQUE INDEX {table}_{column} ON {table} ({column})")
    database.execute("CREATE INDEX claims_incident_id ON claims (incident_id)")


def _add_domains(database: sqlite3.Connection) -> None:
    """Extension Schema: a title and a meaning for each column, and the values that closed sets allow."""
    database.executescript("""
        CREATE TABLE gpkg_data_columns (
          table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT,
          mime_type TEXT, constraint_name TEXT,
          CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
          CONSTRAINT gdc_tn UNIQUE (table_name, name));
        CREATE TABLE gpkg_data_column_constraints (
          constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC,
          min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
          CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
    """)
    for table, columns in TABLES.items():
        for column in columns:
            constraint = _constraint_name(table, column) if column.values is not None else None
            database.execute(
                "INSERT INTO gpkg_data_columns VALUES (?, ?, ?, ?, ?, NULL, ?)",
                (table, column.name, column.name, column.title, column.meaning, constraint),
            )
            database.executemany(
                "INSERT INTO gpkg_data_column_constraints VALUES (?, 'enum', ?, NULL, NULL, NULL, NULL, ?)",
                [(constraint, value, label) for value, label in (column.values or {}).items()],
            )
    for table in ("gpkg_data_columns", "gpkg_data_column_constraints"):
        _register_extension(database, table, "gpkg_schema", _SCHEMA)


def _constraint_name(table: str, column: Column) -> str:
    return f"{table}_{column.name}"


def _add_relations(database: sqlite3.Connection, relations: Sequence[Relation]) -> None:
    """Extension Related Tables: pairs of rows, each relation in a table of its own."""
    database.execute("""
        CREATE TABLE gpkgext_relations (
          id INTEGER PRIMARY KEY AUTOINCREMENT, base_table_name TEXT NOT NULL,
          base_primary_column TEXT NOT NULL DEFAULT 'id', related_table_name TEXT NOT NULL,
          related_primary_column TEXT NOT NULL DEFAULT 'id', relation_name TEXT NOT NULL,
          mapping_table_name TEXT NOT NULL UNIQUE)
    """)
    _register_extension(database, "gpkgext_relations", "gpkg_related_tables", _RELATIONS)
    for relation in relations:
        table = relation.mapping_table
        database.execute(f"CREATE TABLE {table} (base_id INTEGER NOT NULL, related_id INTEGER NOT NULL)")
        database.executemany(f"INSERT INTO {table} VALUES (?, ?)", relation.pairs)
        database.execute(
            "INSERT INTO gpkgext_relations (base_table_name, base_primary_column, related_table_name, "
            "related_primary_column, relation_name, mapping_table_name) VALUES (?, 'fid', ?, 'fid', ?, ?)",
            (relation.base, relation.related, relation.kind, table),
        )
        _register_extension(database, table, "gpkg_related_tables", _RELATIONS)


def _register_extension(database: sqlite3.Connection, table: str, name: str, definition: str) -> None:
    database.execute(
        "INSERT INTO gpkg_extensions (table_name, column_name, extension_name, definition, scope) "
        "VALUES (?, NULL, ?, ?, 'read-write')",
        (table, name, definition),
    )


def stored_styles() -> list[StoredStyle]:
    """The styles of all our tables, for databases that keep styles."""
    by_incident = [
        StoredStyle("incidents", style.value, incident_qml(style), style is IncidentStyle.ACTORS,
                    f"Incidents by {style.value.lower()}")
        for style in IncidentStyle
    ]  # fmt: skip
    return [
        *by_incident,
        StoredStyle("claims", "Outcome", claim_qml(), True, "Claims by outcome"),
        StoredStyle("places", "Uncertainty", place_qml(), True, "Circles of uncertainty"),
        StoredStyle("reports", "Titles", report_qml(), True, "Column titles of the reports"),
    ]


def add_styles(database: sqlite3.Connection, styles: Sequence[StoredStyle], moment: str) -> None:
    """Put styles where QGIS looks for them.

    Args:
        database: The GeoPackage.
        styles: One of each table is the default.
        moment: When they were made, in the GeoPackage's form of a time.
    """
    database.execute("""
        CREATE TABLE layer_styles (
          id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
          f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
          useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
          update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))
    """)
    spatial = {table for (table,) in database.execute("SELECT table_name FROM gpkg_geometry_columns")}
    database.executemany(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, "
        "styleQML, styleSLD, useAsDefault, description, owner, update_time) "
        "VALUES ('', '', ?, ?, ?, ?, '', ?, ?, '', ?)",
        [(style.table, GEOMETRY if style.table in spatial else "", style.name, style.qml, style.default,
          style.description, moment) for style in styles],
    )  # fmt: skip
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) "
        "VALUES ('layer_styles', 'attributes', 'layer_styles', 'Styles for QGIS', ?)",
        (moment,),
    )


def _add_metadata(database: sqlite3.Connection, about: Mapping[str, Any], moment: str) -> None:
    """Extension Metadata: what the collection holds and what it was made from, as JSON."""
    database.executescript("""
        CREATE TABLE gpkg_metadata (
          id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL, md_scope TEXT NOT NULL DEFAULT 'dataset',
          md_standard_uri TEXT NOT NULL, mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '');
        CREATE TABLE gpkg_metadata_reference (
          reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT, row_id_value INTEGER,
          timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), md_file_id INTEGER NOT NULL,
          md_parent_id INTEGER,
          CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
          CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id));
    """)
    text = json.dumps(dict(about), ensure_ascii=False, indent=1)
    database.execute(
        "INSERT INTO gpkg_metadata VALUES (1, 'dataset', 'https://schema.org/Dataset', 'application/json', ?)", (text,)
    )
    database.execute(
        "INSERT INTO gpkg_metadata_reference VALUES ('geopackage', NULL, NULL, NULL, ?, 1, NULL)", (moment,)
    )
    for table in ("gpkg_metadata", "gpkg_metadata_reference"):
        _register_extension(database, table, "gpkg_metadata", _METADATA)
