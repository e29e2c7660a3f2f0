"""`explain`: what a plan lacks as it stands now, and what would help; nothing is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from iop_sessions.ground.workspace import Workspace
from tests.doors.conftest import Clock, Ended, Run, edit, files_in
from tests.doors.test_cli_plan import REMEDIES, SLEEP, TRIED, without_education
from tests.lib.clinics import clinic, printed


def test_a_plan_that_lacks_nothing_says_so(run: Run) -> None:
    ended = run("explain", "evening")
    assert (ended.code, ended.out) == (0, "Plan evening: nothing is missing of what it decides.\n")


def test_what_a_plan_lacks_is_explained_again(space: Workspace, run: Run) -> None:
    without_education(space)
    assert run("plan", "summer").code == 0
    before = files_in(space.plans)
    ended = run("explain", "summer")
    head = "Plan summer, as its sessions stand now, lacks:\n"
    assert (ended.code, ended.out) == (0, f"{head}  - {SLEEP}\n{TRIED}")
    assert ended.err == "Trying what would help …\n"
    assert files_in(space.plans) == before


def test_scripts_get_what_is_missing_with_its_remedies(space: Workspace, run: Run) -> None:
    without_education(space)
    assert run("plan", "summer").code == 0
    facts = json.loads(run("explain", "summer", "--json").out)
    assert facts["plan"] == "summer"
    assert [(each["subject"], each["remedies"]) for each in facts["shortfalls"]] == [("sleep", REMEDIES)]


def test_the_sheet_keeps_what_was_tried_and_coverage_tells_it(space: Workspace, run: Run) -> None:
    without_education(space)
    assert run("plan", "summer").code == 0
    lines = run("coverage", "summer").out.splitlines()
    first = lines.index("Tried when the plan was made:")
    assert lines[first + 1 : first + 4] == [f"  - {remedy}" for remedy in REMEDIES]
    assert json.loads(run("coverage", "summer", "--json").out)["remedies"] == REMEDIES


def test_a_sheet_of_before_there_were_remedies_reads_fine(space: Workspace, run: Run) -> None:
    without_education(space)
    assert run("plan", "summer").code == 0
    sheet = space.plans / "summer" / "plan.toml"
    before, _ = sheet.read_text(encoding="utf-8").split("\n[[shortfalls.remedies]]", 1)
    sheet.write_text(before, encoding="utf-8")
    assert run("verify", "summer").code == 0
    assert "Tried" not in run("coverage", "summer").out


def test_a_sheet_that_holds_sentences_reads_without_them_and_says_so(space: Workspace, run: Run) -> None:
    without_education(space)
    assert run("plan", "summer").code == 0
    sheet = space.plans / "summer" / "plan.toml"
    before, _ = sheet.read_text(encoding="utf-8").split("[shortfalls.cause]", 1)
    told = f"message = {json.dumps(SLEEP)}\nremedies = {json.dumps(REMEDIES)}\n"
    sheet.write_text(before.rstrip() + "\n" + told, encoding="utf-8")
    warning = (
        "summer/plan.toml: shortfalls: warning: an earlier version wrote here in sentences what is missing; "
        "they are left out — the verb explain says it anew; make the plan again to keep it"
    )
    ended = run("verify", "summer")
    assert (ended.code, ended.out.splitlines()[0]) == (0, warning)
    assert "Tried" not in run("coverage", "summer").out
    ended = run("explain", "summer")
    head = "Plan summer, as its sessions stand now, lacks:\n"
    assert (ended.out, ended.err.splitlines()[-1]) == (f"{head}  - {SLEEP}\n{TRIED}", warning)


@pytest.mark.parametrize(
    "words",
    [
        ("verify", "evening"),
        ("replan", "evening", "--closed", "2027-01-11"),
        ("explain", "evening"),
        ("coverage", "evening"),
    ],
    ids=" ".join,
)
def test_a_plan_whose_program_was_renamed_says_what_happened_and_what_to_do(
    words: tuple[str, ...], space: Workspace, run: Run
) -> None:
    program = space.curriculum / "programs" / "evening.toml"
    program.rename(program.with_name("nights.toml"))
    before = files_in(space.root)
    assert run(*words) == Ended(
        1,
        "",
        "evening/plan.toml: program: the plan was made from curriculum/programs/evening.toml, "
        "and this file is not there any more — "
        'curriculum/programs/nights.toml holds the same program: write program = "nights" here\n'
        "1 problem to mend; nothing was written.\n",
    )
    assert files_in(space.root) == before
    edit(space.plans / "evening" / "plan.toml", 'program = "evening"', 'program = "nights"')
    assert run(*words).code == 0


def test_what_is_past_helps_no_more(space: Workspace, run: Run, clock: Clock) -> None:
    """A slot that is added on January 13 holds no meeting before it: the first newcomers miss sleep."""
    without_education(space)
    assert run("plan", "summer").code == 0
    clock("2027-02-05")
    out = run("explain", "summer").out
    assert "add one PE slot on" in out
    clock("2027-02-14")
    assert "add one PE slot on" not in run("explain", "summer").out


def test_a_topic_changed_by_hand_is_explained_as_it_stands(space: Workspace, run: Run) -> None:
    table = space.plans / "evening" / "plan.csv"
    taught = [line for line in table.read_text(encoding="utf-8-sig").splitlines() if ",PE-01," in line]
    for line in taught:
        edit(table, line, line.replace(",PE-01,", ",,"))
    out = run("explain", "evening").out
    assert out.startswith("Plan evening, as its sessions stand now, lacks:\n")
    assert "it needs PE-01" in out


def test_what_was_closed_counts_between_two_runs_in_what_spacing_asks_for(
    tmp_path: Path, clock: Clock, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "another clinic"
    clinic(
        root,
        """
        title = "Evenings"
        start = 2027-01-04
        weeks = 2
        stay_weeks = [2]
        only_topics = ["RP-01"]
        spacing = {RP = 3}
        """,
        "| day |\n| mon |\n| thu |",
        "| mon-1 | thu-1 |\n| RP-01 | - |\n| - | RP-01 |",
    )
    monkeypatch.chdir(root)
    clock("2027-01-04")
    run("replan", "evening", "--closed", "2027-01-07")
    assert run("explain", "evening").out == printed("""
        Plan evening, as its sessions stand now, lacks:
          - Mon, Jan 11, mon-1: no RP topic: RP-01 may stand there, but the rules of order and [spacing]
          ... RP = 3 keep it away: it asks for 3 topics, and 1 exists
          - Thu, Jan 14, thu-1: no RP topic: RP-01 may stand there, but the rules of order and [spacing]
          ... RP = 3 keep it away: it asks for 3 topics, and 1 exists
            Tried:
              - lower [spacing] RP from 3 to 0: then 0 instead of 2 meetings stay empty
              - write 3 more RP topics of 60 minutes: then 0 instead of 2 meetings stay empty
        """)
