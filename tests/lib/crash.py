"""Export sets in a process of its own that dies, stops or fails at a moment counted in steps, never in time.

A step is a call that looks at or changes files, four kibibytes written, or a flush to the disk.
"""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from iop_sessions.ground import writing
from iop_sessions.ground.errors import CannotWrite

STEPS = (
    "open", "os.listdir", "os.scandir", "os.mkdir", "os.rmdir", "os.remove", "os.rename", "os.link",
    "os.truncate", "os.utime", "os.chmod", "shutil.rmtree",
)  # fmt: skip
CHUNK = 4096
SIGKILL = 9  # which Windows has no name for, but knows as the end of a process


@dataclass
class Counter:
    """Count steps in a folder and beside it, and do something at one of them."""

    folder: Path
    at: int = 0
    act: Callable[[], None] = lambda: None
    steps: int = 0
    armed: bool = False

    def step(self) -> None:
        """Take one step."""
        if self.armed:
            self.steps += 1
            if self.steps == self.at:
                self.armed = False
                self.act()
                self.armed = True

    def start(self, at: int, act: Callable[[], None]) -> None:
        """Count from nothing, towards a step."""
        self.at, self.act, self.steps, self.armed = at, act, 0, True

    def watch(self) -> None:
        """Let every call of the system's step, and every four kibibytes that are written."""
        sys.addaudithook(self._hear)
        real_open, real_fsync = io.open, os.fsync

        def slow_open(*args: Any, **named: Any) -> Any:  # noqa: ANN401  # stands for io.open
            stream = real_open(*args, **named)
            return _Slow(stream, self.step) if stream.writable() and "b" in stream.mode else stream

        def slow_fsync(descriptor: int) -> None:
            self.step()
            real_fsync(descriptor)

        io.open, os.fsync = slow_open, slow_fsync  # type: ignore[assignment]  # they do what those do

    def _hear(self, event: str, args: tuple[Any, ...]) -> None:
        if event in STEPS and args and str(args[0]).startswith(str(self.folder.parent)):
            self.step()


class _Slow:
    """A file that reaches the disk four kibibytes at a time."""

    def __init__(self, stream: Any, step: Callable[[], None]) -> None:  # noqa: ANN401  # any binary stream
        self._stream, self._step = stream, step

    def write(self, data: bytes) -> int:
        for start in range(0, len(data), CHUNK):
            self._stream.write(data[start : start + CHUNK])
            self._stream.flush()
            self._step()
        return len(data)

    def __enter__(self) -> _Slow:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever the stream has
        return getattr(self._stream, name)


def sets_in(folder: Path) -> list[dict[str, bytes]]:
    """Read the sets to export, one from each folder."""
    return [
        {
            path.relative_to(each).as_posix(): path.read_bytes()
            for path in sorted(each.rglob("*"))
            if path.is_file()
        }
        for each in sorted(folder.iterdir())
    ]


def careless(folder: Path, files: dict[str, bytes]) -> str:
    """Write a set as a program does that takes no care: each file over the old one."""
    for name, data in files.items():
        with io.open(folder / name, "wb") as stream:  # noqa: UP020  # the one that steps
            stream.write(data)
    return ""


def careful(folder: Path, files: dict[str, bytes]) -> str:
    """Export a set; return what is said where that cannot be."""
    try:
        writing.export(folder, files)
    except CannotWrite as error:
        return str(error)
    return ""


def die() -> None:
    """End at once, as `kill -9` ends a process."""
    os.kill(os.getpid(), SIGKILL)


def wait() -> None:
    """Say so, and wait for a line."""
    tell(waiting=True)
    sys.stdin.readline()


def fail() -> None:
    """Fail as a full disk does."""
    raise OSError(errno.ENOSPC, "No space left on device")


def tell(**facts: object) -> None:
    """Tell the test what happened."""
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


ACTS = {"die": die, "wait": wait}
WRITERS = {"careful": careful, "careless": careless}


def export_all(counter: Counter, writer: str, sets: list[dict[str, bytes]]) -> None:
    """Export one set after the other."""
    for files in sets:
        said = WRITERS[writer](counter.folder, files)
        counter.armed = False
        tell(said=said, steps=counter.steps)
        counter.armed = True


def fail_everywhere(counter: Counter, old: Path, files: dict[str, bytes]) -> None:
    """Export a set over the old one again and again; each time the next step fails, until none is left."""
    at = 0
    while counter.steps >= at:
        at += 1
        shutil.rmtree(counter.folder.parent)
        shutil.copytree(old, counter.folder)
        counter.start(at, fail)
        said = careful(counter.folder, files)
        counter.armed = False
        left = sorted(path.name for path in counter.folder.parent.iterdir())
        tell(said=said, beside=left, files=read(counter.folder))


def fill_disks(folder: Path, old: Path, files: dict[str, bytes], sizes: range) -> None:
    """Export a set over the old one on disks of some sizes, in kibibytes, each mounted for it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    for size in sizes:
        options = ["-t", "tmpfs", "-o", f"size={size}k", "tmpfs"]
        subprocess.run(["mount", *options, str(folder.parent)], check=True)
        shutil.copytree(old, folder)
        tell(size=size, said=careful(folder, files), files=read(folder))
        subprocess.run(["umount", str(folder.parent)], check=True)


def limit_files(folder: Path, old: Path, files: dict[str, bytes], sizes: range) -> None:
    """Export a set over the old one while the system lets no file grow beyond some sizes, in bytes."""
    import resource

    for size in sizes:
        shutil.rmtree(folder.parent, ignore_errors=True)
        shutil.copytree(old, folder)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        said = careful(folder, files)
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        tell(size=size, said=said, files=read(folder))


def read(folder: Path) -> dict[str, str]:
    """Return the digests of a folder's files."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths
    }


def main(work: str, folder: Path, old: Path, sets: Path, numbers: list[int]) -> None:
    """Do a piece of work; the numbers are the step at which something is done, or a range of sizes."""
    every = sets_in(sets)
    if work in ("full", "limit"):
        {"full": fill_disks, "limit": limit_files}[work](folder, old, every[0], range(*numbers))
        return
    counter = Counter(folder)
    counter.watch()
    if work == "fail":
        fail_everywhere(counter, old, every[0])
        return
    writer, act = work.split("-")
    counter.start(numbers[0], ACTS[act])
    export_all(counter, writer, every)


if __name__ == "__main__":
    main(sys.argv[1], *map(Path, sys.argv[2:5]), numbers=[int(each) for each in sys.argv[5:]])
