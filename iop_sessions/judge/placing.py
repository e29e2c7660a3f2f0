"""Check that the sessions stand where the program's slots and calendar put them."""

from __future__ import annotations

from iop_sessions.calendars import Meeting, closures, long_day, meetings
from iop_sessions.curriculum import Curriculum
from iop_sessions.errors import Place, Problem, did_you_mean
from iop_sessions.plans import PLAN_FILE, Plan, Session
from iop_sessions.programs import Program


def _expected(program: Program, plan: Plan) -> dict[str, Meeting]:
    return {meeting.meeting_id: meeting for meeting in meetings(program, plan.sheet.start, plan.sheet.weeks)}


def _place(session: Session, column: str) -> Place:
    return Place(PLAN_FILE, session.place.line, column)


def check_every_meeting_is_there(curriculum: Curriculum, program: Program, plan: Plan) -> list[Problem]:
    """Every meeting of the calendar has its session."""
    there = {session.session_id for session in plan.sessions}
    return [
        Problem(
            Place(PLAN_FILE, 0, meeting_id),
            f"the session of {long_day(meeting.day)}, slot {meeting.slot.id}, is missing",
            "put its row back; to cancel it, write cancelled under state",
        )
        for meeting_id, meeting in _expected(program, plan).items()
        if meeting_id not in there
    ]


def check_no_session_is_foreign(curriculum: Curriculum, program: Program, plan: Plan) -> list[Problem]:
    """Every session belongs to a meeting of the calendar."""
    expected = _expected(program, plan)
    return [
        Problem(
            _place(session, "session_id"),
            f"no meeting '{session.session_id}' in this program",
            did_you_mean(session.session_id, expected) or "remove the row",
        )
        for session in plan.sessions
        if session.session_id not in expected
    ]


def check_no_session_moved(curriculum: Curriculum, program: Program, plan: Plan) -> list[Problem]:
    """A session stands on its own date and time; with a reason beside it, a move is only said."""
    expected, found = _expected(program, plan), []
    for session in plan.sessions:
        meeting = expected.get(session.session_id)
        if meeting is None:
            continue
        if session.date != meeting.day:
            found.append(_moved(session, "date", session.date.isoformat(), meeting.day.isoformat()))
        if session.start != meeting.slot.start:
            found.append(_moved(session, "start", f"{session.start:%H:%M}", f"{meeting.slot.start:%H:%M}"))
        if session.end != meeting.slot.end:
            found.append(_moved(session, "end", f"{session.end:%H:%M}", f"{meeting.slot.end:%H:%M}"))
    return found


def _moved(session: Session, column: str, now: str, planned: str) -> Problem:
    message = f"session {session.session_id} was moved from {planned} to {now}"
    if session.reason:
        return Problem(_place(session, column), f"{message} ({session.reason})", "", "warning")
    return Problem(_place(session, column), message, f"put {planned} back, or write why under reason")


def check_nothing_meets_on_a_closed_day(curriculum: Curriculum, program: Program, plan: Plan) -> list[Problem]:
    """Nobody meets while the clinic is closed."""
    closed = closures(program, plan.sheet.start, plan.sheet.end)
    return [
        Problem(
            _place(session, "date"),
            f"session {session.session_id} meets on {long_day(session.date)}, a closed day ({closed[session.date].name})",
            "move it, or take the day out of the calendar's closed days",
        )
        for session in plan.sessions
        if session.takes_place and session.date in closed
    ]


def check_rows_agree_with_their_slot(curriculum: Curriculum, program: Program, plan: Plan) -> list[Problem]:
    """A row's slot, week and group type are those of its meeting."""
    expected, found = _expected(program, plan), []
    for session in plan.sessions:
        meeting = expected.get(session.session_id)
        if meeting is None:
            continue
        wanted = {"slot_id": meeting.slot.id, "week": meeting.week, "group_type": meeting.slot.group_type}
        for column, value in wanted.items():
            if getattr(session, column) != value:
                message = f"session {session.session_id} says {getattr(session, column)}, its meeting says {value}"
                found.append(Problem(_place(session, column), message, f"write {value}"))
    return found
