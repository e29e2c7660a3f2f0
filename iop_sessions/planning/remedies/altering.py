"""Change a task in one place: its program, one of its slots, some of its topics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from iop_sessions.planning.task import Task
from iop_sessions.program.timetable import Slot


def with_program(task: Task, **changes: object) -> Task:
    """Return the task with some settings of its program changed."""
    return replace(task, program=task.program.model_copy(update=changes))


def with_slot(task: Task, slot: Slot, **changes: object) -> Task:
    """Return the task with one slot changed."""
    slots = (each.model_copy(update=changes) if each.id == slot.id else each for each in task.program.slots)
    return with_program(task, slots=tuple(slots))


def with_topics(task: Task, changes: Mapping[str, Mapping[str, object]]) -> Task:
    """Return the task with some topics changed, each in its own way."""
    topics = (each.model_copy(update=changes.get(each.topic_id, {})) for each in task.curriculum.topics)
    return replace(task, curriculum=replace(task.curriculum, topics=tuple(topics)))
