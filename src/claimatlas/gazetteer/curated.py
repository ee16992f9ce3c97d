"""The gazetteer's own files, which people edit: `places.csv`, `names.csv` and `patches.yml` of a folder.

They are read here with all their faults named at once, checked, and added to.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec
import yaml

from claimatlas.errors import GazetteerError
from claimatlas.files import OWN_STORE, write_bytes
from claimatlas.gazetteer.entries import AREAS, KINDS, Entry, PlaceName
from claimatlas.geodesy import distance_km
from claimatlas.model import GOVERNORATES, Place
from claimatlas.names import keys as namekeys
from claimatlas.names import spelling

PLACE_COLUMNS = (
    "id", "kind", "name", "name_ar", "governorate", "district", "subdistrict", "pcode", "lat", "lon", "radius_km",
    "parent", "source", "note",
)  # fmt: skip
NAME_COLUMNS = ("place_id", "name", "lang", "strength", "source")


@dataclass(frozen=True, slots=True)
class Patch:
    """A decision made by hand about a spelling, with its reason (`patches.yml`).

    Attributes:
        name: The spelling, in any of the forms that fold to it.
        reason: Why; required.
        place: Id of the place that the spelling means before all others, or None.
        never: Ids of places the spelling must not match; `["*"]` for all.
        governorate: The decision holds only where the report names this governorate; None for always.
    """

    name: str
    reason: str
    place: str | None = None
    never: tuple[str, ...] = ()
    governorate: str | None = None


# ---------------------------------------------------------------------------------------------
# Reading
# ---------------------------------------------------------------------------------------------


@dataclass
class _Faults:
    """Faults of a file, collected so that all of them are said at once."""

    found: list[str] = field(default_factory=list)

    def add(self, path: Path, line: int, what: str) -> None:
        self.found.append(f"{path.name}, line {line}: {what}")

    def raise_if_any(self, folder: Path) -> None:
        if self.found:
            many = "a fault" if len(self.found) == 1 else f"{len(self.found)} faults"
            raise GazetteerError(f"The gazetteer in {folder} has {many}:\n  " + "\n  ".join(self.found))


def read_curated(folder: Path) -> tuple[list[Entry], list[Patch]]:
    """Read `places.csv`, `names.csv` and `patches.yml` of a folder; files that are absent hold nothing.

    Raises:
        GazetteerError: Rows cannot be read; the message lists all of them.
    """
    faults = _Faults()
    entries = _read_places(folder / "places.csv", faults)
    _read_names(folder / "names.csv", entries, faults)
    patches = _read_patches(folder / "patches.yml", faults)
    faults.raise_if_any(folder)
    return list(entries.values()), patches


def _read_places(path: Path, faults: _Faults) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for line, row in _rows(path, PLACE_COLUMNS, faults):
        entry = _place_of_row(path, line, row, faults)
        if entry is None:
            continue
        if entry.place.id in entries:
            faults.add(path, line, f"the id {entry.place.id} stands twice; give each place its own.")
            continue
        entries[entry.place.id] = entry
    return entries


def _place_of_row(path: Path, line: int, row: dict[str, str], faults: _Faults) -> Entry | None:
    before = len(faults.found)
    if not row["id"]:
        faults.add(path, line, "the id is empty.")
    if not row["name"]:
        faults.add(path, line, f"{row['id']} has no name.")
    if row["kind"] not in KINDS:
        faults.add(path, line, f"{row['id']} is of the unknown kind {row['kind']!r}; known are {', '.join(KINDS)}.")
    latitude = _number(row["lat"], -90, 90)
    longitude = _number(row["lon"], -180, 180)
    if latitude is None or longitude is None:
        swapped = " Are latitude and longitude swapped?" if _number(row["lon"], -90, 90) is not None else ""
        faults.add(
            path, line, f"{row['id']} lies at {row['lat']!r}, {row['lon']!r}, which is nowhere on earth.{swapped}"
        )
    radius = _number(row["radius_km"], 0.01, 2000) if row["radius_km"] else KINDS.get(row["kind"], 1.0)
    if radius is None:
        faults.add(path, line, f"{row['id']} has the radius {row['radius_km']!r}; give kilometres.")
    if len(faults.found) > before or latitude is None or longitude is None or radius is None:
        return None
    place = Place(
        id=row["id"], kind=row["kind"], name=row["name"], name_ar=row["name_ar"] or None, latitude=latitude,
        longitude=longitude, radius_km=radius, governorate=row["governorate"] or None,
        district=row["district"] or None, subdistrict=row["subdistrict"] or None, pcode=row["pcode"] or None,
        source=row["source"] or None,
    )  # fmt: skip
    # "Bardah (Amuda)": what stands in brackets tells namesakes apart for people and is no name of the place.
    own = [PlaceName(_QUALIFIER.sub("", place.name) or place.name, "en", True, row["source"])]
    if place.name_ar:
        own.append(PlaceName(place.name_ar, "ar", True, row["source"]))
    return Entry(place, tuple(own), row["parent"] or None, note=row["note"])


_QUALIFIER = re.compile(r"\s*\([^()]*\)$")


def _read_names(path: Path, entries: dict[str, Entry], faults: _Faults) -> None:
    more: dict[str, list[PlaceName]] = {}
    for line, row in _rows(path, NAME_COLUMNS, faults):
        if row["place_id"] not in entries:
            faults.add(
                path, line, f"the name {row['name']!r} belongs to {row['place_id']!r}, which is not in places.csv."
            )
        elif not row["name"]:
            faults.add(path, line, f"{row['place_id']} has an empty name.")
        elif row["strength"] not in ("strong", "weak"):
            faults.add(path, line, f"the name {row['name']!r} is {row['strength']!r}; write strong or weak.")
        else:
            name = PlaceName(row["name"], row["lang"], row["strength"] == "strong", row["source"])
            more.setdefault(row["place_id"], []).append(name)
    for place_id, added in more.items():
        entry = entries[place_id]
        given = {name.name: name for name in added}
        # A name row about the display name says how strong it is.
        own = tuple(given.pop(name.name, name) for name in entry.names)
        entries[place_id] = replace(entry, names=(*own, *given.values()))


def _read_patches(path: Path, faults: _Faults) -> list[Patch]:
    if not path.exists():
        return []
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8")) or []
        return msgspec.convert(data, type=list[Patch])
    except (yaml.YAMLError, UnicodeDecodeError, msgspec.ValidationError) as error:
        faults.add(path, 1, f"it is not a list of decisions with name and reason ({str(error).splitlines()[0]}).")
        return []


def _rows(path: Path, columns: Sequence[str], faults: _Faults) -> Iterable[tuple[int, dict[str, str]]]:
    if not path.exists():
        return
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        faults.add(path, 1, "it is not UTF-8; save it as UTF-8.")
        return
    reader = csv.DictReader(text.splitlines())
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        faults.add(path, 1, f"the column {missing[0]} is missing.")
        return
    for row in reader:
        yield reader.line_num, {column: (row[column] or "").strip() for column in columns}


def _number(text: str, least: float, most: float) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if least <= value <= most else None


# ---------------------------------------------------------------------------------------------
# Checking
# ---------------------------------------------------------------------------------------------

# OCHA's P-codes: governorate SY01, district SY0102, subdistrict SY010203, community C1234, neighbourhood N0123.
_PCODE = re.compile(r"[A-Z]{2}\d{2}(?:\d{2}){0,3}|[CNA]\d{3,6}|[A-Z]{2,3}[A-Z0-9.]{1,12}")
# A place may lie a little outside the circle of its area: areas are no circles.
AREA_SLACK_KM = 15.0


def check_gazetteer(entries: Sequence[Entry], patches: Sequence[Patch] = ()) -> list[str]:
    """Every fault of a gazetteer as one sentence each; an empty list when there is none.

    Two strong owners of a spelling in one governorate, points outside their area, missing parents, bad codes,
    unknown governorates, Arabic names without Arabic letters, and decisions about places that do not exist are faults.

    Args:
        entries: The places with their names.
        patches: The decisions made by hand.
    """
    by_id = {entry.place.id: entry for entry in entries}
    areas = {(entry.place.kind, entry.place.name): entry for entry in entries if entry.place.kind in AREAS}
    faults: list[str] = []
    for entry in entries:
        faults += _check_place(entry, by_id, areas)
    faults += _check_owners(entries)
    faults += _check_pcodes(entries)
    for patch in patches:
        for place_id in (*((patch.place,) if patch.place else ()), *patch.never):
            if place_id != "*" and place_id not in by_id:
                faults.append(
                    f"patches.yml decides that {patch.name!r} is about {place_id}, which is not in places.csv."
                )
        if not patch.reason.strip():
            faults.append(f"patches.yml gives no reason for {patch.name!r}.")
    return faults


def _check_place(entry: Entry, by_id: dict[str, Entry], areas: dict[tuple[str, str], Entry]) -> list[str]:
    place = entry.place
    faults = []
    if entry.parent is not None and entry.parent not in by_id:
        faults.append(f"{place.id} is part of {entry.parent}, which is not in places.csv.")
    if place.governorate is not None and place.governorate not in GOVERNORATES:
        faults.append(
            f"{place.id} lies in the governorate {place.governorate!r}; the fourteen are {', '.join(GOVERNORATES)}."
        )
    if place.pcode is not None and _PCODE.fullmatch(place.pcode) is None:
        faults.append(f"{place.id} has the P-code {place.pcode!r}; write it as OCHA does (C1234, SY0102).")
    if place.name_ar is not None and not namekeys.is_arabic(place.name_ar):
        faults.append(f"{place.id} has the Arabic name {place.name_ar!r}, which is not in Arabic script.")
    if namekeys.is_arabic(place.name):
        faults.append(f"{place.id} is called {place.name!r}; the display name must be in Latin script.")
    if not any(spelling.read_name(name.name) for name in entry.names):
        faults.append(f"{place.id} has no name that can be read.")
    for kind, name in (
        ("governorate", place.governorate),
        ("district", place.district),
        ("subdistrict", place.subdistrict),
    ):
        area = areas.get((kind, name or ""))
        if area is None or area is entry:
            continue
        km = distance_km(place.latitude, place.longitude, area.place.latitude, area.place.longitude)
        if place.kind not in AREAS and km > area.place.radius_km + AREA_SLACK_KM:
            faults.append(
                f"{place.id} lies {km:.0f} km from the centre of its {kind} {name}, "
                f"whose radius is {area.place.radius_km:g} km."
            )
    if entry.parent in by_id:
        parent = by_id[entry.parent].place
        km = distance_km(place.latitude, place.longitude, parent.latitude, parent.longitude)
        if km > parent.radius_km + place.radius_km + AREA_SLACK_KM:
            faults.append(f"{place.id} lies {km:.0f} km from {entry.parent}, of which it is said to be a part.")
    return faults


def _check_owners(entries: Sequence[Entry]) -> list[str]:
    owners: dict[tuple[str, str, bool], dict[str, str]] = {}
    for entry in entries:
        for name in entry.names:
            if name.strong:
                key = (namekeys.text_key(name.name), entry.place.governorate or "", entry.place.kind in AREAS)
                owners.setdefault(key, {}).setdefault(entry.place.id, name.name)
    faults = []
    for (_, governorate, is_area), held in owners.items():
        # A district, its subdistrict and its town share a name by custom: areas clash with areas of their kind only.
        kinds = (
            {place_id: entry.place.kind for entry in entries if (place_id := entry.place.id) in held}
            if len(held) > 1
            else {}
        )
        if is_area:
            groups = [[i for i in held if kinds[i] == kind] for kind in sorted(set(kinds.values()))]
        else:
            groups = [list(held)]
        for group in groups:
            if len(group) > 1:
                said = " and ".join(f"{place_id} ({held[place_id]!r})" for place_id in group)
                faults.append(
                    f"{said} are strong owners of one spelling in {governorate or 'no governorate'}; "
                    "make all but one weak."
                )
    return faults


def _check_pcodes(entries: Sequence[Entry]) -> list[str]:
    owners: dict[str, list[str]] = {}
    for entry in entries:
        if entry.place.pcode:
            owners.setdefault(entry.place.pcode, []).append(entry.place.id)
    return [f"{' and '.join(ids)} have the same P-code {pcode}." for pcode, ids in owners.items() if len(ids) > 1]


# ---------------------------------------------------------------------------------------------
# Adding by hand
# ---------------------------------------------------------------------------------------------


def add_place(entry: Entry, store: Path) -> None:
    """Write a place of the user's own into the store's `places.csv` and `names.csv`.

    Args:
        entry: The place; its id must not be used yet.
        store: The user's store.

    Raises:
        GazetteerError: The place has faults, or the store's files have.
        OutputError: The store cannot be written.
    """
    known, _ = read_curated(store)
    if entry.place.id in {other.place.id for other in known}:
        raise GazetteerError(f"{store / 'places.csv'} already has the id {entry.place.id}; choose another with --id.")
    faults = [fault for fault in check_gazetteer([entry]) if "which is not in places.csv" not in fault]
    if faults:
        raise GazetteerError(" ".join(faults))
    place = entry.place
    row = place_row(entry)
    shown = {place.name, place.name_ar}
    names = [
        (place.id, n.name, n.lang, "strong" if n.strong else "weak", n.source)
        for n in entry.names
        if n.name not in shown
    ]
    _append_rows(store / "places.csv", PLACE_COLUMNS, [row])
    _append_rows(store / "names.csv", NAME_COLUMNS, names)


def place_row(entry: Entry) -> tuple[str, ...]:
    """An entry as a row of `places.csv` (`PLACE_COLUMNS`), with coordinates to about a metre."""
    place = entry.place
    areas = (place.governorate or "", place.district or "", place.subdistrict or "", place.pcode or "")
    where = (f"{place.latitude:.5f}", f"{place.longitude:.5f}", f"{place.radius_km:g}")
    known = (entry.parent or "", place.source or "", entry.note)
    return (place.id, place.kind, place.name, place.name_ar or "", *areas, *where, *known)


def _append_rows(path: Path, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    stream = io.StringIO()
    if path.exists():
        stream.write(path.read_text(encoding="utf-8"))
    writer = csv.writer(stream, lineterminator="\n")
    if not path.exists():
        writer.writerow(columns)
    writer.writerows(rows)
    write_bytes(path, stream.getvalue().encode("utf-8"), OWN_STORE)
