"""Ask five plain questions about a group, with no name on the page."""

from __future__ import annotations

from typing import Final

from iop_sessions.blocks import Block, Page, Paragraph, Scale, WriteLines, line
from iop_sessions.curriculum import Curriculum
from iop_sessions.pages.papers.parts import client_page
from iop_sessions.programs import Program
from iop_sessions.records import Handout

PAPER: Final = Handout(
    handout_id="feedback-slip",
    title="How was group today?",
    kind="worksheet",
    rights="CC BY 4.0",
    version="1",
)
QUESTIONS: Final = (
    "How safe did you feel in group today?",
    "How clear were the words and the pages?",
    "How much did you get to try or practice?",
    "How much will this help you this week?",
    "How much do you want to come to the next group?",
)


def feedback_slip(curriculum: Curriculum, program: Program, *, large_print: bool = False) -> Page:
    """Make the feedback page."""
    asked: tuple[Block, ...] = tuple(
        block for question in QUESTIONS for block in (Paragraph(line(question)), Scale(0, 10))
    )
    more: tuple[Block, ...] = (Paragraph(line("What should we change or keep?")), WriteLines(2))
    return client_page(
        curriculum,
        program,
        PAPER,
        (*asked, *more),
        purpose="Tell us what you think. Write no name. 0 is not at all, 10 is very much.",
        large_print=large_print,
    )
