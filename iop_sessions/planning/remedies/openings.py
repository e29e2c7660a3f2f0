"""Say who could lead the meetings that a change adds, and where: tried with all that is led already.

Whoever leads a group of the plan goes on leading it; the new meetings get who is free then, week by week.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from iop_sessions.planning.remedies.causes import Cause, identity_of
from iop_sessions.planning.search import session
from iop_sessions.planning.staff.staffing import rota
from iop_sessions.planning.task import Task
from iop_sessions.plans.plan import Session
from iop_sessions.program import sections
from iop_sessions.program.program import Program
from iop_sessions.program.timetable import Slot


@dataclass(frozen=True)
class Opening:
    """New meetings with those who could lead them, and which of them lack somebody or a room."""

    sessions: tuple[Session, ...]  # none where the program says neither who leads nor which rooms there are
    unled: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()  # led, with nobody beside the leader where somebody should be
    homeless: frozenset[str] = frozenset()

    @property
    def lacking(self) -> int:
        """Return how many meetings lack something."""
        return len(self.unled | self.alone | self.homeless)

    def of_slot(self, slot_id: str) -> Opening:
        """Return the new meetings of one slot."""
        return replace(self, sessions=tuple(each for each in self.sessions if each.slot_id == slot_id))

    def __str__(self) -> str:
        """Word it: F3 is free then, room B too."""
        leaders = _taken(each.facilitators for each in self.sessions)
        rooms = _taken(each.rooms for each in self.sessions)
        free = [_are_free(leaders)] if leaders else []
        if rooms:
            free.append(f"room {rooms} too" if leaders else _are_free(f"room {rooms}"))
        lacking = self._lacking("" if free else " free then")
        return ", but ".join(filter(None, (", ".join(free), lacking)))

    @property
    def complaint(self) -> str:
        """Word what is missing alone; empty where nothing is."""
        return self._lacking(" free then")

    def _lacking(self, then: str) -> str:
        kinds = " or ".join(dict.fromkeys(each.group_type or each.kind for each in self.sessions))
        said = {
            f"nobody who may lead {kinds} is": self.unled,
            "no room is": self.homeless,
            "nobody beside the leader is": self.alone,
        }
        ours, every = {each.session_id for each in self.sessions}, len(self.sessions)
        counted = {words: len(ids & ours) for words, ids in said.items() if ids & ours}
        return " and ".join(
            f"{words}{then if count == every else f' free for {count} of {every} meetings'}"
            for words, count in counted.items()
        )


def _are_free(names: str) -> str:
    return f"{names} {'are' if ' and ' in names else 'is'} free then"


def _taken(names: Iterable[Sequence[str]]) -> str:
    """Name those who were found, who has most meetings first: F3 or F1; F1 and F2 where both are needed."""
    counted = Counter(tuple(each) for each in names if each)
    return " or ".join(" and ".join(each) for each, _ in sorted(counted.items(), key=_by_number))


def _by_number(pair: tuple[tuple[str, ...], int]) -> tuple[int, tuple[str, ...]]:
    return -pair[1], pair[0]


def opening(changed: Task, cause: Cause) -> Opening:
    """Find leaders and rooms for the meetings that a change adds.

    Parameters
    ----------
    changed
        The task as it would be.
    cause
        What the change is for, with the plan as it stands.
    """
    rows = {each.session_id: each for each in cause.rows if each.takes_place}
    new = frozenset(each.meeting_id for each in changed.meetings if identity_of(each) not in cause.there)
    made = [
        session(each, "") if each.meeting_id in new else rows.get(each.meeting_id) or session(each, "")
        for each in changed.meetings
    ]
    return _found(changed, made, new)


def _found(changed: Task, made: Sequence[Session], new: frozenset[str]) -> Opening:
    slots = {slot.id: slot for slot in changed.program.slots}
    asking = {
        each.session_id
        for each in made
        if each.session_id in new and _asks(changed.program, slots[each.slot_id])
    }
    if not asking:
        return Opening(())
    staffed = rota(changed, made, {each.session_id for each in made} - new)
    missing = {
        kind: frozenset(each.subject for each in staffed.shortfalls if each.kind == kind) & asking
        for kind in ("leader", "co-leader", "room")
    }
    sessions = tuple(each for each in staffed.sessions if each.session_id in asking)
    return Opening(sessions, missing["leader"], missing["co-leader"] - missing["leader"], missing["room"])


def _asks(program: Program, slot: Slot) -> bool:
    return bool(sections.leaders_needed(program, slot) or sections.rooms_needed(program, slot))
