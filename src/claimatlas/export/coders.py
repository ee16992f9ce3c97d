"""Tables in the layouts of ACLED and UCDP GED, for people whose tools expect one of them.

Only the layout is theirs. What their coders would judge and we cannot know (civilian targeting, conflict and dyad ids,
scale of a source) stays empty, and so does every figure that no claim gives: a missing figure is not a nought.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from claimatlas.export.characters import writable
from claimatlas.export.spreadsheet import cell, write_rows
from claimatlas.model import GOVERNORATES, Actor, Atlas, EventType, Incident, Precision, Report
from claimatlas.records.labels import ACTOR_LABELS
from claimatlas.records.tables import Scalar

# Codes of Syria: ISO 3166 numeric, and Gleditsch & Ward, which UCDP uses.
SYRIA_ISO, SYRIA_GW = 760, 652

# ACLED's kinds of actor: 1 state forces, 2 rebels, 7 civilians, 8 forces of other states.
_INTER: Mapping[Actor, int] = {
    Actor.SYRIAN_GOVERNMENT: 1,
    Actor.TURKISH_BACKED_OPPOSITION: 2,
    Actor.OPPOSITION: 2,
    Actor.HTS_NUSRA: 2,
    Actor.ISIS: 2,
    Actor.SDF_YPG: 2,
    Actor.US_LED_COALITION: 8,
    Actor.RUSSIA: 8,
    Actor.TURKEY: 8,
    Actor.ISRAEL: 8,
    Actor.IRAN_ALLIES: 8,
    Actor.JORDAN: 8,
    Actor.IRAQ: 8,
}
_CIVILIANS = "Civilians (Syria)"
_INTER_CIVILIANS = 7

_REMOTE = "Explosions/Remote violence"
_ON_CIVILIANS = "Violence against civilians"
_ACLED_EVENTS: Mapping[EventType, tuple[str, str]] = {
    EventType.AIRSTRIKE: (_REMOTE, "Air/drone strike"),
    EventType.SHELLING: (_REMOTE, "Shelling/artillery/missile attack"),
    EventType.EXPLOSION: (_REMOTE, "Remote explosive/landmine/IED"),
    EventType.CHEMICAL: (_REMOTE, "Chemical weapon"),
    EventType.CLASH: ("Battles", "Armed clash"),
    EventType.SHOOTING: (_ON_CIVILIANS, "Attack"),
    EventType.ABDUCTION: (_ON_CIVILIANS, "Abduction/forced disappearance"),
    EventType.OTHER: ("", ""),
}

# How exactly a place is known, in ACLED's three steps and UCDP's seven: the crosswalk of docs/places.md.
_ACLED_GEO: Mapping[Precision, int | None] = {
    Precision.POINT: 1, Precision.NEIGHBOURHOOD: 1, Precision.SETTLEMENT: 1, Precision.SUBDISTRICT: 2,
    Precision.DISTRICT: 3, Precision.GOVERNORATE: 3, Precision.COUNTRY: None,
}  # fmt: skip
_UCDP_WHERE: Mapping[Precision, int] = {
    Precision.POINT: 1, Precision.NEIGHBOURHOOD: 1, Precision.SETTLEMENT: 1, Precision.SUBDISTRICT: 3,
    Precision.DISTRICT: 3, Precision.GOVERNORATE: 4, Precision.COUNTRY: 6,
}  # fmt: skip
# A point more than this far from the truth is no longer "near a known point" in either codebook.
NEAR_KM = 25
# Relations to two places: the point is half-way, whatever area its surroundings amount to.
_STRETCHES = frozenset({"between", "road"})


@dataclass(frozen=True, slots=True)
class Case:
    """An incident with the reports that tell it."""

    incident: Incident
    reports: tuple[Report, ...]


Getter = Callable[[Case], Scalar]


def write_acled(atlas: Atlas, path: Path) -> None:
    """Write the incidents in ACLED's columns.

    Args:
        atlas: The collection.
        path: The file to be.

    Raises:
        OutputError: The file cannot be written.
    """
    _write(atlas, ACLED_COLUMNS, path)


def write_ged(atlas: Atlas, path: Path) -> None:
    """Write the incidents in the columns of UCDP's Georeferenced Event Dataset.

    Args:
        atlas: The collection.
        path: The file to be.

    Raises:
        OutputError: The file cannot be written.
    """
    _write(atlas, GED_COLUMNS, path)


def _write(atlas: Atlas, columns: Mapping[str, Getter], path: Path) -> None:
    reports = {report.id: report for report in atlas.reports}
    rows = [list(columns)]
    for incident in atlas.incidents:
        case = Case(incident, tuple(reports[report_id] for report_id in incident.report_ids))
        values = (getter(case) for getter in columns.values())
        rows.append([cell(writable(value) if isinstance(value, str) else value) for value in values])
    write_rows(rows, path)


def _nothing(case: Case) -> None:
    """For columns that only the project of that name can fill."""


def _start(case: Case) -> str | None:
    return None if case.incident.when.start is None else case.incident.when.start.isoformat()


def _end(case: Case) -> str | None:
    end = case.incident.when.end or case.incident.when.start
    return None if end is None else end.isoformat()


def _year(case: Case) -> int | None:
    return None if case.incident.when.start is None else case.incident.when.start.year


def _length(incident: Incident) -> int | None:
    """The number of days the event may have lain on; None when its date is unknown."""
    if incident.when.start is None:
        return None
    return ((incident.when.end or incident.when.start) - incident.when.start).days + 1


def _middle(case: Case) -> str | None:
    length = _length(case.incident)
    if length is None or case.incident.when.start is None:
        return None
    return (case.incident.when.start + dt.timedelta(days=(length - 1) // 2)).isoformat()


def _acled_time(case: Case) -> int | None:
    length = _length(case.incident)
    if length is None:
        return None
    return 1 if length == 1 else 2 if length <= 7 else 3


def _ged_date(case: Case) -> int | None:
    length = _length(case.incident)
    if length is None:
        return None
    steps = ((1, 1), (6, 2), (7, 3), (31, 4))
    return next((code for days, code in steps if length <= days), 5)


def _acled_geo(case: Case) -> int | None:
    location = case.incident.location
    if location is None:
        return None
    code, relation = _ACLED_GEO[location.precision], _relation(case.incident)
    if not relation or code is None:
        return code
    near = 2 if location.radius_m <= NEAR_KM * 1000 else 3
    return near if relation in _STRETCHES else max(code, near)


def _ged_where(case: Case) -> int | None:
    location = case.incident.location
    if location is None:
        return 4 if case.incident.governorate else None
    code, relation = _UCDP_WHERE[location.precision], _relation(case.incident)
    if not relation or (code > 1 and relation not in _STRETCHES):
        return code
    return 2 if location.radius_m <= NEAR_KM * 1000 else 5


def _relation(incident: Incident) -> str:
    """How the event lies to the named places (near, outside, between them); empty when it is in one."""
    return incident.places[0].relation if incident.places else ""


def _disorder(case: Case) -> str:
    return "" if case.incident.event_type is EventType.OTHER else "Political violence"


def _acled_event(incident: Incident) -> tuple[str, str]:
    # A shooting of which nobody says that it hit civilians is a fight in ACLED's sense.
    if incident.event_type is EventType.SHOOTING and not _hit_civilians(incident):
        return _ACLED_EVENTS[EventType.CLASH]
    return _ACLED_EVENTS[incident.event_type]


def _hit_civilians(incident: Incident) -> bool:
    killed = incident.totals.civilians_killed_max or incident.totals.civilians_killed_min
    return bool(killed)


@dataclass(frozen=True, slots=True)
class Sides:
    """Who stands on either side, in ACLED's and UCDP's sense."""

    first: tuple[Actor, ...]
    second: tuple[Actor, ...]
    civilians: bool


def _sides(incident: Incident) -> Sides:
    """Two parties of a clash face each other; otherwise all accused stand together, civilians opposite if any died."""
    if incident.event_type is EventType.CLASH and len(incident.actors) == 2:
        return Sides(incident.actors[:1], incident.actors[1:], civilians=False)
    return Sides(incident.actors, (), civilians=_hit_civilians(incident))


def _actor_1(case: Case) -> str:
    first = _sides(case.incident).first
    return ACTOR_LABELS[first[0]] if first else ""


def _allies(case: Case) -> str:
    return "; ".join(ACTOR_LABELS[actor] for actor in _sides(case.incident).first[1:])


def _inter_1(case: Case) -> int | None:
    first = _sides(case.incident).first
    return _INTER.get(first[0]) if first else None


def _actor_2(case: Case) -> str:
    sides = _sides(case.incident)
    if sides.second:
        return ACTOR_LABELS[sides.second[0]]
    return _CIVILIANS if sides.civilians else ""


def _inter_2(case: Case) -> int | None:
    sides = _sides(case.incident)
    if sides.second:
        return _INTER.get(sides.second[0])
    return _INTER_CIVILIANS if sides.civilians else None


def _interaction(case: Case) -> str:
    """ACLED's two digits, the smaller first; the second is 0 where one side stands alone."""
    codes = sorted(code for code in (_inter_1(case), _inter_2(case)) if code is not None)
    if _inter_1(case) is None:
        return ""
    return "".join(map(str, codes)) if len(codes) == 2 else f"{codes[0]}0"


def _in_syria(incident: Incident) -> bool:
    return incident.governorate in GOVERNORATES


def _country(case: Case) -> str:
    return "Syria" if _in_syria(case.incident) else ""


def _region(case: Case) -> str:
    return "Middle East" if _in_syria(case.incident) else ""


def _district(case: Case) -> str | None:
    location = case.incident.location
    return location.place.district if location and location.place else None


def _subdistrict(case: Case) -> str | None:
    location = case.incident.location
    return location.place.subdistrict if location and location.place else None


def _place(case: Case) -> str | None:
    location = case.incident.location
    if location is not None and location.place is not None:
        return location.place.name
    return _place_told(case)


def _place_told(case: Case) -> str | None:
    return case.incident.places[0].name if case.incident.places else None


def _latitude(case: Case) -> float | None:
    return round(case.incident.location.latitude, 6) if case.incident.location else None


def _longitude(case: Case) -> float | None:
    return round(case.incident.location.longitude, 6) if case.incident.location else None


def _point(case: Case) -> str | None:
    location = case.incident.location
    return f"POINT ({round(location.longitude, 6)} {round(location.latitude, 6)})" if location else None


def _grid_cell(case: Case) -> int | None:
    """The cell of PRIO-GRID: half degrees, numbered eastward from the south-west corner, 720 a row."""
    location = case.incident.location
    if location is None:
        return None
    row, column = int((location.latitude + 90) // 0.5), int((location.longitude + 180) // 0.5)
    return row * 720 + column + 1


def _publishers(case: Case) -> str:
    return "; ".join(dict.fromkeys(report.publisher or report.id for report in case.reports))


def _articles(case: Case) -> str:
    """Each report as publisher, day and title, in UCDP's manner."""
    articles = (
        ", ".join(part for part in (report.publisher, str(report.published or ""), report.title) if part)
        for report in case.reports
    )
    return "; ".join(article for article in articles if article)


def _first_day(case: Case) -> str | None:
    days = [report.published for report in case.reports if report.published is not None]
    return min(days).isoformat() if days else None


def _claimants(case: Case) -> str:
    return "; ".join(dict.fromkeys(claim.claimant for claim in case.incident.claims))


def _tags(case: Case) -> str:
    """What ACLED has no column for: the range of the claims, how the deed is attributed, how well it is attested."""
    totals = case.incident.totals
    facts = {
        "killed_min": totals.killed_min, "killed_max": totals.killed_max, "injured_min": totals.injured_min,
        "injured_max": totals.injured_max, "attribution": case.incident.attribution.value,
        "grading": case.incident.grading.value, "denied": "yes" if case.incident.denied else None,
    }  # fmt: skip
    return "; ".join(f"{name}={value}" for name, value in facts.items() if value is not None)


def _violence(case: Case) -> int | None:
    """UCDP's kind of violence, said only of a clash: 1 when a state takes part, else 2."""
    if case.incident.event_type is not EventType.CLASH or not case.incident.actors:
        return None
    return 1 if any(_INTER.get(actor) in (1, 8) for actor in case.incident.actors) else 2


def _side_a(case: Case) -> str:
    return ", ".join(ACTOR_LABELS[actor] for actor in _sides(case.incident).first)


def _side_b(case: Case) -> str:
    sides = _sides(case.incident)
    return ", ".join(ACTOR_LABELS[actor] for actor in sides.second) or ("Civilians" if sides.civilians else "")


def _dyad(case: Case) -> str:
    side_a, side_b = _side_a(case), _side_b(case)
    return f"{side_a} - {side_b}" if side_a and side_b else ""


ACLED_COLUMNS: Mapping[str, Getter] = {
    "event_id_cnty": lambda case: case.incident.id,
    "event_date": _middle,
    "year": _year,
    "time_precision": _acled_time,
    "disorder_type": _disorder,
    "event_type": lambda case: _acled_event(case.incident)[0],
    "sub_event_type": lambda case: _acled_event(case.incident)[1],
    "actor1": _actor_1,
    "assoc_actor_1": _allies,
    "inter1": _inter_1,
    "actor2": _actor_2,
    "assoc_actor_2": _nothing,
    "inter2": _inter_2,
    "interaction": _interaction,
    "civilian_targeting": _nothing,
    "iso": lambda case: SYRIA_ISO if _in_syria(case.incident) else None,
    "region": _region,
    "country": _country,
    "admin1": lambda case: case.incident.governorate,
    "admin2": _district,
    "admin3": _subdistrict,
    "location": _place,
    "latitude": _latitude,
    "longitude": _longitude,
    "geo_precision": _acled_geo,
    "source": _publishers,
    "source_scale": _nothing,
    "notes": lambda case: case.incident.headline,
    "fatalities": lambda case: case.incident.totals.killed_min,
    "tags": _tags,
    "timestamp": _nothing,
}
"""ACLED's columns and how each is filled."""

GED_COLUMNS: Mapping[str, Getter] = {
    "id": lambda case: case.incident.id,
    "relid": _nothing,
    "year": _year,
    "active_year": _nothing,
    "code_status": lambda case: "Machine-read, not checked",
    "type_of_violence": _violence,
    "conflict_new_id": _nothing,
    "conflict_name": _nothing,
    "dyad_new_id": _nothing,
    "dyad_name": _dyad,
    "side_a_new_id": _nothing,
    "side_a": _side_a,
    "side_b_new_id": _nothing,
    "side_b": _side_b,
    "number_of_sources": lambda case: case.incident.n_sources,
    "source_article": _articles,
    "source_office": _publishers,
    "source_date": _first_day,
    "source_headline": lambda case: case.reports[0].title if case.reports else None,
    "source_original": _claimants,
    "where_prec": _ged_where,
    "where_coordinates": _place,
    "where_description": _place_told,
    "adm_1": lambda case: case.incident.governorate,
    "adm_2": _district,
    "latitude": _latitude,
    "longitude": _longitude,
    "geom_wkt": _point,
    "priogrid_gid": _grid_cell,
    "country": _country,
    "country_id": lambda case: SYRIA_GW if _in_syria(case.incident) else None,
    "region": _region,
    "event_clarity": lambda case: 1,
    "date_prec": _ged_date,
    "date_start": _start,
    "date_end": _end,
    "deaths_a": _nothing,
    "deaths_b": _nothing,
    "deaths_civilians": lambda case: case.incident.totals.civilians_killed_min,
    "deaths_unknown": _nothing,
    "best": lambda case: case.incident.totals.killed_min,
    "high": lambda case: case.incident.totals.killed_max,
    "low": lambda case: case.incident.totals.killed_min,
}
"""UCDP GED's columns and how each is filled."""
