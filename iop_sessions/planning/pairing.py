"""Put two changes together, where none helps alone: the cheapest kinds first, one sentence for both."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations_with_replacement

from iop_sessions.planning.causes import Cause, Family
from iop_sessions.planning.constraint import Remedy
from iop_sessions.planning.newslots import add_slot, three_groups
from iop_sessions.planning.remedies import (
    ELECTIVE,
    Maker,
    made_by,
    makers,
    mark_elective,
    open_a_day,
    write_lengths,
)
from iop_sessions.planning.task import Task

TWICE: frozenset[Maker] = frozenset({write_lengths, add_slot, open_a_day, mark_elective})
"""What can be done twice: to two slots, days, topics or objectives."""
SLOTS: frozenset[Maker] = frozenset({three_groups, add_slot})
"""What is made first, in the program as it is: to find who is free for a slot takes long."""
BOTH_ELECTIVE = "mark the objectives of {} and {} elective"


def pairs(task: Task, cause: Cause) -> Iterator[Remedy]:
    """Yield two changes at once: first the pairs of the cheapest kinds, then other changes of these kinds."""
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


Change = tuple[Family, str, Task]
"""A change with the kind it is of."""


def _changes(make: Maker, task: Task, cause: Cause) -> list[Change]:
    """List the changes of one kind, those that somebody can lead first."""
    found = list(made_by(make, task, cause))
    led = chain.from_iterable(((each, *change) for change in each.changes) for each in found)
    unled = chain.from_iterable(((each, *change) for change in each.otherwise) for each in found)
    return [*led, *unled]


def _with_another(first: Change, make: Maker, cause: Cause, place: int) -> Iterator[Remedy]:
    """Make another change of a kind in the task as it is after the first."""
    family, words, changed = first
    others = [each for each in _changes(make, changed, cause) if each[1] != words]
    for other_family, more, both in others[place : place + 1]:
        yield _sentence(family, words, other_family, more), both


def _sentence(family: Family, words: str, other_family: Family, more: str) -> str:
    if family.joined == other_family.joined == ELECTIVE:
        return BOTH_ELECTIVE.format(words, more)
    one, other = family.worded(words), other_family.worded(more)
    return f"{one}{',' if ' and ' in one else ''} and {other}"
