"""What Excel makes of our tables when a person opens and saves them, in the United States and in Germany."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iop_sessions.curriculum.loading import TABLES
from iop_sessions.ground.fields import Record
from iop_sessions.ground.tables import read_table, table_bytes
from iop_sessions.plans.plan import Session, plan_bytes, read_sessions
from tests.lib.examples import FEW, MANY
from tests.lib.faults import BAD
from tests.lib.rows import rows

MONDAY = date(2027, 1, 4)


def american(cell: str) -> str:
    """Write a cell as Excel of the United States does, once it took it for a date, a time or a truth."""
    if found := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", cell):
        return f"{int(found[2])}/{int(found[3])}/{found[1]}"
    if found := re.fullmatch(r"(\d\d):(\d\d)", cell):
        hour = int(found[1])
        return f"{(hour - 1) % 12 + 1}:{found[2]}:00 {'AM' if hour < 12 else 'PM'}"
    return {"yes": "TRUE", "no": "FALSE"}.get(cell, cell)


def american_short(cell: str) -> str:
    """Write a cell as Excel does where the computer shows 24 hours and short years."""
    if found := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", cell):
        return f"{int(found[2])}/{int(found[3])}/{found[1][2:]}"
    return cell


def german(cell: str) -> str:
    """Write a cell as a German Excel does."""
    if found := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", cell):
        return f"{found[3]}.{found[2]}.{found[1]}"
    if re.fullmatch(r"\d\d:\d\d", cell):
        return f"{cell}:00"
    return {"yes": "WAHR", "no": "FALSCH"}.get(cell, cell)


def spanish(cell: str) -> str:
    """Write a cell as an Excel of Spain does: the day first."""
    if found := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", cell):
        return f"{found[3]}/{found[2]}/{found[1]}"
    return {"yes": "VERDADERO", "no": "FALSO"}.get(cell, cell)


SAVINGS = {
    "American": (american, ",", "utf-8"),
    "American, 24 hours": (american_short, ",", "utf-8"),
    "American, with the mark of UTF-8": (american, ",", "utf-8-sig"),
    "German": (german, ";", "utf-8"),
    "Spanish": (spanish, ";", "utf-8-sig"),
    "Unicode Text": (american, "\t", "utf-16"),
}


def saved(record: type[Record], data: bytes, how: str) -> bytes:
    """Save a table again the way an Excel does: its own dates and truths, CRLF, no empty cells at the end."""
    write, delimiter, encoding = SAVINGS[how]
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    header, *body = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    writer.writerow(header)
    known = {
        name for name in header if record.model_fields[name].annotation in (date, date | None, time, bool)
    }
    for row in body:
        cells = [write(cell) if name in known else cell for name, cell in zip(header, row, strict=True)]
        while len(cells) > 1 and not cells[-1]:
            cells.pop()
        writer.writerow(cells)
    return buffer.getvalue().encode(encoding)


def session(day: date, start: time = time(17, 30), **changes: object) -> Session:
    week = (day - MONDAY).days // 7 + 1
    values = {
        "session_id": f"{day}-mon-1", "slot_id": "mon-1", "week": week, "date": day, "start": start,
        "end": time(18, 30), "group_type": "RP", "topic_id": "RP-01", "facilitators": ("F1", "F2"),
        "pinned": True, "note": "Größe: ñ",
    }  # fmt: skip
    return Session.model_validate(values | changes)


@pytest.mark.parametrize("how", SAVINGS, ids=lambda how: how.replace(" ", "-"))
def test_a_plan_that_excel_saved_reads_back_the_same_and_writes_the_same_bytes(
    tmp_path: Path, how: str
) -> None:
    sessions = [session(MONDAY + timedelta(days=days), start=time(days % 24, 30)) for days in range(80)]
    path = tmp_path / "plan.csv"
    path.write_bytes(saved(Session, plan_bytes(sessions), how))
    found, problems = read_sessions(path, "plan.csv", MONDAY)
    assert [each for each in problems if each.level == "error"] == []
    assert found == sessions
    assert plan_bytes(found) == plan_bytes(sessions)


@pytest.mark.parametrize("how", SAVINGS, ids=lambda how: how.replace(" ", "-"))
@pytest.mark.parametrize("table", TABLES, ids=[table.table for table in TABLES])
def test_a_table_that_excel_saved_reads_back_the_same(tmp_path: Path, table: type[Record], how: str) -> None:
    original = BAD / "good" / f"{table.table}.csv"
    records = [undated(each) for each in read_table(table, original, original.name)[0]]
    path = tmp_path / original.name
    path.write_bytes(saved(table, table_bytes(table, records), how))
    found, problems = read_table(table, path, original.name)
    assert [str(each) for each in problems if each.level == "error"] == []
    assert found == records
    assert table_bytes(table, found) == table_bytes(table, records)


def undated(record: Record) -> Record:
    """Give a record days that have one reading in every country."""
    days = {name: date(2026, 11, 21) for name in type(record).model_fields if name == "checked_on"}
    return record.model_copy(update=days)


round_trips = st.tuples(
    st.sampled_from(TABLES).flatmap(lambda table: st.tuples(st.just(table), rows(table))),
    st.sampled_from(sorted(SAVINGS)),
)


def read_saved(path: Path, table: type[Record], records: list[Record], how: str) -> None:
    path.write_bytes(saved(table, table_bytes(table, records), how))
    found, problems = read_table(table, path, "t.csv")
    settled = [each for each in problems if " can be read as " not in each.message]
    assert [str(each) for each in settled if each.level == "error"] == []
    if len(settled) == len(problems):
        assert found == records


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("excel") / "t.csv"


@FEW
@given(round_trips)
def test_any_table_that_excel_saved_reads_back_the_same(
    path: Path, drawn: tuple[tuple[type[Record], list[Record]], str]
) -> None:
    (table, records), how = drawn
    read_saved(path, table, records, how)


@pytest.mark.deep
@MANY
@given(round_trips)
def test_many_tables_that_excel_saved_read_back_the_same(
    path: Path, drawn: tuple[tuple[type[Record], list[Record]], str]
) -> None:
    (table, records), how = drawn
    read_saved(path, table, records, how)


# --- dates with two readings


@pytest.mark.parametrize("how", SAVINGS, ids=lambda how: how.replace(" ", "-"))
def test_every_date_of_a_year_is_settled_by_its_week(tmp_path: Path, how: str) -> None:
    days = [MONDAY + timedelta(days=number) for number in range(366)]
    path = tmp_path / "plan.csv"
    path.write_bytes(saved(Session, plan_bytes([session(day) for day in days]), how))
    found, problems = read_sessions(path, "plan.csv", MONDAY)
    assert [each for each in problems if each.level == "error"] == []
    assert [each.date for each in found] == days


def lines_of(path: Path, week: str, day: str) -> list[str]:
    rows = plan_bytes([session(MONDAY)]).decode("utf-8-sig")
    changed = rows.replace(",1,2027-01-04,", f",{week},{day},")
    assert changed != rows or (week, day) == ("1", "2027-01-04")
    path.write_text(changed, encoding="utf-8")
    return [str(problem) for problem in read_sessions(path, "plan.csv", MONDAY)[1]]


@pytest.mark.parametrize("week", ["2", "99", "1000", "²"])
def test_a_date_that_its_week_does_not_settle_is_an_error_naming_both_readings(path: Path, week: str) -> None:
    assert (
        "plan.csv:2: date: '1/4/2027' can be read as 2027-01-04 or 2027-04-01"
        " — write the date as year-month-day"
    ) in lines_of(path, week, "1/4/2027")


def test_the_week_settles_either_reading(path: Path) -> None:
    for week, day in (("1", date(2027, 1, 4)), ("13", date(2027, 4, 1))):
        assert lines_of(path, week, "1/4/2027") == []
        assert [each.date for each in read_sessions(path, "plan.csv", MONDAY)[0]] == [day]


def test_a_date_of_another_table_with_two_readings_is_an_error_naming_both(tmp_path: Path) -> None:
    help_lines = next(table for table in TABLES if table.table == "help_lines")
    path = tmp_path / "help_lines.csv"
    header = "name,language,call,text,hours,source,checked_on\n"
    path.write_text(header + "crisis,en,Call 988.,,Any hour,A source,11/2/2026\n", encoding="utf-8")
    assert [str(each) for each in read_table(help_lines, path, path.name)[1]] == [
        (
            "help_lines.csv:2: checked_on: '11/2/2026' can be read as 2026-11-02 or 2026-02-11"
            " — write the date as year-month-day"
        )
    ]
