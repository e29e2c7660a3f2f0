"""Read calendar feeds as phones do, by a reader of our own and two libraries, and hold them against Outlook.

The reader shares nothing with the library that writes: it unfolds lines, and works out a zone's clock from
the rules that stand in the feed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest


@dataclass(frozen=True)
class Entry:
    """What a feed says of one event; moments in UTC."""

    uid: str
    sequence: int
    stamp: datetime
    start: datetime
    end: datetime
    summary: str
    cancelled: bool


@dataclass
class Phone:
    """A calendar that takes over what counts higher, and drops what is cancelled."""

    known: dict[str, Entry] = field(default_factory=dict)

    def take(self, entries: Iterable[Entry]) -> Phone:
        """Import a feed."""
        for each in entries:
            old = self.known.get(each.uid)
            if old is None or (each.sequence, each.stamp) > (old.sequence, old.stamp):
                self.known[each.uid] = each
        return self

    @property
    def shown(self) -> dict[str, tuple[datetime, datetime, str]]:
        """Return what its owner sees."""
        there = (each for each in self.known.values() if not each.cancelled)
        return {each.uid: (each.start, each.end, each.summary) for each in there}


def by_icalendar(data: bytes) -> list[Entry]:
    """Read a feed with the library that writes it."""
    return [
        Entry(
            str(each["UID"]), int(each["SEQUENCE"]), each["DTSTAMP"].dt, each["DTSTART"].dt.astimezone(UTC),
            each["DTEND"].dt.astimezone(UTC), str(each["SUMMARY"]), each["STATUS"] == "CANCELLED",
        )
        for each in icalendar.Calendar.from_ical(data).walk("VEVENT")
    ]  # fmt: skip


def by_vobject(data: bytes) -> list[Entry]:
    """Read a feed with vobject, which works zones out of the feed with dateutil."""
    import vobject

    found: Any = vobject.readOne(data.decode())
    return [
        Entry(
            each.uid.value, int(each.sequence.value), each.dtstamp.value, each.dtstart.value.astimezone(UTC),
            each.dtend.value.astimezone(UTC), each.summary.value, each.status.value == "CANCELLED",
        )
        for each in found.contents.get("vevent", [])
    ]  # fmt: skip


Line = tuple[str, dict[str, str], str]
"""A property: its name, its parameters, its value."""


def by_hand(data: bytes) -> list[Entry]:
    """Read a feed by what RFC 5545 says, and nothing else."""
    lines = list(lines_of(data))
    clocks = {
        _one(zone, "TZID")[2]: list(_parts(zone, "STANDARD", "DAYLIGHT"))
        for zone in _parts(lines, "VTIMEZONE")
    }
    return [
        Entry(
            _one(event, "UID")[2], int(_one(event, "SEQUENCE")[2]), _moment(_one(event, "DTSTAMP"), clocks),
            _moment(_one(event, "DTSTART"), clocks), _moment(_one(event, "DTEND"), clocks),
            re.sub(r"\\([;,\\])", r"\1", _one(event, "SUMMARY")[2]), _one(event, "STATUS")[2] == "CANCELLED",
        )
        for event in _parts(lines, "VEVENT")
    ]  # fmt: skip


def lines_of(data: bytes) -> Iterator[Line]:
    """Unfold the lines of a feed and cut each."""
    for line in data.decode().replace("\r\n ", "").split("\r\n")[:-1]:
        head, _, value = line.partition(":")
        name, *parameters = head.split(";")
        yield name, dict(each.split("=", 1) for each in parameters), value


def _parts(lines: Iterable[Line], *names: str) -> Iterator[list[Line]]:
    """Cut out the components of some kinds."""
    part: list[Line] | None = None
    for line in lines:
        if (line[0], line[2]) in {("BEGIN", name) for name in names}:
            part = []
        if part is not None:
            part.append(line)
        if part is not None and (line[0], line[2]) == ("END", part[0][2]):
            yield part
            part = None


def _one(lines: Iterable[Line], name: str) -> Line:
    (found,) = (line for line in lines if line[0] == name)
    return found


def _moment(line: Line, clocks: dict[str, list[list[Line]]]) -> datetime:
    _, parameters, value = line
    moment = datetime.strptime(value.rstrip("Z"), "%Y%m%dT%H%M%S")  # its zone comes next
    if value.endswith("Z"):
        return moment.replace(tzinfo=UTC)
    begun = [
        each
        for rules in clocks[parameters["TZID"]]
        for each in _onsets(rules, moment.year)
        if each[0] <= moment
    ]
    return (moment - max(begun)[1]).replace(tzinfo=UTC)


def _onsets(rules: list[Line], year: int) -> Iterator[tuple[datetime, timedelta]]:
    """Yield when a clock begins to count, in a year and the one before, and how far ahead of UTC it is."""
    first = datetime.strptime(_one(rules, "DTSTART")[2], "%Y%m%dT%H%M%S")  # local by its nature
    found = re.fullmatch("([+-])(..)(..)", _one(rules, "TZOFFSETTO")[2])
    assert found is not None, "a number of hours and minutes"
    sign, hours, minutes = found.groups()
    ahead = timedelta(hours=int(hours), minutes=int(minutes)) * (1 if sign == "+" else -1)
    rule = dict(each.split("=") for line in rules if line[0] == "RRULE" for each in line[2].split(";"))
    if not rule:
        yield first, ahead
        return
    assert rule.keys() == {"FREQ", "BYMONTH", "BYDAY"}
    for each in (year - 1, year):
        moment = datetime.combine(_nth(each, int(rule["BYMONTH"]), rule["BYDAY"]), first.time())
        if moment >= first:
            yield moment, ahead


def _nth(year: int, month: int, text: str) -> date:
    number, weekday = int(text[:-2]), ("MO", "TU", "WE", "TH", "FR", "SA", "SU").index(text[-2:])
    days = (date(year, month, 1) + timedelta(days=each) for each in range(31))
    fitting = [day for day in days if day.month == month and day.weekday() == weekday]
    return fitting[number - 1 if number > 0 else number]


READERS: dict[str, Callable[[bytes], list[Entry]]] = {
    "icalendar": by_icalendar, "by hand": by_hand, "vobject": by_vobject,
}  # fmt: skip


def skip_without(reader: str) -> None:
    """Skip a test whose reader is a package that is not there; it fails where IOP_REQUIRE_TOOLS is set."""
    if reader == "vobject" and not os.environ.get("IOP_REQUIRE_TOOLS"):
        pytest.importorskip("vobject", reason="vobject is not there; python3 start.py test sets it up")


def outlook_faults(data: bytes) -> list[str]:
    """Name what of a feed Outlook refuses, or imports wrongly."""
    lines = list(lines_of(data))
    names = [name for name, _, _ in lines[: [line[0] for line in lines].index("BEGIN", 1)]]
    faults = [f"no {name}" for name in ("VERSION", "PRODID", "METHOD") if names.count(name) != 1]
    faults += ["a line end that is no CR LF"] if re.search(rb"(?<!\r)\n|\r(?!\n)", data) else []
    faults += [f"a line of {len(each)} octets" for each in data.split(b"\r\n") if len(each) > 75]
    faults += [f"{name} is empty" for name, _, value in lines if not value]
    zones = {_one(zone, "TZID")[2] for zone in _parts(lines, "VTIMEZONE")}
    uids = [_one(event, "UID")[2] for event in _parts(lines, "VEVENT")]
    faults += [f"{uid} stands twice" for uid in set(uids) if uids.count(uid) > 1]
    for event in _parts(lines, "VEVENT"):
        faults += _event_faults(event, zones)
    return faults


def _event_faults(event: list[Line], zones: set[str]) -> Iterator[str]:
    names = [name for name, _, _ in event]
    for name in ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "STATUS"):
        if names.count(name) != 1:
            yield f"{name} stands {names.count(name)} times"
    for name, parameters, value in event:
        if name in ("DTSTART", "DTEND") and (parameters.get("TZID") not in zones or value.endswith("Z")):
            yield f"{name} names no zone of the feed"
        if name == "DTSTAMP" and not value.endswith("Z"):
            yield "DTSTAMP is not in UTC"
