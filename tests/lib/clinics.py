"""Lay out a workspace of a clinic of a test's own: its timetable and its plan stand in the test as tables."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

from iop_sessions.ground.workspace import Workspace
from iop_sessions.jobs.read import read_curriculum
from iop_sessions.judge.pricing import price
from iop_sessions.plans import store
from iop_sessions.plans.case import Case
from iop_sessions.program.program import Program, read_program
from iop_sessions.program.settings import Slot
from tests.lib import small
from tests.lib.workspaces import SMALL, lay_out

NAME = "evening"
"""The program of a clinic and its plan are called so."""


def clinic(folder: Path, settings: str, slots: str, grid: str = "", **added: str) -> Workspace:
    """Make a workspace; no solver runs.

    Parameters
    ----------
    settings
        The program as TOML, but for its slots.
    slots
        A table of slots, as `small.program` reads it.
    grid
        The plan, as `small.plan` reads it; none is written where it is empty.
    added
        By the name of a table of the curriculum, the rows that are added to it, as `small.rows` reads them.
    """
    workspace = lay_out(folder, SMALL)
    for name, rows in added.items():
        add_rows(workspace, name, rows)
    for path in (workspace.curriculum / "programs").glob("*.toml"):
        path.unlink()
    path = workspace.curriculum / "programs" / f"{NAME}.toml"
    path.write_text(f"{settings}\n{slot_text(slots)}", encoding="utf-8")
    if grid:
        write_grid(workspace, path, grid)
    return workspace


def add_rows(workspace: Workspace, table: str, rows: str) -> None:
    """Add rows to a table of the curriculum; cells left out take the defaults of `small`."""
    path = workspace.curriculum / f"{table}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        columns = next(csv.reader(file))
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        for row in small.rows(rows):
            given = {column: cell for column, cell in row.items() if cell}
            writer.writerow(small.DEFAULTS.get(table, {}) | given)


def write_grid(workspace: Workspace, path: Path, grid: str) -> None:
    """Write a plan out of its grid, at what it costs."""
    program = read(path)
    plan = small.plan(program, grid)
    cost = price(Case(read_curriculum(workspace, documents=False), program, plan)).total
    plan = replace(plan, sheet=replace(plan.sheet, program=NAME, cost=cost, bound=cost))
    store.write_plan(workspace, NAME, store.with_digests(workspace, plan, path, ""))


def read(path: Path) -> Program:
    """Read a program that must be sound."""
    program, problems = read_program(path, path.name)
    assert program is not None, problems
    return program


def slot_text(table: str) -> str:
    """Write a table of slots as TOML."""
    return "\n".join(_slot(each) for each in small.program(table).slots)


def _slot(slot: Slot) -> str:
    words = {
        "id": slot.id, "day": slot.day, "start": f"{slot.start:%H:%M}", "group_type": slot.group_type,
        "track": slot.track, "room": slot.room, "kind": slot.kind,
    }  # fmt: skip
    lines = [f'{key} = "{word}"' for key, word in words.items() if word]
    lead = ", ".join(f'"{code}"' for code in slot.lead)
    return "\n".join(
        [
            "[[slots]]",
            *lines,
            f"minutes = {slot.minutes}",
            f"sections = {slot.sections}",
            f"lead = [{lead}]",
            f"phases = {[*slot.phases]}",
        ]
    )


def printed(text: str) -> str:
    """Return text as a verb prints it: without a margin, and in one line what goes on after three dots."""
    return re.sub(r"\n\s*\.\.\. ", " ", dedent(text.removeprefix("\n")))
