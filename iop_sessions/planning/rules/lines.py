"""The groups of a type as the people of a track have them, one after another, with the gaps of surprises.

A group that was cancelled keeps its place between two runs of a topic: as much time passes as was planned,
and a closed day asks for no change by itself. A day that was closed before the plan was made has no place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

Stretch = tuple[frozenset[str], tuple[int, ...]]
"""Topics that the past held, and meetings of the plan: so near that each topic is held once at most."""


@dataclass(frozen=True)
class Line:
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
        return (
            frozenset(each for each in held if each is not None),
            tuple(each for each in planned if each is not None),
        )

    def most_asked(self, distance: int) -> int:
        """Return how many different topics a whole stretch of the plan asks for; 0 where it has none."""
        there = [each is not None for each in self.places]
        whole = [sum(there[first : first + distance + 1]) for first in range(len(there) - distance)]
        return max(*whole, min(sum(there), 2)) if whole else 0
