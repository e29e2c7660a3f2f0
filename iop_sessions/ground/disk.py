"""Ask the system for one thing on a disk, patiently where it refuses for a moment; word what fails."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Final, TypeVar

from iop_sessions.ground.errors import CannotWrite

PREFIX: Final = ".iop-"
"""What our own names beside a folder begin with: a change on its way, and the lock."""
PAUSES: Final = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.45, 0.47)
"""Seconds between tries of what a virus scanner or OneDrive refuses for a moment: two in all."""
UNTOUCHED: Final = "the old files are untouched"
NOTHING: Final = "nothing of it was written"
HALF: Final = "not every file is as it was; the next command that uses them puts them right first"
SPREADSHEETS: Final = (".csv", ".xlsx", ".xls", ".ods")
_FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY}
_HELD = {errno.EACCES, errno.EDEADLK} if sys.platform == "win32" else {errno.EAGAIN, errno.EWOULDBLOCK}
_REFUSED_BY_WINDOWS = {5, 32, 33}  # access denied, sharing violation, lock violation
Got = TypeVar("Got")


class OpenElsewhere(CannotWrite):
    """A file of a folder that may not be replaced, for another program has it open."""

    def __init__(self, path: Path, folder: Path, fact: str, state: str, remedy: str) -> None:
        self.path, self.folder, self.fact, self.state, self.remedy = path, folder, fact, state, remedy
        super().__init__(shown(folder), f"{fact}; {state}", remedy)

    def with_pdf(self) -> OpenElsewhere:
        """Return the same of a Word file whose PDF is not written either."""
        fact = f"{self.fact}, and its PDF goes with it"
        return OpenElsewhere(self.path, self.folder, fact, self.state, self.remedy)


def sleep(seconds: float) -> None:
    """Wait; tests put something quicker here."""
    time.sleep(seconds)


def patiently(call: Callable[[], Got]) -> Got:
    """Do what the system may refuse for a moment, again and again for two seconds."""
    for pause in PAUSES:
        try:
            return call()
        except OSError as error:
            if not is_refused(error):
                raise
        sleep(pause)
    return call()


def is_refused(error: OSError) -> bool:
    """Say whether another program, or a right that is missing, is in the way, rather than the disk."""
    refused = isinstance(error, PermissionError) or error.errno == errno.EBUSY
    return refused or getattr(error, "winerror", None) in _REFUSED_BY_WINDOWS


def move(path: Path, target: Path) -> None:
    """Put a file in another place, over what is there."""
    patiently(lambda: path.replace(target))


def remove(path: Path) -> None:
    """Take a file away; one that is not there is no mistake."""
    patiently(lambda: path.unlink(missing_ok=True))


def write(path: Path, data: bytes) -> None:
    """Write a file, and wait until it is on the disk."""
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def make_folder(path: Path) -> None:
    """Make a folder and those above it, where there is none."""
    if not path.is_dir():
        path.mkdir(parents=True, exist_ok=True)


def empty_folder(path: Path) -> None:
    """Make a folder of ours that holds nothing."""
    if path.exists():
        patiently(lambda: shutil.rmtree(path))
    path.mkdir()


def clear(path: Path) -> None:
    """Remove a folder of ours; what the system will not let go is removed the next time."""
    with suppress(OSError):
        shutil.rmtree(path, ignore_errors=True)


def clear_empty(folder: Path, root: Path) -> None:
    """Remove folders that hold nothing any more, from one inside up to the root, which stays."""
    with suppress(OSError):
        while folder != root and root in folder.parents:
            folder.rmdir()
            folder = folder.parent


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let one command at a time write a folder; the system frees the lock even of a killed one."""
    path = folder.parent / f"{PREFIX}{folder.name}.lock"
    with patiently(lambda: path.open("a+b")) as stream:
        if not _lock(stream.fileno()) or not _same_file(stream.fileno(), path):
            what = "another export is writing it; this one changed nothing"
            raise CannotWrite(shown(folder), what, "wait until it is done, then try again")
        try:
            yield
        finally:
            _remove_lock(path)
    if sys.platform == "win32":  # there an open file cannot be removed, so only now
        _remove_lock(path)


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
    except OSError as error:
        if error.errno not in _HELD:
            raise
        return False
    return True


def refuse_open(path: Path, folder: Path, state: str) -> None:
    """Raise while an office program says, by a file beside it, that it has a file open.

    A plan that somebody works on as ``plan.xlsx`` counts as open: what they save there would undo the change.
    """
    names = [path.name, path.with_suffix(".xlsx").name] if path.suffix == ".csv" else [path.name]
    for name in names:
        # Word leaves out the first letters of a long name, and none of a short one; Excel none at all
        cuts = 1 if name.endswith(SPREADSHEETS) else 3
        for mark in (*(f"~${name[cut:]}" for cut in range(cuts)), f".~lock.{name}#"):
            if path.with_name(mark).exists():
                remedy = f"close it and try again (if it is not open anywhere, delete '{mark}')"
                fact = f"'{name}' is open in {_program(name)}"
                raise OpenElsewhere(path, folder, fact, state, remedy)


def _program(name: str) -> str:
    return f"{'Excel' if name.endswith(SPREADSHEETS) else 'Word'} or LibreOffice"


def refused(path: Path, folder: Path, state: str) -> OpenElsewhere:
    """Make the error of a file that the system does not let us replace."""
    program = _program(path.name)
    fact = f"'{path.name}' may not be replaced: it is open in {program}, or its folder is read-only"
    return OpenElsewhere(path, folder, fact, state, "close it and try again")


def shown(path: Path) -> str:
    """Name a file or folder by its last two parts: the whole path tells where a person keeps their files."""
    return PurePosixPath(*path.parts[-2:]).as_posix()


@contextmanager
def plain_words(path: Path) -> Iterator[None]:
    """Turn the system's error into words with a remedy, as long as nothing was changed."""
    try:
        yield
    except OSError as error:
        raise worded(error, path, UNTOUCHED if path.exists() else NOTHING) from error


def worded(error: OSError, path: Path, state: str) -> CannotWrite:
    """Return the system's error in words: what, the state in which the files are, and a remedy."""
    what, remedy = _reason(error)
    return CannotWrite(shown(path), f"{what}; {state}", remedy)


_WORDS: Final = {
    errno.EFBIG: ("the disk takes no file so large", "choose a folder on another disk"),
    errno.ENAMETOOLONG: (
        "the name is too long for this disk", "choose a shorter name or a folder nearer to the root",
    ),
    errno.EEXIST: ("a file stands where a folder should be", "move that file away and try again"),
    errno.ENOTDIR: ("a file stands where a folder should be", "move that file away and try again"),
    errno.EISDIR: ("a folder stands where a file should be", "move that folder away and try again"),
    **dict.fromkeys(_FULL, ("no space is left on the disk", "free some room and try again")),
}  # fmt: skip
"""What an error of the system means here, and what to do."""


def _reason(error: OSError) -> tuple[str, str]:
    if error.errno in _WORDS:
        return _WORDS[error.errno]
    if error.errno in _FORBIDDEN or is_refused(error):
        remedy = "close every file of it in Word, or choose a folder that you may write to"
        return "the folder is read-only, or a file in it is open in another program", remedy
    return f"the system says: {error.strerror or type(error).__name__}", "try again"
