"""Name Word's XML and add elements to it."""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

Element = etree._Element  # noqa: SLF001  # lxml gives its element type no public name

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
RELATIONSHIP_ID = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SAFE = etree.XMLParser(
    resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True,
    remove_pis=True,
)  # fmt: skip


@lru_cache(maxsize=1024)
def w(name: str) -> str:
    """Return the full name of an element or attribute of Word's main namespace."""
    return f"{{{MAIN}}}{name}"


@lru_cache(maxsize=64)
def w14(name: str) -> str:
    """Return the full name of an element or attribute that Word 2010 added."""
    return f"{{{WORD_2010}}}{name}"


@lru_cache(maxsize=64)
def r(name: str) -> str:
    """Return the full name of an attribute that points at a relationship."""
    return f"{{{RELATIONSHIP_ID}}}{name}"


def add(parent: Element, name: str, /, **attributes: str) -> Element:
    """Add a Word element with Word attributes at the end of its parent."""
    node = etree.SubElement(parent, w(name))
    for key, value in attributes.items():
        node.set(w(key), value)
    return node


def parse(data: bytes) -> Element:
    """Parse a part without entities, network or document types."""
    return etree.fromstring(data, _SAFE)


def serialize(root: Element) -> bytes:
    """Write a part as Word does: UTF-8, standalone."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def tag_of(control: Element) -> str:
    """Return the name of the field that a content control is: its tag, or its title where it has no tag."""
    names = (control.find(f"{w('sdtPr')}/{w(name)}") for name in ("tag", "alias"))
    values = (found.get(w("val"), "").strip().casefold() for found in names if found is not None)
    return next((value for value in values if value), "")
