"""Places with all their spellings: what the curated, the imported and the joined gazetteer are lists of."""

from __future__ import annotations

from dataclasses import dataclass

from claimatlas.model import Place

# Radius (km) of the circle that a place of a kind fills when the gazetteer says nothing nearer. Villages, towns and
# cities follow the project's crosswalk to Airwars, ACLED and UCDP (docs/places.md); areas should bring their own.
KINDS: dict[str, float] = {
    "country": 300.0, "governorate": 60.0, "region": 25.0, "district": 25.0, "subdistrict": 12.0, "city": 6.0,
    "town": 3.0, "village": 1.5, "hamlet": 1.0, "neighbourhood": 1.0, "camp": 1.0, "airbase": 2.0, "airport": 2.0,
    "base": 1.0, "dam": 1.0, "bridge": 0.5, "crossing": 1.0, "checkpoint": 0.5, "hospital": 0.5, "school": 0.5,
    "mosque": 0.5, "market": 0.5, "square": 0.5, "street": 0.5, "road": 10.0, "oil_field": 5.0, "power_plant": 1.0,
    "factory": 0.5, "prison": 0.5, "university": 1.0, "farm": 1.5, "mountain": 8.0, "hill": 2.0, "valley": 5.0,
    "river": 50.0, "lake": 10.0, "island": 2.0, "desert": 60.0, "ruin": 1.0, "landmark": 0.5,
}  # fmt: skip
AREAS = frozenset({"country", "governorate", "region", "district", "subdistrict", "desert", "river"})
SETTLEMENTS = frozenset({"city", "town", "village", "hamlet", "camp", "neighbourhood", "farm"})


@dataclass(frozen=True, slots=True)
class PlaceName:
    """One spelling of a place.

    Attributes:
        name: The spelling.
        lang: Language or script habit it belongs to (`en`, `ar`, `tr`, `ku`, `fr`, …).
        strong: Whether the spelling alone means this place; a weak one yields to a strong one.
        source: Where the spelling was seen.
    """

    name: str
    lang: str = "en"
    strong: bool = True
    source: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place with all its spellings.

    Attributes:
        place: The facts.
        names: Its spellings, the display names first.
        parent: Id of the place it is part of (a neighbourhood's city), or None.
        population: Inhabitants where a source says; 0 when unknown.
        note: A remark for people.
    """

    place: Place
    names: tuple[PlaceName, ...]
    parent: str | None = None
    population: int = 0
    note: str = ""
