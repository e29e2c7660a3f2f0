"""What the repository ships, read once and planned once in a process: all of it is frozen, and so shared."""

from __future__ import annotations

from functools import cache

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.loading import load
from iop_sessions.planning.search import Task, solve
from iop_sessions.plans.plan import Plan
from iop_sessions.program.program import Program, read_program
from tests.lib.workspaces import ROOT

FOLDER = ROOT / "curriculum" / "programs"
READY = sorted(path.stem for path in FOLDER.glob("*.toml"))


@cache
def library() -> Curriculum:
    """Return the curriculum with its guides and handouts."""
    return load(ROOT / "curriculum")[0]


@cache
def ready(name: str) -> Program:
    """Return a ready program."""
    program, problems = read_program(FOLDER / f"{name}.toml", f"{name}.toml")
    assert program is not None, problems
    return program


@cache
def planned(name: str) -> Plan:
    """Return the plan of a ready program from its own start for its own weeks."""
    program = ready(name)
    return solve(Task(library(), program, program.start, program.weeks))
