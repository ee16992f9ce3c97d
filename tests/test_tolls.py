"""What the statements of one event claim together: each figure once, and nothing added up twice."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml

from claimatlas.model import Report
from claimatlas.pipeline import extract_report

TOLLS = yaml.safe_load((Path(__file__).parent / "cases" / "tolls_en.yml").read_text(encoding="utf-8"))


def extract(text, reference, published=None, title=""):
    return extract_report(Report("r", text, title=title, published=published), reference).incidents


def test_fighters_of_two_sides_are_all_fighters(reference):
    (incident,) = extract("Clashes near Nasib left five rebels and three soldiers dead.", reference)
    assert (incident.totals.killed_min, incident.totals.combatants_killed_min) == (8, 8)


@pytest.mark.parametrize("case", TOLLS, ids=[case["says"][:60] for case in TOLLS])
def test_tolls(case, reference):
    found = extract(case["says"], reference, dt.date(2017, 3, 15), case.get("title", ""))
    tolls = [[i.governorate, i.totals.killed_min, i.totals.killed_max] for i in found]
    assert tolls == case["tolls"]
