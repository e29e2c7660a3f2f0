"""Check that the times of a session, and the minutes it was held, can be true."""

from __future__ import annotations

from datetime import date
from itertools import combinations

from iop_sessions.ground.errors import Problem
from iop_sessions.judge.case import Case, at, length
from iop_sessions.plans.plan import Session


def check_sessions_end_after_their_start(case: Case) -> list[Problem]:
    """Check that a session ends later on its day than it starts."""
    return [
        Problem(
            at(session, "end"),
            f"session {session.session_id} ends at {session.end:%H:%M} but starts at {session.start:%H:%M}",
            "write an end after the start",
        )
        for session in case.plan.sessions
        if length(session) <= 0
    ]


def check_groups_do_not_overlap(case: Case) -> list[Problem]:
    """Check that no two groups that the same people come to meet at the same time."""
    days: dict[date, list[Session]] = {}
    for session in sorted(case.plan.sessions, key=lambda each: each.order):
        if session.takes_place:
            days.setdefault(session.date, []).append(session)
    return [
        Problem(
            at(second, "start"),
            f"session {second.session_id} starts at {second.start:%H:%M} while {first.session_id} "
            f"meets until {first.end:%H:%M} on {second.date}",
            "move one of them, or write cancelled under state",
        )
        for meeting in days.values()
        for first, second in combinations(meeting, 2)
        if second.start < first.end and _same_people(case, first, second)
    ]


def _same_people(case: Case, first: Session, second: Session) -> bool:
    """Say whether anybody, in any week of any journey, comes to both sessions of a day."""
    return any(stay.has(first) and stay.has(second) for stay in case.anybody(first.date))


def check_held_minutes(case: Case) -> list[Problem]:
    """Check that a session held partly says how long, within its planned minutes, and that no other does."""
    # without planned minutes there is nothing to measure by, and the end is named already
    timed = (session for session in case.plan.sessions if length(session) > 0)
    return [problem for session in timed for problem in _held_minutes(session)]


def _held_minutes(session: Session) -> list[Problem]:
    place, name, held = at(session, "held_minutes"), session.session_id, session.held_minutes
    if session.state == "partly":
        if 1 <= held <= length(session):
            return []
        message = f"session {name} was held partly, for {held} of its {length(session)} minutes"
        return [Problem(place, message, f"write 1 to {length(session)}")]
    if not held:
        return []
    message = f"session {name} says {held} minutes held, but its state is {session.state}"
    return [Problem(place, message, "empty the cell, or write partly under state")]
