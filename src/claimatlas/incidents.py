"""Making incidents: which statements of one report tell of one event, and what they say of it together.

Reports tell an event several times: headline, lead, detail, a second source, a consequence. Statements are laid
together one by one in order of the text; place, day, deed, doer and figures say whether the next one goes on with an
event already told or begins another. Then each event's place, day, type, actors, attribution and totals are read off
its statements.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from claimatlas.claims import OUTLET, Statement
from claimatlas.dates import DateKind, DateMention
from claimatlas.figures import Figure
from claimatlas.lazy import lazy
from claimatlas.mentions import Mentions, Zone
from claimatlas.model import (
    Actor,
    Attribution,
    Claim,
    EventType,
    Extraction,
    Issue,
    Outcome,
    PlaceMention,
    ReportedIncident,
    Salience,
    Span,
    Stance,
    Victims,
    When,
)
from claimatlas.roles import Role
from claimatlas.scenes import Scene, Scenes, finest
from claimatlas.totals import count_totals, lowest_killed

if TYPE_CHECKING:
    from claimatlas.reference import Reference

# Evidence for and against one event, in points. Set by reading where coded reports were split or joined wrongly;
# run tests/quality again after a change.
SAME_PLACE, ZOOM, SAME_AREA = 3.0, 2.0, 1.0
OTHER_PLACE, OTHER_PLACE_UNTOLD, OTHER_GOVERNORATE = -5.0, -2.5, -6.0
SAME_DAY, OTHER_DAY, FAR_DAY, UNDATED = 1.5, -4.0, -8.0, -1.0
SAME_TYPE, OTHER_TYPE, UNLIKE_TYPE, OTHER_TOLL = 1.0, -1.5, -3.0, -4.5
SAME_DOER, OTHER_DOER = 1.0, -2.5
SAME_FIGURE, SAME_SINGLE, OTHER_FIGURE, SMALLER_FIGURE = 2.5, 1.0, -3.0, -1.5
NEXT_TO_LAST, HEADLINE = 1.0, 1.0
ELSEWHERE, EARLIER = -3.0, -2.0
DEFINITE, PLACELESS, ALSO, MORE = 2.0, 1.5, -1.5, -4.5
# Two events of one report rarely share a toll this high by chance.
MIN_SHARED_TOLL = 4
# A lead's toll is the sum of its places' from here on ("two dead", and one in each of two quarters, is chance).
MIN_SUM = 3
# Words that leave no doubt of the deed ("artillery shelling") tell an event where they name its place.
STRONG_TYPE = 3
# An event with fewer points is another one.
MIN_LIKENESS = 0.0
# A doer named once acts on through this many further sentences, where no other is named.
LENDING_SENTENCES = 3
# Words that say a type this strongly do not go with a doer who did something else.
FIRM_TYPE = 2
# Marks of statements that tell another story than the one before.
_OWN_STORY = frozenset({"elsewhere", "foreign", "earlier", "before", "unclaimed", "denial"})
# … and of those whose doer did something else than what comes next.
_NO_LENDER = _OWN_STORY | {"conditional", "campaign", "sum", "clause"}
# A place tied to the deed by more than a preposition ("in the village of X") has a weight above this.
_TOLD_WEIGHT = 2
# Settlements smaller than a city have this level at most (`scenes`).
_VILLAGE_LEVEL = 2
# A report's events are main when they lie no further apart; older ones are recalled in passing (codebook, section 6).
MAIN_DAYS = 2


class _Telling(msgspec.Struct, frozen=True, dict=True):
    """A statement with its scenes and days worked out."""

    statement: Statement
    scenes: tuple[Scene, ...]
    start: dt.date | None
    end: dt.date | None
    anchor: dt.date | None = None
    deed_leads: bool = False  # clauses of this language open with their deed, and mention few others

    @lazy
    def killed(self) -> frozenset[tuple[int | None, int | None]]:
        """The tolls of killed that it tells."""
        figures = [f for f in self.statement.figures if Outcome.KILLED in f.outcomes and not f.part]
        killed = {(f.min, f.max) for f in figures}
        if len(figures) > 1 and all(f.min is not None for f in figures):
            total = sum(f.min or 0 for f in figures)
            killed.add((total, total))  # "11 soldiers and 17 rebels": 28
        return frozenset(killed)

    @lazy
    def finest(self) -> list[Scene]:
        """Its most specific places."""
        return finest(self.scenes)

    @lazy
    def surveys(self) -> bool:
        """Whether it names places all over the country, as a round-up's lead does."""
        told = {s.governorate for s in self.scenes if s.governorate and s.is_placed and not s.role.relation}
        several = len(told - {"Damascus"} if "Rural Damascus" in told else told) > 1
        return several and not (self.deed_leads and "clause" in self.statement.marks)

    @lazy
    def kinds_killed(self) -> frozenset[Victims]:
        """Whom its figures of killed count."""
        figures = self.statement.figures
        return frozenset(f.victims for f in figures if Outcome.KILLED in f.outcomes and not f.part)


@dataclass
class _Event:
    """Statements laid together as one event.

    What they say together is asked for again with every statement that follows, and so kept until one is added.
    """

    tellings: list[_Telling] = field(default_factory=list)

    def add(self, tellings: Iterable[_Telling]) -> None:
        """Lay further statements to it."""
        self._forget()
        self.tellings.extend(tellings)

    def remove(self, telling: _Telling) -> None:
        """Take a statement away from it."""
        self._forget()
        self.tellings.remove(telling)

    def remove_all(self) -> None:
        """Take all statements away from it, so that it is none any more."""
        self._forget()
        self.tellings.clear()

    def _forget(self) -> None:
        tellings = self.tellings
        self.__dict__.clear()
        self.tellings = tellings

    @lazy
    def finest(self) -> list[Scene]:
        """Its most specific places."""
        return finest(self.scenes)

    @lazy
    def scenes(self) -> list[Scene]:
        """Its places; those of a headline, which may speak of several events, only where the body has none."""
        body = [s for t in self.tellings if t.statement.zone is not Zone.TITLE for s in t.scenes]
        if any(scene.governorate for scene in body):
            return body
        return [scene for telling in self.tellings for scene in telling.scenes]

    @lazy
    def is_headline(self) -> bool:
        """Whether only headlines have told it so far."""
        return all(telling.statement.zone is Zone.TITLE for telling in self.tellings)

    @lazy
    def surveys(self) -> bool:
        """Whether nothing but a round-up's lead has told of its places."""
        placed = [telling for telling in self.tellings if telling.scenes and telling.statement.zone is not Zone.TITLE]
        return bool(placed) and all(telling.surveys for telling in placed)

    @lazy
    def governorates(self) -> set[str]:
        """Where its places lie."""
        return {scene.governorate for scene in self.scenes if scene.governorate and scene.is_placed}

    @lazy
    def body_tolls(self) -> set[tuple[int | None, int | None]]:
        """The tolls that the body tells of it."""
        return {toll for t in self.tellings if t.statement.zone is not Zone.TITLE for toll in t.killed}

    @lazy
    def figures(self) -> list[tuple[Statement, Figure]]:
        return [(t.statement, figure) for t in self.tellings for figure in t.statement.figures]

    @lazy
    def killed_figures(self) -> list[Figure]:
        """Its figures of killed, without those of parts."""
        return [figure for _, figure in self.figures if Outcome.KILLED in figure.outcomes and not figure.part]

    @lazy
    def agents(self) -> set[Actor]:
        """Who did it; a headline, which may name several events' doers, only where the body names nobody."""
        body = {a for t in self.tellings if t.statement.zone is not Zone.TITLE for a in t.statement.agents}
        return body or {actor for telling in self.tellings for actor in telling.statement.agents}

    @lazy
    def type(self) -> EventType | None:
        weights: Counter[EventType] = Counter()
        for telling in self.tellings:
            if telling.statement.type is not None:
                emphasis = 2 if telling.statement.figures else 1
                weight = telling.statement.type_weight
                # A headline names several events in one breath.
                headline = telling.statement.zone is Zone.TITLE
                weights[telling.statement.type] += min(weight, 2) if headline else emphasis * weight
        if len(weights) > 1:
            weights.pop(EventType.OTHER, None)  # "a massacre" only says what came of it
        return weights.most_common(1)[0][0] if weights else None

    @lazy
    def days(self) -> set[dt.date]:
        return {t.start for t in self.tellings if t.start is not None and t.start == t.end}


def make_incidents(mentions: Mentions, statements: Sequence[Statement], reference: Reference) -> Extraction:
    """Lay the statements of a report together as incidents.

    Args:
        mentions: The report's mentions.
        statements: What its clauses tell (`claims.make_claims`).
        reference: Gazetteer and layers.

    Returns:
        The report with its incidents, in order of the text, and whatever was doubtful.
    """
    scenes = Scenes(mentions, statements, reference)
    tellings = [_telling(mentions, statement, scenes) for statement in statements]
    events: list[_Event] = []
    last: _Event | None = None
    waiting: list[_Telling] = []
    for telling in tellings:
        if not _is_of_use(telling.statement):
            continue
        event = _find_event(telling, events, last)
        if "sum" in telling.statement.marks and telling.killed:
            tolls = {toll for e in events for t in e.tellings for toll in t.killed}
            if tolls and not _about_same(tolls, telling.killed):
                continue  # adds up several events; belongs to none of them (codebook, section 5)
        if event is None and last is not None and _tells_parts(telling):
            event = last
        if event is None:
            if not _can_begin(telling):
                waiting.append(telling)
                continue
            event = _Event()
            events.append(event)
            if len(events) == 1:
                event.add([t for t in waiting if _leads_to(t, telling)])
            event.add([t for t in waiting[-1:] if t not in event.tellings and _has_toll(t, telling)])
        event.add([telling])
        # "The attack" after a remark on another one goes on with what the report is about.
        if last is None or not telling.statement.marks & {"before", "earlier", "aside"}:
            last = event
    issues: list[Issue] = []
    kept = [event for event in _drop_sums(_join_repeats(events)) if _is_incident(event)]
    _lend_doers(kept, waiting)
    kept = _drop_surveys(kept)
    incidents = [_make_incident(mentions, event, scenes, statements) for event in kept]
    incidents = _set_salience(mentions, incidents, kept)
    for incident in incidents:
        if incident.location is None and incident.places:
            names = ", ".join(place.name for place in incident.places)
            issues.append(
                Issue("place_unknown", f"No place is known by the name {names}.", mentions.report.id, words=names)
            )
    return Extraction(mentions.report, tuple(incidents), tuple(issues))


def _tells_parts(telling: _Telling) -> bool:
    """Whether a statement only says who some of the victims just counted were: "two medics were among the dead"."""
    figures = telling.statement.figures
    return bool(figures) and all(f.part for f in figures) and not telling.scenes and telling.start is None


def _join_repeats(events: list[_Event]) -> list[_Event]:
    """Put together what later sentences showed to be one event: the same toll again, or a headline's own event."""
    joined: list[_Event] = []
    for event in events:
        home = next((other for other in joined if _repeats(event, other)), None)
        if home is None:
            joined.append(event)
        else:
            home.add(event.tellings)
    _move_headlines(joined)
    heads = [event for event in joined if event.is_headline]
    if len(heads) == len(joined):
        return joined
    # A headline tells of nothing that the report does not.
    return [event for event in joined if event not in heads]


def _drop_sums(events: list[_Event]) -> list[_Event]:
    """Take a toll that adds up those of several events from the one that holds it, and lend its doers to all.

    "21 people were killed in regime attacks on four towns. In A, 3 … In B, 18 …" (codebook, section 5).
    """
    told = [
        (telling, event) for event in events for telling in event.tellings if telling.statement.zone is not Zone.TITLE
    ]
    for lead, home in told:
        whole = {low for low, _ in lead.killed if low is not None and low >= MIN_SUM}
        parts = [
            (max(low for low, _ in telling.killed if low is not None), event)
            for telling, event in told
            if telling.statement.sentence > lead.statement.sentence
            and any(low is not None for low, _ in telling.killed)
            and not (event.days and lead.start not in (None, *event.days))  # another day's toll is no part
            and (max(whole, default=0) >= MIN_SHARED_TOLL or _lies_within(telling, lead))
        ]
        holders = _summed(parts, whole)
        if len(holders) < 2:
            continue
        heads = [t for t in home.tellings if t.statement.zone is Zone.TITLE and _about_same(t.killed, lead.killed)]
        for telling in (lead, *heads):
            home.remove(telling)
        if not any(map(_can_begin, home.tellings)):
            home.remove_all()
        elif heads:
            home.add(map(_without_toll, heads))
        doers = replace(lead, statement=_doer_only(lead.statement), scenes=())
        day = replace(doers, statement=replace(doers.statement, date=lead.statement.date))
        for event in events:
            if id(event) in holders and not _names_doer(event):
                event.add([day if not event.days else doers])
        return [event for event in events if event.tellings]
    return events


def _names_doer(event: _Event) -> bool:
    """Whether more than a headline names who did it."""
    return any(t.statement.agents for t in event.tellings if t.statement.zone is not Zone.TITLE)


def _lies_within(telling: _Telling, lead: _Telling) -> bool:
    """Whether all of a statement's places are, or lie in, those of a round-up's lead."""
    return bool(telling.finest) and all(
        any(other.same(scene) or other.holds(scene) or other.governorate == scene.governorate for other in lead.scenes)
        for scene in telling.finest
    )


def _summed(parts: Sequence[tuple[int, _Event]], whole: set[int]) -> set[int]:
    """The events (by identity) whose tolls, in order of the text, add up to one of the sums told before them."""
    total, holders = 0, set[int]()
    for low, event in parts:
        if low in whole:
            return set()
        if id(event) not in holders:
            total += low
            holders.add(id(event))
        if total in whole:
            return holders
    return set()


def _drop_surveys(events: list[_Event]) -> list[_Event]:
    """Leave out the lead of a round-up whose events are told one by one behind it."""
    kept = []
    for at, event in enumerate(events):
        told = [other for other in events[at + 1 :] if other.governorates and other.governorates <= event.governorates]
        if event.body_tolls:
            told = [other for other in told if other.body_tolls]
        if not event.surveys or len(told) < (2 if event.body_tolls else 1):
            kept.append(event)
            continue
        for other in told:
            lent = [_without_toll(telling) for telling in event.tellings if telling.statement.zone is not Zone.TITLE]
            other.add(telling for telling in lent if not other.days or telling.start is None)
    return kept


def _without_toll(telling: _Telling) -> _Telling:
    """What a round-up's lead says of all its events: doer, means and day."""
    return replace(telling, statement=replace(telling.statement, figures=()), scenes=())


def _move_headlines(events: Sequence[_Event]) -> None:
    """Give a headline's toll to the event whose body tells it, where the headline names several events."""
    for event in events:
        for telling in [t for t in event.tellings if t.statement.zone is Zone.TITLE and t.killed]:
            if event.is_headline or _about_same(event.body_tolls, telling.killed):
                continue
            home = next((e for e in events if e is not event and _about_same(e.body_tolls, telling.killed)), None)
            if home is not None:
                event.remove(telling)
                home.add([telling])


def _about_same(
    tolls: Iterable[tuple[int | None, int | None]], others: Iterable[tuple[int | None, int | None]]
) -> bool:
    """Whether two sets of tolls share one; "more than 50" and "at least 50" are one toll."""
    lows, theirs = ({low or high or 0 for low, high in group} for group in (tolls, others))
    return any(low in theirs or (low >= MIN_SHARED_TOLL and {low - 1, low + 1} & theirs) for low in lows)


def _repeats(event: _Event, other: _Event) -> bool:
    """Whether two events have an unusual toll in common and nothing that tells them apart."""
    tolls, known = (
        {low for t in e.tellings for low, high in t.killed if low is not None and low >= MIN_SHARED_TOLL}
        for e in (event, other)
    )
    if not tolls & known:
        return False
    return all(
        _place_points(telling, other) > OTHER_PLACE_UNTOLD and _day_points(telling, other) > OTHER_DAY
        for telling in event.tellings
    )


def _lend_doers(events: Sequence[_Event], waiting: Sequence[_Telling]) -> None:
    """Give an event told without doer and means those of the event told right before it.

    "Regime warplanes hit two towns. Nine people died in A. Another six died in B": the doer is named once, be it in a
    sentence that names no place (`waiting`: those that have begun no event).
    """
    leads = [telling for telling in waiting if not telling.statement.marks & _NO_LENDER]
    for at, event in enumerate(events):
        own = [telling.statement for telling in event.tellings]
        if event.agents or event.is_headline or any(s.marks & _OWN_STORY for s in own):
            continue
        first = own[0]
        told_before = [(telling, other) for other in events[:at] for telling in other.tellings]
        told_before += [(telling, _Event([telling])) for telling in leads]
        lenders = [
            (telling.statement.first, telling, other)
            for telling, other in told_before
            if telling.statement.agents
            and telling.statement.first < first.first
            and telling.statement.zone is not Zone.TITLE
        ]
        if not lenders:
            continue
        _, lender, other = max(lenders, key=lambda item: item[0])
        near = first.sentence - lender.statement.sentence <= LENDING_SENTENCES or _leads(lender, events, first)
        days, theirs = event.days, other.days
        told = max((s.type_weight for s in own), default=0) >= FIRM_TYPE
        alike = not told or event.type is lender.statement.type
        if near and alike and (not days or not theirs or days & theirs or _follow(days, theirs, told=told)):
            event.add([replace(lender, statement=_doer_only(lender.statement), scenes=())])


def _leads(lender: _Telling, events: Sequence[_Event], until: Statement) -> bool:
    """Whether a report's lead tells of strikes all over, whose places follow one by one, and nobody else did any."""
    agents = set(lender.statement.agents)
    told = [t for e in events for t in e.tellings if t.statement.first < until.first and t.statement.agents]
    is_lead = all(lender.statement.first <= t.statement.first for t in told if t.statement.zone is not Zone.TITLE)
    places = [scene for scene in lender.scenes if scene.is_specific]
    return is_lead and not places and all(set(t.statement.agents) == agents for t in told)


def _follow(days: Collection[dt.date], others: Collection[dt.date], *, told: bool) -> bool:
    """Whether deeds of one kind are told of two days in a row ("26 had died in raids of the same kind on Monday")."""
    return told and min(abs((day - other).days) for day in days for other in others) <= 1


def _doer_only(statement: Statement) -> Statement:
    """What a statement says of doer and means, without its tolls and its day."""
    return replace(statement, figures=(), date=None, said_date=None)


def _is_of_use(statement: Statement) -> bool:
    """Whether a statement says anything of a deed that happened: not plans, lasting campaigns or mere talk."""
    if statement.figures:
        return True
    if {"amid", "clause"} <= statement.marks and not statement.places:
        return False  # "… amid clashes", "coinciding with flights of warplanes"
    if statement.marks & {"campaign", "conditional", "sum"}:
        return "denial" in statement.marks
    if statement.marks & {"denial", "accusal", "owned", "none_killed"}:
        return True
    firm = any(
        entry.kind == "event" and "weak" not in entry.flags for word in statement.deeds for entry in word.entries
    )
    tied = "definite" in statement.marks or statement.places or statement.date is not None
    return bool(statement.deeds) and bool(firm or tied)


def _leads_to(lead: _Telling, telling: _Telling) -> bool:
    """Whether a report's first words, too vague to begin an event, tell of the first one that begins.

    "Warplanes struck the countryside of Idlib today", and only then the village and the toll.
    """
    statement = lead.statement
    if statement.zone is Zone.TITLE or not statement.deeds or not (statement.agents or lead.start):
        return False
    if statement.marks & {"conditional", "denial", "campaign", "earlier", "before", "foreign", "clause"}:
        return False
    agents = telling.statement.agents
    goes_on = not agents and "definite" in telling.statement.marks
    untold = not lead.scenes or not telling.scenes
    if goes_on and untold and statement.agents and telling.statement.sentence - statement.sentence <= 1:
        return True  # "Troops raided a house in A. Thirteen people died in the clashes"
    same_doer = bool(set(statement.agents) & set(agents)) or (not agents and "definite" in telling.statement.marks)
    return same_doer and _likeness(lead, _Event([telling])) >= SAME_DOER


def _has_toll(deed: _Telling, toll: _Telling) -> bool:
    """Whether a sentence of mere figures is the toll of the deed told, without one, right before it."""
    told, counted = deed.statement, toll.statement
    if not counted.figures or toll.scenes or told.type is None or counted.type not in (None, told.type):
        return False
    if counted.type is None and told.type_weight < 2:
        return False
    if told.marks & {"denial", "campaign", "conditional", "foreign", "sum"} or counted.marks & {"elsewhere", "earlier"}:
        return False
    return bool(deed.scenes) and 0 <= counted.sentence - told.sentence <= 1


def _telling(mentions: Mentions, statement: Statement, scenes: Scenes) -> _Telling:
    start, end = _days(statement.date)
    deed_leads = mentions.vocabulary.grammar.subject == "after"
    return _Telling(statement, scenes.of(statement), start, end, mentions.anchor, deed_leads)


def _days(date: DateMention | None) -> tuple[dt.date | None, dt.date | None]:
    return (date.start_day, date.end_day) if date is not None else (None, None)


# ---------------------------------------------------------------------------------------------
# Which event a statement tells of
# ---------------------------------------------------------------------------------------------


def _find_event(telling: _Telling, events: Sequence[_Event], last: _Event | None) -> _Event | None:
    best: tuple[float, int] | None = None
    for at, event in enumerate(events):
        points = _likeness(telling, event) + (NEXT_TO_LAST if event is last else 0.0)
        if points >= MIN_LIKENESS and (best is None or points >= best[0]):
            best = (points, at)
    return events[best[1]] if best is not None else None


def _likeness(telling: _Telling, event: _Event) -> float:
    statement = telling.statement
    points = _place_points(telling, event) + _day_points(telling, event) + _type_points(statement, event)
    points += _doer_points(statement, event) + _figure_points(telling, event)
    if "elsewhere" in statement.marks:
        points += ELSEWHERE
    if statement.marks & {"earlier", "before"}:
        points += EARLIER
    if "foreign" in statement.marks and not telling.scenes:
        points += OTHER_PLACE
    if event.is_headline:
        points += HEADLINE
    if "definite" in statement.marks:
        points += DEFINITE
    elif not telling.scenes and telling.start is None and not statement.marks & {"elsewhere", "before"}:
        points += PLACELESS  # what names neither place nor day goes on with what was told
    if (
        "also" in statement.marks
        and telling.killed
        and not _goes_on(telling)
        and any(other.killed for other in event.tellings)
    ):
        points += ALSO
    if _goes_on(telling):
        points += DEFINITE  # "a fourth was shot"
    if _is_foes_toll(telling, event):
        points += MORE
    if _adds_victims(statement) and _rival_figures(telling, event):
        points += MORE
    return points


def _is_foes_toll(telling: _Telling, event: _Event) -> bool:
    """Whether one source tells of dead that a foe of the event's doers killed: "the army killed 12 on its return"."""
    agents, known = set(telling.statement.agents), event.agents
    if not telling.killed or not agents or not known or agents & known or "accusal" in telling.statement.marks:
        return False
    if any(agents & side and known & side for side in _ALLIES) or event.type is EventType.CLASH:
        return False
    tolls = {toll for other in event.tellings for toll in other.killed}
    return bool(tolls) and not _about_same(telling.killed, tolls)


def _adds_victims(statement: Statement) -> bool:
    """Whether a statement tells of further victims of another deed: "three more were killed in a bomb attack"."""
    more = any(f.additional and not f.part and not f.bare and Outcome.KILLED in f.outcomes for f in statement.figures)
    placed = any(not place.relation for place in statement.places)
    return more and (statement.type is not None or placed) and "definite" not in statement.marks


def _place_points(telling: _Telling, event: _Event) -> float:
    """Compare the most specific places of both: two villages of "Aleppo province" are still two villages."""
    here, there = telling.finest, event.finest
    if not here or not there:
        return 0.0
    if event.surveys and not telling.surveys and _has_own_deed(telling, event):
        return OTHER_PLACE  # a round-up tells its events one by one behind the lead
    if _share_scene(here, there):
        return SAME_PLACE if here[0].is_specific else SAME_AREA
    if any(scene.holds(other) or other.holds(scene) for scene in here for other in there):
        if _are_towns(here) and _are_towns(there) and _rival_figures(telling, event):
            return OTHER_PLACE  # neighbouring towns, each with a toll
        return ZOOM if here[0].is_specific and there[0].is_specific else SAME_AREA
    governorates = {scene.governorate for scene in here if scene.governorate and scene.is_placed}
    others = {scene.governorate for scene in there if scene.governorate and scene.is_placed}
    if governorates and others and not governorates & others:
        headed = all(other.statement.zone is Zone.TITLE for other in event.tellings if other.scenes)
        beside = headed and all(scene.role.relation for scene in there)
        return OTHER_PLACE_UNTOLD / 2 if beside else OTHER_GOVERNORATE  # "near Aleppo", says the headline
    if not here[0].is_specific or not there[0].is_specific:
        return SAME_AREA if governorates & others else 0.0
    if all(other.statement.zone is Zone.TITLE for other in event.tellings if other.scenes):
        return OTHER_PLACE_UNTOLD / 2  # headlines name the nearest town anybody knows
    return OTHER_PLACE if _rival_figures(telling, event) or _tells_deed(telling) else OTHER_PLACE_UNTOLD


def _share_scene(here: Sequence[Scene], there: Sequence[Scene]) -> bool:
    """Whether two events have a place in common, and not only the town that tells where their own places lie."""
    own = [scene for scene in here if not any(scene.same(other) for other in there)]
    theirs = [scene for scene in there if not any(scene.same(other) for other in here)]
    shared = [scene for scene in (*here, *there) if scene not in own and scene not in theirs]
    return bool(shared) and not (own and theirs and all(scene.role.relation for scene in shared))


def _are_towns(scenes: Iterable[Scene]) -> bool:
    """Whether places are whole settlements, and neither parts of one nor areas."""
    return all(scene.place is not None and scene.place.kind in ("city", "town", "village") for scene in scenes)


def _tells_deed(telling: _Telling) -> bool:
    """Whether a statement tells who did what, or that nobody was killed."""
    statement = telling.statement
    told = bool(statement.deeds and (statement.agents or "none_killed" in statement.marks))
    if telling.deed_leads and "clause" in statement.marks:
        return told or any(word.get("event", "verb") is not None for word in statement.deeds)
    return told and "clause" not in statement.marks


def _has_own_deed(telling: _Telling, event: _Event) -> bool:
    """Whether a statement on one place tells more than a round-up's lead: a lower toll, or a deed where it had none."""
    tolls = {low for low, _ in event.body_tolls if low is not None}
    own = {low for low, _ in telling.killed if low is not None}
    if "elsewhere" in telling.statement.marks:
        return True
    if tolls:
        return bool(own) and max(own) < min(tolls)
    return bool(own) or (_tells_deed(telling) and "definite" not in telling.statement.marks)


def _day_points(telling: _Telling, event: _Event) -> float:
    days = event.days
    said = telling.statement.said_date
    if telling.start is None and said is not None and said.end_day is not None and days and said.end_day < min(days):
        return OTHER_DAY  # said before it happened
    if telling.start is None:
        return _unresolved_day_points(telling, event)
    if not days:
        # An event told without a day is mostly of the report's own day, or of the one before.
        own = any(other.killed for other in event.tellings) and bool(telling.killed)
        undated = UNDATED if own and telling.start == telling.end and telling.start != telling.anchor else 0.0
        return OTHER_DAY if _is_recalled(telling) and not any(map(_is_recalled, event.tellings)) else undated
    if telling.start == telling.end:
        if telling.start in days:
            return SAME_DAY
        return FAR_DAY if min(abs((telling.start - day).days) for day in days) > MAIN_DAYS else OTHER_DAY
    assert telling.end is not None
    return 0.0 if any(telling.start <= day <= telling.end for day in days) else OTHER_DAY


def _unresolved_day_points(telling: _Telling, event: _Event) -> float:
    """Compare days that nobody can resolve, as told: "Sunday" is not "Tuesday", and "last month" is neither."""
    date = telling.statement.date
    others = [other.statement.date for other in event.tellings if other.statement.date is not None]
    if date is None or not others:
        return 0.0
    weekdays = {other.weekday for other in others if other.weekday is not None}
    if date.weekday is not None and weekdays:
        return 0.0 if date.weekday in weekdays else OTHER_DAY
    return OTHER_DAY if _is_long_ago(date) and not any(map(_is_long_ago, others)) else 0.0


def _is_long_ago(date: DateMention) -> bool:
    """Whether a day is told as one of another month or year than the report's own."""
    return date.start_day is None and date.unit in ("month", "year") and date.back is not None and date.back[0] >= 1


def _is_recalled(telling: _Telling) -> bool:
    """Whether a statement tells of days older than the report's own."""
    if telling.end is None or telling.anchor is None:
        return telling.statement.date is not None and _is_long_ago(telling.statement.date)
    return (telling.anchor - telling.end).days > MAIN_DAYS


_STRIKES = frozenset({EventType.AIRSTRIKE, EventType.SHELLING, EventType.CHEMICAL, EventType.CLASH})


def _type_points(statement: Statement, event: _Event) -> float:
    known = event.type
    if statement.type is None or known is None:
        return 0.0
    if statement.type is known:
        return SAME_TYPE
    if statement.type_weight <= 1:
        return 0.0
    if EventType.CLASH in (statement.type, known) and EventType.AIRSTRIKE in (statement.type, known):
        both = any(Outcome.KILLED in f.outcomes for f in statement.figures) and bool(event.killed_figures)
        return OTHER_TOLL if both else UNLIKE_TYPE if statement.figures else OTHER_TYPE
    if statement.type in _STRIKES and known in _STRIKES:
        return OTHER_TYPE
    return UNLIKE_TYPE


# Who fights side by side, so that one sentence names one of them and the next another.
_ALLIES = (
    frozenset({Actor.TURKEY, Actor.TURKISH_BACKED_OPPOSITION}),
    frozenset({Actor.SYRIAN_GOVERNMENT, Actor.RUSSIA, Actor.IRAN_ALLIES}),
    frozenset({Actor.US_LED_COALITION, Actor.SDF_YPG}),
    frozenset({Actor.OPPOSITION, Actor.HTS_NUSRA}),
)


def _doer_points(statement: Statement, event: _Event) -> float:
    agents, known = set(statement.agents), event.agents
    if not agents or not known:
        return 0.0
    if agents & known:
        return SAME_DOER
    if any(agents & side and known & side for side in _ALLIES):
        return 0.0
    return 0.0 if "accusal" in statement.marks else OTHER_DOER


def _goes_on(telling: _Telling) -> bool:
    """Whether a statement counts further victims of the deed told right before it: "11 rebels also died"."""
    figures = [f for f in telling.statement.figures if not f.part]
    return bool(figures) and figures[0].together


def _rival_figures(telling: _Telling, event: _Event) -> set[tuple[int | None, int | None]]:
    """The event's figures of killed that count the same kind of victims as a statement's, and so can contradict it."""
    if not telling.killed:
        return set()
    kinds = telling.kinds_killed
    return {
        (figure.min, figure.max)
        for figure in event.killed_figures
        if not figure.vague  # "dozens" contradicts no number
        if figure.victims in kinds or Victims.PEOPLE in kinds or figure.victims is Victims.PEOPLE
    }


def _figure_points(telling: _Telling, event: _Event) -> float:
    here = telling.killed
    there = _rival_figures(telling, event)
    if not there:
        return 0.0
    shared = {low or high or 0 for low, high in here} & {low or high or 0 for low, high in there}
    joined = sum(1 for f in telling.statement.figures if Outcome.KILLED in f.outcomes and not f.part) > 1
    if not shared and joined and _about_same(here, there):
        return SAME_FIGURE  # "70 fighters" are 30 soldiers and 39 rebels
    if shared:
        return (SAME_FIGURE if max(shared) > 1 else SAME_SINGLE) + (HEADLINE if event.is_headline else 0.0)
    if "update" in telling.statement.marks or _goes_on(telling):
        return 0.0
    same_source = any(
        other.statement.claimant == telling.statement.claimant and other.killed for other in event.tellings
    )
    headline_only = all(other.statement.zone is Zone.TITLE for other in event.tellings if other.killed)
    if headline_only or not same_source:
        return 0.0
    highest, known = (max(low or high or 0 for low, high in figures) for figures in (here, there))
    return SMALLER_FIGURE if highest < known and not telling.start else OTHER_FIGURE


def _is_hit(statement: Statement) -> bool:
    """Whether a side is hit without a word of who did it: "the group was targeted in the village of X"."""
    hit = any(role.role is Role.TARGET for role in statement.actors)
    own = not statement.marks & {"clause", "definite", "campaign", "earlier", "before"}
    verbs = (word.get("event", "verb") for word in statement.deeds)
    return hit and own and not statement.agents and any(v is not None and "aimed" in v.flags for v in verbs)


def _can_begin(telling: _Telling) -> bool:
    """Whether a statement tells of an event of its own, not told before."""
    statement = telling.statement
    if statement.marks & {"conditional"} and not statement.figures:
        return False
    if "foreign" in statement.marks and not telling.scenes:
        return False
    if statement.figures:
        # Prisoners are counted among the spoils of an offensive, too.
        taken = all(set(figure.outcomes) == {Outcome.CAPTURED} for figure in statement.figures)
        return not taken or bool(telling.scenes) or statement.type is EventType.ABDUCTION
    if statement.type in (None, EventType.CLASH) and "where" in statement.marks:
        return False
    placed = any(scene.is_specific for scene in telling.scenes)
    if statement.type in (None, EventType.CLASH) and not statement.engages:
        return _is_hit(statement) and any(s.is_specific and s.role.weight > _TOLD_WEIGHT for s in telling.scenes)
    vague = statement.type_weight < 2 and not statement.agents
    vague = vague and statement.type not in (EventType.SHELLING, EventType.OTHER)
    if vague or statement.marks & {"denial", "campaign"}:
        return False
    date = statement.date
    if date is not None and date.kind is DateKind.VAGUE and date.month is None and date.year is None:
        return False
    headed = any(scene.role.weight >= 3 and scene.role.first - statement.first <= 2 for scene in telling.scenes)
    # … and so does a clause that goes on from one strike to the next ("كما طال القصف أطراف …").
    strong = telling.deed_leads and (statement.type_weight >= STRONG_TYPE or "clause" in statement.marks)
    apart = bool(statement.marks & {"none_killed", "elsewhere"})
    if placed and (headed or strong or apart or statement.agents or statement.date):
        return True
    return bool(statement.agents and statement.date and telling.scenes)


def _is_incident(event: _Event) -> bool:
    """Whether an event is one by the codebook: told in the body or with a figure, in the country, not a campaign."""
    statements = [telling.statement for telling in event.tellings]
    if not event.figures and all(statement.zone is Zone.TITLE for statement in statements):
        return bool(event.scenes)
    if any("foreign" in s.marks for s in statements) and not event.scenes:
        return False
    if all("campaign" in statement.marks for statement in statements):
        return False
    if not event.scenes and not event.type and not event.agents:
        return bool(event.figures)
    return True


# ---------------------------------------------------------------------------------------------
# What the statements say of an event together
# ---------------------------------------------------------------------------------------------


def _make_incident(
    mentions: Mentions, event: _Event, scenes: Scenes, statements: Sequence[Statement]
) -> ReportedIncident:
    type_ = _event_type(event)
    agents = _actors(event, type_)
    claims, parts, hidden = _make_claims(mentions, event, agents)
    quote = next((c.quote for c in claims if c.outcome is not None), claims[0].quote)
    places = scenes.rank(
        event.scenes or scenes.fallback(event.tellings[0].statement.sentence), [t.scenes for t in event.tellings]
    )
    if _names_no_village(mentions, event):
        places = [scenes.widen(scene) for scene in places]
    located = next((scene for scene in places if scene.location is not None), None)
    governorate = next((scene.governorate for scene in places if scene.governorate), None)
    populated = type_ in (EventType.AIRSTRIKE, EventType.SHELLING, EventType.CHEMICAL, EventType.EXPLOSION)
    left_out = hidden | parts
    totals = count_totals(
        _add_earlier(
            mentions,
            event,
            _add_sides(mentions, event, [c for c in claims if c not in left_out] if left_out else claims),
        ),
        count_people_as_civilians=populated and not any(c.victims is Victims.COMBATANTS for c in claims),
    )
    totals = dataclasses.replace(totals, **_kinds_killed(claims))
    if any("none_killed" in t.statement.marks for t in event.tellings) and totals.killed_min is None:
        totals = dataclasses.replace(totals, killed_min=0, killed_max=0, civilians_killed_min=0, civilians_killed_max=0)
        if any("none_injured" in t.statement.marks for t in event.tellings) and totals.injured_min is None:
            totals = dataclasses.replace(totals, injured_min=0, injured_max=0)
    return ReportedIncident(
        report_id=mentions.report.id,
        quote=quote,
        event_type=type_,
        when=_when(mentions, event, statements),
        places=tuple(
            PlaceMention(
                s.name, mentions.token_span(s.role.first, s.role.last), s.governorate, s.location, s.role.relation
            )
            for s in places
        ),
        governorate=governorate,
        location=located.location if located is not None else None,
        actors=agents,
        attribution=_attribution(event, agents, statements),
        claims=tuple(claims),
        totals=totals,
        means=tuple(mentions.token_span(w.first, w.last) for t in event.tellings for w in t.statement.means)[:8],
        flags=_flags(located, event),
    )


_UNNAMED_VILLAGE = re.compile(
    r"\b(?:a|an|another|one) (?:\w+ ){0,2}(?:village|hamlet)\b(?! (?:of|called|named) [A-Z](?!\w*ern))"
)


def _names_no_village(mentions: Mentions, event: _Event) -> bool:
    """Whether the event is said to have happened in a village that the report does not name."""
    statements = [t.statement for t in event.tellings if t.statement.figures or t.statement.deeds]
    if any(scene.is_specific and scene.level <= _VILLAGE_LEVEL for scene in event.scenes):
        return False
    return any(
        _UNNAMED_VILLAGE.search(mentions.text[mentions.tokens[s.first].start : mentions.tokens[s.last - 1].end])
        for s in statements
    )


def _flags(located: Scene | None, event: _Event) -> tuple[str, ...]:
    """What is doubtful about the place: also a governorate told that is not the one the point lies in."""
    if located is None or located.location is None:
        return ()
    flags = tuple(located.location.flags)
    beside = [t.scenes for t in event.tellings if any(scene.same(located) for scene in t.scenes)]
    areas = {s.governorate for scenes in beside for s in scenes if any("governorate" in area for area in s.role.ids)}
    own = located.location.governorate
    if own is None or len(areas) != 1 or own in areas:
        return flags
    (area,) = areas
    return (*flags, f"The report says {area}; the point of {located.name} lies in {own}.")


def _add_sides(mentions: Mentions, event: _Event, claims: Sequence[Claim]) -> list[Claim]:
    """The claims with those of one sentence that count two sides apart made one: "11 soldiers and 17 rebels" are 28."""
    sentence_of: dict[Span, int] = {}
    together = {mentions.span(f.start, f.end) for _, f in event.figures if f.together}
    for number, telling in enumerate(event.tellings):
        goes_on = number and _goes_on(telling)
        for figure in telling.statement.figures:
            sentence_of.setdefault(mentions.span(figure.start, figure.end), number - 1 if goes_on else number)
    sides: dict[tuple[object, ...], list[Claim]] = {}
    for claim in claims:
        at = sentence_of.get(claim.quote)
        alone = at is None or claim.outcome is None
        key = (claim.id,) if alone else (at, claim.claimant, claim.outcome, claim.victims)
        sides.setdefault(key, []).append(claim)
    added = [claim for group in sides.values() for claim in _added(group)]
    return [_with_companions(claim, added, sentence_of, together) for claim in added]


def _add_earlier(mentions: Mentions, event: _Event, claims: Sequence[Claim]) -> list[Claim]:
    """The claims, with what another source gave before counted in where one says who "also" died.

    "Five medics were killed, the aid group said. SOHR said nine fighters were also killed": SOHR's toll is 14.
    """
    too = {mentions.span(f.start, f.end) for _, f in event.figures if f.too}
    added: list[Claim] = []
    for claim in claims:
        own = [c for c in added if c.outcome is claim.outcome]
        alone = bool(own) and all(
            c.claimant != claim.claimant and (c.victims is not claim.victims or claim.max == 1) for c in own
        )
        if claim.quote in too and alone and claim.min is not None and own[-1].min is not None:
            low = claim.min + own[-1].min
            claim = dataclasses.replace(claim, victims=Victims.PEOPLE, min=low, max=low)
        added.append(claim)
    return added


def _added(claims: list[Claim]) -> list[Claim]:
    """Several figures of one sentence for one kind of victims as one; bounds from above are left as they are."""
    if len(claims) == 1 or any(claim.min is None for claim in claims):
        return claims
    total = dataclasses.replace(
        claims[0],
        min=sum(claim.min or 0 for claim in claims),
        max=None if any(claim.max is None for claim in claims) else sum(claim.max or 0 for claim in claims),
    )
    return [total]


def _with_companions(
    claim: Claim, claims: Sequence[Claim], sentence_of: Mapping[Span, int], together: Collection[Span]
) -> Claim:
    """The victims of "a man and three children" are four: fewer people than children were told apart from them.

    So are those counted in one breath ("40 fighters and 70 guards", "a father, a mother and a son").
    """
    at = sentence_of.get(claim.quote)
    if claim.victims not in (Victims.PEOPLE, Victims.CIVILIANS) or claim.min is None or at is None:
        return claim
    beside = [
        other
        for other in claims
        if sentence_of.get(other.quote) == at
        and (other.claimant, other.outcome) == (claim.claimant, claim.outcome)
        and other.victims is not Victims.PEOPLE
        and (claim.victims is Victims.PEOPLE or other.victims in (Victims.WOMEN, Victims.CHILDREN))
        and other.min is not None
    ]
    companions = [other for other in beside if claim.quote in together or other.quote in together]
    if not companions and claim.min == claim.max and claim.victims is Victims.PEOPLE:
        kin = [c for c in beside if c.victims in (Victims.WOMEN, Victims.CHILDREN) and c.min == c.max]
        companions = kin if max((other.min or 0 for other in kin), default=0) > claim.min else []
    if not companions:
        return claim
    low = claim.min + sum(other.min or 0 for other in companions)
    is_exact = all(other.min == other.max for other in (claim, *companions))
    return dataclasses.replace(claim, min=low, max=low if is_exact else None)


def _kinds_killed(claims: Sequence[Claim]) -> dict[str, int | None]:
    """The lowest figures of children, women and fighters, of whom parts of a toll tell too."""
    return {
        "children_killed_min": lowest_killed(claims, Victims.CHILDREN),
        "women_killed_min": lowest_killed(claims, Victims.WOMEN),
        "combatants_killed_min": lowest_killed(claims, Victims.COMBATANTS),
    }


def _kills_fighters(statement: Statement) -> bool:
    """Whether one side's troops are said to have killed those of another: "the SDF killed 47 militants of ISIS"."""
    killed = any(f.victims is Victims.COMBATANTS and Outcome.KILLED in f.outcomes for f in statement.figures)
    victims = {actor for role in statement.actors if role.role is Role.VICTIM for actor in role.actors}
    doers = set(statement.agents)
    return killed and bool(victims) and bool(doers) and not doers & (victims | _FLYING)


# Powers that kill from the air: what they did is not told by whom they killed.
_FLYING = frozenset({Actor.ISRAEL, Actor.US_LED_COALITION, Actor.RUSSIA, Actor.TURKEY})


def _event_type(event: _Event) -> EventType:
    kind = event.type
    if kind is not None:
        return kind
    fought = any(t.statement.engages or _kills_fighters(t.statement) for t in event.tellings)
    return EventType.CLASH if fought else EventType.OTHER


_SURE_MARKS = frozenset({"accusal", "owned", "definite", "hedge_past", "denial"})
_NAMED_GROUPS = frozenset({Actor.ISIS, Actor.HTS_NUSRA, Actor.SDF_YPG, Actor.TURKISH_BACKED_OPPOSITION})


def _actors(event: _Event, type_: EventType) -> tuple[Actor, ...]:
    weights: Counter[Actor] = Counter()
    doers = {
        actor
        for telling in event.tellings
        if telling.statement.figures and telling.statement.zone is not Zone.TITLE
        for role in telling.statement.actors
        if role.role in (Role.AGENT, Role.ACCUSED, Role.OWNER) and not role.generic
        for actor in role.actors
    }
    unknown = any("unclaimed" in telling.statement.marks for telling in event.tellings)
    for telling in event.tellings:
        statement = telling.statement
        if unknown and not statement.figures and not statement.marks & _SURE_MARKS:
            continue  # "it was not clear who carried out the raids": strikes told around it are others
        blamed: set[Actor] = set()
        named = {actor for role in statement.actors if not role.generic for actor in role.actors} | doers
        for role in statement.actors:
            if role.role not in (Role.AGENT, Role.ACCUSED, Role.OWNER):
                continue
            if role.generic and type_ not in (EventType.SHELLING, EventType.CLASH):
                continue
            if role.generic and named & _NAMED_GROUPS:
                continue  # "terrorists of the Nusra Front": the name says who they are
            blamed.update(role.actors)
        for actor in blamed:
            if statement.zone is Zone.TITLE:
                weights[actor] += 1
            else:
                weights[actor] += 3 if statement.figures else 2 if "accusal" in statement.marks else 1
    if not weights:
        return _both_sides(event) if type_ is EventType.CLASH else ()
    if Actor.TURKISH_BACKED_OPPOSITION in weights:
        weights.pop(Actor.OPPOSITION, None)  # "the factions" is what they are called for short
    # Somebody named once in a later sentence does not stand beside the one whom the toll is laid to.
    most = max(weights.values())
    return tuple(sorted(actor for actor, weight in weights.items() if weight * 3 >= most + 1 or weight == most))


def _both_sides(event: _Event) -> tuple[Actor, ...]:
    """Who fought where nobody is said to have begun it: those who lost men, if two sides did (codebook, section 6)."""
    for telling in event.tellings:
        statement = telling.statement
        lost = {a for r in statement.actors if r.role is Role.VICTIM and not r.generic for a in r.actors}
        allied = any(lost <= side for side in _ALLIES)
        if statement.figures and len(lost) > 1 and not allied:
            return tuple(sorted(lost))
    return ()


def _attribution(event: _Event, agents: tuple[Actor, ...], statements: Sequence[Statement]) -> Attribution:
    if not agents:
        return Attribution.NONE
    own = set(agents)
    body = [t.statement for t in event.tellings if t.statement.zone is not Zone.TITLE]
    told = [s for s in body if set(s.agents) & own] or [t.statement for t in event.tellings if t.statement.agents]
    told = told or [t.statement for t in event.tellings if t.statement.figures]
    denied = any(
        "denial" in s.marks
        and not s.marks & {"sum", "campaign"}
        and (set(s.speaker_actors) & own or {a for r in s.actors for a in r.actors} & own)
        for s in statements
    )
    if denied:
        return Attribution.CONTESTED
    if any(role.role is Role.OWNER for s in told for role in s.actors):
        return Attribution.CLAIMED
    if _accuse_each_other(told):
        return Attribution.CONTESTED
    own_words = [s for s in told if set(s.speaker_actors) & set(s.agents)]
    others_accuse = any(s.claimant != OUTLET and not set(s.speaker_actors) & own for s in told)
    if own_words and others_accuse and all("hedge_past" in s.marks for s in own_words):
        return Attribution.CONTESTED  # "we may have carried out attacks": the accused leaves it open
    if any("hedge_past" not in s.marks for s in own_words):
        return Attribution.CLAIMED
    # The first sentence that names the doer sets the voice; later ones often drop the source.
    first = told[0]
    suspected = any(r.suspected if r.role is Role.AGENT else r.role is Role.ACCUSED for r in first.actors)
    if first.claimant == OUTLET and not suspected and "accusal" not in first.marks:
        return Attribution.REPORTED
    return Attribution.ACCUSED


def _accuse_each_other(told: Sequence[Statement]) -> bool:
    """Whether two sources lay one deed to different sides that do not fight together."""
    blamed = [(s.claimant, set(s.agents)) for s in told if s.claimant != OUTLET and s.agents]
    return any(
        one != other and not (agents & others) and not any(agents & side and others & side for side in _ALLIES)
        for one, agents in blamed
        for other, others in blamed
    )


def _when(mentions: Mentions, event: _Event, statements: Sequence[Statement]) -> When:
    candidates: list[tuple[int, DateMention]] = []
    for telling in event.tellings:
        statement = telling.statement
        if statement.date is not None:
            rank = 0 if statement.figures else 1
            rank += 4 if statement.date.kind is DateKind.VAGUE else 0
            rank += 2 if statement.zone is Zone.TITLE else 0
            rank += 3 if statement.date.start_day != statement.date.end_day else 0
            candidates.append((rank, statement.date))
        if statement.said_date is not None:
            candidates.append((8, statement.said_date))
    known = [item for item in candidates if item[1].start_day is not None]
    if known:
        date = min(known, key=lambda item: item[0])[1]
        return When(date.start_day, date.end_day, mentions.span(date.start, date.end))
    if candidates:
        date = min(candidates, key=lambda item: item[0])[1]
        return When(words=mentions.span(date.start, date.end), not_before=_not_before(mentions, statements))
    carried = _day_told_before(mentions, event, statements)
    if carried is not None:
        return When(carried.start_day, carried.end_day, mentions.span(carried.start, carried.end))
    header = mentions.anchor_words
    if header is not None and header.start_day is not None:
        return When(header.start_day, header.end_day, mentions.span(header.start, header.end))
    return When(not_after=mentions.anchor, not_before=_not_before(mentions, statements))


def _not_before(mentions: Mentions, statements: Sequence[Statement]) -> dt.date | None:
    """The bound of a day that nobody can know: another event's own day may be up to a week later than this one's."""
    earliest = mentions.earliest
    own = earliest is not None and any(s.date is not None and s.date.start_day == earliest for s in statements)
    return earliest - dt.timedelta(days=6) if earliest is not None and own else earliest


def _day_told_before(mentions: Mentions, event: _Event, statements: Sequence[Statement]) -> DateMention | None:
    """The day an event without one of its own happened on: the last one told before it, if that is the report's own.

    Round-ups tell the day once and go on from place to place.
    """
    own = [telling.statement for telling in event.tellings]
    if any(statement.marks & {"earlier", "before", "campaign"} for statement in own) or mentions.anchor is None:
        return None
    told: DateMention | None = None
    for statement in statements:
        if statement.first >= own[0].first:
            break
        date = statement.date or statement.said_date
        today = date is not None and date.back == (0, 0) and not date.unit
        if statement.marks & {"earlier", "before", "campaign"} and not today:
            continue
        if date is None or date.start_day is None or date.start_day != date.end_day:
            continue
        if abs((mentions.anchor - date.start_day).days) <= MAIN_DAYS:
            told = date
    return told


def _set_salience(
    mentions: Mentions, incidents: list[ReportedIncident], events: Sequence[_Event]
) -> list[ReportedIncident]:
    """Mark what is recalled in passing: days older than the report's own, and what "earlier" cues speak of."""
    anchor = mentions.anchor
    days = [i.when.start for i in incidents if i.when.start is not None and i.when.start == i.when.end]
    newest = max((day for day in days if anchor is None or day <= anchor + dt.timedelta(days=1)), default=anchor)
    if anchor is not None and newest is not None and incidents and incidents[0].when.start is None:
        newest = max(newest, anchor - dt.timedelta(days=MAIN_DAYS))
    result = []
    for number, (incident, event) in enumerate(zip(incidents, events, strict=True)):
        statements = [telling.statement for telling in event.tellings]
        told_in_title = any(s.zone is Zone.TITLE for s in statements)
        old = incident.when.end is not None and newest is not None and (newest - incident.when.end).days > MAIN_DAYS
        if number > 0 and anchor is not None and newest is not None and incident.when.end is not None:
            # A round-up's main events are of its own day and the one before (codebook, section 6).
            old = old or ((anchor - incident.when.end).days > MAIN_DAYS and incident.when.end < newest)
        recent = incident.when.end is not None and newest is not None and (newest - incident.when.end).days <= 1
        recalled = all(s.marks & {"earlier", "before"} for s in statements) and number > 0 and not recent
        recalled = recalled or (number > 0 and all(map(_is_recalled, event.tellings)))
        background = (old or recalled) and not (told_in_title and number == 0)
        result.append(dataclasses.replace(incident, salience=Salience.BACKGROUND) if background else incident)
    if result and all(i.salience is Salience.BACKGROUND for i in result):
        result[0] = dataclasses.replace(result[0], salience=Salience.MAIN)
    return result


# ---------------------------------------------------------------------------------------------
# Claims
# ---------------------------------------------------------------------------------------------


def _make_claims(
    mentions: Mentions, event: _Event, agents: tuple[Actor, ...]
) -> tuple[list[Claim], set[Claim], set[Claim]]:
    """The claims of an event, which of them count parts of others, and which a later toll has replaced."""
    claims: list[Claim] = []
    parts: set[Claim] = set()
    hidden: set[Claim] = set()
    seen: dict[tuple[object, ...], Claim] = {}
    body_outcomes = {
        outcome
        for statement, figure in event.figures
        if statement.zone is not Zone.TITLE
        for outcome in figure.outcomes
    }
    body = [figure for statement, figure in event.figures if statement.zone is not Zone.TITLE]
    updates: list[Claim] = []
    before: Figure | None = None
    told: Statement | None = None
    n_before = 0
    for statement, figure in event.figures:
        if statement is not told:
            told, n_before = statement, len(claims)
        if statement.zone is Zone.TITLE and set(figure.outcomes) <= body_outcomes and not _rounds(figure, body):
            continue
        if _says_who(mentions, statement, figure, claims, n_before):
            continue
        beside = figure.together or (before is not None and _is_joined(mentions, before, figure))
        before = figure
        for outcome in figure.outcomes:
            together = len(figure.outcomes) > 1
            low = None if together else figure.min
            high = (figure.max if figure.max is not None else figure.min) if together else figure.max
            key = (statement.claimant, outcome, figure.victims, low, high)
            if key in seen and (
                not figure.together or seen[key].quote.text == mentions.text[figure.start : figure.end]
            ):
                continue
            if statement.claimant == OUTLET and any(known[1:] == key[1:] for known in seen) and not figure.together:
                continue  # the outlet repeats what somebody said (codebook, section 6)
            if _told_of_kind(key, seen) and not figure.together:
                continue
            twin = (OUTLET, *key[1:])
            if statement.claimant != OUTLET and twin in seen:
                old = seen.pop(twin)
                claim = dataclasses.replace(old, claimant=statement.claimant)
                claims[claims.index(old)] = claim
                if old in parts:
                    parts.discard(old)
                    parts.add(claim)
                seen[key] = claim
                continue
            claim = Claim(
                report_id=mentions.report.id,
                claimant=statement.claimant,
                quote=mentions.span(figure.start, figure.end),
                actors=tuple(a for a in agents if a in statement.agents),
                outcome=outcome,
                victims=figure.victims,
                min=low,
                max=high,
            )
            if low is None and high is None:
                continue
            claims.append(claim)
            seen[key] = claim
            if figure.part or (not beside and _counts_some(claim, figure, claims, _count_on(statement, figure))):
                parts.add(claim)
            if figure.replaced:
                hidden.add(claim)
            if figure.updated:
                updates.append(claim)
    for update in updates:
        hidden.update(_overtaken(update, claims))
    for vague in _outdone(claims):
        claims.remove(vague)
    claims.extend(_deed_claims(mentions, event, agents, bool(claims)))
    return claims, parts, hidden


def _says_who(mentions: Mentions, statement: Statement, figure: Figure, claims: Sequence[Claim], n_before: int) -> bool:
    """Whether a lone person is one of those counted before, of whom it says who they were.

    "Two civilians were killed. … The civilian Ahmad K. …" (المواطن أحمد): the article points back to the count. So does
    "a man" that the same claimant tells after it. Only where the article is written in one with its noun: elsewhere it
    stands in front of victims not told before, too.
    """
    vocabulary = mentions.vocabulary
    if not vocabulary.grammar.article or not figure.named or figure.part or figure.additional or figure.max is None:
        return False
    known = vocabulary.has_article(mentions.tokens[figure.first].norm)
    if not known and figure.victims is not Victims.PEOPLE:
        return False
    counted = claims if known else claims[:n_before]
    return any(
        claim.outcome in figure.outcomes
        and (claim.min or 0) >= figure.max
        and (known or claim.claimant == statement.claimant)
        and claim.quote != mentions.span(figure.start, figure.end)
        for claim in counted
    )


def _told_of_kind(key: tuple[object, ...], seen: Collection[tuple[object, ...]]) -> bool:
    """Whether somebody who counts people has told of the same ones more closely ("four civilians", "four victims")."""
    claimant, outcome, victims, *bounds = key
    return victims is Victims.PEOPLE and any(
        (claimant, outcome, kind, *bounds) in seen for kind in (Victims.CIVILIANS, Victims.COMBATANTS)
    )


def _rounds(headline: Figure, body: Iterable[Figure]) -> bool:
    """Whether a headline gives a toll of its own: one just under the body's ("kills 30", and then "more than 30")."""
    tolls = [f.min for f in body if f.min is not None and not f.part and set(headline.outcomes) <= set(f.outcomes)]
    low = headline.min
    if low is None or headline.part or low < MIN_SHARED_TOLL or low in tolls:
        return False
    return any(low < toll <= low + 1 for toll in tolls)


def _overtaken(update: Claim, claims: Iterable[Claim]) -> Iterable[Claim]:
    """The claimant's own lower tolls that a later one takes the place of (codebook, section 5)."""
    for claim in claims:
        same = claim.outcome is update.outcome and claim.claimant in (update.claimant, OUTLET)
        if same and (claim.min or claim.max or 0) < (update.min or 0):
            yield claim


def _outdone(claims: Sequence[Claim]) -> list[Claim]:
    """Figures that their own claimant makes exact elsewhere: "more than 60", then 62; "dozens", then 100."""
    outdone = []
    for claim in claims:
        if claim.min is None or claim.max is not None:
            continue
        exact = [
            other.min
            for other in claims
            if other.claimant == claim.claimant
            and other.outcome is claim.outcome
            and (other.victims is claim.victims or claim.victims is Victims.PEOPLE)
            and other.min is not None
            and other.min == other.max
        ]
        counted = _is_word(claim) and any(_counts(other, claim) for other in claims)
        if counted or any(claim.min <= low <= 1.15 * claim.min for low in exact):
            outdone.append(claim)
    return outdone


def _counts(other: Claim, word: Claim) -> bool:
    """Whether a claimant gives a number where a vague word stood before: "dozens", then "at least 29"."""
    alike = other.victims is word.victims or word.victims is Victims.PEOPLE
    same = other.claimant == word.claimant and other.outcome is word.outcome and alike
    return same and not _is_word(other) and other.min is not None and other.min >= (word.min or 0)


def _is_word(claim: Claim) -> bool:
    """Whether a claim counts by a vague word: "dozens"."""
    is_bound = claim.max is None and claim.min in _WORD_BOUNDS
    return is_bound and not any(char.isdigit() for char in claim.quote.text)


# What vague words count at least (codebook, section 4).
_WORD_BOUNDS = frozenset({3, 20, 24, 40, 200})


def _is_joined(mentions: Mentions, first: Figure, second: Figure) -> bool:
    """Whether nothing but "and" stands between two figures: "120 fighters and 60 mercenaries" are 180."""
    if first.last == second.first:
        return mentions.vocabulary.begins_with_join(mentions.tokens[second.first].norm)
    return first.last < second.first and all(
        (word := mentions.words.get(index)) is not None and word.is_cue("join")
        for index in range(first.last, second.first)
    )


def _count_on(statement: Statement, figure: Figure) -> int:
    """How many a figure counts with those told in one breath behind it: "11 soldiers and 17 rebels" are 28."""
    total = figure.min or 0
    for other in statement.figures[statement.figures.index(figure) + 1 :]:
        if not other.together or other.outcomes != figure.outcomes:
            break
        total += other.min or 0
    return total


def _counts_some(claim: Claim, figure: Figure, earlier: Sequence[Claim], total: int) -> bool:
    """Whether a figure counts some of the victims of one told before it: "four of them in the town of Arbin".

    A claimant who gives a clearly lower figure after a higher one tells where or who some of them were. A lone
    victim ("a nurse") next to a count is one of those counted.
    """
    if claim.min is None or claim.victims in (Victims.CHILDREN, Victims.WOMEN):
        return False
    for other in earlier:
        if other.outcome is not claim.outcome or other.min is None or other.min <= total:
            continue
        if figure.named:
            return True
        kinds_agree = other.victims is claim.victims or Victims.PEOPLE in (other.victims, claim.victims)
        is_word = claim.max is None and claim.min in _WORD_BOUNDS
        if other.claimant == claim.claimant and kinds_agree and not is_word and claim.min < 0.8 * other.min:
            return True
    return False


def _deed_claims(mentions: Mentions, event: _Event, agents: tuple[Actor, ...], has_figures: bool) -> Iterable[Claim]:
    """Statements about the deed itself: who blames, owns or denies; and, without figures, that it happened."""
    seen: set[tuple[object, ...]] = set()
    for telling in event.tellings:
        statement = telling.statement
        named = tuple(actor for actor in agents if actor in statement.agents)
        stance = Stance.ASSERTS
        if "denial" in statement.marks and set(statement.speaker_actors) & set(agents):
            stance = Stance.DENIES
        elif any(role.role is Role.OWNER for role in statement.actors) or set(statement.speaker_actors) & set(named):
            stance = Stance.OWNS
        elif not named or statement.claimant == OUTLET:
            continue
        key = (statement.claimant, stance, named)
        if key in seen:
            continue
        seen.add(key)
        yield Claim(mentions.report.id, statement.claimant, _clause_quote(mentions, statement), stance, named)
    if not seen and not has_figures:
        statement = event.tellings[0].statement
        named = tuple(actor for actor in agents if actor in statement.agents)
        yield Claim(mentions.report.id, statement.claimant, _clause_quote(mentions, statement), Stance.ASSERTS, named)


def _clause_quote(mentions: Mentions, statement: Statement) -> Span:
    return mentions.token_span(statement.first, statement.last)
