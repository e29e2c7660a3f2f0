"""Check that rules ask for what the program can measure."""

from __future__ import annotations

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.errors import Problem


def check_rules_are_of_what_is_measured(curriculum: Curriculum) -> list[Problem]:
    """Hours of a week are those of a program; nobody else's are measured."""
    return [
        Problem(
            rule.place.at("scope"),
            f"{rule.measure} is measured of a program, not of a {rule.scope}",
            "write program, or remove the row",
        )
        for rule in curriculum.rules
        if rule.scope != "program"
    ]
