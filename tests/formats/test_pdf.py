"""Word files become PDF through LibreOffice, here a small program in its place; what goes wrong is said."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest

from iop_sessions.formats import pdf
from iop_sessions.formats.pdf import find_office, to_pdf
from iop_sessions.ground.errors import CannotWrite
from iop_sessions.ground.writing import pdf_name
from tests.lib.pdfs import part, small_pdf

BY_HAND = "or leave --pdf out, open the Word file in Word and choose File > Save as > PDF"
WORDS = {
    "agendas/week-01-agenda.docx": b"one",
    "guides/RP-01-a.docx": b"two",
    "wall/week-01-wall.docx": b"three",
}
SOUND = small_pdf(part("Document", part("H1")))

Fake = Callable[[str], Path]


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fake:
    """Return a function that puts a program of Python lines in LibreOffice's place."""

    def put(lines: str) -> Path:
        script = tmp_path / "office.py"
        script.write_text(f"import sys, pathlib\n{lines}\n", encoding="utf-8")
        if sys.platform == "win32":
            command = tmp_path / "soffice.cmd"
            command.write_text(f'@"{sys.executable}" "{script}" %*\n', encoding="utf-8")
        else:
            command = tmp_path / "soffice"
            command.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{script}" "$@"\n', encoding="utf-8")
            command.chmod(0o755)
        monkeypatch.setattr(pdf, "find_office", lambda: command)
        return command

    return put


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which temporary folders are made."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def copying(tmp_path: Path, data: bytes) -> str:
    """Write the lines of a program that makes the same PDF of every file."""
    (tmp_path / "made.pdf").write_bytes(data)
    return (
        f"made = pathlib.Path({str(tmp_path / 'made.pdf')!r}).read_bytes()\n"
        "for word in (each for each in sys.argv if each.endswith('.docx')):\n"
        "    pathlib.Path(word).with_suffix('.pdf').write_bytes(made)"
    )


def refusal(files: dict[str, bytes]) -> str:
    with pytest.raises(CannotWrite) as caught:
        to_pdf(files, lambda _: None)
    return str(caught.value)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("agendas/week-01-agenda.docx", "agendas-pdf/week-01-agenda.pdf"),
        ("handouts-es/OR-01a-su-primer-dia.docx", "handouts-es-pdf/OR-01a-su-primer-dia.pdf"),
        ("print/01-04/a.docx", "print-pdf/01-04/a.pdf"),
        ("coverage.docx", "coverage.pdf"),
    ],
)
def test_a_pdf_stands_in_a_folder_of_its_kind(word: str, expected: str) -> None:
    assert pdf_name(word) == expected


def test_libreoffice_is_found_on_path(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    command = fake("")
    monkeypatch.setenv("PATH", str(command.parent))
    assert find_office() == command


def test_libreoffice_is_found_where_it_is_usually_installed(
    tmp_path: Path, fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = fake("")
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(pdf, "usual_places", lambda *_: [tmp_path / "nowhere", command])
    assert find_office() == command


def test_no_libreoffice_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(pdf, "usual_places", lambda *_: [tmp_path / "nowhere"])
    assert find_office() is None


def test_the_usual_places_of_each_system() -> None:
    home, folders = Path("home"), {"PROGRAMFILES": "P", "PROGRAMW6432": "P", "PROGRAMFILES(X86)": "P86"}
    assert pdf.usual_places("win32", folders, home) == [
        Path("P/LibreOffice/program/soffice.com"),
        Path("P86/LibreOffice/program/soffice.com"),
        Path("home/AppData/Local/Programs/LibreOffice/program/soffice.com"),
    ]
    assert pdf.usual_places("darwin", {}, home) == [
        Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
        Path("home/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    ]
    assert pdf.usual_places("linux", {}, home)[-1] == Path("/usr/lib/libreoffice/program/soffice")


def test_a_missing_libreoffice_is_said_with_two_ways_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "find_office", lambda: None)
    assert refusal(WORDS) == (
        "PDF files: could not be written: LibreOffice was not found on this computer — "
        f"install it from libreoffice.org and try again; {BY_HAND}"
    )


def test_the_first_file_without_a_pdf_is_named_with_libreoffices_last_words(fake: Fake) -> None:
    fake("print('starting')\nprint('Error: source file could not be loaded', file=sys.stderr)\nsys.exit(1)")
    assert refusal(WORDS) == (
        "agendas-pdf/week-01-agenda.pdf: could not be written: LibreOffice made no PDF of it; it said: "
        f"Error: source file could not be loaded — try again; {BY_HAND}"
    )


def test_a_libreoffice_that_says_nothing_is_not_quoted(fake: Fake) -> None:
    fake("")
    assert refusal({"guides/a.docx": b"one"}) == (
        f"guides-pdf/a.pdf: could not be written: LibreOffice made no PDF of it — try again; {BY_HAND}"
    )


def test_words_that_tell_of_our_folder_are_not_quoted(fake: Fake) -> None:
    fake("print('cannot read', sys.argv[-1])")
    assert refusal({"guides/a.docx": b"one"}) == (
        f"guides-pdf/a.pdf: could not be written: LibreOffice made no PDF of it — try again; {BY_HAND}"
    )


NEWER = "install LibreOffice 7.4 or newer from libreoffice.org"


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (b"no PDF at all", "LibreOffice made no PDF of it — try again"),
        (b"%PDF-1.6\nhalf", f"LibreOffice made a PDF that cannot be read — {NEWER}"),
        (small_pdf(), f"LibreOffice made a PDF without tags — {NEWER}"),
    ],
    ids=["none", "broken", "untagged"],
)
def test_a_pdf_that_is_of_no_use_is_refused(made: bytes, reason: str, tmp_path: Path, fake: Fake) -> None:
    fake(copying(tmp_path, made))
    assert refusal({"guides/a.docx": b"one"}) == (
        f"guides-pdf/a.pdf: could not be written: {reason}; {BY_HAND}"
    )


def test_a_libreoffice_that_cannot_be_started_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "find_office", lambda: tmp_path / "soffice")
    assert refusal(WORDS) == (
        f"PDF files: could not be written: the system says: {os.strerror(errno.ENOENT)} — "
        f"see that LibreOffice starts and that the disk has room, and try again; {BY_HAND}"
    )


def test_a_conversion_that_hangs_ends_in_words_and_leaves_nothing(
    fake: Fake, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake("import threading; threading.Event().wait()")
    monkeypatch.setattr(pdf, "_TO_START", 0.4)
    monkeypatch.setattr(pdf, "_EACH", 0.2)
    assert refusal(WORDS) == (
        "PDF files: could not be written: LibreOffice did not end in 1 seconds — "
        f"close other programs and try again; {BY_HAND}"
    )
    assert list(scratch.iterdir()) == []


CHILD = "import threading; print('up', flush=True); threading.Event().wait()"


@pytest.fixture
def family() -> Iterator[subprocess.Popen[bytes]]:
    """Start a process that starts another, as LibreOffice does; both hold the pipe that is read here."""
    parent = f"import subprocess, sys; subprocess.call([sys.executable, '-c', {CHILD!r}])"
    command = [sys.executable, "-c", parent]
    with subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"up"
        yield process


def is_over(process: subprocess.Popen[bytes]) -> bool:
    """Tell whether nobody holds the pipe any more."""
    assert process.stdout is not None
    reading = Thread(target=process.stdout.read, daemon=True)
    reading.start()
    reading.join(20)
    return not reading.is_alive()


def test_the_processes_that_it_started_end_too(family: subprocess.Popen[bytes]) -> None:
    with pytest.raises(CannotWrite):
        pdf._wait(family, 0.01)
    assert is_over(family)


def test_whoever_stops_the_work_stops_libreoffice(
    family: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    wait = family.wait

    def stop(_: float) -> int:
        monkeypatch.setattr(family, "wait", wait)
        raise KeyboardInterrupt

    monkeypatch.setattr(family, "wait", stop)
    with pytest.raises(KeyboardInterrupt):
        pdf._wait(family, 60)
    assert is_over(family)


def test_many_files_go_in_few_calls_and_the_work_is_told(
    tmp_path: Path, fake: Fake, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = tmp_path / "calls.txt"
    fake(f"open({str(calls)!r}, 'a').write(str(len(sys.argv)) + '\\n')\n{copying(tmp_path, SOUND)}")
    monkeypatch.setattr(pdf, "_AT_ONCE", 2)
    told: list[str] = []
    made = to_pdf(WORDS, told.append)
    assert list(made) == [
        "agendas-pdf/week-01-agenda.pdf",
        "guides-pdf/RP-01-a.pdf",
        "wall-pdf/week-01-wall.pdf",
    ]
    assert told == ["Making 3 PDF files with LibreOffice …", "2 of 3 are made …"]
    one, two = map(int, calls.read_text(encoding="utf-8").split())
    assert one == two + 1
    assert list(scratch.iterdir()) == []


def test_one_file_is_no_files(tmp_path: Path, fake: Fake) -> None:
    fake(copying(tmp_path, SOUND))
    told: list[str] = []
    to_pdf({"guides/a.docx": b"one"}, told.append)
    assert told == ["Making 1 PDF file with LibreOffice …"]


def test_libreoffice_gets_names_that_say_nothing_a_profile_of_its_own_and_asks_for_tags(
    tmp_path: Path, fake: Fake
) -> None:
    asked = tmp_path / "asked.json"
    fake(f"import json\nopen({str(asked)!r}, 'w').write(json.dumps(sys.argv))\n{copying(tmp_path, SOUND)}")
    to_pdf({"guides/RP-01-a.docx": b"one"}, lambda _: None)
    words = json.loads(asked.read_text(encoding="utf-8"))
    kind, _, options = words[words.index("--convert-to") + 1].partition(":{")
    switches = {name: each["value"] for name, each in json.loads("{" + options).items()}
    assert kind == "pdf:writer_pdf_Export"
    assert switches == {
        "UseTaggedPDF": "true", "PDFUACompliance": "true", "ExportBookmarks": "true",
        "EmbedStandardFonts": "true", "ExportFormFields": "false",
    }  # fmt: skip
    folder = Path(words[-1]).parent
    assert Path(words[-1]).name == "0000.docx"
    assert words[1] == f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    assert words[words.index("--outdir") + 1] == str(folder)
