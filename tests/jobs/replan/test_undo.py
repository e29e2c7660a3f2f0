"""Taking a change back: the plan is as it was, and nothing that happened or was written since is lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from iop_sessions.ground.errors import UsageError
from iop_sessions.ground.workspace import Workspace
from iop_sessions.jobs.held import Marking, mark_held
from iop_sessions.jobs.read import verify
from iop_sessions.jobs.replan import accept
from iop_sessions.jobs.undo import Undoing, undo
from iop_sessions.plans import store
from iop_sessions.plans.changes import read_changes
from iop_sessions.plans.plan import Session
from iop_sessions.program.surprises import Surprise
from tests.jobs.replan.conftest import SUNDAY, Ask
from tests.lib import outline
from tests.lib.workspaces import change_rows

MONDAY, TUESDAY = date(2027, 1, 11), date(2027, 1, 12)
CLOSED = Surprise(kind="closed", first=MONDAY, last=MONDAY, reason="snow")
FIRST, PUT = "2027-01-11-mon-1", {"puts": (("2027-01-11-mon-1", "RP-03"),)}


def two_files(folder: Path) -> tuple[bytes, bytes]:
    return (folder / "plan.csv").read_bytes(), (folder / "plan.toml").read_bytes()


def session(space: Workspace, name: str = FIRST) -> Session:
    rows = store.read(space.find_plan("evening")).plan.sessions
    return next(each for each in rows if each.session_id == name)


def take_back(space: Workspace, today: date = SUNDAY) -> Undoing:
    proposal = undo(space, "evening", today, who="CD")
    accept(space, proposal)
    return proposal


def test_the_plan_is_byte_for_byte_as_it_was_and_the_log_and_the_notice_say_so(
    space: Workspace, ask: Ask
) -> None:
    folder = space.plans / "evening"
    before = two_files(folder)
    accept(space, ask(CLOSED))
    changed = two_files(folder)
    accepted = accept(space, undo(space, "evening", SUNDAY, who="CD"))
    assert two_files(folder) == before
    assert accepted.old is not None
    assert two_files(accepted.old) == changed
    assert {(each.what, each.reason, each.who, each.tell) for each in read_changes(folder)[1::2]} == {
        ("takes place", "taken back: snow", "CD", ("F1", "clients")),
    }  # fmt: skip
    assert outline.outline(accepted.pages[0].read_bytes()).splitlines()[1:3] == [
        (
            "Normal: 3 changes. Why: taken back: snow. Take down the old agenda, and tell the leaders and "
            "the groups on these days. Print again: the agenda of week 2."
        ),
        "Normal: Tell each before their first changed day: Mon, Jan\u00a011: F1 and clients.",
    ]


def test_to_take_back_what_was_taken_back_brings_the_change_again(space: Workspace, ask: Ask) -> None:
    folder = space.plans / "evening"
    sides = [two_files(folder)]
    accept(space, ask(CLOSED))
    sides += [two_files(folder)]
    for number in (0, 1):
        take_back(space)
        assert two_files(folder) == sides[number]
    assert {each.reason for each in read_changes(folder)} == {
        "snow", "taken back: snow", "holds again: snow",
    }  # fmt: skip


def test_what_was_held_since_stays_held_and_is_named(space: Workspace, ask: Ask) -> None:
    accept(space, ask(**PUT, today=SUNDAY))
    mark_held(space, Marking("evening", "2027-01-11", not_held=("2027-01-11-mon-2",)), TUESDAY)
    with pytest.raises(UsageError) as caught:
        undo(space, "evening", TUESDAY)
    assert str(caught.value) == (
        f"plans/evening: nothing of its last change is left to take back; marked or edited since: {FIRST}"
    )
    assert session(space).topic_id == "RP-03"


@pytest.mark.deep
def test_marks_of_other_groups_outlive_an_undo(space: Workspace, ask: Ask) -> None:
    accept(space, ask(puts=(("2027-01-13-wed-1", "RP-03"),)))
    mark_held(space, Marking("evening", "2027-01-11", not_held=("2027-01-11-mon-2",)), TUESDAY)
    take_back(space, TUESDAY)
    states = [session(space, f"2027-01-11-mon-{number}").state for number in (1, 2, 3)]
    assert (states, session(space, "2027-01-13-wed-1").topic_id) == (["held", "not held", "held"], "RP-02")
    kept, verdict = verify(space, "evening")
    assert (verdict.problems, verdict.cost) == ((), kept.plan.sheet.cost)


def test_a_cell_written_since_stays_and_is_named_and_the_rest_of_its_row_goes_back(
    space: Workspace, ask: Ask
) -> None:
    accept(space, ask(**PUT))
    change_rows(space, {FIRST: {"note": "Bring pens"}, "2027-01-13-wed-1": {"note": "Chairs"}})
    undoing = take_back(space)
    assert (undoing.way.by_hand, undoing.way.happened) == ((FIRST,), ())
    assert (session(space).topic_id, session(space).note) == ("RP-01", "Bring pens")
    assert session(space, "2027-01-13-wed-1").note == "Chairs"
    assert set(verify(space, "evening")[1].edited) == {FIRST, "2027-01-13-wed-1"}


def test_a_pin_is_taken_back_too_though_no_session_changes(space: Workspace, ask: Ask) -> None:
    before = two_files(space.plans / "evening")
    accept(space, ask(pins=(FIRST,)))
    assert take_back(space).found == ()
    assert two_files(space.plans / "evening") == before


def test_days_gone_by_are_planned_again_and_named(space: Workspace, ask: Ask) -> None:
    accept(space, ask(CLOSED))
    assert take_back(space, TUESDAY).gone_by == tuple(f"2027-01-11-mon-{number}" for number in (1, 2, 3))


def test_a_plan_that_nobody_changed_has_nothing_to_take_back(space: Workspace) -> None:
    with pytest.raises(UsageError) as caught:
        undo(space, "evening", SUNDAY)
    assert str(caught.value) == (
        "plans/evening was not changed since it was made — there is nothing to take back"
    )


def test_a_plan_made_anew_since_is_left_alone(space: Workspace, ask: Ask) -> None:
    accept(space, ask(CLOSED))
    kept = store.read(space.find_plan("evening"))
    path = kept.folder / "plan.toml"
    path.write_bytes(path.read_bytes().replace(b'curriculum = "', b'curriculum = "0', 1))
    with pytest.raises(UsageError, match="was made anew since its last change"):
        undo(space, "evening", SUNDAY)
