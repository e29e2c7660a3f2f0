"""What a clinic could change so that a plan lacks less: each change in words, and the task as it would be.

Nothing here says that a change helps; ``trials`` asks the solver before anything is offered. To take trigger
content, or a topic on safety, away is never among them: a page that comes at the wrong time can hurt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from iop_sessions.curriculum.records import Objective
from iop_sessions.ground.dates import short_day
from iop_sessions.planning.needs import Lost
from iop_sessions.planning.remedies.altering import (
    with_program,
    with_slot,
    with_topics,
)
from iop_sessions.planning.remedies.causes import (
    MOST_DAYS,
    Cause,
    Family,
    missed_objectives,
    missed_topics,
    slots_of,
    some,
    types_there,
)
from iop_sessions.planning.remedies.holes import (
    drop_the_slot,
    longer,
    loosen_sequence,
    loosen_topics,
    open_the_slot,
    write_for_empty,
    write_topics,
)
from iop_sessions.planning.remedies.newslots import (
    add_slot,
    three_groups,
)
from iop_sessions.planning.remedies.openings import Opening, opening
from iop_sessions.planning.rules.constraint import Remedy
from iop_sessions.planning.task import Task
from iop_sessions.plans.leaders import kinds_that_lead, service_of
from iop_sessions.program.calendar import MAIN, calendar_of, closures
from iop_sessions.program.days import Calendar, Span
from iop_sessions.program.timetable import Slot

AFTER_CLOSURES = timedelta(days=60)
"""How far past the plan closed days are kept where one of them is opened."""
ELECTIVE = "mark the objective of {} elective"
"""The words around the topics of an objective."""

Maker = Callable[[Task, Cause], Iterator[Family]]


def makers(cause: Cause) -> tuple[Maker, ...]:
    """List what makes the kinds of changes that could help, from the cheapest on."""
    return MISSED if cause.kind == "objective" else EMPTY


def families(task: Task, cause: Cause) -> Iterator[Family]:
    """List the kinds of changes that could help, from the cheapest on."""
    return (family for make in makers(cause) for family in made_by(make, task, cause))


def made_by(make: Maker, task: Task, cause: Cause) -> Iterator[Family]:
    """List the changes of one kind; where they add meetings that nobody can lead, they say so."""
    for family in make(task, cause):
        if family.changes or family.otherwise:
            yield _told(family, cause) if make in ADDING else family


def _told(family: Family, cause: Cause) -> Family:
    """Say of changes that add meetings who could lead them; those that nobody could come last."""
    found = [(words, changed, opening(changed, cause)) for words, changed in family.changes]
    noted = [(there.lacking, words + _note(changed, there), changed) for words, changed, there in found]
    free, others = (
        tuple((words, changed) for lacking, words, changed in noted if bool(lacking) == wanted)
        for wanted in (False, True)
    )
    return replace(family, changes=free, otherwise=others)


def _note(changed: Task, there: Opening) -> str:
    """Say who could lead new meetings, where the program does not name them, or who or what is missing."""
    led = {slot.id for slot in changed.program.slots if slot.lead}
    unnamed = any(each.slot_id not in led and each.facilitators for each in there.sessions)
    said = str(there) if unnamed else there.complaint
    return f" ({said})" if said else ""


def write_lengths(task: Task, cause: Cause) -> Iterator[Family]:
    """Write a missed topic for the minutes of the meetings of its type, where it fits none of them."""
    for topic in missed_topics(task, cause):
        minutes = {slot.minutes for slot in slots_of(task, [topic.group_type])}
        if minutes and not minutes & set(topic.lengths):
            yield some(longer(task, [topic], length) for length in sorted(minutes))


def lower_spacing(task: Task, cause: Cause) -> Iterator[Family]:
    """Let topics of the type come again sooner."""
    for group_type in cause.group_types:
        now = task.program.spacing.get(group_type, 0)
        lower = sorted({now - 1, now // 2, 0}, reverse=True) if now else []
        yield some(_spaced(task, group_type, now, each) for each in lower)


def _spaced(task: Task, group_type: str, now: int, lower: int) -> Remedy:
    spacing = {**task.program.spacing, group_type: lower}
    words = f"lower [spacing] {group_type} from {now} to {lower}"
    return words, with_program(task, spacing=spacing)


def open_a_day(task: Task, cause: Cause) -> Iterator[Family]:
    """Meet on a day that is closed, or for the whole of a half day."""
    yield some(_opened(task, lost) for lost in cause.lost)


def _opened(task: Task, lost: Lost) -> Remedy:
    named = f" ({lost.name})" if lost.name else ""
    sites = {slot.site for slot in task.program.slots}
    ours = {site or MAIN: _calendar_without(task, site, lost.day) for site in sorted(sites, reverse=True)}
    words = f"meet on {short_day(lost.day)}{named}"
    return words, with_program(task, calendar={**task.program.calendar, **ours})


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
    yield Family(tuple(named), ELECTIVE)


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
            with_topics(task, {topic.topic_id: {"after": (), "entry": "open"}}),
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
    return words, with_slot(
        task, slot, kind="group", group_type=group_type, lead=_who_still_leads(task, slot, group_type)
    )


def _who_still_leads(task: Task, slot: Slot, group_type: str) -> tuple[str, ...]:
    """Return the leaders of a slot where it becomes a group of a type; none where nobody of them may."""
    service = service_of(task.curriculum, "group", group_type)
    kinds = kinds_that_lead(task.program, service) if service else ()
    able = (each for each in task.program.facilitators if each.code in slot.lead)
    return slot.lead if any(each.may_lead(group_type) and each.kind in kinds for each in able) else ()


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
        longer = with_program(task, stay_weeks=weeks, weeks=task.weeks + 1)
        yield some([(words, replace(longer, weeks=task.weeks + 1))])


MISSED: tuple[Maker, ...] = (
    write_lengths, three_groups, add_slot, lower_spacing, loosen_sequence, open_a_day, mark_elective,
    empty_after, fill_open_slot, stay_longer,
)  # fmt: skip
EMPTY: tuple[Maker, ...] = (
    write_for_empty, lower_spacing, loosen_sequence, loosen_topics, open_the_slot, write_topics,
    drop_the_slot,
)  # fmt: skip
ADDING: frozenset[Maker] = frozenset({open_a_day, fill_open_slot, stay_longer})
"""What adds meetings to the plan, or lets other people lead them; new slots name their leaders themselves."""
