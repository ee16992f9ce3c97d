"""Curated places joined with those of outside gazetteers.

An imported place that has the P-code of a curated one, or a name that reads like one of its names at
most `JOIN_KM` away, *is* that place: it adds its spellings and fills empty facts, and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from claimatlas.gazetteer.entries import AREAS, SETTLEMENTS, Entry
from claimatlas.gazetteer.imported import Imported
from claimatlas.geodesy import cell_of, cells_around, distance_km
from claimatlas.model import Place
from claimatlas.names import spelling

# Gazetteers put the point of one village up to two or three kilometres apart (OCHA against GeoNames: 95 % within 3 km
# where both have a P-code or a unique name), while different villages of one name are seldom that close.
JOIN_KM = 3.0
# Areas are joined by name over longer distances: their "point" may be a town hall or a centroid.
JOIN_AREA_KM = 60.0
# Readings this close, per sound, are one name when they lie within JOIN_KM.
JOIN_COST = 0.3
# A place that a gazetteer puts in no governorate lies in that of a neighbour this near.
SAME_GOVERNORATE_KM = 12.0
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
            self.cells.setdefault(cell_of(place.latitude, place.longitude), []).append(number)

    def _same_place(self, entry: Entry, known: int) -> int | None:
        if entry.place.pcode is not None and self.by_pcode.get(entry.place.pcode, known) < known:
            return self.by_pcode[entry.place.pcode]
        reach = JOIN_AREA_KM if entry.place.kind in AREAS else JOIN_KM
        numbers: Iterable[int] = self.areas if entry.place.kind in AREAS else self._around(entry.place, reach)
        best: tuple[float, int] | None = None
        for number in numbers:
            other = self.entries[number]
            if number >= known or not _kinds_agree(entry.place.kind, other.place.kind):
                continue
            km = distance_km(entry.place.latitude, entry.place.longitude, other.place.latitude, other.place.longitude)
            if km <= reach and (best is None or km < best[0]) and _names_agree(entry, other):
                best = (km, number)
        return best[1] if best is not None else None

    def _around(self, place: Place, km: float) -> Iterator[int]:
        """The entries, areas left out, that lie up to a distance from a place, and some that lie further."""
        for cell in cells_around(place.latitude, place.longitude, km):
            yield from self.cells.get(cell, ())

    def _with_governorate(self, entry: Entry) -> Entry:
        """A place without a governorate lies in that of the nearest place that has one (`SAME_GOVERNORATE_KM`)."""
        place = entry.place
        if place.governorate is not None or place.kind in ("country", "governorate"):
            return entry
        best: tuple[float, str] | None = None
        for number in self._around(place, SAME_GOVERNORATE_KM):
            other = self.entries[number].place
            if other.governorate is None:
                continue
            km = distance_km(place.latitude, place.longitude, other.latitude, other.longitude)
            if km <= SAME_GOVERNORATE_KM and (best is None or km < best[0]):
                best = (km, other.governorate)
        return entry if best is None else replace(entry, place=replace(place, governorate=best[1]))


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
    readings, others = ([r for name in e.names for r in spelling.read_name(name.name)] for e in (entry, other))
    return any(_readings_agree(reading, against) for reading in readings for against in others)


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
