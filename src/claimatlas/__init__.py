"""claimatlas: who says what about which incident of civilian harm, and where it happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from claimatlas.api import Collection, read

__all__ = ["Collection", "__version__", "read"]

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    # geopandas takes a second to import; whoever only wants the version or the command line does not wait for it.
    if name in ("Collection", "read"):
        from claimatlas import api

        return getattr(api, name)
    raise AttributeError(f"module 'claimatlas' has no attribute {name!r}")
