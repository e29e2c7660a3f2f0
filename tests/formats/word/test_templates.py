"""Staff may change a template: what it lost is named with its remedy, and nothing personal goes along."""

from __future__ import annotations

import runpy
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from iop_sessions.formats.word import TemplateFault, check_template, draw
from iop_sessions.ground.blocks import Heading, ItemList, Page, Paragraph, line
from iop_sessions.ground.errors import IopError, errors_of
from tests.lib.parts import RELATIONS, TYPES, changed, parts_of, zipped
from tests.lib.word_audit import audit

PAGE = Page("handout", "Plan", (Heading(1, "Plan"), ItemList("steps", (line("One"),))), ("RP-01a",))
Edit = Callable[..., Path]
DOCUMENT, FOOTER, STYLES = "word/document.xml", "word/footer1.xml", "word/styles.xml"
FIELD = "(<w:sdt[ >].*</w:sdt>)"
COPY = "or copy the template from a new workspace"


@pytest.fixture
def edited(templates: Path, tmp_path: Path) -> Edit:
    """Return a maker of a folder with an edited handout template."""

    def edit(*changes: tuple[str, str, str], added: dict[str, bytes] | None = None) -> Path:
        parts = changed(parts_of(templates / "handout.docx"), *changes) | (added or {})
        (tmp_path / "handout.docx").write_bytes(zipped(parts))
        return tmp_path

    return edit


def _messages(folder: Path) -> list[str]:
    problems = errors_of(check_template(folder / "handout.docx").problems)
    return [str(problem).removeprefix(f"{folder.name}/") for problem in problems]


def _text(data: bytes, name: str) -> str:
    return parts_of(data)[name].decode()


def test_a_missing_template_is_named_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(TemplateFault) as fault:
        draw(PAGE, tmp_path)
    assert str(fault.value) == (
        f"{tmp_path.name}/handout.docx: the template is missing — put it back from a new workspace; "
        "templates lie in the folder 'templates'"
    )
    assert isinstance(fault.value, IopError)
    assert fault.value.exit_code == 1


NEW_STYLE = "in Word: Styles pane, New Style"
LIST_LOST = "the style 'List Number' lost its list"
LIST_ANEW = f"in Word: Modify Style 'List Number', Format, Numbering; {COPY}"
FOOTER_LOST = "the named field 'footer' is missing from the footer"
FIELD_ANEW = "in Word: Developer, Rich Text Content Control, then Properties, Tag: {}; " + COPY
FAULTS = {
    "a missing style": (
        (STYLES, '<w:style [^>]*w:styleId="Purpose".*?</w:style>', ""),
        "the style 'Purpose' is missing",
        f"{NEW_STYLE}, name it 'Purpose'; {COPY}",
    ),
    "a missing table style": (
        (STYLES, '<w:style [^>]*w:styleId="CutCards".*?</w:style>', ""),
        "the style 'Cut Cards' is missing",
        f"{NEW_STYLE}, Style type: Table, name it 'Cut Cards'; {COPY}",
    ),
    "a style of another type": (
        (STYLES, 'w:type="paragraph" w:styleId="Note"', 'w:type="character" w:styleId="Note"'),
        "the style 'Note' is no paragraph style",
        f"{NEW_STYLE}, Style type: Paragraph, name it 'Note'; {COPY}",
    ),
    "a style that lost its list": (
        (STYLES, '<w:numPr><w:numId w:val="2"/></w:numPr>', ""), LIST_LOST, LIST_ANEW,
    ),
    "a style whose list was switched off": (
        (STYLES, '<w:numId w:val="2"/>', '<w:numId w:val="0"/>'), LIST_LOST, LIST_ANEW,
    ),
    "a style with a list that is not there": (
        (STYLES, '<w:numId w:val="2"/>', '<w:numId w:val="7"/>'), LIST_LOST, LIST_ANEW,
    ),
    "a missing body": (
        (DOCUMENT, '<w:alias w:val="body"/><w:tag w:val="body"/>', ""),
        "the named field 'body' is missing from the text", FIELD_ANEW.format("body"),
    ),
    "a missing footer": (
        (FOOTER, '<w:alias w:val="footer"/><w:tag w:val="footer"/>', ""),
        FOOTER_LOST, FIELD_ANEW.format("footer"),
    ),
    "a footer that only even pages have": (
        (DOCUMENT, 'w:footerReference w:type="default"', 'w:footerReference w:type="even"'),
        FOOTER_LOST, FIELD_ANEW.format("footer"),
    ),
    "a first page that goes without": (
        (DOCUMENT, "</w:sectPr>", "<w:titlePg/></w:sectPr>"),
        "the footer of the first page has no named field 'footer'",
        "in Word: Header & Footer, untick Different First Page, or copy the field there",
    ),
    "a body in a table": (
        (DOCUMENT, FIELD, r"<w:tbl><w:tr><w:tc>\1<w:p/></w:tc></w:tr></w:tbl>"),
        "the named field 'body' stands inside something",
        "in Word: move it out of the table or box",
    ),
    "a footer in a box": (
        (FOOTER, FIELD, r"<w:p><w:r><w:pict><w:txbxContent>\1</w:txbxContent></w:pict></w:r></w:p>"),
        "the named field 'footer' stands inside something",
        "in Word: move it out of the box",
    ),
    "a field around a cell": (
        (FOOTER, "<w:sdtContent>(.*)</w:sdtContent>", r"<w:sdtContent><w:tc>\1</w:tc></w:sdtContent>"),
        "the named field 'footer' holds a cell of a table",
        "in Word: delete the field, put the cursor in an empty line, and insert it again",
    ),
    "words on a field's line": (
        (FOOTER, FIELD, r"<w:p><w:r><w:t>Form 7, </w:t></w:r>\1</w:p>"),
        "'Form 7,' stands on the line of the named field 'footer'",
        "in Word: give it a line of its own",
    ),
    "a picture on a field's line": (
        (DOCUMENT, FIELD, r"<w:p>\1<w:r><w:drawing/></w:r></w:p>"),
        "a picture stands on the line of the named field 'body'",
        "in Word: give it a line of its own",
    ),
    "a section break": (
        (DOCUMENT, "<w:sectPr", "<w:p><w:pPr><w:sectPr/></w:pPr></w:p><w:sectPr"),
        "the template has a section break",
        "in Word: show hidden marks (¶), delete the break, save",
    ),
    "tracked changes": (
        (DOCUMENT, "<w:sectPr", '<w:p><w:pPr><w:pPrChange w:author="S"/></w:pPr></w:p><w:sectPr'),
        "the template holds tracked changes, comments or footnotes",
        "in Word: Review, accept or reject all changes, delete all comments and footnotes, save",
    ),
    "a chart": (
        (DOCUMENT, "<w:sectPr", '<w:p><w:r><w:drawing r:id="rId9"/></w:r></w:p><w:sectPr'),
        "the text holds something that cannot be taken along (object)",
        "in Word: copy it, delete it, and paste it as a picture (Paste Special, PNG)",
    ),
    "a lost part": (
        (RELATIONS, 'Target="theme/theme1.xml"', 'Target="theme/theme7.xml"'),
        "the part word/theme/theme7.xml is missing",
        "in Word: delete the picture or object that is empty, insert it anew, save",
    ),
    "another kind of document": (
        (DOCUMENT, "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "urn:strict"),
        "this is not a Word document that can be filled",
        "save it in Word as 'Word Document (.docx)'",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "what", "remedy"), FAULTS.values(), ids=FAULTS)
def test_what_a_template_lost_is_named_with_its_remedy(
    change: tuple[str, str, str], what: str, remedy: str, edited: Edit
) -> None:
    folder = edited(change)
    assert _messages(folder) == [f"handout.docx: {what} — {remedy}"]
    with pytest.raises(TemplateFault):
        draw(PAGE, folder)


def test_all_faults_are_named_at_once(edited: Edit) -> None:
    folder = edited(
        (DOCUMENT, '<w:alias w:val="body"/><w:tag w:val="body"/>', ""),
        (DOCUMENT, "<w:sectPr", "<w:p><w:ins/></w:p><w:sectPr"),
        (STYLES, 'w:val="Note"', 'w:val="Remark"'),
        added={"word/x.xml": b"<x>", "word/_rels/y.xml.rels": b"<!DOCTYPE y><y/>"},
    )
    assert [message.split(" — ")[0] for message in _messages(folder)] == [
        "handout.docx: the template is damaged in the part word/x.xml",
        "handout.docx: the part word/_rels/y.xml.rels declares a document type",
        "handout.docx: the style 'Note' is missing",
        "handout.docx: the named field 'body' is missing from the text",
        "handout.docx: the template holds tracked changes, comments or footnotes",
    ]


def test_of_two_bodies_the_first_is_filled_and_the_other_left_out(edited: Edit) -> None:
    folder = edited((DOCUMENT, FIELD, r"\1<w:p><w:r><w:t>Between</w:t></w:r></w:p>\1"))
    text = _text(draw(PAGE, folder), DOCUMENT)
    assert text.index("Plan") < text.index("Between") < text.index("<w:sectPr")
    assert "The page comes here" not in text


def test_a_field_is_known_by_its_title_where_it_has_no_tag(edited: Edit) -> None:
    folder = edited((DOCUMENT, '<w:alias w:val="body"/><w:tag w:val="body"/>', '<w:alias w:val=" Body "/>'))
    assert _messages(folder) == []
    assert "The page comes here" not in _text(draw(PAGE, folder), DOCUMENT)


def test_a_style_may_be_written_in_other_capitals(edited: Edit) -> None:
    folder = edited(
        (STYLES, 'w:val="heading 1"', 'w:val="Heading 1"'), (STYLES, 'w:val="Note"', 'w:val="NOTE"')
    )
    assert _messages(folder) == []
    assert audit(draw(PAGE, folder)) == []


def test_a_list_that_a_style_inherits_counts(edited: Edit) -> None:
    base = '<w:style w:type="paragraph" w:styleId="L"><w:name w:val="L"/><w:pPr><w:numPr><w:numId w:val="2"/>'
    folder = edited(
        (STYLES, '<w:numPr><w:numId w:val="2"/></w:numPr>', ""),
        (STYLES, '(w:styleId="ListNumber">.*?<w:basedOn w:val=)"Normal"', r'\1"L"'),
        (STYLES, "</w:styles>", f"{base}</w:numPr></w:pPr></w:style></w:styles>"),
    )
    assert _messages(folder) == []
    assert draw(PAGE, folder)


def test_a_template_from_word_in_another_language_works(edited: Edit) -> None:
    folder = edited(
        (STYLES, 'w:styleId="Heading1"', 'w:styleId="Ttulo1"'),
        (STYLES, 'w:styleId="TableText"', 'w:styleId="TextoTabla"'),
    )
    assert 'w:pStyle w:val="Ttulo1"' in _text(draw(PAGE, folder), DOCUMENT)


def test_what_staff_put_around_the_body_stays(edited: Edit) -> None:
    folder = edited((DOCUMENT, "<w:body>", "<w:body><w:p><w:r><w:t>Our clinic</w:t></w:r></w:p>"))
    text = _text(draw(PAGE, folder), DOCUMENT)
    assert text.index("Our clinic") < text.index("Plan") < text.index("<w:sectPr")


def test_the_room_for_holes_makes_tables_narrower_not_wider_than_the_text(edited: Edit) -> None:
    folder = edited((DOCUMENT, 'w:gutter="0"', 'w:gutter="720"'))
    assert 'w:left="2016" ' in _text(draw(PAGE, folder), DOCUMENT)
    assert 'w:gutter="0"' in _text(draw(PAGE, folder), DOCUMENT)


def test_marks_of_people_and_sittings_stay_behind(edited: Edit) -> None:
    line_of_ours = '<w:p w:rsidR="00AB12CD"><w:r><w:t>Our clinic</w:t></w:r></w:p><w:sectPr'
    folder = edited(
        (DOCUMENT, "<w:sectPr", line_of_ours),
        (TYPES, "</Types>", '<Override PartName="/docProps/app.xml" ContentType="application/xml"/></Types>'),
        added={
            "docProps/app.xml": b"<Properties><Company>Sam</Company></Properties>",
            "docProps/core.xml": b"<x>Sam</x>",
        },
    )
    data = draw(PAGE, folder)
    assert audit(data) == []
    assert [name for name, part in parts_of(data).items() if b"Sam" in part] == []


def test_an_edited_template_is_read_anew(edited: Edit) -> None:
    folder = edited()
    before = draw(PAGE, folder)
    edited((DOCUMENT, "<w:sectPr", "<w:p><w:r><w:t>New line</w:t></w:r></w:p><w:sectPr"))
    assert "New line" not in _text(before, DOCUMENT)
    assert "New line" in _text(draw(PAGE, folder), DOCUMENT)


SHIPPED = ("agenda", "cards", "certificate", "coverage", "guide", "handout", "wall")


def test_the_shipped_templates_are_whole_and_come_from_their_script(templates: Path, tmp_path: Path) -> None:
    script = runpy.run_path(str(templates.parent / "tools" / "make_templates.py"))
    script["main"](tmp_path)
    assert sorted(path.stem for path in templates.glob("*.docx")) == list(SHIPPED)
    for name in SHIPPED:
        assert check_template(templates / f"{name}.docx").problems == ()
        assert parts_of(tmp_path / f"{name}.docx") == parts_of(templates / f"{name}.docx")


def test_every_template_draws_a_clean_page(templates: Path) -> None:
    for kind in ("agenda", "coverage", "guide", "handout", "packet"):
        page = Page(kind, "Plan", (Heading(1, "Plan"), Paragraph(line("a"), "small")), ("x",))  # type: ignore[arg-type]  # a literal
        assert audit(draw(page, templates), least_points=9) == []
    for name in ("cards", "certificate"):
        for large in (False, True):
            page = replace(PAGE, template=name, large_print=large)
            assert audit(draw(page, templates), least_points=18 if large else 12) == []


def test_a_page_takes_its_own_template_where_the_clinic_made_one(templates: Path, tmp_path: Path) -> None:
    page = replace(PAGE, template="worksheet")
    folder = tmp_path / "templates"
    shutil.copytree(templates, folder)
    assert draw(page, folder) == draw(PAGE, templates)
    own = (DOCUMENT, "<w:body>", "<w:body><w:p><w:r><w:t>Work</w:t></w:r></w:p>")
    (folder / "worksheet.docx").write_bytes(zipped(changed(parts_of(folder / "handout.docx"), own)))
    assert "<w:t>Work</w:t>" in _text(draw(page, folder), DOCUMENT)
    assert "<w:t>Work</w:t>" not in _text(draw(PAGE, folder), DOCUMENT)


def test_a_template_in_a_folder_of_any_name_works(templates: Path, tmp_path: Path) -> None:
    folder = tmp_path / "Vorlagen für März"
    shutil.copytree(templates, folder)
    assert draw(PAGE, folder) == draw(PAGE, templates)
