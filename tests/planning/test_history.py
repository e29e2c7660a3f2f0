from __future__ import annotations

from tests.lib import planner, small

TWO = small.curriculum(
    topics="| topic_id |\n| A |\n| B |",
    topic_objectives="| topic_id | objective_id |\n| A | one |\n| B | two |",
)
MON_WED = "| day |\n| mon |\n| wed |"
FIRST = small.program(MON_WED, weeks=1)
NEXT = small.program(MON_WED, weeks=1, start="2027-01-11", stay_weeks=[1])


def test_a_stay_that_began_in_the_past_is_promised_by_what_is_left_of_its_window() -> None:
    history = small.plan(FIRST, "| mon-1 | wed-1 |\n| B | A |").sessions
    made = planner.plan(TWO, NEXT, history)
    assert [session.topic_id for session in made.sessions] == [
        "B",
        "A",
    ]  # the joiner of January 6 still lacks B


def test_a_window_that_the_past_filled_asks_for_nothing() -> None:
    program = small.program("| day |\n| wed |", weeks=2, start="2027-01-11", stay_weeks=[2])
    history = small.plan(FIRST, "| mon-1 | wed-1 |\n| A | B |").sessions
    made = planner.plan(TWO, program, history)
    assert made.sessions[0].topic_id == "A"  # the joiner of January 4 met both, the one of January 6 only B
    assert made.sheet.cost == 0


def test_sessions_of_the_old_plan_from_the_new_start_on_are_left_out() -> None:
    old = small.plan(small.program(MON_WED, weeks=2), "| mon-1 | wed-1 |\n| B | A |\n| A | A |").sessions
    made = planner.plan(TWO, NEXT, old)
    assert [session.topic_id for session in made.sessions] == ["B", "A"]


def test_a_cancelled_session_of_the_past_taught_nobody() -> None:
    history = small.plan(FIRST, "| mon-1 | wed-1 |\n| B | A |").sessions
    cancelled = [history[0], history[1].model_copy(update={"state": "cancelled"})]
    assert planner.plan(TWO, NEXT, cancelled).sheet.cost == 0  # nobody could start on January 6


def test_entry_after_is_met_where_past_and_plan_hold_the_two_in_order() -> None:
    curriculum = small.curriculum(
        topics="| topic_id | entry | after |\n| A | open | |\n| B | after | A |",
        topic_objectives="| topic_id | objective_id |\n| B | deep |",
    )
    history = small.plan(small.program("| day |\n| mon |", weeks=1), "| mon-1 |\n| A |").sessions
    program = small.program("| day |\n| mon |", weeks=1, start="2027-01-11", stay_weeks=[2])
    made = planner.plan(curriculum, program, history)
    assert ([session.topic_id for session in made.sessions], made.sheet.cost) == (["B"], 0)


def test_a_cohort_goes_on_with_the_start_it_had() -> None:
    history = small.plan(FIRST, "| mon-1 | wed-1 |\n| A | A |").sessions
    program = small.program(
        "| day |\n| mon |", weeks=1, start="2027-01-11", stay_weeks=[2], admission="cohort"
    )
    made = planner.plan(TWO, program, history)
    assert ([session.topic_id for session in made.sessions], made.sheet.cost) == (["B"], 0)


TRACKS = "| day | id | track |\n| mon | m1 | am |\n| mon | e1 | pm |"


def test_the_past_of_another_track_taught_nobody_here() -> None:
    past = small.plan(small.program(TRACKS, weeks=1), "| m1 | e1 |\n| A | B |").sessions
    program = small.program(TRACKS, weeks=1, start="2027-01-11", stay_weeks=[2], admission="cohort")
    made = planner.plan(TWO, program, past)  # in step, so one of the tracks hears what it has heard
    assert made.sheet.cost == 1000
    assert len({each.topic_id for each in made.sessions}) == 1


def test_a_track_goes_on_with_what_it_lacks() -> None:
    past = small.plan(small.program(TRACKS, weeks=1), "| m1 | e1 |\n| A | A |").sessions
    program = small.program(TRACKS, weeks=1, start="2027-01-11", stay_weeks=[2], admission="cohort")
    made = planner.plan(TWO, program, past)
    assert ([each.topic_id for each in made.sessions], made.sheet.cost) == (["B", "B"], 0)


def test_a_slot_that_is_no_more_taught_the_people_of_its_track() -> None:
    old = TRACKS.replace("m1", "old")
    past = small.plan(small.program(old, weeks=1), "| old | e1 |\n| A | B |").sessions
    new = TRACKS.rpartition("\n")[0]
    program = small.program(new, weeks=1, start="2027-01-11", stay_weeks=[2], admission="cohort")
    made = planner.plan(TWO, program, past)
    assert ([each.topic_id for each in made.sessions], made.sheet.cost) == (["B"], 0)
