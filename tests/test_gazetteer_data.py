"""The curated gazetteer itself: text that people edit, so every rule its README states is checked here."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from claimatlas.gazetteer import Gazetteer, load_gazetteer
from claimatlas.gazetteer.curated import check_gazetteer, read_curated
from claimatlas.geocode import locate
from claimatlas.geocode.candidates import Context
from claimatlas.geodesy import distance_km
from claimatlas.layers import Layers, load_layers
from claimatlas.model import GOVERNORATES
from claimatlas.resources import data_folder

FOLDER = data_folder("gazetteer")
CASES = Path(__file__).with_name("cases") / "curated_spellings.yml"
AREA_KINDS = ("governorate", "district", "subdistrict")
# Wide features may start abroad or lie on the line; a governorate is read from their middle.
WIDE = ("region", "desert", "river", "road", "mountain", "valley", "lake", *AREA_KINDS)
# Two kilometres are what the generalised outlines cannot tell, and Voronoi cells zigzag by about as much again.
SIDE_UNSURE_KM = 5.0


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def places() -> list[dict[str, str]]:
    return rows("places.csv")


@pytest.fixture(scope="module")
def names() -> list[dict[str, str]]:
    return rows("names.csv")


@pytest.fixture(scope="module")
def curated(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    return load_gazetteer(tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="module")
def layers() -> Layers:
    return load_layers()


def spelling_cases() -> list[Any]:
    cases = yaml.safe_load(CASES.read_text("utf-8"))
    return [
        pytest.param(spelling, case["governorate"], case["place"], id=f"{case['place'][3:]}-{spelling}")
        for case in cases
        for spelling in case["spellings"]
    ]


def test_the_gazetteer_has_no_faults() -> None:
    entries, patches = read_curated(FOLDER)
    assert check_gazetteer(entries, patches) == []


def test_places_are_chosen_generously(places: list[dict[str, str]]) -> None:
    kinds = Counter(place["kind"] for place in places)
    own = sum(count for kind, count in kinds.items() if kind not in AREA_KINDS)
    assert own >= 3300
    assert kinds["neighbourhood"] >= 380
    floors = {
        "camp": 30,
        "airbase": 20,
        "dam": 10,
        "crossing": 20,
        "hospital": 30,
        "oil_field": 25,
        "mountain": 20,
        "region": 50,
    }
    assert {kind: kinds[kind] for kind in floors if kinds[kind] < floors[kind]} == {}


def test_all_governorates_districts_and_subdistricts_are_areas(places: list[dict[str, str]]) -> None:
    held = {kind: {place["governorate"] for place in places if place["kind"] == kind} for kind in AREA_KINDS}
    assert held == {kind: set(GOVERNORATES) for kind in AREA_KINDS}
    kinds = Counter(place["kind"] for place in places)
    assert (kinds["governorate"], kinds["district"], kinds["subdistrict"]) == (14, 62, 272)


def test_rows_are_sorted_so_that_edits_show_in_a_diff(
    places: list[dict[str, str]], names: list[dict[str, str]]
) -> None:
    ids = [place["id"] for place in places]
    assert ids == sorted(set(ids))
    assert [name["place_id"] for name in names] == sorted(name["place_id"] for name in names)
    assert max(Counter((name["place_id"], name["name"]) for name in names).values()) == 1


def test_an_id_is_a_readable_slug(places: list[dict[str, str]]) -> None:
    assert [p["id"] for p in places if not re.fullmatch(r"ca:[a-z0-9]+(-[a-z0-9]+)*", p["id"])] == []


def test_every_place_has_names_in_both_scripts(places: list[dict[str, str]], names: list[dict[str, str]]) -> None:
    scripts = defaultdict(set)
    for name in names:
        scripts[name["place_id"]].add("ar" if name["lang"] == "ar" else "latin")
    assert [place["id"] for place in places if scripts[place["id"]] != {"ar", "latin"}] == []


def test_the_language_of_a_name_fits_its_letters(names: list[dict[str, str]]) -> None:
    arabic = re.compile(r"[\u0600-\u06ff]")
    assert {name["lang"] for name in names} <= {"en", "ar", "ku", "tr", "fr"}
    assert [name for name in names if bool(arabic.search(name["name"])) != (name["lang"] == "ar")] == []


def test_no_editors_mark_is_left_in_a_name(places: list[dict[str, str]], names: list[dict[str, str]]) -> None:
    written = [place["name"] for place in places] + [name["name"] for name in names]
    assert [name for name in written if re.search(r"[~|;=!?_]|\s{2}|^\s|\s$", name)] == []


def test_display_names_are_told_apart_within_a_governorate(places: list[dict[str, str]]) -> None:
    shown = Counter((place["name"], place["governorate"], place["kind"]) for place in places)
    assert [name for name, count in shown.items() if count > 1] == []


def test_a_quarter_lies_in_its_city(places: list[dict[str, str]]) -> None:
    by_id = {place["id"]: place for place in places}
    for place in places:
        if place["kind"] == "neighbourhood":
            city = by_id[place["parent"]]
            assert city["kind"] in ("city", "town"), place["id"]
            assert city["governorate"] == place["governorate"], place["id"]


def test_every_place_lies_in_syria_and_in_its_governorate(places: list[dict[str, str]], layers: Layers) -> None:
    wrong = []
    for place in places:
        latitude, longitude = float(place["lat"]), float(place["lon"])
        if not layers.is_in_country(latitude, longitude):
            wrong.append((place["id"], "abroad"))
        if place["kind"] in WIDE or not place["governorate"] or place["note"].startswith("Governorate:"):
            continue
        near = {
            layers.governorate_at(latitude + north, longitude + east)
            for north in (-SIDE_UNSURE_KM / 111, 0, SIDE_UNSURE_KM / 111)
            for east in (-SIDE_UNSURE_KM / 91, 0, SIDE_UNSURE_KM / 91)
        }
        if place["governorate"] not in near:
            wrong.append((place["id"], place["governorate"]))
    assert wrong == []


def test_every_source_is_explained(places: list[dict[str, str]]) -> None:
    readme = (FOLDER / "README.md").read_text("utf-8")
    assert {place["source"] for place in places if f"`{place['source']}`" not in readme} == set()


def test_ocha_places_keep_their_codes(places: list[dict[str, str]]) -> None:
    coded = [place for place in places if place["source"] == "OCHA COD 2016"]
    assert [place["id"] for place in coded if not re.fullmatch(r"C\d{4}", place["pcode"])] == []


def test_a_city_owns_its_name_and_its_governorate_yields(curated: Gazetteer) -> None:
    for city in ("aleppo", "homs", "hama", "raqqa", "deir-ez-zor", "idlib", "daraa"):
        strong = {name.name for name in curated.entry(f"ca:{city}").names if name.strong}
        assert curated.place(f"ca:{city}").name in strong
    weak = {name.name: name.strong for name in curated.entry("ca:governorate-aleppo").names}
    assert weak["Aleppo"] is False
    assert weak["Aleppo governorate"] is True


@pytest.mark.parametrize(
    ("word", "lang"),
    [
        ("The Islamic State said it struck a base.", "en"),
        ("SANA reported that the body was found, Tom said.", "en"),
        ("He was wounded in Gaza and treated in Haifa.", "en"),
        ("أصيب بجروح في العدوان على لبنان", "ar"),
    ],
)
def test_common_words_and_foreign_places_are_no_strong_names(curated: Gazetteer, word: str, lang: str) -> None:
    assert [hit.text for hit in curated.find_names(word, lang) if hit.strong] == []


@pytest.mark.parametrize(
    ("place_id", "latitude", "longitude"),
    [
        ("ca:ash-shafah", 34.58, 40.93),
        ("ca:as-susah", 34.52, 40.96),
        ("ca:al-baghuz-fawqani", 34.457, 40.950),
        ("ca:tal-al-shaer-al-hasakeh", 36.04, 41.10),
        ("ca:hajin", 34.69, 40.83),
        ("ca:al-tanf", 33.50, 38.66),
        ("ca:taftanaz-airbase", 35.97, 36.78),
        ("ca:rukban-camp", 33.30, 38.66),
    ],
)
def test_well_known_places_lie_where_they_are(
    curated: Gazetteer, place_id: str, latitude: float, longitude: float
) -> None:
    place = curated.place(place_id)
    assert distance_km(place.latitude, place.longitude, latitude, longitude) < 3


@pytest.mark.parametrize(("spelling", "governorate", "place_id"), spelling_cases())
def test_a_spelling_means_its_place(curated: Gazetteer, spelling: str, governorate: str, place_id: str) -> None:
    location = locate(spelling, curated, Context(governorate=governorate))
    assert location is not None
    assert location.place is not None
    assert location.place.id == place_id


def test_every_decision_has_a_reason_and_a_place() -> None:
    _, patches = read_curated(FOLDER)
    assert len(patches) >= 20
    assert [patch.name for patch in patches if len(patch.reason) < 20] == []
    assert [patch.name for patch in patches if patch.place is None and not patch.never] == []
    keys = Counter((patch.name, patch.governorate) for patch in patches)
    assert max(keys.values()) == 1


def test_a_decision_holds_in_its_governorate_only(curated: Gazetteer) -> None:
    inside = curated.decision("Sinjar", "Idleb")
    outside = curated.decision("Sinjar", "Aleppo")
    assert inside is not None
    assert inside.place == "ca:sinjar-idlib"
    assert outside is not None
    assert outside.never == ("*",)
    assert curated.decision("Aleppo") is None
