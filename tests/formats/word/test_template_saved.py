"""A clinic changes a template in Word and saves it: its logo, font, colours and words are on every page."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator
from pypdf import PdfReader
from rendering import write_pdfs

from iop_sessions.formats.word import check_template, draw
from iop_sessions.ground.blocks import Box, Heading, Page, Paragraph, line
from tests.lib.parts import RELATIONS, TYPES, changed, parts_of, zipped
from tests.lib.word_audit import audit
from tests.lib.wordlike import ADDRESS, FONTS, PERSON, PROVIDER, REL, control, paragraph, png, saved_by_word

HEADER, FOOTER, STYLES = "word/header1.xml", "word/footer1.xml", "word/styles.xml"
LOGO = "word/media/image1.png"


@pytest.fixture
def clinic(templates: Path, tmp_path: Path) -> Path:
    """Return a folder of templates that a clinic changed and saved in Word."""
    for path in templates.glob("*.docx"):
        (tmp_path / path.name).write_bytes(zipped(saved_by_word(path)))
    return tmp_path


def rewrite(folder: Path, *changes: tuple[str, str, str], **added: bytes) -> Path:
    """Change the clinic's handout template."""
    path = folder / "handout.docx"
    path.write_bytes(zipped(changed(parts_of(path), *changes) | added))
    return folder


def text_of(data: bytes, name: str) -> str:
    return parts_of(data)[name].decode()


def words_of(xml: str) -> str:
    return " ".join(re.sub("<[^>]+>", "", re.sub("</w:p>|<w:tab/>", " ", xml)).split())


def test_word_s_own_additions_are_no_faults(clinic: Path) -> None:
    found = {path.stem: check_template(path) for path in clinic.glob("*.docx")}
    assert {name: checked.problems for name, checked in found.items() if checked.problems} == {}
    assert found["handout"].fields == ("body", "footer", "title")
    assert found["handout"].fonts == ("Verdana",)
    assert (found["handout"].points, found["handout"].pictures) == (12, 1)


@pytest.mark.parametrize(
    "fields",
    [{}, {"large_print": True}, {"kind": "guide"}, {"kind": "coverage"}, {"template": "cards"},
     {"kind": "agenda", "landscape": True}, {"template": "certificate", "landscape": True}],
)  # fmt: skip
def test_every_page_drawn_on_it_is_clean_and_the_same_each_time(
    fields: dict[str, object], clinic: Path, every_block: Callable[..., Page], tmp_path: Path
) -> None:
    page = every_block(**fields)
    data = draw(page, clinic)
    assert audit(data, least_points=18 if page.large_print else 12 if page.kind == "handout" else 9) == []
    assert draw(page, clinic) == data
    (tmp_path / "drawn").write_bytes(data)
    assert OpenXmlValidator().validate(tmp_path / "drawn").errors == []


def test_the_logo_the_words_and_the_title_are_in_their_places(
    clinic: Path, every_block: Callable[..., Page]
) -> None:
    data = draw(every_block(), clinic)
    parts = parts_of(data)
    assert parts[LOGO] == png()
    assert f'Type="{REL}/image" Target="media/image1.png"'.encode() in parts["word/_rels/header1.xml.rels"]
    assert '<a:blip r:embed="rId1"/>' in text_of(data, HEADER)
    assert words_of(text_of(data, HEADER)) == "Plan your weekend"
    assert words_of(text_of(data, "word/document.xml")).startswith(f"{ADDRESS} Draft. Not yet reviewed")
    assert words_of(text_of(data, FOOTER)).startswith(f"{PROVIDER} RP-03a, version 1 Page 1 of 1 Overdose")


def test_the_title_loses_the_hint_s_grey_and_its_bond_to_other_data(
    clinic: Path, every_block: Callable[..., Page]
) -> None:
    header = text_of(draw(every_block(), clinic), HEADER)
    assert [
        name for name in ("PlaceholderText", "showingPlcHdr", "dataBinding", "docPart") if name in header
    ] == []


def test_an_empty_title_field_is_filled_too(clinic: Path, every_block: Callable[..., Page]) -> None:
    folder = rewrite(clinic, (HEADER, r"<w:sdtContent>.*</w:sdtContent>", "<w:sdtContent/>"))
    assert words_of(text_of(draw(every_block(), folder), HEADER)) == "Plan your weekend"


def test_a_title_field_may_stand_above_the_text_too(clinic: Path, every_block: Callable[..., Page]) -> None:
    title = control("title", paragraph("Title ", "here") + paragraph("and here"), number=5)
    folder = rewrite(clinic, ("word/document.xml", "<w:body>", f"<w:body>{title}"))
    document = text_of(draw(every_block(), folder), "word/document.xml")
    assert words_of(document).startswith(f"Plan your weekend {ADDRESS}")


def test_the_font_and_the_colours_are_the_clinic_s(clinic: Path, every_block: Callable[..., Page]) -> None:
    plain = text_of(draw(every_block(color="#1A1A1A"), clinic), STYLES)
    assert 'w:ascii="Verdana"' in plain
    assert re.search(r'"heading 1"/>.*?<w:color w:val="0B3D2E"/>', plain, re.DOTALL)
    of_a_group = text_of(draw(every_block(color="#1F4E79"), clinic), STYLES)
    assert re.search(r'"heading 1"/>.*?<w:color w:val="1F4E79"/>', of_a_group, re.DOTALL)


def test_nothing_tells_of_people_or_sittings(clinic: Path, every_block: Callable[..., Page]) -> None:
    parts = parts_of(draw(every_block(), clinic))
    traces = (PERSON, "rsid", "paraId", "anchorId", "_GoBack", "proofErr", "Normal.dotm", "C:\\")
    assert {trace: name for trace in traces for name, data in parts.items() if trace.encode() in data} == {}
    assert set(parts) - set(parts_of(clinic / "handout.docx")) == set()
    assert {"word/header2.xml", "word/footer2.xml", "word/people.xml", "docProps/app.xml"} & set(
        parts
    ) == set()


def test_no_blank_line_is_left_beside_the_fields(clinic: Path, every_block: Callable[..., Page]) -> None:
    data = draw(every_block(), clinic)
    assert not text_of(data, FOOTER).endswith("<w:p/></w:ftr>")
    assert [fault for fault in audit(data) if "blank" in fault] == []


CELL = (
    '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid>'
    '<w:tr><w:tc><w:tcPr><w:tcW w:w="9000" w:type="dxa"/></w:tcPr>{}</w:tc></w:tr></w:tbl>'
)


def test_a_field_in_a_line_of_its_own_is_filled(clinic: Path, every_block: Callable[..., Page]) -> None:
    field = control("footer", '<w:r><w:t xml:space="preserve">Footer lines</w:t></w:r>', number=9)
    in_table = CELL.format(f"<w:p>{field}</w:p>") + paragraph("Below")
    folder = rewrite(clinic, (FOOTER, "(<w:ftr[^>]*>).*", rf"\1{in_table}</w:ftr>"))
    footer = text_of(draw(every_block(), folder), FOOTER)
    assert words_of(footer).startswith("RP-03a, version 1 Page 1 of 1 Overdose")
    assert words_of(footer).endswith("Below")


def test_a_first_page_of_its_own_keeps_both_footers(clinic: Path, every_block: Callable[..., Page]) -> None:
    first = parts_of(clinic / "handout.docx")[FOOTER].replace(b"Our clinic is", b"Welcome: we are")
    switch = ("word/document.xml", "</w:sectPr>", "<w:titlePg/></w:sectPr>")
    data = draw(every_block(), rewrite(clinic, switch, **{"word/footer2.xml": first}))
    assert audit(data) == []
    for name, own in ((FOOTER, "Our clinic is an"), ("word/footer2.xml", "Welcome: we are an")):
        assert words_of(text_of(data, name)).startswith(
            f"{own} equal-opportunity provider. RP-03a, version 1"
        )


def test_a_font_inside_the_file_goes_along(clinic: Path, every_block: Callable[..., Page]) -> None:
    fonts = FONTS.replace('w:name="Verdana">', 'w:name="Clinic Sans">').replace(
        '<w:pitch w:val="variable"/>', '<w:pitch w:val="variable"/><w:embedRegular r:id="rId1"/>'
    )
    link = f'<Relationship Id="rId1" Type="{REL}/font" Target="fonts/font1.odttf"/>'
    links = f'<Relationships xmlns="{PACKAGE}">{link}</Relationships>'
    folder = rewrite(
        clinic,
        (TYPES, "<Override", f'<Default Extension="odttf" ContentType="{FONT_TYPE}"/><Override'),
        (STYLES, 'w:ascii="Verdana" w:hAnsi="Verdana"', 'w:ascii="Clinic Sans" w:hAnsi="Clinic Sans"'),
        **{
            "word/fontTable.xml": fonts.encode(),
            "word/_rels/fontTable.xml.rels": links.encode(),
            "word/fonts/font1.odttf": b"scrambled",
        },
    )
    assert check_template(folder / "handout.docx").problems == ()
    data = draw(every_block(), folder)
    assert parts_of(data)["word/fonts/font1.odttf"] == b"scrambled"
    assert "fonts/font1.odttf" in text_of(data, "word/_rels/fontTable.xml.rels")
    assert [fault for fault in audit(data) if "plain sans-serif" not in fault] == []


FONT_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MOVED = {
    "word/document.xml": "word/document2.xml", RELATIONS: "word/_rels/document2.xml.rels",
    STYLES: "word/styles2.xml", FOOTER: "word/parts/foot.xml",
}  # fmt: skip


def test_the_names_that_word_on_the_web_gives_are_understood(
    clinic: Path, every_block: Callable[..., Page]
) -> None:
    before = draw(every_block(), clinic)
    parts = changed(
        parts_of(clinic / "handout.docx"),
        ("_rels/.rels", 'Target="word/document.xml"', 'Target="/word/document2.xml"'),
        (RELATIONS, 'Target="styles.xml"', 'Target="/word/styles2.xml"'),
        (RELATIONS, 'Target="footer1.xml"', 'Target="parts/foot.xml"'),
        *((TYPES, f'"/{old}"', f'"/{new}"') for old, new in MOVED.items() if not old.endswith(".rels")),
    )
    named = {MOVED.get(name, name): data for name, data in parts.items()}
    named["word/document.xml"] = b"<left-behind/>"
    (clinic / "handout.docx").write_bytes(zipped(named))
    assert check_template(clinic / "handout.docx").problems == ()
    data = draw(every_block(), clinic)
    assert audit(data) == []
    (clinic / "drawn").write_bytes(data)
    assert OpenXmlValidator().validate(clinic / "drawn").errors == []
    assert words_of(text_of(data, "word/document.xml")) == words_of(text_of(before, "word/document.xml"))
    assert text_of(data, "word/footer-1.xml") == text_of(before, FOOTER)


def printed(data: bytes, folder: Path) -> PdfReader:
    """Print a document as LibreOffice lays it out."""
    return PdfReader(write_pdfs({"drawn": data}, folder)["drawn"])


@pytest.mark.deep
@pytest.mark.needs_tool("soffice")
def test_the_logo_and_the_words_are_on_every_printed_page(
    clinic: Path, every_block: Callable[..., Page], tmp_path: Path
) -> None:
    pages = printed(draw(every_block(large_print=True), clinic), tmp_path).pages
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert len(page.images) == 1
        words = " ".join(page.extract_text().split())
        assert PROVIDER in words
        assert f"Page {number} of {len(pages)}" in words


@pytest.mark.deep
@pytest.mark.needs_tool("soffice")
def test_eight_cards_fit_a_sheet_on_their_own_template(templates: Path, tmp_path: Path) -> None:
    says = (
        "Level 1: At the park. Asks once, and smiles.",
        "They say: I brought something to relax. Want some?",
        "Try: Say no at once. Keep it short. Name a plan.",
        "Way out: Say you want to walk, and go.",
        "To pass: Coach the one who answers.",
    )
    cards = (Box("card", f"Card {each}", tuple(Paragraph(line(text)) for text in says)) for each in range(8))
    footer = ("RT-01, version 1", "Overdose or danger: call 911.", "Draft, not yet reviewed by a clinician.")
    page = Page("handout", "Cards", (Heading(1, "Cards"), *cards), footer, template="cards")
    pages = {
        name: len(printed(draw(replace(page, template=name), templates), tmp_path).pages)
        for name in ("cards", "")
    }
    assert pages == {"cards": 1, "": 2}
