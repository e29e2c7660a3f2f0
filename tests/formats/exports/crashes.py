"""Sets of Word files to export over an old one, in processes that die, stop or fail at a step."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from iop_sessions.formats import word
from iop_sessions.ground import writing
from iop_sessions.ground.blocks import Heading, Page, Paragraph, line
from tests.lib.workspaces import ROOT

NAMES = ("agendas/week-01-agenda.docx", "agendas/week-02-agenda.docx", "handouts/RP-01a.docx")
MINE = {"notes.txt": b"my notes", "handouts/RP-01a.odt": b"my own sheet"}
"""What a person put into the old set."""


@dataclass(frozen=True)
class Sets:
    """An old set in its folder, and newer ones to export over it, in other folders."""

    old: Path
    newer: Path
    versions: tuple[Mapping[str, bytes], ...]  # the old one first

    def lay_out(self, place: Path) -> Path:
        """Put the old set where it is to be exported over."""
        shutil.copytree(self.old, place / "output" / "evening")
        return place / "output" / "evening"

    def version(self, folder: Path) -> int:
        """Say of which version all of a folder's files are; -1 where they are mixed, or some are missing."""
        there = {name: (folder / name).read_bytes() for name in NAMES if (folder / name).is_file()}
        return next((number for number, files in enumerate(self.versions) if files == there), -1)


def make_sets(place: Path, count: int = 4) -> Sets:
    """Draw some versions of a small set; the first of them is exported, with files of a person's in it."""
    versions = tuple({name: _drawn(number, name) for name in NAMES} for number in range(count))
    writing.export(place / "old", versions[0])
    _put(place / "old", MINE)
    for number, files in enumerate(versions[1:]):
        _put(place / "newer" / str(number), files)
    return Sets(place / "old", place / "newer", versions)


def _put(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def _drawn(version: int, name: str) -> bytes:
    words = "".join(f"Line {number} of version {version}. " for number in range(200 * (version + 1)))
    return word.draw(Page("handout", name, (Heading(1, name), Paragraph(line(words)))), ROOT / "templates")


def start(
    work: str, folder: Path, sets: Sets, *numbers: int, within: Sequence[str] = ()
) -> subprocess.Popen[str]:
    """Start a process that exports the newer sets; `lib.crash` says what work there is.

    Parameters
    ----------
    numbers
        The step at which something is done; or the first size, the last one and what lies between two.
    within
        A command that runs the process, such as one that gives it mounts of its own.
    """
    paths = map(str, (folder, sets.old, sets.newer))
    return subprocess.Popen(
        [*within, sys.executable, "-m", "tests.lib.crash", work, *paths, *map(str, numbers or (0,))],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, text=True, encoding="utf-8",
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def told(process: subprocess.Popen[str]) -> list[dict[str, Any]]:
    """Wait for the end of a process; return what it told."""
    out, error = process.communicate(timeout=60)
    assert error == "", error
    return [json.loads(each) for each in out.splitlines()]


def broken_files_in(folder: Path) -> list[str]:
    """List the Word files of a folder that do not open."""
    found = []
    for path in sorted(folder.rglob("[!~]*.docx")):
        try:
            with zipfile.ZipFile(path) as archive:
                etree.fromstring(archive.read("word/document.xml"))
                assert archive.testzip() is None
        except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, AssertionError) as error:
            found.append(f"{path.name}: {error}")
    return found


def faults_in(folder: Path) -> list[str]:
    """List the Word files of a folder that do not open, and what its manifest says that is not so."""
    return broken_files_in(folder) + manifest_faults_in(folder)


def manifest_faults_in(folder: Path) -> list[str]:
    """List what the manifest of a folder says that is not so."""
    found = []
    if (folder / writing.MANIFEST).is_file():
        text = (folder / writing.MANIFEST).read_text(encoding="utf-8")
        for row in csv.DictReader(io.StringIO(text)):
            data = (folder / row["file"]).read_bytes() if (folder / row["file"]).is_file() else b""
            if hashlib.sha256(data).hexdigest() != row["sha256"]:
                found.append(f"{row['file']} is not what the manifest says")
    return found
