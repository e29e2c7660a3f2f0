"""Show clients when groups meet in a usual week, and when there is a break."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from itertools import pairwise
from typing import Final

from iop_sessions.blocks import Table, cell
from iop_sessions.pages.papers.parts import time_words
from iop_sessions.programs import WEEKDAYS, Program, Slot

_LONGEST_BREAK: Final = 60  # minutes; a longer gap is no break

Stretch = tuple[int, int]
"""First and last minute of the day in which groups meet without a gap."""


def timetable(program: Program) -> Table:
    """Give each day of groups a row: from when to when, and the breaks between."""
    days: dict[int, list[Slot]] = {}
    for slot in program.slots:
        days.setdefault(slot.weekday, []).append(slot)
    rows = tuple(
        (cell(WEEKDAYS[day], header=True), cell(*_hours(slots)), cell(", ".join(_breaks(slots)) or "None"))
        for day, slots in sorted(days.items())
    )
    header = (cell("Day"), cell("Groups"), cell("Breaks"))
    return Table("When groups meet", header, rows, "plain", (1.5, 2.0, 3.7))


def stretches(slots: Iterable[Slot]) -> list[Stretch]:
    """List when groups meet without a gap; groups side by side count once."""
    found: list[Stretch] = []
    for slot in sorted(slots, key=lambda slot: slot.first_minute):
        if found and slot.first_minute <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], slot.last_minute))
        else:
            found.append((slot.first_minute, slot.last_minute))
    return found


def _gaps(slots: Iterable[Slot]) -> list[Stretch]:
    return [(before[1], after[0]) for before, after in pairwise(stretches(slots))]


def _hours(slots: list[Slot]) -> list[str]:
    """Say from when to when people are there; a gap too long for a break parts the day in two."""
    edges = [gap for gap in _gaps(slots) if gap[1] - gap[0] > _LONGEST_BREAK]
    whole = stretches(slots)
    starts = [whole[0][0], *(end for _, end in edges)]
    ends = [*(start for start, _ in edges), whole[-1][1]]
    return [_span(start, end) for start, end in zip(starts, ends, strict=True)]


def _breaks(slots: list[Slot]) -> list[str]:
    return [_span(start, end) for start, end in _gaps(slots) if end - start <= _LONGEST_BREAK]


def _span(start: int, end: int) -> str:
    return time_words(_time(start), _time(end))


def _time(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)
