"""Places and their names: the curated gazetteer, joined with whatever outside gazetteers the user imported.

`load_gazetteer` reads the files people edit (`curated.py`) in `gazetteer/` and in the user's own store, joins them,
and keeps the result with its indexes in a cache that is used again until one of the files changes. Outside
gazetteers are read by `importers/`, kept in the store by `imported.py` and joined by `joining.py`.
"""

from __future__ import annotations

import contextlib
import hashlib
import math
import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import product
from pathlib import Path

import msgspec

from claimatlas.errors import GazetteerError, OutputError
from claimatlas.files import write_bytes
from claimatlas.garbage import without_collector
from claimatlas.gazetteer.curated import Patch, read_curated
from claimatlas.gazetteer.entries import AREAS, Entry
from claimatlas.gazetteer.eventdensity import log_events_near
from claimatlas.gazetteer.imported import STORE_VERSION, read_imported
from claimatlas.gazetteer.joining import join_entries
from claimatlas.gazetteer.namefinding import NameFinder, NameHit
from claimatlas.gazetteer.nameindex import NameIndex, build_index
from claimatlas.geodesy import cell_of, cells_around, distance_km
from claimatlas.model import Place
from claimatlas.names import keys as namekeys
from claimatlas.names import spelling
from claimatlas.names.governorates import canonical_governorate
from claimatlas.names.sounds import align
from claimatlas.resources import data_folder, user_store

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
            or self._decisions.get(namekeys.text_key(name))
            or self._decisions.get(namekeys.text_key(spelling.without_generic(name)), {})
        )
        return decisions.get(governorate) or decisions.get(None)

    @cached_property
    def _decisions(self) -> dict[str, dict[str | None, Patch]]:
        decisions: dict[str, dict[str | None, Patch]] = {}
        for patch in self.patches:
            # What is decided about "IS" must not touch al-Eis.
            key = patch.name if patch.name.isupper() else namekeys.text_key(patch.name)
            decisions.setdefault(key, {})[patch.governorate] = patch
        return decisions

    def __len__(self) -> int:
        return len(self.entries)

    def place(self, place_id: str) -> Place:
        """The place with an id.

        Raises:
            GazetteerError: There is none.
        """
        number = self._numbers.get(place_id)  # as `entry` does, but asked for much more often
        return self.entries[number].place if number is not None else self.entry(place_id).place

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
        """The keys (`namekeys.text_key`) of the spellings that alone mean a place.

        Raises:
            GazetteerError: There is no place with this id.
        """
        keys = self._strong_keys.get(place_id)
        if keys is None:
            names = self.entry(place_id).names
            keys = self._strong_keys[place_id] = frozenset(
                namekeys.text_key(name.name) for name in names if name.strong
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
        folded = namekeys.fold_latin(name)
        return next((known for known in sorted(self.governorates) if namekeys.fold_latin(known) == folded), None)

    @cached_property
    def _finder(self) -> NameFinder:
        return NameFinder(self.index, [entry.place.id for entry in self.entries])

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
        hits = self._finder.find(text, arabic=arabic)
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
        found = []
        for number in (n for cell in cells_around(latitude, longitude, radius_km) for n in self._cells.get(cell, ())):
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


# Rings of cells that are looked at around a place, the width (km) of each, and what lies beyond them all.
_RINGS, _RING_KM, _BEYOND_KM = 7, 5.0, 99.0


def _ring_distance(cells: set[tuple[int, int]], cell: tuple[int, int]) -> float:
    row, column = cell
    around = product(range(row - _RINGS + 1, row + _RINGS), range(column - _RINGS + 1, column + _RINGS))
    if cells.isdisjoint(around):
        return _BEYOND_KM
    for ring in range(_RINGS):
        for offset in range(-ring, ring + 1):
            sides = (
                (row - ring, column + offset), (row + ring, column + offset),
                (row + offset, column - ring), (row + offset, column + ring),
            )  # fmt: skip
            if not cells.isdisjoint(sides):
                return ring * _RING_KM
    return _BEYOND_KM


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
_CODE_OF_THE_CACHE = ("text/forms.py", "names/*.py", "gazetteer/*.py")


def _hash_files(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256(f"store {STORE_VERSION}".encode())
    package = Path(__file__).parents[1]
    code = (path for pattern in _CODE_OF_THE_CACHE for path in sorted(package.glob(pattern)))
    for path in (*paths, *code):
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
