"""Draw paragraphs and their runs: text, weight, colour, badges, right to left."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from iop_sessions.formats.word.sheet import Sheet
from iop_sessions.formats.word.xml import SPACE, Element, add, w
from iop_sessions.ground.blocks import Line, plain
from iop_sessions.ground.colors import WHITE, readable
from iop_sessions.ground.text import (
    NO_BREAK,
    clean,
    firm,
    reads_right_to_left,
)

_PIECES = re.compile(r"([\n\t])")


@dataclass(frozen=True)
class Edge:
    """One border of a paragraph; size in eighths of a point, space in points."""

    side: str
    color: str
    style: str = "single"
    size: int = 4
    space: int = 0


@dataclass(frozen=True)
class Look:
    """How a paragraph differs from its style."""

    style: str
    keep_next: bool = False
    whole: bool = False  # its lines stay on one sheet
    loose: bool = False  # may part from the next paragraph, whatever the style says
    number: str = ""
    edges: tuple[Edge, ...] = ()
    fill: str = ""
    tab: tuple[str, str, int] | None = None  # kind, leader, position in twips
    before: int | None = None
    after: int | None = None
    line: int = 0  # the least height of a line, in twips
    indent: tuple[int, int, int] | None = None  # left, right, hanging, in twips

    def kept(self, keep: bool = True) -> Look:
        """Return the look, on the same sheet as the next paragraph."""
        return replace(self, keep_next=self.keep_next or keep)


def paragraph(parent: Element, sheet: Sheet, look: Look, text: str = "") -> Element:
    """Add an empty paragraph; its properties stand in the order that Word's schema asks."""
    node = add(parent, "p")
    about = add(node, "pPr")
    add(about, "pStyle", val=sheet.style_ids[look.style])
    if look.keep_next:
        add(about, "keepNext")
    elif look.loose:
        add(about, "keepNext", val="0")
    if look.whole:
        add(about, "keepLines")
    if sheet.take_break():
        add(about, "pageBreakBefore")
    if look.number:
        numbered = add(about, "numPr")
        add(numbered, "ilvl", val="0")
        add(numbered, "numId", val=look.number)
    _add_ground(about, look)
    if look.tab:
        kind, leader, position = look.tab
        add(add(about, "tabs"), "tab", val=kind, leader=leader, pos=str(position))
    if reads_right_to_left(text):
        add(about, "bidi")
    _add_room(about, look, sheet)
    return node


def _add_ground(about: Element, look: Look) -> None:
    if look.edges:
        borders = add(about, "pBdr")
        for edge in look.edges:
            add(
                borders,
                edge.side,
                val=edge.style,
                sz=str(edge.size),
                space=str(edge.space),
                color=edge.color[1:],
            )
    if look.fill:
        add(about, "shd", val="clear", color="auto", fill=look.fill[1:])


def _add_room(about: Element, look: Look, sheet: Sheet) -> None:
    above = sheet.take_room()
    room = {
        "before": above if look.before is None else look.before,
        "after": look.after,
        "line": look.line or None,
    }
    given = {name: str(value) for name, value in room.items() if value is not None}
    if look.line:
        given["lineRule"] = "atLeast"
    if given:
        add(about, "spacing", **given)
    if look.indent:
        left, right, hanging = look.indent
        add(about, "ind", left=str(left), right=str(right), hanging=str(hanging))


def add_line(node: Element, text: Line, *, bold: bool = False, color: str = "") -> None:
    """Add the runs of a line to a paragraph."""
    for span in text:
        add_run(node, span.text, bold=bold or span.bold, color=color)


def add_run(node: Element, text: str, *, bold: bool = False, color: str = "", ground: str = "") -> None:
    """Add a run; line ends become breaks, tabs become tabs."""
    text = firm(clean(text))
    if not text:
        return
    run = add(node, "r")
    backwards = reads_right_to_left(text)
    if bold or color or ground or backwards:
        _add_weight(add(run, "rPr"), bold=bold, color=color, ground=ground, backwards=backwards)
    if "\n" not in text and "\t" not in text:
        _add_text(run, text)
        return
    for piece in _PIECES.split(text):
        if piece in ("\n", "\t"):
            add(run, "br" if piece == "\n" else "tab")
        elif piece:
            _add_text(run, piece)


def _add_weight(about: Element, *, bold: bool, color: str, ground: str, backwards: bool) -> None:
    if bold:
        add(about, "b")
        add(about, "bCs")
    if color:
        add(about, "color", val=color[1:])
    if ground:
        add(about, "shd", val="clear", color="auto", fill=ground[1:])
    if backwards:
        add(about, "rtl")


def _add_text(run: Element, text: str) -> None:
    node = etree.SubElement(run, w("t"))
    node.text = text
    if text[0].isspace() or text[-1].isspace():
        node.set(SPACE, "preserve")


def add_badge(node: Element, badge: str, color: str) -> None:
    """Add a letter badge: the group type in white on its colour, then a gap."""
    letters = clean(badge).strip()
    if letters:
        # plain spaces: LibreOffice draws a gap in the colour before a no-break space
        add_run(node, f" {letters} ", bold=True, color=readable(WHITE, color), ground=color)
        add_run(node, NO_BREAK)


def text_paragraph(
    parent: Element, sheet: Sheet, look: Look, text: Line, *, bold: bool = False, color: str = ""
) -> Element:
    """Add a paragraph with its text."""
    node = paragraph(parent, sheet, look, plain(text))
    add_line(node, text, bold=bold, color=color)
    return node
