"""Small collections made by hand, for the tests of everything that is written."""

from __future__ import annotations

import datetime as dt

from claimatlas.claims import make_claims
from claimatlas.mentions import find_mentions
from claimatlas.model import (
    Actor,
    Atlas,
    Attribution,
    Claim,
    EventType,
    Grading,
    Incident,
    Issue,
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

HOSTILE = "=HYPERLINK(\"http://x\")</script><img src=x onerror=alert(1)>`${1}`[% env('HOME') %]\\1 ' \" ; =2+3 \u202e"

AL_SOUSSA = Place(
    id="ca:al-soussa", kind="town", name="Al-Soussa", name_ar="السوسة", latitude=34.528889, longitude=40.9675,
    radius_km=3.0, governorate="Deir-ez-Zor", district="Abu Kamal", subdistrict="Susat", pcode="C5183", source="tests",
)  # fmt: skip
IDLEB = Place(
    id="ca:idleb-governorate", kind="governorate", name="Idleb", name_ar="إدلب", latitude=35.8, longitude=36.7,
    radius_km=62.0, governorate="Idleb", source="tests",
)  # fmt: skip
DUMA = Place(
    id="ca:duma", kind="town", name="Duma", name_ar="دوما", latitude=33.5718, longitude=36.4025, radius_km=4.0,
    governorate="Rural Damascus", district="Duma", source="tests",
)  # fmt: skip


TEXTS = {
    "wire-1": "Activists said 16 civilians were killed in Al-Soussa on Saturday.",
    "wire-2": "The coalition denied that at least 5 died. State media blamed it.",
    "ar-1": "استشهاد 7 مدنيين بقصف على دوما",
    "hostile-1": HOSTILE,
}


def make_small_atlas() -> Atlas:
    """Seven incidents: contested, accused, Arabic, a governorate, undated, unlocated, hostile."""
    reports = (
        _report("wire-1", "Strikes on Al-Soussa"),
        _report("wire-2", "Coalition answers"),
        Report(id="ar-1", text=TEXTS["ar-1"], title="دوما", lang="ar", publisher="شبكة",
               published=dt.date(2018, 3, 2), url="https://example.org/ar-1", source="ar-1.txt"),
        Report(id="hostile-1", text=HOSTILE, title=HOSTILE, publisher=HOSTILE, source="hostile-1.txt"),
    )  # fmt: skip
    incidents = (
        make_incident(
            "i-undated", "wire-1", "16 civilians", place=AL_SOUSSA, actors=(), when=When(), killed=(0, 0),
            headline="Nobody was killed near Al-Soussa, on a day nobody gives",
        ),
        make_incident(
            "i-duma", "ar-1", "7 مدنيين", place=DUMA, actors=(Actor.SYRIAN_GOVERNMENT,), day=dt.date(2018, 3, 1),
            killed=(7, 7), event_type=EventType.SHELLING, headline="Seven civilians reported killed in Duma",
            name="دوما",
        ),
        make_incident(
            "i-duma-2", "ar-1", "7 مدنيين", place=DUMA, actors=(Actor.RUSSIA, Actor.SYRIAN_GOVERNMENT),
            day=dt.date(2018, 3, 1), killed=(60, None), attribution=Attribution.ACCUSED,
            headline="At least sixty people reported killed in Duma", name="دوما",
        ),
        make_incident(
            "i-idleb", "wire-1", "civilians were killed", place=IDLEB, actors=(Actor.RUSSIA,),
            when=When(dt.date(2018, 9, 1), dt.date(2018, 9, 30)), killed=(12, 30), precision=Precision.GOVERNORATE,
            headline="Twelve to thirty people reported killed somewhere in Idleb", name="Idlib province",
        ),
        make_incident(
            "i-soussa", "wire-1", "16 civilians", place=AL_SOUSSA, actors=(Actor.US_LED_COALITION,),
            day=dt.date(2018, 11, 3), killed=(5, 16), attribution=Attribution.CONTESTED, grading=Grading.CONTESTED,
            denied=True, second=("wire-2", "at least 5"), headline="Five to sixteen reported killed in Al-Soussa",
        ),
        make_incident(
            "i-nowhere", "wire-2", "State media", place=None, actors=(Actor.ISIS,), day=dt.date(2018, 11, 4),
            killed=(None, None), headline="An attack nobody can place", name="Nowhere",
        ),
        make_incident(
            "i-hostile", "hostile-1", HOSTILE[:20], place=AL_SOUSSA, actors=(Actor.OTHER,), day=dt.date(2018, 11, 5),
            killed=(None, 3), headline=HOSTILE, name=HOSTILE, claimant=HOSTILE,
        ),
    )  # fmt: skip
    return Atlas(
        reports=reports,
        incidents=incidents,
        issues=(Issue("place_unknown", "Nobody knows a place of this name.", report_id="wire-2", words="Nowhere"),),
        inputs={"wire-1.txt": "0" * 64, "ar-1.txt": "1" * 64},
        versions={"claimatlas": "0.1.0"},
    )


def make_incident(
    identifier: str,
    report_id: str,
    words: str,
    *,
    place: Place | None,
    actors: tuple[Actor, ...],
    killed: tuple[int | None, int | None],
    headline: str,
    day: dt.date | None = None,
    when: When | None = None,
    event_type: EventType = EventType.AIRSTRIKE,
    precision: Precision = Precision.SETTLEMENT,
    attribution: Attribution = Attribution.REPORTED,
    grading: Grading = Grading.WEAK,
    denied: bool = False,
    name: str = "Al-Soussa",
    claimant: str = "activists",
    second: tuple[str, str] | None = None,
) -> Incident:
    """One incident with a casualty claim, and a denial by a second report where one is given."""
    when = when or When(day, day, Span(0, 8, "Saturday"))
    location = None
    if place is not None:
        location = Location(
            place.latitude, place.longitude, precision, int(place.radius_km * 1000), 0.9, place=place,
            governorate=place.governorate, reason="the only place of this name",
        )  # fmt: skip
    quote = _quote(report_id, words)
    claims = [Claim(report_id, claimant, quote, Stance.ASSERTS, actors, Outcome.KILLED, Victims.CIVILIANS, *killed)]
    tellings = [_telling(report_id, quote, event_type, tuple(claims))]
    if second is not None:
        other_id, other_words = second
        denial = Claim(other_id, "US-led coalition", _quote(other_id, other_words), Stance.DENIES, actors)
        tellings.append(_telling(other_id, denial.quote, event_type, (denial,)))
    return Incident(
        id=identifier,
        tellings=tuple(tellings),
        event_type=event_type,
        when=when,
        places=(PlaceMention(name, location=location),),
        governorate=place.governorate if place else None,
        location=location,
        actors=actors,
        attribution=attribution if actors else Attribution.NONE,
        totals=Totals(killed_min=killed[0], killed_max=killed[1]),
        grading=grading,
        grade_reason="A single source says so.",
        denied=denied,
        headline=headline,
    )


def _telling(report_id: str, quote: Span, event_type: EventType, claims: tuple[Claim, ...]) -> ReportedIncident:
    return ReportedIncident(report_id=report_id, quote=quote, event_type=event_type, claims=claims)


def _quote(report_id: str, words: str) -> Span:
    """The words where the report has them."""
    start = TEXTS.get(report_id, words).index(words)
    return Span(start, start + len(words), words)


def _report(identifier: str, title: str) -> Report:
    return Report(
        id=identifier, text=TEXTS[identifier], title=title, publisher="Example Wire", published=dt.date(2018, 11, 5),
        url=f"https://example.org/{identifier}", source=f"{identifier}.txt",
    )  # fmt: skip


def statements(text, reference, publisher=None):
    """What the clauses of a text tell, published on 6 June 2018."""
    report = Report("r", text, publisher=publisher, published=dt.date(2018, 6, 6))
    return make_claims(find_mentions(report, reference))
