"""Finding mentions: everything in a report that an incident can be told with, each at its place in the text.

`find_mentions` cleans the report, divides it into zones (headline, dateline, body, boilerplate) and sentences, and
finds in one pass the words of the vocabulary, the numbers, the days and the names of places. It decides nothing:
what the mentions say together is for `claims` and `incidents`.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

import msgspec

from claimatlas.dates import DateKind, DateMention, find_tellings, find_today, resolve, resolve_dates, says_published
from claimatlas.model import Report, Span
from claimatlas.numbers import NumberKind, NumberMention, find_numbers
from claimatlas.text import CleanText, clean, split_paragraphs, split_sentences
from claimatlas.vocabulary import TOKEN, Entry, Lexeme, Meaning, Vocabulary, load_vocabulary

if TYPE_CHECKING:
    from claimatlas.gazetteer import NameHit
    from claimatlas.reference import Reference

T = TypeVar("T")

_GAP = "\n\n"
# A report is read this far; what comes after it in a page is other stories, or no report at all.
MAX_CHARS = 60_000
# The title is looked for among this many first words of the body; page heads are rarely longer.
_TITLE_WITHIN = 60
# Fewer words in common are no repetition of the title ("Syria war").
_MIN_TITLE_WORDS = 4
# Words like "Published", "Posted on", "AFP Sunday" in front of a report's own date.
_MAX_LABEL_WORDS = 4
# A line without a final stop and with no more words than this is a heading, a link or a label.
_MAX_FRAGMENT_WORDS = 26
# A page of more lines than this without one full sentence is a list of other stories; only its first may be its own.
_MAX_FRAGMENTS = 10
# The report's own day stands among this many words at its head.
_HEAD_TOKENS = 400
# A date line this many days after the day of publication shows when the page was fetched; one as long before it
# belongs to another story. Time zones and slow feeds account for the days between.
_MAX_DAYS_AFTER, _MAX_DAYS_BEFORE = 3, 31
_AGENCY = re.compile(r"\b(?:AFP|AP|Reuters|REUTERS|DPA|dpa|Xinhua|UPI|AA|SANA|Ahram Online)[ ,:|/–—-]{1,3}$")
_AGENCY_CHARS = 20
_SENTENCE_HEAD = re.compile(r"[ .\n]+[\"“]?[A-Z]")
_CLOCK = re.compile(r"^\W*\d{1,2}:\d{2}\s*(?:GMT|UTC)")
# Captions are told by the credit in brackets at their end, or by the words they open with.
_CREDITED = re.compile(
    r"\((?:[^()]{0,60}\b)?(?:photo|file photo|reuters|ap|afp|getty|anadolu|aa|iha|image|credit)\b"
    r"[^()]{0,80}\)\W*$|\(photo by\b|\((?:الدفاع المدني|الخوذ البيضاء|رويترز|الأناضول|أ ?ف ?ب|فرانس برس|أسوشيتد برس|"
    r"عنب بلدي|تويتر|فيسبوك|إنترنت|الإنترنت|متداول|أرشيف|أرشيفية|Getty|وكالات)[^()]{0,40}\)\W*$",
    re.IGNORECASE,
)
_CAPTIONED = re.compile(
    r"file photo\b|\W*photo\b|in this (?:photo|image|picture|file)|\W*a (?:picture|photo) (?:taken|shows)",
    re.IGNORECASE,
)
# A headline cut short ("مداهمات في ثلاث محافظات تسفر...").
_CUT_SHORT = re.compile(r"(?:\.\.\.|…)\W*$")
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
_CAPTIONS_WITHIN = 1500
# A text without any of these letters has none of `_PICTURED`.
_PICTURE_WORDS = ("view", "image", "picture", "handout", "undated", "file", "seen")
# "Related", written as a label is (`Vocabulary.cased`).
_LINKS = "relatedlinks"
_STOP = re.compile(r"[.!?؟…:,;،؛—–-][\"')\]»”’]*\s*$")


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

    def get(self, kind: str, role: str | None = None) -> Entry | None:
        """The meaning of a kind (and role), or None."""
        return self.entries.first.get(kind if role is None else (kind, role))

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


class _Words:
    """Known phrases in order of the text, found by the index of the token they begin with."""

    __slots__ = ("_firsts", "_words")

    def __init__(self, words: list[Word]) -> None:
        self._firsts = [word.first for word in words]
        self._words = words

    def between(self, first: int, last: int) -> Sequence[Word]:
        """Those that begin between two tokens."""
        firsts = self._firsts
        start = bisect_left(firsts, first)
        if start == len(firsts) or firsts[start] >= last:  # as mostly
            return ()
        return self._words[start : bisect_left(firsts, last, start)]


@dataclass(frozen=True)
class Mentions:
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
    surnames: frozenset[str]
    _date_tokens: Sequence[int]
    _openers: Sequence[int]
    _order: _Words
    _by_key: Mapping[str, _Words]
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
        index = bisect_left(self.tokens, offset, key=_END)
        return index + 1 if index < len(self.tokens) and self.tokens[index].end == offset else index

    def dates_in(self, first: int, last: int) -> Sequence[tuple[int, DateMention]]:
        """The days told between two tokens, each with the index of every token it covers."""
        return [(at, self.dates[at]) for at in _between(self._date_tokens, first, last)]

    def openers_in(self, first: int, last: int) -> Sequence[int]:
        """The tokens between two others that can be a place's: of a known name, or such as begin an unknown one."""
        return _between(self._openers, first, last)

    def words_in(self, first: int, last: int) -> Sequence[Word]:
        """The known phrases that begin between two tokens."""
        return self._order.between(first, last)

    def words_of(self, first: int, last: int, *keys: str) -> Sequence[Word]:
        """Those of them that have an entry of a kind ("event", "outcome", …), or a role as a cue ("include", …)."""
        if len(keys) > 1:
            return [word for word in self.words_in(first, last) if not word.entries.keys.isdisjoint(keys)]
        words = self._by_key.get(keys[0])
        return words.between(first, last) if words is not None else ()


def _between(indexes: Sequence[int], first: int, last: int) -> Sequence[int]:
    start = bisect_left(indexes, first)
    return indexes[start : bisect_left(indexes, last, start)]


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
    matches = list(TOKEN.finditer(text))
    known = vocabulary.lexemes
    lexemes = [known[match[0]] for match in matches]
    tokens = [Token(match.start(), match.end(), lexeme.norm) for match, lexeme in zip(matches, lexemes, strict=True)]
    order, by_key, words = _index_words(vocabulary, lexemes)
    tellings = find_tellings(text, report.lang)
    dates = resolve_dates(tellings, report.published)
    deeds = sorted(
        tokens[word.first].start
        for key in ("event", "outcome")
        if key in by_key
        for word in by_key[key].between(0, _HEAD_TOKENS)
    )
    header = _header(report, text, dates, body_start, title.text if title is not None else "", deeds)
    anchor = header.start_day if header is not None else find_today(tellings, report.published) or report.published
    if header is not None and anchor != report.published:
        dates = resolve_dates(tellings, anchor)
    told = body_start
    if title is not None and text.startswith(title.text, body_start):
        told += len(title.text)  # the body repeats the title in front of the day
    in_line = header is not None and not _is_filed(text, header)
    if in_line and header and _any_between(deeds, max(told, text.rfind("\n", 0, header.start) + 1), header.start):
        header = None  # it stands inside a sentence ("Regime forces shelled today, Friday 2 December 2022, …")
    numbers = [number for number in find_numbers(text, report.lang) if number.kind in _COUNTING]
    names = reference.gazetteer.find_names(_with_compass(text, vocabulary), report.lang)
    dates_by_token = _by_token(tokens, [(date.start, date.end, date) for date in dates])
    names_by_token = _by_token(tokens, [(name.start, name.end, name) for name in names])
    mentions = Mentions(
        report=report,
        vocabulary=vocabulary,
        text=text,
        tokens=tuple(tokens),
        sentences=(),
        words=words,
        numbers=_by_token(tokens, [(number.start, number.end, number) for number in numbers]),
        dates=dates_by_token,
        names=names_by_token,
        anchor=anchor,
        anchor_words=header,
        earliest=_earliest(dates) if anchor is None else None,
        surnames=frozenset(),
        _date_tokens=tuple(dates_by_token),
        _openers=_find_openers(text, tokens, words, names_by_token, vocabulary),
        _order=order,
        _by_key=by_key,
        _title=title,
        _body=body,
        _body_start=body_start,
    )
    return replace(mentions, sentences=tuple(_divide(mentions, header)), surnames=_surnames(mentions))


_COUNTING = frozenset({NumberKind.COUNT, NumberKind.ARTICLE})


def _with_compass(text: str, vocabulary: Vocabulary) -> str:
    """The text with "eastern Ghouta" as "Eastern Ghouta", since names are only looked for where a capital begins."""
    words = [word for word in vocabulary.grammar.compass if word in text]
    if not words:
        return text
    return re.sub(rf"\b(?:{'|'.join(words)})(?= [A-Z])", lambda match: match[0].capitalize(), text)


def _index_words(
    vocabulary: Vocabulary, lexemes: Sequence[Lexeme]
) -> tuple[_Words, dict[str, _Words], dict[int, Word]]:
    """The known phrases of a text: in order, by what they may mean, and by the index of each token they cover."""
    order: list[Word] = []
    by_key: defaultdict[str, list[Word]] = defaultdict(list)
    covered: dict[int, Word] = {}
    for first, last, entries in vocabulary.find_phrases(lexemes):
        word = Word(first, last, entries)
        order.append(word)
        for key in entries.keys:
            by_key[key].append(word)
        for index in range(first, last):
            covered[index] = word
    return _Words(order), {key: _Words(own) for key, own in by_key.items()}, covered


def _find_openers(
    text: str, tokens: Sequence[Token], words: Mapping[int, Word], names: Mapping[int, NameHit], vocabulary: Vocabulary
) -> list[int]:
    """The tokens of known names, and those that an unknown one can begin with: nouns of place, capitals, prefixes."""
    nouns = [index for index, word in words.items() if word.first == index and "place" in word.entries.keys]
    if vocabulary.grammar.modifier != "before":
        return sorted({*names, *nouns})
    capitals = [
        index
        for index, token in enumerate(tokens)
        if index not in words and (text[token.start].isupper() or text[token.end : token.end + 1] == "-")
    ]
    return sorted({*names, *nouns, *capitals})


_START, _END = attrgetter("start"), attrgetter("end")


def _by_token(tokens: Sequence[Token], items: Sequence[tuple[int, int, T]]) -> dict[int, T]:
    """Which item covers each token; the first one does where two meet."""
    covered: dict[int, T] = {}
    index = 0
    for start, end, item in items:
        index = max(index, bisect_right(tokens, start, key=_END))
        at = index
        while at < len(tokens) and tokens[at].start < end:
            covered.setdefault(at, item)
            at += 1
    return covered


def _any_between(offsets: Sequence[int], start: int, end: int) -> bool:
    """Whether one of several ascending offsets lies in a stretch."""
    return bisect_left(offsets, start) < bisect_left(offsets, end)


def _header(
    report: Report, text: str, dates: Sequence[DateMention], body_start: int, title: str, deeds: Sequence[int]
) -> DateMention | None:
    """The day that the report itself puts at its head, which outweighs the metadata.

    That is a dateline, a day that opens the body, or the day in a line that only names the report ("Summary of events,
    30 November 2022"), which tells of no deed (`deeds`: where words for one begin). A page's clock ("04:44 GMT
    29 September 2020") says when the page was seen, not when it was written. So does a day later than the publication.
    """
    for date in dates:
        if date.start < body_start:
            continue
        if date.start > body_start + 700:
            return None
        if date.year is None or date.start_day is None:
            continue
        opens = date.kind in (DateKind.ABSOLUTE, DateKind.WEEKDAY) and (
            _opens_body(text[body_start : date.start], title) or _is_filed(text, date)
        )
        names_report = not opens and _is_label(text, date, deeds)
        if date.kind not in (DateKind.HEADER, DateKind.DATELINE) and not opens and not names_report:
            continue
        if date.start_day != date.end_day:
            continue
        if report.published is not None and (date.kind is DateKind.HEADER or names_report):
            late = (date.start_day - report.published).days
            most = _MAX_DAYS_BEFORE if says_published(text[max(0, date.start - 30) : date.start]) else _MAX_DAYS_AFTER
            if not -_MAX_DAYS_BEFORE <= late <= most:
                continue
        line_start = text.rfind("\n", 0, date.start) + 1
        if _CLOCK.match(text, line_start) or _CLOCK.match(text[line_start : date.end]):
            continue
        return date
    return None


# Shorter words at the head of a name are articles.
_NAME_LETTERS = 3


def _surnames(mentions: Mentions) -> frozenset[str]:
    """Place names that stand behind an unknown capitalised word inside a sentence: a first name, most likely."""
    if not mentions.vocabulary.grammar.cased_names:
        return frozenset()
    found = set()
    for index, hit in mentions.names.items():
        if index < 2 or mentions.names.get(index - 1) is hit or hit.strong or index in mentions.words:
            continue
        before, token = mentions.tokens[index - 1], mentions.tokens[index]
        if index - 1 in mentions.words or index - 1 in mentions.names or index - 1 in mentions.dates:
            continue
        gap, earlier = mentions.text[before.end : token.start], mentions.text[before.start - 2 : before.start]
        if mentions.text[before.start].isupper() and gap in (" ", "' ", " al-") and not re.search(r"[.!?\n:]", earlier):
            found.add(mentions.tokens[_behind_article(mentions, index)].norm)
    return frozenset(found)


def _behind_article(mentions: Mentions, index: int) -> int:
    """Index of the first word of a name that is more than an article ("al-Baghdadi")."""
    while mentions.tokens[index].end - mentions.tokens[index].start < _NAME_LETTERS and (
        mentions.names.get(index + 1) is mentions.names[index]
    ):
        index += 1
    return index


def is_surname(mentions: Mentions, index: int) -> bool:
    """Whether a place name that begins at a token is one the report uses as a person's."""
    return mentions.tokens[_behind_article(mentions, index)].norm in mentions.surnames


def _is_label(text: str, date: DateMention, deeds: Sequence[int]) -> bool:
    """Whether a day stands in a line that only names the report: a heading, with no word for a deed."""
    if date.kind not in (DateKind.ABSOLUTE, DateKind.WEEKDAY):
        return False
    start, end = text.rfind("\n", 0, date.start) + 1, text.find("\n", date.end)
    end = end if end >= 0 else len(text)
    return not _is_full(text[start:end]) and not _any_between(deeds, start, end)


def _is_filed(text: str, date: DateMention) -> bool:
    """Whether an agency's name stands right in front of a full day and a sentence begins behind it.

    "… in the south of the country AFP Friday 10 Oct 2014 The Observatory said": the line under a sub-heading.
    """
    if date.day is None or date.year is None:
        return False
    before, after = text[max(0, date.start - _AGENCY_CHARS) : date.start], text[date.end : date.end + 3]
    return _AGENCY.search(before) is not None and _SENTENCE_HEAD.match(after) is not None


def _opens_body(before: str, title: str) -> bool:
    """Whether what stands in front of a day is no more than the title, a label and an agency's name."""
    words, title_words = TOKEN.findall(before), TOKEN.findall(title)
    if len(title_words) >= _MIN_TITLE_WORDS and words[:_MIN_TITLE_WORDS] == title_words[:_MIN_TITLE_WORDS]:
        same = 0
        while same < min(len(words), len(title_words)) and words[same] == title_words[same]:
            same += 1
        return len(words) - same <= _MAX_LABEL_WORDS
    return len(words) <= _MAX_LABEL_WORDS and "." not in before and "," not in before


# A day of no year is of the run of events that the last full date belongs to if it follows that within so many days.
_SAME_RUN_DAYS = 90


def _earliest(dates: Sequence[DateMention]) -> dt.date | None:
    """The latest past day the text names in full: what it reports cannot be much older than that.

    "November 2017" and "December 14" in one text of no known day make that 14 December 2017.
    """
    told = [date for date in dates if date.kind in (DateKind.ABSOLUTE, DateKind.VAGUE)]
    full = max((date.start_day for date in told if date.year is not None and date.start_day is not None), default=None)
    if full is None:
        return None
    yearless = [date for date in told if date.year is None and date.month is not None and date.day is not None]
    following = [day for day in (_next(date, full) for date in yearless) if (day - full).days <= _SAME_RUN_DAYS]
    return max([full, *following])


def _next(date: DateMention, after: dt.date) -> dt.date:
    """The first day from another on that a telling without a year can mean."""
    days = (resolve(msgspec.structs.replace(date, year=year), None) for year in (after.year, after.year + 1))
    return next((start for start, _ in filter(None, days) if start >= after), dt.date.max)


# ---------------------------------------------------------------------------------------------
# Zones
# ---------------------------------------------------------------------------------------------


def _divide(mentions: Mentions, header: DateMention | None) -> Iterator[Sentence]:
    """The sentences, each with its zone."""
    text = mentions.text
    lower = text.lower()
    has_pictures = any(word in lower for word in _PICTURE_WORDS)
    cuts = sorted([*_title_cuts(mentions), *_header_cuts(mentions, header), *_tag_cuts(mentions)])
    paragraphs = [(start, end) for start, end in split_paragraphs(text)]
    zones = _paragraph_zones(mentions, paragraphs)
    first_token = 0
    for (start, end), zone in zip(paragraphs, zones, strict=True):
        for piece_start, piece_end, piece_zone in _cut(start, end, zone, cuts):
            for sentence_start, sentence_end, sentence_zone in _sentences(
                text, piece_start, piece_end, piece_zone, has_pictures=has_pictures
            ):
                first_token = bisect_left(mentions.tokens, sentence_start, first_token, key=_START)
                last_token = bisect_right(mentions.tokens, sentence_end, first_token, key=_END)
                if last_token > first_token:
                    late = sentence_start > mentions._body_start + (len(text) - mentions._body_start) // 2
                    listed = late and sentence_zone is Zone.BODY and _is_marker(mentions, sentence_start, sentence_end)
                    zone_told = Zone.BOILERPLATE if listed else sentence_zone
                    whole = Sentence(sentence_start, sentence_end, first_token, last_token, zone_told)
                    yield from _cut_links(mentions, whole) if late else (whole,)
                first_token = last_token


def _cut_links(mentions: Mentions, sentence: Sentence) -> Iterator[Sentence]:
    """A late sentence without the links to other stories that a page's layout has run into it ("… Related …")."""
    links = next((i for i in range(sentence.first, sentence.last) if mentions.tokens[i].norm == _LINKS), None)
    if links is None or sentence.zone is not Zone.BODY:
        yield sentence
        return
    cut = mentions.tokens[links].start
    if links > sentence.first:
        yield Sentence(sentence.start, cut, sentence.first, links, sentence.zone)
    yield Sentence(cut, sentence.end, links, sentence.last, Zone.BOILERPLATE)


def _sentences(text: str, start: int, end: int, zone: Zone, *, has_pictures: bool) -> Iterator[tuple[int, int, Zone]]:
    """The sentences of a piece, the captions among them marked.

    A caption may run into a sentence ("… June 6. (Reuters) Two people …") or stand in front of one that begins with
    its credit; others are known by their words ("A general view shows …").
    """
    found: list[tuple[int, int, Zone]] = []
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


def _cut(start: int, end: int, zone: Zone, cuts: Sequence[tuple[int, int, Zone]]) -> Iterator[tuple[int, int, Zone]]:
    """A paragraph's pieces: a repeated title inside it and the report's own date are pieces of their own."""
    for cut_start, cut_end, cut_zone in cuts:
        if start <= cut_start < end:
            if cut_start > start:
                yield start, cut_start, zone
            yield cut_start, min(cut_end, end), cut_zone
            start = min(cut_end, end)
    if start < end:
        yield start, end, zone


def _header_cuts(mentions: Mentions, header: DateMention | None) -> list[tuple[int, int, Zone]]:
    """The report's own date, where it stands in one line with the first sentence."""
    if header is None or header.kind is DateKind.HEADER:
        return []
    line = mentions.text.rfind("\n", 0, header.start) + 1
    line = max([line, *(end for _, end, _ in _title_cuts(mentions) if end <= header.start)])
    told = mentions.words_of(mentions.token_at(line), mentions.token_at(header.start), "event", "outcome")
    if told and not _is_filed(mentions.text, header):
        return []  # "Regime forces shelled on Friday, 2 December 2022, …"
    return [(header.start, header.end, Zone.BOILERPLATE)]


def _title_cuts(mentions: Mentions) -> list[tuple[int, int, Zone]]:
    """Where the body repeats the title (offsets); feeds often put it in front of the first sentence."""
    title_tokens = [token.norm for token in mentions.tokens if token.start < mentions._body_start]
    if len(title_tokens) < _MIN_TITLE_WORDS:
        return []
    body_first = len(title_tokens)
    norms = [token.norm for token in mentions.tokens[body_first : body_first + _TITLE_WITHIN + len(title_tokens)]]
    for at in range(min(_TITLE_WITHIN, len(norms))):
        length = 0
        while at + length < len(norms) and length < len(title_tokens) and norms[at + length] == title_tokens[length]:
            length += 1
        if length >= _MIN_TITLE_WORDS and length >= 0.5 * len(title_tokens):
            first = mentions.tokens[body_first + at]
            last = mentions.tokens[body_first + at + length - 1]
            end = last.end
            while end < len(mentions.text) and mentions.text[end] in ".!?\"' ":
                end += 1
            return [(first.start, end, Zone.BOILERPLATE)]  # the title proper has been read
    return []


# Keywords in one line with a sentence: they have none of these words, and there are not many of them.
_TAGS = re.compile(r"(?:^|(?<=[.!?\"”\n])) *Tags:? (?=[A-Z])")
_MAX_TAGS = 30
_NO_TAGS = frozenset({
    "of", "in", "on", "at", "by", "was", "were", "is", "are", "has", "have", "had", "after", "as", "near", "with", "a",
    "an", "to", "from", "that", "and", "said", "say", "says", "killed", "kills", "when",
})  # fmt: skip
# The sentence begins with a number or one of these when one stands this close to its first certain word.
_OPENERS, _OPENER_REACH = frozenset({"a", "an", "the", "at", "some", "more", "up", "dozens", "scores", "hundreds"}), 4


def _tag_cuts(mentions: Mentions) -> Iterator[tuple[int, int, Zone]]:
    """A page's keywords, run into the sentence behind them by its layout ("Tags Syria Idlib Two people were …")."""
    for match in _TAGS.finditer(mentions.text):
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
    full = [_is_full(text[start:end]) for start, end in paragraphs]
    any_full = any(full)
    leading = [*itertools.takewhile(lambda at: not _is_marker(mentions, *at), paragraphs[: _MAX_FRAGMENTS + 1])]
    lists_others = not any_full and len(leading) > _MAX_FRAGMENTS
    n_own, n_leading = (1, 1) if lists_others else (3, 4)
    n_headlines = 0
    for (start, end), is_full in zip(paragraphs, full, strict=True):
        if start < mentions._body_start:
            zones.append(Zone.TITLE)
            continue
        marked = _is_marker(mentions, start, end)
        if _is_caption(text[start:end]):
            zones.append(Zone.BOILERPLATE)
        elif marked and end - start < 160:
            after_marker = True
            zones.append(Zone.BOILERPLATE)
        elif is_full:
            seen_body, after_marker = True, False
            zones.append(Zone.BODY)
        elif not any_full and n_headlines < n_own and not after_marker:
            n_headlines += 1
            zones.append(Zone.BODY if n_headlines > 1 else Zone.TITLE)
        elif seen_body or after_marker or n_headlines >= n_leading:
            zones.append(Zone.BOILERPLATE)
        else:
            n_headlines += 1
            zones.append(Zone.TITLE)
    return zones


def _is_caption(line: str) -> bool:
    return _CAPTIONED.match(line) is not None or ("(" in line and _CREDITED.search(line) is not None)


def _is_full(line: str) -> bool:
    n_words = line.count(" ") + 1
    if n_words <= _MAX_FRAGMENT_WORDS and _CUT_SHORT.search(line) is not None:
        return False
    stopped = _STOP.search(line[-3:]) is not None
    counted = n_words > 3 and any(letter.isdigit() for letter in line)  # "- Sarmin: artillery. 12 killed."
    return n_words > _MAX_FRAGMENT_WORDS or (stopped and (n_words > 5 or counted))


def _is_marker(mentions: Mentions, start: int, end: int) -> bool:
    """Whether a short line begins with words that announce other stories."""
    first = mentions.token_at(start)
    for index in range(first, min(first + 4, len(mentions.tokens))):
        word = mentions.words.get(index)
        if mentions.tokens[index].start >= end or word is None:
            continue
        if word.get("reporting") is not None:
            return False  # "وأشار المصدر إلى"
        if word.is_cue("boilerplate"):
            return True
    return False
