from __future__ import annotations

from dataclasses import replace

from iop_sessions.ground.speech import ENGLISH
from iop_sessions.judge.pricing import flaws, price
from iop_sessions.pages.wording.lacking import flaw_words
from iop_sessions.planning.search import solve
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import Session
from iop_sessions.program.calendar import meetings
from iop_sessions.program.program import Program
from tests.lib import planner, small

CURRICULUM = small.curriculum(topics="| topic_id |\n| A |\n| B |")
ONE = small.curriculum(topics="| topic_id |\n| A |")
DAILY = "| day |\n| mon |"


def test_topics_come_by_turns_where_a_stay_would_hear_one_too_often() -> None:
    program = small.program(DAILY, weeks=4, stay_weeks=[4], weights={"repeats": 1})
    made = planner.plan(CURRICULUM, program)
    assert sorted(session.topic_id for session in made.sessions) == ["A", "A", "B", "B"]
    assert made.sheet.cost == 0


def test_each_further_run_costs_the_weight_for_each_start_date() -> None:
    program = small.program(DAILY, weeks=5, stay_weeks=[4], weights={"repeats": 3})
    made = planner.plan(ONE, program)
    assert (made.sheet.cost, made.sheet.shortfalls) == (12, ())  # two start dates, two runs too many each
    assert [
        (flaw_words(each, ENGLISH), each.times) for each in flaws(Case(ONE, program, made))["repeats"]
    ] == [
        ("A is held 4 times for those who start on Mon, Jan 4, not 2 at most", 2),
        ("A is held 4 times for those who start on Mon, Jan 11, not 2 at most", 2),
    ]


def test_the_limit_is_the_programs_own() -> None:
    program = small.program(
        DAILY, weeks=4, stay_weeks=[4], weights={"repeats": 1}, good_weeks={"most_repeats": 3}
    )
    assert planner.plan(ONE, program).sheet.cost == 1


def test_runs_of_the_past_count_but_are_not_the_plans_to_pay() -> None:
    past = small.program(DAILY, weeks=3, stay_weeks=[4])
    history = small.plan(past, "| mon-1 |\n| A |\n| A |\n| A |").sessions
    program = small.program(DAILY, weeks=1, start="2027-01-25", stay_weeks=[4], weights={"repeats": 1})
    assert planner.plan(ONE, program, history).sheet.cost == 1  # the stay of January 4 alone is decided
    made = planner.plan(CURRICULUM, program, history)
    assert ([session.topic_id for session in made.sessions], made.sheet.cost) == (["B"], 0)


def test_a_stay_that_ends_after_the_plan_is_not_asked_about() -> None:
    program = small.program(DAILY, weeks=3, stay_weeks=[4], weights={"repeats": 1})
    assert planner.plan(ONE, program).sheet.cost == 0


def test_spacing_that_allows_no_more_runs_needs_no_wish() -> None:
    program = small.program(DAILY, weeks=6, stay_weeks=[6], weights={"repeats": 1}, spacing={"RP": 2})
    curriculum = small.curriculum(topics="| topic_id |\n| A |\n| B |\n| C |")
    drafted = planner.draft(planner.task(curriculum, program))
    assert drafted.flaws == ()


def test_meetings_that_a_phase_skips_leave_room_for_more_runs_than_spacing_says() -> None:
    phases = [{"number": 1, "weeks": [1, 4], "days": ["Monday"]}]
    program = small.program(
        "| day |\n| mon |\n| tue |\n| wed |", weeks=4, phases=phases, spacing={"RP": 2},
        weights={"repeats": 1}, good_weeks={"most_repeats": 1}, stay_weeks=[4],
    )  # fmt: skip
    curriculum = small.curriculum(topics="| topic_id |\n| A |\n| B |\n| C |")
    assert planner.plan(curriculum, program).sheet.cost == 3  # every Monday has the same


WEEK = "| day |\n| mon |\n| tue |\n| wed |\n| thu |"


def standing(program: Program, topics: str) -> list[Session]:
    """Return the rows of a program's plan that stand, a topic each; x was cancelled, ? is free."""
    days = meetings(program, program.start, program.weeks)
    rows = (small.session(*pair) for pair in zip(days, topics.split(), strict=True) if pair[1] != "?")
    return [row.model_copy(update={"state": "cancelled"}) if row.topic_id == "x" else row for row in rows]


def cost_around(program: Program, topics: str) -> tuple[int, str]:
    """Plan around rows that stand; return what the search says it costs, and the topics."""
    rows = tuple(standing(program, topics))
    gone = tuple(each for each in rows if not each.takes_place)
    made = solve(replace(planner.task(CURRICULUM, program), standing=rows, cancelled=gone))
    assert made.sheet.cost == price(Case(CURRICULUM, program, made)).total
    return made.sheet.cost, " ".join(each.topic_id for each in made.sessions)


def test_meetings_that_were_cancelled_leave_room_for_more_runs_than_spacing_says() -> None:
    program = small.program(
        WEEK, weeks=1, stay_weeks=[1], spacing={"RP": 2}, weights={"repeats": 1, "empty": 100},
        good_weeks={"most_repeats": 1},
    )  # fmt: skip
    assert cost_around(program, "? x B ?") == (1, "A B A")  # or nothing, which costs a hundred


def test_rows_that_stand_too_near_are_counted_as_often_as_they_stand() -> None:
    program = small.program(
        WEEK, weeks=1, stay_weeks=[1], spacing={"RP": 2}, weights={"repeats": 1},
        good_weeks={"most_repeats": 1},
    )  # fmt: skip
    assert cost_around(program, "A A A B") == (2, "A A A B")
