"""Plan a program and write the plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from iop_sessions import checks
from iop_sessions.coverage import covering
from iop_sessions.coverage.covering import Coverage
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.english import counted
from iop_sessions.ground.tables import require
from iop_sessions.ground.tomlfiles import located
from iop_sessions.ground.workspace import Workspace
from iop_sessions.jobs.explain import with_help
from iop_sessions.jobs.persons import log_of, refuse_in_program
from iop_sessions.jobs.putting_back import require_whole
from iop_sessions.jobs.read import (
    Tell,
    be_silent,
    check_program,
    fault_lines,
    open_with,
    read_curriculum,
)
from iop_sessions.judge.pricing import Bill, price
from iop_sessions.pages.wording import clashes_in_words
from iop_sessions.plans import store
from iop_sessions.plans.case import Case
from iop_sessions.plans.changes import CHANGES_FILE
from iop_sessions.plans.store import Kept, Successor, not_taken_over
from iop_sessions.program.program import Program

if TYPE_CHECKING:
    from iop_sessions.planning.task import Task


@dataclass(frozen=True)
class PlanRequest:
    """What a user asks to be planned."""

    program: str
    start: date | None = None
    weeks: int | None = None
    after: str = ""
    name: str = ""
    replace: bool = False
    no_person_on: date | None = None  # the day on which the user says that no text names a person


@dataclass(frozen=True)
class Made:
    """A plan that was made and written."""

    kept: Kept
    coverages: tuple[Coverage, ...]  # one for each way through the program
    seconds: float
    unavoidable: bool
    stopped: bool = False

    @property
    def bill(self) -> Bill:
        """Return what the plan costs, by name, as the judge says."""
        return price(self.coverages[0].case)


def make_plan(workspace: Workspace, request: PlanRequest, tell: Tell = be_silent) -> Made:
    """Plan a program and write the plan."""
    import time

    from iop_sessions.planning.search import solve

    path = workspace.program_file(request.program)
    curriculum = read_curriculum(workspace, documents=False)
    task, earlier = make_task(workspace, curriculum, request, tell)
    name = request.name or plan_name(path.stem, task.program, request)
    meant = request.no_person_on
    named = refuse_in_program(curriculum, task.program, name, no_person_meant=meant is not None)
    successor = Successor(request.program, task.start, task.weeks, request.replace, earlier)
    store.guard(workspace, name, successor)
    tell(f"Planning {task.program.title}: {counted(task.weeks, 'week')} from {task.start} …")
    began = time.perf_counter()
    with clashes_in_words(curriculum):
        plan = solve(task, tell)
    seconds = time.perf_counter() - began
    plan, unavoidable, stopped = with_help(task, plan, tell)
    plan = store.with_digests(workspace, plan, path, earlier.name if earlier else "")
    store.guard(workspace, name, successor)  # a group may have been held since
    lost = not_taken_over(workspace.plans / name)
    also = (
        {CHANGES_FILE: log_of(workspace.plans / name, named, plan.sessions, meant)} if meant and named else {}
    )
    folder = store.write_plan(workspace, name, plan, replace_old=request.replace, also=also)
    if lost:
        tell(f"Not taken over from the old plan, which lies in plans/{name}/replaced/: {lost}.")
    coverages = covering.cover_all(Case(curriculum, task.program, plan))
    return Made(Kept(name, folder, task.program, plan), tuple(coverages), seconds, unavoidable, stopped)


def _continued(workspace: Workspace, curriculum: Curriculum, name: str, tell: Tell) -> Kept:
    """Read the plan that another continues: what it taught is not taught anew, so all of it must be there."""
    opened = open_with(curriculum, store.read(workspace.find_plan(name)))
    require_whole(opened)
    for line in fault_lines(opened.problems):
        tell(f"{opened.kept.name}: {line}")
    return opened.kept


def make_task(
    workspace: Workspace, curriculum: Curriculum, request: PlanRequest, tell: Tell = be_silent
) -> tuple[Task, Kept | None]:
    """Gather what is to be planned, and the plan that it continues."""
    from iop_sessions.planning.task import Task

    path = workspace.program_file(request.program)
    program, problems = check_program(curriculum, path)
    require(problems)
    assert program is not None, "a program without a problem is there"
    earlier = _continued(workspace, curriculum, request.after, tell) if request.after else None
    start = request.start or (earlier.plan.sheet.end if earlier else program.start)
    weeks = request.weeks or program.weeks
    program = program.model_copy(update={"start": start, "weeks": weeks})
    require(located(checks.check_program(curriculum, program, f"programs/{path.name}"), path))
    history = earlier.plan.lived if earlier else ()
    return Task(curriculum, program, start, weeks, history), earlier


def solve(workspace: Workspace, curriculum: Curriculum, request: PlanRequest) -> Case:
    """Plan a program without writing anything."""
    from iop_sessions.planning import search

    task, _ = make_task(workspace, curriculum, request)
    with clashes_in_words(curriculum):
        return Case(curriculum, task.program, search.solve(task))


def plan_name(stem: str, program: Program, request: PlanRequest) -> str:
    """Name a plan after its program, and after its start where that is not the program's own."""
    return f"{stem}-{program.start}" if request.start or request.after else stem
