"""Who is said to have done it, and in whose voice."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml

from claimatlas.model import Report, Stance
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


@pytest.mark.parametrize(
    ("says", "denied", "blamed"),
    [
        ("Rebel leaders denied firing at the town and blamed the army.", "opposition", "syrian_government"),
        (
            "The rebels denied responsibility and accused the army of shelling the town.",
            "opposition",
            "syrian_government",
        ),
        ("Damascus denied that government forces had shelled Mhardeh.", "syrian_government", None),
    ],
)
def test_who_denies_a_deed_and_blames_another_says_both(says, denied, blamed, reference):
    text = f"Shells killed nine people in Mhardeh on Tuesday. Residents blamed the rebels, others the army. {says}"
    (incident,) = extract_report(Report("r", text, published=dt.date(2018, 6, 6)), reference).incidents
    told = [(claim.stance, [a.value for a in claim.actors]) for claim in incident.claims if claim.quote.text in says]
    assert told == [(Stance.DENIES, [denied]), *([(Stance.ASSERTS, [blamed])] if blamed else [])]


@pytest.mark.parametrize(
    "says",
    [
        "SANA blamed rebels, who rejected the accusation.",
        "SANA accused the rebels of the attack, which they denied.",
    ],
)
def test_who_is_blamed_denies_and_not_who_blames(says, reference):
    text = f"Shelling killed five people in Mhardeh on Monday. {says}"
    (incident,) = extract_report(Report("r", text, published=dt.date(2018, 6, 6)), reference).incidents
    told = {(claim.claimant == "SANA", claim.stance, claim.actors) for claim in incident.claims if claim.actors}
    assert told == {(False, Stance.DENIES, ("opposition",)), (True, Stance.ASSERTS, ("opposition",))}


def test_who_denies_the_deed_of_an_ally_does_not_lay_it_to_him(reference):
    text = (
        "Russian jets killed nine people in Saraqib on Tuesday, residents said. Damascus denied that Russian planes "
        "had bombed the town."
    )
    (incident,) = extract_report(Report("r", text, published=dt.date(2018, 6, 6)), reference).incidents
    (denial,) = [claim for claim in incident.claims if "denied" in claim.quote.text]
    assert (denial.stance, denial.actors) == (Stance.DENIES, ("russia",))


def test_an_outlet_that_tells_of_a_denial_does_not_deny(reference):
    text = "نفت هيئة تحرير الشام قصف مدينة محردة يوم الثلاثاء الذي أدى إلى مقتل تسعة مدنيين، واتهمت قوات النظام بالقصف."
    report = Report("r", text, lang="ar", published=dt.date(2018, 6, 6))
    (incident,) = extract_report(report, reference).incidents
    (denial,) = [claim for claim in incident.claims if claim.stance is Stance.DENIES]
    assert denial.claimant != "outlet"
    assert denial.actors == ("hts_nusra",)
