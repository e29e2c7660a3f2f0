"""Work out what a plan costs from its sessions alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from iop_sessions.coverage.covering import (
    Stay,
    core_objectives,
    cover_all,
    lived_sessions,
    start_dates,
)
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Objective
from iop_sessions.judge import lacking
from iop_sessions.judge.case import Case
from iop_sessions.judge.weeks import FLAWS, Flaw
from iop_sessions.plans.plan import Plan, Session
from iop_sessions.program.choosing import chosen
from iop_sessions.program.journeys import journeys
from iop_sessions.program.program import Program


@dataclass(frozen=True)
class Bill:
    """The cost of a plan by name."""

    empty: int
    shortfalls: int
    full_core: int
    openings: int
    closings: int
    lectures: int = 0
    practice: int = 0
    repeats: int = 0
    themes: int = 0
    leaders: int = 0
    co_leaders: int = 0
    rooms: int = 0

    @property
    def by_name(self) -> dict[str, int]:
        """Return each cost by its name."""
        return asdict(self)

    @property
    def lines(self) -> list[str]:
        """Return the costs in words, on one line; on none where the plan costs nothing."""
        named = ", ".join(f"{name.replace('_', ' ')} {cost}" for name, cost in self.by_name.items() if cost)
        return [f"Its cost of {self.total} by name: {named}."] if named else []

    @property
    def total(self) -> int:
        """Return the whole cost."""
        return sum(self.by_name.values())


def price(curriculum: Curriculum, program: Program, plan: Plan) -> Bill:
    """Price a plan."""
    curriculum, weights = chosen(curriculum, program), program.weights
    promised = core_objectives(curriculum, program)
    wished = [each for each in curriculum.objectives if each.level == "full" and each not in promised]
    rolling = program.admission == "rolling"
    return Bill(
        weights.empty * _empty(curriculum, plan),
        weights.shortfall * _missed(curriculum, program, plan, promised),
        weights.full_core * _missed(curriculum, program, plan, wished),
        weights.opening * _role_missed(curriculum, program, plan, "opening") if rolling else 0,
        weights.closing * _role_missed(curriculum, program, plan, "closing") if rolling else 0,
        **_weeks(curriculum, program, plan),
        **_staff(curriculum, program, plan),
    )


def _weeks(curriculum: Curriculum, program: Program, plan: Plan) -> dict[str, int]:
    """Price what the weeks would be better without."""
    found = flaws(curriculum, program, plan)
    times = {name: sum(each.times for each in every) for name, every in found.items()}
    return {name: getattr(program.weights, name) * count for name, count in times.items()}


def _staff(curriculum: Curriculum, program: Program, plan: Plan) -> dict[str, int]:
    """Price the leaders and rooms that sessions lack."""
    slots = {slot.id: slot for slot in program.slots}
    held = [
        (each, slots[each.slot_id]) for each in plan.sessions if each.takes_place and each.slot_id in slots
    ]
    weights = program.weights
    leaders = sum(lacking.missing_leaders(curriculum, program, *pair) for pair in held)
    beside = sum(lacking.missing_co_leaders(curriculum, program, *pair) for pair in held)
    rooms = sum(lacking.missing_rooms(program, *pair) for pair in held)
    return {
        "leaders": weights.leader * leaders,
        "co_leaders": weights.co_leader * beside,
        "rooms": weights.room * rooms,
    }


def _empty(curriculum: Curriculum, plan: Plan) -> int:
    meetings = (each for each in plan.sessions if each.takes_place and not each.topic_id)
    return sum(each.kind == "group" and curriculum.needs_topic(each.group_type) for each in meetings)


def _missed(curriculum: Curriculum, program: Program, plan: Plan, wanted: Sequence[Objective]) -> int:
    """Count objectives missed, once a start date; windows that end before the plan are not its doing."""
    covered = cover_all(curriculum, program, plan, wanted) if wanted else []
    answers = (answer for each in covered for answer in each.answers)
    return sum(answer.state == "missed" and answer.due > plan.sheet.start for answer in answers)


def _role_missed(curriculum: Curriculum, program: Program, plan: Plan, role: str) -> int:
    """Count the newcomers who miss an opening in their first week, or a closing in their last two."""
    groups = {each.group_type for each in program.slots if each.kind == "group"}
    types = {name for name in groups if curriculum.needs_topic(name)}
    topics = [each for each in curriculum.topics if each.role == role and each.group_type in types]
    held = lived_sessions(plan)
    return sum(
        not _held_between(stay, held, topic.topic_id, first, due)
        for topic in topics
        if topic.delivery == "group"
        for journey in journeys(program)
        for stay in (Stay(start, journey) for start in start_dates(program, plan, journey))
        for first, due in (_stretch(stay, role),)
        if plan.sheet.start < due <= plan.sheet.end
    )


def _stretch(stay: Stay, role: str) -> tuple[date, date]:
    if role == "opening":
        return stay.start, stay.start + timedelta(days=7)
    end = stay.by(0)
    return end - timedelta(days=14), end


def _held_between(stay: Stay, sessions: Sequence[Session], topic_id: str, first: date, due: date) -> bool:
    found = (each for each in sessions if each.topic_id == topic_id and first <= each.date < due)
    return any(stay.has(session) for session in found)


def flaws(curriculum: Curriculum, program: Program, plan: Plan) -> dict[str, list[Flaw]]:
    """Find what the weeks would be better without, by name; what weighs nothing is left out."""
    case = Case(chosen(curriculum, program), program, plan)
    return {name: find(case) for name, find in FLAWS.items() if getattr(program.weights, name)}
