"""Bind a paper of parts: Word sections with footers of their own; fill the named fields of a template."""

from __future__ import annotations

import copy
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import docx
from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from lxml import etree

from iop_sessions.formats.word.opening import (
    CORE,
    MAIN,
    NUMBERING,
    SETTINGS,
    STYLES,
    name_of_part,
    save,
    unzipped,
)
from iop_sessions.formats.word.package import Element, PackedPart, add, pack, r, serialize, tag_of, w
from iop_sessions.formats.word.paragraphs import (
    DrawnSheet,
    Edge,
    ParagraphLook,
    add_run,
    one_line,
    paragraph,
    text_paragraph,
)
from iop_sessions.formats.word.template import Template
from iop_sessions.ground.blocks import NO_BREAK, NewPart, line
from iop_sessions.ground.colors import RULE


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


def fill_title(root: Element, sheet: DrawnSheet) -> None:
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


def fill_edge(root: Element, sheet: DrawnSheet, part: NewPart | None = None) -> PackedPart:
    """Fill the named fields of a header or footer, for one part of a bound paper or for the page."""
    root = copy.deepcopy(root)
    fill_title(root, sheet)
    for control in fields(root, "footer"):
        parent, after = cut_out(control)
        _add_footer(parent, sheet, part)
        parent.extend(after)
    return pack(serialize(root))


def _add_footer(parent: Element, sheet: DrawnSheet, part: NewPart | None) -> None:
    """Add the footer's lines; the first one ends with the page's number at the right."""
    given = sheet.page.footer if part is None else part.footer
    lines = [text for text in given if text.strip()] or [""]
    rule = (Edge("top", RULE, space=4),)
    look = ParagraphLook("footer", edges=rule, tab=("right", "none", sheet.width))
    first = text_paragraph(parent, sheet, look, line(lines[0]))
    add(add(first, "r"), "tab")
    _add_number(first, sheet, part)
    for text in lines[1:]:
        text_paragraph(parent, sheet, ParagraphLook("footer"), line(text))


def _add_number(node: Element, sheet: DrawnSheet, part: NewPart | None) -> None:
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


def start_part(parent: Element, sheet: DrawnSheet, part: NewPart) -> None:
    """End the section so far; a paper that opens with a part has none to end."""
    sheet.take_break()
    sheet.parts.append(part)
    if len(parent) == sheet.above:
        return
    last = parent[-1] if parent[-1].tag == w("p") else _hairline(parent, sheet)
    about = last.find(w("pPr"))
    sheet.ends.append(add(last if about is None else about, "sectPr"))


def _hairline(parent: Element, sheet: DrawnSheet) -> Element:
    node = paragraph(parent, sheet, ParagraphLook("Normal", before=0, after=0, line=_HAIRLINE))
    for spacing in node.iter(w("spacing")):
        spacing.set(w("lineRule"), "exact")
    return node


@dataclass(frozen=True, eq=False)
class _Bound:
    """A template with footers for each of some sections."""

    ready: Mapping[str, PackedPart]
    copies: Mapping[int, Mapping[str, str]]  # of a section: the part that a footer's part was copied from
    pointers: Mapping[int, Sequence[Element]]  # what a section points at its footers with


def bind_parts(body: Element, sheet: DrawnSheet, template: Template) -> Mapping[str, PackedPart]:
    """Give each section its paper, margins, footer and numbers; return the package's parts that are new.

    Headers, and footers without a named field, stand in the first section; the others inherit them.
    """
    last = body.find(w("sectPr"))
    if not sheet.parts or last is None:
        return {}
    pattern = copy.deepcopy(last)
    sections = [*sheet.ends, last]
    before = len(sections) - len(sheet.parts)
    bound = _bound(template, before, len(sections))
    made = dict(bound.ready)
    for number, section in enumerate(sections):
        section[:] = copy.deepcopy(pattern)[:]
        if number < before:
            continue
        for name, source in bound.copies[number].items():
            made[name] = fill_edge(template.filled[source], sheet, sheet.parts[number - before])
        pointers = [copy.deepcopy(pointer) for pointer in bound.pointers[number]]
        _restart(section, inherits=number > 0, references=pointers)
    return made


@lru_cache(maxsize=128)
def _bound(template: Template, first: int, end: int) -> _Bound:
    """Let python-docx add the footers of sections, with their relations, such as a logo's."""
    document = docx.Document(io.BytesIO(template.saved))
    copies: dict[int, dict[str, str]] = {}
    pointers: dict[int, list[Element]] = {}
    references = list(_references(document, template))
    for number in range(first, end):
        copies[number], pointers[number] = {}, []
        fresh: dict[str, XmlPart] = {}
        for reference, source, kind in references:
            name = name_of_part(source)
            copied = fresh.setdefault(name, _copy_of(source, f"{name.removesuffix('.xml')}-{number}.xml"))
            copies[number][name_of_part(copied)] = name
            pointer = copy.deepcopy(reference)
            pointer.set(r("id"), document.part.relate_to(copied, kind))
            pointers[number].append(pointer)
    there = template.ready.keys() | {MAIN, STYLES, NUMBERING, SETTINGS, CORE, *template.filled}
    changed = {_RELATIONS, _TYPES}
    parts = {
        name: data for name, data in unzipped(save(document)).items() if name not in there or name in changed
    }
    return _Bound({name: pack(data) for name, data in parts.items()}, copies, pointers)


def _references(document: Document, template: Template) -> Iterator[tuple[Element, XmlPart, str]]:
    """Yield what a section points with at each header or footer that holds the footer's field."""
    section = list(template.document.iter(w("sectPr")))[-1]
    for node in section.iter(w("headerReference"), w("footerReference")):
        relation = document.part.rels[node.get(r("id"), "")]
        root = template.filled.get(name_of_part(relation.target_part))
        if root is not None and fields(root, "footer") and isinstance(relation.target_part, XmlPart):
            yield node, relation.target_part, relation.reltype


def _copy_of(source: XmlPart, name: str) -> XmlPart:
    copied = type(source)(PackURI(f"/{name}"), source.content_type, source.element, source.package)
    for relation in source.rels.values():
        target = relation.target_ref if relation.is_external else relation.target_part
        copied.load_rel(relation.reltype, target, relation.rId, relation.is_external)
    return copied


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
