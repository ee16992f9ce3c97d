"""How like one event a statement is: place, day, deed, doer and figures, each for or against it, in points."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from claimatlas.claims.cast import Role
from claimatlas.claims.statements import Statement
from claimatlas.dates import DateKind
from claimatlas.incidents.scenes import Scene
from claimatlas.incidents.telling import (
    FIRM_TYPE,
    MAIN_DAYS,
    STRONG_TYPE,
    Event,
    Telling,
    about_same,
    can_begin,
    is_long_ago,
    is_recalled,
    is_struck,
)
from claimatlas.mentions.document import Zone
from claimatlas.model import Actor, EventType, Outcome, Victims

# Evidence for and against one event, in points. Set by reading where coded reports were split or joined wrongly, then
# one by one on 780 coded incidents, kept where 280 others agreed; run tests/quality again after a change.
SAME_PLACE, ZOOM, SAME_AREA = 3.0, 2.0, 1.0
OTHER_PLACE, OTHER_PLACE_UNTOLD, OTHER_GOVERNORATE = -6.0, -2.5, -6.0
SAME_DAY, OTHER_DAY, FAR_DAY, UNDATED = 1.5, -5.0, -8.0, -1.0
OTHER_TYPE, UNLIKE_TYPE, OTHER_TOLL, OTHER_CRAFT = -1.5, -3.0, -4.5, -6.0
SAME_DOER, OTHER_DOER, ALLYS_DEED, FOES_DEED = 1.0, -2.5, -2.5, -4.5
SAME_FIGURE, SAME_SINGLE, OTHER_FIGURE, SMALLER_FIGURE = 2.5, 1.0, -3.0, -1.5
NEXT_TO_LAST, HEADLINE = 1.0, 1.0
ELSEWHERE, FURTHER, EARLIER = -3.0, -4.0, -2.0
DEFINITE, PLACELESS, ALSO, MORE, FEAT = 2.0, 1.5, -1.5, -4.5, -5.5


# "In another incident", "and three in B".
ELSEWHERE_MARKS = frozenset({"elsewhere", "apart"})


# What doer and figures can add at most, and going on with what was told last (`events`).
_MOST_TO_COME = SAME_DOER + SAME_FIGURE + HEADLINE + NEXT_TO_LAST


def likeness(telling: Telling, event: Event) -> float:
    """All points for and against a statement's telling of an event; below 0 it tells of another one.

    Where place, day and connecting words leave it no chance, the rest is not compared.
    """
    points = place_points(telling, event) + day_points(telling, event) + _connection_points(telling, event)
    if points < -_MOST_TO_COME:
        return points
    points += _type_points(telling, event) + _doer_points(telling, event) + _figure_points(telling, event)
    if _is_foes_toll(telling, event) or _is_own_loss(telling, event) or _is_earlier_toll(telling, event):
        points += MORE
    if "denial" in telling.statement.marks and _is_friends_loss(telling, event):
        points += MORE
    if _is_own_feat(telling, event):
        points += FEAT
    if telling.adds_victims and _rival_figures(telling, event):
        points += MORE
    return points


def _connection_points(telling: Telling, event: Event) -> float:
    """What the words say of how a statement goes on with what was told, or leaves it."""
    statement = telling.statement
    points = 0.0
    if statement.marks & ELSEWHERE_MARKS:
        points += OTHER_PLACE if _is_at_own_place(telling, event) else ELSEWHERE
    if _goes_elsewhere(statement) and event.is_placed and _is_at_own_place(telling, event):
        points += FURTHER  # "mortar fire also wounded three people in the quarter of X"
    if telling.replies:
        points += FURTHER  # "ردت القوات التركية بقصف مواقع": the deed answered is another
    if statement.marks & {"earlier", "before"}:
        points += EARLIER
    if "foreign" in statement.marks and not telling.scenes:
        points += OTHER_PLACE
    if event.is_headline:
        points += HEADLINE
    if "definite" in statement.marks and not _is_of_another_day(telling, event):
        points += 0.0 if _means_a_fight(telling, event) else DEFINITE
    elif not telling.scenes and telling.start is None and not statement.marks & {"elsewhere", "before"}:
        points += PLACELESS  # what names neither place nor day goes on with what was told
    if "also" in statement.marks and telling.killed and not telling.counts_further and event.tolls:
        points += ALSO
    if telling.counts_further:
        points += DEFINITE  # "a fourth was shot"
    return points


def _means_a_fight(telling: Telling, event: Event) -> bool:
    """Whether "the clashes" with dead of their own are spoken of, and not the strike just told."""
    statement = telling.statement
    fight = statement.type is EventType.CLASH and statement.type_weight > FIRM_TYPE
    return fight and event.type in AT_A_DISTANCE and _counts_others(telling, event)


def _counts_others(telling: Telling, event: Event) -> bool:
    """Whether a statement and an event both count dead, and not the same."""
    return bool(telling.killed and event.tolls) and not about_same(telling.killed, event.tolls)


def _goes_elsewhere(statement: Statement) -> bool:
    """Whether words lead on to one more deed: "other shells", "mortar fire also wounded three people"."""
    return "further" in statement.marks or ("also" in statement.marks and bool(statement.deeds))


def _is_at_own_place(telling: Telling, event: Event) -> bool:
    """Whether a statement names a place, and none that the event was told of: no village, quarter or site of it."""
    own = [scene for scene in telling.finest if scene.is_specific]
    return bool(own) and not any(scene.same(other) for scene in own for other in event.scenes)


def _is_foes_toll(telling: Telling, event: Event) -> bool:
    """Whether one source tells of dead that a foe of the event's doers killed: "the army killed 12 on its return"."""
    agents, known = telling.agents, event.agents
    if not telling.killed or not agents or not known or agents & known or "accusal" in telling.statement.marks:
        return False
    if are_allied(agents, known) or event.type is EventType.CLASH:
        return False
    return _counts_others(telling, event)


def _is_own_feat(telling: Telling, event: Event) -> bool:
    """Whether the doer tells of fighters it killed, and others of civilians: "its air force killed 93 militants"."""
    statement = telling.statement
    own = statement.speaker_actors and set(statement.speaker_actors) & telling.agents
    if not own or telling.kinds_killed != {Victims.COMBATANTS} or "definite" in statement.marks:
        return False
    told = set().union(*(other.kinds_killed for other in event.heard))
    return event.type is not EventType.CLASH and bool(told & _UNARMED) and Victims.COMBATANTS not in told


_UNARMED = frozenset({Victims.CIVILIANS, Victims.CHILDREN, Victims.WOMEN})


def _is_own_loss(telling: Telling, event: Event) -> bool:
    """Whether a statement counts men of those who fired or flew: "two Turkish soldiers were killed" tells of another.

    In a clash both sides lose men, and a suicide bomber dies with those he kills.
    """
    if not event.agents or event.type not in AT_A_DISTANCE or telling.agents & event.agents:
        return False
    losers = telling.statement.losers
    return bool(losers) and losers <= event.agents and bool(telling.statement.figures)


def _is_friends_loss(telling: Telling, event: Event) -> bool:
    """Whether who denies a deed is a friend of those who died: no Russian denial is of strikes on the army's men."""
    losers = {actor for other in event.heard for actor in other.statement.losers}
    return event.type in AT_A_DISTANCE and bool(losers) and are_allied(telling.agents, losers)


def _is_earlier_toll(telling: Telling, event: Event) -> bool:
    """Whether a statement tells of other dead before the event: "the raids come a week after bombs killed 76"."""
    return "before" in telling.statement.marks and _counts_others(telling, event)


# What does not reach those who do it.
AT_A_DISTANCE = frozenset({EventType.AIRSTRIKE, EventType.SHELLING, EventType.CHEMICAL})


def place_points(telling: Telling, event: Event) -> float:
    """Compare the most specific places of both: two villages of "Aleppo province" are still two villages."""
    here, there = telling.finest, event.finest
    if here and not there and event.sums and _has_own_deed(telling, event):
        return OTHER_PLACE
    if not here or not there:
        return 0.0
    if event.surveys and not telling.surveys and _has_own_deed(telling, event):
        return OTHER_PLACE  # a round-up tells its events one by one behind the lead
    if share_scene(here, there):
        return SAME_PLACE if here[0].is_specific else SAME_AREA
    if _lie_alike(telling.scenes, there):
        return ZOOM
    if any(scene.holds(other) or other.holds(scene) for scene in here for other in there):
        rivals = _are_towns(here) and _are_towns(there) and _rival_figures(telling, event)
        if rivals and not _counts_again(telling):
            return OTHER_PLACE  # neighbouring towns, each with a toll
        return ZOOM if here[0].is_specific and there[0].is_specific else SAME_AREA
    governorates, others = telling.governorates, event.own_governorates
    if governorates and others and not governorates & others:
        beside = event.is_headed and all(scene.role.relation for scene in there)
        return OTHER_PLACE_UNTOLD / 2 if beside else OTHER_GOVERNORATE  # "near Aleppo", says the headline
    if not here[0].is_specific or not there[0].is_specific:
        if all(scene.is_small_area or scene.is_specific for scene in (*here, *there)):
            return OTHER_PLACE_UNTOLD  # a town outside "Eastern Ghouta" is not in it
        return SAME_AREA if governorates & others else 0.0
    if event.is_headed:
        return OTHER_PLACE_UNTOLD / 2  # headlines name the nearest town anybody knows
    if _counts_again(telling):
        return OTHER_PLACE_UNTOLD
    return OTHER_PLACE if _rival_figures(telling, event) or _tells_deed(telling) else OTHER_PLACE_UNTOLD


def _counts_again(telling: Telling) -> bool:
    """Whether it gives a toll of a known deed: "the Observatory put the toll at nine and said the strikes hit A"."""
    return {"toll", "definite"} <= telling.statement.marks


def share_scene(here: Sequence[Scene], there: Sequence[Scene]) -> bool:
    """Whether two events have a place in common, and not only the town that tells where their own places lie."""
    if len(here) == len(there) == 1:
        return here[0].same(there[0])
    own = [scene for scene in here if not any(scene.same(other) for other in there)]
    theirs = [scene for scene in there if not any(scene.same(other) for other in here)]
    shared = [scene for scene in (*here, *there) if scene not in own and scene not in theirs]
    if not (own and theirs):
        return bool(shared)
    # "North of Idlib" and "Idlib" beside villages of their own only say where those lie.
    exact = max(min(scene.level for scene in group) for group in (own, theirs))
    return any(not scene.role.relation and scene.level <= exact for scene in shared)


def _lie_alike(scenes: Iterable[Scene], others: Sequence[Scene]) -> bool:
    """Whether both lie one way from one town: "north of Raqqa", and then "at a farm north of Raqqa"."""
    there = [(other, other.role.relation) for other in others if other.role.relation]
    return bool(there) and any(
        scene.role.relation == way and scene.same(other) for scene in scenes for other, way in there
    )


def _are_towns(scenes: Iterable[Scene]) -> bool:
    """Whether places are whole settlements, and neither parts of one nor areas."""
    return all(
        scene.place is not None
        and scene.place.kind in ("city", "town", "village")
        and scene.role.relation != "countryside"  # "south of Idlib"
        for scene in scenes
    )


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
    if telling.statement.marks & ELSEWHERE_MARKS:
        return True
    if event.sums and not own:
        return can_begin(telling)
    if tolls:
        return bool(own) and max(own) < min(tolls)
    return bool(own) or is_struck(telling) or (_tells_deed(telling) and "definite" not in telling.statement.marks)


def day_points(telling: Telling, event: Event) -> float:
    """Compare the days of both, and where one of them tells none, the day told before it."""
    days = event.days
    said = telling.statement.said_date
    if telling.start is None and said is not None and said.end_day is not None and days and said.end_day < min(days):
        return OTHER_DAY  # said before it happened
    if telling.start is None:
        return _unresolved_day_points(telling, event)
    if not days:
        # An event told without a day is mostly of the report's own day, or of the one before.
        own = bool(event.tolls) and bool(telling.killed)
        undated = UNDATED if own and telling.start == telling.end and telling.start != telling.own_day else 0.0
        single = telling.start == telling.end
        if single and event.day_before is not None and telling.start < event.day_before:
            return OTHER_DAY
        if single and event.spans and not any(start <= telling.start <= end for start, end in event.spans):
            return OTHER_DAY
        older = is_recalled(telling) and not any(map(is_recalled, event.heard))
        return OTHER_DAY if older and not _goes_on_by_weekday(telling) else undated
    if telling.start == telling.end:
        if telling.start in days:
            return FURTHER if _is_later(telling.statement) else SAME_DAY
        if _tells_other_toll(telling, event):
            return FAR_DAY
        return FAR_DAY if min(abs((telling.start - day).days) for day in days) > MAIN_DAYS else OTHER_DAY
    assert telling.end is not None
    if (min(days) - telling.end).days > MAIN_DAYS:
        return FAR_DAY  # "shelled A, where an attack in December killed twelve"
    return 0.0 if any(telling.start <= day <= telling.end for day in days) else OTHER_DAY


def _is_later(statement: Statement) -> bool:
    """Whether words lead on from what was told to what came of the same day: "Hours later, the jets hit …"."""
    date = statement.date
    known = statement.marks & {"update", "definite"}
    if date is None or not statement.deeds or known:
        return False
    return date.from_text or (bool(statement.figures) and date.words.lower().startswith(_AT_ANOTHER_HOUR))


_AT_ANOTHER_HOUR = ("earlier on", "later on")


def _is_of_another_day(telling: Telling, event: Event) -> bool:
    """Whether a deed spoken of as known ("Sunday's attack") is of a day that the event is not told of."""
    if telling.start is None:
        return _unresolved_day_points(telling, event) == OTHER_DAY
    return telling.start == telling.end and bool(event.days) and telling.start not in event.days


def _tells_other_toll(telling: Telling, event: Event) -> bool:
    """Whether a statement on a day of its own tells of other dead than an event of which a toll is told."""
    tolls = _rival_figures(telling, event)
    fresh = not telling.statement.marks & {"update", "definite"}
    return fresh and bool(tolls) and not about_same(telling.killed, tolls)


def _goes_on_by_weekday(telling: Telling) -> bool:
    """Whether a statement without a toll tells the weekday of what came before: "The men were shot on Friday"."""
    date = telling.statement.date
    week = telling.own_day is not None and telling.end is not None and (telling.own_day - telling.end).days < _WEEK
    return date is not None and date.kind is DateKind.WEEKDAY and week and not telling.killed


# A weekday alone is one of the week that ends on the report's day.
_WEEK = 7


def _unresolved_day_points(telling: Telling, event: Event) -> float:
    """Compare days that nobody can resolve, as told: "Sunday" is not "Tuesday", and "last month" is neither."""
    date = telling.statement.date
    if date is None:
        return 0.0
    others = [other.statement.date for other in event.heard if other.statement.date is not None]
    weekdays = {other.weekday for other in others if other.weekday is not None}
    if date.weekday is not None and weekdays:
        return 0.0 if date.weekday in weekdays else OTHER_DAY
    return OTHER_DAY if is_long_ago(date) and not any(map(is_long_ago, others)) else 0.0


_STRIKES = frozenset({EventType.AIRSTRIKE, EventType.SHELLING, EventType.CHEMICAL, EventType.CLASH})


def _type_points(telling: Telling, event: Event) -> float:
    statement, known = telling.statement, event.type
    if statement.type is None or known is None or statement.type is known:
        return 0.0  # two strikes are no more one event for being strikes
    if _is_beside_downing(statement, event):
        return OTHER_CRAFT
    if _is_beside_battle(statement, event):
        return OTHER_TOLL
    if {statement.type, known} <= _FIRED and _tells_too(statement, known):
        return 0.0  # "air strikes and shelling"
    if statement.type_weight <= 1:
        return 0.0
    if event.is_headline and any(statement.type in t.statement.types for t in event.heard):
        return 0.0  # a headline tells of several deeds
    if EventType.CLASH in (statement.type, known) and EventType.AIRSTRIKE in (statement.type, known):
        both = any(Outcome.KILLED in f.outcomes for f in statement.figures) and bool(event.killed_figures)
        return OTHER_TOLL if both else UNLIKE_TYPE if statement.figures else OTHER_TYPE
    if {statement.type, known} == {EventType.CHEMICAL, EventType.CLASH} and "definite" not in statement.marks:
        return OTHER_TOLL  # nobody gasses whom he fights hand to hand
    if statement.type in _STRIKES and known in _STRIKES:
        return UNLIKE_TYPE if _is_other_fire(telling, event) else OTHER_TYPE
    apart = statement.type_weight >= STRONG_TYPE and statement.figures and "definite" not in statement.marks
    return OTHER_TOLL if apart and _is_at_own_place(telling, event) else UNLIKE_TYPE


def _is_other_fire(telling: Telling, event: Event) -> bool:
    """Whether somebody's own fire has its own dead, beside what nobody is named for: "rebel shelling killed six"."""
    statement = telling.statement
    if {statement.type, event.type} != _FIRED or statement.type_weight < STRONG_TYPE or "definite" in statement.marks:
        return False
    both = bool(statement.agents and telling.killed and event.tolls)
    return both and not event.agents and not telling.killed & event.tolls


_FIRED = frozenset({EventType.AIRSTRIKE, EventType.SHELLING})


def _tells_too(statement: Statement, kind: EventType) -> bool:
    """Whether a noun of a statement tells a deed of this kind, and nothing else, beside the one it is typed by."""
    entries = [entry for word in statement.deeds for entry in word.entries.deeds]
    return any(entry.type is kind and entry.role == "noun" and "flown" not in entry.flags for entry in entries)


def _is_beside_downing(statement: Statement, event: Event) -> bool:
    """Whether of an event and a statement one is of an aircraft brought down and the other of ground attacked."""
    fell = statement.tells_downing
    if not fell and event.type is not EventType.OTHER:
        return False
    told = [t.statement for t in event.heard if t.statement.zone is not Zone.TITLE]
    known = any(other.tells_downing for other in told if other.figures)
    if fell or not known or "definite" in statement.marks:
        counted = any(Outcome.KILLED in f.outcomes for f in statement.figures)
        return fell and counted and bool(told) and not any(other.tells_downing for other in told)
    placed = statement.type is EventType.SHOOTING and bool(statement.places)
    whole = bool(statement.agents and statement.figures)  # "rebel rockets killed four people near B"
    return (placed or statement.type in _ATTACKS) and (whole or statement.type_weight > FIRM_TYPE)


_ATTACKS = _STRIKES | {EventType.EXPLOSION}


def _is_beside_battle(statement: Statement, event: Event) -> bool:
    """Whether of two deeds with a toll each one is a battle that cost fighters' lives and one killed civilians."""
    if "definite" in statement.marks or EventType.CLASH not in (statement.type, event.type):
        return False
    known = set().union(*(t.kinds_killed for t in event.heard if t.statement.zone is not Zone.TITLE))
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
_ON_SIDE_OF = {actor: side for side in ALLIES for actor in side}


def are_allied(agents: Collection[Actor], others: Collection[Actor]) -> bool:
    """Whether one of some actors and one of others fight side by side."""
    return any(actor in _ON_SIDE_OF and not _ON_SIDE_OF[actor].isdisjoint(others) for actor in agents)


def _doer_points(telling: Telling, event: Event) -> float:
    statement, agents, known = telling.statement, telling.agents, event.agents
    if not agents or not known:
        return 0.0
    if agents & known:
        return SAME_DOER
    if are_allied(agents, known):
        return ALLYS_DEED if _tells_own_deed(statement, event) else 0.0
    if "accusal" in statement.marks:
        return 0.0
    other = _follows_foes(statement, event) or _tells_own_deed(statement, event) or _hits_doers(telling, event)
    return FOES_DEED if other else OTHER_DOER


def _hits_doers(telling: Telling, event: Event) -> bool:
    """Whether what a statement tells was done to those who did the event's deed: "rebels attacked an army post"."""
    if EventType.CLASH in (telling.statement.type, event.type):
        return False
    hit = {actor for role in telling.statement.actors if role.role is Role.TARGET for actor in role.actors}
    return bool(hit & event.agents)


def _follows_foes(statement: Statement, event: Event) -> bool:
    """Whether a clause tells what was done first by the other side: "the army shelled A after rebels killed six"."""
    if "clause" not in statement.marks or not statement.figures or EventType.CLASH in (statement.type, event.type):
        return False
    return any(
        t.statement.sentence == statement.sentence and t.statement.agents and t.statement.deeds for t in event.heard
    )


def _tells_own_deed(statement: Statement, event: Event) -> bool:
    """Whether one voice tells of a deed of another kind than the event's, so that another doer's is another event.

    Two voices may lay one deed to two sides, and call it by two names.
    """
    told = [t.statement for t in event.heard if t.statement.zone is not Zone.TITLE]
    same_voice = any(s.claimant == statement.claimant and s.agents for s in told)
    kinds = {s.type for s in told if s.type_weight >= FIRM_TYPE}
    other = statement.type_weight >= FIRM_TYPE and bool(kinds) and statement.type not in kinds
    return same_voice and other and statement.zone is not Zone.TITLE


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
    there = _rival_figures(telling, event) if here else ()
    if not there:
        return 0.0
    shared = {low or high or 0 for low, high in here} & {low or high or 0 for low, high in there}
    joined = sum(1 for f in telling.statement.figures if Outcome.KILLED in f.outcomes and not f.part) > 1
    if not shared and joined and about_same(here, there):
        return SAME_FIGURE  # "70 fighters" are 30 soldiers and 39 rebels
    if shared:
        return (SAME_FIGURE if max(shared) > 1 else SAME_SINGLE) + (HEADLINE if event.is_headline else 0.0)
    some = all(f.some for f in telling.statement.figures if not f.part)
    if some or "update" in telling.statement.marks or telling.counts_further or _is_mere_toll(telling):
        return 0.0
    same_source = any(other.statement.claimant == telling.statement.claimant and other.killed for other in event.heard)
    headline_only = all(other.statement.zone is Zone.TITLE for other in event.heard if other.killed)
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
