"""Makes the map layers of `geo/` from our own points: `python -m claimatlas.geo_build`.

Nothing is copied from official boundary files. The outline joins points that we set along the border;
a governorate is whatever lies nearer to one of its points (the gazetteer's settlements and guide points
of our own for the desert) than to a point of any other governorate.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import LineString, MultiPoint, MultiPolygon, Point, Polygon, mapping
from shapely.geometry.base import BaseGeometry

from claimatlas.errors import GazetteerError
from claimatlas.files import write_text
from claimatlas.model import GOVERNORATES
from claimatlas.resources import data_folder

# Ten metres: far below what the outline claims (about two kilometres), and it keeps the files small.
DECIMALS = 4
# Degrees, about 600 m. Voronoi cells zigzag between neighbouring villages; this takes the zigzag out of the lines
# without moving any of them as far as a village is wide. Larger values began to cost agreement with official lines.
SMOOTHING = 0.006
# Pieces of a governorate smaller than this (square degrees, about 25 km²) are lone villages whose nearest neighbours
# belong elsewhere, for instance along the Damascus city limits. The map is clearer without such islands.
SMALLEST_PIECE = 0.0025
SETTLEMENTS = frozenset({"city", "town", "village", "hamlet", "neighbourhood", "camp"})
CODED_SOURCE = "OCHA"


@dataclass(frozen=True, slots=True)
class AreaPoint:
    """A point of which the governorate is known."""

    latitude: float
    longitude: float
    governorate: str


def make_layers(geo: Path, gazetteer: Path) -> dict[str, dict[str, Any]]:
    """All layers as GeoJSON feature collections, by file stem.

    Args:
        geo: Folder with `outline_points.csv`, `guide_points.csv`, `river_points.csv`, `lake_points.csv`,
            `road_points.csv` and `neighbours.csv`.
        gazetteer: Folder with `places.csv`.

    Raises:
        GazetteerError: A point names a governorate that does not exist, or one has no point at all.
    """
    rings = _grouped(geo / "outline_points.csv", "ring")
    outline = MultiPolygon([Polygon(_lonlat(rows)) for rows in rings.values()])
    points = [*read_settlements(gazetteer / "places.csv"), *read_guide_points(geo / "guide_points.csv")]
    areas = make_governorates(outline, points)
    lines = {name: _grouped(geo / f"{name}_points.csv", name) for name in ("river", "road")}
    lakes = _grouped(geo / "lake_points.csv", "lake")
    labels = _rows(geo / "neighbours.csv")
    return {
        "outline": _collection([_feature(outline, name="Syria")]),
        "governorates": _collection(_feature(areas[name], name=name) for name in GOVERNORATES),
        "borders": _collection(_feature(line, neighbour=name) for name, line in make_borders(rings)),
        "rivers": _collection(_feature(LineString(_lonlat(p)), name=n) for n, p in lines["river"].items()),
        "roads": _collection(_feature(LineString(_lonlat(p)), name=n) for n, p in lines["road"].items()),
        "lakes": _collection(_feature(Polygon(_lonlat(p)), name=n) for n, p in lakes.items()),
        "neighbours": _collection(
            _feature(Point(float(row["longitude"]), float(row["latitude"])), name=row["name"], kind=row["kind"])
            for row in labels
        ),
    }


def make_governorates(outline: BaseGeometry, points: Sequence[AreaPoint]) -> dict[str, BaseGeometry]:
    """The governorates' areas: Voronoi cells of the points, joined, clipped to the outline and smoothed.

    Args:
        outline: The country.
        points: Points of known governorates; points that share a position count once.

    Returns:
        An area for each of the fourteen governorates. Together they fill the outline without overlaps.
    """
    at = {(point.longitude, point.latitude): point.governorate for point in points}
    missing = [name for name in GOVERNORATES if name not in at.values()]
    if missing:
        raise GazetteerError(f"No point lies in {', '.join(missing)}; add guide points to geo/guide_points.csv.")
    positions = sorted(at)
    cells = shapely.voronoi_polygons(MultiPoint(positions), extend_to=outline.envelope.buffer(1), ordered=True)
    joined: dict[str, list[BaseGeometry]] = defaultdict(list)
    for position, cell in zip(positions, cells.geoms, strict=True):
        joined[at[position]].append(cell)
    whole = [shapely.union_all(joined[name]) for name in GOVERNORATES]
    smooth = shapely.coverage_simplify(_without_islands(whole), SMOOTHING)
    return {name: area.intersection(outline) for name, area in zip(GOVERNORATES, smooth, strict=True)}


def make_borders(rings: dict[str, list[dict[str, str]]]) -> list[tuple[str, LineString]]:
    """The pieces of the border by the neighbour they face, in the order of the points.

    Args:
        rings: Rows of `outline_points.csv` by ring; a row's neighbour holds from its point to the next.
    """
    borders = []
    for rows in rings.values():
        circuit = [*rows, rows[0]]
        start = 0
        for i in range(1, len(circuit)):
            ends = i == len(circuit) - 1 or circuit[i]["neighbour"] != circuit[start]["neighbour"]
            if ends:
                borders.append((circuit[start]["neighbour"], LineString(_lonlat(circuit[start : i + 1]))))
                start = i
    return borders


def read_settlements(path: Path) -> list[AreaPoint]:
    """The gazetteer's settlements whose governorate is known: by a P-code, or by the city they are a part of.

    Args:
        path: A `places.csv`.
    """
    rows = _rows(path)
    governorates = {row["id"]: row["governorate"] for row in rows}
    points = []
    for row in rows:
        if row["kind"] not in SETTLEMENTS:
            continue
        if row["parent"] in governorates:
            points.append(AreaPoint(float(row["lat"]), float(row["lon"]), governorates[row["parent"]]))
        elif row["pcode"] and row["source"].startswith(CODED_SOURCE):
            points.append(AreaPoint(float(row["lat"]), float(row["lon"]), row["governorate"]))
    return points


def read_guide_points(path: Path) -> list[AreaPoint]:
    """The points of our own that say to which governorate empty country belongs.

    Args:
        path: A `guide_points.csv`.

    Raises:
        GazetteerError: A row names no governorate of Syria.
    """
    rows = _rows(path)
    wrong = sorted({row["governorate"] for row in rows} - set(GOVERNORATES))
    if wrong:
        raise GazetteerError(f"{path.name} names {', '.join(wrong)}; use one of {', '.join(GOVERNORATES)}.")
    return [AreaPoint(float(row["latitude"]), float(row["longitude"]), row["governorate"]) for row in rows]


def write_layers(layers: dict[str, dict[str, Any]], folder: Path) -> list[Path]:
    """The written files: one GeoJSON file a layer, a feature a line.

    Args:
        layers: Feature collections by file stem.
        folder: Where they go.
    """
    written = []
    for name, collection in layers.items():
        features = ",\n".join(json.dumps(f, ensure_ascii=False, sort_keys=True) for f in collection["features"])
        path = folder / f"{name}.geojson"
        write_text(path, f'{{"type": "FeatureCollection", "name": "{name}", "features": [\n{features}\n]}}\n')
        written.append(path)
    return written


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the layers and say which.

    Args:
        arguments: Command line; None takes the process's own.
    """
    parser = argparse.ArgumentParser(prog="python -m claimatlas.geo_build", description=__doc__.splitlines()[0])
    parser.add_argument("--geo", type=Path, default=data_folder("geo"), help="folder of the points (default: geo/)")
    parser.add_argument("--gazetteer", type=Path, default=data_folder("gazetteer"), help="folder of places.csv")
    parser.add_argument("-o", "--output", type=Path, help="folder to write to (default: the folder of the points)")
    options = parser.parse_args(arguments)
    for path in write_layers(make_layers(options.geo, options.gazetteer), options.output or options.geo):
        print(path, file=sys.stderr)
    return 0


def _without_islands(areas: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """The same areas; a small detached piece goes to the neighbour with which it shares the longest line."""
    kept: list[list[BaseGeometry]] = []
    loose: list[BaseGeometry] = []
    for area in areas:
        pieces = sorted(getattr(area, "geoms", [area]), key=lambda piece: -float(piece.area))
        kept.append([piece for i, piece in enumerate(pieces) if i == 0 or piece.area >= SMALLEST_PIECE])
        loose += [piece for i, piece in enumerate(pieces) if i > 0 and piece.area < SMALLEST_PIECE]
    bodies = [shapely.union_all(pieces) for pieces in kept]
    for piece in sorted(loose, key=lambda piece: -float(piece.area)):
        shared = [piece.boundary.intersection(body.boundary).length for body in bodies]
        best = shared.index(max(shared))
        bodies[best] = bodies[best].union(piece)
    return bodies


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _grouped(path: Path, column: str) -> dict[str, list[dict[str, str]]]:
    groups: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in _rows(path):
        groups[row[column]].append(row)
    return dict(groups)


def _lonlat(rows: Iterable[dict[str, str]]) -> list[tuple[float, float]]:
    return [(float(row["longitude"]), float(row["latitude"])) for row in rows]


def _feature(geometry: BaseGeometry, **properties: str) -> dict[str, Any]:
    # RFC 7946 asks for counter-clockwise outer rings; rounding comes first, so that no ring crosses itself by it.
    rounded = shapely.set_precision(geometry, 10**-DECIMALS)
    oriented = shapely.orient_polygons(rounded) if rounded.area else rounded
    shape = mapping(oriented)
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": shape["type"], "coordinates": _rounded(shape["coordinates"])},
    }


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, DECIMALS)
    return [_rounded(item) for item in value]


def _collection(features: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


if __name__ == "__main__":
    sys.exit(main())
