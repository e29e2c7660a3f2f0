"""Hold a plan against the dated, sourced rules of the packs its program names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from iop_sessions.covering import clinical_minutes, seat_minutes
from iop_sessions.curriculum import Curriculum
from iop_sessions.plans import Plan
from iop_sessions.programs import Program
from iop_sessions.references import Rule

FindingState = Literal["kept", "broken", "excused"]


@dataclass(frozen=True)
class WeekHours:
    """The minutes of one week, both counts, and the one the payer looks at."""

    week: int
    clinical: int
    seat: int
    counted: int


@dataclass(frozen=True)
class Finding:
    """One rule held against one week."""

    rule: Rule
    week: int
    state: FindingState
    value: float  # hours
    reason: str = ""


def hours_by_week(program: Program, plan: Plan) -> list[WeekHours]:
    """Add up each week's clinical and seat minutes; a session counts in the week of its date."""
    found = []
    for week in range(1, plan.sheet.weeks + 1):
        first = plan.sheet.start + timedelta(days=7 * (week - 1))
        sessions = [each for each in plan.sessions if first <= each.date < first + timedelta(days=7)]
        clinical, seat = clinical_minutes(sessions), seat_minutes(sessions)
        found.append(WeekHours(week, clinical, seat, seat if program.minutes.count == "seat" else clinical))
    return found


def rules_for(curriculum: Curriculum, program: Program) -> list[Rule]:
    """List the rules of the program's packs that apply to its kind of care, its ages and its dates."""
    return [
        rule
        for rule in curriculum.rules
        if rule.pack in program.rules.packs
        and rule.applies_to == program.level_of_care
        and (program.ages == "both" or rule.target in ("", program.ages))
        and (rule.in_force_from is None or rule.in_force_from <= program.start)
        and (rule.in_force_to is None or rule.in_force_to >= program.start)
    ]


def find(curriculum: Curriculum, program: Program, plan: Plan) -> list[Finding]:
    """Hold every rule of a program against every week of its plan."""
    weeks = hours_by_week(program, plan)
    return [_finding(program, rule, week) for rule in rules_for(curriculum, program) for week in weeks]


def _finding(program: Program, rule: Rule, week: WeekHours) -> Finding:
    minutes = {"seat": week.seat, "clinical": week.clinical}.get(rule.minutes, week.counted)
    value = minutes / 60
    kept = value >= rule.value if rule.operator == ">=" else value <= rule.value
    note = next((note for note in program.week_notes if note.week == week.week), None)
    if kept:
        return Finding(rule, week.week, "kept", value)
    if note is not None and note.reason_code in rule.reason_codes:
        return Finding(rule, week.week, "excused", value, note.note or note.reason_code)
    return Finding(rule, week.week, "broken", value)
