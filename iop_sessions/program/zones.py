"""Time zones: the names of them that a program may bear, and when their clocks change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

from iop_sessions.ground.cells import CellError, shown
from iop_sessions.ground.errors import did_you_mean

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

EXAMPLE: Final = "America/New_York"
_CALLED: Final = {
    "America/New_York": ("et", "est", "edt", "est5edt", "eastern"),
    "America/Chicago": ("ct", "cst", "cdt", "cst6cdt", "central"),
    "America/Denver": ("mt", "mst", "mdt", "mst7mdt", "mountain"),
    "America/Los_Angeles": ("pt", "pst", "pdt", "pst8pdt", "pacific"),
    "America/Anchorage": ("akst", "akdt", "alaska"),
    "Pacific/Honolulu": ("hst", "hawaii"),
    "America/Phoenix": ("arizona",),
    "America/Puerto_Rico": ("ast", "puerto rico"),
}
"""What people in the United States call their zones; a few are names of zones whose clocks never change."""
_COMMON: Final = {called: zone for zone, names in _CALLED.items() for called in names}


def read_zone(value: object) -> object:
    """Read the name of a time zone as the IANA lists it; no name at all is none.

    Raises
    ------
    CellError
        With the name that was probably meant.
    """
    text = value.strip() if isinstance(value, str) else str(value)
    if text == "" or (("/" in text or text == "UTC") and text in _zones()):
        return text
    plain = text.casefold().removesuffix(" time").removesuffix(" standard")
    hint = f"did you mean '{_COMMON[plain]}'?" if plain in _COMMON else _near(text)
    remedy = hint or f"write a continent and a city of your zone, such as {EXAMPLE}"
    raise CellError(f"no time zone {shown(text)}", remedy)


@cache
def _zones() -> frozenset[str]:
    from zoneinfo import available_timezones

    return frozenset(available_timezones())


def _near(text: str) -> str:
    """Offer the zone of a city, or the zone whose name is nearest."""
    zones = sorted(each for each in _zones() if "/" in each)
    city = "/" + text.replace(" ", "_").casefold()
    named = [each for each in zones if each.casefold().endswith(city)]
    return f"did you mean '{named[0]}'?" if named else did_you_mean(text.replace(" ", "_"), zones)


@dataclass(frozen=True)
class Onset:
    """A moment at which a zone's clocks change, by the clock as it was until then."""

    local: datetime
    before: timedelta  # ahead of UTC
    after: timedelta
    name: str  # that the zone has from then on: EDT
    summer: bool

    @property
    def rule(self) -> tuple[int, str]:
        """Return the month, and the day of it as a calendar's rule says it: the second Sunday is 2SU."""
        number = (self.local.day + 6) // 7
        is_last = (self.local + timedelta(days=7)).month != self.local.month
        day = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[self.local.weekday()]
        return self.local.month, f"{-1 if is_last and number > 3 else number}{day}"

    def is_yearly(self, others: list[Onset]) -> bool:
        """Say whether the clocks change in this way in each of some years."""
        alike = [each for each in others if each.summer == self.summer]
        return {(each.rule, each.local.time(), each.after) for each in alike} == {
            (self.rule, self.local.time(), self.after)
        }


def onsets(zone: str, first: int, last: int) -> list[Onset]:
    """List when a zone's clocks change in some years, both included."""
    from zoneinfo import ZoneInfo

    begin, end = (datetime(year, 1, 1, tzinfo=UTC) for year in (first, last + 1))
    return list(_onsets(ZoneInfo(zone), begin, end))


def _onsets(zone: ZoneInfo, moment: datetime, end: datetime) -> Iterator[Onset]:
    day = timedelta(days=1)
    while moment < end:
        if _ahead(zone, moment) != _ahead(zone, moment + day):
            yield _onset(zone, moment, moment + day)
        moment += day


def _onset(zone: ZoneInfo, early: datetime, late: datetime) -> Onset:
    """Find the minute at which clocks change between two moments."""
    while late - early > timedelta(minutes=1):
        middle = early + timedelta(minutes=(late - early) // timedelta(minutes=2))
        early, late = (early, middle) if _ahead(zone, middle) != _ahead(zone, early) else (middle, late)
    before, there = _ahead(zone, early), late.astimezone(zone)
    local = (late + before).replace(tzinfo=None)
    return Onset(local, before, _ahead(zone, late), there.tzname() or "", bool(there.dst()))


def _ahead(zone: ZoneInfo, moment: datetime) -> timedelta:
    ahead = moment.astimezone(zone).utcoffset()
    assert ahead is not None, "a zone has a clock"
    return ahead
