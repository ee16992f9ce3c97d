"""`grouping.json` of an output folder: the ids incidents go by, the tellings behind them, and the doubtful pairs.

The next run reads the ids, `claimatlas review` asks about the doubts.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from claimatlas.export.characters import writable
from claimatlas.files import write_text
from claimatlas.group.grouping import Grouping
from claimatlas.group.identity import KnownIncident, remember
from claimatlas.model import Incident, Place, ReportedIncident

GROUPING_FILE = "grouping.json"
# Raised when the shape of the file changes; one of another shape is not read.
GROUPING_VERSION = 1
# Doubts beyond these are not worth writing down: nobody decides a thousand cases in one go.
MAX_DOUBTS = 500
# A place the gazetteer is surer of than this is not asked about; nobody reads through more rivals of it than these.
SURE_PLACE, MAX_CANDIDATES = 0.75, 5


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
