from __future__ import annotations

from iop_sessions.ground.speech import ENGLISH
from iop_sessions.judge.pricing import flaws
from iop_sessions.pages.wording.lacking import flaw_words
from iop_sessions.plans.case import Case
from tests.lib import planner, small

CURRICULUM = small.curriculum(
    topics="| topic_id | group_type |\n| A | RP |\n| B | RP |\n| C | PE |\n| D | PE |",
    topic_tags="""
        | topic_id | scheme | tag      |
        | A        | theme  | cravings |
        | B        | theme  | support  |
        | C        | theme  | cravings |
        | D        | bank   | support  |
        """,
)
TWO = "| day | group_type |\n| mon | RP |\n| tue | PE |"


def test_every_group_type_holds_the_theme_of_the_week_and_themes_come_round() -> None:
    program = small.program(
        TWO, weeks=3, weights={"themes": 2}, good_weeks={"themes": ["cravings", "support"]}
    )
    made = planner.plan(CURRICULUM, program)
    held = [session.topic_id for session in made.sessions if session.group_type == "RP"]
    assert held == ["A", "B", "A"]
    assert [session.topic_id for session in made.sessions][1::4] == ["C", "C"]
    assert made.sheet.cost == 0  # no PE topic carries support


def test_a_type_that_leaves_the_theme_out_costs_the_weight_once_a_week() -> None:
    program = small.program(
        TWO, weeks=2, weights={"themes": 2}, good_weeks={"themes": ["cravings"]}, spacing={"RP": 1}
    )
    made = planner.plan(CURRICULUM, program)
    assert (made.sheet.cost, made.sheet.shortfalls) == (2, ())
    week = next(each.week for each in made.sessions if each.topic_id == "B")
    assert [flaw_words(each, ENGLISH) for each in flaws(Case(CURRICULUM, program, made))["themes"]] == [
        f"week {week}: no RP group holds a topic on the theme 'cravings'"
    ]


def test_an_empty_theme_is_a_week_without_one() -> None:
    program = small.program(
        TWO, weeks=2, weights={"themes": 2}, good_weeks={"themes": ["cravings", ""]}, spacing={"RP": 1}
    )
    assert planner.plan(CURRICULUM, program).sheet.cost == 0


def test_one_group_of_the_week_on_the_theme_is_enough() -> None:
    program = small.program(
        "| day |\n| mon |\n| wed |", weeks=1, weights={"themes": 2}, spacing={"RP": 1},
        good_weeks={"themes": ["support"]},
    )  # fmt: skip
    assert planner.plan(CURRICULUM, program).sheet.cost == 0


def test_a_topic_that_is_written_for_no_group_of_the_week_is_not_missed() -> None:
    slots = "| day | group_type | minutes |\n| mon | RP | 60 |\n| mon | RP | 90 |"
    curriculum = small.curriculum(
        topics="| topic_id | lengths |\n| A | 60 |\n| B | 90 |\n| X | 120 |",
        topic_tags="| topic_id | scheme | tag |\n| X | theme | support |",
    )
    program = small.program(slots, weeks=1, weights={"themes": 2}, good_weeks={"themes": ["support"]})
    assert planner.plan(curriculum, program).sheet.cost == 0
