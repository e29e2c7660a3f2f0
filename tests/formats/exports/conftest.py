"""The sample program exported once, and everything in it turned into PDF once."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from rendering import write_pdfs

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.workspace import SAMPLE, Workspace
from iop_sessions.jobs import printing
from iop_sessions.jobs.export import ExportRequest, export
from iop_sessions.jobs.plan import PlanRequest, make_plan
from iop_sessions.jobs.read import read_curriculum
from iop_sessions.plans import store
from iop_sessions.plans.store import Kept
from tests.conftest import find_tool
from tests.lib.examples import first_of_each_folder
from tests.lib.workspaces import ROOT, lay_out

DAY = date(2027, 1, 4)
FEW = 3


@dataclass(frozen=True)
class Sample:
    """A workspace in which both ready programs are planned, and everything is exported and printed."""

    workspace: Workspace
    curriculum: Curriculum
    kept: Kept
    files: dict[str, bytes]


def documents(folder: Path) -> dict[str, bytes]:
    """Return the Word files of a folder, by their names in it."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.docx"))}


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """Plan and export the sample, one evening and one topic of it, and the other program's coverage."""
    workspace = lay_out(tmp_path_factory.mktemp("exports") / "clinic", ROOT / "curriculum")
    for program, kinds in ((SAMPLE, ()), ("evening-3x3", ("coverage",))):
        make_plan(workspace, PlanRequest(program))
        export(workspace, ExportRequest(program, tuple(kinds)))
    printing.print_day(workspace, printing.PrintRequest(SAMPLE, DAY.isoformat()), DAY)
    printing.print_topic(workspace, printing.PrintRequest("RP-04"))
    kept = store.read(workspace.find_plan(SAMPLE))
    return Sample(workspace, read_curriculum(workspace), kept, documents(workspace.output))


@pytest.fixture(scope="session")
def exported(sample: Sample) -> dict[str, bytes]:
    """Return what `export` alone wrote for the sample."""
    prefix = f"{SAMPLE}/"
    names = [name for name in sample.files if name.startswith(prefix) and "/print/" not in name]
    return {name.removeprefix(prefix): sample.files[name] for name in names}


@pytest.fixture(scope="session")
def pdfs(sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the PDFs of the largest documents of each folder; all of them are laid out in `test_layout`."""
    find_tool("soffice")
    largest = sorted(sample.files, key=lambda name: -len(sample.files[name]))
    flat = {name: name.replace("/", "--") for name in first_of_each_folder(largest, FEW)}
    made = write_pdfs({flat[name]: sample.files[name] for name in flat}, tmp_path_factory.mktemp("pdf"))
    return {name: made[short] for name, short in flat.items()}


@pytest.fixture(scope="session")
def printed(pdfs: dict[str, Path]) -> dict[str, list[list[str]]]:
    """Return the lines of every page of every document as LibreOffice prints it."""
    reader = find_tool("pdftotext")
    return {name: _pages(reader, path) for name, path in pdfs.items()}


def _pages(reader: str, path: Path) -> list[list[str]]:
    done = subprocess.run([reader, "-enc", "UTF-8", str(path), "-"], check=True, capture_output=True)
    pages = done.stdout.decode().split("\f")[:-1]
    return [[line.strip() for line in page.splitlines() if line.strip()] for page in pages]
