"""Choose the parts of a template that a document takes along, and say how they hang together."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping

from lxml import etree

from iop_sessions.formats.word.xml import (
    CONTENT_TYPES,
    RELATIONSHIP_ID,
    RELATIONSHIPS,
    Element,
    parse,
    serialize,
)

_KEPT = {"styles", "numbering", "settings", "fontTable", "theme", "header", "footer"}
_IN_PARTS = {"image", "font"}
_CORE_TYPE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
WEB = ("http://", "https://", "mailto:", "tel:")
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_CORE_CONTENT = "application/vnd.openxmlformats-package.core-properties+xml"
_WORD_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MAIN_RELATIONS = "word/_rels/document.xml.rels"


def main_relations(parts: Mapping[str, bytes]) -> Element:
    """Read the relations of the main document."""
    return parse(parts.get(_MAIN_RELATIONS, _empty()))


def _empty() -> bytes:
    return serialize(etree.Element(f"{{{RELATIONSHIPS}}}Relationships", nsmap={None: RELATIONSHIPS}))


def kept_relations(parts: Mapping[str, bytes], relations: Element) -> dict[str, bytes]:
    """Return the names of the parts to keep, and the new relations of those that have some.

    Printer settings, comments, glossaries, custom XML, an attached template and thumbnails stay behind.
    """
    kept: dict[str, bytes] = {}
    main = _filtered(relations, _KEPT | _IN_PARTS, "word", kept)
    for name in list(kept):
        own = relations_name(name)
        if own in parts and name != "word/settings.xml":
            kept[own] = serialize(_filtered(parse(parts[own]), _IN_PARTS, posixpath.dirname(name), kept))
    kept[_MAIN_RELATIONS] = serialize(main)
    return kept


def relations_name(name: str) -> str:
    """Return the name of the part that holds another part's relations."""
    folder, file = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _filtered(relations: Element, kinds: set[str], base: str, kept: dict[str, bytes]) -> Element:
    root = etree.Element(f"{{{RELATIONSHIPS}}}Relationships", nsmap={None: RELATIONSHIPS})
    for relation in sorted(relations, key=lambda relation: relation.get("Id", "")):
        kind, target = kind_of(relation), relation.get("Target", "")
        if is_outside(relation) and is_web_link(relation):
            root.append(relation)
        elif not is_outside(relation) and kind in kinds:
            kept.setdefault(resolved(base, target), b"")
            root.append(relation)
    return root


def kind_of(relation: Element) -> str:
    """Return what a relation is for, such as ``image``."""
    return posixpath.basename(relation.get("Type", ""))


def is_outside(relation: Element) -> bool:
    """Tell whether a relation leads out of the document."""
    return relation.get("TargetMode", "").casefold() == "external"


def is_web_link(relation: Element) -> bool:
    """Tell whether a relation is a link that a reader clicks: to a web page, a mail address, a telephone."""
    return kind_of(relation) == "hyperlink" and relation.get("Target", "").casefold().startswith(WEB)


def resolved(base: str, target: str) -> str:
    """Return the name of the part that a relation of a part in a folder points at."""
    return posixpath.normpath(posixpath.join("/", base, target)).lstrip("/")


def package_relations() -> bytes:
    """Write the relations of the package: a document and its core properties, nothing else."""
    root = etree.Element(f"{{{RELATIONSHIPS}}}Relationships", nsmap={None: RELATIONSHIPS})
    document = f"{RELATIONSHIP_ID}/officeDocument"
    for number, (kind, target) in enumerate(
        ((document, "word/document.xml"), (_CORE_TYPE, "docProps/core.xml"))
    ):
        attributes = {"Id": f"rId{number + 1}", "Type": kind, "Target": target}
        etree.SubElement(root, f"{{{RELATIONSHIPS}}}Relationship", attributes)
    return serialize(root)


def content_types(original: bytes, names: Iterable[str]) -> bytes:
    """Write the content types of the parts that are kept."""
    known = {node.get("PartName", "").lstrip("/"): node.get("ContentType", "") for node in parse(original)}
    endings = {
        node.get("Extension", "").casefold(): node.get("ContentType", "") for node in parse(original)
    } | {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    known |= {"word/document.xml": _MAIN_TYPE, "docProps/core.xml": _CORE_CONTENT}
    known |= {
        f"word/{part}.xml": f"{_WORD_CONTENT}{part}+xml" for part in ("styles", "settings", "numbering")
    }
    root = etree.Element(f"{{{CONTENT_TYPES}}}Types", nsmap={None: CONTENT_TYPES})
    listed = sorted({*names, "docProps/core.xml"} - {"[Content_Types].xml"})
    used = {each.casefold(): each for each in (*(name.rpartition(".")[2] for name in listed), "rels", "xml")}
    for ending in sorted(used[each] for each in used.keys() & endings.keys()):
        about = {"Extension": ending, "ContentType": endings[ending.casefold()]}
        etree.SubElement(root, f"{{{CONTENT_TYPES}}}Default", about)
    for name in listed:
        if known.get(name):
            about = {"PartName": f"/{name}", "ContentType": known[name]}
            etree.SubElement(root, f"{{{CONTENT_TYPES}}}Override", about)
    return serialize(root)
