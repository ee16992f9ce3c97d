"""What a real, headless QGIS makes of the files: nothing may need a click."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from claimatlas.model import Actor
from claimatlas.records.columns import CLAIM_COLUMNS, INCIDENT_COLUMNS, Kind
from claimatlas.records.labels import ACTOR_LABELS, NO_ACTOR_LABEL, SEVERAL_ACTORS_LABEL
from claimatlas.records.palette import ACTOR_COLORS, CASUALTY_COLORS, GRADING_COLORS
from factories import make_small_atlas

pytestmark = pytest.mark.qgis

PYTHON = "/usr/bin/python3"
SCRIPT = Path(__file__).with_name("describe.py")
FIELD_TYPES = {Kind.TEXT: "String", Kind.INTEGER: "Integer", Kind.BOOLEAN: "Boolean", Kind.DATE: "Date"}


@pytest.fixture(scope="module")
def qgis_python() -> str:
    """Python with QGIS's bindings."""
    found = Path(PYTHON).exists() and subprocess.run([PYTHON, "-c", "import qgis.core"], capture_output=True).returncode
    if found != 0:
        pytest.skip("QGIS's Python (Debian package python3-qgis) is not installed")
    return PYTHON


def describe(python: str, what: str, folder: Path, pictures: Path) -> dict[str, Any]:
    pictures.mkdir(exist_ok=True)
    home = {"HOME": str(pictures), "XDG_RUNTIME_DIR": str(pictures)}
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"} | home
    done = subprocess.run(
        [python, str(SCRIPT), what, str(folder), str(pictures)], capture_output=True, text=True, timeout=120,
        env=environment, cwd="/",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    described: dict[str, Any] = json.loads(done.stdout)
    return described | {"said": done.stderr}


@pytest.fixture(scope="module")
def layers(qgis_python: str, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return describe(qgis_python, "layers", folder, tmp_path_factory.mktemp("pictures"))["layers"]


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pictures-of-project")


@pytest.fixture(scope="module")
def project(qgis_python: str, folder: Path, pictures: Path) -> dict[str, Any]:
    # Opened where it was not written: nothing in it may name the folder it came from.
    moved = pictures.parent / "moved elsewhere, قرية"
    shutil.copytree(folder, moved)
    hidden = folder.rename(folder.with_name("gone"))
    try:
        return describe(qgis_python, "project", moved, pictures)
    finally:
        hidden.rename(folder)


@pytest.mark.parametrize("name", ["incidents.geojson", "gpkg:incidents"])
def test_incidents_open_styled_by_actor(layers: dict[str, Any], name: str) -> None:
    renderer = layers[name]["renderer"]
    assert (renderer["type"], renderer["attribute"]) == ("categorizedSymbol", "color_actor")
    shown = {label: (value, color, tuple(shapes)) for value, label, color, shapes in renderer["categories"]}
    assert set(shown) == {*ACTOR_LABELS.values(), SEVERAL_ACTORS_LABEL, NO_ACTOR_LABEL}
    for actor in Actor:
        value, color, _ = shown[ACTOR_LABELS[actor]]
        assert value == color == ACTOR_COLORS[actor]
    assert len({(shapes, color) for _, color, shapes in shown.values()}) == len(shown)


def test_each_actor_has_a_shape_that_qgis_knows(layers: dict[str, Any]) -> None:
    """A name QGIS does not know would silently become a circle."""
    categories = layers["gpkg:incidents"]["renderer"]["categories"]
    circles = [label for _, label, _, shapes in categories if set(shapes) - {""} == {"circle"}]
    assert circles == [ACTOR_LABELS[Actor.SYRIAN_GOVERNMENT], NO_ACTOR_LABEL]


@pytest.mark.parametrize("name", ["incidents.geojson", "gpkg:incidents", "claims.geojson", "gpkg:claims"])
def test_columns_have_titles_value_maps_and_a_form(layers: dict[str, Any], name: str) -> None:
    columns = INCIDENT_COLUMNS if "incidents" in name else CLAIM_COLUMNS
    layer = layers[name]
    assert {column.name: layer["aliases"][column.name] for column in columns} == {c.name: c.title for c in columns}
    closed = {column.name: dict(column.values) for column in columns if column.values is not None}
    assert layer["value_maps"] == closed
    assert layer["widgets"]["date_start" if "incidents" in name else "published"] == "DateTime"
    assert layer["form"][0] in ("What is said", "Claim")


def test_geopackage_columns_keep_their_types_even_when_empty(layers: dict[str, Any]) -> None:
    for table, columns in (("incidents", INCIDENT_COLUMNS), ("claims", CLAIM_COLUMNS)):
        fields = layers[f"gpkg:{table}"]["fields"]
        assert {c.name: fields[c.name] for c in columns} == {c.name: FIELD_TYPES[c.kind] for c in columns}


def test_geojson_has_dates_as_dates_and_numbers_as_numbers(layers: dict[str, Any]) -> None:
    fields = layers["incidents.geojson"]["fields"]
    assert fields["date_start"] == fields["date_end"] == "Date"
    assert fields["killed_min"] == fields["killed_max"] == fields["radius_m"] == fields["n_claims"] == "Integer"
    assert fields["denied"] == "Boolean"
    assert layers["claims.geojson"]["fields"]["published"] == "Date"


@pytest.mark.parametrize("name", ["incidents.geojson", "gpkg:incidents"])
def test_an_incident_nobody_can_place_stays_in_the_table(layers: dict[str, Any], name: str) -> None:
    rows = {row["incident_id"]: row for row in layers[name]["rows"]}
    assert rows["i-nowhere"]["_geometry"] is None
    assert rows["i-duma"]["_geometry"] == "Point (36.4025 33.5718)"
    assert rows["i-duma"]["place_ar"] == "دوما"
    assert rows["i-idleb"]["date_end"] == ["QDate", "2018-09-30"]


def test_all_styles_are_stored_in_the_geopackage(layers: dict[str, Any]) -> None:
    assert layers["gpkg:incidents"]["styles"] == ["Attributed actor", "Death toll", "Grading", "Stacked incidents"]
    assert layers["gpkg:places"]["geometry"] == 2
    assert layers["gpkg:reports"]["count"] == 4


def test_project_opens_elsewhere_without_a_fault(project: dict[str, Any]) -> None:
    assert project["opened"]
    assert project["error"] == ""
    assert project["problems"] == []
    assert project["crs"] == "EPSG:32637"
    assert "Logged" not in project["said"]
    assert all("moved elsewhere" in layer["source"] for layer in project["layers"].values())


def test_project_groups_by_actor_and_by_grading(project: dict[str, Any]) -> None:
    incidents, *others = project["tree"]
    by_actor, by_grading, everything = incidents[2]
    assert by_actor[0:2] == ["By attributed actor", True]
    assert [name for name, _ in by_actor[2]] == [
        "US-led coalition", "Russia", "Syrian government", "Islamic State", "Other", "Several actors", "Date unknown",
    ]  # fmt: skip
    assert by_grading[0:2] == ["By grading", False]
    assert [name for name, _ in by_grading[2]] == ["Weak", "Contested", "Date unknown"]
    assert everything == ["All incidents", False]
    assert [node[0] for node in others] == ["Claims", "Places with their uncertainty", "Reports", "Basemap"]


def test_the_few_are_drawn_above_the_many(project: dict[str, Any]) -> None:
    counts = {key: layer["count"] for key, layer in project["layers"].items()}
    views = [counts[key] for key in project["drawn"] if key.startswith("incidents_by_")]
    assert views == sorted(views)
    assert project["drawn"][-1].startswith("basemap_")


def test_views_hold_each_incident_once(project: dict[str, Any]) -> None:
    for prefix in ("incidents_by_actor_", "incidents_by_grading_"):
        seen = [row["incident_id"] for key, layer in project["layers"].items() if key.startswith(prefix)
                for row in layer["rows"]]  # fmt: skip
        assert sorted(seen) == sorted(incident.id for incident in make_small_atlas().incidents)


def test_undated_incidents_do_not_show_at_every_step(project: dict[str, Any]) -> None:
    for key, layer in project["layers"].items():
        if key.startswith("incidents_by") and layer["temporal"]["active"]:
            assert layer["temporal"] == {"active": True, "mode": 4, "start": "date_start", "end": "date_end"}
            assert all(row["date_start"] is not None for row in layer["rows"])
    undated = project["layers"]["incidents_by_actor_undated"]
    assert not undated["temporal"]["active"]
    assert [row["incident_id"] for row in undated["rows"]] == ["i-undated"]


def test_time_spans_all_days(project: dict[str, Any]) -> None:
    weeks = 5
    assert project["time"] == ["2018-03-01", "2018-11-06", 1.0, weeks]


def test_temporal_controller_opens_on_all_days(project: dict[str, Any]) -> None:
    fixed_range = 2
    assert project["controller"] == {"mode": fixed_range, "span": ["2018-03-01", "2018-11-06"], "steps": 36}


def test_all_incidents_can_be_shown_by_deaths_by_grading_and_stacked(project: dict[str, Any]) -> None:
    styles = project["styles"]
    assert [style["type"] for style in styles.values()] == [*["categorizedSymbol"] * 3, "pointCluster"]
    assert styles["Death toll"]["attribute"] == "casualty_class"
    colors = {value: color for value, _, color, _ in styles["Death toll"]["categories"]}
    assert colors == CASUALTY_COLORS
    colors = {value: color for value, _, color, _ in styles["Grading"]["categories"]}
    assert colors == {grading.value: color for grading, color in GRADING_COLORS.items()}


def test_relation_gives_an_incident_its_claims(project: dict[str, Any]) -> None:
    assert all(relation["valid"] for relation in project["relations"].values())
    related = project["relations"]["claims_of_incidents_all"]["related"]
    expected = {incident.id: sorted(claim.id for claim in incident.claims) for incident in make_small_atlas().incidents}
    assert related == expected
    assert "Claims" in project["layers"]["incidents_by_actor_us_led_coalition"]["form"]


def test_map_tip_shows_the_claims_and_runs_nothing(project: dict[str, Any]) -> None:
    tips = project["layers"]["incidents_all"]["tips"]
    tip, title = tips["i-soussa"]
    assert '<b>activists</b> asserts – 5–16 civilians killed<br><q dir="auto">16 civilians</q>' in tip
    assert "<b>US-led coalition</b> denies" in tip
    assert "denied by the accused" in tip
    assert title == "3 Nov 2018, Al-Soussa: 5–16 killed"
    hostile, _ = tips["i-hostile"]
    assert "<img" not in hostile
    assert "<script" not in hostile
    assert "[% env('HOME') %]" in hostile
    assert "somewhere within 62 km" in tips["i-idleb"][0]


def test_layout_has_legend_scale_bar_sources_and_date(project: dict[str, Any], pictures: Path) -> None:
    (layout,) = project["layouts"]
    assert layout["exported"] == 0
    for kind in ("QgsLayoutItemMap", "QgsLayoutItemLegend", "QgsLayoutItemScaleBar", "QgsLayoutItemLabel"):
        assert kind in layout["types"]
    text = "\n".join(layout["texts"])
    assert "Sources: 4 reports by Example Wire" in text
    assert "Newest report: 2018-11-05. Printed " in text
    assert "1 not on the map: nobody can place them" in text
    assert (pictures / "layout.png").stat().st_size > 20_000


def test_picture_shows_the_marks_where_they_are(project: dict[str, Any], pictures: Path) -> None:
    """Al-Soussa is the coalition's blue, Duma half Russia's and half the government's colour, Idleb is hollow."""
    picture = Picture(pictures / "project.png", project["extent"])
    assert picture.color_at(40.9675, 34.528889) == ACTOR_COLORS[Actor.US_LED_COALITION]
    around_duma = picture.colors_near(36.4025, 33.5718, 14)
    assert {ACTOR_COLORS[Actor.RUSSIA], ACTOR_COLORS[Actor.SYRIAN_GOVERNMENT]} <= around_duma
    assert picture.color_at(36.7, 35.8) != ACTOR_COLORS[Actor.RUSSIA]
    assert ACTOR_COLORS[Actor.RUSSIA] in picture.colors_near(36.7, 35.8, 12)
    # The ring around Idleb lies 62 km from its middle, north and south, and nowhere between.
    assert is_orange(picture.colors_near(36.7, 35.8 + 62 / 110.97, 4))
    assert is_orange(picture.colors_near(36.7, 35.8 - 62 / 110.94, 4))
    assert not is_orange(picture.colors_near(36.7, 35.8 + 45 / 110.97, 4))
    marks = {ACTOR_COLORS[Actor.US_LED_COALITION], ACTOR_COLORS[Actor.RUSSIA]}
    assert not marks & picture.colors_near(38.6, 34.5, 20)


def test_an_incident_shows_on_its_days_and_on_no_other(project: dict[str, Any]) -> None:
    """QGIS's own way of comparing days with a step's ends shows incidents a step too early."""
    assert project["steps"] == {
        "2018-02-28/2018-03-01": [],
        "2018-03-01/2018-03-02": ["i-duma", "i-duma-2"],
        "2018-03-02/2018-03-03": [],
        "2018-08-01/2018-09-01": [],
        "2018-09-15/2018-09-16": ["i-idleb"],
        "2018-09-30/2018-10-01": ["i-idleb"],
        "2018-10-01/2018-11-01": [],
    }


def is_orange(colors: set[str]) -> bool:
    """Whether one of them has far more red than blue; the basemap's warmest, its roads, has 41 more."""
    return any(int(color[1:3], 16) - int(color[5:7], 16) > 60 for color in colors)


def test_each_step_of_time_shows_its_own_incidents(project: dict[str, Any], pictures: Path) -> None:
    march, november = (Picture(pictures / f"{name}.png", project["extent"]) for name in ("march", "november"))
    blue, russia = ACTOR_COLORS[Actor.US_LED_COALITION], ACTOR_COLORS[Actor.RUSSIA]
    assert russia in march.colors_near(36.4025, 33.5718, 14)
    assert blue not in march.colors_near(40.9675, 34.528889, 10)
    assert blue in november.colors_near(40.9675, 34.528889, 10)
    assert russia not in november.colors_near(36.4025, 33.5718, 14)


class Picture:
    """A rendered map of the project, asked by longitude and latitude."""

    def __init__(self, path: Path, extent: list[float]) -> None:
        # Qt comes with QGIS and reads any picture.
        code = (
            "import sys; from qgis.PyQt.QtGui import QImage;"
            "i = QImage(sys.argv[1]).convertToFormat(QImage.Format_RGBA8888);"
            "sys.stdout.buffer.write(f'{i.width()} {i.height()}\\n'.encode() + i.constBits().asstring(i.byteCount()))"
        )
        raw = subprocess.run([PYTHON, "-c", code, str(path)], capture_output=True, check=True).stdout
        head, _, self.pixels = raw.partition(b"\n")
        self.width, self.height = map(int, head.split())
        # QGIS widens the extent to the picture's proportions.
        west, south, east, north = extent
        self.scale = max((east - west) / self.width, (north - south) / self.height)
        self.left = (west + east) / 2 - self.scale * self.width / 2
        self.top = (south + north) / 2 + self.scale * self.height / 2

    def place(self, longitude: float, latitude: float) -> tuple[int, int]:
        from pyproj import Transformer

        x, y = Transformer.from_crs("EPSG:4326", "EPSG:32637", always_xy=True).transform(longitude, latitude)
        return round((x - self.left) / self.scale), round((self.top - y) / self.scale)

    def pixel(self, column: int, row: int) -> str:
        at = (row * self.width + column) * 4
        return f"#{self.pixels[at : at + 3].hex()}"

    def color_at(self, longitude: float, latitude: float) -> str:
        return self.pixel(*self.place(longitude, latitude))

    def colors_near(self, longitude: float, latitude: float, reach: int) -> set[str]:
        column, row = self.place(longitude, latitude)
        return {self.pixel(column + dx, row + dy) for dx in range(-reach, reach + 1) for dy in range(-reach, reach + 1)}
