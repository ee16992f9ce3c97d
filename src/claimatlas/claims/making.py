"""Making claims: clause by clause, who says how many of whom suffered what, by whose deed, where and when.

A `Statement` is what one clause tells. It holds figures (the casualty claims to be), the deed's type, the actors by
their part in the sentence, the places that can be its scene, its day, and who says so. Statements that tell of no
deed at all (plans, threats, diplomacy, tolls of a whole war) are marked and never become incidents.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import pairwise

import msgspec
from msgspec.structs import replace

from claimatlas.claims.anaphora import Claimant, Discourse
from claimatlas.claims.announcing import announced
from claimatlas.claims.campaigns import (
    carry_campaign,
    counts_offensive,
    drop_accidents,
    drop_campaign,
    drop_sums_of_campaigns,
    spans_attacks,
    sums_attacks,
)
from claimatlas.claims.cast import ActorRole, PlaceRole, Role
from claimatlas.claims.clausedays import dates_of
from claimatlas.claims.clauses import adds_up, find_elided_tolls, split_clauses
from claimatlas.claims.counts import Figure, figure_of_number
from claimatlas.claims.deeds import find_type
from claimatlas.claims.figures import find_figures, name_others
from claimatlas.claims.headings import opens_item
from claimatlas.claims.listlabels import (
    Heading,
    Label,
    continues_list,
    find_heading,
    find_label,
    goes_on,
    headed,
    under,
)
from claimatlas.claims.marks import (
    describes_side,
    has_dead,
    in_headline,
    is_bounded,
    is_habit,
    is_lasting,
    is_name,
    is_tally,
    kills_some,
    names_no_village,
    only_arrests,
    read_marks,
    runs_on,
    spans_campaign,
)
from claimatlas.claims.persons import name_quoted_behind, named_figure
from claimatlas.claims.placeroles import find_places
from claimatlas.claims.pointers import (
    is_definite,
    is_further,
    opens_story,
    opens_with_deed,
    tells_where,
    without_references,
)
from claimatlas.claims.roles import find_actors
from claimatlas.claims.sourcenames import Speaker
from claimatlas.claims.speakers import find_speaker
from claimatlas.claims.statements import (
    Statement,
    carry_blame,
    carry_day,
    carry_deed,
    carry_doer,
    carry_likes,
    carry_on,
    carry_sources,
    count_days,
    join_sides,
)
from claimatlas.claims.undone import is_answered_toll, is_denied_toll, is_planned, is_possible, without_undone
from claimatlas.claims.whose import is_attackers_side
from claimatlas.dates import DateMention
from claimatlas.mentions.document import Mentions, Sentence, Word, Zone
from claimatlas.model import OUTLET, Outcome

# "In another district": elsewhere than what was told before.
_QUARTERS = ("neighbourhood", "town", "village")
# Behind the lead, a crowd without a day is a campaign's: so many by a word like "hundreds", so many by a figure.
_CROWD, _THRONG, _LEAD_SENTENCES = 200, 500, 6
# A clause with one of these marks tells something without a deed, a doer or a figure.
_TELLING = frozenset({"denial", "none_killed", "none_injured"})
_QUOTE = re.compile(r"[\"“”«»]")
# Shorter words between quotation marks are names and doubts ("de-escalation zone").
_QUOTED = re.compile(r"[\"“«][^\"“”«»]{30,}(?:[\"”»]|$)")
# Marks that open and close alike do so in turn.
_QUOTED_IN_TURN = re.compile(r"[\"“«][^\"“”«»]*[\"”»]")
_SHORT_QUOTE = 30


class _Clause(msgspec.Struct):
    """A clause, with what has been read of it so far.

    Attributes:
        sentence: The sentence it stands in.
        number: Index of that sentence.
        first: Index of its first token.
        last: Index after its last token.
        opens: It is the sentence's first.
        figures: Its figures, with outcomes.
        deeds: The words for the deed.
        actors: The actors named, each with its part.
        marks: What else the words say (`Statement.marks`).
        tallied: It says how many attacks there were so far ("the number of drone attacks has risen to 37").
    """

    sentence: Sentence
    number: int
    first: int
    last: int
    opens: bool
    figures: list[Figure] = []
    deeds: list[Word] = []
    actors: list[ActorRole] = []
    marks: set[str] = set()
    tallied: bool = False

    @property
    def is_telling(self) -> bool:
        """Whether it tells of a deed, of blame, or of nobody having been hurt."""
        return bool(self.figures or self.deeds or self.actors or self.tallied or self.marks & _TELLING)


def make_claims(mentions: Mentions) -> tuple[Statement, ...]:
    """Say what each clause of a report tells.

    Args:
        mentions: The report's mentions.

    Returns:
        Statements in order of the text; clauses that tell of no deed and no blame are left out.
    """
    discourse = Discourse.of(mentions)
    statements: list[Statement] = []
    label: Label | None = None
    heading: Heading | None = None
    for number, sentence in enumerate(mentions.sentences):
        if sentence.zone is Zone.BOILERPLATE:
            continue
        told = list(_read_sentence(mentions, number, sentence, discourse))
        label = find_label(mentions, sentence) if not told else label if goes_on(mentions, sentence) else None
        told = [under(label, statement) for statement in told] if label is not None else told
        if heading is not None and continues_list(mentions, sentence):
            told = [headed(heading, statement) for statement in told]
        else:
            following = mentions.sentences[number + 1] if number + 1 < len(mentions.sentences) else None
            heading = find_heading(mentions, sentence, following, told)
            if heading is not None and heading.lead is not None:
                told = [replace(s, marks=s.marks | {"heads"}) for s in told]
        statements += told
    statements = carry_likes(mentions, carry_sources(mentions, count_days(statements)))
    statements = drop_accidents(mentions, drop_sums_of_campaigns(mentions, statements))
    join_sides(mentions, statements)
    if mentions.vocabulary.grammar.others_alike:
        name_others(figure for statement in statements for figure in statement.figures)
    return tuple(statements)


def _read_sentence(mentions: Mentions, number: int, sentence: Sentence, discourse: Discourse) -> Iterator[Statement]:
    """What the clauses of a sentence tell, each with what it takes over from those in front of it."""
    speaker = find_speaker(mentions, sentence.first, sentence.last)
    discourse.listen(mentions, sentence)
    found: list[Statement | None] = []
    for first, last in split_clauses(mentions, sentence):
        ends = [*find_elided_tolls(mentions, first, last), last]
        clause = _Clause(sentence, number, first, ends[0], opens=not found)
        statement = _read_clause(mentions, clause, speaker, discourse)
        if statement is not None and len(ends) > 1:
            statement = _with_frame(mentions, statement, last)
        found.append(statement)
        found += [_read_elided(mentions, statement, start, end) for start, end in pairwise(ends)]
    if len(found) > 1:
        found = carry_day(mentions, sentence, carry_deed(mentions, carry_on(found)))
        found = carry_campaign(carry_blame(carry_doer(mentions, found)))
    told = [statement for statement in found if statement is not None]
    marks = [mark for statement in told for mark in statement.marks]
    abroad = "foreign" in marks and "country" not in marks
    for statement in told:
        yield replace(statement, marks=statement.marks | {"foreign"}) if abroad else statement


def _comes_from_here(mentions: Mentions, first: int, last: int) -> bool:
    """Whether Syria is only named as where something came from: "rockets fired from Syria hit a Turkish town"."""
    named = mentions.words_of(first, last, "country")
    sources = (mentions.words.get(word.first - 1) for word in named)
    return all(source is not None and source.get("place", "from") is not None for source in sources)


def _with_frame(mentions: Mentions, statement: Statement, last: int) -> Statement:
    """The statement that tolls without a verb go on from, with a deed and a day that are told behind the last of them.

    "Seven people died in A and three in B in air strikes on Tuesday."
    """
    date, said = statement.date, statement.said_date
    if date is None:
        date, said_behind = dates_of(mentions, statement.last, last, statement.deeds, ())
        said = said or said_behind
    actors = statement.actors
    if mentions.vocabulary.grammar.attached_join and not statement.agents:
        actors = (*actors, *find_actors(mentions, statement.last, last, (), None))  # "… بقصف لقوات النظام"
    if statement.deeds:
        return replace(statement, date=date, said_date=said, actors=actors)
    deeds = mentions.words_of(statement.last, last, "event")
    type_, weight = find_type(mentions, deeds, actors)
    means = tuple(word for word in deeds if word.get("event", "means") is not None)
    return replace(
        statement,
        date=date,
        said_date=said,
        deeds=tuple(deeds),
        means=means,
        type=type_,
        type_weight=weight,
        actors=actors,
    )


def _read_elided(mentions: Mentions, clause: Statement | None, first: int, last: int) -> Statement | None:
    """What a toll without a verb tells: the deed, the day and the source are those of the clause in front of it."""
    number = mentions.numbers.get(first)
    told = [f for f in clause.figures if f.whole is None] if clause is not None else []
    if mentions.vocabulary.grammar.cased_names:
        told = [f for f in told if Outcome.KILLED in f.outcomes]
    among = mentions.words_of(told[-1].last, first, "include", "among") if told else []
    if clause is None or not told or any(not word.is_cue("of_them") for word in among):
        return None  # "40 died, among them 15 in A and ten in B", but "five of them died in A and four in B"
    figure = None
    if number is not None:
        after = next((at for at in range(first, last) if mentions.numbers.get(at) is not number), last)
        figure = figure_of_number(mentions, number, first, after, first, last)
    elif (noun := mentions.words.get(first)) is not None:
        figure = named_figure(mentions, noun, last)
    if number is not None and (figure is None or figure.bare):
        figure = replace(
            told[-1], first=first, last=first + 1, start=number.start, end=number.end, min=number.min, max=number.max,
            named=False, article=False, together=False, additional=number.additional, bare=True, vague=number.vague,
        )  # fmt: skip
    elif figure is None:
        return None
    else:
        figure.outcomes, figure.part = told[-1].outcomes, told[-1].part
    places = tuple(find_places(mentions, first, last))
    some = any(f.part or f.some for f in told) and mentions.vocabulary.grammar.attached_join
    marks = clause.marks | ({"clause"} if some else {"clause", "apart"})  # "7 من القتلى سقطوا في A و5 في B"
    deeds = mentions.words_of(first, last, "event")
    type_, weight = find_type(mentions, deeds, clause.actors)
    if type_ is None:  # "seven in shelling of A and four in an air strike on B"
        deeds, type_, weight = [], clause.type, clause.type_weight
    return replace(
        clause, first=first, last=last, figures=(figure,), type=type_, type_weight=weight, deeds=tuple(deeds), means=(),
        places=places, marks=marks,
    )  # fmt: skip


# ---------------------------------------------------------------------------------------------
# One clause
# ---------------------------------------------------------------------------------------------


def _read_clause(
    mentions: Mentions, clause: _Clause, sentence_speaker: Speaker | None, discourse: Discourse
) -> Statement | None:
    """What a clause tells; None when that is nothing of a deed."""
    first, last = clause.first, clause.last
    clause.figures = find_figures(mentions, first, last)
    speaker = _speaker_of(mentions, clause, sentence_speaker)
    clause.figures = [
        f for f in clause.figures if not (_describes_speaker(mentions, f, speaker) or _guesses_who(mentions, f, first))
    ]
    discourse.foresee(mentions, speaker, first)
    claimant = discourse.resolve(speaker, quoted=discourse.in_quote or _is_quoted(mentions, clause))
    clause.figures = [f for f in clause.figures if not is_denied_toll(mentions, f, first)]
    if clause.figures and speaker is not None and _denies(speaker):
        claimant = Claimant(OUTLET, claimant.actors)  # whoever denies a deed does not say how many it killed
    if only_arrests(mentions, first, last):
        return None
    told = [w for w in mentions.words_of(first, last, "event") if not describes_side(mentions, w, first)]
    told = without_references(mentions, told)
    clause.deeds = done = without_undone(mentions, told, first, last)
    clause.marks = read_marks(mentions, first, last, clause.figures)
    clause.tallied = bool(mentions.words_of(first, last, "tally"))
    _find_actors(mentions, clause, speaker, claimant, discourse)
    if told and not done and claimant.actors and {a for r in clause.actors for a in r.actors} <= {*claimant.actors}:
        clause.marks.add("denial")  # "Russia said its planes had not bombed the town"
    # An accident is remembered for what goes on with its dead (`campaigns.drop_accidents`).
    accident = "unarmed" in clause.marks and not mentions.vocabulary.grammar.cased_names
    if not (accident or clause.is_telling) or is_tally(mentions, clause.sentence):
        return None
    if speaker is not None:
        clause.marks.add("sourced")
    _mark_connection(mentions, clause)
    _mark_scope(mentions, clause)
    _keep_own_figures(mentions, clause)
    if _gives_reason(mentions, clause):
        clause.deeds, clause.actors = [], []
    elif "reply" in clause.marks:
        clause.marks.discard("reply")
        if not clause.opens and mentions.vocabulary.grammar.attached_join:
            clause.marks.add("aside")  # the deed answered, with its place and its dead
    if not clause.figures and kills_some(mentions, first, last):
        clause.marks.add("kills")
    if clause.deeds and not clause.figures and has_dead(mentions, first, last):
        clause.marks.add("deadly")
    if _accuses_weakly(mentions, clause):
        if not _accuses_of_it(mentions, clause):
            return None  # accused of something else than a deed of violence
        clause.marks.add("definite")
    if not (accident or clause.is_telling):
        return None  # what it counted is no figure of an event
    return _state(mentions, clause, claimant)


def _speaker_of(mentions: Mentions, clause: _Clause, sentence_speaker: Speaker | None) -> Speaker | None:
    """Who says what a clause says: whom it names itself, else who speaks for the whole sentence."""
    sentence = clause.sentence
    if (clause.first, clause.last) == (sentence.first, sentence.last):
        return sentence_speaker
    own_speaker = find_speaker(mentions, clause.first, clause.last)
    if own_speaker is None and not _speaks_of_another(mentions, sentence_speaker, clause.last, sentence.last):
        return sentence_speaker
    return own_speaker


def _speaks_of_another(mentions: Mentions, speaker: Speaker | None, until: int, last: int) -> bool:
    """Whether who speaks in a later clause only says what stands there ("…, while the Observatory said 12 died")."""
    if speaker is None or speaker.verb is None or speaker.first < until:
        return False
    if mentions.vocabulary.grammar.subject == "after":
        if speaker.verb.first < until:
            return False
    elif speaker.verb.first < speaker.first:
        return False
    return bool(mentions.words_of(speaker.verb.last, last, "event", "outcome"))


def _describes_speaker(mentions: Mentions, figure: Figure, speaker: Speaker | None) -> bool:
    """Whether a person counted is who speaks: "Ahmad Khaled, a resident of the town, said"."""
    if mentions.vocabulary.grammar.attached_join:
        return _tells_who_speaks(mentions, figure, speaker)
    return figure.article and speaker is not None and speaker.first <= figure.last - 1 < speaker.last


def _tells_who_speaks(mentions: Mentions, figure: Figure, speaker: Speaker | None) -> bool:
    """The same where the verb comes first: "قال أبو محمد، أحد عناصر الدفاع المدني، إن سبعة قتلوا"."""
    if speaker is None or speaker.verb is None or not figure.named or figure.first < speaker.verb.last:
        return False
    reach = speaker.verb.last + _SPEAKER_WORDS
    that = next(iter(mentions.words_of(figure.last, reach, "that")), None)
    return that is not None and not mentions.words_of(speaker.verb.last, that.first, "outcome", "event")


# Between "said" and "that" a speaker is told in so many words.
_SPEAKER_WORDS = 14


def _guesses_who(mentions: Mentions, figure: Figure, first: int) -> bool:
    """Whether a person only says who somebody counted before may be: "killing another man, likely a member of X"."""
    if not figure.article or figure.first - 2 < first:
        return False
    doubt = mentions.words.get(figure.first - 1)
    doubted = doubt is not None and doubt.is_cue("hedge", "suspect")
    return doubted and "," in mentions.between(figure.first - 2, figure.first - 1)


def _denies(speaker: Speaker) -> bool:
    verb = speaker.verb
    return verb is not None and verb.get("reporting", "deny") is not None and verb.get("reporting", "said") is None


def _is_quoted(mentions: Mentions, clause: _Clause) -> bool:
    """Whether a clause's sentence, or one of its figures in it, stands in somebody's own words."""
    start = clause.sentence.start
    text = mentions.text[start : clause.sentence.end]
    first = _QUOTE.search(text)
    if first is None or first.start() < 2:
        return first is not None
    quoted = _QUOTED if len(_QUOTE.findall(text)) % 2 else _QUOTED_IN_TURN  # else one is of another sentence's
    found = (match for match in quoted.finditer(text) if match.end() - match.start() > _SHORT_QUOTE)
    spans = [(start + match.start(), start + match.end()) for match in found]
    return any(begin < figure.start and figure.end <= end for begin, end in spans for figure in clause.figures)


def _find_actors(
    mentions: Mentions, clause: _Clause, speaker: Speaker | None, claimant: Claimant, discourse: Discourse
) -> None:
    """Read a clause's actors, with "the extremists" and "the group" put back to whom they mean."""
    known = replace(speaker, name=claimant.name, actors=claimant.actors) if speaker is not None else None
    found = find_actors(mentions, clause.first, clause.last, clause.figures, known)
    if speaker is None and claimant.actors:  # "… said: "We struck. Five ISIS fighters were killed.""
        own = Speaker(claimant.name, clause.first, clause.first, claimant.actors)
        found += announced(mentions, found, clause.figures, own)
    actors = [discourse.name_army(discourse.name_militants(mentions, role)) for role in found]
    if "owned" in clause.marks and discourse.last_group is not None and not any(role.actors for role in actors):
        actors = [replace(discourse.last_group, role=Role.OWNER)]  # "the group claimed responsibility"
    if discourse.last_group is not None and not any(role.actors for role in actors) and _group_acts(mentions, clause):
        actors = [replace(discourse.last_group, role=Role.AGENT)]  # "on Sunday the group killed 12 men"
    actors += discourse.doers_meant(clause.sentence, clause.first, actors)
    if any(role.role is Role.OWNER for role in actors):
        clause.marks.add("owned")
    discourse.remember(actors)
    clause.actors = actors


def _group_acts(mentions: Mentions, clause: _Clause) -> bool:
    """Whether "the group" is what does a clause's deed: it stands right in front of a verb for one."""
    for word in mentions.words_of(clause.first, clause.last, "claimant"):
        entry = word.get("claimant")
        if entry is None or entry.name != "group" or mentions.tokens[word.last - 1].norm != "group":
            continue
        verb = mentions.words.get(word.last) or mentions.words.get(word.last + 1)  # "the group also killed"
        outcome = verb.get("outcome") if verb is not None and verb.last <= clause.last else None
        if outcome is not None and outcome.side != "left":
            return True
        if verb is not None and verb.last <= clause.last and verb.get("event", "verb") is not None:
            return True
    return False


def _mark_connection(mentions: Mentions, clause: _Clause) -> None:
    """Mark how a clause goes on from what was told before it: the same deed, one more, or elsewhere."""
    first, last, deeds, marks = clause.first, clause.last, clause.deeds, clause.marks
    if not clause.opens:
        marks.add("clause")
    else:
        if opens_story(mentions, clause.sentence):
            marks.add("fresh")
        if opens_item(mentions, clause.sentence):
            marks.add("line")
    if is_definite(mentions, deeds, clause.figures, first, last):
        marks.add("definite")
        if tells_where(mentions, deeds, first, last):
            marks.add("located")
    accused = [role.word for role in clause.actors if role.role is Role.ACCUSED]
    blames = bool(accused) and (
        bool(mentions.words_of(first, last, "responsible", "blamed"))
        or any(is_attackers_side(mentions, word, first) for word in accused)
    )
    nouns_only = all(word.get("event", "noun") is not None for word in deeds)
    if blames and not clause.figures and nouns_only:
        marks.add("accusal")  # "Residents believe ISIS was responsible"
    text = mentions.text[mentions.tokens[first].start : mentions.tokens[last - 1].end]
    if "toll" in text:
        marks.add("toll")
    nouns = mentions.words_of(first + 1, last, "event", "place") if "nother" in text.lower() else ()
    if any(mentions.tokens[word.first - 1].norm == "another" and _tells_whereabouts(word, deeds) for word in nouns):
        marks.add("another")
    if "another" in marks:
        marks.add("elsewhere")
    if names_no_village(mentions, first, last):
        marks.add("unnamed")
    opener = mentions.words.get(first)
    before = mentions.vocabulary.grammar.subject == "before"
    leads_on = ("also", "further") if before else () if clause.opens else ("amid", "join")
    if opener is not None and "amid" in leads_on and opener.is_cue("amid"):
        marks.discard("elsewhere")  # "…، بالتزامن مع قصف مماثل على قرية X": of one piece with what stands in front
    harms = opener is not None and opener.get("outcome") is not None and not clause.opens
    if harms and mentions.vocabulary.begins_with_join(mentions.tokens[first].norm):
        marks.add("apart")  # "…، وأصيب طفل بقصف على قرية B" (`clauses.joins_harm`)
    if (opener is not None and deeds and opener.is_cue(*leads_on)) or any(
        is_further(mentions, word) for word in deeds if word.first > first
    ):
        marks.add("further")
    if clause.opens and opens_with_deed(mentions, first, last):
        marks.add("further")


def _tells_whereabouts(word: Word, deeds: Collection[Word]) -> bool:
    """Whether a word is that of a deed, or of the village or quarter it happened in."""
    return word in deeds or any(word.get("place", kind) is not None for kind in _QUARTERS)


def _mark_scope(mentions: Mentions, clause: _Clause) -> None:
    """Mark whether a clause tells of one event of the war here: not of a plan, of a campaign, or of another country."""
    first, last, deeds, marks = clause.first, clause.last, clause.deeds, clause.marks
    if "conditional" in marks and (not is_planned(mentions, first, last) or _has_accused(mentions, clause)):
        marks.discard("conditional")
    since = mentions.words_of(first, last, "since")
    for word in since:
        if spans_campaign(mentions, word, first):
            marks.add("campaign")
        if word.last in mentions.dates:
            marks.add("since")
    if "goes_on" in marks and not is_bounded(mentions, clause.actors, deeds, first, last):
        marks.add("campaign")
    if "country" in marks and not _comes_from_here(mentions, first, last):
        marks.discard("foreign")
    if "unarmed" in marks and all(word.get("event", "means") is not None for word in deeds):
        marks.add("campaign")  # the dead of an earthquake, of the cold or of a crash are nobody's deed
    if clause.tallied or (not clause.figures and is_habit(mentions, deeds, first)):
        marks.add("campaign")


def _has_accused(mentions: Mentions, clause: _Clause) -> bool:
    """Whether somebody is blamed before a plan is told: "… blamed the army and called on Russia to prevent more"."""
    if clause.deeds or clause.figures or mentions.vocabulary.grammar.subject == "after":
        return False
    plan = mentions.words_of(clause.first, clause.last, "conditional")[0]
    return any(role.role is Role.ACCUSED and role.word.last <= plan.first for role in clause.actors)


def _gives_reason(mentions: Mentions, clause: _Clause) -> bool:
    """Whether a clause opens with the deed that the one in front of it answers ("…، ردا على قصف بلدة X").

    Where a verb follows, the deed is its own: "ردا على ذلك قصفت قوات النظام بلدة X".
    """
    if "reply" not in clause.marks or clause.opens or not mentions.words_of(clause.first, clause.first + 1, "reply"):
        return False
    told = bool(clause.figures) or mentions.has_day(clause.first, clause.last)
    placed = mentions.has_name(clause.first, clause.last) and _counts_in_passing(mentions, clause)
    if told and (placed or mentions.vocabulary.grammar.cased_names):
        return False  # "… in response to an attack last month that killed 12 people"
    verbs = (word for word in clause.deeds if word.get("event", "verb") is not None)
    return all(word.is_cue("leave") for word in verbs)


def _counts_in_passing(mentions: Mentions, clause: _Clause) -> bool:
    """Whether a clause's figure is of the deed that it opens with: "ردا على قصف بلدة X الذي أودى بحياة ستة"."""
    if not clause.figures:
        return False
    return "،" not in mentions.text[mentions.tokens[clause.first].start : clause.figures[0].start]


def _keep_own_figures(mentions: Mentions, clause: _Clause) -> None:
    """Keep the figures that one event can have: no campaign's, no mere possibility, none of another story."""
    first, last, figures, marks = clause.first, clause.last, clause.figures, clause.marks
    in_title = clause.sentence.zone is Zone.TITLE
    unarmed = "unarmed" in marks and not clause.deeds
    if clause.tallied or unarmed or ("campaign" in marks and (in_title or sums_attacks(mentions, first, last))):
        figures = []  # "11 killed in separate incidents", says a headline
    if adds_up(mentions, first, last) or (figures and counts_offensive(mentions, first, last)):
        figures = []
        marks.add("campaign")
    if not figures:
        clause.figures = []
        return
    if _is_of_one_place_alone(mentions, first, last):
        for figure in figures:
            figure.some = True  # "28 died in A alone"
    if any(f.some for f in figures) and not clause.deeds and not mentions.has_name(first, last):
        for figure in figures:
            # "14 of the dead were fighters", but "15 of the dead came in the strike on A".
            figure.part = figure.part or figure.some
    figures = [f for f in figures if not is_possible(mentions, f, first) and not is_answered_toll(mentions, f, first)]
    figures = drop_campaign(figures, marks)
    if clause.sentence.zone is Zone.BODY:
        figures = [f for f in figures if not in_headline(mentions, f, first, last)]
    if clause.number > _LEAD_SENTENCES and not mentions.dates_in(first, last):
        # "The group has reported hundreds of civilians killed in operations against …"
        vague = any(f.vague for f in figures) and "definite" not in marks
        crowd = 0 if vague and is_lasting(mentions, first, last) else _CROWD
        figures = [f for f in figures if (f.min or f.max or 0) < (crowd if f.vague else _THRONG)]
    clause.figures = figures


def _is_of_one_place_alone(mentions: Mentions, first: int, last: int) -> bool:
    """Whether a clause counts those of one of several places: "in Talbiseh alone"."""
    if "alone" not in mentions.norms:
        return False
    return any(mentions.tokens[at].norm == "alone" and at - 1 in mentions.names for at in range(first + 1, last))


def _accuses_weakly(mentions: Mentions, clause: _Clause) -> bool:
    """Whether a clause only accuses, by a word for anything one can be accused of ("accused", "blamed")."""
    if clause.deeds or clause.figures:
        return False
    words = mentions.words_of(clause.first, clause.last, "reporting")
    charges = [
        entry for word in words for entry in word.entries if entry.kind == "reporting" and entry.role == "accuse"
    ]
    return bool(charges) and all("weak" in entry.flags for entry in charges)


_THE_DEED = frozenset({"it", "them", "behind", "this", "involvement", "responsibility"})


def _accuses_of_it(mentions: Mentions, clause: _Clause) -> bool:
    """Whether somebody is accused without a word of what, which then is the deed just told ("X accused the army.")."""
    accused = [role.word.last for role in clause.actors if role.role is Role.ACCUSED]
    if not accused or mentions.vocabulary.grammar.subject == "after":
        return False
    if any(mentions.tokens[at].norm in _THE_DEED for at in range(max(accused), clause.last)):
        return True  # "… of planting it", "of being behind the attack"
    return max(accused) >= clause.last or not mentions.words_of(max(accused), clause.last, "partitive", "clause")


# "أقلعت ظهر الثلاثاء من مطار حميميم بريف اللاذقية": from the verb to the last place that is taken off from.
_TAKEOFF_GAP = 12
_TAKES_OFF = frozenset({"اقلعت", "اقلع", "اقلعتا", "اقلاع", "اقلاعها", "اقلاعه"})


def _takes_off_at(mentions: Mentions, place: PlaceRole, first: int) -> bool:
    """Whether a place is only where an aircraft took off."""
    if _TAKES_OFF.isdisjoint(mentions.norms):
        return False
    for at in range(place.first - 1, max(first, place.first - _TAKEOFF_GAP) - 1, -1):
        if mentions.tokens[at].norm in _TAKES_OFF:
            return True
        word = mentions.words.get(at)
        if word is not None and (word.get("event", "verb") or word.is_cue("target")):
            return False
    return False


# A day opens a sentence within so many words; what was said so many days before the report is no news of its own.
_HEAD_WORDS, _NEWS_DAYS = 2, 2


def _is_old_news(mentions: Mentions, said: DateMention, first: int) -> bool:
    """Whether a clause opens with an older day on which somebody spoke: "وفي 5 من تموز، قال الدفاع المدني إن امرأة"."""
    if mentions.vocabulary.grammar.subject != "after" or said.start_day is None or mentions.anchor is None:
        return False
    opens = mentions.token_at(said.start) - first <= _HEAD_WORDS
    return opens and said.start_day == said.end_day and (mentions.anchor - said.start_day).days > _NEWS_DAYS


# A deed this recent is news, whatever is said of the war beside it.
_RECENT, _LONG_SENTENCE = 7, 60


def _is_of_one_day(
    mentions: Mentions, clause: _Clause, figures: Collection[Figure], date: DateMention | None, weight: int
) -> bool:
    """Whether a clause tells a deed of one recent day, the war only in passing: "… on Tuesday, in the six-year war"."""
    if "campaign" not in clause.marks or figures or date is None or weight < _TOLD_FIRMLY or clause.tallied:
        return False
    if date.start_day is None or date.start_day != date.end_day or mentions.anchor is None:
        return False
    if clause.last - clause.first > _LONG_SENTENCE:
        return False  # a page's links, run into its first sentence
    if mentions.words_of(clause.first, clause.last, "since", "goes_on") or not mentions.vocabulary.grammar.cased_names:
        return False
    return 0 <= (mentions.anchor - date.start_day).days <= _RECENT


# Words that say the kind of a deed this strongly leave little doubt of it.
_TOLD_FIRMLY = 3


def _state(mentions: Mentions, clause: _Clause, claimant: Claimant) -> Statement:
    """The statement that a clause makes, with its type, its days and its places."""
    first, last, figures, deeds = clause.first, clause.last, clause.figures, clause.deeds
    type_, weight = find_type(mentions, deeds, clause.actors)
    date, said_date = dates_of(mentions, first, last, deeds, figures)
    if date is None and said_date is not None and _is_old_news(mentions, said_date, first):
        date = said_date
    if date is not None and (runs_on(mentions, date) or spans_attacks(mentions, date, first, last)):
        figures = []
        clause.marks.add("campaign")
    if _is_of_one_day(mentions, clause, figures, date, weight):
        clause.marks.discard("campaign")
    # "Abu al-Hassan al-Qurayshi was killed": a place that opens a victim's name is no place.
    names = [(figure.first, figure.last) for figure in figures if is_name(figure)]
    names += [span for figure in figures if figure.named and (span := name_quoted_behind(mentions, figure, last))]
    places = (
        place
        for place in find_places(mentions, first, last)
        if "reply" not in clause.marks
        and not _takes_off_at(mentions, place, first)
        and not any(start <= place.first and place.last <= end for start, end in names)
    )
    return Statement(
        sentence=clause.number,
        first=first,
        last=last,
        zone=clause.sentence.zone,
        figures=tuple(figures),
        type=type_,
        type_weight=weight,
        deeds=tuple(deeds),
        means=tuple(word for word in deeds if word.get("event", "means") is not None),
        actors=tuple(clause.actors),
        places=tuple(places),
        date=date,
        said_date=said_date,
        claimant=claimant.name,
        beside=claimant.beside,
        speaker_actors=claimant.actors,
        marks=frozenset(clause.marks),
    )
