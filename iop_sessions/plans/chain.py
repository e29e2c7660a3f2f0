"""Find what continues a plan: the plans after it as one row of time, and who owns which day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Final

from iop_sessions.ground.errors import Place, Problem, UsageError, errors_of
from iop_sessions.ground.speech import ENGLISH
from iop_sessions.ground.workspace import PLAN_FILE, REPLACED, SHEET_FILE, VERSIONS, PlanPaths, Workspace
from iop_sessions.plans.plan import Plan, Sequel, Session, Sheet, read_sessions, read_sheet

_CONTINUES: Final = re.compile(rb"""^\s*after\s*=\s*(?:"[^"]|'[^'])""", re.MULTILINE)
"""A look at a sheet that spares the reading of those that continue nothing."""


@dataclass(frozen=True)
class Following:
    """What continues a plan, and what is wrong with it."""

    sequel: Sequel | None
    names: tuple[str, ...]
    problems: tuple[Problem, ...]
    files: tuple[Path, ...]  # whose change may make another plan the next


@dataclass(frozen=True)
class _Part:
    """A plan that continues another one."""

    name: str
    folder: Path
    sheet: Sheet

    def overlaps(self, other: _Part) -> bool:
        return self.sheet.start < other.sheet.end and other.sheet.start < self.sheet.end


def following(paths: PlanPaths, sheet: Sheet, before: Sequence[PlanPaths]) -> Following:
    """Find the plans after a plan, and name those that cannot both be the next of one.

    Parameters
    ----------
    before
        The plans that it continues.
    """
    workspace = paths.workspace
    if workspace.plans.resolve() not in paths.folder.parents:  # nobody says which plans belong to it
        return Following(None, (), (), ())
    nexts = _nexts(workspace)
    line, rivals = _line(plan_of(paths.name), nexts)
    names = [plan_of(each.name) for each in (*reversed(before), paths)] + [each.name for each in line]
    problems = [problem for name in dict.fromkeys(names) for problem in _rivalry(name, nexts.get(name, ()))]
    sequel, unread = _sequel(line, rivals) if line or rivals else (None, [])
    files = (workspace.plans, *(path for path in sorted(workspace.plans.glob(f"*/{SHEET_FILE}"))))
    rows = (each.folder / PLAN_FILE for each in line)
    return Following(
        sequel,
        tuple(each.name for each in line),
        (*problems, *unread, *_handed_over(paths.name, sheet, sequel)),
        (*files, *rows),
    )


def require_own(plan: Plan, day: date) -> None:
    """Raise where a plan that continues another one owns a day of it.

    Raises
    ------
    UsageError
        With the plan that owns the day.
    """
    owner = plan.sequel.owner(day) if plan.sequel else ""
    if owner:
        raise UsageError(f"{day} belongs to plans/{owner}, which continues this plan — name that one")


def plan_of(name: str) -> str:
    """Name the plan of which something is a published version, or a copy; a plan is its own."""
    parts = Path(name).parts
    return parts[-3] if len(parts) > 2 and parts[-2] in (VERSIONS, REPLACED) else Path(name).name


def _nexts(workspace: Workspace) -> Mapping[str, tuple[_Part, ...]]:
    """Map the name of each plan to those that continue it, the earliest first."""
    found: dict[str, list[_Part]] = {}
    for part in _parts(workspace):
        found.setdefault(plan_of(part.sheet.after), []).append(part)
    return {
        name: tuple(sorted(parts, key=lambda each: (each.sheet.start, each.name)))
        for name, parts in found.items()
    }


def _parts(workspace: Workspace) -> Iterator[_Part]:
    """Yield every plan that continues another one; what cannot be read says so when it is asked for."""
    for path in sorted(workspace.plans.glob(f"*/{SHEET_FILE}")):
        folder = path.parent
        try:
            told = (folder / PLAN_FILE).is_file() and _CONTINUES.search(path.read_bytes())
        except OSError:
            continue
        sheet, _ = read_sheet(path, SHEET_FILE) if told else (None, [])
        if sheet is not None and sheet.after:
            yield _Part(folder.name, folder, sheet)


def _line(name: str, nexts: Mapping[str, Sequence[_Part]]) -> tuple[list[_Part], Sequence[_Part]]:
    """Follow the plans after one as long as there is one next; return those of which nobody knows which."""
    line: list[_Part] = []
    seen = {name}
    while len(parts := nexts.get(name, ())) == 1 and parts[0].name not in seen:
        line.append(parts[0])
        name = parts[0].name
        seen.add(name)
    return line, parts if len(parts) > 1 else ()


def _sequel(line: Sequence[_Part], rivals: Sequence[_Part]) -> tuple[Sequel, list[Problem]]:
    """Gather the sessions of the plans after one, as far as they can be read and follow each other."""
    starts = tuple((each.name, each.sheet.start) for each in (*line, *rivals))
    sessions: list[Session] = []
    for number, part in enumerate(line):
        rows, problems = read_sessions(part.folder / PLAN_FILE, f"{part.name}/{PLAN_FILE}", part.sheet.start)
        if errors_of(problems):
            what = f"cannot be read, so nothing is known of what continues there after {part.sheet.start}"
            told = Problem(Place(f"{part.name}/{PLAN_FILE}"), what, f"verify {part.name} says why", "warning")
            return Sequel(starts, part.sheet.start, tuple(sessions)), [told]
        later = [start for _, start in starts[number + 1 :]]
        sessions += [each for each in rows if each.date < min(later, default=date.max)]
    end = min(each.sheet.start for each in rivals) if rivals else line[-1].sheet.end
    return Sequel(starts, end, tuple(sessions)), []


def _handed_over(name: str, sheet: Sheet, sequel: Sequel | None) -> list[Problem]:
    """Say once which plan owns the last days of one."""
    if sequel is None or sequel.start >= sheet.end:
        return []
    owner, day = sequel.owner(sequel.start), ENGLISH.short_day(sequel.start)
    what = f"the days from {day} on belong to plans/{owner}, which continues this plan"
    return [Problem(Place(name), what, f"print, export and change them there: {owner}", "warning")]


def _rivalry(name: str, parts: Sequence[_Part]) -> Iterator[Problem]:
    """Name two plans that both continue the same one: an error where both own a day."""
    for one, other in pairwise(parts):
        what = f"plans/{one.name} and plans/{other.name} both continue plans/{name}"
        place = Place(f"{other.name}/{SHEET_FILE}", 0, "after")
        if one.overlaps(other):
            first, last = _shared(one, other)
            both = f"{what}, and both own the days from {first} to {last}"
            yield Problem(place, both, "keep one of them, and take the folder of the other away")
        else:
            yield Problem(place, what, f'write after = "{one.name}" there', "warning")


def _shared(one: _Part, other: _Part) -> tuple[date, date]:
    first = max(one.sheet.start, other.sheet.start)
    return first, min(one.sheet.end, other.sheet.end) - timedelta(days=1)
