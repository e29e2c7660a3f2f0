"""Draw pages as Word documents; the only room that knows Word's XML.

Templates hold the looks: staff edit them in Word. The room checks what it opens, and the same page
gives the same bytes.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from iop_sessions.formats.word.drawing import draw_blocks
from iop_sessions.formats.word.guard import TemplateFault
from iop_sessions.formats.word.opening import CORE, MAIN, NUMBERING, SETTINGS, STYLES
from iop_sessions.formats.word.package import Element, PackedPart, add, pack, serialize, w, write_package
from iop_sessions.formats.word.paragraphs import LARGE_PRINT_MARGIN, DrawnSheet, paper_size
from iop_sessions.formats.word.sections import bind_parts, cut_out, fields, fill_edge, fill_title
from iop_sessions.formats.word.template import Template, load
from iop_sessions.formats.word.variants import (
    first_steps,
    numbering_part,
    properties_part,
    settings_part,
    styles_part,
)
from iop_sessions.ground.blocks import Page
from iop_sessions.ground.colors import INK

if TYPE_CHECKING:
    from iop_sessions.formats.word.template_checks import Checked
    from iop_sessions.ground.fields import Label


_DEFAULT_MARGIN = 1296  # 0.9 in


def template_of(page: Page, templates: Path) -> Path:
    """Return the template that a page is drawn on: its own where the clinic has one, else its kind's."""
    own = templates / f"{page.template}.docx"
    if page.template and own.is_file():
        return own
    kind = page.kind
    if kind == "packet":
        kind = "agenda" if page.landscape else "guide"
    return templates / f"{kind}.docx"


def draw_document(page: Page, templates: Path) -> bytes:
    """Draw a page; the same page and template give the same bytes."""
    template = load(template_of(page, templates))
    document = copy.deepcopy(template.document)
    body = next(document.iter(w("body")))
    width = _lay_out(body, page)
    sheet = DrawnSheet(page, template.style_ids, first_steps(template), width)
    _fill_body(body, sheet)
    fill_title(document, sheet)
    parts = dict(template.ready)
    for name, root in template.filled.items():
        parts[name] = fill_edge(root, sheet)
    parts |= bind_parts(body, sheet, template)
    parts[MAIN] = pack(serialize(document))
    parts |= _around(template, sheet)
    return write_package(parts)


def _around(template: Template, sheet: DrawnSheet) -> dict[str, PackedPart]:
    page = sheet.page
    return {
        STYLES: styles_part(template, page.language, page.color or INK, page.large_print),
        NUMBERING: numbering_part(template, sheet.step_lists, page.large_print),
        SETTINGS: settings_part(page.language),
        CORE: properties_part(template.core, page.title, page.language),
    }


def _lay_out(body: Element, page: Page) -> int:
    """Set paper, direction and margins; return the text's width in twips."""
    section = body.find(w("sectPr"))
    if section is None:
        section = add(body, "sectPr")
    size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    if size is None:
        size = add(section, "pgSz")
    if margins is None:
        margins = add(section, "pgMar", header="432", footer="432", gutter="0")
    wide, high = paper_size(page)
    size.attrib.clear()
    for name, value in (("w", wide), ("h", high)):
        size.set(w(name), str(value))
    if page.landscape:
        size.set(w("orient"), "landscape")
    for side in ("top", "right", "bottom", "left"):
        set_to = margins.get(w(side), str(_DEFAULT_MARGIN))
        margins.set(w(side), str(LARGE_PRINT_MARGIN) if page.large_print else set_to)
    return wide - sum(int(margins.get(w(side), "0")) for side in ("left", "right"))


def _fill_body(body: Element, sheet: DrawnSheet) -> None:
    parent, after = cut_out(fields(body, "body")[0])
    sheet.above = len(parent)
    draw_blocks(sheet, sheet.page.blocks, parent)
    parent.extend(after)


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
