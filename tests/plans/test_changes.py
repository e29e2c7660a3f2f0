"""What is different between two plans, and what became of each topic."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from iop_sessions.plans.changes import Difference, Fate, differences, fates
from iop_sessions.plans.plan import Plan
from tests.lib import small

PROGRAM = small.program("| day |\n| mon |\n| wed |\n| fri |", weeks=2)
GRID = "| mon-1 | wed-1 | fri-1 |\n| RP-01 | RP-02 | - |\n| RP-03 | RP-04 | RP-05 |"
PLAN = small.plan(PROGRAM, GRID)
MON, WED, FRI = (f"2027-01-0{day}" for day in ("4-mon-1", "6-wed-1", "8-fri-1"))
MON_2 = "2027-01-11-mon-1"


def found(after: Plan, before: Plan = PLAN) -> list[Difference]:
    return differences(before.sessions, after.sessions)


def said(differences: list[Difference]) -> list[tuple[str, str]]:
    return [(each.session.session_id, each.what) for each in differences]


def test_a_plan_is_not_different_from_itself_in_any_order_of_rows() -> None:
    assert found(replace(PLAN, sessions=PLAN.sessions[::-1])) == []


@pytest.mark.parametrize(
    ("what", "values"),
    [
        ("topic", {"topic_id": "RP-09"}),
        ("leader", {"facilitators": ("F2",)}),
        ("room", {"room": "B"}),
        ("time", {"date": date(2027, 1, 5)}),
        ("time", {"start": time(18)}),
        ("time", {"end": time(18)}),
        ("mode", {"mode": "telehealth"}),
        ("cancelled", {"state": "cancelled", "reason": "snow"}),
    ],
)
def test_each_thing_that_can_change_is_named(what: str, values: dict[str, object]) -> None:
    assert said(found(small.changed(PLAN, MON, **values))) == [(MON, what)]


def test_several_changes_of_a_session_are_several_differences_in_the_order_people_meet() -> None:
    changed = small.changed(small.changed(PLAN, MON_2, topic_id="RP-09"), MON, topic_id="RP-08", room="B")
    assert said(found(changed)) == [(MON, "room"), (MON, "topic"), (MON_2, "topic")]


@pytest.mark.parametrize("values", [{"note": "Bring pens"}, {"pinned": True}, {"state": "held"}])
def test_notes_pins_and_what_became_of_a_session_are_no_differences(values: dict[str, object]) -> None:
    assert found(small.changed(PLAN, MON, **values)) == []


def test_a_cancelled_session_that_stays_so_may_change_as_it_likes() -> None:
    out = small.changed(PLAN, MON, state="cancelled")
    assert found(small.changed(out, MON, topic_id="RP-09", room="B"), out) == []


def test_a_session_that_meets_after_all_is_told_and_not_its_topic_besides() -> None:
    out = small.changed(PLAN, MON, state="cancelled")
    assert said(found(small.changed(PLAN, MON, topic_id="RP-09"), out)) == [(MON, "takes place")]


def test_rows_that_came_and_went_are_told() -> None:
    fewer = replace(PLAN, sessions=PLAN.sessions[1:])
    assert said(found(fewer)) == [(MON, "gone")]
    assert said(found(PLAN, fewer)) == [(MON, "added")]


def test_a_difference_about_no_session_cannot_be() -> None:
    with pytest.raises(AssertionError, match="a difference is about a session"):
        Difference("topic", None, None).session  # noqa: B018  # reading it is what fails


def row(plan: Plan, name: str) -> object:
    return next(each for each in plan.sessions if each.session_id == name)


def test_a_topic_is_followed_to_the_meeting_that_it_gained() -> None:
    after = small.changed(small.changed(PLAN, MON, state="cancelled"), FRI, topic_id="RP-01")
    assert fates(found(after)) == [Fate("RP-01", PLAN.sessions[0], after.sessions[2])]


def test_a_topic_that_another_one_pushed_out_fell_out() -> None:
    after = small.changed(small.changed(PLAN, MON, state="cancelled"), WED, topic_id="RP-01")
    assert [(each.topic_id, each.now and each.now.session_id) for each in fates(found(after))] == [
        ("RP-01", WED), ("RP-02", None),
    ]  # fmt: skip


def test_each_meeting_that_a_topic_gained_is_told_once() -> None:
    twice = small.plan(PROGRAM, GRID.replace("RP-02", "RP-01"))
    after = small.changed(small.changed(twice, MON, state="cancelled"), WED, state="cancelled")
    after = small.changed(after, FRI, topic_id="RP-01")
    ends = [(each.was.session_id, each.now and each.now.session_id) for each in fates(found(after, twice))]
    assert ends == [(MON, FRI), (WED, None)]


def test_an_empty_group_and_a_new_leader_lose_no_topic() -> None:
    after = small.changed(small.changed(PLAN, FRI, state="cancelled"), MON, facilitators=("F2",))
    assert fates(found(after)) == []
    assert row(after, FRI) != row(PLAN, FRI)


def test_rows_that_are_gone_or_added_carry_their_topics() -> None:
    fewer = replace(PLAN, sessions=PLAN.sessions[1:])
    after = small.changed(fewer, FRI, topic_id="RP-01")
    assert [(each.topic_id, each.now and each.now.session_id) for each in fates(found(after))] == [
        ("RP-01", FRI)
    ]  # fmt: skip
