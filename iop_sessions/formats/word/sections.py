"""Bind a paper of parts: each is a Word section with a footer of its own and page numbers from 1."""

from __future__ import annotations

import copy
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from lxml import etree

from iop_sessions.formats.word.edges import fields, fill_edge
from iop_sessions.formats.word.package import Part, pack, unpack
from iop_sessions.formats.word.paragraphs import Look, paragraph
from iop_sessions.formats.word.relations import relations_name, resolved
from iop_sessions.formats.word.sheet import Sheet
from iop_sessions.formats.word.template import Template
from iop_sessions.formats.word.xml import (
    CONTENT_TYPES,
    RELATIONSHIPS,
    Element,
    add,
    parse,
    r,
    serialize,
    w,
)
from iop_sessions.ground.blocks import NewPart

_RELATIONS, _TYPES = "word/_rels/document.xml.rels", "[Content_Types].xml"
_BEFORE_TYPE = ("headerReference", "footerReference", "footnotePr", "endnotePr")
_BEFORE_NUMBER = (*_BEFORE_TYPE, "type", "pgSz", "pgMar", "paperSrc", "pgBorders", "lnNumType")
_HAIRLINE = 20  # twips; a section cannot end in a table, so a line of one point follows it


def start_part(parent: Element, sheet: Sheet, part: NewPart) -> None:
    """End the section so far; a paper that opens with a part has none to end."""
    sheet.take_break()
    sheet.parts.append(part)
    if len(parent) == sheet.above:
        return
    last = parent[-1] if parent[-1].tag == w("p") else _hairline(parent, sheet)
    about = last.find(w("pPr"))
    sheet.ends.append(add(last if about is None else about, "sectPr"))


def _hairline(parent: Element, sheet: Sheet) -> Element:
    node = paragraph(parent, sheet, Look("Normal", before=0, after=0, line=_HAIRLINE))
    for spacing in node.iter(w("spacing")):
        spacing.set(w("lineRule"), "exact")
    return node


@dataclass(frozen=True)
class _Reference:
    """One header or footer of the template that holds the footer's field."""

    pattern: Element  # what a section points at it with
    name: str  # of the part
    relation: Element


def bind_parts(body: Element, sheet: Sheet, template: Template) -> dict[str, Part]:
    """Give each section its paper, margins, footer and numbers; return the package's parts that are new.

    Headers, and footers without a named field, stand in the first section; the others inherit them.
    """
    last = body.find(w("sectPr"))
    if not sheet.parts or last is None:
        return {}
    pattern = copy.deepcopy(last)
    relations, types = (parse(unpack(template.ready[name])) for name in (_RELATIONS, _TYPES))
    references = list(_references(pattern, relations, template))
    made: dict[str, Part] = {}
    sections = [*sheet.ends, last]
    owners = [*([None] * (len(sections) - len(sheet.parts))), *sheet.parts]
    for number, (section, part) in enumerate(zip(sections, owners, strict=True)):
        section[:] = copy.deepcopy(pattern)[:]
        if part is None:
            continue
        new = {each.name: _numbered(each.name, number) for each in references}
        made |= {new[each.name]: fill_edge(template.filled[each.name], sheet, part) for each in references}
        made |= _own_relations(new, template)
        _declare(types, new)
        _restart(section, inherits=number > 0, references=_point(relations, references, new))
    return made | {_RELATIONS: pack(serialize(relations)), _TYPES: pack(serialize(types))}


def _numbered(name: str, number: int) -> str:
    return f"{name.removesuffix('.xml')}-{number}.xml"


def _references(section: Element, relations: Element, template: Template) -> Iterator[_Reference]:
    known = {relation.get("Id"): relation for relation in relations}
    for node in section.iter(w("headerReference"), w("footerReference")):
        relation = known.get(node.get(r("id")))
        name = resolved("word", relation.get("Target", "")) if relation is not None else ""
        if relation is not None and name in template.filled and fields(template.filled[name], "footer"):
            yield _Reference(node, name, relation)


def _own_relations(new: Mapping[str, str], template: Template) -> dict[str, Part]:
    """Copy the relations of a footer, such as a logo's, to its copies."""
    names = {relations_name(name): relations_name(copied) for name, copied in new.items()}
    return {copied: template.ready[name] for name, copied in names.items() if name in template.ready}


def _declare(types: Element, new: Mapping[str, str]) -> None:
    """Name the content type of each copy: that of the part it was copied from."""
    known = {node.get("PartName", "").lstrip("/"): node.get("ContentType", "") for node in types}
    for name, copied in new.items():
        about = {"PartName": f"/{copied}", "ContentType": known[name]}
        etree.SubElement(types, f"{{{CONTENT_TYPES}}}Override", about)


def _point(relations: Element, references: list[_Reference], new: Mapping[str, str]) -> list[Element]:
    """Relate the document to the copies; return what a section points at them with."""
    pointers = []
    for each in references:
        taken = {relation.get("Id") for relation in relations}
        key = next(name for name in (f"rId{number}" for number in count(1)) if name not in taken)
        about = {
            "Id": key,
            "Type": each.relation.get("Type", ""),
            "Target": posixpath.basename(new[each.name]),
        }
        etree.SubElement(relations, f"{{{RELATIONSHIPS}}}Relationship", about)
        pointer = copy.deepcopy(each.pattern)
        pointer.set(r("id"), key)
        pointers.append(pointer)
    return pointers


def _restart(section: Element, *, inherits: bool, references: list[Element]) -> None:
    """Start a section on the next page, with its own footer and page numbers from 1."""
    replaced = {(node.tag, node.get(w("type"))) for node in references}
    for node in section.findall(w("headerReference")) + section.findall(w("footerReference")):
        if inherits or (node.tag, node.get(w("type"))) in replaced:
            section.remove(node)
    section[:0] = references
    _placed(section, "type", _BEFORE_TYPE).set(w("val"), "nextPage")
    _placed(section, "pgNumType", _BEFORE_NUMBER).set(w("start"), "1")


def _placed(section: Element, name: str, before: tuple[str, ...]) -> Element:
    """Return a setting of a section; a new one stands where the schema wants it."""
    found = section.find(w(name))
    if found is None:
        found = etree.Element(w(name))
        section.insert(sum(node.tag in {w(each) for each in before} for node in section), found)
    return found
