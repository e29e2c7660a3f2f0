"""Put files in place whole, or leave the old set; nothing that a person changed is lost."""

from __future__ import annotations

import csv
import errno
import hashlib
import io
import os
import shutil
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path, PurePosixPath

from iop_sessions.ground.errors import CannotWrite, Problem

PREFIX = ".iop-"
"""What our own names beside a set begin with: a set on its way in or out, and the lock."""
_UNTOUCHED = "the old files are untouched"
_FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY}
_TOO_LARGE = {errno.EFBIG}
_LONG = {errno.ENAMETOOLONG}


def write_set(folder: Path, files: Mapping[str, bytes], keep: Iterable[str] = ()) -> None:
    """Put a whole set of files in a folder, in place of what is there; or change nothing.

    After the swap the folder holds nothing else but files of the old one that are to be kept. A name may hold
    folders (``week-03/agenda.docx``).

    Raises
    ------
    CannotWrite
        When the disk is full, the folder is read-only, a file is open in Word, or another export is at work.
    """
    with holding(folder):
        put_set(folder, files, keep)


@contextmanager
def holding(folder: Path) -> Iterator[None]:
    """Hold a folder against other exports, and mend first what a killed one left.

    Whoever looks at the old set to decide what the new one holds must look while the folder is held.
    """
    with _plain_words(folder):
        _make_folder(folder.parent)
        with _alone(folder):
            _recover(folder)
            yield


def put_set(folder: Path, files: Mapping[str, bytes], keep: Iterable[str] = ()) -> None:
    """Do what `write_set` does, in a folder that is held."""
    names = list(dict.fromkeys([*files, *keep]))
    _refuse_bad_names(folder, names)
    _refuse_open_files(folder, names)
    fresh = _beside(folder, "new")
    try:
        _fill(fresh, files)
        _take_along(folder, fresh, keep)
        _swap(folder, fresh)
    finally:
        _clear(fresh)


def mend(folder: Path) -> None:
    """Bring back a set that a killed export left aside, before somebody looks for it."""
    if not folder.exists() and _beside(folder, "old").exists():
        with holding(folder):
            return


def write_file(path: Path, data: bytes) -> None:
    """Put one file in place whole, or leave the old one as it is; `CannotWrite` as in `write_set`."""
    with holding(path):
        _refuse_open_files(path.parent, [path.name])
        fresh = _beside(path, "new")
        try:
            _write(fresh, data)
            fresh.replace(path)
        finally:
            _clear(fresh)


def _make_folder(path: Path) -> None:
    if not path.is_dir():
        path.mkdir(parents=True, exist_ok=True)


def _beside(path: Path, state: str) -> Path:
    return path.parent / f"{PREFIX}{path.name}.{state}.tmp"


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _fill(fresh: Path, files: Mapping[str, bytes]) -> None:
    fresh.mkdir()
    for name, data in files.items():
        path = fresh / name
        _make_folder(path.parent)
        _write(path, data)


def _take_along(folder: Path, fresh: Path, keep: Iterable[str]) -> None:
    for name in keep:
        if (folder / name).is_file() and not (fresh / name).exists():
            _make_folder((fresh / name).parent)
            _link(folder / name, fresh / name)


def _link(path: Path, target: Path) -> None:
    """Give a file a second place without copying it, where the disk can; the only copy is never at risk."""
    try:
        target.hardlink_to(path)
    except OSError:
        _write(target, path.read_bytes())
        shutil.copystat(path, target)


def _swap(folder: Path, fresh: Path) -> None:
    """Put the fresh folder in the old one's place; if that fails, the old one comes back."""
    old = _beside(folder, "old")
    if folder.exists():
        folder.replace(old)
    try:
        fresh.replace(folder)
    except BaseException:
        if old.exists():
            old.rename(folder)
        raise
    _clear(old)


def _recover(folder: Path) -> None:
    """Bring back what a killed export left aside, here and in sets inside; clear away what else it left."""
    _bring_back(folder)
    for left in sorted(folder.glob(f"{PREFIX}*.tmp")) if folder.is_dir() else ():
        inner = folder / left.name.removeprefix(PREFIX).rsplit(".", 2)[0]
        with suppress(CannotWrite), _alone(inner):  # else it is no left-over: somebody is writing it
            _bring_back(inner)


def _bring_back(folder: Path) -> None:
    """Bring back a set that was put aside when the new one was not in its place yet.

    That is so while both lie beside the folder; a file that came into the folder meanwhile stays in it.
    """
    old, fresh = _beside(folder, "old"), _beside(folder, "new")
    if old.exists() and not folder.exists():
        old.replace(folder)
    elif old.exists() and fresh.exists():
        _take_along(old, folder, [path.relative_to(old).as_posix() for path in sorted(old.rglob("*"))])
    for left in (old, fresh):
        _clear(left)


def _clear(path: Path) -> None:
    """Remove a folder or a file of ours; what the system will not let go is removed the next time."""
    with suppress(OSError):
        path.unlink(missing_ok=True) if path.is_file() else shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one export at a time write a folder; the system frees the lock even of a killed one."""
    path = folder.parent / f"{PREFIX}{folder.name}.lock"
    with path.open("a+b") as stream:
        if not _lock(stream.fileno()) or not _same_file(stream.fileno(), path):
            what = "another export is writing it; this one changed nothing"
            raise CannotWrite(_shown(folder), what, "wait until it is done, then try again")
        try:
            yield
        finally:
            _remove_lock(path)
    if sys.platform == "win32":  # there an open file cannot be removed, so only now
        _remove_lock(path)


def _shown(path: Path) -> str:
    """Name a file or folder by its last two parts: the whole path tells where a person keeps their files."""
    return PurePosixPath(*path.parts[-2:]).as_posix()


def _remove_lock(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return  # Windows keeps an open file; and a lock file left over does no harm


def _same_file(descriptor: int, path: Path) -> bool:
    """Tell whether the lock is still the file on the disk: its last holder may just have removed it."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _refuse_bad_names(folder: Path, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        path = PurePosixPath(name)
        if not name or path.is_absolute() or ".." in path.parts or "\\" in name:
            what = f"'{name}' is no name inside this folder"
            raise CannotWrite(_shown(folder), what, "choose a plain file name")
        if name.casefold() in seen:
            remedy = "give one of them another name: Windows and macOS cannot hold both"
            raise CannotWrite(_shown(folder), f"two files would be called '{name}'", remedy)
        seen.add(name.casefold())


def _refuse_open_files(folder: Path, names: Iterable[str]) -> None:
    """Refuse while Word or LibreOffice says, by a file beside it, that it holds one of the files."""
    for name in names:
        path = folder / name
        # Word leaves out the first letters of a long name, and none of a short one
        owners = [f"~${path.name[cut:]}" for cut in range(3)]
        for mark in (path.with_name(owner) for owner in (*owners, f".~lock.{path.name}#")):
            if mark.exists():
                remedy = f"close it and try again (if it is not open anywhere, delete '{mark.name}')"
                what = f"'{path.name}' is open in Word or LibreOffice; {_UNTOUCHED}"
                raise CannotWrite(_shown(folder), what, remedy)


@contextmanager
def _plain_words(path: Path) -> Iterator[None]:
    """Turn the system's error into words with a remedy."""
    try:
        yield
    except OSError as error:
        raise CannotWrite(_shown(path), *_reason(error)) from error


def _reason(error: OSError) -> tuple[str, str]:
    if error.errno in _FULL:
        what, remedy = "no space is left on the disk", "free some room and try again"
    elif error.errno in _TOO_LARGE:
        what, remedy = "the disk takes no file so large", "choose a folder on another disk"
    elif error.errno in _FORBIDDEN or isinstance(error, PermissionError):
        what = "the folder is read-only, or a file in it is open in another program"
        remedy = "close every file of it in Word, or choose a folder that you may write to"
    elif error.errno in _LONG:
        what = "the name is too long for this disk"
        remedy = "choose a shorter name or a folder nearer to the root"
    elif isinstance(error, (FileExistsError, NotADirectoryError)):
        what, remedy = "a file stands where a folder should be", "move that file away and try again"
    else:
        what, remedy = f"the system says: {error.strerror or type(error).__name__}", "try again"
    return f"{what}; {_UNTOUCHED}", remedy


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


@dataclass(frozen=True)
class Exported:
    """What an export left in its folder."""

    folder: Path
    written: tuple[str, ...]
    kept: tuple[str, ...]  # files a person changed, under the names they have now
    problems: tuple[Problem, ...] = ()  # of what they were made from; what these spoil is left out or named


def export(folder: Path, files: Mapping[str, bytes], *, whole: bool = True) -> Exported:
    """Write a set of files; one that a person changed since the last export stays beside the new one.

    A name may hold folders. A ``whole`` set is all there is of its kinds, a kind being the first folder;
    else the rest stays.
    """
    with holding(folder):
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
    put_set(folder, everything, keep=sorted(rest - everything.keys()))
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
    ours = [path for path in inside if not any(part.startswith(PREFIX) for part in path.parts)]
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
