"""Tell what a Word document says, line by line: style and words, tables row by row, the footer last."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from iop_sessions.formats.word.package import Element, w

HEADINGS = ("Heading1", "Heading2", "Heading3")


def outline(data: bytes) -> str:
    """Return the outline of a document, for a golden file."""
    parts = parts_of(data)
    body = etree.fromstring(parts["word/document.xml"]).find(w("body"))
    assert body is not None
    lines = list(_lines(body))
    for name in sorted(name for name in parts if name.startswith("word/footer")):
        lines += [f"footer: {line}" for line in _lines(etree.fromstring(parts[name]))]
    return "\n".join(lines) + "\n"


def parts_of(data: bytes) -> dict[str, bytes]:
    """Return every part of a document, unpacked."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def headings(data: bytes) -> list[str]:
    """List the headings of a document, those inside boxes too."""
    root = etree.fromstring(parts_of(data)["word/document.xml"])
    return [text(each).strip() for each in root.iter(w("p")) if _style(each) in HEADINGS]


def footers(data: bytes) -> list[str]:
    """List the lines of a document's footers, without the page number at the end of the first."""
    parts = parts_of(data)
    roots = [etree.fromstring(parts[name]) for name in sorted(parts) if name.startswith("word/footer")]
    return [text(each).partition("\t")[0].strip() for root in roots for each in root.iter(w("p"))]


def text(paragraph: Element) -> str:
    """Return the words of a paragraph."""
    marks = {w("tab"): "\t", w("br"): " / "}
    nodes = paragraph.iter(w("t"), w("tab"), w("br"))
    return "".join(marks.get(str(node.tag)) or node.text or "" for node in nodes if not _is_stop(node))


def _is_stop(node: Element) -> bool:
    parent = node.getparent()
    return parent is not None and parent.tag == w("tabs")


def _style(paragraph: Element) -> str:
    found = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return str(found.get(w("val"))) if found is not None else "Normal"


def _lines(node: Element) -> Iterator[str]:
    for child in node:
        if child.tag == w("p"):
            fresh = child.find(f"{w('pPr')}/{w('pageBreakBefore')}") is not None
            yield f"{'new sheet ' if fresh else ''}{_style(child)}: {text(child)}".rstrip()
        elif child.tag == w("tbl"):
            yield from _table(child)
        elif child.tag in (w("sdt"), w("sdtContent")):
            yield from _lines(child)


def _table(table: Element) -> Iterator[str]:
    name = table.find(f"{w('tblPr')}/{w('tblCaption')}")
    yield f"table: {name.get(w('val')) if name is not None else '(no name)'}"
    for row in table.findall(w("tr")):
        for number, cell in enumerate(row.findall(w("tc"))):
            mark = "  | " if number == 0 else "    | "
            for line in _lines(cell):
                yield mark + line
                mark = "    . "
