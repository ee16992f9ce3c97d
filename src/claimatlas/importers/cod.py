"""OCHA's common operational datasets: tables of populated places with the areas above them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from claimatlas.errors import InputError
from claimatlas.gazetteer.entries import KINDS, Entry, PlaceName
from claimatlas.geodesy import distance_km
from claimatlas.importers.rows import is_telling, parse_coordinate, read_table
from claimatlas.model import Place
from claimatlas.names import keys as namekeys
from claimatlas.names import spelling

_COD_COLUMN = re.compile(r"adm(?:in)?(\d)_?(name|ref ?name|pcode)?_?([a-z]{2})?$", re.IGNORECASE)
_COMPOSITE = re.compile(r"\s+[-–]\s+|\s*[_/]\s*|\s*[()]\s*")


@dataclass
class _CodColumns:
    """Which column of a COD table says what: by administrative level."""

    names: dict[int, str]
    names_ar: dict[int, str]
    pcodes: dict[int, str]
    latitude: str
    longitude: str
    capitals: dict[int, str]

    @property
    def deepest(self) -> int:
        return max(self.names)

    def add(self, level: int, what: str, lang: str, column: str) -> None:
        """Note what a column says; a name in English goes before one in another language."""
        if what == "pcode":
            self.pcodes[level] = column
        elif what == "name" and lang == "ar":
            self.names_ar[level] = column
        elif what == "name" and (lang == "en" or level not in self.names):
            self.names[level] = column


def read_cod(path: Path, skipped: Counter[str]) -> Iterator[Entry]:
    """Places of an OCHA list (CSV or XLSX): its deepest level as settlements, the levels above as areas.

    Columns are recognised by OCHA's habits (`admin4Name_en`, `ADM4_EN`, `admin4Pcode`, `Latitude_y` …), so lists of
    other countries work.
    """
    rows = read_table(path)
    if not rows:
        return
    columns = _cod_columns(list(rows[0]), path)
    points: dict[tuple[int, str], list[tuple[float, float, dict[str, str]]]] = {}
    for row in rows:
        entry = _cod_entry(row, columns)
        if entry is None:
            skipped["without name or coordinates"] += 1
            continue
        yield entry
        for level in range(1, columns.deepest):
            if level in columns.names and row[columns.names[level]]:
                code = row.get(columns.pcodes.get(level, ""), "") or row[columns.names[level]]
                points.setdefault((level, code), []).append((entry.place.latitude, entry.place.longitude, row))
    for (level, code), members in points.items():
        yield _cod_area(level, code, members, columns)


def _cod_columns(header: Sequence[str], path: Path) -> _CodColumns:
    columns = _CodColumns({}, {}, {}, "", "", {})
    for column in header:
        low = column.lower()
        if capital := re.fullmatch(r"isadmin(\d)capital", low):
            columns.capitals[int(capital.group(1))] = column
        elif re.match(r"lat", low):
            columns.latitude = column
        elif re.match(r"lon", low):
            columns.longitude = column
        elif match := _COD_COLUMN.match(column):
            columns.add(int(match[1]), (match[2] or "name").lower(), (match[3] or "en").lower(), column)
    if not columns.names or not columns.latitude or not columns.longitude:
        raise InputError(
            f"{path} has no columns such as admin4Name_en, Latitude_y and Longitude_x; is it a list of OCHA's?"
        )
    return columns


def _cod_entry(row: dict[str, str], columns: _CodColumns) -> Entry | None:
    level = columns.deepest
    name, name_ar = row[columns.names[level]], row.get(columns.names_ar.get(level, ""), "")
    latitude, longitude = parse_coordinate(row[columns.latitude], 90), parse_coordinate(row[columns.longitude], 180)
    if latitude is None or longitude is None or not (name or name_ar):
        return None
    pcode = row.get(columns.pcodes.get(level, ""), "") or None
    kind = "village"
    if row.get(columns.capitals.get(1, ""), "").lower() == "yes":
        kind = "city"
    elif any(row.get(column, "").lower() == "yes" for column in columns.capitals.values()):
        kind = "town"
    above = {n: row[columns.names[n]] or None for n in (1, 2, 3) if n in columns.names and n < level}
    place = Place(
        id=f"cod:{pcode or namekeys.text_key(name or name_ar)}", kind=kind, name=name or name_ar,
        name_ar=name_ar or None, latitude=latitude, longitude=longitude, radius_km=KINDS[kind],
        governorate=above.get(1), district=above.get(2), subdistrict=above.get(3), pcode=pcode, source="OCHA COD",
    )  # fmt: skip
    areas = [
        row.get(columns_of[n], "")
        for columns_of in (columns.names, columns.names_ar)
        for n in (1, 2, 3)
        if n in columns_of
    ]
    return Entry(place, tuple(_cod_names(name, name_ar, [area for area in areas if area])))


def _cod_names(name: str, name_ar: str, areas: Sequence[str]) -> Iterator[PlaceName]:
    """The names as written, without an area put behind ("Mreimin Afrin"), and the parts of a composite ("A - B")."""
    for text, lang in ((name, "en"), (name_ar, "ar")):
        if not text:
            continue
        yield PlaceName(text, lang, is_telling(text), "OCHA COD")
        short = _without_area(text, areas)
        # "Eastern Kwaires" in the subdistrict of that name is not called "Eastern".
        if short is not None and not spelling.only_qualifies(short):
            yield PlaceName(short, lang, is_telling(short), "OCHA COD")
        parts = [part for part in _COMPOSITE.split(text) if len(part) > 2 and not spelling.only_qualifies(part)]
        if len(parts) > 1:
            for part in parts:
                yield PlaceName(part, lang, False, "OCHA COD")


def _without_area(text: str, areas: Sequence[str]) -> str | None:
    """The name without the area that OCHA puts behind one of several namesakes, or None."""
    words = text.split()
    for count in (1, 2, 3):
        if len(words) <= count:
            return None
        tail = spelling.read_name(" ".join(words[-count:]))
        for area in areas:
            for reading in spelling.read_name(area):
                if any(
                    reading.skeleton == r.skeleton and len(r.skeleton) >= 2 and spelling.differ(reading, r) < 2.0
                    for r in tail
                ):
                    return " ".join(words[:-count])
    return None


def _cod_area(level: int, code: str, members: list[tuple[float, float, dict[str, str]]], columns: _CodColumns) -> Entry:
    row = members[0][2]
    kind = {1: "governorate", 2: "district", 3: "subdistrict"}.get(level, "subdistrict")
    latitude = round(sum(m[0] for m in members) / len(members), 5)
    longitude = round(sum(m[1] for m in members) / len(members), 5)
    # Nine places in ten lie in the circle.
    distances = sorted(distance_km(latitude, longitude, m[0], m[1]) for m in members)
    radius = max(KINDS["village"], round(distances[int(0.9 * (len(distances) - 1))], 1))
    name, name_ar = row[columns.names[level]], row.get(columns.names_ar.get(level, ""), "")
    above = {n: row[columns.names[n]] or None for n in (1, 2, 3) if n in columns.names and n <= level}
    place = Place(
        id=f"cod:{code}", kind=kind, name=name, name_ar=name_ar or None, latitude=latitude, longitude=longitude,
        radius_km=radius, governorate=above.get(1), district=above.get(2), subdistrict=above.get(3),
        pcode=code if code != name else None, source="OCHA COD",
    )  # fmt: skip
    names = [PlaceName(name, "en", False, "OCHA COD")] + (
        [PlaceName(name_ar, "ar", False, "OCHA COD")] if name_ar else []
    )
    return Entry(place, tuple(names))
