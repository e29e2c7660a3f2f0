"""Lay a page flat for the peers: what it says, in order, with nothing of Word in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from iop_sessions.ground.blocks import (
    Block,
    Box,
    Heading,
    ItemList,
    Line,
    Page,
    Paragraph,
    Table,
    WriteLines,
    line,
    plain,
)

BOX = "☐ "


@dataclass(frozen=True)
class Item:
    """A paragraph (``kind`` is its style), lines to write on, or a table."""

    kind: str
    text: Line = ()
    count: int = 0
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = field(default=())


def flat(page: Page) -> list[Item]:
    return list(_items(page.blocks))


def _items(blocks: Iterable[Block]) -> Iterator[Item]:
    for block in blocks:
        if isinstance(block, Heading):
            yield Item(f"h{block.level}", line(" ".join(filter(None, (block.badge, block.text)))))
        elif isinstance(block, Paragraph):
            yield Item(block.style, block.text)
        elif isinstance(block, ItemList):
            yield from (Item(block.kind, each) for each in block.items)
        elif isinstance(block, WriteLines):
            yield Item("lines", count=block.count)
        elif isinstance(block, Table):
            rows = tuple(tuple(each.text for each in row) for row in block.rows)
            yield Item("table", header=tuple(each.text for each in block.header), rows=rows)
        elif isinstance(block, Box):
            yield Item("h2", line(block.title))
            yield from _items(block.blocks)
        else:
            raise TypeError(f"no peer draws a {type(block).__name__}; choose another handout")


def words_of(page: Page) -> str:
    """Return every word that an engine must not lose."""
    items = flat(page)
    cells = (cell for item in items for row in (item.header, *item.rows) for cell in row)
    return "\n".join((*(plain(item.text) for item in items), *cells))
