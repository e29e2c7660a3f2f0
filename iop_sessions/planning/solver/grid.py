"""The rows of a part as columns of numbers, out of which the program of a few free variables is cut."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from iop_sessions.planning.solver.model import Model, Part

if TYPE_CHECKING:
    import highspy
    import numpy.typing as npt

    Numbers = npt.NDArray[Any]

IDLE = 1e-9
"""How close to its limit a row may come and still say nothing."""


class Grid:
    """Every entry of a part's rows: its row, its variable, its factor."""

    def __init__(self, model: Model, part: Part) -> None:
        import numpy as np

        self._np, self._model = np, model
        self.row = np.repeat(np.arange(len(part.rows)), [len(row.terms) for row in part.rows])
        self.variable = np.fromiter(
            (each for row in part.rows for each in row.terms), np.int64, len(self.row)
        )
        factors = (factor for row in part.rows for factor in row.terms.values())
        self.factor = np.fromiter(factors, np.float64, len(self.row))
        self.low = np.array([row.low for row in part.rows], dtype=np.float64)
        self.high = np.array([row.high for row in part.rows], dtype=np.float64)
        self.cost, self.most = np.array(model.costs, dtype=np.float64), np.array(model.most)
        self.whole = np.array([bool(group) for group in model.groups])

    def around(self, variables: Sequence[int]) -> list[int]:
        """Add, to some variables, the fractions that stand in a row with them."""
        np = self._np
        there = np.zeros(len(self.cost), dtype=bool)
        there[list(variables)] = True
        touched = np.zeros(len(self.low), dtype=bool)
        touched[self.row[there[self.variable]]] = True
        beside = self.variable[touched[self.row]]
        there[beside[~self.whole[beside]]] = True
        found: list[int] = np.flatnonzero(there).tolist()
        return found

    def cut(self, free: Numbers, values: Numbers) -> highspy.HighsLp:
        """Write the program of the free variables; rows that cannot be broken are left out."""
        np = self._np
        column = np.full(len(self.cost), -1)
        column[free] = np.arange(len(free))
        inside = column[self.variable] >= 0
        many = len(self.low)
        fixed = np.bincount(
            self.row[~inside], self.factor[~inside] * values[self.variable[~inside]], minlength=many
        )
        low, high = self.low - fixed, self.high - fixed
        row, variable, factor = self.row[inside], self.variable[inside], self.factor[inside]
        reach = factor * self.most[variable]
        least = np.bincount(row, np.minimum(reach, 0.0), minlength=many)
        most = np.bincount(row, np.maximum(reach, 0.0), minlength=many)
        kept = (least < low - IDLE) | (most > high + IDLE)
        mine = kept[row]
        sizes = np.bincount(row[mine], minlength=many)[kept]
        starts = np.concatenate([[0], np.cumsum(sizes)])
        program = _program(self, free, low[kept], high[kept])
        matrix = program.a_matrix_
        matrix.start_, matrix.index_, matrix.value_ = starts, column[variable[mine]], factor[mine]
        return program


def _program(grid: Grid, free: Numbers, low: Numbers, high: Numbers) -> highspy.HighsLp:
    import highspy

    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(free), len(low)
    program.col_cost_ = grid.cost[free]
    program.col_lower_, program.col_upper_ = 0.0 * grid.most[free], grid.most[free]
    program.row_lower_, program.row_upper_ = low, high
    kinds = highspy.HighsVarType
    program.integrality_ = [kinds.kInteger if each else kinds.kContinuous for each in grid.whole[free]]
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    return program
