"""Tellings made ready to be compared: what of each counts, put into a form that is quick to weigh."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from claimatlas.group.compare import COARSE_KM, Figure, Profile, Spot
from claimatlas.group.copies import Lexicon, weigh_words
from claimatlas.model import Location, Outcome, Report, ReportedIncident, Salience, Victims
from claimatlas.text.forms import fold
from claimatlas.vocabulary import TOKEN, load_vocabulary

# An event is reported within days; a report without a day of its own may tell one this much older.
REPORTED_WITHIN_DAYS = 3
# Text around the claims that is compared, in characters.
CONTEXT_BEFORE, CONTEXT_AFTER, CONTEXT_MOST = 200, 400, 900


def make_profiles(
    tellings: Sequence[ReportedIncident], reports: Mapping[str, Report], stories: Mapping[str, int]
) -> list[Profile]:
    """Make each telling ready to be compared.

    Args:
        tellings: The tellings.
        reports: The reports by id.
        stories: Number of the story each report carries (`copies.find_copies`).

    Returns:
        The profiles, in the order of the tellings.
    """
    lexicon = Lexicon()
    counts = Counter(telling.report_id for telling in tellings if telling.salience is Salience.MAIN)
    langs = [reports[telling.report_id].lang for telling in tellings]
    texts = [
        _find_words(telling, reports[telling.report_id], counts[telling.report_id] == 1, lexicon)
        for telling in tellings
    ]
    vectors = weigh_words(texts, langs, lexicon)
    numbers = {report_id: number for number, report_id in enumerate(reports)}
    rarity = _weigh_names(tellings)
    summed = _find_summed_tolls(tellings)
    profiles: list[Profile] = []
    for index, telling in enumerate(tellings):
        report = reports[telling.report_id]
        start, end, dated = _bound_days(telling, report)
        profiles.append(
            Profile(
                index=index,
                report=numbers[report.id],
                report_id=report.id,
                publisher=report.publisher,
                story=stories[report.id],
                sentence=frozenset(lexicon.find_words(find_sentence(telling, report), report.lang).tolist()),
                salience=telling.salience,
                spots=find_spots(telling),
                names={name: rarity[name] for name in _find_names(telling)},
                governorate=telling.governorate,
                start=start,
                end=end,
                dated=dated,
                published=None if report.published is None else report.published.toordinal(),
                kind=telling.event_type,
                actors=frozenset(telling.actors),
                killed=None if index in summed else _find_killed(telling),
                figures=frozenset() if index in summed else frozenset(_find_figures(telling)),
                means=frozenset(fold(span.text) for span in telling.means),
                words=vectors[index],
                lang=report.lang,
                revises=_revises(telling, report),
            )
        )
    return _count_crowds(profiles)


def _count_crowds(profiles: Sequence[Profile]) -> list[Profile]:
    stories: defaultdict[tuple[object, int], set[int]] = defaultdict(set)
    for profile in profiles:
        for key in _places_and_days(profile):
            stories[key].add(profile.story)
    crowds = [max((len(stories[key]) for key in _places_and_days(profile)), default=1) for profile in profiles]
    return [replace(profile, crowd=crowd) for profile, crowd in zip(profiles, crowds, strict=True)]


def _places_and_days(profile: Profile) -> list[tuple[object, int]]:
    if not profile.spots or profile.start is None or profile.end is None or profile.end - profile.start > VAGUE_DAYS:
        return []
    chief = profile.spots[0]
    place = chief.place_id or (round(chief.latitude, 2), round(chief.longitude, 2))
    # A report without a day of its own tells of the day it appeared, as far as anybody knows.
    first = profile.start if profile.dated else profile.end
    return [(place, day) for day in range(first, profile.end + 1)]


def find_sentence(telling: ReportedIncident, report: Report) -> str:
    """The words around a telling's quote, by which a copy of the text and a person know it again."""
    quote = telling.quote
    field = report.title if quote.field == "title" else report.text
    return field[max(0, quote.start - SENTENCE_AROUND) : quote.end + SENTENCE_AROUND]


def _revises(telling: ReportedIncident, report: Report) -> bool:
    """Whether words around a telling's toll say that it changes one told before: "the toll rose to twelve"."""
    if telling.totals.killed_max is None:
        return False
    vocabulary = load_vocabulary(report.lang)
    lexemes = [vocabulary.lexemes[token] for token in TOKEN.findall(find_sentence(telling, report))]
    return any(not _REVISING.isdisjoint(meaning.cues) for _, _, meaning in vocabulary.find_phrases(lexemes))


_REVISING = frozenset({"update", "replaced"})
# Characters on either side of a quote by which it is known again in a copy of the text.
SENTENCE_AROUND = 80


def _find_killed(telling: ReportedIncident) -> tuple[int, int] | None:
    low, high = telling.totals.killed_min, telling.totals.killed_max
    if low is None and high is None:
        return None
    return (high if low is None else low) or 0, (low if high is None else high) or 0


def _find_names(telling: ReportedIncident) -> list[str]:
    # "Idlib countryside" is seldom told, and still no place two tellings have in common.
    closer = (place for place in telling.places if place.location is None or not _is_area(place.location))
    return list(dict.fromkeys(fold(place.name).strip() for place in closer))


def _is_area(location: Location) -> bool:
    return location.radius_m > COARSE_KM * 1000


def _weigh_names(tellings: Sequence[ReportedIncident]) -> dict[str, float]:
    """How uncommon each place name is: 1 for a name told once, 0 for one that every telling has."""
    counts = Counter(name for telling in tellings for name in _find_names(telling))
    scale = math.log(len(tellings) + 1)
    return {name: 1 - math.log(count) / scale for name, count in counts.items()}


def find_spots(telling: ReportedIncident) -> tuple[Spot, ...]:
    """The places of a telling, its chief one first; areas only where it names nothing closer."""
    located = [telling.location, *(place.location for place in telling.places)]
    spots: dict[tuple[float, float], Spot] = {}
    for location in located:
        if location is None:
            continue
        spot = Spot(
            location.latitude,
            location.longitude,
            location.radius_m / 1000,
            location.place.id if location.place else None,
            names_area=bool(spots) and location.place is not None and location.place.kind == "city",
        )
        spots.setdefault((spot.latitude, spot.longitude), spot)
    fine = tuple(spot for spot in spots.values() if spot.radius_km <= COARSE_KM)
    # "Kafranbel, Idlib": the governorate is where the village is, not a second place of the event.
    return fine or tuple(spots.values())


def _bound_days(telling: ReportedIncident, report: Report) -> tuple[int | None, int | None, bool]:
    when = telling.when
    published = report.published
    # Nothing is reported before it happens: such a day was misread, and the report's own day says more.
    if when.start is not None and (published is None or when.start <= published):
        start, end = when.start.toordinal(), (when.end or when.start).toordinal()
        if telling.salience is Salience.BACKGROUND or published is None or end - start < VAGUE_DAYS:
            return start, end, True
        # "This year", told of fresh news, says no more than the day of the report.
        latest = min(end, published.toordinal())
        return max(start, latest - REPORTED_WITHIN_DAYS), latest, False
    first, last = when.not_before, when.not_after
    if telling.salience is Salience.MAIN and published is not None:
        last = min(last or published, published)
        first = max(first or dt.date.min, last - dt.timedelta(days=REPORTED_WITHIN_DAYS))
    if first is None or last is None or (last - first).days > MAX_BOUND_DAYS:
        return None, None, False
    return first.toordinal(), last.toordinal(), False


# A month or a year; a week may be a bounded series of acts.
VAGUE_DAYS = 20
# A bound wider than a season says nothing about which event is meant.
MAX_BOUND_DAYS = 92


def _find_figures(telling: ReportedIncident) -> Iterator[Figure]:
    for claim in telling.claims:
        number = claim.max if claim.min is None else claim.min
        if claim.outcome is None or claim.victims is None or not number:
            continue
        # One outlet's "civilians" are another's "people".
        victims = Victims.PEOPLE if claim.victims is Victims.CIVILIANS else claim.victims
        yield Figure(claim.outcome, victims, number)
    # One report gives the sum, another its parts.
    totals = telling.totals
    for outcome, total in ((Outcome.KILLED, totals.killed_max), (Outcome.INJURED, totals.injured_max)):
        if total:
            yield Figure(outcome, Victims.PEOPLE, total)


def _find_summed_tolls(tellings: Sequence[ReportedIncident]) -> frozenset[int]:
    """Tellings whose toll is what the other incidents of their report add up to: a total, not a toll of its own."""
    by_report: defaultdict[str, list[int]] = defaultdict(list)
    for index, telling in enumerate(tellings):
        if telling.totals.killed_max:
            by_report[telling.report_id].append(index)
    summed: set[int] = set()
    for members in by_report.values():
        if len(members) < MIN_SUMMANDS + 1:
            continue
        tolls = [tellings[index].totals.killed_max or 0 for index in members]
        summed.update(
            index for index, toll in zip(members, tolls, strict=True) if toll > LEAST_SUM and toll == sum(tolls) - toll
        )
    return frozenset(summed)


# Two small tolls add up to a third by chance.
MIN_SUMMANDS = 2
LEAST_SUM = 4


def _find_words(telling: ReportedIncident, report: Report, alone: bool, lexicon: Lexicon) -> npt.NDArray[np.int32]:
    """Words near the claims, without the places' names: that the place is the same is said elsewhere."""
    words = lexicon.find_words(_find_context(telling, report, alone), report.lang)
    names = lexicon.find_words(" ".join(place.name for place in telling.places), report.lang)
    return np.setdiff1d(words, names, assume_unique=True)


def _find_context(telling: ReportedIncident, report: Report, alone: bool) -> str:
    if alone and telling.salience is Salience.MAIN:
        start = max(0, telling.quote.start - CONTEXT_BEFORE) if telling.quote.field == "text" else 0
        return f"{report.title}\n{report.text[start : start + CONTEXT_MOST]}"
    spans = [span for span in (telling.quote, *(claim.quote for claim in telling.claims)) if span.field == "text"]
    if not spans:
        return f"{report.title}\n{report.text[:CONTEXT_AFTER]}"
    start = max(0, min(span.start for span in spans) - CONTEXT_BEFORE)
    end = max(span.end for span in spans) + CONTEXT_AFTER
    return report.text[start : min(end, start + CONTEXT_MOST)]
