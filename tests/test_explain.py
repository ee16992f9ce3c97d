"""`extract --explain` ties every value to its words."""

from __future__ import annotations

import datetime as dt

from claimatlas.explain import explain_extraction
from claimatlas.model import (
    Actor,
    Attribution,
    Candidate,
    Claim,
    EventType,
    Extraction,
    Issue,
    Location,
    Outcome,
    Place,
    PlaceMention,
    Precision,
    Report,
    ReportedIncident,
    Span,
    Stance,
    Totals,
    Victims,
    When,
)  # fmt: skip

TEXT = "Jets struck Hajin on Tuesday, killing at least 16 civilians, activists said."
REPORT = Report("r1", TEXT, published=dt.date(2018, 11, 30))
HAJIN = Place("ca:hajin", "town", "Hajin", 34.69, 40.83, 2.0, governorate="Deir-ez-Zor")
OTHER = Place("ca:other", "village", "Hajina", 35.0, 38.0, 1.0, governorate="Homs")


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


LOCATION = Location(
    34.69, 40.83, Precision.SETTLEMENT, 2000, 0.95, HAJIN, reason="known name",
    rejected=(Candidate(OTHER, "Hajina", 0.04),), flags=("The report names another governorate.",),
)  # fmt: skip
INCIDENT = ReportedIncident(
    "r1", span("Jets struck"), EventType.AIRSTRIKE,
    when=When(dt.date(2018, 11, 27), dt.date(2018, 11, 27), span("on Tuesday")),
    places=(PlaceMention("Hajin", span("Hajin"), "Deir-ez-Zor", LOCATION),),
    governorate="Deir-ez-Zor", location=LOCATION,
    actors=(Actor.US_LED_COALITION,), attribution=Attribution.ACCUSED,
    claims=(
        Claim(
            "r1", "activists", span("at least 16 civilians"), outcome=Outcome.KILLED, victims=Victims.CIVILIANS, min=16
        ),
        Claim("r1", "activists", span("Jets struck"), Stance.ASSERTS, (Actor.US_LED_COALITION,)),
    ),
    totals=Totals(16, 16, 16, 16), means=(span("Jets"),),
)  # fmt: skip


def test_every_value_is_followed_by_its_words_and_offsets() -> None:
    told = explain_extraction(Extraction(REPORT, (INCIDENT,)))
    for words in ("Jets struck", "on Tuesday", "Hajin", "at least 16 civilians", "Jets"):
        at = span(words)
        assert f"“{words}” [{at.start}-{at.end}]" in told
    for value in (
        "2018-11-27",
        "34.6900 N 40.8300 E",
        "at least 16",
        "us_led_coalition",
        "rather than Hajina",
        "another governorate",
    ):
        assert value in told


def test_what_nobody_knows_is_said_to_be_unknown() -> None:
    bare = ReportedIncident(
        "r1", span("Jets struck"), EventType.AIRSTRIKE, when=When(not_before=dt.date(2017, 12, 14)),
        places=(PlaceMention("Nowhere"),),
    )  # fmt: skip
    told = explain_extraction(Extraction(REPORT, (bare,), (Issue("place_unknown", "No such place.", words="Nowhere"),)))
    for words in (
        "day: unknown, not before 2017-12-14",
        "nobody can say where",
        "nobody named",
        "no figure",
        "No such place.",
    ):
        assert words in told


def test_a_report_without_incidents_says_so() -> None:
    assert "No incident found." in explain_extraction(Extraction(REPORT))
