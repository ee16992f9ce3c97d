"""What one clause of a report tells, and what it takes over from the clauses and sentences before it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec
from msgspec.structs import replace

from claimatlas.claims.cast import ACTING, ActorRole, PlaceRole, Role
from claimatlas.claims.clausedays import dates_of
from claimatlas.claims.clauses import joins_harm
from claimatlas.claims.counts import Figure
from claimatlas.claims.sides import OPENS, takes_ground
from claimatlas.dates import DateMention, Days, resolve
from claimatlas.lazy import lazy
from claimatlas.mentions.document import Mentions, Sentence, Word, Zone
from claimatlas.model import OUTLET, Actor, EventType, Outcome


class Statement(msgspec.Struct, frozen=True, dict=True):
    """What one clause tells.

    Attributes:
        sentence: Index of its sentence.
        first: Index of its first token.
        last: Index after its last token.
        zone: The part of the report it stands in.
        figures: Its figures, with outcomes.
        type: What kind of deed it tells; None when the words do not say.
        type_weight: How strongly the words say the type.
        deeds: The words for the deed.
        means: The words for the weapon.
        actors: The actors named, each with its part.
        places: The places named, each with its part.
        date: The day told for the deed.
        said_date: The day the statement was made, when told.
        claimant: Who says so.
        speaker_actors: Who the claimant is, when it is an actor.
        marks: What else the words say: `campaign`, `conditional`, `earlier`, `elsewhere`, `foreign`, `unclaimed`,
            `denial` (`of_one`: of one deed told before),
            `none_killed`, `none_injured`, `clause` (not the sentence's first), `definite`, `sourced`, `toll`,
            `further` (one more deed of the kind told before), `unnamed` (in a village without a name), `fresh` (opens
            a story), `kills` (some die, nobody says how many; `deadly` where the verb does not tell its doer),
            `another` (elsewhere, and one more deed of the kind), `answers` (a deed told before, in retaliation), `item`
            (of a list, whose label or heading says when and where), `heads` (is such a heading),
            `located` (where the deed just told happened).
    """

    sentence: int
    first: int
    last: int
    zone: Zone
    figures: tuple[Figure, ...] = ()
    type: EventType | None = None
    type_weight: int = 0
    deeds: tuple[Word, ...] = ()
    means: tuple[Word, ...] = ()
    actors: tuple[ActorRole, ...] = ()
    places: tuple[PlaceRole, ...] = ()
    date: DateMention | None = None
    said_date: DateMention | None = None
    claimant: str = OUTLET
    beside: tuple[str, ...] = ()
    speaker_actors: tuple[Actor, ...] = ()
    marks: frozenset[str] = frozenset()

    @lazy
    def agents(self) -> tuple[Actor, ...]:
        """Who the clause says did it."""
        return tuple(dict.fromkeys(actor for role in self.actors if role.role in ACTING for actor in role.actors))

    @lazy
    def losers(self) -> frozenset[Actor]:
        """Whose men it counts among the dead or hurt."""
        return frozenset(actor for role in self.actors if role.role is Role.VICTIM for actor in role.actors)

    @lazy
    def types(self) -> frozenset[EventType]:
        """All kinds of deeds that its words tell."""
        return frozenset(entry.type for word in self.deeds for entry in word.entries.deeds if entry.type is not None)

    @lazy
    def tells_downing(self) -> bool:
        """Whether it tells of an aircraft brought down."""
        return any("downs" in word.entries.flags for word in self.deeds)

    @lazy
    def engages(self) -> bool:
        """Whether one armed side does something to another: "army units targeted positions of the group"."""
        hit = any(role.role is Role.TARGET for role in self.actors)
        done = "kills" in self.marks or any(word.get("event", "verb") is not None for word in self.deeds)
        return hit and bool(self.agents) and done


def carry_on(clauses: Sequence[Statement | None]) -> list[Statement | None]:
    """Clauses that begin with "where" happen at the place and on the day of the clause in front of them."""
    carried: list[Statement | None] = []
    for clause in clauses:
        previous = carried[-1] if carried else None
        if clause is not None and previous is not None and "where" in clause.marks:
            # "… shelled A, where an attack in December killed twelve": a day of its own is another's deed.
            goes_on = clause.date is None and ("definite" in clause.marks or clause.type is None)
            goes_on = goes_on or (previous.date is None and not clause.deeds)  # "… where 12 were killed on Friday"
            doers = [role for role in previous.actors if role.role in (Role.AGENT, Role.ACCUSED)]
            clause = replace(
                clause,
                date=clause.date or previous.date,
                places=clause.places or previous.places,
                actors=(*clause.actors, *doers) if goes_on and not clause.agents else clause.actors,
                marks=clause.marks | (previous.marks & {"elsewhere"}),
            )
        carried.append(clause)
    return carried


def count_days(statements: Sequence[Statement]) -> list[Statement]:
    """Count "the next day", "hours later" and "… two days after a raid on B" from the day told before."""
    counted: list[Statement] = []
    told: Days | None = None
    bases: dict[int, Days | None] = {}  # two clauses may share one telling
    for statement in statements:
        base = told if statement.date is None else bases.setdefault(statement.date.start, told)
        statement = _counted(statement, base)
        date = statement.date or statement.said_date
        if date is not None and date.start_day is not None and date.end_day is not None:
            told = (date.start_day, date.end_day) if date.unit != "weekend" else None
        counted.append(statement)
    return counted


def _counted(statement: Statement, told: Days | None) -> Statement:
    """A statement whose day is told from another one's, with that day counted."""
    date, said = statement.date, statement.said_date
    if date is None or not date.from_text:
        return statement
    first, base = told if told is not None else (None, None)
    if said is not None and said.start < date.start:
        first = base = said.start_day
    if first is not None and base is not None and (base - first).days > 1:  # no night, but a week or a weekend
        known = date.back == (0, 0)  # "last week … on the same day"
        return replace(statement, date=replace(date, start_day=first, end_day=base)) if known else statement
    joined = "clause" in statement.marks if date.part == "after" else first == base
    if date.part in ("after", "came") and (base is None or not joined):
        return replace(statement, date=None)  # "Two days after the raid, a bomb went off": the raid's day is not told
    days = resolve(date, base) if base is not None else None
    return statement if days is None else replace(statement, date=replace(date, start_day=days[0], end_day=days[1]))


def carry_deed(mentions: Mentions, clauses: Sequence[Statement | None]) -> list[Statement | None]:
    """Clauses like "and another killed three in B" tell of one more deed of the kind, and the doer, told before.

    So do those that tell of no deed themselves but of harm in another village (وأصيب طفل في قرية B).
    """
    carried: list[Statement | None] = []
    for clause in clauses:
        previous = carried[-1] if carried else None
        if clause is not None and previous is not None and not clause.deeds and clause.figures:
            opener = mentions.words.get(clause.first)
            second = mentions.words.get(opener.last) if opener is not None and opener.is_cue("join") else None
            verb = mentions.words.get(second.last) if second is not None and second.is_cue("other") else None
            another = verb is not None and verb.get("outcome") is not None
            another = another or _leaves_out_deed(mentions, clause, previous)
            if another or (opener is not None and joins_harm(mentions, opener, previous.first, clause.last)):
                clause = replace(
                    clause, deeds=previous.deeds, means=previous.means, type=previous.type,
                    type_weight=previous.type_weight, actors=clause.actors if clause.agents else previous.actors,
                    marks=clause.marks | {"apart"},
                )  # fmt: skip
        carried.append(clause)
    return carried


_ONE = frozenset({"one", "another", "other", "second", "third", "others"})


def _leaves_out_deed(mentions: Mentions, clause: Statement, previous: Statement) -> bool:
    """Whether a clause without a deed goes on with one more of those in front of it, at a place of its own.

    As in "two car bombs went off, one in A, killing five; one in B, killing two", "… while another in B killed six",
    and "a strike killed nine people in A, and seven died in B", which leaves out whom it counts.
    """
    if not clause.places or not previous.deeds or not mentions.vocabulary.grammar.cased_names:
        return False
    at, figure = clause.first, clause.figures[0]
    opener = mentions.words.get(at)
    joined = opener is not None and opener.is_cue("join", "clause")
    if opener is not None and joined:
        at = opener.last
    if joined and figure.first == at:
        return figure.bare and bool(previous.figures)
    if at < clause.last and mentions.tokens[at].norm in mentions.vocabulary.grammar.articles:
        at += 1
    where = mentions.words.get(at + 1)
    if mentions.tokens[at].norm not in _ONE or figure.first <= at or where is None:
        return False
    return where.get("place", "in") is not None


def carry_day(mentions: Mentions, sentence: Sentence, clauses: Sequence[Statement | None]) -> list[Statement | None]:
    """Clauses that "and" joins happen on the day told behind the last, and are said on the day told for any of them.

    "A bomb killed six people in Azaz and another killed three in al-Bab on Tuesday, activists said on Wednesday."
    """
    if len(clauses) < 2 or all(clause is None or clause.date is not None for clause in clauses):
        return list(clauses)
    if not mentions.vocabulary.grammar.cased_names:
        return _with_head_day(mentions, sentence, clauses)
    clauses = _carry_past(mentions, clauses)
    _, said = dates_of(mentions, sentence.first, sentence.last, (), ())
    carried: list[Statement | None] = []
    following: Statement | None = None
    for clause in reversed(clauses):
        if clause is not None and clause.date is None:
            opener = mentions.words.get(following.first) if following is not None else None
            joined = opener is not None and opener.is_cue("join") and "definite" not in clause.marks
            date = following.date if following is not None and joined and clause.figures else None
            clause = replace(clause, date=date, said_date=clause.said_date or said)
        carried.append(clause)
        following = clause
    return carried[::-1]


# A report's own news is no older.
_NEWS_DAYS = 2


def _carry_past(mentions: Mentions, clauses: Sequence[Statement | None]) -> list[Statement | None]:
    """Clauses behind "after" are no younger than the old story they explain: "began it on 27 May after 12 men died"."""
    carried: list[Statement | None] = []
    for clause in clauses:
        previous = carried[-1] if carried else None
        before = previous.date if previous is not None and not previous.figures else None
        told = before.end_day if before is not None and not before.from_text else None
        past = told is not None and mentions.anchor is not None and (mentions.anchor - told).days > _NEWS_DAYS
        if past and clause is not None and clause.date is None and mentions.tokens[clause.first].norm == "after":
            clause = replace(clause, date=before)
        carried.append(clause)
    return carried


# A day stands at the head of a sentence within so many words ("وفي 8 من أيلول الحالي، ...").
_HEAD_WORDS = 2


def _with_head_day(
    mentions: Mentions, sentence: Sentence, clauses: Sequence[Statement | None]
) -> list[Statement | None]:
    """Clauses of a sentence that a day opens happen on that day: "وفي 8 من أيلول، قصف ...، فيما أصيب عشرة في X"."""
    head = clauses[0]
    date = head.date if head is not None else None
    if date is None or mentions.token_at(date.start) - sentence.first > _HEAD_WORDS:
        return list(clauses)
    return [
        clause if clause is None or clause.date is not None or clause.marks & _OTHER_DAY else replace(clause, date=date)
        for clause in clauses
    ]


_OTHER_DAY = frozenset({"earlier", "before", "campaign", "conditional"})


def carry_sources(mentions: Mentions, statements: Sequence[Statement]) -> list[Statement]:
    """Let who gave a toll also give what a sentence without a source adds to it: "Eleven others were wounded"."""
    carried: list[Statement] = []
    for statement in statements:
        previous = carried[-1] if carried else None
        if previous is not None and _adds_to(mentions, statement, previous):
            statement = replace(statement, claimant=previous.claimant, beside=previous.beside)
        carried.append(statement)
    return carried


LIKE_IT = frozenset({"مماثل", "مماثله", "مماثلا", "مشابه", "مشابهه", "مشابها"})
_MORE = frozenset({"another", "more", "other", "further", "additional", "second", "third"})
_MORE_GAP = 4


# How near the one before is, and how near another doer, whose deed it could be taken for.
_LIKE_SENTENCES, _NEXT_STATEMENTS = 2, 3


def carry_likes(mentions: Mentions, statements: Sequence[Statement]) -> list[Statement]:
    """Lay "a like bombardment" to whom the one before it is laid, where another doer is told of right behind it.

    "قصفت قوات النظام X. واستهدف قصف مماثل Y. وقصفت الفصائل Z."
    """
    carried: list[Statement] = []
    for at, statement in enumerate(statements):
        previous = carried[-1] if carried else None
        if previous is not None and previous.agents and _is_like(mentions, statement, previous):
            following = statements[at + 1 : at + 1 + _NEXT_STATEMENTS]
            if any(s.agents and not {*s.agents} & {*previous.agents} for s in following):
                doers = tuple(role for role in previous.actors if role.role is Role.AGENT)
                statement = replace(statement, actors=(*statement.actors, *doers))
        carried.append(statement)
    return carried


def _is_like(mentions: Mentions, statement: Statement, previous: Statement) -> bool:
    """Whether a statement without a doer tells of a deed like the one told right before it."""
    if statement.agents or not statement.marks & {"further"} or statement.marks & {"unclaimed", "earlier", "campaign"}:
        return False
    if statement.sentence - previous.sentence > _LIKE_SENTENCES or previous.marks & {"campaign", "conditional"}:
        return False
    alike = statement.type is previous.type or statement.type is None or statement.type_weight < _TOLD_TYPE
    return alike and any(
        word.last < len(mentions.tokens) and mentions.tokens[word.last].norm in LIKE_IT for word in statement.deeds
    )


_TOLD_TYPE = 2


def _tells_more_fire(mentions: Mentions, statement: Statement) -> bool:
    """Whether a sentence opens with more of what fell before: "Two other shells hit the market, injuring six"."""
    opening = range(statement.first, min(statement.last, statement.first + _MORE_GAP))
    if not any(mentions.tokens[at].norm in _MORE for at in opening):
        return False
    return any(word.first in opening for word in statement.deeds)


def _adds_to(mentions: Mentions, statement: Statement, previous: Statement) -> bool:
    """Whether a statement only goes on with the count of the one before it: no source, no deed, no day of its own."""
    if "sourced" in statement.marks or statement.zone is not previous.zone:
        return False
    if not previous.figures and "sourced" not in previous.marks:
        return False
    if statement.sentence - previous.sentence > 1:
        return False
    if statement.date is not None:  # "Six others died of their wounds on Sunday"
        later = mentions.words_of(statement.first, statement.last, "wounds")
        return bool(later) and not statement.places and any(f.additional for f in statement.figures[:1])
    own_deed = statement.type is not None and "definite" not in statement.marks
    if own_deed and statement.type is previous.type and not statement.agents:
        return bool(statement.figures) and _tells_more_fire(mentions, statement)
    if own_deed:
        return False
    too = "also" in statement.marks and any(_died_too(mentions, f, statement) for f in statement.figures)
    return too or any(f.additional or f.part or f.replaced for f in statement.figures[:1])


def join_sides(mentions: Mentions, statements: Sequence[Statement]) -> None:
    """Count the other side's dead on top: "15 soldiers were killed, while 11 rebels also died"."""
    for previous, statement in pairwise(statements):
        if _dies_later(mentions, statement, previous):
            for figure in statement.figures:
                figure.together = figure.together or not figure.part
            continue
        if "also" in statement.marks:
            for figure in statement.figures:
                figure.too = figure.too or (not figure.part and _died_too(mentions, figure, statement))
        if statement.places or statement.date is not None or statement.type not in (None, previous.type):
            continue
        near = statement.sentence - previous.sentence <= 1 and statement.claimant in (previous.claimant, OUTLET)
        if not near or not any(Outcome.KILLED in figure.outcomes for figure in previous.figures):
            continue
        for figure in statement.figures:
            if _are_others(mentions, figure, statement, previous):
                figure.some, figure.part, figure.too = False, False, True
            figure.together = figure.together or figure.too


def _are_others(mentions: Mentions, figure: Figure, statement: Statement, previous: Statement) -> bool:
    """Whether "four of the attackers" died besides those just counted: they are called otherwise, and died too."""
    nouns = {mentions.tokens[other.last - 1].norm for other in previous.figures}
    noun = mentions.words.get(figure.last - 1)
    told = figure.some and noun is not None and noun.get("outcome") is None  # not "15 of the dead"
    return (
        told
        and mentions.tokens[figure.last - 1].norm not in nouns
        and figure.outcomes == (Outcome.KILLED,)
        and bool(mentions.words_of(figure.last, statement.last, "outcome"))
    )


def _dies_later(mentions: Mentions, statement: Statement, previous: Statement) -> bool:
    """Whether a statement counts on from the dead just told to those who died of wounds: "Two others died later"."""
    if not mentions.words_of(statement.first, statement.last, "wounds") or statement.places or statement.deeds:
        return False
    near = statement.sentence - previous.sentence <= 1 and statement.claimant in (previous.claimant, OUTLET)
    told = [figure for figure in previous.figures if Outcome.KILLED in figure.outcomes]
    return near and bool(told) and not any(figure.updated for figure in told)


def _died_too(mentions: Mentions, figure: Figure, statement: Statement) -> bool:
    """Whether it is the dying that is told with "also", and not the saying."""
    told = next(iter(mentions.words_of(figure.last, statement.last, "outcome")), None)
    before = mentions.words.get(told.first - 1) if told is not None else None
    return before is not None and before.is_cue("also")


def carry_doer(mentions: Mentions, clauses: Sequence[Statement | None]) -> list[Statement | None]:
    """Clauses that open with "and" and a verb without a subject go on with the doer of the clause in front of them.

    So do those that tell of "like strikes" (تبعها غارات مماثلة على …).
    """
    carried: list[Statement | None] = []
    for clause in clauses:
        previous = carried[-1] if carried else None
        if clause is not None and previous is not None and not clause.agents:
            opener = mentions.words.get(clause.first)
            joined = mentions.vocabulary.begins_with_join(mentions.tokens[clause.first].norm)
            goes_on = joined and opener is not None and opener.get("event", "verb") is not None
            if goes_on or _tells_like_strikes(mentions, clause):
                doers = tuple(role for role in previous.actors if role.role is Role.AGENT)
                clause = replace(clause, actors=(*doers, *clause.actors))
            elif clause.type is EventType.CLASH and (taker := _taker(mentions, previous)) is not None:
                clause = replace(clause, actors=(replace(taker, role=Role.AGENT), *clause.actors))
        carried.append(clause)
    return carried


def _tells_like_strikes(mentions: Mentions, clause: Statement) -> bool:
    """Whether a clause tells of strikes that are called like the ones in front of it."""
    return "further" in clause.marks and any(
        word.last < clause.last and mentions.tokens[word.last].norm in LIKE_IT for word in clause.deeds
    )


def _taker(mentions: Mentions, clause: Statement) -> ActorRole | None:
    """Who takes ground in a clause, and so fought: "the army retook the town … after clashes that left 40 dead"."""
    opener = next((role for role in clause.actors if role.word.first - clause.first <= OPENS), None)
    if opener is None or opener.role not in (Role.OTHER, Role.AGENT):
        return None
    return opener if takes_ground(mentions, opener.word, clause.last) else None


def carry_blame(clauses: Sequence[Statement | None]) -> list[Statement | None]:
    """Lay what the second half of a sentence tells to whom the first half blames: "X accused Y after a bomb killed"."""
    carried: list[Statement | None] = []
    for clause in clauses:
        previous = carried[-1] if carried else None
        if clause is not None and previous is not None and not clause.agents and clause.figures:
            blamed = tuple(role for role in previous.actors if role.role is Role.ACCUSED)
            if blamed and not previous.deeds and not previous.figures and "denial" not in previous.marks:
                marks = (clause.marks | {"accusal"}) - {"before"}
                clause = replace(clause, actors=(*blamed, *clause.actors), marks=marks)
        carried.append(clause)
    return carried
