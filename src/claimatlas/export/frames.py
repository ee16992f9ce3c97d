"""Our tables as geopandas frames with exact column types, missing values included."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from claimatlas.export.geojson import DECIMALS, lonlat
from claimatlas.records.columns import Column, Kind
from claimatlas.records.tables import Record

if TYPE_CHECKING:
    import geopandas
    import pandas

CRS = "EPSG:4326"
CIRCLE_VERTICES = 64
"""Corners of a circle of uncertainty: its area is then 0.2 % too small."""


def plain_frame(records: Sequence[Record], columns: Sequence[Column]) -> pandas.DataFrame:
    """Records as a frame whose columns have Arrow types, so that an empty column is still a date or a number.

    Args:
        records: Flat records.
        columns: The columns to take.
    """
    import pandas as pd
    import pyarrow as pa

    types = {
        Kind.TEXT: pa.string(),
        Kind.INTEGER: pa.int32(),
        Kind.REAL: pa.float64(),
        Kind.BOOLEAN: pa.bool_(),
        Kind.DATE: pa.date32(),
    }
    data = {
        column.name: pd.Series(_values(records, column), dtype=pd.ArrowDtype(types[column.kind])) for column in columns
    }
    return pd.DataFrame(data)


def point_frame(records: Sequence[Record], columns: Sequence[Column]) -> geopandas.GeoDataFrame:
    """Records as points (WGS 84); a record nobody can place has no geometry.

    Args:
        records: Flat records with `lat` and `lon`.
        columns: The columns to take.
    """
    import geopandas
    import shapely

    positions = [lonlat(record) for record in records]
    points = [None if position is None else shapely.Point(position) for position in positions]
    return geopandas.GeoDataFrame(plain_frame(records, columns), geometry=points, crs=CRS)


def circle_frame(records: Sequence[Record], columns: Sequence[Column]) -> geopandas.GeoDataFrame:
    """Records as circles of `radius_m` metres around `lat` and `lon`, geodesic on WGS 84.

    Args:
        records: Flat records, all of them placed.
        columns: The columns to take.
    """
    import geopandas
    import numpy as np
    import shapely

    centers = np.array([(r["lat"], r["lon"], r["radius_m"] or 0) for r in records], dtype=float).reshape(-1, 3)
    circles = shapely.polygons(_corners(*centers.T))
    return geopandas.GeoDataFrame(plain_frame(records, columns), geometry=circles, crs=CRS)


def circle_corners(latitude: float, longitude: float, radius_m: float) -> list[tuple[float, float]]:
    """Corners (longitude, latitude) of a geodesic circle, counter-clockwise, the first not repeated.

    Args:
        latitude: Degrees north of the centre.
        longitude: Degrees east of the centre.
        radius_m: Radius in metres; nothing becomes 1 m, so that there is an area to see and click.
    """
    import numpy as np

    (corners,) = _corners(np.array([latitude]), np.array([longitude]), np.array([radius_m]))
    return [(float(x), float(y)) for x, y in corners]


def _corners(latitudes: Any, longitudes: Any, radiuses_m: Any) -> Any:
    """Arrays of n centres and radiuses become corners of shape (n, `CIRCLE_VERTICES`, 2), longitude first."""
    import numpy as np

    azimuths = np.linspace(0, -360, CIRCLE_VERTICES, endpoint=False)
    spread = [np.repeat(values, CIRCLE_VERTICES) for values in (longitudes, latitudes, np.maximum(radiuses_m, 1.0))]
    around = np.tile(azimuths, len(latitudes))
    x, y, _ = _geod().fwd(spread[0], spread[1], around, spread[2])
    return np.stack([x, y], axis=-1).round(DECIMALS + 1).reshape(-1, CIRCLE_VERTICES, 2)


@cache
def _geod() -> Any:
    from pyproj import Geod

    return Geod(ellps="WGS84")


def _values(records: Sequence[Record], column: Column) -> list[Any]:
    values = [record[column.name] for record in records]
    if column.kind is Kind.DATE:
        return [None if value is None else dt.date.fromisoformat(str(value)) for value in values]
    return values
