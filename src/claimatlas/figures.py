"""Figures: which number counts which victims, and what befell them.

A small grammar over the mentions of one clause. Numbers are joined with the noun they count ("26 Syrian and Iraqi IS
fighters"), figures with the outcome words around them ("killed 15", "15 were killed", "death of 3", "15 dead"), and
subsets with their wholes ("including 7 women", "were among the dead"). The word order of a language is in its
vocabulary: every outcome word says on which side its victims stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

import msgspec
from msgspec.structs import replace

from claimatlas.mentions import Mentions, Word
from claimatlas.model import Outcome, Victims
from claimatlas.numbers import NumberKind, NumberMention

# Words that may stand between an outcome word and the figure behind it ("killed in cold blood at least 12").
_RIGHT_GAP = 4
# The same where the doer stands between the verb and whom it hit ("اغتال مجهولون يستقلون دراجة نارية مساء أمس شابا").
_SUBJECT_GAP = 9
# … where its form leaves no doubt: "killing X, a field commander of the group, and eight more militants".
_NAMES_GAP = 14
# Words that may stand between a figure and the outcome word behind it, in front of which there may be a whole
# relative clause ("15 people, most of them farmers on their way to market in the town, were killed").
_LEFT_GAP = 26
_MAX_ABBREVIATION = 5
# "The death toll from a bomb on a convoy of buses outside Aleppo has reached 112".
_TOLL_GAP = 24
_APPOSITION_GAP = 14
# "The toll has risen to four children".
_RISEN_GAP = 1
_TOTALS = ("total of ", "a total of ", "A total of ", "Total of ")
# "1,400 are estimated to have been killed".
_ESTIMATE_GAP = 6
# "A woman was killed", but not "a doctor who saw how six were killed".
_ARTICLE_GAP = 3
_BREAK = re.compile(r"[,;:.!?()\n،؛؟\"]|\s[-–—]\s")
_HARD_BREAK = re.compile(r"[;:!?\n؛؟]")


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
    whole: Figure | None = None


def name_others(figures: Iterable[Figure]) -> None:
    """Let "others" be of the kind counted before them, in a language where the word stands in for the noun.

    Args:
        figures: A report's figures, in order of the text; changed in place.
    """
    before: Figure | None = None
    for figure in figures:
        if figure.additional and figure.victims is Victims.PEOPLE and before is not None:
            figure.victims = before.victims
        if not figure.part:
            before = figure


# Without one of these in a clause its figures have no outcome: a word for one, or a cue that brings one along.
_TELLING = ("outcome", "toll", "replaced", "update", "among", "include")


def find_figures(mentions: Mentions, first: int, last: int) -> list[Figure]:
    """The figures of a clause that say what befell whom.

    Args:
        mentions: The report's mentions.
        first: Index of the clause's first token.
        last: Index after its last token.

    Returns:
        Figures with their outcomes, in order of the text.
    """
    if not mentions.words_of(first, last, *_TELLING):
        return []
    persons = [
        *_read_persons(mentions, first, last),
        *_read_kin(mentions, first, last),
        *_read_aged(mentions, first, last),
    ]
    counted = [f for f in _read_figures(mentions, first, last) if not any(_holds(person, f) for person in persons)]
    figures = sorted([*counted, *persons], key=lambda figure: figure.first)
    if not figures:
        return []
    _mark_parts(mentions, figures, first, last)
    _link_outcomes(mentions, figures, first, last)
    for figure in figures:
        figure.outcomes = _both_behind(mentions, figure, last) or _lives(mentions, figure, last) or figure.outcomes
    _tell_kinds(mentions, figures, last)
    _link_uncounted(mentions, figures, first)
    _share_outcomes(mentions, figures)
    figures = _with_names(mentions, figures, first)
    _mark_together(mentions, figures)
    for figure in figures:
        figure.updated = figure.updated or (Outcome.KILLED in figure.outcomes and _is_total(mentions, figure))
    return _add_up(mentions, [f for f in figures if f.outcomes and not _says_nothing_new(mentions, f)])


def _holds(person: Figure, figure: Figure) -> bool:
    """Whether a figure only says what a person named was: "Samir al-Hamad, a field commander"."""
    return figure.article and person.first < figure.first and figure.last <= person.last


def _add_up(mentions: Mentions, figures: list[Figure]) -> list[Figure]:
    """Single victims named one after the other are one count: "a nurse, a hospital employee and a driver" are three."""
    added: list[Figure] = []
    for figure in figures:
        last = added[-1] if added else None
        if (
            last is not None
            and last.named
            and figure.named
            and ((last.article and figure.article) or figure.together or _side_by_side(mentions, last, figure))
            and last.victims is figure.victims
            and last.outcomes == figure.outcomes
            and last.part == figure.part
            and _joined(mentions, last, figure)
        ):
            last.min, last.max = (last.min or 0) + (figure.min or 1), (last.max or 0) + (figure.max or 1)
            last.last, last.end = figure.last, figure.end
            continue
        added.append(figure)
    return added


def _side_by_side(mentions: Mentions, left: Figure, right: Figure) -> bool:
    """Whether "and" alone, written in one with the second noun, stands between nouns that count by form (طفل وطفلة)."""
    return left.last == right.first and mentions.vocabulary.begins_with_join(mentions.tokens[right.first].norm)


def _says_nothing_new(mentions: Mentions, figure: Figure) -> bool:
    """Whether a part is "a man" of some people: it counts nobody the whole does not, and no kind of its own."""
    alike = mentions.vocabulary.grammar.others_alike and figure.part and figure.named
    return alike and figure.victims is Victims.PEOPLE and figure.whole is not None


def _breaks(mentions: Mentions, left: int, right: int) -> bool:
    """Whether punctuation ends a noun phrase between two tokens; an abbreviation in brackets does not: "(IS)"."""
    gap = mentions.between(left, right)
    if _BREAK.search(gap) is None:
        return False
    inside = right if gap.strip() == "(" else left if gap.strip() == ")" else None
    if inside is None:
        return True
    token = mentions.tokens[inside]
    return token.end - token.start > _MAX_ABBREVIATION or not mentions.text[token.start : token.end].isupper()


# ---------------------------------------------------------------------------------------------
# Numbers and what they count
# ---------------------------------------------------------------------------------------------


class _Noun(msgspec.Struct):
    """What was read behind a number."""

    last: int
    victims: Victims | None = None
    outcomes: tuple[Outcome, ...] = ()
    part: bool = False
    rejected: bool = False


def _read_figures(mentions: Mentions, first: int, last: int) -> Iterator[Figure]:
    index = first
    while index < last:
        number = mentions.numbers.get(index)
        ordinal = _one_more(mentions, index, last)
        if ordinal is not None:
            yield ordinal
            index = ordinal.last
            continue
        if number is not None and index not in mentions.dates:
            after = index + 1
            while after < last and mentions.numbers.get(after) is number:
                after += 1
            behind = after
            if mentions.vocabulary.prefixes and number.core_end < number.end:  # "ثلاثون جريحا على الأقل"
                behind = max(index + 1, min(after, mentions.token_at(number.core_end)))
            figure = _figure_of_number(mentions, number, index, behind, first, last)
            if figure is not None:
                yield figure
                index = max(figure.last, after)
                continue
            index = after
            continue
        word = mentions.words.get(index)
        if word is not None and word.first == index:
            if word.entries.keys.isdisjoint(_COUNTED):
                index = word.last
                continue
            figure = _named_figure(mentions, word, last)
            if figure is not None:
                yield figure
                index = figure.last
                continue
            single = _relative(mentions, word, first) or _another(mentions, word)
            if single is not None:
                yield single
            index = word.last
            continue
        index += 1


# Words that may count somebody by themselves.
_COUNTED = frozenset({"victims", "outcome"})


def _relative(mentions: Mentions, word: Word, first: int) -> Figure | None:
    """A relative who counts one: "a schoolgirl and her mother"."""
    entry = word.get("victims")
    owner = word.first - 1
    if entry is None or entry.victims is None or owner <= first or _is_plural(mentions, word):
        return None
    if mentions.tokens[owner].norm not in mentions.vocabulary.grammar.possessives:
        return None
    start, end = mentions.tokens[owner].start, mentions.tokens[word.last - 1].end
    return Figure(owner, word.last, start, end, 1, 1, entry.victims, named=True, article=True)


def _one_more(mentions: Mentions, index: int, last: int) -> Figure | None:
    """One victim more, told by an ordinal: "a fourth was shot", "a fifth man"."""
    if index + 2 >= last or mentions.tokens[index].norm not in mentions.vocabulary.grammar.articles:
        return None
    if mentions.tokens[index + 1].norm not in _ORDINALS:
        return None
    end = index + 2
    word = mentions.words.get(end)
    entry = word.get("victims") if word is not None else None
    victims = entry.victims if entry is not None and entry.victims is not None else Victims.PEOPLE
    if word is not None and entry is not None:
        end = word.last
    elif word is None or not (word.is_cue("be", "have") or word.get("outcome") is not None):
        return None
    start, stop = mentions.tokens[index].start, mentions.tokens[end - 1].end
    return Figure(index, end, start, stop, 1, 1, victims, named=True, additional=True, together=True, too=True)


def _another(mentions: Mentions, word: Word) -> Figure | None:
    """One victim on top of others: "another man"."""
    entry = word.get("victims")
    before = word.first - 1
    if entry is None or entry.victims is None or before < 0 or _is_plural(mentions, word):
        return None
    if mentions.tokens[before].norm != "another":
        return None
    start, end = mentions.tokens[before].start, mentions.tokens[word.last - 1].end
    return Figure(before, word.last, start, end, 1, 1, entry.victims, named=True, additional=True)


def _read_persons(mentions: Mentions, first: int, last: int) -> Iterator[Figure]:
    """Single victims without a number: "kills senior al-Qaeda leader", "the businessman was killed"."""
    singular = mentions.vocabulary.grammar.singular_be
    if not singular:
        return
    for word in mentions.words_of(first, last, "outcome"):
        entry = word.get("outcome")
        if entry is None or "counted" in entry.flags or len(entry.outcomes) != 1:
            continue
        before = word.first - 1
        if before > first and mentions.tokens[before].norm in singular:
            figure = _person_before(mentions, before, first, entry.outcomes)
            if figure is not None:
                yield figure
        elif entry.side in ("right", "either"):
            figure = _name_behind(mentions, word, last, entry.outcomes) or _person_behind(
                mentions, word.last, last, entry.outcomes
            )
            if figure is not None:
                yield figure


_PRONOUNS = frozenset({"him", "her"})
_KUNYAS = frozenset({"abu", "abou", "umm"})
_NAME_PARTICLES = frozenset({"al", "el", "bin", "ibn", "abu", "abd", "ul", "aka", "alias"})
_OPENS_LIST = re.compile(r"\s*[,،:(]|\s[-–—]\s")
_LISTED = re.compile(r"\s*,\s*")
_BEHIND_NAMES = frozenset(
    {"in", "on", "at", "near", "when", "as", "who", "with", "during", "inside", "outside", "alongside"}
)
# "Seven people, both fighters and civilians" does not count two more.
_ORDINALS = frozenset({"second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"})
_PAIRS = frozenset({"both", "all"})
# "An earlier toll from the strike on the northern town of … had put it at 15".
_OLD_TOLL_GAP = 14
# A person is named by two words at least, and what he was is said within this many.
_MIN_NAME_WORDS, _APPOSITION = 2, 6
# "…, a field commander of the group in the area, and eight more".
_NAMED_GAP = 9
_POSSESSIVES = frozenset({"his", "her", "their"})


def _read_kin(mentions: Mentions, first: int, last: int) -> Iterator[Figure]:
    """A single relative beside another victim: "a schoolgirl and her mother"."""
    if not mentions.vocabulary.grammar.singular_be:
        return
    for word in mentions.words_of(first + 3, last, "victims"):
        entry = word.get("victims")
        if entry is None or entry.victims not in (Victims.WOMEN, Victims.CHILDREN) or _is_plural(mentions, word):
            continue
        join = mentions.words.get(word.first - 2)
        if mentions.tokens[word.first - 1].norm not in _POSSESSIVES or join is None or not join.is_cue("join"):
            continue
        beside = mentions.words.get(join.first - 1)
        if beside is not None and (beside.get("victims") is not None or beside.get("actor") is not None):
            start, end = mentions.tokens[word.first - 1].start, mentions.tokens[word.last - 1].end
            yield Figure(word.first - 1, word.last, start, end, 1, 1, entry.victims, named=True)


# "إصابة سعيد خلف الحمد (22 عاما)، وأحمد الجاسم (41 عاما)": names have this many words at most, all of them unknown.
_AGED_NAME = 8
_AGE_UNITS = frozenset({"عاما", "عام", "اعوام", "سنه", "سنوات", "ربيعا"})


def _read_aged(mentions: Mentions, first: int, last: int) -> Iterator[Figure]:
    """Victims told by name and age behind the word for what befell them, in a language without capitals."""
    if mentions.vocabulary.grammar.cased_names:
        return
    for word in mentions.words_of(first, last, "outcome"):
        entry = word.get("outcome")
        if entry is None or len(entry.outcomes) != 1 or entry.side not in ("right", "either"):
            continue
        count, at, end = 0, word.last, word.last
        while (age := _age_behind(mentions, at, min(last, at + _AGED_NAME))) is not None:
            count, at, end = count + 1, age + 2, age + 2
        if count:
            person = _person(mentions, word.last, end, Victims.PEOPLE, entry.outcomes)
            person.min = person.max = count
            yield person


def _age_behind(mentions: Mentions, first: int, last: int) -> int | None:
    """Where the age stands behind a name that begins at a token, or None where it is no name."""
    for index in range(first, last):
        if mentions.tokens[index].norm.isdigit():
            is_age = index + 1 < len(mentions.tokens) and mentions.tokens[index + 1].norm in _AGE_UNITS
            return index if is_age and index > first else None
        word = mentions.words.get(index)
        if word is not None and any(e.kind in ("victims", "outcome", "event", "reporting") for e in word.entries):
            return None
    return None


def _is_aged(mentions: Mentions, first: int, last: int) -> bool:
    """Whether a name and an age stand between two victims: "الطفل حسن علي (7 أعوام)، والطفل فارس"."""
    if mentions.vocabulary.grammar.cased_names or not mentions.vocabulary.begins_with_join(mentions.tokens[last].norm):
        return False
    age = _age_behind(mentions, first, min(last, first + _AGED_NAME))
    return age is not None and not mentions.words_of(age + 2, last, "outcome", "event", "victims", "reporting")


def _person_before(mentions: Mentions, be: int, first: int, outcomes: tuple[Outcome, ...]) -> Figure | None:
    """The person in front of "was killed": a singular noun, or a name of two words and more."""
    start = be - 1
    if start < first or start in mentions.numbers:
        return None
    if "," in mentions.between(start, be):
        start = _before_apposition(mentions, start, first)
    elif _BREAK.search(mentions.between(start, be)) is not None:
        return None
    if start < first:
        return None
    word = mentions.words.get(start)
    if word is not None:
        entry = word.get("victims")
        if entry is None or entry.victims is None or _is_plural(mentions, word) or "family" in entry.flags:
            return None
        if any(index in mentions.numbers for index in range(max(first, word.first - 4), word.first)):
            return None
        return _person(mentions, word.first, word.last, entry.victims, outcomes)
    victims, index = Victims.PEOPLE, start
    while index >= first and index not in mentions.words and index not in mentions.numbers:
        token = mentions.tokens[index]
        joined = index < start and mentions.between(index, index + 1) in (" ", "-")
        if index < start and not joined:
            break
        if not mentions.text[token.start].isupper() and not (joined and mentions.between(index, index + 1) == "-"):
            break
        index -= 1
    if start - index < 2:
        return None
    title = mentions.words.get(index) if index >= first else None
    entry = title.get("victims") if title is not None else None
    if entry is not None and entry.victims is not None and mentions.between(index, index + 1) == " ":
        victims = entry.victims
    return _person(mentions, index + 1, start + 1, victims, outcomes)


def _before_apposition(mentions: Mentions, end: int, first: int) -> int:
    """The last token in front of what is said of a person between commas ("X, born in Raqqa, was killed"), or -1."""
    for index in range(end - 1, max(first, end - 14) - 1, -1):
        if "," in mentions.between(index, index + 1):
            return index
    return -1


def _person_behind(mentions: Mentions, after: int, last: int, outcomes: tuple[Outcome, ...]) -> Figure | None:
    """The person behind "kills": a singular noun among the next words ("senior al-Qaeda leader")."""
    for index in range(after, min(last, after + 4)):
        if index in mentions.numbers or index in mentions.dates:
            return None
        if index > after and _breaks(mentions, index - 1, index):
            return None
        word = mentions.words.get(index)
        if word is None and mentions.tokens[index].norm in _BEHIND_NAMES:
            return None  # "14 wounded during rebel fire"
        if word is None or word.first != index:
            continue
        victims = _victims_of(mentions, word)
        if victims is not None:
            following = mentions.words.get(word.last) if word.last < last else None
            more = following is not None and _victims_of(mentions, following) is not None
            if more or _is_plural(mentions, word) or (word.get("victims") or word.get("actor")) is None:
                return None
            entry = word.get("victims")
            if entry is None or "family" in entry.flags or entry.victims is Victims.PEOPLE:
                return None
            return _person(mentions, word.first, word.last, victims, outcomes)
        if word.get("actor") is None and not word.is_cue("country"):
            return None
    return None


def _name_behind(mentions: Mentions, word: Word, last: int, outcomes: tuple[Outcome, ...]) -> Figure | None:
    """The person named behind "killing", with what is said of him: "killing Samir al-Hamad, a field commander, and …".

    A pronoun counts where others follow it ("killing him and two companions").
    """
    end = word.last
    if end >= last or end in mentions.words or _breaks(mentions, end - 1, end):
        return None
    if mentions.tokens[end].norm in _PRONOUNS:
        joiner = mentions.words.get(end + 1) if end + 1 < last else None
        joined = joiner is not None and joiner.is_cue("join")
        return _person(mentions, end, end + 1, Victims.PEOPLE, outcomes) if joined else None
    names = _read_names(mentions, end, last)
    if not names or not _ends_name(mentions, names[-1], last):
        return None
    person = _person(mentions, word.last, names[-1], Victims.PEOPLE, outcomes)
    person.min = person.max = len(names)
    return _with_apposition(mentions, person, last) if len(names) == 1 else person


def _read_names(mentions: Mentions, first: int, last: int) -> list[int]:
    """Where each of the persons' names ends that are listed from here on, with their ages or without."""
    ends: list[int] = []
    start = first
    while (end := _name_end(mentions, start, last)) is not None:
        ends.append(end)
        start = end
        if start < last and mentions.tokens[start].norm.isdigit():
            start += 1  # "Samir Hamad, 32"
        if start < last and (joiner := mentions.words.get(start)) is not None and joiner.is_cue("join"):
            start = joiner.last
        elif start >= last or _LISTED.fullmatch(mentions.between(start - 1, start)) is None:
            break
    return ends


def _name_end(mentions: Mentions, first: int, last: int) -> int | None:
    """Where a name of two words and more ends that begins at a token, or None."""
    end, capitals = first, 0
    while end < last and end not in mentions.numbers and (end == first or not _breaks(mentions, end - 1, end)):
        capital = mentions.text[mentions.tokens[end].start].isupper()
        if not capital and (mentions.tokens[end].norm not in _NAME_PARTICLES or end in mentions.words):
            break
        capitals += capital
        end += 1
    place = mentions.names.get(first)
    is_place = place is not None and place is mentions.names.get(end - 1) and mentions.tokens[first].norm not in _KUNYAS
    return end if capitals >= _MIN_NAME_WORDS and not is_place else None


def _ends_name(mentions: Mentions, end: int, last: int) -> bool:
    """Whether what stands behind a name shows that it is a person's, and not a group's ("… fighters")."""
    if end >= last or _BREAK.search(mentions.between(end - 1, end)) is not None or end in mentions.dates:
        return True
    norm = mentions.tokens[end].norm
    word = mentions.words.get(end)
    return (
        norm in mentions.vocabulary.grammar.articles
        or norm in _BEHIND_NAMES
        or (word is not None and word.is_cue("join", "by", "clause"))
    )


def _with_apposition(mentions: Mentions, person: Figure, last: int) -> Figure:
    """A named person with what he was: "…, a field commander of the group,"."""
    at = person.last
    if at >= last or mentions.tokens[at].norm not in mentions.vocabulary.grammar.articles:
        return person
    for index in range(at + 1, min(last, at + _APPOSITION)):
        if _breaks(mentions, index - 1, index):
            break
        word = mentions.words.get(index)
        victims = _victims_of(mentions, word) if word is not None else None
        if word is not None and victims is not None and not _is_plural(mentions, word):
            end = mentions.tokens[word.last - 1].end
            return replace(person, last=word.last, end=end, victims=victims)
    return person


def _person(mentions: Mentions, first: int, last: int, victims: Victims, outcomes: tuple[Outcome, ...]) -> Figure:
    start, end = mentions.tokens[first].start, mentions.tokens[last - 1].end
    return Figure(first, last, start, end, 1, 1, victims, outcomes, named=True)


def _named_figure(mentions: Mentions, word: Word, last: int) -> Figure | None:
    """A noun that counts by its form alone: a bare singular is one (مدني), a dual two (طفلان, جريحان)."""
    entry = next((e for e in word.entries if e.count is not None and e.kind in ("victims", "outcome")), None)
    if entry is None or entry.count is None:
        return None
    if entry.kind == "outcome" and mentions.vocabulary.has_article(mentions.tokens[word.first].norm):
        return None  # "the wounded man" has been counted before
    noun = _finish_noun(mentions, word, entry.victims or Victims.PEOPLE, last, False, False)
    number = mentions.numbers.get(noun.last) if noun.last < last else None
    if number is not None and number.min == number.max == entry.count:  # "عنصر واحد", "مدنيان اثنان"
        noun.last += 1
    start, end = mentions.tokens[word.first].start, mentions.tokens[noun.last - 1].end
    outcomes = entry.outcomes or noun.outcomes
    return Figure(
        word.first, noun.last, start, end, entry.count, entry.count, noun.victims or Victims.PEOPLE, outcomes,
        named=True, additional="additional" in entry.flags,
    )  # fmt: skip


def _figure_of_number(
    mentions: Mentions, number: NumberMention, index: int, after: int, first: int, last: int
) -> Figure | None:
    if number.min is None and number.max is None and number.kind is not NumberKind.ARTICLE:
        return None
    noun = _read_noun(mentions, number, after, last)
    if noun.rejected or (number.kind is NumberKind.ARTICLE and _is_not_counted(mentions, index, first)):
        return None
    low = number.max if _is_new_level(mentions, number, first, last) else number.min
    bare = noun.victims is None
    if mentions.tokens[index].norm in _PAIRS and (bare or _joins_kinds(mentions, noun.last, last)):
        return None  # "from both sides", "both fighters and civilians"
    if (
        bare
        and not noun.outcomes
        and not number.additional
        and not _stands_alone(mentions, number, index, after, first, last)
    ):
        return None
    start, end = mentions.tokens[index].start, mentions.tokens[noun.last - 1].end
    return Figure(
        index, noun.last, min(start, number.start), end, low, number.max, noun.victims or Victims.PEOPLE,
        noun.outcomes, part=noun.part, named=number.kind is NumberKind.ARTICLE, additional=number.additional,
        bare=bare, vague=number.vague, article=number.kind is NumberKind.ARTICLE,
    )  # fmt: skip


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


def _read_noun(mentions: Mentions, number: NumberMention, after: int, last: int) -> _Noun:
    """The noun that a number counts, searched over adjectives, names and sides ("26 Syrian and Iraqi IS fighters")."""
    article = number.kind is NumberKind.ARTICLE
    span = 3 if article else mentions.vocabulary.grammar.figure_span
    part = False
    index = after
    while index < min(last, after + span):
        if _breaks(mentions, index - 1, index):
            break
        aged = _behind_age(mentions, index, last)
        if aged is not None:
            index, span = aged, span + aged - index
            continue
        if index in mentions.dates or index in mentions.numbers:
            break
        word = mentions.words.get(index)
        if word is None:
            if mentions.text[mentions.tokens[index].start].isupper() and (
                mentions.tokens[index].norm in mentions.vocabulary.grammar.definite
            ):
                break  # a new sentence whose stop was lost
            index += 1
            continue
        if word.is_cue("ignore_number"):
            return _Noun(after, rejected=True)
        victims = _victims_of(mentions, word)
        if victims is not None and _is_adjective(mentions, word, last):
            index = word.last
            continue
        if victims is not None:
            return _finish_noun(mentions, word, victims, last, article, part)
        outcome = word.get("outcome")
        if (
            index == after
            and not mentions.vocabulary.begins_with_join(mentions.tokens[index].norm)
            and any(e.kind == "outcome" and ("counted" in e.flags or e.side == "left") for e in word.entries)
        ):
            noun = _adjective_outcome(mentions, word, last)
            return _Noun(after, rejected=True) if article and noun.victims is None else noun
        if outcome is not None:
            break
        if word.is_cue("of_them") and index == after and not _counts_itself(mentions, word.last):
            part = True
            index = word.last
            continue
        if word.is_cue("partitive"):
            if article:
                return _Noun(after, rejected=True)
            index = word.last
            continue
        if word.get("actor") is not None or word.is_cue(*_BETWEEN):
            index = word.last
            continue
        if word.get("claimant") is not None:
            index = word.last
            continue
        if word.get("event") is not None and not word.get("actor"):
            return _Noun(after, rejected=index == after and not _is_attached(mentions, number, index))
        break
    return _Noun(after, rejected=article)


def _behind_age(mentions: Mentions, index: int, last: int) -> int | None:
    """Where a noun goes on behind an age in front of it ("a 50-year-old man"), or None."""
    if index + 2 >= last:
        return None
    return index + 3 if (mentions.tokens[index + 1].norm, mentions.tokens[index + 2].norm) == ("year", "old") else None


def _is_attached(mentions: Mentions, number: NumberMention, index: int) -> bool:
    """Whether a deed's noun cannot be what is counted: "others" are, or a preposition is attached to it (بقصف)."""
    vocabulary, token = mentions.vocabulary, mentions.tokens[index].norm
    return bool(vocabulary.prefixes) and (number.additional or vocabulary.forms(token)[:1] != (token,))


def _counts_itself(mentions: Mentions, index: int) -> bool:
    """Whether a noun counts by its form alone ("6 بينهم طفلان": the six are not children)."""
    word = mentions.words.get(index)
    return word is not None and any(entry.count is not None for entry in word.entries)


def _is_adjective(mentions: Mentions, word: Word, last: int) -> bool:
    """Whether a victims noun only describes the next one ("two rebel-held areas", "a rebel offensive")."""
    if word.last >= last or _is_plural(mentions, word) or mentions.vocabulary.grammar.modifier == "after":
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


def _victims_of(mentions: Mentions, word: Word) -> Victims | None:
    """Whom a phrase counts; of an actor's phrase its last word says it ("ISIS fighters")."""
    entry = word.get("victims")
    if entry is not None:
        return entry.victims
    if word.get("claimant") is not None and mentions.vocabulary.grammar.article:  # "3 من متطوعي الدفاع المدني"
        head = mentions.vocabulary.meaning(mentions.tokens[word.first].norm)
        return next((e.victims for e in head if e.kind == "victims"), None)
    if word.get("actor") is None:
        return None
    meaning = mentions.vocabulary.meaning(mentions.tokens[word.last - 1].norm)
    return next((e.victims for e in meaning if e.kind == "victims"), None)


def _finish_noun(mentions: Mentions, word: Word, victims: Victims, last: int, article: bool, part: bool) -> _Noun:
    """Take further nouns along ("civilian residents", "IS group fighters", "civilian deaths")."""
    end = word.last
    outcomes: tuple[Outcome, ...] = ()
    head = word
    while end < last and not _breaks(mentions, end - 1, end):
        following = mentions.words.get(end)
        if following is None or end in mentions.numbers or end in mentions.dates:
            break
        if mentions.vocabulary.begins_with_join(mentions.tokens[end].norm):
            break
        if any(entry.count is not None and entry.kind == "victims" for entry in following.entries):
            break  # "3 مدنيين طفلان وامرأة"
        more = _victims_of(mentions, following)
        outcome = following.get("outcome")
        if outcome is not None and "counted" in outcome.flags and outcome.side == "left":
            # "civilian deaths"; but "three civilians dead" is linked like any other outcome.
            if not _is_plural(mentions, head):
                outcomes = outcome.outcomes
                end = following.last
            break
        if more is None:
            break
        if more is not Victims.PEOPLE:
            victims = more if victims is not Victims.CIVILIANS or more is not Victims.COMBATANTS else victims
        head = following
        end = following.last
    if article and _is_plural(mentions, head):
        return _Noun(end, rejected=True)
    if victims is Victims.PEOPLE and end + 1 < last:
        kind = _kind_behind(mentions, end)
        if kind is not None:
            victims, end = kind, mentions.words[end].last + 1
    counted = head.get("outcome")
    if not outcomes and counted is not None and "counted" in counted.flags and counted.side == "left":
        outcomes = counted.outcomes  # "28 victims", "3 martyrs": the noun itself says it
    entry = head.get("victims")
    if entry is not None and "family" in entry.flags:
        return _Noun(end, rejected=True)
    return _Noun(end, victims, outcomes, part)


def _tell_kinds(mentions: Mentions, figures: list[Figure], last: int) -> None:
    """Say of what kind those are whom an outcome's noun counts: "3 قتلى و10 جرحى من المدنيين"."""
    kind: Victims | None = None
    following: Figure | None = None
    for figure in reversed(figures):
        if following is None or not _joined(mentions, figure, following):
            kind = None
        kind = (_kind_behind(mentions, figure.last) if figure.last + 1 < last else None) or kind
        following = figure
        noun = mentions.words.get(figure.first)
        person = figure.named and noun is not None and noun.get("victims") is not None  # "شاب وجريحان من المدنيين"
        if kind is not None and figure.victims is Victims.PEOPLE and figure.outcomes and not person:
            figure.victims = kind


def _kind_behind(mentions: Mentions, of: int) -> Victims | None:
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
    return entry.victims if entry is not None and token.startswith(article) and entry.count is None else None


def _is_plural(mentions: Mentions, word: Word) -> bool:
    endings = mentions.vocabulary.grammar.plurals
    return bool(endings) and mentions.tokens[word.last - 1].norm.endswith(endings)


def _adjective_outcome(mentions: Mentions, word: Word, last: int) -> _Noun:
    """As in "15 dead", and "six wounded children" with the noun behind."""
    entry = word.get("outcome")
    outcomes = entry.outcomes if entry is not None else ()
    end = word.last
    if end < last and not _breaks(mentions, end - 1, end) and end not in mentions.numbers:
        following = mentions.words.get(end)
        victims = _victims_of(mentions, following) if following is not None else None
        if following is not None and victims is not None:
            return _Noun(following.last, victims, outcomes)
    return _Noun(end, None, outcomes)


def _stands_alone(mentions: Mentions, number: NumberMention, index: int, after: int, first: int, last: int) -> bool:
    """Whether a number without a noun counts people: "15 were killed", "kills 15", "the toll rose to 15"."""
    following = mentions.words.get(after)
    reach = _ESTIMATE_GAP if following is not None and following.is_cue("be", "have") else 3
    for at in range(after, min(last, after + reach)):
        if _breaks(mentions, at - 1, at):
            break
        word = mentions.words.get(at)
        if word is None:
            continue
        if word.get("outcome") is not None:
            return True
        if not word.is_cue("be", "have", "hedge", "other", "leave", "reach") and word.get("reporting") is None:
            break
    if any(index - word.last <= 8 for word in mentions.words_of(first, index, "replaced")):
        return True
    tolls = mentions.words_of(first, index, "toll", "update")
    if any(index - word.last <= _TOLL_GAP for word in tolls) and mentions.words_of(
        max(first, index - 3), index, "update", "reach"
    ):
        return True
    for at in range(index - 1, max(first - 1, index - 4), -1):
        if _BREAK.search(mentions.between(at, at + 1)) is not None:
            return False
        word = mentions.words.get(at)
        if word is None:
            continue
        entry = word.get("outcome")
        if entry is not None:
            behind = "counted" in entry.flags and at == index - 1 and mentions.vocabulary.grammar.subject == "after"
            return (behind or entry.side in ("right", "either")) and not _noun_follows(mentions, after, last)
        if word.is_cue("toll", "update", "replaced"):
            return True
        if not word.is_cue("hedge", "other", "partitive"):
            return False
    return False


def _noun_follows(mentions: Mentions, after: int, last: int) -> bool:
    """Whether an unknown small word stands behind a number, which it may count ("killed 15 sheep")."""
    if after >= last or _BREAK.search(mentions.between(after - 1, after)) is not None:
        return False
    if after in mentions.words or after in mentions.names or after in mentions.dates or after in mentions.numbers:
        return False
    token = mentions.tokens[after]
    is_thing = mentions.text[token.start].islower() and mentions.vocabulary.grammar.subject == "before"
    return is_thing and not token.norm.endswith(mentions.vocabulary.grammar.plurals)


# ---------------------------------------------------------------------------------------------
# Parts and wholes
# ---------------------------------------------------------------------------------------------


def _mark_parts(mentions: Mentions, figures: list[Figure], first: int, last: int) -> None:
    for previous, figure in pairwise(figures):
        includes = mentions.words_of(previous.last, figure.first, "include")
        if any(figure.first - word.last <= 2 for word in includes):
            figure.part = True
            figure.whole = previous.whole if previous.part and previous.whole else previous
        elif previous.part and _joined(mentions, previous, figure) and not _has_own_outcome(mentions, figure):
            figure.part = True
            figure.whole = previous.whole
        elif figure.article and any(figure.first - word.last <= 5 for word in includes):
            figure.part = True
            figure.whole = previous.whole if previous.part and previous.whole else previous
        elif figure.part:
            figure.whole = previous.whole if previous.part and previous.whole else previous
    opener = next(iter(mentions.words_in(first, figures[0].first)), None)
    if opener is not None and opener.is_cue("include") and opener.last >= figures[0].first - 2:
        figures[0].part = True
    _mark_trailing_parts(mentions, figures, first, last)
    _mark_enumerated(mentions, figures)
    for word in mentions.words_of(first, last, "among", "include"):
        if word.first <= first + 1 and _phrase_outcomes(mentions, word):
            for figure in figures:  # "Among the wounded are a woman and two children"
                figure.part = True
                figure.outcomes = figure.outcomes or _phrase_outcomes(mentions, word)
            continue
        if not word.is_cue("among") or not _predicates(mentions, word, first):
            continue
        before = [figure for figure in figures if figure.last <= word.first and word.first - figure.last <= 6]
        after = next((figure for figure in figures if figure.first >= word.last), None)
        if after is not None and not before and after.first - word.last <= 1 and _phrase_outcomes(mentions, word):
            _mark_among(mentions, figures, after, _phrase_outcomes(mentions, word))
            continue
        for figure in before:
            figure.part = True
            figure.whole = after if after is not None and after.first - word.last <= 4 else None
            if figure.whole is None and not figure.outcomes:
                figure.outcomes = _phrase_outcomes(mentions, word)


def _mark_among(mentions: Mentions, figures: list[Figure], figure: Figure, outcomes: tuple[Outcome, ...]) -> None:
    """Mark parts of a whole that is told elsewhere: "among the dead were 14 children and eight women"."""
    current = figure
    for other in figures[figures.index(figure) :]:
        if other is not figure and not _joined(mentions, current, other):
            break
        other.part = True
        other.outcomes = other.outcomes or outcomes
        current = other


def _mark_trailing_parts(mentions: Mentions, figures: list[Figure], first: int, last: int) -> None:
    """As in "32 people were killed, eight women and seventeen children among them": here the words come last."""
    for word in mentions.words_of(first, last, "include"):
        if word.is_cue("of_them"):
            continue
        if any(0 <= figure.first - word.last <= 2 for figure in figures):
            continue
        at = next((i for i in range(len(figures) - 1, 0, -1) if figures[i].last == word.first), None)
        if at is None or _leads_on(mentions, word, last):
            continue
        start = at
        while (
            start > 1
            and _joined(mentions, figures[start - 1], figures[start])
            and ("," not in mentions.text[figures[start - 1].end : figures[start].start])
        ):
            start -= 1
        for figure in figures[start : at + 1]:
            figure.part = True
            figure.whole = figures[start - 1].whole or figures[start - 1]


def _mark_enumerated(mentions: Mentions, figures: list[Figure]) -> None:
    """As in "five members, a commander and four fighters": listed right behind, they add up to the whole."""
    for at, whole in enumerate(figures[:-2]):
        opens = _OPENS_LIST.match(mentions.text, whole.end) is not None
        # "3 مدنيين طفلان وامرأة"
        opens = opens or (figures[at + 1].named and not figures[at + 1].article and figures[at + 1].first == whole.last)
        if whole.part or not whole.min or not opens:
            continue
        total = 0
        for last, figure in enumerate(figures[at + 1 :], at + 1):
            if last > at + 1 and not _joined(mentions, figures[last - 1], figure):
                break
            total += figure.min or 0
            if total == whole.min and last > at + 1:
                for part in figures[at + 1 : last + 1]:
                    part.part, part.whole = True, whole
                break


def _leads_on(mentions: Mentions, word: Word, last: int) -> bool:
    """As in "… five civilians, including the wife of a guard": the words stand in front of somebody, not behind."""
    following = mentions.words.get(word.last) if word.last < last else None
    if following is not None and following.get("victims") is not None:
        return True
    return word.last < last and mentions.tokens[word.last].norm in mentions.vocabulary.grammar.articles


def _predicates(mentions: Mentions, among: Word, first: int) -> bool:
    """Whether "among" stands with "to be" ("were among the dead"); "with children among the dead" counts nobody."""
    if mentions.vocabulary.grammar.subject == "after" or among.last - among.first > 2:
        return True
    return any(
        "be" in mentions.vocabulary.meaning(mentions.tokens[at].norm).cues
        for at in range(max(first, among.first - 2), among.last)
    )


def _has_own_outcome(mentions: Mentions, figure: Figure) -> bool:
    """Whether an outcome word stands right behind a figure ("… and more than 30 wounded")."""
    word = mentions.words.get(figure.last)
    follows = (
        word is not None and word.get("outcome") is not None and not _breaks(mentions, figure.last - 1, figure.last)
    )
    return bool(figure.outcomes) or follows


def _phrase_outcomes(mentions: Mentions, word: Word) -> tuple[Outcome, ...]:
    """What "were among the dead and wounded" says: the outcome inside the phrase or right behind it."""
    for token in mentions.tokens[word.first : word.last + 3]:
        entry = mentions.vocabulary.meaning(token.norm).first.get("outcome")
        if entry is not None and len(entry.outcomes) == 1:
            return entry.outcomes
    return ()


def _joined(mentions: Mentions, left: Figure, right: Figure) -> bool:
    """Whether two figures are coordinated: nothing but "and", commas and small words stand between."""
    if left.named and right.additional and _follows_name(mentions, left, right):
        return True
    if left.named and right.named and _is_aged(mentions, left.last, right.first):
        return True
    if _joined_past_side(mentions, left, right):
        return True
    if right.first - left.last > 3 or _HARD_BREAK.search(mentions.text[left.end : right.start]) is not None:
        return False
    return all(word.is_cue("join", "other", "hedge", "include") for word in mentions.words_in(left.last, right.first))


# "مقتل 3 عناصر من وحدات مكافحة الإرهاب و5 مدنيين".
_SIDE_WORDS = 6


def _joined_past_side(mentions: Mentions, left: Figure, right: Figure) -> bool:
    """Whether only whose men the first are stands between two figures, where "and" is written in one with a word."""
    join = mentions.vocabulary.grammar.attached_join
    near = 0 < right.first - left.last <= _SIDE_WORDS
    if not join or not near:
        return False
    alone = mentions.tokens[right.first - 1].norm == join  # "و7"
    if not alone and not mentions.vocabulary.begins_with_join(mentions.tokens[right.first].norm):
        return False
    gap = mentions.text[left.end : mentions.tokens[right.first].start]
    if left.victims is not Victims.COMBATANTS or _BREAK.search(gap) is not None:
        return False
    return not mentions.words_of(left.last, right.first, "event", "outcome", "reporting", "clause", "include")


def _follows_name(mentions: Mentions, person: Figure, others: Figure) -> bool:
    """Whether others are counted on top of a person named: "…, a field commander of the group, and eight more"."""
    between = list(mentions.words_in(person.last, others.first))
    if not between or others.first - person.last > _NAMED_GAP or not between[-1].is_cue("join"):
        return False
    return not any(word.get("outcome") or word.get("event") or word.get("reporting") for word in between)


# ---------------------------------------------------------------------------------------------
# Outcomes
# ---------------------------------------------------------------------------------------------


def _link_outcomes(mentions: Mentions, figures: list[Figure], first: int, last: int) -> None:
    _link_tolls(mentions, figures, first, last)
    covered = {index for figure in figures for index in range(figure.first, figure.last)}
    for word in mentions.words_of(first, last, "outcome"):
        entry = word.get("outcome")
        if entry is None or word.first in covered or _is_negated(mentions, word, first):
            continue
        if "counted" in entry.flags and entry.side == "left" and word.get("victims") is not None:
            continue
        if entry.count is not None and mentions.vocabulary.has_article(mentions.tokens[word.first].norm):
            continue  # "the wounded man"
        side = entry.side
        left, right = (
            _left_figure(mentions, figures, word, first),
            _right_figure(mentions, figures, word, last, entry.side),
        )
        left = None if left is not None and left.article and not _reaches(mentions, left, word) else left
        right = None if right is not None and right.article and right.first - word.last > 1 else right
        if side == "either":
            side = _choose_side(mentions, word, first, left, right)
        if "counted" in entry.flags and right is not None and right.bare and right.first == word.last:
            side = "right"  # "والجرحى 180"
        if side == "right" and right is not None:
            _give(mentions, figures, right, entry.outcomes, forward=True)
        elif side == "left" and left is not None:
            _give(mentions, figures, left, entry.outcomes, forward=False)
            _give_along(mentions, figures, word, entry.outcomes)


def _link_uncounted(mentions: Mentions, figures: list[Figure], first: int) -> None:
    """Give those counted among an uncounted crowd what befell it: "إصابة مدنيين بينهم طفل"."""
    if mentions.vocabulary.grammar.cased_names:
        return  # there a crowd without a figure is "several" or "dozens"
    last = first
    for figure in figures:
        includes = mentions.words_of(max(first, figure.first - 2), figure.first, "include")
        if figure.outcomes or figure.whole is not None or not includes:
            last = figure.last
            continue
        told = [
            entry.outcomes
            for word in mentions.words_of(last, figure.first, "outcome")
            if (entry := word.get("outcome")) is not None and not _is_negated(mentions, word, first)
        ]
        if told and len(told[-1]) == 1:
            _give(mentions, figures, figure, told[-1], forward=True)


def _reaches(mentions: Mentions, single: Figure, word: Word) -> bool:
    """Whether what befell "a girl" is told behind what else is said of her ("…, identified as L., was killed")."""
    if word.first - single.last <= _ARTICLE_GAP:
        return True
    last = word.first - 1
    while last > single.last and (be := mentions.words.get(last)) is not None and be.is_cue("be", "have"):
        last -= 1
    behind, before = mentions.between(single.last - 1, single.last), mentions.between(last, last + 1)
    if word.first - single.last <= _APPOSITION_GAP and "," in behind and "," in before:
        return True
    return all(_names_side(mentions, index) for index in range(single.last, last + 1))


def _names_side(mentions: Mentions, index: int) -> bool:
    """Whether a token may belong to the side somebody fought for: "a fighter of the Syrian Democratic Forces"."""
    word = mentions.words.get(index)
    if word is None:
        return mentions.text[mentions.tokens[index].start].isupper() or index in mentions.names
    return word.get("actor") is not None or word.is_cue("partitive", "country", "holder", "backed", "based")


def _passive_behind(mentions: Mentions, figure: Figure, last: int) -> bool:
    """Whether a verb of its own follows a figure ("… as 5,000 people were evacuated")."""
    word = mentions.words.get(figure.last) if figure.last < last else None
    return word is not None and (word.is_cue("be", "have") or word.get("event") is not None)


def _link_tolls(mentions: Mentions, figures: list[Figure], first: int, last: int) -> None:
    """Give the figures of tolls their outcome: "the death toll has reached 41", "put the number of the dead at 21"."""
    for word in mentions.words_of(first, last, "toll", "replaced", "update"):
        reach = _OLD_TOLL_GAP if word.is_cue("replaced") else _TOLL_GAP
        figure = next((f for f in figures if 0 <= f.first - word.last <= reach), None)
        if figure is None:
            continue
        if not figure.outcomes and not _passive_behind(mentions, figure, last):
            figure.outcomes = (Outcome.KILLED,)
        if word.is_cue("replaced"):
            figure.replaced = True
        elif Outcome.KILLED in figure.outcomes:
            risen = [word] if word.is_cue("update") else mentions.words_of(word.last, figure.first, "update")
            figure.updated = any(figure.bare or figure.first - update.last <= _RISEN_GAP for update in risen)


def _both_behind(mentions: Mentions, figure: Figure, last: int) -> tuple[Outcome, ...]:
    """What a figure counts that is killed and injured together by the words behind it: "3 أشخاص بين قتيل وجريح"."""
    word = mentions.words.get(figure.last) if figure.last < last else None
    entry = word.get("outcome") if word is not None else None
    return entry.outcomes if entry is not None and len(entry.outcomes) > 1 and entry.side == "left" else ()


def _lives(mentions: Mentions, figure: Figure, last: int) -> tuple[Outcome, ...]:
    """What befell "victims" that go on to tell of it: "several victims came to the clinic with burns"."""
    noun = mentions.words.get(figure.last - 1)
    called = noun.get("outcome") if noun is not None else None
    if called is None or "counted" not in called.flags or figure.outcomes != called.outcomes:
        return ()
    for word in mentions.words_of(figure.last, min(last, figure.last + _LIVES_GAP), "outcome", "join", "clause"):
        told = word.get("outcome")
        if told is None or told.side != "left" or "counted" in told.flags:
            return ()
        return told.outcomes
    return ()


# "Several victims came to the hospital of the town with symptoms of suffocation".
_LIVES_GAP = 12


def _is_total(mentions: Mentions, figure: Figure) -> bool:
    """Whether a figure is said to count everybody: "a total of 14"."""
    return mentions.text.startswith(_TOTALS, figure.start)


def _is_negated(mentions: Mentions, word: Word, first: int) -> bool:
    for at in range(word.first - 1, max(first - 1, word.first - 4), -1):
        before = mentions.words.get(at)
        if before is not None and before.is_cue("negation", "no_casualties", "no_deaths", "no_report"):
            return True
        if before is not None and not before.is_cue("be", "have"):
            return False
    return False


def _choose_side(mentions: Mentions, word: Word, first: int, left: Figure | None, right: Figure | None) -> str:
    """On which side of a word that may be active or passive ("killed") its victims stand."""
    if mentions.vocabulary.grammar.subject == "after":
        # Verbs come first: what follows is counted, unless nothing does.
        return "right" if right is not None and (left is None or right.first - word.last <= 2) else "left"
    for at in range(word.first - 1, max(first - 1, word.first - 4), -1):
        before = mentions.words.get(at)
        if before is None or before.is_cue("hedge", "also") or before.get("reporting") is not None:
            continue
        if before.is_cue("be"):
            return "left"
        break
    if left is not None and word.first == left.last and not left.outcomes:
        return "left"
    if right is not None:
        return "right"
    return "left"


def _right_figure(mentions: Mentions, figures: list[Figure], word: Word, last: int, side: str) -> Figure | None:
    figure = next((f for f in figures if f.first >= word.last), None)
    reach = _NAMES_GAP if side == "right" else _RIGHT_GAP
    if mentions.vocabulary.grammar.subject == "after":
        reach = max(reach, _SUBJECT_GAP)
    if figure is None or figure.first - word.last > reach:
        return None
    if _HARD_BREAK.search(mentions.text[mentions.tokens[word.last - 1].end : figure.start]) is not None:
        return None
    for between in mentions.words_in(word.last, figure.first):
        if between.get("event") or between.get("outcome") or between.get("reporting") or between.is_cue("be", "clause"):
            return None
    return figure


def _left_figure(mentions: Mentions, figures: list[Figure], word: Word, first: int) -> Figure | None:
    """The nearest figure in front that still has no outcome; of a part, its whole."""
    for figure in reversed([f for f in figures if f.last <= word.first]):
        if word.first - figure.last > _LEFT_GAP:
            return None
        whole = figure.whole if figure.part and figure.whole is not None and not figure.whole.outcomes else figure
        if whole.outcomes:
            return None
        if whole.named and word.first - figure.last > 8:
            continue
        return whole
    return None


def _give(
    mentions: Mentions, figures: list[Figure], figure: Figure, outcomes: tuple[Outcome, ...], *, forward: bool
) -> None:
    """Give a figure its outcome, and those coordinated with it."""
    if figure.named and figure.max == 1 and len(outcomes) > 1:
        outcomes = outcomes[-1:]  # one person is not "killed and injured": the nearer word is meant
    if not figure.outcomes:
        figure.outcomes = outcomes
    at = figures.index(figure)
    chain = figures[at + 1 :] if forward else figures[:at][::-1]
    current = figure
    for other in chain:
        left, right = (current, other) if forward else (other, current)
        if other.outcomes or not _joined(mentions, left, right) or (other.part and not figure.part):
            break
        other.outcomes = outcomes
        current = other


def _with_names(mentions: Mentions, figures: list[Figure], first: int) -> list[Figure]:
    """The figures with the person named in front of one: "Samir al-Hamad and at least ten fighters were killed"."""
    joiner = mentions.words.get(figures[0].first - 1) if figures[0].first - 1 > first else None
    if not mentions.vocabulary.grammar.singular_be or joiner is None or not joiner.is_cue("join"):
        return figures
    if figures[0].part or figures[0].outcomes != (Outcome.KILLED,):
        return figures
    end = _name_end(mentions, first, joiner.first)
    if end != joiner.first or any(_is_group(mentions, index) for index in range(first, end)):
        return figures
    return [_person(mentions, first, end, Victims.PEOPLE, figures[0].outcomes), *figures]


def _is_group(mentions: Mentions, index: int) -> bool:
    """Whether a token belongs to a word of ours or to a place's name, and so to no person's."""
    return index in mentions.words or index in mentions.names


def _mark_together(mentions: Mentions, figures: list[Figure]) -> None:
    """Mark what is counted on top of the figure before it: "40 fighters and 70 guards", "a father, a mother and a son".

    "Three people, a man and a woman": those say who the three were.
    """
    apposed = False
    for at, (left, right) in enumerate(pairwise(figures), 1):
        if left.outcomes != right.outcomes or right.part or not _joined(mentions, left, right):
            apposed = False
            continue
        has_join = mentions.vocabulary.begins_with_join(mentions.tokens[right.first].norm) or any(
            word.is_cue("join") for word in mentions.words_in(left.last, right.first)
        )
        if not has_join and right.named:
            apposed = apposed or not left.named
            continue
        right.together = right.together or not (apposed or mentions.tokens[right.first].norm in _PAIRS)
        while not apposed and at > 1 and figures[at - 1].named and figures[at - 2].named:
            at -= 1
            if not _joined(mentions, figures[at - 1], figures[at]):
                break
            figures[at].together = True


def _give_along(mentions: Mentions, figures: list[Figure], word: Word, outcomes: tuple[Outcome, ...]) -> None:
    """As in "29 fighters were killed along with six terrorists": those named right behind share it."""
    joiner = mentions.words.get(word.last)
    if joiner is None or not joiner.is_cue("join") or joiner.last - joiner.first < 2:
        return
    figure = next((f for f in figures if 0 <= f.first - joiner.last <= 1), None)
    if figure is not None and not figure.outcomes and not _has_own_outcome(mentions, figure):
        figure.outcomes = outcomes
        figure.together = True


def _share_outcomes(mentions: Mentions, figures: list[Figure]) -> None:
    """Parts suffer what their wholes do; "others" are of the kind named before them when that is fighters."""
    for figure in figures:
        if figure.part and not figure.outcomes and figure.whole is not None:
            figure.outcomes = figure.whole.outcomes
    for previous, figure in pairwise(figures):
        alone = not figure.outcomes and not figure.part and len(previous.outcomes) == 1
        if alone and previous.additional and previous.named and _joined(mentions, previous, figure):
            figure.outcomes, figure.together = previous.outcomes, True  # "وأصيب آخر وستة جنود"
        is_rest = figure.additional or figure.bare
        if is_rest and figure.victims is Victims.PEOPLE and previous.victims is Victims.COMBATANTS:
            figure.victims = Victims.COMBATANTS
