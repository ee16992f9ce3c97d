"""What the words of a clause say of it besides who did what: plans, campaigns, older deeds, other places, denials."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence

from claimatlas.claims.abroad import tells_abroad
from claimatlas.claims.blame import denies_deed, is_denied
from claimatlas.claims.cast import ActorRole, Role
from claimatlas.claims.clausedays import BEGAN, CAMPAIGN_DAYS, COMMA_OR_STOP, SINCE_GAP, is_superlative
from claimatlas.claims.clauses import ORDINAL, has_deed
from claimatlas.claims.counts import Figure
from claimatlas.claims.homonyms import is_village_here
from claimatlas.claims.saying import admits_of_others
from claimatlas.dates import DateKind, DateMention
from claimatlas.mentions.document import Mentions, Sentence, Word
from claimatlas.model import EventType, Outcome, Victims
from claimatlas.vocabulary import Entry

_SUPERLATIVES = frozenset({"first", "most", "latest", "only"})
# A list's label has no more words than this ("Aleppo countryside:").
_LABEL_WORDS = 3
_MONTHS = frozenset(name.lower() for name in calendar.month_name if name)
_MARKED = frozenset({
    "unarmed", "campaign", "sum", "conditional", "hedge_past", "earlier", "elsewhere", "before", "update", "survivor",
    "also", "country", "where", "aside", "amid", "goes_on", "petition", "another", "reply",
    "answers", "overall",
})  # fmt: skip
_REPORTING_MARKS = {"unclaimed": "unclaimed", "deny": "denial", "own": "owned", "accuse": "accusal", "mutual": "denial"}
_TELLING = (*sorted(_MARKED), "foreign", "reporting", "no_casualties", "no_deaths")


def read_marks(mentions: Mentions, first: int, last: int, figures: Sequence[Figure]) -> set[str]:
    """The marks of a clause that single words give (`Statement.marks`)."""
    marks: set[str] = set()
    for word in mentions.words_of(first, last, *_TELLING):
        cues = word.entries.cues
        told = not _is_record(mentions, word) and not ("campaign" in cues and _tells_of_source(mentions, word, first))
        told = told and not _says_which_year(mentions, word)
        if told and not cues.isdisjoint(_MARKED):
            marks |= _cues_of(mentions, word, first)
        if "before" in cues and has_deed(mentions, first, word.first):
            marks.discard("before")  # "hours after the truce" tells of the truce as the earlier one
        for entry in word.entries:
            if entry.kind == "foreign" and _is_scene(mentions, word, first):
                marks.add("foreign")
            elif entry.kind == "reporting" and entry.role in _REPORTING_MARKS and not _counts_unknown(mentions, word):
                negator = mentions.words.get(word.first - 1) if entry.role == "deny" and word.first > first else None
                if negator is not None and negator.is_cue("negation"):
                    continue  # "does not deny", "لا ينفي"
                nobody = entry.role == "own" and is_denied(mentions, word, first)
                if entry.role == "own" and admits_of_others(mentions, word):
                    continue
                if entry.role == "deny" and not denies_deed(mentions, word):
                    continue  # "denied them food", "rejected a truce"
                if entry.role == "deny" and _means_one_deed(mentions, word):
                    marks.add("of_one")
                marks.add("unclaimed" if nobody else _REPORTING_MARKS[entry.role])
        if "no_casualties" in cues and not figures:
            marks.update(("none_killed", "none_injured"))
        if "no_deaths" in cues and not any(Outcome.KILLED in f.outcomes for f in figures):
            marks.add("none_killed")
    tokens = mentions.tokens
    if mentions.vocabulary.grammar.cased_names and tells_abroad(
        mentions.text, tokens[first].start, tokens[last - 1].end
    ):
        marks.add("foreign")
    return marks


def _cues_of(mentions: Mentions, word: Word, first: int) -> frozenset[str]:
    """The marks of a word; "at the same time as" leads elsewhere only where no deed has been told in front of it."""
    cues = word.cues & _MARKED
    if "earlier" in cues and (_says_former(mentions, word) or _describes(mentions, word, first)):
        cues -= {"earlier"}
    if "earlier" in cues and word.first > first and mentions.tokens[word.first].norm == "previously":
        former = mentions.tokens[word.first - 1].norm in mentions.vocabulary.grammar.articles
        cues -= {"earlier"} if former else set()  # "the previously unscathed city"
    if not cues >= _BESIDE or not has_deed(mentions, first, word.first):
        return cues
    placed = mentions.has_name(first, word.first) or any(
        mentions.vocabulary.has_article(mentions.tokens[deed.first].norm)  # "أن القصف مصدره قسد، تزامنا مع ذكرى"
        for deed in mentions.words_of(first, word.first, "event")
    )
    return cues - _BESIDE if placed or mentions.words_of(first, word.first, "outcome") else cues


def _says_former(mentions: Mentions, word: Word) -> bool:
    """Whether "before" only says what somebody was ("عنصرا سابقا في فصائل المعارضة")."""
    noun = mentions.words.get(word.first - 1)
    former = mentions.vocabulary.grammar.modifier == "after" and word.last - word.first == 1
    if not former or noun is None or noun.get("actor") is None:
        return former and noun is not None and noun.get("victims") is not None
    tie = mentions.words.get(noun.first - 1)  # "فصائل تابعة للجيش الوطني سابقا"
    return tie is not None and tie.is_cue("partitive", "holder", "backed")


_WHO = frozenset({"الذي", "التي", "الذين"})
_WAS = frozenset({"كان", "كانت", "كانا", "كانتا", "كانوا"})


def _describes(mentions: Mentions, word: Word, first: int) -> bool:
    """Whether "was" only describes what a deed told in front of it hit ("استهدفت سيارة كانت تقل عائلة")."""
    single = word.last - word.first == 1 and mentions.tokens[word.first].norm in _WAS
    if not single or word.first == first or mentions.tokens[word.first - 1].norm in _WHO:
        return False
    return has_deed(mentions, first, word.first)


# What is said against somebody of many deeds, and the reach in which what is denied is named.
_CHARGES = frozenset({"accusations", "allegations", "charges", "claims", "reports"})
_DENIED_GAP = 6


def _means_one_deed(mentions: Mentions, deny: Word) -> bool:
    """Whether one deed told of is denied ("denied hitting the hospital"), and not all ("targeting civilians")."""
    reach = range(deny.last, min(len(mentions.tokens) - 1, deny.last + _DENIED_GAP))
    for at in reach:
        if COMMA_OR_STOP.search(mentions.between(at - 1, at)) is not None:
            return False
        if mentions.tokens[at].norm in mentions.vocabulary.grammar.articles:
            return mentions.tokens[at + 1].norm not in _CHARGES
    return False


_BESIDE = frozenset({"elsewhere", "amid"})


def _counts_unknown(mentions: Mentions, word: Word) -> bool:
    """Whether "unidentified" is said of victims ("an unidentified person"), not of who did it ("… gunmen")."""
    behind = mentions.words.get(word.last)
    victims = behind.get("victims") if behind is not None and word.last - word.first == 1 else None
    return victims is not None and victims.victims is not Victims.COMBATANTS


def is_tally(mentions: Mentions, sentence: Sentence) -> bool:
    """Whether a sentence is a line of a list by months or places ("• January: three attacks …", "Raqqa: two …")."""
    if mentions.tokens[sentence.first].norm in _THIS and _numbers_deed(mentions, sentence):
        return True
    if ":" not in mentions.text[sentence.start : sentence.end]:
        return False
    label_ends = range(sentence.first, min(sentence.first + _LABEL_WORDS, sentence.last - 2))
    label = next((at for at in label_ends if ":" in mentions.between(at, at + 1)), None)
    if label is None:
        return False
    if _names_own_place(mentions, sentence.first, label + 1):
        return False
    number = mentions.numbers.get(label + 1)
    counted = mentions.words.get(mentions.token_at(number.end)) if number is not None else None
    attacks = counted is not None and counted.get("event", "noun") is not None
    return attacks or (label == sentence.first and mentions.tokens[label].norm in _MONTHS)


_THIS = frozenset({"it", "this", "that"})
_NUMBERED = re.compile(
    rf"\w+ (?:is|was|marks|marked) (?:at least )?(?:the|its|their) {ORDINAL}\s"
    r"(?:(?!\b(?:after|when|that|where|as)\b)[^,;])*"
    r"\b(?:since [^,;]{1,40}|this (?:year|month|week)|(?:past|last) (?:year|month|week))(?:[;,][^;]* in total)?\W*$"
)


def _numbers_deed(mentions: Mentions, sentence: Sentence) -> bool:
    """Whether a sentence only counts like deeds: "It is the 14th killing in A this month; nine have died in total"."""
    start = mentions.tokens[sentence.first].start
    return _NUMBERED.match(mentions.text, start, sentence.end) is not None


def _names_own_place(mentions: Mentions, first: int, last: int) -> bool:
    """Whether the label of a line is a village or town of its own, in a language of such lists: "كفرزيتا: 6 غارات"."""
    hits = [mentions.names[at] for at in range(first, last) if at in mentions.names]
    if not hits or mentions.vocabulary.grammar.cased_names:
        return False
    return _GOVERNORATES.isdisjoint(mentions.tokens[at].norm for at in range(first, last))


# A line that begins with one of these adds up what happened in its countryside.
_GOVERNORATES = frozenset({
    "حلب", "ادلب", "حماه", "حمص", "درعا", "دمشق", "اللاذقيه", "طرطوس", "الحسكه", "الرقه", "السويداء", "القنيطره",
    "الزور", "ديرالزور", "ريف", "محافظه",
})  # fmt: skip


def _is_record(mentions: Mentions, span: Word) -> bool:
    """Whether a span of time only says how long nothing was worse ("one of the bloodiest days since 2015")."""
    since = mentions.tokens[span.first].norm == "since"
    if not since and not span.is_cue("campaign", "sum"):
        return False
    for at in range(span.first - 1, max(0, span.first - SINCE_GAP) - 1, -1):
        if not since and COMMA_OR_STOP.search(mentions.between(at, at + 1)) is not None:
            return False
        norm = mentions.tokens[at].norm
        if is_superlative(norm) or (since and norm in _SUPERLATIVES):
            return True  # but "most of them killed this year" is no record
    return False


def _says_which_year(mentions: Mentions, word: Word) -> bool:
    """Whether "this year" only says of which year a day is: "في 12 حزيران من العام الجاري"."""
    tokens = mentions.tokens
    return (
        tokens[word.first].norm == "العام" and tokens[word.first - 1].norm == "من" and word.first - 2 in mentions.dates
    )


_TRACKS = frozenset({"tracks", "tracked", "tracking", "monitors", "monitored", "documents", "documented", "covers"})
_TRACK_GAP = 12


def _tells_of_source(mentions: Mentions, word: Word, first: int) -> bool:
    """Whether words of a war only say what a source does ("the group, which tracks violence in the war, said")."""
    for at in range(word.first - 1, max(first, word.first - _TRACK_GAP) - 1, -1):
        if COMMA_OR_STOP.search(mentions.between(at, at + 1)) is not None:
            return False
        if mentions.tokens[at].norm in _TRACKS:
            return not mentions.words_of(
                at + 1, word.first, "outcome"
            )  # but "… documented the deaths of 313 people since"
    return False


def spans_campaign(mentions: Mentions, since: Word, first: int) -> bool:
    """Whether "since" names a day long past, so that what is counted is a campaign's.

    The event between may have the day: "Since the offensive began in May, 90 people have died".
    """
    date = mentions.dates.get(since.last)
    if date is None and since.first <= first + 1:
        date = _day_begun(mentions, since.last)
    if _is_record(mentions, since):
        return False
    if date is None:
        return _begins_undated(mentions, since)
    if date.start_day is None or mentions.anchor is None:
        return False
    if date.kind is DateKind.VAGUE and date.month is None and date.year is None:
        return False
    return (mentions.anchor - date.start_day).days > CAMPAIGN_DAYS


def _begins_undated(mentions: Mentions, since: Word) -> bool:
    """Whether "since" goes with the beginning of something that has no day told: "since the battle for A began"."""
    for index in range(since.last, min(len(mentions.tokens), since.last + SINCE_GAP)):
        if COMMA_OR_STOP.search(mentions.between(index - 1, index)) is not None:
            return False
        if mentions.tokens[index].norm in BEGAN:
            return not mentions.has_day(since.last, index + _DAY_GAP)
    return False


_DAY_GAP = 4


def _day_begun(mentions: Mentions, after: int) -> DateMention | None:
    """The day of what "since" at the head of a clause goes with, told in front of the next comma."""
    for index in range(after, min(len(mentions.tokens), after + SINCE_GAP)):
        if index > after and COMMA_OR_STOP.search(mentions.between(index - 1, index)) is not None:
            return None
        if index in mentions.dates:
            return mentions.dates[index]
    return None


def runs_on(mentions: Mentions, date: DateMention) -> bool:
    """Whether what is told of goes on up to the report's day for weeks: "450 were killed in the last month"."""
    if date.back is None or date.back[0] or date.start_day is None or mentions.anchor is None:
        return False
    if not date.back[1] and (date.unit != "year" or date.words.lower().startswith("earlier")):
        return False  # "dozens have been killed this year", but "earlier this year"
    return date.end_day == mentions.anchor and (mentions.anchor - date.start_day).days >= _LONG_SPAN


# A massacre may last two weeks; what goes on for four is a campaign.
_LONG_SPAN = 28


def is_lasting(mentions: Mentions, first: int, last: int) -> bool:
    """Whether a clause without a place tells what has come of it all: "rebels have hit back, killing scores"."""
    return not mentions.has_name(first, last) and any(t.norm in _PERFECT for t in mentions.tokens[first:last])


_PERFECT = frozenset({"has", "have"})
_PRESENT = frozenset(
    {"target", "targets", "attack", "attacks", "bomb", "bombs", "shell", "shells", "strike", "strikes"}
)
_HABITUAL = frozenset({"only", "they", "we", "it", "never", "always", "regularly", "routinely", "often", "frequently"})


def is_habit(mentions: Mentions, deeds: Sequence[Word], first: int) -> bool:
    """Whether what somebody does is told, and not what was done: "both say they only target militants"."""
    tokens = mentions.tokens
    return any(
        (word.first > first and tokens[word.first].norm in _PRESENT and tokens[word.first - 1].norm in _HABITUAL)
        or (word.first > first + 1 and (tokens[word.first - 2].norm, tokens[word.first - 1].norm) in _ALL_HAVE)
        for word in deeds
    )


# "Russia and the coalition have both carried out strikes in the area."
_ALL_HAVE = frozenset(
    (have, many) for have in ("have", "has") for many in ("all", "both", "each", "repeatedly", "often")
)


def is_name(figure: Figure) -> bool:
    """Whether a figure is a person told by name, whose parts may be called like places."""
    return figure.named and not figure.article


def is_bounded(mentions: Mentions, actors: Sequence[ActorRole], deeds: Sequence[Word], first: int, last: int) -> bool:
    """Whether what is said to go on is a deed at places that are named: "jets continue to hit A and B"."""
    done = any(role.role is Role.AGENT for role in actors)
    fought = any(entry.type is EventType.CLASH for word in deeds for entry in word.entries)
    named = any((hit := mentions.names.get(index)) is not None and hit.strong for index in range(first, last))
    return done and named and bool(deeds) and not fought


# The headline of another story between the lines has this many words in capitals in a row.
_HEADLINE_WORDS = 7
_SMALL_WORD = 4


def in_headline(mentions: Mentions, figure: Figure, first: int, last: int) -> bool:
    """Whether a figure stands in a headline that the page ran into the text: "Blast Near Bus Convoy Over 20 Dead"."""
    if not mentions.vocabulary.grammar.cased_names:
        return False
    start, end = figure.first, figure.last
    while start > first and _is_capital(mentions, start - 1) and mentions.between(start - 1, start) in (" ", "-"):
        start -= 1
    while end < last and _is_capital(mentions, end) and mentions.between(end - 1, end) in (" ", "-"):
        end += 1
    if end - start < _HEADLINE_WORDS:
        return False
    capitals = [at for at in range(start, end) if mentions.text[mentions.tokens[at].start].isupper()]
    others = sum(1 for at in range(start, end) if mentions.text[mentions.tokens[at].start].islower())
    return len(capitals) >= _HEADLINE_WORDS and others <= len(capitals) // 3


def _is_capital(mentions: Mentions, index: int) -> bool:
    """Whether a word can stand in a headline: a capital, a figure, or a small word."""
    token = mentions.tokens[index]
    return not mentions.text[token.start].islower() or token.end - token.start <= _SMALL_WORD


def _is_scene(mentions: Mentions, word: Word, first: int) -> bool:
    """Whether a foreign place is said to be the scene ("in northern Iraq"), and not a border, a dateline or a home."""
    if word.first in mentions.names and is_village_here(mentions, word.first, first):
        return False
    for at in range(word.first - 1, max(first - 1, word.first - 3), -1):
        before = mentions.words.get(at)
        if before is not None:
            return before.get("place", "in") is not None and mentions.tokens[at - 1].norm not in _OUTLAWED
    return False


# "The Islamic State group (outlawed in Russia)", as its agencies have to write.
_OUTLAWED = frozenset({"outlawed", "banned", "prohibited"})


def kills_some(mentions: Mentions, first: int, last: int) -> bool:
    """Whether people are killed whom nobody counts ("killed a number of militants in A")."""
    if mentions.words_of(first, last, "negation", "conditional") or mentions.vocabulary.grammar.subject == "after":
        return False
    words = mentions.words_of(first, last, "outcome")
    return any(Outcome.KILLED in e.outcomes and e.side != "left" for word in words for e in word.entries)


def has_dead(mentions: Mentions, first: int, last: int) -> bool:
    """Whether some died whom nobody counts, where verbs come first ("أسفرت عن سقوط قتلى من الطرفين")."""
    if mentions.words_of(first, last, "negation", "conditional") or mentions.vocabulary.grammar.subject != "after":
        return False
    return any(
        entry.outcomes[:1] == (Outcome.KILLED,)
        for word in mentions.words_of(first, last, "outcome")
        if not mentions.vocabulary.has_article(mentions.tokens[word.first].norm)
        for entry in word.entries
        if entry.kind == "outcome"
    )


_UNNAMED_VILLAGE = re.compile(
    r"(?<![A-Za-z], )\b(?:a|an|another|one) (?:\w+ ){0,2}(?:village|hamlet)\b(?! (?:of|called|named) [A-Z](?!\w*ern))"
)


def names_no_village(mentions: Mentions, first: int, last: int) -> bool:
    """Whether something happened in a village that the clause does not name ("in a village near Manbij")."""
    start, end = mentions.tokens[first].start, mentions.tokens[last - 1].end
    if mentions.text.find("village", start, end) < 0 and mentions.text.find("hamlet", start, end) < 0:
        return False
    if not any("village" in word.entries.places for word in mentions.words_of(first, last, "place")):
        return False
    return _UNNAMED_VILLAGE.search(mentions.text, start, end) is not None


_RAIDS = frozenset({"raid", "raids", "raided", "raiding", "airdrop", "landing"})
_ARRESTS = frozenset({"arrest", "arrests", "arrested", "arresting", "detain", "detained", "detaining"})


def only_arrests(mentions: Mentions, first: int, last: int) -> bool:
    """Whether a raid is told that ended in arrests and hurt nobody, which is no incident (codebook, section 6)."""
    if mentions.vocabulary.grammar.subject == "after" or _RAIDS.isdisjoint(mentions.norms):
        return False
    norms = {token.norm for token in mentions.tokens[first:last]}
    if norms.isdisjoint(_RAIDS) or norms.isdisjoint(_ARRESTS):
        return False
    if any(Outcome.KILLED in e.outcomes or Outcome.INJURED in e.outcomes for e in _outcomes(mentions, first, last)):
        return False
    types = (
        e.type for word in mentions.words_of(first, last, "event") for e in word.entries.deeds if e.role != "means"
    )
    return not any(types)


def _outcomes(mentions: Mentions, first: int, last: int) -> Iterator[Entry]:
    for word in mentions.words_of(first, last, "outcome"):
        yield from (entry for entry in word.entries if entry.kind == "outcome")


_FIGHTING = frozenset({"fighting", "battling"})
# "Backed by", whose, and what: "backed by the coalition's heavy air strikes".
_BACKING_GAP = 6


def describes_side(mentions: Mentions, word: Word, first: int) -> bool:
    """Whether a deed only says who somebody is: "rebels fighting to oust Assad", "units backed by Russian raids"."""
    if _is_backing(mentions, word, first):
        return True
    if mentions.tokens[word.first].norm not in _FIGHTING or word.first == first or word.last - word.first > 1:
        return False
    side = mentions.words.get(word.first - 1)
    return side is not None and (side.get("actor") is not None or side.get("victims") is not None)


def _is_backing(mentions: Mentions, word: Word, first: int) -> bool:
    """Whether a weapon or strike is one that helps who fights on the ground ("… backed by coalition jets attacked")."""
    if mentions.vocabulary.grammar.subject == "after" or word.get("event", "verb") is not None:
        return False
    if not mentions.words_of(max(0, word.first - 2 * _BACKING_GAP), word.first, "backed"):
        return False
    for at in range(word.first - 1, max(first, word.first - _BACKING_GAP), -1):
        before = mentions.words.get(at)
        if COMMA_OR_STOP.search(mentions.between(at, at + 1)) is not None:
            return False
        if before is not None and before.is_cue("by"):
            helped = mentions.words.get(before.first - 1)
            return helped is not None and helped.is_cue("backed")
        if before is not None and not (before.get("actor") or before.get("event") or before.is_cue("join")):
            return before.is_cue("backed") and before.last - before.first > 1
    return False
