"""Scenes: at which of the places that statements name an event happened, as exactly as they say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from claimatlas.claims.cast import PlaceRole
from claimatlas.incidents.landmarks import apart
from claimatlas.model import Location, Place
from claimatlas.names.keys import text_key

if TYPE_CHECKING:
    pass

# How exact a place of a kind is: the lower, the more specific.
LEVELS = {
    "country": 9, "governorate": 7, "region": 6, "desert": 6, "river": 6, "mountain": 6, "valley": 6, "lake": 6,
    "district": 5, "subdistrict": 4, "city": 3,
}  # fmt: skip
SETTLEMENT_LEVEL, AREA_LEVEL, GOVERNORATE_LEVEL = 2, 5, 7
# Two scenes this near to one another are one (a village and its outskirts), in km.
_SAME_KM = 4.0
# "East of X" and "near X" hold what lies this near to X, in km.
_AROUND_KM = 15.0
# From this weight on the words tie a place to the deed; where they do, one named in passing is none. More than a
# preposition ("in the village of X") weighs above it.
TOLD_WEIGHT = 2
# An area wider than this (km), a river most of all, says too little of where the place next to it lies.
BESIDE_AREA_KM = 30.0


class Scene(msgspec.Struct, frozen=True):
    """A place that an event of the report can have happened at.

    Attributes:
        role: The name and its part in the clause.
        place: What the gazetteer has for it; None for a name it does not know.
        governorate: The governorate it lies in, or is.
        level: How exact it is; the lower, the more specific.
        location: Where it is; filled in for the places of incidents.
        governorate_told: The clause itself says the governorate of a place in no gazetteer.
        relation: How the deed lies to it, for people ("near", "5 km south of"); filled in with the location.
    """

    role: PlaceRole
    place: Place | None
    governorate: str | None
    level: int
    location: Location | None = None
    governorate_told: bool = False
    relation: str = ""

    @property
    def name(self) -> str:
        """The name as written."""
        return self.role.name

    @property
    def is_placed(self) -> bool:
        """Whether its governorate is known and not merely that of the report's other places."""
        return self.place is not None or self.governorate_told

    @property
    def is_specific(self) -> bool:
        """Whether it is a settlement, a part of one or a single site, and not an area."""
        return self.level < AREA_LEVEL

    @property
    def is_small_area(self) -> bool:
        """Whether it is a region or a valley so small that it is as good as a place, said without "near"."""
        small = self.place is not None and self.place.radius_km <= BESIDE_AREA_KM
        return small and not self.role.relation and AREA_LEVEL <= self.level < GOVERNORATE_LEVEL

    def same(self, other: Scene) -> bool:
        """Whether both are one place."""
        if self.place is not None and other.place is not None:
            return self.place.id == other.place.id
        return text_key(self.name) == text_key(other.name)

    def holds(self, other: Scene) -> bool:
        """Whether the other place lies in this one."""
        if self.level < other.level or (self.level == other.level and not self.role.relation):
            return False
        if self.level >= GOVERNORATE_LEVEL and self.governorate is None:
            return True
        if self.level >= GOVERNORATE_LEVEL:
            return self.governorate is not None and self.governorate == other.governorate
        if self.place is None or other.place is None:
            quarter = other.place is None and other.role.kind == "neighbourhood" and self.level == LEVELS["city"]
            return quarter and self.governorate == other.governorate
        if other.place.kind == "neighbourhood" and self.governorate != other.governorate and self.is_specific:
            return False  # a suburb of the capital holds none of its quarters, however near they are
        km = apart(self.place, other.place)
        if self.role.relation == "countryside" and self.governorate == other.governorate and is_capital(self.place):
            return True  # "south of Idlib" is as much as its southern countryside
        quarter = other.place.kind == "neighbourhood"  # of its own city, however near another town is
        if self.role.relation and not quarter:
            return km <= self.place.radius_km + _AROUND_KM
        return km <= (self.place.radius_km + _SAME_KM if self.level > SETTLEMENT_LEVEL else _SAME_KM)


def finest(scenes: Iterable[Scene]) -> list[Scene]:
    """The most specific of several places; a city does not count beside its own quarters."""
    listed = list(scenes)
    if len(listed) < 2:
        return listed
    if any(scene.role.weight >= TOLD_WEIGHT for scene in listed):
        listed = [scene for scene in listed if scene.role.weight]  # a dateline is not the scene
    specific = [scene for scene in listed if scene.is_specific]
    if not specific:
        best = min(scene.level for scene in listed)
        return [scene for scene in listed if scene.level == best]
    # A report names the same few places again and again; each is compared once.
    distinct = {_where(scene): scene for scene in specific}
    if len(distinct) == 1:
        return specific
    wider = {
        key  # "on the outskirts of X and Y": neighbours hold one another, and none of them goes
        for key, scene in distinct.items()
        if any(scene.holds(other) and not other.holds(scene) and not scene.same(other) for other in distinct.values())
    }
    return [scene for scene in specific if _where(scene) not in wider]


def _where(scene: Scene) -> tuple[str | int | None, ...]:
    """All that `Scene.holds` and `Scene.same` look at."""
    place_id = None if scene.place is None else scene.place.id
    return place_id, scene.name, scene.governorate, scene.level, scene.role.kind, scene.role.relation


def is_capital(place: Place) -> bool:
    """Whether a city gives its governorate the name."""
    return place.governorate is not None and text_key(place.governorate) == text_key(place.name)
