"""Gather what is missing for one reason, with all that its remedies have to know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from iop_sessions.planning.needs import Lost, lost_days
from iop_sessions.planning.remedies.causes import Cause, identity_of
from iop_sessions.planning.rules.board import Board
from iop_sessions.planning.rules.promises import Promise, window_end
from iop_sessions.planning.search import Draft
from iop_sessions.planning.task import Task
from iop_sessions.plans.plan import Session, Shortfall

Key = tuple[str, tuple[str, ...]]
"""What shortfalls of one cause share: their kind, and the group types that could help."""


def key_of(task: Task, shortfall: Shortfall) -> Key:
    """Return what a shortfall shares with those that the same changes could mend."""
    if shortfall.kind == "empty":
        slots = (each.slot.group_type for each in task.meetings if each.meeting_id == shortfall.subject)
        return ("empty", tuple(slots))
    return ("objective", types_of(task, shortfall.subject))


def types_of(task: Task, objective_id: str) -> tuple[str, ...]:
    """Return the group types in which an objective can be taught."""
    topics = task.topics_of_objective.get(objective_id, ())
    return tuple(sorted({topic.group_type for topic in topics if topic.delivery == "group"}))


def causes(drafted: Draft, shortfalls: Iterable[Shortfall], rows: Iterable[Session] = ()) -> dict[Key, Cause]:
    """Gather shortfalls that the same changes could mend.

    Parameters
    ----------
    drafted, shortfalls
        What was planned, and what it lacks.
    rows
        The sessions as they stand, with their leaders and rooms.
    """
    same: dict[Key, list[Shortfall]] = {}
    for each in shortfalls:
        same.setdefault(key_of(drafted.board.task, each), []).append(each)
    sessions = tuple(rows)
    there = frozenset(map(identity_of, drafted.board.task.meetings))
    found = {key: _cause(drafted, key, alike) for key, alike in same.items()}
    return {key: replace(cause, rows=sessions, there=there) for key, cause in found.items()}


def _cause(drafted: Draft, key: Key, alike: Iterable[Shortfall]) -> Cause:
    """Gather what remedies for some shortfalls have to know."""
    kind, group_types = key
    listed = list(alike)
    subjects = tuple(dict.fromkeys(each.subject for each in listed))
    named = {(each.subject, each.starts) for each in listed}
    missed = [each for each in drafted.promises if (each.subject, each.starts) in named]
    tracks = dict.fromkeys(guest.journey.track for each in missed for guest in each.guests)
    lost = _most_lost(drafted.board, missed, group_types)
    return Cause(kind, group_types, subjects, tuple(tracks) or ("",), lost)


def _most_lost(board: Board, missed: Iterable[Promise], group_types: Iterable[str]) -> tuple[Lost, ...]:
    """List the days on which meetings fell out, the one that takes them from most newcomers first."""
    wanted = tuple(group_types)
    found: Counter[Lost] = Counter()
    for promise in missed:
        weeks = board.task.curriculum.objective_by_id[promise.subject].within_weeks
        for guest in promise.guests:
            found.update(lost_days(board.task, guest, window_end(guest, weeks), wanted))
    ours = {lost: count for lost, count in found.items() if _can_be_opened(board.task, lost.day)}
    return tuple(lost for lost, _ in sorted(ours.items(), key=lambda pair: (-pair[1], pair[0].day)))


def _can_be_opened(task: Task, day: date) -> bool:
    """Say whether the clinic itself closed a day that is still to come: nobody can undo a surprise."""
    return day > task.today and not any(each.moves_topics and day in each.span for each in task.surprises)
