"""Incidents across reports: which tellings are of one event.

1. Put the tellings into blocks: neighbouring days and places, copied texts, shared rare words.
2. Compare the pairs that share a block (`compare.py`), and no others: the work grows with the reports.
3. Join what is probable, best pairs first, as long as the whole group agrees on average; two incidents told
   apart in one report stay apart.
4. Apply what people decided, give each group its id, and make an incident of it (`agree.py`).
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from claimatlas.agree import make_incident, sort_tellings
from claimatlas.compare import (
    COARSE_KM,
    DOUBTFUL,
    LINK,
    MAX_DAYS_APART,
    SMALL_FIGURE,
    UNCOMMON_NAME,
    Agreement,
    Figure,
    Profile,
    Spot,
    compare_tellings,
)
from claimatlas.copies import Lexicon, find_copies, weigh_words
from claimatlas.decisions import NO_DECISIONS, Action, Anchor, Decision, Decisions
from claimatlas.grading import is_unnamed
from claimatlas.model import (
    Attribution,
    Extraction,
    Grading,
    Incident,
    Issue,
    Link,
    Location,
    Place,
    PlaceMention,
    Precision,
    Report,
    ReportedIncident,
    Salience,
    Stance,
    Victims,
    stable_id,
)
from claimatlas.text import fold

# Cells of the blocking grid, in degrees: about 20 km, so that two places that may be one share a cell or touch.
CELL_DEGREES = 0.2
# A telling that spans more days than this is found by its first and last days, not by each between them.
MAX_DAYS_BLOCKED = 10
# An event is reported within days; a report without a day of its own may tell one this much older.
REPORTED_WITHIN_DAYS = 3
# Rare words that bring two tellings together by themselves: held by so many tellings at most.
MAX_TELLINGS_WITH_WORD = 8
RARE_WORDS_PER_TELLING = 6
# A block larger than this is compared along its days only, each telling with so many neighbours.
MAX_BLOCK = 200
# Text around the claims that is compared, in characters.
CONTEXT_BEFORE, CONTEXT_AFTER, CONTEXT_MOST = 200, 400, 900


@dataclass(frozen=True, slots=True)
class Doubt:
    """A pair of tellings that a person should look at.

    Attributes:
        one: Index of a telling in `Grouping.tellings`.
        other: Index of another.
        score: Probability (0 to 1) that both tell one event.
        joined: They were put together.
        reasons: What speaks for and against.
    """

    one: int
    other: int
    score: float
    joined: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownIncident:
    """What is remembered of an incident between runs, so that ids hold.

    Attributes:
        id: Its id.
        tellings: Ids of its tellings (`telling_id`), the one it is named after first.
        places: For each telling its report, field and offsets, to find it again when a better rule reads it.
        former_ids: Ids that point to it.
    """

    id: str
    tellings: tuple[str, ...]
    places: tuple[tuple[str, str, int, int], ...] = ()
    former_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grouping:
    """The outcome.

    Attributes:
        incidents: Sorted by day, then id; those of unknown day last.
        issues: Tellings left out, decisions that no longer fit.
        tellings: All tellings that took part; `doubts` count in it.
        doubts: Pairs a person should look at, most doubtful first.
    """

    incidents: tuple[Incident, ...]
    issues: tuple[Issue, ...] = ()
    tellings: tuple[ReportedIncident, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def group_incidents(
    extractions: Iterable[Extraction],
    decisions: Decisions = NO_DECISIONS,
    former: Mapping[str, KnownIncident] | None = None,
) -> Grouping:
    """Group the tellings of many reports into incidents, grade them, apply decisions.

    Background tellings take part: what one report recalls may be what another is about. One that stands alone
    is kept as an incident unless neither its day nor its place is known.

    Args:
        extractions: What each report yielded; report ids are unique.
        decisions: What people decided.
        former: The incidents of the run before, by id (`store.read_known`).

    Returns:
        The incidents, and whatever was left out or no longer fits.
    """
    extractions = list(extractions)
    reports = {extraction.report.id: extraction.report for extraction in extractions}
    tellings = [telling for extraction in extractions for telling in extraction.incidents]
    keys = _name_tellings(tellings)
    rulings, issues = _fit_decisions(decisions, tellings, keys, former or {})
    furniture = _find_furniture(tellings, reports)
    stories = find_copies(list(reports.values()))
    profiles = make_profiles(tellings, reports)
    pairs = {
        pair: found
        for pair, found in _score_pairs(profiles, stories)
        if found.score >= DOUBTFUL and not furniture & set(pair)
    }
    groups = _join(profiles, pairs, stories, rulings)
    kept: list[list[int]] = []
    for members in groups:
        dropped = _drop_reason(members, tellings, rulings, furniture)
        if dropped is None:
            own, repeats = _part_repeats(members, tellings, reports, rulings)
            kept.append(own)
            issues.extend(_report_dropped(repeats, tellings, "recalled_again"))
        else:
            issues.extend(_report_dropped(members, tellings, dropped))
    incidents = _make_incidents(kept, tellings, keys, reports, stories, pairs, former or {}, rulings)
    doubts = _find_doubts(pairs, kept, rulings)
    return Grouping(tuple(incidents), tuple(issues), tuple(tellings), doubts)


def telling_id(telling: ReportedIncident, repeat: int = 0) -> str:
    """Id of a telling, made of raw facts: its report, and the words that say it happened and where they stand."""
    quote = telling.quote
    return stable_id("i", telling.report_id, quote.field, quote.start, quote.text, *([repeat] if repeat else []))


def _name_tellings(tellings: Sequence[ReportedIncident]) -> list[str]:
    # One sentence may tell two incidents ("strikes on A and B killed 3 and 5"): the second is numbered.
    seen: Counter[str] = Counter()
    keys: list[str] = []
    for telling in tellings:
        base = telling_id(telling)
        keys.append(telling_id(telling, seen[base]))
        seen[base] += 1
    return keys


# --- profiles -------------------------------------------------------------------------------------------------


def make_profiles(tellings: Sequence[ReportedIncident], reports: Mapping[str, Report]) -> list[Profile]:
    """Make each telling ready to be compared.

    Args:
        tellings: The tellings.
        reports: The reports by id.
    """
    lexicon = Lexicon()
    counts = Counter(telling.report_id for telling in tellings if telling.salience is Salience.MAIN)
    langs = [reports[telling.report_id].lang for telling in tellings]
    texts = [
        _find_words(telling, reports[telling.report_id], counts[telling.report_id] == 1, lexicon)
        for telling in tellings
    ]
    vectors = weigh_words(texts, langs, lexicon)
    numbers = {report_id: number for number, report_id in enumerate(reports)}
    rarity = _weigh_names(tellings)
    summed = _find_summed_tolls(tellings)
    profiles: list[Profile] = []
    for index, telling in enumerate(tellings):
        report = reports[telling.report_id]
        words = vectors[index]
        profiles.append(_make_profile(index, telling, report, numbers[report.id], words, rarity, index in summed))
    return profiles


def _make_profile(
    index: int,
    telling: ReportedIncident,
    report: Report,
    number: int,
    words: Mapping[str, float],
    rarity: Mapping[str, float],
    summed: bool,
) -> Profile:
    start, end, dated = _bound_days(telling, report)
    figures = frozenset() if summed else frozenset(_find_figures(telling))
    low, high = telling.totals.killed_min, telling.totals.killed_max
    low = high if low is None else low
    high = low if high is None else high
    return Profile(
        index=index,
        report=number,
        report_id=telling.report_id,
        publisher=report.publisher,
        salience=telling.salience,
        spots=_find_spots(telling),
        names={name: rarity[name] for name in _find_names(telling)},
        governorate=telling.governorate,
        start=start,
        end=end,
        dated=dated,
        published=None if report.published is None else report.published.toordinal(),
        kind=telling.event_type,
        actors=frozenset(telling.actors),
        killed=None if low is None or high is None or summed else (low, high),
        figures=figures,
        means=frozenset(fold(span.text) for span in telling.means),
        words=words,
        lang=report.lang,
        n_places=len(_find_spots(telling)),
    )


def _find_names(telling: ReportedIncident) -> list[str]:
    return list(dict.fromkeys(fold(place.name).strip() for place in telling.places))


def _weigh_names(tellings: Sequence[ReportedIncident]) -> dict[str, float]:
    """How uncommon each place name is: 1 for a name told once, 0 for one that every telling has."""
    counts = Counter(name for telling in tellings for name in _find_names(telling))
    scale = math.log(len(tellings) + 1)
    return {name: 1 - math.log(count) / scale for name, count in counts.items()}


def _find_spots(telling: ReportedIncident) -> tuple[Spot, ...]:
    located = [telling.location, *(place.location for place in telling.places)]
    spots: dict[tuple[float, float], Spot] = {}
    for location in located:
        if location is None:
            continue
        spot = Spot(
            location.latitude,
            location.longitude,
            location.radius_m / 1000,
            location.place.id if location.place else None,
            location.precision,
        )
        spots.setdefault((spot.latitude, spot.longitude), spot)
    fine = tuple(spot for spot in spots.values() if spot.radius_km <= COARSE_KM)
    # "Kafranbel, Idlib": the governorate is where the village is, not a second place of the event.
    return fine or tuple(spots.values())


def _bound_days(telling: ReportedIncident, report: Report) -> tuple[int | None, int | None, bool]:
    when = telling.when
    published = report.published
    # Nothing is reported before it happens: such a day was misread, and the report's own day says more.
    if when.start is not None and (published is None or when.start <= published):
        return when.start.toordinal(), (when.end or when.start).toordinal(), True
    first, last = when.not_before, when.not_after
    if telling.salience is Salience.MAIN and published is not None:
        last = min(last or published, published)
        first = max(first or dt.date.min, last - dt.timedelta(days=REPORTED_WITHIN_DAYS))
    if first is None or last is None or (last - first).days > MAX_BOUND_DAYS:
        return None, None, False
    return first.toordinal(), last.toordinal(), False


# A bound wider than a season says nothing about which event is meant.
MAX_BOUND_DAYS = 92


def _find_figures(telling: ReportedIncident) -> Iterator[Figure]:
    for claim in telling.claims:
        number = claim.max if claim.min is None else claim.min
        if claim.outcome is None or claim.victims is None or not number:
            continue
        # One outlet's "civilians" are another's "people".
        victims = Victims.PEOPLE if claim.victims is Victims.CIVILIANS else claim.victims
        yield Figure(claim.outcome, victims, number)


def _find_summed_tolls(tellings: Sequence[ReportedIncident]) -> frozenset[int]:
    """Tellings whose toll is what the other incidents of their report add up to: a total, not a toll of its own."""
    by_report: defaultdict[str, list[int]] = defaultdict(list)
    for index, telling in enumerate(tellings):
        if telling.totals.killed_max:
            by_report[telling.report_id].append(index)
    summed: set[int] = set()
    for members in by_report.values():
        if len(members) < MIN_SUMMANDS + 1:
            continue
        tolls = [tellings[index].totals.killed_max or 0 for index in members]
        summed.update(
            index for index, toll in zip(members, tolls, strict=True) if toll > LEAST_SUM and toll == sum(tolls) - toll
        )
    return frozenset(summed)


# Two small tolls add up to a third by chance.
MIN_SUMMANDS = 2
LEAST_SUM = 4


def _find_words(telling: ReportedIncident, report: Report, alone: bool, lexicon: Lexicon) -> npt.NDArray[np.int32]:
    """Words near the claims, without the places' names: that the place is the same is said elsewhere."""
    words = lexicon.find_words(_find_context(telling, report, alone), report.lang)
    names = lexicon.find_words(" ".join(place.name for place in telling.places), report.lang)
    return np.setdiff1d(words, names, assume_unique=True)


def _find_context(telling: ReportedIncident, report: Report, alone: bool) -> str:
    if alone and telling.salience is Salience.MAIN:
        start = max(0, telling.quote.start - CONTEXT_BEFORE) if telling.quote.field == "text" else 0
        return f"{report.title}\n{report.text[start : start + CONTEXT_MOST]}"
    spans = [span for span in (telling.quote, *(claim.quote for claim in telling.claims)) if span.field == "text"]
    if not spans:
        return f"{report.title}\n{report.text[:CONTEXT_AFTER]}"
    start = max(0, min(span.start for span in spans) - CONTEXT_BEFORE)
    end = max(span.end for span in spans) + CONTEXT_AFTER
    return report.text[start : min(end, start + CONTEXT_MOST)]


# --- blocks ---------------------------------------------------------------------------------------------------


def _score_pairs(
    profiles: Sequence[Profile], stories: Mapping[str, int]
) -> Iterator[tuple[tuple[int, int], Agreement]]:
    for one, other in find_pairs(profiles, stories):
        copied = stories[profiles[one].report_id] == stories[profiles[other].report_id]
        yield (one, other), compare_tellings(profiles[one], profiles[other], copied=copied)


def find_pairs(profiles: Sequence[Profile], stories: Mapping[str, int]) -> list[tuple[int, int]]:
    """The pairs worth comparing: neighbours in day and place, copies, and holders of a shared rare word.

    Args:
        profiles: The tellings, each at the position of its `index`.
        stories: Number of the story each report carries.

    Returns:
        Pairs of indices, smaller first, sorted, each once.
    """
    pairs: set[tuple[int, int]] = set()
    blocks: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for profile in profiles:
        blocks["story", stories[profile.report_id]].append(profile.index)
        rarest = sorted(profile.words, key=lambda word: (-profile.words[word], word))[:RARE_WORDS_PER_TELLING]
        for word in rarest:
            blocks["word", profile.lang, word].append(profile.index)
        for name, rare in profile.names.items():
            if rare >= UNCOMMON_NAME and profile.start is not None:
                # Two overlapping rows of windows, so that no two neighbouring days fall between them.
                blocks["name", 0, profile.start // NAME_DAYS, name].append(profile.index)
                blocks["name", 1, (profile.start + NAME_DAYS // 2) // NAME_DAYS, name].append(profile.index)
        if profile.start is None or profile.end is None:
            continue
        for day in _days_of(profile.start, profile.end):
            for figure in profile.figures:
                if figure.number > SMALL_FIGURE:
                    blocks["figure", day, figure].append(profile.index)
            for cell in _cells_of(profile):
                blocks["cell", day, cell].append(profile.index)
            if profile.governorate is not None and _is_coarse(profile):
                blocks["coarse", day, profile.governorate].append(profile.index)
            elif profile.governorate is not None:
                blocks["fine", day, profile.governorate].append(profile.index)
    for key, members in blocks.items():
        if key[0] == "word" and len(members) > MAX_TELLINGS_WITH_WORD:
            continue
        if key[0] == "coarse":
            fine = blocks.get(("fine", *key[1:]), [])
            _add_pairs(pairs, sorted({*members, *fine}), profiles, only=frozenset(members))
        elif key[0] != "fine":
            _add_pairs(pairs, members, profiles)
    return sorted(pairs)


def _add_pairs(
    pairs: set[tuple[int, int]], members: Sequence[int], profiles: Sequence[Profile], only: frozenset[int] | None = None
) -> None:
    ranked = members
    if len(members) > MAX_BLOCK:
        ranked = sorted(
            members, key=lambda index: (profiles[index].start or 0, profiles[index].killed or (0, 0), index)
        )
    for place, one in enumerate(ranked):
        for other in ranked[place + 1 : place + 1 + MAX_BLOCK]:
            if profiles[one].report == profiles[other].report:
                continue
            if only is not None and one not in only and other not in only:
                continue
            pairs.add((one, other) if one < other else (other, one))


def _days_of(start: int, end: int) -> Iterator[int]:
    # Each telling is entered under its days and the day after, so that two a day apart meet.
    last = end + MAX_DAYS_APART - 1
    if last - start <= MAX_DAYS_BLOCKED:
        return iter(range(start, last + 1))
    return iter(sorted({start, start + 1, last - 1, last}))


def _is_coarse(profile: Profile) -> bool:
    return not profile.spots or profile.spots[0].radius_km > COARSE_KM


def _cells_of(profile: Profile) -> set[tuple[int, int]]:
    # Entered in the four cells nearest to the point: two points less than half a cell apart always share one.
    cells: set[tuple[int, int]] = set()
    for spot in profile.spots[:MAX_SPOTS_BLOCKED]:
        if spot.radius_km > COARSE_KM:
            continue
        north, east = spot.latitude / CELL_DEGREES, spot.longitude / CELL_DEGREES
        row, column = round(north), round(east)
        cells.update((r, c) for r in (row - 1, row) for c in (column - 1, column))
    return cells


MAX_SPOTS_BLOCKED = 6
# Tellings that share an uncommon place name meet within windows of so many days.
NAME_DAYS = 6


# --- joining --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Rulings:
    """Decisions, fitted to the tellings of this run (indices)."""

    merged: tuple[tuple[int, ...], ...] = ()
    parted: frozenset[tuple[int, int]] = frozenset()
    single: tuple[tuple[Decision, int], ...] = ()
    ignored: frozenset[int] = frozenset()


def _join(
    profiles: Sequence[Profile],
    pairs: Mapping[tuple[int, int], Agreement],
    stories: Mapping[str, int],
    rulings: _Rulings,
) -> list[list[int]]:
    """Groups of tellings, each sorted; best pairs are joined first, by average linkage."""
    groups = _Groups(profiles, pairs, stories, rulings)
    for members in rulings.merged:
        for other in members[1:]:
            groups.unite(members[0], other)
    linked = [(found.score, pair) for pair, found in pairs.items() if found.score >= LINK and found.supported]
    for _, (one, other) in sorted(linked, key=lambda item: (-item[0], item[1])):
        groups.join(one, other)
    return groups.members()


class _Groups:
    """A partition that grows by joining, with what may not be joined."""

    def __init__(
        self,
        profiles: Sequence[Profile],
        pairs: Mapping[tuple[int, int], Agreement],
        stories: Mapping[str, int],
        rulings: _Rulings,
    ) -> None:
        self._profiles = profiles
        self._pairs = pairs
        self._stories = stories
        self._rulings = rulings
        self._of = list(range(len(profiles)))
        self._members: dict[int, list[int]] = {index: [index] for index in range(len(profiles))}

    def members(self) -> list[list[int]]:
        return [sorted(self._members[group]) for group in sorted(self._members)]

    def unite(self, one: int, other: int) -> None:
        """Put two groups together whatever speaks against it: a person decided so."""
        ours, theirs = sorted((self._of[one], self._of[other]))
        if ours == theirs:
            return
        for index in self._members[theirs]:
            self._of[index] = ours
        self._members[ours].extend(self._members.pop(theirs))

    def join(self, one: int, other: int) -> None:
        """Put two groups together if nothing bars it and they agree on average."""
        ours, theirs = self._of[one], self._of[other]
        if ours == theirs or self._is_barred(ours, theirs):
            return
        if self._average(ours, theirs) >= LINK:
            self.unite(one, other)

    def _is_barred(self, ours: int, theirs: int) -> bool:
        reports = {self._profiles[index].report for index in self._members[ours]}
        if any(self._profiles[index].report in reports for index in self._members[theirs]):
            return True
        if not self._rulings.parted:
            return False
        return any(
            (min(one, other), max(one, other)) in self._rulings.parted
            for one in self._members[ours]
            for other in self._members[theirs]
        )

    def _average(self, ours: int, theirs: int) -> float:
        # Copies of one story speak with one voice here too.
        scores: dict[tuple[int, int], float] = {}
        for one in self._members[ours]:
            for other in self._members[theirs]:
                mine, yours = self._profiles[one], self._profiles[other]
                voices = (self._stories[mine.report_id], self._stories[yours.report_id])
                score = self._score(one, other)
                scores[voices] = max(score, scores.get(voices, 0.0))
        return sum(scores.values()) / len(scores)

    def _score(self, one: int, other: int) -> float:
        pair = (one, other) if one < other else (other, one)
        found = self._pairs.get(pair)
        if found is not None:
            return found.score
        mine, yours = self._profiles[one], self._profiles[other]
        return compare_tellings(
            mine, yours, copied=self._stories[mine.report_id] == self._stories[yours.report_id]
        ).score


def _find_doubts(
    pairs: Mapping[tuple[int, int], Agreement], groups: Sequence[Sequence[int]], rulings: _Rulings
) -> tuple[Doubt, ...]:
    group_of = {index: number for number, members in enumerate(groups) for index in members}
    settled = set(rulings.parted) | {
        (min(one, other), max(one, other)) for members in rulings.merged for one in members for other in members
    }
    best: dict[tuple[int, int], Doubt] = {}
    for (one, other), found in pairs.items():
        if one not in group_of or other not in group_of or (one, other) in settled or found.barred:
            continue
        joined = group_of[one] == group_of[other]
        groups_of_pair = (group_of[one], group_of[other])
        key = (min(groups_of_pair), max(groups_of_pair))
        doubt = Doubt(one, other, found.score, joined, found.reasons)
        if key not in best or _doubtfulness(doubt) > _doubtfulness(best[key]):
            best[key] = doubt
    # A pair of groups is shown once, by its most doubtful pair of tellings.
    worth = [doubt for doubt in best.values() if not doubt.joined or doubt.score < SURE]
    return tuple(sorted(worth, key=lambda doubt: (-_doubtfulness(doubt), doubt.one, doubt.other)))


def _doubtfulness(doubt: Doubt) -> float:
    return 0.5 - abs(doubt.score - 0.5)


# A link above this is not worth a person's time.
SURE = 0.85


# --- decisions ------------------------------------------------------------------------------------------------


def _fit_decisions(
    decisions: Decisions,
    tellings: Sequence[ReportedIncident],
    keys: Sequence[str],
    former: Mapping[str, KnownIncident],
) -> tuple[_Rulings, list[Issue]]:
    finder = _Finder(tellings, keys, former)
    merged: list[tuple[int, ...]] = []
    parted: dict[tuple[int, int], Decision] = {}
    single: list[tuple[Decision, int]] = []
    ignored: set[int] = set()
    issues: list[Issue] = []
    for decision in decisions.items:
        found: list[int] = []
        for anchor in decision.anchors:
            index = finder.find(anchor)
            if index is None:
                issues.append(_unfit(decision, f"{anchor} tells no incident any more", anchor, decisions.source))
            else:
                found.append(index)
        found = list(dict.fromkeys(found))
        if decision.action in (Action.MERGE, Action.SPLIT):
            if len(found) < 2:
                if len(decision.anchors) == finder.count(decision.anchors):
                    issues.append(_unfit(decision, "its tellings are now one and the same", None, decisions.source))
                continue
            both = {(min(a, b), max(a, b)) for a in found for b in found if a != b}
            if decision.action is Action.SPLIT:
                parted.update(dict.fromkeys(both, decision))
                kept = [group for group in merged if not _holds_any(group, both)]
                if len(kept) < len(merged):
                    issues.append(
                        _unfit(decision, "it contradicts an earlier merge, which it replaces", None, decisions.source)
                    )
                merged = kept
                continue
            undone = [pair for pair in both if pair in parted]
            if undone:
                issues.append(
                    _unfit(decision, "it contradicts an earlier split, which it replaces", None, decisions.source)
                )
            for pair in undone:
                del parted[pair]
            merged.append(tuple(found))
        elif decision.action is Action.IGNORE:
            ignored.update(found)
        else:
            single.extend((decision, index) for index in found)
    return _Rulings(tuple(merged), frozenset(parted), tuple(single), frozenset(ignored)), issues


def _holds_any(group: Sequence[int], pairs: Iterable[tuple[int, int]]) -> bool:
    members = set(group)
    return any(one in members and other in members for one, other in pairs)


def _unfit(decision: Decision, reason: str, anchor: Anchor | None, source: str | None) -> Issue:
    return Issue(
        kind="decision_unfit",
        reason=f"The decision {decision} no longer fits: {reason}.",
        report_id=anchor.report_id if anchor else None,
        source=source,
        words=anchor.words if anchor else None,
    )


class _Finder:
    """Finds the telling that a decision points at, in what this run's extraction made of the report."""

    def __init__(
        self, tellings: Sequence[ReportedIncident], keys: Sequence[str], former: Mapping[str, KnownIncident]
    ) -> None:
        self._tellings = tellings
        self._by_key = {key: index for index, key in enumerate(keys)}
        self._by_report: defaultdict[str, list[int]] = defaultdict(list)
        for index, telling in enumerate(tellings):
            self._by_report[telling.report_id].append(index)
        self._former = {alias: known for known in former.values() for alias in (known.id, *known.former_ids)}

    def count(self, anchors: Iterable[Anchor]) -> int:
        """How many of the anchors point at something."""
        return sum(1 for anchor in anchors if self.find(anchor) is not None)

    def find(self, anchor: Anchor) -> int | None:
        """Index of the telling, or None when the report or its words are gone."""
        if anchor.incident_id is not None:
            return self._find_incident(anchor.incident_id)
        candidates = self._by_report.get(anchor.report_id or "", [])
        if not candidates:
            return None
        if anchor.words is None:
            return candidates[0] if len(candidates) == 1 else None
        return self._find_words(candidates, anchor.words, anchor.start)

    def _find_incident(self, incident_id: str) -> int | None:
        if incident_id in self._by_key:
            return self._by_key[incident_id]
        known = self._former.get(incident_id)
        if known is None:
            return None
        for key in known.tellings:
            if key in self._by_key:
                return self._by_key[key]
        for report_id, field, start, end in known.places:
            for index in self._by_report.get(report_id, []):
                if _overlaps(self._tellings[index], field, start, end):
                    return index
        return None

    def _find_words(self, candidates: Sequence[int], words: str, start: int | None) -> int | None:
        wanted = " ".join(words.split())
        ranked: list[tuple[float, int, int]] = []
        for index in candidates:
            telling = self._tellings[index]
            spans = (telling.quote, *(claim.quote for claim in telling.claims))
            likeness = max(_likeness(wanted, " ".join(span.text.split())) for span in spans)
            away = min(abs(span.start - start) for span in spans) if start is not None else 0
            if likeness >= MIN_LIKENESS:
                ranked.append((-likeness, away, index))
        return min(ranked)[2] if ranked else None


# Half of the words of a quote survive a rule that takes a longer or a shorter one.
MIN_LIKENESS = 0.5


def _likeness(wanted: str, quote: str) -> float:
    if wanted == quote:
        return 1.0
    if wanted in quote or quote in wanted:
        return 0.9
    ours, theirs = set(fold(wanted).split()), set(fold(quote).split())
    return len(ours & theirs) / max(1, min(len(ours), len(theirs))) * 0.8


def _overlaps(telling: ReportedIncident, field: str, start: int, end: int) -> bool:
    quote = telling.quote
    return quote.field == field and quote.start < end and start < quote.end


def _drop_reason(
    members: Sequence[int], tellings: Sequence[ReportedIncident], rulings: _Rulings, furniture: frozenset[int]
) -> str | None:
    if any(index in rulings.ignored for index in members):
        return "ignored"
    if furniture.issuperset(members):
        return "furniture"
    own = [tellings[index] for index in members]
    if any(telling.salience is Salience.MAIN for telling in own):
        return None
    if any(telling.location is not None or telling.when.start is not None for telling in own):
        return None
    return "recalled_only"


def _part_repeats(
    members: Sequence[int],
    tellings: Sequence[ReportedIncident],
    reports: Mapping[str, Report],
    rulings: _Rulings,
) -> tuple[list[int], list[int]]:
    """Part what tells an incident from what only repeats it long after, as the background of other news.

    A late recall is no further source. It is kept when it is the only telling, when a person put it there, when
    a belligerent owns or denies the deed in it, or when it quotes a named claimant nobody else quotes.
    """
    decided = {index for group in rulings.merged for index in group} | {index for _, index in rulings.single}
    late = [index for index in members if index not in decided and _is_late_recall(tellings[index], reports)]
    prompt = [index for index in members if index not in set(late)]
    if not prompt:
        first = sort_tellings([tellings[index] for index in late], reports)[0]
        prompt = [index for index in late if tellings[index] is first]
    known = {claim.claimant for index in prompt for claim in tellings[index].claims}
    repeats = [index for index in late if index not in prompt and not _says_more(tellings[index], known)]
    return [index for index in members if index not in set(repeats)], repeats


def _is_late_recall(telling: ReportedIncident, reports: Mapping[str, Report]) -> bool:
    published, day = reports[telling.report_id].published, telling.when.end or telling.when.start
    if telling.salience is Salience.MAIN or published is None or day is None:
        return False
    return (published - day).days > LATE_RECALL_DAYS


# Figures are revised for a week or two; later mentions quote the final one.
LATE_RECALL_DAYS = 10


def _says_more(telling: ReportedIncident, known: Collection[str]) -> bool:
    return any(
        claim.stance in (Stance.OWNS, Stance.DENIES) or not (claim.claimant in known or is_unnamed(claim.claimant))
        for claim in telling.claims
    )


def _find_furniture(tellings: Sequence[ReportedIncident], reports: Mapping[str, Report]) -> frozenset[int]:
    """Tellings that rest on a line an outlet prints under its reports of many days: teasers, tickers, adverts."""
    days: defaultdict[tuple[str | None, str], set[object]] = defaultdict(set)
    lines: dict[int, tuple[str | None, str]] = {}
    for index, telling in enumerate(tellings):
        report = reports[telling.report_id]
        if telling.quote.field != "text":
            continue
        lines[index] = (report.publisher, _line_around(report.text, telling.quote.start, telling.quote.end))
        days[lines[index]].add(report.published or report.id)
    return frozenset(
        index
        for index, line in lines.items()
        if len(days[line]) >= FURNITURE_DAYS and tellings[index].salience is Salience.MAIN
    )


# A line repeated on this many days is not news of any of them. Background that is repeated word for word is kept:
# it is told as the past.
FURNITURE_DAYS = 3


def _line_around(text: str, start: int, end: int) -> str:
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    return text[first : len(text) if last < 0 else last].strip()


def _report_dropped(members: Sequence[int], tellings: Sequence[ReportedIncident], kind: str) -> Iterator[Issue]:
    reason = {
        "ignored": "Left out: a person decided to ignore this incident.",
        "furniture": "Left out: the same line stands in this outlet's reports of many days; it is not of this report.",
        "recalled_again": "Not counted: recalled in passing long after, with nothing that was not told before.",
        "recalled_only": "Left out: recalled in passing, and neither its day nor its place is known.",
    }[kind]
    for index in members:
        yield Issue(kind, reason, report_id=tellings[index].report_id, words=tellings[index].quote.text)


# --- incidents ------------------------------------------------------------------------------------------------


def _make_incidents(
    groups: Sequence[Sequence[int]],
    tellings: Sequence[ReportedIncident],
    keys: Sequence[str],
    reports: Mapping[str, Report],
    stories: Mapping[str, int],
    pairs: Mapping[tuple[int, int], Agreement],
    former: Mapping[str, KnownIncident],
    rulings: _Rulings,
) -> list[Incident]:
    named = _name_groups(groups, tellings, keys, reports, former)
    position = {id(telling): index for index, telling in enumerate(tellings)}
    by_telling: defaultdict[int, list[Decision]] = defaultdict(list)
    for decision, index in rulings.single:
        by_telling[index].append(decision)
    merges = {index: members for members in rulings.merged for index in members}
    incidents: list[Incident] = []
    for members, (incident_id, former_ids) in zip(groups, named, strict=True):
        own = sort_tellings([tellings[index] for index in members], reports)
        order = [position[id(telling)] for telling in own]
        incident = make_incident(incident_id, own, reports, stories, _explain(order, tellings, pairs, merges))
        incident = replace(incident, former_ids=former_ids)
        decided = dict.fromkeys(decision for index in order for decision in by_telling.get(index, ()))
        incidents.append(apply_decisions(incident, decided))
    return sorted(incidents, key=lambda incident: (incident.when.start or dt.date.max, incident.id))


def _explain(
    order: Sequence[int],
    tellings: Sequence[ReportedIncident],
    pairs: Mapping[tuple[int, int], Agreement],
    merges: Mapping[int, tuple[int, ...]],
) -> list[Link]:
    """One link for each telling but the first: its strongest to an earlier one."""
    links: list[Link] = []
    for place, index in enumerate(order[1:], 1):
        earlier = order[:place]
        scored = [
            (pairs[pair].score, other) for other in earlier if (pair := (min(index, other), max(index, other))) in pairs
        ]
        report_id = tellings[index].report_id
        decided = [other for other in earlier if index in merges and other in merges[index]]
        if decided:
            links.append(Link(report_id, tellings[decided[0]].report_id, 1.0, ("a person decided so",)))
        elif scored:
            score, other = max(scored, key=lambda item: (item[0], -item[1]))
            found = pairs[min(index, other), max(index, other)]
            links.append(Link(report_id, tellings[other].report_id, round(score, 4), found.reasons))
    return links


def _name_groups(
    groups: Sequence[Sequence[int]],
    tellings: Sequence[ReportedIncident],
    keys: Sequence[str],
    reports: Mapping[str, Report],
    former: Mapping[str, KnownIncident],
) -> list[tuple[str, tuple[str, ...]]]:
    """Give each group its id and the ids that point to it.

    An id of the run before goes to the group that holds the telling it was made of, or most of its tellings.
    A group that inherits several keeps the one of its earliest telling; the others become forwarding addresses.
    """
    position = {id(telling): index for index, telling in enumerate(tellings)}
    ordered = [
        [position[id(telling)] for telling in sort_tellings([tellings[index] for index in members], reports)]
        for members in groups
    ]
    heirs = _find_heirs(ordered, tellings, keys, former)
    taken = {heir[0].id for heir in heirs if heir}
    names: list[str] = []
    for members, inherited in zip(ordered, heirs, strict=True):
        own = next((key for key in (keys[index] for index in members) if key not in taken), keys[members[0]])
        names.append(inherited[0].id if inherited else own)
    current = set(names)
    result: list[tuple[str, tuple[str, ...]]] = []
    for name, inherited in zip(names, heirs, strict=True):
        aliases = {alias for known in inherited for alias in (known.id, *known.former_ids)}
        result.append((name, tuple(sorted(aliases - current))))
    return result


def _find_heirs(
    ordered: Sequence[Sequence[int]],
    tellings: Sequence[ReportedIncident],
    keys: Sequence[str],
    former: Mapping[str, KnownIncident],
) -> list[list[KnownIncident]]:
    group_of = {index: number for number, members in enumerate(ordered) for index in members}
    by_key = {key: index for index, key in enumerate(keys)}
    by_report: defaultdict[str, list[int]] = defaultdict(list)
    for index, telling in enumerate(tellings):
        by_report[telling.report_id].append(index)
    heirs: list[list[tuple[int, KnownIncident]]] = [[] for _ in ordered]
    for known in sorted(former.values(), key=lambda known: known.id):
        found = [
            _find_again(key, place, by_key, by_report, tellings)
            for key, place in zip(known.tellings, known.places, strict=True)
        ]
        groups = [group_of[index] for index in found if index is not None and index in group_of]
        if not groups:
            continue
        first = found[0]
        heir = group_of[first] if first is not None and first in group_of else Counter(groups).most_common(1)[0][0]
        rank = min(ordered[heir].index(i) for i in found if i is not None and group_of.get(i) == heir)
        heirs[heir].append((rank, known))
    return [[known for _, known in sorted(own, key=lambda item: (item[0], item[1].id))] for own in heirs]


def _find_again(
    key: str,
    place: tuple[str, str, int, int],
    by_key: Mapping[str, int],
    by_report: Mapping[str, Sequence[int]],
    tellings: Sequence[ReportedIncident],
) -> int | None:
    if key in by_key:
        return by_key[key]
    report_id, field, start, end = place
    return next(
        (index for index in by_report.get(report_id, ()) if _overlaps(tellings[index], field, start, end)), None
    )


def remember(grouping: Grouping) -> dict[str, KnownIncident]:
    """What to keep of the incidents of this run for the next (`former` of `group_incidents`)."""
    known: dict[str, KnownIncident] = {}
    key_of = {
        id(telling): key for telling, key in zip(grouping.tellings, _name_tellings(grouping.tellings), strict=True)
    }
    for incident in grouping.incidents:
        # The telling the incident is named after comes first.
        keys = [key_of[id(telling)] for telling in incident.tellings]
        places = [(t.report_id, t.quote.field, t.quote.start, t.quote.end) for t in incident.tellings]
        ranked = sorted(range(len(keys)), key=lambda index: (keys[index] != incident.id, index))
        known[incident.id] = KnownIncident(
            incident.id,
            tuple(keys[index] for index in ranked),
            tuple(places[index] for index in ranked),
            incident.former_ids,
        )
    return known


def apply_decisions(incident: Incident, decided: Iterable[Decision]) -> Incident:
    """Put a person's word on an incident: place, actor, grading, remark; each is noted with its author.

    Args:
        incident: The incident as computed.
        decided: Decisions about it, in their order.
    """
    from claimatlas.agree import write_headline

    for decision in decided:
        note = f"{decision.by}, {decision.on.isoformat()}: {decision.why}"
        incident = replace(incident, notes=tuple(dict.fromkeys((*incident.notes, note))))
        if decision.action is Action.DISCOUNT:
            reason = f"Discounted by {decision.by} on {decision.on.isoformat()}: {decision.why}"
            incident = replace(incident, grading=Grading.DISCOUNTED, grade_reason=reason)
        elif decision.action is Action.ACTOR:
            attribution = incident.attribution if decision.actors else Attribution.NONE
            incident = replace(incident, actors=decision.actors, attribution=attribution)
        elif decision.action is Action.PLACE:
            incident = _place(incident, decision)
    return replace(incident, headline=write_headline(incident))


def _place(incident: Incident, decision: Decision) -> Incident:
    if decision.latitude is None or decision.longitude is None:
        return incident
    place = next((p for p in _known_places(incident) if p.id == decision.place_id), None)
    previous = incident.location
    location = Location(
        latitude=decision.latitude,
        longitude=decision.longitude,
        precision=Precision.POINT if place is None else Precision.SETTLEMENT,
        radius_m=decision.radius_m,
        score=1.0,
        place=place,
        matched_name=decision.name,
        governorate=place.governorate if place and place.governorate else incident.governorate,
        reason=f"Placed by {decision.by} on {decision.on.isoformat()}: {decision.why}",
        rejected=previous.rejected if previous else (),
    )
    first = incident.places[0] if incident.places else None
    name = decision.name or (place.name if place else first.name if first else "")
    mention = PlaceMention(name, first.span if first else None, location.governorate, location)
    governorate = location.governorate or incident.governorate
    return replace(incident, location=location, places=(mention, *incident.places[1:]), governorate=governorate)


def _known_places(incident: Incident) -> Iterator[Place]:
    for location in (place.location for place in incident.places):
        if location is None:
            continue
        if location.place is not None:
            yield location.place
        yield from (candidate.place for candidate in location.rejected)
