"""One run over a folder with 25 and more kinds of fault reports all of them, and ends with 1."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from iop_sessions.doors import cli
from iop_sessions.ground.errors import Problem, errors_of
from iop_sessions.jobs.read import check
from tests.lib.faults import FAULTS, planted

LINELESS = ("toml", "attendance.csv")
"""Files whose faults have a key in place of a line, or are the file itself."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = planted(tmp_path_factory.mktemp("planted"), FAULTS)
    lines = made / "help_lines.csv"
    # The program asks the clock: the numbers are as fresh on the day of this run as on that of the first.
    fresh = lines.read_text(encoding="utf-8").replace("2026-11-21", f"{date.today()}")
    lines.write_text(fresh, encoding="utf-8", newline="\n")
    return made


def test_there_are_25_kinds_of_fault_or_more() -> None:
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) >= 25


def test_the_planted_numbers_do_not_age(folder: Path) -> None:
    assert "2026-" not in (folder / "help_lines.csv").read_text(encoding="utf-8").replace(
        f"{date.today()}", ""
    )


def test_one_run_of_the_program_tells_every_planted_fault_and_ends_with_1(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["check", str(folder)])
    done = capsys.readouterr()
    expected = [line for fault in FAULTS for line in fault.lines(folder)]
    *lines, count = done.out.splitlines()
    assert sorted(lines) == sorted(expected)
    errors = sum(": warning: " not in line for line in expected)
    assert count == f"{errors} problems to mend, {len(expected) - errors} warnings."
    assert ended.value.code == 1
    assert "Traceback" not in done.out
    assert done.err == ""


def test_the_same_run_for_scripts_names_file_line_column_and_remedy_of_each(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["check", str(folder), "--json"])
    facts = json.loads(capsys.readouterr().out)
    problems = check(folder, date.today())
    assert ended.value.code == 1
    assert facts["errors"] == len(errors_of(problems))
    assert [each["message"] for each in facts["problems"]] == [each.message for each in problems]
    assert set(facts["problems"][0]) == {"file", "line", "column", "level", "message", "remedy"}


def test_each_error_has_its_place_and_a_remedy(folder: Path) -> None:
    problems = errors_of(check(folder, date.today()))
    assert len(problems) >= 25
    for problem in problems:
        assert problem.place.file, problem
        assert problem.remedy, problem
        assert problem.place.line or problem.place.file.endswith(LINELESS), problem
        assert problem.place.column or is_of_a_whole_line(problem), problem


def is_of_a_whole_line(problem: Problem) -> bool:
    """Say whether a fault has no column: Markdown has none, nor has a line or file that is no row."""
    whole = "a quote opens here|the merge mark|not readable as TOML|records of patients"
    return problem.place.file.endswith(".md") or bool(re.match(whole, problem.message))


def test_no_row_of_the_planted_folder_is_told_twice(folder: Path) -> None:
    problems = check(folder, date.today())
    assert len(set(problems)) == len(problems)
