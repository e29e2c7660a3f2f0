from __future__ import annotations

import pytest

from iop_sessions.ground.errors import Clash
from tests.lib import planner, small

FIRST_WEEK = "comes in the first week, Mon, Jan 4 to Sun, Jan 10; meetings that fit it:"

TOPICS = small.curriculum(topics="| topic_id | role |\n| A | ordinary |\n| O | opening |\n| Z | closing |")
WEEK = "| day |\n| mon |\n| wed |"


def test_a_cohort_opens_in_the_first_week_and_closes_in_the_last_two() -> None:
    program = small.program(WEEK, weeks=4, admission="cohort", spacing={"RP": 2})
    made = planner.plan(TOPICS, program)
    assert "O" in {session.topic_id for session in made.sessions if session.week == 1}
    assert "Z" in {session.topic_id for session in made.sessions if session.week >= 3}


def test_an_opening_cannot_be_put_off() -> None:
    task = planner.task(TOPICS, small.program(WEEK, weeks=4, admission="cohort"))
    assert planner.forced(task, {"2027-01-04-mon-1": "A", "2027-01-06-wed-1": "A"}) == "infeasible"
    assert planner.forced(task, {"2027-01-04-mon-1": "A", "2027-01-06-wed-1": "O"}) == "optimal"


def test_a_cohort_with_a_past_has_been_opened() -> None:
    history = small.plan(small.program("| day |\n| mon |", weeks=1), "| mon-1 |\n| O |").sessions
    program = small.program(WEEK, weeks=4, start="2027-01-11", admission="cohort")
    task = planner.task(TOPICS, program, history)
    assert planner.forced(task, {"2027-01-11-mon-1": "A", "2027-01-13-wed-1": "A"}) == "optimal"


def test_a_type_without_a_slot_opens_nothing() -> None:
    curriculum = small.curriculum(
        topics="| topic_id | group_type | role |\n| A | RP | |\n| F | FG | opening |"
    )
    assert planner.plan(curriculum, small.program(WEEK, weeks=1, admission="cohort")).sheet.cost == 0


def test_two_openings_for_one_meeting_clash_and_only_what_helps_is_offered() -> None:
    curriculum = small.curriculum(topics="| topic_id | role |\n| A | |\n| O | opening |\n| P | opening |")
    with pytest.raises(Clash) as caught:
        planner.plan(
            curriculum, small.program("| day |\n| mon |", weeks=3, admission="cohort", spacing={"RP": 1})
        )
    assert str(caught.value) == (
        "No plan can hold all of these at once:\n"
        "  - each RP meeting holds one topic\n"
        f"  - the opening topic O 'A topic' {FIRST_WEEK} 1\n"
        f"  - the opening topic P 'A topic' {FIRST_WEEK} 1\n"
        "What would help:\n"
        "  - make O an ordinary topic (column `role`)\n"
        "  - make P an ordinary topic (column `role`)"
    )


def test_each_track_of_a_cohort_opens_and_closes() -> None:
    curriculum = small.curriculum(topics="| topic_id | role |\n| A | |\n| O | opening |")
    slots = "| day | id | track |\n| mon | m1 | am |\n| wed | m2 | am |\n| thu | e1 | pm |"
    program = small.program(slots, weeks=1, stay_weeks=[1], admission="cohort")
    task = planner.task(curriculum, program)
    assert planner.forced(task, {"2027-01-04-m1": "O", "2027-01-07-e1": "O"}) == "optimal"
    assert planner.forced(task, {"2027-01-04-m1": "O", "2027-01-07-e1": "A"}) == "infeasible"


def test_a_track_without_groups_of_the_type_is_asked_for_nothing() -> None:
    curriculum = small.curriculum(
        topics="| topic_id | role | group_type |\n| O | opening | RP |\n| S | | SD |"
    )
    slots = "| day | id | track | group_type |\n| mon | m1 | am | RP |\n| thu | e1 | pm | SD |"
    made = planner.plan(curriculum, small.program(slots, weeks=1, stay_weeks=[1], admission="cohort"))
    assert [each.topic_id for each in made.sessions] == ["O", "S"]
