"""Fits the weights of `claimatlas.candidates` and says how well the probabilities hold.

    python -m benchmarks.fit_places NAMES.csv STORE [STORE…]

NAMES.csv has the columns name, name_ar, governorate, lat, lon: place names with known coordinates. Each
STORE is a user's store (CLAIMATLAS_DATA) with or without imported gazetteers. Every name is asked with
and without its governorate, in both scripts, against every store; the weights maximise the likelihood
of the candidates within 10 km of the truth (or of "in no list" where there is none), with a penalty on
their squares. Five folds, parted by place, say what the weights are worth on names they have not seen.
"""

from __future__ import annotations

import csv
import hashlib
import sys
from pathlib import Path

import numpy as np

from claimatlas.gazetteer import Gazetteer, load_gazetteer
from claimatlas.geocode import candidates
from claimatlas.geocode.descriptions import read_description
from claimatlas.geodesy import distance_km

RIGHT_KM = 10.0
PENALTY = 0.0005
FOLDS = 5
# The fit cannot see these: Upper and Lower X lie less than RIGHT_KM apart, no name was asked in both scripts, and no
# kind of place was asked for but in the name.
FIXED = {"qualifier_contrary": -2.0, "both_scripts": 1.5, "kind_agrees": 1.0}

# Features of the candidates (the last takes `NOT_LISTED_CURATED` from all of them), which of them are right, km between
# each two, fold.
Row = tuple[np.ndarray, np.ndarray, np.ndarray, int]


def examples(path: Path, gazetteer: Gazetteer) -> list[Row]:
    rows = []
    with path.open(encoding="utf-8", newline="") as stream:
        for line in csv.DictReader(stream):
            if abs(float(line["lon"])) > 180:
                continue
            # Names of one place must not be in two folds.
            spot = f"{round(float(line['lat']), 1)} {round(float(line['lon']), 1)}"
            fold = int(hashlib.sha256(spot.encode()).hexdigest(), 16) % FOLDS
            for name in (line["name"], line["name_ar"]):
                for governorate in (line["governorate"], None):
                    row = (
                        example(name, governorate, float(line["lat"]), float(line["lon"]), gazetteer) if name else None
                    )
                    if row is not None:
                        rows.append((*row, fold))
    return rows


def example(
    name: str, governorate: str | None, latitude: float, longitude: float, gazetteer: Gazetteer
) -> tuple[np.ndarray, np.ndarray, np.ndarray] | None:
    segments = read_description(name)
    if not segments or len(segments[0].names) > 1 or segments[0].relation in ("direction", "countryside"):
        return None
    context = candidates.Context(governorate=governorate)
    around = [point for segment in segments[1:] for point in candidates.points_of(segment.names, gazetteer, context)]
    scored = candidates.score_candidates((segments[0].whole,), gazetteer, context, around)
    if not scored:
        return None
    places = [gazetteer.entries[item.number].place for item in scored]
    right = [distance_km(latitude, longitude, place.latitude, place.longitude) <= RIGHT_KM for place in places]
    apart = np.array([[distance_km(a.latitude, a.longitude, b.latitude, b.longitude) for b in places] for a in places])
    return np.array([[*item.features, -float(gazetteer.is_curated_alone)] for item in scored]), np.array(right), apart


def fit(rows: list[Row], steps: int = 400) -> np.ndarray:
    size = len(candidates.FEATURES) + 2
    weights = np.array(
        [
            *(candidates.WEIGHTS[name] for name in candidates.FEATURES),
            candidates.NOT_LISTED_CURATED,
            candidates.NOT_LISTED,
        ]
    )
    fixed = [candidates.FEATURES.index(name) for name in FIXED]
    weights[fixed] = list(FIXED.values())
    first, second = np.zeros(size), np.zeros(size)
    features = np.concatenate([np.vstack([f, np.zeros((1, f.shape[1]))]) for f, *_ in rows])
    features = np.hstack([features, np.zeros((len(features), 1))])
    sizes = np.array([len(f) + 1 for f, *_ in rows])
    ends = np.cumsum(sizes)
    starts = ends - sizes
    features[ends - 1, -1] = 1.0
    right = np.concatenate([np.append(r, not r.any()) for _, r, _, _ in rows]).astype(float)
    owner = np.repeat(np.arange(len(rows)), sizes)
    for step in range(1, steps + 1):
        logits = features @ weights
        logits -= np.maximum.reduceat(logits, starts)[owner]
        exp = np.exp(logits)
        p = exp / np.add.reduceat(exp, starts)[owner]
        good = p * right
        q = good / np.maximum(1e-12, np.add.reduceat(good, starts)[owner])
        gradient = features.T @ (q - p) / len(rows) - PENALTY * weights
        gradient[fixed] = 0.0
        first, second = 0.9 * first + 0.1 * gradient, 0.999 * second + 0.001 * gradient**2
        weights = weights + 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-9)
    return weights


def answers(rows: list[Row], weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The probability of the best candidate (those that are right with it counted once) and whether it is right."""
    scores, hits = [], []
    for features, right, apart, _ in rows:
        logits = np.append(features @ weights[:-1], weights[-1])
        p = np.exp(logits - logits.max())
        p /= p.sum()
        best = int(p[:-1].argmax())
        scores.append(p[:-1][apart[best] <= candidates.SAME_ANSWER_KM].sum())
        hits.append(bool(right[best]))
    return np.array(scores), np.array(hits)


def main() -> None:
    names, stores = Path(sys.argv[1]), [Path(store) for store in sys.argv[2:]]
    rows = [row for store in stores for row in examples(names, load_gazetteer(store))]
    print(f"{len(rows)} examples")
    scores, hits = [], []
    for fold in range(FOLDS):
        weights = fit([row for row in rows if row[3] != fold])
        s, h = answers([row for row in rows if row[3] == fold], weights)
        scores.append(s)
        hits.append(h)
    score, hit = np.concatenate(scores), np.concatenate(hits)
    print("held out: said, true, how many")
    for low in np.arange(0.0, 1.0, 0.1):
        chosen = (score >= low) & (score < low + 0.1 + (low > 0.85))
        if chosen.any():
            print(f"  {score[chosen].mean():.2f}  {hit[chosen].mean():.2f}  {chosen.sum()}")
    for least in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
        chosen = score >= least
        print(
            f"  from {least:.2f}: answered {chosen.mean():.3f}, "
            f"right {(hit & chosen).mean():.3f}, not right {(~hit & chosen).mean():.3f}"
        )
    weights = fit(rows)
    for name, weight in zip((*candidates.FEATURES, "NOT_LISTED_CURATED", "NOT_LISTED"), weights, strict=True):
        print(f'    "{name}": {weight:.2f},')


if __name__ == "__main__":
    main()
