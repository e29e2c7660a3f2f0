"""What a clinic could change so that fewer meetings stay empty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from iop_sessions.curriculum.library import id_order
from iop_sessions.curriculum.records import Topic
from iop_sessions.planning.remedies.altering import (
    with_program,
    with_slot,
    with_topics,
)
from iop_sessions.planning.remedies.causes import (
    Cause,
    Family,
    slots_of,
    some,
)
from iop_sessions.planning.rules.constraint import Remedy
from iop_sessions.planning.rules.constraints import (
    CalendarTie,
    SeriesInOrder,
)
from iop_sessions.planning.rules.sequence import topics_in_order
from iop_sessions.planning.task import Task
from iop_sessions.program.timetable import Slot

MOST_WRITTEN = 5
"""Topics that are offered to be written at most: more is no small change."""


def longer(task: Task, topics: list[Topic], minutes: int) -> Remedy:
    """Write some topics for a length more."""
    names = ", ".join(topic.topic_id for topic in topics)
    changed = {topic.topic_id: {"lengths": (*topic.lengths, minutes)} for topic in topics}
    return f"write {names} for {minutes} minutes too", with_topics(task, changed)


def write_for_empty(task: Task, cause: Cause) -> Iterator[Family]:
    """Write the topics of a type for the minutes of a meeting that none of them fits."""
    topics = [topic for topic in task.topics if topic.group_type in cause.group_types]
    for length in sorted({slot.minutes for slot in _empty_slots(task, cause)}):
        if topics and not any(length in topic.lengths for topic in topics):
            yield some([longer(task, topics, length)])


def loosen_sequence(task: Task, cause: Cause) -> Iterator[Family]:
    """Let topics come round from any of them, or in any order."""
    for group_type in cause.group_types:
        now = task.program.sequence.get(group_type, "free")
        looser = {"fixed": ("cycle", "free"), "cycle": ("free",)}.get(now, ())
        yield some(
            (
                f'write [sequence] {group_type} = "{order}"',
                with_program(task, sequence={**task.program.sequence, group_type: order}),
            )
            for order in looser
        )


def loosen_topics(task: Task, cause: Cause) -> Iterator[Family]:
    """Take series apart and calendar ties away, which keep topics out of meetings."""
    topics = [topic for topic in task.topics if topic.group_type in cause.group_types]
    series = dict.fromkeys(topic.series for topic in topics if topic.series)
    tied = (topic.topic_id for topic in topics if topic.calendar_tie)
    yield some(change for each in series for change in SeriesInOrder().remedies(task, each))
    yield some(change for each in tied for change in CalendarTie().remedies(task, each))


def open_the_slot(task: Task, cause: Cause) -> Iterator[Family]:
    """Make the slot of an empty meeting an open group, which needs no topic."""
    yield some(
        (f"make {slot.id} an open group, which needs no topic", with_slot(task, slot, kind="open"))
        for slot in _empty_slots(task, cause)
    )


def write_topics(task: Task, cause: Cause) -> Iterator[Family]:
    """Write new topics of the type: as many as the spacing asks for, in the place where one is missing."""
    for group_type in cause.group_types:
        there = [topic for topic in task.topics if topic.group_type == group_type]
        asked = task.program.spacing.get(group_type, 0) + 1 - len(there)
        numbers = sorted({1, 2, asked} & set(range(1, MOST_WRITTEN + 1)))
        if not there:
            return
        if task.program.sequence.get(group_type, "free") == "free":
            yield some(_written(task, group_type, there, there[-1].topic_id, number) for number in numbers)
        else:
            places = _places(task, cause, group_type)
            yield some(_written(task, group_type, there, place, 1) for place in places)


def _places(task: Task, cause: Cause, group_type: str) -> list[str]:
    """List topics after which a new one could come: before each that waits for its meeting, and last."""
    ids = topics_in_order(task.program, [each for each in task.topics if each.group_type == group_type])
    known = {topic.topic_id: topic for topic in task.topics}
    slots = _empty_slots(task, cause)
    waiting = [
        before
        for before, here in zip((ids[-1:] + ids)[: len(ids)], ids, strict=True)
        if known[here].part <= 1 and any(_waits(known[here], slot) for slot in slots)
    ]
    return list(dict.fromkeys((*waiting, *ids[-1:])))


def _waits(topic: Topic, slot: Slot) -> bool:
    """Say whether a topic may have to wait for another meeting than that of a slot."""
    bound = topic.trigger_content or topic.calendar_tie or topic.role in ("opening", "closing")
    return bool(bound) or slot.minutes not in topic.lengths


def _written(task: Task, group_type: str, there: Sequence[Topic], place: str, number: int) -> Remedy:
    """Add topics right after one of them, written for every length of the type's groups."""
    lengths = tuple(sorted({slot.minutes for slot in slots_of(task, [group_type])}))
    new = [_new_topic(there[0], f"{place}-new{count}", lengths) for count in range(1, number + 1)]
    program = task.program
    if program.only_topics:
        listed = (*program.only_topics, *(each.topic_id for each in new))
        program = program.model_copy(update={"only_topics": listed})
    curriculum = replace(task.curriculum, topics=(*task.curriculum.topics, *new))
    minutes = " and ".join(map(str, lengths))
    order = task.program.sequence.get(group_type, "free") != "free"
    what = f"write one more {group_type} topic" if number == 1 else f"write {number} more {group_type} topics"
    where = f", with an id that comes after {_before(there, new[0])}" if order else ""
    return f"{what} of {minutes} minutes{where}", replace(task, curriculum=curriculum, program=program)


def _before(there: Sequence[Topic], new: Topic) -> str:
    """Name the topic after which a new one comes in the order of ids."""
    ids = sorted((*(each.topic_id for each in there), new.topic_id), key=id_order)
    return ids[ids.index(new.topic_id) - 1]


def _new_topic(like: Topic, topic_id: str, lengths: tuple[int, ...]) -> Topic:
    """Return a topic of which nothing keeps it out of a meeting, and which teaches nothing promised."""
    plain = {"role": "ordinary", "entry": "open", "after": (), "series": "", "part": 0, "trigger_content": ""}
    named = {"topic_id": topic_id, "lengths": lengths, "calendar_tie": "", "format": "discussion"}
    return like.model_copy(update=plain | named)


def drop_the_slot(task: Task, cause: Cause) -> Iterator[Family]:
    """Hold fewer meetings: leave the slot of an empty one out of the program."""
    slots = task.program.slots
    phased = {name for phase in task.program.phases for name in phase.slots}
    yield some(
        (
            f"leave {slot.id} out of the program, {slot.minutes} minutes a week less",
            with_program(task, slots=tuple(each for each in slots if each.id != slot.id)),
        )
        for slot in _empty_slots(task, cause)
        if len(slots) > 1 and slot.id not in phased
    )


def _empty_slots(task: Task, cause: Cause) -> list[Slot]:
    """List the slots of the empty meetings that the program still has."""
    empty = set(cause.subjects)
    found = dict.fromkeys(each.slot.id for each in task.meetings if each.meeting_id in empty)
    known = {slot.id: slot for slot in task.program.slots if slot.kind == "group"}
    return [known[name] for name in found if name in known]
