"""Turn Word files into tagged PDF; the only room that knows LibreOffice and pypdf.

What is drawn for the eye alone becomes an artifact. A table without a header row is no table but room to
write in, so it becomes plain divisions. Check boxes, which are no list to LibreOffice, become one.

LibreOffice lays out the pages and tags them. What it leaves to chance, or tags as what it is not, is mended
afterwards: the same Word file gives the same bytes on one computer, and a screen reader meets what is there.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from iop_sessions.ground.english import counted
from iop_sessions.ground.errors import CannotWrite
from iop_sessions.ground.writing import pdf_name

if TYPE_CHECKING:
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import ArrayObject, DictionaryObject, PdfObject


BY_HAND = "or leave --pdf out, open the Word file in Word and choose File > Save as > PDF"

_COMMANDS = ("soffice", "libreoffice")
_TO_START, _EACH = 180, 15  # seconds; a file takes a tenth of one, a first start on an old computer a minute
_OPTIONS = {
    "UseTaggedPDF": True,
    "PDFUACompliance": True,
    "ExportBookmarks": True,
    "EmbedStandardFonts": True,
    "ExportFormFields": False,  # newer releases would make check boxes fields that keep what a client ticks
}
_KINDS = {name: {"type": "boolean", "value": str(value).lower()} for name, value in _OPTIONS.items()}
_FILTER = "pdf:writer_pdf_Export:" + json.dumps(_KINDS, separators=(",", ":"))
_SCRATCH = ("TMPDIR", "TMP", "TEMP", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")  # where it leaves its own things
_SWITCHES = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo")


@dataclass(frozen=True)
class Converted:
    """What LibreOffice made of each file, empty where it made nothing, and its last words."""

    pdfs: tuple[bytes, ...]
    said: str


def find_office() -> Path | None:
    """Find LibreOffice: on PATH, or where it is usually installed."""
    on_path = (shutil.which(command) for command in _COMMANDS)
    places = [Path(found) for found in on_path if found]
    places += usual_places(sys.platform, os.environ, Path.home())
    return next((place for place in places if place.is_file()), None)


def usual_places(system: str, environment: Mapping[str, str], home: Path) -> list[Path]:
    """List where LibreOffice's installers put it when nobody chooses another folder."""
    if system == "win32":
        named = (environment.get(name) for name in ("PROGRAMFILES", "PROGRAMW6432", "PROGRAMFILES(X86)"))
        folders = [Path(folder) for folder in dict.fromkeys(named) if folder]
        folders.append(home / "AppData" / "Local" / "Programs")
        return [folder / "LibreOffice" / "program" / "soffice.com" for folder in folders]
    if system == "darwin":
        return [root / "Applications/LibreOffice.app/Contents/MacOS/soffice" for root in (Path("/"), home)]
    own = sorted(Path("/opt").glob("libreoffice*/program/soffice"), reverse=True)
    return [*own, Path("/usr/lib/libreoffice/program/soffice")]


def convert(office: Path, files: Sequence[bytes]) -> Converted:
    """Turn Word files into PDF in one call, under names that say nothing.

    Raises
    ------
    CannotWrite
        When LibreOffice cannot be started or does not end, or the disk is full.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="iop-pdf-", ignore_cleanup_errors=True) as folder:
            return _convert_in(Path(folder), office, files)
    except OSError as error:
        said = error.strerror or type(error).__name__
        remedy = f"see that LibreOffice starts and that the disk has room, and try again; {BY_HAND}"
        raise CannotWrite("PDF files", f"the system says: {said}", remedy) from error


def _convert_in(folder: Path, office: Path, files: Sequence[bytes]) -> Converted:
    sources = [folder / f"{number:04}.docx" for number in range(len(files))]
    for path, data in zip(sources, files, strict=True):
        path.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(office), profile, *_SWITCHES, "--convert-to", _FILTER, "--outdir", str(folder)]
    said = folder / "said.txt"
    with said.open("wb") as stream:
        process = subprocess.Popen(
            [*command, *map(str, sources)],
            cwd=folder,
            env=os.environ | dict.fromkeys(_SCRATCH, str(folder)),
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
            start_new_session=True,  # so that all its processes can be ended at once
        )
        _wait(process, _TO_START + _EACH * len(files))
    made = [path.with_suffix(".pdf") for path in sources]
    lines = said.read_text(encoding="utf-8", errors="replace").split("\n")
    told = [line.strip() for line in lines if line.strip() and str(folder) not in line]
    return Converted(tuple(path.read_bytes() if path.is_file() else b"" for path in made), "".join(told[-1:]))


def _wait(process: subprocess.Popen[bytes], seconds: float) -> None:
    """Wait for LibreOffice to end; whatever happens, none of its processes stays."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        remedy = f"close other programs and try again; {BY_HAND}"
        raise CannotWrite("PDF files", f"LibreOffice did not end in {seconds:g} seconds", remedy) from None
    finally:
        if process.poll() is None:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and those it started: the one that works is a child of the one that was called."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], check=False, capture_output=True)
    else:
        with suppress(
            ProcessLookupError, PermissionError
        ):  # what it says when they ended by themselves just now
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


_ABOUT = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
_BOXES = "/Check List"  # LibreOffice tags a paragraph with the name of its style, in our templates this one
_TABLE_PARTS = ("/Table", "/THead", "/TBody", "/TR", "/TD")
_MARK = re.compile(rb"^(?:.*(B[MD]C)|EMC)$", re.MULTILINE)
_PAINTS = re.compile(rb"(?:^|\s)(?:[SsFBb]|[fBb]\*?|Do|sh)$", re.MULTILINE)


class Unsound(Exception):
    """A PDF that cannot be used, in words."""


def mend(data: bytes, source: bytes) -> bytes:
    """Return a PDF without dates and chance, soundly tagged; its id is made from the Word file.

    Raises
    ------
    Unsound
        When the PDF cannot be read or has no tags.
    """
    from pypdf import PdfReader, PdfWriter
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(data), strict=True)
        _name(reader, source)
        writer = PdfWriter(clone_from=reader)
    except PyPdfError:
        raise Unsound("LibreOffice made a PDF that cannot be read") from None
    if "/StructTreeRoot" not in writer.root_object:
        raise Unsound("LibreOffice made a PDF without tags")
    writer.pdf_header = reader.pdf_header
    _tell_nothing_but_the_title(writer)
    _mend_tree(writer)
    _mark_drawings(writer)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def _name(reader: PdfReader, source: bytes) -> None:
    """Give the PDF an id of its own in place of one that is made from the time."""
    from pypdf.generic import ArrayObject, ByteStringObject, NameObject

    number = ByteStringObject(hashlib.sha256(source).digest()[:16])
    reader.trailer[NameObject("/ID")] = ArrayObject([number, number])


def _tell_nothing_but_the_title(writer: PdfWriter) -> None:
    """Drop dates and persons, and LibreOffice's claim to a norm, which it makes unchecked."""
    about = writer.metadata
    title = (about.title if about else "") or ""
    writer.metadata = {"/Title": title, "/Producer": (about.producer if about else "") or ""}
    language = str(writer.root_object.get("/Lang", ""))
    writer.xmp_metadata = _ABOUT.format(title=escape(title), language=escape(language)).encode()


def _mend_tree(writer: PdfWriter) -> None:
    root = writer.root_object["/StructTreeRoot"]
    for node in list(_walk(root)):
        if node.get("/S") == "/Table" and not any(each.get("/S") == "/TH" for each in _walk(node)):
            _divide(node)
        _list_boxes(writer, node)


def _walk(node: PdfObject) -> Iterator[DictionaryObject]:
    """Go through a part of the tree in the order in which it is read."""
    from pypdf.generic import DictionaryObject

    if isinstance(node, DictionaryObject):
        yield node
        for kid in _kids(node):
            yield from _walk(kid.get_object()) if _kind(kid) else ()


def _kids(node: DictionaryObject) -> ArrayObject:
    from pypdf.generic import ArrayObject

    kids = node["/K"] if "/K" in node else ArrayObject()
    return kids if isinstance(kids, ArrayObject) else ArrayObject([node.raw_get("/K")])


def _kind(kid: PdfObject) -> str:
    """Return what a part of the tree is; nothing for a piece of content."""
    from pypdf.generic import DictionaryObject

    node = kid.get_object()
    return str(node.get("/S", "")) if isinstance(node, DictionaryObject) else ""


def _divide(table: DictionaryObject) -> None:
    from pypdf.generic import NameObject

    for node in _walk(table):
        if node.get("/S") in _TABLE_PARTS:
            node[NameObject("/S")] = NameObject("/Div")
            node.pop("/A", None)


def _list_boxes(writer: PdfWriter, parent: DictionaryObject) -> None:
    """Put check boxes that follow each other into a list."""
    from pypdf.generic import ArrayObject, NameObject

    kids = _kids(parent)
    if not any(_kind(kid) == _BOXES for kid in kids):
        return
    parent[NameObject("/K")] = fresh = ArrayObject()
    for is_box, group in groupby(kids, lambda kid: _kind(kid) == _BOXES):
        if not is_box:
            fresh.extend(group)
            continue
        boxes = _add(writer, "/L", parent)
        for kid in group:
            body = _add(writer, "/LBody", _add(writer, "/LI", boxes))
            _kids(body).append(kid)
            kid.get_object()[NameObject("/P")] = body.indirect_reference


def _add(writer: PdfWriter, kind: str, parent: DictionaryObject) -> DictionaryObject:
    """Add a part to the tree as its parent's last."""
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject

    node = DictionaryObject(
        {NameObject("/Type"): NameObject("/StructElem"), NameObject("/S"): NameObject(kind)}
    )
    node[NameObject("/P")] = parent.indirect_reference
    node[NameObject("/K")] = ArrayObject()
    _kids(parent).append(writer._add_object(node))  # noqa: SLF001  # pypdf names no other way, in its manual too
    return node


def _mark_drawings(writer: PdfWriter) -> None:
    from pypdf.generic import StreamObject

    for content in [page["/Contents"] for page in writer.pages if "/Contents" in page]:
        if isinstance(content, StreamObject):  # LibreOffice draws a page in one stream
            content.set_data(mark_drawing(content.get_data()))


def mark_drawing(content: bytes) -> bytes:
    """Mark as artifacts what a page draws outside any mark: rules and borders."""
    made, depth, last = [], 0, 0
    for mark in _MARK.finditer(content):
        made += [_artifact(content[last : mark.start()], depth), mark.group()]
        depth, last = depth + (1 if mark[1] else -1), mark.end()
        if depth < 0:
            return content
    return content if depth else b"".join([*made, _artifact(content[last:], depth)])


def _artifact(drawn: bytes, depth: int) -> bytes:
    if depth or not _PAINTS.search(drawn):
        return drawn
    return b"\n/Artifact BMC\n" + drawn.strip() + b"\nEMC\n"


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
    tell(f"Making {counted(len(names), 'PDF file')} with LibreOffice …")
    made: dict[str, bytes] = {}
    for start in range(0, len(names), _AT_ONCE):
        if start:
            tell(f"{start} of {len(names)} are made …")
        made |= _convert_some(office, {name: files[name] for name in names[start : start + _AT_ONCE]})
    return made


def _convert_some(office: Path, files: Mapping[str, bytes]) -> dict[str, bytes]:

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
