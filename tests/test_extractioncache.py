"""What was read is not read again; a damaged memory is no obstacle."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from claimatlas.extractioncache import ExtractionCache, hash_reference
from claimatlas.model import Issue
from telling_factory import tell


def test_an_extraction_survives(tmp_path: Path) -> None:
    extraction = replace(tell("a"), issues=(Issue("doubtful", "Why.", "a"),))
    with ExtractionCache(tmp_path / "deep" / "cache.sqlite", "1") as cache:
        assert cache.get(extraction.report) is None
        cache.put(extraction)
    with ExtractionCache(tmp_path / "deep" / "cache.sqlite", "1") as cache:
        assert cache.get(extraction.report) == extraction


def test_another_version_or_content_is_read_anew(tmp_path: Path) -> None:
    extraction = tell("a")
    with ExtractionCache(tmp_path / "cache.sqlite", "1") as cache:
        cache.put(extraction)
        assert cache.get(replace(extraction.report, text="other")) is None
    with ExtractionCache(tmp_path / "cache.sqlite", "2") as cache:
        assert cache.get(extraction.report) is None
    with ExtractionCache(tmp_path / "cache.sqlite", "1") as cache:
        assert cache.get(extraction.report) is None


def test_what_extraction_does_not_look_at_does_not_count(tmp_path: Path) -> None:
    extraction = tell("a")
    moved = replace(extraction.report, source="elsewhere.txt")
    with ExtractionCache(tmp_path / "cache.sqlite", "1") as cache:
        cache.put(extraction)
        found = cache.get(moved)
    assert found is not None
    assert found.report.source == "elsewhere.txt"


@pytest.mark.parametrize("rubbish", [b"no database at all", b"SQLite format 3\x00" + b"\x00" * 200])
def test_a_damaged_file_is_made_anew(tmp_path: Path, rubbish: bytes) -> None:
    path = tmp_path / "cache.sqlite"
    path.write_bytes(rubbish)
    with ExtractionCache(path, "1") as cache:
        cache.put(tell("a"))
        assert cache.get(tell("a").report) is not None


def test_where_nothing_can_be_written_nothing_is_kept_and_nothing_fails(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with ExtractionCache(tmp_path / "file" / "cache.sqlite", "1") as cache:
        cache.put(tell("a"))
        assert cache.get(tell("a").report) == tell("a")


def test_a_cache_in_use_elsewhere_is_no_obstacle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claimatlas.extractioncache.PATIENCE_S", 0.05)
    with ExtractionCache(tmp_path / "cache.sqlite", "1") as cache:
        other = sqlite3.connect(tmp_path / "cache.sqlite")
        other.execute("BEGIN EXCLUSIVE")
        cache.put(tell("a"))
        assert cache.get(tell("a").report) in (None, tell("a"))
        other.close()


def test_a_damaged_row_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    with ExtractionCache(path, "1") as cache:
        cache.put(tell("a"))
    with sqlite3.connect(path) as database:
        database.execute("UPDATE extractions SET data = x'00ff'")
    database.close()
    with ExtractionCache(path, "1") as cache:
        assert cache.get(tell("a").report) is None


def test_the_version_hashes_files_and_facts(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("1", encoding="utf-8")
    before = hash_reference([tmp_path])
    assert hash_reference([tmp_path]) == before
    assert hash_reference([tmp_path], "fact") != before
    (tmp_path / "a.csv").write_text("2", encoding="utf-8")
    assert hash_reference([tmp_path]) != before
