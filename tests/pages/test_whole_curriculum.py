"""Make every page of the real curriculum: nothing that its authors wrote may be lost on the way to paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from pypdf import PdfReader
from rendering import write_pdfs

from iop_sessions.coverage.covering import cover
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.formats.word import draw
from iop_sessions.ground.blocks import Block, Box, Heading, ItemList, Page, Paragraph, Table, plain, walk
from iop_sessions.pages.agenda import week_agenda
from iop_sessions.pages.coverage import coverage_page
from iop_sessions.pages.guide import guide_page
from iop_sessions.pages.handout import handout_page
from iop_sessions.pages.packet import leader_packet
from iop_sessions.plans.case import Case
from tests.lib.ready import planned, ready

ROOT = Path(__file__).parents[2]
TOPICS = sorted(path.stem for path in (ROOT / "curriculum" / "guides" / "en").glob("*.md"))
HANDOUTS = sorted(path.stem for path in (ROOT / "curriculum" / "handouts" / "en").glob("*.md"))
Levels = Callable[[Page], list[int]]


def words_of(blocks: Iterable[Block]) -> Counter[str]:
    """Count the words of some blocks, boxes' titles among them."""
    return Counter(word for text in _texts(blocks) for word in text.split())


def _texts(blocks: Iterable[Block]) -> Iterable[str]:
    for block in walk(blocks):
        if isinstance(block, Heading):
            yield block.text
        elif isinstance(block, Paragraph):
            yield plain(block.text)
        elif isinstance(block, ItemList):
            yield from map(plain, block.items)
        elif isinstance(block, Table):
            yield from (cell.text for row in (block.header, *block.rows) for cell in row)
        elif isinstance(block, Box):
            yield block.title


@pytest.mark.parametrize("handout_id", HANDOUTS)
def test_every_word_of_a_handout_is_on_its_page(
    real: Curriculum, heading_levels: Levels, handout_id: str
) -> None:
    page = handout_page(real, None, handout_id)
    source = real.sheets[f"en/{handout_id}"]
    assert not words_of(source.blocks) + Counter(source.purpose.split()) - words_of(page.blocks)
    assert heading_levels(page).count(1) == 1


@pytest.mark.parametrize("topic_id", TOPICS)
def test_every_word_of_a_guide_is_on_its_page_at_every_length(
    real: Curriculum, heading_levels: Levels, topic_id: str
) -> None:
    source = real.guides[f"en/{topic_id}"]
    for length in real.topic_by_id[topic_id].lengths:
        page = guide_page(real, None, topic_id, length)
        wanted = words_of(source.blocks) + Counter(source.purpose.split())
        lost = wanted - words_of(page.blocks)
        labels = {"Do.", "Say.", "Ask."}  # they stand at the left of the run sheet, without their full stop
        assert set(lost) <= labels, f"{topic_id}, {length} minutes: {lost}"
        assert heading_levels(page).count(1) == 1


@pytest.mark.deep
@pytest.mark.parametrize("name", ["evening-12-week", "evening-3x3"])
@pytest.mark.needs_tool("soffice")
def test_agenda_and_coverage_fit_one_sheet_each(real: Curriculum, tmp_path: Path, name: str) -> None:
    program, plan = ready(name), planned(name)
    pages = {
        f"week-{week:02}": week_agenda(Case(real, program, plan), week)
        for week in range(1, plan.sheet.weeks + 1)
    }
    pages["coverage"] = coverage_page(cover(Case(real, program, plan)))
    pdfs = write_pdfs({file: draw(page, ROOT / "templates") for file, page in pages.items()}, tmp_path)
    sheets = {file: len(PdfReader(path).pages) for file, path in pdfs.items()}
    assert {file: count for file, count in sheets.items() if count != 1} == {}


def test_the_page_of_three_times_three_classes_says_what_fails(real: Curriculum) -> None:
    program, plan = ready("evening-3x3"), planned("evening-3x3")
    box = next(
        block for block in coverage_page(cover(Case(real, program, plan))).blocks if isinstance(block, Box)
    )
    assert next(iter(_texts(box.blocks))) == (
        "Weeks 1-2, 4-6, 8-12: 7 h 30 min clinical; 9 h or more, falls short by 1 h 30 min. "
        "Add 1 h 30 min of group to the week; breaks do not count."
    )
    evening = [session for session in plan.sessions if session.date == program.start]
    assert leader_packet(real, program, evening).title == "Monday, January 4, 2027: for the leader"
