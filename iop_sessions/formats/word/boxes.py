"""Draw boxes as tinted paragraphs with a bar, so that a screen reader meets no table; and fill cards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from iop_sessions.formats.word.forms import draw_ruled, draw_scale
from iop_sessions.formats.word.lists import draw_list
from iop_sessions.formats.word.paragraphs import (
    Edge,
    Look,
    add_badge,
    add_run,
    paragraph,
    text_paragraph,
)
from iop_sessions.formats.word.sheet import Sheet
from iop_sessions.formats.word.tables import draw_table
from iop_sessions.formats.word.xml import Element, w
from iop_sessions.ground.blocks import (
    Block,
    Box,
    Heading,
    ItemList,
    NewPart,
    PageBreak,
    Paragraph,
    Scale,
    Span,
    Table,
    WriteLines,
    line,
)
from iop_sessions.ground.colors import ALERT, QUIET, RULE, tint

_BAR = 36  # eighths of a point
_ABOVE = 4  # points between the box's upper or lower edge and the text
_SPACE = 8  # points between a border and the text
_LEFT, _RIGHT, _HANGING = 250, 190, 400  # twips; the bar and the tint end at the text's own margins
_LARGE_HANGING = 560
_CARD_MARGINS = 300  # twips, both sides
_OUTSIDE = 160  # twips above and below the box
_BELOW_TABLE = 240  # twips above a box that follows a table, whose last paragraph leaves no room


@dataclass(frozen=True)
class _Colors:
    bar: str
    ground: str


def _colors(box: Box, sheet: Sheet) -> _Colors:
    if box.kind == "warning":
        return _Colors(ALERT, tint(ALERT))
    if box.kind == "note":
        return _Colors(RULE, QUIET)
    return _Colors(sheet.color, sheet.ground)


def draw_box(parent: Element, sheet: Sheet, box: Box) -> None:
    """Add a box around its blocks; all of it stays on one sheet."""
    colors = _colors(box, sheet)
    blocks = _titled(box, sheet)
    start = len(parent)
    above = _BELOW_TABLE if start and parent[-1].tag == w("tbl") else _OUTSIDE
    for block in blocks:
        _draw_inside(parent, sheet, block, colors)
    drawn = parent[start:]
    if drawn:
        _close_box(drawn, above)


def _titled(box: Box, sheet: Sheet) -> tuple[Block, ...]:
    """Put the title before the first words, or on its own line as a heading.

    A title that ran alone in bold would look like a heading and be none; before the page's own title
    no heading may stand, so there it runs into the text.
    """
    blocks = tuple(block for block in box.blocks if not isinstance(block, (PageBreak, NewPart)))
    if not box.title.strip():
        return blocks
    first = blocks[0] if blocks else None
    runs_in = box.kind in ("note", "warning") or sheet.heading == 0
    if runs_in and isinstance(first, Paragraph):
        stop = "" if box.title.rstrip()[-1] in ".:!?" else "."
        text = (Span(f"{box.title.rstrip()}{stop} ", bold=True), *first.text)
        return (replace(first, text=text), *blocks[1:])
    if sheet.heading == 0:
        return (Paragraph(line(box.title)), *blocks)
    return (Heading(2 if box.kind == "remember" else min(sheet.heading + 1, 3), box.title), *blocks)


def _look(style: str, colors: _Colors, hanging: int = 0) -> Look:
    # all paragraphs carry the same four borders: so Word and LibreOffice draw one box without gaps
    edges = (
        Edge("top", colors.ground, space=_ABOVE),
        Edge("left", colors.bar, size=_BAR, space=_SPACE),
        Edge("bottom", colors.ground, space=_ABOVE),
        Edge("right", colors.ground, space=_SPACE),
    )
    return Look(
        style,
        True,
        edges=edges,
        fill=colors.ground,
        before=0,
        after=0,
        indent=(_LEFT + hanging, _RIGHT, hanging),
    )


def _draw_inside(parent: Element, sheet: Sheet, block: Block, colors: _Colors) -> None:
    look = _look("Box Text", colors)
    if isinstance(block, Heading):
        draw_heading(parent, sheet, block, replace(look, style=f"heading {min(max(block.level, 1), 3)}"))
    elif isinstance(block, Paragraph) and block.text:
        text_paragraph(parent, sheet, look, block.text)
    elif isinstance(block, ItemList):
        hanging = _LARGE_HANGING if sheet.page.large_print else _HANGING
        draw_list(parent, sheet, block, _look("", colors, hanging))
    elif isinstance(block, WriteLines):
        draw_ruled(parent, sheet, look, block.count, sheet.width - _RIGHT)
    elif isinstance(block, Scale):
        draw_scale(parent, sheet, block, keep=True)
    elif isinstance(block, Table):
        draw_table(parent, sheet, block, keep_next=True)
    elif isinstance(block, Box):
        for each in _titled(block, sheet):
            _draw_inside(parent, sheet, each, colors)


def draw_heading(parent: Element, sheet: Sheet, block: Heading, look: Look) -> None:
    """Add a heading with its badge."""
    if not block.text.strip():
        return
    sheet.heading = min(max(block.level, 1), 3)
    node = paragraph(parent, sheet, look, block.text)
    add_badge(node, block.badge, sheet.color)
    add_run(node, block.text)


def _close_box(drawn: Iterable[Element], above: int) -> None:
    """Round the box off: room above and below, and an end to what keeps it together."""
    paragraphs = [node for node in drawn if node.tag == w("p")]
    if not paragraphs:
        return
    for node, side, room in ((paragraphs[0], "before", above), (paragraphs[-1], "after", _OUTSIDE)):
        for spacing in node.iterfind(f"{w('pPr')}/{w('spacing')}"):
            spacing.set(w(side), str(room))
    for kept in paragraphs[-1].findall(f"{w('pPr')}/{w('keepNext')}"):
        about = kept.getparent()
        if about is not None:
            about.remove(kept)


def fill_card(cell: Element, sheet: Sheet, box: Box) -> None:
    """Fill a card: badge and title, then its lines; lines to write on are ruled paragraphs."""
    level = min(max(sheet.heading, 1) + 1, 3)
    if box.title.strip():
        before = sheet.heading
        draw_heading(
            cell,
            sheet,
            Heading(level, box.title, sheet.page.group_type),
            Look("heading 3", loose=True, before=0, after=40),
        )
        sheet.heading = before
    for block in box.blocks:
        _fill_card_block(cell, sheet, block)


def _fill_card_block(cell: Element, sheet: Sheet, block: Block) -> None:
    look = Look("Table Text")
    if isinstance(block, Paragraph) and block.text:
        text_paragraph(cell, sheet, look, block.text)
    elif isinstance(block, Heading):
        add_run(paragraph(cell, sheet, look), block.text)
    elif isinstance(block, ItemList):
        draw_list(cell, sheet, block, Look("", before=0, after=0))
    elif isinstance(block, WriteLines):
        wide = sheet.width if sheet.page.large_print else sheet.width // 2
        draw_ruled(cell, sheet, look, block.count, wide - _CARD_MARGINS)
    elif isinstance(block, Scale):
        add_run(paragraph(cell, sheet, look), "   ".join(str(n) for n in range(block.low, block.high + 1)))
    elif isinstance(block, Table):
        for row in (block.header, *block.rows):
            add_run(paragraph(cell, sheet, look), " · ".join(each.text for each in row if each.text))
