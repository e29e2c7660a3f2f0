"""Say what a week's agenda says: days as columns, times as rows, hours and next week below."""

from __future__ import annotations

from datetime import date, timedelta

from iop_sessions.blocks import Block, Cell, Heading, Line, Page, Table, cell, line
from iop_sessions.calendars import hours
from iop_sessions.curriculum import Curriculum
from iop_sessions.errors import NotFound
from iop_sessions.pages import common
from iop_sessions.pages.grid import Grid, shut_words, week_grid
from iop_sessions.pages.gridtable import grid_table
from iop_sessions.pages.hours import Week, closures_words, remedy, rule_words, week_hours
from iop_sessions.pages.meetings import copy_words, drafts_of, place_words, session_title
from iop_sessions.plans import Plan, Session
from iop_sessions.programs import WEEKDAYS, Program

_STRIP, _CROWDED_STRIP = (1.0, 1.3), (1.0, 2.0)  # a day of next week on a line, where there are many


def week_agenda(
    curriculum: Curriculum,
    program: Program,
    plan: Plan,
    week: int,
    *,
    copies: int | None = None,
    wall: bool = False,
) -> Page:
    """Make the agenda of one week.

    Parameters
    ----------
    copies
        Copies of each handout; by default one a person and the spare ones.
    wall
        True for the copy on the wall: no leaders, no copies, no hours, no reasons.

    Raises
    ------
    NotFound
        When the plan has no such week.
    """
    _refuse_week(plan, week)
    grid = week_grid(curriculum, program, plan, week)
    title = f"Week {week}: {_span(plan, week)}"

    def notes(session: Session) -> str:
        pieces = (place_words(session), copy_words(curriculum, program, session, copies))
        return " · ".join(piece for piece in pieces if piece)

    drafts = "" if wall else drafts_of(curriculum, grid.sessions)
    blocks: tuple[Block, ...] = (
        Heading(1, title),
        *((common.small(drafts),) if drafts else ()),
        grid_table(curriculum, grid, None if wall else notes),
        *_strip(curriculum, program, plan, week, wall=wall, crowded=grid.crowded),
    )
    footer = plan_footer(curriculum, program, plan, f"week {week} of {plan.sheet.weeks}")
    return Page("agenda", title, blocks, footer, paper=program.paper, landscape=True)


def _refuse_week(plan: Plan, week: int) -> None:
    if not 1 <= week <= plan.sheet.weeks:
        raise NotFound("week", str(week), (str(number) for number in range(1, plan.sheet.weeks + 1)))


def plan_footer(curriculum: Curriculum, program: Program, plan: Plan, part: str = "") -> tuple[str, ...]:
    """Name the plan that a staff page belongs to."""
    version = (
        f"curriculum {curriculum.curriculum_id} {curriculum.version}" if curriculum.curriculum_id else ""
    )
    pieces = (program.title, part, f"plan from {common.full_day(plan.sheet.start)}", version)
    return (" · ".join(piece for piece in pieces if piece),)


def _span(plan: Plan, week: int) -> str:
    first = plan.sheet.start + timedelta(days=7 * (week - 1))
    last = first + timedelta(days=6)
    if first.month == last.month:
        return f"{common.month_day(first)} to {last.day}, {last.year}"
    year = f", {first.year}" if first.year != last.year else ""
    return f"{common.month_day(first)}{year} to {common.full_day(last)}"


def _strip(
    curriculum: Curriculum, program: Program, plan: Plan, week: int, *, wall: bool, crowded: bool
) -> tuple[Block, ...]:
    """Make the strip below: hours and closed days of this week, and the next week at a glance."""
    found = week_hours(curriculum, program, plan)[week - 1]
    closed = closures_words(found.closed) or "No day is closed."
    lines = (
        (closed,)
        if wall
        else (*_hour_lines(program, found), closed, *(remedy(found, each) for each in found.broken))
    )
    title, coming = _next_week(curriculum, program, plan, week)
    about = "Closed days" if wall else "Hours and closed days"
    header = (cell(about, small=True), cell(title, small=True))
    row = (cell(*lines, small=True), Cell(coming, small=True))
    table = Table("This week and next", header, (row,), "grid", _CROWDED_STRIP if crowded else _STRIP)
    return (Heading(2, "This week and next"), table)


def _hour_lines(program: Program, week: Week) -> tuple[str, ...]:
    first = f"Clinical {hours(week.minutes.clinical)}, seat {hours(week.minutes.seat)}."
    rules = "; ".join(rule_words(week.findings))
    return (
        f"{first} The payer counts {program.minutes.count} hours.",
        *([f"Rules: {rules}."] if rules else []),
    )


def _next_week(
    curriculum: Curriculum, program: Program, plan: Plan, week: int
) -> tuple[str, tuple[Line, ...]]:
    if week >= plan.sheet.weeks:
        return "Next week", (line("The plan ends with this week."),)
    grid = week_grid(curriculum, program, plan, week + 1)
    title = f"Next week at a glance: {_span(plan, week + 1)}"
    return title, tuple(_glance(curriculum, grid, day) for day in grid.days)


def _glance(curriculum: Curriculum, grid: Grid, day: date) -> Line:
    held = [session for session in grid.on(day) if session.takes_place]
    groups = "; ".join(f"{session.group_type} {session_title(curriculum, session)}" for session in held)
    return common.lead(f"{WEEKDAYS[day.weekday()][:3]}.", groups or shut_words(grid, day))
