"""Planner, judge and cost agree on what a program takes out of the library."""

from __future__ import annotations

from iop_sessions.judge import judge
from iop_sessions.judge.pricing import price
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import Plan
from iop_sessions.program.program import Program
from tests.lib import planner, small

LIBRARY = small.curriculum(
    topics="""
    | topic_id | collection | content | role    | ages  |
    | RP-01    | house      | full    |         | adult |
    | RP-02    | house      | full    |         | adult |
    | MX-01    | matrix     | outline |         | adult |
    | MX-02    | matrix     | outline | opening | adult |
    """,
    topic_objectives="| topic_id | objective_id |\n| RP-02 | house-core |\n| MX-02 | matrix-core |",
)
DAYS = "| day |\n| mon |\n| wed |"


def held(program: Program) -> set[str]:
    return {session.topic_id for session in planner.plan(LIBRARY, program).sessions}


def made(program: Program, topic_id: str) -> Plan:
    return small.plan(program, f"| mon-1 | wed-1 |\n| RP-01 | RP-02 |\n| RP-01 | {topic_id} |")


def test_topics_of_another_collection_are_never_planned() -> None:
    assert held(small.program(DAYS)) <= {"RP-01", "RP-02"}
    assert held(small.program(DAYS, collection="matrix")) <= {"MX-01", "MX-02"}


def test_topics_left_out_are_never_planned_and_their_promise_goes_with_them() -> None:
    program = small.program(DAYS, leave_out=["RP-02"])
    assert held(program) == {"RP-01"}
    assert planner.plan(LIBRARY, program).sheet.shortfalls == ()


def test_an_opening_of_another_collection_costs_a_house_program_nothing() -> None:
    house, matrix = small.program(DAYS), small.program(DAYS, collection=["house", "matrix"])
    grid = "| mon-1 | wed-1 |\n| RP-02 | RP-02 |\n| RP-02 | RP-02 |"
    assert price(Case(LIBRARY, house, small.plan(house, grid))).total == 0
    assert price(Case(LIBRARY, matrix, small.plan(matrix, grid))).by_name["openings"] > 0


def test_the_judge_says_that_a_topic_is_not_among_those_of_the_program() -> None:
    program = small.program(DAYS)
    problems = judge(Case(LIBRARY, program, made(program, "MX-01"))).problems
    assert [str(each) for each in problems if each.level == "error" and each.place.column == "topic_id"] == [
        (
            "plan.csv: topic_id: MX-01 is not among the topics of this program"
            " — choose another topic, or change collection or lists of topics"
        )
    ]
    problems = judge(Case(LIBRARY, program, made(program, "MX-99"))).problems
    assert any("no topic 'MX-99'" in each.message for each in problems)


def test_a_program_that_waits_for_every_topic_is_planned_with_empty_meetings_each_named() -> None:
    youth = small.program(DAYS, ages="youth", wanted={"RP-31": "Cravings, for teens"})
    made = planner.plan(LIBRARY, youth)
    sheet = made.sheet
    assert (sheet.status, {each.kind for each in sheet.shortfalls}, len(sheet.shortfalls)) == (
        "optimal",
        {"empty"},
        4,
    )
    assert planner.lacks(LIBRARY, made)[0] == (
        "Mon, Jan 4, mon-1: no RP topic: this program teaches none for ages 'youth'"
    )
