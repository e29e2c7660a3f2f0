"""What happened after a plan was made: a day closed, a late start, a leader or a room away.

The program file stays as the clinic wrote it; a surprise stands in the plan's own sheet and changes the
program for that plan alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from functools import reduce
from typing import Annotated, Final, Literal

from pydantic import Field

from iop_sessions.ground import cells
from iop_sessions.ground.fields import Clock, Day
from iop_sessions.program.program import Program
from iop_sessions.program.settings import Calendar, DaySpan, Facilitator, HalfDay, Room, Settings

SurpriseKind = Literal["closed", "late", "early", "absent", "room"]
PlanDate = Annotated[Day, Field(ge=cells.FIRST_DAY, le=cells.LAST_DAY)]

REASONS: Final = {
    "cancelled": "cancelled by staff", "closed": "closed", "late": "late start", "early": "closed early",
    "room": "room lost",
}  # fmt: skip
"""What stands on a row where nobody gave a reason."""


class Surprise(Settings):
    """Something that happened, on one day or on some days in a row."""

    kind: SurpriseKind
    first: PlanDate
    last: PlanDate
    subject: str = ""  # code of the leader or room, or the one site that is closed, late or early
    clock: Clock | None = None  # when doors open on a late day, or close on an early one
    reason: str = ""

    @property
    def span(self) -> DaySpan:
        """Return its days."""
        return DaySpan(first=self.first, last=self.last)

    @property
    def moves_topics(self) -> bool:
        """Say whether groups fall out by it; a leader or room that is away moves no topic."""
        return self.kind in ("closed", "late", "early")

    def is_at(self, site: str) -> bool:
        """Say whether doors of a site close by it; without a site of its own it is about every one."""
        return self.moves_topics and self.subject in ("", site)

    def takes_out(self, day: date, start: time, end: time, site: str) -> bool:
        """Say whether a group on a day, from a start to an end, at a site, falls out by it."""
        if day not in self.span or not self.is_at(site):
            return False
        late = self.kind == "late" and self.clock is not None and start < self.clock
        early = self.kind == "early" and self.clock is not None and end > self.clock
        return self.kind == "closed" or late or early

    @property
    def words(self) -> str:
        """Return the reason, as a row of the plan gives it."""
        return self.reason or REASONS.get(self.kind, f"{self.subject} away")


def with_surprises(program: Program, surprises: Iterable[Surprise]) -> Program:
    """Return the program as it is after some surprises."""
    return reduce(_after, surprises, program)


def _after(program: Program, surprise: Surprise) -> Program:
    if surprise.kind == "absent":
        people = tuple(_away(each, surprise) for each in program.facilitators)
        return program.model_copy(update={"facilitators": people})
    if surprise.kind == "room":
        rooms = tuple(_lost(each, surprise) for each in program.rooms)
        return program.model_copy(update={"rooms": rooms})
    every = {"main": Calendar(), **program.calendar}  # a program may name the calendars of its sites alone
    if surprise.subject:  # that site gets a calendar of its own, if it has none
        every |= {surprise.subject: every.get(surprise.subject, every["main"])}
    calendars = {
        name: _with_less(each, surprise) if surprise.is_at(name) else each for name, each in every.items()
    }
    return program.model_copy(update={"calendar": calendars})


def _away(person: Facilitator, surprise: Surprise) -> Facilitator:
    if person.code != surprise.subject:
        return person
    return person.model_copy(update={"leave": (*person.leave, surprise.span)})


def _lost(room: Room, surprise: Surprise) -> Room:
    if room.code != surprise.subject:
        return room
    return room.model_copy(update={"closed": (*room.closed, surprise.span)})


def _with_less(calendar: Calendar, surprise: Surprise) -> Calendar:
    """Take the days, or their first or last hours, out of a calendar."""
    if surprise.kind == "closed":
        return calendar.model_copy(update={"closed": (*calendar.closed, surprise.span)})
    halves = {half.date: half for half in calendar.half_days}
    for day in surprise.span.days:
        halves[day] = _shorter(halves.get(day) or HalfDay(date=day), surprise)
    return calendar.model_copy(update={"half_days": tuple(halves.values())})


def _shorter(half: HalfDay, surprise: Surprise) -> HalfDay:
    if surprise.clock is None:
        return half
    if surprise.kind == "late":
        return half.model_copy(update={"start": max(half.start, surprise.clock)})
    return half.model_copy(update={"end": min(half.end, surprise.clock)})
