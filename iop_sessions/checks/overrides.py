"""Check what a program puts in place of a rule: the rule is there, somebody stands for it, it counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Final

from iop_sessions.checks.programs import unknown
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.errors import Place, Problem
from iop_sessions.program.program import Program
from iop_sessions.program.timetable import RuleOverride

ROLES: Final = (
    "administrator", "clinical director", "clinical supervisor", "compliance officer", "curriculum lead",
    "director", "licensing", "medical director", "payer", "program director", "supervisor",
)  # fmt: skip
"""Who may stand for an override beside the leaders: a role, never a name."""


def _overrides(program: Program, key: str, file: str) -> Iterator[tuple[RuleOverride, Place]]:
    for number, each in enumerate(program.rules.override, 1):
        yield each, Place(file, 0, f"rules.override[{number}].{key}")


def check_overrides_name_a_rule(curriculum: Curriculum, program: Program, file: str) -> list[Problem]:
    """Each override is of a rule there is, in a pack that judges the program, once for each date."""
    packs = {rule.rule_id: rule.pack for rule in curriculum.rules}
    found = []
    for each, place in _overrides(program, "rule_id", file):
        if each.rule_id not in packs:
            if not curriculum.lost("rules", "rule_id", each.rule_id):
                found.append(unknown(place, "rule", each.rule_id, packs))
        elif packs[each.rule_id] not in program.rules.packs:
            message = (
                f"{each.rule_id} is of the pack {packs[each.rule_id]}, which does not judge this program"
            )
            found.append(
                Problem(place, message, "name the pack under rules.packs, or remove this", "warning")
            )
    return found + _doubles(program, file)


def _doubles(program: Program, file: str) -> list[Problem]:
    counts = Counter((each.rule_id, each.until) for each in program.rules.override)
    return [
        Problem(Place(file, 0, "rules.override"), f"{rule_id} stands {count} times until {until}", "keep one")
        for (rule_id, until), count in counts.items()
        if count > 1
    ]


def check_somebody_stands_for_overrides(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Each override is by a leader's code or a role, for no name stands in any file."""
    known = [*(each.code for each in program.facilitators), *ROLES]
    return [
        unknown(place, "leader and no role", each.by, known)
        for each, place in _overrides(program, "by", file)
        if each.by not in known
    ]


def check_overrides_reach_the_plan(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Warn of an override that is over before the first week."""
    return [
        Problem(
            place,
            f"{each.until} lies before the plan's first day, {program.start}: {each.rule_id} counts as it is",
            "give it a later date, or remove it",
            "warning",
        )
        for each, place in _overrides(program, "until", file)
        if each.until < program.start
    ]


def check_overrides_are_not_over(program: Program, file: str, today: date) -> list[Problem]:
    """Warn of an override that reached the plan and has ended since."""
    return [
        Problem(
            place,
            f"{each.until} is past: {each.rule_id} counts as it is again",
            "give it a later date, or remove it",
            "warning",
        )
        for each, place in _overrides(program, "until", file)
        if program.start <= each.until < today
    ]
