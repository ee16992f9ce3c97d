"""Whether results are believable: contradictions, impossible values and figures worth a second look.

The same checks run over an atlas before it is written and over the files of an output folder. A check never
changes a result; it says in a sentence what is doubtful.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from claimatlas.errors import InputError
from claimatlas.geodesy import distance_km, move
from claimatlas.layers import Layers, load_layers
from claimatlas.model import Atlas, Incident, Issue, Report
from claimatlas.records.tables import LIST_SEPARATOR, Record, claim_records, incident_records

INCIDENTS_FILE, CLAIMS_FILE, SUMMARY_FILE = "incidents.geojson", "claims.geojson", "summary.json"
ISSUES_FILE = "issues.jsonl"
# Kinds of doubts that no file of the folder but the list of issues can show.
_OF_THE_REPORTS = frozenset({"doubtful", "places_far_apart", "quote_moved", "no_report"})
# The files that belong to every output folder (docs: "Output").
EXPECTED_FILES = (
    "map.html", INCIDENTS_FILE, CLAIMS_FILE, "incidents.qml", "claims.qml", "incidents.gpkg", "claimatlas.qgs",
    "incidents.csv", ISSUES_FILE, SUMMARY_FILE,
)  # fmt: skip

# The conflict's first protests were in March 2011; an event dated earlier is likely a year misread.
FIRST_DAY = dt.date(2011, 3, 1)
# Single attacks with more dead than this happened a handful of times; mostly such a figure adds up many events.
UNUSUAL_TOLL = 300
# Two claims of one outcome may differ this much before somebody should look at them.
UNUSUAL_RATIO = 5
UNUSUAL_LEAD = 20
# Places of one incident further apart than this are rarely one act.
MAX_KM_BETWEEN_PLACES = 60.0
# An event known only to within more days than a year has is hardly known at all.
MAX_DAYS_LONG = 366
# With at least this many incidents, a share of unplaced ones above the next number tells of a missing gazetteer.
ENOUGH_TO_JUDGE = 20
MAX_UNLOCATED_SHARE = 0.5


def check_atlas(atlas: Atlas) -> list[Issue]:
    """Say what is doubtful in a finished collection.

    Args:
        atlas: The collection.

    Returns:
        The doubts, in the order of the incidents; those about the collection as a whole last.
    """
    reports = {report.id: report for report in atlas.reports}
    issues: list[Issue] = []
    for incident in atlas.incidents:
        issues.extend(_check_quotes(incident, reports))
        issues.extend(_check_spread(incident))
        first = incident.tellings[0].report_id
        issues.extend(Issue("doubtful", f"{incident.headline} {flag}", first) for flag in incident.flags)
    # Claims are written with their reports' metadata; without the report there is nothing to compare.
    if not any(issue.kind == "no_report" for issue in issues):
        issues.extend(_check_records(incident_records(atlas), claim_records(atlas)))
    return issues


def check_folder(folder: Path, today: dt.date | None = None) -> list[Issue]:
    """Re-read an output folder and say what is doubtful in it.

    Args:
        folder: The output folder of `claimatlas map`.
        today: The day after which nothing can have happened; by default the clock's. Only this check asks the clock:
            the files of an output must not depend on it.

    Returns:
        The doubts; an empty list when there are none.

    Raises:
        InputError: The folder is none, or a layer in it cannot be read.
    """
    if not folder.is_dir():
        raise InputError(f"{folder} is not a folder; name the output folder of `claimatlas map`.")
    incidents = read_layer(folder / INCIDENTS_FILE)
    claims = read_layer(folder / CLAIMS_FILE)
    issues = [
        Issue("missing_file", f"{name} is missing; run `claimatlas map` again.", source=name)
        for name in EXPECTED_FILES
        if not (folder / name).is_file()
    ]
    issues.extend(_check_records(incidents, claims))
    issues.extend(_check_future(incidents, claims, today or dt.date.today()))
    issues.extend(_check_summary(folder / SUMMARY_FILE, len(incidents), len(claims)))
    issues.extend(_check_geopackage(folder / "incidents.gpkg", len(incidents), len(claims)))
    issues.extend(_read_doubts(folder / ISSUES_FILE))
    return issues


def _read_doubts(path: Path) -> Iterator[Issue]:
    """What the run itself found doubtful and only the reports' own words can show."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        written = [Issue(**json.loads(line)) for line in lines if line]
    except OSError:
        return
    except (ValueError, TypeError):
        yield Issue("summary", f"{path.name} cannot be read; run `claimatlas map` again.", source=path.name)
        return
    yield from (issue for issue in written if issue.kind in _OF_THE_REPORTS)


def read_layer(path: Path) -> list[Record]:
    """The features of a GeoJSON layer as flat records with `lat` and `lon` (degrees, None without a point).

    Raises:
        InputError: The file is missing or not a GeoJSON layer of points.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path} cannot be read; name the output folder of `claimatlas map`.") from error
    except ValueError as error:
        raise InputError(f"{path} is not JSON ({error}); run `claimatlas map` again.") from error
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list):
        raise InputError(f"{path} is not a GeoJSON layer; run `claimatlas map` again.")
    return [_read_feature(feature, path) for feature in features]


def _read_feature(feature: Any, path: Path) -> Record:
    try:
        geometry = feature["geometry"]
        lon, lat = (None, None) if geometry is None else geometry["coordinates"][:2]
        record = {**feature["properties"], "lat": lat, "lon": lon}
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{path} holds a feature that is no point; run `claimatlas map` again.") from error
    if "incident_id" not in record:
        raise InputError(f"{path} holds a feature without incident_id; run `claimatlas map` again.")
    return record


def _check_quotes(incident: Incident, reports: Mapping[str, Report]) -> Iterator[Issue]:
    for telling in incident.tellings:
        report = reports.get(telling.report_id)
        if report is None:
            yield Issue("no_report", f"Incident {incident.id} rests on a report that was not read.", telling.report_id)
            continue
        for span in (telling.quote, *(claim.quote for claim in telling.claims)):
            field = report.title if span.field == "title" else report.text
            if field[span.start : span.end] != span.text or not span.text:
                reason = f"A quote of incident {incident.id} is not at its offsets."
                yield Issue("quote_moved", reason, report.id, words=span.text)


def _check_spread(incident: Incident) -> Iterator[Issue]:
    points = [
        (place.name, place.location.latitude, place.location.longitude)
        for place in incident.places
        if place.location is not None and place.location.radius_m < MAX_KM_BETWEEN_PLACES * 1000 / 2
    ]
    apart = [
        (distance_km(*one[1:], *other[1:]), one[0], other[0])
        for number, one in enumerate(points)
        for other in points[number + 1 :]
    ]
    if not apart:
        return
    farthest, one, other = max(apart)
    if farthest > MAX_KM_BETWEEN_PLACES:
        yield Issue(
            "places_far_apart",
            f"Places of incident {incident.id} lie {farthest:.0f} km apart: {one} and {other}.",
            report_id=_first_report(incident),
        )


def _first_report(incident: Incident) -> str:
    return incident.tellings[0].report_id


def _check_records(incidents: Sequence[Record], claims: Sequence[Record]) -> Iterator[Issue]:
    layers = load_layers()
    by_incident: defaultdict[str, list[Record]] = defaultdict(list)
    for claim in claims:
        by_incident[str(claim.get("incident_id"))].append(claim)
    for record in incidents:
        own = by_incident.get(str(record.get("incident_id")), [])
        for kind, reason in (
            *_check_figures(record), *_check_days(record, own),
            *_check_point(record, layers), *_check_claims(record, own),
        ):  # fmt: skip
            yield Issue(kind, f"{record.get('headline') or record.get('incident_id')} {reason}", _report_of(record))
    yield from _check_ids(incidents, by_incident)
    yield from _check_likeness(incidents)
    yield from _check_share_located(incidents)


def _report_of(record: Record) -> str | None:
    return str(record.get("report_ids") or "").split(LIST_SEPARATOR)[0] or None


def _number(record: Record, column: str) -> float | None:
    value = record.get(column)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _check_figures(record: Record) -> Iterator[tuple[str, str]]:
    for name in ("killed", "civilians_killed", "injured"):
        low, high = f"{name}_min", f"{name}_max"
        least, most = _number(record, low), _number(record, high)
        if least is not None and most is not None and least > most:
            yield "figures", f"{low} {least:g} is above {high} {most:g}."
    killed = _number(record, "killed_max")
    for column in ("civilians_killed_max", "children_killed_min", "women_killed_min", "combatants_killed_min"):
        part = _number(record, column)
        if killed is not None and part is not None and part > killed:
            yield "figures", f"{column} {part:g} is above killed_max {killed:g}."
    if killed is not None and killed > UNUSUAL_TOLL:
        yield "unusual_toll", f"A toll of {killed:g} is rare for one event; does it add up several?"


def _check_days(record: Record, claims: Sequence[Record]) -> Iterator[tuple[str, str]]:
    start, end = _day(record.get("date_start")), _day(record.get("date_end"))
    if start is None:
        return
    if end is not None and end < start:
        yield "days", f"It ends ({end}) before it starts ({start})."
    if end is not None and (end - start).days > MAX_DAYS_LONG:
        yield "days", f"Its days are {(end - start).days} apart; is it one event?"
    if start < FIRST_DAY:
        yield "days", f"{start} lies before the conflict; was the year misread?"
    published = sorted(day for claim in claims if (day := _day(claim.get("published"))) is not None)
    if published and published[0] < start:
        yield "days", f"It was reported on {published[0]}, before its day {start}."


def _check_future(incidents: Sequence[Record], claims: Sequence[Record], today: dt.date) -> Iterator[Issue]:
    for record in incidents:
        start = _day(record.get("date_start"))
        if start is not None and start > today:
            reason = f"{record.get('headline') or record.get('incident_id')} {start} is yet to come; is the year right?"
            yield Issue("days", reason, _report_of(record))
    published = {str(claim.get("report_id")): _day(claim.get("published")) for claim in claims}
    for report_id, day in sorted(published.items()):
        if day is not None and day > today:
            reason = (
                f"Report {report_id} was published on {day}, which is yet to come; correct its date of publication."
            )
            yield Issue("days", reason, report_id)


def _day(value: object) -> dt.date | None:
    try:
        return None if value is None else dt.date.fromisoformat(str(value))
    except ValueError:
        return None


def _check_point(record: Record, layers: Layers) -> Iterator[tuple[str, str]]:
    lat, lon = _number(record, "lat"), _number(record, "lon")
    if lat is None or lon is None:
        return
    if not _number(record, "radius_m"):
        yield "no_radius", "It has a point without a radius."
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        yield "point", f"{lat}, {lon} is no point on earth; are latitude and longitude swapped?"
        return
    told = record.get("governorate")
    if layers.governorate_at(lat, lon) in (told, None) and layers.is_in_country(lat, lon):
        return
    around = list(_circle_around(lat, lon, (_number(record, "radius_m") or 0) / 1000))
    if not any(layers.is_in_country(*point) for point in around):
        yield "abroad", f"Its point {lat}, {lon} lies outside Syria."
        return
    areas = {layers.governorate_at(*point) for point in around}
    if told and told not in areas and areas != {None}:
        yield "governorate", f"Its point lies in {layers.governorate_at(lat, lon)}, the record says {told}."


def _circle_around(latitude: float, longitude: float, radius_km: float) -> Iterator[tuple[float, float]]:
    """The point, and eight on the circle of its radius: enough to see which areas the circle may touch."""
    yield latitude, longitude
    yield from (move(latitude, longitude, bearing, radius_km) for bearing in range(0, 360, 45))


def _check_claims(record: Record, claims: Sequence[Record]) -> Iterator[tuple[str, str]]:
    told = _number(record, "n_claims")
    if told is not None and told != len(claims):
        yield "claims", f"It should have {told:g} claims; claims.geojson holds {len(claims)}."
    figures: defaultdict[tuple[object, object], list[float]] = defaultdict(list)
    for claim in claims:
        least, most = _number(claim, "min"), _number(claim, "max")
        if least is not None and most is not None and least > most:
            yield "figures", f"Claim {claim.get('claim_id')} counts from {least:g} to {most:g}."
        number = most if least is None else least
        if claim.get("outcome") and number:
            figures[claim["outcome"], claim.get("victims")].append(number)
    for (outcome, victims), numbers in sorted(figures.items(), key=str):
        low, high = min(numbers), max(numbers)
        if high > UNUSUAL_RATIO * low and high - low > UNUSUAL_LEAD:
            yield "contradiction", f"Claims of {victims} {outcome} reach from {low:g} to {high:g}."


def _check_ids(incidents: Sequence[Record], claims: Mapping[str, Sequence[Record]]) -> Iterator[Issue]:
    ids = Counter(str(record.get("incident_id")) for record in incidents)
    for incident_id, count in sorted(ids.items()):
        if count > 1:
            yield Issue("ids", f"{count} incidents have the id {incident_id}.")
    for incident_id in sorted(set(claims) - set(ids)):
        yield Issue("ids", f"Claims point to incident {incident_id}, which is missing.")


def _check_likeness(incidents: Sequence[Record]) -> Iterator[Issue]:
    """Incidents alike in day, place, kind and toll: one event that was not recognised, or a coincidence."""
    alike: defaultdict[tuple[object, ...], list[Record]] = defaultdict(list)
    for record in incidents:
        key = (record.get("date_start"), record.get("place_id"), record.get("event_type"), record.get("killed_max"))
        if None not in key:
            alike[key].append(record)
    for records in alike.values():
        if len(records) > 1:
            ids = ", ".join(str(record.get("incident_id")) for record in records)
            reason = f"{ids} are alike in day, place, kind and toll; are they one? {records[0].get('headline')}"
            yield Issue("alike", reason, _report_of(records[0]))


def _check_share_located(incidents: Sequence[Record]) -> Iterator[Issue]:
    unlocated = sum(record.get("lat") is None for record in incidents)
    if len(incidents) >= ENOUGH_TO_JUDGE and unlocated > MAX_UNLOCATED_SHARE * len(incidents):
        reason = f"{unlocated} of {len(incidents)} incidents have no place; does a gazetteer need importing?"
        yield Issue("unlocated", reason)


def _check_summary(path: Path, n_incidents: int, n_claims: int) -> Iterator[Issue]:
    try:
        counts = json.loads(path.read_text(encoding="utf-8"))["counts"]
    except OSError:
        return
    except (ValueError, KeyError, TypeError):
        yield Issue("summary", f"{path.name} cannot be read; run `claimatlas map` again.", source=path.name)
        return
    for name, found in (("incidents", n_incidents), ("claims", n_claims)):
        if counts.get(name) != found:
            reason = f"{path.name} counts {counts.get(name)} {name}, the layer holds {found}."
            yield Issue("summary", reason, source=path.name)


def _check_geopackage(path: Path, n_incidents: int, n_claims: int) -> Iterator[Issue]:
    if not path.is_file():
        return
    import sqlite3
    from contextlib import closing

    for table, expected in (("incidents", n_incidents), ("claims", n_claims)):
        try:
            with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
                found = database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        except sqlite3.DatabaseError as error:
            yield Issue("geopackage", f"{path.name} has no readable layer {table}: {error}.", source=path.name)
            continue
        if found != expected:
            yield Issue("geopackage", f"{path.name} holds {found} {table}, the GeoJSON {expected}.", source=path.name)


def count_kinds(issues: Iterable[Issue]) -> dict[str, int]:
    """How many doubts of each kind there are, most first."""
    return dict(Counter(issue.kind for issue in issues).most_common())
