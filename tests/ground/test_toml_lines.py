"""A problem of a TOML file names its line, and what stands in a list by its own id."""

from __future__ import annotations

from pathlib import Path

import pytest

from iop_sessions.ground.errors import Place, Problem
from iop_sessions.ground.tomlfiles import located

TEXT = """\
title = "Evening"  # 1
stay_weeks = [
    6,
]

[calendar.main]  # 6
closed = ["2027-01-11"]

[[rules.override]]  # 9
rule_id = "X"

[[slots]]  # 12
id = "mon-1"  # the first
lead = ["F1", "F2"]

[[slots]]  # 16
day = "Monday"

[[paths]]  # 19
name = "east"

[[paths.phases]]  # 22
weeks = 2
"""


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("title", "x.toml:1: title"),
        ("stay_weeks[1]", "x.toml:2: stay_weeks[1]"),
        ("calendar.main.closed[1]", "x.toml:7: calendar.main.closed[1]"),
        ("calendar.main.open", "x.toml:6: calendar.main.open"),
        ("calendar.north", "x.toml: calendar.north"),
        ("rules.override[1].rule_id", "x.toml:10: rules.override[1].rule_id"),
        ("slots", "x.toml:12: slots"),
        ("slots[1].lead[2]", "x.toml:14: slots[mon-1].lead[2]"),
        ("slots[1].room", "x.toml:12: slots[mon-1].room"),
        ("slots[2].day", "x.toml:17: slots[2].day"),
        ("paths[1].phases[1].weeks", "x.toml:23: paths[1].phases[1].weeks"),
        ("nowhere", "x.toml: nowhere"),
        ("", "x.toml"),
    ],
)
def test_a_problem_gets_the_line_of_its_key_or_of_the_table_it_is_missing_from(
    column: str, words: str, tmp_path: Path
) -> None:
    path = tmp_path / "x.toml"
    path.write_text(TEXT, encoding="utf-8")
    found = located([Problem(Place("x.toml", 0, column), "is wrong")], path)
    assert [str(each) for each in found] == [f"{words}: is wrong"]


def test_a_line_that_is_known_stands_and_a_file_that_is_gone_gives_none(tmp_path: Path) -> None:
    problems = [Problem(Place("x.toml", 3, "slots[1].day"), "is wrong"), Problem(Place("x.toml"), "is gone")]
    assert located(problems, tmp_path / "x.toml") == problems
