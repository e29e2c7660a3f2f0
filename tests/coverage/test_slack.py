"""Where a plan has no slack: the promises that hang on one session, held against leaving each session out."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from iop_sessions.coverage import covering
from iop_sessions.coverage.slack import hinges
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import Plan
from iop_sessions.program.program import Program
from tests.lib import small

DAYS = "| day |\n| mon |\n| wed |\n"
TWICE = small.curriculum(
    topics="| topic_id |\n| RP-01 |\n| RP-02 |",
    topic_objectives="| topic_id | objective_id |\n| RP-01 | sleep |\n| RP-02 | urges |",
)
BUILDING = small.curriculum(
    topics="| topic_id | entry | after |\n| RP-01 | | |\n| RP-02 | after | RP-01 |\n| RP-03 | | |",
    topic_objectives="| topic_id | objective_id |\n| RP-02 | urges |",
)


def told(curriculum: Curriculum, program: Program, grid: str) -> list[str]:
    found = hinges(covering.cover_all(Case(curriculum, program, small.plan(program, grid))))
    return [
        f"{each.session.session_id} week {each.week} {each.objective_id}: "
        + ", ".join(f"{start:%d}" for start in each.starts)
        for each in found
    ]


def test_a_promise_that_two_sessions_keep_hangs_on_none() -> None:
    program = small.program(DAYS, weeks=2, stay_weeks=[2])
    assert told(TWICE, program, "| mon-1 | wed-1 |\n| RP-01 | RP-02 |\n| RP-01 | RP-02 |") == []


def test_a_promise_that_one_session_keeps_is_named_with_its_start_dates() -> None:
    program = small.program(DAYS, weeks=3, stay_weeks=[2])
    grid = "| mon-1 | wed-1 |\n| RP-01 | RP-02 |\n| RP-01 | RP-02 |\n| RP-02 | RP-02 |"
    assert told(TWICE, program, grid) == ["2027-01-11-mon-1 week 2 sleep: 06, 11"]


def test_a_stay_that_goes_on_after_the_plan_has_slack_yet_to_come() -> None:
    program = small.program(DAYS, weeks=1, stay_weeks=[2])
    assert told(TWICE, program, "| mon-1 | wed-1 |\n| RP-01 | RP-02 |") == []


def test_a_topic_that_builds_on_another_hangs_on_both() -> None:
    program = small.program(DAYS, weeks=2, stay_weeks=[2])
    grid = "| mon-1 | wed-1 |\n| RP-01 | RP-03 |\n| RP-03 | RP-02 |"
    assert told(BUILDING, program, grid) == [
        "2027-01-04-mon-1 week 1 urges: 04",
        "2027-01-13-wed-1 week 2 urges: 04",
    ]


def test_what_was_held_cannot_fall_out_any_more() -> None:
    program = small.program(DAYS, weeks=2, stay_weeks=[2])
    plan = small.plan(program, "| mon-1 | wed-1 |\n| RP-01 | RP-03 |\n| RP-03 | RP-02 |")
    plan = small.changed(plan, "2027-01-04-mon-1", state="held")
    found = hinges(covering.cover_all(Case(BUILDING, program, plan)))
    assert [each.session.session_id for each in found] == ["2027-01-13-wed-1"]


def by_leaving_out(curriculum: Curriculum, program: Program, plan: Plan) -> set[tuple[str, str, date]]:
    """Leave each session out in turn, and see who misses what then; the slow way."""
    (whole,) = covering.cover_all(Case(curriculum, program, plan))
    found = set()
    for session in plan.sessions:
        rest = replace(plan, sessions=tuple(each for each in plan.sessions if each is not session))
        (without,) = covering.cover_all(Case(curriculum, program, rest))
        found |= {
            (session.session_id, answer.objective_id, answer.start)
            for answer in whole.answers
            if answer.state == "met" and answer.due <= plan.sheet.end and answer.start in without.starts
            if without.answer(answer.objective_id, answer.start).state == "missed"
        }
    return found


@pytest.mark.parametrize("seed", range(1, 7))
def test_it_agrees_with_leaving_each_session_out(seed: int) -> None:
    made = small.curriculum(
        topics="""
        | topic_id | entry | after        | delivery |
        | RP-01    |       |              |          |
        | RP-02    | after | RP-01        |          |
        | RP-03    | after | RP-01; RP-02 |          |
        | RP-04    |       |              |          |
        | RP-05    |       |              |          |
        | RP-06    |       |              |          |
        """,
        topic_objectives="| topic_id | objective_id |\n"
        "| RP-02 | a |\n| RP-03 | b |\n| RP-04 | b |\n| RP-01 | c |\n| RP-04 | c |",
    )
    program = small.program("| day |\n| mon |\n| mon |\n| wed |\n| wed |", weeks=5, stay_weeks=[3])
    topics = Random(seed).choices([f"RP-0{number}" for number in range(1, 7)], k=20)
    rows = [" | ".join(topics[first : first + 4]) for first in range(0, 20, 4)]
    grid = "| mon-1 | mon-2 | wed-1 | wed-2 |\n" + "".join(f"| {row} |\n" for row in rows)
    plan = small.plan(program, grid)
    found = hinges(covering.cover_all(Case(made, program, plan)))
    mine = {(each.session.session_id, each.objective_id, start) for each in found for start in each.starts}
    assert mine == by_leaving_out(made, program, plan)
    assert mine


def test_it_is_quick_on_24_weeks_of_five_half_days() -> None:
    numbers = range(70)
    made = small.curriculum(
        topics="| topic_id | entry | after |\n"
        + "".join(
            f"| T-{each} | after | T-{each - 1} |\n" if each % 4 == 1 else f"| T-{each} | | |\n"
            for each in numbers
        ),
        topic_objectives="| topic_id | objective_id |\n"
        + "".join(f"| T-{each} | o-{each} |\n" for each in numbers),
    )
    days = [day for day in ("mon", "tue", "wed", "thu", "fri") for _ in range(3)]
    program = small.program("| day |\n" + "".join(f"| {day} |\n" for day in days), weeks=24, stay_weeks=[6])
    slots = [slot.id for slot in program.slots]
    rows = [
        "| " + " | ".join(f"T-{(week * 15 + number) % 70}" for number in range(15)) + " |"
        for week in range(24)
    ]
    plan = small.plan(program, "| " + " | ".join(slots) + " |\n" + "\n".join(rows))
    coverages = covering.cover_all(Case(made, program, plan))
    began = time.process_time()
    found = hinges(coverages)
    assert time.process_time() - began < 2
    assert found
