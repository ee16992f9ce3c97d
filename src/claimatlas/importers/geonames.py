"""GeoNames' country dumps, and its file of alternate names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from claimatlas.gazetteer.entries import Entry, PlaceName
from claimatlas.importers.rows import (
    is_readable,
    is_telling,
    make_entry,
    parse_coordinate,
    parse_population,
    settlement_kind,
)

_GEONAMES_KINDS = {
    "PPLX": "neighbourhood", "ADM1": "governorate", "ADM2": "district", "ADM3": "subdistrict", "AIRP": "airport",
    "AIRF": "airport", "AIRB": "airbase", "DAM": "dam", "BDG": "bridge", "HSP": "hospital", "HSPC": "hospital",
    "SCH": "school", "UNIV": "university", "MSQE": "mosque", "MKT": "market", "SQR": "square", "CMPRF": "camp",
    "CMPQ": "camp", "OILF": "oil_field", "GASF": "oil_field", "PS": "power_plant", "PRN": "prison", "FRM": "farm",
    "FRMS": "farm", "MT": "mountain", "MTS": "mountain", "HLL": "hill", "HLLS": "hill", "PK": "mountain",
    "RDGE": "mountain", "VAL": "valley", "WAD": "valley", "STM": "river", "STMI": "river", "LK": "lake",
    "RSV": "lake", "ISL": "island", "DSRT": "desert", "RGN": "region", "RUIN": "ruin", "ANS": "ruin", "CSTL": "ruin",
    "PASS": "crossing", "CSTM": "crossing",
}  # fmt: skip

# What stands in the column of languages when the "name" is a link, a Wikidata id or a postal code.
_NO_LANGUAGES = ("link", "wkdt", "post")


def read_geonames(path: Path, skipped: Counter[str]) -> Iterator[Entry]:
    """Places of a GeoNames country dump (tab-separated, 19 columns): settlements, areas, features that reports name."""
    rows = []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for line in stream:
            cells = line.rstrip("\r\n").split("\t")
            if len(cells) >= 15 and cells[0].isdigit():
                rows.append(cells)
            elif line.strip():
                skipped["not a GeoNames row"] += 1
    first_level = {(cells[8], cells[10]): cells[1] for cells in rows if cells[7] == "ADM1"}
    for cells in rows:
        entry = _geonames_entry(cells, first_level)
        if entry is None:
            skipped["kind of no use"] += 1
            continue
        yield entry


def _geonames_entry(cells: list[str], first_level: dict[tuple[str, str], str]) -> Entry | None:
    latitude, longitude = parse_coordinate(cells[4], 90), parse_coordinate(cells[5], 180)
    population = parse_population(cells[14])
    kind = settlement_kind(population, capital=cells[7] in ("PPLC", "PPLA")) if cells[6] == "P" else None
    kind = _GEONAMES_KINDS.get(cells[7], kind)
    if kind is None or latitude is None or longitude is None:
        return None
    region = first_level.get((cells[8], cells[10]))
    texts = [cells[1], cells[2], *cells[3].split(",")]
    return make_entry(
        f"geonames:{cells[0]}",
        kind,
        texts,
        latitude,
        longitude,
        governorate=region,
        population=population,
        source="GeoNames",
    )


def add_alternate_names(entries: list[Entry], path: Path) -> list[Entry]:
    """The entries with the names, and their languages, of GeoNames' `alternateNames` file.

    Args:
        entries: Places of a country dump.
        path: The file: tab-separated, with the place's number, the language and the name in columns 2 to 4.
    """
    more: defaultdict[str, list[PlaceName]] = defaultdict(list)
    wanted = {entry.place.id for entry in entries}
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for line in stream:
            cells = line.rstrip("\r\n").split("\t")
            if len(cells) < 4:
                continue
            place_id, lang, name = f"geonames:{cells[1]}", cells[2], cells[3]
            if place_id in wanted and lang not in _NO_LANGUAGES and is_readable(name):
                more[place_id].append(PlaceName(name, lang or "en", is_telling(name), "GeoNames"))
    return [_with_names(entry, more[entry.place.id]) if entry.place.id in more else entry for entry in entries]


def _with_names(entry: Entry, names: list[PlaceName]) -> Entry:
    known = {name.name for name in entry.names}
    return replace(entry, names=(*entry.names, *(name for name in names if name.name not in known)))
