"""Which area holds a point, how far apart two points lie, and the outlines that maps draw.

The layers lie in `geo/` (made by `python -m claimatlas.geo_build`, see `geo/README.md`). They are generalised:
within about two kilometres of a line they cannot say on which side a point lies. Whoever needs better gives a
folder of official boundaries to `load_layers`.
"""

from __future__ import annotations

import json
import math
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from claimatlas.errors import InputError
from claimatlas.geodesy import distance_km
from claimatlas.names.governorates import canonical_governorate
from claimatlas.resources import data_folder, user_store

LAYERS = ("outline", "governorates", "borders", "rivers", "lakes", "roads", "neighbours")
"""The layers that `Layers.features` knows."""

# The outline's own points lie up to 2.1 km from OCHA's boundaries of 2018, most of them within 1 km. A point this
# close outside is taken for the country, so that a border village is not lost; Turkish towns on the line (Akçakale,
# Ceylanpınar) are the price.
OUTLINE_ERROR_KM = 2.0

# Where files of official boundaries keep an area's name: ours, OCHA's (several vintages), geoBoundaries', GADM's.
NAME_PROPERTIES = ("name", "adm1_name", "ADM1_EN", "admin1Name_en", "NAME_EN", "shapeName", "NAME_1", "NAME")


class Circle(NamedTuple):
    """A circle that holds a whole area.

    Attributes:
        latitude: Degrees north of its centre.
        longitude: Degrees east of its centre.
        radius_km: Kilometres from the centre to the farthest point of the area.
    """

    latitude: float
    longitude: float
    radius_km: float


class Layers:
    """Outlines and governorates of one country, read from a folder when they are first needed."""

    def __init__(self, folder: Path | None = None) -> None:
        """Remember where the layers lie.

        Args:
            folder: A folder with `governorates.geojson` and, optionally, other layers; what it lacks
                comes from our own `geo/`. None takes all from there.
        """
        self._folder = folder

    def features(self, name: str) -> dict[str, Any]:
        """A layer as a GeoJSON feature collection (WGS 84, longitude first), for a map.

        Args:
            name: One of `LAYERS`.

        Raises:
            InputError: There is no such layer, or its file is not GeoJSON.
        """
        if name not in LAYERS:
            raise InputError(f"There is no layer {name!r}; there are {', '.join(LAYERS)}.")
        if name not in self._collections:
            self._collections[name] = _read_collection(self.path(name))
        return self._collections[name]

    def path(self, name: str) -> Path:
        """The file a layer is read from.

        Args:
            name: One of `LAYERS`.
        """
        own = data_folder("geo") / f"{name}.geojson"
        if self._folder is None:
            return own
        given = self._folder / f"{name}.geojson"
        return given if given.is_file() else own

    @property
    def governorate_names(self) -> tuple[str, ...]:
        """The names of the governorates, in the order of the layer."""
        return tuple(self._governorates)

    def governorate_at(self, latitude: float, longitude: float) -> str | None:
        """The governorate that holds a point, or None outside the country.

        Args:
            latitude: Degrees north.
            longitude: Degrees east.

        Raises:
            InputError: The numbers are no coordinates.

        Returns:
            Its name. Up to `OUTLINE_ERROR_KM` outside the outline the nearest governorate answers.
        """
        point = _point(latitude, longitude)
        found = self._tree.query(point, predicate="intersects")
        if len(found):
            return self.governorate_names[int(min(found))]
        nearest = int(self._tree.nearest(point))
        if self._distance_to(list(self._governorates.values())[nearest], latitude, longitude) > OUTLINE_ERROR_KM:
            return None
        return self.governorate_names[nearest]

    def is_in_country(self, latitude: float, longitude: float) -> bool:
        """Whether a point lies in the country, or so close outside that our outline cannot tell.

        Args:
            latitude: Degrees north.
            longitude: Degrees east.

        Raises:
            InputError: The numbers are no coordinates.
        """
        point = _point(latitude, longitude)
        if self._outline.intersects(point):
            return True
        return self._distance_to(self._outline, latitude, longitude) <= OUTLINE_ERROR_KM

    def governorate_circle(self, name: str) -> Circle:
        """The circle around a governorate's centre of area that holds all of it.

        Args:
            name: A governorate, spelt as in `governorate_names`.

        Raises:
            InputError: There is no such governorate.
        """
        if name not in self._governorates:
            raise InputError(f"There is no governorate {name!r}; there are {', '.join(self.governorate_names)}.")
        if name not in self._circles:
            self._circles[name] = _circle(self._governorates[name])
        return self._circles[name]

    def border_distances(self, latitude: float, longitude: float) -> dict[str, float]:
        """Kilometres from a point to the border with each neighbour.

        Args:
            latitude: Degrees north.
            longitude: Degrees east.

        Raises:
            InputError: The numbers are no coordinates.
        """
        _point(latitude, longitude)
        distances: dict[str, float] = {}
        for neighbour, line in self._borders:
            distance = self._distance_to(line, latitude, longitude)
            distances[neighbour] = min(distance, distances.get(neighbour, distance))
        return distances

    @cached_property
    def _collections(self) -> dict[str, dict[str, Any]]:
        return {}

    @cached_property
    def _circles(self) -> dict[str, Circle]:
        return {}

    @cached_property
    def _governorates(self) -> dict[str, BaseGeometry]:
        path = self.path("governorates")
        areas = {}
        for feature in self.features("governorates")["features"]:
            name = _governorate_name(feature, path)
            areas[name] = _geometry(feature, path)
        if not areas:
            raise InputError(f"{path} holds no areas; give a GeoJSON file with a polygon for each governorate.")
        return areas

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(list(self._governorates.values()))

    @cached_property
    def _outline(self) -> BaseGeometry:
        if self._folder is not None and not (self._folder / "outline.geojson").is_file():
            # Official governorates without an outline: the country is what they cover together.
            return shapely.union_all(list(self._governorates.values()))
        path = self.path("outline")
        return shapely.union_all([_geometry(feature, path) for feature in self.features("outline")["features"]])

    @cached_property
    def _borders(self) -> list[tuple[str, BaseGeometry]]:
        path = self.path("borders")
        return [
            (str(feature["properties"]["neighbour"]), _geometry(feature, path))
            for feature in self.features("borders")["features"]
        ]

    def _distance_to(self, geometry: BaseGeometry, latitude: float, longitude: float) -> float:
        """Kilometres to a geometry. Its nearest point is sought on a map stretched to true proportions at the point."""
        factor = math.cos(math.radians(latitude))
        stretched = shapely.transform(geometry, lambda lonlat: lonlat * (factor, 1.0))
        _, nearest = shapely.shortest_line(shapely.Point(longitude * factor, latitude), stretched).coords
        return distance_km(latitude, longitude, nearest[1], nearest[0] / factor)


def load_layers(folder: Path | None = None) -> Layers:
    """The layers of a folder, read as they are needed.

    Args:
        folder: A folder with official boundaries, `governorates.geojson` (areas named by one of
            `NAME_PROPERTIES`) and optionally `outline.geojson`; None takes those in `geo/` of the user's
            store (`resources.user_store`) where there are any, else our own.

    Raises:
        InputError: The folder has no `governorates.geojson`.
    """
    official = user_store() / "geo"
    if folder is None and (official / "governorates.geojson").is_file():
        folder = official
    if folder is not None and not (folder / "governorates.geojson").is_file():
        raise InputError(f"{folder} holds no governorates.geojson; export the official boundaries under that name.")
    return Layers(folder)


def _point(latitude: float, longitude: float) -> BaseGeometry:
    if not -90 <= latitude <= 90:
        raise InputError(f"Latitude {latitude} is outside -90..90; are latitude and longitude swapped?")
    if not -180 <= longitude <= 180:
        raise InputError(f"Longitude {longitude} is outside -180..180; correct the coordinates.")
    return shapely.Point(longitude, latitude)


def _circle(area: BaseGeometry) -> Circle:
    centre = area.centroid if area.contains(area.centroid) else area.representative_point()
    corners = shapely.get_coordinates(area)
    radius = max(distance_km(centre.y, centre.x, latitude, longitude) for longitude, latitude in corners)
    return Circle(round(centre.y, 4), round(centre.x, 4), round(radius, 1))


def _read_collection(path: Path) -> dict[str, Any]:
    try:
        collection = json.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InputError(f"{path} cannot be read as GeoJSON: {error}.") from error
    if not isinstance(collection, dict) or not isinstance(collection.get("features"), list):
        raise InputError(f"{path} is not a GeoJSON feature collection; export it again as GeoJSON.")
    return collection


def _geometry(feature: dict[str, Any], path: Path) -> BaseGeometry:
    try:
        geometry = shape(feature["geometry"])
    except (KeyError, TypeError, AttributeError, ValueError, shapely.errors.ShapelyError) as error:
        raise InputError(f"{path} has a feature without a usable geometry ({error}); export it again.") from error
    west, south, east, north = geometry.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        raise InputError(f"{path} is not in longitude and latitude (EPSG:4326); export it in that system.")
    return geometry if geometry.is_valid else shapely.make_valid(geometry)


def _governorate_name(feature: dict[str, Any], path: Path) -> str:
    properties = feature.get("properties") or {}
    for key in NAME_PROPERTIES:
        if properties.get(key):
            return canonical_governorate(str(properties[key])) or str(properties[key])
    raise InputError(f"{path} has an area without a name; name it in one of {', '.join(NAME_PROPERTIES)}.")
