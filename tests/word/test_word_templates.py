"""Staff may change a template: what it lost is named with its remedy, and nothing personal goes along."""

from __future__ import annotations

import io
import re
import runpy
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from iop_sessions.blocks import Heading, ItemList, Page, Paragraph, line
from iop_sessions.errors import IopError
from iop_sessions.word import TemplateFault, audit, check_template, draw

PAGE = Page("handout", "Plan", (Heading(1, "Plan"), ItemList("steps", (line("One"),))), ("RP-01a",))
Edit = Callable[..., Path]
TYPES = "[Content_Types].xml"


@pytest.fixture
def edited(templates: Path, tmp_path: Path) -> Edit:
    """Return a maker of a folder with an edited handout template: part, pattern, replacement; new parts."""

    def edit(*changes: tuple[str, str, str], **added: str | bytes) -> Path:
        with zipfile.ZipFile(templates / "handout.docx") as archive:
            parts: dict[str, bytes] = {name: archive.read(name) for name in archive.namelist()}
        for part, pattern, new in changes:
            text, count = re.subn(pattern, new, parts[part].decode(), count=1, flags=re.DOTALL)
            assert count == 1
            parts[part] = text.encode()
        for name, data in added.items():
            parts[name.replace("__", "/").replace("_DOT_", ".")] = (
                data.encode() if isinstance(data, str) else data
            )
        with zipfile.ZipFile(tmp_path / "handout.docx", "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in parts.items():
                archive.writestr(name, data)
        return tmp_path

    return edit


def _messages(folder: Path) -> list[str]:
    return [
        str(problem).removeprefix(f"{folder.name}/") for problem in check_template(folder / "handout.docx")
    ]


def _read(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def test_a_missing_template_is_named_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(TemplateFault) as fault:
        draw(PAGE, tmp_path)
    assert str(fault.value) == (
        f"{tmp_path.name}/handout.docx: the template is missing — put it back from a new workspace; "
        "templates lie in the folder 'templates'"
    )
    assert isinstance(fault.value, IopError)
    assert fault.value.exit_code == 1


def test_a_missing_style_is_named_with_its_remedy(edited: Edit) -> None:
    folder = edited(("word/styles.xml", '<w:style [^>]*w:styleId="Purpose".*?</w:style>', ""))
    message = (
        "handout.docx: the style 'Purpose' is missing — in Word: Styles pane, New Style, name it 'Purpose'; "
        "or copy the template from a new workspace"
    )
    assert _messages(folder) == [message]


def test_a_style_that_lost_its_list_is_named(edited: Edit) -> None:
    folder = edited(("word/styles.xml", '<w:numPr><w:numId w:val="2"/></w:numPr>', ""))
    message = (
        "handout.docx: the style 'List Number' lost its list — in Word: Modify Style 'List Number', Format, "
        "Numbering; "
        "or copy the template from a new workspace"
    )
    assert _messages(folder) == [message]


@pytest.mark.parametrize(
    ("field", "part", "where"), [("body", "document", "text"), ("footer", "footer1", "footer")]
)
def test_a_missing_field_is_named_with_its_remedy(field: str, part: str, where: str, edited: Edit) -> None:
    folder = edited((f"word/{part}.xml", f'<w:tag w:val="{field}"/>', ""))
    message = (
        f"handout.docx: the named field '{field}' is missing from the {where} — in Word: Developer, "
        f"Rich Text Content Control, then Properties, Tag: {field}; or copy the template from a new workspace"
    )
    assert _messages(folder) == [message]


def test_all_faults_are_named_at_once(edited: Edit) -> None:
    folder = edited(
        ("word/document.xml", '<w:tag w:val="body"/>', ""),
        ("word/document.xml", "<w:sectPr", "<w:p><w:ins/></w:p><w:sectPr"),
        ("word/styles.xml", 'w:val="Note"', 'w:val="Remark"'),
    )
    assert [message.split(" — ")[0] for message in _messages(folder)] == [
        "handout.docx: the style 'Note' is missing",
        "handout.docx: the named field 'body' is missing from the text",
        "handout.docx: the template holds tracked changes, comments or footnotes",
    ]


def test_a_body_field_inside_a_table_is_refused(edited: Edit) -> None:
    field = "(<w:sdt>.*</w:sdt>)"
    folder = edited(("word/document.xml", field, r"<w:tbl><w:tr><w:tc>\1<w:p/></w:tc></w:tr></w:tbl>"))
    message = (
        "handout.docx: the named field 'body' stands inside something — "
        "in Word: move it out of the table or box"
    )
    assert _messages(folder) == [message]


def test_a_second_body_field_is_refused(edited: Edit) -> None:
    folder = edited(("word/document.xml", "(<w:sdt>.*</w:sdt>)", r"\1\1"))
    assert _messages(folder) == [
        "handout.docx: the named field 'body' is there twice — in Word: delete one of them"
    ]


def test_a_template_from_word_in_another_language_works(edited: Edit) -> None:
    folder = edited(
        ("word/styles.xml", 'w:styleId="Heading1"', 'w:styleId="Ttulo1"'),
        ("word/styles.xml", 'w:styleId="TableText"', 'w:styleId="TextoTabla"'),
    )
    assert 'w:pStyle w:val="Ttulo1"' in _read(draw(PAGE, folder), "word/document.xml")


def test_what_staff_put_around_the_body_stays(edited: Edit) -> None:
    above = "<w:body><w:p><w:r><w:t>Our clinic</w:t></w:r></w:p>"
    folder = edited(("word/document.xml", "<w:body>", above))
    text = _read(draw(PAGE, folder), "word/document.xml")
    assert text.index("Our clinic") < text.index("Plan") < text.index("<w:sectPr")


def test_a_title_field_in_a_header_is_filled_and_its_logo_goes_along(edited: Edit) -> None:
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    links = f'<Relationship Id="rId1" Type="{relation}/image" Target="media/logo.png"/>'
    header = (
        f'<w:hdr {namespace}><w:p><w:sdt><w:sdtPr><w:tag w:val="title"/></w:sdtPr>'
        f"<w:sdtContent><w:r><w:t>x</w:t></w:r></w:sdtContent></w:sdt>"
        f'<w:r><w:pict xmlns:r="{relation}" r:id="rId1"/></w:r></w:p></w:hdr>'
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
    types = (
        '<Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/header1.xml" ContentType="{kind}"/><Override'
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    linked = f'<Relationship Id="rId8" Type="{relation}/header" Target="header1.xml"/></Rel'
    shown = '<w:headerReference w:type="default" r:id="rId8"/><w:footerRef'
    folder = edited(
        (TYPES, "<Override", types),
        ("word/_rels/document.xml.rels", "</Rel", linked),
        ("word/document.xml", "<w:footerRef", shown),
        word__header1_DOT_xml=header,
        word___rels__header1_DOT_xml_DOT_rels=f'<Relationships xmlns="{package}">{links}</Relationships>',
        word__media__logo_DOT_png=b"png",
    )
    data = draw(PAGE, folder)
    assert "<w:t>Plan</w:t>" in _read(data, "word/header1.xml")
    assert _read(data, "word/media/logo.png") == "png"
    assert [fault for fault in audit(data) if "relation" in fault or "content type" in fault] == []


def test_marks_of_people_and_sittings_stay_behind(edited: Edit) -> None:
    folder = edited(
        (
            "word/document.xml",
            "<w:sectPr",
            '<w:p w:rsidR="00AB12CD"><w:r><w:t>Our clinic</w:t></w:r></w:p><w:sectPr',
        ),
        (TYPES, "</Types>", '<Override PartName="/docProps/app.xml" ContentType="application/xml"/></Types>'),
        docProps__app_DOT_xml="<Properties><Company>Sam</Company></Properties>",
        docProps__core_DOT_xml="<x>Sam</x>",
    )
    data = draw(PAGE, folder)
    assert audit(data) == []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not any(b"Sam" in archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize(
    ("added", "message"),
    [
        ({"word__vbaProject_DOT_bin": "x"}, "the template holds macros or embedded programs"),
        ({"word__embeddings__a_DOT_bin": "x"}, "the template holds macros or embedded programs"),
        ({"__etc__passwd": "x"}, "a part's name points outside the document"),
        ({"..__up": "x"}, "a part's name points outside the document"),
        ({"word__big_DOT_xml": "a" * 5_000_000}, "a part grows far too much when it is unpacked"),
        (
            {"word__x_DOT_xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'},
            "the part word/x.xml declares a document type",
        ),
        ({"word__x_DOT_xml": "<x>"}, "the template is damaged"),
    ],
)
def test_what_could_do_harm_is_refused(added: dict[str, str], message: str, edited: Edit) -> None:
    assert [each.split(" — ")[0] for each in _messages(edited(**added))] == [f"handout.docx: {message}"]


def test_a_text_file_with_the_wrong_name_is_no_word_document(tmp_path: Path) -> None:
    (tmp_path / "handout.docx").write_text("hello")
    message = (
        "handout.docx: this is not a Word document — "
        "copy it again from a new workspace, or save it in Word as "
        "'Word Document (.docx)'"
    )
    assert _messages(tmp_path) == [message]


def test_links_to_the_outside_go_only_where_a_reader_can_click(edited: Edit) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}/{name}" Target="{target}" TargetMode="External"/>'
        for number, (name, target) in enumerate(
            (
                ("hyperlink", "https://example.org"),
                ("hyperlink", "file:///etc/passwd"),
                ("attachedTemplate", "https://a.b"),
            ),
            20,
        )
    )
    relations = _read(
        draw(PAGE, edited(("word/_rels/document.xml.rels", "</Rel", links + "</Rel"))),
        "word/_rels/document.xml.rels",
    )
    assert re.findall(r'Target="((?:https|file)[^"]*)"', relations) == ["https://example.org"]


def test_an_edited_template_is_read_anew(edited: Edit) -> None:
    folder = edited()
    before = draw(PAGE, folder)
    edited(("word/document.xml", "<w:sectPr", "<w:p><w:r><w:t>New line</w:t></w:r></w:p><w:sectPr"))
    assert b"New line" not in before
    assert "New line" in _read(draw(PAGE, folder), "word/document.xml")


def _contents(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_shipped_templates_are_whole_and_come_from_their_script(templates: Path, tmp_path: Path) -> None:
    script = runpy.run_path(str(templates.parent / "tools" / "make_templates.py"))
    script["main"](tmp_path)
    for kind in ("agenda", "coverage", "guide", "handout"):
        assert check_template(templates / f"{kind}.docx") == []
        assert _contents(tmp_path / f"{kind}.docx") == _contents(templates / f"{kind}.docx")


def test_every_template_draws_a_clean_page(templates: Path) -> None:
    for kind in ("agenda", "coverage", "guide", "handout", "packet"):
        page = Page(kind, "Plan", (Heading(1, "Plan"), Paragraph(line("a"), "small")), ("x",))  # type: ignore[arg-type]  # a literal
        assert audit(draw(page, templates), least_points=9) == []


def test_a_template_in_a_folder_of_any_name_works(templates: Path, tmp_path: Path) -> None:
    folder = tmp_path / "Vorlagen für März"
    shutil.copytree(templates, folder)
    assert draw(PAGE, folder) == draw(PAGE, templates)
