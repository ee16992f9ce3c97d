"""What changed between two output folders: incidents new, gone, moved, merged, split, or with another toll."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from claimatlas.checks import CLAIMS_FILE, INCIDENTS_FILE, read_layer
from claimatlas.geodesy import distance_km
from claimatlas.group.file import read_grouping
from claimatlas.records.tables import Record

# Points nearer than this are one place, written with other decimals.
MOVED_KM = 0.05
_TOLLS = ("killed_min", "killed_max", "civilians_killed_min", "civilians_killed_max", "injured_min", "injured_max")
_OTHERS = ("date_start", "date_end", "event_type", "actors", "attribution", "grading", "denied", "n_reports")


class Change(StrEnum):
    """What became of an incident."""

    NEW = "new"
    GONE = "gone"
    MERGED = "merged"
    SPLIT = "split"
    RENAMED = "renamed"
    MOVED = "moved"
    TOLL = "other toll"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One change.

    Attributes:
        change: What became of the incident.
        incident_id: Its id in the newer folder; in the older one when it is gone.
        headline: What it is.
        details: What was and what is, in words.
        former_ids: Its ids in the older folder.
    """

    change: Change
    incident_id: str
    headline: str
    details: str = ""
    former_ids: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The difference as plain values for JSON."""
        return {**asdict(self), "change": self.change.value, "former_ids": list(self.former_ids)}

    def __str__(self) -> str:
        details = f" ({self.details})" if self.details else ""
        return f"{self.change.value}: {self.incident_id} {self.headline}{details}"


def diff_folders(older: Path, newer: Path) -> list[Difference]:
    """Say what changed from one output folder to another.

    Incidents are matched by id, by forwarding address, and else by the claims they hold: an incident whose
    id changed is not taken for a new one.

    Args:
        older: An output folder of `claimatlas map`.
        newer: A later one.

    Returns:
        The changes, in the order of `Change`, then by day and id; an empty list when nothing changed.

    Raises:
        InputError: A folder is no output folder.
    """
    before = {str(record["incident_id"]): record for record in read_layer(older / INCIDENTS_FILE)}
    after = {str(record["incident_id"]): record for record in read_layer(newer / INCIDENTS_FILE)}
    heirs = _find_heirs(before, after, older, newer)
    ancestors: defaultdict[str, list[str]] = defaultdict(list)
    for old, news in heirs.items():
        for new in news:
            ancestors[new].append(old)
    changes = [Difference(Change.NEW, new, _headline(after[new])) for new in after if new not in ancestors]
    changes += [Difference(Change.GONE, old, _headline(before[old])) for old in before if not heirs.get(old)]
    for new, olds in ancestors.items():
        changes.extend(_compare(new, sorted(olds), heirs, before, after))
    order = list(Change)
    everything = {**before, **after}
    return sorted(
        changes,
        key=lambda one: (order.index(one.change), str(everything[one.incident_id].get("date_start")), one.incident_id),
    )


def _find_heirs(
    before: Mapping[str, Record], after: Mapping[str, Record], older: Path, newer: Path
) -> dict[str, list[str]]:
    forwarding = {
        former: new
        for new, entry in read_grouping(newer).get("incidents", {}).items()
        for former in entry.get("former_ids", ())
        if new in after
    }
    held_before = _claims_by_incident(read_layer(older / CLAIMS_FILE))
    incident_of = {
        claim: new for new, claims in _claims_by_incident(read_layer(newer / CLAIMS_FILE)).items() for claim in claims
    }
    heirs: dict[str, list[str]] = {}
    for old in before:
        shared = Counter(incident_of[claim] for claim in held_before.get(old, ()) if claim in incident_of)
        found = [new for new, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])) if new in after]
        known = old if old in after else forwarding.get(old)
        heirs[old] = list(dict.fromkeys([known, *found] if known else found))
    return heirs


def _claims_by_incident(claims: Iterable[Record]) -> dict[str, list[str]]:
    held: defaultdict[str, list[str]] = defaultdict(list)
    for claim in claims:
        held[str(claim["incident_id"])].append(str(claim["claim_id"]))
    return held


def _compare(
    new: str,
    olds: Sequence[str],
    heirs: Mapping[str, Sequence[str]],
    before: Mapping[str, Record],
    after: Mapping[str, Record],
) -> Iterator[Difference]:
    record = after[new]
    headline = _headline(record)
    if len(olds) > 1:
        yield Difference(Change.MERGED, new, headline, f"from {', '.join(olds)}", tuple(olds))
        return
    old = olds[0]
    if len(heirs[old]) > 1 and new != heirs[old][0]:
        yield Difference(Change.SPLIT, new, headline, f"off {old}", (old,))
        return
    was = before[old]
    if old != new:
        yield Difference(Change.RENAMED, new, headline, f"was {old}", (old,))
    moved = _describe_move(was, record)
    if moved:
        yield Difference(Change.MOVED, new, headline, moved, (old,))
    toll = _describe_columns(was, record, _TOLLS)
    if toll:
        yield Difference(Change.TOLL, new, headline, toll, (old,))
    others = _describe_columns(was, record, _OTHERS)
    if others:
        yield Difference(Change.CHANGED, new, headline, others, (old,))


def _describe_move(was: Record, now: Record) -> str:
    points = [(record.get("lat"), record.get("lon")) for record in (was, now)]
    (lat, lon), (new_lat, new_lon) = points
    if lat is None and new_lat is None:
        return ""
    if lat is None or new_lat is None:
        became = "now placed" if lat is None else "no longer placed"
        return f"{was.get('place') or 'unplaced'} to {now.get('place') or 'unplaced'}, {became}"
    apart = distance_km(float(lat), float(lon or 0), float(new_lat), float(new_lon or 0))
    if apart < MOVED_KM and was.get("radius_m") == now.get("radius_m"):
        return ""
    if apart < MOVED_KM:
        return f"radius {was.get('radius_m')} m to {now.get('radius_m')} m"
    return f"{was.get('place')} to {now.get('place')}, {apart:.1f} km"


def _describe_columns(was: Record, now: Record, columns: Iterable[str]) -> str:
    changed = [
        f"{column}: {_say(was.get(column))} to {_say(now.get(column))}"
        for column in columns
        if was.get(column) != now.get(column)
    ]
    return "; ".join(changed)


def _say(value: object) -> str:
    return "nothing" if value is None or value == "" else str(value)


def _headline(record: Record) -> str:
    return str(record.get("headline") or "")
