"""Columns that a person added to plan.csv in Excel stay with their rows, whatever writes the plan."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from iop_sessions.ground.workspace import Workspace
from tests.doors.conftest import Clock, Run

OWN = ("Board", "Sub called?", "Snacks & chairs")
WRITING = {
    "held": ["held evening 2027-01-04"],
    "held and taken back": ["held evening 2027-01-04", "held evening 2027-01-04 --undo"],
    "a day closed": ["replan evening --closed 2027-01-06"],
    "a leader away": ["replan evening --absent F1:2027-01-06"],
    "a topic put": ["replan evening --put 2027-01-08-fri-1=RP-02"],
    "a session pinned": ["replan evening --pin 2027-01-08-fri-1"],
    "taken back": ["replan evening --closed 2027-01-06", "undo evening"],
    "planned anew": ["plan evening --replace"],
}


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def add_columns(path: Path) -> dict[str, tuple[str, ...]]:
    """Add columns before, between and after ours, as Excel saves them; return their cells by session."""
    rows = rows_of(path)
    own = {
        row["session_id"]: (f"no {number}" if number % 3 else "", f'"{number}"; yes', f"{number}, two\nlines")
        for number, row in enumerate(rows)
    }
    names = [*rows[0]]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, [OWN[0], *names[:3], OWN[1], *names[3:], OWN[2]], lineterminator="\n")
    writer.writeheader()
    writer.writerows(row | dict(zip(OWN, own[row["session_id"]], strict=True)) for row in rows)
    path.write_text(text.getvalue(), encoding="utf-8")
    return own


@pytest.mark.parametrize("name", WRITING)
def test_columns_that_a_person_added_survive(name: str, space: Workspace, run: Run, clock: Clock) -> None:
    clock("2027-01-05")
    path = space.plans / "evening" / "plan.csv"
    ours = [*rows_of(path)[0]]
    own = add_columns(path)
    before = path.read_bytes()
    for words in WRITING[name]:
        assert run(*words.split()).code == 0, words
    assert path.read_bytes() != before
    rows = rows_of(path)
    assert [*rows[0]] == [*ours, *OWN]
    assert {row["session_id"]: tuple(row[column] for column in OWN) for row in rows} == own


def test_they_are_no_change_of_a_row_and_no_problem(space: Workspace, run: Run) -> None:
    whole = run("verify", "evening")
    add_columns(space.plans / "evening" / "plan.csv")
    assert run("verify", "evening") == whole


def test_one_about_a_client_is_refused(space: Workspace, run: Run) -> None:
    path = space.plans / "evening" / "plan.csv"
    path.write_text(
        path.read_text(encoding="utf-8-sig").replace("session_id", "Client,session_id", 1), encoding="utf-8"
    )
    ended = run("held", "evening", "2027-01-03")
    assert ended.code == 1
    assert "a column about a person, 'Client', has no place here" in ended.err
