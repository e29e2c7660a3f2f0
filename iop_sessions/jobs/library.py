"""Hold a workspace open: its curriculum and plans, read once, and anew when a file of theirs has changed."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from iop_sessions.curriculum.library import Curriculum, folder_paths
from iop_sessions.ground.workspace import Workspace
from iop_sessions.jobs.read import open_with, read_curriculum
from iop_sessions.plans import store
from iop_sessions.plans.store import Opened


@dataclass(frozen=True)
class FilePrint:
    """What tells whether a file is still the same: at a glance its time and size, in truth its words."""

    glance: tuple[int, int]
    digest: str

    @classmethod
    def of(cls, path: Path, known: FilePrint | None = None) -> FilePrint | None:
        """Look at a file, and into it only where a glance does not do; of a folder, at its names."""
        try:
            stat = path.stat()
            if path.is_dir():
                return cls((0, 0), " ".join(sorted(each.name for each in path.iterdir())))
            glance = (stat.st_mtime_ns, stat.st_size)
            if known is not None and known.glance == glance:
                return known
            return cls(glance, hashlib.sha256(path.read_bytes()).hexdigest())
        except FileNotFoundError:
            return None


Prints = Mapping[Path, FilePrint | None]


def _prints_of(paths: Iterable[Path], known: Prints) -> Prints:
    return {path: FilePrint.of(path, known.get(path)) for path in paths}


def _say_the_same(one: Prints, other: Prints) -> bool:
    before, now = (
        {path: each.digest if each else "" for path, each in prints.items()} for prints in (one, other)
    )
    return before == now


@dataclass
class Library:
    """A workspace held open; it hands out the same object until a file that it was read from says otherwise.

    Several threads may ask at once. What cannot be read is not remembered: the next one to ask reads it anew.
    """

    workspace: Workspace
    _lock: threading.RLock = field(default_factory=threading.RLock, repr=False)
    _curriculum: tuple[Curriculum, Prints] | None = field(default=None, repr=False)
    _plans: dict[Path, tuple[Opened, Prints]] = field(default_factory=dict, repr=False)

    def curriculum(self) -> Curriculum:
        """Return the curriculum, its guides and handouts with it.

        Raises
        ------
        ProblemsFound
            With everything that is wrong with it.
        """
        with self._lock:
            paths = folder_paths(self.workspace.curriculum)
            old = self._curriculum
            prints = _prints_of(paths, old[1] if old else {})  # first: what changes meanwhile is seen
            same = old is not None and _say_the_same(old[1], prints)
            made = old[0] if old and same else read_curriculum(self.workspace)
            self._curriculum = made, prints
            return made

    def plan(self, name: str) -> Opened:
        """Return a plan beside the curriculum.

        Raises
        ------
        NotFound
            If there is no plan of this name.
        ProblemsFound
            With every fault of its files.
        """
        with self._lock:
            curriculum, paths = self.curriculum(), self.workspace.find_plan(name)
            old, known = self._plans.get(paths.folder, (None, {}))
            # it takes a reading to know the files
            files = old.kept.files if old else store.read(paths, whole=False).files
            prints = _prints_of(files, known)
            kept = old.kept if old and _say_the_same(known, prints) else store.read(paths, whole=False)
            if old is None or kept is not old.kept or curriculum is not old.case.curriculum:
                prints = _prints_of(kept.files, prints)
                old = open_with(curriculum, kept)
            self._plans[paths.folder] = old, prints
            return old


@cache
def library_of(workspace: Workspace) -> Library:
    """Return the library of a workspace, the same one to everybody."""
    return Library(workspace)
