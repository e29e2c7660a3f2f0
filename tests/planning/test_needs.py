"""What one window needs of a group type, counted by hand beside it."""

from __future__ import annotations

from datetime import date

import pytest

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.planning.needs import Demands
from iop_sessions.planning.rules.promises import guests, window_end
from iop_sessions.planning.search import draft
from iop_sessions.plans.facts import ClosedDay, TooFew
from iop_sessions.program.program import Program
from tests.lib import planner, small

MONDAYS = "| day |\n| mon |"


def need_of(curriculum: Curriculum, program: Program, *, weeks: int = 0, group_type: str = "RP") -> TooFew:
    """Count what whoever starts first needs of a type within some weeks, by default in the whole stay."""
    made = draft(planner.task(curriculum, program), wishes=False)
    guest = guests(made.board)[0]
    return Demands(made.board, made.promises).of(guest, window_end(guest, weeks), group_type)


def test_each_objective_with_a_topic_of_its_own_needs_a_meeting() -> None:
    curriculum = small.curriculum(
        topics="| topic_id |\n| A |\n| B |\n| C |",
        topic_objectives="| topic_id | objective_id |\n| A | one |\n| B | two |\n| C | three |",
    )
    assert need_of(curriculum, small.program(MONDAYS, weeks=2)) == TooFew(group_type="RP", needed=3, there=2)


def test_topics_that_teach_several_objectives_are_counted_as_few_as_will_do() -> None:
    curriculum = small.curriculum(
        topics="| topic_id |\n| A |\n| B |\n| C |",
        topic_objectives="""
            | topic_id | objective_id |
            | A        | one          |
            | B        | one          |
            | B        | two          |
            | C        | two          |
            | C        | three        |
            """,
    )
    assert need_of(curriculum, small.program(MONDAYS, weeks=2)).needed == 2  # B or A, and C


def test_what_another_group_type_can_teach_is_not_counted() -> None:
    curriculum = small.curriculum(
        topics="| topic_id | group_type |\n| A | RP |\n| S | SD |\n| B | RP |",
        topic_objectives="| topic_id | objective_id |\n| A | one |\n| S | one |\n| B | two |",
    )
    program = small.program("| day | group_type |\n| mon | RP |\n| wed | SD |", weeks=2)
    assert [need_of(curriculum, program, group_type=each).needed for each in ("RP", "SD")] == [1, 0]


def test_a_topic_that_builds_on_another_needs_that_one_too() -> None:
    curriculum = small.curriculum(
        topics="| topic_id | after | entry |\n| A | | |\n| B | A | after |",
        topic_objectives="| topic_id | objective_id |\n| B | two |",
    )
    assert need_of(curriculum, small.program(MONDAYS, weeks=2)).needed == 2


SERIES = """
    | topic_id | series | part |
    | A        | s      | 1    |
    | B        | s      | 2    |
    | C        | s      | 3    |
    | X        | t      | 1    |
    | Y        | t      | 2    |
    """


@pytest.mark.parametrize(
    ("pairs", "needed"),
    [
        ("| C | one |", 1),  # the series may have begun before the window
        ("| C | one |\n| Y | two |", 3),  # only one of two series may have: Y needs X
        ("| A | one |\n| X | two |", 3),  # and only one may end after it: X needs Y
        ("| A | one |\n| C | two |", 2),  # the end of one run, and the beginning of the next
    ],
)
def test_a_series_is_counted_whole_but_for_what_may_lie_outside_the_window(pairs: str, needed: int) -> None:
    curriculum = small.curriculum(topics=SERIES, topic_objectives=f"| topic_id | objective_id |\n{pairs}")
    assert need_of(curriculum, small.program(MONDAYS, weeks=6, stay_weeks=[6])).needed == needed


def test_only_what_is_due_in_the_window_is_counted() -> None:
    curriculum = small.curriculum(
        topics="| topic_id |\n| A |\n| B |",
        objectives="| objective_id | within_weeks |\n| urgent | 1 |\n| later | |",
        topic_objectives="| topic_id | objective_id |\n| A | urgent |\n| B | later |",
    )
    program = small.program(MONDAYS, weeks=2)
    assert (need_of(curriculum, program, weeks=1).needed, need_of(curriculum, program).needed) == (1, 2)


def test_a_topic_that_fits_no_meeting_is_not_counted() -> None:
    curriculum = small.curriculum(
        topics="| topic_id | lengths |\n| A | 60 |\n| B | 90 |",
        topic_objectives="| topic_id | objective_id |\n| A | one |\n| B | two |",
    )
    assert need_of(curriculum, small.program(MONDAYS, weeks=2)).needed == 1


def test_days_on_which_meetings_fell_out_are_named_as_the_calendar_names_them() -> None:
    curriculum = small.curriculum(
        topics="| topic_id |\n| A |", topic_objectives="| topic_id | objective_id |\n| A | one |"
    )
    calendar = {
        "us_federal": ["Martin Luther King Jr. Day"],
        "closed": ["2027-01-11"],
        "half_days": [{"date": "2027-01-25", "end": "12:00"}],
    }
    program = small.program(
        "| day | group_type |\n| mon | RP |\n| tue | SD |",
        weeks=4,
        stay_weeks=[4],
        calendar={"main": calendar},
    )
    assert need_of(curriculum, program) == TooFew(
        group_type="RP",
        needed=1,
        there=1,
        lost=(
            ClosedDay(day=date(2027, 1, 11), name=""),
            ClosedDay(day=date(2027, 1, 18), name="Martin Luther King Jr. Day"),
            ClosedDay(day=date(2027, 1, 25), name="half day"),
        ),
    )
