"""Making claims: clause by clause, who says how many of whom suffered what, by whose deed, where and when.

A `Statement` is what one clause tells. It holds figures (the casualty claims to be), the deed's type, the actors by
their part in the sentence, the places that can be its scene, its day, and who says so. Statements that tell of no
deed at all (plans, threats, diplomacy, tolls of a whole war) are marked and never become incidents.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import msgspec
from msgspec.structs import replace

from claimatlas.clauses import find_elided_tolls, has_deed, split_clauses
from claimatlas.counts import Figure
from claimatlas.dates import DateKind, DateMention, says_published
from claimatlas.deeds import find_type
from claimatlas.doers import Role, is_denied
from claimatlas.figures import find_figures, name_others
from claimatlas.lazy import lazy
from claimatlas.mentions import Mentions, Sentence, Word, Zone
from claimatlas.model import Actor, EventType, Outcome, Victims
from claimatlas.placeroles import PlaceRole, find_places
from claimatlas.roles import ActorRole, find_actors
from claimatlas.speakers import Speaker, find_speaker

OUTLET = "outlet"
# No single event of this war killed as many, in anybody's count; such a toll is a whole war's.
_CAMPAIGN_TOLL = 2500
# "In another district": elsewhere than what was told before.
_QUARTERS = ("neighbourhood", "town", "village")
_VAGUE_TOLL = 2000
# Behind the lead, a crowd without a day is a campaign's.
_CROWD, _THRONG, _LEAD_SENTENCES = 200, 500, 6
# What has gone on for longer than this is a campaign ("since 21 April").
_CAMPAIGN_DAYS = 7
# Next to words of a whole war only a low toll is one event's ("the first blast here since the war began killed four").
_ASIDE_TOLL = 50
_OWN_SITES = {
    "SOHR": ("syriahr", "sohr"), "SNHR": ("snhr", "sn4hr"), "SANA": ("sana",), "SDF": ("sdf-press",),
    "White Helmets": ("syriacivildefence", "syriacivildefense", "whitehelmets"),
    "Hawar News Agency": ("hawarnews",), "North Press": ("npasyria",), "Enab Baladi": ("enabbaladi",),
    "Shaam Network": ("shaam",), "Euphrates Post": ("euphratespost",), "Al-Mayadeen": ("almayadeen",),
    "Al Jazeera": ("aljazeera",), "Syria TV": ("syria.tv",), "Orient News": ("orient-news",), "Reuters": ("reuters",),
    "Anadolu Agency": ("aa.com.tr",), "Horan Free League": ("horanfree",), "Nedaa al-Furat": ("furat-sy",),
    "Suwayda 24": ("suwayda24",), "Deir Ezzor 24": ("deirezzor24",), "Response Coordinators Group": ("sy-sic",),
    "Step News": ("stepagency",), "Jesr Press": ("jesrpress",), "Baladi News": ("baladi-news",),
    "Thiqa Agency": ("thiqa-agency",), "Zaytun Agency": ("zaitunagency",), "Qasioun": ("qasioun",),
    "Halab Today": ("halabtodaytv",), "Nahr Media": ("nahermedia",), "ANF": ("anfarabic", "anf-news"),
    "Ronahi": ("ronahi",), "Rudaw": ("rudaw", "rudawarabia"), "Kurdistan 24": ("kurdistan24",),
    "Al-Araby Al-Jadeed": ("alaraby",), "Zaman al-Wasl": ("zamanalwsl",), "Sham FM": ("shamfm",),
}  # fmt: skip
_VOICES = {"SANA": Actor.SYRIAN_GOVERNMENT, "SDF": Actor.SDF_YPG}
_SUPERLATIVES = frozenset({"worst", "first", "most", "highest", "biggest", "largest", "longest", "latest", "only"})
# A list's label has no more words than this ("Aleppo countryside:").
_LABEL_WORDS = 3
_MONTHS = frozenset(name.lower() for name in calendar.month_name if name)
_PLURAL_DEFINITE = frozenset({"these", "those"})
_QUOTE = re.compile(r"[\"“”«»]")


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
            `denial`, `none_killed`, `none_injured`, `clause` (not the sentence's first), `definite`, `sourced`, `toll`,
            `further` (one more deed of the kind told before), `unnamed` (in a village without a name), `fresh` (opens
            a story), `kills` (some die, nobody says how many).
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
    speaker_actors: tuple[Actor, ...] = ()
    marks: frozenset[str] = frozenset()

    @lazy
    def agents(self) -> tuple[Actor, ...]:
        """Who the clause says did it."""
        return tuple(
            dict.fromkeys(
                actor
                for role in self.actors
                if role.role in (Role.AGENT, Role.ACCUSED, Role.OWNER)
                for actor in role.actors
            )
        )

    @lazy
    def engages(self) -> bool:
        """Whether one armed side does something to another: "army units targeted positions of the group"."""
        hit = any(role.role is Role.TARGET for role in self.actors)
        done = "kills" in self.marks or any(word.get("event", "verb") is not None for word in self.deeds)
        return hit and bool(self.agents) and done


_GROUPS = frozenset({
    Actor.ISIS, Actor.HTS_NUSRA, Actor.OPPOSITION, Actor.SDF_YPG, Actor.TURKISH_BACKED_OPPOSITION, Actor.IRAN_ALLIES,
})  # fmt: skip


_MILITANTS = frozenset({Actor.ISIS, Actor.HTS_NUSRA})


@dataclass
class _Talk:
    """Who has spoken so far, to resolve "the group" and "he"."""

    outlet_names: frozenset[str]
    outlet_actors: tuple[Actor, ...]
    first_named: str | None = None
    last: Speaker | None = None
    names: dict[str, tuple[Actor, ...]] = field(default_factory=dict)
    spellings: dict[str, str] = field(default_factory=dict)
    last_group: ActorRole | None = None
    last_militants: ActorRole | None = None


def make_claims(mentions: Mentions) -> tuple[Statement, ...]:
    """Say what each clause of a report tells.

    Args:
        mentions: The report's mentions.

    Returns:
        Statements in order of the text; clauses that tell of no deed and no blame are left out.
    """
    own_names = _own_names(mentions)
    voices = tuple(sorted({_VOICES[name] for name in own_names if name in _VOICES}))
    talk = _Talk(own_names, voices, _first_named(mentions))
    statements: list[Statement] = []
    for number, sentence in enumerate(mentions.sentences):
        if sentence.zone is Zone.BOILERPLATE:
            continue
        sentence_speaker = find_speaker(mentions, sentence.first, sentence.last)
        found: list[Statement | None] = []
        for clause_number, (first, last) in enumerate(split_clauses(mentions, sentence)):
            ends = [*find_elided_tolls(mentions, first, last), last]
            clause = _read_clause(mentions, number, sentence, first, ends[0], sentence_speaker, talk, clause_number)
            found.append(clause)
            found += [_read_elided(mentions, clause, start, end) for start, end in pairwise(ends)]
        found = _carry_doer(mentions, _carry_on(found))
        found = _carry_campaign(found)
        abroad = any("foreign" in s.marks for s in found if s is not None) and not any(
            "country" in s.marks for s in found if s is not None
        )
        statements.extend(replace(s, marks=s.marks | {"foreign"}) if abroad else s for s in found if s is not None)
    statements = _carry_sources(mentions, _count_back(mentions, statements))
    statements = _drop_sums_of_campaigns(mentions, statements)
    _join_sides(mentions, statements)
    if mentions.vocabulary.grammar.others_alike:
        name_others(figure for statement in statements for figure in statement.figures)
    return tuple(statements)


def _carry_on(clauses: Sequence[Statement | None]) -> list[Statement | None]:
    """Clauses that begin with "where" happen at the place and on the day of the clause in front of them."""
    carried: list[Statement | None] = []
    for clause in clauses:
        previous = carried[-1] if carried else None
        if clause is not None and previous is not None and "where" in clause.marks:
            clause = replace(
                clause,
                date=clause.date or previous.date,
                places=clause.places or previous.places,
                actors=clause.actors
                if clause.agents or "definite" not in clause.marks
                else (
                    *clause.actors,
                    *(role for role in previous.actors if role.role is Role.AGENT),
                ),
                marks=clause.marks | (previous.marks & {"elsewhere"}),
            )
        carried.append(clause)
    return carried


def _count_back(mentions: Mentions, statements: Sequence[Statement]) -> list[Statement]:
    """Give what a day already told came "a day after" the day before that one."""
    counted: list[Statement] = []
    told: dt.date | None = None
    for statement in statements:
        cue = next(iter(mentions.words_of(statement.first, statement.first + 1, "day_after")), None)
        date = statement.date or statement.said_date
        if cue is not None and told is not None and not mentions.dates_in(statement.first, statement.last):
            statement = replace(statement, date=_on(mentions, cue, told - dt.timedelta(days=1)))
        elif date is not None and date.start_day is not None and date.start_day == date.end_day:
            told = date.start_day
        counted.append(statement)
    return counted


def _on(mentions: Mentions, word: Word, day: dt.date) -> DateMention:
    """A day that words tell without naming it."""
    start, end = mentions.tokens[word.first].start, mentions.tokens[word.last - 1].end
    return DateMention(start, end, mentions.text[start:end], DateKind.RELATIVE, start_day=day, end_day=day)


def _carry_sources(mentions: Mentions, statements: Sequence[Statement]) -> list[Statement]:
    """Let who gave a toll also give what a sentence without a source adds to it: "Eleven others were wounded"."""
    carried: list[Statement] = []
    for statement in statements:
        previous = carried[-1] if carried else None
        if previous is not None and _adds_to(mentions, statement, previous):
            statement = replace(statement, claimant=previous.claimant)
        carried.append(statement)
    return carried


_LIKE_IT = frozenset({"مماثل", "مماثله", "مماثلا", "مشابه", "مشابهه", "مشابها"})
_MORE = frozenset({"another", "more", "other", "further", "additional", "second", "third"})
_MORE_GAP = 4


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
    if statement.date is not None or statement.sentence - previous.sentence > 1:
        return False
    own_deed = statement.type is not None and "definite" not in statement.marks
    if own_deed and statement.type is previous.type and not statement.agents:
        return bool(statement.figures) and _tells_more_fire(mentions, statement)
    return not own_deed and any(figure.additional or figure.part for figure in statement.figures[:1])


def _drop_sums_of_campaigns(mentions: Mentions, statements: Sequence[Statement]) -> list[Statement]:
    """Take the figures from "these attacks left 24 dead" where the sentence before counts a campaign's attacks."""
    kept: list[Statement] = []
    for statement in statements:
        previous = kept[-1] if kept else None
        refers = mentions.tokens[statement.first].norm in _PLURAL_DEFINITE
        if previous is not None and refers and "campaign" in previous.marks and statement.figures:
            statement = replace(statement, figures=(), marks=statement.marks | {"campaign"})
        kept.append(statement)
    return kept


def _join_sides(mentions: Mentions, statements: Sequence[Statement]) -> None:
    """Count the other side's dead on top: "15 soldiers were killed, while 11 rebels also died"."""
    for previous, statement in pairwise(statements):
        if "also" in statement.marks:
            for figure in statement.figures:
                figure.too = figure.too or (not figure.part and _died_too(mentions, figure, statement))
        if statement.places or statement.date is not None or statement.type not in (None, previous.type):
            continue
        near = statement.sentence - previous.sentence <= 1 and statement.claimant in (previous.claimant, OUTLET)
        if not near or not any(Outcome.KILLED in figure.outcomes for figure in previous.figures):
            continue
        for figure in statement.figures:
            figure.together = figure.together or figure.too


def _died_too(mentions: Mentions, figure: Figure, statement: Statement) -> bool:
    """Whether it is the dying that is told with "also", and not the saying."""
    told = next(iter(mentions.words_of(figure.last, statement.last, "outcome")), None)
    before = mentions.words.get(told.first - 1) if told is not None else None
    return before is not None and before.is_cue("also")


def _carry_doer(mentions: Mentions, clauses: Sequence[Statement | None]) -> list[Statement | None]:
    """Clauses that open with "and" and a verb without a subject go on with the doer of the clause in front of them."""
    carried: list[Statement | None] = []
    for clause in clauses:
        previous = carried[-1] if carried else None
        if clause is not None and previous is not None and not clause.agents:
            opener = mentions.words.get(clause.first)
            joined = mentions.vocabulary.begins_with_join(mentions.tokens[clause.first].norm)
            if joined and opener is not None and opener.get("event", "verb") is not None:
                doers = tuple(role for role in previous.actors if role.role is Role.AGENT)
                clause = replace(clause, actors=(*doers, *clause.actors))
        carried.append(clause)
    return carried


def _carry_campaign(found: Sequence[Statement | None]) -> list[Statement | None]:
    """Let what is said of a whole campaign hold to the end of its sentence, unless a place or a day begins anew."""
    carried: list[Statement | None] = []
    campaign = False
    for statement in found:
        if statement is not None and campaign and not statement.places and statement.date is None:
            statement = replace(statement, figures=(), marks=statement.marks | {"campaign"})
        campaign = statement is not None and "campaign" in statement.marks
        carried.append(statement)
    return carried


def _own_names(mentions: Mentions) -> frozenset[str]:
    """Claimants that are the outlet itself: what they say on their own site is said by the outlet."""
    where = f"{mentions.report.publisher or ''} {mentions.report.url or ''}".lower()
    host = where.split("/")[0] if "://" not in where else where
    return frozenset(
        name
        for name, sites in _OWN_SITES.items()
        if any(site in host and re.search(rf"(?<![a-z]){site}(?![a-z])", host) for site in sites)
    )


def _first_named(mentions: Mentions) -> str | None:
    """The first monitor or agency the report names: whom "a monitoring group said" in the lead means."""
    for word in mentions.words_of(0, len(mentions.tokens), "claimant"):
        claimant = word.get("claimant")
        if claimant is not None and "anaphor" not in claimant.flags and claimant.name in _MONITORS:
            return claimant.name
    return None


# ---------------------------------------------------------------------------------------------
# One clause
# ---------------------------------------------------------------------------------------------


def _read_elided(mentions: Mentions, clause: Statement | None, first: int, last: int) -> Statement | None:
    """What a toll without a verb tells: the deed, the day and the source are those of the clause in front of it."""
    number = mentions.numbers[first]
    told = [f for f in clause.figures if Outcome.KILLED in f.outcomes and not f.part] if clause is not None else []
    if clause is None or not told or mentions.words_of(told[-1].last, first, "include", "among"):
        return None  # "40 died, among them 15 in A and ten in B"
    figure = replace(
        told[-1], first=first, last=first + 1, start=number.start, end=number.end, min=number.min, max=number.max,
        named=False, article=False, together=False, additional=number.additional, bare=True, vague=number.vague,
    )  # fmt: skip
    places = tuple(find_places(mentions, first, last))
    marks = clause.marks | {"clause"}
    return replace(clause, first=first, last=last, figures=(figure,), deeds=(), means=(), places=places, marks=marks)


def _accuses_of_it(mentions: Mentions, actors: Sequence[ActorRole], marks: set[str], last: int) -> bool:
    """Whether somebody is accused without a word of what, which then is the deed just told ("X accused the army.")."""
    accused = [role.word.last for role in actors if role.role is Role.ACCUSED]
    if not accused or mentions.vocabulary.grammar.subject == "after":
        return False
    if max(accused) < last and mentions.words_of(max(accused), last, "partitive", "clause"):
        return False
    marks.add("definite")
    return True


def _speaks_of_another(mentions: Mentions, speaker: Speaker | None, until: int, last: int) -> bool:
    """Whether who speaks in a later clause only says what stands there ("…, while the Observatory said 12 died")."""
    if speaker is None or speaker.verb is None or speaker.first < until or speaker.verb.first < speaker.first:
        return False
    return bool(mentions.words_of(speaker.verb.last, last, "event", "outcome"))


def _read_clause(
    mentions: Mentions,
    number: int,
    sentence: Sentence,
    first: int,
    last: int,
    sentence_speaker: Speaker | None,
    talk: _Talk,
    clause_number: int,
) -> Statement | None:
    figures = find_figures(mentions, first, last)
    whole = (first, last) == (sentence.first, sentence.last)
    own_speaker = sentence_speaker if whole else find_speaker(mentions, first, last)
    speaker = own_speaker
    if speaker is None and not _speaks_of_another(mentions, sentence_speaker, last, sentence.last):
        speaker = sentence_speaker
    quoted = _is_quoted(mentions, sentence, figures)
    claimant, speaker_actors = _resolve_speaker(speaker, talk, quoted=quoted)
    known = replace(speaker, name=claimant, actors=speaker_actors) if speaker is not None else None
    actors = find_actors(mentions, first, last, figures, known)
    actors = [_named_militants(mentions, role, talk) for role in actors]
    deeds = mentions.words_of(first, last, "event")
    marks = _read_marks(mentions, first, last, figures)
    if "owned" in marks and talk.last_group is not None and not any(role.actors for role in actors):
        actors = [replace(talk.last_group, role=Role.OWNER)]  # "the group claimed responsibility"
    if any(role.role is Role.OWNER for role in actors):
        marks.add("owned")
    talk.last_militants = next(
        (r for r in reversed(actors) if set(r.actors) <= _MILITANTS and not r.generic), talk.last_militants
    )
    talk.last_group = next((r for r in reversed(actors) if set(r.actors) <= _GROUPS), talk.last_group)
    if clause_number:
        marks.add("clause")
    elif _opens_story(mentions, sentence):
        marks.add("fresh")
    if speaker is not None:
        marks.add("sourced")
    if "conditional" in marks and not _is_planned(mentions, first, last):
        marks.discard("conditional")
    if _is_definite(mentions, deeds, first, last):
        marks.add("definite")
    if _is_tally(mentions, sentence):
        return None
    if any(mentions.tokens[at].norm == "toll" for at in range(first, last)):
        marks.add("toll")
    since = mentions.words_of(first, last, "since")
    if any(_spans_campaign(mentions, word, first) for word in since):
        marks.add("campaign")
    if any(word.last in mentions.dates for word in since):
        marks.add("since")
    sites = [w for w in mentions.words_of(first, last, "place") if any(w.get("place", kind) for kind in _QUARTERS)]
    if any(mentions.tokens[word.first - 1].norm == "another" for word in [*deeds, *sites] if word.first > first):
        marks.add("elsewhere")
    if _names_no_village(mentions, first, last):
        marks.add("unnamed")
    opener = mentions.words.get(first)
    opened = opener is not None and opener.is_cue("also", "further") and mentions.vocabulary.grammar.subject == "before"
    if opened or any(_is_further(mentions, word) for word in deeds if word.first > first):
        marks.add("further")
    if "goes_on" in marks and not _is_bounded(mentions, actors, deeds, first, last):
        marks.add("campaign")
    if "country" in marks:
        marks.discard("foreign")
    if "unarmed" in marks and not deeds:
        marks.add("campaign")  # the dead of an earthquake or of the cold are nobody's deed
    tallied = bool(mentions.words_of(first, last, "tally"))
    if tallied:
        marks.add("campaign")  # "the number of drone attacks has risen to 37"
        figures = []
    if "campaign" in marks and (sentence.zone is Zone.TITLE or _counts_attacks(mentions, first, last)):
        figures = []  # "11 killed in separate incidents", says a headline
    for figure in figures:
        # "14 of the dead were fighters", but "15 of the dead came in the strike on A".
        told = bool(deeds) or any(index in mentions.names for index in range(first, last))
        figure.part = figure.part or (figure.some and not told)
    figures = _drop_campaign([f for f in figures if not _is_possible(mentions, f, first)], marks)
    if sentence.zone is Zone.BODY:
        figures = [f for f in figures if not _in_headline(mentions, f, first, last)]
    if number > _LEAD_SENTENCES and not mentions.dates_in(first, last):
        # "The group has reported hundreds of civilians killed in operations against …"
        crowd = 0 if "definite" not in marks and _is_lasting(mentions, first, last) else _CROWD
        figures = [f for f in figures if (f.min or f.max or 0) < (crowd if f.vague else _THRONG)]
    if not figures and _kills_some(mentions, first, last):
        marks.add("kills")
    charges = [
        word for word in mentions.words_of(first, last, "reporting") if word.get("reporting", "accuse") is not None
    ]
    weak = all("weak" in e.flags for w in charges for e in w.entries if e.role == "accuse")
    if charges and not deeds and not figures and weak and not _accuses_of_it(mentions, actors, marks, last):
        return None  # accused of something else than a deed of violence
    if (
        not figures
        and not deeds
        and not actors
        and not tallied
        and "denial" not in marks
        and not (marks & {"none_killed", "none_injured"})
    ):
        return None
    type_, weight = find_type(mentions, deeds, actors)
    date, said_date = _dates_of(mentions, first, last, deeds, figures)
    if date is not None and _runs_on(mentions, date):
        figures = []
        marks.add("campaign")
    return Statement(
        sentence=number,
        first=first,
        last=last,
        zone=sentence.zone,
        figures=tuple(figures),
        type=type_,
        type_weight=weight,
        deeds=tuple(deeds),
        means=tuple(word for word in deeds if word.get("event", "means") is not None),
        actors=tuple(actors),
        # "Abu al-Hassan al-Qurayshi was killed": a place that opens a victim's name is no place.
        places=tuple(
            place
            for place in find_places(mentions, first, last)
            if not any(f.first <= place.first and place.last <= f.last and _is_name(f) for f in figures)
        ),
        date=date,
        said_date=said_date,
        claimant=claimant,
        speaker_actors=speaker_actors,
        marks=frozenset(marks),
    )


def _opens_story(mentions: Mentions, sentence: Sentence) -> bool:
    """Whether a sentence opens a paragraph without a word that goes on from the one before it.

    Only where such sentences do open with one, as "and" written in one with their first word.
    """
    if not mentions.vocabulary.grammar.attached_join or mentions.text[max(0, sentence.start - 1)] != "\n":
        return False
    opener = mentions.words.get(sentence.first)
    goes_on = opener is not None and opener.is_cue("clause", "join", "elsewhere", "earlier")
    return not goes_on and not mentions.vocabulary.begins_with_join(mentions.tokens[sentence.first].norm)


def _named_militants(mentions: Mentions, role: ActorRole, talk: _Talk) -> ActorRole:
    """Whom "the extremists" means: the group of theirs named before."""
    if not role.generic or talk.last_militants is None or role.word.first == 0:
        return role
    at = role.word.first - 1
    if at > 0 and mentions.tokens[at].norm.endswith("ing"):
        at -= 1  # "the attacking terrorists"
    if mentions.tokens[at].norm not in mentions.vocabulary.grammar.definite:
        return role
    return replace(role, actors=talk.last_militants.actors, generic=False)


# Shorter words between quotation marks are names and doubts ("de-escalation zone").
_QUOTED = re.compile(r"[\"“«][^\"“”«»]{30,}(?:[\"”»]|$)")


def _kills_some(mentions: Mentions, first: int, last: int) -> bool:
    """Whether people are killed whom nobody counts ("killed a number of militants in A")."""
    if mentions.words_of(first, last, "negation", "conditional") or mentions.vocabulary.grammar.subject == "after":
        return False
    words = mentions.words_of(first, last, "outcome")
    return any(Outcome.KILLED in e.outcomes and e.side != "left" for word in words for e in word.entries)


_UNNAMED_VILLAGE = re.compile(
    r"\b(?:a|an|another|one) (?:\w+ ){0,2}(?:village|hamlet)\b(?! (?:of|called|named) [A-Z](?!\w*ern))"
)


def _names_no_village(mentions: Mentions, first: int, last: int) -> bool:
    """Whether something happened in a village that the clause does not name ("in a village near Manbij")."""
    if not any(word.get("place", "village") for word in mentions.words_of(first, last, "place")):
        return False
    start, end = mentions.tokens[first].start, mentions.tokens[last - 1].end
    return _UNNAMED_VILLAGE.search(mentions.text, start, end) is not None


def _is_further(mentions: Mentions, word: Word) -> bool:
    """Whether a deed goes on from the ones told before to one more: "other shells", "further strikes", قصف مماثل."""
    if mentions.tokens[min(word.last, len(mentions.tokens) - 1)].norm in _LIKE_IT:
        return word.get("event", "noun") is not None
    before = mentions.words.get(word.first - 1)
    return before is not None and before.is_cue("other") and mentions.between(word.first - 1, word.first) == " "


def _is_quoted(mentions: Mentions, sentence: Sentence, figures: Sequence[Figure]) -> bool:
    """Whether a sentence, or one of a clause's figures in it, stands in somebody's own words."""
    text = mentions.text[sentence.start : sentence.end]
    if _QUOTE.search(text[:2]) is not None:
        return True
    spans = [(sentence.start + m.start(), sentence.start + m.end()) for m in _QUOTED.finditer(text)]
    return any(start < figure.start and figure.end <= end for start, end in spans for figure in figures)


def _resolve_speaker(speaker: Speaker | None, talk: _Talk, *, quoted: bool) -> tuple[str, tuple[Actor, ...]]:
    """The claimant's name, with pronouns and "the group" put back to whoever they mean."""
    if speaker is None:
        if quoted and talk.last is not None:
            return talk.last.name, talk.last.actors
        return OUTLET, talk.outlet_actors
    if speaker.name:
        # "The Darb brigade" is the "Darb Brigade" of the headline.
        speaker = replace(speaker, name=talk.spellings.setdefault(speaker.name.casefold(), speaker.name))
        if not speaker.actors or speaker.verb is None or abs(speaker.verb.first - speaker.last) <= 2:
            talk.last = speaker
        talk.names.pop(speaker.name, None)
        talk.names[speaker.name] = speaker.actors  # the last one named stands last
        return (OUTLET if speaker.name in talk.outlet_names else speaker.name), speaker.actors
    if speaker.otherwise:
        forces = [name for name, who in talk.names.items() if who and _FORCES.search(name)]
        if forces and (talk.last is None or not talk.last.actors):
            # "The military" is the Turkish one where that has spoken.
            talk.last = replace(speaker, name=forces[-1], actors=talk.names[forces[-1]])
            return forces[-1], talk.last.actors
    if speaker.otherwise and (talk.last is None or not talk.last.actors):
        talk.last = replace(speaker, name=speaker.otherwise)
        return speaker.otherwise, speaker.actors
    meant = _meant(speaker, talk)
    if meant is None:
        return (speaker.means if speaker.means == "monitor" else OUTLET), ()
    return (OUTLET if meant.name in talk.outlet_names else meant.name), meant.actors


_FORCES = re.compile("army|military|defen[cs]e", re.IGNORECASE)
_MONITORS = frozenset({"SOHR", "SNHR", "Airwars"})


def _meant(speaker: Speaker, talk: _Talk) -> Speaker | None:
    """Whom "it", "the group" or "the source" means: the last one named that can be called so."""
    if speaker.means == "monitor":
        named = [name for name in talk.names if name in _MONITORS]
        name = named[-1] if named else talk.first_named
        return Speaker(name, speaker.first, speaker.last) if name is not None else talk.last
    if speaker.means in ("source", "official", "ministry"):
        said = [name for name in talk.names if speaker.means in name.lower()]
        if said:
            return Speaker(said[-1], speaker.first, speaker.last, talk.names[said[-1]])
    return talk.last


# ---------------------------------------------------------------------------------------------
# Marks
# ---------------------------------------------------------------------------------------------

_MARKED = frozenset({
    "unarmed", "campaign", "sum", "conditional", "hedge_past", "earlier", "elsewhere", "before", "update", "survivor",
    "also", "country", "where", "aside", "amid", "goes_on",
})  # fmt: skip
_REPORTING_MARKS = {"unclaimed": "unclaimed", "deny": "denial", "own": "owned", "accuse": "accusal"}
_TELLING = _MARKED | {"foreign", "reporting", "no_casualties", "no_deaths"}


def _read_marks(mentions: Mentions, first: int, last: int, figures: Sequence[Figure]) -> set[str]:
    marks: set[str] = set()
    for word in mentions.words_in(first, last):
        if word.entries.keys.isdisjoint(_TELLING):
            continue
        told = not _is_record(mentions, word) and not _tells_of_source(mentions, word, first)
        marks |= word.cues & _MARKED if told else set()
        if "before" in word.cues and has_deed(mentions, first, word.first):
            marks.discard("before")  # "hours after the truce" tells of the truce as the earlier one
        for entry in word.entries:
            if entry.kind == "foreign" and _is_scene(mentions, word, first):
                marks.add("foreign")
            elif entry.kind == "reporting" and entry.role in _REPORTING_MARKS and not _counts_unknown(mentions, word):
                negator = mentions.words.get(word.first - 1) if entry.role == "deny" and word.first > first else None
                if negator is not None and negator.is_cue("negation"):
                    continue  # "does not deny", "لا ينفي"
                nobody = entry.role == "own" and is_denied(mentions, word, first)
                marks.add("unclaimed" if nobody else _REPORTING_MARKS[entry.role])
        if word.is_cue("no_casualties") and not figures:
            marks.update(("none_killed", "none_injured"))
        if word.is_cue("no_deaths") and not any(Outcome.KILLED in f.outcomes for f in figures):
            marks.add("none_killed")
    return marks


def _counts_unknown(mentions: Mentions, word: Word) -> bool:
    """Whether "unidentified" is said of victims ("an unidentified person"), not of who did it ("… gunmen")."""
    behind = mentions.words.get(word.last)
    victims = behind.get("victims") if behind is not None and word.last - word.first == 1 else None
    return victims is not None and victims.victims is not Victims.COMBATANTS


def _is_tally(mentions: Mentions, sentence: Sentence) -> bool:
    """Whether a sentence is a line of a list by months or places ("• January: three attacks …", "Raqqa: two …")."""
    label = next((at for at in range(sentence.first, sentence.last - 2) if ":" in mentions.between(at, at + 1)), None)
    if label is None or label - sentence.first > _LABEL_WORDS:
        return False
    number = mentions.numbers.get(label + 1)
    counted = mentions.words.get(mentions.token_at(number.end)) if number is not None else None
    attacks = counted is not None and counted.get("event", "noun") is not None
    return attacks or (label == sentence.first and mentions.tokens[label].norm in _MONTHS)


def _is_record(mentions: Mentions, since: Word) -> bool:
    """Whether "since" only says how long nothing was worse ("one of the bloodiest days since 2015")."""
    if mentions.tokens[since.first].norm != "since":
        return False
    before = (mentions.tokens[at].norm for at in range(max(0, since.first - _SINCE_GAP), since.first))
    return any(norm in _SUPERLATIVES or norm.endswith("iest") for norm in before)


_TRACKS = frozenset({"tracks", "tracked", "tracking", "monitors", "monitored", "documents", "documented", "covers"})
_TRACK_GAP = 12


def _tells_of_source(mentions: Mentions, word: Word, first: int) -> bool:
    """Whether words of a war only say what a source does ("the group, which tracks violence in the war, said")."""
    if not word.is_cue("campaign"):
        return False
    for at in range(word.first - 1, max(first, word.first - _TRACK_GAP) - 1, -1):
        if _COMMA_OR_STOP.search(mentions.between(at, at + 1)) is not None:
            return False
        if mentions.tokens[at].norm in _TRACKS:
            return True
    return False


def _spans_campaign(mentions: Mentions, since: Word, first: int) -> bool:
    """Whether "since" names a day long past, so that what is counted is a campaign's.

    The event between may have the day: "Since the offensive began in May, 90 people have died".
    """
    date = mentions.dates.get(since.last)
    if date is None and since.first <= first + 1:
        date = _day_begun(mentions, since.last)
    if date is None or date.start_day is None or mentions.anchor is None:
        return False
    if _is_record(mentions, since):
        return False
    if date.kind is DateKind.VAGUE and date.month is None and date.year is None:
        return False
    return (mentions.anchor - date.start_day).days > _CAMPAIGN_DAYS


def _day_begun(mentions: Mentions, after: int) -> DateMention | None:
    """The day of what "since" at the head of a clause goes with, told in front of the next comma."""
    for index in range(after, min(len(mentions.tokens), after + _SINCE_GAP)):
        if index > after and _COMMA_OR_STOP.search(mentions.between(index - 1, index)) is not None:
            return None
        if index in mentions.dates:
            return mentions.dates[index]
    return None


def _runs_on(mentions: Mentions, date: DateMention) -> bool:
    """Whether what is told of goes on up to the report's day for weeks: "450 were killed in the last month"."""
    if date.back is None or date.back[0] or date.start_day is None or mentions.anchor is None:
        return False
    if not date.back[1] and (date.unit != "year" or date.words.lower().startswith("earlier")):
        return False  # "dozens have been killed this year", but "earlier this year"
    return date.end_day == mentions.anchor and (mentions.anchor - date.start_day).days >= _LONG_SPAN


# A massacre may last two weeks; what goes on for four is a campaign.
_LONG_SPAN = 28


def _is_lasting(mentions: Mentions, first: int, last: int) -> bool:
    """Whether a clause without a place tells what has come of it all: "rebels have hit back, killing scores"."""
    named = any(index in mentions.names for index in range(first, last))
    return not named and any(mentions.tokens[at].norm in _PERFECT for at in range(first, last))


_PERFECT = frozenset({"has", "have"})


def _is_definite(mentions: Mentions, deeds: Sequence[Word], first: int, last: int) -> bool:
    """Whether a deed is spoken of as known: "the attack", "Monday's fighting"."""
    definite, article = mentions.vocabulary.grammar.definite, mentions.vocabulary.grammar.article
    if article:  # attached: "القصف", "بالقصف"
        own_places = any(index in mentions.names for index in range(first, last))
        return not own_places and any(
            word.get("event", "noun") is not None and article in mentions.tokens[word.first].norm[: len(article) + 2]
            for word in deeds
        )
    return any(
        word.first > first
        and word.get("event", "noun") is not None
        and (_before_name(mentions, word) in definite or word.first - 1 in mentions.dates)
        and not _is_own_deed(mentions, word, first)
        for word in deeds
    )


def _before_name(mentions: Mentions, deed: Word) -> str:
    """The word in front of a deed, or of the place it is called after ("the Khan Sheikhun attack")."""
    at = deed.first - 1
    while at > 0 and at in mentions.names:
        at -= 1
    return mentions.tokens[at].norm


def _is_own_deed(mentions: Mentions, deed: Word, first: int) -> bool:
    """Whether a deed is its doer's, and not known from before: "the army renewed its shelling"."""
    owned = mentions.tokens[deed.first - 1].norm in mentions.vocabulary.grammar.owns
    return owned and bool(mentions.words_of(first, deed.first - 1, "actor"))


def _is_planned(mentions: Mentions, first: int, last: int) -> bool:
    """Whether words of plan or threat stand in front of the clause's first deed ("vowed to bomb"), not behind it."""
    for word in mentions.words_of(first, last, "conditional", "event", "outcome"):
        if word.is_cue("conditional"):
            return True
        if word.get("event") is not None and word.get("event", "means") is None:
            return False
        if word.get("outcome") is not None:
            return False
    return False


def _is_name(figure: Figure) -> bool:
    """Whether a figure is a person told by name, whose parts may be called like places."""
    return figure.named and not figure.article


def _is_possible(mentions: Mentions, figure: Figure, first: int) -> bool:
    """Whether words right in front of a figure make it a mere possibility ("could kill", "possible civilian dead")."""
    for at in range(figure.first - 1, max(first - 1, figure.first - 6), -1):
        word = mentions.words.get(at)
        if word is not None and word.is_cue("conditional"):
            return True
    return False


def _is_bounded(mentions: Mentions, actors: Sequence[ActorRole], deeds: Sequence[Word], first: int, last: int) -> bool:
    """Whether what is said to go on is a deed at places that are named: "jets continue to hit A and B"."""
    done = any(role.role is Role.AGENT for role in actors)
    fought = any(entry.type is EventType.CLASH for word in deeds for entry in word.entries)
    named = any((hit := mentions.names.get(index)) is not None and hit.strong for index in range(first, last))
    return done and named and bool(deeds) and not fought


# The headline of another story between the lines has this many words in capitals in a row.
_HEADLINE_WORDS = 7
_SMALL_WORD = 4


def _in_headline(mentions: Mentions, figure: Figure, first: int, last: int) -> bool:
    """Whether a figure stands in a headline that the page ran into the text: "Blast Near Bus Convoy Over 20 Dead"."""
    if not mentions.vocabulary.grammar.cased_names:
        return False
    start, end = figure.first, figure.last
    while start > first and _is_capital(mentions, start - 1) and mentions.between(start - 1, start) in (" ", "-"):
        start -= 1
    while end < last and _is_capital(mentions, end) and mentions.between(end - 1, end) in (" ", "-"):
        end += 1
    capitals = [at for at in range(start, end) if mentions.text[mentions.tokens[at].start].isupper()]
    others = sum(1 for at in range(start, end) if mentions.text[mentions.tokens[at].start].islower())
    return len(capitals) >= _HEADLINE_WORDS and others <= len(capitals) // 3


def _is_capital(mentions: Mentions, index: int) -> bool:
    """Whether a word can stand in a headline: a capital, a figure, or a small word."""
    token = mentions.tokens[index]
    return not mentions.text[token.start].islower() or token.end - token.start <= _SMALL_WORD


def _is_scene(mentions: Mentions, word: Word, first: int) -> bool:
    """Whether a foreign place is said to be the scene ("in northern Iraq"), and not a border, a dateline or a home."""
    for at in range(word.first - 1, max(first - 1, word.first - 3), -1):
        before = mentions.words.get(at)
        if before is not None:
            return before.get("place", "in") is not None
    return False


# Tolls of this many attacks and more are a campaign's, where it is spoken of ("230 attacks since the new year").
_MANY_ATTACKS = 10


def _counts_attacks(mentions: Mentions, first: int, last: int) -> bool:
    """Whether a clause counts attacks, so that its toll adds up many events."""
    for at in range(first, last):
        number = mentions.numbers.get(at)
        if number is None or (number.min or number.max or 0) < _MANY_ATTACKS:
            continue
        word = mentions.words.get(mentions.token_at(number.end))
        if word is not None and word.get("event", "noun") is not None and word.get("outcome") is None:
            return True
    return False


def _drop_campaign(figures: list[Figure], marks: set[str]) -> list[Figure]:
    """Without the tolls of a whole war."""
    highest = _CAMPAIGN_TOLL
    if "campaign" in marks:
        figures = [figure for figure in figures if not figure.vague]  # "dozens are killed each day"
        if any(max(figure.min or 0, figure.max or 0) >= _ASIDE_TOLL for figure in figures):
            return []
        highest = _ASIDE_TOLL
    kept = [
        figure
        for figure in figures
        if max(figure.min or 0, figure.max or 0) < (min(highest, _VAGUE_TOLL) if figure.vague else highest)
    ]
    return [figure for figure in kept if not figure.part or figure.whole is None or figure.whole in kept]


# ---------------------------------------------------------------------------------------------
# Day
# ---------------------------------------------------------------------------------------------

# "Date of publication" and the like reach this far back from the day.
_LABEL_CHARS = 30
_COMMA_OR_STOP = re.compile(r"[,;:.!?،؛؟\n]")
_DAY_KINDS = frozenset({DateKind.ABSOLUTE, DateKind.WEEKDAY, DateKind.RELATIVE, DateKind.VAGUE})


def _dates_of(
    mentions: Mentions, first: int, last: int, deeds: Sequence[Word], figures: Sequence[Figure]
) -> tuple[DateMention | None, DateMention | None]:
    """The day of the deed and the day of the statement ("said on Wednesday")."""
    anchors = [at for figure in figures for at in (figure.first, figure.last)]
    if not anchors:
        anchors = [word.first for word in deeds]
        anchors += [word.first for word in mentions.words_of(first, last, "outcome")]
    seen: list[DateMention] = []
    best: tuple[float, DateMention] | None = None
    said: DateMention | None = None
    for index, date in mentions.dates_in(first, last):
        if date in seen or date.kind not in _DAY_KINDS or date is mentions.anchor_words:
            continue
        seen.append(date)
        if date.kind is DateKind.VAGUE and _is_span_of_campaign(mentions, index):
            continue
        if date.from_text or _counts_from(mentions, index, first):
            continue
        if _names_street(mentions, date):
            continue
        if says_published(mentions.text[max(0, date.start - _LABEL_CHARS) : date.start]):
            continue  # "… (updated 1731 29.10.2017) …": the page's own day, run into its first sentence
        if _tells_saying(mentions, index, first, last):
            said = said or date
            continue
        if _dates_another(mentions, index, first) or _dates_beginning(mentions, index, date):
            continue
        distance = min((abs(index - anchor) for anchor in anchors), default=50)
        penalty = 40 if date.kind is DateKind.VAGUE else 0
        if best is None or distance + penalty < best[0]:
            best = (distance + penalty, date)
    return (best[1] if best is not None else None), said


def _names_street(mentions: Mentions, date: DateMention) -> bool:
    """Whether a day is the name of a street, a bridge or the like ("April 7th Street")."""
    after = mentions.token_at(date.end)
    word = mentions.words.get(after)
    if word is None or word.first != after or word.get("place") is None or mentions.between(after - 1, after) != " ":
        return False
    return mentions.vocabulary.grammar.cased_names and mentions.text[mentions.tokens[after].start].isupper()


def _is_span_of_campaign(mentions: Mentions, index: int) -> bool:
    """Whether a month or year is what a count runs over ("since the start of the year"), no day of a deed."""
    word = mentions.words.get(index)
    return word is not None and word.is_cue("campaign", "neutral")


def _counts_from(mentions: Mentions, index: int, first: int) -> bool:
    """Whether a day only says since when something goes on ("… since the offensive began nine days ago")."""
    for at in range(index - 2, max(first - 1, index - 10), -1):
        word = mentions.words.get(at)
        if word is not None and word.is_cue("since"):
            return True
        if "," in mentions.between(at, at + 1):
            return False
    return False


# "Since" and the day it goes with, with the event in between that it dates.
_SINCE_GAP = 10
# "Since 4 a.m. today" has no word this long in between, "since the offensive began last week" has.
_LONG_WORD = 5


def _dates_another(mentions: Mentions, index: int, first: int) -> bool:
    """Whether a day is that of an event only compared with: "the deadliest raid since the offensive of May"."""
    for at in range(index - 3, max(first - 1, index - _SINCE_GAP - 1), -1):
        if _COMMA_OR_STOP.search(mentions.between(at, at + 1)) is not None:
            return False
        if mentions.tokens[at].norm == "since":
            return any(len(mentions.tokens[between].norm) >= _LONG_WORD for between in range(at + 1, index))
    return False


_BEGAN = frozenset({"launched", "began", "begun", "started", "erupted", "broke"})


def _dates_beginning(mentions: Mentions, index: int, date: DateMention) -> bool:
    """Whether a day long past only says when something longer began ("an operation launched in late August")."""
    if mentions.anchor is None or date.end_day is None or (mentions.anchor - date.end_day).days < _CAMPAIGN_DAYS:
        return False
    return any(mentions.tokens[at].norm in _BEGAN for at in range(max(0, index - 3), index))


_ISSUED = frozenset({"released", "issued", "published", "posted"})
_PAPERS = frozenset({"statement", "statements", "report", "video", "footage", "release", "bulletin"})


def _tells_saying(mentions: Mentions, index: int, first: int, last: int) -> bool:
    """Whether a day is that of the statement: "said on Wednesday", "told Reuters on Monday", "on Monday claimed …"."""
    for at in range(index - 1, max(first - 1, index - 5), -1):
        if (
            mentions.tokens[at].norm in _ISSUED
            and {mentions.tokens[i].norm for i in range(max(0, at - 3), at)} & _PAPERS
        ):
            return True
        word = mentions.words.get(at)
        if word is None:
            continue
        if word.get("reporting", "said") is not None or word.get("reporting", "own") is not None:
            return word.get("outcome") is None
        named = word.get("claimant") or word.get("actor")
        if not word.is_cue("target") and word.get("place", "in") is None and named is None:
            break
    after = index
    while after < last and mentions.dates.get(after) is mentions.dates.get(index):
        after += 1
    word = mentions.words.get(after) if after < last else None
    return word is not None and (word.get("reporting", "own") or word.get("reporting", "said")) is not None
