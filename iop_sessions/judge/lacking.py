"""Count the leaders and rooms that a session lacks, and say which faults of it are only told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Final

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.errors import Place, Problem
from iop_sessions.judge.case import Case, at, length
from iop_sessions.plans.plan import Session
from iop_sessions.program.program import Program
from iop_sessions.program.staff import Facilitator
from iop_sessions.program.timetable import Slot

WHO_LEADS: Final = {
    "counseling": {"counselor"},
    "education": {"counselor", "educator"},
    "family": {"counselor", "educator"},
    "support": {"counselor", "educator", "peer"},
}
COUNTED: Final = {"group", "open"}
NEED_A_LEADER: Final = {"group", "open", "individual", "orientation", "case_management"}
WHOLE_GROUP: Final = {"group", "open", "mutual_help"}


def known_people(program: Program) -> dict[str, Facilitator]:
    """Return the facilitators by code."""
    return {each.code: each for each in program.facilitators}


def there(case: Case) -> list[Session]:
    """List the sessions of the plan that take place."""
    return [session for session in case.plan.sessions if session.takes_place and length(session) > 0]


def twice(name: str, first: Session, second: Session) -> str:
    """Say that somebody or a room is in two sessions at once."""
    return f"{name} is in {first.session_id} until {first.end:%H:%M}, and {second.session_id} begins before"


def at_once(case: Case) -> Iterator[tuple[Session, Session]]:
    """List the pairs of sessions that meet at the same time, the earlier first; the second is of the plan."""
    days: dict[date, list[Session]] = {}
    for session in case.held:
        days.setdefault(session.date, []).append(session)
    for day in days.values():
        for first, second in combinations(day, 2):
            if second.start < first.end and case.is_new(second):
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
    service, known = service_of(curriculum, session), known_people(program)
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
