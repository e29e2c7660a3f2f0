from __future__ import annotations

from tests.lib import planner, small

TOPICS = small.curriculum(topics="| topic_id | after |\n| A | |\n| B | A |")
WEEK = "| day |\n| mon |\n| wed |"


def test_a_topic_may_come_after_what_it_builds_on() -> None:
    task = planner.task(TOPICS, small.program(WEEK, weeks=1, admission="cohort"))
    assert planner.forced(task, {"2027-01-04-mon-1": "A", "2027-01-06-wed-1": "B"}) == "optimal"


def test_a_topic_never_comes_before_what_it_builds_on() -> None:
    task = planner.task(TOPICS, small.program(WEEK, weeks=1, admission="cohort"))
    assert planner.forced(task, {"2027-01-04-mon-1": "B"}) == "infeasible"


def test_a_rolling_program_may_hold_it_in_any_order() -> None:
    task = planner.task(TOPICS, small.program(WEEK, weeks=1))
    assert planner.forced(task, {"2027-01-04-mon-1": "B"}) == "optimal"


def test_the_past_counts() -> None:
    history = small.plan(small.program("| day |\n| mon |", weeks=1), "| mon-1 |\n| A |").sessions
    task = planner.task(TOPICS, small.program(WEEK, weeks=1, start="2027-01-11", admission="cohort"), history)
    assert planner.forced(task, {"2027-01-11-mon-1": "B"}) == "optimal"


def test_orientation_comes_before_every_group() -> None:
    curriculum = small.curriculum(
        topics="| topic_id | delivery | after |\n| O | orientation | |\n| B | group | O |"
    )
    made = planner.plan(curriculum, small.program("| day |\n| mon |", weeks=1, admission="cohort"))
    assert [session.topic_id for session in made.sessions] == ["B"]


def test_a_standing_part_comes_with_the_first_meeting_of_its_kind() -> None:
    curriculum = small.curriculum(
        topics="""
            | topic_id | delivery | group_type | after |
            | S        | standing | SD         |       |
            | A        | group    | SD         |       |
            | B        | group    | RP         | S     |
            """
    )
    slots = "| day | group_type |\n| mon | RP |\n| tue | SD |\n| wed | RP |"
    task = planner.task(curriculum, small.program(slots, weeks=1, admission="cohort"))
    assert planner.forced(task, {"2027-01-04-mon-1": "B"}) == "infeasible"
    assert planner.forced(task, {"2027-01-06-wed-1": "B"}) == "optimal"


def test_a_topic_that_can_never_come_first_leaves_its_meeting_empty_at_its_price() -> None:
    curriculum = small.curriculum(topics="| topic_id | after | lengths |\n| A | | 90 |\n| B | A | 60 |")
    made = planner.plan(curriculum, small.program("| day |\n| mon |", weeks=1, admission="cohort"))
    assert made.sheet.cost == 10_000


def test_each_track_of_a_cohort_hears_a_topic_after_what_it_builds_on() -> None:
    curriculum = small.curriculum(topics="| topic_id | after |\n| A | |\n| B | A |\n| C | |")
    slots = "| day | id | track |\n| mon | m1 | am |\n| wed | m2 | am |\n| wed | e1 | pm |\n| thu | e2 | pm |"
    task = planner.task(curriculum, small.program(slots, weeks=1, admission="cohort"))
    morning = {"2027-01-04-m1": "A", "2027-01-06-m2": "B"}
    assert planner.forced(task, morning | {"2027-01-06-e1": "A", "2027-01-07-e2": "B"}) == "optimal"
    assert planner.forced(task, morning | {"2027-01-06-e1": "B", "2027-01-07-e2": "A"}) == "infeasible"
