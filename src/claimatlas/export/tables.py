"""The records of a collection, ready for every writer."""

from __future__ import annotations

from claimatlas.export.characters import writable_record
from claimatlas.model import Atlas
from claimatlas.records.tables import Record, claim_records, incident_records, place_records, report_records

Tables = dict[str, list[Record]]
"""The records of `incidents`, `claims`, `reports` and `places`."""


def make_tables(atlas: Atlas) -> Tables:
    """The flat records of every table, with all that no format can hold replaced."""
    tables = {
        "incidents": incident_records(atlas),
        "claims": claim_records(atlas),
        "reports": report_records(atlas),
        "places": place_records(atlas),
    }
    return {name: [writable_record(record) for record in records] for name, records in tables.items()}
