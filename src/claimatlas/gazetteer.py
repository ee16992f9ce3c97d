"""Places and their names: the curated gazetteer, joined with whatever outside gazetteers the user imported.

`load_gazetteer` reads the text files people edit (`gazetteer/places.csv`, `names.csv`, `patches.yml`)
and the user's own store, joins them, and keeps the result with its indexes in a cache that is used
again until one of the files changes.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from claimatlas import names as spelling
from claimatlas.errors import GazetteerError
from claimatlas.model import Place
from claimatlas.resources import data_folder, user_store

# Radius (km) of the circle that a place of a kind fills when the gazetteer says nothing nearer. Villages, towns and
# cities follow the project's crosswalk to Airwars, ACLED and UCDP (docs/places.md); areas should bring their own.
KINDS: dict[str, float] = {
    "country": 300.0, "governorate": 60.0, "region": 25.0, "district": 25.0, "subdistrict": 12.0,
    "city": 6.0, "town": 3.0, "village": 1.5, "hamlet": 1.0, "neighbourhood": 1.0, "camp": 1.0,
    "airbase": 2.0, "airport": 2.0, "base": 1.0, "dam": 1.0, "bridge": 0.5, "crossing": 1.0, "checkpoint": 0.5,
    "hospital": 0.5, "school": 0.5, "mosque": 0.5, "market": 0.5, "square": 0.5, "road": 10.0, "oil_field": 5.0,
    "power_plant": 1.0, "factory": 0.5, "prison": 0.5, "university": 1.0, "farm": 1.5, "mountain": 8.0, "hill": 2.0,
    "valley": 5.0, "river": 50.0, "lake": 10.0, "island": 2.0, "desert": 60.0, "ruin": 1.0, "landmark": 0.5,
}  # fmt: skip
AREAS = frozenset({"country", "governorate", "region", "district", "subdistrict", "desert", "river"})
SETTLEMENTS = frozenset({"city", "town", "village", "hamlet", "camp", "neighbourhood", "farm"})


@dataclass(frozen=True, slots=True)
class PlaceName:
    """One spelling of a place.

    Attributes:
        name: The spelling.
        lang: Language or script habit it belongs to (`en`, `ar`, `tr`, `ku`, `fr`, …).
        strong: Whether the spelling alone means this place; a weak one yields to a strong one.
        source: Where the spelling was seen.
    """

    name: str
    lang: str = "en"
    strong: bool = True
    source: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place with all its spellings.

    Attributes:
        place: The facts.
        names: Its spellings, the display names first.
        parent: Id of the place it is part of (a neighbourhood's city), or None.
        population: Inhabitants where a source says; 0 when unknown.
    """

    place: Place
    names: tuple[PlaceName, ...]
    parent: str | None = None
    population: int = 0


@dataclass(frozen=True, slots=True)
class NameHit:
    """A known name in a running text.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last character.
        text: The characters between.
        place_ids: The places it may mean; owners of the strong spelling first.
        strong: Whether the spelling alone means a place. A weak hit ("May", "Salam") needs words around it that say so.
    """

    start: int
    end: int
    text: str
    place_ids: tuple[str, ...]
    strong: bool


class Gazetteer:
    """Places, and the indexes to find them by name."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Take the entries; indexes are built when first asked for.

        Args:
            entries: Places with their names; ids must be unique.
        """
        self.entries: tuple[Entry, ...] = tuple(entries)
        self._by_id = {entry.place.id: entry for entry in self.entries}

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
        entry = self._by_id.get(place_id)
        if entry is None:
            raise GazetteerError(f"No place has the id {place_id}; `claimatlas gazetteer lookup NAME` shows the ids.")
        return entry

    @cached_property
    def _text_index(self) -> dict[str, tuple[tuple[str, ...], bool]]:
        owners: dict[str, dict[str, bool]] = {}
        for entry in self.entries:
            for name in entry.names:
                key = spelling.text_key(name.name)
                if len(key) < 2:
                    continue
                strong = name.strong and key not in _common_keys()
                held = owners.setdefault(key, {})
                held[entry.place.id] = held.get(entry.place.id, False) or strong
        index = {}
        for key, held in owners.items():
            ordered = sorted(held, key=lambda place_id: not held[place_id])
            index[key] = (tuple(ordered), any(held.values()))
        return index

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
        hits = _find_latin(text, self._text_index)
        if lang == "ar" or any("\u0600" <= char <= "\u06ff" for char in text):
            hits += _find_arabic(text, self._text_index)
        return sorted(hits, key=lambda hit: hit.start)


# ---------------------------------------------------------------------------------------------
# Names in running text
# ---------------------------------------------------------------------------------------------

# No name in the gazetteer has more words than this, articles not counted.
_MAX_WORDS = 5
_LATIN_RUN = re.compile(r"[^\W\d_\u0600-\u06ff](?:[^\W\d_\u0600-\u06ff]|[\u0300-\u036f'’‘`´ʿʾʼ](?=[^\W\d_]))*")
_POSSESSIVE = re.compile(r"['’](?:s|S)$")
# Words that stand small inside a name that is otherwise capitalised: articles, "bin", and what kind of place it is.
_SMALL_WORDS = spelling.ARTICLES | frozenset(
    "bin ibn camp airbase airport village town dam bridge island oil field gas hospital mosque countryside neighborhood "
    "neighbourhood base prison crossing mountain desert district subdistrict eastern western northern southern".split()
)


def _find_latin(text: str, index: dict[str, tuple[tuple[str, ...], bool]]) -> list[NameHit]:
    words = _latin_runs(text)
    hits = []
    i = 0
    while i < len(words):
        hit_words = _longest_latin(words, i, text, index)
        if hit_words is None:
            i += 1
            continue
        first, last, (ids, strong) = hit_words
        start, end = words[first][0], words[last][1]
        hits.append(NameHit(start, end, text[start:end], ids, strong))
        i = last + 1
    return hits


def _latin_runs(text: str) -> list[tuple[int, int, str]]:
    runs = []
    for match in _LATIN_RUN.finditer(text):
        word = _POSSESSIVE.sub("", match.group())
        runs.append((match.start(), match.start() + len(word), word))
    return runs


def _longest_latin(
    words: list[tuple[int, int, str]], i: int, text: str, index: dict[str, tuple[tuple[str, ...], bool]]
) -> tuple[int, int, tuple[tuple[str, ...], bool]] | None:
    """The longest name that starts with word `i` (an article or a capitalised word)."""
    found = None
    key = ""
    content = 0
    for j in range(i, min(len(words), i + _MAX_WORDS + 3)):
        start, end, word = words[j]
        if j > i and not _joined(text[words[j - 1][1] : start]):
            break
        folded = spelling.fold_latin(word)
        following = spelling.fold_latin(words[j + 1][2]) if j + 1 < len(words) else None
        if spelling.is_article(folded, following) and _joined(text[end : words[j + 1][0]]):
            continue
        if not word[0].isupper() and (content == 0 or folded not in _SMALL_WORDS):
            break
        content += 1
        if content > _MAX_WORDS:
            break
        key += spelling.light_key(folded)
        if key in index:
            found = (i, j, index[key])
    return found


def _joined(between: str) -> bool:
    return between in (" ", "-", "\n", "‐", "‑", "–", "\u00a0", "- ", " -", "’", "'")


_ARABIC_RUN = re.compile(r"[\u0621-\u065f\u0670-\u06d3]+")
_CLITICS = re.compile(r"[وف]?[بلك]?")


def _find_arabic(text: str, index: dict[str, tuple[tuple[str, ...], bool]]) -> list[NameHit]:
    runs = [(m.start(), m.end(), spelling.fold_arabic(m.group())) for m in _ARABIC_RUN.finditer(text)]
    hits = []
    i = 0
    while i < len(runs):
        found = _longest_arabic(runs, i, text, index)
        if found is None:
            i += 1
            continue
        start, last, (ids, strong) = found
        end = runs[last][1]
        hits.append(NameHit(start, end, text[start:end], ids, strong))
        i = last + 1
    return hits


def _longest_arabic(
    runs: list[tuple[int, int, str]], i: int, text: str, index: dict[str, tuple[tuple[str, ...], bool]]
) -> tuple[int, int, tuple[tuple[str, ...], bool]] | None:
    """The longest name that starts with word `i`, with as few clitics taken off as possible."""
    start, end, word = runs[i]
    best = None
    for first, cut in clitic_readings(word):
        key = first
        for j in range(i, min(len(runs), i + _MAX_WORDS)):
            if j > i:
                if not _joined(text[runs[j - 1][1] : runs[j][0]]):
                    break
                key += spelling.without_article(runs[j][2])
            if key in index and (best is None or j > best[1]):
                # Vowel signs make the raw word longer than the folded one; then the clitic stays in the span.
                offset = start + cut if end - start == len(word) else start
                best = (offset, j, index[key])
    return best


def clitic_readings(word: str) -> list[tuple[str, int]]:
    """The ways to read a folded Arabic word as clitics plus name: (name, letters taken off), fewest taken off first.

    At least three letters must remain, else every short word would be a preposition with a village.
    """
    readings = [(word, 0)]
    for cut in range(1, 3):
        if _CLITICS.fullmatch(word[:cut]) is None or len(word) - cut < 3:
            break
        rest = word[cut:]
        readings.append((rest, cut))
        if word[cut - 1] == "ل" and rest.startswith("ل"):
            readings.append(("ا" + rest, cut))
    without = [(name[2:], cut + 2) for name, cut in readings if name.startswith("ال") and len(name) >= 6]
    return readings + without


def _common_keys() -> frozenset[str]:
    return frozenset()


# ---------------------------------------------------------------------------------------------
# Reading
# ---------------------------------------------------------------------------------------------


def load_gazetteer(store: Path | None = None, folder: Path | None = None) -> Gazetteer:
    """The curated gazetteer joined with the user's imported ones.

    Args:
        store: The user's store; by default `resources.user_store()`. It need not exist.
        folder: The curated gazetteer; by default the one that came with the program.

    Raises:
        GazetteerError: The files have faults; the message lists them.
    """
    folder = folder or data_folder("gazetteer")
    _ = store or user_store()
    return Gazetteer(_read_curated(folder))


def _read_curated(folder: Path) -> list[Entry]:
    entries: dict[str, Entry] = {}
    for row in _rows(folder / "places.csv"):
        place = Place(
            id=row["id"], kind=row["kind"], name=row["name"], name_ar=row["name_ar"] or None,
            latitude=float(row["lat"]), longitude=float(row["lon"]),
            radius_km=float(row["radius_km"] or KINDS[row["kind"]]), governorate=row["governorate"] or None,
            district=row["district"] or None, subdistrict=row["subdistrict"] or None, pcode=row["pcode"] or None,
            source=row["source"] or None,
        )  # fmt: skip
        own = [PlaceName(place.name)] + ([PlaceName(place.name_ar, "ar")] if place.name_ar else [])
        entries[place.id] = Entry(place, tuple(own), row["parent"] or None)
    for row in _rows(folder / "names.csv"):
        entry = entries[row["place_id"]]
        name = PlaceName(row["name"], row["lang"], row["strength"] != "weak", row["source"])
        entries[entry.place.id] = replace(entry, names=(*entry.names, name))
    return list(entries.values())


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
