"""Turn the rows of a table into records, all faults at once, and records back into a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from iop_sessions import csvfiles
from iop_sessions.cells import CellError
from iop_sessions.errors import Place, Problem, ProblemsFound, did_you_mean, errors_of
from iop_sessions.fields import Record, columns_of

RecordType = TypeVar("RecordType", bound=Record)

PRIVATE_COLUMNS = frozenset(
    "client client_name patient name_of_client first_name last_name dob birth birth_date mrn ssn phone address email "
    "insurance diagnosis expediente initials".split()
)
"""Columns that would make a table a patient record (42 CFR Part 2); the table is refused."""


def read_table(record: type[RecordType], path: Path, name: str) -> tuple[list[RecordType], list[Problem]]:
    """Read a CSV file into records; whatever is wrong with it comes back beside them."""
    columns = columns_of(record)
    raw = csvfiles.read_rows(path, name, columns, required_columns(record))
    problems = [*raw.problems, *_private_problems(raw.problems)]
    records = []
    for row in raw.rows:
        made, found = make_record(record, row.cells, row.place)
        problems += found
        records += [made] if made is not None else []
    return records, [*problems, *double_problems(records)]


def required_columns(record: type[Record]) -> list[str]:
    """List the columns a table must have."""
    return [column for column in columns_of(record) if record.model_fields[column].is_required()]


def make_record(
    record: type[RecordType], values: Mapping[str, Any], place: Place
) -> tuple[RecordType | None, list[Problem]]:
    """Make one record, or say for every column what is wrong with it."""
    fields = record.model_fields
    given = {name: value for name, value in values.items() if value != "" or fields[name].is_required()}
    try:
        return record(place=place, **given), []
    except ValidationError as fault:
        return None, [_problem(record, error, place) for error in fault.errors()]


def _problem(record: type[Record], error: ErrorDetails, place: Place) -> Problem:
    column = str(error["loc"][0]) if error["loc"] else ""
    message, remedy = word_error(error, record.model_fields.get(column))
    return Problem(place.at(column), message, remedy)


def word_error(error: ErrorDetails, field: FieldInfo | None) -> tuple[str, str]:
    """Word one fault found by pydantic: what is wrong, and how to mend it."""
    value, kind, context = error.get("input"), error["type"], error.get("ctx", {})
    cause = context.get("error")
    if isinstance(cause, CellError):
        return ("is empty", cause.remedy) if value == "" else (str(cause), cause.remedy)
    if kind in ("missing", "string_too_short", "too_short") or value == "":
        return "is empty", "fill it in"
    if kind == "literal_error":
        return f"'{value}' is not one of the words for it", _choice(str(value), field)
    if kind in ("greater_than_equal", "less_than_equal"):
        low, high = _bounds(field)
        return f"{value} is out of range", f"allowed: {low} to {high}"
    if kind == "string_pattern_mismatch":
        return f"'{value}' is not written as it must be", f"it must match {context.get('pattern')}"
    if kind == "extra_forbidden":
        return "no such setting", ""
    return f"'{value}' is no value for it", str(error["msg"]).lower()


def _choice(value: str, field: FieldInfo | None) -> str:
    words = [str(word) for word in get_args(field.annotation) if word] if field else []
    return did_you_mean(value, words) or f"use one of: {', '.join(words)}"


def _bounds(field: FieldInfo | None) -> tuple[object, object]:
    found: dict[str, object] = {"ge": "", "le": ""}
    pieces = list(field.metadata) if field else []
    for argument in get_args(field.annotation) if field else ():
        pieces += getattr(argument, "__metadata__", ())
    for piece in pieces:
        for part in getattr(piece, "metadata", [piece]):
            found = {name: getattr(part, name, found[name]) for name in found}
    return found["ge"], found["le"]


def _private_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Refuse a table that brings a column for a person; the reader already noted it as unknown."""
    return [
        Problem(each.place, "a column about a person has no place here", "remove it: codes only, in attendance tables")
        for each in problems
        if each.place.column.casefold().replace(" ", "_") in PRIVATE_COLUMNS
    ]


def double_problems(records: Iterable[Record]) -> list[Problem]:
    """Name rows with the same key, and ids that differ only in capitals (one file on Windows)."""
    seen: dict[tuple[str, ...], Record] = {}
    found = []
    for record in records:
        identity = record.identity()
        folded = tuple(part.casefold() for part in identity)
        first = seen.setdefault(folded, record)
        if first is record:
            continue
        same = first.identity() == identity
        what = "stands already" if same else f"differs only in capitals from '{'/'.join(first.identity())}'"
        message = f"'{'/'.join(identity)}' {what} at line {first.place.line}"
        found.append(Problem(record.place.at(record.key_columns[-1]), message, "give one of them another id"))
    return found


def table_bytes(record: type[Record], records: Iterable[Record]) -> bytes:
    """Write records as a canonical table."""
    columns = columns_of(record)
    return csvfiles.write_rows(columns, ([str(value) for value in cells_of(each).values()] for each in records))


def cells_of(record: Record) -> dict[str, str]:
    """Return a record's cells as text, empty where the value is the empty default."""
    values = record.model_dump(mode="json")
    return {
        column: "" if _left_out(record, column) else str(values[column]) for column in columns_of(type(record))
    }


def _left_out(record: Record, column: str) -> bool:
    value, default = getattr(record, column), type(record).model_fields[column].default
    return value in ("", None, ()) or (value == 0 and default == 0 and default is not False and not isinstance(value, bool))


def require(problems: Iterable[Problem]) -> list[Problem]:
    """Return the warnings, or raise every problem when one of them is an error."""
    listed = list(problems)
    if errors_of(listed):
        raise ProblemsFound(listed)
    return listed
