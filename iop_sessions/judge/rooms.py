"""Check that rooms are there, free, and fit what meets in them."""

from __future__ import annotations

from iop_sessions.ground.dates import long_day
from iop_sessions.ground.errors import Problem, did_you_mean
from iop_sessions.judge.case import Case
from iop_sessions.judge.lacking import at_once, fault, heads, there, twice


def check_no_room_holds_two_sessions_at_once(case: Case) -> list[Problem]:
    """Check that no room holds two meetings."""
    return [
        fault(second, "room", twice(f"room {code}", first, second), "name another room", first.reason)
        for first, second in at_once(case)
        for code in sorted({*first.rooms} & {*second.rooms})
        if case.program.rooms
    ]


def check_rooms_exist_and_are_open(case: Case) -> list[Problem]:
    """Check that the program knows every room, and that none is closed then."""
    rooms = {room.code: room for room in case.program.rooms}
    found = []
    for session in there(case) if rooms else ():
        for code in session.rooms:
            if code not in rooms:
                hint = did_you_mean(code, rooms) or "name another"
                found.append(fault(session, "room", f"no room '{code}'", hint))
            elif any(session.date in span for span in rooms[code].closed):
                message = f"room {code} is closed on {long_day(session.date)}"
                found.append(fault(session, "room", message, "name another room"))
    return found


def check_rooms_fit(case: Case) -> list[Problem]:
    """Check that rooms have the seats of a section, lie at the session's site, and are for its ages."""
    rooms = {room.code: room for room in case.program.rooms}
    slots = {slot.id: slot for slot in case.program.slots}
    placed = ((each, code) for each in there(case) for code in each.rooms if code in rooms)
    found = []
    for session, code in placed:
        room, slot = rooms[code], slots.get(session.slot_id)
        size = heads(case.program, slot) if slot is not None and session.mode != "telehealth" else 1
        if room.seats < size:
            message = f"room {code} has {room.seats} seats, {size} people come to a section"
            found.append(fault(session, "room", message, "name a larger room"))
        if room.site not in ("", session.site):
            message = f"room {code} is at {room.site}, the session is not"
            found.append(fault(session, "room", message, "name a room of its site"))
        if {room.ages, case.program.ages} == {"adult", "youth"}:
            message = f"room {code} is for ages '{room.ages}', the program for ages '{case.program.ages}'"
            found.append(fault(session, "room", message, "young people share no room with adults"))
    return found
