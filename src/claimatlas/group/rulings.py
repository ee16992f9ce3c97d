"""Decisions fitted to the tellings of a run, and put into effect.

A decision names words of a report. Extraction may have changed since: the telling is found again by its words,
and a decision whose telling is gone is reported.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import networkx as nx

from claimatlas.decisions import Action, Anchor, Decision, Decisions
from claimatlas.geocode.relations import precision_of_radius
from claimatlas.group.headlines import write_headline
from claimatlas.group.identity import KnownIncident, overlaps
from claimatlas.layers import load_layers
from claimatlas.model import Attribution, Grading, Incident, Issue, Location, Place, PlaceMention, ReportedIncident
from claimatlas.text.forms import fold


@dataclass(frozen=True, slots=True)
class Rulings:
    """Decisions, fitted to the tellings of this run (indices)."""

    merged: tuple[tuple[int, ...], ...] = ()
    parted: frozenset[tuple[int, int]] = frozenset()
    single: tuple[tuple[Decision, int], ...] = ()
    ignored: frozenset[int] = frozenset()
    ignored_incidents: frozenset[int] = frozenset()


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
    fitting = _Fitting(_Finder(tellings, keys, former), decisions.source)
    for decision in decisions.items:
        fitting.fit(decision)
    fitting.report_overruled_splits()
    rulings = Rulings(
        merged=tuple(fitting.merged),
        parted=frozenset(fitting.parted),
        single=tuple(fitting.single),
        ignored=frozenset(fitting.ignored),
        ignored_incidents=frozenset(fitting.ignored_incidents),
    )
    return rulings, fitting.issues


class _Fitting:
    """Decisions taken in one after the other; a later one replaces what it contradicts."""

    def __init__(self, finder: _Finder, source: str | None) -> None:
        self._finder = finder
        self._source = source
        self.merged: list[tuple[int, ...]] = []
        self.parted: dict[tuple[int, int], Decision] = {}
        self.single: list[tuple[Decision, int]] = []
        self.ignored: set[int] = set()
        self.ignored_incidents: set[int] = set()
        self.issues: list[Issue] = []

    def fit(self, decision: Decision) -> None:
        """Take in one decision, or report that it no longer fits."""
        found: dict[int, Anchor] = {}
        n_issues = len(self.issues)
        for anchor in decision.anchors:
            index = self._finder.find(anchor)
            if index is None:
                self._report(decision, f"{anchor} tells no incident any more", anchor)
            else:
                found.setdefault(index, anchor)
        if decision.action in (Action.MERGE, Action.SPLIT) and len(found) < 2:
            if len(self.issues) == n_issues:
                self._report(decision, "its tellings are now one and the same")
        elif decision.action is Action.MERGE:
            self._merge(decision, tuple(found))
        elif decision.action is Action.SPLIT:
            self._split(decision, tuple(found))
        elif decision.action is Action.IGNORE:
            self._ignore(found)
        else:
            self.single.extend((decision, index) for index in found)

    def _merge(self, decision: Decision, members: tuple[int, ...]) -> None:
        undone = [pair for pair in _pairs_of(members) if pair in self.parted]
        if undone:
            self._report(decision, "it contradicts an earlier split, which it replaces")
        for pair in undone:
            del self.parted[pair]
        self.merged.append(members)

    def _split(self, decision: Decision, members: tuple[int, ...]) -> None:
        pairs = _pairs_of(members)
        kept = [group for group in self.merged if not pairs & _pairs_of(group)]
        if len(kept) < len(self.merged):
            self._report(decision, "it contradicts an earlier merge, which it replaces")
        self.merged = kept
        self.parted.update(dict.fromkeys(sorted(pairs), decision))

    def _ignore(self, found: Mapping[int, Anchor]) -> None:
        # Named by its words one telling is left out, named by its id the whole incident.
        for index, anchor in found.items():
            (self.ignored if anchor.incident_id is None else self.ignored_incidents).add(index)

    def report_overruled_splits(self) -> None:
        """Report splits of tellings that merges put together by way of others."""
        graph: nx.Graph[int] = nx.Graph()
        for members in self.merged:
            nx.add_path(graph, members)
        for group in nx.connected_components(graph):
            overruled = [pair for pair in self.parted if group.issuperset(pair)]
            for decision in dict.fromkeys(self.parted[pair] for pair in overruled):
                self._report(decision, "other decisions put its tellings together")
            for pair in overruled:
                del self.parted[pair]

    def _report(self, decision: Decision, reason: str, anchor: Anchor | None = None) -> None:
        self.issues.append(_unfit(decision, reason, anchor, self._source))


def _pairs_of(members: Sequence[int]) -> set[tuple[int, int]]:
    return set(itertools.combinations(sorted(members), 2))


def _unfit(decision: Decision, reason: str, anchor: Anchor | None, source: str | None) -> Issue:
    return Issue(
        kind="decision_unfit",
        reason=f"The decision {decision} no longer fits: {reason}; correct or delete it.",
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
