"""Fold a model: variables that stand in it alike are added up, so that twelve like topics become one.

Colour refinement finds which are alike: variables keep a colour as long as rows of every colour name them in
the same way, and rows as long as they name variables of every colour in the same way. Any plan, added up by
colours, is a plan of the folded model at the same cost; so no plan is cheaper than the folded model's best
(Grohe, Kersting, Mladenov and Selman, Dimension Reduction via Colour Refinement, 2014).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from iop_sessions.planning.solver.highs import TO_THE_END, solve_part
from iop_sessions.planning.solver.model import Inequality, Model, ModelPart, fall_apart

if TYPE_CHECKING:
    import numpy.typing as npt

    Numbers = npt.NDArray[Any]

WORTH_IT = 0.8
"""A folded model with more than this share of the variables is as hard as the model itself."""
NODES_A_PIECE, WORK_A_PIECE = 50, 2_000_000
"""Limits of work for one piece: branch-and-bound nodes, and nodes times the entries of its rows."""


@dataclass(frozen=True)
class Folded:
    """A model of sums, and the sum that each variable of the first model belongs to."""

    model: Model
    part: ModelPart
    sum_of: Mapping[int, int]

    def add_up(self, values: Sequence[float]) -> list[float]:
        """Return the sums of some values."""
        sums = [0.0] * len(self.model.costs)
        for variable, each in self.sum_of.items():
            sums[each] += values[variable]
        return sums


def fold(model: Model, part: ModelPart) -> Folded | None:
    """Fold a part of a model; None where too little of it is alike."""
    if not part.rows or not part.variables:
        return None
    entries = _Entries(model, part)
    variables, rows = entries.colors()
    if int(variables.max()) + 1 > WORTH_IT * len(part.variables) or not entries.even(variables, rows):
        return None
    return _folded(model, part, entries, variables, rows)


class _Entries:
    """The entries of a part's rows as columns of numbers."""

    def __init__(self, model: Model, part: ModelPart) -> None:
        import numpy as np

        self.np = np
        place = {variable: number for number, variable in enumerate(part.variables)}
        pairs = [(variable, factor) for row in part.rows for variable, factor in row.terms.items()]
        self.row = np.repeat(np.arange(len(part.rows)), [len(row.terms) for row in part.rows])
        self.variable = np.array([place[variable] for variable, _ in pairs], dtype=np.int64)
        self.factor = np.array([factor for _, factor in pairs])
        self._kind = self._number(self.factor[:, None])
        kinds = {name: number for number, name in enumerate(dict.fromkeys(model.groups))}
        columns = (model.costs, model.most, model.weeks, [kinds[each] for each in model.groups])
        looks = [[column[each] for column in columns] for each in part.variables]
        self._variables = self._number(np.array(looks))
        self._rows = self._number(np.array([(row.low, row.high) for row in part.rows]))

    def colors(self) -> tuple[Numbers, Numbers]:
        """Return the colour of each variable and of each row, told apart until nothing more differs."""
        variables, rows = self._variables, self._rows
        while True:
            finer_rows = self._told_apart(rows, self.row, variables[self.variable])
            finer = self._told_apart(variables, self.variable, finer_rows[self.row])
            if finer.max() == variables.max() and finer_rows.max() == rows.max():
                return finer, finer_rows
            variables, rows = finer, finer_rows

    def _told_apart(self, colors: Numbers, places: Numbers, seen: Numbers) -> Numbers:
        """Tell apart, among those of a colour, those that see other colours."""
        np = self.np
        mixed = _mixed(np, seen * (int(self._kind.max()) + 1) + self._kind)
        found = np.zeros(len(colors), dtype=np.uint64)
        np.add.at(found, places, mixed)
        return self._number(np.stack([colors.astype(np.uint64), found], axis=1))

    def _number(self, lines: Numbers) -> Numbers:
        return self.np.unique(lines, axis=0, return_inverse=True)[1].ravel()

    def even(self, variables: Numbers, rows: Numbers) -> bool:
        """Say whether each row of a colour names each colour as much, and the other way round."""
        alike = self._even(self.row, rows, variables[self.variable])
        return alike and self._even(self.variable, variables, rows[self.row])

    def _even(self, places: Numbers, colors: Numbers, seen: Numbers) -> bool:
        np = self.np
        width = int(seen.max()) + 1
        own, inverse = np.unique(places * width + seen, return_inverse=True)
        sums = np.bincount(inverse.ravel(), self.factor)
        together, back = np.unique(colors[own // width] * width + own % width, return_inverse=True)
        many = np.bincount(back.ravel())
        totals = np.bincount(back.ravel(), sums)
        full = np.bincount(colors)[together // width]
        return bool(np.all(many == full) and np.all(np.abs(sums - (totals / many)[back.ravel()]) < 1e-9))


def _mixed(np: Any, values: Numbers) -> Any:  # noqa: ANN401 - numpy itself, imported where it is used
    """Spread numbers over 64 bits (splitmix64), so that their sums tell them apart."""
    mixed = values.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return mixed


def _folded(model: Model, part: ModelPart, entries: _Entries, variables: Numbers, rows: Numbers) -> Folded:
    """Write the model of sums: one variable and one row a colour."""
    np = entries.np
    made = Model()
    sizes, firsts = np.bincount(variables), np.unique(variables, return_index=True)[1]
    for size, first in zip(sizes.tolist(), firsts.tolist(), strict=True):
        made.like(model, part.variables[first], size)
    width = len(sizes)
    pairs, inverse = np.unique(rows[entries.row] * width + variables[entries.variable], return_inverse=True)
    sums = np.bincount(inverse.ravel(), entries.factor) / sizes[pairs % width]
    terms: dict[int, dict[int, float]] = {}
    for pair, factor in zip(pairs.tolist(), sums.tolist(), strict=True):
        terms.setdefault(pair // width, {})[pair % width] = factor
    many, row_firsts = np.bincount(rows), np.unique(rows, return_index=True)[1]
    for color, first in enumerate(row_firsts.tolist()):
        row, times = part.rows[first], int(many[color])
        made.rows.append(Inequality(terms.get(color, {}), row.low * times, row.high * times, row.rule))
    sum_of = dict(zip(part.variables, variables.tolist(), strict=True))
    return Folded(made, made.whole, sum_of)


def unfold(model: Model, part: ModelPart, folded: Folded, sums: Sequence[float], values: list[float]) -> None:
    """Find values that add up to the sums, as cheap as they can be; those of each colour by themselves."""
    free = [each for each in part.variables if not model.groups[each] or sums[folded.sum_of[each]] > 0.5]
    for variable in part.variables:
        values[variable] = 0.0
    inside, rows = set(free), list[Inequality]()
    for row in part.rows:
        if terms := {variable: factor for variable, factor in row.terms.items() if variable in inside}:
            rows.append(Inequality(terms, row.low, row.high))
    for piece in fall_apart(free, rows):
        nodes = max(1, min(NODES_A_PIECE, WORK_A_PIECE // max(piece.entries, 1)))
        solve_part(model, piece, values, nodes, effort=TO_THE_END).write(values)
