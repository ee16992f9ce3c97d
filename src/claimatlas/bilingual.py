"""Reports in two languages: each language's lines are read in its own words, and what they tell is laid together.

A statement with an English summary below, or an English page with the Arabic original, tells its events twice. Both
tellings are kept as claims of one incident. Offsets stay those of the whole report: the lines of the other language
are blanked, not cut.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from claimatlas.geodesy import distance_km
from claimatlas.model import Extraction, Report, ReportedIncident, Totals
from claimatlas.text.cleaning import clean
from claimatlas.text.languages import detect_language, split_languages

# Menus, handles and signatures in the other script are no second telling; a summary has more letters than this.
MIN_LETTERS = 120
# Two tellings of one event lie no further apart than this, in km and in days.
MAX_KM, MAX_DAYS = 10.0, 1

_OTHER_SCRIPT = {"ar": re.compile("[A-Za-z]"), "en": re.compile("[\u0621-\u064a]")}
_LETTER = re.compile(r"[^\W\d_]")


def split_report(report: Report) -> tuple[Report, Report] | None:
    """The report with only the lines of its own language, and with only those of the other.

    Args:
        report: Any report.

    Returns:
        Both, of the same length as the report; None when there is one language only.
    """
    script = _OTHER_SCRIPT.get(report.lang)
    if script is None or (report.lang == "en" and report.text.isascii()):
        return None
    if len(script.findall(report.text)) < MIN_LETTERS:
        return None
    cleaned = clean(report.text)
    other = "en" if report.lang == "ar" else "ar"
    stretches = [
        cleaned.raw_span(start, end)
        for start, end, lang in split_languages(cleaned.text)
        if lang == other and len(_LETTER.findall(cleaned.text, start, end)) >= MIN_LETTERS
    ]
    if not stretches:
        return None
    title_lang = detect_language(report.title)
    own = dataclasses.replace(
        report, text=_blanked(report.text, stretches), title=report.title if title_lang == report.lang else ""
    )
    gaps = zip([0, *(end for _, end in stretches)], [*(start for start, _ in stretches), len(report.text)], strict=True)
    second = dataclasses.replace(report, text=_blanked(report.text, list(gaps)), title="", lang=other)
    return own, second


def _blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    pieces, position = [], 0
    for start, end in spans:
        pieces += [text[position:start], re.sub(r"[^\n]", " ", text[start:end])]
        position = end
    return "".join([*pieces, text[position:]])


def join_extractions(report: Report, first: Extraction, second: Extraction) -> Extraction:
    """What both languages tell, each event once.

    Args:
        report: The whole report.
        first: What the lines of its main language tell.
        second: What the others tell.

    Returns:
        The first's incidents with the claims that only the second has, and the second's own incidents.
    """
    incidents = list(first.incidents)
    for incident in second.incidents:
        at = next((i for i, known in enumerate(incidents) if _is_one_event(known, incident)), None)
        if at is None:
            incidents.append(incident)
        else:
            incidents[at] = _joined(incidents[at], incident)
    return Extraction(report, tuple(incidents), (*first.issues, *second.issues))


def _is_one_event(one: ReportedIncident, other: ReportedIncident) -> bool:
    """Whether nothing in day, place or toll speaks against it, and something speaks for it."""
    days = [incident.when.start for incident in (one, other) if incident.when.start is not None]
    if len(days) == 2 and abs((days[0] - days[1]).days) > MAX_DAYS:
        return False
    if one.location is not None and other.location is not None:
        here, there = one.location, other.location
        km = distance_km(here.latitude, here.longitude, there.latitude, there.longitude)
        return km <= max(MAX_KM, (here.radius_m + there.radius_m) / 1000)
    if one.governorate is not None and other.governorate is not None:
        return one.governorate == other.governorate
    killed = one.totals.killed_min
    return killed is not None and killed == other.totals.killed_min


def _joined(known: ReportedIncident, other: ReportedIncident) -> ReportedIncident:
    told = {(c.claimant, c.outcome, c.victims, c.min, c.max, c.stance) for c in known.claims}
    more = [c for c in other.claims if (c.claimant, c.outcome, c.victims, c.min, c.max, c.stance) not in told]
    totals = {
        field.name: own if (own := getattr(known.totals, field.name)) is not None else getattr(other.totals, field.name)
        for field in dataclasses.fields(Totals)
    }
    return dataclasses.replace(
        known,
        claims=(*known.claims, *more),
        totals=Totals(**totals),
        actors=known.actors or other.actors,
        attribution=known.attribution if known.actors else other.attribution,
        when=known.when if known.when.start is not None else other.when,
    )
