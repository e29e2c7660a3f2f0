"""The types a column can have, and the bare record they make up.

`Refers` names the table that the ids of a column live in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

from iop_sessions.ground import cells
from iop_sessions.ground.errors import Place


@dataclass(frozen=True)
class Refers:
    """The ids of a column live in another table."""

    table: str
    column: str
    noun: str


def _list_text(values: tuple[str, ...] | tuple[int, ...]) -> str:
    return "; ".join(str(value) for value in values)


def _empty_day(value: object) -> object:
    return None if value == "" else cells.read_day(value)


def _day_text(day: date | None) -> str:
    return day.isoformat() if day else ""


Text = Annotated[str, Field(min_length=1)]
Identifier = Annotated[str, BeforeValidator(cells.read_identifier), Field(min_length=1)]
Identifiers = Annotated[tuple[str, ...], BeforeValidator(cells.read_list), PlainSerializer(_list_text)]
YesNo = Annotated[
    bool, BeforeValidator(cells.read_yes_no), PlainSerializer(lambda value: "yes" if value else "no")
]
Whole = Annotated[int, BeforeValidator(cells.read_whole), Field(ge=0, le=1000)]
Minutes = Annotated[int, BeforeValidator(cells.read_whole), Field(ge=1, le=480)]
Lengths = Annotated[
    tuple[Minutes, ...], BeforeValidator(cells.read_list), PlainSerializer(_list_text), Field(min_length=1)
]
Level = Annotated[int, BeforeValidator(cells.read_whole), Field(ge=1, le=3)]
Percent = Annotated[int, BeforeValidator(cells.read_whole), Field(ge=0, le=100)]
Day = Annotated[date, BeforeValidator(cells.read_day), PlainSerializer(_day_text)]
PlanDay = Annotated[Day, Field(ge=cells.FIRST_DAY, le=cells.LAST_DAY)]
MaybeDay = Annotated[date | None, BeforeValidator(_empty_day), PlainSerializer(_day_text)]
Clock = Annotated[time, BeforeValidator(cells.read_clock), PlainSerializer(cells.clock_text)]
Color = Annotated[str, BeforeValidator(cells.read_color)]
Texts = Annotated[Identifiers, Field(min_length=1)]
Number = Annotated[
    float,
    BeforeValidator(cells.read_number),
    Field(ge=0, le=1_000_000),
    PlainSerializer(lambda value: f"{value:.10g}"),
]

GroupTypeId = Annotated[Identifier, Refers("group_types", "group_type", "group type")]
TopicId = Annotated[Identifier, Refers("topics", "topic_id", "topic")]
TopicIds = Annotated[Identifiers, Refers("topics", "topic_id", "topic")]
ObjectiveId = Annotated[Identifier, Refers("objectives", "objective_id", "objective")]
HandoutId = Annotated[Identifier, Refers("handouts", "handout_id", "handout")]
ScenarioId = Annotated[Identifier, Refers("scenarios", "scenario_id", "scenario")]
SourceIds = Annotated[Identifiers, Refers("sources", "source_id", "source")]

Audience = Literal["clients", "relatives", "both"]
Ages = Literal["adult", "youth", "both"]
Language = Literal["en", "es"]
ServiceKind = Literal["counseling", "education", "family", "support"]
SegmentKind = Literal["check-in", "review", "topic", "practice", "share", "take-home", "wrap-up", "break"]
HandoutKind = Literal[
    "information",
    "worksheet",
    "checklist",
    "log",
    "schedule",
    "plan",
    "script",
    "card",
    "agreement",
    "certificate",
    "external",
]


class Record(BaseModel):
    """A row that knows its file and line; a change is a copy."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    table: ClassVar[str]
    key_columns: ClassVar[tuple[str, ...]]
    may_be_empty: ClassVar[bool] = True  # whether a table without rows is a warning only
    place: Place = Field(default=Place(), exclude=True, repr=False)

    def identity(self) -> tuple[str, ...]:
        """Return the values of the key columns."""
        return tuple(str(getattr(self, column)) for column in self.key_columns)

    def __eq__(self, other: object) -> bool:
        """Compare what the rows say, not where they stand."""
        alike = type(self) is type(other)
        return alike and isinstance(other, Record) and self.model_dump() == other.model_dump()

    def __hash__(self) -> int:
        """Hash by table and key."""
        return hash((self.table, self.identity()))


def columns_of(record: type[Record]) -> list[str]:
    """List a table's columns in their order."""
    return [name for name in record.model_fields if name != "place"]


class Label(Record):
    """A clinic's own wording of a label, in place of the program's."""

    table: ClassVar[str] = "labels"
    key_columns: ClassVar[tuple[str, ...]] = ("key",)

    key: Text = Field(description="Key of the label, as in `iop_sessions/ground/labels/`.")
    en: str = Field(default="", description="Words in English; empty = the program's.")
    es: str = Field(default="", description="Words in Spanish; empty = the program's.")

    def words(self, language: str) -> str:
        """Return the label in a language."""
        return self.es if language == "es" else self.en
