"""What incidents are called: ids from raw facts that hold between runs, and forwarding addresses.

An incident is named after its earliest telling: a hash of the report's id and of the words that tell it and
where they stand. Nothing that a rule computes goes into it. What an incident was called in the run before is
kept, even when an earlier report comes in or a better rule quotes other words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from claimatlas.group.agree import sort_tellings
from claimatlas.model import Incident, Report, ReportedIncident, stable_id


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


def telling_id(telling: ReportedIncident, repeat: int = 0) -> str:
    """Id of a telling, made of raw facts: its report, and the words that say it happened and where they stand."""
    quote = telling.quote
    return stable_id("i", telling.report_id, quote.field, quote.start, quote.text, *([repeat] if repeat else []))


def name_tellings(tellings: Sequence[ReportedIncident]) -> list[str]:
    """An id for each telling, no two alike."""
    # One sentence may tell two incidents ("strikes on A and B killed 3 and 5"): the second is numbered.
    seen: Counter[str] = Counter()
    keys: list[str] = []
    for telling in tellings:
        base = telling_id(telling)
        keys.append(telling_id(telling, seen[base]))
        seen[base] += 1
    return keys


def name_groups(
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
    return next((index for index in by_report.get(report_id, ()) if overlaps(tellings[index], field, start, end)), None)


def remember(incidents: Iterable[Incident], tellings: Sequence[ReportedIncident]) -> dict[str, KnownIncident]:
    """What to keep of the incidents of a run for the next (`former` of `group.group_incidents`).

    Args:
        incidents: The incidents.
        tellings: All tellings of the run, in its order.
    """
    known: dict[str, KnownIncident] = {}
    key_of = {id(telling): key for telling, key in zip(tellings, name_tellings(tellings), strict=True)}
    for incident in incidents:
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


def overlaps(telling: ReportedIncident, field: str, start: int, end: int) -> bool:
    """Whether a telling's quote shares characters with a piece of its report."""
    quote = telling.quote
    return quote.field == field and quote.start < end and start < quote.end
