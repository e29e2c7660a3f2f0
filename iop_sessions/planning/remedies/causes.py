"""What is missing for one reason, and the changes of one kind that could mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from iop_sessions.curriculum.records import Objective, Topic
from iop_sessions.planning.needs import Lost
from iop_sessions.planning.rules.constraint import Remedy
from iop_sessions.planning.task import Task
from iop_sessions.plans.plan import Session
from iop_sessions.program.calendar import Meeting
from iop_sessions.program.timetable import Slot

MOST_DAYS = 3
"""Days, closures or slots that are tried for one kind of change."""


Identity = tuple[object, ...]
"""What must be the same for a meeting to keep its leaders."""


def identity_of(meeting: Meeting) -> Identity:
    """Return what a meeting is to those who lead it: its id, time, group type and site."""
    slot = meeting.slot
    return (meeting.meeting_id, meeting.day, slot.start, slot.end, slot.group_type, slot.site)


@dataclass(frozen=True)
class Cause:
    """What is missing for one reason: objectives of the same group types, or empty meetings of one type."""

    kind: str  # objective | empty
    group_types: tuple[str, ...]
    subjects: tuple[str, ...]  # objective ids, or ids of the empty meetings
    tracks: tuple[str, ...] = ("",)  # of those who miss something
    lost: tuple[Lost, ...] = ()  # days on which their meetings fell out, the one that hurts most first
    rows: tuple[Session, ...] = ()  # the plan as it stands: who leads what
    there: frozenset[Identity] = frozenset()  # the meetings of the program as it is


@dataclass(frozen=True)
class Family:
    """Changes of one kind, of which the one that helps most is offered; those that help alike are joined."""

    changes: tuple[Remedy, ...]
    joined: str = ""  # words around the changes that help alike; empty = only one is offered
    otherwise: tuple[Remedy, ...] = ()  # tried where none of the changes helps: nobody is free to lead them

    def worded(self, words: str) -> str:
        """Return the words of a change as a sentence has them."""
        return self.joined.format(words) if self.joined else words


def some(changes: Iterable[Remedy]) -> Family:
    """Keep the first few changes of a kind."""
    return Family(tuple(islice(changes, MOST_DAYS)))


def missed_objectives(task: Task, cause: Cause) -> list[Objective]:
    """List the objectives that are missed."""
    return [task.curriculum.objective_by_id[each] for each in cause.subjects]


def missed_topics(task: Task, cause: Cause) -> list[Topic]:
    """List the topics that would teach what is missed."""
    found = (topic for each in cause.subjects for topic in task.topics_of_objective.get(each, ()))
    return list(dict.fromkeys(topic for topic in found if topic.delivery == "group"))


def slots_of(task: Task, group_types: Iterable[str]) -> list[Slot]:
    """List the slots in which groups of some types meet."""
    wanted = set(group_types)
    return [slot for slot in task.program.slots if slot.kind == "group" and slot.group_type in wanted]


def types_there(task: Task, cause: Cause) -> list[str]:
    """List the group types of a cause: those that the program has, or else all."""
    there = [name for name in cause.group_types if slots_of(task, [name])]
    return there or list(cause.group_types)
