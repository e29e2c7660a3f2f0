"""Plan anew after a surprise: what was promised first, then the fewest changes, then the best plan.

Two searches, each proved where the solver proves it. The first keeps as many promises as can still be kept,
and of all such plans finds one that changes the fewest sessions. The second looks among the plans that change
as few for the one that costs least. Fewest changes before all promises would never teach anew what a closed
day took; who wants that nevertheless can have it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from iop_sessions.planning import explain
from iop_sessions.planning.search import Draft, draft, finished
from iop_sessions.planning.solver.highs import HALT, Solution
from iop_sessions.planning.solver.model import Model
from iop_sessions.planning.solver.parting import Progress, best
from iop_sessions.planning.task import Task
from iop_sessions.plans.plan import Plan, Session

TOUCH = 1
"""What one changed session costs in the first search; promises are priced above all changes together."""


@dataclass(frozen=True)
class Replanned:
    """A plan after a surprise, and whether fewer changes are proved impossible."""

    plan: Plan
    fewest: bool


def replan(
    task: Task, before: Iterable[Session], progress: Progress | None = None, *, promises_first: bool = True
) -> Replanned:
    """Plan what may still change: the task's standing rows stay as they are.

    A session that holds another topic than ``before`` is a change. With ``promises_first`` a promise is worth
    any number of changes; else no change is made that no hard rule asks for. Raises `Clash` as `solve` does.
    """
    made = draft(task)
    before = tuple(before)
    review = _Review(made, before, promises_first)
    tell = progress or (lambda _: None)
    tell("Looking for the fewest changes …")
    least = best(made.model.priced(review.prices), review.start, enough=0)
    HALT.require_none()
    if least.outcome == "infeasible":
        raise explain.clash(task, least.clashing)
    tell("Looking for the best of the plans that change as little …")
    final = best(review.narrowed(least), least.values, enough=0)
    HALT.require_none()
    solution = final
    if final.outcome not in ("optimal", "feasible"):  # the first search's plan, at its true price
        solution = Solution("feasible", least.values, made.model.cost_of(least.values), 0)
    return Replanned(finished(task, made, solution, before), least.outcome == "optimal")


@dataclass(frozen=True)
class _Review:
    """The plan as it was, in the variables of the new model."""

    made: Draft
    before: Sequence[Session]
    promises_first: bool

    @cached_property
    def promises(self) -> Mapping[int, float]:
        """Return the price of every promise that may be missed, and of every meeting that may be empty.

        Where changes come first, promises are for the second search.
        """
        if not self.promises_first:
            return {}
        costs = self.made.model.costs
        variables = (*(each.missed for each in self.made.promises), *self.made.board.empty.values())
        return {variable: costs[variable] for variable in variables if costs[variable] > 0}

    @cached_property
    def changes(self) -> Mapping[int, float]:
        """Return the variables that change a session, each once."""
        board = self.made.board
        topics = {each.session_id: each.topic_id for each in self.before if each.takes_place}
        found: dict[int, float] = {}
        for index, empty in board.empty.items():
            meeting_id = board.task.meetings[index].meeting_id
            if meeting_id in topics:  # what stands is as it was
                held = board.holds(topics[meeting_id], index) if topics[meeting_id] else empty
                found |= dict.fromkeys({empty, *board.choices(index).values()} - {held}, float(TOUCH))
        return dict(sorted(found.items()))

    @property
    def prices(self) -> dict[int, float]:
        """Return what the first search pays: any promise more than all changes together."""
        most = len(self.made.board.empty) * TOUCH + 1
        cheapest = min(self.promises.values(), default=1.0)
        factor = max(math.ceil(most / cheapest), 1)
        prices = {variable: factor * price for variable, price in self.promises.items()}
        return prices | {each: prices.get(each, 0.0) + price for each, price in self.changes.items()}

    @property
    def start(self) -> dict[int, float]:
        """Return the plan as it was, as far as it still stands, to start the search from."""
        board = self.made.board
        topics = {each.session_id: each.topic_id for each in self.before}
        values: dict[int, float] = {}
        for index, empty in board.empty.items():
            topic_id = topics.get(board.task.meetings[index].meeting_id, "")
            run = board.holds(topic_id, index)
            values[empty if run is None or not board.allows(topic_id, index) else run] = 1.0
        return self.made.with_outcomes(values)

    def narrowed(self, least: Solution) -> Model:
        """Return the model, open only to plans that miss no more promises and change no more sessions."""
        model = self.made.model.priced(dict(enumerate(self.made.model.costs)))
        for part in self.made.model.parts():
            for terms in (self.promises, self.changes):
                here = {each: terms[each] for each in part.variables if each in terms}
                if here:
                    used = sum(price * least.values.get(each, 0.0) for each, price in here.items())
                    model.at_most(here, round(used))
        return model
