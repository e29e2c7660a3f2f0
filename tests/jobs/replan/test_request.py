"""What may be asked for, and the words of each refusal."""

from __future__ import annotations

from datetime import date, time

import pytest

from iop_sessions.ground.errors import UsageError
from iop_sessions.ground.workspace import Workspace
from iop_sessions.jobs.replan import ReplanRequest
from iop_sessions.program.surprises import Surprise
from tests.jobs.replan.conftest import SUNDAY, Ask
from tests.lib.workspaces import change_rows

MONDAY = date(2027, 1, 11)
MON = "2027-01-11-mon-1"
CLOSED = Surprise(kind="closed", first=MONDAY, last=MONDAY)


def refusal(ask: Ask, *surprises: Surprise, **others: object) -> str:
    with pytest.raises(UsageError) as raised:
        ask(*surprises, **others)
    return str(raised.value)


def test_a_request_for_nothing_says_what_can_be_asked_for(ask: Ask) -> None:
    assert refusal(ask) == (
        "nothing to change — write --closed DAY, --late DAY=TIME, --early DAY=TIME, --absent CODE:DAY, "
        "--room CODE:DAY, --cancel SESSION, --pin SESSION, --put SESSION=TOPIC, --bump or --again"
    )


def test_sliding_needs_something_that_falls_out(ask: Ask) -> None:
    words = "nothing to slide — write --closed DAY, --late DAY=TIME or --early DAY=TIME too"
    assert refusal(ask, bump=True) == words
    away = Surprise(kind="absent", first=MONDAY, last=MONDAY, subject="F1")
    assert refusal(ask, away, bump=True) == words


def test_names_that_stand_for_nothing_get_those_there_are(ask: Ask) -> None:
    away = Surprise(kind="absent", first=MONDAY, last=MONDAY, subject="F2")
    lost = Surprise(kind="room", first=MONDAY, last=MONDAY, subject="B7")
    assert refusal(ask, away) == "no facilitator 'F2' — there are: F1"
    assert refusal(ask, lost) == "no room 'B7' — there are: A"
    two = Surprise(kind="absent", first=MONDAY, last=MONDAY, subject="F1, F1")
    assert refusal(ask, two) == "'F1, F1' names several — write the option once for each"
    assert refusal(ask, pins=(f"{MON},2027-01-11-mon-2",)) == (
        f"'{MON},2027-01-11-mon-2' names several — write the option once for each"
    )
    assert refusal(ask, pins=("2027-01-11-mon-4",)) == (
        f"no session '2027-01-11-mon-4' — there are: {MON}, 2027-01-11-mon-2, 2027-01-11-mon-3, …"
    )
    assert (
        refusal(ask, puts=((MON, "RP-91"),))
        == "no topic 'RP-91' — there are: PE-01, PE-02, RP-01, RP-02, RP-03, RT-01, RT-02"
    )
    assert refusal(ask, puts=(("monday", "RP-01"),)).startswith("no session 'monday' — ")
    assert refusal(ask, CLOSED, plan="evenings") == "no plan 'evenings' — did you mean 'evening'?"


def test_days_outside_the_plan_and_days_the_wrong_way_round_are_refused(ask: Ask) -> None:
    late = date(2027, 2, 15)
    assert refusal(ask, Surprise(kind="closed", first=late, last=late)) == (
        "2027-02-15 lies outside the plan, which covers 2027-01-04 to 2027-02-14"
    )
    assert refusal(ask, Surprise(kind="closed", first=SUNDAY, last=SUNDAY)) == (
        "2027-01-03 lies outside the plan, which covers 2027-01-04 to 2027-02-14"
    )
    assert refusal(ask, Surprise(kind="closed", first=MONDAY, last=SUNDAY)) == (
        "2027-01-11..2027-01-03 ends before it begins — write the earlier day first"
    )


def test_a_topic_each_is_put_and_what_falls_out_is_not_pinned(ask: Ask) -> None:
    assert refusal(ask, puts=((MON, "RP-01"), (MON, "RP-02"))) == (
        f"{MON} holds one topic, not RP-01 and RP-02 — put one of them there"
    )
    assert refusal(ask, CLOSED, pins=(MON,)) == f"{MON} falls out by this change — nothing is left to pin"
    assert refusal(ask, cancels=(MON,), pins=(MON,)) == (
        f"{MON} falls out by this change — nothing is left to pin"
    )


def test_a_day_where_a_session_is_asked_for_names_its_sessions(ask: Ask) -> None:
    words = (
        "2027-01-11 is a day, not a session — name its sessions one by one: 2027-01-11-mon-1, "
        "2027-01-11-mon-2, 2027-01-11-mon-3; to close the whole day write --closed 2027-01-11"
    )
    assert refusal(ask, cancels=("2027-01-11",)) == words
    assert refusal(ask, pins=("2027-01-11",)) == words


@pytest.mark.parametrize(
    ("kind", "moment", "words"),
    [
        ("late", time(6, 30), "6:30 am lies before the first group, at 5:30 pm — did you mean 18:30?"),
        (
            "early",
            time(8, 50),
            (
                "8:50 am lies before the first group, at 5:30 pm — "
                "did you mean 20:50, or --closed 2027-01-11 for the whole day?"
            ),
        ),
    ],
)
def test_an_evening_hour_written_as_one_of_the_morning_is_refused(
    kind: str, moment: time, words: str, ask: Ask
) -> None:
    # 6:30 would change nothing in silence, and 8:50 would take out the whole evening
    assert refusal(ask, Surprise(kind=kind, first=MONDAY, last=MONDAY, clock=moment)) == words  # type: ignore[arg-type]  # the words of a test


@pytest.mark.parametrize(("kind", "moment"), [("late", time(5)), ("late", time(9)), ("early", time(9))])
def test_an_hour_of_the_morning_that_means_no_group_of_the_evening_is_taken(
    kind: str, moment: time, ask: Ask
) -> None:
    ask(Surprise(kind=kind, first=MONDAY, last=MONDAY, clock=moment))  # type: ignore[arg-type]  # the words of a test


def test_topics_change_from_a_day_of_the_plan_on(ask: Ask) -> None:
    assert refusal(ask, CLOSED, first=date(2028, 1, 11)) == (
        "2028-01-11 lies outside the plan, which covers 2027-01-04 to 2027-02-14"
    )


def test_days_that_lie_partly_in_the_plan_are_taken(ask: Ask) -> None:
    across = Surprise(kind="closed", first=date(2027, 2, 12), last=date(2027, 2, 20))
    assert {each.session.session_id[:10] for each in ask(across).found if each.what == "cancelled"} == {
        "2027-02-12"
    }


@pytest.mark.parametrize(("state", "minutes", "words"), [("held", 0, "held"), ("partly", 30, "held partly")])
@pytest.mark.parametrize(
    "happened",
    [
        CLOSED,
        Surprise(kind="late", first=MONDAY, last=MONDAY, clock=time(18)),
        Surprise(kind="early", first=MONDAY, last=MONDAY, clock=time(18)),
    ],
    ids=["closed", "late", "early"],
)
def test_what_was_held_cannot_fall_out(
    happened: Surprise, state: str, minutes: int, words: str, space: Workspace, ask: Ask
) -> None:
    change_rows(space, {MON: {"state": state, "held_minutes": minutes}})
    assert refusal(ask, happened, today=MONDAY) == (
        f"{MON} was {words} on Monday, January 11, 2027 — take that back first: held evening {MON} --undo"
    )


def test_what_was_held_before_the_doors_closed_stays_held(space: Workspace, ask: Ask) -> None:
    change_rows(space, {MON: {"state": "held"}})
    early = Surprise(kind="early", first=MONDAY, last=MONDAY, clock=time(18, 40))
    found = ask(early, today=MONDAY).found
    assert [each.session.session_id for each in found if each.what == "cancelled"] == [
        "2027-01-11-mon-2", "2027-01-11-mon-3",
    ]  # fmt: skip


def test_a_topic_is_put_into_planned_sessions_that_stay(space: Workspace, ask: Ask) -> None:
    change_rows(space, {"2027-01-06-wed-1": {"state": "held"}})
    only = "a topic can be put into planned sessions only"
    assert refusal(ask, puts=(("2027-01-06-wed-1", "RP-01"),)) == f"2027-01-06-wed-1 is held — {only}"
    assert refusal(ask, CLOSED, puts=((MON, "RP-02"),)) == f"{MON} falls out by this change — {only}"


def test_a_topic_of_another_type_is_not_put_anywhere(ask: Ask) -> None:
    assert refusal(ask, puts=((MON, "PE-01"),)) == (
        f"PE-01 is a topic of PE, {MON} is RP — put a topic of RP there"
    )


def test_topics_may_change_from_tomorrow_or_from_a_later_day_that_a_person_names() -> None:
    request = ReplanRequest("evening", MONDAY)
    assert request.frozen_to == date(2027, 1, 12)
    assert ReplanRequest("evening", MONDAY, first=SUNDAY).frozen_to == date(2027, 1, 12)
    assert ReplanRequest("evening", MONDAY, first=date(2027, 1, 20)).frozen_to == date(2027, 1, 20)


def test_a_leader_or_a_room_away_moves_no_topic() -> None:
    away = Surprise(kind="absent", first=MONDAY, last=MONDAY, subject="F1")
    assert not ReplanRequest("evening", MONDAY, (away,), puts=((MON, "RP-01"),)).moves_topics
    assert ReplanRequest("evening", MONDAY, (away, CLOSED)).moves_topics
    assert ReplanRequest("evening", MONDAY, again=True).moves_topics
