"""What a page is made of: frozen blocks of clean text, the same for Word and HTML."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from iop_sessions.ground.fields import Label


NO_BREAK = "\u00a0"
_BREAKS = re.compile(r"[ \t\n]+")
# Control characters, halves of a character, characters that are none, and marks that turn text around:
# XML refuses most of them, and Word shows the rest as boxes or reorders what follows.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\u200b\ufeff\u202a-\u202e\u2066-\u2069]"
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]"
)

_FIRM = re.compile(
    r"\b(?:Room|Sala) (?=[A-Z0-9])"  # Room A
    r"|(?<=\d) (?=[ap]\.?m\b|(?:h|min)\b|%)"  # 7:50 pm, 9 p.m., 9 h, 30 min
    r"|\b(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sep(?:t|tember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.? (?=\d\d?\b)"  # Jan 6, but not May 2027
    r"|(?<=\d) de (?=(?:ene(?:ro)?|feb(?:rero)?|mar(?:zo)?|abr(?:il)?|mayo?|jun(?:io)?|jul(?:io)?|ago(?:sto)?"
    r"|sep(?:tiembre)?|oct(?:ubre)?|nov(?:iembre)?|dic(?:iembre)?)\b)"
)


def clean(text: str) -> str:
    """Remove what no page can show; every kind of line end becomes a line feed."""
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", _UNWANTED.sub("", _LINE_ENDS.sub("\n", text)))


def firm(text: str) -> str:
    """Join what a line must not part: a number and its am, pm, h or min; a month and its day; Room A."""
    return _FIRM.sub(lambda found: found[0].replace(" ", NO_BREAK), text)


def words_of(text: str) -> list[str]:
    """List the pieces of a text that a line may part; unlike ``split``, a no-break space parts nothing."""
    return [piece for piece in _BREAKS.split(firm(text)) if piece]


def without_unseen(text: str) -> tuple[str, list[int]]:
    """Remove what no page can show; return the numbers of the lines it stood on, to tell the user."""
    if text.isascii() and text.isprintable():
        return text, []
    lines = re.split("\r\n|[\r\n]", text)
    return _UNWANTED.sub("", text), [number for number, each in enumerate(lines, 1) if _UNWANTED.search(each)]


def reads_right_to_left(text: str) -> bool:
    """Tell whether the first letter with a direction is Hebrew, Arabic or the like."""
    if text.isascii() or not _RIGHT_TO_LEFT.search(text):
        return False
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L"


@dataclass(frozen=True)
class Span:
    """A run of text in one weight."""

    text: str
    bold: bool = False


Line = tuple[Span, ...]
"""One piece of rich text: a sentence, a list item, a table cell."""


def line(text: str, *, bold: bool = False) -> Line:
    """Make a line of one span; empty text makes an empty line."""
    return (Span(text, bold),) if text else ()


def plain(text: Line) -> str:
    """Return the words of a line without their weight."""
    return "".join(span.text for span in text)


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the title and stands once a page."""

    level: int
    text: str
    badge: str = ""  # group type id, drawn as a letter badge before the text


ParagraphStyle = Literal["body", "purpose", "note", "small"]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: body text, the purpose line under a title, a note, or small print."""

    text: Line
    style: ParagraphStyle = "body"


ListKind = Literal["bullets", "steps", "boxes"]


@dataclass(frozen=True)
class ItemList:
    """A list: bullets, numbered steps, or check boxes to tick."""

    kind: ListKind
    items: tuple[Line, ...]


@dataclass(frozen=True)
class WriteLines:
    """Empty ruled lines to write on."""

    count: int


@dataclass(frozen=True)
class Scale:
    """A row of numbered boxes to circle."""

    low: int
    high: int


TableKind = Literal["plain", "script", "log", "schedule", "grid", "run_sheet"]


@dataclass(frozen=True)
class Cell:
    """One table cell: paragraphs of rich text, lists below them, and how they stand out."""

    lines: tuple[Line, ...] = ()
    parts: tuple[Paragraph | ItemList, ...] = ()  # what follows the lines where a list is among it
    tint: str = ""  # fill colour as #RRGGBB
    color: str = ""  # text colour as #RRGGBB
    badge: str = ""  # group type id, drawn as a letter badge before the first line
    small: bool = False  # staff small print: 9 pt instead of the body's size
    header: bool = False  # a row header in a body row

    @property
    def text(self) -> str:
        """Return the words of the cell, one line each."""
        parts = (each.items if isinstance(each, ItemList) else (each.text,) for each in self.parts)
        return "\n".join(plain(each) for each in (*self.lines, *(text for part in parts for text in part)))


def cell(*texts: str, **looks: str | bool) -> Cell:
    """Make a cell from plain strings, one line each."""
    return Cell(tuple(line(text) for text in texts if text), **looks)  # type: ignore[arg-type]  # looks are Cell's own fields


@dataclass(frozen=True)
class Table:
    """A table with a header row that repeats; an empty body cell is room to write."""

    name: str  # the table's name for a screen reader
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    kind: TableKind = "plain"
    widths: tuple[float, ...] = ()  # shares of the text width; empty = equal


BoxKind = Literal["remember", "card", "note", "warning"]


@dataclass(frozen=True)
class Box:
    """A tinted box around some blocks; a ``remember`` box carries its own heading."""

    kind: BoxKind
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class PageBreak:
    """Start a new sheet."""


@dataclass(frozen=True)
class NewPart:
    """Start a part of a bound paper: a new sheet, a footer of its own, and page numbers from 1.

    What stands before the first part keeps the page's own footer. A part starts on the next page, not on the
    next odd one: an odd page would leave blank sheets in every copy that is printed on one side.
    """

    label: str  # "Part 3", before the page's number and in the contents list
    footer: tuple[str, ...] = ()  # lines; the drawer adds the label and the page's number to the first


Block = Heading | Paragraph | ItemList | WriteLines | Scale | Table | Box | PageBreak | NewPart


def walk(blocks: Iterable[Block]) -> Iterable[Block]:
    """Yield every block, those inside boxes too, in reading order."""
    for block in blocks:
        yield block
        if isinstance(block, Box):
            yield from walk(block.blocks)


PageKind = Literal["agenda", "handout", "guide", "coverage", "packet"]


@dataclass(frozen=True)
class Page:
    """One document, ready to be drawn: what it says, in order, and nothing of how Word says it."""

    kind: PageKind
    title: str
    blocks: tuple[Block, ...]
    footer: tuple[str, ...] = ()  # lines; the drawer adds "Page x of y" to the first
    language: str = "en-US"
    paper: Literal["letter", "a4"] = "letter"
    landscape: bool = False
    group_type: str = ""  # colours the page and its badge
    color: str = "#1A1A1A"  # the group type's colour
    large_print: bool = False
    labels: tuple[Label, ...] = ()  # a clinic's own, for the drawer's few words
    template: str = ""  # of its own, used where the clinic has a template of this name; else its kind's
