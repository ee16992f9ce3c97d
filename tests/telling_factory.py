"""Extractions made by hand, for the tests of grouping: one call, one report that tells one incident."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

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
    Salience,
    Span,
    Stance,
    Totals,
    Victims,
    When,
)
from claimatlas.totals import count_totals

HAJIN = Place("ca:hajin", "town", "Hajin", 34.689, 40.831, 2.0, "هجين", "Deir-ez-Zor")
SHAFAH = Place("ca:shafah", "village", "Ash-Sha'fah", 34.575, 40.932, 1.5, "الشعفة", "Deir-ez-Zor")
SOUSSA = Place("ca:soussa", "town", "Al-Soussa", 34.529, 40.968, 1.5, "السوسة", "Deir-ez-Zor")
DUMA = Place("ca:duma", "city", "Duma", 33.572, 36.403, 4.0, "دوما", "Rural Damascus")
DEIR_EZ_ZOR = Place("ca:deir-ez-zor", "governorate", "Deir-ez-Zor", 35.0, 40.4, 110.0, "دير الزور", "Deir-ez-Zor")

NOVEMBER_3 = dt.date(2018, 11, 3)

# Sentences that have nothing in common, to fill reports that are independent of each other.
FILLERS = (
    "Residents spoke of aircraft circling since the morning prayers while the bakery queue was long.",
    "A teacher described broken windows along the canal road and smoke over the grain silos.",
    "Ambulance crews brought the wounded to a field clinic beyond the iron bridge after dusk.",
    "The governorate council demanded an inquiry, its spokesman told journalists by telephone.",
    "Shepherds near the quarry heard three distant blasts and fled with their flocks northward.",
)


def locate(place: Place, precision: Precision = Precision.SETTLEMENT) -> Location:
    """The middle of a place."""
    return Location(
        place.latitude, place.longitude, precision, round(place.radius_km * 1000), 0.9, place, place.name,
        place.governorate, reason="the only place of this name",
    )  # fmt: skip


def tell(
    report_id: str,
    *,
    killed: int | None = 12,
    place: Place | None = HAJIN,
    day: dt.date | None = NOVEMBER_3,
    published: dt.date | None = NOVEMBER_3,
    kind: EventType = EventType.AIRSTRIKE,
    actors: tuple[Actor, ...] = (Actor.US_LED_COALITION,),
    claimant: str = "SOHR",
    victims: Victims = Victims.CIVILIANS,
    stance: Stance = Stance.ASSERTS,
    publisher: str | None = None,
    text: str | None = None,
    lang: str = "en",
    salience: Salience = Salience.MAIN,
    extra: tuple[Claim, ...] = (),
    index: int = 0,
) -> Extraction:
    """A report that tells one incident: so many killed, there, then, by them, says the claimant."""
    words = f"{killed} {victims.value} were killed in {place.name if place else 'a village'}"
    body = text if text is not None else f"{words}. {FILLERS[index % len(FILLERS)]}"
    if words not in body:
        body = f"{words}. {body}"
    quote = Span(body.index(words), body.index(words) + len(words), words)
    report = Report(report_id, body, lang=lang, publisher=publisher or f"{report_id}.example", published=published)
    claims: tuple[Claim, ...] = ()
    if killed is not None:
        claims = (
            Claim(
                report_id, claimant, quote, stance, actors if claimant != "outlet" else (), Outcome.KILLED, victims,
                killed, killed,
            ),
        )  # fmt: skip
    claims = (*claims, *(replace(claim, report_id=report_id, quote=quote) for claim in extra))
    location = locate(place, Precision.GOVERNORATE if place is DEIR_EZ_ZOR else Precision.SETTLEMENT) if place else None
    telling = ReportedIncident(
        report_id=report_id,
        quote=quote,
        event_type=kind,
        salience=salience,
        when=When() if day is None else When(day, day, quote),
        places=(PlaceMention(place.name, quote, place.governorate, location),) if place else (),
        governorate=place.governorate if place else None,
        location=location,
        actors=actors,
        attribution=Attribution.ACCUSED if actors else Attribution.NONE,
        claims=claims,
        totals=count_totals(claims) if claims else Totals(),
    )
    return Extraction(report, (telling,))


def together(*extractions: Extraction) -> Extraction:
    """One report that tells the incidents of several, one after the other."""
    first = extractions[0].report
    text, tellings = "", []
    for extraction in extractions:
        shift = len(text)
        text += extraction.report.text + "\n\n"
        telling = extraction.incidents[0]
        quote = replace(telling.quote, start=telling.quote.start + shift, end=telling.quote.end + shift)
        claims = tuple(replace(claim, report_id=first.id, quote=quote) for claim in telling.claims)
        tellings.append(replace(telling, report_id=first.id, quote=quote, claims=claims))
    return Extraction(replace(first, text=text), tuple(tellings))
