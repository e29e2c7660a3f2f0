"""Put two changes together, where none helps alone: the cheapest kinds first, one sentence for both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations_with_replacement, islice

from iop_sessions.planning.remedies.causes import Cause, Family
from iop_sessions.planning.remedies.newslots import (
    add_slot,
    three_groups,
)
from iop_sessions.planning.remedies.remedies import (
    ELECTIVE,
    Maker,
    made_by,
    makers,
    mark_elective,
    open_a_day,
    write_lengths,
)
from iop_sessions.planning.rules.constraint import Remedy
from iop_sessions.planning.task import Task

TWICE: frozenset[Maker] = frozenset({write_lengths, add_slot, open_a_day, mark_elective})
"""What can be done twice: to two slots, days, topics or objectives."""
SLOTS: frozenset[Maker] = frozenset({three_groups, add_slot})
"""What is made first, in the program as it is: to find who is free for a slot takes long."""
MOST_MADE = 18
"""Pairs of which is found out who could lead them."""
BOTH_ELECTIVE = "mark the objectives of {} and {} elective"


def pairs(task: Task, cause: Cause) -> Iterator[Remedy]:
    """Yield two changes at once: first the pairs of the cheapest kinds, then other changes of these kinds.

    Pairs that add meetings which nobody can lead come last.
    """
    unled: list[Remedy] = []
    for words, changed, led in islice(_every_pair(task, cause), MOST_MADE):
        if led:
            yield words, changed
        else:
            unled.append((words, changed))
    yield from unled


def _every_pair(task: Task, cause: Cause) -> Iterator[tuple[str, Task, bool]]:
    every = ((make, _changes(make, task, cause)) for make in makers(cause))
    kinds = [(make, changes) for make, changes in every if changes]
    order = sorted(
        combinations_with_replacement(range(len(kinds)), 2), key=lambda pair: (pair[0] + pair[1], pair)
    )
    for place_of_one, place_of_other in ((0, 0), (0, 1), (1, 0)):
        for one, other in order:
            (make, changes), (last, others) = kinds[one], kinds[other]
            if one == other and make not in TWICE:
                continue
            if last in SLOTS and make not in SLOTS:
                last, changes = make, others
            for first in changes[place_of_one : place_of_one + 1]:
                yield from _with_another(first, last, cause, place_of_other)


@dataclass(frozen=True)
class _Change:
    """A change with the kind it is of, and whether somebody can lead what it adds."""

    family: Family
    words: str
    changed: Task
    led: bool


def _changes(make: Maker, task: Task, cause: Cause) -> list[_Change]:
    """List the changes of one kind, those that somebody can lead first."""
    found = list(made_by(make, task, cause))
    led = [_Change(each, *change, led=True) for each in found for change in each.changes]
    return led + [_Change(each, *change, led=False) for each in found for change in each.otherwise]


def _with_another(first: _Change, make: Maker, cause: Cause, place: int) -> Iterator[tuple[str, Task, bool]]:
    """Make another change of a kind in the task as it is after the first."""
    others = [each for each in _changes(make, first.changed, cause) if each.words != first.words]
    for other in others[place : place + 1]:
        yield _sentence(first, other), other.changed, first.led and other.led


def _sentence(first: _Change, other: _Change) -> str:
    if first.family.joined == other.family.joined == ELECTIVE:
        return BOTH_ELECTIVE.format(first.words, other.words)
    one, more = first.family.worded(first.words), other.family.worded(other.words)
    return f"{one}{',' if ' and ' in one else ''} and {more}"
