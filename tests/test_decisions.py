"""`decisions.yml` says what a person decided, who, when and why; its faults are told all at once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from claimatlas.decisions import (
    NO_DECISIONS,
    Action,
    Anchor,
    Decision,
    Decisions,
    add_decisions,
    read_decisions,
    write_decisions,
)
from claimatlas.errors import DecisionError, OutputError
from claimatlas.model import Actor

ON = dt.date(2026, 11, 21)
HERE = Anchor("report-1", "قتل 12 مدنيا: “quoted”", 17)
THERE = Anchor(incident_id="i-0123456789ab")


def every_kind() -> Decisions:
    return Decisions(
        (
            Decision(Action.MERGE, (HERE, THERE), "Rana", ON, "Same: the video shows it."),
            Decision(Action.SPLIT, (HERE, Anchor("b")), "Rana", ON, "Two streets"),
            Decision(Action.PLACE, (HERE,), "Rana", ON, "Sign on the wall", latitude=34.5, longitude=40.9, radius_m=80,
                     name="السوسة", place_id="ca:soussa"),
            Decision(Action.ACTOR, (HERE,), "Rana", ON, "Serial no.", actors=(Actor.RUSSIA, Actor.SYRIAN_GOVERNMENT)),
            Decision(Action.DISCOUNT, (HERE,), "Rana", ON, "Fighters"),
            Decision(Action.IGNORE, (THERE,), "Rana", ON, "A film set"),
            Decision(Action.NOTE, (HERE,), "Rana", ON, "See the annex"),
        )
    )  # fmt: skip


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_every_kind_survives_writing_and_reading(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yml"
    write_decisions(every_kind(), path)
    assert read_decisions(path).items == every_kind().items
    assert [entry.name for entry in tmp_path.iterdir()] == ["decisions.yml"]


def test_no_file_and_an_empty_file_hold_no_decisions(tmp_path: Path) -> None:
    assert read_decisions(tmp_path / "none.yml") is NO_DECISIONS
    assert read_decisions(write(tmp_path / "a.yml", "")).items == ()
    assert read_decisions(write(tmp_path / "b.yml", "decisions:\n")).items == ()


def test_adding_keeps_what_was_decided(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yml"
    first, *rest = every_kind().items
    add_decisions(path, [first])
    assert add_decisions(path, rest).items == every_kind().items


def test_a_faulty_file_is_not_added_to(tmp_path: Path) -> None:
    path = write(tmp_path / "decisions.yml", "decisions: [oops]")
    with pytest.raises(DecisionError):
        add_decisions(path, every_kind().items)
    assert path.read_text(encoding="utf-8") == "decisions: [oops]"


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = """
decisions:
  - {action: shout, tellings: [], by: R, when: 2026-11-21, why: w}
  - {action: merge, tellings: [{report: a}], by: R, when: 2026-11-21, why: w}
  - {action: note, tellings: [{report: a, incident: b}], when: soon, why: ""}
  - {action: actor, tellings: [{report: a}], by: R, when: 2026-11-21, why: w, actors: [martians]}
  - {action: place, tellings: [{report: a}], by: R, when: 2026-11-21, why: w,
     latitude: 136.2, longitude: x, radius_m: 0}
  - {action: note, tellings: [{report: a, start: x}], by: R, when: 2026-11-21, why: w, colour: red}
  - nonsense
"""
    with pytest.raises(DecisionError) as caught:
        read_decisions(write(tmp_path / "decisions.yml", text))
    message = str(caught.value)
    for part in (
        "decision 1: action is 'shout'", "decision 2: merge needs at least 2", "decision 3: a telling is",
        "decision 3: “by” is missing", "“when” must be a day", "decision 4: “actors”", "136.2", "“longitude”",
        "“radius_m”",
        "decision 6: note has no colour", "“start” must be", "decision 7 is not a set of keys",
    ):  # fmt: skip
        assert part in message


@pytest.mark.parametrize("text", ["- a\n- b", "decisions: 5", "x: [", "decisions: {a: b}"])
def test_what_is_no_decisions_file_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(DecisionError, match=r"decisions\.yml"):
        read_decisions(write(tmp_path / "decisions.yml", text))


def test_a_slip_in_the_yaml_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(DecisionError, match=r"cannot be read as YAML in UTF-8 \(line 3: .*\); correct it\.$") as error:
        read_decisions(write(tmp_path / "decisions.yml", "decisions:\n  - {action: merge\n"))
    assert "\n" not in str(error.value)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yml"
    path.write_bytes(b"\xff\xfe\x00\x81")
    with pytest.raises(DecisionError):
        read_decisions(path)


def test_yaml_cannot_run_code(tmp_path: Path) -> None:
    with pytest.raises(DecisionError):
        read_decisions(write(tmp_path / "decisions.yml", "decisions: !!python/object/apply:os.system ['true']"))


def test_a_path_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="file"):
        write_decisions(every_kind(), tmp_path / "file" / "decisions.yml")
