"""The map's data as its page reads it."""

from __future__ import annotations

from typing import Any


def decode(packed: Any, n: int) -> list[Any]:
    """What the page's `decodeColumn` does."""
    if isinstance(packed, list):
        return packed
    if "all" in packed:
        return [packed["all"]] * n
    if "at" in packed:
        return [packed["of"][index] for index in packed["at"]]
    total, values = 0, []
    for step in packed["steps"]:
        total += step
        values.append(total)
    return values


def column(table: dict[str, Any], name: str) -> list[Any]:
    return decode(table["columns"][name], table["n"])
