"""How much violence was recorded around a point: a village at the fronts is likelier meant than its namesake elsewhere.

The counts are those of the UCDP Georeferenced Event Dataset (CC BY 4.0) by cells of 0.05 degrees, in
`gazetteer/event_cells.csv`; benchmarks/count_events.py makes that file.
"""

from __future__ import annotations

import csv
import math
from functools import lru_cache

from claimatlas.errors import GazetteerError
from claimatlas.geodesy import cell_of
from claimatlas.resources import data_folder

COLUMNS = ("lat", "lon", "events")
# Events are given to the village they happened in or near; fronts lie about a cell (5 km) to either side. The width,
# and the logarithm that keeps a besieged city from outweighing all else, did best on held out names.
_WIDTH_IN_CELLS = 1.0
_KERNEL = tuple(
    (i, j, math.exp(-((1.11 * i) ** 2 + (0.9 * j) ** 2) / (2 * _WIDTH_IN_CELLS**2)))
    for i in range(-3, 4)
    for j in range(-3, 4)
)


def log_events_near(latitude: float, longitude: float) -> float:
    """The logarithm of how many events were recorded around a point, from 0; 0 too outside the countries counted.

    Raises:
        GazetteerError: The file of counts cannot be read.
    """
    return _spread_cells().get(cell_of(latitude, longitude), 0.0)


@lru_cache(maxsize=1)
def _spread_cells() -> dict[tuple[int, int], float]:
    spread: dict[tuple[int, int], float] = {}
    for (row, column), events in _read_cells().items():
        for i, j, share in _KERNEL:
            cell = row + i, column + j
            spread[cell] = spread.get(cell, 0.0) + share * events
    return {cell: math.log1p(events) for cell, events in spread.items()}


def _read_cells() -> dict[tuple[int, int], float]:
    path = data_folder("gazetteer") / "event_cells.csv"
    cells = {}
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            for line in csv.DictReader(stream):
                # The file gives the middle of each cell.
                cells[cell_of(float(line["lat"]), float(line["lon"]))] = math.log1p(float(line["events"]))
    except (OSError, UnicodeDecodeError, KeyError, ValueError, TypeError) as error:
        raise GazetteerError(
            f"{path} is not a table of {', '.join(COLUMNS)} ({error}); make it again with benchmarks/count_events.py."
        ) from error
    return cells
