import pytest

from claimatlas.geocode.relations import compass, place_precision, precision_of_radius, relate
from claimatlas.geodesy import distance_km
from claimatlas.model import Precision
from gazetteer_factory import make_entry


@pytest.mark.parametrize(
    ("km", "precision"),
    [
        (0.3, "point"),
        (1.0, "neighbourhood"),
        (3.0, "settlement"),
        (12.0, "subdistrict"),
        (25.0, "district"),
        (80.0, "governorate"),
    ],
)
def test_a_radius_amounts_to_a_precision(km: float, precision: str) -> None:
    assert precision_of_radius(km).value == precision


@pytest.mark.parametrize(
    ("kind", "precision"),
    [
        ("bridge", Precision.POINT),
        ("neighbourhood", Precision.NEIGHBOURHOOD),
        ("village", Precision.SETTLEMENT),
        ("subdistrict", Precision.SUBDISTRICT),
        ("governorate", Precision.GOVERNORATE),
        ("desert", Precision.GOVERNORATE),
    ],
)
def test_the_kind_of_a_place_says_how_exact_its_point_is(kind: str, precision: Precision) -> None:
    assert place_precision(make_entry("ca:x", kind, "X", None, "Homs", None, 34.7, 36.7).place) is precision


@pytest.mark.parametrize(
    ("relation", "bearing", "least_km", "most_km", "words"),
    [
        ("", None, 0.0, 0.0, ""),
        ("near", None, 0.0, 0.0, "near "),
        ("direction", 90.0, 6.2, 6.3, "6 km east of "),
        ("outskirts", 180.0, 2.9, 3.1, "outskirts of "),
        ("countryside", 0.0, 3.2, 3.4, "countryside north of "),
    ],
)
def test_a_relation_moves_the_point_and_says_so(
    relation: str, bearing: float | None, least_km: float, most_km: float, words: str
) -> None:
    town = make_entry("ca:x", "town", "X", None, "Homs", None, 34.7, 36.7).place
    latitude, longitude, _, radius_km, said = relate(town, relation, bearing, None)
    assert least_km <= distance_km(34.7, 36.7, latitude, longitude) <= most_km
    assert radius_km >= town.radius_km
    assert said == words


@pytest.mark.parametrize(("bearing", "word"), [(0, "north"), (44, "north-east"), (270, "west"), (359, "north")])
def test_a_bearing_is_the_nearest_of_eight_directions(bearing: float, word: str) -> None:
    assert compass(bearing) == word
