"""The commands over a whole collection: `map`, `check`, `diff`, `compare` and `review`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from claimatlas.model import Atlas, Issue

# Issues that mean "this input could not be used"; the others are doubts about input that was.
_DOUBTS_FROM_FILES = frozenset({"decision_unfit"})


@click.command(name="map")
@click.argument("inputs", nargs=-1, type=click.Path(allow_dash=True))
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, file_okay=False), default=Path("output"), show_default=True,
    help="Folder to write.",
)  # fmt: skip
@click.option("--tiles", help="Online tiles to offer on the map: a name or an address template. Default: none.")
@click.option("--format", "formats", multiple=True, help="A further format to write; can be given several times.")
@click.option(
    "--decisions", type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="What people decided. Default: decisions.yml in the output folder.",
)  # fmt: skip
@click.option("--processes", type=click.IntRange(min=1), help="Processes to use; default: as the work needs.")
@click.pass_obj
def map_command(
    options: dict[str, bool],
    inputs: tuple[str, ...],
    output: Path,
    tiles: str | None,
    formats: tuple[str, ...],
    decisions: Path | None,
    processes: int | None,
) -> None:
    """Read reports (files, folders or - for stdin; default: the seeds) and write the map and the layers.

    Example: claimatlas map seeds/ -o output/
    """
    from claimatlas.pipeline import map_reports

    atlas = map_reports(
        list(inputs) or [_seeds()],
        output,
        tiles=tiles,
        formats=formats,
        decisions=decisions,
        processes=processes,
        report_progress=_progress(options),
    )
    unusable = find_unusable(atlas)
    for issue in unusable:
        click.echo(f"{issue.source or issue.report_id}: {issue.reason}", err=True)
    if not options["quiet"]:
        click.echo(_summarize(atlas, output), err=True)
    if options["verbose"]:
        for issue in atlas.issues:
            click.echo(_say(issue), err=True)
    sys.exit(1 if unusable else 0)


def find_unusable(atlas: Atlas) -> list[Issue]:
    """The issues that stand for input nothing could be read from."""
    return [
        issue
        for issue in atlas.issues
        if issue.source is not None and issue.report_id is None and issue.kind not in _DOUBTS_FROM_FILES
    ]


def _seeds() -> Path:
    from claimatlas.resources import data_folder

    return data_folder("seeds")


def _progress(options: dict[str, bool]) -> Callable[[int], None] | None:
    if options["quiet"] or not sys.stderr.isatty():
        return None

    def show(done: int) -> None:
        click.echo(f"\r{done} reports read", nl=False, err=True)

    return show


def _summarize(atlas: Atlas, output: Path) -> str:
    located = sum(1 for incident in atlas.incidents if incident.location is not None)
    start = "\r" if sys.stderr.isatty() else ""
    return (
        f"{start}{len(atlas.reports)} reports, {len(atlas.incidents)} incidents ({located} on the map), "
        f"{len(atlas.issues)} issues. Open {output / 'map.html'}."
    )


def _say(issue: Issue) -> str:
    where = issue.report_id or issue.source or "collection"
    words = f" [{issue.words}]" if issue.words else ""
    return f"{where}: {issue.reason}{words}"
