"""Options and sentences that several commands share."""

from __future__ import annotations

import re
from pathlib import Path

import click

from claimatlas.model import Issue


def _no_file_for_a_dash(ctx: click.Context, parameter: click.Parameter, value: Path | None) -> Path | None:
    return None if value == Path("-") else value


# A lone dash is standard output, as it is standard input before it: nobody wants a file of that name.
to_file_or_stdout = click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    callback=_no_file_for_a_dash,
    help="File to write; default, and `-`: stdout.",
)


def say_issue(issue: Issue) -> str:
    """An issue as one line for people: where it is and which words it is about, unless its sentence says so itself."""
    where = issue.source or issue.report_id or "collection"
    named = re.search(rf"(?<!\w){re.escape(where)}(?!\w)", issue.reason) is not None
    start = "" if named else f"{where}: "
    words = f" [{issue.words}]" if issue.words and issue.words not in issue.reason else ""
    return f"{start}{issue.reason}{words}"
