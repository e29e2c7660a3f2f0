"""The program: a clinic's timetable, calendar, people and settings, read from one TOML file."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from iop_sessions import cells, tables
from iop_sessions.errors import Place, Problem, did_you_mean, errors_of
from iop_sessions.fields import Ages, Clock, Day, Identifier, Minutes, Text
from iop_sessions.tomlfiles import read_toml

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
Weekday = Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def _whole_weeks(value: object) -> object:
    if isinstance(value, (float, bool)):
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

    closed: tuple[Day, ...] = ()
    us_federal: bool = False


class Census(Settings):
    """How many copies to print."""

    en: Annotated[int, Field(ge=0, le=200)] = 10
    es: Annotated[int, Field(ge=0, le=200)] = 0
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
        return time(self.last_minute // 60 % 24, self.last_minute % 60)

    @property
    def first_minute(self) -> int:
        """Return the minute of the day it starts."""
        return self.start.hour * 60 + self.start.minute

    @property
    def last_minute(self) -> int:
        """Return the minute of the day it ends, counted on past midnight."""
        return self.first_minute + self.minutes

    @property
    def past_midnight(self) -> bool:
        """Say whether it would end on the next day."""
        return self.last_minute >= 24 * 60


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
    start: Annotated[Day, Field(ge=cells.FIRST_DAY, le=cells.LAST_DAY)]
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

    @property
    def stay(self) -> int:
        """Return the shortest stay in weeks, the one every promise is about."""
        return min(self.stay_weeks)


def read_program(path: Path, file: str) -> tuple[Program | None, list[Problem]]:
    """Read a program file; every fault comes back with its dotted key."""
    values, problems = read_toml(path, file, "put it back, or copy a ready program")
    if values is None:
        return None, problems
    if "name" in values:
        remedy = "remove it: a program is called as its file"
        problems += [Problem(Place(file, 0, "name"), "no setting 'name'", remedy)]
    try:
        program = Program.model_validate({**values, "name": path.stem})
    except ValidationError as fault:
        return None, problems + [_setting_problem(file, error) for error in tables.errors_in(fault)]
    return (None if errors_of(problems) else program), problems


def dotted(location: tuple[int | str, ...]) -> str:
    """Write a place in a program file as a dotted key; lists count from 1."""
    key = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in location)
    return key.lstrip(".")


def _setting_problem(file: str, error: ErrorDetails) -> Problem:
    place = Place(file, 0, dotted(error["loc"]))
    if error["type"] == "missing":
        return Problem(place, "is missing", "add it")
    if error["type"] == "extra_forbidden":
        name, model = str(error["loc"][-1]), _model_at(error["loc"][:-1])
        hint = did_you_mean(name, model.model_fields) if model else ""
        return Problem(place, f"no setting {cells.shown(name)}", hint or "remove it")
    return Problem(place, *tables.word_error(error, _field_at(error["loc"])))


def _field_at(location: tuple[int | str, ...]) -> FieldInfo | None:
    """Find the setting that a key stands for; the members of a list or table have that of the whole."""
    model: type[Settings] | None = Program
    field = None
    for part in location:
        if model is not None and part in model.model_fields:
            field = model.model_fields[str(part)]
            model = _settings_in(field.annotation)
    return field


def _model_at(location: tuple[int | str, ...]) -> type[Settings] | None:
    """Find the part of a program that stands at a key."""
    field = _field_at(location)
    return _settings_in(field.annotation) if field is not None else Program


def _settings_in(annotation: object) -> type[Settings] | None:
    kinds = (annotation, *get_args(annotation))
    return next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Settings)), None)
