"""Read any table that Excel or a person saved as rows of text, and write ours back in one canonical form."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from iop_sessions.ground import cells, decoding
from iop_sessions.ground.cutting import (
    Line,
    column_name,
    header_index,
    split,
)
from iop_sessions.ground.errors import Place, Problem, did_you_mean

LARGEST_CELL = 200_000  # letters
MOJIBAKE = re.compile("Ã[©¡³±\u00ad¼º‰“š\u2018]|â€|Â[ °¿¡]")
BROKEN_CELL = re.compile(r"#(REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)|#{4,}")
MERGE_MARK = re.compile("<{7} |>{7} ")


@dataclass(frozen=True)
class Row:
    """The cells of one line by column, with the line they start at."""

    place: Place
    cells: Mapping[str, str]
    sound: bool = True  # else its cells are a guess, good only to tell which row was lost


@dataclass(frozen=True)
class RawTable:
    """The rows of a file as text, and what is wrong with the file itself."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    read: bool = True  # whether it was a table at all


@dataclass
class _Sheet:
    """A file on its way from text to rows, with the problems found so far."""

    name: str
    columns: Sequence[str]
    required: Sequence[str]
    problems: list[Problem] = field(default_factory=list)

    def error(self, line: int, column: str, message: str, remedy: str) -> None:
        self.problems.append(Problem(Place(self.name, line, column), message, remedy))

    def warn(self, line: int, column: str, message: str, remedy: str) -> None:
        self.problems.append(Problem(Place(self.name, line, column), message, remedy, "warning"))


def read_rows(
    path: Path, name: str, columns: Sequence[str], required: Iterable[str], *, may_be_empty: bool = True
) -> RawTable:
    """Read a table's rows as text.

    Parameters
    ----------
    path
        The file.
    name
        The file as the user knows it; stands in every problem.
    columns
        The columns the table may have.
    required
        The columns it must have.
    may_be_empty
        Whether a header without rows is a warning only.
    """
    data, problems = decoding.read_bytes(path, name)
    if problems:
        return RawTable((), tuple(problems), read=False)
    text, problems = decoding.decode(data, name)
    sheet = _Sheet(name, columns, tuple(required), problems)
    lines = _lines_of_table(sheet, text)
    if not lines:
        return RawTable((), tuple(sheet.problems), read=False)
    _check_header(sheet, lines[0])
    rows = tuple(_rows(sheet, lines))
    if not rows:
        note = sheet.warn if may_be_empty else sheet.error
        note(lines[0].number, "", "no rows under the header", "add them")
    return RawTable(rows, tuple(sheet.problems))


def _lines_of_table(sheet: _Sheet, text: str) -> list[Line]:
    """Cut a text into lines of cells, the header first; nothing where it is no table."""
    if not text.strip(" \t\r\n,;|"):
        sheet.error(0, "", "the file is empty", f"its columns are {', '.join(sheet.columns)}")
        return []
    if _merge_marks(sheet, text):
        return []
    lines = split(text, sheet.columns)
    at = header_index(lines, sheet.columns)
    if at is None:
        expected = f"the first line must name the columns {', '.join(sheet.columns)}"
        sheet.error(1, "", "no header line", expected)
        return []
    if at:
        count = "1 line" if at == 1 else f"{at} lines"
        sheet.warn(1, "", f"skipped {count} above the header", "delete what is no row of the table")
    return lines[at:]


def _merge_marks(sheet: _Sheet, text: str) -> bool:
    """Name the lines that a merge left; the rows between them stand twice."""
    lines = [] if "<<<<<<<" not in text else decoding.LINE_END.split(text)
    marks = [(number, content) for number, content in enumerate(lines, 1) if MERGE_MARK.match(content)]
    for number, content in marks:
        message = f"the merge mark {cells.shown(content)}"
        sheet.error(number, "", message, "keep one version, remove the marks")
    return bool(marks)


def _check_header(sheet: _Sheet, line: Line) -> None:
    """Name the columns that stand twice, are unknown or missing."""
    header = line.names
    if line.fault[0]:
        sheet.error(line.number, "", *line.fault)
    for index, column in enumerate(header):
        written = cells.shown(line.cells[index])
        if column and header.index(column) != index:
            sheet.error(line.number, column, f"the column {written} stands twice", "remove one of the two")
        elif column and column not in sheet.columns:
            hint = did_you_mean(column, [name for name in sheet.columns if name not in header])
            message = f"no column {written} in this table: ignored"
            sheet.warn(line.number, written.strip("'"), message, hint or "remove it")
    for column in sheet.required:
        if column not in header:
            hint = did_you_mean(column, [name for name in header if name and name not in sheet.columns])
            remedy = f"is it the column {hint[13:-1]}? rename it" if hint else "add it to the header line"
            sheet.error(line.number, column, f"the column '{column}' is missing", remedy)


def _rows(sheet: _Sheet, lines: list[Line]) -> Iterator[Row]:
    header = lines[0].names
    spots = {name: header.index(name) for name in sheet.columns if name in header}
    for line in lines[1:]:
        if column_name(line.cells[0]) == header[0] and line.names[: len(header)] == header:
            sheet.error(line.number, "", "the header stands here again", "delete the line")
            continue
        place = Place(sheet.name, line.number)
        raw = [*line.cells, *[""] * (len(header) - len(line.cells))]
        _check_headings(sheet, line, header)
        column, message, remedy = _fault_of(sheet, line, header)
        if message:
            sheet.error(line.number, column, message, remedy)
            yield Row(place, {name: cells.tidy(raw[spot]) for name, spot in spots.items()}, sound=False)
        else:
            yield Row(place, {name: _cell(sheet, raw[spot], place, name) for name, spot in spots.items()})


def _check_headings(sheet: _Sheet, line: Line, header: list[str]) -> None:
    """Name what stands under an empty heading, for no column would keep it."""
    for heading, cell in zip(header, line.cells, strict=False):
        if not heading and not line.fault[0] and cells.tidy(cell):
            message = f"a cell without a heading: {cells.shown(cells.tidy(cell))}"
            sheet.error(line.number, "", message, "give the column a name, or clear it")


def _fault_of(sheet: _Sheet, line: Line, header: list[str]) -> tuple[str, str, str]:
    """Say what is wrong with a line as a whole; Excel itself leaves out empty cells at a line's end."""
    count = len(line.cells)
    message = f"{count} {'cell' if count == 1 else 'cells'} where the header has {len(header)}"
    if line.fault[0]:
        return "", *line.fault
    if any(cell.strip() for cell in line.cells[len(header) :]):
        return header[-1], message, 'put text that holds a comma in "quotes"'
    given = header[:count]
    needed = [name for name in header[count:] if name in sheet.required and name not in given]
    return (needed[0], message, "fill in the missing cells") if needed else ("", "", "")


def _cell(sheet: _Sheet, raw: str, place: Place, column: str) -> str:
    """Read one cell; what was lost or broken in it is a problem."""
    if len(raw) > LARGEST_CELL:
        message = f"the cell holds more than {LARGEST_CELL} letters"
        sheet.error(place.line, column, message, "shorten it")
        return ""
    value = cells.tidy(raw)
    if value.startswith("#") and BROKEN_CELL.fullmatch(value):
        message = f"Excel shows an error here: {value}"
        sheet.error(place.line, column, message, "type the value itself")
        return ""
    if not (raw.isascii() and raw.isprintable()):
        _check_marks(sheet, raw, place.at(column))
    if value.startswith(cells.UNSAFE_STARTS):
        remedy = "put an apostrophe before it, or let it start with a word"
        sheet.warn(place.line, column, "looks like a formula: kept as plain text", remedy)
    return cells.unguard_formula(value)


def _check_marks(sheet: _Sheet, raw: str, place: Place) -> None:
    """Name what a wrong way of saving did to the letters of a cell."""
    if "\x00" in raw:
        sheet.error(place.line, place.column, "the cell holds NUL bytes", "type it again")
    elif cells.unseen_marks(raw):
        sheet.warn(place.line, place.column, "letters that cannot be seen were removed", "")
    if found := MOJIBAKE.search(raw):
        message = f"'{found.group()}' is text saved twice in the wrong encoding"
        sheet.error(place.line, place.column, message, "type it again")
    if "\ufffd" in raw:
        sheet.warn(place.line, place.column, "letters were lost here before", "type them again")


def write_rows(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write a table in canonical form: UTF-8 with BOM, LF, least quotes, nothing a spreadsheet runs."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cells.guard_formula(value) for value in row] for row in rows)
    return decoding.BOM + buffer.getvalue().encode("utf-8")
