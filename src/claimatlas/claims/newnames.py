"""Places no gazetteer knows, found by the nouns and prepositions around their names."""

from __future__ import annotations

import re

from claimatlas.claims.cast import PlaceRole
from claimatlas.claims.ties import Tie, find_tie
from claimatlas.mentions.document import Mentions, Word


def bare_name(name: str) -> str:
    """A name without the sign of the genitive: "Douma's"."""
    return re.sub(r"['’]s?$", "", name)


def unknown_place(mentions: Mentions, index: int, first: int, last: int) -> PlaceRole | None:
    """A name that no gazetteer has but that is called a place: "the village of X", "X neighbourhood"."""
    word = mentions.words.get(index)
    if word is not None and word.first == index:
        return _unknown_behind_noun(mentions, word, first, last)
    if word is None and index not in mentions.dates and mentions.vocabulary.grammar.modifier == "before":
        return _unknown_before_noun(mentions, index, first, last)
    return None


def _unknown_behind_noun(mentions: Mentions, noun: Word, first: int, last: int) -> PlaceRole | None:
    """The unknown name behind a noun of place: "the village of X"."""
    entry = next((e for e in noun.entries if e.kind == "place" and e.role in NAMED_KINDS), None)
    if entry is None or entry.role == "site" or noun.last >= last:
        return None
    article = mentions.vocabulary.grammar.article
    if article and mentions.tokens[noun.last - 1].norm.startswith(article):
        return None  # "the village" has been named before
    start = noun.last
    if "," in mentions.between(start - 1, start):
        return None  # "a man in the camp, Abu Hamid, said"
    of = mentions.words.get(start)
    if of is not None and of.is_cue("partitive"):
        start = of.last
    cased = mentions.vocabulary.grammar.cased_names
    end = name_end(mentions, start, last) if cased else _caseless_name_end(mentions, start, last)
    if end is None:
        return None
    return make_unknown(mentions, start, end, entry.role, find_tie(mentions, noun.first, end, first, last))


def _unknown_before_noun(mentions: Mentions, index: int, first: int, last: int) -> PlaceRole | None:
    """The unknown name in front of a noun of place: "X neighbourhood"."""
    end = name_end(mentions, index, last)
    if end is None or end >= last or mentions.between(end - 1, end) != " ":
        return None
    if _ends_in_name(mentions, index, end):
        end += 1
    if all(mentions.tokens[at].norm in mentions.vocabulary.grammar.compass for at in range(index, end)):
        return None  # "the Old City"
    following = mentions.words.get(end)
    entry = following.get("place") if following is not None else None
    if entry is None or following is None or entry.role not in NAMED_KINDS:
        return None
    if entry.role == "site":
        end = following.last
    return make_unknown(mentions, index, end, entry.role, find_tie(mentions, index, end, first, last))


def _ends_in_name(mentions: Mentions, index: int, end: int) -> bool:
    """Whether one word more, some place's name by itself, belongs to a name ("the Nazlet Hamra neighbourhood")."""
    opens = index > 0 and mentions.tokens[index - 1].norm in mentions.vocabulary.grammar.articles
    hit = mentions.names.get(end)
    return opens and end == index + 1 and hit is not None and mentions.names.get(end + 1) is not hit


NAMED_KINDS = frozenset({"village", "town", "neighbourhood", "camp", "site"})


def make_unknown(mentions: Mentions, start: int, end: int, kind: str, tie: Tie) -> PlaceRole:
    """A place the gazetteer does not know, by the words from one token to another."""
    name = mentions.text[mentions.tokens[start].start : mentions.tokens[end - 1].end]
    return PlaceRole(bare_name(name), start, end, (), kind, *tie._replace(weight=tie.weight + 1))


def name_end(mentions: Mentions, start: int, last: int) -> int | None:
    """Where a capitalised name ends that begins at a token, or None when there is none."""
    index = start
    if start < last and mentions.tokens[start].norm in mentions.vocabulary.grammar.definite:
        return None
    if start in mentions.names and mentions.names.get(start + 1) is mentions.names[start]:
        return None  # a known name of several words ("the town of Tal Abyad")
    while index < min(last, start + 4):
        token = mentions.tokens[index]
        word = mentions.words.get(index)
        generic = word is not None and all(e.kind == "place" and e.role not in ("in", "from") for e in word.entries)
        opens = (
            generic and index == start and mentions.text[token.start].isupper() and not _heads_known(mentions, index)
        )
        known = (word is not None or index in mentions.names) and not opens
        if known or index in mentions.dates or index in mentions.numbers:
            break
        gap = mentions.between(index - 1, index) if index > start else " "
        article = index + 1 < last and mentions.between(index, index + 1) == "-"
        if gap not in (" ", "-") or not (mentions.text[token.start].isupper() or article or gap == "-"):
            break
        index += 1
    if index == start or not any(mentions.text[mentions.tokens[at].start].isupper() for at in range(start, index)):
        return None
    return index


def _heads_known(mentions: Mentions, index: int) -> bool:
    """Whether a generic word ("Tal") is the first of a known name ("Tal Rifaat")."""
    hit = mentions.names.get(index)
    return hit is not None and mentions.names.get(index + 1) is hit


_CASELESS_GAP = re.compile(r" [\"'(]?")
# Shorter words are particles.
MIN_NAME_LETTERS = 3


def _caseless_name_end(mentions: Mentions, start: int, last: int) -> int | None:
    """Where a name ends in a script without capitals: one unknown word behind the words that names begin with."""
    quoted = _quoted_end(mentions, start, last)
    if quoted is not None:
        return quoted
    index = start
    while index < min(last, start + 3):
        token = mentions.tokens[index]
        if _CASELESS_GAP.fullmatch(mentions.between(index - 1, index)) is None:
            return None
        if index in mentions.names or index in mentions.dates or index in mentions.numbers:
            return None
        word = mentions.words.get(index)
        is_head = word is not None and word.get("place", "head") is not None
        named_so = index > start and word is not None and word.is_cue("neutral")
        if word is not None and not is_head and not named_so:
            return None
        index += 1
        if is_head:
            continue
        join = mentions.vocabulary.grammar.attached_join
        if len(token.norm) < MIN_NAME_LETTERS or (join and token.norm.startswith(join)):
            return None
        return index + 1 if _completes_name(mentions, index, last) else index
    return None


def _quoted_end(mentions: Mentions, start: int, last: int) -> int | None:
    """Where a name in quotation marks ends (`قرية "قرف مغار"`), or None when there is none."""
    if not mentions.between(start - 1, start).endswith('"'):
        return None
    for index in range(start, min(last, start + 3)):
        known = index in mentions.names or (index == start and index in mentions.words)
        if known or index in mentions.dates or index in mentions.numbers:
            return None
        if index + 1 >= last or mentions.between(index, index + 1).startswith('"'):
            return index + 1
    return None


def _completes_name(mentions: Mentions, index: int, last: int) -> bool:
    """Whether an unknown word with an article ends the name before it ("كويت الرحمة"), be it a hamlet's, too."""
    if index >= last or mentions.between(index - 1, index) != " " or index in mentions.words:
        return False
    hit = mentions.names.get(index)
    if hit is not None and hit.strong:
        return False
    return mentions.tokens[index].norm.startswith(mentions.vocabulary.grammar.article or "\0")
