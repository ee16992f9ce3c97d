"""Linked Places: the GeoJSON in which historical gazetteers are exchanged."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from claimatlas.errors import InputError
from claimatlas.gazetteer.entries import KINDS, Entry
from claimatlas.gazetteer.exporting import URN
from claimatlas.importers.rows import make_entry

_LPF_CLASSES = {
    "P": "village",
    "A": "district",
    "T": "mountain",
    "H": "river",
    "S": "landmark",
    "R": "road",
    "L": "region",
}


def read_lpf(path: Path, skipped: Counter[str]) -> Iterator[Entry]:
    """Places of a Linked Places file (GeoJSON); a feature's kind is its first type label we know, else its class."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path} is not JSON ({error}); is it a file of Linked Places?") from error
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list):
        raise InputError(f"{path} is not a FeatureCollection of Linked Places.")
    for number, feature in enumerate(features):
        entry = _lpf_entry(feature, number) if isinstance(feature, dict) else None
        if entry is None:
            skipped["without name or point"] += 1
            continue
        yield entry


def _lpf_entry(feature: dict[str, Any], number: int) -> Entry | None:
    point = _lpf_point(feature.get("geometry"))
    if point is None:
        return None
    properties = feature["properties"] if isinstance(feature.get("properties"), dict) else {}
    texts = [str(properties.get("title") or "")]
    texts += [str(name.get("toponym") or "") for name in _objects(feature.get("names"))]
    relations = _objects(feature.get("relations"))
    broader = [r.get("label") for r in relations if "broader" in str(r.get("relationType"))]
    own_id = str(feature.get("@id") or properties.get("id") or number).removeprefix(URN).rsplit("/", 1)[-1]
    return make_entry(
        f"lpf:{own_id}",
        _lpf_kind(_objects(feature.get("types")), properties.get("fclasses")),
        texts,
        point[0],
        point[1],
        governorate=str(broader[-1]) if broader else None,
        population=0,
        source="Linked Places",
    )


def _lpf_kind(types: list[dict[str, Any]], classes: Any) -> str:
    """The first type label that is a kind of ours; else the feature's class (GeoNames' letters); else a village."""
    for of_type in types:
        own = of_type.get("sourceLabels")
        for label in (of_type.get("label"), *(own if isinstance(own, list) else ())):
            text = label.get("label") if isinstance(label, dict) else label
            if isinstance(text, str) and text in KINDS:
                return text
    letters = [str(letter) for letter in classes] if isinstance(classes, list) else []
    return next((_LPF_CLASSES[letter] for letter in letters if letter in _LPF_CLASSES), "village")


def _objects(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; nothing of what is no list, for files are written by hand too."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _lpf_point(geometry: Any) -> tuple[float, float] | None:
    """(latitude, longitude) of a point, or a point on whatever else the geometry is."""
    if not isinstance(geometry, dict):
        return None
    from shapely.errors import ShapelyError
    from shapely.geometry import shape

    try:
        point = shape(geometry).representative_point()
    except (ShapelyError, KeyError, TypeError, ValueError, AttributeError, IndexError):
        return None
    if point.is_empty or not (-90 <= point.y <= 90 and -180 <= point.x <= 180):
        return None
    return round(float(point.y), 6), round(float(point.x), 6)
