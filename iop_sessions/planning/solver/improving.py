"""Make a plan better a few weeks at a time: those weeks are solved anew while all the others stand.

Large neighborhood search with windows of time (Shaw 1998). It proves nothing; it finds, in seconds, plans
that a search over all weeks at once finds in minutes. Work is counted in rounds and nodes, never in seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from iop_sessions.planning.solver.grid import Grid
from iop_sessions.planning.solver.halting import HALT
from iop_sessions.planning.solver.model import Model, Part, holds
from iop_sessions.planning.solver.solver import (
    USUAL,
    Effort,
    solve_free,
)

NODES_A_WINDOW = 200
WIDTHS = ((3, 2), (4, 2))
"""Weeks in a window, and weeks from one window to the next; wider ones once narrow ones bring nothing."""
MOST_ROUNDS = 8
LONG = (26, 13)
"""Half a year and a quarter: as much as can be looked at at once, of a plan that is longer."""


def improve(model: Model, part: Part, values: list[float], bound: float, tell: Callable[[int], None]) -> None:
    """Improve values that keep every row of a part, in place; a start that breaks one is left alone."""
    if not all(holds(row, values) for row in part.rows):
        return
    search = _Windows(model, part, values, tell)
    width, rounds = 0, 0
    while width < len(WIDTHS) and rounds < MOST_ROUNDS and search.cost > bound and not HALT.now:
        before = search.cost
        search.sweep(*WIDTHS[width])
        rounds += 1
        width += search.cost >= before


def improve_long(
    model: Model, part: Part, values: list[float], tell: Callable[[int], None], effort: Effort
) -> None:
    """Improve the values of a long plan, in place, half a year at a time."""
    _Windows(model, part, values, tell).sweep(*LONG, nodes=1, effort=effort)


@dataclass
class _Windows:
    """The weeks of a part, and the rows each variable stands in."""

    model: Model
    part: Part
    values: list[float]
    tell: Callable[[int], None]

    def __post_init__(self) -> None:
        self._grid = Grid(self.model, self.part)
        self._choices: dict[int, list[int]] = {}
        for variable in self.part.variables:
            if self.model.groups[variable]:
                self._choices.setdefault(self.model.weeks[variable], []).append(variable)

    @property
    def cost(self) -> int:
        """Return what the values cost now."""
        return self.model.cost_of({variable: self.values[variable] for variable in self.part.variables})

    def sweep(self, width: int, step: int, nodes: int = NODES_A_WINDOW, effort: Effort = USUAL) -> None:
        """Solve one window after another."""
        weeks = sorted(self._choices)
        for first in range(weeks[0] - width + step, weeks[-1] + 1, step) if weeks else ():
            window = [each for week in range(first, first + width) for each in self._choices.get(week, ())]
            if window and not HALT.now:
                self._solve(window, nodes, effort)

    def _solve(self, window: Sequence[int], nodes: int, effort: Effort) -> None:
        free = self._grid.around(window)
        before = self.model.cost_of({variable: self.values[variable] for variable in free})
        solution = solve_free(self.model, self._grid, free, self.values, nodes, effort=effort)
        if solution.outcome in ("optimal", "feasible") and solution.cost < before:
            for variable, value in solution.values.items():
                self.values[variable] = value
            self.tell(self.cost)
