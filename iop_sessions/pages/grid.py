"""Lay one week of sessions out by day and time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import cached_property
from math import ceil

from iop_sessions.calendars import Closure
from iop_sessions.curriculum import Curriculum
from iop_sessions.pages.hours import closed_days
from iop_sessions.pages.meetings import aim_words, session_title
from iop_sessions.plans import Plan, Session
from iop_sessions.programs import Program

ROOMY = 3  # days or rows; more of them need small print to stay on one sheet
_MOST_LINES = 11  # of titles and aims, one row below the other, that a landscape sheet holds in large type
_TITLE_LETTERS, _AIM_LETTERS = 26, 36  # in one line of a column, where there are three


@dataclass(frozen=True)
class Spot:
    """A row of the grid: a time, and which of the groups that start then."""

    start: time
    number: int


@dataclass(frozen=True)
class Grid:
    """One week: its days, its sessions, its closed days."""

    days: tuple[date, ...]
    sessions: tuple[Session, ...]
    closed: dict[date, Closure]
    lines: int = 0  # of titles and aims, one row below the other

    @property
    def crowded(self) -> bool:
        """Say whether the week has more than a sheet holds in large type."""
        return len(self.days) > ROOMY or len(self.spots) > ROOMY or self.lines > _MOST_LINES

    @cached_property
    def spots(self) -> list[Spot]:
        """List the rows; groups side by side at one time take a row each."""
        most: dict[time, int] = {}
        for day in self.days:
            starts = [session.start for session in self.on(day)]
            for start in starts:
                most[start] = max(most.get(start, 0), starts.count(start))
        return [Spot(start, number) for start in sorted(most) for number in range(most[start])]

    def on(self, day: date) -> list[Session]:
        """List the sessions of a day."""
        return [session for session in self.sessions if session.date == day]

    def at(self, day: date, spot: Spot) -> Session | None:
        """Return the session of a day in a row."""
        found = [session for session in self.on(day) if session.start == spot.start]
        return found[spot.number] if spot.number < len(found) else None

    def end(self, start: time) -> time | None:
        """Return when every session that starts then ends; None where they differ."""
        ends = {session.end for session in self.sessions if session.start == start}
        return ends.pop() if len(ends) == 1 else None

    @cached_property
    def open_days(self) -> frozenset[date]:
        """Return the days with groups."""
        return frozenset(session.date for session in self.sessions)


def week_grid(curriculum: Curriculum, program: Program, plan: Plan, week: int) -> Grid:
    """Take one week out of a plan, with every day on which groups usually meet."""
    first = plan.sheet.start + timedelta(days=7 * (week - 1))
    # by date and not by the week of its row: a session moved to another week stands where people meet
    dated = (each for each in plan.sessions if first <= each.date < first + timedelta(days=7))
    sessions = tuple(sorted(dated, key=lambda each: each.order))
    weekdays = {slot.weekday for slot in program.slots} | {session.date.weekday() for session in sessions}
    days = (first + timedelta(days=number) for number in range(7))
    closed = {closure.day: closure for closure in closed_days(program, first)}
    grid = Grid(tuple(day for day in days if day.weekday() in weekdays), sessions, closed)
    return replace(grid, lines=sum(_height(curriculum, grid, spot) for spot in grid.spots))


def _height(curriculum: Curriculum, grid: Grid, spot: Spot) -> int:
    """Guess the lines of a row's highest cell from its letters."""
    held = [session for session in (grid.at(day, spot) for day in grid.days) if session]
    return max(
        ceil(len(session_title(curriculum, session)) / _TITLE_LETTERS)
        + ceil(len(aim_words(curriculum, session)) / _AIM_LETTERS)
        for session in held
    )


def shut_words(grid: Grid, day: date) -> str:
    """Say why a day has no groups: Closed: Memorial Day."""
    closure = grid.closed.get(day)
    if closure is None:
        return "No groups this day"
    return f"Closed: {closure.name}" if closure.name != "Closed" else "Closed"
