import stat
from dataclasses import replace
from pathlib import Path

import pytest

from claimatlas.errors import GazetteerError
from claimatlas.gazetteer import Gazetteer, load_gazetteer
from claimatlas.gazetteer.curated import Patch, add_place, check_gazetteer, read_curated
from claimatlas.gazetteer.entries import Entry, PlaceName
from claimatlas.model import GOVERNORATES
from claimatlas.names.governorates import canonical_governorate
from claimatlas.resources import data_folder
from gazetteer_factory import NAMES, PLACES, make_entry, make_gazetteer, write_folder


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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "gazetteer")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


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


def test_near_lists_places_by_distance_and_leaves_areas_out() -> None:
    near = make_gazetteer().near(34.69, 40.83, 20.0)
    assert [entry.place.id for _, entry in near] == ["ca:hajin", "ca:shafah"]
    assert near[0][0] == pytest.approx(0.0)


def test_an_empty_gazetteer_answers_nothing() -> None:
    empty = Gazetteer([])
    assert empty.find_names("Hajin") == []
    assert empty.index.find("Hajin") == []
    assert empty.near(34, 40, 50) == []
