"""The outlines below the incidents, as a GeoPackage of its own that travels with the QGIS project."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimatlas.export.files import replacing, writable
from claimatlas.export.frames import CRS
from claimatlas.export.gpkg import UNDATED, StoredStyle, add_styles, fixed_clock, write_table
from claimatlas.qgis.basemap import BASEMAP_LAYERS, BasemapLayer, basemap_qml

if TYPE_CHECKING:
    import geopandas

    from claimatlas.layers import Layers


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


def _frame(collection: dict[str, Any], geometry: str) -> geopandas.GeoDataFrame:
    """The features of one kind of geometry with their names, multi-part throughout."""
    import geopandas
    from shapely.geometry import MultiLineString, MultiPolygon, shape

    from claimatlas.layers import NAME_PROPERTIES

    together = {"Line": MultiLineString, "Polygon": MultiPolygon}
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
