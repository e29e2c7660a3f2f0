"""Turn weekly slots and closed days into dated meetings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

from iop_sessions.programs import Program, Slot

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Meeting:
    """One slot on one date."""

    slot: Slot
    week: int
    day: date

    @property
    def meeting_id(self) -> str:
        """Return the id its session bears for ever: date and slot."""
        return f"{self.day.isoformat()}-{self.slot.id}"

    @property
    def order(self) -> tuple[date, time, str]:
        """Return what meetings are sorted by."""
        return (self.day, self.slot.start, self.slot.id)


@dataclass(frozen=True)
class Closure:
    """A day on which nothing meets, and why."""

    day: date
    name: str


def closures(program: Program, first: date, last: date) -> dict[date, Closure]:
    """Name every closed day from one date to another, both included."""
    calendar = program.calendar.get("main")
    if calendar is None:
        return {}
    named = {day: Closure(day, "Closed") for day in calendar.closed}
    if calendar.us_federal:
        named |= {day: Closure(day, name) for day, name in _federal(first, last)}
    return {day: named[day] for day in sorted(named) if first <= day <= last}


def _federal(first: date, last: date) -> Iterable[tuple[date, str]]:
    """List the US federal holidays, on their own day and the day offices keep."""
    import holidays

    return list(
        holidays.country_holidays("US", years=range(first.year, last.year + 2), observed=True).items()
    )


def meetings(program: Program, start: date, weeks: int) -> list[Meeting]:
    """Lay the program's slots over the calendar, closed days left out, in the order they take place."""
    closed = closures(program, start, start + weeks * WEEK)
    return [meeting for meeting in all_meetings(program, start, weeks) if meeting.day not in closed]


def all_meetings(program: Program, start: date, weeks: int) -> list[Meeting]:
    """Lay the slots over the calendar as if no day were closed."""
    made = [
        Meeting(slot, week + 1, start + week * WEEK + timedelta(days=(slot.weekday - start.weekday()) % 7))
        for week in range(weeks)
        for slot in program.slots
    ]
    return sorted(made, key=lambda meeting: meeting.order)
