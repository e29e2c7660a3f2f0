"""Make the sheets that people sign: a table a session, every name still blank."""

from __future__ import annotations

from collections.abc import Sequence

from iop_sessions.blocks import Block, Heading, Page, PageBreak, Paragraph, line
from iop_sessions.calendars import long_day
from iop_sessions.curriculum import Curriculum
from iop_sessions.pages import common
from iop_sessions.pages.meetings import place_words, session_title
from iop_sessions.pages.papers.parts import PATIENT_RECORD, blank_rows, held, staff_page, time_words
from iop_sessions.plans import Session
from iop_sessions.programs import Program


def sign_in_sheet(curriculum: Curriculum, program: Program, sessions: Sequence[Session]) -> Page:
    """Make a blank sign-in sheet for each session, each on a sheet of its own.

    Raises
    ------
    UsageError
        When none of the sessions takes place.
    """
    found = held(sessions)
    blocks: list[Block] = []
    for session in found:
        blocks += [*([PageBreak()] if blocks else []), *_sheet(curriculum, program, session)]
    first, last = found[0].date, found[-1].date
    days = common.full_day(first) + (f" to {common.full_day(last)}" if last != first else "")
    return staff_page(program, f"Sign-in: {days}", blocks, (PATIENT_RECORD, program.title))


def _sheet(curriculum: Curriculum, program: Program, session: Session) -> tuple[Block, ...]:
    title = session_title(curriculum, session)
    when = f"{long_day(session.date)}, {time_words(session.start, session.end)}, {session.minutes} minutes"
    where = place_words(session)
    return (
        Heading(2, title, session.group_type),
        Paragraph(line(f"{when}{f' · {where}' if where else ''}")),
        blank_rows(
            f"Sign-in for {title}",
            ("Time in", "Printed name", "Signature", "Time out"),
            _places(program),
            (1.0, 2.6, 2.6, 1.1),
        ),
        Heading(3, "Leader"),
        blank_rows(
            f"Leader of {title}",
            ("Number here", "Printed name", "Credential", "Signature"),
            1,
            (1.2, 2.2, 1.5, 2.4),
        ),
    )


def _places(program: Program) -> int:
    census = program.census
    return census.en + census.large_print + census.spare
