"""Draw pages as Word documents; the only room that knows Word's XML.

Templates hold the looks: staff edit them in Word. The room checks what it opens, and the same page
gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from iop_sessions.blocks import Page
from iop_sessions.errors import Problem
from iop_sessions.word.faults import TemplateFault

__all__ = ["TemplateFault", "audit", "check_template", "draw", "draw_set"]


def draw(page: Page, templates: Path) -> bytes:
    """Draw a page as a Word document on its kind's template.

    Raises
    ------
    TemplateFault
        When the template is missing, unsafe, or lost a style or a named field.
    """
    from iop_sessions.word.document import draw_document

    return draw_document(page, templates)


def draw_set(pages: Mapping[str, Page], templates: Path) -> dict[str, bytes]:
    """Draw many pages, each under its file name."""
    return {name: draw(page, templates) for name, page in pages.items()}


def audit(data: bytes, *, least_points: float = 12) -> list[str]:
    """List the faults of a Word document's structure and of its accessibility."""
    from iop_sessions.word.auditing import audit as audit_document

    return audit_document(data, least_points=least_points)


def check_template(path: Path) -> list[Problem]:
    """List what a template that staff edited lacks, with the remedies."""
    from iop_sessions.word.template import template_problems

    return template_problems(path)
