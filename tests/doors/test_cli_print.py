"""`print`: two files for one evening, or the sheets of one topic."""

from __future__ import annotations

import json

import pytest

from doors.conftest import Clock, Ended, Run, edit, files_in
from iop_sessions.workspace import Workspace

EVENING = "output/evening/print/"


def test_a_date_gives_one_file_for_clients_and_one_for_the_leader(space: Workspace, run: Run) -> None:
    assert run("print", "evening", "2027-01-06") == Ended(
        0,
        f"Ready to print: {EVENING}2027-01-06-clients.docx\n"
        f"Ready to print: {EVENING}2027-01-06-leader.docx\n",
        "",
    )
    assert sorted(files_in(space.output)) == [
        "evening/print/2027-01-06-clients.docx",
        "evening/print/2027-01-06-leader.docx",
    ]


@pytest.mark.parametrize(
    ("today", "word_for_it", "day"),
    [
        ("2027-01-05", "tomorrow", "2027-01-06"),
        ("2027-01-06", "today", "2027-01-06"),
        ("2027-01-06", "Today", "2027-01-06"),
        ("2027-01-31", "tomorrow", "2027-02-01"),
        ("2026-11-21", "1/13/2027", "2027-01-13"),
    ],
)
def test_today_and_tomorrow_go_by_the_clock(
    today: str, word_for_it: str, day: str, clock: Clock, run: Run
) -> None:
    clock(today)
    assert json.loads(run("print", "evening", word_for_it, "--json").out) == {
        "written": [f"{EVENING}{day}-clients.docx", f"{EVENING}{day}-leader.docx"]
    }


def test_a_session_gives_the_files_of_that_one(space: Workspace, run: Run) -> None:
    name = "2027-01-06-wed-2"
    written = [f"{EVENING}{name}-clients.docx", f"{EVENING}{name}-leader.docx"]
    assert json.loads(run("print", "evening", name, "--json").out) == {"written": written}
    run("print", "evening", "2027-01-06")
    sizes = {path: len(data) for path, data in files_in(space.root / EVENING).items()}
    assert sizes[f"{name}-leader.docx"] < sizes["2027-01-06-leader.docx"]


def test_a_newcomer_gets_the_pack_of_the_day(space: Workspace, run: Run) -> None:
    assert json.loads(run("print", "evening", "2027-01-06", "--newcomer", "--json").out) == {
        "written": [f"{EVENING}2027-01-06-newcomer.docx"]
    }
    assert list(files_in(space.output)) == ["evening/print/2027-01-06-newcomer.docx"]


def test_whoever_steps_in_gets_one_page_a_group(run: Run) -> None:
    written = json.loads(run("print", "evening", "2027-01-06", "--brief", "--json").out)["written"]
    assert written == [f"{EVENING}2027-01-06-wed-{number}-brief.docx" for number in (1, 2, 3)]


@pytest.mark.parametrize("option", ["--newcomer", "--brief"])
def test_a_pack_or_brief_needs_a_day(option: str, run: Run) -> None:
    message = "which day? — write today, tomorrow or a date after the plan's name\n"
    assert run("print", "evening", option) == Ended(2, "", message)


NOTHING = {
    "2027-01-05": "nothing meets on 2027-01-05 — the next groups are on 2027-01-06",
    "2027-01-18": "nothing meets on 2027-01-18 — the next groups are on 2027-01-20",
    "2027-02-20": "nothing meets on 2027-02-20 — the plan ends on 2027-02-12",
    "2026-12-01": "nothing meets on 2026-12-01 — the next groups are on 2027-01-04",
    "tomorow": "no date 'tomorow' — write today, tomorrow or a date: 2027-01-04",
    "Monday": "no date 'Monday' — write today, tomorrow or a date: 2027-01-04",
    "2027-01-32": "no date '2027-01-32' — write today, tomorrow or a date: 2027-01-04",
    "1/2/2027": "no date '1/2/2027' — did you mean 2027-01-02 or 2027-02-01?",
    "2027-01-06-wed-9": "no session '2027-01-06-wed-9' — did you mean '2027-01-06-wed-3'?",
}


@pytest.mark.parametrize(("when", "told"), NOTHING.items(), ids=NOTHING)
def test_a_day_without_groups_says_when_the_next_ones_are(
    when: str, told: str, space: Workspace, run: Run
) -> None:
    assert run("print", "evening", when) == Ended(2, "", told + "\n")
    assert not space.output.exists()


def test_a_day_whose_groups_are_all_cancelled_says_so(space: Workspace, run: Run) -> None:
    edit(space.plans / "evening" / "plan.csv", ",planned,", ",cancelled,", 3)
    assert run("print", "evening", "2027-01-04") == Ended(
        2, "", "every group on 2027-01-04 is cancelled — the next groups are on 2027-01-06\n"
    )
    assert not space.output.exists()


def test_a_cancelled_group_leaves_the_others(space: Workspace, run: Run) -> None:
    edit(space.plans / "evening" / "plan.csv", ",planned,", ",cancelled,")
    assert run("print", "evening", "2027-01-04").code == 0
    assert run("print", "evening", "2027-01-04-mon-1") == Ended(
        2, "", "the group 2027-01-04-mon-1 is cancelled — the next groups are on 2027-01-06\n"
    )
    assert "2027-01-04-leader.docx" in files_in(space.root / EVENING)


@pytest.mark.parametrize("topic", ["RP-01", "rp-01"])
def test_a_topic_gives_its_handout_and_its_guide_without_a_plan(
    topic: str, space: Workspace, run: Run
) -> None:
    (space.plans / "evening" / "plan.csv").unlink()
    assert run("print", topic) == Ended(
        0,
        "Ready to print: output/print/RP-01a-how-a-craving-gets-started.docx\n"
        "Ready to print: output/print/RP-01-guide.docx\n",
        "",
    )
    made = files_in(space.output)
    assert sorted(made) == ["print/RP-01-guide.docx", "print/RP-01a-how-a-craving-gets-started.docx"]
    assert [data[:2] for data in made.values()] == [b"PK", b"PK"]


def test_printing_twice_gives_the_same_bytes(space: Workspace, run: Run) -> None:
    run("print", "evening", "2027-01-04")
    first = files_in(space.output)
    run("print", "evening", "2027-01-04")
    assert files_in(space.output) == first


def test_an_export_leaves_what_was_printed_and_the_print_leaves_the_export(
    space: Workspace, run: Run
) -> None:
    run("print", "evening", "2027-01-04")
    printed = files_in(space.output)
    assert run("export", "evening").code == 0
    exported = files_in(space.output)
    assert printed.items() <= exported.items()
    run("print", "evening", "2027-01-06")
    assert exported.items() <= files_in(space.output).items()
