"""Write a Word package: its XML, which parts a document takes along, and fixed dates and order in the ZIP."""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from xml.sax.saxutils import escape

from lxml import etree

from iop_sessions.ground.text import clean

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


_MAIN = "word/document.xml"
_SINGLE = {name: f"word/{name}.xml" for name in ("styles", "numbering", "settings", "fontTable")}
_SINGLE["theme"] = "word/theme/theme1.xml"
_EDGES = ("header", "footer")


def usual_names(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Rename the parts whose names the relations give away; damaged relations change nothing."""
    try:
        moves = _moves(parts)
        return _moved(parts, moves) if moves else dict(parts)
    except (etree.XMLSyntaxError, ValueError):
        return dict(parts)


def _moves(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return the old and the new name of each part that shall move."""
    main = next(iter(_targets(parts, "_rels/.rels", "officeDocument")), _MAIN)
    moves = {main: _MAIN}
    own = relations_name(main)
    for kind, usual in _SINGLE.items():
        moves |= dict.fromkeys(_targets(parts, own, kind)[:1], usual)
    for kind in _EDGES:
        for number, name in enumerate(_targets(parts, own, kind), 1):
            if not name.startswith(f"word/{kind}"):
                moves[name] = f"word/{kind}-{number}.xml"
    return {old: new for old, new in moves.items() if old != new and old in parts}


def _targets(parts: Mapping[str, bytes], name: str, kind: str) -> list[str]:
    """List the parts that a part of relations names for a purpose."""
    if name not in parts:
        return []
    folder = posixpath.dirname(posixpath.dirname(name))
    inside = [each for each in parse(parts[name]) if not is_outside(each) and kind_of(each) == kind]
    return [resolved(folder, each.get("Target", "")) for each in inside]


def _moved(parts: Mapping[str, bytes], moves: Mapping[str, str]) -> dict[str, bytes]:
    named = dict(moves) | {relations_name(old): relations_name(new) for old, new in moves.items()}
    renamed: dict[str, bytes] = {}
    for name, data in parts.items():
        if name not in named and name in named.values():
            continue  # nothing uses it: a part that an earlier save left behind
        if name.endswith(".rels"):
            root = parse(data)
            _point(root, posixpath.dirname(posixpath.dirname(name)), moves)
            renamed[named.get(name, name)] = serialize(root)
        elif name == "[Content_Types].xml":
            renamed[name] = _types(parse(data), moves)
        else:
            renamed[moves.get(name, name)] = data
    return renamed


def _point(relations: Element, folder: str, moves: Mapping[str, str]) -> None:
    """Point relations at the new names; from the root, for the part they belong to may have moved too."""
    for relation in relations:
        if not is_outside(relation):
            target = resolved(folder, relation.get("Target", ""))
            relation.set("Target", f"/{moves.get(target, target)}")


def _types(types: Element, moves: Mapping[str, str]) -> bytes:
    for node in types:
        name = node.get("PartName", "").lstrip("/")
        if name in moves:
            node.set("PartName", f"/{moves[name]}")
    return serialize(types)


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
class Part:
    """One part of a package, deflated and ready to be written any number of times."""

    deflated: bytes
    size: int
    checksum: int


def pack(data: bytes) -> Part:
    """Deflate the bytes of a part."""
    deflater = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Part(deflater.compress(data) + deflater.flush(), len(data), zlib.crc32(data))


def unpack(part: Part) -> bytes:
    """Return the bytes of a part."""
    return zlib.decompress(part.deflated, -zlib.MAX_WBITS)


def write_package(parts: Mapping[str, Part]) -> bytes:
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


_CORE = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title><dc:creator></dc:creator>\
<dc:language>{language}</dc:language><cp:lastModifiedBy></cp:lastModifiedBy>\
<dcterms:created xsi:type="dcterms:W3CDTF">1980-01-01T00:00:00Z</dcterms:created>\
<dcterms:modified xsi:type="dcterms:W3CDTF">1980-01-01T00:00:00Z</dcterms:modified></cp:coreProperties>
"""


def core_properties(title: str, language: str) -> bytes:
    """Write the document's properties: a title and a language, no person and no clock."""
    one_line = " ".join(clean(title).split())
    return _CORE.format(title=escape(one_line), language=escape(clean(language))).encode()


def text_of(node: Element) -> str:
    """Return the words in an element; tabs and breaks count as spaces."""
    pieces = (
        piece.text or "" if piece.tag == w("t") else " " for piece in node.iter(w("t"), w("tab"), w("br"))
    )
    return "".join(pieces)
