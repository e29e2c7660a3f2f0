"""Draw paragraphs, their runs, and lists, on a sheet that knows its styles and running numbers."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from lxml import etree

from iop_sessions.formats.word.package import SPACE, WORD_2006, WORD_2010, Element, add, w, w14
from iop_sessions.ground.blocks import (
    NO_BREAK,
    ItemList,
    Line,
    NewPart,
    Page,
    clean,
    firm,
    plain,
    reads_right_to_left,
)
from iop_sessions.ground.colors import INK, WHITE, readable, tint
from iop_sessions.ground.speech import LOCALES, speech

_STYLES = {"bullets": "List Bullet", "steps": "List Number", "boxes": "Check List"}
_EMPTY_BOX = "\u2610"
_BOX_FONT = "MS Gothic"  # the font that Word itself takes for check boxes
_BOX_SIZE, _LARGE_BOX_SIZE = 28, 44  # half points
_LONGEST_NAME = 64  # Word cuts the name of a control here


def draw_list(parent: Element, sheet: DrawnSheet, block: ItemList, look: ParagraphLook | None = None) -> None:
    """Add a list; its first two items and its last two stay together."""
    base = look or ParagraphLook("")
    base = replace(
        base, style=_STYLES[block.kind], number=sheet.next_steps() if block.kind == "steps" else ""
    )
    last = len(block.items) - 1
    for index, item in enumerate(block.items):
        keep = base.keep_next or index in (0, last - 1)
        _draw_item(parent, sheet, block, item, base.kept(keep and index < last))


def _draw_item(parent: Element, sheet: DrawnSheet, block: ItemList, item: Line, look: ParagraphLook) -> None:
    words = plain(item)
    if not words.strip():
        look = replace(look, tab=("right", "underscore", sheet.width))
    node = paragraph(parent, sheet, look, words)
    if block.kind == "boxes":
        _add_check_box(node, sheet, one_line(words))
        add(add(node, "r"), "tab")
    if words.strip():
        add_line(node, item)
    else:
        add(add(node, "r"), "tab")  # an item without words is a line to write on


def _add_check_box(node: Element, sheet: DrawnSheet, name: str) -> None:
    control = copy.deepcopy(_check_box(_LARGE_BOX_SIZE if sheet.page.large_print else _BOX_SIZE))
    about = control[0]
    alias, number = about[1], about[2]
    number.set(w("val"), sheet.next_control())
    if name:
        alias.set(w("val"), name[:_LONGEST_NAME])
    else:
        about.remove(alias)
    node.append(control)


@cache
def _check_box(size: int) -> Element:
    """Make the pattern of a check box once: copying it costs less than its twenty elements."""
    control = etree.Element(w("sdt"), nsmap={"w": WORD_2006, "w14": WORD_2010})
    about = add(control, "sdtPr")
    _add_box_font(add(about, "rPr"), str(size))
    add(about, "alias")
    add(about, "id")
    box = etree.SubElement(about, w14("checkbox"))
    etree.SubElement(box, w14("checked"), {w14("val"): "0"})
    for state, value in (("checkedState", "2612"), ("uncheckedState", "2610")):
        etree.SubElement(box, w14(state), {w14("val"): value, w14("font"): _BOX_FONT})
    run = add(add(control, "sdtContent"), "r")
    _add_box_font(add(run, "rPr"), str(size))
    add(run, "t").text = _EMPTY_BOX
    return control


def _add_box_font(about: Element, size: str) -> None:
    fonts = {"ascii": _BOX_FONT, "hAnsi": _BOX_FONT, "eastAsia": _BOX_FONT, "hint": "eastAsia"}
    add(about, "rFonts", **fonts)
    add(about, "sz", val=size)
    add(about, "szCs", val=size)


TWIPS_A_POINT = 20
_TWIPS_A_MM = 1440 / 25.4
_PAPER = {"letter": (12240, 15840), "a4": (11906, 16838)}  # ANSI and ISO 216, in twips
LARGE_PRINT_MARGIN = 1440


def twips(millimetres: float) -> int:
    """Return a length in Word's unit, a twentieth of a point."""
    return round(millimetres * _TWIPS_A_MM)


@dataclass
class DrawnSheet:
    """The document being drawn; its counters grow as blocks are added."""

    page: Page
    style_ids: Mapping[str, str]
    first_steps: int
    width: int  # of the text, in twips
    step_lists: int = 0
    controls: int = 0
    heading: int = 0  # the level of the last heading; 0 before the title
    break_next: bool = False
    room_next: int = 0  # twips above the next paragraph, for one that follows a table
    above: int = 0  # what staff put above the body, in nodes
    parts: list[NewPart] = field(default_factory=list)  # that have begun
    ends: list[Element] = field(default_factory=list)  # where a section ends, but for the last one

    def word(self, key: str, **values: object) -> str:
        """Return one of the drawer's own few words in the page's language."""
        language = self.page.language.partition("-")[0]
        say = speech(language if language in LOCALES else "en", self.page.labels)
        return say(f"drawing.{key}", **values)

    def next_steps(self) -> str:
        """Return a new list number, so that its steps start at 1."""
        self.step_lists += 1
        return str(self.first_steps + self.step_lists - 1)

    def next_control(self) -> str:
        """Return a new id for a content control."""
        self.controls += 1
        return str(1000 + self.controls)

    def take_break(self) -> bool:
        """Tell whether the next paragraph starts a new sheet; true once for each break."""
        due, self.break_next = self.break_next, False
        return due

    def take_room(self) -> int | None:
        """Return the room that the next paragraph needs above it; once."""
        room, self.room_next = self.room_next, 0
        return room or None

    @property
    def color(self) -> str:
        """The colour of badges and bars."""
        return self.page.color or INK

    @property
    def ground(self) -> str:
        """The tint of header rows and boxes."""
        return tint(self.color)

    @property
    def line_height(self) -> int:
        """The height of a line to write on: 9 mm, in large print 11 mm (paper.md)."""
        return twips(11 if self.page.large_print else 9)


def paper_size(page: Page) -> tuple[int, int]:
    """Return the width and height of the sheet, in twips."""
    narrow, long = _PAPER[page.paper]
    return (long, narrow) if page.landscape else (narrow, long)


def column_widths(
    shares: tuple[float, ...], count: int, width: int, least: Sequence[int] | None = None
) -> list[int]:
    """Divide the text's width among columns by their shares, none narrower than its longest word needs.

    Where the words need more than there is, each column is as much too narrow: the needs are guessed on the
    safe side, and one narrow column alone would break its words first.
    """
    parts = list(shares[:count]) + [1.0] * (count - len(shares)) if shares else [1.0] * count
    whole = sum(parts) or 1.0
    widths = [int(width * part / whole) for part in parts]
    if least is not None:
        most = min(1.0, width / (sum(least) or 1))
        widths = _widened(widths, [int(need * most) for need in least])
    return [*widths[:-1], width - sum(widths[:-1])]


def _widened(widths: list[int], least: Sequence[int]) -> list[int]:
    """Give narrow columns what they lack; the others pay by what they can spare."""
    lack = sum(max(0, need - width) for width, need in zip(widths, least, strict=True))
    spare = sum(max(0, width - need) for width, need in zip(widths, least, strict=True))
    share = min(1.0, lack / spare) if spare else 0.0
    return [
        need if width < need else width - round((width - need) * share)
        for width, need in zip(widths, least, strict=True)
    ]


def one_line(text: str) -> str:
    """Return clean text without line ends, for names and titles."""
    return " ".join(clean(text).split())


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
class ParagraphLook:
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

    def kept(self, keep: bool = True) -> ParagraphLook:
        """Return the look, on the same sheet as the next paragraph."""
        return replace(self, keep_next=self.keep_next or keep)


def paragraph(parent: Element, sheet: DrawnSheet, look: ParagraphLook, text: str = "") -> Element:
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


def _add_ground(about: Element, look: ParagraphLook) -> None:
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


def _add_room(about: Element, look: ParagraphLook, sheet: DrawnSheet) -> None:
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
    parent: Element,
    sheet: DrawnSheet,
    look: ParagraphLook,
    text: Line,
    *,
    bold: bool = False,
    color: str = "",
) -> Element:
    """Add a paragraph with its text."""
    node = paragraph(parent, sheet, look, plain(text))
    add_line(node, text, bold=bold, color=color)
    return node
