"""Planning anew: promises first, then the fewest changes, then the cost; and what is said to be proved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.errors import Clash
from iop_sessions.judge.pricing import price
from iop_sessions.pages.wording import clashes_in_words
from iop_sessions.planning import replanning
from iop_sessions.planning.replanning import Replanned, replan
from iop_sessions.planning.search import Task
from iop_sessions.planning.solver.highs import HALT, Solution
from iop_sessions.planning.solver.parting import best
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import Plan, Session
from iop_sessions.program.program import Program
from tests.lib import small

CURRICULUM = small.curriculum(
    topics="| topic_id |\n| RP-01 |\n| RP-02 |\n| RP-03 |\n| RP-04 |",
    topic_objectives="""
        | topic_id | objective_id |
        | RP-01    | one          |
        | RP-02    | two          |
        | RP-03    | three        |
    """,
)
HEAD = "| mon-1 | wed-1 | fri-1 |\n"
PROGRAM = small.program("| day |\n| mon |\n| wed |\n| fri |", weeks=2, spacing={"RP": 1})


def before(grid: str, program: Program = PROGRAM) -> Plan:
    return small.plan(program, HEAD + grid)


def changed(
    plan: Plan,
    program: Program,
    *,
    curriculum: Curriculum = CURRICULUM,
    promises_first: bool = True,
    told: list[str] | None = None,
    standing: tuple[Session, ...] = (),
) -> Replanned:
    task = Task(curriculum, program, program.start, program.weeks, (), standing)
    tell = told.append if told is not None else None
    return replan(task, plan.sessions, tell, promises_first=promises_first)


def closed(*days: date, program: Program = PROGRAM, **others: object) -> Program:
    calendar = {"main": {"closed": days}}
    return Program.model_validate(program.model_dump() | {"calendar": calendar} | others)


def topics(plan: Plan) -> str:
    return " ".join(each.topic_id or "-" for each in plan.sessions)


FULL = "| RP-01 | RP-02 | RP-03 |\n| RP-04 | RP-02 | RP-04 |"


def test_a_plan_that_holds_is_not_changed_though_a_better_one_exists() -> None:
    program = PROGRAM.model_copy(update={"stay_weeks": (2,)})
    worse = before("| RP-04 | RP-01 | RP-02 |\n| RP-03 | RP-01 | RP-02 |")
    made = changed(worse, program)
    assert topics(made.plan) == "RP-04 RP-01 RP-02 RP-03 RP-01 RP-02"
    assert made.fewest


def test_what_a_closed_day_took_is_taught_elsewhere_with_one_change() -> None:
    two = small.curriculum(
        topics="| topic_id |\n| RP-01 |\n| RP-02 |\n| RP-04 |",
        topic_objectives="| topic_id | objective_id |\n| RP-01 | one |\n| RP-02 | two |",
    )
    plan = before("| RP-01 | RP-02 | RP-04 |\n| RP-01 | RP-02 | RP-04 |")
    made = changed(plan, closed(date(2027, 1, 11), stay_weeks=[1]), curriculum=two)
    assert topics(made.plan) == "RP-01 RP-02 RP-01 RP-02 RP-04"  # for whoever starts on Wednesday, January 6
    assert made.fewest
    assert made.plan.sheet.shortfalls == ()


def test_where_changes_come_first_a_promise_is_let_go() -> None:
    program = closed(date(2027, 1, 4), stay_weeks=[2])
    start = small.plan(program, HEAD + FULL.replace("RP-01", "closed"))
    missing = small.curriculum(
        topics="| topic_id |\n| RP-01 |\n| RP-02 |\n| RP-04 |",
        topic_objectives="| topic_id | objective_id |\n| RP-01 | one |",
    )
    start = replace(start, sessions=tuple(
        each.model_copy(update={"topic_id": "RP-02" if number % 2 else "RP-04"})
        for number, each in enumerate(start.sessions)
    ))  # fmt: skip
    program = program.model_copy(update={"stay_weeks": (1,)})
    kept = changed(start, program, curriculum=missing, promises_first=False)
    assert topics(kept.plan) == topics(start)
    first = changed(start, program, curriculum=missing)
    assert "RP-01" in topics(first.plan)
    costs = [price(Case(missing, program, each.plan)).by_name["shortfalls"] for each in (kept, first)]
    assert costs[0] > costs[1]


def test_of_the_plans_that_change_as_little_the_cheapest_is_taken() -> None:
    curriculum = small.curriculum(
        topics="| topic_id | lengths |\n| RP-01 | 60 |\n| RP-02 | 60 |\n| RP-03 | 60 |\n| RP-04 | 60 |",
        objectives="| objective_id | level |\n| wish | full |",
        topic_objectives="| topic_id | objective_id |\n| RP-04 | wish |",
    )
    program = small.program(
        "| day |\n| mon |\n| wed |\n| fri |", weeks=1, stay_weeks=[1], spacing={"RP": 1}, core="short"
    )
    twice = before("| RP-01 | RP-01 | RP-02 |", program)
    made = changed(twice, program, curriculum=curriculum)
    assert topics(made.plan) in ("RP-04 RP-01 RP-02", "RP-01 RP-04 RP-02")  # one change, and the wish kept
    assert made.plan.sheet.cost == price(Case(curriculum, program, made.plan)).total


def test_no_wish_however_dear_is_worth_a_promise() -> None:
    curriculum = small.curriculum(
        topics="| topic_id |\n| RP-01 |\n| RP-02 |\n| RP-03 |",
        objectives="| objective_id | level |\n| promise | short |\n| wish | full |",
        topic_objectives="| topic_id | objective_id |\n| RP-01 | promise |\n| RP-02 | wish |",
    )
    program = small.program(
        "| day |\n| mon |", weeks=1, stay_weeks=[1], core="short", weights={"shortfall": 1, "full_core": 100}
    )
    plan = small.plan(program, "| mon-1 |\n| RP-03 |")
    assert topics(changed(plan, program, curriculum=curriculum).plan) == "RP-01"


def test_an_empty_group_is_filled_before_changes_are_counted_and_stays_empty_after() -> None:
    holes = before("| RP-01 | - | RP-03 |\n| RP-04 | - | RP-02 |")
    assert "-" not in topics(changed(holes, PROGRAM).plan).split()
    assert topics(changed(holes, PROGRAM, promises_first=False).plan) == topics(holes)


def test_what_stands_is_no_change_to_count_and_is_not_touched() -> None:
    twice = before("| RP-01 | RP-01 | RP-02 |\n| RP-03 | RP-02 | RP-03 |")
    made = changed(twice, PROGRAM, standing=twice.sessions[1:])
    assert topics(made.plan).split()[1:] == topics(twice).split()[1:]
    assert topics(made.plan).split()[0] != "RP-01"


def test_the_two_searches_are_told() -> None:
    told: list[str] = []
    changed(before(FULL), PROGRAM, told=told)
    assert told == [
        "Looking for the fewest changes …",
        "Looking for the best of the plans that change as little …",
    ]


def test_a_program_of_only_closed_days_has_nothing_to_change() -> None:
    days = [each.date for each in before(FULL).sessions]
    made = changed(before(FULL), closed(*days))
    assert (made.plan.sessions, made.plan.sheet.cost, made.fewest) == ((), 0, True)


def test_rules_that_cannot_hold_any_more_are_named() -> None:
    cohort = small.program("| day |\n| mon |\n| wed |\n| fri |", weeks=2, admission="cohort")
    opening = small.curriculum(topics="| topic_id | role |\n| RP-01 | opening |\n| RP-02 | ordinary |")
    plan = before("| RP-01 | RP-02 | RP-02 |\n| RP-02 | RP-02 | RP-02 |", cohort)
    days = [each.date for each in plan.sessions]
    with pytest.raises(Clash) as raised, clashes_in_words(opening):
        changed(plan, closed(*days, program=cohort), curriculum=opening)
    assert str(raised.value) == (
        "No plan can hold this:\n"
        "  - the opening topic RP-01 'A topic' comes in the first week, "
        "Mon, Jan 4 to Sun, Jan 10; meetings that fit it: 0\n"
        "What would help:\n"
        "  - make RP-01 an ordinary topic (column `role`)"
    )


def test_ctrl_c_while_a_change_is_looked_for_proposes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*arguments: object, **options: object) -> Solution:
        found = best(*arguments, **options)  # type: ignore[arg-type]  # passed on as it is
        HALT.asked = True
        return found

    monkeypatch.setattr(replanning, "best", interrupted)
    with pytest.raises(KeyboardInterrupt):
        changed(before(FULL), PROGRAM)
    monkeypatch.setattr(HALT, "asked", False)


def test_a_search_that_was_stopped_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*arguments: object, **options: object) -> Solution:
        return replace(best(*arguments, **options), outcome="stopped")  # type: ignore[arg-type]  # passed on as it is

    monkeypatch.setattr(replanning, "best", stopped)
    made = changed(before(FULL), PROGRAM)
    assert not made.fewest
    assert topics(made.plan) == topics(before(FULL))
    assert made.plan.sheet.cost == price(Case(CURRICULUM, PROGRAM, made.plan)).total
