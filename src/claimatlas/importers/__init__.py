"""Readers of outside gazetteers: from a file of theirs into the user's store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from claimatlas.errors import InputError
from claimatlas.gazetteer.entries import Entry
from claimatlas.gazetteer.imported import STORE_VERSION, Imported, write_imported
from claimatlas.importers.cod import read_cod
from claimatlas.importers.geonames import add_alternate_names, read_geonames
from claimatlas.importers.lpf import read_lpf
from claimatlas.importers.wof import read_wof

READERS: dict[str, Callable[[Path, Counter[str]], Iterator[Entry]]] = {
    "cod": read_cod, "geonames": read_geonames, "wof": read_wof, "lpf": read_lpf,
}  # fmt: skip


def import_file(source: str, path: Path, store: Path, *, alternate_names: Path | None = None) -> Imported:
    """Read an outside gazetteer and keep it in the user's store, in place of an earlier import of the same file name.

    Args:
        source: `cod`, `geonames`, `wof` or `lpf`.
        path: The file.
        store: The user's store.
        alternate_names: GeoNames' `alternateNames` file, for the languages of names.

    Raises:
        InputError: The file cannot be read or is of another format.
        OutputError: The store cannot be written.
    """
    if source not in READERS:
        raise InputError(f"{source} is no known gazetteer; choose {', '.join(READERS)}.")
    skipped: Counter[str] = Counter()
    try:
        entries = list(READERS[source](path, skipped))
        if source == "geonames" and alternate_names is not None:
            entries = add_alternate_names(entries, alternate_names)
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}); is the path right?") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not text in UTF-8 ({error}); is it {source}?") from error
    if not entries:
        raise InputError(f"{path} holds no places that can be used as {source}; is it the right format?")
    imported = Imported(STORE_VERSION, source, path.name, entries, dict(skipped))
    write_imported(imported, store)
    return imported
