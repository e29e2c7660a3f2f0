"""Show a page as plain text, so that a test compares the whole of it; and load the real curriculum once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

import pytest

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.blocks import (
    Block,
    Box,
    Heading,
    ItemList,
    NewPart,
    Page,
    PageBreak,
    Paragraph,
    Scale,
    Table,
    WriteLines,
    plain,
    walk,
)
from tests.lib.ready import library

MARKS = {"bullets": "-", "steps": "1.", "boxes": "[ ]"}


@pytest.fixture(scope="session")
def real() -> Curriculum:
    """Return the curriculum that the repository ships."""
    return library()


@pytest.fixture
def shown() -> Callable[[Page], list[str]]:
    """Return a function that shows a page as lines: its blocks, then its footer."""
    return lambda page: [*lines_of(page.blocks), *(f"footer: {text}" for text in page.footer)]


@pytest.fixture
def heading_levels() -> Callable[[Page], list[int]]:
    """Return a function that lists a page's headings, after proving that none skips a level."""

    def levels(page: Page) -> list[int]:
        found = [block.level for block in walk(page.blocks) if isinstance(block, Heading)]
        assert all(later <= earlier + 1 for earlier, later in pairwise([0, *found])), f"{page.title}: {found}"
        return found

    return levels


def lines_of(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield a page's blocks as lines."""
    for block in blocks:
        yield from _lines(block)


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * block.level} {f'[{block.badge}] ' if block.badge else ''}{block.text}"
    elif isinstance(block, Paragraph):
        yield plain(block.text) if block.style == "body" else f"{block.style}: {plain(block.text)}"
    elif isinstance(block, ItemList):
        yield from (f"{MARKS[block.kind]} {plain(item)}" for item in block.items)
    elif isinstance(block, Table):
        for row in (block.header, *block.rows):
            cells = (f"{f'[{cell.badge}] ' if cell.badge else ''}{cell.text}" for cell in row)
            yield "| " + " | ".join(cells).replace("\n", " / ")
    elif isinstance(block, Box):
        yield f"box {block.kind}: {block.title}"
        yield from lines_of(block.blocks)
    else:
        yield from _lines_without_words(block)


def _lines_without_words(block: WriteLines | Scale | PageBreak | NewPart) -> Iterator[str]:
    if isinstance(block, WriteLines):
        yield f"lines: {block.count}"
    elif isinstance(block, Scale):
        yield f"scale: {block.low} to {block.high}"
    elif isinstance(block, PageBreak):
        yield "new sheet"
    else:
        yield f"new part: {block.label}"
        yield from (f"its footer: {text}" for text in block.footer)
