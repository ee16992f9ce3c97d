"""A report's text, cleaned and divided, with everything that was found in it at its place."""

from __future__ import annotations

import datetime as dt
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING

import msgspec

from claimatlas.dates import DateMention
from claimatlas.model import Report, Span
from claimatlas.numbers import NumberMention
from claimatlas.text.cleaning import CleanText
from claimatlas.vocabulary import Entry, Meaning, Vocabulary

if TYPE_CHECKING:
    from claimatlas.gazetteer.namefinding import NameHit


class Zone(StrEnum):
    """What part of a report a sentence stands in."""

    TITLE = "title"
    BODY = "body"
    BOILERPLATE = "boilerplate"


class Token(msgspec.Struct, frozen=True, gc=False):
    """A word of the text.

    Attributes:
        start: Offset in the document's text.
        end: Offset after it.
        norm: The form it is compared in.
    """

    start: int
    end: int
    norm: str


class Word(msgspec.Struct, frozen=True):
    """A phrase the vocabulary knows.

    Attributes:
        first: Index of its first token.
        last: Index after its last token.
        entries: What it may mean.
    """

    first: int
    last: int
    entries: Meaning

    @property
    def cues(self) -> frozenset[str]:
        """The roles it has as a cue."""
        return self.entries.cues

    def get(self, *kind: str) -> Entry | None:
        """The meaning of a kind, or of a kind and role; None when it has none."""
        return self.entries.first.get(kind)

    def is_cue(self, *roles: str) -> bool:
        """Whether it is a cue of one of the roles."""
        return not self.entries.cues.isdisjoint(roles)


class Sentence(msgspec.Struct, frozen=True, gc=False):
    """A sentence.

    Attributes:
        start: Offset in the document's text.
        end: Offset after it.
        first: Index of its first token.
        last: Index after its last token.
        zone: The part of the report it stands in.
    """

    start: int
    end: int
    first: int
    last: int
    zone: Zone


_FIRST = attrgetter("first")


class Words:
    """Known phrases in order of the text, found by the index of the token they begin with.

    Attributes:
        words: The phrases.
        firsts: The index of each one's first token, and a last one behind all texts.
    """

    __slots__ = ("firsts", "words")

    def __init__(self, words: Sequence[Word]) -> None:
        self.firsts = [*map(_FIRST, words), sys.maxsize]
        self.words = words

    def between(self, first: int, last: int) -> Sequence[Word]:
        """Those that begin between two tokens."""
        firsts = self.firsts
        start = bisect_left(firsts, first)
        return self.words[start : bisect_left(firsts, last, start)] if firsts[start] < last else ()

    @classmethod
    def joined(cls, parts: Sequence[Sequence[Word]]) -> Words:
        """All phrases of several rows, each once."""
        if len(parts) < 2:
            return cls(parts[0] if parts else ())
        found = {word.first: word for part in parts for word in part}
        return cls([*map(found.__getitem__, sorted(found))])


class Mentions(msgspec.Struct, frozen=True):
    """All that was found in one report.

    Attributes:
        report: The report.
        vocabulary: The language it was read in.
        text: Title and body, cleaned, as one text; offsets count in it unless said otherwise.
        tokens: Its words.
        sentences: Its sentences, in order.
        words: Known phrases by the index of each token they cover.
        numbers: Numbers by the index of each token they cover.
        dates: Days by the index of each token they cover.
        names: Known place names by the index of each token they cover.
        anchor: The day from which "on Tuesday" counts: a dateline's, else the publication's; None when unknown.
        anchor_words: Where the anchor was read from the text, if it was.
        norms: The normal forms of all its words: what is none of them need not be looked for.
        surnames: Normal forms of place names that the report uses as people's ("Bara' Katerji").
        earliest: A day the report must be later than, when no anchor is known.
    """

    report: Report
    vocabulary: Vocabulary
    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    words: dict[int, Word]
    numbers: dict[int, NumberMention]
    dates: dict[int, DateMention]
    names: dict[int, NameHit]
    anchor: dt.date | None
    anchor_words: DateMention | None
    earliest: dt.date | None
    norms: frozenset[str]
    surnames: frozenset[str]
    _starts: Sequence[int]
    _ends: Sequence[int]
    _date_tokens: Sequence[int]
    _name_tokens: Sequence[int]
    _number_tokens: Sequence[int]
    _openers: Sequence[int]
    _order: Words
    _by_key: Mapping[str, Sequence[Word]]
    _by_keys: dict[tuple[str, ...], Words]
    _title: CleanText | None
    _body: CleanText
    _body_start: int

    def span(self, start: int, end: int) -> Span:
        """The exact piece of the report that a stretch of the cleaned text stands for."""
        if self._title is not None and start < self._body_start:
            end = min(end, len(self._title.text))
            raw_start, raw_end = self._title.raw_span(start, end)
            return Span(raw_start, raw_end, self.report.title[raw_start:raw_end], "title")
        raw_start, raw_end = self._body.raw_span(start - self._body_start, end - self._body_start)
        return Span(raw_start, raw_end, self.report.text[raw_start:raw_end])

    def token_span(self, first: int, last: int) -> Span:
        """The exact piece of the report from one token up to (not including) another."""
        return self.span(self.tokens[first].start, self.tokens[last - 1].end)

    def between(self, left: int, right: int) -> str:
        """The characters between two neighbouring tokens, given by their indexes."""
        return self.text[self.tokens[left].end : self.tokens[right].start]

    def token_at(self, offset: int) -> int:
        """Index of the token that covers an offset, or of the next one."""
        return bisect_right(self._ends, offset)

    def tokens_in(self, start: int, end: int, behind: int = 0) -> tuple[int, int]:
        """Index of the first token of a stretch, of those from `behind` on, and the index after its last."""
        first = bisect_left(self._starts, start, behind)
        return first, bisect_right(self._ends, end, first)

    def dates_in(self, first: int, last: int) -> Sequence[tuple[int, DateMention]]:
        """The days told between two tokens, each with the index of every token it covers."""
        told = _between(self._date_tokens, first, last)
        return [(at, self.dates[at]) for at in told] if told else ()

    def numbers_in(self, first: int, last: int) -> Sequence[int]:
        """The tokens between two others that are of a number."""
        return _between(self._number_tokens, first, last)

    def has_day(self, first: int, last: int) -> bool:
        """Whether a day is told between two tokens."""
        return _any_between(self._date_tokens, first, last)

    def has_name(self, first: int, last: int) -> bool:
        """Whether a place of a known name is named between two tokens."""
        return _any_between(self._name_tokens, first, last)

    def has_number(self, first: int, last: int) -> bool:
        """Whether a number stands between two tokens."""
        return _any_between(self._number_tokens, first, last)

    def openers_in(self, first: int, last: int) -> Sequence[int]:
        """The tokens between two others that can be a place's: of a known name, or such as begin an unknown one."""
        return _between(self._openers, first, last)

    def words_in(self, first: int, last: int) -> Sequence[Word]:
        """The known phrases that begin between two tokens."""
        return self._order.between(first, last)

    def words_of(self, first: int, last: int, *keys: str) -> Sequence[Word]:
        """Those of them that have an entry of a kind ("event", "outcome", …), or a role as a cue ("include", …)."""
        known = self._by_keys.get(keys) or self._joined(keys)
        firsts = known.firsts  # what `between` does, but asked for some hundred times a report
        start = bisect_left(firsts, first)
        return known.words[start : bisect_left(firsts, last, start)] if firsts[start] < last else ()

    def _joined(self, keys: tuple[str, ...]) -> Words:
        """The phrases found by any of several keys; the same few combinations are asked for clause by clause."""
        parts = [self._by_key[key] for key in keys if key in self._by_key]
        known = self._by_keys[keys] = Words.joined(parts)
        return known


def _between(indexes: Sequence[int], first: int, last: int) -> Sequence[int]:
    start = bisect_left(indexes, first)
    return indexes[start : bisect_left(indexes, last, start)]


def _any_between(indexes: Sequence[int], first: int, last: int) -> bool:
    at = bisect_left(indexes, first)
    return at < len(indexes) and indexes[at] < last
