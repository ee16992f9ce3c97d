"""What a person decided about incidents: `decisions.yml`, read on every run and never overwritten by one.

A decision points at incidents by the words of the reports that tell them ("this sentence of that report"), or
by the id of an incident. Words outlive ids: they hold when reports are added, and when extraction reads a
report anew. A decision says who made it, when and why.

    decisions:
      - action: merge
        tellings:
          - {report: sohr-4711, words: "killed 12 people in the market"}
          - {report: sana-0815, words: "martyrdom of 12 citizens"}
        by: Rana K.
        when: 2026-11-21
        why: Same market, same hour; SANA gives the old name of the quarter.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from claimatlas.errors import DecisionError, say_yaml_fault
from claimatlas.files import write_text
from claimatlas.model import Actor


class Action(StrEnum):
    """What a decision does.

    `merge`: the tellings are of one incident. `split`: no two of them are. `place`: the incident was here.
    `actor`: these are accused. `discount`: grade it discounted. `ignore`: leave the tellings out.
    `note`: show a remark.
    """

    MERGE = "merge"
    SPLIT = "split"
    PLACE = "place"
    ACTOR = "actor"
    DISCOUNT = "discount"
    IGNORE = "ignore"
    NOTE = "note"


# A person who puts an incident on a map means a spot in a village, not a house.
DEFAULT_RADIUS_M = 500


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a decision points at: words of a report, or an incident by its id.

    Attributes:
        report_id: The report; None when `incident_id` is set.
        words: Words of the report that tell the incident (its quote, or part of it).
        start: Offset of the words in the report, to tell two like sentences apart.
        incident_id: An incident's id, present or former.
    """

    report_id: str | None = None
    words: str | None = None
    start: int | None = None
    incident_id: str | None = None

    def __str__(self) -> str:
        if self.incident_id is not None:
            return f"incident {self.incident_id}"
        return f"report {self.report_id}" + (f", “{self.words}”" if self.words else "")


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision.

    Attributes:
        action: What to do.
        anchors: The tellings or incidents concerned; two or more to merge or split.
        by: Who decided.
        on: When.
        why: Why.
        actors: Whom the incident is laid to (`actor`).
        latitude: Degrees north (`place`).
        longitude: Degrees east (`place`).
        radius_m: Radius of uncertainty in metres (`place`).
        name: Name of the place, or None (`place`).
        place_id: The gazetteer's id of the place, or None (`place`).
    """

    action: Action
    anchors: tuple[Anchor, ...]
    by: str
    on: dt.date
    why: str
    actors: tuple[Actor, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    radius_m: int = DEFAULT_RADIUS_M
    name: str | None = None
    place_id: str | None = None

    def __str__(self) -> str:
        return f"“{self.action.value}” by {self.by}, {self.on.isoformat()}"


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions of a file, in its order; of two that contradict each other the later one holds."""

    items: tuple[Decision, ...] = ()
    source: str | None = None


NO_DECISIONS = Decisions()

_MANY: frozenset[Action] = frozenset({Action.MERGE, Action.SPLIT})
_OWN_KEYS: Mapping[Action, frozenset[str]] = {
    Action.PLACE: frozenset({"latitude", "longitude", "radius_m", "name", "place_id"}),
    Action.ACTOR: frozenset({"actors"}),
}
_COMMON_KEYS = frozenset({"action", "tellings", "by", "when", "why"})
_ANCHOR_KEYS = frozenset({"report", "words", "start", "incident"})


def read_decisions(path: Path) -> Decisions:
    """Read a `decisions.yml`.

    Args:
        path: The file; one that does not exist holds no decisions.

    Raises:
        DecisionError: The file is not YAML, or entries have faults; the message lists all of them.
    """
    if not path.exists():
        return NO_DECISIONS
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DecisionError(f"{path} cannot be read as YAML in UTF-8 ({say_yaml_fault(error)}); correct it.") from error
    if data is None:
        return Decisions(source=str(path))
    entries = data.get("decisions") if isinstance(data, dict) else None
    if entries is None and isinstance(data, dict) and "decisions" in data:
        entries = []
    if not isinstance(entries, list):
        raise DecisionError(f"{path} must hold a list under the key “decisions”.")
    faults: list[str] = []
    items = tuple(
        decision
        for number, entry in enumerate(entries, 1)
        if (decision := _parse_decision(entry, f"decision {number}", faults)) is not None
    )
    if faults:
        raise DecisionError(f"{path} has faults: {'; '.join(faults)}.")
    return Decisions(items, str(path))


def write_decisions(decisions: Decisions, path: Path) -> None:
    """Write decisions so that `read_decisions` gives them back; the old file stays whole until the new one is.

    Raises:
        OutputError: The file cannot be written.
    """
    text = yaml.safe_dump(
        {"decisions": [_to_entry(decision) for decision in decisions.items]},
        allow_unicode=True, sort_keys=False, width=110,
    )  # fmt: skip
    write_text(path, text)


def add_decisions(path: Path, new: Iterable[Decision]) -> Decisions:
    """Append decisions to a file; what it holds already stays, comments do not.

    Returns:
        All decisions the file now holds.

    Raises:
        DecisionError: The file has faults; it is left as it is.
        OutputError: The file cannot be written.
    """
    held = read_decisions(path)
    both = Decisions((*held.items, *new), str(path))
    write_decisions(both, path)
    return both


def _parse_decision(entry: object, label: str, faults: list[str]) -> Decision | None:
    if not isinstance(entry, dict):
        faults.append(f"{label} is not a set of keys")
        return None
    before = len(faults)
    try:
        action = Action(str(entry.get("action")))
    except ValueError:
        faults.append(f"{label}: action is {entry.get('action')!r}, not one of {', '.join(Action)}")
        return None
    unknown = sorted(map(str, set(entry) - _COMMON_KEYS - _OWN_KEYS.get(action, frozenset())))
    if unknown:
        faults.append(f"{label}: {action} has no {', '.join(unknown)}")
    anchors = _parse_anchors(entry.get("tellings"), label, faults)
    least = 2 if action in _MANY else 1
    if anchors is not None and len(anchors) < least:
        faults.append(f"{label}: {action} needs at least {least} tellings")
    for key in ("by", "why"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            faults.append(f"{label}: “{key}” is missing")
    on = _parse_day(entry.get("when"))
    if on is None:
        faults.append(f"{label}: “when” must be a day such as 2026-11-21, not {entry.get('when')!r}")
    fields = _parse_own(entry, action, label, faults)
    if len(faults) > before or anchors is None or on is None:
        return None
    return Decision(action=action, anchors=anchors, by=entry["by"].strip(), on=on, why=entry["why"].strip(), **fields)


def _parse_day(value: object) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        return None


def _parse_anchors(value: object, label: str, faults: list[str]) -> tuple[Anchor, ...] | None:
    if not isinstance(value, list):
        faults.append(f"{label}: “tellings” must be a list")
        return None
    anchors: list[Anchor] = []
    for entry in value:
        if not isinstance(entry, dict) or set(entry) - _ANCHOR_KEYS or ("incident" in entry) == ("report" in entry):
            faults.append(f"{label}: a telling is {{report, words}} or {{incident}}, not {entry!r}")
            continue
        start = entry.get("start")
        if start is not None and (not isinstance(start, int) or isinstance(start, bool)):
            faults.append(f"{label}: “start” must be a whole number, not {start!r}")
            continue
        anchors.append(
            Anchor(
                report_id=None if "report" not in entry else str(entry["report"]),
                words=None if entry.get("words") is None else str(entry["words"]),
                start=start,
                incident_id=None if "incident" not in entry else str(entry["incident"]),
            )
        )
    return tuple(anchors)


def _parse_own(entry: Mapping[Any, Any], action: Action, label: str, faults: list[str]) -> dict[str, Any]:
    if action is Action.ACTOR:
        named = entry.get("actors")
        known = {actor.value for actor in Actor}
        if not isinstance(named, list) or not set(map(str, named)) <= known:
            faults.append(f"{label}: “actors” must be a list of {', '.join(Actor)}")
            return {}
        return {"actors": tuple(sorted({Actor(str(name)) for name in named}))}
    if action is not Action.PLACE:
        return {}
    fields: dict[str, Any] = {}
    for key, limit in (("latitude", 90.0), ("longitude", 180.0)):
        value = entry.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= limit:
            faults.append(f"{label}: “{key}” must be degrees within ±{limit:.0f}, not {value!r}")
        else:
            fields[key] = float(value)
    radius = entry.get("radius_m", DEFAULT_RADIUS_M)
    if isinstance(radius, bool) or not isinstance(radius, int | float) or not math.isfinite(radius) or radius <= 0:
        faults.append(f"{label}: “radius_m” must be metres above 0, not {radius!r}")
    else:
        fields["radius_m"] = round(radius)
    for key in ("name", "place_id"):
        fields[key] = None if entry.get(key) is None else str(entry[key])
    return fields


def _to_entry(decision: Decision) -> dict[str, Any]:
    entry: dict[str, Any] = {"action": decision.action.value, "tellings": [_to_anchor(one) for one in decision.anchors]}
    if decision.action is Action.ACTOR:
        entry["actors"] = [actor.value for actor in decision.actors]
    if decision.action is Action.PLACE:
        entry |= {"latitude": decision.latitude, "longitude": decision.longitude, "radius_m": decision.radius_m}
        entry |= {key: value for key in ("name", "place_id") if (value := getattr(decision, key)) is not None}
    return entry | {"by": decision.by, "when": decision.on, "why": decision.why}


def _to_anchor(anchor: Anchor) -> dict[str, Any]:
    if anchor.incident_id is not None:
        return {"incident": anchor.incident_id}
    entry: dict[str, Any] = {"report": anchor.report_id}
    if anchor.words is not None:
        entry["words"] = anchor.words
    if anchor.start is not None:
        entry["start"] = anchor.start
    return entry
