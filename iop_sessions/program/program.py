"""The program: a clinic's timetable, calendar, people and settings, read from one TOML file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from iop_sessions.ground import cells, tables
from iop_sessions.ground.errors import Place, Problem, errors_of, no_such
from iop_sessions.ground.fields import Ages, Day, Text
from iop_sessions.ground.tomlfiles import read_toml
from iop_sessions.program.settings import (
    Calendar,
    Census,
    Clinic,
    Facilitator,
    GoodWeeks,
    MinuteCount,
    Order,
    People,
    Phase,
    Room,
    RulePacks,
    Settings,
    Slot,
    WeekNote,
    Weeks,
    Weights,
)
from iop_sessions.program.settings import Path as Way
from iop_sessions.program.zones import read_zone


def _listed(value: object) -> object:
    """Take one word for a list of one."""
    return (value,) if isinstance(value, str) else value


class Program(Settings):
    """A clinic's timetable and settings."""

    name: str = ""
    title: Text
    level_of_care: Literal["IOP", "PHP", "OP", "OTP", "DUI"] = "IOP"
    population: Text = "adults"
    ages: Ages = "adult"
    start: Annotated[Day, Field(ge=cells.FIRST_DAY, le=cells.LAST_DAY)]
    weeks: Weeks
    time_zone: Annotated[str, BeforeValidator(read_zone)] = ""
    admission: Literal["rolling", "cohort"] = "rolling"
    stay_weeks: Annotated[tuple[Weeks, ...], Field(min_length=1, max_length=2)] = (6,)
    core: Literal["short", "full"] = "short"
    collection: Annotated[tuple[Text, ...], BeforeValidator(_listed), Field(min_length=1)] = ("house",)
    only_topics: tuple[str, ...] = ()  # empty = every topic of the collections
    leave_out: tuple[str, ...] = ()  # topics of the collections that are not for these people
    wanted: dict[str, Text] = Field(default_factory=dict)  # topics still to be written: id = title
    paper: Literal["letter", "a4"] = "letter"
    minutes: MinuteCount = MinuteCount()
    clinic: Clinic = Clinic()
    calendar: dict[str, Calendar] = Field(default_factory=lambda: {"main": Calendar()})
    rules: RulePacks = RulePacks()
    # groups of the type between two runs of a topic; a cancelled one counts, a day without a row does not
    spacing: dict[str, Annotated[int, Field(ge=0, le=100)]] = Field(default_factory=dict)
    sequence: dict[str, Order] = Field(default_factory=dict)
    good_weeks: GoodWeeks = GoodWeeks()
    weights: Weights = Weights()
    census: Census = Census()
    rooms: tuple[Room, ...] = ()
    people: People = People()
    facilitators: tuple[Facilitator, ...] = ()
    week_notes: tuple[WeekNote, ...] = ()
    phases: tuple[Phase, ...] = ()
    paths: tuple[Way, ...] = ()
    slots: Annotated[tuple[Slot, ...], Field(min_length=1)]

    @property
    def stay(self) -> int:
        """Return the shortest stay in weeks, the one every promise is about."""
        return min(self.stay_weeks)

    # Plain properties: a copy with other slots or people must not keep what was looked up for the first.
    @property
    def slot_by_id(self) -> dict[str, Slot]:
        """Return the slots by their ids."""
        return {each.id: each for each in self.slots}

    @property
    def facilitator_by_code(self) -> dict[str, Facilitator]:
        """Return the leaders by their codes."""
        return {each.code: each for each in self.facilitators}

    @property
    def room_by_code(self) -> dict[str, Room]:
        """Return the rooms by their codes."""
        return {each.code: each for each in self.rooms}


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
    return (None if errors_of(problems) else program), problems + _early_starts(values, file)


def _early_starts(values: dict[str, Any], file: str) -> list[Problem]:
    """Warn of a start such as 5:30 that is an early morning as it stands, and may be meant as an evening."""
    starts = ((number, str(slot.get("start", ""))) for number, slot in enumerate(values["slots"], 1))
    return [
        Problem(
            Place(file, 0, f"slots[{number}].start"),
            f"{start} is in the early morning",
            f"write {int(start[0]) + 12}{start[1:]} for the evening, 0{start} if the morning is meant",
            "warning",
        )
        for number, start in starts
        if re.fullmatch("[1-6]:[0-9]{2}", start)
    ]


def dotted(location: tuple[int | str, ...]) -> str:
    """Write a place in a program file as a dotted key; lists count from 1."""
    named = (part for part in location if part != "[key]")  # pydantic's mark of a name that is wrong itself
    key = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in named)
    return key.lstrip(".")


def _setting_problem(file: str, error: ErrorDetails) -> Problem:
    place = Place(file, 0, dotted(error["loc"]))
    if error["type"] == "missing":
        return Problem(place, "is missing", "add it")
    if error["type"] == "extra_forbidden" or _is_stray(error):
        name, model = str(error["loc"][-1]), _model_at(error["loc"][:-1])
        return Problem(place, *no_such("setting", name, _fields_by_key(model) if model else (), "remove it"))
    return Problem(place, *tables.word_error(error, _field_at(error["loc"])))


def _is_stray(error: ErrorDetails) -> bool:
    """Say whether a setting stands where only tables of a name of the user's own may stand beside ours."""
    name, model = error["loc"][-1], _model_at(error["loc"][:-1])
    known = model is None or name in _fields_by_key(model)
    return error["type"] == "model_type" and isinstance(name, str) and not known


def _field_at(location: tuple[int | str, ...]) -> FieldInfo | None:
    """Find the setting that a key stands for; the members of a list or table have that of the whole."""
    model: type[Settings] | None = Program
    field = None
    for part in location:
        if model is not None and part in (fields := _fields_by_key(model)):
            field = fields[str(part)]
            model = _settings_in(field.annotation)
    return field


def _fields_by_key(model: type[Settings]) -> dict[str, FieldInfo]:
    """Return the settings of a part of a program, each by the key that the file calls it by."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _model_at(location: tuple[int | str, ...]) -> type[Settings] | None:
    """Find the part of a program that stands at a key."""
    field = _field_at(location)
    return _settings_in(field.annotation) if field is not None else Program


def _settings_in(annotation: object) -> type[Settings] | None:
    kinds = (annotation, *get_args(annotation))
    return next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Settings)), None)
