"""Which words of a report led to which value, for the person at the keyboard."""

from __future__ import annotations

from collections.abc import Iterator

from claimatlas.model import Claim, Extraction, Location, PlaceMention, ReportedIncident, Span, Victims, When
from claimatlas.records.wording import say_range

_MAX_REJECTED = 3


def explain_extraction(extraction: Extraction) -> str:
    """Say for each incident of a report which words led to which value.

    Args:
        extraction: What the report yielded.

    Returns:
        Plain text of several lines; every quoted piece is followed by its offsets in the report.
    """
    report = extraction.report
    lines = [f"Report {report.id} ({report.lang}), published {report.published or 'on an unknown day'}"]
    for number, incident in enumerate(extraction.incidents, 1):
        lines += ["", f"Incident {number}, {incident.salience}: {incident.event_type} <- {_words(incident.quote)}"]
        lines += [f"  {line}" for line in _explain_incident(incident)]
    if not extraction.incidents:
        lines.append("No incident found.")
    for issue in extraction.issues:
        lines.append(f"Doubt ({issue.kind}): {issue.reason}" + (f" <- “{issue.words}”" if issue.words else ""))
    return "\n".join(lines) + "\n"


def _explain_incident(incident: ReportedIncident) -> Iterator[str]:
    yield _explain_when(incident.when)
    for place in incident.places:
        yield from _explain_place(place)
    if not incident.places:
        yield "place: none named"
    yield f"governorate: {incident.governorate or 'unknown'}"
    yield f"actors: {', '.join(incident.actors) or 'nobody named'}; attribution: {incident.attribution}"
    for span in incident.means:
        yield f"means <- {_words(span)}"
    for claim in incident.claims:
        yield _explain_claim(claim)
    totals = incident.totals
    yield (
        f"killed {say_range(totals.killed_min, totals.killed_max)}, counted as civilians "
        f"{say_range(totals.civilians_killed_min, totals.civilians_killed_max)}; "
        f"injured {say_range(totals.injured_min, totals.injured_max)}"
    )
    for flag in incident.flags:
        yield f"doubt: {flag}"


def _explain_when(when: When) -> str:
    if when.start is None:
        bounds = [f"not before {when.not_before}"] if when.not_before else []
        bounds += [f"not after {when.not_after}"] if when.not_after else []
        days = ", ".join(["unknown", *bounds])
    else:
        days = str(when.start) if when.start == when.end else f"{when.start} to {when.end}"
    return f"day: {days}" + (f" <- {_words(when.words)}" if when.words else "")


def _explain_place(mention: PlaceMention) -> Iterator[str]:
    words = _words(mention.span) if mention.span else f"“{mention.name}”"
    relation = f" ({mention.relation})" if mention.relation else ""
    if mention.location is None:
        yield f"place{relation}: nobody can say where <- {words}"
        return
    yield f"place{relation}: {_explain_location(mention.location)} <- {words}"
    for candidate in mention.location.rejected[:_MAX_REJECTED]:
        place = candidate.place
        yield f"  rather than {place.name}, {place.governorate or 'governorate unknown'} ({candidate.score:.2f})"
    for flag in mention.location.flags:
        yield f"  doubt: {flag}"


def _explain_location(location: Location) -> str:
    name = location.place.name if location.place else "the point given"
    reason = f"; {location.reason}" if location.reason else ""
    return (
        f"{name}, {location.latitude:.4f} N {location.longitude:.4f} E, {location.precision} "
        f"within {location.radius_m} m ({location.score:.2f}{reason})"
    )


def _explain_claim(claim: Claim) -> str:
    if claim.outcome is None:
        deed = f" by {', '.join(claim.actors)}" if claim.actors else ""
        return f"statement: {claim.claimant} {claim.stance} the deed{deed} <- {_words(claim.quote)}"
    victims = _ONE[claim.victims] if claim.victims is not None and claim.max == 1 else claim.victims
    figure = f"{say_range(claim.min, claim.max)} {victims} {claim.outcome}"
    return f"claim: {claim.claimant}: {figure} <- {_words(claim.quote)}"


_ONE = {
    Victims.PEOPLE: "person",
    Victims.CIVILIANS: "civilian",
    Victims.CHILDREN: "child",
    Victims.WOMEN: "woman",
    Victims.COMBATANTS: "combatant",
}


def _words(span: Span) -> str:
    where = "title " if span.field == "title" else ""
    return f"“{' '.join(span.text.split())}” [{where}{span.start}-{span.end}]"
