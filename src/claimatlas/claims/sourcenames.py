"""Who a speaker is, and what one that no list knows is called: by the report's own words, or by its capitals."""

from __future__ import annotations

import re

import msgspec

from claimatlas.mentions.document import Mentions, Word
from claimatlas.model import Actor

POSSESSIVE = re.compile(r"['’]s?$")
# A described speaker's name has at most this many words in front of its noun and behind "of".
_NAME_WORDS = 3


class Speaker(msgspec.Struct, frozen=True):
    """Who says what a clause says.

    Attributes:
        name: Name of the claimant; empty for a pronoun or "the group".
        first: Index of its first token.
        last: Index after its last token.
        actors: Who it is, when it is an actor.
        verb: The reporting phrase.
        otherwise: What "the army" is called where it means nobody named before.
        means: Of a speaker without a name: what it is called instead ("monitor", "ministry", "he"); `own` of one that
            is somebody's ("its defence ministry").
        flags: What the vocabulary says of it (`unnamed`, `relay`, `anaphor`).
        beside: The names of those who say it together with it ("the Observatory and state media said").
    """

    name: str
    first: int
    last: int
    actors: tuple[Actor, ...] = ()
    verb: Word | None = None
    otherwise: str = ""
    means: str = ""
    flags: frozenset[str] = frozenset()
    beside: tuple[str, ...] = ()


def is_name_part(mentions: Mentions, index: int) -> bool:
    """Whether a word can be part of a person's name: a capital, no known phrase, or "al" in front of one."""
    token = mentions.tokens[index]
    if index in mentions.words or index in mentions.numbers or index in mentions.dates:
        return False
    return mentions.text[token.start].isupper() or token.norm == "al"


def called(mentions: Mentions, word: Word) -> str:
    """The name in capitals that no list knows in front of a word for a group ("the Darb Al-Nour activist group")."""
    start = word.first
    if not mentions.vocabulary.grammar.cased_names:
        return ""
    while word.first - start < _NAME_WORDS and start > 0 and mentions.between(start - 1, start) in (" ", "-"):
        token = mentions.tokens[start - 1]
        number = start == word.first and token.norm.isdigit()
        if not (number or is_name_part(mentions, start - 1)) or token.norm in mentions.vocabulary.grammar.articles:
            break
        start -= 1
    own = [at for at in range(start, word.first) if at not in mentions.names or not mentions.names[at].strong]
    return mentions.text[mentions.tokens[start].start : mentions.tokens[word.first - 1].end] if own else ""


def describe(mentions: Mentions, word: Word) -> str:
    """A speaker in the report's own words, without its article: "senior police source", "governor of Homs"."""
    claimant = word.get("claimant")
    assert claimant is not None
    articles = mentions.vocabulary.grammar.articles
    first, last = word.first, word.last
    while first > 0 and word.first - first < _NAME_WORDS and mentions.between(first - 1, first) in (" ", "-"):
        before = mentions.words.get(first - 1)
        if mentions.tokens[first].norm in articles or mentions.tokens[first - 1].norm in articles:
            break
        if POSSESSIVE.search(mentions.text[mentions.tokens[first - 1].start : mentions.tokens[first - 1].end]):
            break
        people = before is not None and before.get("actor") is not None  # "a US military official"
        begin = before.first if before is not None and people else first - 1
        if not mentions.text[mentions.tokens[begin].start].isupper() or first - 1 in mentions.dates:
            break
        if before is not None and all(e.kind not in ("claimant", "actor", "place") for e in before.entries):
            break
        first = begin
    within = mentions.words.get(first - 1) if 0 < first < word.first else None
    if within is not None and within.is_cue("partitive"):
        first = word.first  # "in a suburb of Damascus civil defence sources said"
    of = mentions.words.get(last)
    if of is not None and of.last - of.first <= 2 and (of.is_cue("partitive") or of.is_cue("target")):
        after = _capitals_end(mentions, of.last)
        if of.is_cue("partitive"):
            last = after if after > of.last else last
        elif after > of.last + 1 and after - 1 not in mentions.names:
            first, last = of.last, after  # "a source at Daraa Governorate"
    name = mentions.text[mentions.tokens[first].start : mentions.tokens[last - 1].end]
    if re.match(r"\w+['’]?s ", name) and " " in claimant.name and claimant.actors:
        name = f"{claimant.name.partition(' ')[0]} {name.partition(' ')[2]}"  # "Turkey's defence ministry"
    while name.partition(" ")[0].lower() in articles:
        name = name.partition(" ")[2]
    opener = mentions.words.get(first)
    opens = name[:1].isupper() and name[1:].islower() and not claimant.actors
    if opens and (opener is None or opener.get("actor") is None):
        return name[0].lower() + name[1:]  # a small word at the head of its sentence
    return name


def _capitals_end(mentions: Mentions, start: int) -> int:
    """The index after the last of a few words with capitals that begin at a token."""
    after = start
    while after < min(len(mentions.tokens), start + _NAME_WORDS) and (
        mentions.text[mentions.tokens[after].start].isupper() and mentions.between(after - 1, after) in (" ", "-")
    ):
        after += 1
    return after


_OFFICES = frozenset({"head", "director", "chief", "mayor", "manager", "governor", "administrator", "coordinator"})
_OFFICE_WORDS = 7


def office_behind(mentions: Mentions, verb: Word, last: int) -> Speaker | None:
    """Who is only called by an office no list knows: "according to the head of Palmyra hospital".

    Args:
        mentions: The report's mentions.
        verb: "According to".
        last: Index after the clause's last token.
    """
    first = verb.last + (verb.last < last and mentions.tokens[verb.last].norm in mentions.vocabulary.grammar.articles)
    if first >= last or _OFFICES.isdisjoint(token.norm for token in mentions.tokens[first : min(last, first + 2)]):
        return None
    end = first + 1
    while end < last and mentions.between(end - 1, end) in (" ", "-"):
        end += 1
    if end - first > _OFFICE_WORDS:
        return None
    name = mentions.text[mentions.tokens[first].start : mentions.tokens[end - 1].end]
    return Speaker(name, first, end, (), verb)


# "…, the deputy oil minister said": a source that no list knows has so many words, its article with them.
_SOURCE_WORDS = 5
_NO_SOURCE = ("claimant", "actor", "outcome", "event", "reporting", "be", "have", "relative")


def source_behind_comma(mentions: Mentions, verb: Word, first: int) -> Speaker | None:
    """Who is only described between a comma and "said": "…, the oil ministry said", "…, a shop owner said".

    Args:
        mentions: The report's mentions.
        verb: The verb of saying.
        first: Index of the clause's first token.
    """
    if verb.get("reporting", "said") is None:
        return None
    for at in range(verb.first - 2, max(first, verb.first - _SOURCE_WORDS - 1), -1):
        if mentions.between(at, at + 1) != " ":
            return None
        if mentions.between(at - 1, at) != ", ":
            continue
        article = mentions.tokens[at].norm in mentions.vocabulary.grammar.articles
        if not article or mentions.words_of(at, verb.first, *_NO_SOURCE):
            return None
        name = mentions.text[mentions.tokens[at + 1].start : mentions.tokens[verb.first - 1].end]
        return Speaker(name, at, verb.first, (), verb)
    return None
