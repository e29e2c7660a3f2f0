"""What holds for every table and program: what is written reads back as it was, and no input is a crash."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from iop_sessions.checks import check_curriculum, check_program
from iop_sessions.curriculum import loading
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Topic
from iop_sessions.ground.errors import errors_of
from iop_sessions.ground.fields import Record
from iop_sessions.ground.tables import read_table, table_bytes
from iop_sessions.plans import plan
from iop_sessions.program import program as programs
from iop_sessions.program.settings import WEEKDAYS, SlotKind
from tests.lib.examples import FEW, MANY
from tests.lib.faults import BAD, planted
from tests.lib.rows import ALL_TABLES, rows

GOOD = BAD / "good"
PROGRAM = (GOOD / "programs" / "evening.toml").read_text(encoding="utf-8")
CHECKED = loading.load(GOOD, documents=False)[0]
TABLE_FILES = sorted(GOOD.glob("*.csv"))

any_rows = st.sampled_from(ALL_TABLES).flatmap(lambda table: st.tuples(st.just(table), rows(table)))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("properties") / "t.csv"


def write_and_read(path: Path, table: type[Record], records: list[Record]) -> None:
    data = table_bytes(table, records)
    path.write_bytes(data)
    found, problems = read_table(table, path, "t.csv")
    assert (found, problems) == (records, [])
    assert table_bytes(table, found) == data


@FEW
@given(any_rows)
def test_records_come_back_as_they_were_and_their_bytes_too(
    path: Path, drawn: tuple[type[Record], list[Record]]
) -> None:
    write_and_read(path, *drawn)


@pytest.mark.deep
@MANY
@given(any_rows)
def test_many_records_come_back_as_they_were(path: Path, drawn: tuple[type[Record], list[Record]]) -> None:
    write_and_read(path, *drawn)


@pytest.mark.parametrize("table", ALL_TABLES, ids=[table.table for table in ALL_TABLES])
def test_the_good_tables_are_canonical_already(table: type[Record]) -> None:
    file = GOOD / f"{table.table}.csv"
    if table is plan.Session:
        assert not file.exists()
        return
    records, problems = read_table(table, file, file.name)
    assert problems == []
    assert table_bytes(table, records) == file.read_bytes()


# --- mutated files

EDITS = st.lists(
    st.tuples(
        st.floats(0, 1, exclude_max=True),
        st.integers(0, 12),
        st.sampled_from(
            [
                '"',
                '""',
                ",",
                ";",
                "\n",
                "\r",
                "\t",
                "'",
                "=",
                "\x00",
                "\u202e",
                "é",
                "#REF!",
                "2",
                "[",
                "]",
                "",
            ]
        )
        | st.text(max_size=5),
    ),
    min_size=1,
    max_size=8,
)


def mutate(text: str, edits: list[tuple[float, int, str]]) -> str:
    for spot, length, new in edits:
        start = int(spot * len(text))
        text = text[:start] + new + text[start + length :]
    return text


def read_mutated(path: Path, file: Path, edits: list[tuple[float, int, str]], encoding: str) -> None:
    path.write_bytes(mutate(file.read_text(encoding="utf-8"), edits).encode(encoding, errors="replace"))
    table = next(each for each in ALL_TABLES if each.table == file.stem)
    records, problems = read_table(table, path, "t.csv")
    assert all(str(problem) for problem in problems)
    for record in records:
        assert record.place.line >= 1


@FEW
@given(st.sampled_from(TABLE_FILES), EDITS, st.sampled_from(["utf-8", "cp1252", "utf-16"]))
def test_a_mutated_table_is_told_of_and_never_a_crash(
    path: Path, file: Path, edits: list[tuple[float, int, str]], encoding: str
) -> None:
    read_mutated(path, file, edits, encoding)


@pytest.mark.deep
@MANY
@given(st.sampled_from(TABLE_FILES), EDITS, st.sampled_from(["utf-8", "cp1252", "utf-16"]))
def test_many_mutated_tables_are_never_a_crash(
    path: Path, file: Path, edits: list[tuple[float, int, str]], encoding: str
) -> None:
    read_mutated(path, file, edits, encoding)


@FEW
@given(st.binary(max_size=300))
def test_any_bytes_are_told_of_and_never_a_crash(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    records, problems = read_table(Topic, path, "t.csv")
    assert not records
    assert problems


@FEW
@given(st.sampled_from(TABLE_FILES), EDITS)
def test_a_whole_folder_with_a_mutated_table_is_checked_to_its_end(
    folder: Path, file: Path, edits: list[tuple[float, int, str]]
) -> None:
    check_mutated_folder(folder, file, edits)


@pytest.mark.deep
@MANY
@given(st.sampled_from(TABLE_FILES), EDITS)
def test_many_folders_with_a_mutated_table_are_checked_to_their_end(
    folder: Path, file: Path, edits: list[tuple[float, int, str]]
) -> None:
    check_mutated_folder(folder, file, edits)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a good curriculum's folder: who changes a table in it puts it back."""
    return planted(tmp_path_factory.mktemp("mutated"), [])


def check_mutated_folder(folder: Path, file: Path, edits: list[tuple[float, int, str]]) -> None:
    (folder / file.name).write_bytes(mutate(file.read_text(encoding="utf-8"), edits).encode(errors="replace"))
    try:
        curriculum, _ = loading.load(folder, documents=False)
    finally:
        shutil.copyfile(file, folder / file.name)
    check_curriculum(curriculum)
    program, problems = programs.read_program(folder / "programs" / "evening.toml", "evening.toml")
    assert program is not None, problems
    check_program(curriculum, program, "evening.toml")


# --- mutated programs


def read_mutated_program(path: Path, edits: list[tuple[float, int, str]]) -> None:
    path.write_bytes(mutate(PROGRAM, edits).encode(errors="replace"))
    program, problems = programs.read_program(path, "t.toml")
    assert (program is None) == bool(errors_of(problems))
    assert all(problem.message and problem.remedy for problem in problems), problems
    if program is not None:
        check_program(Curriculum(), program, "t.toml")


@FEW
@given(EDITS)
def test_a_mutated_program_is_told_of_and_never_a_crash(
    path: Path, edits: list[tuple[float, int, str]]
) -> None:
    read_mutated_program(path, edits)


@pytest.mark.deep
@MANY
@given(EDITS)
def test_many_mutated_programs_are_never_a_crash(path: Path, edits: list[tuple[float, int, str]]) -> None:
    read_mutated_program(path, edits)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.dates()
    | st.times()
    | st.datetimes(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@FEW
@given(st.sampled_from(sorted(programs.Program.model_fields)), VALUES)
def test_any_value_of_any_setting_is_told_of_and_never_a_crash(path: Path, key: str, value: object) -> None:
    values = {"title": "T", "start": date(2027, 1, 4), "weeks": 2, "slots": []} | {key: value}
    try:
        path.write_text(tomli_w.dumps(values), encoding="utf-8")
    except (TypeError, ValueError):  # TOML holds no such value
        return
    program, problems = programs.read_program(path, "t.toml")
    assert program is not None or all(each.remedy for each in problems), problems


@pytest.mark.parametrize(
    "text", ["a = " + "[" * 5000, "a = " + "9" * 6000, "a = 2026-02-30", "\x00", "a = 1\na = 2"]
)
def test_toml_that_breaks_its_own_reader_is_a_problem_with_a_remedy(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    program, problems = programs.read_program(path, "t.toml")
    assert program is None
    assert [problem.remedy != "" for problem in problems] == [True]


# --- phases, paths, tracks and people


NUMBERS = st.integers(1, 4)
WEEKS = st.integers(1, 52)
DAY_LISTS = st.lists(st.sampled_from(WEEKDAYS), max_size=3, unique=True)
CLOCKS = st.sampled_from(["00:00", "08:00", "17:30", "18:00", "18:30", "23:59"])
DATES = st.dates(date(2026, 12, 1), date(2027, 3, 1)) | st.dates()
RANGES = DATES.map(str) | st.tuples(DATES, DATES).map(lambda pair: "..".join(map(str, sorted(pair))))
CODES = st.lists(st.sampled_from(["F1", "F2", "F3"]), max_size=2)
IDS = st.sampled_from(["a", "b", "c"])
SLOTS = st.fixed_dictionaries(
    {
        "id": IDS,
        "day": st.sampled_from(WEEKDAYS[:3]),
        "start": CLOCKS,
        "minutes": st.sampled_from([30, 60, 480]),
    },
    optional={
        "group_type": st.sampled_from(["RP", "PG", "XX", ""]),
        "track": st.sampled_from(["", "am", "pm"]),
        "site": st.sampled_from(["", "north"]),
        "kind": st.sampled_from(get_args(SlotKind)),
        "counts": st.sampled_from(["clinical", "seat", "none", ""]),
        "phases": st.lists(NUMBERS, max_size=2),
        "lead": CODES,
        "room": st.sampled_from(["", "A"]),
        "sections": st.integers(1, 6),
    },
)
PHASES = st.fixed_dictionaries(
    {"number": NUMBERS},
    optional={
        "weeks": st.lists(WEEKS, min_size=1, max_size=2),
        "days": DAY_LISTS,
        "slots": st.lists(IDS, max_size=2),
    },
)
PATHS = st.fixed_dictionaries(
    {"id": IDS, "phases": st.lists(st.tuples(NUMBERS, WEEKS).map(list), min_size=1, max_size=3)}
)
PEOPLE = st.fixed_dictionaries(
    {
        "code": st.sampled_from(["F1", "F2"]),
        "kind": st.sampled_from(["counselor", "educator", "peer", "guest"]),
    },
    optional={
        "group_types": st.lists(st.sampled_from(["RP", "XX"]), max_size=2),
        "days": DAY_LISTS,
        "from": CLOCKS,
        "to": CLOCKS,
        "leave": st.lists(RANGES, max_size=2),
    },
)
CALENDARS = st.fixed_dictionaries(
    {},
    optional={
        "closed": st.lists(RANGES, max_size=3),
        "us_federal": st.booleans() | st.lists(st.sampled_from(["Memorial Day", "Labour Day"]), max_size=2),
        "half_days": st.lists(
            st.fixed_dictionaries({"date": DATES, "start": CLOCKS, "end": CLOCKS}), max_size=2
        ),
    },
)
PROGRAMS = st.fixed_dictionaries(
    {
        "title": st.just("T"),
        "start": st.just(date(2027, 1, 4)),
        "weeks": WEEKS,
        "slots": st.lists(SLOTS, min_size=1, max_size=5),
    },
    optional={
        "phases": st.lists(PHASES, max_size=3),
        "paths": st.lists(PATHS, max_size=3),
        "facilitators": st.lists(PEOPLE, max_size=3),
        "calendar": st.dictionaries(st.sampled_from(["main", "north", "south"]), CALENDARS, max_size=2),
        "stay_weeks": st.lists(WEEKS, min_size=1, max_size=2),
    },
)


def check_any_program(values: dict[str, object]) -> None:
    program = programs.Program.model_validate(values)
    for problem in check_program(CHECKED, program, "t.toml"):
        assert problem.remedy
        assert problem.place.column


@FEW
@given(PROGRAMS)
def test_any_phases_paths_tracks_and_people_are_checked_and_never_a_crash(values: dict[str, object]) -> None:
    check_any_program(values)


@pytest.mark.deep
@MANY
@given(PROGRAMS)
def test_many_phases_paths_tracks_and_people_are_never_a_crash(values: dict[str, object]) -> None:
    check_any_program(values)
