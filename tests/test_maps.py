"""The map's file: what stands in it, that nothing in it can run or be fetched, and that it is always the same."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

import folium
import pytest
from benchmarks.synthetic import HOSTILE_STRINGS, make_atlas

from claimatlas.errors import InputError, OutputError
from claimatlas.maps import ClaimAtlasLayer, write_map
from claimatlas.model import Atlas
from factories import make_small_atlas
from map_data import column


@pytest.fixture
def page(tmp_path: Path) -> str:
    write_map(make_small_atlas(), tmp_path / "map.html")
    return (tmp_path / "map.html").read_text("utf-8")


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("first.html", "second.html"):
        write_map(make_atlas(40, 120), tmp_path / name)
    assert (tmp_path / "first.html").read_bytes() == (tmp_path / "second.html").read_bytes()


def test_the_page_names_no_other_file_or_site(page: str) -> None:
    outside = re.sub(r'<script type="application/json".*?</script>', "", page, flags=re.DOTALL)
    markup = re.sub(r"<script>.*?</script>|/\*.*?\*/", "", outside, flags=re.DOTALL)
    assert not re.search(r"https?://|url\(|@import|\bsrc=|<link\b|<iframe\b", markup)


def test_the_policy_allows_exactly_the_scripts_and_styles_of_the_page(page: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert "unsafe" not in policy[1]
    assert "default-src 'none'" in policy[1]
    for tag in ("script", "style"):
        blocks = re.findall(rf"<{tag}>(.*?)</{tag}>", page, flags=re.DOTALL)
        digests = {base64.b64encode(hashlib.sha256(block.encode()).digest()).decode() for block in blocks}
        allowed = re.search(rf"{tag}-src ([^;]*)", policy[1])
        assert allowed is not None
        assert set(re.findall(r"'sha256-([^']*)'", allowed[1])) == digests


def test_the_policy_stands_before_everything_it_governs(page: str) -> None:
    assert page.index("Content-Security-Policy") < page.index("<script")
    assert page.index("Content-Security-Policy") < page.index("<style")


def test_visitors_may_enlarge_the_page_and_its_language_is_said(page: str) -> None:
    assert '<html lang="en">' in page
    assert "user-scalable" not in page
    assert "maximum-scale" not in page


def test_hostile_text_stays_data(tmp_path: Path) -> None:
    atlas = make_atlas(30, 90, hostile=True)
    write_map(atlas, tmp_path / "map.html")
    page = (tmp_path / "map.html").read_text("utf-8")
    blocks = re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', page, flags=re.DOTALL)
    assert len(blocks) == 1
    assert not set("<>&") & set(blocks[0])
    assert "__pwned" not in page.replace(blocks[0], "")
    payload = json.loads(blocks[0])
    titles = column(payload["reports"], "title")
    # Text that looks like a template of the page's maker is text.
    assert "{{ cycler.__init__.__globals__ }}{% raw %}" in titles
    assert set(titles) == {evil.replace("\ud83d", "\ufffd") for evil in HOSTILE_STRINGS}


def test_an_empty_collection_has_a_map(tmp_path: Path) -> None:
    write_map(Atlas(), tmp_path / "map.html")
    assert "0 incidents in 0 reports" in (tmp_path / "map.html").read_text("utf-8")


def test_a_map_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "map.html").mkdir()
    with pytest.raises(OutputError, match=r"map\.html"):
        write_map(make_small_atlas(), tmp_path / "map.html")


@pytest.mark.parametrize(
    ("tiles", "origin"),
    [
        ("https://tiles.example.org/{z}/{x}/{y}.png", "https://tiles.example.org"),
        ("https://{s}.tiles.example.org/{z}/{x}/{y}.png", "https://*.tiles.example.org"),
        ("Esri.WorldGrayCanvas", "https://server.arcgisonline.com"),
    ],
)
def test_tiles_are_asked_for_only_when_wanted_and_named_in_the_policy(tiles: str, origin: str, tmp_path: Path) -> None:
    write_map(make_small_atlas(), tmp_path / "map.html", tiles=tiles)
    page = (tmp_path / "map.html").read_text("utf-8")
    assert f"img-src data: {origin};" in page
    assert '"referrerPolicy": "strict-origin-when-cross-origin"' in page


@pytest.mark.parametrize(
    "tiles",
    [
        "No.Such.Provider",
        "ftp://example.org/{z}/{x}/{y}",
        "{z}",
        "CartoDB.Positron",
        "https://a b;script-src */{z}",
        'https://"x/{z}',
    ],
)
def test_tiles_nobody_knows_are_refused(tiles: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="tiles"):
        write_map(make_small_atlas(), tmp_path / "map.html", tiles=tiles)
    assert not (tmp_path / "map.html").exists()


def test_a_layer_without_a_map_says_so() -> None:
    with pytest.raises(InputError, match=r"folium\.Map"):
        ClaimAtlasLayer(make_small_atlas()).render()


def test_the_layer_can_be_added_to_anybodys_map() -> None:
    own = folium.Map(location=[35, 38.5], zoom_start=7)
    ClaimAtlasLayer(make_small_atlas()).add_to(own)
    page = own.get_root().render()
    assert page.count('<script type="application/json"') == 1
    assert f"claimatlas.show({own.get_name()}," in page
