"""Read a template that staff edit in Word: its styles, its named fields, and nothing personal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lxml import etree

from iop_sessions.formats.word import guard
from iop_sessions.formats.word.guard import TemplateFault, harm_in, read_trees
from iop_sessions.formats.word.package import (
    COMPATIBILITY,
    RELATIONSHIP_ID,
    WORD_2010,
    Element,
    Part,
    add,
    content_types,
    kept_relations,
    main_relations,
    pack,
    package_relations,
    r,
    resolved,
    serialize,
    usual_names,
    w,
)
from iop_sessions.formats.word.template_faults import (
    MAIN,
    PARAGRAPH_STYLES,
    STYLES,
    TABLE_STYLES,
    controls_of,
    edges_of,
    find_faults,
    is_drawn,
    is_edge,
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


def drop_unused_edges(trees: dict[str, Element], relations: Element) -> None:
    """Let go of the headers and footers that print nowhere, or nothing."""
    printed = {edge.name for edge in edges_of(trees) if not all(map(is_blank, edge.root))}
    dropped = set()
    for relation in list(relations):
        name = resolved("word", relation.get("Target", ""))
        if is_edge(name) and name not in printed:
            dropped.add(relation.get("Id"))
            trees.pop(name, None)
            relations.remove(relation)
    for section in trees[MAIN].iter(w("sectPr")):
        for used in section.findall(w("headerReference")) + section.findall(w("footerReference")):
            if used.get(r("id")) in dropped:
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


__all__ = ["Opened", "Template", "load", "number_of", "open_template"]


@dataclass(frozen=True, eq=False)
class Opened:
    """A template as it is in its file, and what is wrong with it."""

    parts: Mapping[str, bytes]  # those that could be read
    trees: Mapping[str, Element]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, eq=False)
class Template:
    """A template, read once: ready parts, and the trees that each document fills."""

    ready: Mapping[str, Part]
    document: Element
    styles: Element
    numbering: Element
    filled: Mapping[str, Element]  # headers and footers that hold a named field
    style_ids: Mapping[str, str]  # a style's name in Word -> its id in this file


def open_template(path: Path) -> Opened:
    """Open a template and say all that is wrong with it.

    Raises
    ------
    TemplateFault
        When it cannot be opened, or must not be.
    """
    parts = guard.read_parts(path)
    trees, faults = read_trees(parts)
    if not faults:
        parts = usual_names(parts)
        trees, _ = read_trees(parts)
    if STYLES in trees:
        name_styles_as_word_does(trees[STYLES])
    faults += harm_in(trees)
    if not faults or {MAIN, STYLES} <= trees.keys():
        faults += find_faults(parts, trees)
    place = guard.place_of(path)
    read = {
        name: data for name, data in parts.items() if name in trees or not name.endswith((".xml", ".rels"))
    }
    return Opened(read, trees, tuple(Problem(place, *fault) for fault in faults))


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
    if opened.problems:
        raise TemplateFault(opened.problems)
    parts, trees, relations = opened.parts, dict(opened.trees), main_relations(opened.parts)
    drop_unused_edges(trees, relations)
    clean(trees)
    styles, numbering = trees[STYLES], trees["word/numbering.xml"]
    filled = {name: root for name, root in trees.items() if is_edge(name) and controls_of(root)}
    drawn = {MAIN, STYLES, "word/numbering.xml", "word/settings.xml", *filled}
    kept = kept_relations(parts, relations)
    ready = {
        name: pack(_bytes_of(name, parts, trees)) for name in kept if name in parts and name not in drawn
    }
    ready["_rels/.rels"] = pack(package_relations())
    ready |= {name: pack(data) for name, data in kept.items() if name.endswith(".rels")}
    ready["[Content_Types].xml"] = pack(content_types(parts["[Content_Types].xml"], {*ready, *drawn}))
    document = with_check_boxes(trees[MAIN])
    return Template(ready, document, styles, numbering, filled, style_ids(styles))


def _bytes_of(name: str, parts: Mapping[str, bytes], trees: Mapping[str, Element]) -> bytes:
    return serialize(trees[name]) if name in trees else parts[name]
