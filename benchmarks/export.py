"""How long the files of a large collection take: `python -m benchmarks.export [INCIDENTS CLAIMS]`."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.synthetic import make_atlas

from claimatlas.export import FORMATS, write_interchange, write_layers


def main() -> None:
    n_incidents, n_claims = map(int, sys.argv[1:3] or ("8114", "25000"))
    atlas = make_atlas(n_incidents, n_claims, seed=1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(f"layers       {_seconds(lambda: write_layers(atlas, folder))}")
        for format_name in FORMATS:
            took = _seconds(lambda chosen=format_name: write_interchange(atlas, folder, [chosen]))
            print(f"{format_name:<12} {took}")
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                print(f"{path.stat().st_size / 1e6:8.2f} MB  {path.relative_to(folder)}")


def _seconds(action: Callable[[], object]) -> str:
    """Time by the clock, and of the processor alone, which others at work on the machine do not lengthen."""
    start, busy = time.perf_counter(), time.process_time()
    action()
    return f"{time.perf_counter() - start:6.2f} s, {time.process_time() - busy:6.2f} s of the processor"


if __name__ == "__main__":
    main()
