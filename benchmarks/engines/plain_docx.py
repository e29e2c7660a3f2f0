"""python-docx on its default template, as its own documentation shows it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from engines.content import BOX, Item, flat
from iop_sessions.ground.blocks import Line, Page

STYLES = {"bullets": "List Bullet", "steps": "List Number"}
LEVELS = {"h1": 1, "h2": 2, "h3": 3}


def draw(pages: Iterable[Page]) -> Iterator[bytes]:
    return (draw_one(page) for page in pages)


def draw_one(page: Page) -> bytes:
    document = docx.Document()
    document.core_properties.title = page.title
    for item in flat(page):
        _draw(document, item)
    add_footer(document, page.footer)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _draw(document: Document, item: Item) -> None:
    if item.kind == "lines":
        rows = document.add_table(item.count, 1, "Table Grid").rows
        for row in rows:
            row.height = Mm(9)
    elif item.kind == "table":
        _draw_table(document, item)
    elif item.kind in LEVELS:
        add_spans(document.add_heading(level=LEVELS[item.kind]), item.text)
    else:
        node = document.add_paragraph(style=STYLES.get(item.kind))
        if item.kind == "boxes":
            node.add_run(BOX)
        add_spans(node, item.text)


def _draw_table(document: Document, item: Item) -> None:
    table = document.add_table(0, len(item.header), "Table Grid")
    for texts in (item.header, *item.rows):
        row = table.add_row()
        if not any(texts):
            row.height = Mm(12)
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def add_spans(node: Paragraph, text: Line) -> None:
    for span in text:
        node.add_run(span.text).bold = span.bold or None


def add_footer(document: Document, lines: tuple[str, ...]) -> None:
    footer = document.sections[0].footer
    first = footer.paragraphs[0]
    first.text = f"{lines[0]}\tPage "
    add_field(first, "PAGE")
    first.add_run(" of ")
    add_field(first, "NUMPAGES")
    for text in lines[1:]:
        footer.add_paragraph(text)


def add_field(node: Paragraph, name: str) -> None:
    field, run, text = (OxmlElement(tag) for tag in ("w:fldSimple", "w:r", "w:t"))
    field.set(qn("w:instr"), name)
    text.text = "1"
    run.append(text)
    field.append(run)
    node._p.append(field)  # noqa: SLF001  # python-docx has no fields
