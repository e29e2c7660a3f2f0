"""Read a template that staff edit in Word, and make it ready to fill: styles, fields, nothing personal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.parts.coreprops import CorePropertiesPart
from docx.oxml.coreprops import CT_CoreProperties
from lxml import etree

from iop_sessions.formats.word import guard
from iop_sessions.formats.word.guard import TemplateFault, harm_in, read_trees
from iop_sessions.formats.word.opening import (
    CORE,
    MAIN,
    NUMBERING,
    SETTINGS,
    STYLES,
    is_drawn,
    is_edge,
    name_of_part,
    open_parts,
    save,
    trees_of,
    unzipped,
)
from iop_sessions.formats.word.package import (
    COMPATIBILITY,
    RELATIONSHIP_ID,
    WORD_2010,
    Element,
    PackedPart,
    add,
    pack,
    parse,
    r,
    w,
)
from iop_sessions.formats.word.template_faults import (
    PARAGRAPH_STYLES,
    TABLE_STYLES,
    controls_of,
    edges_of,
    find_faults,
    name_of,
    number_of,
    style_ids,
)
from iop_sessions.ground.errors import Problem

_TRACES = ("proofErr", "lastRenderedPageBreak", "printerSettings", "rsid")
_SITTINGS = ("paraId", "textId", "anchorId", "editId", "dateUtc")  # of Word 2010 and later, in any namespace
_LAST_CURSOR = "_GoBack"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}cNvPr"
_THEMED = ("themeColor", "themeShade", "themeTint")


def drop_unused_edges(document: Document) -> None:
    """Let go of the headers and footers that print nowhere, or nothing."""
    printed = {edge.name for edge in edges_of(document) if not all(map(is_blank, edge.root))}
    relations = document.part.rels
    for key, relation in list(relations.items()):
        if not relation.is_external:
            name = name_of_part(relation.target_part)
            if is_edge(name) and name not in printed:
                del relations[key]
    for section in document.element.iter(w("sectPr")):
        for used in section.findall(w("headerReference")) + section.findall(w("footerReference")):
            if used.get(r("id")) not in relations:
                section.remove(used)


def clean(trees: Mapping[str, Element]) -> None:
    """Change the trees of a template in place."""
    for root in trees.values():
        _forget_traces(root)
    for name, root in trees.items():
        if is_drawn(name):
            for control in controls_of(root, "title"):
                _make_plain(control)
    document = trees[MAIN]
    for control in controls_of(document, "body")[1:]:
        _remove(_line_of(control))
    for root in (root for name, root in trees.items() if is_drawn(name)):
        for control in (*controls_of(root, "body"), *controls_of(root, "footer")):
            _close_up(_line_of(control))
    for margins in document.iter(w("pgMar")):
        _add_gutter(margins)
    _fix_heading_colors(trees[STYLES])


def name_styles_as_word_does(styles: Element) -> None:
    """Write the names of our styles as Word writes them, where capitals are all that differs."""
    there = {name_of(style) for style in styles.findall(w("style"))}
    wanted = {name.casefold(): name for name in (*PARAGRAPH_STYLES, *TABLE_STYLES) if name not in there}
    for style in styles.findall(w("style")):
        known = wanted.pop(name_of(style).casefold(), "")
        named = style.find(w("name"))
        if known and named is not None:
            named.set(w("val"), known)


def _forget_traces(root: Element) -> None:
    """Drop what tells when, where and in which sitting the template was edited."""
    _remove_all(root.iter(*(w(name) for name in _TRACES)))
    marks = [each for each in root.iter(w("bookmarkStart")) if each.get(w("name")) == _LAST_CURSOR]
    ids = {each.get(w("id")) for each in marks}
    _remove_all([*marks, *(each for each in root.iter(w("bookmarkEnd")) if each.get(w("id")) in ids)])
    for node in root.iter(etree.Element):
        for name in [key for key in node.attrib if _is_trace(str(key))]:
            del node.attrib[name]
    for picture in root.iter(_PICTURE):  # the picture's own words stand one level up; here is its old path
        picture.attrib.pop("descr", None)


def _is_trace(attribute: str) -> bool:
    namespace, _, name = attribute.rpartition("}")
    return attribute.startswith(w("rsid")) or (bool(namespace) and name in _SITTINGS)


def _remove_all(nodes: Iterable[Element]) -> None:
    for node in list(nodes):
        _remove(node)


def _remove(node: Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def _make_plain(control: Element) -> None:
    """Leave one run to write the title in, in the look of the first; no hint, no bond to other data."""
    about, content = control.find(w("sdtPr")), control.find(w("sdtContent"))
    if about is None or content is None:
        return
    runs = list(content.iter(w("r")))
    first = runs[0] if runs else add(_line_in(content, in_line=_is_in_line(control)), "r")
    if about.find(w("showingPlcHdr")) is not None:
        _remove_all(first.iterfind(f"{w('rPr')}/{w('rStyle')}"))  # the grey of a hint
    hints = {w("showingPlcHdr"), w("placeholder"), w("temporary")}
    _remove_all(each for each in about if each.tag in hints or str(each.tag).endswith("}dataBinding"))
    _remove_all(runs[1:])
    _remove_all(list(content.iter(w("p")))[1:])
    _remove_all(node for node in first if node.tag != w("rPr"))


def _line_of(control: Element) -> Element:
    """Return the paragraph that a field stands in, or the field where it stands for whole paragraphs."""
    parent = control.getparent()
    return parent if parent is not None and parent.tag == w("p") else control


def _close_up(place: Element) -> None:
    """Drop the blank lines beside a field: Word leaves one below it, and it could fill a sheet of its own."""
    for beside in (place.itersiblings(), place.itersiblings(preceding=True)):
        for node in list(beside):
            if not is_blank(node):
                break
            _remove(node)


def is_blank(node: Element) -> bool:
    """Tell whether a node is a paragraph that shows nothing."""
    shows = (
        w(name) for name in ("t", "drawing", "pict", "br", "tab", "sectPr", "fldSimple", "instrText", "sym")
    )
    return node.tag == w("p") and next(node.iter(*shows), None) is None


def _is_in_line(control: Element) -> bool:
    parent = control.getparent()
    return parent is not None and parent.tag == w("p")


def _line_in(content: Element, *, in_line: bool) -> Element:
    """Return what a run may stand in."""
    found = content.find(f".//{w('p')}")
    if found is not None:
        return found
    return content if in_line else add(content, "p")


def _add_gutter(margins: Element) -> None:
    """Count the room for holes as margin, so that tables are as wide as the text."""
    gutter = margins.get(w("gutter"), "0")
    if gutter not in ("", "0"):
        margins.set(w("left"), str(int(margins.get(w("left"), "0")) + int(gutter)))
        margins.set(w("gutter"), "0")


def _fix_heading_colors(styles: Element) -> None:
    """Let a heading's colour be the one it is written with: a page's group may change that, not the theme."""
    for style in styles.findall(w("style")):
        if name_of(style).startswith("heading "):
            for node in (*style.iter(w("color")), *style.iterfind(f"{w('pPr')}/{w('pBdr')}/*")):
                for key in (w(name) for name in _THEMED):
                    node.attrib.pop(key, None)


def with_check_boxes(document: Element) -> Element:
    """Rebuild the root so that it knows Word 2010's check boxes and lets older readers skip them."""
    known = dict(document.nsmap) | {"w14": WORD_2010, "mc": COMPATIBILITY, "r": RELATIONSHIP_ID}
    root = etree.Element(document.tag, nsmap={name or "w": uri for name, uri in known.items()})
    ignorable = f"{{{COMPATIBILITY}}}Ignorable"
    skipped = {*document.get(ignorable, "").split(), "w14"}
    root.set(ignorable, " ".join(sorted(name for name in skipped if name in root.nsmap)))
    root.extend(list(document))
    return root


__all__ = ["OpenTemplate", "Template", "load", "number_of", "open_template"]
_NO_CLOCK = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, eq=False)
class OpenTemplate:
    """A template as python-docx opened it, if it could be, and what is wrong with it."""

    document: Document | None
    trees: Mapping[str, Element]
    problems: tuple[Problem, ...]

    @property
    def edges(self) -> list[Element]:
        """The headers and footers that print."""
        return [] if self.document is None else [edge.root for edge in edges_of(self.document)]

    @property
    def drawn(self) -> list[Element]:
        """The text, and the headers and footers that print."""
        return [self.trees[MAIN], *self.edges]


@dataclass(frozen=True, eq=False)
class Template:
    """A template, read once: ready parts, and the trees that each document fills."""

    saved: bytes  # as python-docx wrote it, cleaned
    ready: Mapping[str, PackedPart]
    document: Element
    styles: Element
    numbering: Element
    core: CT_CoreProperties
    filled: Mapping[str, Element]  # headers and footers that hold a named field
    style_ids: Mapping[str, str]  # a style's name in Word -> its id in this file


def open_template(path: Path) -> OpenTemplate:
    """Open a template and say all that is wrong with it.

    Raises
    ------
    TemplateFault
        When it cannot be opened, or must not be.
    """
    parts = guard.read_parts(path)
    trees, faults = read_trees(parts)
    faults += harm_in(trees)
    document, ties = open_parts(parts, trees)
    trees = trees if document is None else trees_of(document)
    if STYLES in trees:
        name_styles_as_word_does(trees[STYLES])
    usable = document is not None and STYLES in trees
    if usable or not faults:
        faults += [*find_faults(document, trees), *(ties if usable else ())]
    place = guard.place_of(path)
    return OpenTemplate(document, trees, tuple(Problem(place, *fault) for fault in faults))


def load(path: Path) -> Template:
    """Make a template ready to be filled; the same unchanged file is read once.

    Raises
    ------
    TemplateFault
        When it is missing, unsafe, or lost a style or a named field.
    """
    try:
        status = path.stat()
    except OSError:
        return _read(path, 0, 0)
    return _read(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=32)
def _read(path: Path, _changed: int, _size: int) -> Template:
    opened = open_template(path)
    document = opened.document
    if opened.problems or document is None:
        raise TemplateFault(opened.problems)
    drop_unused_edges(document)
    clean(trees_of(document))
    core = start_properties(document)
    saved = save(document)
    parts = unzipped(saved)
    written = {name: parse(data) for name, data in parts.items() if name.endswith(".xml")}
    filled = {name: root for name, root in written.items() if is_edge(name) and controls_of(root)}
    drawn = (MAIN, STYLES, NUMBERING, SETTINGS, CORE, *filled)
    return Template(
        saved=saved,
        ready={name: pack(data) for name, data in parts.items() if name not in drawn},
        document=with_check_boxes(written[MAIN]),
        styles=written[STYLES],
        numbering=written[NUMBERING],
        core=core,
        filled=filled,
        style_ids=style_ids(written[STYLES]),
    )


def start_properties(document: Document) -> CT_CoreProperties:
    """Give a document settings, and properties that tell of no person and no clock."""
    document.settings.odd_and_even_pages_header_footer = False  # makes settings where a template has none
    package = document.part.package
    element = CT_CoreProperties.new()
    part = CorePropertiesPart(PackURI(f"/{CORE}"), CONTENT_TYPE.OPC_CORE_PROPERTIES, element, package)
    package.relate_to(part, RELATIONSHIP_TYPE.CORE_PROPERTIES)
    about = document.core_properties
    about.title, about.author, about.language, about.last_modified_by = "", "", "", ""
    about.created = about.modified = _NO_CLOCK
    return element
