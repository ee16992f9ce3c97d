"""Incidents across reports: which tellings are of one event.

1. Put the tellings into blocks: neighbouring days and places, copied texts, shared rare words.
2. Compare the pairs that share a block (`compare.py`), and no others: the work grows with the reports.
3. Join what is probable, best pairs first, as long as the whole group agrees on average; two incidents told
   apart in one report stay apart.
4. Apply what people decided, give each group its id, and make an incident of it (`agree.py`).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import networkx as nx

from claimatlas.decisions import NO_DECISIONS, Decision, Decisions
from claimatlas.garbage import without_collector
from claimatlas.group.agree import make_incident, sort_tellings
from claimatlas.group.compare import (
    COARSE_KM,
    DOUBTFUL,
    LINK,
    MAX_DAYS_APART,
    SMALL_FIGURE,
    UNCOMMON_NAME,
    Agreement,
    Profile,
    compare_tellings,
)
from claimatlas.group.copies import find_copies
from claimatlas.group.grading import is_unnamed
from claimatlas.group.identity import KnownIncident, name_groups, name_tellings
from claimatlas.group.profiles import find_sentence, make_profiles
from claimatlas.group.rulings import Rulings, apply_decisions, fit_decisions
from claimatlas.model import Extraction, Incident, Issue, Link, Report, ReportedIncident, Salience, Stance

# Cells of the blocking grid, in degrees: about 20 km, so that two places that may be one share a cell or touch.
BLOCK_DEGREES = 0.2
# A telling that spans more days than this is found by its first and last days, not by each between them.
MAX_DAYS_BLOCKED = 10
# Rare words that bring two tellings together by themselves: held by so many tellings at most.
MAX_TELLINGS_WITH_WORD = 8
RARE_WORDS_PER_TELLING = 6
# A block larger than this is compared along its days only, each telling with so many neighbours.
MAX_BLOCK = 200
# A round-up's places beyond the first few are found by its days and words.
MAX_SPOTS_BLOCKED = 6
# Tellings that share an uncommon place name meet within windows of so many days.
NAME_DAYS = 6
# A link above this is not worth a person's time.
SURE = 0.85
# Figures are revised for a week or two; later mentions quote the final one.
LATE_RECALL_DAYS = 10
# A line repeated on this many days is not news of any of them. Background that is repeated word for word is kept:
# it is told as the past.
FURNITURE_DAYS = 3

_BlockKey: TypeAlias = tuple[object, ...]


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
class Grouping:
    """The outcome.

    Attributes:
        incidents: Sorted by day, then id; those of unknown day last.
        issues: Tellings left out, decisions that no longer fit.
        tellings: All tellings that took part; `doubts` count in it.
        doubts: Pairs a person should look at, most doubtful first.
        sentences: For each telling the words around its quote.
    """

    incidents: tuple[Incident, ...]
    issues: tuple[Issue, ...] = ()
    tellings: tuple[ReportedIncident, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    sentences: tuple[str, ...] = ()


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
        former: The incidents of the run before, by id (`groupingfile.read_known`).

    Returns:
        The incidents, and whatever was left out or no longer fits.
    """
    # Ties are broken by position, and positions must not hang on the order in which files were found.
    ordered = sorted(extractions, key=lambda extraction: extraction.report.id)
    # Nothing here makes cycles, and the collector would walk all tellings again and again.
    with without_collector():
        return _group(ordered, decisions, former or {})


def _group(extractions: Sequence[Extraction], decisions: Decisions, former: Mapping[str, KnownIncident]) -> Grouping:
    reports = {extraction.report.id: extraction.report for extraction in extractions}
    tellings = [telling for extraction in extractions for telling in extraction.incidents]
    keys = name_tellings(tellings)
    rulings, issues = fit_decisions(decisions, tellings, keys, former)
    furniture = _find_furniture(tellings, reports)
    stories = find_copies(list(reports.values()))
    profiles = make_profiles(tellings, reports, stories)
    pairs = {
        pair: found for pair, found in _score_pairs(profiles) if found.score >= DOUBTFUL and not furniture & set(pair)
    }
    groups = _join(profiles, pairs, rulings)
    kept: list[list[int]] = []
    for group in groups:
        ignored = group if rulings.ignored_incidents & set(group) else sorted(rulings.ignored & set(group))
        issues.extend(_report_dropped(ignored, tellings, "ignored"))
        members = [index for index in group if index not in ignored]
        if not members:
            continue
        dropped = _drop_reason(members, tellings, furniture)
        if dropped is None:
            own, repeats = _part_repeats(members, tellings, reports, rulings)
            kept.append(own)
            issues.extend(_report_dropped(repeats, tellings, "recalled_again"))
        else:
            issues.extend(_report_dropped(members, tellings, dropped))
    incidents = _make_incidents(kept, tellings, keys, reports, stories, pairs, former, rulings)
    doubts = _find_doubts(pairs, kept, rulings)
    sentences = tuple(find_sentence(telling, reports[telling.report_id]) for telling in tellings)
    return Grouping(tuple(incidents), tuple(issues), tuple(tellings), doubts, sentences)


def _score_pairs(profiles: Sequence[Profile]) -> Iterator[tuple[tuple[int, int], Agreement]]:
    for one, other in find_pairs(profiles):
        yield (one, other), compare_tellings(profiles[one], profiles[other])


def find_pairs(profiles: Sequence[Profile]) -> list[tuple[int, int]]:
    """The pairs worth comparing: neighbours in day and place, copies, and holders of a shared rare word.

    Args:
        profiles: The tellings, each at the position of its `index`.

    Returns:
        Pairs of indices, smaller first, sorted, each once.
    """
    blocks: defaultdict[_BlockKey, list[int]] = defaultdict(list)
    for profile in profiles:
        for key in _blocks_of(profile):
            blocks[key].append(profile.index)
    pairs: set[tuple[int, int]] = set()
    for key, members in blocks.items():
        if key[0] == "word" and len(members) > MAX_TELLINGS_WITH_WORD:
            continue
        if key[0] == "coarse":
            fine = blocks.get(("fine", *key[1:]), [])
            _add_pairs(pairs, sorted({*members, *fine}), profiles, only=frozenset(members))
        elif key[0] != "fine":
            _add_pairs(pairs, members, profiles)
    return sorted(pairs)


def _blocks_of(profile: Profile) -> Iterator[_BlockKey]:
    """The blocks a telling stands in: its story, its rare words and names, its days with their figures and places."""
    yield "story", profile.story
    rarest = sorted(profile.words, key=lambda word: (-profile.words[word], word))[:RARE_WORDS_PER_TELLING]
    yield from (("word", profile.lang, word) for word in rarest)
    if profile.start is None:
        return
    for name, rare in profile.names.items():
        if rare >= UNCOMMON_NAME:
            # Two overlapping rows of windows, so that no two neighbouring days fall between them.
            yield "name", 0, profile.start // NAME_DAYS, name
            yield "name", 1, (profile.start + NAME_DAYS // 2) // NAME_DAYS, name
    if profile.end is None:
        return
    telling_figures = [figure for figure in profile.figures if figure.number > SMALL_FIGURE]
    cells = _cells_of(profile)
    area = "coarse" if _is_coarse(profile) else "fine"
    for day in _days_of(profile.start, profile.end):
        yield from (("figure", day, figure) for figure in telling_figures)
        yield from (("cell", day, cell) for cell in cells)
        if profile.governorate is not None:
            yield area, day, profile.governorate


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
    """The days a telling is entered under: its own and the day after, so that two a day apart meet."""
    last = end + MAX_DAYS_APART - 1
    if last - start <= MAX_DAYS_BLOCKED:
        return iter(range(start, last + 1))
    return iter(sorted({start, start + 1, last - 1, last}))


def _is_coarse(profile: Profile) -> bool:
    return not profile.spots or profile.spots[0].radius_km > COARSE_KM


def _cells_of(profile: Profile) -> set[tuple[int, int]]:
    """The four cells nearest to each point: two points less than half a cell apart always share one."""
    cells: set[tuple[int, int]] = set()
    for spot in profile.spots[:MAX_SPOTS_BLOCKED]:
        if spot.radius_km > COARSE_KM:
            continue
        north, east = spot.latitude / BLOCK_DEGREES, spot.longitude / BLOCK_DEGREES
        row, column = round(north), round(east)
        cells.update((r, c) for r in (row - 1, row) for c in (column - 1, column))
    return cells


def _join(
    profiles: Sequence[Profile],
    pairs: Mapping[tuple[int, int], Agreement],
    rulings: Rulings,
) -> list[list[int]]:
    """Groups of tellings, each sorted; best pairs are joined first, by average linkage."""
    groups = _Groups(profiles, pairs, rulings)
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
        rulings: Rulings,
    ) -> None:
        self._profiles = profiles
        self._pairs = pairs
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
                voices = (mine.story, yours.story)
                score = self._score(one, other)
                scores[voices] = max(score, scores.get(voices, 0.0))
        return sum(scores.values()) / len(scores)

    def _score(self, one: int, other: int) -> float:
        pair = (one, other) if one < other else (other, one)
        found = self._pairs.get(pair)
        if found is not None:
            return found.score
        return compare_tellings(self._profiles[one], self._profiles[other]).score


def _find_doubts(
    pairs: Mapping[tuple[int, int], Agreement], groups: Sequence[Sequence[int]], rulings: Rulings
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


def _drop_reason(members: Sequence[int], tellings: Sequence[ReportedIncident], furniture: frozenset[int]) -> str | None:
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
    rulings: Rulings,
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


def _says_more(telling: ReportedIncident, known: Collection[str]) -> bool:
    return any(
        claim.stance in (Stance.OWNS, Stance.DENIES) or not (claim.claimant in known or is_unnamed(claim.claimant))
        for claim in telling.claims
    )


def _find_furniture(tellings: Sequence[ReportedIncident], reports: Mapping[str, Report]) -> frozenset[int]:
    """Tellings that rest on a line an outlet prints under its reports of many days: teasers, tickers, adverts.

    Where nobody knows the outlet or the day, copies of one story look alike; so does a story of one line.
    """
    days: defaultdict[tuple[str, str], set[dt.date]] = defaultdict(set)
    lines: dict[int, tuple[str, str]] = {}
    for index, telling in enumerate(tellings):
        report = reports[telling.report_id]
        if telling.quote.field != "text" or report.publisher is None or report.published is None:
            continue
        line = _line_around(report.text, telling.quote.start, telling.quote.end)
        if line == report.text.strip():
            continue
        lines[index] = (report.publisher, line)
        days[lines[index]].add(report.published)
    return frozenset(
        index
        for index, line in lines.items()
        if len(days[line]) >= FURNITURE_DAYS and tellings[index].salience is Salience.MAIN
    )


def _line_around(text: str, start: int, end: int) -> str:
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    return text[first : len(text) if last < 0 else last].strip()


def _report_dropped(members: Sequence[int], tellings: Sequence[ReportedIncident], kind: str) -> Iterator[Issue]:
    reason = {
        "ignored": "Left out: a person decided to ignore it.",
        "furniture": "Left out: the same line stands in this outlet's reports of many days; it is not of this report.",
        "recalled_again": "Not counted: recalled in passing long after, with nothing that was not told before.",
        "recalled_only": "Left out: recalled in passing, and neither its day nor its place is known.",
    }[kind]
    for index in members:
        yield Issue(kind, reason, report_id=tellings[index].report_id, words=tellings[index].quote.text)


def _make_incidents(
    groups: Sequence[Sequence[int]],
    tellings: Sequence[ReportedIncident],
    keys: Sequence[str],
    reports: Mapping[str, Report],
    stories: Mapping[str, int],
    pairs: Mapping[tuple[int, int], Agreement],
    former: Mapping[str, KnownIncident],
    rulings: Rulings,
) -> list[Incident]:
    named = name_groups(groups, tellings, keys, reports, former)
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
    """The strongest links that hold a group together, one fewer than it has tellings."""
    if len(order) < 2:
        return []
    graph: nx.Graph[int] = nx.Graph()
    for place, index in enumerate(order):
        for other in order[:place]:
            pair = (min(index, other), max(index, other))
            if index in merges and other in merges[index]:
                graph.add_edge(index, other, weight=2.0, score=1.0, reasons=("a person decided so",))
            elif pair in pairs:
                found = pairs[pair]
                graph.add_edge(index, other, weight=found.score, score=found.score, reasons=found.reasons)
    rank = {index: place for place, index in enumerate(order)}
    links: list[Link] = []
    for one, other, edge in nx.maximum_spanning_edges(graph):
        earlier, later = sorted((one, other), key=rank.__getitem__)
        ends = tellings[later].report_id, tellings[earlier].report_id
        links.append(Link(*ends, round(edge["score"], 4), edge["reasons"]))
    return links
