"""How fast the gazetteer loads and answers, and how near its answers lie.

    python -m benchmarks.places [--store STORE] [--places 18000] [NAMES.csv …]

Without NAMES.csv the names are spellings of the gazetteer's own places, each changed by the habits that
names/spelling.py undoes. NAMES.csv has the columns name and/or name_ar, optionally governorate, lat and lon; with
coordinates the shares within 1, 5 and 10 km and beyond 25 km are printed. STORE is a user's store; the gazetteer is
filled up to `--places` with shifted copies, so that the load of a large one can be measured without any import.
"""

from __future__ import annotations

import argparse
import csv
import gc
import random
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import msgspec

from claimatlas.gazetteer import Gazetteer, load_gazetteer
from claimatlas.gazetteer.entries import Entry
from claimatlas.gazetteer.imported import STORE_VERSION, Imported
from claimatlas.geocode import locate
from claimatlas.geocode.candidates import Context
from claimatlas.geodesy import distance_km

HABITS = (
    ("sh", "ch"),
    ("q", "k"),
    ("ou", "u"),
    ("u", "ou"),
    ("ah", "eh"),
    ("Al-", "El "),
    ("ay", "ei"),
    ("'", ""),
    ("aa", "a"),
    ("i", "ee"),
)


def fill_up(store: Path, target: Path, places: int) -> Path:
    """A store whose gazetteer has as many places: copies of known ones, moved apart and renamed."""
    known = load_gazetteer(store)
    draw = random.Random(1)
    copies: list[Entry] = []
    while len(known) + len(copies) < places:
        entry = draw.choice(known.entries)
        place = replace(
            entry.place,
            id=f"lpf:copy-{len(copies)}",
            pcode=None,
            latitude=draw.uniform(32.5, 37),
            longitude=draw.uniform(36, 42),
        )
        copies.append(replace(entry, place=place, names=entry.names[:3]))
    (target / "imported").mkdir(parents=True, exist_ok=True)
    for path in (store / "imported").glob("*.msgpack"):
        (target / "imported" / path.name).write_bytes(path.read_bytes())
    imported = Imported(STORE_VERSION, "lpf", "copies", copies, {})
    (target / "imported" / "lpf-copies.msgpack").write_bytes(msgspec.msgpack.encode(imported))
    return target


def misspelt(gazetteer: Gazetteer, count: int) -> list[tuple[str, str | None]]:
    draw = random.Random(2)
    names = []
    for entry in draw.choices(gazetteer.entries, k=count):
        name = draw.choice(entry.names).name
        for old, new in draw.sample(HABITS, 2):
            name = name.replace(old, new, 1)
        names.append((name, entry.place.governorate))
    return names


def measure_speed(store: Path, places: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        filled = fill_up(store, Path(folder), places)
        started = time.process_time()
        gazetteer = load_gazetteer(filled)
        print(f"first load, index built: {time.process_time() - started:.2f} s for {len(gazetteer)} places")
        started = time.process_time()
        gazetteer = load_gazetteer(filled)
        print(f"load: {time.process_time() - started:.2f} s")
        # As the command `geocode` does.
        gc.freeze()
        names = misspelt(gazetteer, 4000)
        located = 0
        started = time.process_time()
        for name, governorate in names:
            located += locate(name, gazetteer, Context(governorate=governorate)) is not None
        rate = len(names) / (time.process_time() - started)
        print(f"geocode: {rate:.0f} names a second on one core, {located} of {len(names)} located")
        text = ". ".join(f"Strikes hit {name} on Monday, residents of the town said" for name, _ in names)
        started = time.process_time()
        hits = gazetteer.find_names(text)
        print(
            f"find_names: {len(text) / (time.process_time() - started) / 1e6:.2f} million characters a second, "
            f"{len(hits)} hits"
        )


def measure_accuracy(path: Path, gazetteer: Gazetteer) -> None:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for column in ("name", "name_ar"):
        for with_governorate in (True, False):
            asked = [
                (r[column], gazetteer.governorate_named(r.get("governorate")) if with_governorate else None, r)
                for r in rows
                if r.get(column)
            ]
            if not asked:
                continue
            started = time.process_time()
            found = [locate(name, gazetteer, Context(governorate=governorate)) for name, governorate, _ in asked]
            rate = len(asked) / (time.process_time() - started)
            print(
                f"{column}, {'with' if with_governorate else 'without'} governorate: "
                f"{len(asked)} names, {rate:.0f} a second"
            )
            if "lat" not in rows[0]:
                continue
            apart = [
                distance_km(float(r["lat"]), min(180.0, float(r["lon"])), f.latitude, f.longitude)
                for f, (_, _, r) in zip(found, asked, strict=True)
                if f is not None
            ]
            shares = ", ".join(f"within {km} km {sum(d <= km for d in apart) / len(asked):.3f}" for km in (1, 5, 10))
            print(
                f"  answered {len(apart) / len(asked):.3f}, {shares}, "
                f"beyond 25 km {sum(d > 25 for d in apart) / len(asked):.3f}"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", type=Path)
    parser.add_argument("--store", type=Path, default=Path(tempfile.gettempdir()) / "claimatlas-benchmark")
    parser.add_argument("--places", type=int, default=18_000)
    options = parser.parse_args()
    measure_speed(options.store, options.places)
    for path in options.names:
        measure_accuracy(path, load_gazetteer(options.store))


if __name__ == "__main__":
    main()
