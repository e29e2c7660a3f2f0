from __future__ import annotations

from tests.lib import planner, small

CURRICULUM = small.curriculum(topics="| topic_id | role |\n| A | |\n| O | opening |")


def test_an_opening_comes_within_a_week_of_each_start_where_it_can() -> None:
    made = planner.plan(CURRICULUM, small.program("| day |\n| mon |\n| wed |", weeks=3, spacing={"RP": 1}))
    assert [session.topic_id for session in made.sessions].count("O") == 3
    assert made.sheet.cost == 0


def test_a_missed_opening_costs_its_weight_once_a_start_and_is_no_shortfall() -> None:
    made = planner.plan(CURRICULUM, small.program("| day |\n| mon |", weeks=4, spacing={"RP": 1}))
    assert [session.topic_id for session in made.sessions].count("O") == 2
    assert (made.sheet.cost, made.sheet.shortfalls) == (4, ())


def test_an_opening_that_the_past_held_within_the_week_is_not_wished_again() -> None:
    history = small.plan(small.program("| day |\n| fri |", weeks=1), "| fri-1 |\n| O |").sessions
    program = small.program("| day |\n| mon |", weeks=1, start="2027-01-11", spacing={"RP": 1})
    made = planner.plan(CURRICULUM, program, history)
    assert [session.topic_id for session in made.sessions] == ["A"]
    assert (
        made.sheet.cost == 2
    )  # the newcomer of January 11 alone; the one of January 8 met it on their first day


def test_a_cohort_has_a_rule_in_place_of_the_wish() -> None:
    made = planner.plan(
        CURRICULUM, small.program("| day |\n| mon |", weeks=2, admission="cohort", spacing={"RP": 1})
    )
    assert [session.topic_id for session in made.sessions] == ["O", "A"]
    assert made.sheet.cost == 0


def test_a_type_that_needs_no_topic_wishes_nothing() -> None:
    curriculum = small.curriculum(
        topics="| topic_id | role |\n| O | opening |", group_types="| group_type | needs_topic |\n| RP | no |"
    )
    assert planner.plan(curriculum, small.program("| day |\n| mon |", weeks=2)).sheet.cost == 0
