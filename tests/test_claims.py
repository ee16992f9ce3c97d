"""Who says that how many of whom suffered what, by whose deed: figures, speakers, doers and places of one sentence."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml

from claimatlas.claims import OUTLET, make_claims
from claimatlas.figures import find_figures
from claimatlas.mentions import find_mentions
from claimatlas.model import Actor, Report
from claimatlas.pipeline import load_reference

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "figures.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def reference():
    return load_reference()


def statements(text, reference, publisher=None):
    report = Report("r", text, publisher=publisher, published=dt.date(2018, 6, 6))
    return make_claims(find_mentions(report, reference))


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


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        ("Four people were killed in Homs, the Syrian Observatory for Human Rights said.", "SOHR"),
        ("According to SANA, four people were killed in Homs.", "SANA"),
        ("Four people were killed in Homs, local sources told Reuters on Monday.", "local sources"),
        ('"Four people were killed in Homs," said Rami Abdel Rahman.', "SOHR"),
        ("Four people were killed in Homs.", OUTLET),
        ("The Russian Defence Ministry said its jets killed 40 militants near Palmyra.", "Russian Defence Ministry"),
        ("Four people were killed in Homs, Adel Hamwi told a local radio.", "Adel Hamwi"),
    ],
)
def test_who_says_so(text, claimant, reference):
    assert [s.claimant for s in statements(text, reference) if s.figures] == [claimant]


def test_pronouns_and_the_group_mean_the_last_one_named(reference):
    text = (
        "The White Helmets said a raid hit Idlib. Three people were killed, the group added. They said two are missing."
    )
    assert {s.claimant for s in statements(text, reference) if s.figures} == {"White Helmets"}


def test_a_source_on_its_own_site_is_the_outlet(reference):
    text = "SOHR activists reported that four people were killed in Homs."
    assert {s.claimant for s in statements(text, reference, "www.syriahr.com") if s.figures} == {OUTLET}


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


@pytest.mark.parametrize(
    ("text", "scenes"),
    [
        ("A bomb killed two in the town of Azaz.", ["Azaz"]),
        ("Activists in Idlib and families from Homs said a bomb killed two in Azaz.", ["Idlib", "Azaz"]),
        ("A Homs-based activist said a bomb killed two in Azaz.", ["Azaz"]),
        ("A bomb killed two people who had fled from Homs in Azaz.", ["Azaz"]),
        ("A bomb killed Ahmad Idlibi in the village of Tal Qweqwe.", ["Tal Qweqwe"]),
        ("According to Damascus, a bomb killed two in Azaz.", ["Azaz"]),
    ],
)
def test_only_places_tied_to_the_deed_can_be_its_scene(text, scenes, reference):
    assert [p.name for s in statements(text, reference) for p in s.places if p.event] == scenes


def test_the_day_of_the_statement_is_not_that_of_the_deed(reference):
    (statement,) = statements("A bomb on Sunday killed two in Azaz, activists said on Tuesday.", reference)
    assert statement.date is not None
    assert statement.said_date is not None
    assert (statement.date.start_day, statement.said_date.start_day) == (dt.date(2018, 6, 3), dt.date(2018, 6, 5))


def test_boilerplate_and_diplomacy_yield_no_statement_of_a_deed(reference):
    text = "Ministers met in Geneva to discuss a new constitution for the country.\n\nSubscribe to our newsletter"
    assert not any(s.figures or s.deeds for s in statements(text, reference))
