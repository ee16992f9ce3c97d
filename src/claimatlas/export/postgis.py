"""PostGIS: an output folder's tables in a schema of a database, brought up to date in one transaction.

Tables are never dropped, so that views, grants and foreign keys of others stay. A push adds the rows that are new,
changes those that differ and takes away those that are gone; a second push of the same folder changes nothing.
The styles go where QGIS looks for them, `public.layer_styles`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from claimatlas.errors import MissingDependencyError, OutputError
from claimatlas.export.gpkg import GEOMETRY, stored_styles
from claimatlas.records.columns import COORDINATE_COLUMNS, TABLES, Column, Kind
from claimatlas.records.tables import split_ids

if TYPE_CHECKING:
    import pandas
    import psycopg

    from claimatlas.api import Collection

_TYPES = {Kind.TEXT: "text", Kind.INTEGER: "integer", Kind.REAL: "double precision", Kind.BOOLEAN: "boolean",
          Kind.DATE: "date"}  # fmt: skip

# Whoever pushes into the same database waits for the other; the number is that of our name in ASCII.
_LOCK = int.from_bytes(b"claima", "big")


@dataclass(frozen=True, slots=True)
class Target:
    """A table of the database: its columns, its key, its geometry and what it points at."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    geometry: str | None = None
    references: Mapping[str, str] | None = None

    @property
    def all_columns(self) -> list[str]:
        """Names of the columns, the geometry last."""
        return [column.name for column in self.columns] + ([GEOMETRY] if self.geometry else [])


def _link(table: str, other: str, key: str) -> Target:
    columns = (Column("incident_id", Kind.TEXT, "", "The incident."), Column(key, Kind.TEXT, "", f"One of {other}."))
    return Target(table, columns, ("incident_id", key), references={"incident_id": "incidents", key: other})


TARGETS: tuple[Target, ...] = (
    Target("reports", TABLES["reports"], ("report_id",)),
    Target("places", TABLES["places"] + COORDINATE_COLUMNS, ("place_id",), "Polygon"),
    Target("incidents", TABLES["incidents"], ("incident_id",), "Point"),
    Target("claims", TABLES["claims"], ("claim_id", "incident_id"), "Point",
           {"incident_id": "incidents", "report_id": "reports"}),
    _link("incidents_reports", "reports", "report_id"),
    _link("incidents_places", "places", "place_id"),
)  # fmt: skip
"""The tables in the order in which they can be filled."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a push did to one table."""

    table: str
    written: int
    removed: int
    total: int


def push(collection: Collection, url: str, schema: str = "claimatlas") -> list[Changes]:
    """Bring the tables of a database up to date with an output folder.

    Args:
        collection: What `claimatlas.read` gave.
        url: Address of the database, `postgresql://user@host/database`.
        schema: Schema of the tables; it is made when it does not exist.

    Returns:
        What was done, table by table.

    Raises:
        MissingDependencyError: The library psycopg is not installed.
        OutputError: The address is none, or the database cannot be reached, has no PostGIS, or refuses; then
            nothing has changed.
    """
    if not url.startswith(("postgresql://", "postgres://")):
        raise OutputError("The address of a database looks like postgresql://user@host/database.")
    psycopg = _library()
    try:
        with psycopg.connect(url, autocommit=False) as connection:
            return _push(connection, collection, schema)
    except psycopg.Error as error:
        reason = " ".join(str(error).split()).rstrip(".?")
        raise OutputError(f"The database {_shown(url)} was left as it was: {reason}.") from error


def _library() -> Any:
    try:
        import psycopg
    except ImportError as error:
        raise MissingDependencyError("PostGIS needs psycopg: pip install 'claimatlas[postgis]'.") from error
    return psycopg


def _shown(url: str) -> str:
    """The address without its password."""
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    host = parts.hostname or "localhost"
    return f"{parts.scheme}://{host}{f':{parts.port}' if parts.port else ''}{parts.path}"


def _push(connection: psycopg.Connection[Any], collection: Collection, schema: str) -> list[Changes]:
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        _require_postgis(cursor)
        cursor.execute(_sql("CREATE SCHEMA IF NOT EXISTS {}", schema))
        rows = _all_rows(collection)
        for target in TARGETS:
            _make_table(cursor, schema, target)
            _stage(cursor, target, rows[target.name])
        # Rows go in parents first and out children first, so that no key points at nothing in between.
        written = {target.name: _upsert(cursor, schema, target) for target in TARGETS}
        removed = {target.name: _remove(cursor, schema, target) for target in reversed(TARGETS)}
        _put_styles(cursor, schema)
        return [
            Changes(target.name, written[target.name], removed[target.name], len(rows[target.name]))
            for target in TARGETS
        ]


def _sql(template: str, *names: str) -> Any:
    from psycopg import sql

    return sql.SQL(template).format(*map(sql.Identifier, names))


def _require_postgis(cursor: psycopg.Cursor[Any]) -> None:
    cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'postgis'")
    if cursor.fetchone() is None:
        cursor.execute("CREATE EXTENSION postgis")


def _all_rows(collection: Collection) -> dict[str, list[tuple[Any, ...]]]:
    frames: dict[str, pandas.DataFrame] = {
        "reports": collection.reports,
        "places": collection.places,
        "incidents": collection.incidents,
        "claims": collection.claims,
    }
    rows = {target.name: list(_rows(frames[target.name], target)) for target in TARGETS if target.name in frames}
    incidents = collection.incidents
    reports, places = set(collection.reports["report_id"]), set(collection.places["place_id"])
    rows["incidents_reports"] = [
        (incident_id, report_id)
        for incident_id, joined in zip(incidents["incident_id"], incidents["report_ids"], strict=True)
        for report_id in split_ids(joined, reports)
    ]
    rows["incidents_places"] = [
        (incident_id, place_id)
        for incident_id, place_id in zip(incidents["incident_id"], incidents["place_id"], strict=True)
        if place_id in places
    ]
    return rows


def _rows(frame: pandas.DataFrame, target: Target) -> Iterator[tuple[Any, ...]]:
    """The rows as PostgreSQL takes them: None for what is missing, geometries as EWKB."""
    import shapely

    values = [
        frame[column.name].astype(object).where(frame[column.name].notna(), None).tolist() for column in target.columns
    ]
    if target.geometry:
        shapes = shapely.set_srid(list(frame["geometry"]), 4326)
        values.append([
            None if shape is None else text
            for shape, text in zip(shapes, shapely.to_wkb(shapes, hex=True, include_srid=True), strict=True)
        ])  # fmt: skip
    yield from zip(*values, strict=True)


def _make_table(cursor: psycopg.Cursor[Any], schema: str, target: Target) -> None:
    """Make the table, or add the columns that an older version of ours did not have."""
    from psycopg import sql

    table = sql.Identifier(schema, target.name)
    columns = _definitions(target)
    key = sql.SQL("PRIMARY KEY ({})").format(_identifiers(target.key))
    foreign = [
        sql.SQL("FOREIGN KEY ({}) REFERENCES {} ({})").format(
            sql.Identifier(column), sql.Identifier(schema, other), sql.Identifier(column)
        )
        for column, other in (target.references or {}).items()
    ]
    parts = sql.SQL(", ").join([*columns, key, *foreign])
    cursor.execute(sql.SQL("CREATE TABLE IF NOT EXISTS {} ({})").format(table, parts))
    for definition in columns:
        cursor.execute(sql.SQL("ALTER TABLE {} ADD COLUMN IF NOT EXISTS {}").format(table, definition))
    for c in target.columns:
        text = f"{c.title}. {c.meaning}" if c.title else c.meaning
        comment = sql.SQL("COMMENT ON COLUMN {}.{} IS {}")
        cursor.execute(comment.format(table, sql.Identifier(c.name), sql.Literal(text)))
    if target.geometry:
        cursor.execute(
            sql.SQL("CREATE INDEX IF NOT EXISTS {} ON {} USING gist ({})").format(
                sql.Identifier(f"{target.name}_{GEOMETRY}"), table, sql.Identifier(GEOMETRY)
            )
        )
    for column in target.references or {}:
        cursor.execute(
            sql.SQL("CREATE INDEX IF NOT EXISTS {} ON {} ({})").format(
                sql.Identifier(f"{target.name}_{column}"), table, sql.Identifier(column)
            )
        )


def _definitions(target: Target) -> list[Any]:
    """The columns with their types, as they stand in the making of a table."""
    from psycopg import sql

    types = {column.name: _TYPES[column.kind] for column in target.columns}
    if target.geometry:
        types[GEOMETRY] = f"geometry({target.geometry}, 4326)"
    return [sql.Identifier(name) + sql.SQL(f" {kind}") for name, kind in types.items()]


def _identifiers(names: Sequence[str]) -> Any:
    from psycopg import sql

    return sql.SQL(", ").join(map(sql.Identifier, names))


def _staged(target: Target) -> Any:
    from psycopg import sql

    return sql.Identifier(f"claimatlas_push_{target.name}")


def _stage(cursor: psycopg.Cursor[Any], target: Target, rows: Sequence[tuple[Any, ...]]) -> None:
    """Copy the rows into a temporary table that the end of the transaction takes away."""
    from psycopg import sql

    definitions = sql.SQL(", ").join(_definitions(target))
    cursor.execute(sql.SQL("CREATE TEMPORARY TABLE {} ({}) ON COMMIT DROP").format(_staged(target), definitions))
    command = sql.SQL("COPY {} ({}) FROM STDIN").format(_staged(target), _identifiers(target.all_columns))
    with cursor.copy(command) as copy:
        for row in rows:
            copy.write_row(row)


def _upsert(cursor: psycopg.Cursor[Any], schema: str, target: Target) -> int:
    """Insert what is new and change what differs; the number of rows touched."""
    from psycopg import sql

    table, names = sql.Identifier(schema, target.name), target.all_columns
    others = [name for name in names if name not in target.key]
    # One statement cannot touch a row twice, so that a claim told twice in the same words counts once.
    insert = sql.SQL(
        "INSERT INTO {table} AS old ({names}) SELECT DISTINCT ON ({key}) {names} FROM {staged} ON CONFLICT ({key}) "
    ).format(table=table, names=_identifiers(names), staged=_staged(target), key=_identifiers(target.key))
    if not others:
        cursor.execute(insert + sql.SQL("DO NOTHING"))
        return cursor.rowcount
    changes = sql.SQL(", ").join(sql.SQL("{0} = EXCLUDED.{0}").format(sql.Identifier(name)) for name in others)
    # Geometries are compared as text: PostGIS's own `=` looks at their boxes alone.
    differs = sql.SQL(" OR ").join(
        sql.SQL("old.{0}::text IS DISTINCT FROM EXCLUDED.{0}::text").format(sql.Identifier(name)) for name in others
    )
    cursor.execute(insert + sql.SQL("DO UPDATE SET {} WHERE {}").format(changes, differs))
    return cursor.rowcount


def _remove(cursor: psycopg.Cursor[Any], schema: str, target: Target) -> int:
    """Delete what is gone; the number of rows."""
    from psycopg import sql

    same = sql.SQL(" AND ").join(sql.SQL("new.{0} = old.{0}").format(sql.Identifier(name)) for name in target.key)
    cursor.execute(
        sql.SQL("DELETE FROM {} AS old WHERE NOT EXISTS (SELECT 1 FROM {} AS new WHERE {})").format(
            sql.Identifier(schema, target.name), _staged(target), same
        )
    )
    return cursor.rowcount


def _put_styles(cursor: psycopg.Cursor[Any], schema: str) -> None:
    """Replace our rows of QGIS's table of styles, which is made as QGIS makes it."""
    cursor.execute("""
        CREATE TABLE IF NOT EXISTS public.layer_styles (
          id serial PRIMARY KEY, f_table_catalog varchar, f_table_schema varchar, f_table_name varchar,
          f_geometry_column varchar, styleName text, styleQML xml, styleSLD xml, useAsDefault boolean,
          description text, owner varchar(63) DEFAULT current_user, ui xml,
          update_time timestamp DEFAULT current_timestamp, type varchar)
    """)
    # `type` stays empty: QGIS then takes the style for a layer whose geometry it has not looked up yet as well.
    geometries = {target.name: target.geometry for target in TARGETS}
    for style in stored_styles():
        geometry = GEOMETRY if geometries[style.table] else None
        cursor.execute(
            "DELETE FROM public.layer_styles WHERE f_table_catalog = current_database() AND f_table_schema = %s "
            "AND f_table_name = %s AND styleName = %s",
            (schema, style.table, style.name),
        )
        cursor.execute(
            "INSERT INTO public.layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, "
            "styleName, styleQML, useAsDefault, description) "
            "VALUES (current_database(), %s, %s, %s, %s, XMLPARSE(DOCUMENT %s), %s, %s)",
            (schema, style.table, geometry, style.name, _without_doctype(style.qml), style.default, style.description),
        )


def _without_doctype(qml: str) -> str:
    # PostgreSQL refuses a document type that names a definition elsewhere.
    return qml.partition("\n")[2] if qml.startswith("<!DOCTYPE") else qml
