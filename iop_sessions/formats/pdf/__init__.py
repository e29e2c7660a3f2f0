"""Turn Word files into tagged PDF; the only room that knows LibreOffice and pypdf.

LibreOffice lays out the pages and tags them. What it leaves to chance, or tags as what it is not, is mended
afterwards: the same Word file gives the same bytes on one computer, and a screen reader meets what is there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from iop_sessions.formats.pdf.office import (
    BY_HAND,
    convert,
    find_office,
)
from iop_sessions.ground.errors import CannotWrite
from iop_sessions.ground.exporting import pdf_name

__all__ = ["find_office", "to_pdf"]

_AT_ONCE = 40  # files in one call of LibreOffice: few starts, and people see that it goes on


def to_pdf(files: Mapping[str, bytes], tell: Callable[[str], None]) -> dict[str, bytes]:
    """Turn Word files into tagged PDF, each under the name that `pdf_name` gives it.

    Raises
    ------
    CannotWrite
        When LibreOffice is missing, fails or does not end.
    """
    office = find_office()
    if office is None:
        remedy = f"install it from libreoffice.org and try again; {BY_HAND}"
        raise CannotWrite("PDF files", "LibreOffice was not found on this computer", remedy)
    names = list(files)
    tell(f"Making {len(names)} PDF {'file' if len(names) == 1 else 'files'} with LibreOffice …")
    made: dict[str, bytes] = {}
    for start in range(0, len(names), _AT_ONCE):
        if start:
            tell(f"{start} of {len(names)} are made …")
        made |= _convert_some(office, {name: files[name] for name in names[start : start + _AT_ONCE]})
    return made


def _convert_some(office: Path, files: Mapping[str, bytes]) -> dict[str, bytes]:
    from iop_sessions.formats.pdf.mending import Unsound, mend

    converted = convert(office, list(files.values()))
    made: dict[str, bytes] = {}
    for (name, source), data in zip(files.items(), converted.pdfs, strict=True):
        if not data.startswith(b"%PDF-"):
            said = f"; it said: {converted.said}" if converted.said else ""
            raise CannotWrite(pdf_name(name), f"LibreOffice made no PDF of it{said}", f"try again; {BY_HAND}")
        try:
            made[pdf_name(name)] = mend(data, source)
        except Unsound as fault:
            remedy = f"install LibreOffice 7.4 or newer from libreoffice.org; {BY_HAND}"
            raise CannotWrite(pdf_name(name), str(fault), remedy) from None
    return made
