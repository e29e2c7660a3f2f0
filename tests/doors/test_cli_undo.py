"""`undo` as a counselor reads it; short, for what it does is tested where it is done."""

from __future__ import annotations

import json

from iop_sessions.ground.workspace import Workspace
from tests.doors.conftest import Clock, Ended, Run, files_in

BACK = (
    "Plan evening: the change of Sun, Jan 3 (snow) is taken back.\n"
    "Changes:\n"
    "  - Mon, Jan 11, 5:30 pm: RP-01 How a craving gets started (was cancelled)\n"
    "Of days gone by: 2027-01-11-mon-1. Say what became of each: held evening SESSION.\n"
    "No topic moves.\n"
    "Tell: F1, clients.\n"
    "Print again: the agenda of week 2.\n"
)


def test_a_change_is_taken_back_and_had_again(space: Workspace, run: Run, clock: Clock) -> None:
    plan = space.plans / "evening"
    run("replan", "evening", "--cancel", "2027-01-11-mon-1", "--reason", "snow")
    clock("2027-01-12")
    before = files_in(space.root)
    look = run("undo", "evening", "--look")
    assert files_in(space.root) == before
    done = run("undo", "evening")
    assert (look.out, look.err) == (
        done.out, "Nothing is changed yet: the same without --look changes the plan.\n"
    )  # fmt: skip
    assert (done.code, done.out) == (0, BACK)
    assert sorted(line.split(":")[0] for line in done.err.splitlines()) == ["As it was", "Written"]
    assert done.err.endswith("/; to have the change again: undo evening\n")
    facts = json.loads(run("undo", "evening", "--json").out)
    assert [each["reason"] for each in facts["changes"]] == ["holds again: snow"]
    assert b"cancelled" in (plan / "plan.csv").read_bytes()


def test_with_nothing_to_take_back_it_says_so(space: Workspace, run: Run) -> None:
    before = files_in(space.root)
    assert run("undo", "evening") == Ended(
        2, "", "plans/evening was not changed since it was made — there is nothing to take back\n"
    )
    assert files_in(space.root) == before
