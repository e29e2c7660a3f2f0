"""The floor: ready bytes put into a zip; the parts that differ are deflated, the others only copied."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

DIFFER = ("word/document.xml", "docProps/core.xml")


def draw(drawn: bytes, count: int) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(drawn)) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    base = io.BytesIO()
    with zipfile.ZipFile(base, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            if name not in DIFFER:
                archive.writestr(name, data)
    return (_draw(base.getvalue(), parts) for _ in range(count))


def _draw(base: bytes, parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO(base)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for name in DIFFER:
            archive.writestr(name, parts[name])
    return out.getvalue()
