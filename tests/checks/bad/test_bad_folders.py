"""Each fault of a user's, alone in a folder that is right otherwise, is told in the words of faults.toml."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from iop_sessions.jobs.read import check
from tests.lib.faults import BAD, FAULTS, Fault, planted

TODAY = date(2026, 12, 1)


def told(folder: Path) -> list[str]:
    return [str(problem) for problem in check(folder, TODAY)]


def test_nothing_is_told_of_the_good_folder() -> None:
    assert told(BAD / "good") == []


@pytest.mark.parametrize("fault", FAULTS, ids=[f"fault{number}" for number in range(len(FAULTS))])
def test_a_fault_is_told_once_and_nothing_else_is(tmp_path: Path, fault: Fault) -> None:
    folder = planted(tmp_path, [fault])
    assert told(folder) == fault.lines(folder)
