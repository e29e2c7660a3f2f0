"""Give every session of a plan its leaders and its rooms, once its topics are chosen.

The slot's `lead` says whom the clinic wants, and they are kept wherever they may lead; somebody away is
replaced. Weeks are solved one after another, for only a calendar week limits how much somebody leads; rooms
are solved day by day. So what leaders and rooms cost is proved least, week by week.

A session with several sections lists its leaders as they are wanted, then the others, then those who are
there beside them; those who may lead alone take the sections in this order, and the rooms stand in it too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Final

from iop_sessions.planning.staff.desk import Desk
from iop_sessions.planning.staff.vacancies import shortfalls_of
from iop_sessions.planning.task import Task
from iop_sessions.plans import leaders as people
from iop_sessions.plans.plan import Session, Shortfall
from iop_sessions.program.staff import Facilitator

NOTHING: Final[Mapping[str, Session]] = {}


@dataclass(frozen=True)
class Rota:
    """Sessions with their leaders and rooms, what is missing, and what no other rota goes below."""

    sessions: tuple[Session, ...]
    shortfalls: tuple[Shortfall, ...]
    cost: int
    bound: int


def staff(
    task: Task,
    sessions: Sequence[Session],
    standing: Collection[str] = frozenset(),
    before: Mapping[str, Session] = NOTHING,
) -> tuple[Session, ...]:
    """Give sessions their leaders and rooms, as `rota` does, and leave out what is missing."""
    return rota(task, sessions, standing, before).sessions


def rota(
    task: Task,
    sessions: Sequence[Session],
    standing: Collection[str] = frozenset(),
    before: Mapping[str, Session] = NOTHING,
) -> Rota:
    """Give sessions their leaders and rooms.

    Parameters
    ----------
    task, sessions
        What is planned, and its sessions with their topics.
    standing
        Ids of sessions that stay as they are.
    before
        The sessions of an earlier version of the plan by id: as few as can be get others.
    """
    desk = Desk(task, before)
    slots = {slot.id for slot in task.program.slots}
    free = {
        each.session_id: each
        for each in sorted(sessions, key=lambda session: session.order)
        if each.takes_place and each.slot_id in slots and each.session_id not in standing
    }
    desk.fixed = [*task.lived, *(each for each in sessions if each.session_id not in free)]
    desk.remember(each for each in desk.fixed if each.takes_place)
    desk.prefer(_typical_week(task, desk, free.values()))
    for _, week in groupby(free.values(), lambda session: people.monday_of(session.date)):
        desk.staff_week(list(week))
    made = tuple(desk.done.get(each.session_id, each) for each in sessions)
    lacking = shortfalls_of(task, made)
    cost = sum(each.cost for each in lacking)
    return Rota(made, tuple(lacking), cost, cost - desk.unproved)


def _typical_week(task: Task, past: Desk, sessions: Iterable[Session]) -> list[Session]:
    """Share a week out as if nobody were away and every day were open: the habits that other weeks keep.

    Without it the first week would set them, and leave out who happens to be on leave then.
    """
    program = task.program
    here = [each for each in program.facilitators if _is_mostly_there(task, each)]
    people_there = tuple(each.model_copy(update={"leave": ()}) for each in here)
    rooms = tuple(each.model_copy(update={"closed": ()}) for each in program.rooms)
    open_program = program.model_copy(update={"facilitators": people_there, "rooms": rooms})
    desk = Desk(Task(task.curriculum, open_program, task.start, task.weeks), {})
    desk.usual = {slot: Counter(names) for slot, names in past.usual.items()}
    monday = people.monday_of(task.start)
    one_each = {each.slot_id: each for each in sessions}
    week = [
        each.model_copy(update={"date": monday + timedelta(days=desk.slots[slot].weekday)})
        for slot, each in one_each.items()
    ]
    if week:
        desk.staff_week(sorted(week, key=lambda session: session.order))
    return list(desk.done.values())


def _is_mostly_there(task: Task, who: Facilitator) -> bool:
    """Say whether somebody is away for less than half of a plan."""
    days = range((task.end - task.start).days)
    away = sum(any(task.start + timedelta(days=day) in span for span in who.leave) for day in days)
    return 2 * away < len(days)
