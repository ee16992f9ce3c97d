"""The tellings of days in a text; "Tuesday" and "(May 1)" beside it are one."""

from __future__ import annotations

import re

from msgspec.structs import replace

from claimatlas.dates.arabic import ARABIC
from claimatlas.dates.english import ENGLISH, ENGLISH_IN_ARABIC, MONTH
from claimatlas.dates.grammar import Grammar
from claimatlas.dates.headers import mark_header
from claimatlas.dates.tellings import DateKind, DateMention
from claimatlas.text.forms import find_words, fold

_LATIN_LETTERS = re.compile("[a-z]{3}")
_LATIN_MONTH = re.compile(rf"\b{MONTH}\b[. ,]+\d|\d[ ]{MONTH}\b")
_ARABIC_LETTER = re.compile("[\u0621-\u064a]")
_RANK = {DateKind.ABSOLUTE: 0, DateKind.WEEKDAY: 1, DateKind.RELATIVE: 2, DateKind.FUTURE: 3, DateKind.VAGUE: 4}
# A telling of a day is no longer than this before and behind the word it cannot do without, by its pattern's letter
# (`Grammar.patterns`): weekdays, and days counted from another, are told in fewer words.
_REACH = {"w": (28, 42), "r": (48, 60)}
_LONGEST_REACH = (60, 70)


def find_tellings(text: str, lang: str) -> list[DateMention]:
    """All tellings of days in a cleaned text, in order, not yet resolved."""
    folded = fold(text)
    mentions = _find_in(text, folded, ARABIC if lang == "ar" else ENGLISH)
    if lang == "ar" and _LATIN_LETTERS.search(folded) is not None and _LATIN_MONTH.search(folded) is not None:
        mentions = _without_overlaps([*mentions, *_find_in(text, folded, ENGLISH_IN_ARABIC)])
    elif lang != "ar" and not text.isascii() and _ARABIC_LETTER.search(text) is not None:
        mentions = _without_overlaps([*mentions, *_find_in(text, folded, ARABIC)])
    return [mark_header(mention, text) for mention in mentions]


def _find_in(text: str, folded: str, grammar: Grammar) -> list[DateMention]:
    found: list[DateMention] = []
    windows = _windows(folded, grammar)
    for pattern, read, letter in grammar.patterns:
        for start, end in windows.get(letter, ()):
            found.extend(
                mention for match in pattern.finditer(folded, start, end) if (mention := read(match)) is not None
            )
    merged: list[DateMention] = []
    for mention in _without_overlaps(found):
        joined = _merge(merged[-1], mention, folded, grammar.gap) if merged else None
        if joined is not None:
            merged[-1] = joined
        else:
            merged.append(mention)
    return [_worded(mention, text, folded, grammar) for mention in merged]


def _windows(folded: str, grammar: Grammar) -> dict[str, list[tuple[int, int]]]:
    """The stretches of a text in which each pattern can match: around its trigger words, cut at spaces."""
    windows: dict[str, list[tuple[int, int]]] = {}
    for at, word in find_words(folded, grammar.triggers):
        letters = grammar.triggers.get(word)
        if letters is None:
            letters = "y" if len(word) == 4 and word[:2] in ("19", "20") else ""
            after = at + len(word)
            if folded[after : after + 2].strip(" ")[:1] in ("-", "/", ".", "\\"):
                letters += "d"
        if not letters:
            continue
        for letter in letters:
            before, after = _REACH.get(letter, _LONGEST_REACH)
            start = folded.rfind(" ", 0, max(0, at - before)) + 1
            end = folded.find(" ", at + len(word) + after)
            end = len(folded) if end < 0 else end
            spans = windows.setdefault(letter, [])
            if spans and start <= spans[-1][1]:
                spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
            else:
                spans.append((start, end))
    return windows


def _without_overlaps(mentions: list[DateMention]) -> list[DateMention]:
    """Of overlapping tellings the one that was found first (the more telling one), in text order."""
    kept: list[DateMention] = []
    taken: set[int] = set()
    for mention in mentions:
        span = range(mention.start, mention.end)
        if taken.isdisjoint(span):
            kept.append(mention)
            taken.update(span)
    return sorted(kept, key=lambda mention: mention.start)


def _merge(first: DateMention, second: DateMention, folded: str, gap: re.Pattern[str]) -> DateMention | None:
    """Make one telling of "Tuesday" and "(May 1)"; None when they are two."""
    if second.start - first.end > 25 or gap.fullmatch(folded, first.end, second.start) is None:
        return None
    kinds = {first.kind, second.kind}
    start, end = first.start, second.end
    if kinds == {DateKind.WEEKDAY} and "-" in folded[first.end : second.start] + folded[first.end - 1 : first.end]:
        is_next = (second.weekday or 0) == ((first.weekday or 0) + 1) % 7
        return replace(first, last_day=1, start=start, end=end) if is_next else None
    if len(kinds) == 1 and kinds != {DateKind.RELATIVE}:
        return None
    years_ago = first.unit == "year" and first.back is not None and first.back[0] > 0
    if years_ago and second.day is None and folded[start : first.end].endswith("ago"):
        return replace(first, start=start, end=end)  # "five years ago on Tuesday" is of that year
    main, other = sorted((first, second), key=lambda mention: _RANK[mention.kind])
    if other.weekday is not None and main.weekday is not None:
        return None
    if other.kind is DateKind.RELATIVE and (
        other.from_text or other.unit or other.back is None or abs(other.back[1]) > 2 or main.back is not None
    ):
        return None
    if other.kind is DateKind.VAGUE and (main.kind is not DateKind.WEEKDAY or other.unit != "week"):
        return None
    if main.kind is DateKind.ABSOLUTE and main.day is not None:
        weekday = main.weekday if main.weekday is not None else other.weekday
        back = other.back if not other.unit and not other.from_text else None
        return replace(main, weekday=weekday, back=main.back or back, start=start, end=end)
    if main.kind is DateKind.WEEKDAY and other.kind in (DateKind.RELATIVE, DateKind.VAGUE) and not other.from_text:
        return replace(main, back=other.back, unit=other.unit, start=start, end=end)
    return None


def _worded(mention: DateMention, text: str, folded: str, grammar: Grammar) -> DateMention:
    """The telling with the time of day around it ("early", "night", فجر) in its words."""
    start, end = mention.start, mention.end
    line_start = text.rfind("\n", 0, start) + 1
    before = grammar.before.search(folded, max(line_start, start - 40), start)
    if before is not None:
        start = before.start()
    after = grammar.after.match(folded, end)
    if after is not None:
        end = after.end()
    return replace(mention, start=start, end=end, words=text[start:end])
