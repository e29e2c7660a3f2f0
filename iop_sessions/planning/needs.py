"""Count what the promises to one newcomer need of each group type, and what the calendar gives.

The count is a lower bound: it never says that more meetings are needed than are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import reduce

from iop_sessions.curriculum.records import Topic
from iop_sessions.planning.rules.board import Board, Guest
from iop_sessions.planning.rules.constraints import part_before
from iop_sessions.planning.rules.promises import Promise, window_end
from iop_sessions.planning.solver.highs import solve_part
from iop_sessions.planning.solver.model import Model
from iop_sessions.planning.task import Task
from iop_sessions.plans.facts import HALF_DAY, ClosedDay, TooFew
from iop_sessions.program.calendar import all_meetings, closures

NODES = 200
"""Work for one count; a count that is stopped is a lower bound all the same."""


def demand(board: Board, promises: Iterable[Promise], guest: Guest, due: date, group_type: str) -> TooFew:
    """Count what is promised to a guest by a date and can only be taught in groups of one type.

    Return how many meetings it asks for at least, and how many are there, too few or not.
    """
    known = board.task.curriculum.objective_by_id
    theirs = (each for each in promises if guest in each.guests)
    by_then = [each for each in theirs if window_end(guest, known[each.subject].within_weeks) <= due]
    wanted = [_ways(board, each) for each in by_then]
    ours = [ways for ways in wanted if ways and {topic.group_type for topic in ways} == {group_type}]
    days = [board.task.meetings[index] for index in board.meetings_of_type(group_type)]
    there = sum(guest.start <= each.day < due and guest.meets(each) for each in days)
    needed = _fewest(board, ours, whole_series=_follows_series(board, guest, due, group_type))
    lost = tuple(lost_days(board.task, guest, due, {group_type}))
    return TooFew(group_type=group_type, needed=needed, there=there, lost=lost)


Ways = Mapping[Topic, frozenset[Topic]]
"""Topics that keep a promise, each with the topics to be met before it in any case."""


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
