"""What each promise needs, with its numbers, and the eager plan that serves the most urgent first.

A row of greedy choices takes milliseconds, so several tempers are tried and the cheapest plan is taken.

The count is a lower bound: it never says that more meetings are needed than are.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from itertools import product

from iop_sessions.curriculum.records import Topic
from iop_sessions.planning.rules.board import Board, Guest, MeetingLine
from iop_sessions.planning.rules.constraints import part_before
from iop_sessions.planning.rules.promises import Chance, Promise, window_end
from iop_sessions.planning.solver.highs import solve_part
from iop_sessions.planning.solver.model import Model
from iop_sessions.planning.task import Task
from iop_sessions.plans.facts import HALF_DAY, ClosedDay, TooFew
from iop_sessions.program.calendar import all_meetings, closures

NEVER = -1000
TEMPERS = tuple(product((1.5, 2.0, 3.0, 4.0, 6.0, 10.0, 20.0), (0.3, 0.6, 1.0)))
"""How fast urgency fades with each later chance, and how much more a dear promise weighs than a cheap one."""


def eager_plan(board: Board, promises: Iterable[Promise]) -> dict[int, float]:
    """Return values to start from; a rule they break costs time, never the proof."""
    by_type: dict[str, list[Promise]] = {}
    promises = tuple(promises)
    for promise in (each for each in promises if each.chances):
        by_type.setdefault(board.model.groups[promise.chances[0].run], []).append(promise)
    values: dict[int, float] = {}
    for group_type in board.task.group_types:
        ledger = _Ledger(board, group_type, by_type.get(group_type, ()))
        best = _cheapest(_Row(ledger, temper).fill() for temper in TEMPERS)
        values |= dict.fromkeys(best.chosen, 1.0)
    return values | outcomes(promises, values)


def _cheapest(rows: Iterable[_Row]) -> _Row:
    """Return the first of the rows that cost least; none beats one that costs nothing."""
    made: list[_Row] = []
    for row in rows:
        made.append(row)
        if not row.cost:
            break
    return min(made, key=lambda row: row.cost)


def outcomes(promises: Iterable[Promise], chosen: Mapping[int, float]) -> dict[int, float]:
    """Return what some choices mean for the promises: which ordered runs count, and what is paid."""
    values: dict[int, float] = {}
    for promise in promises:
        counted = [chance for chance in promise.chances if chance.run in chosen and chance.follows(chosen)]
        values |= {chance.counts: 1.0 for chance in counted if chance.counts is not None}
        values[promise.missed] = float(not counted)
    return values


@dataclass(frozen=True)
class _Ledger:
    """What every row of a type shares: its moments and topics, the promises, and which choice keeps which."""

    board: Board
    group_type: str
    promises: Sequence[Promise]

    @cached_property
    def of_run(self) -> Mapping[int, list[tuple[int, Chance, int]]]:
        """Return, for each choice, the promises it can keep, and how many later chances each still has."""
        found: dict[int, list[tuple[int, Chance, int]]] = {}
        for number, promise in enumerate(self.promises):
            places = sorted({chance.meeting for chance in promise.chances})
            for chance in promise.chances:
                later = len(places) - bisect_right(places, chance.meeting)
                found.setdefault(chance.run, []).append((number, chance, later))
        return found

    @cached_property
    def latest(self) -> int:
        """Return at how many meetings any promise can be kept."""
        return max((len(promise.chances) for promise in self.promises), default=0)

    @cached_property
    def moments(self) -> list[tuple[int, ...]]:
        """List what is decided at once."""
        return moments(self.board, self.group_type)

    @cached_property
    def _lines(self) -> Mapping[str, MeetingLine]:
        return {track: self.board.line(self.group_type, track) for track in self.board.task.tracks}

    @cached_property
    def places(self) -> dict[int, dict[str, int]]:
        """Return, for each meeting, its place among the groups of its type in each track."""
        return _places(self._lines)

    @cached_property
    def neighbors(self) -> dict[tuple[str, int], int | None]:
        """Return, for each place of a track, the last one before it at which people meet."""
        return _neighbors(self._lines)

    @cached_property
    def _befores(self) -> dict[str, Topic | None]:
        topics = self.board.topics_of_type(self.group_type)
        return {topic.topic_id: part_before(self.board.task, topic) for topic in topics}

    @cached_property
    def first_parts(self) -> list[str]:
        """List the topics that go on after no other."""
        return [topic_id for topic_id, before in self._befores.items() if before is None]

    @cached_property
    def next_part(self) -> dict[str, str]:
        """Return, by topic, the part of its series that comes after it."""
        befores = self._befores.items()
        return {before.topic_id: topic_id for topic_id, before in befores if before is not None}

    @cached_property
    def past(self) -> dict[tuple[str, str], int]:
        """Return, by track and topic, the place at which it was last held before the plan."""
        found: dict[tuple[str, str], int] = {}
        for track, line in self._lines.items():
            held = enumerate(line.past, -len(line.past))
            found |= {(track, topic_id): place for place, topic_id in held if topic_id is not None}
        return found

    @cached_property
    def begun(self) -> str:
        """Name the part that has to come first, since its series was begun before the plan; else nothing."""
        tracks = self.board.task.tracks
        latest = (self.board.past_of_type(self.group_type, track)[:1] for track in tracks)
        begun = (self.next_part.get(topic_id, "") for past in latest for topic_id in past)
        return next(filter(None, begun), "")


class _Row:
    """The meetings of one group type, filled one after another."""

    def __init__(self, ledger: _Ledger, temper: tuple[float, float]) -> None:
        self._board, self._ledger = ledger.board, ledger
        fading, power = temper
        self._weights = [promise.price**power for promise in ledger.promises]
        self._fading = [math.exp(-later / fading) for later in range(ledger.latest)]
        self._distance = ledger.board.task.program.spacing.get(ledger.group_type, 0)
        self._last = dict(ledger.past)
        self._wanted = ledger.begun
        self._kept = [False] * len(ledger.promises)
        self.chosen: set[int] = set()
        self._empty = 0

    @property
    def cost(self) -> float:
        """Return what the row costs: promises not kept, and empty meetings."""
        answered = zip(self._ledger.promises, self._kept, strict=True)
        missed = (promise.price for promise, kept in answered if not kept)
        return sum(missed) + self._empty * self._board.task.program.weights.empty

    def fill(self) -> _Row:
        """Choose a topic for each moment in turn; what none may fill stays empty."""
        for number, moment in enumerate(self._ledger.moments):
            candidates = [self._wanted] if self._wanted else self._ledger.first_parts
            free = [topic_id for topic_id in candidates if self._may_stand(topic_id, number)]
            topic_id = max(free, key=lambda each: self._worth(each, number), default="")
            self._wanted = self._ledger.next_part.get(topic_id, "")
            for index in moment:
                self._put(topic_id, index)
        return self

    def _put(self, topic_id: str, index: int) -> None:
        run = self._board.holds(topic_id, index) if topic_id else None
        if run is None:
            self.chosen.add(self._board.empty[index])
            self._empty += 1
            return
        for number, chance, _ in self._ledger.of_run.get(run, ()):
            self._kept[number] = self._kept[number] or chance.follows(self.chosen)
        self.chosen.add(run)
        for track, place in self._ledger.places[index].items():
            self._last[track, topic_id] = place

    def _may_stand(self, topic_id: str, number: int) -> bool:
        """Say whether a topic, and every later part of its series, may be held from a moment on."""
        if number >= len(self._ledger.moments):
            return False
        if not all(self._is_free(topic_id, index) for index in self._ledger.moments[number]):
            return False
        after = self._ledger.next_part.get(topic_id)
        return after is None or self._may_stand(after, number + 1)

    def _is_free(self, topic_id: str, index: int) -> bool:
        """Say whether a topic may be held: far enough from its last run, with a group held between."""
        if not self._board.allows(topic_id, index):
            return False
        for track, place in self._ledger.places[index].items():
            last = self._last.get((track, topic_id), NEVER)
            follows_itself = last == self._ledger.neighbors[track, place]
            if place - last <= self._distance or (self._distance and follows_itself):
                return False
        return True

    def _worth(self, topic_id: str, number: int) -> tuple[float, int, str]:
        """Weigh a topic: the promises it keeps now, then how long it has waited."""
        worth = self._urgency(topic_id, number)
        after = self._ledger.next_part.get(topic_id)
        if after is not None:
            worth = (worth + self._urgency(after, number + 1)) / 2
        places = self._ledger.places[self._ledger.moments[number][0]]
        waited = min(-self._last.get((track, topic_id), NEVER) for track in places)
        return (round(worth, 6), waited, topic_id)

    def _urgency(self, topic_id: str, number: int) -> float:
        """Add up what the promises weigh that a topic keeps at a moment."""
        total = 0.0
        for index in self._ledger.moments[number]:
            run = self._board.holds(topic_id, index)
            for each, chance, later in self._ledger.of_run.get(run, ()) if run is not None else ():
                if not self._kept[each] and (not chance.needs or chance.follows(self.chosen)):
                    total += self._weights[each] * self._fading[later]
        return total


def moments(board: Board, group_type: str) -> list[tuple[int, ...]]:
    """List what is decided at once: a meeting of the track with most, and those of other tracks in step."""
    weeks: dict[int, dict[str, list[int]]] = {}
    for index in board.meetings_of_type(group_type):
        meeting = board.task.meetings[index]
        weeks.setdefault(meeting.week, {}).setdefault(meeting.slot.track, []).append(index)
    return sorted(moment for tracks in weeks.values() for moment in _in_step(tracks))


def _in_step(tracks: dict[str, list[int]]) -> Iterable[tuple[int, ...]]:
    yield from ((index,) for index in tracks.get("", ()))
    own = sorted((found for track, found in tracks.items() if track), key=len, reverse=True)
    for number, first in enumerate(own[0] if own else ()):
        yield (first, *(other[number] for other in own[1:] if number < len(other)))


def _places(lines: Mapping[str, MeetingLine]) -> dict[int, dict[str, int]]:
    """Return, for each meeting, its place among the groups of its type in each track."""
    found: dict[int, dict[str, int]] = {}
    for track, line in lines.items():
        for place, index in enumerate(line.places):
            if index is not None:
                found.setdefault(index, {})[track] = place
    return found


def _neighbors(lines: Mapping[str, MeetingLine]) -> dict[tuple[str, int], int | None]:
    """Return, for each place of a track, the last one before it at which people meet."""
    found: dict[tuple[str, int], int | None] = {}
    for track, line in lines.items():
        latest = None
        for place, each in enumerate((*line.past, *line.places), -len(line.past)):
            found[track, place] = latest
            latest = place if each is not None else latest
    return found


NODES = 200
"""Work for one count; a count that is stopped is a lower bound all the same."""


Ways = Mapping[Topic, frozenset[Topic]]
"""Topics that keep a promise, each with the topics to be met before it in any case."""


class Demands:
    """What all promises of a board ask for; a window that many of them share is counted once."""

    def __init__(self, board: Board, promises: Iterable[Promise]) -> None:
        self.board, self.promises = board, tuple(promises)
        self._ways: dict[int, Ways] = {}
        self._counted: dict[tuple[Guest, date, str], TooFew] = {}

    def of(self, guest: Guest, due: date, group_type: str) -> TooFew:
        """Count what is promised to a guest by a date and can only be taught in groups of one type.

        Return how many meetings it asks for at least, and how many are there, too few or not.
        """
        window = (guest, due, group_type)
        if window not in self._counted:
            self._counted[window] = self._count(*window)
        return self._counted[window]

    def _count(self, guest: Guest, due: date, group_type: str) -> TooFew:
        board, known = self.board, self.board.task.curriculum.objective_by_id
        wanted = [
            self._ways_of(number)
            for number, each in enumerate(self.promises)
            if guest in each.guests and window_end(guest, known[each.subject].within_weeks) <= due
        ]
        ours = [ways for ways in wanted if ways and {topic.group_type for topic in ways} == {group_type}]
        days = [board.task.meetings[index] for index in board.meetings_of_type(group_type)]
        there = sum(guest.start <= each.day < due and guest.meets(each) for each in days)
        needed = _fewest(board, ours, whole_series=_follows_series(board, guest, due, group_type))
        lost = tuple(lost_days(board.task, guest, due, {group_type}))
        return TooFew(group_type=group_type, needed=needed, there=there, lost=lost)

    def _ways_of(self, number: int) -> Ways:
        if number not in self._ways:
            self._ways[number] = _ways(self.board, self.promises[number])
        return self._ways[number]


def _ways(board: Board, promise: Promise) -> Ways:
    """Return the topics that can keep a promise at some meeting where they may stand."""
    found: dict[Topic, list[frozenset[Topic]]] = {}
    for chance in promise.chances:
        choices = board.choices(chance.meeting).items()
        topic_id = next((name for name, variable in choices if variable == chance.run), "")
        topic = board.task.curriculum.topic_by_id.get(topic_id)
        earlier = [need.before(chance.meeting) for need in chance.needs]
        if topic is not None and board.allows(topic.topic_id, chance.meeting) and all(earlier):
            named = (_topic_before(board, topic, runs) for runs in earlier)
            found.setdefault(topic, []).append(frozenset(each for each in named if each is not None))
    return {topic: reduce(frozenset.intersection, before) for topic, before in found.items()}


def _topic_before(board: Board, topic: Topic, runs: frozenset[int]) -> Topic | None:
    """Name the topic whose runs these are, where it is of the same type as the topic that builds on it."""
    for earlier_id in topic.after:
        earlier = board.task.curriculum.topic_by_id[earlier_id]
        indices = board.meetings_of_type(earlier.group_type)
        if earlier.group_type == topic.group_type and runs & set(board.runs_in(earlier_id, indices)):
            return earlier
    return None


def _follows_series(board: Board, guest: Guest, due: date, group_type: str) -> bool:
    """Say whether a guest comes to every meeting of a type in the window, and so to whole series."""
    days = board.task.meetings
    indices = board.meetings_of_type(group_type, guest.journey.track)
    window = [days[index] for index in indices if guest.start <= days[index].day < due]
    return all(guest.meets(meeting) for meeting in window)


def _fewest(board: Board, wanted: Sequence[Ways], *, whole_series: bool) -> int:
    """Return how many different topics keep all promises at least."""
    model = Model()
    named = {topic for ways in wanted for topic in ways.keys() | set().union(*ways.values())}
    topics = _with_parts(board, named, whole_series=whole_series)
    held = {topic: model.binary(topic.topic_id, 1) for topic in topics}
    for ways in wanted:
        model.at_least({held[topic]: 1.0 for topic in ways}, 1)
        for topic, before in ways.items():
            for earlier in before:
                model.at_least({held[earlier]: 1.0, held[topic]: -1.0}, 0)
    if whole_series:
        _join_series(board, model, held)
    return solve_part(model, model.whole, [0.0] * len(model.costs), NODES).bound


def _with_parts(board: Board, named: Collection[Topic], *, whole_series: bool) -> list[Topic]:
    series = {topic.series for topic in named if topic.series} if whole_series else set()
    kinds = {topic.group_type for topic in named}
    others = [each for each in board.task.topics if each.series in series and each.group_type in kinds]
    return sorted({*named, *others}, key=lambda topic: topic.topic_id)


def _join_series(board: Board, model: Model, held: Mapping[Topic, int]) -> None:
    """Ask for the parts around a part; one series may have begun before the window, one may end after it."""
    begun: dict[str, int] = {}
    unended: dict[str, int] = {}
    for topic, variable in held.items():
        earlier = part_before(board.task, topic)
        if earlier in held and earlier is not None:
            first = begun.setdefault(topic.series, model.fraction())
            last = unended.setdefault(topic.series, model.fraction())
            model.at_least({held[earlier]: 1.0, first: 1.0, variable: -1.0}, 0)
            model.at_least({variable: 1.0, last: 1.0, held[earlier]: -1.0}, 0)
    for edge in (begun, unended):
        if edge:
            model.at_most(dict.fromkeys(edge.values(), 1.0), 1)


def lost_days(task: Task, guest: Guest, due: date, group_types: Iterable[str]) -> list[ClosedDay]:
    """List the days on which a guest's meetings of some types fell out before a date."""
    wanted = set(group_types)
    there = {meeting.meeting_id for meeting in task.meetings}
    every = all_meetings(task.program, task.start, task.weeks)
    groups = (each for each in every if each.slot.kind == "group" and each.slot.group_type in wanted)
    theirs = (each for each in groups if guest.start <= each.day < due and guest.meets(each))
    places = dict.fromkeys((each.day, each.slot.site) for each in theirs if each.meeting_id not in there)
    return list(dict.fromkeys(ClosedDay(day=day, name=_name_of(task, day, site)) for day, site in places))


def _name_of(task: Task, day: date, site: str) -> str:
    """Return what the calendar calls a day on which meetings fell out."""
    closure = closures(task.program, day, day, site).get(day)
    if closure is None:
        return HALF_DAY
    return "" if closure.name == "Closed" else closure.name
