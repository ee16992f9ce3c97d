"""The coded reports themselves: quotes that are there, legal values, totals that follow from the claims."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from claimatlas.coding import read_coded
from claimatlas.geodesy import distance_km
from claimatlas.layers import load_layers
from claimatlas.model import GOVERNORATES
from scoring import word_runs

HERE = Path(__file__).parent
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAYS_AR = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
# Outlines are generalised, and villages sit on them.
BORDER_KM = 10
Incident = dict[str, Any]


@cache
def read(name: str) -> dict[str, dict[str, Any]]:
    rows = [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]
    assert len({row["id"] for row in rows}) == len(rows)
    return {row["id"]: row for row in rows}


def incidents() -> Iterator[tuple[dict[str, Any], Incident]]:
    for row in read("gold.jsonl").values():
        for incident in row["incidents"]:
            yield read("reports.jsonl")[row["id"]], incident


def test_both_files_hold_the_same_reports() -> None:
    reports, gold = read("reports.jsonl"), read("gold.jsonl")
    assert list(reports) == list(gold)
    assert {name: row["lang"] for name, row in reports.items()} == {name: row["lang"] for name, row in gold.items()}


def test_there_are_enough_reports_of_each_language_and_of_each_kind() -> None:
    gold = read("gold.jsonl").values()
    languages = Counter(row["lang"] for row in gold)
    assert languages["en"] >= 40
    assert languages["ar"] >= 25
    assert sum(not row["incidents"] for row in gold) >= 6
    assert sum(len(row["incidents"]) >= 3 for row in gold) >= 8
    assert {incident["event_type"] for _, incident in incidents()} >= {
        "airstrike", "shelling", "explosion", "chemical", "clash", "shooting", "abduction",
    }  # fmt: skip
    assert {incident["attribution"] for _, incident in incidents()} == {
        "reported", "accused", "claimed", "contested", "none",
    }  # fmt: skip


def test_every_line_is_in_the_form_of_the_codebook() -> None:
    for report in read_coded(HERE / "gold.jsonl"):
        for incident in report.incidents:
            assert incident.governorate in (*GOVERNORATES, None)
            assert {place.governorate for place in incident.places} <= {*GOVERNORATES, None}
            assert (incident.lat is None) == (incident.lon is None)
            assert (incident.date_start is None) == (incident.date_end is None)


@pytest.mark.parametrize(("name", "report"), read("reports.jsonl").items())
def test_reports_have_the_length_of_real_ones(name: str, report: dict[str, Any]) -> None:
    assert 45 <= len(re.findall(r"\w+", report["text"])) <= 280


def test_every_quote_name_and_day_is_in_the_report() -> None:
    for report, incident in incidents():
        words = f"{report['title']}\n{report['text']}"
        for claim in incident["claims"]:
            assert claim["quote"], report["id"]
            assert claim["quote"] in words, report["id"]
            assert claim["min"] is None or claim["max"] is None or claim["min"] <= claim["max"]
        for place in incident["places"]:
            assert place["name"] in words, report["id"]
        assert incident["date_text"] is None or incident["date_text"] in words, report["id"]
        assert incident["date_start"] is None or incident["date_text"], report["id"]


def test_a_day_of_the_week_is_the_day_it_is_said_to_be() -> None:
    for report, incident in incidents():
        if incident["date_start"] is None or incident["date_start"] != incident["date_end"]:
            continue
        day = dt.date.fromisoformat(incident["date_start"]).weekday()
        said = [
            number
            for names in (WEEKDAYS, WEEKDAYS_AR)
            for number, name in enumerate(names)
            if name in incident["date_text"].lower().replace("الإثنين", "الاثنين")
        ]
        assert set(said) <= {day}, report["id"]


def test_nothing_happens_after_its_report() -> None:
    for report, incident in incidents():
        if incident["date_end"] and report["published"]:
            assert incident["date_end"] <= report["published"], report["id"]


def test_points_lie_in_their_governorate() -> None:
    layers = load_layers()
    for report, incident in incidents():
        if incident["lat"] is None or incident["governorate"] is None:
            continue
        circle = layers.governorate_circle(incident["governorate"])
        inside = layers.governorate_at(incident["lat"], incident["lon"]) == incident["governorate"]
        near = distance_km(incident["lat"], incident["lon"], circle.latitude, circle.longitude) <= (
            circle.radius_km + BORDER_KM
        )
        assert inside or near, f"{report['id']}: {incident['places']}"


def claimed_bounds(incident: Incident, outcome: str) -> list[tuple[int | None, int]]:
    """The total each claimant gives: everybody, else the kinds of victims added up (codebook, section 5)."""
    by_claimant: dict[str, dict[str, tuple[int | None, int]]] = {}
    for claim in incident["claims"]:
        if claim["outcome"] == outcome and (claim["min"] or claim["max"]):
            figures = by_claimant.setdefault(claim["claimant"], {})
            figures[claim["victims"]] = (claim["min"], claim["max"] if claim["max"] is not None else claim["min"])
    return [total for figures in by_claimant.values() if (total := add_kinds(figures)) is not None]


def add_kinds(figures: dict[str, tuple[int | None, int]]) -> tuple[int | None, int] | None:
    if "people" in figures:
        return figures["people"]
    kinds = ["civilians"] if "civilians" in figures else ["children", "women"]
    parts = [figures[kind] for kind in (*kinds, "combatants") if kind in figures]
    if not parts:
        return None
    return sum(low or 0 for low, _ in parts), sum(high for _, high in parts)


@pytest.mark.parametrize("outcome", ["killed", "injured"])
def test_totals_follow_from_the_claims(outcome: str) -> None:
    """Where they cannot be added up by rule ("a fourth was shot"), the coder has left a note."""
    for report, incident in incidents():
        totals = (incident[f"{outcome}_min"], incident[f"{outcome}_max"])
        bounds = claimed_bounds(incident, outcome)
        if "note" in incident or not bounds:
            assert bounds or totals in ((None, None), (0, 0)), report["id"]
            continue
        lows = [low for low, _ in bounds if low is not None]
        assert totals == (min(lows, default=None), max(high for _, high in bounds)), report["id"]


def test_civilians_are_among_the_killed() -> None:
    for report, incident in incidents():
        for bound in ("min", "max"):
            civilians, everybody = incident[f"civilians_killed_{bound}"], incident[f"killed_{bound}"]
            assert civilians is None or everybody is None or civilians <= everybody, report["id"]
        kinds = {claim["victims"] for claim in incident["claims"] if claim["outcome"] == "killed"}
        if kinds == {"combatants"}:
            assert incident["civilians_killed_min"] is None, report["id"]
        if kinds & {"civilians", "children", "women"}:
            assert incident["civilians_killed_min"] is not None, report["id"]


@pytest.mark.shared
def test_no_report_copies_twelve_words_of_another_text(shared: Path) -> None:
    others: set[tuple[str, ...]] = set()
    for path in sorted((shared / "corpora").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            others |= word_runs(json.loads(line).get("text") or "")
    assert others
    for name, report in read("reports.jsonl").items():
        assert not word_runs(report["text"]) & others, name
