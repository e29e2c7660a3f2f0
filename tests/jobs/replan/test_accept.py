"""Accepting a proposal: what it writes, what it keeps, and when it is refused."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import date, time
from pathlib import Path

import pytest

from iop_sessions.ground.errors import UsageError, errors_of
from iop_sessions.ground.workspace import Workspace
from iop_sessions.jobs.plan import PlanRequest, make_plan
from iop_sessions.jobs.read import verify
from iop_sessions.jobs.replan import accept
from iop_sessions.plans import store
from iop_sessions.plans.changes import read_changes
from iop_sessions.program.surprises import Surprise
from tests.jobs.replan.conftest import Ask
from tests.lib import outline
from tests.lib.workspaces import ROOT, change_rows

MONDAY, WEDNESDAY = date(2027, 1, 11), date(2027, 1, 13)
CLOSED = Surprise(kind="closed", first=MONDAY, last=MONDAY, reason="snow")
LATE = Surprise(kind="late", first=WEDNESDAY, last=WEDNESDAY, clock=time(18))


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_a_proposal_alone_writes_nothing(space: Workspace, ask: Ask) -> None:
    before = files(space.root)
    assert ask(CLOSED).found
    assert files(space.root) == before


def test_the_plan_is_written_beside_a_copy_of_the_old_one_with_the_log_and_the_notice(
    space: Workspace, ask: Ask
) -> None:
    folder = space.plans / "evening"
    old = files(folder)
    proposal = ask(CLOSED, who="CD")
    accepted = accept(space, proposal)
    notice = "notices/2027-01-03-change-notice-01.docx"
    assert (accepted.folder, accepted.pages) == (folder, (space.output / "evening" / notice,))
    (copy,) = (folder / "replaced").iterdir()
    assert files(copy) == old
    assert read_changes(folder) == proposal.changes
    read = store.read(space.find_plan("evening"))
    assert read.plan == proposal.case.plan
    assert read.program == proposal.case.program
    assert outline.outline(accepted.pages[0].read_bytes()).splitlines()[:5] == [
        "Heading1: Changes: January\u00a011, 2027",
        (
            "Normal: 3 changes. Why: snow. Take down the old agenda, and tell the leaders and the groups on "
            "these days. Print again: the agenda of week 2."
        ),
        "Normal: Tell each before their first changed day: Mon, Jan\u00a011: F1 and clients.",
        "table: Changes of the plan",
        "  | TableSmall: Day",
    ]


def test_after_a_change_the_judge_finds_nothing_and_nobody_changed_a_row(space: Workspace, ask: Ask) -> None:
    accept(space, ask(CLOSED))
    accept(space, ask(LATE))
    kept, verdict = verify(space, "evening")
    assert (verdict.problems, verdict.cost) == ((), kept.plan.sheet.cost)
    assert [each.kind for each in kept.plan.sheet.surprises] == ["closed", "late"]


def test_the_log_grows_and_the_notices_of_a_day_are_counted(space: Workspace, ask: Ask) -> None:
    folder = space.plans / "evening"
    first, second = ask(CLOSED), None
    accept(space, first)
    second = ask(LATE)
    pages = accept(space, second).pages
    assert read_changes(folder) == [*first.changes, *second.changes]
    assert [page.name for page in pages] == ["2027-01-03-change-notice-02.docx"]
    third = accept(
        space, ask(Surprise(kind="closed", first=date(2027, 1, 29), last=date(2027, 1, 29)), today=MONDAY)
    )
    assert [page.name for page in third.pages] == ["2027-01-11-change-notice-01.docx"]
    assert len(list((folder / "replaced").iterdir())) == 3


def test_a_change_there_and_back_on_one_day_is_a_log_that_reads_back(space: Workspace, ask: Ask) -> None:
    put = {"puts": (("2027-01-11-mon-1", "RP-03"),)}
    back = {"puts": (("2027-01-11-mon-1", "RP-01"),)}
    for wanted in (put, back, put):
        accept(space, ask(**wanted))
    assert [(each.before[:5], each.after[:5]) for each in read_changes(space.plans / "evening")] == [
        ("RP-01", "RP-03"), ("RP-03", "RP-01"),
    ]  # fmt: skip
    assert store.read(space.find_plan("evening")).plan.sessions[9].topic_id == "RP-03"


def test_a_plan_that_changed_meanwhile_is_refused_and_stays_as_it_is(space: Workspace, ask: Ask) -> None:
    proposal = ask(CLOSED)
    change_rows(space, {"2027-01-13-wed-1": {"note": "Bring pens"}})
    before = files(space.root)
    with pytest.raises(UsageError) as raised:
        accept(space, proposal)
    assert str(raised.value) == ("plans/evening changed while you looked at the proposal — ask for it anew")
    assert files(space.root) == before


def test_a_proposal_that_changes_nothing_leaves_every_file_as_it_is(space: Workspace, ask: Ask) -> None:
    accept(space, ask(CLOSED))
    before = files(space.root)
    accepted = accept(space, ask(CLOSED))
    assert accepted.pages == ()
    assert files(space.root) == before


def test_what_is_only_noted_is_written_without_a_notice(space: Workspace, ask: Ask) -> None:
    accepted = accept(space, ask(pins=("2027-01-11-mon-1",)))
    assert accepted.pages == ()
    assert not (space.plans / "evening" / "changes.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    assert store.work_in(space.plans / "evening") == ["2027-01-11-mon-1 is pinned"]


def test_a_row_edited_in_excel_is_not_moved_and_still_told(space: Workspace, ask: Ask) -> None:
    change_rows(space, {"2027-01-15-fri-1": {"topic_id": "RP-02"}})
    accept(space, ask(CLOSED))
    kept, verdict = verify(space, "evening")
    assert verdict.edited == ("2027-01-15-fri-1",)
    assert errors_of(verdict.problems) == []
    assert verdict.cost == kept.plan.sheet.cost


def test_a_new_plan_over_a_changed_one_keeps_a_copy(space: Workspace, ask: Ask) -> None:
    accept(space, ask(CLOSED))
    folder = space.plans / "evening"
    changed = (folder / "plan.csv").read_bytes()
    make_plan(space, PlanRequest("evening", replace=True))
    copies = [path.read_bytes() for path in (folder / "replaced").rglob("plan.csv")]
    assert changed in copies
    assert len(copies) == 2
    assert store.read(space.find_plan("evening")).plan.sheet.surprises == ()


def test_a_plan_that_continues_a_changed_one_knows_what_was_held(space: Workspace, ask: Ask) -> None:
    accept(space, ask(Surprise(kind="closed", first=date(2027, 2, 12), last=date(2027, 2, 12))))
    made = make_plan(space, PlanRequest("evening", after="evening"))
    states = {each.state for each in made.kept.plan.history if each.date == date(2027, 2, 12)}
    assert states == {"cancelled"}
    accept(
        space,
        ask(Surprise(kind="closed", first=date(2027, 2, 15), last=date(2027, 2, 15)), plan=made.kept.name),
    )
    kept, verdict = verify(space, made.kept.name)
    assert errors_of(verdict.problems) == []
    assert verdict.cost == kept.plan.sheet.cost


SCRIPT = """
from datetime import date, time
from pathlib import Path
from iop_sessions.doors.reports import replan
from iop_sessions.ground.workspace import Workspace
from iop_sessions.jobs.replan import ReplanRequest, accept, propose
from iop_sessions.program.surprises import Surprise
closed, late = date(2027, 1, 11), date(2027, 1, 13)
happened = (
    Surprise(kind="closed", first=closed, last=closed),
    Surprise(kind="late", first=late, last=late, clock=time(18)),
)
space = Workspace(Path.cwd())
proposal = propose(space, ReplanRequest("evening", date(2027, 1, 3), happened, who="CD"))
accept(space, proposal)
print(*replan.proposal_lines(proposal), sep=chr(10))
"""


def test_the_same_surprise_gives_the_same_bytes_whatever_the_hash_seed_and_the_zone(
    space: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    here, there = (shutil.copytree(space.root, tmp_path / name / "clinic") for name in ("here", "there"))
    monkeypatch.chdir(here)
    exec(SCRIPT, {})
    setting = {**os.environ, "PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=there, env=setting, capture_output=True, text=True, check=True
    )
    said = [(capsys.readouterr().out, files(here)), (done.stdout, files(there))]
    assert said[0] == said[1]
    assert "holds another topic" in said[0][0]
    assert len(said[0][1]) == len(files(space.root)) + 9  # three copies of two, the log, the notice, its list
