"""Workspaces for tests: a small one with a plan laid out by hand, and the one that the repository ships."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from iop_sessions.ground.workspace import Workspace
from iop_sessions.plans import store
from iop_sessions.plans.plan import plan_bytes
from iop_sessions.program.program import read_program
from tests.lib import small

ROOT = Path(__file__).resolve().parents[2]
SMALL = ROOT / "tests" / "checks" / "bad" / "good"

# Every core objective of the small curriculum is taught in time to everybody, so it costs nothing.
GRID = """
    | mon-1  | mon-2  | mon-3  | wed-1 | wed-2 | wed-3 | fri-1 | fri-2 | fri-3 |
    | RP-01  | RT-01  | PE-01  | RP-02 | RT-02 | PE-02 | RP-03 | RT-01 | -     |
    | RP-01  | RT-02  | PE-01  | RP-02 | RT-01 | PE-02 | RP-03 | RT-02 | -     |
    | closed | closed | closed | RP-01 | RT-01 | PE-01 | RP-02 | RT-02 | -     |
    | RP-03  | RT-01  | PE-02  | RP-01 | RT-02 | PE-01 | RP-02 | RT-01 | -     |
    | RP-03  | RT-02  | PE-02  | RP-01 | RT-01 | PE-01 | RP-02 | RT-02 | -     |
    | RP-03  | RT-01  | PE-02  | RP-01 | RT-02 | PE-01 | RP-02 | RT-01 | -     |
"""


def lay_out(folder: Path, curriculum: Path) -> Workspace:
    """Copy a curriculum and the templates into a folder."""
    shutil.copytree(curriculum, folder / "curriculum")
    shutil.copytree(ROOT / "templates", folder / "templates")
    return Workspace(folder)


def small_workspace(folder: Path) -> Workspace:
    """Make a workspace of the small curriculum, with the plan `evening` in it; no solver runs."""
    workspace = lay_out(folder, SMALL)
    path = workspace.program_file("evening")
    program, problems = read_program(path, path.name)
    assert program is not None, problems
    made = small.plan(program, GRID)
    made = replace(made, sheet=replace(made.sheet, program="evening"))
    store.write_plan(workspace, "evening", store.with_digests(workspace, made, path, ""))
    return workspace


def change_rows(
    workspace: Workspace, changes: Mapping[str, Mapping[str, object]], name: str = "evening"
) -> None:
    """Change rows of a plan's table, each by its session id, as a person does in Excel."""
    sessions = {each.session_id: each for each in store.read(workspace.find_plan(name)).plan.sessions}
    for session_id, values in changes.items():
        sessions[session_id] = sessions[session_id].model_copy(update=dict(values))
    (workspace.plans / name / "plan.csv").write_bytes(plan_bytes(sessions.values()))
