"""The map's file: what stands in it, that nothing in it can run or be fetched, and that it is always the same."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import folium
import pytest
from benchmarks.synthetic import HOSTILE_STRINGS, make_atlas
from hypothesis import given
from hypothesis import strategies as st

from claimatlas.errors import InputError, OutputError
from claimatlas.layers import load_layers
from claimatlas.maps import (
    DERIVED_COLUMNS,
    MAX_CONTEXT,
    ClaimAtlasLayer,
    encode_column,
    encode_payload,
    make_payload,
    write_map,
)
from claimatlas.model import Atlas, Report, Span
from claimatlas.tables import incident_records
from factories import make_small_atlas


def decode(packed: Any, n: int) -> list[Any]:
    """What the page's `decodeColumn` does."""
    if isinstance(packed, list):
        return packed
    if "all" in packed:
        return [packed["all"]] * n
    if "at" in packed:
        return [packed["of"][index] for index in packed["at"]]
    total, values = 0, []
    for step in packed["steps"]:
        total += step
        values.append(total)
    return values


def column(table: dict[str, Any], name: str) -> list[Any]:
    return decode(table["columns"][name], table["n"])


@pytest.fixture
def page(tmp_path: Path) -> str:
    write_map(make_small_atlas(), tmp_path / "map.html")
    return (tmp_path / "map.html").read_text("utf-8")


scalars = (
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text() | st.lists(st.text(max_size=3), max_size=3)
)
columns = (
    st.lists(scalars) | st.lists(st.integers(0, 5)) | st.lists(st.floats(-90, 90)) | st.lists(st.sampled_from("ab"))
)


@given(columns)
def test_a_packed_column_unpacks_to_its_values(values: list[Any]) -> None:
    packed = json.loads(json.dumps(encode_column(values)))
    unpacked = decode(packed, len(values))
    assert unpacked == values
    assert [type(value) for value in unpacked] == [type(value) for value in values]


def test_every_column_of_the_incident_table_is_in_the_page() -> None:
    atlas = make_atlas(60, 200)
    table = make_payload(atlas)["incidents"]
    for name in incident_records(atlas)[0]:
        if name not in DERIVED_COLUMNS:
            assert column(table, name) == [record[name] for record in incident_records(atlas)], name


def test_each_claim_is_shown_inside_its_sentence() -> None:
    atlas = make_atlas(60, 200)
    payload = make_payload(atlas)
    claims, sentences = payload["claims"], column(payload["sentences"], "text")
    wanted = [claim for incident in atlas.incidents for claim in incident.claims]
    rows = zip(wanted, column(claims, "sentence"), column(claims, "start"), column(claims, "length"), strict=True)
    for claim, sentence, start, length in rows:
        assert sentences[sentence][start : start + length] == claim.quote.text
        assert len(sentences[sentence]) > length


def test_claims_of_one_sentence_share_it() -> None:
    atlas = make_atlas(60, 200)
    numbers = column(make_payload(atlas)["claims"], "sentence")
    assert len(set(numbers)) < len(numbers)


def test_a_sentence_that_runs_on_is_cut_between_words() -> None:
    atlas = make_small_atlas()
    text = "left " * 200 + "12 people died" + " right" * 200
    quote = Span(1000, 1014, "12 people died")
    report = dataclasses.replace(atlas.reports[0], text=text)
    incident = atlas.incidents[0]
    claim = dataclasses.replace(incident.tellings[0].claims[0], quote=quote)
    telling = dataclasses.replace(incident.tellings[0], quote=quote, claims=(claim,))
    atlas = Atlas(reports=(report,), incidents=(dataclasses.replace(incident, tellings=(telling,)),))
    (sentence,) = column(make_payload(atlas)["sentences"], "text")
    assert len(sentence) <= 2 * MAX_CONTEXT + len(quote.text)
    assert set(sentence.split()) == {"left", "12", "people", "died", "right"}


def test_a_quote_of_the_headline_is_shown_in_the_headline() -> None:
    atlas = make_small_atlas()
    report = dataclasses.replace(atlas.reports[0], title="Nine killed in Duma")
    quote = Span(0, 11, "Nine killed", "title")
    incident = atlas.incidents[0]
    claim = dataclasses.replace(incident.tellings[0].claims[0], quote=quote)
    telling = dataclasses.replace(incident.tellings[0], quote=quote, claims=(claim,))
    payload = make_payload(Atlas((report,), (dataclasses.replace(incident, tellings=(telling,)),)))
    assert column(payload["sentences"], "text") == ["Nine killed in Duma"]
    assert column(payload["sentences"], "title") == [True]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org/x",
        "file:///etc/passwd",
        "http://[broken",
        "JavaScript:1",
    ],
)
def test_only_web_addresses_are_kept(address: str) -> None:
    atlas = make_small_atlas()
    reports = tuple(dataclasses.replace(report, url=address) for report in atlas.reports)
    payload = make_payload(dataclasses.replace(atlas, reports=reports))
    assert set(column(payload["reports"], "url")) == {None}


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


def test_data_holds_no_lone_surrogate_and_no_line_separator() -> None:
    text = encode_payload({"a": "\ud83d\u2028\u2029 \U0001f642"})
    assert text.encode("utf-8")
    assert json.loads(text) == {"a": "\ufffd\u2028\u2029 \U0001f642"}
    assert "\u2028" not in text


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


def test_outlines_and_towns_are_drawn_from_our_own_layers() -> None:
    basemap = make_payload(make_small_atlas(), load_layers())["basemap"]
    assert len({feature["name"] for feature in basemap["governorates"]}) == 14
    assert "Aleppo" in [name for name, *_ in basemap["towns"]]
    assert all(32 < latitude < 38 and 35 < longitude < 43 for _, latitude, longitude, _ in basemap["towns"])


def test_only_reports_that_tell_an_incident_travel_with_the_page() -> None:
    atlas = make_small_atlas()
    silent = Report("silent", "Nothing happened.", url="https://example.org/silent")
    payload = make_payload(dataclasses.replace(atlas, reports=(*atlas.reports, silent)))
    assert "silent" not in column(payload["reports"], "report_id")
    assert payload["n_reports_read"] == len(atlas.reports) + 1
