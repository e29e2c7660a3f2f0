"""Pandoc, one run a document, from the Markdown of the page."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator

from engines.content import BOX, Item, flat
from iop_sessions.ground.blocks import Page

MARKS = {"h1": "# ", "h2": "## ", "h3": "### ", "bullets": "- ", "steps": "1. ", "boxes": f"- {BOX}"}
RULE = "\\_" * 60


def draw(pages: Iterable[Page]) -> Iterator[bytes]:
    return (_draw(page) for page in pages)


def _draw(page: Page) -> bytes:
    """Draw without write-on rows and without a page number: neither is in pandoc's Markdown."""
    text = "\n".join(map(_markdown, flat(page))) + "\n\n" + "\n\n".join(page.footer)
    order = ["pandoc", "--from", "markdown-auto_identifiers", "--to", "docx", "--output", "-"]
    done = subprocess.run(
        [*order, "-M", f"title={page.title}"], input=text.encode(), check=True, capture_output=True
    )
    return done.stdout


def _markdown(item: Item) -> str:
    if item.kind == "lines":
        return "\n" + "\n\n".join([RULE] * item.count) + "\n"
    if item.kind == "table":
        rows = (item.header, ("---",) * len(item.header), *item.rows)
        return "\n" + "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"
    words = "".join(f"**{span.text.strip()}** " if span.bold else span.text for span in item.text)
    listed = item.kind in ("bullets", "steps", "boxes")
    mark = MARKS.get(item.kind, "")
    return f"{mark}{words}" if listed else f"\n{mark}{words}\n"
