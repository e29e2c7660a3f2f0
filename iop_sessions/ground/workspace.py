"""Find the folder a user works in, and what its names stand for."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from iop_sessions.ground import writing
from iop_sessions.ground.cells import FIRST_DAY, LAST_DAY, day_readings
from iop_sessions.ground.english import joined
from iop_sessions.ground.errors import CannotWrite, NotFound, UsageError


class NoRows(UsageError):
    """A plan's folder whose sessions are gone: no file of them, or an empty one."""

    def __init__(self, folder: Path) -> None:
        what = f"plans/{folder.name} has no {PLAN_FILE}"
        if (folder / PLAN_FILE).is_file():
            what = f"plans/{folder.name}/{PLAN_FILE} is empty: a program did not finish writing it"
        books = sorted(path.name for path in folder.glob("*.xls*") if not path.name.startswith("~$"))
        copies = sorted(folder.glob(f"{VERSIONS}/*/{PLAN_FILE}"))
        remedy = "put it back from the recycle bin or your backup, or plan it anew"
        if books:
            remedy = f"open {books[0]} in Excel and save it as 'CSV UTF-8' under the name {PLAN_FILE}"
        elif copies:
            remedy = f"copy it back from {copies[-1].parent.relative_to(folder).as_posix()}/"
        super().__init__(f"{what} — {remedy}")


SAMPLE = "evening-12-week"
"""The program that a new workspace begins with."""
FOLDERS = ("curriculum", "templates", "notebooks")
PACKAGE = Path(__file__).parent.parent
PACKED = PACKAGE / "_workspace"
"""Where the wheel carries a workspace; a development copy has it beside the package."""
PLAN_FILE, SHEET_FILE = "plan.csv", "plan.toml"
"""A plan's sessions, and how it was made."""
PROGRAM_FILE, VERSION_FILE = "program.toml", "version.toml"
"""The program of a published version, and what the version says of itself."""
VERSIONS = "versions"
"""Where a plan's folder keeps what was published of it, a folder for each date."""
REPLACED = "replaced"
"""Where a plan's folder keeps copies of what it was before a change."""
_PASSING = (".", "~$", "__pycache__")
WELCOME = Path(__file__).parent / "workspace_readme.md"


@dataclass(frozen=True)
class Workspace:
    """A folder with ``curriculum/`` and ``templates/``; plans and output grow beside them."""

    root: Path

    @property
    def curriculum(self) -> Path:
        """Return the folder of tables, guides and handouts."""
        return self.root / "curriculum"

    @property
    def templates(self) -> Path:
        """Return the folder of Word templates."""
        return self.root / "templates"

    @property
    def plans(self) -> Path:
        """Return the folder of plans."""
        return self.root / "plans"

    @property
    def output(self) -> Path:
        """Return the folder of what was exported."""
        return self.root / "output"

    def shown(self, path: Path) -> str:
        """Write a path as the user sees it from the workspace."""
        inside, root = path.resolve(), self.root.resolve()
        return inside.relative_to(root).as_posix() if inside.is_relative_to(root) else path.name

    def program_file(self, name: str) -> Path:
        """Find a program by its file, seen from here or from the workspace, or by its ready name."""
        if name.endswith(".toml"):
            for path in (Path(name), self.root / name):
                if path.is_file():
                    return path
        ready = {path.stem: path for path in self.ready_programs}
        stem = name.removesuffix(HIDDEN_END).removesuffix(".toml")
        hidden = self.curriculum / "programs" / f"{Path(stem).name}.toml{HIDDEN_END}"
        if stem not in ready and hidden.is_file():
            raise UsageError(f"no program '{stem}' — {self.shown(hidden)}: {hidden_end_words(hidden)}")
        if stem not in ready:
            raise NotFound("program", name, ready)
        if fault := name_fault(stem, ready):
            raise UsageError(f"the program '{stem}': {fault}")
        return ready[stem]

    def program_name(self, path: Path) -> str:
        """Name a program so that `program_file` finds it again: by its stem where it is a ready one."""
        inside = path.resolve()
        if not inside.is_relative_to(self.root.resolve()):
            what = f"the program '{path.name}' lies outside this workspace"
            raise UsageError(f"{what} — copy it to curriculum/programs/ first")
        if inside in [ready.resolve() for ready in self.ready_programs]:
            return path.stem
        return self.shown(inside)

    @property
    def ready_programs(self) -> list[Path]:
        """List the programs that stand ready in the curriculum."""
        return ready_programs(self.curriculum)

    def find_plan(self, name: str) -> PlanPaths:
        """Find a plan, or a published version of one (``evening/versions/2027-01-04``), by folder or name."""
        name = name.removesuffix(PLAN_FILE)
        parts = Path(name).parts
        versioned = len(parts) > 2 and parts[-2] in (VERSIONS, REPLACED)
        writing.mend(self.plans / (parts[-3] if versioned else Path(name).name))
        for folder in (Path(name), self.plans / name):
            if (folder / PLAN_FILE).is_file() and (folder / PLAN_FILE).read_bytes().strip():
                return PlanPaths(self, folder.resolve())  # `.` has no name of its own
        for folder in (Path(name), self.plans / name):
            if (folder / SHEET_FILE).is_file():
                raise NoRows(folder)
        made = sorted(self.plans.glob(f"*/{parts[-2]}/*/{PLAN_FILE}" if versioned else f"*/{PLAN_FILE}"))
        if name in (path.stem for path in self.ready_programs):
            raise UsageError(f"'{name}' is a program, and no plan was made from it yet — first: plan {name}")
        raise NotFound("plan", name, [path.parent.relative_to(self.plans).as_posix() for path in made])


@dataclass(frozen=True)
class PlanPaths:
    """Where the files of one plan lie, or will."""

    workspace: Workspace
    folder: Path

    @property
    def name(self) -> str:
        """Name the plan so that `find_plan` finds it again, a version or a copy after its plan."""
        versions, folder = self.folder.parent, self.folder.name
        whole = versions.name in (VERSIONS, REPLACED) and (versions.parent / PLAN_FILE).is_file()
        return f"{versions.parent.name}/{versions.name}/{folder}" if whole else folder

    @property
    def rows(self) -> Path:
        """Return the file of its sessions."""
        return self.folder / PLAN_FILE

    @property
    def sheet(self) -> Path:
        """Return the file that says how it was made."""
        return self.folder / SHEET_FILE

    @property
    def program(self) -> Path:
        """Return the file of the program it was published with."""
        return self.folder / PROGRAM_FILE

    @property
    def version(self) -> Path:
        """Return the file in which a published version tells of itself."""
        return self.folder / VERSION_FILE


def ready_programs(curriculum: Path) -> list[Path]:
    """List the program files of a curriculum folder, without what editors leave behind."""
    found = sorted((curriculum / "programs").glob("*.toml"))
    return [path for path in found if not path.name.startswith((".", "~$"))]


HIDDEN_END: Final = ".txt"
"""What Notepad puts behind the name of a file, and Windows does not show."""


def hidden_end_words(path: Path) -> str:
    """Say what is to be done about a program that Notepad saved as ``mine.toml.txt``."""
    return f"Windows hides the ending {HIDDEN_END}; rename it to {path.name.removesuffix(HIDDEN_END)}"


_DEVICES: Final = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)),
}


def name_fault(name: str, others: Iterable[str]) -> str:
    """Say why no file or folder can have a name on every system, and what to do; empty where it can.

    Parameters
    ----------
    others
        The names that stand beside it; it may be among them.
    """
    if name.partition(".")[0].rstrip().casefold() in _DEVICES:
        return "Windows keeps this name for itself — choose another one"
    if name != name.rstrip(". "):
        return "Windows takes a blank or dot from the end of a name — leave it away"
    twins = [each for each in others if each != name and each.casefold() == name.casefold()]
    if twins:
        what = f"there is '{twins[0]}' too, and Windows and macOS hold only one of the two"
        return f"{what} — write {twins[0]}, or give one of them another name"
    return ""


def find_workspace(start: Path) -> Workspace:
    """Find the workspace a folder lies in."""
    for folder in (start, *start.parents):
        writing.mend(folder)
        if (folder / "curriculum").is_dir() and (folder / "templates").is_dir():
            return Workspace(folder)
    remedy = "go to your workspace, or make one: iop-sessions new my-program"
    raise UsageError(f"this folder is no workspace: it has no curriculum/ and templates/ — {remedy}")


def new_workspace(target: Path) -> Workspace:
    """Copy the curriculum, templates and notebooks into a new folder."""
    origin = PACKED if PACKED.is_dir() else PACKAGE.parent
    with writing.holding(target) as held:
        if target.exists() and not (target.is_dir() and not any(target.iterdir())):
            what = "the folder is not empty" if target.is_dir() else "a file of this name is there"
            raise CannotWrite(target.name, what, "choose a folder that does not exist yet")
        held.put({target / name: data for name, data in _packed(origin)})
    return Workspace(target)


def _packed(origin: Path) -> Iterator[tuple[str, bytes]]:
    """Return the files of a new workspace, each with its name in it; what editors leave behind stays away."""
    for name in FOLDERS:
        for path in sorted((origin / name).rglob("*")):
            inside = path.relative_to(origin)
            if path.is_file() and not any(part.startswith(_PASSING) for part in inside.parts):
                yield inside.as_posix(), path.read_bytes()
    yield "README.md", WELCOME.read_bytes()


def read_when(text: str, today: date) -> date:
    """Read a date of the command line: ``today``, ``monday`` (the next one, or today) or 2027-01-04."""
    text = text.strip()
    if text.casefold() in (words := _day_words(today)):
        return words[text.casefold()]
    days = [day for day in day_readings(text) if FIRST_DAY <= day <= LAST_DAY]
    if len(days) != 1:
        if day_readings(text) and not days:
            raise UsageError(f"no plan reaches to {text} — write a day from {FIRST_DAY} to {LAST_DAY}")
        meant = f"did you mean {joined(days, 'or')}?"
        hint = (
            meant if days else _HINTS.get(_form(text), "write today, tomorrow, monday or a date: 2027-01-04")
        )
        raise UsageError(f"no date '{text}' — {hint}")
    return days[0]


_HINTS = {
    "week": "a week is asked for by its number: print PLAN --week 3",
    "month": "write the year too: 2027-01-04",
}


def _form(text: str) -> str:
    """Say what else than a date a text is, where it is some such thing."""
    first = text.casefold().partition(" ")[0][:3]
    if first in ("wee", "wk"):
        return "week"
    return "month" if first in (name.casefold() for name in calendar.month_abbr[1:]) else ""


def _day_words(today: date) -> dict[str, date]:
    """Return the words for days, from the weekdays to come to yesterday."""
    coming = [today + timedelta(days=ahead) for ahead in range(7)]
    names = {f"{day:%A}".casefold(): day for day in coming}
    near = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
    return names | {word: today + timedelta(days=ahead) for word, ahead in near.items()}


def is_when(text: str) -> bool:
    """Say whether a word of the command line is meant as a date."""
    if text.casefold() in _day_words(FIRST_DAY) or day_readings(text):
        return True
    return text[:4].isdigit() and text.count("-") == 2
