"""Put shortfalls and clashes into words with numbers, and try the remedies before offering them."""

from __future__ import annotations

from collections.abc import Sequence

from iop_sessions.calendars import short_day
from iop_sessions.errors import Clash
from iop_sessions.planning.board import Board, Task
from iop_sessions.planning.constraints import CONSTRAINTS, Constraint
from iop_sessions.planning.model import Model
from iop_sessions.planning.promises import Promise, window_end
from iop_sessions.plans import Shortfall


def empty_meeting(board: Board, index: int) -> Shortfall:
    """Name a meeting that no topic could fill."""
    meeting = board.task.meetings[index]
    fitting = len(board.choices(index))
    reason = f"{fitting} topics fit it, none may stand there" if fitting else f"no topic is written for {meeting.slot.minutes} minutes"
    message = f"{short_day(meeting.day)}, {meeting.slot.id}: no {meeting.slot.group_type} topic: {reason}"
    return Shortfall("empty", meeting.meeting_id, (meeting.day,), board.task.program.weights.empty, message)


def missed_promise(board: Board, promise: Promise) -> Shortfall:
    """Name an objective that some newcomers are not taught in time, with the arithmetic."""
    objective = board.task.curriculum.objective_by_id[promise.objective_id]
    topics = board.task.curriculum.topics_of_objective[promise.objective_id]
    due = window_end(board, promise.starts[0], objective.within_weeks)
    weeks = (due - promise.starts[0]).days // 7
    who = "who starts on " + ", ".join(short_day(day) for day in promise.starts)
    meetings = _meetings_in(board, {topic.group_type for topic in topics}, promise)
    names = ", ".join(topic.topic_id for topic in topics) or "no topic at all"
    message = (
        f"'{objective.statement}' is not taught within {weeks} weeks to anyone {who}: it needs {names}, "
        f"and that window holds {meetings} {'meeting' if meetings == 1 else 'meetings'} of their kind"
    )
    return Shortfall("objective", promise.objective_id, promise.starts, promise.price, message)


def _meetings_in(board: Board, group_types: set[str], promise: Promise) -> int:
    objective = board.task.curriculum.objective_by_id[promise.objective_id]
    first, due = promise.starts[0], window_end(board, promise.starts[0], objective.within_weeks)
    planned = sum(each.slot.group_type in group_types and first <= each.day < due for each in board.task.meetings)
    return planned + sum(each.group_type in group_types and first <= each.date < due for each in board.task.lived)


def clash(task: Task) -> Clash:
    """Name the smallest set of constraints that cannot hold together, found by leaving out one at a time."""
    kept = list(CONSTRAINTS)
    for constraint in CONSTRAINTS:
        fewer = [each for each in kept if each is not constraint]
        if not _holds_together(task, fewer):
            kept = fewer
    return Clash([each.sentence for each in kept], [each.remedy for each in kept if _frees(task, each)])


def _frees(task: Task, constraint: Constraint) -> bool:
    """Say whether giving up one constraint lets a plan exist."""
    return _holds_together(task, [each for each in CONSTRAINTS if each is not constraint])


def _holds_together(task: Task, constraints: Sequence[Constraint]) -> bool:
    model = Model()
    board = Board(task, model)
    for constraint in constraints:
        constraint.build(board)
    return model.solve(nodes=1000).outcome != "infeasible"
