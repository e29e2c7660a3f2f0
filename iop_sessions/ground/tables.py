"""Turn the rows of a table into records, all faults at once, and records back into a table."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from iop_sessions.ground import csvfiles
from iop_sessions.ground.cells import CellError, shown
from iop_sessions.ground.errors import Place, Problem, ProblemsFound, did_you_mean, errors_of
from iop_sessions.ground.fields import Record, columns_of

RecordType = TypeVar("RecordType", bound=Record)
Value = TypeVar("Value")

PRIVATE_HEADINGS = frozenset(["name", "names", "nombre", "nombres"])
PRIVATE_WORDS = frozenset(
    [
        *("attendee", "attendees", "member", "members", "miembro", "miembros", "surname", "surnames"),
        *("participant", "participants", "participante", "participantes", "apellido", "apellidos"),
        *("firstname", "givenname", "middlename", "lastname", "familyname", "fullname", "preferredname"),
        *("dob", "birth", "birthday", "birthdate", "nacimiento", "mrn", "ssn", "socialsecurity"),
        *("recordnumber", "medicalrecord", "expediente", "historiaclinica", "phone", "phones", "telephone"),
        *("mobile", "telefono", "telefonos", "email", "emails", "correo", "address", "addresses"),
        *("direccion", "insurance", "diagnosis", "diagnostico", "initials", "iniciales"),
    ]
)
PRIVATE_STARTS = ("client", "patient", "pacient")
"""Headings, words of headings and starts of words that make a table a patient record (42 CFR Part 2).

A word may be written as up to three: first_name, e-mail, D.O.B.
"""


@dataclass(frozen=True)
class Unread:
    """What a table says in rows that could not be read, so that nothing is judged by their absence."""

    read: bool = True
    values: frozenset[tuple[str, str]] = frozenset()  # column and cell

    def may_say(self, column: str, value: str) -> bool:
        """Say whether a row that was lost may hold this value."""
        return not self.read or (column, value) in self.values


@dataclass(frozen=True)
class TableRead(Generic[RecordType]):
    """The records of a table, what is wrong with it, and what of it is not among the records."""

    records: tuple[RecordType, ...]
    problems: tuple[Problem, ...]
    unread: Unread
    absent: tuple[str, ...] = ()  # columns that the table may have and has not


def read_table(record: type[RecordType], path: Path, name: str) -> tuple[list[RecordType], list[Problem]]:
    """Read a CSV file into records; whatever is wrong with it comes back beside them."""
    found = read_whole_table(record, path, name)
    return list(found.records), list(found.problems)


def read_whole_table(
    record: type[RecordType],
    path: Path,
    name: str,
    settle: Callable[[Mapping[str, str]], Mapping[str, str]] = dict,
) -> TableRead[RecordType]:
    """Read a CSV file into records, its rows settled first, and keep account of the rows that make none."""
    data, problems = csvfiles.read_bytes(path, name)
    return TableRead((), tuple(problems), Unread(False)) if problems else made_of(record, data, name, settle)


def made_of(
    record: type[RecordType], data: bytes, name: str, settle: Callable[[Mapping[str, str]], Mapping[str, str]]
) -> TableRead[RecordType]:
    """Turn the bytes of a table into records."""
    required = required_columns(record)
    raw = csvfiles.read_rows(data, name, columns_of(record), required, may_be_empty=record.may_be_empty)
    problems = [_private_problem(each) for each in raw.problems]
    records, lost = [], set()
    missing = [name for name in columns_of(record) if raw.rows and name not in raw.rows[0].cells]
    absent = set(required) & set(missing)  # the header's problem names them
    told = {each.place for each in errors_of(problems)}
    for row in raw.rows:
        made, found = make_record(record, settle(row.cells), row.place) if row.sound else (None, [])
        problems += [each for each in found if each.place.column not in absent and each.place not in told]
        records += [made] if made is not None else []
        lost |= set(row.cells.items()) if made is None else set()
    unread = Unread(raw.read and absent.isdisjoint(record.key_columns), frozenset(lost))
    problems = sorted([*problems, *double_problems(records)], key=lambda each: each.place.line)
    return TableRead(tuple(records), tuple(problems), unread, tuple(missing))


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
        columns = [(str(error["loc"][0]) if error["loc"] else "", error) for error in errors_in(fault)]
        told = ((column, word_error(error, fields.get(column))) for column, error in columns)
        return None, [Problem(place.at(column), *words) for column, words in told]


def errors_in(fault: ValidationError) -> list[ErrorDetails]:
    """List pydantic's errors; a list is not called too short where its members are what is wrong."""
    errors = fault.errors()
    wrong = {error["loc"][:length] for error in errors for length in range(len(error["loc"]))}
    return [error for error in errors if error["type"] != "too_short" or error["loc"] not in wrong]


def word_error(error: ErrorDetails, field: FieldInfo | None) -> tuple[str, str]:
    """Word one fault found by pydantic: what is wrong, and how to mend it."""
    value, kind, context = error.get("input"), error["type"], error.get("ctx", {})
    cause = context.get("error")
    if isinstance(cause, CellError):
        return ("is empty", cause.remedy) if value == "" else (str(cause), cause.remedy)
    if kind in EMPTY or value == "":
        return "is empty", "fill it in"
    if kind == "literal_error":
        words = [word for word in _words(field.annotation) if word] if field else []
        remedy = did_you_mean(str(value), words) or f"use one of: {', '.join(words)}"
        return f"{shown(value)} is not one of the words for it", remedy
    if kind in ("greater_than_equal", "less_than_equal"):
        return f"{value} is out of range", _range(field, context)
    if kind == "too_long":
        return f"{shown(value)} is too long", f"write at most {context['max_length']}"
    remedy = KINDS.get(kind) or str(error["msg"]).lower()
    return f"{shown(value)} is no value for it", remedy.format(list=_in_brackets(value))


EMPTY = ("missing", "string_too_short", "too_short")
KINDS = {
    "tuple_type": "write a list in square brackets: {list}",
    "string_type": "write text in quotes",
    **dict.fromkeys(("model_type", "dict_type"), "write it as a table of settings"),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), "write a whole number"),
    **dict.fromkeys(("bool_type", "bool_parsing"), "write true or false"),
}
"""Remedies for values of the wrong kind, by pydantic's name of the fault."""


def _in_brackets(value: object) -> str:
    """Write a value as the list that it should be: [6], [1, 4] or ["F1"]."""
    text = str(value)
    if re.fullmatch("[0-9]+(?:[ ,–-]+[0-9]+)?", text):
        return f"[{', '.join(re.findall('[0-9]+', text))}]"
    return f'["{shown(text)[1:-1]}"]'


def _words(annotation: object) -> list[str]:
    """List the words that a field, or each member of a list, may hold."""
    if get_origin(annotation) is Literal:
        return [str(word) for word in get_args(annotation)]
    return [word for part in get_args(annotation) for word in _words(part)]


def _range(field: FieldInfo | None, context: Mapping[str, Any]) -> str:
    """Word the least and the most a field allows; one bound where the fault knows no more."""
    found: dict[str, object] = {"ge": context.get("ge"), "le": context.get("le")}
    pieces = list(field.metadata) if field else []
    for argument in get_args(field.annotation) if field else ():
        pieces += getattr(argument, "__metadata__", ())
    for piece in pieces:
        for part in getattr(piece, "metadata", [piece]):
            found = {name: getattr(part, name, found[name]) for name in found}
    least, most = found["ge"], found["le"]
    if least is not None and most is not None:
        return f"allowed: {least} to {most}"
    return f"allowed: {least} or more" if most is None else f"allowed: {most} or less"


def is_private(heading: str) -> bool:
    """Say whether a heading asks for something about a person, however it is spelt."""
    plain = "".join(
        mark for mark in unicodedata.normalize("NFKD", heading) if not unicodedata.combining(mark)
    )
    spaced = re.sub("(?<=[a-z])(?=[A-Z])", " ", plain)
    words = re.findall("[a-z]+", re.sub("['\u2018\u2019\u02bc]s?\\b", " ", spaced.casefold()))
    runs = {"".join(words[at : at + length]) for at in range(len(words)) for length in (1, 2, 3)}
    started = any(word.startswith(PRIVATE_STARTS) for word in words)
    return started or " ".join(words) in PRIVATE_HEADINGS or not runs.isdisjoint(PRIVATE_WORDS)


def _private_problem(problem: Problem) -> Problem:
    """Refuse a column for a person, which the reader noted as unknown; other problems stay as they are."""
    if not is_of_unknown_column(problem) or not is_private(problem.place.column):
        return problem
    message = f"a column about a person, {shown(problem.place.column)}, has no place here"
    return Problem(problem.place, message, "remove it: this table holds no client's data")


def is_of_unknown_column(problem: Problem) -> bool:
    """Say whether a problem is that a table has a column more than we read."""
    return problem.level == "warning" and problem.message.startswith("no column ")


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
        remedy = "give one of them another id" if len(identity) == 1 else "remove one of them"
        found.append(Problem(record.place.at(record.key_columns[-1]), message, remedy))
    return found


def table_bytes(record: type[Record], records: Iterable[Record]) -> bytes:
    """Write records as a canonical table."""
    return csvfiles.write_rows(columns_of(record), ([*cells_of(each).values()] for each in records))


def cells_of(record: Record) -> dict[str, str]:
    """Return a record's cells as text, empty where the value is the empty default."""
    values = record.model_dump(mode="json")
    columns = columns_of(type(record))
    return {column: "" if _left_out(record, column) else str(values[column]) for column in columns}


def _left_out(record: Record, column: str) -> bool:
    value, default = getattr(record, column), type(record).model_fields[column].default
    zero = value == 0 and default == 0 and default is not False and not isinstance(value, bool)
    return value in ("", None, ()) or zero


def require(problems: Iterable[Problem]) -> list[Problem]:
    """Return the warnings, or raise every problem when one of them is an error."""
    listed = list(problems)
    if errors_of(listed):
        raise ProblemsFound(listed)
    return listed


def require_one(found: tuple[Value | None, list[Problem]]) -> Value:
    """Return what was read from a file, or raise every problem that kept it from being read."""
    value, problems = found
    if value is None:
        raise ProblemsFound(problems)
    return value
