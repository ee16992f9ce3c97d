"""Each format is read by its own tool where there is one, and else held against the format's published rules."""

from __future__ import annotations

import csv
import datetime as dt
import json
import shutil
import subprocess
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas
import hxl
import jsonschema
import pandas as pd
import pyarrow.parquet
import pytest

from claimatlas.errors import InputError
from claimatlas.export import FORMATS, write_interchange
from claimatlas.export.ftm import PROPERTY_TYPES
from claimatlas.export.interchange import FILES
from claimatlas.model import Actor, Atlas, EventType, PlaceMention, Precision, Totals, When
from factories import AL_SOUSSA, DUMA, HOSTILE, make_incident, make_small_atlas

KML = {"k": "http://www.opengis.net/kml/2.2"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("output")
    write_interchange(make_small_atlas(), target, list(FORMATS))
    return target / "interchange"


def rows(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {next(iter(row.values())): row for row in csv.DictReader(file)}


def read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def test_older_files_of_other_formats_do_not_stay(tmp_path: Path) -> None:
    write_interchange(make_small_atlas(), tmp_path, list(FORMATS))
    (tmp_path / "interchange" / "mine.txt").write_text("of somebody else", encoding="utf-8")
    written = write_interchange(make_small_atlas(), tmp_path, ["kml"])
    left = {path for path in (tmp_path / "interchange").rglob("*") if path.is_file()}
    assert left == {*written, tmp_path / "interchange" / "mine.txt"}
    write_interchange(make_small_atlas(), tmp_path, [])
    assert [path.name for path in (tmp_path / "interchange").iterdir()] == ["mine.txt"]


def test_each_format_writes_the_files_it_says(tmp_path: Path) -> None:
    for name in FORMATS:
        written = write_interchange(make_small_atlas(), tmp_path, [name])
        assert [path.relative_to(tmp_path / "interchange").as_posix() for path in written] == list(FILES[name])


def test_unknown_format_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no format 'shp'; there are hxl, acled"):
        write_interchange(Atlas(), tmp_path, ["kml", "shp"])
    assert not list(tmp_path.iterdir())


def test_written_files_are_returned_and_the_same_every_time(folder: Path, tmp_path: Path) -> None:
    paths = write_interchange(make_small_atlas(), tmp_path, list(FORMATS))
    assert len(paths) == len(set(paths))
    assert {path.relative_to(tmp_path / "interchange") for path in paths} == {
        path.relative_to(folder) for path in folder.rglob("*") if path.is_file()
    }
    for path in paths:
        assert path.read_bytes() == (folder / path.relative_to(tmp_path / "interchange")).read_bytes()


def test_every_format_takes_an_empty_collection(tmp_path: Path) -> None:
    paths = write_interchange(Atlas(), tmp_path, list(FORMATS))
    assert len(paths) >= len(FORMATS)
    assert all(path.is_file() for path in paths)


# HXL


@pytest.mark.parametrize("table", ["incidents", "claims"])
def test_libhxl_finds_no_fault(folder: Path, table: str) -> None:
    problems: list[Any] = []
    with hxl.data(str(folder / f"{table}.hxl.csv"), hxl.InputOptions(allow_local=True)) as data:
        hxl.schema(callback=problems.append).validate(data)
        tags = [column.display_tag for column in data.columns]
    assert [str(problem) for problem in problems] == []
    assert all(tag and tag.startswith("#") for tag in tags)


# ACLED and UCDP


def test_acled_columns_and_codes(folder: Path) -> None:
    table = rows(folder / "acled.csv")
    soussa = table["i-soussa"]
    assert soussa["event_date"] == "2018-11-03"
    assert (soussa["event_type"], soussa["sub_event_type"]) == ("Explosions/Remote violence", "Air/drone strike")
    assert (soussa["actor1"], soussa["inter1"]) == ("US-led coalition", "8")
    assert (soussa["geo_precision"], soussa["time_precision"]) == ("1", "1")
    assert "killed_max=16; attribution=contested" in soussa["tags"]
    assert "denied=yes" in soussa["tags"]
    several = table["i-duma-2"]
    assert (several["actor1"], several["assoc_actor_1"]) == ("Russia", "Syrian government")


def test_acled_takes_the_middle_of_a_month(folder: Path) -> None:
    idleb = rows(folder / "acled.csv")["i-idleb"]
    assert (idleb["event_date"], idleb["time_precision"], idleb["geo_precision"]) == ("2018-09-15", "3", "3")


def test_what_nobody_says_stays_empty(folder: Path) -> None:
    """A missing figure is not a nought, a missing date no day, a missing place no point."""
    acled, ged = rows(folder / "acled.csv"), rows(folder / "ucdp-ged.csv")
    assert acled["i-nowhere"]["fatalities"] == ged["i-nowhere"]["best"] == ""
    assert acled["i-undated"]["fatalities"] == ged["i-undated"]["best"] == "0"
    assert acled["i-undated"]["event_date"] == acled["i-undated"]["time_precision"] == ""
    assert ged["i-undated"]["date_start"] == ged["i-undated"]["date_prec"] == ""
    assert acled["i-nowhere"]["latitude"] == ged["i-nowhere"]["where_prec"] == ged["i-nowhere"]["country"] == ""
    assert {row["civilian_targeting"] for row in acled.values()} == {""}
    assert (acled["i-hostile"]["fatalities"], ged["i-hostile"]["high"], ged["i-hostile"]["low"]) == ("", "3", "")


def test_ged_precision_codes(folder: Path) -> None:
    table = rows(folder / "ucdp-ged.csv")
    assert (table["i-soussa"]["where_prec"], table["i-soussa"]["date_prec"]) == ("1", "1")
    assert (table["i-idleb"]["where_prec"], table["i-idleb"]["date_prec"]) == ("4", "4")
    assert (table["i-idleb"]["low"], table["i-idleb"]["best"], table["i-idleb"]["high"]) == ("12", "12", "30")
    # Row 249 and column 442 of PRIO-GRID's half degrees, 720 a row.
    assert table["i-soussa"]["priogrid_gid"] == str((250 - 1) * 720 + 442)
    assert table["i-soussa"]["source_original"] == "activists; US-led coalition"


@pytest.mark.parametrize(
    ("days", "acled", "ged"),
    [(1, "1", "1"), (2, "2", "2"), (6, "2", "2"), (7, "2", "3"), (8, "3", "4"), (90, "3", "5")],
)
def test_length_of_the_date_becomes_a_code(tmp_path: Path, days: int, acled: str, ged: str) -> None:
    start = dt.date(2018, 5, 1)
    when = When(start, start + dt.timedelta(days=days - 1))
    table = written(tmp_path, incident_with(when=when))
    assert (table["acled"]["time_precision"], table["ged"]["date_prec"]) == (acled, ged)


@pytest.mark.parametrize(
    ("relation", "precision", "radius_km", "acled", "ged"),
    [
        ("", "settlement", 3, "1", "1"),
        ("near", "settlement", 8, "2", "2"),
        ("near", "settlement", 40, "3", "5"),
        ("countryside", "subdistrict", 10, "2", "3"),
        ("countryside", "district", 25, "3", "3"),
        ("between", "settlement", 5, "2", "2"),
        ("between", "subdistrict", 20, "2", "2"),
        ("road", "district", 61, "3", "5"),
        ("", "governorate", 60, "3", "4"),
        ("", "country", 300, "", "6"),
    ],
)
def test_where_becomes_a_code(
    tmp_path: Path, relation: str, precision: str, radius_km: int, acled: str, ged: str
) -> None:
    incident = incident_with(day=dt.date(2018, 5, 1))
    assert incident.location is not None
    location = replace(incident.location, precision=Precision(precision), radius_m=radius_km * 1000)
    mention = PlaceMention("Duma", location=location, relation=relation)
    table = written(tmp_path, replace(incident, location=location, places=(mention,)))
    assert (table["acled"]["geo_precision"], table["ged"]["where_prec"]) == (acled, ged)


def test_two_parties_of_a_clash_face_each_other(tmp_path: Path) -> None:
    incident = incident_with(day=dt.date(2018, 5, 1), actors=(Actor.ISIS, Actor.SDF_YPG), event_type=EventType.CLASH)
    table = written(tmp_path, incident)
    assert (table["acled"]["actor1"], table["acled"]["actor2"]) == ("Islamic State", "SDF / YPG")
    assert (table["acled"]["event_type"], table["acled"]["interaction"]) == ("Battles", "22")
    assert (table["ged"]["dyad_name"], table["ged"]["type_of_violence"]) == ("Islamic State - SDF / YPG", "2")


def test_civilians_stand_opposite_only_when_somebody_says_they_died(tmp_path: Path) -> None:
    incident = incident_with(day=dt.date(2018, 5, 1), actors=(Actor.RUSSIA,))
    assert written(tmp_path, incident)["acled"]["actor2"] == ""
    told = replace(incident, totals=Totals(killed_min=3, killed_max=3, civilians_killed_min=3, civilians_killed_max=3))
    acled = written(tmp_path, told)["acled"]
    assert (acled["actor2"], acled["interaction"]) == ("Civilians (Syria)", "78")
    shot = replace(told, event_type=EventType.SHOOTING)
    assert written(tmp_path, shot)["acled"]["event_type"] == "Violence against civilians"
    assert written(tmp_path, replace(shot, totals=Totals()))["acled"]["event_type"] == "Battles"


def incident_with(**settings: Any) -> Any:
    defaults: dict[str, Any] = {"place": DUMA, "actors": (), "killed": (1, 1), "headline": "One killed"}
    return make_incident("i-x", "wire-1", "16 civilians", **(defaults | settings))


def written(tmp_path: Path, incident: Any) -> dict[str, dict[str, str]]:
    atlas = Atlas(reports=make_small_atlas().reports, incidents=(incident,))
    acled, ged = write_interchange(atlas, tmp_path, ["acled", "ged"])
    return {"acled": rows(acled)["i-x"], "ged": rows(ged)["i-x"]}


def test_no_cell_of_theirs_acts_as_a_formula(folder: Path) -> None:
    for name in ("acled.csv", "ucdp-ged.csv", "incidents.hxl.csv", "claims.hxl.csv"):
        with (folder / name).open(encoding="utf-8", newline="") as file:
            cells = [value for row in csv.reader(file) for value in row]
        assert not [value for value in cells if value[:1] in ("=", "+", "-", "@", "＝")]


# TimeMap

TIMEMAP_EVENT = {
    "type": "object",
    "properties": {
        **{name: {"type": "string"} for name in (
            "id", "description", "date", "time", "location", "latitude", "longitude", "category", "comments", "colour",
        )},
        "associations": {"type": "array", "items": {"type": "string"}},
        "sources": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["description", "associations", "date", "latitude", "longitude"],
    "additionalProperties": False,
}  # fmt: skip


def test_timemap_gets_strings_and_resolvable_ids(folder: Path) -> None:
    events = read_json(folder / "timemap" / "events.json")
    sources = read_json(folder / "timemap" / "sources.json")
    associations = read_json(folder / "timemap" / "associations.json")
    jsonschema.validate(events, {"type": "array", "items": TIMEMAP_EVENT})
    known = {association["id"] for association in associations if association["mode"] == "FILTER"}
    categories = {association["id"] for association in associations if association["mode"] == "CATEGORY"}
    for event in events:
        assert set(event["sources"]) <= set(sources)
        assert set(event["associations"]) <= known
        assert event["category"] in categories
    by_id = {event["id"]: event for event in events}
    assert by_id["i-soussa"]["date"] == "11/3/2018"
    assert (by_id["i-nowhere"]["latitude"], by_id["i-nowhere"]["longitude"]) == ("", "")
    assert by_id["i-idleb"]["description"].endswith("(until 2018-09-30)")
    assert all(isinstance(source["paths"], list) for source in sources.values())


# FollowTheMoney


def test_statements_and_entities_tell_the_same(folder: Path) -> None:
    with (folder / "ftm.statements.csv").open(encoding="utf-8", newline="") as file:
        statements = list(csv.DictReader(file))
    entities = {e["id"]: e for e in map(json.loads, (folder / "ftm.entities.jsonl").read_text("utf-8").splitlines())}
    told = {(s["entity_id"], s["schema"], s["prop"], s["value"]) for s in statements}
    assert told == {
        (key, entity["schema"], name, value)
        for key, entity in entities.items() for name, values in entity["properties"].items() for value in values
    }  # fmt: skip
    assert len({s["id"] for s in statements}) == len(statements)
    linked = {s["value"] for s in statements if s["prop_type"] == "entity"}
    assert linked <= set(entities)
    events = [e for e in entities.values() if e["schema"] == "Event"]
    assert len(events) == 7
    assert all(len(e["properties"].get("involved", [])) <= 2 for e in events)
    assert not any(e["properties"].get("name") == ["Other"] for e in entities.values())


# Its reader leaves the file to the garbage collector.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_followthemoney_reads_them(folder: Path) -> None:
    ftm = pytest.importorskip("followthemoney", reason="the library followthemoney is not installed")
    from followthemoney.statement.serialize import read_csv_statements

    for line in (folder / "ftm.entities.jsonl").read_text("utf-8").splitlines():
        data = json.loads(line)
        entity = ftm.model.get_proxy(data, cleaned=False)
        assert entity.to_dict()["properties"].keys() == data["properties"].keys()
        ftm.model.get(data["schema"]).validate(data)
    with (folder / "ftm.statements.csv").open("rb") as file:
        statements = list(read_csv_statements(file))
    assert statements
    for statement in statements:
        assert statement.id == statement.generate_key()
        assert statement.prop_type == PROPERTY_TYPES[statement.prop]


# simplestyle, KML, Parquet, Linked Places


def test_simplestyle_properties(folder: Path) -> None:
    features = {f["properties"]["incident_id"]: f for f in read_json(folder / "simplestyle.geojson")["features"]}
    style = features["i-duma-2"]["properties"]
    assert style["marker-color"] == "#444444"
    assert {f["properties"]["marker-size"] for f in features.values()} == {"small", "medium", "large"}
    assert all(isinstance(f["properties"]["title"], str) and f["properties"]["title"] for f in features.values())


def test_kml_has_folders_times_and_areas(folder: Path) -> None:
    root = ET.parse(folder / "incidents.kml").getroot()
    marks = {mark.get("id"): mark for mark in root.iterfind(".//k:Placemark", KML)}
    assert len(marks) == 7
    names = [name.text for name in root.iterfind("./k:Document/k:Folder/k:name", KML)]
    assert "Russia, Syrian government" in names
    assert "Nobody can place these" in names
    styles = {f"#{style.get('id')}" for style in root.iterfind(".//k:Style", KML)}
    assert {mark.findtext("k:styleUrl", namespaces=KML) for mark in marks.values()} <= styles
    soussa = marks["i-soussa"]
    assert soussa.findtext("k:Point/k:coordinates", namespaces=KML) == "40.9675,34.528889"
    assert soussa.findtext("k:TimeStamp/k:when", namespaces=KML) == "2018-11-03"
    assert marks["i-idleb"].findtext("k:TimeSpan/k:end", namespaces=KML) == "2018-09-30"
    assert marks["i-idleb"].find("k:MultiGeometry/k:Polygon", KML) is not None
    assert marks["i-nowhere"].find("k:Point", KML) is None
    assert "<script" not in str(marks["i-hostile"].findtext("k:description", namespaces=KML))
    assert "href" not in (folder / "incidents.kml").read_text("utf-8")


def test_gdal_reads_the_kml(folder: Path) -> None:
    if shutil.which("ogrinfo") is None:
        pytest.skip("ogrinfo (Debian package gdal-bin) is not installed")
    done = subprocess.run(["ogrinfo", "-al", str(folder / "incidents.kml")], capture_output=True, text=True)
    assert done.returncode == 0
    assert "دوما" in done.stdout
    assert "POINT (40.9675 34.528889)" in done.stdout


def test_geoparquet_is_read_with_exact_types(folder: Path) -> None:
    metadata = json.loads(pyarrow.parquet.read_schema(folder / "incidents.parquet").metadata[b"geo"])
    assert metadata["version"] >= "1.0.0"
    assert metadata["columns"]["geometry"]["encoding"] == "WKB"
    frame = geopandas.read_parquet(folder / "incidents.parquet").set_index("incident_id")
    assert frame.crs == "EPSG:4326"
    assert frame.loc["i-soussa"].geometry.x == 40.9675
    assert frame.loc["i-nowhere"].geometry is None
    assert frame.loc["i-hostile", "headline"] == HOSTILE
    schema = pyarrow.parquet.read_schema(folder / "incidents.parquet")
    assert str(schema.field("date_start").type) == "date32[day]"
    assert str(schema.field("combatants_killed_min").type) == "int32"
    places = geopandas.read_parquet(folder / "places.parquet")
    assert set(places.geometry.geom_type) == {"Polygon"}
    assert len(pd.read_parquet(folder / "reports.parquet")) == 4


def test_linked_places_have_what_the_format_asks(folder: Path) -> None:
    collection = read_json(folder / "places.lpf.json")
    assert collection["@context"].startswith("https://")
    for feature in collection["features"]:
        assert feature["@id"].startswith("urn:claimatlas:")
        assert feature["properties"]["title"]
        assert set(feature["properties"]["fclasses"]) <= set("AHLPRST")
        assert all(name["citations"] for name in feature["names"])
        assert feature["when"]["timespans"][0]["start"]
        assert feature["geometry"]["type"] == "Point"
    by_title = {feature["properties"]["title"]: feature for feature in collection["features"]}
    assert by_title["Idleb"]["properties"]["fclasses"] == ["A"]
    assert by_title["Al-Soussa"]["names"][1] == {"toponym": "السوسة", "lang": "ar", "citations": [{"label": "tests"}]}
    assert by_title["Al-Soussa"]["geometry"]["coordinates"] == [AL_SOUSSA.longitude, AL_SOUSSA.latitude]


def test_precisions_all_have_codes() -> None:
    from claimatlas.export.coders import _ACLED_GEO, _UCDP_WHERE

    assert set(_ACLED_GEO) == set(_UCDP_WHERE) == set(Precision)
