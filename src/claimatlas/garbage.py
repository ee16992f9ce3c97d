"""Python's garbage collector, kept from walking through what stays."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# A report makes some ten thousand objects, nearly all of which go without the garbage collector's help.
_THRESHOLD = 50_000


@contextmanager
def rare_collector() -> Iterator[None]:
    """Let the collector run seldom; what `spare_loaded` set aside meanwhile is looked at again afterwards."""
    before = gc.get_threshold()
    gc.set_threshold(_THRESHOLD)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def spare_loaded() -> None:
    """Keep the collector from walking through all that is loaded by now, again and again: a sixth of a run's time."""
    if gc.get_freeze_count() == 0:
        gc.freeze()


@contextmanager
def without_collector() -> Iterator[None]:
    """Pause the garbage collector where many objects are made that all stay and form no cycles."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
