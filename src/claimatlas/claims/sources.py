"""Sources: who speaks where a word for a source, an office, a capital or a person stands."""

from __future__ import annotations

import re

from msgspec.structs import replace

from claimatlas.claims.offices import holders_of
from claimatlas.claims.sourcenames import POSSESSIVE, Speaker, called, describe, is_name_part
from claimatlas.mentions.document import Mentions, Word
from claimatlas.model import Actor
from claimatlas.vocabulary import Entry

# Kinds of groups whose names stand in front of their noun ("the Darb monitoring group").
_GROUP_NOUNS = frozenset({"monitor", "group", "activists"})


def make_speaker(mentions: Mentions, word: Word, verb: Word) -> Speaker | None:
    """Who speaks where a word for a source or an actor is the subject of a verb of saying; None when nobody does."""
    claimant = word.get("claimant")
    actor = word.get("actor")
    if claimant is not None and "capital" in claimant.flags and not _speaks_as_capital(mentions, word, verb):
        return None
    if claimant is not None:
        actors = claimant.actors or (_side(mentions, word, actor) if actor is not None else ())
        otherwise = actor.name if actor is not None else ""
        body = _named_body(mentions, word) if claimant.name == "group" else None
        if body is not None:
            return Speaker(body[0], word.first, body[1], actors, verb)
        if "anaphor" in claimant.flags:
            own = called(mentions, word) if claimant.name in _GROUP_NOUNS else ""
            if own:
                return Speaker(own, word.first - own.count(" ") - 1, word.last, (), verb)
            return Speaker("", word.first, word.last, actors, verb, otherwise, claimant.name, claimant.flags)
        office = _press_office(mentions, word, verb)
        if office is not None:
            return office
        house = _house(mentions, word, verb) if "unnamed" in claimant.flags else None
        if house is not None:
            return house
        name = describe(mentions, word) if "described" in claimant.flags else claimant.name
        actors = _side_of(mentions, word, name) or actors
        if word.first > 0 and mentions.tokens[word.first - 1].norm in mentions.vocabulary.grammar.owns:
            return Speaker(name, word.first, word.last, actors, verb, means="own", flags=claimant.flags)
        return Speaker(name, word.first, word.last, actors, verb, otherwise, "", claimant.flags)
    if actor is not None and actor.name:
        said = mentions.text[mentions.tokens[word.first].start : mentions.tokens[word.last - 1].end]
        name = said if "described" in actor.flags and said[0].isupper() else actor.name  # a faction's own name
        return Speaker(name, word.first, word.last, _side(mentions, word, actor), verb)
    return None


# "الهيئة العامة للثورة السورية": a body's name has at most so many words behind its noun.
_BODY_WORDS, _MIN_ADJECTIVE = 4, 5


def _named_body(mentions: Mentions, word: Word) -> tuple[str, int] | None:
    """The name of a body that no list knows ("المجلس المحلي لمدينة عندان"), and where it ends; None for "the council".

    Its first word agrees with the noun, and "that" follows it.
    """
    article = mentions.vocabulary.grammar.article
    if not article or not mentions.tokens[word.first].norm.startswith(article):
        return None
    end = word.last
    while end < min(len(mentions.tokens), word.last + _BODY_WORDS + 1) and mentions.between(end - 1, end) == " ":
        behind = mentions.words.get(end)
        if behind is not None and (behind.is_cue("that") or behind.get("reporting") or behind.get("outcome")):
            break
        end += 1
    that = mentions.words.get(end)
    if end == word.last or that is None or not that.is_cue("that"):
        return None
    adjective = mentions.tokens[word.last].norm
    if not adjective.startswith(article) or len(adjective) < _MIN_ADJECTIVE:  # "الى"
        return None
    return mentions.text[mentions.tokens[word.first].start : mentions.tokens[end - 1].end], end


def _side(mentions: Mentions, word: Word, actor: Entry) -> tuple[Actor, ...]:
    """Whose voice an actor's name is, be it one that has changed hands."""
    return holders_of(mentions, word, actor.actors) if "office" in actor.flags else actor.actors


def _press_office(mentions: Mentions, word: Word, verb: Word) -> Speaker | None:
    """The side whose press office speaks ("the SDF's media office"), which is its own voice."""
    whose = mentions.words.get(word.first - 1) if word.first > 0 else None
    side = whose.get("actor") if whose is not None else None
    if mentions.tokens[word.last - 1].norm != "office" or whose is None or side is None or not side.name:
        return None
    return Speaker(side.name, whose.first, word.last, side.actors, verb)


def _speaks_as_capital(mentions: Mentions, word: Word, verb: Word) -> bool:
    """As in "Damascus said", but not "in Damascus … said", "clinics in the Damascus suburbs put", "DAMASCUS (AFP)"."""
    beside = word.first == verb.last or word.last == verb.first
    between = [mentions.tokens[at].norm for at in range(word.last, verb.first)]
    also = len(between) in (1, 2) and all(norm in AUXILIARIES or norm.endswith("ly") for norm in between)
    start = mentions.tokens[word.first].start
    return (beside or also) and not mentions.text[start : start + 2].isupper()


def _side_of(mentions: Mentions, word: Word, name: str) -> tuple[Actor, ...]:
    """Whose officials or sources speak, by the people named in front of them ("Turkish officials")."""
    people = mentions.words.get(word.first - 1) if word.first > 0 else None
    side = people.get("actor") if people is not None else None
    if people is None or side is None or mentions.between(word.first - 1, word.first) != " ":
        return ()
    begun = mentions.text[mentions.tokens[people.first].start : mentions.tokens[people.last - 1].end]
    return side.actors if name.startswith(begun) or POSSESSIVE.search(begun) is not None else ()


_INSIDE = frozenset({"in", "at", "from", "within", "inside"})


def _house(mentions: Mentions, word: Word, verb: Word) -> Speaker | None:
    """Whom a nameless source belongs to: "a source in the YPG", "sources at Hama Police Command"."""
    if not mentions.vocabulary.grammar.cased_names or word.last + 1 >= len(mentions.tokens):
        return None
    if mentions.tokens[word.last].norm not in _INSIDE or mentions.between(word.last - 1, word.last) != " ":
        return None
    at = word.last + 1
    while at + 1 < len(mentions.tokens) and (
        mentions.tokens[at].norm in mentions.vocabulary.grammar.articles or is_name_part(mentions, at)
    ):
        at += 1
    house = mentions.words.get(at)
    entry = house.get("claimant") if house is not None else None
    if house is None or (entry is None and (house.get("actor") is None or house.first > word.last + 2)):
        return None
    if entry is not None and entry.flags & {"anaphor", "capital", "unnamed"}:
        return None
    after = mentions.words.get(house.last)
    if after is not None and any(e.kind in ("place", "actor") or e.role == "holder" for e in after.entries):
        return None  # "a source in the rebel-held town"
    found = make_speaker(mentions, house, verb)
    return replace(found, first=word.first) if found is not None and found.name else None


# Words between a person's name and whom the person speaks for ("coalition spokesman Colonel …").
OFFICE_REACH = 5


def find_office(mentions: Mentions, person: Speaker, first: int) -> Speaker | None:
    """Whom a named person speaks for: "coalition spokesman Colonel X said", "X, of the White Helmets, said"."""
    assert person.verb is not None
    index = person.first - 1
    while index >= max(first, person.first - OFFICE_REACH):
        if mentions.between(index, index + 1) not in (" ", ". "):  # "Col. X"
            return None
        word = mentions.words.get(index)
        speaker = make_speaker(mentions, word, person.verb) if word is not None else None
        if speaker is not None:
            return speaker if speaker.name and "unnamed" not in speaker.flags else None
        if word is not None and (word.get("reporting") or word.get("event") or word.get("outcome")):
            return None
        index -= 1
    return None


def find_person(mentions: Mentions, verb: Word, first: int) -> Speaker | None:
    """A capitalised name right before "said" that no list knows ("Shadi al-Jundi told AFP")."""
    end = verb.first
    while end - 1 > first and mentions.tokens[end - 1].norm in AUXILIARIES:
        end -= 1
    index = end
    while index - 1 >= first:
        token = mentions.tokens[index - 1]
        gap = mentions.text[token.end : mentions.tokens[index].start]
        after_comma = index == end and gap == ", "  # "Omar Haddad, who …"
        if index - 1 in mentions.words or index - 1 in mentions.numbers or (gap not in (" ", "-") and not after_comma):
            break
        if not mentions.text[token.start].isupper() and gap != "-":
            break
        index -= 1
    before = mentions.words.get(index - 1) if index > first else None
    if before is not None and (before.get("place", "in") is not None or before.is_cue("join")):
        hit = mentions.names.get(index)
        while hit is not None and hit.strong and index < end and mentions.names.get(index) is hit:
            index += 1  # "in Aleppo Ibrahim Haddad told reporters"
    if end - index == 1:
        return find_surname(mentions, index, replace(verb, first=end))
    if end - index < 2:
        return None
    if all(at in mentions.names and mentions.names[at].strong for at in range(index, end)):
        return None  # "residents of Bab Touma said"
    name = mentions.text[mentions.tokens[index].start : mentions.tokens[end - 1].end]
    return Speaker(name, index, end, (), verb)


# "Haddad had earlier reported", "Haddad also said".
AUXILIARIES = frozenset({"had", "has", "have", "also", "earlier", "later", "previously", "then"})


def find_surname(mentions: Mentions, index: int, verb: Word) -> Speaker | None:
    """Who is called by the last name alone, having been named in full before ("Youkhana reported")."""
    token = mentions.tokens[index]
    surname = mentions.text[token.start : token.end]
    if (
        (index in mentions.names and mentions.names[index].strong)
        or not surname[0].isupper()
        or token.end - token.start < _SURNAME_LETTERS
    ):
        return None
    found = re.search(rf"(?:[A-Z][\w'’]+[ -])(?:[Aa]l-)?{re.escape(surname)}\b", mentions.text[: token.start])
    if found is None:
        return None
    at = mentions.token_at(found.start())
    office = find_office(mentions, Speaker(found[0], at, at + 1, (), verb), max(0, at - OFFICE_REACH))
    if office is not None:
        return replace(office, first=index, last=verb.first)
    return Speaker(found[0], index, verb.first, (), verb)


_SURNAME_LETTERS = 4
