"""Trigger content never ends a week, nor stands last before a closed day: it never ends a day."""

from __future__ import annotations

import pytest

from iop_sessions.judge import judge
from iop_sessions.plans.case import Case
from tests.lib import small

CURRICULUM = small.curriculum(topics="| topic_id | trigger_content |\n| A | |\n| T | grief |")
SLOTS = "| day |\n| thu |\n| thu |\n| thu |\n| fri |\n| fri |\n| fri |"
LAST = "T holds trigger content (grief) and is the last group of the day"


@pytest.mark.parametrize(
    ("week", "closed", "said"),
    [
        ("A | A | A | A | T | A", [], []),
        ("A | A | A | A | A | T", [], [LAST]),  # the last of the week
        ("A | T | A | closed | closed | closed", ["2027-01-08"], []),
        ("A | A | T | closed | closed | closed", ["2027-01-08"], [LAST]),  # the doors close on Friday
    ],
)
def test_the_last_group_of_a_week_or_before_a_closed_day_is_named(
    week: str, closed: list[str], said: list[str]
) -> None:
    program = small.program(SLOTS, weeks=1, closed=closed, stay_weeks=[1])
    made = small.plan(program, f"| thu-1 | thu-2 | thu-3 | fri-1 | fri-2 | fri-3 |\n| {week} |")
    assert [each.message for each in judge(Case(CURRICULUM, program, made)).problems] == said


def test_a_half_day_that_cuts_an_evening_short_makes_its_middle_the_end() -> None:
    halves = {"main": {"half_days": [{"date": "2027-01-07", "end": "20:00"}]}}
    program = small.program("| day |\n| thu |\n| thu |\n| thu |", weeks=1, calendar=halves, stay_weeks=[1])
    made = small.plan(program, "| thu-1 | thu-2 | thu-3 |\n| A | T | closed |")
    assert [each.message for each in judge(Case(CURRICULUM, program, made)).problems] == [LAST]
