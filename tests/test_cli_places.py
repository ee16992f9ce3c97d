import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claimatlas.cli import cli
from claimatlas.errors import ClaimatlasError

COD = Path(__file__).parent / "test_gazetteer.py"


Run = Callable[..., Result]


def call(*args: str, text: str | None = None) -> Result:
    return CliRunner().invoke(cli, list(args), input=text, catch_exceptions=True)


@pytest.fixture(scope="module")
def shared_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("store")


@pytest.fixture
def run(shared_store: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line over an empty store; what is built is kept for the other tests."""
    monkeypatch.setenv("CLAIMATLAS_DATA", str(shared_store))
    return call


@pytest.fixture
def run_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line over a store that may be changed."""
    monkeypatch.setenv("CLAIMATLAS_DATA", str(tmp_path / "store"))
    return call


def error_of(result: Result) -> str:
    assert isinstance(result.exception, ClaimatlasError), result.output
    return str(result.exception)


def test_a_name_is_answered_with_place_precision_score_and_reason(run: Run) -> None:
    result = run("geocode", "al-Shaafa", "--governorate", "Deir ez-Zor")
    assert result.exit_code == 0
    assert "Deir-ez-Zor" in result.output
    assert "precision settlement" in result.output
    assert "score 0." in result.output


def test_json_holds_location_and_candidates(run: Run) -> None:
    answer = json.loads(run("geocode", "--name-ar", "الشعفة", "--json").stdout)
    assert answer["location"]["place"]["governorate"] == "Deir-ez-Zor"
    nothing = json.loads(run("geocode", "Xyzzyq", "--json").stdout)
    assert nothing["location"] is None


def test_what_is_not_convincing_is_said(run: Run) -> None:
    assert "no place is convincing" in run("geocode", "Xyzzyq").output


def test_a_table_keeps_its_columns_and_gains_seven(run: Run, tmp_path: Path) -> None:
    table, out = tmp_path / "in.csv", tmp_path / "out.csv"
    table.write_text(
        'id,name,note,governorate\n1,al-Shaafa,"a, b",Deir ez-Zor\n2,Xyzzyq,,\n3,,empty,Hama\n', encoding="utf-8-sig"
    )
    result = run("geocode", "--csv", str(table), "-o", str(out))
    assert result.exit_code == 0, result.output
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert list(rows[0]) == [
        "id",
        "name",
        "note",
        "governorate",
        "place_id",
        "matched_name",
        "matched_governorate",
        "lat",
        "lon",
        "precision",
        "score",
    ]
    assert (rows[0]["note"], rows[0]["matched_governorate"], rows[0]["precision"]) == (
        "a, b",
        "Deir-ez-Zor",
        "settlement",
    )
    assert float(rows[0]["score"]) > 0.8
    assert all(rows[1][column] == "" for column in ("place_id", "lat", "lon", "precision", "score"))
    assert rows[2]["lat"] == ""
    assert "3 names read, 1 located" in result.output


def test_arabic_names_alone_and_both_scripts_are_read_from_stdin(run: Run) -> None:
    result = run("geocode", "--csv", "-", text="name_ar;x\nالشعفة;1\n")
    assert "الشعفة;1" not in result.stdout
    rows = list(csv.DictReader(result.stdout.splitlines()))
    assert rows[0]["matched_governorate"] == "Deir-ez-Zor"
    both = run("geocode", "--csv", "-", text="name,name_ar\nShafa,الشعفة\n")
    assert next(csv.DictReader(both.stdout.splitlines()))["matched_governorate"] == "Deir-ez-Zor"


def test_the_same_table_gives_the_same_bytes(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "in.csv"
    table.write_text("name\nHajin\nal-Shaafa\n", encoding="utf-8")
    assert run("geocode", "--csv", str(table)).stdout_bytes == run("geocode", "--csv", str(table)).stdout_bytes


def test_unknown_governorates_of_a_table_are_said_and_left_out(run: Run) -> None:
    result = run("geocode", "--csv", "-", text="name,governorate\nHajin,Atlantis\n")
    assert result.exit_code == 1
    assert "'Atlantis'" in result.stderr
    assert next(csv.DictReader(result.stdout.splitlines()))["place_id"]


def test_columns_of_the_same_name_are_replaced_and_said(run: Run) -> None:
    result = run("geocode", "--csv", "-", text="name,lat\nHajin,1\n")
    assert result.exit_code == 1
    assert "lat is replaced" in result.stderr
    assert result.stdout.splitlines()[0].count("lat") == 1


@pytest.mark.parametrize(
    ("text", "words"), [("", "is empty"), ("x,y\n1,2\n", "name or name_ar (it has x, y)"), ("\n", "is empty")]
)
def test_a_table_without_names_is_refused(run: Run, text: str, words: str) -> None:
    error = error_of(run("geocode", "--csv", "-", text=text))
    assert error.startswith("Standard input")
    assert words in error


def test_short_rows_and_other_encodings_are_read(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "in.csv"
    table.write_bytes("id,name_ar,governorate\n1,الشعفة\n2,حلب,حلب\n".encode("cp1256"))
    rows = list(csv.DictReader(run("geocode", "--csv", str(table)).stdout.splitlines()))
    assert [row["matched_governorate"] for row in rows] == ["Deir-ez-Zor", "Aleppo"]


@pytest.mark.parametrize(
    "args", [["geocode"], ["geocode", ""], ["geocode", "  "], ["geocode", "Hajin", "--csv", "x.csv"]]
)
def test_a_name_or_a_table_is_wanted(run: Run, args: list[str]) -> None:
    assert run(*args).exit_code == 2


def test_wrong_usage_is_one_sentence(run: Run, tmp_path: Path) -> None:
    assert "Atlantis" in error_of(run("geocode", "Hajin", "-g", "Atlantis"))
    assert "cannot be read" in error_of(run("geocode", "--csv", str(tmp_path / "none.csv")))
    assert "--user-agent" in error_of(run("geocode", "Hajin", "--online"))


def test_the_gazetteer_is_checked(run: Run, tmp_path: Path) -> None:
    result = run("gazetteer", "check")
    assert result.exit_code == 0
    assert "no faults" in result.output
    broken = tmp_path / "broken"
    broken.mkdir()
    header = "id,kind,name,name_ar,governorate,district,subdistrict,pcode,lat,lon,radius_km,parent,source,note\n"
    (broken / "places.csv").write_text(header + "ca:x,town,X town,,Nowhere,,,,34,40,,,,\n", encoding="utf-8")
    result = run("gazetteer", "check", str(broken))
    assert result.exit_code == 1
    assert "'Nowhere'" in result.stdout
    assert json.loads(run("gazetteer", "check", str(broken), "--json").stdout)["places"] == 1


def test_places_are_looked_up_by_name_and_id(run: Run) -> None:
    by_name = run("gazetteer", "lookup", "Hajin", "--limit", "1")
    assert "Deir-ez-Zor" in by_name.stdout
    place_id = json.loads(run("gazetteer", "lookup", "Hajin", "--limit", "1", "--json").stdout)[0]["place"]["id"]
    assert place_id in run("gazetteer", "lookup", place_id).stdout
    assert "No place is spelt" in run("gazetteer", "lookup", "Xyzzyqwv").stdout


def test_a_place_is_added_found_and_not_added_twice(run_alone: Run) -> None:
    args = ["gazetteer", "add", "Qwopaz", "--lat", "35.2", "--lon", "36.9", "--name-ar", "قوباز", "--also", "Kwopaz"]
    assert run_alone(*args).exit_code == 0
    assert json.loads(run_alone("geocode", "Kwopaz", "--json").stdout)["location"]["place"]["id"] == "my:qwopaz"
    assert json.loads(run_alone("geocode", "قوباز", "--json").stdout)["location"]["place"]["governorate"] == "Hama"
    assert "taken" in error_of(run_alone(*args))
    assert "swapped" in error_of(run_alone("gazetteer", "add", "Y", "--lat", "135", "--lon", "36"))
    far = run_alone("gazetteer", "add", "Z", "--lat", "36", "--lon", "136")
    assert far.exit_code == 0
    assert "outside Syria" in far.stderr
    assert "no kind" in error_of(
        run_alone("gazetteer", "add", "Y", "--lat", "35", "--lon", "36", "--kind", "castle of air")
    )


def test_an_outside_gazetteer_is_imported_by_one_command(run_alone: Run, tmp_path: Path) -> None:
    path = tmp_path / "cod.csv"
    path.write_text(
        "admin1Name_en,admin4Name_en,admin4Name_ar,admin4Pcode,Latitude_y,Longitude_x\nHama,Qwopaz,قوباز,C99999,35.2,36.9\n",
        encoding="utf-8",
    )
    result = run_alone("gazetteer", "import", "cod", str(path))
    assert result.exit_code == 0, result.output
    assert "places read from cod.csv" in result.stderr
    assert json.loads(run_alone("geocode", "Qwopaz", "--json").stdout)["location"]["place"]["id"] == "cod:C99999"
    assert run_alone("gazetteer", "import", "atlas", str(path)).exit_code == 2
    assert "is it a list of OCHA's" in error_of(run_alone("gazetteer", "import", "cod", str(COD)))


@pytest.mark.parametrize("form", ["lpf", "geojson", "csv"])
def test_the_gazetteer_is_exported(run: Run, tmp_path: Path, form: str) -> None:
    out = tmp_path / "out"
    assert run("gazetteer", "export", form, "-o", str(out), "--curated").exit_code == 0
    assert run("gazetteer", "export", form, "--curated").stdout_bytes == out.read_bytes()
    assert len(out.read_bytes()) > 100_000


@pytest.mark.parametrize(
    "args", [["geocode"], ["gazetteer"], *(["gazetteer", c] for c in ("check", "lookup", "add", "import", "export"))]
)
def test_each_command_has_help_with_an_example(run: Run, args: list[str]) -> None:
    result = run(*args, "--help")
    assert result.exit_code == 0
    assert "Example: claimatlas" in result.output


def test_a_folder_without_places_is_no_gazetteer(run: Run, tmp_path: Path) -> None:
    assert "holds no places.csv" in error_of(run("gazetteer", "check", str(tmp_path)))


@pytest.mark.parametrize(
    "args", [["geocode", "Hajin"], ["gazetteer", "lookup", "Hajin"], ["gazetteer", "add", "X", "--lat=35", "--lon=40"]]
)
def test_an_unknown_governorate_is_refused_and_not_passed_over(run: Run, args: list[str]) -> None:
    assert "No governorate is called 'Atlantis'; known are Al-Hasakeh" in error_of(run(*args, "-g", "Atlantis"))
