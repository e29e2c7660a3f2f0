"""Take Word files apart, change them, and put them together again."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

TYPES = "[Content_Types].xml"
RELATIONS = "word/_rels/document.xml.rels"
Parts = Mapping[str, bytes]


def parts_of(document: bytes | Path) -> dict[str, bytes]:
    """Return the parts of a document."""
    with zipfile.ZipFile(document if isinstance(document, Path) else io.BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(parts: Parts, *changes: tuple[str, str, str]) -> dict[str, bytes]:
    """Change parts: each change is a part, a pattern that stands in it, and what replaces it once."""
    made = dict(parts)
    for part, pattern, new in changes:
        text, count = re.subn(pattern, new, made[part].decode(), count=1, flags=re.DOTALL)
        assert count == 1, f"{pattern} does not stand in {part}"
        made[part] = text.encode()
    return made


def zipped(parts: Parts) -> bytes:
    """Pack parts as a .docx file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()
