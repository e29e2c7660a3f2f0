"""Say who may lead a session, who may not and why, and who of them is the best choice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.plans.facts import Hindrance
from iop_sessions.plans.plan import Session
from iop_sessions.program.program import Program
from iop_sessions.program.sections import GROUPS, LED
from iop_sessions.program.settings import WEEKDAYS, Facilitator

LEADS: Final[Mapping[str, tuple[str, ...]]] = {
    "counseling": ("counselor",),
    "education": ("counselor", "educator"),
    "family": ("counselor", "educator"),
    "support": ("counselor", "educator", "peer"),
}
"""Which kinds of facilitators lead what, where a program says nothing under `[people.leads]`.

No state's rule stands behind it: it is the careful reading of those that tell counseling from education, as
Texas does (25 TAC 448.901). Family groups of this curriculum are taught; where they are family counseling,
a program says so. A peer leads support alone and anything beside another; a guest never leads alone.
"""

_SERVICE: Final = {"individual": "counseling", "orientation": "counseling", "case_management": "support"}


@dataclass(frozen=True)
class Candidate:
    """Somebody who may lead a session, with what speaks for them, or may not, and why."""

    code: str
    why_not: Hindrance | None = None
    led: tuple[tuple[str, int], ...] = ()  # its topic and its group type, and how often before
    groups: int = 0  # in its week
    max_week: int | None = None

    @property
    def may_lead(self) -> bool:
        """Say whether nothing stands against them."""
        return self.why_not is None


def service_of(curriculum: Curriculum, kind: str, group_type: str) -> str:
    """Return what service a meeting is: that of its group type, else that of its kind; empty = none."""
    if kind not in LED:
        return ""
    known = curriculum.group_type_by_id.get(group_type)
    return known.service_kind if known is not None else _SERVICE.get(kind, "")


def kinds_that_lead(program: Program, service: str) -> tuple[str, ...]:
    """List the kinds of facilitators who may lead a service alone."""
    own = {str(name): kinds for name, kinds in program.people.leads.items()}
    return own.get(service, LEADS[service])


def leads_alone(curriculum: Curriculum, program: Program, facilitator: Facilitator, session: Session) -> bool:
    """Say whether somebody's kind may lead a session without another beside."""
    service = service_of(curriculum, session.kind, session.group_type)
    return not service or facilitator.kind in kinds_that_lead(program, service)


def misfit(leader: Facilitator, group_type: str, day: str, start: time, last_minute: int) -> Hindrance | None:
    """Find out why somebody can never lead a weekly time; None where they can."""
    if group_type and not leader.may_lead(group_type):
        return Hindrance(
            kind="leads-only", code=leader.code, group_types=leader.group_types, group_type=group_type
        )
    if leader.days and day not in leader.days:
        return Hindrance(kind="off-day", code=leader.code, weekday=day)
    if leader.start is not None and start < leader.start:
        return Hindrance(kind="starts-later", code=leader.code, start=leader.start)
    if leader.end is not None and last_minute > leader.end.hour * 60 + leader.end.minute:
        return Hindrance(kind="ends-earlier", code=leader.code, end=leader.end)
    return None


def hindrance(
    curriculum: Curriculum,
    program: Program,
    facilitator: Facilitator,
    session: Session,
    sessions: Iterable[Session],
    *,
    alone: bool = True,
) -> Hindrance | None:
    """Find out why somebody may not lead a session; None where they may.

    Parameters
    ----------
    sessions
        What else is led, of the plan and of the one before it; the session itself may be among it.
    alone
        Whether somebody is to lead, or only to be there beside a leader.
    """
    code, day = facilitator.code, session.date
    away = next((span for span in facilitator.leave if day in span), None)
    if away is not None:
        if away.first == away.last:
            return Hindrance(kind="away-on", code=code, day=day)
        return Hindrance(kind="away-through", code=code, day=away.last)
    last_minute = session.end.hour * 60 + session.end.minute
    never = misfit(facilitator, session.group_type, WEEKDAYS[day.weekday()], session.start, last_minute)
    if never:
        return never
    if alone and not leads_alone(curriculum, program, facilitator, session):
        service = service_of(curriculum, session.kind, session.group_type)
        return Hindrance(kind="not-alone", code=code, role=facilitator.kind, service=service)
    return _taken(facilitator, session, sessions)


def _taken(facilitator: Facilitator, session: Session, sessions: Iterable[Session]) -> Hindrance | None:
    """Find out what else keeps somebody from a session: another one at the time, or a full week."""
    others = [each for each in _led_by(facilitator, sessions) if each.session_id != session.session_id]
    also = next((each for each in others if overlap(each, session)), None)
    if also is not None:
        return Hindrance(
            kind="leads", code=facilitator.code, slot=also.slot_id, start=also.start, end=also.end
        )
    count, most = _groups_in_week(others, session.date), facilitator.max_week
    if most is not None and count >= most and session.kind in GROUPS:
        return Hindrance(kind="full-week", code=facilitator.code, number=count, most=most)
    return None


def overlap(one: Session, other: Session) -> bool:
    """Say whether two sessions meet at the same time."""
    return one.date == other.date and one.start < other.end and other.start < one.end


def _led_by(facilitator: Facilitator, sessions: Iterable[Session]) -> list[Session]:
    return [each for each in sessions if facilitator.code in each.facilitators and each.takes_place]


def monday_of(day: date) -> date:
    """Return the first day of a date's calendar week."""
    return day - timedelta(days=day.weekday())


def _groups_in_week(sessions: Iterable[Session], day: date) -> int:
    week = monday_of(day)
    return sum(each.kind in GROUPS and monday_of(each.date) == week for each in sessions)


def candidates(
    curriculum: Curriculum, program: Program, sessions: Sequence[Session], session: Session
) -> list[Candidate]:
    """Rank everybody for a session: those who may lead it, the best choice first, then those who may not.

    Who led its topic most often comes first, then who led its group type, then who has the fewest groups
    that week. Only what was led before it counts as led.
    """
    ranked: list[tuple[tuple[int, int, int, str], Candidate]] = []
    refused: list[Candidate] = []
    for each in sorted(program.facilitators, key=lambda facilitator: facilitator.code):
        why_not = hindrance(curriculum, program, each, session, sessions)
        if why_not:
            refused.append(Candidate(each.code, why_not))
        else:
            ranked.append(_rank(each, session, sessions))
    return [candidate for _, candidate in sorted(ranked, key=lambda pair: pair[0])] + refused


def _rank(
    facilitator: Facilitator, session: Session, sessions: Sequence[Session]
) -> tuple[tuple[int, int, int, str], Candidate]:
    led = [each for each in _led_by(facilitator, sessions) if each.session_id != session.session_id]
    before = [each for each in led if each.order < session.order]
    topic = sum(each.topic_id == session.topic_id for each in before) if session.topic_id else 0
    kind = sum(each.group_type == session.group_type for each in before) if session.group_type else 0
    groups = _groups_in_week(led, session.date)
    counts = ((session.topic_id, topic), (session.group_type, kind))
    before_it = tuple((name, count) for name, count in counts if count)
    candidate = Candidate(facilitator.code, led=before_it, groups=groups, max_week=facilitator.max_week)
    return (-topic, -kind, groups, facilitator.code), candidate
