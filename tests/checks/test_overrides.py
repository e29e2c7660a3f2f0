"""One test for each check of what a program puts in place of a rule."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from iop_sessions import checks
from iop_sessions.checks import phases
from iop_sessions.ground.errors import Problem
from iop_sessions.program.program import Program
from tests.lib import small

RULES = small.curriculum(rules="| rule_id | pack |\n| HOURS-MIN | pack |\n| OTHER-MIN | other |")
GOOD = {"rule_id": "HOURS-MIN", "value": 8, "reason": "Agreed", "by": "F1", "until": date(2027, 3, 1)}
FILE = "p.toml"


def program_of(*given: dict[str, object]) -> Program:
    settings = {"packs": ["pack"], "override": [GOOD | each for each in given]}
    return small.program("| day |\n| mon |", facilitators=[{"code": "F1"}], rules=settings)


def words(found: list[Problem]) -> list[str]:
    return [str(each).removeprefix("p.toml: rules.override") for each in found]


def test_check_overrides_name_a_rule_that_judges_the_program() -> None:
    program = program_of({"rule_id": "HOUR-MIN"}, {"rule_id": "OTHER-MIN"}, {"until": date(2027, 4, 1)}, {})
    assert words(phases.check_overrides_name_a_rule(RULES, program, FILE)) == [
        "[1].rule_id: no rule 'HOUR-MIN' — did you mean 'HOURS-MIN'?",
        (
            "[2].rule_id: warning: OTHER-MIN is of the pack other, which does not judge this program — "
            "name the pack under rules.packs, or remove this"
        ),
    ]


def test_two_overrides_of_one_rule_until_one_date_are_refused() -> None:
    found = phases.check_overrides_name_a_rule(RULES, program_of({}, {"value": 7}), FILE)
    assert words(found) == [": HOURS-MIN stands 2 times until 2027-03-01 — keep one"]


def test_check_somebody_stands_for_overrides_by_code_or_role_and_never_by_name() -> None:
    program = program_of({}, {"by": "medical director"}, {"by": "medical directer"}, {"by": "Xx Zz"})
    near, far = words(phases.check_somebody_stands_for_overrides(RULES, program, FILE))
    assert near == "[3].by: no leader and no role 'medical directer' — did you mean 'medical director'?"
    assert far.startswith("[4].by: no leader and no role 'Xx Zz' — there are: F1, administrator, ")


def test_check_overrides_reach_the_plan_or_count_nowhere() -> None:
    program = program_of({"until": date(2027, 1, 3)}, {"until": date(2027, 1, 4)})
    (found,) = words(phases.check_overrides_reach_the_plan(RULES, program, FILE))
    assert found == (
        "[1].until: warning: 2027-01-03 lies before the plan's first day, 2027-01-04: "
        "HOURS-MIN counts as it is — give it a later date, or remove it"
    )


def test_check_overrides_are_not_over_today_and_are_told_once() -> None:
    program = program_of({}, {"until": date(2027, 1, 3)})
    assert phases.check_overrides_are_not_over(program, FILE, date(2027, 3, 1)) == []
    (found,) = words(checks.check_overrides(program, FILE, date(2027, 3, 2)))
    assert found == (
        "[1].until: warning: 2027-03-01 is past: HOURS-MIN counts as it is again — "
        "give it a later date, or remove it"
    )


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"by": ""}, {"value": -1}, {"value": 169}])
def test_an_override_says_why_and_by_whom_and_hours_of_a_week(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        program_of(wrong)
