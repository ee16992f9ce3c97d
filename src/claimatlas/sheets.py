"""Tables that people bring: CSV with any usual delimiter, and Excel workbooks."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from claimatlas.errors import InputError
from claimatlas.text.decoding import decode

# Cells hold whole reports; Python's own limit is 131,072 characters.
MAX_CELL = 10_000_000
DELIMITERS = ",;\t|"


def find_delimiter(text: str) -> str:
    """Comma, semicolon, tab or bar: whichever stands most often in the first line."""
    return max(DELIMITERS, key=text.split("\n", 1)[0].count)


def parse_csv(text: str, name: str) -> Iterator[list[str]]:
    """The rows of a CSV text, the header first; empty lines are no rows.

    Args:
        text: The table.
        name: What an error calls it.

    Raises:
        InputError: The text is no table.
    """
    csv.field_size_limit(MAX_CELL)
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=find_delimiter(text))
    try:
        yield from filter(None, rows)
    except csv.Error as error:
        raise InputError(f"{name}, line {rows.line_num} is no CSV ({error}); correct it.") from error


def read_sheet(path: Path, *, longest: bool = False) -> tuple[list[str], list[dict[str, Any]]]:
    """The header and the rows, by column, of a CSV file or an Excel workbook.

    Args:
        path: The file; a workbook by its extension (`.xlsx`, `.xlsm`).
        longest: Read a workbook's longest sheet instead of its first.

    Returns:
        The names of the columns, and the rows, each with a value for every column: text in a CSV file, whatever
        the cell holds in a workbook, and "" or None where a row is shorter than the header.

    Raises:
        InputError: The file cannot be read, is no table, or is empty.
    """
    is_workbook = path.suffix.lower() in (".xlsx", ".xlsm")
    rows = _read_workbook(path, longest=longest) if is_workbook else list(parse_csv(_read_text(path), str(path)))
    if not rows:
        raise InputError(f"{path} is empty; give it a header line and a row for each record.")
    header = ["" if name is None else str(name).strip() for name in rows[0]]
    filler = [None if is_workbook else ""] * len(header)
    return header, [dict(zip(header, [*row, *filler], strict=False)) for row in rows[1:]]


def _read_text(path: Path) -> str:
    try:
        decoded = decode(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}); is the path right?") from error
    if decoded is None:
        raise InputError(f"{path} is no text; save the table as CSV in UTF-8.")
    return decoded[0]


def _read_workbook(path: Path, *, longest: bool) -> list[tuple[Any, ...]]:
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        sheets = sorted(book.worksheets, key=lambda sheet: -(sheet.max_row or 0)) if longest else book.worksheets
        rows = list(sheets[0].iter_rows(values_only=True))
        book.close()
    except Exception as error:  # openpyxl raises whatever its parsers raise
        raise InputError(f"{path} cannot be read as an Excel workbook ({error}); save it anew, or as CSV.") from error
    return rows
