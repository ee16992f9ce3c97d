"""Incidents, claims, reports and places as flat records: the columns that files and the map share.

Every writer starts from these records, so that a column means the same in each format. A record is a
dictionary of strings, integers, floats, booleans and None, one type a column; days are ISO strings.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container
from typing import TypeAlias
from urllib.parse import urlsplit

from claimatlas.model import Atlas, Claim, Incident, Location, Place, Report
from claimatlas.records.labels import actor_label
from claimatlas.records.palette import CASUALTY_COLORS, actor_color, casualty_class

Scalar: TypeAlias = str | int | float | bool | None
Record: TypeAlias = dict[str, Scalar]

LIST_SEPARATOR = ";"


def incident_record(incident: Incident) -> Record:
    """One incident as a flat record, in the interface's order; `lat` and `lon` (degrees) come last."""
    place = incident.location.place if incident.location else None
    first = incident.places[0] if incident.places else None
    totals = incident.totals
    killed_class = casualty_class(totals.killed_min, totals.killed_max)
    return {
        "incident_id": incident.id,
        "event_type": incident.event_type.value,
        "date_start": iso_day(incident.when.start),
        "date_end": iso_day(incident.when.end),
        "date_text": incident.when.words.text if incident.when.words else None,
        "place": first.name if first else None,
        "place_ar": place.name_ar if place else None,
        "place_id": place.id if place else None,
        "pcode": place.pcode if place else None,
        "governorate": incident.governorate,
        "district": place.district if place else None,
        "precision": incident.location.precision.value if incident.location else None,
        "radius_m": incident.location.radius_m if incident.location else None,
        "actors": LIST_SEPARATOR.join(incident.actors),
        "actor_label": actor_label(incident.actors),
        "attribution": incident.attribution.value,
        "killed_min": totals.killed_min,
        "killed_max": totals.killed_max,
        "civilians_killed_min": totals.civilians_killed_min,
        "civilians_killed_max": totals.civilians_killed_max,
        "children_killed_min": totals.children_killed_min,
        "women_killed_min": totals.women_killed_min,
        "combatants_killed_min": totals.combatants_killed_min,
        "injured_min": totals.injured_min,
        "injured_max": totals.injured_max,
        "casualty_class": killed_class,
        "grading": incident.grading.value,
        "grade_reason": incident.grade_reason,
        "denied": incident.denied,
        "n_claims": len(incident.claims),
        "n_reports": len(incident.report_ids),
        "claimants": LIST_SEPARATOR.join(dict.fromkeys(claim.claimant for claim in incident.claims)),
        "report_ids": LIST_SEPARATOR.join(incident.report_ids),
        "headline": incident.headline,
        "color_actor": actor_color(incident.actors),
        "color_casualty": CASUALTY_COLORS[killed_class],
        "lat": incident.location.latitude if incident.location else None,
        "lon": incident.location.longitude if incident.location else None,
    }


def claim_record(claim: Claim, incident: Incident, report: Report) -> Record:
    """One claim as a flat record; a statement about the deed has no outcome, victims or figures."""
    return {
        "claim_id": claim.id,
        "incident_id": incident.id,
        "report_id": claim.report_id,
        "claimant": claim.claimant,
        "actors": LIST_SEPARATOR.join(claim.actors),
        "stance": claim.stance.value,
        "outcome": claim.outcome.value if claim.outcome else None,
        "victims": claim.victims.value if claim.victims else None,
        "min": claim.min,
        "max": claim.max,
        "quote": claim.quote.text,
        "start": claim.quote.start,
        "end": claim.quote.end,
        "publisher": report.publisher,
        "published": iso_day(report.published),
        "url": web_address(report.url),
        "lat": incident.location.latitude if incident.location else None,
        "lon": incident.location.longitude if incident.location else None,
    }


def report_record(report: Report) -> Record:
    """One report's metadata as a flat record; its text stays with whoever owns it."""
    return {
        "report_id": report.id,
        "lang": report.lang,
        "publisher": report.publisher,
        "published": iso_day(report.published),
        "title": report.title,
        "url": web_address(report.url),
        "source": report.source,
        "sha256": report.content_hash,
    }


def place_record(place: Place, location: Location) -> Record:
    """One place that an incident was put at, as a flat record."""
    return {
        "place_id": place.id,
        "kind": place.kind,
        "name": place.name,
        "name_ar": place.name_ar,
        "governorate": place.governorate,
        "district": place.district,
        "subdistrict": place.subdistrict,
        "pcode": place.pcode,
        "precision": location.precision.value,
        "radius_m": location.radius_m,
        "source": place.source,
        "lat": place.latitude,
        "lon": place.longitude,
    }


def incident_records(atlas: Atlas) -> list[Record]:
    """All incidents, in the atlas's order."""
    return [incident_record(incident) for incident in atlas.incidents]


def claim_records(atlas: Atlas) -> list[Record]:
    """All claims, incident by incident."""
    reports = {report.id: report for report in atlas.reports}
    return [
        claim_record(claim, incident, reports[claim.report_id])
        for incident in atlas.incidents
        for claim in incident.claims
    ]


def report_records(atlas: Atlas) -> list[Record]:
    """All reports that were read, sorted by id: in which order they were given changes no file."""
    return [report_record(report) for report in sorted(atlas.reports, key=lambda report: report.id)]


def place_records(atlas: Atlas) -> list[Record]:
    """The places that incidents were put at, once each, sorted by id.

    A place stands with its own circle: where one report says "in" and another "near" a town, the smaller counts.
    """
    located: dict[str, tuple[Place, Location]] = {}
    for incident in atlas.incidents:
        for location in (incident.location, *(mention.location for mention in incident.places)):
            if location is None or location.place is None:
                continue
            known = located.get(location.place.id)
            if known is None or location.radius_m < known[1].radius_m:
                located[location.place.id] = (location.place, location)
    return [place_record(*located[place_id]) for place_id in sorted(located)]


def web_address(address: str | None) -> str | None:
    """The address when it is one of the web; others could run something when clicked."""
    if address is None:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.netloc else None


def split_ids(joined: Scalar, known: Container[str]) -> list[str]:
    """The known ids in a joined list; an id that holds the separator itself stays whole.

    >>> split_ids("a;b;c", {"a", "b;c"})
    ['a', 'b;c']
    """
    ids: list[str] = []
    pending = ""
    for part in str(joined or "").split(LIST_SEPARATOR):
        pending = f"{pending}{LIST_SEPARATOR}{part}" if pending else part
        if pending in known:
            ids.append(pending)
            pending = ""
    return ids


def iso_day(day: dt.date | None) -> str | None:
    """A day as an ISO string."""
    return None if day is None else day.isoformat()
