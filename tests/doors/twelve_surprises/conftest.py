"""Twelve surprises: each test lays out a clinic of its own, and shows every word a counselor reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from iop_sessions.ground.workspace import Workspace
from tests.doors.conftest import Clock


@pytest.fixture
def space(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Stand in an empty folder on Sunday, January 3, 2027; each test lays its clinic out there."""
    root = tmp_path / "my clinic"
    root.mkdir()
    monkeypatch.chdir(root)
    clock("2027-01-03")
    return Workspace(root)
