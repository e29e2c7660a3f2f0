"""Make the slips that open a group: craving and mood from 0 to 10, no name, four to a page."""

from __future__ import annotations

from typing import Final

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Handout
from iop_sessions.ground.blocks import (
    Block,
    Cell,
    Heading,
    Page,
    Paragraph,
    Table,
    cell,
    line,
)
from iop_sessions.ground.speech import Speech
from iop_sessions.pages.papers.parts import client_page
from iop_sessions.program.program import Program

PAPER: Final = Handout(
    handout_id="check-in-slip", title="Check-in slips", kind="log", rights="CC BY 4.0", version="1"
)
_SLIPS: Final = 4
_TOP: Final = 10


def check_in_slip(
    curriculum: Curriculum, program: Program, *, language: str = "en", large_print: bool = False
) -> Page:
    """Make a page of check-in slips to cut apart."""
    speech = curriculum.speech(language)
    blocks = [block for number in range(1, _SLIPS + 1) for block in _slip(speech, number)]
    return client_page(curriculum, program, PAPER, blocks, language=language, large_print=large_print)


def _slip(speech: Speech, number: int) -> tuple[Block, ...]:
    scores = range(_TOP + 1)
    header = (cell(speech("check-in-slip.check")), *(cell(str(score)) for score in scores))
    empty = (Cell(),) * len(scores)
    rows = tuple(
        (cell(speech(f"check-in-slip.{asked}"), header=True), *empty) for asked in ("craving", "mood")
    )
    widths = (2.6, *(0.4 for _ in scores))
    return (
        Heading(2, speech("check-in-slip.now")),
        Table(speech("check-in-slip.table", number=number), header, rows, "plain", widths),
        Paragraph(line(speech("check-in-slip.high"))),
    )
