"""A mixed-integer program: variables, rows, and the parts it falls into; neither clinic nor solver."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from iop_sessions.plans.facts import Clashing

SLACK = 1e-6
"""What rounding may add to a sum."""


@dataclass(frozen=True)
class HardRule:
    """A case of a rule that no plan may break: the constraint it comes from, its subject, and the fact."""

    constraint: str
    subject: str
    fact: Clashing


@dataclass(frozen=True)
class Inequality:
    """A weighted sum of variables with its limits; a row without a rule never makes a model infeasible."""

    terms: Mapping[int, float]
    low: float
    high: float
    rule: HardRule | None = None

    def holds(self, values: Sequence[float]) -> bool:
        """Say whether some values keep the row."""
        total = sum(factor * values[variable] for variable, factor in self.terms.items())
        return self.low - SLACK <= total <= self.high + SLACK


@dataclass(frozen=True)
class ModelPart:
    """Some variables of a model, and rows that say something about them."""

    variables: tuple[int, ...]
    rows: tuple[Inequality, ...]

    @property
    def entries(self) -> int:
        """Count what stands in its rows: what a step of a search costs."""
        return sum(len(row.terms) for row in self.rows)

    def holds(self, values: Sequence[float]) -> bool:
        """Say whether some values of the whole model keep every row."""
        return all(row.holds(values) for row in self.rows)


class Model:
    """Variables between 0 and 1 (sums of them: more), and rows; a variable is its number."""

    def __init__(self) -> None:
        self.costs: list[float] = []
        self.groups: list[str] = []  # what a yes-or-no variable belongs to; empty for a fraction
        self.weeks: list[int] = []  # when a yes-or-no variable is decided; 0 for a fraction
        self.most: list[float] = []  # what it can be at most
        self.rows: list[Inequality] = []

    def binary(self, group: str, cost: float = 0, week: int = 1) -> int:
        """Add a yes-or-no variable of a group and return its number."""
        return self._variable(cost, group, week)

    def fraction(self, cost: float = 0) -> int:
        """Add a variable that is whole wherever the others are, and return its number."""
        return self._variable(cost, "", 0)

    def like(self, other: Model, variable: int, times: int) -> int:
        """Add the sum of so many variables that are like one of another model, and return its number."""
        top = times * other.most[variable]
        return self._variable(other.costs[variable], other.groups[variable], other.weeks[variable], top)

    def _variable(self, cost: float, group: str, week: int, most: float = 1.0) -> int:
        self.costs.append(cost)
        self.groups.append(group)
        self.weeks.append(week)
        self.most.append(most)
        return len(self.costs) - 1

    def at_least(self, terms: Mapping[int, float], low: float, rule: HardRule | None = None) -> None:
        """Add a row whose sum is at least ``low``."""
        self.rows.append(Inequality(dict(terms), low, math.inf, rule))

    def at_most(self, terms: Mapping[int, float], high: float, rule: HardRule | None = None) -> None:
        """Add a row whose sum is at most ``high``."""
        self.rows.append(Inequality(dict(terms), -math.inf, high, rule))

    def equals(self, terms: Mapping[int, float], value: float, rule: HardRule | None = None) -> None:
        """Add a row whose sum is exactly ``value``."""
        self.rows.append(Inequality(dict(terms), value, value, rule))

    def priced(self, costs: Mapping[int, float]) -> Model:
        """Return the same variables and rows with other prices; what has none costs nothing."""
        copy = Model()
        copy.costs = [costs.get(variable, 0.0) for variable in range(len(self.costs))]
        copy.groups, copy.weeks, copy.most = self.groups, self.weeks, self.most
        copy.rows = list(self.rows)
        return copy

    @property
    def whole(self) -> ModelPart:
        """Return all of it as one part."""
        return ModelPart(tuple(range(len(self.costs))), tuple(self.rows))

    def parts(self) -> list[ModelPart]:
        """Split it into parts that no row ties together."""
        return fall_apart(range(len(self.costs)), self.rows)

    def groups_of(self, row: Inequality) -> set[str]:
        """Return the groups whose variables stand in a row."""
        return {self.groups[variable] for variable in row.terms if self.groups[variable]}

    def cost_of(self, values: Mapping[int, float]) -> int:
        """Return what some values cost."""
        return round(sum(self.costs[variable] * value for variable, value in values.items()))


def fall_apart(variables: Iterable[int], rows: Iterable[Inequality]) -> list[ModelPart]:
    """Split variables into parts that no row ties together, in the order of their first variable."""
    known, kept = list(variables), list(rows)
    if not known:
        return [ModelPart((), tuple(kept))] if kept else []
    leader = {variable: variable for variable in known}
    for row in kept:
        first, *others = row.terms or [known[0]]
        for variable in others:
            leader[_lead(leader, variable)] = _lead(leader, first)
    inside: dict[int, list[int]] = {}
    for variable in known:
        inside.setdefault(_lead(leader, variable), []).append(variable)
    about: dict[int, list[Inequality]] = {}
    for row in kept:
        about.setdefault(_lead(leader, next(iter(row.terms), known[0])), []).append(row)
    return [ModelPart(tuple(found), tuple(about.get(head, ()))) for head, found in inside.items()]


def _lead(leader: dict[int, int], variable: int) -> int:
    while leader[variable] != variable:
        leader[variable] = variable = leader[leader[variable]]
    return variable
