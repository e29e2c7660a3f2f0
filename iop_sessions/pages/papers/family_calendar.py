"""Tell relatives when family groups meet, in words that may hang on a kitchen wall."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from iop_sessions.blocks import Block, Heading, Page, Paragraph, Table, cell, line
from iop_sessions.calendars import MONTHS, all_meetings
from iop_sessions.curriculum import Curriculum
from iop_sessions.pages import common
from iop_sessions.pages.meetings import place_words
from iop_sessions.pages.papers.parts import is_family, time_words
from iop_sessions.plans import Plan, Session
from iop_sessions.programs import WEEKDAYS, Program

_TITLE: Final = "Family calendar"
_ABOUT: Final = "Use this page to keep these days free. Ask us before you bring a child."


def family_calendar(
    curriculum: Curriculum, program: Program, plan: Plan, *, large_print: bool = False
) -> Page:
    """Make the calendar of the family groups of a plan.

    It has no topics and no help lines: a page on the wall must not tell who lives there.
    """
    sessions = family_sessions(curriculum, plan)
    without = _without(curriculum, program, plan, sessions)
    blocks: tuple[Block, ...] = (
        Heading(1, _TITLE),
        Paragraph(line(_ABOUT), "purpose"),
        *_months(sessions),
        *((Paragraph(line(without)),) if without else ()),
    )
    name = common.clinic_name(program)
    footer = (_TITLE, *([name] if name else []))
    return Page("handout", _TITLE, blocks, footer, paper=program.paper, large_print=large_print)


def family_sessions(curriculum: Curriculum, plan: Plan) -> list[Session]:
    """List the family groups of a plan that take place, in order."""
    found = (each for each in plan.sessions if each.takes_place and is_family(curriculum, each.group_type))
    return sorted(found, key=lambda session: session.order)


def _months(sessions: Sequence[Session]) -> tuple[Block, ...]:
    months: dict[tuple[int, int], list[Session]] = {}
    for session in sessions:
        months.setdefault((session.date.year, session.date.month), []).append(session)
    if not months:
        return (Paragraph(line("No family group is planned.")),)
    return tuple(
        block
        for (year, month), held in months.items()
        for block in (Heading(2, f"{MONTHS[month - 1]} {year}"), _table(f"{MONTHS[month - 1]} {year}", held))
    )


def _table(name: str, sessions: Sequence[Session]) -> Table:
    rows = tuple(
        (
            cell(f"{WEEKDAYS[session.date.weekday()]}, {common.month_day(session.date)}", header=True),
            cell(time_words(session.start, session.end)),
            cell(place_words(session, leads=False) or "Ask us"),
        )
        for session in sessions
    )
    return Table(
        f"Family groups in {name}", (cell("Day"), cell("Time"), cell("Where")), rows, "plain", (3.0, 2.4, 1.6)
    )


def _without(curriculum: Curriculum, program: Program, plan: Plan, sessions: Sequence[Session]) -> str:
    """Name the days on which relatives would come in vain."""
    held = {session.date for session in sessions}
    usual = all_meetings(program, plan.sheet.start, plan.sheet.weeks)
    days = {each.day for each in usual if is_family(curriculum, each.slot.group_type)}
    days |= {each.date for each in plan.sessions if is_family(curriculum, each.group_type)}
    missing: list[date] = sorted(days - held)
    return f"No family group on {', '.join(map(common.month_day, missing))}." if missing else ""
