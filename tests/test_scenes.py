"""Which place of the gazetteer a report means, and which of its places an event happened at."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from claimatlas.layers import load_layers
from claimatlas.model import Incident, Report
from claimatlas.pipeline import extract_report
from claimatlas.reference import Reference
from gazetteer_factory import make_gazetteer

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="module")
def read() -> Callable[[str], Incident]:
    reference = Reference(make_gazetteer(), load_layers())

    def only_incident(text: str) -> Incident:
        report = Report("r", text, published=dt.date(2018, 12, 1))
        (incident,) = extract_report(report, reference).incidents
        return incident

    return only_incident


def test_of_two_villages_of_one_name_none_is_chosen_without_a_reason(read: Callable[[str], Incident]) -> None:
    incident = read("An air strike on the village of Al-Khalidiyah killed three civilians, residents said.")
    assert incident.places[0].name == "Al-Khalidiyah"
    assert incident.location is None


@pytest.mark.parametrize(
    ("where", "governorate"),
    [
        ("the village of Al-Khalidiyah in Hama province", "Hama"),
        ("the village of Al-Khalidiyah, near the city of Raqqa,", "Ar-Raqqa"),
        ("Al-Khalidiyah in the Raqqa countryside", "Ar-Raqqa"),
    ],
)
def test_the_place_named_beside_chooses_the_namesake(
    read: Callable[[str], Incident], where: str, governorate: str
) -> None:
    incident = read(f"An air strike on {where} killed three civilians, residents said.")
    assert incident.location is not None
    assert incident.location.governorate == governorate
    assert incident.places[0].name == "Al-Khalidiyah"


HAJIN = (34.687, 40.839)


@pytest.mark.parametrize(
    ("where", "north_km", "east_km", "radius_km", "precision"),
    [
        ("in Hajin", 0, 0, 2.5, "settlement"),
        ("near Hajin", 0, 0, 7.5, "settlement"),
        ("close to the town of Hajin", 0, 0, 7.5, "settlement"),
        ("in the vicinity of Hajin", 0, 0, 7.5, "settlement"),
        ("5 km south of Hajin", -5, 0, 3.25, "settlement"),
        ("some 20 kilometres east of Hajin", 0, 20, 7, "settlement"),
        ("west of Hajin", 0, -5.875, 8.5, "subdistrict"),
        ("on the edge of Hajin", 0, 0, 5.5, "settlement"),
        ("on the northern outskirts of Hajin", 2.5, 0, 5.5, "settlement"),
        ("in the countryside of Hajin", 0, 0, 10, "subdistrict"),
        ("in rural Hajin", 0, 0, 10, "subdistrict"),
        ("near a school in Hajin", 0, 0, 2.5, "settlement"),
    ],
)
def test_near_and_beyond_a_place_is_not_at_it(
    reference: Reference, where: str, north_km: float, east_km: float, radius_km: float, precision: str
) -> None:
    """What docs/places.md promises of names holds in running text, too."""
    _assert_lies(
        reference, f"Shelling {where} killed three people, residents said.", north_km, east_km, radius_km, precision
    )


@pytest.mark.parametrize(
    ("where", "north_km", "radius_km", "precision"),
    [
        ("في هجين", 0, 2.5, "settlement"),
        ("قرب هجين", 0, 7.5, "settlement"),
        ("في محيط بلدة هجين", 0, 7.5, "settlement"),
        ("على أطراف هجين", 0, 5.5, "settlement"),
        ("بالقرب من هجين", 0, 7.5, "settlement"),
        ("على بعد ١٠ كم جنوب هجين", -10, 4.5, "settlement"),
        ("شمال بلدة هجين", 5.875, 8.5, "subdistrict"),
        ("قرب مدرسة في هجين", 0, 2.5, "settlement"),
    ],
)
def test_near_and_beyond_a_place_is_not_at_it_in_arabic(
    reference: Reference, where: str, north_km: float, radius_km: float, precision: str
) -> None:
    _assert_lies(reference, f"قتل ثلاثة أشخاص جراء قصف {where}، وفق سكان.", north_km, 0, radius_km, precision, "ar")


@pytest.mark.parametrize(
    "text",
    [
        "Three people were killed by shells fired on Hajin, residents said.",
        "Around four people were killed in an air strike on the town of Hajin, residents said.",
        "Residents said that three men were shot dead by gunmen on a street by the mosque in Hajin.",
        "A blast behind a bakery on Hajin killed three people, residents said.",
    ],
)
def test_who_did_it_and_what_stands_beside_is_no_word_on_where_a_place_lies(reference: Reference, text: str) -> None:
    _assert_lies(reference, text, 0, 0, 2.5, "settlement")


def _assert_lies(
    reference: Reference, text: str, north_km: float, east_km: float, radius_km: float, precision: str, lang: str = "en"
) -> None:
    report = Report("r", text, lang=lang, published=dt.date(2018, 12, 1))
    (incident,) = extract_report(report, reference).incidents
    assert incident.location is not None
    assert (incident.location.radius_m, incident.location.precision) == (radius_km * 1000, precision)
    assert (incident.location.latitude - HAJIN[0]) * 111.2 == pytest.approx(north_km, abs=0.2)
    assert (incident.location.longitude - HAJIN[1]) * 91.4 == pytest.approx(east_km, abs=0.2)


@pytest.mark.parametrize(
    ("where", "place"),
    [
        ("in the countryside of Idlib", "Idleb governorate"),
        ("in rural Idlib", "Idleb governorate"),
        ("in Idlib province", "Idleb governorate"),
        ("in the northern countryside of Hama", "Northern Hama countryside"),
        ("in Hama's northern countryside", "Northern Hama countryside"),
        ("in the eastern countryside of Deir Ezzor", "Eastern Deir ez-Zor countryside"),
    ],
)
def test_the_countryside_of_a_capital_is_never_its_city(reference: Reference, where: str, place: str) -> None:
    text = f"Shelling {where} killed three people, residents said."
    (incident,) = extract_report(Report("r", text, published=dt.date(2018, 12, 1)), reference).incidents
    assert incident.location is not None
    assert incident.location.place is not None
    assert incident.location.place.name == place
    assert incident.location.score > 0.9
    assert all(rival.score < 0.5 for rival in incident.location.rejected)
