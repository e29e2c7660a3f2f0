"""Open a template's archive only if it is what it says, and nothing in it can run or call out."""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath

from iop_sessions.errors import Place, Problem
from iop_sessions.word.faults import TemplateFault

MOST_PARTS = 400
MOST_BYTES = 50_000_000
MOST_RATIO = 200
_CAN_RUN = ("vbaproject", "activex", "embeddings/", "oleobject")
_AGAIN = "copy it again from a new workspace, or save it in Word as 'Word Document (.docx)'"


def read_parts(path: Path) -> dict[str, bytes]:
    """Read the parts of a template, or say why it is refused."""
    try:
        with zipfile.ZipFile(path) as archive:
            reason = _refused(archive.infolist())
            if reason:
                raise _fault(path, reason, _AGAIN)
            parts = {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}
    except FileNotFoundError:
        remedy = "put it back from a new workspace; templates lie in the folder 'templates'"
        raise _fault(path, "the template is missing", remedy) from None
    except PermissionError:
        raise _fault(path, "the template may not be read", "close it in Word and try again") from None
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError):
        raise _fault(path, "this is not a Word document", _AGAIN) from None
    return _without_document_types(path, parts)


def _refused(infos: list[zipfile.ZipInfo]) -> str:
    names = [info.filename for info in infos]
    large = len(names) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_BYTES
    outside = any(".." in PurePosixPath(name).parts or name.startswith(("/", "\\")) for name in names)
    checks = (
        (len(names) != len(set(names)), "the archive holds a part twice"),
        (large, "the archive is too large for a template"),
        (any(_swells(info) for info in infos), "a part grows far too much when it is unpacked"),
        (outside, "a part's name points outside the document"),
        (_can_run(names), "the template holds macros or embedded programs"),
        (not {"word/document.xml", "[Content_Types].xml"} <= set(names), "this is not a Word document"),
    )
    return next((reason for refused, reason in checks if refused), "")


def _swells(info: zipfile.ZipInfo) -> bool:
    return info.file_size > MOST_RATIO * max(info.compress_size, 1) + 100_000


def _can_run(names: list[str]) -> bool:
    return any(word in name.casefold() for name in names for word in _CAN_RUN)


def _without_document_types(path: Path, parts: dict[str, bytes]) -> dict[str, bytes]:
    """Refuse document types: they are how XML reads other files or grows without end."""
    for name, data in parts.items():
        if name.endswith((".xml", ".rels")) and (b"<!DOCTYPE" in data or b"<\x00!\x00D\x00" in data):
            raise _fault(path, f"the part {name} declares a document type", _AGAIN)
    return parts


def place_of(path: Path) -> Place:
    """Name a template by its folder and its file, never by where the disk holds them."""
    return Place(PurePosixPath(*path.parts[-2:]).as_posix())


def _fault(path: Path, message: str, remedy: str) -> TemplateFault:
    return TemplateFault([Problem(place_of(path), message, remedy)])
