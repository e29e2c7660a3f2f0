from __future__ import annotations

from typing import Any

from iop_sessions.ground.speech import ENGLISH
from iop_sessions.judge.pricing import flaws, price
from iop_sessions.pages.wording.lacking import flaw_words
from iop_sessions.plans.case import Case
from tests.lib import planner, small

CURRICULUM = small.curriculum(
    topics="""
        | topic_id | group_type | format  |
        | L        | RP         | lecture |
        | M        | PE         | lecture |
        | S        | PE         | skills  |
        """,
    group_types="| group_type | needs_topic |\n| RP | yes |\n| PE | yes |\n| PG | no |",
)
TWO = "| day | group_type |\n| mon | RP |\n| mon | PE |"
ON: dict[str, Any] = {"weights": {"lectures": 3}}


def test_a_lecture_is_followed_by_something_else_where_there_is_any() -> None:
    made = planner.plan(CURRICULUM, small.program(TWO, weeks=1, **ON))
    assert [session.topic_id for session in made.sessions] == ["L", "S"]
    assert made.sheet.cost == 0


def test_two_lectures_in_a_row_cost_the_weight_and_are_no_shortfall() -> None:
    program = small.program(TWO, weeks=2, spacing={"PE": 1}, **ON)
    made = planner.plan(CURRICULUM, program)
    assert (made.sheet.cost, made.sheet.shortfalls) == (3, ())
    day = "Jan 4" if made.sessions[1].topic_id == "M" else "Jan 11"
    assert [flaw_words(each, ENGLISH) for each in flaws(Case(CURRICULUM, program, made))["lectures"]] == [
        f"Mon, {day}: L and M are two lectures in a row"
    ]


def test_an_open_group_between_two_lectures_parts_them() -> None:
    slots = "| day | group_type |\n| mon | RP |\n| mon | PG |\n| mon | PE |"
    program = small.program(slots, weeks=2, spacing={"PE": 1}, **ON)
    assert planner.plan(CURRICULUM, program).sheet.cost == 0


def test_groups_of_different_days_or_tracks_are_not_in_a_row() -> None:
    for slots in (
        "| day | group_type |\n| mon | RP |\n| tue | PE |",
        "| day | group_type | track |\n| mon | RP | am |\n| mon | PE | pm |",
    ):
        program = small.program(slots, weeks=2, spacing={"PE": 1}, **ON)
        assert planner.plan(CURRICULUM, program).sheet.cost == 0


def test_people_of_a_later_phase_have_neighbors_of_their_own() -> None:
    phases = [{"number": 1, "weeks": [1]}, {"number": 2, "weeks": [2], "slots": ["mon-1", "mon-3"]}]
    slots = "| day | group_type |\n| mon | RP |\n| mon | PG |\n| mon | PE |"
    program = small.program(slots, weeks=2, spacing={"PE": 1}, phases=phases, **ON)
    assert planner.plan(CURRICULUM, program).sheet.cost == 3  # phase 2 goes from L to M


def test_without_a_weight_nothing_is_asked() -> None:
    program = small.program(TWO, weeks=2, spacing={"PE": 1})
    made = planner.plan(CURRICULUM, program)
    assert (made.sheet.cost, price(Case(CURRICULUM, program, made)).by_name["lectures"]) == (0, 0)
