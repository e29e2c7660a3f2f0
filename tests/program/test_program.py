"""A program file: every fault of it comes back with its dotted key, and every check of it in whole words."""

from __future__ import annotations

import tomllib
from datetime import date, time
from pathlib import Path

import pytest

from iop_sessions.program.program import Program, dotted, read_program
from iop_sessions.program.settings import Facilitator, HalfDay
from tests.lib.faults import BAD

GOOD = (BAD / "good" / "programs" / "evening.toml").read_text(encoding="utf-8")


def read(folder: Path, text: str) -> tuple[Program | None, list[str]]:
    path = folder / "mine.toml"
    path.write_bytes(text.encode())
    program, problems = read_program(path, "programs/mine.toml")
    return program, [str(problem).removeprefix("programs/mine.toml") for problem in problems]


def told(folder: Path, old: str, new: str) -> list[str]:
    assert old in GOOD
    program, lines = read(folder, GOOD.replace(old, new, 1))
    assert (program is None) == bool(lines)
    return lines


def test_a_good_program_is_read_and_bears_the_name_of_its_file(tmp_path: Path) -> None:
    program, lines = read(tmp_path, GOOD)
    assert lines == []
    assert program is not None
    assert (program.name, len(program.slots), program.stay) == ("mine", 9, 6)


def test_a_program_saved_by_notepad_is_read(tmp_path: Path) -> None:
    program, lines = read(tmp_path, "\ufeff" + GOOD.replace("\n", "\r\n"))
    assert (program is not None, lines) == (True, [])


def test_keys_count_from_1() -> None:
    assert dotted(("slots", 2, "start")) == "slots[3].start"
    assert dotted(("slots", 0, "lead", 1)) == "slots[1].lead[2]"
    assert dotted(("calendar", "main", "closed", 0)) == "calendar.main.closed[1]"


SETTINGS = tomllib.loads((BAD / "settings.toml").read_text(encoding="utf-8"))["setting"]


@pytest.mark.parametrize("setting", SETTINGS, ids=[f"setting{number}" for number in range(len(SETTINGS))])
def test_a_wrong_setting_is_named_by_its_key_with_a_remedy(tmp_path: Path, setting: dict[str, str]) -> None:
    lines = told(tmp_path, setting["old"], setting["new"])
    assert lines == setting["told"].replace("{file}", "").splitlines()


def test_every_fault_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    text = (
        GOOD.replace("weeks = 6\n", "weeks = 0\n", 1).replace('"19:50"', '"29:50"').replace("seats = 14", "")
    )
    assert read(tmp_path, text)[1] == [
        ": weeks: 0 is out of range — allowed: 1 to 52",
        ": rooms[1].seats: is missing — add it",
        ": slots[3].start: no time of day '29:50' — write hours and minutes: 17:30",
        ": slots[6].start: no time of day '29:50' — write hours and minutes: 17:30",
        ": slots[9].start: no time of day '29:50' — write hours and minutes: 17:30",
    ]


def test_a_program_without_slots_is_refused(tmp_path: Path) -> None:
    head = GOOD.split("[[slots]]")[0]
    assert read(tmp_path, head)[1] == [": slots: is missing — add it"]
    assert read(tmp_path, "slots = []\n" + head)[1] == [": slots: is empty — fill it in"]


def test_a_missing_program_a_folder_and_foreign_letters_are_told(tmp_path: Path) -> None:
    assert [str(each) for each in read_program(tmp_path / "none.toml", "none.toml")[1]] == [
        "none.toml: there is no such file — put it back, or copy a ready program"
    ]
    assert [str(each) for each in read_program(tmp_path, "folder.toml")[1]] == [
        "folder.toml: the file cannot be opened — is it open in another program?"
    ]
    (tmp_path / "latin.toml").write_bytes('title = "Mañana"'.encode("cp1252"))
    assert [str(each) for each in read_program(tmp_path / "latin.toml", "latin.toml")[1]] == [
        "latin.toml: is not UTF-8 text — save it as UTF-8 and try again"
    ]


def test_a_leap_day_is_a_day_to_start(tmp_path: Path) -> None:
    program, lines = read(tmp_path, GOOD.replace("start = 2027-01-04", "start = 2028-02-29"))
    assert (program is not None, lines) == (True, [])


def with_settings(folder: Path, *pairs: tuple[str, str]) -> Program:
    text = GOOD
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    program, lines = read(folder, text)
    assert lines == []
    assert program is not None
    return program


def test_closed_days_are_read_alone_and_in_ranges(tmp_path: Path) -> None:
    closed = 'closed = [2027-01-18, "2027-01-20", "2027-12-30..2028-01-01", "2027-02-01 .. 2027-02-01"]'
    program = with_settings(tmp_path, ("closed = [2027-01-18]", closed))
    assert [[f"{day}" for day in span.days] for span in program.calendar["main"].closed] == [
        ["2027-01-18"],
        ["2027-01-20"],
        ["2027-12-30", "2027-12-31", "2028-01-01"],
        ["2027-02-01"],
    ]
    days = program.calendar["main"].closed[2]
    assert [date(2027, 12, 29) in days, date(2028, 1, 1) in days, date(2028, 1, 2) in days] == [
        False,
        True,
        False,
    ]


def test_half_days_holidays_and_a_calendar_a_site_are_read(tmp_path: Path) -> None:
    new = """us_federal = ["Memorial Day"]
half_days = [{date = 2027-12-24, end = "12:00"}, {date = 2027-12-31, start = 10:00:00}]
[calendar.north]
us_federal = true"""
    calendar = with_settings(tmp_path, ("closed = [2027-01-18]", new)).calendar
    assert calendar["main"].us_federal == ("Memorial Day",)
    assert calendar["north"].us_federal is True
    assert calendar["main"].half_days == (
        HalfDay(date=date(2027, 12, 24), start=time(0), end=time(12)),
        HalfDay(date=date(2027, 12, 31), start=time(10), end=time(23, 59)),
    )


def test_a_collection_is_one_word_or_several_and_topics_are_named_or_wanted(tmp_path: Path) -> None:
    core = 'core = "short"\n'
    program, lines = read(tmp_path, GOOD)
    assert (program is not None and program.collection, lines) == (("house",), [])
    told_of = {
        'collection = "matrix"': ("matrix",),
        'collection = ["matrix", "house"]': ("matrix", "house"),
    }
    for setting, collections in told_of.items():
        program, lines = read(tmp_path, GOOD.replace(core, f"{core}{setting}\n", 1))
        assert (program is not None and program.collection, lines) == (collections, [])
    setting = 'only_topics = ["RP-01"]\nleave_out = ["RP-02"]\nwanted = { PE-31 = "Sleep" }\n'
    program, lines = read(tmp_path, GOOD.replace(core, core + setting, 1))
    assert program is not None
    assert (program.only_topics, program.leave_out, program.wanted) == (
        ("RP-01",),
        ("RP-02",),
        {"PE-31": "Sleep"},
    )
    assert told(tmp_path, core, f"{core}collection = []\n") == [": collection: is empty — fill it in"]
    assert told(tmp_path, core, f'{core}wanted = {{ PE-31 = "" }}\n') == [
        ": wanted.PE-31: is empty — fill it in"
    ]
    assert told(tmp_path, core, f'{core}colection = "house"\n') == [
        ": colection: no setting 'colection' — did you mean 'collection'?"
    ]


def test_phases_and_paths_are_read(tmp_path: Path) -> None:
    new = """[[phases]]
number = 1
weeks = [1, 4]
[[phases]]
number = 2
weeks = [5]
days = ["Monday"]
slots = ["mon-1"]
level = "OP"
[[paths]]
id = "again"
phases = [[1, 4], [2, 1], [1, 2]]
[rules]"""
    program = with_settings(tmp_path, ("[rules]", new))
    assert [(phase.number, phase.length, phase.level) for phase in program.phases] == [
        (1, 4, ""),
        (2, 1, "OP"),
    ]
    assert [slot.id for slot in program.slots if program.phases[1].holds(slot)] == ["mon-1"]
    assert [(path.id, path.phases) for path in program.paths] == [("again", ((1, 4), (2, 1), (1, 2)))]


def test_a_slot_says_who_comes_and_how_its_minutes_count(tmp_path: Path) -> None:
    slots = with_settings(
        tmp_path,
        ('id = "mon-1"', 'id = "mon-1"\ntrack = "am"\nsite = "north"\nphases = [1, 2]\nsections = 2'),
        ('id = "mon-2"', 'id = "mon-2"\nkind = "drug_test"'),
        ('id = "mon-3"', 'id = "mon-3"\nkind = "medication"\ncounts = "clinical"'),
    ).slots
    first = slots[0]
    assert (first.track, first.site, first.phases, first.sections) == ("am", "north", (1, 2), 2)
    assert [slot.counted for slot in slots[:4]] == ["clinical", "none", "clinical", "clinical"]


def test_a_leader_says_what_and_when(tmp_path: Path) -> None:
    new = """code = "F1"
kind = "peer"
group_types = ["RP"]
days = ["Monday"]
from = "17:00"
to = "20:00"
leave = ["2027-02-01..2027-02-14"]
max_week = 6"""
    leader = with_settings(tmp_path, ('code = "F1"', new)).facilitators[0]
    monday, later = date(2027, 1, 4), date(2027, 2, 8)
    assert (leader.kind, leader.max_week) == ("peer", 6)
    assert [leader.may_lead(name) for name in ("RP", "PE")] == [True, False]
    assert leader.is_there(monday, time(17), time(20))
    assert not leader.is_there(monday, time(16, 59), time(18))
    assert not leader.is_there(monday, time(19), time(20, 1))
    assert not leader.is_there(date(2027, 1, 5), time(17), time(18))
    assert not leader.is_there(later, time(17), time(18))


def test_a_leader_of_whom_nothing_is_said_leads_everything_at_any_time() -> None:
    leader = Facilitator(code="F1")
    assert leader.may_lead("RP")
    assert leader.is_there(date(2027, 1, 9), time(0), time(23, 59))
