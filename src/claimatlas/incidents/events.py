"""Which statements of one report tell of one event.

Reports tell an event several times: headline, lead, detail, a second source, a consequence. Statements are laid
together one by one in order of the text; place, day, deed, doer and figures say whether the next one goes on with an
event already told or begins another.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from msgspec.structs import replace

from claimatlas.claims.placeroles import CAPITAL_ID
from claimatlas.claims.statements import Statement
from claimatlas.incidents.lending import lend_doers, lend_frames, lend_owners
from claimatlas.incidents.likeness import (
    NEXT_TO_LAST,
    OTHER_DAY,
    OTHER_PLACE_UNTOLD,
    SAME_DOER,
    day_points,
    likeness,
    place_points,
)
from claimatlas.incidents.resolving import Scenes
from claimatlas.incidents.sums import (
    adds_up_others,
    counts_from_before,
    drop_sums,
    drop_surveys,
    join_some,
    split_places,
)
from claimatlas.incidents.telling import (
    FIRM_TYPE,
    MIN_SHARED_TOLL,
    STRONG_TYPE,
    Event,
    Telling,
    about_same,
    can_begin,
    is_of_use,
    is_recalled,
    make_telling,
    news_day,
)
from claimatlas.mentions.document import Mentions, Zone
from claimatlas.model import Outcome, Victims

# An event with fewer points is another one.
MIN_LIKENESS = 0.0
# What is recalled in passing is gone on with for this many sentences at most.
_GOES_ON = 2
# A line of a list is compared with the report's first events, which it is about, and with so many of the latest: the
# thousandth line takes no longer than the fiftieth.
_FIRST_EVENTS, _LATEST_EVENTS = 10, 40


def find_events(mentions: Mentions, statements: Sequence[Statement], scenes: Scenes) -> list[Event]:
    """Lay the statements of a report together as events.

    Args:
        mentions: The report's mentions.
        statements: What its clauses tell (`claims.make_claims`).
        scenes: The places of the statements.

    Returns:
        The events that are incidents by the codebook, in order of the text.
    """
    own_day = news_day(mentions.anchor, statements)
    thread = _Thread()
    for statement in statements:
        if is_of_use(statement):
            thread.read(make_telling(mentions, statement, scenes, own_day))
    for event in thread.events:
        event.forget()
    told = join_some(drop_sums(split_places(_join_repeats(thread.events))))
    kept = [event for event in told if _is_incident(event)]
    lend_owners(mentions, kept)
    lend_frames(kept)
    lend_doers(kept, thread.waiting)
    return drop_surveys(kept)


class _Thread:
    """The thread of a report: the events told so far, and which of them a sentence can go on with.

    Attributes:
        events: The events, in order of the text.
        waiting: What has been told without beginning an event.
    """

    def __init__(self) -> None:
        """Nothing has been told yet."""
        self.events: list[Event] = []
        self.waiting: list[Telling] = []
        self._last: Event | None = None  # what was told last …
        self._own: Event | None = None  # … and last of what is no older than the report's own days
        self._recalled: Telling | None = None
        self._waits: Telling | None = None  # told right before, without having begun an event
        self._day: dt.date | None = None

    def read(self, telling: Telling) -> None:
        """Lay a statement to the event it tells of; it may begin one, wait for one, or belong to none."""
        if self._recalled is not None and not _goes_on_with(telling, self._recalled):
            self._last = self._own  # "this weekend's raid", after a word on last month's
        event = self._find(telling)
        whole = self._without_sum(telling, event)
        if whole is None:
            return
        if event is None and self._last is not None and _tells_parts(whole):
            event = self._last
        if event is None:
            if not can_begin(whole):
                self.waiting.append(whole)
                self._waits = whole
                return
            event = self._begin(whole)
        event.hear(whole)
        self._remember(whole, event)

    def _find(self, telling: Telling) -> Event | None:
        """The event that a statement goes on with."""
        if self._last is not None and _tells_replaced(telling):
            return self._last
        event = _find_event(telling, self.events, self._last)
        if self._waits is not None and event is not None and _is_of_another(self._waits, telling, event):
            return None
        return event

    def _without_sum(self, telling: Telling, event: Event | None) -> Telling | None:
        """A statement without a toll of several events, which belongs to none of them (codebook, section 5)."""
        marks, known = telling.statement.marks, self.events if event is None else [event]
        if "since" in marks and any(counts_from_before(telling, other) for other in known):
            return None
        if telling.killed and adds_up_others(telling, known, len(self.events)):
            if "overall" not in marks:
                return None
            telling = replace(telling, statement=replace(telling.statement, figures=()))
        wounded = bool(telling.statement.figures) and not telling.killed
        return None if "sum" in marks and wounded and len(self.events) > 1 else telling

    def _begin(self, telling: Telling) -> Event:
        """A new event, with what was told of it before."""
        aside = telling.statement.marks & _ASIDE
        event = Event(day_before=None if aside else self._day)
        self.events.append(event)
        if len(self.events) == 1:
            event.add([t for t in self.waiting if _leads_to(t, telling)])
        event.add([t for t in self.waiting[-1:] if t not in event.tellings and _has_toll(t, telling)])
        event.add([t for t in self.waiting if t not in event.tellings and _tells_same_deed(t, telling)])
        return event

    def _remember(self, telling: Telling, event: Event) -> None:
        """What the next sentence can go on with: "the attack", after a remark on another, is the report's own."""
        older = is_recalled(telling)
        if telling.start is not None and telling.start == telling.end and not older:
            self._day = telling.start
        self._waits, self._last = None, event
        self._recalled = telling if older or telling.statement.marks & _ASIDE else None
        if self._recalled is None or self._own is None:
            self._own = event


# A statement with one of these marks tells of something beside what the report is about.
_ASIDE = frozenset({"before", "earlier", "aside"})


def _goes_on_with(telling: Telling, recalled: Telling) -> bool:
    """Whether a statement can go on with what one right before it recalled."""
    apart = telling.statement.sentence - recalled.statement.sentence
    near = apart <= (0 if "aside" in recalled.statement.marks else _GOES_ON)
    return near and (telling.start is None or telling.start == recalled.start)


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


def _move_headlines(events: Sequence[Event]) -> None:
    """Give a headline's toll to the event whose body tells it, where the headline names several events."""
    for event in events:
        for telling in [t for t in event.tellings if t.statement.zone is Zone.TITLE and t.killed]:
            if event.is_headline or about_same(event.body_tolls, telling.killed):
                continue
            home = next((e for e in events if e is not event and about_same(e.body_tolls, telling.killed)), None)
            if home is not None:
                event.remove(telling)
                home.add([telling])


def _repeats(event: Event, other: Event) -> bool:
    """Whether two events have an unusual toll in common and nothing that tells them apart."""
    return not event.unusual_tolls.isdisjoint(other.unusual_tolls) and all(
        place_points(telling, other) > OTHER_PLACE_UNTOLD and day_points(telling, other) > OTHER_DAY
        for telling in event.tellings
    )


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
    return same_doer and likeness(lead, Event([telling])) >= SAME_DOER


def _has_toll(deed: Telling, toll: Telling) -> bool:
    """Whether a sentence of mere figures is the toll of the deed told, without one, right before it."""
    told, counted = deed.statement, toll.statement
    if not counted.figures or toll.scenes:
        return False
    if told.type is None and not _hits(deed):
        return False
    if counted.type not in (None, told.type) or (counted.type is None and 0 < told.type_weight < FIRM_TYPE):
        return False
    if "denial" in told.marks and (counted.deeds or not deed.is_placed or not told.agents):
        return False  # but "Russia denied its jets had hit A. Rescuers said 14 people died there"
    if told.marks & {"campaign", "conditional", "foreign", "sum"} or counted.marks & {"elsewhere", "earlier"}:
        return False
    dated = deed.start is not None and deed.start == deed.end and bool(told.agents) and told.type_weight >= STRONG_TYPE
    return (bool(deed.scenes) or dated) and 0 <= counted.sentence - told.sentence <= 1


def _tells_of_last(telling: Telling, last: Event) -> bool:
    """Whether a statement only speaks of the fighters whose death was told last: "وأضاف أن مقتل القيادي سيعطل"."""
    statement = telling.statement
    if statement.deeds or statement.date is not None or telling.scenes or "definite" not in statement.marks:
        return False
    fighters = all(figure.victims is Victims.COMBATANTS for figure in statement.figures)
    return bool(statement.figures) and fighters and any(f.victims is Victims.COMBATANTS for _, f in last.figures)


def _speaks_of_last(telling: Telling) -> bool:
    """Whether a statement says where the deed just told happened, or whose it was: "IS was behind the ambush"."""
    statement = telling.statement
    if "located" in statement.marks:
        return True
    blames = {"accusal", "definite"} <= statement.marks and not statement.figures
    return blames and not telling.scenes and statement.date is None


def _tells_toll_of_last(telling: Telling, last: Event, events: Sequence[Event]) -> bool:
    """Whether a statement gives the toll of the dated deed told without one right before: "… died in the attack"."""
    statement, before = telling.statement, last.tellings[-1]
    known = "definite" in statement.marks and bool(telling.killed) and telling.start is None and not telling.scenes
    if not known or "clause" in statement.marks or last.killed_figures:
        return False
    dated = before.start is not None and before.start == before.end and before.is_placed
    if not dated or statement.sentence - before.statement.sentence != 1:
        return False
    if max(low or high or 0 for low, high in telling.killed) >= MIN_SHARED_TOLL and any(
        about_same(telling.killed, {toll for t in event.heard for toll in t.killed}) for event in events
    ):
        return False  # told once more of the event that it is known from
    return before.statement.type_weight >= STRONG_TYPE and statement.type in (None, before.statement.type)


def _is_of_another(deed: Telling, toll: Telling, event: Event) -> bool:
    """Whether a toll is of the deed told right before it, somewhere else than the event told before that.

    So is a denial that follows a charge: "rebels accused the army of storming A. The army denied it had attacked".
    """
    if "accusal" in deed.statement.marks and "denial" in toll.statement.marks and not toll.scenes:
        return toll.statement.sentence - deed.statement.sentence <= 1 and not toll.statement.figures
    if _goes_on_with_deed(deed, toll):
        return day_points(deed, event) <= OTHER_DAY
    if not _has_toll(deed, toll) or not can_begin(toll):
        return False
    if "definite" in toll.statement.marks:  # "On the 16th, jets bombed a camp. The strike killed 28"
        return deed.start is not None and day_points(deed, event) < 0
    return place_points(deed, event) < 0


def _goes_on_with_deed(deed: Telling, telling: Telling) -> bool:
    """Whether a statement goes on, without a day of its own, with the dated deed right before: "those strikes …"."""
    known = "definite" in telling.statement.marks and telling.start is None and not telling.scenes
    near = telling.statement.sentence - deed.statement.sentence <= 1
    return known and near and deed.start is not None and bool(deed.statement.deeds)


def _tells_same_deed(before: Telling, telling: Telling) -> bool:
    """Whether what was told before without a place is of the same kind and day: "… accused the army of gassing A"."""
    one, other = before.statement, telling.statement
    if before.scenes or before.start is None or (before.start, before.end) != (telling.start, telling.end):
        return False
    return one.type is not None and one.type is other.type and min(one.type_weight, other.type_weight) >= STRONG_TYPE


def _hits(telling: Telling) -> bool:
    """Whether a place is attacked, by what is not told: "fighters of X attacked posts near A", "a convoy was hit"."""
    verbs = (word.get("event", "verb") for word in telling.statement.deeds)
    aimed = any(verb is not None and verb.type is None for verb in verbs)
    return aimed and telling.is_placed and not telling.statement.marks & {"clause", "aside"}


def _find_event(telling: Telling, events: Sequence[Event], last: Event | None) -> Event | None:
    if last is not None and (
        _tells_of_last(telling, last) or _speaks_of_last(telling) or _tells_toll_of_last(telling, last, events)
    ):
        return last
    best: tuple[float, Event] | None = None
    for event in _in_mind(events, last):
        points = likeness(telling, event) + (NEXT_TO_LAST if event is last else _leap_points(telling, event))
        if points >= MIN_LIKENESS and (best is None or points >= best[0]):
            best = (points, event)
    return best[1] if best is not None else None


def _leap_points(telling: Telling, event: Event) -> float:
    """What counts against going on, past another event, with one of no known place."""
    known = event.scenes or telling.killed & event.body_tolls or "definite" in telling.statement.marks
    return 0.0 if known or not telling.is_placed else OTHER_PLACE_UNTOLD


def _in_mind(events: Sequence[Event], last: Event | None) -> Sequence[Event]:
    """The events that a statement can go on with: all, but of a list of hundreds its first, its latest and the last."""
    if len(events) <= _FIRST_EVENTS + _LATEST_EVENTS:
        return events
    between = events[_FIRST_EVENTS:-_LATEST_EVENTS]
    told_last = [event for event in between if event is last]
    return [*events[:_FIRST_EVENTS], *told_last, *events[-_LATEST_EVENTS:]]


def _is_incident(event: Event) -> bool:
    """Whether an event is one by the codebook: told in the body or with a figure, in the country, not a campaign."""
    statements = [telling.statement for telling in event.tellings]
    if not event.figures and all(statement.zone is Zone.TITLE for statement in statements):
        return bool(event.scenes)
    if any("foreign" in s.marks for s in statements) and not event.scenes:
        return False
    if all("campaign" in statement.marks for statement in statements) or _is_petition(event, statements):
        return False
    if not event.scenes and not event.type and not event.agents:
        return bool(event.figures)
    return True


def _is_petition(event: Event, statements: Sequence[Statement]) -> bool:
    """Whether a letter complains, without a figure, of what went on in a province: diplomacy, on a day of its own."""
    if event.figures or "petition" not in statements[0].marks:
        return False
    roles = (role for statement in statements for role in statement.places if role.event)
    # Those who complain sit in the capital.
    return all(role.kind == "governorate" or CAPITAL_ID in role.ids for role in roles)
