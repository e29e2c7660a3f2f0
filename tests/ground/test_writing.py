"""A set of files appears whole in its folder, or the old set stays, with the reason in words."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from iop_sessions.ground.errors import CannotWrite
from iop_sessions.ground.writing import _alone, holding, mend, write_file, write_set

OLD = {"a.docx": b"old a", "b.docx": b"old b"}
NEW = {"a.docx": b"new a", "c.docx": b"new c", "week-01/d.docx": b"new d"}


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


def test_files_to_keep_are_taken_along(folder: Path) -> None:
    write_set(folder, NEW, keep=["a.docx", "b.docx", "gone.docx"])
    assert _held(folder) == {**NEW, "b.docx": b"old b"}


def _fail_at(number: int, error: OSError, real: Callable[..., Any]) -> tuple[Callable[..., Any], list[int]]:
    calls: list[int] = []

    def call(*args: Any, **named: Any) -> Any:  # noqa: ANN401  # stands for four functions of the system
        calls.append(1)
        if len(calls) == number:
            raise error
        return real(*args, **named)

    return call, calls


STEPS = {(io, "open"): 4, (os, "fsync"): 3, (os, "mkdir"): 2, (os, "replace"): 2}


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
        "the folder is read-only, or a file in it is open in another program; the old files are untouched"
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


def test_what_a_killed_export_left_is_mended(folder: Path) -> None:
    folder.rename(folder.parent / ".iop-handouts.old.tmp")
    (folder.parent / ".iop-handouts.new.tmp").mkdir()
    with pytest.raises(CannotWrite):
        write_set(folder, {"a/../../x": b""})
    write_set(folder, {"e.docx": b"e"}, keep=["a.docx"])
    assert _held(folder) == {"a.docx": b"old a", "e.docx": b"e"}
    assert [path.name for path in folder.parent.iterdir()] == ["handouts"]


ASIDE, ON_ITS_WAY = ".iop-handouts.old.tmp", ".iop-handouts.new.tmp"


def test_a_set_that_was_put_aside_is_brought_back_before_it_is_looked_for(folder: Path) -> None:
    folder.rename(folder.parent / ASIDE)
    mend(folder)
    assert _held(folder) == OLD
    assert [path.name for path in folder.parent.iterdir()] == ["handouts"]


def test_nothing_is_mended_where_nothing_was_put_aside(tmp_path: Path) -> None:
    mend(tmp_path / "handouts")
    assert list(tmp_path.iterdir()) == []


def test_what_came_into_the_folder_meanwhile_stays_beside_what_was_put_aside(folder: Path) -> None:
    folder.rename(folder.parent / ASIDE)
    (folder.parent / ON_ITS_WAY).mkdir()
    folder.mkdir()
    (folder / "a.docx").write_bytes(b"newer a")
    with holding(folder):
        assert _held(folder) == {"a.docx": b"newer a", "b.docx": b"old b"}
    assert [path.name for path in folder.parent.iterdir()] == ["handouts"]


def test_a_new_set_in_its_place_is_not_mixed_with_the_old_one_that_was_to_go(folder: Path) -> None:
    folder.rename(folder.parent / ASIDE)
    write_set(folder.parent / "other", NEW)
    (folder.parent / "other").rename(folder)
    with holding(folder):
        assert _held(folder) == NEW
    assert [path.name for path in folder.parent.iterdir()] == ["handouts"]


def test_a_set_within_the_set_is_mended_unless_it_is_being_written(folder: Path) -> None:
    write_set(folder / "print", {"day.docx": b"day"})
    (folder / "print").rename(folder / ".iop-print.old.tmp")
    (folder / ".iop-zip.new.tmp").write_bytes(b"half a file")
    with _alone(folder / "print"), holding(folder):
        assert not (folder / "print").exists()
    with holding(folder):
        assert _held(folder) == OLD | {"print/day.docx": b"day"}


def test_a_file_taken_along_is_not_copied_where_the_disk_can_give_it_a_second_name(folder: Path) -> None:
    before = (folder / "a.docx").stat()
    write_set(folder, {"e.docx": b"e"}, keep=["a.docx"])
    assert os.path.samestat((folder / "a.docx").stat(), before)


def test_where_the_disk_cannot_a_file_taken_along_is_copied_with_its_date(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.utime(folder / "a.docx", (1_000_000_000, 1_000_000_000))
    monkeypatch.setattr(os, "link", _fail_at(1, OSError(errno.EPERM, "not on this disk"), os.link)[0])
    write_set(folder, {"e.docx": b"e"}, keep=["a.docx"])
    assert _held(folder) == {"a.docx": b"old a", "e.docx": b"e"}
    assert (folder / "a.docx").stat().st_mtime == 1_000_000_000


def test_a_file_is_written_by_one_at_a_time(folder: Path) -> None:
    with _alone(folder / "a.docx"), pytest.raises(CannotWrite) as error:
        write_file(folder / "a.docx", b"new a")
    assert str(error.value) == (
        "handouts/a.docx: could not be written: another export is writing it; this one changed nothing — "
        "wait until it is done, then try again"
    )
    assert (folder / "a.docx").read_bytes() == b"old a"


def test_two_exports_at_once_do_not_mix(folder: Path) -> None:
    with _alone(folder), pytest.raises(CannotWrite) as error:
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
