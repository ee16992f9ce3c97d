"""Decisions fitted to the tellings of a run, and put into effect.

A decision names words of a report. Extraction may have changed since: the telling is found again by its words,
and a decision whose telling is gone is reported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from claimatlas.agree import write_headline
from claimatlas.decisions import Action, Anchor, Decision, Decisions
from claimatlas.geocode import precision_of_radius
from claimatlas.identity import KnownIncident, overlaps
from claimatlas.layers import load_layers
from claimatlas.model import (
    Attribution,
    Grading,
    Incident,
    Issue,
    Location,
    Place,
    PlaceMention,
    ReportedIncident,
)
from claimatlas.text import fold


@dataclass(frozen=True, slots=True)
class Rulings:
    """Decisions, fitted to the tellings of this run (indices)."""

    merged: tuple[tuple[int, ...], ...] = ()
    parted: frozenset[tuple[int, int]] = frozenset()
    single: tuple[tuple[Decision, int], ...] = ()
    ignored: frozenset[int] = frozenset()


def fit_decisions(
    decisions: Decisions,
    tellings: Sequence[ReportedIncident],
    keys: Sequence[str],
    former: Mapping[str, KnownIncident],
) -> tuple[Rulings, list[Issue]]:
    """Find what each decision points at.

    Args:
        decisions: What people decided.
        tellings: The tellings of this run.
        keys: Their ids (`identity.name_tellings`).
        former: The incidents of the run before, by id.

    Returns:
        The decisions by index of telling, and an issue for each that no longer fits or contradicts another.
    """
    finder = _Finder(tellings, keys, former)
    merged: list[tuple[int, ...]] = []
    parted: dict[tuple[int, int], Decision] = {}
    single: list[tuple[Decision, int]] = []
    ignored: set[int] = set()
    issues: list[Issue] = []
    for decision in decisions.items:
        found: list[int] = []
        for anchor in decision.anchors:
            index = finder.find(anchor)
            if index is None:
                issues.append(_unfit(decision, f"{anchor} tells no incident any more", anchor, decisions.source))
            else:
                found.append(index)
        found = list(dict.fromkeys(found))
        if decision.action in (Action.MERGE, Action.SPLIT):
            if len(found) < 2:
                if len(decision.anchors) == finder.count(decision.anchors):
                    issues.append(_unfit(decision, "its tellings are now one and the same", None, decisions.source))
                continue
            both = {(min(a, b), max(a, b)) for a in found for b in found if a != b}
            if decision.action is Action.SPLIT:
                parted.update(dict.fromkeys(both, decision))
                kept = [group for group in merged if not _holds_any(group, both)]
                if len(kept) < len(merged):
                    issues.append(
                        _unfit(decision, "it contradicts an earlier merge, which it replaces", None, decisions.source)
                    )
                merged = kept
                continue
            undone = [pair for pair in both if pair in parted]
            if undone:
                issues.append(
                    _unfit(decision, "it contradicts an earlier split, which it replaces", None, decisions.source)
                )
            for pair in undone:
                del parted[pair]
            merged.append(tuple(found))
        elif decision.action is Action.IGNORE:
            ignored.update(found)
        else:
            single.extend((decision, index) for index in found)
    return Rulings(tuple(merged), frozenset(parted), tuple(single), frozenset(ignored)), issues


def _holds_any(group: Sequence[int], pairs: Iterable[tuple[int, int]]) -> bool:
    members = set(group)
    return any(one in members and other in members for one, other in pairs)


def _unfit(decision: Decision, reason: str, anchor: Anchor | None, source: str | None) -> Issue:
    return Issue(
        kind="decision_unfit",
        reason=f"The decision {decision} no longer fits: {reason}.",
        report_id=anchor.report_id if anchor else None,
        source=source,
        words=anchor.words if anchor else None,
    )


class _Finder:
    """Finds the telling that a decision points at, in what this run's extraction made of the report."""

    def __init__(
        self, tellings: Sequence[ReportedIncident], keys: Sequence[str], former: Mapping[str, KnownIncident]
    ) -> None:
        self._tellings = tellings
        self._by_key = {key: index for index, key in enumerate(keys)}
        self._by_report: defaultdict[str, list[int]] = defaultdict(list)
        for index, telling in enumerate(tellings):
            self._by_report[telling.report_id].append(index)
        self._former = {alias: known for known in former.values() for alias in (known.id, *known.former_ids)}

    def count(self, anchors: Iterable[Anchor]) -> int:
        """How many of the anchors point at something."""
        return sum(1 for anchor in anchors if self.find(anchor) is not None)

    def find(self, anchor: Anchor) -> int | None:
        """Index of the telling, or None when the report or its words are gone."""
        if anchor.incident_id is not None:
            return self._find_incident(anchor.incident_id)
        candidates = self._by_report.get(anchor.report_id or "", [])
        if not candidates:
            return None
        if anchor.words is None:
            return candidates[0] if len(candidates) == 1 else None
        return self._find_words(candidates, anchor.words, anchor.start)

    def _find_incident(self, incident_id: str) -> int | None:
        if incident_id in self._by_key:
            return self._by_key[incident_id]
        known = self._former.get(incident_id)
        if known is None:
            return None
        for key in known.tellings:
            if key in self._by_key:
                return self._by_key[key]
        for report_id, field, start, end in known.places:
            for index in self._by_report.get(report_id, []):
                if overlaps(self._tellings[index], field, start, end):
                    return index
        return None

    def _find_words(self, candidates: Sequence[int], words: str, start: int | None) -> int | None:
        wanted = " ".join(words.split())
        ranked: list[tuple[float, int, int]] = []
        for index in candidates:
            telling = self._tellings[index]
            spans = (telling.quote, *(claim.quote for claim in telling.claims))
            likeness = max(_likeness(wanted, " ".join(span.text.split())) for span in spans)
            away = min(abs(span.start - start) for span in spans) if start is not None else 0
            if likeness >= MIN_LIKENESS:
                ranked.append((-likeness, away, index))
        return min(ranked)[2] if ranked else None


# Half of the words of a quote survive a rule that takes a longer or a shorter one.
MIN_LIKENESS = 0.5


def _likeness(wanted: str, quote: str) -> float:
    if wanted == quote:
        return 1.0
    if wanted in quote or quote in wanted:
        return 0.9
    ours, theirs = set(fold(wanted).split()), set(fold(quote).split())
    return len(ours & theirs) / max(1, min(len(ours), len(theirs))) * 0.8


def apply_decisions(incident: Incident, decided: Iterable[Decision]) -> Incident:
    """Put a person's word on an incident: place, actor, grading, remark; each is noted with its author.

    Args:
        incident: The incident as computed.
        decided: Decisions about it, in their order.
    """
    for decision in decided:
        note = f"{decision.by}, {decision.on.isoformat()}: {decision.why}"
        incident = replace(incident, notes=tuple(dict.fromkeys((*incident.notes, note))))
        if decision.action is Action.DISCOUNT:
            reason = f"Discounted by {decision.by} on {decision.on.isoformat()}: {decision.why}"
            incident = replace(incident, grading=Grading.DISCOUNTED, grade_reason=reason)
        elif decision.action is Action.ACTOR:
            attribution = incident.attribution if decision.actors else Attribution.NONE
            incident = replace(incident, actors=decision.actors, attribution=attribution)
        elif decision.action is Action.PLACE:
            incident = _place(incident, decision)
    return replace(incident, headline=write_headline(incident))


def _place(incident: Incident, decision: Decision) -> Incident:
    if decision.latitude is None or decision.longitude is None:
        return incident
    place = next((p for p in _known_places(incident) if p.id == decision.place_id), None)
    previous = incident.location
    location = Location(
        latitude=decision.latitude,
        longitude=decision.longitude,
        precision=precision_of_radius(decision.radius_m / 1000),
        radius_m=decision.radius_m,
        score=1.0,
        place=place,
        matched_name=decision.name,
        governorate=load_layers().governorate_at(decision.latitude, decision.longitude) or incident.governorate,
        reason=f"Placed by {decision.by} on {decision.on.isoformat()}: {decision.why}",
        rejected=previous.rejected if previous else (),
    )
    first = incident.places[0] if incident.places else None
    name = decision.name or (place.name if place else first.name if first else "")
    mention = PlaceMention(name, first.span if first else None, location.governorate, location)
    governorate = location.governorate or incident.governorate
    return replace(incident, location=location, places=(mention, *incident.places[1:]), governorate=governorate)


def _known_places(incident: Incident) -> Iterator[Place]:
    for location in (incident.location, *(place.location for place in incident.places)):
        if location is None:
            continue
        if location.place is not None:
            yield location.place
        yield from (candidate.place for candidate in location.rejected)
