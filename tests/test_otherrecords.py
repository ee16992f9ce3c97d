"""Incidents are matched one to one with other people's tables, whatever their layout."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from claimatlas.errors import InputError
from claimatlas.model import Actor
from claimatlas.otherrecords import OtherRecord, choose_columns, find_actors, match_records, read_records
from claimatlas.records.tables import Record

ACLED = (
    "event_id_cnty,event_date,event_type,actor1,admin1,location,latitude,longitude,fatalities,notes\n"
    "SYR1,03 November 2018,Explosions/Remote violence,Global Coalition Against Daesh,Deir ez Zor,Hajin,34.69,40.83,12,"
    '"x, y"\n'
    "SYR2,05 November 2018,Battles,Military Forces of Syria (2000-2024),Rural Damascus,Duma,33.57,36.40,0,\n"
)
GED = (
    "id;date_start;date_end;side_a;adm_1;where_coordinates;latitude;longitude;best;high;low\n"
    "77;2018-11-02 00:00:00.000;2018-11-04 00:00:00.000;Government of Syria;Dayr az Zawr;Hajin;34.69;40.83;10;14;8\n"
)
AIRWARS = (
    "incident_code\tdate\tlocation_name\tlatitude\tlongitude\tbelligerents\tciv_min\tciv_max\n"
    "CS1\t2018-11-03\tHajin\t34.69\t40.83\tUS-led Coalition\t10\t13\n"
)


def write(tmp_path: Path, text: str, name: str = "table.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def incident(identifier: str = "i-1", **changes: object) -> Record:
    record: dict[str, object] = {
        "incident_id": identifier, "date_start": "2018-11-03", "date_end": "2018-11-03", "lat": 34.689, "lon": 40.831,
        "radius_m": 2000, "killed_min": 12, "killed_max": 12, "actors": "us_led_coalition",
        "governorate": "Deir-ez-Zor",
        "actor_label": "US-led coalition", "place": "Hajin",
    }  # fmt: skip
    return {**record, **changes}  # type: ignore[return-value]


def other(identifier: str = "r", day: int = 3, **fields: object) -> OtherRecord:
    date = dt.date(2018, 11, day)
    values: dict[str, object] = {"latitude": 34.69, "longitude": 40.83, "killed_min": 12, "killed_max": 12}
    return OtherRecord(identifier, date, date, **{**values, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "identifier", "killed", "actors"),
    [
        (ACLED, "SYR1", (12, 12), (Actor.US_LED_COALITION,)),
        (GED, "77", (8, 14), (Actor.SYRIAN_GOVERNMENT,)),
        (AIRWARS, "CS1", (10, 13), (Actor.US_LED_COALITION,)),
    ],
)
def test_known_layouts_are_recognised(
    tmp_path: Path, text: str, identifier: str, killed: tuple[int, int], actors: tuple[Actor, ...]
) -> None:
    records, unusable = read_records(write(tmp_path, text))
    assert unusable == []
    first = records[0]
    assert (first.id, (first.killed_min, first.killed_max), first.actors) == (identifier, killed, actors)
    assert first.start <= dt.date(2018, 11, 3) <= first.end
    assert match_records([incident()], records).matches[0].record_id == identifier


def test_columns_can_be_named(tmp_path: Path) -> None:
    path = write(tmp_path, "wann,dead\n2018-11-03,4\n")
    with pytest.raises(InputError, match="date_start=NAME"):
        read_records(path)
    records, _ = read_records(path, {"date_start": "wann", "killed_min": "dead"})
    assert (records[0].id, records[0].killed_max) == ("row 2", 4)
    with pytest.raises(InputError, match="no column nope"):
        choose_columns(["wann"], {"date_start": "nope"}, path)
    with pytest.raises(InputError, match="no field shoe"):
        choose_columns(["wann"], {"shoe": "wann"}, path)


def test_a_workbook_is_read(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["event_date", "latitude", "longitude", "fatalities"])  # type: ignore[union-attr]
    book.active.append([dt.datetime(2018, 11, 3), 34.69, 40.83, 12])  # type: ignore[union-attr]
    book.save(tmp_path / "t.xlsx")
    records, _ = read_records(tmp_path / "t.xlsx")
    assert (records[0].start, records[0].killed_min) == (dt.date(2018, 11, 3), 12)


def test_rows_without_a_day_are_named_and_empty_rows_skipped(tmp_path: Path) -> None:
    records, unusable = read_records(write(tmp_path, "date,fatalities\nsoon,4\n,\n2018-11-03,many\n"))
    assert [record.killed_min for record in records] == [None]
    assert unusable == ["table.csv, row 2: 'soon' is no day; write it as 2018-07-17."]


def test_a_point_beyond_the_poles_is_named(tmp_path: Path) -> None:
    records, (reason,) = read_records(write(tmp_path, "date,latitude,longitude\n2018-11-03,136.2,34.5\n"))
    assert records == []
    assert reason == "table.csv, row 2: '136.2' is no latitude in degrees; are latitude and longitude swapped?"


def test_the_best_estimate_does_where_no_bounds_are_given(tmp_path: Path) -> None:
    (record,), _ = read_records(write(tmp_path, "date_start,best\n2018-11-03,12\n"))
    assert (record.killed_min, record.killed_max) == (12, 12)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"PK\x03\x04 no workbook"])
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / ("t.xlsx" if content.startswith(b"PK") else "t.csv")
    path.write_bytes(content)
    with pytest.raises(InputError, match="t\\."):
        read_records(path)


def test_each_incident_is_matched_with_one_record_the_best(tmp_path: Path) -> None:
    comparison = match_records([incident()], [other("worse", killed_min=60, killed_max=60), other("better")])
    assert [match.record_id for match in comparison.matches] == ["better"]
    assert comparison.only_there == ("worse",)


def test_what_is_missing_on_either_side_is_named() -> None:
    comparison = match_records([incident(), incident("i-2", date_start="2019-01-01", date_end=None)], [other("r", 20)])
    assert comparison.matches == ()
    assert comparison.only_here == ("i-1", "i-2")
    assert comparison.only_there == ("r",)


def test_disagreements_are_told() -> None:
    record = other(day=4, killed_min=30, killed_max=40, actors=(Actor.RUSSIA,), latitude=34.75, place="Gharanij")
    match = match_records([incident()], [record]).matches[0]
    told = "; ".join(match.disagreements)
    assert "1 day apart (2018-11-03, there 2018-11-04)" in told
    assert "km apart (Hajin, there Gharanij)" in told
    assert "killed: 12, there 30 to 40" in told
    assert "laid to US-led coalition, there to Russia" in told


def test_a_record_without_a_point_is_matched_by_governorate() -> None:
    here = other(latitude=None, longitude=None, governorate="Deir ez-Zor")
    there = other(latitude=None, longitude=None, governorate="Homs")
    assert match_records([incident()], [here]).matches
    assert not match_records([incident()], [there]).matches


def test_undated_and_far_incidents_match_nothing() -> None:
    assert not match_records([incident(date_start=None)], [other()]).matches
    assert not match_records([incident(lat=33.5, lon=36.3)], [other()]).matches


def test_a_month_wide_incident_is_not_matched_with_everything() -> None:
    assert not match_records([incident(date_start="2018-01-01", date_end="2018-12-31")], [other()]).matches


@pytest.mark.parametrize(
    ("words", "actors"),
    [
        ("Military Forces of Turkey (2016-)", (Actor.TURKEY,)),
        ("Syrian National Army (Turkish proxy)", (Actor.TURKEY, Actor.TURKISH_BACKED_OPPOSITION)),
        ("Russian Military, Syrian Regime", (Actor.RUSSIA, Actor.SYRIAN_GOVERNMENT)),
        ("Hayat Tahrir al-Sham", (Actor.HTS_NUSRA,)),
        ("Unidentified Armed Group", ()),
    ],
)
def test_actors_are_recognised_in_other_wordings(words: str, actors: tuple[Actor, ...]) -> None:
    assert find_actors(words) == actors
