"""The places a name may mean, with probabilities.

The score of a candidate is a probability. Each candidate gets the sum of its features times `WEIGHTS`,
"the place is in no list we know" gets `NOT_LISTED`, and a softmax over all of them shares out one. How
the weights were fitted and how well the probabilities hold is told in docs/places.md.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import mul
from typing import TYPE_CHECKING

import msgspec

from claimatlas.errors import InputError
from claimatlas.gazetteer import Gazetteer
from claimatlas.gazetteer.curated import Patch
from claimatlas.gazetteer.entries import AREAS, SETTLEMENTS
from claimatlas.gazetteer.namefinding import is_acronym
from claimatlas.gazetteer.nameindex import Match
from claimatlas.geodesy import distance_km
from claimatlas.model import Candidate, Place
from claimatlas.names import spelling

if TYPE_CHECKING:
    from claimatlas.layers import Layers


@dataclass(frozen=True, slots=True)
class Context:
    """What else is known about where a name lies. Everything may be left out.

    Attributes:
        governorate: First-level area the report gives.
        district: Second-level area the report gives, or any area or town the place is said to belong to.
        nearby: (latitude, longitude) of other places in the report.
        kind: Kind of place meant ("camp", "village"), when the report says so.
        relation: How the event lies to the named place ("near", "outskirts", "countryside", …).
        border: A country near whose border the place is said to lie ("Iraq", "Turkey", …).
        lang: Language of the report.
        also: Other spellings of the same name, for instance the one in Arabic script.
    """

    governorate: str | None = None
    district: str | None = None
    nearby: tuple[tuple[float, float], ...] = ()
    kind: str | None = None
    relation: str = ""
    border: str | None = None
    lang: str | None = None
    also: tuple[str, ...] = ()


# ---------------------------------------------------------------------------------------------
# What speaks for a candidate
# ---------------------------------------------------------------------------------------------

FEATURES = (
    "cost_log", "cost_per_sound", "same_spelling", "qualifier_missing", "qualifier_contrary", "kind_agrees",
    "kind_lost", "kind_lost_urban", "kind_lost_size", "kind_differs", "kind_added", "same_governorate",
    "governorate_near", "governorate_far", "governorate_far_small", "curated", "events_near", "spellings", "size",
    "size_alone", "area", "weak", "length", "context_near", "context_far", "other_script", "both_scripts",
)  # fmt: skip
WEIGHTS: dict[str, float] = {
    "cost_log": -1.24, "cost_per_sound": -1.74, "same_spelling": 1.02, "qualifier_missing": -0.89,
    "qualifier_contrary": -2.00, "kind_agrees": 1.00, "kind_lost": -0.70, "kind_lost_urban": -0.74,
    "kind_lost_size": 0.28, "kind_differs": -1.27, "kind_added": -1.74, "same_governorate": 1.08,
    "governorate_near": -0.92, "governorate_far": -1.12, "governorate_far_small": -0.83, "curated": 0.31,
    "events_near": 0.75, "spellings": 0.45, "size": 0.18, "size_alone": 0.27, "area": -1.02, "weak": -0.48,
    "length": 0.53, "context_near": 1.28, "context_far": -3.04, "other_script": 0.08, "both_scripts": 1.50,
}  # fmt: skip
NOT_LISTED = 0.30
# Added where nothing was imported: the curated gazetteer holds fewer of the places that reports name.
NOT_LISTED_CURATED = 0.28
# The names of the fit were known to those who chose the curated places; of other names it holds fewer.
NOT_SEEN_BY_CURATORS = 0.3
# What a decision made by hand is worth: it lets a place win that everything but its name speaks against.
DECIDED = 4.0
# A Latin and an Arabic name of one place that differ by more are two names, not two spellings of one.
OTHER_NAME_COST = 4.0
# Candidates this near to one another are one answer: their probabilities add up.
SAME_ANSWER_KM = 12.0
# Candidates below this add nothing to one another.
UNLIKELY = 0.002
# Lists put the point of one village up to so far apart.
ONE_PLACE_KM = 3.0
# Below this probability nothing is answered: an answer that is as likely wrong as right helps nobody. The probabilities
# are a little too low in the middle (docs/places.md). A name in Arabic script may be less likely: its letters are
# certain, what it is confused with is a namesake, and each answer says its probability and names the others. Of those
# held out that were said to be between .35 and .45, 15 of 43 were right: about one in three.
CONVINCING = 0.52
CONVINCING_ARABIC = 0.38
# A name that no list spells so must be a little likelier: half of those just below were other places.
CONVINCING_LIKE = 0.54
CONVINCING_ARABIC_LIKE = 0.46
# Spellings that differ by no more have the same letters.
SAME_SPELLING_COST = 0.5

_SIZES = {"city": 3.0, "town": 2.0, "village": 1.0, "camp": 1.0, "neighbourhood": 1.0, "governorate": 1.0}
_CONTRARIES = ("UL", "BK", "EWNSM", "RJ", "no")
# Words for buildings and quarters: without them the town is still right, if less exact.
URBAN_KINDS = frozenset({
    "hospital", "school", "mosque", "church", "market", "square", "street", "neighbourhood", "checkpoint", "factory",
    "prison", "university", "bakery", "park", "base", "station", "building",
})  # fmt: skip
# Every city has its own station quarter and Clock Square: one in another part of the country is a namesake of the one
# that is meant, which no list has. How much more than a village's the distance to the governorate counts.
_LOCAL = dict.fromkeys(
    ("neighbourhood", "square", "market", "mosque", "church", "street", "school", "hospital", "bakery", "park"), 3.0
)
# An area of any level answers to "district".
_ANY_AREA = frozenset({"district", "subdistrict", "neighbourhood", "governorate", "region"})
_KIND_FAMILIES: dict[str, frozenset[str]] = {
    "airbase": frozenset({"airbase", "airport", "base"}), "mountain": frozenset({"mountain", "hill", "region"}),
    "neighbourhood": _ANY_AREA - {"governorate"}, "area": _ANY_AREA, "subdistrict": frozenset({"subdistrict"}),
    "street": frozenset({"street", "road"}), "road": frozenset({"street", "road"}),
    "desert": frozenset({"desert", "region"}), "castle": frozenset({"ruin", "landmark", "neighbourhood"}),
    "base": frozenset({"base", "airbase"}), "farm": frozenset({"farm", "village", "hamlet"}),
}  # fmt: skip
# Words that settlements carry in their names.
_NATURAL = frozenset({"", "mountain", "farm", "valley", "bridge", "castle", "market"})
# Reporters say "Damascus" for the city and for its countryside.
ONE_TO_MANY = {"Damascus": ("Rural Damascus",), "Rural Damascus": ("Damascus",)}
_CONTEXT_NEAR, _KIND_AGREES, _KIND_LOST = (
    FEATURES.index(name) for name in ("context_near", "kind_agrees", "kind_lost")
)
_WEIGHT_VECTOR = tuple(WEIGHTS[name] for name in FEATURES)

# ---------------------------------------------------------------------------------------------
# Candidates
# ---------------------------------------------------------------------------------------------


class Scored(msgspec.Struct, frozen=True, gc=False):
    """A candidate with what speaks for and against it."""

    number: int
    match: Match
    features: tuple[float, ...]
    probability: float

    @property
    def nearness(self) -> float:
        """How near it lies to the places named beside it, from 0 to 1."""
        return self.features[_CONTEXT_NEAR]


@dataclass(frozen=True, slots=True)
class Point:
    """A place named beside the one asked for, with the radius it fills and how likely it is.

    With a `governorate` it is the capital of that governorate, and "X, Aleppo" may mean the one or the other.
    """

    latitude: float
    longitude: float
    radius_km: float
    probability: float
    governorate: str | None = None


def rank_candidates(name: str, gazetteer: Gazetteer, context: Context | None = None) -> list[Candidate]:
    """The places a name may mean, the likeliest first.

    Args:
        name: One place name, in Latin or Arabic script, without words about its surroundings.
        gazetteer: Places and their names.
        context: What else is known.

    Returns:
        Candidates whose scores, with that of "in no list", add up to one. Empty when nothing reads alike.
    """
    context = context or Context()
    scored = score_candidates((name, *context.also), gazetteer, context)
    return [as_candidate(item, gazetteer, context) for item in scored]


def as_candidate(item: Scored, gazetteer: Gazetteer, context: Context) -> Candidate:
    """A weighed candidate as it is shown, with the reasons in words."""
    place = gazetteer.entries[item.number].place
    return Candidate(place, item.match.name, round(item.probability, 4), _reasons(item, place, context))


def _reasons(item: Scored, place: Place, context: Context) -> tuple[str, ...]:
    spelt = f"spelling differs by {item.match.cost:.1f}" if item.match.cost >= 0.05 else "nearly the same spelling"
    reasons = ["same spelling" if item.match.exact else spelt]
    if context.governorate and place.governorate == context.governorate:
        reasons.append("same governorate")
    elif context.governorate and place.governorate:
        reasons.append(f"in {place.governorate}, not {context.governorate}")
    if item.nearness > 0:
        reasons.append("near other places named")
    if item.features[_KIND_AGREES]:
        reasons.append("kind of place agrees")
    if item.features[_KIND_LOST]:
        reasons.append(f"the {item.match.asked.kind or context.kind} itself is not listed")
    return tuple(reasons)


def score_candidates(
    asked: Sequence[str], gazetteer: Gazetteer, context: Context, around: Sequence[Point] = ()
) -> list[Scored]:
    """Candidates with probabilities; they and "in no list" share out one."""
    found = _best_matches(asked, gazetteer, context.governorate)
    rows = [
        (number, matches[0], _features(gazetteer, number, matches, context, around))
        for number, matches in found.items()
    ]
    weights = _WEIGHT_VECTOR
    decided = {
        patch.place for patch in (gazetteer.decision(name, context.governorate) for name in asked) if patch is not None
    }
    logits = [
        sum(map(mul, weights, features)) + (DECIDED if gazetteer.entries[number].place.id in decided else 0.0)
        for number, _, features in rows
    ]
    nowhere = NOT_LISTED + (NOT_LISTED_CURATED + NOT_SEEN_BY_CURATORS if gazetteer.is_curated_alone else 0.0)
    top = max([*logits, nowhere])
    total = math.exp(nowhere - top) + sum(math.exp(logit - top) for logit in logits)
    scored = [
        Scored(number, match, features, math.exp(logit - top) / total)
        for (number, match, features), logit in zip(rows, logits, strict=True)
    ]
    return sorted(scored, key=lambda item: (-item.probability, item.number))


def _best_matches(asked: Sequence[str], gazetteer: Gazetteer, governorate: str | None) -> dict[int, list[Match]]:
    """For each owner its nearest spelling for each of the names asked, the nearest of all first."""
    found: dict[int, list[Match]] = {}
    for name in asked:
        if is_acronym(name.strip()):
            continue
        best: dict[int, Match] = {}
        patch = gazetteer.decision(name, governorate)
        for match in gazetteer.index.find(name, gazetteer.in_governorate(governorate)):
            if match.asked.arabic and not match.reading.arabic:
                match = _against_arabic(match, gazetteer)
            held = best.setdefault(match.owner, match)
            if held is not match and _rank(match) < _rank(held):
                best[match.owner] = match
        for owner, match in best.items():
            if patch is not None and _is_ruled_out(patch, gazetteer.entries[owner].place.id):
                continue
            found.setdefault(owner, []).append(match)
    for matches in found.values():
        if len(matches) > 1:
            matches.sort(key=_rank)
    return found


def _against_arabic(match: Match, gazetteer: Gazetteer) -> Match:
    """An Arabic name is judged by the Arabic names of a place, if any: قساطل is not قسطل, though both may be Qastal.

    A Latin spelling that is none of those Arabic names is a name of its own ("Khana Sari", in Arabic خان الجبل) and
    stands for itself.
    """
    known = [
        reading
        for name in gazetteer.entries[match.owner].names
        if name.lang == "ar"
        for reading in spelling.read_name(name.name)
    ]
    if not known:
        return match
    if (
        match.asked.kind == match.reading.kind
        and min(spelling.differ(match.reading, reading) for reading in known) > OTHER_NAME_COST
    ):
        return match
    cost = min(spelling.differ(match.asked, reading) for reading in known)
    if cost <= match.cost:
        return match
    return msgspec.structs.replace(match, cost=(match.cost + cost) / 2, exact=False)


def _is_ruled_out(patch: Patch, place_id: str) -> bool:
    """Whether a decision made by hand keeps a spelling from meaning a place."""
    if place_id in patch.never or "*" in patch.never:
        return True
    return patch.place is not None and patch.place != place_id


def _rank(match: Match) -> tuple[float, ...]:
    contrary, missing = _compare_qualifiers(match.asked.qualifiers, match.reading.qualifiers)
    kinds_differ = match.asked.kind != match.reading.kind
    return (match.cost + missing + 3 * contrary + 0.5 * kinds_differ, not match.strong)


@lru_cache(maxsize=4096)
def _compare_qualifiers(asked: str, known: str) -> tuple[int, int]:
    """(contrary, missing): "Upper" against "Lower" is contrary, "Upper" against nothing is missing."""
    if asked == known:
        return 0, 0
    for group in _CONTRARIES:
        a, b = set(asked) & set(group), set(known) & set(group)
        if a and b and not a & b:
            return 1, 0
    return 0, len(set(asked) ^ set(known))


# ---------------------------------------------------------------------------------------------
# Features
# ---------------------------------------------------------------------------------------------


def _features(
    gazetteer: Gazetteer, number: int, matches: Sequence[Match], context: Context, around: Sequence[Point]
) -> tuple[float, ...]:
    match = matches[0]
    asked, known, cost = match.asked, match.reading, match.cost
    entry = gazetteer.entries[number]
    place = entry.place
    governorate = context.governorate
    contrary = missing = 0
    if asked.qualifiers != known.qualifiers:
        contrary, missing = _compare_qualifiers(asked.qualifiers, known.qualifiers)
    agrees, lost, differs, added = _compare_kinds(match, place.kind, context.kind)
    if known.kind == "neighbourhood" and not asked.kind and governorate is not None:
        # Where its city can be guessed a quarter is also named without the word.
        added = 0.0
    urban = 1.0 if asked.kind in URBAN_KINDS else 0.0
    same, near, far = _compare_governorates(gazetteer, place, governorate)
    context_near = context_far = 0.0
    if around or context.nearby or context.border is not None:
        context_near, context_far = _compare_surroundings(place, context, around, in_town=urban > 0)
    length, other_length = len(asked.sounds), len(known.sounds)
    sounds = max(3, length if length < other_length else other_length)
    size = _size(place, entry.population)
    consonants = len(asked.skeleton)
    return (
        math.log1p(cost),
        cost / sounds if cost < 1.5 * sounds else 1.5,
        # A camp that is asked for by its town's name is not spelt like the town, a quarter not like a village.
        1.0 if match.exact and not (lost and (context.kind or asked.kind)) else 0.0,
        float(missing) if missing < 2 else 2.0,
        float(contrary),
        # "Damascus International Airport" is the airport, however much more is heard of the city.
        2.0 if agrees and match.exact and asked.kind else agrees,
        lost,
        lost * urban,
        lost * size,
        differs,
        added,
        same,
        near,
        far,
        far * _LOCAL.get(place.kind, 1.0) if size <= 1.0 else 0.0,
        *gazetteer.standing(number),
        size,
        size if governorate is None else 0.0,
        1.0 if place.kind in AREAS and not agrees else 0.0,
        0.0 if match.strong else 1.0,
        (consonants if consonants < 8 else 8) - 4.0,
        context_near,
        context_far,
        1.0 if asked.arabic != known.arabic else 0.0,
        max(0.0, 1.0 - matches[1].cost / 3) if len(matches) > 1 else 0.0,
    )


def _size(place: Place, population: int) -> float:
    if population > 0:
        return min(3.0, max(0.5, math.log10(population) - 2.5))
    return _SIZES.get(place.kind, 0.5)


def _compare_kinds(match: Match, kind: str, meant: str | None) -> tuple[float, float, float, float]:
    """(agrees, town stands for a building in it, another thing altogether, a building where none was asked for)."""
    asked = match.asked.kind or (meant or "")
    known = match.reading.kind
    if not asked:
        return 0.0, 0.0, 0.0, 1.0 if known not in _NATURAL or kind not in SETTLEMENTS | AREAS else 0.0
    if asked == known or is_of_kind(kind, asked):
        return 1.0, 0.0, 0.0, 0.0
    if kind in SETTLEMENTS | AREAS and known in _NATURAL and asked != "governorate":
        return 0.0, 1.0, 0.0, 0.0
    return 0.0, 0.0, 1.0, 0.0


def is_of_kind(kind: str, asked: str) -> bool:
    """Whether a kind of the gazetteer is what a word in a name asks for: a base may be an airbase."""
    return kind == asked or kind in _KIND_FAMILIES.get(asked, ())


def _compare_governorates(gazetteer: Gazetteer, place: Place, governorate: str | None) -> tuple[float, float, float]:
    """(same, near, far): far grows with the distance to the governorate that the report gives, up to 1 at 30 km."""
    if governorate is None or place.governorate is None:
        return 0.0, 0.0, 0.0
    if place.governorate == governorate or place.governorate in ONE_TO_MANY.get(governorate, ()):
        return 1.0, 0.0, 0.0
    km = gazetteer.km_to_governorate(place, governorate)
    if km <= 15.0:
        return 0.0, 1.0, 0.0
    return 0.0, 0.0, min(1.0, km / 30.0)


def _compare_surroundings(
    place: Place, context: Context, around: Sequence[Point], *, in_town: bool
) -> tuple[float, float]:
    """(near, far) to the places named beside it, each 0 to 1; a street of a capital must lie in that city."""
    near = far = 0.0
    for point in around:
        km = max(0.0, distance_km(place.latitude, place.longitude, point.latitude, point.longitude) - point.radius_km)
        near = max(near, point.probability * max(0.0, 1.0 - km / 25.0))
    if near < 0.2:
        elsewhere = (
            point for point in around if in_town or point.governorate is None or point.governorate != place.governorate
        )
        far = max((point.probability for point in elsewhere), default=0.0)
    for latitude, longitude in context.nearby:
        km = distance_km(place.latitude, place.longitude, latitude, longitude)
        near = max(near, 0.6 * max(0.0, 1.0 - km / 50.0))
    if context.border is not None:
        km = km_to_border(place.latitude, place.longitude, context.border)
        near, far = (max(near, 0.5), far) if km <= 30.0 else (near, max(far, min(1.0, km / 100.0)))
    return near, far


@lru_cache(maxsize=4096)
def km_to_border(latitude: float, longitude: float, country: str) -> float:
    """Distance in km to the border with a neighbouring country, good to about two kilometres.

    Raises:
        InputError: The country is no neighbour.
    """
    distances = _layers().border_distances(latitude, longitude)
    if country not in distances:
        raise InputError(f"{country!r} is no neighbour that the map knows; known are {', '.join(sorted(distances))}.")
    return distances[country]


@lru_cache(maxsize=1)
def _layers() -> Layers:
    # Shapely is only needed for reports that speak of a border.
    from claimatlas.layers import load_layers

    return load_layers()


# ---------------------------------------------------------------------------------------------
# Answers
# ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answer:
    """What a name means: the best candidate, the probability of its spot, and all candidates, the best first."""

    best: Scored
    probability: float
    ranked: tuple[Scored, ...]


def find_answer(names: Sequence[str], gazetteer: Gazetteer, context: Context, around: Sequence[Point]) -> Answer | None:
    """The best place for a name with the probability of all candidates that would put it in the same spot."""
    ranked = score_candidates(names, gazetteer, context, around)
    if not ranked:
        return None
    likely = [item for item in ranked if item.probability >= UNLIKELY] or ranked[:1]
    places = [gazetteer.shown_at(gazetteer.entries[item.number].place) for item in likely]
    # Two entries for one place share its probability: the spot counts, not the entry.
    spots = [place for item, place in zip(likely, places, strict=True) if 2 * item.probability >= ranked[0].probability]
    spot = (
        max(spots, key=lambda place: round(_probability_around(place, likely, places, ONE_PLACE_KM), 6))
        if len(spots) > 1
        else spots[0]
    )
    best, place = next(
        (item, place) for item, place in zip(likely, places, strict=True) if _is_near(place, spot, ONE_PLACE_KM)
    )
    probability = _probability_around(place, likely, places, SAME_ANSWER_KM)
    return Answer(best, probability, (best, *(item for item in ranked if item is not best)))


def _probability_around(spot: Place, items: Sequence[Scored], places: Sequence[Place], km: float) -> float:
    """The probability that a name means one of the candidates up to a distance from a place."""
    return sum(
        item.probability
        for item, place in zip(items, places, strict=True)
        if place is spot or _is_near(place, spot, km)
    )


def _is_near(place: Place, other: Place, km: float) -> bool:
    # A degree of latitude is 111 km: most namesakes need no trigonometry.
    if abs(place.latitude - other.latitude) * 110.0 > km:
        return False
    return distance_km(place.latitude, place.longitude, other.latitude, other.longitude) <= km


def is_convincing(answer: Answer) -> bool:
    """Whether an answer is likely enough to be given (`CONVINCING`)."""
    match = answer.best.match
    if match.cost > SAME_SPELLING_COST:
        return answer.probability >= (CONVINCING_ARABIC_LIKE if match.asked.arabic else CONVINCING_LIKE)
    return answer.probability >= (CONVINCING_ARABIC if match.asked.arabic else CONVINCING)


def points_of(names: Sequence[str], gazetteer: Gazetteer, context: Context) -> list[Point]:
    """Where the places of some names may be: a town and the district named after it count as one."""
    points = []
    for name in names:
        ranked = [item for item in score_candidates((name,), gazetteer, context)[:8] if item.probability >= 0.02]
        if not ranked:
            continue
        best = gazetteer.entries[ranked[0].number].place
        together = [(item, gazetteer.entries[item.number].place) for item in ranked]
        near = [
            (item, place)
            for item, place in together
            if distance_km(best.latitude, best.longitude, place.latitude, place.longitude) <= 40.0
        ]
        probability = sum(item.probability for item, _ in near)
        if ranked[0].match.cost < 1.0:
            # That a place named beside is in no list is not to be feared when it is spelt so.
            probability /= sum(item.probability for item in ranked)
        # The capital, its district and its hospitals answer to one name, which may also mean the governorate.
        capital = best.governorate if best.kind in ("city", "governorate") and is_capital(best) else None
        for item, place in near:
            if item.match.cost <= ranked[0].match.cost + 0.5:
                points.append(Point(place.latitude, place.longitude, min(place.radius_km, 30.0), probability, capital))
    return points


def is_capital(place: Place) -> bool:
    """Whether a city gave its governorate its name."""
    return place.governorate is not None and any(
        reading.skeleton == other.skeleton
        for reading in spelling.read_name(place.name)
        for other in spelling.read_name(place.governorate)
    )
