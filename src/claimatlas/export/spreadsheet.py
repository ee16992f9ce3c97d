"""Comma-separated tables for people with a spreadsheet, with HXL tags, and no cell that can act as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from claimatlas.files import write_text
from claimatlas.records.columns import Column
from claimatlas.records.tables import Record, Scalar

# A spreadsheet that expects semicolons cuts a cell at each of them, so a formula could also begin there.
# Full-width signs count: Excel in some languages takes them for the plain ones. Tabs and line ends are gone by then.
_FORMULA_START = re.compile(r"(^|;)(\s*)([=+\-@＝＋－＠])")
_LINE_ENDS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")

BYTE_ORDER_MARK = "\ufeff"


def write_csv(
    records: Iterable[Record], columns: Sequence[Column], path: Path, *, tags: bool = False, for_excel: bool = False
) -> None:
    """Write records as CSV.

    Args:
        records: Flat records.
        columns: The columns to write, in this order.
        path: The file to be.
        tags: Put a row of HXL tags below the header.
        for_excel: Begin with a byte order mark; without it Excel shows Arabic as mojibake.

    Raises:
        OutputError: The file cannot be written.
    """
    rows: list[list[str]] = [[column.name for column in columns]]
    if tags:
        rows.append([column.hxl for column in columns])
    rows.extend([cell(record[column.name]) for column in columns] for record in records)
    write_rows(rows, path, for_excel=for_excel)


def write_rows(rows: Iterable[Sequence[str]], path: Path, *, for_excel: bool = False) -> None:
    """Write rows of finished cells as CSV by RFC 4180, with plain line ends."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    write_text(path, (BYTE_ORDER_MARK if for_excel else "") + text.getvalue())


def cell(value: Scalar) -> str:
    """A value as a cell: no formula, no line end; a number stays a number and a missing value is empty.

    >>> cell("=HYPERLINK(...)"), cell(-4.5), cell(True), cell(None)
    ("'=HYPERLINK(...)", '-4.5', 'true', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return _plain_cell(value) if isinstance(value, str) else str(value)


def _plain_cell(text: str) -> str:
    line = text if text.isprintable() else _LINE_ENDS.sub(" ", text)
    if line[:1].isalnum() and ";" not in line:
        return line
    return _FORMULA_START.sub(r"\1\2'\3", line)
