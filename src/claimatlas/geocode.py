"""Where a place name is: candidates with probabilities, and one location or none.

`rank_candidates` weighs the places a single name may mean. `locate` reads a whole description ("near
A", "B, X District", "5 km south of C", "between D and E") and turns it into a point, a precision and a
radius by the convention of docs/places.md; it answers None when nothing is convincing.

The score of a candidate is a probability. Each candidate gets the sum of its features times `WEIGHTS`,
"the place is in no list we know" gets `NOT_LISTED`, and a softmax over all of them shares out one. How
the weights were fitted and how well the probabilities hold is told in docs/places.md.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import mul
from typing import TYPE_CHECKING

from claimatlas import names as spelling
from claimatlas.descriptions import Segment, read_description, split_direction
from claimatlas.entries import AREAS, SETTLEMENTS
from claimatlas.errors import InputError
from claimatlas.gazetteer import Gazetteer
from claimatlas.geodesy import distance_km, move
from claimatlas.model import Candidate, Location, Place, Precision
from claimatlas.nameindex import Match, is_acronym

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
# Probabilities
# ---------------------------------------------------------------------------------------------

FEATURES = (
    "cost_log", "cost_per_sound", "same_spelling", "qualifier_missing", "qualifier_contrary", "kind_agrees",
    "kind_lost", "kind_lost_urban", "kind_lost_size", "kind_differs", "kind_added", "same_governorate",
    "governorate_near", "governorate_far", "governorate_far_small", "curated", "events_near", "spellings", "size",
    "size_alone", "area", "weak", "length", "context_near", "context_far", "other_script", "both_scripts",
)  # fmt: skip
WEIGHTS: dict[str, float] = {
    "cost_log": -1.26, "cost_per_sound": -1.77, "same_spelling": 0.97, "qualifier_missing": -1.04,
    "qualifier_contrary": -2.00, "kind_agrees": 1.00, "kind_lost": -0.90, "kind_lost_urban": -0.78,
    "kind_lost_size": 0.29, "kind_differs": -1.23, "kind_added": -1.73, "same_governorate": 1.08,
    "governorate_near": -0.94, "governorate_far": -1.10, "governorate_far_small": -0.86, "curated": 0.27,
    "events_near": 0.75, "spellings": 0.44, "size": 0.13, "size_alone": 0.27, "area": -1.09, "weak": -0.59,
    "length": 0.48, "context_near": 1.47, "context_far": -2.93, "other_script": 0.07, "both_scripts": 1.50,
}  # fmt: skip
NOT_LISTED = 0.09
# Below this probability nothing is answered: an answer that is as likely wrong as right helps nobody. A name in Arabic
# script may be a little less likely: its letters are certain, and what it is confused with is a namesake close by.
CONVINCING = 0.53
CONVINCING_ARABIC = 0.45
# Added where nothing was imported: the curated gazetteer holds fewer of the places that reports name.
NOT_LISTED_CURATED = 0.30
# The names of the fit were known to those who chose the curated places; of other names it holds fewer.
NOT_SEEN_BY_CURATORS = 0.3
# What a decision made by hand is worth: it lets a place win that everything but its name speaks against.
DECIDED = 4.0
# A Latin and an Arabic name of one place that differ by more are two names, not two spellings of one.
OTHER_NAME_COST = 4.0
# Spellings that differ by no more have the same letters.
SAME_SPELLING_COST = 0.5
# A place beside the one named after it is the likelier answer from this probability on: the other answer is a circle
# of 10 km.
LIKELY_BESIDE = 0.45
# At this probability a place in a governorate is taken for the one meant by "Governorate, place".
SURE = 0.7
# Candidates this near to one another are one answer: their probabilities add up.
SAME_ANSWER_KM = 12.0
# Candidates below this add nothing to one another.
UNLIKELY = 0.002
# Lists put the point of one village up to so far apart.
ONE_PLACE_KM = 3.0

_SIZES = {"city": 3.0, "town": 2.0, "village": 1.0, "camp": 1.0, "neighbourhood": 1.0, "governorate": 1.0}
_CONTRARIES = ("UL", "BK", "EWNSM", "RJ", "no")
# Words for buildings and quarters: without them the town is still right, if less exact.
_URBAN = frozenset(
    [
        "hospital",
        "school",
        "mosque",
        "church",
        "market",
        "square",
        "street",
        "neighbourhood",
        "checkpoint",
        "factory",
        "prison",
        "university",
        "bakery",
        "park",
        "base",
        "station",
        "building",
    ]
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


@dataclass(frozen=True, slots=True)
class _Scored:
    """A candidate with what speaks for and against it."""

    number: int
    match: Match
    features: tuple[float, ...]
    probability: float


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
    scored = _score((name, *context.also), gazetteer, context)
    return [_candidate(item, gazetteer, context) for item in scored]


def _candidate(item: _Scored, gazetteer: Gazetteer, context: Context) -> Candidate:
    place = gazetteer.entries[item.number].place
    return Candidate(place, item.match.name, round(item.probability, 4), _reasons(item, place, context))


def _reasons(item: _Scored, place: Place, context: Context) -> tuple[str, ...]:
    reasons = ["same spelling" if item.match.exact else f"spelling differs by {item.match.cost:.1f}"]
    if context.governorate and place.governorate == context.governorate:
        reasons.append("same governorate")
    elif context.governorate and place.governorate:
        reasons.append(f"in {place.governorate}, not {context.governorate}")
    if item.features[_CONTEXT_NEAR] > 0:
        reasons.append("near other places named")
    if item.features[_KIND_AGREES]:
        reasons.append("kind of place agrees")
    if item.features[_KIND_LOST]:
        reasons.append(f"the {item.match.asked.kind or context.kind} itself is not listed")
    return tuple(reasons)


def _score(
    asked: Sequence[str], gazetteer: Gazetteer, context: Context, around: Sequence[_Point] = ()
) -> list[_Scored]:
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
        _Scored(number, match, features, math.exp(logit - top) / total)
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
        for found_match in gazetteer.index.find(name, gazetteer.in_governorate(governorate)):
            match = _against_arabic(found_match, gazetteer)
            held = best.get(match.owner)
            if held is None or _rank(match) < _rank(held):
                best[match.owner] = match
        for owner, match in best.items():
            if patch is not None and _is_ruled_out(patch, gazetteer.entries[owner].place.id):
                continue
            found.setdefault(owner, []).append(match)
    for matches in found.values():
        matches.sort(key=_rank)
    return found


def _against_arabic(match: Match, gazetteer: Gazetteer) -> Match:
    """An Arabic name is judged by the Arabic names of a place, if any: قساطل is not قسطل, though both may be Qastal.

    A Latin spelling that is none of those Arabic names is a name of its own ("Khana Sari", in Arabic خان الجبل) and
    stands for itself.
    """
    if not match.asked.arabic or match.reading.arabic:
        return match
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
    return replace(match, cost=(match.cost + cost) / 2, exact=False)


def _is_ruled_out(patch: object, place_id: str) -> bool:
    never = getattr(patch, "never", ())
    place = getattr(patch, "place", None)
    return place_id in never or "*" in never or (place is not None and place != place_id)


def _rank(match: Match) -> tuple[float, ...]:
    contrary, missing = _compare_qualifiers(match.asked.qualifiers, match.reading.qualifiers)
    kinds_differ = match.asked.kind != match.reading.kind
    return (match.cost + missing + 3 * contrary + 0.5 * kinds_differ, not match.strong)


def _compare_qualifiers(asked: str, known: str) -> tuple[int, int]:
    """(contrary, missing): "Upper" against "Lower" is contrary, "Upper" against nothing is missing."""
    if asked == known:
        return 0, 0
    for group in _CONTRARIES:
        a, b = set(asked) & set(group), set(known) & set(group)
        if a and b and not a & b:
            return 1, 0
    return 0, len(set(asked) ^ set(known))


@dataclass(frozen=True, slots=True)
class _Point:
    """A place named beside the one asked for, with the radius it fills and how likely it is.

    With a `governorate` it is the capital of that governorate, and "X, Aleppo" may mean the one or the other.
    """

    latitude: float
    longitude: float
    radius_km: float
    probability: float
    governorate: str | None = None


def _features(
    gazetteer: Gazetteer, number: int, matches: Sequence[Match], context: Context, around: Sequence[_Point]
) -> tuple[float, ...]:
    match = matches[0]
    entry = gazetteer.entries[number]
    place = entry.place
    contrary, missing = _compare_qualifiers(match.asked.qualifiers, match.reading.qualifiers)
    agrees, lost, differs, added = _compare_kinds(match, place.kind, context.kind)
    urban = 1.0 if match.asked.kind in _URBAN else 0.0
    same, near, far = _compare_governorates(gazetteer, place, context.governorate)
    context_near, context_far = _compare_surroundings(place, context, around, in_town=urban > 0)
    sounds = max(3, min(len(match.asked.sounds), len(match.reading.sounds)))
    size = _size(place, entry.population)
    return (
        math.log1p(match.cost),
        min(match.cost / sounds, 1.5),
        # A camp that is asked for by its town's name is not spelt like the town.
        1.0 if match.exact and not (lost and context.kind) else 0.0,
        float(min(missing, 2)),
        float(contrary),
        agrees,
        lost,
        lost * urban,
        lost * size,
        differs,
        added,
        same,
        near,
        far,
        far if size <= 1.0 else 0.0,
        *gazetteer.standing(number),
        size,
        size if context.governorate is None else 0.0,
        1.0 if place.kind in AREAS and not agrees else 0.0,
        0.0 if match.strong else 1.0,
        min(8.0, float(len(match.asked.skeleton))) - 4.0,
        context_near,
        context_far,
        1.0 if match.asked.arabic != match.reading.arabic else 0.0,
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
    if asked == known or kind == asked or kind in _KIND_FAMILIES.get(asked, ()):
        return 1.0, 0.0, 0.0, 0.0
    if kind in SETTLEMENTS | AREAS and known in _NATURAL and asked != "governorate":
        return 0.0, 1.0, 0.0, 0.0
    return 0.0, 0.0, 1.0, 0.0


# Words that settlements carry in their names.
_NATURAL = frozenset({"", "mountain", "farm", "valley", "bridge", "castle", "market"})


def _compare_governorates(gazetteer: Gazetteer, place: Place, governorate: str | None) -> tuple[float, float, float]:
    """(same, near, far): far grows with the distance to the governorate that the report gives, up to 1 at 30 km."""
    if governorate is None or place.governorate is None:
        return 0.0, 0.0, 0.0
    if place.governorate == governorate or place.governorate in _ONE_TO_MANY.get(governorate, ()):
        return 1.0, 0.0, 0.0
    km = gazetteer.km_to_governorate(place, governorate)
    if km <= 15.0:
        return 0.0, 1.0, 0.0
    return 0.0, 0.0, min(1.0, km / 30.0)


# Reporters say "Damascus" for the city and for its countryside.
_ONE_TO_MANY = {"Damascus": ("Rural Damascus",), "Rural Damascus": ("Damascus",)}


def _compare_surroundings(
    place: Place, context: Context, around: Sequence[_Point], *, in_town: bool
) -> tuple[float, float]:
    """(near, far) to the places named beside it, each 0 to 1; a street of a capital must lie in that city."""
    near = far = 0.0
    if not around and not context.nearby and context.border is None:
        return near, far
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


_CONTEXT_NEAR, _KIND_AGREES, _KIND_LOST = (
    FEATURES.index(name) for name in ("context_near", "kind_agrees", "kind_lost")
)
_WEIGHT_VECTOR = tuple(WEIGHTS[name] for name in FEATURES)


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
# Locations
# ---------------------------------------------------------------------------------------------

# The convention for relative places (docs/places.md): what is added to the radius, in km.
NEAR_KM = 5.0
OUTSKIRTS_KM = 3.0
# "East of Raqqa" without a distance: reports mean the first villages beyond the built-up area.
BEYOND_KM = 4.0
# "Countryside of" a city reaches to the next cities, that of a town to the next towns.
COUNTRYSIDE_KM = {"city": 25.0, "governorate": 25.0, "town": 10.0}
# Two places named together are shown half-way between them up to this distance; farther apart, at the first.
TOGETHER_KM = 20.0
ONE_EVENT_KM = 60.0

_POINT_KINDS = frozenset(
    [
        "bridge",
        "hospital",
        "school",
        "mosque",
        "market",
        "square",
        "checkpoint",
        "dam",
        "crossing",
        "factory",
        "prison",
        "power_plant",
        "landmark",
        "base",
        "university",
        "airbase",
        "airport",
    ]
)
_AREA_PRECISION = {
    "country": Precision.COUNTRY, "governorate": Precision.GOVERNORATE, "district": Precision.DISTRICT,
    "subdistrict": Precision.SUBDISTRICT,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one segment of a description means."""

    best: _Scored
    probability: float
    ranked: tuple[_Scored, ...]


def locate(name: str, gazetteer: Gazetteer, context: Context | None = None) -> Location | None:
    """The place that a description means.

    Args:
        name: A name or a description ("near A", "B, X District", "between C and D"), or coordinates.
        gazetteer: Places and their names.
        context: What else is known.

    Returns:
        The location with its precision, radius and probability, or None when nothing is convincing.
        None is an answer: the place stays unknown, and `rank_candidates` shows what it might have been.
    """
    from claimatlas.coordinates import read_coordinates

    context = context or Context()
    point = read_coordinates(name)
    if point is not None:
        return _location_of_coordinates(point[0], point[1], point[2], gazetteer)
    segments = read_description(name)
    if not segments:
        return None
    others = [segment for also in context.also for segment in read_description(also)[:1]]
    return _locate_whole(name, segments, gazetteer, context) or _locate_segments(segments, others, gazetteer, context)


def _locate_whole(name: str, segments: Sequence[Segment], gazetteer: Gazetteer, context: Context) -> Location | None:
    """A place that has a word for a relation in its very name ("ريف المهندسين", Countryside of the Engineers)."""
    if segments[0].whole == name or spelling.text_key(name) not in gazetteer.index.by_text_key:
        return None
    answer = _answer((name,), gazetteer, context, ())
    if answer is None or not answer.best.match.exact or not _is_convincing(answer):
        return None
    place = gazetteer.entries[answer.best.number].place
    return None if place.kind in AREAS else _location(answer, Segment((name,), name), gazetteer, context)


def _locate_segments(
    segments: list[Segment], others: list[Segment], gazetteer: Gazetteer, context: Context
) -> Location | None:
    if context.governorate is None:
        context = replace(context, governorate=_governorate_named(segments[1:], gazetteer, context))
    around = [point for segment in segments[1:] for point in _points_of(segment, gazetteer, context)]
    if context.district is not None:
        around += _points_of(Segment((context.district,), context.district), gazetteer, context)
    head = segments[0]
    located = _locate_segment(head, others, gazetteer, context, around)
    narrower = _narrower(segments, located, gazetteer, context)
    if narrower is not None:
        return narrower
    if located is not None:
        return located
    return _locate_surroundings(segments, gazetteer, context)


def _governorate_named(segments: Sequence[Segment], gazetteer: Gazetteer, context: Context) -> str | None:
    """The governorate that the end of a description names ("…, Aleppo"), if it does."""
    for segment in reversed(segments):
        for point in _points_of(segment, gazetteer, context):
            if point.governorate is not None and point.probability >= 0.5:
                return point.governorate
    return None


def _locate_surroundings(segments: list[Segment], gazetteer: Gazetteer, context: Context) -> Location | None:
    """What was named could not be found; the place it was said to be in or near may be."""
    head = segments[0]
    beside = _locate_beside(segments, gazetteer, context) if len(segments) > 1 else None
    if beside is not None:
        return beside
    urban = _kind_of(head) in _URBAN or _kind_of(head) in _IN_TOWNS
    for segment in segments[1:]:
        located = _locate_segment(segment, (), gazetteer, context, [])
        if located is None or located.place is None:
            continue
        reason = f"{head.whole} is in no list; {_lower(located.reason)}"
        if urban or segment.link in ("in", "near", "outskirts", "direction", "between") or segment.relation:
            return replace(located, reason=reason)
        if located.place.kind == "city" and _is_capital(located.place):
            # "Unknown village, Aleppo" may be anywhere in the governorate.
            return None
        wide = max(located.radius_m, 10_000)
        return replace(located, precision=_coarser(located.precision, wide / 1000), radius_m=wide, reason=reason)
    return _locate_in_capital(head, gazetteer, context) if _kind_of(head) in _IN_CAPITALS else None


def _locate_beside(segments: list[Segment], gazetteer: Gazetteer, context: Context) -> Location | None:
    """The likeliest place of a name if it lies beside the place named after it: better than all around that one."""
    around = [point for segment in segments[1:] for point in _points_of(segment, gazetteer, context)]
    answer = _answer((segments[0].whole,), gazetteer, context, around)
    if answer is None or answer.probability < LIKELY_BESIDE or answer.best.features[_CONTEXT_NEAR] < 0.5:
        return None
    return _location(answer, segments[0], gazetteer, context)


_IN_TOWNS = frozenset({"hospital", "prison"})
# Every village has its quarters, and checkpoints stand along the roads; hospitals are known by their towns.
_IN_CAPITALS = _URBAN - {"neighbourhood", "checkpoint", "hospital"}
# How often a street, mosque or square named with its governorate alone lies in the capital of that governorate.
# Counted on the names the weights were fitted with.
IN_CAPITAL = 0.7


def _kind_of(segment: Segment) -> str:
    return _kind_named(segment.whole)


def _kind_named(name: str) -> str:
    """The kind of place that a word of a name says, or an empty string."""
    readings = spelling.read_name(name)
    return readings[0].kind if readings else ""


def _locate_in_capital(head: Segment, gazetteer: Gazetteer, context: Context) -> Location | None:
    if context.governorate is None:
        return None
    answer = _answer((context.governorate,), gazetteer, replace(context, kind=None), ())
    place = gazetteer.entries[answer.best.number].place if answer is not None else None
    if answer is None or place is None or place.kind != "city" or not _is_capital(place):
        return None
    located = _location(answer, head, gazetteer, context)
    reason = (
        f"{head.whole} is in no list; a {_kind_of(head)} named without its town most likely lies "
        f"in the governorate's capital, {place.name}."
    )
    return replace(
        located,
        score=IN_CAPITAL,
        reason=reason,
        flags=(*located.flags, f"No town is named for {head.whole}; {place.name} is assumed."),
    )


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _narrower(
    segments: list[Segment], located: Location | None, gazetteer: Gazetteer, context: Context
) -> Location | None:
    """In "Mayadin, Al Masaken" the town stands first: the quarter is the answer if it is known near the town.

    So is the town in "Eastern Ghouta, Douma".
    """
    if len(segments) < 2 or located is None or located.place is None or segments[1].link != "," or segments[1].relation:
        return None
    wide = located.place.kind == "region" and gazetteer.governorate_named(segments[1].whole) is None
    if not wide and located.place.kind not in ("city", "town", "governorate"):
        return None
    capital = located.governorate if _is_capital(located.place) else None
    wider = _Point(located.latitude, located.longitude, located.place.radius_km + 2.0, 1.0, capital)
    inner = _locate_segment(segments[1], (), gazetteer, context, [wider])
    if inner is None or inner.place is None or inner.place.kind in AREAS:
        return None
    if not wide and inner.place.kind in ("city", "town"):
        return None
    if _is_capital(located.place) and inner.governorate == located.governorate and inner.score >= SURE:
        return inner
    km = distance_km(inner.latitude, inner.longitude, located.latitude, located.longitude)
    return inner if km <= wider.radius_km + 8.0 else None


def _points_of(segment: Segment, gazetteer: Gazetteer, context: Context) -> list[_Point]:
    """Where the places of a segment may be: a town and the district named after it count as one."""
    points = []
    for name in segment.names:
        ranked = [item for item in _score((name,), gazetteer, context)[:8] if item.probability >= 0.02]
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
        capital = best.governorate if best.kind in ("city", "governorate") and _is_capital(best) else None
        for item, place in near:
            if item.match.cost <= ranked[0].match.cost + 0.5:
                points.append(_Point(place.latitude, place.longitude, min(place.radius_km, 30.0), probability, capital))
    return points


def _is_capital(place: Place) -> bool:
    """Whether a city gave its governorate its name."""
    return place.governorate is not None and any(
        reading.skeleton == other.skeleton
        for reading in spelling.read_name(place.name)
        for other in spelling.read_name(place.governorate)
    )


def _answer(names: Sequence[str], gazetteer: Gazetteer, context: Context, around: Sequence[_Point]) -> _Answer | None:
    """The best place for a name with the probability of all candidates that would put it in the same spot."""
    ranked = _score(names, gazetteer, context, around)
    if not ranked:
        return None
    likely = [item for item in ranked if item.probability >= UNLIKELY] or ranked[:1]
    # Two entries for one place share its probability: the spot counts, not the entry.
    spot = max(
        (item for item in likely if 2 * item.probability >= ranked[0].probability),
        key=lambda item: round(_probability_around(item, likely, gazetteer, ONE_PLACE_KM), 6),
    )
    best = next(item for item in likely if _is_near(item, spot, gazetteer, ONE_PLACE_KM))
    probability = _probability_around(best, likely, gazetteer, SAME_ANSWER_KM)
    return _Answer(best, probability, (best, *(item for item in ranked if item is not best)))


def _probability_around(best: _Scored, ranked: Sequence[_Scored], gazetteer: Gazetteer, km: float) -> float:
    """The probability that a name means a candidate or one of those up to a distance from it."""
    return sum(item.probability for item in ranked if _is_near(item, best, gazetteer, km))


def _is_near(item: _Scored, other: _Scored, gazetteer: Gazetteer, km: float) -> bool:
    place, other_place = gazetteer.entries[item.number].place, gazetteer.entries[other.number].place
    # A degree of latitude is 111 km: most namesakes need no trigonometry.
    if abs(place.latitude - other_place.latitude) * 110.0 > km:
        return False
    return distance_km(place.latitude, place.longitude, other_place.latitude, other_place.longitude) <= km


def _is_convincing(answer: _Answer) -> bool:
    return answer.probability >= (CONVINCING_ARABIC if answer.best.match.asked.arabic else CONVINCING)


def _locate_segment(
    segment: Segment, others: Sequence[Segment], gazetteer: Gazetteer, context: Context, around: Sequence[_Point]
) -> Location | None:
    if len(segment.names) > 1:
        whole = _answer((segment.whole,), gazetteer, context, around) if segment.joint in ("and", "or") else None
        # A part of it that is found would be one of the several.
        if whole is None or not _is_convincing(whole) or "p" in whole.best.match.asked.qualifiers:
            return _locate_several(segment, gazetteer, context, around)
    also = tuple(other.names[0] for other in others if len(other.names) == 1)
    answer = _answer((segment.whole, *also), gazetteer, context, around)
    if answer is not None and _is_convincing(answer):
        return _location(answer, segment, gazetteer, context)
    stripped, bearing = split_direction(segment.whole)
    if bearing is None:
        return _locate_slip(segment, gazetteer, context, around) or _locate_side_by_side(
            segment, gazetteer, context, around
        )
    answer = _answer((stripped,), gazetteer, context, around)
    if answer is None or not _is_convincing(answer):
        return None
    return _location(
        answer, replace(segment, relation=segment.relation or "countryside", bearing=bearing), gazetteer, context
    )


def _locate_slip(segment: Segment, gazetteer: Gazetteer, context: Context, around: Sequence[_Point]) -> Location | None:
    """A name that is in no list as it stands, but is one without a slip of the keyboard ("حسن عرب" for "عرب حسن")."""
    known = gazetteer.index.by_text_key
    for name in (*_spaced_otherwise(segment.whole, gazetteer), *spelling.without_slips(segment.whole)):
        # Most names are in no list, however one turns them.
        if spelling.text_key(name) not in known and spelling.text_key(name.partition(" ")[2]) not in known:
            continue
        answer = _answer((name,), gazetteer, context, around)
        if answer is not None and _is_spelt_so(answer.best.match) and _is_convincing(answer):
            located = _location(answer, segment, gazetteer, context)
            return replace(located, reason=f"{segment.whole} is read as {name}; {_lower(located.reason)}")
    return None


_TOWNS = frozenset({"city", "town", "village"})


def _is_spelt_so(match: Match) -> bool:
    """Whether a known spelling says the same but for habits that change no letter; Latin ones change too many."""
    if not match.asked.arabic:
        return match.exact
    return match.cost <= SAME_SPELLING_COST and match.asked.qualifiers == match.reading.qualifiers


def _spaced_otherwise(name: str, gazetteer: Gazetteer) -> list[str]:
    """Known spellings with the same letters but other blanks: "بقرصفوقاني", "البو غاز"."""
    if not spelling.is_arabic(name):
        return []
    key, blanks = spelling.text_key(name), len(spelling.arabic_words(name))
    owners = gazetteer.index.by_text_key.get(key, [])
    known = (known.name for owner in owners for known in gazetteer.entries[owner].names if known.lang == "ar")
    return sorted({n for n in known if spelling.text_key(n) == key and len(spelling.arabic_words(n)) != blanks})


# Two places named side by side belong together if they lie no farther apart.
SIDE_BY_SIDE_KM = 60.0


def _locate_side_by_side(
    segment: Segment, gazetteer: Gazetteer, context: Context, around: Sequence[_Point]
) -> Location | None:
    """Two known places written without a comma between them ("الحمبوشية بداما"): the smaller of the two.

    Behind a word for a road they are its ends.
    """
    words = segment.whole.split()
    for cut in range(len(words) - 1, 0, -1):
        parts = [" ".join(words[:cut]), " ".join(words[cut:])]
        known = [spelling.text_key(part) in gazetteer.index.by_text_key for part in parts]
        if not any(known) or any(map(spelling.only_qualifies, parts)):
            continue
        sure = [
            answer
            for answer in (_answer((part,), gazetteer, context, around) for part in parts)
            if answer is not None and _is_convincing(answer)
        ]
        if not any(answer.best.match.exact for answer in sure):
            continue
        if len(sure) < 2:
            quarter = _locate_by_town(parts, sure[0], segment, gazetteer, context)
            if quarter is not None:
                return quarter
            continue
        located = [_location(answer, segment, gazetteer, context) for answer in sure]
        first, second = located
        km = distance_km(first.latitude, first.longitude, second.latitude, second.longitude)
        if _kind_of(segment) == "road":
            return _half_way(first, second, km, replace(segment, relation="road"))
        if km <= SIDE_BY_SIDE_KM:
            return min(located, key=lambda location: location.radius_m)
    return None


def _locate_by_town(
    parts: Sequence[str], town: _Answer, segment: Segment, gazetteer: Gazetteer, context: Context
) -> Location | None:
    """A quarter, street or mosque in no list, with its known town behind it: the town ("حي المنارة بقرص فوقاني")."""
    place, match = gazetteer.entries[town.best.number].place, town.best.match
    if place.kind not in _TOWNS or town.probability < SURE or not match.exact or match.asked.kind:
        return None
    if spelling.text_key(parts[1]) != spelling.text_key(match.name) or _kind_named(parts[0]) not in _URBAN:
        return None
    located = _location(town, segment, gazetteer, context)
    return replace(located, reason=f"{parts[0]} is in no list; {_lower(located.reason)}")


def _locate_several(
    segment: Segment, gazetteer: Gazetteer, context: Context, around: Sequence[_Point]
) -> Location | None:
    found = _locate_together(segment, gazetteer, context, around)
    if not found:
        return None
    first = found[0]
    if len(found) == 1:
        if segment.relation in ("between", "road"):
            return replace(
                first,
                radius_m=first.radius_m + int(NEAR_KM * 1000),
                reason=f"{first.reason} Only one end of the stretch is known.",
            )
        return first
    second = found[1]
    km = distance_km(first.latitude, first.longitude, second.latitude, second.longitude)
    if segment.joint == "or":
        best, rest = (first, second) if first.score >= second.score - 0.1 else (second, first)
        flag = (
            f"The report leaves open whether {segment.names[0]} or {segment.names[1]} is meant; "
            f"they lie {km:.0f} km apart."
        )
        if km <= max(first.radius_m, second.radius_m) / 1000:
            # "Tabqa/Third District": the one lies in the other.
            return min(first, second, key=lambda location: location.radius_m)
        if km <= TOGETHER_KM:
            return replace(
                _half_way(first, second, km, segment),
                flags=(*best.flags, flag),
                rejected=(_as_candidate(rest), *best.rejected),
            )
        score = round(best.score / 2 if km > SAME_ANSWER_KM else best.score, 4)
        return replace(best, score=score, flags=(*best.flags, flag), rejected=(_as_candidate(rest), *best.rejected))
    if segment.relation in ("between", "road") or km <= TOGETHER_KM:
        return _half_way(first, second, km, segment)
    # One event does not strike two places so far apart: one of them is a namesake.
    return max(first, second, key=lambda location: location.score) if km > ONE_EVENT_KM else first


def _locate_together(
    segment: Segment, gazetteer: Gazetteer, context: Context, around: Sequence[_Point]
) -> list[Location]:
    """The places named together that are known, in their order; the others are looked for around the surest."""
    alone = [_locate_one(name, segment, gazetteer, context, around) for name in segment.names]
    known = [location for location in alone if location is not None]
    if not known:
        return []
    surest = max(known, key=lambda location: location.score)
    beside = [*around, _Point(surest.latitude, surest.longitude, 5.0, surest.score)]
    found = []
    for name, location in zip(segment.names, alone, strict=True):
        near = location if location is surest else _locate_one(name, segment, gazetteer, context, beside)
        found.append(max((o for o in (location, near) if o is not None), key=lambda o: o.score, default=None))
    return [location for location in found if location is not None]


def _locate_one(
    name: str, segment: Segment, gazetteer: Gazetteer, context: Context, around: Sequence[_Point]
) -> Location | None:
    one = _locate_segment(Segment((name,), name), (), gazetteer, context, around)
    if segment.relation not in ("between", "road") or (one is not None and one.score >= SURE):
        return one
    # A road may end in another governorate.
    other = _locate_segment(Segment((name,), name), (), gazetteer, replace(context, governorate=None), around)
    return max((o for o in (one, other) if o is not None), key=lambda o: o.score, default=None)


def _as_candidate(location: Location) -> Candidate:
    assert location.place is not None
    return Candidate(
        location.place, location.matched_name or location.place.name, location.score, ("the other place named",)
    )


def _half_way(first: Location, second: Location, km: float, segment: Segment) -> Location:
    words = "on the road between" if segment.relation == "road" else "between"
    radius = max(first.radius_m, second.radius_m) if segment.relation == "" else 0
    precision = Precision.SETTLEMENT if km <= 10 else Precision.SUBDISTRICT if km <= 40 else Precision.DISTRICT
    return replace(
        first,
        latitude=round((first.latitude + second.latitude) / 2, 6),
        longitude=round((first.longitude + second.longitude) / 2, 6),
        precision=precision,
        radius_m=int(km * 500) + radius + 500,
        score=round(min(first.score, second.score), 4),
        reason=f"Half-way {words} {_display(first)} and {_display(second)}, which lie {km:.0f} km apart.",
        rejected=(*first.rejected, *second.rejected),
        flags=(*first.flags, *second.flags),
    )


def _display(location: Location) -> str:
    return location.place.name if location.place is not None else "the point"


def _location(answer: _Answer, segment: Segment, gazetteer: Gazetteer, context: Context) -> Location:
    place = gazetteer.entries[answer.best.number].place
    relation = segment.relation or context.relation
    seat = gazetteer.seat(place) if place.kind in ("district", "subdistrict") and relation == "" else None
    latitude, longitude, precision, radius_km, words = _relate(place, relation, segment.bearing, segment.km)
    if seat is not None:
        # The circle goes on to hold the whole area.
        radius_km += distance_km(latitude, longitude, seat.latitude, seat.longitude)
        latitude, longitude = seat.latitude, seat.longitude
    candidate = _candidate(answer.best, gazetteer, context)
    rejected = tuple(_candidate(item, gazetteer, context) for item in answer.ranked[1:6] if item.probability >= 0.005)
    what = ", ".join(part for part in (place.kind.replace("_", " "), place.governorate) if part)
    reason = f"{words}{place.name} ({what}): {', '.join(candidate.reasons)}."
    return Location(
        latitude=round(latitude, 6), longitude=round(longitude, 6), precision=precision,
        radius_m=int(radius_km * 1000), score=round(min(1.0, answer.probability), 4), place=place,
        matched_name=answer.best.match.name, governorate=place.governorate, reason=reason[:1].upper() + reason[1:],
        rejected=rejected, flags=_contradictions(place, gazetteer, context),
    )  # fmt: skip


def _contradictions(place: Place, gazetteer: Gazetteer, context: Context) -> tuple[str, ...]:
    given = context.governorate
    if (
        given is None
        or place.governorate is None
        or place.governorate == given
        or place.governorate in _ONE_TO_MANY.get(given, ())
    ):
        return ()
    return (f"The report says {given}; {place.name} lies in {place.governorate}.",)


def _relate(
    place: Place, relation: str, bearing: float | None, km: float | None
) -> tuple[float, float, Precision, float, str]:
    """(latitude, longitude, precision, radius in km, words) of something in a relation to a place."""
    precision = place_precision(place)
    latitude, longitude, radius = place.latitude, place.longitude, place.radius_km
    if relation == "direction" and bearing is not None:
        away = km if km is not None else radius + BEYOND_KM
        latitude, longitude = move(latitude, longitude, bearing, away)
        spread = max(1.0, away * 0.25) if km is not None else away
        return (
            latitude,
            longitude,
            _coarser(precision, spread),
            spread + min(radius, 2.0),
            f"{away:.0f} km {compass(bearing)} of ",
        )
    if relation == "countryside" and place.kind not in AREAS - {"governorate"}:
        reach = COUNTRYSIDE_KM.get(place.kind, 5.0)
        if bearing is not None:
            latitude, longitude = move(latitude, longitude, bearing, reach / 3)
        words = f"countryside {compass(bearing)} of " if bearing is not None else "countryside of "
        return latitude, longitude, _coarser(precision, reach), max(reach, radius), words
    if relation == "outskirts":
        if bearing is not None:
            latitude, longitude = move(latitude, longitude, bearing, radius)
        return latitude, longitude, _coarser(precision, OUTSKIRTS_KM), radius + OUTSKIRTS_KM, "outskirts of "
    if relation in ("near", "between", "road"):
        return latitude, longitude, _coarser(precision, NEAR_KM), radius + NEAR_KM, "near "
    return latitude, longitude, precision, radius, ""


def place_precision(place: Place) -> Precision:
    """The precision that a place's own point stands for."""
    if place.kind in _AREA_PRECISION:
        return _AREA_PRECISION[place.kind]
    if place.kind in ("neighbourhood", "street", "island", "ruin"):
        return Precision.NEIGHBOURHOOD
    if place.kind in _POINT_KINDS:
        return Precision.POINT
    if place.kind in SETTLEMENTS:
        return Precision.SETTLEMENT
    return precision_of_radius(place.radius_km)


def precision_of_radius(radius_km: float) -> Precision:
    """The precision that a circle amounts to: subdistricts measure about 12 km, districts 30 km from centre to edge."""
    for most, precision in (
        (0.5, Precision.POINT),
        (1.5, Precision.NEIGHBOURHOOD),
        (6.0, Precision.SETTLEMENT),
        (15.0, Precision.SUBDISTRICT),
        (35.0, Precision.DISTRICT),
    ):
        if radius_km <= most:
            return precision
    return Precision.GOVERNORATE


_ORDER = list(Precision)


def _coarser(precision: Precision, spread_km: float) -> Precision:
    """A relation never makes a place more exact."""
    return max(precision, precision_of_radius(spread_km), key=_ORDER.index)


def compass(bearing: float) -> str:
    """The word for a direction, such as "north-east"."""
    words = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
    return words[round(bearing / 45) % 8]


def _location_of_coordinates(latitude: float, longitude: float, radius_m: int, gazetteer: Gazetteer) -> Location:
    near = gazetteer.near(latitude, longitude, 25.0)
    governorate = near[0][1].place.governorate if near else None
    return Location(
        latitude,
        longitude,
        Precision.POINT,
        radius_m,
        0.99,
        governorate=governorate,
        reason="Coordinates given in the text.",
    )
