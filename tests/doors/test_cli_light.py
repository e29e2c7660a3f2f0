"""A verb loads the rooms it needs and no others: what takes long to load is loaded where it is used."""

from __future__ import annotations

import subprocess
import sys

import pytest

from iop_sessions.ground.workspace import Workspace
from tests.lib.workspaces import small_workspace

ROOMS = """
import sys
from iop_sessions.doors.cli import main
for words in sys.argv[1:]:
    try:
        main(words.split())
    except SystemExit as ended:
        assert ended.code in (None, 0, 1), ended  # 1: a week breaks a rule
rooms = {".".join(name.split(".")[:2]) for name in sys.modules if name.startswith("iop_sessions.")}
heavy = {"pandas", "numpy", "docx", "lxml", "highspy", "holidays", "pypdf", "icalendar", "IPython"}
print(*sorted(heavy & sys.modules.keys()), *sorted(rooms), file=sys.stderr)
"""
LIGHT = {"checks", "coverage", "curriculum", "doors", "ground", "jobs", "judge", "plans", "program"}


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return small_workspace(tmp_path_factory.mktemp("light") / "clinic")


@pytest.mark.parametrize(
    ("lines", "more"),
    [
        (("verify evening", "check", "people evening"), set()),
        (("coverage evening", "rules evening"), {"pages"}),  # their sentences stand there
    ],
)
def test_a_verb_loads_no_room_that_it_does_not_need(
    lines: tuple[str, ...], more: set[str], space: Workspace
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ROOMS, *lines], cwd=space.root, capture_output=True, text=True, check=False
    )
    loaded = done.stderr.splitlines()[-1].split()
    assert {name.removeprefix("iop_sessions.") for name in loaded} <= LIGHT | more, done.stderr
