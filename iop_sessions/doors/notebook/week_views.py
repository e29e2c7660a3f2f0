"""Show a week in a notebook as it is and as it would be; what changes is marked by words and a sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.doors.notebook.html import Field, side_by_side, table
from iop_sessions.ground.colors import ALERT, QUIET, tint
from iop_sessions.ground.dates import (
    capital,
    clock,
    month_day,
    short_day,
)
from iop_sessions.jobs.replan import Proposal
from iop_sessions.pages.common import color_of
from iop_sessions.pages.grid import Grid, Spot, shut_words, week_grid
from iop_sessions.pages.meetings import session_title
from iop_sessions.pages.whom import track_words
from iop_sessions.plans.changelog import words_of
from iop_sessions.plans.changes import Difference, Fate
from iop_sessions.plans.plan import Session

CHANGED: Final = "#7A4B00"
_TIMES, _DAY = 66, 140  # pixels: the columns of the times and of a day
_LOST: Final = ("cancelled", "gone")


@dataclass(frozen=True)
class _Side:
    """One of the two weeks."""

    curriculum: Curriculum
    grid: Grid
    found: Mapping[str, Sequence[Difference]]  # by session
    fates: Mapping[str, Fate]  # by the session that lost its topic
    after: bool

    def table(self, caption: str) -> str:
        time = Field(("time",), looks={"width": f"{_TIMES}px"})
        days = (short_day(day) for day in self.grid.days)
        rows: list[tuple[str | Field, ...]] = [
            (self._time(spot), *(self._field(day, spot) for day in self.grid.days))
            for spot in self.grid.spots
        ]
        return table(caption, (time, *days), rows, width="100%")

    def _time(self, spot: Spot) -> Field:
        return Field((clock(spot.start), self._track(self.grid.track(spot))))

    def _track(self, track: str) -> str:
        return capital(track_words(self.curriculum.speech("en"), track))

    def _field(self, day: date, spot: Spot) -> Field:
        session = self.grid.at(day, spot)
        if session is None:
            return Field((self._shut(day),), looks={"background-color": QUIET})
        found = self.found.get(session.session_id, ())
        name = f"{session.topic_id or session.group_type} {self._title(session)}".strip()
        marks = [text for each in found for text in self._marks(each)]
        if not session.takes_place and not marks:
            marks = ["× Cancelled"]
        more = self._was(found) if self.after else self._goes(session)
        track = self._track(session.track) if self.grid.parted and not self.grid.track(spot) else ""
        return Field((*marks, name, track, more), len(marks), self._looks(session, found))

    def _shut(self, day: date) -> str:
        if day in self.grid.open_days:
            return "no group"
        return shut_words(self.curriculum.speech("en"), self.grid, day)

    def _title(self, session: Session) -> str:
        return session_title(self.curriculum, session)

    def _was(self, found: Sequence[Difference]) -> str:
        return next((f"(was {self._words(each)})" for each in found if each.what == "topic"), "")

    def _goes(self, session: Session) -> str:
        """Say what becomes of the topic that a session loses."""
        fate = self.fates.get(session.session_id)
        if fate is None:
            return ""
        return (
            f"(moves to {short_day(fate.now.date)}, {clock(fate.now.start)})" if fate.now else "(falls out)"
        )

    def _words(self, each: Difference) -> str:
        return words_of(self.curriculum, each.before, each.what)

    def _marks(self, each: Difference) -> list[str]:
        """Say what happens to a session, or what happened to it."""
        if not self.after:
            return ["× To be cancelled" if each.what in _LOST else "◆ Changes"]
        if each.what == "cancelled":
            reason = each.session.reason
            return [f"× Cancelled: {reason}" if reason else "× Cancelled"]
        if each.what in ("leader", "room", "time", "mode"):
            now = words_of(self.curriculum, each.after, each.what)
            return [f"◆ New {each.what}: {now} (was {self._words(each)})"]
        return {"topic": ["◆ New topic"], "takes place": ["◆ Takes place again"]}.get(each.what, ["◆ Added"])

    def _looks(self, session: Session, found: Sequence[Difference]) -> dict[str, str]:
        if not session.takes_place or any(each.what in _LOST for each in found):
            edge = {"border": f"3px solid {ALERT}"} if found else {}
            return {"background-color": tint(ALERT)} | edge
        edge = {"border": f"3px solid {CHANGED}"} if found else {}
        return {"background-color": tint(color_of(self.curriculum, session.group_type))} | edge


def both_weeks(proposal: Proposal, week: int) -> str:
    """Return a week as it is and as it would be, beside each other or one above the other."""
    curriculum, kept = proposal.curriculum, proposal.kept
    found: dict[str, list[Difference]] = {}
    for each in proposal.found:
        found.setdefault(each.session.session_id, []).append(each)
    fates = {each.was.session_id: each for each in proposal.fates}
    grids = (
        week_grid(curriculum, kept.program, kept.plan, week),
        week_grid(curriculum, proposal.program, proposal.plan, week),
    )
    days = max(len(grid.days) for grid in grids)
    tables = [
        _Side(curriculum, grid, found, fates, after).table(f"Week {week} {name}{_span(grid)}")
        for grid, after, name in zip(grids, (False, True), ("as it is", "after the change"), strict=True)
    ]
    return side_by_side(tables, f"{_TIMES + _DAY * days}px")


def _span(grid: Grid) -> str:
    return f": {month_day(grid.days[0])} to {month_day(grid.days[-1])}" if grid.days else ""
