"""Check what tired eyes need: size, plain type, contrast, no blanks for spacing, nothing justified."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from iop_sessions.colors import WHITE, contrast
from iop_sessions.word.audit_parts import drawn_parts
from iop_sessions.word.audit_styles import Styles, inside_table, runs_of, text_of
from iop_sessions.word.xml import Element, w

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
_LEAST_CONTRAST = 7.0  # paper.md
_BLANKS = re.compile(r" {3,}|_{4,}|\.{5,}|\u00a0{3,}")
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
    return found


def _paragraph_faults(paragraph: Element, styles: Styles) -> Iterator[str]:
    words = text_of(paragraph)
    holds = (
        next(paragraph.iter(w("drawing"), w("tab"), w("fldSimple"), w("instrText"), w("pict")), None)
        is not None
    )
    if not words.strip() and not holds and not inside_table(paragraph):
        yield "a blank paragraph"
    if _BLANKS.search(words):
        yield f"'{words.strip()[:30]}' makes room with typed blanks"
    aligned = styles.paragraph_property(paragraph, "jc")
    if aligned is not None and aligned.get(w("val"), "left") not in ("left", "start"):
        yield f"'{words.strip()[:30]}' is not aligned left"


def _run_faults(paragraph: Element, run: Element, styles: Styles, least_points: float) -> Iterator[str]:
    words = text_of(run).strip()[:30]
    points = styles.points(paragraph, run)
    if points < least_points:
        yield f"'{words}' is set in {points:g} points, less than {least_points:g}"
    family = _family(paragraph, run, styles)
    if family not in _SANS:
        yield f"'{words}' is set in {family or 'the theme font'}, no plain sans-serif"
    for name, fault in (("i", "italic"), ("caps", "in capitals"), ("smallCaps", "in small capitals")):
        if styles.is_on(paragraph, run, name):
            yield f"'{words}' is {fault}"
    ratio = contrast(_color(paragraph, run, styles), _ground(paragraph, run, styles))
    if ratio < _LEAST_CONTRAST:
        yield f"'{words}' has a contrast of {ratio:.1f}, less than {_LEAST_CONTRAST:g}"


def _family(paragraph: Element, run: Element, styles: Styles) -> str:
    fonts = styles.run_property(paragraph, run, "rFonts")
    if fonts is None or fonts.get(w("asciiTheme")):
        return ""
    return fonts.get(w("ascii"), "")


def _color(paragraph: Element, run: Element, styles: Styles) -> str:
    found = styles.run_property(paragraph, run, "color")
    value = found.get(w("val"), "") if found is not None else ""
    return f"#{value}" if _HEX.fullmatch(value) else "#000000"


def _ground(paragraph: Element, run: Element, styles: Styles) -> str:
    """Return what is behind the letters: the run's shading, the paragraph's, the cell's, or white."""
    cell = next(paragraph.iterancestors(w("tc")), None)
    shades = [styles.run_property(paragraph, run, "shd"), styles.paragraph_property(paragraph, "shd")]
    shades.append(cell.find(f"{w('tcPr')}/{w('shd')}") if cell is not None else None)
    fills = [shade.get(w("fill"), "") for shade in shades if shade is not None]
    return next((f"#{fill}" for fill in fills if _HEX.fullmatch(fill)), WHITE)
