"""Reports in the codebook's JSON form (docs/codebook.md): what `claimatlas extract` writes and coders exchange."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import msgspec

from claimatlas.errors import InputError
from claimatlas.model import (
    Actor,
    Attribution,
    Claim,
    EventType,
    Extraction,
    Outcome,
    ReportedIncident,
    Salience,
    Span,
    Victims,
    When,
)
from claimatlas.records.tables import iso_day


def code_extraction(extraction: Extraction) -> dict[str, Any]:
    """One report's incidents as the codebook's JSON object.

    Args:
        extraction: What the report yielded.

    Returns:
        A dictionary with `id`, `lang`, `publisher`, `published`, `title`, `url` and `incidents`; days are ISO strings.
    """
    report = extraction.report
    return {
        "id": report.id,
        "lang": report.lang,
        "publisher": report.publisher,
        "published": iso_day(report.published),
        "title": report.title,
        "url": report.url,
        "incidents": [code_incident(incident) for incident in extraction.incidents],
    }


def code_incident(incident: ReportedIncident) -> dict[str, Any]:
    """One incident with exactly the fields of the codebook, plus where it is on the map."""
    location = incident.location
    return {
        "salience": incident.salience.value,
        "event_type": incident.event_type.value,
        **_code_when(incident.when),
        "places": [{"name": place.name, "governorate": place.governorate} for place in incident.places],
        "governorate": incident.governorate,
        "lat": round(location.latitude, 6) if location else None,
        "lon": round(location.longitude, 6) if location else None,
        "place_id": location.place.id if location and location.place else None,
        "precision": location.precision.value if location else None,
        "actors": [actor.value for actor in incident.actors],
        "attribution": incident.attribution.value,
        "claims": [_code_claim(claim) for claim in incident.casualty_claims],
        "killed_min": incident.totals.killed_min,
        "killed_max": incident.totals.killed_max,
        "civilians_killed_min": incident.totals.civilians_killed_min,
        "civilians_killed_max": incident.totals.civilians_killed_max,
        "injured_min": incident.totals.injured_min,
        "injured_max": incident.totals.injured_max,
    }


def _code_when(when: When) -> dict[str, Any]:
    return {
        "date_start": iso_day(when.start),
        "date_end": iso_day(when.end),
        "date_text": when.words.text if when.words else None,
        "not_before": iso_day(when.not_before),
        "not_after": iso_day(when.not_after),
    }


def _code_claim(claim: Claim) -> dict[str, Any]:
    return {
        "claimant": claim.claimant,
        "outcome": claim.outcome.value if claim.outcome else None,
        "victims": claim.victims.value if claim.victims else None,
        "min": claim.min,
        "max": claim.max,
        **_code_quote(claim.quote),
    }


def _code_quote(quote: Span) -> dict[str, Any]:
    where = {"in": "title"} if quote.field == "title" else {}
    return {"quote": quote.text, "start": quote.start, "end": quote.end, **where}


class CodedPlace(msgspec.Struct, frozen=True):
    """A place of an incident, as coded.

    Attributes:
        name: As the report writes it.
        governorate: The governorate, when known.
    """

    name: str
    governorate: str | None = None


class CodedClaim(msgspec.Struct, frozen=True):
    """A casualty claim, as coded (codebook, section 4)."""

    outcome: Outcome
    victims: Victims
    claimant: str | None = None
    min: int | None = None
    max: int | None = None
    quote: str = ""


class CodedIncident(msgspec.Struct, frozen=True):
    """An incident, as coded (codebook, section 2). `lat` and `lon` are degrees, WGS 84."""

    event_type: EventType
    salience: Salience = Salience.MAIN
    date_start: dt.date | None = None
    date_end: dt.date | None = None
    date_text: str | None = None
    places: list[CodedPlace] = []
    governorate: str | None = None
    lat: float | None = None
    lon: float | None = None
    actors: list[Actor] = []
    attribution: Attribution = Attribution.NONE
    claims: list[CodedClaim] = []
    killed_min: int | None = None
    killed_max: int | None = None
    civilians_killed_min: int | None = None
    civilians_killed_max: int | None = None
    injured_min: int | None = None
    injured_max: int | None = None

    @property
    def label(self) -> str:
        """Enough words for a person to recognise it."""
        place = self.places[0].name if self.places else self.governorate or "place unknown"
        return f"{self.event_type.value} at {place}, {self.date_start or 'day unknown'}"


class CodedReport(msgspec.Struct, frozen=True):
    """The incidents of one report."""

    id: str
    lang: str | None = None
    incidents: list[CodedIncident] = []


def read_coded(path: Path) -> list[CodedReport]:
    """Read a JSONL file of reports in the codebook's form.

    Args:
        path: The file; empty lines are skipped.

    Raises:
        InputError: The file cannot be read, a line is not a coded report, or an id stands there twice.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read as UTF-8 text: {error}.") from error
    reports: dict[str, CodedReport] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            report = msgspec.json.decode(line, type=CodedReport)
        except (msgspec.DecodeError, RecursionError) as error:
            raise InputError(
                f"{path}, line {number} is not a coded report ({error}); write it as `claimatlas extract` does."
            ) from error
        if report.id in reports:
            raise InputError(f"{path}, line {number}: the id {report.id} stands there twice; give each report its own.")
        reports[report.id] = report
    return list(reports.values())
