"""Finding mentions: everything in a report that an incident can be told with, each at its place in the text.

`find_mentions` cleans the report, divides it into zones (headline, dateline, body, boilerplate) and sentences, and
finds in one pass the words of the vocabulary, the numbers, the days and the names of places. It decides nothing:
what the mentions say together is for `claims` and `incidents`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING, Protocol, TypeVar

from msgspec.structs import replace

from claimatlas.dates import find_tellings
from claimatlas.mentions.document import Mentions, Token, Word, Words
from claimatlas.mentions.own_day import Page, find_own_day
from claimatlas.mentions.surnames import find_surnames
from claimatlas.mentions.zones import divide
from claimatlas.model import Report
from claimatlas.numbers import NumberKind, find_numbers
from claimatlas.text.cleaning import clean
from claimatlas.vocabulary import TOKEN, Lexeme, Vocabulary, load_vocabulary

if TYPE_CHECKING:
    from claimatlas.gazetteer.namefinding import NameHit
    from claimatlas.reference import Reference


class _Stretch(Protocol):
    """What stands between two offsets of a text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


S = TypeVar("S", bound=_Stretch)

_GAP = "\n\n"
# With a group, so that splitting a text gives its words together with what stands between them.
_TOKENS = re.compile(f"({TOKEN.pattern})")
# A report is read this far; what comes after it in a page is other stories, or no report at all.
MAX_CHARS = 60_000
# The report's own day stands among this many words at its head.
_HEAD_TOKENS = 400
_COUNTING = frozenset({NumberKind.COUNT, NumberKind.ARTICLE})


def find_mentions(report: Report, reference: Reference) -> Mentions:
    """Find everything in a report that an incident can be told with.

    Args:
        report: The report.
        reference: Gazetteer and layers.

    Returns:
        The report's cleaned text, divided, with its mentions.
    """
    vocabulary = load_vocabulary(report.lang)
    title = clean(report.title[:1000]) if report.title.strip() else None
    body = clean(report.text[:MAX_CHARS])
    body_start = len(title.text) + len(_GAP) if title is not None else 0
    text = f"{title.text}{_GAP}{body.text}" if title is not None else body.text
    pieces = _TOKENS.split(text)
    lexemes = [*map(vocabulary.lexemes.__getitem__, pieces[1::2])]
    norms = [*map(attrgetter("norm"), lexemes)]
    bounds = list(accumulate(map(len, pieces)))
    starts, ends = bounds[:-1:2], bounds[1::2]
    tokens = tuple(map(Token, starts, ends, norms))
    order, by_key, words = _index_words(vocabulary, lexemes)
    deeds = sorted(
        starts[word.first] for key in ("event", "outcome") for word in by_key.get(key, ()) if word.first < _HEAD_TOKENS
    )
    page = Page(text, title.text if title is not None else "", body_start, deeds, report.published)
    own_day = find_own_day(page, find_tellings(text, report.lang))
    numbers = [number for number in find_numbers(text, report.lang) if number.kind in _COUNTING]
    names = reference.gazetteer.find_names(_with_compass(text, vocabulary), report.lang)
    numbers_by_token = _by_token(starts, ends, numbers)
    dates_by_token = _by_token(starts, ends, own_day.dates)
    names_by_token = _by_token(starts, ends, names)
    mentions = Mentions(
        report=report,
        vocabulary=vocabulary,
        text=text,
        tokens=tokens,
        sentences=(),
        words=words,
        numbers=numbers_by_token,
        dates=dates_by_token,
        names=names_by_token,
        anchor=own_day.day,
        anchor_words=own_day.words,
        earliest=own_day.earliest,
        norms=frozenset(norms),
        surnames=frozenset(),
        _starts=starts,
        _ends=ends,
        _date_tokens=tuple(dates_by_token),
        _name_tokens=tuple(names_by_token),
        _number_tokens=tuple(numbers_by_token),
        _openers=_find_openers(pieces, words, by_key, names_by_token, vocabulary),
        _order=order,
        _by_key=by_key,
        _by_keys={},
        _title=title,
        _body=body,
        _body_start=body_start,
    )
    return replace(mentions, sentences=tuple(divide(mentions)), surnames=find_surnames(mentions))


def _with_compass(text: str, vocabulary: Vocabulary) -> str:
    """The text with "eastern Ghouta" as "Eastern Ghouta", since names are only looked for where a capital begins."""
    for word in vocabulary.grammar.compass:
        if f"{word} " in text:
            text = re.sub(rf"{word}(?<=\b{word})(?= [A-Z])", word.capitalize(), text)
    return text


def _index_words(
    vocabulary: Vocabulary, lexemes: Sequence[Lexeme]
) -> tuple[Words, dict[str, list[Word]], dict[int, Word]]:
    """The known phrases of a text: in order, by what they may mean, and by the index of each token they cover."""
    order: list[Word] = []
    by_key: defaultdict[str, list[Word]] = defaultdict(list)
    covered: dict[int, Word] = {}
    for first, last, entries in vocabulary.find_phrases(lexemes):
        if "reporting" in entries.keys and vocabulary.has_article(lexemes[first].norm):
            entries = vocabulary.without_verbs(entries)
            if not entries:
                continue
        word = covered[first] = Word(first, last, entries)
        order.append(word)
        for key in entries.keys:
            by_key[key].append(word)
        for index in range(first + 1, last):
            covered[index] = word
    return Words(order), dict(by_key), covered


def _find_openers(
    pieces: Sequence[str],
    words: Mapping[int, Word],
    by_key: Mapping[str, Sequence[Word]],
    names: Mapping[int, NameHit],
    vocabulary: Vocabulary,
) -> list[int]:
    """The tokens of known names, and those that an unknown one can begin with: nouns of place, capitals, prefixes."""
    nouns = [word.first for word in by_key.get("place", ())]
    if vocabulary.grammar.modifier != "before":
        return sorted({*names, *nouns})
    capitals = [
        index
        for index, (token, gap) in enumerate(zip(pieces[1::2], pieces[2::2], strict=True))
        if index not in words and (token[0].isupper() or (gap != " " and gap.startswith("-")))
    ]
    return sorted({*names, *nouns, *capitals})


def _by_token(starts: Sequence[int], ends: Sequence[int], items: Sequence[S]) -> dict[int, S]:
    """Which item covers each token; the first one does where two meet."""
    covered: dict[int, S] = {}
    index = 0
    for item in items:
        index = max(index, bisect_right(ends, item.start))
        for at in range(index, bisect_left(starts, item.end, index)):
            covered.setdefault(at, item)
    return covered
