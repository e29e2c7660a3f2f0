"""What is no template is said to be none, however it is damaged."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iop_sessions.formats.word import TemplateFault, check_template
from iop_sessions.formats.word.guard import MOST_BYTES
from iop_sessions.formats.word.template import load
from tests.lib.examples import FEW
from tests.lib.guarding import AGAIN, COMPRESS, RESAVE, UNLOCK, messages
from tests.lib.parts import TYPES, Parts, parts_of, zipped

ROOT = Path(__file__).parents[3]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.fixture(scope="module")
def parts() -> Parts:
    """Return the parts of a template that is fine."""
    return parts_of(ROOT / "templates" / "handout.docx")


ENTRY = b"PK\x01\x02\x14\x03\x14\x00"  # the start of an entry in the archive's list, up to its flags


def without(parts: Parts, name: str) -> bytes:
    return zipped({each: data for each, data in parts.items() if each != name})


FILES: dict[str, tuple[Callable[[Parts], bytes], str, str]] = {
    "an empty file": (lambda _: b"", "the file is empty", AGAIN),
    "a text": (lambda _: b"hello", "this is not a Word document", AGAIN),
    "half an archive": (lambda parts: zipped(parts)[:3000], "this is not a Word document", AGAIN),
    "an old .doc": (lambda _: OLE, "this is an old Word document (.doc) under a new name", RESAVE),
    "a locked document": (
        lambda _: OLE + "EncryptedPackage".encode("utf-16-le"),
        "the template is locked with a password", UNLOCK,
    ),
    "a Rich Text document": (
        lambda _: b"{\\rtf1 hello}", "this is a Rich Text document (.rtf) under a new name", RESAVE
    ),
    "another archive": (lambda _: zipped({"a.txt": b"x"}), "this is not a Word document", AGAIN),
    "no content types": (lambda parts: without(parts, TYPES), "this is not a Word document", AGAIN),
    "no relations": (lambda parts: without(parts, "_rels/.rels"), "this is not a Word document", AGAIN),
    "no text": (
        lambda parts: without(parts, "word/document.xml"),
        "this is not a Word document that can be filled", "save it in Word as 'Word Document (.docx)'",
    ),
    "no styles": (
        lambda parts: without(parts, "word/styles.xml"),
        "this is not a Word document that can be filled", "save it in Word as 'Word Document (.docx)'",
    ),
    "a huge file": (
        lambda _: b"PK" + bytes(MOST_BYTES), "the archive is too large for a template", COMPRESS
    ),
    "a part that is locked": (
        lambda parts: zipped(parts).replace(ENTRY + b"\0", ENTRY + b"\1"),
        "the template is locked with a password", UNLOCK,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("make", "what", "remedy"), FILES.values(), ids=FILES)
def test_what_is_no_template_is_said_to_be_none(
    make: Callable[[Parts], bytes], what: str, remedy: str, parts: Parts, tmp_path: Path
) -> None:
    assert messages(tmp_path, make(parts)) == [f"{what} — {remedy}"]


def test_a_part_that_is_there_twice_is_refused(parts: Parts, tmp_path: Path) -> None:
    made = io.BytesIO(zipped(parts))
    with zipfile.ZipFile(made, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("word/document.xml", b"<x/>")
    assert messages(tmp_path, made.getvalue()) == [
        f"the archive holds the part word/document.xml twice — {AGAIN}"
    ]


def test_a_part_whose_size_is_a_lie_is_refused(parts: Parts, tmp_path: Path) -> None:
    data = zipped({**parts, "word/a.txt": b"a" * 300_000})
    assert messages(tmp_path, data.replace(struct.pack("<I", 300_000), struct.pack("<I", 12))) == [
        f"this is not a Word document — {AGAIN}"
    ]


def test_a_folder_of_the_name_is_no_template(tmp_path: Path) -> None:
    (tmp_path / "handout.docx").mkdir()
    with pytest.raises(TemplateFault, match=r"this is not a Word document|may not be read"):
        load(tmp_path / "handout.docx")


@FEW
@given(data=st.data())
def test_damage_to_a_file_ends_in_words(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    whole = (ROOT / "templates" / "handout.docx").read_bytes()
    start, end = sorted((data.draw(st.integers(0, len(whole))), data.draw(st.integers(0, len(whole)))))
    end = min(end, start + 6)
    path = tmp_path_factory.getbasetemp() / "handout.docx"
    path.write_bytes(whole[:start] + data.draw(st.binary(max_size=6)) + whole[end:])
    assert all(problem.message and problem.remedy for problem in check_template(path).problems)
