"""Check what tired eyes need: size, plain type, contrast, no blanks for spacing, nothing justified."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from iop_sessions.formats.word.looks import Styles, runs_of
from iop_sessions.formats.word.package import Element, text_of, w
from iop_sessions.ground.colors import LEAST_CONTRAST, WHITE, contrast
from tests.lib.word_audit.parts import drawn_parts

_SANS = (
    "Arial",
    "Calibri",
    "Helvetica",
    "Verdana",
    "Tahoma",
    "Segoe UI",
    "Liberation Sans",
    "MS Gothic",
    "Aptos",
)
LARGE_PRINT = 18  # points, and one column: American Council of the Blind
_NEVER_ON = {
    "i": "italic",
    "caps": "in capitals",
    "smallCaps": "in small capitals",
    "vanish": "hidden",
    "highlight": "marked with a highlighter",
}
_BLANKS = re.compile(r" {3,}|_{4,}|\.{5,}|\u00a0{3,}")
_HOLDS = tuple(w(name) for name in ("drawing", "tab", "fldSimple", "instrText", "pict", "sectPr"))
_HEX = re.compile(r"[0-9A-Fa-f]{6}")


def check_looks(trees: Mapping[str, Element], least_points: float) -> list[str]:
    """List what is small, faint, fancy or blank."""
    styles = Styles(trees["word/styles.xml"])
    found: list[str] = []
    for name, root in drawn_parts(trees):
        for paragraph in root.iter(w("p")):
            faults = [*_paragraph_faults(paragraph, styles)]
            for run in runs_of(paragraph):
                faults += _run_faults(paragraph, run, styles, least_points)
            found += [f"{name}: {fault}" for fault in dict.fromkeys(faults)]
    return found + (_column_faults(trees["word/document.xml"]) if least_points >= LARGE_PRINT else [])


def _column_faults(document: Element) -> list[str]:
    """List the sections whose text runs in columns, where a large-print reader loses the line."""
    columns = (node.get(w("num"), "1") for node in document.iter(w("cols")))
    return [f"word/document.xml: text in {number} columns" for number in columns if number != "1"]


def _paragraph_faults(paragraph: Element, styles: Styles) -> Iterator[str]:
    words = text_of(paragraph)
    holds = next(paragraph.iter(*_HOLDS), None) is not None
    if not words.strip() and not holds and not _is_the_whole_cell(paragraph):
        yield "a blank paragraph"
    if _BLANKS.search(words):
        yield f"'{words.strip()[:30]}' makes room with typed blanks"
    aligned = styles.paragraph_property(paragraph, "jc")
    if aligned is not None and aligned.get(w("val"), "left") not in ("left", "start"):
        yield f"'{words.strip()[:30]}' is not aligned left"


def _is_the_whole_cell(paragraph: Element) -> bool:
    """Tell whether a paragraph is all that a cell holds: room to write in, or nothing."""
    cell = paragraph.getparent()
    return cell is not None and cell.tag == w("tc") and len(cell.findall(w("p"))) == 1


def _run_faults(paragraph: Element, run: Element, styles: Styles, least_points: float) -> Iterator[str]:
    words = text_of(run).strip()[:30]
    points = styles.points(paragraph, run)
    if points < least_points:
        yield f"'{words}' is set in {points:g} points, less than {least_points:g}"
    for family in dict.fromkeys(_families(paragraph, run, styles)):
        if family not in _SANS:
            yield f"'{words}' is set in {family or 'the theme font'}, no plain sans-serif"
    for name, fault in _NEVER_ON.items():
        if styles.is_on(paragraph, run, name):
            yield f"'{words}' is {fault}"
    if _is_underlined(paragraph, run, styles):
        yield f"'{words}' is underlined and no link"
    color, ground = _color(paragraph, run, styles), _ground(paragraph, run, styles)
    if not color:
        yield f"'{words}' takes its color from the theme"
    elif contrast(color, ground) < LEAST_CONTRAST:
        ratio = contrast(color, ground)
        yield f"'{words}' has a contrast of {ratio:.1f}, less than {LEAST_CONTRAST:g}"


def _families(paragraph: Element, run: Element, styles: Styles) -> Iterator[str]:
    """Yield the fonts of plain and of accented letters; the theme's, which wins, has no name here."""
    fonts = styles.run_property(paragraph, run, "rFonts")
    for name in ("ascii", "hAnsi"):
        themed = fonts is None or fonts.get(w(f"{name}Theme"))
        yield "" if fonts is None or themed else fonts.get(w(name), "")


def _is_underlined(paragraph: Element, run: Element, styles: Styles) -> bool:
    line = styles.run_property(paragraph, run, "u")
    linked = next(run.iterancestors(w("hyperlink")), None) is not None
    return line is not None and line.get(w("val"), "single") != "none" and not linked


def _color(paragraph: Element, run: Element, styles: Styles) -> str:
    """Return the color of the letters; empty where the theme decides, whatever the value beside it says."""
    found = styles.run_property(paragraph, run, "color")
    if found is not None and found.get(w("themeColor")):
        return ""
    value = found.get(w("val"), "") if found is not None else ""
    return f"#{value}" if _HEX.fullmatch(value) else "#000000"


def _ground(paragraph: Element, run: Element, styles: Styles) -> str:
    """Return what is behind the letters: the run's shading, the paragraph's, the cell's, or white."""
    cell = next(paragraph.iterancestors(w("tc")), None)
    shades = [styles.run_property(paragraph, run, "shd"), styles.paragraph_property(paragraph, "shd")]
    shades.append(cell.find(f"{w('tcPr')}/{w('shd')}") if cell is not None else None)
    fills = [shade.get(w("fill"), "") for shade in shades if shade is not None]
    return next((f"#{fill}" for fill in fills if _HEX.fullmatch(fill)), WHITE)
