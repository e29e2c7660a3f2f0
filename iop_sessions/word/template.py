"""Read a template that staff edit in Word: its styles, its named fields, and nothing personal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lxml import etree

from iop_sessions.errors import Problem
from iop_sessions.word import guard
from iop_sessions.word.faults import TemplateFault
from iop_sessions.word.package import Part, pack
from iop_sessions.word.relations import content_types, kept_relations, main_relations, package_relations
from iop_sessions.word.xml import (
    COMPATIBILITY,
    RELATIONSHIP_ID,
    WORD_2010,
    Element,
    parse,
    serialize,
    tag_of,
    w,
)

PARAGRAPH_STYLES = (
    "Normal", "heading 1", "heading 2", "heading 3", "Purpose", "Note", "Small Print", "List Bullet",
    "List Number", "Check List", "Box Text", "Table Head", "Table Text", "Table Small", "footer",
)  # fmt: skip
TABLE_STYLES = ("Page Table", "Writing Lines", "Scale Boxes", "Cut Cards")
NUMBERED_STYLES = ("List Bullet", "List Number")
FIELDS = ("body", "footer")
_OR_COPY = "or copy the template from a new workspace"
_TRACES = ("proofErr", "lastRenderedPageBreak", "printerSettings")
_REVIEWED = ("ins", "del", "moveFrom", "moveTo", "commentReference", "footnoteReference", "endnoteReference")


@dataclass(frozen=True, eq=False)
class Template:
    """A template, read once: ready parts, and the trees that each document fills."""

    ready: Mapping[str, Part]
    document: Element
    styles: Element
    numbering: Element
    filled: Mapping[str, Element]  # headers and footers that hold a named field
    style_ids: Mapping[str, str]  # a style's name in Word -> its id in this file


def load(path: Path) -> Template:
    """Open a template; the same unchanged file is read once.

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


def template_problems(path: Path) -> list[Problem]:
    """List what is wrong with a template."""
    try:
        load(path)
    except TemplateFault as fault:
        return list(fault.problems)
    return []


@lru_cache(maxsize=32)
def _read(path: Path, _changed: int, _size: int) -> Template:
    parts = guard.read_parts(path)
    trees = _trees(path, parts)
    problems = [Problem(guard.place_of(path), *each) for each in _faults(trees)]
    if problems:
        raise TemplateFault(problems)
    for root in trees.values():
        _forget_traces(root)
    relations = main_relations(parts)
    styles, numbering = trees["word/styles.xml"], trees["word/numbering.xml"]
    filled = {name: root for name, root in trees.items() if _is_edge(name) and list(_controls(root))}
    drawn = {"word/document.xml", "word/styles.xml", "word/numbering.xml", "word/settings.xml", *filled}
    kept = kept_relations(parts, relations)
    ready = {
        name: pack(_bytes_of(name, parts, trees)) for name in kept if name in parts and name not in drawn
    }
    ready["_rels/.rels"] = pack(package_relations())
    ready["word/_rels/document.xml.rels"] = pack(kept["word/_rels/document.xml.rels"])
    ready |= {name: pack(data) for name, data in kept.items() if name.endswith(".rels")}
    ready["[Content_Types].xml"] = pack(content_types(parts["[Content_Types].xml"], {*ready, *drawn}))
    document = _with_check_boxes(trees["word/document.xml"])
    return Template(ready, document, styles, numbering, filled, _style_ids(styles))


def _bytes_of(name: str, parts: Mapping[str, bytes], trees: Mapping[str, Element]) -> bytes:
    return serialize(trees[name]) if name in trees else parts[name]


def _trees(path: Path, parts: Mapping[str, bytes]) -> dict[str, Element]:
    try:
        names = [name for name in parts if name.startswith("word/") and name.endswith(".xml")]
        return {name: parse(parts[name]) for name in names}
    except etree.XMLSyntaxError:
        remedy = "open it in Word, let Word repair it, and save it again"
        raise TemplateFault([Problem(guard.place_of(path), "the template is damaged", remedy)]) from None


def _is_edge(name: str) -> bool:
    return name.startswith(("word/header", "word/footer"))


def _controls(root: Element) -> Iterator[Element]:
    return (control for control in root.iter(w("sdt")) if tag_of(control))


def _style_ids(styles: Element) -> dict[str, str]:
    """Map names to ids: Word in another language changes the ids of its own styles, never the names."""
    named = ((style.find(w("name")), style.get(w("styleId"), "")) for style in styles.findall(w("style")))
    return {name.get(w("val"), ""): style_id for name, style_id in named if name is not None}


def _faults(trees: Mapping[str, Element]) -> Iterator[tuple[str, str]]:
    """Yield what the template lacks, each with its remedy."""
    document = trees["word/document.xml"]
    if document.tag != w("document") or document.find(w("body")) is None or "word/styles.xml" not in trees:
        yield "this is not a Word document that can be filled", "save it in Word as 'Word Document (.docx)'"
        return
    yield from _style_faults(trees)
    edges = [root for name, root in trees.items() if _is_edge(name)]
    for field, roots, where in (("body", [document], "text"), ("footer", edges, "footer")):
        if not any(tag_of(control) == field for root in roots for control in _controls(root)):
            remedy = f"in Word: Developer, Rich Text Content Control, then Properties, Tag: {field}"
            yield f"the named field '{field}' is missing from the {where}", f"{remedy}; {_OR_COPY}"
    yield from _body_faults([each for each in _controls(document) if tag_of(each) == "body"])
    if any(root.find(f".//{w(name)}") is not None for root in (document, *edges) for name in _REVIEWED):
        yield (
            "the template holds tracked changes, comments or footnotes",
            "in Word: Review, accept or reject all changes, delete all comments and footnotes, save",
        )


def _body_faults(fields: list[Element]) -> Iterator[tuple[str, str]]:
    """Yield what keeps a whole page from standing in the field."""
    if len(fields) > 1:
        yield "the named field 'body' is there twice", "in Word: delete one of them"
    for field in fields[:1]:
        parents = [node.tag for node in field.iterancestors()]
        if parents[-2:] != [w("body"), w("document")] or parents[:-2] not in ([], [w("p")]):
            yield "the named field 'body' stands inside something", "in Word: move it out of the table or box"


def _style_faults(trees: Mapping[str, Element]) -> Iterator[tuple[str, str]]:
    styles = trees["word/styles.xml"]
    ids = _style_ids(styles)
    for name in (*PARAGRAPH_STYLES, *TABLE_STYLES):
        if name not in ids:
            remedy = f"in Word: Styles pane, New Style, name it '{name}'; {_OR_COPY}"
            yield f"the style '{name}' is missing", remedy
    for name in NUMBERED_STYLES:
        if name in ids and ("word/numbering.xml" not in trees or not number_of(styles, ids[name])):
            remedy = f"in Word: Modify Style '{name}', Format, Numbering; {_OR_COPY}"
            yield f"the style '{name}' lost its list", remedy


def number_of(styles: Element, style_id: str) -> str:
    """Return the number of the list that a paragraph style draws; empty when it draws none."""
    found = styles.find(f"{w('style')}[@{w('styleId')}='{style_id}']/{w('pPr')}/{w('numPr')}/{w('numId')}")
    return found.get(w("val"), "") if found is not None else ""


def _forget_traces(root: Element) -> None:
    """Drop what tells when, where and in which sitting the template was edited."""
    for node in list(root.iter(*(w(name) for name in _TRACES))):
        parent = node.getparent()
        if parent is not None:
            parent.remove(node)
    for node in root.iter(etree.Element):
        for name in [key for key in node.attrib if _is_trace(str(key))]:
            del node.attrib[name]


def _is_trace(attribute: str) -> bool:
    return attribute.startswith(w("rsid")) or attribute in (
        f"{{{WORD_2010}}}paraId",
        f"{{{WORD_2010}}}textId",
    )


def _with_check_boxes(document: Element) -> Element:
    """Rebuild the root so that it knows Word 2010's check boxes and lets older readers skip them."""
    known = dict(document.nsmap) | {"w14": WORD_2010, "mc": COMPATIBILITY, "r": RELATIONSHIP_ID}
    root = etree.Element(document.tag, nsmap={name or "w": uri for name, uri in known.items()})
    ignorable = f"{{{COMPATIBILITY}}}Ignorable"
    skipped = {*document.get(ignorable, "").split(), "w14"}
    root.set(ignorable, " ".join(sorted(name for name in skipped if name in root.nsmap)))
    root.extend(list(document))
    return root
