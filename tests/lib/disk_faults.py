"""Play what a disk can do to a command: fail or refuse any call of the system, or kill it there.

A command runs once up to its first call that changes a disk. From there a copy of the process goes on for
each play, so that what was read, planned and drawn before is done once.
"""

from __future__ import annotations

import errno
import io
import os
import pickle
import signal
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock

from iop_sessions.doors import cli
from iop_sessions.ground import disk

SIGKILL = 9
CALLS = ("open", "write", "fsync", "rename", "unlink", "mkdir", "rmdir", "lock")
FULL = OSError(errno.ENOSPC, "No space left on device")
REFUSED = PermissionError(errno.EACCES, "Permission denied")
Decide = Callable[[str, int, int], None]
"""Hears each call: its kind, its number among its kind and among all; raises, kills, or lets it be."""


@dataclass
class Watched:
    """The calls that change the disk within a folder, each of which somebody decides about."""

    root: Path
    decide: Decide = lambda *_: None
    counts: Counter[str] = field(default_factory=Counter)
    first: Callable[[], None] | None = None

    def call(self, kind: str, path: object = None) -> None:
        """Take one call."""
        if path is not None and not os.fspath(path).startswith(str(self.root)):  # type: ignore[call-overload]
            return
        if self.first is not None:
            first, self.first = self.first, None
            first()
        self.counts[kind] += 1
        self.decide(kind, self.counts[kind], self.counts.total())


class _Stream:
    """A file that is written in two halves."""

    def __init__(self, stream: Any, watched: Watched) -> None:  # noqa: ANN401  # any binary stream
        self._stream, self._watched = stream, watched

    def write(self, data: bytes) -> int:
        self._watched.call("write")
        self._stream.write(data[: len(data) // 2])
        self._stream.flush()
        self._watched.call("write")
        self._stream.write(data[len(data) // 2 :])
        return len(data)

    def __enter__(self) -> _Stream:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever the stream has
        return getattr(self._stream, name)


@contextmanager
def watching(watched: Watched) -> Iterator[Watched]:
    """Hear every call that changes the disk, before it is done."""
    opens = io.open

    def opening(path: Any, mode: str = "r", *rest: Any, **named: Any) -> Any:  # noqa: ANN401  # as io.open
        writes = isinstance(path, (str, os.PathLike)) and set(mode) & set("wax+")
        if not writes or not os.fspath(path).startswith(str(watched.root)):
            return opens(path, mode, *rest, **named)
        watched.call("open")
        stream = opens(path, mode, *rest, **named)
        return _Stream(stream, watched) if "b" in mode else stream

    def heard(kind: str, real: Callable[..., Any], *, with_path: bool = True) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401  # as the call that it stands for
            watched.call(kind, None if not with_path or named.get("dir_fd") else arguments[0])
            return real(*arguments, **named)

        return call

    calls = {"replace": "rename", "rename": "rename", "unlink": "unlink", "remove": "unlink",
             "mkdir": "mkdir", "rmdir": "rmdir"}  # fmt: skip
    with _together(
        [
            mock.patch.object(io, "open", opening),
            mock.patch.object(os, "fsync", heard("fsync", lambda _: None, with_path=False)),
            *(mock.patch.object(os, name, heard(kind, getattr(os, name))) for name, kind in calls.items()),
            *_locks(heard),
        ]
    ):
        yield watched


def _locks(heard: Callable[..., Callable[..., Any]]) -> list[Any]:
    if sys.platform == "win32":
        import msvcrt

        return [mock.patch.object(msvcrt, "locking", heard("lock", msvcrt.locking, with_path=False))]
    import fcntl

    return [mock.patch.object(fcntl, "flock", heard("lock", fcntl.flock, with_path=False))]


@contextmanager
def _together(patches: Iterable[Any]) -> Iterator[None]:
    """Put several things in place at once; nobody waits meanwhile."""
    with ExitStack() as stack:
        for each in patches:
            stack.enter_context(each)
        stack.enter_context(mock.patch.object(disk, "sleep"))
        yield


def failing(kind: str, number: int, error: OSError, *, for_good: bool = True) -> Decide:
    """Fail the n-th call of a kind; where it is for good, also those of its kind that follow."""

    def decide(called: str, count: int, _: int) -> None:
        if called == kind and (count == number or (for_good and count > number)):
            raise error

    return decide


def refusing(share: float, seed: int, kinds: Iterable[str] = ("rename", "unlink")) -> Decide:
    """Refuse some calls by chance, as a virus scanner does: the same call is let through later."""
    random, kinds = Random(seed), set(kinds)

    def decide(called: str, *_: int) -> None:
        if called in kinds and random.random() < share:
            raise REFUSED

    return decide


def interrupting(number: int) -> Decide:
    """Press Ctrl-C at the n-th call of all."""

    def decide(_: str, __: int, total: int) -> None:
        if total == number:
            signal.raise_signal(signal.SIGINT)

    return decide


def killing(number: int) -> Decide:
    """Kill the process at the n-th call of all."""

    def decide(_: str, __: int, total: int) -> None:
        if total == number:
            os.kill(os.getpid(), SIGKILL)

    return decide


@dataclass(frozen=True)
class Play:
    """What a command left and said in one play."""

    name: str
    code: object  # None where it was killed
    said: str
    counts: Counter[str]
    files: dict[str, bytes]  # right after


def _fork() -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of threads that wait for tests, not for locks
        return os.fork()


class _Played(BaseException):
    """Every play was played."""


def _ended(watched: Watched, words: Iterable[str]) -> tuple[object, str]:
    """Run a verb; return its exit code, or the mistake that ended it, and all it printed."""
    out = io.StringIO()
    try:
        with watching(watched), redirect_stdout(out), redirect_stderr(out):
            cli.main(list(words))
    except SystemExit as end:
        return end.code, out.getvalue()
    except Exception as mistake:  # noqa: BLE001  # it is told to the test
        return repr(mistake), out.getvalue()
    return 0, out.getvalue()


@dataclass
class Stage:
    """A workspace in which a command is played again and again, each time as it was at first."""

    root: Path
    parts: tuple[str, ...]
    """The folders in which the command may change something."""

    def __post_init__(self) -> None:
        self.before = self.files

    @property
    def files(self) -> dict[str, bytes]:
        """Return every file that the command may change, hidden ones too."""
        paths = (path for part in self.parts for path in (self.root / part).rglob("*") if path.is_file())
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in paths}

    def restore(self) -> None:
        """Put every file back as it was before the first play."""
        now = self.files
        for name in now.keys() - self.before.keys():
            (self.root / name).unlink()
        folders = (each for part in self.parts for each in (self.root / part).rglob("*") if each.is_dir())
        for folder in sorted(folders, reverse=True):
            with suppress(OSError):
                folder.rmdir()
        for name, data in self.before.items():
            if now.get(name) != data:
                (self.root / name).parent.mkdir(parents=True, exist_ok=True)
                (self.root / name).write_bytes(data)

    def play(self, words: Iterable[str], plays: Iterable[tuple[str, Decide]]) -> list[Play]:
        """Run a verb once up to its first change of the disk, and on from there for each play."""
        played: list[Play] = []
        watched, told = Watched(self.root), tempfile.TemporaryFile()  # noqa: SIM115  # open in every process

        def each_from_here() -> None:
            for name, decide in plays:
                told.seek(0)
                told.truncate()
                child = _fork()
                if child == 0:
                    watched.decide = decide
                    watched.counts.clear()  # the parent's own calls are no part of the play
                    return
                _, status = os.waitpid(child, 0)
                told.seek(0)
                code, said, counts = pickle.load(told) if os.WIFEXITED(status) else (None, "", Counter())
                played.append(Play(name, code, said, counts, self.files))
                self.look(played[-1])
                self.restore()
            raise _Played

        watched.first, parent = each_from_here, os.getpid()
        try:
            ended = _ended(watched, words)
        except _Played:
            told.close()
            return played
        if os.getpid() == parent:
            raise AssertionError(f"nothing was written: {ended}")
        pickle.dump((*ended, watched.counts), told)
        told.flush()
        os._exit(0)

    def look(self, play: Play) -> None:
        """Look at what a play left, before all is put back."""
