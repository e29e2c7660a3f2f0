"""`makeup` as a counselor reads it; short, for what it does is tested where it is done."""

from __future__ import annotations

import json

from iop_sessions.ground.workspace import Workspace
from tests.doors.conftest import Clock, Ended, Run, files_in

ASKED = ("makeup", "evening", "2027-01-14", "4 pm", "2027-01-11-mon-1", "--who", "CD")
WORDS = (
    "Plan evening: make-up: RP-01 How a craving gets started, Thursday, January 14, 2027, 4:00 to 5:00 pm, "
    "room A; led by F1 (2027-01-14-make-up-1600).\n"
    "For those who missed Mon, Jan 11, 5:30 pm (2027-01-11-mon-1).\n"
    "That group took place, so this one counts for nobody's hours, nobody starts with it, and clients' "
    "calendars do not show it: tell those who missed the group.\n"
    "Tell: F1, clients.\n"
    "Print again: the agenda of week 2.\n"
)


def test_a_make_up_group_is_looked_at_added_and_printed(space: Workspace, run: Run, clock: Clock) -> None:
    clock("2027-01-12")
    before = files_in(space.root)
    assert run(*ASKED, "--look") == Ended(
        0, WORDS, "Nothing is changed yet: the same without --look changes the plan.\n"
    )
    assert files_in(space.root) == before
    done = run("makeup", *ASKED[1:])
    assert (done.code, done.out) == (0, WORDS)
    assert done.err.endswith("; to take the change back: undo evening\n")
    assert run("verify", "evening").code == 0
    assert "2027-01-14-leader.docx" in run("print", "evening", "2027-01-14").out
    again = json.loads(run(*ASKED[:3], "3 pm", "RP-01", "--look", "--json").out)
    assert again["session_id"] == "2027-01-14-make-up-1500"


def test_a_group_that_nobody_missed_yet_is_not_made_up_for(run: Run) -> None:
    assert run(*ASKED) == Ended(
        2,
        "",
        "2027-01-11-mon-1 has not come yet — a group is made up for once somebody missed it, or once it is "
        "cancelled\n",
    )
