"""Solve a model part by part, and make what is too large better a few weeks at a time.

Large neighborhood search with windows of time (Shaw 1998). It proves nothing; it finds, in seconds, plans
that a search over all weeks at once finds in minutes. Work is counted in rounds and nodes, never in seconds.

A part that no row ties to another is solved for itself, two side by side. Topics that the model cannot tell
apart are added up first (`folding`): the best sums cost no more than the best plan, and mostly a plan that
costs as much is found at once, which proves it best. A part that only a few rows tie together is first
solved without these rows: what its pieces cost then is a bound that no plan can beat. One piece after
another, then every two, are solved anew with the others held fast. Mostly that reaches the bound, which
proves the plan best; else the whole part is solved from there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import combinations

from iop_sessions.planning.solver.folding import Folded, fold, unfold
from iop_sessions.planning.solver.highs import (
    HALT,
    MOST_NODES,
    SMALLEST_GAP,
    SUMS,
    USUAL,
    Effort,
    Matrix,
    Outcome,
    Solution,
    least_cost,
    solve_free,
    solve_part,
)
from iop_sessions.planning.solver.model import Model, ModelPart, fall_apart

NODES_A_WINDOW = 200
WIDTHS = ((3, 2), (4, 2))
"""Weeks in a window, and weeks from one window to the next; wider ones once narrow ones bring nothing."""
MOST_ROUNDS = 8
LONG = (26, 13)
"""Half a year and a quarter: as much as can be looked at at once, of a plan that is longer."""


def improve(
    model: Model, part: ModelPart, values: list[float], bound: float, tell: Callable[[int], None]
) -> None:
    """Improve values that keep every row of a part, in place; a start that breaks one is left alone."""
    if not part.holds(values):
        return
    search = _Windows(model, part, values, tell)
    width, rounds = 0, 0
    while width < len(WIDTHS) and rounds < MOST_ROUNDS and search.cost > bound and not HALT.now:
        before = search.cost
        search.sweep(*WIDTHS[width])
        rounds += 1
        width += search.cost >= before


def improve_long(
    model: Model, part: ModelPart, values: list[float], tell: Callable[[int], None], effort: Effort
) -> None:
    """Improve the values of a long plan, in place, half a year at a time."""
    _Windows(model, part, values, tell).sweep(*LONG, nodes=1, effort=effort)


@dataclass
class _Windows:
    """The weeks of a part, and the rows each variable stands in."""

    model: Model
    part: ModelPart
    values: list[float]
    tell: Callable[[int], None]

    def __post_init__(self) -> None:
        self._matrix = Matrix(self.model, self.part)
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
        free = self._matrix.around(window)
        before = self.model.cost_of({variable: self.values[variable] for variable in free})
        solution = solve_free(self._matrix, free, self.values, nodes=nodes, effort=effort)
        if solution.cost < before and solution.outcome in ("optimal", "feasible"):
            solution.write(self.values)
            self.tell(self.cost)


Progress = Callable[[str], None]

WORST_FIRST: tuple[Outcome, ...] = ("infeasible", "stopped", "feasible", "optimal")
SIDE_BY_SIDE = 2
"""Parts solved at once. No part sees another, so how many there are changes no plan."""
ENOUGH = 0.005
"""A large part whose gap is below this share of the whole cost is left alone: more work shows nowhere."""
HUGE = (17_000, 400_000)
"""A part of more variables, and of more times its weeks, is made better a few weeks at a time and no other
way: to give all its meetings their topics at once takes minutes. Its bound is that of the sums."""
LARGE = 10_000
"""A part with so many entries in its rows is large; smaller ones are searched to the end."""
MOST_WORK = 1_000_000
"""Limit of work for one part: branch-and-bound nodes times the entries of its rows."""
PATIENCE = 0.2
"""Seconds between two looks for Ctrl-C. They decide nothing."""


def best(
    model: Model, start: Mapping[int, float], progress: Progress | None = None, *, enough: float = ENOUGH
) -> Solution:
    """Find the best values for a whole model, from a start that need not keep every row.

    A part whose gap is below a share (``enough``) of the whole cost is left alone.
    """
    values = [start.get(variable, 0.0) for variable in range(len(model.costs))]
    parts = model.parts()
    searches = [
        _Search(model, part, values, progress, place=f" (part {number} of {len(parts)})")
        for number, part in enumerate(parts, 1)
    ]
    with HALT.on_interrupt():
        _side_by_side([search.begin for search in searches])
        gap = max(SMALLEST_GAP, enough * sum(search.cost for search in searches))
        gaps = [gap if search.part.entries > LARGE else SMALLEST_GAP for search in searches]
        _side_by_side([partial(search.finish, gap) for search, gap in zip(searches, gaps, strict=True)])
    return _together([search.found for search in searches])


def _side_by_side(works: Sequence[Callable[[], None]]) -> None:
    """Do some works, two at a time, while this thread listens for Ctrl-C."""
    with ThreadPoolExecutor(SIDE_BY_SIDE) as threads:
        futures = [threads.submit(work) for work in works]
        while wait(futures, timeout=PATIENCE).not_done:
            pass
    for future in futures:
        future.result()


def _together(found: Sequence[Solution]) -> Solution:
    """Join the solutions of all parts."""
    together: dict[int, float] = {}
    for solution in found:
        together |= solution.values
    outcomes = {solution.outcome for solution in found}
    outcome: Outcome = next((each for each in WORST_FIRST if each in outcomes), "optimal")
    cost, bound = sum(each.cost for each in found), sum(each.bound for each in found)
    if HALT.asked and outcome == "stopped":
        raise KeyboardInterrupt  # before any plan was found
    if HALT.asked and outcome == "feasible":
        outcome = "stopped"
    return Solution(outcome, together, cost, bound, next(filter(None, (each.clashing for each in found)), ()))


@dataclass
class _Search:
    """The search for the best values of one part."""

    model: Model
    part: ModelPart
    values: list[float]
    progress: Progress | None = None
    bound: int = 0
    place: str = ""
    told: list[int] = field(default_factory=list)
    folded: Folded | None = None
    sums: list[float] = field(default_factory=list)

    def begin(self) -> None:
        """Improve the start a few weeks at a time, and prove what the part costs at least."""
        self._say(f"looking at a few weeks at a time{self.place}")
        self._pieces_found = self._pieces()
        if len(self._pieces_found) == 1:
            self.folded = fold(self.model, self.part)
        if self.folded is None:
            improve(self.model, self.part, self.values, 0, self._tell)
            return
        self.sums = self.folded.add_up(self.values)
        self.bound = least_cost(self.folded.model, self.folded.part)
        improve(self.folded.model, self.folded.part, self.sums, self.bound, self._tell)

    @property
    def cost(self) -> int:
        """Return what the best values so far cost."""
        if self.folded is not None:
            return self.folded.model.cost_of(dict(enumerate(self.sums)))
        return self.model.cost_of({variable: self.values[variable] for variable in self.part.variables})

    def finish(self, gap: float) -> None:
        """Solve the part, by sums or by pieces where that is possible, else as a whole."""
        if self._is_huge and self.part.holds(self.values):
            self._say(f"making a very large part better, a few weeks at a time{self.place}")
            _Windows(self.model, self.part, self.values, self._tell).sweep(*WIDTHS[0], nodes=1)
            self.found = self._solution(self._cost_now())
            return
        self.found = self._by_sums(gap) if self.folded is not None else self._by_pieces(gap)

    @property
    def _is_huge(self) -> bool:
        many, weeks = len(self.part.variables), max(self.model.weeks, default=0)
        return many > HUGE[0] and many * weeks > HUGE[1]

    def _by_sums(self, gap: float) -> Solution:
        assert self.folded is not None
        part = self.folded.part
        if not part.holds(self.sums) or self.cost > self.bound + gap:
            self._say(f"looking for the best number of meetings of each kind of topic{self.place}")
            if not self._solve_sums(gap):
                return self._as_a_whole(gap)
        self._say(f"giving each meeting its topic{self.place}")
        unfold(self.model, self.part, self.folded, self.sums, self.values)
        improve(self.model, self.part, self.values, self.bound, self._tell)
        cost = self._cost_now()
        if self.part.holds(self.values) and cost <= max(self.bound + gap, self.cost):
            return self._solution(cost)
        return self._as_a_whole(gap)

    def _solve_sums(self, gap: float) -> bool:
        """Find better sums, of a long plan half a year at a time; say whether there are any at all."""
        assert self.folded is not None
        model, part, effort = self.folded.model, self.folded.part, Effort(gap, SUMS)
        if max(model.weeks) > LONG[0] and part.holds(self.sums):
            improve_long(model, part, self.sums, self._tell, effort)
            return True
        solution = solve_part(model, part, self.sums, self._nodes(part), tell=self._tell, effort=effort)
        self.bound = max(self.bound, solution.bound)
        if solution.outcome in ("optimal", "feasible"):
            self.sums = [solution.values[variable] for variable in part.variables]
        return solution.outcome != "infeasible"

    def _solution(self, cost: int) -> Solution:
        values = {each: self.values[each] for each in self.part.variables}
        return Solution("optimal" if cost <= self.bound else "feasible", values, cost, min(self.bound, cost))

    def _nodes(self, part: ModelPart) -> int:
        return max(1, min(MOST_NODES, MOST_WORK // max(part.entries, 1)))

    def _by_pieces(self, gap: float) -> Solution:
        pieces = self._pieces_found
        if len(pieces) > 1:
            clash = self._solve_loosened(pieces)
            if clash is not None:
                return clash
            cost = self._improve(pieces)
            if (cost is None or cost > self.bound) and len(pieces) > 2:
                every = combinations(pieces, 2)
                pairs = [ModelPart((*one.variables, *other.variables), ()) for one, other in every]
                cost = self._improve(sorted(pairs, key=lambda pair: len(pair.variables)))
            if cost is not None and cost <= self.bound:
                return self._solution(cost)
        return self._as_a_whole(gap)

    def _as_a_whole(self, gap: float) -> Solution:
        self._say(f"looking at the whole{self.place}")
        nodes = self._nodes(self.part)
        whole = solve_part(self.model, self.part, self.values, nodes, tell=self._tell, effort=Effort(gap))
        if whole.outcome == "stopped" and self.part.holds(self.values):
            self.bound = max(self.bound, whole.bound)
            return self._solution(self._cost_now())
        bound = max(whole.bound, self.bound)
        if whole.outcome == "feasible" and whole.cost <= bound:
            return replace(whole, outcome="optimal", bound=whole.cost)
        return replace(whole, bound=bound)

    def _pieces(self) -> list[ModelPart]:
        """Split the part as if no row stood for more than one group."""
        rows = [row for row in self.part.rows if len(self.model.groups_of(row)) < 2]
        pieces = fall_apart(self.part.variables, rows)
        return [piece for piece in pieces if any(self.model.groups[variable] for variable in piece.variables)]

    def _solve_loosened(self, pieces: Sequence[ModelPart]) -> Solution | None:
        """Solve each piece for itself; together they cost no more than the best plan.

        Return the first piece that clashes in itself, None where all have values.
        """
        for piece in pieces:
            solution = solve_part(self.model, piece, self.values)
            if solution.outcome == "infeasible":
                return solution
            self.bound += solution.bound
            solution.write(self.values)
        return None

    def _improve(self, pieces: Sequence[ModelPart]) -> int | None:
        """Solve each piece anew with the others held fast, until a whole round brings nothing."""
        fractions = [variable for variable in self.part.variables if not self.model.groups[variable]]
        lowest: int | None = None
        while True:
            before = lowest
            for piece in pieces:
                self._improve_piece(piece, fractions)
                lowest = self._cost_now() if self.part.holds(self.values) else lowest
                if lowest is not None and lowest <= self.bound:
                    return lowest
            if lowest is None or lowest == before:
                return lowest

    def _improve_piece(self, piece: ModelPart, fractions: Sequence[int]) -> None:
        free = dict.fromkeys((*piece.variables, *fractions))
        rows = tuple(row for row in self.part.rows if any(variable in free for variable in row.terms))
        solve_part(self.model, ModelPart(tuple(free), rows), self.values).write(self.values)

    def _cost_now(self) -> int:
        cost = self.model.cost_of({variable: self.values[variable] for variable in self.part.variables})
        self._tell(cost)
        return cost

    def _tell(self, cost: int) -> None:
        """Pass on the cost of a better plan, once."""
        if cost < min(self.told, default=cost + 1):
            self.told.append(cost)
            self._say(f"a plan that costs {cost}")

    def _say(self, words: str) -> None:
        """Say something about the part; a single meeting is not worth a line."""
        if self.progress is not None and len(self.part.variables) > 1:
            groups = dict.fromkeys(self.model.groups[each] for each in self.part.variables)
            self.progress(f"{', '.join(filter(None, groups))}: {words}")
