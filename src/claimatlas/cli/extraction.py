"""The commands `extract` and `evaluate`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click
import msgspec

from claimatlas.cli.options import to_file_or_stdout
from claimatlas.errors import InputError
from claimatlas.files import replacing


@click.command()
@click.argument("inputs", nargs=-1, required=True, type=click.Path(allow_dash=True))
@to_file_or_stdout
@click.option("--explain", is_flag=True, help="Show for people which words led to which value, instead of JSON.")
@click.option("--extractor", default="builtin", show_default=True, help="`builtin`, or `openai:MODEL@URL`.")
@click.option("--processes", type=click.IntRange(min=1), help="Processes to use; default: as the work needs.")
@click.pass_obj
def extract(
    options: dict[str, bool],
    inputs: tuple[str, ...],
    output: Path | None,
    explain: bool,
    extractor: str,
    processes: int | None,
) -> None:
    """Write one JSON object per report: the incidents and claims it tells, from its own words alone.

    Example: claimatlas extract seeds/ -o extracted.jsonl
    """
    from claimatlas.coding import code_extraction
    from claimatlas.explain import explain_extraction
    from claimatlas.llm import choose_extractor
    from claimatlas.model import Issue
    from claimatlas.pipeline import extract_reports
    from claimatlas.reports import read_reports

    results = extract_reports(read_reports(list(inputs)), choose_extractor(extractor), processes=processes)
    n_read = n_unusable = n_doubts = n_incidents = 0
    with _open_output(output) as stream:
        for result in results:
            for issue in (result,) if isinstance(result, Issue) else result.issues:
                n_unusable += issue.means_unusable
                n_doubts += not issue.means_unusable
                if issue.means_unusable or options["verbose"]:
                    click.echo(f"{issue.source or issue.report_id}: {issue.reason}", err=True)
            if isinstance(result, Issue):
                continue
            n_read += 1
            n_incidents += len(result.incidents)
            line = explain_extraction(result) if explain else msgspec.json.encode(code_extraction(result)).decode()
            stream.write(line + "\n")
        if n_read == 0:
            raise InputError(f"Nothing usable in {', '.join(inputs)}; name files of reports or folders of them.")
    if not options["quiet"]:
        hint = "" if options["verbose"] or not n_doubts else " (-v shows them)"
        click.echo(
            f"{n_read} reports read, {n_incidents} incidents found, {n_unusable} inputs not usable, "
            f"{n_doubts} doubts{hint}.",
            err=True,
        )
    sys.exit(1 if n_unusable else 0)


@click.command()
@click.argument("gold", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("pred", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
@click.option("--differences", is_flag=True, help="List what differs, report by report.")
def evaluate(gold: Path, pred: Path, as_json: bool, differences: bool) -> None:
    """Score extracted incidents (PRED) against coded ones (GOLD), both as `extract` writes them.

    Example: claimatlas evaluate coded.jsonl extracted.jsonl
    """
    from claimatlas.evaluate import evaluate as evaluate_files

    evaluation = evaluate_files(gold, pred)
    if as_json:
        click.echo(msgspec.json.encode(evaluation.to_dict()).decode())
        return
    click.echo(evaluation.to_text(differences=differences))


@contextmanager
def _open_output(path: Path | None) -> Iterator[IO[str]]:
    """Standard output, or a file that takes its name only when it is complete."""
    if path is None:
        yield sys.stdout
        return
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as stream:
        yield stream
