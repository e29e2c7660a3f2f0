"""The whole flow on one screen: tables and a program become a plan, numbers, pages and Word files."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from iop_sessions import checks, judge
from iop_sessions.coverage import covering
from iop_sessions.coverage.covering import Coverage
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.loading import load
from iop_sessions.formats import feeds, pdf, word
from iop_sessions.ground import exporting
from iop_sessions.ground.errors import Problem, UsageError
from iop_sessions.ground.tables import require
from iop_sessions.ground.workspace import Workspace, ready_programs
from iop_sessions.judge.pricing import Bill, price
from iop_sessions.pages import kinds as documents
from iop_sessions.pages.wording import clashes_in_words
from iop_sessions.plans import store
from iop_sessions.plans.case import Case
from iop_sessions.plans.facts import Shortfall
from iop_sessions.plans.plan import Plan, Session
from iop_sessions.plans.store import Kept, not_taken_over
from iop_sessions.program.calendar import meetings
from iop_sessions.program.program import Program, read_program

if TYPE_CHECKING:
    from iop_sessions.planning.task import Task

SAMPLE = "evening-12-week"

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
    coverages: tuple[Coverage, ...]  # one for each way through the program
    seconds: float
    unavoidable: bool
    stopped: bool = False

    @property
    def bill(self) -> Bill:
        """Return what the plan costs, by name, as the judge says."""
        return price(self.coverages[0].case)


def check(folder: Path, today: date) -> list[Problem]:
    """Check a curriculum folder and every program in it, down to the words of its pages."""
    curriculum, problems = load(folder)
    problems += checks.check_curriculum(curriculum, pages=True)
    problems += checks.check_ages_of_numbers(curriculum, today)
    for path in ready_programs(folder):
        program, found = check_program(curriculum, path)
        problems += found
        problems += checks.check_overrides(program, f"programs/{path.name}", today) if program else []
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

    from iop_sessions.planning.search import solve

    path = workspace.program_file(request.program)
    curriculum = read_curriculum(workspace, documents=False)
    task, earlier = make_task(workspace, curriculum, request)
    name = request.name or plan_name(path.stem, task.program, request)
    if earlier:
        store.refuse_to_continue_itself(name, earlier)
    store.refuse_to_lose_held(workspace, name, request.program)
    if not request.replace:
        store.refuse_if_in_use(workspace, name)
        store.refuse_other_weeks(workspace, name, task.start, task.weeks)
    tell(f"Planning {task.program.title}: {task.weeks} weeks from {task.start} …")
    began = time.perf_counter()
    with clashes_in_words(curriculum):
        plan = solve(task, tell)
    seconds = time.perf_counter() - began
    plan, unavoidable, stopped = _explained(task, plan, tell)
    plan = store.with_digests(workspace, plan, path, earlier.name if earlier else "")
    folder = _write(workspace, name, plan, request, tell)
    coverages = covering.cover_all(Case(curriculum, task.program, plan))
    return Made(Kept(name, folder, task.program, plan), tuple(coverages), seconds, unavoidable, stopped)


def _write(workspace: Workspace, name: str, plan: Plan, request: PlanRequest, tell: Tell) -> Path:
    """Write a new plan, and say what of an old one in its place it does not take over."""
    store.refuse_to_lose_held(workspace, name, request.program)  # one may have been held since
    lost = not_taken_over(workspace.plans / name)
    folder = store.write_plan(workspace, name, plan, replace_old=request.replace)
    if lost:
        tell(f"Not taken over from the old plan, which lies in plans/{name}/replaced/: {lost}.")
    return folder


def _explained(task: Task, plan: Plan, tell: Tell) -> tuple[Plan, bool, bool]:
    """Return a plan with tried remedies, whether what it lacks is unavoidable, and whether the user stopped.

    Ctrl-C leaves out what is not known yet, and keeps the plan.
    """
    from iop_sessions.planning.remedies.trials import with_remedies
    from iop_sessions.planning.search import least_shortfalls, was_stopped

    if was_stopped(plan) or not plan.sheet.shortfalls:
        return plan, not plan.sheet.shortfalls, was_stopped(plan)
    try:
        bound = least_shortfalls(task)
        unavoidable = sum(each.cost for each in plan.sheet.shortfalls) <= bound
        return with_remedies(task, plan, tell, bound), unavoidable, False
    except KeyboardInterrupt:
        return plan, False, True


def make_task(workspace: Workspace, curriculum: Curriculum, request: PlanRequest) -> tuple[Task, Kept | None]:
    """Gather what is to be planned, and the plan that it continues."""
    from iop_sessions.planning.task import Task

    path = workspace.program_file(request.program)
    program, problems = check_program(curriculum, path)
    require(problems)
    assert program is not None, "a program without a problem is there"
    earlier = store.read_plan(workspace, request.after) if request.after else None
    start = request.start or (earlier.plan.sheet.end if earlier else program.start)
    weeks = request.weeks or program.weeks
    program = program.model_copy(update={"start": start, "weeks": weeks})
    require(checks.check_program(curriculum, program, f"programs/{path.name}"))
    history = earlier.plan.lived if earlier else ()
    return Task(curriculum, program, start, weeks, history), earlier


def solve(workspace: Workspace, curriculum: Curriculum, request: PlanRequest) -> tuple[Program, Plan]:
    """Plan a program without writing anything."""
    from iop_sessions.planning import search

    task, _ = make_task(workspace, curriculum, request)
    with clashes_in_words(curriculum):
        return task.program, search.solve(task)


def plan_name(stem: str, program: Program, request: PlanRequest) -> str:
    """Name a plan after its program, and after its start where that is not the program's own."""
    return f"{stem}-{program.start}" if request.start or request.after else stem


def read_plan(workspace: Workspace, name: str, *, documents: bool = True) -> tuple[Curriculum, Kept]:
    """Read a plan and the curriculum it is about."""
    return read_curriculum(workspace, documents=documents), store.read_plan(workspace, name)


def verify(workspace: Workspace, name: str) -> tuple[Kept, judge.Verdict]:
    """Judge a plan anew."""
    curriculum, kept = read_plan(workspace, name, documents=False)
    return kept, judge.judge(Case(curriculum, kept.program, kept.plan))


def cover(workspace: Workspace, name: str) -> tuple[Kept, list[Coverage]]:
    """Work out what a plan covers for each way through the program."""
    curriculum, kept = read_plan(workspace, name, documents=False)
    return kept, covering.cover_all(Case(curriculum, kept.program, kept.plan))


@dataclass(frozen=True)
class Explained:
    """What a plan lacks as its sessions stand now, with what would help."""

    curriculum: Curriculum
    kept: Kept
    shortfalls: tuple[Shortfall, ...]


def explain(workspace: Workspace, name: str, tell: Tell = be_silent, today: date = date.min) -> Explained:
    """Say what a plan lacks as its sessions stand now, and what would help; what is past helps no more."""
    from iop_sessions.planning.remedies.trials import shortfalls_of, with_remedies
    from iop_sessions.planning.task import Task

    curriculum, kept = read_plan(workspace, name, documents=False)
    sheet = kept.plan.sheet
    gone = tuple(each for each in kept.plan.sessions if not each.takes_place)
    task = Task(
        curriculum, kept.program, sheet.start, sheet.weeks, kept.plan.history,
        cancelled=gone, surprises=sheet.surprises,
    )  # fmt: skip
    plan = replace(kept.plan, sheet=replace(sheet, shortfalls=shortfalls_of(task, kept.plan)))
    from_now_on = replace(task, standing=_standing(kept, today), today=today)
    return Explained(curriculum, kept, with_remedies(from_now_on, plan, tell).sheet.shortfalls)


def _standing(kept: Kept, today: date) -> tuple[Session, ...]:
    """List the rows that no remedy changes: what is past or held, and what a person cancelled."""
    sheet = kept.plan.sheet
    met = {each.meeting_id for each in meetings(kept.program, sheet.start, sheet.weeks)}
    return tuple(
        each
        for each in kept.plan.sessions
        if each.date <= today
        or each.state in ("held", "partly")
        or (each.state == "cancelled" and each.session_id in met)
    )


@dataclass(frozen=True)
class ExportRequest:
    """Which documents of a plan a user asks for; no kinds = all of them."""

    plan: str
    kinds: tuple[str, ...] = ()
    language: str = "en"
    large_print: bool = False
    pdf: bool = False

    @property
    def wanted(self) -> tuple[str, ...]:
        """Return the kinds asked for; another language or size is first of all about handouts."""
        special = self.language != "en" or self.large_print
        return self.kinds or (documents.CLIENT_KINDS if special else ())

    def refuse_kinds_without_variant(self) -> None:
        """Raise when a kind is asked for that does not come in this language or size."""
        kinds = documents.KINDS
        if self.language != "en":
            self._refuse_but({name for name, kind in kinds.items() if kind.spanish}, "Spanish")
        if self.large_print:
            self._refuse_but({name for name, kind in kinds.items() if kind.large_print}, "large print")

    def _refuse_but(self, kinds: Collection[str], variant: str) -> None:
        others = [kind for kind in self.kinds if kind in documents.KINDS and kind not in kinds]
        if others:
            remedy = f"leave {'them' if len(others) > 1 else 'it'} out of --only"
            raise UsageError(f"not in {variant}: {', '.join(others)} — {remedy}")


def export(
    workspace: Workspace, request: ExportRequest, tell: Tell = be_silent
) -> tuple[exporting.Exported, list[str]]:
    """Write Word documents of a plan; return what was written, and the handouts without a translation."""
    request.refuse_kinds_without_variant()
    curriculum, kept = read_plan(workspace, request.plan)
    case = Case(curriculum, kept.program, kept.plan)
    shelf = documents.Shelf(case, request.language, request.large_print)
    for warning in kept.warnings:
        tell(str(warning))
    documents.refuse_for_nobody(shelf, request.kinds)
    drawn = documents.make(shelf, request.wanted)
    tell(f"Drawing {len(drawn)} documents …")
    files = word.draw_set(drawn, workspace.templates, curriculum.labels)
    if request.pdf:
        files |= pdf.to_pdf(files, tell)
    exported = exporting.export(workspace.output / kept.name, files)
    return exported, shelf.untranslated if documents.needs_translations(request.wanted) else []


def export_week(workspace: Workspace, name: str, shelf: documents.Shelf, week: int) -> list[Path]:
    """Write the agenda, handouts and guides of one week beside the plan's other documents."""
    plan = shelf.case.plan
    only = replace(shelf, case=shelf.case.with_plan(replace(plan, sessions=tuple(plan.in_week(week)))))
    agendas = documents.make(shelf, ["agendas"])
    drawn = {file: page for file, page in agendas.items() if f"week-{week:02}" in file}
    drawn |= documents.make(only, ["handouts", "guides"])
    folder = workspace.output / name
    files = word.draw_set(drawn, workspace.templates, shelf.case.curriculum.labels)
    exporting.export(folder, files, whole=False)
    return [folder / file for file in drawn]


def calendar(workspace: Workspace, name: str, language: str = "en") -> exporting.Exported:
    """Write the calendar feeds of a plan."""
    curriculum, kept = read_plan(workspace, name, documents=False)
    made = feeds.feeds(curriculum, kept.program, kept.plan, kept.name, language=language)
    folder = "calendar" if language == "en" else f"calendar-{language}"
    files = {f"{folder}/{file}": data for file, data in made.items()}
    return exporting.export(workspace.output / kept.name, files)
