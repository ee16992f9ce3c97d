"""Outside gazetteers: read into the user's store, and joined to the curated places.

An imported place that has the P-code of a curated one, or a name that reads like one of its names at
most `JOIN_KM` away, *is* that place: it adds its spellings and fills empty facts, and changes nothing.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec

from claimatlas import names as spelling
from claimatlas.errors import GazetteerError, InputError
from claimatlas.gazetteer import (
    AREAS,
    KINDS,
    SETTLEMENTS,
    STORE_VERSION,
    Entry,
    PlaceName,
    canonical_governorate,
    write_bytes,
)
from claimatlas.geodesy import distance_km
from claimatlas.model import Place

# Gazetteers put the point of one village up to two or three kilometres apart (OCHA against GeoNames: 95 % within 3 km
# where both have a P-code or a unique name), while different villages of one name are seldom that close.
JOIN_KM = 3.0
# Areas are joined by name over longer distances: their "point" may be a town hall or a centroid.
JOIN_AREA_KM = 60.0
# Readings this close, per sound, are one name when they lie within JOIN_KM.
JOIN_COST = 0.3


class Imported(msgspec.Struct):
    """An outside gazetteer in the user's store.

    Attributes:
        version: Layout of the file.
        source: `cod`, `geonames`, `wof` or `lpf`.
        file: Name of the file it was read from.
        entries: Its places.
        skipped: How many of its rows were no places of use, by reason.
    """

    version: int
    source: str
    file: str
    entries: list[Entry]
    skipped: dict[str, int]


def import_file(source: str, path: Path, store: Path, *, alternate_names: Path | None = None) -> Imported:
    """Read an outside gazetteer and keep it in the user's store, in place of an earlier import of the same file name.

    Args:
        source: `cod`, `geonames`, `wof` or `lpf`.
        path: The file.
        store: The user's store.
        alternate_names: GeoNames' `alternateNames` file, for the languages of names.

    Raises:
        InputError: The file cannot be read or is of another format.
    """
    if source not in READERS:
        raise InputError(f"{source} is no known gazetteer; choose {', '.join(READERS)}.")
    skipped: dict[str, int] = {}
    try:
        entries = list(READERS[source](path, skipped))
        if source == "geonames" and alternate_names is not None:
            entries = _with_alternate_names(entries, alternate_names)
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}).") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path} is not a table in UTF-8 ({error}); is it {source}?") from error
    if not entries:
        raise InputError(f"{path} holds no places that can be used as {source}; is it the right format?")
    imported = Imported(STORE_VERSION, source, path.name, entries, skipped)
    stem = re.sub(r"[^A-Za-z0-9_.-]+", "-", path.stem)
    write_bytes(store / "imported" / f"{source}-{stem}.msgpack", msgspec.msgpack.encode(imported))
    return imported


def read_imported(path: Path) -> Imported:
    """Read an imported gazetteer from the store.

    Raises:
        GazetteerError: It is damaged or of an older layout; import the file again.
    """
    try:
        imported = msgspec.msgpack.decode(path.read_bytes(), type=Imported)
    except (OSError, msgspec.DecodeError, msgspec.ValidationError) as error:
        raise GazetteerError(f"{path} cannot be read ({error}); delete it and import the gazetteer again.") from error
    if imported.version != STORE_VERSION:
        raise GazetteerError(f"{path} has the layout of another version of claimatlas; import {imported.file} again.")
    return imported


# ---------------------------------------------------------------------------------------------
# Joining
# ---------------------------------------------------------------------------------------------

# OCHA's list comes first: it has governorates and Arabic names for all its places.
_ORDER = {"cod": 0, "lpf": 1, "geonames": 2, "wof": 3}


def join_entries(curated: Sequence[Entry], gazetteers: Sequence[Imported]) -> list[Entry]:
    """Curated entries with what outside gazetteers add, followed by the places that only those know.

    Args:
        curated: Entries whose facts stand.
        gazetteers: Imported gazetteers, in any order.
    """
    joiner = _Joiner(curated)
    for imported in sorted(gazetteers, key=lambda g: (_ORDER.get(g.source, 9), g.file)):
        # Joining against a snapshot: two places of one gazetteer are two places.
        known = joiner.snapshot()
        for entry in imported.entries:
            joiner.take(entry, known)
    return joiner.finished()


class _Joiner:
    """The entries so far, and where they are."""

    def __init__(self, curated: Sequence[Entry]) -> None:
        self.entries: list[Entry] = []
        self.by_pcode: dict[str, int] = {}
        self.cells: dict[tuple[int, int], list[int]] = {}
        self.areas: list[int] = []
        self.ids: set[str] = set()
        for entry in curated:
            self._append(entry)

    def snapshot(self) -> int:
        return len(self.entries)

    def take(self, entry: Entry, known: int) -> None:
        number = self._same_place(entry, known)
        if number is None:
            self._append(entry)
            return
        self.entries[number] = _merged(self.entries[number], entry)

    def finished(self) -> list[Entry]:
        return [self._with_governorate(entry) for entry in self.entries]

    def _append(self, entry: Entry) -> None:
        place = entry.place
        if place.id in self.ids:
            return
        self.ids.add(place.id)
        number = len(self.entries)
        self.entries.append(entry)
        if place.pcode is not None:
            self.by_pcode.setdefault(place.pcode, number)
        if place.kind in AREAS:
            self.areas.append(number)
        else:
            self.cells.setdefault(_cell(place), []).append(number)

    def _same_place(self, entry: Entry, known: int) -> int | None:
        if entry.place.pcode is not None and self.by_pcode.get(entry.place.pcode, known) < known:
            return self.by_pcode[entry.place.pcode]
        reach = JOIN_AREA_KM if entry.place.kind in AREAS else JOIN_KM
        numbers = self.areas if entry.place.kind in AREAS else self._around(entry.place)
        best: tuple[float, int] | None = None
        for number in numbers:
            other = self.entries[number]
            if number >= known or not _kinds_agree(entry.place.kind, other.place.kind):
                continue
            km = distance_km(entry.place.latitude, entry.place.longitude, other.place.latitude, other.place.longitude)
            if km <= reach and (best is None or km < best[0]) and _names_agree(entry, other):
                best = (km, number)
        return best[1] if best is not None else None

    def _around(self, place: Place) -> list[int]:
        row, column = _cell(place)
        return [n for i in (-1, 0, 1) for j in (-1, 0, 1) for n in self.cells.get((row + i, column + j), ())]

    def _with_governorate(self, entry: Entry) -> Entry:
        """A place without a governorate lies in that of the nearest place that has one, if one is within 12 km."""
        if entry.place.governorate is not None or entry.place.kind in ("country", "governorate"):
            return entry
        best: tuple[float, str] | None = None
        row, column = _cell(entry.place)
        for number in (
            n for i in range(-3, 4) for j in range(-3, 4) for n in self.cells.get((row + i, column + j), ())
        ):
            other = self.entries[number].place
            if other.governorate is not None:
                km = distance_km(entry.place.latitude, entry.place.longitude, other.latitude, other.longitude)
                if km <= 12.0 and (best is None or km < best[0]):
                    best = (km, other.governorate)
        return entry if best is None else replace(entry, place=replace(entry.place, governorate=best[1]))


def _cell(place: Place) -> tuple[int, int]:
    return int(place.latitude // 0.05), int(place.longitude // 0.05)


def _kinds_agree(kind: str, other: str) -> bool:
    if kind == other:
        return True
    plain = SETTLEMENTS - {"camp", "neighbourhood"}
    return (
        (kind in plain and other in plain)
        or {kind, other} <= {"airbase", "airport", "base"}
        or {kind, other} <= {"mountain", "hill", "region"}
    )


def _names_agree(entry: Entry, other: Entry) -> bool:
    for name in entry.names:
        for reading in spelling.read_name(name.name):
            for known in other.names:
                for against in spelling.read_name(known.name):
                    if _readings_agree(reading, against):
                        return True
    return False


def _readings_agree(reading: spelling.Reading, against: spelling.Reading) -> bool:
    if reading.qualifiers != against.qualifiers or reading.skeleton != against.skeleton:
        return False
    longest = max(len(reading.sounds), len(against.sounds))
    return longest > 0 and spelling.differ(reading, against) <= JOIN_COST * longest


def _merged(known: Entry, new: Entry) -> Entry:
    place = known.place
    facts = {
        attribute: value
        for attribute in ("name_ar", "governorate", "district", "subdistrict", "pcode")
        if getattr(place, attribute) is None and (value := getattr(new.place, attribute)) is not None
    }
    held = {name.name for name in known.names}
    added = tuple(name for name in new.names if name.name not in held)
    return replace(
        known,
        place=replace(place, **facts) if facts else place,
        names=(*known.names, *added),
        population=max(known.population, new.population),
    )


# ---------------------------------------------------------------------------------------------
# OCHA's common operational datasets
# ---------------------------------------------------------------------------------------------

_COD_COLUMN = re.compile(r"adm(?:in)?(\d)_?(name|ref ?name|pcode)?_?([a-z]{2})?$", re.IGNORECASE)


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


def read_cod(path: Path, skipped: dict[str, int]) -> Iterator[Entry]:
    """Places of an OCHA list (CSV or XLSX): its deepest level as settlements, the levels above as areas.

    Columns are recognised by OCHA's habits (`admin4Name_en`, `ADM4_EN`, `admin4Pcode`, `Latitude_y` …), so lists of
    other countries work.
    """
    rows = list(_table(path))
    if not rows:
        return
    columns = _cod_columns(list(rows[0]), path)
    points: dict[tuple[int, str], list[tuple[float, float, dict[str, str]]]] = {}
    for row in rows:
        entry = _cod_entry(row, columns)
        if entry is None:
            skipped["without name or coordinates"] = skipped.get("without name or coordinates", 0) + 1
            continue
        yield entry
        for level in range(1, columns.deepest):
            if level in columns.names and row[columns.names[level]]:
                code = row.get(columns.pcodes.get(level, ""), "") or row[columns.names[level]]
                points.setdefault((level, code), []).append((entry.place.latitude, entry.place.longitude, row))
    for (level, code), members in points.items():
        yield _cod_area(level, code, members, columns)


def _table(path: Path) -> Iterator[dict[str, str]]:
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        yield from _xlsx_rows(path)
        return
    with path.open(encoding="utf-8-sig", newline="") as stream:
        head = stream.read(4096)
        stream.seek(0)
        delimiter = max(",;\t", key=head.count)
        for row in csv.DictReader(stream, delimiter=delimiter):
            yield {
                key: (value or "").strip()
                for key, value in row.items()
                if isinstance(key, str) and not isinstance(value, list)
            }


def _xlsx_rows(path: Path) -> Iterator[dict[str, str]]:
    import zipfile

    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise InputError(f"{path} is not an Excel workbook ({error}).") from error
    try:
        # The sheet of the deepest level is the longest one.
        sheet = max(book.worksheets, key=lambda s: s.max_row or 0)
        rows = sheet.iter_rows(values_only=True)
        header = [str(cell or "") for cell in next(rows, ())]
        for cells in rows:
            yield {
                key: "" if cell is None else str(cell).strip() for key, cell in zip(header, cells, strict=False) if key
            }
    finally:
        book.close()


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
            level, what, lang = (
                int(match.group(1)),
                (match.group(2) or "name").lower(),
                (match.group(3) or "en").lower(),
            )
            if what == "pcode":
                columns.pcodes[level] = column
            elif what == "name" and lang == "ar":
                columns.names_ar[level] = column
            elif what == "name" and (lang == "en" or level not in columns.names):
                columns.names[level] = column
    if not columns.names or not columns.latitude or not columns.longitude:
        raise InputError(
            f"{path} has no columns such as admin4Name_en, Latitude_y and Longitude_x; is it a list of OCHA's?"
        )
    return columns


def _cod_entry(row: dict[str, str], columns: _CodColumns) -> Entry | None:
    level = columns.deepest
    name, name_ar = row[columns.names[level]], row.get(columns.names_ar.get(level, ""), "")
    latitude, longitude = _coordinate(row[columns.latitude], 90), _coordinate(row[columns.longitude], 180)
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
        id=f"cod:{pcode or spelling.text_key(name or name_ar)}", kind=kind, name=name or name_ar,
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


_COMPOSITE = re.compile(r"\s+[-–]\s+|\s*[_/]\s*|\s*[()]\s*")


def _cod_names(name: str, name_ar: str, areas: Sequence[str]) -> Iterator[PlaceName]:
    """The names as written, without an area put behind ("Mreimin Afrin"), and the parts of a composite ("A - B")."""
    for text, lang in ((name, "en"), (name_ar, "ar")):
        if not text:
            continue
        yield PlaceName(text, lang, _is_telling(text), "OCHA COD")
        short = _without_area(text, areas)
        # "Eastern Kwaires" in the subdistrict of that name is not called "Eastern".
        if short is not None and not spelling.only_qualifies(short):
            yield PlaceName(short, lang, _is_telling(short), "OCHA COD")
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


def _is_telling(name: str) -> bool:
    """Whether an imported name can stand for itself in a text: single words are too often common words or persons."""
    return len(spelling.arabic_words(name) if spelling.is_arabic(name) else spelling.latin_words(name)) >= 2


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


def _coordinate(text: str, most: float) -> float | None:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return round(value, 6) if -most <= value <= most else None


# ---------------------------------------------------------------------------------------------
# GeoNames
# ---------------------------------------------------------------------------------------------

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


def read_geonames(path: Path, skipped: dict[str, int]) -> Iterator[Entry]:
    """Places of a GeoNames country dump (tab-separated, 19 columns): settlements, areas, features that reports name."""
    rows = []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for line in stream:
            cells = line.rstrip("\r\n").split("\t")
            if len(cells) >= 15 and cells[0].isdigit():
                rows.append(cells)
            elif line.strip():
                skipped["not a GeoNames row"] = skipped.get("not a GeoNames row", 0) + 1
    first_level = {(cells[8], cells[10]): cells[1] for cells in rows if cells[7] == "ADM1"}
    for cells in rows:
        entry = _geonames_entry(cells, first_level)
        if entry is None:
            skipped["kind of no use"] = skipped.get("kind of no use", 0) + 1
            continue
        yield entry


def _geonames_entry(cells: list[str], first_level: dict[tuple[str, str], str]) -> Entry | None:
    latitude, longitude = _coordinate(cells[4], 90), _coordinate(cells[5], 180)
    population = int(cells[14]) if cells[14].isdigit() else 0
    kind = _settlement_kind(population, capital=cells[7] in ("PPLC", "PPLA")) if cells[6] == "P" else None
    kind = _GEONAMES_KINDS.get(cells[7], kind)
    if kind is None or latitude is None or longitude is None:
        return None
    region = first_level.get((cells[8], cells[10]))
    texts = [cells[1], cells[2], *cells[3].split(",")]
    return _outside_entry(
        f"geonames:{cells[0]}",
        kind,
        texts,
        latitude,
        longitude,
        governorate=region,
        population=population,
        source="GeoNames",
    )


def _settlement_kind(population: int, *, capital: bool = False) -> str:
    if capital or population >= 50_000:
        return "city"
    return "town" if population >= 5_000 else "village"


def _with_alternate_names(entries: list[Entry], path: Path) -> list[Entry]:
    more: dict[str, list[PlaceName]] = {}
    wanted = {entry.place.id for entry in entries}
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for line in stream:
            cells = line.rstrip("\r\n").split("\t")
            if (
                len(cells) >= 4
                and f"geonames:{cells[1]}" in wanted
                and _is_readable(cells[3])
                and cells[2] not in ("link", "wkdt", "post")
            ):
                more.setdefault(f"geonames:{cells[1]}", []).append(
                    PlaceName(cells[3], cells[2] or "en", _is_telling(cells[3]), "GeoNames")
                )
    return [
        replace(e, names=(*e.names, *(n for n in more.get(e.place.id, ()) if n.name not in {k.name for k in e.names})))
        for e in entries
    ]


def _is_readable(text: str) -> bool:
    """Whether a name is in a script the matcher reads: Latin or Arabic."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= 2 and all(
        char < "\u0370" or "\u0600" <= char <= "\u06ff" or "\u1e00" <= char <= "\u1eff" for char in letters
    )


def _outside_entry(
    place_id: str,
    kind: str,
    texts: Iterable[str],
    latitude: float,
    longitude: float,
    *,
    governorate: str | None,
    population: int,
    source: str,
) -> Entry | None:
    readable = [text for text in dict.fromkeys(text.strip() for text in texts) if _is_readable(text)]
    if not readable:
        return None
    latin = next((text for text in readable if not spelling.is_arabic(text)), None)
    arabic = next((text for text in readable if spelling.is_arabic(text)), None)
    place = Place(
        id=place_id, kind=kind, name=latin or readable[0], name_ar=arabic, latitude=latitude, longitude=longitude,
        radius_km=KINDS[kind], governorate=canonical_governorate(governorate), source=source,
    )  # fmt: skip
    names = tuple(
        PlaceName(t, "ar" if spelling.is_arabic(t) else "en", kind not in AREAS and _is_telling(t), source)
        for t in readable
    )
    return Entry(place, names, population=population)


# ---------------------------------------------------------------------------------------------
# Who's On First
# ---------------------------------------------------------------------------------------------

_WOF_KINDS = {
    "region": "governorate",
    "county": "district",
    "localadmin": "subdistrict",
    "neighbourhood": "neighbourhood",
    "locality": "village",
}


def read_wof(path: Path, skipped: dict[str, int]) -> Iterator[Entry]:
    """Places of a Who's On First table (wof_id, name, placetype, lat, lon, names_*, population, hierarchy)."""
    rows = list(_table(path))
    if rows and not {"wof_id", "placetype", "lat", "lon"} <= set(rows[0]):
        raise InputError(f"{path} lacks the columns wof_id, placetype, lat and lon; is it a table of Who's On First?")
    regions = {row["wof_id"]: row["name"] for row in rows if row["placetype"] == "region"}
    for row in rows:
        if row.get("deprecated") or row.get("superseded_by") or row.get("is_current") == "0":
            skipped["no longer current"] = skipped.get("no longer current", 0) + 1
            continue
        entry = _wof_entry(row, regions)
        if entry is None:
            skipped["kind of no use"] = skipped.get("kind of no use", 0) + 1
            continue
        yield entry


def _wof_entry(row: dict[str, str], regions: dict[str, str]) -> Entry | None:
    latitude, longitude = _coordinate(row["lat"], 90), _coordinate(row["lon"], 180)
    population = int(float(row.get("population") or 0))
    kind = _WOF_KINDS.get(row["placetype"])
    if row["placetype"] == "campus" and re.search("airport|airbase", row["name"], re.IGNORECASE):
        kind = "airport"
    if row["placetype"] == "locality":
        kind = _settlement_kind(population)
    if kind is None or latitude is None or longitude is None:
        return None
    texts = [row["name"]] + [
        text for column in ("names_eng", "names_ara", "names_other") for text in row.get(column, "").split("|")
    ]
    region = _wof_region(row.get("hierarchy", ""), regions)
    return _outside_entry(
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
        levels: list[dict[str, Any]] = json.loads(hierarchy or "[]")
    except ValueError:
        return None
    for level in levels:
        if str(level.get("region_id")) in regions:
            return regions[str(level["region_id"])]
    return None


# ---------------------------------------------------------------------------------------------
# Linked Places
# ---------------------------------------------------------------------------------------------

_LPF_CLASSES = {
    "P": "village",
    "A": "district",
    "T": "mountain",
    "H": "river",
    "S": "landmark",
    "R": "road",
    "L": "region",
}


def read_lpf(path: Path, skipped: dict[str, int]) -> Iterator[Entry]:
    """Places of a Linked Places file (GeoJSON); a feature's kind is its first type label we know, else its class."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise InputError(f"{path} is not JSON ({error}).") from error
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list):
        raise InputError(f"{path} is not a FeatureCollection of Linked Places.")
    for number, feature in enumerate(features):
        entry = _lpf_entry(feature, number) if isinstance(feature, dict) else None
        if entry is None:
            skipped["without name or point"] = skipped.get("without name or point", 0) + 1
            continue
        yield entry


def _lpf_entry(feature: dict[str, Any], number: int) -> Entry | None:
    properties = feature.get("properties") or {}
    point = _lpf_point(feature.get("geometry"))
    if point is None:
        return None
    labels = [
        str(label)
        for t in feature.get("types") or []
        for label in (t.get("label"), *_labels(t.get("sourceLabels")))
        if label
    ]
    classes = [_LPF_CLASSES[c] for c in properties.get("fclasses") or [] if c in _LPF_CLASSES]
    kind = next((label for label in labels if label in KINDS), classes[0] if classes else "village")
    texts = [str(properties.get("title") or "")] + [
        str(name.get("toponym") or "") for name in feature.get("names") or []
    ]
    broader = [r.get("label") for r in feature.get("relations") or [] if "broader" in str(r.get("relationType"))]
    own_id = str(feature.get("@id") or properties.get("id") or number).rsplit("/", 1)[-1]
    return _outside_entry(
        f"lpf:{own_id}",
        kind,
        texts,
        point[0],
        point[1],
        governorate=str(broader[-1]) if broader else None,
        population=0,
        source="Linked Places",
    )


def _labels(labels: Any) -> list[Any]:
    return (
        [item.get("label") if isinstance(item, dict) else item for item in labels] if isinstance(labels, list) else []
    )


def _lpf_point(geometry: Any) -> tuple[float, float] | None:
    """(latitude, longitude) of a point, or a point on whatever else the geometry is."""
    if not isinstance(geometry, dict):
        return None
    from shapely.errors import ShapelyError
    from shapely.geometry import shape

    try:
        point = shape(geometry).representative_point()
    except (ShapelyError, KeyError, TypeError, ValueError, AttributeError, IndexError):
        return None
    if point.is_empty or not (-90 <= point.y <= 90 and -180 <= point.x <= 180):
        return None
    return round(float(point.y), 6), round(float(point.x), 6)


READERS: dict[str, Callable[[Path, dict[str, int]], Iterator[Entry]]] = {
    "cod": read_cod, "geonames": read_geonames, "wof": read_wof, "lpf": read_lpf,
}  # fmt: skip
