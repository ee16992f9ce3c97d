"""Whatever the text, nothing is said that it does not say: every value keeps the words it rests on."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimatlas.coding import code_extraction
from claimatlas.geodesy import distance_km
from claimatlas.model import Extraction, Precision, Report, ReportedIncident, Span
from claimatlas.pipeline import extract_report
from claimatlas.reference import load_reference
from claimatlas.reports import make_report
from claimatlas.resources import data_folder
from scoring import load_texts

QUALITY = Path(__file__).parent / "quality" / "reports.jsonl"
# The smallest governorate, the city of Damascus, has a radius of about six kilometres; all others are larger by far.
LEAST_GOVERNORATE_RADIUS_M = 5_000


@cache
def texts() -> tuple[Report, ...]:
    return (*load_texts(data_folder("seeds")), *load_texts(QUALITY))


@cache
def extractions() -> tuple[Extraction, ...]:
    return tuple(extract_report(report, load_reference()) for report in texts())


def spans(incident: ReportedIncident) -> list[Span]:
    """Every piece of the report an incident rests on."""
    found = [incident.quote, *incident.means, *(claim.quote for claim in incident.claims)]
    found += [place.span for place in incident.places if place.span is not None]
    return found if incident.when.words is None else [*found, incident.when.words]


def check(extraction: Extraction) -> None:
    """What must hold for any report at all."""
    report = extraction.report
    for incident in extraction.incidents:
        assert incident.report_id == report.id
        assert incident.quote.text.strip()
        for span in spans(incident):
            field = report.title if span.field == "title" else report.text
            assert field[span.start : span.end] == span.text
        if incident.when.start is not None:
            assert incident.when.words is not None
            assert incident.when.end is not None
            assert incident.when.start <= incident.when.end
        if incident.when.not_before is not None and incident.when.not_after is not None:
            assert incident.when.not_before <= incident.when.not_after
        for claim in incident.claims:
            assert claim.quote.text.strip()
            assert claim.min is None or claim.max is None or claim.min <= claim.max
            assert (claim.outcome is None) == (claim.victims is None)
        if incident.location is not None:
            assert incident.location.radius_m > 0
            assert incident.places or incident.governorate


def test_every_value_is_found_at_its_offsets() -> None:
    for extraction in extractions():
        check(extraction)


def test_the_coded_form_repeats_the_offsets() -> None:
    for extraction in extractions():
        coded = code_extraction(extraction)
        for incident in coded["incidents"]:
            for claim in incident["claims"]:
                field = extraction.report.title if claim.get("in") == "title" else extraction.report.text
                assert field[claim["start"] : claim["end"]] == claim["quote"]


def test_a_point_for_a_governorate_carries_a_radius_that_covers_it() -> None:
    layers = load_reference().layers
    points = [i.location for e in extractions() for i in e.incidents if i.location is not None]
    coarse = [location for location in points if location.precision is Precision.GOVERNORATE]
    assert coarse, "no report of the corpus is placed by its governorate alone"
    for location in coarse:
        # A countryside or a desert is as coarse as a governorate, but has its own circle.
        if location.place is not None and location.place.kind != "governorate":
            continue
        assert location.radius_m >= LEAST_GOVERNORATE_RADIUS_M
        assert location.governorate is not None
        circle = layers.governorate_circle(location.governorate)
        off_km = distance_km(location.latitude, location.longitude, circle.latitude, circle.longitude)
        assert location.radius_m / 1000 + 1 >= circle.radius_km - off_km


def test_a_finer_place_has_the_smaller_radius() -> None:
    points = [i.location for e in extractions() for i in e.incidents if i.location is not None]
    settlements = [location.radius_m for location in points if location.precision is Precision.SETTLEMENT]
    assert settlements
    assert max(settlements) <= 25_000


def test_no_day_without_words_or_publication_date() -> None:
    """A report that tells no day, published nobody knows when, yields incidents without a day."""
    text = "Warplanes bombed Ariha in Idlib. Five civilians were killed, the Syrian Observatory for Human Rights said."
    extraction = extract_report(Report("r1", text, published=dt.date(2019, 7, 24)), load_reference())
    assert [incident.when.start for incident in extraction.incidents] == [None]


def test_no_incident_in_a_text_about_something_else() -> None:
    text = (
        "The football club of Homs has won the cup for the third time. Thousands of supporters filled the streets of "
        "the city on Friday; the captain said his team had fought for every ball and was dead tired."
    )
    assert extract_report(Report("r1", text, published=dt.date(2021, 6, 5)), load_reference()).incidents == ()


def test_the_same_report_always_yields_the_same() -> None:
    for report, extraction in list(zip(texts(), extractions(), strict=True))[::10]:
        assert extract_report(report, load_reference()) == extraction


def test_names_of_persons_are_not_places() -> None:
    """`Hama` is a city; `Abu Karam al-Halabi` is a man, whose name would say Aleppo."""
    text = (
        "IDLIB, 5 July 2019 - Abu Karam al-Halabi, a father of four, was killed on Friday when a shell hit his shop "
        "in Saraqib, his brother said."
    )
    extraction = extract_report(Report("r1", text, published=dt.date(2019, 7, 6)), load_reference())
    assert {incident.governorate for incident in extraction.incidents} == {"Idleb"}


# Pieces that broke readers before: controls, directions, half of a shortcode, a clock, an endless number.
RUBBISH = (
    "\x00", "\u202e", "\u200f\u200e", "[19659002]", "[ad_1]", "& # 39;", "&nbsp;", "\ufeff", "قُـ ـتِل", "٣٤",
    "04:44 GMT", "killed " * 8, "9" * 400, "«", "“", "\u2028", "(", "and more than", "بينهم", "between 5 and",
    "31/02/2018", "\ufffd",
)  # fmt: skip


@cache
def pieces() -> tuple[str, ...]:
    """Sentences and half sentences of all reports, both languages mixed."""
    cut = [piece for report in texts() for piece in report.text.replace("\n", " ").split(". ") if piece.strip()]
    halves = [piece[: len(piece) // 2] for piece in cut[::3]]
    return (*cut, *halves, *RUBBISH)


@st.composite
def broken_reports(draw: st.DrawFn) -> Report:
    chosen = draw(st.lists(st.sampled_from(pieces()), max_size=8))
    text = draw(st.sampled_from((". ", "\n", " ", "", "\n\n• "))).join(chosen)
    start = draw(st.integers(0, max(0, len(text) - 1)))
    cut = draw(st.integers(0, 30))
    text = text[:start] + draw(st.text(max_size=5)) + text[start + cut :]
    title = draw(st.sampled_from(("", chosen[0][:80] if chosen else "")))
    published = draw(st.none() | st.dates(dt.date(2011, 1, 1), dt.date(2025, 12, 31)))
    return Report("broken", text, title, draw(st.sampled_from(("en", "ar"))), published=published)


@settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(report=broken_reports())
def test_broken_reports_are_read_without_a_fault(report: Report) -> None:
    check(extract_report(report, load_reference()))


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", ".", "؟", "\x00\x01", "killed", "مقتل", "15", "‏"])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_report_that_says_nothing_yields_nothing(text: str, lang: str) -> None:
    assert extract_report(Report("r1", text, lang=lang), load_reference()).incidents == ()


def test_one_gigantic_line_is_read() -> None:
    sentence = "Shelling killed two civilians in Sarmin on Friday and wounded three, activists said. "
    (report,) = (
        item
        for item in make_report({"id": "r1", "text": sentence * 400, "published": "2020-02-29"}, "gigantic.txt")
        if isinstance(item, Report)
    )
    extraction = extract_report(report, load_reference())
    check(extraction)
    assert extraction.incidents
