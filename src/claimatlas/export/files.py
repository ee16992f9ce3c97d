"""How files come into being: under a temporary name first, so that a reader never meets half a file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from claimatlas.errors import OutputError
from claimatlas.tables import Record

# Characters that XML 1.0 forbids and that some readers of JSON and SQLite stop at. Each is replaced by one
# character, so that lengths and offsets stay what they were.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_STAND_IN = "\ufffd"


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary path to write to; when all went well it takes the place of `path`.

    Args:
        path: The file to be.

    Yields:
        A path in the same folder with the same extension.

    Raises:
        OutputError: The file cannot be written.
    """
    # The extension stays: GDAL warns of a GeoPackage that is not called .gpkg.
    temporary = path.with_name(f".{os.getpid()}-{path.name}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        temporary.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"Cannot write {path}: {reason}. Free the path, or choose another folder with -o.") from error
    finally:
        with suppress(OSError):
            temporary.unlink()


def write_text(path: Path, text: str) -> None:
    """Write a text as UTF-8 with plain line ends.

    Args:
        path: The file to be.
        text: Its content.

    Raises:
        OutputError: The file cannot be written.
    """
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write bytes.

    Args:
        path: The file to be.
        content: Its content.

    Raises:
        OutputError: The file cannot be written.
    """
    with replacing(path) as temporary:
        temporary.write_bytes(content)


def writable(text: str) -> str:
    """The text with every character that some format cannot hold replaced by U+FFFD; its length stays."""
    # Nearly every text is printable throughout, which Python knows far faster than the expression does.
    return text if text.isprintable() else _UNWRITABLE.sub(_STAND_IN, text)


def writable_record(record: Record) -> Record:
    """A record with all its strings made writable."""
    return {name: writable(value) if isinstance(value, str) else value for name, value in record.items()}
