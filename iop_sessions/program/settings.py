"""The settings of a program file: days, people and rooms, the timetable, and what a plan is weighed by."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Annotated, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from iop_sessions.ground import cells
from iop_sessions.ground.fields import Ages, Clock, Day, Identifier, Minutes, ServiceKind

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
Weekday = Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


class Settings(BaseModel):
    """A part of a program file; unknown keys are faults."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


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
    if isinstance(value, DaySpan):
        return value
    if isinstance(value, str) and ".." in value:
        first, last = (cells.read_day(part.strip()) for part in value.split("..", 1))
        if isinstance(first, date) and isinstance(last, date) and first > last:
            raise cells.CellError(f"{value} ends before it begins", "write the earlier day first")
        return {"first": first, "last": last}
    day = cells.read_day(value)
    return {"first": day, "last": day}


class DaySpan(Settings):
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
        return DaySpan(first=begin, last=end).days if begin <= end else ()

    def __contains__(self, day: date) -> bool:
        """Say whether a day is one of them."""
        return self.first <= day <= self.last


Spans = tuple[Annotated[DaySpan, BeforeValidator(_read_span)], ...]


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


def _whole_weeks(value: object) -> object:
    if isinstance(value, (float, bool)):
        raise cells.CellError(f"{value} is not a whole number of weeks", "write 1 to 52")
    return value


Weeks = Annotated[int, BeforeValidator(_whole_weeks), Field(ge=1, le=52)]


SlotKind = Literal[
    "group", "open", "individual", "drug_test", "case_management", "mutual_help", "medication", "orientation"
]
COUNTS: Final = {
    "group": "clinical", "open": "clinical", "individual": "clinical", "orientation": "clinical",
    "case_management": "clinical", "medication": "seat", "drug_test": "none", "mutual_help": "none",
    "make-up": "none",
}  # fmt: skip
"""How minutes count where a program says nothing: SAMHSA's advisory on IOP (2021) names individual, group and
family work and case management as core services; hosted mutual help and drug tests are none.
"""
MAKE_UP: Final = "make-up"
"""The kind of a group for those who missed another; no slot is one, and a plan gets one by its verb."""


class MinuteCount(Settings):
    """Which minutes the payer counts, and who says so."""

    count: Literal["clinical", "seat"] = "clinical"
    source: str = ""
    partly_counts_from: Annotated[float, Field(gt=0, le=1)] = 0.5  # share from which its topic was taught


class Clinic(Settings):
    """What pages say of the clinic; its name stays off take-home pages unless turned on."""

    name: str = ""
    after_hours: str = ""
    show_name: bool = False


Readers = Annotated[int, Field(ge=0, le=200)]
Spare = Annotated[int, Field(ge=0, le=50)]


class TrackCensus(Settings):
    """How many of the people come to one track; as many spare copies as in [census] where it names none."""

    en: Readers = 0
    es: Readers = 0
    large_print: Readers = 0
    spare: Spare | None = None

    @property
    def people(self) -> int:
        """Return how many people come."""
        return self.en + self.es + self.large_print


class Census(Settings):
    """How many people come, to print and to seat for; a table such as [census.evening] counts a track's."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)
    __pydantic_extra__: dict[str, TrackCensus] = Field(init=False)

    en: Readers = 10
    es: Readers = 0
    large_print: Readers = 0
    spare: Spare = 2

    @property
    def people(self) -> int:
        """Return how many people come."""
        return self.en + self.es + self.large_print

    @property
    def tracks(self) -> Mapping[str, TrackCensus]:
        """Return how many come to each track that has a table of its own."""
        return self.__pydantic_extra__ or {}


class Phase(Settings):
    """A part of a stay in which clients come to fewer groups, or to other ones."""

    number: Annotated[int, Field(ge=1, le=20)]
    weeks: Annotated[tuple[Weeks, ...], Field(min_length=1, max_length=2)] = (1,)  # first, last
    days: tuple[Weekday, ...] = ()  # on which people of the phase come; empty = every day
    slots: tuple[str, ...] = ()  # to which they come; empty = every one
    level: str = ""

    @property
    def length(self) -> int:
        """Return how many weeks it lasts."""
        return self.weeks[-1] - self.weeks[0] + 1

    def holds(self, slot: Slot) -> bool:
        """Say whether people of the phase come to a slot."""
        named = not self.slots or slot.id in self.slots
        open_to = not slot.phases or self.number in slot.phases
        return named and open_to and (not self.days or slot.day in self.days)


def _read_pairs(value: object) -> object:
    """Read the phases of a path, each with its weeks."""
    if isinstance(value, (list, tuple)) and all(isinstance(each, (list, tuple)) for each in value):
        return value
    remedy = "write each phase and its weeks; four weeks of phase 1, then eight of phase 2: [[1, 4], [2, 8]]"
    raise cells.CellError(f"{cells.shown(value)} is no way through the phases", remedy)


class Path(Settings):
    """A way through the phases: [[1, 4], [2, 8]] is four weeks of phase 1, then eight of phase 2."""

    id: Identifier
    phases: Annotated[tuple[tuple[int, Weeks], ...], Field(min_length=1), BeforeValidator(_read_pairs)]


class Slot(Settings):
    """A weekly meeting time of one group type."""

    id: Identifier
    day: Weekday
    start: Clock
    minutes: Minutes
    group_type: str = ""  # empty for a kind that is no group
    lead: tuple[str, ...] = ()
    room: str = ""
    mode: Literal["room", "telehealth", "hybrid"] = "room"
    track: str = ""  # empty = people of every track come
    site: str = ""
    kind: SlotKind = "group"
    counts: Literal["clinical", "seat", "none", ""] = ""  # empty = as its kind usually counts
    phases: tuple[int, ...] = ()  # empty = people of every phase come
    sections: Annotated[int, Field(ge=1, le=6)] = 1  # rooms in which it runs side by side, on the same topic

    @property
    def counted(self) -> str:
        """Return whether its minutes count as clinical, as time in a seat only, or not at all."""
        return self.counts or COUNTS[self.kind]

    def serves(self, track: str) -> bool:
        """Say whether people of a track come to it; without a track of its own it is for all."""
        return self.track in ("", track)

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


def _read_hours(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise cells.CellError(f"{cells.shown(value)} is no number of hours", "write it without quotes: 8")
    return value


class RuleOverride(Settings):
    """Another limit for one rule, agreed upon by somebody, for a reason, until a date."""

    rule_id: Identifier
    value: Annotated[float, BeforeValidator(_read_hours), Field(ge=0, le=168)]
    reason: Annotated[str, Field(min_length=1)]
    by: Annotated[str, Field(min_length=1)]
    until: Day


class RulePacks(Settings):
    """The packs of rules that judge the program, and what is agreed upon in place of a rule."""

    packs: tuple[str, ...] = ()
    override: tuple[RuleOverride, ...] = ()


Order = Literal["free", "cycle", "fixed"]
"""In which order the topics of a group type come: as the planner likes, round in the order of their ids from
any of them, or round from the first.
"""


class GoodWeeks(Settings):
    """What makes a week good; what each wish weighs stands in [weights]."""

    practice_share: Annotated[int | None, Field(ge=0, le=100)] = (
        None  # percent of a day; none = as its types ask
    )
    most_repeats: Annotated[int, Field(ge=1, le=50)] = 2  # times a topic is held while one person is there
    themes: tuple[str, ...] = ()  # of week 1, week 2 and so on, then round again; "" = a week without one

    def theme(self, week: int) -> str:
        """Return the theme of a week of the plan; empty where it has none."""
        return self.themes[(week - 1) % len(self.themes)] if self.themes else ""


class Weights(Settings):
    """What a missed promise or wish costs; a promise must outweigh the wishes."""

    shortfall: Annotated[int, Field(ge=1, le=100_000)] = 1000
    empty: Annotated[int, Field(ge=1, le=1_000_000)] = 10_000
    opening: Annotated[int, Field(ge=0, le=100)] = 2
    closing: Annotated[int, Field(ge=0, le=100)] = 2
    lectures: Annotated[int, Field(ge=0, le=100)] = 0  # two in a row; 0 = no such wish
    practice: Annotated[int, Field(ge=0, le=100)] = 0  # a day with too little of it
    repeats: Annotated[int, Field(ge=0, le=100)] = 0  # each run of a topic beyond the most in a stay
    themes: Annotated[int, Field(ge=0, le=100)] = 0  # a group type that leaves out the theme of its week
    full_core: Annotated[int, Field(ge=0, le=100)] = 5
    leader: Annotated[int, Field(ge=1, le=100_000)] = 100
    room: Annotated[int, Field(ge=1, le=100_000)] = 50
    co_leader: Annotated[int, Field(ge=1, le=100_000)] = 10
