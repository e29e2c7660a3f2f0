"""Draw any block, boxes and cards too, and keep together what a reader needs together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from iop_sessions.formats.word.package import Element, w
from iop_sessions.formats.word.paragraphs import (
    DrawnSheet,
    Edge,
    ParagraphLook,
    add_badge,
    add_run,
    draw_list,
    paragraph,
    text_paragraph,
)
from iop_sessions.formats.word.sections import start_part
from iop_sessions.formats.word.tables import draw_cards, draw_lines, draw_ruled, draw_scale, draw_table
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
    plain,
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


def _colors(box: Box, sheet: DrawnSheet) -> _Colors:
    if box.kind == "warning":
        return _Colors(ALERT, tint(ALERT))
    if box.kind == "note":
        return _Colors(RULE, QUIET)
    return _Colors(sheet.color, sheet.ground)


def draw_box(parent: Element, sheet: DrawnSheet, box: Box) -> None:
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


def _titled(box: Box, sheet: DrawnSheet) -> tuple[Block, ...]:
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


def _look(style: str, colors: _Colors, hanging: int = 0) -> ParagraphLook:
    # all paragraphs carry the same four borders: so Word and LibreOffice draw one box without gaps
    edges = (
        Edge("top", colors.ground, space=_ABOVE),
        Edge("left", colors.bar, size=_BAR, space=_SPACE),
        Edge("bottom", colors.ground, space=_ABOVE),
        Edge("right", colors.ground, space=_SPACE),
    )
    return ParagraphLook(
        style,
        True,
        edges=edges,
        fill=colors.ground,
        before=0,
        after=0,
        indent=(_LEFT + hanging, _RIGHT, hanging),
    )


def _draw_inside(parent: Element, sheet: DrawnSheet, block: Block, colors: _Colors) -> None:
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


def draw_heading(parent: Element, sheet: DrawnSheet, block: Heading, look: ParagraphLook) -> None:
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


def fill_card(cell: Element, sheet: DrawnSheet, box: Box) -> None:
    """Fill a card: badge and title, then its lines; lines to write on are ruled paragraphs."""
    level = min(max(sheet.heading, 1) + 1, 3)
    if box.title.strip():
        before = sheet.heading
        draw_heading(
            cell,
            sheet,
            Heading(level, box.title, sheet.page.group_type),
            ParagraphLook("heading 3", loose=True, before=0, after=40),
        )
        sheet.heading = before
    for block in box.blocks:
        _fill_card_block(cell, sheet, block)


def _fill_card_block(cell: Element, sheet: DrawnSheet, block: Block) -> None:
    look = ParagraphLook("Table Text")
    if isinstance(block, Paragraph) and block.text:
        text_paragraph(cell, sheet, look, block.text)
    elif isinstance(block, Heading):
        add_run(paragraph(cell, sheet, look), block.text)
    elif isinstance(block, ItemList):
        draw_list(cell, sheet, block, ParagraphLook("", before=0, after=0))
    elif isinstance(block, WriteLines):
        wide = sheet.width if sheet.page.large_print else sheet.width // 2
        draw_ruled(cell, sheet, look, block.count, wide - _CARD_MARGINS)
    elif isinstance(block, Scale):
        add_run(paragraph(cell, sheet, look), "   ".join(str(n) for n in range(block.low, block.high + 1)))
    elif isinstance(block, Table):
        for row in (block.header, *block.rows):
            add_run(paragraph(cell, sheet, look), " · ".join(each.text for each in row if each.text))


_STYLES = {"body": "Normal", "purpose": "Purpose", "note": "Note", "small": "Small Print"}
_ROOM_AFTER_TABLE = 160


def draw_blocks(sheet: DrawnSheet, blocks: Iterable[Block], parent: Element) -> None:
    """Add all blocks in order."""
    groups = _groups(_worded(blocks))
    for index, group in enumerate(groups):
        following = groups[index + 1][0] if index + 1 < len(groups) else None
        first = group[0]
        if len(parent) and parent[-1].tag == w("tbl"):
            _leave_table(parent, sheet, first)
        if isinstance(first, Box) and first.kind == "card":
            cards = [box for box in group if isinstance(box, Box)]
            draw_cards(parent, sheet, cards, lambda cell, box: fill_card(cell, sheet, box))
        else:
            _draw_block(parent, sheet, first, following)


def _worded(blocks: Iterable[Block]) -> list[Block]:
    """Leave out what would be a blank paragraph, a break that no text follows, and one beside a new part."""
    kept: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph) and not plain(block.text).strip():
            continue
        if isinstance(block, NewPart):
            _drop_breaks(kept)
        if not (isinstance(block, PageBreak) and kept and isinstance(kept[-1], NewPart)):
            kept.append(block)
    _drop_breaks(kept)
    return kept


def _drop_breaks(blocks: list[Block]) -> None:
    while blocks and isinstance(blocks[-1], (PageBreak, NewPart)):
        blocks.pop()


def _groups(blocks: list[Block]) -> list[list[Block]]:
    """Put neighbouring cards together, and neighbouring lines to write on; the rest stand alone."""
    groups: list[list[Block]] = []
    for block in blocks:
        before = groups[-1][-1] if groups else None
        if _is_card(block) and _is_card(before):
            groups[-1].append(block)
        elif isinstance(block, WriteLines) and isinstance(before, WriteLines):
            groups[-1] = [WriteLines(before.count + block.count)]
        else:
            groups.append([block])
    return groups


def _is_card(block: Block | None) -> bool:
    return isinstance(block, Box) and block.kind == "card"


def _is_table(block: Block) -> bool:
    return isinstance(block, (Table, Scale, WriteLines)) or _is_card(block)


def _leave_table(parent: Element, sheet: DrawnSheet, block: Block) -> None:
    """Part a table from what follows: text by room; another table by words, else Word would join them."""
    if _is_table(block):
        words = {Scale: sheet.word("circle"), WriteLines: sheet.word("more"), Box: sheet.word("cards")}
        name = block.name if isinstance(block, Table) else words[type(block)]
        look = ParagraphLook("Normal", keep_next=True, before=_ROOM_AFTER_TABLE)
        text_paragraph(parent, sheet, look, line(name))
    elif isinstance(block, (Paragraph, ItemList)):
        sheet.room_next = _ROOM_AFTER_TABLE


def _draw_block(parent: Element, sheet: DrawnSheet, block: Block, following: Block | None) -> None:
    if isinstance(block, PageBreak):
        sheet.break_next = True
    elif isinstance(block, NewPart):
        start_part(parent, sheet, block)
    elif isinstance(block, Heading):
        level = min(max(block.level, 1), 3)
        draw_heading(parent, sheet, block, ParagraphLook(f"heading {level}", keep_next=True))
    elif isinstance(block, Paragraph):
        leads = block.style == "body" and isinstance(following, (ItemList, WriteLines, Scale, Table))
        small = block.style == "small"  # such as sources: their last lines would be a sheet of their own
        text_paragraph(
            parent, sheet, ParagraphLook(_STYLES[block.style], keep_next=leads, whole=small), block.text
        )
    elif isinstance(block, ItemList):
        draw_list(parent, sheet, block)
    elif isinstance(block, WriteLines):
        draw_lines(parent, sheet, block)
    elif isinstance(block, Scale):
        draw_scale(parent, sheet, block)
    elif isinstance(block, Table):
        draw_table(parent, sheet, block)
    else:
        draw_box(parent, sheet, block)
