"""Bind what a newcomer needs: the first day, where the groups are, and what comes when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from iop_sessions.blocks import Block, Heading, Page, PageBreak, Paragraph, Table, cell, line
from iop_sessions.calendars import short_day
from iop_sessions.covering import Answer, core_objectives, cover, lived_sessions, start_dates
from iop_sessions.curriculum import Curriculum
from iop_sessions.errors import UsageError
from iop_sessions.pages.meetings import session_title
from iop_sessions.pages.papers.first_day_sheet import PURPOSE, first_day_blocks
from iop_sessions.pages.papers.parts import client_page, time_words
from iop_sessions.plans import Plan, Session
from iop_sessions.programs import Program
from iop_sessions.records import Handout, Objective

PAPER: Final = Handout(
    handout_id="newcomer-pack",
    title="Your first day, and where we are",
    kind="information",
    safety=True,
    rights="CC BY 4.0",
    version="1",
)
_SPAN: Final = timedelta(weeks=2)
_OPEN: Final = "You do not have to catch up. If something is new to you, ask. Your counselor can go over it."
_UNMET: Final = {"missed": "Your counselor will plan it with you", "undecided": "Not planned yet"}


def newcomer_pack(
    curriculum: Curriculum, program: Program, plan: Plan, day: date, *, large_print: bool = False
) -> Page:
    """Make the pack of a client who starts on a day.

    Raises
    ------
    UsageError
        When nobody can start on that day or later in the plan.
    """
    start = _start(program, plan, day)
    sessions = lived_sessions(plan)
    past = [each for each in sessions if day - _SPAN <= each.date < day]
    coming = [each for each in sessions if day <= each.date < day + _SPAN]
    blocks = (
        *first_day_blocks(curriculum, program),
        PageBreak(),
        Heading(2, "Where we are"),
        Paragraph(line(_OPEN)),
        *_groups(curriculum, "What the groups did in the last two weeks", past),
        *_groups(curriculum, "What comes in the next two weeks", coming),
        *_essentials(curriculum, program, plan, start),
    )
    return client_page(curriculum, program, PAPER, blocks, purpose=PURPOSE, large_print=large_print)


def _start(program: Program, plan: Plan, day: date) -> date:
    """Return the first day with groups on which a client who comes then can start."""
    later = [start for start in start_dates(program, plan) if start >= day]
    if not later:
        raise UsageError(f"nobody can start on {day.isoformat()} — choose an earlier day, or plan further")
    return later[0]


def _groups(curriculum: Curriculum, title: str, sessions: Sequence[Session]) -> tuple[Block, ...]:
    rows = tuple(
        (
            cell(f"{short_day(session.date)}, {time_words(session.start, session.end)}", header=True),
            cell(session_title(curriculum, session), badge=session.group_type),
        )
        for session in sessions
    )
    header = (cell("When"), cell("What the group is about"))
    none = Paragraph(line("No group."))
    table = Table(title, header, rows, "plain", (2.8, 4.2))
    return (Heading(3, title), table if rows else none)


def _essentials(curriculum: Curriculum, program: Program, plan: Plan, start: date) -> tuple[Block, ...]:
    """Say when each essential is next taught to a client who starts then, the soonest first."""
    wanted = [each for each in core_objectives(curriculum, program) if _is_essential(each)]
    if not wanted:
        return ()
    found = cover(curriculum, program, plan, wanted)
    answers = sorted((found.answer(each.objective_id, start) for each in wanted), key=_soonest)
    rows = tuple(
        (cell(_statement(curriculum, answer), header=True), cell(_when(answer))) for answer in answers
    )
    header = (cell("What you will learn"), cell("When"))
    table = Table("What you learn first", header, rows, "plain", (4.6, 2.4))
    return (Heading(3, "What you learn first"), table)


def _is_essential(objective: Objective) -> bool:
    return objective.within_weeks > 0 and objective.audience != "relatives"


def _soonest(answer: Answer) -> date:
    return answer.first or date.max


def _statement(curriculum: Curriculum, answer: Answer) -> str:
    return f"{curriculum.objective_by_id[answer.objective_id].statement.rstrip('.')}."


def _when(answer: Answer) -> str:
    if answer.first is None:
        return _UNMET[answer.state]
    return "On your first day" if answer.first == answer.start else short_day(answer.first)
