"""What the statements of one event claim and what that adds up to: each figure once, and nothing added up twice."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from claimatlas.claims.cast import Role
from claimatlas.claims.counts import Figure
from claimatlas.claims.statements import Statement
from claimatlas.incidents.telling import MIN_SHARED_TOLL, Event
from claimatlas.mentions.document import Mentions, Zone
from claimatlas.model import OUTLET, Actor, Claim, Outcome, Span, Stance, Totals, Victims
from claimatlas.outlets import find_own_names, voices_of
from claimatlas.records.labels import ACTOR_LABELS
from claimatlas.totals import count_totals


@dataclass
class EventClaims:
    """The claims of one event.

    Attributes:
        claims: Casualty claims and statements about the deed, in order of the text.
        parts: Those that count some of the victims of another.
        overtaken: Those whose place a later toll has taken (codebook, section 5).
    """

    claims: list[Claim] = field(default_factory=list)
    parts: set[Claim] = field(default_factory=set)
    overtaken: set[Claim] = field(default_factory=set)

    @property
    def wholes(self) -> list[Claim]:
        """The claims that stand, without those of parts."""
        left_out = self.parts | self.overtaken
        return [claim for claim in self.claims if claim not in left_out] if left_out else self.claims


class _Toll(NamedTuple):
    """What makes two casualty claims one."""

    claimant: str
    outcome: Outcome
    victims: Victims
    low: int | None
    high: int | None


def claims_of_event(mentions: Mentions, event: Event, agents: tuple[Actor, ...]) -> EventClaims:
    """The claims of an event, each figure once for everybody who gives it.

    Args:
        mentions: The report's mentions.
        event: Its statements that tell of the event.
        agents: Who is said to have done it.
    """
    ledger = _Ledger(mentions, agents)
    body = [figure for statement, figure in event.figures if statement.zone is not Zone.TITLE]
    told_in_body = {outcome for figure in body for outcome in figure.outcomes}
    before: Figure | None = None
    for telling in event.tellings:
        statement, n_before = telling.statement, len(ledger.told.claims)
        for figure in statement.figures:
            if statement.zone is Zone.TITLE and set(figure.outcomes) <= told_in_body and not _rounds(figure, body):
                continue
            if _says_who(mentions, statement, figure, ledger.told.claims, n_before):
                continue
            beside = figure.together or (before is not None and _is_joined(mentions, before, figure))
            before = figure
            for outcome in figure.outcomes:
                for claimant in (statement.claimant, *statement.beside):
                    ledger.enter(statement, figure, _toll(claimant, figure, outcome), beside=beside)
    told = ledger.close()
    told.claims.extend(_deed_claims(mentions, event, agents, bool(told.claims)))
    return told


class _Ledger:
    """The claims of one event, entered figure by figure in order of the text."""

    def __init__(self, mentions: Mentions, agents: tuple[Actor, ...]) -> None:
        self.told = EventClaims()
        self._mentions = mentions
        self._agents = agents
        self._entered: dict[_Toll, Claim] = {}
        self._beside: set[_Toll] = set()  # those told in one breath with others: "X, a commander, and eight more"
        self._updates: list[Claim] = []
        self._repeating: Statement | None = None

    def enter(self, statement: Statement, figure: Figure, toll: _Toll, *, beside: bool) -> None:
        """Enter what somebody says of one outcome, unless it is told already.

        Args:
            statement: The statement that gives the figure.
            figure: The figure.
            toll: What it says of one of its outcomes, and who says so.
            beside: It is told in one breath with the figure before it.
        """
        alike = [told for told in self._entered if told[1:] == toll[1:]]
        if self._is_known(toll, alike, statement, figure):
            return
        vaguely = next((told for told in alike if _stands_for(told, toll)), None) if alike else None
        if vaguely is not None and toll.claimant != OUTLET:
            alone = toll.high == 1 and sum(toll.outcome in other.outcomes for other in statement.figures) == 1
            if vaguely not in self._beside or not alone:
                self._credit(vaguely, toll)
            return
        if toll.low is None and toll.high is None:
            return
        claim = Claim(
            report_id=self._mentions.report.id,
            claimant=toll.claimant,
            quote=self._mentions.span(figure.start, figure.end),
            actors=tuple(actor for actor in self._agents if actor in statement.agents),
            outcome=toll.outcome,
            victims=toll.victims,
            min=toll.low,
            max=toll.high,
        )
        told = self.told
        told.claims.append(claim)
        before = next(reversed(self._entered), None)
        if beside and before is not None and before.outcome is toll.outcome:
            self._beside |= {toll, before}
        self._entered[toll] = claim
        if (figure.part and not self._dies_later(toll.outcome)) or (
            not beside and _counts_some(claim, figure, told.claims, _count_on(statement, figure))
        ):
            told.parts.add(claim)
        if figure.replaced:
            told.overtaken.add(claim)
        if figure.updated:
            self._updates.append(claim)

    def _dies_later(self, outcome: Outcome) -> bool:
        """Whether some of the wounded, of whom nobody was said to have died, die of it: "one of them later died"."""
        told = {claim.outcome for claim in self.told.claims[:-1]}
        return outcome is Outcome.KILLED and Outcome.INJURED in told and outcome not in told

    def close(self) -> EventClaims:
        """The claims, without what later ones have made obsolete."""
        for update in self._updates:
            self.told.overtaken.update(_overtaken(update, self.told.claims))
        for vague in _outdone(self.told.claims):
            self.told.claims.remove(vague)
        return self.told

    def _is_known(self, toll: _Toll, alike: Sequence[_Toll], statement: Statement, figure: Figure) -> bool:
        """Whether a toll only repeats one of those entered before; what was told in one breath is counted again."""
        entered = self._entered.get(toll)
        if entered is not None and (
            not figure.together
            or entered.quote.text == self._mentions.text[figure.start : figure.end]
            or self._repeating is statement  # "five soldiers and five rebels", told once more
        ):
            self._repeating = statement
            return True
        repeats = any(_stands_for(toll, known) for known in alike) if alike else False
        if repeats and (not figure.together or self._repeating is statement):
            self._repeating = statement
            return True  # the outlet repeats what somebody said (codebook, section 6)
        return not figure.together and _told_of_kind(toll, self._entered)

    def _credit(self, vaguely: _Toll, toll: _Toll) -> None:
        """Lay a toll that the outlet gave in its own voice, or "activists", to the source that it turns out to be from.

        That is one claim, of whoever the body names (codebook, section 6), and one source.
        """
        told, old = self.told, self._entered.pop(vaguely)
        claim = dataclasses.replace(old, claimant=toll.claimant)
        told.claims[told.claims.index(old)] = claim
        if old in told.parts:
            told.parts.remove(old)
            told.parts.add(claim)
        self._entered[toll] = claim


# By what word a report's headline or lead calls those whom it names further on.
_SPEAK_FOR = {
    "SOHR": "activists", "SNHR": "activists", "Local Coordination Committees": "activists",
    "SANA": "state media", "Syrian state TV": "state media",
    "Russian Defence Ministry": "Russian military", "Russian Defense Ministry": "Russian military",
    "North Press": "kurdish media", "Hawar News": "kurdish media", "Rudaw": "kurdish media",
}  # fmt: skip


def _stands_for(vague: _Toll, named: _Toll) -> bool:
    """Whether who gives a toll is only the outlet, or a word for the kind of source that a named one is."""
    if vague.claimant == OUTLET:
        return True
    kind = _SPEAK_FOR.get(named.claimant)
    return kind is not None and vague.claimant.casefold().endswith(kind.casefold())  # "Syrian Kurdish media"


def _toll(claimant: str, figure: Figure, outcome: Outcome) -> _Toll:
    """What a figure says of one outcome; of "12 killed and wounded" each has 12 at most, of "dozens" no bound."""
    low, high = figure.min, figure.max
    if len(figure.outcomes) > 1:
        known = None if figure.vague else figure.min
        low, high = None, figure.max if figure.max is not None else known
    return _Toll(claimant, outcome, figure.victims, low, high)


def _says_who(mentions: Mentions, statement: Statement, figure: Figure, claims: Sequence[Claim], n_before: int) -> bool:
    """Whether a lone person is one of those counted before, of whom it says who they were.

    "Two civilians were killed. … The civilian Ahmad K. …" (المواطن أحمد): the article points back to the count. So does
    "a man" that the same claimant tells after it. Only where the article is written in one with its noun: elsewhere it
    stands in front of victims not told before, too.
    """
    vocabulary = mentions.vocabulary
    if not vocabulary.grammar.article or not figure.named or figure.part or figure.additional or figure.max is None:
        return False
    known = vocabulary.has_article(mentions.tokens[figure.first].norm)
    if not known and figure.victims is not Victims.PEOPLE:
        return False
    counted = claims if known else claims[:n_before]
    least = figure.max + 1 if figure.together else figure.max  # "the girl A and the youth B" are two
    return any(
        claim.outcome in figure.outcomes
        and (claim.min or 0) >= least
        and (known or claim.claimant == statement.claimant)
        and claim.quote != mentions.span(figure.start, figure.end)
        for claim in counted
    )


def _told_of_kind(toll: _Toll, entered: Collection[_Toll]) -> bool:
    """Whether somebody who counts people has told of the same ones more closely ("four civilians", "four victims")."""
    if toll.victims is not Victims.PEOPLE:
        return False
    kinds = (Victims.CIVILIANS, Victims.COMBATANTS)
    return any((toll.claimant, toll.outcome, kind, toll.low, toll.high) in entered for kind in kinds)


def _rounds(headline: Figure, body: Iterable[Figure]) -> bool:
    """Whether a headline gives a toll of its own: one just under the body's ("kills 30", and then "more than 30")."""
    tolls = [f.min for f in body if f.min is not None and not f.part and set(headline.outcomes) <= set(f.outcomes)]
    low = headline.min
    if low is None or headline.part or low < MIN_SHARED_TOLL or low in tolls:
        return False
    return any(low < toll <= low + 1 for toll in tolls)


def _overtaken(update: Claim, claims: Iterable[Claim]) -> Iterable[Claim]:
    """The claimant's own lower tolls that a later one takes the place of (codebook, section 5)."""
    for claim in claims:
        same = claim.outcome is update.outcome and claim.claimant in (update.claimant, OUTLET)
        if same and (claim.min or claim.max or 0) < (update.min or 0):
            yield claim


def _outdone(claims: Sequence[Claim]) -> list[Claim]:
    """Figures that their own claimant makes exact elsewhere: "more than 60", then 62; "dozens", then 100."""
    outdone = []
    for claim in claims:
        if claim.min is None or claim.max is not None:
            continue
        exact = [
            other.min
            for other in claims
            if other.claimant == claim.claimant
            and other.outcome is claim.outcome
            and (other.victims is claim.victims or claim.victims is Victims.PEOPLE)
            and other.min is not None
            and other.min == other.max
        ]
        counted = _is_word(claim) and any(_counts(other, claim) for other in claims)
        if counted or any(claim.min <= low <= 1.15 * claim.min for low in exact):
            outdone.append(claim)
    return outdone


def _counts(other: Claim, word: Claim) -> bool:
    """Whether a claimant gives a number where a vague word stood before: "dozens", then "at least 29"."""
    alike = other.victims is word.victims or word.victims is Victims.PEOPLE
    # "A photographer saw several bodies": what an outlet saw is no toll beside that of a source.
    seen = word.claimant == OUTLET and word.min == _SEVERAL
    same = (other.claimant == word.claimant or seen) and other.outcome is word.outcome and alike
    return same and not _is_word(other) and other.min is not None and other.min >= (word.min or 0)


def _is_word(claim: Claim) -> bool:
    """Whether a claim counts by a vague word: "dozens"."""
    is_bound = claim.max is None and claim.min in _WORD_BOUNDS
    return is_bound and not any(char.isdigit() for char in claim.quote.text)


_SEVERAL = 3
# What vague words count at least (codebook, section 4).
_WORD_BOUNDS = frozenset({3, 20, 24, 40, 200})


def _is_joined(mentions: Mentions, first: Figure, second: Figure) -> bool:
    """Whether nothing but "and" stands between two figures: "120 fighters and 60 mercenaries" are 180."""
    if first.last == second.first:
        return mentions.vocabulary.begins_with_join(mentions.tokens[second.first].norm)
    return first.last < second.first and all(
        (word := mentions.words.get(index)) is not None and word.is_cue("join")
        for index in range(first.last, second.first)
    )


def _count_on(statement: Statement, figure: Figure) -> int:
    """How many a figure counts with those told in one breath behind it: "11 soldiers and 17 rebels" are 28."""
    total = figure.min or 0
    for other in statement.figures[statement.figures.index(figure) + 1 :]:
        if not other.together or other.outcomes != figure.outcomes:
            break
        total += other.min or 0
    return total


def _counts_some(claim: Claim, figure: Figure, earlier: Sequence[Claim], total: int) -> bool:
    """Whether a figure counts some of the victims of one told before it: "four of them in the town of Arbin".

    A claimant who gives a clearly lower figure after a higher one tells where or who some of them were. A lone
    victim ("a nurse") next to a count is one of those counted.
    """
    if claim.min is None or claim.victims in (Victims.CHILDREN, Victims.WOMEN):
        return False
    for other in earlier:
        if other.outcome is not claim.outcome or other.min is None or other.min <= total:
            continue
        if figure.named or figure.some or (figure.additional and claim.claimant == OUTLET):
            return True  # "another nine" is nobody's whole toll
        kinds_agree = other.victims is claim.victims or Victims.PEOPLE in (other.victims, claim.victims)
        is_word = claim.max is None and claim.min in _WORD_BOUNDS
        if other.claimant == claim.claimant and kinds_agree and not is_word and total < 0.8 * other.min:
            return True
    return False


def _deed_claims(mentions: Mentions, event: Event, agents: tuple[Actor, ...], has_figures: bool) -> Iterable[Claim]:
    """Statements about the deed itself: who blames, owns or denies; and, without figures, that it happened."""
    seen: set[tuple[object, ...]] = set()
    for telling in event.tellings:
        statement = telling.statement
        for claimant, stance, named in _stances(mentions, statement, agents):
            key = (claimant, stance, named)
            if key not in seen:
                seen.add(key)
                yield Claim(mentions.report.id, claimant, _clause_quote(mentions, statement), stance, named)
    if not seen and not has_figures:
        statement = event.tellings[0].statement
        named = tuple(actor for actor in agents if actor in statement.agents)
        yield Claim(mentions.report.id, statement.claimant, _clause_quote(mentions, statement), Stance.ASSERTS, named)


def _stances(
    mentions: Mentions, statement: Statement, agents: tuple[Actor, ...]
) -> Iterable[tuple[str, Stance, tuple[Actor, ...]]]:
    """Who says what of whose deed in a statement: the claimant, the stance, and the actors it is about."""
    named = tuple(actor for actor in agents if actor in statement.agents)
    own = set(statement.speaker_actors)
    if "denial" in statement.marks and own and (own & set(agents) or named):
        # "The army denied the raid and blamed the rebels": one is denied, the other accused.
        accused = _blamed(statement)
        blamed = tuple(actor for actor in named if actor in accused and actor not in own)
        denied = tuple(actor for actor in agents if actor in own or (actor in named and actor not in blamed))
        if not denied:  # "SANA blamed rebels, who rejected the accusation"
            yield ACTOR_LABELS[blamed[0]], Stance.DENIES, blamed
            yield statement.claimant, Stance.ASSERTS, blamed
            return
        yield _denier(mentions, statement, denied), Stance.DENIES, denied
        if blamed:
            yield _denier(mentions, statement, denied), Stance.ASSERTS, blamed
    elif any(role.role is Role.OWNER for role in statement.actors) or own & set(named):
        yield statement.claimant, Stance.OWNS, named
    elif named and statement.claimant != OUTLET:
        yield statement.claimant, Stance.ASSERTS, named


def _blamed(statement: Statement) -> Collection[Actor]:
    """Whom a statement lays the deed on in so many words."""
    if "accusal" not in statement.marks:
        return ()
    return {actor for role in statement.actors if role.role is Role.ACCUSED for actor in role.actors}


def _denier(mentions: Mentions, statement: Statement, denied: Sequence[Actor]) -> str:
    """Who denies: where an outlet tells that somebody does, not the outlet, unless it is that one's voice."""
    own = [actor for actor in denied if actor in statement.speaker_actors]
    if statement.claimant != OUTLET or not own or set(own) & set(voices_of(find_own_names(mentions.report))):
        return statement.claimant
    return ACTOR_LABELS[own[0]]


def _clause_quote(mentions: Mentions, statement: Statement) -> Span:
    return mentions.token_span(statement.first, statement.last)


def totals_of_event(
    mentions: Mentions, event: Event, told: EventClaims, *, count_people_as_civilians: bool = False
) -> Totals:
    """What the claims of an event add up to.

    Args:
        mentions: The report's mentions.
        event: Its statements that tell of the event.
        told: The event's claims.
        count_people_as_civilians: See `totals.count_totals`.
    """
    wholes = _add_earlier(mentions, event, _add_sides(mentions, event, told.wholes))
    totals = count_totals(
        wholes,
        subsets=told.parts,
        kinds=[*wholes, *told.parts],
        count_people_as_civilians=count_people_as_civilians,
    )
    marks = {mark for telling in event.tellings for mark in telling.statement.marks}
    if "none_killed" not in marks or totals.killed_min is not None:
        return totals
    totals = dataclasses.replace(totals, killed_min=0, killed_max=0, civilians_killed_min=0, civilians_killed_max=0)
    if "none_injured" not in marks or totals.injured_min is not None:
        return totals
    return dataclasses.replace(totals, injured_min=0, injured_max=0)


def _add_sides(mentions: Mentions, event: Event, claims: Sequence[Claim]) -> list[Claim]:
    """The claims with those of one sentence that count two sides apart made one: "11 soldiers and 17 rebels" are 28."""
    counted = [(claim.claimant, claim.outcome) for claim in claims if claim.outcome is not None]
    if len(set(counted)) == len(counted):
        return list(claims)  # as mostly: nobody gives two figures for one outcome
    sentence_of: dict[Span, int] = {}
    together = {mentions.span(f.start, f.end) for _, f in event.figures if f.together}
    for number, telling in enumerate(event.tellings):
        goes_on = number and telling.counts_further
        for figure in telling.statement.figures:
            sentence_of.setdefault(mentions.span(figure.start, figure.end), number - 1 if goes_on else number)
    sides: dict[tuple[object, ...], list[Claim]] = {}
    for number, claim in enumerate(claims):
        at = sentence_of.get(claim.quote)
        alone = at is None or claim.outcome is None
        key = (number,) if alone else (at, claim.claimant, claim.outcome, claim.victims)
        sides.setdefault(key, []).append(claim)
    added = [claim for group in sides.values() for claim in _added(group)]
    return [_with_companions(claim, added, sentence_of, together) for claim in added]


def _add_earlier(mentions: Mentions, event: Event, claims: Sequence[Claim]) -> list[Claim]:
    """The claims, with what another source gave before counted in where one says who "also" died.

    "Five medics were killed, the aid group said. SOHR said nine fighters were also killed": SOHR's toll is 14.
    """
    too = {mentions.span(f.start, f.end) for _, f in event.figures if f.too}
    if not too:
        return list(claims)
    added: list[Claim] = []
    for claim in claims:
        own = [c for c in added if c.outcome is claim.outcome]
        alone = bool(own) and all(
            c.claimant != claim.claimant and (c.victims is not claim.victims or claim.max == 1) for c in own
        )
        if claim.quote in too and alone and claim.min is not None and own[-1].min is not None:
            low = claim.min + own[-1].min
            claim = dataclasses.replace(claim, victims=Victims.PEOPLE, min=low, max=low)
        added.append(claim)
    return added


def _added(claims: list[Claim]) -> list[Claim]:
    """Several figures of one sentence for one kind of victims as one; bounds from above are left as they are."""
    if len(claims) == 1 or any(claim.min is None for claim in claims):
        return claims
    total = dataclasses.replace(
        claims[0],
        min=sum(claim.min or 0 for claim in claims),
        max=None if any(claim.max is None for claim in claims) else sum(claim.max or 0 for claim in claims),
    )
    return [total]


def _with_companions(
    claim: Claim, claims: Sequence[Claim], sentence_of: Mapping[Span, int], together: Collection[Span]
) -> Claim:
    """The victims of "a man and three children" are four: fewer people than children were told apart from them.

    So are those counted in one breath ("40 fighters and 70 guards", "a father, a mother and a son").
    """
    at = sentence_of.get(claim.quote)
    if claim.victims not in (Victims.PEOPLE, Victims.CIVILIANS) or claim.min is None or at is None:
        return claim
    beside = [
        other
        for other in claims
        if sentence_of.get(other.quote) == at
        and (other.claimant, other.outcome) == (claim.claimant, claim.outcome)
        and other.victims is not Victims.PEOPLE
        and (claim.victims is Victims.PEOPLE or other.victims in (Victims.WOMEN, Victims.CHILDREN))
        and other.min is not None
    ]
    companions = [other for other in beside if claim.quote in together or other.quote in together]
    if not companions and claim.min == claim.max and claim.victims is Victims.PEOPLE:
        kin = [c for c in beside if c.victims in (Victims.WOMEN, Victims.CHILDREN) and c.min == c.max]
        companions = kin if max((other.min or 0 for other in kin), default=0) > claim.min else []
    if not companions:
        return claim
    low = claim.min + sum(other.min or 0 for other in companions)
    is_exact = all(other.min == other.max for other in (claim, *companions))
    return dataclasses.replace(claim, min=low, max=low if is_exact else None)
