"""Say which reasons for a short week hold: those that the calendar, a surprise or a step-down shows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from iop_sessions.coverage.covering import start_dates
from iop_sessions.plans.case import Case
from iop_sessions.program.calendar import Meeting, all_meetings, calendar_of, closures, meetings
from iop_sessions.program.journeys import Journey, journeys
from iop_sessions.program.program import Program
from iop_sessions.program.surprises import Surprise

CALENDAR, SURPRISE, STEP_DOWN = "calendar", "surprise", "step-down"
SHOWN_BY: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "holiday": frozenset({CALENDAR}),
        "closure": frozenset({CALENDAR, SURPRISE}),
        "weather": frozenset({SURPRISE}),
        "emergency": frozenset({SURPRISE}),
        "taper": frozenset({STEP_DOWN}),
    }
)
"""The reason codes, each with what shows it."""
TAPER_WEEKS: Final = 2
"""So many weeks of a step-down may be short: ASAM as payers word it."""
NO_REASON: Final = "Closed"
"""What a calendar calls a day that is closed for no reason it knows."""


def shown_reasons(case: Case, first: date, slots: Collection[str], phase: int, track: str) -> frozenset[str]:
    """List the reason codes that hold for a week of some people: those of one track in one phase.

    Parameters
    ----------
    slots
        The slots to which they come.
    phase
        Their phase; 0 where the program has one.
    """
    found = set(_causes(case, first, slots))
    if phase and _steps_down(case, first, phase, track):
        found.add(STEP_DOWN)
    return frozenset(code for code, by in SHOWN_BY.items() if by & found)


def _causes(case: Case, first: date, slots: Collection[str]) -> Iterator[str]:
    """Yield why each group of a week that the timetable has and the calendar has not falls out."""
    program, surprises = case.program, case.plan.sheet.surprises
    there = {each.meeting_id for each in meetings(program, first, 1)}
    for each in all_meetings(program, first, 1):
        slot = each.slot
        if slot.id in slots and slot.counted != "none" and each.meeting_id not in there:
            happened = any(one.takes_out(each.day, slot.start, slot.end, slot.site) for one in surprises)
            if happened:
                yield SURPRISE
            if not happened or _is_closed(program, each, surprises):
                yield CALENDAR


def _is_closed(program: Program, meeting: Meeting, surprises: Iterable[Surprise]) -> bool:
    """Say whether the calendar closes a day by itself, whatever happened on it besides."""
    day, site = meeting.day, meeting.slot.site
    closure = closures(program, day, day, site).get(day)
    added = [each.span for each in surprises if each.kind == "closed"]
    own = [span for span in calendar_of(program, site).closed if day in span and span not in added]
    return bool(own) or (closure is not None and closure.name != NO_REASON)


def _steps_down(case: Case, first: date, phase: int, track: str) -> bool:
    """Say whether all who are in a phase in a week are in the first weeks of a step-down.

    In a rolling program some are in each week of it, so that it has to be short.
    """
    ways = [each for each in journeys(case.program) if track in ("", each.track) and phase in each.phases]
    if not all(_is_step(case.program, each, phase) for each in ways):
        return False
    if case.program.admission == "rolling":
        return all(each.phases.count(phase) <= TAPER_WEEKS for each in ways)
    return any(
        0 <= (day - start).days // 7 - way.phases.index(phase) < TAPER_WEEKS
        for way in ways
        for start in start_dates(case.program, case.plan, way)
        for day in (first + timedelta(days=number) for number in range(7))
    )


def _is_step(program: Program, way: Journey, phase: int) -> bool:
    """Say whether a phase of a way has fewer minutes of group than the one before it."""
    number = way.phases.index(phase)
    minutes = {slot.id: slot.minutes for slot in program.slots if slot.counted != "none"}
    before, now = (sum(minutes.get(each, 0) for each in way.slots[week]) for week in (number - 1, number))
    return number > 0 and now < before
