"""Twelve surprises: each test lays out a clinic of its own, and shows every word a counselor reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from doors.conftest import Clock
from iop_sessions.workspace import Workspace


@pytest.fixture
def space(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Stand in an empty folder on Sunday, January 3, 2027; each test lays its clinic out there."""
    root = tmp_path / "my clinic"
    root.mkdir()
    monkeypatch.chdir(root)
    clock("2027-01-03")
    return Workspace(root)
