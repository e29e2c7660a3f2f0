"""Find LibreOffice, and let it turn Word files into PDF in a folder of its own that is gone afterwards."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from iop_sessions.ground.errors import CannotWrite

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
