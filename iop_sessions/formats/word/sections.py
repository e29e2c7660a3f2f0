"""Bind a paper of parts: Word sections with footers of their own; fill the named fields of a template."""

from __future__ import annotations

import copy
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from lxml import etree

from iop_sessions.formats.word.package import (
    CONTENT_TYPES,
    RELATIONSHIPS,
    Element,
    Part,
    add,
    pack,
    parse,
    r,
    relations_name,
    resolved,
    serialize,
    tag_of,
    unpack,
    w,
)
from iop_sessions.formats.word.paragraphs import (
    Edge,
    Look,
    Sheet,
    add_run,
    one_line,
    paragraph,
    text_paragraph,
)
from iop_sessions.formats.word.template import Template
from iop_sessions.ground.blocks import NewPart, line
from iop_sessions.ground.colors import RULE
from iop_sessions.ground.text import NO_BREAK


def fields(root: Element, name: str) -> list[Element]:
    """List the named fields of one name."""
    return [control for control in root.iter(w("sdt")) if tag_of(control) == name]


def cut_out(control: Element) -> tuple[Element, list[Element]]:
    """Take a field and what follows it out of their parent; return the parent and what followed."""
    place = _outermost(control)
    parent = next(place.iterancestors())
    after = list(place.itersiblings())
    for node in (place, *after):
        parent.remove(node)
    return parent, after


def _outermost(control: Element) -> Element:
    """Return the paragraph that holds a field within a line, else the field itself."""
    parent = control.getparent()
    return parent if parent is not None and parent.tag == w("p") else control


def fill_title(root: Element, sheet: Sheet) -> None:
    """Put the page's title into the optional field of that name, wherever staff placed it."""
    for control in fields(root, "title"):
        content = control.find(w("sdtContent"))
        runs = [] if content is None else list(content.iter(w("r")))
        for run in runs[1:]:
            parent = run.getparent()
            if parent is not None:
                parent.remove(run)
        for run in runs[:1]:
            for piece in run.findall(w("t")):
                run.remove(piece)
            add(run, "t").text = one_line(sheet.page.title)


def fill_edge(root: Element, sheet: Sheet, part: NewPart | None = None) -> Part:
    """Fill the named fields of a header or footer, for one part of a bound paper or for the page."""
    root = copy.deepcopy(root)
    fill_title(root, sheet)
    for control in fields(root, "footer"):
        parent, after = cut_out(control)
        _add_footer(parent, sheet, part)
        parent.extend(after)
    return pack(serialize(root))


def _add_footer(parent: Element, sheet: Sheet, part: NewPart | None) -> None:
    """Add the footer's lines; the first one ends with the page's number at the right."""
    given = sheet.page.footer if part is None else part.footer
    lines = [text for text in given if text.strip()] or [""]
    rule = (Edge("top", RULE, space=4),)
    look = Look("footer", edges=rule, tab=("right", "none", sheet.width))
    first = text_paragraph(parent, sheet, look, line(lines[0]))
    add(add(first, "r"), "tab")
    _add_number(first, sheet, part)
    for text in lines[1:]:
        text_paragraph(parent, sheet, Look("footer"), line(text))


def _add_number(node: Element, sheet: Sheet, part: NewPart | None) -> None:
    """Add the page's number.

    How many pages there are stands only in a paper without parts: LibreOffice cannot count the pages of a
    part, and the pages of all parts together are no count that a reader can check a part by.
    """
    words = sheet.word("page") if part is None else sheet.word("part-page", label=part.label)
    # no-break spaces: where the line is full, the number goes to the next one whole
    add_run(node, f"{words} ".replace(" ", NO_BREAK))
    _add_field(node, "PAGE")
    if not sheet.parts:
        add_run(node, f" {sheet.word('of')} ".replace(" ", NO_BREAK))
        _add_field(node, "NUMPAGES")


def _add_field(node: Element, name: str) -> None:
    """Add a field that Word counts anew each time it lays the page out."""
    add(add(add(node, "fldSimple", instr=f" {name} "), "r"), "t").text = "1"


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
