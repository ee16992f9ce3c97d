import csv
import json
import stat
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from claimatlas.errors import GazetteerError, InputError
from claimatlas.gazetteer import (
    Entry,
    Gazetteer,
    Patch,
    PlaceName,
    add_place,
    canonical_governorate,
    check_gazetteer,
    load_gazetteer,
    read_curated,
)
from claimatlas.gazetteer_export import export_gazetteer
from claimatlas.importers import import_file
from claimatlas.model import GOVERNORATES
from claimatlas.resources import data_folder
from gazetteer_factory import NAMES, PLACES, make_entry, make_gazetteer, write_folder

SHARED = Path(__file__).parents[1].parent / "shared"

COD = """admin1Name_en,admin1Name_ar,admin1Pcode,admin2Name_en,admin2Pcode,admin3Name_en,admin3Pcode,\
admin4Name_en,admin4Name_ar,admin4Pcode,IsAdmin1Capital,IsAdmin3Capital,Latitude_y,Longitude_x
Deir-ez-Zor,دير الزور,SY09,Abu Kamal,SY0902,Hajin,SY090201,Hajine,هجين,C5176,No,Yes,34.7001,40.8311
Deir-ez-Zor,دير الزور,SY09,Abu Kamal,SY0902,Hajin,SY090201,Mreimin Hajin,مريمين هجين,C9999,No,No,34.75,40.70
Deir-ez-Zor,دير الزور,SY09,Abu Kamal,SY0902,Hajin,SY090201,Eastern Hajin,هجين الشرقي,C6666,No,No,34.75,40.95
Dar'a,درعا,SY12,Izra',SY1202,Nawa,SY120203,Tal Elsus - Abu Sus,تل السوس_أبو سوس,C8888,No,No,32.90,36.01
,,,,,,,Nowhere,,C7777,No,No,,
"""


# --- reading and checking ---------------------------------------------------------------------


def test_curated_files_are_read_with_their_names_and_default_radii(tmp_path: Path) -> None:
    entries, patches = read_curated(
        write_folder(tmp_path, patches="- {name: Hajin, reason: a test, place: ca:hajin}\n")
    )
    assert [entry.place.id for entry in entries] == ["ca:hajin", "ca:hajin-hospital", "ca:nawa"]
    assert [name.name for name in entries[0].names] == ["Hajin", "هجين", "Hadjin"]
    assert entries[1].place.radius_km == 0.5
    assert entries[1].parent == "ca:hajin"
    assert not entries[2].names[-1].strong
    assert patches == [Patch("Hajin", "a test", place="ca:hajin")]


def test_all_faults_of_a_file_are_said_at_once(tmp_path: Path) -> None:
    broken = (
        PLACES
        + "ca:hajin,town,Twice,,,,,,34,40,,,,\n"
        + "ca:swapped,town,Swapped,,,,,,134.5,35.1,,,,\n"
        + "ca:kind,castle of air,Kind,,,,,,34,40,,,,\n"
        + ",town,No id,,,,,,34,40,,,,\n"
        + "ca:radius,town,Radius,,,,,,34,40,wide,,,\n"
    )
    names = NAMES + "ca:unknown,Name,en,strong,x\nca:hajin,Other,en,medium,x\nca:hajin,,en,strong,x\n"
    with pytest.raises(GazetteerError) as caught:
        read_curated(write_folder(tmp_path, broken, names, patches="just text"))
    message = str(caught.value)
    for words in (
        "stands twice",
        "Are latitude and longitude swapped?",
        "unknown kind",
        "id is empty",
        "'wide'",
        "not in places.csv",
        "'medium'",
        "empty name",
        "patches.yml",
    ):
        assert words in message


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"id,kind\nca:x,town\n"])
def test_files_of_another_form_are_named(tmp_path: Path, content: bytes) -> None:
    (write_folder(tmp_path) / "places.csv").write_bytes(content)
    with pytest.raises(GazetteerError, match=r"places\.csv"):
        read_curated(tmp_path)


def fault_of(entry: Entry, *others: Entry) -> str:
    return " ".join(check_gazetteer([entry, *others]))


def test_two_strong_owners_of_a_spelling_in_one_governorate_are_a_fault() -> None:
    a = make_entry("ca:a", "village", "Al-Sha'afa", None, "Aleppo", None, 36.2, 37.1)
    b = make_entry("ca:b", "village", "Shaafah", None, "Aleppo", None, 36.3, 37.1)
    assert "strong owners" in fault_of(a, b)
    elsewhere = replace(b, place=replace(b.place, governorate="Hama"))
    assert fault_of(a, elsewhere) == ""
    weak = replace(b, names=(PlaceName("Shaafah", "en", False),))
    assert fault_of(a, weak) == ""


def test_a_town_and_the_district_named_after_it_are_no_conflict() -> None:
    town = make_entry("ca:a", "town", "Afrin", "عفرين", "Aleppo", None, 36.5, 36.87)
    district = make_entry("ca:b", "district", "Afrin", "عفرين", "Aleppo", None, 36.5, 36.87)
    assert fault_of(town, district) == ""


def test_each_kind_of_fault_is_found() -> None:
    good = make_entry("ca:a", "village", "Hajin", "هجين", "Deir-ez-Zor", None, 34.7, 40.8)
    assert fault_of(good) == ""
    assert "not in places.csv" in fault_of(replace(good, parent="ca:none"))
    assert "the fourteen are" in fault_of(replace(good, place=replace(good.place, governorate="Deir ez Zor")))
    assert "P-code" in fault_of(replace(good, place=replace(good.place, pcode="5176")))
    assert "not in Arabic script" in fault_of(replace(good, place=replace(good.place, name_ar="Hajin")))
    assert "Latin script" in fault_of(replace(good, place=replace(good.place, name="هجين")))
    area = make_entry("ca:g", "governorate", "Deir-ez-Zor", None, "Deir-ez-Zor", None, 35.2, 40.2)
    far = replace(good, place=replace(good.place, latitude=32.0, longitude=36.0))
    assert "from the centre of its governorate" in fault_of(far, area)
    city = make_entry("ca:c", "city", "Aleppo", None, "Aleppo", None, 36.2, 37.1)
    assert "said to be a part" in fault_of(replace(good, parent="ca:c"), city)
    double = replace(
        make_entry("ca:b", "village", "Susa", None, "Hama", None, 35, 36.7),
        place=replace(good.place, id="ca:b", pcode="C5176"),
    )
    assert "same P-code" in fault_of(replace(good, place=replace(good.place, pcode="C5176")), double)
    assert "gives no reason" in " ".join(check_gazetteer([good], [Patch("Hajin", " ")]))
    assert "patches.yml decides" in " ".join(check_gazetteer([good], [Patch("Hajin", "r", place="ca:none")]))


def test_the_curated_gazetteer_is_sound() -> None:
    entries, patches = read_curated(data_folder("gazetteer"))
    assert check_gazetteer(entries, patches) == []
    assert len(entries) >= 1500
    assert {entry.place.governorate for entry in entries} >= set(GOVERNORATES)


# --- importing and joining --------------------------------------------------------------------


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
        return "\t".join(
            [
                number,
                name,
                name,
                others,
                lat,
                lon,
                cls,
                code,
                "SY",
                "",
                "07",
                "",
                "",
                "",
                population,
                "",
                "",
                "Asia/Damascus",
                "2020-01-01",
            ]
        )

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


def test_exports_are_what_they_claim_to_be() -> None:
    entries = make_gazetteer().entries
    linked = json.loads(export_gazetteer(entries, "lpf"))
    feature = linked["features"][0]
    assert {"@id", "type", "properties", "names", "when", "geometry"} <= set(feature)
    assert feature["properties"]["fclasses"] == ["P"]
    assert all(name["citations"] for name in feature["names"])
    flat = json.loads(export_gazetteer(entries, "geojson"))
    assert all(not isinstance(value, dict | list) for f in flat["features"] for value in f["properties"].values())
    rows = list(csv.DictReader(export_gazetteer(entries, "csv").decode("utf-8").splitlines()))
    assert rows[3]["id"] == "ca:hajin"
    assert rows[0]["names"] == "Halab"
    assert export_gazetteer(entries, "lpf") == export_gazetteer(entries, "lpf")


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


# --- the store --------------------------------------------------------------------------------


def test_the_cache_gives_the_same_gazetteer_and_follows_changes(folder: Path, store: Path) -> None:
    built = load_gazetteer(store, folder)
    kept = load_gazetteer(store, folder)
    assert (store / "cache" / "gazetteer.msgpack").exists()
    assert kept.entries == built.entries
    assert kept.index == built.index
    write_folder(folder, PLACES.replace("Nawa,نوى", "Nawwa,نوى"))
    assert load_gazetteer(store, folder).place("ca:nawa").name == "Nawwa"


@pytest.mark.parametrize("damage", [b"", b"\x00", b"garbage" * 40])
def test_a_damaged_cache_is_built_again(folder: Path, store: Path, damage: bytes) -> None:
    load_gazetteer(store, folder)
    (store / "cache" / "gazetteer.msgpack").write_bytes(damage)
    assert len(load_gazetteer(store, folder)) == 3


def test_a_store_that_cannot_be_written_still_works(folder: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be")
    assert len(load_gazetteer(blocked / "store", folder)) == 3


def test_a_damaged_import_says_what_to_do(folder: Path, store: Path) -> None:
    (store / "imported").mkdir(parents=True)
    (store / "imported" / "cod-x.msgpack").write_bytes(msgspec.msgpack.encode([1]))
    with pytest.raises(GazetteerError, match="import the gazetteer again"):
        load_gazetteer(store, folder)


def test_places_of_ones_own_are_added_and_found(folder: Path, store: Path) -> None:
    entry = make_entry("my:tal-example", "village", "Tal Example", "تل مثال", "Hama", None, 35.2, 36.9, "Tell Exemple")
    add_place(entry, store)
    add_place(make_entry("my:second", "camp", "Second camp", None, "Hama", None, 35.3, 36.9), store)
    gazetteer = load_gazetteer(store, folder)
    assert gazetteer.place("my:tal-example").name_ar == "تل مثال"
    assert "Tell Exemple" in [name.name for name in gazetteer.entry("my:tal-example").names]
    with pytest.raises(GazetteerError, match="already has the id"):
        add_place(entry, store)
    with pytest.raises(GazetteerError, match="the fourteen are"):
        add_place(make_entry("my:bad", "village", "Bad", None, "Nowhere", None, 35.2, 36.9), store)
    assert stat.S_ISREG((store / "places.csv").stat().st_mode)


def test_own_places_must_not_use_curated_ids(folder: Path, store: Path) -> None:
    write_folder(store, PLACES.splitlines()[0] + "\nca:hajin,town,Hajin,,,,,,34,40,,,,\n", NAMES.splitlines()[0] + "\n")
    with pytest.raises(GazetteerError, match="ca:hajin"):
        load_gazetteer(store, folder)


def test_unknown_ids_are_refused_with_a_remedy() -> None:
    with pytest.raises(GazetteerError, match="lookup"):
        make_gazetteer().place("ca:none")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Idlib", "Idleb"),
        ("Deir ez-Zor", "Deir-ez-Zor"),
        ("الرقة", "Ar-Raqqa"),
        ("Rif Dimashq", "Rural Damascus"),
        ("Damascus", "Damascus"),
        ("Hasaka (Al Haksa)", "Al-Hasakeh"),
        ("Latakia", "Lattakia"),
        ("Daraa", "Dar'a"),
        ("As-Suwayda", "As-Sweida"),
        ("Homs Governorate", "Homs"),
        ("Quneitra", "Quneitra"),
        ("Tartus", "Tartous"),
        ("Ninewa", "Ninewa"),
        ("", None),
        (None, None),
    ],
)
def test_governorates_are_known_in_every_spelling(text: str | None, name: str | None) -> None:
    assert canonical_governorate(text) == name


# --- names in running text --------------------------------------------------------------------


def found(text: str, lang: str = "en") -> list[tuple[str, str]]:
    gazetteer = make_gazetteer()
    hits = gazetteer.find_names(text, lang)
    assert all(text[hit.start : hit.end] == hit.text for hit in hits)
    return [(hit.text, hit.place_ids[0]) for hit in hits]


def test_names_are_found_with_their_articles_and_without_possessives() -> None:
    assert found("Strikes hit al-Sha'afah and Hajin's market, then Ash Shafah.") == [
        ("al-Sha'afah", "ca:shafah"), ("Hajin", "ca:hajin"), ("Ash Shafah", "ca:shafah"),
    ]  # fmt: skip


def test_the_longest_name_wins_also_when_it_begins_later() -> None:
    assert found("in Ain Issa camp") == [("Ain Issa camp", "ca:ain-issa-camp")]
    assert found("the road to Deir ez-Zor") == [("Deir ez-Zor", "ca:deir")]


def test_small_letters_are_no_names_and_common_words_are_weak() -> None:
    assert found("they may come to hama") == []
    hits = make_gazetteer().find_names("Abu Salam in Hama, Salam said")
    assert [(hit.text, hit.strong) for hit in hits] == [("Salam", False), ("Hama", True), ("Salam", False)]


def test_acronyms_are_no_names() -> None:
    assert found("IS and US forces, SDF, HAMA") == [("HAMA", "ca:hama")]


def test_a_hand_made_decision_keeps_a_name_out_of_texts() -> None:
    gazetteer = make_gazetteer()
    decided = Gazetteer(
        gazetteer.entries,
        [Patch("Hajin", "an example", never=("*",)), Patch("Khalidiya", "an example", never=("ca:khalidiya-h",))],
    )
    hits = decided.find_names("Hajin and Khalidiya")
    assert [(hit.text, hit.place_ids) for hit in hits] == [("Khalidiya", ("ca:khalidiya-r",))]


def test_a_decision_about_capitals_is_about_capitals_only() -> None:
    gazetteer = Gazetteer(make_gazetteer().entries, [Patch("HAMA", "an example", never=("*",))])
    assert [hit.text for hit in gazetteer.find_names("HAMA and Hama")] == ["Hama"]


def test_grown_together_articles_and_headlines_in_capitals_are_read() -> None:
    assert found("DEIR EZZOR and Elsusah") == [("DEIR EZZOR", "ca:deir"), ("Elsusah", "ca:susah")]


def test_a_spelling_that_only_sounds_alike_is_found_when_it_has_two_words() -> None:
    assert found("Shelling of Bouqros Fowqani and Salah ed-Deen") == [
        ("Bouqros Fowqani", "ca:boqros-u"),
        ("Salah ed-Deen", "ca:salah"),
    ]


def test_words_of_one_name_stand_together() -> None:
    assert found("Deir, ez-Zor") == []
    assert found("Ain\n\nIssa") == []
    assert found("Ain\nIssa") == [("Ain\nIssa", "ca:ain-issa")]


def test_arabic_clitics_are_taken_off() -> None:
    text = "قصف على الشعفة وهجين، وبحلب ولدير الزور وفي السوسة"
    assert found(text, "ar") == [
        ("الشعفة", "ca:shafah"),
        ("هجين", "ca:hajin"),
        ("حلب", "ca:aleppo"),
        ("دير الزور", "ca:deir"),
        ("السوسة", "ca:susah"),
    ]


def test_vowel_signs_and_other_forms_of_letters_do_not_hide_names() -> None:
    assert found("في الشَّعْفَة", "ar") == [("الشَّعْفَة", "ca:shafah")]
    assert found("مدينه الرقه", "ar") == [("الرقه", "ca:raqqa")]


def test_text_without_names_gives_none() -> None:
    assert found("") == []
    assert found("No place is named here, nor there.") == []


def test_near_lists_places_by_distance_and_leaves_areas_out() -> None:
    near = make_gazetteer().near(34.69, 40.83, 20.0)
    assert [entry.place.id for _, entry in near] == ["ca:hajin", "ca:shafah"]
    assert near[0][0] == pytest.approx(0.0)


def test_an_empty_gazetteer_answers_nothing() -> None:
    empty = Gazetteer([])
    assert empty.find_names("Hajin") == []
    assert empty.index.find("Hajin") == []
    assert empty.near(34, 40, 50) == []


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
