"""Draw up the table of a week: a row for each time, thin rows for what staff need and for breaks."""

from __future__ import annotations

from datetime import date, time
from textwrap import wrap

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.blocks import Cell, Table, cell, line
from iop_sessions.ground.colors import QUIET
from iop_sessions.ground.dates import capital
from iop_sessions.ground.speech import Speech
from iop_sessions.pages import common
from iop_sessions.pages.grid import ROOMY, Grid, Spot, StaffNotes, shut_words
from iop_sessions.pages.meetings import aim_words, lacks_topic, place_words, session_title
from iop_sessions.pages.whom import track_words
from iop_sessions.plans.plan import Session

_LONGEST_BREAK = 60  # minutes; a longer gap is no break
_TIME_SHARE, _WALL_TIME_SHARE = 0.64, 0.8  # of six; the wall's large type needs more for "to 10:30 am"
_SHARES = 6.0
_SMALL_LETTERS = 135  # of small print in one line across the days of a landscape sheet
_ROOM = 0.875  # of a line, above and below the words of a row


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
        rows += [_note_row(grid, spot, notes, say)] if notes and not grid.crowded else []
        before = grid.end(spot.start)
    if not rows:
        shut = (cell(shut_words(say, grid, day), tint=QUIET) for day in grid.days)
        rows.append((cell(say("agenda.all-day"), header=True), *shut))
    names = (say("agenda.time"), *(_day(grid, day, say) for day in grid.days))
    header = tuple(cell(name, small=grid.crowded) for name in names)
    first = _WALL_TIME_SHARE if notes is None and not grid.crowded else _TIME_SHARE
    widths = (first, *((_SHARES - first) / len(grid.days) for _ in grid.days))
    return Table(say("agenda.groups"), header, tuple(rows), "grid", widths)


def lines_of(table: Table, days: int) -> int:
    """Guess from its letters the lines that a table in small print takes, with the room around its rows."""
    letters = max(_SMALL_LETTERS // max(days, 1), 1)

    def height(each: Cell) -> int:
        return sum(len(wrap(f"{each.badge}  {text}", letters)) for text in each.text.split("\n"))

    rows = (table.header, *table.rows)
    return sum(max(map(height, row)) for row in rows) + round(_ROOM * len(rows))


def _day(grid: Grid, day: date, say: Speech) -> str:
    return say.short_day(day) if len(grid.days) > ROOMY else say.weekday_month_day(day)


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
        return say("agenda.cancelled-for", reason=session.reason)
    return say("agenda.cancelled")


def _no_group(grid: Grid, day: date, say: Speech, *, named: bool) -> Cell:
    if day in grid.open_days:
        return cell(say("agenda.no-group"), small=grid.crowded)
    return cell(shut_words(say, grid, day) if named else "", tint=QUIET, small=grid.crowded)


def _note_row(grid: Grid, spot: Spot, notes: StaffNotes, say: Speech) -> tuple[Cell, ...]:
    first = cell(say("agenda.staff"), small=True, header=True)
    return (first, *(_note(grid, day, spot, notes, say) for day in grid.days))


def _note(grid: Grid, day: date, spot: Spot, notes: StaffNotes, say: Speech) -> Cell:
    session = grid.at(day, spot)
    if session and session.takes_place:
        return cell(notes(session), small=True)
    if day in grid.open_days:
        return cell(say("agenda.cancelled" if session else "agenda.no-group"), small=True)
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
