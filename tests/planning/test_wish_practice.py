from __future__ import annotations

import pytest

from iop_sessions.ground.speech import ENGLISH
from iop_sessions.judge.pricing import flaws
from iop_sessions.pages.wording.lacking import flaw_words
from iop_sessions.planning.rules.wishes import ways_to_be_poor
from iop_sessions.plans.case import Case
from tests.lib import planner, small

CURRICULUM = small.curriculum(
    topics="| topic_id | group_type |\n| A | RP |\n| B | RP |\n| C | PE |\n| D | PE |",
    segments="""
        | topic_id | kind     | minutes |
        | A        | practice | 20      |
        | B        | practice | 10      |
        | C        | practice | 10      |
        | D        | practice | 20      |
        | D        | topic    | 40      |
        """,
    group_types="| group_type | practice_share_min |\n| RP | 20 |\n| PE | 30 |",
)
TWO = "| day | group_type |\n| mon | RP |\n| mon | PE |"


def program_of(share: int | None, slots: str = TWO, **settings: object) -> object:
    return small.program(
        slots,
        weights={"practice": 4},
        good_weeks={"practice_share": share} if share is not None else {},
        **{"weeks": 1, **settings},
    )


@pytest.mark.parametrize(
    ("share", "days", "cost"),
    [
        (33, [{"A", "D"}], 0),  # 40 of 120 minutes
        (25, [{"A", "C"}, {"A", "D"}, {"B", "D"}], 0),  # 30 of 120 are just enough
        (34, [{"A", "C"}, {"A", "D"}, {"B", "C"}, {"B", "D"}], 4),
    ],
)
def test_a_day_practices_for_its_share_or_costs_the_weight(
    share: int, days: list[set[str]], cost: int
) -> None:
    made = planner.plan(CURRICULUM, program_of(share))  # type: ignore[arg-type]  # a program
    assert {session.topic_id for session in made.sessions} in days
    assert (made.sheet.cost, made.sheet.shortfalls) == (cost, ())


def test_a_poor_day_is_named_with_its_minutes() -> None:
    program = program_of(34)
    made = small.plan(program, "| mon-1 | mon-2 |\n| B | C |")  # type: ignore[arg-type]  # a program
    found = flaws(Case(CURRICULUM, program, made))["practice"]  # type: ignore[arg-type]  # a program
    assert flaw_words(found[0], ENGLISH) == "Mon, Jan 4: 20 minutes of practice in B, C, not 41"


def test_without_a_share_each_group_type_asks_for_its_own() -> None:
    made = planner.plan(CURRICULUM, program_of(None))  # type: ignore[arg-type]  # 20 % of RP, 30 % of PE: 30 min
    assert {session.topic_id for session in made.sessions} in [{"A", "C"}, {"A", "D"}, {"B", "D"}]


def test_each_day_is_one_of_its_own() -> None:
    slots = "| day | group_type |\n| mon | RP |\n| tue | PE |"
    made = planner.plan(CURRICULUM, program_of(30, slots, weeks=2, spacing={"RP": 1, "PE": 1}))  # type: ignore[arg-type]
    assert made.sheet.cost == 8  # a Monday with B and a Tuesday with C


def test_people_of_a_later_phase_have_days_of_their_own() -> None:
    phases = [{"number": 1, "weeks": [1]}, {"number": 2, "weeks": [2], "slots": ["mon-2"]}]
    program = program_of(25, weeks=2, phases=phases, spacing={"PE": 1})
    made = planner.plan(CURRICULUM, program)  # type: ignore[arg-type]  # a program
    assert made.sheet.cost == 4  # whoever hears C alone practices 10 of 60 minutes


def test_an_empty_meeting_neither_helps_nor_harms() -> None:
    slots = "| day | group_type | minutes |\n| mon | RP | 60 |\n| mon | PE | 50 |"
    made = planner.plan(CURRICULUM, program_of(33, slots))  # type: ignore[arg-type]  # no PE topic of 50 minutes
    assert (made.sheet.cost, made.sessions[0].topic_id) == (10_000, "A")


def test_the_ways_to_be_poor_are_the_highest_limits_below_zero() -> None:
    assert ways_to_be_poor(((-2, 0, 1), (-1, 2))) == ((0, -1),)
    assert ways_to_be_poor(((-3, 0, 1), (-1, 2))) == ((-3, 2), (0, -1))
    assert ways_to_be_poor(((0, 1), (0, 2))) == ()
    assert ways_to_be_poor(((-1,),)) == ((-1,),)
