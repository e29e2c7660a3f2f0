"""Check what Word repairs or refuses inside the parts: tables, nesting, fields, bookmarks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from iop_sessions.formats.word.package import Element, w

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_PROPERTIES = {"p": "pPr", "r": "rPr", "tbl": "tblPr", "tc": "tcPr", "sdt": "sdtPr"}
_NEVER_IN = {
    "body": ("r", "t", "tr", "tc", "body"),
    "p": ("p", "t", "tbl", "tr"),
    "r": ("r", "p", "tbl"),
    "tc": ("r", "t", "tr"),
}


def check_body(root: Element) -> list[str]:
    """List the faults of a part that a reader sees."""
    checks = (_table_faults, _nesting_faults, _field_faults, _id_faults, _bookmark_faults)
    return [fault for check in checks for fault in check(root)]


def doubles(values: Iterable[str]) -> list[str]:
    """Return what is there more than once."""
    return [value for value, count in Counter(values).items() if count > 1]


def _table_faults(root: Element) -> Iterator[str]:
    for number, table in enumerate(root.iter(w("tbl")), 1):
        columns = len(table.findall(f"{w('tblGrid')}/{w('gridCol')}"))
        if not columns:
            yield f"table {number} has no grid"
        rows = table.findall(w("tr"))
        if not rows:
            yield f"table {number} has no rows"
        for row in rows:
            cells = row.findall(w("tc"))
            if not cells:
                yield f"table {number} has a row without cells"
            elif columns and len(cells) != columns and row.find(f".//{w('gridSpan')}") is None:
                yield f"table {number} has a row of {len(cells)} cells in a grid of {columns}"
            if any(not len(cell) or cell[-1].tag != w("p") for cell in cells):
                yield f"table {number} has a cell that does not end with a paragraph"


def _nesting_faults(root: Element) -> Iterator[str]:
    """Yield what stands where it may not: properties after the text, a paragraph in a paragraph."""
    for holder, name in _PROPERTIES.items():
        for node in root.iter(w(holder)):
            if node.find(w(name)) is not None and node[0].tag != w(name):
                yield f"{name} does not stand first in {holder}"
    for holder, names in _NEVER_IN.items():
        for node in root.iter(w(holder)):
            held = {str(child.tag) for child in node}
            yield from (f"{name} stands in {holder}" for name in names if w(name) in held)
            if (node.text or "").strip():
                yield f"bare text stands in {holder}"
    for link in root.iter(w("hyperlink")):
        if next(link.iterancestors(w("hyperlink")), None) is not None:
            yield "a link stands in a link"
    if any(control.find(w("sdtContent")) is None for control in root.iter(w("sdt"))):
        yield "a content control has no content"


def _field_faults(root: Element) -> Iterator[str]:
    depth = 0
    for node in root.iter(w("fldChar")):
        depth += {"begin": 1, "end": -1}.get(node.get(w("fldCharType"), ""), 0)
        if depth < 0:
            break
    if depth:
        yield "a field does not begin and end"


def _id_faults(root: Element) -> Iterator[str]:
    controls = [node.get(w("val"), "") for node in root.iterfind(f".//{w('sdtPr')}/{w('id')}")]
    pictures = [node.get("id", "") for node in root.iter(_DRAWING)]
    for kind, ids in (("content control", controls), ("picture", pictures)):
        yield from (f"two {kind}s have the id {each}" for each in doubles(ids))


def _bookmark_faults(root: Element) -> Iterator[str]:
    starts = list(root.iter(w("bookmarkStart")))
    for key in ("id", "name"):
        values = (node.get(w(key), "") for node in starts)
        yield from (f"two bookmarks have the {key} {each}" for each in doubles(values))
    still_open: set[str] = set()
    for node in root.iter(w("bookmarkStart"), w("bookmarkEnd")):
        number = node.get(w("id"), "")
        if node.tag == w("bookmarkStart"):
            still_open.add(number)
        elif number in still_open:
            still_open.remove(number)
        else:
            yield "a bookmark closes that is not open"
    if still_open:
        yield "a bookmark is not closed"
