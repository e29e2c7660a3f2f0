"""Check the calendars of a program: closed days, half days, holidays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.cells import shown
from iop_sessions.ground.errors import Place, Problem
from iop_sessions.program.calendar import (
    calendar_of,
    closures,
    federal_holidays,
    meetings,
    plain_name,
)
from iop_sessions.program.days import Calendar, HalfDay, Span
from iop_sessions.program.program import Program


def check_closed_days_lie_in_the_plan(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Warn of closed days, half days and leave that the plan never reaches, often a wrong year."""
    last = program.start + timedelta(days=7 * program.weeks - 1)
    return [
        Problem(Place(file, 0, key), f"{_shown(span)} lies outside the plan", "is the year right?", "warning")
        for key, span in dict.fromkeys(_spans(program))
        if span.last < program.start or span.first > last
    ]


def _spans(program: Program) -> Iterator[tuple[str, Span]]:
    for name, calendar in program.calendar.items():
        yield from ((f"calendar.{name}.closed", span) for span in calendar.closed)
        yield from ((f"calendar.{name}.half_days", _one(half.date)) for half in calendar.half_days)
    for number, each in enumerate(program.facilitators, 1):
        yield from ((f"facilitators[{number}].leave", span) for span in each.leave)


def _one(day: date) -> Span:
    return Span(first=day, last=day)


def _shown(span: Span) -> str:
    return f"{span.first}" if span.first == span.last else f"{span.first}..{span.last}"


def check_half_days_are_open(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Half days open before they close, and each is said once."""
    return [
        problem
        for name, calendar in program.calendar.items()
        for problem in _half_day_faults(calendar.half_days, f"calendar.{name}.half_days", file)
    ]


def _half_day_faults(halves: tuple[HalfDay, ...], key: str, file: str) -> Iterator[Problem]:
    whole = HalfDay(date=date.min)
    for number, half in enumerate(halves, 1):
        if (half.start, half.end) == (whole.start, whole.end):
            message = f"{half.date} says neither when the doors open nor when they close"
            yield Problem(
                Place(file, 0, f"{key}[{number}]"), message, 'add start or end, such as end = "12:00"'
            )
        if half.start >= half.end:
            message = f"on {half.date} the doors open at {half.start:%H:%M} and close at {half.end:%H:%M}"
            yield Problem(Place(file, 0, f"{key}[{number}].end"), message, "write an end after the start")
    for day, count in Counter(half.date for half in halves).items():
        if count > 1:
            message = f"{day} stands {count} times"
            yield Problem(Place(file, 0, key), message, "write one row a day, with the hours it is open")


def check_half_days_leave_a_group(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Warn of a half day on which no group fits, often an evening hour written as one of the morning."""
    return [
        problem
        for name, calendar in program.calendar.items()
        for number, half in enumerate(calendar.half_days, 1)
        for problem in _half_day_without(
            program, calendar, half, Place(file, 0, f"calendar.{name}.half_days[{number}]")
        )
    ]


def _half_day_without(program: Program, calendar: Calendar, half: HalfDay, place: Place) -> Iterator[Problem]:
    here = [
        slot
        for slot in program.slots
        if slot.weekday == half.date.weekday() and calendar_of(program, slot.site) is calendar
    ]
    closed = any(half.date in closures(program, half.date, half.date, slot.site) for slot in here)
    fits = any(half.start <= slot.start and slot.end <= half.end for slot in here)
    if here and not closed and not fits and half.start < half.end:
        first, last = min(slot.start for slot in here), max(slot.end for slot in here)
        message = (
            f"on {half.date} the doors are open {half.start:%H:%M} to {half.end:%H:%M}, "
            f"and no group fits: they meet {first:%H:%M} to {last:%H:%M}"
        )
        yield Problem(place, message, "is the hour right? else write the day under closed", "warning")


def check_holidays_are_known(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Federal holidays that a calendar names exist under that name."""
    end = program.start + timedelta(days=7 * program.weeks)
    named = [
        (Place(file, 0, f"calendar.{name}.us_federal"), holiday)
        for name, calendar in program.calendar.items()
        if not isinstance(calendar.us_federal, bool)
        for holiday in calendar.us_federal
    ]
    if not named:  # the table of holidays is slow to load
        return []
    known = {plain_name(name) for _, name in federal_holidays(program.start.year, end.year + 1)}
    remedy = f"there are: {', '.join(sorted(known))}; write another day under closed"
    strange = [(place, name) for place, name in named if name not in known]
    return [Problem(place, f"no federal holiday {shown(name)}", remedy) for place, name in strange]


def check_some_day_is_open(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """At least one meeting of the plan falls on an open day."""
    if meetings(program, program.start, program.weeks):
        return []
    message = "every day of the plan is closed"
    return [
        Problem(Place(file, 0, "calendar.main.closed"), message, "take some days out, or plan more weeks")
    ]
