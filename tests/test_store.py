"""What was read is not read again, and what was named keeps its name; a damaged memory is no obstacle."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from claimatlas.group import group_incidents
from claimatlas.identity import remember
from claimatlas.model import Candidate, Issue
from claimatlas.store import GROUPING_FILE, ExtractionCache, hash_reference, read_grouping, read_known, write_grouping
from telling_factory import DUMA, tell


class TestCache:
    def test_an_extraction_survives(self, tmp_path: Path) -> None:
        extraction = replace(tell("a"), issues=(Issue("doubtful", "Why.", "a"),))
        with ExtractionCache(tmp_path / "deep" / "cache.sqlite", "1") as cache:
            assert cache.get(extraction.report) is None
            cache.put(extraction)
        with ExtractionCache(tmp_path / "deep" / "cache.sqlite", "1") as cache:
            assert cache.get(extraction.report) == extraction

    def test_another_version_or_content_is_read_anew(self, tmp_path: Path) -> None:
        extraction = tell("a")
        with ExtractionCache(tmp_path / "cache.sqlite", "1") as cache:
            cache.put(extraction)
            assert cache.get(replace(extraction.report, text="other")) is None
        with ExtractionCache(tmp_path / "cache.sqlite", "2") as cache:
            assert cache.get(extraction.report) is None
        with ExtractionCache(tmp_path / "cache.sqlite", "1") as cache:
            assert cache.get(extraction.report) is None

    def test_what_extraction_does_not_look_at_does_not_count(self, tmp_path: Path) -> None:
        extraction = tell("a")
        moved = replace(extraction.report, source="elsewhere.txt")
        with ExtractionCache(tmp_path / "cache.sqlite", "1") as cache:
            cache.put(extraction)
            found = cache.get(moved)
        assert found is not None
        assert found.report.source == "elsewhere.txt"

    @pytest.mark.parametrize("rubbish", [b"no database at all", b"SQLite format 3\x00" + b"\x00" * 200])
    def test_a_damaged_file_is_made_anew(self, tmp_path: Path, rubbish: bytes) -> None:
        path = tmp_path / "cache.sqlite"
        path.write_bytes(rubbish)
        with ExtractionCache(path, "1") as cache:
            cache.put(tell("a"))
            assert cache.get(tell("a").report) is not None

    def test_where_nothing_can_be_written_nothing_is_kept_and_nothing_fails(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("", encoding="utf-8")
        with ExtractionCache(tmp_path / "file" / "cache.sqlite", "1") as cache:
            cache.put(tell("a"))
            assert cache.get(tell("a").report) == tell("a")

    def test_a_cache_in_use_elsewhere_is_no_obstacle(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("claimatlas.store.PATIENCE_S", 0.05)
        with ExtractionCache(tmp_path / "cache.sqlite", "1") as cache:
            other = sqlite3.connect(tmp_path / "cache.sqlite")
            other.execute("BEGIN EXCLUSIVE")
            cache.put(tell("a"))
            assert cache.get(tell("a").report) in (None, tell("a"))
            other.close()

    def test_a_damaged_row_is_read_anew(self, tmp_path: Path) -> None:
        path = tmp_path / "cache.sqlite"
        with ExtractionCache(path, "1") as cache:
            cache.put(tell("a"))
        with sqlite3.connect(path) as database:
            database.execute("UPDATE extractions SET data = x'00ff'")
        database.close()
        with ExtractionCache(path, "1") as cache:
            assert cache.get(tell("a").report) is None

    def test_the_version_hashes_files_and_facts(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text("1", encoding="utf-8")
        before = hash_reference([tmp_path])
        assert hash_reference([tmp_path]) == before
        assert hash_reference([tmp_path], "fact") != before
        (tmp_path / "a.csv").write_text("2", encoding="utf-8")
        assert hash_reference([tmp_path]) != before


class TestGrouping:
    def test_what_is_known_is_read_back(self, tmp_path: Path) -> None:
        grouping = group_incidents([tell("a"), tell("b", claimant="SANA", index=1), tell("c", place=DUMA, killed=3)])
        write_grouping(grouping, tmp_path)
        assert read_known(tmp_path) == remember(grouping.incidents, grouping.tellings)

    def test_the_same_grouping_gives_the_same_bytes(self, tmp_path: Path) -> None:
        for name in ("a", "b"):
            write_grouping(group_incidents([tell("a"), tell("b", index=1)]), tmp_path / name)
        assert (tmp_path / "a" / GROUPING_FILE).read_bytes() == (tmp_path / "b" / GROUPING_FILE).read_bytes()

    @pytest.mark.parametrize("text", ["", "[]", "no json", '{"version": 0}', '{"version": 1, "incidents": {"i-1": 5}}'])
    def test_a_file_of_another_kind_counts_as_none(self, tmp_path: Path, text: str) -> None:
        (tmp_path / GROUPING_FILE).write_text(text, encoding="utf-8")
        assert read_known(tmp_path) == {}

    def test_no_file_counts_as_none(self, tmp_path: Path) -> None:
        assert read_grouping(tmp_path) == {}

    def test_doubtful_places_are_listed_with_their_rivals(self, tmp_path: Path) -> None:
        extraction = tell("a")
        telling = extraction.incidents[0]
        assert telling.location is not None
        unsure = replace(telling.location, score=0.5, rejected=(Candidate(DUMA, "Duma", 0.4),))
        changed = replace(extraction, incidents=(replace(telling, location=unsure),))
        write_grouping(group_incidents([changed]), tmp_path)
        (doubt,) = read_grouping(tmp_path)["doubts"]
        assert (doubt["kind"], doubt["candidates"][0]["place_id"]) == ("place", "ca:duma")
