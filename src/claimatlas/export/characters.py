"""Characters that every format we write can hold."""

from __future__ import annotations

import re

from claimatlas.records.tables import Record

# Characters that XML 1.0 forbids and that some readers of JSON and SQLite stop at. Each is replaced by one
# character, so that lengths and offsets stay what they were.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_STAND_IN = "\ufffd"


def writable(text: str) -> str:
    """The text with every character that some format cannot hold replaced by U+FFFD; its length stays."""
    # Nearly every text is printable throughout, which Python knows far faster than the expression does.
    return text if text.isprintable() else _UNWRITABLE.sub(_STAND_IN, text)


def writable_record(record: Record) -> Record:
    """A record with all its strings made writable."""
    return {name: writable(value) if isinstance(value, str) else value for name, value in record.items()}
