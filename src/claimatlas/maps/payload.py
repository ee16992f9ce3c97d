"""The data of the map: all that the page shows, as JSON, column by column, each repeated string once."""

from __future__ import annotations

import csv
import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from claimatlas.layers import Layers
from claimatlas.model import (
    GOVERNORATES,
    Actor,
    Atlas,
    Attribution,
    Candidate,
    EventType,
    Grading,
    Incident,
    Location,
    Precision,
    Report,
    Span,
)
from claimatlas.outlets import name_outlet
from claimatlas.records.columns import COARSE_PRECISIONS
from claimatlas.records.labels import (
    ACTOR_LABELS,
    ATTRIBUTION_LABELS,
    CASUALTY_LABELS,
    EVENT_TYPE_LABELS,
    GRADING_LABELS,
    NO_ACTOR_LABEL,
    PRECISION_LABELS,
)
from claimatlas.records.palette import (
    ACTOR_COLORS,
    ACTOR_SHAPES,
    CASUALTY_CLASSES,
    CASUALTY_COLORS,
    CIRCLE,
    GRADING_COLORS,
    GRADING_SHAPES,
    NO_ACTOR_COLOR,
    Shape,
)
from claimatlas.records.tables import incident_records, iso_day, web_address
from claimatlas.resources import data_folder
from claimatlas.text.sentences import split_sentences

Json: TypeAlias = Any

# Columns of the incident table that the page puts together itself from the tellings, because each value is
# nearly unique and would stand in the file twice.
DERIVED_COLUMNS = ("claimants", "report_ids")
# A quote is shown inside its sentence. Where a "sentence" runs on (a list, a page without full stops), this many
# characters on either side of the quote are enough to judge it by.
MAX_CONTEXT = 300
# Sentences are looked for this far around a quote only: cutting whole reports took three quarters of the time.
SENTENCE_WINDOW = 700
# The best rivals of a place; the rest is in the layers' issues and says little.
MAX_CANDIDATES = 6
TOWN_KINDS = ("city", "town")
_LOOSE_SURROGATES = re.compile("[\ud800-\udfff]")


def encode_payload(payload: Json) -> str:
    """The data as JSON that can stand in a `script` element: it holds no `<`, `>`, `&` and no lone surrogate.

    Args:
        payload: What `make_payload` made.
    """
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return _LOOSE_SURROGATES.sub("\ufffd", text)


def make_payload(atlas: Atlas, layers: Layers | None = None) -> dict[str, Json]:
    """All that the page shows, column by column, each repeated string once.

    Args:
        atlas: The finished collection.
        layers: Outlines to draw below, or None.

    Returns:
        Values of JSON. Tables are dictionaries of columns as `encode_column` makes them.
    """
    tables = _Tables(atlas)
    records = incident_records(atlas)
    columns = {
        name: encode_column([record[name] for record in records])
        for name in (records[0] if records else ())
        if name not in DERIVED_COLUMNS
    }
    columns["location"] = encode_column(tables.locations)
    return {
        "words": _words(),
        "incidents": {"n": len(records), "columns": columns},
        "details": tables.details,
        **{name: _encode_table(rows) for name, rows in tables.rows.items()},
        "n_reports_read": len(atlas.reports),
        "basemap": None if layers is None else _basemap(layers),
    }


def encode_column(values: Sequence[Json]) -> Json:
    """A column in its shortest form.

    Args:
        values: The values, one a row.

    Returns:
        `{"all": value}` where all are equal; `{"of": distinct, "at": indexes}` for repeated strings or lists;
        `{"steps": differences}` for whole numbers that rise slowly; else the values themselves.
    """
    if not values:
        return []
    first = values[0]
    if all(value == first and type(value) is type(first) for value in values):
        return {"all": first}
    if all(type(value) is int for value in values):
        steps = [first, *(after - before for before, after in itertools.pairwise(values))]
        if len(str(steps)) < len(str(list(values))):
            return {"steps": steps}
    packed = _dictionary(values)
    # An index costs about as much as a short number, so a dictionary pays only for what is often repeated.
    share = 0.75 if any(isinstance(value, str) for value in values) else 0.33
    return packed if len(packed["of"]) < share * len(values) else list(values)


def _dictionary(values: Iterable[Json]) -> dict[str, Json]:
    numbers: dict[Json, int] = {}
    distinct: list[Json] = []
    indexes = []
    for value in values:
        # Lists cannot be keys, and 1, 1.0 and True would be one.
        name = value if type(value) is str else (type(value), str(value))
        if name not in numbers:
            numbers[name] = len(distinct)
            distinct.append(value)
        indexes.append(numbers[name])
    return {"of": distinct, "at": indexes}


def _encode_table(rows: Sequence[Mapping[str, Json]]) -> dict[str, Json]:
    names = rows[0] if rows else ()
    return {"n": len(rows), "columns": {name: encode_column([row[name] for row in rows]) for name in names}}


class _Tables:
    """Claims, tellings, reports, sentences and locations as rows that point at each other by number."""

    def __init__(self, atlas: Atlas) -> None:
        self._reports = {report.id: report for report in atlas.reports}
        self._report_numbers: dict[str, int] = {}
        self._sentence_numbers: dict[tuple[str, str, int, int], int] = {}
        self._sentence_spans: dict[str, list[tuple[int, int]]] = {}
        self._location_numbers: dict[Location, int] = {}
        self.rows: dict[str, list[dict[str, Json]]] = {
            "tellings": [], "claims": [], "reports": [], "sentences": [], "locations": [],
        }  # fmt: skip
        self.locations: list[int | None] = []
        """The number of each incident's location."""
        self.details: dict[str, dict[str, Json]] = {}
        """What only some incidents have: by kind, then by the incident's number."""
        for number, incident in enumerate(atlas.incidents):
            self._add(number, incident)

    def _add(self, number: int, incident: Incident) -> None:
        self.locations.append(self._location_or_none(incident.location))
        for telling in incident.tellings:
            self.rows["tellings"].append(
                {
                    "incident": number,
                    "report": self._report(telling.report_id),
                    **self._quote(telling.report_id, telling.quote),
                    "claims": len(telling.claims),
                    "main": telling.salience.value == "main",
                }
            )
            for claim in telling.claims:
                self.rows["claims"].append(
                    {
                        "claimant": claim.claimant,
                        "stance": claim.stance.value,
                        "actors": list(claim.actors),
                        "outcome": claim.outcome.value if claim.outcome else None,
                        "victims": claim.victims.value if claim.victims else None,
                        "min": claim.min,
                        "max": claim.max,
                        **self._quote(claim.report_id, claim.quote),
                    }
                )
        for kind, value in self._details(incident):
            if value:
                self.details.setdefault(kind, {})[str(number)] = value

    def _details(self, incident: Incident) -> Iterator[tuple[str, Json]]:
        mentions = incident.places
        yield "relation", mentions[0].relation if mentions else None
        yield (
            "places",
            [
                [mention.name, mention.relation, mention.governorate, self._location_or_none(mention.location)]
                for mention in mentions[1:]
            ],
        )
        yield "means", list(dict.fromkeys(span.text for telling in incident.tellings for span in telling.means))
        yield "not_before", iso_day(incident.when.not_before)
        yield "not_after", iso_day(incident.when.not_after)
        yield (
            "links",
            [[link.report_id, link.other_report_id, link.score, list(link.reasons)] for link in incident.links],
        )
        yield "flags", list(dict.fromkeys((*incident.flags, *(f for t in incident.tellings for f in t.flags))))
        yield "notes", list(incident.notes)
        yield "former_ids", list(incident.former_ids)

    def _report(self, report_id: str) -> int:
        if report_id not in self._report_numbers:
            report = self._reports[report_id]
            self._report_numbers[report_id] = len(self._report_numbers)
            self.rows["reports"].append(
                {
                    "report_id": report.id,
                    "lang": report.lang,
                    "publisher": report.publisher,
                    "outlet": name_outlet(report),
                    "published": iso_day(report.published),
                    "title": report.title,
                    "url": web_address(report.url),
                }
            )
        return self._report_numbers[report_id]

    def _quote(self, report_id: str, quote: Span) -> dict[str, int]:
        """Number of the sentence that holds a quote, and where in it the quote stands (code points)."""
        report = self._reports[report_id]
        start, end = self._sentence(report, quote)
        key = (report_id, quote.field, start, end)
        if key not in self._sentence_numbers:
            self._sentence_numbers[key] = len(self._sentence_numbers)
            source = report.title if quote.field == "title" else report.text
            self.rows["sentences"].append(
                {"text": source[start:end], "report": self._report(report_id), "title": quote.field == "title"}
            )
        return {
            "sentence": self._sentence_numbers[key],
            "start": quote.start - start,
            "length": quote.end - quote.start,
        }

    def _sentence(self, report: Report, quote: Span) -> tuple[int, int]:
        if quote.field == "title":
            return 0, len(report.title)
        known = self._sentence_spans.setdefault(report.id, [])
        for start, end in known:
            if start <= quote.start and quote.end <= end:
                return start, end
        known.append(_find_sentence(report.text, quote))
        return known[-1]

    def _location_or_none(self, location: Location | None) -> int | None:
        return None if location is None else self._location(location)

    def _location(self, location: Location) -> int:
        if location not in self._location_numbers:
            self._location_numbers[location] = len(self._location_numbers)
            place = location.place
            self.rows["locations"].append(
                {
                    "lat": location.latitude,
                    "lon": location.longitude,
                    "radius_m": location.radius_m,
                    "precision": location.precision.value,
                    "score": round(location.score, 3),
                    "name": place.name if place else None,
                    "name_ar": place.name_ar if place else None,
                    "kind": place.kind if place else None,
                    "area": _area_of(location),
                    "source": place.source if place else None,
                    "matched_name": location.matched_name,
                    "reason": location.reason,
                    "flags": list(location.flags),
                    "rejected": [_candidate(candidate) for candidate in location.rejected[:MAX_CANDIDATES]],
                }
            )
        return self._location_numbers[location]


def _candidate(candidate: Candidate) -> list[Json]:
    place = candidate.place
    area = _area(place.subdistrict, place.district, place.governorate)
    return [
        place.name, place.name_ar, place.kind, area, place.latitude, place.longitude, round(candidate.score, 3),
        list(candidate.reasons),
    ]  # fmt: skip


def _area_of(location: Location) -> str | None:
    place = location.place
    if place is None:
        return location.governorate
    # "Northern Syria" reaches into several governorates; that its middle lies in one of them says nothing.
    if place.kind == "region" and location.precision is Precision.GOVERNORATE:
        return None
    return _area(place.subdistrict, place.district, place.governorate)


def _area(*names: str | None) -> str:
    return ", ".join(dict.fromkeys(name for name in names if name))


def _find_sentence(text: str, quote: Span) -> tuple[int, int]:
    """The span of the sentence or sentences a quote stands in, cut between words where they run on."""
    window_start = max(0, quote.start - SENTENCE_WINDOW)
    window = text[window_start : quote.end + SENTENCE_WINDOW]
    spans = [(first + window_start, last + window_start) for first, last in split_sentences(window)]
    touched = [(first, last) for first, last in spans if last > quote.start and first < quote.end]
    start = min((first for first, _ in touched), default=quote.start)
    end = max((last for _, last in touched), default=quote.end)
    if start < quote.start - MAX_CONTEXT:
        space = text.find(" ", quote.start - MAX_CONTEXT, quote.start)
        start = quote.start - MAX_CONTEXT if space < 0 else space + 1
    if end > quote.end + MAX_CONTEXT:
        space = text.rfind(" ", quote.end, quote.end + MAX_CONTEXT)
        end = quote.end + MAX_CONTEXT if space < 0 else space
    return min(start, quote.start), max(end, quote.end)


def _words() -> dict[str, Json]:
    """Every closed set the page knows, in order: ids, labels, colours and shapes, the same as in the other outputs."""
    return {
        "actor": [
            *(_entry(actor, ACTOR_LABELS[actor], ACTOR_COLORS[actor], ACTOR_SHAPES[actor]) for actor in Actor),
            _entry("none", NO_ACTOR_LABEL, NO_ACTOR_COLOR, CIRCLE),
        ],
        "deaths": [_entry(name, CASUALTY_LABELS[name], CASUALTY_COLORS[name], CIRCLE) for name in CASUALTY_CLASSES],
        "grading": [
            _entry(grading, GRADING_LABELS[grading], GRADING_COLORS[grading], GRADING_SHAPES[grading])
            for grading in Grading
        ],
        "type": [_entry(kind, EVENT_TYPE_LABELS[kind]) for kind in EventType],
        "governorate": [*(_entry(name, name) for name in GOVERNORATES), _entry("none", "Unknown")],
        "precision": [
            *(_entry(precision, PRECISION_LABELS[precision]) for precision in Precision),
            _entry("none", "Nobody can place it"),
        ],
        "attribution": [_entry(attribution, ATTRIBUTION_LABELS[attribution]) for attribution in Attribution],
        "coarse": [precision.value for precision in COARSE_PRECISIONS],
    }


def _entry(identifier: str, label: str, color: str | None = None, shape: Shape | None = None) -> dict[str, Json]:
    entry: dict[str, Json] = {"id": str(identifier), "label": label}
    if color is not None and shape is not None:
        entry |= {"color": color, "shape": shape.name, "angle": shape.angle}
    return entry


def _basemap(layers: Layers) -> dict[str, Json]:
    """Outlines as GeoJSON, and towns for orientation (name, latitude, longitude, rank)."""
    names = ("outline", "governorates", "rivers", "lakes", "roads", "neighbours")
    collections = {name: _plain_features(layers.features(name)) for name in names}
    return {**collections, "towns": _towns(layers)}


def _plain_features(collection: dict[str, Any]) -> list[Json]:
    return [
        {
            "name": (feature.get("properties") or {}).get("name"),
            "type": feature["geometry"]["type"],
            "at": feature["geometry"]["coordinates"],
        }
        for feature in collection["features"]
    ]


def _towns(layers: Layers) -> list[Json]:
    with (data_folder("gazetteer") / "places.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["kind"] in TOWN_KINDS]
    # Where names would touch, those of the governorates' capitals are written first.
    ranked = sorted(((_rank_town(row), row) for row in rows), key=lambda one: one[0])
    return [
        [row["name"], round(float(row["lat"]), 3), round(float(row["lon"]), 3), rank]
        for rank, row in ranked
        if layers.is_in_country(float(row["lat"]), float(row["lon"]))
    ]


def _rank_town(row: Mapping[str, str]) -> int:
    """0 for a governorate's capital, 1 for another city, 2 for a town."""
    if row["kind"] != "city":
        return 2
    return 0 if row["governorate"] in (row["name"], row["district"]) else 1
