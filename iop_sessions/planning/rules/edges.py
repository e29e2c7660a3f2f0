"""Find the meetings that open or end somebody's day.

People of different phases and tracks come to different groups of a day, so each has edges of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from iop_sessions.planning.rules.board import Guest, start_days
from iop_sessions.planning.task import Task
from iop_sessions.program.journeys import Journey


def edges_of_days(task: Task) -> list[int]:
    """List the meetings that end somebody's day, or that may be somebody's first.

    In a rolling program anybody may come new on any day, and be in any week of a stay. A cohort is new once,
    on the first day it comes, and in one week of its stay.
    """
    found: set[int] = set()
    for theirs, new in days_of_people(task):
        found |= _last(task, theirs) | (_first(task, theirs) if new else set())
    return sorted(found)


def days_of_people(task: Task) -> Iterator[tuple[list[int], bool]]:
    """Go through each day as people have it: the meetings they come to, and if they may be new."""
    days: dict[date, list[int]] = {}
    for index, meeting in enumerate(task.meetings):
        days.setdefault(meeting.day, []).append(index)
    kinds = _cohorts if task.program.admission == "cohort" else _anybody
    for journey in task.journeys:
        for day, coming, new in kinds(task, journey, days):
            yield [index for index in days[day] if task.meetings[index].slot.id in coming], new


Coming = tuple[date, frozenset[str], bool]
"""A day, the slots to which some people may come on it, and whether they may be new."""


def _anybody(_: Task, journey: Journey, days: Iterable[date]) -> Iterator[Coming]:
    for number, coming in enumerate(dict.fromkeys(journey.slots)):
        yield from ((day, coming, number == 0) for day in days)


def _cohorts(task: Task, journey: Journey, days: Iterable[date]) -> Iterator[Coming]:
    for start in start_days(task, journey):
        guest = Guest(journey, start)
        been = any(map(guest.met, task.lived))
        first = min((each.day for each in filter(guest.meets, task.meetings)), default=None)
        for day in days:
            week = min((day - start).days // 7, journey.weeks - 1)  # it may go on after the shortest stay
            yield day, journey.slots[week], day == first and not been


def _first(task: Task, indices: list[int]) -> set[int]:
    """Return the meetings that open a day; groups side by side count alike."""
    opens = min((task.meetings[index].slot.start for index in indices), default=None)
    return {index for index in indices if task.meetings[index].slot.start == opens}


def _last(task: Task, indices: list[int]) -> set[int]:
    """Return the meetings that end a day; groups side by side count alike."""
    ends = max((task.meetings[index].slot.end for index in indices), default=None)
    return {index for index in indices if task.meetings[index].slot.end == ends}
