"""Change files in several folders as one: all of them or none, also when the command is killed on the way.

New files are written beside each folder first, then a journal says what is to happen, then files are moved:
the old one aside, the new one in its place. The change holds once the journal is gone. Whoever holds one of
the folders next and finds a journal puts every file back as it was.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from iop_sessions.ground import disk
from iop_sessions.ground.errors import CannotWrite

Changes = Mapping[Path, bytes | None]
"""What files are to hold; a file of None goes."""
JOURNAL: Final = "journal"
"""Lies beside the first folder and says what is to happen; beside the others, where it lies."""


@dataclass(frozen=True)
class Held:
    """Folders that no other command writes meanwhile."""

    folders: tuple[Path, ...]

    def put(self, changes: Changes) -> None:
        """Change files in these folders, all or none.

        Raises
        ------
        OpenElsewhere
            When another program has one of the files open.
        CannotWrite
            When the system does not let us; it says in which state the files are.
        """
        needed = {_real(path): data for path, data in changes.items() if _differs(path, data)}
        steps = [_step(self.folders, number, *each) for number, each in enumerate(needed.items())]
        for step in steps:
            disk.refuse_open(step.place, step.folder, _state(self.folders))
        if steps:
            try:
                self._take(steps, needed)
            finally:
                self._clear()
            for step in steps:
                if not step.digest:
                    disk.clear_empty(step.place.parent, step.folder)

    def _take(self, steps: list[_Step], needed: Changes) -> None:
        """Take every step; if one fails, those before it are undone."""
        journal, prepared = _beside(self.folders[0]) / JOURNAL, False
        try:
            self._prepare(steps, needed)
            prepared = True
            for step in steps:
                step.take()
            disk.remove(journal)
        except OSError as error:
            if not prepared or journal.exists():  # else the change holds
                raise self._failed(error, _undone(self.folders, steps)) from error
        except BaseException:
            if not prepared or journal.exists():
                _undone(self.folders, steps)
            raise

    def _prepare(self, steps: Iterable[_Step], needed: Changes) -> None:
        """Write each new file beside its folder, and last the journal."""
        for folder in self.folders:
            disk.empty_folder(_beside(folder))
        for step in steps:
            data = needed[step.place]
            if data is not None:
                disk.write(step.new, data)
        main = _beside(self.folders[0])
        for folder in self.folders[1:]:
            _note(_beside(folder), {"main": _way(main, _beside(folder))})
        folders = [_way(folder, main) for folder in self.folders]
        _note(main, {"folders": folders, "steps": [step.row(self.folders) for step in steps]})

    def _failed(self, error: OSError, state: str) -> CannotWrite:
        if isinstance(error, _InTheWay):
            return disk.refused(error.step.place, error.step.folder, state)
        named = str(error.filename or "")
        near = (each for each in self.folders if named.startswith((str(each), str(_beside(each)))))
        return disk.worded(error, next(near, self.folders[0]), state)

    def _clear(self) -> None:
        """Take away what lies beside the folders, unless a journal still needs it."""
        if not (_beside(self.folders[0]) / JOURNAL).exists():
            for folder in self.folders:
                disk.clear(_beside(folder))


class _InTheWay(PermissionError):
    """A file in place that the system does not let go of."""

    def __init__(self, step: _Step) -> None:
        super().__init__()
        self.step = step


@dataclass(frozen=True)
class _Step:
    """One file that changes: its place, where the new one waits and where the old one goes."""

    folder: Path
    place: Path
    number: int
    was: bool  # whether there is an old one
    digest: str  # of the new one; empty where there is none

    @property
    def new(self) -> Path:
        """Return where the new file waits."""
        return _beside(self.folder) / f"new-{self.number}"

    @property
    def old(self) -> Path:
        """Return where the old file goes."""
        return _beside(self.folder) / f"old-{self.number}"

    def row(self, folders: tuple[Path, ...]) -> list[Any]:
        """Return the step as the journal holds it."""
        name = self.place.relative_to(self.folder).as_posix()
        return [folders.index(self.folder), name, self.number, self.was, self.digest]

    def take(self) -> None:
        """Do the step."""
        if self.was:
            try:
                disk.move(self.place, self.old)
            except OSError as error:
                raise (_InTheWay(self) if disk.is_refused(error) else error) from error
        if self.digest:
            disk.make_folder(self.place.parent)
            disk.move(self.new, self.place)

    def put_back(self) -> None:
        """Undo what was done of the step; what a person put there meanwhile stays."""
        ours = self.digest and not self.new.exists() and self.place.is_file()
        if ours and _digest(self.place.read_bytes()) != self.digest:
            return
        if self.old.exists() and (ours or not self.place.exists()):
            disk.move(self.old, self.place)
        elif ours and not self.was:
            disk.remove(self.place)
        if self.digest:
            disk.clear_empty(self.place.parent, self.folder.parent)


@contextmanager
def holding(*folders: Path) -> Iterator[Held]:
    """Hold folders against other commands, and mend first what a killed one left in them.

    A folder may also be one file. Whoever looks at old files to decide what the new ones hold must look
    while their folder is held; an error of the system meanwhile says that nothing was changed.

    Raises
    ------
    CannotWrite
        When another command writes one of them, or the system does not let us.
    """
    real = tuple(dict.fromkeys(folder.resolve() for folder in folders))
    with disk.plain_words(real[0]), ExitStack() as locks:
        every = _tied(real)
        for folder in sorted(every):
            disk.make_folder(folder.parent)
            locks.enter_context(disk.alone(folder))
        for folder in real:
            _recover(folder, every)
        yield Held(real)


def mend(folder: Path) -> None:
    """Put files back that a killed command left half changed, before somebody looks at them."""
    if _beside(folder.resolve()).is_dir() and _read(_beside(folder.resolve())):
        for pause in disk.PAUSES:  # another command may be at it just now
            with suppress(CannotWrite), holding(folder):
                return
            disk.sleep(pause)
        with holding(folder):
            return


def _beside(folder: Path) -> Path:
    return folder.parent / f"{disk.PREFIX}{folder.name}.tmp"


def _step(folders: tuple[Path, ...], number: int, path: Path, data: bytes | None) -> _Step:
    own = [folder for folder in folders if folder == path or folder in path.parents]
    folder = max(own, key=lambda each: len(each.parts))
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    return _Step(folder, path, number, path.exists(), "" if data is None else _digest(data))


def _real(path: Path) -> Path:
    return path.parent.resolve() / path.name


def _differs(path: Path, data: bytes | None) -> bool:
    try:
        return path.is_file() != (data is not None) or (data is not None and path.read_bytes() != data)
    except OSError:
        return True


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _state(folders: Iterable[Path]) -> str:
    return disk.UNTOUCHED if any(folder.exists() for folder in folders) else disk.NOTHING


def _note(beside: Path, content: Mapping[str, object]) -> None:
    """Put a journal in place whole."""
    disk.write(beside / "note", json.dumps(content).encode("utf-8"))
    disk.move(beside / "note", beside / JOURNAL)


def _read(beside: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads((beside / JOURNAL).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return found


def _way(path: Path, start: Path) -> str:
    """Say how to come to a path from a folder, so that both may be moved; whole where it is another disk."""
    try:
        return os.path.relpath(path, start)
    except ValueError:
        return str(path)


def _main(folder: Path) -> tuple[Path, dict[str, Any]]:
    """Return where the journal of a change that concerns a folder lies, and what it says; empty if none."""
    beside = _beside(folder)
    found = _read(beside)
    if "main" in found:
        beside = Path(os.path.normpath(beside / found["main"]))
        found = _read(beside)
    return beside, found


def _tied(folders: Iterable[Path]) -> set[Path]:
    """Return the folders, and those that a change left half done concerns as well."""
    every = set(folders)
    for folder in folders:
        main, found = _main(folder)
        every |= {Path(os.path.normpath(main / way)) for way in found.get("folders", ())}
    return every


def _recover(folder: Path, held: set[Path]) -> None:
    """Put back what a killed command left half changed, and clear away what else it left."""
    main, found = _main(folder)
    if found:
        folders = tuple(Path(os.path.normpath(main / way)) for way in found["folders"])
        if not held.issuperset(folders):
            what = "another export is writing it; this one changed nothing"
            raise CannotWrite(disk.shown(folder), what, "wait until it is done, then try again")
        _put_back(
            folders, [_Step(folders[at], folders[at] / name, *rest) for at, name, *rest in found["steps"]]
        )
        for each in folders:
            disk.clear(_beside(each))
    disk.clear(_beside(folder))


def _put_back(folders: tuple[Path, ...], steps: Iterable[_Step]) -> None:
    """Put every file back as it was, then take the journal away."""
    for step in steps:
        step.put_back()
    disk.remove(_beside(folders[0]) / JOURNAL)


def _undone(folders: tuple[Path, ...], steps: Iterable[_Step]) -> str:
    """Put back what can be put back; return the state in which the files are then."""
    failed = False
    for step in steps:
        try:
            step.put_back()
        except OSError:
            failed = True
    if failed:
        return disk.HALF
    with suppress(OSError):  # a journal left over undoes nothing any more
        disk.remove(_beside(folders[0]) / JOURNAL)
    return _state(folders)
