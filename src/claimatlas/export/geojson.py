"""GeoJSON by RFC 7946, shaped so that GDAL gives every column one plain type.

Written by hand rather than by GDAL: the order of members is ours, a record nobody can place keeps
`geometry: null`, and the same records give the same bytes with every version of GDAL.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from claimatlas.files import write_bytes
from claimatlas.records.columns import Column
from claimatlas.records.tables import Record

DECIMALS = 6
"""Digits after the point of a degree: a tenth of a metre, finer than any report."""

_encoder = msgspec.json.Encoder()


def write_geojson(records: Sequence[Record], columns: Sequence[Column], name: str, path: Path) -> None:
    """Write records as a feature collection of points.

    Args:
        records: Flat records with `lat` and `lon` in degrees, or None for a record nobody can place.
        columns: The columns to write as properties.
        name: Member `name` of the collection; GDAL makes it the layer's name.
        path: The file to be.

    Raises:
        OutputError: The file cannot be written.
    """
    names = [column.name for column in columns]
    features = ({"type": "Feature", "geometry": point(record), "properties": {key: record[key] for key in names}}
                for record in records)  # fmt: skip
    write_collection(features, name, path, bbox=bounds(records))


def write_collection(
    features: Iterable[dict[str, Any]], name: str, path: Path, *, bbox: Sequence[float] | None = None
) -> None:
    """Write features as a collection, one feature a line, so that a change shows as a line in a diff.

    Args:
        features: GeoJSON features.
        name: Member `name` of the collection.
        path: The file to be.
        bbox: West, south, east, north in degrees; left out when None.

    Raises:
        OutputError: The file cannot be written.
    """
    head = {"type": "FeatureCollection", "name": name} | ({} if bbox is None else {"bbox": list(bbox)})
    lines = b",\n".join(_encoder.encode(feature) for feature in features)
    write_bytes(path, _encoder.encode(head)[:-1] + b',"features":[\n' + lines + b"\n]}\n")


def point(record: Record) -> dict[str, Any] | None:
    """The record's position as a GeoJSON point (longitude first), or None."""
    position = lonlat(record)
    return None if position is None else {"type": "Point", "coordinates": list(position)}


def lonlat(record: Record) -> tuple[float, float] | None:
    """Longitude and latitude of a record in degrees, rounded to `DECIMALS`; None when nobody can place it."""
    latitude, longitude = record["lat"], record["lon"]
    if latitude is None or longitude is None:
        return None
    return round(float(longitude), DECIMALS), round(float(latitude), DECIMALS)


def bounds(records: Iterable[Record]) -> tuple[float, float, float, float] | None:
    """West, south, east and north of all placed records in degrees; None when none is placed."""
    positions = [position for position in map(lonlat, records) if position is not None]
    if not positions:
        return None
    longitudes, latitudes = zip(*positions, strict=True)
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)
