"""Make the README's picture: the map of the seeds with one record open, in headless Chromium.

Run `python -m benchmarks.picture` from the top of the checkout; it maps `seeds/` and writes `docs/map.png`.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.map import CHROMIUM, CHROMIUM_OPTIONS
from playwright.sync_api import sync_playwright

from claimatlas.model import Incident
from claimatlas.pipeline import map_reports
from claimatlas.resources import data_folder

PICTURE = Path(__file__).parents[1] / "docs" / "map.png"
SIZE = {"width": 1280, "height": 780}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        atlas = map_reports([data_folder("seeds")], Path(folder))
        telling = max(atlas.incidents, key=_worth_showing)
        browser = play.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_OPTIONS))
        page = browser.new_page(viewport=SIZE, device_scale_factor=1.5, color_scheme="light")
        page.goto(f"{(Path(folder) / 'map.html').as_uri()}#incident={telling.id}")
        page.wait_for_function("performance.getEntriesByName('claimatlas-shown').length > 0")
        page.evaluate("document.activeElement.blur()")
        page.wait_for_timeout(300)
        PICTURE.parent.mkdir(exist_ok=True)
        page.screenshot(path=PICTURE)
        browser.close()
    print(f"{PICTURE}: {telling.headline}")


def _worth_showing(incident: Incident) -> tuple[bool, int, int, str]:
    """Who says what is the point: the more claimants and figures stand side by side, the better."""
    claimants = {claim.claimant for claim in incident.claims if claim.outcome is not None}
    return incident.location is not None, len(claimants), len(incident.claims), incident.id


if __name__ == "__main__":
    main()
