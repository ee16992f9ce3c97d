"""Learns what a differing sound costs in `claimatlas.sounds` from pairs of spellings of one place.

    python -m benchmarks.fit_sounds STORE

STORE is a user's store (CLAIMATLAS_DATA) with gazetteers imported. Pairs are the Latin and the Arabic
spellings of one place, and its Latin spellings among themselves. The cheapest alignment of each pair
is counted, costs are made from the counts, and this is repeated. The cost of writing x as y is
minus the logarithm of how often that happens, compared with the commonest way to write x; seen from
both sides and averaged. The tables printed go into names/sounds.py.
"""

from __future__ import annotations

import math
import sys
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

from claimatlas.gazetteer import load_gazetteer
from claimatlas.names import sounds
from claimatlas.names import spelling as names

Pair = tuple[str, str]
MOST_PER_PLACE = 6
ROUNDS = 4
# A pair is one name if it can be aligned this cheaply per sound; the rest are translations and other names.
MOST_PER_SOUND = {0: 0.8, 1: 0.9}
HIGHEST = 6.0
SMOOTHING = 1.5


def pairs(store: Path) -> tuple[list[Pair], list[Pair]]:
    across, within = set(), set()
    for entry in load_gazetteer(store).entries:
        readings = [names.read_name(name.name)[0] for name in entry.names if names.read_name(name.name)]
        latin = sorted({r.sounds for r in readings if not r.arabic})[:MOST_PER_PLACE]
        arabic = sorted({r.sounds for r in readings if r.arabic})[:3]
        across.update((a, b) for a in latin for b in arabic)
        within.update(combinations(latin, 2))
    return sorted(across), sorted(within)


def align(a: str, b: str, table: dict[Pair, float]) -> tuple[float, list[Pair]]:
    cost = {(0, 0): (0.0, None)}
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            options = []
            if i and j:
                options.append(
                    (
                        cost[i - 1, j - 1][0]
                        + table.get((a[i - 1], b[j - 1]), 0.0 if a[i - 1] == b[j - 1] else HIGHEST),
                        (i - 1, j - 1),
                    )
                )
            if i:
                options.append((cost[i - 1, j][0] + table.get((a[i - 1], ""), HIGHEST), (i - 1, j)))
            if j:
                options.append((cost[i, j - 1][0] + table.get(("", b[j - 1]), HIGHEST), (i, j - 1)))
            if options:
                cost[i, j] = min(options)
    steps = []
    i, j = len(a), len(b)
    while (i, j) != (0, 0):
        before = cost[i, j][1]
        steps.append((a[before[0] : i], b[before[1] : j]))
        i, j = before
    return cost[len(a), len(b)][0], steps


def learn(data: list[Pair], start: dict[Pair, float], mirror: bool) -> dict[Pair, float]:
    table = start
    for step in range(ROUNDS):
        counts: Counter[Pair] = Counter()
        used = 0
        for a, b in data:
            cost, steps = align(a, b, table)
            if cost / max(len(a), len(b)) > MOST_PER_SOUND[min(step, 1)]:
                continue
            used += 1
            counts.update(steps)
            if mirror:
                counts.update((y, x) for x, y in steps)
        table = costs(counts)
        print(f"# round {step + 1}: {used} of {len(data)} pairs", file=sys.stderr)
    return table


def costs(counts: Counter[Pair]) -> dict[Pair, float]:
    left: dict[str, Counter[str]] = defaultdict(Counter)
    right: dict[str, Counter[str]] = defaultdict(Counter)
    for (x, y), n in counts.items():
        left[x][y] += n
        right[y][x] += n
    table = {}
    for x, y in counts:
        sides = []
        if x:
            sides.append(-math.log((left[x][y] + SMOOTHING) / (max(left[x].values()) + SMOOTHING)))
        if y:
            sides.append(-math.log((right[y][x] + SMOOTHING) / (max(right[y].values()) + SMOOTHING)))
        table[x, y] = min(HIGHEST, sum(sides) / len(sides))
    return table


def start(*, arabic: bool) -> dict[Pair, float]:
    """The costs as they are now."""
    costs, gaps, other_gaps = sounds._COSTS[False, arabic]
    return {
        **{(x, y): cost for x, row in costs.items() for y, cost in row.items()},
        **{(x, ""): cost for x, cost in gaps.items()},
        **{("", y): cost for y, cost in other_gaps.items()},
    }


def show(name: str, table: dict[Pair, float]) -> None:
    by_cost: dict[str, list[str]] = defaultdict(list)
    for (x, y), cost in sorted(table.items()):
        if cost < HIGHEST - 0.3 and x != y:
            by_cost[f"{round(cost * 4) / 4:.2f}"].append(f"{x or '-'}{y or '-'}")
    print(f'{name} = """')
    for cost in sorted(by_cost, key=float):
        print(f"    {float(cost)}: {' '.join(by_cost[cost])}")
    print('    """')


def main() -> None:
    across, within = pairs(Path(sys.argv[1]))
    show("_LATIN_FOR_ARABIC", learn(across, start(arabic=True), mirror=False))
    show("_LATIN_FOR_LATIN", learn(within, start(arabic=False), mirror=True))


if __name__ == "__main__":
    main()
