"""Which figures of victims a clause gives, what became of them, and which are parts of others."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from claimatlas.claims.figures import find_figures
from claimatlas.mentions import find_mentions
from claimatlas.model import Report
from factories import statements

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "figures.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["says"][:40] for case in CASES])
def test_figures(case, reference):
    if case["figures"] == [] and "could" in case["says"]:
        found = [figure for s in statements(case["says"], reference) for figure in s.figures]
        assert found == []
        return
    mentions = find_mentions(Report("r", case["says"]), reference)
    found = [
        [outcome.value, figure.victims.value, figure.min, figure.max, *(["part"] if figure.part else [])]
        for figure in find_figures(mentions, 0, len(mentions.tokens))
        for outcome in figure.outcomes
    ]
    assert found == case["figures"]
