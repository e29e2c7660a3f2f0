"""Two exports at once, and a set of which a file is open: the old set or a new one, and words for which."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from iop_sessions.ground import disk, writing
from iop_sessions.ground.errors import IopError
from tests.formats.exports.crashes import MINE, NAMES, Sets, faults_in, make_sets, start, told

BUSY = (
    "output/evening: could not be written: another export is writing it; this one changed nothing — "
    "wait until it is done, then try again"
)
LOCKED = (
    "output/evening: '{name}' may not be replaced: it is open in Word or LibreOffice, or its folder is "
    "read-only; it is as it was, everything else is written — close it and try again"
)
OPEN = (
    "output/evening: '{name}' is open in Word or LibreOffice; it is as it was, everything else is written — "
    "close it and try again (if it is not open anywhere, delete '{mark}')"
)


@pytest.fixture(scope="module")
def sets(tmp_path_factory: pytest.TempPathFactory) -> Sets:
    return make_sets(tmp_path_factory.mktemp("sets"), count=3)


def said(folder: Path, sets: Sets, version: int) -> str:
    """Export a version of the set; return what is said where that cannot be."""
    try:
        writing.export(folder, sets.versions[version]).refuse_open()
    except IopError as error:
        return str(error)
    return ""


def mine(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in MINE}


@pytest.mark.parametrize("step", [1, 3, 10, 20, 30, 40, 44, 46])
def test_an_export_that_meets_another_one_changes_nothing_or_writes_its_whole_set(
    step: int, sets: Sets, tmp_path: Path
) -> None:
    folder = sets.lay_out(tmp_path)
    other = start("careful-wait", folder, sets, step)  # which exports version 1, stops on the way, then 2
    assert other.stdout is not None
    assert json.loads(other.stdout.readline()) == {"waiting": True}
    second = said(folder, sets, 2)
    assert (second, sets.version(folder)) == ("", 2) if step == 1 else second == BUSY
    assert [each["said"] for each in told(other)] == ["", ""]
    assert (sets.version(folder), mine(folder), faults_in(folder)) == (2, MINE, [])
    assert [path.name for path in folder.parent.iterdir()] == ["evening"]


def test_two_processes_that_race_never_mix_their_sets(sets: Sets, tmp_path: Path) -> None:
    folder = sets.lay_out(tmp_path)
    racing = [start("careful-die", folder, sets) for _ in range(2)]
    ended = [each["said"] for process in racing for each in told(process)]
    assert set(ended) <= {"", BUSY}
    assert "" in ended
    assert sets.version(folder) in (1, 2)
    assert (mine(folder), faults_in(folder)) == (MINE, [])
    assert [path.name for path in folder.parent.iterdir()] == ["evening"]


@pytest.mark.parametrize("mark", ["~${tail}", ".~lock.{name}#"], ids=["Word", "LibreOffice"])
def test_a_file_open_in_word_stays_until_it_is_closed_and_the_others_are_written(
    mark: str, sets: Sets, tmp_path: Path
) -> None:
    folder = sets.lay_out(tmp_path)
    file = Path(NAMES[0]).name
    owner = (folder / NAMES[0]).with_name(mark.format(tail=file[2:], name=file))
    owner.write_bytes(b"\x04F1")
    assert said(folder, sets, 1) == OPEN.format(name=file, mark=owner.name)
    assert versions(folder, sets) == [0, 1, 1]
    assert faults_in(folder) == []
    owner.unlink()
    assert said(folder, sets, 1) == ""
    assert (sets.version(folder), mine(folder)) == (1, MINE)


def versions(folder: Path, sets: Sets) -> list[int]:
    """Say of which version each file is."""
    return [[each[name] for each in sets.versions].index((folder / name).read_bytes()) for name in NAMES]


@pytest.mark.parametrize("mark", ["~$-01a.odt", ".~lock.RP-01a.odt#"], ids=["Word", "LibreOffice"])
def test_a_persons_own_file_that_is_open_stops_nothing(mark: str, sets: Sets, tmp_path: Path) -> None:
    folder = sets.lay_out(tmp_path)
    (folder / "handouts" / mark).write_bytes(b"\x04F1")
    assert said(folder, sets, 1) == ""
    assert (sets.version(folder), mine(folder)) == (1, MINE)


def test_a_file_that_another_program_holds_open_stays_on_windows_alone(sets: Sets, tmp_path: Path) -> None:
    folder = sets.lay_out(tmp_path)
    with (folder / NAMES[0]).open("rb"):
        told_so = said(folder, sets, 1)
    windows = sys.platform == "win32"
    locked = LOCKED.format(name=Path(NAMES[0]).name)
    assert (told_so, versions(folder, sets)) == ((locked, [0, 1, 1]) if windows else ("", [1, 1, 1]))


@pytest.mark.parametrize("times", [1, 9, 10])
def test_a_file_locked_as_windows_locks_it_is_tried_for_two_seconds(
    times: int, sets: Sets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where Windows holds a file, it can neither be moved nor replaced."""
    folder, replace = sets.lay_out(tmp_path), os.replace
    refusals, waited = [PermissionError(13, "The process cannot access the file")] * times, []

    def refuse(path: Path, target: Path) -> None:
        if path == folder / NAMES[0] and refusals:
            raise refusals.pop()
        replace(path, target)

    with monkeypatch.context() as windows:
        windows.setattr(os, "replace", refuse)
        windows.setattr(disk, "sleep", waited.append)
        told_so = said(folder, sets, 1)
    assert sum(waited) <= 2.0 + 1e-9
    late = times == 10
    assert (told_so, versions(folder, sets)) == (
        (LOCKED.format(name=Path(NAMES[0]).name), [0, 1, 1]) if late else ("", [1, 1, 1])
    )
    assert (mine(folder), faults_in(folder)) == (MINE, [])
    assert [path.name for path in folder.parent.iterdir()] == ["evening"]
