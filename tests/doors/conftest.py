"""Run verbs as a user types them, in a small workspace of the test's own, on a day that the test chooses."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from iop_sessions.doors import cli, verbs
from iop_sessions.ground.workspace import Workspace
from tests.lib.workspaces import small_workspace

Clock = Callable[[str], None]


@dataclass(frozen=True)
class Ended:
    """How a verb ended: its exit code, what it printed as its result, and what it said besides."""

    code: int
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture(scope="session")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that every small workspace is copied from."""
    return small_workspace(tmp_path_factory.mktemp("doors") / "small").root


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return a function that sets the day on which the verbs run."""

    def set_day(text: str) -> None:
        class Day(dt.date):
            @classmethod
            def today(cls) -> dt.date:  # type: ignore[override]  # a plain date will do
                return dt.date.fromisoformat(text)

        monkeypatch.setattr(verbs, "date", Day)

    return set_day


@pytest.fixture
def space(tmp_path: Path, planned: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Stand in a small workspace with the plan `evening`, on Sunday, January 3, 2027."""
    root = tmp_path / "my clinic"
    shutil.copytree(planned, root)
    monkeypatch.chdir(root)
    clock("2027-01-03")
    return Workspace(root)


@pytest.fixture
def run(space: Workspace, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a verb in the small workspace: its words are arguments."""
    assert Path.cwd() == space.root

    def run_verb(*words: str) -> Ended:
        capsys.readouterr()
        code: object = 0
        try:
            cli.main(words)
        except SystemExit as end:
            code = end.code
        said = capsys.readouterr()
        assert isinstance(code, int), f"an exit code, not {code!r}"
        return Ended(code, said.out, said.err)

    return run_verb


def edit(path: Path, old: str, new: str, count: int = 1) -> None:
    """Change a text file as a user would; the old words must stand in it."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} does not stand in {path.name}"
    path.write_bytes(text.replace(old, new, count).encode())


def files_in(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
