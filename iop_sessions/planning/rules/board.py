"""The board the planner plays on: meetings to fill, topics that fit them, and one variable for each pair.

A group that was cancelled keeps its place between two runs of a topic: as much time passes as was planned,
and a closed day asks for no change by itself. A day that was closed before the plan was made has no place.

People of different phases and tracks come to different groups of a day, so each has edges of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain, pairwise

from iop_sessions.curriculum.records import Topic
from iop_sessions.planning.solver.model import HardRule, Model
from iop_sessions.planning.task import Task
from iop_sessions.plans.plan import Session
from iop_sessions.program.calendar import Meeting
from iop_sessions.program.journeys import Journey
from iop_sessions.program.program import Program

Stretch = tuple[frozenset[str], tuple[int, ...]]
"""Topics that the past held, and meetings of the plan: so near that each topic is held once at most."""


@dataclass(frozen=True)
class MeetingLine:
    """The groups of a type and a track in order; None is one that was cancelled."""

    past: tuple[str | None, ...]  # the topics held before the plan, the earliest first
    places: tuple[int | None, ...]  # the meetings of the plan, by number

    @property
    def gaps(self) -> bool:
        """Say whether any group was cancelled."""
        return None in (*self.past, *self.places)

    def stretches(self, distance: int) -> Iterator[Stretch]:
        """Go through the stretches that ask for different topics, those of so many places first.

        Neighbors differ too, however many groups between them were cancelled.
        """
        begun, whole = len(self.past), (*self.past, *self.places)
        for first in range(max(begun - distance, 0), max(len(whole) - distance, begun + 1)):
            yield self._between(range(first, min(first + distance + 1, len(whole))))
        there = (place for place, each in enumerate(whole) if each is not None)
        for earlier, later in pairwise(there):
            if later - earlier > distance and later >= begun:
                yield self._between((earlier, later))

    def _between(self, chosen: range | tuple[int, int]) -> Stretch:
        begun = len(self.past)
        held = (self.past[place] for place in chosen if place < begun)
        planned = (self.places[place - begun] for place in chosen if place >= begun)
        met = frozenset(each for each in held if each is not None)
        return met, tuple(each for each in planned if each is not None)

    def most_asked(self, distance: int) -> int:
        """Return how many different topics a whole stretch of the plan asks for; 0 where it has none."""
        there = [each is not None for each in self.places]
        whole = [sum(there[first : first + distance + 1]) for first in range(len(there) - distance)]
        return max(*whole, min(sum(there), 2)) if whole else 0


def edges_of_days(task: Task) -> list[int]:
    """List the meetings that end somebody's day, or that may be somebody's first.

    In a rolling program anybody may come new on any day, and be in any week of a stay. A cohort is new once,
    on the first day it comes, and in one week of its stay.
    """
    found: set[int] = set()
    slots = [meeting.slot for meeting in task.meetings]
    for theirs, new in days_of_people(task):  # groups side by side count alike
        first = min((slots[index].start for index in theirs), default=None)
        last = max((slots[index].end for index in theirs), default=None)
        found |= {each for each in theirs if slots[each].end == last or (new and slots[each].start == first)}
    return sorted(found)


def days_of_people(task: Task) -> Iterator[tuple[list[int], bool]]:
    """Go through each day as people have it: the meetings they come to, and if they may be new."""
    days: dict[date, list[int]] = {}
    for index, meeting in enumerate(task.meetings):
        days.setdefault(meeting.day, []).append(index)
    for journey in task.journeys:
        for day, coming, new in _comings(task, journey, days):
            yield [index for index in days[day] if task.meetings[index].slot.id in coming], new


Coming = tuple[date, frozenset[str], bool]
"""A day, the slots to which some people may come on it, and whether they may be new."""


def _comings(task: Task, journey: Journey, days: Iterable[date]) -> Iterator[Coming]:
    if task.program.admission != "cohort":
        for number, coming in enumerate(dict.fromkeys(journey.slots)):
            yield from ((day, coming, number == 0) for day in days)
        return
    for start in start_days(task, journey):
        guest = Guest(journey, start)
        been = any(map(guest.met, task.lived))
        first = min((each.day for each in filter(guest.meets, task.meetings)), default=None)
        for day in days:
            week = min((day - start).days // 7, journey.weeks - 1)  # it may go on after the shortest stay
            yield day, journey.slots[week], day == first and not been


@dataclass(frozen=True)
class Guest:
    """Whom a promise is made to: whoever starts on a date and goes one way, never a person."""

    journey: Journey
    start: date

    @property
    def end(self) -> date:
        """Return the first day after the stay."""
        return self.journey.end(self.start)

    def meets(self, meeting: Meeting) -> bool:
        """Say whether the guest comes to a meeting."""
        return self.journey.comes(meeting.slot.id, meeting.slot.track, self.start, meeting.day)

    def met(self, session: Session) -> bool:
        """Say whether the guest came to a session of the past."""
        return self.journey.comes(session.slot_id, session.track, self.start, session.date)


@dataclass(frozen=True)
class Everybody:
    """All the people of a track, whenever they started."""

    track: str

    def meets(self, meeting: Meeting) -> bool:
        """Say whether a meeting is theirs."""
        return meeting.slot.serves(self.track)

    def met(self, session: Session) -> bool:
        """Say whether a session of the past was theirs."""
        return session.serves(self.track)


Audience = Guest | Everybody


class Board:
    """One variable for each topic and each meeting it fits; rules ask it questions and never index it."""

    def __init__(self, task: Task, model: Model) -> None:
        self.task = task
        self.model = model
        self.empty: dict[int, int] = {}
        self._runs: dict[str, dict[int, int]] = {}
        self._choices: dict[int, dict[str, int]] = {}
        self._forbidden: set[int] = set()
        self._lines: dict[tuple[str, str], MeetingLine] = {}
        self.settled: dict[int, float] = {}  # variables that what stands has decided
        for index, meeting in enumerate(task.meetings):
            if meeting.slot.kind == "group" and meeting.slot.group_type in task.group_types:
                weight = task.program.weights.empty
                self.empty[index] = model.binary(meeting.slot.group_type, weight, meeting.week)
                self._open(index, meeting)
            elif topic_id := task.settled.get(meeting.meeting_id):  # put by hand where none is planned
                self._choices[index] = {}
                self.settled[self._offer(index, topic_id)] = 1.0

    def _open(self, index: int, meeting: Meeting) -> None:
        """Add the variables of one meeting."""
        self._choices[index] = {}
        if meeting.meeting_id in self.task.settled:
            self._settle(index, self.task.settled[meeting.meeting_id])
            return
        for topic in self.topics_of_type(meeting.slot.group_type):
            if fits(self.task.program, topic, meeting):
                self._offer(index, topic.topic_id)

    def _offer(self, index: int, topic_id: str) -> int:
        meeting = self.task.meetings[index]
        variable = self.model.binary(meeting.slot.group_type, week=meeting.week)
        self._choices[index][topic_id] = variable
        self._runs.setdefault(topic_id, {})[index] = variable
        return variable

    def _settle(self, index: int, topic_id: str) -> None:
        """Let a meeting hold what stands and nothing else, whether or not it fits."""
        self.settled[self.empty[index]] = float(not topic_id)
        if topic_id:
            self.settled[self._offer(index, topic_id)] = 1.0

    def topics_of_type(self, group_type: str) -> list[Topic]:
        """List the topics of a group type that a group can hold."""
        return [topic for topic in self.task.topics if topic.group_type == group_type]

    def holds(self, topic_id: str, index: int) -> int | None:
        """Return the variable 'this meeting holds this topic', or None where the topic does not fit."""
        return self._choices.get(index, {}).get(topic_id)

    def runs_in(self, topic_id: str, indices: Iterable[int]) -> list[int]:
        """List the variables of a topic in some meetings."""
        runs = self._runs.get(topic_id, {})
        return [runs[index] for index in indices if index in runs]

    def forbid(self, topic_id: str, index: int, rule: HardRule) -> None:
        """Keep a topic out of a meeting by a rule."""
        variable = self.holds(topic_id, index)
        if variable is not None:
            self.model.equals({variable: 1.0}, 0, rule)
            self._forbidden.add(variable)

    def allows(self, topic_id: str, index: int) -> bool:
        """Say whether a topic fits a meeting and no rule keeps it out of there."""
        variable = self.holds(topic_id, index)
        return variable is not None and variable not in self._forbidden

    def may_hold(self, run: int, index: int) -> bool:
        """Say whether no rule keeps the topic of a variable out of its meeting."""
        return run in self._choices[index].values() and run not in self._forbidden

    def choices(self, index: int) -> dict[str, int]:
        """Return the variables of one meeting: each topic that fits it."""
        return self._choices[index]

    def meetings_of_type(self, group_type: str, track: str = "") -> list[int]:
        """List by number the meetings of a group type to which people of a track, or of any, come."""
        found = [index for index in self.empty if self.task.meetings[index].slot.group_type == group_type]
        return [index for index in found if not track or self.task.meetings[index].slot.serves(track)]

    def dated_runs(self, topic_id: str, guest: Audience, first: date, due: date) -> list[tuple[int, int]]:
        """List the variables of a topic that a guest can meet, each with the number of its meeting."""
        days = self.task.meetings
        runs = self._runs.get(topic_id, {})
        then = ((run, index) for index, run in runs.items() if first <= days[index].day < due)
        return [(run, index) for run, index in then if guest.meets(days[index])]

    def runs_before(self, topic_id: str, guest: Audience, index: int) -> list[int]:
        """List the variables of a topic before one meeting that a guest can meet."""
        days = self.task.meetings
        runs = self._runs.get(topic_id, {})
        return [variable for where, variable in runs.items() if where < index and guest.meets(days[where])]

    def was_held(self, topic_ids: Iterable[str], guest: Guest, first: date, due: date) -> bool:
        """Say whether a guest met one of these topics in a stretch of the past."""
        wanted = set(topic_ids)
        then = (each for each in self.task.lived if first <= each.date < due)
        return any(each.topic_id in wanted and guest.met(each) for each in then)

    def met_anyway(self, topic_id: str, guest: Audience, index: int) -> bool:
        """Say whether a guest has met a topic before a meeting, whatever the plan is.

        Orientation comes before the first group; a standing part comes with every meeting of its kind.
        """
        topic = self.task.curriculum.topic_by_id.get(topic_id)
        if any(each.topic_id == topic_id and guest.met(each) for each in self.task.lived):
            return True
        if topic is None or topic.delivery == "group":
            return False
        return topic.delivery == "orientation" or self._any_before(topic.group_type, guest, index)

    def _any_before(self, group_type: str, guest: Audience, index: int) -> bool:
        past = (each.group_type for each in filter(guest.met, self.task.lived))
        earlier = (each.slot.group_type for each in filter(guest.meets, self.task.meetings[:index]))
        return group_type in chain(past, earlier)

    def past_in_order(self, topic: Topic, guest: Guest) -> bool:
        """Say whether a guest met a topic in the past after all it builds on."""
        seen = {each.topic_id for each in self.task.curriculum.topics if each.delivery == "orientation"}
        for session in filter(guest.met, self.task.lived):
            if session.topic_id == topic.topic_id and seen.issuperset(topic.after):
                return True
            seen |= {session.topic_id, *self._standing.get(session.group_type, ())}
        return False

    @cached_property
    def _standing(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for topic in self.task.curriculum.topics:
            if topic.delivery == "standing":
                found.setdefault(topic.group_type, []).append(topic.topic_id)
        return found

    def any_meeting(self, group_types: set[str], guest: Guest, first: date, due: date) -> bool:
        """Say whether a guest comes to any meeting of these types in a stretch of time."""
        past = (each.date for each in self.task.lived if each.group_type in group_types and guest.met(each))
        ours = (each for each in self.task.meetings if each.slot.group_type in group_types)
        planned = (each.day for each in ours if guest.meets(each))
        return any(first <= day < due for day in chain(past, planned))

    def past_of_type(self, group_type: str, track: str) -> list[str]:
        """List the topics of the past groups of a type to which people of a track came, the latest first."""
        return [each.topic_id for each in _groups(self.task.lived, group_type, track)][::-1]

    def line(self, group_type: str, track: str) -> MeetingLine:
        """Line up the groups of a type to which people of a track come, past and plan, with what fell out."""
        key = (group_type, track)
        if key not in self._lines:
            past = _groups(self.task.past, group_type, track)
            fallen = _groups(self.task.fallen, group_type, track)
            gaps = [((each.date, each.start, each.slot_id), None) for each in fallen]
            indices = self.meetings_of_type(group_type, track)
            places = [*((self.task.meetings[index].order, index) for index in indices), *gaps]
            held = tuple(each.topic_id if each.takes_place else None for each in past)
            ordered = sorted(places, key=lambda place: place[0])
            self._lines[key] = MeetingLine(held, tuple(index for _, index in ordered))
        return self._lines[key]

    def choice(self, values: Mapping[int, float]) -> dict[int, str]:
        """Read which topic each meeting holds out of a solution."""
        every = ((index, *pair) for index, topics in self._choices.items() for pair in topics.items())
        return {index: topic_id for index, topic_id, run in every if values.get(run, 0) > 0.5}


def _groups(rows: Iterable[Session], group_type: str, track: str) -> list[Session]:
    """List the groups of a type to which people of a track come."""
    groups = (each for each in rows if (each.group_type, each.kind) == (group_type, "group"))
    return [each for each in groups if Everybody(track).met(each)]


def start_days(task: Task, journey: Journey) -> list[date]:
    """List the days on which a journey can start: those with a group for newcomers; the first of a cohort."""
    made_up = {each.session_id for each in task.standing if each.is_make_up}
    lived = [each for each in task.lived if not each.is_make_up]
    planned = [each for each in task.meetings if each.meeting_id not in made_up]
    if task.program.admission == "cohort":  # its tracks count their weeks from one day
        return sorted({*(each.date for each in lived), *(each.day for each in planned)})[:1]
    past = {each.date for each in lived if Guest(journey, each.date).met(each)}
    return sorted(past | {each.day for each in planned if Guest(journey, each.day).meets(each)})


def fits(program: Program, topic: Topic, meeting: Meeting) -> bool:
    """Say whether a topic is written for a meeting's length and the program's ages."""
    for_ages = program.ages == "both" or topic.ages in ("both", program.ages)
    return meeting.slot.minutes in topic.lengths and for_ages
