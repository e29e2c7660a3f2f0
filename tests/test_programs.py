"""A program file: every fault of it comes back with its dotted key, and every check of it in whole words."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from lib.faults import BAD

from iop_sessions.programs import Program, dotted, read_program

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
