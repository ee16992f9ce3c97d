"""The line: from reports to mentions, claims, incidents, places and outputs.

For one report (`extract_report`, a pure function of the report and the reference data):

1. clean the text, keeping the way back to the raw offsets,
2. find mentions: deeds, victims, numbers, days, actors, claimants, places,
3. make claims of them: who says how many of whom,
4. make incidents of the claims, and say where and when each happened.

For a collection (`map_reports`):

5. read the reports and extract each (spread over processes when there are many),
6. group what is one event, grade it, apply what people decided,
7. check what came out, and write the map and the layers.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import itertools
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from multiprocessing.pool import Pool
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from claimatlas import __version__
from claimatlas.bilingual import join_extractions, split_report
from claimatlas.claims import make_claims
from claimatlas.errors import InputError
from claimatlas.garbage import rare_collector, spare_loaded
from claimatlas.incidents import make_incidents
from claimatlas.layers import load_layers
from claimatlas.mentions import find_mentions
from claimatlas.model import Atlas, Extraction, Issue, Report
from claimatlas.reference import Reference, load_reference
from claimatlas.reports import read_reports
from claimatlas.resources import data_folder, user_store

if TYPE_CHECKING:
    from claimatlas.extractioncache import ExtractionCache

# A batch is large enough to keep every process busy and small enough that memory stays flat.
BATCH_SIZE = 512
# Below this many reports, starting processes costs more than they save.
MIN_REPORTS_FOR_PROCESSES = 200
# When nothing at all can be read, the first few reasons tell enough.
MOST_REASONS = 3

Extractor: TypeAlias = Callable[[Report, Reference], Extraction]
"""What turns a report into incidents; `extract_report` is the built-in one, `llm.py` has another."""


def extract_report(report: Report, reference: Reference) -> Extraction:
    """Say which incidents a report tells, from the report's own words alone.

    Args:
        report: The report.
        reference: Gazetteer and layers.

    Returns:
        The report with its incidents, in order of the text, and whatever was doubtful.
    """
    parts = split_report(report)
    if parts is None:
        return _extract_part(report, reference)
    own, other = parts
    return join_extractions(report, _extract_part(own, reference), _extract_part(other, reference))


def _extract_part(report: Report, reference: Reference) -> Extraction:
    """What a report in one language tells."""
    mentions = find_mentions(report, reference)
    claims = make_claims(mentions)
    return make_incidents(mentions, claims, reference)


def extract_reports(
    items: Iterable[Report | Issue],
    extractor: Extractor = extract_report,
    *,
    store: Path | None = None,
    processes: int | None = None,
    cache: ExtractionCache | None = None,
) -> Iterator[Extraction | Issue]:
    """Extract reports as they come, in their order; memory does not grow with their number.

    Args:
        items: Reports, and issues about input that could not be read, which pass through.
        extractor: What reads one report.
        store: Folder of imported gazetteers; by default the user's own store.
        processes: How many to spread the work over; None chooses by the number of reports and processors.
        cache: Where extractions of reports seen before are found, and new ones kept.

    Yields:
        An extraction for each report, the issues in between.
    """
    work = functools.partial(_extract_item, extractor=extractor, store=store)
    with contextlib.ExitStack() as stack:
        stack.enter_context(rare_collector())
        pool: Pool | None = None
        for batch in _batches(items):
            known = {} if cache is None else _find_known(batch, cache)
            todo = [item for position, item in enumerate(batch) if position not in known]
            if todo:
                load_reference(store)
                spare_loaded()
            if pool is None and _wants_processes(len(todo), processes):
                pool = stack.enter_context(multiprocessing.Pool(processes))
            done = iter(pool.map(work, todo, chunksize=16) if pool else map(work, todo))
            for position in range(len(batch)):
                result = known[position] if position in known else next(done)
                if cache is not None and position not in known and isinstance(result, Extraction):
                    cache.put(result)
                yield result


def _find_known(batch: list[Report | Issue], cache: ExtractionCache) -> dict[int, Extraction]:
    """The extractions of those reports of a batch that were read before, by position."""
    found = ((position, cache.get(item)) for position, item in enumerate(batch) if isinstance(item, Report))
    return {position: extraction for position, extraction in found if extraction is not None}


def _batches(items: Iterable[Report | Issue]) -> Iterator[list[Report | Issue]]:
    stream = iter(items)
    while batch := list(itertools.islice(stream, BATCH_SIZE)):
        yield batch


def _wants_processes(n_reports: int, processes: int | None) -> bool:
    if processes is not None:
        return processes > 1
    return n_reports >= MIN_REPORTS_FOR_PROCESSES and (os.cpu_count() or 1) > 1


def _extract_item(item: Report | Issue, extractor: Extractor, store: Path | None) -> Extraction | Issue:
    if isinstance(item, Issue):
        return item
    try:
        return extractor(item, load_reference(store))
    except Exception as error:
        # One report must not cost the others; the fault is named, so that it is mended and not forgotten.
        reason = f"Extraction failed ({type(error).__name__}: {error}); please tell the maintainers, with the report."
        return Issue("extraction_failed", reason, item.id, item.source)


def map_reports(
    inputs: Sequence[Path | str],
    output: Path,
    *,
    tiles: str | None = None,
    formats: Sequence[str] = (),
    decisions: Path | None = None,
    processes: int | None = None,
    report_progress: Callable[[int], None] | None = None,
) -> Atlas:
    """The main job: from files of reports to the map and the layers.

    Args:
        inputs: Files and folders of reports; `-` is standard input.
        output: Folder to write; made when missing.
        tiles: Name or address template of online tiles to offer; none by default.
        formats: Further formats to write (`export.interchange.FORMATS`).
        decisions: A `decisions.yml`; by default the one in `output`, if there is one.
        processes: How many processes extract; None chooses.
        report_progress: Called with the number of reports done so far.

    Returns:
        What was written, for a summary.

    Raises:
        InputError: There is nothing usable in the inputs, or no such format.
        DecisionError: `decisions.yml` cannot be read.
        OutputError: The folder cannot be written.
    """
    from claimatlas.checks import check_atlas
    from claimatlas.decisions import read_decisions
    from claimatlas.export import write_layers
    from claimatlas.export.interchange import check_formats, write_interchange
    from claimatlas.extractioncache import ExtractionCache
    from claimatlas.group import group_incidents
    from claimatlas.group.file import read_known, write_grouping
    from claimatlas.maps import write_map

    check_formats(formats)
    decided = read_decisions(decisions or output / "decisions.yml")
    with ExtractionCache(user_store() / "extractions.sqlite", _hash_reference()) as cache:
        results = extract_reports(read_reports(inputs), processes=processes, cache=cache)
        extractions, issues = _collect(results, report_progress)
    if not extractions:
        unusable = [issue.reason for issue in issues if issue.means_unusable][:MOST_REASONS]
        reasons = " ".join(unusable) or "no file of a known kind was found; give .txt, .md, .html, .jsonl or .csv."
        raise InputError(f"Nothing usable in {', '.join(map(str, inputs))}: {reasons}")
    grouping = group_incidents(extractions, decided, read_known(output))
    atlas = Atlas(
        reports=tuple(extraction.report for extraction in extractions),
        incidents=grouping.incidents,
        issues=(*issues, *(issue for extraction in extractions for issue in extraction.issues), *grouping.issues),
        inputs={extraction.report.id: extraction.report.content_hash for extraction in extractions},
        versions={"claimatlas": __version__, "reference": _hash_reference()[:12]},
    )
    atlas = dataclasses.replace(atlas, issues=(*atlas.issues, *check_atlas(atlas)))
    layers = load_layers()
    write_layers(atlas, output, layers)
    write_interchange(atlas, output, formats)
    write_map(atlas, output / "map.html", layers=layers, tiles=tiles)
    write_grouping(grouping, output)
    return atlas


@functools.cache
def _hash_reference() -> str:
    """Hash of everything extraction depends on beside the report: code, gazetteer, outlines and imports."""
    from claimatlas.extractioncache import hash_reference

    store = user_store()
    folders = [Path(__file__).parent, data_folder("gazetteer"), data_folder("geo"), store / "imported", store / "geo"]
    own_files = (store / name for name in ("places.csv", "names.csv", "patches.yml"))
    return hash_reference(folders, *(path.read_text(encoding="utf-8") for path in own_files if path.is_file()))


def _collect(
    results: Iterable[Extraction | Issue], report_progress: Callable[[int], None] | None
) -> tuple[list[Extraction], list[Issue]]:
    extractions: list[Extraction] = []
    issues: list[Issue] = []
    for result in results:
        if isinstance(result, Issue):
            issues.append(result)
            continue
        extractions.append(result)
        if report_progress is not None:
            report_progress(len(extractions))
    return extractions, issues
