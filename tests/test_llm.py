"""A model may only point at words: what the report does not bear out is left out and named."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from claimatlas.errors import InputError
from claimatlas.llm import Endpoint, ModelAnswer, check_answer, choose_extractor, extract_with_model
from claimatlas.model import Actor, Extraction, Report, from_dict
from claimatlas.pipeline import extract_report
from claimatlas.reference import load_reference

TEXT = "Two jets bombed the town of Hajin on Tuesday. At least 16 civilians were killed, SOHR said."
REPORT = Report("r1", TEXT, published=dt.date(2018, 11, 30))
CLAIM = {
    "quote": "At least 16 civilians", "outcome": "killed", "victims": "civilians", "claimant": "SOHR",
    "min": 16, "max": None,
}  # fmt: skip
INCIDENT: dict[str, Any] = {
    "quote": "Two jets bombed the town of Hajin", "event_type": "airstrike", "date_text": "on Tuesday",
    "places": ["Hajin"], "actors": ["us_led_coalition"], "attribution": "reported", "claims": [CLAIM],
}  # fmt: skip


def check(**changes: object) -> Extraction:
    answer = from_dict(ModelAnswer, {"incidents": [INCIDENT | changes]})
    return check_answer(answer, REPORT, load_reference())


def test_what_the_words_bear_out_is_kept() -> None:
    extraction = check()
    (incident,) = extraction.incidents
    assert extraction.issues == ()
    assert incident.when.start == dt.date(2018, 11, 27)
    assert incident.actors == (Actor.US_LED_COALITION,)
    assert incident.totals.killed_min == 16
    assert incident.location is not None
    assert incident.governorate == "Deir-ez-Zor"
    assert all(TEXT[claim.quote.start : claim.quote.end] == claim.quote.text for claim in incident.claims)


def test_an_incident_without_its_words_is_left_out_and_named() -> None:
    extraction = check(quote="Jets destroyed a hospital")
    assert extraction.incidents == ()
    assert [issue.words for issue in extraction.issues] == ["Jets destroyed a hospital"]


@pytest.mark.parametrize("figures", [{"min": 61, "max": 61}, {"min": 16, "max": 16}, {"min": None, "max": 16}])
def test_a_figure_the_quote_does_not_give_is_left_out(figures: dict[str, int | None]) -> None:
    extraction = check(claims=[CLAIM | figures])
    assert extraction.incidents[0].casualty_claims == ()
    assert extraction.issues[0].kind == "figure_not_in_quote"


def test_an_invented_place_date_or_claimant_is_left_out() -> None:
    extraction = check(places=["Raqqa"], date_text="on Sunday", claims=[CLAIM | {"claimant": "BBC"}])
    (incident,) = extraction.incidents
    assert incident.places == ()
    assert incident.when.start is None
    assert [claim.claimant for claim in incident.casualty_claims] == ["outlet"]
    assert len(extraction.issues) == 3


@contextmanager
def endpoint(status: int, answer: bytes) -> Iterator[Endpoint]:
    """A server on this machine that answers every question alike."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Endpoint("test-model", f"http://127.0.0.1:{server.server_port}/v1", "secret")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_model_is_asked_and_its_answer_checked() -> None:
    content = json.dumps({"incidents": [INCIDENT]})
    body = json.dumps({"choices": [{"message": {"content": content}}]}).encode()
    with endpoint(200, body) as there:
        extraction = extract_with_model(REPORT, load_reference(), there)
    assert [incident.quote.text for incident in extraction.incidents] == [INCIDENT["quote"]]


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, b"oops"),
        (200, b"not json"),
        (200, b'{"choices": []}'),
        (200, b'{"choices":[{"message":{"content":"[]"}}]}'),
    ],
)
def test_an_endpoint_that_fails_is_an_issue_and_not_a_crash(status: int, body: bytes) -> None:
    with endpoint(status, body) as there:
        extraction = extract_with_model(REPORT, load_reference(), there)
    assert extraction.incidents == ()
    assert [issue.kind for issue in extraction.issues] == ["extractor_failed"]


def test_the_builtin_extractor_is_the_pipelines() -> None:
    assert choose_extractor("builtin") is extract_report


@pytest.mark.parametrize("name", ["gpt", "openai:model", "openai:model@file:///etc/passwd"])
def test_an_unknown_extractor_says_what_is_known(name: str) -> None:
    with pytest.raises(InputError, match="use builtin"):
        choose_extractor(name)
