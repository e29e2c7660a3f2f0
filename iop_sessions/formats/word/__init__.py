"""Draw pages as Word documents; the only room that knows Word's XML.

Templates hold the looks: staff edit them in Word. The room checks what it opens, and the same page
gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from iop_sessions.formats.word.guard import TemplateFault
from iop_sessions.ground.blocks import Page

if TYPE_CHECKING:
    from iop_sessions.formats.word.template_checks import Checked
    from iop_sessions.ground.fields import Label

__all__ = ["TemplateFault", "check_template", "check_templates", "draw", "draw_set"]


def draw(page: Page, templates: Path, labels: tuple[Label, ...] = ()) -> bytes:
    """Draw a page as a Word document on its kind's template.

    Parameters
    ----------
    labels
        A clinic's own, for the drawer's few words.

    Raises
    ------
    TemplateFault
        When the template is missing, unsafe, or lost a style or a named field.
    """
    from iop_sessions.formats.word.document import draw_document

    return draw_document(replace(page, labels=labels), templates)


def draw_set(pages: Mapping[str, Page], templates: Path, labels: tuple[Label, ...] = ()) -> dict[str, bytes]:
    """Draw many pages, each under its file name."""
    return {name: draw(page, templates, labels) for name, page in pages.items()}


def check_template(path: Path) -> Checked:
    """List what a template that staff edited lacks, with the remedies, and what of it is used."""
    from iop_sessions.formats.word.template_checks import check_template as check

    return check(path)


def check_templates(folder: Path) -> list[Checked]:
    """Check every template of a workspace, and name the files that no page can be drawn on."""
    from iop_sessions.formats.word.template_checks import check_template as check
    from iop_sessions.formats.word.template_checks import stray_file, strays_in, templates_in

    return [*map(check, templates_in(folder)), *map(stray_file, strays_in(folder))]
