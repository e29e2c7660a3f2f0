from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from iop_sessions.ground.workspace import Workspace
from iop_sessions.jobs.read import verify

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "curriculum", tmp_path / "curriculum")
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    return tmp_path


@pytest.mark.skipif(sys.platform == "win32", reason="a child of another console hears no Ctrl-C on Windows")
@pytest.mark.deep
def test_ctrl_c_writes_the_best_plan_so_far_and_says_so(folder: Path) -> None:
    command = [sys.executable, "-m", "iop_sessions", "plan", "day-90-days", "--weeks", "30"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, cwd=folder, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        assert child.stderr is not None
        next(line for line in child.stderr if ": looking at a few weeks at a time (part 1 of " in line)
        child.send_signal(signal.SIGINT)
        said, warned = child.communicate()
    assert child.returncode == 130
    assert warned.splitlines()[-2:] == [
        "The best plan so far was written; planning again goes on to the end.",
        "Stopped; nothing was left half done.",
    ]
    kept, verdict = verify(Workspace(folder), "day-90-days")
    assert (kept.plan.sheet.status, verdict.problems) == ("stopped", ())
    assert kept.plan.sheet.bound <= kept.plan.sheet.cost == verdict.cost
    assert "stopped, at most" in said
