"""A small workspace with the plan `evening`, and a way to ask for changes of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from iop_sessions.ground.workspace import Workspace
from iop_sessions.jobs.replan import Proposal, ReplanRequest, propose
from tests.lib.workspaces import small_workspace

SUNDAY = date(2027, 1, 3)
Ask = Callable[..., Proposal]


@pytest.fixture(scope="session")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that every small workspace is copied from."""
    return small_workspace(tmp_path_factory.mktemp("replans") / "small").root


@pytest.fixture
def space(tmp_path: Path, planned: Path) -> Workspace:
    """Return a small workspace of the test's own."""
    shutil.copytree(planned, tmp_path / "clinic")
    return Workspace(tmp_path / "clinic")


@pytest.fixture
def ask(space: Workspace) -> Ask:
    """Return a function that proposes a change of the plan `evening`, by default on Sunday, January 3."""

    def propose_here(
        *surprises: object, today: date = SUNDAY, plan: str = "evening", **others: object
    ) -> Proposal:
        told = {"plan": plan, "made_on": today, "surprises": surprises} | others
        return propose(space, ReplanRequest(**told))  # type: ignore[arg-type]  # the words of a test

    return propose_here
