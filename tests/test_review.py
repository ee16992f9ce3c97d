"""A person is asked about doubtful cases, most doubtful first, and every answer is written down at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claimatlas.cli import cli
from claimatlas.decisions import Action, read_decisions
from claimatlas.errors import InputError
from claimatlas.group import group_incidents
from claimatlas.group.file import write_grouping
from claimatlas.model import Actor, Candidate, Extraction
from claimatlas.review import Case, describe_case, find_cases, review_folder
from telling_factory import DUMA, NOVEMBER_3, SHAFAH, tell


def doubtful_pair() -> list[Extraction]:
    next_day = NOVEMBER_3 + dt.timedelta(days=1)
    return [tell("a"), tell("b", killed=14, actors=(), published=next_day, index=1)]


def doubtful_place() -> Extraction:
    extraction = tell("p", place=SHAFAH, killed=40, day=dt.date(2018, 5, 1), published=dt.date(2018, 5, 1))
    telling = extraction.incidents[0]
    assert telling.location is not None
    unsure = replace(telling.location, score=0.55, rejected=(Candidate(DUMA, "Duma", 0.4),))
    return replace(extraction, incidents=(replace(telling, location=unsure),))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_grouping(group_incidents([*doubtful_pair(), doubtful_place()]), tmp_path)
    return tmp_path


def review(folder: Path, *lines: str) -> Result:
    result = CliRunner().invoke(
        cli, ["review", str(folder), "--by", "Rana"], input="".join(f"{line}\n" for line in lines)
    )
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def test_cases_come_most_doubtful_first(folder: Path) -> None:
    cases = find_cases(folder, read_decisions(folder / "decisions.yml"))
    assert {case.kind for case in cases} == {"same", "place"}
    assert [abs(case.score - 0.5) for case in cases] == sorted(abs(case.score - 0.5) for case in cases)


def answers_for(folder: Path, same: list[str], place: list[str]) -> list[str]:
    cases = find_cases(folder, read_decisions(folder / "decisions.yml"))
    return [line for case in cases for line in (same if case.kind == "same" else place)]


def test_answers_become_decisions_that_hold_on_the_next_run(folder: Path) -> None:
    result = review(folder, *answers_for(folder, ["s", "One market"], ["1", "The old name"]))
    assert "2 decisions written" in result.output
    decisions = read_decisions(folder / "decisions.yml")
    assert {decision.action for decision in decisions.items} == {Action.MERGE, Action.PLACE}
    assert all((decision.by, decision.on) == ("Rana", dt.date.today()) for decision in decisions.items)
    grouping = group_incidents([*doubtful_pair(), doubtful_place()], decisions)
    assert sorted(len(incident.tellings) for incident in grouping.incidents) == [1, 2]
    assert any(incident.location and incident.location.place == DUMA for incident in grouping.incidents)
    assert not grouping.issues


def test_decided_cases_are_not_asked_again(folder: Path) -> None:
    review(folder, *answers_for(folder, ["d", "Two streets"], ["k", "Right"]))
    assert "No doubtful case is left" in review(folder).output


def test_quitting_keeps_what_was_decided(folder: Path) -> None:
    cases = find_cases(folder, read_decisions(folder / "none"))
    first = ["s", "why"] if cases[0].kind == "same" else ["1", "why"]
    review(folder, *first, "q")
    assert len(read_decisions(folder / "decisions.yml").items) == 1


def test_an_input_that_ends_keeps_what_was_decided(folder: Path) -> None:
    cases = find_cases(folder, read_decisions(folder / "none"))
    result = review(folder, *(["s", "why"] if cases[0].kind == "same" else ["1", "why"]))
    assert "1 decision written" in result.output
    assert "Aborted" not in result.output


def test_skipping_writes_nothing(folder: Path) -> None:
    assert "nothing written" in review(folder, "n", "n").output
    assert not (folder / "decisions.yml").exists()


def test_nonsense_is_asked_again(folder: Path) -> None:
    assert "“xyz” is none of the choices" in review(folder, "xyz", "q").output


def test_coordinates_actor_discount_ignore_and_remark(tmp_path: Path) -> None:
    for number, (lines, action) in enumerate(
        (
            (["c", "34.7", "40.9", "300", "Bridge", "Seen"], Action.PLACE),
            (["a", "martians", "russia isis", "Serial"], Action.ACTOR),
            (["i", "Fighters"], Action.DISCOUNT),
            (["g", "Film"], Action.IGNORE),
            (["r", "Remark"], Action.NOTE),
        )
    ):
        folder = tmp_path / str(number)
        write_grouping(group_incidents([doubtful_place()]), folder)
        review(folder, *lines)
        (decision,) = read_decisions(folder / "decisions.yml").items
        assert decision.action is action
        if action is Action.PLACE:
            assert (decision.latitude, decision.radius_m, decision.name) == (34.7, 300, "Bridge")
        if action is Action.ACTOR:
            assert decision.actors == (Actor.ISIS, Actor.RUSSIA)


def test_a_case_of_two_asks_which_telling_is_meant(tmp_path: Path) -> None:
    write_grouping(group_incidents(doubtful_pair()), tmp_path)
    review(tmp_path, "g", "2", "A film set")
    (decision,) = read_decisions(tmp_path / "decisions.yml").items
    assert len(decision.anchors) == 1


def test_a_folder_without_grouping_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="claimatlas map"):
        review_folder(tmp_path, tmp_path / "decisions.yml", "Rana")


def test_a_case_is_told_in_words() -> None:
    telling = {"report": "a", "words": "12\n killed", "start": 0, "day": None, "place": None, "kind": "clash",
               "killed": [None, None], "actors": []}  # fmt: skip
    text = describe_case(Case("same", 0.42, False, ("same place",), (telling, {**telling, "killed": [2, 5]})))
    assert "Is this one event? (42% probable; kept apart)" in text
    assert "day unknown, place unknown, clash, no figure, nobody named" in text
    assert "2–5 killed" in text
    assert "…12 killed…" in text
