"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click


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
