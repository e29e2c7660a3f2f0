"""Every kind of paper as a printer shows it: nothing cut, split, alone at a foot, or past a margin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from rendering import write_pdfs
from specimens import VARIANTS, Variant, everything, fullest

from iop_sessions.formats import word
from iop_sessions.ground.blocks import Block, Heading, Page, PageBreak, Paragraph, Table, cell, line
from iop_sessions.pages.kinds import KINDS, Shelf, comes_in
from iop_sessions.plans.case import Case
from tests.formats.exports.conftest import Sample
from tests.lib import layout, layout_faults
from tests.lib.layout import Printed
from tests.lib.outline import parts_of
from tests.lib.planting import DOCUMENT, Change, all_of, edit, edit_all, last, unchanged, zipped

pytestmark = pytest.mark.needs_tool("soffice", "pdftotext", "pdftoppm")

ONE_PAGE = (
    "agendas", "wall", "coverage", "certificate", "change-notice", "family-week",
    "group-agreement", "last-day", "weekend-plan", "check-in-slips", "feedback-slips",
)  # fmt: skip
TWO_PAGES = ("first-day", "handout-", "substitute-brief")


@dataclass(frozen=True)
class Paper:
    """A paper of some kind, as it lies on its pages."""

    kind: str
    title: str
    look: Variant
    printed: Printed

    @property
    def most_pages(self) -> int | None:
        """How many pages it may have; in large print a paper has as many as it needs."""
        if self.look.large_print:
            return None
        return 1 if self.kind in ONE_PAGE else 2 if self.kind.startswith(TWO_PAGES) else None


def printed(files: Mapping[str, bytes], folder: Path) -> dict[str, Printed]:
    """Let LibreOffice lay out Word files."""
    pdfs = write_pdfs(files, folder)
    return {name: layout.read(data, pdfs[name]) for name, data in files.items()}


def laid_out(pages: Iterable[tuple[str, Variant, Page]], templates: Path, folder: Path) -> list[Paper]:
    """Draw pages and let LibreOffice lay them out."""
    numbered = {str(number): each for number, each in enumerate(pages)}
    found = printed({number: word.draw(each[2], templates) for number, each in numbered.items()}, folder)
    return [Paper(kind, page.title, look, found[number]) for number, (kind, look, page) in numbered.items()]


def faults(papers: Iterable[Paper]) -> list[str]:
    return [
        f"{paper.kind}, {paper.title}, {paper.look.name}: {fault}"
        for paper in papers
        for fault in faults_of(paper)
    ]


def faults_of(paper: Paper) -> list[str]:
    pages, most = len(paper.printed.leaves), paper.most_pages
    return [*layout_faults.faults(paper.printed), *([f"{pages} pages"] if most and pages > most else [])]


def shelf_of(sample: Sample) -> Shelf:
    return Shelf(Case(sample.curriculum, sample.kept.program, sample.kept.plan))


@pytest.fixture(scope="module")
def few(sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Printed]:
    """Lay out the fullest papers of one page and all pages with a fault in them, in one call."""
    short = {kind: page for kind, page in fullest(shelf_of(sample)).items() if kind in ONE_PAGE}
    files = word.draw_set(short, sample.workspace.templates)
    for name, each in PLANTED.items():
        page = Page("handout", "Sleep", each.blocks, ("SD-01a, version 1",))
        parts = parts_of(word.draw(page, sample.workspace.templates))
        each.change(parts)
        files[name] = zipped(parts)
    return printed(files, tmp_path_factory.mktemp("few"))


def test_the_fullest_paper_of_each_kind_that_has_one_page_lies_well_on_it(few: dict[str, Printed]) -> None:
    papers = [Paper(kind, "", Variant(), few[kind]) for kind in few.keys() - PLANTED.keys()]
    assert {paper.kind for paper in papers} == set(ONE_PAGE)
    assert faults(papers) == []


@pytest.mark.deep
def test_every_paper_there_is_lies_well_on_its_pages(sample: Sample, tmp_path: Path) -> None:
    shelf = shelf_of(sample)
    all_of_them = ((kind, look, page) for look in VARIANTS for kind, page in everything(look.of(shelf)))
    papers = laid_out(all_of_them, sample.workspace.templates, tmp_path)
    assert faults(papers) == []


@pytest.mark.parametrize(
    "look", [*VARIANTS[-1:], *(pytest.param(each, marks=pytest.mark.deep) for each in VARIANTS[:-1])]
)
def test_every_kind_of_document_is_among_the_papers_looked_at(look: Variant, sample: Sample) -> None:
    kinds = {kind for kind in KINDS if comes_in(kind, look.language, large_print=look.large_print)}
    found = fullest(look.of(shelf_of(sample)))
    assert kinds - {"handouts", "forms", "family"} <= set(found)
    assert {"family-week", "family-calendar", "certificate", "handout-plan"} <= set(found)
    assert {page.paper for page in found.values()} == {look.paper}
    assert {page.large_print for page in found.values()} == {look.large_print}


TITLE, BODY = Heading(1, "Sleep"), Paragraph(line("Go to bed at the same time."))
LINES = (BODY,) * 25
TABLE = Table("Days", (cell("Day"), cell("Plan")), ((cell("Monday"), cell("Walk home")),))
HIGH_ROW = Table("Days", (cell("Day"),), ((cell(*(f"Line {number}" for number in range(20))),),))
EMPTY_PAGE = "<w:p><w:pPr><w:pageBreakBefore/></w:pPr></w:p>"
NORMAL = '<w:pStyle w:val="Normal"/>'


@dataclass(frozen=True)
class Planted:
    """A page with a fault planted in its Word file, and what is said of it."""

    blocks: tuple[Block, ...]
    change: Change
    said: tuple[str, ...]


PLANTED = {
    "nothing": Planted((TITLE, BODY, TABLE, HIGH_ROW), unchanged, ()),
    "a table too wide": Planted(
        (TITLE, BODY, TABLE),
        all_of(
            edit_all(DOCUMENT, 'w:w="9648"', 'w:w="12400"'), edit_all(DOCUMENT, 'w:w="4824"', 'w:w="6200"')
        ),
        ("page 1: something is drawn past the margins",),
    ),
    "a column too narrow": Planted(
        (TITLE, BODY, TABLE),
        all_of(
            edit_all(DOCUMENT, 'w:w="9648"', 'w:w="2000"'), edit_all(DOCUMENT, 'w:w="4824"', 'w:w="1000"')
        ),
        ("words cut or broken: Monday", "a row stands on two pages: Monday Walk home"),
    ),
    "words past a margin": Planted(
        (TITLE, BODY),
        edit(DOCUMENT, NORMAL, f'{NORMAL}<w:ind w:left="-400"/>'),
        (
            "page 1: 'Go' stands outside the margins",
            "page 1: something is drawn past the margins",
        ),
    ),
    "a first page without its footer": Planted(
        (TITLE, BODY),
        edit(DOCUMENT, "</w:sectPr>", "<w:titlePg/></w:sectPr>"),
        ("page 1: its footer is not whole",),
    ),
    "an empty page": Planted((TITLE, BODY), last(EMPTY_PAGE), ("page 2: no words",)),
    "a heading alone": Planted(
        (TITLE, BODY, Heading(2, "At night"), PageBreak(), *LINES),
        unchanged,
        ("page 1: alone at the foot: At night",),
    ),
    "a row on two pages": Planted(
        (TITLE, *LINES[:20], HIGH_ROW),
        edit_all(DOCUMENT, "<w:cantSplit/>", ""),
        (
            "a row may split: Day",
            "a row may split: Line 0 Line 1 Line 2 Line 3 Line 4 Line 5 Line 6 Line 7 Line",
            "a row stands on two pages: Line 0 Line 1 Line 2 Line 3 Line 4 Line 5 Line 6 Line 7 Line",
        ),
    ),
    "words spilled over": Planted(
        (TITLE, BODY, PageBreak(), BODY), unchanged, ("page 2: little but 'Go to bed at the same time.'",)
    ),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_seen_and_nothing_else(few: dict[str, Printed], name: str) -> None:
    assert layout_faults.faults(few[name]) == list(PLANTED[name].said)


def test_a_page_too_many_is_seen(few: dict[str, Printed]) -> None:
    two_pages, one_page = few["a heading alone"], few["nothing"]
    assert len(two_pages.leaves) == 2
    small, large = Variant(), Variant(large_print=True)
    papers = [
        Paper("certificate", "Sleep", small, two_pages),
        Paper("certificate", "Sleep", large, two_pages),
        Paper("handout-plan", "Sleep", small, two_pages),
        Paper("certificate", "Sleep", small, one_page),
    ]
    told = [fault for fault in faults(papers) if fault.endswith(" pages")]
    assert told == ["certificate, Sleep, letter-en: 2 pages"]
