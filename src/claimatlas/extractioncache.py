"""Extractions of reports seen before, so that a growing collection is read once.

They are kept in one SQLite file of the user's store, by the hash of a report and the version of everything that reads
it.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
import zlib
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from claimatlas import __version__
from claimatlas.model import Extraction, Issue, Report, ReportedIncident

# How long a run waits for another one that writes into the cache.
PATIENCE_S = 10.0


class ExtractionCache:
    """Extractions by report, for one version of the program and its reference data.

    Use it as a context manager; what was put in is kept when the block ends. It is only a cache: a damaged file
    is made anew, what another version made is forgotten, and where nothing can be written it lives in memory.
    """

    def __init__(self, path: Path, version: str) -> None:
        """Open or make the cache.

        Args:
            path: The SQLite file.
            version: Hash of everything extraction depends on (`hash_reference`).
        """
        self._version = version
        self._connection = _open(path)
        self._drop_other_versions()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(sqlite3.OperationalError):
            self._connection.commit()
        self._connection.close()

    def get(self, report: Report) -> Extraction | None:
        """The extraction of a report seen before with the same content and version; None otherwise."""
        query = "SELECT data FROM extractions WHERE report = ? AND version = ?"
        try:
            row = self._connection.execute(query, (report.content_hash, self._version)).fetchone()
            if row is None:
                return None
            incidents, issues = msgspec.msgpack.decode(
                zlib.decompress(row[0]), type=tuple[tuple[ReportedIncident, ...], tuple[Issue, ...]]
            )
        except (sqlite3.DatabaseError, zlib.error, msgspec.MsgspecError):
            return None
        return Extraction(report, incidents, issues)

    def put(self, extraction: Extraction) -> None:
        """Keep an extraction."""
        data = zlib.compress(msgspec.msgpack.encode((extraction.incidents, extraction.issues)), 1)
        row = (extraction.report.content_hash, self._version, data)
        with contextlib.suppress(sqlite3.OperationalError):  # the disk is full, or another run is writing
            self._connection.execute("INSERT OR REPLACE INTO extractions VALUES (?, ?, ?)", row)

    def _drop_other_versions(self) -> None:
        with contextlib.suppress(sqlite3.OperationalError):  # another run is writing; it will be done next time
            self._connection.execute("DELETE FROM extractions WHERE version <> ?", (self._version,))
            self._connection.commit()


def hash_reference(folders: Iterable[Path], *facts: str) -> str:
    """Hash (hex) of everything extraction depends on beside the report.

    Args:
        folders: Folders of code and reference data; every file in them counts, but for compiled Python.
        facts: Further values, such as versions.
    """
    digest = hashlib.sha256("\x1f".join((__version__, *facts)).encode())
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and not path.name.endswith((".pyc", ".tmp")):
                digest.update(f"\x1f{path.relative_to(folder).as_posix()}\x1f".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def _open(path: Path) -> sqlite3.Connection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(sqlite3.DatabaseError):
            return _connect(path)
        path.unlink(missing_ok=True)
        return _connect(path)
    except (OSError, sqlite3.DatabaseError):
        return _connect(":memory:")


def _connect(path: Path | str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=PATIENCE_S)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS extractions "
            "(report TEXT, version TEXT, data BLOB, PRIMARY KEY (report, version))"
        )
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection
