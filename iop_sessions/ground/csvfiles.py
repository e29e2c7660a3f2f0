"""Read any table that Excel or a person saved as rows of text, and write ours back in one canonical form."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from iop_sessions.ground import cells
from iop_sessions.ground.english import counted
from iop_sessions.ground.errors import Place, Problem, did_you_mean

LARGEST_FILE = 20_000_000
"""Bytes; a curriculum table is a few hundred kilobytes at most."""
BOM = b"\xef\xbb\xbf"
LINE_END = re.compile("\r\n|\r|\n")
SAVE_AS_CSV = "open it in Excel and save it as 'CSV UTF-8'"
DISGUISES: dict[bytes, tuple[str, str]] = {
    b"pk\x03\x04": ("an Excel or Word file", SAVE_AS_CSV),
    b"\xd0\xcf\x11\xe0": ("an old Excel or Word file", SAVE_AS_CSV),
    b"%pdf": ("a PDF file", "save the table as 'CSV UTF-8' and put it here"),
    b"<html": ("a web page", "download the file itself, not the page that shows it"),
    b"<!doctype": ("a web page", "download the file itself, not the page that shows it"),
    b"<?xml": ("an XML file", SAVE_AS_CSV),
    b"version https://git-lfs": ("a pointer to a large file, not the file", "fetch the file: git lfs pull"),
}


def read_bytes(path: Path, name: str) -> tuple[bytes, list[Problem]]:
    """Read a file's bytes, or say why it is no table."""
    try:
        if path.is_dir():
            return b"", [
                Problem(Place(name), "this is a folder, not a file", "move it away, and put the file here")
            ]
        if path.stat().st_size > LARGEST_FILE:
            message = f"the file is larger than {LARGEST_FILE // 1_000_000} MB"
            return b"", [Problem(Place(name), message, "split it")]
        data = path.read_bytes()
    except FileNotFoundError:
        remedy = "put it back, or copy it from a new workspace"
        return b"", [Problem(Place(name), "there is no such file", remedy)]
    except OSError:
        remedy = "is it open in Excel? close it and try again"
        return b"", [Problem(Place(name), "the file cannot be opened", remedy)]
    start = data[:1000].removeprefix(BOM).lstrip().lower()
    found = [disguise for mark, disguise in DISGUISES.items() if start.startswith(mark)]
    return data, [Problem(Place(name), f"this is {what}", remedy) for what, remedy in found]


def decode(data: bytes, name: str) -> tuple[str, list[Problem]]:
    """Turn bytes into text: UTF-8 first, then what Windows writes."""
    wide = _wide_encoding(data)
    if wide:
        note = Problem(Place(name), "read as Excel's 'Unicode Text'", "save it as 'CSV UTF-8'", "warning")
        return data.decode(wide, errors="replace").removeprefix("\ufeff"), [note]
    data = data.removeprefix(BOM)
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as fault:
        text = data.decode("cp1252", errors="replace")
        return text, [_windows_note(text, fault.start, name)]


def _wide_encoding(data: bytes) -> str:
    """Recognise two bytes a letter, with the mark at the start or without."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if data[1:4:2] == b"\0\0" and data[0] and data[2]:
        return "utf-16-le"
    return "utf-16-be" if data[0:3:2] == b"\0\0" and data[1] and data[3:4] != b"\0" else ""


def _windows_note(text: str, start: int, name: str) -> Problem:
    number = len(LINE_END.findall(text[:start]))
    sample = LINE_END.split(text)[number].strip()[:60]
    message = f"read as Windows text: check this line: {sample}"
    return Problem(Place(name, number + 1), message, "save the file as 'CSV UTF-8'", "warning")


MOST_LINES_IN_A_CELL = 40
LINES_TO_A_HEADER = 6  # a title or two may stand above it
DELIMITERS = ",;\t|"
OPEN_QUOTE = ("a quote opens here and is not closed", 'add the closing "')
STRAY_TEXT = ("text stands after a closing quote", 'write a quote inside a cell twice: ""')
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
            fault = OPEN_QUOTE if physical[at].count('"') % 2 else STRAY_TEXT
            yield Line(at + 1, physical[at].split(delimiter), fault)
            at += 1


def _delimiter(physical: list[str], columns: Sequence[str]) -> str:
    """Find what parts the cells: that which shows most of the columns we know."""

    def known(delimiter: str) -> int:
        tops = islice(_cut(physical, delimiter), LINES_TO_A_HEADER)
        return max(sum(name in columns for name in line.names) for line in tops)

    there = [mark for mark in DELIMITERS if any(mark in line for line in physical)]
    return max(there or DELIMITERS, key=known)


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
    data: bytes, name: str, columns: Sequence[str], required: Iterable[str], *, may_be_empty: bool = True
) -> RawTable:
    """Read a table's rows as text, of the columns it may have and those it must have.

    The name is the file as the user knows it, in every problem. One that ``may_be_empty`` is warned of.
    """
    text, problems = decode(data, name)
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


@dataclass(frozen=True)
class OwnColumns:
    """The columns of a table that a person added, in their order, with their cells by the key of the row."""

    names: tuple[str, ...] = ()
    cells: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, key: str) -> tuple[str, ...]:
        """Return the cells of a row; empty ones for a row that nobody wrote any into."""
        return self.cells.get(key, ("",) * len(self.names))


def read_own_columns(path: Path, columns: Sequence[str], key: str) -> OwnColumns:
    """Read the columns of a table that are none of ours; nothing where there is no table."""
    data, problems = read_bytes(path, path.name)
    sheet = _Sheet(path.name, columns, ())
    lines = [] if problems else _lines_of_table(sheet, decode(data, path.name)[0])
    header = lines[0].names if lines else []
    spots = [at for at, name in enumerate(header) if name and name not in columns]
    if not spots or key not in header:
        return OwnColumns()
    names = tuple(cells.tidy(lines[0].cells[at]) for at in spots)
    found: dict[str, tuple[str, ...]] = {}
    for each in lines[1:]:
        row = [*each.cells, *[""] * (len(header) - len(each.cells))]
        own = tuple(cells.unguard_formula(row[at]) for at in spots)
        found.setdefault(cells.tidy(row[header.index(key)]), own)
    return OwnColumns(names, found)


def _lines_of_table(sheet: _Sheet, text: str) -> list[Line]:
    """Cut a text into lines of cells, the header first; nothing where it is no table."""
    expected = ", ".join(sheet.columns)
    if not text.strip(" \t\r\n,;|"):
        sheet.error(0, "", "the file is empty", f"its columns are {expected}")
        return []
    if _merge_marks(sheet, text):
        return []
    lines = split(text, sheet.columns)
    at = header_index(lines, sheet.columns)
    if at is None:
        sheet.error(1, "", "no header line", f"the first line must name the columns {expected}")
        return []
    if at:
        skipped = f"skipped {counted(at, 'line')} above the header"
        sheet.warn(1, "", skipped, "delete what is no row of the table")
    return lines[at:]


def _merge_marks(sheet: _Sheet, text: str) -> bool:
    """Name the lines that a merge left; the rows between them stand twice."""
    lines = [] if "<<<<<<<" not in text else LINE_END.split(text)
    marks = [(number, content) for number, content in enumerate(lines, 1) if MERGE_MARK.match(content)]
    for number, content in marks:
        sheet.error(
            number, "", f"the merge mark {cells.shown(content)}", "keep one version, remove the marks"
        )
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
    message = f"{counted(len(line.cells), 'cell')} where the header has {len(header)}"
    if line.fault[0]:
        return "", *line.fault
    if any(cell.strip() for cell in line.cells[len(header) :]):
        return header[-1], message, 'put text that holds a comma in "quotes"'
    given = header[: len(line.cells)]
    needed = [name for name in header[len(line.cells) :] if name in sheet.required and name not in given]
    return (needed[0], message, "fill in the missing cells") if needed else ("", "", "")


def _cell(sheet: _Sheet, raw: str, place: Place, column: str) -> str:
    """Read one cell; what was lost or broken in it is a problem."""
    if len(raw) > LARGEST_CELL:
        sheet.error(place.line, column, f"the cell holds more than {LARGEST_CELL} letters", "shorten it")
        return ""
    value = cells.tidy(raw)
    if value.startswith("#") and BROKEN_CELL.fullmatch(value):
        sheet.error(place.line, column, f"Excel shows an error here: {value}", "type the value itself")
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
    return BOM + buffer.getvalue().encode("utf-8")
