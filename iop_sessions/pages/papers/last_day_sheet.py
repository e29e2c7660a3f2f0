"""Plan the care after the program: where, when, who, and how to stay alive."""

from __future__ import annotations

from typing import Final

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Handout
from iop_sessions.ground.blocks import (
    Box,
    Heading,
    ItemList,
    Page,
    Paragraph,
    Table,
    line,
)
from iop_sessions.ground.speech import Speech
from iop_sessions.pages import common
from iop_sessions.pages.papers.parts import blank_rows, client_page, fill_in
from iop_sessions.program.program import Program

PAPER: Final = Handout(
    handout_id="last-day",
    title="Your plan after today",
    kind="plan",
    safety=True,
    rights="CC BY 4.0",
    version="1",
)
_CARE: Final = ("care-counselor", "care-doctor", "care-medicines", "care-mutual-help", "care-other")
_IF_I_USE: Final = ("again-alone", "again-danger", "again-back")


def last_day_sheet(
    curriculum: Curriculum, program: Program, *, language: str = "en", large_print: bool = False
) -> Page:
    """Make the sheet for a client's last day."""
    speech = curriculum.speech(language)
    said = [speech(f"last-day.{each}") for each in _IF_I_USE]
    last = [text for text in (*said, common.help_sentence(curriculum, program, language)) if text]
    blocks = (
        Box("warning", speech("last-day.amount"), (Paragraph(line(speech("last-day.tolerance"))),)),
        Heading(2, speech("last-day.care")),
        _care(speech),
        Paragraph(line(speech("last-day.medicine"))),
        Heading(2, speech("last-day.people")),
        _people(speech),
        Box("remember", speech("last-day.again"), (ItemList("bullets", tuple(map(line, last))),)),
    )
    return client_page(curriculum, program, PAPER, blocks, language=language, large_print=large_print)


def _care(speech: Speech) -> Table:
    header = tuple(speech(f"last-day.{column}") for column in ("what", "when", "where"))
    labels = (speech(f"last-day.{each}") for each in _CARE)
    return fill_in(speech("last-day.care-table"), header, labels, (2.8, 1.7, 2.5))


def _people(speech: Speech) -> Table:
    header = tuple(speech(f"last-day.{column}") for column in ("person", "phone", "good-for"))
    return blank_rows(speech("last-day.people-table"), header, 2, (2.6, 2.0, 2.4))
