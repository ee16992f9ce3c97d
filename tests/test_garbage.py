"""The garbage collector is left as it was found."""

from __future__ import annotations

import gc

import pytest

from claimatlas.garbage import without_collector


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
