"""What the words of a clause say of it besides who did what: plans, campaigns, older deeds, other places, denials."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence

from claimatlas.claims.abroad import tells_abroad
from claimatlas.claims.blame import denies_deed, is_denied
from claimatlas.claims.clausedays import BEGAN, CAMPAIGN_DAYS, COMMA_OR_STOP, SINCE_GAP, is_superlative
from claimatlas.claims.clauses import ORDINAL, has_deed
from claimatlas.claims.counts import Figure
from claimatlas.claims.doers import ActorRole, Role
from claimatlas.claims.homonyms import is_village_here
from claimatlas.claims.saying import admits_of_others
from claimatlas.claims.statements import LIKE_IT
from claimatlas.claims.suffering import brings_down
from claimatlas.claims.whose import is_spoken_of
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


def _counts_known_men(mentions: Mentions, figures: Sequence[Figure]) -> bool:
    """Whether those counted are fighters spoken of as known: "وأضاف أن مقتل القيادي سيعطل التنظيم"."""
    return bool(figures) and all(
        figure.named
        and figure.victims is Victims.COMBATANTS
        and mentions.vocabulary.has_article(mentions.tokens[figure.first].norm)
        for figure in figures
    )


def is_definite(mentions: Mentions, deeds: Sequence[Word], figures: Sequence[Figure], first: int, last: int) -> bool:
    """Whether a deed is spoken of as known: "the attack", "Monday's fighting"."""
    article = mentions.vocabulary.grammar.article
    if article:  # attached: "القصف", "بالقصف"
        known = any(
            word.get("event", "noun") is not None and article in mentions.tokens[word.first].norm[: len(article) + 2]
            for word in deeds
        )
        if not known and (deeds or not _counts_known_men(mentions, figures)):
            return False
        return not any(index in mentions.names and not _is_of_group(mentions, index) for index in range(first, last))
    if not figures and any(_befalls_known_men(mentions, word, first) for word in deeds):
        return True
    if [mentions.tokens[at].norm for at in range(first, min(last, first + 2))] in _THE_DEAD:
        return True
    return any(_is_known(mentions, word, deeds, first, last) for word in deeds)


_THE_DEAD = [["the", noun] for noun in ("dead", "bodies", "victims")]


def _befalls_known_men(mentions: Mentions, deed: Word, first: int) -> bool:
    """Whether a deed is said to have befallen people counted before: "the soldiers were hit near A"."""
    was = mentions.words.get(deed.first - 1) if deed.first > first else None
    if was is None or not was.is_cue("be") or deed.get("event", "verb") is None:
        return False
    noun = mentions.words.get(was.first - 1)
    if noun is None or noun.get("victims") is None or noun.first <= first:
        return False
    return mentions.tokens[noun.first - 1].norm in mentions.vocabulary.grammar.definite


def _is_known(mentions: Mentions, deed: Word, deeds: Sequence[Word], first: int, last: int) -> bool:
    """Whether a word for a deed says that it was told of before."""
    if deed.last - deed.first > 2 and mentions.tokens[deed.last - 2].norm in _POINTS_BACK:
        return True  # "carried them out"
    if deed.last < last and _is_object(mentions, deed.last) and deed.get("event", "verb") is not None:
        return True  # "insurgents had fired it"
    if deed.first - first <= _VERB_GAP and mentions.tokens[first].norm in _POINTS_BACK:
        return True  # "It was carried out by"
    if deed.first <= first or deed.get("event", "noun") is None:
        return False
    before = _before_name(mentions, deed) in mentions.vocabulary.grammar.definite
    known = before or deed.first - 1 in mentions.dates or _points_back(mentions, deed)
    return known and not _is_own_deed(mentions, deed, first) and not _is_introduced(mentions, deed, deeds, first)


_HAPPENED = frozenset({"took", "happened", "occurred"})


def tells_where(mentions: Mentions, deeds: Sequence[Word], first: int, last: int) -> bool:
    """Whether a clause opens with where a known deed happened: "The attack took place near the town of X"."""
    deed = next(iter(deeds), None)
    if deed is None or deed.first - first > 1 or mentions.tokens[first].norm not in ("the", "this", "that"):
        return False
    behind = range(deed.last, min(last, deed.last + 2))
    return any(mentions.tokens[at].norm in _HAPPENED for at in behind)


def _is_introduced(mentions: Mentions, deed: Word, deeds: Sequence[Word], first: int) -> bool:
    """Whether the clause itself has told of a deed as a new one before: "a bomb exploded and 12 died in the blast"."""
    new = mentions.vocabulary.grammar.articles - mentions.vocabulary.grammar.definite
    told = (word for word in deeds if first < word.first < deed.first)
    return any(mentions.tokens[word.first - 1].norm in new for word in told)


def _is_object(mentions: Mentions, index: int) -> bool:
    """Whether a pronoun stands here that means what was told before, at the end of what is said of it."""
    if mentions.tokens[index].norm not in ("it", "them"):
        return False
    return index + 1 >= len(mentions.tokens) or mentions.between(index, index + 1) != " "


def _is_of_group(mentions: Mentions, index: int) -> bool:
    """Whether a place's name is part of a group's ("هيئة تحرير الشام")."""
    word = mentions.words.get(index)
    return word is not None and word.get("actor") is not None


_POINTERS = frozenset({"in", "of", "from", "by", "during", "after", "behind", "for"})


def _points_back(mentions: Mentions, deed: Word) -> bool:
    """Whether "that" in front of a deed points at it ("died in that assault"), and does not open what somebody said."""
    before = [mentions.tokens[at].norm for at in range(max(0, deed.first - 2), deed.first)]
    if before[-1:] != ["that"]:
        return False
    verb = mentions.words.get(deed.first - 2)
    done = verb is not None and verb.get("event", "verb") is not None  # "had carried out that bombing"
    return done or before[0] in _POINTERS


_POINTS_BACK = frozenset({"it", "they", "them", "this"})
_VERB_GAP = 3


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


def is_planned(mentions: Mentions, first: int, last: int) -> bool:
    """Whether words of plan or threat stand in front of the clause's first deed ("vowed to bomb"), not behind it."""
    for word in mentions.words_of(first, last, "conditional", "event", "outcome"):
        if word.is_cue("conditional"):
            if _leaves_open(mentions, word):
                continue
            return True
        if word.get("event") is not None and word.get("event", "means") is None:
            return False
        if word.get("outcome") is not None:
            return False
    return False


_KNOWING = frozenset({
    "say", "determine", "confirm", "establish", "tell", "verify", "know", "specify", "clear", "known", "sure",
})  # fmt: skip
_KNOWING_GAP = 3
_IF_TRUE = frozenset({"confirmed", "verified", "true"})


def _leaves_open(mentions: Mentions, word: Word) -> bool:
    """Whether a word of plan only says that something is not known: "could not say who", "not clear if"."""
    norm = mentions.tokens[word.first].norm
    if norm == "if" and mentions.tokens[min(word.last, len(mentions.tokens) - 1)].norm in _IF_TRUE:
        return True  # "If confirmed, the attack on Halfaya would be one of the deadliest"
    if norm == "if":
        return mentions.tokens[word.first - 1].norm in _KNOWING
    behind = [token.norm for token in mentions.tokens[word.last : word.last + _KNOWING_GAP]]
    return norm == "could" and behind[:1] == ["not"] and not _KNOWING.isdisjoint(behind)


_NOT = frozenset({"not", "never", "without", "didn't", "hasn't", "haven't", "hadn't", "nor"})
_NOT_ONLY = frozenset({"only", "just", "merely", "simply"})
# "Had not been shelled", "not a single shell fell", "no Russian air strikes": so many words may stand in between.
_NOT_GAP = 3
_AUXILIARIES = frozenset({
    "been", "be", "yet", "even", "any", "a", "an", "single", "the", "carry", "out", "carried", "carrying", "conduct",
    "conducted", "conducting", "launch", "launched", "launching", "further", "new", "more", "fresh",
})  # fmt: skip


def without_undone(mentions: Mentions, deeds: Sequence[Word], first: int, last: int) -> list[Word]:
    """Words for deeds that a clause does not say were not done: "did not carry out strikes", "no shells fell".

    What is left of weapons alone then tells nothing: "jets flew over the town", "helicopters dropped leaflets".
    """
    if mentions.vocabulary.grammar.subject == "after" or not deeds:
        return list(deeds)
    told: list[Word] = []
    undone: list[Word] = []
    for word in deeds:
        # Behind "not carry out", "strikes" was not done either.
        goes_on = bool(undone) and word.first <= undone[-1].last + 1
        (undone if goes_on or _is_negated(mentions, word, first) else told).append(word)
    # … but a shell that "did not explode" fell all the same.
    idle = any(entry.type is not EventType.EXPLOSION for word in undone for entry in word.entries)
    idle = idle or any(not _is_sent_against(mentions, word, last) for word in mentions.words_of(first, last, "idle"))
    return [] if idle and all(word.get("event", "means") is not None for word in told) else told


_AGAINST_GAP = 6


def _is_sent_against(mentions: Mentions, word: Word, last: int) -> bool:
    """Whether what is sent somewhere attacks it: "sent six drones against the town"."""
    behind = mentions.tokens[word.last : min(last, word.last + _AGAINST_GAP)]
    return any(token.norm == "against" for token in behind)


def _is_negated(mentions: Mentions, deed: Word, first: int) -> bool:
    """Whether a deed is said not to have been done, or an aircraft not to have been there ("its jets were not")."""
    if deed.get("event", "means") is not None:
        behind = mentions.words.get(deed.last)
        absent = behind is not None and behind.is_cue("be") and behind.last < len(mentions.tokens)
        if behind is not None and absent and mentions.tokens[behind.last].norm in _NOT:
            return True
    for at in range(deed.first - 1, max(first, deed.first - 1 - _NOT_GAP) - 1, -1):
        norm, word = mentions.tokens[at].norm, mentions.words.get(at)
        negates = norm == "no" or norm in _NOT
        if not negates and norm not in _AUXILIARIES and (word is None or word.get("actor") is None):
            return False
        if COMMA_OR_STOP.search(mentions.between(at, at + 1)) is not None:
            return False
        if norm == "no":
            return deed.get("event", "noun") is not None or deed.get("event", "means") is not None
        if negates:
            return mentions.tokens[at + 1].norm not in _NOT_ONLY
    return False


def is_name(figure: Figure) -> bool:
    """Whether a figure is a person told by name, whose parts may be called like places."""
    return figure.named and not figure.article


def is_possible(mentions: Mentions, figure: Figure, first: int) -> bool:
    """Whether words right in front of a figure make it a mere possibility ("could kill", "possible civilian dead")."""
    words = mentions.words_of(max(0, first - _POSSIBLE_GAP), figure.first, "conditional")
    near = words[-1] if words else None
    if near is None or near.last <= max(first, figure.first - _POSSIBLE_GAP):
        return False
    # "He survived an assassination attempt; his bodyguard was killed" tells of no mere possibility.
    return ";" not in mentions.text[mentions.tokens[near.first].start : figure.start]


# "Could have killed as many as": so many words stand between a possibility and its figure.
_POSSIBLE_GAP = 5


# "ردا على مقتل ثلاثة من جنودها": words from the death to those who died.
_ANSWERED_GAP = 2


def is_answered_toll(mentions: Mentions, figure: Figure, first: int) -> bool:
    """Whether a death is only what was answered, where verbs come first: "قصفت … مواقع قسد ردا على مقتل جندي"."""
    if mentions.vocabulary.grammar.subject != "after":
        return False
    reply = next(iter(mentions.words_of(first, figure.first, "reply")), None)
    death = mentions.words.get(reply.last) if reply is not None else None
    return death is not None and death.get("outcome") is not None and figure.first - death.last <= _ANSWERED_GAP


# "نفت الأنباء التي تحدثت عن مقتل خمسة": words from a denial to the death it denies.
_TOLL_DENIED_GAP = 7
_CLAIMED = frozenset({"مزاعم", "انباء", "الانباء", "ادعاءات", "تقارير", "صحه", "روايه", "معلومات"})


def is_denied_toll(mentions: Mentions, figure: Figure, first: int) -> bool:
    """Whether a denial is of the deaths themselves, and of no deed: "نفت قسد الأنباء عن مقتل خمسة من عناصرها"."""
    if mentions.vocabulary.grammar.subject != "after":
        return False
    denials = [
        word
        for word in mentions.words_of(first, figure.first, "reporting")
        if word.get("reporting", "deny") is not None and not has_deed(mentions, first, word.first)
    ]
    if not denials:
        return False
    death = next(iter(mentions.words_of(denials[0].last, figure.first, "outcome")), None)
    if death is None:
        return False
    told = (at for at in range(denials[0].last, death.first) if mentions.tokens[at].norm in _CLAIMED)
    if death.first - max(told, default=denials[0].last) > _TOLL_DENIED_GAP:
        return False
    return not mentions.words_of(denials[0].last, death.first, "event", "responsible", "leave")


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


def is_further(mentions: Mentions, word: Word) -> bool:
    """Whether a deed goes on from the ones told before to one more: "other shells", "further strikes", قصف مماثل."""
    if mentions.tokens[min(word.last, len(mentions.tokens) - 1)].norm in LIKE_IT:
        return word.get("event", "noun") is not None
    before = mentions.words.get(word.first - 1)
    return before is not None and before.is_cue("other") and mentions.between(word.first - 1, word.first) == " "


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


_AFTER = frozenset({"بعد", "وبعد", "عقب", "وعقب", "قبل", "وقبل", "قبيل"})


def without_references(mentions: Mentions, deeds: list[Word]) -> list[Word]:
    """The deeds that a clause tells, without those it only counts from: "وعقب التفجير بساعة قصفت قوات النظام".

    Nor what was "brought down" where no aircraft is: "غارة أسقطت قتلى"; nor what people fled from or planned.
    """
    if mentions.vocabulary.grammar.subject != "after":
        return deeds
    told = [
        word
        for word in deeds
        if not is_spoken_of(mentions, word) and ("downs" not in word.entries.flags or brings_down(mentions, word))
    ]
    own = [
        word
        for word in told
        if mentions.tokens[max(0, word.first - 1)].norm not in _AFTER
        or not mentions.tokens[word.first].norm.startswith(mentions.vocabulary.grammar.article)
    ]
    return own if any(word.get("event", "verb") is not None for word in own) else told


def opens_with_deed(mentions: Mentions, first: int, last: int) -> bool:
    """Whether a sentence goes on with what a strike that is known also hit: "كما طال القصف قرية X", "وطال القصف"."""
    if not mentions.vocabulary.grammar.attached_join or first + 1 >= last:
        return False
    opener = mentions.words.get(first)
    joined = mentions.vocabulary.begins_with_join(mentions.tokens[first].norm)
    verb = opener if joined or opener is None else mentions.words.get(opener.last)
    leads = joined or (opener is not None and opener.is_cue("join", "clause"))
    if not leads or verb is None or verb.get("event", "verb") is None or verb.last >= last:
        return False
    deed = mentions.words.get(verb.last)
    known = deed is not None and deed.get("event", "noun") is not None
    return known and mentions.tokens[verb.last].norm.startswith(mentions.vocabulary.grammar.article)


def opens_story(mentions: Mentions, sentence: Sentence) -> bool:
    """Whether a sentence opens a paragraph without a word that goes on from the one before it.

    Only where such sentences do open with one, as "and" written in one with their first word.
    """
    if not mentions.vocabulary.grammar.attached_join or mentions.text[max(0, sentence.start - 1)] != "\n":
        return False
    opener = mentions.words.get(sentence.first)
    goes_on = opener is not None and opener.is_cue("clause", "join", "elsewhere", "earlier")
    return not goes_on and not mentions.vocabulary.begins_with_join(mentions.tokens[sentence.first].norm)
