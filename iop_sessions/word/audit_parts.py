"""Check that a package hangs together: parts, relations, ids, tables, fields."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from iop_sessions.word.xml import CONTENT_TYPES, RELATIONSHIP_ID, Element, w

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


def check_parts(parts: Mapping[str, bytes], trees: Mapping[str, Element]) -> list[str]:
    """List the faults of structure."""
    found = [*_content_type_faults(parts, trees), *_relation_faults(parts, trees)]
    for name, root in drawn_parts(trees):
        found += [f"{name}: {fault}" for fault in _table_faults(root)]
        found += [f"{name}: {fault}" for fault in _field_faults(root)]
        found += [f"{name}: {fault}" for fault in _id_faults(root)]
    return found + list(_style_faults(trees)) + list(_list_faults(trees))


def drawn_parts(trees: Mapping[str, Element]) -> list[tuple[str, Element]]:
    """Return the parts that a reader sees."""
    seen = ("word/document", "word/header", "word/footer")
    return [(name, root) for name, root in sorted(trees.items()) if name.startswith(seen)]


def _content_type_faults(parts: Mapping[str, bytes], trees: Mapping[str, Element]) -> Iterator[str]:
    root = trees.get("[Content_Types].xml")
    if root is None:
        yield "[Content_Types].xml: missing or unreadable"
        return
    overrides = [node.get("PartName", "").lstrip("/") for node in root.iter(f"{{{CONTENT_TYPES}}}Override")]
    endings = {node.get("Extension", "") for node in root.iter(f"{{{CONTENT_TYPES}}}Default")}
    for name in parts:
        plain_xml = name.endswith(".xml") and name not in overrides and name != "[Content_Types].xml"
        if plain_xml or (name not in overrides and name.rpartition(".")[2] not in endings):
            yield f"[Content_Types].xml: no content type for {name}"
    yield from (
        f"[Content_Types].xml: {name} is not in the package" for name in overrides if name not in parts
    )
    yield from (f"[Content_Types].xml: {name} is listed twice" for name in _doubles(overrides))


def _doubles(values: Iterable[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def _relation_faults(parts: Mapping[str, bytes], trees: Mapping[str, Element]) -> Iterator[str]:
    for name, root in trees.items():
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        ids = [relation.get("Id", "") for relation in root]
        yield from (f"{name}: the relation {each} is there twice" for each in _doubles(ids))
        for relation in root:
            target = relation.get("Target", "")
            path = (
                target.lstrip("/")
                if target.startswith("/")
                else posixpath.normpath(posixpath.join(folder, target))
            )
            if relation.get("TargetMode") != "External" and path not in parts:
                yield f"{name}: the target {target} is not in the package"
    for name, root in drawn_parts(trees):
        own = trees.get(f"word/_rels/{posixpath.basename(name)}.rels")
        known = {relation.get("Id", "") for relation in own} if own is not None else set()
        for node in root.iter():
            for key, value in node.attrib.items():
                if str(key).startswith(f"{{{RELATIONSHIP_ID}}}") and value not in known:
                    yield f"{name}: the relation {value} does not exist"


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
    starts = [node.get(w("id"), "") for node in root.iter(w("bookmarkStart"))]
    ends = [node.get(w("id"), "") for node in root.iter(w("bookmarkEnd"))]
    for kind, ids in (("content control", controls), ("picture", pictures), ("bookmark", starts)):
        yield from (f"two {kind}s have the id {each}" for each in _doubles(ids))
    if sorted(starts) != sorted(ends):
        yield "a bookmark is not closed"


def _style_faults(trees: Mapping[str, Element]) -> Iterator[str]:
    ids = [style.get(w("styleId"), "") for style in trees["word/styles.xml"].iter(w("style"))]
    yield from (f"word/styles.xml: the style {each} is there twice" for each in _doubles(ids))
    for name, root in drawn_parts(trees):
        used = {node.get(w("val"), "") for node in root.iter(w("pStyle"), w("rStyle"), w("tblStyle"))}
        yield from (f"{name}: the style {each} does not exist" for each in sorted(used - set(ids)))


def _list_faults(trees: Mapping[str, Element]) -> Iterator[str]:
    numbering = trees.get("word/numbering.xml")
    nums = list(numbering.findall(w("num"))) if numbering is not None else []
    known = [num.get(w("numId"), "") for num in nums]
    yield from (f"word/numbering.xml: the list {each} is there twice" for each in _doubles(known))
    if numbering is not None:
        tags = [node.tag for node in numbering]
        if w("num") in tags and w("abstractNum") in tags[tags.index(w("num")) :]:
            yield "word/numbering.xml: a pattern stands after a list"
        patterns = {node.get(w("abstractNumId"), "") for node in numbering.findall(w("abstractNum"))}
        for num in nums:
            pattern = num.find(w("abstractNumId"))
            if pattern is None or pattern.get(w("val"), "") not in patterns:
                yield f"word/numbering.xml: the list {num.get(w('numId'))} has no pattern"
    for name, root in [*drawn_parts(trees), ("word/styles.xml", trees["word/styles.xml"])]:
        used = {node.get(w("val"), "") for node in root.iter(w("numId"))} - {"0"}
        yield from (f"{name}: the list {each} does not exist" for each in sorted(used - set(known)))
