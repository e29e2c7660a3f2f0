"""Make the client's plan for Friday to Sunday."""

from __future__ import annotations

from typing import Final

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Handout
from iop_sessions.ground.blocks import (
    Box,
    Cell,
    Heading,
    ItemList,
    Page,
    Table,
    cell,
    line,
)
from iop_sessions.ground.speech import Speech
from iop_sessions.pages.papers.parts import blank_rows, client_page
from iop_sessions.pages.papers.timetable import day_word
from iop_sessions.program.program import Program

PAPER: Final = Handout(
    handout_id="weekend-plan",
    title="My weekend plan",
    kind="schedule",
    safety=True,
    rights="CC BY 4.0",
    version="1",
)
_FRIDAY_TO_SUNDAY: Final = (4, 5, 6)
_TIMES: Final = ("morning", "midday", "afternoon", "evening", "night")


def weekend_plan(
    curriculum: Curriculum, program: Program, *, language: str = "en", large_print: bool = False
) -> Page:
    """Make the weekend sheet: the days by the hour, the risky hours, whom to call."""
    speech = curriculum.speech(language)
    blocks = (
        Heading(2, speech("weekend-plan.where")),
        _schedule(speech),
        Heading(2, speech("weekend-plan.risky")),
        _risky_hours(speech),
        Heading(2, speech("weekend-plan.call")),
        _people(speech),
        Box("remember", speech("weekend-plan.remember"), (_lasting(speech),)),
    )
    return client_page(curriculum, program, PAPER, blocks, language=language, large_print=large_print)


def _schedule(speech: Speech) -> Table:
    header = (cell(speech("weekend-plan.time")), *(cell(day_word(speech, day)) for day in _FRIDAY_TO_SUNDAY))
    empty = (Cell(),) * len(_FRIDAY_TO_SUNDAY)
    rows = tuple((cell(speech(f"weekend-plan.{time}"), header=True), *empty) for time in _TIMES)
    return Table(speech("weekend-plan.days"), header, rows, "schedule", (1.2, 2.0, 2.0, 2.0))


def _risky_hours(speech: Speech) -> Table:
    columns = ("hour", "do", "with")
    header = tuple(speech(f"weekend-plan.risky-{column}") for column in columns)
    example = tuple(speech(f"weekend-plan.example-{column}") for column in columns)
    return blank_rows(speech("weekend-plan.risky-table"), header, 2, lead=example)


def _people(speech: Speech) -> Table:
    header = (speech("weekend-plan.person"), speech("weekend-plan.phone"))
    return blank_rows(speech("weekend-plan.call-table"), header, 2, (4.0, 3.0))


def _lasting(speech: Speech) -> ItemList:
    return ItemList("bullets", (line(speech("weekend-plan.craving")), line(speech("weekend-plan.amount"))))
