"""The gazetteer in formats of others: Linked Places, GeoJSON, CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from claimatlas.gazetteer.curated import PLACE_COLUMNS, place_row
from claimatlas.gazetteer.entries import AREAS, SETTLEMENTS, Entry
from claimatlas.model import GOVERNORATES

# Decimals of a degree that are written: a tenth of a metre, finer than any source.
_DECIMALS = 6
# GeoNames' classes of features: A areas, P populated places, S spots, L regions, H water, T heights, R roads.
_FEATURE_CLASSES = {
    **dict.fromkeys(("mountain", "hill", "valley", "island", "desert"), "T"),
    **dict.fromkeys(("river", "lake"), "H"),
    **dict.fromkeys(("road", "street"), "R"),
    "region": "L",
}
_CONTEXT = "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld"
# A gazetteer of today's names has no dates of its own; the format wants one span, and an open one is true.
_WHEN = {"timespans": [{"start": {"latest": "2026"}}]}
URN = "urn:claimatlas:"
"""What the ids of our places begin with in Linked Places."""


def export_gazetteer(entries: Iterable[Entry], form: str) -> bytes:
    """The places of a gazetteer as a file.

    Args:
        entries: The places with their names.
        form: `lpf` (Linked Places 1.3), `geojson` (one point each, flat properties) or `csv` (the columns of
            `places.csv`, with all names joined by `; ` in a last column).

    Raises:
        KeyError: The form is none of these.
    """
    return FORMS[form](entries)


def encode_linked_places(entries: Iterable[Entry]) -> bytes:
    """Places as a feature collection in the Linked Places format 1.3.

    Args:
        entries: The places with their names.
    """
    features = [_linked_place(entry) for entry in entries]
    return msgspec.json.encode({"type": "FeatureCollection", "@context": _CONTEXT, "features": features}) + b"\n"


def _linked_place(entry: Entry) -> dict[str, Any]:
    place = entry.place
    areas = (place.subdistrict, place.district, place.governorate)
    names = [
        {"toponym": n.name, "lang": n.lang, "citations": [{"label": n.source or place.source or "claimatlas"}]}
        for n in entry.names
    ]
    feature = {
        "@id": URN + place.id.replace(":", "-"),
        "type": "Feature",
        "properties": {
            "title": place.name,
            "fclasses": [_feature_class(place.kind)],
            "ccodes": ["SY"] if place.governorate in GOVERNORATES else [],
        },
        "when": _WHEN,
        "names": names,
        "types": [{"label": place.kind}],
        "relations": [
            {"relationType": "gvp:broaderPartitive", "label": area} for area in areas if area and area != place.name
        ],
        "geometry": _point(entry),
    }
    if place.pcode:
        feature["links"] = [{"type": "closeMatch", "identifier": f"pcode:{place.pcode}"}]
    return feature


def _feature_class(kind: str) -> str:
    if kind in SETTLEMENTS:
        return "P"
    if kind in _FEATURE_CLASSES:
        return _FEATURE_CLASSES[kind]
    return "A" if kind in AREAS else "S"


def _geojson(entries: Iterable[Entry]) -> bytes:
    features = [
        {"type": "Feature", "id": entry.place.id, "properties": _properties(entry), "geometry": _point(entry)}
        for entry in entries
    ]
    return msgspec.json.encode({"type": "FeatureCollection", "name": "places", "features": features}) + b"\n"


def _properties(entry: Entry) -> dict[str, str | float | None]:
    place = entry.place
    return {
        "place_id": place.id, "kind": place.kind, "name": place.name, "name_ar": place.name_ar,
        "governorate": place.governorate, "district": place.district, "subdistrict": place.subdistrict,
        "pcode": place.pcode, "radius_km": float(place.radius_km), "other_names": _other_names(entry),
        "source": place.source,
    }  # fmt: skip


def _other_names(entry: Entry) -> str:
    shown = {entry.place.name, entry.place.name_ar}
    return "; ".join(dict.fromkeys(name.name for name in entry.names if name.name not in shown))


def _point(entry: Entry) -> dict[str, Any]:
    return {
        "type": "Point",
        "coordinates": [round(entry.place.longitude, _DECIMALS), round(entry.place.latitude, _DECIMALS)],
    }


def _csv(entries: Iterable[Entry]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow((*PLACE_COLUMNS, "names"))
    for entry in entries:
        writer.writerow((*place_row(entry), _other_names(entry)))
    return stream.getvalue().encode("utf-8")


FORMS: dict[str, Callable[[Iterable[Entry]], bytes]] = {
    "lpf": encode_linked_places, "geojson": _geojson, "csv": _csv,
}  # fmt: skip
