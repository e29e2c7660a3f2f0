"""Say what a plan lacks as it stands now, and what would help."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.workspace import Workspace
from iop_sessions.jobs.read import Tell, be_silent, read_plan
from iop_sessions.plans.facts import Shortfall
from iop_sessions.plans.plan import Session
from iop_sessions.plans.store import Kept
from iop_sessions.program.calendar import meetings


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

    opened = read_plan(workspace, name, documents=False)
    kept, curriculum = opened.kept, opened.case.curriculum
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
