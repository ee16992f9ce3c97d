"""What differing sounds cost, and their alignment."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimatlas.names import spelling as names
from claimatlas.names.sounds import align, skeleton


@given(
    st.text(alphabet="abdefghijklmnoqrstuwyz' -", max_size=30),
    st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهوية ", max_size=30),
)
def test_costs_are_symmetric_and_never_negative(latin: str, arabic: str) -> None:
    for a in names.read_name(latin):
        for b in names.read_name(arabic):
            assert names.differ(a, b) == names.differ(b, a) >= 0


def test_a_skeleton_keeps_the_consonants_by_class() -> None:
    assert skeleton("SaEfa3") == "Sf"
    assert skeleton("qal1a") == skeleton("kalda") == "kld"


@pytest.mark.parametrize(
    ("habit", "letter", "why"),
    [
        (("halab", "halib"), ("halab", "hamab"), "a vowel is heard in many ways, a consonant in one"),
        (("qala", "kala"), ("qala", "bala"), "q is written k"),
        (("rasafa", "raCAf3"), ("rasafa", "ramAf3"), "both s are one Latin letter"),
    ],
)
def test_habits_cost_less_than_other_letters(habit: tuple[str, str], letter: tuple[str, str], why: str) -> None:
    costs = [align(a, False, b, b.endswith("3")) for a, b in (habit, letter)]
    assert 0 <= costs[0] < costs[1], why


def test_slips_of_the_keyboard_count_in_arabic_only() -> None:
    swapped, twice = align("tlbS", True, "tblS", True), align("tlbbS", True, "tlbS", True)
    assert twice < swapped < align("tlbS", True, "tqxS", True)
    assert align("tlbS", False, "tblS", False) > swapped
