"""The guard lets nothing in that could run, call out, read other files or fill the memory; it says why."""

from __future__ import annotations

import zlib
from pathlib import Path
from random import Random

import pytest

from iop_sessions.formats.word.guard import MOST_PARTS
from iop_sessions.formats.word.package import PackedPart
from iop_sessions.formats.word.template import load
from tests.lib.guarding import AGAIN, COMPRESS, NO_MACROS, REPAIR, messages
from tests.lib.parts import RELATIONS, TYPES, Parts, changed, parts_of, zipped

ROOT = Path(__file__).parents[3]
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MACROS = ("the template holds macros or embedded programs", NO_MACROS)


@pytest.fixture(scope="module")
def parts() -> Parts:
    """Return the parts of a template that is fine."""
    return parts_of(ROOT / "templates" / "handout.docx")


def relation(kind: str, target: str, mode: str = "External") -> tuple[str, str, str]:
    """Return the change that adds a relation to the document."""
    link = f'<Relationship Id="rId90" Type="{REL}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    return (RELATIONS, "</Rel", f"{link}</Rel")


def field(instruction: str) -> tuple[str, str, str]:
    """Return the change that adds a field to the text, its instruction in two pieces as Word leaves it."""
    half = len(instruction) // 2
    pieces = "".join(
        f"<w:r><w:instrText>{each}</w:instrText></w:r>" for each in (instruction[:half], instruction[half:])
    )
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return ("word/document.xml", "<w:sectPr", f"<w:p>{begin}{pieces}{end}</w:p><w:sectPr")


def typed(kind: str) -> tuple[str, str, str]:
    """Return the change that adds a content type."""
    return (TYPES, "</Types>", f'<Default Extension="bin" ContentType="{kind}"/></Types>')


DOCTYPE = '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
UTF_7 = b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE x [ ]+AD4APA-x/+AD4-'
OBJECTS_AWAY = f"in Word: remove linked objects, mail merge and subdocuments, or {AGAIN}"
X, X_RELATIONS = "word/x.xml", "word/_rels/x.xml.rels"
OUTSIDE = "the part name '{}' points outside the document"
TYPED = "the part {} declares a document type"
MANY = {f"word/{number}.txt": b"" for number in range(MOST_PARTS)}
ADDED_PARTS = {
    "macros": ({"word/vbaProject.bin": b"x"}, *MACROS),
    "macro names": ({"word/vbaData.xml": b"<x/>"}, *MACROS),
    "an embedded file": ({"word/embeddings/a.bin": b"x"}, *MACROS),
    "an OLE object": ({"word/oleObject1.bin": b"x"}, *MACROS),
    "ActiveX": ({"word/activeX/activeX1.xml": b"<x/>"}, *MACROS),
    "a ribbon of its own": ({"customUI/customUI14.xml": b"<x/>"}, *MACROS),
    "an absolute path": ({"/etc/passwd": b"x"}, OUTSIDE.format("/etc/passwd"), AGAIN),
    "a path up": ({"word/../../up": b"x"}, OUTSIDE.format("word/../../up"), AGAIN),
    "a Windows path": ({"word\\a.xml": b"<x/>"}, OUTSIDE.format("word\\a.xml"), AGAIN),
    "a drive": ({"C:/a.xml": b"<x/>"}, OUTSIDE.format("C:/a.xml"), AGAIN),
    "a line end in a name": ({"word/a\n.xml": b"<x/>"}, OUTSIDE.format("word/a?.xml"), AGAIN),
    "a long name": ({f"{'a' * 70}\\b": b"x"}, OUTSIDE.format(f"…{'a' * 58}\\b"), AGAIN),
    "a name in other capitals": (
        {"word/STYLES.xml": b"<x/>"}, "the archive holds the part word/styles.xml twice", AGAIN
    ),
    "a bomb": ({X: b"a" * 5_000_000}, f"the part {X} grows far too much when it is unpacked", AGAIN),
    "too many words": (
        {f"word/{n}.xml": Random(n).randbytes(3_500_000) for n in range(6)},
        "the archive is too large for a template", COMPRESS,
    ),
    "too many parts": (MANY, "the archive is too large for a template", COMPRESS),
    "a document type": ({X: DOCTYPE.encode()}, TYPED.format(X), AGAIN),
    "a document type in UTF-16": ({X: DOCTYPE.encode("utf-16")}, TYPED.format(X), AGAIN),
    "a document type in UTF-7": ({X: UTF_7}, TYPED.format(X), AGAIN),
    "a document type in relations": ({X_RELATIONS: DOCTYPE.encode()}, TYPED.format(X_RELATIONS), AGAIN),
    "broken XML": ({X: b"<x>"}, f"the template is damaged in the part {X}", REPAIR),
    "broken relations": ({X_RELATIONS: b"<x"}, f"the template is damaged in the part {X_RELATIONS}", REPAIR),
}  # fmt: skip
CHANGES = {
    "a .docm under a new name": (
        (TYPES, "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main",
         "application/vnd.ms-word.document.macroEnabled.main"),
        "this is a Word document with macros (.docm)", NO_MACROS,
    ),
    "a macro's content type": (typed("application/vnd.ms-office.vbaProject"), *MACROS),
    "a macro's relation": (relation("vbaProject", "x.bin", "Internal"), *MACROS),
    "a control's relation": (relation("control", "x.xml", "Internal"), *MACROS),
    "an object in the text": (
        ("word/document.xml", "<w:sectPr", "<w:p><w:r><w:object/></w:r></w:p><w:sectPr"), *MACROS
    ),
    "an attached template": (
        relation("attachedTemplate", "file:///C:/Clinic.dotm"),
        "another template is attached: 'file:///C:/Clinic.dotm'",
        "in Word: Developer, Document Template, write Normal instead, save",
    ),
    "a linked picture": (
        relation("image", "https://example.org/x.png"),
        "a picture is linked and not inside the file: 'https://example.org/x.png'",
        "in Word: delete it and insert it anew with Insert, Pictures",
    ),
    "a link to a file": (
        relation("hyperlink", "file:///etc/passwd"),
        "a link leads to 'file:///etc/passwd', which is no web page",
        "in Word: right-click the link, Remove Hyperlink",
    ),
    "a link to a script": (
        relation("hyperlink", "javascript:alert(1)"),
        "a link leads to 'javascript:alert(1)', which is no web page",
        "in Word: right-click the link, Remove Hyperlink",
    ),
    "a field that links to a file": (
        field(' HYPERLINK "file:///etc/passwd" '),
        "a link leads to 'file:///etc/passwd', which is no web page",
        "in Word: right-click the link, Remove Hyperlink",
    ),
    "an old picture from the web": (
        ("word/document.xml", "<w:sectPr", '<w:p><w:r><v:imagedata src="http://a.b/c"/></w:r></w:p><w:sectPr'),
        "a picture is linked and not inside the file: 'http://a.b/c'",
        "in Word: delete it and insert it anew with Insert, Pictures",
    ),
    "a linked object": (
        relation("frame", "https://example.org/x.htm"),
        "the template draws in something from outside: 'https://example.org/x.htm'", OBJECTS_AWAY,
    ),
    "a linked file of a long name": (
        relation("subDocument", "https://example.org/" + "x" * 70),
        f"the template draws in something from outside: '…{'x' * 60}'", OBJECTS_AWAY,
    ),
    "a field that starts a program": (
        field(' DDEAUTO c:\\\\x "y"'),
        "the field DDEAUTO starts programs or brings in other files",
        "in Word: click it, press Ctrl+Shift+F9 to make it plain, save",
    ),
    "a field that reads a file": (
        field(" includetext c:/secret.docx"),
        "the field INCLUDETEXT starts programs or brings in other files",
        "in Word: click it, press Ctrl+Shift+F9 to make it plain, save",
    ),
    "a short field that reads a picture": (
        ("word/footer1.xml", "</w:ftr>", '<w:p><w:fldSimple w:instr="INCLUDEPICTURE a"/></w:p></w:ftr>'),
        "the field INCLUDEPICTURE starts programs or brings in other files",
        "in Word: click it, press Ctrl+Shift+F9 to make it plain, save",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("added", "what", "remedy"), ADDED_PARTS.values(), ids=ADDED_PARTS)
def test_a_part_that_could_do_harm_is_refused(
    added: Parts, what: str, remedy: str, parts: Parts, tmp_path: Path
) -> None:
    assert messages(tmp_path, zipped({**parts, **added})) == [f"{what} — {remedy}"]


@pytest.mark.parametrize(("change", "what", "remedy"), CHANGES.values(), ids=CHANGES)
def test_what_calls_out_of_the_file_is_refused(
    change: tuple[str, str, str], what: str, remedy: str, parts: Parts, tmp_path: Path
) -> None:
    assert messages(tmp_path, zipped(changed(parts, change))) == [f"{what} — {remedy}"]


def test_every_reason_is_told_at_once(parts: Parts, tmp_path: Path) -> None:
    bad = {"word/vbaProject.bin": b"x", "../up": b"x", "word/big.xml": b"a" * 5_000_000}
    assert messages(tmp_path, zipped({**parts, **bad})) == [
        f"the part word/big.xml grows far too much when it is unpacked — {AGAIN}",
        f"the part name '../up' points outside the document — {AGAIN}",
        f"the template holds macros or embedded programs — {NO_MACROS}",
    ]
    links = changed(
        parts, relation("image", "https://a.b/c.png"), field("DDE x"), typed("application/x-vbaProject")
    )
    assert [message.split(" — ")[0] for message in messages(tmp_path, zipped(links))] == [
        "the template holds macros or embedded programs",
        "a picture is linked and not inside the file: 'https://a.b/c.png'",
        "the field DDE starts programs or brings in other files",
    ]


@pytest.mark.parametrize(
    "target", ["https://example.org", "HTTP://example.org", "mailto:a@b.org", "tel:+1555"]
)
def test_a_link_that_a_reader_clicks_goes_along(target: str, parts: Parts, tmp_path: Path) -> None:
    assert messages(tmp_path, zipped(changed(parts, relation("hyperlink", target)))) == []
    assert f'Target="{target}"'.encode() in unpacked(load(tmp_path / "handout.docx").ready[RELATIONS])


@pytest.mark.parametrize("instruction", [' HYPERLINK "https://a.b" ', r' HYPERLINK \l "top" ', " NUMPAGES "])
def test_a_field_that_leads_to_the_web_or_a_place_in_the_page_is_no_fault(
    instruction: str, parts: Parts, tmp_path: Path
) -> None:
    assert messages(tmp_path, zipped(changed(parts, field(instruction.replace("\\", r"\\"))))) == []


def unpacked(part: object) -> bytes:
    assert isinstance(part, PackedPart)
    return zlib.decompress(part.deflated, -zlib.MAX_WBITS)
