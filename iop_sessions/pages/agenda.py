"""Say what a week's agenda says: days as columns, times as rows, hours and next week below."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.blocks import (
    Block,
    Heading,
    Page,
    PageBreak,
    Paragraph,
    line,
)
from iop_sessions.ground.dates import capital, long_day
from iop_sessions.ground.errors import NotFound
from iop_sessions.ground.speech import Speech
from iop_sessions.pages import common
from iop_sessions.pages.grid import Grid, StaffNotes, week_grid
from iop_sessions.pages.gridtable import grid_table
from iop_sessions.pages.hours import (
    closed_days,
    closures_words,
)
from iop_sessions.pages.meetings import copy_words, drafts_of, is_private, place_words, session_title
from iop_sessions.pages.strip import has_room, tight_strip, week_days, week_strip
from iop_sessions.pages.whom import track_words
from iop_sessions.plans.plan import Plan, Session
from iop_sessions.program.journeys import of_track, tracks
from iop_sessions.program.program import Program


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
    title = say("agenda.title", week=week, days=week_days(plan, week, say))

    def notes(session: Session) -> str:
        place = place_words(session, language=language, own=curriculum.labels)
        copied = copy_words(curriculum, program, session, copies, language=language)
        manual = common.manual_words(curriculum, session.topic_id, language, short=True)
        return " · ".join(piece for piece in (place, manual, copied) if piece)

    grid = week_grid(curriculum, program, plan, week, language, None if wall else notes, wall=wall)
    given = (curriculum, program, plan, week, grid)
    blocks: tuple[Block, ...] = (
        Heading(1, title),
        *_outside(curriculum, plan, week, say, wall=wall),
        *(_hung(*given, title, say) if wall else _for_staff(*given, notes, say)),
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


def _for_staff(
    curriculum: Curriculum,
    program: Program,
    plan: Plan,
    week: int,
    grid: Grid,
    notes: StaffNotes,
    say: Speech,
) -> tuple[Block, ...]:
    """Set the groups out, with the hours and the next week below; tight only where they fill the sheet."""
    groups = grid_table(curriculum, grid, notes, say)
    strip = week_strip(curriculum, program, plan, week, say)
    drafts = drafts_of(curriculum, grid.sessions, language=say.language)
    if grid.crowded and not has_room(groups, strip, len(grid.days)):
        tight = grid_table(curriculum, grid, notes, say, breaks=False)
        return (tight, *tight_strip(tight, strip, drafts, len(grid.days), say))
    told = (common.small(drafts),) if drafts else ()
    return (*told, groups, Heading(2, say("agenda.this-and-next")), strip)


def _hung(
    curriculum: Curriculum, program: Program, plan: Plan, week: int, grid: Grid, title: str, say: Speech
) -> tuple[Block, ...]:
    """Set the groups out for the wall, each track on a sheet where all would be small print."""
    closed = _closed(program, plan, week, say)
    if grid.crowded and grid.parted:
        return (*_sheets(curriculum, program, plan, week, title, say), *closed)
    return (grid_table(curriculum, grid, None, say), *closed)


def _sheets(
    curriculum: Curriculum, program: Program, plan: Plan, week: int, title: str, say: Speech
) -> tuple[Block, ...]:
    """Make a sheet in large type for each track, where all of them together would be small print."""
    blocks: list[Block] = []
    for track in tracks(program):
        theirs = program.model_copy(update={"slots": tuple(of_track(program.slots, track))})
        sessions = tuple(each for each in plan.sessions if each.track in ("", track))
        only = replace(plan, sessions=sessions)
        grid = week_grid(curriculum, theirs, only, week, say.language, wall=True)
        name = track_words(say, track)
        head = f"{title}, {name}" if blocks else capital(name)  # the later sheets hang apart from the first
        sheet = (Heading(2, head), grid_table(curriculum, grid, None, say))
        blocks += [PageBreak(), *sheet] if blocks else sheet
    return tuple(blocks)


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


def _closed(program: Program, plan: Plan, week: int, say: Speech) -> tuple[Block, ...]:
    """Say on the wall which days are closed; the next week hangs beside it, for small print helps nobody."""
    first = plan.sheet.start + timedelta(days=7 * (week - 1))
    words = closures_words(say, closed_days(program, first))
    return (Paragraph(line(words)),) if words else ()
