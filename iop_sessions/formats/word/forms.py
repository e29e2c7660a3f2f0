"""Draw what people fill in or cut out: lines to write on, scales to circle, cards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from iop_sessions.formats.word.paragraphs import (
    Edge,
    Look,
    add_run,
    paragraph,
)
from iop_sessions.formats.word.sheet import (
    TWIPS_A_POINT,
    Sheet,
    column_widths,
    twips,
)
from iop_sessions.formats.word.tables import (
    Frame,
    open_cell,
    open_row,
    open_table,
)
from iop_sessions.formats.word.xml import Element, add, w
from iop_sessions.ground.blocks import Box, Scale, WriteLines
from iop_sessions.ground.colors import RULE

_BELOW_LINES = 80  # twips: the next words would touch the last rule
_KEPT_LINES = 8  # so few lines stay on one sheet
_CARD_MM, _LARGE_CARD_MM = 47, 62  # four rows of cards fit under a title
_DIGIT_POINTS = {False: 6.7, True: 10.0}  # width of a digit in Arial 12 and 18
_NO_EDGES = tuple(Edge(side, RULE, style="nil", size=0) for side in ("top", "left", "bottom", "right"))


def draw_ruled(parent: Element, sheet: Sheet, look: Look, count: int, right: int) -> None:
    """Add lines to write on as paragraphs that rule themselves up to a place, for boxes and cards."""
    ruled = replace(look, tab=("right", "underscore", right), line=sheet.line_height, before=0, after=0)
    last = replace(ruled, after=_BELOW_LINES if look.after is None else look.after)
    for number in range(1, count + 1):
        add(add(paragraph(parent, sheet, last if number == count else ruled), "r"), "tab")


def draw_lines(parent: Element, sheet: Sheet, block: WriteLines) -> None:
    """Add ruled lines: rows with a rule below, high enough to write in."""
    if block.count < 1:
        return
    name = sheet.word("lines")
    table = open_table(parent, sheet, Frame("Writing Lines", name, name, [sheet.width]))
    for number in range(block.count):
        row = open_row(table, height=sheet.line_height)
        keep_next = block.count <= _KEPT_LINES and number < block.count - 1
        paragraph(open_cell(row, sheet.width), sheet, Look("Table Text", keep_next=keep_next))


def draw_scale(parent: Element, sheet: Sheet, block: Scale, *, keep: bool = False) -> None:
    """Add a scale: one row of numbered boxes to circle."""
    numbers = range(block.low, block.high + 1)
    name = sheet.word("scale", low=block.low, high=block.high)
    widths = column_widths((), len(numbers), sheet.width)
    table = open_table(parent, sheet, Frame("Scale Boxes", name, name, widths))
    row = open_row(table, height=sheet.line_height)
    for number, width in zip(numbers, widths, strict=True):
        cell = open_cell(row, width, middle=True)
        digits = len(str(number)) * _DIGIT_POINTS[sheet.page.large_print] * TWIPS_A_POINT
        # an indent puts the number in the middle of its box: no paragraph of ours is centred
        indent = max(0, int((width - digits) / 2))
        node = paragraph(cell, sheet, Look("Table Text", keep_next=keep, indent=(indent, 0, 0)))
        add_run(node, str(number))


def draw_cards(
    parent: Element, sheet: Sheet, boxes: Sequence[Box], fill_card: Callable[[Element, Box], None]
) -> None:
    """Add cards to cut out, two in a row; in large print one."""
    columns = 1 if sheet.page.large_print else 2
    width = sheet.width // 2 if columns == 2 else sheet.width
    name = sheet.word("cards")
    table = open_table(parent, sheet, Frame("Cut Cards", name, name, [width] * columns))
    height = twips(_LARGE_CARD_MM if sheet.page.large_print else _CARD_MM)
    for start in range(0, len(boxes), columns):
        row = open_row(table, height=height)
        for offset in range(columns):
            there = start + offset < len(boxes)
            cell = open_cell(row, width, edges=() if there else _NO_EDGES)
            if there:
                fill_card(cell, boxes[start + offset])
            if cell[-1].tag != w("p"):
                paragraph(cell, sheet, Look("Table Text"))
