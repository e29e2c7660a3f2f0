"""Wishes for good weeks: each a price for what a week is better without, and 0 turns it off.

None of them is a promise: a plan that pays for one has no shortfall.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product

from iop_sessions.planning.rules.board import Board, Guest, days_of_people
from iop_sessions.planning.rules.promises import guests


@dataclass(frozen=True)
class Aim:
    """A sum of choices, and what it has to reach; what it lacks is paid for."""

    terms: Mapping[int, float]
    least: float

    def lacks(self, chosen: Mapping[int, float]) -> int:
        """Return how much some choices leave to be paid."""
        total = sum(factor * chosen.get(variable, 0.0) for variable, factor in self.terms.items())
        return max(math.ceil(self.least - total - 1e-6), 0)


@dataclass(frozen=True)
class WeekWish:
    """Something a week is better without: the variables that pay for it, and the sums that ask for pay."""

    paid: tuple[int, ...]
    needs: tuple[Aim, ...]

    def outcomes(self, chosen: Mapping[int, float]) -> dict[int, float]:
        """Return what some choices make this flaw pay."""
        lacking = max(need.lacks(chosen) for need in self.needs)
        return {variable: float(number < lacking) for number, variable in enumerate(self.paid)}


def _flaw(board: Board, needs: Iterable[Aim], price: int, times: int = 1) -> WeekWish:
    """Add the rows of a flaw, that costs its price as many times as a need lacks one."""
    paid = tuple(board.model.fraction(cost=price) for _ in range(times))
    made = tuple(needs)
    for need in made:
        board.model.at_least(dict(need.terms) | dict.fromkeys(paid, 1.0), need.least)
    return WeekWish(paid, made)


def wish_no_lectures_in_a_row(board: Board) -> list[WeekWish]:
    """Wish that of two neighboring meetings of somebody's day at most one holds a lecture."""
    price = board.task.program.weights.lectures
    pairs = {pair for theirs, _ in days_of_people(board.task) for pair in pairwise(theirs) if price}
    both = (pair for pair in sorted(pairs) if all(_lectures(board, each) for each in pair))
    return [_in_a_row(board, pair, price) for pair in both]


def _in_a_row(board: Board, pair: tuple[int, int], price: int) -> WeekWish:
    """Price two lectures in a row; without a tie where one can hold nothing else."""
    for always, other in (pair, pair[::-1]):
        if len(_lectures(board, always)) == len(board.choices(always)):
            flaw = _flaw(board, [Aim(dict.fromkeys(_lectures(board, other), -1.0), 0)], price)
            _give_back(board, board.empty[always], _lectures(board, other), price)
            return flaw
    both = [run for index in pair for run in _lectures(board, index)]
    return _flaw(board, [Aim(dict.fromkeys(both, -1.0), -1)], price)


def _give_back(board: Board, empty: int, lectures: Sequence[int], price: int) -> None:
    """Give the price back where the meeting taken for a lecture is empty, and the other one holds one.

    The first row is about one group type alone, so that a search apart knows how rare this is. The second
    names the empty meeting too, with no weight, for it is only known where both are looked at together.
    """
    back = board.model.fraction(cost=-price)
    board.model.at_most({back: 1.0, empty: -1.0}, 0)
    board.model.at_most({back: 1.0, empty: 0.0} | dict.fromkeys(lectures, -1.0), 0)


def _lectures(board: Board, index: int) -> list[int]:
    topics = board.task.curriculum.topic_by_id
    choices = board.choices(index) if index in board.empty else {}
    return [run for topic_id, run in choices.items() if topics[topic_id].format == "lecture"]


def wish_practice(board: Board) -> list[WeekWish]:
    """Wish that people practice for a share of the minutes of each of their days."""
    price = board.task.program.weights.practice
    people = (theirs for theirs, _ in days_of_people(board.task))
    days = {tuple(index for index in theirs if index in board.empty) for theirs in people}
    made = [_poor(board, day) for day in sorted(days) if price and day]
    return [_flaw(board, needs, price) for needs in made if needs]


def _poor(board: Board, day: Sequence[int]) -> list[Aim]:
    """List what makes a day poor in practice: in each of its meetings a topic that has so little to spare.

    A sum over minutes would need a large factor and prove little; a row for each way to be poor is tight.
    """
    spare = [_spare(board, index) for index in day]
    return [_need(spare, limits) for limits in ways_to_be_poor(tuple(tuple(sorted(each)) for each in spare))]


def _need(spare: Sequence[Mapping[int, Sequence[int]]], limits: Sequence[int]) -> Aim:
    terms: dict[int, float] = {}
    binding = 0
    for levels, limit in zip(spare, limits, strict=True):
        if limit < max(levels):  # a meeting that may hold anything says nothing
            binding += 1
            terms |= {run: -1.0 for level, runs in levels.items() if level <= limit for run in runs}
    return Aim(terms, 1 - binding)


def _spare(board: Board, index: int) -> dict[int, list[int]]:
    """Group the choices of a meeting by what they practice beyond the share, in hundredths of a minute."""
    task, slot = board.task, board.task.meetings[index].slot
    share = task.program.good_weeks.practice_share
    if share is None:
        share = task.curriculum.group_type_by_id[slot.group_type].practice_share_min or 0
    found: dict[int, list[int]] = {0: [board.empty[index]]}
    for topic_id, run in board.choices(index).items():
        rows = task.curriculum.segments_of(topic_id, slot.minutes)
        practice = sum(row.minutes for row in rows if row.kind == "practice")
        found.setdefault(100 * practice - share * slot.minutes, []).append(run)
    return found


@lru_cache(maxsize=256)
def ways_to_be_poor(levels: tuple[tuple[int, ...], ...]) -> tuple[tuple[int, ...], ...]:
    """List the highest limits, one a meeting, under which a day is always below zero.

    The levels of a meeting are what its choices have to spare, in order.
    """
    *others, last = levels
    found = []
    for limits in product(*others):
        place = bisect_left(last, -sum(limits)) - 1
        if place >= 0:
            whole = (*limits, last[place])
            steps = (_next(row, limit) - limit for row, limit in zip(levels, whole, strict=True))
            if all(sum(whole) + step >= 0 for step in steps):
                found.append(whole)
    return tuple(found)


def _next(levels: Sequence[int], limit: int) -> float:
    place = levels.index(limit) + 1
    return levels[place] if place < len(levels) else math.inf


def wish_few_repeats(board: Board) -> list[WeekWish]:
    """Wish that nobody meets a topic more often in one stay than [good_weeks] most_repeats says."""
    task, price = board.task, board.task.program.weights.repeats
    windows: dict[tuple[tuple[int, ...], int, int], int] = {}
    decided = (each for each in guests(board) if price and task.start < each.end <= task.end)
    for guest in decided:
        for group_type in task.group_types:
            for key in _windows(board, guest, group_type):
                windows[key] = windows.get(key, 0) + 1
    return [
        _flaw(board, [Aim(dict.fromkeys(runs, -1.0), -allowed)], price * number, times)
        for (runs, allowed, times), number in windows.items()
    ]


def _windows(board: Board, guest: Guest, group_type: str) -> Iterable[tuple[tuple[int, ...], int, int]]:
    """List for each topic a guest may meet too often: its runs, how many are free, how many may be paid."""
    task = board.task
    line = board.line(group_type, guest.journey.track)
    theirs = {index: at for at, index in enumerate(line.places) if index is not None}
    theirs = {index: at for index, at in theirs.items() if guest.meets(task.meetings[index])}
    most = _most_runs(theirs.values(), task.program.spacing.get(group_type, 0))
    past = [each.topic_id for each in task.lived if guest.met(each)]
    for topic in board.topics_of_type(group_type):
        allowed = max(task.program.good_weeks.most_repeats - past.count(topic.topic_id), 0)
        if most > allowed or board.settled:
            runs = tuple(board.runs_in(topic.topic_id, theirs))
            forgiven = sum(run in board.settled for run in runs)  # what stands may break the spacing
            possible = min(most + forgiven, len(runs))
            if possible > allowed:
                yield runs, allowed, possible - allowed


def _most_runs(places: Iterable[int], distance: int) -> int:
    """Count how often one topic can be held at some places, with so many meetings between two runs."""
    count, free = 0, 0
    for place in places:
        if place >= free:
            count, free = count + 1, place + distance + 1
    return count


def wish_themes(board: Board) -> list[WeekWish]:
    """Wish that each group type that has a topic on the theme of its week holds one in that week."""
    task, price = board.task, board.task.program.weights.themes
    tagged: dict[str, list[str]] = {}
    for each in task.curriculum.topic_tags:
        if each.scheme == "theme":
            tagged.setdefault(each.tag, []).append(each.topic_id)
    weeks = product(range(1, task.weeks + 1), task.group_types) if price else ()
    themes = ((tagged.get(task.program.good_weeks.theme(week), ()), kind, week) for week, kind in weeks)
    wished = [_runs_of_week(board, ids, group_type, week) for ids, group_type, week in themes]
    return [_flaw(board, [Aim(dict.fromkeys(runs, 1.0), 1)], price) for runs in wished if runs]


def _runs_of_week(board: Board, topic_ids: Iterable[str], group_type: str, week: int) -> list[int]:
    meetings = board.task.meetings
    indices = [each for each in board.meetings_of_type(group_type) if meetings[each].week == week]
    return [run for topic_id in sorted(set(topic_ids)) for run in board.runs_in(topic_id, indices)]


WEEK_WISHES = (wish_no_lectures_in_a_row, wish_practice, wish_few_repeats, wish_themes)
"""Every wish for good weeks; the judge has a flaw for each, under the name of its weight."""
