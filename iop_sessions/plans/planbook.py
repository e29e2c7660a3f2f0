"""Keep plans in their folders: read one with the plans before it, write one whole, guard a person's edits."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from iop_sessions.curriculum.library import folder_digest
from iop_sessions.ground import writing
from iop_sessions.ground.cells import shown
from iop_sessions.ground.errors import (
    IopError,
    Place,
    Problem,
    ProblemsFound,
    UsageError,
)
from iop_sessions.ground.tables import require, require_one
from iop_sessions.ground.tomlfiles import read_toml
from iop_sessions.ground.workspace import (
    REPLACED,
    VERSIONS,
    Workspace,
    plan_name,
)
from iop_sessions.plans.origins import (
    PROGRAM_FILE,
    earlier_folder,
    file_digest,
    program_path,
)
from iop_sessions.plans.plan import (
    PLAN_FILE,
    SHEET_FILE,
    Plan,
    Session,
    Sheet,
    plan_bytes,
    read_sessions,
    read_sheet,
    sheet_bytes,
    with_rows,
)
from iop_sessions.plans.planwork import (
    HELD,
    PlanHeld,
    PlanInUse,
    held_in,
    work_in,
)
from iop_sessions.program.program import Program, read_program
from iop_sessions.program.surprises import with_surprises

VERSION_FILE = "version.toml"
"""What a published version says of itself."""


class OtherWeeks(IopError):
    """A plan of other weeks would be overwritten."""

    def __init__(self, name: str, old: tuple[date, int], new: tuple[date, int]) -> None:
        (old_start, old_weeks), (start, weeks) = old, new
        begin = f" from {start}" if start != old_start else ""
        super().__init__(
            f"plans/{name} covers {_weeks(old_weeks)} from {old_start}, this one {_weeks(weeks)}{begin}: "
            "give it another name with --name, or write --replace"
        )


def _weeks(number: int) -> str:
    return f"{number} {'week' if number == 1 else 'weeks'}"


@dataclass(frozen=True)
class Kept:
    """A plan as it stands in its folder, with its program."""

    name: str
    folder: Path
    program: Program
    plan: Plan
    warnings: tuple[Problem, ...] = ()
    continues: tuple[str, ...] = ()
    """The plans before it, the latest first."""


def read_plan(workspace: Workspace, name: str) -> Kept:
    """Read a plan by its folder or name.

    Raises
    ------
    ProblemsFound
        With every fault of its files.
    """
    folder = workspace.plan_folder(name).resolve()  # `.` has no name of its own
    sheet, sessions, warnings = _files_of(folder)
    own_name = plan_name(folder)
    held = any(each.state in HELD for each in sessions)
    program, changed = _program_of(workspace, sheet, folder, held=held)
    history, continues = _history(workspace, own_name, sheet)
    plan = Plan(sheet, sessions, history)
    changed += _curriculum_since(workspace, folder)
    return Kept(own_name, folder, program, plan, (*warnings, *changed), continues)


def _files_of(folder: Path) -> tuple[Sheet, tuple[Session, ...], list[Problem]]:
    """Read a plan's two files, its sessions in the order they take place."""
    sheet = require_one(read_sheet(folder / SHEET_FILE, f"{folder.name}/{SHEET_FILE}"))
    sessions, found = read_sessions(folder / PLAN_FILE, f"{folder.name}/{PLAN_FILE}", sheet.start)
    warnings = require(found)
    return sheet, tuple(sorted(sessions, key=lambda each: each.order)), warnings


def _program_of(
    workspace: Workspace, sheet: Sheet, folder: Path, *, held: bool
) -> tuple[Program, list[Problem]]:
    """Read the program of a plan; a published version has its own beside it."""
    frozen = folder / PROGRAM_FILE
    path = program_path(workspace, sheet, folder)
    file = f"{folder.name}/{PROGRAM_FILE}" if path == frozen else f"programs/{path.name}"
    program = require_one(read_program(path, file))
    if path == frozen:
        program = program.model_copy(update={"name": Path(sheet.program).stem})
    known = dict(sheet.digests).get("program", "")
    go_on = f"go on from a later day: plan {sheet.program} --after {plan_name(folder)} --start DAY"
    remedy = go_on if held else "make the plan again"
    changed = [Problem(Place(file), "was changed since the plan was made", remedy, "warning")]
    update = {"start": sheet.start, "weeks": sheet.weeks}
    program = with_surprises(program.model_copy(update=update), sheet.surprises)
    return program, changed if known not in ("", file_digest(path)) else []


def _curriculum_since(workspace: Workspace, folder: Path) -> list[Problem]:
    """Warn when the topics of a published version may not say any more what they said."""
    if not (folder / VERSION_FILE).is_file():
        return []
    values, problems = read_toml(folder / VERSION_FILE, f"{folder.name}/{VERSION_FILE}", "copy it back")
    if values is not None and values.get("curriculum") != folder_digest(workspace.curriculum):
        what = "the curriculum was changed since this was published"
        remedy = "what it said then lies in curriculum.zip"
        return [Problem(Place(plan_name(folder)), what, remedy, "warning")]
    return problems


def _history(workspace: Workspace, name: str, sheet: Sheet) -> tuple[tuple[Session, ...], tuple[str, ...]]:
    """Gather the sessions of the plans before this one, the earliest first, and the names of those plans."""
    gathered: list[tuple[Session, ...]] = []
    names = [name]
    while sheet.after:
        folder = earlier_folder(workspace, names[-1], sheet.after)
        names.append(plan_name(folder.resolve()))
        if names[-1] in names[:-1]:
            message = f"these plans follow each other in a circle: {' → '.join(reversed(names))}"
            raise ProblemsFound(
                [Problem(Place(f"{names[-2]}/{SHEET_FILE}", 0, "after"), message, "mend `after`")]
            )
        earlier, sessions, _ = _files_of(folder)
        gathered.append(tuple(each for each in sessions if each.date < sheet.start))
        sheet = earlier
    return tuple(session for part in reversed(gathered) for session in part), tuple(names[1:])


def write_plan(
    workspace: Workspace,
    name: str,
    plan: Plan,
    *,
    replace_old: bool = False,
    copy: bool = True,
    also: Mapping[str, bytes] = MappingProxyType({}),
) -> Path:
    """Write a plan's two files, whole or not at all.

    Parameters
    ----------
    replace_old
        Whether a plan in use may be replaced.
    copy
        Whether a copy of a plan that is replaced is kept.
    also
        Other files of the plan's folder that change with it.

    Raises
    ------
    PlanInUse
        If the folder holds held, pinned or hand-edited rows and may not be replaced.
    CannotWrite
        If the disk does not let us.
    """
    folder = _own_folder(workspace, name)
    with writing.holding(folder):
        if not replace_old:
            refuse_if_in_use(workspace, name)
        kept = _copy_of(folder) if copy and (also or work_in(folder)) else {}
        sheet = plan.sheet if plan.sheet.rows else with_rows(plan.sheet, plan.sessions)
        files = {PLAN_FILE: plan_bytes(plan.sessions), SHEET_FILE: sheet_bytes(sheet), **kept, **also}
        writing.put_set(folder, files, keep=_others(folder, files))
    return folder


def _own_folder(workspace: Workspace, name: str) -> Path:
    """Name the folder of a plan, which lies in ``plans/`` and nowhere else."""
    refuse_published(name)
    if not re.fullmatch(r"\w[\w -]{0,79}", name):
        raise UsageError(
            f"no name for a plan: {shown(name)} — use letters, digits, spaces, - and _, at most 80"
        )
    folder = workspace.plans / name
    writing.mend(folder)
    return folder


def refuse_published(name: str) -> None:
    """Raise when a plan is a published version or the copy of one that was replaced: neither changes."""
    plan, _, rest = name.partition("/")
    what = {VERSIONS: "was published", REPLACED: "is a copy of what was replaced"}
    folder, is_inside, _ = rest.partition("/")
    if is_inside and plan and folder in what:
        raise UsageError(f"{name} {what[folder]} and does not change — name the plan: {plan}")


def refuse_if_in_use(workspace: Workspace, name: str) -> None:
    """Raise when a plan of this name holds rows that people put work into."""
    reasons = work_in(_own_folder(workspace, name))
    if reasons:
        raise PlanInUse(name, reasons)


def refuse_to_lose_held(workspace: Workspace, name: str, program: str) -> None:
    """Raise when groups of a plan were held: a new plan in its place would plan them anew."""
    held = held_in(_own_folder(workspace, name))
    if held:
        raise PlanHeld(name, program, held)


def refuse_to_continue_itself(name: str, continued: Kept) -> None:
    """Raise when a new plan would take the place of one that it continues."""
    taken = {each.casefold() for each in (continued.name, *continued.continues)}  # as on Windows and macOS
    if name.casefold() in taken:
        raise UsageError("a plan cannot continue itself: give the new one another name with --name")


def refuse_other_weeks(workspace: Workspace, name: str, start: date, weeks: int) -> None:
    """Raise when a plan of this name is about other weeks than the new one."""
    folder = _own_folder(workspace, name)
    sheet = read_sheet(folder / SHEET_FILE, SHEET_FILE)[0] if (folder / PLAN_FILE).is_file() else None
    if sheet is not None and (sheet.start, sheet.weeks) != (start, weeks):
        raise OtherWeeks(name, (sheet.start, sheet.weeks), (start, weeks))


def _others(folder: Path, files: dict[str, bytes]) -> list[str]:
    """List what else lies in a plan's folder; it is taken along."""
    if not folder.is_dir():
        return []
    inside = (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file())
    return [name for name in inside if name not in files]


def _copy_of(folder: Path) -> dict[str, bytes]:
    """Name a copy of the old plan by what it says."""
    old = _two_files(folder)
    stem = copy_folder(folder).relative_to(folder).as_posix()
    return {f"{stem}/{name}": data for name, data in old.items()}


def copy_folder(folder: Path) -> Path:
    """Name the folder in which a copy of a plan is kept once another takes its place."""
    digest = hashlib.sha256(b"".join(_two_files(folder).values())).hexdigest()
    return folder / REPLACED / digest[:8]


def _two_files(folder: Path) -> dict[str, bytes]:
    paths = (folder / name for name in (PLAN_FILE, SHEET_FILE))
    return {path.name: path.read_bytes() for path in paths if path.is_file()}


def with_digests(workspace: Workspace, plan: Plan, program_file: Path, after: str) -> Plan:
    """Note in a plan what it was made from."""
    digests = (("curriculum", folder_digest(workspace.curriculum)), ("program", file_digest(program_file)))
    program = workspace.program_name(program_file)
    return replace(plan, sheet=replace(plan.sheet, program=program, digests=digests, after=after))
