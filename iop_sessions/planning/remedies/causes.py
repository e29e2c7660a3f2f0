"""What is missing for one reason, gathered with all that the changes that could mend it have to know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from iop_sessions.curriculum.records import Objective, Topic
from iop_sessions.planning.needs import lost_days
from iop_sessions.planning.rules.board import Board
from iop_sessions.planning.rules.constraints import Altered
from iop_sessions.planning.rules.promises import Promise, window_end
from iop_sessions.planning.search import Draft
from iop_sessions.planning.task import Task
from iop_sessions.plans.facts import ClosedDay, Shortfall
from iop_sessions.plans.plan import Session
from iop_sessions.program.calendar import Meeting

MOST_DAYS = 3
"""Days, closures or slots that are tried for one kind of change."""

Identity = tuple[object, ...]
"""What must be the same for a meeting to keep its leaders."""


def identity_of(meeting: Meeting) -> Identity:
    """Return what a meeting is to those who lead it: its id, time, group type and site."""
    slot = meeting.slot
    return (meeting.meeting_id, meeting.day, slot.start, slot.end, slot.group_type, slot.site)


@dataclass(frozen=True)
class Shortage:
    """What is missing for one reason: objectives of the same group types, or empty meetings of one type."""

    kind: str  # objective | empty
    group_types: tuple[str, ...]
    subjects: tuple[str, ...]  # objective ids, or ids of the empty meetings
    tracks: tuple[str, ...] = ("",)  # of those who miss something
    lost: tuple[ClosedDay, ...] = ()  # days on which their meetings fell out, the one that hurts most first
    rows: tuple[Session, ...] = ()  # the plan as it stands: who leads what
    there: frozenset[Identity] = frozenset()  # the meetings of the program as it is

    def objectives(self, task: Task) -> list[Objective]:
        """List the objectives that are missed."""
        return [task.curriculum.objective_by_id[each] for each in self.subjects]

    def topics(self, task: Task) -> list[Topic]:
        """List the topics that would teach what is missed."""
        found = (topic for each in self.subjects for topic in task.topics_of_objective.get(each, ()))
        return list(dict.fromkeys(topic for topic in found if topic.delivery == "group"))

    def types(self, task: Task) -> list[str]:
        """List its group types: those that the program has, or else all."""
        return [name for name in self.group_types if task.slots_of([name])] or list(self.group_types)


@dataclass(frozen=True)
class Family:
    """Changes of one kind, of which the one that helps most is offered; those that help alike are joined."""

    changes: tuple[Altered, ...]
    joined: bool = False  # those that help alike are offered as one: mark the objective of A or B elective
    otherwise: tuple[Altered, ...] = ()  # tried where none of the changes helps: nobody is free to lead them


def some(changes: Iterable[Altered]) -> Family:
    """Keep the first few changes of a kind."""
    return Family(tuple(islice(changes, MOST_DAYS)))


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


def causes(
    drafted: Draft, shortfalls: Iterable[Shortfall], rows: Iterable[Session] = ()
) -> dict[Key, Shortage]:
    """Gather shortfalls that the same changes could mend; the rows are the sessions as they stand."""
    same: dict[Key, list[Shortfall]] = {}
    for each in shortfalls:
        same.setdefault(key_of(drafted.board.task, each), []).append(each)
    sessions = tuple(rows)
    there = frozenset(map(identity_of, drafted.board.task.meetings))
    found: dict[Key, Shortage] = {}
    for (kind, group_types), alike in same.items():
        named = {(each.subject, each.starts) for each in alike}
        missed = [each for each in drafted.promises if (each.subject, each.starts) in named]
        tracks = dict.fromkeys(guest.journey.track for each in missed for guest in each.guests)
        found[kind, group_types] = Shortage(
            kind, group_types, tuple(dict.fromkeys(each.subject for each in alike)), tuple(tracks) or ("",),
            lost=_most_lost(drafted.board, missed, group_types), rows=sessions, there=there,
        )  # fmt: skip
    return found


def _most_lost(board: Board, missed: Iterable[Promise], group_types: Iterable[str]) -> tuple[ClosedDay, ...]:
    """List the days on which meetings fell out, the one that takes them from most newcomers first."""
    wanted = tuple(group_types)
    found: Counter[ClosedDay] = Counter()
    for promise in missed:
        weeks = board.task.curriculum.objective_by_id[promise.subject].within_weeks
        for guest in promise.guests:
            found.update(lost_days(board.task, guest, window_end(guest, weeks), wanted))
    spans = [each.span for each in board.task.surprises if each.moves_topics]  # nobody can undo a surprise
    to_come = (lost for lost in found if lost.day > board.task.today)
    ours = (lost for lost in to_come if not any(lost.day in span for span in spans))
    return tuple(sorted(ours, key=lambda lost: (-found[lost], lost.day)))
