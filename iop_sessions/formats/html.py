"""Show a page in a notebook as the printer will give it: plain HTML with inline styles.

Untrusted notebooks strip style sheets, SVG, scripts and ARIA marks, so none is used; colours are #RRGGBB.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from itertools import groupby

from iop_sessions.ground.blocks import (
    Block,
    Box,
    Cell,
    Heading,
    ItemList,
    Line,
    NewPart,
    Page,
    PageBreak,
    Paragraph,
    Scale,
    Span,
    Table,
    WriteLines,
    clean,
    firm,
    plain,
)
from iop_sessions.ground.colors import ALERT, INK, QUIET, RULE, WHITE, readable, tint

_SIZES = {1: "22pt", 2: "15pt", 3: "13pt"}
_LARGE_SIZES = {1: "22pt", 2: "20pt", 3: "18pt"}
_PARAGRAPH_SIZES = {"purpose": "1.08em", "small": "0.85em"}
_ROOM_MM = {"plain": 9, "schedule": 9, "script": 12, "log": 14}
_CARD_MM = 47


def page_html(page: Page) -> str:
    """Return a page as HTML, its blocks in the Word file's order."""
    size, line_height = ("18pt", "1.15") if page.large_print else ("12pt", "1.3")
    width = "270mm" if page.landscape else "190mm"
    style = _css(
        font_family="Arial, sans-serif", font_size=size, line_height=line_height,
        color=INK, background_color=WHITE, max_width=width,
        padding="8mm", border=f"1px solid {RULE}", text_align="left",
    )  # fmt: skip
    inner = _blocks(page.blocks, page) + _small_print(_lines_of(page.footer), page)
    return f'<div lang="{_text(page.language)}" style="{style}">{inner}</div>'


def _css(**rules: str) -> str:
    return "; ".join(f"{name.replace('_', '-')}: {value}" for name, value in rules.items())


def _text(words: str) -> str:
    return escape(firm(clean(words))).replace("\n", "<br>")


def _line(line: Line, *, color: str = "", bold_only: bool = False) -> str:
    return "".join(_span(span, color if span.bold or not bold_only else "") for span in line)


def _span(span: Span, color: str) -> str:
    words = f"<strong>{_text(span.text)}</strong>" if span.bold else _text(span.text)
    return f'<span style="color: {color}">{words}</span>' if color else words


def _badge(letters: str, color: str) -> str:
    if not letters.strip():
        return ""
    style = _css(
        background_color=color,
        color=readable(WHITE, color),
        font_weight="bold",
        padding="0 4px",
        margin_right="6px",
    )
    return f'<span style="{style}">{_text(letters)}</span> '


def _blocks(blocks: Iterable[Block], page: Page) -> str:
    pieces: list[str] = []
    for is_card, group in groupby(blocks, key=lambda block: isinstance(block, Box) and block.kind == "card"):
        if is_card:
            pieces.append(_cards([box for box in group if isinstance(box, Box)], page))
        else:
            pieces += [_block(block, page) for block in group]
    return "".join(pieces)


def _block(block: Block, page: Page) -> str:
    draw: dict[type, Callable[..., str]] = {
        Heading: _heading,
        Paragraph: _paragraph,
        ItemList: _item_list,
        WriteLines: _write_lines,
        Scale: _scale,
        Table: _table,
        Box: _box,
        PageBreak: _page_break,
        NewPart: _new_part,
    }
    return draw[type(block)](block, page)


def _heading(block: Heading, page: Page) -> str:
    if not block.text.strip():
        return ""
    level = min(max(block.level, 1), 3)
    size = (_LARGE_SIZES if page.large_print else _SIZES)[level]
    rules = {
        "color": readable(page.color),
        "font_size": size,
        "font_weight": "bold",
        "margin": "0.8em 0 0.3em",
    }
    if level == 1:
        rules |= {"border_bottom": f"2px solid {page.color}", "padding_bottom": "3px"}
    return (
        f'<h{level} style="{_css(**rules)}">{_badge(block.badge, page.color)}{_text(block.text)}</h{level}>'
    )


def _paragraph(block: Paragraph, _page: Page) -> str:
    if not plain(block.text).strip():
        return ""
    size = _PARAGRAPH_SIZES.get(block.style, "1em")
    return f'<p style="{_css(margin="0 0 0.5em", font_size=size)}">{_line(block.text)}</p>'


def _item_list(block: ItemList, _page: Page) -> str:
    tag = "ol" if block.kind == "steps" else "ul"
    kind = {"bullets": "disc", "steps": "decimal", "boxes": "none"}[block.kind]
    box = '<span style="font-size: 14pt">&#9744;</span> ' if block.kind == "boxes" else ""
    items = "".join(
        f'<li style="margin: 0 0 0.4em">{box}{_line(item) or _rule()}</li>' for item in block.items
    )
    style = _css(list_style_type=kind, margin="0 0 0.6em", padding_left="1.6em")
    return f'<{tag} style="{style}">{items}</{tag}>'


def _rule() -> str:
    style = _css(display="inline-block", width="80%", border_bottom=f"1px solid {RULE}", height="1em")
    return f'<span style="{style}">&nbsp;</span>'


def _write_lines(block: WriteLines, page: Page) -> str:
    style = _css(height="11mm" if page.large_print else "9mm", border_bottom=f"1px solid {RULE}")
    lines = f'<div style="{style}">&nbsp;</div>' * max(0, block.count)
    return f'<div style="margin: 0 0 0.8em">{lines}</div>'


def _scale(block: Scale, page: Page) -> str:
    style = _css(border=f"1px solid {RULE}", padding="2mm 4mm", height="11mm" if page.large_print else "9mm")
    cells = "".join(f'<td style="{style}">{number}</td>' for number in range(block.low, block.high + 1))
    return f'<table style="{_table_css()}"><tr>{cells}</tr></table>'


def _table_css() -> str:
    return _css(border_collapse="collapse", width="100%", margin="0.4em 0 0.8em")


def _table(block: Table, page: Page) -> str:
    columns = max((len(row) for row in (block.header, *block.rows)), default=0)
    if not columns:
        return ""
    shares = list(block.widths[:columns]) or [1.0] * columns
    whole = sum(shares) or 1.0
    widths = [f"{100 * share / whole:.1f}%" for share in shares] + ["auto"] * (columns - len(shares))
    head = "".join(_cell(cell, page, "th", width) for cell, width in zip(block.header, widths, strict=False))
    rows = "".join(f"<tr>{_row(row, columns, block, page)}</tr>" for row in block.rows)
    header = f"<thead><tr>{head}</tr></thead>" if head else ""
    # Paper does not print a table's name; a screen reader says it.
    return f'<table style="{_table_css()}" title="{_text(block.name)}">{header}<tbody>{rows}</tbody></table>'


def _row(row: tuple[Cell, ...], columns: int, block: Table, page: Page) -> str:
    filled = row + (Cell(),) * (columns - len(row))
    empty = any(not cell.text.strip() for cell in filled)
    room = f"{_ROOM_MM[block.kind]}mm" if empty and block.kind in _ROOM_MM else ""
    return "".join(_cell(cell, page, "th" if cell.header else "td", height=room) for cell in filled)


def _cell(cell: Cell, page: Page, tag: str, width: str = "", height: str = "") -> str:
    fill = cell.tint or (tint(page.color) if tag == "th" else WHITE)
    color = readable(cell.color, fill) if cell.color else ""
    rules = {
        "border": f"1px solid {RULE}", "padding": "4px 6px", "text-align": "left", "vertical-align": "top",
        "background-color": fill, "color": readable(INK, fill),
        "font-weight": "bold" if tag == "th" else "normal",
    }  # fmt: skip
    rules |= {name: value for name, value in (("width", width), ("height", height)) if value}
    if cell.small and page.kind != "handout" and not page.large_print:
        rules["font-size"] = "9pt"
    lines = [
        _line(each, color=color, bold_only=bool(cell.badge)) for each in cell.lines if plain(each).strip()
    ]
    parts = "".join(
        _item_list(each, page) if isinstance(each, ItemList) else _paragraph(each, page)
        for each in cell.parts
    )
    inner = _badge(cell.badge, cell.color or page.color) + "<br>".join(lines) + parts
    return f'<{tag} style="{_css(**rules)}">{inner}</{tag}>'


def _box(block: Box, page: Page) -> str:
    bars = {"warning": (ALERT, tint(ALERT)), "note": (RULE, QUIET)}
    bar, ground = bars.get(block.kind, (page.color, tint(page.color)))
    style = _css(
        border_left=f"5px solid {bar}", background_color=ground, padding="6px 10px", margin="0.6em 0"
    )
    title = _css(font_weight="bold", color=readable(bar, ground), margin="0 0 0.3em", font_size="1.15em")
    heading = f'<h2 style="{title}">{_text(block.title)}</h2>' if block.title.strip() else ""
    return f'<div style="{style}">{heading}{_blocks(block.blocks, page)}</div>'


def _cards(boxes: list[Box], page: Page) -> str:
    columns = 1 if page.large_print else 2
    style = _css(
        border=f"1px dashed {RULE}",
        padding="8px",
        vertical_align="top",
        height=f"{_CARD_MM}mm",
        width=f"{100 // columns}%",
    )
    cells = [f'<td style="{style}">{_card(box, page)}</td>' for box in boxes]
    rows = ["".join(cells[start : start + columns]) for start in range(0, len(cells), columns)]
    return f'<table style="{_table_css()}">' + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def _card(box: Box, page: Page) -> str:
    title = _css(font_weight="bold", color=readable(page.color), margin="0 0 0.3em", font_size="1em")
    heading = f'<h3 style="{title}">{_badge(page.group_type, page.color)}{_text(box.title)}</h3>'
    return (heading if box.title.strip() else "") + _blocks(box.blocks, page)


def _page_break(_block: PageBreak, _page: Page) -> str:
    return f'<hr style="{_css(border="0", border_top=f"2px dotted {RULE}", margin="1.2em 0")}">'


def _new_part(block: NewPart, page: Page) -> str:
    """Show where a part starts, with what its footer says on each of its pages."""
    label = f"<strong>{_text(block.label)}</strong>"
    return _page_break(PageBreak(), page) + _small_print([label, *_lines_of(block.footer)], page)


def _lines_of(footer: Iterable[str]) -> list[str]:
    return [_text(text) for text in footer if text.strip()]


def _small_print(lines: list[str], page: Page) -> str:
    if not lines:
        return ""
    size = "1em" if page.kind == "handout" else "9pt"
    style = _css(border_top=f"1px solid {RULE}", margin="1.2em 0 0", padding_top="4px", font_size=size)
    return f'<p style="{style}">{"<br>".join(lines)}</p>'
