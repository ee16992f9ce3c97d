"""What is remembered between runs: extractions of reports seen before, and the ids incidents go by.

Extractions are kept in one SQLite file of the user's store, by the hash of a report and the version of
everything that reads it, so that a growing collection is read once. Ids are kept beside the output they
belong to, in `grouping.json`, with the doubtful pairs that `claimatlas review` asks about.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from claimatlas import __version__
from claimatlas.export.characters import writable
from claimatlas.files import write_text
from claimatlas.group import Grouping
from claimatlas.identity import KnownIncident, remember
from claimatlas.model import Extraction, Incident, Issue, Place, Report, ReportedIncident

GROUPING_FILE = "grouping.json"
# Raised when the shape of `grouping.json` changes; a file of another shape is not read.
GROUPING_VERSION = 1
# Doubts beyond these are not worth writing down: nobody decides a thousand cases in one go.
MAX_DOUBTS = 500
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


def read_known(output: Path) -> dict[str, KnownIncident]:
    """The incidents an output folder held after the run before, by id; empty when there was none.

    A file that cannot be read counts as none: ids are then made anew from the reports.
    """
    data = read_grouping(output)
    known: dict[str, KnownIncident] = {}
    for incident_id, entry in data.get("incidents", {}).items():
        with contextlib.suppress(msgspec.ValidationError, TypeError):
            known[incident_id] = msgspec.convert({"id": incident_id, **entry}, type=KnownIncident)
    return known


def read_grouping(output: Path) -> dict[str, Any]:
    """The contents of `grouping.json`, or an empty dictionary when there is none of this version."""
    try:
        data = json.loads((output / GROUPING_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(data, dict) or data.get("version") != GROUPING_VERSION:
        return {}
    return data


def write_grouping(grouping: Grouping, output: Path) -> None:
    """Write `grouping.json`: ids and the tellings behind them, and the pairs a person should look at.

    Args:
        grouping: What `group_incidents` made.
        output: The output folder.

    Raises:
        OutputError: The file cannot be written.
    """
    known = remember(grouping.incidents, grouping.tellings)
    data = {
        "version": GROUPING_VERSION,
        "incidents": {
            key: {"tellings": one.tellings, "places": one.places, "former_ids": one.former_ids}
            for key, one in sorted(known.items())
        },
        "links": [
            {"incident": incident.id, **msgspec.to_builtins(link)}
            for incident in grouping.incidents
            for link in incident.links
        ],
        "doubts": _list_doubts(grouping),
    }
    text = json.dumps(msgspec.to_builtins(data), ensure_ascii=False, indent=1, sort_keys=True)
    write_text(output / GROUPING_FILE, writable(text) + "\n")


def _list_doubts(grouping: Grouping) -> list[dict[str, Any]]:
    sentence_of = {id(t): s for t, s in zip(grouping.tellings, grouping.sentences, strict=True)}
    incident_of = {id(telling): incident for incident in grouping.incidents for telling in incident.tellings}
    doubts: list[dict[str, Any]] = []
    for doubt in grouping.doubts[:MAX_DOUBTS]:
        one, other = grouping.tellings[doubt.one], grouping.tellings[doubt.other]
        ours, theirs = incident_of.get(id(one)), incident_of.get(id(other))
        if ours is None or theirs is None:
            continue
        doubts.append(
            {
                "kind": "same",
                "score": round(doubt.score, 4),
                "joined": doubt.joined,
                "reasons": doubt.reasons,
                "incidents": sorted({ours.id, theirs.id}),
                "tellings": [_describe(one, sentence_of[id(one)]), _describe(other, sentence_of[id(other)])],
            }
        )
    doubts.extend(_doubtful_places(grouping.incidents, sentence_of))
    return sorted(doubts, key=lambda doubt: (abs(doubt["score"] - 0.5), doubt["kind"], doubt["incidents"]))


def _describe(telling: ReportedIncident, sentence: str) -> dict[str, Any]:
    place = telling.places[0].name if telling.places else None
    return {
        "report": telling.report_id,
        "words": telling.quote.text,
        "start": telling.quote.start,
        "around": " ".join(sentence.split()),
        "day": None if telling.when.start is None else telling.when.start.isoformat(),
        "place": place,
        "kind": telling.event_type.value,
        "killed": [telling.totals.killed_min, telling.totals.killed_max],
        "actors": [actor.value for actor in telling.actors],
    }


def _doubtful_places(incidents: Iterable[Incident], sentence_of: Mapping[int, str]) -> list[dict[str, Any]]:
    doubts: list[dict[str, Any]] = []
    for incident in incidents:
        location = incident.location
        if location is None or location.score >= SURE_PLACE or not location.rejected:
            continue
        doubts.append(
            {
                "kind": "place",
                "score": round(location.score, 4),
                "joined": True,
                "reasons": [location.reason] if location.reason else [],
                "incidents": [incident.id],
                "tellings": [_describe(incident.tellings[0], sentence_of[id(incident.tellings[0])])],
                "chosen": _describe_spot(
                    location.place, location.latitude, location.longitude, location.radius_m, location.score
                ),
                "candidates": [
                    _describe_spot(
                        one.place, one.place.latitude, one.place.longitude, one.place.radius_km * 1000, one.score
                    )
                    for one in location.rejected[:MAX_CANDIDATES]
                ],
            }
        )
    return doubts


def _describe_spot(
    place: Place | None, latitude: float, longitude: float, radius_m: float, score: float
) -> dict[str, Any]:
    return {
        "place_id": place.id if place else None,
        "name": place.name if place else None,
        "governorate": place.governorate if place else None,
        "latitude": latitude,
        "longitude": longitude,
        "radius_m": round(radius_m),
        "score": round(score, 4),
    }


# A place the gazetteer is surer of than this is not asked about.
SURE_PLACE = 0.75
MAX_CANDIDATES = 5
