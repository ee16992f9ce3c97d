"""Two tellings agree by what they say, not by what they leave out."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from claimatlas.group.compare import (
    LINK,
    Agreement,
    Profile,
    compare_kinds,
    compare_places,
    compare_tellings,
    compare_time,
    compare_tolls,
)
from claimatlas.group.copies import find_copies
from claimatlas.group.profiles import make_profiles
from claimatlas.model import Actor, EventType, Extraction, Report
from telling_factory import DEIR_EZ_ZOR, DUMA, FILLERS, HAJIN, NOVEMBER_3, SHAFAH, SOUSSA, tell, together


def profiles_of(*extractions: Extraction) -> list[Profile]:
    reports: dict[str, Report] = {extraction.report.id: extraction.report for extraction in extractions}
    tellings = [telling for one in extractions for telling in one.incidents]
    return make_profiles(tellings, reports, find_copies(list(reports.values())))


def compare(one: Extraction, other: Extraction) -> Agreement:
    return compare_tellings(*profiles_of(one, other))


def test_same_place_day_actor_and_toll_are_one_event() -> None:
    agreement = compare(tell("a"), tell("b", index=1))
    assert agreement.score > LINK
    assert agreement.supported
    assert any("same figure" in reason for reason in agreement.reasons)


def test_place_and_day_alone_never_suffice() -> None:
    one, other = tell("a", killed=None, actors=(), kind=EventType.OTHER), tell("b", killed=None, actors=(), index=2)
    assert not compare(one, other).supported


def test_place_day_and_kind_without_more_do_not_suffice() -> None:
    assert not compare(tell("a", killed=None, actors=()), tell("b", killed=None, actors=(), index=2)).supported


def test_silence_is_no_difference() -> None:
    silent, speaking = profiles_of(tell("a", killed=None, actors=(), place=None, day=None, published=None), tell("b"))
    assert compare_places(silent, speaking) is None
    assert compare_time(silent, speaking) is None
    assert compare_tolls(silent, speaking) is None
    assert compare_kinds(*profiles_of(tell("a", kind=EventType.OTHER), tell("b"))) is None


def test_two_incidents_of_one_report_are_two() -> None:
    report = together(tell("a"), tell("a", killed=13))
    assert compare_tellings(*profiles_of(report)).barred == "told apart in one report"


def test_a_far_day_bars_a_link_whatever_else_agrees() -> None:
    later = NOVEMBER_3 + dt.timedelta(days=9)
    agreement = compare(tell("a"), tell("b", day=later, published=later))
    assert agreement.score == 0
    assert agreement.barred == "9 days apart"


def test_a_day_after_its_report_was_misread_and_bars_nothing() -> None:
    assert compare(tell("a"), tell("b", day=NOVEMBER_3 + dt.timedelta(days=60), index=1)).score > LINK


def test_the_same_toll_at_the_other_end_of_the_country_is_another_event() -> None:
    assert not compare(tell("a"), tell("b", place=DUMA)).supported


def test_a_governorate_holds_its_villages_and_proves_nothing() -> None:
    evidence = compare_places(*profiles_of(tell("a", place=DEIR_EZ_ZOR), tell("b")))
    assert evidence is not None
    assert -1 < evidence.weight <= 0


def test_the_neighbouring_village_speaks_against_one_event() -> None:
    near = compare(tell("a"), tell("b", index=1)).score
    far = compare(tell("a"), tell("b", place=SOUSSA, index=1)).score
    assert far < near - 0.3


def test_other_figures_speak_against_and_a_rare_common_one_for_it() -> None:
    same = compare(tell("a", killed=23), tell("b", killed=23, index=1)).score
    other = compare(tell("a", killed=23), tell("b", killed=2, index=1)).score
    assert same > other


def test_a_clash_is_no_air_strike_but_shelling_may_be_one() -> None:
    clash = compare_kinds(*profiles_of(tell("a"), tell("b", kind=EventType.CLASH)))
    shelling = compare_kinds(*profiles_of(tell("a"), tell("b", kind=EventType.SHELLING)))
    assert clash is not None
    assert shelling is not None
    assert clash.weight < shelling.weight


def test_sources_that_accuse_others_may_still_tell_one_event() -> None:
    agreement = compare(tell("a", killed=23), tell("b", killed=23, actors=(Actor.RUSSIA,), index=1))
    assert agreement.score > LINK
    assert any(reason.startswith("but") for reason in agreement.reasons)


def test_a_figure_of_civilians_equals_one_of_people() -> None:
    from claimatlas.model import Victims

    evidence = compare_tolls(*profiles_of(tell("a", killed=23), tell("b", killed=23, victims=Victims.PEOPLE)))
    assert evidence is not None
    assert evidence.level == "toll:one same figure"


def test_copies_are_one_event_even_where_extraction_found_no_place() -> None:
    text = f"12 civilians were killed in Hajin. {' '.join(FILLERS)}"
    bare = tell("a", text=text)
    placeless = Extraction(bare.report, (replace(bare.incidents[0], places=(), location=None, governorate=None),))
    agreement = compare(placeless, tell("b", text=text))
    assert agreement.score > LINK
    assert agreement.supported


def test_a_copied_round_up_does_not_make_its_incidents_one() -> None:
    lines = [tell("a", killed=12), tell("a", killed=30, place=SHAFAH, kind=EventType.CLASH, actors=())]
    round_up = together(*lines, tell("a", killed=None, text=" ".join(FILLERS)))
    copy = Extraction(replace(round_up.report, id="b"), tuple(replace(t, report_id="b") for t in round_up.incidents))
    profiles = profiles_of(round_up, copy)
    assert profiles[0].story == profiles[3].story
    assert compare_tellings(profiles[0], profiles[3]).score > LINK
    assert compare_tellings(profiles[0], profiles[4]).score < LINK


def test_comparison_does_not_depend_on_the_order() -> None:
    one, other = profiles_of(tell("a", killed=7), tell("b", place=SHAFAH, index=3))
    assert compare_tellings(one, other).score == compare_tellings(other, one).score


def test_words_of_two_languages_are_not_compared() -> None:
    english, arabic = tell("a"), tell("b", lang="ar", text="قتل مدنيون في هجين بغارة للتحالف")
    assert not any(item.level == "words" for item in compare(english, arabic).evidence)


def test_hajin_is_hajin() -> None:
    evidence = compare_places(*profiles_of(tell("a", place=HAJIN), tell("b", place=HAJIN)))
    assert evidence is not None
    assert evidence.reason == "same place"


def test_in_a_crowd_of_stories_any_two_are_less_likely_one_event() -> None:
    one, other = profiles_of(tell("a"), tell("b", index=1))
    crowded = compare_tellings(replace(one, crowd=30), replace(other, crowd=30))
    assert crowded.score < compare_tellings(one, other).score
