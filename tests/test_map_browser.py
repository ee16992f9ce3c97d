"""The map as people meet it: in a browser, from disk, with the network off."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import folium
import pytest
from benchmarks.synthetic import make_atlas

import claimatlas
from claimatlas.export import write_layers
from claimatlas.export.spreadsheet import cell
from claimatlas.group import group_incidents
from claimatlas.layers import load_layers
from claimatlas.maps import ClaimAtlasLayer, write_map
from claimatlas.model import (
    Actor,
    Atlas,
    Attribution,
    Candidate,
    Grading,
    Location,
    Outcome,
    Place,
    Precision,
    Stance,
    Totals,
    Victims,
    When,
)  # fmt: skip
from claimatlas.records.tables import incident_records
from claimatlas.totals import count_totals
from factories import AL_SOUSSA, DUMA, IDLEB, make_incident, make_small_atlas
from telling_factory import tell

pytestmark = pytest.mark.browser

OPTIONS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
# The position of a place on the screen, by the map that folium names.
WHERE = """([lat, lon]) => {
  const map = window[Object.keys(window).find((name) => name.startsWith("map_"))];
  const point = map.latLngToContainerPoint([lat, lon]);
  const box = map.getContainer().getBoundingClientRect();
  return [box.left + point.x, box.top + point.y];
}"""
# The colour painted on the marks' canvas at a point of the screen: red, green, blue, opacity.
COLOUR = """([x, y]) => {
  const canvas = document.querySelector("canvas.ca-marks");
  const box = canvas.getBoundingClientRect();
  const scale = canvas.width / box.width;
  return [...canvas.getContext("2d").getImageData((x - box.left) * scale, (y - box.top) * scale, 1, 1).data];
}"""
OpenMap = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's Chromium; playwright's own would have to be downloaded."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("Chromium is not installed (on Debian: apt-get install chromium)")
    with playwright.sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=path, args=list(OPTIONS))
        yield chromium
        chromium.close()


@pytest.fixture
def open_map(browser: Any, tmp_path: Path) -> Iterator[OpenMap]:
    """Write and open a map; afterwards it must have asked for nothing and complained of nothing."""
    contexts = []
    complaints: list[str] = []

    def block(route: Any) -> None:
        if route.request.url.startswith(("file:", "data:", "blob:")):
            route.continue_()
            return
        complaints.append(f"request: {route.request.url}")
        route.abort()

    def note(message: Any) -> None:
        # That is about these tests, which read canvases.
        if "willReadFrequently" not in message.text:
            complaints.append(f"console: {message.text}")

    def open_it(atlas: Atlas, fragment: str = "", **options: Any) -> Any:
        path = tmp_path / "map.html"
        write_map(atlas, path)
        context = browser.new_context(**{**DESKTOP, **options})
        contexts.append(context)
        context.route("**/*", block)
        page = context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
        page.goto(path.as_uri() + fragment)
        wait(page)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="module")
def made() -> Atlas:
    return make_atlas(300, 900, seed=5)


def wait(page: Any) -> None:
    page.wait_for_function("performance.getEntriesByName('claimatlas-shown').length > 0")


def n_shown(page: Any) -> int:
    """How many incidents the status line says are shown."""
    return int(page.locator(".ca-status").inner_text().split()[0].replace(",", ""))


def n_listed(page: Any) -> int:
    if page.locator(".ca-empty").is_visible():
        return 0
    return int(page.locator(".ca-row").first.get_attribute("aria-setsize"))


def colour_at(page: Any, latitude: float, longitude: float, dx: float = 0, dy: float = 0) -> str:
    x, y = page.evaluate(WHERE, [latitude, longitude])
    red, green, blue, opacity = page.evaluate(COLOUR, [x + dx, y + dy])
    return f"#{red:02x}{green:02x}{blue:02x}" if opacity else ""


def click_at(page: Any, latitude: float, longitude: float) -> None:
    page.mouse.click(*page.evaluate(WHERE, [latitude, longitude]))


def one_incident(**changes: Any) -> Atlas:
    atlas = make_small_atlas()
    incident = next(incident for incident in atlas.incidents if incident.id == "i-soussa")
    return Atlas(atlas.reports, (dataclasses.replace(incident, **changes),))


def remembered(page: Any) -> str:
    """The address once the page has noted the view in it."""
    page.wait_for_timeout(300)
    return str(page.evaluate("location.href"))


# What is shown


def test_the_seeds_open_with_every_incident_and_its_words(open_map: OpenMap, tmp_path: Path) -> None:
    from claimatlas.pipeline import map_reports
    from claimatlas.resources import data_folder

    atlas = map_reports([data_folder("seeds")], tmp_path)
    page = open_map(atlas)
    assert n_listed(page) == len(atlas.incidents)
    for incident in atlas.incidents:
        page.evaluate("(id) => { location.hash = `incident=${id}`; }", incident.id)
        record = page.locator(".ca-record")
        record.locator("h2", has_text=incident.headline).wait_for()
        assert record.locator("h2").inner_text() == incident.headline
        marked = " ".join(record.locator("mark").all_inner_texts()).split()
        for claim in incident.claims:
            assert set(claim.quote.text.split()) <= set(marked)


def test_every_incident_is_in_the_list_and_opens_its_claims(open_map: OpenMap) -> None:
    page = open_map(make_small_atlas())
    assert n_listed(page) == 7
    page.get_by_role("option", name="Five to sixteen").click()
    record = page.locator(".ca-record")
    assert record.locator("mark").all_inner_texts() == ["16 civilians", "at least 5"]
    assert "Activists said 16 civilians were killed in Al-Soussa on Saturday." in record.inner_text()
    assert record.locator("tbody th > bdi").all_inner_texts() == ["activists", "US-led coalition"]
    assert "US-led coalition Denies it" in re.sub(r"\s+", " ", record.locator("tbody tr").nth(1).inner_text())
    link = record.locator(".ca-telling a").first
    assert link.get_attribute("href") == "https://example.org/wire-1"
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert "5 November 2018" in record.locator(".ca-telling").first.inner_text()


def test_figures_that_differ_are_marked_and_those_that_agree_are_not(open_map: OpenMap) -> None:
    atlas = one_incident()
    incident = atlas.incidents[0]
    claim = incident.claims[0]
    for maximum, marks in ((16, 0), (40, 1)):
        other = dataclasses.replace(claim, claimant="medics", max=maximum)
        telling = dataclasses.replace(incident.tellings[0], claims=(claim, other))
        changed = dataclasses.replace(incident, tellings=(telling,))
        page = open_map(dataclasses.replace(atlas, incidents=(changed,)), f"#incident={incident.id}")
        assert page.locator(".ca-differs").count() == marks


def test_colour_by_actor_deaths_or_grading_with_counts(open_map: OpenMap, made: Atlas) -> None:
    page = open_map(made)
    records = incident_records(made)
    for by, name in (("deaths", "casualty_class"), ("grading", "grading")):
        page.locator(f".ca-tabs [data-by={by}]").click()
        for entry in page.locator(".ca-legend-entry").all():
            expected = sum(record[name] == entry.get_attribute("data-id") for record in records)
            assert entry.locator(".ca-count").inner_text() == str(expected)
    page.locator(".ca-tabs [data-by=actor]").click()
    expected = sum(Actor.RUSSIA in incident.actors for incident in made.incidents)
    assert page.locator(".ca-legend-entry[data-id=russia] .ca-count").inner_text() == str(expected)
    assert page.locator(".ca-legend-entry svg path").count() >= 10


def test_each_actor_has_a_shape_of_its_own(open_map: OpenMap) -> None:
    """Colour alone cannot tell fourteen actors apart, least of all to colour-blind readers."""
    atlas = make_small_atlas()
    template = atlas.incidents[0]
    each = tuple(dataclasses.replace(template, id=f"i-{actor}", actors=(actor,)) for actor in Actor)
    page = open_map(Atlas(atlas.reports, each))
    outlines = page.eval_on_selector_all(
        ".ca-legend-entry svg path", "(paths) => paths.map((path) => path.getAttribute('d'))"
    )
    assert len(set(outlines)) == len(outlines) == len(Actor)


def test_each_way_of_colouring_paints_its_colour(open_map: OpenMap) -> None:
    atlas = one_incident(attribution=Attribution.ACCUSED, denied=False, grading=Grading.FAIR)
    page = open_map(atlas)
    at = (AL_SOUSSA.latitude, AL_SOUSSA.longitude)
    assert colour_at(page, *at) == "#0072b2"
    page.locator("[data-by=grading]").click()
    assert colour_at(page, *at) == "#56b4e9"
    page.locator("[data-by=deaths]").click()
    assert colour_at(page, *at) == "#1fa187"


def test_contested_attribution_shows_both_colours(open_map: OpenMap) -> None:
    at = (AL_SOUSSA.latitude, AL_SOUSSA.longitude)
    both = one_incident(actors=(Actor.RUSSIA, Actor.US_LED_COALITION))
    page = open_map(both)
    assert colour_at(page, *at, dx=-4) == "#d55e00"
    assert colour_at(page, *at, dx=4) == "#0072b2"
    denied = open_map(one_incident())
    assert colour_at(denied, *at, dx=-4) == "#0072b2"
    assert colour_at(denied, *at, dx=4) == "#ffffff"


def test_an_incident_of_nobody_is_drawn_as_unknown(open_map: OpenMap) -> None:
    page = open_map(one_incident(actors=(), attribution=Attribution.NONE, denied=False))
    at = (AL_SOUSSA.latitude, AL_SOUSSA.longitude)
    assert colour_at(page, *at) == "#aaaaaa"
    assert colour_at(page, *at, dx=4) == "#ffffff"


def test_size_grows_with_the_deaths_claimed(open_map: OpenMap) -> None:
    from claimatlas.model import Totals

    def width(killed: int) -> int:
        page = open_map(one_incident(totals=Totals(killed, killed), attribution=Attribution.ACCUSED, denied=False))
        at = (AL_SOUSSA.latitude, AL_SOUSSA.longitude)
        return sum(colour_at(page, *at, dx=dx) == "#0072b2" for dx in range(-40, 41))

    assert width(1) < width(25) < width(150)


# Honest places


def test_outlets_that_speak_for_themselves_stand_apart(open_map: OpenMap) -> None:
    one = tell("a", claimant="outlet", publisher="Hill Post", killed=14)
    other = tell("b", claimant="outlet", publisher="Dale Post", killed=17, index=1)
    (incident,) = group_incidents([one, other]).incidents
    page = open_map(Atlas((one.report, other.report), (incident,)))
    page.locator(".ca-row").click()
    rows = [row.inner_text().split() for row in page.locator(".ca-comparison tbody tr").all()]
    assert [("Hill" in row, "14" in row, "Dale" in row, "17" in row) for row in rows] == [
        (True, True, False, False),
        (False, False, True, True),
    ]


def test_who_denies_and_blames_another_is_not_shown_to_deny_both(open_map: OpenMap) -> None:
    told = tell("a", actors=(Actor.RUSSIA, Actor.SYRIAN_GOVERNMENT))
    incident = group_incidents([told]).incidents[0]
    telling = incident.tellings[0]
    about = dataclasses.replace(telling.claims[0], outcome=None, victims=None, min=None, max=None, claimant="Rebels")
    claims = (
        dataclasses.replace(about, stance=Stance.DENIES, actors=(Actor.RUSSIA,)),
        dataclasses.replace(about, stance=Stance.ASSERTS, actors=(Actor.SYRIAN_GOVERNMENT,)),
    )
    telling = dataclasses.replace(telling, claims=(*telling.claims, *claims))
    page = open_map(Atlas((told.report,), (dataclasses.replace(incident, tellings=(telling,)),)))
    page.locator(".ca-row").click()
    (row,) = [row for row in page.locator(".ca-comparison tbody tr").all() if "Rebels" in row.inner_text()]
    assert re.search(r"Says it was not:\s*Russia\s*Names:\s*Syrian government", row.inner_text())


def test_nothing_is_certain_enough_to_be_a_hundred_percent(open_map: OpenMap) -> None:
    atlas = make_small_atlas()
    incident = next(incident for incident in atlas.incidents if incident.id == "i-duma")
    assert incident.location is not None
    sure = dataclasses.replace(incident, location=dataclasses.replace(incident.location, score=0.999))
    page = open_map(Atlas(atlas.reports, (sure,)))
    page.locator(".ca-row").click()
    assert "Probability that it is right: over 99 %." in page.locator(".ca-record").inner_text()


def test_an_area_is_hollow_with_its_radius_and_no_pin(open_map: OpenMap) -> None:
    atlas = make_small_atlas()
    incident = next(incident for incident in atlas.incidents if incident.id == "i-idleb")
    page = open_map(Atlas(atlas.reports, (incident,)))
    assert incident.location is not None
    at = (IDLEB.latitude, IDLEB.longitude)
    assert colour_at(page, *at) == "#ffffff"
    north = incident.location.latitude + incident.location.radius_m / 111_320
    _, top = page.evaluate(WHERE, [north, IDLEB.longitude])
    _, middle = page.evaluate(WHERE, list(at))
    edge = [colour_at(page, *at, dx=dx, dy=round(top - middle) + dy) for dx in range(-8, 9) for dy in (-1, 0, 1)]
    beyond = [colour_at(page, *at, dx=dx, dy=round(top - middle) - 6) for dx in range(-8, 9)]
    assert any(edge)
    assert not any(beyond)
    page.locator(".ca-row").click()
    assert (
        "Only the governorate is known: it may have been anywhere within 62 km"
        in page.locator(".ca-record").inner_text()
    )


def test_a_region_is_not_called_a_governorate(open_map: OpenMap) -> None:
    north = Place("ca:north", "region", "Northern Syria", 36.3, 38.0, 180.0, governorate="Aleppo")
    location = Location(36.3, 38.0, Precision.GOVERNORATE, 180_000, 0.9, place=north, governorate="Aleppo")
    page = open_map(one_incident(location=location, governorate=None))
    assert page.locator(".ca-row .ca-tag").inner_text() == "Only the region known"
    page.locator(".ca-row").click()
    record = page.locator(".ca-record").inner_text()
    assert "Only the region is known" in record
    assert "Aleppo" not in record


def test_what_lies_abroad_is_in_the_first_view(open_map: OpenMap) -> None:
    baghdad = Location(33.3, 44.4, Precision.SETTLEMENT, 5_000, 0.9)
    page = open_map(one_incident(location=baghdad))
    assert colour_at(page, 33.3, 44.4)


def test_a_collection_without_incidents_says_so_and_offers_nothing_to_choose(open_map: OpenMap) -> None:
    page = open_map(Atlas(make_small_atlas().reports, ()))
    assert page.locator(".ca-empty").inner_text() == "The reports tell of no incident."
    assert not page.locator(".ca-timeline .ca-chip").is_visible()
    assert page.get_by_label("Play through time").count() == 0


@pytest.mark.parametrize(
    ("victims", "least", "most", "said"),
    [
        (Victims.PEOPLE, 9, 9, "9 counted as civilians: no source says who they were"),
        (Victims.PEOPLE, 1, 1, "1 counted as a civilian: no source says who it was"),
        (Victims.CIVILIANS, 9, 9, "9 civilians killed"),
        (Victims.CIVILIANS, 9, None, "At least 9 civilians killed"),
        (Victims.CHILDREN, 9, 9, "9 civilians killed; 9 children killed"),
        (Victims.WOMEN, 1, None, "At least 1 civilian killed; at least 1 woman killed"),
    ],
)
def test_the_record_says_no_more_than_the_sources(
    open_map: OpenMap, victims: Victims, least: int, most: int | None, said: str
) -> None:
    atlas = one_incident()
    incident = atlas.incidents[0]
    claim = dataclasses.replace(incident.claims[0], outcome=Outcome.KILLED, victims=victims, min=least, max=most)
    telling = dataclasses.replace(incident.tellings[0], claims=(claim,))
    changed = dataclasses.replace(
        incident, tellings=(telling,), totals=count_totals((claim,), count_people_as_civilians=True)
    )
    page = open_map(Atlas(atlas.reports, (changed,)))
    shown = str(least) if most else f"≥ {least}"
    assert page.locator(".ca-row-figure b").inner_text() == shown
    page.locator(".ca-row").click()
    assert page.locator(".ca-badges b").first.inner_text() == (str(least) if most else f"at least {least}")
    assert said in page.locator(".ca-facts").inner_text()


def test_a_record_calls_no_more_people_civilians_than_its_sources(open_map: OpenMap) -> None:
    atlas = one_incident()
    incident = atlas.incidents[0]
    people = dataclasses.replace(incident.claims[0], outcome=Outcome.KILLED, victims=Victims.PEOPLE, min=13, max=None)
    medics = dataclasses.replace(people, victims=Victims.CIVILIANS, min=2, max=2)
    telling = dataclasses.replace(incident.tellings[0], claims=(people, medics))
    totals = Totals(killed_min=13, killed_max=13, civilians_killed_min=13, civilians_killed_max=13)
    page = open_map(Atlas(atlas.reports, (dataclasses.replace(incident, tellings=(telling,), totals=totals),)))
    page.locator(".ca-row").click()
    assert "At least 13 counted as civilians: no source says so of all" in page.locator(".ca-facts").inner_text()


def test_incidents_at_one_coordinate_are_one_mark_that_opens_their_list(open_map: OpenMap) -> None:
    page = open_map(make_small_atlas())
    click_at(page, DUMA.latitude, DUMA.longitude)
    assert n_listed(page) == 2
    assert "2 incidents at 33.5718, 36.4025" in page.locator(".ca-here").inner_text()
    page.locator(".ca-row").nth(1).click()
    page.get_by_role("button", name="All incidents").click()
    assert n_listed(page) == 2
    page.get_by_role("button", name="Show all").click()
    assert n_listed(page) == 7


def test_a_mark_of_one_incident_opens_its_record(open_map: OpenMap) -> None:
    page = open_map(make_small_atlas())
    click_at(page, IDLEB.latitude, IDLEB.longitude)
    assert page.locator(".ca-record h2").inner_text().startswith("Twelve to thirty")


def test_nothing_is_moved_aside(open_map: OpenMap) -> None:
    """Beside the one mark of two incidents there is no other."""
    atlas = make_small_atlas()
    pair = tuple(incident for incident in atlas.incidents if incident.id.startswith("i-duma"))
    page = open_map(Atlas(atlas.reports, pair))
    painted = page.evaluate(
        """() => {
          const canvas = document.querySelector("canvas.ca-marks");
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          const xs = [], ys = [];
          for (let k = 3; k < data.length; k += 4) if (data[k]) {
            xs.push(((k - 3) / 4) % canvas.width); ys.push(Math.floor((k - 3) / 4 / canvas.width));
          }
          const box = canvas.getBoundingClientRect();
          const span = (values, from) => [Math.min(...values) + from, Math.max(...values) + from];
          return [...span(xs, box.left), ...span(ys, box.top)];
        }"""
    )
    x, y = page.evaluate(WHERE, [DUMA.latitude, DUMA.longitude])
    left, right, top, bottom = painted
    assert abs((left + right) / 2 - x) <= 1.5
    assert abs((top + bottom) / 2 - y) <= 1.5
    assert right - left < 50


def test_an_incident_nobody_can_place_is_listed_and_marked(open_map: OpenMap) -> None:
    page = open_map(make_small_atlas())
    assert "Place unknown" in page.get_by_role("option", name="An attack nobody can place").inner_text()
    page.get_by_role("button", name="1 not on the map").click()
    assert n_listed(page) == 1
    page.locator(".ca-row").click()
    assert "not on the map" in page.locator(".ca-record").inner_text()


def test_how_the_place_was_chosen_and_what_else_it_might_be(open_map: OpenMap) -> None:
    atlas = one_incident()
    location = atlas.incidents[0].location
    assert location is not None
    rival = Candidate(DUMA, "Duma", 0.12, ("same spelling", "another governorate"))
    location = dataclasses.replace(location, rejected=(rival,), flags=("The report names another governorate.",))
    page = open_map(one_incident(location=location), "#incident=i-soussa")
    text = re.sub(r"\s+", " ", page.locator(".ca-record").inner_text())
    assert "How it was chosen: the only place of this name. Probability that it is right: 90 %." in text
    assert "Duma دوما town, Duma, Rural Damascus 12 % · 33.5718, 36.4025 · same spelling, another governorate" in text
    assert "The report names another governorate." in text


# Time


def dated(identifier: str, start: dt.date | None, end: dt.date | None = None) -> Any:
    return make_incident(
        identifier, "wire-1", "16 civilians", place=AL_SOUSSA, actors=(Actor.RUSSIA,), killed=(1, 1),
        when=When(start, end or start), headline=f"Incident {identifier}",
    )  # fmt: skip


@pytest.fixture
def year() -> Atlas:
    incidents = [dated(f"m{month}", dt.date(2018, month, 15)) for month in range(1, 13)]
    incidents += [dated("range", dt.date(2018, 3, 1), dt.date(2018, 8, 31)), dated("undated", None)]
    return Atlas(make_small_atlas().reports, tuple(incidents))


def test_a_stretch_of_time_is_brushed_with_the_mouse(open_map: OpenMap, year: Atlas) -> None:
    page = open_map(year)
    assert n_shown(page) == 14
    box = page.locator(".ca-plot").bounding_box()
    y = box["y"] + 20
    page.mouse.move(box["x"] + box["width"] * 0.75, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.9, y, steps=4)
    page.mouse.move(box["x"] + box["width"] - 1, y, steps=4)
    page.mouse.up()
    page.wait_for_timeout(60)
    # October to December, and the one nobody dates.
    shown = page.locator(".ca-row-head").all_inner_texts()
    assert set(shown) == {"Incident m10", "Incident m11", "Incident m12", "Incident undated"}


def test_a_range_is_shown_when_it_touches_the_time_chosen(open_map: OpenMap, year: Atlas) -> None:
    page = open_map(year, "#from=2018-05-01&to=2018-05-31")
    assert set(page.locator(".ca-row-head").all_inner_texts()) == {"Incident m5", "Incident range", "Incident undated"}


def test_undated_incidents_can_be_shut_out(open_map: OpenMap, year: Atlas) -> None:
    page = open_map(year)
    page.get_by_role("button", name="1 undated").click()
    assert n_shown(page) == 13
    assert "undated=no" in remembered(page)


def test_time_is_chosen_by_keys(open_map: OpenMap, year: Atlas) -> None:
    page = open_map(year)
    handle = page.get_by_role("slider", name="First day shown")
    before = handle.get_attribute("aria-valuetext")
    handle.focus()
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    assert handle.get_attribute("aria-valuetext") != before
    assert n_shown(page) < 14
    page.keyboard.press("Home")
    assert n_shown(page) == 14


def test_time_plays_and_stops(open_map: OpenMap, year: Atlas) -> None:
    page = open_map(year)
    page.get_by_role("button", name="Play through time").click()
    page.wait_for_timeout(900)
    first = page.locator(".ca-time-label").inner_text()
    page.wait_for_timeout(900)
    second = page.locator(".ca-time-label").inner_text()
    assert first != second
    page.get_by_role("button", name="Stop playing").click()
    third = page.locator(".ca-time-label").inner_text()
    page.wait_for_timeout(800)
    assert page.locator(".ca-time-label").inner_text() == third


# Filters, address, files


def test_filters_combine_and_their_counts_say_what_each_choice_would_leave(open_map: OpenMap, made: Atlas) -> None:
    page = open_map(made, "#type=airstrike&governorate=Aleppo&min=2")
    page.get_by_role("button", name="Filters").click()
    records = incident_records(made)

    def deadly(record: dict[str, Any]) -> bool:
        killed = record["killed_max"] if record["killed_max"] is not None else record["killed_min"]
        return killed is not None and killed >= 2

    expected = [r for r in records if r["event_type"] == "airstrike" and r["governorate"] == "Aleppo" and deadly(r)]
    assert n_shown(page) == len(expected) > 0
    for name, key, others in (
        ("What happened", "event_type", lambda r: r["governorate"] == "Aleppo"),
        ("Governorate", "governorate", lambda r: r["event_type"] == "airstrike"),
    ):
        group = page.get_by_role("group", name=name)
        for choice in group.locator(".ca-choice").all():
            value = choice.locator("input").get_attribute("data-id")
            left = sum(others(r) and deadly(r) and (r[key] or "none") == value for r in records)
            assert choice.locator(".ca-count").inner_text() == str(left), (name, value)


@pytest.mark.parametrize(
    ("fragment", "column", "value"),
    [("grading=fair", "grading", "fair"), ("precision=governorate", "precision", "governorate"),
     ("attribution=contested", "attribution", "contested"), ("deaths=50%2B", "casualty_class", "50+")],
)  # fmt: skip
def test_one_filter(fragment: str, column: str, value: str, open_map: OpenMap, made: Atlas) -> None:
    page = open_map(made, f"#{fragment}")
    assert n_shown(page) == sum(record[column] == value for record in incident_records(made))


def test_a_claimant_is_a_filter(open_map: OpenMap, made: Atlas) -> None:
    page = open_map(made)
    page.get_by_role("button", name="Filters").click()
    page.get_by_role("group", name="Who says so").get_by_label("SANA").check()
    expected = sum(any(claim.claimant == "SANA" for claim in incident.claims) for incident in made.incidents)
    assert n_shown(page) == expected


@pytest.mark.parametrize(
    ("words", "headline"),
    [("دوما", "Seven civilians"), ("DUMA", "Seven civilians"), ("السوسه", "Five to sixteen"),
     ("al soussa 16 civilians", "Five to"), ("استشهاد", "Seven civilians"), ("Al-Soussa", "Five to sixteen")],
)  # fmt: skip
def test_text_is_found_in_both_scripts_however_it_is_spelt(words: str, headline: str, open_map: OpenMap) -> None:
    page = open_map(make_small_atlas())
    page.get_by_label("Search in the text").fill(words)
    page.wait_for_timeout(100)
    assert any(text.startswith(headline) for text in page.locator(".ca-row-head").all_inner_texts())
    assert 0 < n_shown(page) < 7


def test_a_view_can_be_sent(open_map: OpenMap, made: Atlas) -> None:
    page = open_map(made)
    page.locator("[data-by=grading]").click()
    page.locator(".ca-legend-entry[data-id=fair]").click()
    page.get_by_label("Search in the text").fill("aleppo")
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_timeout(500)
    rows, address = page.locator(".ca-row-head").all_inner_texts(), remembered(page)
    corner = page.evaluate(WHERE, [36.2, 37.1])
    other = open_map(made, address[address.index("#") :])
    assert other.locator(".ca-row-head").all_inner_texts() == rows
    assert other.locator("[data-by=grading]").get_attribute("aria-pressed") == "true"
    assert other.evaluate(WHERE, [36.2, 37.1]) == pytest.approx(corner, abs=1.5)
    assert other.get_by_label("Search in the text").input_value() == "aleppo"


def test_an_address_that_changes_is_followed(open_map: OpenMap, made: Atlas) -> None:
    page = open_map(made)
    page.evaluate("location.hash = '#type=chemical'")
    page.wait_for_timeout(100)
    assert n_shown(page) == sum(incident.event_type == "chemical" for incident in made.incidents)


@pytest.mark.parametrize(
    "fragment", ["#view=x/y/z&min=-1&from=2018-99-99&by=nothing&sort=1&at=0", "#incident=i-gone", "#%E0%A4%A"]
)
def test_a_broken_address_does_no_harm(fragment: str, open_map: OpenMap) -> None:
    assert n_shown(open_map(make_small_atlas(), fragment)) == 7


def test_an_incident_has_a_link_of_its_own_that_outlives_its_id(open_map: OpenMap) -> None:
    page = open_map(make_small_atlas())
    page.get_by_role("option", name="Five to sixteen").click()
    address = page.locator(".ca-permalink").get_attribute("href")
    assert address.endswith("map.html#incident=i-soussa")
    assert remembered(page).endswith("#incident=i-soussa")
    other = open_map(one_incident(id="i-new", former_ids=("i-soussa",)), "#incident=i-soussa")
    assert other.locator(".ca-record h2").inner_text().startswith("Five to sixteen")
    x, y = other.evaluate(WHERE, [AL_SOUSSA.latitude, AL_SOUSSA.longitude])
    assert 400 < x < 1280
    assert 0 < y < 700


def saved(page: Any, name: str) -> str:
    with page.expect_download() as download:
        page.get_by_role("button", name=f"Save what is shown as {name}").click()
    assert download.value.suggested_filename == f"incidents.{name.lower()}"
    return Path(download.value.path()).read_text("utf-8")


def test_what_is_shown_is_saved_as_geojson(open_map: OpenMap, made: Atlas) -> None:
    page = open_map(made, "#sort=oldest&type=shelling")
    features = {
        feature["properties"]["incident_id"]: feature for feature in json.loads(saved(page, "GeoJSON"))["features"]
    }
    records = [record for record in incident_records(made) if record["event_type"] == "shelling"]
    assert set(features) == {record["incident_id"] for record in records}
    for record in records:
        longitude, latitude = record.pop("lon"), record.pop("lat")
        feature = features[record["incident_id"]]
        assert list(feature["properties"]) == list(record)
        assert feature["properties"] == record
        point = None if latitude is None else {"type": "Point", "coordinates": [longitude, latitude]}
        assert feature["geometry"] == point


def test_what_is_shown_is_saved_as_csv_that_runs_no_formula(open_map: OpenMap) -> None:
    atlas = make_small_atlas()
    text = saved(open_map(atlas), "CSV")
    assert text.startswith("\ufeff")
    rows = {row["incident_id"]: row for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))}
    for record in incident_records(atlas):
        expected = {name: cell(value) for name, value in record.items()}
        row = rows[str(record["incident_id"])]
        for name, value in expected.items():
            # Python writes 36.0 where JavaScript writes 36.
            assert row[name] == value or float(row[name]) == float(value), name


# List, keyboard, scripts, sizes


def test_list_and_map_point_at_each_other(open_map: OpenMap) -> None:
    page = open_map(make_small_atlas())
    count = """() => {
      const canvas = document.querySelector("canvas.ca-focus");
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      return data.filter((value) => value).length;
    }"""
    assert page.evaluate(count) == 0
    page.get_by_role("option", name="Five to sixteen").hover()
    assert page.evaluate(count) > 0
    page.mouse.move(*page.evaluate(WHERE, [DUMA.latitude, DUMA.longitude]))
    page.wait_for_timeout(50)
    assert "2 incidents at one coordinate" in page.locator(".ca-tip").inner_text()


def test_the_list_is_walked_and_a_record_opened_and_closed_by_keys(open_map: OpenMap, made: Atlas) -> None:
    page = open_map(made)
    page.get_by_label("Order").focus()
    for _ in range(3):
        page.keyboard.press("Tab")
    listbox = page.get_by_role("listbox")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "listbox"
    page.keyboard.press("End")
    active = page.locator(f"#{listbox.get_attribute('aria-activedescendant')}")
    assert active.get_attribute("aria-posinset") == str(len(made.incidents))
    page.keyboard.press("ArrowUp")
    active = page.locator(f"#{listbox.get_attribute('aria-activedescendant')}")
    assert active.get_attribute("aria-posinset") == str(len(made.incidents) - 1)
    headline = active.locator(".ca-row-head").inner_text()
    page.keyboard.press("Enter")
    assert page.locator(".ca-record h2").inner_text() == headline
    assert page.evaluate("document.activeElement.tagName") == "H2"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "listbox"


def test_a_long_list_holds_only_the_rows_in_view(open_map: OpenMap, made: Atlas) -> None:
    page = open_map(made)
    assert page.locator(".ca-row").count() < 40
    page.locator(".ca-list").evaluate("(list) => list.scrollTo(0, list.scrollHeight)")
    page.wait_for_timeout(100)
    assert page.locator(".ca-row").last.get_attribute("aria-posinset") == str(len(made.incidents))


def test_changes_are_told_to_screen_readers(open_map: OpenMap) -> None:
    page = open_map(make_small_atlas())
    assert page.locator(".ca-status").get_attribute("role") == "status"
    page.locator(".ca-legend-entry[data-id=russia]").click()
    assert page.locator(".ca-status").inner_text().startswith("2 of 7 incidents")
    assert page.locator(".ca-legend-entry[data-id=russia]").get_attribute("aria-pressed") == "true"


def test_arabic_reads_from_right_to_left(open_map: OpenMap) -> None:
    page = open_map(make_small_atlas(), "#incident=i-duma")
    quote = page.locator("blockquote").first
    assert quote.get_attribute("lang") == "ar"
    assert quote.evaluate("(node) => getComputedStyle(node).direction") == "rtl"
    assert quote.locator("mark").inner_text() == "7 مدنيين"
    assert page.locator(".leaflet-container").evaluate("(node) => getComputedStyle(node).direction") == "ltr"


def test_a_quote_beyond_the_basic_plane_is_marked_where_it_stands(open_map: OpenMap) -> None:
    atlas = one_incident()
    report = dataclasses.replace(atlas.reports[0], text="\U0001f6a8\U0001f6a8 16 civilians were killed.")
    incident = atlas.incidents[0]
    quote = dataclasses.replace(incident.claims[0].quote, start=3, end=15, text="16 civilians")
    claim = dataclasses.replace(incident.claims[0], quote=quote)
    telling = dataclasses.replace(incident.tellings[0], quote=quote, claims=(claim,))
    changed = Atlas((report,), (dataclasses.replace(incident, tellings=(telling,)),))
    page = open_map(changed, "#incident=i-soussa")
    assert page.locator("mark").inner_text() == "16 civilians"


def test_it_works_on_a_phone(open_map: OpenMap, made: Atlas) -> None:
    page = open_map(made, **PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator(".ca-row").first.is_visible()
    page.locator(".ca-row").first.tap()
    box = page.locator(".ca-record").bounding_box()
    assert box["width"] == pytest.approx(390, abs=1)
    assert box["height"] == pytest.approx(844, abs=1)
    assert page.evaluate("document.querySelector('.ca-record').scrollWidth") <= 390
    page.get_by_role("button", name="All incidents").tap()
    assert page.locator(".ca-row").first.is_visible()


def test_it_prints_to_one_page_with_its_legend(open_map: OpenMap, made: Atlas) -> None:
    page = open_map(made)
    document = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", document)) == 1
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator(".ca-legend").is_visible()
    assert page.locator(".ca-histogram").is_visible()
    assert not page.locator(".ca-tools").is_visible()
    assert page.locator(".claimatlas").evaluate("(node) => node.scrollHeight") < 720
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator(".ca-tools").is_visible()


def test_paper_gets_the_whole_map(open_map: OpenMap, made: Atlas) -> None:
    """What was cleared on a canvas is printed white, over all that lies below: for paper each layer is drawn afresh."""
    page = open_map(made)
    page.evaluate("""() => {
      window.cleared = new Set();
      const clear = CanvasRenderingContext2D.prototype.clearRect;
      CanvasRenderingContext2D.prototype.clearRect = function (...box) {
        cleared.add(this.canvas);
        clear.apply(this, box);
      };
      const fill = CanvasRenderingContext2D.prototype.fill;
      CanvasRenderingContext2D.prototype.fill = function (...shape) {
        if (this.globalCompositeOperation !== "source-over") cleared.add(this.canvas);
        fill.apply(this, shape);
      };
    }""")
    printed = """() => [...document.querySelectorAll("canvas")].filter((canvas) => !canvas.hidden).map((canvas) => {
      const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
      return [canvas.className.split("ca-")[1], cleared.has(canvas), pixels.some((value) => value > 0)];
    })"""
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    names = ["basemap", "marks", "names", "focus"]
    assert page.evaluate(printed) == [[name, False, name != "focus"] for name in names]
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert [name for name, *_ in page.evaluate(printed)] == names


def test_light_and_dark_follow_the_system_and_can_be_switched(open_map: OpenMap) -> None:
    background = "(node) => getComputedStyle(node).backgroundColor"
    page = open_map(make_small_atlas(), color_scheme="dark")
    assert page.locator(".claimatlas").evaluate(background) == "rgb(21, 24, 28)"
    page.get_by_role("button", name="Light or dark").click()
    assert page.locator(".claimatlas").evaluate(background) == "rgb(255, 255, 255)"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize("state", ["list", "filters", "record", "chips"])
def test_axe_finds_no_serious_fault(
    scheme: str, size: str, state: str, browser: Any, made: Atlas, tmp_path: Path
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    write_map(made, tmp_path / "map.html")
    # axe is put into the page from outside, which its policy forbids to everybody else.
    context = browser.new_context(**(PHONE if size == "phone" else DESKTOP), color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    fragment = {
        "record": f"#incident={made.incidents[40].id}",
        "chips": "#type=airstrike&q=aleppo&undated=no&from=2015-01-01",
    }
    page.goto((tmp_path / "map.html").as_uri() + fragment.get(state, ""))
    wait(page)
    if state == "filters":
        page.get_by_role("button", name="Filters").click()
    if size == "phone" and state == "list":
        page.locator(".ca-legend summary").click()
    violations = axe.Axe().run(page).response["violations"]
    context.close()
    serious = {
        fault["id"]: fault["nodes"][0]["html"] for fault in violations if fault["impact"] in ("serious", "critical")
    }
    assert serious == {}


# Hostile text


def test_hostile_text_runs_nothing_and_is_shown_as_text(open_map: OpenMap) -> None:
    atlas = make_atlas(26, 80, seed=3, hostile=True)
    page = open_map(atlas)
    page.get_by_role("button", name="Filters").click()
    for incident in atlas.incidents:
        page.evaluate("(id) => { location.hash = new URLSearchParams({ incident: id }); }", incident.id)
        page.wait_for_timeout(20)
        assert page.locator(".ca-record").is_visible()
        assert (
            page.locator(
                ".claimatlas img, .claimatlas script, .claimatlas iframe, .claimatlas a[href^=javascript]"
            ).count()
            == 0
        )
    page.evaluate("location.hash = ''")
    for spot in {(i.location.latitude, i.location.longitude) for i in atlas.incidents if i.location}:
        page.mouse.move(*page.evaluate(WHERE, list(spot)))
    assert saved(page, "CSV")
    assert saved(page, "GeoJSON")
    assert page.evaluate("window.__pwned") is None
    assert (
        "<img src=x" in page.content().replace("&lt;", "<") or "<img src=x" in page.locator(".claimatlas").inner_text()
    )


def test_a_script_that_got_into_the_page_would_not_run(browser: Any, tmp_path: Path) -> None:
    write_map(make_small_atlas(), tmp_path / "map.html")
    page = browser.new_page()
    page.goto((tmp_path / "map.html").as_uri())
    wait(page)
    for attempt in (
        "const s = document.createElement('script'); s.textContent = 'window.__pwned = 1'; document.body.append(s);",
        "document.body.insertAdjacentHTML('beforeend', '<img src=\"data:,\" onerror=\"window.__pwned = 1\">');",
        "document.body.setAttribute('onclick', 'window.__pwned = 1'); document.body.click();",
    ):
        page.evaluate(f"() => {{ {attempt} }}")
    page.wait_for_timeout(100)
    assert page.evaluate("window.__pwned") is None
    page.close()


# Tiles, and other people's maps


def test_tiles_are_fetched_with_the_sites_name_and_credited(browser: Any, tmp_path: Path) -> None:
    write_map(make_small_atlas(), tmp_path / "map.html", tiles="https://tiles.example.org/{z}/{x}/{y}.png")
    asked = []
    pixel = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fcffff3f030005fe02fe"
        "dccc59e70000000049454e44ae426082"
    )

    def answer(route: Any) -> None:
        if route.request.url.startswith("file:"):
            route.continue_()
            return
        asked.append(route.request.url)
        route.fulfill(body=pixel, content_type="image/png")

    context = browser.new_context(**DESKTOP)
    context.route("**/*", answer)
    page = context.new_page()
    page.goto((tmp_path / "map.html").as_uri())
    wait(page)
    page.wait_for_timeout(300)
    assert asked
    assert all(re.fullmatch(r"https://tiles\.example\.org/\d+/\d+/\d+\.png", address) for address in asked)
    assert page.locator("img.leaflet-tile").first.get_attribute("referrerpolicy") == "strict-origin-when-cross-origin"
    assert "tiles.example.org" in page.locator(".leaflet-control-attribution").inner_text()
    context.close()


def test_the_layer_works_on_a_plain_folium_map(browser: Any, tmp_path: Path) -> None:
    """folium's own page loads Leaflet from a server, which is stood in for here."""
    from xstatic.pkg import leaflet

    own = folium.Map(location=[35, 38.5], zoom_start=7, tiles=None)
    folium.CircleMarker([35, 38]).add_to(own)
    ClaimAtlasLayer(make_small_atlas(), load_layers()).add_to(own)
    own.save(tmp_path / "own.html")

    def serve(route: Any) -> None:
        name = route.request.url.rsplit("/", 1)[-1]
        if route.request.url.startswith("file:"):
            route.continue_()
        elif name in ("leaflet.js", "leaflet.css"):
            route.fulfill(path=Path(leaflet.BASE_DIR, name))
        else:
            route.fulfill(body="")

    context = browser.new_context(**DESKTOP)
    context.route("**/*", serve)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((tmp_path / "own.html").as_uri())
    wait(page)
    assert n_listed(page) == 7
    click_at(page, DUMA.latitude, DUMA.longitude)
    assert n_listed(page) == 2
    assert page.locator("path.leaflet-interactive").count() == 1
    assert errors == []
    context.close()


def test_the_map_for_notebooks_shows_without_a_network(browser: Any, tmp_path: Path) -> None:
    write_layers(make_small_atlas(), tmp_path)
    claimatlas.read(tmp_path).to_folium().save(tmp_path / "own.html")
    context = browser.new_context(**DESKTOP)
    context.route("**/*", lambda route: route.continue_() if route.request.url.startswith("file:") else route.abort())
    page = context.new_page()
    page.goto((tmp_path / "own.html").as_uri())
    wait(page)
    assert n_listed(page) == 7
    context.close()


def test_a_governorate_keeps_its_precision_in_every_view() -> None:
    """The page's idea of a coarse place is the one of the other outputs."""
    from claimatlas.maps.payload import make_payload
    from claimatlas.records.columns import COARSE_PRECISIONS

    assert make_payload(Atlas())["words"]["coarse"] == [precision.value for precision in COARSE_PRECISIONS]
    assert Precision.GOVERNORATE in COARSE_PRECISIONS
