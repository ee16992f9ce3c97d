"""The reference data every report is read against."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from claimatlas.gazetteer import Gazetteer, load_gazetteer
from claimatlas.layers import Layers, load_layers


@dataclass(frozen=True)
class Reference:
    """The reference data every report is read against.

    Attributes:
        gazetteer: Places and their names.
        layers: Outlines of the country and its areas.
    """

    gazetteer: Gazetteer
    layers: Layers


@functools.cache
def load_reference(store: Path | None = None) -> Reference:
    """Load the curated gazetteer with the user's imports, and the layers, once a process.

    Args:
        store: Folder of imported gazetteers; by default the user's own store.
    """
    return Reference(gazetteer=load_gazetteer(store), layers=load_layers())
