"""Fit the weights of `compare.py` to a corpus of linked reports: `python -m benchmarks.weights CORPUS.jsonl`.

Each line of the corpus is a report with `gold`, a list of documented incidents, each with a `code`: reports
that share a code tell one incident. Which of their tellings do is not coded, so the most probable pair of
tellings stands for a pair of reports, again after each fit. The fit is a logistic regression drawn towards the
weights in use. It prints weights beside the ones in use, and pair precision and recall of the whole grouping,
cross-validated over months: a month is scored with weights fitted to the other months.
"""

from __future__ import annotations

import json
import pickle
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from claimatlas.group import compare
from claimatlas.group import grouping as group
from claimatlas.group.compare import BIAS, WEIGHTS, compare_tellings
from claimatlas.group.copies import find_copies
from claimatlas.group.profiles import make_profiles
from claimatlas.model import Extraction

ROUNDS = 4
# Standard deviation of a weight around the one in use.
SPREAD = 1.0
FOLDS = 5
LEVELS = list(WEIGHTS)

Pair = tuple[str, str]


def read_corpus(path: Path) -> tuple[dict[str, dict[str, Any]], set[Pair]]:
    """The reports by id, and the documented pairs."""
    reports = {row["id"]: row for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())}
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for row in reports.values():
        for incident in row["gold"]:
            groups[incident["code"]].add(row["id"])
    return reports, {(one, other) for members in groups.values() for one in members for other in members if one < other}


def read_extractions(path: Path) -> list[Extraction]:
    """Extract the corpus, or take a pickle of its extractions lying beside this run."""
    if path.suffix == ".pkl":
        return pickle.loads(path.read_bytes())
    from claimatlas.model import Issue
    from claimatlas.pipeline import extract_reports, read_reports

    return [item for item in extract_reports(read_reports([path])) if not isinstance(item, Issue)]


def make_rows(extractions: list[Extraction], documented: set[Pair]) -> dict[Pair, list[np.ndarray]]:
    """For each pair of reports the levels of each pair of their tellings that is worth comparing."""
    reports = {extraction.report.id: extraction.report for extraction in extractions}
    tellings = [telling for extraction in extractions for telling in extraction.incidents]
    profiles = make_profiles(tellings, reports, find_copies(list(reports.values())))
    rows: defaultdict[Pair, list[np.ndarray]] = defaultdict(list)
    pairs = set(group.find_pairs(profiles))
    by_report = defaultdict(list)
    for profile in profiles:
        by_report[profile.report_id].append(profile.index)
    for one, other in documented:
        pairs.update((min(a, b), max(a, b)) for a in by_report[one] for b in by_report[other])
    for one, other in sorted(pairs):
        ours, theirs = profiles[one], profiles[other]
        found = compare_tellings(ours, theirs)
        if found.barred:
            continue
        row = np.zeros(len(LEVELS) + 1)
        row[-1] = 1
        for item in found.evidence:
            row[LEVELS.index(item.level)] = 1
        key = (min(ours.report_id, theirs.report_id), max(ours.report_id, theirs.report_id))
        rows[key].append(row)
    return rows


def fit(rows: dict[Pair, list[np.ndarray]], documented: set[Pair]) -> np.ndarray:
    """Weights, the bias last, that part documented pairs from the others best."""
    prior = np.array([*(WEIGHTS[level] for level in LEVELS), BIAS])
    weights = prior.copy()
    for _ in range(ROUNDS):
        chosen, labels = [], []
        for key, options in rows.items():
            best = max(options, key=lambda row: float(row @ weights))
            chosen.append(best)
            labels.append(key in documented)
        weights = newton(np.array(chosen), np.array(labels, dtype=float), prior)
    return weights


def newton(matrix: np.ndarray, labels: np.ndarray, prior: np.ndarray) -> np.ndarray:
    """Logistic regression with a Gaussian prior around the weights in use, by Newton's method."""
    weights = prior.copy()
    for _ in range(60):
        chances = 1 / (1 + np.exp(-np.clip(matrix @ weights, -30, 30)))
        slope = matrix.T @ (labels - chances) - (weights - prior) / SPREAD**2
        curve = (matrix.T * (chances * (1 - chances))) @ matrix + np.eye(len(prior)) / SPREAD**2
        # Full steps overshoot where nearly all pairs are sure already.
        step = np.clip(np.linalg.solve(curve, slope), -0.5, 0.5)
        weights = weights + step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def score(
    extractions: list[Extraction], weights: np.ndarray, documented: set[Pair], fold: set[str]
) -> tuple[int, int, int]:
    """Documented, predicted and right pairs whose first report is in the fold, with these weights in use."""
    before, before_bias = dict(WEIGHTS), compare.BIAS
    WEIGHTS.update(zip(LEVELS, weights[:-1], strict=True))  # type: ignore[attr-defined]
    compare.BIAS = float(weights[-1])
    try:
        incidents = group.group_incidents(extractions).incidents
    finally:
        WEIGHTS.update(before)  # type: ignore[attr-defined]
        compare.BIAS = before_bias
    found = {(a, b) for one in incidents for a in one.report_ids for b in one.report_ids if a < b and a in fold}
    true = {pair for pair in documented if pair[0] in fold}
    return len(true), len(found), len(true & found)


def main() -> None:
    reports, documented = read_corpus(Path(sys.argv[1]))
    extractions = read_extractions(Path(sys.argv[2] if len(sys.argv) > 2 else sys.argv[1]))
    rows = make_rows(extractions, documented)
    months = sorted({str(row["published"])[:7] for row in reports.values()})
    fold_of = {month: number % FOLDS for number, month in enumerate(months)}
    fold_of_report = {key: fold_of[str(row["published"])[:7]] for key, row in reports.items()}
    totals = np.zeros(3, dtype=int)
    plain = np.zeros(3, dtype=int)
    in_use = np.array([*(WEIGHTS[level] for level in LEVELS), BIAS])
    for number in range(FOLDS):
        fold = {key for key, own in fold_of_report.items() if own == number}
        weights = fit({key: options for key, options in rows.items() if key[0] not in fold}, documented)
        totals += score(extractions, weights, documented, fold)
        plain += score(extractions, in_use, documented, fold)
    for name, (true, found, right) in (("in use", plain), ("cross-validated", totals)):
        print(f"{name}: {true} documented, {found} predicted, precision {right / found:.3f}, recall {right / true:.3f}")
    final = fit(rows, documented)
    counts = sum(max(options, key=lambda row: float(row @ final)) for options in rows.values())
    print(f"{'bias':42}{final[-1]:7.2f}{BIAS:7.2f}")
    for place, level in enumerate(LEVELS):
        print(f"{level:42}{final[place]:7.2f}{WEIGHTS[level]:7.2f}{int(counts[place]):6}")


if __name__ == "__main__":
    main()
