"""Open a table's file and turn its bytes into text, or say what the file really is."""

from __future__ import annotations

import re
from pathlib import Path

from iop_sessions.ground.errors import Place, Problem

LARGEST_FILE = 20_000_000
"""Bytes; a curriculum table is a few hundred kilobytes at most."""

BOM = b"\xef\xbb\xbf"
LINE_END = re.compile("\r\n|\r|\n")
SAVE_AS_CSV = "open it in Excel and save it as 'CSV UTF-8'"
DISGUISES: dict[bytes, tuple[str, str]] = {
    b"pk\x03\x04": ("an Excel or Word file", SAVE_AS_CSV),
    b"\xd0\xcf\x11\xe0": ("an old Excel or Word file", SAVE_AS_CSV),
    b"%pdf": ("a PDF file", "save the table as 'CSV UTF-8' and put it here"),
    b"<html": ("a web page", "download the file itself, not the page that shows it"),
    b"<!doctype": ("a web page", "download the file itself, not the page that shows it"),
    b"<?xml": ("an XML file", SAVE_AS_CSV),
    b"version https://git-lfs": ("a pointer to a large file, not the file", "fetch the file: git lfs pull"),
}


def read_bytes(path: Path, name: str) -> tuple[bytes, list[Problem]]:
    """Read a file's bytes, or say why it is no table."""
    place = Place(name)
    try:
        if path.is_dir():
            return b"", [
                Problem(place, "this is a folder, not a file", "move it away, and put the file here")
            ]
        if path.stat().st_size > LARGEST_FILE:
            return b"", [
                Problem(place, f"the file is larger than {LARGEST_FILE // 1_000_000} MB", "split it")
            ]
        data = path.read_bytes()
    except FileNotFoundError:
        return b"", [Problem(place, "there is no such file", "put it back, or copy it from a new workspace")]
    except OSError:
        return b"", [
            Problem(place, "the file cannot be opened", "is it open in Excel? close it and try again")
        ]
    return data, _disguise(data, place)


def _disguise(data: bytes, place: Place) -> list[Problem]:
    start = data[:1000].removeprefix(BOM).lstrip().lower()
    return [
        Problem(place, f"this is {what}", remedy)
        for mark, (what, remedy) in DISGUISES.items()
        if start.startswith(mark)
    ]


def decode(data: bytes, name: str) -> tuple[str, list[Problem]]:
    """Turn bytes into text: UTF-8 first, then what Windows writes."""
    wide = _wide_encoding(data)
    if wide:
        note = Problem(Place(name), "read as Excel's 'Unicode Text'", "save it as 'CSV UTF-8'", "warning")
        return data.decode(wide, errors="replace").removeprefix("\ufeff"), [note]
    data = data.removeprefix(BOM)
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as fault:
        text = data.decode("cp1252", errors="replace")
        return text, [_windows_note(text, fault.start, name)]


def _wide_encoding(data: bytes) -> str:
    """Recognise two bytes a letter, with the mark at the start or without."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if data[1:4:2] == b"\0\0" and data[0] and data[2]:
        return "utf-16-le"
    return "utf-16-be" if data[0:3:2] == b"\0\0" and data[1] and data[3:4] != b"\0" else ""


def _windows_note(text: str, start: int, name: str) -> Problem:
    number = len(LINE_END.findall(text[:start]))
    sample = LINE_END.split(text)[number].strip()[:60]
    message = f"read as Windows text: check this line: {sample}"
    return Problem(Place(name, number + 1), message, "save the file as 'CSV UTF-8'", "warning")
