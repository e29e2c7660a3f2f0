"""Put the agreements of the group on a page that client and staff sign."""

from __future__ import annotations

from typing import Final

from iop_sessions.blocks import Heading, ItemList, Page, line
from iop_sessions.curriculum import Curriculum
from iop_sessions.pages import common
from iop_sessions.pages.papers.parts import client_page, fill_in
from iop_sessions.pages.papers.privacy import privacy_blocks
from iop_sessions.programs import Program
from iop_sessions.records import Handout

PAPER: Final = Handout(
    handout_id="group-agreement",
    title="Our group agreement",
    kind="agreement",
    safety=True,
    rights="CC BY 4.0",
    version="1",
)
_AGREED: Final = (
    "I keep to myself who is here and what they say.",
    "I come on time, with my phone away. I use kind words.",
    "I can pass at any time. No one has to tell how they used.",
    "I bring no weapons, alcohol or street drugs.",
    "If I use, I tell staff and come back. If I am not safe, I tell staff before I leave.",
)


def group_agreement(curriculum: Curriculum, program: Program, *, large_print: bool = False) -> Page:
    """Make the agreement, with lines to sign."""
    header = ("Who signs", "Signature", "Date")
    blocks = (
        Heading(2, "What I agree to"),
        ItemList("bullets", tuple(line(each) for each in _AGREED)),
        *privacy_blocks(),
        Heading(2, "Signed"),
        fill_in("Signatures", header, ("Group member", "Staff"), (1.8, 3.6, 1.6)),
        common.small("You get a copy. Staff keep the signed page with patient records."),
    )
    return client_page(
        curriculum,
        program,
        PAPER,
        blocks,
        purpose="Use this page to see what we ask of you, and what stays private.",
        large_print=large_print,
    )
