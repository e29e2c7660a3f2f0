"""Draw every paper: nothing that Word or a screen reader stumbles over, and one sheet where one is meant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from pypdf import PdfReader
from rendering import write_pdfs

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
needs_office = pytest.mark.needs_tool("soffice")
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


def sheets(pages: Mapping[str, Page], folder: Path) -> dict[str, int]:
    """Count the sheets of each page as LibreOffice lays them out."""
    pdfs = write_pdfs({name: draw(page, TEMPLATES) for name, page in pages.items()}, folder)
    return {name: len(PdfReader(path).pages) for name, path in pdfs.items()}


@pytest.fixture(scope="module")
def briefs(real: Curriculum, evening: Program, turns: Plan) -> dict[str, Page]:
    """Return the brief for each group topic in each language, the longest last."""
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
    return dict(sorted(pages.items(), key=lambda page: len(repr(page[1].blocks))))


@pytest.fixture(scope="module")
def counted(
    client_papers: ClientPapers,
    staff_papers: dict[str, Page],
    briefs: dict[str, Page],
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, int]:
    """Count the sheets of the papers of one sheet and of the longest briefs, in one call of LibreOffice."""
    every = client_papers() | staff_papers
    longest = dict(list(briefs.items())[-6:])
    return sheets({name: every[name] for name in ONE_SHEET} | longest, tmp_path_factory.mktemp("sheets"))


@needs_office
def test_a_paper_of_one_sheet_fits_it(counted: dict[str, int]) -> None:
    assert {name: counted[name] for name in ONE_SHEET if counted[name] != 1} == {}


@needs_office
def test_the_longest_briefs_fit_the_two_sides_of_a_sheet(counted: dict[str, int]) -> None:
    longest = {name: count for name, count in counted.items() if name not in ONE_SHEET}
    assert len(longest) == 6
    assert {name: count for name, count in longest.items() if count > 2} == {}


@needs_office
@pytest.mark.deep
def test_every_brief_fits_the_two_sides_of_a_sheet(briefs: dict[str, Page], tmp_path: Path) -> None:
    assert {name: count for name, count in sheets(briefs, tmp_path).items() if count > 2} == {}


@needs_office
@pytest.mark.deep
def test_a_spanish_paper_of_one_sheet_fits_it_and_large_print_its_two_sides(
    client_papers: ClientPapers, tmp_path: Path
) -> None:
    small = {name: page for name, page in client_papers(language="es").items() if name in ONE_SHEET}
    large = {
        f"{name}-{language}": page
        for language in ("en", "es")
        for name, page in client_papers(language=language, large_print=True).items()
        if name in ONE_SHEET
    }
    counted = sheets(small | large, tmp_path)
    assert {name: counted[name] for name in small if counted[name] != 1} == {}
    assert {name: counted[name] for name in large if counted[name] > 2} == {}


@needs_office
@pytest.mark.deep
def test_the_first_day_has_what_lasts_on_its_back(client_papers: ClientPapers, tmp_path: Path) -> None:
    pages = {
        f"first-day-{language}": client_papers(language=language)["first-day"] for language in ("en", "es")
    }
    assert sheets(pages, tmp_path) == {"first-day-en": 2, "first-day-es": 2}


@needs_office
@pytest.mark.deep
def test_a_week_in_spanish_fits_one_sheet_of_either_paper(
    real: Curriculum, evening: Program, turns: Plan, tmp_path: Path
) -> None:
    made = {
        f"{paper}-{week}-{'wall' if wall else 'staff'}": week_agenda(
            Case(real, evening.model_copy(update={"paper": paper}), turns), week, wall=wall, language="es"
        )
        for paper in ("letter", "a4")
        for week in range(1, turns.sheet.weeks + 1)
        for wall in (True, False)
    }
    counted = sheets(made, tmp_path)
    assert {name: count for name, count in counted.items() if count != 1} == {}
