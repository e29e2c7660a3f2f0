"""Keep plans in their folders: read one with the plans before it, write one whole, guard a person's work."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final

from iop_sessions.curriculum.library import folder_digest
from iop_sessions.ground import writing
from iop_sessions.ground.cells import shown
from iop_sessions.ground.errors import (
    IopError,
    Place,
    Problem,
    ProblemsFound,
    UsageError,
    did_you_mean,
    errors_of,
)
from iop_sessions.ground.tables import require, require_one
from iop_sessions.ground.tomlfiles import read_toml
from iop_sessions.ground.workspace import REPLACED, VERSIONS, Workspace, plan_name
from iop_sessions.plans.plan import (
    PLAN_FILE,
    SHEET_FILE,
    Plan,
    Session,
    Sheet,
    plan_bytes,
    read_sessions,
    read_sheet,
    row_digest,
    sheet_bytes,
    with_rows,
)
from iop_sessions.program.program import Program, read_program
from iop_sessions.program.surprises import with_surprises

HELD: Final = ("held", "partly")
ADDED, CHANGED, GONE = "was added by hand", "was changed by hand", "was taken out by hand"
NOUNS: Final = {
    "is pinned": ("pinned session", "pinned sessions"),
    "is cancelled": ("cancelled session", "cancelled sessions"),
    CHANGED: ("row changed by hand", "rows changed by hand"),
    ADDED: ("row added by hand", "rows added by hand"),
    GONE: ("row taken out by hand", "rows taken out by hand"),
}
"""How the rows that a new plan does not take over are counted."""


class PlanInUse(IopError):
    """A plan that people already work with would be overwritten."""

    def __init__(self, name: str, reasons: list[str]) -> None:
        listed = "; ".join(reasons[:5]) + (f"; and {len(reasons) - 5} more" if len(reasons) > 5 else "")
        super().__init__(
            f"plans/{name} is in use: {listed} — "
            "give the new plan another name with --name, or write --replace (a copy of the old one is kept)"
        )


class PlanHeld(IopError):
    """A plan of which groups were held would be planned anew, as if they had not been."""

    def __init__(self, name: str, program: str, held: Sequence[Session]) -> None:
        last = max(each.date for each in held)
        groups = "1 group was held, on" if len(held) == 1 else f"{len(held)} groups were held, the last on"
        super().__init__(
            f"of plans/{name} {groups} {last}; a new plan in its place would lose that — "
            f"to change what is still to come: replan {name} --again (or --closed DAY, --absent CODE:DAY); "
            f"to go on from a later day, as after a change of the program: "
            f"plan {program} --after {name} --start DAY; or give the new plan another name with --name"
        )


@dataclass(frozen=True)
class Found:
    """A plan's two files as they can be read, however they stand."""

    sheet: Sheet | None
    sessions: tuple[Session, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def known(self) -> Mapping[str, str]:
        """Return the fingerprints of the rows as the plan was made."""
        return dict(self.sheet.rows) if self.sheet else {}


def _found_in(folder: Path) -> Found | None:
    """Read what can be read of a plan; None where there is no plan."""
    if not (folder / PLAN_FILE).is_file():
        return None
    sheet, _ = read_sheet(folder / SHEET_FILE, SHEET_FILE)
    if sheet is None:
        return Found(None)
    sessions, problems = read_sessions(folder / PLAN_FILE, PLAN_FILE, sheet.start)
    # what is only said of a file, such as that Excel saved it in an old form, is no work and hides none
    return Found(sheet, tuple(sessions), tuple(errors_of(problems)))


def work_in(folder: Path) -> list[str]:
    """Name the rows of a plan that people put work into: held, pinned, changed, added, taken out."""
    found = _found_in(folder)
    if found is None:
        return []
    if found.sheet is None:
        return [f"{SHEET_FILE} beside its {PLAN_FILE} cannot be read"]
    reasons = [f"{each.place}: {each.message}" for each in found.problems]
    return reasons + [f"{name} {what}" for name, what in _work(found)]


def _work(found: Found) -> list[tuple[str, str]]:
    """List the rows that people put work into, each with what became of it."""
    rows = [(each.session_id, what) for each in found.sessions if (what := _work_in_row(each, found.known))]
    there = {each.session_id for each in found.sessions}
    gone = found.known.keys() - there if not found.problems else ()
    return rows + [(name, GONE) for name in sorted(gone)]


def _work_in_row(session: Session, known: Mapping[str, str]) -> str:
    name = session.session_id
    if session.state != "planned":
        return f"is {session.state}"
    if session.pinned:
        return "is pinned"
    if name not in known:
        return ADDED
    return CHANGED if known[name] != row_digest(session) else ""


def held_in(folder: Path) -> tuple[Session, ...]:
    """List the sessions of a plan that were held, wholly or partly."""
    found = _found_in(folder)
    return tuple(each for each in found.sessions if each.state in HELD) if found else ()


def not_taken_over(folder: Path) -> str:
    """Count what a new plan in the place of an old one does not take over; empty where that is nothing."""
    found = _found_in(folder)
    counts = Counter(what for _, what in _work(found)) if found else Counter[str]()
    words = [
        f"{counts[what]} {one if counts[what] == 1 else many}"
        for what, (one, many) in NOUNS.items()
        if counts[what]
    ]
    return ", ".join(words)


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
    sheet, told = read_sheet(folder / SHEET_FILE, f"{folder.name}/{SHEET_FILE}")
    sheet = require_one((sheet, told))
    sessions, found = read_sessions(folder / PLAN_FILE, f"{folder.name}/{PLAN_FILE}", sheet.start)
    warnings = [*told, *require(found)]
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
