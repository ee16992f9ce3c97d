"""One plain sentence on an incident: what, where, when, how many, and whom the sources name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from claimatlas.model import Actor, Attribution, Incident, Outcome, Precision, Stance, When
from claimatlas.records.labels import EVENT_TYPE_LABELS, name_actors, takes_plural
from claimatlas.records.wording import say_range


def write_headline(incident: Incident) -> str:
    """One plain sentence: what, where, when, how many, by whom according to whom."""
    what = EVENT_TYPE_LABELS[incident.event_type]
    sentence = f"{what}{_say_where(incident)}{_say_when(incident.when)}: {_say_toll(incident)}"
    if not incident.actors:
        return f"{sentence}; nobody is named as responsible."
    return f"{sentence}; {_say_who(incident)}{', which is denied' if incident.denied else ''}."


def _say_who(incident: Incident) -> str:
    if incident.attribution is Attribution.CLAIMED:
        return _say_owners(incident)
    names, are = name_actors(incident.actors), _verb(incident.actors, "is", "are")
    if incident.attribution is Attribution.CONTESTED and not incident.denied:
        return f"responsibility is contested, {names} {are} named"
    if incident.attribution is Attribution.REPORTED:
        reports = "the report" if len(incident.report_ids) == 1 else "the reports"
        return f"{names} {are} named by {reports}"
    return f"{names} {are} {'named' if incident.attribution is Attribution.NONE else 'accused'}"


def _say_owners(incident: Incident) -> str:
    """Who owns the deed; another side that did something there, too, does not own it with them."""
    told = {actor for claim in incident.claims if claim.stance is Stance.OWNS for actor in claim.actors}
    owners = tuple(actor for actor in incident.actors if actor in told) or incident.actors
    if len(owners) > 1:  # the statement does not tell them apart
        return f"{name_actors(owners)} are named, and at least one of them says it was its own"
    others = tuple(actor for actor in incident.actors if actor not in owners)
    own = f"{name_actors(owners)} {_verb(owners, 'says it was its own', 'say it was their own')}"
    return f"{own}, {name_actors(others)} {_verb(others, 'is', 'are')} named, too" if others else own


def _verb(actors: Sequence[Actor], singular: str, plural: str) -> str:
    return plural if takes_plural(actors) else singular


def _say_where(incident: Incident) -> str:
    name = None
    if incident.location is not None and incident.location.place is not None:
        name = incident.location.place.name
    elif incident.places:
        name = incident.places[0].name
    # "Idleb governorate" needs no governorate behind it.
    is_governorate = name is not None and name == f"{incident.governorate} governorate"
    parts = [part for part in dict.fromkeys((name, None if is_governorate else incident.governorate)) if part]
    if not parts:
        return ", place unknown"
    coarse = incident.location is not None and incident.location.precision in (
        Precision.GOVERNORATE, Precision.DISTRICT, Precision.SUBDISTRICT,
    )  # fmt: skip
    return f" {'in' if coarse else 'at'} {', '.join(parts)}"


def _say_when(when: When) -> str:
    if when.start is None:
        return ", day unknown"
    if when.end is None or when.end == when.start:
        return f", {say_day(when.start)}"
    return f", between {say_day(when.start)} and {say_day(when.end)}"


def say_day(day: dt.date) -> str:
    """A day in words, "3 November 2018"."""
    # Not strftime("%B"): month names must not hang on the machine's locale.
    months = (
        "January", "February", "March", "April", "May", "June", "July",
        "August", "September", "October", "November", "December",
    )  # fmt: skip
    return f"{day.day} {months[day.month - 1]} {day.year}"


def _say_toll(incident: Incident) -> str:
    totals = incident.totals
    killed = _say_outcome(incident, Outcome.KILLED, totals.killed_min, totals.killed_max)
    injured = _say_outcome(incident, Outcome.INJURED, totals.injured_min, totals.injured_max)
    said = [part for part in (killed, injured) if part]
    return ", ".join(said) or "no figure of casualties"


def _say_outcome(incident: Incident, outcome: Outcome, low: int | None, high: int | None) -> str:
    if low is None and high is None:
        return ""
    if low == high == 0:
        return f"nobody {outcome}"
    return f"{say_range(low, None if _is_open(incident, outcome, low, high) else high)} {outcome}"


def _is_open(incident: Incident, outcome: Outcome, low: int | None, high: int | None) -> bool:
    # "At least 20, ten of them children" counts as 20 in the totals, but nobody said that there were no more.
    said = [claim for claim in incident.claims if claim.outcome is outcome and claim.min]
    whole = [claim for claim in said if low == high == claim.min] or said
    return bool(whole) and all(claim.max is None for claim in whole)
