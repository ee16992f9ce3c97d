"""How files come into being: under a temporary name first, so that a reader never meets half a file."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from claimatlas.errors import OutputError

FREE_PATH = "Free the path, or choose another with -o."
OWN_STORE = "Set CLAIMATLAS_DATA to a folder of yours."


@contextmanager
def replacing(path: Path, remedy: str = FREE_PATH) -> Iterator[Path]:
    """Give a temporary path to write to; when all went well it takes the place of `path`.

    Args:
        path: The file to be.
        remedy: What the reader of an error can do.

    Yields:
        A path in the same folder with the same extension.

    Raises:
        OutputError: The file cannot be written.
    """
    try:
        with _temporary_for(path) as temporary:
            yield temporary
            if _is_device(path):
                with temporary.open("rb") as written, path.open("wb") as device:
                    shutil.copyfileobj(written, device)
            else:
                # Somebody who keeps a link to a file elsewhere wants the file replaced, not the link.
                temporary.replace(path.resolve())
    except OutputError:
        raise  # of another file; it says which
    except (OSError, sqlite3.OperationalError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise OutputError(f"Cannot write {path}: {reason}. {remedy}") from error


@contextmanager
def _temporary_for(path: Path) -> Iterator[Path]:
    """A path beside the file to be, or in a folder of its own when that is a device: nothing belongs beside those."""
    if _is_device(path):
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder, path.name)
        return
    real = path.resolve()
    real.parent.mkdir(parents=True, exist_ok=True)
    # The extension stays: GDAL warns of a GeoPackage that is not called .gpkg.
    temporary = real.with_name(f".{os.getpid()}-{path.name}")
    try:
        yield temporary
    finally:
        with suppress(OSError):
            temporary.unlink()


def _is_device(path: Path) -> bool:
    """Whether a path is a device or a pipe: renaming a file over /dev/null would put an end to /dev/null."""
    return path.exists() and not path.is_file() and not path.is_dir()


def write_text(path: Path, text: str) -> None:
    """Write a text as UTF-8 with plain line ends.

    Args:
        path: The file to be.
        text: Its content.

    Raises:
        OutputError: The file cannot be written.
    """
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes, remedy: str = FREE_PATH) -> None:
    """Write bytes.

    Args:
        path: The file to be.
        content: Its content.
        remedy: What the reader of an error can do.

    Raises:
        OutputError: The file cannot be written.
    """
    with replacing(path, remedy) as temporary:
        temporary.write_bytes(content)
