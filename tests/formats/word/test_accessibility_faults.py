"""Faults that a screen reader or tired eyes stumble over, planted one at a time: each is found, in words."""

from __future__ import annotations

import pytest

from tests.lib.planting import (
    CORE,
    DOCUMENT,
    FOOTER,
    SETTINGS,
    Fault,
    Parts,
    edit,
    edit_all,
    in_style,
    last,
    paragraph,
    zipped,
)
from tests.lib.word_audit import audit

BODY, FOOT, PLAIN = "word/document.xml: ", "word/footer1.xml: ", "no plain sans-serif"
HEADING = '<w:pStyle w:val="Heading2"/>'
ALT = 'descr="A path through a wood"'
NO_ALT = f"{BODY}a picture has no words that stand for it"
FRAMED = f"{BODY}a text box or floating picture"
WRITTEN = '<w:tblStyle w:val="WritingLines"/>'
LINK = "what the federal agency says on sleep"
STRANGER = '<w:ins w:id="9" w:author="Sam" w:date="2027-01-04T00:00:00Z">{}</w:ins>'


def one_more_run(run: str) -> str:
    """Write a paragraph whose second run has properties of its own."""
    return f"<w:p><w:r><w:t>Rest, </w:t></w:r><w:r><w:rPr>{run}</w:rPr><w:t>then call</w:t></w:r></w:p>"


# fmt: off
PROPERTIES = (
    Fault("No title", edit(CORE, "Plan your weekend", " "), "docProps/core.xml: the document has no title"),
    Fault("A title that says nothing", edit(CORE, "Plan your weekend", "Word Document"),
          "docProps/core.xml: the document has no title"),
    Fault("No language", edit(CORE, "<dc:language>en-US", "<dc:language>"),
          "docProps/core.xml: the document has no language"),
    Fault("Another language in the settings",
          edit(SETTINGS, 'themeFontLang w:val="en-US"', 'themeFontLang w:val="fr-FR"'),
          "word/settings.xml: the theme's language is not the document's"),
    Fault("Another language in the properties", edit(CORE, "<dc:language>en-US", "<dc:language>es-US"),
          "word/styles.xml: the default language en-US is not the document's es-US"),
    Fault("Compatibility mode", edit(SETTINGS, 'w:val="15"', 'w:val="14"'),
          "word/settings.xml: Word would open it in compatibility mode"),
)

HEADINGS = (
    Fault("Two titles", edit(DOCUMENT, HEADING, '<w:pStyle w:val="Heading1"/>'),
          f"{BODY}2 headings of level 1 instead of one"),
    Fault("A skipped level", edit(DOCUMENT, HEADING, '<w:pStyle w:val="Heading3"/>'),
          f"{BODY}the heading 'Why it matters' skips a level (1 to 3)"),
    Fault("A level set by hand", last(paragraph("Far below", '<w:outlineLvl w:val="4"/>')),
          f"{BODY}the heading 'Far below' skips a level (2 to 5)"),
    Fault("An empty heading", last(f"<w:p><w:pPr>{HEADING}</w:pPr></w:p>"),
          f"{BODY}a heading is empty\n{BODY}a blank paragraph"),
    Fault("A bold line in a heading's place", last(paragraph("What to bring", run="<w:b/>")),
          f"{BODY}'What to bring' looks like a heading and is none"),
)

LISTS = tuple(
    Fault(f"A list typed with {name}", last(paragraph(f"{mark} milk")),
          f"{BODY}'{mark} milk' is a typed bullet or number, no list")
    for name, mark in {
        "points": "•", "stars": "*", "hyphens": "-", "dashes": "–", "circles": "○", "squares": "▪",
        "ticks": "✓", "numbers": "1.", "numbers and brackets": "2)", "letters": "a)", "boxes": "☐",
    }.items()
)

TABLES = (
    Fault("A table without a name", edit(DOCUMENT, "w:tblCaption w:val", "w:tblCaption w:x"),
          f"{BODY}table 1 has no name"),
    Fault("A table without a description", edit(DOCUMENT, "w:tblDescription w:val", "w:tblDescription w:x"),
          f"{BODY}table 1 has no description"),
    Fault("A table without a header row", edit(DOCUMENT, "<w:tblHeader/>", ""),
          f"{BODY}table 4 has no header row that repeats"),
    Fault("A table of data dressed as lines to write on",
          edit(DOCUMENT, WRITTEN, WRITTEN.replace("WritingLines", "TableNormal")),
          f"{BODY}table 1 has no header row that repeats"),
    Fault("An empty header cell", edit(DOCUMENT, "<w:t>They say</w:t>", ""),
          f"{BODY}table 4 has an empty header cell"),
    Fault("A row that splits over two pages", edit(DOCUMENT, "<w:cantSplit/>", ""),
          f"{BODY}table 1 has a row that may split"),
    Fault("Merged cells, side by side", edit(DOCUMENT, "</w:tcPr>", '<w:gridSpan w:val="2"/></w:tcPr>'),
          f"{BODY}table 1 has merged cells"),
    Fault("Merged cells, one above the other", edit(DOCUMENT, "</w:tcPr>", "<w:vMerge/></w:tcPr>"),
          f"{BODY}table 1 has merged cells"),
)

PICTURES = (
    Fault("A picture without words", edit(DOCUMENT, f" {ALT}", ""), NO_ALT),
    Fault("A picture whose words are a file's name", edit(DOCUMENT, ALT, 'descr="IMG_2041.png"'), NO_ALT),
    Fault("A picture whose words are a page long", edit(DOCUMENT, ALT, f'descr="{"A path. " * 40}"'), NO_ALT),
    Fault("A picture drawn as Word did before 2007",
          last('<w:p><w:r><w:t>A</w:t></w:r><w:r><w:pict/></w:r></w:p>'), NO_ALT),
    Fault("A floating picture", edit_all(DOCUMENT, "wp:inline", "wp:anchor"), FRAMED),
    Fault("A text box", last("<w:p><w:r><w:t>A</w:t></w:r><w:r><w:txbxContent/></w:r></w:p>"), FRAMED),
    Fault("A framed paragraph", last(paragraph("A", "<w:framePr/>")), FRAMED),
)

LINKS = tuple(
    Fault(f"A link that says '{words}'", edit(DOCUMENT, LINK, words),
          f"{BODY}the link '{words.strip()}' does not say where it leads")
    for words in ("here", "Click here", "aquí", "https://www.nih.gov/sleep", "www.nih.gov", " ")
)

LOOKS = (
    Fault("Small type", last(paragraph("Tiny", run='<w:sz w:val="23"/>')),
          f"{BODY}'Tiny' is set in 11.5 points, less than 12"),
    Fault("Small type through a style",
          in_style("Purpose", '<w:sz w:val="26"/>', '<w:sz w:val="20"/>'),
          f"{BODY}'Use this page to plan a weeken' is set in 10 points, less than 12"),
    Fault("Small type in the footer",
          edit(FOOTER, "<w:r><w:t>Draft", '<w:r><w:rPr><w:sz w:val="16"/></w:rPr><w:t>Draft'),
          f"{FOOT}'Draft, not yet reviewed by a c' is set in 8 points, less than 12"),
    Fault("A font with serifs", last(paragraph("Old", run='<w:rFonts w:ascii="Georgia" w:hAnsi="Georgia"/>')),
          f"{BODY}'Old' is set in Georgia, {PLAIN}"),
    Fault("A font with serifs for accented letters",
          last(paragraph("Está", run='<w:rFonts w:ascii="Arial" w:hAnsi="Georgia"/>')),
          f"{BODY}'Está' is set in Georgia, {PLAIN}"),
    Fault("The theme's font",
          last(paragraph("Any", run='<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:asciiTheme="minorHAnsi"/>')),
          f"{BODY}'Any' is set in the theme font, {PLAIN}"),
    Fault("Slanted letters", last(one_more_run("<w:i/>")), f"{BODY}'then call' is italic"),
    Fault("Capitals", last(one_more_run("<w:caps/>")), f"{BODY}'then call' is in capitals"),
    Fault("Small capitals", last(one_more_run("<w:smallCaps/>")), f"{BODY}'then call' is in small capitals"),
    Fault("Hidden words", last(one_more_run("<w:vanish/>")), f"{BODY}'then call' is hidden"),
    Fault("A highlighter", last(one_more_run('<w:highlight w:val="yellow"/>')),
          f"{BODY}'then call' is marked with a highlighter"),
    Fault("Underlined words that are no link", last(one_more_run('<w:u w:val="single"/>')),
          f"{BODY}'then call' is underlined and no link"),
    Fault("Pale letters", last(one_more_run('<w:color w:val="767676"/>')),
          f"{BODY}'then call' has a contrast of 4.5, less than 7"),
    Fault("Dark letters on a dark ground", last(paragraph("Night", '<w:shd w:val="clear" w:fill="1F4E79"/>')),
          f"{BODY}'Night' has a contrast of 2.0, less than 7"),
    Fault("Letters in a color of the theme",
          last(one_more_run('<w:color w:val="000000" w:themeColor="background1"/>')),
          f"{BODY}'then call' takes its color from the theme"),
    Fault("Justified lines", last(paragraph("Wide", '<w:jc w:val="both"/>')),
          f"{BODY}'Wide' is not aligned left"),
    Fault("Centered lines through a style",
          in_style("Purpose", "<w:widowControl/>", '<w:widowControl/><w:jc w:val="center"/>'),
          f"{BODY}'Use this page to plan a weeken' is not aligned left"),
)

BLANKS = (
    Fault("A blank paragraph for room", last("<w:p/>"), f"{BODY}a blank paragraph"),
    Fault("A blank paragraph of spaces", last(paragraph(" ")), f"{BODY}a blank paragraph"),
    Fault("A blank paragraph in a cell",
          edit(DOCUMENT, "They say</w:t></w:r></w:p>", "They say</w:t></w:r></w:p><w:p/>"),
          f"{BODY}a blank paragraph"),
    Fault("Room made with spaces", last(paragraph("Name     Date")),
          f"{BODY}'Name     Date' makes room with typed blanks"),
    Fault("A rule made with underscores", last(paragraph("Name ______")),
          f"{BODY}'Name ______' makes room with typed blanks"),
    Fault("A rule made with points", last(paragraph("Name .......")),
          f"{BODY}'Name .......' makes room with typed blanks"),
)

REST = (
    Fault("No page number", edit(FOOTER, " PAGE ", " DATE "), "word/footer: no page number"),
    Fault("Tracked changes", last(f'<w:p>{STRANGER.format("<w:r><w:t>More</w:t></w:r>")}</w:p>'),
          f"{BODY}tracked changes or comments"),
    Fault("Comments", last(paragraph("A").replace("<w:r>", '<w:commentRangeStart w:id="1"/><w:r>')),
          f"{BODY}tracked changes or comments"),
)
# fmt: on
FAULTS = (*PROPERTIES, *HEADINGS, *LISTS, *TABLES, *PICTURES, *LINKS, *LOOKS, *BLANKS, *REST)


def test_a_good_document_has_no_fault(good: Parts) -> None:
    assert audit(zipped(good)) == []


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.what for fault in FAULTS])
def test_a_planted_fault_is_found_and_nothing_else(fault: Fault, good: Parts) -> None:
    assert audit(fault.planted(good)) == fault.found.splitlines()


def test_more_than_twenty_six_faults_are_planted() -> None:
    assert len({fault.what for fault in FAULTS}) == len(FAULTS) >= 26
