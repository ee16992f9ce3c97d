"""Which statements of one report tell of one event.

Reports tell an event several times: headline, lead, detail, a second source, a consequence. Statements are laid
together one by one in order of the text; place, day, deed, doer and figures say whether the next one goes on with an
event already told or begins another.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import msgspec
from msgspec.structs import replace

from claimatlas.claims import Statement
from claimatlas.counts import Figure
from claimatlas.dates import DateKind, DateMention
from claimatlas.lazy import lazy
from claimatlas.mentions import Mentions, Zone
from claimatlas.model import (
    Actor,
    EventType,
    Outcome,
    Victims,
)
from claimatlas.roles import Role
from claimatlas.scenes import Scene, Scenes, finest

# Evidence for and against one event, in points. Set by reading where coded reports were split or joined wrongly;
# run tests/quality again after a change.
SAME_PLACE, ZOOM, SAME_AREA = 3.0, 2.0, 1.0
OTHER_PLACE, OTHER_PLACE_UNTOLD, OTHER_GOVERNORATE = -5.0, -2.5, -6.0
SAME_DAY, OTHER_DAY, FAR_DAY, UNDATED = 1.5, -4.0, -8.0, -1.0
SAME_TYPE, OTHER_TYPE, UNLIKE_TYPE, OTHER_TOLL, OTHER_CRAFT = 1.0, -1.5, -3.0, -4.5, -6.0
SAME_DOER, OTHER_DOER, ALLYS_DEED, FOES_DEED = 1.0, -2.5, -2.5, -4.5
SAME_FIGURE, SAME_SINGLE, OTHER_FIGURE, SMALLER_FIGURE = 2.5, 1.0, -3.0, -1.5
NEXT_TO_LAST, HEADLINE = 1.0, 1.0
ELSEWHERE, EARLIER = -3.0, -2.0
DEFINITE, PLACELESS, ALSO, MORE, TAKEN_BACK = 2.0, 1.5, -1.5, -4.5, 5.0
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
# "Rockets landed on", "shells of the army fell in".
_ARMS_GAP = 4
# A place tied to the deed by more than a preposition ("in the village of X") has a weight above this.
_TOLD_WEIGHT = 2
# A report's events are main when they lie no further apart; older ones are recalled in passing (codebook, section 6).
MAIN_DAYS = 2


class Telling(msgspec.Struct, frozen=True, dict=True):
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
    def sums(self) -> bool:
        """Whether it adds up the deeds of several days or places in an area ("killed 100 in the east in 24 hours")."""
        return "sum" in self.statement.marks and bool(self.killed) and not any(s.is_specific for s in self.scenes)

    @lazy
    def kinds_killed(self) -> frozenset[Victims]:
        """Whom its figures of killed count."""
        figures = self.statement.figures
        return frozenset(f.victims for f in figures if Outcome.KILLED in f.outcomes and not f.part)


@dataclass
class Event:
    """Statements laid together as one event.

    What they say together is asked for again with every statement that follows, and so kept until one is added.
    """

    tellings: list[Telling] = field(default_factory=list)
    day_before: dt.date | None = None
    """The day told last before it, which is its own where its words tell none."""

    def add(self, tellings: Iterable[Telling]) -> None:
        """Lay further statements to it."""
        self._forget()
        self.tellings.extend(tellings)

    def remove(self, telling: Telling) -> None:
        """Take a statement away from it."""
        self._forget()
        self.tellings.remove(telling)

    def remove_all(self) -> None:
        """Take all statements away from it, so that it is none any more."""
        self._forget()
        self.tellings.clear()

    def _forget(self) -> None:
        tellings, day_before = self.tellings, self.day_before
        self.__dict__.clear()
        self.tellings, self.day_before = tellings, day_before

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
    def is_placed(self) -> bool:
        """Whether it is told of a settlement, a part of one or a site."""
        return any(scene.is_specific for scene in self.finest)

    @lazy
    def is_headline(self) -> bool:
        """Whether only headlines have told it so far."""
        return all(telling.statement.zone is Zone.TITLE for telling in self.tellings)

    @lazy
    def _placed(self) -> list[Telling]:
        return [telling for telling in self.tellings if telling.scenes and telling.statement.zone is not Zone.TITLE]

    @lazy
    def sums(self) -> bool:
        """Whether nothing but a sum of deeds in an area has told of its places."""
        return bool(self._placed) and all(telling.sums for telling in self._placed)

    @lazy
    def surveys(self) -> bool:
        """Whether nothing but a round-up's lead has told of its places."""
        return bool(self._placed) and all(telling.surveys or telling.sums for telling in self._placed)

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
        """Every figure of victims with the statement that gives it."""
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
        """The kind of deed that the words speak of most."""
        weights: Counter[EventType] = Counter()
        for telling in self.tellings:
            if telling.statement.type is not None:
                emphasis = 2 if telling.statement.figures else 1
                weight = telling.statement.type_weight
                # A headline names several events in one breath.
                headline = telling.statement.zone is Zone.TITLE
                weights[telling.statement.type] += min(weight, 2) if headline else emphasis * weight
        if len(weights) > 1 and not any(_tells_downing(telling.statement) for telling in self.tellings):
            weights.pop(EventType.OTHER, None)  # "a massacre" only says what came of it
        return weights.most_common(1)[0][0] if weights else None

    @lazy
    def days(self) -> set[dt.date]:
        """The single days it is told of."""
        return {t.start for t in self.tellings if t.start is not None and t.start == t.end}

    @lazy
    def nights(self) -> set[tuple[dt.date, dt.date]]:
        """The nights and other pairs of days it is told of."""
        spans = {(t.start, t.end) for t in self.tellings if t.start is not None and t.end is not None}
        return {(start, end) for start, end in spans if (end - start).days == 1}


def find_events(mentions: Mentions, statements: Sequence[Statement], scenes: Scenes) -> list[Event]:
    """Lay the statements of a report together as events.

    Args:
        mentions: The report's mentions.
        statements: What its clauses tell (`claims.make_claims`).
        scenes: The places of the statements.

    Returns:
        The events that are incidents by the codebook, in order of the text.
    """
    tellings = [_telling(mentions, statement, scenes) for statement in statements]
    events: list[Event] = []
    last: Event | None = None
    waiting: list[Telling] = []
    day: dt.date | None = None
    for telling in tellings:
        if not _is_of_use(telling.statement):
            continue
        event = _find_event(telling, events, last)
        if last is not None and _tells_replaced(telling):
            event = last
        known = event or last
        if known is not None and _counts_from_before(telling, known):
            continue
        if "sum" in telling.statement.marks and telling.killed:
            tolls = {toll for e in events for t in e.tellings for toll in t.killed}
            if tolls and not _about_same(tolls, telling.killed):
                continue  # adds up several events; belongs to none of them (codebook, section 5)
        if "sum" in telling.statement.marks and telling.statement.figures and not telling.killed and len(events) > 1:
            continue  # so does a number of wounded
        if event is None and last is not None and _tells_parts(telling):
            event = last
        if event is None:
            if not _can_begin(telling):
                waiting.append(telling)
                continue
            event = Event(day_before=None if telling.statement.marks & {"before", "earlier", "aside"} else day)
            events.append(event)
            if len(events) == 1:
                event.add([t for t in waiting if _leads_to(t, telling)])
            event.add([t for t in waiting[-1:] if t not in event.tellings and _has_toll(t, telling)])
        event.add([telling])
        if telling.start is not None and telling.start == telling.end and not is_recalled(telling):
            day = telling.start
        # "The attack" after a remark on another one goes on with what the report is about.
        if last is None or not telling.statement.marks & {"before", "earlier", "aside"}:
            last = event
    kept = [event for event in _drop_sums(_join_repeats(events)) if _is_incident(event)]
    _lend_doers(kept, waiting)
    return _drop_surveys(kept)


def _counts_from_before(telling: Telling, event: Event) -> bool:
    """Whether a toll runs from an earlier day on than the event: "the clashes have claimed 40 lives since Sunday"."""
    starts = telling.start is not None and bool(event.days) and telling.start < min(event.days)
    told = "since" in telling.statement.marks and bool(telling.killed) and not telling.scenes
    return starts and told


def _tells_replaced(telling: Telling) -> bool:
    """Whether a statement only recalls an older toll of the deed just told: "it had earlier reported 12 dead"."""
    killed = [figure for figure in telling.statement.figures if Outcome.KILLED in figure.outcomes]
    return bool(killed) and all(figure.replaced for figure in killed)


def _tells_parts(telling: Telling) -> bool:
    """Whether a statement only says who some of the victims just counted were: "two medics were among the dead"."""
    figures = telling.statement.figures
    return bool(figures) and all(f.part for f in figures) and not telling.scenes and telling.start is None


def _join_repeats(events: list[Event]) -> list[Event]:
    """Put together what later sentences showed to be one event: the same toll again, or a headline's own event."""
    joined: list[Event] = []
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


def _drop_sums(events: list[Event]) -> list[Event]:
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
        summed = [event for event in events if id(event) in holders]
        if not any(_lie_apart(one, other) for one, other in combinations(summed, 2)):
            _join_parts(home, summed)
            return [event for event in events if event.tellings]
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


def _lie_apart(one: Event, other: Event) -> bool:
    """Whether two parts of a sum are events of their own: told of other days or other places (codebook, section 1)."""
    if one.days and other.days and not one.days & other.days:
        return True
    if any("elsewhere" in telling.statement.marks for event in (one, other) for telling in event.tellings):
        return True
    here, there = one.finest, other.finest
    if not here or not there or _share_scene(here, there):
        return False
    return not any(scene.holds(place) or place.holds(scene) for scene in here for place in there)


def _join_parts(home: Event, parts: Iterable[Event]) -> None:
    """Lay what is told of parts of a toll to the event of the whole: "31 died around A", 14 of them in clashes."""
    for event in parts:
        if event is home:
            continue
        home.add(map(_of_parts, event.tellings))
        event.remove_all()


def _of_parts(telling: Telling) -> Telling:
    """What a statement tells, its dead counted as some of a whole told elsewhere."""
    figures = [replace(f, part=True) if Outcome.KILLED in f.outcomes else f for f in telling.statement.figures]
    return replace(telling, statement=replace(telling.statement, figures=tuple(figures)))


def _names_doer(event: Event) -> bool:
    """Whether more than a headline names who did it."""
    return any(t.statement.agents for t in event.tellings if t.statement.zone is not Zone.TITLE)


def _lies_within(telling: Telling, lead: Telling) -> bool:
    """Whether all of a statement's places are, or lie in, those of a round-up's lead."""
    return bool(telling.finest) and all(
        any(other.same(scene) or other.holds(scene) or other.governorate == scene.governorate for other in lead.scenes)
        for scene in telling.finest
    )


def _summed(parts: Sequence[tuple[int, Event]], whole: set[int]) -> set[int]:
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


def _drop_surveys(events: list[Event]) -> list[Event]:
    """Leave out the lead of a round-up whose events are told one by one behind it."""
    kept = []
    for at, event in enumerate(events):
        told = [other for other in events[at + 1 :] if other.governorates and other.governorates <= event.governorates]
        if event.body_tolls:
            told = [other for other in told if other.body_tolls]
        if not event.surveys or event.sums or len(told) < (2 if event.body_tolls else 1):
            kept.append(event)
            continue
        for other in told:
            lent = [_without_toll(telling) for telling in event.tellings if telling.statement.zone is not Zone.TITLE]
            other.add(telling for telling in lent if not other.days or telling.start is None)
    return kept


def _without_toll(telling: Telling) -> Telling:
    """What a round-up's lead says of all its events: doer, means and day."""
    return replace(telling, statement=replace(telling.statement, figures=()), scenes=())


def _move_headlines(events: Sequence[Event]) -> None:
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


def _repeats(event: Event, other: Event) -> bool:
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


def _lend_doers(events: Sequence[Event], waiting: Sequence[Telling]) -> None:
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
        told_before += [(telling, Event([telling])) for telling in leads]
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


def _leads(lender: Telling, events: Sequence[Event], until: Statement) -> bool:
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
    if {"aside", "clause"} <= statement.marks:
        return False  # "The attack came as rebels fought government forces outside …"
    if statement.marks & {"campaign", "conditional", "sum"}:
        return "denial" in statement.marks
    if statement.marks & {"denial", "accusal", "owned", "none_killed"}:
        return True
    firm = any(
        entry.kind == "event" and "weak" not in entry.flags for word in statement.deeds for entry in word.entries
    )
    tied = "definite" in statement.marks or statement.places or statement.date is not None
    return bool(statement.deeds) and bool(firm or tied)


def _leads_to(lead: Telling, telling: Telling) -> bool:
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
    return same_doer and _likeness(lead, Event([telling])) >= SAME_DOER


def _has_toll(deed: Telling, toll: Telling) -> bool:
    """Whether a sentence of mere figures is the toll of the deed told, without one, right before it."""
    told, counted = deed.statement, toll.statement
    if not counted.figures or toll.scenes or told.type is None or counted.type not in (None, told.type):
        return False
    if counted.type is None and told.type_weight < 2:
        return False
    if told.marks & {"denial", "campaign", "conditional", "foreign", "sum"} or counted.marks & {"elsewhere", "earlier"}:
        return False
    return bool(deed.scenes) and 0 <= counted.sentence - told.sentence <= 1


def _telling(mentions: Mentions, statement: Statement, scenes: Scenes) -> Telling:
    start, end = _days(statement.date)
    deed_leads = mentions.vocabulary.grammar.subject == "after"
    return Telling(statement, scenes.of(statement), start, end, mentions.anchor, deed_leads)


def _days(date: DateMention | None) -> tuple[dt.date | None, dt.date | None]:
    return (date.start_day, date.end_day) if date is not None else (None, None)


def _find_event(telling: Telling, events: Sequence[Event], last: Event | None) -> Event | None:
    best: tuple[float, int] | None = None
    for at, event in enumerate(events):
        points = _likeness(telling, event) + (NEXT_TO_LAST if event is last else 0.0)
        if points >= MIN_LIKENESS and (best is None or points >= best[0]):
            best = (points, at)
    return events[best[1]] if best is not None else None


def _likeness(telling: Telling, event: Event) -> float:
    statement = telling.statement
    points = _place_points(telling, event) + _day_points(telling, event) + _type_points(telling, event)
    points += _doer_points(statement, event) + _figure_points(telling, event)
    if "elsewhere" in statement.marks:
        points += OTHER_PLACE if _is_at_own_place(telling, event) else ELSEWHERE
    elif _goes_elsewhere(statement) and event.is_placed and _is_at_own_place(telling, event):
        points += ELSEWHERE  # "mortar fire also wounded three people in the quarter of X"
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
        and not counts_further(telling)
        and any(other.killed for other in event.tellings)
    ):
        points += ALSO
    if counts_further(telling):
        points += DEFINITE  # "a fourth was shot"
    if _takes_back(telling) and not event.is_headline:
        points += TAKEN_BACK
    if _is_foes_toll(telling, event):
        points += MORE
    if _adds_victims(statement) and _rival_figures(telling, event):
        points += MORE
    return points


def _goes_elsewhere(statement: Statement) -> bool:
    """Whether words lead on to one more deed: "other shells", "mortar fire also wounded three people"."""
    return "further" in statement.marks or ("also" in statement.marks and bool(statement.deeds))


def _takes_back(telling: Telling) -> bool:
    """Whether a statement only gives an older toll of what is told: "it had earlier put the toll at 12"."""
    figures = [f for f in telling.statement.figures if not f.part]
    return bool(figures) and all(figure.replaced for figure in figures)


def _is_at_own_place(telling: Telling, event: Event) -> bool:
    """Whether a statement names a place, and none that the event was told of: no village, quarter or site of it."""
    own = [scene for scene in telling.finest if scene.is_specific]
    return bool(own) and not any(scene.same(other) for scene in own for other in event.scenes)


def _is_foes_toll(telling: Telling, event: Event) -> bool:
    """Whether one source tells of dead that a foe of the event's doers killed: "the army killed 12 on its return"."""
    agents, known = set(telling.statement.agents), event.agents
    if not telling.killed or not agents or not known or agents & known or "accusal" in telling.statement.marks:
        return False
    if any(agents & side and known & side for side in ALLIES) or event.type is EventType.CLASH:
        return False
    tolls = {toll for other in event.tellings for toll in other.killed}
    return bool(tolls) and not _about_same(telling.killed, tolls)


def _adds_victims(statement: Statement) -> bool:
    """Whether a statement tells of further victims of another deed: "three more were killed in a bomb attack"."""
    more = any(f.additional and not f.part and not f.bare and Outcome.KILLED in f.outcomes for f in statement.figures)
    placed = any(not place.relation for place in statement.places)
    return more and (statement.type is not None or placed) and "definite" not in statement.marks


def _place_points(telling: Telling, event: Event) -> float:
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
        headed = _is_headed(event, there)
        beside = headed and all(scene.role.relation for scene in there)
        return OTHER_PLACE_UNTOLD / 2 if beside else OTHER_GOVERNORATE  # "near Aleppo", says the headline
    if not here[0].is_specific or not there[0].is_specific:
        return SAME_AREA if governorates & others else 0.0
    if _is_headed(event, there):
        return OTHER_PLACE_UNTOLD / 2  # headlines name the nearest town anybody knows
    return OTHER_PLACE if _rival_figures(telling, event) or _tells_deed(telling) else OTHER_PLACE_UNTOLD


def _is_headed(event: Event, scenes: Sequence[Scene]) -> bool:
    """Whether only headlines have named an event's places."""
    told = [t for t in event.tellings if any(scene in scenes for scene in t.scenes)]
    return all(telling.statement.zone is Zone.TITLE for telling in told)


def _share_scene(here: Sequence[Scene], there: Sequence[Scene]) -> bool:
    """Whether two events have a place in common, and not only the town that tells where their own places lie."""
    own = [scene for scene in here if not any(scene.same(other) for other in there)]
    theirs = [scene for scene in there if not any(scene.same(other) for other in here)]
    shared = [scene for scene in (*here, *there) if scene not in own and scene not in theirs]
    if not (own and theirs):
        return bool(shared)
    # "North of Idlib" and "Idlib" beside villages of their own only say where those lie.
    exact = max(min(scene.level for scene in group) for group in (own, theirs))
    return any(not scene.role.relation and scene.level <= exact for scene in shared)


def _are_towns(scenes: Iterable[Scene]) -> bool:
    """Whether places are whole settlements, and neither parts of one nor areas."""
    return all(scene.place is not None and scene.place.kind in ("city", "town", "village") for scene in scenes)


def _tells_deed(telling: Telling) -> bool:
    """Whether a statement tells who did what, or that nobody was killed."""
    statement = telling.statement
    told = bool(statement.deeds and (statement.agents or "none_killed" in statement.marks))
    if telling.deed_leads and "clause" in statement.marks:
        return told or any(word.get("event", "verb") is not None for word in statement.deeds)
    return told and "clause" not in statement.marks


def _has_own_deed(telling: Telling, event: Event) -> bool:
    """Whether a statement on one place tells more than a round-up's lead: a lower toll, or a deed where it had none."""
    tolls = {low for low, _ in event.body_tolls if low is not None}
    own = {low for low, _ in telling.killed if low is not None}
    if "elsewhere" in telling.statement.marks:
        return True
    if event.sums and not own:
        return _can_begin(telling)
    if tolls:
        return bool(own) and max(own) < min(tolls)
    return bool(own) or _is_struck(telling) or (_tells_deed(telling) and "definite" not in telling.statement.marks)


def _day_points(telling: Telling, event: Event) -> float:
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
        single = telling.start == telling.end
        if single and event.day_before is not None and telling.start < event.day_before:
            return OTHER_DAY
        if single and event.nights and not any(start <= telling.start <= end for start, end in event.nights):
            return OTHER_DAY
        return OTHER_DAY if is_recalled(telling) and not any(map(is_recalled, event.tellings)) else undated
    if telling.start == telling.end:
        if telling.start in days:
            return SAME_DAY
        if _tells_other_toll(telling, event):
            return FAR_DAY
        return FAR_DAY if min(abs((telling.start - day).days) for day in days) > MAIN_DAYS else OTHER_DAY
    assert telling.end is not None
    return 0.0 if any(telling.start <= day <= telling.end for day in days) else OTHER_DAY


def _tells_other_toll(telling: Telling, event: Event) -> bool:
    """Whether a statement on a day of its own tells of other dead than an event of which a toll is told."""
    tolls = _rival_figures(telling, event)
    fresh = not telling.statement.marks & {"update", "definite"}
    return fresh and bool(tolls) and not _about_same(telling.killed, tolls)


def _unresolved_day_points(telling: Telling, event: Event) -> float:
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


def is_recalled(telling: Telling) -> bool:
    """Whether a statement tells of days older than the report's own."""
    if telling.end is None or telling.anchor is None:
        return telling.statement.date is not None and _is_long_ago(telling.statement.date)
    return (telling.anchor - telling.end).days > MAIN_DAYS


_STRIKES = frozenset({EventType.AIRSTRIKE, EventType.SHELLING, EventType.CHEMICAL, EventType.CLASH})


def _type_points(telling: Telling, event: Event) -> float:
    statement, known = telling.statement, event.type
    if statement.type is None or known is None:
        return 0.0
    if statement.type is known:
        return SAME_TYPE
    if _is_beside_downing(statement, event):
        return OTHER_CRAFT
    if _is_beside_battle(statement, event):
        return OTHER_TOLL
    if {statement.type, known} <= _FIRED and _tells_too(statement, known):
        return 0.0  # "air strikes and shelling"
    if statement.type_weight <= 1:
        return 0.0
    if EventType.CLASH in (statement.type, known) and EventType.AIRSTRIKE in (statement.type, known):
        both = any(Outcome.KILLED in f.outcomes for f in statement.figures) and bool(event.killed_figures)
        return OTHER_TOLL if both else UNLIKE_TYPE if statement.figures else OTHER_TYPE
    if statement.type in _STRIKES and known in _STRIKES:
        return OTHER_TYPE
    apart = statement.type_weight >= STRONG_TYPE and statement.figures and "definite" not in statement.marks
    return OTHER_TOLL if apart and _is_at_own_place(telling, event) else UNLIKE_TYPE


_FIRED = frozenset({EventType.AIRSTRIKE, EventType.SHELLING})


def _tells_too(statement: Statement, kind: EventType) -> bool:
    """Whether a noun of a statement tells a deed of this kind, and nothing else, beside the one it is typed by."""
    entries = [entry for word in statement.deeds for entry in word.entries]
    return any(entry.type is kind and entry.role == "noun" and "flown" not in entry.flags for entry in entries)


def _is_beside_downing(statement: Statement, event: Event) -> bool:
    """Whether of an event and a statement one is of an aircraft brought down and the other of ground attacked."""
    fell, told = _tells_downing(statement), [t.statement for t in event.tellings if t.statement.zone is not Zone.TITLE]
    known = any(_tells_downing(other) for other in told if other.figures)
    if fell or not known or "definite" in statement.marks:
        counted = any(Outcome.KILLED in f.outcomes for f in statement.figures)
        return fell and counted and bool(told) and not any(map(_tells_downing, told))
    placed = statement.type is EventType.SHOOTING and bool(statement.places)
    return (placed or statement.type in _ATTACKS) and statement.type_weight > FIRM_TYPE


_ATTACKS = _STRIKES | {EventType.EXPLOSION}


def _tells_downing(statement: Statement) -> bool:
    return any("downs" in entry.flags for word in statement.deeds for entry in word.entries)


def _is_beside_battle(statement: Statement, event: Event) -> bool:
    """Whether of two deeds with a toll each one is a battle that cost fighters' lives and one killed civilians."""
    if "definite" in statement.marks or EventType.CLASH not in (statement.type, event.type):
        return False
    known = set().union(*(t.kinds_killed for t in event.tellings if t.statement.zone is not Zone.TITLE))
    told = {f.victims for f in statement.figures if Outcome.KILLED in f.outcomes and not f.part}
    lost, hit = (told, known) if statement.type is EventType.CLASH else (known, told)
    apart = bool(statement.agents) if hit is told else statement.date is not None
    unarmed = bool(hit - {Victims.PEOPLE}) and Victims.COMBATANTS not in hit
    return apart and lost == {Victims.COMBATANTS} and unarmed


# Who fights side by side, so that one sentence names one of them and the next another.
ALLIES = (
    frozenset({Actor.TURKEY, Actor.TURKISH_BACKED_OPPOSITION}),
    frozenset({Actor.SYRIAN_GOVERNMENT, Actor.RUSSIA, Actor.IRAN_ALLIES}),
    frozenset({Actor.US_LED_COALITION, Actor.SDF_YPG}),
    frozenset({Actor.OPPOSITION, Actor.HTS_NUSRA}),
)


def _doer_points(statement: Statement, event: Event) -> float:
    agents, known = set(statement.agents), event.agents
    if not agents or not known:
        return 0.0
    if agents & known:
        return SAME_DOER
    if any(agents & side and known & side for side in ALLIES):
        return ALLYS_DEED if _tells_own_deed(statement, event) else 0.0
    if "accusal" in statement.marks:
        return 0.0
    return FOES_DEED if _tells_own_deed(statement, event) else OTHER_DOER


def _tells_own_deed(statement: Statement, event: Event) -> bool:
    """Whether one voice tells of a deed of another kind than the event's, so that another doer's is another event.

    Two voices may lay one deed to two sides, and call it by two names.
    """
    told = [t.statement for t in event.tellings if t.statement.zone is not Zone.TITLE]
    same_voice = any(s.claimant == statement.claimant and s.agents for s in told)
    kinds = {s.type for s in told if s.type_weight >= FIRM_TYPE}
    other = statement.type_weight >= FIRM_TYPE and bool(kinds) and statement.type not in kinds
    return same_voice and other and statement.zone is not Zone.TITLE


def counts_further(telling: Telling) -> bool:
    """Whether a statement counts further victims of the deed told right before it: "11 rebels also died"."""
    figures = [f for f in telling.statement.figures if not f.part]
    return bool(figures) and figures[0].together


def _rival_figures(telling: Telling, event: Event) -> set[tuple[int | None, int | None]]:
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


def _figure_points(telling: Telling, event: Event) -> float:
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
    if "update" in telling.statement.marks or counts_further(telling) or _is_mere_toll(telling):
        return 0.0
    same_source = any(
        other.statement.claimant == telling.statement.claimant and other.killed for other in event.tellings
    )
    headline_only = all(other.statement.zone is Zone.TITLE for other in event.tellings if other.killed)
    if headline_only:
        return OTHER_FIGURE if telling.statement.marks & {"earlier", "before"} else 0.0
    if not same_source:
        apart = telling.start is not None and telling.start == telling.end and bool(event.days - {telling.start})
        return SMALLER_FIGURE if apart and telling.start not in event.days else 0.0
    highest, known = (max(low or high or 0 for low, high in figures) for figures in (here, there))
    return SMALLER_FIGURE if highest < known and not telling.start else OTHER_FIGURE


def _is_mere_toll(telling: Telling) -> bool:
    """Whether a statement only gives a toll of what was told: "the agency put the death toll at twelve"."""
    statement = telling.statement
    return "toll" in statement.marks and not statement.deeds and not statement.places and telling.start is None


def _is_hit(statement: Statement) -> bool:
    """Whether a side is hit without a word of who did it: "the group was targeted in the village of X"."""
    hit = any(role.role is Role.TARGET for role in statement.actors)
    own = not statement.marks & {"clause", "definite", "campaign", "earlier", "before"}
    verbs = (word.get("event", "verb") for word in statement.deeds)
    return hit and own and not statement.agents and any(v is not None and "aimed" in v.flags for v in verbs)


def _is_struck(telling: Telling) -> bool:
    """Whether a place is hit by arms that the words name, without a word of whose: "three shells landed on X"."""
    statement = telling.statement
    if telling.deed_leads or statement.type_weight < FIRM_TYPE or statement.marks & _NO_LENDER or not statement.deeds:
        return False
    verbs = [(word, entry) for word in statement.deeds if (entry := word.get("event", "verb")) is not None]
    done = any(
        entry.type is not None
        or "aimed" in entry.flags
        or any(0 < word.first - arms.first <= _ARMS_GAP for arms in statement.means)
        for word, entry in verbs
    )
    placed = any(s.is_specific and s.role.weight >= _TOLD_WEIGHT for s in telling.scenes)
    return done and placed and "definite" not in statement.marks


def _can_begin(telling: Telling) -> bool:
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
    strong = strong or _is_struck(telling)
    apart = bool(statement.marks & {"none_killed", "elsewhere"})
    if placed and (headed or strong or apart or statement.agents or statement.date):
        return True
    return bool(statement.agents and statement.date and telling.scenes)


def _is_incident(event: Event) -> bool:
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
