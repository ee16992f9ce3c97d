"""The commands over a collection: what they print, write and answer with, from the first run to the hundredth."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claimatlas.cli import cli

HEADER = "---\npublished: {day}\npublisher: {publisher}\n---\n"
FIRST = HEADER.format(day="2018-11-04", publisher="Valley Post") + (
    "Warplanes of the US-led coalition bombed two houses in the town of Hajin in Deir ez-Zor on Saturday, "
    "killing 14 civilians, the Syrian Observatory for Human Rights said.\n"
)
SECOND = HEADER.format(day="2018-11-04", publisher="Harbour News") + (
    "Syrian state news agency SANA said 17 civilians were killed on Saturday when the US-led coalition carried out "
    "air strikes on Hajin, a town in the countryside of Deir ez-Zor.\n"
)
THIRD = HEADER.format(day="2019-05-02", publisher="Harbour News") + (
    "Artillery shelling by Syrian government forces killed 3 civilians in Kafr Nabl in Idlib on Wednesday, "
    "the White Helmets said.\n"
)


def run(*args: str, expected: int = 0) -> Result:
    result = CliRunner().invoke(cli, list(args))
    assert result.exit_code == expected, result.output
    return result


def map_folder(reports: Path, output: Path, expected: int = 0) -> Result:
    return run("map", str(reports), "-o", str(output), expected=expected)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def incidents(folder: Path) -> list[dict[str, object]]:
    data = json.loads((folder / "incidents.geojson").read_text(encoding="utf-8"))
    return [feature["properties"] for feature in data["features"]]


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "first.txt").write_text(FIRST, encoding="utf-8")
    (folder / "second.txt").write_text(SECOND, encoding="utf-8")
    return folder


def test_map_joins_two_reports_of_one_strike(reports: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    result = map_folder(reports, output)
    assert "2 reports, 1 incident " in result.output
    (incident,) = incidents(output)
    assert incident["report_ids"] == "first;second"
    assert (incident["killed_min"], incident["killed_max"], incident["grading"]) == (14, 17, "fair")


def test_a_second_run_gives_the_same_bytes(reports: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    map_folder(reports, output)
    before = contents(output)
    map_folder(reports, output)
    assert contents(output) == before


def test_a_decision_holds_ids_hold_and_bytes_hold_when_reports_are_added(reports: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    map_folder(reports, output)
    (known,) = (incident["incident_id"] for incident in incidents(output))
    (output / "decisions.yml").write_text(
        "decisions:\n"
        "  - {action: split, tellings: [{report: first, words: 14 civilians}, "
        "{report: second, words: 17 civilians were killed}],\n"
        "     by: Rana, when: 2026-11-21, why: Two quarters of the town.}\n",
        encoding="utf-8",
    )
    (reports / "third.txt").write_text(THIRD, encoding="utf-8")
    map_folder(reports, output)
    found = {incident["report_ids"]: incident["incident_id"] for incident in incidents(output)}
    assert set(found) == {"first", "second", "third"}
    assert known in found.values()
    before = contents(output)
    map_folder(reports, output)
    assert contents(output) == before


def test_a_decision_that_no_longer_fits_is_in_the_issues(reports: Path, tmp_path: Path) -> None:
    decisions = tmp_path / "mine.yml"
    decisions.write_text(
        "decisions: [{action: note, tellings: [{report: gone, words: x}], by: R, when: 2026-11-21, why: w}]",
        encoding="utf-8",
    )
    output = tmp_path / "out"
    run("map", str(reports), "-o", str(output), "--decisions", str(decisions))
    issues = [json.loads(line) for line in (output / "issues.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [issue["report_id"] for issue in issues if issue["kind"] == "decision_unfit"] == ["gone"]


def test_input_that_cannot_be_used_is_named_and_the_rest_goes_on(reports: Path, tmp_path: Path) -> None:
    (reports / "broken.txt").write_bytes(b"\x00\x01\x02\x03" * 50)
    result = map_folder(reports, tmp_path / "out", expected=1)
    assert "broken.txt" in result.output
    assert len(incidents(tmp_path / "out")) == 1


def test_quiet_says_nothing(reports: Path, tmp_path: Path) -> None:
    assert run("--quiet", "map", str(reports), "-o", str(tmp_path / "out")).output == ""


def test_verbose_says_every_doubt(reports: Path, tmp_path: Path) -> None:
    decisions = tmp_path / "out" / "decisions.yml"
    decisions.parent.mkdir()
    decisions.write_text(
        "decisions: [{action: note, tellings: [{report: gone}], by: R, when: 2026-11-21, why: w}]", encoding="utf-8"
    )
    assert "no longer fits" in run("--verbose", "map", str(reports), "-o", str(tmp_path / "out")).output


def test_check_names_doubts_and_missing_files(reports: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    map_folder(reports, output)
    assert "Nothing doubtful" in run("check", str(output)).output or "doubt" in run("check", str(output)).output
    (output / "claims.qml").unlink()
    assert "claims.qml is missing" in run("check", str(output)).output
    lines = run("--quiet", "check", str(output), "--json").stdout.splitlines()
    assert any(json.loads(line)["kind"] == "missing_file" for line in lines)


def test_diff_tells_what_a_new_report_changed(reports: Path, tmp_path: Path) -> None:
    map_folder(reports, tmp_path / "a")
    (reports / "third.txt").write_text(THIRD, encoding="utf-8")
    map_folder(reports, tmp_path / "b")
    result = run("diff", str(tmp_path / "a"), str(tmp_path / "b"))
    assert "1 change (1 new)" in result.output
    assert "Nothing changed" in run("diff", str(tmp_path / "a"), str(tmp_path / "a")).output
    lines = run("--quiet", "diff", str(tmp_path / "a"), str(tmp_path / "b"), "--json").stdout.splitlines()
    assert [json.loads(line)["change"] for line in lines] == ["new"]


def test_compare_tells_what_matches_and_what_is_missing(reports: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    map_folder(reports, output)
    table = tmp_path / "acled.csv"
    table.write_text(
        "event_id_cnty,event_date,location,latitude,longitude,fatalities\n"
        "SYR1,2018-11-03,Hajin,34.69,40.83,40\nSYR2,2018-11-09,Duma,33.57,36.40,2\n",
        encoding="utf-8",
    )
    result = run("compare", str(output), str(table))
    assert "= SYR1 (" in result.output
    assert "killed: 14 to 17, there 40" in result.output
    assert "only there: SYR2 2018-11-09 Duma" in result.output
    assert "1 matched, 1 of them with disagreements; 0 only here, 1 only there." in result.output
    data = json.loads(run("--quiet", "compare", str(output), str(table), "--json").stdout)
    assert data["only_there"] == ["SYR2"]


def test_compare_with_unusable_rows_and_options_says_so(reports: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    map_folder(reports, output)
    table = tmp_path / "t.csv"
    table.write_text("wann,dead\nsoon,4\n", encoding="utf-8")
    result = run("compare", str(output), str(table), "--column", "date_start=wann", expected=1)
    assert "row 2: 'soon' is no day" in result.output
    assert "FIELD=NAME" in run("compare", str(output), str(table), "--column", "wann", expected=2).output
