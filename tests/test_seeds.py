"""The five seeds, and the five reports whose facts they tell, where those lie beside the checkout."""

from __future__ import annotations

import csv
import datetime as dt
import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import yaml

from claimatlas.evaluate import read_coded
from claimatlas.model import Extraction, Precision, Report, Salience
from claimatlas.pipeline import extract_report
from claimatlas.reference import load_reference
from claimatlas.resources import data_folder
from scoring import code, load_texts, score, word_runs

GOLD = Path(__file__).parent / "cases" / "seeds_gold.jsonl"
# The day of these reports cannot be known from their own words: a page clock of another year, "last Thursday",
# "early Wednesday", "on Saturday". Of the remaining one the text itself tells day, month and year.
DAY_UNKNOWN = ("000", "001", "002", "004")


@cache
def seeds() -> tuple[Report, ...]:
    return tuple(load_texts(data_folder("seeds")))


@cache
def seed_extractions() -> tuple[Extraction, ...]:
    return tuple(extract_report(report, load_reference()) for report in seeds())


@pytest.fixture(scope="module")
def originals(shared: Path) -> list[Report]:
    """The reports as collected, with the day of publication their coding gives."""
    coded = [json.loads(line) for line in (shared / "seeds" / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    days = {row["id"]: row["published"] for row in coded}
    return [
        replace(report, published=dt.date.fromisoformat(days[report.id]) if days[report.id] else None)
        for report in load_texts(*sorted((shared / "seeds").glob("*.txt")))
    ]


def test_the_folder_holds_five_reports_and_nothing_else_that_reads_as_one() -> None:
    with (data_folder("seeds") / "reports.csv").open(encoding="utf-8", newline="") as stream:
        listed = {row["id"]: row for row in csv.DictReader(stream)}
    assert {report.id for report in seeds()} == listed.keys()
    assert {report.id: str(report.published or "") for report in seeds()} == {
        name: row["published"] for name, row in listed.items()
    }


def test_expected_counts_are_those_of_the_coding() -> None:
    expected = yaml.safe_load((data_folder("seeds") / "expected.yml").read_text(encoding="utf-8"))
    coded = {
        report.id: {kind.value: sum(i.salience is kind for i in report.incidents) for kind in Salience}
        for report in read_coded(GOLD)
    }
    assert expected == coded


@pytest.mark.filterwarnings("default::UserWarning")
def test_no_seed_yields_too_few_incidents() -> None:
    """Too many are none of its business: a better reader may find what a worse one missed."""
    expected = yaml.safe_load((data_folder("seeds") / "expected.yml").read_text(encoding="utf-8"))
    for extraction in seed_extractions():
        for kind, least in expected[extraction.report.id].items():
            found = sum(incident.salience == kind for incident in extraction.incidents)
            assert found >= least, f"{extraction.report.id}: {found} {kind} incidents, expected {least}"


def test_the_seeds_are_read_as_they_were_coded() -> None:
    evaluation = score(seeds(), read_coded(GOLD), load_reference())
    assert evaluation.overall.incidents.recall == 1.0, evaluation.to_text(differences=True)
    assert evaluation.overall.incidents.precision == 1.0, evaluation.to_text(differences=True)
    assert evaluation.overall.within_10km.value == 1.0, evaluation.to_text(differences=True)
    assert evaluation.overall.fully_right.value == 1.0, evaluation.to_text(differences=True)


def test_a_strike_on_an_unnamed_village_is_put_at_its_governorate_with_an_honest_radius() -> None:
    extraction = next(item for item in seed_extractions() if item.report.id.startswith("003"))
    main = next(incident for incident in extraction.incidents if incident.salience is Salience.MAIN)
    assert main.location is not None
    assert main.location.precision is Precision.GOVERNORATE
    assert main.location.radius_m >= 50_000


def test_a_bound_is_kept_where_the_day_is_unknown() -> None:
    """The report speaks of a letter of 14 December and of November 2017: the strike came later."""
    report = replace(next(report for report in seeds() if report.id.startswith("000")), published=None)
    incident = extract_report(report, load_reference()).incidents[0]
    assert incident.when.start is None
    assert incident.when.not_before is not None
    assert dt.date(2017, 11, 1) <= incident.when.not_before <= dt.date(2017, 12, 14)


def test_the_hill_across_the_governorate_border_is_flagged() -> None:
    """The report says Deir-ez-Zor; the hill lies just inside Al-Hasakeh."""
    extraction = next(item for item in seed_extractions() if item.report.id.startswith("004"))
    main = next(incident for incident in extraction.incidents if incident.salience is Salience.MAIN)
    assert main.location is not None
    assert any("Hasakeh" in flag for flag in (*main.flags, *main.location.flags))


@pytest.mark.parametrize("prefix", DAY_UNKNOWN)
def test_no_day_is_invented_for_a_seed_without_metadata(prefix: str) -> None:
    report = next(report for report in seeds() if report.id.startswith(prefix))
    extraction = extract_report(replace(report, published=None), load_reference())
    assert {incident.when.start for incident in extraction.incidents} == {None}


@pytest.mark.shared
def test_the_originals_are_read_as_they_were_coded(originals: list[Report], shared: Path) -> None:
    assert len(originals) == 5
    evaluation = score(originals, read_coded(shared / "seeds" / "gold.jsonl"), load_reference())
    assert evaluation.overall.incidents.recall == 1.0, evaluation.to_text(differences=True)
    assert evaluation.overall.incidents.precision == 1.0, evaluation.to_text(differences=True)
    assert evaluation.overall.within_10km.value == 1.0, evaluation.to_text(differences=True)
    assert evaluation.overall.fully_right.value == 1.0, evaluation.to_text(differences=True)


@pytest.mark.shared
def test_the_originals_without_metadata_get_no_invented_day(originals: list[Report]) -> None:
    extractions = [extract_report(replace(report, published=None), load_reference()) for report in originals]
    days = {report.id[:3]: {incident.date_start for incident in report.incidents} for report in code(extractions)}
    assert {prefix: days[prefix] for prefix in DAY_UNKNOWN} == {prefix: {None} for prefix in DAY_UNKNOWN}


@pytest.mark.shared
def test_the_seeds_copy_nothing(originals: list[Report]) -> None:
    copied = set().union(*(word_runs(report.text) for report in originals))
    assert {report.id: word_runs(report.text) & copied for report in seeds()} == {
        report.id: set() for report in seeds()
    }
