"""Tables of Who's On First."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from claimatlas.errors import InputError
from claimatlas.gazetteer.entries import Entry
from claimatlas.importers.rows import make_entry, parse_coordinate, parse_population, read_table, settlement_kind

_WOF_KINDS = {
    "region": "governorate",
    "county": "district",
    "localadmin": "subdistrict",
    "neighbourhood": "neighbourhood",
    "locality": "village",
}


_WOF_COLUMNS = ("wof_id", "name", "placetype", "lat", "lon")


def read_wof(path: Path, skipped: Counter[str]) -> Iterator[Entry]:
    """Places of a Who's On First table (wof_id, name, placetype, lat, lon, names_*, population, hierarchy)."""
    rows = read_table(path)
    if rows and not set(_WOF_COLUMNS) <= set(rows[0]):
        raise InputError(
            f"{path} lacks some of the columns {', '.join(_WOF_COLUMNS)}; is it a table of Who's On First?"
        )
    regions = {row["wof_id"]: row["name"] for row in rows if row["placetype"] == "region"}
    for row in rows:
        if row.get("deprecated") or row.get("superseded_by") or row.get("is_current") == "0":
            skipped["no longer current"] += 1
            continue
        entry = _wof_entry(row, regions)
        if entry is None:
            skipped["kind of no use"] += 1
            continue
        yield entry


def _wof_entry(row: dict[str, str], regions: dict[str, str]) -> Entry | None:
    latitude, longitude = parse_coordinate(row["lat"], 90), parse_coordinate(row["lon"], 180)
    population = parse_population(row.get("population", ""))
    kind = _WOF_KINDS.get(row["placetype"])
    if row["placetype"] == "campus" and re.search("airport|airbase", row["name"], re.IGNORECASE):
        kind = "airport"
    if row["placetype"] == "locality":
        kind = settlement_kind(population)
    if kind is None or latitude is None or longitude is None:
        return None
    texts = [row["name"]] + [
        text for column in ("names_eng", "names_ara", "names_other") for text in row.get(column, "").split("|")
    ]
    region = _wof_region(row.get("hierarchy", ""), regions)
    return make_entry(
        f"wof:{row['wof_id']}",
        kind,
        texts,
        latitude,
        longitude,
        governorate=region,
        population=population,
        source="Who's On First",
    )


def _wof_region(hierarchy: str, regions: dict[str, str]) -> str | None:
    try:
        levels = json.loads(hierarchy or "[]")
    except ValueError:
        return None
    for level in levels if isinstance(levels, list) else ():
        region = regions.get(str(level.get("region_id"))) if isinstance(level, dict) else None
        if region is not None:
            return region
    return None
