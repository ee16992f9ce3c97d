"""Reading reports: text, Markdown, web pages, JSON lines and CSV, from files, folders and standard input.

Reports are read one after the other, so that a collection may be larger than memory. What cannot be
used is never dropped silently: it comes out as an `Issue` that names the file and the remedy, and the
rest goes on.
"""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import json
import logging
import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, Literal, TypeAlias, cast

import msgspec

from claimatlas.metadata import FIELDS, Fields, Metadata, is_metadata, split_header
from claimatlas.model import Issue, Report
from claimatlas.sheets import MAX_CELL, find_delimiter
from claimatlas.text.cleaning import clean
from claimatlas.text.decoding import decode, find_encoding, in_utf_8
from claimatlas.text.languages import detect_language

Input: TypeAlias = Path | str

TEXT_SUFFIXES = frozenset({".txt", ".md"})
PAGE_SUFFIXES = frozenset({".html", ".htm"})
TABLE_SUFFIXES = frozenset({".jsonl", ".csv"})
# Where somebody keeps reports in one of these, passing over it would lose them without a word.
DOCUMENT_SUFFIXES = frozenset(
    {".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub", ".xls", ".xlsx", ".ods", ".tsv", ".json", ".mht", ".mhtml",
     ".eml", ".msg", ".zip", ".warc"}
)  # fmt: skip
# What `claimatlas map` writes, also where somebody has it write beside the reports.
_OUTPUT_NAMES = frozenset(
    {"map.html", "incidents.csv", "incidents_unlocated.csv", "issues.jsonl", "summary.json", "grouping.json",
     "schemas", "styles", "interchange"}
)  # fmt: skip
# How files begin that are often renamed instead of converted; some of a PDF would pass for text.
_BEGINNINGS = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a Word document or another zip archive",
    b"\xd0\xcf\x11\xe0": "an old Word document",
    b"{\\rtf": "a rich text document",
    b"\xff\xd8\xff": "a picture",
    b"\x89PNG": "a picture",
}
_STEMS_LEFT_OUT = frozenset({"readme", "license", "licence", "changelog"})

# Longer than any news report by two orders of magnitude; whatever is larger is a dump or a mistake,
# and reading it whole would cost the memory that streaming saves.
MAX_REPORT_BYTES = 10_000_000
# The second opinion that trafilatura asks of other extractors takes the square of a page's paragraphs: 1.5 seconds
# for three thousand, minutes for a page of sixty thousand. Pages of news have one to five thousand tags.
_MANY_TAGS = 10_000
Item: TypeAlias = Report | Issue


def read_reports(inputs: Sequence[Input]) -> Iterator[Item]:
    """Read reports in a fixed order, without holding more than one in memory.

    Args:
        inputs: Files, folders (read recursively, by name) and `-` for standard input.

    Yields:
        Reports, each with an id of its own, and an issue for each thing that could not be used.
    """
    seen: dict[str, str] = {}
    for item in _read_all(inputs):
        if isinstance(item, Issue):
            yield item
            continue
        yield from _with_own_id(item, seen)


def find_inputs(inputs: Sequence[Input]) -> Iterator[tuple[Path, Path] | Literal["-"] | Issue]:
    """The files to read, each with the folder its name is told against, in a fixed order.

    Hidden files, read-me files, metadata tables, pictures and whatever else holds no report are passed over in
    folders, and so is what `claimatlas map` has written there. A document of a kind that cannot be read is an issue,
    and so is an input that is named but missing or of an unknown kind.
    """
    for given in inputs:
        entry = Path(given)
        if given == "-":
            yield "-"
        elif entry.is_dir():
            yield from _find_in_folder(entry)
        elif not entry.exists():
            yield Issue(
                "unreadable", f"There is no file or folder {entry}; is the name spelt right?", source=str(entry)
            )
        elif not _is_readable(entry):
            yield _unknown_kind(entry, entry.parent)
        else:
            yield entry, entry.parent


def _find_in_folder(folder: Path) -> Iterator[tuple[Path, Path] | Issue]:
    is_empty = True
    for path in _walk(folder):
        is_empty = False
        yield (path, folder) if _is_readable(path) else _unknown_kind(path, folder)
    if is_empty and _is_output(folder):
        reason = f"{folder} holds nothing but what `claimatlas map` wrote; name the folder of the reports."
        yield Issue("unreadable", reason, source=str(folder))


def _is_readable(path: Path) -> bool:
    return path.suffix.lower() in TEXT_SUFFIXES | PAGE_SUFFIXES | TABLE_SUFFIXES


def _unknown_kind(path: Path, root: Path) -> Issue:
    name = _relative(path, root)
    reason = f"{name} is of no kind that can be read; save it as .txt, .md, .html, .jsonl or .csv."
    return Issue("unreadable", reason, source=name)


def _is_output(folder: Path) -> bool:
    """Whether `claimatlas map` wrote a folder: its tables and its page are no reports."""
    return all((folder / name).is_file() for name in ("incidents.geojson", "claimatlas.qgs"))


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        own = _OUTPUT_NAMES if _is_output(Path(parent)) else frozenset()
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and name not in own and not _is_output(Path(parent, name))
        )
        for name in sorted(names):
            path = Path(parent, name)
            if name.startswith(".") or name in own or path.stem.lower() in _STEMS_LEFT_OUT:
                continue
            if not _is_readable(path) and path.suffix.lower() not in DOCUMENT_SUFFIXES:
                continue
            if name == "reports.csv" and is_metadata(path):
                continue
            yield path


def _read_all(inputs: Sequence[Input]) -> Iterator[Item]:
    metadata = Metadata()
    for entry in find_inputs(inputs):
        if isinstance(entry, Issue):
            yield entry
        elif entry == "-":
            yield from _read_stdin()
        else:
            path, root = entry
            yield from _read_file(path, _relative(path, root), metadata)
    yield from metadata.unused()


def _relative(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _with_own_id(report: Report, seen: dict[str, str]) -> Iterator[Item]:
    """The report, renamed or left out when its id is taken; the reader is told."""
    known = seen.get(report.id)
    if known is None:
        seen[report.id] = report.content_hash
        yield report
        return
    if known == report.content_hash:
        yield Issue(
            "duplicate", f"{report.source} holds the same report as one read before; it is used once.",
            report_id=report.id, source=report.source,
        )  # fmt: skip
        return
    number = 2
    while f"{report.id}~{number}" in seen:
        number += 1
    renamed = replace(report, id=f"{report.id}~{number}")
    seen[renamed.id] = report.content_hash
    yield Issue(
        "duplicate_id",
        f"The id {report.id!r} of {report.source} is taken; the report is called {renamed.id!r}. Give it an id of its"
        f" own.",
        report_id=renamed.id, source=report.source,
    )  # fmt: skip
    yield renamed


# --- One file -------------------------------------------------------------------------------------------------


def _read_file(path: Path, source: str, metadata: Metadata) -> Iterator[Item]:
    suffix = path.suffix.lower()
    if path.exists() and not path.is_file():
        # Reading a pipe that nobody writes to would wait for ever.
        yield Issue("unreadable", f"{source} is no file but a device or a pipe; give a file.", source=source)
        return
    try:
        if suffix == ".jsonl":
            with path.open("rb") as handle, in_utf_8(handle) as readable:
                yield from _read_jsonl(readable, source)
            return
        if suffix == ".csv":
            with path.open("rb") as handle:
                yield from _read_csv(handle, source)
            return
        raw = _read_limited(path)
    except OSError as error:
        reason = f"{source} cannot be read ({error.strerror or error}); check that the file may be opened."
        yield Issue("unreadable", reason, source=source)
        return
    if raw is None:
        reason = f"{source} is larger than {MAX_REPORT_BYTES // 1_000_000} MB, too large for one report; split it."
        yield Issue("unreadable", reason, source=source)
        return
    extra, issues = metadata.fields_for(path)
    yield from issues
    for item in _read_document(raw, {"id": path.stem}, extra or {}, source, is_page=suffix in PAGE_SUFFIXES):
        if extra is None and isinstance(item, Report) and item.publisher is None and item.published is None:
            yield metadata.passes_over(path)
        yield item


def _read_limited(path: Path) -> bytes | None:
    """The file's bytes; None when it is too large for one report."""
    with path.open("rb") as handle:
        raw = handle.read(MAX_REPORT_BYTES + 1)
    return None if len(raw) > MAX_REPORT_BYTES else raw


def _read_stdin() -> Iterator[Item]:
    # The standard stream is a BufferedReader, which its declared type does not say.
    stream = cast("io.BufferedReader", sys.stdin.buffer)
    head = stream.peek(1024)[:1024].lstrip(codecs.BOM_UTF8).lstrip()
    if head.startswith(b"{"):
        yield from _read_jsonl(stream, "-")
        return
    raw = stream.read(MAX_REPORT_BYTES + 1)
    if len(raw) > MAX_REPORT_BYTES:
        yield Issue("unreadable", "Standard input is too large for one report; give JSON lines instead.", source="-")
        return
    is_page = re.match(rb"<(?:!doctype|html)", head, re.IGNORECASE) is not None
    yield from _read_document(raw, {"id": "stdin"}, {}, "-", is_page=is_page)


def _read_document(raw: bytes, own: Fields, extra: Fields, source: str, *, is_page: bool) -> Iterator[Item]:
    kind = next((kind for start, kind in _BEGINNINGS.items() if raw.startswith(start)), None)
    if kind is not None:
        yield Issue("unreadable", f"{source} is {kind}, whatever its name says; save its text as .txt.", source=source)
        return
    decoded = decode(raw, is_page=is_page)
    if decoded is None:
        yield Issue("unreadable", f"{source} is not text; give the report as text, a web page or JSON.", source=source)
        return
    text, lost = decoded
    if lost:
        characters = "1 character" if lost == 1 else f"{lost} characters"
        reason = f"{characters} of {source} could not be decoded and shown as \ufffd; save the file as UTF-8."
        yield Issue("damaged", reason, source=source)
    if is_page:
        fields = _page_fields(text)
    else:
        header, text, reason = split_header(text)
        if reason:
            yield Issue(
                "metadata", f"The header of {source} cannot be read ({reason}); correct its YAML.", source=source
            )
        fields = header | {"text": text}
    yield from make_report(own | _told(fields) | _told(extra), source)


def _told(fields: Fields) -> Fields:
    return {key: value for key, value in fields.items() if value not in (None, "")}


def _page_fields(page: str) -> Fields:
    """The article of a web page with what the page says of itself; empty text when there is none."""
    import trafilatura
    from trafilatura.settings import use_config

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it complains of each page without an article
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    config = use_config()
    config.set("DEFAULT", "EXTRACTION_TIMEOUT", "0")
    document = trafilatura.bare_extraction(
        page, include_comments=False, include_tables=False, with_metadata=True, config=config,
        fast=page.count("<") > _MANY_TAGS,
        # The page must state its date: guessing one from the running text would invent dates.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )  # fmt: skip
    if document is None:
        return {"text": ""}
    fields = document.as_dict() if hasattr(document, "as_dict") else dict(document)
    return {
        "text": fields.get("text") or "",
        "title": fields.get("title") or "",
        "publisher": fields.get("sitename") or fields.get("hostname"),
        "published": fields.get("date"),
        "url": fields.get("url"),
    }


# --- Tables ---------------------------------------------------------------------------------------------------


def _read_jsonl(handle: BinaryIO, source: str) -> Iterator[Item]:
    number = 0
    while line := handle.readline(MAX_REPORT_BYTES + 1):
        number += 1
        where = f"Line {number} of {source}"
        if len(line) > MAX_REPORT_BYTES:
            while line and not line.endswith(b"\n"):
                line = handle.readline(MAX_REPORT_BYTES)
            yield Issue(
                "unreadable", f"{where} is longer than {MAX_REPORT_BYTES // 1_000_000} MB; split it.", source=source
            )
            continue
        line = line.removeprefix(codecs.BOM_UTF8).strip()
        if not line:
            continue
        try:
            fields = _parse_line(line)
        except (ValueError, RecursionError) as error:
            yield Issue("unreadable", f"{where} is not JSON ({error}); correct or delete it.", source=source)
            continue
        if not isinstance(fields, dict):
            yield Issue(
                "unreadable", f'{where} is no JSON object; a report needs fields such as "text".', source=source
            )
            continue
        stem = "stdin" if source == "-" else Path(source).stem
        yield from make_report(
            {"id": f"{stem}-{number}"} | _told(fields),
            source,
            where,
        )


def _parse_line(line: bytes) -> Any:
    """The value of a line of JSON, also where it is in a legacy encoding or holds what only Python's reader lets pass.

    Raises:
        ValueError: It is no JSON.
    """
    try:
        return msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        decoded = decode(line)
        if decoded is None:
            raise ValueError("it is not text") from error
        try:
            return json.loads(decoded[0])  # takes lone surrogates, and NaN for no number
        except ValueError:
            raise ValueError(str(error)) from error


def _read_csv(handle: BinaryIO, source: str) -> Iterator[Item]:
    head = handle.read(200_000)
    decoded = decode(head[: head.rfind(b"\n") + 1] or head)
    if not head.strip():
        yield Issue("empty", f"{source} is empty; give it a header line and a report a row.", source=source)
        return
    if decoded is None:
        yield Issue("unreadable", f"{source} is not text; save it as CSV in UTF-8.", source=source)
        return
    encoding = find_encoding(head)
    handle.seek(0)
    csv.field_size_limit(MAX_CELL)
    stream = io.TextIOWrapper(handle, encoding=encoding, errors="replace", newline="")
    try:
        yield from _read_rows(stream, decoded[0], source)
    finally:
        stream.detach()


def _read_rows(stream: io.TextIOWrapper, head: str, source: str) -> Iterator[Item]:
    lines = _Lines(stream)
    rows = csv.reader(lines, delimiter=find_delimiter(head.lstrip("\ufeff")))
    try:
        header = [name.strip().lower() for name in next(rows)]
    except (StopIteration, csv.Error):
        yield Issue("unreadable", f"{source} has no header line; name its columns {', '.join(FIELDS)}.", source=source)
        return
    if "text" not in header and "title" not in header:
        found = ", ".join(header[:8])
        yield Issue(
            "unreadable",
            f'{source} has no column "text" (it has {found}); rename the one with the reports.',
            source=source,
        )
        return
    while True:
        first, lines.quotes = rows.line_num + 1, 0
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Issue(
                "unreadable",
                f"Line {rows.line_num} of {source} is no CSV ({error}); correct or delete it.",
                source=source,
            )
            continue
        if lines.quotes % 2 and rows.line_num > first and lines.ended:
            reason = (
                f"A quotation mark at or before line {first} of {source} is never closed, so lines {first} to "
                f"{rows.line_num} were read as one report; close it."
            )
            yield Issue("damaged", reason, source=source)
        if any(cell.strip() for cell in row):
            yield from _read_row(header, row, rows.line_num, source)


class _Lines:
    """The lines of a table, with how many quotation marks stood in those read last."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self._stream = stream
        self.quotes = 0
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        for line in self._stream:
            self.quotes += line.count('"')
            yield line.replace("\x00", "")
        self.ended = True


def _read_row(header: list[str], row: list[str], number: int, source: str) -> Iterator[Item]:
    told = {name: cell for name, cell in zip(header, row, strict=False) if name in FIELDS and cell.strip()}
    fields: Fields = {"id": f"{Path(source).stem}-{number}"} | told
    where = f"Line {number} of {source}"
    if any(cell.strip() for cell in row[len(header) :]):
        reason = (
            f"{where} has {len(row)} cells under {len(header)} columns; the rest is left out. Put quotation marks "
            "around a text that holds the delimiter."
        )
        yield Issue("damaged", reason, report_id=fields["id"], source=source)
    yield from make_report(fields, source, where)


# --- Fields ---------------------------------------------------------------------------------------------------


def make_report(fields: Fields, source: str, where: str | None = None) -> Iterator[Item]:
    """One report from its fields, with an issue for each field that is wrong.

    Args:
        fields: Some of `FIELDS`; others are passed over.
        source: The file, relative to the input.
        where: What an issue calls the place ("Line 3 of reports.jsonl"); by default the file.

    Yields:
        Issues, then the report, unless there is nothing to read in it.
    """
    where = where or ("Standard input" if source == "-" else source)
    compound = [name for name in FIELDS if name != "text" and isinstance(fields.get(name), dict | list | tuple | set)]
    fields = {name: value for name, value in fields.items() if name not in compound}
    identifier = str(fields.get("id", "")).strip() or Path(source).stem
    for name in compound:
        reason = f"{where}: {name} is a list or has fields of its own; give one value. It is left out."
        yield Issue("metadata", reason, report_id=identifier, source=source)
    text, title = fields.get("text", ""), str(fields.get("title", ""))
    if not isinstance(text, str):
        yield Issue(
            "unreadable",
            f"{where}: the text is {text!r:.40}, which is no string; put quotation marks around it.",
            report_id=identifier,
            source=source,
        )
        return
    if not any(letter.isalnum() for letter in text) and not title.strip():
        yield Issue("empty", f"{where} holds no words; give it a text.", report_id=identifier, source=source)
        return
    published, reason = _read_day(fields.get("published"))
    if reason:
        yield Issue("metadata", f"{where}: {reason}", report_id=identifier, source=source)
    url, reason = _read_url(fields.get("url"))
    if reason:
        yield Issue("metadata", f"{where}: {reason}", report_id=identifier, source=source)
    lang = str(fields.get("lang") or "").strip().lower()[:2]
    if lang not in ("en", "ar"):
        if lang:
            yield Issue(
                "metadata", f"{where}: the language {fields['lang']!r} is not read; only en and ar are.",
                report_id=identifier, source=source,
            )  # fmt: skip
        lang = detect_language(clean(text[:20_000]).text or title)
    publisher = str(fields.get("publisher") or "").strip() or None
    yield Report(_encodable(identifier), _encodable(text), _encodable(title), lang, publisher, published, url, source)


def _encodable(text: str) -> str:
    """The text with lone surrogates (from broken JSON escapes) made writable; offsets stay."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return re.sub("[\ud800-\udfff]", "\ufffd", text)
    return text


def _read_day(value: object) -> tuple[dt.date | None, str]:
    """A publication day, and what is wrong with it, if anything."""
    if value is None or value == "":
        return None, ""
    if isinstance(value, dt.datetime):
        return value.date(), ""
    if isinstance(value, dt.date):
        return value, ""
    words = str(value).strip()
    try:
        day = dt.date.fromisoformat(words[:10])
    except ValueError:
        return None, f"the publication date {words!r} is no ISO date such as 2018-07-17; it is left out."
    if not 1990 <= day.year <= 2100:
        return None, f"the publication date {words!r} lies outside 1990 to 2100; it is left out."
    return day, ""


def _read_url(value: object) -> tuple[str | None, str]:
    """An address, and what is wrong with it, if anything."""
    words = str(value or "").strip()
    if not words:
        return None, ""
    if re.fullmatch(r"https?://[^\s<>\"']+", words, re.IGNORECASE) is None:
        return None, f"the address {words[:80]!r} is not an http(s) one; it is left out."
    return words, ""
