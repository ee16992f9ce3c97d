"""The commands over a whole collection: `map`, `check`, `diff`, `compare` and `review`."""

from __future__ import annotations

import getpass
import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import click

from claimatlas.cli.options import say_issue
from claimatlas.model import Atlas, Issue, to_dict
from claimatlas.records.wording import count_of


@click.command(name="map")
@click.argument("inputs", nargs=-1, type=click.Path(allow_dash=True))
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, file_okay=False), default=Path("output"), show_default=True,
    help="Folder to write.",
)  # fmt: skip
@click.option("--tiles", help="Online tiles to offer on the map: a name or an address template. Default: none.")
@click.option(
    "--format", "formats", multiple=True,
    help="A further format to write: hxl, acled, ged, timemap, ftm, simplestyle, kml, parquet or lpf; may be given "
    "again.",
)  # fmt: skip
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
        click.echo(say_issue(issue), err=True)
    if not options["quiet"]:
        click.echo(_summarize(atlas, output), err=True)
    if options["verbose"]:
        for issue in atlas.issues:
            if not issue.means_unusable:
                click.echo(say_issue(issue), err=True)
    sys.exit(1 if unusable else 0)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per doubt, for machines.")
@click.pass_obj
def check(options: dict[str, bool], folder: Path, as_json: bool) -> None:
    """Re-read an output folder and say what is doubtful in it.

    Example: claimatlas check output/
    """
    from claimatlas.checks import check_folder, count_kinds

    issues = check_folder(folder)
    for issue in issues:
        click.echo(json.dumps(to_dict(issue), ensure_ascii=False) if as_json else say_issue(issue))
    if not options["quiet"]:
        kinds = ", ".join(f"{count} {kind}" for kind, count in count_kinds(issues).items())
        click.echo(
            f"{count_of(len(issues), 'doubt')} ({kinds})." if issues else "Nothing doubtful was found.", err=True
        )


@click.command()
@click.argument("older", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("newer", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per change, for machines.")
@click.pass_obj
def diff(options: dict[str, bool], older: Path, newer: Path, as_json: bool) -> None:
    """Say what changed from one output folder to another: new, gone, moved, merged, other toll.

    Example: claimatlas diff output-may/ output-june/
    """
    from claimatlas.diff import diff_folders

    changes = diff_folders(older, newer)
    for change in changes:
        click.echo(json.dumps(change.to_dict(), ensure_ascii=False) if as_json else str(change))
    if not options["quiet"]:
        counts = Counter(change.change.value for change in changes)
        kinds = ", ".join(f"{count} {kind}" for kind, count in counts.items())
        click.echo(f"{count_of(len(changes), 'change')} ({kinds})." if changes else "Nothing changed.", err=True)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("table", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--column", "columns", multiple=True, metavar="FIELD=NAME",
    help="Which column holds a field, where it is not recognised (date_start, latitude, killed_min, actors, ...).",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for machines.")
@click.pass_obj
def compare(options: dict[str, bool], folder: Path, table: Path, columns: tuple[str, ...], as_json: bool) -> None:
    """Match the incidents of FOLDER to a TABLE of other records (CSV or XLSX laid out as ACLED, UCDP GED, Airwars...).

    Example: claimatlas compare output/ acled.csv --column killed_min=fatalities
    """
    from claimatlas.checks import INCIDENTS_FILE, read_layer
    from claimatlas.otherrecords import match_records, read_records

    records, unusable = read_records(table, _parse_columns(columns))
    incidents = read_layer(folder / INCIDENTS_FILE)
    comparison = match_records(incidents, records, unusable)
    for reason in unusable:
        click.echo(reason, err=True)
    if as_json:
        click.echo(json.dumps(comparison.to_dict(), ensure_ascii=False))
    else:
        headlines = {str(record["incident_id"]): str(record.get("headline")) for record in incidents}
        for match in comparison.matches:
            differences = "; ".join(match.disagreements) or "no disagreement"
            click.echo(f"matched: {match.incident_id} = {match.record_id} ({differences})")
        for incident_id in comparison.only_here:
            click.echo(f"only here: {incident_id} {headlines[incident_id]}")
        for record in (record for record in records if record.id in set(comparison.only_there)):
            click.echo(f"only there: {record.id} {record.start} {record.place or ''}".rstrip())
    if not options["quiet"]:
        differing = sum(1 for match in comparison.matches if match.disagreements)
        click.echo(
            f"{len(comparison.matches)} matched, {differing} of them with disagreements; "
            f"{len(comparison.only_here)} only here, {len(comparison.only_there)} only there.",
            err=True,
        )
    sys.exit(1 if unusable else 0)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--decisions", "path", type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write. Default: decisions.yml in FOLDER.",
)  # fmt: skip
@click.option("--by", help="Who decides. Default: the name of the user.")
@click.option("--limit", type=click.IntRange(min=1), help="Show at most so many cases.")
@click.pass_obj
def review(options: dict[str, bool], folder: Path, path: Path | None, by: str | None, limit: int | None) -> None:
    """Walk through the doubtful cases of an output folder, most doubtful first, and write down what you decide.

    Run `claimatlas map` again afterwards: the decisions are applied on every run.

    Example: claimatlas review output/
    """
    from claimatlas.review import review_folder

    decided = review_folder(folder, path or folder / "decisions.yml", by or getpass.getuser(), limit)
    if not options["quiet"]:
        where = path or folder / "decisions.yml"
        written = f"{count_of(decided, 'decision')} written to {where}; run `claimatlas map` again to apply them."
        click.echo(written if decided else "Nothing was decided, and nothing written.", err=True)


def _parse_columns(columns: tuple[str, ...]) -> dict[str, str]:
    named: dict[str, str] = {}
    for column in columns:
        field, separator, name = column.partition("=")
        if not separator:
            raise click.UsageError(f"--column {column}: write FIELD=NAME, as in date_start=day.")
        named[field] = name
    return named


def find_unusable(atlas: Atlas) -> list[Issue]:
    """The issues that stand for input nothing could be read from."""
    return [issue for issue in atlas.issues if issue.means_unusable]


def _seeds() -> Path:
    from claimatlas.resources import data_folder

    return data_folder("seeds")


def _progress(options: dict[str, bool]) -> Callable[[int], None] | None:
    if options["quiet"] or not sys.stderr.isatty():
        return None

    def show(done: int) -> None:
        click.echo(f"\r{count_of(done, 'report')} read", nl=False, err=True)

    return show


def _summarize(atlas: Atlas, output: Path) -> str:
    located = sum(1 for incident in atlas.incidents if incident.location is not None)
    start = "\r" if sys.stderr.isatty() else ""
    issues = count_of(len(atlas.issues), "issue")
    if atlas.issues:
        issues += f" (in {output / 'issues.jsonl'})"
    return (
        f"{start}{count_of(len(atlas.reports), 'report')}, {count_of(len(atlas.incidents), 'incident')} "
        f"({located:,} on the map), {issues}. Open {output / 'map.html'}."
    )
