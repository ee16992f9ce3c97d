"""What readers of outside gazetteers share: tables, coordinates, and names that a text can be matched with."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from claimatlas.gazetteer.entries import AREAS, KINDS, Entry, PlaceName
from claimatlas.model import Place
from claimatlas.names import keys as namekeys
from claimatlas.names.governorates import canonical_governorate
from claimatlas.sheets import read_sheet


def read_table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file or of the longest sheet of an Excel workbook, by column; cells are stripped.

    Raises:
        InputError: The file is no table.
    """
    # The sheet of the deepest level is the longest one.
    _, rows = read_sheet(path, longest=True)
    return [{name: "" if cell is None else str(cell).strip() for name, cell in row.items()} for row in rows]


def parse_coordinate(text: str, most: float) -> float | None:
    """Degrees in a cell, with a point or a comma; None for what is no number within `most` on either side."""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return round(value, 6) if -most <= value <= most else None


def parse_population(text: str) -> int:
    """Inhabitants in a cell; 0 for what is no number, and for numbers that no place has."""
    try:
        value = float(text)
    except ValueError:
        return 0
    return int(value) if 0 < value < 1e9 else 0


def settlement_kind(population: int, *, capital: bool = False) -> str:
    """City, town or village, by its inhabitants; the seat of a governorate is a city."""
    if capital or population >= 50_000:
        return "city"
    return "town" if population >= 5_000 else "village"


def is_telling(name: str) -> bool:
    """Whether an imported name can stand for itself in a text: single words are too often common words or persons."""
    return len(namekeys.arabic_words(name) if namekeys.is_arabic(name) else namekeys.latin_words(name)) >= 2


def is_readable(text: str) -> bool:
    """Whether a name is in a script the matcher reads: Latin or Arabic."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= 2 and all(
        char < "\u0370" or "\u0600" <= char <= "\u06ff" or "\u1e00" <= char <= "\u1eff" for char in letters
    )


def make_entry(
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
    """A place of an outside gazetteer; None when it has no name in Latin or Arabic script.

    Args:
        place_id: Its id, with the gazetteer's prefix.
        kind: One of `KINDS`, whose usual radius it gets.
        texts: Its names as the gazetteer spells them, the main one first; doubles are dropped.
        latitude: Degrees north.
        longitude: Degrees east.
        governorate: First-level area in any spelling, or None.
        population: Inhabitants; 0 when unknown.
        source: The gazetteer's name.
    """
    readable = [text for text in dict.fromkeys(text.strip() for text in texts) if is_readable(text)]
    if not readable:
        return None
    latin = next((text for text in readable if not namekeys.is_arabic(text)), None)
    arabic = next((text for text in readable if namekeys.is_arabic(text)), None)
    place = Place(
        id=place_id, kind=kind, name=latin or readable[0], name_ar=arabic, latitude=latitude, longitude=longitude,
        radius_km=KINDS[kind], governorate=canonical_governorate(governorate), source=source,
    )  # fmt: skip
    names = tuple(
        PlaceName(t, "ar" if namekeys.is_arabic(t) else "en", kind not in AREAS and is_telling(t), source)
        for t in readable
    )
    return Entry(place, names, population=population)
