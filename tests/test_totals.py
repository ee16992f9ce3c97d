"""Totals of an incident follow the codebook, section 5."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from claimatlas.model import Claim, Outcome, Span, Victims
from claimatlas.totals import count_totals

KILLED, INJURED = Outcome.KILLED, Outcome.INJURED


def claim(low, high, victims=Victims.PEOPLE, claimant="outlet", outcome=KILLED) -> Claim:
    words = f"{low}-{high} {victims}"
    return Claim("r", claimant, Span(0, len(words), words), outcome=outcome, victims=victims, min=low, max=high)


def killed(*claims, **options):
    totals = count_totals(claims, **options)
    return totals.killed_min, totals.killed_max


def test_no_figure_is_no_total():
    assert killed() == (None, None)
    assert killed(claim(4, 4, outcome=INJURED)) == (None, None)


def test_the_lowest_and_the_highest_total_any_claimant_gives():
    assert killed(claim(28, 28, claimant="SOHR"), claim(31, None, claimant="SANA")) == (28, 31)


def test_an_open_bound_counts_at_both_ends():
    assert killed(claim(20, None)) == (20, 20)


def test_a_total_is_not_added_to_its_own_subsets():
    assert killed(claim(9, 9), claim(2, 2, Victims.WOMEN), claim(4, 4, Victims.CHILDREN)) == (9, 9)


def test_civilians_and_fighters_given_apart_by_one_claimant_are_added():
    sohr = (claim(28, 28, Victims.CIVILIANS, "SOHR"), claim(26, 26, Victims.COMBATANTS, "SOHR"))
    assert killed(*sohr, claim(31, None, Victims.CIVILIANS, "SANA")) == (31, 54)


def test_women_and_children_alone_add_up_to_civilians():
    totals = count_totals([claim(2, 2, Victims.WOMEN), claim(3, 3, Victims.CHILDREN)])
    assert (totals.killed_min, totals.civilians_killed_min) == (5, 5)
    assert (totals.women_killed_min, totals.children_killed_min) == (2, 3)


def test_whoever_counts_only_children_gives_no_total_beside_others():
    assert killed(claim(12, 12, claimant="SOHR"), claim(5, 5, Victims.CHILDREN, "medics")) == (12, 12)


def test_people_are_civilians_only_where_that_is_asked_for_and_no_fighter_died():
    people = claim(6, 6)
    assert count_totals([people]).civilians_killed_min is None
    assert count_totals([people], count_people_as_civilians=True).civilians_killed_min == 6
    fighter = claim(2, 2, Victims.COMBATANTS)
    assert count_totals([people, fighter], count_people_as_civilians=True).civilians_killed_min is None


def test_the_rest_of_the_people_are_civilians_when_some_are_fighters_and_some_children():
    totals = count_totals([claim(48, 48), claim(10, 10, Victims.CHILDREN), claim(13, 13, Victims.COMBATANTS)])
    assert (totals.killed_min, totals.civilians_killed_min, totals.combatants_killed_min) == (48, 35, 13)


def test_killed_or_injured_together_yields_to_a_figure_of_the_killed():
    assert killed(claim(4, 4), claim(None, 16, claimant="SANA")) == (4, 4)
    assert killed(claim(None, 16)) == (None, 16)


FIGURES = st.builds(
    claim,
    st.integers(1, 500),
    st.integers(500, 900),
    st.sampled_from(list(Victims)),
    st.sampled_from(["outlet", "SOHR", "SANA"]),
    st.sampled_from([KILLED, INJURED]),
)


@given(st.lists(FIGURES, max_size=6))
def test_totals_do_not_depend_on_the_order_of_claims_and_are_ranges(claims):
    totals = count_totals(claims)
    assert totals == count_totals(claims[::-1])
    for low, high in ((totals.killed_min, totals.killed_max), (totals.injured_min, totals.injured_max)):
        assert (low is None) == (high is None)
        assert low is None or low <= high


def test_some_of_the_people_counted_say_how_many_were_civilians():
    fighters, children = claim(11, 11, Victims.COMBATANTS), claim(12, 12, Victims.CHILDREN)
    assert count_totals([claim(70, 70)], subsets=[fighters, children]).civilians_killed_min == 59
    assert count_totals([claim(70, 70)], subsets=[fighters]).civilians_killed_min is None
    some = claim(5, 5, Victims.CIVILIANS)
    assert count_totals([claim(8, 8)], subsets=[some], count_people_as_civilians=True).civilians_killed_min == 5
    others = claim(5, 5, Victims.CIVILIANS, claimant="SANA")
    assert count_totals([claim(8, 8)], subsets=[others], count_people_as_civilians=True).civilians_killed_min == 8


def test_a_child_of_whom_only_one_source_tells_is_a_civilian():
    fighters = claim(3, 3, Victims.COMBATANTS, "US-led coalition")
    totals = count_totals([fighters, claim(1, 1, Victims.CHILDREN, "activists")])
    assert (totals.killed_min, totals.killed_max) == (3, 3)
    assert (totals.civilians_killed_min, totals.civilians_killed_max) == (1, 1)
