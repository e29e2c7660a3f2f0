"""Read and judge: check a curriculum, read a plan beside it, judge it, say what it covers, compare two."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from iop_sessions import checks, judge
from iop_sessions.checks.texts import text_of
from iop_sessions.coverage import covering
from iop_sessions.coverage.covering import Coverage
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.loading import load
from iop_sessions.ground.errors import Place, Problem, errors_of
from iop_sessions.ground.tables import require
from iop_sessions.ground.tomlfiles import located
from iop_sessions.ground.workspace import (
    HIDDEN_END,
    PLAN_FILE,
    SHEET_FILE,
    Workspace,
    hidden_end_words,
    name_fault,
    ready_programs,
)
from iop_sessions.plans import store
from iop_sessions.plans.case import Case
from iop_sessions.plans.changes import Difference, differences
from iop_sessions.plans.store import Kept, Opened
from iop_sessions.program.program import Program, read_program


def check(folder: Path, today: date, named: Path | None = None) -> list[Problem]:
    """Check a curriculum folder, down to the words of its pages, and every program in it, or the one named.

    Of a program with which nothing is planned yet, and which has nothing worse, the warnings are one line.
    """
    curriculum, problems = load(folder)
    problems += checks.check_curriculum(curriculum, pages=True)
    problems += checks.check_ages_of_numbers(curriculum, today)
    problems += _names_of_programs(folder)
    planned = _programs_planned(folder)
    for path in [named] if named else ready_programs(folder):
        program, found = check_program(curriculum, path)
        if program is not None:
            found += located(checks.check_overrides(program, f"programs/{path.name}", today), path)
        problems += found if named or path.stem in planned else _in_one_line(path.stem, found)
    return problems


def _names_of_programs(folder: Path) -> list[Problem]:
    """Name the programs that are not found by their names, here or on another system."""
    ready = {path.stem: path.name for path in ready_programs(folder)}
    faults = [(ready[each], fault) for each in ready if (fault := name_fault(each, ready))]
    hidden = sorted((folder / "programs").glob(f"*.toml{HIDDEN_END}"))
    faults += [(path.name, f"is no program to anybody — {hidden_end_words(path)}") for path in hidden]
    split = ((name, *fault.partition(" — ")) for name, fault in faults)
    return [Problem(Place(f"programs/{name}"), what, remedy) for name, what, _, remedy in split]


def _programs_planned(folder: Path) -> set[str]:
    """Name the programs that plans beside the curriculum were made from."""
    sheets = folder.resolve().parent.glob(f"plans/*/{SHEET_FILE}")
    first = (sheet.read_bytes()[:500].decode("utf-8", errors="replace") for sheet in sheets)
    return {found[1] for text in first if (found := re.search('^program = "(.+)"', text, re.MULTILINE))}


def _in_one_line(name: str, problems: list[Problem]) -> list[Problem]:
    if len(problems) < 2 or errors_of(problems):
        return problems
    what = f"{len(problems)} warnings, and nothing is planned with it yet"
    return [Problem(Place(f"programs/{name}.toml"), what, f"to read them: check {name}", "warning")]


def check_program(curriculum: Curriculum, path: Path) -> tuple[Program | None, list[Problem]]:
    """Read a program and check it against its curriculum."""
    file = f"programs/{path.name}"
    program, problems = read_program(path, file)
    found = checks.check_program(curriculum, program, file) if program else []
    return program, located([*problems, *found], path)


Tell = Callable[[str], None]


def be_silent(_: str) -> None:
    """Say nothing."""


def read_curriculum(workspace: Workspace, *, documents: bool = True) -> Curriculum:
    """Read the workspace's curriculum, or say everything that is wrong with its tables.

    A guide or handout with a fault is left out, and named where a page needs it.

    Parameters
    ----------
    documents
        Whether guides and handouts are read too; only pages need them.

    Raises
    ------
    ProblemsFound
        If a table has a fault.
    """
    curriculum, problems = load(workspace.curriculum, documents=documents)
    problems += checks.check_curriculum(curriculum)
    require(each for each in problems if not text_of(each))
    return checks.without_broken_texts(curriculum, problems)


def faults_of_topics(
    curriculum: Curriculum, topic_ids: Iterable[str], language: str = "en"
) -> tuple[Problem, ...]:
    """Name what is wrong with the guides and the handouts of some topics."""
    found = (
        (*curriculum.guide_faults(each), *curriculum.handout_faults(each, language))
        for each in dict.fromkeys(topic_ids)
    )
    return tuple(dict.fromkeys(problem for faults in found for problem in faults))


def tell_texts(faults: Sequence[Problem], tell: Tell) -> None:
    """Name the faults of texts, and that the pages that need them go without."""
    for each in faults:
        tell(str(each))
    if faults:
        files = dict.fromkeys(text_of(each) for each in faults)
        tell(f"Left out of what is printed, until it is mended: {listed([*files])}.")


def read_plan(
    workspace: Workspace,
    name: str,
    tell: Tell = be_silent,
    *,
    documents: bool = True,
    as_of: date = date.min,
) -> Opened:
    """Read a plan and the curriculum that it draws on, judge it, and tell what is wrong with its rows.

    Parameters
    ----------
    as_of
        The day it is looked at: a group planned before it is not confirmed.

    Raises
    ------
    ProblemsFound
        With every fault of the files without which nothing can be said.
    """
    curriculum = read_curriculum(workspace, documents=documents)
    opened = open_with(curriculum, store.read(workspace.find_plan(name), whole=False))
    for line in fault_lines(opened.problems):
        tell(line)
    return replace(opened, case=replace(opened.case, as_of=as_of))


def open_with(curriculum: Curriculum, kept: Kept) -> Opened:
    """Put a plan beside the curriculum that it draws on, with what the judge refuses of it."""
    case = Case(curriculum, kept.program, kept.plan)
    found = _but_unread(judge.problems_of(case), kept)
    problems = (*kept.rivalry, *kept.faults, *errors_of(found))
    return Opened(kept, replace(case, faults=problems), problems)


def _but_unread(problems: Iterable[Problem], kept: Kept) -> list[Problem]:
    """Leave out that a session is missing where its row is there and cannot be read."""
    return [each for each in problems if each.place.line or each.place.column not in kept.unread]


SHOWN_GONE: Final = 5
SHOWN: Final = 12
"""So many rows that are gone, and so many faults, are named one by one: people read no more at five."""


def fault_lines(problems: Sequence[Problem]) -> list[str]:
    """Word what is wrong with a plan, a line each; many rows that are gone stand in one line."""
    gone = [each for each in problems if is_gone(each)]
    others = [each for each in problems if each not in gone]
    told = [_gone_in_one(gone)] if len(gone) > SHOWN_GONE else gone
    more = len(others) - SHOWN
    rest = [f"… and {more} more like these; the verb verify names each."] if more > 0 else []
    return [*map(str, (*told, *others[:SHOWN])), *rest]


def is_gone(problem: Problem) -> bool:
    """Say whether a problem is that a row of the plan is not there."""
    return problem.place.file == PLAN_FILE and problem.message.endswith((" is missing", " is gone"))


def listed(names: Sequence[str]) -> str:
    """Name the first of many, and count the others."""
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return f"{', '.join(names[:SHOWN])}{more}"


def _gone_in_one(gone: Sequence[Problem]) -> Problem:
    return Problem(
        Place(PLAN_FILE),
        f"{len(gone)} sessions are missing: {listed(sorted(each.place.column for each in gone))}",
        "undo in Excel what took their rows out; replan puts rows back; verify names each",
    )


def verify(workspace: Workspace, name: str) -> tuple[Kept, judge.Verdict]:
    """Judge a plan anew."""
    opened = read_plan(workspace, name, documents=False)
    return opened.kept, verdict_of(opened)


def verdict_of(opened: Opened) -> judge.Verdict:
    """Judge a plan that was read, also what of its rows could not be read, and what it costs."""
    verdict = judge.judge(opened.case)
    problems = (*opened.kept.rivalry, *opened.kept.faults, *_but_unread(verdict.problems, opened.kept))
    return replace(verdict, problems=problems)


def cover(
    workspace: Workspace, name: str, tell: Tell = be_silent, as_of: date = date.min
) -> tuple[Opened, list[Coverage]]:
    """Work out what a plan covers for each way through the program, as known on a day."""
    opened = read_plan(workspace, name, tell, documents=False, as_of=as_of)
    return opened, covering.cover_all(opened.own)


@dataclass(frozen=True)
class Comparison:
    """Two plans and what is different between them."""

    curriculum: Curriculum
    before: Kept
    after: Kept
    found: tuple[Difference, ...]
    problems: tuple[Problem, ...] = ()


def compare(workspace: Workspace, before: str, after: str, tell: Tell = be_silent) -> Comparison:
    """Compare two plans by their folders or names."""
    opened = read_plan(workspace, before, documents=False)
    curriculum, old = opened.case.curriculum, opened.kept
    other = open_with(curriculum, store.read(workspace.find_plan(after), whole=False))
    for each in (opened, other):
        for line in fault_lines(each.problems):
            tell(f"{each.kept.name}: {line}")
    found = tuple(differences(old.plan.sessions, other.kept.plan.sessions))
    return Comparison(curriculum, old, other.kept, found, (*opened.problems, *other.problems))
