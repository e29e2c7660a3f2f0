"""Marking what was held."""

from __future__ import annotations

from datetime import date

import pytest

from iop_sessions.doors.reports.held import held_facts, held_lines
from iop_sessions.ground.errors import IopError
from iop_sessions.ground.workspace import Workspace
from iop_sessions.jobs.held import Marked, mark_held
from iop_sessions.jobs.read import verify
from iop_sessions.plans import store
from tests.lib.workspaces import change_rows

MONDAY = date(2027, 1, 4)
FIRST, SECOND, THIRD = (f"2027-01-04-mon-{number}" for number in (1, 2, 3))


def marked(space: Workspace, *others: str, day: date = MONDAY, today: date = MONDAY) -> Marked:
    return mark_held(space, "evening", day, others, today)


def states(space: Workspace) -> list[str]:
    sessions = store.read(space.find_plan("evening")).plan.sessions
    return [each.state for each in sessions if each.date == MONDAY]


def test_the_planned_sessions_of_a_day_are_marked_and_the_rest_of_the_plan_is_as_it_was(
    space: Workspace,
) -> None:
    before = store.read(space.find_plan("evening")).plan.sessions
    found = marked(space)
    assert (found.held, found.left) == ((FIRST, SECOND, THIRD), ())
    assert states(space) == ["held"] * 3
    after = store.read(space.find_plan("evening")).plan.sessions
    assert [each for each in after if each.date != MONDAY] == [each for each in before if each.date != MONDAY]
    assert not (space.plans / "evening" / "replaced").exists()  # nothing was lost, so nothing is kept


def test_what_was_not_held_and_what_was_cancelled_stay_as_they_are(space: Workspace) -> None:
    change_rows(space, {THIRD: {"state": "cancelled", "reason": "snow"}})
    found = marked(space, SECOND)
    assert (found.held, found.left) == ((FIRST,), (SECOND, THIRD))
    assert states(space) == ["held", "planned", "cancelled"]
    assert held_lines(found) == [
        f"Held on Monday, January 4, 2027: {FIRST}.",
        f"Not marked as held: {SECOND}, {THIRD} (cancelled).",
    ]
    assert held_facts(found) == {
        "plan": "evening", "day": "2027-01-04", "held": [FIRST], "left": [SECOND, THIRD]
    }  # fmt: skip


@pytest.mark.parametrize(("state", "minutes"), [("held", 0), ("partly", 30)])
def test_what_is_marked_already_is_not_unmarked_in_silence(
    state: str, minutes: int, space: Workspace
) -> None:
    change_rows(space, {SECOND: {"state": state, "held_minutes": minutes}})
    before = (space.plans / "evening" / "plan.csv").read_bytes()
    with pytest.raises(IopError) as raised:
        marked(space, SECOND)
    assert str(raised.value) == (
        f"{SECOND} is marked as {state} already — write its true state into plan.csv: "
        "planned, partly or cancelled"
    )
    assert (space.plans / "evening" / "plan.csv").read_bytes() == before


def test_marking_twice_says_the_same_and_writes_nothing_new(space: Workspace) -> None:
    first = marked(space)
    before = (space.plans / "evening" / "plan.csv").read_bytes()
    assert held_lines(marked(space)) == held_lines(first)
    assert (space.plans / "evening" / "plan.csv").read_bytes() == before


def test_nothing_held_is_said(space: Workspace) -> None:
    assert held_lines(marked(space, FIRST, SECOND, THIRD))[0] == "Held on Monday, January 4, 2027: nothing."


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
    assert "2027-01-04-mon-9" in found.held
    work = store.work_in(space.plans / "evening")
    assert "2027-01-04-mon-9 is held" in work


@pytest.mark.parametrize(
    ("day", "others", "words"),
    [
        (date(2027, 1, 6), (), "2027-01-06 has not come yet — mark a group as held once it was held"),
        (date(2027, 1, 2), (), "plan evening has no session on 2027-01-02"),
        (MONDAY, ("2027-01-04-mon-7",), f"no session '2027-01-04-mon-7' — did you mean '{THIRD}'?"),
        (MONDAY, ("2027-01-06-wed-1",), f"no session '2027-01-06-wed-1' — did you mean '{FIRST}'?"),
    ],
)
def test_a_day_that_cannot_be_marked_is_refused(
    day: date, others: tuple[str, ...], words: str, space: Workspace
) -> None:
    before = (space.plans / "evening" / "plan.csv").read_bytes()
    with pytest.raises(IopError) as raised:
        marked(space, *others, day=day)
    assert str(raised.value) == words
    assert (space.plans / "evening" / "plan.csv").read_bytes() == before
