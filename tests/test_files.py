"""A reader never meets half a file."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from threading import Thread

import pytest

from claimatlas.errors import OutputError
from claimatlas.files import OWN_STORE, replacing, write_bytes


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.write_text("old")

    def fail() -> None:
        with replacing(path) as temporary:
            temporary.write_text("half")
            raise OSError(28, "No space left on device")

    with pytest.raises(OutputError, match=r"Cannot write .*file\.json: No space left on device\."):
        fail()
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["file.json"]


def test_the_reader_of_an_error_is_told_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("")
    with pytest.raises(OutputError, match=r"Cannot write .*places\.csv: .* Set CLAIMATLAS_DATA to a folder of yours\."):
        write_bytes(tmp_path / "store" / "places.csv", b"", OWN_STORE)


def test_an_error_about_another_file_goes_on_as_it_is(tmp_path: Path) -> None:
    def fail() -> None:
        with replacing(tmp_path / "one"):
            raise OutputError("Cannot write two: it is a folder.")

    with pytest.raises(OutputError, match=r"^Cannot write two: it is a folder\.$"):
        fail()


def test_a_full_disk_is_said_of_databases_too(tmp_path: Path) -> None:
    with (
        pytest.raises(OutputError, match=r"a\.gpkg: database or disk is full\. Free the path"),
        replacing(tmp_path / "a.gpkg"),
    ):
        raise sqlite3.OperationalError("database or disk is full")
    assert list(tmp_path.iterdir()) == []


def test_a_pipe_or_device_is_written_to_and_stays_one(tmp_path: Path) -> None:
    """Renaming a file over /dev/null as root would take it from everybody else."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    received: list[bytes] = []
    reader = Thread(target=lambda: received.append(pipe.read_bytes()), daemon=True)
    reader.start()
    write_bytes(pipe, b"words")
    reader.join(timeout=10)
    assert received == [b"words"]
    assert pipe.is_fifo()


def test_a_link_stays_and_its_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "real.json").write_bytes(b"old")
    (tmp_path / "link.json").symlink_to(tmp_path / "kept" / "real.json")
    write_bytes(tmp_path / "link.json", b"new")
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "kept" / "real.json").read_bytes() == b"new"
