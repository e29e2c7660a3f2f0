"""Draw a whole document: blocks in place of the template's fields, properties, and the archive."""

from __future__ import annotations

import copy
from pathlib import Path

from iop_sessions.formats.word.drawing import draw_blocks
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
