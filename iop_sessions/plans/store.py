"""Keep plans in their folders: read one with the plans before it, write one whole, guard a person's work."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final

from iop_sessions.curriculum.library import folder_digest, folder_paths
from iop_sessions.ground import writing
from iop_sessions.ground.cells import shown
from iop_sessions.ground.english import counted
from iop_sessions.ground.errors import (
    IopError,
    Place,
    Problem,
    ProblemsFound,
    UsageError,
    errors_of,
    nearest,
)
from iop_sessions.ground.tables import require, require_one
from iop_sessions.ground.tomlfiles import read_toml
from iop_sessions.ground.workspace import (
    PLAN_FILE,
    PROGRAM_FILE,
    REPLACED,
    SHEET_FILE,
    VERSION_FILE,
    VERSIONS,
    PlanPaths,
    Workspace,
    name_fault,
)
from iop_sessions.plans import chain
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import (
    Plan,
    Rows,
    Session,
    Sheet,
    own_columns,
    plan_bytes,
    read_rows_of,
    read_sessions,
    read_sheet,
    row_digest,
    sheet_bytes,
    with_rows,
)
from iop_sessions.program.program import Program, read_program
from iop_sessions.program.surprises import with_surprises

HELD: Final = ("held", "partly")
MADE_UP: Final = "is a make-up group"
ADDED, CHANGED, GONE = "was added by hand", "was changed by hand", "was taken out by hand"
NOUNS: Final = {
    "is not held": ("session marked as not held", "sessions marked as not held"),
    "is pinned": ("pinned session", "pinned sessions"),
    "is cancelled": ("cancelled session", "cancelled sessions"),
    MADE_UP: ("make-up group", "make-up groups"),
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
        groups = counted(len(held), "group was held, on", "groups were held, the last on")
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
    if session.is_make_up:
        return MADE_UP
    if name not in known:
        return ADDED
    return CHANGED if known[name] != row_digest(session) else ""


def not_taken_over(folder: Path) -> str:
    """Count what a new plan in the place of an old one does not take over; empty where that is nothing."""
    found = _found_in(folder)
    counts = Counter(what for _, what in _work(found)) if found else Counter[str]()
    return ", ".join(counted(counts[what], *nouns) for what, nouns in NOUNS.items() if counts[what])


def file_digest(path: Path) -> str:
    """Return the sha256 of a text file, the same on every system."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def program_path(paths: PlanPaths, sheet: Sheet) -> Path:
    """Find the program file of a plan; a published version has its own beside it.

    Raises
    ------
    ProblemsFound
        If the file is gone: with the one that holds the same program now, where there is one.
    """
    if paths.program.is_file():
        return paths.program
    workspace = paths.workspace
    names = [path.stem for path in workspace.ready_programs]
    is_file = sheet.program.endswith(".toml")  # anywhere in the workspace
    places = (workspace.root / sheet.program, Path(sheet.program)) if is_file else ()
    if sheet.program.removesuffix(".toml") in names or any(path.is_file() for path in places):
        return workspace.program_file(sheet.program)
    was = sheet.program if is_file else f"curriculum/programs/{sheet.program}.toml"
    what = f"the plan was made from {was}, and this file is not there any more"
    remedy = _renamed(workspace, sheet) or _put_back(paths, was, names)
    raise ProblemsFound([Problem(Place(f"{paths.name}/{SHEET_FILE}", 0, "program"), what, remedy)])


def _renamed(workspace: Workspace, sheet: Sheet) -> str:
    """Name the file that holds the very program a plan was made from; empty where none does."""
    known = dict(sheet.digests).get("program", "")
    same = [path for path in workspace.ready_programs if file_digest(path) == known]
    if not same:
        return ""
    return f'{workspace.shown(same[0])} holds the same program: write program = "{same[0].stem}" here'


def _put_back(paths: PlanPaths, was: str, names: list[str]) -> str:
    """Say how a program that nobody has under another name comes back."""
    copies = sorted(paths.folder.glob(f"{VERSIONS}/*/{PROGRAM_FILE}"))
    copied = (
        f"copy {paths.workspace.shown(copies[-1])} there, as it was published" if copies else "put it back"
    )
    return (
        f"{copied}, or, if it has another name now, write that name here ({nearest(Path(was).stem, names)})"
    )


def _earlier(workspace: Workspace, name: str, after: str) -> PlanPaths:
    """Find the plan that another one continues.

    Raises
    ------
    ProblemsFound
        If it is gone: with the plan that says it continues it.
    """
    if any((folder / PLAN_FILE).is_file() for folder in (Path(after), workspace.plans / after)):
        return workspace.find_plan(after)
    others = sorted(path.parent.name for path in workspace.plans.glob(f"*/{PLAN_FILE}"))
    known = [each for each in others if each != name]
    hint = nearest(after, known) if known else "there is no other"
    what = f"the plan continues plans/{after}, and this folder is not there any more"
    remedy = f"put it back, or, if it has another name now, write that name here ({hint})"
    raise ProblemsFound([Problem(Place(f"{name}/{SHEET_FILE}", 0, "after"), what, remedy)])


class OtherWeeks(IopError):
    """A plan of other weeks would be overwritten."""

    def __init__(self, name: str, old: tuple[date, int], new: tuple[date, int]) -> None:
        (old_start, *_), (start, *_) = old, new
        there, here = (counted(weeks, "week") for _, weeks in (old, new))
        begin = f" from {start}" if start != old_start else ""
        super().__init__(
            f"plans/{name} covers {there} from {old_start}, this one {here}{begin}: "
            "give it another name with --name, or write --replace"
        )


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
    faults: tuple[Problem, ...] = ()
    """What could not be read of its rows; they are left out."""
    unread: frozenset[str] = frozenset()
    """The ids of these rows, as far as they can be told."""
    continued_by: tuple[str, ...] = ()
    """The plans after it, the next first; of two that continue the same one neither."""
    rivalry: tuple[Problem, ...] = ()
    """What is to be said of days that other plans own, and of plans that own the same days."""
    files: tuple[Path, ...] = field(default=(), repr=False, compare=False)
    """What it was read from; one that is not there may come."""


@dataclass(frozen=True)
class Opened:
    """A plan as it stands in its folder, with the curriculum that it draws on."""

    kept: Kept
    case: Case
    problems: tuple[Problem, ...] = ()
    """What is wrong with its rows, as the judge says it; all of it was told when it was opened."""

    @property
    def own(self) -> Case:
        """Return the case without the days that a later plan owns: they are printed from that one."""
        plan = self.case.plan.own
        if plan is self.case.plan:
            return self.case
        program = self.case.program.model_copy(update={"weeks": plan.sheet.weeks})
        return replace(self.case, program=program, plan=plan)


def read(paths: PlanPaths, *, whole: bool = True) -> Kept:
    """Read a plan.

    Parameters
    ----------
    whole
        Whether every row has to be readable, as for who writes the plan; else the sound rows are enough.

    Raises
    ------
    ProblemsFound
        With every fault of its files.
    """
    sheet, rows = _files_of(paths)
    sessions, faults = _in_order(sheet, rows), errors_of(rows.problems)
    if whole or not sessions:
        require(rows.problems)
    warnings = [each for each in rows.problems if each not in faults] + _workbooks(paths)
    held = any(each.state in HELD for each in sessions)
    path = program_path(paths, sheet)
    program, changed = _program_of(paths, sheet, path, held=held)
    history, before, older = _history(paths, sheet, whole=whole)
    following = chain.following(paths, sheet, before)
    files = [paths.program, paths.version, path]
    files += [file for each in (paths, *before) for file in (each.rows, each.sheet)]
    files += following.files
    if paths.version.is_file():
        changed += _curriculum_since(paths)
        files += folder_paths(paths.workspace.curriculum)
    return Kept(
        paths.name,
        paths.folder,
        program,
        Plan(sheet, sessions, history, following.sequel),
        warnings=(*warnings, *changed),
        continues=tuple(each.name for each in before),
        faults=(*faults, *older),
        unread=rows.unread,
        continued_by=following.names,
        rivalry=following.problems,
        files=tuple(files),
    )


def _workbooks(paths: PlanPaths) -> list[Problem]:
    """Warn of a workbook beside the plan: what a person changes there changes nothing."""
    books = sorted(path.name for path in paths.folder.glob("*.xls*") if not path.name.startswith("~$"))
    what = f"it is not read; only {PLAN_FILE} is"
    remedy = f"if you changed the plan in it, save it in Excel as 'CSV UTF-8' under the name {PLAN_FILE}"
    return [Problem(Place(f"{paths.name}/{name}"), what, remedy, "warning") for name in books]


def _files_of(paths: PlanPaths) -> tuple[Sheet, Rows]:
    """Read a plan's two files, each as far as it can be read."""
    folder = paths.folder.name
    sheet, told = read_sheet(paths.sheet, f"{folder}/{SHEET_FILE}")
    if sheet is None:
        raise ProblemsFound(told)
    rows = read_rows_of(paths.rows, f"{folder}/{PLAN_FILE}", sheet.start)
    return sheet, replace(rows, problems=(*told, *rows.problems))


def _in_order(sheet: Sheet, rows: Rows) -> tuple[Session, ...]:
    """Return the rows in the order they take place; of two with one id, that which the plan was made with."""
    known = dict(sheet.rows)
    found: dict[str, Session] = {}
    for each in rows.sessions:
        name = each.session_id.casefold()  # as ids name files
        if name not in found or known.get(each.session_id) == row_digest(each):
            found[name] = each
    return tuple(sorted(found.values(), key=lambda each: each.order))


def _program_of(paths: PlanPaths, sheet: Sheet, path: Path, *, held: bool) -> tuple[Program, list[Problem]]:
    """Read the program of a plan; a published version has its own beside it."""
    frozen = path == paths.program
    file = f"{paths.folder.name}/{PROGRAM_FILE}" if frozen else f"programs/{path.name}"
    program = require_one(read_program(path, file))
    if frozen:
        program = program.model_copy(update={"name": Path(sheet.program).stem})
    known = dict(sheet.digests).get("program", "")
    go_on = f"go on from a later day: plan {sheet.program} --after {paths.name} --start DAY"
    remedy = go_on if held else "make the plan again"
    changed = [Problem(Place(file), "was changed since the plan was made", remedy, "warning")]
    update = {"start": sheet.start, "weeks": sheet.weeks}
    program = with_surprises(program.model_copy(update=update), sheet.surprises)
    return program, changed if known not in ("", file_digest(path)) else []


def _curriculum_since(paths: PlanPaths) -> list[Problem]:
    """Warn when the topics of a published version may not say any more what they said."""
    file = f"{paths.folder.name}/{VERSION_FILE}"
    values, problems = read_toml(paths.version, file, "copy it back")
    if values is not None and values.get("curriculum") != folder_digest(paths.workspace.curriculum):
        what = "the curriculum was changed since this was published"
        remedy = "what it said then lies in curriculum.zip"
        return [Problem(Place(paths.name), what, remedy, "warning")]
    return problems


def _history(
    paths: PlanPaths, sheet: Sheet, *, whole: bool
) -> tuple[tuple[Session, ...], list[PlanPaths], list[Problem]]:
    """Gather the sessions of the plans before this one, the earliest first, these plans, and their faults."""
    faults: list[Problem] = []
    gathered: list[tuple[Session, ...]] = []
    chain = [paths]
    while sheet.after:
        before = _earlier(paths.workspace, chain[-1].name, sheet.after)
        chain.append(before)
        names = [each.name for each in chain]
        if before.name in names[:-1]:
            message = f"these plans follow each other in a circle: {' → '.join(reversed(names))}"
            place = Place(f"{names[-2]}/{SHEET_FILE}", 0, "after")
            raise ProblemsFound([Problem(place, message, "mend `after`")])
        earlier, rows = _files_of(before)
        faults += errors_of(rows.problems)
        if whole:
            require(rows.problems)
        gathered.append(tuple(each for each in _in_order(earlier, rows) if each.date < sheet.start))
        sheet = earlier
    return tuple(session for part in reversed(gathered) for session in part), chain[1:], faults


def write_plan(  # noqa: PLR0913  # each is asked for by its name
    workspace: Workspace,
    name: str,
    plan: Plan,
    *,
    replace_old: bool = False,
    copy: bool = True,
    also: Mapping[str, bytes] = MappingProxyType({}),
    pages: Mapping[str, bytes] = MappingProxyType({}),
    was: Plan | None = None,
) -> Path:
    """Write a plan's two files, and all that goes with them, whole or not at all.

    Parameters
    ----------
    replace_old
        Whether a plan in use may be replaced.
    copy
        Whether a copy of a plan that is replaced is kept.
    also
        Other files of the plan's folder that change with it.
    pages
        Documents in the plan's folder of ``output/`` that are written with it.
    was
        The plan from which the new one was made: it must be the one that lies there now.

    Raises
    ------
    UsageError
        If another plan lies there meanwhile.
    PlanInUse
        If the folder holds held, pinned or hand-edited rows and may not be replaced.
    CannotWrite
        If the disk does not let us.
    """
    folder, output = _own_folder(workspace, name), workspace.output / name
    with writing.holding(folder, *([output] if pages else [])) as held:
        if was is not None and read(PlanPaths(workspace, folder)).plan != was:
            raise UsageError(f"plans/{name} changed while you looked at the proposal — ask for it anew")
        if not replace_old and (reasons := work_in(folder)):
            raise PlanInUse(name, reasons)
        kept = _copy_of(folder) if copy and (also or work_in(folder)) else {}
        sheet = plan.sheet if plan.sheet.rows else with_rows(plan.sheet, plan.sessions)
        own = own_columns(folder / PLAN_FILE)  # what a person added in Excel goes on with its row
        files = {PLAN_FILE: plan_bytes(plan.sessions, own), SHEET_FILE: sheet_bytes(sheet), **kept, **also}
        documents, _ = writing.exporting(output, pages, whole=False) if pages else ({}, None)
        held.put({**writing.beneath(folder, files), **documents})
    return folder


def _own_folder(workspace: Workspace, name: str) -> Path:
    """Name the folder of a plan, which lies in ``plans/`` and nowhere else."""
    refuse_published(name)
    if not re.fullmatch(r"\w[\w -]{0,79}", name):
        raise UsageError(
            f"no name for a plan: {shown(name)} — use letters, digits, spaces, - and _, at most 80"
        )
    folder = workspace.plans / name
    others = [path.name for path in workspace.plans.iterdir()] if workspace.plans.is_dir() else []
    if fault := name_fault(name, () if name in others else others):
        raise UsageError(f"no name for a plan: {shown(name)}: {fault}")
    writing.mend(folder)
    return folder


def refuse_published(name: str) -> None:
    """Raise when a plan is a published version or the copy of one that was replaced: neither changes."""
    plan, _, rest = name.partition("/")
    what = {VERSIONS: "was published", REPLACED: "is a copy of what was replaced"}
    folder, is_inside, _ = rest.partition("/")
    if is_inside and plan and folder in what:
        raise UsageError(f"{name} {what[folder]} and does not change — name the plan: {plan}")


@dataclass(frozen=True)
class Successor:
    """A plan that is to be made, as far as it decides whether it may take the place of another."""

    program: str
    start: date
    weeks: int
    replaces: bool = False  # whether the user asked for it
    continues: Kept | None = None


def guard(workspace: Workspace, name: str, successor: Successor) -> None:
    """Raise where a new plan may not take the place of what has its name.

    Raises
    ------
    UsageError
        If it continues that plan, or one before.
    PlanHeld
        If groups of that plan were held: they would be planned anew.
    PlanInUse, OtherWeeks
        If people put work into that plan, or it is about other weeks, and nobody asked to replace it.
    """
    folder, earlier = _own_folder(workspace, name), successor.continues
    taken = {each.casefold() for each in (earlier.name, *earlier.continues)} if earlier else ()
    if name.casefold() in taken:  # as on Windows and macOS
        raise UsageError("a plan cannot continue itself: give the new one another name with --name")
    found = _found_in(folder)
    if found is None:
        return
    held = [each for each in found.sessions if each.state in HELD]
    if held:
        raise PlanHeld(name, successor.program, held)
    if successor.replaces:
        return
    if reasons := work_in(folder):
        raise PlanInUse(name, reasons)
    old, new = found.sheet, (successor.start, successor.weeks)
    if old is not None and (old.start, old.weeks) != new:
        raise OtherWeeks(name, (old.start, old.weeks), new)


def _copy_of(folder: Path) -> dict[str, bytes]:
    """Name a copy of the old plan by what it says."""
    old = two_files(folder)
    stem = copy_folder(folder).relative_to(folder).as_posix()
    return {f"{stem}/{name}": data for name, data in old.items()}


def copy_folder(folder: Path) -> Path:
    """Name the folder in which a copy of a plan is kept once another takes its place."""
    digest = hashlib.sha256(b"".join(two_files(folder).values())).hexdigest()
    return folder / REPLACED / digest[:8]


def two_files(folder: Path) -> dict[str, bytes]:
    """Read the two files of a plan as they lie there, by name."""
    paths = (folder / name for name in (PLAN_FILE, SHEET_FILE))
    return {path.name: path.read_bytes() for path in paths if path.is_file()}


def files_of(plan: Plan) -> dict[str, bytes]:
    """Write a plan's two files, by name."""
    return {PLAN_FILE: plan_bytes(plan.sessions), SHEET_FILE: sheet_bytes(plan.sheet)}


def with_digests(workspace: Workspace, plan: Plan, program_file: Path, after: str) -> Plan:
    """Note in a plan what it was made from."""
    digests = (("curriculum", folder_digest(workspace.curriculum)), ("program", file_digest(program_file)))
    program = workspace.program_name(program_file)
    return replace(plan, sheet=replace(plan.sheet, program=program, digests=digests, after=after))
