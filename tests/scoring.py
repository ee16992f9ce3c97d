"""Shared by the tests of quality: reading reports, running the pipeline on them, holding figures against floors."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from claimatlas.coding import CodedReport, code_extraction
from claimatlas.evaluate import Evaluation, compare_reports
from claimatlas.model import Extraction, Report
from claimatlas.pipeline import extract_report
from claimatlas.reference import Reference
from claimatlas.reports import read_reports

# A run of this many equal words is a copy, not a coincidence.
COPY_WORDS = 12


def load_texts(*paths: Path) -> list[Report]:
    """All reports of files and folders; a report that cannot be read fails the test."""
    items = list(read_reports(paths))
    unusable = [item for item in items if not isinstance(item, Report)]
    assert not unusable
    return [item for item in items if isinstance(item, Report)]


def code(extractions: Iterable[Extraction]) -> list[CodedReport]:
    """Extractions in the form the scorer compares."""
    return [msgspec.convert(code_extraction(extraction), type=CodedReport) for extraction in extractions]


def score(reports: Iterable[Report], gold: list[CodedReport], reference: Reference) -> Evaluation:
    """Run the pipeline on the reports and compare it with their coding."""
    return compare_reports(gold, code(extract_report(report, reference) for report in reports))


def below_floors(figures: dict[str, Any], floors: dict[str, float]) -> list[str]:
    """The figures that lie below their floors, as sentences.

    Args:
        figures: What `Scores.to_dict` gives.
        floors: Least values by the figure's name; a dot leads into a group (`incidents.f1`).
    """
    faults = []
    for name, floor in floors.items():
        value: Any = figures
        for key in name.split("."):
            value = value[key]
        if value < floor:
            faults.append(f"{name} is {value}, below its floor {floor}")
    return faults


def digest(path: Path) -> str:
    """SHA-256 (hex) of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def word_runs(text: str) -> set[tuple[str, ...]]:
    """All runs of twelve words of a text, lower-cased, without punctuation."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[start : start + COPY_WORDS]) for start in range(len(words) - COPY_WORDS + 1)}
