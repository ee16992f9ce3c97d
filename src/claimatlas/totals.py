"""What the casualty claims of one incident add up to (codebook, section 5)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

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


def count_totals(
    claims: Iterable[Claim],
    *,
    subsets: Collection[Claim] = (),
    count_people_as_civilians: bool = False,
) -> Totals:
    """Add up the casualty claims of one incident, claimant by claimant, never across claimants.

    Args:
        claims: The claims; statements without figures are ignored.
        subsets: Claims left out of `claims` that count some of the victims of another ("at least two officers were
            among them"): they say how many of "70 people" were civilians.
        count_people_as_civilians: Count victims of no stated kind as civilians; right for a strike on a populated
            place of which no dead fighter is reported.

    Returns:
        The lowest and the highest total that any claimant gives, None where nobody gives a figure.
    """
    figures = [claim for claim in claims if claim.outcome is not None and (claim.min or claim.max)]
    wholes = _without_subsets(_firm(figures))
    killed = [_total(own) for own in _by_claimant(wholes, Outcome.KILLED)]
    injured = [_total(own) for own in _by_claimant(wholes, Outcome.INJURED)]
    any_fighter = any(c.victims is Victims.COMBATANTS and c.outcome is Outcome.KILLED for c in figures)
    some = [claim for claim in subsets if claim.outcome is Outcome.KILLED and claim.min is not None]
    civilians = [
        _civilians_among(own, some) or _civilians(own, count_people_as_civilians and not any_fighter)
        for own in _by_claimant(wholes, Outcome.KILLED)
    ]
    killed_range, injured_range, civilian_range = _widest(killed), _widest(injured), _widest(civilians)
    return Totals(
        killed_min=killed_range.low or None if killed_range else None,
        killed_max=killed_range.high if killed_range else None,
        civilians_killed_min=civilian_range.low or None if civilian_range else None,
        civilians_killed_max=civilian_range.high if civilian_range else None,
        children_killed_min=lowest_killed(figures, Victims.CHILDREN),
        women_killed_min=lowest_killed(figures, Victims.WOMEN),
        combatants_killed_min=lowest_killed(figures, Victims.COMBATANTS),
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


def _by_claimant(claims: Iterable[Claim], outcome: Outcome) -> Iterator[list[Claim]]:
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.outcome is outcome:
            groups.setdefault(claim.claimant, []).append(claim)
    yield from groups.values()


def _total(claims: list[Claim]) -> Bounds | None:
    """One claimant's total: what is said of everybody, else of the kinds of victims together."""
    people = _span(claims, Victims.PEOPLE)
    civilians = _span(claims, Victims.CIVILIANS) or _sum(_span(claims, Victims.CHILDREN), _span(claims, Victims.WOMEN))
    fighters = _span(claims, Victims.COMBATANTS)
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


def _civilians_among(claims: list[Claim], subsets: Iterable[Claim]) -> Bounds | None:
    """How many civilians were among the people one claimant counts, where it says so of some of them.

    "Eight people, five of them civilians" are five; "70 people, among them 12 children and 11 fighters" are 59.
    """
    people = _span(claims, Victims.PEOPLE)
    if people is None or _span(claims, Victims.CIVILIANS) is not None:
        return None
    own = [claim for claim in subsets if claim.claimant == claims[0].claimant]
    called = [c for c in own if c.victims is Victims.CIVILIANS and _CALLED_CIVILIANS.search(c.quote.text)]
    if called:
        return _span(called, Victims.CIVILIANS)
    fighters = _span(own, Victims.COMBATANTS)
    if fighters is None or not any(c.victims in (Victims.CHILDREN, Victims.WOMEN) for c in [*own, *claims]):
        return None
    rest = Bounds(people.low - fighters.high, people.high - fighters.low)
    return rest if rest.low > 0 else None


def _civilians(claims: list[Claim], people_are_civilians: bool) -> Bounds | None:
    """How many civilians one claimant says were killed."""
    people, fighters = _span(claims, Victims.PEOPLE), _span(claims, Victims.COMBATANTS)
    called_civilians = _span(claims, Victims.CIVILIANS)
    if called_civilians is not None:
        return called_civilians
    named_kinds = _sum(_span(claims, Victims.CHILDREN), _span(claims, Victims.WOMEN))
    if named_kinds is not None and people is not None and fighters is not None:
        rest = Bounds(people.low - fighters.low, people.high - fighters.high)
        return rest if rest.low >= named_kinds.low else named_kinds
    if people is not None and people_are_civilians:
        return people
    return named_kinds


def _span(claims: list[Claim], victims: Victims) -> Bounds | None:
    """The range of one claimant's figures for one kind of victims.

    A figure with an upper bound only ("up to 50", "50 killed or injured") counts when there is no better one.
    """
    own = [claim for claim in claims if claim.victims is victims]
    exact = [claim for claim in own if claim.min is not None]
    if not exact:
        highs = [claim.max for claim in own if claim.max is not None]
        return Bounds(0, max(highs)) if highs else None
    lows = [claim.min for claim in exact if claim.min is not None]
    tops = [claim.max if claim.max is not None else claim.min for claim in exact]
    return Bounds(min(lows), max(top for top in tops if top is not None))


def _sum(first: Bounds | None, second: Bounds | None) -> Bounds | None:
    if first is None or second is None:
        return first or second
    return first + second


def _widest(ranges: Iterable[Bounds | None]) -> Bounds | None:
    known = [bounds for bounds in ranges if bounds is not None]
    firm = [bounds for bounds in known if bounds.low > 0] or known
    if not firm:
        return None
    return Bounds(min(bounds.low for bounds in firm), max(bounds.high for bounds in firm))


def lowest_killed(claims: Iterable[Claim], victims: Victims) -> int | None:
    """The lowest figure that anybody gives of the killed of one kind, or None where nobody gives one."""
    lows = [
        claim.min
        for claim in claims
        if claim.victims is victims
        and claim.outcome is Outcome.KILLED
        and (claim.min or claim.max)
        and claim.min is not None
    ]
    return min(lows) if lows else None
