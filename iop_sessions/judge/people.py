"""Check that leaders are free, at work, and may lead what they are given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from iop_sessions.ground.dates import long_day
from iop_sessions.ground.errors import Problem, did_you_mean
from iop_sessions.judge.case import Case
from iop_sessions.judge.lacking import (
    COUNTED,
    at_once,
    fault,
    known_people,
    leaders_of,
    service_of,
    there,
    twice,
)
from iop_sessions.plans.plan import Session
from iop_sessions.program.staff import Facilitator


def check_leaders_exist(case: Case) -> list[Problem]:
    """Check that the program knows every leader."""
    known = known_people(case.program)
    return [
        fault(
            session, "facilitators", f"no facilitator '{code}'", did_you_mean(code, known) or "name another"
        )
        for session in there(case)
        for code in session.facilitators
        if known and code not in known
    ]


def check_leaders_are_at_work(case: Case) -> list[Problem]:
    """Check that leaders are not on leave, and work on the day and at the time."""
    return [
        fault(session, "facilitators", f"{who.code} {why}", "name another leader")
        for session, who in _led(case)
        for why in [_away(who, session)]
        if why
    ]


def _away(who: Facilitator, session: Session) -> str:
    if any(session.date in span for span in who.leave):
        return f"is on leave on {long_day(session.date)}"
    if not who.is_there(session.date, session.start, session.end):
        return f"does not work on {long_day(session.date)}, {session.start:%H:%M} to {session.end:%H:%M}"
    return ""


def check_leaders_lead_the_group_type(case: Case) -> list[Problem]:
    """Check that leaders are there only for the group types that they lead."""
    return [
        fault(
            session, "facilitators", f"{who.code} does not lead {session.group_type}", "name another leader"
        )
        for session, who in _led(case)
        if session.group_type and not who.may_lead(session.group_type)
    ]


def check_somebody_may_lead(case: Case) -> list[Problem]:
    """Check that nobody leads alone whose kind may not; a session with nobody at all is priced instead."""
    return [
        fault(
            session,
            "facilitators",
            f"{' and '.join(session.facilitators)} may not lead {service} without somebody who may",
            "add somebody who may lead it",
        )
        for session in there(case)
        for service in [service_of(case.curriculum, session)]
        if service and session.facilitators and case.program.facilitators
        if not leaders_of(case.curriculum, case.program, session)
    ]


def check_nobody_leads_two_sessions_at_once(case: Case) -> list[Problem]:
    """Check that no leader is in two places."""
    return [
        fault(second, "facilitators", twice(code, first, second), "name another leader", first.reason)
        for first, second in at_once(case)
        for code in sorted({*first.facilitators} & {*second.facilitators})
        if case.program.facilitators
    ]


def check_nobody_leads_too_many_groups(case: Case) -> list[Problem]:
    """Check that leaders keep to their groups a calendar week; the first group too many is named."""
    weeks: dict[tuple[str, date], list[Session]] = {}
    for session in case.held:
        monday = session.date - timedelta(days=session.date.weekday())
        for code in dict.fromkeys(session.facilitators) if session.kind in COUNTED else ():
            weeks.setdefault((code, monday), []).append(session)
    limits = {each.code: each.max_week for each in case.program.facilitators if each.max_week is not None}
    return [
        fault(
            sessions[limits[code]],
            "facilitators",
            f"{code} leads {len(sessions)} groups from {long_day(monday)} on, more than {limits[code]}",
            "name another leader",
            next((each.reason for each in sessions if each.reason), ""),
        )
        for (code, monday), sessions in weeks.items()
        if code in limits and len(sessions) > limits[code] and any(map(case.is_new, sessions))
    ]


def _led(case: Case) -> Iterator[tuple[Session, Facilitator]]:
    known = known_people(case.program)
    for session in there(case):
        for code in session.facilitators:
            if code in known:
                yield session, known[code]
