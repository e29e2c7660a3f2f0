"""Name the sessions without a leader or a room, with who is away and what would help."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from iop_sessions.ground.speech import ENGLISH
from iop_sessions.planning.task import Task
from iop_sessions.plans import leaders
from iop_sessions.plans.plan import Session, Shortfall
from iop_sessions.program import sections
from iop_sessions.program.program import Program
from iop_sessions.program.settings import Facilitator, Room, Slot, Span

RELAXED: Mapping[str, Mapping[str, object]] = {
    "working on that day": {"days": ()},
    "with longer hours": {"start": None, "end": None},
    "with that group type among theirs": {"group_types": ()},
    "with one group more a week": {"max_week": None},
}
"""What can be changed about somebody, and is tried before it is offered; their leave too."""


def room_hindrance(
    program: Program, room: Room, slot: Slot, session: Session, sessions: Iterable[Session]
) -> str:
    """Say why a session may not meet in a room; empty where it may.

    Parameters
    ----------
    sessions
        What else meets; the session itself may be among it.
    """
    size = sections.section_size(program, slot) if session.mode != "telehealth" else 1
    if room.site and room.site != session.site:
        return f"{room.code} is at {room.site}"
    if not room.is_for(program.ages):
        return f"{room.code} is a room for ages '{room.ages}'"
    if room.seats < size:
        return f"{room.code} has {room.seats} seats for {size} people"
    if not room.is_open(session.date):
        return f"{room.code} is closed"
    taken = (each for each in sessions if room.code in each.rooms and each.takes_place)
    others = (each for each in taken if each.session_id != session.session_id)
    also = next((each for each in others if leaders.overlap(each, session)), None)
    return f"{room.code} holds {also.slot_id} until {also.end:%H:%M}" if also is not None else ""


def shortfalls_of(task: Task, sessions: Sequence[Session]) -> list[Shortfall]:
    """Name every session that lacks a leader, somebody beside, or a room."""
    slots = {slot.id: slot for slot in task.program.slots}
    days: dict[object, list[Session]] = {}
    for each in (*task.lived, *sessions):
        days.setdefault(leaders.monday_of(each.date), []).append(each)
    return [
        shortfall
        for session in sorted(sessions, key=lambda each: each.order)
        if session.takes_place and session.slot_id in slots
        for shortfall in _lacks(task, slots[session.slot_id], session, days[leaders.monday_of(session.date)])
    ]


def _lacks(task: Task, slot: Slot, session: Session, week: Sequence[Session]) -> Iterator[Shortfall]:
    program, weights = task.program, task.program.weights
    where = f"{ENGLISH.short_day(session.date)}, {slot.id}"
    leading, beside = _who_is_there(task, session, sections.leaders_needed(program, slot))
    lone = sections.leaders_needed(program, slot) - leading
    if lone > 0:
        words = f"{where}: {_of_sections(slot, lone)}nobody can lead {session.group_type or session.kind}"
        yield _named("leader", session, lone * weights.leader, f"{words}: {_why_nobody(task, session, week)}")
    second = sections.co_leaders_needed(program, slot) - beside
    if second > 0:
        size, least = sections.section_size(program, slot), program.people.co_leader_from
        words = f"{where}: {second} co-leader{'s' * (second > 1)} missing for {size} people (from {least} on)"
        yield _named("co-leader", session, second * weights.co_leader, words)
    homeless = sections.rooms_needed(program, slot) - len(session.rooms)
    if homeless > 0:
        words = f"{where}: {_of_sections(slot, homeless)}no room: {_why_no_room(task, slot, session, week)}"
        yield _named("room", session, homeless * weights.room, words)


def _named(kind: str, session: Session, cost: int, message: str) -> Shortfall:
    return Shortfall(kind, session.session_id, (session.date,), cost, message)


def _of_sections(slot: Slot, count: int) -> str:
    return f"{count} of {slot.sections} sections: " if slot.sections > 1 else ""


def _who_is_there(task: Task, session: Session, needed: int) -> tuple[int, int]:
    """Count those who lead, at most as many as are needed, and those beside them."""
    known = {each.code: each for each in task.program.facilitators}
    alone = sum(
        name not in known or leaders.leads_alone(task.curriculum, task.program, known[name], session)
        for name in set(session.facilitators)
    )
    leading = min(alone, needed)
    return leading, len(set(session.facilitators)) - leading


def _why_nobody(task: Task, session: Session, week: Sequence[Session]) -> str:
    """Say who is away and why, and what would help."""
    everybody = sorted(task.program.facilitators, key=lambda each: each.code)
    reasons = (_why_not(task, each, session, week) for each in everybody)
    service = leaders.service_of(task.curriculum, session.kind, session.group_type)
    kind = leaders.kinds_that_lead(task.program, service)[0] if service else "leader"
    help_words = [words for each in everybody for words in _remedies(task, each, session, week)]
    help_words.append(f"one more {kind}, free from {session.start:%H:%M} to {session.end:%H:%M}")
    return f"{'; '.join(reasons)}. What would help: {', or '.join(help_words)}"


def _why_not(task: Task, who: Facilitator, session: Session, week: Sequence[Session]) -> str:
    why_not = leaders.hindrance(task.curriculum, task.program, who, session, week)
    return why_not or f"{who.code} is {'there already' if who.code in session.facilitators else 'free'}"


def _remedies(task: Task, who: Facilitator, session: Session, week: Sequence[Session]) -> Iterator[str]:
    if who.code in session.facilitators:
        return
    for words, update in (("without the leave", {"leave": _undoable(task, who)}), *RELAXED.items()):
        changed = who.model_copy(update=dict(update))
        if changed != who and not leaders.hindrance(task.curriculum, task.program, changed, session, week):
            yield f"{who.code} {words}"


def _undoable(task: Task, who: Facilitator) -> tuple[Span, ...]:
    """Return what stays of somebody's leave when the clinic gives it up: nobody can undo a surprise."""
    told = [each.span for each in task.surprises if (each.kind, each.subject) == ("absent", who.code)]
    return tuple(span for span in who.leave if span in told)


def _why_no_room(task: Task, slot: Slot, session: Session, week: Sequence[Session]) -> str:
    rooms = sorted(task.program.rooms, key=lambda room: room.code)
    reasons = (
        f"{room.code} is taken already"
        if room.code in session.rooms
        else room_hindrance(task.program, room, slot, session, week) or f"{room.code} is free"
        for room in rooms
    )
    seats = sections.section_size(task.program, slot)
    place = f" at {session.site}" if session.site else ""
    return f"{'; '.join(reasons)}. What would help: one more room with {seats} seats{place}"
