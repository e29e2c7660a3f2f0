"""Show clients when groups meet in a usual week, and when there is a break."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time, timedelta
from itertools import pairwise, takewhile
from typing import Final

from iop_sessions.ground.blocks import Block, Cell, Heading, Paragraph, Table, cell, line
from iop_sessions.ground.speech import Speech, capital
from iop_sessions.pages.meetings import ONE_TO_ONE, has_tracks
from iop_sessions.pages.wording.coverage import track_words
from iop_sessions.program.journeys import Journey, journeys
from iop_sessions.program.program import Program
from iop_sessions.program.settings import Slot

_LONGEST_BREAK: Final = 60  # minutes; a longer gap is no break
_SOME_MONDAY: Final = date(2024, 1, 1)

Stretch = tuple[int, int]
"""First and last minute of the day in which groups meet without a gap."""


def timetables(program: Program, speech: Speech) -> tuple[Block, ...]:
    """Say when groups meet for a newcomer: a table for each track, and for how long it is so."""
    blocks: list[Block] = []
    for journey in first_journeys(program):
        if has_tracks(program):
            blocks.append(Heading(3, capital(track_words(speech, journey.track))))
        blocks.append(timetable(program, speech, journey))
        weeks = len(list(takewhile(journey.slots[0].__eq__, journey.slots)))
        if weeks < journey.weeks:
            blocks.append(Paragraph(line(speech.count(weeks, "timetable.first-weeks"))))
    return tuple(blocks)


def first_journeys(program: Program) -> list[Journey]:
    """List the first way through the program in each track, that of a newcomer of whom no more is known."""
    found = journeys(program)
    return [each for each in found if each.path == found[0].path]


def timetable(program: Program, speech: Speech, journey: Journey | None = None) -> Table:
    """Give each day of groups a row: from when to when, and the breaks between.

    Parameters
    ----------
    journey
        Whose first week it is. Default: everybody's.
    """
    days: dict[int, list[Slot]] = {}
    for slot in program.slots:
        if slot.kind not in ONE_TO_ONE and (journey is None or slot.id in journey.slots[0]):
            days.setdefault(slot.weekday, []).append(slot)
    rows = tuple(_row(speech, day, slots) for day, slots in sorted(days.items()))
    header = tuple(cell(speech(f"timetable.{column}")) for column in ("day", "groups", "breaks"))
    return Table(speech("timetable.table"), header, rows, "plain", (1.5, 2.0, 3.7))


def day_word(speech: Speech, weekday: int) -> str:
    """Name a day of the week by its number, 0 for Monday."""
    return capital(speech.weekday(_SOME_MONDAY + timedelta(days=weekday)))


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


def _row(speech: Speech, day: int, slots: list[Slot]) -> tuple[Cell, ...]:
    hours = (_span(speech, stretch) for stretch in _hours(slots))
    short = (gap for gap in _gaps(slots) if gap[1] - gap[0] <= _LONGEST_BREAK)
    breaks = ", ".join(_span(speech, stretch) for stretch in short)
    return cell(day_word(speech, day), header=True), cell(*hours), cell(breaks or speech("timetable.none"))


def _hours(slots: list[Slot]) -> list[Stretch]:
    """Say from when to when people are there; a gap too long for a break parts the day in two."""
    edges = [gap for gap in _gaps(slots) if gap[1] - gap[0] > _LONGEST_BREAK]
    whole = stretches(slots)
    starts = [whole[0][0], *(end for _, end in edges)]
    ends = [*(start for start, _ in edges), whole[-1][1]]
    return list(zip(starts, ends, strict=True))


def _span(speech: Speech, stretch: Stretch) -> str:
    return speech.span(*(time(minute // 60 % 24, minute % 60) for minute in stretch))
