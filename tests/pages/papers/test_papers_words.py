"""Read every paper for clients as its readers do: plain words and kind words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from iop_sessions.blocks import Box, Heading, ItemList, Page, PageBreak, Paragraph, Table, plain, walk
from iop_sessions.curriculum import Curriculum
from iop_sessions.errors import Place
from iop_sessions.language import check_reading, check_wording
from iop_sessions.passages import Unit, UnitKind

ClientPapers = Callable[..., dict[str, Page]]


def units(page: Page) -> list[Unit]:
    """List what a page says, up to the first sheet bound behind it."""
    return [Unit(text, Place(page.title), kind) for text, kind in _texts(page) if text.strip()]


def _texts(page: Page) -> Iterator[tuple[str, UnitKind]]:
    for block in walk(page.blocks):
        if isinstance(block, PageBreak):
            return
        if isinstance(block, Heading):
            yield block.text, "heading"
        elif isinstance(block, Paragraph):
            yield plain(block.text), "paragraph"
        elif isinstance(block, ItemList):
            yield from ((plain(item), "item") for item in block.items)
        elif isinstance(block, Table):
            yield from ((cell.text, "cell") for row in (block.header, *block.rows) for cell in row)
        elif isinstance(block, Box):
            yield block.title, "heading"


def test_every_paper_for_clients_reads_at_sixth_grade(real: Curriculum, client_papers: ClientPapers) -> None:
    terms = [term.term for term in real.glossary if term.language == "en"]
    pages = client_papers().values()
    found = [str(each) for page in pages for each in check_reading(units(page), "handout", "en", terms)]
    assert found == []


def test_no_paper_uses_a_word_that_hurts(
    real: Curriculum, client_papers: ClientPapers, staff_papers: dict[str, Page]
) -> None:
    every = [*client_papers().values(), *staff_papers.values()]
    found = [str(each) for page in every for each in check_wording(units(page), real.wording)]
    assert found == []
