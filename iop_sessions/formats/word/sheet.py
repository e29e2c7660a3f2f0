"""Hold what is known while one document is drawn: its page, its styles, its running numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from iop_sessions.formats.word.xml import Element
from iop_sessions.ground.blocks import NewPart, Page
from iop_sessions.ground.colors import INK, tint
from iop_sessions.ground.text import clean

TWIPS_A_POINT = 20
_TWIPS_A_MM = 1440 / 25.4
_PAPER = {"letter": (12240, 15840), "a4": (11906, 16838)}  # ANSI and ISO 216, in twips
LARGE_PRINT_MARGIN = 1440
_WORDS = {
    "en": {
        "page": "Page ", "of": " of ", "part_page": "{label}, page ",
        "lines": "Lines to write on", "cards": "Cards to cut out",
        "scale": "Scale from {low} to {high}: circle one number", "columns": "Columns: {names}.",
        "circle": "Circle one number:", "more": "More room to write:",
    },
    "es": {
        "page": "Página ", "of": " de ", "part_page": "{label}, página ",
        "lines": "Líneas para escribir", "cards": "Tarjetas para recortar",
        "scale": "Escala de {low} a {high}: marque un número con un círculo", "columns": "Columnas: {names}.",
        "circle": "Marque un número con un círculo:", "more": "Más espacio para escribir:",
    },
}  # fmt: skip


def twips(millimetres: float) -> int:
    """Return a length in Word's unit, a twentieth of a point."""
    return round(millimetres * _TWIPS_A_MM)


@dataclass
class Sheet:
    """The document being drawn; its counters grow as blocks are added."""

    page: Page
    style_ids: Mapping[str, str]
    first_steps: int
    width: int  # of the text, in twips
    step_lists: int = 0
    controls: int = 0
    heading: int = 0  # the level of the last heading; 0 before the title
    break_next: bool = False
    room_next: int = 0  # twips above the next paragraph, for one that follows a table
    above: int = 0  # what staff put above the body, in nodes
    parts: list[NewPart] = field(default_factory=list)  # that have begun
    ends: list[Element] = field(default_factory=list)  # where a section ends, but for the last one

    def word(self, key: str, **values: object) -> str:
        """Return one of the drawer's own few words in the page's language."""
        spoken = _WORDS.get(self.page.language.partition("-")[0], _WORDS["en"])
        return spoken[key].format(**values)

    def next_steps(self) -> str:
        """Return a new list number, so that its steps start at 1."""
        self.step_lists += 1
        return str(self.first_steps + self.step_lists - 1)

    def next_control(self) -> str:
        """Return a new id for a content control."""
        self.controls += 1
        return str(1000 + self.controls)

    def take_break(self) -> bool:
        """Tell whether the next paragraph starts a new sheet; true once for each break."""
        due, self.break_next = self.break_next, False
        return due

    def take_room(self) -> int | None:
        """Return the room that the next paragraph needs above it; once."""
        room, self.room_next = self.room_next, 0
        return room or None

    @property
    def color(self) -> str:
        """The colour of badges and bars."""
        return self.page.color or INK

    @property
    def ground(self) -> str:
        """The tint of header rows and boxes."""
        return tint(self.color)

    @property
    def line_height(self) -> int:
        """The height of a line to write on: 9 mm, in large print 11 mm (paper.md)."""
        return twips(11 if self.page.large_print else 9)


def paper_size(page: Page) -> tuple[int, int]:
    """Return the width and height of the sheet, in twips."""
    narrow, long = _PAPER[page.paper]
    return (long, narrow) if page.landscape else (narrow, long)


def column_widths(
    shares: tuple[float, ...], count: int, width: int, least: Sequence[int] | None = None
) -> list[int]:
    """Divide the text's width among columns by their shares, none narrower than its longest word needs.

    Where the words need more than there is, each column is as much too narrow: the needs are guessed on the
    safe side, and one narrow column alone would break its words first.
    """
    parts = list(shares[:count]) + [1.0] * (count - len(shares)) if shares else [1.0] * count
    whole = sum(parts) or 1.0
    widths = [int(width * part / whole) for part in parts]
    if least is not None:
        most = min(1.0, width / (sum(least) or 1))
        widths = _widened(widths, [int(need * most) for need in least])
    return [*widths[:-1], width - sum(widths[:-1])]


def _widened(widths: list[int], least: Sequence[int]) -> list[int]:
    """Give narrow columns what they lack; the others pay by what they can spare."""
    lack = sum(max(0, need - width) for width, need in zip(widths, least, strict=True))
    spare = sum(max(0, width - need) for width, need in zip(widths, least, strict=True))
    share = min(1.0, lack / spare) if spare else 0.0
    return [
        need if width < need else width - round((width - need) * share)
        for width, need in zip(widths, least, strict=True)
    ]


def one_line(text: str) -> str:
    """Return clean text without line ends, for names and titles."""
    return " ".join(clean(text).split())
