"""Find what a plan was made from; where it was renamed or deleted, say so, and what to do."""

from __future__ import annotations

import hashlib
from pathlib import Path

from iop_sessions.ground.errors import (
    Place,
    Problem,
    ProblemsFound,
    did_you_mean,
)
from iop_sessions.ground.workspace import VERSIONS, Workspace, plan_name
from iop_sessions.plans.plan import PLAN_FILE, SHEET_FILE, Sheet

PROGRAM_FILE = "program.toml"
"""The program in a published version of a plan."""


def file_digest(path: Path) -> str:
    """Return the sha256 of a text file, the same on every system."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def program_path(workspace: Workspace, sheet: Sheet, folder: Path) -> Path:
    """Find the program file of a plan; a published version has its own beside it.

    Raises
    ------
    ProblemsFound
        If the file is gone: with the one that holds the same program now, where there is one.
    """
    frozen = folder / PROGRAM_FILE
    if frozen.is_file():
        return frozen
    names = [path.stem for path in workspace.ready_programs]
    is_file = sheet.program.endswith(".toml")  # anywhere in the workspace
    places = (workspace.root / sheet.program, Path(sheet.program)) if is_file else ()
    if sheet.program.removesuffix(".toml") in names or any(path.is_file() for path in places):
        return workspace.program_file(sheet.program)
    was = sheet.program if is_file else f"curriculum/programs/{sheet.program}.toml"
    what = f"the plan was made from {was}, and this file is not there any more"
    remedy = _renamed(workspace, sheet) or _put_back(workspace, folder, was, names)
    raise ProblemsFound([Problem(Place(f"{plan_name(folder)}/{SHEET_FILE}", 0, "program"), what, remedy)])


def _renamed(workspace: Workspace, sheet: Sheet) -> str:
    """Name the file that holds the very program a plan was made from; empty where none does."""
    known = dict(sheet.digests).get("program", "")
    same = [path for path in workspace.ready_programs if file_digest(path) == known]
    if not same:
        return ""
    return f'{workspace.shown(same[0])} holds the same program: write program = "{same[0].stem}" here'


def _put_back(workspace: Workspace, folder: Path, was: str, names: list[str]) -> str:
    """Say how a program that nobody has under another name comes back."""
    copies = sorted(folder.glob(f"{VERSIONS}/*/{PROGRAM_FILE}"))
    copied = f"copy {workspace.shown(copies[-1])} there, as it was published" if copies else "put it back"
    hint = did_you_mean(Path(was).stem, names) or f"there are: {', '.join(names) or 'none'}"
    return f"{copied}, or, if it has another name now, write that name here ({hint})"


def earlier_folder(workspace: Workspace, name: str, after: str) -> Path:
    """Find the folder of the plan that another one continues.

    Raises
    ------
    ProblemsFound
        If it is gone: with the plan that says it continues it.
    """
    if any((folder / PLAN_FILE).is_file() for folder in (Path(after), workspace.plans / after)):
        return workspace.plan_folder(after)
    others = sorted(path.parent.name for path in workspace.plans.glob(f"*/{PLAN_FILE}"))
    known = [each for each in others if each != name]
    hint = did_you_mean(after, known) or (f"there are: {', '.join(known)}" if known else "there is no other")
    what = f"the plan continues plans/{after}, and this folder is not there any more"
    remedy = f"put it back, or, if it has another name now, write that name here ({hint})"
    raise ProblemsFound([Problem(Place(f"{name}/{SHEET_FILE}", 0, "after"), what, remedy)])
