"""How well extracted incidents agree with coded ones, by the definitions of the codebook (docs/codebook.md).

Both sides are JSONL in the codebook's form, which is also what `claimatlas extract` writes. Incidents of a report
are paired one to one, the most alike first; what is left over was missed, or is not coded. Only `main` incidents are
counted: an extracted incident that matches a coded `background` one is neither right nor wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claimatlas.coding import CodedClaim, CodedIncident, CodedReport, read_coded
from claimatlas.errors import InputError
from claimatlas.geodesy import distance_km
from claimatlas.model import Salience
from claimatlas.names.keys import text_key
from claimatlas.records.wording import count_of

# A village and the town it belongs to, or two gazetteers' points of one place, lie within this distance.
NEAR_KM = 10.0
# Night strikes are dated to either day, and a report's "Tuesday night" often is the Wednesday.
NEAR_DAYS = 1
# Days and tolls this close still tell that the same event is meant, though the field counts as wrong.
SIMILAR_DAYS = 7
SIMILAR_TOLL = 0.2
# Weights of place, day and toll when incidents are paired, and the likeness a pair needs: the right place alone
# falls short, the right place with a day or a toll that is at least not contradicted is enough.
PLACE_WEIGHT, DAY_WEIGHT, TOLL_WEIGHT = 0.4, 0.3, 0.3
LEAST_LIKENESS = 0.5


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was found, missed and made up.

    Attributes:
        found: Coded and extracted.
        missed: Coded, not extracted.
        extra: Extracted, not coded.
    """

    found: int = 0
    missed: int = 0
    extra: int = 0

    def __add__(self, other: Agreement) -> Agreement:
        """Both together."""
        return Agreement(self.found + other.found, self.missed + other.missed, self.extra + other.extra)

    @property
    def coded(self) -> int:
        """How many there are to find."""
        return self.found + self.missed

    @property
    def extracted(self) -> int:
        """How many were extracted."""
        return self.found + self.extra

    @property
    def precision(self) -> float:
        """Share of the extracted that is coded; 1.0 when nothing was extracted."""
        return _share(self.found, self.extracted)

    @property
    def recall(self) -> float:
        """Share of the coded that was extracted; 1.0 when nothing was coded."""
        return _share(self.found, self.coded)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return _share(2 * self.found, self.coded + self.extracted)


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the counted are right."""

    right: int = 0
    counted: int = 0

    def __add__(self, other: Share) -> Share:
        """Both together."""
        return Share(self.right + other.right, self.counted + other.counted)

    @property
    def value(self) -> float:
        """Right divided by counted; 1.0 when nothing was counted."""
        return _share(self.right, self.counted)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which the two sides differ.

    Attributes:
        report_id: The report.
        incident: Words by which a person recognises the incident.
        what: `missed`, `extra`, a field's name, `claim missed`, `claim extra`, or `report missing`.
        coded: The coded value, or None.
        extracted: The extracted value, or None.
    """

    report_id: str
    incident: str
    what: str
    coded: str | None = None
    extracted: str | None = None

    def __str__(self) -> str:
        """One line for a person."""
        if self.coded is None and self.extracted is None:
            return f"{self.report_id}: {self.incident}: {self.what}"
        return f"{self.report_id}: {self.incident}: {self.what}: coded {self.coded}, extracted {self.extracted}"


@dataclass(frozen=True, slots=True)
class Scores:
    """The figures of a set of reports.

    Attributes:
        reports: How many coded reports.
        incidents: Main incidents.
        fields: Over the pairs, how often each field is right.
        within_10km: Over the pairs whose coded incident has a point, how often the extracted one lies within 10 km.
        claims: Casualty claims with a figure: who it counts, what befell them, both bounds.
        claims_with_claimant: The same, and whose claim it is.
        fully_right: Of the coded main incidents, those paired with governorate, day, actors and toll all right.
    """

    reports: int
    incidents: Agreement
    fields: dict[str, Share]
    within_10km: Share
    claims: Agreement
    claims_with_claimant: Agreement
    fully_right: Share

    def __add__(self, other: Scores) -> Scores:
        """Both sets together."""
        return Scores(
            reports=self.reports + other.reports,
            incidents=self.incidents + other.incidents,
            fields={name: self.fields[name] + other.fields[name] for name in FIELDS},
            within_10km=self.within_10km + other.within_10km,
            claims=self.claims + other.claims,
            claims_with_claimant=self.claims_with_claimant + other.claims_with_claimant,
            fully_right=self.fully_right + other.fully_right,
        )

    def to_dict(self) -> dict[str, Any]:
        """The figures as plain values, shares and F1 rounded to four digits."""
        return {
            "reports": self.reports,
            "incidents": _agreement_dict(self.incidents),
            "fields": {name: round(share.value, 4) for name, share in self.fields.items()},
            "within_10km": round(self.within_10km.value, 4),
            "claims": _agreement_dict(self.claims),
            "claims_with_claimant": _agreement_dict(self.claims_with_claimant),
            "fully_right": round(self.fully_right.value, 4),
        }


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures, language by language, and every difference.

    Attributes:
        overall: All reports together.
        by_language: The same figures for each language.
        differences: What differs, in the order of the coded reports.
        not_coded: Extracted reports that nobody coded; they are not counted.
        not_extracted: Coded reports that were not extracted; their incidents count as missed.
    """

    overall: Scores
    by_language: dict[str, Scores]
    differences: tuple[Difference, ...] = ()
    not_coded: int = 0
    not_extracted: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Plain values for machines."""
        return {
            "overall": self.overall.to_dict(),
            "by_language": {language: scores.to_dict() for language, scores in self.by_language.items()},
            "not_coded": self.not_coded,
            "not_extracted": self.not_extracted,
            "differences": [
                {
                    "id": item.report_id,
                    "incident": item.incident,
                    "what": item.what,
                    "coded": item.coded,
                    "extracted": item.extracted,
                }
                for item in self.differences
            ],
        }

    def to_text(self, *, differences: bool = False) -> str:
        """A table for people: one column a language, one row a figure.

        Args:
            differences: List what differs below the table.
        """
        columns = {"all": self.overall}
        if len(self.by_language) > 1:
            columns |= self.by_language
        rows = [("", *columns), ("reports", *(str(scores.reports) for scores in columns.values()))]
        for name, read in _figures():
            rows.append((name, *(read(scores) for scores in columns.values())))
        width = max(len(row[0]) for row in rows)
        lines = [" ".join([row[0].ljust(width), *(cell.rjust(7) for cell in row[1:])]).rstrip() for row in rows]
        if self.not_coded:
            lines.append(f"{count_of(self.not_coded, 'extracted report')} nobody coded: not counted.")
        if self.not_extracted:
            missing = count_of(self.not_extracted, "coded report")
            lines.append(f"{missing} not extracted: all they tell counts as missed.")
            if self.not_extracted == self.overall.reports:
                lines.append("No report stands in both files; do they call the reports by the same ids?")
        if differences:
            lines += ["", *map(str, self.differences)]
        return "\n".join(lines)


def evaluate(gold: Path, pred: Path) -> Evaluation:
    """Compare two files of incidents in the codebook's form.

    Args:
        gold: JSONL of coded reports.
        pred: JSONL of extracted reports, as `claimatlas extract` writes it.

    Returns:
        The figures and the differences.

    Raises:
        InputError: A file cannot be read, a line is not a coded report, or an id stands there twice.
    """
    coded = read_coded(gold)
    if not coded:
        raise InputError(f"{gold} holds no coded reports, so there is nothing to score.")
    return compare_reports(coded, read_coded(pred))


def compare_reports(gold: Sequence[CodedReport], pred: Sequence[CodedReport]) -> Evaluation:
    """Compare extracted reports with coded ones.

    Args:
        gold: The coded reports; each counts, also where nothing was extracted.
        pred: The extracted ones, in any order.
    """
    extracted = {report.id: report for report in pred}
    by_language: dict[str, Scores] = {}
    differences: list[Difference] = []
    overall = _no_scores()
    for report in gold:
        own = extracted.get(report.id)
        if own is None:
            differences.append(Difference(report.id, "all incidents", "report missing"))
        scores, found = _compare_report(report, own.incidents if own else [])
        differences += found
        language = report.lang or (own.lang if own else None) or "unknown"
        by_language[language] = by_language.get(language, _no_scores()) + scores
        overall += scores
    coded = {report.id for report in gold}
    return Evaluation(
        overall,
        dict(sorted(by_language.items())),
        tuple(differences),
        not_coded=len(extracted.keys() - coded),
        not_extracted=len(coded - extracted.keys()),
    )


def _compare_report(gold: CodedReport, extracted: Sequence[CodedIncident]) -> tuple[Scores, list[Difference]]:
    main = [incident for incident in gold.incidents if incident.salience is Salience.MAIN]
    recalled = [incident for incident in gold.incidents if incident.salience is Salience.BACKGROUND]
    offered = [incident for incident in extracted if incident.salience is Salience.MAIN]
    pairs = pair_incidents(main, offered)
    left = _without(offered, pairs.values())
    excused = pair_incidents(recalled, left)
    extra = _without(left, excused.values())

    fields = dict.fromkeys(FIELDS, Share())
    near = full = Share()
    claims = named_claims = Agreement()
    differences: list[Difference] = []
    for index, incident in enumerate(main):
        other = pairs.get(index)
        claims += _compare_claims(incident, other, _claim_key)
        named_claims += _compare_claims(incident, other, _claim_key_with_claimant)
        if other is None:
            full += Share(0, 1)
            differences.append(Difference(gold.id, incident.label, "missed"))
            continue
        right = {name: rule(incident, other) for name, rule in FIELDS.items()}
        fields = {name: fields[name] + Share(int(ok), 1) for name, ok in right.items()}
        full += Share(int(all(right[name] for name in FULLY_RIGHT)), 1)
        if incident.lat is not None:
            near += Share(int(_is_near(incident, other)), 1)
        differences += _differences(gold.id, incident, other, right)
    differences += [Difference(gold.id, incident.label, "extra") for incident in extra]
    incidents = Agreement(found=len(pairs), missed=len(main) - len(pairs), extra=len(extra))
    return Scores(1, incidents, fields, near, claims, named_claims, full), differences


def pair_incidents(gold: Sequence[CodedIncident], pred: Sequence[CodedIncident]) -> dict[int, CodedIncident]:
    """Pair incidents one to one, the most alike first.

    Args:
        gold: Coded incidents of a report.
        pred: Extracted incidents of the same report.

    Returns:
        The extracted incident for the index of each coded one that has a pair.
    """
    ranked = sorted(
        (
            (-compute_likeness(coded, extracted), row, column)
            for row, coded in enumerate(gold)
            for column, extracted in enumerate(pred)
        ),
    )
    pairs: dict[int, CodedIncident] = {}
    taken: set[int] = set()
    for negative_likeness, row, column in ranked:
        if -negative_likeness < LEAST_LIKENESS or row in pairs or column in taken:
            continue
        pairs[row] = pred[column]
        taken.add(column)
    return pairs


def compute_likeness(coded: CodedIncident, extracted: CodedIncident) -> float:
    """How alike two incidents are in place, day and toll, from 0 to 1."""
    likeness = (
        PLACE_WEIGHT * _place_likeness(coded, extracted)
        + DAY_WEIGHT * _day_likeness(coded, extracted)
        + TOLL_WEIGHT * _toll_likeness(coded, extracted)
    )
    # Sums of tenths are not exact; without rounding, .2 + .15 + .15 would fall below one half.
    return round(likeness, 6)


def _place_likeness(coded: CodedIncident, extracted: CodedIncident) -> float:
    shared = {text_key(place.name) for place in coded.places} & {text_key(place.name) for place in extracted.places}
    if shared - {""} or _is_near(coded, extracted):
        return 1.0
    if coded.governorate is None and not coded.places:
        return 0.5 if extracted.governorate is None and not extracted.places else 0.0
    return 0.5 if coded.governorate is not None and coded.governorate == extracted.governorate else 0.0


def _day_likeness(coded: CodedIncident, extracted: CodedIncident) -> float:
    apart = _days_apart(coded, extracted)
    if apart is None:
        return 0.5 if coded.date_start is None and extracted.date_start is None else 0.0
    if apart <= NEAR_DAYS:
        return 1.0
    return 0.5 if apart <= SIMILAR_DAYS else 0.0


def _toll_likeness(coded: CodedIncident, extracted: CodedIncident) -> float:
    one, other = coded.killed_min, extracted.killed_min
    if one is None or other is None:
        return 0.5 if one is None and other is None else 0.0
    if one == other:
        return 1.0
    return 0.5 if abs(one - other) <= SIMILAR_TOLL * max(one, other) else 0.0


def _days_apart(coded: CodedIncident, extracted: CodedIncident) -> int | None:
    if coded.date_start is None or extracted.date_start is None:
        return None
    return abs((coded.date_start - extracted.date_start).days)


def _is_near(coded: CodedIncident, extracted: CodedIncident) -> bool:
    if coded.lat is None or coded.lon is None or extracted.lat is None or extracted.lon is None:
        return False
    return distance_km(coded.lat, coded.lon, extracted.lat, extracted.lon) <= NEAR_KM


def _is_governorate_right(coded: CodedIncident, extracted: CodedIncident) -> bool:
    # Places on the border of two governorates are given to either; a point that near is right.
    return coded.governorate == extracted.governorate or _is_near(coded, extracted)


def _is_day_right(coded: CodedIncident, extracted: CodedIncident) -> bool:
    # Whether a report without a day was given one is the business of the tests of honesty, not of this figure.
    if coded.date_start is None:
        return True
    apart = _days_apart(coded, extracted)
    return apart is not None and apart <= NEAR_DAYS


def _is_same(name: str) -> Callable[[CodedIncident, CodedIncident], bool]:
    return lambda coded, extracted: bool(getattr(coded, name) == getattr(extracted, name))


FIELDS: dict[str, Callable[[CodedIncident, CodedIncident], bool]] = {
    "event_type": _is_same("event_type"),
    "governorate": _is_governorate_right,
    "date_start": _is_day_right,
    "actors": lambda coded, extracted: set(coded.actors) == set(extracted.actors),
    "attribution": _is_same("attribution"),
    "killed_min": _is_same("killed_min"),
    "killed_max": _is_same("killed_max"),
    # "Only fighters died" is coded as null and means no civilians: the same as 0.
    "civilians_killed_min": lambda coded, extracted: (
        (coded.civilians_killed_min or 0) == (extracted.civilians_killed_min or 0)
    ),
    "injured_min": _is_same("injured_min"),
}
"""What is compared over the pairs, and when it counts as right."""

FULLY_RIGHT = ("governorate", "date_start", "actors", "killed_min")
"""The fields that must all be right for an incident to be fully right."""

ClaimKey = tuple[object, ...]


def _claim_key(claim: CodedClaim) -> ClaimKey:
    return claim.outcome, claim.victims, claim.min, claim.max


def _claim_key_with_claimant(claim: CodedClaim) -> ClaimKey:
    return *_claim_key(claim), text_key(claim.claimant or "")


def _counted_claims(incident: CodedIncident | None) -> Iterator[CodedClaim]:
    """Claims with a figure; zeros and "a number of" are not claims (codebook, section 6)."""
    if incident is None:
        return
    yield from (claim for claim in incident.claims if claim.min or claim.max)


def _compare_claims(
    coded: CodedIncident, extracted: CodedIncident | None, key: Callable[[CodedClaim], ClaimKey]
) -> Agreement:
    ours, theirs = set(map(key, _counted_claims(coded))), set(map(key, _counted_claims(extracted)))
    return Agreement(found=len(ours & theirs), missed=len(ours - theirs), extra=len(theirs - ours))


def _differences(
    report_id: str, coded: CodedIncident, extracted: CodedIncident, right: dict[str, bool]
) -> Iterator[Difference]:
    for name, ok in right.items():
        if not ok:
            yield Difference(report_id, coded.label, name, _show(coded, name), _show(extracted, name))
    if coded.lat is not None and not _is_near(coded, extracted):
        yield Difference(report_id, coded.label, "point", _show_point(coded), _show_point(extracted))
    ours = {_claim_key(claim): claim for claim in _counted_claims(coded)}
    theirs = {_claim_key(claim): claim for claim in _counted_claims(extracted)}
    for key, claim in ours.items():
        if key not in theirs:
            yield Difference(report_id, coded.label, "claim missed", _show_claim(claim), "nothing")
    for key, claim in theirs.items():
        if key not in ours:
            yield Difference(report_id, coded.label, "claim extra", "nothing", _show_claim(claim))


def _show(incident: CodedIncident, name: str) -> str:
    value = getattr(incident, name)
    if isinstance(value, list):
        return "+".join(sorted(value)) or "nobody"
    return "unknown" if value is None else str(value)


def _show_point(incident: CodedIncident) -> str:
    where = incident.places[0].name if incident.places else "no place"
    return where if incident.lat is None else f"{where} ({incident.lat:.3f} N {incident.lon:.3f} E)"


def _show_claim(claim: CodedClaim) -> str:
    low, high = ("" if bound is None else bound for bound in (claim.min, claim.max))
    return f'{claim.claimant}: {claim.outcome.value} {claim.victims.value} {low}-{high} "{claim.quote}"'


def _without(incidents: Sequence[CodedIncident], taken: Iterable[CodedIncident]) -> list[CodedIncident]:
    # By identity: a report may tell two incidents that are equal in every field.
    ids = {id(incident) for incident in taken}
    return [incident for incident in incidents if id(incident) not in ids]


def _no_scores() -> Scores:
    return Scores(0, Agreement(), dict.fromkeys(FIELDS, Share()), Share(), Agreement(), Agreement(), Share())


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _agreement_dict(agreement: Agreement) -> dict[str, float]:
    return {
        "precision": round(agreement.precision, 4),
        "recall": round(agreement.recall, 4),
        "f1": round(agreement.f1, 4),
    }


def _figures() -> Iterator[tuple[str, Callable[[Scores], str]]]:
    """The rows of the table: a name, and how the figure is read."""
    yield "incidents: precision", lambda scores: _show_share(scores.incidents.precision, scores.incidents.extracted)
    yield "incidents: recall", lambda scores: _show_share(scores.incidents.recall, scores.incidents.coded)
    yield "incidents: F1", lambda scores: _show_share(scores.incidents.f1, scores.incidents.coded)
    for name in FIELDS:
        yield f"{name} right", _read_field(name)
    yield "within 10 km", lambda scores: _show_share(scores.within_10km.value, scores.within_10km.counted)
    yield "claims: F1", lambda scores: _show_share(scores.claims.f1, scores.claims.coded)
    yield (
        "claims with claimant: F1",
        lambda scores: _show_share(scores.claims_with_claimant.f1, scores.claims_with_claimant.coded),
    )
    yield "fully right", lambda scores: _show_share(scores.fully_right.value, scores.fully_right.counted)


def _read_field(name: str) -> Callable[[Scores], str]:
    return lambda scores: _show_share(scores.fields[name].value, scores.fields[name].counted)


def _show_share(value: float, counted: int) -> str:
    """A share as a person reads it; a dash where nothing was counted, which is neither right nor wrong."""
    return f"{value:.3f}" if counted else "-"
