"""Check that the sessions stand where slots and calendar put them, and that their times can be true."""

from __future__ import annotations

from datetime import date
from itertools import combinations

from iop_sessions.ground.english import counted
from iop_sessions.ground.errors import Place, Problem, no_such
from iop_sessions.ground.speech import ENGLISH
from iop_sessions.ground.workspace import PLAN_FILE, SHEET_FILE
from iop_sessions.judge.bench import Bench, at, length
from iop_sessions.plans.plan import Session
from iop_sessions.program.calendar import calendar_of, closures
from iop_sessions.program.settings import HalfDay


def check_every_meeting_is_there(bench: Bench) -> list[Problem]:
    """Check that every meeting of the calendar has its session."""
    there = {session.session_id for session in bench.plan.sessions}
    return [
        Problem(
            Place(PLAN_FILE, 0, meeting_id),
            f"the session of {ENGLISH.long_day(meeting.day)}, slot {meeting.slot.id}, is missing",
            "put its row back; to cancel it, write cancelled under state",
        )
        for meeting_id, meeting in bench.expected.items()
        if meeting_id not in there
    ]


def check_no_row_is_gone(bench: Bench) -> list[Problem]:
    """Check that every other row that the plan was made with is there, such as one that a person added.

    Where the day of a meeting closed since, nothing is lost with its row.
    """
    there = {session.session_id for session in bench.plan.sessions}
    others = (name for name, _ in bench.plan.sheet.rows if name not in bench.expected)
    return [
        Problem(
            Place(PLAN_FILE, 0, name),
            f"the row of session {name} is gone",
            "put it back; where it is not to be held, write cancelled under state",
        )
        for name in others
        if name not in there and name not in bench.closed_meetings
    ]


def check_no_session_is_foreign(bench: Bench) -> list[Problem]:
    """Check that every session belongs to a meeting of the calendar, and to one only.

    One that a person added, with a reason beside it, is only said.
    """
    found, seen = [], set()
    for session in bench.plan.sessions:
        name = session.session_id
        if name not in bench.expected and not session.is_make_up and not _called_off(bench, session):
            found.append(_foreign(bench, session))
        elif name in seen:
            found.append(Problem(at(session, "session_id"), f"session {name} stands twice", "remove one row"))
        seen.add(name)
    return found


def _called_off(bench: Bench, session: Session) -> bool:
    """Say whether a session does not meet because its day closed after the plan was made."""
    return not session.takes_place and session.session_id in bench.closed_meetings


def _foreign(bench: Bench, session: Session) -> Problem:
    name = session.session_id
    if name in bench.closed_meetings:
        half = _half_day(bench, session)
        open_hours = f"open {half.start:%H:%M} to {half.end:%H:%M} only" if half else "closed"
        message, hint = f"the day of meeting '{name}' is {open_hours}", "write cancelled under state"
    elif session.reason and session.takes_place:
        message = f"session {name} is no meeting of the program ({session.reason})"
        return Problem(at(session, "session_id"), message, "", "warning")
    else:
        remedy = "remove the row, or write why it is there under reason"
        message, hint = no_such("meeting", name, bench.expected, remedy)
        message += " in this program"
    return Problem(at(session, "session_id"), message, hint)


def check_no_session_moved(bench: Bench) -> list[Problem]:
    """Check that a session stands on its own date and time; with a reason beside it, a move is only said."""
    found = []
    for session in bench.plan.sessions:
        meeting = bench.expected.get(session.session_id)
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
        return Problem(at(session, column), f"{message} ({session.reason})", "", "warning")
    return Problem(at(session, column), message, f"put {planned} back, or write why under reason")


def check_nothing_meets_on_a_closed_day(bench: Bench) -> list[Problem]:
    """Check that nobody meets while the clinic is closed, even where a session was moved beyond the plan."""
    meeting = [session for session in bench.plan.sessions if session.takes_place]
    days = [session.date for session in meeting] or [bench.plan.sheet.start]
    sites = {session.site for session in meeting}
    closed = {site: closures(bench.program, min(days), max(days), site) for site in sites}
    return [
        Problem(
            at(session, "date"),
            f"session {session.session_id} meets on {ENGLISH.long_day(session.date)}, "
            f"a closed day ({closed[session.site][session.date].name})",
            "move it, or take the day out of the calendar's closed days"
            + (f", or out of [[surprises]] in {SHEET_FILE}" if bench.plan.sheet.surprises else ""),
        )
        for session in meeting
        if session.date in closed[session.site]
    ]


def check_nothing_meets_outside_a_half_day(bench: Bench) -> list[Problem]:
    """Check that nobody meets while a half day's doors are closed, even where a session was moved there."""
    return [
        Problem(
            at(session, "start"),
            f"session {session.session_id} meets {session.start:%H:%M} to {session.end:%H:%M} on "
            f"{ENGLISH.long_day(session.date)}, a half day open {half.start:%H:%M} to {half.end:%H:%M}",
            "move it, or change the calendar's half day",
        )
        for session in bench.plan.sessions
        if session.takes_place and session.session_id not in bench.closed_meetings
        for half in [_half_day(bench, session)]
        if half is not None and not half.start <= session.start < session.end <= half.end
    ]


def _half_day(bench: Bench, session: Session) -> HalfDay | None:
    halves = calendar_of(bench.program, session.site).half_days
    return next((half for half in halves if half.date == session.date), None)


def check_rows_agree_with_their_slot(bench: Bench) -> list[Problem]:
    """Check that a row's slot, week, group type, track, site and kind are those of its meeting."""
    found = []
    for session in bench.plan.sessions:
        meeting = bench.expected.get(session.session_id)
        if meeting is None:
            continue
        slot = meeting.slot
        wanted = {
            "slot_id": slot.id, "week": meeting.week, "group_type": slot.group_type,
            "track": slot.track, "site": slot.site, "kind": slot.kind,
        }  # fmt: skip
        for column, value in wanted.items():
            if getattr(session, column) != value:
                written = getattr(session, column)
                message = f"session {session.session_id} says {written}, its meeting says {value}"
                found.append(Problem(at(session, column), message, f"write {value}"))
    return found


def check_sessions_end_after_their_start(bench: Bench) -> list[Problem]:
    """Check that a session ends later on its day than it starts."""
    return [
        Problem(
            at(session, "end"),
            f"session {session.session_id} ends at {session.end:%H:%M} but starts at {session.start:%H:%M}",
            "write an end after the start",
        )
        for session in bench.plan.sessions
        if length(session) <= 0
    ]


def check_groups_do_not_overlap(bench: Bench) -> list[Problem]:
    """Check that no two groups that the same people come to meet at the same time."""
    days: dict[date, list[Session]] = {}
    for session in sorted(bench.plan.sessions, key=lambda each: each.order):
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
        if second.start < first.end and _same_people(bench, first, second)
    ]


def _same_people(bench: Bench, first: Session, second: Session) -> bool:
    """Say whether anybody, in any week of any journey, comes to both sessions of a day."""
    return any(stay.has(first) and stay.has(second) for stay in bench.anybody(first.date))


def check_held_minutes(bench: Bench) -> list[Problem]:
    """Check that a session held partly says how long, within its planned minutes, and that no other does."""
    # without planned minutes there is nothing to measure by, and the end is named already
    timed = (session for session in bench.plan.sessions if length(session) > 0)
    return [problem for session in timed for problem in _held_minutes(session)]


def _held_minutes(session: Session) -> list[Problem]:
    place, name, held = at(session, "held_minutes"), session.session_id, session.held_minutes
    if session.state == "partly":
        if 1 <= held <= length(session):
            return []
        message = f"session {name} was held partly, for {held} of its {counted(length(session), 'minute')}"
        return [Problem(place, message, f"write 1 to {length(session)}")]
    if not held:
        return []
    message = f"session {name} says {counted(held, 'minute')} held, but its state is {session.state}"
    return [Problem(place, message, "empty the cell, or write partly under state")]
