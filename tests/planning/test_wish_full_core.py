from __future__ import annotations

from tests.lib import planner, small

CURRICULUM = small.curriculum(
    topics="| topic_id |\n| A |\n| B |",
    objectives="| objective_id | level |\n| basic | short |\n| more | full |",
    topic_objectives="| topic_id | objective_id |\n| A | basic |\n| B | more |",
)


def test_the_rest_of_the_core_is_taught_where_there_is_room() -> None:
    made = planner.plan(CURRICULUM, small.program("| day |\n| mon |\n| wed |", weeks=1, stay_weeks=[1]))
    assert sorted(session.topic_id for session in made.sessions) == ["A", "B"]
    assert made.sheet.cost == 0


def test_a_wish_gives_way_to_a_promise_at_its_price_and_is_no_shortfall() -> None:
    made = planner.plan(CURRICULUM, small.program("| day |\n| mon |", weeks=1, stay_weeks=[1]))
    assert [session.topic_id for session in made.sessions] == ["A"]
    assert (made.sheet.cost, made.sheet.shortfalls) == (5, ())


def test_a_wish_without_weight_is_not_made() -> None:
    program = small.program("| day |\n| mon |", weeks=1, stay_weeks=[1], weights={"full_core": 0})
    assert planner.plan(CURRICULUM, program).sheet.cost == 0
