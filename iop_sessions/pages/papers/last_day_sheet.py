"""Plan the care after the program: where, when, who, and how to stay alive."""

from __future__ import annotations

from typing import Final

from iop_sessions.blocks import Box, Heading, ItemList, Page, Paragraph, line
from iop_sessions.curriculum import Curriculum
from iop_sessions.pages import common
from iop_sessions.pages.papers.parts import blank_rows, client_page, fill_in
from iop_sessions.programs import Program
from iop_sessions.records import Handout

PAPER: Final = Handout(
    handout_id="last-day",
    title="Your plan after today",
    kind="plan",
    safety=True,
    rights="CC BY 4.0",
    version="1",
)
_CARE: Final = (
    "My counselor or group",
    "My doctor or nurse",
    "My medicines",
    "My mutual help group",
    "Other",
)
_IF_I_USE: Final = (
    "Do not stay alone. Tell someone what you took.",
    "Someone will not wake up or breathes slowly? Call 911. Give naloxone and stay.",
    "Call us. You can come back.",
)
_MEDICINE: Final = (
    "Do not stop your medicine on your own. Do not stop alcohol or pills for nerves or sleep all at once. "
    "Ask a doctor or nurse first."
)


def last_day_sheet(curriculum: Curriculum, program: Program, *, large_print: bool = False) -> Page:
    """Make the sheet for a client's last day."""
    last = [text for text in (*_IF_I_USE, common.help_sentence(curriculum, program)) if text]
    blocks = (
        Box("warning", "Your old amount can kill you", (Paragraph(line(_tolerance())),)),
        Heading(2, "My care from here"),
        fill_in("Care after today", ("What", "Day and time", "Who, where, phone"), _CARE, (2.2, 2.0, 2.8)),
        Paragraph(line(_MEDICINE)),
        Heading(2, "My people"),
        blank_rows("People to call", ("Person", "Phone number", "Good for"), 2, (2.6, 2.0, 2.4)),
        Box("remember", "If I use again", (ItemList("bullets", tuple(map(line, last))),)),
    )
    return client_page(
        curriculum,
        program,
        PAPER,
        blocks,
        purpose="Use this page to know who helps you next, and when.",
        large_print=large_print,
    )


def _tolerance() -> str:
    return (
        "After time without use, your body can take less. The amount you used before can stop your breath. "
        "Keep your naloxone near. Tell a person where you keep it."
    )
