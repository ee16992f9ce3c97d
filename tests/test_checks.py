"""Results that cannot be, or hardly can, are named; results that can be are left in peace."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest

from claimatlas.checks import check_atlas, check_folder, count_kinds, read_layer
from claimatlas.errors import InputError
from claimatlas.export import write_layers
from claimatlas.group import group_incidents
from claimatlas.model import Atlas, Extraction, Incident, PlaceMention, Totals, When
from factories import make_small_atlas
from telling_factory import DUMA, HAJIN, locate, tell


def atlas_of(*extractions: Extraction, **changes: object) -> Atlas:
    incidents: tuple[Incident, ...] = group_incidents(extractions).incidents
    if changes:
        incidents = (replace(incidents[0], **changes), *incidents[1:])  # type: ignore[arg-type]
    return Atlas(tuple(extraction.report for extraction in extractions), incidents)


def kinds(atlas: Atlas) -> set[str]:
    return {issue.kind for issue in check_atlas(atlas)}


def test_a_believable_collection_raises_no_doubt() -> None:
    assert kinds(atlas_of(tell("a"), tell("b", claimant="SANA", index=1))) == set()


@pytest.mark.parametrize(
    ("changes", "kind", "words"),
    [
        ({"totals": Totals(killed_min=9, killed_max=5)}, "figures", "killed_min 9 is above killed_max 5"),
        ({"totals": Totals(killed_min=2, killed_max=2, children_killed_min=7)}, "figures", "children_killed_min 7"),
        ({"totals": Totals(killed_min=900, killed_max=900)}, "unusual_toll", "900"),
        ({"when": When(dt.date(1999, 1, 1))}, "days", "before the conflict"),
        (
            {"when": When(dt.date(2018, 11, 9), dt.date(2018, 11, 1))},
            "days",
            "ends",
        ),
        ({"governorate": "Tartous"}, "governorate", "the record says Tartous"),
    ],
)
def test_what_cannot_be_is_named(changes: dict[str, object], kind: str, words: str) -> None:
    issues = check_atlas(atlas_of(tell("a"), **changes))
    assert any(issue.kind == kind and words in issue.reason and issue.report_id == "a" for issue in issues)


def test_a_report_before_its_event_is_doubtful() -> None:
    issues = check_atlas(atlas_of(tell("a", published=dt.date(2018, 11, 1))))
    assert any("before its day" in issue.reason for issue in issues)


def test_a_point_abroad_is_doubtful_and_swapped_coordinates_are_too() -> None:
    there = replace(locate(HAJIN), latitude=40.8, longitude=34.7)
    assert "abroad" in kinds(atlas_of(tell("a"), location=there))


def test_a_point_without_radius_is_doubtful() -> None:
    assert "no_radius" in kinds(atlas_of(tell("a"), location=replace(locate(HAJIN), radius_m=0)))


def test_places_far_apart_are_doubtful() -> None:
    places = tuple(PlaceMention(place.name, None, None, locate(place)) for place in (HAJIN, DUMA))
    issues = check_atlas(atlas_of(tell("a"), places=places))
    assert any(issue.kind == "places_far_apart" and "Duma" in issue.reason for issue in issues)


def test_a_quote_that_is_not_in_its_report_is_doubtful() -> None:
    atlas = atlas_of(tell("a"))
    moved = replace(atlas, reports=(replace(atlas.reports[0], text="x" + atlas.reports[0].text),))
    assert "quote_moved" in kinds(moved)
    assert "no_report" in kinds(replace(atlas, reports=()))


def test_likeness_that_was_not_joined_is_doubtful() -> None:
    atlas = atlas_of(tell("a"))
    twin = replace(atlas.incidents[0], id="i-twin")
    assert "alike" in kinds(replace(atlas, incidents=(*atlas.incidents, twin)))
    assert "ids" in kinds(replace(atlas, incidents=(*atlas.incidents, atlas.incidents[0])))


def test_contradicting_claims_are_doubtful() -> None:
    atlas = atlas_of(tell("a", killed=4), tell("b", killed=90, claimant="SANA", index=1))
    tellings = tuple(one for incident in atlas.incidents for one in incident.tellings)
    assert "contradiction" in kinds(replace(atlas, incidents=(replace(atlas.incidents[0], tellings=tellings),)))


def test_flags_of_incidents_are_passed_on() -> None:
    assert "doubtful" in kinds(atlas_of(tell("a"), flags=("The report says two governorates.",)))


class TestFolder:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        write_layers(make_small_atlas(), tmp_path)
        return tmp_path

    def test_missing_files_are_named(self, folder: Path) -> None:
        missing = {issue.source for issue in check_folder(folder) if issue.kind == "missing_file"}
        assert "map.html" in missing
        assert "incidents.geojson" not in missing

    def test_layers_that_disagree_are_named(self, folder: Path) -> None:
        data = json.loads((folder / "incidents.geojson").read_text(encoding="utf-8"))
        del data["features"][0]
        (folder / "incidents.geojson").write_text(json.dumps(data), encoding="utf-8")
        kinds = {issue.kind for issue in check_folder(folder)}
        assert {"summary", "geopackage", "ids"} <= kinds

    def test_what_is_yet_to_come_is_doubtful(self, folder: Path) -> None:
        day = dt.date(2018, 1, 1)
        told = [issue.reason for issue in check_folder(folder, today=day) if "yet to come" in issue.reason]
        assert any("is yet to come; is the year right?" in reason for reason in told)
        assert any(reason.startswith("Report ") for reason in told)
        assert not any("yet to come" in issue.reason for issue in check_folder(folder))

    def test_a_damaged_geopackage_is_named(self, folder: Path) -> None:
        (folder / "incidents.gpkg").write_bytes(b"no database")
        assert any(issue.kind == "geopackage" for issue in check_folder(folder))

    def test_what_the_run_found_doubtful_is_said_again(self, folder: Path) -> None:
        doubt = {"kind": "places_far_apart", "reason": "Two places lie 99 km apart."}
        skipped = {"kind": "empty", "reason": "a.txt holds no words."}
        text = "".join(json.dumps(line) + "\n" for line in (doubt, skipped))
        (folder / "issues.jsonl").write_text(text, encoding="utf-8")
        reasons = {issue.reason for issue in check_folder(folder)}
        assert doubt["reason"] in reasons
        assert skipped["reason"] not in reasons

    def test_a_damaged_list_of_issues_is_named(self, folder: Path) -> None:
        (folder / "issues.jsonl").write_text("no json", encoding="utf-8")
        assert any(issue.source == "issues.jsonl" and "map" in issue.reason for issue in check_folder(folder))

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "[]",
            "{}",
            '{"features": [5]}',
            '{"features": [{"geometry": {}, "properties": {}}]}',
            '{"features": [{"geometry": null, "properties": {}}]}',
        ],
    )
    def test_what_is_no_layer_is_refused(self, folder: Path, text: str) -> None:
        (folder / "claims.geojson").write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match=r"claims\.geojson"):
            check_folder(folder)

    def test_another_folder_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="output folder"):
            check_folder(tmp_path / "nothing")

    def test_layers_are_read_back_with_their_points(self, folder: Path) -> None:
        records = {record["incident_id"]: record for record in read_layer(folder / "incidents.geojson")}
        assert records["i-nowhere"]["lat"] is None
        assert records["i-soussa"]["lon"] == 40.9675


def test_kinds_are_counted_most_first() -> None:
    issues = check_atlas(atlas_of(tell("a"), totals=Totals(killed_min=900, killed_max=800, children_killed_min=900)))
    counts = count_kinds(issues)
    assert list(counts) == sorted(counts, key=lambda kind: -counts[kind])
