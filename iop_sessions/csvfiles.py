"""Read any table that Excel or a person saved as rows of text, and write ours back in one canonical form."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from iop_sessions import cells
from iop_sessions.errors import Place, Problem, did_you_mean

LARGEST_FILE = 20_000_000
"""Bytes; a curriculum table is a few hundred kilobytes at most."""
LARGEST_CELL = 200_000
MOST_LINES_IN_A_CELL = 40
DISGUISES = {
    b"PK\x03\x04": "an Excel or Word file",
    b"%PDF": "a PDF file",
    b"version https://git-lfs": "a pointer to a large file, not the file",
    b"<html": "a web page",
    b"<!DOCTYPE": "a web page",
    b"<<<<<<<": "a file with unresolved merge marks",
}
MOJIBAKE = re.compile("Ã[©¡³±\u00ad¼]|â€[™œ\u009d“”]|Â[ °]")
BROKEN_CELL = re.compile(r"#(REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)|#{4,}")


@dataclass(frozen=True)
class Row:
    """The cells of one line by column, with the line they start at."""

    place: Place
    cells: Mapping[str, str]


@dataclass(frozen=True)
class RawTable:
    """The rows of a file as text, and what is wrong with the file itself."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


def read_rows(path: Path, name: str, columns: Sequence[str], required: Iterable[str]) -> RawTable:
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
    """
    data, problems = _bytes_of(path, name)
    if problems:
        return RawTable((), tuple(problems))
    return read_text_rows(*decode(data, name), name=name, columns=columns, required=required)


def _bytes_of(path: Path, name: str) -> tuple[bytes, list[Problem]]:
    place = Place(name)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return b"", [Problem(place, "there is no such file", "put it back, or copy it from a new workspace")]
    except OSError:
        return b"", [Problem(place, "the file cannot be opened", "is it open in Excel? close it and try again")]
    if len(data) > LARGEST_FILE:
        return b"", [Problem(place, f"the file is larger than {LARGEST_FILE // 1_000_000} MB", "split it")]
    for start, what in DISGUISES.items():
        if data.lstrip().lower().startswith(start.lower()):
            return b"", [Problem(place, f"this is {what}", "save it as 'CSV UTF-8' and try again")]
    return data, []


def decode(data: bytes, name: str) -> tuple[str, list[Problem]]:
    """Turn bytes into text: UTF-8 first, then what Windows writes."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16"), []
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        number = data[: fault.start].count(b"\n") + 1
        text = data.decode("cp1252", errors="replace")
        sample = text.splitlines()[number - 1].strip()[:60]
        message = f"read as Windows text: check this line: {sample}"
        return text, [Problem(Place(name, number), message, "save the file as 'CSV UTF-8'", "warning")]
    return text, []


def read_text_rows(
    text: str, problems: list[Problem], *, name: str, columns: Sequence[str], required: Iterable[str]
) -> RawTable:
    """Read rows from text; every fault of the file's shape is a problem."""
    found = [*problems, *_text_problems(text, name)]
    if not text.replace(",", "").replace(";", "").strip():
        return RawTable((), (*found, Problem(Place(name), "the file is empty", f"its columns are {', '.join(columns)}")))
    lines = _split(text, name, found)
    header_at = _header_index(lines, columns)
    if header_at is None:
        found.append(Problem(Place(name, 1), "no header line", f"the first line must name the columns {', '.join(columns)}"))
        return RawTable((), tuple(found))
    if header_at:
        found.append(Problem(Place(name, 1), f"skipped {header_at} lines above the header", "", "warning"))
    header = [_column_name(cell) for cell in lines[header_at][1]]
    found += _header_problems(header, lines[header_at], Place(name, lines[header_at][0]), columns, required)
    rows = _rows(lines[header_at + 1 :], header, name, columns, found)
    if not rows:
        found.append(Problem(Place(name, lines[header_at][0]), "no rows under the header", "", "warning"))
    return RawTable(tuple(rows), tuple(found))


def _text_problems(text: str, name: str) -> list[Problem]:
    found = []
    for number, content in enumerate(text.splitlines(), 1):
        place = Place(name, number)
        if "\x00" in content:
            found.append(Problem(place, "the line holds NUL bytes", "save the file as 'CSV UTF-8' again"))
        if match := MOJIBAKE.search(content):
            found.append(Problem(place, f"'{match.group()}' is text saved twice in the wrong encoding", "type it again"))
        if "\ufffd" in content:
            found.append(Problem(place, "letters were lost here before", "type them again", "warning"))
    return found


def _split(text: str, name: str, found: list[Problem]) -> list[tuple[int, list[str]]]:
    """Split text into cells; each line carries the number of its first line in the file."""
    declared = re.match(r"sep=(.)\r?\n", text)
    delimiter = declared.group(1) if declared else _delimiter(text)
    body = text[declared.end() :] if declared else text
    skipped = 1 if declared else 0
    _unclosed_quote(body, delimiter, skipped, name, found)
    csv.field_size_limit(LARGEST_FILE)
    reader = csv.reader(io.StringIO(body.replace("\x00", ""), newline=""), delimiter=delimiter)
    lines, start = [], 1
    for row in reader:
        lines.append((start + skipped, row))
        start = reader.line_num + 1
    return [(number, row) for number, row in lines if any(cell.strip() for cell in row)]


def _delimiter(text: str) -> str:
    first = next((content for content in text.splitlines() if content.strip(",;\t ")), "")
    return max(",;\t", key=first.count)


def _unclosed_quote(body: str, delimiter: str, skipped: int, name: str, found: list[Problem]) -> None:
    """Name the line where a quote opened that swallows a large part of the file."""
    inside, opened, line, previous = False, 0, 1 + skipped, delimiter
    for mark in body:
        if mark == '"' and (inside or previous in (delimiter, "\n", "\r")):
            inside, opened = not inside, line
        elif mark == '"' and previous == '"':
            inside = True
        line += mark == "\n"
        previous = mark
        if inside and line - opened > MOST_LINES_IN_A_CELL:
            break
    if inside:
        found.append(Problem(Place(name, opened), "a quote opens here and is not closed", 'add the closing "'))


def _header_index(lines: list[tuple[int, list[str]]], columns: Sequence[str]) -> int | None:
    known = {_column_name(column) for column in columns}
    for index, (_, row) in enumerate(lines[:6]):
        names = [_column_name(cell) for cell in row if cell.strip()]
        if sum(name in known for name in names) * 2 >= max(len(names), 2):
            return index
    return None


def _column_name(cell: str) -> str:
    return re.sub(r"[\s-]+", "_", cells.tidy(cell).casefold())


def _header_problems(
    header: list[str], first: tuple[int, list[str]], place: Place, columns: Sequence[str], required: Iterable[str]
) -> list[Problem]:
    found = []
    for index, column in enumerate(header):
        written = first[1][index].strip()
        if column and header.index(column) != index:
            found.append(Problem(place.at(column), f"the column '{written}' stands twice", "remove one of the two"))
        elif column and column not in columns:
            hint = did_you_mean(column, [name for name in columns if name not in header])
            found.append(Problem(place.at(written), f"no column '{written}' in this table: ignored", hint, "warning"))
    for column in required:
        if column not in header:
            hint = did_you_mean(column, [name for name in header if name not in columns])
            remedy = f"is it the column {hint[13:-1]}? rename it" if hint else "add it to the header line"
            found.append(Problem(place.at(column), f"the column '{column}' is missing", remedy))
    return found


def _rows(
    lines: list[tuple[int, list[str]]], header: list[str], name: str, columns: Sequence[str], found: list[Problem]
) -> list[Row]:
    rows = []
    for number, raw in lines:
        place = Place(name, number)
        if [_column_name(cell) for cell in raw] == header:
            found.append(Problem(place, "the header stands here again", "delete the line"))
        elif len(raw) > len(header) and any(cell.strip() for cell in raw[len(header) :]):
            message = f"{len(raw)} cells where the header has {len(header)}"
            found.append(Problem(place, message, 'put text that holds a comma in "quotes"'))
        else:
            values = [*raw, *[""] * (len(header) - len(raw))]
            rows.append(Row(place, _cells(dict(zip(header, values, strict=False)), place, columns, found)))
    return rows


def _cells(raw: dict[str, str], place: Place, columns: Sequence[str], found: list[Problem]) -> dict[str, str]:
    values = {}
    for column in columns:
        if column not in raw:
            continue
        text = raw[column]
        if len(text) > LARGEST_CELL:
            found.append(Problem(place.at(column), f"the cell holds more than {LARGEST_CELL} letters", "shorten it"))
            text = ""
        if cells.unseen_marks(text):
            found.append(Problem(place.at(column), "letters that cannot be seen were removed", "", "warning"))
        value = cells.unguard_formula(cells.tidy(text))
        if BROKEN_CELL.fullmatch(value):
            found.append(Problem(place.at(column), f"Excel shows an error here: {value}", "type the value itself"))
            value = ""
        elif value == text.strip() and value.startswith(cells.UNSAFE_STARTS):
            found.append(Problem(place.at(column), "looks like a formula: kept as plain text", "", "warning"))
        values[column] = value
    return values


def write_rows(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write a table in canonical form: UTF-8 with BOM, LF, quotes only where needed, nothing a spreadsheet runs."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cells.guard_formula(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + buffer.getvalue().encode("utf-8")
