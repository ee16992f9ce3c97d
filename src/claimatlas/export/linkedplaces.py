"""The places of a collection in the Linked Places format; the whole gazetteer: `claimatlas gazetteer export lpf`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from claimatlas.files import write_bytes
from claimatlas.gazetteer.entries import Entry, PlaceName
from claimatlas.gazetteer.exporting import encode_linked_places
from claimatlas.model import Place
from claimatlas.records.tables import Record


def write_linked_places(places: Sequence[Record], path: Path) -> None:
    """Write places as a Linked Places feature collection.

    Args:
        places: Records of places.
        path: The file to be.

    Raises:
        OutputError: The file cannot be written.
    """
    write_bytes(path, msgspec.json.format(encode_linked_places(map(_entry_of, places)), indent=1) + b"\n")


def _entry_of(record: Record) -> Entry:
    """A place of the table as an entry, under its display names."""
    radius_km = float(record["radius_m"] or 0) / 1000
    renamed = {"id": record["place_id"], "latitude": record["lat"], "longitude": record["lon"], "radius_km": radius_km}
    place = msgspec.convert({**record, **renamed}, Place)
    shown = ((place.name, "en"), (place.name_ar, "ar"))
    names = tuple(PlaceName(name, lang, source=place.source or "claimatlas gazetteer") for name, lang in shown if name)
    return Entry(place, names)
