"""The one door to HiGHS: a part of a model in, the best values for it out, halted on demand."""

from __future__ import annotations

import math
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import TYPE_CHECKING, Any, Literal

from iop_sessions.planning.solver.model import Inequality, Model, ModelPart

if TYPE_CHECKING:
    import highspy
    import numpy.typing as npt

    Numbers = npt.NDArray[Any]


class Halt:
    """Whether the user asked to stop, and the solvers at work that must hear of it."""

    def __init__(self) -> None:
        self.asked = False
        self._listens = False
        self._running: list[highspy.Highs] = []

    @property
    def now(self) -> bool:
        """Say whether a search that goes on is to end."""
        return self._listens and self.asked

    @contextmanager
    def on_interrupt(self) -> Iterator[None]:
        """Take Ctrl-C as the wish to halt; the second one ends the program. Only the main thread hears it."""
        self.asked, self._listens = False, True
        hears = threading.current_thread() is threading.main_thread()
        before = signal.signal(signal.SIGINT, self._hear) if hears else None
        try:
            yield
        finally:
            self._listens = False
            if hears:
                signal.signal(signal.SIGINT, before)

    def require_none(self) -> None:
        """Raise where the user asked to stop a search whose result would be of no use unfinished."""
        if self.asked:
            raise KeyboardInterrupt

    def _hear(self, _: int, __: FrameType | None) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.ask()

    def ask(self) -> None:
        """Stop every solver at work; each keeps the best it has found."""
        self.asked = True
        for highs in tuple(self._running):
            highs.cancelSolve()

    @contextmanager
    def over(self, highs: highspy.Highs) -> Iterator[None]:
        """Let a solver hear of it while it works."""
        highs.HandleUserInterrupt = True
        self._running.append(highs)
        try:
            if self.now:
                highs.cancelSolve()
            yield
        finally:
            self._running.remove(highs)


HALT = Halt()

IDLE = 1e-9
"""How close to its limit a row may come and still say nothing."""


class Matrix:
    """Every entry of a part's rows: its row, its variable, its factor."""

    def __init__(self, model: Model, part: ModelPart) -> None:
        import numpy as np

        self._np, self.model = np, model
        self.row = np.repeat(np.arange(len(part.rows)), [len(row.terms) for row in part.rows])
        variables = (each for row in part.rows for each in row.terms)
        self.variable = np.fromiter(variables, np.int64, len(self.row))
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

    def cut(self, variables: Sequence[int], held: Sequence[float]) -> highspy.HighsLp:
        """Write the program of the free variables; rows that cannot be broken are left out."""
        np = self._np
        free, values = np.array(variables), np.array(held)
        column = np.full(len(self.cost), -1)
        column[free] = np.arange(len(free))
        inside = column[self.variable] >= 0
        many = len(self.low)
        shares = self.factor[~inside] * values[self.variable[~inside]]
        fixed = np.bincount(self.row[~inside], shares, minlength=many)
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
        entries = program.a_matrix_
        entries.start_, entries.index_, entries.value_ = starts, column[variable[mine]], factor[mine]
        return program


def _program(matrix: Matrix, free: Numbers, low: Numbers, high: Numbers) -> highspy.HighsLp:
    import highspy

    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(free), len(low)
    program.col_cost_ = matrix.cost[free]
    program.col_lower_, program.col_upper_ = 0.0 * matrix.most[free], matrix.most[free]
    program.row_lower_, program.row_upper_ = low, high
    kinds = highspy.HighsVarType
    program.integrality_ = [kinds.kInteger if each else kinds.kContinuous for each in matrix.whole[free]]
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    return program


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
    clashing: tuple[Inequality, ...] = ()  # where it is infeasible: the rows that cannot all hold

    def write(self, values: list[float]) -> None:
        """Put what was found among the values of the whole model; nothing where nothing was."""
        if self.outcome in ("optimal", "feasible"):
            for variable, value in self.values.items():
                values[variable] = value


def solve_part(
    model: Model,
    part: ModelPart,
    values: Sequence[float],
    nodes: int = MOST_NODES,
    *,
    tell: Tell | None = None,
    effort: Effort = USUAL,
) -> Solution:
    """Find the best values of a part's variables, in so many branch-and-bound nodes.

    There is a value for each variable of the model: where those of the part start, and what the others are.
    Each better solution's cost is told.
    """
    if not part.variables:
        possible = all(row.low <= 0 <= row.high for row in part.rows)
        return Solution("optimal", {}, 0, 0) if possible else _no_values(part)
    matrix = Matrix(model, part)
    solution = solve_free(matrix, part.variables, values, nodes=nodes, tell=tell, effort=effort)
    return _no_values(part) if solution.outcome == "infeasible" else solution


def solve_free(
    matrix: Matrix,
    free: Sequence[int],
    values: Sequence[float],
    *,
    nodes: int,
    tell: Tell | None = None,
    effort: Effort = USUAL,
) -> Solution:
    """Find the best values of some variables of a matrix while all others stand."""
    import highspy

    highs = _load(matrix.cut(free, values))
    start = highspy.HighsSolution()
    start.col_value = [values[variable] for variable in free]
    highs.setSolution(start)
    for name, value in effort.options:
        highs.setOptionValue(name, value)
    highs.setOptionValue("mip_max_nodes", nodes)
    highs.setOptionValue("mip_abs_gap", effort.gap)
    if tell is not None:
        improving = highs.cbMipImprovingSolution
        improving.subscribe(lambda event: tell(round(event.data_out.objective_function_value)))
    run(highs, effort.heeds)
    return _solution(matrix.model, free, highs)


def least_cost(model: Model, part: ModelPart) -> int:
    """Return what the part costs at least: as if a meeting could hold a half of one topic and of another."""
    import highspy

    highs = _load(Matrix(model, part).cut(part.variables, [0.0] * len(model.costs)))
    highs.setOptionValue("solve_relaxation", True)
    highs.setOptionValue("solver", "ipm")
    run(highs)
    done = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return _up(model, part.variables, highs.getInfo().objective_function_value) if done else 0


def _up(model: Model, variables: Iterable[int], bound: float) -> int:
    """Round a bound up: a cost is a whole number of the largest step that divides every price."""
    step = math.gcd(*(round(model.costs[variable]) for variable in variables)) or 1
    return math.ceil(bound / step - 1e-6) * step if math.isfinite(bound) else 0


def _no_values(part: ModelPart) -> Solution:
    return Solution("infeasible", {}, 0, 0, part.rows)


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
    values = {
        each: float(round(value)) if model.groups[each] else value
        for each, value in zip(free, found, strict=True)
    }
    cost = model.cost_of(values)
    done = status == kinds.kOptimal or cost <= bound
    return Solution("optimal", values, cost, cost) if done else Solution("feasible", values, cost, bound)
