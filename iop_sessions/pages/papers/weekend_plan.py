"""Make the client's plan for Friday to Sunday."""

from __future__ import annotations

from typing import Final

from iop_sessions.blocks import Box, Cell, Heading, ItemList, Page, Table, cell, line
from iop_sessions.curriculum import Curriculum
from iop_sessions.pages.papers.parts import blank_rows, client_page
from iop_sessions.programs import Program
from iop_sessions.records import Handout

PAPER: Final = Handout(
    handout_id="weekend-plan",
    title="My weekend plan",
    kind="schedule",
    safety=True,
    rights="CC BY 4.0",
    version="1",
)
_DAYS: Final = ("Friday", "Saturday", "Sunday")
_TIMES: Final = ("Morning", "Midday", "Afternoon", "Evening", "Night")


def weekend_plan(curriculum: Curriculum, program: Program, *, large_print: bool = False) -> Page:
    """Make the weekend sheet: the days by the hour, the risky hours, whom to call."""
    blocks = (
        Heading(2, "Where I will be, and with whom"),
        _schedule(),
        Heading(2, "My risky hours"),
        blank_rows(
            "Risky hours",
            ("A risky hour", "What I will do then", "Who can be with me"),
            2,
            lead=("Saturday at 9 pm", "See a film", "My brother"),
        ),
        Heading(2, "Whom I can call"),
        blank_rows("People to call", ("Person", "Phone number"), 2, (4.0, 3.0)),
        Box(
            "remember",
            "To remember",
            (
                ItemList(
                    "bullets",
                    (
                        line("A craving passes. Call before you go, not after."),
                        line("After a break, your old amount can kill you. Keep naloxone near."),
                    ),
                ),
            ),
        ),
    )
    return client_page(
        curriculum,
        program,
        PAPER,
        blocks,
        purpose="Use this page to plan a weekend that keeps you safe.",
        large_print=large_print,
    )


def _schedule() -> Table:
    header = (cell("Time"), *(cell(day) for day in _DAYS))
    rows = tuple((cell(time, header=True), *(Cell(),) * len(_DAYS)) for time in _TIMES)
    return Table("Friday to Sunday", header, rows, "schedule", (1.2, 2.0, 2.0, 2.0))
