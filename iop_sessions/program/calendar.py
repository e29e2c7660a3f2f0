"""Turn weekly slots and closed days into dated meetings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from iop_sessions.program.program import Program
from iop_sessions.program.settings import Calendar, HalfDay, Slot

MAIN: Final = "main"
"""The calendar of every site that has none of its own."""
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Meeting:
    """One slot on one date."""

    slot: Slot
    week: int
    day: date
    name: str = ""  # of one that was moved: it keeps the id of the day it was planned for

    @property
    def meeting_id(self) -> str:
        """Return the id its session bears for ever: date and slot."""
        return self.name or f"{self.day.isoformat()}-{self.slot.id}"

    @property
    def order(self) -> tuple[date, time, str]:
        """Return what meetings are sorted by."""
        return (self.day, self.slot.start, self.slot.id)


@dataclass(frozen=True)
class Closure:
    """A day on which nothing meets, and why."""

    day: date
    name: str


def closures(program: Program, first: date, last: date, site: str = "") -> dict[date, Closure]:
    """Name every closed day of a site from one date to another, both included."""
    calendar = calendar_of(program, site)
    named = {day: Closure(day, "Closed") for span in calendar.closed for day in span.within(first, last)}
    named |= {day: Closure(day, name) for day, name in _federal(calendar, first, last)}
    return {day: named[day] for day in sorted(named) if first <= day <= last}


def calendar_of(program: Program, site: str) -> Calendar:
    """Return the calendar of a site; the main one where it has none of its own."""
    return program.calendar.get(site) or program.calendar.get(MAIN) or Calendar()


def _federal(calendar: Calendar, first: date, last: date) -> Iterable[tuple[date, str]]:
    """List the US federal holidays that close the doors, on their own day and the day offices keep."""
    wanted = calendar.us_federal
    every = federal_holidays(first.year, last.year + 1) if wanted else ()
    if isinstance(wanted, bool):
        return every
    return [(day, name) for day, name in every if plain_name(name) in wanted]


@lru_cache(maxsize=8)
def federal_holidays(first_year: int, last_year: int) -> tuple[tuple[date, str], ...]:
    """List the US federal holidays of some years, each with its name."""
    years = range(first_year, last_year + 1)
    if not set(years) <= set(READY_YEARS):
        return worked_out(years)
    return tuple((day, name) for day, name in _ready() if day.year in years)


READY_YEARS: Final = range(2020, 2051)
"""The years that stand ready in a file, for to load the library takes longer than to judge a plan."""
READY_FILE: Final = Path(__file__).parent / "federal_holidays.csv"


@cache
def _ready() -> tuple[tuple[date, str], ...]:
    lines = READY_FILE.read_text(encoding="utf-8").splitlines()
    return tuple((date.fromisoformat(day), name) for day, _, name in (line.partition(",") for line in lines))


def worked_out(years: Iterable[int]) -> tuple[tuple[date, str], ...]:
    """Work out the US federal holidays of some years, each with its name."""
    import holidays

    return tuple(sorted(holidays.country_holidays("US", years=years, observed=True).items()))


def plain_name(name: str) -> str:
    """Return a holiday's name without the note that offices keep it on another day."""
    return name.removesuffix(" (observed)")


def meetings(program: Program, start: date, weeks: int) -> list[Meeting]:
    """Lay the program's slots over the calendars, closed days left out, in the order they take place."""
    end = start + weeks * WEEK
    sites = {slot.site for slot in program.slots}
    closed = {site: closures(program, start, end, site) for site in sites}
    halves = {site: {half.date: half for half in calendar_of(program, site).half_days} for site in sites}
    return [
        meeting
        for meeting in all_meetings(program, start, weeks)
        if meeting.day not in closed[meeting.slot.site]
        and _fits(meeting, halves[meeting.slot.site].get(meeting.day))
    ]


def _fits(meeting: Meeting, half: HalfDay | None) -> bool:
    """Say whether the doors are open for the whole of a meeting."""
    return half is None or (half.start <= meeting.slot.start and meeting.slot.end <= half.end)


def all_meetings(program: Program, start: date, weeks: int) -> list[Meeting]:
    """Lay the slots over the calendar as if no day were closed."""
    made = [
        Meeting(slot, week + 1, start + week * WEEK + timedelta(days=(slot.weekday - start.weekday()) % 7))
        for week in range(weeks)
        for slot in program.slots
    ]
    return sorted(made, key=lambda meeting: meeting.order)
