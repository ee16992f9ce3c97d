"""Comparison with other people's records: tables laid out like those of ACLED, UCDP GED or Airwars.

Columns are recognised by their names, or named by the user. Incidents and records are matched one to one, the
best pairs first, by day, distance and toll; what is left over on either side is missing on the other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from claimatlas.errors import InputError
from claimatlas.geodesy import distance_km
from claimatlas.model import Actor
from claimatlas.records.labels import ACTOR_LABELS
from claimatlas.records.tables import LIST_SEPARATOR, Record
from claimatlas.records.wording import say_range
from claimatlas.sheets import read_sheet

# Names of columns in the layouts known, most telling first; compared without case, spaces and underscores.
COLUMN_NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("event_id_cnty", "incident_code", "unique_code", "event_id", "id", "code", "ref", "relid"),
    "date_start": ("event_date", "date_start", "date", "incident_date", "start_date", "day"),
    "date_end": ("date_end", "end_date"),
    "latitude": ("latitude", "lat", "y"),
    "longitude": ("longitude", "lon", "lng", "long", "x"),
    "place": ("location", "where_coordinates", "location_name", "place", "where_description", "site", "adm_2"),
    "governorate": ("admin1", "adm_1", "governorate", "province", "region_name"),
    "killed_min": (
        "fatalities",
        "low",
        "civ_min",
        "civilian_deaths_min",
        "min_killed",
        "killed_min",
        "deaths_min",
        "best",
    ),
    "killed_max": (
        "fatalities",
        "high",
        "civ_max",
        "civilian_deaths_max",
        "max_killed",
        "killed_max",
        "deaths_max",
        "best",
    ),
    "actors": ("actor1", "side_a", "belligerents", "belligerent", "actors", "perpetrator", "belligerent_name"),
    "notes": ("notes", "source_headline", "source_article", "summary", "description"),
}
# Words in other people's actor columns, in the order they are looked for.
_ACTOR_WORDS: tuple[tuple[str, Actor], ...] = (
    ("coalition", Actor.US_LED_COALITION), ("united states", Actor.US_LED_COALITION), ("russia", Actor.RUSSIA),
    ("syrian national army", Actor.TURKISH_BACKED_OPPOSITION), ("turk", Actor.TURKEY), ("israel", Actor.ISRAEL),
    ("government of syria", Actor.SYRIAN_GOVERNMENT), ("military forces of syria", Actor.SYRIAN_GOVERNMENT),
    ("syrian regime", Actor.SYRIAN_GOVERNMENT), ("syrian government", Actor.SYRIAN_GOVERNMENT),
    ("islamic state", Actor.ISIS), ("tahrir al", Actor.HTS_NUSRA), ("nusra", Actor.HTS_NUSRA),
    ("ypg", Actor.SDF_YPG), ("syrian democratic forces", Actor.SDF_YPG), ("qsd", Actor.SDF_YPG),
    ("hezbollah", Actor.IRAN_ALLIES), ("iran", Actor.IRAN_ALLIES), ("jordan", Actor.JORDAN), ("iraq", Actor.IRAQ),
    ("syrian insurgents", Actor.OPPOSITION), ("free syrian army", Actor.OPPOSITION), ("rebel", Actor.OPPOSITION),
    ("opposition", Actor.OPPOSITION),
)  # fmt: skip

# Records place an event in the nearest town and date it by the first report; wider than this is another event.
MAX_KM = 15.0
MAX_DAYS = 2
# Days told as a whole month or year match everything and say nothing.
MAX_DAYS_WIDE = 31
# A pair must score this much: same day within the place, or a day off with the same toll.
MIN_SCORE = 0.5


@dataclass(frozen=True, slots=True)
class OtherRecord:
    """A row of another record.

    Attributes:
        id: Its id there, or its row number.
        start: First day.
        end: Last day.
        latitude: Degrees north, or None.
        longitude: Degrees east, or None.
        place: Name of the place, or None.
        governorate: First-level area, or None.
        killed_min: Lowest number killed, or None.
        killed_max: Highest number killed, or None.
        actors: Ids of those it lays it to, as far as they are recognised.
        actor_words: The actors as written.
    """

    id: str
    start: dt.date
    end: dt.date
    latitude: float | None = None
    longitude: float | None = None
    place: str | None = None
    governorate: str | None = None
    killed_min: int | None = None
    killed_max: int | None = None
    actors: tuple[Actor, ...] = ()
    actor_words: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """An incident and the record it was matched with.

    Attributes:
        incident_id: The incident.
        record_id: The record.
        score: 0 to 1; how well they fit.
        km: Distance, or None when one of them has no point.
        days: Days between them.
        disagreements: Where they differ, in words.
    """

    incident_id: str
    record_id: str
    score: float
    km: float | None
    days: int
    disagreements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome.

    Attributes:
        matches: Matched pairs, in the incidents' order.
        only_here: Incidents the other record does not have.
        only_there: Records that no incident matches.
        unusable: Rows that could not be read, with the reason.
    """

    matches: tuple[Match, ...]
    only_here: tuple[str, ...]
    only_there: tuple[str, ...]
    unusable: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The comparison as plain values for JSON."""
        return asdict(self)


def read_records(path: Path, columns: Mapping[str, str] | None = None) -> tuple[list[OtherRecord], list[str]]:
    """Read a table of events.

    Args:
        path: CSV (comma, semicolon, tab or bar), or an XLSX workbook, whose first sheet is read.
        columns: Names of columns by what they hold (keys of `COLUMN_NAMES`), where they are not recognised.

    Returns:
        The records, and a sentence for each row that could not be used.

    Raises:
        InputError: The file cannot be read, or has no column with a day.
    """
    header, rows = read_sheet(path)
    chosen = choose_columns(header, columns or {}, path)
    records: list[OtherRecord] = []
    unusable: list[str] = []
    for number, row in enumerate(rows, 2):
        if not any(str(value).strip() for value in row.values() if value is not None):
            continue
        try:
            records.append(_parse_row(row, chosen, number))
        except ValueError as error:
            unusable.append(f"{path.name}, row {number}: {error}")
    return records, unusable


def choose_columns(header: Sequence[str], named: Mapping[str, str], path: Path) -> dict[str, str]:
    """Find which column holds what.

    Raises:
        InputError: A named column is missing, or no column holds the day.
    """
    unknown = sorted(set(named) - set(COLUMN_NAMES))
    if unknown:
        raise InputError(f"There is no field {', '.join(unknown)}; the fields are {', '.join(COLUMN_NAMES)}.")
    missing = sorted(column for column in named.values() if column not in header)
    if missing:
        raise InputError(f"{path} has no column {', '.join(missing)}; its columns are {', '.join(header)}.")
    known = {_plain(column): column for column in reversed(header)}
    chosen = {
        meaning: next(known[_plain(name)] for name in names if _plain(name) in known)
        for meaning, names in COLUMN_NAMES.items()
        if any(_plain(name) in known for name in names)
    }
    chosen.update(named)
    if "date_start" not in chosen:
        raise InputError(f"{path} has no column with a day; name it with --column date_start=NAME.")
    return chosen


def match_records(
    incidents: Sequence[Record], records: Sequence[OtherRecord], unusable: Iterable[str] = ()
) -> Comparison:
    """Match incidents with records, one to one, best pairs first.

    Args:
        incidents: Flat records of the incidents (`tables.incident_record`).
        records: The other record's rows.
        unusable: Sentences on rows that could not be read, passed through.

    Returns:
        What matched, what is missing on either side, and where the matched ones disagree.
    """
    by_day: dict[int, list[int]] = {}
    for index, record in enumerate(records):
        for day in range(record.start.toordinal() - MAX_DAYS, record.end.toordinal() + MAX_DAYS + 1):
            by_day.setdefault(day, []).append(index)
    scored: list[tuple[float, int, int]] = []
    for number, incident in enumerate(incidents):
        days = _days(incident)
        if days is None:
            continue
        nearby = {index for day in range(days[0].toordinal(), days[1].toordinal() + 1) for index in by_day.get(day, ())}
        for index in sorted(nearby):
            score = _score(incident, days, records[index])
            if score >= MIN_SCORE:
                scored.append((score, number, index))
    taken: dict[int, tuple[int, float]] = {}
    used: set[int] = set()
    for score, number, index in sorted(scored, key=lambda item: (-item[0], item[1], item[2])):
        if number in taken or index in used:
            continue
        taken[number] = (index, score)
        used.add(index)
    matches = tuple(
        _describe(incidents[number], records[taken[number][0]], taken[number][1]) for number in sorted(taken)
    )
    only_here = tuple(str(one["incident_id"]) for number, one in enumerate(incidents) if number not in taken)
    only_there = tuple(record.id for index, record in enumerate(records) if index not in used)
    return Comparison(matches, only_here, only_there, tuple(unusable))


def _days(incident: Record) -> tuple[dt.date, dt.date] | None:
    try:
        start = dt.date.fromisoformat(str(incident["date_start"]))
        end = dt.date.fromisoformat(str(incident["date_end"])) if incident.get("date_end") else start
    except ValueError:
        return None
    return (start, end) if (end - start).days <= MAX_DAYS_WIDE else None


def _gap(days: tuple[dt.date, dt.date], record: OtherRecord) -> int:
    return max(0, (record.start - days[1]).days, (days[0] - record.end).days)


def _apart(incident: Record, record: OtherRecord) -> float | None:
    lat, lon = incident.get("lat"), incident.get("lon")
    if lat is None or lon is None or record.latitude is None or record.longitude is None:
        return None
    return distance_km(float(lat), float(lon), record.latitude, record.longitude)


def _score(incident: Record, days: tuple[dt.date, dt.date], record: OtherRecord) -> float:
    gap = _gap(days, record)
    if gap > MAX_DAYS:
        return 0.0
    apart = _apart(incident, record)
    reach = float(incident.get("radius_m") or 0) / 1000
    if apart is None:
        same_area = incident.get("governorate") and record.governorate
        if not same_area or _plain(str(incident["governorate"])) != _plain(str(record.governorate)):
            return 0.0
        nearness = 0.4
    elif apart > MAX_KM + reach:
        return 0.0
    else:
        # A point that stands for a governorate is near to everything in it, and says as little.
        nearness = (1 - 0.5 * apart / (MAX_KM + reach)) * (1.0 if reach <= MAX_KM else 0.6)
    toll = _toll_likeness(incident, record)
    actor = 0.0 if not record.actors or not incident.get("actors") else 1.0 if _share_actor(incident, record) else -0.5
    score = 0.45 * nearness + 0.25 * (1 - gap / (MAX_DAYS + 1)) + 0.2 * toll + 0.1 * actor
    return round(min(1.0, score), 4)


def _toll_likeness(incident: Record, record: OtherRecord) -> float:
    ours, theirs = (
        _range(incident.get("killed_min"), incident.get("killed_max")),
        _range(record.killed_min, record.killed_max),
    )
    if ours is None or theirs is None:
        return 0.5
    if ours[0] <= theirs[1] and theirs[0] <= ours[1]:
        return 1.0
    low, high = sorted((max(ours[1], 1), max(theirs[1], 1)))
    return low / high * 0.8


_NO_FIGURE = (None, None)


def _range(low: object, high: object) -> tuple[int, int] | None:
    figures = [int(value) for value in (low, high) if isinstance(value, int | float) and not isinstance(value, bool)]
    return (figures[0], figures[-1]) if figures else None


def _share_actor(incident: Record, record: OtherRecord) -> bool:
    return bool(set(str(incident.get("actors") or "").split(LIST_SEPARATOR)) & {actor.value for actor in record.actors})


def _describe(incident: Record, record: OtherRecord, score: float) -> Match:
    days = _days(incident)
    gap = _gap(days, record) if days else 0
    apart = _apart(incident, record)
    differences: list[str] = []
    if gap:
        differences.append(f"{gap} day{'s' if gap > 1 else ''} apart ({incident['date_start']}, there {record.start})")
    if apart is not None and apart > float(incident.get("radius_m") or 0) / 1000:
        differences.append(f"{apart:.1f} km apart ({incident.get('place')}, there {record.place})")
    ours, theirs = (
        _range(incident.get("killed_min"), incident.get("killed_max")),
        _range(record.killed_min, record.killed_max),
    )
    if (ours and theirs and (ours[0] > theirs[1] or theirs[0] > ours[1])) or (ours is None) != (theirs is None):
        differences.append(f"killed: {say_range(*(ours or _NO_FIGURE))}, there {say_range(*(theirs or _NO_FIGURE))}")
    if record.actors and incident.get("actors") and not _share_actor(incident, record):
        names = ", ".join(ACTOR_LABELS[actor] for actor in record.actors)
        differences.append(f"laid to {incident.get('actor_label')}, there to {names}")
    return Match(
        str(incident["incident_id"]),
        record.id,
        score,
        None if apart is None else round(apart, 2),
        gap,
        tuple(differences),
    )


def _parse_row(row: Mapping[str, Any], columns: Mapping[str, str], number: int) -> OtherRecord:
    def cell(meaning: str) -> Any:
        value = row.get(columns[meaning]) if meaning in columns else None
        return None if value is None or str(value).strip() == "" else value

    start = _parse_day(cell("date_start"))
    if start is None:
        raise ValueError(f"{cell('date_start')!r} is no day; write it as 2018-07-17.")
    end = _parse_day(cell("date_end")) or start
    latitude, longitude = _parse_degrees(cell("latitude"), 90), _parse_degrees(cell("longitude"), 180)
    for meaning, degrees in (("latitude", latitude), ("longitude", longitude)):
        if degrees is None and cell(meaning) is not None:
            raise ValueError(f"{cell(meaning)!r} is no {meaning} in degrees; are latitude and longitude swapped?")
    words = str(cell("actors") or "")
    low, high = _parse_count(cell("killed_min")), _parse_count(cell("killed_max"))
    return OtherRecord(
        id=str(cell("id") or f"row {number}"),
        start=start,
        end=max(start, end),
        latitude=None if longitude is None else latitude,
        longitude=None if latitude is None else longitude,
        place=None if cell("place") is None else str(cell("place")),
        governorate=None if cell("governorate") is None else str(cell("governorate")),
        killed_min=high if low is None else low,
        killed_max=low if high is None else high,
        actors=find_actors(words),
        actor_words=words,
    )


def find_actors(words: str) -> tuple[Actor, ...]:
    """The actors that another record's wording names, sorted; none when it is not recognised."""
    lowered = words.lower()
    found: set[Actor] = set()
    for name, actor in _ACTOR_WORDS:
        if name in lowered:
            found.add(actor)
            # "Turkish-backed Syrian National Army" is not Turkey as well.
            lowered = lowered.replace(name, " ")
    return tuple(sorted(found))


_DAY_FORMATS = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%Y/%m/%d", "%B %d, %Y", "%d-%b-%Y")


def _parse_day(value: object) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date) or value is None:
        return value
    text = str(value).strip()
    for layout in _DAY_FORMATS:
        try:
            return dt.datetime.strptime(text.split("T")[0].split(" 00:00")[0], layout).date()
        except ValueError:
            continue
    return None


def _parse_degrees(value: object, limit: float) -> float | None:
    try:
        degrees = float(str(value).replace(",", "."))
    except ValueError:
        return None
    return degrees if abs(degrees) <= limit else None


def _parse_count(value: object) -> int | None:
    try:
        count = float(str(value).replace(",", ""))
    except ValueError:
        return None
    return int(count) if 0 <= count < 1e9 else None


def _plain(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())
