"""The task the planner is set: what to plan, from when for how long, and what already stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Objective, Topic
from iop_sessions.planning.solver.model import Inequality, Model
from iop_sessions.plans.plan import Session
from iop_sessions.program.calendar import Meeting, closures, meetings
from iop_sessions.program.choosing import chosen
from iop_sessions.program.journeys import Journey, journeys, tracks
from iop_sessions.program.program import Program
from iop_sessions.program.settings import WEEKDAYS, Slot
from iop_sessions.program.surprises import Surprise


@dataclass(frozen=True)
class Task:
    """What is to be planned: a curriculum, a program, from when for how long, after which sessions."""

    curriculum: Curriculum
    program: Program
    start: date
    weeks: int
    history: tuple[Session, ...] = ()
    standing: tuple[Session, ...] = ()  # rows of the plan that nothing may change
    cancelled: tuple[Session, ...] = ()  # rows of the plan that fell out; rules of spacing count them
    surprises: tuple[Surprise, ...] = ()  # what happened, and stands in the program already
    today: date = date.min  # up to this day nothing takes place but what stands

    def __post_init__(self) -> None:
        """Keep of the curriculum what the program teaches."""
        object.__setattr__(self, "curriculum", chosen(self.curriculum, self.program))

    @property
    def end(self) -> date:
        """Return the first day after the plan."""
        return self.start + timedelta(days=7 * self.weeks)

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        """Return every meeting of the plan in the order they take place."""
        planned = meetings(self.program, self.start, self.weeks)
        to_come = (each for each in planned if each.day > self.today)
        return with_standing(self.program, to_come, map(self._worth, self.standing))

    @cached_property
    def settled(self) -> Mapping[str, str]:
        """Return the topic of each meeting that nothing may change, by the meeting's id."""
        met = (self._worth(each) for each in self.standing if each.takes_place)
        return {each.session_id: each.topic_id for each in met}

    def _worth(self, row: Session) -> Session:
        """Return a row as what people got of it: where too little of its time was held, no topic."""
        share = self.program.minutes.partly_counts_from
        if row.state != "partly" or row.minutes >= share * row.planned_minutes:
            return row
        return row.model_copy(update={"topic_id": "", "group_type": ""})

    @cached_property
    def fallen(self) -> tuple[Session, ...]:
        """Return the rows that fell out and meet no more: a remedy may open a day that was closed."""
        there = {meeting.meeting_id for meeting in self.meetings}
        return tuple(each for each in self.cancelled if each.session_id not in there)

    @cached_property
    def past(self) -> tuple[Session, ...]:
        """Return the sessions before the plan starts, in order, those that fell out among them."""
        earlier = (self._worth(each) for each in self.history if each.date < self.start)
        return tuple(sorted(earlier, key=lambda session: session.order))

    @cached_property
    def lived(self) -> tuple[Session, ...]:
        """Return the sessions of the past that took or take place before the plan starts, in order."""
        return tuple(each for each in self.past if each.takes_place)

    @cached_property
    def closed_days(self) -> Mapping[str, tuple[date, ...]]:
        """Return the closed days of each site, in the plan and in the week after it."""
        due = self.end + timedelta(days=7)
        sites = {slot.site for slot in self.program.slots}
        return {site: tuple(closures(self.program, self.start, due, site)) for site in sites}

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """Return the topics that a group can hold, by id: a table in another order gives the same plan."""
        found = (topic for topic in self.curriculum.topics if topic.delivery == "group")
        return tuple(sorted(found, key=lambda topic: topic.topic_id))

    @cached_property
    def objectives(self) -> tuple[Objective, ...]:
        """Return the objectives by id."""
        return tuple(sorted(self.curriculum.objectives, key=lambda objective: objective.objective_id))

    @cached_property
    def topics_of_objective(self) -> Mapping[str, tuple[Topic, ...]]:
        """Return the topics of each objective, by id."""
        found = self.curriculum.topics_of_objective.items()
        return {name: tuple(sorted(topics, key=lambda topic: topic.topic_id)) for name, topics in found}

    @cached_property
    def journeys(self) -> tuple[Journey, ...]:
        """Return every way through the program."""
        return journeys(self.program)

    @cached_property
    def tracks(self) -> tuple[str, ...]:
        """Return the tracks; one without a name where the program has none."""
        return tracks(self.program) or ("",)

    @cached_property
    def group_types(self) -> tuple[str, ...]:
        """Return the group types of the program that are planned with topics."""
        named = dict.fromkeys(slot.group_type for slot in self.program.slots if slot.kind == "group")
        return tuple(sorted(name for name in named if self.curriculum.needs_topic(name)))

    def slots_of(self, group_types: Iterable[str]) -> list[Slot]:
        """List the slots in which groups of some types meet."""
        wanted = set(group_types)
        return [slot for slot in self.program.slots if slot.kind == "group" and slot.group_type in wanted]

    def with_program(self, **changes: object) -> Task:
        """Return the task with some settings of its program changed."""
        return replace(self, program=self.program.model_copy(update=changes))

    def with_slot(self, slot: Slot, **changes: object) -> Task:
        """Return the task with some settings of one slot changed."""
        changed = slot.model_copy(update=changes)
        return self.with_program(
            slots=tuple(changed if each.id == slot.id else each for each in self.program.slots)
        )

    def with_topics(self, changes: Mapping[str, Mapping[str, object]]) -> Task:
        """Return the task with some topics changed, each in its own way."""
        topics = (each.model_copy(update=changes.get(each.topic_id, {})) for each in self.curriculum.topics)
        return replace(self, curriculum=replace(self.curriculum, topics=tuple(topics)))


def with_standing(
    program: Program, planned: Iterable[Meeting], standing: Iterable[Session]
) -> tuple[Meeting, ...]:
    """Put what stands in the place of what the calendar says; what was cancelled does not meet."""
    rows = tuple(standing)
    told = {row.session_id for row in rows}
    rest = (meeting for meeting in planned if meeting.meeting_id not in told)
    found = [*rest, *(_meeting_of(program, row) for row in rows if row.takes_place)]
    return tuple(sorted(found, key=lambda meeting: meeting.order))


def _meeting_of(program: Program, row: Session) -> Meeting:
    """Return the meeting as it takes place, which a person may have moved to another day or time."""
    told: dict[str, Any] = {
        "id": row.slot_id, "day": WEEKDAYS[row.date.weekday()], "start": row.start,
        "minutes": row.planned_minutes, "group_type": row.group_type, "track": row.track, "site": row.site,
        "kind": row.kind,
    }  # fmt: skip
    known = next((slot for slot in program.slots if slot.id == row.slot_id), None)
    slot = known.model_copy(update=told) if known else Slot.model_construct(None, **told)
    return Meeting(slot, row.week, row.date, row.session_id)


def settle(model: Model, settled: Mapping[int, float]) -> None:
    """Fix the variables that what stands has decided, and forgive it the rules that it breaks.

    A person may have had reasons; the rules ask of the rest what they still can.
    """
    if not settled:
        return
    model.rows[:] = [_forgiven(row, settled) for row in model.rows]
    for variable, value in settled.items():
        model.equals({variable: 1.0}, value)


def _forgiven(row: Inequality, settled: Mapping[int, float]) -> Inequality:
    """Widen the limits of a row as far as what stands makes it necessary."""
    if row.rule is None or settled.keys().isdisjoint(row.terms):
        return row
    done = sum(factor * settled[variable] for variable, factor in row.terms.items() if variable in settled)
    free = [factor for variable, factor in row.terms.items() if variable not in settled]
    least = done + sum(factor for factor in free if factor < 0)
    most = done + sum(factor for factor in free if factor > 0)
    return replace(row, low=min(row.low, most), high=max(row.high, least))
