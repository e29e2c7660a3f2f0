"""Read how a Word file lies on its pages once LibreOffice has laid it out.

Words come with their places from pdftotext, rules and grounds from a small picture of pdftoppm.
"""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path

from lxml import etree

from iop_sessions.formats.word.package import Element, w
from tests.lib.outline import HEADINGS, parts_of, text

DENSITY = 24  # dots an inch: a dot is three points
DOT = 72 / DENSITY
WHITE = 250  # of 255: a ground of 8 % is darker
FOLLOWING = 5  # words after a heading, by which its own text is known
WORDS = re.compile(r"\w+")


@dataclass(frozen=True)
class Word:
    """A word in its place, in points from the page's upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Frame:
    """A sheet, and the margins within it, in points."""

    width: float
    height: float
    left: float
    top: float
    right: float
    footer: float  # from the lower edge to the footer
    bordered: bool  # a line runs around the page, outside the margins


@dataclass(frozen=True)
class Leaf:
    """One printed page: the words of its body, those of its small print, and where there is ink."""

    number: int
    width: float
    height: float
    body: tuple[Word, ...]
    small_print: tuple[Word, ...] | None  # None where no footer stands whole
    ink_rows: frozenset[int]
    ink_columns: frozenset[int]

    @property
    def foot(self) -> float:
        """Where the body ends and the small print begins."""
        return min((word.top for word in self.small_print or ()), default=self.height) - DOT

    @cached_property
    def tokens(self) -> Counter[str]:
        """The words of the body, without signs."""
        return counted(word.text for word in self.body)

    @property
    def ink_end(self) -> float:
        """Where the last ink of the body ends."""
        rows = [(row + 1) * DOT for row in self.ink_rows]
        return max((row for row in rows if row <= self.foot), default=0.0)


@dataclass(frozen=True)
class Printed:
    """A Word file, and the pages it makes."""

    document: Element
    leaves: tuple[Leaf, ...]
    frame: Frame

    @property
    def rows(self) -> list[Element]:
        """The rows of all tables."""
        return list(self.document.iter(w("tr")))

    @property
    def headings(self) -> Iterator[tuple[str, Counter[str]]]:
        """The headings outside tables, each with the words that follow it."""
        nodes = [node for node in self.document.iter(w("p"), w("tr")) if not _is_in_a_row(node)]
        for number, node in enumerate(nodes):
            if _style(node) in HEADINGS:
                after = (WORDS.findall(words_of(each)) for each in nodes[number + 1 : number + 4])
                yield words_of(node), Counter(list(chain.from_iterable(after))[:FOLLOWING])

    @property
    def is_bound(self) -> bool:
        """Say whether it is bound of parts, each a section of its own."""
        return len(list(self.document.iter(w("sectPr")))) > 1


def _is_in_a_row(node: Element) -> bool:
    return node.tag == w("p") and any(each.tag == w("tr") for each in node.iterancestors())


def counted(texts: Iterable[str]) -> Counter[str]:
    return Counter(token for each in texts for token in WORDS.findall(each))


def words_of(node: Element) -> str:
    """Return the words of a part of a document, paragraph by paragraph."""
    return " ".join(text(each) for each in node.iter(w("p")))


def _style(paragraph: Element) -> str:
    found = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return str(found.get(w("val"))) if found is not None else "Normal"


def read(data: bytes, pdf: Path) -> Printed:
    """Read a Word file and the PDF made of it."""
    parts = parts_of(data)
    document = etree.fromstring(parts["word/document.xml"])
    footers = [etree.fromstring(parts[name]) for name in sorted(parts) if name.startswith("word/footer")]
    ends = [words_of(each).split() for each in footers]
    pages = zip(_placed_words(pdf), _ink(pdf), strict=True)
    leaves = (_leaf(number, *page, ends) for number, page in enumerate(pages, 1))
    return Printed(document, tuple(leaves), _frame(document))


def _frame(document: Element) -> Frame:
    section = list(document.iter(w("sectPr")))[-1]
    size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    assert size is not None
    assert margins is not None

    def points(node: Element, name: str) -> float:
        return int(node.get(w(name), "0")) / 20

    width = points(size, "w")
    return Frame(
        width,
        points(size, "h"),
        points(margins, "left"),
        points(margins, "top"),
        width - points(margins, "right"),
        points(margins, "footer"),
        section.find(w("pgBorders")) is not None,
    )


def _placed_words(pdf: Path) -> list[tuple[float, float, list[Word]]]:
    done = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True)
    root = etree.fromstring(done.stdout, etree.XMLParser(recover=True, huge_tree=True))
    space = "{http://www.w3.org/1999/xhtml}"
    places = ("xMin", "yMin", "xMax", "yMax")
    return [
        (
            float(page.get("width", "0")),
            float(page.get("height", "0")),
            [
                Word(word.text or "", *(float(word.get(each, "0")) for each in places))
                for word in page.iter(f"{space}word")
            ],
        )
        for page in root.iter(f"{space}page")
    ]


def _ink(pdf: Path) -> list[tuple[frozenset[int], frozenset[int]]]:
    """Return the rows and the columns of dots in which a page is not white."""
    order = ["pdftoppm", "-gray", "-r", str(DENSITY), str(pdf)]
    data = subprocess.run(order, check=True, capture_output=True).stdout
    found = []
    while data:
        head = re.match(rb"P5\s(\d+)\s(\d+)\s255\s", data)
        assert head, "pdftoppm writes one PGM after the other"
        wide, high = int(head[1]), int(head[2])
        dots, data = data[head.end() : head.end() + wide * high], data[head.end() + wide * high :]
        rows = [dots[start : start + wide] for start in range(0, wide * high, wide)]
        columns = (dots[start::wide] for start in range(wide))
        found.append((_dark(rows), _dark(columns)))
    return found


def _dark(lines: Iterable[bytes]) -> frozenset[int]:
    return frozenset(number for number, line in enumerate(lines) if min(line) < WHITE)


def _leaf(
    number: int,
    words: tuple[float, float, list[Word]],
    ink: tuple[frozenset[int], frozenset[int]],
    footers: list[list[str]],
) -> Leaf:
    width, height, placed = words
    ordered = sorted(placed, key=lambda word: (word.bottom, word.left))
    lengths = [len(each) for each in footers if _ends_with(ordered, each)]
    count = max(lengths, default=0)
    split = len(ordered) - count
    small_print = tuple(ordered[split:]) if lengths or not any(footers) else None
    return Leaf(number, width, height, tuple(ordered[:split]), small_print, *ink)


def _ends_with(words: list[Word], footer: list[str]) -> bool:
    """Say whether a page ends with a footer; page numbers differ from one to the next."""
    last = [word.text for word in words[len(words) - len(footer) :]]
    return Counter(map(_numberless, last)) == Counter(map(_numberless, footer))


def _numberless(word: str) -> str:
    return "#" if word.isdigit() else word
