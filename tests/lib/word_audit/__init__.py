"""Find what Word would repair and what a screen reader or a tired reader would stumble over."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from iop_sessions.formats.word.package import UNREADABLE, Element, parse
from tests.lib.word_audit.looks import check_looks
from tests.lib.word_audit.meaning import check_meaning
from tests.lib.word_audit.parts import check_parts
from tests.lib.word_audit.sections import check_sections
from tests.lib.word_audit.traces import check_traces

_NO_CLOCK = (1980, 1, 1, 0, 0, 0)  # the first day a zip file can name


def audit(data: bytes, *, least_points: float = 12) -> list[str]:
    """List the faults of a Word document, each with the part it is in; an empty list is a clean document.

    Parameters
    ----------
    data
        The bytes of the .docx file.
    least_points
        The smallest type allowed: 12 for clients, 18 in large print, 9 on staff sheets.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            found = list(_archive_faults(archive))
            parts = {name: archive.read(name) for name in archive.namelist()}
    except UNREADABLE as error:
        return [f"archive: it cannot be read ({error})"]
    trees, broken = _parse_all(parts)
    found += broken
    missing = [
        name for name in ("word/document.xml", "word/styles.xml", "docProps/core.xml") if name not in trees
    ]
    if missing:
        return found + [f"{name}: missing or unreadable" for name in missing if name not in str(broken)]
    found += check_parts(parts, trees)
    found += check_sections(trees)
    found += check_traces(parts, trees)
    found += check_meaning(trees)
    found += check_looks(trees, least_points)
    return found


def _archive_faults(archive: zipfile.ZipFile) -> Iterator[str]:
    """Yield parts that are there twice, and what an archive can tell besides its parts."""
    folded = [name.casefold() for name in archive.namelist()]  # a part's name means the same in capitals
    for name in sorted(set(archive.namelist())):
        if folded.count(name.casefold()) > 1:
            yield f"archive: the part {name} is there twice"
    if archive.comment or any(info.comment or info.extra for info in archive.infolist()):
        yield "archive: it tells more than its parts"
    if any(info.date_time != _NO_CLOCK for info in archive.infolist()):
        yield "archive: it tells when it was written"


def _parse_all(parts: dict[str, bytes]) -> tuple[dict[str, Element], list[str]]:
    trees: dict[str, Element] = {}
    broken: list[str] = []
    for name, data in parts.items():
        if name.endswith((".xml", ".rels")):
            try:
                trees[name] = parse(data)
            except etree.XMLSyntaxError as error:
                broken.append(f"{name}: not well-formed XML ({error.msg})")
    return trees, broken
