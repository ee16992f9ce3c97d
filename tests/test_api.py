"""The Python face: what was written comes back with exact types, and as a map."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import folium
import geopandas
import pandas as pd
import pytest

import claimatlas
from claimatlas.errors import InputError
from claimatlas.export import make_tables, write_layers
from claimatlas.model import Atlas
from factories import HOSTILE, make_small_atlas


def test_importing_claimatlas_does_not_import_geopandas() -> None:
    code = "import claimatlas, sys; claimatlas.__version__; sys.exit('geopandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_unknown_names_are_refused() -> None:
    with pytest.raises(AttributeError, match="no attribute 'reed'"):
        claimatlas.reed  # type: ignore[attr-defined]  # noqa: B018


def test_frames_have_points_days_and_whole_numbers(collection: claimatlas.Collection) -> None:
    incidents = collection.incidents
    assert isinstance(incidents, geopandas.GeoDataFrame)
    assert incidents.crs == "EPSG:4326"
    assert incidents["killed_min"].dtype == "Int64"
    assert incidents["combatants_killed_min"].dtype == "Int64"
    assert incidents["denied"].dtype == "boolean"
    assert pd.api.types.is_datetime64_any_dtype(incidents["date_start"])
    row = incidents.set_index("incident_id").loc["i-soussa"]
    assert (row.geometry.y, row.geometry.x) == (34.528889, 40.9675)
    assert row["date_start"].date() == dt.date(2018, 11, 3)
    assert (row["killed_min"], row["killed_max"]) == (5, 16)
    assert incidents.geometry.isna().sum() == 1
    assert set(collection.places.geometry.geom_type) == {"Polygon"}
    assert collection.summary["counts"]["incidents"] == 7
    assert repr(collection).endswith("7 incidents, 8 claims, 4 reports>")


def test_claims_of_an_incident(collection: claimatlas.Collection) -> None:
    assert list(collection.claims_of("i-soussa")["claimant"]) == ["activists", "US-led coalition"]
    with pytest.raises(InputError, match="holds no incident 'i-none'"):
        collection.claims_of("i-none")


def test_the_atlas_comes_back_as_it_was_written(collection: claimatlas.Collection) -> None:
    written, again = make_tables(make_small_atlas()), make_tables(collection.to_atlas())
    assert again["incidents"] == written["incidents"]
    assert [claim["claim_id"] for claim in again["claims"]] == [claim["claim_id"] for claim in written["claims"]]
    assert again["claims"] == written["claims"]
    assert again["places"] == written["places"]


def test_quotes_stand_at_their_offsets(collection: claimatlas.Collection) -> None:
    atlas = collection.to_atlas()
    texts = {report.id: report for report in atlas.reports}
    for incident in atlas.incidents:
        for claim in incident.claims:
            report = texts[claim.report_id]
            text = report.title if claim.quote.field == "title" else report.text
            assert text[claim.quote.start : claim.quote.end] == claim.quote.text


def test_map_is_folium_s_and_shows_what_is_chosen(collection: claimatlas.Collection) -> None:
    deadly = collection.incidents[collection.incidents["killed_min"] >= 10]
    page = collection.to_folium(deadly)
    assert isinstance(page, folium.Map)
    html = page.get_root().render()
    assert "somewhere in Idleb" in html
    assert "Seven civilians" not in html
    assert "<iframe" in page._repr_html_()


def test_map_runs_no_text_of_a_report(collection: claimatlas.Collection) -> None:
    html = collection.to_folium().get_root().render()
    assert HOSTILE not in html
    assert "<img src=x" not in html


def test_an_empty_collection_can_be_read_and_shown(tmp_path: Path) -> None:
    write_layers(Atlas(), tmp_path)
    collection = claimatlas.read(tmp_path)
    assert len(collection.incidents) == 0
    assert collection.to_atlas().incidents == ()
    assert isinstance(collection.to_folium(), folium.Map)


def test_a_folder_without_layers_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a file; name the output folder"):
        claimatlas.read(__file__)
    with pytest.raises(InputError, match=r"holds no incidents\.gpkg; write one with `claimatlas map INPUT -o"):
        claimatlas.read(tmp_path)


def test_a_broken_geopackage_is_named(tmp_path: Path) -> None:
    (tmp_path / "incidents.gpkg").write_bytes(b"not a database")
    with pytest.raises(InputError, match=r"incidents\.gpkg has no readable table 'incidents'"):
        claimatlas.read(tmp_path)


def test_a_geopackage_of_another_program_is_named(tmp_path: Path) -> None:
    points = geopandas.GeoDataFrame({"name": ["x"]}, geometry=geopandas.points_from_xy([1.0], [2.0]), crs=4326)
    points.to_file(tmp_path / "incidents.gpkg", layer="incidents", engine="pyogrio")
    with pytest.raises(InputError, match="lacks the column 'incident_id'"):
        claimatlas.read(tmp_path)
