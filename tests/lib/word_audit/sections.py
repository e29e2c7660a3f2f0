"""Check the sections of a document: one paper, whole margins, footers and page numbers of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from iop_sessions.formats.word.package import Element, w
from tests.lib.word_audit.body import doubles

_MARGINS = ("top", "right", "bottom", "left", "header", "footer", "gutter")


def check_sections(trees: Mapping[str, Element]) -> list[str]:
    """List the faults of the document's sections."""
    return [f"word/document.xml: {fault}" for fault in _faults(trees["word/document.xml"])]


def _faults(document: Element) -> Iterator[str]:
    sections = list(document.iter(w("sectPr")))
    for number, section in enumerate(sections, 1):
        yield from (f"section {number} {fault}" for fault in _section_faults(section, sections[-1]))


def _section_faults(section: Element, last: Element) -> Iterator[str]:
    edges = section.findall(w("headerReference")) + section.findall(w("footerReference"))
    named = (f"{str(node.tag).rpartition('}')[2]} {node.get(w('type'), '')}" for node in edges)
    yield from (f"has {each} twice" for each in doubles(named))
    paper, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    if paper is None or not all(paper.get(w(side), "").isdecimal() for side in ("w", "h")):
        yield "does not say what paper it is for"
    elif not _same(paper, last.find(w("pgSz"))):
        yield "has other paper than the last one"
    if margins is None or not all(margins.get(w(side)) for side in _MARGINS):
        yield "lacks a margin"
    elif not _same(margins, last.find(w("pgMar"))):
        yield "has other margins than the last one"
    numbers = section.find(w("pgNumType"))
    anew = numbers is not None and numbers.get(w("start")) is not None
    if anew and section.find(w("footerReference")) is None:
        yield "numbers its pages anew without a footer of its own"


def _same(one: Element, other: Element | None) -> bool:
    return other is not None and dict(one.attrib) == dict(other.attrib)
