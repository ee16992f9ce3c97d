"""How long grouping takes, how much memory, and how time grows: `python -m benchmarks.group [REPORTS]`.

Prints one JSON object for 20,000 made-up reports of 8,000 events and one for twice as many. The floors: 30 s
and 1 GB on one core for the first, and at most 2.3 times its time for the second.
"""

from __future__ import annotations

import itertools
import json
import resource
import subprocess
import sys
import time
from collections import defaultdict

EVENTS_PER_REPORT = 0.4


def measure(n_reports: int) -> dict[str, float]:
    """Group so many made-up reports in this process."""
    from benchmarks.tellings import make_extractions

    from claimatlas.group import group_incidents

    extractions, truth = make_extractions(int(n_reports * EVENTS_PER_REPORT), n_reports)
    event_of = {extraction.report.id: event for extraction, event in zip(extractions, truth, strict=True)}
    started = time.process_time()
    grouping = group_incidents(extractions)
    seconds = time.process_time() - started
    told: defaultdict[int, list[str]] = defaultdict(list)
    for report_id, event in event_of.items():
        told[event].append(report_id)
    true = sum(len(reports) * (len(reports) - 1) // 2 for reports in told.values())
    pairs = [pair for incident in grouping.incidents for pair in itertools.combinations(incident.report_ids, 2)]
    right = sum(event_of[one] == event_of[other] for one, other in pairs)
    return {
        "reports": n_reports,
        "incidents": len(grouping.incidents),
        "seconds": round(seconds, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "pair_precision": round(right / max(1, len(pairs)), 4),
        "pair_recall": round(right / max(1, true), 4),
    }


def main() -> None:
    n_reports = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    if len(sys.argv) > 2:
        print(json.dumps(measure(n_reports)))
        return
    # Each size in a process of its own, so that the peak of memory is its own too.
    for size in (n_reports, 2 * n_reports):
        subprocess.run([sys.executable, "-m", "benchmarks.group", str(size), "once"], check=True)


if __name__ == "__main__":
    main()
