"""What other tools expect, each format in a file of its own below `interchange/`; docs/formats.md describes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from claimatlas.errors import InputError
from claimatlas.export.coders import write_acled, write_ged
from claimatlas.export.frames import circle_frame, plain_frame, point_frame
from claimatlas.export.ftm import write_ftm
from claimatlas.export.geojson import bounds, point, write_collection
from claimatlas.export.kml import write_kml
from claimatlas.export.linkedplaces import write_linked_places
from claimatlas.export.spreadsheet import write_csv
from claimatlas.export.tables import Tables, make_tables
from claimatlas.export.timemap import write_timemap
from claimatlas.files import replacing
from claimatlas.model import Atlas
from claimatlas.records.columns import CLAIM_COLUMNS, COORDINATE_COLUMNS, INCIDENT_COLUMNS, TABLES
from claimatlas.records.tables import Record

FOLDER = "interchange"


def check_formats(formats: Sequence[str]) -> None:
    """Refuse a format nobody knows, before any work is done for it.

    Raises:
        InputError: There is no format of such a name.
    """
    unknown = [name for name in formats if name not in FORMATS]
    if unknown:
        raise InputError(f"There is no format {unknown[0]!r}; there are {', '.join(FORMATS)}.")


def write_interchange(atlas: Atlas, folder: Path, formats: Sequence[str]) -> list[Path]:
    """Write a collection in the formats of other tools.

    Files of formats that an earlier run wrote and this one does not are removed: they would tell an older story.

    Args:
        atlas: The finished collection.
        folder: The output folder; the files go into `interchange/` in it.
        formats: Names of `FORMATS`.

    Returns:
        The files that were written.

    Raises:
        InputError: There is no format of such a name.
        OutputError: A file cannot be written.
    """
    check_formats(formats)
    tables = make_tables(atlas)
    written: list[Path] = []
    for name in dict.fromkeys(formats):
        written += FORMATS[name](atlas, tables, folder / FOLDER)
    _remove_older(folder / FOLDER, formats)
    return written


def _remove_older(folder: Path, formats: Sequence[str]) -> None:
    for name in (name for form, names in FILES.items() if form not in formats for name in names):
        (folder / name).unlink(missing_ok=True)
    for emptied in (folder / "timemap", folder):
        with suppress(OSError):  # it never was, or holds files of other people
            emptied.rmdir()


def _hxl(atlas: Atlas, tables: Tables, folder: Path) -> list[Path]:
    """Incidents and claims as CSV with HXL tags, without a byte order mark."""
    incidents, claims = folder / "incidents.hxl.csv", folder / "claims.hxl.csv"
    write_csv(tables["incidents"], INCIDENT_COLUMNS + COORDINATE_COLUMNS, incidents, tags=True)
    write_csv(tables["claims"], CLAIM_COLUMNS, claims, tags=True)
    return [incidents, claims]


def _acled(atlas: Atlas, tables: Tables, folder: Path) -> list[Path]:
    path = folder / "acled.csv"
    write_acled(atlas, path)
    return [path]


def _ged(atlas: Atlas, tables: Tables, folder: Path) -> list[Path]:
    path = folder / "ucdp-ged.csv"
    write_ged(atlas, path)
    return [path]


def _timemap(atlas: Atlas, tables: Tables, folder: Path) -> list[Path]:
    target = folder / "timemap"
    write_timemap(tables["incidents"], tables["reports"], target)
    return [target / f"{name}.json" for name in ("events", "sources", "associations")]


def _ftm(atlas: Atlas, tables: Tables, folder: Path) -> list[Path]:
    statements, entities = folder / "ftm.statements.csv", folder / "ftm.entities.jsonl"
    write_ftm(tables, statements, entities)
    return [statements, entities]


def _simplestyle(atlas: Atlas, tables: Tables, folder: Path) -> list[Path]:
    path = folder / "simplestyle.geojson"
    features = [_styled_feature(record) for record in tables["incidents"]]
    write_collection(features, "incidents", path, bbox=bounds(tables["incidents"]))
    return [path]


_MARKER_SIZES = {"10-24": "medium", "25-49": "large", "50+": "large"}
_MARKER_SYMBOLS = {
    "airstrike": "airfield", "shelling": "rocket", "explosion": "fire-station", "chemical": "danger",
    "clash": "cross", "shooting": "circle", "abduction": "prison", "other": "marker",
}  # fmt: skip


def _styled_feature(record: Record) -> dict[str, Any]:
    """An incident with simplestyle 1.1 beside its columns."""
    style = {
        "title": str(record["place"] or record["governorate"] or record["incident_id"]),
        "description": str(record["headline"]),
        "marker-color": record["color_actor"],
        "marker-size": _MARKER_SIZES.get(str(record["casualty_class"]), "small"),
        "marker-symbol": _MARKER_SYMBOLS[str(record["event_type"])],
    }
    columns = {column.name: record[column.name] for column in INCIDENT_COLUMNS}
    return {"type": "Feature", "geometry": point(record), "properties": style | columns}


def _kml(atlas: Atlas, tables: Tables, folder: Path) -> list[Path]:
    path = folder / "incidents.kml"
    write_kml(tables, path)
    return [path]


def _parquet(atlas: Atlas, tables: Tables, folder: Path) -> list[Path]:
    """Incidents, claims and places as GeoParquet, reports as plain Parquet, all with exact types."""
    frames = {
        "incidents": point_frame(tables["incidents"], TABLES["incidents"]),
        "claims": point_frame(tables["claims"], TABLES["claims"]),
        "places": circle_frame(tables["places"], TABLES["places"] + COORDINATE_COLUMNS),
        "reports": plain_frame(tables["reports"], TABLES["reports"]),
    }
    paths = []
    for name, frame in frames.items():
        path = folder / f"{name}.parquet"
        with replacing(path) as temporary:
            frame.to_parquet(temporary, index=False)
        paths.append(path)
    return paths


def _linked_places(atlas: Atlas, tables: Tables, folder: Path) -> list[Path]:
    path = folder / "places.lpf.json"
    write_linked_places(tables["places"], path)
    return [path]


FORMATS: Mapping[str, Callable[[Atlas, Tables, Path], list[Path]]] = {
    "hxl": _hxl,
    "acled": _acled,
    "ged": _ged,
    "timemap": _timemap,
    "ftm": _ftm,
    "simplestyle": _simplestyle,
    "kml": _kml,
    "parquet": _parquet,
    "lpf": _linked_places,
}
"""The formats by name, each with the function that writes it."""
FILES: Mapping[str, Sequence[str]] = {
    "hxl": ("incidents.hxl.csv", "claims.hxl.csv"),
    "acled": ("acled.csv",),
    "ged": ("ucdp-ged.csv",),
    "timemap": ("timemap/events.json", "timemap/sources.json", "timemap/associations.json"),
    "ftm": ("ftm.statements.csv", "ftm.entities.jsonl"),
    "simplestyle": ("simplestyle.geojson",),
    "kml": ("incidents.kml",),
    "parquet": ("incidents.parquet", "claims.parquet", "places.parquet", "reports.parquet"),
    "lpf": ("places.lpf.json",),
}
"""What each format writes, below `interchange/`."""
