"""This package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from iop_sessions.formats import word
from iop_sessions.ground.blocks import Page

TEMPLATES = Path(__file__).parents[2] / "templates"


def draw(pages: Iterable[Page]) -> Iterator[bytes]:
    return (word.draw(page, TEMPLATES) for page in pages)
