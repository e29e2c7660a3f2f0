"""Tell relatives what a week holds for them: the family groups and their titles, nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from iop_sessions.blocks import Block, Page, Paragraph, Table, cell, line
from iop_sessions.curriculum import Curriculum
from iop_sessions.pages import common
from iop_sessions.pages.meetings import place_words, session_title
from iop_sessions.pages.papers.family_calendar import family_sessions
from iop_sessions.pages.papers.parts import client_page, time_words, week_sessions
from iop_sessions.plans import Plan, Session
from iop_sessions.programs import WEEKDAYS, Program
from iop_sessions.records import Handout

PAPER: Final = Handout(
    handout_id="family-agenda",
    title="Family groups",
    kind="information",
    audience="relatives",
    rights="CC BY 4.0",
    version="1",
)
_PRIVATE: Final = "We ask you to keep to yourself who you meet and what you hear. You can just listen."


def family_agenda(
    curriculum: Curriculum, program: Program, plan: Plan, week: int, *, large_print: bool = False
) -> Page:
    """Make the week's agenda for relatives.

    Raises
    ------
    NotFound
        When the plan has no such week.
    """
    here = week_sessions(plan, week)
    coming = [each for each in family_sessions(curriculum, plan) if each.week >= week]
    now = [each for each in coming if each in here]
    later = coming[len(now) : len(now) + 1]
    blocks: tuple[Block, ...] = (
        *((_table(curriculum, now),) if now else (Paragraph(line("No family group meets this week.")),)),
        *(Paragraph(line(_next_words(curriculum, session))) for session in later),
        Paragraph(line(_PRIVATE)),
    )
    purpose = "Use this page to see when you can come, and what we will talk about."
    first_day = plan.sheet.start + timedelta(weeks=week - 1)
    paper = PAPER.model_copy(update={"title": f"Family groups, week of {common.month_day(first_day)}"})
    return client_page(curriculum, program, paper, blocks, purpose=purpose, large_print=large_print)


def _day(session: Session) -> str:
    return f"{WEEKDAYS[session.date.weekday()]}, {common.month_day(session.date)}"


def _next_words(curriculum: Curriculum, session: Session) -> str:
    when = f"{_day(session)}, {time_words(session.start, session.end)}"
    return f"The next family group after this week: {when}, {session_title(curriculum, session)}."


def _table(curriculum: Curriculum, sessions: list[Session]) -> Table:
    rows = tuple(
        (
            cell(_day(session), time_words(session.start, session.end), header=True),
            cell(session_title(curriculum, session)),
            cell(place_words(session, leads=False) or "Ask us"),
        )
        for session in sessions
    )
    header = (cell("When"), cell("What we talk about"), cell("Where"))
    return Table("Family groups of the week", header, rows, "plain", (2.6, 3.0, 1.4))
