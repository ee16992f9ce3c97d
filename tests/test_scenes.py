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
