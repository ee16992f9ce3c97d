"""The parts of a page: headline, body, and what is no part of the report (captions, links, labels, keywords)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

import msgspec

from claimatlas.dates import DateKind
from claimatlas.mentions.document import Mentions, Sentence, Zone
from claimatlas.mentions.lines import goes_on, is_caption, is_full, is_item, tells_at_length
from claimatlas.mentions.own_day import MIN_TITLE_WORDS, is_filed
from claimatlas.text.sentences import split_paragraphs, split_sentences

# The title is looked for among this many first words of the body; page heads are rarely longer.
_TITLE_WITHIN = 60
# A page of more lines than this without one full sentence is a list of other stories; only its first may be its own.
_MAX_FRAGMENTS = 10
# "Related news" and what runs on behind it in the line; a longer line is a paragraph that begins with such words.
_MAX_MARKER = 160
_CREDIT = re.compile(
    r"\((?:[A-Z][\w .,/-]{0,40}\b)?(?:REUTERS|Reuters|AFP|AP|AA|EPA|IHA|DHA|Getty|Photo|PHOTO|Agencies|Anadolu)\b"
    r"[^()]{0,20}\)(?=\s+[A-Z\"])"
)
# A dateline in front of an agency's name in brackets has fewer words than a caption.
_MIN_CAPTION_WORDS = 7
# Sentences of captions that stand among the others, and how far into a report's first paragraph their credits reach.
_PICTURED = re.compile(
    r"\b(?:a general view shows|still image|(?:in|from) this (?:handout|undated|file) |handout (?:picture|photo|image)|"
    r"(?:is|are) (?:seen|pictured) (?:in|at|on|after|near)\b.{0,80}\b20[12]\d)",
    re.IGNORECASE,
)
# A text without any of these has none of `_PICTURED`.
_PICTURE_WORDS = (
    "general view", "still image", "this handout", "this undated", "this file", "handout p", "handout image", " seen ",
    " pictured ",
)  # fmt: skip
_CAPTIONS_WITHIN = 1500
# "Related", written as a label is (`Vocabulary.cased`).
_LINKS = "relatedlinks"
# Keywords in one line with a sentence: they have none of these words, and there are not many of them.
_TAGS = re.compile(r"(?:^|(?<=[.!?\"”\n])) *Tags:? (?=[A-Z])")
_MAX_TAGS = 30
_NO_TAGS = frozenset({
    "of", "in", "on", "at", "by", "was", "were", "is", "are", "has", "have", "had", "after", "as", "near", "with", "a",
    "an", "to", "from", "that", "and", "said", "say", "says", "killed", "kills", "when",
})  # fmt: skip
# The sentence begins with a number or one of these when one stands this close to its first certain word.
_OPENERS, _OPENER_REACH = frozenset({"a", "an", "the", "at", "some", "more", "up", "dozens", "scores", "hundreds"}), 4


Stretch: TypeAlias = tuple[int, int, Zone]
"""Offsets of the first character and after the last, and what stands there."""


def divide(mentions: Mentions) -> Iterator[Sentence]:
    """The sentences of a report, each with its zone.

    Args:
        mentions: The report with all that was found in it, but for its sentences.
    """
    first_token = 0
    for start, end, zone in _stretches(mentions):
        first_token, last_token = mentions.tokens_in(start, end, first_token)
        if last_token > first_token:
            yield from _without_links(mentions, Sentence(start, end, first_token, last_token, zone))
        first_token = last_token


def _stretches(mentions: Mentions) -> Iterator[Stretch]:
    """The sentences as stretches of the text, each with its zone as its paragraph and its own words tell it."""
    text, lower = mentions.text, mentions.text.lower()
    has_pictures = any(word in lower for word in _PICTURE_WORDS)
    cuts = sorted([*_title_cuts(mentions), *_own_day_cuts(mentions), *_tag_cuts(mentions)])
    paragraphs = list(split_paragraphs(text))
    for (start, end), zone in zip(paragraphs, _paragraph_zones(mentions, paragraphs), strict=True):
        for piece in _cut(start, end, zone, cuts):
            yield from _sentences(text, *piece, has_pictures=has_pictures)


def _without_links(mentions: Mentions, sentence: Sentence) -> Iterable[Sentence]:
    """A sentence of a report's second half, where links to other stories stand, without those links."""
    if sentence.start <= (mentions._body_start + len(mentions.text)) // 2:
        return (sentence,)
    if sentence.zone is Zone.BODY and _is_marker(mentions, sentence.start, sentence.end):
        sentence = msgspec.structs.replace(sentence, zone=Zone.BOILERPLATE)
    return _cut_links(mentions, sentence)


def _cut_links(mentions: Mentions, sentence: Sentence) -> Iterator[Sentence]:
    """A late sentence without the links to other stories that a page's layout has run into it ("… Related …")."""
    if _LINKS not in mentions.norms:
        yield sentence
        return
    links = next((i for i in range(sentence.first, sentence.last) if mentions.tokens[i].norm == _LINKS), None)
    if links is None or sentence.zone is not Zone.BODY:
        yield sentence
        return
    cut = mentions.tokens[links].start
    if links > sentence.first:
        yield Sentence(sentence.start, cut, sentence.first, links, sentence.zone)
    yield Sentence(cut, sentence.end, links, sentence.last, Zone.BOILERPLATE)


def _sentences(text: str, start: int, end: int, zone: Zone, *, has_pictures: bool) -> Iterator[Stretch]:
    """The sentences of a piece, the captions among them marked.

    A caption may run into a sentence ("… June 6. (Reuters) Two people …") or stand in front of one that begins with
    its credit; others are known by their words ("A general view shows …").
    """
    found: list[Stretch] = []
    for offset_start, offset_end in split_sentences(text[start:end]):
        at, stop = start + offset_start, start + offset_end
        credit = _CREDIT.search(text, at, stop) if zone is Zone.BODY else None
        if credit is not None:
            is_caption = text.count(" ", at, credit.start()) >= _MIN_CAPTION_WORDS
            if at == credit.start() and found and at - start < _CAPTIONS_WITHIN:
                found[-1] = (*found[-1][:2], Zone.BOILERPLATE)
            found.append((at, credit.end(), Zone.BOILERPLATE if is_caption else zone))
            at = credit.end()
        if at < stop:
            pictured = has_pictures and zone is Zone.BODY and _PICTURED.search(text, at, stop) is not None
            found.append((at, stop, Zone.BOILERPLATE if pictured else zone))
    yield from found


def _cut(start: int, end: int, zone: Zone, cuts: Sequence[Stretch]) -> Iterator[Stretch]:
    """A paragraph's pieces: a repeated title inside it and the report's own date are pieces of their own."""
    for cut_start, cut_end, cut_zone in cuts:
        if start <= cut_start < end:
            if cut_start > start:
                yield start, cut_start, zone
            yield cut_start, min(cut_end, end), cut_zone
            start = min(cut_end, end)
    if start < end:
        yield start, end, zone


def _own_day_cuts(mentions: Mentions) -> list[Stretch]:
    """The report's own date, where it stands in one line with the first sentence."""
    header = mentions.anchor_words
    if header is None or header.kind is DateKind.HEADER:
        return []
    line = mentions.text.rfind("\n", 0, header.start) + 1
    line = max([line, *(end for _, end, _ in _title_cuts(mentions) if end <= header.start)])
    told = mentions.words_of(mentions.token_at(line), mentions.token_at(header.start), "event", "outcome")
    if told and not is_filed(mentions.text, header):
        return []  # "Regime forces shelled on Friday, 2 December 2022, …"
    return [(header.start, header.end, Zone.BOILERPLATE)]


def _title_cuts(mentions: Mentions) -> list[Stretch]:
    """Where the body repeats the title (offsets); feeds often put it in front of the first sentence."""
    body_first = mentions.token_at(mentions._body_start)
    if body_first < MIN_TITLE_WORDS:
        return []
    title_tokens = [token.norm for token in mentions.tokens[:body_first]]
    norms = [token.norm for token in mentions.tokens[body_first : body_first + _TITLE_WITHIN + len(title_tokens)]]
    for at in range(min(_TITLE_WITHIN, len(norms))):
        length = 0
        while at + length < len(norms) and length < len(title_tokens) and norms[at + length] == title_tokens[length]:
            length += 1
        if length >= MIN_TITLE_WORDS and length >= 0.5 * len(title_tokens):
            first = mentions.tokens[body_first + at]
            last = mentions.tokens[body_first + at + length - 1]
            end = last.end
            while end < len(mentions.text) and mentions.text[end] in ".!?\"' ":
                end += 1
            return [(first.start, end, Zone.BOILERPLATE)]  # the title proper has been read
    return []


def _tag_cuts(mentions: Mentions) -> Iterator[Stretch]:
    """A page's keywords, run into the sentence behind them by its layout ("Tags Syria Idlib Two people were …")."""
    for match in _TAGS.finditer(mentions.text) if "Tag" in mentions.text else ():
        first = mentions.token_at(match.end())
        tokens = mentions.tokens[first : first + _MAX_TAGS]
        verb = next(
            (at for at, token in enumerate(tokens) if token.norm in _NO_TAGS and mentions.text[token.start].islower()),
            None,
        )
        if verb is None:
            continue
        capitals = [at for at in range(verb) if mentions.text[tokens[at].start].isupper()]
        if not capitals:
            continue
        begin = next(
            (
                at
                for at in range(max(0, capitals[-1] - _OPENER_REACH), capitals[-1])
                if at in capitals and (tokens[at].norm in _OPENERS or first + at in mentions.numbers)
            ),
            capitals[-1],
        )
        yield match.start(), tokens[begin].start, Zone.BOILERPLATE


def _paragraph_zones(mentions: Mentions, paragraphs: Sequence[tuple[int, int]]) -> list[Zone]:
    """What each paragraph is.

    Full sentences are body. Lines without a final stop are headlines in front of the body, and labels, links and
    other stories' headlines after it, or after a line that says so ("Related news").
    """
    text = mentions.text
    zones: list[Zone] = []
    seen_body = after_marker = False
    any_full = any(is_full(text[start:end]) for start, end in paragraphs)
    leading = [*itertools.takewhile(lambda at: not _is_marker(mentions, *at), paragraphs[: _MAX_FRAGMENTS + 1])]
    lists_others = not any_full and len(leading) > _MAX_FRAGMENTS
    n_own, n_leading = (1, 1) if lists_others else (3, 4)
    n_headlines = 0
    n_items = sum(is_item(mentions, start, end) for start, end in paragraphs)
    for start, end in paragraphs:
        if start < mentions._body_start:
            zones.append(Zone.TITLE)
            continue
        if is_caption(text[start:end]):
            zones.append(Zone.BOILERPLATE)
        elif end - start < _MAX_MARKER and _is_marker(mentions, start, end):
            after_marker = True
            zones.append(Zone.BOILERPLATE)
        elif is_full(text[start:end]) or (not after_marker and n_items > 1 and is_item(mentions, start, end)):
            seen_body, after_marker = True, False
            zones.append(Zone.BODY)
        elif not any_full and n_headlines and not after_marker and goes_on(mentions, start, end):
            zones.append(Zone.BODY)
        elif not any_full and n_headlines < n_own and not after_marker:
            n_headlines += 1
            zones.append(Zone.BODY if n_headlines > 1 or tells_at_length(mentions, start, end) else Zone.TITLE)
        elif seen_body or after_marker or n_headlines >= n_leading:
            zones.append(Zone.BOILERPLATE)
        else:
            n_headlines += 1
            zones.append(Zone.TITLE)
    return zones


def _is_marker(mentions: Mentions, start: int, end: int) -> bool:
    """Whether a short line begins with words that announce other stories."""
    first = mentions.token_at(start)
    if not mentions.words_of(first, first + 4, "boilerplate"):
        return False
    for index in range(first, min(first + 4, len(mentions.tokens))):
        word = mentions.words.get(index)
        if mentions.tokens[index].start >= end or word is None:
            continue
        if word.get("reporting") is not None:
            return False  # "وأشار المصدر إلى"
        if word.is_cue("boilerplate"):
            # "Previous" and "next" alone; behind their noun they say of whom ("الناشط السابق").
            describes = word.last - word.first == 1 and mentions.vocabulary.grammar.modifier == "after"
            return index == first or not describes
    return False
