"""Made-up extractions of made-up events, as many as wanted: the input of the grouping benchmark.

Events cluster in towns and in bad weeks as real ones do; a fifth share day and place with another event. Each
is told by one to a dozen reports in two languages, with other tolls, spellings of the day, coarser places,
missing actors, and copies of one wire story with other teasers around it.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from claimatlas.model import (
    Actor,
    Attribution,
    Claim,
    EventType,
    Extraction,
    Location,
    Outcome,
    Place,
    PlaceMention,
    Precision,
    Report,
    ReportedIncident,
    Span,
    Totals,
    Victims,
    When,
)

FIRST_DAY = dt.date(2016, 1, 1)
N_DAYS = 1500
N_PLACES = 900
GOVERNORATES = ("Aleppo", "Idleb", "Hama", "Homs", "Ar-Raqqa", "Deir-ez-Zor", "Dar'a", "Rural Damascus")
OUTLETS = tuple(f"outlet{number}.example" for number in range(60))
KINDS = (EventType.AIRSTRIKE, EventType.SHELLING, EventType.EXPLOSION, EventType.CLASH)
ACTORS = (Actor.RUSSIA, Actor.SYRIAN_GOVERNMENT, Actor.US_LED_COALITION, Actor.TURKEY, Actor.OPPOSITION)
SYLLABLES = ("ba", "ri", "ka", "tal", "sha", "mu", "des", "hor", "zan", "lib", "qe", "far", "nur", "sid", "wa", "yem")


def make_extractions(n_events: int, n_reports: int, seed: int = 1) -> tuple[list[Extraction], list[int]]:
    """Make extractions and, for each, the number of the event it tells."""
    rng = random.Random(seed)
    vocabulary = ["".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))) for _ in range(12000)]
    places = [_make_place(number, rng) for number in range(N_PLACES)]
    events = list(_make_events(n_events, places, vocabulary, rng))
    extractions: list[Extraction] = []
    truth: list[int] = []
    order = [number % n_events for number in range(n_reports)]
    rng.shuffle(order)
    wires: dict[int, str] = {}
    for number, event in enumerate(order):
        extractions.append(_tell(number, events[event], wires, vocabulary, rng))
        truth.append(event)
    return extractions, truth


def _make_place(number: int, rng: random.Random) -> Place:
    governorate = rng.randrange(len(GOVERNORATES))
    return Place(
        id=f"made:{number}",
        kind="village",
        name=f"Place {number}",
        latitude=33 + governorate * 0.4 + rng.random() * 0.6,
        longitude=36 + (governorate % 4) * 1.1 + rng.random(),
        radius_km=rng.choice((1.5, 1.5, 1.5, 3, 6)),
        governorate=GOVERNORATES[governorate],
    )


def _make_events(
    n_events: int, places: list[Place], vocabulary: list[str], rng: random.Random
) -> Iterator[dict[str, object]]:
    bad_weeks = [rng.randrange(N_DAYS) for _ in range(60)]
    previous: dict[str, object] | None = None
    for number in range(n_events):
        week = rng.choice(bad_weeks)
        day = min(N_DAYS, week + rng.randrange(10)) if rng.random() < 0.4 else rng.randrange(N_DAYS)
        place = places[int(rng.expovariate(4.5 / N_PLACES)) % N_PLACES]
        if previous is not None and rng.random() < 0.2:
            day, place = previous["day"], previous["place"]  # type: ignore[assignment]
        previous = {
            "number": number,
            "day": day,
            "place": place,
            "kind": rng.choice(KINDS),
            "actor": rng.choice(ACTORS),
            "killed": 1 + int(rng.expovariate(0.15)),
            "injured": int(rng.expovariate(0.08)),
            "words": rng.sample(vocabulary, 14),
        }
        yield previous


def _tell(
    number: int, event: dict[str, object], wires: dict[int, str], vocabulary: list[str], rng: random.Random
) -> Extraction:
    day = FIRST_DAY + dt.timedelta(days=int(event["day"]))  # type: ignore[call-overload]
    place: Place = event["place"]  # type: ignore[assignment]
    killed = max(1, int(event["killed"]) + rng.choice((0, 0, 0, 1, -1, 2)))  # type: ignore[call-overload]
    lang = rng.choice(("en", "ar"))
    sentence = f"{killed} people were killed at {place.name} " + " ".join(rng.sample(event["words"], 8))  # type: ignore[arg-type]
    body = sentence + ". " + " ".join(rng.choices(vocabulary[:3000], k=150))
    if rng.random() < 0.2:
        body = wires.setdefault(int(event["number"]), body)  # type: ignore[call-overload]
    text = body + " " + " ".join(rng.choices(vocabulary[:500], k=20))
    report_id = f"r{number:06}"
    published = day + dt.timedelta(days=rng.choice((0, 0, 0, 1, 2)))
    report = Report(report_id, text, lang=lang, publisher=rng.choice(OUTLETS), published=published)
    quote = Span(0, 20, text[:20])
    claims = [Claim(report_id, rng.choice(("SOHR", "outlet", "SANA")), quote, outcome=Outcome.KILLED,
                    victims=rng.choice((Victims.PEOPLE, Victims.CIVILIANS)), min=killed, max=killed)]  # fmt: skip
    coarse = rng.random() < 0.1
    location = Location(
        place.latitude, place.longitude, Precision.GOVERNORATE if coarse else Precision.SETTLEMENT,
        60_000 if coarse else int(place.radius_km * 1000), 0.9, None if coarse else place,
        governorate=place.governorate,
    )  # fmt: skip
    told = day + dt.timedelta(days=rng.choice((0, 0, 0, 0, 0, 1)))
    incident = ReportedIncident(
        report_id=report_id,
        quote=quote,
        event_type=event["kind"],  # type: ignore[arg-type]
        when=When(told, told) if rng.random() < 0.85 else When(),
        places=(PlaceMention(place.name, quote, place.governorate, location),),
        governorate=place.governorate,
        location=location,
        actors=(event["actor"],) if rng.random() < 0.7 else (),  # type: ignore[arg-type]
        attribution=Attribution.REPORTED,
        claims=tuple(claims),
        totals=Totals(killed_min=killed, killed_max=killed),
    )
    return Extraction(report, (incident,))
