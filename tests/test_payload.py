"""The map's data: all that the page shows, each claim inside its sentence, and nothing that could run."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from benchmarks.synthetic import make_atlas
from hypothesis import given
from hypothesis import strategies as st

from claimatlas.layers import load_layers
from claimatlas.maps.payload import DERIVED_COLUMNS, MAX_CONTEXT, encode_column, encode_payload, make_payload
from claimatlas.model import Atlas, Report, Span
from claimatlas.records.tables import incident_records
from factories import make_small_atlas
from map_data import column, decode

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


def test_data_holds_no_lone_surrogate_and_no_line_separator() -> None:
    text = encode_payload({"a": "\ud83d\u2028\u2029 \U0001f642"})
    assert text.encode("utf-8")
    assert json.loads(text) == {"a": "\ufffd\u2028\u2029 \U0001f642"}
    assert "\u2028" not in text


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
