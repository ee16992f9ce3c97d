"""Records: one type a column, and the same columns everywhere."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from claimatlas.export import FORMATS, make_tables
from claimatlas.model import Actor, Totals
from claimatlas.qgis.renderers import CASUALTY_SIZES
from claimatlas.records.columns import CLAIM_COLUMNS, COORDINATE_COLUMNS, INCIDENT_COLUMNS, TABLES, Kind
from claimatlas.records.palette import ACTOR_COLORS, ACTOR_SHAPES, NO_ACTOR_COLOR, SEVERAL_ACTORS_COLOR
from claimatlas.records.tables import incident_record, split_ids, web_address
from factories import DUMA, make_incident, make_small_atlas

TYPES = {Kind.TEXT: str, Kind.INTEGER: int, Kind.REAL: float, Kind.BOOLEAN: bool, Kind.DATE: str}
DOCS = Path(__file__).parents[1] / "docs" / "formats.md"


def test_records_have_the_columns_in_order_and_one_type_each() -> None:
    for table, records in make_tables(make_small_atlas()).items():
        columns = TABLES[table]
        for record in records:
            assert list(record)[: len(columns)] == [column.name for column in columns]
            for column in (*columns, *(c for c in COORDINATE_COLUMNS if c.name in record)):
                value = record[column.name]
                assert value is None or type(value) is TYPES[column.kind], (table, column.name, value)
                if column.kind is Kind.DATE and value is not None:
                    assert re.fullmatch(r"\d{4}-\d\d-\d\d", str(value))


def test_closed_sets_hold_every_value() -> None:
    for table, records in make_tables(make_small_atlas()).items():
        for column in TABLES[table]:
            if column.values is not None:
                assert {record[column.name] for record in records} - {None} <= set(column.values)


def test_several_actors_are_joined_and_share_a_color() -> None:
    both = make_incident("i", "r", "w", place=DUMA, actors=(Actor.RUSSIA, Actor.ISRAEL), killed=(1, 1), headline="h")
    record = incident_record(both)
    assert record["actors"] == "russia;israel"
    assert record["color_actor"] == SEVERAL_ACTORS_COLOR
    assert incident_record(replace(both, actors=()))["color_actor"] == NO_ACTOR_COLOR


def test_casualty_class_takes_the_highest_figure_else_the_lowest() -> None:
    incident = make_incident("i", "r", "w", place=DUMA, actors=(), killed=(4, 12), headline="h")
    assert incident_record(incident)["casualty_class"] == "10-24"
    for totals, expected in (
        (Totals(killed_min=50), "50+"), (Totals(), "unknown"), (Totals(killed_min=0, killed_max=0), "none"),
    ):  # fmt: skip
        assert incident_record(replace(incident, totals=totals))["casualty_class"] == expected


def test_an_incident_without_a_place_has_no_coordinates() -> None:
    record = incident_record(make_incident("i", "r", "w", place=None, actors=(), killed=(1, 1), headline="h"))
    assert (record["lat"], record["lon"], record["precision"], record["radius_m"]) == (None, None, None, None)


def test_every_actor_has_a_color_and_a_shape_of_its_own() -> None:
    """QGIS's style tells actors apart by the colour column alone."""
    colors = [*ACTOR_COLORS.values(), NO_ACTOR_COLOR, SEVERAL_ACTORS_COLOR]
    assert len(set(colors)) == len(colors) == len(Actor) + 2
    assert len(set(ACTOR_SHAPES.values())) == len(ACTOR_SHAPES) == len(Actor)
    sizes = [CASUALTY_SIZES[name] for name in ("none", "1-4", "5-9", "10-24", "25-49", "50+")]
    assert sizes == sorted(sizes)


def test_an_id_with_the_separator_in_it_stays_whole() -> None:
    assert split_ids("a;b;c", {"a", "b;c"}) == ["a", "b;c"]
    assert split_ids("a;b", {"a", "b"}) == ["a", "b"]
    assert split_ids(None, {"a"}) == []


def test_only_addresses_of_the_web_are_links() -> None:
    assert web_address("https://example.org/a") == "https://example.org/a"
    assert web_address("HTTP://example.org") == "HTTP://example.org"
    for address in (None, "", "javascript:alert(1)", "file:///etc/passwd", " data:text/html,x"):
        assert web_address(address) is None


def test_documents_hold_every_column_and_format() -> None:
    text = DOCS.read_text(encoding="utf-8")
    for name, columns in TABLES.items():
        section = text.partition(f"### {name}\n")[2].partition("\n## ")[0].partition("\n### ")[0]
        for column in columns:
            row = f"| `{column.name}` | {column.kind} | {column.title} | {column.meaning}"
            assert row in section, f"docs/formats.md, {name}: {row}"
    for column in (*INCIDENT_COLUMNS, *CLAIM_COLUMNS):
        assert column.hxl in text
    for name in FORMATS:
        assert f"| `{name}` |" in text
