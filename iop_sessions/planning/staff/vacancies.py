"""Name the sessions without a leader or a room, with who is away and what would help."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from iop_sessions.planning.task import Task
from iop_sessions.plans import leaders
from iop_sessions.plans.facts import Alone, Cause, Help, HelpKind, Hindrance, Homeless, Shortfall, Unled
from iop_sessions.plans.plan import Session
from iop_sessions.program import sections
from iop_sessions.program.program import Program
from iop_sessions.program.settings import Facilitator, Room, Slot


def room_hindrance(
    program: Program, room: Room, slot: Slot, session: Session, sessions: Iterable[Session]
) -> Hindrance | None:
    """Find out why a session may not meet in a room; None where it may, whatever else meets beside it."""
    size = sections.section_size(program, slot) if session.mode != "telehealth" else 1
    if room.site and room.site != session.site:
        return Hindrance(kind="other-site", code=room.code, site=room.site)
    if not room.is_for(program.ages):
        return Hindrance(kind="other-ages", code=room.code, ages=room.ages)
    if room.seats < size:
        return Hindrance(kind="too-small", code=room.code, number=room.seats, most=size)
    if not room.is_open(session.date):
        return Hindrance(kind="closed", code=room.code)
    taken = (each for each in sessions if room.code in each.rooms and each.takes_place)
    others = (each for each in taken if each.session_id != session.session_id)
    also = next((each for each in others if leaders.overlap(each, session)), None)
    return Hindrance(kind="holds", code=room.code, slot=also.slot_id, end=also.end) if also else None


def shortfalls_of(task: Task, sessions: Sequence[Session]) -> list[Shortfall]:
    """Name every session that lacks a leader, somebody beside, or a room."""
    slots = task.program.slot_by_id
    weeks: dict[date, list[Session]] = {}
    for each in (*task.lived, *sessions):
        weeks.setdefault(leaders.monday_of(each.date), []).append(each)
    ours = (each for each in sessions if each.takes_place and each.slot_id in slots)
    return [
        shortfall
        for each in sorted(ours, key=lambda session: session.order)
        for shortfall in _lacks(task, slots[each.slot_id], each, weeks[leaders.monday_of(each.date)])
    ]


def _lacks(task: Task, slot: Slot, session: Session, week: Sequence[Session]) -> Iterator[Shortfall]:
    program, weights = task.program, task.program.weights
    leading, beside = _who_is_there(task, session, sections.leaders_needed(program, slot))
    lone = sections.leaders_needed(program, slot) - leading
    if lone > 0:
        yield _named("leader", session, lone * weights.leader, _unled(task, slot, session, week, lone))
    second = sections.co_leaders_needed(program, slot) - beside
    if second > 0:
        size, least = sections.section_size(program, slot), program.people.co_leader_from
        alone = Alone(slot=slot.id, missing=second, people=size, least=least or 0)
        yield _named("co-leader", session, second * weights.co_leader, alone)
    homeless = sections.rooms_needed(program, slot) - len(session.rooms)
    if homeless > 0:
        rooms = sorted(program.rooms, key=lambda room: room.code)
        cause = Homeless(
            slot=slot.id, missing=homeless, sections=slot.sections,
            reasons=tuple(
                Hindrance(kind="taken", code=room.code)
                if room.code in session.rooms
                else room_hindrance(program, room, slot, session, week)
                or Hindrance(kind="free", code=room.code)
                for room in rooms
            ),
            seats=sections.section_size(program, slot), site=session.site,
        )  # fmt: skip
        yield _named("room", session, homeless * weights.room, cause)


def _named(kind: str, session: Session, cost: int, cause: Cause) -> Shortfall:
    return Shortfall(kind=kind, subject=session.session_id, starts=(session.date,), cost=cost, cause=cause)


def _who_is_there(task: Task, session: Session, needed: int) -> tuple[int, int]:
    """Count those who lead, at most as many as are needed, and those beside them."""
    known = task.program.facilitator_by_code
    alone = sum(
        name not in known or leaders.leads_alone(task.curriculum, task.program, known[name], session)
        for name in set(session.facilitators)
    )
    leading = min(alone, needed)
    return leading, len(set(session.facilitators)) - leading


def _unled(task: Task, slot: Slot, session: Session, week: Sequence[Session], missing: int) -> Unled:
    """Gather who is away and why, and what would help."""
    everybody = sorted(task.program.facilitators, key=lambda each: each.code)
    service = leaders.service_of(task.curriculum, session.kind, session.group_type)
    return Unled(
        slot=slot.id, group_type=session.group_type, meeting="" if session.group_type else session.kind,
        missing=missing, sections=slot.sections,
        reasons=tuple(
            leaders.hindrance(task.curriculum, task.program, each, session, week)
            or Hindrance(kind="there" if each.code in session.facilitators else "free", code=each.code)
            for each in everybody
        ),
        helps=tuple(found for each in everybody for found in _helps(task, each, session, week)),
        role=leaders.kinds_that_lead(task.program, service)[0] if service else "leader",
        start=session.start, end=session.end,
    )  # fmt: skip


def _helps(task: Task, who: Facilitator, session: Session, week: Sequence[Session]) -> Iterator[Help]:
    """Try what can be changed about somebody, before it is offered; their leave too."""
    if who.code in session.facilitators:
        return
    surprises = (each for each in task.surprises if (each.kind, each.subject) == ("absent", who.code))
    told = [each.span for each in surprises]  # nobody can undo a surprise
    relaxed: tuple[tuple[HelpKind, dict[str, object]], ...] = (
        ("without-leave", {"leave": tuple(span for span in who.leave if span in told)}),
        ("that-day", {"days": ()}),
        ("longer-hours", {"start": None, "end": None}),
        ("group-type", {"group_types": ()}),
        ("one-more-group", {"max_week": None}),
    )
    for kind, update in relaxed:
        changed = who.model_copy(update=update)
        if changed != who and not leaders.hindrance(task.curriculum, task.program, changed, session, week):
            yield Help(kind=kind, code=who.code)
