"""The README's promise for a fresh clone: one command, and the documents are there; again, and it is fast."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.lib.workspaces import ROOT

pytestmark = pytest.mark.deep
QUICK = 8.0
"""Seconds that a second run may take; the first one installs."""


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tracked files as they stand, in a folder with a space in its name."""
    folder = tmp_path_factory.mktemp("fresh") / "a clone"
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout
    for name in filter(None, listed.decode().split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def start(clone: Path, *words: str) -> subprocess.CompletedProcess[str]:
    settings = {name: value for name, value in os.environ.items() if name != "IOP_NO_UV"}
    python = getattr(sys, "_base_executable", sys.executable)
    command = [python, "start.py", *words]
    return subprocess.run(
        command, cwd=clone, env=settings, capture_output=True, text=True, encoding="utf-8", check=False
    )


def made_in(clone: Path) -> dict[str, str]:
    paths = [path for name in ("plans", "output") for path in (clone / name).rglob("*") if path.is_file()]
    return {
        path.relative_to(clone).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths
    }


def test_start_py_sets_up_plans_exports_and_is_quick_the_second_time(clone: Path) -> None:
    first = start(clone)
    assert first.returncode == 0, first.stderr
    assert first.stderr.startswith("Setting up in .venv. The first time this takes a minute or two ...\n")
    assert first.stdout.splitlines()[0] == (
        "Plan evening-12-week: 12 weeks from Monday, January 4, 2027, proved best."
    )
    made = made_in(clone)
    folder = "output/evening-12-week"
    assert {f"{folder}/agendas/week-{week:02}-agenda.docx" for week in range(1, 13)} <= made.keys()
    assert f"{folder}/coverage/coverage.docx" in made
    assert {name.count("/") for name in made} == {2, 3}
    began = time.perf_counter()
    second = start(clone)
    taken = time.perf_counter() - began
    assert second.returncode == 0, second.stderr
    assert "Setting up" not in second.stderr
    assert made_in(clone) == made
    assert taken < QUICK
    found = start(clone, "find", "craving")
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout.startswith("RP-01    topic    How a craving gets started (in its title)\n")
    assert start(clone, "verify", "evening-12-week").returncode == 0
    assert start(clone, "frobnicate").returncode == 2
