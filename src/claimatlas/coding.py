"""An extraction in the codebook's JSON form: what `claimatlas extract` writes and coders exchange."""

from __future__ import annotations

from typing import Any

from claimatlas.model import Claim, Extraction, ReportedIncident, Span, When


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
        "published": _iso(report.published),
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
        "date_start": _iso(when.start),
        "date_end": _iso(when.end),
        "date_text": when.words.text if when.words else None,
        "not_before": _iso(when.not_before),
        "not_after": _iso(when.not_after),
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


def _iso(day: object) -> str | None:
    return None if day is None else str(day)
