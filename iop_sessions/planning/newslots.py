"""Add slots to a program: on a day it meets, on another one, or to make a day of three groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import time
from itertools import combinations, islice, pairwise

from iop_sessions.dates import clock
from iop_sessions.days import WEEKDAYS
from iop_sessions.planning.causes import MOST_DAYS, Cause, Family, missed_topics, slots_of, some, types_there
from iop_sessions.planning.constraint import Remedy
from iop_sessions.planning.task import Task
from iop_sessions.timetable import Slot

EARLIEST, LATEST = 7 * 60, 22 * 60
"""Minutes of the day between which a slot is added."""
USUAL_BREAK = 10

New = tuple[Slot, time]
"""A slot to be added: what it is made after, and when it starts."""


def add_slot(task: Task, cause: Cause) -> Iterator[Family]:
    """Add one slot of the type, on a day of the program first, on another day only after those."""
    for group_type in types_there(task, cause):
        used = [day for day in WEEKDAYS if any(slot.day == day for slot in task.program.slots)]
        closed = Counter(day.weekday() for days in task.closed_days.values() for day in days)
        often = Counter[str](slot.day for slot in slots_of(task, [group_type]))
        days = sorted(used, key=lambda day: (closed[WEEKDAYS.index(day)], often[day], WEEKDAYS.index(day)))
        others = [day for day in WEEKDAYS[:6] if day not in used]
        first = islice(_added(task, cause, group_type, days), MOST_DAYS)
        yield Family((*first, *islice(_added(task, cause, group_type, others), 1)))


def _added(task: Task, cause: Cause, group_type: str, days: Iterable[str]) -> Iterator[Remedy]:
    for day in days:
        added = [
            (pattern, start)
            for pattern in _patterns(task, cause, group_type)
            for start in _free_times(task, day, pattern)[:1]
        ]
        if added:
            words = f"add one {group_type} slot on {day} at {' and one at '.join(map(_when, added))}"
            yield words, _with_slots(task, group_type, day, added)


def _when(added: New) -> str:
    pattern, start = added
    return clock(start) + (f" ({pattern.track} track)" if pattern.track else "")


def three_groups(task: Task, cause: Cause) -> Iterator[Family]:
    """Make a day of three groups, with a middle in which trigger content may stand."""
    for group_type in dict.fromkeys(
        each.group_type for each in missed_topics(task, cause) if each.trigger_content
    ):
        yield some(_thirds(task, cause, group_type))


def _thirds(task: Task, cause: Cause, group_type: str) -> Iterator[Remedy]:
    pattern = _patterns(task, cause, group_type)[0]
    for day in dict.fromkeys(slot.day for slot in slots_of(task, [group_type])):
        missing = 3 - len({slot.start for slot in _of_day(task, day, pattern)})
        free = [(pattern, start) for start in _free_times(task, day, pattern)]
        for added in combinations(free[::-1], missing) if missing > 0 else ():
            listed = " and ".join(map(_when, added))
            words = f"make {day} a day of three groups: add {group_type} at {listed}"
            yield words, _with_slots(task, group_type, day, added)


def _of_day(task: Task, day: str, pattern: Slot) -> list[Slot]:
    """List the slots of a day to which the people of a slot come, in order."""
    ours = [slot for slot in task.program.slots if slot.day == day]
    theirs = [slot for slot in ours if not pattern.track or slot.track in ("", pattern.track)]
    return sorted(theirs, key=lambda slot: slot.start)


def _free_times(task: Task, day: str, pattern: Slot) -> list[time]:
    """List when a slot could be added on a day: after its last group, and before its first."""
    slots = _of_day(task, day, pattern)
    if not slots:
        same = [slot.start for slot in task.program.slots if slot.track == pattern.track]
        return [min(same)]
    between = [later.first_minute - earlier.last_minute for earlier, later in pairwise(slots)]
    gap = min((each for each in between if each > 0), default=USUAL_BREAK)
    last = max(slot.last_minute for slot in slots)
    wanted = (last + gap, slots[0].first_minute - gap - pattern.minutes)
    fitting = [each for each in wanted if each >= EARLIEST and each + pattern.minutes <= LATEST]
    return [time(each // 60, each % 60) for each in fitting]


def _patterns(task: Task, cause: Cause, group_type: str) -> list[Slot]:
    """List the slots that new ones are made after: one for each track that misses something."""
    return list(dict.fromkeys(_pattern(task, group_type, track) for track in cause.tracks))


def _pattern(task: Task, group_type: str, track: str) -> Slot:
    """Return the slot that a new one of a type is made after."""
    theirs = [slot for slot in task.program.slots if slot.track in ("", track)] or list(task.program.slots)
    alike = [slot for slot in theirs if (slot.group_type, slot.kind) == (group_type, "group")]
    fitting = {length for topic in task.topics if topic.group_type == group_type for length in topic.lengths}
    groups = [slot for slot in theirs if slot.kind == "group"]
    lengths = [slot for slot in groups if slot.minutes in fitting]
    return next(iter((*alike, *lengths, *groups, *theirs)))


def _with_slots(task: Task, group_type: str, day: str, added: Iterable[New]) -> Task:
    """Return the task with slots added; who leads them, and where, is not said."""
    program = task.program
    for pattern, start in added:
        new = pattern.model_copy(
            update={"id": f"new-{len(program.slots) + 1}", "day": day, "start": start, "kind": "group"}
            | {"group_type": group_type, "lead": (), "room": "", "sections": 1}
        )
        phases = tuple(
            each.model_copy(update={"slots": (*each.slots, new.id)}) if pattern.id in each.slots else each
            for each in program.phases
        )
        program = program.model_copy(update={"slots": (*program.slots, new), "phases": phases})
    return replace(task, program=program)
