"""Parts of tolls: which figures of a clause count some of those that another counts."""

from __future__ import annotations

import re
from itertools import pairwise

from claimatlas.claims.coordination import are_joined
from claimatlas.claims.counts import Figure, kind_behind
from claimatlas.claims.outcomes import has_own_outcome
from claimatlas.mentions.document import Mentions, Word
from claimatlas.model import Outcome, Victims

_OPENS_LIST = re.compile(r"\s*[,،:(]|\s[-–—]\s")
# "Among them Abu X al-Y, a senior leader".
_INCLUDED_GAP = 8


def tell_kinds(mentions: Mentions, figures: list[Figure], last: int) -> None:
    """Say of what kind those are whom an outcome's noun counts: "3 قتلى و10 جرحى من المدنيين"."""
    kind: Victims | None = None
    following: Figure | None = None
    for figure in reversed(figures):
        if following is None or following.part > figure.part or not are_joined(mentions, figure, following):
            kind = None  # "31 شخصا، بينهم 18 من قسد"
        kind = (kind_behind(mentions, figure.last) if figure.last + 1 < last else None) or kind
        following = figure
        noun = mentions.words.get(figure.first)
        person = figure.named and noun is not None and noun.get("victims") is not None  # "شاب وجريحان من المدنيين"
        if kind is not None and figure.victims is Victims.PEOPLE and figure.outcomes and not person:
            figure.victims = kind


def mark_parts(mentions: Mentions, figures: list[Figure], first: int, last: int) -> None:
    """Mark the figures that are parts of others ("12 people, among them three children")."""
    for previous, figure in pairwise(figures):
        includes = mentions.words_of(previous.last, figure.first, "include")
        if any(figure.first - word.last <= 2 for word in includes) or _is_in_brackets(mentions, previous, figure):
            figure.part = True
            figure.whole = previous.whole if previous.part and previous.whole else previous
        elif previous.part and are_joined(mentions, previous, figure) and not _is_apart(mentions, previous, figure):
            figure.part = True
            figure.whole = previous.whole
        elif (
            figure.part
            or (figure.article and any(figure.first - word.last <= _INCLUDED_GAP for word in includes))
            or _counts_of_them(mentions, figure, last)
        ):
            figure.part = True
            figure.whole = previous.whole if previous.part and previous.whole else previous
    opener = next(iter(mentions.words_in(first, figures[0].first)), None)
    if opener is not None and opener.is_cue("include") and opener.last >= figures[0].first - 2:
        figures[0].part = True
    _mark_trailing_parts(mentions, figures, first, last)
    _mark_enumerated(mentions, figures)
    for word in mentions.words_of(first, last, "among", "include"):
        opens = word.first <= first + 1 and not any(figure.last <= word.first for figure in figures)
        if opens and _phrase_outcomes(mentions, word):
            for figure in figures:  # "Among the wounded are a woman and two children"
                figure.part = True
                figure.outcomes = figure.outcomes or _phrase_outcomes(mentions, word)
            continue
        if not word.is_cue("among") or not _predicates(mentions, word, first):
            continue
        before = [f for f in figures if f.last <= word.first and word.first - f.last <= 6]
        before = [f for f in before if not _others_between(mentions, figures, f, word)]
        after = next((figure for figure in figures if figure.first >= word.last), None)
        near = after is not None and after.first - word.last <= 1
        leads = mentions.vocabulary.grammar.subject == "before" and word.last - word.first > 1 and not before
        if leads and after is not None and after.first == word.last:
            continue  # "women and children were among the dozens killed"
        if after is not None and not before and near and _phrase_outcomes(mentions, word):
            _mark_among(mentions, figures, after, _phrase_outcomes(mentions, word))
            continue
        for figure in before:
            figure.part = True
            figure.whole = after if after is not None and after.first - word.last <= 4 else None
            if figure.whole is None and not figure.outcomes:
                figure.outcomes = _phrase_outcomes(mentions, word)


def _is_in_brackets(mentions: Mentions, whole: Figure, figure: Figure) -> bool:
    """Whether a figure opens what brackets say of the one in front of them: "42 civilians (9 children, 4 women)"."""
    if mentions.text[whole.end : figure.start].strip() != "(" or figure.victims in (whole.victims, Victims.PEOPLE):
        return False
    most = whole.max or whole.min
    return most is None or (figure.min or figure.max or 0) <= most


def _counts_of_them(mentions: Mentions, figure: Figure, last: int) -> bool:
    """Whether "of them" stands behind a figure, and no figure behind that: "نقل 6 شهداء منهم إلى المشفى"."""
    of = mentions.words.get(figure.last) if figure.last < last else None
    if of is None or not of.is_cue("of_them") or of.last >= last or mentions.vocabulary.grammar.subject != "after":
        return False
    behind = mentions.words.get(of.last)
    return of.last not in mentions.numbers and (behind is None or behind.get("victims") is None)


def _others_between(mentions: Mentions, figures: list[Figure], figure: Figure, among: Word) -> bool:
    """Whether others than a figure counts were "among" them: "48 dead, adding that women were among those killed"."""
    counted = {index for other in figures for index in range(other.first, other.last)}
    return any(
        word.first not in counted and (word.get("victims") is not None or word.get("reporting") is not None)
        for word in mentions.words_in(figure.last, among.first)
    )


def _mark_among(mentions: Mentions, figures: list[Figure], figure: Figure, outcomes: tuple[Outcome, ...]) -> None:
    """Mark parts of a whole that is told elsewhere: "among the dead were 14 children and eight women"."""
    current = figure
    for other in figures[figures.index(figure) :]:
        if other is not figure and not are_joined(mentions, current, other):
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
            and are_joined(mentions, figures[start - 1], figures[start])
            and ("," not in mentions.text[figures[start - 1].end : figures[start].start])
        ):
            start -= 1
        for figure in figures[start : at + 1]:
            figure.part = True
            figure.whole = figures[start - 1].whole or figures[start - 1]


_NARROW = (Victims.CHILDREN, Victims.WOMEN)


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
            if last > at + 1 and not are_joined(mentions, figures[last - 1], figure):
                break
            if whole.victims in _NARROW and figure.victims is not whole.victims:
                break  # "three children, a woman and two men" are six
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


def _is_apart(mentions: Mentions, part: Figure, figure: Figure) -> bool:
    """Whether what befell the next figure behind a part is told of it alone.

    "Five were killed, including two women, and ten were hurt"; but "five, including two women and a man, were killed".
    """
    if has_own_outcome(mentions, figure):
        return True
    be = mentions.words.get(figure.last)
    if be is None or not be.is_cue("be") or part.whole is None:
        return False
    behind = mentions.words.get(be.last)
    told = mentions.words_of(part.whole.last, figure.first, "outcome")
    return bool(told) and behind is not None and behind.get("outcome") is not None


def _phrase_outcomes(mentions: Mentions, word: Word) -> tuple[Outcome, ...]:
    """What "were among the dead and wounded" says: the outcome inside the phrase or right behind it."""
    for token in mentions.tokens[word.first : word.last + 3]:
        entry = mentions.vocabulary.meaning(token.norm).first.get(("outcome",))
        if entry is not None and len(entry.outcomes) == 1:
            return entry.outcomes
    return ()
