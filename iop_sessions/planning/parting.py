"""Solve a model part by part: group types are almost independent, and what ties them is added last.

A part that no row ties to another is solved for itself. A part that only a few rows tie together is first
solved without these rows: what its pieces cost then is a bound that no plan can beat. One piece after
another, then every two, are solved anew with the others held fast. Mostly that reaches the bound, which
proves the plan best; else the whole part is solved from there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from iop_sessions.planning.improving import improve
from iop_sessions.planning.model import Model, Part, fall_apart, holds
from iop_sessions.planning.solver import Outcome, Solution, solve_part

Progress = Callable[[str], None]

WORST_FIRST: tuple[Outcome, ...] = ("infeasible", "stopped", "feasible", "optimal")


def best(model: Model, start: Mapping[int, float], progress: Progress | None = None) -> Solution:
    """Find the best values for a whole model, from a start that need not keep every row."""
    values = [start.get(variable, 0.0) for variable in range(len(model.costs))]
    found = [
        _Search(model, part, values, progress).run() for part in fall_apart(range(len(values)), model.rows)
    ]
    together: dict[int, float] = {}
    for solution in found:
        together |= solution.values
    outcomes = {solution.outcome for solution in found}
    outcome: Outcome = next((each for each in WORST_FIRST if each in outcomes), "optimal")
    cost, bound = sum(each.cost for each in found), sum(each.bound for each in found)
    return Solution(outcome, together, cost, bound, next(filter(None, (each.clashing for each in found)), ()))


@dataclass
class _Search:
    """The search for the best values of one part."""

    model: Model
    part: Part
    values: list[float]
    progress: Progress | None = None
    bound: int = 0
    told: list[int] = field(default_factory=list)

    def run(self) -> Solution:
        """Solve the part by pieces, and as a whole where that proves nothing."""
        improve(self.model, self.part, self.values, 0, self._tell)
        pieces = self._pieces()
        if len(pieces) > 1:
            clash = self._solve_loosened(pieces)
            if clash is not None:
                return clash
            cost = self._improve(pieces)
            if (cost is None or cost > self.bound) and len(pieces) > 2:
                cost = self._improve(_pairs(pieces))
            if cost is not None and cost <= self.bound:
                return Solution(
                    "optimal", {each: self.values[each] for each in self.part.variables}, cost, cost
                )
        whole = solve_part(self.model, self.part, self.values, tell=self._tell)
        return replace(whole, bound=max(whole.bound, self.bound))

    def _pieces(self) -> list[Part]:
        """Split the part as if no row stood for more than one group."""
        rows = [row for row in self.part.rows if len(self.model.groups_of(row)) < 2]
        pieces = fall_apart(self.part.variables, rows)
        return [piece for piece in pieces if any(self.model.groups[variable] for variable in piece.variables)]

    def _solve_loosened(self, pieces: Sequence[Part]) -> Solution | None:
        """Solve each piece for itself; together they cost no more than the best plan.

        Return the first piece that clashes in itself, None where all have values.
        """
        for piece in pieces:
            solution = solve_part(self.model, piece, self.values)
            if solution.outcome == "infeasible":
                return solution
            self.bound += solution.bound
            self._take(solution)
        return None

    def _improve(self, pieces: Sequence[Part]) -> int | None:
        """Solve each piece anew with the others held fast, until a whole round brings nothing."""
        fractions = [variable for variable in self.part.variables if not self.model.groups[variable]]
        lowest: int | None = None
        while True:
            before = lowest
            for piece in pieces:
                self._improve_piece(piece, fractions)
                lowest = self._cost_now() if self._holds() else lowest
                if lowest is not None and lowest <= self.bound:
                    return lowest
            if lowest is None or lowest == before:
                return lowest

    def _improve_piece(self, piece: Part, fractions: Sequence[int]) -> None:
        free = dict.fromkeys((*piece.variables, *fractions))
        rows = tuple(row for row in self.part.rows if any(variable in free for variable in row.terms))
        solution = solve_part(self.model, Part(tuple(free), rows), self.values)
        self._take(solution)

    def _take(self, solution: Solution) -> None:
        """Keep what was found; a search that found nothing leaves the values as they are."""
        if solution.outcome in ("optimal", "feasible"):
            for variable, value in solution.values.items():
                self.values[variable] = value

    def _cost_now(self) -> int:
        cost = self.model.cost_of({variable: self.values[variable] for variable in self.part.variables})
        self._tell(cost)
        return cost

    def _holds(self) -> bool:
        return all(holds(row, self.values) for row in self.part.rows)

    def _tell(self, cost: int) -> None:
        """Pass on the cost of a better plan, once."""
        if self.progress is not None and cost < min(self.told, default=cost + 1):
            self.told.append(cost)
            groups = dict.fromkeys(
                self.model.groups[each] for each in self.part.variables if self.model.groups[each]
            )
            self.progress(f"{', '.join(groups)}: a plan that costs {cost}")


def _pairs(pieces: Sequence[Part]) -> list[Part]:
    """Join every two pieces, the smallest first."""
    joined = [Part((*one.variables, *other.variables), ()) for one, other in combinations(pieces, 2)]
    return sorted(joined, key=lambda part: len(part.variables))
