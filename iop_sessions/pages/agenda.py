"""Say what a week's agenda says: days as columns, times as rows, hours and next week below."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from math import ceil

from iop_sessions.blocks import Block, Cell, Heading, Line, Page, Paragraph, Table, cell, line, plain
from iop_sessions.curriculum import Curriculum
from iop_sessions.dates import hours, long_day
from iop_sessions.errors import NotFound
from iop_sessions.pages import common
from iop_sessions.pages.grid import Grid, shut_words, week_grid
from iop_sessions.pages.gridtable import grid_table
from iop_sessions.pages.hours import (
    Week,
    closed_days,
    closures_words,
    payer_words,
    remedy,
    rule_words,
    week_hours,
)
from iop_sessions.pages.meetings import copy_words, drafts_of, is_private, place_words, session_title
from iop_sessions.pages.whom import alike, whom_words
from iop_sessions.plans import Plan, Session
from iop_sessions.programs import Program
from iop_sessions.speech import Speech

_STRIPS = ((1.0, 1.3), (1.0, 2.0))  # shares of this week and the next, the usual ones first
_STRIP_LETTERS = 150  # in one line of small print across the sheet


def week_agenda(
    curriculum: Curriculum,
    program: Program,
    plan: Plan,
    week: int,
    *,
    copies: int | None = None,
    wall: bool = False,
    language: str = "en",
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
    say = curriculum.speech(language)
    title = say("agenda.title", week=week, days=_span(plan, week, say))

    def notes(session: Session) -> str:
        place = place_words(session, language=language, own=curriculum.labels)
        copied = copy_words(curriculum, program, session, copies, language=language)
        manual = common.manual_words(curriculum, session.topic_id, language)
        return " · ".join(piece for piece in (place, manual, copied) if piece)

    grid = week_grid(curriculum, program, plan, week, language, None if wall else notes, wall=wall)
    drafts = "" if wall else drafts_of(curriculum, grid.sessions, language=language)
    blocks: tuple[Block, ...] = (
        Heading(1, title),
        *((common.small(drafts),) if drafts else ()),
        *_outside(curriculum, plan, week, say, wall=wall),
        grid_table(curriculum, grid, None if wall else notes, say),
        *(_closed(program, plan, week, say) if wall else _strip(curriculum, program, plan, week, say)),
    )
    return Page(
        "agenda",
        title,
        blocks,
        plan_footer(curriculum, program, plan, week, language=language),
        common.LOCALES[language],
        program.paper,
        landscape=True,
        template="wall" if wall else "",
    )


def _refuse_week(plan: Plan, week: int) -> None:
    if not 1 <= week <= plan.sheet.weeks:
        raise NotFound("week", str(week), (str(number) for number in range(1, plan.sheet.weeks + 1)))


def plan_footer(
    curriculum: Curriculum, program: Program, plan: Plan, week: int = 0, *, language: str = "en"
) -> tuple[str, ...]:
    """Name the plan, and the week of it, that a staff page belongs to."""
    say = curriculum.speech(language)
    pieces = (
        program.title,
        say("agenda.week-of", week=week, weeks=plan.sheet.weeks) if week else "",
        say("agenda.plan-from", day=say.full_day(plan.sheet.start)),
        say("agenda.curriculum", name=curriculum.curriculum_id, version=curriculum.version)
        if curriculum.curriculum_id
        else "",
    )
    return (" · ".join(piece for piece in pieces if piece),)


def _span(plan: Plan, week: int, say: Speech) -> str:
    """Name the days of a week: January 4 to 10, 2027."""
    first = plan.sheet.start + timedelta(days=7 * (week - 1))
    return common.days_words(say, first, first + timedelta(days=6))


def _outside(curriculum: Curriculum, plan: Plan, week: int, say: Speech, *, wall: bool) -> tuple[Block, ...]:
    """Name the groups that were moved out of the plan's weeks, on its first or its last agenda."""
    held = [each for each in plan.sessions if each.takes_place and not (wall and is_private(each))]
    early = [session for session in held if session.date < plan.sheet.start] if week == 1 else []
    late = [session for session in held if session.date >= plan.sheet.end] if week == plan.sheet.weeks else []
    notes = (("agenda.before-plan", early), ("agenda.after-plan", late))
    return tuple(
        Paragraph(line(say(key, groups=_moved(curriculum, sessions, say))), "note")
        for key, sessions in notes
        if sessions
    )


def _moved(curriculum: Curriculum, sessions: Iterable[Session], say: Speech) -> str:
    return "; ".join(
        say(
            "agenda.moved-group",
            title=session_title(curriculum, session, language=say.language),
            code=session.group_type,
            day=long_day(session.date, say.language),
            hours=say.span(session.start, session.end),
        )
        for session in sorted(sessions, key=lambda session: session.order)
    )


def _strip(
    curriculum: Curriculum,
    program: Program,
    plan: Plan,
    week: int,
    say: Speech,
) -> tuple[Block, ...]:
    """Make the strip below: hours and closed days of this week, and the next week at a glance."""
    found = [each for each in week_hours(curriculum, program, plan) if each.number == week]
    first = plan.sheet.start + timedelta(days=7 * (week - 1))
    closed = closures_words(say, closed_days(program, first)) or say("agenda.none-closed")
    names = [whom_words(say, each.minutes.whom) for each in found]
    told = zip(names, (_hour_lines(each, say) for each in found), strict=True)
    mended = (
        (name, remedy(say, week, each))
        for name, week in zip(names, found, strict=True)
        for each in week.broken
    )
    lines = (*_all_hours(program, list(told), say), closed, *alike(mended, names))
    title, coming = _next_week(curriculum, program, plan, week, say)
    about = say("agenda.hours-head")
    header = (cell(about, small=True), cell(title, small=True))
    row = (cell(*lines, small=True), Cell(coming, small=True))
    name = say("agenda.this-and-next")
    return (Heading(2, name), Table(name, header, (row,), "grid", min(_STRIPS, key=_strip_height(row))))


def _closed(program: Program, plan: Plan, week: int, say: Speech) -> tuple[Block, ...]:
    """Say on the wall which days are closed; the next week hangs beside it, for small print helps nobody."""
    first = plan.sheet.start + timedelta(days=7 * (week - 1))
    words = closures_words(say, closed_days(program, first))
    return (Paragraph(line(words)),) if words else ()


def _strip_height(row: Sequence[Cell]) -> Callable[[Sequence[float]], int]:
    """Return a guess, from the letters, at how many lines the strip takes with some shares of the width."""

    def lines(shares: Sequence[float]) -> int:
        letters = (_STRIP_LETTERS * share / sum(shares) for share in shares)
        return max(
            sum(ceil(len(plain(text)) / most) for text in cell.lines)
            for cell, most in zip(row, letters, strict=True)
        )

    return lines


def _all_hours(program: Program, told: Sequence[tuple[str, tuple[str, ...]]], say: Speech) -> list[str]:
    """Say the hours of everybody, and once which of them the payer counts."""
    payer = payer_words(say, program)
    if len(told) == 1:
        counted, *rules = told[0][1]
        return [f"{counted} {payer}", *rules]
    lines = ((name, " ".join(texts)) for name, texts in told)
    return [*alike(lines, [name for name, _ in told]), payer]


def _hour_lines(week: Week, say: Speech) -> tuple[str, ...]:
    clinical, seat = hours(week.minutes.clinical), hours(week.minutes.seat)
    rules = "; ".join(rule_words(say, week.findings))
    counted = say("agenda.hours", clinical=clinical, seat=seat)
    return (counted, *([say("agenda.rules", rules=rules)] if rules else []))


def _next_week(
    curriculum: Curriculum, program: Program, plan: Plan, week: int, say: Speech
) -> tuple[str, tuple[Line, ...]]:
    if week >= plan.sheet.weeks:
        return say("agenda.next-week"), (line(say("agenda.ends")),)
    grid = week_grid(curriculum, program, plan, week + 1, say.language)
    title = say("agenda.glance", days=_span(plan, week + 1, say))
    return title, tuple(_glance(curriculum, grid, day, say) for day in grid.days)


def _glance(curriculum: Curriculum, grid: Grid, day: date, say: Speech) -> Line:
    held = [session for session in grid.on(day) if session.takes_place]
    groups = (
        f"{session.group_type} {session_title(curriculum, session, language=say.language)}".strip()
        for session in held
    )
    return common.lead(f"{say.short_weekday(day)}.", "; ".join(groups) or shut_words(say, grid, day))
