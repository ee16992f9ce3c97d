"""What the values of the model promise."""

from __future__ import annotations

import dataclasses
import datetime as dt
import pickle

import pytest

from claimatlas.errors import ClaimatlasError, InputError
from claimatlas.model import (
    Actor,
    Atlas,
    Candidate,
    Claim,
    EventType,
    Extraction,
    Incident,
    Location,
    Outcome,
    Place,
    PlaceMention,
    Precision,
    Report,
    ReportedIncident,
    Span,
    Victims,
    When,
    from_dict,
    stable_id,
    to_dict,
)

TEXT = "مقتل 15 مدنياً في الشعفة"
PLACE = Place("ca:ash-shafah", "town", "Ash-Sha'fah", 34.579, 40.934, 2.0, name_ar="الشعفة", pcode="C5183")
LOCATION = Location(
    34.579, 40.934, Precision.SETTLEMENT, 2000, 0.97, PLACE, "الشعفة", rejected=(Candidate(PLACE, "x", 0.1, ("far",)),)
)
REPORT = Report("r1", TEXT, lang="ar", published=dt.date(2018, 1, 23))
CLAIM = Claim("r1", "SANA", Span(0, 14, TEXT[:14]), outcome=Outcome.KILLED, victims=Victims.CIVILIANS, min=15, max=15)
TELLING = ReportedIncident(
    "r1",
    Span(0, 4, TEXT[:4]),
    EventType.AIRSTRIKE,
    when=When(dt.date(2018, 1, 23), dt.date(2018, 1, 23)),
    places=(PlaceMention("الشعفة", location=LOCATION),),
    location=LOCATION,
    actors=(Actor.US_LED_COALITION,),
    claims=(CLAIM, dataclasses.replace(CLAIM, outcome=None, victims=None, min=None, max=None)),
)
VALUES = [
    REPORT,
    CLAIM,
    TELLING,
    Extraction(REPORT, (TELLING,)),
    Incident("i-1", (TELLING,), EventType.AIRSTRIKE, location=LOCATION),
    Atlas((REPORT,), inputs={"r1": REPORT.content_hash}),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_every_value_survives_a_dictionary_and_a_pickle(value: object) -> None:
    assert from_dict(type(value), to_dict(value)) == value
    assert pickle.loads(pickle.dumps(value)) == value


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_no_value_can_be_changed(value: object) -> None:
    name = dataclasses.fields(value)[0].name  # type: ignore[arg-type]
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(value, name, None)


def test_a_wrong_dictionary_is_named() -> None:
    with pytest.raises(InputError, match="not a Report"):
        from_dict(Report, {"id": 5})


def test_the_id_of_a_claim_depends_on_its_facts_alone() -> None:
    assert dataclasses.replace(CLAIM, actors=(Actor.RUSSIA,)).id == CLAIM.id
    assert dataclasses.replace(CLAIM, min=16).id != CLAIM.id


def test_ids_keep_facts_apart_that_would_join_to_the_same_words() -> None:
    assert stable_id("i", "ab", "c") != stable_id("i", "a", "bc")


def test_the_content_hash_changes_with_whatever_extraction_looks_at() -> None:
    changed = [
        dataclasses.replace(REPORT, text=TEXT + "."),
        dataclasses.replace(REPORT, published=None),
        dataclasses.replace(REPORT, title="t"),
    ]
    assert len({REPORT.content_hash, *(report.content_hash for report in changed)}) == 4


def test_text_that_is_no_valid_unicode_can_still_be_hashed() -> None:
    assert Report("r", "\ud800").content_hash


def test_statements_about_the_deed_are_not_casualty_claims() -> None:
    assert TELLING.casualty_claims == (CLAIM,)


def test_every_error_has_the_one_root() -> None:
    import claimatlas.errors as errors

    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    assert kinds
    assert all(issubclass(kind, ClaimatlasError) for kind in kinds)
    assert all(kind.__doc__ for kind in kinds)
