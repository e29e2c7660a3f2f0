"""Write the Word template that docxtpl fills: one loop over what a page says."""

from __future__ import annotations

import io

from docx.document import Document
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from engines.content import BOX
from engines.plain_docx import add_field

DEFAULT = {
    "h1": "Heading 1", "h2": "Heading 2", "h3": "Heading 3", "bullets": "List Bullet", "steps": "List Number",
    "boxes": "Normal", "purpose": "Normal", "note": "Normal", "small": "Normal", "body": "Normal",
    "table": "Table Grid", "lines": "Table Grid",
}  # fmt: skip
SLIM = {
    **DEFAULT, "boxes": "Check List", "purpose": "Purpose", "note": "Note", "small": "Small Print",
    "table": "Page Table", "lines": "Writing Lines",
}  # fmt: skip


def make_template(document: Document, styles: dict[str, str]) -> bytes:
    document.add_paragraph("{%p for item in items %}")
    for number, kind in enumerate(styles):
        document.add_paragraph(f"{{%p {'elif' if number else 'if'} item.kind == '{kind}' %}}")
        if kind == "table":
            _add_table(document, styles[kind])
        elif kind == "lines":
            _add_lines(document, styles[kind])
        else:
            node = document.add_paragraph(style=styles[kind])
            _add_spans(node, BOX if kind == "boxes" else "")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")
    _add_footer(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add_spans(node: Paragraph, before: str) -> None:
    """Loop within the paragraph: faster than docxtpl's RichText, and the weight stays in the template."""
    node.add_run(before + "{% for span in item.text %}{% if span.bold %}")
    node.add_run("{{ span.text }}").bold = True
    node.add_run("{% else %}")
    node.add_run("{{ span.text }}")
    node.add_run("{% endif %}{% endfor %}")


def _add_table(document: Document, style: str) -> None:
    """Add two columns, as the handout has: a loop over columns would make docxtpl slower."""
    table = document.add_table(0, 2, style)
    for texts in (
        ("{{ item.header[0] }}", "{{ item.header[1] }}"),
        ("{%tr for row in item.rows %}", ""),
        ("{{ row[0] }}", "{{ row[1] }}"),
        ("{%tr endfor %}", ""),
    ):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = texts
    table.rows[2].height = Mm(12)


def _add_lines(document: Document, style: str) -> None:
    table = document.add_table(3, 1, style)
    table.rows[0].cells[0].text = "{%tr for _ in range(item.count) %}"
    table.rows[1].height = Mm(9)
    table.rows[2].cells[0].text = "{%tr endfor %}"


def _add_footer(document: Document) -> None:
    footer = document.sections[0].footer
    first = footer.paragraphs[0]
    first.text = "{{ footer[0] }}\tPage "
    add_field(first, "PAGE")
    first.add_run(" of ")
    add_field(first, "NUMPAGES")
    for text in ("{%p for line in footer[1:] %}", "{{ line }}", "{%p endfor %}"):
        footer.add_paragraph(text)
