"""Cut the text of a table into lines of cells, whatever parts them, and find the header among them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from iop_sessions.ground import cells
from iop_sessions.ground.decoding import LARGEST_FILE

MOST_LINES_IN_A_CELL = 40
LINES_TO_A_HEADER = 6  # a title or two may stand above it
DELIMITERS = ",;\t|"
DECLARED = re.compile('"?sep=([,;\t|])"?(\r\n|\r|\n)')


@dataclass(frozen=True)
class Line:
    """The cells of one row, with the number of the line it starts at."""

    number: int
    cells: list[str]
    fault: tuple[str, str] = ("", "")  # what is wrong with its quotes, and the remedy

    @property
    def names(self) -> list[str]:
        """Return the cells as names of columns."""
        return [column_name(cell) for cell in self.cells]


def split(text: str, columns: Sequence[str]) -> list[Line]:
    """Cut text into lines of cells; blank lines are left out."""
    declared = DECLARED.match(text)
    physical = io.StringIO(text, newline="").readlines()
    delimiter = declared.group(1) if declared else _delimiter(physical, columns)
    lines = _cut(physical, delimiter, first=1 if declared else 0)
    return [line for line in lines if any(cell.strip() for cell in line.cells)]


def _cut(physical: list[str], delimiter: str, first: int = 0) -> Iterator[Line]:
    """Cut one row after another, so that a wrong quote spoils its own row alone."""
    csv.field_size_limit(LARGEST_FILE)
    at = first
    while at < len(physical):
        reader = csv.reader(physical[at : at + MOST_LINES_IN_A_CELL], delimiter=delimiter, strict=True)
        try:
            yield Line(at + 1, next(reader))
            at += reader.line_num
        except csv.Error:
            yield Line(at + 1, physical[at].split(delimiter), _quote_fault(physical[at]))
            at += 1


def _quote_fault(text: str) -> tuple[str, str]:
    if text.count('"') % 2:
        return "a quote opens here and is not closed", 'add the closing "'
    return "text stands after a closing quote", 'write a quote inside a cell twice: ""'


def _delimiter(physical: list[str], columns: Sequence[str]) -> str:
    """Find what parts the cells: that which shows most of the columns we know."""

    def known(delimiter: str) -> int:
        tops = islice(_cut(physical, delimiter), LINES_TO_A_HEADER)
        return max(sum(name in columns for name in line.names) for line in tops)

    return max(DELIMITERS, key=known)


def header_index(lines: list[Line], columns: Sequence[str]) -> int | None:
    """Find the line that names the columns: half of its cells are names we know."""
    for index, line in enumerate(lines[:LINES_TO_A_HEADER]):
        names = [name for name in line.names if name]
        if sum(name in columns for name in names) * 2 >= max(len(names), 2):
            return index
    return None


def column_name(cell: str) -> str:
    """Read a heading as the name of a column, however it is spaced and capitalised."""
    return re.sub(r"[\s-]+", "_", cells.tidy(cell).casefold())
