from __future__ import annotations

from iop_sessions.planning.search import Draft, draft
from iop_sessions.planning.solver.folding import fold, unfold
from iop_sessions.planning.solver.highs import least_cost, solve_part
from iop_sessions.planning.solver.model import Model, ModelPart, fall_apart
from tests.lib import planner, small

ALIKE = small.curriculum(
    topics="| topic_id | entry | after |\n| A | | |\n| B | | |\n| C | | |\n| D | | |\n| E | after | A |",
    topic_objectives="| topic_id | objective_id |\n| A | a |\n| B | b |\n| C | c |\n| D | d |\n| E | e |",
)


def drafted() -> tuple[Draft, ModelPart]:
    program = small.program("| day |\n| mon |\n| wed |", weeks=5, stay_weeks=[2], spacing={"RP": 2})
    made = draft(planner.task(ALIKE, program))
    (part,) = fall_apart(range(len(made.model.costs)), made.model.rows)
    return made, part


def test_topics_that_stand_in_the_model_alike_become_one_sum() -> None:
    made, part = drafted()
    folded = fold(made.model, part)
    assert folded is not None
    first = made.board.choices(0)
    sums = {topic_id: folded.sum_of[variable] for topic_id, variable in first.items()}
    assert sums["B"] == sums["C"] == sums["D"]
    assert len({sums["A"], sums["B"], sums["E"]}) == 3
    assert folded.model.most[sums["B"]] == 3


def test_a_plan_added_up_keeps_every_row_and_costs_the_same() -> None:
    made, part = drafted()
    folded = fold(made.model, part)
    assert folded is not None
    best = solve_part(made.model, part, [0.0] * len(made.model.costs))
    sums = folded.add_up([best.values[variable] for variable in range(len(made.model.costs))])
    assert all(row.holds(sums) for row in folded.part.rows)
    assert folded.model.cost_of(dict(enumerate(sums))) == best.cost


def test_the_best_sums_and_their_relaxation_cost_no_more_than_the_best_plan() -> None:
    made, part = drafted()
    folded = fold(made.model, part)
    assert folded is not None
    best = solve_part(made.model, part, [0.0] * len(made.model.costs))
    sums = solve_part(folded.model, folded.part, [0.0] * len(folded.model.costs))
    assert least_cost(folded.model, folded.part) == least_cost(made.model, part) <= sums.cost <= best.cost


def test_sums_become_a_plan_at_the_same_cost() -> None:
    made, part = drafted()
    folded = fold(made.model, part)
    assert folded is not None
    best = solve_part(folded.model, folded.part, [0.0] * len(folded.model.costs))
    values = [0.0] * len(made.model.costs)
    unfold(made.model, part, folded, list(best.values.values()), values)
    assert all(row.holds(values) for row in part.rows)
    assert made.model.cost_of(dict(enumerate(values))) == best.cost


def test_what_is_not_alike_is_not_folded() -> None:
    model = Model()
    variables = [model.binary("RP", cost) for cost in (1, 2, 3)]
    model.at_least(dict.fromkeys(variables, 1.0), 1)
    assert fold(model, ModelPart(tuple(variables), tuple(model.rows))) is None
