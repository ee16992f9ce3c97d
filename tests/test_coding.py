"""The JSON form of an extraction is a contract: exactly these fields, whatever the report."""

from __future__ import annotations

import pytest

from claimatlas.coding import code_extraction
from claimatlas.model import Extraction, Report
from claimatlas.pipeline import extract_report
from claimatlas.reference import load_reference
from claimatlas.reports import read_reports
from claimatlas.resources import data_folder

REPORT_FIELDS = {"id", "lang", "publisher", "published", "title", "url", "incidents"}
INCIDENT_FIELDS = {
    "salience", "event_type", "date_start", "date_end", "date_text", "places", "governorate", "actors", "attribution",
    "claims", "killed_min", "killed_max", "civilians_killed_min", "civilians_killed_max", "injured_min", "injured_max",
    "lat", "lon", "place_id", "precision", "not_before", "not_after",
}  # fmt: skip
CLAIM_FIELDS = {"claimant", "outcome", "victims", "min", "max", "quote", "start", "end"}


@pytest.fixture(scope="module")
def extractions() -> list[Extraction]:
    reports = [item for item in read_reports([data_folder("seeds")]) if isinstance(item, Report)]
    titled = Report(
        "t", "The strike hit a market.", title="Air strike kills 12 in Idlib", lang="en", publisher="a paper"
    )
    return [extract_report(report, load_reference()) for report in (*reports, titled)]


def test_reports_incidents_and_claims_have_exactly_the_fields_agreed(extractions: list[Extraction]) -> None:
    for coded in map(code_extraction, extractions):
        assert set(coded) == REPORT_FIELDS
        for incident in coded["incidents"]:
            assert set(incident) == INCIDENT_FIELDS
            for claim in incident["claims"]:
                assert set(claim) - {"in"} == CLAIM_FIELDS


def test_offsets_cut_the_quote_out_of_the_text_or_the_title(extractions: list[Extraction]) -> None:
    fields = set()
    for extraction in extractions:
        for incident in code_extraction(extraction)["incidents"]:
            for claim in incident["claims"]:
                field = claim.get("in", "text")
                fields.add(field)
                assert getattr(extraction.report, field)[claim["start"] : claim["end"]] == claim["quote"]
    assert fields == {"text", "title"}


def test_statements_without_figures_are_not_casualty_claims(extractions: list[Extraction]) -> None:
    outcomes = {
        claim["outcome"]
        for e in extractions
        for incident in code_extraction(e)["incidents"]
        for claim in incident["claims"]
    }
    assert outcomes
    assert None not in outcomes
