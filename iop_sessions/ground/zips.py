"""Write files as a ZIP whose bytes say nothing of the clock or of the system that wrote it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_NEW_YEAR_1980 = (1980, 1, 1, 0, 0, 0)  # the first day a zip file can name: no clock gets into the bytes


def zipped(files: Mapping[str, bytes], *, deflated: bool = True) -> bytes:
    """Write files as a ZIP, in the order of their names; the same files give the same bytes.

    Parameters
    ----------
    deflated
        Whether plain text is made smaller. Two systems may deflate the same text to other bytes.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _NEW_YEAR_1980)
            # Word files are deflated already; only what is plain text gains by it.
            stored = not deflated or name.endswith(".docx")
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            entry.create_system = 3  # else the byte says which system wrote it
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return buffer.getvalue()
