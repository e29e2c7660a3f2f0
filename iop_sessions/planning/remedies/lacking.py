"""Find, within a limit of work, the least that a plan of a task lacks: promises and meetings, no wishes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from iop_sessions.planning.rules.board import Board
from iop_sessions.planning.search import Draft
from iop_sessions.planning.solver.model import (
    Part,
    Row,
    fall_apart,
    holds,
)
from iop_sessions.planning.solver.solver import Solution, solve_part
from iop_sessions.planning.urgency import outcomes

NODES = 200
"""Work for one part of one trial, in branch-and-bound nodes."""


@dataclass(frozen=True)
class Lacks:
    """What a plan lacks: newcomers for each missed objective, the empty meetings, and what both cost."""

    missed: Mapping[str, int]
    empty: frozenset[str]
    cost: int


@dataclass(frozen=True)
class Answer:
    """What a trial found: the least that is lacking, and a proved bound of its cost; None = not known."""

    lacks: Lacks | None
    bound: int
    possible: bool = True


def least(drafted: Draft) -> Answer:
    """Solve a draft part by part: a part whose first values lack nothing is solved already."""
    model, start = drafted.model, drafted.start
    values = [start.get(variable, 0.0) for variable in range(len(model.costs))]
    parts = fall_apart(range(len(values)), model.rows)
    found = [_solved_part(drafted, part, values) for part in parts]
    return _answer(drafted, values, found)


def least_around(drafted: Draft, held: Mapping[str, str], group_types: Iterable[str]) -> Answer:
    """Solve the meetings of some group types only; the others hold what they hold.

    Types that have a meeting of which nobody knows yet what it holds are solved too.
    """
    model, board, start = drafted.model, drafted.board, drafted.start
    values = [start.get(variable, 0.0) for variable in range(len(model.costs))]
    named = {index: board.task.meetings[index] for index in board.empty}
    new = (each.slot.group_type for each in named.values() if each.meeting_id not in held)
    wanted = {*group_types, *new}
    fixed: set[int] = set()
    for index, meeting in named.items():
        if meeting.slot.group_type not in wanted:
            fixed |= _hold(board, values, index, held[meeting.meeting_id])
    free = tuple(variable for variable in range(len(values)) if variable not in fixed)
    _set_outcomes(drafted, values)
    found = [_solved_part(drafted, part, values) for part in _parts_of(free, model.rows)]
    return _answer(drafted, values, found)


def _hold(board: Board, values: list[float], index: int, topic_id: str) -> set[int]:
    """Let a meeting hold a topic, or none; return its variables."""
    choices = board.choices(index)
    for each, variable in choices.items():
        values[variable] = float(each == topic_id)
    values[board.empty[index]] = float(topic_id not in choices)
    return {board.empty[index], *choices.values()}


def _set_outcomes(drafted: Draft, values: list[float]) -> None:
    """Set what is paid to what the choices mean: where a start is good, little is left to find."""
    chosen = {variable: 1.0 for variable, value in enumerate(values) if value > 0.5}
    every = (chance.counts for promise in drafted.promises for chance in promise.chances)
    told = dict.fromkeys((each for each in every if each is not None), 0.0)
    told |= outcomes(drafted.promises, chosen)
    for variable, value in told.items():
        values[variable] = value


def _parts_of(variables: Iterable[int], rows: Iterable[Row]) -> list[Part]:
    """Split some variables into parts; those outside tie nothing, for they are fixed."""
    free = set(variables)
    numbered = [row for row in rows if not free.isdisjoint(row.terms)]
    cut = [
        Row({each: factor for each, factor in row.terms.items() if each in free}, number, number)
        for number, row in enumerate(numbered)
    ]
    parts = fall_apart(sorted(free), cut)
    return [Part(part.variables, tuple(numbered[int(row.low)] for row in part.rows)) for part in parts]


def _answer(drafted: Draft, values: list[float], found: Iterable[Solution]) -> Answer:
    """Put what was found for the parts together."""
    found = list(found)
    if any(each.outcome == "infeasible" for each in found):
        return Answer(None, 0, possible=False)
    bound = sum(each.bound for each in found)
    if any(each.outcome == "stopped" for each in found):
        return Answer(None, bound)
    for each in found:
        for variable, value in each.values.items():
            values[variable] = value
    return Answer(_lacks(drafted, values), bound)


def _solved_part(drafted: Draft, part: Part, values: list[float]) -> Solution:
    model = drafted.model
    free = all(not model.costs[each] or values[each] == 0 for each in part.variables)
    if free and all(holds(row, values) for row in part.rows):
        return Solution("optimal", {each: values[each] for each in part.variables}, 0, 0)
    return solve_part(model, part, values, NODES)


def _lacks(drafted: Draft, values: list[float]) -> Lacks:
    """Read what a plan lacks out of the values of its model."""
    missed: Counter[str] = Counter()
    for promise in drafted.promises:
        if values[promise.missed] > 0.5:
            missed[promise.subject] += len(promise.guests)
    meetings = drafted.board.task.meetings
    empty = [index for index, variable in drafted.board.empty.items() if values[variable] > 0.5]
    weights = drafted.board.task.program.weights
    cost = weights.shortfall * sum(missed.values()) + weights.empty * len(empty)
    return Lacks(missed, frozenset(meetings[index].meeting_id for index in empty), cost)
