"""The outlines below the incidents, as a GeoPackage of its own that travels with the QGIS project."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimatlas.export.characters import writable
from claimatlas.export.frames import CRS
from claimatlas.export.gpkg import UNDATED, StoredStyle, add_styles, fixed_clock, write_table
from claimatlas.files import replacing
from claimatlas.qgis import Extent, Frame
from claimatlas.qgis.basemap import BASEMAP_LAYERS, BasemapLayer, basemap_qml

if TYPE_CHECKING:
    import geopandas

    from claimatlas.layers import Layers

EDGE_DEGREES = 0.15
"""Room around what a map shows, so that no mark lies on its frame."""


def write_basemap(layers: Layers, path: Path) -> list[BasemapLayer]:
    """Write the outlines as styled tables.

    Args:
        layers: Where the outlines come from.
        path: The GeoPackage to be.

    Returns:
        The tables that were written; an empty layer is left out.

    Raises:
        OutputError: The file cannot be written.
    """
    moment = f"{UNDATED}T00:00:00.000Z"
    written = []
    with replacing(path) as temporary, fixed_clock(moment):
        for layer in BASEMAP_LAYERS:
            frame = _frame(layers.features(layer.table), layer.geometry)
            if frame.empty:
                continue
            write_table(frame, layer.table, temporary)
            written.append(layer)
        with closing(sqlite3.connect(temporary)) as database, database:
            styles = [StoredStyle(layer.table, layer.title, basemap_qml(layer), True, layer.title) for layer in written]
            add_styles(database, styles, moment)
    return written


def project_frame(layers: Layers, bounds: tuple[float, float, float, float] | None) -> Frame:
    """Coordinate system and extent for a map of incidents: the country, or the incidents when they lie elsewhere.

    Args:
        layers: The outlines.
        bounds: West, south, east and north of the incidents in degrees; None when there are none.

    Returns:
        The UTM zone of the middle and the extent in its metres.
    """
    import shapely
    from pyproj import Transformer

    country = shapely.union_all([shapely.geometry.shape(f["geometry"]) for f in layers.features("outline")["features"]])
    shown = country.envelope if bounds is None else shapely.box(*bounds)
    if country.intersects(shown):
        shown = shapely.union(country, shown)
    west, south, east, north = shown.buffer(EDGE_DEGREES).bounds
    zone = int(((west + east) / 2 + 180) // 6) % 60 + 1
    crs = f"EPSG:{(32600 if south + north >= 0 else 32700) + zone}"
    transform = Transformer.from_crs(CRS, crs, always_xy=True).transform_bounds
    return Frame(crs, Extent(*(round(value) for value in transform(west, south, east, north))))


def _frame(collection: dict[str, Any], geometry: str) -> geopandas.GeoDataFrame:
    """The features of one kind of geometry with their names, multi-part throughout."""
    import geopandas
    from shapely.geometry import MultiLineString, MultiPolygon, shape

    from claimatlas.layers import NAME_PROPERTIES

    together: dict[str, Any] = {"Line": MultiLineString, "Polygon": MultiPolygon}
    names, shapes = [], []
    for feature in collection["features"]:
        made = shape(feature["geometry"])
        if geometry not in made.geom_type.replace("LineString", "Line"):
            continue
        if geometry in together and not made.geom_type.startswith("Multi"):
            made = together[geometry]([made])
        properties = feature.get("properties") or {}
        name = next((str(properties[key]) for key in NAME_PROPERTIES if properties.get(key)), "")
        names.append(writable(name))
        shapes.append(made)
    return geopandas.GeoDataFrame({"name": names}, geometry=shapes, crs=CRS)
