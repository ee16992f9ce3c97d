"""What is told of reports beside their texts: `reports.csv` or `reports.yml`, and the `---` header of a text file."""

from __future__ import annotations

import codecs
import csv
import functools
import glob
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from claimatlas.errors import say_yaml_fault
from claimatlas.model import Issue
from claimatlas.sheets import find_delimiter
from claimatlas.text.decoding import decode

if TYPE_CHECKING:
    import yaml

METADATA_NAMES = ("reports.csv", "reports.yml", "reports.yaml")
FIELDS = ("id", "lang", "publisher", "published", "title", "text", "url")
Fields: TypeAlias = dict[str, Any]
_HEADER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)


def split_header(text: str) -> tuple[Fields, str, str]:
    """The fields of a `---` YAML header, the text after it, and what is wrong with the header, if anything."""
    match = _HEADER.match(text)
    if match is None:
        return {}, text, ""
    import yaml

    try:
        header = yaml.load(match[1], Loader=_yaml_loader())
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return {}, text[match.end() :], say_yaml_fault(error, above=1)
    if not isinstance(header, dict):
        return {}, text, ""  # two lines drawn across the page, with the report between and below them
    fields = {str(key).lower(): value for key, value in header.items() if str(key).lower() in FIELDS and key != "text"}
    return fields, text[match.end() :], ""


@functools.cache
def _yaml_loader() -> type[yaml.SafeLoader]:
    """A loader that leaves days as they are written: YAML's own breaks off at a day that does not exist.

    It follows no aliases: nobody needs them for a title and a day, and a few lines of them unfold to gigabytes.
    """
    import yaml

    class PlainDays(yaml.SafeLoader):
        def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
            if self.check_event(yaml.AliasEvent):
                raise yaml.YAMLError("aliases (*name) are not read")
            return super().compose_node(parent, index)

    PlainDays.yaml_implicit_resolvers = {
        letter: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return PlainDays


def is_metadata(path: Path) -> bool:
    """Whether a `reports.csv` only describes the text files beside it: it has no column of texts."""
    try:
        with path.open("rb") as handle:
            head = handle.readline(10_000).lstrip(codecs.BOM_UTF8).decode("utf-8", "replace")
    except OSError:
        return False
    return "text" not in {column.strip().strip('"').lower() for column in head.split(find_delimiter(head))}


@dataclass
class _Table:
    folder: Path
    source: str
    rows: dict[str, Fields]
    used: set[str]

    def lacks(self, identifier: str) -> bool:
        """Whether nothing of this name lies in the folder or just below, where the table is read for it, too."""
        if "/" in identifier or "\\" in identifier:
            return True
        name = glob.escape(identifier)
        patterns = (f"{start}{name}{end}" for start in ("", "*/", "*/*/") for end in ("", ".*"))
        return not any(any(self.folder.glob(pattern)) for pattern in patterns)


class Metadata:
    """The `reports.csv` or `reports.yml` of each folder, read when its first file is."""

    def __init__(self) -> None:
        self._tables: dict[Path, _Table | None] = {}

    def fields_for(self, path: Path) -> tuple[Fields | None, list[Issue]]:
        """What the table beside a file (or above it, for files in subfolders) says of it; None when it passes it over.

        The issues are faults of the table itself.
        """
        issues: list[Issue] = []
        for folder in (path.parent, *path.parent.parents[:2]):
            if folder not in self._tables:
                self._tables[folder] = self._load(folder, issues)
            table = self._tables[folder]
            if table is None:
                continue
            fields = table.rows.get(path.stem) or table.rows.get(path.name)
            if fields is not None:
                table.used.add(str(fields.get("id", path.stem)))
                return {key: value for key, value in fields.items() if key not in ("id", "text")}, issues
            return (None if folder == path.parent else {}), issues
        return {}, issues

    def passes_over(self, path: Path) -> Issue:
        """The issue for a file of which the table beside it says nothing, nor the file itself."""
        table = self._tables[path.parent]
        assert table is not None
        reason = f"{table.source} says nothing of {path.name}; add a row with the id {path.stem!r}."
        return Issue("metadata", reason, report_id=path.stem, source=table.source)

    def unused(self) -> Iterator[Issue]:
        """An issue for each row without a report."""
        for table in self._tables.values():
            for identifier in sorted(set(table.rows) - table.used if table is not None else ()):
                assert table is not None
                if not table.lacks(identifier):
                    continue  # only some of the files were asked for
                reason = (
                    f"{table.source} describes {identifier!r}, but there is no such report beside it; correct the id."
                )
                yield Issue("metadata", reason, report_id=identifier, source=table.source)

    def _load(self, folder: Path, issues: list[Issue]) -> _Table | None:
        for name in METADATA_NAMES:
            path = folder / name
            if not path.is_file() or (path.suffix == ".csv" and not is_metadata(path)):
                continue
            try:
                rows = _metadata_rows(path)
            except (OSError, ValueError) as error:
                reason = f"{name} cannot be used ({' '.join(str(error).split())[:200]}); correct it."
                issues.append(Issue("metadata", reason, source=name))
                return None
            return _Table(folder, name, rows, set())
        return None


def _metadata_rows(path: Path) -> dict[str, Fields]:
    """The rows of a metadata table by id.

    Raises:
        ValueError: The table cannot be read or has no ids.
        OSError: The file cannot be opened.
    """
    raw = path.read_bytes()
    decoded = decode(raw)
    if decoded is None:
        raise ValueError("it is not text")
    text = decoded[0].lstrip("\ufeff")
    if path.suffix == ".csv":
        rows: Iterable[Fields] = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=find_delimiter(text)))
        rows = [{(key or "").strip().lower(): value for key, value in row.items()} for row in rows]
    else:
        import yaml

        try:
            loaded = yaml.load(text, Loader=_yaml_loader())
        except (yaml.YAMLError, RecursionError) as error:
            raise ValueError(say_yaml_fault(error)) from error
        if isinstance(loaded, dict):
            loaded = [{"id": key} | (value if isinstance(value, dict) else {}) for key, value in loaded.items()]
        if not isinstance(loaded, list) or not all(isinstance(row, dict) for row in loaded):
            raise ValueError("it holds no list of reports")
        rows = loaded
    by_id = {str(row["id"]).strip(): {key: row[key] for key in FIELDS if key in row} for row in rows if row.get("id")}
    if not by_id:
        raise ValueError('no row has an "id"')
    return by_id
