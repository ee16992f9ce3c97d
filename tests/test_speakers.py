"""Who is named as the source of a clause, and by what name."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml

from claimatlas.claims import make_claims
from claimatlas.mentions import find_mentions
from claimatlas.model import Report

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "speakers_en.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["says"][:60] for case in CASES])
def test_who_is_the_source_of_a_figure(case, reference):
    report = Report("r", case["says"], published=dt.date(2018, 6, 6))
    statements = make_claims(find_mentions(report, reference))
    assert [s.claimant for s in statements if s.figures] == case["claimants"]
