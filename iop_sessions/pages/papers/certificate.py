"""Make a certificate of attendance: blank lines and no opinion."""

from __future__ import annotations

from typing import Final

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Handout
from iop_sessions.ground.blocks import (
    Box,
    Heading,
    Page,
    Paragraph,
    line,
)
from iop_sessions.pages import common
from iop_sessions.pages.papers.parts import blank_rows, fill_in
from iop_sessions.program.program import Program

PAPER: Final = Handout(
    handout_id="certificate",
    title="Certificate of attendance",
    kind="certificate",
    rights="CC BY 4.0",
    version="1",
)
_FIELDS: Final = ("name", "first-day", "last-day", "groups", "hours", "program")


def certificate(
    curriculum: Curriculum, program: Program, *, language: str = "en", large_print: bool = False
) -> Page:
    """Make the certificate; its footer has no help lines, for employers and courts read it too."""
    speech = curriculum.speech(language)
    title = speech("certificate.title")
    header = (speech("certificate.what"), speech("certificate.filled"))
    fields = (speech(f"certificate.{field}") for field in _FIELDS)
    signers = tuple(speech(f"certificate.{column}") for column in ("printed-name", "signature", "date"))
    blocks = (
        Heading(1, title),
        Paragraph(line(speech("certificate.about"))),
        fill_in(speech("certificate.table"), header, fields, (2.2, 4.8)),
        Box("note", "", (Paragraph(line(speech("certificate.limit"))),)),
        Heading(2, speech("certificate.signed")),
        blank_rows(speech("certificate.signatures"), signers, 2, (2.8, 2.8, 1.4)),
    )
    name = common.clinic_name(program)
    footer = (title, *([name] if name else []))
    return Page(
        "handout",
        title,
        blocks,
        footer,
        common.LOCALES[language],
        program.paper,
        landscape=not large_print,  # large print is too long to lie
        large_print=large_print,
        template="certificate",
    )
