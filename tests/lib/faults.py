"""Plant the faults of ``tests/checks/bad/faults.toml`` in a copy of the good folder beside it."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

BAD = Path(__file__).parents[1] / "checks" / "bad"


@dataclass(frozen=True)
class Fault:
    """One edit of one file, and the lines that `check` prints of it."""

    name: str
    file: str
    told: str
    old: str = ""
    new: str = ""

    def plant(self, folder: Path) -> None:
        """Edit the file; it keeps its number of lines, or grows at its end."""
        path = folder / self.file
        if not self.old and not self.new:
            path.unlink()
            return
        text = _text(path)
        assert self.old in text, f"{self.name}: '{self.old}' does not stand in {self.file}"
        changed = text.replace(self.old, self.new, 1) if self.old else text + self.new
        path.write_bytes(changed.encode())

    def lines(self, folder: Path) -> list[str]:
        """Return the lines that are told of the fault, once every fault is planted."""
        before = _text(folder / self.file).partition(self.new or "\0")[0]
        return [line.replace("{at}", str(before.count("\n") + 1)) for line in self.told.splitlines()]


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig") if path.exists() else ""


FAULTS = [Fault(**each) for each in tomllib.loads((BAD / "faults.toml").read_text(encoding="utf-8"))["fault"]]


def planted(target: Path, faults: Iterable[Fault]) -> Path:
    """Copy the good folder and plant faults in it."""
    folder = target / "mine"
    shutil.copytree(BAD / "good", folder)
    for fault in faults:
        fault.plant(folder)
    return folder
