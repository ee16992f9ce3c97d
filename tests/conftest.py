"""Shared by all tests: where the corpora beside the checkout are, and no silent skips where the gate promises none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import claimatlas
from claimatlas.export import write_layers
from claimatlas.reference import Reference, load_reference
from factories import make_small_atlas

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
# Set by .ci/run, which installs Chromium, QGIS and PostgreSQL: a test that needs them must then run.
MAY_SKIP_TOOLS = not os.environ.get("CLAIMATLAS_NO_SKIP")
TOOL_MARKERS = ("browser", "qgis", "postgis")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of corpora and outside reference data, which is not part of the project."""
    if not SHARED.is_dir():
        pytest.skip("the corpora (../shared) are not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    """The curated gazetteer and the layers, loaded once."""
    own = "CLAIMATLAS_DATA" in os.environ
    return load_reference(None if own else tmp_path_factory.getbasetemp() / "store")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a small map writes; a module whose tests need another folder has its own."""
    target = tmp_path_factory.mktemp("output")
    write_layers(make_small_atlas(), target)
    return target


@pytest.fixture(scope="module")
def collection(folder: Path) -> claimatlas.Collection:
    """What is read back from it."""
    return claimatlas.read(folder)


@pytest.fixture(autouse=True)
def _no_user_store(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests see the curated gazetteer alone, whatever the person at the keyboard has imported."""
    if "CLAIMATLAS_DATA" not in os.environ:
        monkeypatch.setenv("CLAIMATLAS_DATA", str(tmp_path_factory.getbasetemp() / "store"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """Where skipping is forbidden, a skipped browser, QGIS or PostGIS test is a failed one."""
    report = yield
    needs_tool = any(item.get_closest_marker(name) for name in TOOL_MARKERS)
    if report.skipped and needs_tool and not MAY_SKIP_TOOLS and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
    return report
