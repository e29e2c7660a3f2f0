"""A mixed-integer program built row by row and handed to HiGHS once."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

MOST_NODES = 200_000
"""Limit of work: branch-and-bound nodes. A clock would let two machines give two plans."""

Outcome = Literal["optimal", "feasible", "stopped", "infeasible"]


@dataclass(frozen=True)
class Solution:
    """What the solver found: one value a variable, what it costs, and what no plan can go below."""

    outcome: Outcome
    values: tuple[float, ...]
    cost: int
    bound: int


class Model:
    """Variables and rows of a mixed-integer program; a variable is its number."""

    def __init__(self) -> None:
        self._costs: list[float] = []
        self._upper: list[float] = []
        self._whole: list[bool] = []
        self._rows: list[tuple[dict[int, float], float, float]] = []

    def binary(self, cost: float = 0) -> int:
        """Add a yes-or-no variable and return its number."""
        return self._variable(cost, 1, whole=True)

    def fraction(self, cost: float = 0) -> int:
        """Add a variable between 0 and 1 that is whole in any best solution, and return its number."""
        return self._variable(cost, 1, whole=False)

    def _variable(self, cost: float, upper: float, *, whole: bool) -> int:
        self._costs.append(cost)
        self._upper.append(upper)
        self._whole.append(whole)
        return len(self._costs) - 1

    def at_least(self, terms: Mapping[int, float], low: float) -> None:
        """Add a row whose sum is at least ``low``."""
        self._rows.append((dict(terms), low, math.inf))

    def at_most(self, terms: Mapping[int, float], high: float) -> None:
        """Add a row whose sum is at most ``high``."""
        self._rows.append((dict(terms), -math.inf, high))

    def equals(self, terms: Mapping[int, float], value: float) -> None:
        """Add a row whose sum is exactly ``value``."""
        self._rows.append((dict(terms), value, value))

    def solve(self, nodes: int = MOST_NODES, progress: Callable[[str], None] | None = None) -> Solution:
        """Solve on one thread with the default seed, so that the same model gives the same solution."""
        import highspy

        highs = highspy.Highs()
        for name, value in (("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.5)):
            highs.setOptionValue(name, value)
        highs.setOptionValue("mip_max_nodes", nodes)
        if progress is not None:
            _report(highs, progress)
        highs.passModel(self._lp(highspy))
        highs.run()
        return _solution(highs, highspy)

    def _lp(self, highspy: Any) -> Any:
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self._costs), len(self._rows)
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = self._costs, [0.0] * len(self._costs), self._upper
        lp.row_lower_ = [max(low, -highspy.kHighsInf) for _, low, _ in self._rows]
        lp.row_upper_ = [min(high, highspy.kHighsInf) for _, _, high in self._rows]
        kinds = highspy.HighsVarType
        lp.integrality_ = [kinds.kInteger if whole else kinds.kContinuous for whole in self._whole]
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = _starts(terms for terms, _, _ in self._rows)
        lp.a_matrix_.index_ = [variable for terms, _, _ in self._rows for variable in terms]
        lp.a_matrix_.value_ = [factor for terms, _, _ in self._rows for factor in terms.values()]
        return lp


def _starts(rows: Iterable[Mapping[int, float]]) -> list[int]:
    starts = [0]
    for terms in rows:
        starts.append(starts[-1] + len(terms))
    return starts


def _report(highs: Any, progress: Callable[[str], None]) -> None:
    """Pass on each better plan as it is found."""

    def tell(event: Any) -> None:
        progress(f"a plan that costs {round(event.data_out.objective_function_value)}")

    highs.cbMipImprovingSolution.subscribe(tell)


def _solution(highs: Any, highspy: Any) -> Solution:
    status, info = highs.getModelStatus(), highs.getInfo()
    if status == highspy.HighsModelStatus.kInfeasible:
        return Solution("infeasible", (), 0, 0)
    values = tuple(highs.getSolution().col_value)
    if not values or not math.isfinite(info.objective_function_value):
        return Solution("stopped", (), 0, 0)
    cost = round(info.objective_function_value)
    if status == highspy.HighsModelStatus.kOptimal:
        return Solution("optimal", values, cost, cost)
    bound = info.mip_dual_bound
    return Solution("feasible", values, cost, math.ceil(bound - 1e-6) if math.isfinite(bound) else 0)
