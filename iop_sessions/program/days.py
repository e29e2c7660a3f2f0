"""The settings of days: weekdays, days in a row, half days and the calendar they stand in."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import Annotated, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

from iop_sessions.ground import cells
from iop_sessions.ground.fields import Clock, Day

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
Weekday = Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


class Settings(BaseModel):
    """A part of a program file; unknown keys are faults."""

    model_config = ConfigDict(frozen=True, extra="forbid")


_TWO_DAYS = re.compile(
    r"\s*([0-9]{4}-[0-9]{1,2}-[0-9]{1,2})\s*(?:-|–|to|,|\.+)\s*([0-9]{4}-[0-9]{1,2}-[0-9]{1,2})\s*"
)


def _read_span(value: object) -> object:
    """Read a closed day, or a range of them written 2027-12-24..2027-12-31."""
    several = _TWO_DAYS.fullmatch(value) if isinstance(value, str) and value.count("..") != 1 else None
    if several is not None:
        first, last = several.groups()
        remedy = f"write several days in a row as {first}..{last}, others one by one"
        raise cells.CellError(f"{cells.shown(value)} is no day", remedy)
    if isinstance(value, Span):
        return value
    if isinstance(value, str) and ".." in value:
        first, last = (cells.read_day(part.strip()) for part in value.split("..", 1))
        if isinstance(first, date) and isinstance(last, date) and first > last:
            raise cells.CellError(f"{value} ends before it begins", "write the earlier day first")
        return {"first": first, "last": last}
    day = cells.read_day(value)
    return {"first": day, "last": day}


class Span(Settings):
    """Some days in a row, the first and the last among them."""

    first: Day
    last: Day

    @property
    def days(self) -> tuple[date, ...]:
        """List the days."""
        length = (self.last - self.first).days + 1
        return tuple(self.first + timedelta(days=number) for number in range(length))

    def within(self, first: date, last: date) -> tuple[date, ...]:
        """List those of the days that lie between two dates, both included; a span may be centuries long."""
        begin, end = max(self.first, first), min(self.last, last)
        return Span(first=begin, last=end).days if begin <= end else ()

    def __contains__(self, day: date) -> bool:
        """Say whether a day is one of them."""
        return self.first <= day <= self.last


Spans = tuple[Annotated[Span, BeforeValidator(_read_span)], ...]


class HalfDay(Settings):
    """A day on which the doors are open for a part of it only; what does not fit in does not meet."""

    date: Day
    start: Clock = time(0, 0)
    end: Clock = time(23, 59)


HOLIDAYS: Final = {
    "New Year's Day": ("New Year's", "New Year", "New Years Day"),
    "Martin Luther King Jr. Day": ("MLK Day", "Martin Luther King Day", "Birthday of Martin Luther King Jr."),
    "Washington's Birthday": ("Presidents' Day", "President's Day"),
    "Memorial Day": (),
    "Juneteenth National Independence Day": ("Juneteenth",),
    "Independence Day": ("Fourth of July", "4th of July", "July 4", "July 4th"),
    "Labor Day": (),
    "Columbus Day": ("Indigenous Peoples' Day", "Columbus and Indigenous Peoples' Day"),
    "Veterans Day": ("Veterans' Day",),
    "Thanksgiving Day": ("Thanksgiving",),
    "Christmas Day": ("Christmas",),
}
"""The federal holidays by the names of the law (5 U.S.C. 6103), and what people call them."""


def _letters(name: str) -> str:
    """Return a name's letters and digits alone: apostrophes, straight or curly, and capitals say nothing."""
    return "".join(each for each in name.casefold() if each.isalnum())


_COMMON_NAMES: Final = {_letters(each): name for name, others in HOLIDAYS.items() for each in (name, *others)}


def _read_federal(value: object) -> object:
    """Read whether every federal holiday is kept, or the names of those that are."""
    if isinstance(value, bool):
        return value
    if isinstance(value, (list, tuple)) and all(isinstance(each, str) for each in value):
        return tuple(_COMMON_NAMES.get(_letters(each), each) for each in value)
    remedy = 'write true, false, or names in square brackets: ["Memorial Day"]'
    raise cells.CellError(f"{cells.shown(value)} is no value for it", remedy)


class Calendar(Settings):
    """The days on which nothing meets, or less than usual."""

    closed: Spans = ()
    us_federal: Annotated[bool | tuple[str, ...], BeforeValidator(_read_federal)] = False
    half_days: tuple[HalfDay, ...] = ()
