"""A disk that is full keeps the old set, and the message says so; one with room enough takes the new set."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from iop_sessions.ground import writing
from tests.formats.exports.crashes import Sets, make_sets, start, told
from tests.lib.crash import read

FULL = (
    "output/evening: could not be written: no space is left on the disk; the old files are untouched — "
    "free some room and try again"
)
TOO_LARGE = (
    "output/evening: could not be written: the disk takes no file so large; the old files are untouched — "
    "choose a folder on another disk"
)
Outcome = dict[str, Any]


@pytest.fixture(scope="module")
def sets(tmp_path_factory: pytest.TempPathFactory) -> Sets:
    return make_sets(tmp_path_factory.mktemp("sets"), count=2)


@pytest.fixture(scope="module")
def old_and_new(sets: Sets, tmp_path_factory: pytest.TempPathFactory) -> tuple[Outcome, Outcome]:
    """Return what a folder holds before a whole export, and after it."""
    folder = sets.lay_out(tmp_path_factory.mktemp("room"))
    before = read(folder)
    writing.export(folder, sets.versions[1])
    return before, read(folder)


def compare(tried: list[Outcome], message: str, old_and_new: tuple[Outcome, Outcome]) -> list[int]:
    """Compare each try with the two sets; return the sizes that were too small."""
    old, new = old_and_new
    small = [each["size"] for each in tried if each["said"]]
    assert {each["said"] for each in tried} == {message, ""}
    assert [each["size"] for each in tried if each["said"] and each["files"] != old] == []
    assert [each["size"] for each in tried if not each["said"] and each["files"] != new] == []
    assert small == [each["size"] for each in tried][: len(small)]
    return small


@pytest.fixture
def mounts(needs_tool: Callable[[str], str], tmp_path: Path) -> list[str]:
    """Return the command that gives a process mounts of its own; skip where the system does not allow it."""
    command = [needs_tool("unshare"), "--map-root-user", "--mount"]
    probe = [*command, "mount", "-t", "tmpfs", "tmpfs", str(tmp_path)]
    if subprocess.run(probe, check=False, capture_output=True).returncode:
        pytest.skip("unshare may not mount a small disk here: allow user namespaces, or run as root")
    return command


def test_a_disk_that_is_full_keeps_the_old_set(
    mounts: list[str], sets: Sets, old_and_new: tuple[Outcome, Outcome], tmp_path: Path
) -> None:
    """Try disks just large enough for the old set, a little larger, and so on till both sets have room."""
    pages = [-(-path.stat().st_size // 4096) for path in sets.old.rglob("*") if path.is_file()]
    least = 4 * sum(pages)  # a mounted disk gives room by the four kibibytes
    tried = told(start("full", tmp_path / "output" / "evening", sets, least, 3 * least, 4, within=mounts))
    assert compare(tried, FULL, old_and_new)[0] == least


if sys.platform != "win32":  # which knows no such limit

    def test_a_file_cut_off_at_any_length_keeps_the_old_set(
        sets: Sets, old_and_new: tuple[Outcome, Outcome], tmp_path: Path
    ) -> None:
        """A limit on a file's size stands for a full disk wherever none can be mounted.

        The system takes a file's first bytes and refuses the rest, as a full disk does, with another error.
        """
        largest = max(map(len, sets.versions[1].values()))
        tried = told(start("limit", tmp_path / "output" / "evening", sets, 0, largest + 500, 250))
        small = compare(tried, TOO_LARGE, old_and_new)
        assert small == list(range(0, largest, 250))
