"""What the casualty claims of one incident add up to (codebook, section 5)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import TypeAlias

import msgspec

from claimatlas.model import Claim, Outcome, Totals, Victims


class Bounds(msgspec.Struct, frozen=True, gc=False):
    """The lowest and the highest figure somebody gives.

    Attributes:
        low: Lowest figure.
        high: Highest figure; an open bound ("at least 20") counts as 20 here too.
    """

    low: int
    high: int

    def __add__(self, other: Bounds) -> Bounds:
        """Add figures that one claimant gives apart."""
        return Bounds(self.low + other.low, self.high + other.high)


Spans: TypeAlias = dict[Victims | None, Bounds]
"""What one claimant gives for each kind of victims."""


def count_totals(
    claims: Iterable[Claim],
    *,
    subsets: Collection[Claim] = (),
    kinds: Iterable[Claim] | None = None,
    count_people_as_civilians: bool = False,
) -> Totals:
    """Add up the casualty claims of one incident, claimant by claimant, never across claimants.

    Args:
        claims: The claims; statements without figures are ignored.
        subsets: Claims left out of `claims` that count some of the victims of another ("at least two officers were
            among them"): they say how many of "70 people" were civilians.
        kinds: Claims that tell of children, women and fighters, those of parts included; by default `claims`.
        count_people_as_civilians: Count victims of no stated kind as civilians; right for a strike on a populated
            place of which no dead fighter is reported.

    Returns:
        The lowest and the highest total that any claimant gives, None where nobody gives a figure.
    """
    figures = [claim for claim in claims if claim.outcome is not None and (claim.min or claim.max)]
    wholes = _without_subsets(_firm(figures))
    deaths = [(own, _spans(own)) for own in _by_claimant(wholes, Outcome.KILLED)]
    killed = [_total(spans) for _, spans in deaths]
    injured = [_total(_spans(own)) for own in _by_claimant(wholes, Outcome.INJURED)]
    any_fighter = any(c.victims is Victims.COMBATANTS and c.outcome is Outcome.KILLED for c in figures)
    some = [claim for claim in subsets if claim.outcome is Outcome.KILLED and claim.min is not None]
    civilians = [
        _civilians_among(own, spans, some) or _civilians(spans, count_people_as_civilians and not any_fighter)
        for own, spans in deaths
    ]
    lowest = _lowest_killed(figures if kinds is None else kinds)
    killed_range, injured_range = _widest(killed), _widest(injured)
    civilian_range = _widest(civilians) or _widest(_children_and_women(figures, wholes))
    return Totals(
        killed_min=killed_range.low or None if killed_range else None,
        killed_max=killed_range.high if killed_range else None,
        civilians_killed_min=civilian_range.low or None if civilian_range else None,
        civilians_killed_max=civilian_range.high if civilian_range else None,
        children_killed_min=lowest.get(Victims.CHILDREN),
        women_killed_min=lowest.get(Victims.WOMEN),
        combatants_killed_min=lowest.get(Victims.COMBATANTS),
        injured_min=injured_range.low or None if injured_range else None,
        injured_max=injured_range.high if injured_range else None,
    )


def _firm(claims: list[Claim]) -> list[Claim]:
    """Without upper bounds ("up to 50", "50 killed or injured") where somebody gives a better figure."""
    exact = {claim.outcome for claim in claims if claim.min is not None}
    return [claim for claim in claims if claim.min is not None or claim.outcome not in exact]


def _without_subsets(claims: list[Claim]) -> list[Claim]:
    """Without those who tell of nobody but women and children where others tell of everybody."""
    full = {(c.outcome, c.claimant) for c in claims if c.victims not in (Victims.CHILDREN, Victims.WOMEN)}
    outcomes = {outcome for outcome, _ in full}
    return [c for c in claims if c.outcome not in outcomes or (c.outcome, c.claimant) in full]


def _children_and_women(claims: Collection[Claim], wholes: Collection[Claim]) -> Iterator[Bounds | None]:
    """What those count who tell of nobody else, where all others count fighters: "a shepherd boy died too"."""
    left_out = [claim for claim in claims if claim not in wholes]
    for own in _by_claimant(left_out, Outcome.KILLED):
        spans = _spans(own)
        yield _sum(spans.get(Victims.CHILDREN), spans.get(Victims.WOMEN))


def _by_claimant(claims: Iterable[Claim], outcome: Outcome) -> Iterator[list[Claim]]:
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.outcome is outcome:
            groups.setdefault(claim.claimant, []).append(claim)
    yield from groups.values()


def _total(spans: Spans) -> Bounds | None:
    """One claimant's total: what is said of everybody, else of the kinds of victims together."""
    people, fighters = spans.get(Victims.PEOPLE), spans.get(Victims.COMBATANTS)
    civilians = spans.get(Victims.CIVILIANS) or _sum(spans.get(Victims.CHILDREN), spans.get(Victims.WOMEN))
    apart = _sum(civilians, fighters)
    if people is None or apart is None:
        return people or apart
    # "Four people, two women and two soldiers": the kinds are parts of the people. Where the largest kind
    # exceeds the people, the two were counted apart ("40 civilians and 5 others").
    largest_kind = max(part.high for part in (civilians, fighters) if part is not None)
    if largest_kind <= people.high:
        return people
    return Bounds(min(people.low, apart.low), max(people.high, apart.high))


_CALLED_CIVILIANS = re.compile("civilian|مدني", re.IGNORECASE)


def _civilians_among(claims: list[Claim], spans: Spans, subsets: Collection[Claim]) -> Bounds | None:
    """How many civilians were among the people one claimant counts, where it says so of some of them.

    "Eight people, five of them civilians" are five; "70 people, among them 12 children and 11 fighters" are 59.
    """
    people = spans.get(Victims.PEOPLE)
    if people is None or Victims.CIVILIANS in spans or not subsets:
        return None
    own = [claim for claim in subsets if claim.claimant == claims[0].claimant]
    called = [c for c in own if c.victims is Victims.CIVILIANS and _CALLED_CIVILIANS.search(c.quote.text)]
    if called:
        return _span(called)
    fighters = _spans(own).get(Victims.COMBATANTS)
    if fighters is None or not any(c.victims in (Victims.CHILDREN, Victims.WOMEN) for c in [*own, *claims]):
        return None
    rest = Bounds(people.low - fighters.high, people.high - fighters.low)
    return rest if rest.low > 0 else None


def _civilians(spans: Spans, people_are_civilians: bool) -> Bounds | None:
    """How many civilians one claimant says were killed."""
    people, fighters = spans.get(Victims.PEOPLE), spans.get(Victims.COMBATANTS)
    if Victims.CIVILIANS in spans:
        return spans[Victims.CIVILIANS]
    named_kinds = _sum(spans.get(Victims.CHILDREN), spans.get(Victims.WOMEN))
    if named_kinds is not None and people is not None and fighters is not None:
        rest = Bounds(people.low - fighters.low, people.high - fighters.high)
        return rest if rest.low >= named_kinds.low else named_kinds
    if people is not None and people_are_civilians:
        return people
    return named_kinds


def _spans(claims: Iterable[Claim]) -> Spans:
    """The range of one claimant's figures for each kind of victims."""
    by_kind: dict[Victims | None, list[Claim]] = {}
    for claim in claims:
        by_kind.setdefault(claim.victims, []).append(claim)
    return {victims: _span(own) for victims, own in by_kind.items()}


def _span(claims: list[Claim]) -> Bounds:
    """The range of figures for one kind of victims.

    A figure with an upper bound only ("up to 50", "50 killed or injured") counts when there is no better one.
    """
    lows = [claim.min for claim in claims if claim.min is not None]
    if not lows:
        return Bounds(0, max(claim.max or 0 for claim in claims))
    return Bounds(min(lows), max(claim.max or claim.min or 0 for claim in claims if claim.min is not None))


def _sum(first: Bounds | None, second: Bounds | None) -> Bounds | None:
    if first is None or second is None:
        return first or second
    return first + second


def _widest(ranges: Iterable[Bounds | None]) -> Bounds | None:
    known = [bounds for bounds in ranges if bounds is not None]
    if len(known) < 2:
        return known[0] if known else None
    firm = [bounds for bounds in known if bounds.low > 0] or known
    return Bounds(min(bounds.low for bounds in firm), max(bounds.high for bounds in firm))


def _lowest_killed(claims: Iterable[Claim]) -> dict[Victims | None, int]:
    """The lowest figure that anybody gives of the killed of each kind."""
    lowest: dict[Victims | None, int] = {}
    for claim in claims:
        low = claim.min
        if claim.outcome is Outcome.KILLED and low is not None and (low or claim.max):
            lowest[claim.victims] = min(low, lowest.get(claim.victims, low))
    return lowest
