"""FollowTheMoney: who says what about which incident, as statements and as entities.

An incident becomes an `Event`, a report an `Article`, an actor an `Organization`, a place an `Address`, and a claim a
`Note` on the event. `involved` names whom the claims accuse: that somebody is named says no more than that.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from claimatlas.export.geojson import lonlat
from claimatlas.files import write_bytes, write_text
from claimatlas.model import Actor, stable_id
from claimatlas.records.labels import ACTOR_LABELS
from claimatlas.records.tables import LIST_SEPARATOR, Record, split_ids

DATASET = "claimatlas"

# The order in which FollowTheMoney itself writes the columns of a statement.
STATEMENT_COLUMNS = (
    "canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin", "lang",
    "original_value", "external", "first_seen", "last_seen", "id",
)  # fmt: skip

# The types of the properties we use.
PROPERTY_TYPES: Mapping[str, str] = {
    "name": "name", "alias": "name", "title": "string", "startDate": "date", "endDate": "date", "location": "address",
    "addressEntity": "entity", "involved": "entity", "proof": "entity", "summary": "text", "notes": "text",
    "description": "text", "keywords": "string", "recordId": "string", "publisher": "string", "sourceUrl": "url",
    "publishedAt": "date", "language": "language", "entity": "entity", "full": "address", "latitude": "number",
    "longitude": "number", "state": "string", "country": "country",
}  # fmt: skip

_LANGUAGES = {"en": "eng", "ar": "ara"}


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity: its id, its schema, and the values of each of its properties."""

    id: str
    schema: str
    properties: Mapping[str, tuple[str, ...]]


def write_ftm(tables: Mapping[str, Sequence[Record]], statements: Path, entities: Path) -> None:
    """Write the statements as CSV and the entities as JSON lines.

    Args:
        tables: Records of `incidents`, `claims`, `reports` and `places`.
        statements: The file of statements to be.
        entities: The file of entities to be.

    Raises:
        OutputError: A file cannot be written.
    """
    made = list(make_entities(tables))
    text = io.StringIO(newline="")
    writer = csv.writer(text, dialect=csv.unix_dialect)
    writer.writerow(STATEMENT_COLUMNS)
    for entity in made:
        writer.writerows(_statements(entity))
    write_text(statements, text.getvalue())
    encode = msgspec.json.Encoder().encode
    lines = (
        {"id": entity.id, "schema": entity.schema, "properties": entity.properties, "datasets": [DATASET]}
        for entity in made
    )
    write_bytes(entities, b"".join(encode(line) + b"\n" for line in lines))


def make_entities(tables: Mapping[str, Sequence[Record]]) -> Iterator[Entity]:
    """All entities: actors, places, reports, incidents and claims.

    Args:
        tables: Records of `incidents`, `claims`, `reports` and `places`.
    """
    for actor in sorted(_named_actors(tables["incidents"])):
        yield _entity("actor", actor, "Organization", name=[ACTOR_LABELS[Actor(actor)]])
    for record in tables["places"]:
        yield _place(record)
    for record in tables["reports"]:
        yield _report(record)
    known = {str(record["report_id"]) for record in tables["reports"]}
    for record in tables["incidents"]:
        yield _incident(record, split_ids(record["report_ids"], known))
    for record in tables["claims"]:
        yield _claim(record)


def entity_id(kind: str, identifier: object) -> str:
    """An id of the form FollowTheMoney accepts (ours may hold other signs), the same for the same thing."""
    return stable_id(f"{DATASET}-{kind}", identifier)


def _named_actors(incidents: Iterable[Record]) -> set[str]:
    return {actor for record in incidents for actor in _actors(record)}


def _actors(record: Record) -> list[str]:
    """The actors that stand for somebody: "other" is nobody in particular, so no entity."""
    return [actor for actor in str(record["actors"]).split(LIST_SEPARATOR) if actor and actor != Actor.OTHER]


def _entity(kind: str, identifier: object, schema: str, **values: Sequence[object]) -> Entity:
    texts = {
        name: tuple(dict.fromkeys(str(value).strip() for value in given if value is not None and str(value).strip()))
        for name, given in values.items()
    }
    return Entity(entity_id(kind, identifier), schema, {name: given for name, given in texts.items() if given})


def _place(record: Record) -> Entity:
    longitude, latitude = lonlat(record) or (None, None)
    full = ", ".join(dict.fromkeys(str(part) for part in (record["name"], record["governorate"]) if part))
    return _entity(
        "place", record["place_id"], "Address", full=[full], name=[record["name"], record["name_ar"]],
        state=[record["governorate"]], latitude=[latitude], longitude=[longitude],
    )  # fmt: skip


def _report(record: Record) -> Entity:
    return _entity(
        "report", record["report_id"], "Article", title=[record["title"] or record["report_id"]],
        publisher=[record["publisher"]], publishedAt=[record["published"]], sourceUrl=[record["url"]],
        language=[_LANGUAGES.get(str(record["lang"]))],
    )  # fmt: skip


def _incident(record: Record, reports: Iterable[str]) -> Entity:
    actors = [entity_id("actor", actor) for actor in _actors(record)]
    place = None if record["place_id"] is None else entity_id("place", record["place_id"])
    return _entity(
        "incident", record["incident_id"], "Event", name=[record["headline"] or record["incident_id"]],
        recordId=[record["incident_id"]], startDate=[record["date_start"]], endDate=[record["date_end"]],
        location=[record["place"], record["place_ar"]], addressEntity=[place], involved=actors,
        keywords=[record["event_type"], f"attribution: {record['attribution']}", f"grading: {record['grading']}"],
        notes=[record["grade_reason"], _killed(record)],
        proof=[entity_id("report", report) for report in reports],
    )  # fmt: skip


def _killed(record: Record) -> str | None:
    lowest, highest = record["killed_min"], record["killed_max"]
    if lowest is None and highest is None:
        return None
    return f"killed: lowest claim {_or_open(lowest)}, highest claim {_or_open(highest)}"


def _claim(record: Record) -> Entity:
    figures = ""
    if record["outcome"] is not None:
        figures = f": {record['victims']} {record['outcome']}, {_or_open(record['min'])} to {_or_open(record['max'])}"
    return _entity(
        "claim", record["claim_id"], "Note", name=[f"{record['claimant']} {record['stance']}{figures}"],
        description=[record["quote"]], entity=[entity_id("incident", record["incident_id"])],
        publisher=[record["publisher"]], sourceUrl=[record["url"]], proof=[entity_id("report", record["report_id"])],
    )  # fmt: skip


def _or_open(figure: object) -> str:
    return "open" if figure is None else str(figure)


def _statements(entity: Entity) -> Iterator[tuple[str, ...]]:
    for name, values in entity.properties.items():
        for value in values:
            # The id of a statement is a hash of what it says, made the way FollowTheMoney makes it.
            key = hashlib.sha1(f"{DATASET}.{entity.id}.{name}.{value}".encode()).hexdigest()
            yield (
                entity.id, entity.id, name, PROPERTY_TYPES[name], entity.schema, value, DATASET, "", "", "", "f", "",
                "", key,
            )  # fmt: skip
