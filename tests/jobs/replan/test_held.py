"""Marking what became of the groups of a day, and taking it back."""

from __future__ import annotations

from datetime import date

import pytest

from iop_sessions.doors.reports.held import held_facts, held_lines
from iop_sessions.ground.errors import IopError
from iop_sessions.ground.workspace import Workspace
from iop_sessions.jobs.held import Marked, Marking, mark_held
from iop_sessions.jobs.read import verify
from iop_sessions.plans import store
from iop_sessions.plans.plan import Session
from tests.lib.workspaces import change_rows

MONDAY = date(2027, 1, 4)
FIRST, SECOND, THIRD = (f"2027-01-04-mon-{number}" for number in (1, 2, 3))


def marked(space: Workspace, when: str = "today", *, today: date = MONDAY, **said: object) -> Marked:
    return mark_held(space, Marking("evening", when, **said), today)  # type: ignore[arg-type]  # as named


def rows(space: Workspace) -> dict[str, Session]:
    sessions = store.read(space.find_plan("evening")).plan.sessions
    return {each.session_id: each for each in sessions if each.date == MONDAY}


def states(space: Workspace) -> list[str]:
    return [each.state for each in rows(space).values()]


def test_the_planned_sessions_of_a_day_are_marked_and_the_rest_of_the_plan_is_as_it_was(
    space: Workspace,
) -> None:
    before = store.read(space.find_plan("evening")).plan.sessions
    assert held_lines(marked(space)) == [f"Held on Monday, January 4, 2027: {FIRST}, {SECOND}, {THIRD}."]
    assert states(space) == ["held"] * 3
    after = store.read(space.find_plan("evening")).plan.sessions
    assert [each for each in after if each.date != MONDAY] == [each for each in before if each.date != MONDAY]
    assert not (space.plans / "evening" / "replaced").exists()  # nothing was lost, so nothing is kept


def test_what_was_not_held_is_written_so_and_what_was_cancelled_stays_so(space: Workspace) -> None:
    change_rows(space, {THIRD: {"state": "cancelled", "reason": "snow"}})
    found = marked(space, not_held=(SECOND, THIRD))
    assert states(space) == ["held", "not held", "cancelled"]
    assert held_lines(found) == [
        f"Held on Monday, January 4, 2027: {FIRST}.",
        f"Not held: {SECOND}.",
        f"Cancelled: {THIRD}.",
    ]
    assert held_facts(found) == {
        "plan": "evening", "day": "2027-01-04", "held": [FIRST], "partly": [], "not_held": [SECOND],
        "cancelled": [THIRD], "planned": [], "held_minutes": {FIRST: 60}, "topics": {}, "taken_back": [],
    }  # fmt: skip


def test_a_group_held_partly_is_written_with_its_minutes(space: Workspace) -> None:
    found = marked(space, "yesterday", today=date(2027, 1, 5), partly=((SECOND, 25),))
    assert states(space) == ["held", "partly", "held"]
    assert rows(space)[SECOND].held_minutes == 25
    assert held_lines(found) == [
        f"Held on Monday, January 4, 2027: {FIRST}, {THIRD}.",
        f"Held partly: {SECOND} (25 minutes).",
    ]


def test_a_session_is_marked_alone_by_its_id(space: Workspace) -> None:
    assert held_lines(marked(space, SECOND)) == [f"Held on Monday, January 4, 2027: {SECOND}."]
    assert states(space) == ["planned", "held", "planned"]
    assert held_lines(marked(space, THIRD, not_held=(THIRD,))) == [
        "Held on Monday, January 4, 2027: nothing.",
        f"Not held: {THIRD}.",
    ]


def test_marks_are_taken_back_of_a_day_or_of_a_session_and_a_cancelled_group_stays_so(
    space: Workspace,
) -> None:
    before = (space.plans / "evening" / "plan.csv").read_bytes()
    marked(space, not_held=(FIRST,), partly=((SECOND, 25),))
    assert held_lines(marked(space, SECOND, undo=True)) == [
        f"Taken back on Monday, January 4, 2027: {SECOND}."
    ]
    assert states(space) == ["not held", "planned", "held"]
    assert held_facts(marked(space, undo=True))["taken_back"] == [FIRST, THIRD]
    assert (space.plans / "evening" / "plan.csv").read_bytes() == before
    assert held_lines(marked(space, undo=True)) == [
        "Taken back on Monday, January 4, 2027: nothing, for nothing was marked."
    ]
    change_rows(space, {THIRD: {"state": "cancelled", "reason": "snow"}})
    marked(space, undo=True)
    assert states(space) == ["planned", "planned", "cancelled"]


def test_another_topic_is_recorded_as_taught_and_the_row_is_known_as_changed_by_hand(
    space: Workspace,
) -> None:
    assert rows(space)[FIRST].topic_id == "RP-01"
    assert held_lines(marked(space, topics=((FIRST, "RP-03"),))) == [
        f"Held on Monday, January 4, 2027: {FIRST}, {SECOND}, {THIRD}.",
        f"Topic taught: RP-03 in {FIRST}.",
    ]
    assert (rows(space)[FIRST].topic_id, rows(space)[FIRST].state) == ("RP-03", "held")
    assert verify(space, "evening")[1].edited == (FIRST,)
    marked(space, undo=True)
    assert verify(space, "evening")[1].edited == (FIRST,)  # the topic is no mark


@pytest.mark.parametrize(("state", "minutes"), [("held", 0), ("partly", 30)])
def test_what_is_marked_already_is_not_unmarked_in_silence(
    state: str, minutes: int, space: Workspace
) -> None:
    change_rows(space, {SECOND: {"state": state, "held_minutes": minutes}})
    before = (space.plans / "evening" / "plan.csv").read_bytes()
    with pytest.raises(IopError) as raised:
        marked(space, not_held=(SECOND,))
    assert str(raised.value) == (
        f"{SECOND} is marked as {state} already — take that back first: held evening {SECOND} --undo"
    )
    assert (space.plans / "evening" / "plan.csv").read_bytes() == before


def test_marking_twice_says_the_same_and_writes_nothing_new(space: Workspace) -> None:
    first = marked(space, not_held=(SECOND,))
    before = (space.plans / "evening" / "plan.csv").read_bytes()
    assert held_lines(marked(space, not_held=(SECOND,))) == held_lines(first)
    assert held_lines(marked(space)) == held_lines(first)
    assert (space.plans / "evening" / "plan.csv").read_bytes() == before


def test_nothing_held_is_said(space: Workspace) -> None:
    found = marked(space, not_held=(FIRST, SECOND, THIRD))
    assert held_lines(found)[0] == "Held on Monday, January 4, 2027: nothing."


def test_a_marked_row_is_not_told_as_changed_by_hand_but_one_that_was_stays_so(space: Workspace) -> None:
    change_rows(space, {FIRST: {"topic_id": "RP-02"}})
    marked(space)
    _, verdict = verify(space, "evening")
    assert verdict.edited == (FIRST,)


def test_a_row_added_by_hand_is_marked_and_is_still_no_row_of_the_plan(space: Workspace) -> None:
    plan = space.plans / "evening" / "plan.csv"
    text = plan.read_text(encoding="utf-8-sig")
    row = next(each for each in text.splitlines() if each.startswith(FIRST))
    plan.write_text(text + row.replace("mon-1", "mon-9").replace("17:30,18:30", "21:00,22:00") + "\n")
    found = marked(space)
    assert "2027-01-04-mon-9" in [each.session_id for each in found.of("held")]
    work = store.work_in(space.plans / "evening")
    assert "2027-01-04-mon-9 is held" in work


@pytest.mark.parametrize(
    ("when", "said", "words"),
    [
        ("2027-01-06", {}, "2027-01-06 has not come yet — mark a group as held once it was held"),
        ("2027-01-02", {}, "plan evening has no session on 2027-01-02"),
        ("2027-01-04-mon-7", {}, f"no session '2027-01-04-mon-7' — there are: {FIRST}, {SECOND}, {THIRD}, …"),
        (
            "today",
            {"not_held": ("2027-01-06-wed-1",)},
            f"no session '2027-01-06-wed-1' — there are: {FIRST}, {SECOND}, {THIRD}",
        ),
        (
            "today",
            {"not_held": (FIRST,), "partly": ((FIRST, 20),)},
            f"{FIRST} is named twice — it was held partly, or not at all",
        ),
        (
            "today",
            {"partly": ((FIRST, 60),)},
            (
                f"{FIRST} is planned for 60 minutes, and was held partly for 60 — "
                "write 1 to 59, or nothing where all of it was held"
            ),
        ),
        (
            "today",
            {"topics": ((FIRST, "RP-30"),)},
            "no topic 'RP-30' — there are: PE-01, PE-02, RP-01, RP-02, RP-03, RT-01, RT-02",
        ),
        ("today", {"topics": ((FIRST, "PE-01"),)}, f"PE-01 is a topic of PE, {FIRST} is RP"),
        (
            "today",
            {"topics": ((FIRST, "RP-02"),), "not_held": (FIRST,)},
            f"{FIRST} was not held — no topic was taught there",
        ),
        (
            "today",
            {"undo": True, "not_held": (FIRST,)},
            "--undo sets no mark — write it without --except, --partly and --topic",
        ),
    ],
)
def test_what_cannot_be_marked_is_refused(
    when: str, said: dict[str, object], words: str, space: Workspace
) -> None:
    before = (space.plans / "evening" / "plan.csv").read_bytes()
    with pytest.raises(IopError) as raised:
        marked(space, when, **said)
    assert str(raised.value) == words
    assert (space.plans / "evening" / "plan.csv").read_bytes() == before


def test_a_plan_that_lost_a_promise_says_its_new_price_and_is_not_proved_best(space: Workspace) -> None:
    before = store.read(space.find_plan("evening")).plan
    lost = [each.session_id for each in before.sessions if each.topic_id == "PE-01"]
    for each in lost:
        marked(space, each, today=date(2027, 3, 1), not_held=(each,))
    kept, verdict = verify(space, "evening")
    assert (before.sheet.cost, kept.plan.sheet.status, kept.plan.sheet.cost) == (0, "changed", 1000)
    assert (verdict.problems, verdict.cost) == ((), 1000)
