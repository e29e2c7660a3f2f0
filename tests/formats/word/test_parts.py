"""A paper of parts: each has its own footer and page numbers from 1, on one paper and under one header."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator
from rendering import write_pdfs

from iop_sessions.formats.word import draw
from iop_sessions.formats.word.package import Element, pack, w, write_package
from iop_sessions.ground.blocks import (
    Block,
    Box,
    Heading,
    NewPart,
    Page,
    PageBreak,
    Paragraph,
    Table,
    WriteLines,
    cell,
    line,
)
from tests.lib.word_audit import audit
from tests.lib.wordlike import png

TITLE = Heading(1, "My workbook")
ONE, TWO = (NewPart(f"Part {number}", (f"RP-0{number}a, version 1", "Crisis: 988.")) for number in (1, 2))
TABLE = Table("My week", (cell("Day"),), ((cell("Monday"),),))
FRONT: tuple[Block, ...] = (TITLE, Paragraph(line("What is inside.")))
FIRST: tuple[Block, ...] = (ONE, Heading(2, "My chain"), Paragraph(line("Draw it.")))
SECOND: tuple[Block, ...] = (TWO, Heading(2, "My plan"), TABLE)
DOCUMENT, RELATIONS, TYPES = "word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"


def bound(*blocks: Block, **fields: object) -> Page:
    values = {
        "kind": "handout",
        "title": "My workbook",
        "blocks": blocks,
        "footer": ("workbook", "Crisis: 988."),
    }
    return Page(**(values | fields))  # type: ignore[arg-type]  # the fields are those of Page


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def sections(data: bytes) -> list[Element]:
    return list(etree.fromstring(parts_of(data)[DOCUMENT]).iter(w("sectPr")))


def footers(data: bytes) -> list[list[str]]:
    """Show the lines of the footer of each section, a tab before the page's number."""
    parts = parts_of(data)
    targets = {each.get("Id"): each.get("Target") for each in etree.fromstring(parts[RELATIONS])}
    found = []
    for section in sections(data):
        (reference,) = section.findall(w("footerReference"))
        key = next(value for name, value in reference.attrib.items() if str(name).endswith("}id"))
        root = etree.fromstring(parts[f"word/{targets[key]}"])
        found.append(
            [
                "".join(_shown(each) for each in p.iter(w("t"), w("tab"), w("fldSimple")))
                for p in root.iter(w("p"))
            ]
        )
    return found


def _shown(node: Element) -> str:
    if node.tag == w("fldSimple"):
        return f"<{node.get(w('instr'), '').strip()}>"
    if node.tag == w("tab"):
        return "" if node.get(w("val")) else "\t"
    inside = next(node.iterancestors(w("fldSimple")), None)
    return "" if inside is not None else node.text or ""


def test_each_part_has_its_own_footer_that_numbers_its_pages_from_1(templates: Path) -> None:
    data = draw(bound(*FRONT, *FIRST, *SECOND), templates)
    assert footers(data) == [
        ["workbook\tPage\xa0<PAGE>", "Crisis: 988."],
        ["RP-01a, version 1\tPart\xa01,\xa0page\xa0<PAGE>", "Crisis: 988."],
        ["RP-02a, version 1\tPart\xa02,\xa0page\xa0<PAGE>", "Crisis: 988."],
    ]
    starts = [[each.get(w("start")) for each in section.iter(w("pgNumType"))] for section in sections(data)]
    assert starts == [[], ["1"], ["1"]]


def test_a_paper_without_parts_still_says_how_many_pages_it_has(templates: Path) -> None:
    assert footers(draw(bound(*FRONT), templates)) == [
        ["workbook\tPage\xa0<PAGE>\xa0of\xa0<NUMPAGES>", "Crisis: 988."]
    ]


def test_a_footer_speaks_the_language_of_the_page(templates: Path) -> None:
    part = NewPart("Parte 1", ("RP-01a",))
    data = draw(bound(TITLE, part, Paragraph(line("Hola.")), language="es-US"), templates)
    assert footers(data) == [
        ["workbook\tPágina\xa0<PAGE>", "Crisis: 988."],
        ["RP-01a\tParte\xa01,\xa0página\xa0<PAGE>"],
    ]


@pytest.mark.parametrize(
    "fields", [{}, {"paper": "a4", "large_print": True}, {"landscape": True, "kind": "packet"}]
)
def test_every_part_has_the_paper_and_the_margins_of_the_page(
    fields: dict[str, object], templates: Path
) -> None:
    looks = [
        {name: dict(next(section.iter(w(name))).attrib) for name in ("pgSz", "pgMar")}
        for section in sections(draw(bound(*FRONT, *FIRST, *SECOND, **fields), templates))
    ]
    (alone,) = sections(draw(bound(*FRONT, **fields), templates))
    assert looks == [{name: dict(next(alone.iter(w(name))).attrib) for name in ("pgSz", "pgMar")}] * 3


def test_a_paper_that_opens_with_a_part_has_no_page_before_it(templates: Path) -> None:
    data = draw(bound(ONE, TITLE, *SECOND), templates)
    assert [lines[0] for lines in footers(data)] == [
        "RP-01a, version 1\tPart\xa01,\xa0page\xa0<PAGE>",
        "RP-02a, version 1\tPart\xa02,\xa0page\xa0<PAGE>",
    ]


def test_a_break_beside_a_new_part_is_left_out_and_so_is_a_part_without_text(templates: Path) -> None:
    clean = draw(bound(*FRONT, *SECOND), templates)
    assert (
        draw(bound(*FRONT, PageBreak(), ONE, TWO, PageBreak(), *SECOND[1:], ONE, PageBreak()), templates)
        == clean
    )


def test_a_part_that_ends_in_a_table_ends_in_a_line_of_one_point(templates: Path) -> None:
    body = etree.fromstring(parts_of(draw(bound(*FRONT, *SECOND, *FIRST), templates))[DOCUMENT])[0]
    after = next(body.iter(w("tbl"))).getnext()
    assert after is not None
    spacing = next(after.iter(w("spacing")))
    assert {str(name).partition("}")[2]: value for name, value in spacing.attrib.items()} == {
        "before": "0", "after": "0", "line": "20", "lineRule": "exact"
    }  # fmt: skip
    assert len(list(after.iter(w("sectPr")))) == 1


def test_a_part_inside_a_box_is_none(templates: Path) -> None:
    box = Box("remember", "To remember", (ONE, Paragraph(line("It passes."))))
    assert len(sections(draw(bound(*FRONT, box), templates))) == 1


@pytest.mark.parametrize("fields", [{}, {"paper": "a4", "large_print": True, "language": "es-US"}])
def test_a_paper_of_parts_is_clean_and_the_same_each_time(
    fields: dict[str, object], templates: Path, tmp_path: Path
) -> None:
    page = bound(*FRONT, *SECOND, *FIRST, TWO, Heading(2, "My lines"), WriteLines(3), **fields)
    data = draw(page, templates)
    assert audit(data) == []
    assert draw(page, templates) == data
    (tmp_path / "bound.docx").write_bytes(data)
    assert OpenXmlValidator().validate(tmp_path / "bound.docx").errors == []


def test_the_validator_of_word_s_own_makers_finds_no_fault(
    templates: Path, tmp_path: Path, needs_tool: Callable[[str], str]
) -> None:
    path = tmp_path / "bound.docx"
    path.write_bytes(draw(bound(*FRONT, *SECOND, *FIRST), templates))
    command = [needs_tool("ooxml-validator"), str(path)]
    said = subprocess.run(command, check=True, timeout=60, capture_output=True, text=True).stdout
    assert '"ok": true' in said


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('w:w="12240"', 'w:w="11906"', "section 3 has other paper than the last one"),
        ('w:top="1296"', 'w:top="1000"', "section 3 has other margins than the last one"),
        ("<w:footerReference[^>]*>", "", "section 3 numbers its pages anew without a footer of its own"),
    ],
)
def test_a_part_unlike_the_others_is_found(old: str, new: str, fault: str, templates: Path) -> None:
    parts = parts_of(draw(bound(*FRONT, *FIRST, *FIRST, *FIRST), templates))
    pieces = re.split("(?=<w:sectPr>)", parts[DOCUMENT].decode())
    pieces[3] = re.sub(old, new, pieces[3], count=1)
    parts[DOCUMENT] = "".join(pieces).encode()
    data = write_package({name: pack(data) for name, data in parts.items()})
    assert audit(data) == [f"word/document.xml: {fault}"]


# A template with a header, another footer on the first page, and a logo in the footer of the others.
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORDS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LOGO = f'<w:p><w:r><w:pict xmlns:r="{KIND}" r:id="rId1"/></w:r></w:p>'


@pytest.fixture
def letterhead(templates: Path, tmp_path: Path) -> Path:
    parts = parts_of((templates / "handout.docx").read_bytes())

    def swap(name: str, old: str, new: str) -> None:
        parts[name] = parts[name].decode().replace(old, new).encode()

    for number, name in ((21, "header1"), (22, "footer2")):
        kind = name[:-1]
        link = f'<Relationship Id="rId{number}" Type="{KIND}/{kind}" Target="{name}.xml"/>'
        swap(RELATIONS, "</Relationships>", f"{link}</Relationships>")
        content = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
        swap(TYPES, "</Types>", f'<Override PartName="/word/{name}.xml" ContentType="{content}"/></Types>')
    parts["word/header1.xml"] = f"<w:hdr {WORDS}><w:p><w:r><w:t>Our clinic</w:t></w:r></w:p></w:hdr>".encode()
    parts["word/footer2.xml"] = parts["word/footer1.xml"]
    swap("word/footer1.xml", "<w:sdt ", f"{LOGO}<w:sdt ")
    swap(TYPES, "<Override", '<Default Extension="png" ContentType="image/png"/><Override')
    picture = f'<Relationship Id="rId1" Type="{KIND}/image" Target="media/logo.png"/>'
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts["word/_rels/footer1.xml.rels"] = (
        f'<Relationships xmlns="{package}">{picture}</Relationships>'.encode()
    )
    parts["word/media/logo.png"] = png()
    shown = (
        '<w:headerReference w:type="default" r:id="rId21"/><w:footerReference w:type="first" r:id="rId22"/>'
    )
    swap(DOCUMENT, "<w:footerReference", f"{shown}<w:footerReference")
    swap(DOCUMENT, "</w:sectPr>", '<w:cols w:space="720"/><w:titlePg/></w:sectPr>')
    swap(DOCUMENT, "<w:body>", "<w:body><w:p><w:r><w:t>Our clinic</w:t></w:r></w:p>")
    with zipfile.ZipFile(tmp_path / "handout.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return tmp_path


def _named(section: Element) -> list[str]:
    return [f"{etree.QName(node).localname} {node.get(w('type'), '')}".strip() for node in section]


def test_parts_inherit_the_header_and_take_the_footer_s_logo_along(letterhead: Path) -> None:
    data = draw(bound(*FRONT, *FIRST, *SECOND), letterhead)
    footers = ["footerReference first", "footerReference default"]
    part = [*footers, "type", "pgSz", "pgMar", "pgNumType", "cols", "titlePg"]
    assert [_named(section) for section in sections(data)] == [
        ["headerReference default", *footers, "pgSz", "pgMar", "cols", "titlePg"],
        part,
        part,
    ]
    logos = {name for name, part in parts_of(data).items() if b"logo.png" in part}
    assert logos == {f"word/_rels/footer1{number}.xml.rels" for number in ("", "-1", "-2")}
    assert [fault for fault in audit(data) if "content type" in fault] == []
    (letterhead / "drawn.docx").write_bytes(data)
    assert OpenXmlValidator().validate(letterhead / "drawn.docx").errors == []


def test_a_part_that_opens_the_paper_keeps_the_header_and_what_staff_put_above(letterhead: Path) -> None:
    data = draw(bound(ONE, TITLE, *SECOND), letterhead)
    assert [_named(section)[:3] for section in sections(data)] == [
        ["footerReference first", "footerReference default", "headerReference default"],
        ["footerReference first", "footerReference default", "type"],
    ]
    text = parts_of(data)[DOCUMENT].decode()
    assert text.index("Our clinic") < text.index("My workbook") < text.index("My plan")


@pytest.mark.deep
@pytest.mark.needs_tool("soffice", "pdftotext")
def test_an_office_program_numbers_each_part_from_1(templates: Path, tmp_path: Path) -> None:
    long = tuple(Paragraph(line("row\n" * 30)) for _ in range(2))
    page = bound(*FRONT, *FIRST, *long, *SECOND, PageBreak(), Heading(2, "Then"), WriteLines(1))
    pdf = write_pdfs({"bound": draw(page, templates)}, tmp_path)["bound"]
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True)
    numbers = re.findall(
        r"\S.*?\S(?=\s{3}).*?(\S+(?: \d)?(?:, page)? \d+)$", text.stdout.decode(), re.MULTILINE
    )
    assert numbers == ["Page 1", "Part 1, page 1", "Part 1, page 2", "Part 2, page 1", "Part 2, page 2"]
