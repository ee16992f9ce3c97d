"""TimeMap's `events.json` with its `sources.json` and `associations.json`, every value a string as it expects.

Days are written month first, as TimeMap's default setting reads them. An incident without a day or a place stays in:
TimeMap itself lists what it cannot show.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from pathlib import Path
from typing import Any

import msgspec

from claimatlas.export.geojson import lonlat
from claimatlas.files import write_bytes
from claimatlas.model import EventType
from claimatlas.records.labels import ACTOR_LABELS, EVENT_TYPE_LABELS, NO_ACTOR_LABEL
from claimatlas.records.palette import ACTOR_COLORS, NO_ACTOR_COLOR
from claimatlas.records.tables import LIST_SEPARATOR, Record, split_ids

NO_ACTOR = "actor-none"


def write_timemap(incidents: Sequence[Record], reports: Sequence[Record], folder: Path) -> None:
    """Write the three files into a folder.

    Args:
        incidents: Records of incidents.
        reports: Records of reports.
        folder: Where to write.

    Raises:
        OutputError: A file cannot be written.
    """
    known = {str(record["report_id"]) for record in reports}
    _write([_event(record, known) for record in incidents], folder / "events.json")
    _write({str(record["report_id"]): _source(record) for record in reports}, folder / "sources.json")
    _write(_associations(), folder / "associations.json")


def _event(record: Record, reports: Container[str]) -> dict[str, Any]:
    position = lonlat(record)
    longitude, latitude = ("", "") if position is None else map(str, position)
    end = record["date_end"]
    until = f" (until {end})" if end is not None and end != record["date_start"] else ""
    return {
        "id": str(record["incident_id"]),
        "description": f"{record['headline']}{until}",
        "date": _month_first(record["date_start"]),
        "time": "",
        "location": str(record["place"] or record["governorate"] or ""),
        "latitude": latitude,
        "longitude": longitude,
        "category": str(record["event_type"]),
        "associations": [f"type-{record['event_type']}", *_actor_associations(record)],
        "sources": split_ids(record["report_ids"], reports),
        "comments": str(record["grade_reason"]),
        "colour": str(record["color_actor"]),
    }


def _actor_associations(record: Record) -> list[str]:
    actors = [actor for actor in str(record["actors"]).split(LIST_SEPARATOR) if actor]
    return [f"actor-{actor}" for actor in actors] or [NO_ACTOR]


def _month_first(day: object) -> str:
    if day is None:
        return ""
    year, month, number = map(int, str(day).split("-"))
    return f"{month}/{number}/{year}"


def _source(record: Record) -> dict[str, Any]:
    return {
        "id": str(record["report_id"]),
        "title": str(record["title"] or record["report_id"]),
        "type": "Article",
        "paths": [],
        "url": str(record["url"] or ""),
        "author": str(record["publisher"] or ""),
        "date": _month_first(record["published"]),
    }


def _associations() -> list[dict[str, Any]]:
    """Actors and kinds of events as filters, kinds of events again as categories."""
    actors = {f"actor-{actor}": (label, ACTOR_COLORS[actor]) for actor, label in ACTOR_LABELS.items()}
    actors[NO_ACTOR] = (NO_ACTOR_LABEL, NO_ACTOR_COLOR)
    filters = [_association(key, label, "FILTER", ["Said to have done it", label], color)
               for key, (label, color) in actors.items()]  # fmt: skip
    types = [_association(f"type-{kind}", EVENT_TYPE_LABELS[kind], "FILTER", ["What happened", EVENT_TYPE_LABELS[kind]])
             for kind in EventType]  # fmt: skip
    categories = [_association(kind.value, EVENT_TYPE_LABELS[kind], "CATEGORY", []) for kind in EventType]
    return filters + types + categories


def _association(key: str, title: str, mode: str, path: list[str], color: str = "") -> dict[str, Any]:
    return {"id": key, "title": title, "desc": "", "mode": mode, "colour": color, "filter_paths": path}


def _write(content: object, path: Path) -> None:
    write_bytes(path, msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n")
