"""Check how a package hangs together, as far as openxml-audit does not: content types, relations, XML.

That what a relation leads to is there, and what a part uses is related, openxml-audit sees.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from lxml import etree

from iop_sessions.formats.word.guard import is_outside, is_web_link, kind_of
from iop_sessions.formats.word.package import WORD_2006, WORD_2010, Element
from tests.lib.word_audit.body import check_body, doubles
from tests.lib.word_audit.uses import check_uses

_LISTED = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_TYPES, _PACKAGE = "[Content_Types].xml", "_rels/.rels"
_ONCE = ("core-properties", "styles", "numbering", "settings", "fontTable", "theme")
_CONTENTS = {
    "officeDocument": "wordprocessingml.document.main+xml",
    "image": "image/",
    **{kind: f"{kind}+xml" for kind in (*_ONCE, "header", "footer")},
}
"""What stands in the content type of a part that a relation of some kind leads to."""
_ROOTS = {
    "officeDocument": "document", "core-properties": "coreProperties", "styles": "styles",
    "numbering": "numbering", "settings": "settings", "fontTable": "fonts", "theme": "theme",
    "header": "hdr", "footer": "ftr",
}  # fmt: skip
"""The root element of such a part."""
# lxml looks for these some ten times faster than a loop does
_PREFIXES = {"w": WORD_2006, "w14": WORD_2010}
_bare = etree.XPath("//w:*[@*[namespace-uri()='']] | //w14:*[@*[namespace-uri()='']]", namespaces=_PREFIXES)


def check_parts(parts: Mapping[str, bytes], trees: Mapping[str, Element]) -> list[str]:
    """List the faults of structure."""
    found = [*_content_type_faults(parts, trees), *_package_faults(trees)]
    for name, root in trees.items():
        found += [f"{name}: {fault}" for fault in _xml_faults(root)]
        if name.endswith(".rels"):
            found += [f"{name}: {fault}" for fault in _relation_faults(name, root, parts, trees)]
    for name, root in drawn_parts(trees):
        found += [f"{name}: {fault}" for fault in check_body(root)]
    return found + check_uses(drawn_parts(trees), trees)


def drawn_parts(trees: Mapping[str, Element]) -> list[tuple[str, Element]]:
    """Return the parts that a reader sees."""
    seen = ("word/document", "word/header", "word/footer")
    return [(name, root) for name, root in sorted(trees.items()) if name.startswith(seen)]


def _content_type_faults(parts: Mapping[str, bytes], trees: Mapping[str, Element]) -> Iterator[str]:
    root = trees.get(_TYPES)
    if root is None:
        yield f"{_TYPES}: missing or unreadable"
        return
    overrides, endings = _listed(root, "Override", "PartName"), _listed(root, "Default", "Extension")
    for name in parts:
        plain_xml = name.endswith(".xml") and name not in overrides and name != _TYPES
        if plain_xml or (name not in overrides and name.rpartition(".")[2] not in endings):
            yield f"{_TYPES}: no content type for {name}"
    yield from (f"{_TYPES}: {name} is not in the package" for name in overrides if name not in parts)
    yield from (f"{_TYPES}: {name} is listed twice" for name in doubles([*overrides, *endings]))


def _listed(root: Element, name: str, key: str) -> list[str]:
    return [node.get(key, "").lstrip("/") for node in root.iter(f"{_LISTED}{name}")]


def _type_of(part: str, types: Element) -> str:
    """Return the content type of a part: its own, or that of its ending."""
    known = {node.get("PartName") or node.get("Extension"): node.get("ContentType", "") for node in types}
    return known.get(f"/{part}") or known.get(part.rpartition(".")[2], "")


def _package_faults(trees: Mapping[str, Element]) -> Iterator[str]:
    """Say whether the package tells which part holds its properties."""
    if "core-properties" not in map(kind_of, trees.get(_PACKAGE, ())):
        yield f"{_PACKAGE}: no relation leads to the properties"


def _relation_faults(
    name: str, root: Element, parts: Mapping[str, bytes], trees: Mapping[str, Element]
) -> Iterator[str]:
    folder = posixpath.dirname(posixpath.dirname(name))
    kinds = doubles(kind_of(relation) for relation in root)
    yield from (f"two relations lead to the {kind}" for kind in kinds if kind in _ONCE)
    for relation in root:
        target, kind = relation.get("Target", ""), kind_of(relation)
        part = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        if is_outside(relation):
            if not is_web_link(relation):
                yield f"the relation {relation.get('Id')} leads out of the document"
        elif part in parts:
            yield from (
                f"the target {target} is no {kind} by its {what}" for what in _other(part, kind, trees)
            )


def _other(part: str, kind: str, trees: Mapping[str, Element]) -> Iterator[str]:
    """Say by what a part is another kind than the relation says that leads to it."""
    if _TYPES in trees and _CONTENTS.get(kind, "") not in _type_of(part, trees[_TYPES]):
        yield "content type"
    elif part in trees and not str(trees[part].tag).endswith(f"}}{_ROOTS.get(kind, '')}"):
        yield "root"


def _xml_faults(root: Element) -> Iterator[str]:
    """Yield what every part must keep to: no document type, attributes with a namespace."""
    if root.getroottree().docinfo.doctype:
        yield "it declares a document type"
    for node in _bare(root):
        bare = [str(key) for key in node.attrib if not str(key).startswith("{")]
        element = str(node.tag).rpartition("}")[2]
        yield from (f"the attribute {key} of {element} has no namespace" for key in bare)
