from __future__ import annotations

from tests.lib import planner, small

ROAD = small.curriculum(topics="| topic_id | series | part |\n| A | road | 1 |\n| B | road | 2 |\n| C | | |")
WEEK = "| day |\n| mon |\n| wed |\n| fri |"


def test_parts_follow_each_other() -> None:
    task = planner.task(ROAD, small.program(WEEK, weeks=1))
    assert planner.forced(task, {"2027-01-04-mon-1": "A", "2027-01-06-wed-1": "B"}) == "optimal"


def test_no_meeting_stands_between_two_parts() -> None:
    task = planner.task(ROAD, small.program(WEEK, weeks=1))
    assert planner.forced(task, {"2027-01-04-mon-1": "A", "2027-01-06-wed-1": "C"}) == "infeasible"
    assert planner.forced(task, {"2027-01-04-mon-1": "C", "2027-01-06-wed-1": "B"}) == "infeasible"


def test_a_second_part_never_opens_and_a_first_part_never_ends_a_plan() -> None:
    task = planner.task(ROAD, small.program(WEEK, weeks=1))
    assert planner.forced(task, {"2027-01-04-mon-1": "B"}) == "infeasible"
    assert planner.forced(task, {"2027-01-08-fri-1": "A"}) == "infeasible"


def test_adjacent_means_the_next_meeting_that_takes_place() -> None:
    task = planner.task(ROAD, small.program(WEEK, weeks=1, closed=["2027-01-06"]))
    assert planner.forced(task, {"2027-01-04-mon-1": "A", "2027-01-08-fri-1": "B"}) == "optimal"


def test_a_series_begun_in_the_past_goes_on_in_the_first_meeting() -> None:
    past = small.program("| day |\n| fri |", weeks=1)
    history = small.plan(past, "| fri-1 |\n| A |").sessions
    task = planner.task(ROAD, small.program(WEEK, weeks=1, start="2027-01-11"), history)
    assert planner.forced(task, {"2027-01-11-mon-1": "B"}) == "optimal"
    assert planner.forced(task, {"2027-01-11-mon-1": "C"}) == "infeasible"


def test_a_series_begun_in_the_past_waits_for_nothing_where_its_next_part_does_not_fit() -> None:
    history = small.plan(small.program("| day |\n| fri |", weeks=1), "| fri-1 |\n| A |").sessions
    curriculum = small.curriculum(
        topics="""
            | topic_id | series | part | lengths |
            | A        | road   | 1    | 60      |
            | B        | road   | 2    | 60      |
            | C        |        |      | 90      |
            """
    )
    program = small.program("| day | minutes |\n| mon | 90 |", weeks=1, start="2027-01-11")
    made = planner.plan(curriculum, program, history)
    assert [session.topic_id for session in made.sessions] == ["C"]


def test_three_parts_stay_together() -> None:
    curriculum = small.curriculum(
        topics="| topic_id | series | part |\n| A | s | 1 |\n| B | s | 2 |\n| C | s | 3 |",
        topic_objectives="| topic_id | objective_id |\n| C | last |",
    )
    made = planner.plan(curriculum, small.program(WEEK, weeks=1, stay_weeks=[1]))
    assert [session.topic_id for session in made.sessions] == ["A", "B", "C"]


SERIES = small.curriculum(topics="| topic_id | series | part |\n| P1 | s | 1 |\n| P2 | s | 2 |\n| C | | |")
TRACKS = "| day | id | track |\n| mon | m1 | am |\n| mon | e1 | pm |\n| wed | m2 | am |\n| wed | e2 | pm |"


def test_a_series_goes_on_in_the_next_meeting_of_its_track() -> None:
    task = planner.task(SERIES, small.program(TRACKS, weeks=1))
    together = {"2027-01-04-m1": "P1", "2027-01-06-m2": "P2", "2027-01-04-e1": "P1", "2027-01-06-e2": "P2"}
    assert planner.forced(task, together) == "optimal"
    assert planner.forced(task, together | {"2027-01-06-e2": "C"}) == "infeasible"
    assert planner.forced(task, {"2027-01-04-m1": "P1", "2027-01-04-e1": "P2"}) == "infeasible"


def test_a_group_for_every_track_goes_on_with_what_each_has_begun() -> None:
    slots = "| day | id | track |\n| mon | m1 | am |\n| mon | e1 | pm |\n| wed | both | |"
    task = planner.task(SERIES, small.program(slots, weeks=1))
    begun = {"2027-01-04-m1": "P1", "2027-01-04-e1": "P1"}
    assert planner.forced(task, begun | {"2027-01-06-both": "P2"}) == "optimal"
    assert planner.forced(task, begun | {"2027-01-06-both": "C"}) == "infeasible"
    assert planner.forced(task, {"2027-01-04-e1": "C", "2027-01-06-both": "P2"}) == "infeasible"


def test_what_each_track_began_in_the_past_goes_on_there() -> None:
    grid = "| m1 | e1 | m2 | e2 |\n| C | C | P1 | P1 |"
    past = small.plan(small.program(TRACKS, weeks=1), grid).sessions
    program = small.program(TRACKS, weeks=1, start="2027-01-11")
    made = planner.plan(SERIES, program, past)
    assert [each.topic_id for each in made.sessions][:2] == ["P2", "P2"]
