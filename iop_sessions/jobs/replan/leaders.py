"""Give the sessions that lost a leader or a room another one; every other session keeps its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.jobs.replan.fallout import Fallout
from iop_sessions.judge.pricing import price
from iop_sessions.plans.plan import Plan, Session, Sheet
from iop_sessions.program.surprises import Surprise

if TYPE_CHECKING:
    from iop_sessions.planning.staff.staffing import Rota

STAFF: Final = frozenset({"leader", "co-leader", "room"})
"""The kinds of shortfalls that are about leaders and rooms."""


def staffed(
    curriculum: Curriculum, fallout: Fallout, sheet: Sheet, rows: Sequence[Session]
) -> tuple[Sheet, tuple[Session, ...]]:
    """Return the rows with new leaders and rooms where they lost theirs, and the sheet that names gaps."""
    free = {each.session_id for each in rows if any(_hits(each, one) for one in fallout.request.surprises)}
    if not free:
        return sheet, tuple(rows)
    found = _rota(curriculum, fallout, [_without(each, fallout) for each in rows], free)
    others = tuple(each for each in sheet.shortfalls if each.kind not in STAFF)
    plan = Plan(sheet, found.sessions, fallout.kept.plan.history)
    cost = price(curriculum, fallout.program, plan).total
    bound = min(sheet.bound, cost)
    made = replace(sheet, status="changed", cost=cost, bound=bound, shortfalls=(*others, *found.shortfalls))
    return made, found.sessions


def _hits(row: Session, surprise: Surprise) -> bool:
    """Say whether a surprise takes a leader or the room from a session that is still to come."""
    if row.state != "planned" or row.date not in surprise.span:
        return False
    if surprise.kind == "absent":
        return surprise.subject in row.facilitators
    return surprise.kind == "room" and surprise.subject in row.rooms


def _without(row: Session, fallout: Fallout) -> Session:
    """Take who is away, and a lost room, from a session of no slot: the rota knows nothing of it.

    A person added it, and a person finds another leader.
    """
    if row.slot_id in {slot.id for slot in fallout.program.slots}:
        return row
    lost = {each.subject for each in fallout.request.surprises if _hits(row, each)}
    leaders = tuple(each for each in row.facilitators if each not in lost)
    rooms = "; ".join(each for each in row.rooms if each not in lost)
    return row.model_copy(update={"facilitators": leaders, "room": rooms}) if lost else row


def _rota(curriculum: Curriculum, fallout: Fallout, rows: Sequence[Session], free: set[str]) -> Rota:
    from iop_sessions.planning.staff.staffing import rota
    from iop_sessions.planning.task import Task

    kept = fallout.kept.plan
    task = Task(
        curriculum, fallout.program, kept.sheet.start, kept.sheet.weeks, kept.history, tuple(rows),
        surprises=fallout.surprises,
    )  # fmt: skip
    standing = {each.session_id for each in rows} - free
    return rota(task, rows, standing, {each.session_id: each for each in kept.sessions})
