"""The places of a collection in the Linked Places format 1.3.

The whole gazetteer in that format: `claimatlas gazetteer export lpf`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from claimatlas.export.geojson import lonlat
from claimatlas.files import write_bytes
from claimatlas.tables import Record

CONTEXT = "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld"

# GeoNames' classes of features: A areas, P populated places, S spots, L regions, H water, T heights, R roads.
_CLASSES = {
    "country": "A", "governorate": "A", "district": "A", "subdistrict": "A", "region": "L", "river": "H", "lake": "H",
    "dam": "S", "mountain": "T", "hill": "T", "road": "R", "airbase": "S", "airport": "S", "hospital": "S",
    "crossing": "S", "landmark": "S", "bridge": "S", "field": "L",
}  # fmt: skip
_POPULATED = "P"

# Gazetteers of today's names have no dates of their own; the format wants one span, and an open one is true.
_WHEN = {"timespans": [{"start": {"latest": "2026"}}]}


def write_linked_places(places: Sequence[Record], path: Path) -> None:
    """Write places as a Linked Places feature collection.

    Args:
        places: Records of places.
        path: The file to be.

    Raises:
        OutputError: The file cannot be written.
    """
    collection = {
        "type": "FeatureCollection",
        "@context": CONTEXT,
        "features": [_feature(record) for record in places],
    }
    write_bytes(path, msgspec.json.format(msgspec.json.encode(collection), indent=1) + b"\n")


def _feature(record: Record) -> dict[str, Any]:
    source = {"label": str(record["source"] or "claimatlas gazetteer")}
    names = [{"toponym": record[column], "lang": lang, "citations": [source]}
             for column, lang in (("name", "en"), ("name_ar", "ar")) if record[column]]  # fmt: skip
    relations = [
        {"relationType": "gvp:broaderPartitive", "label": record[column]}
        for column in ("subdistrict", "district", "governorate")
        if record[column] and record[column] != record["name"]
    ]
    feature: dict[str, Any] = {
        "@id": f"urn:claimatlas:{record['place_id']}",
        "type": "Feature",
        "properties": {
            "title": record["name"],
            "ccodes": ["SY"] if record["governorate"] else [],
            "fclasses": [_CLASSES.get(str(record["kind"]), _POPULATED)],
        },
        "when": _WHEN,
        "names": names,
        "types": [{"label": record["kind"]}],
        "geometry": {"type": "Point", "coordinates": list(lonlat(record) or ()), "certainty": "certain"},
        "relations": relations,
    }
    if record["pcode"]:
        feature["links"] = [{"type": "closeMatch", "identifier": f"pcode:{record['pcode']}"}]
    return feature
