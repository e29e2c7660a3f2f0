from __future__ import annotations

from dataclasses import replace

import pytest

from iop_sessions.planning import search
from iop_sessions.planning.solver import parting
from iop_sessions.planning.solver.highs import Solution, solve_part
from iop_sessions.planning.solver.model import Model, ModelPart, fall_apart
from iop_sessions.planning.solver.parting import best
from tests.lib import planner, small


def test_variables_that_no_row_ties_fall_apart() -> None:
    model = Model()
    one, two, three = (model.binary("RP") for _ in range(3))
    model.at_least({one: 1.0, three: 1.0}, 1)
    assert fall_apart(range(3), model.rows) == [
        ModelPart((one, three), (model.rows[0],)),
        ModelPart((two,), ()),
    ]


def test_nothing_falls_into_no_part_and_a_row_about_nothing_into_one() -> None:
    model = Model()
    assert fall_apart([], []) == []
    model.at_least({}, 1)
    assert best(model, {}).outcome == "infeasible"


def test_each_part_adds_its_cost() -> None:
    model = Model()
    for cost in (3.0, 4.0):
        model.at_least({model.binary("RP", cost): 1.0}, 1)
    assert best(model, {}) == Solution("optimal", {0: 1.0, 1: 1.0}, 7, 7)


def test_a_tie_between_groups_is_paid_where_it_is_cheaper() -> None:
    model = Model()
    dear, cheap = model.binary("RP", 5), model.binary("SD", 2)
    model.at_least({dear: 1.0, cheap: 1.0}, 1)
    found = best(model, {})
    assert (found.outcome, found.cost, found.values[dear], found.values[cheap]) == ("optimal", 2, 0.0, 1.0)


def test_a_hard_tie_between_groups_that_cannot_hold_is_infeasible() -> None:
    model = Model()
    one, other = model.binary("RP"), model.binary("SD")
    model.at_least({one: 1.0, other: 1.0}, 2)
    model.at_most({one: 1.0}, 0)
    assert best(model, {}).outcome == "infeasible"


def test_a_start_that_breaks_rows_changes_no_cost() -> None:
    model = Model()
    first, second = model.binary("RP", 1), model.binary("RP", 2)
    model.equals({first: 1.0, second: 1.0}, 1)
    assert best(model, {first: 1.0, second: 1.0}).cost == 1


def test_the_solver_tells_of_better_solutions() -> None:
    model = Model()
    ring = [model.binary("RP", 1) for _ in range(9)]
    for one, other in zip(ring, [*ring[1:], ring[0]], strict=True):
        model.at_least({one: 1.0, other: 1.0}, 1)
    told: list[int] = []
    solve_part(model, fall_apart(ring, model.rows)[0], [1.0] * 9, tell=told.append)
    assert told == sorted(set(told), reverse=True)  # every one is better than the one before
    assert (told[0], told[-1]) == (9, 5)  # from the start that takes all, to every second and one more


def test_a_limit_of_work_says_feasible_with_its_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    task = planner.task(
        small.curriculum(topics="| topic_id |\n| A |"), small.program("| day |\n| mon |", weeks=1)
    )

    def limited(*arguments: object) -> Solution:
        return replace(best(*arguments), outcome="feasible", cost=100, bound=90)  # type: ignore[arg-type]  # as given

    monkeypatch.setattr(search, "best", limited)
    sheet = search.solve(task).sheet
    assert (sheet.status, sheet.cost, sheet.bound, sheet.gap) == ("feasible", 100, 90, 10.0)


def test_a_huge_part_is_made_better_by_weeks_and_says_how_far_it_may_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    curriculum = small.curriculum(topics="| topic_id |\n| A |\n| B |\n| C |")
    program = small.program("| day |\n| mon |\n| tue |\n| wed |", weeks=6, spacing={"RP": 2})
    proved = planner.plan(curriculum, program)
    monkeypatch.setattr(parting, "HUGE", (0, 0))
    said: list[str] = []
    search.solve(planner.task(curriculum, program), said.append)
    made = planner.plan(curriculum, program)  # the judge agrees
    assert "RP: making a very large part better, a few weeks at a time (part 1 of 1)" in said
    assert made.sheet.bound <= proved.sheet.cost <= made.sheet.cost


def test_work_without_a_solution_is_stopped_and_pays_every_price() -> None:
    model = Model()
    wish, *free = model.fraction(7), *(model.binary("RP") for _ in range(30))
    for factor in (17, 23, 31):  # sums to the half: no rounding of fractions meets all three
        terms = {variable: float(factor * variable**2 % 97 + 1) for variable in free}
        model.equals(terms, sum(terms.values()) // 2)
    solution = solve_part(model, ModelPart((wish, *free), tuple(model.rows)), [0.0] * 31, nodes=0)
    assert solution == Solution("stopped", {wish: 1.0, **dict.fromkeys(free, 0.0)}, 7, 0)
