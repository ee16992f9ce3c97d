"""What was named keeps its name, and what is doubtful is written down."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from claimatlas.group import group_incidents
from claimatlas.group.file import GROUPING_FILE, read_grouping, read_known, write_grouping
from claimatlas.group.identity import remember
from claimatlas.model import Candidate
from telling_factory import DUMA, tell


def test_what_is_known_is_read_back(tmp_path: Path) -> None:
    grouping = group_incidents([tell("a"), tell("b", claimant="SANA", index=1), tell("c", place=DUMA, killed=3)])
    write_grouping(grouping, tmp_path)
    assert read_known(tmp_path) == remember(grouping.incidents, grouping.tellings)


def test_the_same_grouping_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_grouping(group_incidents([tell("a"), tell("b", index=1)]), tmp_path / name)
    assert (tmp_path / "a" / GROUPING_FILE).read_bytes() == (tmp_path / "b" / GROUPING_FILE).read_bytes()


@pytest.mark.parametrize("text", ["", "[]", "no json", '{"version": 0}', '{"version": 1, "incidents": {"i-1": 5}}'])
def test_a_file_of_another_kind_counts_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / GROUPING_FILE).write_text(text, encoding="utf-8")
    assert read_known(tmp_path) == {}


def test_no_file_counts_as_none(tmp_path: Path) -> None:
    assert read_grouping(tmp_path) == {}


def test_doubtful_places_are_listed_with_their_rivals(tmp_path: Path) -> None:
    extraction = tell("a")
    telling = extraction.incidents[0]
    assert telling.location is not None
    unsure = replace(telling.location, score=0.5, rejected=(Candidate(DUMA, "Duma", 0.4),))
    changed = replace(extraction, incidents=(replace(telling, location=unsure),))
    write_grouping(group_incidents([changed]), tmp_path)
    (doubt,) = read_grouping(tmp_path)["doubts"]
    assert (doubt["kind"], doubt["candidates"][0]["place_id"]) == ("place", "ca:duma")
