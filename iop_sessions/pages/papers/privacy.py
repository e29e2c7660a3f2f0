"""Say in plain words what stays private and what does not, the same on every page."""

from __future__ import annotations

from typing import Final

from iop_sessions.blocks import Block, Heading, ItemList, Paragraph, WriteLines, line

# 42 CFR 2.12, 2.51, 2.61 to 2.67: what the law lets staff share without a written yes.
_LIMITS: Final = (
    "Staff must report it if a child may be hurt or neglected.",
    "If you or someone else is in danger, staff act as the law allows.",
    "In a health emergency, or by a court order, the law lets staff share some facts.",
    "Staff may report a crime, or a threat of one, here or against staff.",
)


def privacy_blocks() -> tuple[Block, ...]:
    """Return the limits of confidentiality, with lines for the reports that the state asks for."""
    return (
        Heading(2, "What stays private"),
        ItemList(
            "bullets",
            (
                line("By law, staff keep private what you say and that you come here."),
                line("Members and guests are asked to do so too. We cannot promise that they will."),
            ),
        ),
        Heading(3, "When staff must or may speak"),
        ItemList("bullets", tuple(line(limit) for limit in _LIMITS)),
        Paragraph(line("Other reports that our state asks of us:")),
        WriteLines(2),
    )
