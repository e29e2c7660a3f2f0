"""Write the data dictionary from the records themselves, so that it cannot go stale."""

from __future__ import annotations

import sys
from typing import Annotated, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from iop_sessions.curriculum.loading import TABLES
from iop_sessions.ground import fields
from iop_sessions.ground.fields import Record, Refers, columns_of
from iop_sessions.plans.plan import Session

HEAD = """# The tables of a curriculum

Made by `python tools/make_dictionary.py` from the records the program reads; a test compares the two.
Do not edit it by hand.

Tables are plain CSV, at home in Excel. Save them as "CSV UTF-8". Cells with several values separate them by
`; `; yes-or-no cells say yes or no; dates are written 2027-01-04, times 17:30. `iop-sessions check` names
every fault at once.

Beside the tables stand `curriculum.toml` (id, version, in_force_from), `guides/en/RP-01.md` (one guide a
topic), `handouts/en/RP-01a.md` (one file a handout) and `programs/*.toml` (programs to copy and edit).
"""
KINDS = {
    fields.YesNo: "yes or no", fields.Whole: "whole number", fields.Minutes: "minutes",
    fields.Percent: "percent", fields.Day: "date", fields.PlanDay: "date", fields.MaybeDay: "date, or empty",
    fields.Clock: "time", fields.Color: "#RRGGBB",
    fields.Lengths: "minutes, several", fields.Identifier: "id", fields.Identifiers: "ids, several",
    fields.Number: "number", fields.Texts: "texts, several", fields.Level: "1, 2 or 3",
}  # fmt: skip


def dictionary() -> str:
    """Return the data dictionary as Markdown."""
    parts = [HEAD, *(_table(record, f"`{record.table}.csv`") for record in TABLES)]
    return "\n".join([*parts, _table(Session, "`plans/<plan>/plan.csv`")])


def _table(record: type[Record], name: str) -> str:
    purpose = (record.__doc__ or "").strip().splitlines()[0]
    key = ", ".join(f"`{column}`" for column in record.key_columns)
    rows = [_row(column, record.model_fields[column]) for column in columns_of(record)]
    head = ["| column | holds | meaning |", "|---|---|---|"]
    return "\n".join([f"## {name}", "", f"{purpose} One row for each {key}.", "", *head, *rows, ""])


def _row(column: str, field: FieldInfo) -> str:
    needed = "" if field.is_required() else " (may be empty)"
    return f"| `{column}` | {_kind(field)}{needed} | {field.description} |"


def _kind(field: FieldInfo) -> str:
    refers = next((piece for piece in field.metadata if isinstance(piece, Refers)), None)
    if refers is not None:
        many = "ids" if get_origin(field.annotation) is tuple else "id"
        return f"{many} of `{refers.table}.csv`"
    words = _words(field.annotation)
    return f"one of: {', '.join(words)}" if words else _named_kind(field)


def _words(annotation: object) -> list[str]:
    if get_origin(annotation) is not Literal:
        return []
    return [str(word) for word in get_args(annotation) if word]


def _named_kind(field: FieldInfo) -> str:
    """Name a kind of cell by the reader it passes through."""
    pieces = tuple(map(repr, field.metadata))
    for annotated, words in KINDS.items():
        base, *metadata = get_args(annotated) if get_origin(annotated) is Annotated else (annotated,)
        if base == field.annotation and pieces and pieces == _flat(metadata):
            return words
    return "text"


def _flat(metadata: list[object]) -> tuple[str, ...]:
    """Spell out metadata the way pydantic keeps it: the constraints of a Field one by one."""
    found: list[str] = []
    for piece in metadata:
        found += map(repr, piece.metadata) if isinstance(piece, FieldInfo) else [repr(piece)]
    return tuple(found)


if __name__ == "__main__":
    # As bytes: the same file on every system, whatever its console speaks.
    sys.stdout.buffer.write(dictionary().encode("utf-8"))
