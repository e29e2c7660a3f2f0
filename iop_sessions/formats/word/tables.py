"""Draw tables, and what people fill in or cut out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from iop_sessions.formats.word.package import Element, add, w
from iop_sessions.formats.word.paragraphs import (
    TWIPS_A_POINT,
    DrawnSheet,
    Edge,
    ParagraphLook,
    add_badge,
    add_line,
    add_run,
    column_widths,
    draw_list,
    one_line,
    paragraph,
    twips,
)
from iop_sessions.formats.word.variants import is_right_to_left
from iop_sessions.ground.blocks import Box, Cell, ItemList, Scale, Table, WriteLines, plain, words_of
from iop_sessions.ground.colors import INK, RULE, WHITE, readable

_BELOW_LINES = 80  # twips: the next words would touch the last rule
_KEPT_LINES = 8  # so few lines stay on one sheet
_CARD_MM, _LARGE_CARD_MM = 47, 62  # four rows of cards fit under a title
_DIGIT_POINTS = {False: 6.7, True: 10.0}  # width of a digit in Arial 12 and 18
_NO_EDGES = tuple(Edge(side, RULE, style="nil", size=0) for side in ("top", "left", "bottom", "right"))


def draw_ruled(parent: Element, sheet: DrawnSheet, look: ParagraphLook, count: int, right: int) -> None:
    """Add lines to write on as paragraphs that rule themselves up to a place, for boxes and cards."""
    ruled = replace(look, tab=("right", "underscore", right), line=sheet.line_height, before=0, after=0)
    last = replace(ruled, after=_BELOW_LINES if look.after is None else look.after)
    for number in range(1, count + 1):
        add(add(paragraph(parent, sheet, last if number == count else ruled), "r"), "tab")


def draw_lines(parent: Element, sheet: DrawnSheet, block: WriteLines) -> None:
    """Add ruled lines: rows with a rule below, high enough to write in."""
    if block.count < 1:
        return
    name = sheet.word("lines")
    table = open_table(parent, sheet, Frame("Writing Lines", name, name, [sheet.width]))
    for number in range(block.count):
        row = open_row(table, height=sheet.line_height)
        keep_next = block.count <= _KEPT_LINES and number < block.count - 1
        paragraph(open_cell(row, sheet.width), sheet, ParagraphLook("Table Text", keep_next=keep_next))


def draw_scale(parent: Element, sheet: DrawnSheet, block: Scale, *, keep: bool = False) -> None:
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
        node = paragraph(cell, sheet, ParagraphLook("Table Text", keep_next=keep, indent=(indent, 0, 0)))
        add_run(node, str(number))


def draw_cards(
    parent: Element, sheet: DrawnSheet, boxes: Sequence[Box], fill_card: Callable[[Element, Box], None]
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
                paragraph(cell, sheet, ParagraphLook("Table Text"))


_ROOM_MM = {"plain": 9, "schedule": 9, "script": 12, "log": 14}  # paper.md; none in grids and run sheets
_LARGE_ROOM_MM = {"plain": 11, "schedule": 11, "script": 16, "log": 18}
_SHARES = {"run_sheet": (1.0, 5.0)}
_LETTER_POINTS = {
    False: 7.6,
    True: 11.6,
}  # width of a letter in bold Arial 12 and 18, a little on the safe side
_SMALL_SHARE = 0.75  # of a letter's width in small print: 9 of 12 points
_CELL_MARGIN = 100
_BADGE_LETTERS = 4
_SHORT_TABLE = 5  # so few rows stay on one sheet
_SHORT_FORM = 7  # the same where people write: a week of days stays whole
_NAME_LIMIT = 250


@dataclass(frozen=True)
class Frame:
    """What a table is, apart from its rows."""

    style: str
    name: str
    description: str
    widths: Sequence[int]
    header: bool = False
    row_headers: bool = False


def open_table(parent: Element, sheet: DrawnSheet, frame: Frame) -> Element:
    """Add a table without rows; its properties stand in the order that Word's schema asks."""
    table = add(parent, "tbl")
    about = add(table, "tblPr")
    add(about, "tblStyle", val=sheet.style_ids[frame.style])
    if is_right_to_left(sheet.page.language):
        add(about, "bidiVisual")
    add(about, "tblW", w=str(sum(frame.widths)), type="dxa")
    add(about, "tblLayout", type="fixed")
    first_row, first_column = "1" if frame.header else "0", "1" if frame.row_headers else "0"
    flags = {"firstRow": first_row, "lastRow": "0", "firstColumn": first_column, "lastColumn": "0"}
    value = f"{0x0600 + 0x20 * frame.header + 0x80 * frame.row_headers:04X}"
    add(about, "tblLook", val=value, **flags, noHBand="1", noVBand="1")
    add(about, "tblCaption", val=one_line(frame.name)[:_NAME_LIMIT])
    add(about, "tblDescription", val=one_line(frame.description)[:_NAME_LIMIT])
    grid = add(table, "tblGrid")
    for width in frame.widths:
        add(grid, "gridCol", w=str(width))
    return table


def open_row(table: Element, *, height: int = 0, header: bool = False) -> Element:
    """Add a row that never splits; a header row repeats on each sheet."""
    row = add(table, "tr")
    about = add(row, "trPr")
    add(about, "cantSplit")
    if height:
        add(about, "trHeight", val=str(height), hRule="atLeast")
    if header:
        add(about, "tblHeader")
    return row


def open_cell(
    row: Element, width: int, *, fill: str = "", edges: Iterable[Edge] = (), middle: bool = False
) -> Element:
    """Add a cell without its paragraphs."""
    cell = add(row, "tc")
    about = add(cell, "tcPr")
    add(about, "tcW", w=str(width), type="dxa")
    drawn = list(edges)
    if drawn:
        borders = add(about, "tcBorders")
        for edge in drawn:
            add(borders, edge.side, val=edge.style, sz=str(edge.size), space="0", color=edge.color[1:])
    if fill:
        add(about, "shd", val="clear", color="auto", fill=fill[1:])
    if middle:
        add(about, "vAlign", val="center")
    return cell


def draw_table(
    parent: Element, sheet: DrawnSheet, block: Table, *, keep_next: bool = False, width: int = 0
) -> None:
    """Add a table with its header row."""
    columns = max((len(row) for row in (block.header, *block.rows)), default=0)
    if not columns:
        return
    shares = block.widths or _SHARES.get(block.kind, ())
    widths = column_widths(shares, columns, width or sheet.width, _least_widths(block, sheet, columns))
    names = ", ".join(cell.text.replace("\n", " ") for cell in block.header)
    row_headers = bool(block.rows) and all(row and row[0].header for row in block.rows)
    has_header = any(cell.text.strip() for cell in block.header)
    description = sheet.word("columns", names=names) if has_header else block.name
    frame = Frame("Page Table", block.name, description, widths, has_header, row_headers)
    table = open_table(parent, sheet, frame)
    if has_header:
        row = open_row(table, header=True)
        for cell, each in zip(_filled(block.header, columns), widths, strict=True):
            _draw_cell(row, sheet, cell, each, head=True, keep_next=True)
    short = len(block.rows) <= (_SHORT_FORM if block.kind in _ROOM_MM else _SHORT_TABLE)
    for number, cells in enumerate(block.rows, 1):
        last = number == len(block.rows)
        # A row tinted right across is the title of the rows under it.
        stays = short or all(each.tint for each in cells) or _near_an_end(block, number)
        _draw_row(table, sheet, block, _filled(cells, columns), widths, keep_next or (stays and not last))


def _near_an_end(block: Table, number: int) -> bool:
    """Tell whether a row would leave a row alone on a sheet, where people write."""
    return block.kind in _ROOM_MM and number in (1, len(block.rows) - 1)


def _least_widths(block: Table, sheet: DrawnSheet, columns: int) -> list[int]:
    """Return what each column needs so that its longest word is not cut."""
    letter = _LETTER_POINTS[sheet.page.large_print] * TWIPS_A_POINT
    least = [0.0] * columns
    for row in (block.header, *block.rows):
        for number, cell in enumerate(row):
            longest = max(map(len, words_of(cell.text)), default=0) + (_BADGE_LETTERS if cell.badge else 0)
            share = _SMALL_SHARE if _is_small(sheet, cell) else 1.0
            least[number] = max(least[number], longest * share)
    return [round(letters * letter) + 2 * _CELL_MARGIN for letters in least]


def _filled(cells: tuple[Cell, ...], columns: int) -> tuple[Cell, ...]:
    return cells + (Cell(),) * (columns - len(cells))


def _draw_row(
    table: Element,
    sheet: DrawnSheet,
    block: Table,
    cells: tuple[Cell, ...],
    widths: list[int],
    keep_next: bool,
) -> None:
    room = (_LARGE_ROOM_MM if sheet.page.large_print else _ROOM_MM).get(block.kind, 0)
    to_write = room and any(not cell.text.strip() for cell in cells)
    row = open_row(table, height=twips(room) if to_write else 0)
    for cell, width in zip(cells, widths, strict=True):
        _draw_cell(row, sheet, cell, width, middle=bool(to_write), keep_next=keep_next)


def _is_small(sheet: DrawnSheet, cell: Cell) -> bool:
    """Tell whether a cell is small print, which clients never get."""
    return cell.small and sheet.page.kind != "handout"


def _style(sheet: DrawnSheet, cell: Cell, *, head: bool) -> str:
    if _is_small(sheet, cell):
        return "Table Small"
    return "Table Head" if head else "Table Text"


def _draw_cell(
    row: Element,
    sheet: DrawnSheet,
    cell: Cell,
    width: int,
    *,
    keep_next: bool,
    head: bool = False,
    middle: bool = False,
) -> None:
    bold = head or cell.header
    fill = cell.tint or (sheet.ground if bold else "")
    node = open_cell(row, width, fill=fill, middle=head or middle)
    color = readable(cell.color, fill or WHITE) if cell.color else (readable(INK, fill) if fill else "")
    look = ParagraphLook(_style(sheet, cell, head=head), keep_next=keep_next)
    lines = [line for line in cell.lines if plain(line).strip()]
    for number, line in enumerate(lines or ([] if cell.parts else [()])):
        words = paragraph(node, sheet, look, plain(line))
        if number == 0:
            add_badge(words, cell.badge, cell.color or sheet.color)
        for span in line:
            # beside a badge only the title takes the colour: the rest stays calm
            painted = color != INK and (span.bold or not cell.badge)
            weight = (bold and look.style != "Table Head") or span.bold  # that style is bold by itself
            add_run(words, span.text, bold=weight, color=color if painted else "")
    for part in cell.parts:
        if isinstance(part, ItemList):
            draw_list(node, sheet, part, ParagraphLook("", keep_next=keep_next))
        else:
            add_line(paragraph(node, sheet, look, plain(part.text)), part.text)
