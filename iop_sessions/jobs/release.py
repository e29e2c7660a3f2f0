"""Put the whole curriculum and a sample plan, all as Word, into one ZIP for people who install nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from iop_sessions.formats import word
from iop_sessions.ground import writing
from iop_sessions.ground.blocks import Page
from iop_sessions.ground.workspace import PLAN_FILE, SAMPLE, Workspace
from iop_sessions.ground.writing import zipped
from iop_sessions.jobs.plan import PlanRequest, make_plan
from iop_sessions.jobs.read import Tell, be_silent, read_plan
from iop_sessions.pages import kinds as documents
from iop_sessions.pages.kinds import Edition, Shelf, make
from iop_sessions.pages.papers.start_here import start_here

CURRICULUM_KINDS = ("guides", "handouts", "cards", "forms")
PLAN_KINDS = ("agendas", "wall", "coverage")
SAMPLE_FOLDER = "sample-plan"


@dataclass(frozen=True)
class Released:
    """The ZIP that was written, and how many files each of its folders holds."""

    path: Path
    folders: Mapping[str, int]


def release(workspace: Workspace, name: str = SAMPLE, tell: Tell = be_silent) -> Released:
    """Write the ZIP; where the sample program has no plan yet, it is planned first."""
    if name == SAMPLE and not (workspace.plans / name / PLAN_FILE).is_file():
        make_plan(workspace, PlanRequest(name), tell)
    opened = read_plan(workspace, name)
    curriculum, kept = opened.case.curriculum, opened.kept
    shelf = Shelf(opened.case, every_topic=True)
    pages = _pages(shelf)
    tell(f"Drawing {len(pages) + 1} documents …")
    files = word.draw_set(pages, workspace.templates, curriculum.labels)
    files |= _plan_files(workspace, kept.folder, kept.program.name)
    folders = dict(sorted(Counter(file.rpartition("/")[0].split("/")[0] for file in files).items()))
    first = start_here(curriculum, kept.program, folders)
    files |= word.draw_set({"Start here.docx": first}, workspace.templates, curriculum.labels)
    path = workspace.output / f"{curriculum.curriculum_id or 'curriculum'}-{curriculum.version or '0'}.zip"
    writing.write_file(path, zipped(files))
    return Released(path, folders)


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
