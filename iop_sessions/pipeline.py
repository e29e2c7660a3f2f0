"""The whole flow on one screen: tables and a program become a plan, numbers, pages and Word files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from iop_sessions import checks, covering, exporting, judge, pages, planbook, word
from iop_sessions.blocks import Page
from iop_sessions.covering import Coverage
from iop_sessions.curriculum import Curriculum
from iop_sessions.errors import NotFound, Problem, UsageError
from iop_sessions.loading import load
from iop_sessions.planbook import Kept
from iop_sessions.plans import Plan, Session
from iop_sessions.programs import Program, read_program
from iop_sessions.tables import require
from iop_sessions.workspace import Workspace, is_when, read_when, ready_programs

if TYPE_CHECKING:
    from iop_sessions.planning.board import Task

SAMPLE = "evening-12-week"
KINDS = ("agendas", "handouts", "guides", "coverage")

Tell = Callable[[str], None]


def be_silent(_: str) -> None:
    """Say nothing."""


@dataclass(frozen=True)
class PlanRequest:
    """What a user asks to be planned."""

    program: str
    start: date | None = None
    weeks: int | None = None
    after: str = ""
    name: str = ""
    replace: bool = False


@dataclass(frozen=True)
class Made:
    """A plan that was made and written."""

    kept: Kept
    seconds: float
    unavoidable: bool


def check(folder: Path, today: date) -> list[Problem]:
    """Check a curriculum folder and every program in it, down to the words of its pages."""
    curriculum, problems = load(folder)
    problems += checks.check_curriculum(curriculum, texts=True)
    problems += checks.check_ages_of_numbers(curriculum, today)
    for path in ready_programs(folder):
        problems += check_program(curriculum, path)[1]
    return problems


def check_program(curriculum: Curriculum, path: Path) -> tuple[Program | None, list[Problem]]:
    """Read a program and check it against its curriculum."""
    file = f"programs/{path.name}"
    program, problems = read_program(path, file)
    return program, problems + (checks.check_program(curriculum, program, file) if program else [])


def read_curriculum(workspace: Workspace, *, documents: bool = True) -> Curriculum:
    """Read the workspace's curriculum, or say everything that is wrong with it."""
    curriculum, problems = load(workspace.curriculum, documents=documents)
    require(problems + checks.check_curriculum(curriculum))
    return curriculum


def make_plan(workspace: Workspace, request: PlanRequest, tell: Tell = be_silent) -> Made:
    """Plan a program and write the plan."""
    import time

    from iop_sessions.planning.search import proved_unavoidable, solve

    path = workspace.program_file(request.program)
    task, earlier = make_task(workspace, read_curriculum(workspace, documents=False), request)
    name = request.name or plan_name(path.stem, task.program, request)
    if not request.replace:
        planbook.refuse_if_in_use(workspace, name)
    tell(f"Planning {task.program.title}: {task.weeks} weeks from {task.start} …")
    began = time.perf_counter()
    plan = solve(task, tell)
    seconds = time.perf_counter() - began
    plan = planbook.with_digests(workspace, plan, path, earlier)
    folder = planbook.write_plan(workspace, name, plan, replace_old=request.replace)
    unavoidable = not plan.sheet.shortfalls or proved_unavoidable(task, plan)
    return Made(Kept(name, folder, task.program, plan), seconds, unavoidable)


def make_task(workspace: Workspace, curriculum: Curriculum, request: PlanRequest) -> tuple[Task, str]:
    """Gather what is to be planned, and name the plan that it continues."""
    from iop_sessions.planning.board import Task

    program, problems = check_program(curriculum, workspace.program_file(request.program))
    require(problems)
    assert program is not None, "a program without a problem is there"
    earlier = planbook.read_plan(workspace, request.after) if request.after else None
    start = request.start or (earlier.plan.sheet.end if earlier else program.start)
    weeks = request.weeks or program.weeks
    program = program.model_copy(update={"start": start, "weeks": weeks})
    history = earlier.plan.lived if earlier else ()
    return Task(curriculum, program, start, weeks, history), earlier.name if earlier else ""


def solve(workspace: Workspace, curriculum: Curriculum, request: PlanRequest) -> tuple[Program, Plan]:
    """Plan a program without writing anything."""
    from iop_sessions.planning import search

    task, _ = make_task(workspace, curriculum, request)
    return task.program, search.solve(task)


def plan_name(stem: str, program: Program, request: PlanRequest) -> str:
    """Name a plan after its program, and after its start where that is not the program's own."""
    return f"{stem}-{program.start}" if request.start or request.after else stem


def read_plan(workspace: Workspace, name: str, *, documents: bool = True) -> tuple[Curriculum, Kept]:
    """Read a plan and the curriculum it is about."""
    return read_curriculum(workspace, documents=documents), planbook.read_plan(workspace, name)


def verify(workspace: Workspace, name: str) -> tuple[Kept, judge.Verdict]:
    """Judge a plan anew."""
    curriculum, kept = read_plan(workspace, name, documents=False)
    return kept, judge.judge(curriculum, kept.program, kept.plan)


def cover(workspace: Workspace, name: str) -> Coverage:
    """Work out what a plan covers."""
    curriculum, kept = read_plan(workspace, name, documents=False)
    return covering.cover(curriculum, kept.program, kept.plan)


def export(
    workspace: Workspace, name: str, only: Iterable[str] = (), tell: Tell = be_silent
) -> exporting.Exported:
    """Write the Word documents of a plan: every agenda, handout and guide it uses, and what it covers."""
    curriculum, kept = read_plan(workspace, name)
    kinds = tuple(only) or KINDS
    for kind in kinds:
        if kind not in KINDS:
            raise NotFound("kind of document", kind, KINDS)
    drawn = pages_of_plan(curriculum, kept.program, kept.plan, kinds)
    tell(f"Drawing {len(drawn)} documents …")
    files = word.draw_set(drawn, workspace.templates)
    return exporting.export(workspace.output / kept.name, files, whole=not only)


def export_week(
    workspace: Workspace, name: str, curriculum: Curriculum, program: Program, plan: Plan, week: int
) -> list[Path]:
    """Write the agenda, handouts and guides of one week beside the plan's other documents."""
    only = Plan(plan.sheet, tuple(each for each in plan.sessions if each.week == week), plan.history)
    drawn = {
        file: page for file, page in _agendas(curriculum, program, plan).items() if f"week-{week:02}" in file
    }
    drawn |= _handouts(curriculum, program, only) | _guides(curriculum, program, only)
    folder = workspace.output / name
    exporting.export(folder, word.draw_set(drawn, workspace.templates), whole=False)
    return [folder / file for file in drawn]


def pages_of_plan(
    curriculum: Curriculum, program: Program, plan: Plan, kinds: Iterable[str]
) -> dict[str, Page]:
    """Make every page of some kinds, by file name."""
    made: dict[str, Page] = {}
    for kind in kinds:
        made |= _PAGES[kind](curriculum, program, plan)
    return made


def _agendas(curriculum: Curriculum, program: Program, plan: Plan) -> dict[str, Page]:
    return {
        f"agendas/week-{week:02}-agenda.docx": pages.week_agenda(curriculum, program, plan, week)
        for week in range(1, plan.sheet.weeks + 1)
    }


def topics_used(curriculum: Curriculum, plan: Plan) -> list[str]:
    """List the topics a plan uses, orientation first, in the order of the topics table."""
    planned = {session.topic_id for session in plan.sessions}
    return [
        topic.topic_id
        for topic in curriculum.topics
        if topic.content == "full" and (topic.topic_id in planned or topic.delivery == "orientation")
    ]


def _handouts(curriculum: Curriculum, program: Program, plan: Plan) -> dict[str, Page]:
    used = (
        each for topic_id in topics_used(curriculum, plan) for each, _ in curriculum.handouts_of(topic_id)
    )
    return {
        f"handouts/{handout.handout_id}-{slug(handout.title)}.docx": pages.handout_page(
            curriculum, program, handout.handout_id
        )
        for handout in used
        if handout.kind != "external"
    }


def _guides(curriculum: Curriculum, program: Program, plan: Plan) -> dict[str, Page]:
    made = {}
    for topic_id in topics_used(curriculum, plan):
        topic = curriculum.topic_by_id[topic_id]
        planned = {session.minutes for session in plan.sessions if session.topic_id == topic_id}
        for length in sorted(planned & set(topic.lengths)) or topic.lengths[-1:]:
            tail = f"-{length}-minutes" if len(planned) > 1 else ""
            made[f"guides/{topic_id}-{slug(topic.title)}{tail}.docx"] = pages.guide_page(
                curriculum, program, topic_id, length
            )
    return made


def _coverage(curriculum: Curriculum, program: Program, plan: Plan) -> dict[str, Page]:
    return {"coverage/coverage.docx": pages.coverage_page(covering.cover(curriculum, program, plan))}


_PAGES = {"agendas": _agendas, "handouts": _handouts, "guides": _guides, "coverage": _coverage}


def slug(title: str) -> str:
    """Write a title as part of a file name."""
    import re

    return re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:50].rstrip("-")


def sessions_for(plan: Plan, when: str, today: date) -> list[Session]:
    """List the sessions that take place on a day, or the one session with an id."""
    named = [each for each in plan.sessions if each.session_id == when]
    if not named and when[:4].isdigit() and not is_when(when):
        raise NotFound("session", when, [each.session_id for each in plan.sessions])
    day = named[0].date if named else read_when(when, today)
    found = named or [each for each in plan.sessions if each.date == day]
    meeting = [each for each in found if each.takes_place]
    if not meeting:
        cancelled = f"the group {when} is cancelled" if named else f"every group on {day} is cancelled"
        raise UsageError(f"{cancelled if found else f'nothing meets on {day}'} — {_next_groups(plan, day)}")
    return meeting


def _next_groups(plan: Plan, day: date) -> str:
    days = sorted({each.date for each in plan.sessions if each.takes_place})
    after = next((each for each in days if each > day), None)
    last = max(each.date for each in plan.sessions)
    return f"the next groups are on {after}" if after else f"the plan ends on {last}"
