from pathlib import Path

import pytest

from claimatlas.errors import GazetteerError
from claimatlas.gazetteer import eventdensity
from claimatlas.gazetteer.eventdensity import log_events_near
from claimatlas.geodesy import cell_of


def test_more_was_recorded_at_the_fronts_than_in_the_desert() -> None:
    aleppo, desert = log_events_near(36.2, 37.15), log_events_near(34.0, 38.9)
    assert aleppo > 2 * desert + 1
    assert log_events_near(51.0, 10.0) == 0.0


def test_a_cell_begins_in_its_south_west() -> None:
    assert cell_of(36.2001, 37.1501) == (724, 743)
    assert cell_of(-0.01, -0.01) == (-1, -1)


def test_events_count_less_with_the_distance(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "event_cells.csv").write_text("lat,lon,events\n35.025,38.025,50\n", encoding="utf-8")
    monkeypatch.setattr(eventdensity, "data_folder", lambda _: tmp_path)
    eventdensity._spread_cells.cache_clear()
    try:
        there, beside, away = (log_events_near(35.025 + d, 38.025) for d in (0.0, 0.05, 0.5))
    finally:
        eventdensity._spread_cells.cache_clear()
    assert there > beside > away == 0.0


@pytest.mark.parametrize("text", ["", "lat,lon\n1,2\n", "lat,lon,events\nx,y,z\n", "lat,lon,events\n35,38,-4\n"])
def test_a_broken_table_is_named(text: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "event_cells.csv").write_text(text, encoding="utf-8")
    monkeypatch.setattr(eventdensity, "data_folder", lambda _: tmp_path)
    eventdensity._spread_cells.cache_clear()
    try:
        if text:
            with pytest.raises(GazetteerError, match=r"event_cells\.csv"):
                log_events_near(35, 38)
        else:
            assert log_events_near(35, 38) == 0.0
    finally:
        eventdensity._spread_cells.cache_clear()
