"""Sums: tolls that several places or events add up to, and what belongs to each of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from msgspec.structs import replace

from claimatlas.incidents.lending import WITHOUT_AIRCRAFT, doer_only, without, without_toll
from claimatlas.incidents.likeness import ALLIES, ELSEWHERE_MARKS, place_points, share_scene
from claimatlas.incidents.telling import MIN_SHARED_TOLL, Event, Telling, about_same, can_begin, is_recalled
from claimatlas.mentions.document import Zone
from claimatlas.model import OUTLET, EventType, Outcome

# So many sentences behind a sum its parts are still told by the same source.
_GOES_ON = 2
# A lead's toll is the sum of its places' from here on ("two dead", and one in each of two quarters, is chance).
MIN_SUM = 3


def adds_up_others(telling: Telling, known: Sequence[Event], n_events: int) -> bool:
    """Whether a toll adds up several events: that of a time, or of all ("the overall toll") where several are told."""
    marks = telling.statement.marks
    if "sum" not in marks and not ("overall" in marks and n_events > 1):
        return False
    own = max(low or high or 0 for low, high in telling.killed)
    if telling.tells_place and any(
        len(e.finest) > 1 and any((low or 0) > own for low, _ in e.body_tolls) for e in known
    ):
        return False  # "… killed 148 people in A and B. In A, a blast killed 100 in all"
    told = (other for event in known for other in event.tellings)
    tolls = {toll for other in told if not _counts_vaguely(other) for toll in other.killed}
    return bool(tolls) and not about_same(tolls, telling.killed)


def _counts_vaguely(telling: Telling) -> bool:
    """Whether a statement counts its dead by a word only: "dozens killed", says the headline."""
    return all(figure.vague for figure in telling.statement.figures if Outcome.KILLED in figure.outcomes)


def counts_from_before(telling: Telling, event: Event) -> bool:
    """Whether a toll runs from an earlier day on than the event: "the clashes have claimed 40 lives since Sunday"."""
    starts = telling.start is not None and bool(event.days) and telling.start < min(event.days)
    return starts and bool(telling.killed) and (not telling.scenes or place_points(telling, event) > 0)


def split_places(events: list[Event]) -> list[Event]:
    """Tell the places of one event apart where each has a toll of its own behind what is said of them all.

    "Jets bombed A and B. Seven people died in A, three in B"; "14 were killed. Eight of the dead were in A, six in B".
    """
    return [part for event in events for part in _split_place(event)]


def _split_place(event: Event) -> list[Event]:
    body = event.body
    places = [telling for telling in body if telling.tells_place]
    groups: list[list[Telling]] = []
    for telling in places:
        home = next((g for g in groups if share_scene(g[0].finest, telling.finest)), None)
        if home is None:
            groups.append([telling])
        else:
            home.append(telling)
    first = places[0].statement.first if places else 0
    leads = [telling for telling in body if telling.statement.first < first]
    if len(groups) < 2 or not leads or not _leads_places(leads, groups):
        return [event]
    if any(not _lie_apart(Event(one), Event(other)) for one, other in combinations(groups, 2)):
        return [event]
    rest = [telling for telling in body if telling not in places and telling not in leads]
    heads = [telling for telling in event.tellings if telling not in body]
    lent = [without_toll(telling) for telling in (*heads, *leads)]
    parts = [Event([*map(_as_whole, group), *lent], day_before=event.day_before) for group in groups]
    for telling in rest:
        before = [at for at, group in enumerate(groups) if group[0].statement.first < telling.statement.first]
        parts[before[-1] if before else 0].add([telling])
    return parts


def _tells_sum(telling: Telling, lead: Telling) -> bool:
    """Whether a headline, or a sentence that names no place itself, tells a sum once more."""
    again = telling.statement.zone is Zone.TITLE or not any(scene.is_specific for scene in telling.scenes)
    return again and about_same(telling.killed, lead.killed)


def _comes_behind(telling: Telling, lead: Telling) -> bool:
    """Whether a statement may tell a part of a sum: in a later sentence, or behind a sum that names no place itself."""
    if lead.is_placed:
        return telling.statement.sentence > lead.statement.sentence
    return telling.statement.first > lead.statement.first


def _leads_places(leads: Sequence[Telling], groups: Sequence[Sequence[Telling]]) -> bool:
    """Whether a lead names the places that follow and gives no toll, or gives one that theirs add up to."""
    placed = [lead for lead in leads if lead.scenes]
    if placed and not all(any(_lies_within(group[0], lead) for lead in placed) for group in groups):
        return False
    sums = {low for lead in leads for low, _ in lead.killed if low is not None}
    lowest = [max((f.min or 0 for t in group[:1] for f in t.statement.figures), default=0) for group in groups]
    if sums:
        return sum(lowest) in sums and max(sums) >= MIN_SUM
    listed = [scene for lead in leads for scene in lead.finest]
    return all(any(scene.same(place) for scene in listed for place in group[0].finest) for group in groups)


def _as_whole(telling: Telling) -> Telling:
    """What a statement tells, its dead counted as all those of their place."""
    figures = [
        replace(f, part=False, some=False) if Outcome.KILLED in f.outcomes and f.whole is None else f
        for f in telling.statement.figures
    ]
    return replace(telling, statement=replace(telling.statement, figures=tuple(figures)))


def _told_by(part: Telling, lead: Telling) -> Telling:
    """A part of a sum, told by whoever told the sum right before it where nobody else is named."""
    told, summed = part.statement, lead.statement
    if told.claimant != OUTLET or not told.figures or not 0 <= told.sentence - summed.sentence <= _GOES_ON:
        return part
    return replace(part, statement=replace(told, claimant=summed.claimant, speaker_actors=summed.speaker_actors))


def drop_sums(events: list[Event]) -> list[Event]:
    """Take a toll that adds up those of several events from the one that holds it, and lend its doers to all.

    "21 people were killed in regime attacks on four towns. In A, 3 … In B, 18 …" (codebook, section 5).
    """
    told = [(telling, event) for event in events for telling in event.body]
    for lead, home in told:
        whole = {low for low, _ in lead.killed if low is not None and low >= MIN_SUM}
        if not whole or "item" in lead.statement.marks:
            continue  # one of a list is no sum of those behind it
        parts = (
            (toll, event)
            for telling, event in told
            if _comes_behind(telling, lead)
            and (toll := telling.toll_of_part) is not None
            and (not is_recalled(telling) or _spans(lead, telling) or (lead.start is None and not lead.scenes))
            and not _is_on_another_day(lead, event)
            and not _is_by_others(lead, telling)
            and (_lies_within(telling, lead) or (max(whole) >= MIN_SHARED_TOLL and not _lies_outside(telling, lead)))
        )
        holders = _summed(parts, whole)
        if len(holders) < 2:
            continue
        summed = [event for event in events if id(event) in holders]
        if not any(_lie_apart(one, other) for one, other in combinations(summed, 2)):
            _join_parts(home, summed)
            return [event for event in events if event.tellings]
        heads = [t for t in home.tellings if t is not lead and _tells_sum(t, lead)]
        named = lead if lead.statement.agents else next((t for t in heads if t.statement.agents), lead)
        for telling in (lead, *heads):
            home.remove(telling)
        rivals = id(home) not in holders and not any(telling.scenes for telling in home.tellings)
        if rivals or not any(map(can_begin, home.tellings)):
            home.remove_all()  # what others gave for the sum goes with it
        elif heads:
            home.add(map(without_toll, heads))
        for event in summed:
            event.replace_all([_told_by(_as_whole(telling), lead) for telling in event.tellings])
        doers = replace(named, statement=doer_only(named.statement), scenes=())
        flying = replace(doers, statement=without(doers.statement, WITHOUT_AIRCRAFT))
        for event in events:
            if id(event) in holders and not _names_doer(event):
                by = flying if event.type is EventType.AIRSTRIKE and flying.statement.agents else doers
                day = None if event.days else lead.statement.date
                event.add([replace(by, statement=replace(by.statement, date=day))])
        return [event for event in events if event.tellings]
    return events


def join_some(events: list[Event]) -> list[Event]:
    """Lay what counts some of the victims told before to their event: "35 died around A, 22 of the fighters in B"."""
    for event in events:
        dead = event.killed_figures
        if not dead or not all(figure.some for figure in dead):
            continue
        most = max(figure.min or 0 for figure in dead)
        home = next((e for e in events if e is not event and e.tellings and _counts_more(e, event, most)), None)
        if home is not None:
            _join_parts(home, [event])
    return [event for event in events if event.tellings]


def _counts_more(event: Event, part: Event, most: int) -> bool:
    """Whether an event told before has a toll that another can be some of."""
    before = event.tellings[0].statement.first < part.tellings[0].statement.first
    apart = bool(event.days and part.days) and not event.days & part.days
    return before and not apart and any(low is not None and low > most for low, _ in event.body_tolls)


def _lie_apart(one: Event, other: Event) -> bool:
    """Whether two parts of a sum are events of their own: told of other days or other places (codebook, section 1)."""
    if one.days and other.days and not one.days & other.days:
        return True
    if any(telling.statement.marks & ELSEWHERE_MARKS for event in (one, other) for telling in event.tellings):
        return True
    here, there = one.finest, other.finest
    if not here or not there or share_scene(here, there):
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


def _spans(lead: Telling, telling: Telling) -> bool:
    """Whether a sum is of a time that a day told later lies in: "this month", and then "on the 16th"."""
    if lead.start is None or lead.end is None or telling.start is None:
        return False
    return lead.start < telling.start <= lead.end


def _is_by_others(lead: Telling, telling: Telling) -> bool:
    """Whether a sum and a toll are laid to sides that do not fight together."""
    both = lead.agents | telling.agents
    apart = bool(lead.agents) and bool(telling.agents) and not lead.agents & telling.agents
    return apart and not any(both <= side for side in ALLIES)


def _is_on_another_day(lead: Telling, event: Event) -> bool:
    """Whether an event was on a day that a sum is not of: another one, or none of its weeks."""
    if lead.start is None or lead.end is None or not event.days:
        return False
    return not any(lead.start <= day <= lead.end for day in event.days)


def _names_doer(event: Event) -> bool:
    """Whether more than a headline names who did it."""
    return any(telling.statement.agents for telling in event.body)


def _lies_within(telling: Telling, lead: Telling) -> bool:
    """Whether all of a statement's places are, or lie in, those of a round-up's lead."""
    return bool(telling.finest) and all(
        any(other.same(scene) or other.holds(scene) or other.governorate == scene.governorate for other in lead.scenes)
        for scene in telling.finest
    )


def _lies_outside(telling: Telling, lead: Telling) -> bool:
    """Whether a statement names places in none of the governorates of a toll with a place of its own."""
    return lead.is_placed and bool(telling.finest) and not _lies_within(telling, lead)


def _summed(parts: Iterable[tuple[int, Event]], whole: set[int]) -> set[int]:
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
        if total > max(whole):
            return set()
    return set()


def drop_surveys(events: list[Event]) -> list[Event]:
    """Leave out the lead of a round-up whose events are told one by one behind it."""
    kept = []
    for at, event in enumerate(events):
        told = [other for other in events[at + 1 :] if other.governorates and other.governorates <= event.governorates]
        if event.body_tolls:
            told = [other for other in told if other.body_tolls]
        if not event.scenes and _counts_all(event, [other for other in events[at + 1 :] if other.is_placed]):
            continue  # "nine people were killed in 24 hours", and then where
        if not event.surveys or event.sums or len(told) < (2 if event.body_tolls else 1):
            kept.append(event)
            continue
        for other in told:
            lent = [*map(without_toll, event.body)]
            if not _can_be_done_by(other, event.type):
                lent = [replace(t, statement=replace(t.statement, actors=())) for t in lent]
            other.add(telling for telling in lent if not other.days or telling.start is None)
    return kept


def _counts_all(event: Event, others: Sequence[Event]) -> bool:
    """Whether an event of no known place only adds up those told behind it: a sum, or the highest toll and no deed."""
    if len(others) < _SEVERAL:
        return False
    if event.sums:
        return True
    most, each = (max((low or 0 for e in group for low, _ in e.body_tolls), default=0) for group in ([event], others))
    return event.type is None and not event.agents and not event.days and most > each > 0


_SEVERAL = 2
_BY_HIDDEN_HANDS = frozenset({EventType.SHOOTING, EventType.EXPLOSION, EventType.ABDUCTION})


def _can_be_done_by(event: Event, lead: EventType | None) -> bool:
    """Whether a round-up's lead can name an event's doer: no unknown gunmen's, nor a bomb's where it tells of raids."""
    unknown = any("unclaimed" in telling.statement.marks for telling in event.tellings)
    return not unknown and (event.type not in _BY_HIDDEN_HANDS or event.type is lead)
