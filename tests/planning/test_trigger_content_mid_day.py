from __future__ import annotations

from tests.lib import planner, small

TOPICS = small.curriculum(topics="| topic_id | trigger_content |\n| A | |\n| T | grief |")
THREE = "| day |\n| mon |\n| mon |\n| mon |\n| wed |\n| wed |\n| wed |"


def test_trigger_content_may_stand_in_the_middle_of_a_day() -> None:
    task = planner.task(TOPICS, small.program(THREE, weeks=1))
    assert planner.forced(task, {"2027-01-04-mon-2": "T"}) == "optimal"


def test_trigger_content_never_opens_or_ends_a_day() -> None:
    task = planner.task(TOPICS, small.program(THREE, weeks=1))
    assert planner.forced(task, {"2027-01-04-mon-1": "T"}) == "infeasible"
    assert planner.forced(task, {"2027-01-06-wed-3": "T"}) == "infeasible"


def test_in_a_cohort_only_the_first_day_opens_with_newcomers() -> None:
    task = planner.task(TOPICS, small.program(THREE, weeks=1, admission="cohort"))
    assert planner.forced(task, {"2027-01-04-mon-1": "T"}) == "infeasible"
    assert planner.forced(task, {"2027-01-06-wed-1": "T"}) == "optimal"
    assert planner.forced(task, {"2027-01-06-wed-3": "T"}) == "infeasible"


def test_a_cohort_with_a_past_has_no_newcomers() -> None:
    history = small.plan(small.program("| day |\n| fri |", weeks=1), "| fri-1 |\n| A |").sessions
    task = planner.task(
        TOPICS, small.program(THREE, weeks=1, start="2027-01-11", admission="cohort"), history
    )
    assert planner.forced(task, {"2027-01-11-mon-1": "T"}) == "optimal"


def test_groups_side_by_side_are_first_or_last_alike() -> None:
    slots = """
        | day | id | start |
        | mon | a  | 17:30 |
        | mon | b  | 17:30 |
        | mon | c  | 18:40 |
        | mon | d  | 19:50 |
        """
    task = planner.task(TOPICS, small.program(slots, weeks=1))
    assert planner.forced(task, {"2027-01-04-b": "T"}) == "infeasible"
    assert planner.forced(task, {"2027-01-04-c": "T"}) == "optimal"


def test_an_open_group_can_be_the_last_of_the_day() -> None:
    curriculum = small.curriculum(
        topics="| topic_id | trigger_content |\n| A | |\n| T | grief |",
        group_types="| group_type | needs_topic |\n| PG | no |",
    )
    slots = "| day | group_type |\n| mon | RP |\n| mon | RP |\n| mon | PG |"
    assert (
        planner.forced(planner.task(curriculum, small.program(slots, weeks=1)), {"2027-01-04-mon-2": "T"})
        == "optimal"
    )


def test_a_day_of_two_groups_has_no_middle_so_the_promise_is_missed_at_its_price() -> None:
    curriculum = small.curriculum(
        topics="| topic_id | trigger_content |\n| A | |\n| T | grief |",
        topic_objectives="| topic_id | objective_id |\n| T | mourn |",
    )
    made = planner.plan(curriculum, small.program("| day |\n| mon |\n| mon |", weeks=1, stay_weeks=[1]))
    assert made.sheet.cost == 1000
    assert planner.lacks(curriculum, made) == [
        (
            "'Do a thing' is not taught within 1 week to anyone who starts on Mon, Jan 4: it needs T, "
            "and that window holds 2 meetings of their kind; "
            "T holds trigger content, and none of these has a group before and after it"
        )
    ]


STEP_DOWN = [
    {"number": 1, "weeks": [1]},
    {"number": 2, "weeks": [2], "slots": ["mon-2", "mon-3"]},
]
FOUR = "| day |\n| mon |\n| mon |\n| mon |\n| mon |"


def test_the_last_group_of_a_later_phase_is_an_edge_too() -> None:
    task = planner.task(TOPICS, small.program(FOUR, weeks=1, phases=STEP_DOWN))
    assert planner.forced(task, {"2027-01-04-mon-2": "T"}) == "optimal"  # phase 2 is never new
    assert planner.forced(task, {"2027-01-04-mon-3": "T"}) == "infeasible"


def test_whoever_enters_in_a_later_phase_has_a_first_group_of_their_own() -> None:
    paths = [{"id": "whole", "phases": [[1, 1], [2, 1]]}, {"id": "late", "phases": [[2, 1]]}]
    task = planner.task(TOPICS, small.program(FOUR, weeks=1, phases=STEP_DOWN, paths=paths))
    assert planner.forced(task, {"2027-01-04-mon-2": "T"}) == "infeasible"


def test_in_a_cohort_only_the_phase_of_the_week_counts() -> None:
    task = planner.task(TOPICS, small.program(FOUR, weeks=2, phases=STEP_DOWN, admission="cohort"))
    assert planner.forced(task, {"2027-01-04-mon-3": "T"}) == "optimal"
    assert planner.forced(task, {"2027-01-11-mon-3": "T"}) == "infeasible"
    assert planner.forced(task, {"2027-01-11-mon-2": "T"}) == "optimal"


def test_each_track_has_its_own_edges() -> None:
    slots = """
        | day | id   | track | start |
        | mon | m1   | am    | 9:00  |
        | mon | m2   | am    | 10:10 |
        | mon | m3   | am    | 11:20 |
        | mon | e1   | pm    | 16:00 |
        | mon | e2   | pm    | 17:10 |
        | mon | both |       | 18:20 |
        """
    task = planner.task(TOPICS, small.program(slots, weeks=1))
    assert planner.forced(task, {"2027-01-04-m2": "T", "2027-01-04-e2": "T"}) == "optimal"
    assert planner.forced(task, {"2027-01-04-e1": "T"}) == "infeasible"
    assert planner.forced(task, {"2027-01-04-m3": "T", "2027-01-04-e2": "T"}) == "optimal"  # both comes later


def test_a_track_of_a_cohort_is_new_on_the_first_day_it_comes() -> None:
    slots = "| day | id | track |\n| mon | m1 | am |\n| wed | e1 | pm |\n| wed | e2 | pm |"
    task = planner.task(TOPICS, small.program(slots, weeks=2, admission="cohort"))
    first = {"2027-01-04-m1": "A", "2027-01-06-e1": "T"}
    assert planner.forced(task, first) == "infeasible"
    curriculum = small.curriculum(topics="| topic_id | trigger_content | group_type |\n| T | grief | SD |")
    alone = slots.replace("track |", "track | group_type |").replace("am |", "am | RP |")
    program = small.program(alone.replace("pm |", "pm | SD |"), weeks=2, admission="cohort")
    assert planner.forced(planner.task(curriculum, program), {"2027-01-06-e1": "T"}) == "infeasible"
    assert planner.forced(planner.task(curriculum, program), {"2027-01-13-e1": "T"}) == "optimal"


def test_the_last_group_of_a_week_or_before_a_closed_day_ends_its_day_too() -> None:
    slots = "| day |\n| thu |\n| thu |\n| thu |\n| fri |\n| fri |\n| fri |"
    program = small.program(slots, weeks=2, closed=["2027-01-08"])
    task = planner.task(TOPICS, program)
    assert planner.forced(task, {"2027-01-15-fri-2": "T"}) == "optimal"
    assert planner.forced(task, {"2027-01-15-fri-3": "T"}) == "infeasible"  # the last of the week
    assert planner.forced(task, {"2027-01-07-thu-2": "T"}) == "optimal"
    assert planner.forced(task, {"2027-01-07-thu-3": "T"}) == "infeasible"  # the doors close on Friday


def test_a_half_day_that_cuts_an_evening_short_makes_its_middle_the_end() -> None:
    halves = {"main": {"half_days": [{"date": "2027-01-06", "end": "20:00"}]}}
    task = planner.task(TOPICS, small.program(THREE, weeks=1, calendar=halves))
    assert planner.forced(task, {"2027-01-06-wed-2": "T"}) == "infeasible"
    assert planner.forced(task, {"2027-01-04-mon-2": "T"}) == "optimal"
