"""Whether two tellings are of one event: a probability, and the reasons for it.

Each facet (place, time, kind of event, actors, toll, means, words, copying) is compared by itself and falls
into one level. A level carries a weight, the natural logarithm of how much more often it is met between two
tellings of one event than between tellings of two neighbouring events (Fellegi & Sunter, 1969). The weights
add up; the sum is turned into a probability. A facet that one telling does not speak of has no level and no
weight: no evidence is not a difference. A few contradictions rule a link out whatever the rest says.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from claimatlas.geodesy import distance_km
from claimatlas.model import Actor, EventType, Outcome, Salience, Victims
from claimatlas.records.labels import name_actors

# The weights of the levels. Started from counts over pairs of tellings in reports linked to documented
# incidents, fitted by logistic regression with cross-validation over incidents, rounded, and kept where the
# sign was plain; `benchmarks/weights.py` prints a fit to compare them with.
BIAS = -2.8
WEIGHTS: Mapping[str, float] = {
    "place:same village": 2.0,
    "place:same town": 1.4,
    "place:within the radius": 1.0,
    "place:close by": 0.0,
    "place:named by both": 0.8,
    "place:same uncommon name": 1.0,
    "place:same area": -0.6,
    "place:apart": -1.6,
    "place:far apart": -2.0,
    "time:same day": 0.8,
    "time:days overlap": 0.5,
    "time:reported together": 0.2,
    "time:reported within days": 0.0,
    "time:a day apart": -0.5,
    "time:two days apart": -2.0,
    "time:days apart": -2.5,
    "time:days apart, reported together": -1.0,
    "published:same day": 2.0,
    "published:next day": -0.4,
    "published:within days": -0.8,
    "published:later": -1.2,
    "salience:recalled by one": -1.4,
    "salience:recalled by both": -1.0,
    "kind:same": 0.2,
    "kind:related": -0.2,
    "kind:another": -1.2,
    "actors:shared": 0.5,
    "actors:allied": 0.3,
    "actors:another": -0.9,
    "toll:same figures": 2.0,
    "toll:same small figures": 1.7,
    "toll:one same figure": 1.5,
    "toll:one same small figure": 1.0,
    "toll:compatible": 0.4,
    "toll:close": 0.3,
    "toll:another": -0.6,
    "toll:far apart": -1.2,
    "toll:revised": 1.6,
    "means:shared": 0.2,
    "words:hardly any in common": -0.3,
    "words:few in common": -0.3,
    "words:some in common": 0.6,
    "words:many in common": 2.0,
    "words:most in common": 2.8,
    "copy:copied text": 4.0,
    "copy:same form": -2.0,
    "outlet:same": -2.0,
    "breadth:one round-up and one incident": -1.0,
}
# Upper ends of the levels of shared words, as the cosine of the two vectors.
WORDS_LEVELS: tuple[tuple[float, str], ...] = (
    (0.04, "words:hardly any in common"),
    (0.1, "words:few in common"),
    (0.2, "words:some in common"),
    (0.35, "words:many in common"),
    (1.1, "words:most in common"),
)

# Above this a pair is taken for one event; between `DOUBTFUL` and it a person is asked.
LINK = 0.5
DOUBTFUL = 0.25

# Reports of one event seldom date it further apart than a day; two days happen (a night, a late death).
MAX_DAYS_APART = 2
# A misread weekday puts a day off by up to a week; beyond it two days are two events.
BARRED_DAYS_APART = 7
# Coordinates of one village differ by this much between gazetteers and reports ("near", "outskirts").
CLOSE_KM = 6.0
# Places farther apart than this beyond their radii were not confused by a reporter, but maybe by a gazetteer.
FAR_KM = 40.0
# A figure up to this is met by chance in neighbouring events.
SMALL_FIGURE = 4
VILLAGE_KM = 2.0
# Beyond this radius a point only says which area is meant.
COARSE_KM = 12.0
# A place's name that fewer than about one telling in fifty has.
UNCOMMON_NAME = 0.5
# News of an event, with its late deaths and answers, is spread over about so many days.
PUBLISHED_WITHIN_DAYS = 4
# What a report is about happened within days; a day further back is more often the background's.
STALE_DAYS = 2
# Copies are shortened and retitled, seldom reworded: a copied sentence keeps this share of its words.
COPIED_SENTENCE = 0.8
# A form that is filled in anew keeps this share: its place, day and figures are other words.
FORM = 0.7
# A telling of so many places adds up several events; one event seldom has more than three.
ROUND_UP_PLACES = 4
# Where many stories tell of one town and day, any two of them are less likely to be of one event: a front, a siege.
# So many stories of a single event are usual; from there on each doubling takes `CROWDING` times 0.7 off.
USUAL_CROWD, CROWDING = 3, 1.0
# Weight needed beyond place, day and outlet for a link (`_is_supported`): with places that agree, with places that do
# not, and of the words alone where a gazetteer must have taken one place for another.
MIN_SUPPORT, MIN_SUPPORT_WITHOUT_PLACE, MIN_WORDS_FROM_AFAR = 0.5, 2.0, 0.6

_ALLIES: tuple[frozenset[Actor], ...] = (
    frozenset({Actor.RUSSIA, Actor.SYRIAN_GOVERNMENT, Actor.IRAN_ALLIES}),
    frozenset({Actor.TURKEY, Actor.TURKISH_BACKED_OPPOSITION, Actor.OPPOSITION}),
    frozenset({Actor.US_LED_COALITION, Actor.SDF_YPG}),
    frozenset({Actor.OPPOSITION, Actor.HTS_NUSRA}),
)
# Kinds that two outlets use for one event: a rocket is "shelling" or "explosion" before its sender is known.
_RELATED_KINDS: tuple[frozenset[EventType], ...] = (
    frozenset({EventType.AIRSTRIKE, EventType.SHELLING}),
    frozenset({EventType.AIRSTRIKE, EventType.EXPLOSION}),
    frozenset({EventType.SHELLING, EventType.EXPLOSION}),
    frozenset({EventType.AIRSTRIKE, EventType.CHEMICAL}),
    frozenset({EventType.SHELLING, EventType.CHEMICAL}),
    frozenset({EventType.SHELLING, EventType.CLASH}),
    frozenset({EventType.SHOOTING, EventType.CLASH}),
    frozenset({EventType.EXPLOSION, EventType.CLASH}),
)


class Spot(NamedTuple):
    """A place of a telling: degrees, radius in kilometres, and the gazetteer's id.

    `names_area` is set for a city named after a closer place ("Hajin, Deir ez-Zor"): it may stand for its area.
    """

    latitude: float
    longitude: float
    radius_km: float
    place_id: str | None
    names_area: bool = False


class Figure(NamedTuple):
    """A casualty figure, without who gave it."""

    outcome: Outcome
    victims: Victims
    number: int


@dataclass(frozen=True, slots=True)
class Profile:
    """What of a telling is compared, made ready once.

    Attributes:
        index: Position of the telling in the collection.
        report: Position of its report.
        report_id: The report.
        publisher: Its outlet, or None.
        story: Number of the story the report carries; copies share it.
        sentence: Numbers of the words around its quote, to find it again in a copy.
        salience: Whether the report is about it.
        spots: Its located places, most specific first.
        names: Its places' names in matching form, each with how uncommon it is (0 to 1).
        governorate: Its governorate, or None.
        start: First possible day as a day number (`date.toordinal`), or None.
        end: Last possible day.
        dated: The day was told; False when it is only bounded by the day of publication.
        published: Day number of publication, or None.
        kind: What happened.
        actors: Who is accused.
        killed: Lowest and highest number killed, or None.
        figures: All casualty figures.
        means: Words for the means, in matching form.
        words: Weight of each rare word near the claim; unit length. Empty when there is none.
        lang: Language; words of two languages are not compared.
        crowd: How many stories tell something of the same place and day.
        revises: Its toll is said to change one told before ("rose to twelve").
    """

    index: int
    report: int
    report_id: str
    publisher: str | None
    story: int
    sentence: frozenset[int]
    salience: Salience
    spots: tuple[Spot, ...]
    names: Mapping[str, float]
    governorate: str | None
    start: int | None
    end: int | None
    dated: bool
    published: int | None
    kind: EventType
    actors: frozenset[Actor]
    killed: tuple[int, int] | None
    figures: frozenset[Figure]
    means: frozenset[str]
    words: Mapping[str, float]
    lang: str
    crowd: int = 1
    revises: bool = False


class Evidence(NamedTuple):
    """What one facet says: its level, its weight, and the words for a person."""

    level: str
    weight: float
    reason: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """The outcome of a comparison.

    Attributes:
        score: Probability (0 to 1) that both tell one event.
        evidence: What each facet that both speak of says.
        barred: Why the two cannot be one event whatever the score, or None.
        supported: Something beyond place, day and kind speaks for one event.
    """

    score: float
    evidence: tuple[Evidence, ...] = ()
    barred: str | None = None
    supported: bool = False

    @property
    def reasons(self) -> tuple[str, ...]:
        """Short phrases, weightiest first; what speaks against begins with "but"."""
        ranked = sorted(self.evidence, key=lambda item: (-abs(item.weight), item.level))
        return tuple(f"but {item.reason}" if item.weight < 0 else item.reason for item in ranked)


def compare_tellings(one: Profile, other: Profile) -> Agreement:
    """Say how probable it is that two tellings are of one event, and why.

    Args:
        one: A telling.
        other: Another one, of any language.

    Returns:
        The probability with its evidence. A link also needs `supported`: two tellings that only share a place,
        a day and a kind of event are not enough.
    """
    if one.report == other.report:
        return Agreement(0.0, barred="told apart in one report")
    time = compare_time(one, other)
    kinds = compare_kinds(one, other)
    if time is not None and time.level == "time:days apart" and _gap(one, other) > BARRED_DAYS_APART:
        return Agreement(0.0, (time,), barred=time.reason)
    place = compare_places(one, other)
    revised = _compare_revisions(one, other, place, time)
    toll = compare_tolls(one, other) if revised is None else revised
    copy = _compare_copies(one, other, place, toll)
    # What a form says is no more in common than its form.
    words = compare_words(one, other) if copy is None or copy.weight > 0 else None
    actors = compare_actors(one, other)
    means = _compare_means(one, other)
    # Who gives a new toll of an event is mostly who gave the first.
    outlets = _compare_outlets(one, other) if revised is None else None
    found = (
        place, time, _compare_publication(one, other), kinds, actors, toll, means, words, copy,
        outlets, _compare_breadth(one, other),
    )  # fmt: skip
    evidence = tuple(item for item in found if item is not None)
    total = BIAS + sum(item.weight for item in evidence)
    copied = copy is not None and copy.weight > 0
    if not copied:
        total -= CROWDING * max(0.0, math.log(min(one.crowd, other.crowd) / USUAL_CROWD))
    supported = copied or _is_supported(place, (toll, words, actors, means, kinds), words)
    return Agreement(1 / (1 + math.exp(-total)), evidence, supported=supported)


def _is_supported(place: Evidence | None, beyond: Iterable[Evidence | None], words: Evidence | None) -> bool:
    """Never on place and day alone: beside them a toll, words, the actor, or kind and toll roughly must agree.

    Where the places do not agree, as much more is needed; where they are far apart, words must say that a
    gazetteer took one for another.
    """
    if place is not None and place.level == "place:far apart":
        return words is not None and words.weight >= MIN_WORDS_FROM_AFAR
    support = sum(item.weight for item in beyond if item is not None and item.weight > 0)
    return support >= (MIN_SUPPORT if place is not None and place.weight > 0 else MIN_SUPPORT_WITHOUT_PLACE)


def compare_places(one: Profile, other: Profile) -> Evidence | None:
    """Compare where: the chief places by distance against their radii, then all places and names.

    Returns:
        None when one of them has no place and no governorate, or the area of one merely holds the other.
    """
    apart = None
    if one.spots and other.spots:
        chief, their = one.spots[0], other.spots[0]
        apart = distance_km(chief.latitude, chief.longitude, their.latitude, their.longitude)
        reach = max(chief.radius_km, their.radius_km)
        if reach <= COARSE_KM:
            if apart <= max(reach, VILLAGE_KM):
                return _name_nearness(chief, their, apart, reach)
            if apart <= reach + CLOSE_KM:
                return _evidence("place:close by", f"{apart:.1f} km apart")
    shared = _find_common_spot(one, other)
    if shared is not None:
        return _evidence("place:named by both", "a place named by both")
    names = [name for name in one.names if other.names.get(name, 0.0) >= UNCOMMON_NAME]
    if names:
        return _evidence("place:same uncommon name", f"both name {min(names)}")
    if apart is None:
        return _compare_governorates(one, other)
    if reach > COARSE_KM and apart <= reach + CLOSE_KM:
        return _evidence("place:same area", "same area, no closer place told")
    if apart > reach + FAR_KM:
        return _evidence("place:far apart", f"{apart:.0f} km apart")
    return _evidence("place:apart", f"{apart:.0f} km apart")


def _name_nearness(chief: Spot, their: Spot, apart: float, reach: float) -> Evidence:
    if chief.place_id != their.place_id and apart > VILLAGE_KM:
        return _evidence("place:within the radius", f"{apart:.1f} km apart, within the stated radius")
    if reach <= VILLAGE_KM:
        return _evidence("place:same village", "same place")
    return _evidence("place:same town", "same town")


def _find_common_spot(one: Profile, other: Profile) -> Spot | None:
    for spot in one.spots:
        for their in other.spots:
            reach = max(spot.radius_km, their.radius_km)
            if reach > COARSE_KM or (spot.names_area and their.names_area):
                continue
            apart = distance_km(spot.latitude, spot.longitude, their.latitude, their.longitude)
            if apart <= max(VILLAGE_KM, min(reach, spot.radius_km + their.radius_km)):
                return spot
    return None


def _compare_governorates(one: Profile, other: Profile) -> Evidence | None:
    if one.governorate is None or other.governorate is None:
        return None
    if one.governorate == other.governorate:
        return _evidence("place:same area", f"both in {one.governorate}")
    # Damascus lies within Rural Damascus, and reports use either for its suburbs.
    if "Damascus" in one.governorate and "Damascus" in other.governorate:
        return None
    return _evidence("place:apart", f"{one.governorate}, not {other.governorate}")


def _gap(one: Profile, other: Profile) -> int:
    if one.start is None or other.start is None or one.end is None or other.end is None:
        return 0
    return max(one.start, other.start) - min(one.end, other.end)


def _compare_publication(one: Profile, other: Profile) -> Evidence | None:
    """Reports about one event appear together; what is recalled in passing may be older."""
    if Salience.BACKGROUND in (one.salience, other.salience):
        if one.salience is other.salience:
            return _evidence("salience:recalled by both", "both recall it in passing")
        return _evidence("salience:recalled by one", "one of them recalls it in passing")
    if one.published is None or other.published is None:
        return None
    days = abs(one.published - other.published)
    if days == 0:
        return _evidence("published:same day", "published the same day")
    if days == 1:
        return _evidence("published:next day", "published a day apart")
    if days <= PUBLISHED_WITHIN_DAYS:
        return _evidence("published:within days", f"published {days} days apart")
    return _evidence("published:later", f"published {days} days apart")


def _compare_outlets(one: Profile, other: Profile) -> Evidence | None:
    if one.publisher is None or one.publisher != other.publisher:
        return None
    return _evidence("outlet:same", "the same outlet told it in two reports")


def compare_time(one: Profile, other: Profile) -> Evidence | None:
    """Compare when, by the gap between the windows; None when one of them cannot be bounded."""
    if one.start is None or other.start is None or one.end is None or other.end is None:
        return None
    gap = _gap(one, other)
    told = one.dated and other.dated
    if gap <= 0:
        if not told:
            return _evidence("time:reported together", "reported at the same time")
        if one.start == one.end and other.start == other.end:
            return _evidence("time:same day", "same day")
        return _evidence("time:days overlap", "the days told overlap")
    if gap == 1:
        if not told:
            return _evidence("time:reported within days", "reported within days")
        return _evidence("time:a day apart", "a day apart")
    if gap <= MAX_DAYS_APART:
        return _evidence("time:two days apart", "two days apart")
    if told and _are_reported_together(one, other):
        return _evidence("time:days apart, reported together", f"{gap} days apart as told, but reported together")
    return _evidence("time:days apart", f"{gap} days apart")


def _are_reported_together(one: Profile, other: Profile) -> bool:
    """Both are news of the same day, and one dates its news oddly early: likely another day was read for its own."""
    if Salience.BACKGROUND in (one.salience, other.salience) or one.published is None or other.published is None:
        return False
    stale = any(
        p.published is not None and p.end is not None and p.published - p.end > STALE_DAYS for p in (one, other)
    )
    return stale and abs(one.published - other.published) <= 1


def compare_kinds(one: Profile, other: Profile) -> Evidence | None:
    """Compare what happened; None when one of them does not say."""
    if EventType.OTHER in (one.kind, other.kind):
        return None
    if one.kind is other.kind:
        return _evidence("kind:same", f"both {one.kind.value}")
    if frozenset({one.kind, other.kind}) in _RELATED_KINDS:
        return _evidence("kind:related", f"{one.kind.value} and {other.kind.value}")
    return _evidence("kind:another", f"{one.kind.value}, not {other.kind.value}")


def compare_actors(one: Profile, other: Profile) -> Evidence | None:
    """Compare who is accused; sources of one event do name different actors, so a difference weighs little."""
    if not one.actors or not other.actors:
        return None
    shared = one.actors & other.actors
    if shared:
        return _evidence("actors:shared", f"both name {name_actors(sorted(shared))}")
    both = one.actors | other.actors
    if any(both <= group for group in _ALLIES):
        return _evidence("actors:allied", f"allies named: {name_actors(sorted(both))}")
    return _evidence("actors:another", f"{name_actors(sorted(one.actors))}, not {name_actors(sorted(other.actors))}")


def compare_tolls(one: Profile, other: Profile) -> Evidence | None:
    """Compare how many of whom; None when one of them gives no figure."""
    if not one.figures or not other.figures:
        return None
    shared = one.figures & other.figures
    telling = [figure for figure in shared if figure.number > SMALL_FIGURE]
    if len(shared) >= 2:
        level = "toll:same figures" if telling else "toll:same small figures"
        return _evidence(level, f"same figures: {_list_figures(shared)}")
    if telling:
        return _evidence("toll:one same figure", f"same figure: {_list_figures(telling)}")
    if shared:
        return _evidence("toll:one same small figure", f"same figure: {_list_figures(shared)}")
    if one.killed is None or other.killed is None:
        return None
    (low, high), (their_low, their_high) = one.killed, other.killed
    words = f"{_range(low, high)} and {_range(their_low, their_high)} killed"
    if max(low, their_low) <= min(high, their_high):
        return _evidence("toll:compatible", words)
    smaller, larger = sorted((high, their_high))
    if larger - smaller <= 2 or larger <= 1.5 * smaller:
        return _evidence("toll:close", words)
    if larger <= 3 * max(smaller, 1):
        return _evidence("toll:another", words)
    return _evidence("toll:far apart", words)


def compare_words(one: Profile, other: Profile) -> Evidence | None:
    """Compare the rare words near the claims; None across languages or without words."""
    if one.lang != other.lang or not one.words or not other.words:
        return None
    # An outlet repeats its own phrases and teasers; what its reports share says nothing about the event.
    if one.publisher is not None and one.publisher == other.publisher:
        return None
    small, large = (one.words, other.words) if len(one.words) <= len(other.words) else (other.words, one.words)
    shared = {word: weight * large[word] for word, weight in small.items() if word in large}
    alike = sum(shared.values())
    level = next(level for most, level in WORDS_LEVELS if alike < most)
    if WEIGHTS[level] <= 0:
        return _evidence(level, "few uncommon words in common")
    rarest = sorted(shared, key=lambda word: (-shared[word], word))[:3]
    return _evidence(level, f"uncommon words in common: {', '.join(rarest)}")


def _compare_revisions(one: Profile, other: Profile, place: Evidence | None, time: Evidence | None) -> Evidence | None:
    """Compare tolls of which the later one says that it has risen: "five dead", then "the toll rose to twelve".

    Returns:
        None where neither says so, or where place and day are not the same.
    """
    if place is None or time is None or place.level not in _SAME_PLACE or time.level not in _SAME_TIME:
        return None
    if not (_revises(one, other) or _revises(other, one)):
        return None
    assert one.killed is not None
    assert other.killed is not None
    before, after = sorted((one.killed, other.killed))
    return _evidence("toll:revised", f"a toll said to have risen: {_range(*before)} and {_range(*after)} killed")


def _revises(later: Profile, earlier: Profile) -> bool:
    if not later.revises or later.killed is None or earlier.killed is None:
        return False
    if later.published is None or earlier.published is None or later.published < earlier.published:
        return False
    return later.killed[1] > earlier.killed[0]


_SAME_PLACE = frozenset({"place:same village", "place:same town", "place:within the radius"})
_SAME_TIME = frozenset({"time:same day", "time:days overlap"})


def _compare_copies(one: Profile, other: Profile, place: Evidence | None, toll: Evidence | None) -> Evidence | None:
    """Compare the sentences of copied reports: two incidents of a round-up are not one because it was copied.

    Where the same words tell of another place, they are a form that an outlet fills in for every event.
    """
    shorter = min(len(one.sentence), len(other.sentence))
    shared = len(one.sentence & other.sentence)
    if place is not None and place.level in _OTHER_PLACE:
        is_form = bool(shorter) and shared >= FORM * shorter
        return _evidence("copy:same form", "the same words tell of another place") if is_form else None
    if one.story != other.story or not shorter or shared < COPIED_SENTENCE * shorter:
        return None
    if toll is not None and toll.weight < 0:
        return None
    return _evidence("copy:copied text", "told in the same words, copied")


_OTHER_PLACE = frozenset({"place:close by", "place:apart", "place:far apart"})


def _compare_means(one: Profile, other: Profile) -> Evidence | None:
    shared = one.means & other.means
    return _evidence("means:shared", f"same means: {min(shared)}") if shared else None


def _compare_breadth(one: Profile, other: Profile) -> Evidence | None:
    """Compare how many places each spans: the toll of a round-up is not that of one of its events."""
    if (len(one.spots) >= ROUND_UP_PLACES) == (len(other.spots) >= ROUND_UP_PLACES):
        return None
    return _evidence("breadth:one round-up and one incident", "one of them spans several places")


def _evidence(level: str, reason: str) -> Evidence:
    return Evidence(level, WEIGHTS[level], reason)


def _list_figures(figures: frozenset[Figure] | list[Figure]) -> str:
    ranked = sorted(figures, key=lambda figure: (-figure.number, figure.outcome, figure.victims))
    return ", ".join(f"{figure.number} {figure.victims.value} {figure.outcome.value}" for figure in ranked[:3])


def _range(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}-{high}"
