"""Campaigns: tolls that add up many attacks, which belong to no incident (codebook, section 5)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, zip_longest

from msgspec.structs import replace

from claimatlas.claims.counts import Figure
from claimatlas.claims.headings import opens_item
from claimatlas.claims.statements import Statement
from claimatlas.dates import DateKind, DateMention
from claimatlas.mentions.document import Mentions, Sentence

# No single event of this war killed as many, in anybody's count; such a toll is a whole war's.
_CAMPAIGN_TOLL = 2500
_VAGUE_TOLL = 2000
# Next to words of a whole war only a low toll is one event's ("the first blast here since the war began killed four").
_ASIDE_TOLL = 50
# Tolls of this many attacks and more are a campaign's, where it is spoken of ("230 attacks since the new year").
_MANY_ATTACKS = 10
# … and of as few as this, where those of a whole month are counted.
_SOME_ATTACKS, _MONTH_DAYS = 3, 27


def spans_attacks(mentions: Mentions, date: DateMention, first: int, last: int) -> bool:
    """Whether a clause counts the attacks of a month or a year, or only its dead, in a report on it or without a place.

    "وشهد شهر آذار 3 هجمات بالصواريخ، قتل فيها طفل"; "120 people were killed in May, it said in its monthly report".
    """
    if date.kind is not DateKind.VAGUE or date.start_day is None or date.end_day is None:
        return False
    whole = date.unit in ("month", "year") or (date.end_day - date.start_day).days >= _MONTH_DAYS
    if not whole:
        return False
    if counts_attacks(mentions, first, last, _SOME_ATTACKS):
        return True
    placed = mentions.has_name(first, last)
    reported = not placed or bool(mentions.words_of(first, last, "periodical"))
    return reported and not mentions.words_of(first, last, "event")


def sums_attacks(mentions: Mentions, first: int, last: int) -> bool:
    """Whether a clause of a campaign counts its attacks: many of them, or some since a year began."""
    if counts_attacks(mentions, first, last):
        return True
    since = (mentions.tokens[word.first].norm for word in mentions.words_of(first, last, "campaign"))
    return any(norm.endswith("منذ") for norm in since) and counts_attacks(mentions, first, last, _SOME_ATTACKS)


def counts_attacks(mentions: Mentions, first: int, last: int, least: int = _MANY_ATTACKS) -> bool:
    """Whether a clause counts so many attacks, so that its toll adds up many events."""
    for at in range(first, last):
        number = mentions.numbers.get(at)
        if number is None or (number.min or number.max or 0) < least:
            continue
        word = mentions.words.get(mentions.token_at(number.end))
        if word is not None and word.get("event", "noun") is not None and word.get("outcome") is None:
            return True
    return False


_OFFENSIVES = frozenset({"offensive", "operation", "campaign", "war", "crackdown", "siege", "offensives"})
_PERFECT = frozenset({"has", "have"})


def counts_offensive(mentions: Mentions, first: int, last: int) -> bool:
    """Whether a clause counts the dead of a whole offensive so far: "civilians have been killed in the offensive".

    Or those of a whole country: "183 people were killed across the country on Saturday".
    """
    if not mentions.words_of(first, last, "event", "actor") and _is_nationwide(mentions, first, last):
        return True
    if _OFFENSIVES.isdisjoint(mentions.norms) or not mentions.vocabulary.grammar.cased_names:
        return False
    if mentions.has_day(first, last):
        return False
    perfect = next((at for at in range(first, last - 1) if mentions.tokens[at].norm in _PERFECT), None)
    if perfect is None or mentions.tokens[perfect + 1].norm not in ("been", "died"):
        return False
    return any(mentions.tokens[at].norm in _OFFENSIVES and _is_in_the(mentions, at) for at in range(perfect + 3, last))


_NATIONWIDE = frozenset({"nationwide", "countrywide"})
_ACROSS = frozenset({"across", "throughout", "around"})


def _is_nationwide(mentions: Mentions, first: int, last: int) -> bool:
    """Whether a clause tells of the whole country, and of no place in it."""
    if mentions.norms.isdisjoint(_NATIONWIDE | _ACROSS):
        return False
    norms = [mentions.tokens[at].norm for at in range(first, last)]
    told = not _NATIONWIDE.isdisjoint(norms) or any(
        across in _ACROSS and (behind[0] == "syria" or (behind[0] == "the" and behind[1] == "country"))
        for across, *behind in zip(norms, norms[1:], norms[2:], strict=False)
    )
    return told and not mentions.has_name(first, last)


def _is_in_the(mentions: Mentions, index: int) -> bool:
    """Whether "in the", "during its" stand in front of a word, perhaps past another ("in the latest offensive")."""
    before = [mentions.tokens[at].norm for at in range(max(0, index - 4), index)]
    return any(norm in ("in", "during") and following in _THE for norm, following in pairwise(before))


_THE = frozenset({"the", "this", "that", "its", "their"})


def drop_campaign(figures: list[Figure], marks: set[str]) -> list[Figure]:
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


def drop_sums_of_campaigns(mentions: Mentions, statements: Sequence[Statement]) -> list[Statement]:
    """Take the figures from "these attacks left 24 dead", and from the lines of a list, behind a campaign's count."""
    kept: list[Statement] = []
    for statement in statements:
        previous = kept[-1] if kept else None
        campaign = previous is not None and "campaign" in previous.marks
        goes_on = campaign and (_refers_back(mentions, statement) or _sums_up(mentions, statement, previous))
        if statement.figures and _heads_list(mentions, statement):
            statement = replace(statement, figures=())
        if statement.figures and (goes_on or _itemizes_campaign(mentions, statement.sentence)):
            statement = replace(statement, figures=(), marks=statement.marks | {"campaign"})
        kept.append(statement)
    return kept


def _itemizes_campaign(mentions: Mentions, number: int) -> bool:
    """Whether a sentence is the line of a list of a campaign's dead: "… risen to 148, as follows: • 19 fighters"."""
    if not opens_item(mentions, mentions.sentences[number]):
        return False
    for at in range(number - 1, -1, -1):
        sentence = mentions.sentences[at]
        opens = ":" in mentions.text[sentence.end - 1 : sentence.end + 1]
        if opens and _counts_campaign(mentions, sentence):
            return True
        if not opens and not opens_item(mentions, sentence):
            return False
    return False


def _heads_list(mentions: Mentions, statement: Statement) -> bool:
    """Whether a statement only counts what a list tells one by one: "SOHR documented five deaths, as follows: • …"."""
    if statement.deeds or statement.places or statement.sentence + 1 >= len(mentions.sentences):
        return False
    head = mentions.sentences[statement.sentence]
    opens = ":" in mentions.text[head.end - 1 : head.end + 1]
    return opens and opens_item(mentions, mentions.sentences[statement.sentence + 1])


# "Since the early hours of Tuesday": what was counted since so few days before the report is no campaign's.
_NEWS_DAYS, _SINCE_GAP = 3, 4


def _counts_campaign(mentions: Mentions, sentence: Sentence) -> bool:
    """Whether what a sentence counts began long ago, or nobody knows when."""
    for word in mentions.words_of(sentence.first, sentence.last, "campaign", "since"):
        dates = mentions.dates_in(word.first, min(sentence.last, word.last + _SINCE_GAP))
        since = dates[0][1].start_day if dates and word.is_cue("since") else None
        if since is None or mentions.anchor is None or (mentions.anchor - since).days > _NEWS_DAYS:
            return True
    return False


def _refers_back(mentions: Mentions, statement: Statement) -> bool:
    """Whether a statement opens with "these attacks" ("وأدت هذه الهجمات إلى")."""
    reach = _OPENING if mentions.vocabulary.grammar.article else 1
    opening = range(statement.first, min(statement.last, statement.first + reach))
    return any(mentions.tokens[at].norm in _PLURAL_DEFINITE for at in opening)


_PLURAL_DEFINITE = frozenset({"these", "those", "هذه", "تلك"})
_OPENING = 4


def drop_accidents(mentions: Mentions, statements: Sequence[Statement]) -> list[Statement]:
    """Take the figures from what follows an accident without a deed: "… غرق المركب. وبلغ عدد الجثث 101"."""
    if mentions.vocabulary.grammar.cased_names:
        return list(statements)
    kept: list[Statement] = []
    accident = False
    for statement in statements:
        done = statement.type is not None or bool(statement.actors)  # "دهسته عربة للتحالف"
        accident = not done and (accident or {"unarmed", "campaign"} <= statement.marks)
        if accident:
            statement = replace(statement, figures=(), marks=statement.marks | {"campaign"})
        kept.append(statement)
    return kept


def _sums_up(mentions: Mentions, statement: Statement, campaign: Statement | None) -> bool:
    """Whether a statement opens with what the attacks counted right before it led to: "وأدت الهجمات إلى مقتل 76"."""
    opener = mentions.words.get(statement.first)
    if campaign is None or opener is None or not opener.is_cue("leave") or statement.places or statement.date:
        return False
    return mentions.vocabulary.grammar.subject == "after" and counts_attacks(mentions, campaign.first, campaign.last)


def _is_counted_in(statement: Statement, campaign: Statement) -> bool:
    """Whether the toll of some month is that of the campaign told behind it: "وثقت في تقرير نهاية كانون الأول مقتل"."""
    date = statement.date or statement.said_date
    vague = date is not None and date.kind is DateKind.VAGUE
    return (
        vague and not statement.deeds and not statement.places and "campaign" in campaign.marks and not campaign.places
    )


def carry_campaign(found: Sequence[Statement | None]) -> list[Statement | None]:
    """Let what is said of a whole campaign hold to the end of its sentence, unless a place or a day begins anew."""
    carried: list[Statement | None] = []
    campaign = False
    for statement, following in zip_longest(found, found[1:]):
        if statement is not None and following is not None and _is_counted_in(statement, following):
            statement = replace(statement, figures=(), marks=statement.marks | {"campaign"})
        if statement is not None and campaign and not statement.places and statement.date is None:
            statement = replace(statement, figures=(), marks=statement.marks | {"campaign"})
        campaign = statement is not None and "campaign" in statement.marks
        carried.append(statement)
    return carried
