"""Draw a whole document: blocks in place of the template's fields, properties, and the archive."""

from __future__ import annotations

import copy
from pathlib import Path

from iop_sessions.blocks import Page, line
from iop_sessions.colors import INK, RULE
from iop_sessions.word.drawer import draw_blocks
from iop_sessions.word.package import Part, core_properties, pack, write_package
from iop_sessions.word.paragraphs import Edge, Look, add_run, text_paragraph
from iop_sessions.word.sheet import LARGE_PRINT_MARGIN, Sheet, one_line, paper_size
from iop_sessions.word.template import Template, load
from iop_sessions.word.variants import first_steps, numbering_part, settings_part, styles_part
from iop_sessions.word.xml import Element, add, serialize, tag_of, w

_DEFAULT_MARGIN = 1296  # 0.9 in


def template_of(page: Page, templates: Path) -> Path:
    """Return the template that a page is drawn on."""
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
    sheet = Sheet(page, template.style_ids, first_steps(template), width)
    _fill_body(body, sheet)
    _fill_title(document, sheet)
    parts = dict(template.ready)
    for name, root in template.filled.items():
        parts[name] = _edge(root, sheet)
    parts["word/document.xml"] = pack(serialize(document))
    parts |= _around(template, sheet)
    return write_package(parts)


def _around(template: Template, sheet: Sheet) -> dict[str, Part]:
    page = sheet.page
    return {
        "word/styles.xml": styles_part(template, page.language, page.color or INK, page.large_print),
        "word/numbering.xml": numbering_part(template, sheet.step_lists, page.large_print),
        "word/settings.xml": settings_part(page.language),
        "docProps/core.xml": pack(core_properties(page.title, page.language)),
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


def _fields(root: Element, name: str) -> list[Element]:
    return [control for control in root.iter(w("sdt")) if tag_of(control) == name]


def _outermost(control: Element) -> Element:
    """Return the paragraph that holds a field within a line, else the field itself."""
    parent = control.getparent()
    return parent if parent is not None and parent.tag == w("p") else control


def _fill_body(body: Element, sheet: Sheet) -> None:
    place = _outermost(_fields(body, "body")[0])
    parent, after = _cut_out(place)
    draw_blocks(sheet, sheet.page.blocks, parent)
    parent.extend(after)


def _cut_out(place: Element) -> tuple[Element, list[Element]]:
    """Take a field and what follows it out of their parent; return the parent and what followed."""
    parent = next(place.iterancestors())
    after = list(place.itersiblings())
    for node in (place, *after):
        parent.remove(node)
    return parent, after


def _fill_title(root: Element, sheet: Sheet) -> None:
    """Put the page's title into the optional field of that name, wherever staff placed it."""
    for control in _fields(root, "title"):
        content = control.find(w("sdtContent"))
        runs = [] if content is None else list(content.iter(w("r")))
        for run in runs[1:]:
            parent = run.getparent()
            if parent is not None:
                parent.remove(run)
        for run in runs[:1]:
            for piece in run.findall(w("t")):
                run.remove(piece)
            add(run, "t").text = one_line(sheet.page.title)


def _edge(root: Element, sheet: Sheet) -> Part:
    """Fill the named fields of a header or footer."""
    root = copy.deepcopy(root)
    _fill_title(root, sheet)
    for control in _fields(root, "footer"):
        parent, after = _cut_out(_outermost(control))
        _add_footer(parent, sheet)
        parent.extend(after)
    return pack(serialize(root))


def _add_footer(parent: Element, sheet: Sheet) -> None:
    """Add the footer's lines; the first one ends with the page's number at the right."""
    lines = [text for text in sheet.page.footer if text.strip()] or [""]
    rule = (Edge("top", RULE, space=4),)
    look = Look("footer", edges=rule, tab=("right", "none", sheet.width))
    first = text_paragraph(parent, sheet, look, line(lines[0]))
    add(add(first, "r"), "tab")
    add_run(first, sheet.word("page"))
    _add_field(first, "PAGE")
    add_run(first, sheet.word("of"))
    _add_field(first, "NUMPAGES")
    for text in lines[1:]:
        text_paragraph(parent, sheet, Look("footer"), line(text))


def _add_field(node: Element, name: str) -> None:
    """Add a field that Word counts anew each time it lays the page out."""
    add(add(add(node, "fldSimple", instr=f" {name} "), "r"), "t").text = "1"
