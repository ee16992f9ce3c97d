"""The scorer: what it counts, what it excuses, and what it says about broken files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from claimatlas.coding import read_coded
from claimatlas.errors import InputError
from claimatlas.evaluate import Evaluation, evaluate


def incident(**changes: Any) -> dict[str, Any]:
    """An air strike on Ariha with five killed, changed as told."""
    base: dict[str, Any] = {
        "salience": "main",
        "event_type": "airstrike",
        "date_start": "2019-07-23",
        "date_end": "2019-07-23",
        "places": [{"name": "Ariha", "governorate": "Idleb"}],
        "governorate": "Idleb",
        "lat": 35.814,
        "lon": 36.61,
        "actors": ["syrian_government"],
        "attribution": "reported",
        "claims": [
            {"claimant": "SOHR", "outcome": "killed", "victims": "civilians", "min": 5, "max": 5, "quote": "five"}
        ],
        "killed_min": 5,
        "killed_max": 5,
        "civilians_killed_min": 5,
        "civilians_killed_max": 5,
    }
    return base | changes


def run(tmp_path: Path, gold: list[Any], pred: list[Any], lang: str = "en") -> Evaluation:
    """Score the incidents of one report against the coded ones."""
    files = []
    for name, incidents in (("gold", gold), ("pred", pred)):
        path = tmp_path / f"{name}.jsonl"
        path.write_text(json.dumps({"id": "r1", "lang": lang, "incidents": incidents}) + "\n", encoding="utf-8")
        files.append(path)
    return evaluate(*files)


def test_the_same_incidents_agree_in_everything(tmp_path: Path) -> None:
    other = incident(places=[], governorate=None, lat=None, lon=None, date_start=None, killed_min=None, claims=[])
    scores = run(tmp_path, [incident(), other], [other, incident()]).overall
    assert scores.incidents.f1 == 1.0
    assert all(share.value == 1.0 for share in scores.fields.values())
    assert (scores.within_10km.value, scores.claims.f1, scores.fully_right.value) == (1.0, 1.0, 1.0)


def test_every_field_that_differs_is_told_with_both_values(tmp_path: Path) -> None:
    wrong = incident(actors=["russia"], killed_min=6, killed_max=6, attribution="accused")
    evaluation = run(tmp_path, [incident()], [wrong])
    told = {difference.what: (difference.coded, difference.extracted) for difference in evaluation.differences}
    assert told["actors"] == ("syrian_government", "russia")
    assert told["killed_min"] == ("5", "6")
    assert told["attribution"] == ("reported", "accused")
    assert evaluation.overall.fully_right.value == 0.0
    assert "r1: airstrike at Ariha, 2019-07-23: actors: coded syrian_government, extracted russia" in (
        evaluation.to_text(differences=True)
    )


def test_missed_and_extra_incidents_lower_recall_and_precision(tmp_path: Path) -> None:
    elsewhere = incident(
        places=[{"name": "Tafas"}], governorate="Dar'a", lat=32.74, lon=36.07, date_start="2020-01-01", killed_min=40
    )
    evaluation = run(tmp_path, [incident()], [elsewhere])
    assert (evaluation.overall.incidents.precision, evaluation.overall.incidents.recall) == (0.0, 0.0)
    assert [difference.what for difference in evaluation.differences] == ["missed", "extra"]


def test_a_coded_background_incident_excuses_an_extracted_one(tmp_path: Path) -> None:
    recalled = incident(salience="background", date_start="2019-05-01", killed_min=9)
    found = recalled | {"salience": "main"}
    assert run(tmp_path, [incident(), recalled], [incident(), found]).overall.incidents.precision == 1.0
    assert run(tmp_path, [incident()], [incident(), found]).overall.incidents.precision == 0.5


def test_an_extracted_background_incident_is_not_counted(tmp_path: Path) -> None:
    assert run(tmp_path, [], [incident(salience="background")]).overall.incidents.extra == 0


def test_night_strikes_may_be_dated_to_either_day(tmp_path: Path) -> None:
    assert run(tmp_path, [incident()], [incident(date_start="2019-07-24")]).overall.fields["date_start"].value == 1.0
    assert run(tmp_path, [incident()], [incident(date_start="2019-07-25")]).overall.fields["date_start"].value == 0.0
    assert run(tmp_path, [incident()], [incident(date_start=None)]).overall.fields["date_start"].value == 0.0


def test_a_near_point_excuses_the_neighbouring_governorate(tmp_path: Path) -> None:
    beside = incident(governorate="Hama")
    assert run(tmp_path, [incident()], [beside]).overall.fields["governorate"].value == 1.0
    assert run(tmp_path, [incident()], [beside | {"lat": None}]).overall.fields["governorate"].value == 0.0


def test_only_fighters_died_is_no_civilians(tmp_path: Path) -> None:
    coded, extracted = incident(civilians_killed_min=None), incident(civilians_killed_min=0)
    assert run(tmp_path, [coded], [extracted]).overall.fields["civilians_killed_min"].value == 1.0


def test_places_match_across_spellings_of_the_article(tmp_path: Path) -> None:
    coded = incident(places=[{"name": "al-Bab"}], lat=None, lon=None, governorate=None)
    extracted = incident(places=[{"name": "Al Bab"}], lat=None, lon=None, governorate=None)
    assert run(tmp_path, [coded], [extracted]).overall.incidents.found == 1


def test_a_claim_without_a_figure_is_no_claim(tmp_path: Path) -> None:
    vague = {"claimant": "SOHR", "outcome": "injured", "victims": "people", "min": None, "max": None}
    zero = {"claimant": "SOHR", "outcome": "killed", "victims": "people", "min": 0, "max": 0}
    scores = run(tmp_path, [incident(claims=[])], [incident(claims=[vague, zero])]).overall
    assert (scores.claims.found, scores.claims.missed, scores.claims.extra) == (0, 0, 0)


def test_whose_claim_it_is_counts_in_its_own_figure_only(tmp_path: Path) -> None:
    claim = {"claimant": "SANA", "outcome": "killed", "victims": "civilians", "min": 5, "max": 5}
    scores = run(tmp_path, [incident()], [incident(claims=[claim])]).overall
    assert (scores.claims.f1, scores.claims_with_claimant.f1) == (1.0, 0.0)


def test_a_missed_incident_misses_its_claims_and_is_not_fully_right(tmp_path: Path) -> None:
    scores = run(tmp_path, [incident()], []).overall
    assert (scores.claims.missed, scores.fully_right.value) == (1, 0.0)


def test_points_are_compared_over_the_pairs(tmp_path: Path) -> None:
    near, far, unknown = incident(lat=35.85), incident(lat=36.2), incident(lat=None, lon=None)
    assert run(tmp_path, [incident()], [near]).overall.within_10km.value == 1.0
    assert run(tmp_path, [incident()], [far]).overall.within_10km.value == 0.0
    assert run(tmp_path, [incident()], [unknown]).overall.within_10km.value == 0.0
    assert run(tmp_path, [incident()], []).overall.within_10km.counted == 0
    assert run(tmp_path, [unknown], [near]).overall.within_10km.counted == 0


def test_a_coded_report_that_was_not_extracted_counts_as_missed(tmp_path: Path) -> None:
    gold, pred = tmp_path / "gold.jsonl", tmp_path / "pred.jsonl"
    gold.write_text(json.dumps({"id": "r1", "incidents": [incident()]}), encoding="utf-8")
    pred.write_text(json.dumps({"id": "other", "incidents": [incident()]}), encoding="utf-8")
    evaluation = evaluate(gold, pred)
    assert (evaluation.overall.incidents.missed, evaluation.not_coded) == (1, 1)
    assert evaluation.differences[0].what == "report missing"
    assert "1 extracted report nobody coded" in evaluation.to_text()
    assert "do they call the reports by the same ids?" in evaluation.to_text()


def test_a_figure_over_nothing_is_no_figure(tmp_path: Path) -> None:
    rows = dict(line.rsplit(None, 1) for line in run(tmp_path, [incident()], []).to_text().splitlines()[1:] if line)
    assert rows["incidents: recall"] == "0.000"
    assert rows["incidents: precision"] == rows["governorate right"] == "-"


def test_figures_are_given_for_each_language(tmp_path: Path) -> None:
    gold, pred = tmp_path / "gold.jsonl", tmp_path / "pred.jsonl"
    coded = [{"id": "a", "lang": "ar", "incidents": [incident()]}, {"id": "e", "lang": "en", "incidents": []}]
    gold.write_text("\n".join(map(json.dumps, coded)), encoding="utf-8")
    pred.write_text(json.dumps({"id": "e", "lang": "en", "incidents": []}) + "\n\n", encoding="utf-8")
    figures = evaluate(gold, pred).to_dict()
    assert figures["by_language"]["ar"]["incidents"]["recall"] == 0.0
    assert figures["by_language"]["en"]["incidents"]["recall"] == 1.0
    assert figures["overall"]["reports"] == 2


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "line 2 is not a coded report"),
        ('{"incidents": []}', "missing required field `id`"),
        ('{"id": "x", "incidents": [{"event_type": "bombing"}]}', "Invalid enum value 'bombing'"),
        ('{"id": "x", "incidents": [{"event_type": "other", "date_start": "Tuesday"}]}', "date_start"),
        ('{"id": "r1"}', "the id r1 stands there twice"),
    ],
)
def test_a_faulty_line_is_named(tmp_path: Path, line: str, complaint: str) -> None:
    path = tmp_path / "coded.jsonl"
    path.write_text('{"id": "r1"}\n' + line, encoding="utf-8")
    with pytest.raises(InputError, match=r"coded\.jsonl") as caught:
        read_coded(path)
    assert complaint in str(caught.value)


def test_without_coded_reports_there_is_nothing_to_score(tmp_path: Path) -> None:
    """Shares of nothing are 1.0, which would look like a perfect score."""
    gold, pred = tmp_path / "gold.jsonl", tmp_path / "pred.jsonl"
    gold.write_text("\n", encoding="utf-8")
    pred.write_text('{"id": "r1"}\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"gold\.jsonl holds no coded reports"):
        evaluate(gold, pred)


def test_a_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "coded.jsonl"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="UTF-8"):
        read_coded(path)
