"""Fill the named fields of a template, and write the footer with its page number."""

from __future__ import annotations

import copy

from iop_sessions.formats.word.package import Part, pack
from iop_sessions.formats.word.paragraphs import (
    Edge,
    Look,
    add_run,
    text_paragraph,
)
from iop_sessions.formats.word.sheet import Sheet, one_line
from iop_sessions.formats.word.xml import (
    Element,
    add,
    serialize,
    tag_of,
    w,
)
from iop_sessions.ground.blocks import NewPart, line
from iop_sessions.ground.colors import RULE
from iop_sessions.ground.text import NO_BREAK


def fields(root: Element, name: str) -> list[Element]:
    """List the named fields of one name."""
    return [control for control in root.iter(w("sdt")) if tag_of(control) == name]


def cut_out(control: Element) -> tuple[Element, list[Element]]:
    """Take a field and what follows it out of their parent; return the parent and what followed."""
    place = _outermost(control)
    parent = next(place.iterancestors())
    after = list(place.itersiblings())
    for node in (place, *after):
        parent.remove(node)
    return parent, after


def _outermost(control: Element) -> Element:
    """Return the paragraph that holds a field within a line, else the field itself."""
    parent = control.getparent()
    return parent if parent is not None and parent.tag == w("p") else control


def fill_title(root: Element, sheet: Sheet) -> None:
    """Put the page's title into the optional field of that name, wherever staff placed it."""
    for control in fields(root, "title"):
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


def fill_edge(root: Element, sheet: Sheet, part: NewPart | None = None) -> Part:
    """Fill the named fields of a header or footer, for one part of a bound paper or for the page."""
    root = copy.deepcopy(root)
    fill_title(root, sheet)
    for control in fields(root, "footer"):
        parent, after = cut_out(control)
        _add_footer(parent, sheet, part)
        parent.extend(after)
    return pack(serialize(root))


def _add_footer(parent: Element, sheet: Sheet, part: NewPart | None) -> None:
    """Add the footer's lines; the first one ends with the page's number at the right."""
    given = sheet.page.footer if part is None else part.footer
    lines = [text for text in given if text.strip()] or [""]
    rule = (Edge("top", RULE, space=4),)
    look = Look("footer", edges=rule, tab=("right", "none", sheet.width))
    first = text_paragraph(parent, sheet, look, line(lines[0]))
    add(add(first, "r"), "tab")
    _add_number(first, sheet, part)
    for text in lines[1:]:
        text_paragraph(parent, sheet, Look("footer"), line(text))


def _add_number(node: Element, sheet: Sheet, part: NewPart | None) -> None:
    """Add the page's number.

    How many pages there are stands only in a paper without parts: LibreOffice cannot count the pages of a
    part, and the pages of all parts together are no count that a reader can check a part by.
    """
    words = sheet.word("page") if part is None else sheet.word("part_page", label=part.label)
    # no-break spaces: where the line is full, the number goes to the next one whole
    add_run(node, words.replace(" ", NO_BREAK))
    _add_field(node, "PAGE")
    if not sheet.parts:
        add_run(node, sheet.word("of").replace(" ", NO_BREAK))
        _add_field(node, "NUMPAGES")


def _add_field(node: Element, name: str) -> None:
    """Add a field that Word counts anew each time it lays the page out."""
    add(add(add(node, "fldSimple", instr=f" {name} "), "r"), "t").text = "1"
