"""Mend what LibreOffice leaves to chance or tags as what it is not.

What is drawn for the eye alone becomes an artifact. A table without a header row is no table but room to
write in, so it becomes plain divisions. Check boxes, which are no list to LibreOffice, become one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import ArrayObject, DictionaryObject, PdfObject

_ABOUT = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
_BOXES = "/Check List"  # LibreOffice tags a paragraph with the name of its style, in our templates this one
_TABLE_PARTS = ("/Table", "/THead", "/TBody", "/TR", "/TD")
_MARK = re.compile(rb"^(?:.*(B[MD]C)|EMC)$", re.MULTILINE)
_PAINTS = re.compile(rb"(?:^|\s)(?:[SsFBb]|[fBb]\*?|Do|sh)$", re.MULTILINE)


class Unsound(Exception):
    """A PDF that cannot be used, in words."""


def mend(data: bytes, source: bytes) -> bytes:
    """Return a PDF without dates and chance, soundly tagged; its id is made from the Word file.

    Raises
    ------
    Unsound
        When the PDF cannot be read or has no tags.
    """
    from pypdf import PdfReader, PdfWriter
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(data), strict=True)
        _name(reader, source)
        writer = PdfWriter(clone_from=reader)
    except PyPdfError:
        raise Unsound("LibreOffice made a PDF that cannot be read") from None
    if "/StructTreeRoot" not in writer.root_object:
        raise Unsound("LibreOffice made a PDF without tags")
    writer.pdf_header = reader.pdf_header
    _tell_nothing_but_the_title(writer)
    _mend_tree(writer)
    _mark_drawings(writer)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def _name(reader: PdfReader, source: bytes) -> None:
    """Give the PDF an id of its own in place of one that is made from the time."""
    from pypdf.generic import ArrayObject, ByteStringObject, NameObject

    number = ByteStringObject(hashlib.sha256(source).digest()[:16])
    reader.trailer[NameObject("/ID")] = ArrayObject([number, number])


def _tell_nothing_but_the_title(writer: PdfWriter) -> None:
    """Drop dates and persons, and LibreOffice's claim to a norm, which it makes unchecked."""
    about = writer.metadata
    title = (about.title if about else "") or ""
    writer.metadata = {"/Title": title, "/Producer": (about.producer if about else "") or ""}
    language = str(writer.root_object.get("/Lang", ""))
    writer.xmp_metadata = _ABOUT.format(title=escape(title), language=escape(language)).encode()


def _mend_tree(writer: PdfWriter) -> None:
    root = writer.root_object["/StructTreeRoot"]
    for node in list(_walk(root)):
        if node.get("/S") == "/Table" and not any(each.get("/S") == "/TH" for each in _walk(node)):
            _divide(node)
        _list_boxes(writer, node)


def _walk(node: PdfObject) -> Iterator[DictionaryObject]:
    """Go through a part of the tree in the order in which it is read."""
    from pypdf.generic import DictionaryObject

    if isinstance(node, DictionaryObject):
        yield node
        for kid in _kids(node):
            yield from _walk(kid.get_object()) if _kind(kid) else ()


def _kids(node: DictionaryObject) -> ArrayObject:
    from pypdf.generic import ArrayObject

    kids = node["/K"] if "/K" in node else ArrayObject()
    return kids if isinstance(kids, ArrayObject) else ArrayObject([node.raw_get("/K")])


def _kind(kid: PdfObject) -> str:
    """Return what a part of the tree is; nothing for a piece of content."""
    from pypdf.generic import DictionaryObject

    node = kid.get_object()
    return str(node.get("/S", "")) if isinstance(node, DictionaryObject) else ""


def _divide(table: DictionaryObject) -> None:
    from pypdf.generic import NameObject

    for node in _walk(table):
        if node.get("/S") in _TABLE_PARTS:
            node[NameObject("/S")] = NameObject("/Div")
            node.pop("/A", None)


def _list_boxes(writer: PdfWriter, parent: DictionaryObject) -> None:
    """Put check boxes that follow each other into a list."""
    from pypdf.generic import ArrayObject, NameObject

    kids = _kids(parent)
    if not any(_kind(kid) == _BOXES for kid in kids):
        return
    parent[NameObject("/K")] = fresh = ArrayObject()
    for is_box, group in groupby(kids, lambda kid: _kind(kid) == _BOXES):
        if not is_box:
            fresh.extend(group)
            continue
        boxes = _add(writer, "/L", parent)
        for kid in group:
            body = _add(writer, "/LBody", _add(writer, "/LI", boxes))
            _kids(body).append(kid)
            kid.get_object()[NameObject("/P")] = body.indirect_reference


def _add(writer: PdfWriter, kind: str, parent: DictionaryObject) -> DictionaryObject:
    """Add a part to the tree as its parent's last."""
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject

    node = DictionaryObject(
        {NameObject("/Type"): NameObject("/StructElem"), NameObject("/S"): NameObject(kind)}
    )
    node[NameObject("/P")] = parent.indirect_reference
    node[NameObject("/K")] = ArrayObject()
    _kids(parent).append(writer._add_object(node))  # noqa: SLF001  # pypdf names no other way, in its manual too
    return node


def _mark_drawings(writer: PdfWriter) -> None:
    from pypdf.generic import StreamObject

    for content in [page["/Contents"] for page in writer.pages if "/Contents" in page]:
        if isinstance(content, StreamObject):  # LibreOffice draws a page in one stream
            content.set_data(mark_drawing(content.get_data()))


def mark_drawing(content: bytes) -> bytes:
    """Mark as artifacts what a page draws outside any mark: rules and borders."""
    made, depth, last = [], 0, 0
    for mark in _MARK.finditer(content):
        made += [_artifact(content[last : mark.start()], depth), mark.group()]
        depth, last = depth + (1 if mark[1] else -1), mark.end()
        if depth < 0:
            return content
    return content if depth else b"".join([*made, _artifact(content[last:], depth)])


def _artifact(drawn: bytes, depth: int) -> bytes:
    if depth or not _PAINTS.search(drawn):
        return drawn
    return b"\n/Artifact BMC\n" + drawn.strip() + b"\nEMC\n"
