"""Let python-docx open a template: only the parts that a page takes along, each read safely before."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import CT_Relationships, CT_Types, serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part as DocxPart
from docx.opc.part import XmlPart

from iop_sessions.formats.word.guard import MENDED, Fault, is_outside, is_web_link, kind_of
from iop_sessions.formats.word.package import RELATIONSHIP_ID, Element, parse, serialize, w

MAIN, STYLES, NUMBERING = "word/document.xml", "word/styles.xml", "word/numbering.xml"
SETTINGS, FONTS, CORE = "word/settings.xml", "word/fontTable.xml", "docProps/core.xml"
EDGES = ("header", "footer")
_ONCE = {"styles": STYLES, "numbering": NUMBERING, "settings": SETTINGS, "fontTable": FONTS}
_ONCE["theme"] = "word/theme/theme1.xml"
_TYPES = {
    "styles": CONTENT_TYPE.WML_STYLES, "numbering": CONTENT_TYPE.WML_NUMBERING,
    "settings": CONTENT_TYPE.WML_SETTINGS, "fontTable": CONTENT_TYPE.WML_FONT_TABLE,
    "theme": CONTENT_TYPE.OFC_THEME, "header": CONTENT_TYPE.WML_HEADER, "footer": CONTENT_TYPE.WML_FOOTER,
}  # fmt: skip
_IN_PARTS = ("image", "font")
_EDGE_TYPES = (CONTENT_TYPE.WML_HEADER, CONTENT_TYPE.WML_FOOTER)
_HOLDING = (
    *(CONTENT_TYPE.WML_DOCUMENT_MAIN, *_EDGE_TYPES, CONTENT_TYPE.WML_NUMBERING, CONTENT_TYPE.WML_FONT_TABLE),
)
"""What may hold pictures and objects."""
_XML = (".xml", ".rels")


def is_edge(name: str) -> bool:
    """Tell whether a part is a header or a footer."""
    return name.startswith(("word/header", "word/footer")) and name.endswith(".xml")


def is_drawn(name: str) -> bool:
    """Tell whether a part is something that a reader sees."""
    return name == MAIN or is_edge(name)


def open_parts(
    parts: Mapping[str, bytes], trees: Mapping[str, Element]
) -> tuple[Document | None, tuple[Fault, ...]]:
    """Open what the guard has read; say what a page cannot take along of it.

    Printer settings, comments, glossaries, custom XML, an attached template and thumbnails stay behind.
    """
    roots = (each for each in trees.get("_rels/.rels", ()) if kind_of(each) == "officeDocument")
    main = next((_resolved("", each.get("Target", "")) for each in roots), MAIN)
    if main not in trees or trees[main].tag != w("document") or trees[main].find(w("body")) is None:
        return None, ()
    handing = _Handing(parts, trees, {main: CONTENT_TYPE.WML_DOCUMENT_MAIN})
    handing.thin(main, (*_TYPES, *_IN_PARTS))
    for name in list(handing.types)[1:]:
        if handing.types[name] != CONTENT_TYPE.WML_SETTINGS:
            handing.thin(name, _IN_PARTS)
    document = docx.Document(handing.package(main))
    _name_as_usual(document)
    return document, tuple(handing.faults)


@dataclass
class _Handing:
    """What is handed over: each part with its content type, and the relations that stay."""

    parts: Mapping[str, bytes]
    trees: Mapping[str, Element]
    types: dict[str, str]
    relations: dict[str, bytes] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def thin(self, name: str, kinds: Collection[str]) -> None:
        """Keep a part's relations of some kinds, and those parts that they lead to."""
        own = str(PackURI(f"/{name}").rels_uri).lstrip("/")
        before = list(self.trees.get(own, ()))
        ids = [each.get("Id", "") for each in before]
        if not all(ids) or len(ids) > len(set(ids)):
            self.faults.append((f"the template is damaged in the part {own}", MENDED))
        kept = CT_Relationships.new()
        known, once = set(), set()
        for relation in before:
            kind, target, key = kind_of(relation), relation.get("Target", ""), relation.get("Id", "")
            if is_outside(relation):
                if is_web_link(relation):
                    known.add(key)
                    kept.add_rel(key, relation.get("Type", ""), target, is_external=True)
            elif kind in kinds and kind not in once:
                known.add(key)
                once |= {kind} & _ONCE.keys()
                part = _resolved(posixpath.dirname(name), target)
                if self._takes(part, kind):
                    kept.add_rel(key, relation.get("Type", ""), f"/{part}")
        self.relations[own] = serialize_part_xml(kept)
        if self.types[name] in _HOLDING:
            place = "text" if self.types[name] not in _EDGE_TYPES else "header or footer"
            self.faults += _loose_ends(self.trees[name], place, known, before)

    def _takes(self, name: str, kind: str) -> bool:
        """Take a part along, or say why not; the settings are made anew anyway."""
        if name not in self.parts:
            if kind != "settings":
                remedy = "in Word: delete the picture or object that is empty, insert it anew, save"
                self.faults.append((f"the part {name} is missing", remedy))
            return False
        if name.endswith(_XML) and name not in self.trees:
            return False  # it could not be read, and that is said already
        written = _type_of(name, self.trees.get("[Content_Types].xml", ()))
        if not written:
            self.faults.append((f"the part {name} does not say what it is", MENDED))
        self.types.setdefault(name, _TYPES.get(kind, written or CONTENT_TYPE.XML))
        return True

    def package(self, main: str) -> io.BytesIO:
        """Pack what is taken along: nothing else comes to python-docx, and no XML as it was written."""
        types, root, packed = CT_Types.new(), CT_Relationships.new(), io.BytesIO()
        root.add_rel("rId1", RELATIONSHIP_TYPE.OFFICE_DOCUMENT, main)
        with zipfile.ZipFile(packed, "w") as archive:
            for name, content_type in self.types.items():
                types.add_override(f"/{name}", content_type)
                read = self.trees.get(name)
                archive.writestr(name, self.parts[name] if read is None else serialize(read))
            for name, relations in self.relations.items():
                archive.writestr(name, relations)
            archive.writestr("_rels/.rels", serialize_part_xml(root))
            archive.writestr("[Content_Types].xml", serialize_part_xml(types))
        return packed


def _resolved(folder: str, target: str) -> str:
    """Return the name of the part that a relation of a part in a folder points at."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _type_of(name: str, types: Iterable[Element]) -> str:
    """Return the content type of a part: in full where it is XML, else by its ending."""
    ending = name.rpartition(".")[2].casefold()
    written = {each.get("Extension", "").casefold(): each.get("ContentType", "") for each in types}
    in_full = {each.get("PartName", "").lstrip("/"): each.get("ContentType", "") for each in types}
    return in_full.get(name) or ("" if ending in ("", "xml") else written.get(ending, ""))


def _loose_ends(
    root: Element, place: str, known: Collection[str], before: Iterable[Element]
) -> Iterator[Fault]:
    """Yield what points at something that stays behind."""
    kinds = {each.get("Id", ""): kind_of(each) for each in before}
    pointers = {
        value
        for node in root.iter()
        if node.tag != w("printerSettings")
        for key, value in node.attrib.items()
        if str(key).startswith(f"{{{RELATIONSHIP_ID}}}") and value
    }
    for kind in sorted({kinds.get(value, "object") or "object" for value in pointers - set(known)}):
        remedy = "in Word: copy it, delete it, and paste it as a picture (Paste Special, PNG)"
        yield f"the {place} holds something that cannot be taken along ({kind})", remedy


def _name_as_usual(document: Document) -> None:
    """Give parts the names that Word gives them, whatever another program called them."""
    numbers = dict.fromkeys(EDGES, 0)
    document.part.partname = PackURI(f"/{MAIN}")
    for relation in document.part.rels.values():
        kind = posixpath.basename(relation.reltype)
        if kind in _ONCE:
            relation.target_part.partname = PackURI(f"/{_ONCE[kind]}")
        elif kind in EDGES:
            numbers[kind] += 1
            if not relation.target_part.partname.startswith(f"/word/{kind}"):
                relation.target_part.partname = PackURI(f"/word/{kind}-{numbers[kind]}.xml")


def trees_of(document: Document) -> dict[str, Element]:
    """Return the XML of each part by its name."""
    parts = ((name_of_part(part), part) for part in document.part.package.iter_parts())
    return {name: tree_of(part) for name, part in parts if name.endswith(".xml")}


def name_of_part(part: DocxPart) -> str:
    """Return the name of a part as an archive has it."""
    return str(part.partname).lstrip("/")


def tree_of(part: DocxPart) -> Element:
    """Return the XML of a part, the living one where python-docx knows the part."""
    return part.element if isinstance(part, XmlPart) else parse(part.blob)


def save(document: Document) -> bytes:
    """Let python-docx write a package; its dates are those of the clock, so its parts are packed anew."""
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def unzipped(package: bytes) -> dict[str, bytes]:
    """Return the parts of a package that python-docx wrote."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
