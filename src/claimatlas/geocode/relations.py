"""What a relation makes of a place: "near X", "south of X", "the countryside of X" as a point, a radius, a precision.

The convention is that of docs/places.md.
"""

from __future__ import annotations

from typing import NamedTuple

from claimatlas.gazetteer.entries import AREAS, SETTLEMENTS
from claimatlas.geodesy import move
from claimatlas.model import Place, Precision

# The convention for relative places (docs/places.md): what is added to the radius, in km.
NEAR_KM = 5.0
OUTSKIRTS_KM = 3.0
# "East of Raqqa" without a distance: reports mean the first villages beyond the built-up area. It seldom reaches as far
# on every side as the place's radius, so that is taken in part; the circle drawn holds the rest.
BEYOND_KM, BUILT_UP = 4.0, 0.75
# "Countryside of" a city reaches to the next cities, that of a town to the next towns.
COUNTRYSIDE_KM = {"city": 25.0, "governorate": 25.0, "town": 10.0}
_VILLAGE_COUNTRYSIDE_KM = 5.0
# A distance that is told ("20 km south of") is off by a quarter either way, and counts from some edge of the town.
_TOLD_SPREAD, _EDGE_KM = 0.25, 2.0
_POINT_KINDS = frozenset({
    "bridge", "hospital", "school", "mosque", "market", "square", "checkpoint", "dam", "crossing", "factory", "prison",
    "power_plant", "landmark", "base", "university", "airbase", "airport",
})  # fmt: skip
_AREA_PRECISION = {
    "country": Precision.COUNTRY, "governorate": Precision.GOVERNORATE, "district": Precision.DISTRICT,
    "subdistrict": Precision.SUBDISTRICT,
}  # fmt: skip


class Related(NamedTuple):
    """What lies in a relation to a place.

    Attributes:
        latitude: Degrees north.
        longitude: Degrees east.
        precision: The kind of place its point stands for.
        radius_km: Radius of uncertainty in kilometres.
        words: The relation in words, to stand in front of the place's name ("7 km east of "); empty for at it.
    """

    latitude: float
    longitude: float
    precision: Precision
    radius_km: float
    words: str


def relate(place: Place, relation: str, bearing: float | None, km: float | None) -> Related:
    """Where something is that lies in a relation to a place.

    Args:
        place: The place.
        relation: "near", "outskirts", "countryside", "direction", "between", "road", or empty for at it; any other
            counts as at it.
        bearing: Degrees clockwise from north, when the relation has a direction.
        km: Distance, when one is told.
    """
    precision = place_precision(place)
    latitude, longitude, radius = place.latitude, place.longitude, place.radius_km
    if relation == "direction" and bearing is not None:
        away = km if km is not None else BUILT_UP * radius + BEYOND_KM
        latitude, longitude = move(latitude, longitude, bearing, away)
        spread = max(1.0, away * _TOLD_SPREAD) if km is not None else radius + BEYOND_KM
        words = f"{away:.0f} km {compass(bearing)} of "
        return Related(latitude, longitude, coarser(precision, spread), spread + min(radius, _EDGE_KM), words)
    if relation == "countryside" and place.kind not in AREAS - {"governorate"}:
        reach = COUNTRYSIDE_KM.get(place.kind, _VILLAGE_COUNTRYSIDE_KM)
        if bearing is not None:
            latitude, longitude = move(latitude, longitude, bearing, reach / 3)
        words = f"countryside {compass(bearing)} of " if bearing is not None else "countryside of "
        return Related(latitude, longitude, coarser(precision, reach), max(reach, radius), words)
    if relation == "outskirts":
        if bearing is not None:
            latitude, longitude = move(latitude, longitude, bearing, radius)
        return Related(latitude, longitude, coarser(precision, OUTSKIRTS_KM), radius + OUTSKIRTS_KM, "outskirts of ")
    if relation in ("near", "between", "road"):
        return Related(latitude, longitude, coarser(precision, NEAR_KM), radius + NEAR_KM, "near ")
    return Related(latitude, longitude, precision, radius, "")


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


def coarser(precision: Precision, spread_km: float) -> Precision:
    """A relation never makes a place more exact."""
    return max(precision, precision_of_radius(spread_km), key=_ORDER.index)


def compass(bearing: float) -> str:
    """The word for a direction, such as "north-east"."""
    words = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
    return words[round(bearing / 45) % 8]
