"""`plan`: what it says and writes, and that it never takes away what people worked on."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from iop_sessions.ground.workspace import Workspace
from iop_sessions.jobs import explain
from iop_sessions.planning.remedies import trials
from tests.doors.conftest import Ended, Run, edit, files_in
from tests.doors.test_cli_reading import NO_COST

SLEEP = (
    "'Name one change that helps you sleep' is not taught within 6 weeks to anyone who starts on Mon, Jan 4: "
    "it needs PE-01, and that window holds 0 meetings of their kind"
)

REMEDIES = [
    (
        "add one PE slot on Wednesday at 9:00 pm (F1 is free then, room A too): "
        "then 0 instead of 1 start date misses it"
    ),
    "mark the objective of PE-01 elective: then 0 instead of 1 start date misses it",
    "let fri-3 (PG) hold PE topics instead: then 0 instead of 1 start date misses it",
]
TRIED = "    Tried:\n" + "".join(f"      - {remedy}\n" for remedy in REMEDIES)


def facts_of(ended: Ended) -> dict[str, object]:
    """Read the JSON of `plan`, but for the seconds, which differ."""
    assert ended.code == 0, ended.err
    facts = json.loads(ended.out)
    assert facts.pop("seconds") >= 0
    return dict(facts)


def without_education(space: Workspace) -> None:
    edit(space.curriculum / "programs" / "summer.toml", '"PE"', '"RP"', 2)


def test_a_plan_that_lacks_nothing_says_so(space: Workspace, run: Run) -> None:
    ended = run("plan", "summer")
    assert ended.code == 0
    assert ended.out == (
        "Plan summer: 6 weeks from Monday, January 4, 2027, proved best.\n"
        "The whole core is planned in time for every newcomer whose stay the plan decides; "
        "nothing is missing.\n"
    )
    assert ended.err.startswith("Planning Summer evenings: 6 weeks from 2027-01-04 …\n")
    assert sorted(files_in(space.plans / "summer")) == ["plan.csv", "plan.toml"]
    assert run("verify", "summer").code == 0


def test_what_a_plan_lacks_is_named_with_its_arithmetic(space: Workspace, run: Run) -> None:
    without_education(space)
    assert run("plan", "summer").out == (
        "Plan summer: 6 weeks from Monday, January 4, 2027, proved best.\n"
        f"  - {SLEEP}\n"
        f"{TRIED}"
        "No plan has less missing: proved.\n"
        "Its cost of 1005 by name: shortfalls 1000, full core 5.\n"
    )


def test_scripts_get_status_gap_bound_cost_seconds_and_shortfalls(space: Workspace, run: Run) -> None:
    shortfall = {
        "kind": "objective", "subject": "sleep", "starts": ["2027-01-04"], "cost": 1000, "message": SLEEP,
        "remedies": REMEDIES,
        "cause": {
            "kind": "not-taught", "weeks": 6, "who": [{"starts": ["2027-01-04"]}], "topics": ["PE-01"],
            "meetings": 0,
        },
    }  # fmt: skip
    without_education(space)
    assert facts_of(run("plan", "summer", "--json")) == {
        "plan": "summer", "program": "summer", "start": "2027-01-04", "weeks": 6,
        "status": "optimal", "gap": 0.0, "bound": 1005, "cost": 1005,
        "shortfalls": [shortfall], "unavoidable": True,
        "bill": {**NO_COST, "shortfalls": 1000, "full_core": 5},
    }  # fmt: skip


def test_start_and_weeks_name_another_plan_beside_the_old_one(space: Workspace, run: Run) -> None:
    before = files_in(space.plans)
    facts = facts_of(run("plan", "evening", "--start", "tomorrow", "--weeks", "7", "--json"))
    assert (facts["plan"], facts["program"], facts["start"], facts["weeks"]) == (
        "evening-2027-01-04", "evening", "2027-01-04", 7,
    )  # fmt: skip
    made = ["evening-2027-01-04/plan.csv", "evening-2027-01-04/plan.toml"]
    assert {name: data for name, data in files_in(space.plans).items() if name not in made} == before


def test_a_plan_after_another_begins_where_that_one_ends(space: Workspace, run: Run) -> None:
    facts = facts_of(run("plan", "evening", "--after", "evening", "--weeks", "7", "--json"))
    assert (facts["plan"], facts["start"], facts["weeks"]) == ("evening-2027-02-15", "2027-02-15", 7)
    sheet = (space.plans / "evening-2027-02-15" / "plan.toml").read_text(encoding="utf-8")
    assert 'after = "evening"\n' in sheet
    assert run("verify", "evening-2027-02-15").code == 0


def test_a_plan_can_be_given_a_name(space: Workspace, run: Run) -> None:
    assert facts_of(run("plan", "evening", "--name", "Plan B", "--json"))["plan"] == "Plan B"
    assert sorted(path.name for path in space.plans.iterdir()) == ["Plan B", "evening"]


def test_a_program_may_be_a_file_anywhere_in_the_workspace(space: Workspace, run: Run) -> None:
    own = space.root / "ours.toml"
    own.write_bytes((space.curriculum / "programs" / "evening.toml").read_bytes())
    assert facts_of(run("plan", "ours.toml", "--json"))["program"] == "ours.toml"
    assert run("verify", "ours").code == 0


def test_a_plan_nobody_touched_is_made_anew_with_the_same_bytes(space: Workspace, run: Run) -> None:
    assert run("plan", "evening").code == 0
    first = files_in(space.plans)
    assert run("plan", "evening").code == 0
    assert files_in(space.plans) == first


MONDAY = "2027-01-04-mon-1,mon-1,1,2027-01-04,17:30,18:30,,,room,group,RP,RP-01,F1,A,planned,,no,,"


def in_row(old: str, new: str) -> Callable[[Path], None]:
    return lambda table: edit(table, MONDAY, MONDAY.replace(old, new))


def in_table(old: str, new: str) -> Callable[[Path], None]:
    return lambda table: edit(table, old, new)


WORK = {
    "cancelled": (in_row("planned", "cancelled"), "2027-01-04-mon-1 is cancelled"),
    "pinned": (in_row(",no,", ",yes,"), "2027-01-04-mon-1 is pinned"),
    "another topic": (in_row("RP-01", "RP-02"), "2027-01-04-mon-1 was changed by hand"),
    "a note": (in_row(",no,,", ",no,,Bring pens"), "2027-01-04-mon-1 was changed by hand"),
    "taken out": (in_table(MONDAY + "\n", ""), "2027-01-04-mon-1 was taken out by hand"),
    "added": (
        in_table(MONDAY, f"{MONDAY}\n{MONDAY.replace('mon-1', 'mon-9')}"),
        "2027-01-04-mon-9 was added by hand",
    ),
    "a slip": (
        in_row(",no,", ",perhaps,"),
        "plan.csv:2: pinned: 'perhaps' is neither yes nor no",
    ),
}


@pytest.mark.parametrize(("work", "reason"), WORK.values(), ids=WORK)
def test_a_plan_that_people_worked_on_is_not_overwritten(
    work: Callable[[Path], None], reason: str, space: Workspace, run: Run
) -> None:
    work(space.plans / "evening" / "plan.csv")
    before = files_in(space.root)
    assert run("plan", "evening") == Ended(
        1,
        "",
        f"plans/evening is in use: {reason} — give the new plan another name with --name, "
        "or write --replace (a copy of the old one is kept)\n",
    )
    assert files_in(space.root) == before


def test_many_reasons_are_counted(space: Workspace, run: Run) -> None:
    edit(space.plans / "evening" / "plan.csv", ",planned,", ",cancelled,", 7)
    ended = run("plan", "evening")
    assert ended.code == 1
    assert ended.err.startswith(
        "plans/evening is in use: 2027-01-04-mon-1 is cancelled; 2027-01-04-mon-2 is cancelled; "
        "2027-01-04-mon-3 is cancelled; 2027-01-06-wed-1 is cancelled; 2027-01-06-wed-2 is cancelled; "
        "and 2 more — "
    )


NEVER_LOST = (
    "of plans/evening {}; a new plan in its place would lose that — "
    "to change what is still to come: replan evening --again (or --closed DAY, --absent CODE:DAY); "
    "to go on from a later day, as after a change of the program: "
    "plan evening --after evening --start DAY; or give the new plan another name with --name\n"
)


@pytest.mark.parametrize("replace", [(), ("--replace",)], ids=["unasked", "replaced"])
@pytest.mark.parametrize("state", ["held,", "partly,30"])
def test_what_was_held_is_not_planned_anew_whatever_is_asked(
    state: str, replace: tuple[str, ...], space: Workspace, run: Run
) -> None:
    table = space.plans / "evening" / "plan.csv"
    edit(table, MONDAY, MONDAY.replace("planned,", state))
    before = files_in(space.root)
    one = NEVER_LOST.format("1 group was held, on 2027-01-04")
    assert run("plan", "evening", *replace) == Ended(1, "", one)
    assert files_in(space.root) == before
    edit(table, ",planned,", ",held,", 4)
    assert run("plan", "evening", *replace).err == NEVER_LOST.format(
        "5 groups were held, the last on 2027-01-06"
    )
    assert run("plan", "evening", "--weeks", "7", *replace).code == 1


def test_a_plan_of_which_groups_were_held_goes_on_from_a_later_day(space: Workspace, run: Run) -> None:
    edit(space.plans / "evening" / "plan.csv", ",planned,", ",held,", 3)
    before = files_in(space.plans / "evening")
    facts = facts_of(run("plan", "evening", "--after", "evening", "--start", "2027-01-11", "--json"))
    assert facts["plan"] == "evening-2027-01-11"
    assert files_in(space.plans / "evening") == before


def test_replace_counts_what_is_not_taken_over(space: Workspace, run: Run) -> None:
    table = space.plans / "evening" / "plan.csv"
    last = table.read_text(encoding="utf-8").splitlines()[-1]
    edit(table, ",RP-03,", ",RP-02,")
    edit(table, f"{last}\n", "")
    edit(table, ",planned,,no,", ",cancelled,,no,", 2)
    edit(table, ",planned,,no,", ",planned,,yes,")
    ended = run("plan", "evening", "--replace")
    words = (
        "Not taken over from the old plan, which lies in plans/evening/replaced/: 1 pinned session, "
        "2 cancelled sessions, 1 row changed by hand, 1 row taken out by hand."
    )
    assert (ended.code, ended.err.splitlines()[-1]) == (0, words)


def test_a_file_that_excel_saved_in_an_old_form_is_no_work_and_hides_none(space: Workspace, run: Run) -> None:
    table = space.plans / "evening" / "plan.csv"
    as_unicode_text(table, lost_rows=0)
    assert run("plan", "evening").code == 0
    gone = table.read_text(encoding="utf-8").splitlines()[-1].split(",")[0]
    as_unicode_text(table, lost_rows=1)
    assert run("plan", "evening").err == (
        f"plans/evening is in use: {gone} was taken out by hand — "
        "give the new plan another name with --name, or write --replace (a copy of the old one is kept)\n"
    )


def as_unicode_text(table: Path, lost_rows: int) -> None:
    """Save a table as Excel's 'Unicode Text' does, without its last rows."""
    lines = table.read_text(encoding="utf-8-sig").replace(",", "\t").splitlines()
    table.write_bytes("\r\n".join(lines[: len(lines) - lost_rows]).encode("utf-16"))


def test_replace_keeps_a_copy_of_the_old_plan(space: Workspace, run: Run) -> None:
    folder = space.plans / "evening"
    edit(folder / "plan.csv", MONDAY, MONDAY.replace("planned", "cancelled"))
    (folder / "notes.docx").write_bytes(b"ours")
    old = files_in(folder)
    assert run("plan", "evening", "--replace").code == 0
    copies = list((folder / "replaced").iterdir())
    assert [files_in(copy) for copy in copies] == [{name: old[name] for name in ("plan.csv", "plan.toml")}]
    assert b",cancelled," not in (folder / "plan.csv").read_bytes()
    assert (folder / "notes.docx").read_bytes() == b"ours"
    edit(folder / "plan.csv", ",planned,,no,", ",planned,,yes,")
    assert run("plan", "evening", "--replace").code == 0
    assert len(list((folder / "replaced").iterdir())) == 2
    assert files_in(copies[0])["plan.csv"] == old["plan.csv"]


def test_replace_of_a_plan_nobody_touched_needs_no_copy(space: Workspace, run: Run) -> None:
    assert run("plan", "evening", "--replace").code == 0
    assert sorted(files_in(space.plans / "evening")) == ["plan.csv", "plan.toml"]


def test_the_work_is_seen_before_anything_is_planned(space: Workspace, run: Run) -> None:
    edit(space.plans / "evening" / "plan.csv", MONDAY, MONDAY.replace("planned", "cancelled"))
    assert "Planning" not in run("plan", "evening").err


def test_a_cohort_is_decided_as_a_whole(space: Workspace, run: Run) -> None:
    edit(space.curriculum / "programs" / "summer.toml", "weeks = 6", 'weeks = 6\nadmission = "cohort"')
    assert run("plan", "summer").out.splitlines()[1:] == [
        "The whole core is planned in time for every newcomer; nothing is missing."
    ]


def test_ctrl_c_while_remedies_are_tried_keeps_the_plan_without_them(
    space: Workspace, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    without_education(space)
    monkeypatch.setattr(trials, "with_remedies", interrupted)
    ended = run("plan", "summer")
    assert ended.code == 130
    assert ended.out.splitlines() == [
        "Plan summer: 6 weeks from Monday, January 4, 2027, proved best.",
        f"  - {SLEEP}",
        "A plan with less missing may exist.",
        "Its cost of 1005 by name: shortfalls 1000, full core 5.",
    ]
    assert (space.plans / "summer" / "plan.csv").is_file()


def test_of_a_very_large_plan_nothing_is_looked_for_that_would_help_and_that_is_said(
    space: Workspace, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_education(space)
    monkeypatch.setattr(explain, "LARGEST", 1)
    ended = run("plan", "summer")
    assert (ended.code, ended.out.splitlines()[1:3]) == (
        0, [f"  - {SLEEP}", "A plan with less missing may exist."]
    )  # fmt: skip
    assert ended.err.endswith(
        "The plan is too large to look for what would help, or to prove that no plan lacks less.\n"
    )


def test_a_plan_that_decides_no_stay_promises_nothing(space: Workspace, run: Run) -> None:
    program = space.curriculum / "programs" / "summer.toml"
    edit(program, "closed = [", 'closed = ["2027-01-04..2027-02-10", ')  # one evening holds not every topic
    assert run("plan", "summer").out.splitlines()[1:] == ["No stay is decided yet: each ends after the plan."]


def test_what_was_missed_before_a_plan_is_not_called_taught(space: Workspace, run: Run) -> None:
    plan = space.plans / "evening" / "plan.csv"
    head, late = plan.read_text(encoding="utf-8").split("2027-01-20-wed-1", 1)
    # Nobody who starts on January 20 is taught within three weeks to name a trigger.
    late = re.sub("RP-0[13]", "RP-02", late)
    plan.write_text(f"{head}2027-01-20-wed-1{late}", encoding="utf-8")
    assert run("plan", "evening", "--after", "evening").out.splitlines()[1:] == [
        "Nothing is missing of what this plan decides; what was missed before it stays missed."
    ]


ITSELF = Ended(2, "", "a plan cannot continue itself: give the new one another name with --name\n")


IN_CAPITALS = Ended(
    2,
    "",
    "no name for a plan: 'Evening': there is 'evening' too, and Windows and macOS hold only one of the two — "
    "write evening, or give one of them another name\n",
)


@pytest.mark.parametrize(("name", "told"), [("evening", ITSELF), ("Evening", IN_CAPITALS)])
@pytest.mark.parametrize("replace", [(), ("--replace",)], ids=["kept", "replaced"])
def test_a_plan_does_not_take_the_place_of_the_one_it_continues(
    name: str, told: Ended, replace: tuple[str, ...], space: Workspace, run: Run
) -> None:
    before = files_in(space.root)
    assert run("plan", "evening", "--after", "evening", "--name", name, *replace) == told
    assert files_in(space.root) == before


def test_a_plan_does_not_take_the_place_of_one_further_back(space: Workspace, run: Run) -> None:
    assert run("plan", "evening", "--after", "evening").code == 0
    before = files_in(space.root)
    words = ("plan", "evening", "--after", "evening-2027-02-15", "--name", "evening", "--replace")
    assert run(*words) == ITSELF
    assert run("plan", "evening", "--after", "evening-2027-02-15", "--start", "2027-02-15") == ITSELF
    assert files_in(space.root) == before


def test_the_weeks_asked_for_are_checked_against_the_stay(space: Workspace, run: Run) -> None:
    before = files_in(space.root)
    assert run("plan", "evening", "--weeks", "2", "--name", "short") == Ended(
        1,
        "",
        "programs/evening.toml:6: stay_weeks: a stay of 6 weeks is longer than the plan of 2 — "
        "plan 6 weeks or more\n"
        "programs/evening.toml:10: calendar.main.closed: warning: 2027-01-18 lies outside the plan — "
        "is the year right?\n"
        "1 problem to mend; nothing was written.\n",
    )
    assert files_in(space.root) == before


def test_the_start_asked_for_is_checked_against_the_closed_days(space: Workspace, run: Run) -> None:
    program = space.curriculum / "programs" / "evening.toml"
    edit(program, "stay_weeks = [6]", "stay_weeks = [1]")
    edit(program, "closed = [2027-01-18]", "closed = [2027-02-15, 2027-02-17, 2027-02-19]")
    assert run("plan", "evening", "--start", "2027-02-15", "--weeks", "1") == Ended(
        1,
        "",
        "programs/evening.toml:10: calendar.main.closed: every day of the plan is closed — "
        "take some days out, or plan more weeks\n"
        "1 problem to mend; nothing was written.\n",
    )


def test_a_plan_of_other_weeks_does_not_take_a_plan_s_place_unasked(space: Workspace, run: Run) -> None:
    before = files_in(space.root)
    help_words = "give it another name with --name, or write --replace\n"
    assert run("plan", "evening", "--weeks", "7") == Ended(
        1, "", f"plans/evening covers 6 weeks from 2027-01-04, this one 7 weeks: {help_words}"
    )
    assert run("plan", "evening", "--start", "2027-01-11", "--name", "evening") == Ended(
        1,
        "",
        "plans/evening covers 6 weeks from 2027-01-04, this one 6 weeks from 2027-01-11: " + help_words,
    )
    assert files_in(space.root) == before
    assert facts_of(run("plan", "evening", "--weeks", "7", "--replace", "--json"))["weeks"] == 7
