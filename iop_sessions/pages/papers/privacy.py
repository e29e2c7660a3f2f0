"""Say in plain words what stays private and what does not, the same on every page."""

from __future__ import annotations

from typing import Final

from iop_sessions.ground.blocks import (
    Block,
    Heading,
    ItemList,
    Paragraph,
    WriteLines,
    line,
)
from iop_sessions.ground.speech import Speech

# 42 CFR 2.12, 2.51, 2.61 to 2.67: what the law lets staff share without a written yes.
_LIMITS: Final = ("limit-child", "limit-danger", "limit-emergency", "limit-crime")


def privacy_blocks(speech: Speech) -> tuple[Block, ...]:
    """Return the limits of confidentiality, with lines for the reports that the state asks for."""
    return (
        Heading(2, speech("privacy.title")),
        ItemList("bullets", (line(speech("privacy.staff")), line(speech("privacy.members")))),
        Heading(3, speech("privacy.limits")),
        ItemList("bullets", tuple(line(speech(f"privacy.{limit}")) for limit in _LIMITS)),
        Paragraph(line(speech("privacy.state"))),
        WriteLines(2),
    )
