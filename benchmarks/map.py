"""How large the map gets, how long it takes to write, and how fast it opens and filters in headless Chromium.

Run `python -m benchmarks.map` from the top of the checkout; `--incidents 50000` for the large one. The figures
to keep, on a machine with two cores: 8,114 incidents with 25,000 claims in at most 6 MB, written within 3 s,
marks on the screen within 1.5 s, a filter or brush step within 100 ms; 50,000 incidents within 5 s and 400 ms.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.synthetic import make_atlas
from playwright.sync_api import Page, sync_playwright

from claimatlas.layers import load_layers
from claimatlas.maps import write_map

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_OPTIONS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
ROUNDS = 5
# Runs a step and waits until its result is on the screen.
TIMED = """async (step) => {
  const start = performance.now();
  (new Function(step))();
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - start;
}"""
STEPS = {
    "legend: one actor": "document.querySelector('.ca-legend-entry:nth-child(2)').click()",
    "colour by deaths": "document.querySelector('.ca-tabs [data-by=deaths]').click()",
    "colour by actor": "document.querySelector('.ca-tabs [data-by=actor]').click()",
    "undated": "document.querySelector('.ca-time-head .ca-chip').click()",
    "brush by key": """const handle = document.querySelector('.ca-handle');
        handle.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));""",
    "search": """const box = document.querySelector('.ca-search');
        box.value = box.value ? '' : 'aleppo medics';
        box.dispatchEvent(new Event('input'));""",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--incidents", type=int, default=8114)
    parser.add_argument("--claims", type=int, help="default: 25,000 for each 8,114 incidents")
    options = parser.parse_args()
    n_claims = options.claims or round(options.incidents * 25_000 / 8114)
    atlas = make_atlas(options.incidents, n_claims)
    layers = load_layers()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "map.html"
        seconds = []
        for _ in range(3):
            start = time.perf_counter()
            write_map(atlas, path, layers=layers)
            seconds.append(time.perf_counter() - start)
        print(f"{options.incidents:,} incidents, {n_claims:,} claims")
        print(f"written in      {min(seconds):6.2f} s, {path.stat().st_size / 1e6:.2f} MB")
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_OPTIONS))
            print(f"marks on screen {statistics.median(_open(browser, path) for _ in range(ROUNDS)):6.0f} ms")
            page = browser.new_page(viewport={"width": 1360, "height": 860})
            page.goto(path.as_uri())
            _wait(page)
            page.wait_for_timeout(3000)  # the search index is made in idle moments
            for name, step in STEPS.items():
                times = [page.evaluate(TIMED, step) for _ in range(2 * ROUNDS)]
                print(f"{name:<20}{statistics.median(times):6.0f} ms (slowest {max(times):.0f})")
            browser.close()


def _open(browser: object, path: Path) -> float:
    page = browser.new_page(viewport={"width": 1360, "height": 860})  # type: ignore[attr-defined]
    page.goto(path.as_uri())
    shown = _wait(page)
    page.close()
    return shown


def _wait(page: Page) -> float:
    page.wait_for_function("performance.getEntriesByName('claimatlas-shown').length > 0")
    return float(page.evaluate("performance.getEntriesByName('claimatlas-shown')[0].startTime"))


if __name__ == "__main__":
    main()
