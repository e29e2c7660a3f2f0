"""Read and judge: check a curriculum, read a plan beside it, judge it, say what it covers, compare two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from iop_sessions import checks, judge
from iop_sessions.coverage import covering
from iop_sessions.coverage.covering import Coverage
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.loading import load
from iop_sessions.ground.errors import Problem
from iop_sessions.ground.tables import require
from iop_sessions.ground.workspace import Workspace, ready_programs
from iop_sessions.plans import store
from iop_sessions.plans.case import Case
from iop_sessions.plans.changes import Difference, differences
from iop_sessions.plans.store import Kept, Opened
from iop_sessions.program.program import Program, read_program


def check(folder: Path, today: date) -> list[Problem]:
    """Check a curriculum folder and every program in it, down to the words of its pages."""
    curriculum, problems = load(folder)
    problems += checks.check_curriculum(curriculum, pages=True)
    problems += checks.check_ages_of_numbers(curriculum, today)
    for path in ready_programs(folder):
        program, found = check_program(curriculum, path)
        problems += found
        problems += checks.check_overrides(program, f"programs/{path.name}", today) if program else []
    return problems


def check_program(curriculum: Curriculum, path: Path) -> tuple[Program | None, list[Problem]]:
    """Read a program and check it against its curriculum."""
    file = f"programs/{path.name}"
    program, problems = read_program(path, file)
    return program, problems + (checks.check_program(curriculum, program, file) if program else [])


Tell = Callable[[str], None]


def be_silent(_: str) -> None:
    """Say nothing."""


def read_curriculum(workspace: Workspace, *, documents: bool = True) -> Curriculum:
    """Read the workspace's curriculum, or say everything that is wrong with it.

    Parameters
    ----------
    documents
        Whether guides and handouts are read too; only pages need them.
    """
    curriculum, problems = load(workspace.curriculum, documents=documents)
    require(problems + checks.check_curriculum(curriculum))
    return curriculum


def read_plan(workspace: Workspace, name: str, *, documents: bool = True) -> Opened:
    """Read a plan and the curriculum that it draws on."""
    curriculum = read_curriculum(workspace, documents=documents)
    return open_with(curriculum, store.read(workspace.find_plan(name)))


def open_with(curriculum: Curriculum, kept: Kept) -> Opened:
    """Put a plan beside the curriculum that it draws on."""
    return Opened(kept, Case(curriculum, kept.program, kept.plan))


def verify(workspace: Workspace, name: str) -> tuple[Kept, judge.Verdict]:
    """Judge a plan anew."""
    opened = read_plan(workspace, name, documents=False)
    return opened.kept, judge.judge(opened.case)


def cover(workspace: Workspace, name: str) -> tuple[Kept, list[Coverage]]:
    """Work out what a plan covers for each way through the program."""
    opened = read_plan(workspace, name, documents=False)
    return opened.kept, covering.cover_all(opened.case)


@dataclass(frozen=True)
class Comparison:
    """Two plans and what is different between them."""

    curriculum: Curriculum
    before: Kept
    after: Kept
    found: tuple[Difference, ...]


def compare(workspace: Workspace, before: str, after: str) -> Comparison:
    """Compare two plans by their folders or names."""
    opened = read_plan(workspace, before, documents=False)
    curriculum, old = opened.case.curriculum, opened.kept
    new = store.read(workspace.find_plan(after))
    return Comparison(curriculum, old, new, tuple(differences(old.plan.sessions, new.plan.sessions)))
