"""What one event is lent of another: whose bombs they were, by whom and with what, told once for several.

`events` says which statements belong together; here events that leave out their doer, or what was done, take it over
from the one told beside them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from msgspec.structs import replace

from claimatlas.claims.statements import Statement
from claimatlas.incidents.likeness import AT_A_DISTANCE
from claimatlas.incidents.telling import FIRM_TYPE, NO_LENDER, Event, Telling, is_recalled, tells_own_story
from claimatlas.mentions.document import Mentions, Zone
from claimatlas.model import Actor, EventType

# A doer named once acts on through this many further sentences, where no other is named.
LENDING_SENTENCES = 3
# What happened longer ago than this says nothing of who did it now.
_SEASON_DAYS = 31


def without_toll(telling: Telling) -> Telling:
    """What a round-up's lead says of all its events: doer, means and day."""
    return replace(telling, statement=replace(telling.statement, figures=()), scenes=())


_ATTACKS = frozenset({"attacks", "bombings", "blasts", "explosions", "assaults", "raids", "strikes"})
_BOTH = frozenset({"the", "both", "these", "two", "three"})


def lend_owners(mentions: Mentions, events: Sequence[Event]) -> None:
    """Lay all the bombs told before to who owns them together: "IS said it carried out the attacks in both cities"."""
    if len(events) < 2 or not mentions.vocabulary.grammar.cased_names:
        return
    for event in events:
        owning = [telling for telling in event.tellings if _owns_several(mentions, telling)]
        for other in events if owning else ():
            told = other.tellings[0].statement
            alike = other.type is event.type and told.first < owning[0].statement.first
            same_days = not other.days or not event.days or bool(other.days & event.days)
            if other is not event and alike and same_days and not other.agents and not is_recalled(other.tellings[0]):
                other.add(map(without_toll, owning))


def _owns_several(mentions: Mentions, telling: Telling) -> bool:
    """Whether a statement only says whose several deeds were, in their own voice."""
    statement = telling.statement
    own = "owned" in statement.marks or bool(set(statement.speaker_actors) & telling.agents)
    if not own or statement.figures or not telling.agents or "definite" not in statement.marks:
        return False
    return any(
        mentions.tokens[at].norm in _ATTACKS and mentions.tokens[at - 1].norm in _BOTH
        for at in range(statement.first + 1, statement.last)
    )


def lend_frames(events: Sequence[Event]) -> None:
    """Give a toll told without a verb what was told, without a toll, of the place in front of it and of both.

    "Warplanes bombed A and B. Seven people died in A and three in B."
    """
    for event in events:
        first = event.tellings[0].statement
        if "apart" not in first.marks or event.type is not None or event.agents:
            continue
        home = next((e for e in events if e is not event and _is_told_beside(e, first)), None)
        if home is not None:
            before = [t for t in home.tellings if t.statement.first < first.first and not t.killed]
            event.add(map(without_toll, before))


def _is_told_beside(event: Event, statement: Statement) -> bool:
    """Whether a sentence tells of an event in front of a statement."""
    own = [telling.statement for telling in event.tellings if telling.statement.figures]
    return any(s.sentence == statement.sentence and s.first < statement.first for s in own)


def lend_doers(events: Sequence[Event], waiting: Sequence[Telling]) -> None:
    """Give an event told without doer and means those of the event told right before it.

    "Regime warplanes hit two towns. Nine people died in A. Another six died in B": the doer is named once, be it in a
    sentence that names no place (`waiting`: those that have begun no event).
    """
    leads = [telling for telling in waiting if not telling.statement.marks & NO_LENDER]
    for at, event in enumerate(events):
        own = [telling.statement for telling in event.tellings]
        if event.agents or event.is_headline or any(map(tells_own_story, own)) or event.tellings[0].replies:
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
            and not _is_long_past(telling.statement, event)
            and not (is_recalled(telling) and not any(map(is_recalled, event.tellings)))
        ]
        if not lenders:
            continue
        _, lender, other = max(lenders, key=lambda item: item[0])
        if all(map(is_recalled, event.tellings)) and not is_recalled(lender):
            continue  # "The army shelled A, where an attack in December killed twelve"
        near = first.sentence - lender.statement.sentence <= LENDING_SENTENCES or _leads(lender, events, first)
        days, theirs = event.days, other.days
        told = max((s.type_weight for s in own), default=0) >= FIRM_TYPE
        if "line" in first.marks & lender.statement.marks:
            continue  # two items of a list
        if _is_out_of_reach(lender.statement, own) or _would_hit_itself(lender.statement, event):
            continue
        if not told and "fresh" in first.marks and "definite" not in first.marks:
            continue  # a bulletin's next line: "a man's body was found in the town"
        alike = not told or event.type is lender.statement.type
        told = told or "further" in first.marks  # "… and on the next day a like strike hit B"
        # What only says that people died somewhere is not laid to a doer of another governorate.
        away = bool(event.governorates and other.governorates) and not event.governorates & other.governorates
        near = near and (told or not away or _leads(lender, events, first))
        if near and alike and (not days or not theirs or days & theirs or _follow(days, theirs, told=told)):
            event.add([replace(lender, statement=doer_only(lender.statement), scenes=())])


WITHOUT_AIRCRAFT = frozenset({Actor.OPPOSITION, Actor.HTS_NUSRA, Actor.ISIS, Actor.TURKISH_BACKED_OPPOSITION})


def _is_out_of_reach(lender: Statement, own: Sequence[Statement]) -> bool:
    """Whether raids are told that those named before cannot fly: "rebel shells fell on A. In B, 13 died in raids"."""
    flown = any("flown" in e.flags and e.role == "noun" for s in own for word in s.deeds for e in word.entries)
    return flown and lender.type is EventType.SHELLING and set(lender.agents) <= WITHOUT_AIRCRAFT


def _would_hit_itself(lender: Statement, event: Event) -> bool:
    """Whether an event counts men of those named before: "Turkish guns shelled A. Two Turkish soldiers died in B"."""
    losers = {actor for telling in event.tellings for actor in telling.statement.losers}
    return event.type in AT_A_DISTANCE and not losers.isdisjoint(lender.agents)


def _is_long_past(statement: Statement, event: Event) -> bool:
    """Whether a statement tells of another year or season than an event's, and of its doers."""
    date = statement.date
    end = date.end_day if date is not None else None
    return end is not None and bool(event.days) and all(abs((day - end).days) > _SEASON_DAYS for day in event.days)


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


def doer_only(statement: Statement) -> Statement:
    """What a statement says of doer and means, without its tolls and its day."""
    return replace(statement, figures=(), date=None, said_date=None)


def without(statement: Statement, actors: Collection[Actor]) -> Statement:
    """What a statement says, but for the part that some actors play in it."""
    return replace(statement, actors=tuple(role for role in statement.actors if not set(role.actors) <= set(actors)))
