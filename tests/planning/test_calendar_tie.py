from __future__ import annotations

from tests.lib import planner, small

TOPICS = small.curriculum(topics="| topic_id | calendar_tie |\n| A | |\n| H | before_closure |")


def test_a_tied_topic_stands_in_the_week_before_a_closed_day() -> None:
    task = planner.task(TOPICS, small.program("| day |\n| mon |\n| wed |", weeks=2, closed=["2027-01-13"]))
    assert planner.forced(task, {"2027-01-06-wed-1": "H"}) == "optimal"
    assert planner.forced(task, {"2027-01-11-mon-1": "H"}) == "optimal"


def test_a_tied_topic_stands_nowhere_else() -> None:
    task = planner.task(TOPICS, small.program("| day |\n| mon |\n| wed |", weeks=2, closed=["2027-01-13"]))
    assert planner.forced(task, {"2027-01-04-mon-1": "H"}) == "infeasible"


def test_a_closure_just_after_the_plan_counts() -> None:
    task = planner.task(TOPICS, small.program("| day |\n| mon |", weeks=1, closed=["2027-01-11"]))
    assert planner.forced(task, {"2027-01-04-mon-1": "H"}) == "optimal"


def test_without_a_closure_its_promise_is_missed_at_its_price() -> None:
    curriculum = small.curriculum(
        topics="| topic_id | calendar_tie |\n| A | |\n| H | before_closure |",
        topic_objectives="| topic_id | objective_id |\n| H | plan-the-holiday |",
    )
    assert (
        planner.plan(curriculum, small.program("| day |\n| mon |", weeks=1, stay_weeks=[1])).sheet.cost
        == 1000
    )


def test_the_closed_days_of_its_own_site_count() -> None:
    curriculum = small.curriculum(topics="| topic_id | calendar_tie |\n| H | before_closure |\n| A | |")
    calendars = {"main": {}, "north": {"closed": ["2027-01-06..2027-01-08"]}}
    slots = "| day | id | site |\n| mon | here | |\n| mon | there | north |"
    task = planner.task(curriculum, small.program(slots, weeks=1, calendar=calendars))
    assert planner.forced(task, {"2027-01-04-there": "H"}) == "optimal"
    assert planner.forced(task, {"2027-01-04-here": "H"}) == "infeasible"
