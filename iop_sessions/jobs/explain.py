"""Explain what a plan lacks as it stands now, and what would help."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.errors import Problem
from iop_sessions.ground.workspace import Workspace
from iop_sessions.jobs.read import Tell, be_silent, read_plan
from iop_sessions.plans.facts import Shortfall
from iop_sessions.plans.plan import Plan, Session
from iop_sessions.plans.store import Kept
from iop_sessions.program.calendar import meetings

if TYPE_CHECKING:
    from iop_sessions.planning.task import Task


@dataclass(frozen=True)
class Explained:
    """What a plan lacks as its sessions stand now, with what would help."""

    curriculum: Curriculum
    kept: Kept
    shortfalls: tuple[Shortfall, ...]
    problems: tuple[Problem, ...] = ()


def explain(workspace: Workspace, name: str, tell: Tell = be_silent, today: date = date.min) -> Explained:
    """Say what a plan lacks as its sessions stand now, and what would help; what is past helps no more."""
    from iop_sessions.planning.remedies.trials import shortfalls_of, with_remedies
    from iop_sessions.planning.task import Task

    opened = read_plan(workspace, name, tell, documents=False)
    kept, curriculum = opened.kept, opened.case.curriculum
    sheet = kept.plan.sheet
    gone = tuple(each for each in kept.plan.sessions if not each.takes_place)
    task = Task(
        curriculum, kept.program, sheet.start, sheet.weeks, kept.plan.history,
        cancelled=gone, surprises=sheet.surprises,
    )  # fmt: skip
    plan = replace(kept.plan, sheet=replace(sheet, shortfalls=shortfalls_of(task, kept.plan)))
    from_now_on = replace(task, standing=_standing(kept, today), today=today)
    found = with_remedies(from_now_on, plan, tell).sheet.shortfalls
    return Explained(curriculum, kept, found, opened.problems)


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


LARGEST: Final = 400_000
"""Meetings times topics of the largest plan whose lacks are looked into: a larger one takes minutes."""


def with_help(task: Task, plan: Plan, tell: Tell) -> tuple[Plan, bool, bool]:
    """Return a new plan with tried remedies, whether its lacks are unavoidable, and whether the user stopped.

    Ctrl-C leaves out what is not known yet, and keeps the plan.
    """
    from iop_sessions.planning.remedies.trials import with_remedies
    from iop_sessions.planning.search import least_shortfalls, was_stopped

    if was_stopped(plan) or not plan.sheet.shortfalls:
        return plan, not plan.sheet.shortfalls, was_stopped(plan)
    if len(task.meetings) * len(task.topics) > LARGEST:
        tell("The plan is too large to look for what would help, or to prove that no plan lacks less.")
        return plan, False, False
    try:
        bound = least_shortfalls(task)
        unavoidable = sum(each.cost for each in plan.sheet.shortfalls) <= bound
        return with_remedies(task, plan, tell, bound), unavoidable, False
    except KeyboardInterrupt:
        return plan, False, True
