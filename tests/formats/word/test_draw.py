"""What a drawn document says to Word: text, sizes, paper, the same bytes each time."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator
from rendering import write_pdfs

from iop_sessions.formats.word import draw, draw_set
from iop_sessions.formats.word.package import Element, w
from iop_sessions.ground.blocks import (
    Block,
    Heading,
    ItemList,
    Page,
    PageBreak,
    Paragraph,
    Scale,
    Table,
    WriteLines,
    cell,
    line,
)

TITLE = Heading(1, "Plan")


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def _body(templates: Path, *blocks: Block, **fields: object) -> Element:
    page = replace(Page("handout", "Plan", (TITLE, *blocks)), **fields)  # type: ignore[arg-type]  # fields of Page
    found = etree.fromstring(_parts(draw(page, templates))["word/document.xml"]).find(w("body"))
    assert found is not None
    return found


def _words(node: Element) -> list[str]:
    return ["".join(each.text or "" for each in p.iter(w("t"))) for p in node.iter(w("p"))]


def _values(node: Element, name: str, attribute: str = "val") -> list[str | None]:
    return [each.get(w(attribute)) for each in node.iter(w(name))]


def test_every_block_passes_openxml_audit(
    every_block: Callable[..., Page], agenda: Page, templates: Path, tmp_path: Path
) -> None:
    pages = {
        "a": every_block(),
        "b": every_block(large_print=True, paper="a4", language="es-US"),
        "c": agenda,
    }
    for name, data in draw_set(pages, templates).items():
        path = tmp_path / f"{name}.docx"
        path.write_bytes(data)
        assert OpenXmlValidator().validate(path).errors == []


def test_the_same_page_gives_the_same_bytes(every_block: Callable[..., Page], templates: Path) -> None:
    assert draw(every_block(), templates) == draw(every_block(), templates)


def test_the_bytes_do_not_hang_on_the_hash_seed(templates: Path) -> None:
    script = (
        "import sys, hashlib, pathlib; from iop_sessions.ground.blocks import *;"
        "from iop_sessions.formats.word import draw;"
        "b = (Heading(1, 'T', 'RP'), ItemList('boxes', (line('a'),)), "
        "Table('N', (cell('A'),), ((cell(),),)));"
        "print(hashlib.sha256(draw(Page('handout', 'T', b), pathlib.Path(sys.argv[1]))).hexdigest())"
    )
    run = [sys.executable, "-c", script, str(templates)]
    root = {"PYTHONPATH": str(templates.parent)}
    there = subprocess.run(run, env={**root, "PYTHONHASHSEED": "0"}, capture_output=True, check=True)
    blocks = (Heading(1, "T", "RP"), ItemList("boxes", (line("a"),)), Table("N", (cell("A"),), ((cell(),),)))
    digest = hashlib.sha256(draw(Page("handout", "T", blocks), templates)).hexdigest()
    assert there.stdout.decode().strip() == digest


def test_the_archive_carries_no_clock_and_nothing_personal(
    every_block: Callable[..., Page], templates: Path
) -> None:
    with zipfile.ZipFile(io.BytesIO(draw(every_block(), templates))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = archive.namelist()
        core = archive.read("docProps/core.xml").decode()
    assert names == ["[Content_Types].xml", *sorted(names[1:])]
    assert not [name for name in names if "app.xml" in name or "thumbnail" in name or "custom" in name]
    assert "<dc:creator></dc:creator>" in core
    assert "<cp:lastModifiedBy></cp:lastModifiedBy>" in core
    assert "<dc:title>Plan your weekend</dc:title>" in core


def test_a_word_of_ten_thousand_letters_stays_text(templates: Path) -> None:
    word = "x" * 10_000
    body = _body(
        templates, Table("N", (cell("A"), cell("B")), ((cell(word), cell("b")),)), Paragraph(line(word))
    )
    assert _words(body).count(word) == 2


def test_text_that_looks_like_code_stays_text(templates: Path) -> None:
    text = "{{ 7*7 }} & < > \" ' {% raw %} <w:p/> &amp;"
    assert _words(_body(templates, Paragraph(line(text))))[1] == text


def test_control_characters_and_halves_of_letters_are_left_out(templates: Path) -> None:
    page = Page("handout", "T\x07\ud800", (Heading(1, "a\x00b\x1bc\ufffed\udfff"),), ("f\x08g",))
    parts = _parts(draw(page, templates))
    assert _words(etree.fromstring(parts["word/document.xml"])) == ["abcd"]
    assert "fg" in _words(etree.fromstring(parts["word/footer1.xml"]))[0]
    assert b"<dc:title>T</dc:title>" in parts["docProps/core.xml"]


def test_line_ends_and_tabs_become_breaks_and_tabs(templates: Path) -> None:
    body = _body(templates, Paragraph(line("a\r\nb\tc")))
    assert [node.tag for node in body[1].iter(w("t"), w("br"), w("tab"))] == [
        w("t"), w("br"), w("t"), w("tab"), w("t")
    ]  # fmt: skip


def test_hebrew_and_arabic_run_from_right_to_left(templates: Path) -> None:
    body = _body(templates, Paragraph(line("שלום")), Paragraph(line("مرحبا")), Paragraph(line("Hello")))
    assert [p.find(f"{w('pPr')}/{w('bidi')}") is not None for p in body.findall(w("p"))] == [
        False,
        True,
        True,
        False,
    ]
    assert len(list(body.iter(w("rtl")))) == 2


def test_blank_paragraphs_are_left_out(templates: Path) -> None:
    body = _body(templates, Paragraph(()), Paragraph(line("  ")), Heading(2, " "), Paragraph(line("a")))
    assert _words(body) == ["Plan", "a"]


def test_a_page_break_moves_the_next_text_and_none_is_left_at_the_end(templates: Path) -> None:
    body = _body(templates, PageBreak(), PageBreak(), Paragraph(line("a")), PageBreak())
    broken = [p.find(f"{w('pPr')}/{w('pageBreakBefore')}") is not None for p in body.findall(w("p"))]
    assert broken == [False, True]
    assert _words(body) == ["Plan", "a"]


def test_the_drawers_own_words_are_in_the_pages_language(templates: Path) -> None:
    page = Page("handout", "Plan", (TITLE, Scale(0, 1), WriteLines(1)), ("RP",), language="es-US")
    parts = _parts(draw(page, templates))
    assert _words(etree.fromstring(parts["word/document.xml"]))[3] == "Más espacio para escribir:"
    assert _words(etree.fromstring(parts["word/footer1.xml"])) == ["RPPágina\xa01\xa0de\xa01"]
    assert b'<w:lang w:val="es-US"' in parts["word/styles.xml"]
    assert b'<w:themeFontLang w:val="es-US"/>' in parts["word/settings.xml"]


@pytest.mark.parametrize(
    ("fields", "size"),
    [
        ({}, ("12240", "15840", None)),
        ({"paper": "a4"}, ("11906", "16838", None)),
        ({"landscape": True}, ("15840", "12240", "landscape")),
    ],
)
def test_paper_and_direction_are_the_pages(
    fields: dict[str, object], size: tuple[str, ...], templates: Path
) -> None:
    section = next(_body(templates, **fields).iter(w("pgSz")))
    assert (section.get(w("w")), section.get(w("h")), section.get(w("orient"))) == size


@pytest.mark.parametrize(("large", "margin"), [(False, "1296"), (True, "1440")])
def test_margins_are_nine_tenths_of_an_inch_and_in_large_print_an_inch(
    large: bool, margin: str, templates: Path
) -> None:
    margins = next(_body(templates, large_print=large).iter(w("pgMar")))
    assert {margins.get(w(side)) for side in ("top", "right", "bottom", "left")} == {margin}


def test_large_print_sets_18_20_22_points_and_tighter_lines(templates: Path) -> None:
    styles = etree.fromstring(
        _parts(draw(Page("handout", "P", (TITLE,), large_print=True), templates))["word/styles.xml"]
    )
    found = {s.get(w("styleId")): s for s in styles.findall(w("style")) if s.get(w("type")) == "paragraph"}
    sizes = {name: _values(style, "sz") for name, style in found.items()}
    assert (sizes.pop("Heading1"), sizes.pop("Heading2")) == (["44"], ["40"])
    assert {size for values in sizes.values() for size in values} == {"36"}
    assert {line for style in found.values() for line in _values(style, "spacing", "line")} == {"276"}


def test_footer_lines_stand_in_order_with_the_page_number_in_the_first(templates: Path) -> None:
    page = Page("handout", "Plan", (TITLE,), ("RP-03a, version 1", "", "Crisis: 988."))
    footer = etree.fromstring(_parts(draw(page, templates))["word/footer1.xml"])
    assert _words(footer) == ["RP-03a, version 1Page\xa01\xa0of\xa01", "Crisis: 988."]
    assert _values(footer, "fldSimple", "instr") == [" PAGE ", " NUMPAGES "]


@pytest.mark.parametrize(
    ("kind", "landscape", "small"),
    [("handout", False, "24"), ("packet", False, "18"), ("packet", True, "18")],
)
def test_clients_get_footers_of_12_points_and_staff_of_9(
    kind: str, landscape: bool, small: str, templates: Path
) -> None:
    page = Page(kind, "Plan", (TITLE,), ("x",), landscape=landscape)  # type: ignore[arg-type]  # a literal
    styles = etree.fromstring(_parts(draw(page, templates))["word/styles.xml"])
    assert [_values(s, "sz") for s in styles.findall(w("style")) if s.get(w("styleId")) == "Footer"] == [
        [small]
    ]


def test_a_page_without_blocks_is_still_a_document(templates: Path) -> None:
    parts = _parts(draw(Page("coverage", "Empty", ()), templates))
    assert _words(etree.fromstring(parts["word/document.xml"])) == []


@pytest.mark.deep
@pytest.mark.needs_tool("soffice", "pdftotext")
def test_no_heading_stands_alone_at_a_pages_foot(templates: Path, tmp_path: Path) -> None:
    end = (Heading(2, "Alone"), Paragraph(line("Below.")), ItemList("boxes", (line("Yes"),) * 3))
    pages = {  # the heading wanders over the foot of the page
        rows: Page("handout", "Plan", (TITLE, Paragraph(line("row\n" * rows + "row")), *end), ("RP", "988"))
        for rows in range(26, 34)
    }
    pdfs = write_pdfs({str(rows): draw(page, templates) for rows, page in pages.items()}, tmp_path)
    first = []
    for path in pdfs.values():
        order = ["pdftotext", "-l", "1", str(path), "-"]
        text = subprocess.run(order, check=True, capture_output=True).stdout
        first.append((b"Alone" in text, b"Below." in text, b"Yes" in text))
    assert set(first) == {(True, True, True), (False, False, False)}
