"""What the tellings of one incident agree on is shown; where they disagree, the range stays wide and a flag says so."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from claimatlas.group.agree import find_revisions, make_incident
from claimatlas.group.headlines import write_headline
from claimatlas.model import (
    Actor,
    Attribution,
    EventType,
    Extraction,
    Incident,
    Location,
    Place,
    Precision,
    Report,
    ReportedIncident,
    Salience,
    Span,
    Stance,
    Totals,
    Victims,
    When,
)
from telling_factory import DEIR_EZ_ZOR, DUMA, HAJIN, NOVEMBER_3, SHAFAH, tell


def agree(*extractions: Extraction) -> Incident:
    reports = {extraction.report.id: extraction.report for extraction in extractions}
    stories = {report_id: number for number, report_id in enumerate(reports)}
    return make_incident("i-1", [one for e in extractions for one in e.incidents], reports, stories)


def on(day: int) -> dt.date:
    return dt.date(2018, 11, day)


def test_one_telling_is_taken_as_it_is() -> None:
    extraction = tell("a")
    incident = agree(extraction)
    telling = extraction.incidents[0]
    assert (incident.totals, incident.when, incident.location) == (telling.totals, telling.when, telling.location)


def test_tolls_of_independent_sources_make_a_range() -> None:
    totals = agree(tell("a", killed=5), tell("b", killed=12, claimant="SANA")).totals
    assert (totals.killed_min, totals.killed_max) == (5, 12)


def test_a_later_figure_of_the_same_source_replaces_its_earlier_one() -> None:
    early, late = tell("a", killed=5, published=on(3)), tell("b", killed=12, published=on(4))
    totals = agree(late, early).totals
    assert (totals.killed_min, totals.killed_max) == (12, 12)


def test_outlets_in_their_own_voice_do_not_replace_each_other() -> None:
    early = tell("a", killed=5, published=on(3), claimant="outlet")
    late = tell("b", killed=12, published=on(4), claimant="outlet")
    totals = agree(early, late).totals
    assert (totals.killed_min, totals.killed_max) == (5, 12)


def test_revisions_are_a_timeline() -> None:
    early, late = tell("a", killed=5, published=on(3)), tell("b", killed=12, published=on(5))
    same = tell("c", killed=12, published=on(6))
    reports = {extraction.report.id: extraction.report for extraction in (early, late, same)}
    steps = find_revisions(agree(late, early, same), reports)
    assert [(step.day, step.source, step.min) for step in steps] == [(on(3), "SOHR", 5), (on(5), "SOHR", 12)]
    assert agree(early, late, same).flags == (
        "SOHR revised its figure of civilians killed: 5 (3 November 2018), then 12 (5 November 2018).",
    )


def test_figures_of_one_day_are_no_revision() -> None:
    """Two outlets quote one source on the same day: nobody can say which figure came first, so both count."""
    one, other = tell("a", killed=20), tell("b", killed=12)
    for incident in (agree(one, other), agree(other, one)):
        assert (incident.totals.killed_min, incident.totals.killed_max) == (12, 20)
        assert incident.flags == (
            "Reports quote SOHR with different figures of civilians killed: "
            "20 (3 November 2018), 12 (3 November 2018).",
        )


def test_first_and_last_reported_are_days_of_publication() -> None:
    incident = agree(tell("a", published=on(5)), tell("b", published=on(4)), tell("c", published=None))
    assert (incident.first_reported, incident.last_reported) == (on(4), on(5))
    assert incident.report_ids == ("b", "a", "c")


def test_the_day_most_tellings_give_is_shown_and_the_others_flagged() -> None:
    incident = agree(tell("a", day=on(2)), tell("b", day=on(3)), tell("c", day=on(3)))
    assert incident.when.start == on(3)
    assert any("different days: 2018-11-02, 2018-11-03" in flag for flag in incident.flags)


def test_a_single_day_outweighs_a_month() -> None:
    month = tell("a")
    wide = replace(month.incidents[0], when=When(on(1), on(30)))
    incident = agree(Extraction(month.report, (wide,)), tell("b"))
    assert (incident.when.start, incident.when.end) == (NOVEMBER_3, NOVEMBER_3)


def test_no_telling_with_a_day_leaves_the_day_unknown() -> None:
    assert agree(tell("a", day=None)).when == When()


def test_the_village_is_shown_over_the_governorate_around_it() -> None:
    incident = agree(tell("a", place=DEIR_EZ_ZOR), tell("b", place=DEIR_EZ_ZOR), tell("c", place=HAJIN))
    assert incident.location is not None
    assert incident.location.place == HAJIN
    assert incident.places[0].name == "Hajin"


def test_a_lone_other_place_does_not_outvote_the_rest() -> None:
    incident = agree(tell("a"), tell("b"), tell("c", place=DUMA))
    assert incident.location is not None
    assert incident.location.place == HAJIN
    assert incident.governorate == "Deir-ez-Zor"
    assert any("different governorates" in flag for flag in incident.flags)


def test_everybody_accused_is_named_and_the_blame_is_contested() -> None:
    incident = agree(tell("a"), tell("b", claimant="SANA", actors=(Actor.RUSSIA,)))
    assert incident.actors == (Actor.RUSSIA, Actor.US_LED_COALITION)
    assert incident.attribution is Attribution.CONTESTED


def test_a_claimed_deed_stays_claimed() -> None:
    claimed = tell("a")
    telling = replace(claimed.incidents[0], attribution=Attribution.CLAIMED)
    assert agree(Extraction(claimed.report, (telling,)), tell("b")).attribution is Attribution.CLAIMED


def test_what_is_told_in_passing_counts_less() -> None:
    passing = [tell(x, kind=EventType.CLASH, salience=Salience.BACKGROUND) for x in "ab"]
    assert agree(*passing, tell("c")).event_type is EventType.AIRSTRIKE


def test_other_is_no_kind_to_vote_for() -> None:
    assert (
        agree(tell("a", kind=EventType.OTHER), tell("b", kind=EventType.OTHER), tell("c")).event_type
        is EventType.AIRSTRIKE
    )


def test_tolls_far_apart_are_flagged() -> None:
    assert any("4 and 60 killed" in flag for flag in agree(tell("a", killed=4), tell("b", killed=60)).flags)


def test_a_headline_is_one_plain_sentence() -> None:
    assert agree(tell("a"), tell("b", killed=15, claimant="SANA")).headline == (
        "Air strike at Hajin, Deir-ez-Zor, 3 November 2018: 12 to 15 killed; the US-led coalition is accused."
    )
    assert agree(tell("a", killed=None, place=None, day=None, actors=(), kind=EventType.OTHER)).headline == (
        "Other violence, place unknown, day unknown: no figure of casualties; nobody is named as responsible."
    )
    assert " in Deir-ez-Zor, 3 November" in agree(tell("a", place=DEIR_EZ_ZOR)).headline


@pytest.mark.parametrize(
    ("actors", "attribution", "denied", "said"),
    [
        ((Actor.RUSSIA,), Attribution.ACCUSED, False, "Russia is accused."),
        ((Actor.OPPOSITION,), Attribution.ACCUSED, False, "opposition groups are accused."),
        ((Actor.RUSSIA,), Attribution.CONTESTED, True, "Russia is accused, which is denied."),
        (
            (Actor.RUSSIA, Actor.TURKEY), Attribution.CONTESTED, False,
            "responsibility is contested, Russia and Turkey are named.",
        ),
        ((Actor.ISIS,), Attribution.CLAIMED, False, "Islamic State says it was its own."),
        ((Actor.OPPOSITION,), Attribution.CLAIMED, False, "opposition groups say it was their own."),
        (
            (Actor.OPPOSITION, Actor.RUSSIA), Attribution.CLAIMED, False,
            "opposition groups and Russia are named, and at least one of them says it was its own.",
        ),
        ((Actor.ISRAEL,), Attribution.REPORTED, False, "Israel is named by the report."),
        ((Actor.ISRAEL,), Attribution.REPORTED, True, "Israel is named by the report, which is denied."),
    ],
)  # fmt: skip
def test_a_headline_says_who_is_named_and_that_it_is_denied(
    actors: tuple[Actor, ...], attribution: Attribution, denied: bool, said: str
) -> None:
    incident = replace(agree(tell("a", actors=actors)), attribution=attribution, denied=denied)
    assert write_headline(incident).endswith(f"; {said}")


def test_only_who_owns_a_deed_is_said_to_own_it() -> None:
    owned = tell("a", actors=(Actor.SYRIAN_GOVERNMENT,), stance=Stance.OWNS)
    incident = replace(
        agree(owned), actors=(Actor.OPPOSITION, Actor.SYRIAN_GOVERNMENT), attribution=Attribution.CLAIMED
    )
    assert write_headline(incident).endswith(
        "; the Syrian government says it was its own, opposition groups are named, too."
    )


def test_a_headline_does_not_close_what_its_sources_left_open() -> None:
    extraction = tell("a", killed=31)
    claims = tuple(replace(claim, max=None) for claim in extraction.incidents[0].claims)
    telling = replace(extraction.incidents[0], claims=claims)
    assert telling.totals.killed_max == 31
    assert "at least 31 killed" in agree(Extraction(extraction.report, (telling,))).headline
    children = replace(claims[0], victims=Victims.CHILDREN, min=10, max=10)
    telling = replace(telling, claims=(*claims, children))
    assert "at least 31 killed" in agree(Extraction(extraction.report, (telling,))).headline
    other = replace(claims[0], claimant="SANA", max=31)
    telling = replace(telling, claims=(*claims, other))
    assert ": 31 killed" in agree(Extraction(extraction.report, (telling,))).headline


def test_headlines_say_open_bounds_and_zeros() -> None:
    extraction = tell("a", place=SHAFAH)

    def said(**figures: int) -> str:
        telling = replace(extraction.incidents[0], totals=Totals(**figures))
        return agree(Extraction(extraction.report, (telling,))).headline

    assert "at least 20 killed" in said(killed_min=20)
    assert "up to 50 killed" in said(killed_max=50)
    assert "nobody killed, 3 injured" in said(killed_min=0, killed_max=0, injured_min=3, injured_max=3)


def test_a_region_across_governorates_lends_its_point_to_none_of_them() -> None:
    region = Place("ca:northern-syria", "region", "Northern Syria", 36.3, 38.0, 180, governorate="Aleppo")
    location = Location(36.3, 38.0, Precision.GOVERNORATE, 180_000, 0.9, region, governorate="Aleppo")
    telling = ReportedIncident("r1", Span(0, 4, "deed"), EventType.SHELLING, location=location)
    report = Report("r1", "deed in northern Syria")
    incident = make_incident("i-1", [telling], {"r1": report}, {}, ())
    assert incident.governorate is None
    assert "Aleppo" not in incident.headline
