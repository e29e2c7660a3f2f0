"""Tell relatives what a week holds for them: the family groups and their titles, nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Handout
from iop_sessions.ground.blocks import (
    Block,
    Page,
    Paragraph,
    Table,
    cell,
    line,
)
from iop_sessions.ground.speech import Speech
from iop_sessions.pages import common
from iop_sessions.pages.papers.family_calendar import family_place, family_sessions, family_track
from iop_sessions.pages.papers.parts import client_page, home_title, week_sessions
from iop_sessions.plans.plan import Plan, Session
from iop_sessions.program.program import Program

PAPER: Final = Handout(
    handout_id="family-agenda",
    title="Family groups",
    kind="information",
    audience="relatives",
    rights="CC BY 4.0",
    version="1",
)


def family_agenda(
    curriculum: Curriculum,
    program: Program,
    plan: Plan,
    week: int,
    *,
    language: str = "en",
    large_print: bool = False,
) -> Page:
    """Make the week's agenda for relatives.

    Raises
    ------
    NotFound
        When the plan has no such week.
    """
    speech = curriculum.speech(language)
    here = week_sessions(plan, week)
    every = family_sessions(curriculum, plan)
    now = [each for each in every if each in here]
    next_week = plan.sheet.start + timedelta(weeks=week)
    later = [each for each in every if each not in here and each.date >= next_week][:1]
    none = Paragraph(line(speech("family-agenda.none")))
    blocks: tuple[Block, ...] = (
        _table(curriculum, program, speech, now) if now else none,
        *(Paragraph(line(_next_words(curriculum, speech, session))) for session in later),
        Paragraph(line(speech("family-agenda.private"))),
        *common.consent_note(curriculum, program, language),
    )
    day = speech.month_day(plan.sheet.start + timedelta(weeks=week - 1))
    return client_page(
        curriculum, program, PAPER, blocks, language=language, large_print=large_print, day=day
    )


def _next_words(curriculum: Curriculum, speech: Speech, session: Session) -> str:
    day, hours = speech.weekday_month_day(session.date), speech.span(session.start, session.end)
    title = home_title(curriculum, session, speech.language)
    return speech("family-agenda.next", day=day, hours=hours, title=title)


def _table(curriculum: Curriculum, program: Program, speech: Speech, sessions: list[Session]) -> Table:
    rows = tuple(
        (
            cell(
                speech.weekday_month_day(session.date), speech.span(session.start, session.end), header=True
            ),
            cell(home_title(curriculum, session, speech.language), *family_track(program, speech, session)),
            cell(family_place(curriculum, session, speech.language)),
        )
        for session in sessions
    )
    header = tuple(cell(speech(f"family-agenda.{column}")) for column in ("when", "what", "where"))
    return Table(speech("family-agenda.table"), header, rows, "plain", (2.6, 3.0, 1.4))
