"""Random records of every table, for properties."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, get_args, get_origin

from hypothesis import strategies as st
from pydantic.fields import FieldInfo

from iop_sessions.curriculum.loading import TABLES
from iop_sessions.ground import cells, csvfiles
from iop_sessions.ground.errors import Place
from iop_sessions.ground.fields import Record, columns_of
from iop_sessions.ground.tables import make_record
from iop_sessions.plans.plan import Session

ALL_TABLES = (*TABLES, Session)

IDS = st.from_regex(r"[A-Za-z][A-Za-z0-9_-]{0,8}", fullmatch=True).filter(
    lambda text: text.upper() not in cells.WINDOWS_DEVICES
)
WORDS = (
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
    .map(cells.tidy)
    .filter(lambda text: bool(text) and not is_refused(text))
)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31)).map(date.isoformat)
CELLS: dict[str, st.SearchStrategy[str]] = {
    "read_identifier": IDS,
    "read_list": st.lists(IDS, max_size=3).map("; ".join),
    "read_yes_no": st.sampled_from(["yes", "no"]),
    "read_day": DAYS,
    "_empty_day": DAYS | st.just(""),
    "read_clock": st.times().map(cells.clock_text),
    "read_color": st.from_regex("#[0-9A-F]{6}", fullmatch=True),
    "read_number": st.integers(0, 99_999).map(lambda hundredths: f"{hundredths / 100:.10g}"),
}
"""What a cell can hold, by the reader it passes through."""


def is_refused(text: str) -> bool:
    """Say whether a cell of this text is an error to a reader: an error of Excel's, or text saved twice."""
    found = csvfiles.BROKEN_CELL.fullmatch(text) or csvfiles.MOJIBAKE.search(text) or "\ufffd" in text
    return bool(found) or text.startswith(("<<<<<<<", ">>>>>>>"))


def rows(record: type[Record]) -> st.SearchStrategy[list[Record]]:
    """Draw up to five different records of a table."""
    cell = {column: _cells(record.model_fields[column]) for column in columns_of(record)}
    made = st.fixed_dictionaries(cell).map(lambda values: _made(record, values))
    return st.lists(
        made, min_size=1, max_size=5, unique_by=lambda each: tuple(map(str.casefold, each.identity()))
    )


def _cells(field: FieldInfo) -> st.SearchStrategy[str]:
    if get_origin(field.annotation) is Literal:
        return st.sampled_from([str(word) for word in get_args(field.annotation)])
    readers = [piece.func.__name__ for piece in field.metadata if hasattr(piece, "func")]
    if "read_whole" in readers:
        return st.integers(_bound(field, "ge"), _bound(field, "le")).map(str)
    if "read_list" in readers and get_args(field.annotation)[0] is not str:
        return st.lists(st.integers(1, 480), min_size=1, max_size=3).map(
            lambda found: "; ".join(map(str, found))
        )
    if "read_list" in readers and field.is_required():
        return st.lists(IDS, min_size=1, max_size=3).map("; ".join)
    texts = WORDS if field.is_required() else WORDS | st.just("")
    return next((CELLS[reader] for reader in readers if reader in CELLS), texts)


def _bound(field: FieldInfo, name: str) -> int:
    return next(int(getattr(piece, name)) for piece in field.metadata if hasattr(piece, name))


def _made(record: type[Record], values: dict[str, Any]) -> Record:
    found, problems = make_record(record, values, Place())
    assert found is not None, problems
    return found
