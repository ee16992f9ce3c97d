"""Grouping on whole reports: cases anyone can add to, and the corpus of linked reports where it lies beside us."""

from __future__ import annotations

import itertools
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from claimatlas.group import group_incidents
from claimatlas.importers import import_file
from claimatlas.model import Extraction, Incident, Report
from claimatlas.pipeline import extract_report, extract_reports, load_reference, read_reports

CASES = sorted((Path(__file__).parent / "cases" / "grouping").glob("*.yml"))
# Pairs of reports that share an incident. Raise them when grouping improves; they are not lowered silently.
MIN_PRECISION = 0.83
MIN_RECALL = 0.54


def read_case(path: Path) -> tuple[list[Extraction], list[dict[str, Any]]]:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    reference = load_reference()
    return [extract_report(Report(**report), reference) for report in case["reports"]], case["expected"]


def describe(incident: Incident, expected: dict[str, Any]) -> dict[str, Any]:
    """The incident in the words of the case: only what the case speaks of."""
    said = {
        "reports": sorted(incident.report_ids),
        "n_sources": incident.n_sources,
        "grading": incident.grading.value,
        "killed": [incident.totals.killed_min, incident.totals.killed_max],
        "civilians": [incident.totals.civilians_killed_min, incident.totals.civilians_killed_max],
    }
    return {key: said[key] for key in expected}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    extractions, expected = read_case(path)
    incidents = {tuple(sorted(one.report_ids)): one for one in group_incidents(extractions).incidents}
    assert sorted(incidents) == sorted(tuple(sorted(one["reports"])) for one in expected)
    for one in expected:
        assert describe(incidents[tuple(sorted(one["reports"]))], one) == {**one, "reports": sorted(one["reports"])}


@pytest.mark.shared
def test_linked_reports_reach_their_floors(shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMATLAS_DATA", str(tmp_path))
    import_file("cod", shared / "reference" / "syr_admin4_places.csv", tmp_path)
    corpus = shared / "corpora" / "linked-dev.jsonl"
    documented: defaultdict[str, set[str]] = defaultdict(set)
    for row in map(json.loads, corpus.read_text(encoding="utf-8").splitlines()):
        for incident in row["gold"]:
            documented[incident["code"]].add(row["id"])
    extractions = [
        item
        for item in extract_reports(read_reports([corpus]), store=tmp_path, processes=1)
        if isinstance(item, Extraction)
    ]
    found = pairs_of(set(incident.report_ids) for incident in group_incidents(extractions).incidents)
    true = pairs_of(documented.values())
    assert len(found & true) / len(found) >= MIN_PRECISION
    assert len(found & true) / len(true) >= MIN_RECALL


def pairs_of(groups: Any) -> set[tuple[str, str]]:
    return {pair for group in groups for pair in itertools.combinations(sorted(group), 2)}
