"""A set of files appears whole in its folder, or the old set stays, with the reason in words."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from iop_sessions.ground import disk, transaction
from iop_sessions.ground.disk import alone
from iop_sessions.ground.errors import CannotWrite
from iop_sessions.ground.writing import beneath, holding, mend, whole_set, write_file

OLD = {"a.docx": b"old a", "b.docx": b"old b"}
NEW = {"a.docx": b"new a", "c.docx": b"new c", "week-01/d.docx": b"new d"}


def write_set(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put a whole set of files in a folder, in place of what is there; or change nothing."""
    with holding(folder) as held:
        held.put(whole_set(folder, files))


def _held(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def shown(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder that holds the old set."""
    write_set(tmp_path / "handouts", OLD)
    return tmp_path / "handouts"


def test_a_set_takes_the_place_of_the_old_one(folder: Path) -> None:
    write_set(folder, NEW)
    assert _held(folder) == NEW
    assert [path.name for path in folder.parent.iterdir()] == ["handouts"]


def test_a_set_makes_the_folders_above_it(tmp_path: Path) -> None:
    write_set(tmp_path / "output" / "evening" / "agendas", OLD)
    assert _held(tmp_path / "output" / "evening" / "agendas") == OLD


def _fail_at(number: int, error: OSError, real: Callable[..., Any]) -> tuple[Callable[..., Any], list[int]]:
    calls: list[int] = []
    opens = real is io.open

    def call(*args: Any, **named: Any) -> Any:  # noqa: ANN401  # stands for four functions of the system
        if opens and not set(args[1]) & set("wa"):  # it only reads
            return real(*args, **named)
        calls.append(1)
        if len(calls) == number:
            raise error
        return real(*args, **named)

    return call, calls


STEPS = {(io, "open"): 5, (os, "fsync"): 4, (os, "mkdir"): 2, (os, "replace"): 6}


@pytest.mark.parametrize(
    ("module", "name", "number"),
    [(module, name, number) for (module, name), count in STEPS.items() for number in range(1, count + 1)],
)
def test_whichever_write_fails_the_old_set_stays(
    module: ModuleType, name: str, number: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = OSError(errno.ENOSPC, "No space left on device")
    call, _ = _fail_at(number, full, getattr(module, name))
    with monkeypatch.context() as patched:
        patched.setattr(module, name, call)
        with pytest.raises(CannotWrite) as error:
            write_set(folder, NEW)
    assert str(error.value) == (
        f"{shown(folder)}: could not be written: no space is left on the disk; the old files are untouched — "
        "free some room and try again"
    )
    assert error.value.exit_code == 4
    assert _held(folder) == OLD
    assert [path.name for path in folder.parent.iterdir()] == ["handouts"]


def test_the_fault_was_planted_in_every_step_there_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = {}
    with monkeypatch.context() as patched:
        for module, name in STEPS:
            call, counts[module, name] = _fail_at(0, OSError(), getattr(module, name))
            patched.setattr(module, name, call)
        write_set(folder, NEW)
    assert {step: len(calls) for step, calls in counts.items()} == STEPS


def test_a_read_only_folder_is_told_in_words(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    call, _ = _fail_at(1, OSError(errno.EROFS, "Read-only file system"), os.mkdir)
    monkeypatch.setattr(os, "mkdir", call)
    with pytest.raises(CannotWrite) as error:
        write_set(folder / "new" / "set", NEW)
    assert str(error.value) == (
        "new/set: could not be written: "
        "the folder is read-only, or a file in it is open in another program; nothing of it was written"
        " — close every file of it in Word, or choose a folder that you may write to"
    )


@pytest.mark.parametrize("mark", ["~$a.docx", "~$docx", ".~lock.a.docx#"])
def test_a_file_that_is_open_in_word_is_named_and_nothing_changes(mark: str, folder: Path) -> None:
    (folder / mark).write_bytes(b"owner")
    with pytest.raises(CannotWrite) as error:
        write_set(folder, NEW)
    assert str(error.value) == (
        f"{shown(folder)}: could not be written: 'a.docx' is open in Word or LibreOffice; "
        f"the old files are untouched — close it and try again (if it is not open anywhere, delete '{mark}')"
    )
    assert _held(folder) == {**OLD, mark: b"owner"}


def killed(changes: transaction.Changes, moves: int, *folders: Path) -> None:
    """Change files as a command does that is killed when it has moved some of them, the journal included."""
    move, moved = disk.move, []

    def die(*paths: Path) -> None:
        moved.append(paths)
        if len(moved) > moves:
            raise KeyboardInterrupt
        move(*paths)

    with pytest.MonkeyPatch.context() as patch, suppress(KeyboardInterrupt), holding(*folders) as held:
        patch.setattr(disk, "move", die)
        patch.setattr(transaction, "_undone", lambda *_: "")
        held.put(changes)


@pytest.mark.parametrize("moves", range(1, 6))
def test_what_a_killed_command_left_is_put_back_before_somebody_looks(moves: int, folder: Path) -> None:
    killed(beneath(folder, {**NEW, "b.docx": None}), moves, folder)
    assert sorted(path.name for path in folder.parent.iterdir()) == [".iop-handouts.tmp", "handouts"]
    mend(folder)
    assert _held(folder) == OLD
    assert [path.name for path in folder.parent.iterdir()] == ["handouts"]


@pytest.mark.parametrize("looked_at", ["handouts", "plans"])
@pytest.mark.parametrize("moves", range(2, 5))
def test_several_folders_are_put_back_together_whichever_is_looked_at(
    moves: int, looked_at: str, folder: Path
) -> None:
    plans = folder.parent / "plans"
    changes = {folder / "a.docx": b"new a", plans / "plan.csv": b"new plan"}
    killed(changes, moves, folder, plans)
    mend(folder.parent / looked_at)
    assert (_held(folder), plans.exists()) == (OLD, False)
    assert [path.name for path in folder.parent.iterdir()] == ["handouts"]


def test_a_change_of_several_folders_that_holds_is_not_put_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans = folder.parent / "plans"
    with monkeypatch.context() as patch, holding(folder, plans) as held:
        patch.setattr(disk, "clear", lambda _: None)  # as if killed once the journal was gone
        held.put({folder / "a.docx": b"new a", plans / "plan.csv": b"new plan"})
    for each in (folder, plans):
        with holding(each):
            assert _held(folder)["a.docx"], _held(plans) == (b"new a", {"plan.csv": b"new plan"})
    assert sorted(path.name for path in folder.parent.iterdir()) == ["handouts", "plans"]


def test_nothing_is_mended_where_nothing_was_left(tmp_path: Path) -> None:
    mend(tmp_path / "handouts")
    assert list(tmp_path.iterdir()) == []


def test_what_a_person_put_in_place_meanwhile_stays(folder: Path) -> None:
    killed({folder / "a.docx": b"new a", folder / "b.docx": b"new b"}, 4, folder)
    (folder / "a.docx").write_bytes(b"a person's a")
    with holding(folder):
        assert _held(folder) == {"a.docx": b"a person's a", "b.docx": b"old b"}
    assert [path.name for path in folder.parent.iterdir()] == ["handouts"]


def test_a_file_that_stays_is_not_touched(folder: Path) -> None:
    before = (folder / "a.docx").stat()
    write_set(folder, {"b.docx": b"new b", "a.docx": b"old a"})
    assert os.path.samestat((folder / "a.docx").stat(), before)
    assert (folder / "a.docx").stat().st_mtime_ns == before.st_mtime_ns


def test_a_file_is_written_by_one_at_a_time(folder: Path) -> None:
    with alone(folder / "a.docx"), pytest.raises(CannotWrite) as error:
        write_file(folder / "a.docx", b"new a")
    assert str(error.value) == (
        "handouts/a.docx: could not be written: another export is writing it; this one changed nothing — "
        "wait until it is done, then try again"
    )
    assert (folder / "a.docx").read_bytes() == b"old a"


def test_two_exports_at_once_do_not_mix(folder: Path) -> None:
    with alone(folder), pytest.raises(CannotWrite) as error:
        write_set(folder, NEW)
    assert str(error.value) == (
        f"{shown(folder)}: could not be written: another export is writing it; this one changed nothing — "
        "wait until it is done, then try again"
    )
    write_set(folder, NEW)
    assert _held(folder) == NEW


@pytest.mark.parametrize("name", ["../x.docx", "/x.docx", "a\\b.docx", ""])
def test_a_name_that_leaves_the_folder_is_refused(name: str, folder: Path) -> None:
    with pytest.raises(CannotWrite) as error:
        write_set(folder, {name: b""})
    assert str(error.value) == (
        f"{shown(folder)}: could not be written: '{name}' is no name inside this folder — "
        "choose a plain file name"
    )
    assert _held(folder) == OLD


def test_names_that_differ_only_in_case_are_refused(folder: Path) -> None:
    with pytest.raises(CannotWrite) as error:
        write_set(folder, {"x.docx": b"", "X.docx": b""})
    assert str(error.value) == (
        f"{shown(folder)}: could not be written: two files would be called 'X.docx' — "
        "give one of them another name: "
        "Windows and macOS cannot hold both"
    )


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("x")
    with pytest.raises(CannotWrite, match="a file stands where a folder should be"):
        write_set(tmp_path / "output" / "handouts", NEW)


def test_a_folder_where_a_file_should_be_is_told_and_stays(folder: Path) -> None:
    (folder / "c.docx").mkdir()
    (folder / "c.docx" / "mine.txt").touch()
    with pytest.raises(CannotWrite) as error:
        write_file(folder / "c.docx", b"new c")
    assert str(error.value) == (
        "handouts/c.docx: could not be written: a folder stands where a file should be; the old files are "
        "untouched — move that folder away and try again"
    )
    assert (folder / "c.docx" / "mine.txt").exists()


def test_a_table_that_the_system_holds_is_said_to_be_open_in_excel(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_file(folder / "plan.csv", b"old plan", within=folder)

    def refuse(path: Path, target: Path) -> None:
        if path.name == "plan.csv":
            raise PermissionError(errno.EACCES, "The process cannot access the file")
        path.rename(target)

    with monkeypatch.context() as windows:
        windows.setattr(os, "replace", refuse)
        windows.setattr(disk, "sleep", lambda _: None)
        with pytest.raises(CannotWrite) as error:
            write_set(folder, {**NEW, "plan.csv": b"new plan"})
    assert str(error.value) == (
        f"{shown(folder)}: could not be written: 'plan.csv' may not be replaced: it is open in Excel or "
        "LibreOffice, or its folder is read-only; the old files are untouched — close it and try again"
    )
    assert _held(folder) == OLD | {"plan.csv": b"old plan"}


def test_a_name_too_long_for_the_disk_is_told(folder: Path) -> None:
    with pytest.raises(CannotWrite, match="the name is too long for this disk"):
        write_set(folder, {"x" * 300: b""})
    assert _held(folder) == OLD


def test_one_file_is_written_whole_or_not_at_all(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_file(folder / "a.docx", b"new a")
    monkeypatch.setattr(os, "fsync", _fail_at(1, OSError(errno.EIO, "Input/output error"), os.fsync)[0])
    with pytest.raises(CannotWrite) as error:
        write_file(folder / "b.docx", b"new b")
    assert str(error.value) == (
        "handouts/b.docx: could not be written: the system says: Input/output error; "
        "the old files are untouched — try again"
    )
    assert _held(folder) == {"a.docx": b"new a", "b.docx": b"old b"}
