"""A remedy that adds meetings says who is free to lead them, and where; the words say so where nobody is."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.planning.remedies.trials import with_remedies
from tests.lib import planner, small
from tests.planning.test_remedies import AB, taught_by

SAFE = taught_by("| topic_id | safety |\n| A | yes |\n| B | yes |")
"""Two objectives that are never elective, and so need two meetings."""
THEN = ": then 0 instead of 1 start date misses it"
ROOM = {"code": "R", "seats": 20}


def slots_offered(slots: str, of: Curriculum = SAFE, **values: object) -> list[str]:
    """Return the slots that are offered to a stay of a week, which lacks one meeting."""
    program = small.program(slots, weeks=1, stay_weeks=[1], **values)
    made = with_remedies(planner.task(of, program), planner.plan(of, program))
    told = dict.fromkeys(words for each in made.sheet.shortfalls for words in planner.tried(of, each))
    return [each.removesuffix(THEN) for each in told if each.startswith(("add one", "make ", "meet", "let"))]


@pytest.mark.parametrize(
    ("people", "offered"),
    [
        ([{"code": "F1"}], "Monday at 6:40 pm (F1 is free then)"),
        # F1 works on Mondays until 6:30 pm only, and so before the group
        ([{"code": "F1", "to": "18:30"}], "Monday at 4:20 pm (F1 is free then)"),
        # ... and on Wednesdays, when the program does not meet yet
        ([{"code": "F1", "from": "17:30", "to": "18:30"}], "Tuesday at 5:30 pm (F1 is free then)"),
        # F2 may not lead RP, and F3 comes on Fridays only
        (
            [
                {"code": "F1", "max_week": 1},
                {"code": "F2", "group_types": ["PE"]},
                {"code": "F3", "days": ["Friday"]},
            ],
            "Friday at 5:30 pm (F3 is free then)",
        ),
        # F3 begins too late for the time right after the group
        (
            [{"code": "F1", "max_week": 1}, {"code": "F3", "days": ["Monday"], "from": "19:00"}],
            "Monday at 7:10 pm (F3 is free then)",
        ),
        # a peer never leads a counseling group alone
        (
            [{"code": "F1", "max_week": 1}, {"code": "P1", "kind": "peer"}],
            "Monday at 6:40 pm (nobody who may lead RP is free then)",
        ),
    ],
)
def test_a_slot_is_offered_when_somebody_is_free_who_may_lead_it(
    people: list[dict[str, object]], offered: str
) -> None:
    found = slots_offered("| day | lead |\n| mon | F1 |", facilitators=people)
    assert found == [f"add one RP slot on {offered}"]


def test_a_room_is_looked_for_too() -> None:
    slots = "| day | track | group_type | room | site |\n| mon | | RP | R | |"
    assert slots_offered(slots, rooms=[ROOM]) == [
        "add one RP slot on Monday at 6:40 pm (room R is free then)"
    ]
    both: dict[str, Any] = {"facilitators": [{"code": "F1"}], "rooms": [ROOM]}
    assert slots_offered(slots, **both) == [
        "add one RP slot on Monday at 6:40 pm (F1 is free then, room R too)"
    ]
    small_room: dict[str, Any] = both | {"rooms": [ROOM | {"seats": 4}]}
    assert slots_offered(slots, **small_room) == [
        "add one RP slot on Monday at 6:40 pm (F1 is free then, but no room is)"
    ]


def test_a_day_on_which_the_room_is_free_comes_before_one_on_which_it_is_not() -> None:
    rooms = [ROOM | {"closed": ["2027-01-04"]}]
    assert slots_offered("| day |\n| mon |", rooms=rooms) == [
        "add one RP slot on Tuesday at 5:30 pm (room R is free then)"
    ]


def test_those_who_take_turns_are_named_and_so_are_the_meetings_that_nobody_can_lead() -> None:
    """F1 is away in the first week, F2 in the second, and both in the third."""
    people = [
        {"code": "F1", "leave": ["2027-01-04..2027-01-10", "2027-01-18..2027-01-24"]},
        {"code": "F2", "leave": ["2027-01-11..2027-01-24"]},
    ]
    program = small.program("| day |\n| mon |", weeks=4, stay_weeks=[1], facilitators=people)
    made = with_remedies(planner.task(SAFE, program), planner.plan(SAFE, program))
    assert planner.tried(SAFE, made.sheet.shortfalls[0])[0] == (
        "add one RP slot on Monday at 6:40 pm "
        "(F2 or F1 is free then, but nobody who may lead RP is free for 1 of 4 meetings): "
        "then 0 instead of 4 start dates miss it"
    )


def test_each_track_is_told_who_is_free_for_its_own_slot() -> None:
    slots = "| day | track | start | lead |\n| mon | morning | 09:00 | F1 |\n| mon | evening | 18:00 | F2 |"
    people = [{"code": "F1", "to": "13:00"}, {"code": "F2", "from": "17:00"}]
    assert slots_offered(slots, facilitators=people, admission="cohort")[0].startswith(
        "add one RP slot on Monday at 10:10 am (morning track, F1 is free then) "
        "and one at 7:10 pm (evening track, F2 is free then): then 0 instead of "
    )


def test_a_second_leader_is_looked_for_where_the_group_is_large() -> None:
    values: dict[str, Any] = {"people": {"co_leader_from": 10}}
    two, one = [{"code": "F1"}, {"code": "F2"}], [{"code": "F1"}]
    assert slots_offered("| day |\n| mon |", facilitators=two, **values) == [
        "add one RP slot on Monday at 6:40 pm (F1 and F2 are free then)"
    ]
    assert slots_offered("| day |\n| mon |", facilitators=one, **values) == [
        "add one RP slot on Monday at 6:40 pm (F1 is free then, but nobody beside the leader is)"
    ]


def test_a_day_of_three_groups_names_its_leaders_too() -> None:
    grief = small.curriculum(
        topics="| topic_id | trigger_content |\n| A | |\n| T | grief |",
        objectives="| objective_id | within_weeks |\n| mourn | 1 |",
        topic_objectives="| topic_id | objective_id |\n| T | mourn |",
    )
    people = [{"code": "F1"}]
    assert slots_offered("| day |\n| mon |\n| mon |", grief, facilitators=people)[0] == (
        "make Monday a day of three groups: add RP at 4:20 pm (F1 is free then)"
    )


def test_a_closed_day_is_offered_with_the_word_that_nobody_is_there_to_lead() -> None:
    slots, closed = "| day | lead |\n| mon | F1 |\n| wed | F1 |", ["2027-01-06"]
    here, away = {"code": "F1"}, {"code": "F1", "leave": ["2027-01-06"]}
    assert "meet on Wed, Jan 6" in slots_offered(slots, closed=closed, facilitators=[here])
    assert "meet on Wed, Jan 6 (nobody who may lead RP is free then)" in slots_offered(
        slots, closed=closed, facilitators=[away]
    )


def test_an_open_group_holds_topics_only_with_a_leader_who_may_teach_them() -> None:
    of = taught_by(AB, group_types="| group_type | needs_topic |\n| PG | no |")
    slots = "| day | group_type | lead |\n| mon | RP | F1 |\n| mon | PG | F2 |"
    people = [{"code": "F1", "max_week": 1}, {"code": "F2", "group_types": ["PG"]}]
    assert slots_offered(slots, of, facilitators=people)[-1] == (
        "let mon-2 (PG) hold RP topics instead (nobody who may lead RP is free then)"
    )


def test_two_changes_are_offered_together_where_none_helps_alone() -> None:
    due = "| objective_id | within_weeks |\n| a | 1 |\n| b | 1 |"
    of = taught_by("| topic_id | lengths |\n| A | 60 |\n| B | 90 |", objectives=due)
    assert slots_offered("| day |\n| mon |", of) == [
        "add one RP slot on Monday at 6:40 pm and write B for 60 minutes too"
    ]
    people = [{"code": "F1", "max_week": 1}]
    assert slots_offered("| day |\n| mon |", of, facilitators=people) == [
        (
            "add one RP slot on Monday at 6:40 pm (nobody who may lead RP is free then) "
            "and write B for 60 minutes too"
        )
    ]


def test_a_session_that_a_person_moved_keeps_its_leader_and_is_no_new_meeting() -> None:
    """F1 comes on Tuesdays only, but has agreed to lead this Monday at noon."""
    program = small.program(
        "| day |\n| mon |", weeks=1, stay_weeks=[1], facilitators=[{"code": "F1", "days": ["Tuesday"]}]
    )
    task = planner.task(SAFE, program)
    at_noon = {"start": time(12, 0), "end": time(13, 0), "facilitators": ("F1",)}
    moved = small.changed(planner.plan(SAFE, program), "2027-01-04-mon-1", **at_noon)
    first, *_ = with_remedies(task, moved).sheet.shortfalls
    assert planner.tried(SAFE, first)[0] == f"add one RP slot on Tuesday at 5:30 pm (F1 is free then){THEN}"


def test_where_each_change_mends_a_part_two_are_offered_that_mend_it_all() -> None:
    of = taught_by("| topic_id | safety |\n| A | yes |\n| B | yes |\n| C | |")
    program = small.program("| day |\n| mon |", weeks=1, stay_weeks=[1], facilitators=[{"code": "F1"}])
    made = with_remedies(planner.task(of, program), planner.plan(of, program))
    slot, then = (
        "add one RP slot on Monday at {} pm (F1 is free then)",
        "instead of 2 promises to start dates are missed",
    )
    assert planner.tried(of, made.sheet.shortfalls[0]) == (
        f"{slot.format('6:40')}: then 1 {then}",
        f"mark the objective of C elective: then 1 {then}",
        f"{slot.format('6:40')} and {slot.format('7:50')}: then 0 {then}",
    )


def test_a_slot_and_an_elective_objective_are_offered_together() -> None:
    """F1 may lead one group more and nobody a third one; of the objectives one is not about safety."""
    of = taught_by("| topic_id | safety |\n| A | yes |\n| B | yes |\n| C | |")
    people = [{"code": "F1", "max_week": 2}]
    program = small.program("| day |\n| mon |", weeks=1, stay_weeks=[1], facilitators=people)
    made = with_remedies(planner.task(of, program), planner.plan(of, program))
    slot, then = (
        "add one RP slot on Monday at 6:40 pm (F1 is free then)",
        "instead of 2 promises to start dates",
    )
    elective = "mark the objective of C elective"
    assert planner.tried(of, made.sheet.shortfalls[0]) == (
        f"{slot}: then 1 {then} are missed",
        f"{elective}: then 1 {then} are missed",
        f"{slot} and {elective}: then 0 {then} are missed",
    )
