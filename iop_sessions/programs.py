"""The program: a clinic's timetable, calendar, people and settings, read from one TOML file."""

from __future__ import annotations

import re
import tomllib
from datetime import date, time
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from iop_sessions import cells, tables
from iop_sessions.errors import Place, Problem, did_you_mean
from iop_sessions.fields import Ages, Clock, Identifier, Minutes, Text

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
Weekday = Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def _whole_weeks(value: object) -> object:
    if isinstance(value, float) or isinstance(value, bool):
        raise cells.CellError(f"{value} is not a whole number of weeks", "write 1 to 52")
    return value


Weeks = Annotated[int, BeforeValidator(_whole_weeks), Field(ge=1, le=52)]


class Settings(BaseModel):
    """A part of a program file; unknown keys are faults."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class MinuteCount(Settings):
    """Which minutes the payer counts, and who says so."""

    count: Literal["clinical", "seat"] = "clinical"
    source: str = ""


class Clinic(Settings):
    """What pages say of the clinic; its name stays off take-home pages unless turned on."""

    name: str = ""
    after_hours: str = ""
    show_name: bool = False


class Calendar(Settings):
    """The days on which nothing meets."""

    closed: tuple[date, ...] = ()
    us_federal: bool = False


class Census(Settings):
    """How many copies to print."""

    en: Annotated[int, Field(ge=0, le=200)] = 10
    large_print: Annotated[int, Field(ge=0, le=200)] = 0
    spare: Annotated[int, Field(ge=0, le=50)] = 2


class Room(Settings):
    """A room and its seats."""

    code: Identifier
    seats: Annotated[int, Field(ge=1, le=500)]


class Facilitator(Settings):
    """A leader, by code only."""

    code: Identifier
    kind: Literal["counselor", "educator", "peer", "guest"] = "counselor"


class Slot(Settings):
    """A weekly meeting time of one group type."""

    id: Identifier
    day: Weekday
    start: Clock
    minutes: Minutes
    group_type: Text
    lead: tuple[str, ...] = ()
    room: str = ""
    mode: Literal["room", "telehealth", "hybrid"] = "room"

    @property
    def weekday(self) -> int:
        """Return the day's number, Monday 0."""
        return WEEKDAYS.index(self.day)

    @property
    def end(self) -> time:
        """Return the time of day it ends."""
        total = self.start.hour * 60 + self.start.minute + self.minutes
        return time(total // 60 % 24, total % 60)

    @property
    def past_midnight(self) -> bool:
        """Say whether it would end on the next day."""
        return self.start.hour * 60 + self.start.minute + self.minutes > 24 * 60 - 1


class WeekNote(Settings):
    """A reason code that excuses a week, with a note."""

    week: Annotated[int, Field(ge=1, le=52)]
    reason_code: Identifier
    note: str = ""


class RulePacks(Settings):
    """The packs of rules that judge the program."""

    packs: tuple[str, ...] = ()


class Weights(Settings):
    """What a missed promise or wish costs; a promise must outweigh the wishes."""

    shortfall: Annotated[int, Field(ge=1, le=100_000)] = 1000
    empty: Annotated[int, Field(ge=1, le=1_000_000)] = 10_000
    opening: Annotated[int, Field(ge=0, le=100)] = 2
    closing: Annotated[int, Field(ge=0, le=100)] = 2
    full_core: Annotated[int, Field(ge=0, le=100)] = 5


class Program(Settings):
    """A clinic's timetable and settings."""

    name: str = ""
    title: Text
    level_of_care: Literal["IOP", "PHP", "OP", "OTP", "DUI"] = "IOP"
    population: Text = "adults"
    ages: Ages = "adult"
    start: date
    weeks: Weeks
    admission: Literal["rolling", "cohort"] = "rolling"
    stay_weeks: Annotated[tuple[Weeks, ...], Field(min_length=1, max_length=2)] = (6,)
    core: Literal["short", "full"] = "short"
    paper: Literal["letter", "a4"] = "letter"
    minutes: MinuteCount = MinuteCount()
    clinic: Clinic = Clinic()
    calendar: dict[str, Calendar] = Field(default_factory=lambda: {"main": Calendar()})
    rules: RulePacks = RulePacks()
    spacing: dict[str, Annotated[int, Field(ge=0, le=100)]] = Field(default_factory=dict)
    weights: Weights = Weights()
    census: Census = Census()
    rooms: tuple[Room, ...] = ()
    facilitators: tuple[Facilitator, ...] = ()
    week_notes: tuple[WeekNote, ...] = ()
    slots: Annotated[tuple[Slot, ...], Field(min_length=1)]

    @cached_property
    def slot_by_id(self) -> dict[str, Slot]:
        """Return the slots by their id."""
        return {slot.id: slot for slot in self.slots}

    @property
    def stay(self) -> int:
        """Return the shortest stay in weeks, the one every promise is about."""
        return min(self.stay_weeks)


def read_program(path: Path, file: str) -> tuple[Program | None, list[Problem]]:
    """Read a program file; every fault comes back with its dotted key."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        values = tomllib.loads(text)
    except OSError:
        return None, [Problem(Place(file), "the file cannot be opened", "put it back, or copy a ready program")]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        return None, [_syntax_problem(file, str(fault))]
    try:
        return Program.model_validate({"name": path.stem, **values}), []
    except ValidationError as fault:
        return None, [_setting_problem(file, dict(error), values) for error in fault.errors()]


def _syntax_problem(file: str, fault: str) -> Problem:
    spot = re.search(r"\(at line (\d+), column \d+\)", fault)
    message = re.sub(r"\s*\(at .*\)", "", fault).lower()
    return Problem(Place(file, int(spot.group(1)) if spot else 0), f"not readable as TOML: {message}", "mend the line")


def dotted(location: tuple[int | str, ...]) -> str:
    """Write a place in a program file as a dotted key; lists count from 1."""
    key = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in location)
    return key.lstrip(".")


def _setting_problem(file: str, error: dict[str, Any], values: dict[str, Any]) -> Problem:
    location: tuple[int | str, ...] = error["loc"]
    place = Place(file, 0, dotted(location))
    if error["type"] == "missing":
        return Problem(place, "is missing", "add it")
    model = _model_at(location)
    if error["type"] == "extra_forbidden":
        known = list(model.model_fields) if model else []
        return Problem(place, f"no setting '{location[-1]}'", did_you_mean(str(location[-1]), known) or "remove it")
    field = model.model_fields.get(str(location[-1])) if model and isinstance(location[-1], str) else None
    message, remedy = tables.word_error(error, field)  # type: ignore[arg-type]  # a plain copy of pydantic's own dict
    return Problem(place, message, remedy)


def _model_at(location: tuple[int | str, ...]) -> type[Settings] | None:
    """Find the part of the program that a key belongs to."""
    parts: dict[str, type[Settings]] = {
        "slots": Slot, "rooms": Room, "facilitators": Facilitator, "week_notes": WeekNote, "minutes": MinuteCount,
        "clinic": Clinic, "calendar": Calendar, "rules": RulePacks, "weights": Weights, "census": Census,
    }  # fmt: skip
    return parts.get(str(location[0])) if len(location) > 1 else Program
