"""A settings file that cannot be read: the slips people make most are mended in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from iop_sessions.ground.tomlfiles import read_toml


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("start = 13/2/2027", "write the date as 2027-02-13"),
        ("start = 2027-2-2", "write the date as 2027-02-02"),
        ("start = 02/03/2027", "write the date as year-month-day: 2027-01-04"),
        ("day = Tuesday  # the day", 'put the words between straight quotes: "Tuesday"'),
        ("title = Our evening group", 'put the words between straight quotes: "Our evening group"'),
        ("day = \u201cTuesday\u201d", 'use straight quotes: "Tuesday"'),
        ("[[slots]", "close every bracket: [[slots]] for one of several, [slots] for a single one"),
        ("day = [", "mend the line"),
    ],
)
def test_the_commonest_slips_have_a_remedy_of_their_own(line: str, remedy: str, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(f"weeks = 12\n{line}\n", encoding="utf-8")
    values, problems = read_toml(path, "programs/own.toml", "")
    assert values is None
    assert [(str(each.place), each.remedy) for each in problems] == [("programs/own.toml:2", remedy)]
