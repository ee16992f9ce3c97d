"""Where a place name is: one location or none.

`locate` reads a whole description ("near A", "B, X District", "5 km south of C", "between D and E") and
turns it into a point, a precision and a radius by the convention of docs/places.md; it answers None when
nothing is convincing. What each name may mean is weighed in `candidates`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from claimatlas.gazetteer import Gazetteer
from claimatlas.gazetteer.entries import AREAS, SETTLEMENTS
from claimatlas.gazetteer.nameindex import Match
from claimatlas.geocode.candidates import (
    CONVINCING_ARABIC,
    ONE_TO_MANY,
    SAME_SPELLING_COST,
    URBAN_KINDS,
    Answer,
    Context,
    Point,
    as_candidate,
    find_answer,
    is_capital,
    is_convincing,
    is_of_kind,
    points_of,
)
from claimatlas.geocode.coordinates import Coordinates, read_coordinates
from claimatlas.geocode.descriptions import Segment, read_description, split_direction
from claimatlas.geocode.relations import NEAR_KM, coarser, relate
from claimatlas.geodesy import distance_km
from claimatlas.model import Candidate, Location, Place, Precision
from claimatlas.names import keys as namekeys
from claimatlas.names import spelling

MOST_COST_OF_A_WHOLE = 2.0
# A name this probable stands, however far from it the places lie that are named beside it.
CERTAIN = 0.9
# A place beside the one named after it is the likelier answer from this probability on: the other answer is a circle
# of 10 km.
LIKELY_BESIDE = 0.45
# At this probability a place in a governorate is taken for the one meant by "Governorate, place".
SURE = 0.7
# A village named behind its town ("Mayadin, Dablan") lies no farther from it.
AROUND_TOWN_KM = 30.0
# Reports put a village into the governorate beside its own up to so far from the border.
OVER_THE_BORDER_KM = 15.0
# Two places named together are shown half-way between them up to this distance; farther apart, at the first.
TOGETHER_KM = 20.0
ONE_EVENT_KM = 60.0
CLEARLY_SURER = 0.05


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
    context = context or Context()
    point = read_coordinates(name)
    if point is not None:
        return _location_of_coordinates(point, gazetteer)
    if _CENTRE.fullmatch(name.strip()) is not None:
        return _locate_in_capital(Segment((name,), name), gazetteer, context)
    segments = read_description(name, lambda words: _is_quarter(words, gazetteer))
    if not segments:
        return None
    others = [segment for also in context.also for segment in read_description(also)[:1]]
    return (
        _locate_whole(name, segments, gazetteer, context)
        or _locate_in_governorate(segments, others, gazetteer, context)
        or _locate_segments(segments, others, gazetteer, context)
    )


_CENTRE = re.compile(
    r"(?:the\s+)?(?:(?:city|town)\s+)?cent(?:re|er)(?:\s+of\s+the\s+(?:city|town))?|(?:وسط|مركز|قلب|داخل)\s+المدينة",
    re.IGNORECASE,
)


def _is_quarter(words: str, gazetteer: Gazetteer) -> bool:
    """Whether words that read like a direction are the name of a place, as of a quarter beside a landmark."""
    key = namekeys.text_key(words)
    owners = gazetteer.index.by_text_key.get(key, ())[: gazetteer.index.strong_text_keys.get(key, 0)]
    return any(gazetteer.entries[owner].place.kind not in AREAS for owner in owners)


def _locate_whole(name: str, segments: Sequence[Segment], gazetteer: Gazetteer, context: Context) -> Location | None:
    """A place that has a word for a relation in its very name ("ريف المهندسين", Countryside of the Engineers)."""
    if segments[0].whole == name or namekeys.text_key(name) not in gazetteer.index.by_text_key:
        return None
    answer = find_answer((name,), gazetteer, context, ())
    if answer is None or not answer.best.match.exact or not is_convincing(answer):
        return None
    place = gazetteer.entries[answer.best.number].place
    return None if place.kind in AREAS else _location(answer, Segment((name,), name), gazetteer, context)


def _locate_in_governorate(
    segments: list[Segment], others: list[Segment], gazetteer: Gazetteer, context: Context
) -> Location | None:
    """The place in "Deir ez-Zor, Hajin" or "Qusayr/Homs", where the governorate only says where it is to be found."""
    placed = _with_governorate_last(segments, gazetteer, context)
    if placed is None:
        return None
    located = _locate_segments(placed, others, gazetteer, context)
    # "Homs, Homs district" is no place within Homs.
    return located if located is not None and located.place is not None and located.place.kind not in AREAS else None


def _with_governorate_last(segments: list[Segment], gazetteer: Gazetteer, context: Context) -> list[Segment] | None:
    """The segments with the governorate that one of the first two names behind what lies in it, if one does."""
    head, *rest = segments
    several = head.joint == "or" and "/" in head.whole
    if several and len(head.names) > 2 and _is_governorate(head.names[0], gazetteer, context):
        # "Homs/Qusayr/Arjun" goes from the wide to the narrow.
        within = [replace(_named(name), link=",") for name in head.names[1:]]
        return [replace(within[0], link=""), *within[1:], *rest, replace(_named(head.names[0]), link=",")]
    if several and len(head.names) == 2 and head.relation in _WITHIN:
        first, second = replace(head, names=head.names[:1], whole=head.names[0], joint=""), _named(head.names[1])
    elif rest and len(head.names) == 1 and not head.relation and rest[0].link == "," and rest[0].relation in _WITHIN:
        first, second = head, rest.pop(0)
    else:
        return None
    areas = [_is_governorate(part.whole, gazetteer, context) for part in (first, second)]
    if sum(areas) != 1:
        return None
    inner, outer = (second, first) if areas[0] else (first, second)
    return [replace(inner, link=""), *rest, replace(outer, link=",")]


# What is said of an area around the place: nothing, or that it is a countryside.
_WITHIN = ("", "countryside")


def _named(name: str) -> Segment:
    return Segment((name,), name)


def _is_governorate(name: str, gazetteer: Gazetteer, context: Context) -> bool:
    """Whether a name is that of a governorate, and of the one that is given if one is."""
    named = gazetteer.governorate_named(name)
    given = context.governorate
    return named is not None and (given is None or named == given or named in ONE_TO_MANY.get(given, ()))


def _locate_segments(
    segments: list[Segment], others: list[Segment], gazetteer: Gazetteer, context: Context
) -> Location | None:
    if context.governorate is None:
        context = replace(context, governorate=_governorate_named(segments[1:], gazetteer, context))
    around = [point for segment in segments[1:] for point in points_of(segment.names, gazetteer, context)]
    if context.district is not None:
        around += points_of((context.district,), gazetteer, context)
    head = segments[0]
    located = _locate_segment(head, others, gazetteer, context, around)
    if len(segments) == 1 and _is_nameless(head) and not _is_surely_such(head, located):
        # "The National Hospital" is in every city, and listed by the names of only some.
        return _locate_in_capital(head, gazetteer, context) or located
    narrower = _narrower(segments, located, gazetteer, context)
    if narrower is not None:
        return narrower
    if located is not None and not _is_namesake_elsewhere(head, located, around, context):
        return located
    return _locate_surroundings(segments, gazetteer, context) or located


def _is_namesake_elsewhere(head: Segment, located: Location, around: Sequence[Point], context: Context) -> bool:
    """Whether what was found for a street or quarter lies far from its town, or is of another kind in another region.

    "Palestine Street" and "Corniche" are in every city, and the list lacks the one that is meant.
    """
    kind = _kind_of(head)
    if kind not in URBAN_KINDS or located.place is None or located.score >= CERTAIN:
        return False
    towns = [point for point in around if point.probability >= SURE]
    if towns and located.score < SURE:
        return all(_km_beyond(located, town) > OUTSIDE_TOWN_KM for town in towns)
    if located.governorate in (None, context.governorate, *ONE_TO_MANY.get(context.governorate or "", ())):
        return False
    return context.governorate is not None and kind in _IN_CAPITALS and not is_of_kind(located.place.kind, kind)


def _km_beyond(located: Location, town: Point) -> float:
    return distance_km(located.latitude, located.longitude, town.latitude, town.longitude) - town.radius_km


def _governorate_named(segments: Sequence[Segment], gazetteer: Gazetteer, context: Context) -> str | None:
    """The governorate that the end of a description names ("…, Aleppo"), if it does."""
    for segment in reversed(segments):
        for point in points_of(segment.names, gazetteer, context):
            if point.governorate is not None and point.probability >= 0.5:
                return point.governorate
    return None


def _locate_surroundings(segments: list[Segment], gazetteer: Gazetteer, context: Context) -> Location | None:
    """What was named could not be found; the place it was said to be in or near may be."""
    head = segments[0]
    if len(segments) > 1 and segments[1].relation == "direction":
        # "South of Shaddadi" may be far in the desert: the name says where.
        alone = find_answer(head.names[:1], gazetteer, context, ())
        if alone is not None and alone.probability >= CERTAIN and _is_spelt_so(alone.best.match):
            return _location(alone, head, gazetteer, context)
    beside = _locate_beside(segments, gazetteer, context) if len(segments) > 1 else None
    if beside is not None:
        return beside
    urban = _kind_of(head) in URBAN_KINDS or _kind_of(head) in _IN_TOWNS
    for segment in segments[1:]:
        located = _locate_segment(segment, (), gazetteer, context, [])
        if located is None or located.place is None:
            continue
        reason = f"{head.whole} is in no list; {_lower(located.reason)}"
        if urban or segment.link in ("in", "near", "outskirts", "direction", "between") or segment.relation:
            return replace(located, reason=reason)
        if located.place.kind == "city" and is_capital(located.place):
            # "Unknown village, Aleppo" may be anywhere in the governorate.
            return None
        wide = max(located.radius_m, 10_000)
        return replace(located, precision=coarser(located.precision, wide / 1000), radius_m=wide, reason=reason)
    if _kind_of(head) not in _IN_CAPITALS:
        return None
    return _locate_in_namesake(head, gazetteer, context) or _locate_in_capital(head, gazetteer, context)


def _locate_in_namesake(head: Segment, gazetteer: Gazetteer, context: Context) -> Location | None:
    """The village of the governorate that a school, junction or district is called by, spelt as it is."""
    answer = find_answer((head.whole,), gazetteer, context, ())
    if answer is None or answer.probability < CONVINCING_ARABIC or answer.best.match.cost > 0:
        return None
    place, match = gazetteer.entries[answer.best.number].place, answer.best.match
    if place.kind not in SETTLEMENTS or place.governorate != context.governorate:
        return None
    return _location(answer, head, gazetteer, context) if match.asked.qualifiers == match.reading.qualifiers else None


def _locate_beside(segments: list[Segment], gazetteer: Gazetteer, context: Context) -> Location | None:
    """The likeliest place of a name if it lies beside the place named after it: better than all around that one."""
    around = [point for segment in segments[1:] for point in points_of(segment.names, gazetteer, context)]
    answer = find_answer((segments[0].whole,), gazetteer, context, around)
    if answer is None or answer.probability < LIKELY_BESIDE or answer.best.nearness < 0.5:
        return None
    return _location(answer, segments[0], gazetteer, context)


_IN_TOWNS = frozenset({"hospital", "prison"})
# Checkpoints stand along the roads; hospitals are known by their towns.
_IN_CAPITALS = URBAN_KINDS - {"checkpoint", "hospital"}
# How often a street, mosque or square named with its governorate alone lies in the capital of that governorate; of
# quarters it is even 85 in 100, but most of those are in the list. Counted on the names the weights were fitted with
# and on the Syrian Archive's.
IN_CAPITAL = 0.7


def _is_nameless(segment: Segment) -> bool:
    """Whether a building of a town is told by its kind alone ("المشفى الوطني")."""
    return spelling.kind_without_name(segment.whole) in URBAN_KINDS


def _is_surely_such(segment: Segment, located: Location | None) -> bool:
    """Whether what was found for a building told by its kind is one, not a quarter called after what it is for."""
    if located is None or located.place is None or located.score < SURE:
        return False
    return is_of_kind(located.place.kind, spelling.kind_without_name(segment.whole))


def _kind_of(segment: Segment) -> str:
    return _kind_named(segment.whole)


def _kind_named(name: str) -> str:
    """The kind of place that a word of a name says, or an empty string."""
    readings = spelling.read_name(name)
    return readings[0].kind if readings else ""


def _locate_in_capital(head: Segment, gazetteer: Gazetteer, context: Context) -> Location | None:
    if context.governorate is None:
        return None
    answer = find_answer((context.governorate,), gazetteer, replace(context, kind=None), ())
    place = gazetteer.entries[answer.best.number].place if answer is not None else None
    if answer is None or place is None or place.kind != "city" or not is_capital(place):
        return None
    located = _location(answer, head, gazetteer, context)
    kind = _kind_of(head) or spelling.kind_without_name(head.whole) or "centre"
    reason = (
        f"{head.whole} is in no list; a {kind} named without its town most likely lies in the governorate's capital, "
        f"{place.name}."
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
    if segments[0].relation == "countryside":
        return _in_countryside(segments[1], located, gazetteer, context)
    wide = located.place.kind == "region" and gazetteer.governorate_named(segments[1].whole) is None
    if not wide and located.place.kind not in ("city", "town", "governorate"):
        return None
    capital = located.governorate if is_capital(located.place) else None
    wider = Point(located.latitude, located.longitude, located.place.radius_km + 2.0, 1.0, capital)
    inner = _locate_segment(segments[1], (), gazetteer, context, [wider])
    if inner is None or inner.place is None or inner.place.kind in AREAS:
        return None
    if not wide and inner.place.kind in ("city", "town"):
        return None
    if is_capital(located.place) and inner.governorate == located.governorate and inner.score >= SURE:
        return inner
    km = distance_km(inner.latitude, inner.longitude, located.latitude, located.longitude)
    return inner if km <= (AROUND_TOWN_KM if inner.score >= SURE else wider.radius_km + 8.0) else None


def _locate_segment(
    segment: Segment, others: Sequence[Segment], gazetteer: Gazetteer, context: Context, around: Sequence[Point]
) -> Location | None:
    if len(segment.names) > 1:
        whole = find_answer((segment.whole,), gazetteer, context, around) if segment.joint in ("and", "or") else None
        # A part of it that is found would be one of the several.
        if whole is None or not is_convincing(whole) or _is_only_like(whole.best.match):
            return _locate_several(segment, gazetteer, context, around)
    also = tuple(other.names[0] for other in others if len(other.names) == 1)
    answer = find_answer((segment.whole, *also), gazetteer, context, around)
    if answer is not None and is_convincing(answer):
        # In "جامع الفتح هجين" the word that was left out to find a mosque may be the town it stands in.
        shortened = "p" in answer.best.match.asked.qualifiers and _kind_of(segment) in URBAN_KINDS
        beside = _locate_side_by_side(segment, gazetteer, context, around) if shortened else None
        return beside or _location(answer, segment, gazetteer, context)
    stripped, bearing = split_direction(segment.whole)
    if bearing is None:
        return _locate_slip(segment, gazetteer, context, around) or _locate_side_by_side(
            segment, gazetteer, context, around
        )
    answer = find_answer((stripped,), gazetteer, context, around)
    if answer is None or not is_convincing(answer):
        return None
    return _location(
        answer, replace(segment, relation=segment.relation or "countryside", bearing=bearing), gazetteer, context
    )


def _in_countryside(segment: Segment, located: Location, gazetteer: Gazetteer, context: Context) -> Location | None:
    """In "eastern countryside of Hama, Uqayribat" the town is the answer; countrysides are wide."""
    inner = _locate_segment(segment, (), gazetteer, replace(context, governorate=located.governorate), ())
    if inner is None or inner.place is None or inner.place.kind in AREAS or is_capital(inner.place):
        return None
    return inner if inner.governorate == located.governorate else None


def _is_only_like(match: Match) -> bool:
    """Whether a name with "and" or "or" in it is no known name, but like one: then it is several."""
    return "p" in match.asked.qualifiers or match.cost > MOST_COST_OF_A_WHOLE


def _locate_slip(segment: Segment, gazetteer: Gazetteer, context: Context, around: Sequence[Point]) -> Location | None:
    """A name that is in no list as it stands, but is one without a slip of the keyboard ("حسن عرب" for "عرب حسن")."""
    known = gazetteer.index.by_text_key
    meant = (
        *_spaced_otherwise(segment.whole, gazetteer),
        *spelling.without_slips(segment.whole),
        *_with_another_letter(segment.whole, gazetteer),
    )
    for name in meant:
        # Most names are in no list, however one turns them.
        if namekeys.text_key(name) not in known and namekeys.text_key(name.partition(" ")[2]) not in known:
            continue
        answer = find_answer((name,), gazetteer, context, around)
        if answer is None or not _is_spelt_so(answer.best.match) or not is_convincing(answer):
            continue
        # A slip and a wrong governorate at once are too much to believe.
        if _km_outside(gazetteer.entries[answer.best.number].place, gazetteer, context) <= OVER_THE_BORDER_KM:
            located = _location(answer, segment, gazetteer, context)
            return replace(located, reason=f"{segment.whole} is read as {name}; {_lower(located.reason)}")
    return None


def _km_outside(place: Place, gazetteer: Gazetteer, context: Context) -> float:
    """How far a place lies outside the governorate that the report gives."""
    given = context.governorate
    if given is None or place.governorate in (None, given, *ONE_TO_MANY.get(given, ())):
        return 0.0
    return gazetteer.km_to_governorate(place, given)


_TOWNS = frozenset({"city", "town", "village"})


def _is_spelt_so(match: Match) -> bool:
    """Whether a known spelling says the same but for habits that change no letter; Latin ones change too many."""
    if not match.asked.arabic:
        return match.exact
    return match.cost <= SAME_SPELLING_COST and match.asked.qualifiers == match.reading.qualifiers


def _spaced_otherwise(name: str, gazetteer: Gazetteer) -> list[str]:
    """Known spellings with the same letters but other blanks: "بقرصفوقاني", "البو غاز"."""
    if not namekeys.is_arabic(name):
        return []
    blanks = len(namekeys.arabic_words(name))
    return sorted(
        n for n in _arabic_names(namekeys.text_key(name), gazetteer) if len(namekeys.arabic_words(n)) != blanks
    )


def _with_another_letter(name: str, gazetteer: Gazetteer) -> list[str]:
    """Known spellings of which one letter is taken for another: "الدابس" for "الدايس"; none of a name that is known."""
    key = namekeys.text_key(name)
    known = gazetteer.index.by_text_key
    if not namekeys.is_arabic(name) or key in known:
        return []
    meant = dict.fromkeys(other for other in spelling.keys_with_another_letter(key) if other in known)
    return [next(iter(sorted(names))) for names in (_arabic_names(other, gazetteer) for other in meant) if names]


def _arabic_names(key: str, gazetteer: Gazetteer) -> set[str]:
    """The Arabic spellings that a key of running text stands for."""
    owners = gazetteer.index.by_text_key.get(key, ())
    known = (known.name for owner in owners for known in gazetteer.entries[owner].names if known.lang == "ar")
    return {name for name in known if namekeys.text_key(name) == key}


# Two places named side by side belong together if they lie no farther apart.
SIDE_BY_SIDE_KM = 60.0
# A street, school or mosque farther than this from the edge of the town it is said to be in is another one.
OUTSIDE_TOWN_KM = 15.0


def _locate_side_by_side(
    segment: Segment, gazetteer: Gazetteer, context: Context, around: Sequence[Point]
) -> Location | None:
    """Two known places written without a comma between them ("الحمبوشية بداما"): the smaller of the two.

    Behind a word for a road they are its ends.
    """
    words = segment.whole.split()
    for cut in range(len(words) - 1, 0, -1):
        parts = [" ".join(words[:cut]), " ".join(words[cut:])]
        known = [namekeys.text_key(part) in gazetteer.index.by_text_key for part in parts]
        if not any(known) or any(map(spelling.only_qualifies, parts)):
            continue
        answers: list[Answer | None] = [None, None]
        # A part in no list is only asked for beside one that is found: it cannot be spelt as any place is.
        for at in sorted((0, 1), key=lambda at: not known[at]):
            if known[at] or _may_be_spelt_so(parts[at], gazetteer) or any(map(_is_sure_and_exact, answers)):
                answers[at] = find_answer((parts[at],), gazetteer, context, around)
        sure = [answer for answer in answers if answer is not None and is_convincing(answer)]
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
        quarter = _locate_by_town(parts, sure[1], segment, gazetteer, context)
        if quarter is not None:
            return quarter
    return None


def _may_be_spelt_so(name: str, gazetteer: Gazetteer) -> bool:
    """Whether a match of a name that is no key of running text may still be exact."""
    key = namekeys.text_key(spelling.without_generic(name))
    return key in gazetteer.index.by_text_key or len(key) < 2 or len(namekeys.text_key(name)) < 2


def _is_sure_and_exact(answer: Answer | None) -> bool:
    return answer is not None and answer.best.match.exact and is_convincing(answer)


def _locate_by_town(
    parts: Sequence[str], town: Answer, segment: Segment, gazetteer: Gazetteer, context: Context
) -> Location | None:
    """A quarter, street or mosque in no list, with its known town behind it: the town ("حي المنارة بقرص فوقاني")."""
    place, match = gazetteer.entries[town.best.number].place, town.best.match
    if place.kind not in _TOWNS or town.probability < SURE or not match.exact or match.asked.kind:
        return None
    if namekeys.text_key(parts[1]) != namekeys.text_key(match.name) or _kind_named(parts[0]) not in URBAN_KINDS:
        return None
    located = _location(town, segment, gazetteer, context)
    return replace(located, reason=f"{parts[0]} is in no list; {_lower(located.reason)}")


def _locate_several(
    segment: Segment, gazetteer: Gazetteer, context: Context, around: Sequence[Point]
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
        score = round(best.score / 2, 4)
        return replace(best, score=score, flags=(*best.flags, flag), rejected=(_as_candidate(rest), *best.rejected))
    if segment.relation in ("between", "road") or km <= TOGETHER_KM:
        return _half_way(first, second, km, segment)
    # One event does not strike two places so far apart: one of them is a namesake.
    return second if km > ONE_EVENT_KM and second.score > first.score + CLEARLY_SURER else first


def _locate_together(
    segment: Segment, gazetteer: Gazetteer, context: Context, around: Sequence[Point]
) -> list[Location]:
    """The places named together that are known, in their order; the others are looked for around the surest."""
    alone = [_locate_one(name, segment, gazetteer, context, around) for name in segment.names]
    known = [location for location in alone if location is not None]
    if not known:
        return []
    surest = max(known, key=lambda location: location.score)
    beside = [*around, Point(surest.latitude, surest.longitude, 5.0, surest.score)]
    found = []
    for name, location in zip(segment.names, alone, strict=True):
        near = location if location is surest else _locate_one(name, segment, gazetteer, context, beside)
        found.append(max((o for o in (location, near) if o is not None), key=lambda o: o.score, default=None))
    return [location for location in found if location is not None]


def _locate_one(
    name: str, segment: Segment, gazetteer: Gazetteer, context: Context, around: Sequence[Point]
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


def _location(answer: Answer, segment: Segment, gazetteer: Gazetteer, context: Context) -> Location:
    place = gazetteer.entries[answer.best.number].place
    relation = segment.relation or context.relation
    seat = gazetteer.shown_at(place)
    latitude, longitude, precision, radius_km, words = relate(place, relation, segment.bearing, segment.km)
    if seat is not place and relation == "":
        # The circle goes on to hold the whole area.
        radius_km += distance_km(latitude, longitude, seat.latitude, seat.longitude)
        latitude, longitude = seat.latitude, seat.longitude
    candidate = as_candidate(answer.best, gazetteer, context)
    rejected = tuple(as_candidate(item, gazetteer, context) for item in answer.ranked[1:6] if item.probability >= 0.005)
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
        or place.governorate in ONE_TO_MANY.get(given, ())
    ):
        return ()
    return (f"The report says {given}; {place.name} lies in {place.governorate}.",)


def _location_of_coordinates(point: Coordinates, gazetteer: Gazetteer) -> Location:
    near = gazetteer.near(point.latitude, point.longitude, _NEIGHBOUR_KM)
    return Location(
        point.latitude, point.longitude, Precision.POINT, point.radius_m, _COORDINATES_SCORE,
        governorate=near[0][1].place.governorate if near else None, reason="Coordinates given in the text.",
    )  # fmt: skip


# A point lies in the governorate of the nearest place, if one is this near; nothing is said of the empty desert.
_NEIGHBOUR_KM = 25.0
# Coordinates are mistyped, too.
_COORDINATES_SCORE = 0.99
