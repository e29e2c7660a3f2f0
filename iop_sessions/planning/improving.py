"""Make a plan better a few weeks at a time: those weeks are solved anew while all the others stand.

Large neighborhood search with windows of time (Shaw 1998). It proves nothing; it finds, in seconds, plans
that a search over all weeks at once finds in minutes. Work is counted in rounds and nodes, never in seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from iop_sessions.planning.model import Model, Part, Row, holds
from iop_sessions.planning.solver import solve_part

NODES_A_WINDOW = 200
WIDTHS = ((3, 2), (4, 2))
"""Weeks in a window, and weeks from one window to the next; wider ones once narrow ones bring nothing."""
MOST_ROUNDS = 8


def improve(model: Model, part: Part, values: list[float], bound: float, tell: Callable[[int], None]) -> None:
    """Improve values that keep every row of a part, in place; a start that breaks one is left alone."""
    if not all(holds(row, values) for row in part.rows):
        return
    search = _Windows(model, part, values, tell)
    width, rounds = 0, 0
    while width < len(WIDTHS) and rounds < MOST_ROUNDS and search.cost > bound:
        before = search.cost
        search.sweep(*WIDTHS[width])
        rounds += 1
        width += search.cost >= before


@dataclass
class _Windows:
    """The weeks of a part, and the rows each variable stands in."""

    model: Model
    part: Part
    values: list[float]
    tell: Callable[[int], None]

    def __post_init__(self) -> None:
        self._rows_of: dict[int, list[int]] = {}
        for number, row in enumerate(self.part.rows):
            for variable in row.terms:
                self._rows_of.setdefault(variable, []).append(number)
        self._choices: dict[int, list[int]] = {}
        for variable in self.part.variables:
            if self.model.groups[variable]:
                self._choices.setdefault(self.model.weeks[variable], []).append(variable)

    @property
    def cost(self) -> int:
        """Return what the values cost now."""
        return self.model.cost_of({variable: self.values[variable] for variable in self.part.variables})

    def sweep(self, width: int, step: int) -> None:
        """Solve one window after another."""
        weeks = sorted(self._choices)
        for first in range(weeks[0] - width + step, weeks[-1] + 1, step) if weeks else ():
            window = [each for week in range(first, first + width) for each in self._choices.get(week, ())]
            if window:
                self._solve(window)

    def _solve(self, window: Sequence[int]) -> None:
        touched = {number for variable in window for number in self._rows_of.get(variable, ())}
        fractions = set(self._fractions(touched))
        touched |= {number for variable in fractions for number in self._rows_of[variable]}
        rows: tuple[Row, ...] = tuple(self.part.rows[number] for number in sorted(touched))
        free = Part(tuple(sorted({*window, *fractions})), rows)
        before = self.model.cost_of({variable: self.values[variable] for variable in free.variables})
        solution = solve_part(self.model, free, self.values, NODES_A_WINDOW)
        if solution.outcome in ("optimal", "feasible") and solution.cost < before:
            for variable, value in solution.values.items():
                self.values[variable] = value
            self.tell(self.cost)

    def _fractions(self, rows: set[int]) -> Iterator[int]:
        for number in sorted(rows):
            yield from (each for each in self.part.rows[number].terms if not self.model.groups[each])
