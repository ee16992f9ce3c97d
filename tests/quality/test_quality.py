"""The quality gate: 130 reports of our own, coded by the codebook, with pinned floors.

The pipeline runs with the curated gazetteer alone. Floors stand in `floors.yml`, slightly under what is reached; raise
them after an improvement. Whoever changes the corpus must pin its digest anew and thereby look at the floors.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from claimatlas.coding import read_coded
from claimatlas.evaluate import Evaluation
from claimatlas.reference import load_reference
from scoring import below_floors, digest, load_texts, score

HERE = Path(__file__).parent


@cache
def floors() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((HERE / "floors.yml").read_text(encoding="utf-8"))
    return loaded


@cache
def evaluation() -> Evaluation:
    return score(load_texts(HERE / "reports.jsonl"), read_coded(HERE / "gold.jsonl"), load_reference())


def test_the_corpus_is_the_one_the_floors_were_set_with() -> None:
    pinned = floors()["corpus"]
    assert {name: digest(HERE / name) for name in pinned} == pinned, (
        "The corpus was changed: measure again, set the floors, and pin the new digests in floors.yml."
    )


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_figure_falls_below_its_floor(language: str) -> None:
    figures = evaluation().by_language[language].to_dict()
    faults = below_floors(figures, floors()[language])
    assert not faults, "\n".join([*faults, "", evaluation().to_text(differences=True)])
