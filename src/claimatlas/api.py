"""The Python face of an output folder: its tables as geopandas frames, and the map for a notebook.

>>> import claimatlas
>>> collection = claimatlas.read("output")  # doctest: +SKIP
>>> collection.incidents.groupby("grading").size()  # doctest: +SKIP
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimatlas.errors import InputError
from claimatlas.model import (
    Actor,
    Atlas,
    Attribution,
    Claim,
    EventType,
    Grading,
    Incident,
    Location,
    Outcome,
    Place,
    PlaceMention,
    Precision,
    Report,
    ReportedIncident,
    Span,
    Stance,
    Totals,
    Victims,
    When,
)
from claimatlas.qgis import LAYERS_FILE
from claimatlas.records.columns import TABLES, Column, Kind
from claimatlas.records.tables import LIST_SEPARATOR, split_ids

if TYPE_CHECKING:
    import folium
    import geopandas
    import pandas

Row = Mapping[str, Any]

_DTYPES = {Kind.INTEGER: "Int64", Kind.BOOLEAN: "boolean", Kind.REAL: "float64"}

# Stands between the quotes of a report whose text the folder does not hold; it ends a sentence.
_GAP = "\n"


@dataclass(frozen=True)
class Collection:
    """What an output folder holds.

    Attributes:
        folder: The folder.
        incidents: Points, one incident a row; those nobody can place have no geometry.
        claims: Points, one claim a row; `incident_id` says which incident it is about.
        reports: One report a row, without its text.
        places: The places of the incidents, as circles of uncertainty.
        summary: The contents of `summary.json`.
    """

    folder: Path
    incidents: geopandas.GeoDataFrame
    claims: geopandas.GeoDataFrame
    reports: pandas.DataFrame
    places: geopandas.GeoDataFrame
    summary: dict[str, Any] = field(repr=False)

    def __repr__(self) -> str:
        return (
            f"<Collection {self.folder}: {len(self.incidents)} incidents, {len(self.claims)} claims, "
            f"{len(self.reports)} reports>"
        )

    def claims_of(self, incident_id: str) -> geopandas.GeoDataFrame:
        """The claims about one incident, in the order of the reports.

        Args:
            incident_id: The incident.

        Raises:
            InputError: There is no such incident.
        """
        if incident_id not in set(self.incidents["incident_id"]):
            raise InputError(f"{self.folder} holds no incident {incident_id!r}.")
        return self.claims[self.claims["incident_id"] == incident_id]

    def to_folium(self, incidents: pandas.DataFrame | None = None) -> folium.Map:
        """The interactive map, for a notebook or for layers of one's own.

        It is the map of `map.html` but for what the tables do not hold: the sentences around the quotes and the
        places that were weighed and rejected. It is an ordinary `folium.Map` that shows without a network; further
        layers of folium's own fetch from the network what they need.

        Args:
            incidents: Rows of `incidents` to show; None shows all.

        Returns:
            A map that shows itself in a notebook and takes further layers with `add_to`.
        """
        import folium

        from claimatlas.layers import load_layers
        from claimatlas.maps import ClaimAtlasLayer
        from claimatlas.maps.page import embed_leaflet

        page = folium.Map(location=[35.0, 38.5], zoom_start=7, tiles=None, control_scale=True)
        embed_leaflet(page)
        ClaimAtlasLayer(self.to_atlas(incidents), load_layers(), fit=True).add_to(page)
        return page

    def to_atlas(self, incidents: pandas.DataFrame | None = None) -> Atlas:
        """The collection as values of `claimatlas.model`, as far as the tables tell.

        Args:
            incidents: Rows of `incidents` to take; None takes all.

        Returns:
            Incidents with a telling for each report. A report's text holds only its quotes, at their offsets.
        """
        chosen = _rows(self.incidents if incidents is None else incidents)
        wanted = {row["incident_id"] for row in chosen}
        claims: dict[str, list[Row]] = {}
        for claim in _rows(self.claims[self.claims["incident_id"].isin(wanted)]):
            claims.setdefault(claim["incident_id"], []).append(claim)
        places = {row["place_id"]: row for row in _rows(self.places)}
        reports = _make_reports(_rows(self.reports), [claim for told in claims.values() for claim in told])
        titles = {report.id: report.title for report in reports}
        return Atlas(
            reports=reports,
            incidents=tuple(
                _make_incident(row, claims.get(row["incident_id"], []), places.get(row["place_id"]), titles)
                for row in chosen
            ),
            inputs=dict(self.summary.get("inputs", {})),
            versions=dict(self.summary.get("versions", {})),
        )


def read(folder: str | PathLike[str]) -> Collection:
    """Read an output folder.

    Args:
        folder: What `claimatlas map -o` wrote.

    Returns:
        Its tables with exact types: days are datetimes, figures whole numbers that may be missing.

    Raises:
        InputError: The folder holds no `incidents.gpkg`, or one that is not ours.
    """
    path = Path(folder) / LAYERS_FILE
    if Path(folder).is_file():
        raise InputError(f"{Path(folder)} is a file; name the output folder of `claimatlas map`.")
    if not path.is_file():
        remedy = f"write one with `claimatlas map INPUT -o {Path(folder)}`"
        raise InputError(f"{Path(folder)} holds no {LAYERS_FILE}; {remedy}.")
    frames = {table: _read_table(path, table, columns) for table, columns in TABLES.items()}
    return Collection(folder=Path(folder), summary=_read_summary(Path(folder) / "summary.json"), **frames)


def _read_table(path: Path, table: str, columns: Sequence[Column]) -> Any:
    import geopandas
    import pandas as pd
    import pyogrio

    try:
        frame = geopandas.read_file(path, layer=table, engine="pyogrio", use_arrow=True)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        remedy = "Write it again with `claimatlas map`."
        raise InputError(f"{path} has no readable table {table!r}: {error}. {remedy}") from error
    missing = [column.name for column in columns if column.name not in frame.columns]
    if missing:
        raise InputError(f"The table {table!r} of {path} lacks the column {missing[0]!r}; is it of another program?")
    for column in columns:
        if column.kind is Kind.DATE:
            frame[column.name] = pd.to_datetime(frame[column.name])
        elif column.kind in _DTYPES:
            frame[column.name] = frame[column.name].astype(_DTYPES[column.kind])
    return frame


def _read_summary(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise InputError(f"{path} is not JSON: {error}. Write it again with `claimatlas map`.") from error
    return content if isinstance(content, dict) else {}


def _rows(frame: pandas.DataFrame) -> list[Row]:
    """The rows as plain values: days as dates, whole numbers as integers, None for what is missing."""
    import pandas as pd

    columns = {name: frame[name].astype(object).where(frame[name].notna(), None) for name in frame.columns}
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    return [{name: v.date() if isinstance(v, pd.Timestamp) else v for name, v in row.items()} for row in rows]


def _make_reports(rows: Iterable[Row], claims: Iterable[Row]) -> tuple[Report, ...]:
    quotes: dict[str, list[Row]] = {}
    for claim in claims:
        quotes.setdefault(claim["report_id"], []).append(claim)
    return tuple(
        Report(
            id=row["report_id"],
            text=_sparse_text(row["title"] or "", quotes.get(row["report_id"], [])),
            title=row["title"] or "",
            lang=row["lang"],
            publisher=row["publisher"],
            published=row["published"],
            url=row["url"],
            source=row["source"],
        )
        for row in rows
    )


def _sparse_text(title: str, quotes: Sequence[Row]) -> str:
    """A text with each quote at its offsets and gaps between, for the folder does not hold reports."""
    inside = [quote for quote in quotes if _field(quote, title) == "text"]
    text = list(_GAP * max((int(quote["end"]) for quote in inside), default=0))
    for quote in inside:
        text[int(quote["start"]) : int(quote["end"])] = quote["quote"]
    return "".join(text)


def _field(claim: Row, title: str) -> str:
    """Whether a quote's offsets count in the title or in the text of its report."""
    if title[int(claim["start"]) : int(claim["end"])] != claim["quote"]:
        return "text"
    # The same words may stand at the same offsets of both; the claim's id was made from the right one.
    return "text" if _claim_in("text", claim).id == claim["claim_id"] else "title"


def _make_incident(row: Row, claims: Sequence[Row], place: Row | None, titles: Mapping[str, str]) -> Incident:
    words = row["date_text"]
    tellings = tuple(
        _make_telling(row, report_id, [claim for claim in claims if claim["report_id"] == report_id], titles)
        for report_id in split_ids(row["report_ids"], titles)
    )
    location = _make_location(row, place)
    return Incident(
        id=row["incident_id"],
        tellings=tellings,
        event_type=EventType(row["event_type"]),
        when=When(row["date_start"], row["date_end"], None if words is None else Span(0, len(words), words)),
        places=() if row["place"] is None else (PlaceMention(row["place"], None, row["governorate"], location),),
        governorate=row["governorate"],
        location=location,
        actors=_actors(row["actors"]),
        attribution=Attribution(row["attribution"]),
        totals=Totals(**{name: row[name] for name in Totals.__dataclass_fields__}),
        grading=Grading(row["grading"]),
        grade_reason=row["grade_reason"] or "",
        denied=bool(row["denied"]),
        headline=row["headline"] or "",
    )


def _actors(joined: str | None) -> tuple[Actor, ...]:
    return tuple(Actor(actor) for actor in (joined or "").split(LIST_SEPARATOR) if actor)


def _make_location(row: Row, place: Row | None) -> Location | None:
    point = row["geometry"]
    if point is None or row["precision"] is None:
        return None
    return Location(
        latitude=point.y,
        longitude=point.x,
        precision=Precision(row["precision"]),
        radius_m=int(row["radius_m"] or 0),
        score=1.0,
        place=None if place is None else _make_place(place),
        governorate=row["governorate"],
    )


def _make_place(row: Row) -> Place:
    return Place(
        id=row["place_id"],
        kind=row["kind"] or "",
        name=row["name"] or row["place_id"],
        latitude=row["lat"],
        longitude=row["lon"],
        radius_km=(row["radius_m"] or 0) / 1000,
        **{name: row[name] for name in ("name_ar", "governorate", "district", "subdistrict", "pcode", "source")},
    )


def _make_telling(row: Row, report_id: str, claims: Sequence[Row], titles: Mapping[str, str]) -> ReportedIncident:
    made = tuple(_claim_in(_field(claim, titles.get(report_id, "")), claim) for claim in claims)
    return ReportedIncident(
        report_id=report_id,
        quote=made[0].quote if made else Span(0, 0, ""),
        event_type=EventType(row["event_type"]),
        claims=made,
    )


def _claim_in(field_name: str, row: Row) -> Claim:
    return Claim(
        report_id=row["report_id"],
        claimant=row["claimant"],
        quote=Span(int(row["start"]), int(row["end"]), row["quote"], field_name),
        stance=Stance(row["stance"]),
        actors=_actors(row["actors"]),
        outcome=None if row["outcome"] is None else Outcome(row["outcome"]),
        victims=None if row["victims"] is None else Victims(row["victims"]),
        min=row["min"],
        max=row["max"],
    )
