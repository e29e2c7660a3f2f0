"""What a clinic could change so that a plan lacks less: each change in words, and the task as it would be.

Nothing here says that a change helps; ``trials`` asks the solver before anything is offered. To take trigger
content, or a topic on safety, away is never among them: a page that comes at the wrong time can hurt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from iop_sessions.calendars import MAIN, calendar_of, closures
from iop_sessions.dates import short_day
from iop_sessions.days import Calendar, Span
from iop_sessions.planning.causes import (
    MOST_DAYS,
    Cause,
    Family,
    missed_objectives,
    missed_topics,
    slots_of,
    some,
    types_there,
)
from iop_sessions.planning.constraint import Remedy
from iop_sessions.planning.constraints import CalendarTie, SeriesInOrder
from iop_sessions.planning.needs import Lost
from iop_sessions.planning.newslots import add_slot, three_groups
from iop_sessions.planning.task import Task
from iop_sessions.records import Objective, Topic
from iop_sessions.timetable import Slot

AFTER_CLOSURES = timedelta(days=60)
"""How far past the plan closed days are kept where one of them is opened."""


Maker = Callable[[Task, Cause], Iterator[Family]]


def families(task: Task, cause: Cause) -> Iterator[Family]:
    """List the kinds of changes that could help, from the cheapest on."""
    makers = MISSED if cause.kind == "objective" else EMPTY
    for make in makers:
        yield from (family for family in make(task, cause) if family.changes)


def write_lengths(task: Task, cause: Cause) -> Iterator[Family]:
    """Write a missed topic for the minutes of the meetings of its type, where it fits none of them."""
    for topic in missed_topics(task, cause):
        minutes = {slot.minutes for slot in slots_of(task, [topic.group_type])}
        if minutes and not minutes & set(topic.lengths):
            yield some(_longer(task, [topic], length) for length in sorted(minutes))


def write_for_empty(task: Task, cause: Cause) -> Iterator[Family]:
    """Write the topics of a type for the minutes of a meeting that none of them fits."""
    topics = [topic for topic in task.topics if topic.group_type in cause.group_types]
    for length in sorted({slot.minutes for slot in _empty_slots(task, cause)}):
        if topics and not any(length in topic.lengths for topic in topics):
            yield some([_longer(task, topics, length)])


def _longer(task: Task, topics: list[Topic], minutes: int) -> Remedy:
    names = ", ".join(topic.topic_id for topic in topics)
    changed = {topic.topic_id: {"lengths": (*topic.lengths, minutes)} for topic in topics}
    return f"write {names} for {minutes} minutes too", _with_topics(task, changed)


def lower_spacing(task: Task, cause: Cause) -> Iterator[Family]:
    """Let topics of the type come again sooner."""
    for group_type in cause.group_types:
        now = task.program.spacing.get(group_type, 0)
        lower = sorted({now - 1, now // 2, 0}, reverse=True) if now else []
        yield some(_spaced(task, group_type, now, each) for each in lower)


def _spaced(task: Task, group_type: str, now: int, lower: int) -> Remedy:
    spacing = {**task.program.spacing, group_type: lower}
    words = f"lower [spacing] {group_type} from {now} to {lower}"
    return words, _with_program(task, spacing=spacing)


def open_a_day(task: Task, cause: Cause) -> Iterator[Family]:
    """Meet on a day that is closed, or for the whole of a half day."""
    yield some(_opened(task, lost) for lost in cause.lost)


def _opened(task: Task, lost: Lost) -> Remedy:
    named = f" ({lost.name})" if lost.name else ""
    sites = {slot.site for slot in task.program.slots}
    ours = {site or MAIN: _calendar_without(task, site, lost.day) for site in sorted(sites, reverse=True)}
    words = f"meet on {short_day(lost.day)}{named}"
    return words, _with_program(task, calendar={**task.program.calendar, **ours})


def _calendar_without(task: Task, site: str, day: date) -> Calendar:
    """Return a site's calendar with one day open; the other closures stand in it as days."""
    closed = [
        each for each in closures(task.program, task.start, task.end + AFTER_CLOSURES, site) if each != day
    ]
    halves = tuple(half for half in calendar_of(task.program, site).half_days if half.date != day)
    return Calendar(closed=tuple(Span(first=each, last=each) for each in closed), half_days=halves)


def mark_elective(task: Task, cause: Cause) -> Iterator[Family]:
    """Promise an objective to nobody: one that is missed, or another one of the same groups.

    Never one on safety, nor one that is due within some weeks.
    """
    levels = ("short",) if task.program.core == "short" else ("full", "short")
    others = [each for level in levels for each in task.objectives if each.level == level]
    missed = missed_objectives(task, cause)
    alike = [each for each in others if _types(task, each) == _types(task, missed[0])]
    every = dict.fromkeys((*missed, *alike))
    free = [each for each in every if not each.within_weeks and not _safe(task, each)]
    named = [(_ids(task, each), _elective(task, each)) for each in free[:MOST_DAYS] if _ids(task, each)]
    yield Family(tuple(named), "mark the objective of {} elective")


def _types(task: Task, objective: Objective) -> set[str]:
    """Return the group types in which an objective is taught."""
    return {topic.group_type for topic in task.topics_of_objective.get(objective.objective_id, ())}


def _ids(task: Task, objective: Objective) -> str:
    return "/".join(topic.topic_id for topic in task.topics_of_objective.get(objective.objective_id, ()))


def _safe(task: Task, objective: Objective) -> bool:
    """Say whether an objective is about safety, so that it stays promised."""
    topics = task.topics_of_objective.get(objective.objective_id, ())
    return objective.domain == "safety" or any(topic.safety for topic in topics)


def _elective(task: Task, objective: Objective) -> Task:
    marked = (
        each.model_copy(update={"level": "elective"}) if each == objective else each
        for each in task.curriculum.objectives
    )
    return replace(task, curriculum=replace(task.curriculum, objectives=tuple(marked)))


def empty_after(task: Task, cause: Cause) -> Iterator[Family]:
    """Let a missed topic count whatever came before it."""
    ordered = [topic for topic in missed_topics(task, cause) if topic.entry == "after"]
    yield some(
        (
            f"empty the column `after` of {topic.topic_id}",
            _with_topics(task, {topic.topic_id: {"after": (), "entry": "open"}}),
        )
        for topic in ordered
    )


def fill_open_slot(task: Task, cause: Cause) -> Iterator[Family]:
    """Let an open group hold topics of the type."""
    open_groups = [slot for slot in task.program.slots if _is_open(task, slot)]
    for group_type in types_there(task, cause):
        yield some(_filled(task, slot, group_type) for slot in open_groups)


def _is_open(task: Task, slot: Slot) -> bool:
    without_topic = slot.kind == "group" and not task.curriculum.needs_topic(slot.group_type)
    return slot.kind == "open" or without_topic


def _filled(task: Task, slot: Slot, group_type: str) -> Remedy:
    was = f" ({slot.group_type})" if slot.group_type else ""
    words = f"let {slot.id}{was} hold {group_type} topics instead"
    return words, _with_slot(task, slot, kind="group", group_type=group_type)


def stay_longer(task: Task, cause: Cause) -> Iterator[Family]:
    """Add a week to a stay, and one to the plan so that it decides for the same newcomers."""
    program = task.program
    plain = not program.phases and not program.paths and program.stay < 52 and task.weeks < 52
    if (
        plain
        and missed_topics(task, cause)
        and not all(each.within_weeks for each in missed_objectives(task, cause))
    ):
        weeks = (program.stay + 1, *(each for each in program.stay_weeks if each > program.stay + 1))
        words = f"lengthen the stay from {program.stay} to {program.stay + 1} weeks"
        longer = _with_program(task, stay_weeks=weeks, weeks=task.weeks + 1)
        yield some([(words, replace(longer, weeks=task.weeks + 1))])


def loosen_topics(task: Task, cause: Cause) -> Iterator[Family]:
    """Take series apart and calendar ties away, which keep topics out of meetings."""
    topics = [topic for topic in task.topics if topic.group_type in cause.group_types]
    series = dict.fromkeys(topic.series for topic in topics if topic.series)
    tied = (topic.topic_id for topic in topics if topic.calendar_tie)
    yield some(change for each in series for change in SeriesInOrder().remedies(task, each))
    yield some(change for each in tied for change in CalendarTie().remedies(task, each))


def _empty_slots(task: Task, cause: Cause) -> list[Slot]:
    empty = set(cause.subjects)
    return list(dict.fromkeys(each.slot for each in task.meetings if each.meeting_id in empty))


def open_the_slot(task: Task, cause: Cause) -> Iterator[Family]:
    """Make the slot of an empty meeting an open group, which needs no topic."""
    yield some(
        (f"make {slot.id} an open group, which needs no topic", _with_slot(task, slot, kind="open"))
        for slot in _empty_slots(task, cause)
    )


MISSED: tuple[Maker, ...] = (
    write_lengths, three_groups, add_slot, lower_spacing, open_a_day, mark_elective, empty_after,
    fill_open_slot, stay_longer,
)  # fmt: skip
EMPTY: tuple[Maker, ...] = (write_for_empty, lower_spacing, loosen_topics, open_the_slot)


def _with_program(task: Task, **changes: object) -> Task:
    return replace(task, program=task.program.model_copy(update=changes))


def _with_slot(task: Task, slot: Slot, **changes: object) -> Task:
    slots = (each.model_copy(update=changes) if each.id == slot.id else each for each in task.program.slots)
    return _with_program(task, slots=tuple(slots))


def _with_topics(task: Task, changes: Mapping[str, Mapping[str, object]]) -> Task:
    """Return the task with some topics changed, each in its own way."""
    topics = (each.model_copy(update=changes.get(each.topic_id, {})) for each in task.curriculum.topics)
    return replace(task, curriculum=replace(task.curriculum, topics=tuple(topics)))
