"""Tell a client what the first day brings: what happens, where, when, and what stays private."""

from __future__ import annotations

from typing import Final

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Handout
from iop_sessions.ground.blocks import (
    Block,
    Heading,
    ItemList,
    Page,
    PageBreak,
    Paragraph,
    Table,
    line,
)
from iop_sessions.pages.papers.parts import client_page, fill_in, help_box
from iop_sessions.pages.papers.privacy import privacy_blocks
from iop_sessions.pages.papers.timetable import timetables
from iop_sessions.program.program import Program

PAPER: Final = Handout(
    handout_id="first-day",
    title="Your first day",
    kind="information",
    safety=True,
    rights="CC BY 4.0",
    version="1",
)
_FRONT_LINES: Final = 5  # of timetables, beside all else that the front holds
_STEPS: Final = ("step-meet", "step-tonight", "step-group", "step-next")
_PLACES: Final = ("where", "counselor", "next-group", "ride")
_BRING: Final = ("bring-cards", "bring-medicines", "bring-glasses", "bring-person")


def first_day_sheet(
    curriculum: Curriculum, program: Program, *, language: str = "en", large_print: bool = False
) -> Page:
    """Make the sheet for a client's first day."""
    blocks = first_day_blocks(curriculum, program, language, large_print=large_print)
    return client_page(curriculum, program, PAPER, blocks, language=language, large_print=large_print)


def first_day_blocks(
    curriculum: Curriculum, program: Program, language: str = "en", *, large_print: bool = False
) -> tuple[Block, ...]:
    """Return what the sheet says below its title: today in front, what lasts on its back.

    Large print runs on, for its front takes more than a page; so do timetables of many days.
    """
    speech = curriculum.speech(language)
    groups = timetables(program, speech)
    runs_on = large_print or sum(map(_lines, groups)) > _FRONT_LINES
    header = (speech("first-day.about-today"), speech("first-day.write"))
    places = (speech(f"first-day.{place}") for place in _PLACES)
    return (
        Heading(2, speech("first-day.today")),
        ItemList("steps", tuple(line(speech(f"first-day.{step}")) for step in _STEPS)),
        fill_in(speech("first-day.places"), header, places),
        Heading(2, speech("first-day.groups")),
        *groups,
        Paragraph(line(speech("first-day.break"))),
        Heading(2, speech("first-day.bring")),
        ItemList("boxes", tuple(line(speech(f"first-day.{thing}")) for thing in _BRING)),
        *(() if runs_on else (PageBreak(),)),
        *privacy_blocks(speech),
        *help_box(curriculum, program, language),
    )


def _lines(block: Block) -> int:
    """Count the lines that a part of the timetables takes."""
    return len(block.rows) + 1 if isinstance(block, Table) else 1
