"""Rules of spelling, with golden pairs in tests/cases/names.yml."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from claimatlas.names import keys as namekeys
from claimatlas.names import spelling as names

CASES: dict[str, list[Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "names.yml").read_text(encoding="utf-8")
)


def cost(a: str, b: str) -> float:
    return min(names.differ(x, y) for x in names.read_name(a) for y in names.read_name(b))


@pytest.mark.parametrize(("a", "b", "why"), [case if len(case) == 3 else [*case[:2], ""] for case in CASES["one_name"]])
def test_habits_of_spelling_are_undone(a: str, b: str, why: str) -> None:
    assert cost(a, b) < 3.0, why
    assert cost(b, a) == cost(a, b)


@pytest.mark.parametrize(("a", "b", "why"), CASES["two_names"])
def test_other_names_stay_other_names(a: str, b: str, why: str) -> None:
    assert cost(a, b) > 6, why


@pytest.mark.parametrize(("name", "letters"), CASES["qualifiers"])
def test_qualifiers_are_set_aside_in_every_spelling(name: str, letters: str) -> None:
    assert names.read_name(name)[0].qualifiers == letters


@pytest.mark.parametrize(("name", "kind"), CASES["kinds"])
def test_generic_words_say_a_kind_and_no_sounds(name: str, kind: str) -> None:
    assert names.read_name(name)[0].kind == kind


def test_a_generic_word_alone_remains_the_name() -> None:
    assert names.read_name("Al-Madina")[0].sounds == "madina"
    assert names.read_name("المزرعة")[0].sounds == "mzrE3"


def test_upper_and_lower_share_their_sounds_and_differ_in_qualifiers() -> None:
    upper, lower = names.read_name("Upper Boqros")[0], names.read_name("Boqros Tahtani")[0]
    assert (upper.sounds, lower.sounds) == ("boqros", "boqros")
    assert upper.qualifiers != lower.qualifiers


def test_a_front_word_may_be_left_out_in_a_second_reading() -> None:
    readings = names.read_name("Tal Mardikh")
    assert [reading.sounds for reading in readings] == ["talmardix", "mardix"]
    assert readings[1].qualifiers == "t"


def test_an_article_is_no_part_of_a_name_but_only_before_its_letter() -> None:
    assert namekeys.latin_words("Ash-Sham and Al-Bab") == ["sham", "and", "bab"]
    assert namekeys.latin_words("As Bab") == ["as", "bab"]
    assert namekeys.latin_words("An-Nabk") == ["nabk"]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Al-Sha'afa", "Shaafah"),
        ("Deir ez-Zor", "Deir Al Zor"),
        ("Idlib", "IDLIB"),
        ("Kobanî", "Kobani"),
        ("الشَّعفة", "الشعفه"),
        ("أطمة", "اطمه"),
    ],
)
def test_readers_overlook_these_differences(a: str, b: str) -> None:
    assert namekeys.text_key(a) == namekeys.text_key(b)


def test_keys_keep_names_apart_that_readers_keep_apart() -> None:
    assert namekeys.text_key("Qalb") != namekeys.text_key("Kalb")
    assert namekeys.text_key("الباب") != namekeys.text_key("باب")


def test_common_words_and_persons_are_known() -> None:
    for word in ("May", "Nine", "Salam", "Hassan", "سلام", "محمد"):
        assert namekeys.is_common_word(namekeys.text_key(word)), word
    assert not namekeys.is_common_word(namekeys.text_key("Hajin"))


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    for reading in names.read_name(text):
        assert reading.sounds == "" or names.differ(reading, reading) == 0
    namekeys.text_key(text)
