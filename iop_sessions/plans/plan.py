"""The plan: one session a row in plan.csv, and the sheet beside it that says how it was made."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from iop_sessions.ground import cells, csvfiles, tables
from iop_sessions.ground.errors import Place, Problem, did_you_mean
from iop_sessions.ground.fields import (
    Clock,
    Identifier,
    Identifiers,
    PlanDay,
    Record,
    Text,
    Whole,
    YesNo,
    columns_of,
)
from iop_sessions.ground.tomlfiles import read_toml
from iop_sessions.ground.workspace import REPLACED, VERSIONS
from iop_sessions.plans.facts import Remedy, Shortfall, days_of
from iop_sessions.program.settings import MAKE_UP
from iop_sessions.program.surprises import Surprise

Status = Literal["optimal", "feasible", "stopped", "changed"]
"""How good a plan is; one that was changed after it was made is proved nothing."""


def _state(value: object) -> object:
    """Take the word in any case, and as Americans spell it."""
    if not isinstance(value, str):
        return value
    return " ".join(value.casefold().replace("canceled", "cancelled").replace("_", " ").split())


def _mode(value: object) -> object:
    return value or "room"


class Session(Record):
    """One meeting on the calendar, with the topic it holds."""

    table: ClassVar[str] = "plan"
    key_columns: ClassVar[tuple[str, ...]] = ("session_id",)
    may_be_empty: ClassVar[bool] = False

    session_id: Identifier = Field(description="Id of the meeting; it never changes.")
    slot_id: Identifier = Field(description="Slot of the program; of a make-up, the session it makes up for.")
    week: Whole = Field(description="Week of the plan, from 1.")
    date: PlanDay = Field(description="Date.")
    start: Clock = Field(description="Start.")
    end: Clock = Field(description="End.")
    track: str = Field(default="", description="Track, where the program has several.")
    site: str = Field(default="", description="Site, where the program has several.")
    mode: Annotated[Literal["room", "telehealth", "hybrid"], BeforeValidator(_mode)] = Field(
        default="room", description="How people meet."
    )
    kind: Text = Field(default="group", description="Kind of meeting.")
    group_type: str = Field(default="", description="Group type; empty for a meeting that is no group.")
    topic_id: str = Field(default="", description="Topic; empty for an open group.")
    facilitators: Identifiers = Field(default=(), description="Codes of the leaders.")
    room: str = Field(default="", description="Code of the room; A; B = one for each section.")
    state: Annotated[
        Literal["planned", "held", "partly", "not held", "cancelled"], BeforeValidator(_state)
    ] = Field(default="planned", description="What became of it.")
    held_minutes: Whole = Field(default=0, description="Minutes held, where only partly.")
    pinned: YesNo = Field(default=False, description="yes = the plan is not replaced unless asked.")
    reason: str = Field(default="", description="Why it was cancelled or changed; never about a client.")
    note: str = Field(default="", description="A note for staff; never about a client.")

    @property
    def order(self) -> tuple[dt.date, dt.time, str]:
        """Return what sessions are sorted by."""
        return (self.date, self.start, self.session_id)

    @property
    def rooms(self) -> tuple[str, ...]:
        """Return the rooms, one for each section."""
        return tuple(piece.strip() for piece in self.room.split(";") if piece.strip())

    @property
    def is_make_up(self) -> bool:
        """Say whether it is for those who missed another group, whose id stands in the place of its slot."""
        return self.kind == MAKE_UP

    def serves(self, track: str) -> bool:
        """Say whether people of a track come to it; without a track of its own it is for all."""
        return self.track in ("", track)

    @property
    def takes_place(self) -> bool:
        """Say whether people meet, or met."""
        return self.state not in ("not held", "cancelled")

    @property
    def was_held(self) -> bool:
        """Say whether it is known that people met, for all of the time or a part of it."""
        return self.state in ("held", "partly")

    @property
    def minutes(self) -> int:
        """Return the minutes of group it holds."""
        return self.planned_minutes - self.lost_minutes

    @property
    def lost_minutes(self) -> int:
        """Return the minutes that it was shorter than planned, where it was held only partly."""
        return self.planned_minutes - self.held_minutes if self.state == "partly" and self.held_minutes else 0

    @property
    def planned_minutes(self) -> int:
        """Return the minutes from its start to its end, also where it was held only partly."""
        return (self.end.hour - self.start.hour) * 60 + self.end.minute - self.start.minute


@dataclass(frozen=True)
class Sheet:
    """How a plan was made and what it costs."""

    program: str
    start: date
    weeks: int
    status: Status
    cost: int
    bound: int
    after: str = ""
    shortfalls: tuple[Shortfall, ...] = ()
    versions: tuple[tuple[str, str], ...] = ()
    digests: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    surprises: tuple[Surprise, ...] = ()  # what happened since the program was planned

    @property
    def gap(self) -> float:
        """Return how far the plan may be from the best one, in percent of its cost."""
        return 0.0 if self.cost == self.bound else 100 * (self.cost - self.bound) / max(self.cost, 1)

    @property
    def remedies(self) -> tuple[Remedy, ...]:
        """List what was tried when the plan was made, and what came of it; each once."""
        return tuple(dict.fromkeys(remedy for each in self.shortfalls for remedy in each.remedies))

    def remedies_after(self, day: date) -> tuple[Remedy, ...]:
        """List those that do not ask to meet on a day that is past, or today's."""
        return tuple(each for each in self.remedies if all(one > day for one in days_of(each)))

    @property
    def end(self) -> date:
        """Return the first day after the plan."""
        return self.start + timedelta(days=7 * self.weeks)


@dataclass(frozen=True)
class Sequel:
    """What follows a plan: the plans that continue it, one after the other, as one row of time."""

    starts: tuple[tuple[str, date], ...]  # the name of each plan, and the first day that it owns
    end: date  # the first day of which nothing is known
    sessions: tuple[Session, ...] = ()

    @property
    def start(self) -> date:
        """Return the first day that is no day of the plan any more."""
        return min(start for _, start in self.starts)

    def owner(self, day: date) -> str:
        """Name the plan that owns a day; empty where it is none of these."""
        return next((name for name, start in reversed(self.starts) if start <= day), "")


@dataclass(frozen=True)
class Plan:
    """A plan: its sheet, its sessions, and the sessions of the plans before it and after it."""

    sheet: Sheet
    sessions: tuple[Session, ...]
    history: tuple[Session, ...] = field(default=(), repr=False)
    sequel: Sequel | None = field(default=None, repr=False)

    @property
    def lived(self) -> tuple[Session, ...]:
        """Return history and plan in one row of time."""
        return (*self.history, *self.sessions)

    @property
    def horizon(self) -> date:
        """Return the first day of which neither the plan nor one that continues it knows anything."""
        return self.sequel.end if self.sequel else self.sheet.end

    @property
    def own(self) -> Plan:
        """Return the plan without the days that a plan after it owns."""
        start = self.sequel.start if self.sequel else date.max
        if start >= self.sheet.end and all(each.date < start for each in self.sessions):
            return self
        weeks = max(-(-(min(start, self.sheet.end) - self.sheet.start).days // 7), 1)
        sessions = tuple(each for each in self.sessions if each.date < start)
        return replace(self, sheet=replace(self.sheet, weeks=weeks), sessions=sessions)

    def week_of(self, session: Session) -> int:
        """Return the week in which people meet: by the date, for a row may have been moved by hand.

        A session moved out of the plan stands with the first or the last week.
        """
        return min(max((session.date - self.sheet.start).days // 7 + 1, 1), self.sheet.weeks)

    def in_week(self, week: int) -> list[Session]:
        """List the sessions in which people meet in a week, in order."""
        found = (each for each in self.sessions if self.week_of(each) == week)
        return sorted(found, key=lambda session: session.order)


def row_digest(session: Session) -> str:
    """Return a short fingerprint of a session's row, to name the rows that someone edited."""
    text = "\x1f".join(tables.cells_of(session).values())
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]


def plan_bytes(sessions: Iterable[Session], own: csvfiles.OwnColumns | None = None) -> bytes:
    """Write sessions as the canonical plan.csv, with the columns that a person added after ours."""
    own, in_order = own or csvfiles.OwnColumns(), sorted(sessions, key=lambda session: session.order)
    rows = ([*tables.cells_of(each).values(), *own.of(each.session_id)] for each in in_order)
    return csvfiles.write_rows([*columns_of(Session), *own.names], rows)


def own_columns(path: Path) -> csvfiles.OwnColumns:
    """Read the columns of a plan.csv that a person added, so that a plan in its place keeps them."""
    return csvfiles.read_own_columns(path, columns_of(Session), "session_id")


def sheet_bytes(sheet: Sheet) -> bytes:
    """Write the sheet as TOML."""
    import tomli_w

    values = {
        "program": sheet.program, "start": sheet.start, "weeks": sheet.weeks, "after": sheet.after,
        "status": sheet.status, "cost": sheet.cost, "bound": sheet.bound,
        "versions": dict(sheet.versions), "sha256": dict(sheet.digests), "rows": dict(sheet.rows),
        "shortfalls": [each.model_dump() for each in sheet.shortfalls],
    }  # fmt: skip
    if sheet.surprises:
        values["surprises"] = [each.model_dump(exclude_defaults=True) for each in sheet.surprises]
    return tomli_w.dumps(values).encode("utf-8")


class _SheetText(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    program: str
    start: Annotated[date, Field(ge=cells.FIRST_DAY, le=cells.LAST_DAY)]
    weeks: Annotated[int, Field(ge=1, le=520)]
    after: str = ""
    status: Status
    cost: int
    bound: int
    versions: dict[str, str] = Field(default_factory=dict)
    sha256: dict[str, str] = Field(default_factory=dict)
    rows: dict[str, str] = Field(default_factory=dict)
    surprises: tuple[Surprise, ...] = ()


class _LacksText(BaseModel):
    model_config = ConfigDict(frozen=True, defer_build=True)  # the facts take 20 ms, and few plans have any
    shortfalls: tuple[Shortfall, ...]


def read_sheet(path: Path, file: str) -> tuple[Sheet | None, list[Problem]]:
    """Read plan.toml; its faults come back with their keys."""
    values, problems = read_toml(path, file, "make the plan again, or copy it back")
    if values is None:
        return None, problems
    lacks = {"shortfalls": values.pop("shortfalls", [])}
    warnings = _without_sentences(lacks, file)
    try:
        text = _SheetText.model_validate(values)
        shortfalls = _LacksText.model_validate(lacks).shortfalls if lacks["shortfalls"] != [] else ()
    except ValidationError as fault:
        return None, [_sheet_problem(file, error) for error in tables.errors_in(fault)]
    nonsense = [
        problem for pair in enumerate(text.surprises, 1) for problem in _surprise_problems(file, *pair)
    ]
    if nonsense:
        return None, nonsense
    return Sheet(
        text.program, text.start, text.weeks, text.status, text.cost, text.bound,
        after=text.after, shortfalls=shortfalls, versions=tuple(text.versions.items()),
        digests=tuple(text.sha256.items()), rows=tuple(text.rows.items()), surprises=text.surprises,
    ), warnings  # fmt: skip


def _without_sentences(values: dict[str, Any], file: str) -> list[Problem]:
    """Take out what an earlier version kept as sentences, and say so."""
    rows = values["shortfalls"] if isinstance(values["shortfalls"], list) else []
    told = [each for each in rows if isinstance(each, dict) and "message" in each]
    for each in told:
        each.pop("message")
        each.pop("remedies", None)
    what = "an earlier version wrote here in sentences what is missing; they are left out"
    remedy = "the verb explain says it anew; make the plan again to keep it"
    return [Problem(Place(file, 0, "shortfalls"), what, remedy, "warning")] if told else []


def _surprise_problems(file: str, number: int, surprise: Surprise) -> Iterator[Problem]:
    """Name what cannot be true of a surprise."""
    place = f"surprises[{number}]"
    if surprise.first > surprise.last:
        yield Problem(Place(file, 0, f"{place}.last"), "ends before it begins", "write the earlier day first")
    if surprise.kind in ("late", "early") and surprise.clock is None:
        yield Problem(Place(file, 0, f"{place}.clock"), "is missing", "write a time of day: 17:30")


def _sheet_problem(file: str, error: ErrorDetails) -> Problem:
    spot = ".".join(str(part) for part in error["loc"])
    message, _ = tables.word_error(error, None)
    return Problem(Place(file, 0, spot), message, "undo the change, or make the plan again")


@dataclass(frozen=True)
class Rows:
    """The rows of a plan.csv that can be read, what is wrong with the others, and the ids of these."""

    sessions: tuple[Session, ...]
    problems: tuple[Problem, ...]
    unread: frozenset[str]


def read_sessions(path: Path, file: str, start: date) -> tuple[list[Session], list[Problem]]:
    """Read plan.csv as a person or Excel saved it; a date with two readings is settled by its week."""
    found = read_rows_of(path, file, start)
    return list(found.sessions), list(found.problems)


def read_rows_of(path: Path, file: str, start: date) -> Rows:
    """Read plan.csv; a column that a person added is no fault, for it is kept where the plan is written."""
    found = tables.read_whole_table(Session, path, file, partial(_settled, start))
    added = [each for each in found.problems if tables.is_of_unknown_column(each)]
    problems = [each for each in found.problems if each not in added]
    problems += _lost_columns(found.absent, file, [each.place.column for each in added])
    lost = frozenset(cell for column, cell in found.unread.values if column == "session_id")
    return Rows(found.records, tuple(sorted(problems, key=lambda each: each.place.line)), lost)


def _lost_columns(absent: Iterable[str], file: str, added: Iterable[str]) -> list[Problem]:
    """Name each column that we write and that is not there; those that a row cannot do without are named."""
    own = [each.casefold() for each in added]
    hints = {name: did_you_mean(name, own) for name in absent if not Session.model_fields[name].is_required()}
    undo = f"undo in Excel what took it out, or take it from a copy in {REPLACED}/ or {VERSIONS}/"
    return [
        Problem(
            Place(file, 1, name),
            f"the column '{name}' is missing: what stood in it is not known",
            f"is it the column {hint[13:-1]}? rename it" if hint else undo,
        )
        for name, hint in hints.items()
    ]


def _settled(start: date, row: Mapping[str, str]) -> Mapping[str, str]:
    return {**row, "date": settle_day(row["date"], row.get("week", ""), start)} if "date" in row else row


def settle_day(text: str, week: str, start: date) -> str:
    """Choose the reading of a date that lies in the week its row names; leave it alone else."""
    readings = cells.day_readings(text)
    if len(readings) < 2 or not re.fullmatch("[0-9]{1,3}", week):
        return text
    fitting = [day for day in readings if (day - start).days // 7 + 1 == int(week)]
    return fitting[0].isoformat() if len(fitting) == 1 else text


def with_rows(sheet: Sheet, sessions: Iterable[Session]) -> Sheet:
    """Return the sheet with the fingerprints of its rows."""
    return replace(sheet, rows=tuple((session.session_id, row_digest(session)) for session in sessions))
