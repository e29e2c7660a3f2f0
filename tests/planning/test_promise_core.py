from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

from iop_sessions.ground.speech import ENGLISH
from iop_sessions.planning.rules.promises import guests
from iop_sessions.planning.search import draft
from iop_sessions.plans.facts import Shortfall
from iop_sessions.program.program import Program
from tests.lib import planner, small
from tests.lib.planner import proved_unavoidable

TWO = small.curriculum(
    topics="| topic_id |\n| A |\n| B |",
    topic_objectives="| topic_id | objective_id |\n| A | one |\n| B | two |",
)
TWO_OF_ONE = "all that is promised by then needs at least 2 RP meetings; 1 exists"
MON_WED = "| day |\n| mon |\n| wed |"


def test_every_start_date_is_taught_everything_in_time() -> None:
    made = planner.plan(TWO, small.program(MON_WED, weeks=4, stay_weeks=[1]))
    assert (made.sheet.status, made.sheet.cost, made.sheet.shortfalls) == ("optimal", 0, ())
    assert all(one.topic_id != other.topic_id for one, other in pairwise(made.sessions))


def test_a_wednesday_joiner_has_not_met_mondays_topic() -> None:
    program = small.program(MON_WED, weeks=2, stay_weeks=[1])
    task = planner.task(TWO, program)
    weeks = {
        "2027-01-04-mon-1": "A",
        "2027-01-06-wed-1": "B",
        "2027-01-11-mon-1": "B",
        "2027-01-13-wed-1": "A",
    }
    wednesday_misses_one = small.plan(program, "| mon-1 | wed-1 |\n| A | B |\n| B | A |")
    assert planner.cost(TWO, program, wednesday_misses_one) == 1000
    assert planner.forced(task, weeks) == "optimal"


def test_a_missed_promise_is_named_with_its_price_and_its_arithmetic() -> None:
    program = small.program("| day |\n| mon |", weeks=2, stay_weeks=[1])
    made = planner.plan(TWO, program)
    assert made.sheet.cost == 2000
    missed = {session.date: {"A": "two", "B": "one"}[session.topic_id] for session in made.sessions}
    names = {"one": "A", "two": "B"}
    assert sorted(planner.lacks(TWO, made)) == sorted(
        f"'Do a thing' is not taught within 1 week to anyone who starts on {ENGLISH.short_day(day)}: "
        f"it needs {names[objective]}, and that window holds 1 meeting of their kind; {TWO_OF_ONE}"
        for day, objective in missed.items()
    )
    assert [each.cost for each in made.sheet.shortfalls] == [1000, 1000]


def test_a_closed_day_makes_a_shortfall_that_is_proved_unavoidable() -> None:
    program = small.program(MON_WED, weeks=3, stay_weeks=[1], closed=["2027-01-13"])
    made = planner.plan(TWO, program)
    assert [(each.starts, each.cost) for each in made.sheet.shortfalls] == [((date(2027, 1, 11),), 1000)]
    assert proved_unavoidable(planner.task(TWO, program), made)


def test_a_shortfall_that_another_plan_avoids_is_not_called_unavoidable() -> None:
    program = small.program(MON_WED, weeks=1, stay_weeks=[1])
    task = planner.task(TWO, program)
    made = planner.plan(TWO, program)
    worse = replace(
        made.sheet, shortfalls=(Shortfall(kind="objective", subject="two", starts=(), cost=1000),)
    )
    assert proved_unavoidable(task, made)
    assert not proved_unavoidable(task, replace(made, sheet=worse))


def test_an_essential_is_met_within_its_weeks() -> None:
    curriculum = small.curriculum(
        topics="| topic_id |\n| A |\n| B |\n| C |",
        objectives="| objective_id | within_weeks |\n| urgent | 1 |\n| later | |",
        topic_objectives="| topic_id | objective_id |\n| A | urgent |\n| B | urgent |\n| C | later |",
    )
    made = planner.plan(curriculum, small.program(MON_WED, weeks=6, stay_weeks=[3], spacing={"RP": 1}))
    assert made.sheet.cost == 0
    for one, other in pairwise(session.topic_id for session in made.sessions):
        assert {one, other} & {"A", "B"}


def test_an_objective_of_orientation_or_of_a_standing_part_needs_no_slot() -> None:
    curriculum = small.curriculum(
        topics="| topic_id | delivery |\n| O | orientation |\n| S | standing |\n| A | group |",
        topic_objectives="| topic_id | objective_id |\n| O | day-one |\n| S | check-in |",
    )
    assert (
        planner.plan(curriculum, small.program("| day |\n| mon |", weeks=2, stay_weeks=[1])).sheet.cost == 0
    )


def test_a_standing_part_is_missed_where_no_meeting_of_its_kind_takes_place() -> None:
    curriculum = small.curriculum(
        topics="| topic_id | delivery | group_type |\n| S | standing | SD |\n| A | group | RP |",
        group_types="| group_type | needs_topic |\n| SD | no |",
        topic_objectives="| topic_id | objective_id |\n| S | check-in |",
    )
    program = small.program(
        "| day | group_type |\n| mon | RP |\n| wed | SD |", weeks=1, stay_weeks=[1], closed=["2027-01-06"]
    )
    assert planner.plan(curriculum, program).sheet.cost == 1000


def test_a_topic_with_entry_after_counts_only_once_its_earlier_topic_was_met_in_the_stay() -> None:
    curriculum = small.curriculum(
        topics="| topic_id | entry | after |\n| A | open | |\n| B | after | A |\n| C | open | |",
        topic_objectives="| topic_id | objective_id |\n| B | deep |",
    )
    program = small.program(MON_WED, weeks=2, stay_weeks=[2], admission="rolling")
    made = planner.plan(curriculum, program)
    topics = [session.topic_id for session in made.sessions]
    assert made.sheet.cost == 0
    assert topics.index("A") < len(topics) - 1 - topics[::-1].index("B")


def test_windows_past_the_plans_end_are_undecided_and_cost_nothing() -> None:
    assert planner.plan(TWO, small.program(MON_WED, weeks=1, stay_weeks=[2])).sheet.cost == 0


def test_a_full_core_promises_the_full_objectives_and_electives_are_nobodys_promise() -> None:
    curriculum = small.curriculum(
        topics="| topic_id | lengths |\n| A | 60 |\n| B | 90 |",
        objectives="| objective_id | level |\n| basic | short |\n| more | full |\n| extra | elective |",
        topic_objectives="| topic_id | objective_id |\n| A | basic |\n| B | more |\n| B | extra |",
    )
    slots = "| day |\n| mon |"
    assert (
        planner.plan(curriculum, small.program(slots, weeks=1, stay_weeks=[1], core="full")).sheet.cost
        == 1000
    )
    assert (
        planner.plan(curriculum, small.program(slots, weeks=1, stay_weeks=[1], core="short")).sheet.cost == 5
    )


def test_everybody_in_a_cohort_starts_on_its_first_day() -> None:
    made = planner.plan(TWO, small.program(MON_WED, weeks=1, stay_weeks=[1], admission="cohort"))
    assert made.sheet.cost == 0


def test_a_plan_may_start_on_any_day_of_the_week() -> None:
    program = small.program(MON_WED, weeks=3, start="2027-01-06", stay_weeks=[1])
    made = planner.plan(TWO, program)
    assert [session.session_id for session in made.sessions][:3] == [
        "2027-01-06-wed-1", "2027-01-11-mon-1", "2027-01-13-wed-1",
    ]  # fmt: skip
    assert [session.week for session in made.sessions] == [1, 1, 2, 2, 3, 3]
    assert made.sheet.cost == 0


PHASES = [
    {"number": 1, "weeks": [1]},
    {"number": 2, "weeks": [2], "days": ["Wednesday"]},
]
WAYS = [{"id": "whole", "phases": [[1, 1], [2, 1]]}, {"id": "late", "phases": [[2, 1]]}]


def starts_of(program: Program) -> list[tuple[str, str]]:
    found = guests(draft(planner.task(TWO, program)).board)
    return [(guest.journey.path, ENGLISH.short_day(guest.start)) for guest in found]


def test_a_journey_starts_on_the_days_on_which_its_newcomers_have_a_group() -> None:
    assert starts_of(small.program(MON_WED, weeks=1, phases=PHASES, paths=WAYS)) == [
        ("whole", "Mon, Jan 4"), ("whole", "Wed, Jan 6"), ("late", "Wed, Jan 6"),
    ]  # fmt: skip


def test_a_cohort_starts_on_one_day_whichever_way_it_goes() -> None:
    program = small.program(MON_WED, weeks=1, phases=PHASES, paths=WAYS, admission="cohort")
    assert starts_of(program) == [("whole", "Mon, Jan 4"), ("late", "Mon, Jan 4")]


def test_who_enters_in_phase_two_comes_to_its_days_only() -> None:
    late = small.program(MON_WED, weeks=1, phases=PHASES, paths=WAYS[1:])
    made = planner.plan(TWO, late.model_copy(update={"weeks": 2}))
    assert made.sheet.cost == 1000  # the Wednesday joiner of the last week is the next plan's
    assert [each.starts for each in made.sheet.shortfalls] == [(date(2027, 1, 6),)]
    assert planner.lacks(TWO, made)[0].endswith(TWO_OF_ONE)


def test_a_step_down_teaches_on_fewer_days() -> None:
    program = small.program(MON_WED, weeks=2, phases=PHASES, stay_weeks=[2], admission="cohort")
    three = small.curriculum(
        topics="| topic_id |\n| A |\n| B |\n| C |",
        topic_objectives="| topic_id | objective_id |\n| A | one |\n| B | two |\n| C | three |",
    )
    made = planner.plan(three, program)
    monday, wednesday, _, last = (each.topic_id for each in made.sessions)  # phase 2 skips Monday
    assert (sorted([monday, wednesday, last]), made.sheet.cost) == (["A", "B", "C"], 0)


def test_each_way_pays_for_itself() -> None:
    twice = [WAYS[1], WAYS[1] | {"id": "too"}]
    program = small.program("| day |\n| wed |", weeks=1, phases=PHASES, paths=twice)
    made = planner.plan(TWO, program.model_copy(update={"weeks": 2}))
    assert made.sheet.cost == 2000
    assert "Wed, Jan 6 (path late); Wed, Jan 6 (path too)" in planner.lacks(TWO, made)[0]
