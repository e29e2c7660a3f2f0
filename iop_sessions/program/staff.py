"""The settings of those who lead groups, and of the rooms they lead them in."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Literal

from pydantic import Field

from iop_sessions.ground.fields import (
    Ages,
    Clock,
    Identifier,
    ServiceKind,
)
from iop_sessions.program.days import WEEKDAYS, Settings, Spans, Weekday

FacilitatorKind = Literal["counselor", "educator", "peer", "guest"]


class Room(Settings):
    """A room, its seats, and when and for whom it can be had."""

    code: Identifier
    seats: Annotated[int, Field(ge=1, le=500)]
    site: str = ""  # empty = of every site
    ages: Ages = "both"  # who meets in it, also outside the program
    closed: Spans = ()  # days on which it is lost

    def is_open(self, day: date) -> bool:
        """Say whether the room can be had on a date."""
        return not any(day in span for span in self.closed)

    def is_for(self, ages: str) -> bool:
        """Say whether people of some ages may meet there; young people share no room with adults."""
        return "both" in (ages, self.ages) or ages == self.ages


class Facilitator(Settings):
    """A leader, by code only."""

    code: Identifier
    kind: FacilitatorKind = "counselor"
    group_types: tuple[str, ...] = ()  # empty = every one
    days: tuple[Weekday, ...] = ()  # empty = every day
    start: Annotated[Clock | None, Field(alias="from")] = None
    end: Annotated[Clock | None, Field(alias="to")] = None
    leave: Spans = ()
    max_week: Annotated[int | None, Field(ge=1, le=60)] = None  # groups a week

    def is_there(self, day: date, start: time, end: time) -> bool:
        """Say whether the leader works at a time of a date."""
        at_work = not self.days or WEEKDAYS[day.weekday()] in self.days
        in_hours = (self.start is None or self.start <= start) and (self.end is None or end <= self.end)
        return at_work and in_hours and not any(day in span for span in self.leave)

    def may_lead(self, group_type: str) -> bool:
        """Say whether the leader leads groups of a type."""
        return not self.group_types or group_type in self.group_types


class People(Settings):
    """Who may lead what, and from how many people on a group has a second leader."""

    co_leader_from: Annotated[int | None, Field(ge=2, le=500)] = None  # people in a section; none = never
    leads: dict[ServiceKind, tuple[FacilitatorKind, ...]] = Field(default_factory=dict)  # as your state says
    source: str = ""  # who says so
