"""Ask five plain questions about a group, with no name on the page."""

from __future__ import annotations

from typing import Final

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Handout
from iop_sessions.ground.blocks import (
    Block,
    Page,
    Paragraph,
    Scale,
    WriteLines,
    line,
)
from iop_sessions.pages.papers.parts import client_page
from iop_sessions.program.program import Program

PAPER: Final = Handout(
    handout_id="feedback-slip",
    title="How was group today?",
    kind="worksheet",
    rights="CC BY 4.0",
    version="1",
)
_QUESTIONS: Final = ("safe", "clear", "try", "help", "next")


def feedback_slip(
    curriculum: Curriculum, program: Program, *, language: str = "en", large_print: bool = False
) -> Page:
    """Make the feedback page."""
    speech = curriculum.speech(language)
    questions = (speech(f"feedback-slip.{question}") for question in _QUESTIONS)
    asked: tuple[Block, ...] = tuple(
        block for question in questions for block in (Paragraph(line(question)), Scale(0, 10))
    )
    more: tuple[Block, ...] = (Paragraph(line(speech("feedback-slip.more"))), WriteLines(2))
    return client_page(
        curriculum, program, PAPER, (*asked, *more), language=language, large_print=large_print
    )
