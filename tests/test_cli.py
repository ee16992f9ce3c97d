"""What every command promises the person at the keyboard."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from claimatlas.cli import COMMANDS, cli
from claimatlas.cli.options import say_issue
from claimatlas.export import FORMATS
from claimatlas.model import Issue

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def run(*args: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "claimatlas", *args], input=stdin, capture_output=True, check=False)


def command(name: str) -> click.Command:
    found = cli.get_command(click.Context(cli), name)  # type: ignore[attr-defined]
    assert found is not None
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_help_that_ends_with_an_example(name: str) -> None:
    result = CliRunner().invoke(cli, [name, "--help"])
    assert result.exit_code == 0
    assert "Example" in (command(name).help or "") or isinstance(command(name), click.Group)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_a_place_in_the_readme(name: str) -> None:
    assert f"claimatlas {name}" in README


def test_the_version_is_printed() -> None:
    assert CliRunner().invoke(cli, ["--version"]).output.startswith("claimatlas, version ")


def test_an_unknown_command_is_wrong_usage() -> None:
    assert CliRunner().invoke(cli, ["mpa"]).exit_code == 2


def test_help_does_not_wait_for_heavy_libraries() -> None:
    script = (
        "import atexit, sys\n"
        "heavy = {'geopandas', 'folium', 'pandas', 'pyogrio', 'trafilatura'}\n"
        "atexit.register(lambda: print('HEAVY', sorted(heavy & set(sys.modules))))\n"
        "import claimatlas.cli\n"
        "claimatlas.cli.main(['--help'])\n"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert "HEAVY []" in result.stdout


def test_nothing_usable_exits_with_two_and_one_sentence(tmp_path: Path) -> None:
    result = run("extract", str(tmp_path))
    assert result.returncode == 2
    assert b"Nothing usable" in result.stderr
    assert b"Traceback" not in result.stderr


def test_one_bad_report_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(
        "An air strike on the town of Hajin killed three civilians on Tuesday, SANA said."
    )
    (tmp_path / "empty.txt").write_bytes(b"")
    result = run("extract", str(tmp_path))
    assert result.returncode == 1
    assert b"empty.txt" in result.stderr
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["good"]


def test_reports_are_read_from_standard_input() -> None:
    report = {"id": "r1", "text": "Shelling killed two people in Idlib on Monday.", "published": "2019-05-06"}
    result = run("extract", "-", stdin=json.dumps(report).encode())
    assert result.returncode == 0
    assert json.loads(result.stdout)["id"] == "r1"


def test_a_dash_for_the_output_is_standard_output() -> None:
    report = {"id": "r1", "text": "Shelling killed two people in Idlib on Monday.", "published": "2019-05-06"}
    result = run("extract", "-", "-o", "-", stdin=json.dumps(report).encode())
    assert json.loads(result.stdout)["id"] == "r1"
    assert not Path("-").exists()
    assert run("gazetteer", "export", "csv", "-o", "-").stdout.startswith(b"id,")


@pytest.mark.parametrize("place", ["before", "behind"])
def test_quiet_may_stand_before_or_behind_the_command(place: str, tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text("An air strike on Hajin killed three civilians on Tuesday, SANA said.")
    words = ["extract", str(tmp_path)]
    result = run(*(["--quiet", *words] if place == "before" else [*words, "--quiet"]))
    assert result.returncode == 0
    assert result.stderr == b""


def test_the_help_of_map_names_every_format() -> None:
    shown = " ".join(CliRunner().invoke(cli, ["map", "--help"]).output.split())
    assert all(name in shown for name in FORMATS)


def test_who_stops_a_command_is_told_and_it_does_not_count_as_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("claimatlas.pipeline.map_reports", stop)
    result = CliRunner().invoke(cli, ["map", str(tmp_path), "-o", str(tmp_path / "out")])
    assert result.exit_code == 130
    assert "stopped" in result.stderr


def test_what_is_doubtful_in_an_incident_is_a_doubt_of_the_run(tmp_path: Path) -> None:
    text = (
        "Warplanes of the coalition struck Tal al-Shaer in Deir-ez-Zor on Saturday and killed more than 10 civilians."
    )
    (tmp_path / "r.txt").write_text(text, encoding="utf-8")
    said = run("extract", "-v", str(tmp_path / "r.txt")).stderr.decode()
    flags = said.count("Incident 1: ")
    assert flags > 0
    assert f"{flags} doubt" in said.splitlines()[-1]


def test_doubts_about_the_input_are_counted_and_said_when_wanted(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "A strike killed two people in Hajin.", "published": "31/31/2018"}\n', encoding="utf-8")
    plain, verbose = run("extract", str(path)), run("-v", "extract", str(path))
    assert plain.stderr.startswith(b"1 report read, 1 incident found, 0 inputs not usable, 1 doubt (-v shows them).")
    assert b"'31/31/2018' is no ISO date" in verbose.stderr


def test_a_line_of_an_issue_says_nothing_twice() -> None:
    bare = Issue("unreadable", "photo.txt is not text.", source="photo.txt")
    placed = Issue("place_unknown", "No place is known by the name Xyz.", report_id="r", words="Xyz")
    doubtful = Issue("days", "It ends before it starts.", report_id="r", words="on Friday")
    assert [say_issue(issue) for issue in (bare, placed, doubtful)] == [
        "photo.txt is not text.",
        "r: No place is known by the name Xyz.",
        "r: It ends before it starts. [on Friday]",
    ]


def test_nothing_usable_says_why_in_sentences(tmp_path: Path) -> None:
    (tmp_path / "reports.csv").write_text("id,publisher\nghost,Wire\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("", encoding="utf-8")
    result = run("map", str(tmp_path), "-o", str(tmp_path / "out"))
    assert result.returncode == 2
    said = result.stderr.decode().strip()
    assert said == f"claimatlas: Nothing usable in {tmp_path}: a.txt holds no words; give it a text."


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_results_that_cannot_be_written_to_stdout_are_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("An air strike on the town of Hajin killed three civilians, SANA said.")
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "claimatlas", "-q", "extract", str(tmp_path)]
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert result.returncode == 2
    assert result.stderr.decode() == (
        "claimatlas: No space left on device, where the results go; make room and run it again.\n"
    )
