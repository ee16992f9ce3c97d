"""The garbage collector is left as it was found."""

from __future__ import annotations

import gc

import pytest

from claimatlas.garbage import rare_collector, spare_loaded, without_collector


def break_off() -> None:
    with without_collector():
        assert not gc.isenabled()
        raise ValueError("on purpose")


def test_the_collector_rests_and_goes_on_also_after_an_error() -> None:
    assert gc.isenabled()
    with pytest.raises(ValueError, match="on purpose"):
        break_off()
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with without_collector():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_what_is_loaded_is_spared_until_the_work_is_done() -> None:
    before = gc.get_threshold()
    with rare_collector():
        spare_loaded()
        held = gc.get_freeze_count()
        loaded_later = [[number] for number in range(10)]
        spare_loaded()
        assert gc.get_freeze_count() == held > 0, f"set aside once, not {loaded_later[:1]} too"
        assert gc.get_threshold()[0] > before[0]
    assert (gc.get_freeze_count(), gc.get_threshold()) == (0, before)
