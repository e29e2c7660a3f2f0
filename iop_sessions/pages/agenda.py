"""Say what a week's agenda says: days as columns, times as rows, hours and next week below."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import ceil

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.blocks import (
    Block,
    Cell,
    Heading,
    Line,
    Page,
    PageBreak,
    Paragraph,
    Table,
    cell,
    line,
    plain,
)
from iop_sessions.ground.errors import NotFound
from iop_sessions.ground.speech import Speech, capital, hours
from iop_sessions.pages import common
from iop_sessions.pages.faults import fault_notes
from iop_sessions.pages.fitting import HEADING_LINES, SHEET_LINES, STRIP_LETTERS
from iop_sessions.pages.grid import Grid, StaffNotes, grid_table, lines_of, shut_words, week_grid
from iop_sessions.pages.meetings import copy_words, drafts_of, is_private, place_words, session_title
from iop_sessions.pages.wording.coverage import alike, track_words, whom_words
from iop_sessions.pages.wording.hours import (
    Week,
    closed_days,
    closures_words,
    payer_words,
    remedy,
    rule_words,
    week_hours,
)
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import Plan, Session
from iop_sessions.program.journeys import of_track, tracks
from iop_sessions.program.program import Program

_STRIPS = ((1.0, 1.3), (1.0, 2.0))  # shares of this week and the next, the usual ones first
_WIDE_STRIPS = (*_STRIPS, (1.6, 1.0), (2.4, 1.0))  # where the hours of several tracks or phases are told


def week_days(plan: Plan, week: int, say: Speech) -> str:
    """Name the days of a week: January 4 to 10, 2027."""
    first = _monday(plan, week)
    return common.days_words(say, first, first + timedelta(days=6))


def _days_of(plan: Plan, week: int) -> list[date]:
    first = _monday(plan, week)
    return [first + timedelta(days=number) for number in range(7)]


def _monday(plan: Plan, week: int) -> date:
    return plan.sheet.start + timedelta(weeks=week - 1)


def week_strip(case: Case, week: int, say: Speech) -> Table:
    """Make the strip below: hours and closed days of this week, and the next week at a glance."""
    program = case.program
    found = [each for each in week_hours(case.as_planned) if each.number == week]
    closed = closures_words(say, closed_days(program, _monday(case.plan, week))) or say("agenda.none-closed")
    names = [whom_words(say, each.minutes.whom) for each in found]
    if len(found) > 1:
        told = _brief_hours(list(zip(names, found, strict=True)), say)
        lines: tuple[str, ...] = (*told, f"{payer_words(say, program)} {closed}")
    else:
        mended = tuple(
            remedy(say, finding, each.minutes, over=each.over) for each in found for finding in each.broken
        )
        lines = (*_hour_lines(program, found, say), closed, *mended)
    title, coming = _next_week(case, week, say)
    about = say("agenda.hours-head")
    header = (cell(about, small=True), cell(title, small=True))
    row = (cell(*lines, small=True), Cell(coming, small=True))
    name = say("agenda.this-and-next")
    shares = _WIDE_STRIPS if len(found) > 1 else _STRIPS
    return Table(name, header, (row,), "grid", min(shares, key=_strip_height(row)))


def has_room(groups: Table, strip: Table, days: int) -> bool:
    """Say whether groups in small print leave room on their sheet for the strip with a heading of its own."""
    return lines_of(groups, days) + _strip_lines(strip) + HEADING_LINES <= SHEET_LINES


def tight_strip(groups: Table, strip: Table, drafts: str, days: int, say: Speech) -> tuple[Block, ...]:
    """Part a full sheet from its strip by a line of small print; leave next week out where it has no room.

    The hours must stand beside the groups; next week has an agenda of its own.
    """
    between = common.small(drafts) if drafts else Heading(2, say("agenda.this-and-next"))
    if lines_of(groups, days) + _strip_lines(strip) <= SHEET_LINES:
        return (between, strip)
    told = (plain(each) for each in strip.rows[0][0].lines)
    return (common.small("\n".join(each for each in (drafts, *told) if each)),)


def _strip_lines(strip: Table) -> int:
    return _strip_height(strip.rows[0])(strip.widths)


def _strip_height(row: Sequence[Cell]) -> Callable[[Sequence[float]], int]:
    """Return a guess, from the letters, at how many lines the strip takes with some shares of the width."""

    def lines(shares: Sequence[float]) -> int:
        letters = (STRIP_LETTERS * share / sum(shares) for share in shares)
        return max(
            sum(ceil(len(plain(text)) / most) for text in cell.lines)
            for cell, most in zip(row, letters, strict=True)
        )

    return lines


def _brief_hours(told: Sequence[tuple[str, Week]], say: Speech) -> list[str]:
    """Say the hours of each track and phase with what would mend them.

    Of the rules only those are named that are not kept; many people's hours would else fill a sheet.
    """
    lines = ((name, _brief(week, say)) for name, week in told)
    return alike(lines, [name for name, _ in told])


def _brief(week: Week, say: Speech) -> str:
    unkept = [each for each in week.findings if each.state != "kept"]
    rules = "; ".join(rule_words(say, unkept))
    kept = say("agenda.rules-kept") if week.findings else ""
    said = say("agenda.rules", rules=rules) if rules else kept
    mended = (remedy(say, each, week.minutes, over=week.over) for each in week.broken)
    return " ".join(text for text in (_counted(week, say), said, *mended) if text)


def _hour_lines(program: Program, found: Sequence[Week], say: Speech) -> list[str]:
    """Say the hours of everybody, which of them the payer counts, and how they stand against the rules."""
    lines = []
    for week in found:
        rules = "; ".join(rule_words(say, week.findings))
        lines += [f"{_counted(week, say)} {payer_words(say, program)}"]
        lines += [say("agenda.rules", rules=rules)] if rules else []
    return lines


def _counted(week: Week, say: Speech) -> str:
    clinical, seat = hours(week.minutes.clinical), hours(week.minutes.seat)
    return say("agenda.hours", clinical=clinical, seat=seat)


def _next_week(case: Case, week: int, say: Speech) -> tuple[str, tuple[Line, ...]]:
    if week >= case.plan.sheet.weeks:
        return say("agenda.next-week"), (line(say("agenda.ends")),)
    grid = week_grid(case, week + 1, say.language)
    title = say("agenda.glance", days=week_days(case.plan, week + 1, say))
    return title, tuple(_glance(case.curriculum, grid, day, say) for day in grid.days)


def _glance(curriculum: Curriculum, grid: Grid, day: date, say: Speech) -> Line:
    held = [session for session in grid.on(day) if session.takes_place]
    groups = (
        f"{session.group_type} {session_title(curriculum, session, language=say.language)}".strip()
        for session in held
    )
    once = "; ".join(dict.fromkeys(groups))  # both tracks hear the same on most days
    return common.lead(f"{capital(say.short_weekday(day))}.", once or shut_words(say, grid, day))


def week_agenda(
    case: Case,
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
    weeks = range(1, case.plan.sheet.weeks + 1)
    if week not in weeks:
        raise NotFound("week", str(week), map(str, weeks))
    curriculum = case.curriculum
    say = curriculum.speech(language)
    title = say("agenda.title", week=week, days=week_days(case.plan, week, say))

    def notes(session: Session) -> str:
        place = place_words(session, language=language, own=curriculum.labels)
        copied = copy_words(curriculum, case.program, session, copies, language=language)
        manual = common.manual_words(curriculum, session.topic_id, language, short=True)
        return " · ".join(piece for piece in (place, manual, copied, session.note) if piece)

    grid = week_grid(case, week, language, None if wall else notes, wall=wall)
    blocks: tuple[Block, ...] = (
        Heading(1, title),
        *_outside(case, week, say, wall=wall),
        *(() if wall else fault_notes(case, _days_of(case.plan, week), say)),
        *(_hung(case, week, grid, title, say) if wall else _for_staff(case, week, grid, notes, say)),
    )
    return Page(
        "agenda",
        title,
        blocks,
        plan_footer(case, week, language=language),
        common.LOCALES[language],
        case.program.paper,
        landscape=True,
        template="wall" if wall else "",
    )


def _for_staff(case: Case, week: int, grid: Grid, notes: StaffNotes, say: Speech) -> tuple[Block, ...]:
    """Set the groups out, with the hours and the next week below; tight only where they fill the sheet."""
    curriculum = case.curriculum
    groups = grid_table(curriculum, grid, notes, say)
    strip = week_strip(case, week, say)
    drafts = drafts_of(curriculum, grid.sessions, language=say.language)
    if grid.crowded and not has_room(groups, strip, len(grid.days)):
        tight = grid_table(curriculum, grid, notes, say, breaks=False)
        return (tight, *tight_strip(tight, strip, drafts, len(grid.days), say))
    told = (common.small(drafts),) if drafts else ()
    return (*told, groups, Heading(2, say("agenda.this-and-next")), strip)


def _hung(case: Case, week: int, grid: Grid, title: str, say: Speech) -> tuple[Block, ...]:
    """Set the groups out for the wall, each track on a sheet where all would be small print."""
    # the next week hangs beside it, for small print helps nobody
    words = closures_words(say, closed_days(case.program, _monday(case.plan, week)))
    closed = (Paragraph(line(words)),) if words else ()
    if grid.crowded and grid.parted:
        return (*_sheets(case, week, title, say), *closed)
    return (grid_table(case.curriculum, grid, None, say), *closed)


def _sheets(case: Case, week: int, title: str, say: Speech) -> tuple[Block, ...]:
    """Make a sheet in large type for each track, where all of them together would be small print."""
    blocks: list[Block] = []
    for track in tracks(case.program):
        theirs = case.program.model_copy(update={"slots": tuple(of_track(case.program.slots, track))})
        sessions = tuple(each for each in case.plan.sessions if each.serves(track))
        only = replace(case, program=theirs, plan=replace(case.plan, sessions=sessions))
        grid = week_grid(only, week, say.language, wall=True)
        name = track_words(say, track)
        head = f"{title}, {name}" if blocks else capital(name)  # the later sheets hang apart from the first
        sheet = (Heading(2, head), grid_table(case.curriculum, grid, None, say))
        blocks += [PageBreak(), *sheet] if blocks else sheet
    return tuple(blocks)


def plan_footer(case: Case, week: int = 0, *, language: str = "en") -> tuple[str, ...]:
    """Name the plan, and the week of it, that a staff page belongs to."""
    curriculum, sheet = case.curriculum, case.plan.sheet
    say = curriculum.speech(language)
    pieces = (
        case.program.title,
        say("agenda.week-of", week=week, weeks=sheet.weeks) if week else "",
        say("agenda.plan-from", day=say.full_day(sheet.start)),
        say("agenda.curriculum", name=curriculum.curriculum_id, version=curriculum.version)
        if curriculum.curriculum_id
        else "",
    )
    return (" · ".join(piece for piece in pieces if piece),)


def _outside(case: Case, week: int, say: Speech, *, wall: bool) -> tuple[Block, ...]:
    """Name the groups that were moved out of the plan's weeks, on its first or its last agenda."""
    sheet = case.plan.sheet
    held = [each for each in case.plan.sessions if each.takes_place and not (wall and is_private(each))]
    early = [session for session in held if session.date < sheet.start] if week == 1 else []
    late = [session for session in held if session.date >= sheet.end] if week == sheet.weeks else []
    notes = (("agenda.before-plan", early), ("agenda.after-plan", late))
    return tuple(
        Paragraph(line(say(key, groups=_moved(case.curriculum, sessions, say))), "note")
        for key, sessions in notes
        if sessions
    )


def _moved(curriculum: Curriculum, sessions: Iterable[Session], say: Speech) -> str:
    return "; ".join(
        say(
            "agenda.moved-group",
            title=session_title(curriculum, session, language=say.language),
            code=session.group_type,
            day=say.long_day(session.date),
            hours=say.span(session.start, session.end),
        )
        for session in sorted(sessions, key=lambda session: session.order)
    )
