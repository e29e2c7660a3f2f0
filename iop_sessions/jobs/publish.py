"""Hand a plan on: freeze it on a date with all it was made from, or put everything as Word into one ZIP."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from iop_sessions import judge
from iop_sessions.curriculum.library import folder_digest, folder_files
from iop_sessions.formats import word
from iop_sessions.ground import writing
from iop_sessions.ground.blocks import Page
from iop_sessions.ground.english import counted
from iop_sessions.ground.errors import IopError, Problem, ProblemsFound, UsageError, errors_of
from iop_sessions.ground.workspace import (
    PLAN_FILE,
    PROGRAM_FILE,
    SAMPLE,
    SHEET_FILE,
    VERSION_FILE,
    VERSIONS,
    Workspace,
)
from iop_sessions.ground.writing import zipped
from iop_sessions.jobs import persons
from iop_sessions.jobs.plan import PlanRequest, make_plan
from iop_sessions.jobs.read import Tell, be_silent, read_plan, tell_texts, verdict_of
from iop_sessions.pages import kinds as documents
from iop_sessions.pages.kinds import Edition, Shelf, make
from iop_sessions.pages.papers.standard import start_here
from iop_sessions.plans.changes import CHANGES_FILE
from iop_sessions.plans.store import Kept, Opened

CURRICULUM_KINDS = ("guides", "handouts", "cards", "forms")
PLAN_KINDS = ("agendas", "wall", "coverage")
SAMPLE_FOLDER = "sample-plan"


@dataclass(frozen=True)
class Released:
    """The ZIP that was written, and how many files each of its folders holds."""

    path: Path
    folders: Mapping[str, int]
    problems: tuple[Problem, ...] = ()  # of the plan's rows; the papers say them


def release(workspace: Workspace, name: str = SAMPLE, tell: Tell = be_silent) -> Released:
    """Write the ZIP; where the sample program has no plan yet, it is planned first."""
    if name == SAMPLE and not (workspace.plans / name / PLAN_FILE).is_file():
        make_plan(workspace, PlanRequest(name), tell)
    opened = persons.without_persons(read_plan(workspace, name, tell), tell)
    curriculum, kept = opened.case.curriculum, opened.kept
    shelf = Shelf(opened.own, every_topic=True)
    pages = _pages(shelf)
    tell(f"Drawing {counted(len(pages) + 1, 'document')} …")
    files = word.draw_set(pages, workspace.templates, curriculum.labels)
    texts = tuple(each for found in curriculum.broken.values() for each in found)
    tell_texts(texts, tell)
    files |= _plan_files(workspace, kept.folder, kept.program.name)
    folders = dict(sorted(Counter(file.rpartition("/")[0].split("/")[0] for file in files).items()))
    first = start_here(curriculum, kept.program, folders)
    files |= word.draw_set({"Start here.docx": first}, workspace.templates, curriculum.labels)
    path = workspace.output / f"{curriculum.curriculum_id or 'curriculum'}-{curriculum.version or '0'}.zip"
    writing.write_file(path, zipped(files))
    return Released(path, folders, (*opened.problems, *texts))


def _pages(shelf: Shelf) -> dict[str, Page]:
    """Make every page: client pages in both languages and sizes, and the sample plan's weeks."""
    made = make(replace(shelf, every_topic=False), PLAN_KINDS)
    made = {f"{SAMPLE_FOLDER}/{file}": page for file, page in made.items()}
    for language in ("en", "es"):
        for large_print in (False, True):
            look = Edition(language=language, large_print=large_print)
            kinds = [kind for kind in CURRICULUM_KINDS if documents.comes_in(kind, **look)]
            made |= make(replace(shelf, **look), kinds)
    return made


def _plan_files(workspace: Workspace, folder: Path, program: str) -> dict[str, bytes]:
    """Take the plan as Excel reads it, and the program it was made from."""
    settings = workspace.program_file(program)
    return {
        f"{SAMPLE_FOLDER}/{PLAN_FILE}": (folder / PLAN_FILE).read_bytes(),
        f"{SAMPLE_FOLDER}/{settings.name}": settings.read_bytes(),
    }


CURRICULUM_FILE: Final = "curriculum.zip"
SUMS_FILE: Final = "SHA256SUMS"


class PublishedOtherwise(IopError):
    """A version of this date says something else."""

    def __init__(self, folder: str, files: list[str]) -> None:
        super().__init__(
            f"{folder} is published already, with another {', '.join(files)} — "
            "give --on another date; delete that folder only if nobody has worked with it"
        )


@dataclass(frozen=True)
class Published:
    """A version of a plan, and whether it was there already."""

    plan: str
    on: date
    folder: Path
    sums: Mapping[str, str]  # the sha256 of each file
    again: bool


def publish(
    workspace: Workspace, name: str, on: date, tell: Tell = be_silent, *, no_person_meant: bool = False
) -> Published:
    """Freeze a plan under a date, whole or not at all.

    Parameters
    ----------
    no_person_meant
        Whether the user says that what looks like a person is none; the plan's log says so.

    Raises
    ------
    UsageError
        When it is a published version itself.
    ProblemsFound
        When rows of it are gone or cannot be true, or its texts look as if they named persons; a rule that is
        broken is only told.
    PublishedOtherwise
        When a version of this date says something else.
    """
    opened = read_plan(workspace, name, documents=False)
    kept, verdict = opened.kept, verdict_of(opened)
    if kept.name != kept.folder.name:
        what = "is published already" if f"/{VERSIONS}/" in kept.name else "is a copy of what was replaced"
        raise UsageError(f"{kept.name} {what} — name the plan: {kept.name.split('/')[0]}")
    _refuse_faults(opened)
    named = persons.refuse_in_plan(opened, no_person_meant=no_person_meant)
    for problem in (*kept.warnings, *verdict.problems):
        tell(str(problem))
    folder = kept.folder / VERSIONS / on.isoformat()
    with writing.holding(kept.folder) as held:  # else a new plan could be put in place meanwhile
        files = _frozen(workspace, kept, on)
        again = _is_there(workspace, folder, files)
        if not again:
            held.put({**writing.whole_set(folder, files), **_log(kept, named, on)})
    broken = len(errors_of(verdict.problems))
    if broken:
        count = counted(broken, "problem stays", "problems stay")
        tell(f"It is published as it stands: {count} in it.")
    return Published(kept.name, on, folder, _sums(files), again)


def _log(kept: Kept, named: Sequence[Problem], on: date) -> writing.Changes:
    """Return the plan's log with what was passed as naming nobody."""
    log = {CHANGES_FILE: persons.log_of(kept.folder, named, kept.plan.sessions, on)} if named else {}
    return writing.beneath(kept.folder, log)


def _refuse_faults(opened: Opened) -> None:
    """Raise when a row cannot be true: what is published is what people go back to."""
    of_rows = errors_of(judge.faults_of_rows(opened.case))
    found = [each for each in opened.problems if each in opened.kept.faults or each in of_rows]
    if found:
        raise ProblemsFound(found)


def _frozen(workspace: Workspace, kept: Kept, on: date) -> dict[str, bytes]:
    """Gather what a version holds; line ends are alike on every system."""
    import tomli_w

    about = {"plan": kept.name, "published_on": on, "curriculum": folder_digest(workspace.curriculum)}
    program = workspace.program_file(kept.plan.sheet.program)
    files = {
        PLAN_FILE: _text(kept.folder / PLAN_FILE),
        SHEET_FILE: _text(kept.folder / SHEET_FILE),
        PROGRAM_FILE: _text(program),
        # Not deflated: the same curriculum shall give the same bytes on every system.
        CURRICULUM_FILE: zipped(folder_files(workspace.curriculum), deflated=False),
        VERSION_FILE: tomli_w.dumps(about).encode("utf-8"),
    }
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(_sums(files).items()))
    return {**files, SUMS_FILE: lines.encode("utf-8")}


def _text(path: Path) -> bytes:
    return path.read_bytes().replace(b"\r\n", b"\n")


def _sums(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name != SUMS_FILE}


def _is_there(workspace: Workspace, folder: Path, files: Mapping[str, bytes]) -> bool:
    """Say whether a version is published already, and refuse to change one."""
    if not folder.exists():
        return False
    other = [name for name in files if name != SUMS_FILE and _bytes_of(folder / name) != files[name]]
    if other:
        raise PublishedOtherwise(workspace.shown(folder), other)
    return True


def _bytes_of(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def publish_lines(shown: str, published: Published) -> list[str]:
    """Return what was published, as a person reads it."""
    done = "was published before, the same" if published.again else "is published"
    return [f"Plan {published.plan} of {published.on} {done}: {shown}/ ({', '.join(published.sums)})."]


def publish_facts(shown: str, published: Published) -> dict[str, object]:
    """Return what was published, as a script reads it."""
    return {
        "plan": published.plan, "on": published.on.isoformat(), "folder": shown,
        "sha256": dict(published.sums), "again": published.again,
    }  # fmt: skip
