"""Draw any block, and keep together what a reader needs together."""

from __future__ import annotations

from collections.abc import Iterable

from iop_sessions.formats.word.boxes import (
    draw_box,
    draw_heading,
    fill_card,
)
from iop_sessions.formats.word.forms import (
    draw_cards,
    draw_lines,
    draw_scale,
)
from iop_sessions.formats.word.lists import draw_list
from iop_sessions.formats.word.paragraphs import Look, text_paragraph
from iop_sessions.formats.word.sections import start_part
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
    Table,
    WriteLines,
    line,
    plain,
)

_STYLES = {"body": "Normal", "purpose": "Purpose", "note": "Note", "small": "Small Print"}
_ROOM_AFTER_TABLE = 160


def draw_blocks(sheet: Sheet, blocks: Iterable[Block], parent: Element) -> None:
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


def _leave_table(parent: Element, sheet: Sheet, block: Block) -> None:
    """Part a table from what follows: text by room; another table by words, else Word would join them."""
    if _is_table(block):
        words = {Scale: sheet.word("circle"), WriteLines: sheet.word("more"), Box: sheet.word("cards")}
        name = block.name if isinstance(block, Table) else words[type(block)]
        look = Look("Normal", keep_next=True, before=_ROOM_AFTER_TABLE)
        text_paragraph(parent, sheet, look, line(name))
    elif isinstance(block, (Paragraph, ItemList)):
        sheet.room_next = _ROOM_AFTER_TABLE


def _draw_block(parent: Element, sheet: Sheet, block: Block, following: Block | None) -> None:
    if isinstance(block, PageBreak):
        sheet.break_next = True
    elif isinstance(block, NewPart):
        start_part(parent, sheet, block)
    elif isinstance(block, Heading):
        level = min(max(block.level, 1), 3)
        draw_heading(parent, sheet, block, Look(f"heading {level}", keep_next=True))
    elif isinstance(block, Paragraph):
        leads = block.style == "body" and isinstance(following, (ItemList, WriteLines, Scale, Table))
        small = block.style == "small"  # such as sources: their last lines would be a sheet of their own
        text_paragraph(parent, sheet, Look(_STYLES[block.style], keep_next=leads, whole=small), block.text)
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
