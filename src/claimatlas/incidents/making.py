"""Making incidents: what the statements of an event say of it together.

`events` lays the statements together; here each event's place, day, type, actors, attribution and totals are read off
them, and `tolls` reads its claims.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from claimatlas.claims.cast import ACTING, Role
from claimatlas.claims.statements import Statement
from claimatlas.dates import DateKind, DateMention
from claimatlas.incidents.events import find_events
from claimatlas.incidents.likeness import ALLIES, are_allied
from claimatlas.incidents.resolving import Scenes
from claimatlas.incidents.scenes import Scene
from claimatlas.incidents.telling import MAIN_DAYS, STRONG_TYPE, Event, is_recalled
from claimatlas.incidents.tolls import claims_of_event, totals_of_event
from claimatlas.mentions.document import Mentions, Zone
from claimatlas.model import (
    OUTLET,
    Actor,
    Attribution,
    EventType,
    Extraction,
    Issue,
    Outcome,
    PlaceMention,
    ReportedIncident,
    Salience,
    Victims,
    When,
)

if TYPE_CHECKING:
    from claimatlas.reference import Reference

# Settlements smaller than a city have this level at most (`scenes`).
_VILLAGE_LEVEL = 2
_SETTLED = ("village", "town", "neighbourhood", "camp")
# Whoever dies of these is a civilian unless somebody says otherwise (codebook, section 5).
_CIVILIAN_TYPES = frozenset({EventType.AIRSTRIKE, EventType.SHELLING, EventType.CHEMICAL, EventType.EXPLOSION})


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
    kept = find_events(mentions, statements, scenes)
    issues: list[Issue] = []
    denials = [statement for statement in statements if "denial" in statement.marks]
    incidents = [
        _make_incident(mentions, event, scenes, _without_denials_of_others(event, kept, statements, denials))
        for event in kept
    ]
    titled = {s.type for s in statements if s.zone is Zone.TITLE and s.type_weight >= STRONG_TYPE}
    incidents = _set_salience(mentions, incidents, kept, titled)
    for incident in incidents:
        if incident.location is None and incident.places:
            names = ", ".join(place.name for place in incident.places)
            issues.append(
                Issue("place_unknown", f"No place is known by the name {names}.", mentions.report.id, words=names)
            )
    return Extraction(mentions.report, tuple(incidents), tuple(issues))


def _without_denials_of_others(
    event: Event, events: Sequence[Event], statements: Sequence[Statement], denials: Sequence[Statement]
) -> Sequence[Statement]:
    """The report's statements but for denials of one deed that is another event's ("denied hitting the hospital")."""
    if not denials or len(events) == 1:
        return statements
    of_one = {s.first for s in denials if "of_one" in s.marks} | _denials_before(event, events)
    others = {t.statement.first for other in events if other is not event for t in other.tellings} & of_one
    others -= {t.statement.first for t in event.tellings}
    return [s for s in statements if s.first not in others]


def _denials_before(event: Event, events: Sequence[Event]) -> set[int]:
    """The denials that a report has told of an event of other days before it comes to this one, by their first token.

    "Jets killed nine in A on Monday. Russia denied killing civilians. On Tuesday, Russian jets hit B."
    """
    first = event.tellings[0].statement.first
    return {
        t.statement.first
        for other in events
        if other is not event and event.days and not other.days & event.days
        for t in other.tellings
        if "denial" in t.statement.marks and t.statement.first < first
    }


def _make_incident(
    mentions: Mentions, event: Event, scenes: Scenes, statements: Sequence[Statement]
) -> ReportedIncident:
    type_ = _event_type(event)
    agents = _actors(event, type_)
    if agents == (Actor.ISRAEL,) and type_ is EventType.SHELLING and _names_no_gunner(event):
        type_ = EventType.AIRSTRIKE  # whatever Israel fires, told before a word on whose it was (codebook, section 6)
    told = claims_of_event(mentions, event, agents)
    quote = next((c.quote for c in told.claims if c.outcome is not None), told.claims[0].quote)
    places = scenes.rank(event.scenes or _places_before(event, scenes), [t.scenes for t in event.tellings])
    if _names_no_village(event):
        places = [scenes.widen(scene) for scene in places]
    located = next((scene for scene in places if scene.location is not None), None)
    governorate = next((scene.governorate for scene in places if scene.governorate), None)
    fought = type_ not in _CIVILIAN_TYPES or any(c.victims is Victims.COMBATANTS for c in told.claims)
    return ReportedIncident(
        report_id=mentions.report.id,
        quote=quote,
        event_type=type_,
        when=_when(mentions, event, statements),
        places=tuple(
            PlaceMention(s.name, mentions.token_span(s.role.first, s.role.last), s.governorate, s.location, s.relation)
            for s in places
        ),
        governorate=governorate,
        location=located.location if located is not None else None,
        actors=agents,
        attribution=_attribution(event, agents, statements),
        claims=tuple(told.claims),
        totals=totals_of_event(mentions, event, told, count_people_as_civilians=not fought),
        means=tuple(mentions.token_span(w.first, w.last) for t in event.tellings for w in t.statement.means)[:8],
        flags=_flags(located, event),
    )


def _names_no_gunner(event: Event) -> bool:
    """Whether no statement that tells of shelling says whose it was."""
    return not any(t.statement.agents for t in event.tellings if t.statement.type is EventType.SHELLING)


def _places_before(event: Event, scenes: Scenes) -> list[Scene]:
    """Where an event told without a place happened: nowhere known, when it is an older story than what was told.

    … unless it was "in the town" too.
    """
    statements = [telling.statement for telling in event.tellings]
    older = all("earlier" in statement.marks for statement in statements)
    if older and not any(scenes.speaks_of_it(statement, _SETTLED) for statement in statements):
        return []
    first = statements[0]
    known = scenes.fallback(first.sentence, until=first.last)
    if any(scenes.speaks_of_it(statement, ("town",)) for statement in statements):
        return scenes.fallback(first.sentence, towns=True) or known
    return known


def _names_no_village(event: Event) -> bool:
    """Whether the event is said to have happened in a village that the report does not name."""
    statements = [t.statement for t in event.tellings if t.statement.figures or t.statement.deeds]
    if any(scene.is_specific and scene.level <= _VILLAGE_LEVEL for scene in event.scenes):
        return False
    return any("unnamed" in statement.marks for statement in statements)


def _flags(located: Scene | None, event: Event) -> tuple[str, ...]:
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


def _kills_fighters(event: Event, statement: Statement) -> bool:
    """Whether one side's troops are said to have killed those of another: "the SDF killed 47 militants of ISIS"."""
    killed = any(f.victims is Victims.COMBATANTS and Outcome.KILLED in f.outcomes for f in statement.figures)
    victims = {actor for role in statement.actors if role.role is Role.VICTIM for actor in role.actors}
    doers = set(statement.agents) or event.agents
    told = bool(victims) or any(word.get("event", "noun") or word.get("event", "verb") for word in statement.deeds)
    return killed and told and bool(doers) and not doers & (victims | _FLYING)


# Powers that kill from the air: what they did is not told by whom they killed.
_FLYING = frozenset({Actor.ISRAEL, Actor.US_LED_COALITION, Actor.RUSSIA, Actor.TURKEY})


# Of Turkey, whose guns reach over the border, a "strike" says nothing.
_AIR_FORCES = (_FLYING | {Actor.SYRIAN_GOVERNMENT}) - {Actor.TURKEY}


def _event_type(event: Event) -> EventType:
    kind = event.type
    hinted = all(t.statement.type_weight <= 1 for t in event.tellings)
    if kind is EventType.SHOOTING and hinted and any(_attacks_post(t.statement) for t in event.tellings):
        return EventType.CLASH
    if kind is not None and not (kind is EventType.CLASH and hinted and _is_struck_from_afar(event)):
        return kind
    if any("raid" in word.entries.flags for telling in event.tellings for word in telling.statement.deeds):
        return EventType.SHOOTING  # nobody says that it was fought (codebook, section 6)
    if any(t.statement.engages or _kills_fighters(event, t.statement) for t in event.tellings):
        return EventType.CLASH
    return EventType.AIRSTRIKE if _is_struck_from_afar(event) else EventType.OTHER


def _attacks_post(statement: Statement) -> bool:
    """Whether men of a known side attack those of another, who shoot back: "tribal gunmen attacked army posts"."""
    known = any(role.role is Role.AGENT and not role.generic for role in statement.actors)
    return statement.engages and known


def _is_struck_from_afar(event: Event) -> bool:
    """Whether a "strike" is all that is told, and nobody without aircraft did it."""
    words = (word for telling in event.tellings for word in telling.statement.deeds)
    struck = any((e := word.get("event", "noun")) is not None and {"flown", "afar"} <= e.flags for word in words)
    return struck and (not event.agents or bool(event.agents & _AIR_FORCES))


_SURE_MARKS = frozenset({"accusal", "owned", "definite", "hedge_past", "denial"})
_NAMED_GROUPS = frozenset({Actor.ISIS, Actor.HTS_NUSRA, Actor.SDF_YPG, Actor.TURKISH_BACKED_OPPOSITION})


def _actors(event: Event, type_: EventType) -> tuple[Actor, ...]:
    weights: Counter[Actor] = Counter()
    doers = {
        actor
        for telling in event.tellings
        # "A terrorist attack. ISIS claimed it", "gunmen killed nine. The Observatory said ISIS was behind it"
        if (telling.statement.figures or telling.statement.marks & {"owned", "accusal"})
        and telling.statement.zone is not Zone.TITLE
        for role in telling.statement.actors
        if role.role in ACTING and not role.generic
        for actor in role.actors
    }
    unknown = any("unclaimed" in telling.statement.marks for telling in event.tellings)
    for telling in event.tellings:
        statement = telling.statement
        if unknown and not statement.figures and not statement.marks & _SURE_MARKS:
            continue  # "it was not clear who carried out the raids": strikes told around it are others
        if _is_fight_beside(statement, type_):
            continue
        blamed: set[Actor] = set()
        named = {actor for role in statement.actors if not role.generic for actor in role.actors} | doers
        for role in statement.actors:
            if role.role not in ACTING:
                continue
            if role.generic and not {type_, statement.type} & {EventType.SHELLING, EventType.CLASH}:
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


def _is_fight_beside(statement: Statement, type_: EventType) -> bool:
    """Whether a sentence tells of a fight between two sides, and not who shelled or bombed."""
    both = len(set(statement.agents)) > 1 and not any(set(statement.agents) <= side for side in ALLIES)
    return type_ is not EventType.CLASH and statement.type is EventType.CLASH and both and not statement.figures


def _both_sides(event: Event) -> tuple[Actor, ...]:
    """Who fought where nobody is said to have begun it: those who lost men, if two sides did (codebook, section 6)."""
    for telling in event.tellings:
        statement = telling.statement
        lost = {a for r in statement.actors if r.role is Role.VICTIM and not r.generic for a in r.actors}
        allied = any(lost <= side for side in ALLIES)
        if statement.figures and len(lost) > 1 and not allied:
            return tuple(sorted(lost))
    return ()


def _attribution(event: Event, agents: tuple[Actor, ...], statements: Sequence[Statement]) -> Attribution:
    if not agents:
        return Attribution.NONE
    own = set(agents)
    body = [telling.statement for telling in event.body]
    told = [s for s in body if set(s.agents) & own] or [t.statement for t in event.tellings if t.statement.agents]
    told = told or [t.statement for t in event.tellings if t.statement.figures]
    denied = any(
        not s.marks & {"sum", "campaign"}
        and not _is_of_other_days(event, s)
        and (set(s.speaker_actors) & own or {a for r in s.actors for a in r.actors} & own)
        for s in statements
        if "denial" in s.marks
    )
    if denied or any(_blames_others(t.statement, own) for t in event.tellings):
        return Attribution.CONTESTED
    if any(role.role is Role.OWNER for s in told for role in s.actors):
        return Attribution.CLAIMED
    if _accuse_each_other(told):
        return Attribution.CONTESTED
    own_words = [s for s in told if set(s.speaker_actors) & set(s.agents) and "denial" not in s.marks]
    others_accuse = any(s.claimant != OUTLET and not set(s.speaker_actors) & own for s in told)
    if own_words and others_accuse and all("hedge_past" in s.marks for s in own_words):
        return Attribution.CONTESTED  # "we may have carried out attacks": the accused leaves it open
    if any("hedge_past" not in s.marks for s in own_words) or _counts_its_enemies(event, own):
        return Attribution.CLAIMED
    # The first sentence that names the doer sets the voice; later ones often drop the source. Where only the headline
    # names one, it is the body's source that the headline has it from.
    first = _voice(told)
    counted = [statement for statement in body if statement.figures]
    if first.zone is Zone.TITLE and first.claimant == OUTLET and counted:
        first = counted[0]
    heads = [t.statement for t in event.tellings if t.statement.zone is Zone.TITLE and set(t.statement.agents) & own]
    suspected = any(
        r.suspected if r.role is Role.AGENT else r.role is Role.ACCUSED for s in (first, *heads) for r in s.actors
    )
    suspected = suspected or any(r.suspected and set(r.actors) & own for s in told for r in s.actors)
    if _calls_terrorists(event) and not first.speaker_actors:
        return Attribution.REPORTED
    if first.claimant == OUTLET and not suspected and "accusal" not in first.marks:
        return Attribution.REPORTED
    return Attribution.ACCUSED


def _voice(told: Sequence[Statement]) -> Statement:
    """The statement in whose voice a deed's doer is named: the first, unless it only leads to another.

    What goes on for days ("jets continued to pound the city") is not the deed itself; and a summary that the text then
    opens with once more, and with its source, is that source's.
    """
    own = [s for s in told if s.figures or not s.marks & {"campaign", "goes_on"}] or told
    first = min(own, key=lambda s: s.first)
    again = next((s for s in own if 0 < s.sentence - first.sentence <= 1 and _repeats(first, s)), first)
    return again if first.claimant == OUTLET else first


def _repeats(summary: Statement, sentence: Statement) -> bool:
    """Whether a sentence says just what a summary in front of it says."""
    tolls, again = ([(f.min, f.max, f.victims) for f in s.figures] for s in (summary, sentence))
    places, named = ([place.name for place in s.places] for s in (summary, sentence))
    return bool(tolls) and tolls == again and places == named and sentence.agents == summary.agents


def _is_of_other_days(event: Event, statement: Statement) -> bool:
    """Whether a statement tells a day that lies apart from an event's: "denied bombing the convoy last month"."""
    date = statement.date
    if date is None or date.start_day is None or date.end_day is None or not event.days:
        return False
    apart = dt.timedelta(days=MAIN_DAYS)
    return not any(date.start_day - apart <= day <= date.end_day + apart for day in event.days)


def _calls_terrorists(event: Event) -> bool:
    """Whether the headline lays the deed to "terrorists" in its own voice: a source of the place only adds to that."""
    return any(
        t.statement.zone is Zone.TITLE
        and t.statement.claimant == OUTLET
        and any(r.generic and r.role is Role.AGENT for r in t.statement.actors)
        for t in event.tellings
    )


def _counts_its_enemies(event: Event, own: set[Actor]) -> bool:
    """Whether whoever is said to have done it gives the toll of fighters itself: it owns what killed them."""
    return any(
        set(t.statement.speaker_actors) & own
        and any(f.victims is Victims.COMBATANTS and Outcome.KILLED in f.outcomes for f in t.statement.figures)
        and not any(set(r.actors) & own for r in t.statement.actors if r.role is Role.VICTIM)
        for t in event.tellings
    )


def _blames_others(statement: Statement, own: set[Actor]) -> bool:
    """Whether the accused lays the deed to somebody else: "… of a massacre. The government blamed terrorists"."""
    blamed = {actor for role in statement.actors if role.role is Role.ACCUSED for actor in role.actors}
    lays = "accusal" in statement.marks and not statement.figures and statement.zone is not Zone.TITLE
    return (
        lays
        and bool(blamed)
        and not blamed & own
        and set(statement.speaker_actors) <= own
        and bool(statement.speaker_actors)
    )


def _accuse_each_other(told: Sequence[Statement]) -> bool:
    """Whether two sources lay one deed to different sides that do not fight together."""
    blamed = [(s.claimant, set(s.agents)) for s in told if s.claimant != OUTLET and s.agents]
    return any(
        one != other and not (agents & others) and not are_allied(agents, others)
        for one, agents in blamed
        for other, others in blamed
    )


def _holds(span: DateMention, day: DateMention) -> bool:
    """Whether a part of a month or year holds a day."""
    if span.start_day is None or span.end_day is None or day.start_day is None:
        return False
    return span.start_day < day.start_day <= span.end_day


# How a week or month that a toll is told of ranks as an event's day.
_COUNTED_SPAN = 7


def _when(mentions: Mentions, event: Event, statements: Sequence[Statement]) -> When:
    candidates: list[tuple[int, DateMention]] = []
    for telling in event.tellings:
        statement = telling.statement
        if statement.date is not None and (statement.figures or "campaign" not in statement.marks):
            rank = 0 if statement.figures else 1
            rank += 4 if statement.date.kind is DateKind.VAGUE else 0
            rank += 2 if statement.zone is Zone.TITLE else 0
            rank += 3 if statement.date.start_day != statement.date.end_day else 0
            rank += 1 if statement.date.from_text else 0  # "minutes later" says less than the day it counts from
            candidates.append((rank, statement.date))
        if statement.said_date is not None:
            candidates.append((8, statement.said_date))
    known = [item for item in candidates if item[1].start_day is not None]
    carried = _day_told_before(mentions, event, statements)
    if known:
        rank, date = min(known, key=lambda item: item[0])
        past = date.back is not None and (date.back[0] > 0 or rank == _COUNTED_SPAN)  # "last week", "38 died this week"
        if carried is not None and date.kind is DateKind.VAGUE and not past and _holds(date, carried):
            date = carried  # "… died in rocket fire. The rebels launched an offensive in the first week of July"
        return When(date.start_day, date.end_day, mentions.span(date.start, date.end))
    if candidates:
        date = min(candidates, key=lambda item: item[0])[1]
        return When(words=mentions.span(date.start, date.end), not_before=_not_before(mentions, statements))
    if carried is not None:
        return When(carried.start_day, carried.end_day, mentions.span(carried.start, carried.end))
    header = mentions.anchor_words
    recalled = all(_is_long_before(mentions, telling.statement) for telling in event.tellings)
    if header is not None and header.start_day is not None and not recalled:
        return When(header.start_day, header.end_day, mentions.span(header.start, header.end))
    return When(not_after=mentions.anchor, not_before=_not_before(mentions, statements))


def _is_long_before(mentions: Mentions, statement: Statement) -> bool:
    """Whether a clause tells of a deed weeks before the report's own ("… comes a month after a raid killed nine")."""
    opener = [token.norm for token in mentions.tokens[statement.first : statement.first + 3]]
    return "before" in statement.marks and not _LONG_UNITS.isdisjoint(opener)


_LONG_UNITS = frozenset({"week", "weeks", "month", "months", "year", "years"})


def _not_before(mentions: Mentions, statements: Sequence[Statement]) -> dt.date | None:
    """The bound of a day that nobody can know: another event's own day may be up to a week later than this one's."""
    earliest = mentions.earliest
    own = earliest is not None and any(s.date is not None and s.date.start_day == earliest for s in statements)
    return earliest - dt.timedelta(days=6) if earliest is not None and own else earliest


def _day_told_before(mentions: Mentions, event: Event, statements: Sequence[Statement]) -> DateMention | None:
    """The day an event without one of its own happened on: the last one told before it, if that is the report's own.

    Round-ups tell the day once and go on from place to place.
    """
    own = [telling.statement for telling in event.tellings]
    report_day = event.tellings[0].own_day
    if any(statement.marks & {"earlier", "before", "campaign"} for statement in own) or report_day is None:
        return None
    told: DateMention | None = None
    for statement in statements:
        if statement.first >= own[0].first:
            break
        date = statement.date or statement.said_date
        if date is None or date.start_day is None or date.start_day != date.end_day:
            continue
        today = date.back == (0, 0) and not date.unit
        named = date.kind is DateKind.WEEKDAY and "before" not in statement.marks
        if statement.marks & {"earlier", "before", "campaign"} and not (today or named):
            continue
        if abs((report_day - date.start_day).days) <= MAIN_DAYS:
            told = date
    return told if told is None or not _turns_back(mentions, told, own, report_day) else None


def _turns_back(mentions: Mentions, told: DateMention, own: Sequence[Statement], report_day: dt.date) -> bool:
    """Whether a deed is one just spoken of with an older day: "… the bloodiest since 17 February. In that assault"."""
    statement = next((s for s in own if "definite" in s.marks), None)
    if statement is None:
        return False
    between = mentions.dates_in(mentions.token_at(told.end), statement.first)
    return any(
        date.kind is DateKind.ABSOLUTE
        and date.start_day is not None
        and date.start_day == date.end_day
        and (report_day - date.start_day).days > MAIN_DAYS
        for _, date in between
    )


# What several sentences tell is not recalled in passing, unless it is older than a week.
_AT_LENGTH, _WEEK = 3, 7


def _is_told_at_length(event: Event, day: dt.date | None, anchor: dt.date) -> bool:
    """Whether a report tells an event of the last week in several sentences."""
    told = {t.statement.sentence for t in event.tellings if t.statement.figures or t.statement.agents}
    return day is not None and (anchor - day).days <= _WEEK and len(told) >= _AT_LENGTH


def _set_salience(
    mentions: Mentions, incidents: list[ReportedIncident], events: Sequence[Event], titled: Collection[EventType | None]
) -> list[ReportedIncident]:
    """Mark what is recalled in passing: days older than the report's own, and what "earlier" cues speak of.

    What the report tells first stays main where its title speaks of such a deed (`titled`).
    """
    anchor = events[0].tellings[0].own_day if events else None
    days = [i.when.start for i in incidents if i.when.start is not None and i.when.start == i.when.end]
    newest = max((day for day in days if anchor is None or day <= anchor + dt.timedelta(days=1)), default=anchor)
    if anchor is not None and newest is not None and incidents and incidents[0].when.start is None:
        newest = max(newest, anchor - dt.timedelta(days=MAIN_DAYS))
    result = []
    for number, (incident, event) in enumerate(zip(incidents, events, strict=True)):
        statements = [telling.statement for telling in event.tellings]
        told_in_title = any(s.zone is Zone.TITLE for s in statements)
        told_in_title = told_in_title or (
            incident.event_type in titled and not any("since" in s.marks for s in statements)
        )
        old = incident.when.end is not None and newest is not None and (newest - incident.when.end).days > MAIN_DAYS
        if number > 0 and anchor is not None and newest is not None and incident.when.end is not None:
            # A round-up's main events are of its own day and the one before (codebook, section 6).
            old = old or ((anchor - incident.when.end).days > MAIN_DAYS and incident.when.end < newest)
        old = old and not (anchor is not None and _is_told_at_length(event, incident.when.end, anchor))
        recent = incident.when.end is not None and newest is not None and (newest - incident.when.end).days <= 1
        recalled = all(s.marks & {"earlier", "before"} for s in statements) and number > 0 and not recent
        recalled = recalled or (number > 0 and all(map(is_recalled, event.tellings)))
        listed = any("item" in s.marks for s in statements)  # the old strikes of a list are what the report is about
        background = (old or recalled) and not listed and not (told_in_title and number == 0)
        result.append(dataclasses.replace(incident, salience=Salience.BACKGROUND) if background else incident)
    if result and all(i.salience is Salience.BACKGROUND for i in result):
        result[0] = dataclasses.replace(result[0], salience=Salience.MAIN)
    return result
