"""Figures of victims: numbers and the nouns they count."""

from __future__ import annotations

import re

import msgspec

from claimatlas.mentions.document import Mentions, Word
from claimatlas.model import Outcome, Victims
from claimatlas.numbers import NumberKind, NumberMention

_MAX_ABBREVIATION = 5
# "The death toll from a bomb on a convoy of buses outside Aleppo has reached 112".
TOLL_GAP = 24
# "1,400 are estimated to have been killed".
_ESTIMATE_GAP = 6
BREAK = re.compile(r"[,;:.!?()\n،؛؟\"|]|\s[-–—/]\s")


class Figure(msgspec.Struct):
    """One counted group of victims.

    Attributes:
        first: Index of its first token (bounding words included).
        last: Index after its last token.
        start: Offset of its first character.
        end: Offset after its last.
        min: Lower bound, or None when open.
        max: Upper bound, or None when open.
        victims: Whom it counts.
        outcomes: What befell them; two when counted together ("killed or wounded").
        part: It counts some of the victims of another figure.
        replaced: A later toll has taken its place.
        named: It was counted without a number ("a woman", a dual).
        additional: It comes on top of what was said ("another 12").
        bare: No noun follows the number ("kills 15").
        article: It was counted by an article ("a woman").
        vague: It was told by a word like "dozens".
        updated: It takes the place of lower tolls told before ("the toll rose to 21").
        together: It was told in one breath with another that it does not belong to ("and six", "along with six").
        too: It was told to have suffered the same as others told before ("nine fighters were also killed").
        some: It was told to be some of those counted before ("15 of the dead").
        whole: The figure it is part of, when that stands in the same clause.
    """

    first: int
    last: int
    start: int
    end: int
    min: int | None
    max: int | None
    victims: Victims
    outcomes: tuple[Outcome, ...] = ()
    part: bool = False
    replaced: bool = False
    named: bool = False
    additional: bool = False
    bare: bool = False
    article: bool = False
    vague: bool = False
    updated: bool = False
    together: bool = False
    too: bool = False
    some: bool = False
    whole: Figure | None = None


def parts_clauses(mentions: Mentions, left: int, right: int) -> bool:
    """Whether punctuation ends a noun phrase between two tokens; an abbreviation in brackets does not: "(IS)"."""
    gap = mentions.between(left, right)
    if gap == " " or BREAK.search(gap) is None:  # as mostly
        return False
    if gap.strip() == '"' and (left in mentions.numbers or _closes_quote(mentions, left)):
        return False  # "nearly 50" rebels, one "National Defence" member
    inside = right if gap.strip() == "(" else left if gap.strip() == ")" else None
    if inside is None:
        return True
    token = mentions.tokens[inside]
    return token.end - token.start > _MAX_ABBREVIATION or not mentions.text[token.start : token.end].isupper()


# "One "National Defence" member": a name between quotation marks has this many words at most.
_QUOTED_NAME = 4


def _closes_quote(mentions: Mentions, left: int) -> bool:
    """Whether a quotation mark behind a token closes one that opened right behind a number."""
    for at in range(left, max(0, left - _QUOTED_NAME), -1):
        if '"' in mentions.between(at - 1, at):
            return at - 1 in mentions.numbers
    return False


class _Noun(msgspec.Struct):
    """What was read behind a number."""

    last: int
    victims: Victims | None = None
    outcomes: tuple[Outcome, ...] = ()
    part: bool = False
    rejected: bool = False
    some: bool = False
    count: int | None = None


# "Seven people, both fighters and civilians" does not count two more.
PAIRS = frozenset({"both", "all"})
# "A couple and their three children"; "a couple of" is another number.
_PAIR_OF_PEOPLE = "couple"


def figure_of_number(
    mentions: Mentions, number: NumberMention, index: int, after: int, first: int, last: int
) -> Figure | None:
    """What a number counts, and how many; None where it counts no victims."""
    if number.min is None and number.max is None and number.kind is not NumberKind.ARTICLE:
        return None
    if number.kind is not NumberKind.ARTICLE and _is_age(mentions, index, after, first):
        return None
    several = not number.vague and (number.min or number.max or 0) > 1
    some = _read_some(mentions, after, last) if several else None
    noun = some or _read_noun(mentions, number, after, last)
    if noun.rejected or (number.kind is NumberKind.ARTICLE and _is_not_counted(mentions, index, first)):
        return None
    low = number.max if _is_new_level(mentions, number, first, last) else number.min
    label = label_before(mentions, index, first)
    bare = noun.victims is None
    if mentions.tokens[index].norm in PAIRS and (bare or _joins_kinds(mentions, noun.last, last)):
        return None  # "from both sides", "both fighters and civilians"
    if (
        bare
        and not noun.outcomes
        and label is None
        and not number.additional
        and not number.words.endswith(_PAIR_OF_PEOPLE)
        and not _stands_alone(mentions, number, index, after, first, last)
    ):
        return None
    start, end = mentions.tokens[index].start, mentions.tokens[noun.last - 1].end
    high = number.max
    if number.kind is NumberKind.ARTICLE and noun.count is not None:
        low = high = noun.count  # "an elderly couple"
    victims = noun.victims or (_kind_of_label(mentions, label, first) if label is not None else Victims.PEOPLE)
    if victims is Victims.COMBATANTS and _are_relatives(mentions, index, noun.last, first, last):
        victims = Victims.PEOPLE
    return Figure(
        index, noun.last, min(start, number.start), end, low, high, victims,
        noun.outcomes, part=noun.part, named=number.kind is NumberKind.ARTICLE, additional=number.additional,
        bare=bare, vague=number.vague, article=number.kind is NumberKind.ARTICLE, some=noun.some,
    )  # fmt: skip


def label_before(mentions: Mentions, index: int, first: int) -> Word | None:
    """What befell those whom a table counts, in front of a colon: "Killed: 4 | Injured: 7", "Civilian deaths: 2-3"."""
    word = mentions.words.get(index - 1) if index > first else None
    if word is None or mentions.between(index - 1, index).strip() != ":":
        return None
    entry = word.get("outcome")
    return word if entry is not None and len(entry.outcomes) == 1 else None


def _kind_of_label(mentions: Mentions, label: Word, first: int) -> Victims:
    before = mentions.words.get(label.first - 1) if label.first > first else None
    kind = victims_of(mentions, before) if before is not None else None
    civilian = mentions.tokens[label.first].norm.startswith("civilian")
    return Victims.CIVILIANS if civilian else kind or Victims.PEOPLE


def _is_age(mentions: Mentions, index: int, after: int, first: int) -> bool:
    """Whether a number is somebody's age: "a boy of 15", "a man aged 40"."""
    before = mentions.tokens[index - 1].norm if index - 1 > first else ""
    if before == "aged":
        return True
    person = mentions.words.get(index - 2) if before == "of" and index - 2 > first else None
    if person is None or person.get("victims") is None or is_plural(mentions, person):
        return False
    articles = mentions.vocabulary.grammar.articles
    return mentions.tokens[person.first - 1].norm in articles and victims_of_next(mentions, after) is None


def victims_of_next(mentions: Mentions, index: int) -> Victims | None:
    """Whom the word at a token counts, if it counts anybody."""
    word = mentions.words.get(index)
    return victims_of(mentions, word) if word is not None else None


# "The X family lost nine members", "nine members of the X family".
_FAMILY_BEFORE, _FAMILY_BEHIND = 8, 6


def _are_relatives(mentions: Mentions, index: int, after: int, first: int, last: int) -> bool:
    """Whether "members" are those of a family, and not of a group."""
    if mentions.tokens[after - 1].norm != "members":
        return False
    near = mentions.words_of(max(first, index - _FAMILY_BEFORE), min(last, after + _FAMILY_BEHIND), "victims")
    return any("family" in word.entries.flags for word in near)


def _joins_kinds(mentions: Mentions, after: int, last: int) -> bool:
    """Whether another kind of victims is joined to the one just named ("both militants and civilians")."""
    join = mentions.words.get(after) if after < last else None
    kind = mentions.words.get(join.last) if join is not None and join.is_cue("join") and join.last < last else None
    return kind is not None and kind.get("victims") is not None


def _is_not_counted(mentions: Mentions, index: int, first: int) -> bool:
    """Whether "a guard" only says whose wife was killed, or who did it: "the wife of a guard", "by a guard's shot"."""
    of = mentions.words.get(index - 1) if index > first else None
    if of is not None and of.is_cue("by"):
        return True
    if of is None or not of.is_cue("partitive"):
        return False
    head = mentions.words.get(of.first - 1) if of.first > first else None
    return head is not None and head.get("victims") is not None and of.first - 2 not in mentions.numbers


def _is_new_level(mentions: Mentions, number: NumberMention, first: int, last: int) -> bool:
    """Whether two numbers are the old toll and the new ("has risen from 37 to 45"), not a range."""
    if number.min is None or number.max is None or number.min >= number.max:
        return False
    words = mentions.text[number.start : number.end].lower()
    return words.startswith("from ") and bool(mentions.words_of(first, last, "update"))


_THE, _LOST = frozenset({"the", "those"}), frozenset({"dead", "victims", "killed", "deaths"})


def _read_some(mentions: Mentions, after: int, last: int) -> _Noun | None:
    """Some of those counted before: "15 of the dead", "14 of the dead were rebel fighters", "22 of the militants"."""
    tokens = mentions.tokens
    if after + 2 >= last or tokens[after].norm != "of" or tokens[after + 1].norm not in _THE:
        return None
    word = mentions.words.get(after + 2)
    entry = word.get("outcome") if word is not None else None
    if word is None or word.first != after + 2:
        return None
    if entry is not None and tokens[word.first].norm in _LOST:
        kind = _told_kind(mentions, word.last, last)
        return _Noun(word.last, kind or Victims.PEOPLE, entry.outcomes, some=True)
    victims = victims_of(mentions, word)
    if victims is None and word.get("actor") is not None and (noun := mentions.words.get(word.last)) is not None:
        word, victims = noun, victims_of(mentions, noun)
    if victims is None or word.last >= last or not is_plural(mentions, word):
        return None
    return _Noun(word.last, victims, some=True)


def _told_kind(mentions: Mentions, at: int, last: int) -> Victims | None:
    """Who they are said to be right behind: "… were opposition fighters", "… had been identified as civilians"."""
    be = mentions.words.get(at) if at < last else None
    if be is None or not be.is_cue("be", "have"):
        return None
    for index in range(be.last, min(last, be.last + _KIND_SPAN)):
        word = mentions.words.get(index)
        if word is not None and (word.get("event") or word.get("outcome") or word.get("place", "in")):
            return None
        kind = victims_of(mentions, word) if word is not None else None
        if kind is not None and word is not None and is_plural(mentions, word):
            return kind
    return None


_KIND_SPAN = 8


# Behind an article ("a young man") the noun stands nearer than behind a number (`Grammar.figure_span`).
_ARTICLE_SPAN = 3


def _read_noun(mentions: Mentions, number: NumberMention, after: int, last: int) -> _Noun:
    """The noun that a number counts, searched over adjectives, names and sides ("26 Syrian and Iraqi IS fighters")."""
    article = number.kind is NumberKind.ARTICLE
    end = after + (_ARTICLE_SPAN if article else mentions.vocabulary.grammar.figure_span)
    part = False
    index = after
    while index < min(last, end):
        if parts_clauses(mentions, index - 1, index):
            break
        aged = _behind_age(mentions, index, last)
        if aged is not None:
            index, end = aged, end + aged - index
            continue
        if index in mentions.dates or mentions.numbers.get(index, number) is not number:
            break  # but "23 مدنيا على الأقل" is one number with its noun inside
        word = mentions.words.get(index)
        if word is None:
            if _begins_sentence(mentions, index):
                break
            if _is_list_of_things(mentions, index, last):
                return _Noun(after, rejected=True)
            index += 1
            continue
        if word.is_cue("of_them") and index == after and not _counts_itself(mentions, word.last):
            part = True
        else:
            noun = _noun_at(mentions, number, word, index, after, last, part=part)
            if noun is not None:
                return noun
        if article and ("actor" in word.entries.keys or word.is_cue(*_BETWEEN)):
            end += word.last - word.first - 1  # "an al-Qaeda-linked commander"
        index = word.last
    return _Noun(after, rejected=article)


_WHEN_SAID = frozenset({"on", "in", "at", "late", "early", "as", "by"})


def _speaks(mentions: Mentions, word: Word, last: int) -> bool:
    """Whether a noun behind a number is who says so, where a comma was lost: "killed six activists said on Tuesday"."""
    verb = mentions.words.get(word.last) if word.last < last else None
    if verb is None or verb.get("reporting", "said") is None or mentions.between(word.last - 1, word.last) != " ":
        return False
    if verb.last >= last or verb.last in mentions.dates or "," in mentions.between(verb.last - 1, verb.last):
        return True
    return mentions.tokens[verb.last].norm in _WHEN_SAID


def _noun_at(
    mentions: Mentions, number: NumberMention, word: Word, index: int, after: int, last: int, *, part: bool
) -> _Noun | None:
    """What a known word makes of the number in front of it; None where the noun may still come behind it."""
    article = number.kind is NumberKind.ARTICLE
    keys = word.entries.keys
    if "ignore_number" in keys:
        return _Noun(after, rejected=not _is_attached(mentions, number, index))
    victims = victims_of(mentions, word)
    if victims is not None and not article and "claimant" in keys and _speaks(mentions, word, last):
        return _Noun(after)
    if victims is not None:
        adjective = _is_adjective(mentions, word, last)
        return None if adjective else finish_noun(mentions, word, victims, last, article, part)
    if index == after and _is_counted_by_adjective(mentions, word):
        noun = _adjective_outcome(mentions, word, last)
        return _Noun(after, rejected=True) if article and noun.victims is None else noun
    if "outcome" in keys or "all_of_them" in keys:
        part = part and not _is_counted_by_adjective(
            mentions, word
        )  # "two of them died", not "leaving 14 of them dead"
        return _Noun(after, part=part, rejected=article)  # "5 جميعهم": the number stands for those it counts
    if "partitive" in keys:
        if index == after and _is_of_side(mentions, word, last):
            return _Noun(after, Victims.COMBATANTS)
        return _Noun(after, rejected=True) if article else None
    if not keys.isdisjoint(_PASSED_OVER) or _is_in_name(mentions, word):
        return None
    if "event" in keys:
        return _Noun(after, rejected=article or (index == after and not _is_attached(mentions, number, index)))
    return _Noun(after, part=part and word.is_cue("be", "have", "wounds"), rejected=article)


def _is_in_name(mentions: Mentions, word: Word) -> bool:
    """Whether a word for a deed or a place is part of somebody's name: "five Northern Storm fighters"."""
    cased = mentions.vocabulary.grammar.cased_names and mentions.text[mentions.tokens[word.first].start].isupper()
    return cased and (word.get("event") is not None or word.get("place") is not None)


def _is_of_side(mentions: Mentions, of: Word, last: int) -> bool:
    """Whether a number counts men of a side, where no noun says so: "وثلاثة من داعش", "وستة في صفوف قوات النظام"."""
    if mentions.vocabulary.grammar.cased_names or of.last >= last:
        return False
    side = mentions.words.get(of.last)
    entry = side.get("actor") if side is not None else None
    return entry is not None and bool(entry.actors) and "adjective" not in entry.flags


def _begins_sentence(mentions: Mentions, index: int) -> bool:
    """Whether an article in capitals shows that a new sentence begins whose stop before it was lost."""
    token = mentions.tokens[index]
    return mentions.text[token.start].isupper() and token.norm in mentions.vocabulary.grammar.definite


def _is_counted_by_adjective(mentions: Mentions, word: Word) -> bool:
    """Whether a word right behind a number says what befell those it counts ("15 dead", "six wounded children")."""
    if mentions.vocabulary.begins_with_join(mentions.tokens[word.first].norm):
        return False
    return any(e.kind == "outcome" and ("counted" in e.flags or e.side == "left") for e in word.entries)


def _is_list_of_things(mentions: Mentions, index: int, last: int) -> bool:
    """Whether an unknown plural is counted, and others are only joined to it: "dozens of trucks and civilian cars"."""
    token = mentions.tokens[index]
    endings = mentions.vocabulary.grammar.plurals
    if not endings or not token.norm.endswith(endings) or not mentions.text[token.start].islower():
        return False
    join = mentions.words.get(index + 1) if index + 1 < last and index not in mentions.names else None
    return join is not None and join.is_cue("join") and join.last - join.first == 1


def _behind_age(mentions: Mentions, index: int, last: int) -> int | None:
    """Where a noun goes on behind an age in front of it ("a 50-year-old man"), or None."""
    if index + 2 >= last:
        return None
    return index + 3 if (mentions.tokens[index + 1].norm, mentions.tokens[index + 2].norm) == ("year", "old") else None


def _is_attached(mentions: Mentions, number: NumberMention, index: int) -> bool:
    """Whether a noun of things cannot be what is counted: "others" are, or a preposition is attached to it (بقصف)."""
    vocabulary, token = mentions.vocabulary, mentions.tokens[index].norm
    return bool(vocabulary.prefixes) and (number.additional or vocabulary.forms(token)[:1] != (token,))


def _counts_itself(mentions: Mentions, index: int) -> bool:
    """Whether a noun counts by its form alone ("6 بينهم طفلان": the six are not children)."""
    word = mentions.words.get(index)
    return word is not None and any(entry.count is not None for entry in word.entries)


def _is_adjective(mentions: Mentions, word: Word, last: int) -> bool:
    """Whether a victims noun only describes the next one ("two rebel-held areas", "a rebel offensive")."""
    if word.last >= last or is_plural(mentions, word) or mentions.vocabulary.grammar.modifier == "after":
        return False
    gap = mentions.between(word.last - 1, word.last)
    following = mentions.words.get(word.last)
    if following is None or gap not in (" ", "-"):
        return False
    if following.is_cue("holder", "backed") and gap == "-":
        return True
    entry = following.get("place")
    thing = following.get("event", "noun") is not None or (entry is not None and entry.role not in ("in", "from"))
    return thing and following.get("outcome") is None


# What may stand between a number and its noun.
_BETWEEN = ("other", "holder", "backed", "join", "based", "country", "suspect", "hedge", "neutral")
_PASSED_OVER = frozenset({*_BETWEEN, "actor", "claimant"})


_PEOPLE = frozenset({"victims", "claimant", "actor"})


def victims_of(mentions: Mentions, word: Word) -> Victims | None:
    """Whom a phrase counts; of an actor's phrase its last word says it ("ISIS fighters")."""
    if word.entries.keys.isdisjoint(_PEOPLE):
        return None
    entry = word.get("victims")
    if entry is not None:
        return entry.victims
    claimant = word.get("claimant")
    if claimant is not None and "described" in claimant.flags and mentions.vocabulary.grammar.modifier == "before":
        meaning = mentions.vocabulary.meaning(mentions.tokens[word.last - 1].norm)  # "a former rebel commander"
        return next((e.victims for e in meaning if e.kind == "victims"), None)
    if claimant is not None and mentions.vocabulary.grammar.article:  # "3 من متطوعي الدفاع المدني"
        head = mentions.vocabulary.meaning(mentions.tokens[word.first].norm)
        return next((e.victims for e in head if e.kind == "victims"), None)
    if word.get("actor") is None:
        return None
    meaning = mentions.vocabulary.meaning(mentions.tokens[word.last - 1].norm)
    return next((e.victims for e in meaning if e.kind == "victims"), None)


def finish_noun(mentions: Mentions, word: Word, victims: Victims, last: int, article: bool, part: bool) -> _Noun:
    """Take further nouns along ("civilian residents", "IS group fighters", "civilian deaths")."""
    end = word.last
    outcomes: tuple[Outcome, ...] = ()
    head = word
    while end < last and not parts_clauses(mentions, end - 1, end):
        following = mentions.words.get(end)
        if following is None or end in mentions.numbers or end in mentions.dates:
            break
        if mentions.vocabulary.begins_with_join(mentions.tokens[end].norm):
            break
        if any(entry.count is not None and entry.kind == "victims" for entry in following.entries):
            break  # "3 مدنيين طفلان وامرأة"
        more = victims_of(mentions, following)
        outcome = following.get("outcome")
        if outcome is not None and "counted" in outcome.flags and outcome.side == "left":
            # "civilian deaths"; but "three civilians dead" is linked like any other outcome.
            if not is_plural(mentions, head):
                outcomes = outcome.outcomes
                end = following.last
            break
        if more is None:
            break
        if more is not Victims.PEOPLE:
            victims = more if victims is not Victims.CIVILIANS or more is not Victims.COMBATANTS else victims
        head = following
        end = following.last
    if article and is_plural(mentions, head):
        return _Noun(end, rejected=True)
    if victims is Victims.PEOPLE and end + 1 < last:
        kind = kind_behind(mentions, end)
        if kind is not None:
            victims, end = kind, mentions.words[end].last + 1
    counted = head.get("outcome")
    if not article and not outcomes and counted is not None and "counted" in counted.flags and counted.side == "left":
        outcomes = counted.outcomes  # "28 victims", "3 martyrs": the noun itself says it
    entry = head.get("victims")
    if entry is not None and "family" in entry.flags:
        return _Noun(end, rejected=True)
    return _Noun(end, victims, outcomes, part, count=entry.count if entry is not None else None)


def kind_behind(mentions: Mentions, of: int) -> Victims | None:
    """Of what kind people are said to be: "3 أشخاص من المدنيين", "three persons of the civilians"."""
    partitive = mentions.words.get(of)
    if partitive is None or partitive.last >= len(mentions.tokens) or not partitive.is_cue("partitive", "with"):
        return None
    article, token = mentions.vocabulary.grammar.article, mentions.tokens[partitive.last].norm
    noun = mentions.words.get(partitive.last)
    if not article or noun is None:
        return None
    in_ranks = partitive.last - partitive.first > 1 or noun.last - noun.first > 1
    if noun.get("actor") is not None and in_ranks:
        return Victims.COMBATANTS  # "4 قتلى في صفوف قسد"
    entry = noun.get("victims")
    if entry is not None and entry.victims is Victims.COMBATANTS and entry.count is None:
        return Victims.COMBATANTS  # "خمسة قتلى من عناصر الفرقة"
    return entry.victims if entry is not None and token.startswith(article) and entry.count is None else None


def is_plural(mentions: Mentions, word: Word) -> bool:
    """Whether a noun has an ending of the plural."""
    endings = mentions.vocabulary.grammar.plurals
    return bool(endings) and mentions.tokens[word.last - 1].norm.endswith(endings)


def _adjective_outcome(mentions: Mentions, word: Word, last: int) -> _Noun:
    """As in "15 dead", and "six wounded children" with the noun behind."""
    entry = word.get("outcome")
    outcomes = entry.outcomes if entry is not None else ()
    end = word.last
    if end < last and not parts_clauses(mentions, end - 1, end) and end not in mentions.numbers:
        following = mentions.words.get(end)
        victims = victims_of(mentions, following) if following is not None else None
        if following is not None and victims is not None:
            return _Noun(following.last, victims, outcomes)
    return _Noun(end, None, outcomes)


# A toll told before ("the earlier figure was 12") stands no further in front of its number than this.
_REPLACED_GAP = 8


# "One" is an adjective right behind its noun.
_ONE = frozenset({"واحد", "واحده"})


def _stands_alone(mentions: Mentions, number: NumberMention, index: int, after: int, first: int, last: int) -> bool:
    """Whether a number without a noun counts people: "15 were killed", "kills 15", "the toll rose to 15"."""
    if mentions.tokens[index].norm in _ONE and index > first and mentions.between(index - 1, index) == " ":
        return False  # "عائلة واحدة"
    following = mentions.words.get(after)
    counts_some = following is not None and following.is_cue("of_them")
    includes = following is not None and following.is_cue("include") and not counts_some
    if includes and mentions.words_of(after, last, "outcome"):
        return True  # "eleven, including five children, were killed"
    if counts_some and after + 1 < len(mentions.tokens) and mentions.tokens[after + 1].norm == "those":
        return False  # "one of those killed was the head of the clinic"
    if _outcome_follows(mentions, after, last):
        return True
    if any(index - word.last <= _REPLACED_GAP for word in mentions.words_of(first, index, "replaced")):
        return True
    tolls = mentions.words_of(first, index, "toll", "update")
    if any(index - word.last <= TOLL_GAP for word in tolls) and mentions.words_of(
        max(first, index - 3), after, "update", "reach"
    ):
        return True
    start = min(index, mentions.token_at(number.start))  # "killing its crew of six"
    risen = (word for word in tolls if word.is_cue("update") and index - word.last <= TOLL_GAP)
    if mentions.tokens[start].norm == "الي" and any(risen):
        return True  # "ارتفع تعداد القتلى في القصف على حمص إلى 5، هم"
    return _stands_behind_outcome(mentions, start, after, first, last)


def _outcome_follows(mentions: Mentions, after: int, last: int) -> bool:
    """Whether what befell them stands behind a number ("15 were killed"), over auxiliaries and hedges at most."""
    following = mentions.words.get(after)
    reach = _ESTIMATE_GAP if following is not None and following.is_cue("be", "have") else 3
    for at in range(after, min(last, after + reach)):
        if parts_clauses(mentions, at - 1, at):
            return False
        word = mentions.words.get(at)
        if word is None:
            continue
        if word.get("outcome") is not None:
            return True
        if word.is_cue("of_them") and word.last < last and mentions.tokens[word.last].norm in _LOST:
            continue  # "leaving 14 of them dead"
        if word.is_cue("of_them") and at == after and _suffer(mentions, word.last, last):
            return True  # "one of them later died"
        if not word.is_cue("be", "have", "hedge", "other", "leave", "reach", "also") and word.get("reporting") is None:
            return False
    return False


def _stands_behind_outcome(mentions: Mentions, start: int, after: int, first: int, last: int) -> bool:
    """Whether what befell them, or a word for a toll, stands right in front of a number ("kills 15")."""
    for at in range(start - 1, max(first - 1, start - 4), -1):
        if BREAK.search(mentions.between(at, at + 1)) is not None:
            return False
        word = mentions.words.get(at)
        if word is None:
            continue
        entry = word.get("outcome")
        if entry is not None and mentions.tokens[word.first].norm == "affected":
            return False  # 1,100 locations
        if entry is not None:
            behind = "counted" in entry.flags and at == start - 1 and mentions.vocabulary.grammar.subject == "after"
            return (behind or entry.side in ("right", "either")) and not _noun_follows(mentions, after, last)
        if word.is_cue("toll", "update", "replaced"):
            return True
        if not word.is_cue("hedge", "other", "partitive", "all_of_them"):
            return False
    return False


def _suffer(mentions: Mentions, at: int, last: int) -> bool:
    """Whether it is told here what befell some: "(one of them) later died", "(two of them) were wounded"."""
    word = mentions.words.get(at) if at < last else None
    if word is not None and word.is_cue("be", "have"):
        word = mentions.words.get(word.last) if word.last < last else None
    return word is not None and (word.is_cue("wounds") or word.get("outcome") is not None)


_ADVERBS = frozenset({"there", "here", "nearby", "alone", "overall", "altogether", "instantly", "outright", "too"})


def _noun_follows(mentions: Mentions, after: int, last: int) -> bool:
    """Whether an unknown small word stands behind a number, which it may count ("killed 15 sheep")."""
    if after >= last or BREAK.search(mentions.between(after - 1, after)) is not None:
        return False
    if after in mentions.words or after in mentions.names or after in mentions.dates or after in mentions.numbers:
        return False
    if mentions.tokens[after].norm in _ADVERBS or mentions.tokens[after].norm in mentions.vocabulary.grammar.articles:
        return False  # "killed 12 the Observatory said", where a comma was lost
    token = mentions.tokens[after]
    is_thing = mentions.text[token.start].islower() and mentions.vocabulary.grammar.subject == "before"
    return is_thing and not token.norm.endswith(mentions.vocabulary.grammar.plurals)
