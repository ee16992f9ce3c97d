"""What the tellings of one incident agree on: its day, place, kind, actors and toll.

Everything here is computed from the tellings and can be computed again. Where they disagree, the
best-attested value is shown, the range is kept wide, and the disagreement becomes a flag.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from claimatlas.geodesy import distance_km
from claimatlas.group.grading import grade
from claimatlas.group.headlines import say_day, write_headline
from claimatlas.model import (
    OUTLET,
    Attribution,
    Claim,
    EventType,
    Incident,
    Link,
    Location,
    Outcome,
    PlaceMention,
    Precision,
    Report,
    ReportedIncident,
    Salience,
    Totals,
    Victims,
    When,
)
from claimatlas.outlets import name_outlet
from claimatlas.records.wording import say_range
from claimatlas.totals import count_totals

T = TypeVar("T")

_FINENESS: dict[Precision, int] = {precision: rank for rank, precision in enumerate(reversed(Precision))}
# A telling in passing has less to say about an incident than one that is about it.
BACKGROUND_WEIGHT = 0.4


@dataclass(frozen=True, slots=True)
class Revision:
    """One step in how a source's figure changed.

    Attributes:
        day: Day of publication, or None.
        source: Who gives the figure.
        report_id: Where.
        outcome: What befell the victims.
        victims: Whom it counts.
        min: Lower bound, or None when open.
        max: Upper bound, or None when open.
    """

    day: dt.date | None
    source: str
    report_id: str
    outcome: Outcome
    victims: Victims
    min: int | None
    max: int | None


def make_incident(
    incident_id: str,
    tellings: Sequence[ReportedIncident],
    reports: Mapping[str, Report],
    stories: Mapping[str, int],
    links: Sequence[Link] = (),
) -> Incident:
    """Make one incident of its tellings.

    Args:
        incident_id: The id it goes by.
        tellings: At least one; put in order of publication here.
        reports: The reports by id.
        stories: Number of the story that each report carries (`copies.find_copies`).
        links: Why the tellings were put together.

    Returns:
        The incident, graded, with a headline.
    """
    ordered = sort_tellings(tellings, reports)
    actors = tuple(sorted({actor for telling in ordered for actor in telling.actors}))
    attribution = _agree_attribution(ordered)
    places = _agree_places(ordered)
    location = _agree_location(ordered)
    graded = grade(ordered, reports, stories, actors)
    days = sorted(day for telling in ordered if (day := reports[telling.report_id].published) is not None)
    incident = Incident(
        id=incident_id,
        tellings=ordered,
        event_type=_agree_kind(ordered),
        when=_agree_when(ordered),
        places=places,
        governorate=_agree_governorate(ordered, location),
        location=location,
        actors=actors,
        attribution=attribution,
        totals=agree_totals(ordered, reports),
        grading=graded.grading,
        grade_reason=graded.reason,
        denied=graded.denied,
        n_sources=graded.n_sources,
        links=tuple(sorted(links, key=lambda link: (-link.score, link.report_id, link.other_report_id))),
        flags=_find_disagreements(ordered),
        first_reported=days[0] if days else None,
        last_reported=days[-1] if days else None,
    )
    flags = tuple(dict.fromkeys((*incident.flags, *_describe_revisions(find_revisions(incident, reports)))))
    return replace(incident, flags=flags, headline=write_headline(incident))


def _describe_revisions(steps: Iterable[Revision]) -> Iterator[str]:
    """A sentence for each source that changed its number of dead from one report to another."""
    by_source: defaultdict[tuple[str, Victims], dict[str, Revision]] = defaultdict(dict)
    for step in steps:
        if step.outcome is Outcome.KILLED:
            by_source[step.source, step.victims].setdefault(step.report_id, step)
    for (source, victims), told in by_source.items():
        if len(told) > 1:
            figures = [f"{say_range(step.min, step.max)}{_say_published(step.day)}" for step in told.values()]
            days = [step.day for step in told.values() if step.day is not None]
            if len(set(days)) == len(told):
                yield f"{source} revised its figure of {victims.value} killed: {', then '.join(figures)}."
            else:
                # Of two reports of one day nobody can say which figure came first.
                yield f"Reports quote {source} with different figures of {victims.value} killed: {', '.join(figures)}."


def _say_published(day: dt.date | None) -> str:
    return "" if day is None else f" ({say_day(day)})"


def sort_tellings(tellings: Iterable[ReportedIncident], reports: Mapping[str, Report]) -> tuple[ReportedIncident, ...]:
    """Tellings in order of publication; those of undated reports last, ties by report id and place in the text."""
    return tuple(
        sorted(
            tellings,
            key=lambda telling: (
                _day_of(reports[telling.report_id]),
                telling.report_id,
                telling.quote.field,
                telling.quote.start,
            ),
        )
    )


def find_revisions(incident: Incident, reports: Mapping[str, Report]) -> tuple[Revision, ...]:
    """The timeline of an incident's figures: each source's figure whenever it is new or changed.

    Args:
        incident: The incident.
        reports: The reports by id.

    Returns:
        The steps, in order of publication.
    """
    last: dict[tuple[str, Outcome, Victims], tuple[int | None, int | None]] = {}
    steps: list[Revision] = []
    for telling in sort_tellings(incident.tellings, reports):
        report = reports[telling.report_id]
        for claim in telling.claims:
            if claim.outcome is None or claim.victims is None or (claim.min is None and claim.max is None):
                continue
            source = _name_source(claim, report)
            key = (source, claim.outcome, claim.victims)
            if last.get(key) == (claim.min, claim.max):
                continue
            last[key] = (claim.min, claim.max)
            steps.append(
                Revision(report.published, source, report.id, claim.outcome, claim.victims, claim.min, claim.max)
            )
    return tuple(steps)


def agree_totals(tellings: Sequence[ReportedIncident], reports: Mapping[str, Report]) -> Totals:
    """Totals over all tellings: the widest range of what each source said last.

    Args:
        tellings: In order of publication.
        reports: The reports by id.

    Returns:
        The totals; a single telling's own when there is one telling.
    """
    if len(tellings) == 1:
        return tellings[0].totals
    newest: dict[tuple[str, Outcome], dt.date] = {}
    for telling in tellings:
        report = reports[telling.report_id]
        for claim in telling.claims:
            if claim.outcome is not None and (claim.min is not None or claim.max is not None):
                newest[_name_source(claim, report), claim.outcome] = _day_of(report)
    kept: list[Totals] = []
    for telling in tellings:
        report = reports[telling.report_id]
        current = [
            claim
            for claim in telling.claims
            if claim.outcome is None
            or newest.get((_name_source(claim, report), claim.outcome), _day_of(report)) == _day_of(report)
        ]
        whole = len(current) == len(telling.claims)
        own = telling.totals
        kept.append(own if whole else count_totals(current, count_people_as_civilians=_takes_all_for_civilians(own)))
    # What one telling calls a raid on a town another calls an attack; the victims are the same.
    killed = [claim for telling in tellings for claim in telling.claims if claim.outcome is Outcome.KILLED]
    fighters = any(claim.victims is Victims.COMBATANTS for claim in killed)
    if not fighters and any(_takes_all_for_civilians(telling.totals) for telling in tellings):
        kept = [_with_civilians(totals) for totals in kept]
    return Totals(
        killed_min=_least(totals.killed_min for totals in kept),
        killed_max=_most(totals.killed_max for totals in kept),
        civilians_killed_min=_least(totals.civilians_killed_min for totals in kept),
        civilians_killed_max=_most(totals.civilians_killed_max for totals in kept),
        children_killed_min=_least(totals.children_killed_min for totals in kept),
        women_killed_min=_least(totals.women_killed_min for totals in kept),
        combatants_killed_min=_least(totals.combatants_killed_min for totals in kept),
        injured_min=_least(totals.injured_min for totals in kept),
        injured_max=_most(totals.injured_max for totals in kept),
    )


def _takes_all_for_civilians(totals: Totals) -> bool:
    return totals.killed_max is not None and totals.civilians_killed_max == totals.killed_max


def _with_civilians(totals: Totals) -> Totals:
    """The totals with their people as civilians, where nothing is said of who they were."""
    if totals.civilians_killed_max is not None:
        return totals
    return replace(totals, civilians_killed_min=totals.killed_min, civilians_killed_max=totals.killed_max)


def _day_of(report: Report) -> dt.date:
    """The day of publication; reports without one come last, as in `sort_tellings`."""
    return report.published or dt.date.max


def _name_source(claim: Claim, report: Report) -> str:
    return name_outlet(report) if claim.claimant == OUTLET else claim.claimant


def _least(figures: Iterable[int | None]) -> int | None:
    return min((figure for figure in figures if figure is not None), default=None)


def _most(figures: Iterable[int | None]) -> int | None:
    return max((figure for figure in figures if figure is not None), default=None)


def _weight(telling: ReportedIncident) -> float:
    return 1.0 if telling.salience is Salience.MAIN else BACKGROUND_WEIGHT


def _vote(values: Iterable[tuple[T, float]]) -> T | None:
    # Ties go to the value told first, so that the outcome does not hang on the order of a set.
    votes: dict[T, float] = {}
    for value, weight in values:
        votes[value] = votes.get(value, 0.0) + weight
    return max(votes, key=lambda value: votes[value]) if votes else None


def _agree_kind(tellings: Sequence[ReportedIncident]) -> EventType:
    known = [
        (telling.event_type, _weight(telling)) for telling in tellings if telling.event_type is not EventType.OTHER
    ]
    return _vote(known) or EventType.OTHER


def _agree_when(tellings: Sequence[ReportedIncident]) -> When:
    dated = [telling for telling in tellings if telling.when.start is not None]
    if not dated:
        bounded = [telling.when for telling in tellings if telling.when.not_before or telling.when.not_after]
        return bounded[0] if bounded else tellings[0].when
    days = [telling for telling in dated if telling.when.start == telling.when.end]
    chosen = _vote(((telling.when.start, telling.when.end), _weight(telling)) for telling in days or dated)
    return next(t.when for t in dated if (t.when.start, t.when.end) == chosen)


def _agree_location(tellings: Sequence[ReportedIncident]) -> Location | None:
    located = [(telling.location, _weight(telling)) for telling in tellings if telling.location is not None]
    if not located:
        return None
    support: defaultdict[tuple[float, float], float] = defaultdict(float)
    for location, weight in located:
        support[location.latitude, location.longitude] += weight * location.score
    ranked = [location for location, _ in located]
    # Many tellings name the town, one the village in it; the finest place the tellings allow is shown, unless
    # it stands against the rest.
    best = max(ranked, key=lambda one: support[one.latitude, one.longitude])
    finer = [
        one
        for one in ranked
        if _FINENESS[one.precision] > _FINENESS[best.precision] and one.score >= MIN_SCORE and _lies_in(one, best)
    ]
    return max(finer, key=lambda one: (_FINENESS[one.precision], support[one.latitude, one.longitude]), default=best)


# A finer place is taken over a well-attested coarser one only when the gazetteer was sure of it.
MIN_SCORE = 0.6


def _lies_in(fine: Location, coarse: Location) -> bool:
    apart = distance_km(fine.latitude, fine.longitude, coarse.latitude, coarse.longitude)
    return apart * 1000 <= coarse.radius_m + fine.radius_m


def _agree_places(tellings: Sequence[ReportedIncident]) -> tuple[PlaceMention, ...]:
    location = _agree_location(tellings)
    seen: dict[object, PlaceMention] = {}
    for telling in tellings:
        for mention in telling.places:
            place = mention.location.place if mention.location else None
            seen.setdefault(place.id if place else mention.name, mention)

    def rank(mention: PlaceMention) -> tuple[bool, int]:
        fineness = _FINENESS[mention.location.precision] if mention.location else -1
        return not _is_at(mention, location), -fineness

    return tuple(sorted(seen.values(), key=rank))


def _is_at(mention: PlaceMention, location: Location | None) -> bool:
    if mention.location is None or location is None:
        return False
    return (mention.location.latitude, mention.location.longitude) == (location.latitude, location.longitude)


def _agree_governorate(tellings: Sequence[ReportedIncident], location: Location | None) -> str | None:
    # A region ("northern Syria") can reach over several governorates; its point lies in one of them by accident.
    is_region = location is not None and location.place is not None and location.place.kind == "region"
    if location is not None and location.governorate is not None and not is_region:
        return location.governorate
    return _vote((telling.governorate, _weight(telling)) for telling in tellings if telling.governorate is not None)


def _agree_attribution(tellings: Sequence[ReportedIncident]) -> Attribution:
    said = [telling.attribution for telling in tellings if telling.attribution is not Attribution.NONE]
    if not said:
        return Attribution.NONE
    if Attribution.CONTESTED in said or _name_different_actors(tellings):
        return Attribution.CONTESTED
    if Attribution.CLAIMED in said:
        return Attribution.CLAIMED
    return _vote((attribution, 1.0) for attribution in said) or Attribution.NONE


def _name_different_actors(tellings: Sequence[ReportedIncident]) -> bool:
    named = [set(telling.actors) for telling in tellings if telling.actors]
    return any(not one & other for place, one in enumerate(named) for other in named[place + 1 :])


def _find_disagreements(tellings: Sequence[ReportedIncident]) -> tuple[str, ...]:
    flags = [flag for telling in tellings for flag in telling.flags]
    days = sorted({t.when.start for t in tellings if t.when.start is not None and t.when.start == t.when.end})
    if len(days) > 1:
        flags.append(f"Reports give different days: {', '.join(map(str, days))}.")
    governorates = sorted({t.governorate for t in tellings if t.governorate is not None})
    if len(governorates) > 1:
        flags.append(f"Reports give different governorates: {', '.join(governorates)}.")
    tolls = [t.totals for t in tellings if t.totals.killed_max]
    highest = max((totals.killed_max or 0 for totals in tolls), default=0)
    lowest = min((totals.killed_max or 0 for totals in tolls), default=0)
    if lowest and highest > CONTRADICTORY_TOLLS * lowest and highest - lowest > CONTRADICTORY_LEAD:
        flags.append(f"Reports give tolls as far apart as {lowest} and {highest} killed.")
    return tuple(dict.fromkeys(flags))


# Early figures grow; more than three times and ten lives apart they may be of two events.
CONTRADICTORY_TOLLS = 3
CONTRADICTORY_LEAD = 10
