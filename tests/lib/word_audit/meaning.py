"""Check what a screen reader needs: headings, lists, tables, pictures, links, page numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from iop_sessions.formats.word.looks import Styles, runs_of
from iop_sessions.formats.word.package import Element, text_of, w
from tests.lib.word_audit.parts import drawn_parts

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_MARKS = re.escape("-*–—·•‣\u2043■□▪►○●◦☐☑✓➢")
_TYPED = re.compile(rf"\s*(?:[{_MARKS}]|\d{{1,2}}[.)]|[A-Za-z]\))\s+\S")
_LINK = re.compile(r"(?:https?://|www\.)\S+|click here|here|haga clic aquí|aquí", re.IGNORECASE)
_FILE_NAME = re.compile(r"\S+\.(?:png|jpe?g|gif|svg|bmp|tiff?)", re.IGNORECASE)
_LONGEST_ALT = 250
_FORM_STYLES = ("Writing Lines", "Scale Boxes", "Cut Cards")  # rooms to write in: no data, so no header row
_SHORT = 12  # words; a bold line so short looks like a heading


def check_meaning(trees: Mapping[str, Element]) -> list[str]:
    """List what a screen reader would miss."""
    styles = Styles(trees["word/styles.xml"])
    document = trees["word/document.xml"]
    found = [
        *_heading_faults(document, styles),
        *_list_faults(document, styles),
        *_table_faults(document, trees),
    ]
    for _, root in drawn_parts(trees):
        found += [*_picture_faults(root), *_link_faults(root)]
    return [*(f"word/document.xml: {fault}" for fault in found), *_page_number_faults(trees)]


def _heading_faults(document: Element, styles: Styles) -> Iterator[str]:
    before = titles = 0
    for paragraph in document.iter(w("p")):
        level, words = styles.level(paragraph), text_of(paragraph).strip()
        runs = runs_of(paragraph)
        if not level:
            bold = bool(runs) and all(styles.is_on(paragraph, run, "b") for run in runs)
            if bold and next(paragraph.iterancestors(w("tc")), None) is None and len(words.split()) <= _SHORT:
                yield f"'{words}' looks like a heading and is none"
            continue
        titles += level == 1
        if not words:
            yield "a heading is empty"
        if level > before + 1:
            yield f"the heading '{words}' skips a level ({before} to {level})"
        before = level
    if titles != 1:
        yield f"{titles} headings of level 1 instead of one"


def _list_faults(document: Element, styles: Styles) -> Iterator[str]:
    for paragraph in document.iter(w("p")):
        words = text_of(paragraph)
        boxed = paragraph.find(w("sdt")) is not None
        if _TYPED.match(words) and not boxed and styles.paragraph_property(paragraph, "numPr") is None:
            yield f"'{words.strip()[:30]}' is a typed bullet or number, no list"


def _table_faults(document: Element, trees: Mapping[str, Element]) -> Iterator[str]:
    names = {
        style.get(w("styleId")): style.find(w("name")) for style in trees["word/styles.xml"].iter(w("style"))
    }
    for number, table in enumerate(document.iter(w("tbl")), 1):
        about = table.find(w("tblPr"))
        used = about.find(w("tblStyle")) if about is not None else None
        named = names.get(used.get(w("val"))) if used is not None else None
        is_form = named is not None and named.get(w("val")) in _FORM_STYLES
        yield from (f"table {number} {fault}" for fault in _one_table_faults(table, about, is_form))


def _one_table_faults(table: Element, about: Element | None, is_form: bool) -> Iterator[str]:
    rows = table.findall(w("tr"))
    for name, words in (("tblCaption", "name"), ("tblDescription", "description")):
        found = about.find(w(name)) if about is not None else None
        if found is None or not found.get(w("val"), "").strip():
            yield f"has no {words}"
    if not is_form and rows:
        if rows[0].find(f"{w('trPr')}/{w('tblHeader')}") is None:
            yield "has no header row that repeats"
        elif any(not text_of(cell).strip() for cell in rows[0].findall(w("tc"))):
            yield "has an empty header cell"
    if any(row.find(f"{w('trPr')}/{w('cantSplit')}") is None for row in rows):
        yield "has a row that may split"
    if next(table.iter(w("gridSpan"), w("vMerge")), None) is not None:
        yield "has merged cells"
    if table.find(f".//{w('tc')}//{w('tbl')}") is not None:
        yield "holds a table in a cell"


def _picture_faults(root: Element) -> Iterator[str]:
    for about in root.iter(f"{_WP}docPr"):
        words = about.get("descr", "").strip()
        decorative = any(str(node.tag).endswith("}decorative") for node in about.iter())
        if not decorative and (not words or _FILE_NAME.fullmatch(words) or len(words) > _LONGEST_ALT):
            yield "a picture has no words that stand for it"
    for old in root.iter(w("pict")):  # how Word drew pictures before 2007
        if not any(node.get("alt", "").strip() for node in old.iter()):
            yield "a picture has no words that stand for it"
    if next(root.iter(f"{_WP}anchor", w("txbxContent"), w("framePr")), None) is not None:
        yield "a text box or floating picture"


def _link_faults(root: Element) -> Iterator[str]:
    for link in root.iter(w("hyperlink")):
        words = text_of(link).strip()
        if not words or _LINK.fullmatch(words):
            yield f"the link '{words}' does not say where it leads"


def _page_number_faults(trees: Mapping[str, Element]) -> Iterator[str]:
    footers = [root for name, root in trees.items() if name.startswith("word/footer")]
    fields = [node.get(w("instr"), "") for root in footers for node in root.iter(w("fldSimple"))]
    fields += [node.text or "" for root in footers for node in root.iter(w("instrText"))]
    if not any(re.search(r"\bPAGE\b", field) for field in fields):
        yield "word/footer: no page number"
