"""Check that the times of a session, and the minutes it was held, can be true."""

from __future__ import annotations

from itertools import combinations

from iop_sessions.errors import Problem
from iop_sessions.judge.case import Case, at, length
from iop_sessions.plans import Session


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
    """Check that no two groups of a track, which the same people come to, meet at the same time."""
    meeting = sorted((each for each in case.plan.sessions if each.takes_place), key=lambda each: each.order)
    return [
        Problem(
            at(second, "start"),
            f"session {second.session_id} starts at {second.start:%H:%M} while {first.session_id} "
            f"meets until {first.end:%H:%M} on {second.date}",
            "move one of them, or write cancelled under state",
        )
        for first, second in combinations(meeting, 2)
        if (first.date, first.track) == (second.date, second.track) and second.start < first.end
    ]


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
