"""What the judge finds that weeks would be better without, and the order of ids."""

from __future__ import annotations

import pytest

from iop_sessions.doors.reports.plan import bill_lines
from iop_sessions.ground.speech import ENGLISH
from iop_sessions.judge import judge
from iop_sessions.judge.pricing import FLAWS, flaws, price
from iop_sessions.pages.wording.lacking import flaw_words
from iop_sessions.plans.case import Case
from iop_sessions.program.program import Program
from tests.lib import small

CURRICULUM = small.curriculum(
    topics="""
        | topic_id | group_type | format  |
        | A        | RP         | lecture |
        | B        | RP         | skills  |
        | C        | PE         | lecture |
        """,
    segments="""
        | topic_id | kind     | minutes |
        | A        | practice | 10      |
        | B        | practice | 30      |
        | C        | practice | 12      |
        """,
    topic_tags="| topic_id | scheme | tag |\n| B | theme | support |",
)
SLOTS = "| day | group_type |\n| mon | RP |\n| mon | PE |"
EVERY = {"lectures": 3, "practice": 5, "repeats": 7, "themes": 11}


def program_of(**settings: object) -> Program:
    asked = {"practice_share": 25, "most_repeats": 1, "themes": ["support"]}
    given: dict[str, object] = {"weights": EVERY, "good_weeks": asked, **settings}
    return small.program(SLOTS, **given)


BAD = small.plan(program_of(), "| mon-1 | mon-2 |\n| A | C |\n| A | C |")


def test_each_flaw_is_named_and_priced_by_its_weight() -> None:
    found = {
        name: [flaw_words(each, ENGLISH) for each in every]
        for name, every in flaws(Case(CURRICULUM, program_of(), BAD)).items()
    }
    assert found == {
        "lectures": [
            "Mon, Jan 4: A and C are two lectures in a row",
            "Mon, Jan 11: A and C are two lectures in a row",
        ],
        "practice": [
            "Mon, Jan 4: 22 minutes of practice in A, C, not 30",
            "Mon, Jan 11: 22 minutes of practice in A, C, not 30",
        ],
        "repeats": [
            "A is held 2 times for those who start on Mon, Jan 4, not 1 at most",
            "C is held 2 times for those who start on Mon, Jan 4, not 1 at most",
        ],
        "themes": [
            "week 1: no RP group holds a topic on the theme 'support'",
            "week 2: no RP group holds a topic on the theme 'support'",
        ],
    }
    bill = price(Case(CURRICULUM, program_of(), BAD))
    assert {name: cost for name, cost in bill.by_name.items() if cost} == {
        "lectures": 6, "practice": 10, "repeats": 14, "themes": 22,
    }  # fmt: skip
    assert bill_lines(bill) == ["Its cost of 52 by name: lectures 6, practice 10, repeats 14, themes 22."]


def test_no_flaw_is_left_out_here() -> None:
    assert set(EVERY) == set(FLAWS)


def test_what_weighs_nothing_is_neither_named_nor_priced() -> None:
    program = program_of(weights={})
    assert (flaws(Case(CURRICULUM, program, BAD)), price(Case(CURRICULUM, program, BAD)).total) == ({}, 0)
    assert bill_lines(price(Case(CURRICULUM, program, BAD))) == []


def test_a_cancelled_session_is_no_lecture_and_has_no_practice() -> None:
    made = small.changed(BAD, "2027-01-04-mon-2", state="cancelled")
    found = flaws(Case(CURRICULUM, program_of(), made))
    assert [flaw_words(each, ENGLISH) for each in found["lectures"]] == [
        "Mon, Jan 11: A and C are two lectures in a row"
    ]
    assert flaw_words(found["practice"][0], ENGLISH) == "Mon, Jan 4: 10 minutes of practice in A, not 15"
    assert [flaw_words(each, ENGLISH) for each in found["repeats"]] == [
        "A is held 2 times for those who start on Mon, Jan 4, not 1 at most"
    ]


def test_verdict_carries_the_bill() -> None:
    verdict = judge(Case(CURRICULUM, program_of(), BAD))
    assert verdict.bill is not None
    assert (verdict.bill.total, verdict.cost) == (52, 52)


ROUND = small.curriculum(topics="| topic_id |\n| T-1 |\n| T-2 |\n| T-10 |\n| X |")


def said_of(order: str, grid: str, slots: str = "| day |\n| mon |", **settings: object) -> list[str]:
    program = small.program(slots, sequence={"RP": order}, **settings)
    made = small.plan(program, grid)
    return [str(each) for each in judge(Case(ROUND, program, made)).problems]


def test_a_round_in_the_order_of_ids_is_right_from_any_beginning() -> None:
    assert said_of("cycle", "| mon-1 |\n| T-10 |\n| X |\n| T-1 |", weeks=3, stay_weeks=[9]) == []
    assert said_of("fixed", "| mon-1 |\n| T-1 |\n| T-2 |\n| T-10 |", weeks=3, stay_weeks=[9]) == []


def test_each_break_of_the_order_is_named_once() -> None:
    assert said_of("cycle", "| mon-1 |\n| T-1 |\n| T-10 |\n| X |", weeks=3, stay_weeks=[9]) == [
        (
            'plan.csv: topic_id: T-10 is not next: T-2 is, by [sequence] RP = "cycle" '
            '— write T-2, or [sequence] RP = "free"'
        )
    ]
    assert said_of("fixed", "| mon-1 |\n| T-2 |\n| T-10 |", stay_weeks=[9]) == [
        (
            'plan.csv: topic_id: T-2 is not next: T-1 is, by [sequence] RP = "fixed" '
            '— write T-1, or [sequence] RP = "free"'
        )
    ]


def test_free_and_unnamed_types_may_come_in_any_order() -> None:
    assert said_of("free", "| mon-1 |\n| T-10 |\n| T-1 |", stay_weeks=[9]) == []


def test_a_sequence_goes_on_after_the_past() -> None:
    past = small.plan(small.program("| day |\n| mon |", weeks=1), "| mon-1 |\n| T-2 |").sessions
    program = small.program(
        "| day |\n| mon |", weeks=1, start="2027-01-11", sequence={"RP": "fixed"}, stay_weeks=[9]
    )
    made = small.plan(program, "| mon-1 |\n| T-1 |", history=past)
    assert [each.message for each in judge(Case(ROUND, program, made)).problems] == [
        'T-1 is not next: T-10 is, by [sequence] RP = "fixed"'
    ]


@pytest.mark.parametrize(
    ("evening", "said"),
    [
        ("T-1 | T-2", []),
        (
            "T-2 | T-1",
            [
                "RP group 1 of week 1 holds T-2 in the pm track, T-1 in the am track",
                "RP group 2 of week 1 holds T-1 in the pm track, T-2 in the am track",
            ],
        ),
    ],
)
def test_other_tracks_keep_the_pace_of_the_one_with_most_groups(evening: str, said: list[str]) -> None:
    slots = "| day | track |\n| mon | am |\n| tue | am |\n| wed | pm |\n| thu | pm |"
    program = small.program(slots, weeks=1, sequence={"RP": "fixed"}, stay_weeks=[9])
    made = small.plan(program, f"| mon-1 | tue-1 | wed-1 | thu-1 |\n| T-1 | T-2 | {evening} |")
    assert [each.message for each in judge(Case(ROUND, program, made)).problems] == said
