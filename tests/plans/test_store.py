"""Plans in their folders: read with the plans before them, written whole, and never over a person's work."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from iop_sessions.ground.errors import IopError, UsageError
from iop_sessions.ground.workspace import Workspace
from iop_sessions.plans import store
from iop_sessions.plans.facts import (
    AddSlots,
    AllClosed,
    ClosedDay,
    Helps,
    MarkElective,
    Newcomers,
    NewTime,
    NothingHelps,
    NotTaught,
    Shortfall,
    TooFew,
    WhoIsFree,
)
from iop_sessions.plans.plan import Plan, Session, plan_bytes
from iop_sessions.plans.store import Kept, Successor, write_plan
from iop_sessions.program.program import Program, read_program
from tests.lib import small
from tests.lib.faults import BAD

GRID = "| " + " | ".join(f"{day}-{number}" for day in ("mon", "wed", "fri") for number in (1, 2, 3)) + " |\n"
WEEK = "| RP-01 | RT-01 | PE-01 | RP-02 | RT-02 | PE-02 | RP-03 | RT-01 | - |\n"
FIRST = "2027-01-04-mon-1"


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    shutil.copytree(BAD / "good", tmp_path / "curriculum")
    (tmp_path / "templates").mkdir()
    return Workspace(tmp_path)


@pytest.fixture
def program(space: Workspace) -> Program:
    found, problems = read_program(space.program_file("evening"), "evening.toml")
    assert found is not None, problems
    return found


def made(
    space: Workspace, program: Program, start: date | None = None, after: str = "", weeks: int = 2
) -> Plan:
    plan = small.plan(program, GRID + WEEK * weeks, start=start)
    return store.with_digests(space, plan, space.program_file("evening"), after)


def edit(space: Workspace, name: str, *changes: tuple[str, str]) -> None:
    path = space.plans / name / "plan.csv"
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def words(call: object, *arguments: object, **named: object) -> str:
    assert callable(call)
    with pytest.raises(IopError) as raised:
        call(*arguments, **named)
    return str(raised.value)


def read_plan(space: Workspace, name: str) -> Kept:
    return store.read(space.find_plan(name))


def successor(plan: Plan) -> Successor:
    """Ask for a plan of the same weeks."""
    return Successor("evening", plan.sheet.start, plan.sheet.weeks)


IN_USE = (
    "plans/evening is in use: {} — "
    "give the new plan another name with --name, or write --replace (a copy of the old one is kept)"
)


def test_a_plan_reads_back_as_it_was_written(space: Workspace, program: Program) -> None:
    plan = made(space, program)
    starts, pe = (date(2027, 1, 4), date(2027, 1, 6)), "PE"
    free = WhoIsFree(leaders=(("F1", "F2"), ("F3",)), kinds=(pe,), meetings=2, unled=1)
    slot = AddSlots(
        kind="add-slots", group_type=pe, weekday="Monday", times=(NewTime(start=time(18, 40), free=free),)
    )
    elective = MarkElective(objectives=(("PE-01", "PE-02"), ("PE-03",)))
    closed = ClosedDay(day=date(2027, 1, 18), name="Martin Luther King Jr. Day")
    shortfall = Shortfall(
        kind="objective", subject="sleep", starts=starts, cost=1000,
        cause=NotTaught(
            weeks=1, who=(Newcomers(track="evening", starts=starts),), topics=("PE-01",), meetings=0,
            reasons=(TooFew(group_type=pe, needed=4, there=0, lost=(closed,)), AllClosed(lost=(closed,))),
        ),
        remedies=(
            Helps(changes=(slot, elective), of="starts", left=0, before=2), NothingHelps(kind="none-helps"),
        ),
    )  # fmt: skip
    plan = replace(
        plan, sheet=replace(plan.sheet, shortfalls=(shortfall,), versions=(("highspy", "1.11"),), bound=3)
    )
    folder = write_plan(space, "evening", plan)
    assert folder == space.plans / "evening"
    kept = read_plan(space, "evening")
    assert (kept.name, kept.folder, kept.warnings) == ("evening", folder, ())
    assert kept.plan == plan
    assert kept.program == program.model_copy(update={"weeks": 2})


def test_a_fresh_plan_is_made_again_without_a_question_and_without_a_copy(
    space: Workspace, program: Program
) -> None:
    write_plan(space, "evening", made(space, program))
    write_plan(space, "evening", made(space, program, weeks=1))
    assert len(read_plan(space, "evening").plan.sessions) == 9
    assert not (space.plans / "evening" / "replaced").exists()


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("state", "held", f"{FIRST} is held"),
        ("state", "partly", f"{FIRST} is partly"),
        ("state", "cancelled", f"{FIRST} is cancelled"),
        ("pinned", "yes", f"{FIRST} is pinned"),
        ("topic_id", "RP-03", f"{FIRST} was changed by hand"),
        ("note", "bring the film", f"{FIRST} was changed by hand"),
    ],
)
def test_a_row_that_people_worked_on_keeps_a_new_plan_out(
    space: Workspace, program: Program, column: str, value: str, reason: str
) -> None:
    plan = made(space, program)
    write_plan(space, "evening", plan)
    first, *rest = plan.sessions
    cells = first.model_dump(mode="json") | {column: value}
    edited = [Session.model_validate(cells | {"place": first.place}), *rest]
    (space.plans / "evening" / "plan.csv").write_bytes(plan_bytes(edited))
    assert words(write_plan, space, "evening", plan) == IN_USE.format(reason)
    told = words(store.guard, space, "evening", successor(plan))
    lost = f"of plans/evening 1 group was held, on {first.date}; a new plan in its place would lose that — "
    assert told.startswith(lost) if value in store.HELD else told == IN_USE.format(reason)
    assert read_plan(space, "evening").plan.sessions[0] == edited[0]


def test_rows_that_were_added_or_taken_out_keep_a_new_plan_out(space: Workspace, program: Program) -> None:
    plan = made(space, program)
    write_plan(space, "evening", plan)
    extra = plan.sessions[1].model_copy(update={"session_id": "extra"})
    (space.plans / "evening" / "plan.csv").write_bytes(plan_bytes([*plan.sessions[1:], extra]))
    reasons = f"extra was added by hand; {FIRST} was taken out by hand"
    assert words(write_plan, space, "evening", plan) == IN_USE.format(reasons)


def test_five_reasons_are_named_and_the_rest_counted(space: Workspace, program: Program) -> None:
    plan = made(space, program)
    write_plan(space, "evening", plan)
    held = [each.model_copy(update={"state": "held"}) for each in plan.sessions]
    (space.plans / "evening" / "plan.csv").write_bytes(plan_bytes(held))
    told = words(write_plan, space, "evening", plan)
    assert told.count(" is held") == 5
    assert f"; and {len(held) - 5} more — " in told


def test_saving_in_excel_alone_is_no_change(space: Workspace, program: Program) -> None:
    plan = made(space, program)
    write_plan(space, "evening", plan)
    edit(space, "evening", ("2027-01-04,17:30,", "1/4/2027,5:30:00 PM,"), (",no,", ",FALSE,"))
    write_plan(space, "evening", plan)


def test_a_plan_with_faults_keeps_a_new_one_out(space: Workspace, program: Program) -> None:
    write_plan(space, "evening", made(space, program))
    edit(space, "evening", ("17:30", "25:30"))
    reason = "plan.csv:2: start: no time of day '25:30'"
    assert words(write_plan, space, "evening", made(space, program)) == IN_USE.format(reason)


def test_a_plan_without_its_sheet_keeps_a_new_one_out_and_can_be_replaced(
    space: Workspace, program: Program
) -> None:
    plan = made(space, program)
    folder = write_plan(space, "evening", plan)
    (folder / "plan.toml").unlink()
    assert words(write_plan, space, "evening", plan) == IN_USE.format(
        "plan.toml beside its plan.csv cannot be read"
    )
    write_plan(space, "evening", plan, replace_old=True)
    assert [path.name for path in (folder / "replaced").rglob("*.*")] == ["plan.csv"]


def test_replacing_keeps_a_copy_and_what_else_lies_in_the_folder(space: Workspace, program: Program) -> None:
    plan = made(space, program)
    folder = write_plan(space, "evening", plan)
    (folder / "notes.txt").write_text("ask the team", encoding="utf-8")
    edit(space, "evening", (",planned,", ",held,"))
    old = (folder / "plan.csv").read_bytes(), (folder / "plan.toml").read_bytes()
    write_plan(space, "evening", made(space, program, weeks=1), replace_old=True)
    copies = sorted((folder / "replaced").rglob("plan.*"))
    assert tuple(path.read_bytes() for path in copies) == old
    assert (folder / "notes.txt").read_text(encoding="utf-8") == "ask the team"
    assert len(read_plan(space, "evening").plan.sessions) == 9
    edit(space, "evening", (",planned,", ",cancelled,"))
    write_plan(space, "evening", plan, replace_old=True)
    assert len(sorted((folder / "replaced").rglob("plan.csv"))) == 2


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../curriculum", "a/b", "a\\b", "x" * 81, ".hidden", " a", "a\n"]
)
def test_a_plan_lies_in_its_own_folder_and_nowhere_else(
    space: Workspace, program: Program, name: str
) -> None:
    for call in (
        lambda: write_plan(space, name, made(space, program), replace_old=True),
        lambda: store.guard(space, name, successor(made(space, program))),
    ):
        with pytest.raises(UsageError, match="no name for a plan: "):
            call()
    assert not space.plans.exists()


def test_a_plan_is_read_with_the_plans_before_it_in_the_order_of_time(
    space: Workspace, program: Program
) -> None:
    second, third = (program.start + timedelta(weeks=number) for number in (2, 3))
    write_plan(space, "first", made(space, program))
    write_plan(space, "second", made(space, program, start=second, after="first"))
    write_plan(space, "third", made(space, program, start=third, after="second"))
    lived = read_plan(space, "third").plan
    assert [each.date for each in lived.history] == sorted(each.date for each in lived.history)
    assert {each.date for each in lived.history} == {
        program.start + timedelta(days=days) for days in (0, 2, 4, 7, 9, 11, 16, 18)
    }  # the 18th of January is closed, and of the second plan only what lies before the third counts
    assert lived.lived == lived.history + lived.sessions
    assert read_plan(space, "third").continues == ("second", "first")
    assert read_plan(space, "first").continues == ()


def test_a_plan_is_called_as_its_folder_however_that_is_written(
    space: Workspace, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_plan(space, "evening", made(space, program))
    monkeypatch.chdir(folder)
    kept = read_plan(space, ".")
    assert (kept.name, kept.folder) == ("evening", folder)


def test_plans_that_follow_each_other_in_a_circle_are_told(space: Workspace, program: Program) -> None:
    write_plan(space, "first", made(space, program, after="second"))
    write_plan(space, "second", made(space, program, after="first"))
    assert words(read_plan, space, "first") == (
        "second/plan.toml: after: these plans follow each other in a circle: first → second → first"
        " — mend `after`\n"
        "1 problem to mend; nothing was written."
    )


def test_a_plan_before_that_is_gone_is_told(space: Workspace, program: Program) -> None:
    write_plan(space, "second", made(space, program, after="first"))
    assert words(read_plan, space, "second") == (
        "second/plan.toml: after: the plan continues plans/first, and this folder is not there any more — "
        "put it back, or, if it has another name now, write that name here (there is no other)\n"
        "1 problem to mend; nothing was written."
    )
    write_plan(space, "fist", made(space, program))
    assert "write that name here (did you mean 'fist'?)" in words(read_plan, space, "second")


GONE = (
    "{}/plan.toml: program: the plan was made from {}, and this file is not there any more — {}\n"
    "1 problem to mend; nothing was written."
)


def test_a_program_that_is_gone_is_told_with_the_plan_that_was_made_from_it(
    space: Workspace, program: Program
) -> None:
    write_plan(space, "july", made(space, program))
    space.program_file("evening").unlink()
    remedy = "put it back, or, if it has another name now, write that name here (there are: {})"
    left = ", ".join(path.stem for path in space.ready_programs)
    assert words(read_plan, space, "july") == GONE.format(
        "july", "curriculum/programs/evening.toml", remedy.format(left)
    )


def test_a_program_that_was_renamed_is_found_by_what_it_says(space: Workspace, program: Program) -> None:
    write_plan(space, "july", made(space, program))
    old = space.program_file("evening")
    old.rename(old.with_name("nights.toml"))
    remedy = 'curriculum/programs/nights.toml holds the same program: write program = "nights" here'
    assert words(read_plan, space, "july") == GONE.format("july", "curriculum/programs/evening.toml", remedy)
    sheet = space.plans / "july" / "plan.toml"
    text = sheet.read_text(encoding="utf-8")
    sheet.write_text(text.replace('program = "evening"', 'program = "nights"'), encoding="utf-8")
    assert read_plan(space, "july").warnings == ()


def test_a_program_that_is_gone_can_be_copied_from_what_was_published(
    space: Workspace, program: Program
) -> None:
    write_plan(space, "july", made(space, program))
    frozen = space.plans / "july" / "versions" / "2027-01-04" / "program.toml"
    frozen.parent.mkdir(parents=True)
    space.program_file("evening").rename(frozen)
    remedy = (
        "copy plans/july/versions/2027-01-04/program.toml there, as it was published, "
        "or, if it has another name now, write that name here (there are: {})"
    )
    left = ", ".join(path.stem for path in space.ready_programs)
    assert words(read_plan, space, "july") == GONE.format(
        "july", "curriculum/programs/evening.toml", remedy.format(left)
    )


def test_a_program_beside_the_ready_ones_that_is_gone_is_named_as_it_was_given(
    space: Workspace, program: Program
) -> None:
    plan = made(space, program)
    write_plan(space, "july", replace(plan, sheet=replace(plan.sheet, program="ours.toml", digests=())))
    told = words(read_plan, space, "july")
    assert "the plan was made from ours.toml, and this file is not there any more — put it back, or" in told


def test_a_program_that_changed_since_is_a_warning(space: Workspace, program: Program) -> None:
    write_plan(space, "evening", made(space, program))
    path = space.program_file("evening")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_plan(space, "evening").warnings == ()
    path.write_text(path.read_text(encoding="utf-8").replace("Evenings", "Late evenings"), encoding="utf-8")
    assert [str(each) for each in read_plan(space, "evening").warnings] == [
        "programs/evening.toml: warning: was changed since the plan was made — make the plan again"
    ]


def test_a_plan_of_a_program_outside_the_curriculum_finds_it_again(
    space: Workspace, program: Program
) -> None:
    own = space.root / "ours" / "late.toml"
    own.parent.mkdir()
    shutil.copy(space.program_file("evening"), own)
    plan = store.with_digests(space, small.plan(program, GRID + WEEK), own, "")
    write_plan(space, "late", plan)
    assert read_plan(space, "late").program.name == "late"


def test_faults_of_a_plan_are_told_with_their_places(space: Workspace, program: Program) -> None:
    folder = write_plan(space, "evening", made(space, program))
    edit(space, "evening", (",planned,", ",done,"))
    assert words(read_plan, space, "evening") == (
        "evening/plan.csv:2: state: 'done' is not one of the words for it"
        " — use one of: planned, held, partly, not held, cancelled\n"
        "1 problem to mend; nothing was written."
    )
    (folder / "plan.toml").write_text('program = "evening"\nweeks = 0\nstatus = "best"\n', encoding="utf-8")
    assert words(read_plan, space, "evening").splitlines()[:-1] == [
        "evening/plan.toml: start: is empty — undo the change, or make the plan again",
        "evening/plan.toml: weeks: 0 is out of range — undo the change, or make the plan again",
        (
            "evening/plan.toml: status: 'best' is not one of the words for it"
            " — undo the change, or make the plan again"
        ),
        "evening/plan.toml: cost: is empty — undo the change, or make the plan again",
        "evening/plan.toml: bound: is empty — undo the change, or make the plan again",
    ]


def test_a_plan_with_a_column_about_a_person_is_refused(space: Workspace, program: Program) -> None:
    write_plan(space, "evening", made(space, program))
    edit(space, "evening", ("reason,note", "reason,note,client name"))
    assert words(read_plan, space, "evening").splitlines()[0] == (
        "evening/plan.csv:1: client name: a column about a person, 'client name', has no place here"
        " — remove it: this table holds no client's data"
    )


def test_a_plan_whose_rows_are_all_gone_is_refused(space: Workspace, program: Program) -> None:
    folder = write_plan(space, "evening", made(space, program))
    header = (folder / "plan.csv").read_text(encoding="utf-8").splitlines()[0]
    (folder / "plan.csv").write_text(header + "\n", encoding="utf-8")
    assert words(read_plan, space, "evening").splitlines()[0] == (
        "evening/plan.csv:1: no rows under the header — add them"
    )
