"""The line as a whole: pure on one report, the same in many processes, the same bytes twice."""

from __future__ import annotations

import dataclasses
import json
import pickle
from pathlib import Path

import pytest

from claimatlas.errors import InputError
from claimatlas.model import Extraction, Issue, Report
from claimatlas.pipeline import extract_report, extract_reports, map_reports
from claimatlas.reference import Reference, load_reference
from claimatlas.reports import read_reports
from claimatlas.resources import data_folder

OUTPUTS = {
    "map.html", "incidents.geojson", "claims.geojson", "incidents.qml", "claims.qml", "incidents.gpkg",
    "claimatlas.qgs", "incidents.csv", "issues.jsonl", "summary.json",
}  # fmt: skip


def seeds() -> list[Report]:
    return [item for item in read_reports([data_folder("seeds")]) if isinstance(item, Report)]


def fail(report: Report, reference: Reference) -> Extraction:
    if report.id.startswith("000"):
        raise ZeroDivisionError("a fault")
    return Extraction(report)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def test_one_report_is_read_the_same_whatever_was_read_before() -> None:
    reference = load_reference()
    first, *others = seeds()
    alone = extract_report(first, reference)
    for other in others:
        extract_report(other, reference)
    assert extract_report(first, reference) == alone


def test_what_travels_between_processes_can_be_pickled() -> None:
    reference = load_reference()
    for report in seeds():
        extraction = extract_report(report, reference)
        assert pickle.loads(pickle.dumps(extraction)) == extraction


def test_many_processes_yield_what_one_yields_in_the_same_order() -> None:
    items = [dataclasses.replace(report, id=f"{n}-{report.id}") for n in range(4) for report in seeds()]
    assert list(extract_reports(items, processes=2)) == list(extract_reports(items, processes=1))


def test_a_report_that_breaks_extraction_is_named_and_the_rest_goes_on() -> None:
    results = list(extract_reports(seeds(), fail))
    broken = [result for result in results if isinstance(result, Issue)]
    assert [issue.kind for issue in broken] == ["extraction_failed"]
    assert broken[0].report_id == seeds()[0].id
    assert len(results) == 5


def test_map_writes_every_file_and_the_same_bytes_twice(tmp_path: Path) -> None:
    map_reports([data_folder("seeds")], tmp_path / "one")
    map_reports([data_folder("seeds")], tmp_path / "two")
    once, again = contents(tmp_path / "one"), contents(tmp_path / "two")
    assert set(once) >= OUTPUTS
    assert [name for name in once if once[name] != again.get(name)] == []


def test_the_order_of_the_inputs_changes_no_file(tmp_path: Path) -> None:
    paths = sorted(data_folder("seeds").glob("*.txt"))
    map_reports(paths, tmp_path / "one")
    map_reports(paths[::-1], tmp_path / "two")
    once, again = contents(tmp_path / "one"), contents(tmp_path / "two")
    assert [name for name in once if once[name] != again.get(name)] == []


def test_a_second_run_over_the_first_changes_nothing(tmp_path: Path) -> None:
    map_reports([data_folder("seeds")], tmp_path)
    before = contents(tmp_path)
    map_reports([data_folder("seeds")], tmp_path)
    assert contents(tmp_path) == before


def test_a_collection_that_grows_keeps_the_ids_it_had(tmp_path: Path) -> None:
    reports, output = tmp_path / "reports", tmp_path / "out"
    reports.mkdir()
    for path in sorted(data_folder("seeds").glob("*.txt"))[:3]:
        (reports / path.name).write_bytes(path.read_bytes())
    (reports / "reports.csv").write_bytes((data_folder("seeds") / "reports.csv").read_bytes())
    before = {incident.id for incident in map_reports([reports], output).incidents}
    after = {incident.id for incident in map_reports([data_folder("seeds")], output).incidents}
    assert before < after


def test_nothing_usable_says_so_and_leaves_what_was_written(tmp_path: Path) -> None:
    output = tmp_path / "out"
    map_reports([data_folder("seeds")], output)
    before = contents(output)
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="Nothing usable"):
        map_reports([tmp_path / "empty"], output)
    assert contents(output) == before


def test_every_claim_belongs_to_an_incident_and_a_report_that_are_there(tmp_path: Path) -> None:
    map_reports([data_folder("seeds")], tmp_path)
    read = {
        name: json.loads((tmp_path / f"{name}.geojson").read_text(encoding="utf-8"))["features"]
        for name in ("incidents", "claims")
    }
    incidents = {feature["properties"]["incident_id"]: feature["properties"] for feature in read["incidents"]}
    claims = [feature["properties"] for feature in read["claims"]]
    assert {claim["incident_id"] for claim in claims} == set(incidents)
    for claim in claims:
        assert claim["report_id"] in incidents[claim["incident_id"]]["report_ids"].split(";")


def test_further_formats_are_written_beside_the_layers(tmp_path: Path) -> None:
    map_reports([data_folder("seeds")], tmp_path, formats=["kml", "acled"])
    assert {path.suffix for path in (tmp_path / "interchange").iterdir()} >= {".kml", ".csv"}


def test_an_unknown_format_is_refused_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no format 'shapefile'"):
        map_reports([data_folder("seeds")], tmp_path / "out", formats=["shapefile"])
    assert not (tmp_path / "out").exists()
