"""Outside gazetteers in the user's store, as an import left them."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from claimatlas.errors import GazetteerError
from claimatlas.files import OWN_STORE, write_bytes
from claimatlas.gazetteer.entries import Entry

# Raise when the layout of an imported gazetteer or of the cache of the joined one changes.
STORE_VERSION = 1


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


def write_imported(imported: Imported, store: Path) -> None:
    """Keep an imported gazetteer, in place of an earlier import of the same file name.

    Args:
        imported: The gazetteer.
        store: The user's store.

    Raises:
        OutputError: The store cannot be written.
    """
    stem = re.sub(r"[^A-Za-z0-9_.-]+", "-", Path(imported.file).stem)
    path = store / "imported" / f"{imported.source}-{stem}.msgpack"
    write_bytes(path, msgspec.msgpack.encode(imported), OWN_STORE)


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
