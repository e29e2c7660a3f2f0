"""Tell a client what the first day brings: what happens, where, when, and what stays private."""

from __future__ import annotations

from typing import Final

from iop_sessions.blocks import Block, Heading, ItemList, Page, Paragraph, line
from iop_sessions.curriculum import Curriculum
from iop_sessions.pages.papers.parts import client_page, fill_in, help_box
from iop_sessions.pages.papers.privacy import privacy_blocks
from iop_sessions.pages.papers.timetable import timetable
from iop_sessions.programs import Program
from iop_sessions.records import Handout

PAPER: Final = Handout(
    handout_id="first-day",
    title="Your first day",
    kind="information",
    safety=True,
    rights="CC BY 4.0",
    version="1",
)
PURPOSE: Final = "Use this page to know what happens today and what stays private."
_STEPS: Final = (
    "You meet one to one with a counselor. You talk about how to stay safe.",
    "You make a plan for tonight.",
    "You join your first group. You can just listen, and you can pass at any time.",
    "You learn when you come next.",
)
_BRING: Final = (
    "Your ID and your insurance card, if you have them",
    "A list of the medicines you take",
    "Your glasses or hearing aids",
    "The name of a person we may call, if you want us to",
)


def first_day_sheet(curriculum: Curriculum, program: Program, *, large_print: bool = False) -> Page:
    """Make the sheet for a client's first day."""
    blocks = first_day_blocks(curriculum, program)
    return client_page(curriculum, program, PAPER, blocks, purpose=PURPOSE, large_print=large_print)


def first_day_blocks(curriculum: Curriculum, program: Program) -> tuple[Block, ...]:
    """Return what the sheet says below its title."""
    places = ("Where we meet", "My counselor", "My next group", "My ride home")
    return (
        Heading(2, "What happens today"),
        ItemList("steps", tuple(line(step) for step in _STEPS)),
        fill_in("Where and who", ("About today", "Write it here"), places),
        Heading(2, "When groups meet"),
        timetable(program),
        Paragraph(line("Do you need a break sooner? Tell the leader.")),
        Heading(2, "What to bring"),
        ItemList("boxes", tuple(line(thing) for thing in _BRING)),
        *privacy_blocks(),
        *help_box(curriculum, program),
    )
