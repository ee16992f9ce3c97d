"""Golden readings in tests/cases/descriptions.yml; anyone can add to them."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from claimatlas.geocode.descriptions import english_bearing, read_description

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "descriptions.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["description"])
def test_descriptions_are_read_as_people_read_them(case: dict[str, Any]) -> None:
    read = [
        {"names": list(s.names), "relation": s.relation, "bearing": s.bearing, "km": s.km, "joint": s.joint}
        for s in read_description(case["text"])
    ]
    empty = {"relation": "", "bearing": None, "km": None, "joint": ""}
    wanted = [{**empty, **segment} for segment in case["segments"]]
    for segment in read:
        segment["km"] = None if segment["km"] is None else round(segment["km"], 2)
    assert read == wanted


@pytest.mark.parametrize(
    ("words", "degrees"), [("north", 0), ("Northern", 0), ("south-western", 225), ("SOUTHEAST", 135), (None, None)]
)
def test_directions_are_degrees_from_north(words: str | None, degrees: float | None) -> None:
    assert english_bearing(words) == degrees


@pytest.mark.parametrize("text", ["", " ", ",,,", "()", "[x]", "near", "قرب", "::", "and", "5 km", "\u200f", "-"])
def test_rubbish_gives_no_names_or_itself(text: str) -> None:
    for segment in read_description(text):
        assert all(name.strip() for name in segment.names)


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    for segment in read_description(text):
        assert segment.names
