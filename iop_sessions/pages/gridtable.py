"""Draw up the table of a week: a row for each time, thin rows for what staff need and for breaks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

from iop_sessions.blocks import Cell, Table, cell, line
from iop_sessions.calendars import clock, short_day
from iop_sessions.colors import QUIET
from iop_sessions.curriculum import Curriculum
from iop_sessions.pages import common
from iop_sessions.pages.grid import ROOMY, Grid, Spot, shut_words
from iop_sessions.pages.meetings import aim_words, place_words, session_title
from iop_sessions.plans import Session
from iop_sessions.programs import WEEKDAYS

_LONGEST_BREAK = 60  # minutes; a longer gap is no break
_TIME_SHARE, _DAYS_SHARE = 0.6, 5.4

StaffNotes = Callable[[Session], str]
"""What staff alone need to know of a session, in one line."""


def grid_table(curriculum: Curriculum, grid: Grid, notes: StaffNotes | None) -> Table:
    """Make the table: a row for each time, thin rows for what staff need and for breaks.

    Parameters
    ----------
    notes
        What staff need to know of a session; None makes the copy for the wall.
    """
    rows: list[tuple[Cell, ...]] = []
    before: time | None = None
    for spot in grid.spots:
        rest = _break_row(grid, before, spot.start) if spot.number == 0 else None
        rows += [rest] if rest else []
        groups = tuple(_cell(curriculum, grid, (day, spot), notes, named=not rows) for day in grid.days)
        rows.append((_time_cell(grid, spot.start), *groups))
        rows += [_note_row(grid, spot, notes)] if notes and not grid.crowded else []
        before = grid.end(spot.start)
    if not rows:
        rows.append(
            (cell("All day", header=True), *(cell(shut_words(grid, day), tint=QUIET) for day in grid.days))
        )
    names = ("Time", *(_day(grid, day) for day in grid.days))
    header = tuple(cell(name, small=grid.crowded) for name in names)
    widths = (_TIME_SHARE, *(_DAYS_SHARE / len(grid.days) for _ in grid.days))
    return Table("Groups of the week", header, tuple(rows), "grid", widths)


def _day(grid: Grid, day: date) -> str:
    return short_day(day) if len(grid.days) > ROOMY else f"{WEEKDAYS[day.weekday()]}, {common.month_day(day)}"


def _time_cell(grid: Grid, start: time) -> Cell:
    end = grid.end(start)
    lines = (line(clock(start)), *((line(f"to {clock(end)}"),) if end else ()))
    return Cell(lines, header=True, small=grid.crowded)


def _cell(
    curriculum: Curriculum, grid: Grid, spot: tuple[date, Spot], notes: StaffNotes | None, *, named: bool
) -> Cell:
    session = grid.at(*spot)
    if session is None:
        return _no_group(grid, spot[0], named=named)
    lines = [line(session_title(curriculum, session), bold=True)]
    if grid.end(session.start) is None:
        lines.append(line(f"Until {clock(session.end)}"))
    lines += [line(text) for text in _about(curriculum, session, wall=notes is None)]
    if session.takes_place and (notes is None or grid.crowded):
        lines.append(line(notes(session) if notes else place_words(session, leads=False)))
    color = common.color_of(curriculum, session.group_type)
    return Cell(
        tuple(each for each in lines if each), badge=session.group_type, color=color, small=grid.crowded
    )


def _about(curriculum: Curriculum, session: Session, *, wall: bool) -> list[str]:
    """Say what a session is for, or that it does not take place; staff's own words stay off the wall."""
    if not session.takes_place:
        return [f"Cancelled: {session.reason}" if session.reason and not wall else "Cancelled"]
    return [text for text in (aim_words(curriculum, session),) if text]


def _no_group(grid: Grid, day: date, *, named: bool) -> Cell:
    if day in grid.open_days:
        return cell("No group", small=grid.crowded)
    return cell(shut_words(grid, day) if named else "", tint=QUIET, small=grid.crowded)


def _note_row(grid: Grid, spot: Spot, notes: StaffNotes) -> tuple[Cell, ...]:
    return (cell("Staff", small=True, header=True), *(_note(grid, day, spot, notes) for day in grid.days))


def _note(grid: Grid, day: date, spot: Spot, notes: StaffNotes) -> Cell:
    session = grid.at(day, spot)
    if session and session.takes_place:
        return cell(notes(session), small=True)
    if day in grid.open_days:
        return cell("Cancelled" if session else "No group", small=True)
    return cell(small=True, tint=QUIET)


def _break_row(grid: Grid, before: time | None, start: time) -> tuple[Cell, ...] | None:
    """Make a thin row where every day rests between the same two times."""
    gap = common.minute_of(start) - common.minute_of(before) if before else 0
    begins = {session.date for session in grid.sessions if session.start == start}
    ends = {session.date for session in grid.sessions if session.end == before}
    if not 0 < gap <= _LONGEST_BREAK or not begins == ends == grid.open_days:
        return None
    words = (f"Break, {gap} minutes" if day in grid.open_days else "" for day in grid.days)
    first = cell(clock(before) if before else "", tint=QUIET, small=True, header=True)
    return (first, *(cell(text, tint=QUIET, small=True) for text in words))
