"""Put the agreements of the group on a page that client and staff sign."""

from __future__ import annotations

from typing import Final

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Handout
from iop_sessions.ground.blocks import Heading, ItemList, Page, line
from iop_sessions.pages import common
from iop_sessions.pages.papers.parts import client_page, fill_in
from iop_sessions.pages.papers.privacy import privacy_blocks
from iop_sessions.program.program import Program

PAPER: Final = Handout(
    handout_id="group-agreement",
    title="Our group agreement",
    kind="agreement",
    safety=True,
    rights="CC BY 4.0",
    version="1",
)
_AGREED: Final = ("agree-private", "agree-kind", "agree-pass", "agree-bring", "agree-tell")


def group_agreement(
    curriculum: Curriculum, program: Program, *, language: str = "en", large_print: bool = False
) -> Page:
    """Make the agreement, with lines to sign."""
    speech = curriculum.speech(language)
    header = tuple(speech(f"group-agreement.{column}") for column in ("who", "signature", "date"))
    signers = (speech(f"group-agreement.{signer}") for signer in ("member", "staff"))
    blocks = (
        Heading(2, speech("group-agreement.agree")),
        ItemList("bullets", tuple(line(speech(f"group-agreement.{each}")) for each in _AGREED)),
        *privacy_blocks(speech),
        Heading(2, speech("group-agreement.signed")),
        fill_in(speech("group-agreement.signatures"), header, signers, (1.8, 3.6, 1.6)),
        common.small(speech("group-agreement.copy")),
    )
    return client_page(curriculum, program, PAPER, blocks, language=language, large_print=large_print)
