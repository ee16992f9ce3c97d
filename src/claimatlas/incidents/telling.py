"""What one statement tells of an event, and the statements laid together as one.

A `Telling` is a statement with its scenes and days worked out, an `Event` the tellings of one act of violence.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from claimatlas.claims.cast import Role
from claimatlas.claims.counts import Figure
from claimatlas.claims.statements import Statement
from claimatlas.dates import DateKind, DateMention
from claimatlas.incidents.resolving import Scenes
from claimatlas.incidents.scenes import TOLD_WEIGHT, Scene, finest
from claimatlas.lazy import lazy
from claimatlas.mentions.document import Mentions, Zone
from claimatlas.model import Actor, EventType, Outcome, Victims

# Two events of one report rarely share a toll this high by chance.
MIN_SHARED_TOLL = 4
# Words that leave no doubt of the deed ("artillery shelling") tell an event where they name its place.
STRONG_TYPE = 3
# Words that say a type this strongly do not go with a doer who did something else.
FIRM_TYPE = 2
# Marks of statements that tell another story than the one before.
OWN_STORY = frozenset({"elsewhere", "foreign", "earlier", "before", "unclaimed", "denial"})
# … and of those whose doer did something else than what comes next.
NO_LENDER = OWN_STORY | {"conditional", "campaign", "sum", "clause"}
# "Rockets landed on", "shells of the army fell in".
_ARMS_GAP = 4
# A report's events are main when they lie no further apart; older ones are recalled in passing (codebook, section 6).
MAIN_DAYS = 2


def tells_own_story(statement: Statement) -> bool:
    """Whether a statement leaves what was told before; "another strike" is of the same hand."""
    marks = statement.marks & OWN_STORY
    return bool(marks - {"elsewhere"} if "another" in statement.marks else marks)


class Telling(msgspec.Struct, frozen=True, dict=True):
    """A statement with its scenes and days worked out."""

    statement: Statement
    scenes: tuple[Scene, ...]
    start: dt.date | None
    end: dt.date | None
    own_day: dt.date | None = None  # the report's (`news_day`)
    deed_leads: bool = False  # clauses of this language open with their deed, and mention few others

    @lazy
    def killed(self) -> frozenset[tuple[int | None, int | None]]:
        """The tolls of killed that it tells."""
        if not self.statement.figures:
            return frozenset()
        figures = [f for f in self.statement.figures if Outcome.KILLED in f.outcomes and not f.part]
        killed = {(f.min, f.max) for f in figures}
        if len(figures) > 1 and all(f.min is not None for f in figures):
            total = sum(f.min or 0 for f in figures)
            killed.add((total, total))  # "11 soldiers and 17 rebels": 28
        return frozenset(killed)

    @lazy
    def agents(self) -> frozenset[Actor]:
        """Who the clause says did it."""
        return frozenset(self.statement.agents)

    @lazy
    def replies(self) -> bool:
        """Whether the deed answers another: "ردت القوات التركية بقصف مواقع", "in retaliation, the army"."""
        return "answers" in self.statement.marks or any(
            "replies" in word.entries.flags for word in self.statement.deeds
        )

    @lazy
    def finest(self) -> list[Scene]:
        """Its most specific places."""
        return finest(self.scenes)

    @lazy
    def governorates(self) -> set[str]:
        """Where its most specific places lie."""
        return governorates_of(self.finest)

    @lazy
    def is_placed(self) -> bool:
        """Whether it names a settlement, a part of one or a site."""
        return any(scene.is_specific for scene in self.scenes)

    @lazy
    def tells_place(self) -> bool:
        """Whether it gives a toll for one place, be it some of those counted before."""
        if not self.finest or not self.finest[0].is_specific or is_recalled(self):
            return False
        if not all(scene.same(self.finest[0]) for scene in self.finest):
            return False
        dead = [f for f in self.statement.figures if Outcome.KILLED in f.outcomes and f.whole is None]
        return any(f.min is not None for f in dead) or "none_killed" in self.statement.marks

    @lazy
    def toll_of_part(self) -> int | None:
        """The toll that it adds to a sum: its own, or that of one place ("five of them died in A")."""
        lows = [low for low, _ in self.killed if low is not None]
        if not lows and self.tells_place:
            lows = [f.min for f in self.statement.figures if Outcome.KILLED in f.outcomes and f.min is not None]
        return max(lows) if lows else None

    @lazy
    def surveys(self) -> bool:
        """Whether it names places all over the country, as a round-up's lead does."""
        if "heads" in self.statement.marks and not self.statement.figures:
            return True
        told = {s.governorate for s in self.scenes if s.governorate and s.is_placed and not s.role.relation}
        several = len(told - {"Damascus"} if "Rural Damascus" in told else told) > 1
        return several and not (self.deed_leads and "clause" in self.statement.marks)

    @lazy
    def sums(self) -> bool:
        """Whether it adds up the deeds of several days or places in an area ("killed 100 in the east in 24 hours")."""
        return "sum" in self.statement.marks and bool(self.killed) and not self.is_placed

    @lazy
    def counts_further(self) -> bool:
        """Whether it counts further victims of the deed told right before it: "11 rebels also died"."""
        figures = [f for f in self.statement.figures if not f.part]
        return bool(figures) and figures[0].together

    @lazy
    def adds_victims(self) -> bool:
        """Whether it tells of further victims of another deed: "three more were killed in a bomb attack"."""
        statement = self.statement
        if "definite" in statement.marks:
            return False
        told = [f for f in statement.figures if f.additional and not f.part and not f.bare]
        if not any(Outcome.KILLED in figure.outcomes for figure in told):
            return False
        placed = any(not place.relation for place in statement.places)
        return statement.type is not None or placed or "unnamed" in statement.marks

    @lazy
    def kinds_killed(self) -> frozenset[Victims]:
        """Whom its figures of killed count."""
        figures = self.statement.figures
        return frozenset(f.victims for f in figures if Outcome.KILLED in f.outcomes and not f.part)


# What so many statements have said of an event together, no further one changes: an event told in two thousand of them
# would else be told anew with each.
_HEARD = 60


@dataclass
class Event:
    """Statements laid together as one event.

    What they say together is asked for again with every statement that follows, and so kept until one is added.
    """

    tellings: list[Telling] = field(default_factory=list)
    day_before: dt.date | None = None
    """The day told last before it, which is its own where its words tell none."""

    def add(self, tellings: Iterable[Telling]) -> None:
        """Lay further statements to it."""
        self.forget()
        self.tellings.extend(tellings)

    def hear(self, telling: Telling) -> None:
        """Lay the report's next statement to it; once many have told it, what they say together stays (`heard`)."""
        if len(self.tellings) < _HEARD:
            self.forget()
        self.tellings.append(telling)

    def remove(self, telling: Telling) -> None:
        """Take a statement away from it."""
        self.forget()
        self.tellings.remove(telling)

    def replace_all(self, tellings: Iterable[Telling]) -> None:
        """Put other statements in the place of its own."""
        self.forget()
        self.tellings = list(tellings)

    def remove_all(self) -> None:
        """Take all statements away from it, so that it is none any more."""
        self.forget()
        self.tellings.clear()

    def forget(self) -> None:
        """Let what its statements say together be asked of them anew."""
        tellings, day_before = self.tellings, self.day_before
        self.__dict__.clear()
        self.tellings, self.day_before = tellings, day_before

    @lazy
    def body(self) -> list[Telling]:
        """The statements of the report's body."""
        return [telling for telling in self.tellings if telling.statement.zone is not Zone.TITLE]

    @lazy
    def heard(self) -> list[Telling]:
        """The statements that the next one is compared with."""
        return self.tellings[:_HEARD]

    @lazy
    def tolls(self) -> set[tuple[int | None, int | None]]:
        """The tolls of killed told of it."""
        return {toll for telling in self.heard for toll in telling.killed}

    @lazy
    def finest(self) -> list[Scene]:
        """Its most specific places."""
        return finest(self.scenes)

    @lazy
    def scenes(self) -> list[Scene]:
        """Its places; those of a headline, which may speak of several events, only where the body has none."""
        told = [scene for telling in self.body for scene in telling.scenes]
        if any(scene.governorate for scene in told):
            return told
        return [scene for telling in self.tellings for scene in telling.scenes]

    @lazy
    def is_placed(self) -> bool:
        """Whether it is told of a settlement, a part of one or a site."""
        return any(scene.is_specific for scene in self.finest)

    @lazy
    def is_headline(self) -> bool:
        """Whether only headlines have told it so far."""
        return not self.body

    @lazy
    def _placed(self) -> list[Telling]:
        return [telling for telling in self.body if telling.scenes]

    @lazy
    def sums(self) -> bool:
        """Whether nothing but a sum of deeds in an area has told of its places, or of its dead where it has none."""
        told = self._placed or [telling for telling in self.body if telling.killed]
        return bool(told) and all(telling.sums for telling in told)

    @lazy
    def surveys(self) -> bool:
        """Whether nothing but a round-up's lead has told of its places."""
        return bool(self._placed) and all(telling.surveys or telling.sums for telling in self._placed)

    @lazy
    def governorates(self) -> set[str]:
        """Where its places lie."""
        return governorates_of(self.scenes)

    @lazy
    def own_governorates(self) -> set[str]:
        """Where its most specific places lie."""
        return governorates_of(self.finest)

    @lazy
    def is_headed(self) -> bool:
        """Whether only headlines have named its most specific places."""
        told = [telling for telling in self.heard if any(scene in self.finest for scene in telling.scenes)]
        return all(telling.statement.zone is Zone.TITLE for telling in told)

    @lazy
    def body_tolls(self) -> set[tuple[int | None, int | None]]:
        """The tolls that the body tells of it."""
        return {toll for telling in self.body for toll in telling.killed}

    @lazy
    def unusual_tolls(self) -> set[int]:
        """The tolls of killed that it would share with another event by chance only seldom."""
        lows = {low for telling in self.tellings for low, _ in telling.killed}
        return {low for low in lows if low is not None and low >= MIN_SHARED_TOLL}

    @lazy
    def figures(self) -> list[tuple[Statement, Figure]]:
        """Every figure of victims with the statement that gives it."""
        return [(t.statement, figure) for t in self.tellings for figure in t.statement.figures]

    @lazy
    def killed_figures(self) -> list[Figure]:
        """Its figures of killed, without those of parts."""
        return [figure for _, figure in self.figures if Outcome.KILLED in figure.outcomes and not figure.part]

    @lazy
    def agents(self) -> set[Actor]:
        """Who did it; a headline, which may name several events' doers, only where the body names nobody."""
        told = {actor for telling in self.body for actor in telling.statement.agents}
        return told or {actor for telling in self.tellings for actor in telling.statement.agents}

    @lazy
    def type(self) -> EventType | None:
        """The kind of deed that the words speak of most."""
        weights: Counter[EventType] = Counter()
        for telling in self.tellings:
            if telling.statement.type is not None:
                emphasis = 2 if telling.statement.figures else 1
                weight = telling.statement.type_weight
                # A headline names several events in one breath.
                headline = telling.statement.zone is Zone.TITLE
                weights[telling.statement.type] += min(weight, 2) if headline else emphasis * weight
        if len(weights) > 1 and not any(telling.statement.tells_downing for telling in self.tellings):
            weights.pop(EventType.OTHER, None)  # "a massacre" only says what came of it
        return max(weights, key=weights.__getitem__) if weights else None

    @lazy
    def days(self) -> set[dt.date]:
        """The single days it is told of."""
        return {t.start for t in self.tellings if t.start is not None and t.start == t.end}

    @lazy
    def spans(self) -> set[tuple[dt.date, dt.date]]:
        """The nights it is told of, and the weeks and months that its toll is of."""
        told = {(t.start, t.end, bool(t.killed)) for t in self.tellings if t.start is not None and t.end is not None}
        return {(start, end) for start, end, toll in told if (end - start).days == 1 or (toll and start < end)}


def governorates_of(scenes: Iterable[Scene]) -> set[str]:
    """The governorates that places are known to lie in."""
    return {scene.governorate for scene in scenes if scene.governorate and scene.is_placed}


def news_day(anchor: dt.date | None, statements: Iterable[Statement]) -> dt.date | None:
    """The day a report's own news is of: the one it counts from, or the latest told where its first deed is days older.

    A Friday's report that opens with Monday's strike is not one of Friday: Monday's and Tuesday's strikes are its news.
    """
    told = [s for s in statements if (s.deeds or s.figures) and not s.marks & {"campaign", "conditional"}]
    told = [s for s in told if s.zone is not Zone.TITLE or s.date is not None]
    days = [s.date.start_day if s.date is not None and s.date.start_day == s.date.end_day else None for s in told]
    if anchor is None or not days or days[0] is None or (anchor - days[0]).days <= MAIN_DAYS:
        return anchor
    return max(day for day in days if day is not None and day <= anchor)


def make_telling(mentions: Mentions, statement: Statement, scenes: Scenes, own_day: dt.date | None) -> Telling:
    """Work out where and when a statement's deed happened, in a report whose news is of one day (`news_day`)."""
    start, end = _days(statement.date)
    said, until = _days(statement.said_date)
    older = until is not None and own_day is not None and (own_day - until).days > MAIN_DAYS
    if start is None and older and "earlier" in statement.marks:
        start, end = said, until  # "the Observatory had noted on 7 July that": an older story
    deed_leads = mentions.vocabulary.grammar.subject == "after"
    return Telling(statement, scenes.of(statement), start, end, own_day, deed_leads)


def _days(date: DateMention | None) -> tuple[dt.date | None, dt.date | None]:
    return (date.start_day, date.end_day) if date is not None else (None, None)


def is_of_use(statement: Statement) -> bool:
    """Whether a statement says anything of a deed that happened: not plans, lasting campaigns or mere talk."""
    if statement.figures:
        return True
    if {"amid", "clause"} <= statement.marks and not statement.places:
        return False  # "… amid clashes", "coinciding with flights of warplanes"
    if {"aside", "clause"} <= statement.marks:
        return False  # "The attack came as rebels fought government forces outside …"
    if statement.marks & {"campaign", "conditional", "sum"}:
        return "denial" in statement.marks
    if statement.marks & {"denial", "accusal", "owned", "none_killed"}:
        return True
    if "kills" in statement.marks and statement.engages and statement.places:
        return statement.zone is not Zone.TITLE
    firm = any(
        entry.kind == "event" and "weak" not in entry.flags for word in statement.deeds for entry in word.entries
    )
    tied = "definite" in statement.marks or statement.places or statement.date is not None
    return bool(statement.deeds) and bool(firm or tied)


def _is_hit(statement: Statement) -> bool:
    """Whether a side is hit without a word of who did it: "the group was targeted in the village of X"."""
    hit = any(role.role is Role.TARGET for role in statement.actors)
    own = not statement.marks & {"clause", "definite", "campaign", "earlier", "before"}
    verbs = (word.get("event", "verb") for word in statement.deeds)
    return hit and own and not statement.agents and any(v is not None and "aimed" in v.flags for v in verbs)


def is_struck(telling: Telling) -> bool:
    """Whether a place is hit by arms that the words name, without a word of whose: "three shells landed on X"."""
    statement = telling.statement
    if statement.type_weight < FIRM_TYPE or statement.marks & NO_LENDER or not statement.deeds:
        return False
    verbs = [(word, entry) for word in statement.deeds if (entry := word.get("event", "verb")) is not None]
    done = any(
        entry.type is not None
        or "aimed" in entry.flags
        or any(0 < word.first - arms.first <= _ARMS_GAP for arms in statement.means)
        for word, entry in verbs
    )
    placed = any(s.is_specific and s.role.weight >= TOLD_WEIGHT for s in telling.scenes)
    return done and placed and "definite" not in statement.marks


def can_begin(telling: Telling) -> bool:
    """Whether a statement tells of an event of its own, not told before."""
    statement = telling.statement
    if statement.marks & {"conditional"} and not statement.figures:
        return False
    if "foreign" in statement.marks and not telling.scenes:
        return False
    if statement.figures:
        # Prisoners are counted among the spoils of an offensive, too.
        taken = all(set(figure.outcomes) == {Outcome.CAPTURED} for figure in statement.figures)
        return not taken or bool(telling.scenes) or statement.type is EventType.ABDUCTION
    if statement.type in (None, EventType.CLASH) and "where" in statement.marks:
        return False
    if statement.tells_downing and not statement.agents:
        return False  # drones that air defences brought down
    if _is_mere_raid(statement):
        return False  # "raided a hideout in A and arrested two"
    if statement.deeds and all(word.get("victims") is not None for word in statement.deeds):
        return False  # "160 gunmen had remained in A"
    placed = telling.is_placed or any(scene.is_small_area for scene in telling.scenes)
    if statement.type is None and telling.deed_leads and "further" in statement.marks and _is_aimed(statement):
        return placed  # "وطال الاستهداف قرية X": of the kind told before
    if placed and {"another", "elsewhere"} <= statement.marks and statement.deeds:
        return not statement.marks & (NO_LENDER - {"elsewhere"})  # "another strike hit a farm in B"
    if statement.type in (None, EventType.CLASH) and not statement.engages and not _is_bloody(statement):
        return _is_hit(statement) and any(s.is_specific and s.role.weight > TOLD_WEIGHT for s in telling.scenes)
    vague = statement.type_weight < 2 and not statement.agents
    vague = vague and statement.type not in (EventType.SHELLING, EventType.OTHER)
    if vague or statement.marks & {"denial", "campaign"}:
        return False
    date = statement.date
    if date is not None and date.kind is DateKind.VAGUE and date.month is None and date.year is None:
        return False
    headed = any(scene.role.weight >= 3 and scene.role.first - statement.first <= 2 for scene in telling.scenes)
    # … and so does a clause that goes on from one strike to the next ("كما طال القصف أطراف …").
    strong = telling.deed_leads and (statement.type_weight >= STRONG_TYPE or "clause" in statement.marks)
    strong = strong or is_struck(telling) or _is_by_unknown(statement)
    apart = bool(statement.marks & {"none_killed", "elsewhere"})
    apart = apart or ("also" in statement.marks and bool(statement.deeds))
    apart = apart or (telling.deed_leads and "further" in statement.marks)
    if placed and (headed or strong or apart or statement.agents or statement.date):
        return True
    dated = statement.date or (statement.said_date if set(statement.speaker_actors) & set(statement.agents) else None)
    return bool(statement.agents and (dated or statement.engages) and telling.scenes)


def _is_by_unknown(statement: Statement) -> bool:
    """Whether somebody nobody knows fires at something: "unknown gunmen fired a rocket at a checkpoint"."""
    verbs = any(word.get("event", "verb") is not None for word in statement.deeds)
    return "unclaimed" in statement.marks and statement.type is EventType.SHELLING and verbs


def _is_mere_raid(statement: Statement) -> bool:
    """Whether a raid on foot is told without anybody hurt, which is no incident (codebook, section 6)."""
    told = any(word.entries.deeds for word in statement.deeds)
    raid = statement.type is EventType.SHOOTING and statement.type_weight == 1 and not told
    return raid and not statement.marks & {"kills", "deadly"}


def _is_aimed(statement: Statement) -> bool:
    """Whether nothing but a strike is told."""
    return bool(statement.deeds) and all("aimed" in word.entries.flags for word in statement.deeds)


def _is_bloody(statement: Statement) -> bool:
    """Whether a fight of sides that are named has killed some ("اشتباكات بين A وB أسفرت عن سقوط قتلى")."""
    return "deadly" in statement.marks and statement.type is EventType.CLASH and bool(statement.agents)


def is_recalled(telling: Telling) -> bool:
    """Whether a statement tells of days older than the report's own."""
    date = telling.statement.date
    if _is_of_other_month(date):
        return True
    if telling.end is None or telling.own_day is None:
        return False
    return (telling.own_day - telling.end).days > MAIN_DAYS


def is_long_ago(date: DateMention) -> bool:
    """Whether a day is told as one of another month or year than the report's own."""
    return date.start_day is None and _is_of_other_month(date)


def _is_of_other_month(date: DateMention | None) -> bool:
    """Whether a day is told as "last month" or "two years ago"; so is "last week", but not a weekday of it."""
    if date is None or date.unit not in ("week", "month", "year"):
        return False
    if date.unit == "week" and date.kind is not DateKind.VAGUE:
        return False
    return date.back is not None and date.back[0] >= 1


def about_same(tolls: Iterable[tuple[int | None, int | None]], others: Iterable[tuple[int | None, int | None]]) -> bool:
    """Whether two sets of tolls share one; "more than 50" and "at least 50" are one toll."""
    lows, theirs = ({low or high or 0 for low, high in group} for group in (tolls, others))
    return any(low in theirs or (low >= MIN_SHARED_TOLL and {low - 1, low + 1} & theirs) for low in lows)
