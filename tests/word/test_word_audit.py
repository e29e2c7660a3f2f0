"""Each fault planted one at a time is found, by name; a clean page has none."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from iop_sessions.blocks import Page
from iop_sessions.word import audit, draw

DOCUMENT, STYLES, CORE = "word/document.xml", "word/styles.xml", "docProps/core.xml"
SETTINGS, NUMBERING, TYPES = "word/settings.xml", "word/numbering.xml", "[Content_Types].xml"
RELATIONS, FOOTER = "word/_rels/document.xml.rels", "word/footer1.xml"
HEADING = '<w:p><w:pPr><w:pStyle w:val="Heading2"/>'
END = "<w:sectPr"
PICTURE = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:docPr id="{}" name="p" descr="{}"/></wp:inline></w:drawing></w:r></w:p>'
)


@pytest.fixture
def parts(every_block: Callable[..., Page], templates: Path) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(draw(every_block(), templates))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def _zip(parts: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


def _paragraph(words: str, look: str = "", run: str = "") -> str:
    return f"<w:p><w:pPr>{look}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{words}</w:t></w:r></w:p>"


FAULTS = {
    "broken-xml": (DOCUMENT, "</w:body>", "", "word/document.xml: not well-formed XML"),
    "missing-target": (RELATIONS, "styles.xml", "stiles.xml", "the target stiles.xml is not in the package"),
    "double-relation": (RELATIONS, 'Id="rId2"', 'Id="rId1"', "the relation rId1 is there twice"),
    "dangling-relation": (
        DOCUMENT,
        'r:id="rId4"',
        'r:id="rId9"',
        "word/document.xml: the relation rId9 does not exist",
    ),
    "no-content-type": (TYPES, "/word/styles.xml", "/word/stiles.xml", "no content type for word/styles.xml"),
    "cell-without-end": (
        DOCUMENT,
        "</w:p></w:tc>",
        "</w:p><w:p/><w:tbl/></w:tc>",
        "does not end with a paragraph",
    ),
    "row-without-cells": (DOCUMENT, "</w:tbl>", "<w:tr/></w:tbl>", "table 1 has a row without cells"),
    "table-without-grid": (DOCUMENT, "w:gridCol", "w:gridOther", "table 1 has no grid"),
    "wrong-grid": (
        DOCUMENT,
        "<w:tblGrid>",
        '<w:tblGrid><w:gridCol w:w="5"/>',
        "has a row of 1 cells in a grid of 2",
    ),
    "double-control": (
        DOCUMENT,
        'w:id w:val="1002"',
        'w:id w:val="1001"',
        "two content controls have the id 1001",
    ),
    "double-picture": (DOCUMENT, END, PICTURE.format(7, "A") * 2 + END, "two pictures have the id 7"),
    "open-bookmark": (
        DOCUMENT,
        END,
        '<w:bookmarkStart w:id="1" w:name="a"/>' + END,
        "a bookmark is not closed",
    ),
    "open-field": (
        DOCUMENT,
        END,
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>' + END,
        "a field does not",
    ),
    "unknown-style": (DOCUMENT, 'w:val="Purpose"', 'w:val="Gone"', "the style Gone does not exist"),
    "double-style": (STYLES, 'w:styleId="Purpose"', 'w:styleId="Note"', "the style Note is there twice"),
    "unknown-list": (
        DOCUMENT,
        'w:numId w:val="3"',
        'w:numId w:val="77"',
        "word/document.xml: the list 77 does not exist",
    ),
    "no-pattern": (NUMBERING, 'w:abstractNumId w:val="2"', 'w:abstractNumId w:val="9"', "has no pattern"),
    "double-property": (CORE, "<dc:creator>", "<dc:title>B</dc:title><dc:creator>", "title is there twice"),
    "wrong-date": (CORE, "1980-01-01T00:00:00Z", "now", "created is 'now', not the fixed date"),
    "no-title": (CORE, "Plan your weekend", "", "the document has no title"),
    "no-language": (CORE, "en-US", "", "the document has no language"),
    "other-language": (
        STYLES,
        'w:lang w:val="en-US"',
        'w:lang w:val="fr-FR"',
        "the default language fr-FR is not",
    ),
    "theme-language": (
        SETTINGS,
        'themeFontLang w:val="en-US"',
        'themeFontLang w:val="fr-FR"',
        "the theme's language",
    ),
    "creator": (CORE, "<dc:creator>", "<dc:creator>Sam", "creator is not empty"),
    "compatibility": (SETTINGS, 'w:val="15"', 'w:val="14"', "compatibility mode"),
    "rsid": (
        DOCUMENT,
        HEADING,
        HEADING.replace("<w:p>", '<w:p w:rsidR="00A1">'),
        "marks of editing sittings",
    ),
    "tracked": (DOCUMENT, END, "<w:p><w:ins/></w:p>" + END, "tracked changes or comments"),
    "two-titles": (DOCUMENT, 'w:val="Heading2"', 'w:val="Heading1"', "2 headings of level 1 instead of one"),
    "skipped-level": (DOCUMENT, 'w:val="Heading2"', 'w:val="Heading3"', "skips a level (1 to 3)"),
    "empty-heading": (DOCUMENT, END, HEADING + "</w:pPr></w:p>" + END, "a heading is empty"),
    "fake-heading": (
        DOCUMENT,
        END,
        _paragraph("Big", run="<w:b/>") + END,
        "'Big' looks like a heading and is none",
    ),
    "typed-bullet": (
        DOCUMENT,
        END,
        _paragraph("• milk") + END,
        "'• milk' is a typed bullet or number, no list",
    ),
    "no-caption": (DOCUMENT, "w:tblCaption w:val", "w:tblCaption w:x", "table 1 has no name"),
    "no-header-row": (DOCUMENT, "<w:tblHeader/>", "", "table 4 has no header row that repeats"),
    "empty-header": (DOCUMENT, "<w:t>They say</w:t>", "", "table 4 has an empty header cell"),
    "row-splits": (DOCUMENT, "<w:cantSplit/>", "", "table 1 has a row that may split"),
    "merged": (DOCUMENT, "</w:tcPr>", '<w:gridSpan w:val="2"/></w:tcPr>', "table 1 has merged cells"),
    "no-alt-text": (
        DOCUMENT,
        END,
        PICTURE.format(7, "logo.png") + END,
        "a picture has no words that stand for it",
    ),
    "text-box": (DOCUMENT, END, "<w:p><w:txbxContent/></w:p>" + END, "a text box or floating picture"),
    "bare-link": (
        DOCUMENT,
        END,
        "<w:p><w:hyperlink><w:r><w:t>here</w:t></w:r></w:hyperlink></w:p>" + END,
        "'here' does",
    ),
    "no-page-number": (FOOTER, " PAGE ", " DATE ", "word/footer: no page number"),
    "small-type": (
        DOCUMENT,
        END,
        _paragraph("Tiny", run='<w:sz w:val="16"/>') + END,
        "'Tiny' is set in 8 points",
    ),
    "serif": (
        DOCUMENT,
        END,
        _paragraph("Old", run='<w:rFonts w:ascii="Times"/>') + END,
        "'Old' is set in Times",
    ),
    "italic": (DOCUMENT, END, _paragraph("Lean", run="<w:i/>") + END, "'Lean' is italic"),
    "capitals": (DOCUMENT, END, _paragraph("Loud", run="<w:caps/>") + END, "'Loud' is in capitals"),
    "faint": (
        DOCUMENT,
        END,
        _paragraph("Pale", run='<w:color w:val="BBBBBB"/>') + END,
        "'Pale' has a contrast of 1.9",
    ),
    "blank": (DOCUMENT, END, "<w:p/>" + END, "word/document.xml: a blank paragraph"),
    "typed-rule": (
        DOCUMENT,
        END,
        _paragraph("Name ______") + END,
        "'Name ______' makes room with typed blanks",
    ),
    "justified": (
        DOCUMENT,
        END,
        _paragraph("Wide", '<w:jc w:val="both"/>') + END,
        "'Wide' is not aligned left",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found(name: str, parts: dict[str, str]) -> None:
    part, old, new, words = FAULTS[name]
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)
    assert any(words in finding for finding in audit(_zip(parts)))


def test_a_clean_page_has_no_finding(parts: dict[str, str]) -> None:
    assert audit(_zip(parts)) == []


@pytest.mark.parametrize(
    ("fields", "least"),
    [
        ({}, 12),
        ({"large_print": True}, 18),
        ({"paper": "a4", "language": "es-US"}, 12),
        ({"kind": "guide"}, 9),
    ],
)
def test_every_block_in_every_dress_is_clean(
    fields: dict[str, object], least: float, every_block: Callable[..., Page], templates: Path
) -> None:
    assert audit(draw(every_block(**fields), templates), least_points=least) == []


def test_an_agenda_is_clean(agenda: Page, templates: Path) -> None:
    assert audit(draw(agenda, templates), least_points=9) == []


def test_a_personal_part_is_found(parts: dict[str, str]) -> None:
    parts["docProps/app.xml"] = "<Properties/>"
    assert "docProps/app.xml: may hold personal data" in audit(_zip(parts))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_is_there_twice_is_found(parts: dict[str, str]) -> None:
    stream = io.BytesIO(_zip(parts))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(FOOTER, parts[FOOTER])
    assert audit(stream.getvalue()) == ["archive: the part word/footer1.xml is there twice"]


def test_what_is_no_archive_is_said_to_be_none() -> None:
    assert audit(b"hello") == ["archive: not a zip archive (File is not a zip file)"]
