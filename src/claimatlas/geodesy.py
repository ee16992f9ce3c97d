"""Distances and directions on the earth, taken for a sphere."""

from __future__ import annotations

import math
from collections.abc import Iterator

EARTH_RADIUS_KM = 6371.0088
# The cells in which places are kept to be found again: about 5 km from south to north, less from west to east.
CELL_DEGREES = 0.05
_CELL_KM = CELL_DEGREES * 111.0
# Beyond 87 degrees north or south, where the cells are slivers, some of a circle's cells are not looked at.
_LEAST_COSINE = 0.05


def cell_of(latitude: float, longitude: float) -> tuple[int, int]:
    """Row and column of the cell of `CELL_DEGREES` in which a point lies, counted from 0 N 0 E."""
    return math.floor(latitude / CELL_DEGREES), math.floor(longitude / CELL_DEGREES)


def cells_around(latitude: float, longitude: float, km: float) -> Iterator[tuple[int, int]]:
    """The cells in which all points up to a distance from a point lie, row by row; some points in them lie further."""
    rows = int(km / _CELL_KM) + 1
    columns = int(km / (_CELL_KM * max(_LEAST_COSINE, math.cos(math.radians(latitude))))) + 1
    row, column = cell_of(latitude, longitude)
    for i in range(row - rows, row + rows + 1):
        for j in range(column - columns, column + columns + 1):
            yield i, j


def distance_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """The great-circle distance of two points in kilometres.

    The earth is taken for a sphere of its mean radius; between Syrian places that is within 0.3 % of the
    distance on the ellipsoid (anywhere on earth within 0.6 %), far below the radius of any place.

    Args:
        latitude: Degrees north of the first point.
        longitude: Degrees east of the first point.
        other_latitude: Degrees north of the second point.
        other_longitude: Degrees east of the second point.

    Example:
        >>> round(distance_km(33.51, 36.29, 36.20, 37.16), 1)  # Damascus to Aleppo
        309.5
    """
    north, other_north = math.radians(latitude), math.radians(other_latitude)
    half_north = math.sin((other_north - north) / 2)
    half_east = math.sin(math.radians(other_longitude - longitude) / 2)
    chord = half_north**2 + math.cos(north) * math.cos(other_north) * half_east**2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(chord)))


def move(latitude: float, longitude: float, bearing: float, km: float) -> tuple[float, float]:
    """The (latitude, longitude) some kilometres away from a point.

    Args:
        latitude: Degrees north.
        longitude: Degrees east.
        bearing: Direction in degrees clockwise from north.
        km: Distance.
    """
    angle, distance = math.radians(bearing), km / EARTH_RADIUS_KM
    a, b = math.radians(latitude), math.radians(longitude)
    c = math.asin(math.sin(a) * math.cos(distance) + math.cos(a) * math.sin(distance) * math.cos(angle))
    d = b + math.atan2(
        math.sin(angle) * math.sin(distance) * math.cos(a), math.cos(distance) - math.sin(a) * math.sin(c)
    )
    return math.degrees(c), (math.degrees(d) + 540) % 360 - 180
