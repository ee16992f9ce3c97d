"""What the names of a report say whatever stands around them: which governorates they speak of, and which towns.

Both depend on a name's owners alone, and reports name the same towns over and over: the last thousands are remembered.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from claimatlas.geodesy import distance_km
from claimatlas.model import Place

if TYPE_CHECKING:
    from claimatlas.gazetteer import Gazetteer

# A place named together with a town lies about this near to it, in km.
LANDMARK_KM = 30.0

_km = lru_cache(maxsize=16_384)(distance_km)


def apart(one: Place, other: Place) -> float:
    """Kilometres between two places."""
    return _km(one.latitude, one.longitude, other.latitude, other.longitude)


@lru_cache(maxsize=4096)
def governorates_of(gazetteer: Gazetteer, place_ids: tuple[str, ...], strong: bool) -> tuple[str, ...]:
    """The governorates that a name speaks of: those of the largest places it may mean, where it leaves that open.

    Args:
        gazetteer: The places.
        place_ids: The name's owners (`NameHit.place_ids`).
        strong: Whether the spelling alone means a place.
    """
    places = [gazetteer.place(place_id) for place_id in place_ids]
    governorates = {place.governorate for place in places}
    if len(governorates) > 1 or not strong:
        governorates = {place.governorate for place in places if place.kind in ("city", "governorate")}
    return tuple(sorted(governorate for governorate in governorates if governorate is not None))


@lru_cache(maxsize=4096)
def landmark_of(gazetteer: Gazetteer, place_ids: tuple[str, ...]) -> Place | None:
    """The town or area that a name means beyond doubt; None for another kind of place, or several far apart.

    Args:
        gazetteer: The places.
        place_ids: The name's owners.
    """
    owners = map(gazetteer.place, place_ids)
    places = [place for place in owners if place.kind not in ("country", "governorate")]
    if not places or places[0].kind in ("region", "river", "desert"):
        return None
    return places[0] if all(apart(places[0], place) <= LANDMARK_KM for place in places) else None
