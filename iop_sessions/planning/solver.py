"""The one door to HiGHS: a part of a model in, the best values for it out."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from iop_sessions.planning.model import Model, Part, Row

if TYPE_CHECKING:
    import highspy

MOST_NODES = 20_000
"""Limit of work for one part: branch-and-bound nodes. A clock would let two machines give two plans."""

OPTIONS = {"output_flag": False, "threads": 1, "mip_rel_gap": 0.0, "mip_abs_gap": 0.5}
"""Costs are whole numbers, so a gap below one proves a solution best. The seed stays at its default."""

Outcome = Literal["optimal", "feasible", "stopped", "infeasible"]
Tell = Callable[[int], None]


@dataclass(frozen=True)
class Solution:
    """What was found: a value for each variable, what they cost, and what no other values can go below."""

    outcome: Outcome
    values: Mapping[int, float]
    cost: int
    bound: int
    clashing: tuple[Row, ...] = ()  # where it is infeasible: the rows that cannot all hold


def solve_part(
    model: Model, part: Part, values: Sequence[float], nodes: int = MOST_NODES, tell: Tell | None = None
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
    """
    if not part.variables:
        return _no_values(part) if _contradicts(part.rows) else Solution("optimal", {}, 0, 0)
    highs = _load(model, part, values)
    highs.setOptionValue("mip_max_nodes", nodes)
    if tell is not None:
        highs.cbMipImprovingSolution.subscribe(
            lambda event: tell(round(event.data_out.objective_function_value))
        )
    highs.run()
    return _solution(model, part, highs)


def _no_values(part: Part) -> Solution:
    return Solution("infeasible", {}, 0, 0, part.rows)


def _contradicts(rows: Iterable[Row]) -> bool:
    return any(not row.low <= 0 <= row.high for row in rows)


def _load(model: Model, part: Part, values: Sequence[float]) -> highspy.Highs:
    import highspy

    highs = highspy.Highs()
    for name, value in OPTIONS.items():
        highs.setOptionValue(name, value)
    highs.passModel(_program(model, part, values))
    start = highspy.HighsSolution()
    start.col_value = [values[variable] for variable in part.variables]
    highs.setSolution(start)
    return highs


def _program(model: Model, part: Part, values: Sequence[float]) -> highspy.HighsLp:
    """Write a part as HiGHS reads it; variables outside the part stand as fixed numbers."""
    import highspy

    column = {variable: number for number, variable in enumerate(part.variables)}
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(column), len(part.rows)
    program.col_cost_ = [model.costs[variable] for variable in column]
    program.col_lower_, program.col_upper_ = [0.0] * len(column), [1.0] * len(column)
    kinds = highspy.HighsVarType
    program.integrality_ = [kinds.kInteger if model.groups[each] else kinds.kContinuous for each in column]
    fixed = [_fixed(row, column, values) for row in part.rows]
    program.row_lower_ = [row.low - done for row, done in zip(part.rows, fixed, strict=True)]
    program.row_upper_ = [row.high - done for row, done in zip(part.rows, fixed, strict=True)]
    _fill(program, part.rows, column)
    return program


def _fixed(row: Row, column: Mapping[int, int], values: Sequence[float]) -> float:
    return sum(factor * values[variable] for variable, factor in row.terms.items() if variable not in column)


def _fill(program: highspy.HighsLp, rows: Iterable[Row], column: Mapping[int, int]) -> None:
    import highspy

    starts, indices, factors = [0], [], []
    for row in rows:
        inside = [(column[variable], factor) for variable, factor in row.terms.items() if variable in column]
        indices += [index for index, _ in inside]
        factors += [factor for _, factor in inside]
        starts.append(len(indices))
    matrix = program.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_, matrix.index_, matrix.value_ = starts, indices, factors


def _solution(model: Model, part: Part, highs: highspy.Highs) -> Solution:
    import highspy

    status, info = highs.getModelStatus(), highs.getInfo()
    kinds = highspy.HighsModelStatus
    if status in (
        kinds.kInfeasible,
        kinds.kUnboundedOrInfeasible,
    ):  # bounded variables: it can only be infeasible
        return _no_values(part)
    bound = math.ceil(info.mip_dual_bound - 1e-6) if math.isfinite(info.mip_dual_bound) else 0
    found = highs.getSolution().col_value
    if not found or not math.isfinite(info.objective_function_value):
        paid = {variable: float(model.costs[variable] > 0) for variable in part.variables}
        return Solution("stopped", paid, model.cost_of(paid), bound)
    values = {
        variable: _tidy(model, variable, value) for variable, value in zip(part.variables, found, strict=True)
    }
    cost = model.cost_of(values)
    return (
        Solution("optimal", values, cost, cost)
        if status == kinds.kOptimal
        else Solution("feasible", values, cost, bound)
    )


def _tidy(model: Model, variable: int, value: float) -> float:
    return float(round(value)) if model.groups[variable] else value
