"""Draw every paper: nothing that Word or a screen reader stumbles over, and one sheet where one is meant."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.formats.word import draw
from iop_sessions.ground.blocks import Page
from iop_sessions.pages.agenda import week_agenda
from iop_sessions.pages.papers.substitute_brief import substitute_brief
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import Plan
from iop_sessions.program.program import Program
from tests.lib.word_audit import audit

TEMPLATES = Path(__file__).parents[3] / "templates"
ONE_SHEET = ("agreement", "certificate", "check-in", "family-agenda", "family-calendar", "feedback",
             "last-day", "weekend", "change")  # fmt: skip
ClientPapers = Callable[..., dict[str, Page]]


def faults(pages: Mapping[str, Page], least_points: float) -> dict[str, list[str]]:
    found = {name: audit(draw(page, TEMPLATES), least_points=least_points) for name, page in pages.items()}
    return {name: words for name, words in found.items() if words}


@pytest.mark.parametrize(
    ("language", "large_print"),
    [
        ("en", False),
        pytest.param("en", True, marks=pytest.mark.deep),
        pytest.param("es", False, marks=pytest.mark.deep),
        ("es", True),
    ],
)
def test_no_drawn_paper_for_clients_has_a_fault(
    client_papers: ClientPapers, language: str, large_print: bool
) -> None:
    papers = client_papers(language=language, large_print=large_print)
    assert faults(papers, 18 if large_print else 12) == {}


def test_no_drawn_paper_for_staff_has_a_fault(staff_papers: dict[str, Page]) -> None:
    assert faults(staff_papers, 9) == {}


def test_no_drawn_paper_for_staff_has_a_fault_in_spanish(spanish_staff_papers: dict[str, Page]) -> None:
    assert faults(spanish_staff_papers, 9) == {}


def sheets(pages: Mapping[str, Page], office: str, folder: Path) -> dict[str, int]:
    """Count the sheets of each page as an office program lays them out."""
    from pypdf import PdfReader

    for name, page in pages.items():
        (folder / f"{name}.docx").write_bytes(draw(page, TEMPLATES))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = [str(folder / f"{name}.docx") for name in pages]
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {name: len(PdfReader(folder / f"{name}.pdf").pages) for name in pages}


def test_a_paper_of_one_sheet_fits_it(
    client_papers: ClientPapers,
    staff_papers: dict[str, Page],
    needs_tool: Callable[[str], str],
    tmp_path: Path,
) -> None:
    every = client_papers() | staff_papers
    counted = sheets({name: every[name] for name in ONE_SHEET}, needs_tool("soffice"), tmp_path)
    assert {name: count for name, count in counted.items() if count != 1} == {}


@pytest.mark.deep
def test_a_spanish_paper_of_one_sheet_fits_it_and_large_print_its_two_sides(
    client_papers: ClientPapers, needs_tool: Callable[[str], str], tmp_path: Path
) -> None:
    small = {name: page for name, page in client_papers(language="es").items() if name in ONE_SHEET}
    large = {
        f"{name}-{language}": page
        for language in ("en", "es")
        for name, page in client_papers(language=language, large_print=True).items()
        if name in ONE_SHEET
    }
    counted = sheets(small | large, needs_tool("soffice"), tmp_path)
    assert {name: counted[name] for name in small if counted[name] != 1} == {}
    assert {name: counted[name] for name in large if counted[name] > 2} == {}


@pytest.mark.deep
def test_the_first_day_has_what_lasts_on_its_back(
    client_papers: ClientPapers, needs_tool: Callable[[str], str], tmp_path: Path
) -> None:
    pages = {
        f"first-day-{language}": client_papers(language=language)["first-day"] for language in ("en", "es")
    }
    assert sheets(pages, needs_tool("soffice"), tmp_path) == {"first-day-en": 2, "first-day-es": 2}


@pytest.mark.parametrize("most", [6, pytest.param(1000, marks=pytest.mark.deep)])
def test_the_longest_briefs_of_all_group_topics_fit_the_two_sides_of_a_sheet(
    most: int,
    real: Curriculum,
    evening: Program,
    turns: Plan,
    needs_tool: Callable[[str], str],
    tmp_path: Path,
) -> None:
    session = turns.sessions[0]
    pages = {
        f"{topic.topic_id}-{language}": substitute_brief(
            real,
            evening,
            session.model_copy(update={"topic_id": topic.topic_id, "group_type": topic.group_type}),
            language=language,
        )
        for topic in real.topics
        for language in ("en", "es")
        if topic.delivery == "group"
    }
    assert len(pages) > 60
    longest = sorted(pages, key=lambda name: len(repr(pages[name].blocks)))[-most:]
    counted = sheets({name: pages[name] for name in longest}, needs_tool("soffice"), tmp_path)
    assert {name: count for name, count in counted.items() if count > 2} == {}


@pytest.mark.deep
def test_a_week_in_spanish_fits_one_sheet_of_either_paper(
    real: Curriculum, evening: Program, turns: Plan, needs_tool: Callable[[str], str], tmp_path: Path
) -> None:
    made = {
        f"{paper}-{week}-{'wall' if wall else 'staff'}": week_agenda(
            Case(real, evening.model_copy(update={"paper": paper}), turns), week, wall=wall, language="es"
        )
        for paper in ("letter", "a4")
        for week in range(1, turns.sheet.weeks + 1)
        for wall in (True, False)
    }
    counted = sheets(made, needs_tool("soffice"), tmp_path)
    assert {name: count for name, count in counted.items() if count != 1} == {}
