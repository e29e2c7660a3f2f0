from __future__ import annotations

from tests.lib import planner, small

CURRICULUM = small.curriculum(topics="| topic_id | role |\n| A | |\n| B | |\n| Z | closing |")


def test_a_closing_comes_in_the_last_two_weeks_of_each_stay_where_it_can() -> None:
    made = planner.plan(
        CURRICULUM, small.program("| day |\n| mon |", weeks=6, stay_weeks=[3], spacing={"RP": 1})
    )
    weeks = [session.week for session in made.sessions if session.topic_id == "Z"]
    assert made.sheet.cost == 0
    assert all(weeks.count(week) + weeks.count(week + 1) for week in range(2, 6))


def test_a_missed_closing_costs_its_weight_once_a_stay_and_is_no_shortfall() -> None:
    made = planner.plan(
        CURRICULUM, small.program("| day |\n| mon |", weeks=6, stay_weeks=[3], spacing={"RP": 2})
    )
    assert (made.sheet.cost, made.sheet.shortfalls) == (2, ())


def test_a_stay_that_ends_after_the_plan_wishes_nothing_of_it() -> None:
    program = small.program("| day |\n| mon |", weeks=2, stay_weeks=[3], spacing={"RP": 5})
    assert planner.plan(CURRICULUM, program).sheet.cost == 0
