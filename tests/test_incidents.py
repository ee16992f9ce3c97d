"""Which statements of a report are one incident, and what they say of it together."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml

from claimatlas.model import Report, Stance
from claimatlas.pipeline import extract_report

FOLDER = Path(__file__).parent / "cases"
CASES = [
    case
    for name in (
        "incidents_en.yml",
        "news_en.yml",
        "roundups_en.yml",
        "continuations_en.yml",
        "articles_en.yml",
        "recent_en.yml",
        "monitors_en.yml",
    )
    for case in yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
]


def extract(text, reference, published=None, title=""):
    return extract_report(Report("r", text, title=title, published=published), reference).incidents


def values(incident):
    """An incident in the words of the cases."""
    totals = incident.totals
    return {
        "type": incident.event_type.value,
        "date": incident.when.start,
        "place": incident.places[0].name if incident.places else None,
        "governorate": incident.governorate,
        "actors": [actor.value for actor in incident.actors],
        "attribution": incident.attribution.value,
        "killed": [totals.killed_min, totals.killed_max],
        "injured": [totals.injured_min, totals.injured_max],
        "salience": incident.salience.value,
        "claimants": sorted({claim.claimant for claim in incident.casualty_claims}),
    }


@pytest.mark.parametrize("case", CASES, ids=[case["description"] for case in CASES])
def test_incidents(case, reference):
    found = [values(i) for i in extract(case["text"], reference, case.get("published"), case.get("title", ""))]
    assert len(found) == len(case["incidents"]), found
    for expected, incident in zip(case["incidents"], found, strict=True):
        assert {key: incident[key] for key in expected} == expected


def test_every_incident_has_a_claim_whose_quote_stands_in_the_report(reference):
    for case in CASES:
        report = Report("r", case["text"], title=case.get("title", ""), published=case.get("published"))
        for incident in extract_report(report, reference).incidents:
            assert incident.claims
            for claim in incident.claims:
                field = report.title if claim.quote.field == "title" else report.text
                assert field[claim.quote.start : claim.quote.end] == claim.quote.text


def test_a_denial_is_a_claim_of_its_own(reference):
    text = (
        "An air strike on a school in Mansoura killed at least 33 people on Tuesday, activists said. SANA blamed the "
        "US-led coalition for the strike. The coalition denied that its aircraft had bombed the school."
    )
    (incident,) = extract(text, reference, dt.date(2017, 3, 22))
    assert Stance.DENIES in {claim.stance for claim in incident.claims}


def test_a_weekday_without_a_day_to_count_from_keeps_its_words_and_a_bound(reference):
    text = "Warplanes bombed the town of Hajin on Friday, killing six people. The town was taken on 14 December 2017."
    when = extract(text, reference)[0].when
    assert when.start is None
    assert when.words is not None
    assert when.not_before == dt.date(2017, 12, 14)


def test_a_place_nobody_knows_is_kept_and_said_to_be_unknown(reference):
    report = Report("r", "A mine killed two farmers in the village of Qwxzyt on 3 May 2019.")
    extraction = extract_report(report, reference)
    (incident,) = extraction.incidents
    assert [place.name for place in incident.places] == ["Qwxzyt"]
    assert incident.location is None
    assert [issue.kind for issue in extraction.issues] == ["place_unknown"]


def test_the_same_report_gives_the_same_extraction(reference):
    report = Report("r", CASES[0]["text"], title=CASES[0]["title"], published=CASES[0]["published"])
    assert extract_report(report, reference) == extract_report(report, reference)


@pytest.mark.parametrize(
    "text",
    [
        # Two weekdays are two days, though nobody knows which.
        "Air strikes on a village in Hasakah killed 23 civilians on Tuesday. A missile attack in northern Syria on "
        "Sunday killed 13 soldiers.",
        # What was last month is not what the report is about.
        "An air strike on Hajin last Thursday killed 28 civilians. Last month dozens of soldiers were killed in an "
        "attack near Abu Kamal.",
    ],
)
def test_days_told_differently_are_two_incidents_when_no_day_is_known(reference, text):
    first, second = extract(text, reference)
    assert first.when.start is None
    assert second.when.start is None
    assert first.totals.killed_min != second.totals.killed_min


def test_the_day_of_another_event_is_no_bound(reference):
    text = (
        "Shelling of Nawa on Sunday killed 13 soldiers, residents of the town told reporters. "
        "Strikes on Hajin on Tuesday, 1 May 2018, killed 23 civilians."
    )
    days = {i.places[0].name: (i.when.start, i.when.not_before) for i in extract(text, reference)}
    assert days == {"Hajin": (dt.date(2018, 5, 1), None), "Nawa": (None, dt.date(2018, 4, 25))}


def test_a_deal_that_is_struck_is_no_strike(reference):
    text = "Damascus also told the United Nations that the coalition was striking bargains with ISIS in Raqqa."
    assert extract(text, reference, dt.date(2018, 1, 5)) == ()


def test_an_assault_of_a_year_is_a_campaign(reference):
    text = "Shelling killed two people in Hajin. The 2017 assault on Raqqa killed hundreds of civilians."
    assert [incident.places[0].name for incident in extract(text, reference)] == ["Hajin"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Militants abducted 25 young men from the village of Mohassan over the weekend, residents said.", "Mohassan"),
        ("A medic at Kobani hospital said a woman was shot dead near the village of Siftek.", "Siftek"),
        ("Raids killed 14 fighters at posts near the Iraqi frontier at Albukamal.", "Albukamal"),
        ("A coalition raid on a ferry on the Euphrates near al-Suwaydiya, west of Raqqa, killed ten.", "al-Suwaydiya"),
    ],
)
def test_the_scene_is_where_it_happened(reference, text, place):
    (incident,) = extract(text, reference)
    assert incident.places[0].name == place
    assert incident.location is not None


def test_an_event_told_in_hundreds_of_sentences_has_the_toll_of_the_last(reference):
    text = "Shelling hit Hajin. " * 150 + "The shelling of Hajin killed seven people, activists said."
    (incident,) = extract(text, reference, dt.date(2018, 3, 5))
    assert (incident.totals.killed_min, incident.places[0].name) == (7, "Hajin")
    assert [claim.claimant for claim in incident.casualty_claims] == ["activists"]


def test_each_line_of_a_long_list_is_an_event(reference):
    syllables = ("Ba", "Du", "Fi", "Ha", "Ka", "Li", "Mu", "Na", "Ru", "Sa")
    names = [f"{first}{second.lower()}n" for first in syllables for second in syllables]
    text = " ".join(f"Shelling hit the village of {name} and wounded two people." for name in names)
    found = extract(text, reference, dt.date(2018, 3, 5))
    assert [incident.places[0].name for incident in found] == names


CUT_OFF = [
    "Shelling killed six in Ariha. Russia denied Turkish claims by a monitor that it had bombed the town.",
    "Turkey accused Moscow and Damascus of deliberately bombing Ariha, two days after a raid killed nine in Binnish.",
    "No shells fell on Azaz; a car bomb killed three in al-Bab, blamed by the army on fighters responsible for",
]


@pytest.mark.parametrize("text", CUT_OFF, ids=["denied", "accused", "blamed"])
def test_a_report_may_end_behind_any_word(reference, text):
    words = text.split()
    for length in range(1, len(words) + 1):
        shortened = " ".join(words[:length])
        for incident in extract(shortened, reference, dt.date(2021, 3, 5)):
            assert all(shortened[c.quote.start : c.quote.end] == c.quote.text for c in incident.claims)
