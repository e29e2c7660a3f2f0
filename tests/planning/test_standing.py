"""What stands cannot be changed: it is counted as it is, and the rest obeys what it still can."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from math import inf

import pytest

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.errors import Clash
from iop_sessions.judge import judge
from iop_sessions.pages.wording import clashes_in_words
from iop_sessions.planning.search import Task, solve
from iop_sessions.planning.solver.model import HardRule, Model
from iop_sessions.planning.task import settle
from iop_sessions.plans.case import Case
from iop_sessions.plans.facts import OfType
from iop_sessions.plans.plan import Plan, Session, with_rows
from iop_sessions.program.calendar import meetings
from iop_sessions.program.program import Program
from tests.lib import planner, small

TOPICS = small.curriculum(
    topics="""
        | topic_id | group_type |
        | RP-01    | RP         |
        | RP-02    | RP         |
        | RP-03    | RP         |
        | PE-01    | PE         |
    """,
    group_types="| group_type | needs_topic |\n| RP | yes |\n| PE | yes |\n| PG | no |",
    topic_objectives="| topic_id | objective_id |\n| RP-01 | one |\n| RP-02 | two |\n| PE-01 | three |",
)
PROGRAM = small.program("| day |\n| mon |\n| wed |\n| fri |", weeks=1, stay_weeks=[1], spacing={"RP": 1})


def rows(program: Program, *topics: str) -> list[Session]:
    """Return the first rows of a program's plan, each with its topic."""
    days = meetings(program, program.start, program.weeks)
    return [small.session(meeting, topic) for meeting, topic in zip(days, topics, strict=False)]


def planned(curriculum: Curriculum, program: Program, *standing: Session) -> Plan:
    """Plan with some rows that stand, and let the judge agree on the cost."""
    gone = tuple(each for each in standing if not each.takes_place)
    task = Task(curriculum, program, program.start, program.weeks, (), standing, gone)
    made = solve(task)
    known = {each.session_id: each for each in standing}
    sessions = tuple(known.get(each.session_id, each) for each in made.sessions)
    plan = replace(made, sessions=tuple(sorted((*sessions, *gone), key=lambda each: each.order)))
    plan = replace(plan, sheet=with_rows(plan.sheet, plan.sessions))
    assert judge(Case(curriculum, program, plan)).cost == plan.sheet.cost
    return plan


def topics(plan: Plan) -> list[str]:
    return [each.topic_id if each.takes_place else each.state for each in plan.sessions]


def broken(curriculum: Curriculum, program: Program, plan: Plan) -> list[str]:
    return [each.message for each in judge(Case(curriculum, program, plan)).problems]


def test_without_anything_that_stands_nothing_is_different() -> None:
    assert planned(TOPICS, PROGRAM) == planner.plan(TOPICS, PROGRAM)


def test_the_rest_is_planned_around_what_stands() -> None:
    plan = planned(TOPICS, PROGRAM, *rows(PROGRAM, "RP-03"))
    assert topics(plan)[0] == "RP-03"
    assert {*topics(plan)[1:]} == {"RP-01", "RP-02"}


def test_a_standing_hole_stays_a_hole() -> None:
    plan = planned(TOPICS, PROGRAM, *rows(PROGRAM, ""))
    assert topics(plan)[0] == ""
    assert [each.subject for each in plan.sheet.shortfalls][:1] == ["2027-01-04-mon-1"]


def test_what_stands_may_break_a_rule_and_the_rest_still_keeps_it() -> None:
    twice = rows(PROGRAM, "RP-01", "RP-01")
    plan = planned(TOPICS, PROGRAM, *twice)
    assert topics(plan) == ["RP-01", "RP-01", "RP-02"]
    assert broken(TOPICS, PROGRAM, plan) == [
        "RP-01 comes twice in a row, [spacing] asks for 1 meeting of RP between"
    ]  # fmt: skip


def test_a_topic_that_does_not_fit_its_meeting_stands_and_counts_where_it_is_held() -> None:
    plan = planned(TOPICS, PROGRAM, *rows(PROGRAM, "PE-01"))
    assert topics(plan)[0] == "PE-01"
    assert "three" not in [each.subject for each in plan.sheet.shortfalls]
    assert broken(TOPICS, PROGRAM, plan) == ["PE-01 is no topic of RP groups"]


def test_a_topic_held_in_a_group_that_needs_none_counts_too() -> None:
    program = small.program("| day | group_type |\n| mon | PG |\n| wed | RP |", weeks=1, stay_weeks=[1])
    without = planned(TOPICS, program)
    plan = planned(TOPICS, program, *rows(program, "RP-01"))
    assert topics(plan) == ["RP-01", "RP-02"]
    assert plan.sheet.cost < without.sheet.cost


def test_a_topic_that_nobody_knows_stands_too() -> None:
    plan = planned(TOPICS, PROGRAM, *rows(PROGRAM, "RP-99"))
    assert topics(plan)[0] == "RP-99"


def test_what_was_cancelled_does_not_meet() -> None:
    first = rows(PROGRAM, "RP-01")[0].model_copy(update={"state": "cancelled"})
    plan = planned(TOPICS, PROGRAM, first)
    closed = planner.plan(TOPICS, PROGRAM.model_copy(update={"slots": PROGRAM.slots[1:]}))
    assert topics(plan) == ["cancelled", *topics(closed)]
    assert plan.sheet.cost == closed.sheet.cost


@pytest.mark.parametrize(
    "became", [{"state": "not held"}, {"state": "partly", "held_minutes": 29}], ids=["not held", "too brief"]
)
def test_what_was_not_taught_comes_again(became: dict[str, object]) -> None:
    program = small.program("| day |\n| mon |\n| mon |\n| wed |", weeks=1, stay_weeks=[1])
    first = rows(program, "RP-01")[0].model_copy(update=became)
    assert set(topics(planned(TOPICS, program, first))[1:]) == {"RP-01", "RP-02"}


def test_a_row_moved_by_hand_stands_where_it_was_moved_to() -> None:
    moved = rows(PROGRAM, "RP-01")[0].model_copy(update={"date": date(2027, 1, 7), "reason": "asked for"})
    plan = planned(TOPICS, PROGRAM, moved)
    assert [(each.session_id, each.date) for each in plan.sessions][1] == (
        "2027-01-04-mon-1", date(2027, 1, 7),
    )  # fmt: skip
    assert topics(plan)[1] == "RP-01"
    assert "RP-01" not in topics(plan)[::2]  # it stands between the two others now


def test_a_row_of_a_slot_that_the_program_no_longer_has_stands_too() -> None:
    old = small.program("| day |\n| mon |\n| wed |\n| fri |\n| sat |", weeks=1)
    extra = rows(old, "", "", "", "RP-01")[3]
    plan = planned(TOPICS, PROGRAM, extra)
    assert [each.session_id for each in plan.sessions][3] == "2027-01-09-sat-1"
    assert "RP-01" not in topics(plan)[2:3]


SERIES = small.curriculum(
    topics="""
        | topic_id | series | part |
        | RP-01    | two    | 1    |
        | RP-02    | two    | 2    |
        | RP-03    |        |      |
    """
)


def test_a_part_that_was_held_asks_for_the_next_one() -> None:
    plan = planned(SERIES, PROGRAM, *rows(PROGRAM, "RP-01"))
    assert topics(plan) == ["RP-01", "RP-02", "RP-03"]


def test_a_part_whose_next_one_was_not_held_is_forgiven() -> None:
    plan = planned(SERIES, PROGRAM, *rows(PROGRAM, "RP-01", "RP-03"))
    assert topics(plan)[:2] == ["RP-01", "RP-03"]
    assert broken(SERIES, PROGRAM, plan) == ["RP-02 must follow RP-01 here"]


def test_what_no_rest_can_keep_is_a_clash_with_its_reasons() -> None:
    last = [each for each in rows(PROGRAM, "", "RP-01", "") if each.topic_id]
    tied = small.curriculum(
        topics="""
            | topic_id | series | part | calendar_tie   |
            | RP-01    | two    | 1    |                |
            | RP-02    | two    | 2    | before_closure |
        """
    )
    with pytest.raises(Clash) as raised, clashes_in_words(tied):
        planned(tied, PROGRAM, *last)
    assert str(raised.value) == (
        "No plan can hold all of these at once:\n"
        "  - the parts of the series 'two' (RP-01, RP-02) follow each other directly\n"
        "  - RP-02 'A topic' stands in the week before a closed day\n"
        "What would help:\n"
        "  - take RP-01, RP-02 out of the series 'two'\n"
        "  - take the calendar tie of RP-02 away"
    )


def test_only_the_limits_that_what_stands_breaks_are_widened() -> None:
    model = Model()
    first, second, third = (model.binary("RP") for _ in range(3))
    rule = HardRule("Spacing", "RP", OfType(kind="spaced", group_type="RP", meetings=2))
    model.at_most({first: 1.0, second: 1.0, third: 1.0}, 1, rule)
    model.at_most({second: 1.0, third: 1.0}, 1, rule)
    model.at_least({first: 1.0, third: -1.0}, 1, rule)
    model.at_most({first: 1.0, second: 1.0}, 1)
    settle(model, {first: 1.0, second: 1.0})
    assert [(row.low, row.high) for row in model.rows] == [
        (-inf, 2.0), (-inf, 1), (1, inf), (-inf, 1), (1.0, 1.0), (1.0, 1.0),
    ]  # fmt: skip


def test_nothing_settled_changes_no_row() -> None:
    model = Model()
    model.at_most({model.binary("RP"): 1.0}, 1)
    before = list(model.rows)
    settle(model, {})
    assert model.rows == before


def test_a_cohort_is_in_order_after_what_was_held() -> None:
    ordered = small.curriculum(
        topics="""
            | topic_id | after | entry |
            | RP-01    |       | open  |
            | RP-02    | RP-01 | after |
            | RP-03    |       | open  |
        """
    )
    cohort = PROGRAM.model_copy(update={"admission": "cohort", "stay_weeks": (1,)})
    plan = planned(ordered, cohort, *rows(cohort, "RP-02"))
    assert topics(plan)[0] == "RP-02"
    assert broken(ordered, cohort, plan) == [
        "RP-02 comes before RP-01, which it builds on"
    ]  # fmt: skip


def test_a_day_into_the_plan_what_was_held_yesterday_counts_for_newcomers_of_yesterday() -> None:
    two = small.program("| day |\n| mon |\n| wed |", weeks=2, stay_weeks=[1])
    plan = planned(TOPICS, two, *rows(two, "RP-03", "RP-01"))
    missed = {each.subject: each.starts for each in plan.sheet.shortfalls}
    assert missed["two"][0] == two.start
    assert two.start + timedelta(days=2) not in missed["two"]
