"""Every verb that reads a plan names what the judge refuses of it, and goes on with what is sound."""

from __future__ import annotations

import pytest

from iop_sessions.ground.workspace import Workspace
from iop_sessions.notebook import open_plan
from tests.doors.conftest import Clock, Ended, Run, edit

UNKNOWN = "plan.csv:2: topic_id: no topic 'RP-99' — choose one of topics.csv"
READERS = (  # each reads a plan and prints
    "export evening", "print evening 2027-01-04", "print evening 2027-01-04 --newcomer",
    "print evening 2027-01-04 --brief", "calendar evening", "coverage evening", "people evening",
    "rules evening", "explain evening", "diff evening evening", "release evening",
)  # fmt: skip


@pytest.mark.parametrize("verb", READERS[1:2] + READERS[4:7] + READERS[9:10])
def test_a_reader_names_what_verify_refuses_shows_the_rest_and_ends_with_1(
    verb: str, space: Workspace, run: Run
) -> None:
    edit(space.plans / "evening" / "plan.csv", ",RP-01,", ",RP-99,")
    assert UNKNOWN in run("verify", "evening").out
    ended = run(*verb.split())
    assert ended.code == 1
    assert UNKNOWN in ended.err
    assert ended.out != ""


def test_a_row_that_cannot_be_read_does_not_stop_tonight(space: Workspace, run: Run) -> None:
    edit(
        space.plans / "evening" / "plan.csv",
        "2027-01-13-wed-1,wed-1,2,2027-01-13",
        "2027-01-13-wed-1,x,2,soon",
    )
    ended = run("print", "evening", "2027-01-04")
    assert ended.code == 1
    assert "evening/plan.csv:14: date: " in ended.err
    assert "missing" not in ended.err
    assert "Ready to print: output/evening/print/2027-01-04-leader.docx" in ended.out


def test_many_rows_that_are_gone_are_named_in_one_line(space: Workspace, run: Run) -> None:
    path = space.plans / "evening" / "plan.csv"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:4] + lines[24:]))
    ended = run("people", "evening")
    assert ended.code == 1
    assert ended.err.splitlines()[0] == (
        "plan.csv: 20 sessions are missing: 2027-01-06-wed-1, 2027-01-06-wed-2, 2027-01-06-wed-3, "
        "2027-01-08-fri-1, 2027-01-08-fri-2, 2027-01-08-fri-3, 2027-01-11-mon-1, 2027-01-11-mon-2, "
        "2027-01-11-mon-3, 2027-01-13-wed-1, 2027-01-13-wed-2, 2027-01-13-wed-3 and 8 more — "
        "undo in Excel what took their rows out; replan puts rows back; verify names each"
    )


def test_a_column_that_was_lost_is_named(space: Workspace, run: Run) -> None:
    edit(space.plans / "evening" / "plan.csv", ",state,", ",stat,")
    assert run("people", "evening").err.splitlines()[0] == (
        "evening/plan.csv:1: state: the column 'state' is missing: what stood in it is not known — "
        "is it the column 'stat'? rename it"
    )


def test_no_calendar_is_fed_a_session_that_ends_before_it_starts(space: Workspace, run: Run) -> None:
    edit(space.plans / "evening" / "plan.csv", "17:30,18:30", "17:30,16:30")
    ended = run("calendar", "evening")
    assert ended.code == 1
    assert ended.err.splitlines()[-1] == (
        "Left out of calendars and of what clients see, until the rows are mended: 2027-01-04-mon-1."
    )
    feed = (space.output / "evening" / "calendar" / "program.ics").read_text(encoding="utf-8")
    assert "2027-01-04-mon-1" not in feed
    assert "2027-01-04-mon-2" in feed


def test_rows_that_are_gone_are_put_back_as_they_were_before_anything_is_replanned(
    space: Workspace, run: Run
) -> None:
    path = space.plans / "evening" / "plan.csv"
    before = path.read_bytes()
    lines = before.splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:13] + lines[15:]))
    looked = run("replan", "evening", "--absent", "F1:2027-01-04", "--look")
    assert looked.code == 1
    assert "the session of Wednesday, January 13, 2027, slot wed-1, is missing" in looked.err
    ended = run("replan", "evening", "--absent", "F1:2027-01-04")
    assert ended.code == 0
    assert ended.err.splitlines()[0] == (
        "Put back into plans/evening/plan.csv 2 rows that were gone: 2027-01-13-wed-1, 2027-01-13-wed-2."
    )
    assert lines[13] in path.read_bytes()
    assert lines[14] in path.read_bytes()


def test_a_plan_is_not_replanned_over_a_row_that_is_gone_and_that_nothing_proves(
    space: Workspace, run: Run
) -> None:
    folder = space.plans / "evening"
    edit(folder / "plan.toml", '2027-01-13-wed-1 = "', '2027-01-13-wed-1 = "0')
    edit(folder / "plan.csv", "2027-01-13-wed-1,", "2027-01-13-wed-9,")
    before = (folder / "plan.csv").read_bytes()
    ended = run("replan", "evening", "--closed", "2027-01-06")
    assert ended.code == 1
    assert ended.err.splitlines()[-2:] == [
        (
            "plan.csv: 2027-01-13-wed-1: the session of Wednesday, January 13, 2027, slot wed-1, is missing "
            "— put its row back; to cancel it, write cancelled under state"
        ),
        "1 problem to mend; nothing was written.",
    ]
    assert (folder / "plan.csv").read_bytes() == before


def test_what_cannot_be_true_is_not_marked_as_held_and_what_stands_elsewhere_is_named(
    space: Workspace, run: Run, clock: Clock
) -> None:
    clock("2027-01-06")
    path = space.plans / "evening" / "plan.csv"
    edit(path, ",RP-01,", ",RP-99,")
    assert run("held", "evening", "2027-01-04") == Ended(
        1, "", f"{UNKNOWN}\n1 problem to mend; nothing was written.\n"
    )
    ended = run("held", "evening", "2027-01-06")
    assert (ended.code, ended.err) == (0, f"{UNKNOWN}\n")


def test_a_row_that_is_gone_keeps_its_fingerprint_when_others_are_marked(
    space: Workspace, run: Run, clock: Clock
) -> None:
    clock("2027-01-06")
    path = space.plans / "evening" / "plan.csv"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:13] + lines[14:]))
    assert run("held", "evening", "2027-01-04").code == 0
    assert "1 row that was gone: 2027-01-13-wed-1." in run("replan", "evening", "--again").err


def test_a_plan_with_rows_that_are_gone_is_not_continued(space: Workspace, run: Run) -> None:
    path = space.plans / "evening" / "plan.csv"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:13] + lines[14:]))
    ended = run("plan", "evening", "--after", "evening")
    assert ended.code == 1
    assert "slot wed-1, is missing" in ended.err


def test_a_notebook_that_opens_a_plan_is_told(space: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    edit(space.plans / "evening" / "plan.csv", ",RP-01,", ",RP-99,")
    assert len(open_plan("evening", space.root).plan.sessions) == 51
    assert capsys.readouterr().err == f"{UNKNOWN}\n"


def test_nothing_is_written_over_a_row_that_cannot_be_read_and_it_is_named_once(
    space: Workspace, run: Run
) -> None:
    path = space.plans / "evening" / "plan.csv"
    edit(path, ",planned,", ",helt,")
    before = path.read_bytes()
    for words in ("replan evening --closed 2027-01-06", "replan evening --again --look", "undo evening"):
        ended = run(*words.split())
        assert ended.code == 1
        assert ended.err.splitlines() == [
            "evening/plan.csv:2: state: 'helt' is not one of the words for it — did you mean 'held'?",
            "1 problem to mend; nothing was written.",
        ]
    assert path.read_bytes() == before


@pytest.mark.parametrize("when", ["2027-01-06", "2027-01-06-wed-2"])
def test_of_a_night_whose_rows_are_gone_nobody_says_that_nothing_meets(
    when: str, space: Workspace, run: Run
) -> None:
    path = space.plans / "evening" / "plan.csv"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:4] + lines[7:]))
    ended = run("print", "evening", when)
    names = "2027-01-06-wed-1, 2027-01-06-wed-2 and 2027-01-06-wed-3" if when == "2027-01-06" else when
    assert ended.code == 1
    assert ended.err.splitlines()[-1] == (
        f"plan.csv has no row any more for {names} — "
        "undo in Excel what took it out; replan puts rows back that are gone"
    )
