"""Say what a template lost that a page needs, each fault with its remedy in Word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from docx.document import Document

from iop_sessions.formats.word.guard import MENDED, Fault
from iop_sessions.formats.word.opening import MAIN, NUMBERING, STYLES, is_drawn, name_of_part, tree_of
from iop_sessions.formats.word.package import Element, r, tag_of, text_of, w

PARAGRAPH_STYLES = (
    "Normal", "heading 1", "heading 2", "heading 3", "Purpose", "Note", "Small Print", "List Bullet",
    "List Number", "Check List", "Box Text", "Table Head", "Table Text", "Table Small", "footer",
)  # fmt: skip
TABLE_STYLES = ("Page Table", "Writing Lines", "Scale Boxes", "Cut Cards")
NUMBERED_STYLES = ("List Bullet", "List Number")
FIELDS = ("body", "footer", "title")
OR_COPY = "or copy the template from a new workspace"
_WHOLE = re.compile(r"-?[0-9]{1,6}")
_MEASURES = {
    "pgMar": ("top", "right", "bottom", "left", "gutter"), "sz": ("val",), "szCs": ("val",),
    "ind": ("left", "hanging"), "tab": ("pos",), "num": ("numId",),
}  # fmt: skip
_REVIEWED = (
    "ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange",
    "trPrChange", "tcPrChange", "cellIns", "cellDel", "commentReference", "commentRangeStart",
    "footnoteReference", "endnoteReference",
)  # fmt: skip
_FOOTER_STANDS = {"ftr", "hdr", "tbl", "tr", "tc", "sdt", "sdtContent"}


def find_faults(document: Document | None, trees: Mapping[str, Element]) -> Iterator[Fault]:
    """Yield what the template lacks, each with its remedy."""
    if document is None or STYLES not in trees:
        yield "this is not a Word document that can be filled", "save it in Word as 'Word Document (.docx)'"
        return
    yield from _style_faults(trees)
    yield from _field_faults(trees[MAIN], edges_of(document))
    yield from _section_faults(trees[MAIN])
    drawn = [root for name, root in trees.items() if is_drawn(name)]
    if any(next(root.iter(*map(w, _REVIEWED)), None) is not None for root in drawn):
        yield (
            "the template holds tracked changes, comments or footnotes",
            "in Word: Review, accept or reject all changes, delete all comments and footnotes, save",
        )
    yield from _measure_faults(trees)


@dataclass(frozen=True, eq=False)
class HeaderFooter:
    """A header or footer, and the pages it stands on: ``default``, ``first`` or ``even``."""

    name: str
    root: Element
    pages: str


def edges_of(document: Document) -> list[HeaderFooter]:
    """List the headers and footers that print, in the order of the section's list.

    Even pages have none of their own, for each document gets fresh settings.
    """
    found = []
    for section in list(document.element.iter(w("sectPr")))[-1:]:
        printed = ("default", "first") if is_on(section.find(w("titlePg"))) else ("default",)
        for used in section.iter(w("headerReference"), w("footerReference")):
            part = document.part.related_parts.get(used.get(r("id"), ""))
            pages = used.get(w("type"), "default")
            if part is not None and pages in printed:
                found.append(HeaderFooter(name_of_part(part), tree_of(part), pages))
    return found


def has_first_page(document: Element) -> bool:
    """Tell whether the first page has a header and footer of its own."""
    return any(is_on(section.find(w("titlePg"))) for section in list(document.iter(w("sectPr")))[-1:])


def is_on(switch: Element | None) -> bool:
    """Tell whether a switch of Word's is there and on."""
    return switch is not None and switch.get(w("val"), "1") not in ("0", "false", "off")


def controls_of(root: Element, name: str = "") -> list[Element]:
    """List the content controls that are fields, or one field's."""
    return [
        each for each in root.iter(w("sdt")) if (tag_of(each) == name if name else tag_of(each) in FIELDS)
    ]


def _field_faults(document: Element, edges: Sequence[HeaderFooter]) -> Iterator[Fault]:
    """Yield which fields are missing, and which stand where nothing can be put in their place."""
    bodies = controls_of(document, "body")
    footers = [each for edge in edges for each in controls_of(edge.root, "footer")]
    missing = {"body": not bodies, "footer": not _holds_footer(edges, "default")}
    for field, where in (("body", "text"), ("footer", "footer")):
        if missing[field]:
            remedy = f"in Word: Developer, Rich Text Content Control, then Properties, Tag: {field}"
            yield f"the named field '{field}' is missing from the {where}", f"{remedy}; {OR_COPY}"
    if has_first_page(document) and not missing["footer"] and not _holds_footer(edges, "first"):
        remedy = "in Word: Header & Footer, untick Different First Page, or copy the field there"
        yield "the footer of the first page has no named field 'footer'", remedy
    for field, found in (("body", bodies[:1]), ("footer", footers)):
        for control in found:
            yield from _standing_faults(field, control)


def _holds_footer(edges: Sequence[HeaderFooter], pages: str) -> bool:
    """Tell whether the lines that say whom to call stand on these pages."""
    return any(controls_of(edge.root, "footer") for edge in edges if edge.pages == pages)


def _standing_faults(field: str, control: Element) -> Iterator[Fault]:
    content = control.find(w("sdtContent"))
    if content is not None and (content.find(w("tc")) is not None or content.find(w("tr")) is not None):
        remedy = "in Word: delete the field, put the cursor in an empty line, and insert it again"
        yield f"the named field '{field}' holds a cell of a table", remedy
        return
    above = [str(node.tag).rpartition("}")[2] for node in control.iterancestors()]
    in_line = above[:1] == ["p"]
    around = above[1:] if in_line else above
    stands = around == ["body", "document"] if field == "body" else set(around) <= _FOOTER_STANDS
    if not stands:
        place = "table or box" if field == "body" else "box"
        yield f"the named field '{field}' stands inside something", f"in Word: move it out of the {place}"
    elif in_line:
        yield from _neighbour_faults(field, control)


def _neighbour_faults(field: str, control: Element) -> Iterator[Fault]:
    """Yield what stands on the field's line: it would be lost, for the line makes room for the field."""
    row = control.getparent()
    if row is None:
        return
    others = [node for node in row if node is not control]
    words = " ".join("".join(text_of(node) for node in others).split())
    pictured = any(next(node.iter(w("drawing"), w("pict")), None) is not None for node in others)
    if words or pictured:
        what = f"'{words[:40]}' stands" if words else "a picture stands"
        yield f"{what} on the line of the named field '{field}'", "in Word: give it a line of its own"


def _section_faults(document: Element) -> Iterator[Fault]:
    if len(list(document.iter(w("sectPr")))) > 1:
        yield "the template has a section break", "in Word: show hidden marks (¶), delete the break, save"


def _style_faults(trees: Mapping[str, Element]) -> Iterator[Fault]:
    styles = trees[STYLES]
    kinds = {name_of(style): style.get(w("type"), "") for style in styles.findall(w("style"))}
    for kind, names in (("paragraph", PARAGRAPH_STYLES), ("table", TABLE_STYLES)):
        remedy = "in Word: Styles pane, New Style"
        new = f"{remedy}, Style type: Table" if kind == "table" else remedy
        for name in names:
            if name not in kinds:
                yield f"the style '{name}' is missing", f"{new}, name it '{name}'; {OR_COPY}"
            elif kinds[name] != kind:
                typed = f"{remedy}, Style type: {kind.capitalize()}"
                yield f"the style '{name}' is no {kind} style", f"{typed}, name it '{name}'; {OR_COPY}"
    numbering = trees.get(NUMBERING)
    lists = set() if numbering is None else {each.get(w("numId")) for each in numbering.findall(w("num"))}
    ids = style_ids(styles)
    for name in NUMBERED_STYLES:
        if kinds.get(name) == "paragraph" and number_of(styles, ids[name]) not in lists:
            remedy = f"in Word: Modify Style '{name}', Format, Numbering; {OR_COPY}"
            yield f"the style '{name}' lost its list", remedy


def name_of(style: Element) -> str:
    """Return the name of a style as staff see it."""
    named = style.find(w("name"))
    return named.get(w("val"), "") if named is not None else ""


def style_ids(styles: Element) -> dict[str, str]:
    """Map names to ids: Word in another language changes the ids of its own styles, never the names."""
    return {name_of(style): style.get(w("styleId"), "") for style in styles.findall(w("style"))}


def number_of(styles: Element, style_id: str) -> str:
    """Return the number of the list that a paragraph style draws, its own or inherited; empty when none."""
    for style in chain_of(styles, style_id):
        found = style.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}")
        if found is not None:
            number = found.get(w("val"), "")
            return "" if number == "0" else number  # 0 is Word's way to take a list away
    return ""


def chain_of(styles: Element, style_id: str) -> Iterator[Element]:
    """Yield a style and those it is based on."""
    known = {style.get(w("styleId"), ""): style for style in styles.findall(w("style"))}
    while style_id in known:
        style = known.pop(style_id)
        yield style
        based = style.find(w("basedOn"))
        style_id = based.get(w("val"), "") if based is not None else ""


def _measure_faults(trees: Mapping[str, Element]) -> Iterator[Fault]:
    """Yield the parts with a measure that is no whole number; other programs than Word write such."""
    for name in (MAIN, STYLES, NUMBERING):
        nodes = trees[name].iter(*map(w, _MEASURES)) if name in trees else ()
        values = (
            node.get(w(key), "0") for node in nodes for key in _MEASURES[str(node.tag).rpartition("}")[2]]
        )
        if not all(_WHOLE.fullmatch(value) for value in values):
            yield f"a measure in the part {name} is no whole number", MENDED
