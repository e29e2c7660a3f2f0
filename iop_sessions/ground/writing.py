"""Put files in place whole, or leave the old set; nothing that a person changed is lost."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Final

from iop_sessions.ground.disk import PREFIX, UNTOUCHED, OpenElsewhere, refused, shown
from iop_sessions.ground.errors import CannotWrite, IopError, Problem
from iop_sessions.ground.transaction import Changes, Held, holding, mend

__all__ = [
    "MANIFEST", "PREFIX", "Changes", "Exported", "Held", "OpenElsewhere", "beneath", "export", "exporting",
    "holding", "mend", "pdf_name", "whole_set", "write_file", "zipped",
]  # fmt: skip

_PASSING: Final = (PREFIX, "~$", ".~lock.")


def whole_set(folder: Path, files: Mapping[str, bytes]) -> Changes:
    """Return what changes in a folder that is held so that it holds these files and no others."""
    old = dict.fromkeys(sorted(_names_in(folder) - files.keys()))
    return beneath(folder, {**files, **old})


def beneath(folder: Path, files: Mapping[str, bytes | None]) -> Changes:
    """Return files that change in a folder by their paths; a name that leaves the folder is refused."""
    _refuse_bad_names(folder, files)
    return {folder / name: data for name, data in files.items()}


def write_file(path: Path, data: bytes, within: Path | None = None) -> None:
    """Put one file in place whole, or leave the old one as it is.

    Parameters
    ----------
    within
        The folder to hold meanwhile, where whoever looks at the file looks at all of it.

    Raises
    ------
    CannotWrite
        When the disk is full, the folder is read-only, the file is open, or another export is at work.
    """
    with holding(within or path) as held:
        held.put({path: data})


def _names_in(folder: Path) -> set[str]:
    """List what lies in a folder, also in folders inside, but no mark of ours or of an office program."""
    inside = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path.as_posix() for path in inside if not any(part.startswith(_PASSING) for part in path.parts)}


def _refuse_bad_names(folder: Path, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        path = PurePosixPath(name)
        if not name or path.is_absolute() or ".." in path.parts or "\\" in name:
            what = f"'{name}' is no name inside this folder"
            raise CannotWrite(shown(folder), what, "choose a plain file name")
        if name.casefold() in seen:
            remedy = "give one of them another name: Windows and macOS cannot hold both"
            raise CannotWrite(shown(folder), f"two files would be called '{name}'", remedy)
        seen.add(name.casefold())


_NEW_YEAR_1980 = (1980, 1, 1, 0, 0, 0)  # the first day a zip file can name: no clock gets into the bytes


def zipped(files: Mapping[str, bytes], *, deflated: bool = True) -> bytes:
    """Write files as a ZIP, in the order of their names; the same files give the same bytes.

    Where it is ``deflated``, plain text is made smaller; two systems may deflate a text to other bytes.
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


MANIFEST = "manifest.csv"
_NOT_OPEN: Final[Mapping[str, OpenElsewhere]] = MappingProxyType({})
_NO_CHANGES: Final[Changes] = MappingProxyType({})


@dataclass(frozen=True)
class Exported:
    """What an export left in its folder."""

    folder: Path
    written: tuple[str, ...]
    kept: tuple[str, ...]  # files a person changed, under the names they have now
    problems: tuple[Problem, ...] = ()  # of what they were made from; what these spoil is left out or named
    open: tuple[OpenElsewhere, ...] = ()  # files that another program has open; they are as they were

    def refuse_open(self) -> None:
        """Raise where files are as they were because another program has them open."""
        if self.open:
            raise PartlyWritten(self.folder, self.open)


class PartlyWritten(IopError):
    """Some files of a set are as they were, for another program has them open; all others were written."""

    exit_code = CannotWrite.exit_code

    def __init__(self, folder: Path, left: Collection[OpenElsewhere]) -> None:
        facts = "; ".join(each.fact for each in left)
        one = len(left) == 1
        state = "it is as it was" if one else "they are as they were"
        remedy = next(iter(left)).remedy if one else "close them and try again"
        super().__init__(f"{shown(folder)}: {facts}; {state}, everything else is written — {remedy}")


def export(
    folder: Path,
    files: Mapping[str, bytes],
    *,
    whole: bool = True,
    within: Path | None = None,
    also: Changes = _NO_CHANGES,
) -> Exported:
    """Write a set of files; one that a person changed since the last export stays beside the new one.

    A name may hold folders. A ``whole`` set is all there is of its kinds, a kind being the first folder;
    else the rest stays. A file that another program has open is as it was; the others are written.

    Parameters
    ----------
    within
        The folder to hold meanwhile, where it is one above.
    also
        Files of other folders that change with these.

    Raises
    ------
    CannotWrite
        When nothing can be written.
    """
    with holding(within or folder, *(path.parent for path in also)) as held:
        left: dict[str, OpenElsewhere] = {}
        while True:
            try:
                changes, exported = exporting(folder, files, whole=whole, left=left)
                held.put({**also, **changes})
            except OpenElsewhere as error:
                _leave(folder, files, error, left)
            else:
                return exported


def _leave(
    folder: Path, files: Mapping[str, bytes], error: OpenElsewhere, left: dict[str, OpenElsewhere]
) -> None:
    """Leave an open file as it is, and its PDF with it, unless nothing else would be left to write."""
    path, folder = error.path.parent.resolve() / error.path.name, folder.resolve()
    name = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else ""
    if name in ("", *left, MANIFEST) or not files.keys() - {*left, name}:
        raise error
    left[name] = error.with_pdf() if pdf_name(name) in files else error


def exporting(
    folder: Path,
    files: Mapping[str, bytes],
    *,
    whole: bool = True,
    left: Mapping[str, OpenElsewhere] = _NOT_OPEN,
) -> tuple[Changes, Exported]:
    """Look at what lies in a folder, which is held; return what an export changes there, and what it leaves.

    Parameters
    ----------
    left
        Files that stay as they are, for they are open; so does the PDF of each.
    """
    stay = {*left, *map(pdf_name, left)}
    files = {name: data for name, data in files.items() if name not in stay}
    ours, there = _read_manifest(folder / MANIFEST), _names_in(folder) - {MANIFEST}
    digests = {name: _digest(_bytes_of(folder / name)) for name in sorted(there & {*ours, *files} - stay)}
    changed = {name for name in there - stay if name not in ours or digests[name] != ours[name]}
    double = [name for name in files if name in changed and digests[name] != _digest(files[name])]
    copies = {_free_name(folder, name): _bytes_of(folder / name) for name in double}
    made = {_kind(name) for name in files} if whole else set()
    others = there - files.keys()
    gone = (name for name in ours if name not in files and _kind(name) in made and name not in stay)
    renewed = (name for name in ours if name in files and _digest(files[name]) != ours[name])
    # their Word file says something else: none prints one
    stale = {pdf_name(name) for name in (*gone, *renewed)}
    old = {name for name in others - changed - stay if _kind(name) in made or name in stale}
    listed = {name: ours[name] for name in others - changed - old if name in ours}
    listed |= {name: _digest(data) for name, data in files.items()}
    everything = {**files, **copies, MANIFEST: _manifest(listed)}
    _refuse_bad_names(folder, [*everything, *sorted(others - old - everything.keys())])
    mine = sorted(name for name in changed & others & ours.keys() if _kind(name) in made or name in stale)
    exported = Exported(folder, tuple(files), (*copies, *mine), open=tuple(left.values()))
    return beneath(folder, {**everything, **dict.fromkeys(sorted(old))}), exported


def _kind(name: str) -> str:
    return name.split("/", 1)[0] if "/" in name else ""


def _free_name(folder: Path, name: str) -> str:
    """Name the copy of a file that a person changed; an earlier copy that says something else stays."""
    path, data = PurePosixPath(name), _bytes_of(folder / name)
    tails = (f" {number}" if number > 1 else "" for number in count(1))
    names = (str(path.with_name(f"{path.stem} (changed by you{tail}){path.suffix}")) for tail in tails)
    return next(each for each in names if not (folder / each).is_file() or _bytes_of(folder / each) == data)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except PermissionError as error:
        raise refused(path, path.parent, UNTOUCHED) from error


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _manifest(digests: Mapping[str, str]) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["file", "sha256"])
    writer.writerows(sorted(digests.items()))
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
