from __future__ import annotations

import pytest

from iop_sessions.planning.search import Draft, Task, draft
from iop_sessions.planning.solver.model import Model, ModelPart
from iop_sessions.planning.solver.parting import best, improve
from tests.lib import planner, small

CURRICULUM = small.curriculum(
    topics="| topic_id |\n| A |\n| B |\n| C |\n| D |",
    topic_objectives="| topic_id | objective_id |\n| A | one |\n| B | two |\n| C | three |\n| D | four |",
)


def task(weeks: int = 8, **settings: object) -> Task:
    program = small.program("| day |\n| mon |\n| wed |\n| fri |", weeks=weeks, stay_weeks=[2], **settings)
    return planner.task(CURRICULUM, program)


def whole(model: Model) -> ModelPart:
    return ModelPart(tuple(range(len(model.costs))), tuple(model.rows))


def always(made: Draft, topic_id: str) -> list[float]:
    """Hold one topic in every meeting, and pay for every promise that it does not keep."""
    values = [0.0] * len(made.model.costs)
    for index in made.board.empty:
        values[made.board.choices(index)[topic_id]] = 1.0
    for promise in (*made.promises, *made.wishes):
        values[promise.missed] = float(not any(values[chance.run] for chance in promise.chances))
    return values


def cost(made: Draft, values: list[float]) -> int:
    return made.model.cost_of(dict(enumerate(values)))


def improved(made: Draft, values: list[float], bound: float = 0) -> list[int]:
    said: list[int] = []
    improve(made.model, whole(made.model), values, bound, said.append)
    return said


def test_a_poor_plan_becomes_the_best_there_is() -> None:
    made = draft(task(closed=["2027-01-20"]))
    values = always(made, "A")
    assert cost(made, values) > 10_000
    improved(made, values)
    assert all(row.holds(values) for row in made.model.rows)
    assert cost(made, values) == best(made.model, made.start).bound


def test_each_better_plan_is_told_and_none_is_worse() -> None:
    made = draft(task())
    values = always(made, "A")
    before = cost(made, values)
    said = improved(made, values)
    assert said == sorted(said, reverse=True)
    assert (said[0] < before, said[-1]) == (True, cost(made, values))


@pytest.mark.parametrize("weeks", [1, 2, 5, pytest.param(9, marks=pytest.mark.deep)])
def test_a_plan_is_never_made_worse(weeks: int) -> None:
    made = draft(task(weeks, spacing={"RP": 3}))
    values = [made.start.get(variable, 0.0) for variable in range(len(made.model.costs))]
    before = cost(made, values)
    improved(made, values)
    assert cost(made, values) <= before
    assert all(row.holds(values) for row in made.model.rows)


def test_a_start_that_breaks_a_rule_is_left_alone() -> None:
    made = draft(task(spacing={"RP": 1}))
    values = always(made, "A")
    before = list(values)
    assert improved(made, values) == []
    assert values == before


def test_a_plan_that_cannot_be_cheaper_is_left_alone() -> None:
    made = draft(task())
    values = always(made, "A")
    before = list(values)
    assert improved(made, values, bound=cost(made, values)) == []
    assert values == before


def test_the_same_start_gives_the_same_plan() -> None:
    made = draft(task(spacing={"RP": 0}))
    first, second = always(made, "A"), always(made, "A")
    assert improved(made, first) == improved(made, second)
    assert first == second
