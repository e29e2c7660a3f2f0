"""The judge on phases, paths, tracks, sites and half days: a good plan is made bad in one way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.errors import Place
from iop_sessions.judge import judge
from iop_sessions.judge.pricing import price
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import Plan, with_rows
from iop_sessions.program.program import Program
from tests.lib import small

TOPICS = small.curriculum(topics="| topic_id | trigger_content |\n| A | |\n| B | |\n| C | |\n| T | grief |")
TRACKS = """
    | day | id | track | start |
    | mon | m1 | am    | 9:00  |
    | wed | m2 | am    | 9:00  |
    | mon | e1 | pm    | 18:00 |
    | wed | e2 | pm    | 18:00 |
    """


def placed(made: Plan) -> Plan:
    """Give each session the line it would have in plan.csv, and sign the rows as they are."""
    lines = enumerate(made.sessions, 2)
    sessions = tuple(each.model_copy(update={"place": Place("plan.csv", line)}) for line, each in lines)
    return replace(made, sessions=sessions, sheet=with_rows(made.sheet, sessions))


def told(program: Program, grid: str | Plan, curriculum: Curriculum = TOPICS) -> list[str]:
    made = placed(small.plan(program, grid) if isinstance(grid, str) else grid)
    priced = replace(made, sheet=replace(made.sheet, cost=price(Case(curriculum, program, made)).total))
    return [str(problem) for problem in judge(Case(curriculum, program, priced)).problems]


def test_tracks_in_step_are_right_in_any_order_of_a_week() -> None:
    assert told(small.program(TRACKS, weeks=1), "| m1 | m2 | e1 | e2 |\n| A | B | B | A |") == []


@pytest.mark.parametrize(("e2", "heard"), [("C", "C"), ("B", "B")])
def test_a_track_out_of_step_is_named_with_its_topic(e2: str, heard: str) -> None:
    assert told(small.program(TRACKS, weeks=1), f"| m1 | m2 | e1 | e2 |\n| A | B | B | {e2} |") == [
        (
            f"plan.csv:5: topic_id: the pm track hears {heard} in week 1, the am track does not "
            "— hold the same topics in every track of a week"
        )
    ]


def test_a_hole_in_one_track_is_no_step_missed() -> None:
    assert told(small.program(TRACKS, weeks=1), "| m1 | m2 | e1 | e2 |\n| A | B | B | - |") == []


def test_a_cancelled_group_leaves_the_other_track_to_lead_the_week() -> None:
    program = small.program(TRACKS, weeks=1)
    made = small.plan(program, "| m1 | m2 | e1 | e2 |\n| A | B | B | A |")
    assert told(program, small.changed(made, "2027-01-04-m1", state="cancelled")) == []


def test_a_track_that_nobody_knows_is_named_and_judged_no_further() -> None:
    program = small.program(TRACKS.replace("| mon | e1 | pm    | 18:00 |\n", ""), weeks=1)
    made = small.plan(program, "| m1 | m2 | e2 |\n| A | B | A |")
    for name in ("2027-01-04-m1", "2027-01-06-m2", "2027-01-06-e2"):
        made = small.changed(made, name, track="night")
    assert told(program, made)[0] == (
        "plan.csv:2: track: session 2027-01-04-m1 says night, its meeting says am — write am"
    )


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("track", "pm", "says pm, its meeting says am — write am"),
        ("site", "north", "says north, its meeting says south — write south"),
        ("kind", "open", "says open, its meeting says group — write group"),
    ],
)
def test_a_row_agrees_with_its_slots_track_site_and_kind(column: str, value: str, said: str) -> None:
    program = small.program("| day | id | track | site |\n| mon | m1 | am | south |", weeks=1)
    made = small.changed(small.plan(program, "| m1 |\n| A |"), "2027-01-04-m1", **{column: value})
    assert f"plan.csv:2: {column}: session 2027-01-04-m1 {said}" in told(program, made)


FOUR = "| day |\n| mon |\n| mon |\n| mon |\n| mon |"
STEP_DOWN = [{"number": 1, "weeks": [1]}, {"number": 2, "weeks": [2], "slots": ["mon-2", "mon-3"]}]
LATE = [{"id": "late", "phases": [[2, 1]]}]


def edge(line: int, which: str) -> list[str]:
    return [
        (
            f"plan.csv:{line}: topic_id: T holds trigger content (grief) and is the {which} group of the day "
            "— move it to the middle of a day"
        )
    ]


def test_trigger_content_at_the_edge_of_a_later_phases_day_is_named() -> None:
    program = small.program(FOUR, weeks=1, phases=STEP_DOWN)
    assert told(program, "| mon-1 | mon-2 | mon-3 | mon-4 |\n| A | T | B | C |") == []
    assert told(program, "| mon-1 | mon-2 | mon-3 | mon-4 |\n| A | B | T | C |") == edge(4, "last")


def test_trigger_content_that_opens_the_day_of_a_late_entry_is_named() -> None:
    program = small.program(FOUR, weeks=1, phases=STEP_DOWN, paths=LATE)
    assert told(program, "| mon-1 | mon-2 | mon-3 | mon-4 |\n| A | T | B | C |") == edge(3, "first")


def test_in_a_cohort_only_the_phase_of_the_week_has_edges() -> None:
    program = small.program(FOUR, weeks=2, phases=STEP_DOWN, admission="cohort")
    header = "| mon-1 | mon-2 | mon-3 | mon-4 |"
    assert told(program, f"{header}\n| A | B | T | C |\n| A | T | B | C |") == []
    assert told(program, f"{header}\n| A | B | C | A |\n| A | B | T | C |") == edge(8, "last")


def test_a_track_of_a_cohort_is_new_on_the_first_day_it_comes() -> None:
    slots = TRACKS.replace("| mon | e1 | pm    | 18:00 |", "| wed | e1 | pm    | 16:00 |")
    program = small.program(slots, weeks=1, admission="cohort")
    assert edge(4, "first")[0] in told(program, "| m1 | m2 | e1 | e2 |\n| A | T | T | A |")


def test_the_closed_days_of_a_site_are_its_own() -> None:
    calendars = {"main": {}, "north": {"closed": ["2027-01-06..2027-01-07"]}}
    slots = "| day | id | site |\n| mon | here | |\n| mon | there | north |"
    program = small.program(slots, weeks=1, calendar=calendars)
    made = small.plan(program, "| here | there |\n| A | B |")
    wednesday = {"date": date(2027, 1, 6), "reason": "flood"}
    moved = "was moved from 2027-01-04 to 2027-01-06 (flood)"
    assert told(program, small.changed(made, "2027-01-04-here", **wednesday)) == [
        f"plan.csv:2: date: warning: session 2027-01-04-here {moved}"
    ]
    assert told(program, small.changed(made, "2027-01-04-there", **wednesday)) == [
        f"plan.csv:3: date: warning: session 2027-01-04-there {moved}",
        (
            "plan.csv:3: date: session 2027-01-04-there meets on Wednesday, January 6, 2027, "
            "a closed day (Closed) — move it, or take the day out of the calendar's closed days"
        ),
    ]


HALF = {"main": {"half_days": [{"date": "2027-01-06", "end": "18:30"}]}}


def test_a_session_on_a_day_that_became_a_half_day_is_to_be_cancelled() -> None:
    slots = "| day |\n| wed |\n| wed |"
    made = small.plan(small.program(slots, weeks=1), "| wed-1 | wed-2 |\n| A | B |")
    program = small.program(slots, weeks=1, calendar=HALF)
    assert told(program, made) == [
        (
            "plan.csv:3: session_id: the day of meeting '2027-01-06-wed-2' is open 00:00 to 18:30 only "
            "— write cancelled under state"
        )
    ]
    assert told(program, small.changed(made, "2027-01-06-wed-2", state="cancelled")) == []


def test_a_session_moved_outside_the_hours_of_a_half_day_is_named() -> None:
    program = small.program("| day |\n| mon |", weeks=1, calendar=HALF)
    made = small.plan(program, "| mon-1 |\n| A |")
    there = {"date": date(2027, 1, 6), "reason": "flood"}
    late = {"start": time(18), "end": time(19)}
    moved = "session 2027-01-04-mon-1 was moved from 2027-01-04 to 2027-01-06 (flood)"
    said = told(program, small.changed(made, "2027-01-04-mon-1", **there))
    assert said == [f"plan.csv:2: date: warning: {moved}"]
    assert told(program, small.changed(made, "2027-01-04-mon-1", **there, **late))[-1] == (
        "plan.csv:2: start: session 2027-01-04-mon-1 meets 18:00 to 19:00 on Wednesday, January 6, 2027, "
        "a half day open 00:00 to 18:30 — move it, or change the calendar's half day"
    )


SIDE_BY_SIDE = """
    | day | id | track   | start | phases   |
    | mon | a  | {first} | 17:30 | {phases} |
    | mon | b  | {other} | 18:00 |          |
    """


PHASE = {"number": 1, "weeks": [1]}


def clashes(program: Program, made: Plan) -> list[str]:
    return [each for each in told(program, made) if "while" in each]


@pytest.mark.parametrize(
    ("first", "other", "phases", "settings", "clash"),
    [
        ("", "", "", {}, True),
        ("am", "am", "", {}, True),
        ("am", "pm", "", {}, False),
        ("am", "", "", {}, True),  # people of the morning come to both
        ("", "", "1", {"phases": [PHASE, PHASE | {"number": 2, "weeks": [2]}]}, True),
        ("", "", "1", {"phases": [PHASE | {"slots": ["a"]}, STEP_DOWN[1] | {"slots": ["b"]}]}, False),
        ("", "", "2", {"phases": [PHASE]}, False),  # nobody comes to the first
    ],
)  # fmt: skip
def test_groups_clash_only_where_the_same_people_come_to_both(
    first: str, other: str, phases: str, settings: dict[str, object], *, clash: bool
) -> None:
    slots = SIDE_BY_SIDE.format(first=first, other=other, phases=phases)
    program = small.program(slots, weeks=1, **settings)
    said = "plan.csv:3: start: session 2027-01-04-b starts at 18:00 while 2027-01-04-a meets until 18:30 "
    said += "on 2027-01-04 — move one of them, or write cancelled under state"
    assert clashes(program, small.plan(program, "| a | b |\n| A | A |")) == ([said] if clash else [])


def test_a_session_moved_onto_one_that_its_people_come_to_clashes() -> None:
    slots = TRACKS.replace("| 18:00 |", "| 9:30  |")
    program = small.program(slots, weeks=1)
    made = small.plan(program, "| m1 | m2 | e1 | e2 |\n| A | B | A | B |")
    assert clashes(program, made) == []
    moved = small.changed(made, "2027-01-06-m2", date=date(2027, 1, 4), reason="flood", start=time(9, 15))
    assert clashes(program, moved) == [
        (
            "plan.csv:4: start: session 2027-01-06-m2 starts at 09:15 while 2027-01-04-m1 meets until 10:00 "
            "on 2027-01-04 — move one of them, or write cancelled under state"
        )
    ]


def test_a_price_is_paid_for_each_journey() -> None:
    curriculum = small.curriculum(
        topics="| topic_id |\n| A |\n| B |",
        topic_objectives="| topic_id | objective_id |\n| A | one |\n| B | two |",
    )
    program = small.program(TRACKS, weeks=1, stay_weeks=[1], admission="cohort")

    def cost(grid: str) -> int:
        return price(Case(curriculum, program, small.plan(program, f"| m1 | m2 | e1 | e2 |\n{grid}"))).total

    assert cost("| A | B | A | B |") == 0
    assert cost("| A | B | A | A |") == 1000
    assert cost("| A | A | B | B |") == 2000
    assert cost("| A | A | B | - |") == 12_000


def test_only_groups_are_empty_without_a_topic() -> None:
    program = small.program("| day | kind |\n| mon | group |\n| wed | individual |", weeks=1)
    assert (
        price(Case(TOPICS, program, small.plan(program, "| mon-1 | wed-1 |\n| - | closed |"))).total == 10_000
    )


def test_a_role_is_asked_of_groups_only() -> None:
    curriculum = small.curriculum(topics="| topic_id | role |\n| O | opening |")
    alone = small.program("| day | kind |\n| mon | individual |", weeks=1, stay_weeks=[1])
    assert price(Case(curriculum, alone, small.plan(alone, "| mon-1 |\n| closed |"))).by_name["openings"] == 0
    cohort = alone.model_copy(update={"admission": "cohort"})
    assert told(cohort, "| mon-1 |\n| closed |", curriculum) == []


def test_individual_meetings_do_not_stand_between_two_groups() -> None:
    slots = "| day | kind |\n| mon | group |\n| tue | individual |\n| wed | group |"
    program = small.program(slots, weeks=1, spacing={"RP": 1})
    assert told(program, "| mon-1 | tue-1 | wed-1 |\n| A | - | A |") == [
        (
            "plan.csv:4: topic_id: A comes twice in a row, "
            "[spacing] asks for 1 meeting of RP between — choose another topic"
        )
    ]


def test_a_problem_of_two_tracks_is_said_once() -> None:
    slots = "| day | id | track |\n| mon | m1 | am |\n| mon | e1 | pm |\n| wed | x | |\n| thu | y | |"
    program = small.program(slots, weeks=1, spacing={"RP": 1})
    assert told(program, "| m1 | e1 | x | y |\n| A | A | B | B |") == [
        (
            "plan.csv:5: topic_id: B comes twice in a row, "
            "[spacing] asks for 1 meeting of RP between — choose another topic"
        )
    ]
