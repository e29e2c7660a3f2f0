"""Hold what was read from a Markdown file: units of text with their place, sections, the whole document."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import Literal

from iop_sessions.ground.blocks import Block, Heading
from iop_sessions.ground.errors import Place

UnitKind = Literal["heading", "paragraph", "item", "cell"]


@dataclass(frozen=True)
class Unit:
    """One piece of text that reading grade and wording are judged on."""

    text: str
    place: Place
    kind: UnitKind = "paragraph"


@dataclass(frozen=True)
class Placed:
    """A block and the line of the file where it starts."""

    line: int
    block: Block


@dataclass(frozen=True)
class Section:
    """What stands under one second-level heading; a guide's segments carry their number, all else 0."""

    number: int
    title: str
    line: int
    placed: tuple[Placed, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Return the blocks without their lines."""
        return tuple(each.block for each in self.placed)

    @property
    def heading(self) -> str:
        """Return the heading as it was written."""
        return f"{self.number} {self.title}" if self.number else self.title


@dataclass(frozen=True)
class Document:
    """A handout or a guide, read and checked."""

    file: str
    purpose: str = ""
    translator: str = ""
    translated_from: str = ""  # sha256 of the English text it says the same as
    sections: tuple[Section, ...] = ()
    units: tuple[Unit, ...] = ()  # headings too; the purpose line is the first
    digest: str = ""  # sha256 of its own file, line ends as on Linux

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Return every block in reading order, the section headings among them."""
        parts = ((Heading(2, section.heading), *section.blocks) for section in self.sections)
        return tuple(chain.from_iterable(parts))

    def section(self, title: str) -> Section | None:
        """Find the section with a title."""
        return next((section for section in self.sections if section.title == title), None)
