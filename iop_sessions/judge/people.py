"""Check that leaders and rooms are there, free, and fit what they are given; count those that lack."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from typing import Final

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.english import counted, joined
from iop_sessions.ground.errors import Place, Problem, no_such
from iop_sessions.ground.speech import ENGLISH
from iop_sessions.judge.bench import Bench, at, length
from iop_sessions.plans.plan import Session
from iop_sessions.program.program import Program
from iop_sessions.program.settings import MAKE_UP, Facilitator, Slot


def check_leaders_exist(bench: Bench) -> list[Problem]:
    """Check that the program knows every leader."""
    known = bench.program.facilitator_by_code
    return [
        fault(session, "facilitators", *no_such("facilitator", code, known, "name another"))
        for session in there(bench)
        for code in session.facilitators
        if known and code not in known
    ]


def check_leaders_are_at_work(bench: Bench) -> list[Problem]:
    """Check that leaders are not on leave, and work on the day and at the time."""
    return [
        fault(session, "facilitators", f"{who.code} {why}", "name another leader")
        for session, who in _led(bench)
        for why in [_away(who, session)]
        if why
    ]


def _away(who: Facilitator, session: Session) -> str:
    if any(session.date in span for span in who.leave):
        return f"is on leave on {ENGLISH.long_day(session.date)}"
    if not who.is_there(session.date, session.start, session.end):
        return (
            f"does not work on {ENGLISH.long_day(session.date)}, {session.start:%H:%M} to {session.end:%H:%M}"
        )
    return ""


def check_leaders_lead_the_group_type(bench: Bench) -> list[Problem]:
    """Check that leaders are there only for the group types that they lead."""
    return [
        fault(
            session, "facilitators", f"{who.code} does not lead {session.group_type}", "name another leader"
        )
        for session, who in _led(bench)
        if session.group_type and not who.may_lead(session.group_type)
    ]


def check_somebody_may_lead(bench: Bench) -> list[Problem]:
    """Check that nobody leads alone whose kind may not; a session with nobody at all is priced instead."""
    return [
        fault(
            session,
            "facilitators",
            f"{joined(session.facilitators)} may not lead {service} without somebody who may",
            "add somebody who may lead it",
        )
        for session in there(bench)
        for service in [service_of(bench.curriculum, session)]
        if service and session.facilitators and bench.program.facilitators
        if not leaders_of(bench.curriculum, bench.program, session)
    ]


def check_nobody_leads_two_sessions_at_once(bench: Bench) -> list[Problem]:
    """Check that no leader is in two places."""
    return [
        fault(second, "facilitators", twice(code, first, second), "name another leader", first.reason)
        for first, second in at_once(bench)
        for code in sorted({*first.facilitators} & {*second.facilitators})
        if bench.program.facilitators
    ]


def check_nobody_leads_too_many_groups(bench: Bench) -> list[Problem]:
    """Check that leaders keep to their groups a calendar week; the first group too many is named."""
    weeks: dict[tuple[str, date], list[Session]] = {}
    for session in bench.held:
        monday = session.date - timedelta(days=session.date.weekday())
        for code in dict.fromkeys(session.facilitators) if session.kind in COUNTED else ():
            weeks.setdefault((code, monday), []).append(session)
    limits = {each.code: each.max_week for each in bench.program.facilitators if each.max_week is not None}
    return [
        fault(
            sessions[limits[code]],
            "facilitators",
            f"{code} leads {counted(len(sessions), 'group')} from {ENGLISH.long_day(monday)} on, "
            f"more than {limits[code]}",
            "name another leader",
            next((each.reason for each in sessions if each.reason), ""),
        )
        for (code, monday), sessions in weeks.items()
        if code in limits and len(sessions) > limits[code] and any(map(bench.is_new, sessions))
    ]


def _led(bench: Bench) -> Iterator[tuple[Session, Facilitator]]:
    known = bench.program.facilitator_by_code
    for session in there(bench):
        for code in session.facilitators:
            if code in known:
                yield session, known[code]


def check_no_room_holds_two_sessions_at_once(bench: Bench) -> list[Problem]:
    """Check that no room holds two meetings."""
    return [
        fault(second, "room", twice(f"room {code}", first, second), "name another room", first.reason)
        for first, second in at_once(bench)
        for code in sorted({*first.rooms} & {*second.rooms})
        if bench.program.rooms
    ]


def check_rooms_exist_and_are_open(bench: Bench) -> list[Problem]:
    """Check that the program knows every room, and that none is closed then."""
    rooms = bench.program.room_by_code
    found = []
    for session in there(bench) if rooms else ():
        for code in session.rooms:
            if code not in rooms:
                found.append(fault(session, "room", *no_such("room", code, rooms, "name another")))
            elif any(session.date in span for span in rooms[code].closed):
                message = f"room {code} is closed on {ENGLISH.long_day(session.date)}"
                found.append(fault(session, "room", message, "name another room"))
    return found


def check_rooms_fit(bench: Bench) -> list[Problem]:
    """Check that rooms have the seats of a section, lie at the session's site, and are for its ages."""
    rooms = bench.program.room_by_code
    slots = bench.program.slot_by_id
    placed = ((each, code) for each in there(bench) for code in each.rooms if code in rooms)
    found = []
    for session, code in placed:
        room, slot = rooms[code], slots.get(session.slot_id)
        size = heads(bench.program, slot) if slot is not None and session.mode != "telehealth" else 1
        if room.seats < size:
            message = f"room {code} has {counted(room.seats, 'seat')}, {size} people come to a section"
            found.append(fault(session, "room", message, "name a larger room"))
        if room.site not in ("", session.site):
            message = f"room {code} is at {room.site}, the session is not"
            found.append(fault(session, "room", message, "name a room of its site"))
        if {room.ages, bench.program.ages} == {"adult", "youth"}:
            message = f"room {code} is for ages '{room.ages}', the program for ages '{bench.program.ages}'"
            found.append(fault(session, "room", message, "young people share no room with adults"))
    return found


WHO_LEADS: Final = {
    "counseling": {"counselor"},
    "education": {"counselor", "educator"},
    "family": {"counselor", "educator"},
    "support": {"counselor", "educator", "peer"},
}
COUNTED: Final = {"group", "open"}
NEED_A_LEADER: Final = {"group", "open", "individual", "orientation", "case_management", MAKE_UP}
WHOLE_GROUP: Final = {"group", "open", "mutual_help"}


def there(bench: Bench) -> list[Session]:
    """List the sessions of the plan that take place."""
    return [session for session in bench.plan.sessions if session.takes_place and length(session) > 0]


def twice(name: str, first: Session, second: Session) -> str:
    """Say that somebody or a room is in two sessions at once."""
    return f"{name} is in {first.session_id} until {first.end:%H:%M}, and {second.session_id} begins before"


def at_once(bench: Bench) -> Iterator[tuple[Session, Session]]:
    """List the pairs of sessions that meet at the same time, the earlier first; the second is of the plan."""
    days: dict[date, list[Session]] = {}
    for session in bench.held:
        days.setdefault(session.date, []).append(session)
    for day in days.values():
        for first, second in combinations(day, 2):
            if second.start < first.end and bench.is_new(second):
                yield first, second


def fault(session: Session, column: str, message: str, remedy: str, reason: str = "") -> Problem:
    """Name a fault of a session; with a reason beside it, or beside what it clashes with, it is only said."""
    place: Place = at(session, column)
    words = f"session {session.session_id}: {message}"
    why = session.reason or reason
    if why:
        return Problem(place, f"{words} ({why})", "", "warning")
    end = "; else" if remedy.endswith("?") else ", or"
    return Problem(place, words, f"{remedy}{end} write why under reason")


def service_of(curriculum: Curriculum, session: Session) -> str:
    """Return what a session is, where that decides who leads it."""
    if session.kind not in NEED_A_LEADER:
        return ""
    of_type = [each.service_kind for each in curriculum.group_types if each.group_type == session.group_type]
    if of_type:
        return of_type[0]
    return {"individual": "counseling", "orientation": "counseling", "case_management": "support"}.get(
        session.kind, ""
    )


def leaders_of(curriculum: Curriculum, program: Program, session: Session) -> set[str]:
    """Return those of a session who may lead it alone, and those whom the program does not know."""
    service, known = service_of(curriculum, session), program.facilitator_by_code
    allowed = {str(name): set(kinds) for name, kinds in program.people.leads.items()}
    kinds = allowed.get(service) or WHO_LEADS.get(service)
    return {
        code
        for code in session.facilitators
        if kinds is None or code not in known or known[code].kind in kinds
    }


def heads(program: Program, slot: Slot) -> int:
    """Return how many people sit in each section of a slot."""
    if slot.kind not in WHOLE_GROUP:
        return 1
    return max(-(-comers(program, slot.track) // slot.sections), 1)


def comers(program: Program, track: str) -> int:
    """Return how many people come to the groups of a track, or to those of all tracks."""
    counted, own = program.census, program.census.tracks
    everybody = counted.en + counted.es + counted.large_print
    named = {each.track for each in program.slots if each.track}
    if not track:
        return everybody
    if track in own:
        return own[track].en + own[track].es + own[track].large_print
    if not own:
        return -(-everybody // len(named))
    # what the tracks with a census leave of each, in even shares
    left = [
        getattr(counted, kind) - sum(getattr(each, kind) for each in own.values())
        for kind in ("en", "es", "large_print")
    ]
    return sum(-(-max(each, 0) // len(named - set(own))) for each in left)


def missing_leaders(curriculum: Curriculum, program: Program, session: Session, slot: Slot) -> int:
    """Count the sections without a leader."""
    if not program.facilitators or session.kind not in NEED_A_LEADER:
        return 0
    return max(slot.sections - len(leaders_of(curriculum, program, session)), 0)


def missing_co_leaders(curriculum: Curriculum, program: Program, session: Session, slot: Slot) -> int:
    """Count the sections of large groups in which somebody leads with nobody beside."""
    size = program.people.co_leader_from
    if size is None or slot.kind not in COUNTED or heads(program, slot) < size or not program.facilitators:
        return 0
    leading = slot.sections - missing_leaders(curriculum, program, session, slot)
    return max(slot.sections - (len({*session.facilitators}) - leading), 0)


def missing_rooms(program: Program, session: Session, slot: Slot) -> int:
    """Count the sections without a room."""
    in_a_room = slot.room or (slot.kind in WHOLE_GROUP and slot.mode != "telehealth")
    if not program.rooms or not in_a_room:
        return 0
    return max(slot.sections - len(session.rooms), 0)
