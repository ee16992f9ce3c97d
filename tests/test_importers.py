from pathlib import Path

import msgspec
import pytest

from claimatlas.errors import GazetteerError, InputError
from claimatlas.gazetteer import load_gazetteer
from claimatlas.gazetteer.curated import read_curated
from claimatlas.gazetteer.exporting import export_gazetteer
from claimatlas.importers import import_file
from claimatlas.resources import data_folder
from gazetteer_factory import make_gazetteer, write_folder

SHARED = Path(__file__).parents[1].parent / "shared"

COD = """admin1Name_en,admin1Name_ar,admin1Pcode,admin2Name_en,admin2Pcode,admin3Name_en,admin3Pcode,\
admin4Name_en,admin4Name_ar,admin4Pcode,IsAdmin1Capital,IsAdmin3Capital,Latitude_y,Longitude_x
Deir-ez-Zor,دير الزور,SY09,Abu Kamal,SY0902,Hajin,SY090201,Hajine,هجين,C5176,No,Yes,34.7001,40.8311
Deir-ez-Zor,دير الزور,SY09,Abu Kamal,SY0902,Hajin,SY090201,Mreimin Hajin,مريمين هجين,C9999,No,No,34.75,40.70
Deir-ez-Zor,دير الزور,SY09,Abu Kamal,SY0902,Hajin,SY090201,Eastern Hajin,هجين الشرقي,C6666,No,No,34.75,40.95
Dar'a,درعا,SY12,Izra',SY1202,Nawa,SY120203,Tal Elsus - Abu Sus,تل السوس_أبو سوس,C8888,No,No,32.90,36.01
,,,,,,,Nowhere,,C7777,No,No,,
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "gazetteer")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


def test_an_imported_place_with_the_pcode_of_a_curated_one_adds_its_spelling_and_changes_nothing(
    folder: Path, store: Path, tmp_path: Path
) -> None:
    path = tmp_path / "cod.csv"
    path.write_text(COD, encoding="utf-8")
    imported = import_file("cod", path, store)
    assert imported.skipped == {"without name or coordinates": 1}
    gazetteer = load_gazetteer(store, folder)
    hajin = gazetteer.entry("ca:hajin")
    assert (hajin.place.latitude, hajin.place.name) == (34.69, "Hajin")
    assert "Hajine" in [name.name for name in hajin.names]
    assert "cod:C5176" not in {entry.place.id for entry in gazetteer.entries}
    assert gazetteer.place("cod:C8888").governorate == "Dar'a"


def test_composite_names_and_added_areas_become_names_of_their_own(folder: Path, store: Path, tmp_path: Path) -> None:
    path = tmp_path / "cod.csv"
    path.write_text(COD, encoding="utf-8")
    import_file("cod", path, store)
    gazetteer = load_gazetteer(store, folder)
    assert {"Tal Elsus", "Abu Sus", "تل السوس"} <= {name.name for name in gazetteer.entry("cod:C8888").names}
    assert {"Mreimin", "مريمين"} <= {name.name for name in gazetteer.entry("cod:C9999").names}


def test_the_word_that_parts_a_place_from_its_namesake_is_no_name_of_it(
    folder: Path, store: Path, tmp_path: Path
) -> None:
    path = tmp_path / "cod.csv"
    path.write_text(COD, encoding="utf-8")
    import_file("cod", path, store)
    names = {name.name for name in load_gazetteer(store, folder).entry("cod:C6666").names}
    assert "Eastern Hajin" in names
    assert not {"Eastern", "الشرقي"} & names


def test_a_list_of_another_country_in_xlsx_is_read(store: Path, folder: Path, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["ADM1_EN", "ADM1_PCODE", "ADM2_EN", "ADM2_PCODE", "ADM3_EN", "ADM3_PCODE", "lat", "lon"])
    sheet.append(["Ninewa", "IQ15", "Sinjar", "IQ1508", "Sinjar town", "IQ150801", 36.32, 41.87])
    book.save(tmp_path / "iraq.xlsx")
    import_file("cod", tmp_path / "iraq.xlsx", store)
    gazetteer = load_gazetteer(store, folder)
    assert gazetteer.place("cod:IQ150801").governorate == "Ninewa"
    assert gazetteer.place("cod:IQ15").kind == "governorate"
    assert gazetteer.governorate_named("ninewa") == "Ninewa"


def test_geonames_are_joined_by_name_and_distance(folder: Path, store: Path, tmp_path: Path) -> None:
    def row(number: str, name: str, others: str, lat: str, lon: str, cls: str, code: str, population: str = "0") -> str:
        behind = ["SY", "", "07", "", "", "", population, "", "", "Asia/Damascus", "2020-01-01"]
        return "\t".join([number, name, name, others, lat, lon, cls, code, *behind])

    path = tmp_path / "SY.txt"
    path.write_text(
        "\n".join([
            row("1", "Muḩāfaz̧at Dayr az Zawr", "", "35", "40", "A", "ADM1"),
            row("2", "Hajīn", "Hajin,هجين,Хаджин", "34.685", "40.825", "P", "PPL", "6000"),
            row("3", "Tall Hajin", "", "34.9", "40.1", "P", "PPL"),
            row("4", "Some Spring", "", "34.9", "40.1", "H", "SPNG"),
            "not a row",
        ]),
        encoding="utf-8",
    )  # fmt: skip
    alternate = tmp_path / "alternate.txt"
    alternate.write_text("9\t3\tku\tGirê Hajîn\t\t\n9\t3\tlink\thttps://example.org\t\t\n", encoding="utf-8")
    imported = import_file("geonames", path, store, alternate_names=alternate)
    assert imported.skipped == {"kind of no use": 1, "not a GeoNames row": 1}
    gazetteer = load_gazetteer(store, folder)
    assert "Hajīn" in [name.name for name in gazetteer.entry("ca:hajin").names]
    assert "Хаджин" not in [name.name for name in gazetteer.entry("ca:hajin").names]
    assert gazetteer.place("geonames:3").governorate == "Deir-ez-Zor"
    assert "Girê Hajîn" in [name.name for name in gazetteer.entry("geonames:3").names]


def test_whos_on_first_is_read_and_superseded_rows_are_left_out(folder: Path, store: Path, tmp_path: Path) -> None:
    path = tmp_path / "wof.csv"
    header = (
        "wof_id,name,placetype,lat,lon,names_eng,names_ara,names_other,population,is_current,deprecated,"
        "superseded_by,hierarchy\n"
    )
    path.write_text(
        header
        + "5,Dar`a,region,32.7,36.2,,,,,1,,,\n"
        + '6,Tall Sus,locality,32.95,36.0,Tal Soos,تل سوس,テスト,300,1,,,"[{""region_id"": 5}]"\n'
        + "7,Old,locality,32.9,36.0,,,,,1,2015-01-01,,\n",
        encoding="utf-8",
    )
    imported = import_file("wof", path, store)
    assert imported.skipped == {"no longer current": 1}
    place = load_gazetteer(store, folder).place("wof:6")
    assert (place.governorate, place.name_ar) == ("Dar'a", "تل سوس")


def test_what_is_exported_as_linked_places_can_be_imported(folder: Path, store: Path, tmp_path: Path) -> None:
    path = tmp_path / "places.json"
    path.write_bytes(export_gazetteer(make_gazetteer().entries, "lpf"))
    imported = import_file("lpf", path, store)
    assert len(imported.entries) == len(make_gazetteer())
    gazetteer = load_gazetteer(store, folder)
    shafah = gazetteer.place("lpf:ca-shafah")
    assert (shafah.kind, shafah.governorate, shafah.name_ar) == ("town", "Deir-ez-Zor", "الشعفة")


@pytest.mark.parametrize(
    ("source", "name", "content"),
    [
        ("cod", "a.csv", b"x,y\n1,2\n"),
        ("cod", "a.csv", b""),
        ("cod", "a.csv", b"\xff\xfe\xfa"),
        ("cod", "a.xlsx", b"not a workbook"),
        ("geonames", "a.txt", b"nothing here\n"),
        ("wof", "a.csv", b"id,name\n1,x\n"),
        ("lpf", "a.json", b"{"),
        ("lpf", "a.json", b"[1]"),
        ("lpf", "a.json", b'{"features": [1, {}, {"geometry": {"type": "Point", "coordinates": "x"}}]}'),
    ],
)
def test_files_of_another_format_are_refused_in_one_sentence(
    source: str, name: str, content: bytes, store: Path, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=name):
        import_file(source, path, store)
    assert not (store / "imported").exists()


FEATURE = """{"features": [{"@id": "x", "properties": %s, "names": %s, "types": %s, "relations": 7,
 "geometry": {"type": "Point", "coordinates": [40.9, 34.5]}}]}"""


@pytest.mark.parametrize(
    ("source", "name", "content"),
    [
        ("wof", "a.csv", "wof_id,name,placetype,lat,lon,population,hierarchy\n1,Tall Sus,locality,32,36,many,7\n"),
        ("wof", "a.csv", "wof_id,name,placetype,lat,lon,hierarchy\n1,Tall Sus,locality,32,36,[1]\n"),
        ("lpf", "a.json", FEATURE % ('{"title": "Tall Sus", "fclasses": "P"}', '["Tall"]', '["town"]')),
        ("lpf", "a.json", FEATURE % ("[1]", '[{"toponym": "Tall Sus"}]', '{"label": "town"}')),
        ("lpf", "a.json", FEATURE % ('{"title": "Tall Sus", "fclasses": [[]]}', "7", '[{"label": {"a": 1}}]')),
        ("geonames", "a.txt", "\t".join(["1", "Tall Sus", "", "", "32", "36", "P", "PPL", *[""] * 6, "²"]) + "\n"),
    ],
)
def test_a_cell_of_another_shape_costs_its_own_fact_alone(
    source: str, name: str, content: str, folder: Path, store: Path, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    import_file(source, path, store)
    places = [entry.place for entry in load_gazetteer(store, folder).entries if not entry.place.id.startswith("ca:")]
    assert [(place.name, place.kind) for place in places] == [("Tall Sus", "village")]


def test_a_short_row_of_a_workbook_is_skipped_like_an_empty_one(store: Path, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["ADM1_EN", "lat", "lon", "ADM1_PCODE"])
    book.active.append(["Ninewa", 36.3, 41.8, "IQ15"])
    book.active.append(["Duhok"])
    book.save(tmp_path / "a.xlsx")
    assert import_file("cod", tmp_path / "a.xlsx", store).skipped == {"without name or coordinates": 1}


def test_a_damaged_import_says_what_to_do(folder: Path, store: Path) -> None:
    (store / "imported").mkdir(parents=True)
    (store / "imported" / "cod-x.msgpack").write_bytes(msgspec.msgpack.encode([1]))
    with pytest.raises(GazetteerError, match="import the gazetteer again"):
        load_gazetteer(store, folder)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the reference data beside the checkout is absent")
def test_ochas_list_joins_the_curated_gazetteer(store: Path) -> None:
    import_file("cod", SHARED / "reference" / "syr_admin4_places.csv", store)
    gazetteer = load_gazetteer(store)
    curated = {entry.place.id: entry for entry in read_curated(data_folder("gazetteer"))[0]}
    for place_id, entry in curated.items():
        assert gazetteer.place(place_id).latitude == entry.place.latitude
    assert len(gazetteer) > 7000
    pcodes = [entry.place.pcode for entry in gazetteer.entries if entry.place.pcode]
    assert len(pcodes) == len(set(pcodes))
