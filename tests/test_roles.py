"""Who did it, to whom, and who only holds the ground: told by the part in the clause."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from claimatlas.model import Actor
from factories import statements

DOERS = yaml.safe_load((Path(__file__).parent / "cases" / "doers_en.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", DOERS, ids=[case["says"][:60] for case in DOERS])
def test_who_did_it(case, reference):
    agents = {actor for s in statements(case["says"], reference) for actor in s.agents}
    assert agents == {Actor(actor) for actor in case["actors"]}


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Russian air strikes killed five people in Idlib.", ["russia"]),
        ("Five people were killed in Idlib by regime shelling.", ["syrian_government"]),
        ("Five people were killed in Idlib in a raid carried out by Israel.", ["israel"]),
        ("Syrian and Russian warplanes bombed Idlib, killing five.", ["russia", "syrian_government"]),
        ("The strike hit the rebel-held town of Douma and killed five.", []),
        ("The strike hit ISIS positions near Hajin and killed five fighters.", []),
        ("Five ISIS fighters were killed in Hajin.", []),
        ("SANA accused the US-led coalition of killing five people in Hajin.", ["us_led_coalition"]),
        ("The Turkish army said five of its soldiers were killed in Afrin.", []),
        ("A bomb used by nobody killed five in a prison run by the SDF.", []),
        ("Turkish-backed rebels shelled Manbij, killing one.", ["turkish_backed_opposition"]),
        ("Israel said it struck a depot near Damascus, killing one.", ["israel"]),
    ],
)
def test_the_doer_is_told_by_the_part_in_the_sentence(text, actors, reference):
    agents = {actor for s in statements(text, reference) for actor in s.agents}
    assert agents == {Actor(actor) for actor in actors}
