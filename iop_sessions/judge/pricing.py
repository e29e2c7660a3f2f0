"""Work out what a plan costs from its sessions alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from iop_sessions.covering import core_objectives, cover, lived_sessions, start_dates
from iop_sessions.curriculum import Curriculum
from iop_sessions.plans import Plan, Session
from iop_sessions.programs import Program
from iop_sessions.records import Objective


@dataclass(frozen=True)
class Bill:
    """The cost of a plan by name."""

    empty: int
    shortfalls: int
    full_core: int
    openings: int
    closings: int

    @property
    def total(self) -> int:
        """Return the whole cost."""
        return self.empty + self.shortfalls + self.full_core + self.openings + self.closings


def price(curriculum: Curriculum, program: Program, plan: Plan) -> Bill:
    """Price a plan."""
    weights = program.weights
    promised = core_objectives(curriculum, program)
    wished = [each for each in curriculum.objectives if each.level == "full" and each not in promised]
    rolling = program.admission == "rolling"
    return Bill(
        weights.empty * _empty(curriculum, plan),
        weights.shortfall * _missed(curriculum, program, plan, promised),
        weights.full_core * _missed(curriculum, program, plan, wished),
        weights.opening * _role_missed(curriculum, program, plan, "opening") if rolling else 0,
        weights.closing * _role_missed(curriculum, program, plan, "closing") if rolling else 0,
    )


def _empty(curriculum: Curriculum, plan: Plan) -> int:
    meetings = (session for session in plan.sessions if session.takes_place and not session.topic_id)
    return sum(curriculum.needs_topic(session.group_type) for session in meetings)


def _missed(curriculum: Curriculum, program: Program, plan: Plan, wanted: Sequence[Objective]) -> int:
    """Count objectives missed, once a start date; windows that end before the plan are not its doing."""
    answers = cover(curriculum, program, plan, wanted).answers if wanted else ()
    return sum(answer.state == "missed" and answer.due > plan.sheet.start for answer in answers)


def _role_missed(curriculum: Curriculum, program: Program, plan: Plan, role: str) -> int:
    """Count the newcomers who miss an opening in their first week, or a closing in their last two."""
    types = {slot.group_type for slot in program.slots if curriculum.needs_topic(slot.group_type)}
    topics = [each for each in curriculum.topics if each.role == role and each.group_type in types]
    held = lived_sessions(plan)
    return sum(
        not _held_between(held, topic.topic_id, first, due)
        for topic in topics
        if topic.delivery == "group"
        for first, due in (_stretch(program, start, role) for start in start_dates(program, plan))
        if plan.sheet.start < due <= plan.sheet.end
    )


def _stretch(program: Program, start: date, role: str) -> tuple[date, date]:
    if role == "opening":
        return start, start + timedelta(days=7)
    end = start + timedelta(days=7 * program.stay)
    return end - timedelta(days=14), end


def _held_between(sessions: Sequence[Session], topic_id: str, first: date, due: date) -> bool:
    return any(session.topic_id == topic_id and first <= session.date < due for session in sessions)
