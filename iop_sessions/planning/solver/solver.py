"""The one door to HiGHS: a part of a model in, the best values for it out."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from iop_sessions.planning.solver.grid import Grid
from iop_sessions.planning.solver.halting import HALT
from iop_sessions.planning.solver.model import Model, Part, Row

if TYPE_CHECKING:
    import highspy

    from iop_sessions.planning.solver.grid import Numbers

MOST_NODES = 20_000
"""Limit of work for one part: branch-and-bound nodes. A clock would let two machines give two plans."""

SMALLEST_GAP = 0.5
"""Costs are whole numbers, so a gap below one proves a solution best."""

OPTIONS = {"output_flag": False, "threads": 1, "mip_rel_gap": 0.0}
"""The seed stays at its default."""


Outcome = Literal["optimal", "feasible", "stopped", "infeasible"]
Tell = Callable[[int], None]


@dataclass(frozen=True)
class Effort:
    """How hard to try: what gap is good enough, with which more options, and whether Ctrl-C is heeded."""

    gap: float = SMALLEST_GAP
    options: tuple[tuple[str, str | int], ...] = ()
    heeds: bool = True


USUAL = Effort()
TO_THE_END = Effort(heeds=False)
SUMS = (("mip_lp_solver", "ipm"), ("mip_pool_soft_limit", 100))
"""For sums: interior points are the faster first relaxation, and of thousands of cuts few dozens help."""


@dataclass(frozen=True)
class Solution:
    """What was found: a value for each variable, what they cost, and what no other values can go below."""

    outcome: Outcome
    values: Mapping[int, float]
    cost: int
    bound: int
    clashing: tuple[Row, ...] = ()  # where it is infeasible: the rows that cannot all hold


def solve_part(
    model: Model,
    part: Part,
    values: Sequence[float],
    nodes: int = MOST_NODES,
    tell: Tell | None = None,
    effort: Effort = USUAL,
) -> Solution:
    """Find the best values of a part's variables.

    Parameters
    ----------
    model, part
        What is to be solved.
    values
        One value for each variable of the model: where those of the part start, and what the others are.
    nodes
        Limit of work. Default: the planner's own.
    tell
        Called with the cost of each better solution.
    effort
        How hard to try.
    """
    if not part.variables:
        return _no_values(part) if _contradicts(part.rows) else Solution("optimal", {}, 0, 0)
    solution = solve_free(model, Grid(model, part), part.variables, values, nodes, tell, effort)
    return _no_values(part) if solution.outcome == "infeasible" else solution


def solve_free(
    model: Model,
    grid: Grid,
    free: Sequence[int],
    values: Sequence[float],
    nodes: int,
    tell: Tell | None = None,
    effort: Effort = USUAL,
) -> Solution:
    """Find the best values of some variables of a grid while all others stand."""
    highs = _load(grid.cut(_numbers(free), _numbers(values)))
    highs.setSolution(_start([values[variable] for variable in free]))
    for name, value in effort.options:
        highs.setOptionValue(name, value)
    highs.setOptionValue("mip_max_nodes", nodes)
    highs.setOptionValue("mip_abs_gap", effort.gap)
    if tell is not None:
        highs.cbMipImprovingSolution.subscribe(
            lambda event: tell(round(event.data_out.objective_function_value))
        )
    run(highs, effort.heeds)
    return _solution(model, free, highs)


def least_cost(model: Model, part: Part) -> int:
    """Return what the part costs at least: as if a meeting could hold a half of one topic and of another."""
    import highspy

    highs = _load(Grid(model, part).cut(_numbers(part.variables), _numbers([0.0] * len(model.costs))))
    highs.setOptionValue("solve_relaxation", True)
    highs.setOptionValue("solver", "ipm")
    run(highs)
    done = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return _up(model, part.variables, highs.getInfo().objective_function_value) if done else 0


def _up(model: Model, variables: Iterable[int], bound: float) -> int:
    """Round a bound up: a cost is a whole number of the largest step that divides every price."""
    step = math.gcd(*(round(model.costs[variable]) for variable in variables)) or 1
    return math.ceil(bound / step - 1e-6) * step if math.isfinite(bound) else 0


def _no_values(part: Part) -> Solution:
    return Solution("infeasible", {}, 0, 0, part.rows)


def _contradicts(rows: Iterable[Row]) -> bool:
    return any(not row.low <= 0 <= row.high for row in rows)


def run(highs: highspy.Highs, heeds: bool = True) -> None:
    """Let HiGHS work until it is done, or until the user asks to stop."""
    if not heeds:
        highs.run()
        return
    with HALT.over(highs):
        if not HALT.now:
            highs.run()


def _load(program: highspy.HighsLp) -> highspy.Highs:
    import highspy

    highs = highspy.Highs()
    for name, value in OPTIONS.items():
        highs.setOptionValue(name, value)
    highs.passModel(program)
    return highs


def _start(values: Sequence[float]) -> highspy.HighsSolution:
    import highspy

    start = highspy.HighsSolution()
    start.col_value = list(values)
    return start


def _numbers(values: Sequence[float]) -> Numbers:
    import numpy as np

    return np.array(values)


def _solution(model: Model, free: Sequence[int], highs: highspy.Highs) -> Solution:
    import highspy

    status, info = highs.getModelStatus(), highs.getInfo()
    kinds = highspy.HighsModelStatus
    if status in (kinds.kInfeasible, kinds.kUnboundedOrInfeasible):  # bounded variables: the first
        return Solution("infeasible", {}, 0, 0)
    bound = _up(model, free, info.mip_dual_bound)
    found = highs.getSolution().col_value
    if not found or not math.isfinite(info.objective_function_value):
        paid = {each: model.most[each] * (model.costs[each] > 0) for each in free}
        return Solution("stopped", paid, model.cost_of(paid), bound)
    values = {each: _tidy(model, each, value) for each, value in zip(free, found, strict=True)}
    cost = model.cost_of(values)
    done = status == kinds.kOptimal or cost <= bound
    return Solution("optimal", values, cost, cost) if done else Solution("feasible", values, cost, bound)


def _tidy(model: Model, variable: int, value: float) -> float:
    return float(round(value)) if model.groups[variable] else value
