"""Choose the parts of a template that a document takes along, and say how they hang together."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping

from lxml import etree

from iop_sessions.word.xml import CONTENT_TYPES, RELATIONSHIP_ID, RELATIONSHIPS, Element, parse, serialize

_KEPT = {"styles", "numbering", "settings", "fontTable", "theme", "header", "footer"}
_IN_EDGES = {"image"}
_CORE_TYPE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_WEB = ("http://", "https://", "mailto:", "tel:")
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
    main = _filtered(relations, _KEPT | _IN_EDGES, "word", kept)
    for name in [name for name in kept if name.startswith(("word/header", "word/footer"))]:
        own = f"word/_rels/{posixpath.basename(name)}.rels"
        if own in parts:
            kept[own] = serialize(_filtered(parse(parts[own]), _IN_EDGES, "word", kept))
    kept[_MAIN_RELATIONS] = serialize(main)
    return kept


def _filtered(relations: Element, kinds: set[str], base: str, kept: dict[str, bytes]) -> Element:
    root = etree.Element(f"{{{RELATIONSHIPS}}}Relationships", nsmap={None: RELATIONSHIPS})
    for relation in sorted(relations, key=lambda relation: relation.get("Id", "")):
        kind, target = posixpath.basename(relation.get("Type", "")), relation.get("Target", "")
        outside = relation.get("TargetMode") == "External"
        if outside and kind == "hyperlink" and target.startswith(_WEB):
            root.append(relation)
        elif not outside and kind in kinds:
            kept.setdefault(_resolved(base, target), b"")
            root.append(relation)
    return root


def _resolved(base: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(base, target))


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
    endings = {node.get("Extension", ""): node.get("ContentType", "") for node in parse(original)}
    known |= {"word/document.xml": _MAIN_TYPE, "docProps/core.xml": _CORE_CONTENT}
    known |= {
        f"word/{part}.xml": f"{_WORD_CONTENT}{part}+xml" for part in ("styles", "settings", "numbering")
    }
    root = etree.Element(f"{{{CONTENT_TYPES}}}Types", nsmap={None: CONTENT_TYPES})
    listed = sorted({*names, "docProps/core.xml"} - {"[Content_Types].xml"})
    used = {name.rpartition(".")[2] for name in listed} | {"rels", "xml"}
    defaults = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    for ending in sorted(used & {*endings, *defaults}):
        kind = defaults.get(ending) or endings[ending]
        etree.SubElement(root, f"{{{CONTENT_TYPES}}}Default", {"Extension": ending, "ContentType": kind})
    for name in listed:
        if known.get(name):
            about = {"PartName": f"/{name}", "ContentType": known[name]}
            etree.SubElement(root, f"{{{CONTENT_TYPES}}}Override", about)
    return serialize(root)
