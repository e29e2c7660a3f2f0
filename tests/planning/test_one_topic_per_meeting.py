from __future__ import annotations

from dataclasses import replace

from iop_sessions.planning.search import draft, solve
from iop_sessions.planning.solver.parting import best
from tests.lib import planner, small

ONE_EACH = small.curriculum(topics="| topic_id |\n| A |\n| B |")


def test_each_meeting_gets_one_topic() -> None:
    program = small.program("| day |\n| mon |\n| wed |", weeks=1, spacing={"RP": 1})
    made = planner.plan(ONE_EACH, program)
    assert sorted(session.topic_id for session in made.sessions) == ["A", "B"]


def test_two_topics_cannot_share_a_meeting() -> None:
    task = planner.task(ONE_EACH, small.program("| day |\n| mon |", weeks=1))
    drafted = draft(task)
    for topic_id in ("A", "B"):
        variable = drafted.board.holds(topic_id, 0)
        assert variable is not None
        drafted.model.equals({variable: 1.0}, 1)
    assert best(drafted.model, {}).outcome == "infeasible"


def test_a_meeting_that_no_topic_fits_is_named_as_empty() -> None:
    program = small.program("| day | minutes |\n| mon | 60 |\n| mon | 90 |", weeks=1)
    made = planner.plan(ONE_EACH, program)
    assert (made.sheet.status, made.sheet.cost) == ("optimal", 10_000)
    assert planner.lacks(ONE_EACH, made) == [
        "Mon, Jan 4, mon-2: no RP topic: none is written for 90 minutes and ages 'adult'"
    ]


def test_a_meeting_that_no_topic_may_fill_is_named_as_empty() -> None:
    program = small.program("| day |\n| mon |\n| wed |", weeks=1, spacing={"RP": 1})
    made = planner.plan(small.curriculum(topics="| topic_id |\n| A |"), program)
    assert made.sheet.cost == 10_000
    assert planner.lacks(ONE_EACH, made) == [
        (
            "Wed, Jan 6, wed-1: no RP topic: A may stand there, "
            "but the rules of order and [spacing] RP = 1 keep it away: it asks for 2 topics, and 1 exists"
        )
    ]


def test_what_spacing_asks_for_is_less_where_meetings_were_cancelled() -> None:
    program = small.program("| day |\n| mon |\n| tue |\n| wed |\n| thu |", weeks=1, spacing={"RP": 3})
    task = planner.task(small.curriculum(topics="| topic_id |\n| A |"), program)
    (gone,) = (small.session(each, "A") for each in task.meetings if each.slot.id == "tue-1")
    gone = gone.model_copy(update={"state": "cancelled"})
    made = solve(replace(task, standing=(gone,), cancelled=(gone,)))
    assert planner.lacks(ONE_EACH, made)[1:] == [
        (
            "Wed, Jan 6, wed-1: no RP topic: A may stand there, "
            "but the rules of order and [spacing] RP = 3 keep it away: it asks for 3 topics, and 1 exists"
        )
    ]


def test_an_open_group_needs_no_topic_and_costs_nothing() -> None:
    curriculum = small.curriculum(group_types="| group_type | needs_topic |\n| PG | no |")
    made = planner.plan(curriculum, small.program("| day | group_type |\n| mon | PG |", weeks=1))
    assert [(session.topic_id, made.sheet.cost) for session in made.sessions] == [("", 0)]


def test_a_plan_whose_days_are_all_closed_is_empty_and_optimal() -> None:
    made = planner.plan(ONE_EACH, small.program("| day |\n| mon |", weeks=1, closed=["2027-01-04"]))
    assert (made.sessions, made.sheet.status, made.sheet.cost) == ((), "optimal", 0)
