"""Arabic reports through the whole line, with the curated gazetteer alone."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from claimatlas.coding import code_extraction
from claimatlas.model import Extraction, Report
from claimatlas.pipeline import extract_report, load_reference
from claimatlas.vocabulary import load_vocabulary

CASES = [
    case
    for path in sorted((Path(__file__).parent / "cases").glob("arabic*.yml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def extract(case: dict[str, Any]) -> Extraction:
    published: dt.date | None = case.get("published")
    report = Report(id="case", text=case["text"], lang="ar", published=published)
    return extract_report(report, load_reference())


@pytest.mark.parametrize("case", CASES, ids=[case["description"] for case in CASES])
def test_arabic_reports_are_read(case: dict[str, Any]) -> None:
    found = code_extraction(extract(case))["incidents"]
    assert len(found) == len(case["expect"]), found
    for incident, expected in zip(found, case["expect"], strict=True):
        claims = [[c["outcome"], c["victims"], c["min"], c["max"]] for c in incident["claims"]]
        for field, value in expected.items():
            if field == "claims":
                assert sorted(claims, key=str) == sorted(value, key=str)
            elif field == "place":
                assert value in incident["places"][0]["name"]
            elif field == "claimant":
                assert {claim["claimant"] for claim in incident["claims"]} == {value}
            else:
                assert incident[field] == value, field


@pytest.mark.parametrize("case", CASES, ids=[case["description"] for case in CASES])
def test_every_quote_stands_in_its_report(case: dict[str, Any]) -> None:
    extraction = extract(case)
    for incident in extraction.incidents:
        spans = [incident.quote, *(claim.quote for claim in incident.claims)]
        spans += [incident.when.words] if incident.when.words else []
        assert all(case["text"][span.start : span.end] == span.text for span in spans)


def test_clitics_and_articles_are_taken_off_known_words() -> None:
    vocabulary = load_vocabulary("ar")
    for token in ("والمدفعية", "بالمدفعية", "للمدفعية", "مدفعية"):
        assert vocabulary.normal("مدفعية") in vocabulary.forms(vocabulary.normal(token))


def test_an_attached_and_is_told_from_a_word_that_begins_so() -> None:
    vocabulary = load_vocabulary("ar")
    assert vocabulary.begins_with_join(vocabulary.normal("وطفل"))
    assert not vocabulary.begins_with_join(vocabulary.normal("وزارة"))
