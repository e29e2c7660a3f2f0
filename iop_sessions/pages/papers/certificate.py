"""Make a certificate of attendance: blank lines and no opinion."""

from __future__ import annotations

from typing import Final

from iop_sessions.blocks import Box, Heading, Page, Paragraph, line
from iop_sessions.pages import common
from iop_sessions.pages.papers.parts import blank_rows, fill_in
from iop_sessions.programs import Program

LIMIT: Final = "Attendance only; not a clinical opinion or a court report."
_TITLE: Final = "Certificate of attendance"
_FIELDS: Final = ("Name", "First day", "Last day", "Groups attended", "Hours attended", "Program")


def certificate(program: Program, *, large_print: bool = False) -> Page:
    """Make the certificate; its footer has no help lines, for employers and courts read it too."""
    blocks = (
        Heading(1, _TITLE),
        Paragraph(line("The person named here came to the groups counted here.")),
        fill_in("Attendance", ("About", "Filled in by the program"), _FIELDS, (2.2, 4.8)),
        Box("note", "", (Paragraph(line(LIMIT)),)),
        Heading(2, "Signed by staff"),
        blank_rows("Signature", ("Printed name and credential", "Signature", "Date"), 2, (2.8, 2.8, 1.4)),
    )
    name = common.clinic_name(program)
    footer = (_TITLE, *([name] if name else []))
    return Page("handout", _TITLE, blocks, footer, paper=program.paper, large_print=large_print)
