"""Reports of one event become one incident, and stay what they are when the collection grows."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

import pytest

from claimatlas.decisions import Action, Anchor, Decision, Decisions
from claimatlas.group import group_incidents
from claimatlas.group.grouping import Grouping
from claimatlas.group.identity import KnownIncident, remember, telling_id
from claimatlas.group.profiles import make_profiles
from claimatlas.model import Actor, EventType, Extraction, Grading, Precision, Salience, Span, Victims
from telling_factory import DUMA, FILLERS, NOVEMBER_3, SHAFAH, SOUSSA, tell, together

ON, BY, WHY = dt.date(2026, 11, 21), "Rana", "Compared the videos."


def ids(grouping: Grouping) -> list[str]:
    return [incident.id for incident in grouping.incidents]


def known(grouping: Grouping) -> dict[str, KnownIncident]:
    return remember(grouping.incidents, grouping.tellings)


def groups(grouping: Grouping) -> set[tuple[str, ...]]:
    return {tuple(sorted(incident.report_ids)) for incident in grouping.incidents}


def decide(action: Action, *anchors: Anchor, **fields: object) -> Decisions:
    return Decisions((Decision(action, anchors, BY, ON, WHY, **fields),))  # type: ignore[arg-type]


def anchor(extraction: Extraction) -> Anchor:
    quote = extraction.incidents[0].quote
    return Anchor(extraction.report.id, quote.text, quote.start)


def later(days: int) -> dt.date:
    return NOVEMBER_3 + dt.timedelta(days=days)


class TestLinks:
    def test_tellings_of_one_event_are_put_together_and_say_why(self) -> None:
        grouping = group_incidents([tell("a"), tell("b", claimant="SANA", index=1), tell("c", place=DUMA, killed=3)])
        assert groups(grouping) == {("a", "b"), ("c",)}
        link = next(incident for incident in grouping.incidents if len(incident.tellings) == 2).links[0]
        assert (link.report_id, link.other_report_id) == ("b", "a")
        assert link.score > 0.5
        assert "same place" in link.reasons

    def test_languages_do_not_part_tellings(self) -> None:
        arabic = tell("b", lang="ar", index=2)
        assert groups(group_incidents([tell("a"), arabic])) == {("a", "b")}

    def test_place_and_day_alone_join_nothing(self) -> None:
        one = tell("a", killed=None, actors=(), kind=EventType.AIRSTRIKE)
        other = tell("b", killed=None, actors=(), kind=EventType.AIRSTRIKE, index=3)
        assert len(group_incidents([one, other]).incidents) == 2

    def test_two_events_of_one_day_and_place_stay_apart_where_a_report_tells_them_apart(self) -> None:
        report = together(tell("a", killed=12), tell("a", killed=3, kind=EventType.EXPLOSION, actors=(Actor.ISIS,)))
        other = tell("b", killed=3, kind=EventType.EXPLOSION, actors=(Actor.ISIS,), index=2)
        grouping = group_incidents([report, other])
        assert sorted(len(incident.tellings) for incident in grouping.incidents) == [1, 2]
        joined = next(incident for incident in grouping.incidents if len(incident.tellings) == 2)
        assert {telling.event_type for telling in joined.tellings} == {EventType.EXPLOSION}

    def test_a_chain_of_likenesses_does_not_join_its_ends(self) -> None:
        chain = [tell(f"r{day}", day=later(day), published=later(day), index=day) for day in range(5)]
        assert max(len(incident.tellings) for incident in group_incidents(chain).incidents) < 5

    def test_a_toll_that_adds_up_the_other_incidents_is_no_evidence(self) -> None:
        total = tell("a", killed=20)
        report = together(total, tell("a", killed=12, place=SHAFAH), tell("a", killed=8, place=SOUSSA))
        profiles = make_profiles(report.incidents, {"a": report.report}, {"a": 0})
        assert profiles[0].figures == frozenset()
        assert profiles[0].killed is None
        assert profiles[1].killed == (12, 12)

    def test_a_background_telling_joins_the_report_that_is_about_it(self) -> None:
        recalled = tell("b", salience=Salience.BACKGROUND, published=later(3), index=1)
        assert groups(group_incidents([tell("a"), recalled])) == {("a", "b")}

    def test_a_recall_long_after_is_no_further_telling_and_is_listed(self) -> None:
        recalled = tell("b", salience=Salience.BACKGROUND, published=later(90), index=1)
        grouping = group_incidents([tell("a"), recalled])
        assert groups(grouping) in ({("a",)}, {("a",), ("b",)})
        if groups(grouping) == {("a",)}:
            assert [issue.kind for issue in grouping.issues] == ["recalled_again"]

    def test_background_without_day_and_place_is_left_out_and_listed(self) -> None:
        grouping = group_incidents([tell("a", salience=Salience.BACKGROUND, place=None, day=None)])
        assert grouping.incidents == ()
        assert [(issue.kind, issue.report_id) for issue in grouping.issues] == [("recalled_only", "a")]

    def test_background_with_a_place_is_kept_when_alone(self) -> None:
        assert len(group_incidents([tell("a", salience=Salience.BACKGROUND, day=None)]).incidents) == 1

    def test_a_line_repeated_under_the_reports_of_many_days_is_furniture(self) -> None:
        teaser = "5 civilians were killed in Hajin"
        reports = [
            tell(f"r{day}", killed=5, publisher="x.example", published=later(day * 9), day=later(day * 9),
                 text=f"{FILLERS[day % 5]}\n{teaser}\n{FILLERS[(day + 1) % 5]}")
            for day in range(4)
        ]  # fmt: skip
        grouping = group_incidents(reports)
        assert grouping.incidents == ()
        assert {issue.kind for issue in grouping.issues} == {"furniture"}

    @pytest.mark.parametrize("publisher", [None, "x.example"])
    def test_copies_of_one_line_are_not_furniture(self, publisher: str | None) -> None:
        """A story of one line, and copies of which nobody knows the outlet, are no teaser of it."""
        story = "5 civilians were killed in Hajin"
        rest = "" if publisher else f"\n{FILLERS[0]}"
        copies = [
            tell(
                f"r{k}", killed=5, publisher=publisher, published=later(k) if publisher else None, text=f"{story}{rest}"
            )
            for k in range(4)
        ]
        assert group_incidents(copies).incidents

    def test_nothing_gives_nothing(self) -> None:
        assert group_incidents([]) == Grouping(())

    def test_the_order_of_the_reports_does_not_matter(self) -> None:
        reports = [tell(f"r{n}", killed=5 + n % 3, place=(DUMA, SHAFAH)[n % 2], index=n) for n in range(12)]
        shuffled = list(reports)
        random.Random(4).shuffle(shuffled)
        assert group_incidents(shuffled).incidents == group_incidents(reports).incidents

    def test_incidents_are_sorted_by_day_then_id_and_the_undated_come_last(self) -> None:
        reports = [
            tell("a", day=None, published=None, place=SHAFAH, killed=9),
            tell("b", day=later(3), published=later(3), place=DUMA, killed=7),
            tell("c"),
        ]
        days = [incident.when.start for incident in group_incidents(reports).incidents]
        assert days == [NOVEMBER_3, later(3), None]


class TestIds:
    def test_an_id_hashes_raw_facts_only(self) -> None:
        telling = tell("a").incidents[0]
        assert telling_id(telling) == telling_id(replace(telling, event_type=EventType.CLASH, actors=(), location=None))
        assert telling_id(telling) != telling_id(replace(telling, report_id="b"))

    def test_ids_hold_when_reports_are_added(self) -> None:
        reports = [tell("b"), tell("c", place=DUMA, killed=3)]
        before = group_incidents(reports)
        after = group_incidents([*reports, tell("d", claimant="SANA", index=1), tell("e", place=SOUSSA, killed=40)])
        assert set(ids(before)) <= set(ids(after))

    def test_an_earlier_report_does_not_rename_what_was_known(self) -> None:
        before = group_incidents([tell("b", published=later(1))])
        grown = [tell("b", published=later(1)), tell("a", claimant="SANA", index=1)]
        assert ids(group_incidents(grown, former=known(before))) == ids(before)

    def test_an_id_holds_when_a_better_rule_takes_a_longer_quote(self) -> None:
        extraction = tell("a")
        before = group_incidents([extraction])
        telling = extraction.incidents[0]
        longer = Span(telling.quote.start, telling.quote.end + 5, extraction.report.text[: telling.quote.end + 5])
        changed = Extraction(extraction.report, (replace(telling, quote=longer),))
        assert ids(group_incidents([changed])) != ids(before)
        assert ids(group_incidents([changed], former=known(before))) == ids(before)

    def test_a_merged_id_leaves_a_forwarding_address(self) -> None:
        one, other = tell("a", killed=2, actors=()), tell("b", killed=30, actors=(), kind=EventType.CLASH, index=1)
        before = group_incidents([one, other])
        assert len(before.incidents) == 2
        merged = group_incidents([one, other], decide(Action.MERGE, anchor(one), anchor(other)), known(before))
        assert len(merged.incidents) == 1
        assert {merged.incidents[0].id, *merged.incidents[0].former_ids} == set(ids(before))
        again = group_incidents([one, other], decide(Action.MERGE, anchor(one), anchor(other)), known(merged))
        assert again.incidents == merged.incidents

    def test_a_split_gives_the_forwarded_id_back(self) -> None:
        one, other = tell("a"), tell("b", claimant="SANA", index=1)
        joined = group_incidents([one, other])
        parted = group_incidents([one, other], decide(Action.SPLIT, anchor(one), anchor(other)), known(joined))
        assert len(set(ids(parted))) == 2
        assert ids(joined)[0] in ids(parted)
        assert not any(set(incident.former_ids) & set(ids(parted)) for incident in parted.incidents)

    def test_two_incidents_in_one_sentence_have_two_ids(self) -> None:
        extraction = tell("a")
        telling = extraction.incidents[0]
        twice = Extraction(extraction.report, (telling, replace(telling, event_type=EventType.CLASH)))
        grouping = group_incidents([twice])
        assert len(set(ids(grouping))) == 2
        assert set(known(grouping)) == set(ids(grouping))

    def test_a_second_run_changes_nothing(self) -> None:
        reports = [tell(f"r{n}", killed=5 + n % 4, place=(DUMA, SHAFAH, SOUSSA)[n % 3], index=n) for n in range(15)]
        first = group_incidents(reports)
        assert group_incidents(reports, former=known(first)) == first


class TestDecisions:
    def test_merge_and_split_override_the_evidence(self) -> None:
        near, far = tell("a"), tell("b", place=DUMA, killed=40)
        merged = group_incidents([near, far], decide(Action.MERGE, anchor(near), anchor(far)))
        assert groups(merged) == {("a", "b")}
        assert merged.incidents[0].links[0].reasons == ("a person decided so",)
        same = tell("b", claimant="SANA", index=1)
        assert groups(group_incidents([near, same], decide(Action.SPLIT, anchor(near), anchor(same)))) == {
            ("a",),
            ("b",),
        }

    def test_a_decision_holds_when_reports_are_added_and_read_anew(self) -> None:
        near, far = tell("a"), tell("b", place=DUMA, killed=40)
        decisions = decide(Action.MERGE, anchor(near), anchor(far))
        telling = far.incidents[0]
        shorter = replace(telling.quote, end=telling.quote.end - 4, text=telling.quote.text[:-4])
        reread = Extraction(far.report, (replace(telling, quote=shorter),))
        grouping = group_incidents([near, reread, tell("c", place=SOUSSA, killed=9)], decisions)
        assert ("a", "b") in groups(grouping)
        assert not grouping.issues

    def test_place_actor_note_and_discount_are_applied_and_signed(self) -> None:
        extraction = tell("a", actors=())
        placed = group_incidents(
            [extraction], decide(Action.PLACE, anchor(extraction), latitude=34.7, longitude=40.9, name="Hajin bridge")
        ).incidents[0]
        assert placed.location is not None
        assert (placed.location.latitude, placed.location.longitude, placed.location.score) == (34.7, 40.9, 1.0)
        assert (placed.location.precision, placed.governorate) == (Precision.POINT, "Deir-ez-Zor")
        assert placed.places[0].name == "Hajin bridge"
        elsewhere = decide(Action.PLACE, anchor(extraction), latitude=36.2, longitude=37.15, radius_m=5000)
        moved = group_incidents([extraction], elsewhere).incidents[0]
        assert moved.location is not None
        assert (moved.location.precision, moved.governorate) == (Precision.SETTLEMENT, "Aleppo")
        assert "Rana" in placed.location.reason
        blamed = group_incidents(
            [extraction], decide(Action.ACTOR, anchor(extraction), actors=(Actor.RUSSIA,))
        ).incidents[0]
        assert blamed.actors == (Actor.RUSSIA,)
        assert "Russia" in blamed.headline
        noted = group_incidents([extraction], decide(Action.NOTE, anchor(extraction))).incidents[0]
        assert noted.notes == (f"Rana, 2026-11-21: {WHY}",)
        discounted = group_incidents([extraction], decide(Action.DISCOUNT, anchor(extraction))).incidents[0]
        assert discounted.grading is Grading.DISCOUNTED
        assert WHY in discounted.grade_reason

    def test_ignored_incidents_are_listed(self) -> None:
        extraction = tell("a")
        grouping = group_incidents([extraction], decide(Action.IGNORE, anchor(extraction)))
        assert grouping.incidents == ()
        assert [issue.kind for issue in grouping.issues] == ["ignored"]

    def test_a_telling_or_a_whole_incident_can_be_ignored(self) -> None:
        one, other = tell("a"), tell("b", claimant="SANA", index=1)
        before = group_incidents([one, other])
        assert groups(group_incidents([one, other], decide(Action.IGNORE, anchor(one)))) == {("b",)}
        whole = decide(Action.IGNORE, Anchor(incident_id=before.incidents[0].id))
        assert group_incidents([one, other], whole).incidents == ()

    def test_a_split_that_merges_overrule_by_way_of_others_is_reported(self) -> None:
        a, b, c = tell("a"), tell("b", place=DUMA, killed=40), tell("c", place=SOUSSA, killed=9)
        split = Decision(Action.SPLIT, (anchor(a), anchor(b)), BY, ON, WHY)
        merges = [Decision(Action.MERGE, (anchor(x), anchor(c)), BY, ON, WHY) for x in (a, b)]
        grouping = group_incidents([a, b, c], Decisions((split, *merges)))
        assert groups(grouping) == {("a", "b", "c")}
        assert [issue.kind for issue in grouping.issues] == ["decision_unfit"]

    def test_a_decision_can_name_an_incident_by_its_present_or_former_id(self) -> None:
        one, other = tell("a"), tell("b", claimant="SANA", index=1)
        before = group_incidents([one])
        by_id = decide(Action.NOTE, Anchor(incident_id=before.incidents[0].id))
        assert group_incidents([one, other], by_id).incidents[0].notes
        moved = replace(next(iter(known(before).values())), former_ids=("i-000000000000",))
        old = decide(Action.NOTE, Anchor(incident_id="i-000000000000"))
        assert group_incidents([one], old, {moved.id: moved}).incidents[0].notes

    @pytest.mark.parametrize(
        "lost",
        [
            Anchor("gone", "12 people"),
            Anchor("a", "quite other words"),
            Anchor(incident_id="i-ffffffffffff"),
        ],
    )
    def test_a_decision_that_no_longer_fits_is_reported(self, lost: Anchor) -> None:
        grouping = group_incidents([tell("a")], decide(Action.NOTE, lost))
        assert [issue.kind for issue in grouping.issues] == ["decision_unfit"]
        assert "Rana" in grouping.issues[0].reason

    def test_of_contradicting_decisions_the_later_holds_and_the_clash_is_reported(self) -> None:
        one, other = tell("a"), tell("b", claimant="SANA", index=1)
        merge = Decision(Action.MERGE, (anchor(one), anchor(other)), BY, ON, WHY)
        split = Decision(Action.SPLIT, (anchor(one), anchor(other)), BY, ON, WHY)
        parted = group_incidents([one, other], Decisions((merge, split)))
        assert len(parted.incidents) == 2
        assert [issue.kind for issue in parted.issues] == ["decision_unfit"]
        joined = group_incidents([one, other], Decisions((split, merge)))
        assert len(joined.incidents) == 1
        assert [issue.kind for issue in joined.issues] == ["decision_unfit"]

    def test_merging_what_one_report_tells_apart_is_possible(self) -> None:
        report = together(tell("a", killed=12), tell("a", killed=3, place=SHAFAH))
        anchors = [Anchor("a", telling.quote.text, telling.quote.start) for telling in report.incidents]
        assert len(group_incidents([report], decide(Action.MERGE, *anchors)).incidents) == 1


class TestDoubts:
    def test_the_most_doubtful_pair_comes_first(self) -> None:
        reports = [
            tell("a"),
            tell("b", killed=5, victims=Victims.COMBATANTS, actors=(), day=later(1), published=later(1), index=1),
            tell("c", claimant="SANA", index=2),
            tell("d", place=SHAFAH, killed=12, actors=(), index=3),
        ]
        doubts = group_incidents(reports).doubts
        distance = [abs(doubt.score - 0.5) for doubt in doubts]
        assert distance == sorted(distance)

    def test_decided_pairs_are_not_doubtful_any_more(self) -> None:
        one, other = tell("a"), tell("b", killed=14, actors=(), published=later(1), index=1)
        assert group_incidents([one, other]).doubts
        assert not group_incidents([one, other], decide(Action.SPLIT, anchor(one), anchor(other))).doubts
