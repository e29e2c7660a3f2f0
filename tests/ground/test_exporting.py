from __future__ import annotations

from pathlib import Path

import pytest

from iop_sessions.ground import disk
from iop_sessions.ground.errors import CannotWrite, IopError
from iop_sessions.ground.writing import MANIFEST, export

FIRST = {"agendas/week-01.docx": b"one", "guides/RP-01.docx": b"guide"}


def inside(folder: Path) -> dict[str, bytes]:
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != MANIFEST]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_an_export_holds_its_files_and_a_manifest_of_their_digests(tmp_path: Path) -> None:
    done = export(tmp_path / "out", FIRST)
    assert (done.written, done.kept) == (tuple(FIRST), ())
    assert inside(tmp_path / "out") == FIRST
    assert (tmp_path / "out" / MANIFEST).read_text(encoding="utf-8") == (
        "file,sha256\n"
        "agendas/week-01.docx,7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed\n"
        "guides/RP-01.docx,83ca68be6227af2feb15f227485ed18aff8ecae99416a4bd6df3be1b5e8059b4\n"
    )


def test_a_second_export_replaces_what_is_ours_and_drops_what_is_no_longer_made(tmp_path: Path) -> None:
    export(tmp_path, FIRST)
    export(tmp_path, {"agendas/week-02.docx": b"two"})
    assert inside(tmp_path) == {"agendas/week-02.docx": b"two", "guides/RP-01.docx": b"guide"}


def test_a_file_that_a_person_changed_is_kept_beside_the_new_one_and_named(tmp_path: Path) -> None:
    export(tmp_path, FIRST)
    (tmp_path / "guides/RP-01.docx").write_bytes(b"mine")
    done = export(tmp_path, FIRST)
    assert done.kept == ("guides/RP-01 (changed by you).docx",)
    assert inside(tmp_path) == FIRST | {"guides/RP-01 (changed by you).docx": b"mine"}


def test_a_second_change_does_not_overwrite_the_first(tmp_path: Path) -> None:
    for number in (1, 2, 2, 3):
        export(tmp_path, FIRST)
        (tmp_path / "guides/RP-01.docx").write_bytes(b"mine %d" % number)
    assert export(tmp_path, FIRST).kept == ("guides/RP-01 (changed by you 3).docx",)
    assert inside(tmp_path) == FIRST | {
        "guides/RP-01 (changed by you).docx": b"mine 1",
        "guides/RP-01 (changed by you 2).docx": b"mine 2",
        "guides/RP-01 (changed by you 3).docx": b"mine 3",
    }


def test_a_file_that_a_person_changed_to_what_is_new_needs_no_copy(tmp_path: Path) -> None:
    export(tmp_path, FIRST)
    (tmp_path / "guides/RP-01.docx").write_bytes(b"better")
    done = export(tmp_path, FIRST | {"guides/RP-01.docx": b"better"})
    assert (done.kept, inside(tmp_path)["guides/RP-01.docx"]) == ((), b"better")


def test_a_changed_file_that_is_no_longer_made_stays_and_is_named(tmp_path: Path) -> None:
    export(tmp_path, FIRST)
    (tmp_path / "guides/RP-01.docx").write_bytes(b"mine")
    done = export(tmp_path, {"guides/RP-02.docx": b"two"})
    assert done.kept == ("guides/RP-01.docx",)
    assert inside(tmp_path) == {
        "agendas/week-01.docx": b"one",
        "guides/RP-01.docx": b"mine",
        "guides/RP-02.docx": b"two",
    }


def test_files_of_a_person_stay_and_so_does_one_under_a_name_of_ours(tmp_path: Path) -> None:
    (tmp_path / "guides").mkdir()
    (tmp_path / "guides/RP-01.docx").write_bytes(b"an old one of mine")
    (tmp_path / "notes.txt").write_bytes(b"notes")
    done = export(tmp_path, FIRST)
    assert done.kept == ("guides/RP-01 (changed by you).docx",)
    assert inside(tmp_path) == FIRST | {
        "guides/RP-01 (changed by you).docx": b"an old one of mine",
        "notes.txt": b"notes",
    }


def test_another_kind_stays_where_only_one_is_exported(tmp_path: Path) -> None:
    export(tmp_path, FIRST)
    export(tmp_path, {"handouts-es/RP-01a.docx": b"hoja"})
    export(tmp_path, FIRST)
    assert inside(tmp_path) == FIRST | {"handouts-es/RP-01a.docx": b"hoja"}


def test_what_its_kind_no_longer_holds_goes_with_the_next_whole_set(tmp_path: Path) -> None:
    export(tmp_path, FIRST)
    export(tmp_path, {"guides/RP-02.docx": b"two"}, whole=False)
    assert inside(tmp_path) == FIRST | {"guides/RP-02.docx": b"two"}
    export(tmp_path, FIRST)
    assert inside(tmp_path) == FIRST


def test_a_changed_file_of_another_kind_stays_a_persons(tmp_path: Path) -> None:
    export(tmp_path, FIRST)
    (tmp_path / "guides/RP-01.docx").write_bytes(b"mine")
    assert export(tmp_path, {"handouts/RP-01a.docx": b"sheet"}, whole=False).kept == ()
    assert inside(tmp_path) == FIRST | {"handouts/RP-01a.docx": b"sheet", "guides/RP-01.docx": b"mine"}


BOTH = {
    "agendas/week-01.docx": b"one", "agendas/week-02.docx": b"two",
    "agendas-pdf/week-01.pdf": b"PDF one", "agendas-pdf/week-02.pdf": b"PDF two",
}  # fmt: skip


def words_of(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if name.endswith(".docx")}


def test_a_pdf_stays_as_long_as_its_word_file_says_the_same(tmp_path: Path) -> None:
    export(tmp_path, BOTH)
    assert export(tmp_path, words_of(BOTH)).kept == ()
    assert inside(tmp_path) == BOTH


@pytest.mark.parametrize("whole", [True, False])
def test_a_pdf_goes_when_its_word_file_says_something_else(tmp_path: Path, whole: bool) -> None:
    export(tmp_path, BOTH)
    export(tmp_path, words_of(BOTH) | {"agendas/week-01.docx": b"other"}, whole=whole)
    left = {name: data for name, data in BOTH.items() if "week-01" not in name}
    assert inside(tmp_path) == left | {"agendas/week-01.docx": b"other"}


def test_a_pdf_goes_with_its_word_file(tmp_path: Path) -> None:
    export(tmp_path, BOTH)
    export(tmp_path, {"agendas/week-01.docx": b"one"})
    assert inside(tmp_path) == {name: data for name, data in BOTH.items() if "week-01" in name}


def test_a_pdf_that_a_person_changed_never_goes_and_is_named(tmp_path: Path) -> None:
    export(tmp_path, BOTH)
    (tmp_path / "agendas-pdf/week-01.pdf").write_bytes(b"with our notes")
    done = export(tmp_path, {"agendas/week-01.docx": b"other", "agendas/week-02.docx": b"two"})
    assert done.kept == ("agendas-pdf/week-01.pdf",)
    assert inside(tmp_path)["agendas-pdf/week-01.pdf"] == b"with our notes"


@pytest.mark.parametrize("failing", range(1, 4))
def test_a_set_is_whole_or_not_there_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    export(tmp_path / "out", FIRST)
    before = inside(tmp_path / "out")
    calls = 0
    real = disk.write

    def full(path: Path, data: bytes) -> None:
        nonlocal calls
        calls += 1
        if calls == failing:
            raise OSError(28, "No space left on device")
        real(path, data)

    monkeypatch.setattr(disk, "write", full)
    with pytest.raises(CannotWrite, match="no space is left on the disk"):
        export(tmp_path / "out", {"agendas/week-01.docx": b"new", "guides/RP-01.docx": b"new"})
    assert inside(tmp_path / "out") == before


@pytest.mark.parametrize(
    "manifest", [b"\xef\xbb\xbffile;sha256\r\n", b"\xff\xfe", b"", b"file,sha256\n../../x,1\n"]
)
def test_a_spoilt_manifest_makes_every_file_a_persons(tmp_path: Path, manifest: bytes) -> None:
    export(tmp_path, FIRST)
    (tmp_path / MANIFEST).write_bytes(manifest)
    export(tmp_path, {"agendas/week-01.docx": b"two"})
    assert inside(tmp_path) == {
        "agendas/week-01.docx": b"two",
        "agendas/week-01 (changed by you).docx": b"one",
        "guides/RP-01.docx": b"guide",
    }


def test_a_file_we_may_not_read_stays_and_the_others_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(tmp_path / "out", FIRST)
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "week-01.docx":
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    with monkeypatch.context() as locked:
        locked.setattr(Path, "read_bytes", refuse)
        done = export(tmp_path / "out", {"agendas/week-01.docx": b"two", "guides/RP-01.docx": b"new"})
    assert inside(tmp_path / "out") == {"agendas/week-01.docx": b"one", "guides/RP-01.docx": b"new"}
    with pytest.raises(IopError) as raised:
        done.refuse_open()
    assert raised.value.exit_code == 4
    assert str(raised.value) == (
        f"{tmp_path.name}/out: 'week-01.docx' may not be replaced: it is open in Word or LibreOffice, or its "
        "folder is read-only; it is as it was, everything else is written — close it and try again"
    )
    export(tmp_path / "out", {"agendas/week-01.docx": b"two"})
    assert inside(tmp_path / "out") == {"agendas/week-01.docx": b"two", "guides/RP-01.docx": b"new"}


def test_the_pdf_of_an_open_word_file_stays_with_it(tmp_path: Path) -> None:
    export(tmp_path, BOTH)
    (tmp_path / "agendas" / "~$week-01.docx").touch()
    new = dict.fromkeys(BOTH, b"new")
    done = export(tmp_path, new)
    assert [each.fact for each in done.open] == [
        "'week-01.docx' is open in Word or LibreOffice, and its PDF goes with it"
    ]
    old = {name: data for name, data in BOTH.items() if "week-01" in name}
    assert inside(tmp_path) == new | old | {"agendas/~$week-01.docx": b""}
    (tmp_path / "agendas" / "~$week-01.docx").unlink()
    assert export(tmp_path, new).open == ()
    assert inside(tmp_path) == new
