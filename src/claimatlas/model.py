"""What a report, a claim, an incident and a place are: typed, immutable values.

The definitions are those of the project's codebook (docs/codebook.md). Every value that was read
from a text carries the `Span` it was read from. Values are plain frozen dataclasses: picklable,
comparable, and turned into JSON and back by `to_dict` and `from_dict`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

import msgspec

from claimatlas.errors import InputError

T = TypeVar("T")


class EventType(StrEnum):
    """What happened (codebook, section 2)."""

    AIRSTRIKE = "airstrike"
    SHELLING = "shelling"
    EXPLOSION = "explosion"
    CHEMICAL = "chemical"
    CLASH = "clash"
    SHOOTING = "shooting"
    ABDUCTION = "abduction"
    OTHER = "other"


class Actor(StrEnum):
    """Who is said to have done it (codebook, section 3)."""

    US_LED_COALITION = "us_led_coalition"
    RUSSIA = "russia"
    SYRIAN_GOVERNMENT = "syrian_government"
    TURKEY = "turkey"
    TURKISH_BACKED_OPPOSITION = "turkish_backed_opposition"
    OPPOSITION = "opposition"
    HTS_NUSRA = "hts_nusra"
    ISIS = "isis"
    SDF_YPG = "sdf_ypg"
    ISRAEL = "israel"
    IRAN_ALLIES = "iran_allies"
    JORDAN = "jordan"
    IRAQ = "iraq"
    OTHER = "other"


class Attribution(StrEnum):
    """How the deed is laid to its actors (codebook, sections 2 and 6)."""

    REPORTED = "reported"
    ACCUSED = "accused"
    CLAIMED = "claimed"
    CONTESTED = "contested"
    NONE = "none"


class Outcome(StrEnum):
    """What befell the victims of a casualty claim."""

    KILLED = "killed"
    INJURED = "injured"
    MISSING = "missing"
    CAPTURED = "captured"


class Victims(StrEnum):
    """Whom a casualty claim counts."""

    PEOPLE = "people"
    CIVILIANS = "civilians"
    CHILDREN = "children"
    WOMEN = "women"
    COMBATANTS = "combatants"


class Stance(StrEnum):
    """How a claimant stands to what the claim says its actors did."""

    ASSERTS = "asserts"
    DENIES = "denies"
    OWNS = "owns"
    DOUBTS = "doubts"


class Salience(StrEnum):
    """Whether the report is about the incident or recalls it in passing."""

    MAIN = "main"
    BACKGROUND = "background"


class Precision(StrEnum):
    """The kind of place a location stands for, finest first."""

    POINT = "point"
    NEIGHBOURHOOD = "neighbourhood"
    SETTLEMENT = "settlement"
    SUBDISTRICT = "subdistrict"
    DISTRICT = "district"
    GOVERNORATE = "governorate"
    COUNTRY = "country"


class Grading(StrEnum):
    """How well an incident is attested, after Airwars' definitions."""

    CONFIRMED = "confirmed"
    FAIR = "fair"
    WEAK = "weak"
    CONTESTED = "contested"
    DISCOUNTED = "discounted"


GOVERNORATES: tuple[str, ...] = (
    "Aleppo", "Al-Hasakeh", "Ar-Raqqa", "As-Sweida", "Damascus", "Dar'a", "Deir-ez-Zor",
    "Hama", "Homs", "Idleb", "Lattakia", "Quneitra", "Rural Damascus", "Tartous",
)  # fmt: skip
"""The fourteen governorates, spelt as OCHA's common operational dataset spells them."""

OUTLET = "outlet"
"""The claimant of what a report says in its own voice (codebook, section 4)."""


@dataclass(frozen=True, slots=True)
class Span:
    """An exact piece of a report.

    Attributes:
        start: Offset of the first character, counted in code points of the raw field.
        end: Offset after the last character.
        text: The characters themselves; always `report.text[start:end]` (or of `title`).
        field: The field of the report the offsets count in, `text` or `title`.
    """

    start: int
    end: int
    text: str
    field: str = "text"


@dataclass(frozen=True, slots=True)
class Report:
    """One report as its publisher put it out. Nothing in it is ever changed.

    Attributes:
        id: Unique in a collection; by default the stem of its file.
        text: The raw body; every offset counts in it.
        title: The headline, or an empty string.
        lang: `en` or `ar`; the language of most of the text.
        publisher: The outlet, as the metadata names it.
        published: Day of publication by the metadata; None when unknown.
        url: Address; only http(s) addresses are kept.
        source: The file it was read from, relative to the input.
    """

    id: str
    text: str
    title: str = ""
    lang: str = "en"
    publisher: str | None = None
    published: dt.date | None = None
    url: str | None = None
    source: str | None = None

    @property
    def content_hash(self) -> str:
        """SHA-256 (hex) over everything extraction may look at."""
        parts = (self.id, self.lang, self.publisher or "", str(self.published or ""), self.title, self.text)
        return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class When:
    """The day or days of an event, as wide as they were told.

    Attributes:
        start: First possible or actual day; None when unknown.
        end: Last day; equals `start` for a single day.
        words: The words the days were read from ("on Tuesday", "last month").
        not_before: The event cannot be earlier; set when only a bound is known.
        not_after: The event cannot be later; set when only a bound is known.
    """

    start: dt.date | None = None
    end: dt.date | None = None
    words: Span | None = None
    not_before: dt.date | None = None
    not_after: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the gazetteer.

    Attributes:
        id: Stable identifier (`ca:…` curated, `cod:C5183`, `geonames:…`, `wof:…` imported).
        kind: One of `entries.KINDS` ("city", "town", "village", "neighbourhood", "camp", …).
        name: Display name in Latin script.
        name_ar: Display name in Arabic, or None.
        latitude: Degrees north, WGS 84.
        longitude: Degrees east, WGS 84.
        radius_km: Radius of the circle the place fills, in kilometres.
        governorate: First-level area holding the place.
        district: Second-level area.
        subdistrict: Third-level area.
        pcode: OCHA P-code, where there is one.
        source: Where the facts come from.
    """

    id: str
    kind: str
    name: str
    latitude: float
    longitude: float
    radius_km: float
    name_ar: str | None = None
    governorate: str | None = None
    district: str | None = None
    subdistrict: str | None = None
    pcode: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name might mean.

    Attributes:
        place: The place.
        matched_name: The gazetteer's spelling that the name was matched with.
        score: Probability (0 to 1) that this place is meant.
        reasons: Short phrases a person can read ("same governorate", "spelling differs: q/k").
    """

    place: Place
    matched_name: str
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Location:
    """Where something is, how exactly that is known, and what else it might be.

    Attributes:
        latitude: Degrees north, WGS 84.
        longitude: Degrees east, WGS 84.
        precision: Kind of place the point stands for.
        radius_m: Radius of uncertainty in metres.
        score: Probability (0 to 1) that the true place lies within the radius.
        place: The gazetteer's place, or None for a point read from the text.
        matched_name: The spelling the name was matched with.
        governorate: First-level area the point lies in.
        reason: One sentence on how the place was chosen.
        rejected: The candidates it beat, best first.
        flags: Contradictions worth a person's look, as sentences.
    """

    latitude: float
    longitude: float
    precision: Precision
    radius_m: int
    score: float
    place: Place | None = None
    matched_name: str | None = None
    governorate: str | None = None
    reason: str = ""
    rejected: tuple[Candidate, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place an incident is said to have happened at.

    Attributes:
        name: The name exactly as the report writes it.
        span: Where the report writes it.
        governorate: The governorate, when known.
        location: Where it is; None when nobody can say.
        relation: How the event lies to the named place ("", "near", "between", "outskirts of", "5 km south of", …).
    """

    name: str
    span: Span | None = None
    governorate: str | None = None
    location: Location | None = None
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement by one claimant about an incident.

    With an `outcome` it is a casualty claim (codebook, section 4). Without one it is a statement
    about the deed itself: who did it, or that it happened at all; it then has no figures.

    Attributes:
        report_id: The report it stands in.
        claimant: Who says so; `OUTLET` when the report says it in its own voice.
        quote: The shortest exact piece of the report that carries it.
        stance: How the claimant stands to the actors' deed.
        actors: Whom the claimant names as having done it.
        outcome: killed, injured, missing or captured; None for a statement about the deed.
        victims: Whom it counts; None for a statement about the deed.
        min: Lower bound, or None when open.
        max: Upper bound, or None when open.
    """

    report_id: str
    claimant: str
    quote: Span
    stance: Stance = Stance.ASSERTS
    actors: tuple[Actor, ...] = ()
    outcome: Outcome | None = None
    victims: Victims | None = None
    min: int | None = None
    max: int | None = None

    @property
    def id(self) -> str:
        """Hash of the raw facts: report, place of the quote, and what it counts."""
        return stable_id(
            "c", self.report_id, self.quote.field, self.quote.start, self.quote.end, self.claimant,
            self.outcome, self.victims, self.min, self.max, self.stance,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Totals:
    """What the casualty claims of an incident add up to (codebook, section 5). None is "no figure"."""

    killed_min: int | None = None
    killed_max: int | None = None
    civilians_killed_min: int | None = None
    civilians_killed_max: int | None = None
    children_killed_min: int | None = None
    women_killed_min: int | None = None
    combatants_killed_min: int | None = None
    injured_min: int | None = None
    injured_max: int | None = None


@dataclass(frozen=True, slots=True)
class ReportedIncident:
    """An incident as one report tells it.

    Attributes:
        report_id: The report.
        quote: The words that say it happened.
        event_type: What happened.
        salience: Whether the report is about it.
        when: Its day or days.
        places: Where it happened, most specific first.
        governorate: Of the event; the one the report names when the place itself is unknown.
        location: The best of the places' locations; None when nobody can place it.
        actors: Who is said to have done it, sorted.
        attribution: How it is laid to them.
        claims: Casualty claims and statements about the deed, in order of the text.
        totals: What the casualty claims add up to.
        means: The words for weapon or method ("barrel bomb", "MQ-9"), as written.
        flags: Contradictions and doubts, as sentences.
    """

    report_id: str
    quote: Span
    event_type: EventType
    salience: Salience = Salience.MAIN
    when: When = When()
    places: tuple[PlaceMention, ...] = ()
    governorate: str | None = None
    location: Location | None = None
    actors: tuple[Actor, ...] = ()
    attribution: Attribution = Attribution.NONE
    claims: tuple[Claim, ...] = ()
    totals: Totals = Totals()
    means: tuple[Span, ...] = ()
    flags: tuple[str, ...] = ()

    @property
    def casualty_claims(self) -> tuple[Claim, ...]:
        """The claims that count victims."""
        return tuple(claim for claim in self.claims if claim.outcome is not None)


@dataclass(frozen=True, slots=True)
class Link:
    """Why one reported incident was put together with another.

    Attributes:
        report_id: The report that was joined.
        other_report_id: The report it was joined to.
        score: Probability (0 to 1) that both tell one event.
        reasons: Short phrases a person can read.
    """

    report_id: str
    other_report_id: str
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Incident:
    """One event, told by one or more reports.

    Attributes:
        id: Stable identifier made of raw facts of the earliest telling.
        tellings: The incident as each report tells it; at least one.
        event_type: Agreed from the tellings.
        when: Agreed from the tellings.
        places: The places named, most specific first.
        governorate: Of the event.
        location: The best location; None when nobody can place it.
        actors: Everybody accused, sorted.
        attribution: Agreed from the tellings.
        totals: Over all claims.
        grading: How well attested.
        grade_reason: Why, in a sentence.
        denied: An accused actor denies it.
        n_sources: Independent sources (copies of one wire story count once).
        links: Why the tellings were put together.
        former_ids: Ids that now point here.
        notes: What a person decided or noted.
        flags: Contradictions and doubts, as sentences.
        headline: One plain sentence.
        first_reported: Earliest publication day among the reports.
        last_reported: Latest publication day among the reports.
    """

    id: str
    tellings: tuple[ReportedIncident, ...]
    event_type: EventType
    when: When = When()
    places: tuple[PlaceMention, ...] = ()
    governorate: str | None = None
    location: Location | None = None
    actors: tuple[Actor, ...] = ()
    attribution: Attribution = Attribution.NONE
    totals: Totals = Totals()
    grading: Grading = Grading.WEAK
    grade_reason: str = ""
    denied: bool = False
    n_sources: int = 1
    links: tuple[Link, ...] = ()
    former_ids: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    headline: str = ""
    first_reported: dt.date | None = None
    last_reported: dt.date | None = None

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All claims of all tellings, in the order of the tellings."""
        return tuple(claim for telling in self.tellings for claim in telling.claims)

    @property
    def report_ids(self) -> tuple[str, ...]:
        """The reports that tell it, without repeats, in the order of the tellings."""
        return tuple(dict.fromkeys(telling.report_id for telling in self.tellings))


@dataclass(frozen=True, slots=True)
class Issue:
    """Something skipped, doubtful or contradictory; a line of `issues.jsonl`.

    Attributes:
        kind: A short machine-readable word ("unreadable", "place_unknown", "contradiction", …).
        reason: One sentence for a person.
        report_id: The report concerned, if one is.
        source: The file concerned, if one is.
        words: The words concerned, if there are any.
    """

    kind: str
    reason: str
    report_id: str | None = None
    source: str | None = None
    words: str | None = None

    @property
    def means_unusable(self) -> bool:
        """Whether an input could not be used at all; the other kinds are doubts about input that was."""
        return self.kind in _UNUSABLE_KINDS


_UNUSABLE_KINDS = frozenset({"unreadable", "empty", "extraction_failed", "extractor_failed"})


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one report yields: what `pipeline.extract_report` returns."""

    report: Report
    incidents: tuple[ReportedIncident, ...] = ()
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True)
class Atlas:
    """A finished collection: what every writer receives.

    Attributes:
        reports: The reports that were read.
        incidents: The incidents, sorted by day, then id.
        issues: Whatever was skipped, doubtful or contradictory.
        inputs: SHA-256 (hex) of every input by its name.
        versions: Versions of the program and of the reference data.
    """

    reports: tuple[Report, ...] = ()
    incidents: tuple[Incident, ...] = ()
    issues: tuple[Issue, ...] = ()
    inputs: dict[str, str] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)


def stable_id(prefix: str, *facts: object) -> str:
    """An identifier that depends on the given facts and on nothing else.

    Args:
        prefix: Letter in front, telling what is identified.
        facts: Raw values; None counts as an empty string.

    Returns:
        The prefix, a hyphen and twelve hexadecimal digits (2^48 values: with 100,000 incidents the
        chance of one accidental collision is about 2 in 100,000).
    """
    joined = "\x1f".join("" if fact is None else str(fact) for fact in facts)
    return f"{prefix}-{hashlib.sha256(joined.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def to_dict(value: Any) -> Any:
    """Turn a value of this module into dictionaries, lists, strings and numbers (dates are ISO strings)."""
    return msgspec.to_builtins(value)


def from_dict(kind: type[T], data: Any) -> T:
    """Rebuild a value of this module from what `to_dict` made of it.

    Args:
        kind: The class to build.
        data: The dictionary.

    Raises:
        InputError: The dictionary is not one of that class.
    """
    try:
        return msgspec.convert(data, type=kind)
    except msgspec.ValidationError as error:
        raise InputError(f"This is not a {kind.__name__}: {error}.") from error
