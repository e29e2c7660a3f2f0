"""What a clinic could change so that a plan lacks less: each change, and the task as it would be.

Nothing here says that a change helps; ``trials`` asks the solver before anything is offered. To take trigger
content, or a topic on safety, away is never among them: a page that comes at the wrong time can hurt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations_with_replacement, islice

from iop_sessions.curriculum.library import id_order
from iop_sessions.curriculum.records import Objective, Topic
from iop_sessions.planning.remedies.causes import MOST_DAYS, Family, Shortage, some
from iop_sessions.planning.remedies.newslots import add_slot, opening, three_groups
from iop_sessions.planning.rules import constraints
from iop_sessions.planning.rules.constraints import Altered
from iop_sessions.planning.task import Task
from iop_sessions.plans import facts
from iop_sessions.plans.leaders import kinds_that_lead, service_of
from iop_sessions.program.calendar import MAIN, calendar_of, closures
from iop_sessions.program.settings import Calendar, DaySpan, Slot

AFTER_CLOSURES = timedelta(days=60)
"""How far past the plan closed days are kept where one of them is opened."""

Maker = Callable[[Task, Shortage], Iterator[Family]]


def makers(cause: Shortage) -> tuple[Maker, ...]:
    """List what makes the kinds of changes that could help, from the cheapest on."""
    return MISSED if cause.kind == "objective" else EMPTY


def families(task: Task, cause: Shortage) -> Iterator[Family]:
    """List the kinds of changes that could help, from the cheapest on."""
    return (family for make in makers(cause) for family in made_by(make, task, cause))


def made_by(make: Maker, task: Task, cause: Shortage) -> Iterator[Family]:
    """List the changes of one kind; those that add meetings which nobody can lead come last."""
    for family in make(task, cause):
        if family.changes or family.otherwise:
            yield _with_leaders(family, cause) if make in ADDING else family


def _with_leaders(family: Family, cause: Shortage) -> Family:
    """Find out of changes that add meetings who could lead them."""
    free, others = list[Altered](), list[Altered]()
    for each in family.changes:
        there = opening(each.task, cause)
        led = {slot.id for slot in each.task.program.slots if slot.lead}
        unnamed = any(row.slot_id not in led and row.facilitators for row in there.sessions)
        who = there.who if unnamed else there.complaint
        changes = tuple(change.model_copy(update={"free": who}) for change in each.changes)
        (others if there.lacking else free).append(replace(each, changes=changes))
    return replace(family, changes=tuple(free), otherwise=tuple(others))


def write_lengths(task: Task, cause: Shortage) -> Iterator[Family]:
    """Write a missed topic for the minutes of the meetings of its type, where it fits none of them."""
    for topic in cause.topics(task):
        minutes = {slot.minutes for slot in task.slots_of([topic.group_type])}
        if minutes and not minutes & set(topic.lengths):
            yield some(longer(task, [topic], length) for length in sorted(minutes))


def lower_spacing(task: Task, cause: Shortage) -> Iterator[Family]:
    """Let topics of the type come again sooner."""
    for group_type in cause.group_types:
        now = task.program.spacing.get(group_type, 0)
        lower = sorted({now - 1, now // 2, 0}, reverse=True) if now else []
        yield some(constraints.spaced(task, group_type, each) for each in lower)


def open_a_day(task: Task, cause: Shortage) -> Iterator[Family]:
    """Meet on a day that is closed, or for the whole of a half day."""
    yield some(_opened(task, lost) for lost in cause.lost)


def _opened(task: Task, lost: facts.ClosedDay) -> Altered:
    sites = {slot.site for slot in task.program.slots}
    ours = {site or MAIN: _calendar_without(task, site, lost.day) for site in sorted(sites, reverse=True)}
    change = facts.MeetOn(day=lost.day, name=lost.name)
    return Altered((change,), task.with_program(calendar={**task.program.calendar, **ours}))


def _calendar_without(task: Task, site: str, day: date) -> Calendar:
    """Return a site's calendar with one day open; the other closures stand in it as days."""
    until = task.end + AFTER_CLOSURES
    closed = [each for each in closures(task.program, task.start, until, site) if each != day]
    halves = tuple(half for half in calendar_of(task.program, site).half_days if half.date != day)
    return Calendar(closed=tuple(DaySpan(first=each, last=each) for each in closed), half_days=halves)


def mark_elective(task: Task, cause: Shortage) -> Iterator[Family]:
    """Promise an objective to nobody: one that is missed, or another one of the same groups.

    Never one on safety, nor one that is due within some weeks.
    """
    levels = ("short",) if task.program.core == "short" else ("full", "short")
    others = [each for level in levels for each in task.objectives if each.level == level]
    missed = cause.objectives(task)
    alike = [each for each in others if _types(task, each) == _types(task, missed[0])]
    every = dict.fromkeys((*missed, *alike))
    free = (each for each in every if not each.within_weeks and not _is_safe(task, each))
    taught = ((each, task.topics_of_objective.get(each.objective_id, ())) for each in islice(free, MOST_DAYS))
    named = ((each, tuple(topic.topic_id for topic in topics)) for each, topics in taught)
    marked = ((facts.MarkElective(objectives=(ids,)), _elective(task, each)) for each, ids in named if ids)
    yield Family(tuple(Altered((change,), after) for change, after in marked), joined=True)


def _types(task: Task, objective: Objective) -> set[str]:
    """Return the group types in which an objective is taught."""
    return {topic.group_type for topic in task.topics_of_objective.get(objective.objective_id, ())}


def _is_safe(task: Task, objective: Objective) -> bool:
    """Say whether an objective is about safety, so that it stays promised."""
    topics = task.topics_of_objective.get(objective.objective_id, ())
    return objective.domain == "safety" or any(topic.safety for topic in topics)


def _elective(task: Task, objective: Objective) -> Task:
    marked = objective.model_copy(update={"level": "elective"})
    objectives = tuple(marked if each == objective else each for each in task.curriculum.objectives)
    return replace(task, curriculum=replace(task.curriculum, objectives=objectives))


def empty_after(task: Task, cause: Shortage) -> Iterator[Family]:
    """Let a missed topic count whatever came before it."""
    ordered = (topic for topic in cause.topics(task) if topic.entry == "after")
    yield some(constraints.opened_to_all(task, topic.topic_id) for topic in ordered)


def fill_open_slot(task: Task, cause: Shortage) -> Iterator[Family]:
    """Let an open group hold topics of the type."""
    groups = (slot for slot in task.program.slots if slot.kind in ("open", "group"))
    needs_topic = task.curriculum.needs_topic
    open_groups = [each for each in groups if each.kind == "open" or not needs_topic(each.group_type)]
    for group_type in cause.types(task):
        yield some(_filled(task, slot, group_type) for slot in open_groups)


def _filled(task: Task, slot: Slot, group_type: str) -> Altered:
    lead = _who_still_leads(task, slot, group_type)
    change = facts.FillOpenSlot(slot=slot.id, was=slot.group_type, group_type=group_type)
    return Altered((change,), task.with_slot(slot, kind="group", group_type=group_type, lead=lead))


def _who_still_leads(task: Task, slot: Slot, group_type: str) -> tuple[str, ...]:
    """Return the leaders of a slot where it becomes a group of a type; none where nobody of them may."""
    service = service_of(task.curriculum, "group", group_type)
    kinds = kinds_that_lead(task.program, service) if service else ()
    able = (each for each in task.program.facilitators if each.code in slot.lead)
    return slot.lead if any(each.may_lead(group_type) and each.kind in kinds for each in able) else ()


def stay_longer(task: Task, cause: Shortage) -> Iterator[Family]:
    """Add a week to a stay, and one to the plan so that it decides for the same newcomers."""
    program = task.program
    plain = not program.phases and not program.paths and program.stay < 52 and task.weeks < 52
    by_discharge = any(not each.within_weeks for each in cause.objectives(task))
    if plain and by_discharge and cause.topics(task):
        weeks = (program.stay + 1, *(each for each in program.stay_weeks if each > program.stay + 1))
        change = facts.LengthenStay(now=program.stay, then=program.stay + 1)
        longer = task.with_program(stay_weeks=weeks, weeks=task.weeks + 1)
        yield some([Altered((change,), replace(longer, weeks=task.weeks + 1))])


MOST_WRITTEN = 5
"""Topics that are offered to be written at most: more is no small change."""


def longer(task: Task, topics: list[Topic], minutes: int) -> Altered:
    """Write some topics for a length more."""
    change = facts.WriteLengths(topics=tuple(topic.topic_id for topic in topics), minutes=minutes)
    changed = {topic.topic_id: {"lengths": (*topic.lengths, minutes)} for topic in topics}
    return Altered((change,), task.with_topics(changed))


def write_for_empty(task: Task, cause: Shortage) -> Iterator[Family]:
    """Write the topics of a type for the minutes of a meeting that none of them fits."""
    topics = [topic for topic in task.topics if topic.group_type in cause.group_types]
    for length in sorted({slot.minutes for slot in _empty_slots(task, cause)}):
        if topics and not any(length in topic.lengths for topic in topics):
            yield some([longer(task, topics, length)])


def loosen_sequence(task: Task, cause: Shortage) -> Iterator[Family]:
    """Let topics come round from any of them, or in any order."""
    for group_type in cause.group_types:
        now = task.program.sequence.get(group_type, "free")
        looser = {"fixed": ("cycle", "free"), "cycle": ("free",)}.get(now, ())
        yield some(constraints.loosened(task, group_type, order) for order in looser)


def loosen_topics(task: Task, cause: Shortage) -> Iterator[Family]:
    """Take series apart and calendar ties away, which keep topics out of meetings."""
    topics = [topic for topic in task.topics if topic.group_type in cause.group_types]
    series = dict.fromkeys(topic.series for topic in topics if topic.series)
    tied = (topic.topic_id for topic in topics if topic.calendar_tie)
    yield some(change for each in series for change in constraints.SeriesInOrder().remedies(task, each))
    yield some(change for each in tied for change in constraints.CalendarTie().remedies(task, each))


def open_the_slot(task: Task, cause: Shortage) -> Iterator[Family]:
    """Make the slot of an empty meeting an open group, which needs no topic."""
    slots = _empty_slots(task, cause)
    yield some(Altered((facts.OpenGroup(slot=slot.id),), task.with_slot(slot, kind="open")) for slot in slots)


def write_topics(task: Task, cause: Shortage) -> Iterator[Family]:
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


def _places(task: Task, cause: Shortage, group_type: str) -> list[str]:
    """List topics after which a new one could come: before each that waits for its meeting, and last."""
    ids = constraints.topics_in_order(
        task.program, [each for each in task.topics if each.group_type == group_type]
    )
    known = {topic.topic_id: topic for topic in task.topics}
    slots = _empty_slots(task, cause)
    waiting = []
    for before, here in zip((ids[-1:] + ids)[: len(ids)], ids, strict=True):
        topic = known[here]
        bound = topic.trigger_content or topic.calendar_tie or topic.role in ("opening", "closing")
        if topic.part <= 1 and any(bound or slot.minutes not in topic.lengths for slot in slots):
            waiting.append(before)
    return list(dict.fromkeys((*waiting, *ids[-1:])))


def _written(task: Task, group_type: str, there: Sequence[Topic], place: str, number: int) -> Altered:
    """Add topics right after one of them, written for every length of the type's groups."""
    lengths = tuple(sorted({slot.minutes for slot in task.slots_of([group_type])}))
    new = [_new_topic(there[0], f"{place}-new{count}", lengths) for count in range(1, number + 1)]
    program = task.program
    if program.only_topics:
        listed = (*program.only_topics, *(each.topic_id for each in new))
        program = program.model_copy(update={"only_topics": listed})
    curriculum = replace(task.curriculum, topics=(*task.curriculum.topics, *new))
    after = ""
    if task.program.sequence.get(group_type, "free") != "free":
        ids = sorted((*(each.topic_id for each in there), new[0].topic_id), key=id_order)
        after = ids[ids.index(new[0].topic_id) - 1]
    change = facts.WriteTopics(group_type=group_type, number=number, lengths=lengths, after=after)
    return Altered((change,), replace(task, curriculum=curriculum, program=program))


def _new_topic(like: Topic, topic_id: str, lengths: tuple[int, ...]) -> Topic:
    """Return a topic of which nothing keeps it out of a meeting, and which teaches nothing promised."""
    plain = {"role": "ordinary", "entry": "open", "after": (), "series": "", "part": 0, "trigger_content": ""}
    named = {"topic_id": topic_id, "lengths": lengths, "calendar_tie": "", "format": "discussion"}
    return like.model_copy(update=plain | named)


def drop_the_slot(task: Task, cause: Shortage) -> Iterator[Family]:
    """Hold fewer meetings: leave the slot of an empty one out of the program."""
    slots = task.program.slots
    phased = {name for phase in task.program.phases for name in phase.slots}
    changes = []
    for slot in _empty_slots(task, cause):
        if len(slots) > 1 and slot.id not in phased:
            less = task.with_program(slots=tuple(each for each in slots if each.id != slot.id))
            changes.append(Altered((facts.DropSlot(slot=slot.id, minutes=slot.minutes),), less))
    yield some(changes)


def _empty_slots(task: Task, cause: Shortage) -> list[Slot]:
    """List the slots of the empty meetings that the program still has."""
    empty = set(cause.subjects)
    found = dict.fromkeys(each.slot.id for each in task.meetings if each.meeting_id in empty)
    known = {slot.id: slot for slot in task.program.slots if slot.kind == "group"}
    return [known[name] for name in found if name in known]


TWICE: frozenset[Maker] = frozenset({write_lengths, add_slot, open_a_day, mark_elective})
"""What can be done twice: to two slots, days, topics or objectives."""
SLOTS: frozenset[Maker] = frozenset({three_groups, add_slot})
"""What is made first, in the program as it is: to find who is free for a slot takes long."""
MOST_MADE = 18
"""Pairs of which is found out who could lead them."""


def pairs(task: Task, cause: Shortage) -> Iterator[Altered]:
    """Yield two changes at once: first the pairs of the cheapest kinds, then other changes of these kinds.

    Pairs that add meetings which nobody can lead come last.
    """
    unled: list[Altered] = []
    for both, led in islice(_every_pair(task, cause), MOST_MADE):
        if led:
            yield both
        else:
            unled.append(both)
    yield from unled


Tried = tuple[Altered, bool]
"""A change, and whether somebody can lead what it adds."""


def _every_pair(task: Task, cause: Shortage) -> Iterator[Tried]:
    every = ((make, _changes(make, task, cause)) for make in makers(cause))
    kinds = [(make, changes) for make, changes in every if changes]
    both = combinations_with_replacement(range(len(kinds)), 2)
    order = sorted(both, key=lambda pair: (sum(pair), pair))
    for place_of_one, place_of_other in ((0, 0), (0, 1), (1, 0)):
        for one, other in order:
            (make, changes), (last, others) = kinds[one], kinds[other]
            if one == other and make not in TWICE:
                continue
            if last in SLOTS and make not in SLOTS:
                last, changes = make, others
            for first in changes[place_of_one : place_of_one + 1]:
                yield from _with_another(first, last, cause, place_of_other)


def _changes(make: Maker, task: Task, cause: Shortage) -> list[Tried]:
    """List the changes of one kind, those that somebody can lead first."""
    found = list(made_by(make, task, cause))
    led = [(change, True) for each in found for change in each.changes]
    return led + [(change, False) for each in found for change in each.otherwise]


def _with_another(tried: Tried, make: Maker, cause: Shortage, place: int) -> Iterator[Tried]:
    """Make another change of a kind in the task as it is after the first."""
    first, first_led = tried
    others = [each for each in _changes(make, first.task, cause) if each[0].changes != first.changes]
    for other, led in others[place : place + 1]:
        yield Altered((*first.changes, *other.changes), other.task), first_led and led


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
