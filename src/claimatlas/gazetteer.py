"""Places and their names: the curated gazetteer, joined with whatever outside gazetteers the user imported.

`load_gazetteer` reads the text files people edit (`gazetteer/places.csv`, `names.csv`, `patches.yml`)
and the user's own store, joins them, and keeps the result with its indexes in a cache that is used
again until one of the files changes. Outside gazetteers are read by
`importers/`, kept in the store by `imported.py` and joined by `joining.py`.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product
from pathlib import Path

import msgspec
import yaml

from claimatlas import names as spelling
from claimatlas.entries import AREAS, KINDS, Entry, PlaceName
from claimatlas.errors import GazetteerError, OutputError
from claimatlas.eventdensity import log_events_near
from claimatlas.files import OWN_STORE, write_bytes
from claimatlas.garbage import without_collector
from claimatlas.geodesy import CELL_DEGREES, cell_of, distance_km
from claimatlas.governorates import canonical_governorate
from claimatlas.imported import STORE_VERSION, read_imported
from claimatlas.joining import join_entries
from claimatlas.model import GOVERNORATES, Place
from claimatlas.nameindex import NameHit, NameIndex, build_index, find_names
from claimatlas.resources import data_folder, user_store
from claimatlas.sounds import align

__all__ = ["AREAS", "KINDS", "Entry", "Gazetteer", "NameHit", "PlaceName", "check_gazetteer", "load_gazetteer"]


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


_ARABIC_CHARACTER = re.compile("[\u0600-\u06ff]")


class Gazetteer:
    """Places, and the indexes to find them by name and by position."""

    def __init__(
        self,
        entries: Iterable[Entry],
        patches: Iterable[Patch] = (),
        *,
        index: NameIndex | None = None,
        version: str = "",
    ) -> None:
        """Take the entries; indexes are built when first asked for.

        Args:
            entries: Places with their names; ids must be unique.
            patches: Decisions made by hand.
            index: The index of the same entries, if it was kept.
            version: Hash of the files it was read from.
        """
        self.entries: tuple[Entry, ...] = tuple(entries)
        self.version = version
        self.patches: tuple[Patch, ...] = tuple(patches)
        self._standing: dict[int, tuple[float, float, float]] = {}
        self._members: dict[str, list[bool]] = {}
        self._governorate_km: dict[tuple[tuple[int, int], str], float] = {}
        self._strong_keys: dict[str, frozenset[str]] = {}
        self._seats: dict[str, Place | None] = {}
        self._numbers = {entry.place.id: number for number, entry in enumerate(self.entries)}
        if index is not None:
            self.__dict__["index"] = index

    def decision(self, name: str, governorate: str | None = None) -> Patch | None:
        """What was decided by hand about a spelling; a decision for the governorate outranks a general one.

        Args:
            name: The spelling, in any of the forms that fold to it.
            governorate: The governorate that is named with it, if one is.
        """
        decisions = (
            self._decisions.get(name)
            or self._decisions.get(spelling.text_key(name))
            or self._decisions.get(spelling.text_key(spelling.without_generic(name)), {})
        )
        return decisions.get(governorate) or decisions.get(None)

    @cached_property
    def _decisions(self) -> dict[str, dict[str | None, Patch]]:
        decisions: dict[str, dict[str | None, Patch]] = {}
        for patch in self.patches:
            # What is decided about "IS" must not touch al-Eis.
            key = patch.name if patch.name.isupper() else spelling.text_key(patch.name)
            decisions.setdefault(key, {})[patch.governorate] = patch
        return decisions

    def __len__(self) -> int:
        return len(self.entries)

    def place(self, place_id: str) -> Place:
        """The place with an id.

        Raises:
            GazetteerError: There is none.
        """
        return self.entry(place_id).place

    def entry(self, place_id: str) -> Entry:
        """The place with an id, with its names.

        Raises:
            GazetteerError: There is none.
        """
        number = self._numbers.get(place_id)
        if number is None:
            raise GazetteerError(f"No place has the id {place_id}; `claimatlas gazetteer lookup NAME` shows the ids.")
        return self.entries[number]

    def strong_keys(self, place_id: str) -> frozenset[str]:
        """The keys (`names.text_key`) of the spellings that alone mean a place.

        Raises:
            GazetteerError: There is no place with this id.
        """
        keys = self._strong_keys.get(place_id)
        if keys is None:
            names = self.entry(place_id).names
            keys = self._strong_keys[place_id] = frozenset(
                spelling.text_key(name.name) for name in names if name.strong
            )
        return keys

    @cached_property
    def index(self) -> NameIndex:
        """All spellings with the keys to find them."""
        spellings = (
            (number, name.name, name.strong) for number, entry in enumerate(self.entries) for name in entry.names
        )
        return build_index(spellings)

    @cached_property
    def governorates(self) -> frozenset[str]:
        """The first-level areas in which places lie."""
        return frozenset(entry.place.governorate for entry in self.entries if entry.place.governorate is not None)

    def governorate_named(self, text: str | None) -> str | None:
        """The first-level area that a person calls so in any spelling, or None if no place lies in one of that name."""
        name = canonical_governorate(text)
        if name is None or name in self.governorates:
            return name
        folded = spelling.fold_latin(name)
        return next((known for known in sorted(self.governorates) if spelling.fold_latin(known) == folded), None)

    @cached_property
    def _place_ids(self) -> list[str]:
        return [entry.place.id for entry in self.entries]

    @cached_property
    def _cells(self) -> dict[tuple[int, int], list[int]]:
        cells: dict[tuple[int, int], list[int]] = {}
        for number, entry in enumerate(self.entries):
            if entry.place.kind not in AREAS:
                cells.setdefault(cell_of(entry.place.latitude, entry.place.longitude), []).append(number)
        return cells

    @cached_property
    def is_curated_alone(self) -> bool:
        """Whether no outside gazetteer has been joined."""
        return all(entry.place.id.startswith(("ca:", "my:")) for entry in self.entries)

    def in_governorate(self, governorate: str | None) -> list[bool] | None:
        """For each entry whether it lies in a governorate; None when none is given."""
        if governorate is None:
            return None
        members = self._members.get(governorate)
        if members is None:
            members = self._members[governorate] = [False] * len(self.entries)
            for number in self._numbers_in.get(governorate, ()):
                members[number] = True
        return members

    @cached_property
    def _numbers_in(self) -> dict[str | None, list[int]]:
        """The numbers of the entries in each governorate."""
        numbers: dict[str | None, list[int]] = {}
        for number, entry in enumerate(self.entries):
            numbers.setdefault(entry.place.governorate, []).append(number)
        return numbers

    @cached_property
    def _governorate_cells(self) -> dict[str, set[tuple[int, int]]]:
        cells: dict[str, set[tuple[int, int]]] = {}
        for place in (entry.place for entry in self.entries):
            if place.governorate is not None and place.kind not in _WIDE:
                cells.setdefault(place.governorate, set()).add(cell_of(place.latitude, place.longitude))
        return cells

    def km_to_governorate(self, place: Place, governorate: str) -> float:
        """About how far (km) a place lies from the nearest one of a governorate: in steps of 5 to 30, beyond it 99."""
        cell = cell_of(place.latitude, place.longitude)
        key = (cell, governorate)
        if key not in self._governorate_km:
            self._governorate_km[key] = _ring_distance(self._governorate_cells.get(governorate, set()), cell)
        return self._governorate_km[key]

    def standing(self, number: int) -> tuple[float, float, float]:
        """How much reports speak of an entry: whether curators chose it, and two logarithms.

        The first is that of the violence recorded around it (`eventdensity`), the second that of the strong spellings
        that curators noted for it.
        """
        known = self._standing.get(number)
        if known is None:
            entry = self.entries[number]
            shown = self.shown_at(entry.place)
            events = log_events_near(shown.latitude, shown.longitude)
            spellings = sum(1 for name in entry.names if name.strong and name.source == "curated")
            curated = 1.0 if _is_chosen(entry.place) else 0.0
            known = self._standing[number] = curated, events, math.log1p(spellings)
        return known

    def find_names(self, text: str, lang: str = "en") -> list[NameHit]:
        """All known names in a running text, longest first at each place, without overlaps.

        A Latin name must begin with a capital, so that "may" and "nine" are no villages. An Arabic name
        may carry the clitics و ف ب ل ك and the article.

        Args:
            text: The text; offsets count in it.
            lang: `en` or `ar`; names of the other script are found too.

        Returns:
            The hits in order of the text.
        """
        arabic = lang == "ar" or _ARABIC_CHARACTER.search(text) is not None
        hits = find_names(text, self.index, self._place_ids, arabic=arabic)
        return [hit for hit in map(self._decided, hits) if hit is not None] if self.patches else hits

    def _decided(self, hit: NameHit) -> NameHit | None:
        """A hit without the places that a hand-made decision rules out; None if none are left."""
        patch = self.decision(hit.text)
        if patch is None or not patch.never:
            return hit
        if "*" in patch.never:
            return None
        ids = tuple(place_id for place_id in hit.place_ids if place_id not in patch.never)
        return msgspec.structs.replace(hit, place_ids=ids) if ids else None

    def near(self, latitude: float, longitude: float, radius_km: float) -> list[tuple[float, Entry]]:
        """The places (areas left out) within a distance of a point, nearest first, with their distances in km."""
        steps_lat = int(radius_km / (CELL_DEGREES * 111.0)) + 1
        steps_lon = int(radius_km / (CELL_DEGREES * 111.0 * max(0.05, math.cos(math.radians(latitude))))) + 1
        row, column = cell_of(latitude, longitude)
        found = []
        for i in range(row - steps_lat, row + steps_lat + 1):
            for j in range(column - steps_lon, column + steps_lon + 1):
                for number in self._cells.get((i, j), ()):
                    place = self.entries[number].place
                    km = distance_km(latitude, longitude, place.latitude, place.longitude)
                    if km <= radius_km:
                        found.append((km, self.entries[number]))
        return sorted(found, key=lambda pair: (pair[0], pair[1].place.id))

    def seat(self, area: Place) -> Place | None:
        """The town after which a district or subdistrict is called, if it lies in it: most of its people live about it.

        Args:
            area: The district or subdistrict.
        """
        if area.id not in self._seats:
            self._seats[area.id] = self._find_seat(area)
        return self._seats[area.id]

    def shown_at(self, place: Place) -> Place:
        """The place at whose point one is shown: a district's or subdistrict's seat, any other place itself."""
        if place.kind not in ("district", "subdistrict"):
            return place
        return self.seat(place) or place

    def _find_seat(self, area: Place) -> Place | None:
        found: dict[int, float] = {}
        for reading in (reading for name in (area.name, area.name_ar) if name for reading in spelling.read_name(name)):
            for number in self.index.by_skeleton.get(reading.skeleton, ()):
                place = self.entries[self.index.owners[number]].place
                if place.kind not in _SEATS or place.governorate != area.governorate:
                    continue
                if self.index.qualifiers[number] != reading.qualifiers:
                    continue
                sounds, arabic = self.index.sounds[number], self.index.arabic[number]
                km = distance_km(place.latitude, place.longitude, area.latitude, area.longitude)
                if km <= area.radius_km and align(reading.sounds, reading.arabic, sounds, arabic) <= 1.0:
                    found[self.index.owners[number]] = km
        # A city rather than a town, a town rather than a village; of two the one nearer to the middle.
        best = min(found, key=lambda owner: (_SEATS.index(self.entries[owner].place.kind), found[owner]), default=None)
        return None if best is None else self.entries[best].place


_SEATS = ("city", "town", "village")


def _is_chosen(place: Place) -> bool:
    """Whether a place is in the curated gazetteer because reports name it; Who's On First's villages fill its gaps."""
    return place.id.startswith("ca:") and place.source != "Who's On First"


# Areas that reach beyond one governorate or have their point anywhere in it.
_WIDE = frozenset({"governorate", "region", "desert", "river"})


# Rings of cells that are looked at around a place.
_RINGS = 7


def _ring_distance(cells: set[tuple[int, int]], cell: tuple[int, int]) -> float:
    row, column = cell
    around = product(range(row - _RINGS + 1, row + _RINGS), range(column - _RINGS + 1, column + _RINGS))
    if cells.isdisjoint(around):
        return 99.0
    for ring in range(_RINGS):
        for offset in range(-ring, ring + 1):
            if not cells.isdisjoint(
                (
                    (row - ring, column + offset),
                    (row + ring, column + offset),
                    (row + offset, column - ring),
                    (row + offset, column + ring),
                )
            ):
                return ring * 5.0
    return 99.0


# ---------------------------------------------------------------------------------------------
# Reading the files people edit
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
    if place.name_ar is not None and not spelling.is_arabic(place.name_ar):
        faults.append(f"{place.id} has the Arabic name {place.name_ar!r}, which is not in Arabic script.")
    if spelling.is_arabic(place.name):
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
                key = (spelling.text_key(name.name), entry.place.governorate or "", entry.place.kind in AREAS)
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
# Loading, with a cache
# ---------------------------------------------------------------------------------------------


class _Cache(msgspec.Struct, array_like=True):
    """What is kept of a joined gazetteer."""

    key: str
    entries: list[Entry]
    patches: list[Patch]
    index: NameIndex


def load_gazetteer(store: Path | None = None, folder: Path | None = None) -> Gazetteer:
    """The curated gazetteer joined with the user's own places and imported gazetteers.

    Args:
        store: The user's store; by default `resources.user_store()`. It need not exist.
        folder: The curated gazetteer; by default the one that came with the program.

    Raises:
        GazetteerError: Files have faults; the message lists them.
    """
    folder = folder or data_folder("gazetteer")
    store = store or user_store()
    imported = sorted((store / "imported").glob("*.msgpack"))
    files = [folder / name for name in ("places.csv", "names.csv", "patches.yml")]
    files += [store / name for name in ("places.csv", "names.csv", "patches.yml")]
    key = _hash_files([*files, *imported])
    cache_path = store / "cache" / "gazetteer.msgpack"
    cached = _read_cache(cache_path, key)
    if cached is not None:
        return Gazetteer(cached.entries, cached.patches, index=cached.index, version=key)
    with without_collector():  # half a million new objects, all of which stay
        gazetteer = _join_files(folder, store, imported, key)
        kept = _Cache(key, list(gazetteer.entries), list(gazetteer.patches), gazetteer.index)
    # A store that cannot be written only costs the time to build the index again.
    with contextlib.suppress(OutputError):
        write_bytes(cache_path, msgspec.msgpack.encode(kept))
    return gazetteer


def _join_files(folder: Path, store: Path, imported: Sequence[Path], key: str) -> Gazetteer:
    entries, patches = read_curated(folder)
    own_entries, own_patches = read_curated(store)
    known = {entry.place.id for entry in entries}
    doubled = sorted(entry.place.id for entry in own_entries if entry.place.id in known)
    if doubled:
        raise GazetteerError(
            f"{store / 'places.csv'} uses ids of the curated gazetteer: {', '.join(doubled)}; give them others."
        )
    joined = join_entries([*entries, *own_entries], [read_imported(path) for path in imported])
    return Gazetteer(joined, [*patches, *own_patches], version=key)


# The keys of the index depend on how names are read and joined, so the code that does counts as an input.
_CODE_OF_THE_CACHE = ("names", "nameindex", "entries", "governorates", "joining", "gazetteer")


def _hash_files(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256(f"store {STORE_VERSION}".encode())
    for path in [
        *paths,
        *(Path(__file__).with_name(f"{module}.py") for module in _CODE_OF_THE_CACHE),
    ]:
        with contextlib.suppress(OSError):
            digest.update(path.name.encode() + b"\x1f" + path.read_bytes())
    return digest.hexdigest()


def _read_cache(path: Path, key: str) -> _Cache | None:
    try:
        data = path.read_bytes()
    except OSError:
        return None
    # The key stands at the front; a stale cache is not decoded.
    if key.encode() not in data[:80]:
        return None
    with without_collector():  # half a million new objects, all of which stay
        try:
            return msgspec.msgpack.decode(data, type=_Cache)
        except (msgspec.DecodeError, msgspec.ValidationError):
            return None


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
