from __future__ import annotations

from tests.lib import planner, small

TOPICS = small.curriculum(topics="| topic_id |\n| A |\n| B |\n| C |")
EVEN = "| day | id | track |\n| mon | m1 | morning |\n| mon | e1 | evening |"
UNEVEN = "| day | id | track |\n| mon | m1 | morning |\n| wed | m2 | morning |\n| thu | e1 | evening |"
M1, E1, M2 = "2027-01-04-m1", "2027-01-04-e1", "2027-01-06-m2"


def test_tracks_hear_the_same_topic_in_the_same_week() -> None:
    task = planner.task(TOPICS, small.program(EVEN, weeks=2))
    assert planner.forced(task, {M1: "A", E1: "A"}) == "optimal"
    assert planner.forced(task, {M1: "A", E1: "B"}) == "infeasible"


def test_another_week_does_not_make_it_good() -> None:
    task = planner.task(TOPICS, small.program(EVEN, weeks=2))
    made_up_later = {M1: "A", E1: "B", "2027-01-11-m1": "B", "2027-01-11-e1": "A"}
    assert planner.forced(task, made_up_later) == "infeasible"


def test_the_order_within_a_week_is_free() -> None:
    slots = "| day | id | track |\n| mon | m1 | morning |\n| wed | m2 | morning |"
    slots += "\n| mon | e1 | evening |\n| wed | e2 | evening |"
    task = planner.task(TOPICS, small.program(slots, weeks=1))
    assert planner.forced(task, {M1: "A", M2: "B", E1: "B", "2027-01-06-e2": "A"}) == "optimal"
    assert planner.forced(task, {M1: "A", M2: "B", E1: "B", "2027-01-06-e2": "B"}) == "infeasible"


def test_a_track_with_fewer_groups_hears_some_of_what_the_other_hears() -> None:
    task = planner.task(TOPICS, small.program(UNEVEN, weeks=1))
    assert planner.forced(task, {M1: "A", M2: "B", "2027-01-07-e1": "B"}) == "optimal"
    assert planner.forced(task, {M1: "A", M2: "B", "2027-01-07-e1": "C"}) == "infeasible"


def test_a_closed_day_leaves_the_other_track_to_lead_the_week() -> None:
    program = small.program(UNEVEN, weeks=1, closed=["2027-01-04", "2027-01-06"])
    assert planner.forced(planner.task(TOPICS, program), {"2027-01-07-e1": "C"}) == "optimal"


def test_groups_to_which_every_track_comes_are_free() -> None:
    slots = f"{EVEN}\n| wed | both | |"
    task = planner.task(TOPICS, small.program(slots, weeks=1))
    assert planner.forced(task, {M1: "A", E1: "A", "2027-01-06-both": "B"}) == "optimal"


def test_group_types_are_in_step_each_for_itself() -> None:
    curriculum = small.curriculum(topics="| topic_id | group_type |\n| A | RP |\n| S | SD |")
    slots = "| day | id | track | group_type |\n| mon | m1 | morning | RP |\n| mon | e1 | evening | SD |"
    task = planner.task(curriculum, small.program(slots, weeks=1))
    assert planner.forced(task, {M1: "A", E1: "S"}) == "optimal"


def test_where_one_track_must_have_a_hole_the_other_need_not() -> None:
    past = small.plan(small.program(EVEN, weeks=1), "| m1 | e1 |\n| B | A |").sessions
    history = [each for each in past if each.track == "evening"]  # the morning track is new
    one = small.curriculum(topics="| topic_id |\n| A |")
    program = small.program(EVEN, weeks=1, start="2027-01-11", spacing={"RP": 1})
    made = planner.plan(one, program, history)
    assert {each.track: each.topic_id for each in made.sessions} == {"evening": "", "morning": "A"}
    assert made.sheet.cost == 10_000


def test_a_topic_that_only_one_track_has_minutes_for_leaves_it_when_another_fits_both() -> None:
    curriculum = small.curriculum(topics="| topic_id | lengths |\n| A | 60 |\n| B | 60; 90 |")
    slots = "| day | id | track | minutes |\n| mon | m1 | morning | 60 |\n| mon | e1 | evening | 90 |"
    made = planner.plan(curriculum, small.program(slots, weeks=1))
    assert [each.topic_id for each in made.sessions] == ["B", "B"]


def test_people_of_each_track_are_promised_everything() -> None:
    curriculum = small.curriculum(
        topics="| topic_id |\n| A |\n| B |",
        topic_objectives="| topic_id | objective_id |\n| A | one |\n| B | two |",
    )
    made = planner.plan(curriculum, small.program(UNEVEN, weeks=2, stay_weeks=[2], admission="cohort"))
    evening = [each.topic_id for each in made.sessions if each.track == "evening"]
    assert (sorted(evening), made.sheet.cost) == (["A", "B"], 0)


def test_what_one_track_misses_is_priced_and_named_for_that_track() -> None:
    curriculum = small.curriculum(
        topics="| topic_id |\n| A |\n| B |",
        topic_objectives="| topic_id | objective_id |\n| A | one |\n| B | two |",
    )
    made = planner.plan(curriculum, small.program(UNEVEN, weeks=1, stay_weeks=[1], admission="cohort"))
    missed = {"A": ("two", "B"), "B": ("one", "A")}[made.sessions[-1].topic_id]
    assert made.sheet.cost == 1000
    message = (
        "'Do a thing' is not taught within 1 week to anyone who starts on Mon, Jan 4 (evening track): "
        f"it needs {missed[1]}, and that window holds 1 meeting of their kind; "
        "all that is promised by then needs at least 2 RP meetings; 1 exists"
    )
    assert [each.subject for each in made.sheet.shortfalls] == [missed[0]]
    assert planner.lacks(curriculum, made) == [message]
