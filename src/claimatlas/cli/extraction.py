"""The commands `extract` and `evaluate`."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click
import msgspec

from claimatlas.cli.options import say_issue, to_file_or_stdout
from claimatlas.errors import InputError
from claimatlas.files import replacing
from claimatlas.model import Extraction, Issue
from claimatlas.records.wording import count_of


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
    from claimatlas.pipeline import extract_reports
    from claimatlas.reports import read_reports

    results = extract_reports(read_reports(list(inputs)), choose_extractor(extractor), processes=processes)
    counts: Counter[str] = Counter()
    with _open_output(output) as stream:
        for result in results:
            issues = (result,) if isinstance(result, Issue) else (*result.issues, *_flags(result))
            counts.update(_say_issues(issues, all_of_them=options["verbose"]))
            if isinstance(result, Issue):
                continue
            counts.update(read=1, incidents=len(result.incidents))
            line = explain_extraction(result) if explain else msgspec.json.encode(code_extraction(result)).decode()
            stream.write(line + "\n")
        if not counts["read"]:
            raise InputError(f"Nothing usable in {', '.join(inputs)}; name files of reports or folders of them.")
    if not options["quiet"]:
        hint = " (-v shows them)" if counts["doubt"] and not options["verbose"] else ""
        click.echo(
            f"{count_of(counts['read'], 'report')} read, {count_of(counts['incidents'], 'incident')} found, "
            f"{count_of(counts['unusable'], 'input')} not usable, {count_of(counts['doubt'], 'doubt')}{hint}.",
            err=True,
        )
    sys.exit(1 if counts["unusable"] else 0)


def _flags(extraction: Extraction) -> Iterator[Issue]:
    """What is doubtful about single incidents, as `claimatlas map` writes it into issues.jsonl."""
    for number, incident in enumerate(extraction.incidents, 1):
        for flag in incident.flags:
            yield Issue("doubtful", f"Incident {number}: {flag}", extraction.report.id)


def _say_issues(issues: Iterable[Issue], *, all_of_them: bool) -> Iterator[str]:
    """Say what could not be used, and the doubts too where they are wanted; gives the kind of each."""
    for issue in issues:
        yield "unusable" if issue.means_unusable else "doubt"
        if issue.means_unusable or all_of_them:
            click.echo(say_issue(issue), err=True)


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
