"""Put documents into ``output/``: a whole set at once, a manifest beside it, nothing of a person's lost."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path, PurePosixPath

from iop_sessions.ground import writing
from iop_sessions.ground.errors import CannotWrite

MANIFEST = "manifest.csv"


@dataclass(frozen=True)
class Exported:
    """What an export left in its folder."""

    folder: Path
    written: tuple[str, ...]
    kept: tuple[str, ...]  # files a person changed, under the names they have now


def export(folder: Path, files: Mapping[str, bytes], *, whole: bool = True) -> Exported:
    """Write a set of files; one that a person changed since the last export stays beside the new one.

    A name may hold folders. A ``whole`` set is all there is of its kinds, a kind being the first folder;
    else the rest stays.
    """
    with writing.holding(folder):
        return _exported(folder, files, whole=whole)


def _exported(folder: Path, files: Mapping[str, bytes], *, whole: bool) -> Exported:
    """Look at what lies in the folder, which is held, and put the new set in its place."""
    ours = _read_manifest(folder / MANIFEST)
    there = _read_folder(folder)
    changed = {name for name, data in there.items() if _digest(data) != ours.get(name)} - {MANIFEST}
    double = [name for name in files if name in changed and there[name] != files[name]]
    copies = {_free_name(name, there): there[name] for name in double}
    made = {_kind(name) for name in files} if whole else set()
    others = {name for name in there if name not in files} - {MANIFEST}
    gone = (name for name in ours if name not in files and _kind(name) in made)
    renewed = (name for name in ours if name in files and _digest(files[name]) != ours[name])
    stale = {
        pdf_name(name) for name in (*gone, *renewed)
    }  # their Word file says something else: none prints one
    rest = {name for name in others if name in changed or (_kind(name) not in made and name not in stale)}
    listed = {name: there[name] for name in rest - changed} | dict(files)
    everything = {**files, **copies, MANIFEST: _manifest(listed)}
    writing.put_set(folder, everything, keep=sorted(rest - everything.keys()))
    left = sorted(name for name in rest & changed & ours.keys() if _kind(name) in made or name in stale)
    return Exported(folder, tuple(files), (*copies, *left))


def _kind(name: str) -> str:
    return name.split("/", 1)[0] if "/" in name else ""


def _free_name(name: str, there: Mapping[str, bytes]) -> str:
    """Name the copy of a file that a person changed; an earlier copy that says something else stays."""
    path = PurePosixPath(name)
    tails = (f" {number}" if number > 1 else "" for number in count(1))
    names = (str(path.with_name(f"{path.stem} (changed by you{tail}){path.suffix}")) for tail in tails)
    return next(each for each in names if there.get(each, there[name]) == there[name])


def _read_folder(folder: Path) -> dict[str, bytes]:
    if not folder.is_dir():
        return {}
    inside = (path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file())
    ours = [path for path in inside if not any(part.startswith(writing.PREFIX) for part in path.parts)]
    try:
        return {path.as_posix(): (folder / path).read_bytes() for path in ours}
    except OSError:
        what = "a file in it cannot be read; the old files are untouched"
        raise CannotWrite(folder.name, what, "close it in other programs and try again") from None


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _manifest(files: Mapping[str, bytes]) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["file", "sha256"])
    writer.writerows([name, _digest(data)] for name, data in sorted(files.items()))
    return buffer.getvalue().encode("utf-8")


def _read_manifest(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig", errors="replace")))
    return {row["file"]: row["sha256"] for row in rows if row.get("file") and row.get("sha256")}


def pdf_name(name: str) -> str:
    """Name the PDF of a Word file: ``agendas/week-03.docx`` becomes ``agendas-pdf/week-03.pdf``."""
    path = PurePosixPath(name).with_suffix(".pdf")
    kind, *rest = path.parts
    return "/".join([f"{kind}-pdf", *rest]) if rest else kind
