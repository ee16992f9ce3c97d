"""The words of a language are data; every fault in a language file is named."""

from __future__ import annotations

import pytest

from claimatlas.errors import InputError
from claimatlas.model import Actor, EventType, Outcome
from claimatlas.vocabulary import TOKEN, Vocabulary, expand, load_vocabulary


def read(vocabulary: Vocabulary, text: str):
    """(phrase, kinds) of the longest phrases of a text."""
    matches = list(TOKEN.finditer(text))
    forms = [vocabulary.forms(vocabulary.normal(m.group()), capital=m.group()[0].isupper()) for m in matches]
    found, index = [], 0
    while index < len(forms):
        match = vocabulary.match(forms, index) if forms[index] else None
        if match is None:
            index += 1
            continue
        words = text[matches[index].start() : matches[index + match[0] - 1].end()]
        found.append((words, {(entry.kind, entry.role) for entry in match[1]}))
        index += match[0]
    return found


def test_braces_stand_for_every_spelling():
    assert list(expand("air {strike,raid}{,s}")) == ["air strike", "air strikes", "air raid", "air raids"]
    assert list(expand("plain")) == ["plain"]


@pytest.mark.parametrize("words", ["air strike", "Air-strike", "AIR STRIKES", "airstrikes"])
def test_spelling_of_a_known_phrase_does_not_matter(words):
    ((found, kinds),) = read(load_vocabulary("en"), words)
    assert found == words
    assert ("event", "noun") in kinds


def test_the_longest_phrase_wins():
    found = [words for words, _ in read(load_vocabulary("en"), "the Syrian Observatory for Human Rights said")]
    assert "Syrian Observatory for Human Rights" in found


def test_capitals_tell_a_state_from_a_pronoun():
    english = load_vocabulary("en")
    assert any(("actor", "") in kinds for _, kinds in read(english, "US jets"))
    assert not any(("actor", "") in kinds for _, kinds in read(english, "told us on jets"))


def test_feeds_without_apostrophes_still_name_the_owner():
    english = load_vocabulary("en")
    assert any(("actor", "") in kinds for _, kinds in read(english, "Turkeys army"))
    assert any(("actor", "") in kinds for _, kinds in read(english, "Turkey's army"))


def test_an_entry_knows_type_actor_and_outcome():
    english = load_vocabulary("en")
    entries = english.match([english.forms("chemical"), english.forms("attack")], 0)[1]
    assert entries[0].type is EventType.CHEMICAL
    assert Actor.SDF_YPG in english.match([english.forms("ypg")], 0)[1][0].actors
    assert english.match([english.forms("killing")], 0)[1][0].outcomes == (Outcome.KILLED,)


def test_an_unknown_language_names_those_that_are_known():
    with pytest.raises(InputError, match=r"'xx'.*ar, en"):
        load_vocabulary("xx")


def test_all_faults_of_a_file_are_named_at_once():
    data = {
        "events": [{"type": "earthquake", "words": ["quake"]}],
        "cues": [{"role": "nonsense", "words": ["x"]}],
        "actors": [{"ids": ["martians"], "words": ["saucer"]}],
    }
    with pytest.raises(InputError, match=r"earthquake(?s:.*)martians(?s:.*)nonsense"):
        Vocabulary("xx", data)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_every_shipped_language_has_the_words_the_engine_asks_for(lang):
    vocabulary = load_vocabulary(lang)
    kinds = {(entry.kind, entry.role) for entry in vocabulary.entries()}
    assert {kind for kind, _ in kinds} >= {
        "event",
        "outcome",
        "victims",
        "actor",
        "claimant",
        "reporting",
        "cue",
        "place",
    }
    assert {("reporting", "said"), ("cue", "include"), ("cue", "target"), ("place", "in")} <= kinds
