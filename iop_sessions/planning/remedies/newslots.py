"""Add slots to a program, and say who could lead them, and where.

Whoever leads a group of the plan goes on leading it; the new meetings get who is free then, week by week.

A time at which somebody is free to lead comes before one at which nobody is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import time
from functools import cached_property
from itertools import combinations, islice, pairwise, product
from typing import Literal

from iop_sessions.planning.remedies.causes import MOST_DAYS, Family, Shortage, identity_of
from iop_sessions.planning.rules.constraints import Altered
from iop_sessions.planning.search import session
from iop_sessions.planning.staff.rota import rota
from iop_sessions.planning.task import Task
from iop_sessions.plans.facts import AddSlots, NewTime, WhoIsFree
from iop_sessions.plans.plan import Session
from iop_sessions.program import sections
from iop_sessions.program.settings import WEEKDAYS, Slot


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

    @property
    def who(self) -> WhoIsFree:
        """Return who is free for the meetings, in which rooms, and what is lacking."""
        leaders = _taken(each.facilitators for each in self.sessions)
        rooms = _taken(each.rooms for each in self.sessions)
        return self.complaint.model_copy(update={"leaders": leaders, "rooms": rooms})

    @property
    def complaint(self) -> WhoIsFree:
        """Return what is lacking alone."""
        ours = {each.session_id for each in self.sessions}
        if not ours & (self.unled | self.homeless | self.alone):
            return WhoIsFree()
        return WhoIsFree(
            kinds=tuple(dict.fromkeys(each.group_type or each.kind for each in self.sessions)),
            meetings=len(ours), unled=len(self.unled & ours),
            homeless=len(self.homeless & ours), alone=len(self.alone & ours),
        )  # fmt: skip


def _taken(names: Iterable[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """List those who were found, who has most meetings first."""
    counted = Counter(tuple(each) for each in names if each)
    return tuple(each for each, _ in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def opening(changed: Task, cause: Shortage) -> Opening:
    """Find leaders and rooms for the meetings that a change adds to a task; the cause knows the plan."""
    rows = {each.session_id: each for each in cause.rows if each.takes_place}
    new = frozenset(each.meeting_id for each in changed.meetings if identity_of(each) not in cause.there)
    old = {session_id: row for session_id, row in rows.items() if session_id not in new}
    made = [old.get(each.meeting_id) or session(each, "") for each in changed.meetings]
    program = changed.program
    added = [each for each in changed.meetings if each.meeting_id in new]
    led = {each.meeting_id for each in added if sections.leaders_needed(program, each.slot)}
    asking = led | {each.meeting_id for each in added if sections.rooms_needed(program, each.slot)}
    if not asking:
        return Opening(())
    staffed = rota(changed, made, {each.session_id for each in made} - new)
    missing = [(each.kind, each.subject) for each in staffed.shortfalls if each.subject in asking]
    unled, alone, homeless = (
        frozenset(subject for kind, subject in missing if kind == what)
        for what in ("leader", "co-leader", "room")
    )
    sessions = tuple(each for each in staffed.sessions if each.session_id in asking)
    return Opening(sessions, unled, alone - unled, homeless)


EARLIEST, LATEST = 7 * 60, 22 * 60
"""Minutes of the day between which a slot is added."""
USUAL_BREAK = 10
LONGER_BREAKS = (30, 60)
"""Minutes that people may wait longer for a group where only then somebody is free to lead it."""
MOST_TIMES = 4
"""Times of a day at which leaders are looked for."""

Kind = Literal["add-slots", "three-groups"]
New = tuple[Slot, time]
"""A slot to be added: what it is made after, and when it starts."""


@dataclass(frozen=True)
class _Choice:
    """Slots that could be added on a day."""

    task: Task
    cause: Shortage
    group_type: str
    day: str
    added: tuple[New, ...]

    @cached_property
    def changed(self) -> Task:
        """Return the task with the slots; who leads them, and where, is left to the planner."""
        program = self.task.program
        for number, (pattern, start) in enumerate(self.added):
            told = {"id": self._id(number), "day": self.day, "start": start, "kind": "group"}
            told |= {"group_type": self.group_type, "lead": (), "room": "", "sections": 1}
            new = pattern.model_copy(update=told)
            phases = tuple(
                each.model_copy(update={"slots": (*each.slots, new.id)}) if pattern.id in each.slots else each
                for each in program.phases
            )
            program = program.model_copy(update={"slots": (*program.slots, new), "phases": phases})
        return replace(self.task, program=program)

    def _id(self, number: int) -> str:
        return f"new-{len(self.task.program.slots) + number + 1}"

    @cached_property
    def opening(self) -> Opening:
        """Return who could lead them."""
        return opening(self.changed, self.cause)

    def altered(self, kind: Kind) -> Altered:
        """Return the change: each time with its track and with who is free."""
        times = tuple(
            NewTime(start=start, track=pattern.track, free=self.opening.of_slot(self._id(number)).who)
            for number, (pattern, start) in enumerate(self.added)
        )
        change = AddSlots(kind=kind, group_type=self.group_type, weekday=self.day, times=times)
        return Altered((change,), self.changed)


def add_slot(task: Task, cause: Shortage) -> Iterator[Family]:
    """Add one slot of the type, on a day of the program first, on another day only after those."""
    for group_type in cause.types(task):
        used = [day for day in WEEKDAYS if any(slot.day == day for slot in task.program.slots)]
        closed = Counter(day.weekday() for days in task.closed_days.values() for day in days)
        often = Counter[str](slot.day for slot in task.slots_of([group_type]))
        days = sorted(used, key=lambda day: (closed[WEEKDAYS.index(day)], often[day], WEEKDAYS.index(day)))
        others = [day for day in WEEKDAYS[:6] if day not in used]
        first, last = _Search(), _Search()
        led = first.led(_best_times(task, cause, group_type, days), MOST_DAYS)
        led += last.led(_best_times(task, cause, group_type, others), 1)
        unled = (*first.unled[:MOST_DAYS], *last.unled[:1])
        yield _family("add-slots", led, unled)


class _Search:
    """A search for choices that somebody could lead; the others are kept, those that lack least first."""

    def __init__(self) -> None:
        self._unled: list[_Choice] = []

    def led(self, choices: Iterable[_Choice], most: int) -> list[_Choice]:
        """Return the first choices that somebody could lead."""
        found: list[_Choice] = []
        for each in choices:
            (self._unled if each.opening.lacking else found).append(each)
            if len(found) == most:
                break
        return found

    @property
    def unled(self) -> list[_Choice]:
        """Return the choices that lack a leader or a room at some meeting."""
        return sorted(self._unled, key=lambda each: each.opening.lacking)


def _best_times(task: Task, cause: Shortage, group_type: str, days: Iterable[str]) -> Iterator[_Choice]:
    """Yield for each day the first times at which nothing is lacking, else those at which least is."""
    for day in days:
        times = [
            [(pattern, start) for start in _free_times(task, day, pattern)[:MOST_TIMES]]
            for pattern in _patterns(task, cause, group_type)
        ]
        there = product(*(each for each in times if each)) if any(times) else ()
        choices = (_Choice(task, cause, group_type, day, added) for added in there)
        search = _Search()
        yield from search.led(islice(choices, MOST_TIMES), 1) or search.unled[:1]


def three_groups(task: Task, cause: Shortage) -> Iterator[Family]:
    """Make a day of three groups, with a middle in which trigger content may stand."""
    stirring = (each for each in cause.topics(task) if each.trigger_content)
    for group_type in dict.fromkeys(each.group_type for each in stirring):
        search = _Search()
        led = search.led(_thirds(task, cause, group_type), MOST_DAYS)
        yield _family("three-groups", led, search.unled[:MOST_DAYS])


def _family(kind: Kind, led: Iterable[_Choice], unled: Iterable[_Choice]) -> Family:
    changes, otherwise = (tuple(each.altered(kind) for each in choices) for choices in (led, unled))
    return Family(changes, otherwise=otherwise)


def _thirds(task: Task, cause: Shortage, group_type: str) -> Iterator[_Choice]:
    pattern = _patterns(task, cause, group_type)[0]
    for day in dict.fromkeys(slot.day for slot in task.slots_of([group_type])):
        missing = 3 - len({slot.start for slot in _of_day(task, day, pattern)})
        free = [(pattern, start) for start in _beside(task, day, pattern)]
        for added in combinations(free[::-1], missing) if missing > 0 else ():
            yield _Choice(task, cause, group_type, day, added)


def _of_day(task: Task, day: str, pattern: Slot) -> list[Slot]:
    """List the slots of a day to which the people of a slot come, in order."""
    ours = [slot for slot in task.program.slots if slot.day == day]
    theirs = [slot for slot in ours if not pattern.track or slot.serves(pattern.track)]
    return sorted(theirs, key=lambda slot: slot.start)


def _free_times(task: Task, day: str, pattern: Slot) -> list[time]:
    """List when a slot could be added on a day: beside its groups first, then after a longer break.

    On a day without groups people come when they come on other days.
    """
    slots = _of_day(task, day, pattern)
    if not slots:
        same = {slot.start for slot in task.program.slots if slot.track == pattern.track}
        fitting = (each for each in same if each.hour * 60 + each.minute + pattern.minutes <= LATEST)
        return sorted(fitting) or [min(same)]
    beside = _beside(task, day, pattern)
    last = max(slot.last_minute for slot in slots) + _break_between(slots)
    return list(dict.fromkeys((*beside, *_fitting(pattern, (last + longer for longer in LONGER_BREAKS)))))


def _beside(task: Task, day: str, pattern: Slot) -> list[time]:
    """List the times right after the last group of a day, and right before its first."""
    slots = _of_day(task, day, pattern)
    gap = _break_between(slots)
    last = max(slot.last_minute for slot in slots)
    return _fitting(pattern, (last + gap, slots[0].first_minute - gap - pattern.minutes))


def _break_between(slots: Iterable[Slot]) -> int:
    between = [later.first_minute - earlier.last_minute for earlier, later in pairwise(slots)]
    return min((each for each in between if each > 0), default=USUAL_BREAK)


def _fitting(pattern: Slot, minutes: Iterable[int]) -> list[time]:
    fitting = [each for each in minutes if each >= EARLIEST and each + pattern.minutes <= LATEST]
    return [time(each // 60, each % 60) for each in fitting]


def _patterns(task: Task, cause: Shortage, group_type: str) -> list[Slot]:
    """List the slots that new ones are made after: one for each track that misses something."""
    return list(dict.fromkeys(_pattern(task, group_type, track) for track in cause.tracks))


def _pattern(task: Task, group_type: str, track: str) -> Slot:
    """Return the slot that a new one of a type is made after."""
    theirs = [slot for slot in task.program.slots if slot.serves(track)] or list(task.program.slots)
    alike = [slot for slot in theirs if (slot.group_type, slot.kind) == (group_type, "group")]
    fitting = {length for topic in task.topics if topic.group_type == group_type for length in topic.lengths}
    groups = [slot for slot in theirs if slot.kind == "group"]
    lengths = [slot for slot in groups if slot.minutes in fitting]
    return next(iter((*alike, *lengths, *groups, *theirs)))
