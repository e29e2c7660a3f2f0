"""Write Word's XML, and deflated parts as a package with fixed dates and order."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

Element = etree._Element  # noqa: SLF001  # lxml gives its element type no public name

WORD_2006 = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
RELATIONSHIP_ID = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SAFE = etree.XMLParser(
    resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True,
    remove_pis=True,
)  # fmt: skip


@lru_cache(maxsize=1024)
def w(name: str) -> str:
    """Return the full name of an element or attribute of Word's main namespace."""
    return f"{{{WORD_2006}}}{name}"


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


def text_of(node: Element) -> str:
    """Return the words in an element; tabs and breaks count as spaces."""
    pieces = (
        piece.text or "" if piece.tag == w("t") else " " for piece in node.iter(w("t"), w("tab"), w("br"))
    )
    return "".join(pieces)


UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, RuntimeError, ValueError),
    NotImplementedError,  # zipfile's word for a way of compressing that it does not know
)
"""What reading an archive that is broken, locked or odd may raise."""

_LEVEL = 6
_NEW_YEAR_1980 = 0x0021  # the first day a zip file can name; no clock gets into the bytes
_VERSION = 20
_DEFLATED = 8
_UTF8_NAMES = 0x0800
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")


@dataclass(frozen=True)
class PackedPart:
    """One part of a package, deflated and ready to be written any number of times."""

    deflated: bytes
    size: int
    checksum: int


def pack(data: bytes) -> PackedPart:
    """Deflate the bytes of a part."""
    deflater = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return PackedPart(deflater.compress(data) + deflater.flush(), len(data), zlib.crc32(data))


def write_package(parts: Mapping[str, PackedPart]) -> bytes:
    """Write the parts as a zip archive, content types first, then by name."""
    out = bytearray()
    directory = bytearray()
    for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
        part, raw, start = parts[name], name.encode(), len(out)
        about = (
            _UTF8_NAMES,
            _DEFLATED,
            0,
            _NEW_YEAR_1980,
            part.checksum,
            len(part.deflated),
            part.size,
            len(raw),
            0,
        )
        out += _LOCAL.pack(b"PK\x03\x04", _VERSION, *about) + raw + part.deflated
        directory += _CENTRAL.pack(b"PK\x01\x02", _VERSION, _VERSION, *about, 0, 0, 0, 0, start) + raw
    end = _END.pack(b"PK\x05\x06", 0, 0, len(parts), len(parts), len(directory), len(out), 0)
    return bytes(out + directory + end)
