"""Another extractor: a language model behind an OpenAI-compatible endpoint, every value checked against its quote.

A model may only point at words. What it says is kept when the words stand in the report and say the same by our
own reading: figures are read again from the quote, days from the words of the date, places are looked up in the
gazetteer. Whatever fails is left out and becomes an issue. Nothing is sent anywhere unless this extractor is named.
"""

from __future__ import annotations

import functools
import json
import os
import re
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from claimatlas.dates import find_dates, resolve
from claimatlas.errors import InputError
from claimatlas.geocode import locate
from claimatlas.geocode.candidates import Context
from claimatlas.model import (
    OUTLET,
    Actor,
    Attribution,
    Claim,
    EventType,
    Extraction,
    Issue,
    Outcome,
    PlaceMention,
    Report,
    ReportedIncident,
    Salience,
    Span,
    Victims,
    When,
)
from claimatlas.numbers import NumberKind, find_numbers
from claimatlas.pipeline import Extractor, extract_report
from claimatlas.reference import Reference
from claimatlas.totals import count_totals

KEY_VARIABLE = "CLAIMATLAS_LLM_KEY"
TIMEOUT_SECONDS = 120.0
# A longer report is mostly page furniture; endpoints refuse what does not fit their context.
MAX_CHARACTERS = 24_000

INSTRUCTIONS = """You code reports of armed violence in Syria. Answer with one JSON object {"incidents": [...]}.
An incident is one act, or one bounded series of acts by one side, at one place in a bounded time, that killed, injured
or could have killed people. Leave out campaigns, totals over many events, threats, plans, and other countries.
Each incident has: "quote" (exact words that say it happened), "salience" (main|background), "event_type"
(airstrike|shelling|explosion|chemical|clash|shooting|abduction|other), "date_text" (exact words of its day, or null),
"places" (exact names as written, most specific first), "actors" (ids: %(actors)s), "attribution"
(reported|accused|claimed|contested|none), "claims": each with "claimant" (as named in the report, or "outlet"),
"outcome" (killed|injured|missing|captured), "victims" (people|civilians|children|women|combatants), "min", "max"
(integers or null: "at least 16" is 16/null, "more than 30" is 31/null, "up to 50" is null/50), and "quote" (the
shortest exact words that carry the figure). Copy words exactly, in the language of the report. Never guess."""


class ModelClaim(msgspec.Struct):
    """A casualty claim as the model answers it, not yet believed."""

    quote: str
    outcome: Outcome
    victims: Victims = Victims.PEOPLE
    claimant: str = OUTLET
    min: int | None = None
    max: int | None = None


class ModelIncident(msgspec.Struct):
    """An incident as the model answers it, not yet believed."""

    quote: str
    event_type: EventType
    salience: Salience = Salience.MAIN
    date_text: str | None = None
    places: list[str] = []
    actors: list[Actor] = []
    attribution: Attribution = Attribution.NONE
    claims: list[ModelClaim] = []


class ModelAnswer(msgspec.Struct):
    """The model's whole answer."""

    incidents: list[ModelIncident] = []


@dataclass(frozen=True)
class Endpoint:
    """Where the model answers.

    Attributes:
        model: Name of the model, as the endpoint knows it.
        url: Base address of the API, for instance `http://localhost:8080/v1`.
        key: Secret sent as a bearer token; empty for none.
    """

    model: str
    url: str
    key: str = ""


def choose_extractor(name: str) -> Extractor:
    """The extractor that a name on the command line stands for.

    Args:
        name: `builtin`, or `openai:MODEL@URL`; the key is read from `CLAIMATLAS_LLM_KEY`.

    Raises:
        InputError: The name is neither.
    """
    if name == "builtin":
        return extract_report
    match = re.fullmatch(r"openai:(?P<model>[^@]+)@(?P<url>https?://\S+)", name)
    if match is None:
        raise InputError(f"Extractor {name!r} is unknown; use builtin, or openai:MODEL@URL with an http(s) address.")
    endpoint = Endpoint(match["model"], match["url"].rstrip("/"), os.environ.get(KEY_VARIABLE, ""))
    return functools.partial(extract_with_model, endpoint=endpoint)


def extract_with_model(report: Report, reference: Reference, endpoint: Endpoint) -> Extraction:
    """Ask a model which incidents a report tells, and keep what the report's own words bear out.

    Args:
        report: The report.
        reference: Gazetteer and layers.
        endpoint: Where the model answers.

    Returns:
        The incidents that stood the check; what did not, and an endpoint that failed, as issues.
    """
    try:
        answer = msgspec.json.decode(_ask(report, endpoint), type=ModelAnswer)
    except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
        reason = (
            f"The model {endpoint.model} at {endpoint.url} gave no usable answer ({error}); try again or use builtin."
        )
        return Extraction(report, issues=(Issue("extractor_failed", reason, report.id, report.source),))
    return check_answer(answer, report, reference)


def check_answer(answer: ModelAnswer, report: Report, reference: Reference) -> Extraction:
    """Keep of a model's answer what the report's own words bear out.

    Args:
        answer: What the model said.
        report: The report it was asked about.
        reference: Gazetteer and layers.
    """
    issues: list[Issue] = []
    incidents = [
        incident
        for told in answer.incidents
        if (incident := _check_incident(told, report, reference, issues)) is not None
    ]
    return Extraction(report, tuple(incidents), tuple(issues))


def _check_incident(
    told: ModelIncident, report: Report, reference: Reference, issues: list[Issue]
) -> ReportedIncident | None:
    quote = _find_words(told.quote, report)
    if quote is None:
        issues.append(_not_found("incident", told.quote, report))
        return None
    claims = tuple(_check_claims(told, report, issues))
    deed = Claim(report.id, OUTLET, quote, actors=tuple(sorted(set(told.actors))))
    places = tuple(_check_places(told.places, report, reference, issues))
    located = next((place.location for place in places if place.location is not None), None)
    return ReportedIncident(
        report_id=report.id,
        quote=quote,
        event_type=told.event_type,
        salience=told.salience,
        when=_check_date(told.date_text, report, issues),
        places=places,
        governorate=next((place.governorate for place in places if place.governorate), None),
        location=located,
        actors=deed.actors,
        attribution=told.attribution if deed.actors else Attribution.NONE,
        claims=(*claims, deed),
        totals=count_totals(claims),
    )


def _check_claims(told: ModelIncident, report: Report, issues: list[Issue]) -> Iterator[Claim]:
    for claim in told.claims:
        quote = _find_words(claim.quote, report)
        if quote is None:
            issues.append(_not_found("claim", claim.quote, report))
            continue
        if not _quote_bears_out(claim, report.lang):
            reason = f"The quote does not say {claim.min} to {claim.max}; the model's figure was left out."
            issues.append(Issue("figure_not_in_quote", reason, report.id, words=claim.quote))
            continue
        claimant = claim.claimant
        if claimant != OUTLET and _find_words(claimant, report) is None:
            issues.append(_not_found("claimant", claimant, report))
            claimant = OUTLET
        yield Claim(
            report.id, claimant, quote, outcome=claim.outcome, victims=claim.victims, min=claim.min, max=claim.max
        )  # fmt: skip


def _quote_bears_out(claim: ModelClaim, lang: str) -> bool:
    """Whether our own reading of the quote gives the model's figure; one or two people need no number word."""
    counts = [n for n in find_numbers(claim.quote, lang) if n.kind in (NumberKind.COUNT, NumberKind.ARTICLE)]
    if not counts:
        return (claim.min, claim.max) in {(None, None), (1, 1), (2, 2)}
    return any((number.min, number.max) == (claim.min, claim.max) for number in counts)


def _check_date(words: str | None, report: Report, issues: list[Issue]) -> When:
    if words is None:
        return When()
    span = _find_words(words, report)
    if span is None:
        issues.append(_not_found("date", words, report))
        return When()
    for mention in find_dates(span.text, report.lang, report.published):
        days = resolve(mention, report.published)
        if days is not None:
            return When(days[0], days[1], span)
    return When(words=span)


def _check_places(
    names: list[str], report: Report, reference: Reference, issues: list[Issue]
) -> Iterator[PlaceMention]:
    for name in names:
        span = _find_words(name, report)
        if span is None:
            issues.append(_not_found("place", name, report))
            continue
        location = locate(name, reference.gazetteer, Context(lang=report.lang))
        yield PlaceMention(name, span, location.governorate if location else None, location)


def _find_words(words: str, report: Report) -> Span | None:
    """Where the report, else its title, has exactly these words."""
    for field, text in (("text", report.text), ("title", report.title)):
        start = text.find(words) if words.strip() else -1
        if start >= 0:
            return Span(start, start + len(words), words, field)
    return None


def _not_found(what: str, words: str, report: Report) -> Issue:
    reason = f"The model's words for this {what} are not in the report; they were left out."
    return Issue("words_not_in_report", reason, report.id, report.source, words)


def _ask(report: Report, endpoint: Endpoint) -> str:
    told = f"Published: {report.published or 'unknown'}\nTitle: {report.title}\n\n{report.text[:MAX_CHARACTERS]}"
    body: dict[str, Any] = {
        "model": endpoint.model,
        "temperature": 0,
        "response_format": {"type": "json_object"},
        "messages": [
            {"role": "system", "content": INSTRUCTIONS % {"actors": ", ".join(Actor)}},
            {"role": "user", "content": told},
        ],
    }
    headers = {"Content-Type": "application/json"}
    if endpoint.key:
        headers["Authorization"] = f"Bearer {endpoint.key}"
    request = urllib.request.Request(f"{endpoint.url}/chat/completions", json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:
        answer = json.load(response)
    content: str = answer["choices"][0]["message"]["content"]
    return content
