"""Make the slips that open a group: craving and mood from 0 to 10, no name, four to a page."""

from __future__ import annotations

from typing import Final

from iop_sessions.blocks import Block, Cell, Heading, Page, Paragraph, Table, cell, line
from iop_sessions.curriculum import Curriculum
from iop_sessions.pages.papers.parts import client_page
from iop_sessions.programs import Program
from iop_sessions.records import Handout

PAPER: Final = Handout(
    handout_id="check-in-slip", title="Check-in slips", kind="log", rights="CC BY 4.0", version="1"
)
_SLIPS: Final = 4
_TOP: Final = 10
_HIGH: Final = "Is your craving 7 or more, or your mood very low? Tell staff today."


def check_in_slip(curriculum: Curriculum, program: Program, *, large_print: bool = False) -> Page:
    """Make a page of check-in slips to cut apart."""
    blocks = [block for number in range(1, _SLIPS + 1) for block in _slip(number)]
    purpose = "Use a slip to say how you are. Write no name."
    return client_page(curriculum, program, PAPER, blocks, purpose=purpose, large_print=large_print)


def _slip(number: int) -> tuple[Block, ...]:
    scores = range(_TOP + 1)
    header = (cell("Check a box"), *(cell(str(score)) for score in scores))
    empty = (Cell(),) * len(scores)
    rows = (
        (cell("My craving (0 is none)", header=True), *empty),
        (cell("My mood (0 is very low)", header=True), *empty),
    )
    widths = (2.6, *(0.4 for _ in scores))
    return (
        Heading(2, "How I am right now"),
        Table(f"Check-in slip {number}", header, rows, "plain", widths),
        Paragraph(line(_HIGH)),
    )
