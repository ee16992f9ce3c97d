"""Gradings say how well an incident is attested, and why."""

from __future__ import annotations

import pytest

from claimatlas.group.grading import Grade, find_sources, grade, is_unnamed
from claimatlas.model import Actor, Claim, Extraction, Grading, Outcome, Span, Stance, Victims
from telling_factory import tell, together

ANYWHERE = Span(0, 1, "x")


def graded(*extractions: Extraction, stories: dict[str, int] | None = None) -> Grade:
    reports = {extraction.report.id: extraction.report for extraction in extractions}
    tellings = [telling for extraction in extractions for telling in extraction.incidents]
    actors = {actor for telling in tellings for actor in telling.actors}
    return grade(tellings, reports, stories or {name: number for number, name in enumerate(reports)}, actors)


def claim(claimant: str, stance: Stance, *actors: Actor, outcome: Outcome | None = None) -> Claim:
    victims = Victims.CIVILIANS if outcome else None
    figure = 5 if outcome else None
    return Claim("", claimant, ANYWHERE, stance, actors, outcome, victims, figure, figure)


def test_a_single_source_is_weak() -> None:
    assert graded(tell("a")).grading is Grading.WEAK


def test_one_source_quoted_by_two_outlets_is_still_one() -> None:
    assert graded(tell("a"), tell("b")).grading is Grading.WEAK
    assert graded(tell("a"), tell("b")).n_sources == 1


def test_two_named_sources_are_fair_even_in_one_report() -> None:
    extra = (claim("White Helmets", Stance.ASSERTS, outcome=Outcome.KILLED),)
    result = graded(tell("a", extra=extra))
    assert result.grading is Grading.FAIR
    assert "SOHR and White Helmets" in result.reason


def test_two_outlets_in_their_own_voice_are_two_sources() -> None:
    assert graded(tell("a", claimant="outlet"), tell("b", claimant="outlet")).grading is Grading.FAIR


def test_copies_of_one_wire_story_are_one_source() -> None:
    copies = (tell("a", claimant="outlet"), tell("b", claimant="outlet"))
    result = graded(*copies, stories={"a": 0, "b": 0})
    assert result.grading is Grading.WEAK
    assert result.n_sources == 1


def test_the_same_outlet_twice_is_one_source() -> None:
    one, other = (
        tell("a", claimant="outlet", publisher="x.example"),
        tell("b", claimant="outlet", publisher="x.example"),
    )
    assert graded(one, other).n_sources == 1


def test_local_sources_of_two_outlets_need_not_be_the_same_people() -> None:
    assert graded(tell("a", claimant="local sources"), tell("b", claimant="local sources")).n_sources == 2
    assert graded(tell("a", claimant="local sources", extra=(claim("medics", Stance.ASSERTS),))).n_sources == 1


def test_independent_sources_that_accuse_different_actors_contest() -> None:
    result = graded(tell("a"), tell("b", claimant="SANA", actors=(Actor.RUSSIA,)))
    assert result.grading is Grading.CONTESTED
    assert "the US-led coalition (SOHR), Russia (SANA)" in result.reason


def test_one_source_in_two_minds_does_not_contest() -> None:
    assert graded(tell("a"), tell("b", actors=(Actor.RUSSIA,))).grading is Grading.WEAK


def test_a_plain_denial_is_a_flag_and_no_contest() -> None:
    denial = claim("US-led coalition", Stance.DENIES, Actor.US_LED_COALITION)
    result = graded(tell("a", extra=(denial,)))
    assert result.denied
    assert result.grading is Grading.WEAK
    assert "Denied by US-led coalition" in result.reason


def test_a_denial_of_another_actors_deed_is_not_flagged() -> None:
    assert not graded(tell("a", extra=(claim("Russia", Stance.DENIES, Actor.RUSSIA),))).denied


def test_owning_the_harm_confirms() -> None:
    owned = claim("US-led coalition", Stance.OWNS, Actor.US_LED_COALITION, outcome=Outcome.KILLED)
    result = graded(tell("a", extra=(owned,)))
    assert result.grading is Grading.CONFIRMED
    assert "US-led coalition" in result.reason


def test_owning_a_strike_without_its_harm_does_not_confirm() -> None:
    owned = claim("US-led coalition", Stance.OWNS, Actor.US_LED_COALITION)
    assert graded(tell("a", extra=(owned,))).grading is not Grading.CONFIRMED


def test_only_dead_fighters_are_discounted() -> None:
    assert (
        graded(tell("a", victims=Victims.COMBATANTS), tell("b", victims=Victims.COMBATANTS)).grading
        is Grading.DISCOUNTED
    )
    assert graded(tell("a", victims=Victims.COMBATANTS), tell("b")).grading is Grading.WEAK


def test_a_denying_or_doubting_claimant_is_no_source() -> None:
    extraction = tell("a", extra=(claim("Russia", Stance.DENIES), claim("SANA", Stance.DOUBTS)))
    sources = find_sources(extraction.incidents, {"a": extraction.report}, {"a": 0})
    assert [source.name for source in sources] == ["SOHR"]


def test_no_claims_at_all_is_weak() -> None:
    result = graded(tell("a", killed=None))
    assert (result.grading, result.n_sources) == (Grading.WEAK, 1)


def test_several_tellings_of_a_round_up_count_one_outlet() -> None:
    report = together(tell("a", claimant="outlet"), tell("a", claimant="outlet", killed=3))
    assert graded(report).n_sources == 1


@pytest.mark.parametrize("claimant", ["outlet", "local sources", "medics", "activists", "residents"])
def test_nobody_in_particular(claimant: str) -> None:
    assert is_unnamed(claimant)


@pytest.mark.parametrize("claimant", ["SOHR", "Syrian army", "US-led coalition", "Hama Media Center"])
def test_somebody_in_particular(claimant: str) -> None:
    assert not is_unnamed(claimant)
