"""Check what Word repairs or refuses inside the parts and openxml-audit lets pass: tables, fields, ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from iop_sessions.formats.word.package import Element, w

_HOLDERS = tuple(w(name) for name in ("body", "p", "r", "tc"))  # what holds no text of its own


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
        rows = table.findall(w("tr"))
        if not rows:
            yield f"table {number} has no rows"
        for row in rows:
            cells = row.findall(w("tc"))
            if cells and columns and len(cells) != columns and row.find(f".//{w('gridSpan')}") is None:
                yield f"table {number} has a row of {len(cells)} cells in a grid of {columns}"
            if any(not len(cell) or cell[-1].tag != w("p") for cell in cells):
                yield f"table {number} has a cell that does not end with a paragraph"


def _nesting_faults(root: Element) -> Iterator[str]:
    """Yield what stands where it may not: text outside a run, a link in a link, a control without content."""
    for node in root.iter(*_HOLDERS):
        if (node.text or "").strip():
            yield f"bare text stands in {str(node.tag).rpartition('}')[2]}"
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
    yield from (f"two content controls have the id {each}" for each in doubles(controls))


def _bookmark_faults(root: Element) -> Iterator[str]:
    names = (node.get(w("name"), "") for node in root.iter(w("bookmarkStart")))
    yield from (f"two bookmarks have the name {each}" for each in doubles(names))
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
