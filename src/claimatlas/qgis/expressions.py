"""Expressions in QGIS's language over our columns, and text of reports made safe for HTML."""

from __future__ import annotations

from claimatlas.qgis.xml import quoted
from claimatlas.records.columns import COARSE_PRECISIONS

COARSE = '"precision" IN ({})'.format(", ".join(quoted(precision) for precision in COARSE_PRECISIONS))
"""Whether a point stands for an area."""
KILLED = 'coalesce("killed_max", "killed_min")'
"""The highest claim of killed."""
FIGURES = (
    "CASE"
    ' WHEN "killed_min" IS NULL AND "killed_max" IS NULL THEN \'no figure of killed\''
    " WHEN \"killed_max\" IS NULL THEN 'at least ' || \"killed_min\" || ' killed'"
    " WHEN \"killed_min\" IS NULL THEN 'up to ' || \"killed_max\" || ' killed'"
    ' WHEN "killed_min" = "killed_max" THEN "killed_min" || \' killed\''
    " ELSE \"killed_min\" || '–' || \"killed_max\" || ' killed'"
    " END"
)
"""How many were killed, in words."""
DAYS = (
    "CASE"
    " WHEN \"date_start\" IS NULL THEN 'date unknown'"
    ' WHEN "date_end" IS NULL OR "date_end" = "date_start" THEN format_date("date_start", \'d MMM yyyy\')'
    " ELSE format_date(\"date_start\", 'd MMM yyyy') || ' – ' || format_date(\"date_end\", 'd MMM yyyy')"
    " END"
)
"""The day or days, in words."""
CLAIM_FIGURES = (
    "CASE"
    ' WHEN "outcome" IS NULL THEN NULL'
    ' WHEN "min" IS NULL AND "max" IS NULL THEN "victims" || \' \' || "outcome"'
    ' WHEN "max" IS NULL THEN \'at least \' || "min" || \' \' || "victims" || \' \' || "outcome"'
    ' WHEN "min" IS NULL THEN \'up to \' || "max" || \' \' || "victims" || \' \' || "outcome"'
    ' WHEN "min" = "max" THEN "min" || \' \' || "victims" || \' \' || "outcome"'
    ' ELSE "min" || \'–\' || "max" || \' \' || "victims" || \' \' || "outcome"'
    " END"
)
"""How many of whom a claim counts, in words; NULL for a statement about the deed."""


def escaped(expression: str) -> str:
    """A text made safe for HTML; QGIS has no function for it."""
    # The map's keys are applied in their sorted order: & comes first.
    return f"replace(coalesce({expression}, ''), map('&', '&amp;', '<', '&lt;', '>', '&gt;'))"


def shown(name: str) -> str:
    """A column's value inside HTML."""
    return f"[% {escaped(column(name))} %]"


def column(name: str) -> str:
    """A column as an expression."""
    return f'"{name}"'
