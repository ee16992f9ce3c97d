"""A difference says what became of an incident: new, gone, merged, split, moved, with another toll."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from claimatlas.decisions import NO_DECISIONS, Action, Anchor, Decision, Decisions
from claimatlas.diff import Change, Difference, diff_folders
from claimatlas.errors import InputError
from claimatlas.export import write_layers
from claimatlas.group import group_incidents
from claimatlas.group.file import read_known, write_grouping
from claimatlas.model import Atlas, Extraction, Incident
from factories import make_small_atlas
from telling_factory import DUMA, SHAFAH, locate, tell

Writer = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Writer:
    def write(
        name: str,
        *extractions: Extraction,
        decisions: Decisions = NO_DECISIONS,
        after: Path | None = None,
        change: Callable[[Incident], Incident] | None = None,
    ) -> Path:
        grouping = group_incidents(extractions, decisions, read_known(after) if after else None)
        incidents = tuple(map(change, grouping.incidents)) if change else grouping.incidents
        folder = tmp_path / name
        write_layers(Atlas(tuple(extraction.report for extraction in extractions), incidents), folder)
        write_grouping(grouping, folder)
        return folder

    return write


def changes(differences: list[Difference]) -> list[Change]:
    return [difference.change for difference in differences]


def test_the_same_folder_differs_in_nothing(write: Writer) -> None:
    assert diff_folders(write("a", tell("a")), write("b", tell("a"))) == []


def test_new_and_gone_incidents_are_named(write: Writer) -> None:
    older, newer = (
        write("a", tell("a"), tell("b", place=DUMA, killed=3)),
        write("b", tell("a"), tell("c", place=SHAFAH, killed=40)),
    )
    assert changes(diff_folders(older, newer)) == [Change.NEW, Change.GONE]


def test_another_toll_and_another_source_are_told_apart(write: Writer) -> None:
    older = write("a", tell("a", killed=12))
    newer = write("b", tell("a", killed=12), tell("b", killed=14, claimant="SANA", index=1))
    found = diff_folders(older, newer)
    assert changes(found) == [Change.TOLL, Change.CHANGED]
    assert found[0].details == "killed_max: 12 to 14; civilians_killed_max: 12 to 14"
    assert "n_reports: 1 to 2" in found[1].details


def test_a_moved_incident_says_how_far(write: Writer) -> None:
    older = write("a", tell("a"))
    newer = write("b", tell("a"), change=lambda incident: replace(incident, location=locate(SHAFAH)))
    found = diff_folders(older, newer)
    assert changes(found) == [Change.MOVED]
    assert found[0].details.endswith(" km")


def test_a_place_found_or_lost_is_a_move(write: Writer) -> None:
    older = write("a", tell("a"))
    newer = write("b", tell("a"), change=lambda incident: replace(incident, location=None))
    assert "no longer placed" in diff_folders(older, newer)[0].details
    assert "now placed" in diff_folders(newer, older)[0].details


def test_merged_incidents_are_no_gone_ones(write: Writer) -> None:
    one, other = tell("a"), tell("b", place=DUMA, killed=40)
    anchors = tuple(Anchor(e.report.id, e.incidents[0].quote.text) for e in (one, other))
    from datetime import date

    merge = Decisions((Decision(Action.MERGE, anchors, "R", date(2026, 1, 1), "w"),))
    older = write("a", one, other)
    newer = write("b", one, other, decisions=merge, after=older)
    found = diff_folders(older, newer)
    assert changes(found) == [Change.MERGED]
    assert len(found[0].former_ids) == 2
    parted = diff_folders(newer, older)
    assert Change.SPLIT in changes(parted)
    assert Change.GONE not in changes(parted)


def test_an_incident_under_another_id_is_recognised_by_its_claims(write: Writer) -> None:
    older = write("a", tell("a"))
    newer = write("b", tell("a"), change=lambda incident: replace(incident, id="i-renamed"))
    assert changes(diff_folders(older, newer)) == [Change.RENAMED]


def test_hostile_headlines_pass_through(tmp_path: Path) -> None:
    write_layers(make_small_atlas(), tmp_path / "a")
    write_layers(replace(make_small_atlas(), incidents=()), tmp_path / "b")
    found = diff_folders(tmp_path / "a", tmp_path / "b")
    assert set(changes(found)) == {Change.GONE}
    assert all(difference.to_dict()["change"] == "gone" for difference in found)


def test_what_is_no_output_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"incidents\.geojson"):
        diff_folders(tmp_path, tmp_path)
