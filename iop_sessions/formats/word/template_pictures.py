"""Look at the pictures of a template: whether words stand for them, and whether they stand in the line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iop_sessions.formats.word.faults import Fault
from iop_sessions.formats.word.xml import COMPATIBILITY, Element, w

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_VML = "{urn:schemas-microsoft-com:vml}"
_FILE_NAME = re.compile(r"\S+\.(?:png|jpe?g|gif|svg|bmp|tiff?|emf|wmf)", re.IGNORECASE)


def pictures_in(root: Element) -> list[Element]:
    """List the pictures of a part: what carries the words that stand for them."""
    drawn = [each for each in root.iter(f"{_WP}docPr") if not _is_spare(each)]
    old = [each.getparent() for each in root.iter(f"{_VML}imagedata") if not _is_spare(each)]
    return [*drawn, *(each for each in old if each is not None)]


def _is_spare(node: Element) -> bool:
    """Tell whether a picture is the spare copy that Word keeps for old readers."""
    return next(node.iterancestors(f"{{{COMPATIBILITY}}}Fallback"), None) is not None


def picture_faults(root: Element) -> Iterator[Fault]:
    """Yield what is wrong with the pictures of a part."""
    place = {w("hdr"): "header", w("ftr"): "footer"}.get(str(root.tag), "text")
    for picture in pictures_in(root):
        words = (picture.get("descr") or picture.get("alt") or "").strip()
        if not _is_decoration(picture) and (not words or _FILE_NAME.fullmatch(words)):
            remedy = "in Word: right-click it, View Alt Text, say what it shows or mark it as decorative"
            yield f"a picture in the {place} has no words that stand for it", remedy
    if next(root.iter(f"{_WP}anchor", w("txbxContent"), w("framePr")), None) is not None:
        remedy = "in Word: Layout Options, In Line with Text; put a text box's words into the page"
        yield f"a picture or text box floats in the {place}", remedy


def _is_decoration(picture: Element) -> bool:
    marks = (node for node in picture.iter() if str(node.tag).endswith("}decorative"))
    return any(node.get("val", "1") not in ("0", "false") for node in marks)
