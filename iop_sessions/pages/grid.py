"""Lay one week of sessions out by day and time, and draw up its table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from functools import cached_property
from textwrap import wrap

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.blocks import Cell, Table, cell, line
from iop_sessions.ground.colors import QUIET
from iop_sessions.ground.speech import Speech, capital
from iop_sessions.pages import common
from iop_sessions.pages.fitting import (
    AIM_LETTERS,
    DAYS_LETTERS,
    NOTE_LETTERS,
    ROOMY,
    ROW_LINES,
    STAFF_LINES,
    TITLE_LETTERS,
    WALL_LINES,
)
from iop_sessions.pages.meetings import (
    ONE_TO_ONE,
    aim_words,
    has_tracks,
    is_private,
    lacks_topic,
    phase_words,
    place_words,
    session_title,
)
from iop_sessions.pages.wording.coverage import track_words
from iop_sessions.pages.wording.hours import closed_days, closure_name
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import Session
from iop_sessions.program.calendar import Closure

_LONGEST_BREAK = 60  # minutes; a longer gap is no break
_TIME_SHARE, _WALL_TIME_SHARE = 0.64, 0.8  # of six; the wall's large type needs more for "to 10:30 am"
_SHARES = 6.0


def grid_table(
    curriculum: Curriculum, grid: Grid, notes: StaffNotes | None, say: Speech, *, breaks: bool = True
) -> Table:
    """Make the table: a row for each time, thin rows for what staff need and for breaks.

    Parameters
    ----------
    notes
        What staff need to know of a session; None makes the copy for the wall.
    breaks
        Whether breaks have rows; on a full sheet the times say enough.
    """
    rows: list[tuple[Cell, ...]] = []
    before: time | None = None
    for spot in grid.spots:
        rest = _break_row(grid, before, spot.start, say) if spot.number == 0 and breaks else None
        rows += [rest] if rest else []
        groups = (_cell(curriculum, grid, (day, spot), notes, say, named=not rows) for day in grid.days)
        rows.append((_time_cell(grid, spot, say), *groups))
        if notes and not grid.crowded:
            staff = cell(say("agenda.staff"), small=True, header=True)
            rows.append((staff, *(_note(grid, day, spot, notes, say) for day in grid.days)))
        before = grid.end(spot.start)
    if not rows:
        shut = (cell(shut_words(say, grid, day), tint=QUIET) for day in grid.days)
        rows.append((cell(say("agenda.all-day"), header=True), *shut))
    day_words = say.short_day if len(grid.days) > ROOMY else say.weekday_month_day
    names = (say("agenda.time"), *(capital(day_words(day)) for day in grid.days))
    header = tuple(cell(name, small=grid.crowded) for name in names)
    first = _WALL_TIME_SHARE if notes is None and not grid.crowded else _TIME_SHARE
    widths = (first, *((_SHARES - first) / len(grid.days) for _ in grid.days))
    return Table(say("agenda.groups"), header, tuple(rows), "grid", widths)


def lines_of(table: Table, days: int) -> int:
    """Guess from its letters the lines that a table in small print takes, with the room around its rows."""
    letters = max(DAYS_LETTERS // max(days, 1), 1)

    def height(each: Cell) -> int:
        return sum(len(wrap(f"{each.badge}  {text}", letters)) for text in each.text.split("\n"))

    rows = (table.header, *table.rows)
    return sum(max(map(height, row)) for row in rows) + round(ROW_LINES * len(rows))


def _time_cell(grid: Grid, spot: Spot, say: Speech) -> Cell:
    end, track = grid.end(spot.start), track_words(say, grid.track(spot))
    until = say("agenda.to", time=say.clock(end)) if end else ""
    lines = tuple(line(text) for text in (say.clock(spot.start), until, capital(track)) if text)
    return Cell(lines, header=True, small=grid.crowded)


def _cell(
    curriculum: Curriculum,
    grid: Grid,
    spot: tuple[date, Spot],
    notes: StaffNotes | None,
    say: Speech,
    *,
    named: bool,
) -> Cell:
    session = grid.at(*spot)
    if session is None:
        return _no_group(grid, spot[0], say, named=named)
    title = session_title(curriculum, session, language=say.language)
    if notes is None and lacks_topic(curriculum, session):  # which is for staff to know
        title = curriculum.group_title(session.group_type, say.language)
    lines = [line(title, bold=True)]
    lines += [line(_whom(grid, spot[1], session, say))]
    if grid.end(session.start) is None:
        lines.append(line(say("agenda.until", time=say.clock(session.end))))
    lines.append(line(_about(curriculum, session, say, wall=notes is None)))
    if session.takes_place and (notes is None or grid.crowded):
        place = place_words(session, leads=False, language=say.language, own=curriculum.labels)
        lines.append(line(notes(session) if notes else place))
    color = common.color_of(curriculum, session.group_type)
    return Cell(
        tuple(each for each in lines if each), badge=session.group_type, color=color, small=grid.crowded
    )


def _whom(grid: Grid, spot: Spot, session: Session, say: Speech) -> str:
    """Say who comes, where not everybody does and the row does not say it."""
    track = track_words(say, session.track) if grid.parted and not grid.track(spot) else ""
    named = ", ".join(text for text in (track, grid.whom.get(session.session_id, "")) if text)
    return capital(named)


def _about(curriculum: Curriculum, session: Session, say: Speech, *, wall: bool) -> str:
    """Say what a session is for, or that it does not take place; staff's own words stay off the wall."""
    if session.takes_place:
        return aim_words(curriculum, session, language=say.language)
    if session.reason and not wall:
        return say(f"agenda.{_state(session)}-for", reason=session.reason)
    return say(f"agenda.{_state(session)}")


def _state(session: Session) -> str:
    """Name what became of a session that does not take place: cancelled, not-held."""
    return session.state.replace(" ", "-")


def _no_group(grid: Grid, day: date, say: Speech, *, named: bool) -> Cell:
    if day in grid.open_days:
        return cell(say("agenda.no-group"), small=grid.crowded)
    return cell(shut_words(say, grid, day) if named else "", tint=QUIET, small=grid.crowded)


def _note(grid: Grid, day: date, spot: Spot, notes: StaffNotes, say: Speech) -> Cell:
    session = grid.at(day, spot)
    if session and session.takes_place:
        return cell(notes(session), small=True)
    if day in grid.open_days:
        noted = (
            say(f"agenda.{_state(session)}" if session else "agenda.no-group"),
            session.note if session else "",
        )
        return cell(" · ".join(each for each in noted if each), small=True)
    return cell(small=True, tint=QUIET)


def _break_row(grid: Grid, before: time | None, start: time, say: Speech) -> tuple[Cell, ...] | None:
    """Make a thin row where every day rests between the same two times."""
    gap = common.minute_of(start) - common.minute_of(before) if before else 0
    begins = {session.date for session in grid.sessions if session.start == start}
    ends = {session.date for session in grid.sessions if session.end == before}
    if not 0 < gap <= _LONGEST_BREAK or not begins == ends == grid.open_days:
        return None
    words = (say.count(gap, "agenda.break") if day in grid.open_days else "" for day in grid.days)
    first = cell(say.clock(before) if before else "", tint=QUIET, small=True, header=True)
    return (first, *(cell(text, tint=QUIET, small=True) for text in words))


StaffNotes = Callable[[Session], str]
"""What staff alone need to know of a session, in one line."""


@dataclass(frozen=True)
class Spot:
    """A row of the grid: a time, and which of the groups that start then."""

    start: time
    number: int


@dataclass(frozen=True)
class Grid:
    """One week: its days, its sessions, its closed days."""

    days: tuple[date, ...]
    sessions: tuple[Session, ...]
    closed: dict[date, Closure]
    whom: Mapping[str, str] = field(default_factory=dict)  # who comes to a session, where not everybody does
    lines: int = 0  # of titles and aims, one row below the other
    parted: bool = False  # by track
    most_lines: int = STAFF_LINES  # that a sheet holds in large type

    @property
    def crowded(self) -> bool:
        """Say whether the week has more than a sheet holds in large type."""
        return len(self.days) > ROOMY or len(self.spots) > ROOMY or self.lines > self.most_lines

    @cached_property
    def spots(self) -> list[Spot]:
        """List the rows; groups side by side at one time take a row each."""
        most: dict[time, int] = {}
        for day in self.days:
            starts = [session.start for session in self.on(day)]
            for start in starts:
                most[start] = max(most.get(start, 0), starts.count(start))
        return [Spot(start, number) for start in sorted(most) for number in range(most[start])]

    @cached_property
    def _held(self) -> dict[tuple[date, Spot], Session]:
        """Put each session in a row, those of one track in the same row on every day as far as may be."""
        found: dict[tuple[date, Spot], Session] = {}
        for start in {spot.start for spot in self.spots}:
            tracks = list(dict.fromkeys(each.track for each in self.sessions if each.start == start))
            for day in self.days:
                free = [spot for spot in self.spots if spot.start == start]
                here = [each for each in self.on(day) if each.start == start]
                for session in sorted(here, key=lambda each: tracks.index(each.track)):
                    rank = tracks.index(session.track)
                    spot = next((each for each in free if each.number >= rank), free[0])
                    free.remove(spot)
                    found[day, spot] = session
        return found

    def on(self, day: date) -> list[Session]:
        """List the sessions of a day."""
        return [session for session in self.sessions if session.date == day]

    def at(self, day: date, spot: Spot) -> Session | None:
        """Return the session of a day in a row."""
        return self._held.get((day, spot))

    def track(self, spot: Spot) -> str:
        """Return the track that alone meets in a row; empty where it is shared, or there is only one."""
        if not self.parted:
            return ""
        found = {session.track for (_, here), session in self._held.items() if here == spot}
        return found.pop() if len(found) == 1 else ""

    def end(self, start: time) -> time | None:
        """Return when every session that starts then ends; None where they differ."""
        ends = {session.end for session in self.sessions if session.start == start}
        return ends.pop() if len(ends) == 1 else None

    @cached_property
    def open_days(self) -> frozenset[date]:
        """Return the days with groups."""
        return frozenset(session.date for session in self.sessions)


def week_grid(
    case: Case,
    week: int,
    language: str = "en",
    notes: StaffNotes | None = None,
    *,
    wall: bool = False,
) -> Grid:
    """Take one week out of a plan, with every day on which groups usually meet.

    Parameters
    ----------
    notes
        What staff need to know of a session; None for a sheet without such words.
    wall
        True leaves out what is one client's own business.
    """
    curriculum, program = case.curriculum, case.program
    first = case.plan.sheet.start + timedelta(weeks=week - 1)
    # by date and not by the week of its row: a session moved to another week stands where people meet
    dated = (each for each in case.plan.sessions if first <= each.date < first + timedelta(days=7))
    shown = (each for each in dated if not (wall and is_private(each)))
    sessions = tuple(sorted(shown, key=lambda each: each.order))
    usual = (slot for slot in program.slots if not (wall and slot.kind in ONE_TO_ONE))
    weekdays = {slot.weekday for slot in usual} | {session.date.weekday() for session in sessions}
    days = (first + timedelta(days=number) for number in range(7))
    closed = {closure.day: closure for closure in closed_days(program, first)}
    whom = {each.session_id: phase_words(curriculum.speech(language), program, each) for each in sessions}
    grid = Grid(
        tuple(day for day in days if day.weekday() in weekdays),
        sessions,
        closed,
        whom,
        parted=has_tracks(program),
    )
    rows = [[each for each in (grid.at(day, spot) for day in grid.days) if each] for spot in grid.spots]
    named = sum(any(whom[each.session_id] for each in row) for row in rows)
    lines = named + sum(_height(curriculum, row, language, notes) for row in rows)
    return replace(grid, lines=lines, most_lines=STAFF_LINES if notes else WALL_LINES)


def _height(
    curriculum: Curriculum, sessions: Sequence[Session], language: str, notes: StaffNotes | None
) -> int:
    """Guess the lines of a row's highest cells from their letters; of the notes, those beyond the first."""
    titles = (session_title(curriculum, session, language=language) for session in sessions)
    told = max(
        len(wrap(f"{session.group_type}  {title}", TITLE_LETTERS))
        + len(wrap(aim_words(curriculum, session, language=language), AIM_LETTERS))
        for session, title in zip(sessions, titles, strict=True)
    )
    noted = max(len(wrap(notes(session), NOTE_LETTERS)) for session in sessions) if notes else 0
    return told + max(noted - 1, 0)


def shut_words(say: Speech, grid: Grid, day: date) -> str:
    """Say why a day has no groups: Closed: Memorial Day."""
    closure = grid.closed.get(day)
    if closure is None:
        return say("agenda.no-groups")
    name = closure_name(say, closure)
    return say("agenda.closed-for", name=name) if name else say("agenda.closed")
