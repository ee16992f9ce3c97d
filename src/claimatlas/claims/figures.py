"""Figures: which number counts which victims, and what befell them.

A small grammar over the mentions of one clause. Numbers are joined with the noun they count ("26 Syrian and Iraqi IS
fighters"), figures with the outcome words around them ("killed 15", "15 were killed", "death of 3", "15 dead"), and
subsets with their wholes ("including 7 women", "were among the dead"). The word order of a language is in its
vocabulary: every outcome word says on which side its victims stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter

from claimatlas.claims.coordination import are_joined
from claimatlas.claims.counts import Figure, figure_of_number
from claimatlas.claims.outcomes import (
    both_behind,
    die_later,
    is_total,
    join_outcomes,
    link_outcomes,
    link_uncounted,
    lives,
    mark_together,
    share_outcomes,
    with_names,
)
from claimatlas.claims.parts import mark_parts, tell_kinds
from claimatlas.claims.persons import (
    ORDINALS,
    another_alone,
    another_person,
    named_figure,
    one_more,
    one_of_them,
    other_wounded,
    read_aged,
    read_kin,
    read_persons,
    read_quoted,
    told_relative,
)
from claimatlas.mentions.document import Mentions, Word
from claimatlas.model import Outcome, Victims
from claimatlas.numbers import NumberMention


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
        *read_persons(mentions, first, last),
        *read_kin(mentions, first, last),
        *read_aged(mentions, first, last),
        *read_quoted(mentions, first, last),
    ]
    figures = [*_read_figures(mentions, first, last)]
    if persons:
        counted = [f for f in figures if not any(_holds(person, f) for person in persons)]
        figures = sorted([*counted, *persons], key=attrgetter("first"))
    if not figures:
        return []
    mark_parts(mentions, figures, first, last)
    link_outcomes(mentions, figures, first, last)
    for figure in figures:
        both = both_behind(mentions, figure, last)
        figure.outcomes = both or lives(mentions, figure, last) or figure.outcomes
        if both and figure.part and figure.whole is not None:  # "13 مدنيا بينهم طفل وامرأتان بين قتيل وجريح"
            for other in figures:
                if other is figure.whole or other.whole is figure.whole:
                    other.outcomes = both
    die_later(mentions, figures, last)
    tell_kinds(mentions, figures, last)
    for figure in figures:
        if figure.victims is Victims.PEOPLE and _are_of_armed_group(mentions, figure, last):
            figure.victims = Victims.COMBATANTS
    link_uncounted(mentions, figures, first)
    join_outcomes(mentions, figures)
    share_outcomes(mentions, figures)
    figures = with_names(mentions, figures, first)
    mark_together(mentions, figures)
    for figure in figures:
        if figure.part and figure.whole is not None and not figure.whole.outcomes:
            figure.part = False  # "hit three children, of whom one was killed"
        figure.updated = figure.updated or (Outcome.KILLED in figure.outcomes and is_total(mentions, figure))
        if figure.outcomes == (Outcome.CAPTURED,) and mentions.vocabulary.grammar.subject == "before":
            figure.outcomes = _fate_of_captives(mentions, figure, first, last)
    return _add_up(mentions, [f for f in figures if f.outcomes and not _says_nothing_new(mentions, f)])


# "A member of the so-called "National Army"": so many words stand between "of" and the side.
_OF_GAP = 4


_FORMATIONS = frozenset({"brigade", "division", "corps", "regiment", "battalion", "legion"})


def _are_of_armed_group(mentions: Mentions, figure: Figure, last: int) -> bool:
    """Whether those counted are members of an armed side: "a member of Ahrar al-Sham"."""
    if not mentions.tokens[figure.last - 1].norm.startswith("member") or figure.last >= last:
        return False
    if mentions.tokens[figure.last].norm != "of":
        return False
    for at in range(figure.last + 1, min(last, figure.last + _OF_GAP)):
        word = mentions.words.get(at)
        if mentions.tokens[at].norm in _FORMATIONS and mentions.text[mentions.tokens[at].start].isupper():
            return True  # "a member of the 8th Brigade"
        if word is not None and (word.get("victims") or word.get("place") or word.get("outcome")):
            return False  # "a member of the army's medical staff", "of the town council"
        if word is not None and word.get("actor") is not None:
            return True
    return False


def _fate_of_captives(mentions: Mentions, figure: Figure, first: int, last: int) -> tuple[Outcome, ...]:
    """What befell captives that a figure counts: "executed 15 captives", "nine hostages were freed"; else capture."""
    before = mentions.words.get(figure.first - 1) if figure.first > first else None
    behind = mentions.words.get(figure.last) if figure.last < last else None
    if behind is not None and behind.is_cue("be", "have"):
        behind = mentions.words.get(behind.last) if behind.last < last else None
    for word in (before, behind):
        if word is not None and word.is_cue("survivor"):
            return ()
        outcome = word.get("outcome") if word is not None else None
        if outcome is not None and outcome.side != ("left" if word is before else "right"):
            return outcome.outcomes
    return figure.outcomes


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
            and are_joined(mentions, last, figure)
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


def _read_figures(mentions: Mentions, first: int, last: int) -> Iterator[Figure]:
    done = first
    for index in _figure_starts(mentions, first, last):
        if index < done:
            continue
        done = index + 1
        number, norm = mentions.numbers.get(index), mentions.tokens[index].norm
        single = one_more(mentions, index, last) if norm in mentions.vocabulary.grammar.articles else None
        if single is not None:
            yield single
            done = single.last
            continue
        if number is not None and index not in mentions.dates:
            figure, done = _read_number(mentions, number, index, first, last)
            if figure is not None:
                yield figure
            continue
        single = another_alone(mentions, index, last) if norm == "another" else None
        if single is not None:
            yield single
            continue
        word = mentions.words.get(index)
        if word is not None and word.first == index:
            figure = _read_word(mentions, word, first, last)
            if figure is not None:
                yield figure
            done = word.last if figure is None else figure.last


def _figure_starts(mentions: Mentions, first: int, last: int) -> list[int]:
    """Where a clause's figures may begin: at numbers and known words, and at articles where an ordinal is about."""
    starts = {*mentions.numbers_in(first, last), *[word.first for word in mentions.words_in(first, last)]}
    if "another" in mentions.norms or not ORDINALS.isdisjoint(mentions.norms):
        starts.update(range(first, last))
    return sorted(starts)


def _read_number(
    mentions: Mentions, number: NumberMention, index: int, first: int, last: int
) -> tuple[Figure | None, int]:
    """What a number counts, if it counts anybody, and the index behind both."""
    after = index + 1
    while after < last and mentions.numbers.get(after) is number:
        after += 1
    behind = after
    if mentions.vocabulary.prefixes and number.core_end < number.end:  # "ثلاثون جريحا على الأقل"
        behind = max(index + 1, min(after, mentions.token_at(number.core_end)))
    figure = figure_of_number(mentions, number, index, behind, first, last)
    return figure, after if figure is None else max(figure.last, after)


def _read_word(mentions: Mentions, word: Word, first: int, last: int) -> Figure | None:
    """Whom a word counts by itself, without a number."""
    keys = word.entries.keys
    single = one_of_them(mentions, word, first) if "include" in keys else None
    if single is not None or keys.isdisjoint(_COUNTED):
        return single
    return (
        other_wounded(mentions, word, last)
        or named_figure(mentions, word, last)
        or told_relative(mentions, word, first)
        or another_person(mentions, word)
    )


# Words that may count somebody by themselves.
_COUNTED = frozenset({"victims", "outcome"})
