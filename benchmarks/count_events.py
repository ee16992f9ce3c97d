"""Counts the events of the UCDP Georeferenced Event Dataset by cells, for `claimatlas.eventdensity`.

    python -m benchmarks.count_events EVENTS.csv [COUNTRY] > gazetteer/event_cells.csv

EVENTS.csv is UCDP GED as published (one row per event: latitude, longitude, country), or a table of its
locations with the columns lat, lon, n_events; rows without n_events count nothing there.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

from claimatlas.gazetteer.eventdensity import COLUMNS
from claimatlas.geodesy import CELL_DEGREES, cell_of


def count(path: Path, country: str) -> Counter[tuple[int, int]]:
    cells: Counter[tuple[int, int]] = Counter()
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            if "n_events" in row:
                if row["n_events"]:
                    cells[cell_of(float(row["lat"]), float(row["lon"]))] += round(float(row["n_events"]))
            elif row["country"] == country:
                cells[cell_of(float(row["latitude"]), float(row["longitude"]))] += 1
    return cells


def main() -> None:
    cells = count(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "Syria")
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    for (row, column), events in sorted(cells.items()):
        writer.writerow((f"{(row + 0.5) * CELL_DEGREES:.3f}", f"{(column + 0.5) * CELL_DEGREES:.3f}", events))


if __name__ == "__main__":
    main()
