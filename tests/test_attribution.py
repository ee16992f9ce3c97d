"""Who is said to have done it, and in whose voice."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml

from claimatlas.model import Report
from claimatlas.pipeline import extract_report

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "attribution_en.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["says"][:60] for case in CASES])
def test_in_whose_voice_somebody_is_named(case, reference):
    report = Report("r", case["says"], title=case.get("title", ""), published=dt.date(2018, 6, 6))
    (incident,) = extract_report(report, reference).incidents
    assert ([actor.value for actor in incident.actors], incident.attribution.value) == (
        case["actors"],
        case["attribution"],
    )
