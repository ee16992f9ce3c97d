"""Every file of an output folder is read back by a program that is not ours."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
import subprocess
import unicodedata
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas
import hxl
import jsonschema
import pyogrio
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimatlas.errors import OutputError
from claimatlas.export import FORMATS, make_tables, write_interchange, write_layers
from claimatlas.export.characters import writable
from claimatlas.export.spreadsheet import cell
from claimatlas.geodesy import distance_km
from claimatlas.layers import load_layers
from claimatlas.model import Atlas, Issue, Report
from claimatlas.records.columns import CLAIM_COLUMNS, COORDINATE_COLUMNS, INCIDENT_COLUMNS, TABLES, Kind, json_schema
from factories import DUMA, HOSTILE, make_incident, make_small_atlas

ARROW_TYPES = {Kind.TEXT: "str", Kind.INTEGER: "int32", Kind.BOOLEAN: "bool", Kind.REAL: "float64"}


def read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def properties(folder: Path, name: str) -> dict[str, dict[str, Any]]:
    features = read_json(folder / f"{name}.geojson")["features"]
    return {feature["properties"][f"{name[:-1]}_id"]: feature["properties"] for feature in features}


def test_all_files_of_the_interface_are_there(folder: Path) -> None:
    names = {path.name for path in folder.iterdir()}
    assert {
        "incidents.geojson", "claims.geojson", "incidents.qml", "claims.qml", "incidents.gpkg", "claimatlas.qgs",
        "incidents.csv", "issues.jsonl", "summary.json",
    } <= names  # fmt: skip
    # A .qml named like the GeoPackage's layers' file would be laid over tables without a style of their own.
    assert not any(name.startswith(".") for name in names)


def test_same_input_gives_same_bytes(folder: Path, tmp_path: Path) -> None:
    write_layers(make_small_atlas(), tmp_path)
    written = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    again = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert written == again


@pytest.mark.parametrize("table", ["incidents", "claims"])
def test_geojson_follows_our_schema(folder: Path, table: str) -> None:
    schema = json_schema(table)
    validator = jsonschema.Draft202012Validator
    validator.check_schema(schema)
    collection = read_json(folder / f"{table}.geojson")
    validator(schema, format_checker=validator.FORMAT_CHECKER).validate(collection)
    assert read_json(folder / "schemas" / f"{table}.schema.json") == schema
    collection["features"][0]["properties"]["extra"] = 1
    assert not validator(schema).is_valid(collection)


def test_geojson_has_exactly_the_columns_of_the_interface(folder: Path) -> None:
    for table, columns in (("incidents", INCIDENT_COLUMNS), ("claims", CLAIM_COLUMNS)):
        for row in properties(folder, table).values():
            assert list(row) == [column.name for column in columns]
            assert all(not isinstance(value, list | dict) for value in row.values())


def test_column_names_suit_every_format() -> None:
    for columns in TABLES.values():
        names = [column.name for column in columns]
        assert len(set(names)) == len(names)
        assert all(len(name) <= 30 and name.isascii() and name == name.lower() for name in names)
        titles = [column.title for column in columns]
        assert len(set(titles)) == len(titles)


def test_geojson_puts_longitude_first_and_keeps_the_unlocated(folder: Path) -> None:
    collection = read_json(folder / "incidents.geojson")
    geometries = {f["properties"]["incident_id"]: f["geometry"] for f in collection["features"]}
    assert geometries["i-soussa"] == {"type": "Point", "coordinates": [40.9675, 34.528889]}
    assert geometries["i-nowhere"] is None
    assert collection["bbox"] == [36.4025, 33.5718, 40.9675, 35.8]
    assert "crs" not in collection


def test_a_governorate_carries_its_radius(folder: Path) -> None:
    row = properties(folder, "incidents")["i-idleb"]
    assert (row["precision"], row["radius_m"]) == ("governorate", 62_000)


def test_claims_say_who_said_what_where(folder: Path) -> None:
    claims = [row for row in properties(folder, "claims").values() if row["incident_id"] == "i-soussa"]
    assert [(c["claimant"], c["stance"], c["min"], c["max"]) for c in claims] == [
        ("activists", "asserts", 5, 16),
        ("US-led coalition", "denies", None, None),
    ]
    assert [c["report_id"] for c in claims] == ["wire-1", "wire-2"]


def test_qml_alternatives_are_well_formed(folder: Path) -> None:
    paths = [*folder.rglob("*.qml"), folder / "claimatlas.qgs"]
    assert len(paths) == 5
    for path in paths:
        assert ET.parse(path).getroot().tag == "qgis"


def test_project_names_no_folder(folder: Path) -> None:
    text = (folder / "claimatlas.qgs").read_text(encoding="utf-8")
    assert str(folder) not in text
    assert "<datasource>./incidents.gpkg|layername=incidents" in text


# Spreadsheet


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_csv_has_a_row_of_tags_that_libhxl_accepts(folder: Path) -> None:
    head, tags, *rows = read_csv(folder / "incidents.csv")
    assert head == [column.name for column in INCIDENT_COLUMNS + COORDINATE_COLUMNS]
    assert len(rows) == 7
    problems: list[Any] = []
    with hxl.data(str(folder / "incidents.csv"), hxl.InputOptions(allow_local=True)) as data:
        assert [column.display_tag for column in data.columns] == tags
        hxl.schema(callback=problems.append).validate(data)
    assert [str(problem) for problem in problems] == []
    assert "#affected+killed+min" in tags
    assert "#adm1+name+i_en" in tags


def test_csv_begins_so_that_excel_shows_arabic(folder: Path) -> None:
    assert (folder / "incidents.csv").read_bytes().startswith(b"\xef\xbb\xbfincident_id,")


def test_no_cell_can_act_as_a_formula(folder: Path) -> None:
    for name in ("incidents.csv", "incidents_unlocated.csv"):
        path = folder / name
        text = path.read_text(encoding="utf-8-sig")
        # Read as a spreadsheet with commas, and as one that expects semicolons and knows no quotes.
        cells = [value for row in read_csv(path) for value in row]
        cells += [value.strip() for line in text.splitlines() for value in line.split(";")[1:]]
        assert not [value for value in cells if value.startswith(("=", "+", "@", "\t", "＝"))]
        assert not [value for value in cells if value.startswith("-") and not value[1:].replace(".", "").isdigit()]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("a;=1+1", "a;'=1+1"),
        (" -1", " '-1"),
        ("＝1", "'＝1"),
        ("x\n=1", "x =1"),
        ("a-b", "a-b"),
        (-4.5, "-4.5"),
        (True, "true"),
        (None, ""),
        (0, "0"),
    ],
)
def test_cell(value: Any, expected: str) -> None:
    assert cell(value) == expected


def test_the_unlocated_are_listed_apart(folder: Path) -> None:
    rows = read_csv(folder / "incidents_unlocated.csv")
    assert [row[0] for row in rows[2:]] == ["i-nowhere"]


# Issues and summary


def test_issues_are_one_object_a_line(folder: Path) -> None:
    (line,) = (folder / "issues.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line) == {
        "kind": "place_unknown", "reason": "Nobody knows a place of this name.", "report_id": "wire-2", "source": None,
        "words": "Nowhere",
    }  # fmt: skip


def test_summary_counts_and_hashes(folder: Path) -> None:
    summary = read_json(folder / "summary.json")
    assert summary["inputs"] == {"wire-1.txt": "0" * 64, "ar-1.txt": "1" * 64}
    assert summary["versions"] == {"claimatlas": "0.1.0"}
    counts = summary["counts"]
    assert (counts["incidents"], counts["incidents_unlocated"], counts["incidents_undated"]) == (7, 1, 1)
    assert counts["by_actor"]["russia"] == 2
    assert sum(counts["by_grading"].values()) == 7
    assert (counts["first_day"], counts["last_day"]) == ("2018-03-01", "2018-11-05")


# GeoPackage


@pytest.fixture
def database(folder: Path) -> Any:
    with sqlite3.connect(folder / "incidents.gpkg") as connection:
        yield connection
    connection.close()


def test_notes_for_the_geopackage_of_before_do_not_stay(tmp_path: Path) -> None:
    for note in ("-wal", "-shm"):
        (tmp_path / f"incidents.gpkg{note}").write_bytes(b"of the file before")
    write_layers(make_small_atlas(), tmp_path)
    assert not list(tmp_path.glob("*.gpkg-*"))


def test_geopackage_has_the_tables_with_exact_types(folder: Path) -> None:
    path = folder / "incidents.gpkg"
    listed = dict(pyogrio.list_layers(path))
    # Newer versions of GDAL also list the tables of pairs.
    assert {name: kind for name, kind in listed.items() if not name.startswith("incidents_")} == {
        "incidents": "Point", "claims": "Point", "places": "Polygon", "reports": None, "layer_styles": None,
    }  # fmt: skip
    with sqlite3.connect(path) as connection:
        for table, columns in TABLES.items():
            types = {row[1]: row[2] for row in connection.execute(f"PRAGMA table_info({table})")}
            expected = {Kind.TEXT: "TEXT", Kind.INTEGER: "MEDIUMINT", Kind.BOOLEAN: "BOOLEAN", Kind.DATE: "DATE"}
            assert {c.name: types[c.name] for c in columns} == {c.name: expected[c.kind] for c in columns}
            assert types["fid"] == "INTEGER"
    connection.close()


def test_geopackage_keeps_every_rule_of_the_standard(folder: Path) -> None:
    """GDAL's own validator of the standard's requirements, where Debian's python3-gdal is installed."""
    python = shutil.which("python3", path="/usr/bin") or "python3"
    script = "import osgeo_utils.samples.validate_gpkg"
    if subprocess.run([python, "-c", script], capture_output=True).returncode != 0:
        pytest.skip("GDAL's validate_gpkg (Debian package python3-gdal) is not installed")
    for name in ("incidents.gpkg", "basemap.gpkg"):
        command = [python, "-m", "osgeo_utils.samples.validate_gpkg", "-k", str(folder / name)]
        done = subprocess.run(command, capture_output=True, text=True)
        assert (done.returncode, done.stdout) == (0, "")


def test_geopackage_is_sound(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
    tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    registered = {name for (name,) in database.execute("SELECT table_name FROM gpkg_extensions") if name is not None}
    assert registered <= tables
    columns = database.execute("SELECT table_name, column_name FROM gpkg_data_columns").fetchall()
    for table, column in columns:
        assert column in {row[1] for row in database.execute(f"PRAGMA table_info({table})")}


def test_styles_are_stored_where_qgis_finds_them(database: sqlite3.Connection) -> None:
    rows = database.execute(
        "SELECT f_table_catalog, f_table_schema, f_table_name, f_geometry_column, useAsDefault FROM layer_styles"
    ).fetchall()
    assert {row[:2] for row in rows} == {("", "")}
    geometry = dict(database.execute("SELECT table_name, column_name FROM gpkg_geometry_columns"))
    assert all(column == geometry.get(table, "") for _, _, table, column, _ in rows)
    defaults = [table for _, _, table, _, default in rows if default]
    assert sorted(defaults) == ["claims", "incidents", "places", "reports"]
    contents = dict(database.execute("SELECT table_name, data_type FROM gpkg_contents"))
    assert contents["layer_styles"] == contents["reports"] == "attributes"


def test_related_tables_join_incidents_to_claims_reports_and_places(database: sqlite3.Connection) -> None:
    relations = database.execute(
        "SELECT base_table_name, related_table_name, relation_name, mapping_table_name FROM gpkgext_relations"
    ).fetchall()
    assert relations == [
        ("incidents", "claims", "features", "incidents_claims"),
        ("incidents", "reports", "attributes", "incidents_reports"),
        ("incidents", "places", "features", "incidents_places"),
    ]
    joined = database.execute("""
        SELECT c.claimant FROM incidents i JOIN incidents_claims m ON m.base_id = i.fid
        JOIN claims c ON c.fid = m.related_id WHERE i.incident_id = 'i-soussa' AND c.incident_id = i.incident_id
    """).fetchall()
    assert joined == [("activists",), ("US-led coalition",)]
    told = database.execute("""
        SELECT r.report_id FROM incidents i JOIN incidents_reports m ON m.base_id = i.fid
        JOIN reports r ON r.fid = m.related_id WHERE i.incident_id = 'i-soussa'
    """).fetchall()
    assert told == [("wire-1",), ("wire-2",)]
    place = database.execute("""
        SELECT p.name FROM incidents i JOIN incidents_places m ON m.base_id = i.fid
        JOIN places p ON p.fid = m.related_id WHERE i.incident_id = 'i-idleb'
    """).fetchall()
    assert place == [("Idleb",)]


def test_gdal_finds_the_relations(folder: Path) -> None:
    python = shutil.which("python3", path="/usr/bin") or "python3"
    script = (
        "import sys; from osgeo import gdal; gdal.UseExceptions(); d = gdal.OpenEx(sys.argv[1], gdal.OF_VECTOR);"
        "print(*sorted(d.GetRelationship(n).GetMappingTableName() for n in d.GetRelationshipNames()))"
    )
    if subprocess.run([python, "-c", "from osgeo import gdal; gdal.Relationship"], capture_output=True).returncode != 0:
        pytest.skip("GDAL 3.6 or newer with Python (Debian package python3-gdal) is not installed")
    done = subprocess.run([python, "-c", script, str(folder / "incidents.gpkg")], capture_output=True, text=True)
    assert done.stdout.split() == ["incidents_claims", "incidents_places", "incidents_reports"]


def test_closed_sets_are_domains(database: sqlite3.Connection) -> None:
    labels = dict(
        database.execute("""
        SELECT k.value, k.description FROM gpkg_data_columns c
        JOIN gpkg_data_column_constraints k ON k.constraint_name = c.constraint_name
        WHERE c.table_name = 'incidents' AND c.column_name = 'event_type'
    """)
    )
    assert labels["airstrike"] == "Air strike"
    assert len(labels) == 8


def test_stamps_tell_the_newest_report_not_the_clock(database: sqlite3.Connection) -> None:
    moments = {moment for (moment,) in database.execute("SELECT last_change FROM gpkg_contents")}
    assert moments == {"2018-11-05T00:00:00.000Z"}


def test_places_are_circles_of_their_radius(folder: Path) -> None:
    places = geopandas.read_file(folder / "incidents.gpkg", layer="places").set_index("place_id")
    assert list(places.index) == ["ca:al-soussa", "ca:duma", "ca:idleb-governorate"]
    place = places.loc["ca:idleb-governorate"]
    reaches = [distance_km(place.lat, place.lon, y, x) for x, y in place.geometry.exterior.coords]
    # The ellipsoid's and the sphere's kilometres differ by up to 0.6 %.
    assert all(61.5 < reach < 62.5 for reach in reaches)
    assert place.geometry.is_valid
    assert shapely.is_ccw(place.geometry.exterior)


def test_arabic_is_kept_as_written(folder: Path) -> None:
    rows = pyogrio.read_dataframe(folder / "incidents.gpkg", layer="incidents").set_index("incident_id")
    assert rows.loc["i-duma", "place"] == "دوما"
    assert unicodedata.is_normalized("NFC", rows.loc["i-duma", "place_ar"])


def test_hostile_text_stays_text(folder: Path) -> None:
    row = properties(folder, "incidents")["i-hostile"]
    assert row["headline"] == HOSTILE
    rows = pyogrio.read_dataframe(folder / "incidents.gpkg", layer="incidents").set_index("incident_id")
    assert rows.loc["i-hostile", "headline"] == HOSTILE


def test_ogrinfo_reads_all_files(folder: Path) -> None:
    if shutil.which("ogrinfo") is None:
        pytest.skip("ogrinfo (Debian package gdal-bin) is not installed")
    for name in ("incidents.geojson", "claims.geojson", "incidents.gpkg", "basemap.gpkg"):
        done = subprocess.run(["ogrinfo", "-al", "-so", str(folder / name)], capture_output=True, text=True)
        assert done.returncode == 0
        assert done.stderr == ""


def test_basemap_holds_the_outlines(folder: Path) -> None:
    governorates = geopandas.read_file(folder / "basemap.gpkg", layer="governorates")
    assert len(governorates) == len(load_layers().governorate_names)
    assert "Ar-Raqqa" in set(governorates["name"])


# Edges


def test_an_empty_collection_is_written_and_opens(tmp_path: Path) -> None:
    write_layers(Atlas(), tmp_path)
    assert read_json(tmp_path / "incidents.geojson") == {
        "type": "FeatureCollection", "name": "incidents", "features": [],
    }  # fmt: skip
    assert len(pyogrio.read_dataframe(tmp_path / "incidents.gpkg", layer="places")) == 0
    assert read_json(tmp_path / "summary.json")["counts"]["incidents"] == 0
    assert (tmp_path / "issues.jsonl").read_text() == ""


def test_characters_no_format_holds_are_replaced_one_by_one(tmp_path: Path) -> None:
    bad = "a\x00b\ud800c\x1bd\ufffe"
    assert writable(bad) == "a\ufffdb\ufffdc\ufffdd\ufffd"
    report = Report(id="r", text=bad, title=bad, publisher=bad)
    incident = make_incident(
        "i-bad", "r", bad, place=None, actors=(), killed=(1, 1), headline=bad, name=bad, claimant=bad
    )
    write_layers(Atlas(reports=(report,), incidents=(incident,)), tmp_path)
    (row,) = properties(tmp_path, "claims").values()
    assert row["quote"] == writable(bad)
    assert len(row["quote"]) == row["end"] - row["start"]


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("")
    with pytest.raises(OutputError, match="output"):
        write_layers(make_small_atlas(), tmp_path / "output")


def test_places_take_the_smaller_circle() -> None:
    """One report says "in Duma", another "near Duma": the place itself is the smaller circle."""
    atlas = make_small_atlas()
    incident = atlas.incidents[1]
    assert incident.location is not None
    wide = replace(incident, id="i-wide", location=replace(incident.location, radius_m=9_000), places=())
    tables = make_tables(replace(atlas, incidents=(wide, *atlas.incidents)))
    assert {row["place_id"]: row["radius_m"] for row in tables["places"]}["ca:duma"] == 4_000


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(), min_size=1, max_size=30))
def test_no_text_breaks_a_file(tmp_path: Path, text: str) -> None:
    report = Report(id=text, text=text, title=text, publisher=text, source=text)
    incident = make_incident("i-x", text, text, place=DUMA, actors=(), killed=(1, 1), headline=text, name=text,
                             claimant=text)  # fmt: skip
    atlas = Atlas(reports=(report,), incidents=(incident,), issues=(Issue("kind", text, words=text),))
    write_layers(atlas, tmp_path)
    for path in (*tmp_path.glob("*.qml"), tmp_path / "claimatlas.qgs"):
        ET.parse(path)
    (row,) = properties(tmp_path, "claims").values()
    assert row["quote"] == writable(text)
    rows = pyogrio.read_dataframe(tmp_path / "incidents.gpkg", layer="claims")
    assert list(rows["quote"]) == [writable(text)]
    assert [len(row) for row in read_csv(tmp_path / "incidents.csv")] == [38, 38, 38]
    (line,) = (tmp_path / "issues.jsonl").read_bytes().splitlines()
    assert json.loads(line)["words"] == writable(text)
    for path in write_interchange(atlas, tmp_path, list(FORMATS)):
        assert path.stat().st_size > 0
    ET.parse(tmp_path / "interchange" / "incidents.kml")
